//! That a repair opens nothing to others: the repaired answers, given to pages of other origins.

use url::Url;

use super::book::{Book, Run};
use super::change::Change;
use crate::evaluate::{Tracing, evaluate_as};
use crate::http::modes::Tainting;
use crate::network::Answer;
use crate::profile::{Profile, ProfileName};
use crate::report::{Exchange, Outcome};
use crate::scenario::{Page, Scenario, ScenarioError};

/// The origins of pages that a repair must not let read: any, none, and one that looks like `origin`.
fn others(origin: &str) -> [Page; 3] {
    let alike = format!("{}.evil.example/", origin.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':'));
    let alike = if Url::parse(&alike).is_ok_and(|url| url.has_host()) { alike } else { "https://evil-app.example/".into() };
    let without = Page { origin: Some("null".into()), ..Page::new("https://evil.example/") };
    [Page::new("https://evil.example/"), without, Page::new(alike)]
}

/// Whether the repair lets a page of another origin read what `origin` reads. What everybody could read before (`*`) is no
/// doing of a repair that leaves that line alone.
pub(super) fn let_others_read(changes: &[Change], run: &Run, book: &Book, origin: &str) -> Result<bool, ScenarioError> {
    let opens = |change: &Change| match change {
        Change::SetHeader { name, .. } => *name == b"Access-Control-Allow-Origin" || *name == b"Access-Control-Allow-Credentials",
        _ => false,
    };
    if !changes.iter().any(opens) {
        return Ok(false);
    }
    for page in others(origin) {
        for profile in ProfileName::ALL {
            if reads(run, book.index, &page, Profile::of(profile))? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether script of `page`, which makes the same call and gets the same answers, reads the last one.
fn reads(run: &Run, index: usize, page: &Page, profile: Profile) -> Result<bool, ScenarioError> {
    let (Some(fetch), Some(request)) = (run.scenario.fetches.get(index), &run.report.request) else { return Ok(false) };
    let mut fetch = fetch.clone();
    request.url.clone_into(fetch.call.url_mut());
    fetch.answers.clear();
    // NB: a service worker is the page's own, and another page has another.
    fetch.service_worker = None;
    fetch.at = 0.0;
    let mut scenario = Scenario::new(page.clone(), vec![fetch]);
    let mut given: Vec<usize> = Vec::new();
    loop {
        let Some(report) = evaluate_as(&scenario, profile, Tracing::Off)?.fetches.pop() else { return Ok(false) };
        match &report.outcome {
            Outcome::NeedsAnswer(needs) => {
                let is_same = |exchange: &&Exchange| {
                    let request = &exchange.request;
                    (request.purpose, &request.method, &request.url)
                        == (needs.request.purpose, &needs.request.method, &needs.request.url)
                };
                let same = run.report.exchanges.iter().enumerate().filter(|(_, exchange)| is_same(exchange));
                let Some((place, exchange)) = same.into_iter().find(|(place, _)| !given.contains(place)) else {
                    return Ok(false);
                };
                let (Some(answer), Some(fetch)) = (&exchange.response, scenario.fetches.first_mut()) else { return Ok(false) };
                given.push(place);
                fetch.answers.push(Answer::Response(answer.clone()));
            }
            Outcome::Response(response) => return Ok(response.tainting == Tainting::Cors),
            _ => return Ok(false),
        }
    }
}
