//! Which changes might help: for each way to fail, what a server or a page could do otherwise. The search asks the engine.

use url::Url;

use super::book::{Run, Source, tokens};
use super::change::{Change, Member, has_no_cross_origin};
use super::goal::Goal;
use crate::cors::check::CorsFailed;
use crate::cors::expose::Visibility;
use crate::cors::preflight::{AllowList, PreflightFailed};
use crate::error_code::NetworkErrorCode;
use crate::explain::diagnose::{is_login_page, is_similar, is_url_without_scheme};
use crate::http::header_list::{Header, joined};
use crate::http::modes::{CredentialsMode, Destination, RequestMode, ResponseType};
use crate::http::status::is_redirect;
use crate::infra::bytes::{ByteString, is_token, isomorphic_decode, matches_ignoring_case};
use crate::infra::origin::Origin;
use crate::network::{Purpose, WireResponse};
use crate::policy::OriginFault;
use crate::report::{AnswerSource, Exchange, FailedCheck, FetchReport, NetworkError, Outcome, Threw};
use crate::scenario::{Call, OutsidePolicy, RequestInit};
use crate::trace::{PreflightReason, ThrowCheck};

/// Changes that belong together.
pub(super) type Candidate = Vec<Change>;

/// What might help a run that did not reach its goal.
pub(super) fn candidates(run: &Run, index: usize, goal: Goal) -> Vec<Candidate> {
    let Some(fetch) = run.scenario.fetches.get(index) else { return Vec::new() };
    let run = Failed { run, index, call: &fetch.call, report: &run.report };
    match &run.report.outcome {
        Outcome::NetworkError(error) => run.network_error(error),
        Outcome::Threw(threw) => run.threw(threw),
        Outcome::Response(response) => match (response.response_type, goal) {
            (ResponseType::OpaqueRedirect, _) => vec![vec![leave_out(Member::Redirect)]],
            (ResponseType::Opaque, _) => run.with_cors(),
            (_, Goal::Header(name)) => run.unreadable(name),
            _ => Vec::new(),
        },
        Outcome::NeedsAnswer(_) | Outcome::NotReached => Vec::new(),
    }
}

const fn leave_out(member: Member) -> Change {
    Change::LeaveOut { member }
}

/// A run that did not reach its goal.
struct Failed<'a> {
    run: &'a Run,
    index: usize,
    call: &'a Call,
    report: &'a FetchReport,
}

/// An answer that a change can name.
struct Named<'a> {
    exchange: &'a Exchange,
    response: &'a WireResponse,
    fetch: usize,
    answer: usize,
}

impl Named<'_> {
    fn set(&self, name: &'static [u8], value: &[u8]) -> Change {
        let (fetch, answer) = (self.fetch, self.answer);
        Change::SetHeader { fetch, answer, name: ByteString::from_static(name), value: value.into() }
    }

    fn status(&self, status: u16) -> Change {
        Change::SetStatus { fetch: self.fetch, answer: self.answer, status }
    }

    /// An answer in place of the redirect: that a login is missing, where that is why.
    fn instead(&self) -> Candidate {
        let is_for_login = self.location().is_some_and(|url| is_login_page(&url));
        vec![self.status(if is_for_login { 401 } else { 200 })]
    }

    /// Where it redirects to, if that is something to ask for at once.
    fn target(&self) -> Option<Url> {
        self.location().filter(|url| !is_login_page(url))
    }

    /// Where it redirects to.
    fn location(&self) -> Option<Url> {
        let value = joined(self.response.headers.as_slice(), b"location").filter(|_| is_redirect(self.response.status))?;
        Url::parse(&self.exchange.request.url).ok()?.join(str::from_utf8(&value).ok()?).ok()
    }
}

