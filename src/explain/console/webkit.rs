//! WebKit's words: one line that says why, and one that says what could not be loaded.

use url::Url;

use super::messages::webkit as say;
use super::messages::{Message, WEBKIT_PORT, webkit_api};
use super::subject::{Answered, Subject, Trouble, lossy, without_credentials, without_userinfo};
use super::{Console, ConsoleLine, NotModelled};
use crate::error_code::NetworkErrorCode as Code;
use crate::explain::catalogue::Slot;
use crate::fetch::consequence::is_css;
use crate::http::blocking::determine_nosniff;
use crate::http::header_list::{Header, joined};
use crate::http::modes::{Destination, RequestMode, ResponseType};
use crate::http::request_header::is_forbidden_request_header;
use crate::http::status;
use crate::infra::origin::is_localhost_name;
use crate::network::FailureKind;
use crate::profile::WEBKIT;
use crate::report::{FailedCheck, HeaderReport, NetworkError, Outcome};
use crate::scenario::{Call, Global};
use crate::trace::Upgrade;

const SECURITY: &str = "security";
const JS: &str = "js";
const OTHER: &str = "other";

/// What WebKit prints.
pub(super) fn console(subject: &Subject) -> Console {
    let lines = preload_of_nothing(subject).into_iter();
    let lines = lines.chain(refused_headers(subject)).chain(not_upgraded(subject)).chain(upgraded(subject)).collect();
    let mut printer = Printer { subject, lines, not_modelled: Vec::new() };
    if let Some(error) = subject.error() {
        printer.failure(error);
    }
    let Printer { mut lines, not_modelled, .. } = printer;
    lines.extend(bad_type(subject).or_else(|| refused_type(subject)));
    Console { lines, not_modelled, ..Console::default() }
}

/// A preload whose attribute `as` is no word that WebKit knows.
fn preload_of_nothing(subject: &Subject) -> Option<ConsoleLine> {
    const OTHERS: [&str; 5] = ["embed", "iframe", "object", "report", "xslt"];
    let attribute = subject.preload_attribute().filter(|_| matches!(subject.report().outcome, Outcome::Threw(_)))?;
    let is_known = Destination::parse(attribute).is_some() || OTHERS.contains(&attribute);
    let message = if attribute.is_empty() { say::PRELOAD_AS_EMPTY } else { say::PRELOAD_AS_INVALID };
    (attribute.is_empty() || !is_known).then(|| message.error(OTHER, &[]))
}

/// A line for each header that an XHR may not set.
fn refused_headers<'a>(subject: &Subject<'a>) -> impl Iterator<Item = ConsoleLine> + 'a {
    let headers = match subject.call() {
        Call::Xhr { headers, .. } if subject.has_opened() => headers.as_slice(),
        _ => &[],
    };
    let refused = headers.iter().filter(|(name, value)| is_forbidden_request_header(WEBKIT, name.as_bytes(), value.as_bytes()));
    refused.map(|(name, _)| say::HEADER_SET.error(JS, &[("name", name.clone())]))
}

/// An image or a medium that a secure page gets from this machine without security, or would like to.
fn not_upgraded(subject: &Subject) -> Option<ConsoleLine> {
    let is_file = || subject.is_page_secure() && subject.is_upgradeable() && subject.last_url().starts_with("file:");
    let url = subject
        .insecure_local()
        .map(|_| subject.first_url().to_owned())
        .or_else(|| is_file().then(|| subject.last_url().into()))?;
    Some(say::MIXED_LOCALHOST_IMAGE.warning(SECURITY, &[("page", subject.page.url.clone()), ("url", url)]))
}

/// Whether a URL is mixed content for its scheme, to which all are that are not known to be secure or local.
fn has_mixed_scheme(subject: &Subject, url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    subject.is_page_secure() && !matches!(scheme, "about" | "blob" | "data" | "file" | "http" | "https" | "wss")
}

