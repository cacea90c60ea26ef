//! What a message of a browser's console says of the exchange behind it: which request it was, and what the answer had or
//! lacked. The rest is made up so that the same browser would print the same message.

use serde::Serialize;

use super::assumption::{Assumption, AssumptionKind};
use super::scenario::made_up_value;
use super::span::{Span, Spans};
use crate::explain::console::ConsoleMessage;
use crate::http::header_list::Header;
use crate::http::method;
use crate::infra::bytes::ByteString;
use crate::network::{Answer, FailureKind, WireFailure, WireResponse};
use crate::profile::ProfileName;
use crate::scenario::{Body, Call, RequestInit};

/// A message of a browser's console in the paste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedConsole {
    /// Where it stands.
    pub span: Span,
    /// Whose it is.
    pub browser: ProfileName,
    /// Which message it is.
    #[cfg_attr(feature = "wasm", tsify(type = "ConsoleMessageId"))]
    pub id: &'static str,
    /// What stands in its slots.
    #[serde(skip)]
    pub(super) message: ConsoleMessage,
}

impl PastedConsole {
    pub(super) fn new(message: ConsoleMessage, at: usize) -> Self {
        let span = Span::new(at + message.start, at + message.end);
        Self { span, browser: message.browser, id: message.id, message }
    }

    /// The message, with what stands in its slots.
    pub fn message(&self) -> &ConsoleMessage {
        &self.message
    }
}

impl Spans for PastedConsole {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        change(&mut self.span);
    }
}

/// What the messages of one browser say together.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) browser: ProfileName,
    /// The page's origin, where a message names it.
    pub(super) origin: Option<String>,
    pub(super) call: Call,
    /// What was answered, given the page's origin.
    pub(super) answers: Vec<Answer>,
}

/// What went wrong, as a message says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    /// The CORS check, of an answer with these lines of `Access-Control-Allow-Origin`.
    Check { allow_origin: Vec<String>, credentials: Option<AllowCredentials> },
    /// The status of the preflight's answer.
    PreflightStatus(u16),
    /// The method is not allowed; which, where it is said.
    Method(Option<String>),
    /// A request header is not allowed.
    Header(String),
    /// A list of the preflight's answer holds something that is no token.
    List { header: &'static [u8], token: String },
    /// No answer came.
    NoAnswer,
}

/// A request with credentials, and what `Access-Control-Allow-Credentials` was.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AllowCredentials(Option<String>);

