//! Chromium's words. Its network service says which check failed and with what; the renderer puts the page, the URLs and
//! the kind of the request around it.

use std::collections::BTreeSet;

use url::{Host, Url};

use super::header_order::in_table;
use super::messages::chromium as say;
use super::messages::{
    CHROMIUM_SCHEMES, FALLBACK, FETCH_SUFFIX, Message, NetError, REDIRECTED_FROM, XHR_SUFFIX, chromium_action, chromium_kind,
    chromium_mixed_kind,
};
use super::subject::{Answered, Subject, Trouble, without_userinfo};
use super::{Console, ConsoleLine, CorsErrorStatus, NotModelled};
use crate::cors::corp::CorpBlocked;
use crate::error_code::NetworkErrorCode as Code;
use crate::explain::catalogue::{Slot, fill};
use crate::explain::diagnose;
use crate::http::blocking::determine_nosniff;
use crate::http::extract::{extract_mime_type, extract_tokens};
use crate::http::header_list::joined;
use crate::http::modes::{CredentialsMode, RequestMode, ResponseType};
use crate::http::request_header::is_forbidden_request_header;
use crate::http::response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name};
use crate::http::status;
use crate::infra::bytes::ByteString;
use crate::infra::mime::MimeType;
use crate::infra::origin::url_is_potentially_trustworthy;
use crate::network::FailureKind;
use crate::profile::CHROMIUM;
use crate::report::{FailedCheck, FetchReport, NetworkError, Outcome};
use crate::scenario::{Call, Global};
use crate::trace::{PreloadKey, Upgrade};

const JAVASCRIPT: &str = "javascript";
const NETWORK: &str = "network";
const SECURITY: &str = "security";

/// What the name of a CORS error stands after, in the id of its message.
const CODE: &str = "CorsError.";

/// What Chromium prints.
pub(super) fn console(subject: &Subject) -> Console {
    let lines = refused_headers(subject).chain(not_upgraded(subject)).chain(upgraded(subject)).chain(preload(subject)).collect();
    let mut console = Console { lines, ..Console::default() };
    match &subject.report().outcome {
        Outcome::NetworkError(error) => {
            failure(subject, error, &mut console);
            let is_script =
                matches!(subject.call(), Call::Script { .. } | Call::Import { .. }) || subject.call().preloads_as("script");
            let is_refused = matches!(error.code, Code::MimeType | Code::Nosniff) && !subject.is_kept_from_element();
            if is_refused && is_script {
                console.lines.extend(bad_status(subject));
            }
            match subject.used_preload() {
                Some(preload) => console.lines.extend(preload.error().and_then(|error| refused_type(subject, &preload, error))),
                None => console.lines.extend(refused_type(subject, subject, error)),
            }
        }
        Outcome::Response(_) => {
            // NB: what is kept from elements is kept without a word.
            console.lines.extend(bad_status(subject).filter(|_| !subject.is_kept_from_element()));
            console.lines.extend(bad_type(subject));
        }
        _ => {}
    }
    console
}

/// An image or a medium that a secure page gets from this machine without security.
fn not_upgraded(subject: &Subject) -> Option<ConsoleLine> {
    let message = match subject.insecure_local()? {
        Host::Domain(_) => say::MIXED_NOT_UPGRADED_LOCAL,
        Host::Ipv4(_) | Host::Ipv6(_) => say::MIXED_NOT_UPGRADED_IP,
    };
    let slots = [("page", subject.mixed_page().into_owned()), ("url", subject.first_url().to_owned())];
    Some(message.warning(SECURITY, &slots))
}

/// An image or a medium that a secure page asks for without security, and gets with it. Of redirects nothing is said.
fn upgraded(subject: &Subject) -> Option<ConsoleLine> {
    let slots = [("page", subject.page.url.clone()), ("url", subject.first_url().to_owned())];
    (subject.upgrade(0) == Some(Upgrade::MixedContent)).then(|| say::MIXED_UPGRADED.warning(SECURITY, &slots))
}

