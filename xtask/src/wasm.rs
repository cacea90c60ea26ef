//! From the crate to WebAssembly and its glue: cargo, then wasm-bindgen of exactly the version in `Cargo.lock`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::metadata;

const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-bindgen made of the crate.
pub struct Bindings {
    /// The module.
    pub wasm: Vec<u8>,
    /// The glue, as an ECMAScript module that finds the module nowhere by itself.
    pub glue: String,
    /// The types of what the glue exports, but for those that load the module.
    pub types: String,
}

/// Compiles the crate with one of its features, `wasm` or `page`, and binds it.
pub fn bindings(root: &Path, feature: &str) -> Result<Bindings> {
    add_target()?;
    let compiled = compile(root, feature)?;
    let folder = metadata::target_folder(root)?.join("bindings").join(feature);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }

    bind(&compiled, Bindgen::new().web(true)?, &folder.join("web"))?;
    // NB: the types of the target `web` end in those of its loading functions, which the package replaces.
    bind(&compiled, Bindgen::new().bundler(true)?, &folder.join("bundler"))?;
    Ok(Bindings {
        wasm: read(&folder.join("web/corscope_bg.wasm"))?,
        glue: String::from_utf8(read(&folder.join("web/corscope.js"))?)?,
        types: String::from_utf8(read(&folder.join("bundler/corscope.d.ts"))?)?,
    })
}

fn bind(compiled: &Path, bindgen: &mut Bindgen, folder: &Path) -> Result<()> {
    bindgen
        .input_path(compiled)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder)
}

/// rust-toolchain.toml asks for the target, but rustup does not add it by itself where `RUSTUP_AUTO_INSTALL=0` is set.
fn add_target() -> Result<()> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().context("cannot run rustc")?;
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout)?.trim());
    if sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    let what = format!("`rustup target add {TARGET}`");
    run(Command::new("rustup").args(["target", "add", TARGET])).with_context(|| {
        format!("the target {TARGET} is missing, and {what} does not add it; without rustup, install it as you did Rust")
    })
}

fn compile(root: &Path, feature: &str) -> Result<PathBuf> {
    // NB: the crate type is given here, because a second one in Cargo.toml turns link-time optimisation off.
    run(metadata::cargo(root).args(["rustc", "--locked", "--package", "corscope", "--lib", "--crate-type", "cdylib"]).args([
        "--features",
        feature,
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]))?;
    Ok(metadata::target_folder(root)?.join(TARGET).join("wasm").join("corscope.wasm"))
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
