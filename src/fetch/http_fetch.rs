//! <https://fetch.spec.whatwg.org/#concept-http-fetch>

use std::borrow::Cow;
use std::sync::Arc;

use url::Url;

use crate::cors::check::cors_check;
use crate::cors::corp::{CorpBlocked, CorpResponse, ForNavigation, corp_check};
use crate::cors::preflight_cache;
use crate::cors::safelist::cors_unsafe_request_header_names;
use crate::cors::tao::{TaoFailed, TaoRequest, tao_check, timing_allow_values};
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::{Fetching, Interrupted, answer_headers, cors_evidence};
use crate::http::header_list::{Header, HeaderList};
use crate::http::modes::{CacheMode, EmbedderPolicy, RedirectMode, RequestMode, ResponseType, Tainting};
use crate::http::request::{Client, LastRedirect, Request, ServiceWorkersMode};
use crate::http::request_header::{is_non_wildcard_name, is_request_body_header_name};
use crate::http::response::{Location, Response, ResponseBody};
use crate::http::{method, status};
use crate::infra::bytes::ByteString;
use crate::infra::origin::Origin;
use crate::report::{Evidence, FailedCheck};
use crate::scenario::{Call, Global, ServiceWorkerAnswer};
use crate::spec::Algorithm;
use crate::trace::{EventKind, RedirectTaint, Trace};

/// Whether HTTP fetch may have to make a preflight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CorsPreflight {
    Make,
    Skip,
}

