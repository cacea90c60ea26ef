//! A cache that many people share, between pages of several origins and a server: what each page gets from it, in order.
//!
//! It keeps what <https://www.rfc-editor.org/rfc/rfc9111#section-3> lets a shared cache keep, and what says nothing about that it
//! keeps for a while, as content delivery networks do. Its key is the URL and what `Vary` names. Preflights go to the server.

use serde::Serialize;

use super::observed::Observed;
use super::{Finding, FindingId};
use crate::cache::{Freshness, Selected, StoredResponse, may_store, select, store};
use crate::evaluate::evaluate;
use crate::explain::shown;
use crate::http::header_list::{Fields, Header, HeaderList, contains, joined, lines_named, split_value};
use crate::infra::bytes::ByteString;
use crate::network::{Answer, Purpose, WireRequest, WireResponse};
use crate::profile::SPEC;
use crate::repair::Change;
use crate::report::{Evidence, Outcome};
use crate::scenario::{Scenario, ScenarioError};

/// What becomes of the visits, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SharedCacheReport {
    /// One for each observation.
    pub visits: Vec<Visit>,
    /// What is wrong with that. `fetch` is the index of the observation.
    pub findings: Vec<Finding>,
}

/// What one page gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Visit {
    /// The page's origin.
    pub origin: String,
    /// The index of the observation whose answer the cache served, where it did not ask the server.
    #[cfg_attr(feature = "page", tsify(type = "number | null"))]
    pub served_from: Option<usize>,
    /// Whether the page reads what it gets.
    pub reads: bool,
    /// Whether it would read what the server itself answers.
    pub would_read: bool,
}

/// For how long a shared cache keeps what says nothing about that, in seconds.
const KEPT: &[u8] = b"max-age=3600";
/// How long after each other the visits are, in seconds.
const BETWEEN: f64 = 1.0;

/// What each page gets from a cache that all of them share, one after the other.
///
/// # Errors
/// An origin or a URL that makes no sense; the error names the place.
///
/// # Example
/// ```
/// use corscope::findings::{Observed, shared_cache};
///
/// let observed: Observed = serde_json::from_str(r#"{
///     "call": { "api": "fetch", "url": "https://api.example/" },
///     "observations": [
///         { "origin": "https://a.example", "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://a.example"]] }] },
///         { "origin": "https://b.example", "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://b.example"]] }] }
///     ]
/// }"#).unwrap();
/// let report = shared_cache(&observed).unwrap();
/// let second = &report.visits[1];
/// assert_eq!((second.served_from, second.reads, second.would_read), (Some(0), false, true));
/// assert_eq!(report.findings[0].id.id(), "shared-cache-blocks");
/// ```
pub fn shared_cache(observed: &Observed) -> Result<SharedCacheReport, ScenarioError> {
    let mut cache = Cache::default();
    let mut report = SharedCacheReport { visits: Vec::new(), findings: Vec::new() };
    for (index, observation) in observed.observations.iter().enumerate() {
        let scenario = observed.standard_scenario(observation);
        let would_read = reads(&scenario)?;
        let through = cache.through(&scenario, index)?;
        let reads = reads(&through.scenario)?;
        if would_read
            && !reads
            && let Some(from) = through.served_from
        {
            report.findings.push(finding(observed, index, from, &through.scenario)?);
        }
        report.visits.push(Visit { origin: observation.origin.clone(), served_from: through.served_from, reads, would_read });
    }
    Ok(report)
}

fn reads(scenario: &Scenario) -> Result<bool, ScenarioError> {
    let report = evaluate(scenario)?;
    Ok(matches!(report.fetches.first().map(|fetch| &fetch.outcome), Some(Outcome::Response(response)) if response.status != 0))
}

/// A visit as it goes by the cache: the scenario with the answers that the page got.
struct Through {
    scenario: Scenario,
    served_from: Option<usize>,
}

#[derive(Default)]
struct Cache {
    entries: Vec<StoredResponse>,
    /// What was stored, as it came, with the index of its visit.
    originals: Vec<(WireResponse, usize)>,
}

