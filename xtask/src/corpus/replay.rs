//! Runs a case through the engine, with its scripted servers as the network, and says what a browser would have been
//! seen to do.

use corscope::network::Purpose;
use corscope::report::{AnswerSource, Consequence, ExceptionName, Exchange, Loads, MutedErrors, ResponseReport};
use corscope::trace::EventKind;
use corscope::{Browser, ByteString, FetchReport, HeaderList, NetworkErrorCode, Outcome, Profile, ProfileName, ScenarioError};
use serde_json::{Value, json};
use url::Url;

use super::console::Done;
use super::hosts::server_name;
use super::recording::{Api, Case, Ending, Printed, Seen, SeenMade, SeenRequest, SeenResponse, SeenStep, Step};
use super::scenario;
use super::server::{self, Asked, Server};

/// How long each step takes at least, in seconds.
const TICK: f64 = 0.01;
/// More requests than any fetch makes: 20 redirects, each with a preflight.
const MOST_REQUESTS: usize = 64;

/// What came of a case.
#[derive(Debug, Default)]
pub(super) struct Replay {
    /// What a browser would have been seen to do.
    pub(super) seen: Seen,
    /// The report of each step.
    pub(super) reports: Vec<FetchReport>,
}

/// A case that could not be run.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplayError {
    /// A part of it is no scenario.
    #[error("it is no scenario: {0}")]
    Format(#[from] serde_json::Error),
    /// The engine did not take it.
    #[error("the engine refuses it: {0}")]
    Refused(#[from] ScenarioError),
    /// The engine asks for a URL that is none.
    #[error("the engine would send a request to {0:?}")]
    Url(String),
    /// The engine does not come to an end.
    #[error("the engine sends more than {MOST_REQUESTS} requests for one step")]
    Endless,
}

/// Runs every step of a case, one after the other, in one browser.
pub(super) fn replay(case: &Case, profile: Profile) -> Result<Replay, ReplayError> {
    let page = serde_json::from_value(scenario::page(case))?;
    let mut browser = Browser::with_state(serde_json::from_value(scenario::state())?).with_profile(profile);
    let mut server = Server::new(&case.server, profile.name());
    let mut replay = Replay::default();
    let mut printed = Printed::default();
    let mut fetches = Vec::new();
    let mut bodies = Vec::new();
    let mut now = 0.0;
    for (index, step) in case.steps.iter().enumerate() {
        now += TICK + step.wait / 1000.0;
        let mut fetch: corscope::Fetch = serde_json::from_value(scenario::fetch(case, step, now))?;
        let mut answered = None;
        let mut preflight = None;
        let report = loop {
            let report = browser.fetch(&page, &fetch)?;
            let Outcome::NeedsAnswer(needed) = &report.outcome else { break report };
            if fetch.answers.len() == MOST_REQUESTS {
                return Err(ReplayError::Endless);
            }
            let request = &needed.request;
            let url = Url::parse(&request.url).map_err(|_| ReplayError::Url(request.url.clone()))?;
            let is_preflight = value(&request.headers, "access-control-request-method").is_some();
            let give_up = step.timeout.or(step.init.timeout);
            let is_answered = answered.replace(needed.exchange) == Some(needed.exchange);
            let mut answer = if is_answered {
                server.more(now)
            } else {
                let follows_preflight = preflight.take().is_some_and(|preflight| preflight == request.url) && !is_preflight;
                preflight = is_preflight.then(|| request.url.clone());
                server.answer(&Asked {
                    method: request.method.as_bytes(),
                    url: &url,
                    is_preflight,
                    follows_preflight,
                    credentials: request.credentials,
                    started: now,
                    give_up,
                })
            };
            if let (Some(integrity), Some(response)) = (&step.init.integrity, answer.as_object_mut())
                && response.contains_key("status")
            {
                response.insert("integrityMatches".into(), json!(scenario::integrity_matches(integrity)));
            }
            fetch.answers.push(serde_json::from_value(answer)?);
        };
        // The next step starts after every answer, however late it came.
        let answered_at = report.exchanges.iter().filter_map(|exchange| exchange.response.as_ref()?.at);
        now = answered_at.fold(now, f64::max);
        // Where a stream needs another version of HTTP than TLS has agreed on, the connection is there and the request is not sent.
        let unsent = match &report.outcome {
            Outcome::NetworkError(error) if error.code == NetworkErrorCode::Http1Stream => error.exchange.filter(|&exchange| {
                report.exchanges.get(exchange).is_some_and(|exchange| exchange.request.url.starts_with("https:"))
            }),
            _ => None,
        };
        for (_, exchange) in report.exchanges.iter().enumerate().filter(|(exchange, _)| Some(*exchange) != unsent) {
            replay.seen.wire.extend(on_the_wire(index, exchange)?);
        }
        // NB: a 304 may be scripted with a body, which is not sent.
        let body = match report.exchanges.last() {
            Some(Exchange { source: AnswerSource::Cache | AnswerSource::Revalidated, request, .. }) => {
                server.stored_body(&request.url)
            }
            Some(exchange) => body_of_redirect(exchange).or(server.last_body()),
            None => earlier(&report).map_or_else(|| server.last_body(), |fetch| bodies[fetch]),
        };
        bodies.push(body);
        let seen = ending(step, &report, body);
        let before = (&*fetches, &*replay.reports);
        printed.add(profile.name(), case, &page, Done { step, fetch: &fetch, report: &report, seen: &seen, before });
        replay.seen.steps.push(seen);
        replay.reports.push(report);
        fetches.push(fetch);
    }
    replay.seen.printed = (profile.name() != ProfileName::Spec).then_some(printed);
    Ok(replay)
}

/// The fetch that brought what this one has used.
fn earlier(report: &FetchReport) -> Option<usize> {
    report.events.iter().find_map(|event| match event.what {
        EventKind::ResourceReused { fetch, .. } | EventKind::PreloadConsumed { preload: fetch } => Some(fetch),
        _ => None,
    })
}

/// What a redirect to a `data:` URL has in place of a body, as a script of a server names it.
fn body_of_redirect(exchange: &Exchange) -> Option<&'static str> {
    let location = value(&exchange.response.as_ref()?.headers, "location")?.as_bytes();
    let is_image = location.starts_with(b"data:image/png;base64,");
    location.starts_with(b"data:").then_some(if is_image { "@png" } else { "" })
}