/// An image or a medium that a secure page asks for without security, and gets with it.
fn upgraded<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = ConsoleLine> + 'a {
    let is_mixed = |hop: &usize| match subject.upgrade(*hop) {
        // NB: the policy is asked after that, but for redirects.
        Some(Upgrade::UpgradeInsecureRequests) => *hop == 0 && subject.is_upgradeable(),
        Some(_) => true,
        // NB: it is said of schemes that cannot be upgraded as well, unless the network refuses them before.
        None => {
            let url = subject.written_url(*hop);
            subject.is_upgradeable() && has_mixed_scheme(subject, &url) && (*hop == 0 || !url.starts_with("ftp:"))
        }
    };
    let line = |hop| {
        let url = subject.written_url(hop);
        // NB: a request has no fragment, but for one that a redirect has brought.
        let url = if hop == 0 { url.split('#').next().unwrap_or_default() } else { &url };
        // NB: nobody has taken the user name and the password from what is preloaded.
        let url =
            if hop == 0 && subject.preload_attribute().is_some() { url.to_owned() } else { without_userinfo(url).into_owned() };
        say::MIXED_UPGRADED.warning(SECURITY, &[("page", subject.page.url.clone()), ("url", url)])
    };
    (0..=subject.last_url_hop()).filter(is_mixed).map(line)
}

/// A response that an `EventSource` does not take.
fn bad_type(subject: &Subject) -> Option<ConsoleLine> {
    let is_taken = |answered: &Answered| answered.answer.status == 200 && matches!(subject.call(), Call::EventSource { .. });
    let essence = subject.taken().filter(is_taken)?.essence().unwrap_or_default();
    (essence != "text/event-stream").then(|| say::EVENT_SOURCE_MIME.error(JS, &[("type", essence)]))
}

/// A script or a style sheet whose MIME type is not taken.
fn refused_type(subject: &Subject) -> Option<ConsoleLine> {
    let code = subject.error().map(|error| error.code);
    if let (None, Call::Stylesheet { .. }, Outcome::Response(response)) = (code, subject.call(), &subject.report().outcome)
        && subject.report().exchanges.is_empty()
        && (response.response_type == ResponseType::Opaque || status::is_ok(response.status))
    {
        // NB: it was preloaded. What is opaque does not show the status that it came with.
        if subject.preload_answered().is_some_and(|answered| !status::is_ok(answered.answer.status)) {
            return None;
        }
        let line = |header: &HeaderReport| Header(header.name.clone(), header.value.clone());
        let headers: Vec<Header> = subject.report().response_headers.iter().map(line).collect();
        let slots = [("url", subject.first_url().to_owned())];
        return (!is_css(WEBKIT, headers.as_slice())).then(|| say::STYLE_MIME.error(SECURITY, &slots));
    }
    let answered = subject.last_answered()?;
    let is_no_style = status::is_ok(answered.answer.status) && !is_css(WEBKIT, answered.headers());
    let message = match (code, subject.call()) {
        (Some(Code::Nosniff | Code::MimeType), Call::Script { module: false, .. }) if determine_nosniff(answered.headers()) => {
            say::SCRIPT_NOSNIFF
        }
        (Some(Code::MimeType), Call::Script { module: false, .. }) => say::SCRIPT_MIME,
        (Some(Code::Nosniff), Call::Stylesheet { .. }) if status::is_ok(answered.answer.status) => say::STYLE_MIME,
        (None, Call::Stylesheet { .. }) if is_no_style => say::STYLE_MIME,
        _ => return None,
    };
    // NB: in the words of the element, which knows no redirects.
    let slots = [("type", answered.essence().unwrap_or_default()), ("url", subject.first_url().to_owned())];
    Some(message.error(SECURITY, &slots))
}

struct Printer<'s, 'a> {
    subject: &'s Subject<'a>,
    lines: Vec<ConsoleLine>,
    not_modelled: Vec<NotModelled>,
}

impl Printer<'_, '_> {
    /// Why it failed.
    fn reason(&mut self, message: Message, slots: &[Slot]) {
        self.lines.push(message.error(SECURITY, slots));
    }

