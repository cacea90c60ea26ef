//! Every finding has a row that shows it, in exact words and places, and a near miss that does not; and every fix mends it.

#[path = "properties/arbitrary.rs"]
mod arbitrary;
#[path = "common/findings.rs"]
mod shown;

use std::collections::BTreeSet;
use std::path::Path;

use corscope::findings::{Finding, FindingExample, FindingId, FindingTopic, HoleKind, findings, judge_allow_list};
use corscope::{Evidence, Outcome, ProfileName, Scenario, evaluate};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// A finding, a scenario that shows it, and one that nearly does.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    id: String,
    shows: Scenario,
    /// The finding's sentence.
    what: String,
    /// What to do.
    remedy: String,
    /// The places that show it.
    evidence: Value,
    /// What is to be changed.
    changes: Value,
    /// What else there is to find.
    also: Vec<String>,
    near_miss: Scenario,
    /// What there is to find in the near miss.
    near_miss_finds: Vec<String>,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings/rows.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn found(scenario: &Scenario) -> Vec<Finding> {
    findings(scenario, &evaluate(scenario).unwrap())
}

fn ids(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.id.id()).collect()
}

#[test]
fn every_finding_has_a_row() {
    let shown = shown::shown(Path::new(env!("CARGO_MANIFEST_DIR")));
    let ids: BTreeSet<&str> = shown.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, FindingId::ALL.iter().map(|id| id.id()).collect());
    for row in &shown {
        let said = |example: &FindingExample| {
            let found = example.findings().unwrap();
            found.into_iter().find(|finding| finding.id.id() == row.id).map(|finding| finding.what)
        };
        assert_eq!(said(&row.shows).as_ref(), Some(&row.what), "{}", row.id);
        assert_eq!(said(&row.near_miss), None, "near miss of {}", row.id);
    }
}

#[test]
fn every_row_finds_what_it_says() {
    for row in rows() {
        let all = found(&row.shows);
        let finding = all.iter().find(|finding| finding.id.id() == row.id).unwrap_or_else(|| panic!("{}: {all:#?}", row.id));
        assert_eq!(finding.what, row.what, "{}", row.id);
        assert_eq!(finding.remedy, row.remedy, "{}", row.id);
        assert_eq!(serde_json::to_value(&finding.evidence).unwrap(), row.evidence, "{}", row.id);
        assert_eq!(serde_json::to_value(&finding.changes).unwrap(), row.changes, "{}", row.id);
        let others: Vec<&str> = ids(&all).into_iter().filter(|id| *id != row.id).collect();
        assert_eq!(others, row.also, "{}", row.id);
        assert_eq!(ids(&found(&row.near_miss)), row.near_miss_finds, "near miss of {}", row.id);
        assert!(!row.near_miss_finds.contains(&row.id));
    }
}

/// Whether script gets the answer to the first fetch.
fn reads(scenario: &Scenario) -> bool {
    matches!(&evaluate(scenario).unwrap().fetches[0].outcome, Outcome::Response(response) if response.status != 0)
}

#[test]
fn every_fix_mends_what_was_found() {
    let mut fixed = BTreeSet::new();
    for row in rows() {
        for profile in ProfileName::ALL {
            let mut scenario = row.shows.clone();
            scenario.profile = profile;
            let before = found(&scenario);
            for finding in before.iter().filter(|finding| !finding.changes.is_empty()) {
                let mut changed = scenario.clone();
                finding.fix(&mut changed);
                assert_ne!(changed, scenario, "{} {profile:?}", row.id);
                let after = found(&changed);
                assert!(!ids(&after).contains(&finding.id.id()), "{} {profile:?}: {after:#?}", finding.id.id());
                let is_worse = |other: &&Finding| other.severity < finding.severity && !ids(&before).contains(&other.id.id());
                assert_eq!(after.iter().filter(is_worse).collect::<Vec<_>>(), [] as [&Finding; 0], "{} {profile:?}", row.id);
                if finding.topic == FindingTopic::Security {
                    let could_read = reads(&scenario);
                    assert!(could_read || !reads(&changed), "{} lets somebody in", finding.id.id());
                }
                fixed.insert(finding.id.id());
            }
        }
    }
    // What is for others to change than for whoever made the scenario.
    let open: Vec<&str> =
        rows().iter().map(|row| FindingId::parse(&row.id).unwrap().id()).filter(|id| !fixed.contains(id)).collect();
    assert_eq!(open, ["blocked-but-sent", "cookie-not-sent", "cookie-ignored"]);
}

#[test]
fn an_avoided_preflight_is_not_sent() {
    let row = rows().into_iter().find(|row| row.id == "avoidable-preflight").unwrap();
    let mut changed = row.shows.clone();
    found(&row.shows)[0].fix(&mut changed);
    let report = evaluate(&changed).unwrap();
    assert_eq!(report.fetches[0].exchanges.len(), 1);
    assert!(matches!(report.fetches[0].outcome, Outcome::Response(_)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_about_arbitrary_scenarios_are_plain_text_about_places_that_are_there(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else { return Ok(()) };
        for finding in findings(&scenario, &report) {
            for text in [&finding.what, &finding.why, &finding.remedy] {
                prop_assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text}");
                prop_assert_eq!(text.matches('`').count() % 2, 0, "{}", text);
            }
            let exchanges = &report.fetches[finding.fetch].exchanges;
            for place in &finding.evidence {
                let (bytes, start, end) = match place {
                    Evidence::AnswerHeader { exchange, line, start, end } => {
                        (exchanges[*exchange].response.as_ref().unwrap().headers[*line].1.as_bytes(), *start, *end)
                    }
                    Evidence::RequestHeader { exchange, line, start, end } => {
                        (exchanges[*exchange].request.headers.as_slice()[*line].1.as_bytes(), *start, *end)
                    }
                    _ => continue,
                };
                prop_assert!(bytes.get(start..end).is_some(), "{finding:?}");
            }
            let mut changed = scenario.clone();
            finding.fix(&mut changed);
            prop_assert!(evaluate(&changed).is_ok(), "{finding:?}");
        }
    }

    #[test]
    fn every_hole_is_an_origin_that_reads(text in prop_oneof![
        "[ -~]{0,40}",
        "(/|\\^|~|~\\*)?(https?:\\\\/\\\\/|https://)?(\\.\\*|\\(\\.\\+\\\\\\.\\)\\?|\\[a-z\\]\\+\\.)?[a-c]{1,4}\\\\?\\.(com|example|github\\.io)\\$?(/i?)?",
        "(endsWith|startsWith|includes)\\('(https://)?\\.?[a-c]{1,3}\\.(com|example)'\\)",
    ]) {
        let Ok(report) = judge_allow_list(&text) else { return Ok(()) };
        for hole in &report.holes {
            prop_assert_eq!(&hole.reads_in, &ProfileName::ALL, "{} {}", text, hole.origin);
            prop_assert!(!report.meant.contains(&hole.origin) || hole.kind == HoleKind::Insecure, "{text} {hole:?}");
        }
        if let Some(instead) = &report.instead {
            prop_assert_eq!(judge_allow_list(instead).unwrap().holes, vec![], "{} {}", text, instead);
        }
        for finding in &report.findings {
            prop_assert!(finding.what.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", finding.what);
            prop_assert_eq!(finding.what.matches('`').count() % 2, 0, "{}", finding.what);
        }
    }
}
