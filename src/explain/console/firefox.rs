//! Firefox's words. A listener stands before the consumer of each CORS request and of each preflight; whichever channel
//! fails once its request has been cross-origin prints a line, so that one refusal makes up to three of them.

use url::Url;

use super::messages::firefox as say;
use super::messages::{MIXED_CONTENT, Message, NO_STATUS};
use super::subject::{Answered, Subject, Trouble, lossy};
use super::{Console, ConsoleLine};
use crate::cors::preflight::AllowList;
use crate::error_code::NetworkErrorCode as Code;
use crate::explain::catalogue::Slot;
use crate::fetch::referrer::referrer_policy_on_redirect;
use crate::http::header_list::Fields;
use crate::http::modes::{CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode};
use crate::http::status;
use crate::infra::bytes::is_token;
use crate::infra::origin::Origin;
use crate::network::Purpose;
use crate::report::{Exchange, NetworkError};
use crate::scenario::Call;

const SECURITY: &str = "Security";

/// What Firefox prints.
pub(super) fn console(subject: &Subject) -> Console {
    let mut printer = Printer { subject, lines: Vec::new() };
    printer.exchanges();
    if let Some(error) = subject.error() {
        printer.failure(error);
    }
    Console { lines: printer.lines, ..Console::default() }
}

struct Printer<'s, 'a> {
    subject: &'s Subject<'a>,
    lines: Vec<ConsoleLine>,
}

impl Printer<'_, '_> {
    /// An error of a category that is called like its message.
    fn blocked(&mut self, message: Message, url: &str, slots: &[Slot]) {
        let slots = [&[("url", url.to_owned())], slots].concat();
        self.lines.push(message.error(message.id, &slots));
    }

    /// The line of a channel that failed.
    fn did_not_succeed(&mut self, url: &str) {
        self.blocked(say::DID_NOT_SUCCEED, url, &[("status", NO_STATUS.into())]);
    }

    /// What is printed on the way, whether the fetch fails or not.
    fn exchanges(&mut self) {
        let mut policy = requested_policy(self.subject);
        let mut hops = 0;
        for exchange in &self.subject.report().exchanges {
            if exchange.hop == hops {
                hops += 1;
                self.ignored_policy(exchange, policy);
            }
            if exchange.request.purpose == Purpose::Preflight {
                self.authorization_under_wildcard(exchange);
            } else if let Some(answer) = &exchange.response
                && let Some(next) = referrer_policy_on_redirect(answer.headers.as_slice())
            {
                policy = next;
            }
        }
    }

