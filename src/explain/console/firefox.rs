//! Firefox's words. A listener stands before the consumer of each CORS request and of each preflight; whichever channel
//! fails once its request has been cross-origin prints a line, so that one refusal makes up to three of them.

use url::Url;

use super::messages::firefox as say;
use super::messages::{
    CORP_LEARN_MORE, MIXED_CONTENT, MIXED_CONTENT_MESSAGE, Message, NO_STATUS, ORB_NEVER_GUESSED, ORB_NOSNIFF, ORB_STATUS,
};
use super::subject::{Answered, Subject, Trouble, lossy, without_userinfo};
use super::{Console, ConsoleLine, NotModelled};
use crate::Answer;
use crate::cors::preflight::AllowList;
use crate::error_code::NetworkErrorCode as Code;
use crate::explain::catalogue::Slot;
use crate::fetch::opaque_blocking::{has_type_never_guessed, is_failure_kept_from, is_of_element};
use crate::fetch::referrer::referrer_policy_on_redirect;
use crate::http::extract::extract_mime_type;
use crate::http::header_list::{Fields, joined};
use crate::http::modes::{CredentialsMode, ReferrerPolicy, RequestMode};
use crate::http::{method, status};
use crate::infra::bytes::is_token;
use crate::infra::origin::Origin;
use crate::network::{FailureKind, Purpose, WireFailure};
use crate::report::{Exchange, NetworkError, Outcome};
use crate::scenario::{Call, Global, LocalNetworkPermission};
use crate::trace::Upgrade;

const SECURITY: &str = "Security";
const CSP_UPGRADE: &str = "CSP_upgradeInsecureRequest";
const ORB: &str = "ORB";
const COEP: &str = "COEP";

/// What Firefox prints.
pub(super) fn console(subject: &Subject) -> Console {
    let mut printer = Printer { subject, lines: Vec::new(), not_modelled: Vec::new() };
    if !matches!(subject.report().outcome, Outcome::Threw(_)) {
        printer.exchanges();
    }
    if let Some(error) = subject.error() {
        printer.failure(error);
    }
    printer.let_inside();
    printer.bad_type();
    printer.kept_from_element();
    Console { lines: printer.lines, not_modelled: printer.not_modelled, ..Console::default() }
}

struct Printer<'s, 'a> {
    subject: &'s Subject<'a>,
    lines: Vec<ConsoleLine>,
    not_modelled: Vec<NotModelled>,
}

impl Printer<'_, '_> {
    /// An error of a category that is called like its message.
    fn blocked(&mut self, message: Message, url: &str, slots: &[Slot]) {
        let slots = [&[("url", url.to_owned())], slots].concat();
        self.lines.push(message.error(message.id, &slots));
    }

    /// The URL at a hop was made secure.
    fn upgraded(&mut self, hop: usize) {
        // NB: the policies are asked before that.
        if self.is_refused_by_policy(hop) {
            return;
        }
        let slots = [("url", self.subject.written_url(hop).into_owned()), ("scheme", "https".to_owned())];
        self.lines.extend(self.subject.upgrade(hop).map(|by| match by {
            Upgrade::UpgradeInsecureRequests => say::CSP_UPGRADE.warning(CSP_UPGRADE, &slots),
            _ => say::MIXED_CONTENT_AUTO_UPGRADE.warning(MIXED_CONTENT_MESSAGE, &slots),
        }));
    }

    fn is_refused_by_policy(&self, hop: usize) -> bool {
        self.subject.error().is_some_and(|error| error.code == Code::ContentSecurityPolicy && error.hop == hop)
    }

    /// The line of a channel that failed.
    fn did_not_succeed(&mut self, url: &str) {
        self.blocked(say::DID_NOT_SUCCEED, url, &[("status", NO_STATUS.into())]);
    }

