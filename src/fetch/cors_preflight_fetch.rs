//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>

use crate::cors::preflight::{
    AllowList, PreflightFailed, Question, access_control_request_headers, allowed_header_names, allowed_methods, check_preflight,
    max_age,
};
use crate::cors::preflight_cache;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::preflight_headers::cache_headers;
use crate::fetch::{Fetching, Interrupted, answer_headers, cors_evidence};
use crate::http::header_list::{Fields, HeaderList};
use crate::http::modes::{RequestMode, Tainting};
use crate::http::request::{Client, Request};
use crate::http::response::Response;
use crate::infra::bytes::ByteString;
use crate::report::{Evidence, FailedCheck};
use crate::scenario::Global;
use crate::spec::Algorithm;
use crate::trace::{EventKind, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>
    ///
    /// `unsafe_names` are the CORS-unsafe request-header names of the request, which the caller had to know already.
    ///
    /// They are the names of `headers`, which the answer has to allow.
    pub(crate) fn cors_preflight_fetch(
        &mut self,
        request: &Request,
        headers: &HeaderList,
        unsafe_names: &[ByteString],
    ) -> Result<(), Interrupted> {
        // NB: a browser that upgrades within its network stack takes that for a redirect, which a preflight may not meet.
        if request.upgraded_by_hsts && self.environment.profile.has(Deviation::PreflightNotUpgraded) {
            return Err(self.network_error(request, NetworkErrorCode::PreflightStatus).into());
        }
        // 1. NB: what is not copied has its default: no client, so no HTTP cache; credentials same-origin, so none here.
        let profile = self.environment.profile;
        let mut preflight = Request::of_url_list(request.url_list.clone(), request.origin.clone());
        preflight.method = ByteString::from(b"OPTIONS");
        preflight.taint_before = request.taint_before;
        preflight.client = Client::Null;
        preflight.initiator = request.initiator;
        preflight.destination = request.destination;
        preflight.referrer = request.referrer.clone();
        preflight.referrer_policy = request.referrer_policy;
        preflight.mode = RequestMode::Cors;
        preflight.response_tainting = Tainting::Cors;
        preflight.shows_origin = self.environment.profile.has(Deviation::PreflightWithPageOrigin);
        // 2. 3.
        preflight.header_list.append(b"Accept", b"*/*");
        preflight.header_list.append(b"Access-Control-Request-Method", request.method.as_bytes());
        if profile.has(Deviation::PreflightWithUserAgent)
            && let Some(user_agent) = request.header_list.get(b"User-Agent")
        {
            preflight.header_list.append(b"User-Agent", user_agent.as_bytes());
        }
        // 4. 5. NB: no space after the comma, for better or worse.
        if let Some(value) = access_control_request_headers(unsafe_names) {
            preflight.header_list.append(b"Access-Control-Request-Headers", value.as_bytes());
        }
        // NB: a worker does not ask whether its request leaves the cache out by itself.
        let is_of_worker = self.environment.global != Global::Window && profile.has(Deviation::PreflightWithOwnCacheMode);
        let effective = if is_of_worker { request.cache_mode } else { self.effective_cache_mode(request) };
        cache_headers(self.environment.profile, request.cache_mode, effective, &mut preflight.header_list);
        // 6.
        let response = self.http_network_or_cache_fetch(&mut preflight)?;
        // 7. The check is of the request, not of the preflight: its credentials mode counts.
        let origin = preflight.serialized_origin();
        let question = Question {
            origin: origin.as_bytes(),
            method: request.method.as_bytes(),
            headers,
            credentials: request.credentials_mode,
            use_cors_preflight: request.use_cors_preflight.is_some(),
            same_origin: request.is_same_origin(),
            profile: self.environment.profile,
        };
        let exchange = response.exchange.unwrap_or_default();
        match check_preflight(&question, response.status, &response.header_list) {
            Ok(passed) => {
                let step = Algorithm::CorsPreflightFetch.step("7");
                self.record(step, request, || EventKind::PreflightPassed { exchange });
                self.store_preflight(request, &question, &response, passed.max_age);
                Ok(())
            }
            // 8.
            Err(failed) => {
                let is_readable = matches!(
                    failed,
                    PreflightFailed::Method { .. } | PreflightFailed::Authorization { .. } | PreflightFailed::Header { .. }
                );
                if is_readable && question.profile.has(Deviation::PreflightKeptBeforeCheck) {
                    let max_age = max_age(question.profile, &response.header_list);
                    self.store_preflight(request, &question, &response, max_age);
                }
                Err(self.preflight_failed(request, headers, &response, exchange, failed))
            }
        }
    }

    /// Steps 7.8 to 7.15.
    fn store_preflight(&mut self, request: &Request, question: &Question<'_, HeaderList>, response: &Response, max_age: u64) {
        let profile = self.environment.profile;
        let changes_nothing = max_age == 0 && profile.has(Deviation::MaxAgeMalformedKeepsNothing);
        if changes_nothing || !self.keeps_preflights(request) {
            return;
        }
        let origin = self.preflight_origin(request);
        let answer = &response.header_list;
        // 7.10.
        let max_age = (max_age as f64).min(preflight_cache::max_age_limit(profile));
        let methods = allowed_methods(question, answer);
        let mut entries = std::mem::take(&mut self.state.preflight_cache);
        let lookup = self.preflight_lookup(request, origin);
        let stored = preflight_cache::store(&mut entries, &lookup, max_age, methods, allowed_header_names(answer));
        self.state.preflight_cache = entries;
        self.record(Algorithm::CorsPreflightFetch.step("7.12"), request, || EventKind::PreflightCached {
            max_age,
            entries: stored,
        });
    }

    /// The network error of a preflight whose answer does not let the request go out.
    fn preflight_failed(
        &mut self,
        request: &Request,
        headers: &HeaderList,
        response: &Response,
        exchange: usize,
        failed: PreflightFailed,
    ) -> Interrupted {
        let answer = &response.header_list;
        let step = match failed {
            PreflightFailed::CorsCheck { failed } => Algorithm::CorsCheck.step(failed.step()),
            failed => Algorithm::CorsPreflightFetch.step(failed.step()),
        };
        self.record(step, request, || EventKind::PreflightFailed { exchange, failed });
        let list_or_missing = |name: &'static str| {
            let mut lines: Vec<_> = answer_headers(answer, exchange, name.as_bytes()).collect();
            if lines.is_empty() {
                lines.push(Evidence::AnswerHeaderMissing { exchange, name });
            }
            lines
        };
        let asked = |name: &[u8], item: &[u8]| {
            self.exchanges.get(exchange).and_then(|sent| item_of(&sent.request.headers, exchange, name, item))
        };
        let (code, evidence) = match failed {
            PreflightFailed::CorsCheck { failed } => {
                (NetworkErrorCode::PreflightCors, cors_evidence(answer, &self.exchanges[exchange], exchange, failed))
            }
            PreflightFailed::Status { .. } => (NetworkErrorCode::PreflightStatus, vec![Evidence::AnswerStatus { exchange }]),
            PreflightFailed::NotTokens { header: AllowList::Methods | AllowList::Headers, line, start, end } => {
                (NetworkErrorCode::PreflightParse, vec![Evidence::AnswerHeader { exchange, line, start, end }])
            }
            PreflightFailed::Method { .. } => {
                let mut evidence = list_or_missing("Access-Control-Allow-Methods");
                evidence.extend(asked(b"Access-Control-Request-Method", request.method.as_bytes()));
                (NetworkErrorCode::PreflightMethod, evidence)
            }
            PreflightFailed::Authorization { .. } => {
                let mut evidence = list_or_missing("Access-Control-Allow-Headers");
                evidence.extend(asked(b"Access-Control-Request-Headers", b"authorization"));
                (NetworkErrorCode::PreflightAuthorization, evidence)
            }
            PreflightFailed::Header { request_line, .. } => {
                let mut evidence = list_or_missing("Access-Control-Allow-Headers");
                evidence.extend(asked(b"Access-Control-Request-Headers", headers.name(request_line)));
                (NetworkErrorCode::PreflightHeader, evidence)
            }
        };
        let error = self.network_error(request, code).failed(FailedCheck::Preflight { step, failed });
        error.at(Some(exchange)).evidence(evidence).into()
    }
}

/// Where the request's header `name`, a list separated by commas, has `item`.
fn item_of(headers: &HeaderList, exchange: usize, name: &[u8], item: &[u8]) -> Option<Evidence> {
    let line = (0..headers.count()).find(|&line| headers.name(line).eq_ignore_ascii_case(name))?;
    let mut start = 0;
    for part in headers.value(line).split(|&byte| byte == b',') {
        if part.eq_ignore_ascii_case(item) {
            return Some(Evidence::RequestHeader { exchange, line, start, end: start + part.len() });
        }
        start += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list() {
        let mut headers = HeaderList::new();
        headers.append(b"Accept", b"*/*");
        headers.append(b"Access-Control-Request-Headers", b"x-a,x-long,x-b");
        for (item, place) in [(&b"x-a"[..], Some((0, 3))), (b"X-Long", Some((4, 10))), (b"x-b", Some((11, 14))), (b"x", None)] {
            let expected = place.map(|(start, end)| Evidence::RequestHeader { exchange: 2, line: 1, start, end });
            assert_eq!(item_of(&headers, 2, b"access-control-request-headers", item), expected, "{item:?}");
        }
    }
}
