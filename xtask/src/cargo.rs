//! Cargo and rustup, as this project calls them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// What the engine is compiled for where JavaScript calls it.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What cargo knows of the project: every package, and where it is.
pub fn metadata(root: &Path) -> Result<Value> {
    let metadata = cargo(root).args(["metadata", "--locked", "--format-version", "1"]).output().context("cannot run cargo")?;
    if !metadata.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&metadata.stderr));
    }
    Ok(serde_json::from_slice(&metadata.stdout)?)
}

/// Where cargo builds, which the environment and cargo's configuration may have moved.
pub fn target_folder(root: &Path) -> Result<PathBuf> {
    Ok(metadata(root)?["target_directory"].as_str().context("cargo metadata does not say where it builds")?.into())
}

/// The cargo that runs this, in the project's folder.
pub fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// Adds the target where it is missing: rust-toolchain.toml asks for it, but rustup does not add it by itself where `RUSTUP_AUTO_INSTALL=0` is set.
pub fn add_target() -> Result<()> {
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

/// Runs a command that has to succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}
