//! The tests in `tests/wasm`, in Node and in headless Chromium, with the test runner of the locked wasm-bindgen.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::cargo::{self, TARGET};

const DRIVER: &str = "chromedriver";

/// Runs them. Without Chromium they run in Node alone, unless `CI` is set: there it has to be.
pub fn run(root: &Path) -> Result<()> {
    cargo::add_target()?;
    cargo::run(cargo::cargo(root).args(["build", "--locked", "--package", "wasm-test-runner"]))?;
    let runner = cargo::target_folder(root)?.join("debug").join("wasm-test-runner").with_extension(env::consts::EXE_EXTENSION);

    println!("In Node:");
    cargo::run(&mut tests(root, &runner))?;
    match find(DRIVER) {
        Some(driver) => {
            println!("In Chromium:");
            // The seconds that a busy machine may need to start it.
            let patience = [("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60"), ("WASM_BINDGEN_TEST_TIMEOUT", "120")];
            cargo::run(tests(root, &runner).env("CHROMEDRIVER", driver).env("WASM_BINDGEN_USE_BROWSER", "1").envs(patience))
        }
        None if env::var_os("CI").is_some() => {
            bail!("{DRIVER} is not in PATH, and with CI set the tests have to run in Chromium")
        }
        None => {
            println!("Not in Chromium: {DRIVER} is not in PATH (on Debian it is in the package chromium-driver).");
            Ok(())
        }
    }
}

fn tests(root: &Path, runner: &Path) -> Command {
    let mut tests = cargo::cargo(root);
    tests.args(["test", "--locked", "--package", "wasm-tests", "--lib", "--target", TARGET]);
    tests.env(format!("CARGO_TARGET_{}_RUNNER", TARGET.to_uppercase().replace('-', "_")), runner);
    tests
}

fn find(program: &str) -> Option<PathBuf> {
    let name = Path::new(program).with_extension(env::consts::EXE_EXTENSION);
    let path = env::var_os("PATH");
    env::split_paths(path.as_deref().unwrap_or(OsStr::new(""))).map(|folder| folder.join(&name)).find(|file| file.is_file())
}
