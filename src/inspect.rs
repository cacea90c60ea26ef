//! What the page shows of a pasted exchange: [`paste`], the engine, [`explain`] and [`render`] in one answer.
//!
//! Ranges count UTF-16 units of the text, as JavaScript does. In sentences, what stands between backticks is exact.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::explain::{self, ErrorExplanation, FetchExplanation, StepLine, Verdict};
use crate::infra::bytes::isomorphic_decode;
use crate::infra::origin::Origin;
use crate::network::{Purpose, WireRequest};
use crate::paste::{self, AssumptionKind, Caveat, Paste, PastedExchange, PastedFetch, ProblemKind, Replay, Severity, Span, Utf16};
use crate::render;
use crate::report::{AnswerSource, Evidence, Exchange, FetchReport, Outcome};
use crate::scenario::{Call, Scenario};

/// How much of what a person wrote a sentence repeats.
const REPEATED: usize = 80;

/// What a paste cannot show, as a person says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Overrides {
    /// `credentials` of the call.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub credentials: Option<String>,
    /// `mode` of the call.
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub mode: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Inspection {
    /// What is wrong with the page's origin, and what to write.
    #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
    pub page_problem: Option<String>,
    /// What is wrong with the question as a whole.
    pub problems: Vec<String>,
    /// Places in the text, in its order.
    pub marks: Vec<Mark>,
    /// What the text does not say and was taken for granted.
    pub assumptions: Vec<String>,
    /// What was asked for, and what became of it.
    pub fetches: Vec<FetchView>,
}

/// A place in the text, and what is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Mark {
    /// The first unit.
    pub start: usize,
    /// One after the last unit.
    pub end: usize,
    /// What kind of place it is.
    pub kind: MarkKind,
    /// What is to say.
    pub message: String,
}

/// What kind of place is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum MarkKind {
    /// The browser stops here.
    Blocked,
    /// It could not be read.
    Error,
    /// It was read, but may not be what was meant.
    Warning,
    /// Something worth knowing.
    Note,
}

/// What was asked for, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FetchView {
    /// Method and URL.
    pub title: String,
    /// How it ended, and what to do.
    pub verdict: Verdict,
    /// What script sees of an error.
    #[cfg_attr(feature = "wasm", tsify(type = "ErrorExplanation | null"))]
    pub error: Option<ErrorExplanation>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// What may decide as well, and is not checked.
    pub not_checked: Vec<String>,
    /// A sentence for each reason that alone would call for a preflight.
    pub preflight_reasons: Vec<String>,
    /// What goes over the wire.
    pub exchanges: Vec<ExchangeView>,
    /// What happened, in order.
    pub steps: Vec<StepLine>,
    /// The headers of the final response.
    pub headers: Vec<HeaderView>,
    /// The request whose answer the text does not have.
    #[cfg_attr(feature = "wasm", tsify(type = "RequestText | null"))]
    pub missing: Option<RequestText>,
}

/// A request on the wire and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ExchangeView {
    /// Preflight or actual.
    pub purpose: Purpose,
    /// Method and URL.
    pub title: String,
    /// The request as the browser writes it.
    pub request: String,
    /// Where the answer came from.
    pub source: AnswerSource,
    /// Its status and reason phrase, where there is an answer.
    #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
    pub status: Option<String>,
    /// In what the pasted request differs from the browser's, so that the server may answer that one otherwise.
    pub caveats: Vec<String>,
}

/// A response header.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HeaderView {
    /// Its name as it came.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether script can read it.
    pub readable: bool,
    /// Why.
    pub sentence: String,
}

/// A request as text that a person can send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RequestText {
    /// As raw HTTP/1.1, with LF alone between its lines.
    pub http: String,
    /// As a `curl` command.
    pub curl: String,
    /// Whether the command reads a body from a file that the person has to write.
    pub has_body: bool,
    /// Whether the browser adds its cookies, which nobody else knows.
    pub credentials: bool,
}

/// Reads a pasted exchange, asks the engine, and explains. `page` is the page's origin or URL, as a person writes it.
pub fn inspect(page: &str, text: &str, overrides: &Overrides) -> Inspection {
    if text.trim().is_empty() {
        return Inspection { page_problem: page_problem(page), ..Inspection::default() };
    }
    let paste = paste::parse(text, page);
    let mut inspection = Inspection { page_problem: page_problem(page), ..Inspection::default() };
    let mut marks: Vec<(Span, MarkKind, String)> = Vec::new();
    for problem in &paste.problems {
        let message = || format!("{} {}", problem.what, problem.remedy);
        match (&problem.kind, problem.span) {
            (_, Some(span)) => marks.push((span, severity(problem.severity), message())),
            (ProblemKind::Page { .. } | ProblemKind::NoPage, None) => {
                inspection.page_problem.get_or_insert_with(message);
            }
            (_, None) => inspection.problems.push(message()),
        }
    }
    if let Some(scenario) = &paste.scenario {
        let mut scenario = scenario.clone();
        inspection.assumptions = assumptions(&paste, &scenario, overrides);
        apply(overrides, &mut scenario);
        match paste::replay(&paste, scenario) {
            Ok(replay) => show(&paste, &replay, &mut inspection, &mut marks),
            Err(error) => inspection.problems.push(format!("{error}.")),
        }
    }
    inspection.marks = in_utf16(marks, text);
    inspection
}

