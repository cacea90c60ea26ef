//! What a browser is told to have done in a fetch, line by line.

use corscope::network::Purpose;
use corscope::report::{AnswerSource, Exchange};
use corscope::trace::EventKind;
use corscope::{Fetch, FetchReport, Outcome, Page};
use serde_json::Value;

/// What `browser` does with each fetch, one after the other.
pub fn told(mut browser: corscope::Browser, page: &Page, fetches: &[Fetch]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, fetch) in fetches.iter().enumerate() {
        match browser.fetch(page, fetch) {
            Ok(report) => lines.extend(of_fetch(&report).into_iter().map(|line| format!("{index}: {line}"))),
            Err(error) => lines.push(format!("{index}: {error}")),
        }
    }
    lines
}

fn of_fetch(report: &FetchReport) -> Vec<String> {
    let mut lines: Vec<String> = report.exchanges.iter().flat_map(of_exchange).collect();
    lines.push(match &report.outcome {
        Outcome::Threw(threw) => format!("threw {:?}", threw.error),
        Outcome::NetworkError(error) => format!("network error {}", error.code.as_str()),
        Outcome::Response(response) => {
            let headers: Vec<String> = response.headers.iter().map(|header| format!("{}: {}", header.0, header.1)).collect();
            let (kind, status, url) = (response.response_type.as_str(), response.status, &response.url);
            let redirected = if response.redirected { " (redirected)" } else { "" };
            format!("response {kind} {status} {url}{redirected} [{}]", headers.join(" | "))
        }
        Outcome::NeedsAnswer(_) => "needs an answer".into(),
        _ => "not reached".into(),
    });
    lines.extend(report.events.iter().filter_map(|event| match &event.what {
        EventKind::NotChecked { what } => Some(format!("not checked: {what:?}")),
        // NB: which is said on the console.
        EventKind::PreloadNotMatched { differs, .. } if report.exchanges.is_empty() => Some(format!("no preload: {differs:?}")),
        _ => None,
    }));
    let consequence = serde_json::to_value(report.consequence).unwrap_or_default();
    if consequence != Value::Null {
        lines.push(format!("consequence {consequence}"));
    }
    lines
}

fn of_exchange(exchange: &Exchange) -> Vec<String> {
    let request = &exchange.request;
    let preflight = if request.purpose == Purpose::Preflight { " (preflight)" } else { "" };
    let source = if exchange.source == AnswerSource::Cache { " (from the cache)" } else { "" };
    let mut lines = vec![format!("{} {}{preflight}{source}", request.method, request.url)];
    if exchange.source != AnswerSource::Cache {
        lines.extend(
            request
                .headers
                .iter()
                .map(|header| format!("{} {}{preflight}: {}: {}", request.method, request.url, header.0, header.1)),
        );
    }
    lines
}

/// The lines of `these` that `those` lacks, each as often as it lacks it.
pub fn lacking(these: &[String], those: &[String]) -> Vec<String> {
    let mut left = those.to_vec();
    let mut lacking = Vec::new();
    for line in these {
        match left.iter().position(|other| other == line) {
            Some(at) => _ = left.remove(at),
            None => lacking.push(line.clone()),
        }
    }
    lacking
}
