//! What the package weighs on disk and over the network.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// The most bytes that files may have after brotli: what a person waits for.
const BUDGETS: &[(&str, usize)] = &[("corscope.wasm", 185_000), ("first.wasm", 215_000)];

/// Prints the size of each file, as it is and as a server would send it.
///
/// # Errors
/// A file is over its budget.
pub fn print(files: &[PathBuf]) -> Result<()> {
    let mut over = Vec::new();
    println!("{:<16} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let sent = brotli(&bytes)?;
        println!("{name:<16} {:>10} {:>10} {sent:>10}", bytes.len(), gzip(&bytes)?);
        let budget = BUDGETS.iter().find(|(file, _)| *file == name);
        over.extend(
            budget
                .filter(|(_, most)| sent > *most)
                .map(|(_, most)| format!("{name} has {sent} bytes after brotli, and may have {most}")),
        );
    }
    if !over.is_empty() {
        bail!("{}; ARCHITECTURE.md, \"Size\", says what belongs where", over.join("; "));
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

/// Quality 11 and a window of 4 MiB: what a server of static files precompresses with.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(bytes)?;
    Ok(encoder.into_inner().len())
}
