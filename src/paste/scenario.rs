//! The scenario that a paste describes: the page, and the call that made the request.

use url::Url;

use super::assumption::{Assumption, AssumptionKind};
use super::console::{self, PastedConsole};
use super::excerpt::Excerpt;
use super::message::{PastedField, PastedForm, PastedMessage, PastedRequest, PastedRole, field};
use super::pair::UNKNOWN_HOST;
use super::problem::{Problem, ProblemKind};
use super::reader::MAX_HEADERS;
use super::stated;
use crate::extent::Extent;
use crate::http::request_header::is_forbidden_request_header;
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::profile::SPEC;
use crate::scenario::{Body, Call, Fetch, Page, RequestInit, Scenario};

/// The page as it was given.
#[derive(Debug)]
pub(super) enum GivenPage {
    Nothing,
    /// `null`
    Opaque,
    Url(Url),
    /// Neither a URL nor an origin.
    Bad(String),
}

impl GivenPage {
    pub(super) fn read(page: &str) -> Self {
        match page.trim() {
            "" => Self::Nothing,
            "null" => Self::Opaque,
            page => match Url::parse(page) {
                Ok(url) if url.has_host() || matches!(url.scheme(), "data" | "file") => Self::Url(url),
                _ => Self::Bad(page.to_owned()),
            },
        }
    }

    pub(super) const fn url(&self) -> Option<&Url> {
        if let Self::Url(url) = self { Some(url) } else { None }
    }
}

/// Which message the scenario's request is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Base {
    /// A request that script asked for.
    Actual(usize),
    /// The preflight of one.
    Preflight(usize),
    /// None.
    #[default]
    Nothing,
}

impl Base {
    pub(super) const fn message(self) -> Option<usize> {
        match self {
            Self::Actual(index) | Self::Preflight(index) => Some(index),
            Self::Nothing => None,
        }
    }
}

/// What a fetch of the scenario is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) base: Base,
    /// The messages that are its answers already.
    pub(super) answers: Vec<usize>,
}

/// What was made of a paste.
#[derive(Debug)]
pub(super) struct Made {
    /// For each fetch, what it is made of.
    pub(super) sources: Vec<Source>,
    pub(super) scenario: Option<Scenario>,
}

/// The scenario as it is stated. The page is its own, whichever was given.
pub(super) fn as_stated(
    scenario: Scenario,
    fetches: Vec<(usize, Vec<usize>)>,
    given: &GivenPage,
    assumptions: &mut Vec<Assumption>,
) -> Made {
    let origin = stated::page_origin(&scenario);
    if let (Some(url), Some(page)) = (given.url(), origin)
        && url.origin().ascii_serialization() != page
    {
        assumptions.push(AssumptionKind::PageFromScenario { page }.at(None));
    }
    let source = |(request, answers)| Source { base: Base::Actual(request), answers };
    Made { sources: fetches.into_iter().map(source).collect(), scenario: Some(scenario) }
}

/// Makes the scenario, if there is anything to make it of.
pub(super) fn make<E: Extent>(
    messages: &[PastedMessage],
    console: &[PastedConsole],
    given: GivenPage,
    problems: &mut Vec<Problem>,
    assumptions: &mut Vec<Assumption>,
) -> Made {
    let base = base(messages);
    let sources = vec![Source { base, answers: Vec::new() }];
    if messages.is_empty() {
        return Made { sources, scenario: E::whole(|| from_console(console, given, problems, assumptions)) };
    }
    let request = base.message().and_then(|index| messages.get(index)).and_then(PastedMessage::as_request);
    let preflight = request.and_then(|request| preflight_of(messages, request));
    let page = page(given, request, preflight, console, problems, assumptions);
    let call = match request {
        Some(request) => call_of(base, request, messages, problems, assumptions),
        None => without_request(console, page.as_ref(), assumptions),
    };
    let scenario = page.map(|mut page| {
        if let Some(language) = request.filter(|request| is_from_browser(request)).and_then(accept_language) {
            page.accept_language = language;
        }
        Scenario::new(page, vec![Fetch::new(call)])
    });
    Made { sources, scenario }
}

