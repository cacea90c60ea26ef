//! The table of public suffixes: from the rules of the crate `psl`, whose version is in Cargo.lock, to
//! `src/infra/public_suffixes.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo;

/// Where the table is.
pub fn path(root: &Path) -> PathBuf {
    root.join("src/infra/public_suffixes.txt")
}

/// The table of the rules as they are now.
pub fn table(root: &Path) -> Result<String> {
    let metadata = cargo::metadata(root)?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let psl = packages.iter().find(|package| package["name"] == "psl").context("psl is not in Cargo.lock")?;
    let manifest = Path::new(psl["manifest_path"].as_str().context("psl has no manifest")?);
    let rules = manifest.with_file_name("data").join("rules.txt");
    let rules = fs::read_to_string(&rules).with_context(|| format!("cannot read {}", rules.display()))?;
    lines(&rules)
}

/// One line for each name with suffixes below it: its labels from the right, a space, and the labels below it.
fn lines(rules: &str) -> Result<String> {
    let mut names = BTreeMap::<Vec<String>, BTreeSet<String>>::new();
    for rule in rules.lines().map(str::trim).filter(|rule| !rule.is_empty() && !rule.starts_with("//")) {
        let (exception, name) = rule.strip_prefix('!').map_or(("", rule), |name| ("!", name));
        let mut labels = name.rsplit('.').map(ascii).collect::<Result<Vec<_>>>()?;
        let last = labels.pop().context("a rule without a label")?;
        // Every last label is a suffix, whether a rule says so or not.
        if !labels.is_empty() {
            names.entry(labels).or_default().insert(format!("{exception}{last}"));
        }
    }
    let line = |(name, below): (Vec<String>, BTreeSet<String>)| {
        format!("{} {}\n", name.join("."), below.into_iter().collect::<Vec<_>>().join(" "))
    };
    Ok(names.into_iter().map(line).collect())
}

fn ascii(label: &str) -> Result<String> {
    if label.is_ascii() { Ok(label.to_ascii_lowercase()) } else { Ok(url::Host::parse(label)?.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_become_lines() {
        let rules = "com\nuk\nco.uk\n*.ck\n!www.ck\nck\nb\u{fc}cher.example.com\n// no rule\n\n";
        let expected = "ck !www *\ncom.example xn--bcher-kva\nuk co\n";
        assert_eq!(lines(rules).unwrap(), expected);
    }

    #[test]
    fn the_table_is_that_of_the_locked_rules() {
        let root = crate::root().unwrap();
        let there = fs::read_to_string(path(&root)).unwrap();
        assert!(there == table(&root).unwrap(), "run `cargo run -p xtask -- suffixes`");
    }
}
