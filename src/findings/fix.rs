//! Making the changes that mend a finding.

use crate::evaluate::{Tracing, evaluate_with};
use crate::network::{Answer, Purpose};
use crate::repair::Change;
use crate::report::Outcome;
use crate::scenario::Scenario;

/// Makes the changes that are for the fetch at `index`. Where the page asks otherwise by them, its requests get the answers of
/// those that they stand for: what answered a preflight that is not sent any more goes.
pub(super) fn fix(changes: &[Change], scenario: &mut Scenario, index: usize) {
    let purposes = purposes(scenario, index);
    changes.iter().for_each(|change| change.make(scenario, index));
    if !changes.iter().all(Change::is_of_server) {
        deal(scenario, index, &purposes);
    }
}

/// What each answer was for, as far as a request asked for it.
fn purposes(scenario: &Scenario, index: usize) -> Vec<Option<Purpose>> {
    let mut purposes = vec![None; scenario.fetches.get(index).map_or(0, |fetch| fetch.answers.len())];
    let report = evaluate_with(scenario, Tracing::Off).ok();
    for exchange in report.iter().filter_map(|report| report.fetches.get(index)).flat_map(|fetch| &fetch.exchanges) {
        if let Some(purpose) = exchange.answer.and_then(|answer| purposes.get_mut(answer)) {
            *purpose = Some(exchange.request.purpose);
        }
    }
    purposes
}

/// Gives each request of the fetch the next answer for its purpose.
fn deal(scenario: &mut Scenario, index: usize, purposes: &[Option<Purpose>]) {
    let Some(fetch) = scenario.fetches.get_mut(index) else { return };
    let mut left: Vec<(Answer, Option<Purpose>)> = fetch.answers.drain(..).zip(purposes.iter().copied()).collect();
    while let Some(wanted) = wanted(scenario, index) {
        let next = left.iter().position(|(_, purpose)| *purpose == Some(wanted));
        let (Some(next), Some(fetch)) =
            (next.or_else(|| left.iter().position(|(_, purpose)| purpose.is_none())), scenario.fetches.get_mut(index))
        else {
            break;
        };
        fetch.answers.push(left.remove(next).0);
    }
    if let Some(fetch) = scenario.fetches.get_mut(index) {
        fetch
            .answers
            .extend(left.into_iter().filter(|(_, purpose)| *purpose != Some(Purpose::Preflight)).map(|(answer, _)| answer));
    }
}

/// The purpose of the request that waits for an answer.
fn wanted(scenario: &Scenario, index: usize) -> Option<Purpose> {
    match &evaluate_with(scenario, Tracing::Off).ok()?.fetches.get(index)?.outcome {
        Outcome::NeedsAnswer(needs) => Some(needs.request.purpose),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statuses of the answers that a fetch with two headers has after the changes.
    fn statuses(changes: &[Change], answers: &str) -> Vec<u16> {
        let text = format!(
            r#"{{ "page": {{ "url": "https://app.example/" }}, "fetches": [{{ "call": {{ "api": "fetch", "url": "https://api.example/",
            "init": {{ "headers": [["X-A", "1"], ["X-B", "2"]] }} }}, "answers": {answers} }}] }}"#
        );
        let mut scenario: Scenario = serde_json::from_str(&text).unwrap();
        fix(changes, &mut scenario, 0);
        let status = |answer: &Answer| match answer {
            Answer::Response(response) => response.status,
            Answer::Failure(_) => 0,
        };
        scenario.fetches[0].answers.iter().map(status).collect()
    }

    #[test]
    fn what_answered_a_preflight_goes_with_it() {
        let remove = |name: &str| Change::RemoveRequestHeader { name: name.into() };
        let to_query = Change::MoveHeaderToQuery { name: "X-B".into() };
        let allow = r#""headers": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Headers", "x-a, x-b"]]"#;
        let both = format!(r#"[{{ "status": 204, {allow} }}, {{ "status": 200, {allow} }}]"#);
        let preflight = format!(r#"[{{ "status": 204, {allow} }}]"#);
        let refused = r#"[{ "status": 403 }, { "status": 200 }, { "failure": "offline" }]"#;
        for (changes, answers, expected) in [
            (vec![remove("X-A")], &*both, vec![204, 200]),
            (vec![remove("X-A"), remove("X-B")], &both, vec![200]),
            (vec![remove("X-A"), to_query.clone()], &both, vec![200]),
            (vec![remove("X-A"), remove("X-B")], &preflight, vec![]),
            // What no request had asked for is for the next that asks.
            (vec![remove("X-A"), remove("X-B")], refused, vec![200, 0]),
            (vec![remove("X-A")], refused, vec![403, 200, 0]),
            (vec![Change::SetStatus { fetch: 0, answer: 0, status: 200 }], &both, vec![200, 200]),
            (vec![Change::SetStatus { fetch: 7, answer: 0, status: 500 }], &both, vec![204, 200]),
        ] {
            assert_eq!(statuses(&changes, answers), expected, "{changes:?}");
        }
    }
}