    /// What is printed on the way, whether the fetch fails or not.
    fn exchanges(&mut self) {
        let mut policy = requested_policy(self.subject);
        self.ignored_policy(self.subject.first_url(), policy);
        self.upgraded(0);
        let exchanges = &self.subject.report().exchanges;
        // NB: the XHR of a worker is made by its document.
        let is_of_document = self.subject.page.global == Global::Window || matches!(self.subject.call(), Call::Xhr { .. });
        let has_referrer = is_of_document && self.subject.case.origin != "null";
        for exchange in exchanges {
            if exchange.request.purpose == Purpose::Preflight {
                self.authorization_under_wildcard(exchange);
                continue;
            }
            let redirect = exchange.response.as_ref().map(|answer| Answered { exchange, answer });
            if redirect.filter(|_| self.subject.follows()).and_then(|redirect| redirect.target(self.subject.profile)).is_none() {
                continue;
            }
            let target = self.subject.written_url(exchange.hop + 1);
            let brought = redirect.and_then(|redirect| referrer_policy_on_redirect(redirect.headers()));
            policy = brought.unwrap_or(policy);
            let failed = self.subject.error().filter(|error| error.hop == exchange.hop).map(|error| error.code);
            // NB: a resource's policy is looked at before there is a channel for where it leads.
            if failed == Some(Code::Corp) {
                continue;
            }
            // NB: a redirect that brings a policy, or is the first to another site, has its referrer made anew.
            if !self.is_cross_site(&exchange.request.url) || brought.is_some() && self.subject.case.origin != "null" {
                self.ignored_policy(&target, policy);
            }
            // NB: redirects are counted, and kept to the origin, only after that.
            if has_referrer && failed != Some(Code::RedirectCount) && self.subject.mode() != Some(RequestMode::SameOrigin) {
                self.ignored_policy(&target, policy);
            }
            self.upgraded(exchange.hop + 1);
        }
    }

    /// A policy that would tell more than the default is not followed across sites, which is said each time that a channel
    /// is given its referrer: when it is made, for a redirect only where there is a document with a referrer to give, and
    /// then once more where the redirect is the one that leads to another site.
    fn ignored_policy(&mut self, url: &str, policy: ReferrerPolicy) {
        let is_relaxed = matches!(
            policy,
            ReferrerPolicy::UnsafeUrl | ReferrerPolicy::NoReferrerWhenDowngrade | ReferrerPolicy::OriginWhenCrossOrigin
        );
        if is_relaxed && self.is_cross_site(url) {
            let slots = [("policy", policy.as_str().to_owned()), ("url", url.to_owned())];
            self.lines.push(say::REFERRER_IGNORED.warning(SECURITY, &slots));
        }
    }

    /// Whether a URL of HTTP(S) is of another site than the page.
    fn is_cross_site(&self, url: &str) -> bool {
        let Some(url) = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else { return false };
        let page = Origin::parse(&self.subject.case.origin);
        page.is_none_or(|page| !page.schemelessly_same_site(&Origin::of_url(&url)))
    }

    /// `Authorization` was let through by a `*`, which is not to last.
    fn authorization_under_wildcard(&mut self, exchange: &Exchange) {
        let Some(answer) = &exchange.response else { return };
        let answered = Answered { exchange, answer };
        let is_authorization = |name: &[u8]| name.eq_ignore_ascii_case(b"authorization");
        let lists_are_tokens =
            [AllowList::Methods, AllowList::Headers].into_iter().all(|list| answered.elements(list).all(is_token));
        let is_wildcard = answered.elements(AllowList::Headers).any(|name| name == b"*");
        let is_listed = answered.elements(AllowList::Headers).any(is_authorization);
        let is_reached = self.subject.error().is_none_or(|error| {
            !matches!(error.code, Code::PreflightCors | Code::PreflightStatus | Code::PreflightMethod)
                || error.hop != exchange.hop
        });
        if answered.asked_headers().any(is_authorization)
            && lists_are_tokens
            && is_wildcard
            && !is_listed
            && is_reached
            && self.subject.case.credentials() != CredentialsMode::Include
        {
            let message = say::ALLOW_HEADER_FROM_PREFLIGHT_DEPRECATION;
            self.lines.push(message.warning(message.id, &[("url", self.subject.url_of(exchange).into_owned())]));
        }
    }

