//! Preflights that could be avoided.

use super::catalogue::{
    AVOID_SEPARATOR, Avoidance, CUSTOM, FindingId, JSON, OF_THE_CACHE, OF_THE_RESPONSE, REQUESTED_WITH, TRACING, TYPE_OF_NOTHING,
    UPLOAD,
};
use super::no_effect::place;
use super::subject::Subject;
use super::{Finding, Found};
use crate::explain::{fill, shown};
use crate::infra::mime::MimeType;
use crate::network::Purpose;
use crate::repair::Change;
use crate::report::{Evidence, Exchange};
use crate::scenario::{Body, Call};
use crate::trace::PreflightReason;

/// Headers that libraries add to follow a request from service to service.
const TRACING_HEADERS: [&str; 8] =
    ["traceparent", "tracestate", "baggage", "sentry-trace", "newrelic", "b3", "x-request-id", "x-amzn-trace-id"];
/// How more of them begin.
const TRACING_PREFIXES: [&str; 3] = ["x-b3-", "x-datadog-", "uber-trace-"];
/// Headers that ask caches.
const CACHE_HEADERS: [&str; 3] = ["cache-control", "pragma", "expires"];
/// What the name of a header has in it whose value belongs into no URL, where logs would keep it.
const SECRETS: [&str; 8] = ["auth", "token", "key", "secret", "session", "csrf", "xsrf", "password"];

/// How one reason for a preflight goes away.
struct Avoided {
    avoidance: &'static Avoidance,
    name: String,
    change: Change,
    evidence: Option<Evidence>,
}

/// A finding where a preflight was sent, and every reason for it could go.
pub(super) fn check(subject: &Subject, found: &mut Found) {
    let Some(request) = &subject.report.request else { return };
    if first_preflight(subject).is_none() || request.preflight_reasons.is_empty() {
        return;
    }
    let avoided: Option<Vec<Avoided>> = request.preflight_reasons.iter().map(|reason| avoid(subject, reason)).collect();
    let Some(avoided) = avoided else { return };
    let say = |text: fn(&Avoidance) -> &'static str, separator: &str| {
        let mut said: Vec<String> = Vec::new();
        for one in &avoided {
            let text = fill(text(one.avoidance), &[("name", one.name.clone())]);
            if !said.contains(&text) {
                said.push(text);
            }
        }
        said.join(separator)
    };
    let slots =
        [("reasons", say(|avoidance| avoidance.reason, AVOID_SEPARATOR)), ("remedies", say(|avoidance| avoidance.remedy, " "))];
    let evidence = avoided.iter().filter_map(|one| one.evidence.clone()).collect();
    let changes = avoided.into_iter().map(|one| one.change).collect();
    found.push(Finding::new(FindingId::AvoidablePreflight, subject.index, &slots, evidence, changes));
}

/// The preflight of the first request.
fn first_preflight<'a>(subject: &Subject<'a>) -> Option<&'a Exchange> {
    let is_first = |exchange: &&Exchange| exchange.hop == 0 && exchange.request.purpose == Purpose::Preflight;
    subject.report.exchanges.iter().find(is_first)
}

fn avoid(subject: &Subject, reason: &PreflightReason) -> Option<Avoided> {
    match reason {
        PreflightReason::Header { name, .. } => header(subject, std::str::from_utf8(name.as_bytes()).ok()?),
        PreflightReason::UploadListener => {
            Some(Avoided { avoidance: &UPLOAD, name: String::new(), change: Change::DropUploadListener, evidence: None })
        }
        PreflightReason::Method { .. } | PreflightReason::StreamBody | PreflightReason::PreflightBefore => None,
    }
}

fn header(subject: &Subject, name: &str) -> Option<Avoided> {
    let lower = name.to_ascii_lowercase();
    let remove = || Change::RemoveRequestHeader { name: name.into() };
    let (avoidance, change) = match &*lower {
        "x-requested-with" => (&REQUESTED_WITH, remove()),
        _ if lower.starts_with("access-control-") => (&OF_THE_RESPONSE, remove()),
        _ if CACHE_HEADERS.contains(&&*lower) => (&OF_THE_CACHE, remove()),
        _ if TRACING_HEADERS.contains(&&*lower) || TRACING_PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) => {
            (&TRACING, remove())
        }
        "content-type" => content_type(subject, name)?,
        _ if lower.starts_with("x-") && !SECRETS.iter().any(|word| lower.contains(word)) => {
            (&CUSTOM, Change::MoveHeaderToQuery { name: name.into() })
        }
        _ => return None,
    };
    Some(Avoided { avoidance, name: shown(name.as_bytes()), change, evidence: place(subject, name.as_bytes()) })
}

fn content_type(subject: &Subject, name: &str) -> Option<(&'static Avoidance, Change)> {
    let body = match &subject.fetch.call {
        Call::Fetch { init, .. } => init.body.as_ref(),
        Call::Xhr { body, .. } => body.as_ref(),
        _ => return None,
    };
    match body {
        None => Some((&TYPE_OF_NOTHING, Change::RemoveRequestHeader { name: name.into() })),
        Some(Body::Stream { .. }) => None,
        Some(_) => {
            let request = subject.report.request.as_ref()?;
            let essence = MimeType::parse(request.headers.get(b"content-type")?.as_bytes())?;
            let value = "text/plain;charset=UTF-8".into();
            (essence.essence() == "application/json").then(|| (&JSON, Change::SetRequestHeader { name: name.into(), value }))
        }
    }
}
