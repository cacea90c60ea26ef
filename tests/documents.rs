//! What ARCHITECTURE.md, CONTRIBUTING.md and README.md say of the code is true: files, dependencies, directions, corrections.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between backticks, and the targets of links.
fn named(text: &str) -> Vec<&str> {
    let fenced: Vec<&str> = text.split("```").step_by(2).collect();
    let codes = fenced.iter().flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let links = fenced.iter().flat_map(|prose| prose.split("](").skip(1)).filter_map(|rest| rest.split([')', '#']).next());
    codes.chain(links).collect()
}

/// The Rust files under a folder of `src`, or one file of it.
fn sources(path: &str) -> Vec<(PathBuf, String)> {
    let path = root().join("src").join(path);
    if path.is_file() {
        return vec![(path.clone(), fs::read_to_string(&path).unwrap())];
    }
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries
        .flat_map(|entry| sources(entry.unwrap().path().to_str().unwrap()))
        .filter(|(path, _)| path.extension() == Some("rs".as_ref()))
        .collect()
}

/// The code of a source without its comments, its attributes and its tests.
fn code(source: &str) -> String {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("#[");
    code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_file_that_is_named_is_there() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "CHANGELOG.md"] {
        let text = read(document);
        let is_path = |name: &&str| {
            let folders = ["src/", "tests/", "js/", "xtask/", "www/", "benches/", "fuzz/", ".ci/"];
            let files = [".md", ".rs", ".toml", ".json"];
            !name.contains([' ', ':', '*'])
                && (folders.iter().any(|folder| name.starts_with(folder)) || files.iter().any(|file| name.ends_with(file)))
        };
        for name in named(&text).into_iter().filter(is_path) {
            assert!(root().join(name).exists(), "{document} names {name}");
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let architecture = read("ARCHITECTURE.md");
    let table = architecture.split("## Dependencies").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let reasoned: BTreeSet<&str> = rows.flat_map(|row| named(row.split('|').nth(1).unwrap())).collect();
    let manifest = read("Cargo.toml");
    let mut section = "";
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        match line.strip_prefix('[') {
            Some(header) => section = header.trim_end_matches(']'),
            None if section.ends_with("dependencies") => names.extend(line.split_once(" =").map(|(name, _)| name)),
            None => {}
        }
    }
    let package: serde_json::Value = serde_json::from_str(&read("package.json")).unwrap();
    let npm = ["dependencies", "devDependencies"].into_iter().filter_map(|section| package[section].as_object());
    names.extend(npm.flat_map(|section| section.keys().map(String::as_str)));
    let without_reason: Vec<_> = names.difference(&reasoned).collect();
    assert!(without_reason.is_empty(), "without a reason in ARCHITECTURE.md: {without_reason:?}");
    let gone: Vec<_> = reasoned.difference(&names).collect();
    assert!(gone.is_empty(), "in ARCHITECTURE.md, but no dependency: {gone:?}");
}

#[test]
fn dependencies_go_one_way() {
    let above = |module: &str| -> &[&str] {
        match module {
            "infra" => &["http", "cors", "cache", "cookies", "fetch"],
            "http" => &["cache", "cookies", "fetch"],
            "cors" => &["cache", "cookies", "fetch"],
            "cache" | "cookies" => &["fetch"],
            _ => &[],
        }
    };
    for module in ["infra", "http", "cors", "cache", "cookies", "fetch"] {
        for (path, source) in sources(module) {
            for user in above(module)
                .iter()
                .chain(&["evaluate", "explain", "findings", "paste", "render", "snippets", "inspect", "decide", "wasm"])
            {
                assert!(!code(&source).contains(&format!("crate::{user}::")), "{} uses {user}", path.display());
            }
        }
    }
    // The guard asks the safelist; a request remembers which check a redirect failed.
    let may_use_cors = |path: &Path| path.ends_with("http/headers_guard.rs") || path.ends_with("http/request.rs");
    for (path, source) in sources("http") {
        assert!(may_use_cors(&path) || !code(&source).contains("crate::cors::"), "{} uses cors", path.display());
    }
    for (path, source) in sources("cors") {
        assert!(
            !code(&source).contains("trace::Trace") && !code(&source).contains("EventKind"),
            "{} knows events",
            path.display()
        );
    }
}

#[test]
fn every_correction_is_where_it_is_said_to_be() {
    let architecture = read("ARCHITECTURE.md");
    let table = architecture.split("## Corrections").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut said = BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| n ")) {
        let number: u32 = row[2..].split(' ').next().unwrap().parse().unwrap();
        said.extend(named(row).into_iter().filter(|name| name.starts_with("src/")).map(|path| (number, path.to_owned())));
    }
    let mut found = BTreeSet::new();
    for (path, source) in sources("") {
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        for mark in source.split("CORRECTION ").skip(1) {
            let number = mark.split(|c: char| !c.is_ascii_digit()).next().unwrap();
            found.extend(number.parse::<u32>().map(|number| (number, path.clone())));
        }
    }
    assert_eq!(said, found);
    let numbers: BTreeSet<u32> = said.into_iter().map(|(number, _)| number).collect();
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u32), "{numbers:?}");
}

#[test]
fn sentences_about_a_report_are_in_the_catalogue_alone() {
    for (path, source) in sources("explain") {
        // The browsers' words are facts, in a table of their own; so is what can be said about a browser's words.
        let tables = ["explain/catalogue.rs", "explain/console/messages.rs", "explain/lead/texts.rs"];
        let is_table = tables.iter().any(|table| path.ends_with(table));
        if is_table || path.ends_with("tests.rs") {
            continue;
        }
        let code = code(&source).replace("'\"'", "");
        for literal in code.split('"').skip(1).step_by(2) {
            assert!(!literal.contains(' ') || literal.trim().is_empty() || literal == ", ", "{}: {literal:?}", path.display());
        }
    }
}