    fn failure(&mut self, error: &NetworkError) {
        let subject = self.subject;
        match subject.trouble(error) {
            Trouble::Preflight(answered) => {
                self.preflight(error, &answered);
                self.did_not_succeed(&subject.url_of(answered.exchange));
            }
            Trouble::PreflightLost(exchange) => {
                let url = subject.url_of(exchange);
                if !self.headless(exchange) {
                    self.did_not_succeed(&url);
                }
                self.did_not_succeed(&url);
            }
            // A redirect that leads nowhere, or a type that is refused, ends the channel before its listener looks at the answer.
            Trouble::Check(answered)
                if answered.leads_nowhere(subject.profile) && subject.follows() || self.is_no_module(&answered) =>
            {
                self.did_not_succeed(&subject.url_of(answered.exchange));
            }
            Trouble::Check(answered) => {
                let target = answered.target(self.subject.profile).filter(|_| subject.follows());
                let url = subject.url(answered.exchange.hop + 1);
                if target.as_ref().is_none_or(|target| !self.is_refused_before(target, &url)) {
                    self.access(&answered);
                }
                // The channel of a redirect is cancelled, and then its listener is told that it has failed.
                if target.is_some() {
                    self.did_not_succeed(&subject.url_of(answered.exchange));
                }
            }
            Trouble::Other => self.other(error),
        }
    }

    /// The channel of a module whose MIME type is not that of a script is cancelled, like that of each response under CORS
    /// whose type is refused.
    fn bad_type(&mut self) {
        let subject = self.subject;
        let is_refused = subject.error().is_some_and(|error| matches!(error.code, Code::MimeType | Code::Nosniff));
        if let Some(exchange) = subject.last_exchange().filter(|_| is_refused)
            && subject.mode() == Some(RequestMode::Cors)
            && subject.was_cross_origin(exchange.hop)
        {
            return self.did_not_succeed(&subject.url_of(exchange));
        }
        let Some(answered) = subject.taken().filter(|answered| self.is_no_module(answered)) else { return };
        if subject.was_cross_origin(answered.exchange.hop) {
            self.did_not_succeed(&subject.url_of(answered.exchange));
        }
    }

    /// Whether an answer that is no redirect should have been a module, and is none by its type.
    fn is_no_module(&self, answered: &Answered) -> bool {
        let is_module = matches!(self.subject.call(), Call::Script { module: true, .. } | Call::Import { .. });
        let is_script = extract_mime_type(answered.headers()).is_some_and(|mime_type| mime_type.is_javascript());
        is_module && !is_script && !status::is_redirect_of(self.subject.profile, answered.answer.status)
    }

    /// An opaque response that the element does not get. NB: of one whose type is refused anyway nothing is said.
    fn kept_from_element(&mut self) {
        let Some(answered) = self.subject.opaque().filter(|_| self.subject.error().is_none()) else { return };
        let reason = if self.subject.is_kept_from_element() && has_type_never_guessed(answered.headers()) {
            ORB_NEVER_GUESSED
        } else if self.subject.is_kept_from_element() {
            ORB_NOSNIFF
        } else if is_failure_kept_from(self.subject.call(), answered.answer.status, answered.headers()) {
            ORB_STATUS
        } else {
            return;
        };
        self.kept_because(&answered, reason);
    }

    fn kept_because(&mut self, answered: &Answered, reason: &str) {
        let url = self.subject.url_of(answered.exchange);
        let slots = [("url", without_userinfo(&url).into_owned()), ("reason", reason.into())];
        self.lines.push(say::RESOURCE_BLOCKED_ORB.error(ORB, &slots));
    }

