//! `new`: what it creates can be built and runs.

use std::path::Path;
use std::process::Command;

use super::{command, shown, text};

#[test]
fn a_new_application_runs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let created = command(&["new", "my-shop"]).current_dir(&folder).output().expect("the tool starts");
    insta::assert_snapshot!("created", shown(&created));
    let again = command(&["new", "my-shop"]).current_dir(&folder).output().expect("the tool starts");
    insta::assert_snapshot!("created_again", shown(&again));

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scaffold");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--target-dir"]).arg(target).current_dir(folder.path().join("my-shop"));
    let ran = cargo.output().expect("cargo starts");
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert!(text(&ran.stdout).ends_with("Grace has spent 99.00\n"), "{}", text(&ran.stdout));
}