/// The request of an exchange, if it went out to a server that recorded it.
fn on_the_wire(step: usize, exchange: &Exchange) -> Result<Option<SeenRequest>, ReplayError> {
    if matches!(exchange.source, AnswerSource::Cache) {
        return Ok(None);
    }
    let request = &exchange.request;
    let url = Url::parse(&request.url).map_err(|_| ReplayError::Url(request.url.clone()))?;
    if !server::records(&url) {
        return Ok(None);
    }
    let mut headers = pairs(&request.headers);
    headers.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Some(SeenRequest {
        step,
        to: server_name(&url),
        method: request.method.to_string(),
        path: url[url::Position::BeforePath..url::Position::AfterQuery].to_owned(),
        headers,
        preflight: request.purpose == Purpose::Preflight,
    }))
}

/// How a step ends for script or markup.
fn ending(step: &Step, report: &FetchReport, body: Option<&str>) -> SeenStep {
    let (out, error) = match &report.outcome {
        _ if never_ends(report.consequence) => (Ending::Timeout, None),
        // Script learns nothing else of a preload.
        _ if matches!(report.consequence, Some(Consequence::Preload { loads: Loads::Yes })) => (Ending::Resolved, None),
        // What `import()` throws, its promise rejects with.
        Outcome::Threw(threw) if threw.error.is_some() && step.api != Api::Import => (Ending::CtorError, threw.error),
        Outcome::NetworkError(error) if error.code == NetworkErrorCode::Aborted => (Ending::Timeout, error.error),
        Outcome::NetworkError(error) => (Ending::Rejected, error.error),
        Outcome::Response(_) if loads(report.consequence, body) => (Ending::Resolved, None),
        // A response, but not one that is of use.
        _ => match step.api {
            Api::Font => (Ending::Rejected, Some(ExceptionName::NetworkError)),
            Api::Import => (Ending::Rejected, Some(ExceptionName::TypeError)),
            _ => (Ending::Rejected, None),
        },
    };
    // `sendBeacon` says only that the request was queued.
    let out = if step.api == Api::Beacon && out != Ending::CtorError { Ending::Resolved } else { out };
    let res = match (&report.outcome, step.api) {
        (Outcome::Response(response), Api::Fetch) => Some(fetch_response(response)),
        (Outcome::Response(response), Api::Xhr) => Some(xhr_response(response)),
        (Outcome::NetworkError(_), Api::Xhr) => Some(SeenResponse { all: Some(String::new()), ..SeenResponse::default() }),
        _ => None,
    };
    SeenStep { out, err: error.map(|name| format!("{name:?}")), res, made: made(report.consequence, body) }
}