/// What the messages tell, given the origin of the page if that is known. Nothing where they name no URL, or no trouble that an
/// answer could show.
pub(super) fn told(messages: &[PastedConsole], page: Option<&str>, assumptions: &mut Vec<Assumption>) -> Option<Told> {
    // NB: what Firefox shows of a request says less than the line that it prints about it.
    let is_short = |message: &PastedConsole| message.browser == ProfileName::Firefox && message.message.slot("method").is_some();
    let (whole, short): (Vec<_>, Vec<_>) = messages.iter().partition(|message| !is_short(message));
    let (first, trouble) = whole.into_iter().chain(short).find_map(|message| Some((message, trouble(&message.message)?)))?;
    let of_browser = || messages.iter().filter(|message| message.browser == first.browser).map(|message| &message.message);
    let slot = |name: &str| of_browser().find_map(|message| message.slot(name)).map(str::to_owned);
    let origin = slot("origin");
    let target = first.message.slot("url").map(str::to_owned).or_else(|| slot("url"))?;
    // NB: after redirects, the message names the last URL and the first one.
    let url = of_browser().find_map(redirected_from).map(str::to_owned);
    // NB: a message that calls two equal origins unequal names the page's, and the request went out with `null`: it was redirected.
    let looks_equal = matches!(&trouble, Trouble::Check { allow_origin, credentials: None }
        if allow_origin.first().is_some_and(|value| Some(value) == origin.as_ref()));
    let url = url.or_else(|| looks_equal.then(|| SOMEWHERE.to_owned()));
    let status = slot("status")
        .or_else(|| slot("code"))
        .and_then(|status| status.parse().ok())
        .filter(|status| (100..=599).contains(status));
    // NB: the answer to a redirect is not followed where the check of it fails. Firefox says the same two things of one, whether or not
    // it answers a preflight.
    let is_redirect =
        first.id.starts_with("CORSMissingAllowOrigin") && status.is_some_and(|status| (300..=399).contains(&status));
    // NB: redirects change methods, and the one that is shown is the last.
    let asked_by = of_browser().filter(|message| message.id.starts_with("net.")).find_map(|message| message.slot("method"));
    let asked_by = asked_by.filter(|_| url.is_none()).map(str::to_owned);
    // NB: Firefox shows preflights as requests of their own.
    let is_options = first.browser == ProfileName::Firefox && first.message.slot("method") == Some("OPTIONS");
    let of_preflight = !is_redirect && (is_options || is_of_preflight(first.id, of_browser().map(|message| message.id)));
    let kind = slot("kind").or_else(|| slot("api")).unwrap_or_default();
    let known_origin = page.map(str::to_owned).or_else(|| origin.clone()).unwrap_or_else(|| "*".into());
    let mut answers = Vec::new();
    if url.as_ref().is_some_and(|from| *from != target) {
        answers.push(response(302, &[(b"Access-Control-Allow-Origin", &known_origin), (b"Location", &target)]));
    }
    let with_credentials = matches!(&trouble, Trouble::Check { credentials: Some(_), .. });
    let preflighted = asked_by.as_deref().filter(|asked_by| !method::is_cors_safelisted(asked_by.as_bytes()));
    if let Some(method) = preflighted.filter(|_| !of_preflight && trouble != Trouble::NoAnswer) {
        answers.push(passing_preflight(method, &known_origin, with_credentials));
    }
    answers.push(answer(&trouble, &known_origin, status, of_preflight));
    assumptions.push(AssumptionKind::FromConsole { browser: first.browser, of_preflight }.at(Some(first.span)));
    let call = call(&kind, url.unwrap_or(target), with_credentials, &trouble, of_preflight, asked_by);
    Some(Told { browser: first.browser, origin, call, answers })
}

/// The messages of each request: those that stand together and name no other URL.
pub(super) fn requests(messages: &[PastedConsole]) -> Vec<&[PastedConsole]> {
    let (mut groups, mut start, mut url) = (Vec::new(), 0, None);
    for (index, message) in messages.iter().enumerate() {
        let named = message.message.slot("url");
        let is_another = match (url, named) {
            // NB: of a redirected request, one line names where it came from, and another where it went.
            (Some(url), Some(named)) => url != named && !redirected(messages.get(start..index)).any(|from| from == named),
            // NB: in WebKit, what went wrong stands above the line that names the URL.
            (Some(_), None) => message.browser == ProfileName::Webkit && trouble(&message.message).is_some(),
            (None, _) => false,
        };
        if is_another {
            groups.extend(messages.get(start..index));
            (start, url) = (index, None);
        }
        url = url.or(named);
    }
    groups.extend(messages.get(start..).filter(|rest| !rest.is_empty()));
    groups
}

/// Where the requests of these messages were redirected from.
fn redirected(messages: Option<&[PastedConsole]>) -> impl Iterator<Item = &str> {
    messages.unwrap_or_default().iter().filter_map(|message| redirected_from(&message.message))
}

/// The URL that the message says its request came from.
fn redirected_from(message: &ConsoleMessage) -> Option<&str> {
    message.slot("redirected")?.split('\'').nth(1)
}

