//! Compiles the queries. What is wrong with them is an error of the build.

fn main() {
    cosmictron_compiler::Builder::new().schema("schema.sql").queries("queries").compile();
}
