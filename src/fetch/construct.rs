//! `fetch()` and the [Request constructor](https://fetch.spec.whatwg.org/#dom-request): what throws, what is dropped
//! without a word, and the request that is left.

use crate::deviations::Deviation;
use crate::fetch::environment::Environment;
use crate::http::header_list::{Header, HeaderList};
use crate::http::headers_guard::{Edited, Guard, HeaderError, Headers};
use crate::http::method;
use crate::http::modes::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode};
use crate::http::request::{BodySource, Prompts, Referrer, Request, RequestBody, ServiceWorkersMode, UseCorsPreflight};
use crate::infra::bytes::ByteString;
use crate::infra::url_parser;
use crate::report::{ExceptionName, Threw};
use crate::scenario::{Body, Global, HeaderEdit, InitWindow, RequestInit};
use crate::spec::Algorithm;
use crate::trace::{DropReason, Event, EventKind, ThrowCheck, Trace};

/// `fetch(url, init)`, with changes to `request.headers` in between if there are any.
pub(crate) fn fetch(
    environment: &Environment<'_>,
    url: &str,
    init: &RequestInit,
    edits: &[HeaderEdit],
    trace: &mut impl Trace,
) -> Result<Request, Threw> {
    let (mut request, mut headers) = new_request(environment, url, init, trace)?;
    for (edit, change) in edits.iter().enumerate() {
        edit_headers(&mut headers, edit, change, trace);
    }
    request.header_list = headers.into_list();
    if environment.profile.has(Deviation::HeaderLinesJoined) {
        request.header_list = joined_lines(&request.header_list);
    }
    // NB: `fetch(request)` runs the constructor once more, with an empty init, which changes nothing that matters here.
    // A service worker's own fetches are not given to it again: <https://fetch.spec.whatwg.org/#dom-global-fetch>.
    if environment.global == Global::ServiceWorker {
        request.service_workers_mode = ServiceWorkersMode::None;
    }
    Ok(request)
}

/// The list with one line for each name, where its first one was.
fn joined_lines(headers: &HeaderList) -> HeaderList {
    let mut lines = HeaderList::new();
    headers.iter().for_each(|Header(name, value)| lines.combine(name.as_bytes(), value.as_bytes()));
    lines
}

/// A throw of the constructor's step `number`.
fn type_error(number: &'static str, because: ThrowCheck) -> Threw {
    Threw { error: Some(ExceptionName::TypeError), because, step: Algorithm::NewRequest.step(number) }
}