    /// Whether a redirect is refused before the listener is asked: schemes and mixed content are looked at by others, of a URL
    /// that may have inherited a fragment.
    fn is_refused_before(&mut self, target: &Url, url: &str) -> bool {
        let is_mixed = self.subject.is_mixed(target.as_str());
        if is_mixed {
            self.mixed_content(url);
        }
        is_mixed
            || matches!(target.scheme(), "blob" | "chrome" | "data" | "file" | "javascript" | "view-source")
            || target.scheme() == "about" && target.path() != "blank"
    }

    /// A CORS request that would leave HTTP. Of `blob:` and `data:` nothing is said.
    fn not_http(&mut self, url: &str) {
        let is_said = !["blob:", "data:", "file:", "http:", "https:"].iter().any(|scheme| url.starts_with(scheme));
        if is_said && self.subject.mode() == Some(RequestMode::Cors) {
            self.blocked(say::REQUEST_NOT_HTTP, url, &[]);
        }
    }

    /// A worker is refused without a word, and so is what may not leave the origin anyway.
    fn mixed_content(&mut self, url: &str) {
        let subject = self.subject;
        // NB: of what is preloaded nothing is said either, but for a redirect of what `fetch()` is to use.
        let is_for_fetch = |attribute: &str| attribute.eq_ignore_ascii_case("fetch") && !subject.report().exchanges.is_empty();
        let is_silent = subject.preload_attribute().is_some_and(|attribute| !is_for_fetch(attribute));
        if is_silent || subject.page.global != Global::Window || subject.mode() == Some(RequestMode::SameOrigin) {
            return;
        }
        self.lines.push(say::BLOCK_MIXED_ACTIVE_CONTENT.error(MIXED_CONTENT, &[("url", url.to_owned())]));
    }

    /// What Content Security Policy blocked.
    fn policy(&mut self, url: &str) {
        let Some(directive) = self.subject.directive() else { return self.not_modelled.push(NotModelled::PolicyDirective) };
        let (message, source) = match directive.effective {
            "script-src-elem" => (say::CSP_SCRIPT, "CSP_CSPScriptViolation"),
            "style-src-elem" => (say::CSP_STYLE, "CSP_CSPStyleViolation"),
            _ => (say::CSP_VIOLATED, "CSP_CSPGenericViolation"),
        };
        let slots = [("effective", directive.effective.into()), ("url", url.into()), ("directive", directive.text)];
        self.lines.push(message.error(source, &slots));
    }

    /// What may not reach the local network. The preflight is a channel of its own.
    fn local_network(&mut self, url: &str, hop: usize) {
        let subject = self.subject;
        let has_preflight = subject.report().request.as_ref().is_some_and(|request| !request.preflight_reasons.is_empty());
        // NB: it is logged by documents that did not come securely, and not of preflights.
        if subject.page.global == Global::Window && !subject.is_page_secure() && !has_preflight {
            self.not_modelled.push(NotModelled::LocalNetworkAddress);
        }
        if subject.mode() != Some(RequestMode::Cors) || !subject.was_cross_origin(hop) {
            return;
        }
        for _ in 0..1 + usize::from(has_preflight) {
            self.did_not_succeed(url);
        }
    }

    /// What a document was let reach on the local network is logged.
    fn let_inside(&mut self) {
        let subject = self.subject;
        let is_granted = subject.page.local_network == LocalNetworkPermission::Granted;
        if is_granted && subject.page.global == Global::Window && subject.leads_inside() {
            self.not_modelled.push(NotModelled::LocalNetworkAddress);
        }
    }

    /// What the policy of a resource, or that of the page, keeps from it. A worker is told nothing.
    fn resource_policy(&mut self) {
        let Some(exchange) = self.subject.last_exchange().filter(|_| self.subject.page.global == Global::Window) else { return };
        let slots = [("url", self.subject.url_of(exchange).into_owned()), ("learn_more", CORP_LEARN_MORE.into())];
        self.lines.push(say::CORP_BLOCKED.error(COEP, &slots));
    }

