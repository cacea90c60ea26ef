//! One fetch and its report, and what every text about it looks up.

use std::borrow::Cow;

use url::Url;

use super::catalogue::{Slot, TextId};
use super::diagnose::{self, elements, list_name};
use super::shown::{shown, shown_line, shown_text};
use crate::cors::preflight::AllowList;
use crate::http::header_list::{Header, joined, value_is};
use crate::http::method;
use crate::http::modes::{CredentialsMode, EmbedderPolicy};
use crate::infra::bytes::{ByteString, is_token};
use crate::infra::origin::Origin;
use crate::network::{Answer, FailureKind, Purpose, WireRequest, WireResponse};
use crate::report::{Exchange, FetchReport, NetworkError};
use crate::scenario::{Call, Fetch, Page};

/// One fetch and its report.
pub(super) struct Case<'a> {
    pub fetch: &'a Fetch,
    pub report: &'a FetchReport,
    /// The page's origin, serialized.
    pub origin: String,
    /// The page's embedder policy.
    pub embedder_policy: EmbedderPolicy,
}

impl<'a> Case<'a> {
    pub(super) fn new(page: &'a Page, fetch: &'a Fetch, report: &'a FetchReport) -> Self {
        let origin = match &page.origin {
            Some(origin) => Origin::parse(origin).map_or_else(|| origin.clone(), |origin| origin.serialize()),
            None => Url::parse(&page.url).map_or_else(|_| page.url.clone(), |url| Origin::of_url(&url).serialize()),
        };
        Self { fetch, report, origin, embedder_policy: page.embedder_policy }
    }

    /// The page, as a sentence names it.
    pub(super) fn page(&self) -> String {
        match self.origin.as_str() {
            "null" => TextId::PageWithOriginNull.say(&[]),
            origin => shown_text(origin),
        }
    }

    /// The request's credentials mode: with include, the CORS check is stricter.
    pub(super) fn credentials(&self) -> CredentialsMode {
        self.report.request.as_ref().map_or(CredentialsMode::SameOrigin, |request| request.credentials)
    }

    /// Whether `*` counts.
    fn is_strict(&self) -> bool {
        self.credentials() == CredentialsMode::Include
    }

