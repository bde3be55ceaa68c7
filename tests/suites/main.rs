//! The suites of the workspace, in one binary so that it is linked once.

mod crash;
mod differential;
mod durable;
mod ecommerce;
mod isolation;
mod masks;
mod recorded;
mod recovery;
mod ui;
