//! Emission of Rust.
