//! Every scenario of the vectors, explained with all, some and none of its answers: whatever the engine reports, there are words
//! for it. And so are arbitrary scenarios.

#[path = "properties/arbitrary.rs"]
mod arbitrary;

use std::path::Path;

use corscope::explain::{FetchExplanation, StepLine, StepStatus, VerdictKind, explain};
use corscope::{FetchReport, Outcome, Report, Scenario, Tracing, evaluate_with};
use proptest::prelude::*;
use serde_json::Value;

/// The scenarios of the vectors, each with the file and the name of its row.
fn scenarios() -> Vec<(String, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut scenarios = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for row in rows {
            let before = row["before"].as_array().into_iter().flatten();
            for scenario in before.chain(row.get("scenario")) {
                let place = format!("{}, {}", file.display(), row["name"]);
                scenarios.push((place, serde_json::from_value(scenario.clone()).unwrap()));
            }
        }
    }
    scenarios
}

/// The scenario, and the scenario without its last answer, and so on.
fn prefixes(scenario: Scenario) -> Vec<Scenario> {
    let mut prefixes = vec![scenario];
    while let Some(mut shorter) = prefixes.last().cloned() {
        match shorter.fetches.iter_mut().rev().find(|fetch| !fetch.answers.is_empty()) {
            Some(fetch) => fetch.answers.pop(),
            None => break,
        };
        prefixes.push(shorter);
    }
    prefixes
}

fn texts(explanation: &FetchExplanation) -> impl Iterator<Item = &str> {
    let verdict = &explanation.verdict;
    let steps = explanation.steps.iter().map(|step| &*step.sentence);
    let headers = explanation.headers.iter().map(|header| &*header.sentence);
    let error = explanation.error.iter().flat_map(|error| [&*error.seen, &*error.check]);
    let lists = explanation.notes.iter().chain(&explanation.not_checked).chain(&explanation.preflight_reasons);
    [&*verdict.sentence, &*verdict.why, &*verdict.remedy]
        .into_iter()
        .chain(steps)
        .chain(headers)
        .chain(error)
        .chain(lists.map(|text| &**text))
}

#[test]
fn every_report_on_a_vector_has_words() {
    let scenarios = scenarios();
    assert!(scenarios.len() > 300, "{}", scenarios.len());
    for (place, scenario) in scenarios {
        for scenario in prefixes(scenario) {
            let report = evaluate_with(&scenario, Tracing::On).unwrap();
            check(&place, &scenario, &report);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_report_on_an_arbitrary_scenario_has_words(scenario in arbitrary::scenarios()) {
        if let Ok(report) = evaluate_with(&scenario, Tracing::On) {
            check("arbitrary", &scenario, &report);
        }
    }
}

/// There is one explanation for each fetch, with or without events; it is plain text, and its decisive step is that of the report.
fn check(place: &str, scenario: &Scenario, report: &Report) {
    let explanation = explain(scenario, report);
    let untraced = explain(scenario, &evaluate_with(scenario, Tracing::Off).unwrap());
    assert_eq!(explanation.fetches.len(), report.fetches.len());
    for (index, (explained, fetch)) in explanation.fetches.iter().zip(&report.fetches).enumerate() {
        assert_eq!(explained.verdict, untraced.fetches[index].verdict, "{place}");
        check_fetch(place, explained, fetch);
    }
}

fn check_fetch(place: &str, explained: &FetchExplanation, fetch: &FetchReport) {
    for text in texts(explained) {
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{place}: {text}");
        assert_eq!(text.matches('`').count() % 2, 0, "{place}: {text}");
    }
    assert_eq!(explained.steps.len(), fetch.events.len() + usize::from(explained.verdict.kind == VerdictKind::Threw));
    assert_eq!(explained.headers.len(), fetch.response_headers.len());
    let failed = |step: &&StepLine| step.decisive && step.status == StepStatus::Failed;
    let decisive: Vec<_> = explained.steps.iter().filter(failed).map(|step| step.step).collect();
    let step = explained.error.as_ref().map(|error| error.step);
    match (&fetch.outcome, explained.verdict.kind) {
        (Outcome::NetworkError(_), VerdictKind::Blocked) | (Outcome::Threw(_), VerdictKind::Threw) => {
            assert_eq!(decisive, step.into_iter().collect::<Vec<_>>(), "{place}");
        }
        (Outcome::Response(_), VerdictKind::Allowed | VerdictKind::Opaque)
        | (Outcome::NeedsAnswer(_), VerdictKind::NeedsAnswer)
        | (Outcome::NotReached, VerdictKind::NotReached) => assert_eq!((decisive.len(), step), (0, None), "{place}"),
        (outcome, kind) => panic!("{place}: {outcome:?} is called {kind:?}"),
    }
}