impl Cache {
    /// Answers the requests of a visit, each from what is kept, or as the server does.
    #[allow(clippy::cast_precision_loss, reason = "there are few visits")]
    fn through(&mut self, scenario: &Scenario, visit: usize) -> Result<Through, ScenarioError> {
        let now = visit as f64 * BETWEEN;
        let mut through = Through { scenario: scenario.clone(), served_from: None };
        let Some(fetch) = through.scenario.fetches.first_mut() else { return Ok(through) };
        let mut from_server = std::mem::take(&mut fetch.answers).into_iter();
        loop {
            let report = evaluate(&through.scenario)?;
            let Some(Outcome::NeedsAnswer(needs)) = report.fetches.first().map(|fetch| &fetch.outcome) else { break };
            let request = &needs.request;
            // NB: what the server would have answered here is passed over, whoever answers.
            let own = from_server.next();
            let kept = self.find(request, now);
            through.served_from = through.served_from.or(kept.as_ref().map(|(_, visit)| *visit));
            let answer = match (kept, own) {
                (Some((response, _)), _) => Answer::Response(response),
                (None, Some(answer)) => {
                    if let Answer::Response(response) = &answer {
                        self.keep(request, response, now, visit);
                    }
                    answer
                }
                (None, None) => break,
            };
            if let Some(fetch) = through.scenario.fetches.first_mut() {
                fetch.answers.push(answer);
            }
        }
        Ok(through)
    }

    fn find(&self, request: &WireRequest, now: f64) -> Option<(WireResponse, usize)> {
        if request.purpose == Purpose::Preflight || request.method.as_bytes() != b"GET" {
            return None;
        }
        match select(SPEC, &self.entries, "", &request.url, &request.headers, now) {
            Selected::Found { index, freshness: Freshness::Fresh } => {
                self.originals.get(self.entries.get(index)?.stored_by?).cloned()
            }
            _ => None,
        }
    }

    fn keep(&mut self, request: &WireRequest, response: &WireResponse, now: f64, visit: usize) {
        let headers = response.headers.as_slice();
        let is_kept = may_store(SPEC, request.method.as_bytes(), response.status, &request.headers, headers);
        if request.purpose == Purpose::Preflight || !is_kept || !is_for_everybody(&request.headers, headers) {
            return;
        }
        let mut stored = response.clone();
        if let Some(lifetime) = lifetime(headers) {
            let headers = stored.headers.changed();
            headers.retain(|header| !header.0.as_bytes().eq_ignore_ascii_case(b"cache-control"));
            headers.push(Header(b"Cache-Control".as_slice().into(), lifetime.into()));
        }
        self.originals.push((response.clone(), visit));
        let entry = StoredResponse {
            partition: String::new(),
            url: request.url.clone(),
            request_headers: request.headers.clone(),
            response: stored,
            stored_at: now,
            stored_by: Some(self.originals.len() - 1),
            in_memory: false,
            by_picture: false,
        };
        store(SPEC, &mut self.entries, entry);
    }
}

/// The directives of `Cache-Control`: their names in lower case, and what follows an equals sign.
fn directives(headers: &(impl Fields + ?Sized)) -> Vec<(Vec<u8>, Vec<u8>)> {
    let lines = lines_named(headers, b"cache-control").flat_map(|line| split_value(headers.value(line)));
    lines
        .map(|directive| {
            let mut parts = directive.splitn(2, |&byte| byte == b'=');
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            (name, parts.next().unwrap_or_default().to_vec())
        })
        .collect()
}

/// Whether a shared cache may keep it: it is not private, and was not asked for with a login, unless it says that it is for all.
fn is_for_everybody(request: &HeaderList, response: &[Header]) -> bool {
    let directives = directives(response);
    let has = |name: &[u8]| directives.iter().any(|(found, _)| found == name);
    let is_login = contains(request, b"Authorization");
    !has(b"private") && (!is_login || has(b"public") || has(b"s-maxage") || has(b"must-revalidate"))
}

/// The `Cache-Control` by which a browser's cache keeps it for as long as a shared one does, where that differs.
fn lifetime(response: &[Header]) -> Option<Vec<u8>> {
    let directives = directives(response);
    let find = |name: &[u8]| directives.iter().find(|(found, _)| found == name);
    match find(b"s-maxage") {
        Some((_, seconds)) => Some([b"max-age=", &seconds[..]].concat()),
        None => {
            let says =
                [&b"max-age"[..], b"no-cache"].into_iter().any(|name| find(name).is_some()) || contains(response, b"Expires");
            (!says).then(|| KEPT.to_vec())
        }
    }
}

