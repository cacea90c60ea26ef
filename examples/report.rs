//! Reads a scenario from standard input, and writes its report to standard output: `cargo run --example report < scenario.json`.

use std::error::Error;
use std::io;

fn main() -> Result<(), Box<dyn Error>> {
    let scenario: corscope::Scenario = serde_json::from_reader(io::stdin().lock())?;
    serde_json::to_writer_pretty(io::stdout().lock(), &corscope::evaluate(&scenario)?)?;
    Ok(())
}
