//! What a paste is made of: requests, responses, and answers that never came.

use serde::Serialize;

use super::excerpt::Excerpt;
use super::span::{Span, Spans};
use crate::http::header_list::Header;
use crate::network::{Answer, FailureKind, HttpVersion, WireFailure, WireResponse};
use crate::scenario::Call;

/// A message of the paste.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PastedMessage {
    /// A request, or a command that sends one.
    Request(PastedRequest),
    /// A response.
    Response(PastedResponse),
    /// A tool's word that no response came.
    Failure(PastedFailure),
}

/// How a message was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PastedForm {
    /// As on the wire: raw HTTP, `curl -i`.
    Plain,
    /// Behind the marks of `curl -v`: `> ` and `< `.
    Marked,
    /// As HTTP/2 and HTTP/3 do, with `:method` or `:status` among the header lines.
    Pseudo,
    /// By the `curl` command that sends it.
    Command,
    /// By the PowerShell command that sends it.
    PowerShell,
    /// By the call in a script that makes it: `fetch(...)`, `axios(...)`, an `XMLHttpRequest`.
    Call,
    /// By header lines alone, as developer tools copy them: a request line or a status line is made up.
    Headers,
    /// As developer tools show it in their network panel: a name and its value, beside it or below it.
    Panel,
    /// As a request of a Postman collection, or a response that is saved there.
    Postman,
    /// As a request of Bruno.
    Bruno,
    /// As an entry of a HAR.
    Har,
    /// As a member of a [`Scenario`](crate::Scenario) in JSON.
    Scenario,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedRequest {
    /// How it is written.
    pub form: PastedForm,
    /// All of it, body included.
    pub span: Span,
    /// The request line; the first pseudo-header line; the command.
    pub start_line: Span,
    /// The method, byte for byte.
    pub method: Excerpt,
    /// The request target: a path, a URL, `*`, or a host and a port.
    pub target: Excerpt,
    /// The version of HTTP, where it is said.
    #[cfg_attr(feature = "wasm", tsify(type = "HttpVersion | null"))]
    pub version: Option<HttpVersion>,
    /// The header lines without pseudo-headers.
    pub headers: Vec<PastedField>,
    /// The body, where there is a sign of one.
    #[cfg_attr(feature = "wasm", tsify(type = "PastedBody | null"))]
    pub body: Option<PastedBody>,
    /// What it is for.
    pub role: PastedRole,
    /// Its URL without a fragment, where it is said or can be worked out.
    #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
    pub url: Option<String>,
    /// The call itself, where a script's call is what was pasted.
    #[cfg_attr(feature = "wasm", tsify(type = "Call | null"))]
    pub call: Option<Box<Call>>,
    /// The value of `:authority`.
    #[serde(skip)]
    pub(crate) authority: Option<Excerpt>,
    /// The value of `:scheme`.
    #[serde(skip)]
    pub(crate) scheme: Option<Excerpt>,
    /// What else a call says, each where it stands.
    #[serde(skip)]
    pub(crate) options: Box<PastedOptions>,
}

/// The options of a call, `credentials: "include"`, or `withCredentials = true`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PastedOptions {
    /// The object that they are members of, with its braces.
    pub(crate) object: Option<Span>,
    /// Each by its name in script.
    pub(crate) members: Vec<PastedOption>,
}

/// An option of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PastedOption {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its value, without quotes.
    pub(crate) value: Span,
    /// From its name to its value.
    pub(crate) span: Span,
}

/// What an object says of a call, beside its headers.
const OPTIONS: &[&str] = &[
    "body",
    "cache",
    "credentials",
    "duplex",
    "integrity",
    "keepalive",
    "method",
    "mode",
    "redirect",
    "referrer",
    "referrerPolicy",
    "window",
    "withCredentials",
];

impl PastedOptions {
    /// Those among the members of an object, each given with the place of its value.
    pub(super) fn of<'m>(object: Span, members: impl Iterator<Item = (&'m Excerpt, Span)>) -> Self {
        let option = |(name, value): (&Excerpt, Span)| {
            let known = OPTIONS.iter().find(|known| known.as_bytes() == name.bytes())?;
            Some(PastedOption { name: known, value, span: name.span.hull(value) })
        };
        Self { object: Some(object), members: members.filter_map(option).collect() }
    }
}