/// <https://fetch.spec.whatwg.org/#dom-request>
fn new_request(
    environment: &Environment<'_>,
    url: &str,
    init: &RequestInit,
    trace: &mut impl Trace,
) -> Result<(Request, Headers), Threw> {
    // NB: Web IDL converts the members of init before the first step, in the order of their names.
    let init = Converted::new(init)?;

    // 1.-5. The input is a string.
    let parsed = url_parser::join(&environment.base_url, url).map_err(|_| type_error("5.2", ThrowCheck::Url))?;
    if includes_credentials(&parsed) {
        return Err(type_error("5.3", ThrowCheck::UrlCredentials));
    }
    // 10. 11. Only `null` is allowed as window, and means that nobody is asked for a password.
    let mut request = Request::new(parsed, environment.origin.clone());
    match init.window {
        Some(InitWindow::Other) => return Err(type_error("10", ThrowCheck::Window)),
        Some(InitWindow::Null) => request.prompts = Prompts::NoTraversable,
        None => {}
    }
    // 12. From here on methods and headers of any kind are possible.
    request.unsafe_request = true;
    // 14. The referrer may only be a URL of the page's own origin.
    if let Some(referrer) = init.referrer {
        request.referrer = if referrer.is_empty() {
            Referrer::NoReferrer
        } else {
            let parsed =
                url_parser::join(&environment.base_url, referrer).map_err(|_| type_error("14.3.2", ThrowCheck::Referrer))?;
            // NB: `about:client` is of no page's origin either.
            if environment.origin.is_of_url(&parsed) { Referrer::Url(parsed.into()) } else { Referrer::Client }
        };
    }
    // 15.
    request.referrer_policy = init.referrer_policy.unwrap_or(ReferrerPolicy::Empty);
    // 16.-18. A string as input makes the mode cors unless init says otherwise.
    request.mode = match init.mode {
        Some(RequestMode::Navigate) => return Err(type_error("17", ThrowCheck::ModeNavigate)),
        mode => mode.unwrap_or(RequestMode::Cors),
    };
    // 19. 20.
    request.credentials_mode = init.credentials.unwrap_or(CredentialsMode::SameOrigin);
    request.cache_mode = init.cache.unwrap_or(CacheMode::Default);
    // 21.
    if request.cache_mode == CacheMode::OnlyIfCached && request.mode != RequestMode::SameOrigin {
        return Err(type_error("21", ThrowCheck::OnlyIfCached));
    }
    // 22.-24.
    request.redirect_mode = init.redirect.unwrap_or(RedirectMode::Follow);
    request.integrity_metadata = init.integrity.unwrap_or_default().to_owned();
    request.keepalive = init.keepalive;
    // 25.
    if let Some(method) = init.method {
        request.method = checked_method(method, trace)?;
    }
    // 31. 32. Mode no-cors narrows both the methods and the headers.
    let mut headers = Headers::new(Guard::Request, HeaderList::new()).with_profile(environment.profile);
    if request.mode == RequestMode::NoCors {
        if !method::is_cors_safelisted(request.method.as_bytes()) {
            return Err(type_error("32.1", ThrowCheck::MethodNoCors));
        }
        headers = Headers::new(Guard::RequestNoCors, HeaderList::new()).with_profile(environment.profile);
    }
    // 33.
    for (line, (name, value)) in init.headers.into_iter().enumerate() {
        append(&mut headers, &name, &value, trace).map_err(|error| Threw {
            error: Some(ExceptionName::TypeError),
            because: header_check(error, line),
            step: Algorithm::HeadersValidate.step("1"),
        })?;
    }
    // 35.
    let Some(body) = init.body else { return Ok((request, headers)) };
    if matches!(request.method.as_bytes(), b"GET" | b"HEAD") {
        return Err(type_error("35", ThrowCheck::BodyWithGetOrHead));
    }
    // 37. The body's kind may imply a type, which goes through the guard like any header.
    let as_text = Body::Text { text: "[object ReadableStream]".into() };
    let body = match body {
        Body::Stream { .. } if environment.profile.has(Deviation::StreamBodyIsText) => &as_text,
        body => body,
    };
    let (body, implied_type) = extract(body, request.keepalive)?;
    if let Some(value) = implied_type
        && !headers.list().contains(b"Content-Type")
    {
        trace.record(|| Event {
            step: Algorithm::NewRequest.step("37.4"),
            hop: 0,
            what: EventKind::ContentTypeImplied { value: value.clone() },
        });
        if environment.profile.has(Deviation::ImpliedTypeUnguarded) {
            headers.append_unguarded(b"Content-Type", value.as_bytes());
        } else {
            // NB: a Blob's type has been checked by the Blob; anything else here is a constant. So nothing can throw.
            let _ = append(&mut headers, &ByteString::from(b"Content-Type"), &value, trace);
        }
    }
    // 39. A stream: half duplex only, under the CORS protocol only, and always with a preflight.
    if body.source == BodySource::Null && !environment.profile.has(Deviation::StreamBodyNotSupported) {
        if !init.duplex {
            return Err(type_error("39.1", ThrowCheck::StreamDuplex));
        }
        if !matches!(request.mode, RequestMode::SameOrigin | RequestMode::Cors) {
            return Err(type_error("39.2", ThrowCheck::StreamMode));
        }
        request.use_cors_preflight = Some(UseCorsPreflight::StreamBody);
        if environment.profile.has(Deviation::StreamBodyMakesCors) {
            request.mode = RequestMode::Cors;
        }
    }
    // 42.
    request.body = Some(body);
    Ok((request, headers))
}

/// A URL that [includes credentials](https://url.spec.whatwg.org/#include-credentials).
pub(crate) fn includes_credentials(url: &url::Url) -> bool {
    !url.username().is_empty() || url.password().is_some_and(|password| !password.is_empty())
}

/// Step 25: the method, normalized.
fn checked_method(given: ByteString, trace: &mut impl Trace) -> Result<ByteString, Threw> {
    // 25.2.
    if !method::is_method(given.as_bytes()) {
        return Err(type_error("25.2", ThrowCheck::MethodNotToken));
    }
    if method::is_forbidden(given.as_bytes()) {
        return Err(type_error("25.2", ThrowCheck::MethodForbidden));
    }
    // 25.3.
    Ok(normalized(given, trace))
}