    /// A connection that was closed after an interim answer, or without an answer to a PUT, is no failure to its channel, and leaves no
    /// headers that could be looked through: that fails like looking through several lines of `Access-Control-Allow-Origin`.
    fn headless(&mut self, exchange: &Exchange) -> bool {
        let answers = &self.subject.case.fetch.answers;
        let Some(last) = exchange.answer else { return false };
        let Some(Answer::Failure(WireFailure { failure: FailureKind::Closed | FailureKind::Lost })) = answers.get(last) else {
            return false;
        };
        let before = last.checked_sub(1).and_then(|before| answers.get(before));
        let is_after_interim = matches!(before, Some(Answer::Response(answer)) if (100..200).contains(&answer.status));
        let is_headless = is_after_interim || exchange.request.method.as_bytes() == b"PUT";
        if is_headless {
            let url = self.subject.url_of(exchange);
            self.blocked(say::MULTIPLE_ALLOW_ORIGIN_NOT_ALLOWED, &url, &[]);
        }
        is_headless
    }

    /// Why an answer that fails the CORS check does.
    fn access(&mut self, answered: &Answered) {
        self.access_for(answered, &answered.origin());
    }

    /// Why an answer does not pass the CORS check for `origin`; false where nothing is wrong.
    fn access_for(&mut self, answered: &Answered, origin: &[u8]) -> bool {
        let url = &*self.subject.url_of(answered.exchange);
        // NB: only lines that are spelled exactly so count as several.
        let lines =
            (0..answered.headers().count()).filter(|&line| answered.headers().name(line) == b"Access-Control-Allow-Origin");
        let Some(allowed) = answered.allow_origin() else {
            self.blocked(say::MISSING_ALLOW_ORIGIN, url, &[("status", answered.answer.status.to_string())]);
            return true;
        };
        let with_credentials = self.subject.case.credentials() == CredentialsMode::Include;
        let is_wildcard = &*allowed == b"*";
        if lines.count() > 1 {
            self.blocked(say::MULTIPLE_ALLOW_ORIGIN_NOT_ALLOWED, url, &[]);
        } else if is_wildcard && with_credentials {
            self.blocked(say::NOT_SUPPORTING_CREDENTIALS, url, &[]);
        } else if !is_wildcard && *allowed != *origin {
            self.blocked(say::ALLOW_ORIGIN_NOT_MATCHING_ORIGIN, url, &[("value", lossy(&allowed))]);
        } else if with_credentials && answered.allow_credentials().as_deref() != Some(b"true") {
            self.blocked(say::MISSING_ALLOW_CREDENTIALS, url, &[]);
        } else {
            return false;
        }
        true
    }

    /// Why the answer to a preflight does not let the request go out, in Firefox's order: the CORS check, the status, and
    /// then one list to its end before the other.
    fn preflight(&mut self, error: &NetworkError, answered: &Answered) {
        let url = &*self.subject.url_of(answered.exchange);
        let status = answered.answer.status.to_string();
        // NB: the preflight has the redirect mode of its request, so that one which does not follow redirects gets them.
        if let Some(target) = answered.target(self.subject.profile).filter(|_| self.subject.follows()) {
            return self.redirected_preflight(error, answered, &target);
        }
        if answered.leads_nowhere(self.subject.profile) && self.subject.follows() {
            return self.did_not_succeed(url);
        }
        // NB: a preflight to the page's own origin, after a redirect, is no cross-origin request to its listener.
        if error.code == Code::PreflightCors && !self.subject.is_same_origin(url) {
            return self.access(answered);
        }
        let bad = |list| answered.elements(list).find(|element| !is_token(element)).map(lossy);
        let refused = || answered.refused_headers(self.subject.case.credentials()).next().map(lossy).unwrap_or_default();
        if !status::is_ok(answered.answer.status) {
            self.blocked(say::PREFLIGHT_DID_NOT_SUCCEED, url, &[("status", status)]);
        } else if let Some(token) = bad(AllowList::Methods) {
            self.blocked(say::INVALID_ALLOW_METHOD, url, &[("token", token)]);
        } else if !self.is_method_allowed(answered) {
            self.blocked(say::METHOD_NOT_FOUND, url, &[]);
        } else if let Some(token) = bad(AllowList::Headers) {
            self.blocked(say::INVALID_ALLOW_HEADER, url, &[("token", token)]);
        } else {
            self.blocked(say::MISSING_ALLOW_HEADER_FROM_PREFLIGHT, url, &[("name", refused())]);
        }
    }