/// What it prints when script asks for a header of a response that it may not see.
pub(super) fn get_response_header(report: &FetchReport, name: &str) -> Option<ConsoleLine> {
    let Outcome::Response(response) = &report.outcome else { return None };
    let bytes = name.as_bytes();
    // NB: a name that no header of the response has is refused as well, unless it is exposed.
    let is_exposed = || {
        let answer = report.exchanges.last().and_then(|exchange| exchange.response.as_ref());
        let listed = answer.map(|answer| extract_tokens(answer.headers.as_slice(), b"access-control-expose-headers"));
        let Some(Ok(Some(listed))) = listed else { return false };
        // NB: a wildcard stands for the headers that are there, and for them alone.
        let has_credentials = report.request.as_ref().is_some_and(|request| request.credentials == CredentialsMode::Include);
        let is_wildcard = !has_credentials && listed.iter().any(|token| token.bytes == b"*");
        !is_wildcard && listed.iter().any(|token| token.bytes.eq_ignore_ascii_case(bytes))
    };
    let is_visible = response.response_type == ResponseType::Basic
        || is_cors_safelisted_response_header_name(bytes)
        || response.headers.contains(bytes)
        || is_exposed();
    let is_refused = is_forbidden_response_header_name(bytes) || !is_visible;
    is_refused.then(|| say::HEADER_GET.error(JAVASCRIPT, &[("name", name.into())]))
}

/// A line for each header that an XHR may not set.
fn refused_headers<'a>(subject: &Subject<'a>) -> impl Iterator<Item = ConsoleLine> + 'a {
    let headers = match subject.call() {
        Call::Xhr { headers, .. } if subject.has_opened() => headers.as_slice(),
        _ => &[],
    };
    let is_refused = |(name, value): &&(String, String)| is_forbidden_request_header(CHROMIUM, name.as_bytes(), value.as_bytes());
    let refused = headers.iter().filter(is_refused);
    refused.map(|(name, _)| say::HEADER_SET.error(JAVASCRIPT, &[("name", name.clone())]))
}

/// A response whose status is an error, whether script may read it or not.
fn bad_status(subject: &Subject) -> Option<ConsoleLine> {
    let answer = subject.report().exchanges.last()?.response.as_ref()?;
    let text = String::from_utf8_lossy(answer.status_text.as_bytes()).into_owned();
    (answer.status >= 400).then(|| say::NET_STATUS.error(NETWORK, &[("code", answer.status.to_string()), ("text", text)]))
}

/// A response whose MIME type its consumer does not take.
fn bad_type(subject: &Subject) -> Option<ConsoleLine> {
    let answered = subject.taken().filter(|answered| status::is_ok(answered.answer.status))?;
    let mime_type = extract_mime_type(answered.headers());
    let essence = answered.essence().unwrap_or_default();
    let message = match subject.call() {
        Call::EventSource { .. } if essence != "text/event-stream" && answered.answer.status == 200 => say::EVENT_SOURCE_MIME,
        Call::Script { module: true, .. } | Call::Import { .. } if !mime_type.as_ref().is_some_and(MimeType::is_javascript) => {
            say::MODULE_MIME
        }
        _ => return None,
    };
    Some(message.error(JAVASCRIPT, &[("type", essence)]))
}

/// A response whose MIME type is refused before its consumer gets it, or before `asked` did, which has preloaded it.
fn refused_type(subject: &Subject, asked: &Subject, error: &NetworkError) -> Option<ConsoleLine> {
    // NB: what is kept from elements is kept without a word.
    let answered = asked.last_answered().filter(|_| !asked.is_kept_from_element())?;
    let must_be_sure = determine_nosniff(answered.headers());
    let is_read = status::is_ok(answered.answer.status);
    let (message, source) = match (error.code, subject.call()) {
        (Code::Nosniff | Code::MimeType, Call::Script { module: true, .. } | Call::Import { .. }) if is_read => {
            (say::MODULE_MIME, JAVASCRIPT)
        }
        (_, Call::Script { module: true, .. } | Call::Import { .. }) => return None,
        (Code::Nosniff | Code::MimeType, Call::Script { .. }) if must_be_sure => (say::SCRIPT_NOSNIFF, SECURITY),
        (Code::MimeType, Call::Script { .. }) => (say::SCRIPT_MIME, SECURITY),
        (Code::Nosniff, Call::Stylesheet { .. }) => (say::STYLE_MIME, SECURITY),
        (Code::Nosniff, call) if call.preloads_as("style") => (say::STYLE_MIME, SECURITY),
        _ => return None,
    };
    let slots = [("type", answered.essence().unwrap_or_default()), ("url", asked.url_of(answered.exchange).into_owned())];
    Some(message.error(source, &slots))
}

