//! The `cosmictron-compile` tool.
fn main() {}
