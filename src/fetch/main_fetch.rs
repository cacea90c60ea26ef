//! <https://fetch.spec.whatwg.org/#concept-fetch> and <https://fetch.spec.whatwg.org/#concept-main-fetch>

use std::borrow::Cow;

use crate::cors::classify::{self, Target, calls_for_preflight, main_fetch_branch};
use crate::cors::safelist::{UnsafeHeader, unsafe_request_headers};
use crate::cors::tao::navigation_tao_check;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::consequence::is_css;
use crate::fetch::construct::includes_credentials;
use crate::fetch::environment::Environment;
use crate::fetch::http_fetch::CorsPreflight;
use crate::fetch::http_redirect_fetch::strip_userinfo;
use crate::fetch::opaque_blocking::is_not_read;
use crate::fetch::referrer::determine_referrer;
use crate::fetch::secure::{blocked_as_mixed_content, hsts_applies, response_blocked_as_mixed_content};
use crate::fetch::{Fetching, Interrupted, answer_headers};
use crate::http::blocking::{check_mime_type, check_nosniff};
use crate::http::header_list::{Header, HeaderList};
use crate::http::modes::{Destination, RedirectMode, ReferrerPolicy, RequestMode, ResponseType, Tainting};
use crate::http::request::{BodySource, Referrer, RefusedBecause, RefusedRedirect, Request, UseCorsPreflight};
use crate::http::response::{Response, ResponseBody};
use crate::http::{method, status};
use crate::infra::bytes::ByteString;
use crate::infra::origin::Origin;
use crate::infra::port::block_bad_port;
use crate::profile::Profile;
use crate::report::Evidence;
use crate::scenario::{Call, Global, OutsidePolicy};
use crate::spec::Algorithm;
use crate::trace::{EventKind, MainFetchBranch, NotChecked, PreflightReason, Trace, Upgrade};