fn failure(subject: &Subject, error: &NetworkError, console: &mut Console) {
    let answer = subject.last_exchange().and_then(|exchange| exchange.response.as_ref());
    if answer.is_some_and(|answer| answer.status == 407) && error.code != Code::UrlCredentials {
        // NB: no server behind the connection may ask for a proxy's password, and so the answer is not looked at.
        return console.lines.push(net_error(NetError::UNEXPECTED_PROXY_AUTH));
    }
    match subject.trouble(error) {
        Trouble::Preflight(answered) => {
            let (message, parameter) = preflight(subject, error, &answered);
            blocked(subject, error.hop, message, &parameter, console);
        }
        Trouble::Check(answered) => {
            let (refusal, parameter) = access(&answered);
            blocked(subject, error.hop, refusal.of_response(), &parameter, console);
        }
        Trouble::PreflightLost(_) | Trouble::Other => other(subject, error, console),
    }
}

/// The ways in which an answer fails Chromium's access check.
#[derive(Clone, Copy)]
enum Refusal {
    Wildcard,
    Missing,
    Multiple,
    Invalid,
    Mismatch,
    Credentials,
}

impl Refusal {
    const fn of_response(self) -> Message {
        match self {
            Self::Wildcard => say::WILDCARD_ORIGIN_NOT_ALLOWED,
            Self::Missing => say::MISSING_ALLOW_ORIGIN_HEADER,
            Self::Multiple => say::MULTIPLE_ALLOW_ORIGIN_VALUES,
            Self::Invalid => say::INVALID_ALLOW_ORIGIN_VALUE,
            Self::Mismatch => say::ALLOW_ORIGIN_MISMATCH,
            Self::Credentials => say::INVALID_ALLOW_CREDENTIALS,
        }
    }

    const fn of_preflight(self) -> Message {
        match self {
            Self::Wildcard => say::PREFLIGHT_WILDCARD_ORIGIN_NOT_ALLOWED,
            Self::Missing => say::PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER,
            Self::Multiple => say::PREFLIGHT_MULTIPLE_ALLOW_ORIGIN_VALUES,
            Self::Invalid => say::PREFLIGHT_INVALID_ALLOW_ORIGIN_VALUE,
            Self::Mismatch => say::PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
            Self::Credentials => say::PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
        }
    }
}

/// Why an answer that fails the CORS check does, and the value that is to blame.
fn access(answered: &Answered) -> (Refusal, Vec<u8>) {
    let Some(allowed) = answered.allow_origin() else { return (Refusal::Missing, Vec::new()) };
    if &*allowed == b"*" {
        return (Refusal::Wildcard, Vec::new());
    }
    if allowed == answered.origin() {
        return (Refusal::Credentials, answered.allow_credentials().unwrap_or_default().into_owned());
    }
    let refusal = if allowed.iter().any(|byte| matches!(byte, b' ' | b',')) {
        Refusal::Multiple
    } else if &*allowed != b"null" && !is_url(&allowed) {
        Refusal::Invalid
    } else {
        Refusal::Mismatch
    };
    (refusal, allowed.into_owned())
}

/// Whether Chromium's parser takes a value for a URL. It lets a space into a host, though not into a port.
fn is_url(value: &[u8]) -> bool {
    let value = String::from_utf8_lossy(value);
    let Some((scheme, rest)) = value.split_once("://") else { return Url::parse(&value).is_ok() };
    let (host, rest) = rest.split_at(rest.find([':', '/', '?', '#']).unwrap_or(rest.len()));
    Url::parse(&[scheme, "://", &host.replace("%20", "").replace(' ', ""), rest].concat()).is_ok()
}

/// Why the answer to a preflight does not let the request go out, in Chromium's order: a redirect before all, the access
/// check before the status.
fn preflight(subject: &Subject, error: &NetworkError, answered: &Answered) -> (Message, Vec<u8>) {
    let requested = |name: &[u8]| joined(&answered.exchange.request.headers, name).unwrap_or_default().into_owned();
    match error.code {
        _ if answered.has_location(CHROMIUM) => (say::PREFLIGHT_DISALLOWED_REDIRECT, Vec::new()),
        Code::PreflightCors => {
            let (refusal, parameter) = access(answered);
            (refusal.of_preflight(), parameter)
        }
        Code::PreflightStatus => (say::PREFLIGHT_INVALID_STATUS, Vec::new()),
        Code::PreflightParse if answered.has_bad_methods() => (say::INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE, Vec::new()),
        Code::PreflightParse => (say::INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE, Vec::new()),
        Code::PreflightMethod => (say::METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE, requested(b"access-control-request-method")),
        _ => (say::HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE, refused_header(subject, answered)),
    }
}