impl PastedRequest {
    /// A request that stands at `span`, of which nothing is known yet: a GET.
    pub(super) fn new(form: PastedForm, span: Span) -> Self {
        let start = Span::new(span.start, span.start);
        Self {
            form,
            span,
            start_line: span,
            method: Excerpt::derived(b"GET", start),
            target: Excerpt::empty(span.start),
            version: (form == PastedForm::Pseudo).then_some(HttpVersion::Http2),
            headers: Vec::new(),
            body: None,
            role: PastedRole::Actual,
            url: None,
            call: None,
            authority: None,
            scheme: None,
            options: Box::default(),
        }
    }
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PastedRole {
    /// `OPTIONS` with `Access-Control-Request-Method`: what a browser asks before the real request.
    Preflight,
    /// `OPTIONS` without it: what people send who want to see a preflight's answer.
    BareOptions,
    /// What script asks for.
    Actual,
    /// `CONNECT`: a tunnel through a proxy, which no page ever sees.
    Tunnel,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedResponse {
    /// How it is written.
    pub form: PastedForm,
    /// All of it, body included.
    pub span: Span,
    /// The status line, or the line of `:status`.
    pub start_line: Span,
    /// The version of HTTP, where it is said.
    #[cfg_attr(feature = "wasm", tsify(type = "HttpVersion | null"))]
    pub version: Option<HttpVersion>,
    /// The status code.
    pub status: u16,
    /// Where it stands.
    pub status_span: Span,
    /// The reason phrase; empty over HTTP/2 and HTTP/3.
    pub reason: Excerpt,
    /// The header lines without pseudo-headers.
    pub headers: Vec<PastedField>,
    /// The body, where there is a sign of one.
    #[cfg_attr(feature = "wasm", tsify(type = "PastedBody | null"))]
    pub body: Option<PastedBody>,
    /// Whether it answers anything.
    pub kind: PastedResponseKind,
    /// The index of the request that it answers, where that is in the paste.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub answers: Option<usize>,
}

/// Whether a response answers a request that a page can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PastedResponseKind {
    /// It does.
    Final,
    /// Status 1xx: the final answer follows.
    Interim,
    /// A proxy's answer to `CONNECT`.
    Tunnel,
    /// Its status cannot be read.
    Unreadable,
    /// The same response once more, as `curl -iv` writes it.
    Echo {
        /// The index of the first copy.
        of: usize,
    },
}

/// A tool said that no response came.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedFailure {
    /// How it is written.
    pub form: PastedForm,
    /// Where it says so.
    pub span: Span,
    /// Why.
    pub failure: FailureKind,
    /// The index of the request that got no answer, where that is in the paste.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub answers: Option<usize>,
}

/// A header line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedField {
    /// Its name as it is written.
    pub name: Excerpt,
    /// Its value without tabs and spaces around it.
    pub value: Excerpt,
    /// The whole line, with the lines that continue it.
    pub span: Span,
}

impl PastedForm {
    /// Whether the document itself says which answer is whose.
    pub(super) const fn is_paired(self) -> bool {
        matches!(self, Self::Har | Self::Postman | Self::Scenario)
    }
}

impl PastedField {
    pub(super) fn header(&self) -> Header {
        Header(self.name.value.clone(), self.value.value.clone())
    }
}

/// A body: it decides nothing but whether there is one, so it is only measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedBody {
    /// From its first line in the paste to its last.
    #[cfg_attr(feature = "wasm", tsify(type = "Span | null"))]
    pub span: Option<Span>,
    /// Its length in bytes: what `Content-Length` says, else what is in the paste.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub length: Option<u64>,
}

impl PastedMessage {
    /// Its header lines, in the order of the wire; a failure has none.
    pub fn headers(&self) -> &[PastedField] {
        match self {
            Self::Request(request) => &request.headers,
            Self::Response(response) => &response.headers,
            Self::Failure(_) => &[],
        }
    }