    /// Whether the answer to a preflight allows the method that it asked for.
    fn is_method_allowed(&self, answered: &Answered) -> bool {
        let asked = joined(&answered.exchange.request.headers, b"access-control-request-method").unwrap_or_default();
        let by_wildcard = self.subject.case.credentials() != CredentialsMode::Include;
        method::is_cors_safelisted(&asked)
            || answered.elements(AllowList::Methods).any(|listed| *listed == *asked || by_wildcard && listed == b"*")
    }

    /// A preflight that is redirected: first its own listener looks at the redirect as at any other, then the preflight
    /// refuses it, and its listener sees the same answer once more, as what the channel ends with. By then a redirect from one
    /// foreign origin to another has made the origin opaque. For a worker's XHR the listener's line comes first.
    fn redirected_preflight(&mut self, error: &NetworkError, answered: &Answered, target: &Url) {
        let url = &*self.subject.url_of(answered.exchange);
        // NB: nobody asks for a scheme that is unknown.
        let is_known = matches!(target.scheme(), "about" | "http" | "https" | "ws" | "wss");
        if self.is_refused_before(target, target.as_str()) || !is_known {
            return self.did_not_succeed(url);
        }
        if error.code == Code::PreflightCors {
            self.access(answered);
            return self.did_not_succeed(url);
        }
        let place = self.lines.len();
        self.blocked(say::EXTERNAL_REDIRECT_NOT_ALLOWED, url, &[]);
        let stays = Url::parse(url).is_ok_and(|url| Origin::of_url(&url).same_origin(&Origin::of_url(target)));
        let sent = joined(&answered.exchange.request.headers, b"origin").filter(|_| self.subject.is_same_origin(url));
        if stays || !self.access_for(answered, sent.as_deref().unwrap_or(b"null")) {
            self.blocked(say::PREFLIGHT_DID_NOT_SUCCEED, url, &[("status", answered.answer.status.to_string())]);
        } else if self.subject.page.global != Global::Window && matches!(self.subject.call(), Call::Xhr { .. }) {
            self.lines[place..].reverse();
        }
    }

    /// A redirect that cannot be followed, or must not be, is an answer like any other, and its status keeps it from the element. NB:
    /// of schemes that nothing is known of, pictures alone hear in time.
    fn unfollowed_redirect(&mut self) {
        const KNOWN: [&str; 11] =
            ["about", "blob", "chrome", "data", "file", "http", "https", "javascript", "view-source", "ws", "wss"];
        let subject = self.subject;
        let redirect = subject
            .last_answered()
            .filter(|redirect| is_of_element(subject.call()) && subject.was_cross_origin(redirect.exchange.hop));
        let Some((redirect, target)) = redirect.and_then(|redirect| Some((redirect, redirect.target(subject.profile)?))) else {
            return;
        };
        let is_unknown = !KNOWN.contains(&target.scheme()) && subject.is_upgradeable();
        let is_vetoed = subject.is_mixed(target.as_str()) && !subject.is_upgradeable();
        if subject.mode() == Some(RequestMode::NoCors) && (is_unknown || is_vetoed) {
            self.kept_because(&redirect, ORB_STATUS);
        }
    }

