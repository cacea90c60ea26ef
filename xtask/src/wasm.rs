//! From the crate to WebAssembly and its glue: cargo, then wasm-bindgen of exactly the version in `Cargo.lock`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::{self, TARGET};

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
    cargo::add_target()?;
    let compiled = compile(root, feature)?;
    let folder = cargo::target_folder(root)?.join("bindings").join(feature);
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
        .out_name("corscope")
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder)
}

/// The feature of the module that is asked for thousands of verdicts.
const ENGINE: &str = "wasm";

/// What a call may cost to be inlined. `opt-level = "z"` has 5, and so calls whatever is longer than a call: ARCHITECTURE.md,
/// "Size".
const INLINED: u8 = 25;

fn compile(root: &Path, feature: &str) -> Result<PathBuf> {
    let folder = cargo::target_folder(root)?;
    let mut cargo = cargo::cargo(root);
    cargo.args(["build", "--locked", "--manifest-path", "wasm/Cargo.toml", "--features", feature, "--profile", "wasm"]);
    let mut flags = remapped(root)?;
    if feature == ENGINE {
        flags.push(format!("-Cllvm-args=-inline-threshold={INLINED}"));
    }
    cargo.args(["--config", &format!("target.{TARGET}.rustflags = {flags:?}")]);
    cargo::run(cargo.args(["--target", TARGET, "--target-dir"]).arg(&folder))?;
    Ok(folder.join(TARGET).join("wasm").join("corscope_wasm.wasm"))
}

/// Flags by which the places that panics name start at the project's folder and at the crates' own: what ships says nothing of
/// the machine that built it, and is the same size wherever that is.
fn remapped(root: &Path) -> Result<Vec<String>> {
    let metadata = cargo::metadata(root)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let package = packages.iter().find(|package| package["source"].is_string()).context("no package comes from a registry")?;
    let manifest = package["manifest_path"].as_str().context("cargo metadata does not say where a package is")?;
    let crates = Path::new(manifest).ancestors().nth(2).context("a package of the registry is in no folder")?;
    Ok([root, crates].map(|folder| format!("--remap-path-prefix={}=", folder.display())).into())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