/// The header that Chromium finds first of those that a preflight's answer does not allow.
fn refused_header(subject: &Subject, answered: &Answered) -> Vec<u8> {
    let refused: Vec<&[u8]> = answered.refused_headers(subject.case.credentials()).collect();
    if let [only] = refused.as_slice() {
        return only.to_vec();
    }
    let set = subject.report().request.as_ref().map_or(&[][..], |request| request.headers.as_slice());
    let mut names: Vec<&[u8]> = set.iter().map(|header| header.0.as_bytes()).collect();
    // NB: `fetch()` has them in order already. To a secure server the browser adds hints of what it is.
    if matches!(subject.call(), Call::Fetch { .. }) {
        names.sort_by_key(|name| name.to_ascii_lowercase());
    }
    if answered.exchange.request.url.starts_with("https:") {
        names.extend([&b"sec-ch-ua"[..], b"sec-ch-ua-mobile", b"sec-ch-ua-platform"]);
    }
    let mut table = in_table(&names);
    // NB: an XHR has a table of its own, from which the request's is filled.
    if matches!(subject.call(), Call::Xhr { .. }) {
        let is_own = |name: &&[u8]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
        let own: Vec<&[u8]> = table.iter().map(ByteString::as_bytes).filter(is_own).collect();
        table = in_table(&own);
    }
    let first = table.into_iter().find(|name| refused.contains(&name.as_bytes()));
    first.map_or_else(|| refused.first().map(|name| name.to_vec()).unwrap_or_default(), ByteString::into_bytes)
}

/// What is printed of a request that CORS blocked at `hop`.
fn blocked(subject: &Subject, hop: usize, message: Message, parameter: &[u8], console: &mut Console) {
    blocked_at(subject, &subject.url(hop), message, parameter, console);
}

fn blocked_at(subject: &Subject, url: &str, message: Message, parameter: &[u8], console: &mut Console) {
    let call = subject.call();
    // NB: what an element asks for first is named without user name and password. `fetch()` refuses them, and so do redirects.
    let asked = subject.url(0);
    let first = match call {
        Call::Xhr { .. } => asked.clone(),
        _ => without_userinfo(&asked),
    };
    let (redirected, url) = match url == asked {
        true => (String::new(), &*first),
        false => (fill(REDIRECTED_FROM, &[("initial_url", first.clone().into_owned())]), url),
    };
    let suffix = |applies: bool, text: &str| if applies { text.into() } else { String::new() };
    let slots = [
        ("kind", chromium_kind(call).into()),
        ("url", url.into()),
        ("redirected", redirected),
        // NB: always the page's, even where the request went out with `null` after redirects.
        ("origin", subject.case.origin.clone()),
        ("hint", escaped(parameter)),
        ("fetch_suffix", suffix(matches!(call, Call::Fetch { .. }), FETCH_SUFFIX)),
        ("xhr_suffix", suffix(matches!(call, Call::Xhr { .. }), XHR_SUFFIX)),
        ("schemes", CHROMIUM_SCHEMES.into()),
        ("space", subject.address_space(url).into()),
    ];
    console.lines.push(message.error(JAVASCRIPT, &slots));
    console.lines.push(net_error(NetError::FAILED));
    let failed_parameter = std::str::from_utf8(parameter).unwrap_or_default().to_owned();
    console.cors_error = message.id.strip_prefix(CODE).map(|code| CorsErrorStatus { code, failed_parameter });
}

/// A value as it stands in a message.
fn escaped(value: &[u8]) -> String {
    let mut text = String::with_capacity(value.len());
    for &byte in value {
        match byte {
            b' '..=b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\u{byte:04X}")),
        }
    }
    text
}

fn net_error(name: &str) -> ConsoleLine {
    say::NET_FAILED.error(NETWORK, &[("net_error", name.into())])
}

