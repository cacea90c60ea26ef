//! Each deviation in a scenario of its own: what the browser does with it, and what it would do without.

#[path = "deviations/told.rs"]
mod told;

use std::collections::BTreeSet;

use corscope::{Browser, BrowserState, Deviation, Fetch, Page, Profile, ProfileName};
use serde::Deserialize;
use told::{lacking, told};

/// A row of `tests/deviations/rows.json`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    deviation: String,
    browser: ProfileName,
    /// The recording that it is taken from, if any.
    #[allow(dead_code, reason = "it is there for whoever reads the file")]
    recording: Option<String>,
    page: Page,
    fetches: Vec<Fetch>,
    #[serde(default)]
    state: BrowserState,
    /// What is told with it, and not without.
    with: Vec<String>,
    /// What is told without it, and not with it.
    without: Vec<String>,
}

fn rows() -> Vec<Row> {
    serde_json::from_str(include_str!("deviations/rows.json"))
        .unwrap_or_else(|error| panic!("tests/deviations/rows.json: {error}"))
}

fn named(name: &str) -> Deviation {
    let found = Deviation::ALL.iter().find(|deviation| deviation.name() == name);
    *found.unwrap_or_else(|| panic!("{name} is no deviation"))
}

#[test]
fn each_deviation_decides_its_row() {
    let mut wrong = 0;
    for row in rows() {
        let (deviation, profile) = (named(&row.deviation), Profile::of(row.browser));
        assert!(profile.has(deviation), "{} is none of {:?}", row.deviation, row.browser);
        let told = |profile| told(Browser::with_state(row.state.clone()).with_profile(profile), &row.page, &row.fetches);
        let (with, without) = (told(profile), told(profile.without(deviation)));
        let found = (lacking(&with, &without), lacking(&without, &with));
        assert_ne!(found.0, found.1, "{} changes nothing", row.deviation);
        if found != (row.with, row.without) {
            wrong += 1;
            println!("{} is now {}", row.deviation, serde_json::json!({ "with": found.0, "without": found.1 }));
        }
    }
    assert_eq!(wrong, 0, "rows come to something else; what they come to is printed above");
}

#[test]
fn each_deviation_has_a_row() {
    let shown: BTreeSet<String> = rows().into_iter().map(|row| row.deviation).collect();
    let missing: Vec<_> = Deviation::ALL.iter().map(|deviation| deviation.name()).filter(|name| !shown.contains(*name)).collect();
    assert_eq!(missing, [""; 0]);
}