    /// A policy that would tell more than the default is not followed across sites. A channel that follows a redirect is
    /// set up twice.
    fn ignored_policy(&mut self, exchange: &Exchange, policy: ReferrerPolicy) {
        let is_relaxed = matches!(
            policy,
            ReferrerPolicy::UnsafeUrl | ReferrerPolicy::NoReferrerWhenDowngrade | ReferrerPolicy::OriginWhenCrossOrigin
        );
        let Ok(url) = Url::parse(&exchange.request.url) else { return };
        let page = Origin::parse(&self.subject.case.origin);
        let is_cross_site = page.is_none_or(|page| !page.schemelessly_same_site(&Origin::of_url(&url)));
        if is_relaxed && is_cross_site {
            let slots = [("policy", policy.as_str().to_owned()), ("url", exchange.request.url.clone())];
            let times = if exchange.hop == 0 { 1 } else { 2 };
            self.lines.extend((0..times).map(|_| say::REFERRER_IGNORED.warning(SECURITY, &slots)));
        }
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
            self.lines.push(message.warning(message.id, &[("url", exchange.request.url.clone())]));
        }
    }

    fn failure(&mut self, error: &NetworkError) {
        match self.subject.trouble(error) {
            Trouble::Preflight(answered) => {
                self.preflight(error, &answered);
                self.did_not_succeed(answered.url());
            }
            Trouble::PreflightLost(exchange) => {
                self.did_not_succeed(&exchange.request.url);
                self.did_not_succeed(&exchange.request.url);
            }
            Trouble::Check(answered) => {
                self.access(&answered);
                // The channel of a redirect is cancelled, and then its listener is told that it has failed.
                if answered.target().is_some() && self.redirect_mode() != Some(RedirectMode::Manual) {
                    self.did_not_succeed(answered.url());
                }
            }
            Trouble::Other => self.other(error),
        }
    }

    fn redirect_mode(&self) -> Option<RedirectMode> {
        self.subject.report().request.as_ref().map(|request| request.redirect)
    }

    /// Why an answer that fails the CORS check does.
    fn access(&mut self, answered: &Answered) {
        self.access_for(answered, &answered.origin());
    }

    /// Why an answer does not pass the CORS check for `origin`; false where nothing is wrong.
    fn access_for(&mut self, answered: &Answered, origin: &[u8]) -> bool {
        let url = answered.url();
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
        } else if with_credentials {
            self.blocked(say::MISSING_ALLOW_CREDENTIALS, url, &[]);
        } else {
            return false;
        }
        true
    }

    /// Why the answer to a preflight does not let the request go out.
    fn preflight(&mut self, error: &NetworkError, answered: &Answered) {
        let url = answered.url();
        let status = answered.answer.status.to_string();
        if status::is_redirect(answered.answer.status)
            && let Some(target) = answered.target()
        {
            return self.redirected_preflight(error, answered, &target);
        }
        match error.code {
            Code::PreflightCors => self.access(answered),
            Code::PreflightStatus => self.blocked(say::PREFLIGHT_DID_NOT_SUCCEED, url, &[("status", status)]),
            Code::PreflightParse => {
                let bad = |list| answered.elements(list).find(|element| !is_token(element)).map(lossy);
                match bad(AllowList::Methods) {
                    Some(token) => self.blocked(say::INVALID_ALLOW_METHOD, url, &[("token", token)]),
                    None => {
                        let token = bad(AllowList::Headers).unwrap_or_default();
                        self.blocked(say::INVALID_ALLOW_HEADER, url, &[("token", token)]);
                    }
                }
            }
            Code::PreflightMethod => self.blocked(say::METHOD_NOT_FOUND, url, &[]),
            _ => {
                let refused = answered.refused_headers(self.subject.case.credentials()).next().map(lossy).unwrap_or_default();
                self.blocked(say::MISSING_ALLOW_HEADER_FROM_PREFLIGHT, url, &[("name", refused)]);
            }
        }
    }

    /// A preflight that is redirected: first its own listener looks at the redirect as at any other, then the preflight
    /// refuses it, and its listener sees the same answer once more, as what the channel ends with. By then a redirect to
    /// another origin has made the origin opaque.
    fn redirected_preflight(&mut self, error: &NetworkError, answered: &Answered, target: &Url) {
        let url = answered.url();
        if error.code == Code::PreflightCors {
            self.access(answered);
            return self.did_not_succeed(url);
        }
        self.blocked(say::EXTERNAL_REDIRECT_NOT_ALLOWED, url, &[]);
        let stays = Url::parse(url).is_ok_and(|url| Origin::of_url(&url).same_origin(&Origin::of_url(target)));
        if stays || !self.access_for(answered, b"null") {
            self.blocked(say::PREFLIGHT_DID_NOT_SUCCEED, url, &[("status", answered.answer.status.to_string())]);
        }
    }

    /// A request that failed, and not because of what an answer says of CORS.
    fn other(&mut self, error: &NetworkError) {
        let subject = self.subject;
        if matches!(error.code, Code::MixedContent) {
            let url = subject.url(error.hop).into_owned();
            self.lines.push(say::BLOCK_MIXED_ACTIVE_CONTENT.error(MIXED_CONTENT, &[("url", url)]));
        }
        // NB: what is refused before there is a channel prints nothing, nor does what script itself aborted.
        let Some(exchange) = subject.last_exchange() else { return };
        let is_cors = subject.mode() == Some(RequestMode::Cors);
        if is_cors && subject.was_cross_origin(exchange.hop) && error.code != Code::Aborted {
            self.did_not_succeed(&exchange.request.url);
        }
    }
}

/// The policy that script or page asks for.
fn requested_policy(subject: &Subject) -> ReferrerPolicy {
    let asked = match subject.call() {
        Call::Fetch { init, .. } => init.referrer_policy.as_deref().and_then(ReferrerPolicy::parse),
        _ => None,
    };
    asked.filter(|policy| *policy != ReferrerPolicy::Empty).unwrap_or(subject.page.referrer_policy)
}