/// The call where the paste has answers alone: what a console says of it, or a plain one.
fn without_request(console: &[PastedConsole], page: Option<&Page>, assumptions: &mut Vec<Assumption>) -> Call {
    let origin = page.and_then(|page| Url::parse(&page.url).ok()).map(|url| url.origin().ascii_serialization());
    // NB: the answers are those of the paste, so what the console says of them is not made up.
    match console::told(console, origin.as_deref(), &mut Vec::new()) {
        Some(told) => {
            let span = console.first().map(|message| message.span);
            assumptions.push(AssumptionKind::RequestFromConsole.at(span));
            told.call
        }
        None => {
            assumptions.push(AssumptionKind::NoRequest.at(None));
            Call::fetch(UNKNOWN_HOST, RequestInit::default())
        }
    }
}

/// The call that leads to a request of the paste.
pub(super) fn call_of(
    base: Base,
    request: &PastedRequest,
    messages: &[PastedMessage],
    problems: &mut Vec<Problem>,
    assumptions: &mut Vec<Assumption>,
) -> Call {
    match base {
        Base::Preflight(_) => from_preflight(request, problems, assumptions),
        _ => from_request(request, preflight_of(messages, request), assumptions),
    }
}

/// What a browser's console alone says, as that browser does it.
fn from_console(
    console: &[PastedConsole],
    given: GivenPage,
    problems: &mut Vec<Problem>,
    assumptions: &mut Vec<Assumption>,
) -> Option<Scenario> {
    let page = given.url().map(|url| url.origin().ascii_serialization());
    // NB: not every line names the page.
    let named = console.iter().find_map(|line| line.message.slot("origin")).map(str::to_owned);
    let known = page.or_else(|| named.clone());
    let mut all = Vec::new();
    for messages in console::requests(console) {
        all.extend(console::told(messages, known.as_deref(), assumptions));
    }
    let mut all = all.into_iter();
    let told = all.next()?;
    let page = match (given, &named) {
        (GivenPage::Nothing | GivenPage::Bad(_), Some(origin)) if origin == "null" => opaque_page(),
        // NB: a line that was cut or mangled may name what is no origin.
        (GivenPage::Nothing | GivenPage::Bad(_), Some(origin)) if Url::parse(origin).is_ok_and(|url| url.has_host()) => {
            assumptions.push(AssumptionKind::PageFromConsole { page: origin.clone() }.at(None));
            Page::new(origin.as_str())
        }
        (given, _) => page_of(given, problems)?,
    };
    let mut fetches = Vec::new();
    for other in all.filter(|other| other.browser == told.browser && (other.origin.is_none() || other.origin == named)) {
        fetches.push(Fetch { answers: other.answers, ..Fetch::new(other.call) });
    }
    fetches.insert(0, Fetch { answers: told.answers, ..Fetch::new(told.call) });
    Some(Scenario { profile: told.browser, ..Scenario::new(page, fetches) })
}

/// The page that was given; where there is none, that is a problem.
pub(super) fn page_of(given: GivenPage, problems: &mut Vec<Problem>) -> Option<Page> {
    match given {
        GivenPage::Url(url) => return Some(Page::new(url.as_str())),
        GivenPage::Opaque => return Some(opaque_page()),
        GivenPage::Bad(found) => problems.push(ProblemKind::Page { found }.nowhere()),
        GivenPage::Nothing => problems.push(ProblemKind::NoPage.nowhere()),
    }
    None
}

/// The first request that script asked for; `OPTIONS` without `Access-Control-Request-Method` only where there is no other.
fn base(messages: &[PastedMessage]) -> Base {
    let first = |wanted: PastedRole| {
        messages.iter().position(|message| message.as_request().is_some_and(|request| request.role == wanted))
    };
    match (first(PastedRole::Actual), first(PastedRole::Preflight), first(PastedRole::BareOptions)) {
        (Some(actual), ..) => Base::Actual(actual),
        (None, Some(preflight), _) => Base::Preflight(preflight),
        (None, None, Some(options)) => Base::Actual(options),
        (None, None, None) => Base::Nothing,
    }
}

