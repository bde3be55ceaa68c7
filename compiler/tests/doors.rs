//! The tool and the build-script door emit the same bytes, and those are what the example has checked in. (The macros are held against
//! the same file where they are defined.)

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn all_doors_emit_the_same_bytes() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-examples/ecommerce");
    let checked_in = fs::read_to_string(example.join("src/live.rs")).unwrap();

    let tool = Command::new(env!("CARGO_BIN_EXE_cosmictron-compile"))
        .args(["compile", "--schema", "schema.sql", "--queries", "queries"])
        .current_dir(&example)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&tool.stderr);
    let by_tool = String::from_utf8(tool.stdout).unwrap();
    assert!(tool.status.success(), "{stderr}");

    // A build script runs in its package's folder.
    env::set_current_dir(&example).unwrap();
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("doors.rs");
    cosmictron_compiler::Builder::new().schema("schema.sql").queries("queries").output(&output).compile();
    let by_build_script = fs::read_to_string(output).unwrap();

    assert!(by_tool == by_build_script, "the tool and the build script differ");
    assert!(
        by_tool == checked_in,
        "the emitted code has changed: in generated-examples/ecommerce run\n  \
         cosmictron-compile compile --schema schema.sql --queries queries -o src/live.rs"
    );
}

#[test]
fn a_schema_alone_stands_in_a_module_under_which_no_lint_speaks() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-examples/ecommerce");
    let tool = Command::new(env!("CARGO_BIN_EXE_cosmictron-compile"))
        .args(["compile", "--schema", "schema.sql"])
        .current_dir(&example)
        .output()
        .unwrap();
    let emitted = String::from_utf8(tool.stdout).unwrap();
    let file = syn::parse_file(&emitted).unwrap();
    let [syn::Item::Mod(tables), syn::Item::Use(_)] = file.items.as_slice() else {
        panic!("not a module and its names:\n{emitted}")
    };
    let allowed: Vec<_> = tables.attrs.iter().filter(|a| a.path().is_ident("allow")).collect();
    let lints = allowed.iter().map(|a| a.meta.require_list().unwrap().tokens.to_string()).collect::<String>();
    assert!(lints.contains("clippy :: all") && lints.contains("missing_docs"), "{lints}");
}