/// What a message says went wrong.
fn trouble(message: &ConsoleMessage) -> Option<Trouble> {
    let slot = |name: &str| message.slot(name).map(str::to_owned);
    let check = |value: Option<String>| Trouble::Check { allow_origin: Vec::from_iter(value), credentials: None };
    let twice = || Trouble::Check { allow_origin: vec![PAGE.into(); 2], credentials: None };
    let with_credentials = |allow_origin: &str, value| Trouble::Check {
        allow_origin: vec![allow_origin.into()],
        credentials: Some(AllowCredentials(value)),
    };
    let id = message.id.trim_start_matches("legacy.").trim_start_matches("CorsError.");
    let id = if message.browser == ProfileName::Chromium { id.strip_prefix("Preflight").unwrap_or(id) } else { id };
    Some(match (message.browser, id) {
        (ProfileName::Chromium, "MissingAllowOriginHeader" | "MissingAllowOriginHeader.fetch") => check(None),
        (ProfileName::Chromium, "MultipleAllowOriginValues" | "InvalidAllowOriginValue" | "AllowOriginMismatch") => {
            check(slot("hint"))
        }
        (ProfileName::Chromium, "WildcardOriginNotAllowed") => with_credentials("*", Some("true".into())),
        (ProfileName::Chromium, "InvalidAllowCredentials") => {
            with_credentials(PAGE, slot("hint").filter(|value| !value.is_empty()))
        }
        (ProfileName::Chromium, "InvalidStatus") => Trouble::PreflightStatus(400),
        (ProfileName::Chromium, "DisallowedRedirect") => Trouble::PreflightStatus(301),
        (ProfileName::Chromium, "MethodDisallowedByPreflightResponse") => Trouble::Method(slot("hint")),
        (ProfileName::Chromium, "HeaderDisallowedByPreflightResponse") => Trouble::Header(slot("hint")?),
        (ProfileName::Chromium, "InvalidAllowMethodsPreflightResponse") => list(ALLOW_METHODS, None),
        (ProfileName::Chromium, "InvalidAllowHeadersPreflightResponse") => list(ALLOW_HEADERS, None),
        (ProfileName::Firefox, "CORSMissingAllowOrigin2" | "CORSMissingAllowOrigin") => check(None),
        (ProfileName::Firefox, "CORSAllowOriginNotMatchingOrigin") => {
            check(Some(slot("value")?).filter(|value| !value.is_empty()))
        }
        (ProfileName::Firefox, "CORSMultipleAllowOriginNotAllowed") => twice(),
        (ProfileName::Firefox, "CORSNotSupportingCredentials") => with_credentials("*", Some("true".into())),
        (ProfileName::Firefox, "CORSMissingAllowCredentials") => with_credentials(PAGE, None),
        (ProfileName::Firefox, "CORSPreflightDidNotSucceed3") => Trouble::PreflightStatus(400),
        (ProfileName::Firefox, "CORSExternalRedirectNotAllowed") => Trouble::PreflightStatus(301),
        (ProfileName::Firefox, "CORSMethodNotFound") => Trouble::Method(None),
        (ProfileName::Firefox, "CORSMissingAllowHeaderFromPreflight2" | "CORSMissingAllowHeaderFromPreflight") => {
            Trouble::Header(slot("name")?)
        }
        (ProfileName::Firefox, "CORSInvalidAllowMethod") => list(ALLOW_METHODS, slot("token")),
        (ProfileName::Firefox, "CORSInvalidAllowHeader") => list(ALLOW_HEADERS, slot("token")),
        (ProfileName::Firefox, "CORSDidNotSucceed2") => Trouble::NoAnswer,
        (ProfileName::Webkit, "acao.mismatch" | "acao" | "redirect.denied") => check(None),
        (ProfileName::Webkit, "acao.wildcard") => with_credentials("*", Some("true".into())),
        (ProfileName::Webkit, "acao.multiple") => twice(),
        (ProfileName::Webkit, "acac") => with_credentials(PAGE, None),
        (ProfileName::Webkit, "preflight.status" | "preflight") => Trouble::PreflightStatus(400),
        (ProfileName::Webkit, "preflight.method") => Trouble::Method(slot("method")),
        (ProfileName::Webkit, "preflight.header") => Trouble::Header(slot("name")?),
        (ProfileName::Webkit, "preflight.methods.invalid") => list(ALLOW_METHODS, slot("value")),
        (ProfileName::Webkit, "preflight.headers.invalid") => list(ALLOW_HEADERS, slot("value")),
        _ => return None,
    })
}