    /// A request that failed, and not because of what an answer says of CORS.
    fn other(&mut self, error: &NetworkError) {
        let subject = self.subject;
        let is_mixed = subject.is_mixed(&subject.url(error.hop + 1));
        // NB: mixed content is named before what that makes of the answer.
        let is_named_first = is_mixed || error.code == Code::MixedContent || subject.is_mixed(&subject.url(error.hop));
        if !is_named_first {
            self.unfollowed_redirect();
        }
        let next = subject.written_url(error.hop + 1);
        match error.code {
            // NB: a user name on the way back to the page's own origin is looked at when the policy has upgraded the URL.
            Code::LocationCredentials | Code::LocationCredentialsTainted
                if subject.page.upgrade_insecure_requests
                    && next.strip_prefix("http:").is_some_and(|rest| subject.is_same_origin(&format!("https:{rest}"))) =>
            {
                let slots = [("url", next.to_string()), ("scheme", "https".to_owned())];
                self.lines.push(say::CSP_UPGRADE.warning(CSP_UPGRADE, &slots));
                return self.did_not_succeed(&next);
            }
            // NB: mixed content is looked for before the port, and before a user name.
            Code::LocationCredentials | Code::LocationCredentialsTainted if is_mixed => {
                self.mixed_content(&subject.url(error.hop + 1));
            }
            Code::BadPort if subject.is_mixed(&subject.url(error.hop)) => self.mixed_content(&subject.url(error.hop)),
            Code::MixedContent => self.mixed_content(&subject.url(error.hop)),
            Code::ContentSecurityPolicy => return self.policy(&subject.written_url(error.hop)),
            Code::LocalNetworkDenied => return self.local_network(&subject.url(error.hop), error.hop),
            Code::Corp => return self.resource_policy(),
            Code::Integrity => self.not_modelled.push(NotModelled::Digest),
            Code::LocationScheme => self.not_http(&subject.url(error.hop + 1)),
            Code::SchemeNotHttp | Code::AboutUrl | Code::UnknownScheme => self.not_http(&subject.url(error.hop)),
            _ => {}
        }
        if is_named_first {
            self.unfollowed_redirect();
        }
        // NB: what is refused before there is a channel prints nothing, nor does what comes after the answer has passed.
        let Some(exchange) = subject.last_exchange().filter(|_| is_of_channel(error.code)) else { return };
        let answered = exchange.response.as_ref().map(|answer| Answered { exchange, answer });
        let target = answered.and_then(|answered| answered.target(self.subject.profile));
        // NB: a redirect with a user name or a bad port has led to a foreign origin when it is refused.
        let leads_away = || {
            let is_foreign = target.as_ref().is_some_and(|target| !subject.is_same_origin(target.as_str()));
            error.code == Code::LocationCredentials && is_foreign && !is_mixed || error.code == Code::BadPort
        };
        let is_cors = subject.mode() == Some(RequestMode::Cors);
        if is_cors && (subject.was_cross_origin(exchange.hop) || leads_away()) && !self.headless(exchange) {
            self.did_not_succeed(&subject.url_of(exchange));
        }
    }
}

/// Whether a network error is one of the channel, and not of what is done with its answer.
fn is_of_channel(code: Code) -> bool {
    matches!(
        code,
        Code::Connection
            | Code::Offline
            | Code::Malformed
            | Code::ClientCertificate
            | Code::MixedContent
            | Code::BadPort
            | Code::Location
            | Code::LocationScheme
            | Code::LocationCredentials
            | Code::LocationCredentialsTainted
            | Code::RedirectCount
            | Code::StreamBodyRedirect
    )
}

/// The policy that script or page asks for.
fn requested_policy(subject: &Subject) -> ReferrerPolicy {
    let asked = match subject.call() {
        Call::Fetch { init, .. } => init.referrer_policy.as_deref().and_then(ReferrerPolicy::parse),
        _ => None,
    };
    asked.filter(|policy| *policy != ReferrerPolicy::Empty).unwrap_or(subject.page.referrer_policy)
}