/// Whether main fetch goes on to what script gets, or returns to a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recursive {
    Yes,
    No,
}

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-fetch>
    pub(crate) fn fetch(&mut self, request: &mut Request) -> Result<Response, Interrupted> {
        // 4. NB: the request was made with the page's origin and policies.
        // 11. A preload may have the response already.
        if self.environment.profile.has(Deviation::UpgradeBeforePreload) {
            self.upgrade(request);
        }
        let reused = self.reuse_resource(request);
        let is_resource = reused.is_some();
        if is_resource
            && matches!(self.fetch.call, Call::Img { .. })
            && self.environment.profile.has(Deviation::ReusedAfterPreloads)
        {
            self.leave_preload(request);
        }
        let preloaded = match reused {
            None if self.environment.global == Global::Window => self.consume_preload(request),
            reused => reused,
        };
        self.forget_opaque_origins();
        let script_headers = self.script_headers(request);
        // 12.-14.
        append_accept(self.environment, request.destination, &mut request.header_list);
        let is_preloaded = preloaded.is_some();
        let preloaded = preloaded.or_else(|| self.reuse_of_memory(request, script_headers.as_ref()?));
        // NB: nothing but script's own headers can be unsafe, so that those of the browser may be missing here.
        if self.environment.profile.has(Deviation::UnsafeHeadersOfStart) && request.unsafe_request {
            request.initial_header_list = Some(request.header_list.clone());
        }
        // 17.
        let fetched = match preloaded {
            // NB: main fetch's step 12 returns it as it is.
            Some(ending) => ending,
            None => self.main_fetch_for_page(request),
        };
        let is_answered = fetched.is_ok() || !self.exchanges.is_empty();
        if !is_resource && is_answered {
            self.document.resources.replace(self.environment.profile, &self.fetch.call, request);
        }
        if let (Some(script_headers), true) = (script_headers, !is_preloaded && is_answered) {
            self.replace_in_memory(request, script_headers, fetched.as_ref().ok());
        }
        fetched
    }

    /// Main fetch, and what the page makes of it for itself.
    fn main_fetch_for_page(&mut self, request: &mut Request) -> Result<Response, Interrupted> {
        let fetched = self.main_fetch(request, Recursive::No);
        if request.refused_by_page && !matches!(fetched, Err(Interrupted::NeedsAnswer)) {
            return Err(self.network_error(request, NetworkErrorCode::UrlCredentials).into());
        }
        match request.denied_for_preload {
            Some(preload) => self.deny_for_preload(request, preload, fetched),
            None => fetched,
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>
    pub(crate) fn main_fetch(&mut self, request: &mut Request, recursive: Recursive) -> Result<Response, Interrupted> {
        // 3. OUT OF SCOPE: the local-URLs-only flag, which no API modelled here sets.
        // 5. 6.
        self.upgrade(request);
        // 7.
        if let Some(code) = self.refused_before_request(request) {
            // NB: where the network process makes the preflight, and the page's process refuses the redirect afterwards.
            let is_late = code == NetworkErrorCode::MixedContent && self.refuses_redirect_late(request);
            if !is_late {
                let hop = request.hop();
                return Err(self.network_error(request, code).evidence([Evidence::Url { hop }]).into());
            }
            let because = RefusedBecause::MixedContent;
            let refused = RefusedRedirect { exchange: None, header_list: HeaderList::default(), because };
            request.refused_redirect = request.refused_redirect.take().or(Some(refused)).filter(|_| !self.is_synchronous());
        }
        // 8.
        if request.referrer_policy == ReferrerPolicy::Empty {
            request.referrer_policy = self.environment.referrer_policy;
        }
        // 9.
        let is_kept =
            request.hop() > 0 && self.environment.profile.has(Deviation::SynchronousKeepsReferrer) && self.is_synchronous();
        if request.referrer != Referrer::NoReferrer && !is_kept {
            request.referrer = determine_referrer(self.environment, request);
        }
        // 10. HSTS, which comes after the block of mixed content, and leaves no trace in the URL list.
        request.upgraded_by_hsts = hsts_applies(&self.state.hsts, request.current_url());
        if request.upgraded_by_hsts {
            self.set_https(request, Algorithm::MainFetch.step("10"), Upgrade::Hsts);
        }
        // 12.
        let mut response = self.switch(request)?;
        // 13.
        if recursive == Recursive::Yes {
            return Ok(response);
        }
        // 14. 15.
        if response.response_type == ResponseType::Default {
            self.filter(request, &mut response);
        }
        // 16.
        if response.url_list.is_empty() {
            response.url_list.clone_from(&request.url_list);
        }
        response.is_upgraded = request.is_upgraded;
        // 18. 19. NB: who navigates also asks whether every redirect lets the destination see how long it took.
        let navigated = || {
            let destination = response.url_list.last().map(Origin::of_url);
            navigation_tao_check(&request.navigation_timing_allow_values, destination.as_ref().map_or("", Origin::serialized))
        };
        let is_navigated = !request.navigation_timing_allow_values.is_empty();
        response.timing_allow_passed = !request.timing_allow_failed && (!is_navigated || navigated().is_ok());
        // 20.
        let checked = self.check_after_response(request, &response);
        self.forget_kept_back(request, &response, checked.is_err());
        checked?;
        // 21. A partial response that nobody asked for must not reach a consumer that cannot tell.
        if response.response_type == ResponseType::Opaque
            && status::is_range(response.status)
            && response.range_requested
            && !request.header_list.contains(b"Range")
        {
            let error = self.network_error(request, NetworkErrorCode::RangeNotRequested);
            return Err(error
                .at(response.exchange)
                .evidence(response.exchange.map(|exchange| Evidence::AnswerStatus { exchange }))
                .into());
        }
        // 22.
        if matches!(request.method.as_bytes(), b"HEAD" | b"CONNECT") || status::is_null_body(response.status) {
            response.body = ResponseBody::Null;
        }
        self.record_not_checked(request, &response);
        // 23.
        if !request.integrity_metadata.is_empty() {
            self.check_integrity(request, &response)?;
        }
        // 24.
        Ok(response)
    }

    /// Step 7.
    fn refused_before_request(&self, request: &Request) -> Option<NetworkErrorCode> {
        let blocked_by = |policy| self.fetch.blocked_by.contains(&policy);
        let profile = self.environment.profile;
        let is_stream = request.body.is_some_and(|body| body.source == BodySource::Null);
        let by_modes = self.refused_by_modes(request);
        if is_stream && profile.has(Deviation::StreamBodyNotSupported) {
            Some(NetworkErrorCode::StreamNotSupported)
        } else if profile.has(Deviation::UserinfoRefused) && self.has_url_credentials(request) {
            Some(NetworkErrorCode::UrlCredentials)
        } else if let Some(code) = by_modes.filter(|_| profile.has(Deviation::ModesBeforePolicy)) {
            Some(code)
        } else if blocked_by(OutsidePolicy::ContentSecurityPolicy) {
            Some(NetworkErrorCode::ContentSecurityPolicy)
        } else if let Some(code) = by_modes {
            Some(code)
        } else if blocked_as_mixed_content(&self.environment.security, request) {
            // NB: to the standard this and the port are one step; pages ask it before the network looks at the port.
            Some(NetworkErrorCode::MixedContent)
        } else if block_bad_port(request.current_url()).is_some() {
            Some(NetworkErrorCode::BadPort)
        } else if blocked_by(OutsidePolicy::IntegrityPolicy) {
            Some(NetworkErrorCode::IntegrityPolicy)
        } else {
            None
        }
    }

    /// What step 12 would say of the modes of a `fetch()`, where a browser asks that before it makes the request.
    pub(super) fn refused_by_modes(&self, request: &Request) -> Option<NetworkErrorCode> {
        if !matches!(self.fetch.call, Call::Fetch { .. }) || !self.environment.profile.has(Deviation::ModesCheckedFirst) {
            return None;
        }
        match main_fetch_branch(request.mode, request.response_tainting, target_of(request), || false) {
            MainFetchBranch::SameOriginMode => Some(NetworkErrorCode::SameOriginMode),
            MainFetchBranch::Data
                if request.mode == RequestMode::NoCors
                    && request.redirect_mode != RedirectMode::Follow
                    && self.environment.profile.has(Deviation::DataUrlsHaveModes) =>
            {
                Some(NetworkErrorCode::NoCorsRedirectMode)
            }
            MainFetchBranch::NoCors if request.redirect_mode != RedirectMode::Follow => {
                Some(NetworkErrorCode::NoCorsRedirectMode)
            }
            _ => None,
        }
    }

    /// Whether the request comes from a redirect that this browser refuses only when the preflight for its target has been made.
    fn refuses_redirect_late(&self, request: &Request) -> bool {
        request.hop() > 0 && self.environment.profile.has(Deviation::RedirectRefusedAfterPreflight)
    }

    /// Whether the page waits for the answer. NB: then there is nobody to refuse a redirect after its preflight. Where a worker waits
    /// the page asks for it, and does not.
    pub(crate) fn is_synchronous(&self) -> bool {
        matches!(self.fetch.call, Call::Xhr { sync: true, .. }) && self.environment.global == Global::Window
    }

    /// Whether the page loads something from a URL with a user name or a password. NB: `fetch()` never does, XHR may, and an
    /// element that asks for CORS leaves them out.
    fn has_url_credentials(&self, request: &Request) -> bool {
        let is_of_xhr = matches!(self.fetch.call, Call::Xhr { .. });
        let is_cors_element = request.mode == RequestMode::Cors && request.destination != Destination::Empty;
        let may_have = is_of_xhr || is_cors_element || request.mode == RequestMode::Navigate;
        request.hop() == 0 && !may_have && includes_credentials(request.current_url())
    }

    /// The headers that may call for a preflight: those of the request, or what a browser takes for them.
    fn headers_that_may_be_unsafe<'r>(&self, request: &'r Request) -> Cow<'r, HeaderList> {
        let Some(initial) = &request.initial_header_list else { return Cow::Borrowed(&request.header_list) };
        let is_lost = !request.header_list.contains(b"Content-Type")
            && self.environment.profile.has(Deviation::ImpliedTypeUnsafeWhileSent)
            && !self.fetch.call.sets_header(b"Content-Type");
        if !is_lost || !matches!(self.fetch.call, Call::Xhr { .. }) {
            return Cow::Borrowed(initial);
        }
        let mut headers = initial.clone();
        headers.delete(b"Content-Type");
        Cow::Owned(headers)
    }

    /// Step 12: the branch that decides what kind of request this is.
    ///
    /// CORRECTION 9: override fetch stands between here and what is called, with labels that do not fit its arguments.
    /// Browsers' interventions are not modelled, so what is called is called directly.
    fn switch(&mut self, request: &mut Request) -> Result<Response, Interrupted> {
        use MainFetchBranch as Branch;
        let hop = request.hop();
        let profile = self.environment.profile;
        let branch = main_fetch_branch(request.mode, request.response_tainting, target_of(request), || {
            request.use_cors_preflight.is_some()
                || request.preflight_before
                || request.unsafe_request
                    && calls_for_preflight(profile, request.method.as_bytes(), &*self.headers_that_may_be_unsafe(request))
        });
        request.tainted_by_upgrade = request.tainted_by_upgrade && request.is_same_origin();
        let branch = match (branch, request.mode) {
            (Branch::SameOrigin, RequestMode::NoCors) if request.tainted_by_upgrade => Branch::NoCors,
            (Branch::SameOrigin | Branch::CorsWithPreflight, _) if request.tainted_by_upgrade => Branch::Cors,
            _ => branch,
        };
        let tainting = match branch {
            // NB: only a redirect that a deviation follows leads here.
            Branch::Data if hop > 0 => Tainting::Opaque,
            Branch::SameOrigin | Branch::Data | Branch::Navigate => Tainting::Basic,
            Branch::SameOriginMode | Branch::SchemeNotHttp => request.response_tainting,
            Branch::NoCors => Tainting::Opaque,
            Branch::CorsWithPreflight | Branch::Cors => Tainting::Cors,
        };
        self.record(Algorithm::MainFetch.step("12"), request, || EventKind::Branch { branch, tainting });
        match branch {
            Branch::SameOrigin | Branch::Data | Branch::Navigate => {
                request.response_tainting = tainting;
                self.scheme_fetch(request)
            }
            Branch::SameOriginMode => {
                Err(self.network_error(request, NetworkErrorCode::SameOriginMode).evidence([Evidence::Url { hop }]).into())
            }
            Branch::NoCors if request.redirect_mode != RedirectMode::Follow => {
                Err(self.network_error(request, NetworkErrorCode::NoCorsRedirectMode).into())
            }
            Branch::NoCors => {
                request.response_tainting = tainting;
                self.scheme_fetch(request)
            }
            Branch::SchemeNotHttp => {
                Err(self.network_error(request, NetworkErrorCode::SchemeNotHttp).evidence([Evidence::Url { hop }]).into())
            }
            Branch::CorsWithPreflight => {
                request.response_tainting = tainting;
                self.drop_userinfo(request);
                let may_be_unsafe = self.headers_that_may_be_unsafe(request).into_owned();
                self.record(Algorithm::MainFetch.step("12"), request, || EventKind::PreflightRequired {
                    reasons: preflight_reasons(profile, request, &may_be_unsafe),
                });
                request.preflight_before = profile.has(Deviation::PreflightOnceThenAlways);
                let fetched = self.http_fetch(request, CorsPreflight::Make);
                // 12.3. A preflight that led to nothing is not remembered.
                if let Err(Interrupted::NetworkError(_)) = fetched
                    && !profile.has(Deviation::PreflightNotForgotten)
                    && !profile.has(Deviation::PreflightForgottenByCheck)
                {
                    self.clear_preflight_cache(request);
                }
                fetched
            }
            Branch::Cors => {
                request.response_tainting = tainting;
                self.drop_userinfo(request);
                self.http_fetch(request, CorsPreflight::Skip)
            }
        }
    }

    /// Takes the user name and the password from the current URL, where a browser does that with what goes out under CORS.
    fn drop_userinfo(&self, request: &mut Request) {
        if self.environment.profile.has(Deviation::CorsDropsUserinfo) {
            strip_userinfo(&mut request.url_list);
        }
    }

    /// Step 20.
    fn check_after_response(&mut self, request: &Request, response: &Response) -> Result<(), Interrupted> {
        let headers = &response.header_list;
        let security = &self.environment.security;
        let is_left_alone = self.is_synchronous() && self.refuses_redirect_late(request);
        let mixed = response.url_list.last().is_some_and(|url| response_blocked_as_mixed_content(security, request, url));
        let (code, header): (_, &[u8]) = if mixed && !is_left_alone {
            (NetworkErrorCode::ResponseMixedContent, b"")
        } else if self.fetch.blocked_by.contains(&OutsidePolicy::ContentSecurityPolicyResponse) {
            (NetworkErrorCode::ResponseContentSecurityPolicy, b"")
        } else if check_mime_type(request.destination, headers).is_err() {
            (NetworkErrorCode::MimeType, b"Content-Type")
        } else if check_nosniff(request.destination, headers).is_err() && !self.is_style_by_first_type(request, headers) {
            (NetworkErrorCode::Nosniff, b"Content-Type")
        } else {
            return Ok(());
        };
        let error = self.network_error(request, code).at(response.exchange);
        let evidence = response.exchange.map(|exchange| {
            let nosniff = if code == NetworkErrorCode::Nosniff { b"X-Content-Type-Options".as_slice() } else { b"" };
            answer_headers(headers, exchange, header).chain(answer_headers(headers, exchange, nosniff)).collect::<Vec<_>>()
        });
        Err(error.evidence(evidence.into_iter().flatten()).into())
    }

    /// Forgets in the HTTP cache what is not read to its end, because nobody gets it. `is_refused` says that step 20 refuses it.
    fn forget_kept_back(&mut self, request: &Request, response: &Response, is_refused: bool) {
        let profile = self.environment.profile;
        let is_kept_back = response.response_type == ResponseType::Opaque
            && profile.has(Deviation::KeptBackNotCached)
            && is_not_read(profile, &self.fetch.call, &response.header_list);
        if is_kept_back || is_refused && profile.has(Deviation::RefusedTypesNotCached) {
            self.forget_stored_at(request.current_url());
        }
    }

    /// Whether a style sheet counts as one by the first of its types.
    fn is_style_by_first_type(&self, request: &Request, headers: &HeaderList) -> bool {
        let profile = self.environment.profile;
        let has_type = headers.get(b"Content-Type").is_some_and(|value| !value.as_bytes().is_empty());
        profile.has(Deviation::StyleSheetTypeFirst)
            && request.destination == Destination::Style
            && has_type
            && is_css(profile, headers)
    }

    /// Step 23.
    fn check_integrity(&mut self, request: &Request, response: &Response) -> Result<(), Interrupted> {
        // 23.2. An opaque response has no body that could be compared.
        if response.body == ResponseBody::Null || response.response_type == ResponseType::Opaque {
            return Err(self.network_error(request, NetworkErrorCode::IntegrityWithoutBody).at(response.exchange).into());
        }
        // 23.3. NB: the engine sees no bodies, so the scenario says whether they match.
        match response.integrity_matches {
            Some(false) => Err(self.network_error(request, NetworkErrorCode::Integrity).at(response.exchange).into()),
            Some(true) => Ok(()),
            None => {
                let step = Algorithm::MainFetch.step("23.3.1");
                self.record(step, request, || EventKind::NotChecked { what: NotChecked::Integrity });
                Ok(())
            }
        }
    }
}

