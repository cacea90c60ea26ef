//! What holds for every scenario, whatever is in it.
//!
//! `PROPTEST_CASES=20000 cargo test --test properties` tries more of them. A failure prints the smallest scenario that shows it,
//! which best becomes a row of `tests/vectors/`.

#[path = "properties/arbitrary.rs"]
mod arbitrary;
#[path = "common/mod.rs"]
mod common;

use corscope::modes::{CredentialsMode, ResponseType};
use corscope::report::{AnswerSource, Exchange};
use corscope::{Answer, Fetch, FetchReport, Header, HeaderList, Outcome, Purpose, Report, Scenario, evaluate};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_evaluating_leads_to_the_same_report(scenario in arbitrary::scenarios()) {
        match evaluate(&scenario) {
            Ok(report) => prop_assert_eq!(common::evaluate_every_way(&scenario).map_err(TestCaseError::fail)?, report),
            Err(error) => prop_assert_eq!(common::evaluate_every_way(&scenario), Err(error.to_string())),
        }
    }

    #[test]
    fn a_scenario_survives_json(scenario in arbitrary::scenarios()) {
        let text = serde_json::to_string(&scenario).unwrap();
        let again: Scenario = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &scenario);
        prop_assert_eq!(evaluate(&again), evaluate(&scenario));
    }

    #[test]
    fn a_state_survives_json(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else { return Ok(()) };
        let text = serde_json::to_string(&report.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<corscope::BrowserState>(&text).unwrap(), report.state);
    }

    #[test]
    fn headers_are_never_invented(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else { return Ok(()) };
        for (fetch, found) in scenario.fetches.iter().zip(&report.fetches) {
            for exchange in &found.exchanges {
                request_headers_have_a_source(&scenario, found, exchange)?;
                answer_headers_have_a_source(&scenario, fetch, exchange)?;
            }
            readable_headers_have_a_source(&scenario, fetch, found)?;
        }
    }

    #[test]
    fn what_script_may_not_see_it_does_not(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else { return Ok(()) };
        for (fetch, found) in scenario.fetches.iter().zip(&report.fetches) {
            match &found.outcome {
                Outcome::Response(response) => {
                    let is_opaque = matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect);
                    if is_opaque {
                        prop_assert_eq!((response.status, response.headers.len(), response.null_body), (0, 0, true));
                        prop_assert!(response.status_text.is_empty());
                        prop_assert!(found.response_headers.iter().all(|header| !header.readable));
                    }
                    prop_assert!(!response.headers.contains(b"Set-Cookie") && !response.headers.contains(b"Set-Cookie2"));
                    if response.response_type == ResponseType::Cors && fetch.service_worker.is_none() {
                        readable_response_was_allowed(found)?;
                    }
                }
                _ => prop_assert!(found.response_headers.iter().all(|header| !header.readable)),
            }
        }
    }

    #[test]
    fn requests_do_not_run_away(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else { return Ok(()) };
        for found in &report.fetches {
            for exchange in &found.exchanges {
                prop_assert!(exchange.hop <= 20);
                // Neither a password nor a fragment leaves the browser in a URL.
                prop_assert!(!exchange.request.url.contains('#') && !exchange.request.url.contains("u:p@"));
                if exchange.request.purpose == Purpose::Preflight {
                    prop_assert!(!exchange.request.credentials && !exchange.request.has_body);
                    prop_assert_eq!(exchange.request.method.as_bytes(), b"OPTIONS");
                }
            }
            prop_assert!(found.outcome != Outcome::NotReached || found.exchanges.is_empty());
        }
    }
}

/// What the browser itself says in a request; everything else is script's.
const BROWSER_HEADERS: &[&str] = &[
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Cache-Control",
    "Content-Length",
    "Cookie",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Pragma",
    "Referer",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
];

/// What the browser says in a preflight, which is nothing of script's.
const PREFLIGHT_HEADERS: &[&str] = &[
    "Accept",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Origin",
    "Referer",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
];

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