    /// All of it.
    pub const fn span(&self) -> Span {
        match self {
            Self::Request(request) => request.span,
            Self::Response(response) => response.span,
            Self::Failure(failure) => failure.span,
        }
    }

    /// Its first line.
    pub const fn start_line(&self) -> Span {
        match self {
            Self::Request(request) => request.start_line,
            Self::Response(response) => response.start_line,
            Self::Failure(failure) => failure.span,
        }
    }

    /// It as an answer, if it is one.
    pub fn answer(&self) -> Option<Answer> {
        match self {
            Self::Request(_) => None,
            Self::Response(response) => Some(Answer::Response(WireResponse {
                status: response.status,
                status_text: response.reason.value.clone(),
                headers: response.headers.iter().map(PastedField::header).collect(),
                http_version: response.version,
                at: None,
                integrity_matches: None,
            })),
            Self::Failure(failure) => Some(Answer::Failure(WireFailure { failure: failure.failure })),
        }
    }

    /// How it is written.
    pub(super) const fn form(&self) -> PastedForm {
        match self {
            Self::Request(request) => request.form,
            Self::Response(response) => response.form,
            Self::Failure(failure) => failure.form,
        }
    }

    pub(super) const fn as_request(&self) -> Option<&PastedRequest> {
        if let Self::Request(request) = self { Some(request) } else { None }
    }

    pub(super) const fn as_response(&self) -> Option<&PastedResponse> {
        if let Self::Response(response) = self { Some(response) } else { None }
    }

    pub(super) fn as_request_mut(&mut self) -> Option<&mut PastedRequest> {
        if let Self::Request(request) = self { Some(request) } else { None }
    }

    pub(super) fn headers_mut(&mut self) -> Option<&mut Vec<PastedField>> {
        match self {
            Self::Request(request) => Some(&mut request.headers),
            Self::Response(response) => Some(&mut response.headers),
            Self::Failure(_) => None,
        }
    }

    pub(super) fn span_mut(&mut self) -> &mut Span {
        match self {
            Self::Request(request) => &mut request.span,
            Self::Response(response) => &mut response.span,
            Self::Failure(failure) => &mut failure.span,
        }
    }

    pub(super) fn body_mut(&mut self) -> Option<&mut Option<PastedBody>> {
        match self {
            Self::Request(request) => Some(&mut request.body),
            Self::Response(response) => Some(&mut response.body),
            Self::Failure(_) => None,
        }
    }

    /// Whether it ends an exchange: a final response, or word that none came.
    pub(super) const fn is_reply(&self) -> bool {
        match self {
            Self::Request(_) => false,
            Self::Response(response) => matches!(response.kind, PastedResponseKind::Final),
            Self::Failure(_) => true,
        }
    }

    pub(super) fn set_answers(&mut self, request: usize) {
        match self {
            Self::Request(_) => {}
            Self::Response(response) => response.answers = Some(request),
            Self::Failure(failure) => failure.answers = Some(request),
        }
    }
}

/// The first header line of that name.
pub(super) fn field<'m>(headers: &'m [PastedField], name: &str) -> Option<&'m PastedField> {
    headers.iter().find(|field| field.name.is(name.as_bytes()))
}

impl Spans for PastedMessage {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Request(request) => {
                change(&mut request.span);
                change(&mut request.start_line);
                request.method.each_span(change);
                request.target.each_span(change);
                request.authority.each_span(change);
                request.scheme.each_span(change);
                request.options.object.each_span(change);
                for option in &mut request.options.members {
                    change(&mut option.value);
                    change(&mut option.span);
                }
                request.headers.each_span(change);
                request.body.each_span(change);
            }
            Self::Response(response) => {
                change(&mut response.span);
                change(&mut response.start_line);
                change(&mut response.status_span);
                response.reason.each_span(change);
                response.headers.each_span(change);
                response.body.each_span(change);
            }
            Self::Failure(failure) => change(&mut failure.span),
        }
    }
}

impl Spans for PastedField {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.name.each_span(change);
        self.value.each_span(change);
        change(&mut self.span);
    }
}

impl Spans for PastedBody {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.span.each_span(change);
    }
}
