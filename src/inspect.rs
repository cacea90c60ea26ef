//! What the page shows of a pasted exchange: [`paste`], the engine, [`explain`] and [`render`] in one answer.
//!
//! Ranges count UTF-16 units of the text, as JavaScript does. In sentences, what stands between backticks is exact.

mod browsers;
mod caches;
mod curl;
mod edits;
mod findings;
mod journey;
mod lanes;
mod repair;
mod sites;
mod trial;

use serde::Serialize;
use url::Url;

use edits::Editing;

use crate::explain::console::Console;
use crate::explain::{self, ErrorExplanation, FetchExplanation, Lead, StepLine, Verdict};
use crate::extent::{Extent, First, Whole};
use crate::infra::bytes::isomorphic_decode;
use crate::infra::origin::Origin;
use crate::infra::sort::sort;
use crate::network::{Purpose, WireRequest};
use crate::paste::{
    self, AssumptionKind, Caveat, Paste, PastedExchange, PastedFetch, ProblemKind, Recognised, Replay, Severity, Span, Utf16,
};
use crate::render;
use crate::repair::Avoid;
use crate::report::{AnswerSource, Evidence, Exchange, FetchReport, Outcome};
use crate::scenario::{Call, Scenario};

pub use browsers::{BrowserView, DeviationView};
pub(crate) use edits::Edit;
pub use edits::TextEdit;
pub use findings::{FindingView, TextRange, findings_as_sarif};
pub use journey::{EvidencePlace, EvidenceView, LineView, ReadableView};
pub use lanes::{LaneView, lanes, readers};
pub use repair::RepairView;
pub(crate) use repair::best_edits;
pub use trial::{Trial, trials};

/// How much of what a person wrote a sentence repeats.
const REPEATED: usize = 80;

/// What a paste cannot show, as a person says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `credentials` of the call.
    pub credentials: Option<String>,
    /// `mode` of the call.
    pub mode: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Inspection {
    /// How much of it is there.
    pub extent: InspectionExtent,
    /// What kind of text it is.
    pub recognised: Recognised,
    /// What is wrong with the page's origin, and what to write.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub page_problem: Option<String>,
    /// The origin of the page that asks, where it is given or the text says it.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub origin: Option<String>,
    /// What is wrong with the question as a whole.
    pub problems: Vec<String>,
    /// Places in the text, in its order.
    pub marks: Vec<Mark>,
    /// What the text does not say and was taken for granted.
    pub assumptions: Vec<String>,
    /// What a line of a console leaves open, and how to find it out, where such lines are all there is.
    #[cfg_attr(feature = "page", tsify(type = "Lead | null"))]
    pub lead: Option<Lead>,
    /// What was asked for, and what became of it.
    pub fetches: Vec<FetchView>,
    /// What is worth knowing beyond that.
    pub findings: Vec<FindingView>,
}

/// How much of an inspection is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum InspectionExtent {
    /// All of it.
    #[default]
    Whole,
    /// What [`inspect_first`] says: the verdicts and what leads to them. Lists that are empty, and members that are null, may
    /// have something in the whole.
    First,
    /// Nothing: the text has something that only [`inspect`] reads.
    Later,
}

/// A place in the text, and what is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FetchView {
    /// Method and URL.
    pub title: String,
    /// The API that asks, such as `fetch()`.
    pub api: String,
    /// How it ended, and what to do.
    pub verdict: Verdict,
    /// What script sees of an error.
    #[cfg_attr(feature = "page", tsify(type = "ErrorExplanation | null"))]
    pub error: Option<ErrorExplanation>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// What may decide as well, and is not checked.
    pub not_checked: Vec<String>,
    /// A sentence for each reason that alone would call for a preflight.
    pub preflight_reasons: Vec<String>,
    /// What goes over the wire.
    pub exchanges: Vec<ExchangeView>,
    /// What was compared or found where the fetch stopped, the deciding place first.
    pub evidence: Vec<EvidenceView>,
    /// What script gets, where it gets a response.
    #[cfg_attr(feature = "page", tsify(type = "ReadableView | null"))]
    pub response: Option<ReadableView>,
    /// What happened, in order.
    pub steps: Vec<StepLine>,
    /// The headers of the final response.
    pub headers: Vec<HeaderView>,
    /// The request whose answer the text does not have.
    #[cfg_attr(feature = "page", tsify(type = "RequestText | null"))]
    pub missing: Option<RequestText>,
    /// What the three browsers make of it; empty where the text has very many fetches.
    pub browsers: Vec<BrowserView>,
    /// What to change so that it works, the best first; empty where nothing is wrong or nothing helps, and where the text has
    /// very many fetches.
    pub repairs: Vec<RepairView>,
    /// What not to do about it, though it is often advised.
    pub avoid: Vec<Avoid>,
    /// What the browser prints in its console, and what its script catches. The standard prints nothing.
    #[cfg_attr(feature = "page", tsify(type = "Console | null"))]
    pub console: Option<Console>,
}