/// A preload that is none, or one that is not used.
fn preload(subject: &Subject) -> Option<ConsoleLine> {
    if let (Some(attribute), Outcome::Threw(_)) = (subject.preload_attribute(), &subject.report().outcome) {
        const KNOWN: [&str; 12] = [
            "audio",
            "audioworklet",
            "document",
            "embed",
            "manifest",
            "object",
            "paintworklet",
            "report",
            "sharedworker",
            "video",
            "worker",
            "xslt",
        ];
        let is_known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(attribute));
        let message = if is_known { say::PRELOAD_AS_UNSUPPORTED } else { say::PRELOAD_AS_INVALID };
        return Some(message.warning(JAVASCRIPT, &[]));
    }
    let message = match subject.preload_differs()? {
        PreloadKey::Credentials => say::PRELOAD_CREDENTIALS,
        PreloadKey::Mode => say::PRELOAD_MODE,
        PreloadKey::Method => say::PRELOAD_METHOD,
        PreloadKey::Synchronous => say::PRELOAD_SYNCHRONOUS,
        PreloadKey::Keepalive => say::PRELOAD_KEEPALIVE,
        PreloadKey::Headers => say::PRELOAD_UNKNOWN,
        _ => return None,
    };
    let url = subject.url(0);
    let url = url.split('#').next().unwrap_or_default();
    Some(message.warning(JAVASCRIPT, &[("url", url.into())]))
}

