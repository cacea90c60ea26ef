//! What cargo knows of the project.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Everything: packages, and where they are.
pub fn read(root: &Path) -> Result<Value> {
    let metadata = cargo(root).args(["metadata", "--locked", "--format-version", "1"]).output().context("cannot run cargo")?;
    if !metadata.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&metadata.stderr));
    }
    Ok(serde_json::from_slice(&metadata.stdout)?)
}

/// Where cargo builds, which the environment and cargo's configuration may have moved.
#[cfg(feature = "package")]
pub fn target_folder(root: &Path) -> Result<std::path::PathBuf> {
    Ok(read(root)?["target_directory"].as_str().context("cargo metadata does not say where it builds")?.into())
}

/// The cargo that runs this, in the project's folder.
pub fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(root);
    cargo
}
