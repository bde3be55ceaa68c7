//! Compiles the benchmarks' queries.

fn main() {
    cosmictron_compiler::Builder::new().schema("sql/schema.sql").queries("sql/product.sql").compile();
}