/// What is wrong with what was written as the page's origin, and what to write instead.
fn page_problem(page: &str) -> Option<String> {
    let page = page.trim();
    if page.is_empty() || page == "null" {
        return None;
    }
    let shown = repeated(page);
    let parsed = Url::parse(page);
    match &parsed {
        Ok(url) if matches!(url.scheme(), "http" | "https") => return None,
        Ok(url) if matches!(url.scheme(), "file" | "data" | "blob" | "about") => {
            return Some(format!("A page of the scheme `{}` has no origin of its own: write `null`.", url.scheme()));
        }
        Ok(url) if url.has_host() => {
            return Some(format!("Pages of the scheme `{}` are not known here. It is read as a page without an origin, `null`.", url.scheme()));
        }
        _ => {}
    }
    if page.contains('*') {
        return Some(format!("`{shown}` is not one page. Write the origin of the one whose script asks, such as `https://app.example`."));
    }
    // NB: `localhost:3000` is a URL of the scheme `localhost` to a URL parser, and means a host to people.
    let scheme = if is_local(page) { "http" } else { "https" };
    match Url::parse(&format!("{scheme}://{}", page.trim_start_matches('/'))) {
        Ok(url) if !page.contains("://") && !page.contains(char::is_whitespace) => {
            let origin = Origin::of_url(&url).serialize();
            let other = if scheme == "http" { origin.replacen("http:", "https:", 1) } else { origin.replacen("https:", "http:", 1) };
            Some(format!("`{shown}` does not say http or https. Write `{origin}` (or `{other}`)."))
        }
        _ => Some(format!("`{shown}` is not an origin. Write scheme, host and, where there is one, the port: `https://app.example`.")),
    }
}

fn is_local(page: &str) -> bool {
    let host = page.trim_start_matches('/');
    ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
}

/// Text that a person wrote, for a sentence: short, and without what ends an exact part.
fn repeated(text: &str) -> String {
    let mut short: String = text.chars().take(REPEATED).map(|character| if character == '`' { '\'' } else { character }).collect();
    if short.len() < text.len() && text.chars().nth(REPEATED).is_some() {
        short.push('…');
    }
    short
}

const fn severity(severity: Severity) -> MarkKind {
    match severity {
        Severity::Error => MarkKind::Error,
        Severity::Warning => MarkKind::Warning,
    }
}

/// What was taken for granted and not said otherwise.
fn assumptions(paste: &Paste, scenario: &Scenario, overrides: &Overrides) -> Vec<String> {
    let is_said = |kind: &AssumptionKind| match kind {
        AssumptionKind::CredentialsInclude => overrides.credentials.is_some(),
        AssumptionKind::Mode { .. } => overrides.mode.is_some(),
        _ => false,
    };
    let mut said: Vec<String> = Vec::new();
    for assumption in paste.assumptions.iter().filter(|assumption| !is_said(&assumption.kind)) {
        if !said.contains(&assumption.text) {
            said.push(assumption.text.clone());
        }
    }
    let is_assumed = |wanted: fn(&AssumptionKind) -> bool| paste.assumptions.iter().any(|assumption| wanted(&assumption.kind));
    if let Some(Call::Fetch { init, .. }) = scenario.fetches.first().map(|fetch| &fetch.call) {
        let no_request = is_assumed(|kind| matches!(kind, AssumptionKind::NoRequest));
        if init.credentials.is_none() && overrides.credentials.is_none() && !no_request {
            said.push("Script did not set `credentials`: cookies go along within the page's own origin only.".into());
        }
        if !is_assumed(|kind| matches!(kind, AssumptionKind::Mode { .. })) && overrides.mode.is_none() {
            said.push("Script did not set `mode`, which makes it `cors`.".into());
        }
    }
    said
}

fn apply(overrides: &Overrides, scenario: &mut Scenario) {
    for fetch in &mut scenario.fetches {
        if let Call::Fetch { init, .. } = &mut fetch.call {
            if overrides.credentials.is_some() {
                init.credentials.clone_from(&overrides.credentials);
            }
            if overrides.mode.is_some() {
                init.mode.clone_from(&overrides.mode);
            }
        }
    }
}

/// Adds what the engine says.
fn show(paste: &Paste, replay: &Replay, inspection: &mut Inspection, marks: &mut Vec<(Span, MarkKind, String)>) {
    let explained = explain::explain(&replay.scenario, &replay.report).fetches;
    for ((report, pasted), explained) in replay.report.fetches.iter().zip(&replay.fetches).zip(explained) {
        evidence(report, pasted, &explained, marks);
        inspection.fetches.push(fetch_view(report, pasted, explained));
    }
    let is_open = replay.report.fetches.iter().any(|fetch| matches!(fetch.outcome, Outcome::NeedsAnswer(_)));
    let why = if is_open { "The browser does not get to this answer yet." } else { "This answers no request that the browser sends." };
    for message in replay.unused.iter().filter_map(|index| paste.messages.get(*index)) {
        marks.push((message.start_line(), MarkKind::Note, why.into()));
    }
}

