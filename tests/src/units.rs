//! The compiled corpora: a module a schema, with a module a unit in it.

include!(concat!(env!("OUT_DIR"), "/units.rs"));
