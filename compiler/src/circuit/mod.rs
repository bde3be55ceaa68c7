//! The incremental circuit.