fn fetch_response(response: &ResponseReport) -> SeenResponse {
    SeenResponse {
        response_type: Some(response.response_type.as_str().to_owned()),
        status: response.status.into(),
        url: response.url.clone(),
        redirected: Some(response.redirected),
        headers: Some(pairs(&response.headers)),
        all: None,
    }
}

fn xhr_response(response: &ResponseReport) -> SeenResponse {
    let all = pairs(&response.headers).iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    SeenResponse { status: response.status.into(), url: response.url.clone(), all: Some(all), ..SeenResponse::default() }
}

/// Whether the element or API fires `load`, or what stands for it. The engine leaves to the body's bytes what they decide.
fn loads(consequence: Option<Consequence>, body: Option<&str>) -> bool {
    use Consequence as C;
    match consequence {
        Some(
            C::Script { loads, .. }
            | C::Module { loads }
            | C::StyleSheet { loads, .. }
            | C::Track { loads }
            | C::Worker { loads }
            | C::ImportScripts { loads },
        ) => !matches!(loads, Loads::No | Loads::Never),
        Some(C::Image { loads, .. } | C::Media { loads, .. } | C::Preload { loads }) => {
            loads == Loads::Yes || loads == Loads::IfValid && body == Some("@png")
        }
        Some(C::Font { loads }) => loads == Loads::Yes || loads == Loads::IfValid && body == Some("@font"),
        Some(C::EventSource { opens, .. }) => opens,
        _ => true,
    }
}

/// Whether no event is fired that says how it ended.
fn never_ends(consequence: Option<Consequence>) -> bool {
    use Consequence as C;
    match consequence {
        Some(C::Image { loads, .. } | C::StyleSheet { loads, .. } | C::Font { loads }) => loads == Loads::Never,
        Some(C::Preload { loads }) => loads == Loads::Never,
        Some(C::EventSource { silent, .. }) => silent,
        _ => false,
    }
}

/// What an element would have been seen to make of the end of its fetch.
fn made(consequence: Option<Consequence>, body: Option<&str>) -> SeenMade {
    // The recorder wrote a `SecurityError` where script was kept from something.
    let unless = |kept_from: bool, value: Value| Some(if kept_from { json!("SecurityError") } else { value });
    let is_loaded = loads(consequence, body);
    let nothing = SeenMade::default();
    match consequence {
        Some(Consequence::Image { taints_canvas, .. }) if is_loaded => {
            SeenMade { taint: unless(taints_canvas, json!(false)), ..nothing }
        }
        // How many rules there are is a matter of the body.
        Some(Consequence::StyleSheet { rules_readable, .. }) if is_loaded => {
            SeenMade { rules: unless(!rules_readable, json!(1)), ..nothing }
        }
        Some(Consequence::Script { muted_errors, .. }) if is_loaded => {
            let makes_object = body.is_some_and(|body| body.contains("throw new Error"));
            let muted = match muted_errors {
                MutedErrors::No => false,
                MutedErrors::Yes => true,
                MutedErrors::UnlessObjects => !makes_object,
            };
            SeenMade { muted: Some(muted), ..nothing }
        }
        Some(Consequence::Module { .. }) if is_loaded => SeenMade { muted: Some(false), ..nothing },
        Some(Consequence::EventSource { opens: false, ready_state, .. }) => {
            SeenMade { ready_state: Some(ready_state), ..nothing }
        }
        Some(Consequence::Beacon { queued }) => SeenMade { ok: Some(queued), ..nothing },
        _ => nothing,
    }
}

fn pairs(headers: &HeaderList) -> Vec<(String, String)> {
    headers.iter().map(|header| (header.0.to_string().to_ascii_lowercase(), header.1.to_string())).collect()
}

fn value<'a>(headers: &'a HeaderList, name: &str) -> Option<&'a ByteString> {
    headers.iter().find(|header| header.0.as_bytes().eq_ignore_ascii_case(name.as_bytes())).map(|header| &header.1)
}