/// A URL of another origin than any that a message names.
const SOMEWHERE: &str = "https://somewhere.invalid/";
/// Stands for the page's origin in the value of a header.
const PAGE: &str = "{page}";
const ALLOW_METHODS: &[u8] = b"Access-Control-Allow-Methods";
const ALLOW_HEADERS: &[u8] = b"Access-Control-Allow-Headers";

fn list(header: &'static [u8], token: Option<String>) -> Trouble {
    Trouble::List { header, token: token.unwrap_or_else(|| "(not a token)".into()) }
}

/// Whether the message is about the answer to a preflight; in Firefox, a second message says so.
fn is_of_preflight(id: &str, mut others: impl Iterator<Item = &'static str>) -> bool {
    let names = [
        "Preflight",
        "MethodDisallowed",
        "MethodNotFound",
        "InvalidAllowMethod",
        "InvalidAllowHeader",
        "ExternalRedirect",
        "preflight",
    ];
    names.iter().any(|name| id.contains(name)) || id != "CORSDidNotSucceed2" && others.any(|other| other == "CORSDidNotSucceed2")
}

/// The answer that the message is about.
fn answer(trouble: &Trouble, origin: &str, status: Option<u16>, of_preflight: bool) -> Answer {
    let ok = status.unwrap_or(if of_preflight { 204 } else { 200 });
    let allow = (b"Access-Control-Allow-Origin".as_slice(), origin);
    match trouble {
        Trouble::Check { allow_origin, credentials } => {
            let allow_origin: Vec<String> = allow_origin.iter().map(|value| value.replace(PAGE, origin)).collect();
            let credentials = credentials.as_ref().and_then(|AllowCredentials(value)| value.clone());
            let mut headers = Vec::new();
            headers.extend(allow_origin.iter().map(|value| (b"Access-Control-Allow-Origin".as_slice(), value.as_str())));
            headers.extend(credentials.as_deref().map(|value| (b"Access-Control-Allow-Credentials".as_slice(), value)));
            response(ok, &headers)
        }
        Trouble::PreflightStatus(fallback) => {
            let status = status.filter(|status| !(200..=299).contains(status)).unwrap_or(*fallback);
            // NB: only with somewhere to go is it a redirect.
            let location = (b"Location".as_slice(), "/");
            let headers = [allow, location];
            response(status, if (300..=399).contains(&status) { &headers } else { &headers[..1] })
        }
        Trouble::Method(_) | Trouble::Header(_) => response(ok, &[allow]),
        Trouble::List { header, token } => response(ok, &[allow, (header, token)]),
        Trouble::NoAnswer => Answer::Failure(WireFailure { failure: FailureKind::Connection }),
    }
}

fn response(status: u16, headers: &[(&[u8], &str)]) -> Answer {
    let lines: Vec<_> =
        headers.iter().map(|(name, value)| Header(ByteString::from(*name), ByteString::from(value.as_bytes()))).collect();
    Answer::Response(WireResponse { status, headers: lines.into(), ..WireResponse::default() })
}

/// The answer to a preflight that lets the request go out.
fn passing_preflight(method: &str, origin: &str, with_credentials: bool) -> Answer {
    let headers: [(&[u8], &str); 3] =
        [(b"Access-Control-Allow-Origin", origin), (ALLOW_METHODS, method), (b"Access-Control-Allow-Credentials", "true")];
    response(204, if with_credentials { &headers } else { &headers[..2] })
}