/// The preflight in the paste that was asked for this request.
fn preflight_of<'m>(messages: &'m [PastedMessage], request: &PastedRequest) -> Option<&'m PastedRequest> {
    messages.iter().filter_map(PastedMessage::as_request).find(|preflight| {
        let method = field(&preflight.headers, "access-control-request-method");
        preflight.role == PastedRole::Preflight
            && preflight.url == request.url
            && method.is_some_and(|field| field.value.value == request.method.value)
    })
}

fn page(
    given: GivenPage,
    request: Option<&PastedRequest>,
    preflight: Option<&PastedRequest>,
    console: &[PastedConsole],
    problems: &mut Vec<Problem>,
    assumptions: &mut Vec<Assumption>,
) -> Option<Page> {
    let headers = |name| [request, preflight].into_iter().flatten().find_map(|request| field(&request.headers, name));
    let origin = headers("origin");
    match given {
        GivenPage::Url(url) => {
            if let Some(origin) = origin
                && origin.value.text() != url.origin().ascii_serialization()
            {
                other_origin(origin, &url.origin().ascii_serialization(), problems);
            }
            return Some(Page::new(url.as_str()));
        }
        GivenPage::Opaque => {
            if let Some(origin) = origin.filter(|origin| origin.value.bytes() != b"null") {
                other_origin(origin, "null", problems);
            }
            return Some(opaque_page());
        }
        GivenPage::Bad(found) => problems.push(ProblemKind::Page { found }.nowhere()),
        GivenPage::Nothing => {}
    }
    let referer = headers("referer").and_then(|referer| Some((Url::parse(&referer.value.text()).ok()?, referer)));
    if let Some(origin) = origin {
        let span = Some(origin.value.span);
        let value = origin.value.text();
        if value == "null" {
            assumptions.push(AssumptionKind::PageFromOrigin { page: "null".into() }.at(span));
            return Some(opaque_page());
        }
        match Url::parse(&value) {
            Ok(url) if url.has_host() => {
                let referer = referer.map(|(referer, _)| referer).filter(|referer| referer.origin() == url.origin());
                let page = referer.unwrap_or(url);
                assumptions.push(AssumptionKind::PageFromOrigin { page: page.to_string() }.at(span));
                return Some(Page::new(page.as_str()));
            }
            _ => problems.push(ProblemKind::Page { found: value.into_owned() }.at(origin.value.span)),
        }
    } else if let Some((url, field)) = referer.filter(|(url, _)| url.has_host()) {
        assumptions.push(AssumptionKind::PageFromReferer { page: url.to_string() }.at(Some(field.value.span)));
        return Some(Page::new(url.as_str()));
    }
    let named = console.iter().find_map(|message| Some((message, message.message.slot("origin")?)));
    if let Some((message, origin)) = named.filter(|_| origin.is_none()) {
        let page = if origin == "null" { Some(opaque_page()) } else { Url::parse(origin).ok().map(|_| Page::new(origin)) };
        if page.is_some() {
            assumptions.push(AssumptionKind::PageFromConsole { page: origin.to_owned() }.at(Some(message.span)));
            return page;
        }
    }
    problems.push(ProblemKind::NoPage.nowhere());
    None
}

fn other_origin(origin: &PastedField, page: &str, problems: &mut Vec<Problem>) {
    let sent = origin.value.text().into_owned();
    problems.push(ProblemKind::OtherOrigin { sent, page: page.to_owned() }.at(origin.value.span));
}

/// A page whose origin is opaque: its URL is one that has no other.
fn opaque_page() -> Page {
    Page::new("data:text/html,")
}

/// The call that leads to this request.
fn from_request(request: &PastedRequest, preflight: Option<&PastedRequest>, assumptions: &mut Vec<Assumption>) -> Call {
    if let Some(call) = &request.call {
        return from_script(call, request, preflight, assumptions);
    }
    let author = author_headers(request, preflight, assumptions);
    let mut init = RequestInit { mode: Some("cors".into()), ..RequestInit::default() };
    if !request.method.is(b"GET") {
        init.method = Some(isomorphic_decode(request.method.bytes()));
    }
    if !author.is_empty() {
        let pair = |field: &&PastedField| (isomorphic_decode(field.name.bytes()), isomorphic_decode(field.value.bytes()));
        init.headers = Some(author.iter().map(pair).collect());
    }
    init.body = body(request);
    if let Some(cookie) = field(&request.headers, "cookie") {
        assumptions.push(AssumptionKind::CredentialsInclude.at(Some(cookie.span)));
        init.credentials = Some("include".into());
    }
    if let Some(stated) = field(&request.headers, "sec-fetch-mode")
        && let mode @ ("no-cors" | "same-origin") = stated.value.text().as_ref()
    {
        assumptions.push(AssumptionKind::Mode { mode: mode.to_owned() }.at(Some(stated.span)));
        init.mode = Some(mode.to_owned());
    }
    Call::fetch(url_or_unknown(request), init)
}