/// A request on the wire and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ExchangeView {
    /// Preflight or actual.
    pub purpose: Purpose,
    /// Method and URL.
    pub title: String,
    /// The origin of the server that is asked.
    pub server: String,
    /// The index in the URL list: 0 before the first redirect.
    pub hop: usize,
    /// The request as the browser writes it.
    pub request: String,
    /// The same as a `curl` command.
    pub curl: String,
    /// The header lines of the request that the Fetch Standard decides about.
    pub sent: Vec<LineView>,
    /// The header lines of the answer.
    pub answer: Vec<LineView>,
    /// Where the answer came from.
    pub source: AnswerSource,
    /// Its status and reason phrase, where there is an answer.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub status: Option<String>,
    /// In what the pasted request differs from the browser's, so that the server may answer that one otherwise.
    pub caveats: Vec<String>,
}

/// A response header.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
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
    inspect_as::<Whole>(page, text, overrides)
}

/// The part of [`inspect`] that a first answer needs, without steps, consoles and reasons of browsers: what it says is the same.
pub fn inspect_first(page: &str, text: &str, overrides: &Overrides) -> Inspection {
    inspect_as::<First>(page, text, overrides)
}

fn inspect_as<E: Extent>(page: &str, text: &str, overrides: &Overrides) -> Inspection {
    let extent = if E::WHOLE { InspectionExtent::Whole } else { InspectionExtent::First };
    if text.trim().is_empty() {
        return Inspection { extent, page_problem: page_problem(page), ..Inspection::default() };
    }
    let paste = paste::parse_as::<E>(text, page);
    if paste.later {
        return Inspection { extent: InspectionExtent::Later, page_problem: page_problem(page), ..Inspection::default() };
    }
    let mut inspection =
        Inspection { extent, recognised: paste.recognised, page_problem: page_problem(page), ..Inspection::default() };
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
    inspection.lead = E::whole(|| lead(&paste, page));
    if let Some(scenario) = &paste.scenario {
        let mut scenario = scenario.clone();
        inspection.origin = Some(journey::origin(&scenario.page));
        inspection.assumptions = assumptions(&paste, &scenario, overrides);
        apply(overrides, &mut scenario);
        match paste::replay_to::<E>(&paste, scenario.clone(), scenario.profile.into()) {
            Ok(replay) if !E::WHOLE && (caches::may_decide(&replay) || sites::may_decide(&replay)) => {
                return Inspection {
                    extent: InspectionExtent::Later,
                    page_problem: inspection.page_problem,
                    ..Inspection::default()
                };
            }
            Ok(replay) => {
                let browsers = browsers::browsers::<E>(&paste, &scenario, &replay);
                show::<E>(&paste, &replay, browsers, &mut inspection, &mut marks);
                if E::WHOLE {
                    let editing = Editing { paste: &paste, replay: &replay, page, text, overrides };
                    inspection.findings = findings::views(&editing);
                    let repairs = repair::of_paste(&editing);
                    for (fetch, (repairs, avoid)) in inspection.fetches.iter_mut().zip(repairs) {
                        (fetch.repairs, fetch.avoid) = (repairs, avoid);
                    }
                }
            }
            Err(error) => inspection.problems.push(format!("{error}.")),
        }
    }
    inspection.marks = in_utf16(marks, text);
    inspection
}