    /// What was not asked for because the page came securely.
    fn mixed_content(&mut self, url: &str) {
        let page = &self.subject.page;
        // NB: a worker's is the document that made it.
        let owner = page.ancestors.first().filter(|_| page.global != Global::Window);
        let page = owner.unwrap_or(&page.url).clone();
        let is_localhost = Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(is_local));
        let message = if is_localhost { say::MIXED_BLOCKED_LOCALHOST } else { say::MIXED_BLOCKED };
        // NB: nobody has taken the user name and the password from what an element asks for.
        let is_of_element = webkit_api(self.subject.call()).is_none() && !self.is_redirected();
        let shown =
            if is_of_element || self.keeps_credentials(url) { url.to_owned() } else { without_userinfo(url).into_owned() };
        self.lines.push(message.warning(SECURITY, &[("page", page), ("url", shown)]));
    }

    /// Whether a URL is shown with its user name and its password: that of a beacon, which nobody has taken them from, unless it
    /// redirects.
    fn keeps_credentials(&self, url: &str) -> bool {
        let is_beacon = matches!(self.subject.call(), Call::Beacon { .. });
        let before_fragment = |url: &str| url.split('#').next().unwrap_or_default().len();
        let first = self.subject.url(0);
        is_beacon && url[..before_fragment(url)] == first[..before_fragment(&first)] && !self.is_redirected()
    }

    /// Whether the last answer is a redirect that leads somewhere.
    fn is_redirected(&self) -> bool {
        self.subject.last_answered().is_some_and(|answered| answered.target(WEBKIT).is_some())
    }

    /// What could not be loaded, in the words of the API that wanted it.
    fn refused(&mut self, url: &str) {
        let named = if self.keeps_credentials(url) { url.to_owned() } else { without_userinfo(url).into_owned() };
        let url = [("url", named)];
        match self.subject.call() {
            // NB: an image knows no redirects, no fragment, and under CORS no user name.
            Call::Img { .. } => {
                let url = self.subject.url(0);
                let url = url.split('#').next().unwrap_or_default();
                let is_without_cors = self.subject.mode() == Some(RequestMode::NoCors);
                let named = if is_without_cors { url.to_owned() } else { without_userinfo(url).into_owned() };
                self.lines.push(say::IMAGE.error(SECURITY, &[("url", named)]));
            }
            Call::Script { module: false, .. } => self.lines.push(say::SCRIPT.error(JS, &[])),
            Call::Media { .. } => self.lines.push(say::MEDIA.error(SECURITY, &[])),
            Call::Track { .. } => self.lines.push(say::TRACK.error(SECURITY, &[])),
            Call::Beacon { .. } => {
                // NB: what the page's process refuses, the network's learns of as of any redirect.
                let is_of_page = |line: &&ConsoleLine| [say::LOCAL_RESOURCE.id, say::MIXED_BLOCKED.id].contains(&line.id);
                let last = self.lines.last();
                let is_redirected = last.filter(is_of_page).is_some() && self.is_redirected();
                let reason = if is_redirected {
                    say::REDIRECT_NOT_ALLOWED.template()
                } else {
                    last.map(|line| line.text.clone()).unwrap_or_default()
                };
                let [(_, url)] = url;
                self.beacon(url, reason);
            }
            call => {
                let [url] = url;
                let slots = webkit_api(call).map(|api| [("api", api.to_owned()), url]);
                self.lines.extend(slots.map(|slots| say::TAIL_ACC.error(JS, &slots)));
            }
        }
    }

    /// What became of a beacon.
    fn beacon(&mut self, url: String, reason: String) {
        let api = webkit_api(self.subject.call()).unwrap_or_default().to_owned();
        self.lines.push(say::TAIL_BEACON.error(JS, &[("api", api), ("url", url), ("reason", reason)]));
    }

    fn failure(&mut self, error: &NetworkError) {
        let subject = self.subject;
        match subject.trouble(error) {
            Trouble::Preflight(answered) => {
                let (message, slots) = self.preflight(error, &answered);
                self.reason(message, &slots);
                self.refused(&subject.url_of(answered.exchange));
            }
            Trouble::PreflightLost(exchange) => {
                let message = if error.code == Code::Malformed { say::NETWORK_PARSE } else { say::NETWORK_TERMINATED };
                self.reason(message, &[]);
                self.refused(&subject.url_of(exchange));
            }
            Trouble::Check(answered) => {
                let (message, slots) = access(&answered);
                match answered.value(b"location").filter(|_| answered.has_location(WEBKIT)) {
                    Some(location) => {
                        let leads_nowhere = answered.leads_nowhere(WEBKIT);
                        let next = || without_userinfo(&subject.url(answered.exchange.hop + 1)).into_owned();
                        let target = if leads_nowhere { lossy(&location) } else { next() };
                        self.reason(say::REDIRECT_DENIED, &[("target", target), ("inner", message.text(&slots))]);
                    }
                    None => self.reason(message, &slots),
                }
                self.refused(&subject.url_of(answered.exchange));
            }
            Trouble::Other => self.other(error),
        }
    }

    /// Why the answer to a preflight does not let the request go out: the status comes first.
    fn preflight(&self, error: &NetworkError, answered: &Answered) -> (Message, Vec<Slot>) {
        let whole = |name: &[u8]| vec![("value", answered.value(name).map(|value| lossy(&value)).unwrap_or_default())];
        if !status::is_ok(answered.answer.status) {
            return (say::PREFLIGHT_STATUS, vec![("status", answered.answer.status.to_string())]);
        }
        match error.code {
            Code::PreflightCors => access(answered),
            Code::PreflightParse if answered.has_bad_methods() => {
                (say::PREFLIGHT_METHODS_INVALID, whole(b"access-control-allow-methods"))
            }
            Code::PreflightParse => (say::PREFLIGHT_HEADERS_INVALID, whole(b"access-control-allow-headers")),
            Code::PreflightMethod => {
                let method = joined(&answered.exchange.request.headers, b"access-control-request-method").unwrap_or_default();
                (say::PREFLIGHT_METHOD, vec![("method", lossy(&method))])
            }
            _ => (say::PREFLIGHT_HEADER, vec![("name", self.refused_header(answered))]),
        }
    }

    /// The first header that a preflight's answer does not allow: those that WebKit knows by name come first, and are
    /// called as it calls them; the others as script wrote them.
    fn refused_header(&self, answered: &Answered) -> String {
        let refused: Vec<&[u8]> = answered.refused_headers(self.subject.case.credentials()).collect();
        let headers = self.subject.report().request.as_ref().map_or(&[][..], |request| request.headers.as_slice());
        let is_refused = |Header(name, _): &&Header| refused.iter().any(|refused| name.as_bytes().eq_ignore_ascii_case(refused));
        let known = headers.iter().filter(is_refused).find_map(|header| known_name(header.0.as_bytes()));
        let written = || headers.iter().find(is_refused).map(|header| lossy(header.0.as_bytes()));
        let asked = || refused.first().map(|name| lossy(name));
        known.map(str::to_owned).or_else(written).or_else(asked).unwrap_or_default()
    }

    /// A request that failed, and not because of what an answer says of CORS.
    fn other(&mut self, error: &NetworkError) {
        let subject = self.subject;
        let url = subject.url(error.hop).into_owned();
        let from = subject.last_exchange();
        let redirecting = subject.last_answered();
        // With the fragment that it inherits.
        let target = redirecting
            .filter(|answered| answered.target(WEBKIT).is_some())
            .and_then(|answered| Url::parse(&subject.url(answered.exchange.hop + 1)).ok());
        let asked = from.map_or_else(|| url.clone(), |exchange| subject.url_of(exchange).into_owned());
        let is_of_cors = webkit_api(subject.call()).is_some() && subject.mode() == Some(RequestMode::Cors);
        let is_beacon = matches!(subject.call(), Call::Beacon { .. });
        let has_preflight = subject.report().request.as_ref().is_some_and(|request| !request.preflight_reasons.is_empty());
        match error.code {
            Code::SameOriginMode if error.hop == 0 => {
                let slots = webkit_api(subject.call()).map(|api| [("api", api.to_owned()), ("url", url)]);
                self.lines.extend(slots.map(|slots| say::TAIL.error(JS, &slots)));
            }
            Code::SameOriginMode => {
                // NB: a policy has upgraded it by then, which only what refuses it knows.
                let target = without_userinfo(&subject.asked_url(error.hop)).into_owned();
                self.reason(say::SAME_ORIGIN_REDIRECT, &[("url", target), ("origin", subject.case.origin.clone())]);
                self.refused(&url);
            }
            // NB: of what else is lost on its way nothing is said.
            Code::Connection if is_beacon && matches!(subject.failure(), Some(FailureKind::Closed | FailureKind::Lost)) => {
                self.beacon(url, say::NETWORK_TERMINATED.template());
            }
            Code::NoCorsRedirectMode => {
                self.reason(say::NOCORS_REDIRECT, &[]);
                self.lines.push(say::NOT_ALLOWED.error(JS, &[]));
                // NB: without its fragment.
                self.refused(url.split('#').next().unwrap_or_default());
            }
            // NB: CORS is asked before that, and knows HTTP alone.
            Code::MixedContent if error.hop == 0 && !url.starts_with("http:") && is_of_cors => {
                self.scheme(&url);
            }
            // NB: to WebKit `about:` is secure, and `ws:` is upgraded like `http:`.
            Code::MixedContent if url.starts_with("about:") || url.starts_with("ws:") && subject.is_upgradeable() => {}
            // NB: mixed content is looked for before the port, and so are schemes that nothing is known of.
            Code::MixedContent | Code::BadPort | Code::UnknownScheme | Code::SchemeNotHttp
                if error.code == Code::MixedContent
                    || subject.is_mixed(&url) && subject.upgrade(error.hop).is_none()
                    || error.code != Code::BadPort
                        && !is_of_cors
                        && subject.page.global == Global::Window
                        && has_mixed_scheme(subject, &url) =>
            {
                let is_waited_for =
                    subject.page.global == Global::Window && matches!(subject.call(), Call::Xhr { sync: true, .. });
                // NB: a request loses its fragment before it is looked at, but where a document waits.
                let url = match url.split_once('#') {
                    Some((before, _)) if error.hop == 0 && !is_waited_for => before.to_owned(),
                    _ => url,
                };
                self.mixed_content(&url);
                // NB: of what elements ask for nothing more is said.
                match (error.hop, subject.call()) {
                    (0, Call::Beacon { .. }) => {
                        self.beacon(url, say::NOT_ALLOWED.template());
                    }
                    // NB: a document that waits gets no exception, and no word of it.
                    (0, _) if is_waited_for => {}
                    (0, call) if webkit_api(call).is_some() => {
                        self.lines.push(say::NOT_ALLOWED.error(JS, &[]));
                        self.refused(&url);
                    }
                    (0, _) => {}
                    _ => self.refused(&asked),
                }
            }
            Code::BadPort if error.hop == 0 && subject.preload_attribute().is_some() => {}
            // NB: it is the preflight's port.
            Code::BadPort if error.hop > 0 && is_of_cors && has_preflight => {
                self.reason(say::PREFLIGHT_BLOCKED, &[]);
                self.refused(&url);
            }
            Code::BadPort => {
                let port = Url::parse(&url).ok().and_then(|url| url.port()).unwrap_or_default();
                let url = subject.asked_url(error.hop);
                let url = if error.hop > 0 { without_userinfo(&url).into_owned() } else { url.into_owned() };
                self.reason(say::PORT, &[("port", port.to_string()), ("url", url.clone())]);
                if is_beacon {
                    self.beacon(url, WEBKIT_PORT.into());
                }
            }
            Code::RedirectModeError => {
                self.reason(say::REDIRECT_MODE_ERROR, &[("url", asked.clone())]);
                self.refused(&asked);
            }
            Code::RedirectCount => {
                self.reason(say::REDIRECT_LIMIT, &[]);
                self.refused(&asked);
            }
            // NB: mixed content is looked for before that.
            Code::LocationCredentials
                if let Some(target) = &target
                    && subject.is_mixed(target.as_str())
                    && from.is_some_and(|exchange| !subject.was_cross_origin(exchange.hop)) =>
            {
                self.mixed_content(target.as_str());
                self.refused(&asked);
            }
            Code::LocationCredentials | Code::LocationCredentialsTainted => {
                let location = target.as_ref().map(|target| target.as_str().to_owned()).unwrap_or_default();
                let target = target.as_ref().map(without_credentials).unwrap_or_default();
                self.reason(say::REDIRECT_CREDENTIALS, &[("target", target), ("location", location)]);
                self.refused(&asked);
            }
            Code::LocationScheme => {
                let is_cross_origin = subject.was_cross_origin(error.hop);
                self.location_scheme(target.as_ref(), &asked, is_cross_origin);
            }
            Code::Location if is_beacon => self.beacon(asked, say::URL_NOT_SHOWN.template()),
            // NB: where there is no CORS yet, a URL that does not parse is refused without a word.
            Code::Location if subject.mode() == Some(RequestMode::Cors) && subject.was_cross_origin(error.hop) => {
                let location = redirecting.and_then(|answered| answered.value(b"location"));
                let target = location.map(|value| lossy(&value)).unwrap_or_default();
                // NB: so is an empty one.
                if !target.is_empty() {
                    self.reason(say::REDIRECT_SCHEME, &[("target", target)]);
                    self.refused(&asked);
                }
            }
            Code::BlobUrl if subject.is_same_origin(&url) => {}
            Code::SchemeNotHttp | Code::AboutUrl | Code::BlobUrl | Code::UnknownScheme | Code::FileUrl => self.scheme(&url),
            Code::ContentSecurityPolicy => self.policy(&url),
            // NB: what had failed for its type the element finds out by itself.
            Code::Preload => match (error.failed, subject.call()) {
                (Some(FailedCheck::Preload { code: Code::Nosniff | Code::MimeType, .. }), Call::Script { module: false, .. }) => {
                    let answered = subject.preload_answered().filter(|answered| !determine_nosniff(answered.headers()));
                    let essence = answered.map(|answered| answered.essence());
                    match essence {
                        Some(essence) => self.reason(say::SCRIPT_MIME, &[("type", essence.unwrap_or_default()), ("url", url)]),
                        None => self.reason(say::SCRIPT_NOSNIFF, &[("url", url)]),
                    }
                }
                (Some(FailedCheck::Preload { code: Code::Nosniff | Code::MimeType, .. }), Call::Stylesheet { .. })
                    if subject.preload_answered().is_some_and(|answered| status::is_ok(answered.answer.status)) =>
                {
                    self.reason(say::STYLE_MIME, &[("url", url)]);
                }
                (
                    Some(FailedCheck::Preload {
                        code:
                            Code::CorsCheck
                            | Code::Corp
                            | Code::Location
                            | Code::LocationCredentials
                            | Code::LocationCredentialsTainted
                            | Code::LocationScheme
                            | Code::RedirectCount,
                        ..
                    }),
                    _,
                ) => {
                    let preload = subject.used_preload();
                    let last = preload.and_then(|preload| Some(preload.url_of(preload.last_exchange()?)));
                    self.refused(last.as_deref().unwrap_or(&url));
                }
                _ => {}
            },
            // NB: who uses what was preloaded is told nothing.
            Code::Corp if from.is_none() => {}
            Code::Corp => {
                let slots = [("url", shortened(&asked))];
                match target.as_ref().map(without_credentials) {
                    Some(target) => {
                        let inner = say::CORP.text(&slots);
                        self.reason(say::REDIRECT_DENIED, &[("target", target), ("inner", inner)]);
                    }
                    None => self.reason(say::CORP, &slots),
                }
                self.refused(&asked);
            }
            Code::Integrity | Code::IntegrityWithoutBody => {
                let length = redirecting.and_then(|answered| answered.value(b"content-length"));
                let length = length.map(|value| lossy(&value)).unwrap_or_default();
                let metadata = match subject.call() {
                    Call::Fetch { init, .. } => init.integrity.clone().unwrap_or_default(),
                    _ => String::new(),
                };
                let slots = [("url", asked.clone()), ("length", length), ("metadata", metadata)];
                self.reason(say::INTEGRITY, &slots);
                self.refused(&asked);
            }
            // What script aborted is not printed, nor what the network did.
            _ => {}
        }
    }

    /// What Content Security Policy blocked. WebKit knows no directives for elements apart.
    fn policy(&mut self, url: &str) {
        let Some(directive) = self.subject.directive() else { return self.not_modelled.push(NotModelled::PolicyDirective) };
        let effective = directive.effective.trim_end_matches("-elem");
        let message = match (effective, directive.used) {
            ("connect-src", "default-src") => say::CSP_CONNECT_BY_DEFAULT,
            ("connect-src", _) => say::CSP_CONNECT,
            (_, "default-src") => say::CSP_LOAD_BY_DEFAULT,
            _ => say::CSP_LOAD,
        };
        self.reason(message, &[("url", url.into()), ("effective", effective.into())]);
    }

    /// A redirect to a URL that is not HTTP(S).
    fn location_scheme(&mut self, target: Option<&Url>, asked: &str, was_cross_origin: bool) {
        let Some(target) = target else { return };
        let is_cross_origin = was_cross_origin || !self.subject.is_same_origin(target.as_str());
        let url = [("url", target.as_str().to_owned())];
        let is_without_cors = self.subject.mode() == Some(RequestMode::NoCors);
        let is_of_element = is_without_cors && webkit_api(self.subject.call()).is_none();
        let is_beacon = matches!(self.subject.call(), Call::Beacon { .. });
        match target.scheme() {
            "data" if is_beacon => {}
            "about" if is_beacon => self.beacon(target.as_str().to_owned(), say::URL_NOT_SHOWN.template()),
            "file" if is_without_cors || !was_cross_origin => {
                self.reason(say::LOCAL_RESOURCE, &url);
                self.refused(asked);
            }
            "ftp" | "ftps" => {
                self.reason(say::FTP, &[]);
                self.refused(asked);
            }
            "about" | "data" if is_of_element => {}
            "blob" if is_without_cors && !self.subject.is_same_origin(target.as_str()) => {
                self.reason(say::LOCAL_RESOURCE, &url);
                self.refused(asked);
            }
            scheme
                if is_without_cors
                    && has_mixed_scheme(self.subject, target.as_str())
                    && !(scheme == "ws" && self.subject.is_upgradeable()) =>
            {
                self.mixed_content(target.as_str());
                self.refused(asked);
            }
            _ if is_of_element => {
                self.reason(say::REDIRECT_SCHEME_ELEMENT, &[]);
                self.refused(asked);
            }
            _ if is_without_cors || !is_cross_origin => {
                let is_fetch = matches!(self.subject.call(), Call::Fetch { .. });
                self.reason(if is_fetch { say::REDIRECT_SCHEME_NOCORS } else { say::REDIRECT_SCHEME_ELEMENT }, &[]);
                self.refused(target.as_str());
            }
            _ if self.subject.mode() == Some(RequestMode::SameOrigin) => {
                let [url] = url;
                self.reason(say::SAME_ORIGIN_REDIRECT, &[url, ("origin", self.subject.case.origin.clone())]);
                self.refused(asked);
            }
            _ => {
                self.reason(say::REDIRECT_SCHEME, &[("target", without_credentials(target))]);
                self.refused(asked);
            }
        }
    }

    /// A request for a URL that is not HTTP(S).
    fn scheme(&mut self, url: &str) {
        let scheme = url.split(':').next().unwrap_or_default();
        // NB: what an element asks for is looked at as if it needed no CORS.
        let is_of_api = matches!(self.subject.call(), Call::Fetch { .. } | Call::Xhr { .. } | Call::EventSource { .. });
        let is_of_element = !is_of_api && !matches!(self.subject.call(), Call::Preload { .. });
        let mode = self.subject.mode().filter(|_| is_of_api).or(Some(RequestMode::NoCors));
        match (mode, scheme) {
            (_, "blob") if is_of_element && !self.subject.is_same_origin(url) => {
                return self.reason(say::LOCAL_RESOURCE, &[("url", url.to_owned())]);
            }
            // NB: a secure page blocks it once more, without a word.
            (_, "file") if !is_of_api && self.subject.is_page_secure() => {
                let line = say::LOCAL_RESOURCE.error(SECURITY, &[("url", url.to_owned())]);
                return self.lines.extend(Some(line).filter(|_| is_of_element));
            }
            (Some(RequestMode::NoCors), "file") => {
                self.reason(say::LOCAL_RESOURCE, &[("url", url.to_owned())]);
                self.lines.push(say::NOT_ALLOWED.error(JS, &[]));
            }
            (Some(RequestMode::NoCors), "ftp") => self.reason(say::FTP, &[]),
            (Some(RequestMode::NoCors), _) => return,
            _ => self.lines.push(say::SCHEME.error(JS, &[])),
        }
        self.refused(url);
    }
}

