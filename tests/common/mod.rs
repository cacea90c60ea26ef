//! One scenario, evaluated in every way in which a host can evaluate it.

use corscope::report::AnswerSource;
use corscope::{Outcome, Report, Scenario, ScenarioError, Tracing, WireRequest, evaluate_with};

/// Evaluates the scenario whole and one answer at a time, twice, with and without events, and returns the report if all of
/// them agree on it.
///
/// # Errors
/// The first two that do not agree, or what the engine has against the scenario.
pub fn evaluate_every_way(scenario: &Scenario) -> Result<Report, String> {
    let whole = evaluate(scenario, Tracing::On)?;
    same("evaluated again", &whole, &evaluate(scenario, Tracing::On)?)?;
    let untraced = without_events(whole.clone());
    same("untraced", &untraced, &evaluate(scenario, Tracing::Off)?)?;
    same("untraced again", &untraced, &evaluate(scenario, Tracing::Off)?)?;
    // NB: answers that no request asks for are never given one at a time.
    let unused = unused_answers(&whole);
    let without_unused = |mut report: Report| {
        report.fetches.iter_mut().for_each(|fetch| fetch.unused_answers = 0);
        report
    };
    let (stepwise, asked) = step_by_step(scenario, Tracing::On)?;
    same("one answer at a time", &without_unused(whole.clone()), &without_unused(stepwise))?;
    let (stepwise, asked_untraced) = step_by_step(scenario, Tracing::Off)?;
    same("one answer at a time, untraced", &without_unused(untraced), &without_unused(stepwise))?;
    if asked != asked_untraced {
        return Err(format!("asked for other requests when untraced:\n{asked:#?}\n{asked_untraced:#?}"));
    }
    let sent = sent(&whole);
    if asked != sent {
        return Err(format!("asked for other requests than were sent:\n{asked:#?}\n{sent:#?}"));
    }
    if unused.iter().any(|&count| count > 0) {
        let mut trimmed = scenario.clone();
        for (fetch, count) in trimmed.fetches.iter_mut().zip(unused) {
            fetch.answers.truncate(fetch.answers.len() - count);
        }
        same("without the answers that were not used", &without_unused(whole.clone()), &evaluate(&trimmed, Tracing::On)?)?;
    }
    Ok(whole)
}

fn evaluate(scenario: &Scenario, tracing: Tracing) -> Result<Report, String> {
    evaluate_with(scenario, tracing).map_err(|error: ScenarioError| error.to_string())
}

/// Starts without any answer, and gives the next one each time a request waits for it. Returns the last report, and the
/// requests that waited, each with the index of its fetch.
fn step_by_step(scenario: &Scenario, tracing: Tracing) -> Result<(Report, Vec<(usize, WireRequest)>), String> {
    let mut known = scenario.clone();
    known.fetches.iter_mut().for_each(|fetch| fetch.answers.clear());
    let mut asked: Vec<(usize, WireRequest)> = Vec::new();
    // NB: an interim answer leaves the same request waiting for the next one.
    let mut waiting = None;
    loop {
        let report = evaluate(&known, tracing)?;
        let needs = report.fetches.iter().enumerate().find_map(|(index, fetch)| match &fetch.outcome {
            Outcome::NeedsAnswer(needs) => Some((index, needs.clone())),
            _ => None,
        });
        let Some((index, needs)) = needs else { return Ok((report, asked)) };
        if waiting != Some((index, needs.exchange)) {
            asked.push((index, needs.request));
            waiting = Some((index, needs.exchange));
        }
        let given = known.fetches[index].answers.len();
        match scenario.fetches[index].answers.get(given) {
            Some(answer) => known.fetches[index].answers.push(answer.clone()),
            None => return Ok((report, asked)),
        }
    }
}

/// The requests that went out, each with the index of its fetch.
fn sent(report: &Report) -> Vec<(usize, WireRequest)> {
    let of_fetch = |(index, fetch): (usize, &corscope::FetchReport)| {
        let on_wire = fetch.exchanges.iter().filter(|exchange| exchange.source != AnswerSource::Cache);
        on_wire.map(|exchange| (index, exchange.request.clone())).collect::<Vec<_>>()
    };
    report.fetches.iter().enumerate().flat_map(of_fetch).collect()
}

fn unused_answers(report: &Report) -> Vec<usize> {
    report.fetches.iter().map(|fetch| fetch.unused_answers).collect()
}

fn without_events(mut report: Report) -> Report {
    report.fetches.iter_mut().for_each(|fetch| fetch.events.clear());
    report
}

fn same(way: &str, expected: &Report, found: &Report) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{way}, the report is another one: expected\n{expected:#?}\nfound\n{found:#?}"))
}