fn request_headers_have_a_source(scenario: &Scenario, found: &FetchReport, exchange: &Exchange) -> Result<(), TestCaseError> {
    let Some(request) = &found.request else { return Err(TestCaseError::fail("an exchange without a request")) };
    let origin = page_origin(scenario);
    for header @ Header(name, value) in exchange.request.headers.iter() {
        let is_author = request.headers.iter().any(|Header(author_name, author_value)| {
            author_name.as_bytes().eq_ignore_ascii_case(name.as_bytes()) && author_value == value
        });
        match exchange.request.purpose {
            Purpose::Preflight => prop_assert!(is_one_of(name.as_bytes(), PREFLIGHT_HEADERS), "{header:?} in a preflight"),
            Purpose::Actual => {
                prop_assert!(is_author || is_one_of(name.as_bytes(), BROWSER_HEADERS), "{header:?} by nobody")
            }
        }
        if name.as_bytes().eq_ignore_ascii_case(b"Origin") {
            prop_assert!(value.as_bytes() == b"null" || value.as_bytes() == origin.as_bytes(), "{header:?} from {origin}");
        }
        if name.as_bytes().eq_ignore_ascii_case(b"Cookie") {
            prop_assert!(exchange.request.credentials, "a cookie without credentials");
            prop_assert!(value.as_bytes().split(|&byte| byte == b';').all(|pair| is_cookie(scenario, pair)), "{value:?}");
        }
        // NB: of what script may not set, nothing goes out.
        prop_assert!(!is_one_of(name.as_bytes(), &["Host", "Sec-X"]), "{header:?} is forbidden");
    }
    Ok(())
}

/// Whether a pair of a `Cookie` header was in the jar at the start, or is how a `Set-Cookie` line starts.
fn is_cookie(scenario: &Scenario, pair: &[u8]) -> bool {
    let pair = pair.strip_prefix(b" ").unwrap_or(pair);
    let in_jar =
        scenario.state.cookies.iter().any(|cookie| [cookie.name.as_bytes(), b"=", cookie.value.as_bytes()].concat() == pair);
    let was_set =
        |Header(name, value): &Header| is_one_of(name.as_bytes(), &["Set-Cookie"]) && value.as_bytes().starts_with(pair);
    in_jar || known_lines(scenario).iter().any(was_set)
}

/// The page's origin, as the url crate sees it.
fn page_origin(scenario: &Scenario) -> String {
    let page = &scenario.page;
    page.origin.clone().unwrap_or_else(|| url::Url::parse(&page.url).unwrap().origin().ascii_serialization())
}

/// Header lines without the tabs and spaces around their values.
fn trimmed<'a>(lines: impl IntoIterator<Item = &'a Header>) -> Vec<Header> {
    let trim = |value: &[u8]| {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = value.iter().position(|byte| !is_space(byte)).unwrap_or(value.len());
        let end = value.iter().rposition(|byte| !is_space(byte)).map_or(start, |last| last + 1);
        value[start..end].to_vec()
    };
    lines.into_iter().map(|Header(name, value)| Header(name.clone(), trim(value.as_bytes()).into())).collect()
}

/// Every header line that the scenario has in an answer or in the HTTP cache.
fn known_lines(scenario: &Scenario) -> Vec<Header> {
    let answers = scenario.fetches.iter().flat_map(|fetch| &fetch.answers).filter_map(|answer| match answer {
        Answer::Response(response) => Some(&response.headers),
        Answer::Failure(_) => None,
    });
    let stored = scenario.state.http_cache.iter().map(|stored| &stored.response.headers);
    trimmed(answers.chain(stored).flatten())
}

fn answer_headers_have_a_source(scenario: &Scenario, fetch: &Fetch, exchange: &Exchange) -> Result<(), TestCaseError> {
    let Some(response) = &exchange.response else { return Ok(()) };
    match (exchange.source, exchange.answer) {
        (AnswerSource::Network, Some(answer)) => {
            let Answer::Response(given) = &fetch.answers[answer] else {
                return Err(TestCaseError::fail("a response from a failure"));
            };
            prop_assert_eq!((response.status, &response.headers), (given.status, &trimmed(&given.headers).into()));
        }
        (AnswerSource::Cache | AnswerSource::Revalidated, _) => {
            let known = known_lines(scenario);
            prop_assert!(trimmed(&response.headers).iter().all(|line| known.contains(line)));
        }
        (source, answer) => prop_assert!(false, "a response from {source:?}, answer {answer:?}"),
    }
    Ok(())
}