/// Marks what decided: the first place of the evidence, and what it was compared with.
fn evidence(report: &FetchReport, pasted: &PastedFetch, explained: &FetchExplanation, marks: &mut Vec<(Span, MarkKind, String)>) {
    let (Outcome::NetworkError(error), Some(explained)) = (&report.outcome, &explained.error) else { return };
    let mut places = pasted.evidence.iter().copied();
    if let Some(Some(span)) = places.next() {
        marks.push((span, MarkKind::Blocked, explained.check.clone()));
    }
    if let Some(Evidence::AnswerHeader { .. }) = error.evidence.first() {
        marks.extend(places.flatten().map(|span| (span, MarkKind::Note, "The marked part of the answer is compared with this.".into())));
    }
}

fn fetch_view(report: &FetchReport, pasted: &PastedFetch, explained: FetchExplanation) -> FetchView {
    let FetchExplanation { verdict, error, not_checked, notes, preflight_reasons, steps, headers } = explained;
    let header = |(line, header): (explain::HeaderLine, &crate::report::HeaderReport)| HeaderView {
        name: as_text(header.name.as_bytes()),
        value: as_text(header.value.as_bytes()),
        readable: line.readable,
        sentence: line.sentence,
    };
    let missing = match &report.outcome {
        Outcome::NeedsAnswer(needs) => Some(request_text(&needs.request)),
        _ => None,
    };
    let no_paste = PastedExchange::default();
    let exchange = |(index, exchange): (usize, &Exchange)| exchange_view(exchange, pasted.exchanges.get(index).unwrap_or(&no_paste));
    FetchView {
        title: report.request.as_ref().map_or_else(String::new, |request| format!("{} {}", as_text(request.method.as_bytes()), request.url)),
        verdict,
        error,
        notes,
        not_checked,
        preflight_reasons,
        exchanges: report.exchanges.iter().enumerate().map(exchange).collect(),
        steps,
        headers: headers.into_iter().zip(&report.response_headers).map(header).collect(),
        missing,
    }
}

fn exchange_view(exchange: &Exchange, pasted: &PastedExchange) -> ExchangeView {
    let Exchange { request, source, response, .. } = exchange;
    let status = response.as_ref().map(|response| format!("{} {}", response.status, as_text(response.status_text.as_bytes())));
    ExchangeView {
        purpose: request.purpose,
        title: format!("{} {}", as_text(request.method.as_bytes()), request.url),
        request: http(request),
        source: *source,
        status: status.map(|status| status.trim_end().to_owned()),
        caveats: pasted.caveats.iter().map(caveat).collect(),
    }
}

fn caveat(caveat: &Caveat) -> String {
    let shown = |value: &crate::ByteString| repeated(&as_text(value.as_bytes()));
    match caveat {
        Caveat::UnknownRequest => "The text does not show to which request this is the answer.".into(),
        Caveat::Scheme { pasted, sent } => format!("This answer came over {pasted}, and the browser asks over {sent}."),
        Caveat::Method { pasted, sent } => {
            format!("This is the answer to `{}`, and the browser sends `{}`.", shown(pasted), shown(sent))
        }
        Caveat::Header { name, pasted: Some(pasted), sent: Some(sent) } => {
            format!("This is the answer to a request with `{name}: {}`, and the browser sends `{}`.", shown(pasted), shown(sent))
        }
        Caveat::Header { name, pasted: None, .. } => {
            format!("This is the answer to a request without `{name}`, which the browser sends: its answer may be another one.")
        }
        Caveat::Header { name, sent: None, .. } => {
            format!("This is the answer to a request with `{name}`, which the browser does not send: its answer may be another one.")
        }
    }
}

fn request_text(request: &WireRequest) -> RequestText {
    RequestText { http: http(request), curl: render::to_curl(request), has_body: request.has_body, credentials: request.credentials }
}

fn http(request: &WireRequest) -> String {
    render::to_http1(request).replace("\r\n", "\n").trim_end().to_owned()
}

/// Bytes as a person reads them: as UTF-8 if that is what they are.
fn as_text(bytes: &[u8]) -> String {
    str::from_utf8(bytes).map_or_else(|_| isomorphic_decode(bytes), str::to_owned)
}

/// The marks in the order of the text, each once.
fn in_utf16(mut marks: Vec<(Span, MarkKind, String)>, text: &str) -> Vec<Mark> {
    let utf16 = Utf16::new(text);
    let mut marks: Vec<Mark> = marks
        .drain(..)
        .map(|(span, kind, message)| {
            let Span { start, end } = utf16.span(span);
            Mark { start, end, kind, message }
        })
        .collect();
    marks.sort();
    marks.dedup();
    marks
}
