//! SQL values as Rust types, and the scalar functions over them, with PostgreSQL's semantics.
