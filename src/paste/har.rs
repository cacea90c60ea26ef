//! A HAR, as developer tools and proxies save it: <http://www.softwareishard.com/blog/har-12-spec/>. Its requests and answers as
//! messages.

use super::excerpt::Excerpt;
use super::json::Json;
use super::message::{
    PastedBody, PastedFailure, PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind,
};
use super::problem::{Problem, ProblemKind};
use super::reader::MAX_HEADERS;
use crate::har::date::milliseconds;
use crate::network::{FailureKind, HttpVersion};
use crate::scenario::Call;

/// How many entries of a pasted HAR are read.
pub(super) const MAX_ENTRIES: usize = 500;

/// An entry: a request, and what came of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) request: PastedRequest,
    pub(super) answer: Option<PastedMessage>,
    /// When it started, in milliseconds of the Unix epoch.
    pub(super) started: Option<f64>,
    /// The URL of the page that it belongs to, where the HAR says it.
    pub(super) page: Option<String>,
    /// Whether it is a document or something else that no script reads.
    pub(super) is_navigation: bool,
}

/// Whether a JSON document is a HAR, or an entry of one.
pub(super) fn is_har(json: &Json) -> bool {
    matches!(json.at_path("log.entries"), Json::Array(..)) || is_entry(json)
}

fn is_entry(json: &Json) -> bool {
    json.at_path("request.url").text().is_some() && json.member("response").is_some() && json.member("startedDateTime").is_some()
}

/// Whether something that is not even JSON means to be one.
pub(super) fn resembles_har(text: &str) -> bool {
    text.contains("\"log\"") && text.contains("\"entries\"")
}

/// Whether a document is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    /// What follows could not be read.
    Cut,
}

/// The entries, in the order of time as far as it is known.
pub(super) fn read(json: &Json, end: End, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let log = json.member("log").unwrap_or(json);
    let pages = log.member("pages").map_or(&[][..], Json::elements);
    let all = if is_entry(json) { std::slice::from_ref(json) } else { log.member("entries").map_or(&[][..], Json::elements) };
    if let Some(first) = all.get(MAX_ENTRIES) {
        problems.push(ProblemKind::TooManyMessages { limit: MAX_ENTRIES }.at(first.span()));
    }
    // NB: where the document is cut, its last entry is half of one.
    let whole = if end == End::Cut { all.len().saturating_sub(1) } else { all.len() };
    let mut entries: Vec<_> = all.iter().take(whole.min(MAX_ENTRIES)).filter_map(|json| entry(json, pages, problems)).collect();
    if entries.iter().all(|entry| entry.started.is_some()) {
        entries.sort_by(|one, other| one.started.partial_cmp(&other.started).unwrap_or(std::cmp::Ordering::Equal));
    }
    entries
}

fn entry(json: &Json, pages: &[Json], problems: &mut Vec<Problem>) -> Option<Entry> {
    let asked = json.member("request").unwrap_or(json);
    let Some(target) = asked.member("url").and_then(Json::text).cloned() else {
        problems.push(ProblemKind::NotAnEntry.at(json.span()));
        return None;
    };
    let headers = fields(asked, problems);
    let kind = json.member("_resourceType").and_then(Json::text).map(|kind| kind.text().into_owned()).unwrap_or_default();
    let mode = headers.iter().find(|field| field.name.is(b"sec-fetch-mode")).map(|field| field.value.text().into_owned());
    let body = asked.member("postData").map(|data| PastedBody {
        span: Some(data.member("text").unwrap_or(data).span()),
        length: asked.member("bodySize").and_then(number).filter(|&size| size > 0.0).map(|size| size as u64),
    });
    let answered = json.member("response");
    let empty = PastedRequest::new(PastedForm::Har, asked.span());
    let request = PastedRequest {
        start_line: target.span,
        method: asked.member("method").and_then(Json::text).cloned().unwrap_or(empty.method),
        call: element(&kind, &target.text(), mode.as_deref()).map(Box::new),
        target,
        version: version(asked),
        headers,
        body,
        ..empty
    };
    let page = json.member("pageref").and_then(Json::text).and_then(|id| {
        let is_it = |page: &&Json| page.member("id").and_then(Json::text).is_some_and(|found| found.bytes() == id.bytes());
        Some(pages.iter().find(is_it)?.member("title")?.text()?.text().into_owned())
    });
    Some(Entry {
        answer: answered.and_then(|answered| answer(answered, problems)),
        started: json.member("startedDateTime").and_then(Json::text).and_then(|date| milliseconds(&date.text())),
        page,
        is_navigation: matches!(kind.as_str(), "document" | "websocket")
            || matches!(mode.as_deref(), Some("navigate" | "websocket")),
        request,
    })
}

fn number(json: &Json) -> Option<f64> {
    if let Json::Number(written) = json { written.text().parse().ok() } else { None }
}