/// The method in upper case, if it is one of the six.
pub(crate) fn normalized(given: ByteString, trace: &mut impl Trace) -> ByteString {
    let normalized = ByteString::from(&*method::normalize(given.as_bytes()));
    if normalized != given {
        trace.record(|| Event {
            step: Algorithm::NormalizeMethod.step(""),
            hop: 0,
            what: EventKind::MethodNormalized { from: given, to: normalized.clone() },
        });
    }
    normalized
}

/// <https://fetch.spec.whatwg.org/#concept-headers-append>, with what it drops on record.
fn append(headers: &mut Headers, name: &ByteString, value: &ByteString, trace: &mut impl Trace) -> Result<(), HeaderError> {
    headers
        .append(name.as_bytes(), value.as_bytes())
        .map(|edited| record_drops(edited, name, value, Algorithm::HeadersAppend, trace))
}

/// One change of `request.headers`.
fn edit_headers(headers: &mut Headers, edit: usize, change: &HeaderEdit, trace: &mut impl Trace) {
    let (algorithm, name, value) = match change {
        HeaderEdit::Append { name, value } => (Algorithm::HeadersAppend, name, value.as_str()),
        HeaderEdit::Set { name, value } => (Algorithm::HeadersSet, name, value.as_str()),
        HeaderEdit::Delete { name } => (Algorithm::HeadersDelete, name, ""),
    };
    let bytes = |text: &str| ByteString::from_isomorphic(text).map_err(|_| ThrowCheck::NotByteString { member: "headers" });
    let changed = bytes(name).and_then(|name| Ok((name, bytes(value)?))).and_then(|(name, value)| {
        let changed = match change {
            HeaderEdit::Append { .. } => headers.append(name.as_bytes(), value.as_bytes()),
            HeaderEdit::Set { .. } => headers.set(name.as_bytes(), value.as_bytes()),
            HeaderEdit::Delete { .. } => headers.delete(name.as_bytes()),
        };
        let edited = changed.map_err(|error| header_check(error, edit))?;
        record_drops(edited, &name, &value, algorithm, trace);
        Ok(())
    });
    if let Err(check) = changed {
        trace.record(|| Event { step: algorithm.step(""), hop: 0, what: EventKind::HeaderEditThrew { edit, check } });
    }
}

/// Puts on record what an edit dropped.
fn record_drops(edited: Edited, name: &ByteString, value: &ByteString, algorithm: Algorithm, trace: &mut impl Trace) {
    let dropped = match edited {
        Edited::Done => Vec::new(),
        Edited::DoneAndPurged(headers) => {
            headers.into_iter().map(|Header(name, value)| (name, value, DropReason::Privileged)).collect()
        }
        Edited::Dropped(reason) => vec![(name.clone(), value.clone(), reason)],
    };
    for (name, value, reason) in dropped {
        let number = match (reason, algorithm) {
            (DropReason::Forbidden, _) => "2",
            (DropReason::NoCors, Algorithm::HeadersAppend) => "3.4",
            (DropReason::NoCors, Algorithm::HeadersSet) => "3",
            (DropReason::NoCors, _) => "2",
            (DropReason::Privileged, _) => "5",
        };
        trace.record(|| Event { step: algorithm.step(number), hop: 0, what: EventKind::HeaderDropped { name, value, reason } });
    }
}

fn header_check(error: HeaderError, line: usize) -> ThrowCheck {
    match error {
        // NB: no guard is immutable here.
        HeaderError::Name | HeaderError::Immutable => ThrowCheck::HeaderName { line },
        HeaderError::Value => ThrowCheck::HeaderValue { line },
    }
}

/// The members of init after Web IDL has converted them.
struct Converted<'a> {
    method: Option<ByteString>,
    headers: Vec<(ByteString, ByteString)>,
    body: Option<&'a Body>,
    mode: Option<RequestMode>,
    credentials: Option<CredentialsMode>,
    cache: Option<CacheMode>,
    redirect: Option<RedirectMode>,
    referrer: Option<&'a str>,
    referrer_policy: Option<ReferrerPolicy>,
    integrity: Option<&'a str>,
    keepalive: bool,
    duplex: bool,
    window: Option<InitWindow>,
}

