//! The vectors of `tests/vectors/`: every scenario row is evaluated in every way and compared with what it expects, and
//! together they show every trap, every algorithm and every network error. The leaf rows run inside the crate.

#[path = "common/mod.rs"]
mod common;
#[path = "vectors/expect.rs"]
mod expect;

use std::collections::BTreeSet;
use std::path::Path;

use corscope::spec::Algorithm;
use corscope::{BrowserState, NetworkErrorCode, Report, Scenario};
use serde_json::Value;

/// A row of a file, and the name of the file.
struct Row {
    file: String,
    row: Value,
}

impl Row {
    fn place(&self) -> String {
        let number = self.row.get("trap").or_else(|| self.row.get("extra")).map(Value::to_string);
        format!("{}, {}, {}", self.file, number.unwrap_or_default(), self.row["name"])
    }

    fn is_leaf(&self) -> bool {
        self.row.get("algorithm").is_some()
    }

    /// The report of the row's scenario, which starts in the state that the scenarios before it left.
    fn report(&self) -> Result<Report, String> {
        let mut state: Option<BrowserState> = None;
        for before in self.row["before"].as_array().into_iter().flatten() {
            state = Some(common::evaluate_every_way(&scenario(before, state)?)?.state);
        }
        common::evaluate_every_way(&scenario(&self.row["scenario"], state)?)
    }

    fn differences(&self) -> Vec<String> {
        let known = ["trap", "extra", "name", "note", "before", "scenario", "expect", "stateAfter"];
        let unknown = self.row.as_object().into_iter().flatten().find(|(word, _)| !known.contains(&word.as_str()));
        if let Some((word, _)) = unknown {
            return vec![format!("a row has no word `{word}`")];
        }
        let report = match self.report() {
            Ok(report) => json(&report),
            Err(error) => return vec![error],
        };
        let reports = report["fetches"].as_array().map(Vec::as_slice).unwrap_or_default();
        let expected = self.row["expect"].as_array().map(Vec::as_slice).unwrap_or_default();
        if reports.len() != expected.len() {
            return vec![format!("{} fetches, but {} expectations", reports.len(), expected.len())];
        }
        let mut found: Vec<String> = (expected.iter().zip(reports).enumerate())
            .flat_map(|(index, (expected, report))| {
                expect::differences(expected, report).into_iter().map(move |difference| format!("fetch {index}: {difference}"))
            })
            .collect();
        if let Some(expected) = self.row.get("stateAfter") {
            found.extend(expect::state_differences(expected, &report["state"]));
        }
        found
    }
}

/// A scenario of a row. It is written and read again on the way, so that the format is shown to hold all of it.
fn scenario(row: &Value, state: Option<BrowserState>) -> Result<Scenario, String> {
    let mut scenario: Scenario = serde_json::from_value(row.clone()).map_err(|error| format!("the scenario: {error}"))?;
    if let Some(state) = state {
        scenario.state = state;
    }
    let again: Scenario = serde_json::from_value(json(&scenario)).map_err(|error| format!("the scenario, written: {error}"))?;
    if again == scenario { Ok(scenario) } else { Err("the scenario, written and read again, is another one".into()) }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("scenarios and reports can be written as JSON")
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let entries = std::fs::read_dir(&folder).expect("the vectors are there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the vectors can be listed").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let rows_of = |file: &std::path::PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).expect("a file of vectors can be read");
        let rows: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        rows.into_iter().map(move |row| Row { file: name.clone(), row })
    };
    files.iter().flat_map(rows_of).collect()
}

fn scenario_rows() -> Vec<Row> {
    rows().into_iter().filter(|row| !row.is_leaf()).collect()
}

#[test]
fn scenario_vectors() {
    let rows = scenario_rows();
    let failures: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let differences = row.differences();
            (!differences.is_empty()).then(|| format!("{}\n    {}", row.place(), differences.join("\n    ")))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} vectors:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

#[test]
fn every_trap_has_a_vector() {
    let shown: BTreeSet<u64> = rows().iter().filter_map(|row| row.row["trap"].as_u64()).collect();
    assert_eq!(shown, (1..=158).collect());
}

#[test]
fn every_row_has_a_number_and_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for row in rows() {
        assert!(row.row["trap"].is_u64() != row.row["extra"].is_string(), "{}: either a trap or an extra", row.place());
        assert!(row.row["name"].is_string(), "{}: a name", row.place());
        assert!(names.insert(row.place()), "{}: twice", row.place());
    }
}

#[test]
fn every_network_error_is_shown() {
    let outcome_codes = |row: &Row| -> Vec<String> {
        let expected = row.row["expect"].as_array().map(Vec::as_slice).unwrap_or_default();
        expected.iter().filter_map(|fetch| fetch["outcome"]["code"].as_str().map(String::from)).collect()
    };
    let shown: BTreeSet<String> = scenario_rows().iter().flat_map(outcome_codes).collect();
    assert_eq!(shown, NetworkErrorCode::ALL.iter().map(|code| code.as_str().to_string()).collect());
}

#[test]
fn every_algorithm_is_shown() {
    let mut shown: BTreeSet<String> = rows().iter().filter_map(|row| row.row["algorithm"].as_str().map(String::from)).collect();
    for row in scenario_rows() {
        let Ok(report) = row.report() else { continue };
        for fetch in json(&report)["fetches"].as_array().into_iter().flatten() {
            collect_algorithms(&fetch["outcome"], &mut shown);
            collect_algorithms(&fetch["events"], &mut shown);
        }
    }
    let missing: Vec<&str> = Algorithm::ALL.iter().map(|algorithm| algorithm.id()).filter(|id| !shown.contains(*id)).collect();
    assert!(missing.is_empty(), "no vector shows {missing:?}");
}

/// Every algorithm that is named in a step anywhere in `value`.
fn collect_algorithms(value: &Value, shown: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let (Some(Value::String(algorithm)), Some(_)) = (map.get("algorithm"), map.get("number")) {
                shown.insert(algorithm.clone());
            }
            map.values().for_each(|value| collect_algorithms(value, shown));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_algorithms(value, shown)),
        _ => {}
    }
}
