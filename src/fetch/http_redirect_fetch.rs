//! <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>

use std::sync::Arc;

use url::Url;

use crate::cors::check::{CorsFailed, cors_check};
use crate::cors::safelist::is_client_hint_for_page;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::construct::includes_credentials;
use crate::fetch::main_fetch::Recursive;
use crate::fetch::referrer::referrer_policy_on_redirect;
use crate::fetch::{Fetching, Interrupted, answer_headers, cors_evidence};
use crate::http::header_list::{Fields, Header};
use crate::http::modes::{CredentialsMode, RedirectMode, RequestMode, Tainting};
use crate::http::request::{BodySource, LastRedirect, RefusedBecause, RefusedRedirect, Request};
use crate::http::request_header::{is_non_wildcard_name, is_request_body_header_name};
use crate::http::response::{Location, Response};
use crate::infra::bytes::ByteString;
use crate::infra::origin::Origin;
use crate::network::Purpose;
use crate::report::{Evidence, FailedCheck};
use crate::scenario::{Call, Global};
use crate::spec::Algorithm;
use crate::trace::{EventKind, Trace};

/// The most redirects that are followed: <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>, step 7.
const REDIRECT_LIMIT: u8 = 20;

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>
    pub(crate) fn http_redirect_fetch(&mut self, request: &mut Request, mut response: Response) -> Result<Response, Interrupted> {
        if request.response_tainting == Tainting::Cors && self.environment.profile.has(Deviation::RelativeWithoutUserinfo) {
            strip_userinfo(&mut response.url_list);
        }
        // 3.
        let location = match response.location_url(self.environment.profile, request.current_url().fragment()) {
            Location::Url(location) => location,
            // 4.
            Location::Null => {
                self.record(Algorithm::LocationUrl.step("2"), request, || EventKind::RedirectWithoutLocation);
                return Ok(response);
            }
            // 5.
            Location::Failure(_) => return Err(self.redirect_error(request, &response, NetworkErrorCode::Location)),
        };
        // 6.
        let is_of_element =
            request.mode == RequestMode::NoCors && !matches!(self.fetch.call, Call::Fetch { .. } | Call::Beacon { .. });
        let is_taken =
            location.scheme() == "data" && is_of_element && self.environment.profile.has(Deviation::RedirectsToDataFollowed);
        if !matches!(location.scheme(), "http" | "https") && !is_taken {
            return Err(self.redirect_error(request, &response, NetworkErrorCode::LocationScheme));
        }
        let profile = self.environment.profile;
        // NB: in Chromium the redirects of a document's keepalive request are followed where no page is asked: in the process that
        // outlives it.
        let outlives_page = request.keepalive && self.environment.global == Global::Window;
        // 7. 8.
        let is_one_less = outlives_page && profile.has(Deviation::KeepaliveRedirectedLess);
        if request.redirect_count == REDIRECT_LIMIT - u8::from(is_one_less) {
            return Err(self.redirect_error(request, &response, NetworkErrorCode::RedirectCount));
        }
        request.redirect_count += 1;
        let mut refused = self.check_cors_of_first_credentials(request, &response).map(RefusedBecause::CorsCheck);
        let target = Origin::of_url(&location);
        if includes_credentials(&location) {
            // 9.
            let is_refused = request.mode == RequestMode::Cors && !request.origin.same_origin(&target);
            if is_refused && profile.has(Deviation::RedirectRefusedAfterPreflight) && request.response_tainting == Tainting::Basic
            {
                refused = Some(RefusedBecause::Credentials);
            } else if is_refused {
                return Err(self.redirect_error(request, &response, NetworkErrorCode::LocationCredentials));
            }
            // 10. From a foreign origin back to the page's own.
            if request.response_tainting == Tainting::Cors {
                return Err(self.redirect_error(request, &response, NetworkErrorCode::LocationCredentialsTainted));
            }
            // NB: the redirects of an XHR may have them, and the mode is asked before that.
            let may_have = matches!(self.fetch.call, Call::Xhr { .. }) || request.mode == RequestMode::Navigate;
            let is_refused_by_mode = request.mode == RequestMode::SameOrigin && !request.origin.is_of_url(&location);
            if profile.has(Deviation::UserinfoRefused) && !may_have && !is_refused_by_mode {
                if !outlives_page {
                    return Err(self.redirect_error(request, &response, NetworkErrorCode::UrlCredentials));
                }
                request.refused_by_page = true;
            }
        }
        // 11. 14. A stream is gone.
        if response.status != 303 && request.body.is_some_and(|body| body.source == BodySource::Null) {
            return Err(self.redirect_error(request, &response, NetworkErrorCode::StreamBodyRedirect));
        }
        // 12.
        let becomes_get = match response.status {
            301 | 302 => request.method.as_bytes() == b"POST",
            303 => !matches!(request.method.as_bytes(), b"GET" | b"HEAD"),
            _ => false,
        };
        let left_origin = !Origin::of_url(request.current_url()).same_origin(&target);
        let is_delete = request.method.as_bytes() == b"DELETE";
        let becomes_get = becomes_get || is_delete && left_origin && profile.has(Deviation::DeleteBecomesGetElsewhere);
        self.bring_headers_back(request, &target);
        if profile.has(Deviation::TypeAsSetAfterRedirect) {
            bring_type_back(request);
        }
        if profile.has(Deviation::UserAgentLostAtHome) {
            lose_user_agent(request, &target);
        }
        if becomes_get {
            request.method = ByteString::from(b"GET");
            request.body = None;
            self.record(Algorithm::HttpRedirectFetch.step("12.1"), request, || EventKind::MethodBecameGet);
            let is_elsewhere_only = is_delete && response.status != 303;
            if !is_elsewhere_only {
                self.remove_headers(request, "12.2", is_request_body_header_name);
            }
        }
        // 13. `Authorization` was meant for the origin that it was sent to.
        request.last_redirect = LastRedirect { became_get: becomes_get, left_origin };
        let is_home = request.origin.same_origin(&target) && self.environment.global == Global::Window;
        let keeps_hints = is_home || outlives_page;
        if !keeps_hints && profile.has(Deviation::ClientHintsForPageOnly) {
            self.remove_headers(request, "13", is_client_hint_for_page);
        }
        // NB: who starts from the beginning asks what this redirect would have made of the first method.
        let first = self.exchanges.iter().find(|sent| sent.request.purpose == Purpose::Actual);
        let first_becomes_get = match (response.status, first.map(|first| first.request.method.as_bytes())) {
            (301 | 302, Some(b"POST")) => true,
            (303, Some(b"GET" | b"HEAD")) => false,
            (303, _) => true,
            _ => false,
        };
        if first_becomes_get && profile.has(Deviation::HeadersComeBack) {
            self.remove_headers(request, "12.2", is_request_body_header_name);
        }
        if left_origin {
            self.remove_headers(request, "13", is_non_wildcard_name);
        }
        // NB: without the CORS protocol nobody knows what script has set once the load had to start anew without credentials.
        let starts_anew = request.mode == RequestMode::NoCors
            && request.credentials_mode == CredentialsMode::SameOrigin
            && request.response_tainting == Tainting::Basic
            && !request.origin.same_origin(&target);
        if starts_anew && profile.has(Deviation::BodyHeadersComeBack) {
            request.initial_header_list = None;
        }
        // 18.
        let status = response.status;
        request.redirect_to(location);
        request.refused_redirect = refused.filter(|_| !self.is_synchronous()).map(|because| RefusedRedirect {
            exchange: response.exchange,
            header_list: response.header_list.clone(),
            because,
        });
        let taint = request.redirect_taint();
        self.record(Algorithm::HttpRedirectFetch.step("18"), request, || EventKind::Redirect {
            status,
            location: request.current_url().to_string(),
            taint,
        });
        // 19.
        if let Some(policy) = referrer_policy_on_redirect(&response.header_list) {
            request.referrer_policy = policy;
            let step = Algorithm::ReferrerPolicyOnRedirect.step("2");
            self.record(step, request, || EventKind::ReferrerPolicyChanged { policy });
        }
        // 20.-22.
        let recursive = if request.redirect_mode == RedirectMode::Manual { Recursive::No } else { Recursive::Yes };
        let sent = self.exchanges.len();
        let fetched = self.main_fetch(request, recursive);
        if matches!(fetched, Err(Interrupted::NetworkError(_))) && self.exchanges.len() == sent {
            self.forget_preflights_before(request);
        }
        fetched
    }

    /// The CORS check of a redirect as if the first request's credentials still went along, where a browser makes that too.
    fn check_cors_of_first_credentials(&self, request: &Request, response: &Response) -> Option<CorsFailed> {
        let first = request.url_list.first()?;
        let is_checked = self.environment.profile.has(Deviation::RedirectCheckedWithFirstCredentials)
            && request.mode == RequestMode::Cors
            && request.response_tainting == Tainting::Cors
            && request.credentials_mode == CredentialsMode::SameOrigin
            && request.origin.is_of_url(first);
        let origin = request.serialized_origin();
        is_checked.then(|| cors_check(origin.as_bytes(), CredentialsMode::Include, &response.header_list).err())?
    }

    /// The network error of a redirect that was refused after the preflight for its URL.
    pub(crate) fn refuse_redirect(&mut self, request: &Request, refused: &RefusedRedirect) -> Interrupted {
        let RefusedRedirect { exchange, header_list, because } = refused;
        match (*because, *exchange) {
            (RefusedBecause::CorsCheck(failed), Some(index)) => {
                let step = Algorithm::CorsCheck.step(failed.step());
                self.record(step, request, || EventKind::CorsCheckFailed { exchange: index, failed });
                let evidence = cors_evidence(header_list, &self.exchanges[index], index, failed);
                let error = self.network_error(request, NetworkErrorCode::CorsCheck);
                error.failed(FailedCheck::CorsCheck { step, failed }).at(Some(index)).evidence(evidence).into()
            }
            (RefusedBecause::MixedContent, _) => {
                let hop = request.hop();
                self.network_error(request, NetworkErrorCode::MixedContent).evidence([Evidence::Url { hop }]).into()
            }
            (RefusedBecause::Credentials | RefusedBecause::CorsCheck(_), exchange) => {
                let evidence: Vec<Evidence> =
                    exchange.into_iter().flat_map(|exchange| answer_headers(header_list, exchange, b"Location")).collect();
                self.network_error(request, NetworkErrorCode::LocationCredentials).at(exchange).evidence(evidence).into()
            }
        }
    }

    /// Gives a request those of script's headers back that earlier redirects have removed: a browser that starts each redirect
    /// from what script has set removes only what this one takes away.
    fn bring_headers_back(&mut self, request: &mut Request, target: &Origin) {
        let profile = self.environment.profile;
        let is_cross_origin = request.response_tainting != Tainting::Basic || !request.origin.same_origin(target);
        let (brings_back, with_authorization) = (
            profile.has(Deviation::HeadersComeBack) || profile.has(Deviation::BodyHeadersComeBack) && is_cross_origin,
            profile.has(Deviation::HeadersComeBack),
        );
        let Some(initial) = request.initial_header_list.clone().filter(|_| brings_back) else { return };
        let is_implied = |name: &[u8]| matches!(self.fetch.call, Call::Xhr { .. }) && !self.fetch.call.sets_header(name);
        let sent = request.header_list.clone();
        for Header(name, value) in initial.iter() {
            let is_removable =
                is_request_body_header_name(name.as_bytes()) || with_authorization && is_non_wildcard_name(name.as_bytes());
            if is_removable && !sent.contains(name.as_bytes()) && !is_implied(name.as_bytes()) {
                request.header_list.append(name.as_bytes(), value.as_bytes());
            }
        }
    }

    /// Deletes every header of the request whose name is `wanted`.
    fn remove_headers(&mut self, request: &mut Request, number: &'static str, wanted: fn(&[u8]) -> bool) {
        let names: Vec<ByteString> = (0..request.header_list.count())
            .map(|line| request.header_list.name(line))
            .filter(|name| wanted(name))
            .map(ByteString::from)
            .collect();
        for name in names {
            request.header_list.delete(name.as_bytes());
            self.record(Algorithm::HttpRedirectFetch.step(number), request, || EventKind::HeaderRemoved { name });
        }
    }

    /// A network error because of where a redirect leads.
    pub(crate) fn redirect_error(&mut self, request: &Request, response: &Response, code: NetworkErrorCode) -> Interrupted {
        let evidence: Vec<Evidence> = (response.exchange.into_iter())
            .flat_map(|exchange| answer_headers(&response.header_list, exchange, b"Location"))
            .collect();
        self.forget_preflights_of(request);
        self.network_error(request, code).at(response.exchange).evidence(evidence).into()
    }
}

