//! Compiles the dashboard's queries: all as one unit, and each alone where that is asked for.

use std::env;
use std::path::PathBuf;

use cosmictron_compiler::Builder;
use cosmictron_compiler::files::query_files;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    Builder::new().schema("sql/schema.sql").output(out.join("schema.rs")).compile();
    let unit = |queries: PathBuf, name: &str| {
        let builder = Builder::new().schema("sql/schema.sql").queries(queries);
        builder.schema_module("crate::schema").output(out.join(format!("{name}.rs"))).compile();
    };
    unit(PathBuf::from("sql/dash10"), "all");
    if env::var_os("CARGO_FEATURE_ALONE").is_some() {
        for file in query_files("sql/dash10".as_ref()).unwrap_or_default() {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            unit(file, &name);
        }
    }
}