/// What calls for a preflight besides the type that a body implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImpliedType {
    /// Nothing.
    Alone,
    /// Other headers, or a listener for uploads.
    AmongOthers,
}

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>
    pub(crate) fn http_fetch(&mut self, request: &mut Request, preflight: CorsPreflight) -> Result<Response, Interrupted> {
        // 3. A service worker may answer.
        let mut response = match &self.fetch.service_worker {
            Some(answer) if request.service_workers_mode == ServiceWorkersMode::All => self.service_worker(request, answer)?,
            // 4.
            _ => self.ask_network(request, preflight)?,
        };
        // 5.
        if request.response_tainting == Tainting::Opaque || response.response_type == ResponseType::Opaque {
            let checked = self.check_corp(request, &response);
            if checked.is_err() {
                self.forget_blocked_by_policy(request, &response);
            }
            checked?;
        }
        // 6.
        if status::is_redirect_of(self.environment.profile, response.status) && response.response_type == ResponseType::Default {
            let (sent, url) = (self.exchanges.len(), request.current_url().clone());
            let redirected = self.redirect(request, response);
            let is_followed = self.exchanges.len() > sent;
            if !is_followed && self.environment.profile.has(Deviation::RedirectsKeptWhenFollowed) {
                self.forget_stored_at(&url);
            }
            response = redirected?;
        }
        // 7.
        Ok(response)
    }

    /// Step 3.
    fn service_worker(&mut self, request: &Request, answer: &ServiceWorkerAnswer) -> Result<Response, Interrupted> {
        let step = Algorithm::HttpFetch.step("3.5");
        self.record(step, request, || EventKind::ServiceWorkerAnswered);
        // 3.5.7. Some types would let a page see more than it may.
        let redirected = answer.url_list.len() > 1;
        let is_refused = match answer.response_type {
            ResponseType::Error => true,
            ResponseType::Cors => request.mode == RequestMode::SameOrigin,
            ResponseType::Opaque => request.mode != RequestMode::NoCors,
            ResponseType::OpaqueRedirect => request.redirect_mode != RedirectMode::Manual,
            ResponseType::Basic | ResponseType::Default => false,
        };
        if is_refused || request.redirect_mode != RedirectMode::Follow && redirected {
            return Err(self.network_error(request, NetworkErrorCode::ServiceWorker).into());
        }
        Ok(Response {
            response_type: answer.response_type,
            // NB: a URL that does not parse cannot be in a list of URLs; the scenario was checked for that.
            url_list: Arc::new(answer.url_list.iter().filter_map(|url| Url::parse(url).ok()).collect()),
            status: answer.status,
            status_message: ByteString::default(),
            header_list: HeaderList::from(answer.headers.clone()),
            body: ResponseBody::Some,
            range_requested: answer.range_requested,
            request_includes_credentials: true,
            timing_allow_passed: false,
            is_upgraded: false,
            exchange: None,
            integrity_matches: None,
        })
    }

    /// Step 4.
    fn ask_network(&mut self, request: &mut Request, preflight: CorsPreflight) -> Result<Response, Interrupted> {
        // 4.1.
        if preflight == CorsPreflight::Make
            && let Some((headers, unsafe_names)) = self.names_to_ask_for(request)
        {
            let asked = self.cors_preflight_fetch(request, &headers, &unsafe_names);
            self.forget_after(request, &asked);
            asked?;
        }
        if let Some(refused) = request.refused_redirect.take() {
            return Err(self.refuse_redirect(request, &refused));
        }
        // 4.2. Redirects that come from the network are not shown to a service worker.
        if request.redirect_mode == RedirectMode::Follow {
            request.service_workers_mode = ServiceWorkersMode::None;
        }
        // 4.3.
        let response = self.http_network_or_cache_fetch(request);
        self.forget_after(request, &response);
        let response = response?;
        if let Some(code) = self.dead_at_once(request, &response) {
            // NB: what leads nowhere is kept all the same, what leads to FTP is not.
            if code == NetworkErrorCode::LocationScheme {
                self.forget_stored_at(request.current_url());
            }
            return Err(self.redirect_error(request, &response, code));
        }
        // 4.4.
        if request.response_tainting == Tainting::Cors {
            let checked = self.check_cors(request, &response);
            self.forget_after(request, &checked);
            checked?;
        }
        // 4.5.
        let checked = {
            let asked = TaoRequest {
                timing_allow_failed: request.timing_allow_failed,
                origin: request.serialized_origin(),
                mode: request.mode,
                current_url_is_same_origin: request.is_same_origin(),
                tainting: request.response_tainting,
            };
            tao_check(asked, &response.header_list)
        };
        request.timing_allow_failed = checked.is_err();
        let number = match checked {
            Ok(_) | Err(TaoFailed::Before) => return Ok(response),
            Err(TaoFailed::Navigation) => "6",
            Err(TaoFailed::NotAllowed) => "8",
        };
        self.record(Algorithm::TaoCheck.step(number), request, || EventKind::TimingHidden);
        Ok(response)
    }

    /// Why a redirect comes to nothing in a browser that asks where it leads before anything else.
    fn dead_at_once(&self, request: &Request, response: &Response) -> Option<NetworkErrorCode> {
        let profile = self.environment.profile;
        if !profile.has(Deviation::FtpRedirectsRefused) && !profile.has(Deviation::LocationParsedFirst) {
            return None;
        }
        match response.location_url(profile, request.current_url().fragment()) {
            Location::Url(location) if matches!(location.scheme(), "ftp" | "ftps") => {
                profile.has(Deviation::FtpRedirectsRefused).then_some(NetworkErrorCode::LocationScheme)
            }
            Location::Failure(_) => profile.has(Deviation::LocationParsedFirst).then_some(NetworkErrorCode::Location),
            Location::Url(_) | Location::Null => None,
        }
    }

    /// Step 4.1: the CORS-unsafe request-header names of the request, if the CORS-preflight cache leaves something to be asked.
    ///
    /// With them come the headers that they are names of, which in some browsers are not those of the request.
    fn names_to_ask_for<'r>(&mut self, request: &'r Request) -> Option<(Cow<'r, HeaderList>, Vec<ByteString>)> {
        let profile = self.environment.profile;
        let headers = self.headers_to_ask_for(request);
        let unsafe_names = cors_unsafe_request_header_names(profile, &*headers);
        if !self.may_use_preflight_cache(request) {
            let step = Algorithm::HttpFetch.step("4.1");
            self.record(step, request, || EventKind::PreflightCacheMiss { method: true, header_names: unsafe_names.clone() });
            return Some((headers, unsafe_names));
        }
        let origin = self.preflight_origin(request);
        let lookup = self.preflight_lookup(request, origin);
        let entries = &self.state.preflight_cache;
        let method = request.method.as_bytes();
        let is_method_missing = !preflight_cache::method_match(entries, &lookup, method)
            && (!method::is_cors_safelisted(method)
                || request.use_cors_preflight.is_some()
                || preflight_cache::safelisted_methods_are_kept(profile));
        let is_missing = |name: &&ByteString| !preflight_cache::header_name_match(entries, &lookup, name.as_bytes());
        let header_names: Vec<_> = unsafe_names.iter().filter(is_missing).cloned().collect();
        let step = Algorithm::HttpFetch.step("4.1");
        if !is_method_missing && header_names.is_empty() {
            self.record(step, request, || EventKind::PreflightCacheHit);
            return None;
        }
        self.record(step, request, || EventKind::PreflightCacheMiss { method: is_method_missing, header_names });
        // An answer that does not suffice is of no use any more.
        if profile.has(Deviation::PreflightKeptWhole) {
            self.clear_preflight_cache(request);
        }
        Some((headers, unsafe_names))
    }

    /// The headers whose names are asked for: those of the request, or what a browser takes for them.
    fn headers_to_ask_for<'r>(&self, request: &'r Request) -> Cow<'r, HeaderList> {
        let Some(initial) = &request.initial_header_list else { return Cow::Borrowed(&request.header_list) };
        // NB: a beacon's type is none of script's headers, and so is not among those that are taken away.
        let is_beacon = matches!(self.fetch.call, Call::Beacon { .. });
        if is_beacon || !self.environment.profile.has(Deviation::RemovedHeadersNotAskedFor) {
            return Cow::Borrowed(initial);
        }
        let LastRedirect { became_get, left_origin } = request.last_redirect;
        let is_removed = |name: &[u8]| match self.implied_type(request, initial) {
            Some(implied) if name.eq_ignore_ascii_case(b"Content-Type") => {
                implied == ImpliedType::AmongOthers && !request.header_list.contains(name)
            }
            _ => became_get && is_request_body_header_name(name) || left_origin && is_non_wildcard_name(name),
        };
        let kept = initial.iter().filter(|Header(name, _)| !is_removed(name.as_bytes())).cloned();
        Cow::Owned(HeaderList::from(kept.collect::<Vec<_>>()))
    }

    /// How the type that an XHR's body has, and that script has not set, calls for a preflight. NB: it is none of script's headers:
    /// alone it is asked for whatever becomes of it, and beside others as long as it is sent.
    fn implied_type(&self, request: &Request, initial: &HeaderList) -> Option<ImpliedType> {
        let is_implied = matches!(self.fetch.call, Call::Xhr { .. }) && !self.fetch.call.sets_header(b"Content-Type");
        if !is_implied || !self.environment.profile.has(Deviation::ImpliedTypeAskedFor) {
            return None;
        }
        let unsafe_names = cors_unsafe_request_header_names(self.environment.profile, initial);
        let is_other = |name: &ByteString| !name.as_bytes().eq_ignore_ascii_case(b"Content-Type");
        let has_others = request.use_cors_preflight.is_some() || unsafe_names.iter().any(is_other);
        Some(if has_others { ImpliedType::AmongOthers } else { ImpliedType::Alone })
    }

    /// Whether this request may be let out by what is remembered.
    fn may_use_preflight_cache(&self, request: &Request) -> bool {
        let profile = self.environment.profile;
        // NB: a request that is conditional by itself is a reload for Firefox's `fetch()`, and asks whether a response is still
        // good for Chromium's pages, but not for its workers.
        let is_conditional = self.effective_cache_mode(request) != request.cache_mode;
        let mode = match self.fetch.call {
            Call::Fetch { .. } if profile.has(Deviation::PreflightAskedOnReload) => self.effective_cache_mode(request),
            _ if is_conditional && self.environment.global == Global::Window => CacheMode::NoCache,
            _ => request.cache_mode,
        };
        let is_kept_out = match mode {
            CacheMode::NoStore | CacheMode::Reload => {
                profile.has(Deviation::PreflightAskedOnReload) || profile.has(Deviation::PreflightAskedOnRevalidation)
            }
            CacheMode::NoCache => profile.has(Deviation::PreflightAskedOnRevalidation),
            CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => false,
        };
        !is_kept_out && self.has_preflight_cache(request)
    }

    /// Whether the answer to a preflight for this request can be remembered.
    pub(crate) fn keeps_preflights(&self, request: &Request) -> bool {
        let profile = self.environment.profile;
        let is_discarded = request.cache_mode == CacheMode::NoStore && profile.has(Deviation::PreflightAskedOnRevalidation);
        !is_discarded && self.has_preflight_cache(request)
    }

    /// Whether there is a cache for this request's origin.
    fn has_preflight_cache(&self, request: &Request) -> bool {
        let profile = self.environment.profile;
        let is_tuple = matches!(request.origin, Origin::Tuple(_));
        let is_tainted = request.redirect_taint() != RedirectTaint::SameOrigin;
        !(is_tuple && is_tainted && profile.has(Deviation::TaintedOriginKeepsNoPreflight))
    }

    /// Forgets the preflights of an origin that was opaque in an earlier fetch, and is another one in this.
    pub(crate) fn forget_opaque_origins(&mut self) {
        if self.environment.profile.has(Deviation::OpaqueOriginForgets) {
            self.state.preflight_cache.retain(|entry| &*entry.origin != "null");
        }
    }

    /// The origin under which preflights for this request are remembered.
    pub(crate) fn preflight_origin<'r>(&self, request: &'r Request) -> &'r str {
        match self.environment.profile.has(Deviation::PreflightKeptForPage) {
            true => request.origin.serialized(),
            false => request.serialized_origin(),
        }
    }

    /// Clears what is remembered of preflights after a network error of a request under the CORS protocol.
    fn forget_after<R>(&mut self, request: &Request, result: &Result<R, Interrupted>) {
        if matches!(result, Err(Interrupted::NetworkError(_))) {
            self.forget_preflights_of(request);
        }
    }

    /// Clears what is remembered of preflights for the URL that redirected to the current one, which could not be asked for.
    pub(crate) fn forget_preflights_before(&mut self, request: &Request) {
        let mut before = request.clone();
        Arc::make_mut(&mut before.url_list).pop();
        if !before.url_list.is_empty() {
            self.forget_preflights_of(&before);
        }
    }

    /// Clears what is remembered of preflights for a URL under the CORS protocol that came to nothing.
    pub(crate) fn forget_preflights_of(&mut self, request: &Request) {
        if request.response_tainting == Tainting::Cors && self.environment.profile.has(Deviation::PreflightForgottenByCheck) {
            self.clear_preflight_cache(request);
        }
    }

    /// Step 4.4.
    fn check_cors(&mut self, request: &Request, response: &Response) -> Result<(), Interrupted> {
        // NB: what the upgrade has made one of the page's own origin needs no leave.
        let Some(index) = response.exchange.filter(|_| !request.tainted_by_upgrade) else { return Ok(()) };
        let origin = request.serialized_origin();
        match cors_check(origin.as_bytes(), request.credentials_mode, &response.header_list) {
            Ok(passed) => {
                let step = Algorithm::CorsCheck.step(passed.step());
                self.record(step, request, || EventKind::CorsCheckPassed { exchange: index, passed });
                Ok(())
            }
            Err(failed) => {
                let step = Algorithm::CorsCheck.step(failed.step());
                self.record(step, request, || EventKind::CorsCheckFailed { exchange: index, failed });
                self.forget_stored(request, response);
                let evidence = cors_evidence(&response.header_list, &self.exchanges[index], index, failed);
                let error = self.network_error(request, NetworkErrorCode::CorsCheck);
                Err(error.failed(FailedCheck::CorsCheck { step, failed }).at(Some(index)).evidence(evidence).into())
            }
        }
    }

    /// The embedder policy that counts for a request.
    fn embedder_policy_of(&self, request: &Request) -> EmbedderPolicy {
        match request.client {
            Client::Page => self.environment.embedder_policy,
            Client::Null => EmbedderPolicy::UnsafeNone,
        }
    }

    /// What the check of step 5 comes to.
    pub(crate) fn corp_checked(&self, request: &Request, response: &Response) -> Result<(), CorpBlocked> {
        let url = response.url_list.last().unwrap_or(request.current_url());
        let request_includes_credentials = response.request_includes_credentials;
        let response = CorpResponse { url, request_includes_credentials, headers: &response.header_list };
        corp_check(&request.origin, self.embedder_policy_of(request), &response, ForNavigation::No)
    }

    /// Step 5.
    pub(crate) fn check_corp(&mut self, request: &Request, response: &Response) -> Result<(), Interrupted> {
        let embedder_policy = self.embedder_policy_of(request);
        let checked = self.corp_checked(request, response);
        let step = Algorithm::CorpCheck.step("5");
        self.record(step, request, || EventKind::CorpCheck { blocked: checked.err(), embedder_policy });
        let Err(failed) = checked else { return Ok(()) };
        let name = "Cross-Origin-Resource-Policy";
        let evidence = response.exchange.map(|exchange| {
            let mut lines: Vec<_> = answer_headers(&response.header_list, exchange, name.as_bytes()).collect();
            if lines.is_empty() {
                lines.push(Evidence::AnswerHeaderMissing { exchange, name });
            }
            lines
        });
        let error = self.network_error(request, NetworkErrorCode::Corp).failed(FailedCheck::Corp { step, failed });
        Err(error.at(response.exchange).evidence(evidence.into_iter().flatten()).into())
    }

    /// Step 6.
    fn redirect(&mut self, request: &mut Request, mut response: Response) -> Result<Response, Interrupted> {
        // 6.1.
        if request.destination.is_navigation() {
            request.navigation_timing_allow_values.push(timing_allow_values(&response.header_list));
        }
        // 6.3.
        match request.redirect_mode {
            RedirectMode::Error => {
                let error = self.network_error(request, NetworkErrorCode::RedirectModeError).at(response.exchange);
                Err(error.evidence(response.exchange.map(|exchange| Evidence::AnswerStatus { exchange })).into())
            }
            // NB: HTML's navigate follows a manual redirect by itself, by the same algorithm.
            RedirectMode::Manual if request.mode != RequestMode::Navigate => {
                response.response_type = ResponseType::OpaqueRedirect;
                let response_type = response.response_type;
                self.record(Algorithm::HttpFetch.step("6.3.2"), request, || EventKind::Filtered { response_type });
                Ok(response)
            }
            RedirectMode::Manual | RedirectMode::Follow => self.http_redirect_fetch(request, response),
        }
    }

    /// Who asks the CORS-preflight cache for what.
    pub(crate) fn preflight_lookup<'b>(&'b self, request: &'b Request, origin: &'b str) -> preflight_cache::Lookup<'b> {
        preflight_cache::Lookup {
            profile: self.environment.profile,
            key: self.environment.partition_key(),
            origin,
            url: request.current_url().as_str(),
            credentials: request.credentials_mode,
            now: self.now,
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>
    pub(crate) fn clear_preflight_cache(&mut self, request: &Request) {
        let origin = self.preflight_origin(request);
        let mut entries = std::mem::take(&mut self.state.preflight_cache);
        let removed = preflight_cache::clear(&mut entries, &self.preflight_lookup(request, origin));
        self.state.preflight_cache = entries;
        if removed > 0 {
            self.record(Algorithm::ClearCacheEntries.step(""), request, || EventKind::PreflightCacheCleared { entries: removed });
        }
    }
}