fn version(message: &Json) -> Option<HttpVersion> {
    match message.member("httpVersion")?.text()?.text().to_ascii_lowercase().as_str() {
        "http/1.1" | "http/1.0" => Some(HttpVersion::Http1),
        "http/2" | "http/2.0" | "h2" => Some(HttpVersion::Http2),
        "http/3" | "http/3.0" | "h3" => Some(HttpVersion::Http3),
        _ => None,
    }
}

/// The `{name, value}` of a message's headers. Pseudo-headers are none of them.
fn fields(message: &Json, problems: &mut Vec<Problem>) -> Vec<PastedField> {
    let all = message.member("headers").map_or(&[][..], Json::elements);
    if let Some(first) = all.get(MAX_HEADERS) {
        problems.push(ProblemKind::TooManyHeaders { limit: MAX_HEADERS }.at(first.span()));
    }
    let field = |json: &Json| {
        let (Some(name), Some(value)) = (json.member("name").and_then(Json::text), json.member("value").and_then(Json::text))
        else {
            problems.push(ProblemKind::NoColon.at(json.span()));
            return Vec::new();
        };
        if name.bytes().starts_with(b":") {
            return Vec::new();
        }
        // NB: several lines of one name are one string with line feeds between in Chrome and Firefox.
        let mut lines = Vec::new();
        let mut from = 0;
        for line in value.bytes().split(|&byte| byte == b'\n') {
            let value = value.slice(from..from + line.len()).trimmed();
            lines.push(PastedField { name: name.clone(), value, span: json.span() });
            from += line.len() + 1;
        }
        lines
    };
    all.iter().take(MAX_HEADERS).flat_map(field).collect()
}

fn answer(json: &Json, problems: &mut Vec<Problem>) -> Option<PastedMessage> {
    let span = json.span();
    let status = json.member("status");
    let number = status.and_then(number).filter(|&status| (100.0..=999.0).contains(&status));
    let (Some(place), Some(number)) = (status, number) else {
        let error = json.member("_error").and_then(Json::text);
        let said = error.map(|error| error.text().into_owned()).unwrap_or_default();
        let place = error.map_or_else(|| status.map_or(span, Json::span), |error| error.span);
        let Some(failure) = failure(&said) else {
            problems.push(ProblemKind::NotRecorded { error: said }.at(place));
            return None;
        };
        return Some(PastedMessage::Failure(PastedFailure { form: PastedForm::Har, span: place, failure, answers: None }));
    };
    Some(PastedMessage::Response(PastedResponse {
        form: PastedForm::Har,
        span,
        start_line: place.span(),
        version: version(json),
        status: number as u16,
        status_span: place.span(),
        reason: json.member("statusText").and_then(Json::text).cloned().unwrap_or_else(|| Excerpt::empty(place.span().end)),
        headers: fields(json, problems),
        body: None,
        kind: PastedResponseKind::Final,
        answers: None,
    }))
}

/// What Chrome's name for an error means, where it means that nobody answered. `net::ERR_FAILED` stands for many things, a
/// refusal by CORS among them.
pub(crate) fn failure(error: &str) -> Option<FailureKind> {
    Some(match error.strip_prefix("net::ERR_")? {
        "NAME_NOT_RESOLVED" => FailureKind::NameNotFound,
        "CONNECTION_REFUSED" => FailureKind::Refused,
        "EMPTY_RESPONSE" => FailureKind::Closed,
        "INTERNET_DISCONNECTED" | "NETWORK_CHANGED" => FailureKind::Offline,
        "INVALID_HTTP_RESPONSE" => FailureKind::Malformed,
        "ABORTED" => FailureKind::Aborted,
        "TIMED_OUT" | "ADDRESS_UNREACHABLE" => FailureKind::Connection,
        other
            if ["CONNECTION_", "CERT_", "SSL_", "TUNNEL_", "PROXY_", "SOCKS_", "QUIC_", "HTTP2_"]
                .iter()
                .any(|start| other.starts_with(start)) =>
        {
            FailureKind::Connection
        }
        _ => return None,
    })
}

/// The element that made the request, by the browser's word for it and the request's mode.
fn element(kind: &str, url: &str, mode: Option<&str>) -> Option<Call> {
    let url = url.to_owned();
    let cross_origin = (mode == Some("cors")).then(|| "anonymous".to_owned());
    Some(match kind {
        "image" => Call::Img { url, cross_origin, srcset: false },
        "media" => Call::Media { url, cross_origin },
        "script" => Call::Script { url, cross_origin, module: false },
        "stylesheet" => Call::Stylesheet { url, cross_origin },
        "font" => Call::Font { url },
        "eventsource" => Call::EventSource { url, with_credentials: false, last_event_id: None },
        _ => return None,
    })
}