    /// The URL at a hop: of an exchange, of the redirect that leads there, or of the request.
    pub(super) fn url(&self, hop: usize) -> Cow<'a, str> {
        let exchange_at = |hop: usize| self.report.exchanges.iter().rev().find(|exchange| exchange.hop == hop);
        let redirect = || {
            let before = exchange_at(hop.checked_sub(1)?)?;
            let location = diagnose::first(&before.response.as_ref()?.headers, "location")?;
            let url = Url::parse(&before.request.url).ok()?.join(std::str::from_utf8(location).ok()?).ok()?;
            Some(Cow::Owned(String::from(url)))
        };
        let request = || self.report.request.as_ref().map(|request| Cow::Borrowed(&*request.url));
        let exchange = exchange_at(hop).map(|exchange| Cow::Borrowed(&*exchange.request.url));
        exchange.or_else(redirect).or_else(request).unwrap_or(Cow::Borrowed(self.fetch.call.url()))
    }

    /// The method at a hop, where a redirect may have changed it: of what was asked for there, or of the request.
    pub(super) fn method(&self, hop: usize) -> Cow<'a, [u8]> {
        let exchange = self.report.exchanges.iter().find(|exchange| exchange.hop == hop);
        match (exchange, &self.report.request) {
            (Some(exchange), _) => exchange_method(exchange),
            (None, Some(request)) => request.method.as_bytes().into(),
            (None, None) => Cow::default(),
        }
    }

    /// The last hop at which there was an exchange.
    pub(super) fn last_hop(&self) -> usize {
        self.report.exchanges.last().map_or(0, |exchange| exchange.hop)
    }

    /// The answer to the preflight of a hop.
    pub(super) fn preflight_answer(&self, hop: usize) -> Option<&'a WireResponse> {
        let preflight = |exchange: &&Exchange| exchange.hop == hop && exchange.request.purpose == Purpose::Preflight;
        self.report.exchanges.iter().rev().find(preflight).and_then(|exchange| exchange.response.as_ref())
    }

    /// The answer that is given after that of an exchange, asked for or not.
    pub(super) fn answer_after(&self, exchange: &Exchange) -> Option<&'a WireResponse> {
        match self.fetch.answers.get(exchange.answer?.checked_add(1)?)? {
            Answer::Response(answer) => Some(answer),
            Answer::Failure(_) => None,
        }
    }

    /// Why no answer came to the exchange that an error is about.
    pub(super) fn failure(&self, error: &NetworkError) -> Option<FailureKind> {
        let exchange = self.report.exchanges.get(error.exchange?)?;
        match self.fetch.answers.get(exchange.answer?)? {
            Answer::Failure(failure) => Some(failure.failure),
            Answer::Response(_) => None,
        }
    }

    /// The method as script has it.
    pub(super) fn written_method(&self) -> &'a str {
        match &self.fetch.call {
            Call::Fetch { init, .. } => init.method.as_deref().unwrap_or("GET"),
            Call::Xhr { method, .. } => method,
            _ => "GET",
        }
    }

    /// The header at `line`, as script has it.
    pub(super) fn written_header(&self, line: usize) -> Option<&'a (String, String)> {
        match &self.fetch.call {
            Call::Fetch { init, .. } => init.headers.as_ref()?.get(line),
            Call::Xhr { headers, .. } => headers.get(line),
            _ => None,
        }
    }

    /// The slots that texts about the request at a hop have in common.
    pub(super) fn slots(&self, hop: usize) -> Vec<Slot> {
        let url = self.url(hop);
        vec![("page", self.page()), ("server", server(&url)), ("url", shown_text(&url)), ("method", shown(&self.method(hop)))]
    }

    /// The lines that `answer` lacks to pass the CORS check for `origin` with these credentials.
    ///
    /// NB: never `null`, which any page can make itself send: there it is `*`, or nothing.
    pub(super) fn cors_lines(&self, origin: &[u8], credentials: CredentialsMode, answer: Option<&WireResponse>) -> Vec<Header> {
        let has = |name: &[u8], value: &[u8]| answer.is_some_and(|answer| value_is(answer.headers.as_slice(), name, value));
        let strict = credentials == CredentialsMode::Include;
        let origin = if origin == b"null" { b"*" } else { origin };
        if strict && origin == b"*" {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let allows = |value| has(b"access-control-allow-origin", value);
        if !allows(origin) && (strict || !allows(b"*")) {
            lines.push(line("Access-Control-Allow-Origin", origin));
        }
        if strict && !has(b"access-control-allow-credentials", b"true") {
            lines.push(line("Access-Control-Allow-Credentials", b"true"));
        }
        lines
    }

    /// Whether there is anything that a server could send to pass the CORS check: not where the browser sends `null` with
    /// credentials.
    pub(super) fn can_pass(&self, request: &WireRequest) -> bool {
        !self.is_strict() || self.origin_sent(request) != b"null"
    }

    /// The lines that the answer to a preflight lacks to let the request go out.
    pub(super) fn preflight_lines(&self, request: &WireRequest, answer: &WireResponse) -> Vec<Header> {
        let mut lines = self.cors_lines(&self.origin_sent(request), self.credentials(), Some(answer));
        let methods = self.listed(AllowList::Methods, answer);
        let method = joined(&request.headers, b"access-control-request-method").unwrap_or_default();
        if !method::is_cors_safelisted(&method) && !self.covers(&methods, |listed| listed == &*method, true) {
            let others = methods.into_iter().filter(|listed| !listed.eq_ignore_ascii_case(&method));
            lines.push(line("Access-Control-Allow-Methods", &others.chain([&*method]).collect::<Vec<_>>().join(&b", "[..])));
        }
        let missing = self.headers_not_allowed(request, answer);
        if !missing.is_empty() {
            let all: Vec<&[u8]> = self.listed(AllowList::Headers, answer).into_iter().chain(missing).collect();
            lines.push(line("Access-Control-Allow-Headers", &all.join(&b", "[..])));
        }
        lines
    }

    /// The names of `Access-Control-Request-Headers` that the answer to a preflight does not allow.
    pub(super) fn headers_not_allowed<'b>(&self, request: &'b WireRequest, answer: &WireResponse) -> Vec<&'b [u8]> {
        let allowed = self.listed(AllowList::Headers, answer);
        elements(request.headers.as_slice(), "access-control-request-headers")
            .filter(|name| !self.covers(&allowed, |listed| listed.eq_ignore_ascii_case(name), *name != b"authorization"))
            .collect()
    }

    /// The first of those names, but for `authorization`, which is checked by itself.
    pub(super) fn header_not_allowed<'b>(&self, request: &'b WireRequest, answer: &WireResponse) -> &'b [u8] {
        self.headers_not_allowed(request, answer).into_iter().find(|name| *name != b"authorization").unwrap_or_default()
    }

    /// The names in a list of the answer to a preflight, without what is none, and without a `*` that does not count.
    fn listed<'b>(&self, list: AllowList, answer: &'b WireResponse) -> Vec<&'b [u8]> {
        let counts = |name: &&[u8]| is_token(name) && !(self.is_strict() && *name == b"*");
        elements(&answer.headers, list_name(list)).filter(counts).collect()
    }

    fn covers(&self, listed: &[&[u8]], is: impl Fn(&[u8]) -> bool, by_wildcard: bool) -> bool {
        listed.iter().any(|name| is(name) || by_wildcard && !self.is_strict() && *name == b"*")
    }

    /// The value of the `Origin` that was sent.
    pub(super) fn origin_sent(&self, request: &WireRequest) -> Vec<u8> {
        diagnose::first(request.headers.as_slice(), "origin").unwrap_or(self.origin.as_bytes()).to_vec()
    }
}