/// The call that made the request, by the words that the browser has for it, and by the method where the console shows it.
fn call(
    kind: &str,
    url: String,
    with_credentials: bool,
    trouble: &Trouble,
    of_preflight: bool,
    asked_by: Option<String>,
) -> Call {
    let cross_origin = Some(if with_credentials { "use-credentials" } else { "anonymous" }.to_owned());
    match kind {
        "image" => return Call::Img { url, cross_origin, srcset: false },
        "script" => return Call::Script { url, cross_origin, module: false },
        "CSS stylesheet" => return Call::Stylesheet { url, cross_origin },
        "font" => return Call::Font { url },
        "EventSource" => return Call::EventSource { url, with_credentials, last_event_id: None },
        _ => {}
    }
    let mut method = asked_by;
    let mut headers = Vec::new();
    let mut body = None;
    match trouble {
        Trouble::Method(named) => method = named.clone().or(method).or_else(|| Some("PUT".into())),
        Trouble::Header(name) => headers.push((name.clone(), made_up_value(name).to_owned())),
        // Something has to have made the browser ask first.
        _ if of_preflight => {
            let asked_by = method.get_or_insert_with(|| "POST".into());
            if method::is_cors_safelisted(asked_by.as_bytes()) {
                headers.push(("Content-Type".into(), "application/json".into()));
                body = (asked_by == "POST").then(|| Body::Text { text: "{}".into() });
            }
        }
        _ => {}
    }
    let method = method.filter(|method| method != "GET");
    if kind == "XMLHttpRequest" {
        let method = method.unwrap_or_else(|| "GET".into());
        return Call::Xhr {
            method,
            url,
            headers,
            with_credentials,
            upload_listener: false,
            sync: false,
            body,
            username: None,
            password: None,
        };
    }
    let credentials = with_credentials.then(|| "include".to_owned());
    let headers = (!headers.is_empty()).then_some(headers);
    Call::fetch(url, RequestInit { method, headers, body, credentials, ..RequestInit::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::console::{MESSAGES, console, recognise};
    use crate::{Fetch, Page, Scenario, evaluate};

    const PAGE_ORIGIN: &str = "https://app.example";

    /// The message with its slots filled, for a `fetch()` of another origin.
    fn text(template: &str) -> String {
        let mut parts = template.split('{');
        let mut text = parts.next().unwrap().to_owned();
        for part in parts {
            let (slot, literal) = part.split_once('}').unwrap();
            text.push_str(match slot {
                "kind" => "fetch",
                "api" => "Fetch API",
                "url" => "https://api.example/me",
                "origin" => PAGE_ORIGIN,
                "hint" if template.contains("multiple") => "https://x.example, https://y.example",
                "hint" if template.contains("invalid value") => "x.example",
                "hint" if template.starts_with("Access") && template.contains("Method {hint}") => "PUT",
                "hint" | "value" if template.contains("Origin\' header") || template.contains("match") => "https://x.example",
                "token" => "x@a",
                "value" if template.contains("invalid value") => "x@a",
                "hint" | "name" | "value" => "x-a",
                "method" => "PUT",
                "status" if template.contains("not successful") || template.contains("did not succeed)") => "404",
                "status" => "200",
                _ => "",
            });
            text.push_str(literal);
        }
        text
    }

    #[test]
    fn two_origins_that_look_equal_come_of_a_redirect() {
        let line = "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: \
            The 'Access-Control-Allow-Origin' header has a value 'https://app.example' that is not equal to the supplied origin.";
        let found: Vec<_> = recognise(line).into_iter().map(|found| PastedConsole::new(found, 0)).collect();
        let told = told(&found, None, &mut Vec::new()).unwrap();
        let mut fetch = Fetch::new(told.call);
        fetch.answers = told.answers;
        let scenario = Scenario { profile: told.browser, ..Scenario::new(Page::new(PAGE_ORIGIN), vec![fetch]) };
        let printed = console(&scenario, &evaluate(&scenario).unwrap()).remove(0).lines.remove(0).text;
        let before = "Access to fetch at 'https://api.example/me' (redirected from 'https://somewhere.invalid/') from origin ";
        assert!(printed.starts_with(before), "{printed}");
        assert!(printed.contains("value 'https://app.example' that is not equal to the supplied origin"), "{printed}");
    }

    /// The lines of developer tools say by which method, and with which status.
    #[test]
    fn the_line_of_the_request_says_more() {
        let blocked = |why: &str| {
            format!(
                "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: {why}"
            )
        };
        let missing = blocked("No 'Access-Control-Allow-Origin' header is present on the requested resource.");
        let refused = blocked(
            "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        );
        let wildcard = blocked(
            "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
        );
        let moved = missing.replace("/me' from", "/me' (redirected from 'https://api.example/old') from");
        for (text, expected) in [
            (format!("{missing}\nGET https://api.example/me net::ERR_FAILED 404 (Not Found)"), "GET 404"),
            (format!("{missing}\nx.js:1  PUT https://api.example/me net::ERR_FAILED 500"), "PUT 204 500"),
            (format!("{wildcard}\nPATCH https://api.example/me net::ERR_FAILED 200 (OK)"), "PATCH 204 200"),
            (format!("{refused}\nDELETE https://api.example/me net::ERR_FAILED"), "DELETE 204"),
            (format!("{refused}\nGET https://api.example/me net::ERR_FAILED"), "GET Content-Type 204"),
            (format!("{refused}\nHEAD https://api.example/me net::ERR_FAILED"), "HEAD Content-Type 204"),
            (format!("{refused}\nPOST https://api.example/me net::ERR_FAILED"), "POST Content-Type body 204"),
            (refused.clone(), "POST Content-Type body 204"),
            (format!("{moved}\nPUT https://api.example/old net::ERR_FAILED"), "GET 302 200"),
        ] {
            let found: Vec<_> = recognise(&text).into_iter().map(|found| PastedConsole::new(found, 0)).collect();
            assert_eq!(requests(&found).len(), 1, "{text}");
            let told = told(&found, None, &mut Vec::new()).unwrap();
            let Call::Fetch { init, .. } = &told.call else { panic!("{text}") };
            let mut shown = init.method.clone().unwrap_or_else(|| "GET".into());
            init.headers.iter().flatten().for_each(|(name, _)| shown += &format!(" {name}"));
            shown += init.body.as_ref().map_or("", |_| " body");
            for answer in &told.answers {
                let Answer::Response(response) = answer else { panic!("{text}") };
                shown += &format!(" {}", response.status);
            }
            assert_eq!(shown, expected, "{text}");
            let mut fetch = Fetch::new(told.call);
            fetch.answers = told.answers;
            let scenario = Scenario { profile: told.browser, ..Scenario::new(Page::new(PAGE_ORIGIN), vec![fetch]) };
            let printed = console(&scenario, &evaluate(&scenario).unwrap()).remove(0).lines.remove(0).text;
            assert_eq!(printed, text.lines().next().unwrap(), "{text}");
        }
    }

    #[test]
    fn the_same_browser_would_print_the_same_message() {
        let mut count = 0;
        for message in MESSAGES {
            let mut pasted = text(&message.template());
            if message.browser == ProfileName::Webkit {
                pasted += "\nFetch API cannot load https://api.example/me due to access control checks.";
            }
            let found: Vec<_> = recognise(&pasted).into_iter().map(|found| PastedConsole::new(found, 0)).collect();
            let Some(told) = told(&found, Some(PAGE_ORIGIN), &mut Vec::new()) else { continue };
            let mut fetch = Fetch::new(told.call);
            fetch.answers = told.answers;
            let mut scenario = Scenario::new(Page::new(PAGE_ORIGIN), vec![fetch]);
            scenario.profile = told.browser;
            let report = evaluate(&scenario).unwrap();
            let printed: Vec<_> = console(&scenario, &report).remove(0).lines.iter().map(|line| line.id).collect();
            let id = message.id.trim_start_matches("legacy.");
            let is_same =
                |printed: &&str| printed.contains(id) || id.contains(*printed) || id.starts_with("MissingAllowOriginHeader");
            assert!(printed.first().is_some_and(is_same), "{}: {pasted}\nprinted {printed:?}", message.id);
            count += 1;
        }
        assert!(count >= 40, "only {count} messages tell something");
    }
}