/// What script reads are lines of the last response, joined and sorted, and the report of the lines says the same.
fn readable_headers_have_a_source(scenario: &Scenario, fetch: &Fetch, found: &FetchReport) -> Result<(), TestCaseError> {
    let lines: Vec<Header> = found.response_headers.iter().map(|line| Header(line.name.clone(), line.value.clone())).collect();
    let Outcome::Response(response) = &found.outcome else { return Ok(()) };
    let readable = found.response_headers.iter().filter(|line| line.readable);
    let readable: HeaderList = readable.map(|line| Header(line.name.clone(), line.value.clone())).collect::<Vec<_>>().into();
    prop_assert_eq!(&readable.sort_and_combine(), &response.headers);
    if let Some(last) = found.exchanges.last() {
        prop_assert_eq!(Some(&lines.into()), last.response.as_ref().map(|response| &response.headers));
        return Ok(());
    }
    // Nothing went out: a service worker answered, an earlier preload, or a data:, blob: or about: URL.
    let mut known = known_lines(scenario);
    known.extend(fetch.service_worker.iter().flat_map(|answer| answer.headers.clone()));
    let local = ["Content-Type", "Content-Length", "Content-Range"];
    prop_assert!(lines.iter().all(|line| known.contains(line) || is_one_of(line.0.as_bytes(), &local)));
    Ok(())
}

/// The rule itself, once more and in other words: a response of another origin is readable only if it names whom the browser
/// said is asking, or anybody, and with credentials only if it says so.
fn readable_response_was_allowed(found: &FetchReport) -> Result<(), TestCaseError> {
    let Some(last) = found.exchanges.last() else { return Ok(()) };
    let (Some(request), Some(response)) = (&found.request, &last.response) else { return Ok(()) };
    let values = |lines: &[Header], name: &[u8]| -> Vec<Vec<u8>> {
        let named = lines.iter().filter(|Header(line, _)| line.as_bytes().eq_ignore_ascii_case(name));
        named.map(|Header(_, value)| value.as_bytes().to_vec()).collect()
    };
    let includes = request.credentials == CredentialsMode::Include;
    let asked: Vec<Header> = last.request.headers.iter().cloned().collect();
    let [allowed] = &values(&response.headers, b"access-control-allow-origin")[..] else {
        return Err(TestCaseError::fail("not one Access-Control-Allow-Origin"));
    };
    let is_named = values(&asked, b"origin").first() == Some(allowed);
    prop_assert!(is_named || allowed == b"*" && !includes, "{allowed:?}");
    if includes {
        prop_assert_eq!(values(&response.headers, b"access-control-allow-credentials"), [b"true".to_vec()]);
    }
    Ok(())
}

/// The properties say little if no scenario gets far.
#[test]
fn arbitrary_scenarios_reach_all_kinds_of_outcome() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = arbitrary::scenarios();
    let mut reached = [0; 5];
    let mut exchanges = 0;
    for _ in 0..500 {
        let scenario = strategy.new_tree(&mut runner).unwrap().current();
        let Ok(Report { fetches, .. }) = evaluate(&scenario) else { continue };
        for fetch in fetches {
            exchanges = exchanges.max(fetch.exchanges.len());
            reached[match fetch.outcome {
                Outcome::Response(_) => 0,
                Outcome::NetworkError(_) => 1,
                Outcome::Threw(_) => 2,
                Outcome::NeedsAnswer(_) => 3,
                _ => 4,
            }] += 1;
        }
    }
    assert!(reached.iter().all(|&count| count >= 20), "response, network error, threw, needs answer, not reached: {reached:?}");
    assert!(exchanges >= 4, "{exchanges}");
}
