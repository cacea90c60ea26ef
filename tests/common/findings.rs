//! The rows that show each finding, for the tests and for the documentation.

use corscope::Scenario;
use corscope::findings::{FindingExample, Observed};
use serde_json::Value;

/// A finding, what shows it, and what nearly does.
pub struct Shown {
    /// The id of the finding.
    pub id: String,
    /// Its sentence.
    pub what: String,
    /// What shows it.
    pub shows: FindingExample,
    /// What nearly shows it.
    pub near_miss: FindingExample,
}

/// The rows of `tests/findings/rows.json` and `tests/findings/others.json`.
pub fn shown(root: &std::path::Path) -> Vec<Shown> {
    let read = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(root.join("tests/findings").join(name)).expect(name);
        serde_json::from_str(&text).expect(name)
    };
    let scenario = |value: &Value| {
        let scenario: Scenario = serde_json::from_value(value.clone()).expect("a scenario");
        FindingExample::Scenario(Box::new(scenario))
    };
    let other = |value: &Value| match value["allowList"].as_str() {
        Some(text) => FindingExample::AllowList(text.into()),
        None => {
            FindingExample::Observed(Box::new(serde_json::from_value::<Observed>(value["observed"].clone()).expect("observed")))
        }
    };
    let row = |row: &Value, shows, near_miss| {
        let text = |member: &str| row[member].as_str().unwrap_or_default().to_owned();
        Shown { id: text("id"), what: text("what"), shows, near_miss }
    };
    let rows = read("rows.json");
    let rows = rows.iter().map(|value| row(value, scenario(&value["shows"]), scenario(&value["nearMiss"])));
    let others = read("others.json");
    let others = others.iter().map(|value| row(value, other(value), other(&value["nearMiss"])));
    rows.chain(others).collect()
}
