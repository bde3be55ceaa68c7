//! The proc macros of Cosmictron.