/// What is printed of a request that failed, and not because of what an answer says of CORS.
fn other(subject: &Subject, error: &NetworkError, console: &mut Console) {
    let url = with_root(&subject.url(error.hop));
    let is_fetch = matches!(subject.call(), Call::Fetch { .. });
    let slots = |url: &str| -> Vec<Slot> {
        vec![
            ("url", url.into()),
            ("origin", subject.case.origin.clone()),
            ("page", subject.page.url.clone()),
            ("scheme", url.split(':').next().unwrap_or_default().into()),
        ]
    };
    let line = |message: Message, source| message.error(source, &slots(&url));
    let net = match error.code {
        Code::ContentSecurityPolicy => return policy(subject, &url, console),
        Code::LocalNetworkInsecure => return blocked(subject, error.hop, say::INSECURE_LOCAL_NETWORK, b"", console),
        Code::LocalNetworkDenied => {
            return blocked(subject, error.hop, say::LOCAL_NETWORK_ACCESS_PERMISSION_DENIED, b"", console);
        }
        Code::SameOriginMode if error.hop == 0 => return console.lines.push(line(say::FETCH_SAME_ORIGIN_MODE, JAVASCRIPT)),
        Code::SameOriginMode => return console.lines.push(line(say::REDIRECT_SAME_ORIGIN_MODE, SECURITY)),
        Code::NoCorsRedirectMode => return console.lines.push(line(say::NO_CORS_REDIRECT_MODE_NOT_FOLLOW, JAVASCRIPT)),
        // NB: what no document can load is not mixed content there.
        Code::MixedContent if error.hop == 0 && !url.starts_with("http:") => return scheme(subject, url, console),
        // NB: mixed content is looked for before the port.
        Code::MixedContent | Code::BadPort if error.code == Code::MixedContent || subject.is_mixed(&url) => {
            // NB: without its fragment, but for one that a redirect has inherited.
            let url = match url.split_once('#') {
                Some((before, _)) if error.hop == 0 => before.to_owned(),
                _ => url,
            };
            // NB: nothing is said of redirects of what is preloaded.
            let is_said = error.hop == 0 || subject.preload_attribute().is_none();
            return console.lines.extend(is_said.then(|| mixed_content(subject, url)));
        }
        Code::FileUrl | Code::AboutUrl | Code::UnknownScheme | Code::SchemeNotHttp => return scheme(subject, url, console),
        // NB: it is refused before it becomes a request.
        Code::UrlCredentials => return,
        Code::LocationCredentials | Code::LocationCredentialsTainted => {
            return blocked(subject, error.hop, say::REDIRECT_CONTAINS_CREDENTIALS, b"", console);
        }
        // NB: what the network process refuses of a redirect it has refused before the redirect mode is asked, but for its scheme.
        Code::RedirectModeError if has_refused_credentials(subject, &url) => {
            return blocked(subject, error.hop, say::REDIRECT_CONTAINS_CREDENTIALS, b"", console);
        }
        // NB: a redirect to what the network never fetches is refused before the redirect mode is asked.
        Code::LocationScheme | Code::RedirectModeError => {
            let target = redirect_target(subject);
            match target.as_ref().map(Url::scheme) {
                Some("about" | "blob" | "chrome" | "data" | "file") => NetError::UNSAFE_REDIRECT,
                _ if error.code == Code::RedirectModeError => NetError::FAILED,
                // NB: of what is preloaded nothing is said.
                Some("view-source") if subject.preload_attribute().is_some() => return,
                Some("view-source") => {
                    let target = target.map(String::from).unwrap_or_default();
                    return console.lines.push(say::LOCAL_RESOURCE.error(SECURITY, &[("url", target)]));
                }
                Some("filesystem") | None => NetError::INVALID_REDIRECT,
                Some(_) if subject.mode() == Some(RequestMode::NoCors) => NetError::UNKNOWN_URL_SCHEME,
                Some(_) => {
                    let target = target.map(String::from).unwrap_or_default();
                    if subject.mode() == Some(RequestMode::SameOrigin) {
                        return console.lines.push(say::REDIRECT_SAME_ORIGIN_MODE.error(SECURITY, &slots(&target)));
                    }
                    return blocked_at(subject, &target, say::CORS_DISABLED_SCHEME, b"", console);
                }
            }
        }
        Code::Integrity | Code::IntegrityWithoutBody => {
            if error.code == Code::IntegrityWithoutBody {
                console.lines.push(line(say::SRI_INELIGIBLE, SECURITY));
            }
            // NB: a line about a digest that does not match names the right one, which only the body tells.
            if error.code == Code::Integrity {
                console.not_modelled.push(NotModelled::Digest);
            }
            if is_fetch {
                console.lines.push(line(say::FETCH_SRI, JAVASCRIPT));
            }
            return;
        }
        Code::Location if lines(subject, "location") > 1 => NetError::MULTIPLE_LOCATION,
        // NB: in a host a blank is no mistake, and so the name is looked for.
        Code::Location if has_blank_in_host(subject) => NetError::NAME_NOT_RESOLVED,
        Code::Location => NetError::INVALID_REDIRECT,
        Code::RedirectCount => NetError::TOO_MANY_REDIRECTS,
        Code::BadPort => NetError::UNSAFE_PORT,
        Code::OnlyIfCached => NetError::CACHE_MISS,
        Code::Http1Stream => NetError::ALPN_NEGOTIATION_FAILED,
        Code::BlobUrl if is_foreign_blob(subject, &url) => return console.lines.push(line(say::LOCAL_RESOURCE, SECURITY)),
        Code::BlobUrl => NetError::FILE_NOT_FOUND,
        Code::Malformed if lines(subject, "content-disposition") > 1 => NetError::MULTIPLE_CONTENT_DISPOSITION,
        Code::Malformed if lines(subject, "location") > 1 => NetError::MULTIPLE_LOCATION,
        Code::Malformed => NetError::INVALID_HTTP_RESPONSE,
        Code::Offline => NetError::INTERNET_DISCONNECTED,
        Code::Corp => corp(error),
        Code::Connection => match subject.failure() {
            Some(FailureKind::Closed | FailureKind::Lost) | None => NetError::EMPTY_RESPONSE,
            Some(FailureKind::Refused) => NetError::CONNECTION_REFUSED,
            Some(FailureKind::NameNotFound) => NetError::NAME_NOT_RESOLVED,
            Some(FailureKind::Certificate) => NetError::CERT_AUTHORITY_INVALID,
            Some(_) => NetError::CONNECTION_FAILED,
        },
        // What script aborted is not printed, nor what it does with a response that came.
        Code::Aborted | Code::MimeType | Code::Nosniff | Code::Preload => return,
        _ => NetError::FAILED,
    };
    console.lines.push(net_error(net));
}

/// What Content Security Policy blocked: first its own line, then that of `fetch()`.
fn policy(subject: &Subject, url: &str, console: &mut Console) {
    match subject.directive() {
        Some(directive) => {
            let slots = [("effective", directive.effective.into()), ("used", directive.used.into())];
            let fallback = if directive.effective == directive.used { String::new() } else { fill(FALLBACK, &slots) };
            let slots = [
                ("action", chromium_action(directive.effective).into()),
                ("url", url.into()),
                ("directive", directive.text),
                ("fallback", fallback),
            ];
            console.lines.push(say::CSP_VIOLATED.error(SECURITY, &slots));
        }
        None => console.not_modelled.push(NotModelled::PolicyDirective),
    }
    if matches!(subject.call(), Call::Fetch { .. }) {
        console.lines.push(say::CSP_CONNECT.error(JAVASCRIPT, &[("url", url.into())]));
    }
}