impl<'a> Converted<'a> {
    fn new(init: &'a RequestInit) -> Result<Self, Threw> {
        let headers = init.headers.iter().flatten();
        Ok(Self {
            body: init.body.as_ref(),
            cache: word("cache", init.cache.as_deref(), CacheMode::parse)?,
            credentials: word("credentials", init.credentials.as_deref(), CredentialsMode::parse)?,
            duplex: word("duplex", init.duplex.as_deref(), |word| (word == "half").then_some(()))?.is_some(),
            headers: headers
                .map(|(name, value)| Ok((bytes("headers", name)?, bytes("headers", value)?)))
                .collect::<Result<_, _>>()?,
            integrity: init.integrity.as_deref(),
            keepalive: init.keepalive.unwrap_or(false),
            method: init.method.as_deref().map(|method| bytes("method", method)).transpose()?,
            // NB: `websocket` and `webtransport` are modes of requests, but no values of the enumeration that script has.
            mode: word("mode", init.mode.as_deref(), |word| {
                RequestMode::parse(word).filter(|mode| !matches!(mode, RequestMode::WebSocket | RequestMode::WebTransport))
            })?,
            redirect: word("redirect", init.redirect.as_deref(), RedirectMode::parse)?,
            referrer: init.referrer.as_deref(),
            referrer_policy: word("referrerPolicy", init.referrer_policy.as_deref(), ReferrerPolicy::parse)?,
            window: init.window,
        })
    }
}

/// <https://webidl.spec.whatwg.org/#js-enumeration>
fn word<T>(member: &'static str, given: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Threw> {
    given.map(|word| parse(word).ok_or_else(|| type_error("", ThrowCheck::Enumeration { member }))).transpose()
}

/// <https://webidl.spec.whatwg.org/#js-ByteString>
fn bytes(member: &'static str, given: &str) -> Result<ByteString, Threw> {
    ByteString::from_isomorphic(given).map_err(|_| type_error("", ThrowCheck::NotByteString { member }))
}

/// <https://fetch.spec.whatwg.org/#concept-bodyinit-extract>: the body, and the type that it implies.
pub(crate) fn extract(body: &Body, keepalive: bool) -> Result<(RequestBody, Option<ByteString>), Threw> {
    let throw = |because| Threw { error: Some(ExceptionName::TypeError), because, step: Algorithm::ExtractBody.step("10") };
    let known = |length| RequestBody { source: BodySource::Known, length };
    Ok(match body {
        Body::Text { text } => (known(Some(text.len() as u64)), Some(ByteString::from(b"text/plain;charset=UTF-8"))),
        Body::Bytes { length } => (known(Some(*length)), None),
        Body::Blob { mime_type, length } => {
            // NB: a Blob keeps a type of printable ASCII only, in lower case: <https://w3c.github.io/FileAPI/#constructorBlob>.
            let printable = mime_type.bytes().all(|byte| (0x20..=0x7e).contains(&byte));
            let implied = (printable && !mime_type.is_empty()).then(|| mime_type.to_ascii_lowercase().into_bytes().into());
            (known(Some(*length)), implied)
        }
        // NB: the boundary is random; what follows it decides nothing.
        Body::FormData { length } => (known(*length), Some(ByteString::from(b"multipart/form-data; boundary=----boundary"))),
        Body::UrlSearchParams { text } => {
            (known(Some(text.len() as u64)), Some(ByteString::from(b"application/x-www-form-urlencoded;charset=UTF-8")))
        }
        Body::Stream { .. } if keepalive => return Err(throw(ThrowCheck::StreamKeepalive)),
        Body::Stream { disturbed: true } => return Err(throw(ThrowCheck::StreamDisturbed)),
        Body::Stream { disturbed: false } => (RequestBody { source: BodySource::Null, length: None }, None),
        // NB: `fetch()` knows no documents and sends "[object HTMLDocument]"; XHR never asks here.
        Body::Document { html, .. } => {
            let text = if *html { "[object HTMLDocument]" } else { "[object XMLDocument]" };
            (known(Some(text.len() as u64)), Some(ByteString::from(b"text/plain;charset=UTF-8")))
        }
    })
}