/// The call that the script itself shows. What developer tools copied has the browser's own headers in it as well.
fn from_script(
    call: &Call,
    request: &PastedRequest,
    preflight: Option<&PastedRequest>,
    assumptions: &mut Vec<Assumption>,
) -> Call {
    let mut call = call.clone();
    if !matches!(call, Call::Fetch { .. } | Call::Xhr { .. }) {
        return call;
    }
    let author: Vec<_> = if is_from_browser(request) {
        author_headers(request, preflight, assumptions)
    } else {
        request.headers.iter().filter(|field| !field.name.is(b"referer")).collect()
    };
    let pairs: Vec<_> = author.iter().map(|field| (field.name.text().into_owned(), field.value.text().into_owned())).collect();
    match &mut call {
        Call::Fetch { init, .. } => {
            init.headers = (!pairs.is_empty()).then_some(pairs);
            if let Some(cookie) = field(&request.headers, "cookie")
                && init.credentials.is_none()
            {
                assumptions.push(AssumptionKind::CredentialsInclude.at(Some(cookie.span)));
                init.credentials = Some("include".into());
            }
        }
        Call::Xhr { headers, .. } => *headers = pairs,
        _ => {}
    }
    call
}

fn url_or_unknown(request: &PastedRequest) -> String {
    request.url.clone().unwrap_or_else(|| UNKNOWN_HOST.to_owned())
}

/// A body of the same length, of a kind that implies no `Content-Type`.
fn body(request: &PastedRequest) -> Option<Body> {
    let body = request.body?;
    let length = body.length.or_else(|| body.span.map(|span| (span.end - span.start) as u64));
    match length {
        Some(0) => None,
        length => Some(Body::Bytes { length: length.unwrap_or(1) }),
    }
}

/// The call that a preflight asks for: its method, and its headers with values that are not safelisted.
fn from_preflight(preflight: &PastedRequest, problems: &mut Vec<Problem>, assumptions: &mut Vec<Assumption>) -> Call {
    assumptions.push(AssumptionKind::RequestFromPreflight.at(Some(preflight.start_line)));
    let mut init = RequestInit { mode: Some("cors".into()), ..RequestInit::default() };
    if let Some(method) = field(&preflight.headers, "access-control-request-method").filter(|method| !method.value.is(b"GET")) {
        init.method = Some(isomorphic_decode(method.value.bytes()));
    }
    let mut names = requested_names(preflight);
    if let Some(first) = names.get(MAX_HEADERS) {
        problems.push(ProblemKind::TooManyHeaders { limit: MAX_HEADERS }.at(first.span));
        names.truncate(MAX_HEADERS);
    }
    if !names.is_empty() {
        let pair = |name: &Excerpt| {
            let name = isomorphic_decode(name.bytes());
            let value = made_up_value(&name);
            (name, value.to_owned())
        };
        init.headers = Some(names.iter().map(pair).collect());
    }
    Call::fetch(url_or_unknown(preflight), init)
}

/// The elements of `Access-Control-Request-Headers`: as many as are read, and one more.
pub(crate) fn requested_names(preflight: &PastedRequest) -> Vec<Excerpt> {
    let mut names = Vec::new();
    for field in &preflight.headers {
        if field.name.is(b"access-control-request-headers") {
            let mut at = 0;
            for element in field.value.bytes().split(|&byte| byte == b',') {
                if names.len() > MAX_HEADERS {
                    break;
                }
                let name = field.value.slice(at..at + element.len()).trimmed();
                names.extend(Some(name).filter(|name| !name.bytes().is_empty()));
                at += element.len() + 1;
            }
        }
    }
    names
}