/// What a console alone leaves open.
fn lead(paste: &Paste, page: &str) -> Option<Lead> {
    if !paste.messages.is_empty() {
        return None;
    }
    let messages: Vec<_> = paste.console.iter().map(|line| line.message().clone()).collect();
    let page = Url::parse(page.trim()).ok().filter(Url::has_host).map(|url| Origin::of_url(&url).serialize());
    explain::lead(&messages, page.as_deref())
}

/// The scenario that a pasted exchange is read as, with the answers that were found in it. Nothing where there is no
/// request, or no page.
pub fn read(page: &str, text: &str, overrides: &Overrides) -> Option<Scenario> {
    let paste = paste::parse(text, page);
    let mut scenario = paste.scenario.clone()?;
    apply(overrides, &mut scenario);
    Some(paste::replay(&paste, scenario.clone()).map_or(scenario, |replay| replay.scenario))
}

/// What is wrong with what was written as the page's origin, and what to write instead.
fn page_problem(page: &str) -> Option<String> {
    let page = page.trim();
    if page.is_empty() || page == "null" {
        return None;
    }
    let shown = repeated(page);
    if page.contains('*') {
        return Some(format!(
            "`{shown}` is not one page. Write the origin of the one whose script asks, such as `https://app.example`."
        ));
    }
    match Url::parse(page) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => return None,
        Ok(url) if matches!(url.scheme(), "file" | "data" | "blob" | "about") => {
            return Some(format!("A page of the scheme `{}` has no origin of its own: write `null`.", url.scheme()));
        }
        Ok(url) if url.has_host() => {
            return Some(format!(
                "Pages of the scheme `{}` are not known here. It is read as a page without an origin, `null`.",
                url.scheme()
            ));
        }
        _ => {}
    }
    // NB: `localhost:3000` is a URL of the scheme `localhost` to a URL parser, and means a host to people.
    let scheme = if is_local(page) { "http" } else { "https" };
    match Url::parse(&format!("{scheme}://{}", page.trim_start_matches('/'))) {
        Ok(url) if !page.contains("://") && !page.contains(char::is_whitespace) => {
            let origin = Origin::of_url(&url).serialize();
            let other =
                if scheme == "http" { origin.replacen("http:", "https:", 1) } else { origin.replacen("https:", "http:", 1) };
            Some(format!("`{shown}` does not say http or https. Write `{origin}` (or `{other}`)."))
        }
        _ => Some(format!(
            "`{shown}` is not an origin. Write scheme, host and, where there is one, the port: `https://app.example`."
        )),
    }
}

fn is_local(page: &str) -> bool {
    let host = page.trim_start_matches('/');
    ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
}

/// Text that a person wrote, for a sentence: short, and without what ends an exact part.
fn repeated(text: &str) -> String {
    let mut short: String =
        text.chars().take(REPEATED).map(|character| if character == '`' { '\'' } else { character }).collect();
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
fn show<E: Extent>(
    paste: &Paste,
    replay: &Replay,
    browsers: Vec<Vec<BrowserView>>,
    inspection: &mut Inspection,
    marks: &mut Vec<(Span, MarkKind, String)>,
) {
    let explained = explain::explain_as::<E>(&replay.scenario, &replay.report);
    let fetches = replay.scenario.fetches.iter().zip(&replay.report.fetches);
    for ((((fetch, report), pasted), explained), browsers) in fetches.zip(&replay.fetches).zip(explained).zip(browsers) {
        evidence(report, pasted, &explained, marks);
        let mut view = fetch_view::<E>(&fetch.call, report, pasted, explained, browsers);
        view.notes.extend(E::whole(|| curl::note(paste, report)));
        inspection.fetches.push(view);
    }
    let is_open = replay.report.fetches.iter().any(|fetch| matches!(fetch.outcome, Outcome::NeedsAnswer(_)));
    let why =
        if is_open { "The browser does not get to this answer yet." } else { "This answers no request that the browser sends." };
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
        marks.extend(
            places.flatten().map(|span| (span, MarkKind::Note, "The marked part of the answer is compared with this.".into())),
        );
    }
}

