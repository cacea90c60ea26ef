//! The project's own commands: `cargo run -p xtask --features package -- build` makes the npm package, `... -- corpus` replays recordings of browsers.

mod cargo;
mod corpus;
mod findings;
mod har;
mod instructions;
#[cfg(feature = "package")]
mod package;
#[cfg(feature = "package")]
mod sizes;
mod suffixes;
#[cfg(feature = "package")]
mod wasm;
mod wasm_tests;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
usage: cargo run -p xtask --features package -- build    writes pkg/, the npm package's generated half
       cargo run -p xtask --features package -- page     writes www/engine/, the page's engine
       cargo run -p xtask -- bench                       prints what a verdict costs, in time and in instructions
       cargo run -p xtask -- corpus                      replays recordings of browsers; --help says more
       cargo run --release -p xtask -- har [entries]     reads a large HAR; --write FILE writes one
       cargo run -p xtask -- findings                    writes docs/findings/, a page for each finding
       cargo run -p xtask -- suffixes                    makes the table of public suffixes anew
       cargo run -p xtask -- wasm-tests                  tests the JavaScript surface in Node and in Chromium";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some((command, rest)) = arguments.split_first()
        && command == "corpus"
    {
        return root().map_or_else(fail, |root| corpus::main(&root, rest, &mut io::stdout().lock()));
    }
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => build(),
        ["bench"] => root().and_then(|root| instructions::bench(&root)),
        ["page"] => page(),
        ["har", ref rest @ ..] => har::run(rest),
        ["findings"] => root().and_then(|root| findings::write(&root)),
        ["suffixes"] => suffixes(),
        ["wasm-tests"] => root().and_then(|root| wasm_tests::run(&root)),
        _ => Err(anyhow::anyhow!(USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error),
    }
}

fn fail(error: anyhow::Error) -> ExitCode {
    eprintln!("xtask: {error:#}");
    ExitCode::FAILURE
}

#[cfg(not(feature = "package"))]
fn build() -> Result<()> {
    bail!("build needs the feature `package`: cargo run -p xtask --features package -- build")
}

#[cfg(not(feature = "package"))]
fn page() -> Result<()> {
    bail!("page needs the feature `package`: cargo run -p xtask --features package -- page")
}

#[cfg(feature = "package")]
fn build() -> Result<()> {
    let root = root()?;
    let engine = wasm::bindings(&root, "wasm")?;
    let whole = wasm::bindings(&root, "page")?;
    let written = package::write(&engine, &whole, &root.join("pkg"))?;
    sizes::print(&written)
}

#[cfg(feature = "package")]
fn page() -> Result<()> {
    let root = root()?;
    let first = wasm::bindings(&root, "page-first")?;
    let whole = wasm::bindings(&root, "page")?;
    let written = package::write_page(&first, &whole, &root.join("www/engine"))?;
    sizes::print(&written)
}

fn suffixes() -> Result<()> {
    let root = root()?;
    fs::write(suffixes::path(&root), suffixes::table(&root)?)?;
    Ok(())
}

/// The folder of the whole project, wherever cargo was called.
fn root() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is not in a folder of the project")?;
    if !root.join("package.json").is_file() {
        bail!("{} is not there any more: build xtask again from where the project is now", root.display());
    }
    Ok(root.to_path_buf())
}