/// A value with which a header is not safelisted, so that the preflight asks for it.
pub(super) fn made_up_value(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "content-type" => "application/json",
        "accept" | "accept-language" | "content-language" => "\"\"",
        "range" => "bytes=-1",
        "authorization" => "Bearer x",
        _ => "x",
    }
}

/// The header lines that script set.
fn author_headers<'m>(
    request: &'m PastedRequest,
    preflight: Option<&PastedRequest>,
    assumptions: &mut Vec<Assumption>,
) -> Vec<&'m PastedField> {
    let from_browser = is_from_browser(request);
    let asked: Option<Vec<Excerpt>> = preflight.filter(|preflight| is_from_browser(preflight)).map(requested_names);
    let from_script = |field: &&PastedField| {
        let name = field.name.bytes().to_ascii_lowercase();
        let is_asked = asked.as_ref().is_some_and(|names| names.iter().any(|asked| asked.is(&name)));
        match origin_of(&name, field.value.bytes()) {
            SetBy::Others => false,
            SetBy::Script => true,
            SetBy::BrowserOrScript => is_asked || !from_browser,
            // A browser's preflight names all that script set and is not safelisted.
            SetBy::ScriptUnlessUnasked => is_asked || asked.is_none(),
        }
    };
    let (author, other): (Vec<_>, Vec<_>) = request.headers.iter().partition(from_script);
    let mut names: Vec<String> = Vec::new();
    for field in other {
        let name = field.name.text().into_owned();
        // NB: that script cannot set the others is no assumption.
        let doubtful = !matches!(origin_of(&field.name.bytes().to_ascii_lowercase(), field.value.bytes()), SetBy::Others);
        if doubtful && !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        assumptions.push(AssumptionKind::NotFromScript { names }.at(None));
    }
    author
}

/// Whether script set a header of a request that a browser sent.
pub(crate) fn is_author_header(name: &[u8], value: &[u8]) -> bool {
    matches!(origin_of(&name.to_ascii_lowercase(), value), SetBy::Script | SetBy::ScriptUnlessUnasked)
}

/// Who sets a header of a request.
enum SetBy {
    /// The browser, a tool, a proxy; script cannot, or what it says is what the browser says anyway.
    Others,
    Script,
    /// The browser does at times, and so can script.
    BrowserOrScript,
    /// Script, unless the preflight shows that it did not.
    ScriptUnlessUnasked,
}

fn origin_of(name: &[u8], value: &[u8]) -> SetBy {
    match name {
        // NB: without the value, which the rules for method overrides look at: those are script's.
        name if is_forbidden_request_header(SPEC, name, b"") => SetBy::Others,
        b"user-agent" | b"http2-settings" | b"alt-used" | b"access-control-request-private-network" => SetBy::Others,
        b"accept" if value == b"*/*" => SetBy::Others,
        b"accept" if value.starts_with(b"text/html") || value.starts_with(b"image/") => SetBy::BrowserOrScript,
        b"accept-language"
        | b"cache-control"
        | b"pragma"
        | b"priority"
        | b"upgrade-insecure-requests"
        | b"save-data"
        | b"if-none-match"
        | b"if-modified-since"
        | b"purpose"
        | b"x-client-data"
        | b"downlink"
        | b"ect"
        | b"rtt"
        | b"dpr"
        | b"device-memory"
        | b"viewport-width"
        | b"width" => SetBy::BrowserOrScript,
        b"authorization" => SetBy::ScriptUnlessUnasked,
        _ => SetBy::Script,
    }
}

/// Whether a browser sent the request.
fn is_from_browser(request: &PastedRequest) -> bool {
    request.form != PastedForm::Marked
        && (["sec-fetch-mode", "sec-ch-ua"].iter().any(|name| field(&request.headers, name).is_some())
            // NB: as developer tools copy a call, with what the browser adds and without its name.
            || request.form == PastedForm::Call
                && ["priority", "accept-language"].iter().all(|name| field(&request.headers, name).is_some())
            || field(&request.headers, "user-agent").is_some_and(|agent| agent.value.bytes().starts_with(b"Mozilla/")))
}

fn accept_language(request: &PastedRequest) -> Option<ByteString> {
    field(&request.headers, "accept-language").map(|field| field.value.value.clone())
}