fn finding(observed: &Observed, index: usize, from: usize, through: &Scenario) -> Result<Finding, ScenarioError> {
    let report = evaluate(through)?;
    let exchanges = report.fetches.first().map(|fetch| &fetch.exchanges[..]).unwrap_or_default();
    let mut evidence = Vec::new();
    if let Some((exchange, last)) = exchanges.iter().enumerate().next_back() {
        let headers = last.response.as_ref().map(|response| &response.headers[..]).unwrap_or_default();
        let end = |line: usize, headers: &[Header]| headers.get(line).map_or(0, |header| header.1.as_bytes().len());
        let allow = lines_named(headers, b"access-control-allow-origin").next();
        evidence.push(match allow {
            Some(line) => Evidence::AnswerHeader { exchange, line, start: 0, end: end(line, headers) },
            None => Evidence::AnswerHeaderMissing { exchange, name: "Access-Control-Allow-Origin" },
        });
        let sent = &last.request.headers;
        evidence.extend(lines_named(sent, b"origin").next().map(|line| Evidence::RequestHeader {
            exchange,
            line,
            start: 0,
            end: end(line, sent.as_slice()),
        }));
    }
    let origin = |index: usize| observed.observations.get(index).map_or("", |observation| &observation.origin);
    let slots = [("origin", shown(origin(index).as_bytes())), ("other", shown(origin(from).as_bytes()))];
    Ok(Finding::new(FindingId::SharedCacheBlocks, index, &slots, evidence, vary_everywhere(observed)))
}