/// Takes the user name and the password from the last of some URLs.
pub(crate) fn strip_userinfo(url_list: &mut Arc<Vec<Url>>) {
    if url_list.last().is_some_and(includes_credentials)
        && let Some(url) = Arc::make_mut(url_list).last_mut()
    {
        // NB: a URL that has them can lose them.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
    }
}

/// Gives a `Content-Type` whose charset XHR has changed the value back that script has set.
fn bring_type_back(request: &mut Request) {
    let Some(set) = request.replaced_type.take() else { return };
    for headers in [Some(&mut request.header_list), request.initial_header_list.as_mut()].into_iter().flatten() {
        if headers.contains(b"Content-Type") {
            headers.set(b"Content-Type", set.clone());
        }
    }
}

/// Takes the `User-Agent` that script set from a request that stays in the page's origin, and gives it back to one that does not.
fn lose_user_agent(request: &mut Request, target: &Origin) {
    let stays = request.response_tainting != Tainting::Cors && request.origin.same_origin(target);
    let initial = request.initial_header_list.as_ref().and_then(|initial| initial.get(b"User-Agent"));
    if stays {
        request.header_list.delete(b"User-Agent");
    } else if let Some(initial) = initial {
        request.header_list.set(b"User-Agent", initial.as_bytes());
    }
}
