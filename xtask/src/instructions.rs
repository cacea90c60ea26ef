//! What a verdict costs, in time and in instructions: `benches/verdicts.rs`, run as it is and under callgrind.
//!
//! Times are those of a machine and an hour; instructions are the same every time, so they are what to compare by.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Builds the benchmark and prints its figures.
pub fn bench(root: &Path) -> Result<()> {
    let verdicts = built(root)?;
    println!("Times, and how many times the first one's they are in brackets:");
    let status = Command::new(&verdicts).status().with_context(|| format!("{} does not start", verdicts.display()))?;
    if !status.success() {
        bail!("{} ended with {status}", verdicts.display());
    }
    println!("\nInstructions:");
    for line in output(Command::new(&verdicts).arg("names"))?.lines() {
        let (name, unit) = line.split_once('\t').with_context(|| format!("{line:?} is no name and unit"))?;
        println!("{name:<42} {:>9.0} a {unit}", instructions(&verdicts, name)?);
    }
    Ok(())
}

/// Builds `benches/verdicts.rs` and says where it is.
fn built(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root).args(["bench", "--package", "corscope", "--bench", "verdicts", "--no-run", "--message-format=json"]);
    let messages = output(cargo.stderr(Stdio::inherit()))?;
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executables = messages.filter(|message| message["target"]["name"] == "verdicts");
    let executable = executables.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next_back();
    executable.context("cargo bench built no executable of the name verdicts")
}

/// How many instructions a unit of `name` takes.
fn instructions(verdicts: &Path, name: &str) -> Result<f64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"]);
    valgrind.arg("--toggle-collect=*measured_region*").arg(verdicts).args(["once", name]);
    let done = valgrind.output().context("valgrind does not start; install it (Debian: apt-get install valgrind)")?;
    let (units, report) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    if !done.status.success() {
        bail!("valgrind ended with {}:\n{report}", done.status);
    }
    let units: f64 = units.trim().parse().with_context(|| format!("{name}: {units:?} is no number of units"))?;
    Ok(collected(&report).with_context(|| format!("{name}: callgrind said nothing of instructions:\n{report}"))? / units)
}

/// The number of instructions in what callgrind prints at its end.
fn collected(report: &str) -> Option<f64> {
    let (_, number) = report.lines().find_map(|line| line.split_once("Collected :"))?;
    number.trim().parse().ok().filter(|&number: &f64| number > 0.0)
}

fn output(command: &mut Command) -> Result<String> {
    let done = command.stdout(Stdio::piped()).spawn().and_then(|child| child.wait_with_output());
    let done = done.with_context(|| format!("{} does not start", command.get_program().display()))?;
    if !done.status.success() {
        bail!("{} ended with {}", command.get_program().display(), done.status);
    }
    String::from_utf8(done.stdout).with_context(|| format!("{} wrote what is not UTF-8", command.get_program().display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_callgrind_collected() {
        for (report, expected) in [
            ("==7== Events    : Ir\n==7== Collected : 16110485\n==7== \n", Some(16_110_485.0)),
            ("==7== Collected : 0\n", None),
            ("==7== Collected : \n", None),
            ("==7== Events    : Ir\n", None),
            ("", None),
        ] {
            assert_eq!(collected(report), expected, "{report}");
        }
    }
}