/// `Vary: Origin` on every last answer that does not have it.
fn vary_everywhere(observed: &Observed) -> Vec<Change> {
    let change = |(fetch, observation): (usize, &super::observed::Observation)| {
        let answer = observation.answers.len().checked_sub(1)?;
        let Some(Answer::Response(response)) = observation.answers.last() else { return None };
        let headers = response.headers.as_slice();
        if super::caching::varies_by_origin(headers) {
            return None;
        }
        let value = match joined(headers, b"vary").filter(|value| !value.is_empty()) {
            Some(value) => [&value[..], b", Origin"].concat(),
            None => b"Origin".to_vec(),
        };
        Some(Change::SetHeader { fetch, answer, name: ByteString::from_static(b"Vary"), value: value.into() })
    };
    observed.observations.iter().enumerate().filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "https://a.example";
    const B: &str = "https://b.example";
    const ALLOW_A: (&str, &str) = ("Access-Control-Allow-Origin", A);
    const ALLOW_B: (&str, &str) = ("Access-Control-Allow-Origin", B);
    const ALLOW_ALL: (&str, &str) = ("Access-Control-Allow-Origin", "*");
    const VARY: (&str, &str) = ("Vary", "accept-encoding, ORIGIN");

    type Lines<'a> = &'a [(&'a str, &'a str)];

    fn observed(call: serde_json::Value, visits: &[(&str, Lines)]) -> Observed {
        let visit = |(origin, lines): &(&str, Lines)| {
            let preflight = serde_json::json!({ "status": 204, "headers": [["Access-Control-Allow-Origin", origin], ["Access-Control-Allow-Headers", "*, authorization"]] });
            let answer = serde_json::json!({ "status": 200, "headers": lines });
            let is_preflighted = call["init"]["headers"].is_array();
            let answers = if is_preflighted { vec![preflight, answer] } else { vec![answer] };
            serde_json::json!({ "origin": origin, "answers": answers })
        };
        let visits: Vec<serde_json::Value> = visits.iter().map(visit).collect();
        serde_json::from_value(serde_json::json!({ "call": call, "observations": visits })).unwrap()
    }

    #[test]
    fn what_each_page_gets() {
        let get = || serde_json::json!({ "api": "fetch", "url": "https://api.example/" });
        let post = || serde_json::json!({ "api": "fetch", "url": "https://api.example/", "init": { "method": "POST" } });
        let login = || serde_json::json!({ "api": "fetch", "url": "https://api.example/", "init": { "headers": [["Authorization", "x"]] } });
        // call, visits, then for each where its answer came from, and whether it reads that and its own
        type Row<'a> = (serde_json::Value, Vec<(&'a str, Lines<'a>)>, &'a [(Option<usize>, bool, bool)]);
        let rows: &[Row] = &[
            (get(), vec![(A, &[ALLOW_A]), (B, &[ALLOW_B])], &[(None, true, true), (Some(0), false, true)]),
            (get(), vec![(A, &[ALLOW_A, VARY]), (B, &[ALLOW_B, VARY])], &[(None, true, true), (None, true, true)]),
            (
                get(),
                vec![(A, &[ALLOW_A, VARY]), (B, &[ALLOW_B, VARY]), (A, &[])],
                &[(None, true, true), (None, true, true), (Some(0), true, false)],
            ),
            // The first answer is a refusal, and counts for all.
            (get(), vec![(B, &[]), (A, &[ALLOW_A, VARY])], &[(None, false, false), (Some(0), false, true)]),
            (get(), vec![(B, &[VARY]), (A, &[ALLOW_A, VARY])], &[(None, false, false), (None, true, true)]),
            (get(), vec![(A, &[ALLOW_ALL]), (B, &[ALLOW_ALL])], &[(None, true, true), (Some(0), true, true)]),
            (
                get(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "no-store")]), (B, &[ALLOW_B])],
                &[(None, true, true), (None, true, true)],
            ),
            (
                get(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "private")]), (B, &[ALLOW_B])],
                &[(None, true, true), (None, true, true)],
            ),
            (
                get(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "max-age=0")]), (B, &[ALLOW_B])],
                &[(None, true, true), (None, true, true)],
            ),
            (
                get(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "max-age=0, s-maxage=60")]), (B, &[ALLOW_B])],
                &[(None, true, true), (Some(0), false, true)],
            ),
            (
                get(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "max-age=60, s-maxage=0")]), (B, &[ALLOW_B])],
                &[(None, true, true), (None, true, true)],
            ),
            (post(), vec![(A, &[ALLOW_A]), (B, &[ALLOW_B])], &[(None, true, true), (None, true, true)]),
            (login(), vec![(A, &[ALLOW_A]), (B, &[ALLOW_B])], &[(None, true, true), (None, true, true)]),
            (
                login(),
                vec![(A, &[ALLOW_A, ("Cache-Control", "public, max-age=60")]), (B, &[ALLOW_B])],
                &[(None, true, true), (Some(0), false, true)],
            ),
        ];
        for (call, visits, expected) in rows {
            let mut observed = observed(call.clone(), visits);
            let report = shared_cache(&observed).unwrap();
            let found: Vec<_> = report.visits.iter().map(|visit| (visit.served_from, visit.reads, visit.would_read)).collect();
            assert_eq!(found, *expected, "{call} {visits:?}");
            let broken: Vec<usize> = (0..expected.len()).filter(|index| !expected[*index].1 && expected[*index].2).collect();
            assert_eq!(report.findings.iter().map(|finding| finding.fetch).collect::<Vec<_>>(), broken, "{visits:?}");
            if let Some(finding) = report.findings.first() {
                observed.fix(finding);
                let after = shared_cache(&observed).unwrap();
                assert_eq!(after.findings, [], "{visits:?}");
                assert!(after.visits.iter().all(|visit| visit.reads == visit.would_read), "{visits:?}");
            }
        }
    }

    #[test]
    fn what_it_says() {
        let call = serde_json::json!({ "api": "fetch", "url": "https://api.example/" });
        let report = shared_cache(&observed(call, &[(A, &[ALLOW_A]), (B, &[ALLOW_B])])).unwrap();
        let [finding] = &report.findings[..] else { panic!() };
        assert_eq!(
            finding.what,
            "`https://b.example` gets the answer that a cache kept for `https://a.example`, and is blocked. The server itself would have allowed it."
        );
        assert_eq!(
            finding.evidence,
            [
                Evidence::AnswerHeader { exchange: 0, line: 0, start: 0, end: A.len() },
                Evidence::RequestHeader { exchange: 0, line: 3, start: 0, end: B.len() }
            ]
        );
    }
}