/// Where a request goes, as far as main fetch's step 12 asks.
fn target_of(request: &Request) -> Target {
    Target { same_origin: request.is_same_origin(), scheme: classify::Scheme::of(request.current_url().scheme()) }
}

/// Steps 12 to 14 of fetch: what the browser itself says that it takes, where script has not.
pub(crate) fn append_accept(environment: &Environment<'_>, destination: Destination, header_list: &mut HeaderList) {
    // 12.
    if !header_list.contains(b"Accept") {
        header_list.append(b"Accept", ByteString::from_static(accept(destination)));
    }
    // 13. 14.
    if !header_list.contains(b"Accept-Language") && !environment.accept_language.is_empty() {
        header_list.append(b"Accept-Language", environment.accept_language.clone());
    }
}

/// `Accept` by destination: step 12 of fetch.
fn accept(destination: Destination) -> &'static [u8] {
    match destination {
        Destination::Document | Destination::Iframe => b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        Destination::Image => b"image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        Destination::Style => b"text/css,*/*;q=0.1",
        _ => b"*/*",
    }
}

/// Every reason that alone would call for a preflight, were the request with these headers cross-origin.
pub(crate) fn preflight_reasons(profile: Profile, request: &Request, header_list: &HeaderList) -> Vec<PreflightReason> {
    let flag = request.use_cors_preflight.map(|reason| match reason {
        UseCorsPreflight::UploadListener => PreflightReason::UploadListener,
        UseCorsPreflight::StreamBody => PreflightReason::StreamBody,
    });
    let before = request.preflight_before.then_some(PreflightReason::PreflightBefore);
    let mut reasons: Vec<_> = flag.into_iter().chain(before).collect();
    if request.unsafe_request {
        if !method::is_cors_safelisted(request.method.as_bytes()) {
            reasons.push(PreflightReason::Method { method: request.method.clone() });
        }
        let headers = header_list.as_slice();
        let reason = |(line, unsafe_because): (usize, UnsafeHeader)| {
            let Header(name, value) = headers.get(line)?.clone();
            Some(PreflightReason::Header { line, name, value, unsafe_because })
        };
        reasons.extend(unsafe_request_headers(profile, headers).filter_map(reason));
    }
    reasons
}