impl<'a> Failed<'a> {
    /// An exchange whose answer is one that the scenario has: this fetch's, or an earlier one's out of the HTTP cache.
    fn named(&self, exchange: usize) -> Option<Named<'a>> {
        let exchange = self.report.exchanges.get(exchange)?;
        let response = exchange.response.as_ref()?;
        if let Some(answer) = exchange.answer {
            let Source::Known(answer) = *self.run.sources.get(answer)? else { return None };
            return Some(Named { exchange, response, fetch: self.index, answer });
        }
        None
    }

    fn is_strict(&self) -> bool {
        self.report.request.as_ref().is_some_and(|request| request.credentials == CredentialsMode::Include)
    }

    fn drop_credentials(&self) -> Option<Candidate> {
        self.is_strict().then(|| vec![Change::DropCredentials])
    }

    fn set_url(&self, url: impl Into<String>) -> Candidate {
        vec![Change::SetUrl { url: url.into() }]
    }

    fn network_error(&self, error: &NetworkError) -> Vec<Candidate> {
        let named = error.exchange.and_then(|exchange| self.named(exchange));
        match error.failed {
            Some(FailedCheck::CorsCheck { failed, .. }) => self.cors_check(error, named.as_ref(), failed),
            Some(FailedCheck::Preflight { failed, .. }) => self.preflight(error, named.as_ref(), failed),
            Some(FailedCheck::Corp { .. }) => {
                let policies = [&b"same-site"[..], b"cross-origin"].into_iter();
                let set = |named: &Named, policy: &[u8]| vec![named.set(b"Cross-Origin-Resource-Policy", policy)];
                let of_server = named.iter().flat_map(|named| policies.clone().map(|policy| set(named, policy)));
                of_server.chain(self.with_cors()).collect()
            }
            Some(FailedCheck::Preload { .. } | FailedCheck::Module { .. }) | None => self.by_code(error, named.as_ref()),
        }
    }

    /// A CORS check failed: of a preflight's answer, a redirect, or the answer itself.
    fn cors_check(&self, error: &NetworkError, named: Option<&Named>, failed: CorsFailed) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        if let Some(named) = named {
            candidates.extend(self.allow(named, failed));
            if named.exchange.request.purpose == Purpose::Actual && is_redirect(named.response.status) {
                candidates.push(named.instead());
                candidates.extend(named.target().map(|url| self.set_url(url)));
            }
        }
        candidates.extend(self.without_redirects(error));
        candidates.extend(self.drop_credentials());
        let is_cached = |exchange: &Exchange| matches!(exchange.source, AnswerSource::Cache | AnswerSource::Revalidated);
        if error.exchange.and_then(|exchange| self.report.exchanges.get(exchange)).is_some_and(is_cached) {
            candidates.extend(self.past_the_cache(error));
        }
        if named.is_some_and(|named| named.exchange.request.purpose == Purpose::Preflight) {
            candidates.extend(self.simpler_request());
        }
        candidates
    }

    /// The lines that let the origin that was sent pass this check.
    fn allow(&self, named: &Named, failed: CorsFailed) -> Option<Candidate> {
        let origin = joined(&named.exchange.request.headers, b"origin")?;
        // NB: any page can make itself one that sends `null`, so that no answer names it.
        if *origin == *b"null" {
            return None;
        }
        if matches!(failed, CorsFailed::AllowCredentialsMissing | CorsFailed::AllowCredentialsNotTrue { .. }) {
            return Some(vec![named.set(b"Access-Control-Allow-Credentials", b"true")]);
        }
        let mut candidate = vec![named.set(b"Access-Control-Allow-Origin", &origin)];
        let headers = named.response.headers.as_slice();
        if origins_named(headers).iter().any(|other| other.as_bytes() != &*origin) {
            candidate.extend(vary(headers).map(|value| named.set(b"Vary", &value)));
        }
        Some(candidate)
    }

    /// The URL at which the redirects ended, asked for at once; or no redirect at all.
    fn without_redirects(&self, error: &NetworkError) -> Vec<Candidate> {
        if error.hop == 0 {
            return Vec::new();
        }
        let last = error.exchange.and_then(|exchange| self.report.exchanges.get(exchange));
        let final_url = last.and_then(|exchange| Url::parse(&exchange.request.url).ok()).filter(|url| !is_login_page(url));
        final_url.map(|url| self.set_url(url)).into_iter().chain(self.instead_of_redirects()).collect()
    }

    /// For each redirect, the answer itself in its place.
    fn instead_of_redirects(&self) -> impl Iterator<Item = Candidate> {
        let actual = self.report.exchanges.iter().enumerate().filter(|(_, found)| found.request.purpose == Purpose::Actual);
        let redirects = actual.filter_map(|(exchange, _)| self.named(exchange));
        redirects.filter(|named| is_redirect(named.response.status)).map(|named| named.instead())
    }

    /// A stored answer is in the way: it is bound to who asked, or left where it is.
    fn past_the_cache(&self, error: &NetworkError) -> Vec<Candidate> {
        let reload = matches!(self.call, Call::Fetch { .. })
            .then(|| vec![Change::SetMember { member: Member::Cache, value: "reload".into() }]);
        let url = error.exchange.and_then(|exchange| self.report.exchanges.get(exchange)).map(|exchange| &exchange.request.url);
        let earlier = self.run.scenario.fetches.iter().enumerate().take(self.index).filter_map(|(fetch, earlier)| {
            let is_same = Url::parse(&self.run.scenario.page.url).ok()?.join(earlier.call.url()).ok()?.as_str() == url?;
            let answer = earlier.answers.len().checked_sub(1).filter(|_| is_same)?;
            let crate::network::Answer::Response(response) = earlier.answers.get(answer)? else { return None };
            let value = vary(&response.headers)?;
            Some(vec![Change::SetHeader { fetch, answer, name: ByteString::from_static(b"Vary"), value: value.into() }])
        });
        earlier.chain(reload).collect()
    }

    /// The answer to a preflight does not let the request go out.
    fn preflight(&self, error: &NetworkError, named: Option<&Named>, failed: PreflightFailed) -> Vec<Candidate> {
        let Some(named) = named else { return Vec::new() };
        let headers = named.response.headers.as_slice();
        let request = &named.exchange.request;
        match failed {
            PreflightFailed::CorsCheck { failed } => {
                let mut candidates = self.cors_check(error, Some(named), failed);
                candidates.extend(named.target().map(|url| self.set_url(url)));
                candidates
            }
            PreflightFailed::Status { .. } => {
                let elsewhere = named.target().map(|url| self.set_url(url));
                [vec![named.status(204)]].into_iter().chain(elsewhere).chain(self.simpler_request()).collect()
            }
            PreflightFailed::NotTokens { header: AllowList::Methods, .. } | PreflightFailed::Method { .. } => {
                let asked = joined(&request.headers, b"access-control-request-method").unwrap_or_default();
                let asked = isomorphic_decode(&asked);
                let listed = self.listed(headers, "access-control-allow-methods");
                let others = listed.iter().filter(|listed| !listed.eq_ignore_ascii_case(&asked));
                let value = list_with(others, std::slice::from_ref(&asked));
                let mut candidates = vec![vec![named.set(b"Access-Control-Allow-Methods", value.as_bytes())]];
                let same = listed.iter().find(|listed| **listed != asked && listed.eq_ignore_ascii_case(&asked));
                let usual = asked.to_ascii_uppercase();
                let spelling = same.cloned().or_else(|| Some(usual).filter(|usual| *usual != asked));
                candidates.extend(spelling.map(|method| vec![Change::SetMethod { method }]));
                candidates.extend(self.drop_credentials());
                candidates
            }
            PreflightFailed::NotTokens { header: AllowList::Headers, .. }
            | PreflightFailed::Authorization { .. }
            | PreflightFailed::Header { .. } => {
                let listed = self.listed(headers, "access-control-allow-headers");
                let is_listed = |name: &String| listed.iter().any(|listed| listed.eq_ignore_ascii_case(name));
                let asked = tokens(request.headers.as_slice(), "access-control-request-headers");
                let missing: Vec<String> = asked.into_iter().filter(|name| !is_listed(name)).collect();
                let mut candidates = Vec::new();
                // NB: a header of answers that the page sends by mistake is for no server to allow.
                if !missing.iter().any(|name| is_of_answers(name)) {
                    let value = list_with(listed.iter(), &missing);
                    candidates.push(vec![named.set(b"Access-Control-Allow-Headers", value.as_bytes())]);
                }
                for name in &missing {
                    let similar = listed.iter().find(|listed| is_similar(listed.as_bytes(), name.as_bytes()));
                    let rename = |to: &String| vec![Change::RenameRequestHeader { name: name.clone(), to: to.clone() }];
                    candidates.extend(similar.map(rename));
                }
                candidates.extend(self.drop_credentials());
                candidates.extend(self.without_headers(&missing));
                candidates
            }
        }
    }

    /// The names of a list, without a `*` that does not count.
    fn listed(&self, headers: &[Header], list: &str) -> Vec<String> {
        let mut listed = tokens(headers, list);
        listed.retain(|name| !(self.is_strict() && name == "*"));
        listed
    }

    /// What would make the request one that needs no preflight, as far as its headers and its listeners call for one.
    fn simpler_request(&self) -> Vec<Candidate> {
        let reasons = self.report.request.as_ref().map_or(&[][..], |request| &request.preflight_reasons);
        let mut candidates = Vec::new();
        for reason in reasons {
            match reason {
                PreflightReason::Header { name, .. } => {
                    candidates.extend(self.without_headers(&[isomorphic_decode(name.as_bytes())]));
                }
                PreflightReason::UploadListener => candidates.push(vec![Change::DropUploadListener]),
                _ => return Vec::new(),
            }
        }
        candidates
    }

    /// The page without one of these headers: but for a login, without which the answer would be another one.
    fn without_headers(&self, names: &[String]) -> Vec<Candidate> {
        let is_written = |name: &&String| author_headers(self.call).any(|written| written.eq_ignore_ascii_case(name));
        let names = names.iter().filter(is_written).filter(|name| !name.eq_ignore_ascii_case("authorization"));
        names
            .map(|name| match name.eq_ignore_ascii_case("content-type") {
                true => vec![Change::SetRequestHeader { name: name.clone(), value: "text/plain".into() }],
                false => vec![Change::RemoveRequestHeader { name: name.clone() }],
            })
            .collect()
    }

    /// What would make an element or a call ask with CORS.
    fn with_cors(&self) -> Vec<Candidate> {
        match (self.call, self.report.request.as_ref().map(|request| request.mode)) {
            (Call::Fetch { .. }, Some(RequestMode::NoCors | RequestMode::SameOrigin)) => vec![vec![leave_out(Member::Mode)]],
            (call, _) if has_no_cross_origin(call) => vec![vec![Change::AddCrossOrigin]],
            _ => Vec::new(),
        }
    }

    /// Script wants to read a header of the answer, and cannot.
    fn unreadable(&self, wanted: &str) -> Vec<Candidate> {
        let is_wanted = |name: &ByteString| matches_ignoring_case(name.as_bytes(), wanted.as_bytes());
        let hidden = self.report.response_headers.iter().find(|header| is_wanted(&header.name));
        if hidden.is_some_and(|header| matches!(header.why, Visibility::Forbidden)) {
            return Vec::new();
        }
        let Some(named) = self.report.exchanges.len().checked_sub(1).and_then(|last| self.named(last)) else {
            return Vec::new();
        };
        let listed = self.listed(&named.response.headers, "access-control-expose-headers");
        let value = list_with(listed.iter(), &[wanted.to_owned()]);
        let expose = vec![named.set(b"Access-Control-Expose-Headers", value.as_bytes())];
        [expose].into_iter().chain(self.drop_credentials()).collect()
    }

    /// A network error that its code explains.
    fn by_code(&self, error: &NetworkError, named: Option<&Named>) -> Vec<Candidate> {
        use NetworkErrorCode as Code;
        let leave = |members: &[Member]| members.iter().map(|&member| vec![leave_out(member)]).collect::<Vec<_>>();
        let url = self.url_at(error);
        let with_scheme = |scheme: &str| {
            let mut url = url.clone()?;
            url.set_scheme(scheme).ok()?;
            Some(self.set_url(url))
        };
        match error.code {
            Code::SameOriginMode => self.with_cors(),
            Code::NoCorsRedirectMode => leave(&[Member::Redirect, Member::Mode]),
            Code::SchemeNotHttp | Code::UnknownScheme if is_url_without_scheme(self.call.url()) => {
                let written = self.call.url();
                ["http", "https"].map(|scheme| self.set_url([scheme, "://", written].concat())).into()
            }
            Code::MixedContent => with_scheme("https").into_iter().collect(),
            Code::ResponseMixedContent if error.hop > 0 => with_scheme("https").into_iter().collect(),
            Code::UrlCredentials => url.and_then(without_credentials).map(|url| self.set_url(url)).into_iter().collect(),
            Code::ContentSecurityPolicy => vec![allow_in(OutsidePolicy::ContentSecurityPolicy)],
            Code::ResponseContentSecurityPolicy => vec![allow_in(OutsidePolicy::ContentSecurityPolicyResponse)],
            Code::IntegrityPolicy => vec![allow_in(OutsidePolicy::IntegrityPolicy)],
            Code::RedirectModeError => {
                let elsewhere = named.and_then(Named::target).map(|url| self.set_url(url));
                elsewhere.into_iter().chain(leave(&[Member::Redirect])).collect()
            }
            Code::Location | Code::LocationScheme => named.map(|named| vec![named.status(200)]).into_iter().collect(),
            Code::RedirectCount => self.instead_of_redirects().take(1).collect(),
            Code::LocationCredentials | Code::LocationCredentialsTainted => {
                let clean = named.and_then(Named::location).and_then(without_credentials);
                let of_server = |url: &Url| named.map(|named| vec![named.set(b"Location", url.as_str().as_bytes())]);
                let both = clean.iter().flat_map(|url| of_server(url).into_iter().chain([self.set_url(url.clone())]));
                both.chain(named.map(|named| vec![named.status(200)])).collect()
            }
            Code::StreamBodyRedirect => {
                let elsewhere = named.and_then(Named::target).map(|url| self.set_url(url));
                elsewhere.into_iter().chain([vec![Change::WholeBody]]).collect()
            }
            Code::AuthenticationStream | Code::StreamNotSupported | Code::Http1Stream => vec![vec![Change::WholeBody]],
            Code::Keepalive => leave(&[Member::Keepalive]),
            Code::OnlyIfCached => leave(&[Member::Cache]),
            Code::IntegrityWithoutBody => {
                let with_cors = self.with_cors();
                with_cors.into_iter().chain(leave(&[Member::Integrity])).collect()
            }
            Code::BlobUrl => self.not_get(),
            Code::BlobRange => vec![vec![Change::RemoveRequestHeader { name: "Range".into() }]],
            Code::MimeType | Code::Nosniff => {
                let destination = self.report.request.as_ref().map(|request| request.destination);
                let right = match destination {
                    Some(Destination::Style) => &b"text/css"[..],
                    _ => b"text/javascript",
                };
                named.map(|named| vec![named.set(b"Content-Type", right)]).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn not_get(&self) -> Vec<Candidate> {
        let is_get = self.report.request.as_ref().is_some_and(|request| request.method == b"GET");
        if is_get { Vec::new() } else { vec![vec![Change::SetMethod { method: "GET".into() }]] }
    }

    /// The URL at which it ended.
    fn url_at(&self, error: &NetworkError) -> Option<Url> {
        let redirect = error.hop.checked_sub(1).and_then(|before| {
            let exchange = self.report.exchanges.iter().rposition(|exchange| exchange.hop == before)?;
            self.named(exchange)?.location()
        });
        let made = || Url::parse(&self.report.request.as_ref()?.url).ok();
        redirect.or_else(made)
    }

    /// The API refused.
    fn threw(&self, threw: &Threw) -> Vec<Candidate> {
        let leave = |member| vec![vec![leave_out(member)]];
        let written = self.call.url();
        let url = || Url::parse(&self.run.scenario.page.url).ok()?.join(written).ok();
        let init = match self.call {
            Call::Fetch { init, .. } => Some(init),
            _ => None,
        };
        let method = |method: &str| vec![vec![Change::SetMethod { method: method.into() }]];
        let header = |line: usize| author_lines(self.call).nth(line);
        match &threw.because {
            ThrowCheck::UrlCredentials => url().and_then(without_credentials).map(|url| self.set_url(url)).into_iter().collect(),
            ThrowCheck::Window => leave(Member::Window),
            ThrowCheck::Referrer => leave(Member::Referrer),
            ThrowCheck::ModeNavigate | ThrowCheck::StreamMode => leave(Member::Mode),
            ThrowCheck::Enumeration { member } => {
                let Some(member) = Member::of_word(member) else { return Vec::new() };
                let near = init.and_then(|init| nearest(member, init));
                let spelt = near.map(|value| vec![Change::SetMember { member, value: value.into() }]);
                spelt.into_iter().chain(leave(member)).collect()
            }
            ThrowCheck::OnlyIfCached => leave(Member::Cache),
            ThrowCheck::MethodNotToken => {
                let trimmed = written_method(self.call).trim();
                if is_token(trimmed.as_bytes()) { method(trimmed) } else { Vec::new() }
            }
            ThrowCheck::MethodNoCors => leave(Member::Mode),
            ThrowCheck::HeaderName { line } => {
                let Some((name, _)) = header(*line) else { return Vec::new() };
                let to = name.trim().replace([' ', '_'], "-");
                let rename = is_token(to.as_bytes()).then(|| vec![Change::RenameRequestHeader { name: name.clone(), to }]);
                rename.into_iter().collect()
            }
            ThrowCheck::HeaderValue { line } => {
                let Some((name, value)) = header(*line) else { return Vec::new() };
                let value = value.replace(['\0', '\r', '\n'], "");
                vec![vec![Change::SetRequestHeader { name: name.clone(), value }]]
            }
            ThrowCheck::NotByteString { member: "headers" } => {
                let is_wide = |value: &str| value.chars().any(|found| u32::from(found) > 0xFF);
                let Some((name, value)) = author_lines(self.call).find(|(_, value)| is_wide(value)) else { return Vec::new() };
                vec![vec![Change::SetRequestHeader { name: name.clone(), value: percent_encoded(value) }]]
            }
            ThrowCheck::BodyWithGetOrHead => [method("POST"), leave(Member::Body)].concat(),
            ThrowCheck::StreamKeepalive => leave(Member::Keepalive),
            ThrowCheck::StreamDisturbed => vec![vec![Change::FreshStream], vec![Change::WholeBody]],
            ThrowCheck::StreamDuplex => {
                let half = Change::SetMember { member: Member::Duplex, value: "half".into() };
                vec![vec![half], vec![Change::WholeBody]]
            }
            ThrowCheck::WebSocketFragment => written.split_once('#').map(|(start, _)| self.set_url(start)).into_iter().collect(),
            ThrowCheck::WebSocketScheme | ThrowCheck::BeaconScheme | ThrowCheck::Url => Vec::new(),
            ThrowCheck::PreloadDestination | ThrowCheck::MethodForbidden | ThrowCheck::NotByteString { .. } => Vec::new(),
        }
    }
}

fn allow_in(policy: OutsidePolicy) -> Candidate {
    vec![Change::AllowInPolicy { policy }]
}

fn without_credentials(mut url: Url) -> Option<Url> {
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

/// `listed`, and what is `added`, as the value of a list.
fn list_with<'a>(listed: impl Iterator<Item = &'a String>, added: &'a [String]) -> String {
    listed.chain(added).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Whether a request header is one that belongs in answers.
pub(super) fn is_of_answers(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("access-control-allow-") || name == "access-control-expose-headers" || name == "access-control-max-age"
}

/// The origins that `Access-Control-Allow-Origin` names, in whatever form: `null`, patterns and `*` are none.
pub(super) fn origins_named(headers: &[Header]) -> Vec<String> {
    let value = joined(headers, b"access-control-allow-origin").unwrap_or_default();
    let text = isomorphic_decode(&value);
    let mut origins = Vec::new();
    for piece in text.split([',', ' ', ';', '|']) {
        let piece = piece.trim_matches(['"', '\'', '<', '>', '[', ']', '(', ')']);
        let origin = Url::parse(piece).map(|url| Origin::of_url(&url));
        let Ok(Origin::Tuple(tuple)) = origin else { continue };
        let origin = tuple.to_string();
        if OriginFault::of(&origin).is_none() && !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins
}

/// The value of `Vary` that says `Origin` as well; nothing where it does already.
pub(super) fn vary(headers: &[Header]) -> Option<Vec<u8>> {
    let value = joined(headers, b"vary").unwrap_or_default();
    let mut names = value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
    if names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin")) {
        return None;
    }
    Some(if value.is_empty() { b"Origin".to_vec() } else { [&*value, b", Origin"].concat() })
}

/// The value of a member of `init` that is meant by one that does not exist: the same in other letters, or nearly the same.
fn nearest(member: Member, init: &RequestInit) -> Option<&'static str> {
    use crate::http::modes::{CacheMode, RedirectMode, ReferrerPolicy};
    fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|&value| word(value)).collect()
    }
    let (written, known) = match member {
        Member::Cache => (&init.cache, words(CacheMode::ALL, CacheMode::as_str)),
        Member::Credentials => (&init.credentials, words(CredentialsMode::ALL, CredentialsMode::as_str)),
        Member::Duplex => (&init.duplex, vec!["half"]),
        Member::Mode => (&init.mode, vec!["cors", "same-origin", "no-cors"]),
        Member::Redirect => (&init.redirect, words(RedirectMode::ALL, RedirectMode::as_str)),
        Member::ReferrerPolicy => (&init.referrer_policy, words(ReferrerPolicy::ALL, ReferrerPolicy::as_str)),
        _ => return None,
    };
    let written = written.as_deref()?.to_ascii_lowercase();
    let plain = |text: &str| text.replace(['-', '_', ' '], "");
    let is_meant = |word: &&&str| {
        !word.is_empty()
            && (plain(word) == plain(&written) || is_similar(written.as_bytes(), word.as_bytes()) || written.starts_with(**word))
    };
    known.iter().find(is_meant).copied()
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for found in text.chars() {
        match found {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' | '.' | '!' | '~' | '*' | '\'' | '(' | ')' => encoded.push(found),
            _ => found.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| encoded.push_str(&format!("%{byte:02X}"))),
        }
    }
    encoded
}

fn written_method(call: &Call) -> &str {
    match call {
        Call::Fetch { init, .. } => init.method.as_deref().unwrap_or_default(),
        Call::Xhr { method, .. } => method,
        _ => "",
    }
}

/// The headers that script sets.
fn author_lines(call: &Call) -> impl Iterator<Item = &(String, String)> {
    let headers = match call {
        Call::Fetch { init, .. } => init.headers.as_deref(),
        Call::Xhr { headers, .. } => Some(headers.as_slice()),
        _ => None,
    };
    headers.into_iter().flatten()
}

fn author_headers(call: &Call) -> impl Iterator<Item = &str> {
    author_lines(call).map(|(name, _)| name.as_str())
}