/// A URL whose scheme nothing can be loaded from.
fn scheme(subject: &Subject, url: String, console: &mut Console) {
    let is_fetch = matches!(subject.call(), Call::Fetch { .. });
    let is_local = url.starts_with("file:")
        || is_foreign_blob(subject, &url)
        || !is_fetch && (url.starts_with("chrome:") || url.starts_with("view-source:"));
    let scheme = url.split(':').next().unwrap_or_default().to_owned();
    let line = |message: Message, source| message.error(source, &[("url", url.clone()), ("scheme", scheme.clone())]);
    console.lines.push(match subject.call() {
        _ if is_local => line(say::LOCAL_RESOURCE, SECURITY),
        Call::Fetch { .. } => line(say::FETCH_BAD_SCHEME, JAVASCRIPT),
        Call::Xhr { .. } if scheme == "ftp" => line(say::XHR_FTP, JAVASCRIPT),
        _ if is_mixed_in_worker(subject, &url) => mixed_content(subject, url),
        _ if subject.mode() == Some(RequestMode::NoCors) => net_error(NetError::UNKNOWN_URL_SCHEME),
        _ => return blocked_at(subject, &url, say::CORS_DISABLED_SCHEME, b"", console),
    });
}

/// Whether a URL is a `blob:` one of another origin.
fn is_foreign_blob(subject: &Subject, url: &str) -> bool {
    url.starts_with("blob:") && !subject.is_same_origin(url)
}

/// What was not asked for because the page came securely.
fn mixed_content(subject: &Subject, url: String) -> ConsoleLine {
    let slots = [("page", subject.mixed_page().into_owned()), ("kind", chromium_mixed_kind(subject.call()).into()), ("url", url)];
    say::MIXED_BLOCKED.error(SECURITY, &slots)
}

/// Whether a URL is mixed content to a worker, to which all schemes are that are not known to be secure.
fn is_mixed_in_worker(subject: &Subject, url: &str) -> bool {
    let is_insecure = || Url::parse(url).is_ok_and(|url| !url_is_potentially_trustworthy(&url));
    subject.page.global != Global::Window && subject.is_page_secure() && is_insecure()
}

/// A URL as Chromium's parser leaves it, which takes `chrome:` for a scheme like `https:`: its path has a slash at least.
fn with_root(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) if url.scheme() == "chrome" && url.path().is_empty() => {
            url.set_path("/");
            url.into()
        }
        _ => url.to_owned(),
    }
}

fn redirect_target(subject: &Subject) -> Option<Url> {
    subject.last_answered()?.target(CHROMIUM)
}

/// Whether a redirect from `url` leads to a user name or a password, and that would be refused under the CORS protocol.
fn has_refused_credentials(subject: &Subject, url: &str) -> bool {
    let is_own = |url: &Url| url.origin().ascii_serialization() == subject.case.origin;
    let target = redirect_target(subject).filter(|target| !target.username().is_empty() || target.password().is_some());
    subject.mode() == Some(RequestMode::Cors)
        && target.is_some_and(|target| !is_own(&target) || !Url::parse(url).is_ok_and(|url| is_own(&url)))
}

/// How many different lines of this header the answer has.
fn lines(subject: &Subject, name: &str) -> usize {
    let answer = subject.last_exchange().and_then(|exchange| exchange.response.as_ref());
    answer.map_or(0, |answer| diagnose::all(&answer.headers, name).collect::<BTreeSet<_>>().len())
}

/// Whether a redirect leads to a URL that Chromium's parser takes, although no other does.
fn has_blank_in_host(subject: &Subject) -> bool {
    subject.last_answered().and_then(|answered| answered.value(b"location")).is_some_and(|value| is_url(&value))
}

/// The error of a response that its Cross-Origin-Resource-Policy keeps from the page.
fn corp(error: &NetworkError) -> &'static str {
    match error.failed {
        Some(FailedCheck::Corp { failed: CorpBlocked::SameSite, .. }) => NetError::NOT_SAME_SITE,
        Some(FailedCheck::Corp { failed: CorpBlocked::EmbedderPolicy, .. }) => NetError::NOT_SAME_ORIGIN_BY_COEP,
        _ => NetError::NOT_SAME_ORIGIN,
    }
}
