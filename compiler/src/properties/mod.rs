//! Facts about relations.
