//! The database by name, with JSON values.
