//! What the package weighs on disk and over the network.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// Prints the size of each file: as it is, and as a server would send it.
pub fn print(files: &[PathBuf]) -> Result<()> {
    println!("{:<16} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("{name:<16} {:>10} {:>10} {:>10}", bytes.len(), gzip(&bytes)?, brotli(&bytes)?);
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