/// The method that an exchange is about: a preflight asks for another one than its own.
pub(super) fn exchange_method(exchange: &Exchange) -> Cow<'_, [u8]> {
    match exchange.request.purpose {
        Purpose::Preflight => joined(&exchange.request.headers, b"access-control-request-method").unwrap_or_default(),
        Purpose::Actual => exchange.request.method.as_bytes().into(),
    }
}

/// Header lines as a sentence names them, and that `*` would do as well where it would.
pub(super) fn lines(lines: &[Header], credentials: CredentialsMode) -> String {
    let mut text = String::new();
    for (index, Header(name, value)) in lines.iter().enumerate() {
        let between = match index {
            0 => None,
            index if index + 1 == lines.len() => Some(TextId::And),
            _ => Some(TextId::Comma),
        };
        text.extend(between.map(|between| between.say(&[])));
        let slots = [("name", shown(name.as_bytes())), ("value", shown_line(value.as_bytes()))];
        text.push_str(&TextId::HeaderLine.say(&slots));
        if *name == b"Access-Control-Allow-Origin" && *value != b"*" && credentials != CredentialsMode::Include {
            text.push_str(&TextId::OrAny.say(&[]));
        }
    }
    if text.is_empty() { TextId::SameHeaders.say(&[]) } else { text }
}

/// Who is asked at a URL, as a sentence names it: its origin, or the URL itself where it has none.
pub(super) fn server(url: &str) -> String {
    match Url::parse(url).map(|url| Origin::of_url(&url)) {
        Ok(Origin::Tuple(tuple)) => shown_text(&tuple.to_string()),
        _ => shown_text(url),
    }
}

fn line(name: &str, value: &[u8]) -> Header {
    Header(name.as_bytes().into(), ByteString::from(value))
}
