//! The store's own rows and indexes: the same files, compiled here too, because outside the store only transactions may write rows.

#[allow(dead_code)]
#[path = "../../../runtime/src/store/index.rs"]
pub mod index;
#[allow(dead_code)]
#[path = "../../../runtime/src/store/places.rs"]
pub mod places;
#[allow(dead_code)]
#[path = "../../../runtime/src/store/rows.rs"]
pub mod rows;