fn fetch_view<E: Extent>(
    call: &Call,
    report: &FetchReport,
    pasted: &PastedFetch,
    explained: FetchExplanation,
    browsers: Vec<BrowserView>,
) -> FetchView {
    let FetchExplanation { verdict, error, not_checked, notes, preflight_reasons, steps, headers, console } = explained;
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
    let exchange =
        |(index, exchange): (usize, &Exchange)| exchange_view(exchange, pasted.exchanges.get(index).unwrap_or(&no_paste));
    FetchView {
        title: report
            .request
            .as_ref()
            .map_or_else(String::new, |request| format!("{} {}", as_text(request.method.as_bytes()), request.url)),
        api: explain::api_of(call),
        verdict,
        error,
        notes,
        not_checked,
        preflight_reasons,
        exchanges: E::whole(|| report.exchanges.iter().enumerate().map(exchange).collect()),
        evidence: E::whole(|| journey::evidence(report)),
        response: E::whole(|| journey::readable(report)),
        steps,
        headers: E::whole(|| headers.into_iter().zip(&report.response_headers).map(header).collect()),
        missing,
        browsers,
        repairs: Vec::new(),
        avoid: Vec::new(),
        console,
    }
}

fn exchange_view(exchange: &Exchange, pasted: &PastedExchange) -> ExchangeView {
    let Exchange { request, source, response, hop, .. } = exchange;
    let status = response.as_ref().map(|response| format!("{} {}", response.status, as_text(response.status_text.as_bytes())));
    ExchangeView {
        purpose: request.purpose,
        title: format!("{} {}", as_text(request.method.as_bytes()), request.url),
        server: Url::parse(&request.url).map_or_else(|_| String::new(), |url| Origin::of_url(&url).serialize()),
        hop: *hop,
        request: http(request),
        curl: render::to_curl(request),
        sent: journey::lines(request.headers.as_slice()),
        answer: response.as_ref().map_or_else(Vec::new, |response| journey::lines(response.headers.as_slice())),
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
            format!(
                "This is the answer to a request with `{name}`, which the browser does not send: its answer may be another one."
            )
        }
    }
}

