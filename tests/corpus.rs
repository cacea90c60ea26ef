//! Replays every recording of a real browser in `tests/corpus`: each disagreement must be in its reasoned list.

#[path = "../xtask/src/corpus/mod.rs"]
mod corpus;

use std::path::Path;
use std::process::ExitCode;

#[test]
fn the_recordings_are_as_listed() {
    let mut out = Vec::new();
    let code = corpus::main(Path::new(env!("CARGO_MANIFEST_DIR")), &[], &mut out);
    assert_eq!(code, ExitCode::SUCCESS, "{}", String::from_utf8_lossy(&out));
}