/// A header name as WebKit writes it, if it is one of those that WebKit knows.
fn known_name(name: &[u8]) -> Option<&'static str> {
    KNOWN_NAMES.iter().copied().find(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// The header names that WebKit knows, of those that script may set.
const KNOWN_NAMES: &[&str] = &[
    "Accept",
    "Accept-Language",
    "Accept-Ranges",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Age",
    "Authorization",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Content-Type",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Embedder-Policy-Report-Only",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Opener-Policy-Report-Only",
    "Cross-Origin-Resource-Policy",
    "Default-Style",
    "ETag",
    "Expires",
    "Icy-MetaInt",
    "Icy-Metadata",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Last-Event-ID",
    "Last-Modified",
    "Link",
    "Location",
    "Ping-From",
    "Ping-To",
    "Pragma",
    "Purpose",
    "Range",
    "Referrer-Policy",
    "Refresh",
    "Server",
    "Server-Timing",
    "Service-Worker",
    "Service-Worker-Allowed",
    "SourceMap",
    "Strict-Transport-Security",
    "Timing-Allow-Origin",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Vary",
    "X-Content-Type-Options",
    "X-DNS-Prefetch-Control",
    "X-Frame-Options",
    "X-SourceMap",
    "X-XSS-Protection",
];

/// Why an answer that fails the CORS check does. A header that is missing is one that is different.
fn access(answered: &Answered) -> (Message, Vec<Slot>) {
    let allowed = answered.allow_origin().unwrap_or_default();
    let origin = answered.origin();
    if &*allowed == b"*" {
        (say::ACAO_WILDCARD, Vec::new())
    } else if allowed == origin {
        (say::ACAC, Vec::new())
    } else if allowed.contains(&b',') {
        (say::ACAO_MULTIPLE, Vec::new())
    } else {
        (say::ACAO_MISMATCH, vec![("origin", lossy(&origin)), ("status", answered.answer.status.to_string())])
    }
}

/// A URL as it stands in a line about Cross-Origin-Resource-Policy: what is long loses its middle.
fn shortened(url: &str) -> String {
    const LONGEST: usize = 1024;
    match (url.get(..LONGEST / 2 - 1), url.len().checked_sub(LONGEST / 2 - 2).and_then(|start| url.get(start..))) {
        (Some(start), Some(end)) if url.len() > LONGEST => [start, "...", end].concat(),
        _ => url.into(),
    }
}

/// Whether a host is the machine itself.
fn is_local(host: &str) -> bool {
    is_localhost_name(host) || host == "127.0.0.1"
}