fn request_text(request: &WireRequest) -> RequestText {
    RequestText {
        http: http(request),
        curl: render::to_curl(request),
        has_body: request.has_body,
        credentials: request.credentials,
    }
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
    sort(&mut marks);
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{VerdictKind, Who};

    const PAGE: &str = "https://app.example";
    const ASKED: &str = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n";

    fn plain(page: &str, text: &str) -> Inspection {
        inspect(page, text, &Overrides::default())
    }

    fn marked(text: &str, inspection: &Inspection) -> Vec<(MarkKind, String)> {
        let units: Vec<u16> = text.encode_utf16().collect();
        inspection.marks.iter().map(|mark| (mark.kind, String::from_utf16(&units[mark.start..mark.end]).unwrap())).collect()
    }

    #[test]
    fn what_is_written_as_the_page() {
        let rows = [
            ("", None),
            ("  ", None),
            ("null", None),
            ("https://app.example", None),
            (" http://localhost:3000/path?x ", None),
            (
                "app.example",
                Some("`app.example` does not say http or https. Write `https://app.example` (or `http://app.example`)."),
            ),
            (
                "APP.example/shop",
                Some("`APP.example/shop` does not say http or https. Write `https://app.example` (or `http://app.example`)."),
            ),
            (
                "//app.example",
                Some("`//app.example` does not say http or https. Write `https://app.example` (or `http://app.example`)."),
            ),
            (
                "localhost:3000",
                Some("`localhost:3000` does not say http or https. Write `http://localhost:3000` (or `https://localhost:3000`)."),
            ),
            (
                "127.0.0.1:80",
                Some("`127.0.0.1:80` does not say http or https. Write `http://127.0.0.1` (or `https://127.0.0.1`)."),
            ),
            ("file:///x.html", Some("A page of the scheme `file` has no origin of its own: write `null`.")),
            ("about:blank", Some("A page of the scheme `about` has no origin of its own: write `null`.")),
            ("*", Some("`*` is not one page. Write the origin of the one whose script asks, such as `https://app.example`.")),
            (
                "https://*.app.example",
                Some(
                    "`https://*.app.example` is not one page. Write the origin of the one whose script asks, such as `https://app.example`.",
                ),
            ),
            (
                "moz-extension://ab12",
                Some("Pages of the scheme `moz-extension` are not known here. It is read as a page without an origin, `null`."),
            ),
            (
                "https://",
                Some("`https://` is not an origin. Write scheme, host and, where there is one, the port: `https://app.example`."),
            ),
            (
                "a `b` c",
                Some("`a 'b' c` is not an origin. Write scheme, host and, where there is one, the port: `https://app.example`."),
            ),
        ];
        for (written, expected) in rows {
            assert_eq!(page_problem(written).as_deref(), expected, "{written}");
        }
        let long = page_problem(&"é ".repeat(1000)).unwrap();
        assert!(long.starts_with(&format!("`{}…`", "é ".repeat(REPEATED / 2).trim_start())), "{long}");
    }

    #[test]
    fn a_line_of_a_console_is_enough() {
        let line = "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: \
            Response to preflight request doesn't pass access control check: It does not have HTTP ok status.";
        let inspection = plain("", line);
        assert_eq!((&inspection.page_problem, &inspection.marks), (&None, &vec![]));
        let verdict = &inspection.fetches[0].verdict;
        assert_eq!(verdict.sentence, "Blocked: https://api.example answers the preflight with status 400.");
        assert!(inspection.assumptions[0].starts_with("The preflight's answer is made up"), "{:?}", inspection.assumptions);
    }

    #[test]
    fn nothing_pasted_is_no_fault() {
        assert_eq!(plain(PAGE, " \n"), Inspection::default());
        assert_eq!(plain("", ""), Inspection::default());
    }

    #[test]
    fn without_a_page_it_is_asked_for() {
        let inspection = plain("", "GET / HTTP/1.1\nHost: api.example\n\n");
        assert_eq!(
            inspection.page_problem.as_deref(),
            Some(
                "Nothing says which page makes the request. Give the page's origin, or paste a request that has an Origin line."
            )
        );
        assert!(inspection.fetches.is_empty());
        assert_eq!(plain("", ASKED).page_problem, None, "the Origin line says it");
    }

    #[test]
    fn the_deciding_bytes_are_marked_in_utf16() {
        let text = format!("{ASKED}HTTP/1.1 200 OK\nX-😀: é\nX-Note: 😀é\nAccess-Control-Allow-Origin: https://app.example/\n");
        let inspection = plain(PAGE, &text);
        assert_eq!(
            marked(&text, &inspection),
            [
                (MarkKind::Note, "https://app.example".to_owned()),
                (MarkKind::Error, "X-😀".to_owned()),
                (MarkKind::Blocked, "https://app.example/".to_owned()),
            ]
        );
        let [fetch] = &inspection.fetches[..] else { panic!() };
        assert_eq!((fetch.verdict.kind, fetch.verdict.who), (VerdictKind::Blocked, Who::Server));
        assert_eq!(fetch.headers[0].value, "😀é");
    }

    #[test]
    fn a_header_that_is_missing_marks_the_answer_alone() {
        let text = format!("{ASKED}HTTP/1.1 200 OK\nX-Note: 1\n");
        assert_eq!(marked(&text, &plain(PAGE, &text)), [(MarkKind::Blocked, "HTTP/1.1 200 OK".to_owned())]);
    }

    #[test]
    fn a_scenario_is_shown_with_all_its_fetches() {
        let text = r#"{"page":{"url":"https://shop.example"},"profile":"chromium","fetches":[
            {"call":{"api":"img","url":"https://files.example/1.png"},"answers":[{"status":200}]},
            {"call":{"api":"fetch","url":"https://api.example/é"},"answers":[{"status":200,"headers":
            [["Access-Control-Allow-Origin","https://shop.example/"]]}]},
            {"call":{"api":"fetch","url":"https://api.example/2"}}]}"#;
        let inspection = plain("", text);
        assert_eq!((inspection.recognised, &inspection.page_problem), (Recognised::Scenario, &None));
        let kinds: Vec<_> = inspection.fetches.iter().map(|fetch| fetch.verdict.kind).collect();
        assert_eq!(kinds, [VerdictKind::Opaque, VerdictKind::Blocked, VerdictKind::NeedsAnswer]);
        assert_eq!(marked(text, &inspection), [(MarkKind::Blocked, "https://shop.example/".to_owned())]);
        let wrong = plain("https://app.example", &text.replace("fetches", "fetch").replace("img", "\"fetches\""));
        assert_eq!(wrong.recognised, Recognised::Scenario);
    }

    #[test]
    fn what_is_said_is_not_assumed() {
        let text = format!("{ASKED}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n");
        let scheme = "The request went to https://api.example/me; the paste does not say http or https.";
        let credentials = "Script did not set `credentials`: cookies go along within the page's own origin only.";
        let mode = "Script did not set `mode`, which makes it `cors`.";
        let say = |credentials: Option<&str>, mode: Option<&str>| Overrides {
            credentials: credentials.map(Into::into),
            mode: mode.map(Into::into),
        };
        let rows: &[(Overrides, &[&str], VerdictKind)] = &[
            (say(None, None), &[scheme, credentials, mode], VerdictKind::Allowed),
            (say(Some("include"), None), &[scheme, mode], VerdictKind::Blocked),
            (say(Some("omit"), Some("no-cors")), &[scheme], VerdictKind::Opaque),
            (say(None, Some("same-origin")), &[scheme, credentials], VerdictKind::Blocked),
            (say(Some("always"), None), &[scheme, mode], VerdictKind::Threw),
        ];
        for (overrides, assumptions, kind) in rows {
            let inspection = inspect(PAGE, &text, overrides);
            assert_eq!(inspection.assumptions, *assumptions, "{overrides:?}");
            assert_eq!(inspection.fetches[0].verdict.kind, *kind, "{overrides:?}");
        }
        let with_cookie = ASKED.replace("\n\n", "\nCookie: a=b\n\n");
        let assumed = |overrides| {
            inspect(PAGE, &with_cookie, &overrides).assumptions.iter().any(|said| said.contains("for the request has cookies"))
        };
        assert!(assumed(say(None, None)));
        assert!(!assumed(say(Some("omit"), None)));
    }

    #[test]
    fn a_missing_answer_is_asked_for_as_text() {
        let text = "PUT /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\n";
        let inspection = plain(PAGE, text);
        let missing = inspection.fetches[0].missing.as_ref().unwrap();
        assert!(missing.http.starts_with("OPTIONS /me HTTP/1.1\nHost: api.example\n"), "{}", missing.http);
        assert!(missing.curl.starts_with("curl -i -X OPTIONS https://api.example/me \\\n"), "{}", missing.curl);
        assert!(!missing.http.contains('\r') && !missing.has_body && !missing.credentials);
        let message = "The browser does not get to this answer yet.";
        let start = text.find("HTTP/1.1 200").unwrap();
        assert_eq!(
            inspection.marks,
            [Mark { start, end: start + "HTTP/1.1 200 OK".len(), kind: MarkKind::Note, message: message.into() }]
        );
        // What is added below the text is the answer to just that request.
        let whole = format!(
            "{text}\n{}\n\nHTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\n",
            missing.http
        );
        let fetch = &plain(PAGE, &whole).fetches[0];
        assert_eq!((fetch.verdict.kind, fetch.exchanges.len(), &fetch.missing), (VerdictKind::Blocked, 2, &None));
    }

    #[test]
    fn an_answer_to_another_request_is_said_to_be_one() {
        let text = "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\nGET /other HTTP/1.1\nHost: api.example\n\nHTTP/1.1 404 Not Found\n";
        let inspection = plain(PAGE, text);
        assert_eq!(
            inspection.fetches[0].exchanges[0].caveats,
            ["This is the answer to a request without `Origin`, which the browser sends: its answer may be another one."]
        );
        let unused = "This answers no request that the browser sends.";
        assert_eq!(inspection.marks.iter().map(|mark| &*mark.message).collect::<Vec<_>>(), [unused]);
    }
}
