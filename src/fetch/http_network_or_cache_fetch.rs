//! <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>

use std::borrow::Cow;

use url::{Position, Url};

use crate::cache;
use crate::cookies;
use crate::cors::check::cors_check;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::extent::HAS_CACHES;
use crate::fetch::environment::Environment;
use crate::fetch::metadata::append_fetch_metadata;
use crate::fetch::outgoing_headers::is_one_range;
use crate::fetch::{Fetching, Interrupted, outgoing_headers};
use crate::http::blocking::determine_nosniff;
use crate::http::extract::extract_mime_type;
use crate::http::header_list::{Fields, Header, HeaderList, contains, joined, lines_named, split_value};
use crate::http::modes::{CacheMode, CredentialsMode, EmbedderPolicy, RequestMode, Tainting};
use crate::http::request::{BodySource, Client, Prompts, Referrer, Request};
use crate::http::response::{Location, Response};
use crate::http::status;
use crate::infra::bytes::isomorphic_decode;
use crate::infra::origin::{Origin, are_same_origin};
use crate::infra::range::{Slice, Whitespace, parse_single_range};
use crate::infra::url_parser;
use crate::network::{Purpose, WireRequest, WireResponse};
use crate::profile::Profile;
use crate::report::{AnswerSource, Exchange};
use crate::scenario::{Call, Global};
use crate::spec::Algorithm;
use crate::trace::{CookieVerdict, CredentialsReason, EventKind, RedirectTaint, StoredResponseUse, Trace};

/// Whether the request is made again because of a 421.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewConnection {
    No,
    Yes,
}

/// The most bytes that the bodies of all keepalive requests under way may have: 64 kibibytes.
const KEEPALIVE_LIMIT: u64 = 64 * 1024;

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
    pub(crate) fn http_network_or_cache_fetch(&mut self, request: &mut Request) -> Result<Response, Interrupted> {
        self.network_or_cache(request, NewConnection::No)
    }

    fn network_or_cache(&mut self, request: &Request, new_connection: NewConnection) -> Result<Response, Interrupted> {
        // 8.2. The copy gets the headers that are nobody's business but the browser's.
        let mut http_request = request.clone();
        outgoing_headers::rewrite(self.environment.profile, &mut http_request);
        // 8.3. 8.4.
        let credentials = self.include_credentials(request);
        self.add_headers(request, &mut http_request, credentials)?;
        // 8.24. 8.25. Without a client there is no cache.
        if http_request.client == Client::Null {
            http_request.cache_mode = CacheMode::NoStore;
        }
        // 8.26.
        let is_update = self.is_update(request, &http_request);
        let (response, stored) = match is_update {
            true => (None, self.updated(&http_request, credentials)),
            false => self.ask_cache(&mut http_request, credentials),
        };
        let is_confirming = response.is_none() && stored.is_none() && self.ask_about_memory(&mut http_request);
        // 11.
        let mut response = match response {
            Some(response) => response,
            None if http_request.cache_mode == CacheMode::OnlyIfCached
                && !self.environment.profile.has(Deviation::OnlyIfCachedAsksServer) =>
            {
                return Err(self.network_error(request, NetworkErrorCode::OnlyIfCached).into());
            }
            None => self.forward(&http_request, credentials, stored, is_update)?,
        };
        if is_confirming && response.status == 304 {
            response = self.confirm_memory(&http_request, response);
        }
        // 12.
        response.url_list.clone_from(&http_request.url_list);
        // 13. OUT OF SCOPE: the range-requested flag. Only a service worker gives a response to another request than the one that it
        // answered, and there the scenario has the flag.
        // 14.
        response.request_includes_credentials = credentials == IncludeCredentials::Yes;
        // 15.
        let is_prompt_possible = request.prompts == Prompts::Possible && !self.environment.no_prompts;
        if response.status == 401
            && http_request.response_tainting != Tainting::Cors
            && credentials == IncludeCredentials::Yes
            && is_prompt_possible
        {
            if request.body.is_some_and(|body| body.source == BodySource::Null) {
                return Err(self.network_error(request, NetworkErrorCode::AuthenticationStream).at(response.exchange).into());
            }
            // NB: the engine goes on as if the person had closed the dialog.
            self.record(Algorithm::HttpNetworkOrCacheFetch.step("15.3.2"), request, || EventKind::WouldPrompt);
        }
        // 16.
        if response.status == 407 {
            let profile = self.environment.profile;
            let is_refused = !is_prompt_possible && !profile.has(Deviation::ProxyAuthenticationTaken);
            if is_refused || profile.has(Deviation::ProxyAuthenticationRefused) {
                return Err(self.network_error(request, NetworkErrorCode::ProxyAuthentication).at(response.exchange).into());
            }
            self.record(Algorithm::HttpNetworkOrCacheFetch.step("16.4"), request, || EventKind::WouldPrompt);
        }
        // 17. Misdirected: once more, over a connection of its own.
        let is_repeatable = request.body.is_none_or(|body| body.source == BodySource::Known);
        if response.status == 421 && new_connection == NewConnection::No && is_repeatable {
            self.record(Algorithm::HttpNetworkOrCacheFetch.step("17.2"), request, || EventKind::Retried);
            return self.network_or_cache(request, NewConnection::Yes);
        }
        // 19.
        Ok(response)
    }

    /// The cache mode of a request after step 8.16.
    pub(super) fn effective_cache_mode(&self, request: &Request) -> CacheMode {
        let is_left_alone =
            matches!(self.fetch.call, Call::Xhr { .. }) && self.environment.profile.has(Deviation::ConditionalXhrCached);
        if is_left_alone { request.cache_mode } else { effective_cache_mode(request) }
    }

    /// Steps 8.3 and 8.4.
    fn include_credentials(&mut self, request: &Request) -> IncludeCredentials {
        let reason = match request.credentials_mode {
            _ if request.client == Client::Null => CredentialsReason::Preflight,
            CredentialsMode::Omit => CredentialsReason::Omit,
            CredentialsMode::Include if self.is_redirected_beacon(request) => CredentialsReason::RedirectedBeacon,
            CredentialsMode::Include => CredentialsReason::Include,
            CredentialsMode::SameOrigin if request.response_tainting == Tainting::Basic => CredentialsReason::SameOrigin,
            CredentialsMode::SameOrigin if self.counts_as_same_origin(request) => CredentialsReason::SameOriginFirst,
            CredentialsMode::SameOrigin => CredentialsReason::CrossOrigin,
        };
        let included =
            matches!(reason, CredentialsReason::Include | CredentialsReason::SameOrigin | CredentialsReason::SameOriginFirst);
        // <https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials>
        // CORRECTION 1: a same-origin request without taint keeps its credentials; the text says the opposite.
        let is_credentialless = request.mode == RequestMode::NoCors
            && request.client == Client::Page
            && self.environment.embedder_policy == EmbedderPolicy::Credentialless
            && !(request.is_same_origin() && request.redirect_taint() == RedirectTaint::SameOrigin);
        let (step, included, reason) = if included && is_credentialless {
            (Algorithm::CoepAllowsCredentials.step("6"), false, CredentialsReason::Credentialless)
        } else {
            (Algorithm::HttpNetworkOrCacheFetch.step("8.3"), included, reason)
        };
        self.record(step, request, || EventKind::Credentials { included, reason });
        if included { IncludeCredentials::Yes } else { IncludeCredentials::No }
    }

    /// Whether this is a beacon under the CORS protocol that has left an origin.
    fn is_redirected_beacon(&self, request: &Request) -> bool {
        matches!(self.fetch.call, Call::Beacon { .. })
            && request.mode == RequestMode::Cors
            && self.environment.profile.has(Deviation::BeaconCredentialsEndAtRedirect)
            && request.url_list.windows(2).any(|urls| !are_same_origin(&urls[0], &urls[1]))
    }

    /// Whether it does not count where the request went from the page's own origin.
    fn counts_as_same_origin(&self, request: &Request) -> bool {
        let asks_first_url = self.environment.profile.has(Deviation::NoCorsCredentialsByFirstUrl);
        asks_first_url
            && request.mode == RequestMode::NoCors
            && request.url_list.first().is_some_and(|url| request.origin.is_of_url(url))
    }

    /// Steps 8.5 to 8.21.
    fn add_headers(
        &mut self,
        request: &Request,
        http_request: &mut Request,
        credentials: IncludeCredentials,
    ) -> Result<(), Interrupted> {
        // 8.5.-8.9.
        let content_length = match request.body {
            None if matches!(request.method.as_bytes(), b"POST" | b"PUT") => Some(0),
            None => None,
            Some(body) => body.length,
        };
        if let Some(length) = content_length {
            http_request.header_list.append(b"Content-Length", length.to_string().as_bytes());
        }
        // 8.10. CORRECTION 4: the request itself is under way already, but does not count twice.
        let length = request.body.and_then(|body| body.length);
        if let Some(length) = length.filter(|_| request.keepalive)
            && length.saturating_add(self.fetch.keepalive_bytes_in_flight) > KEEPALIVE_LIMIT
        {
            return Err(self.network_error(request, NetworkErrorCode::Keepalive).into());
        }
        // 8.11.
        if let Referrer::Url(referrer) = &request.referrer {
            http_request.header_list.append(b"Referer", referrer.as_str().as_bytes());
        }
        // 8.12.
        self.append_origin(request, http_request, credentials);
        // 8.13.
        append_fetch_metadata(http_request);
        // 8.16. Script that asks conditionally wants the answer itself, not the cache's view of it.
        http_request.cache_mode = self.effective_cache_mode(http_request);
        let headers = &mut http_request.header_list;
        // 8.17.
        if http_request.cache_mode == CacheMode::NoCache {
            append_if_absent(headers, b"Cache-Control", b"max-age=0");
        }
        // 8.18.
        if matches!(http_request.cache_mode, CacheMode::NoStore | CacheMode::Reload) {
            append_if_absent(headers, b"Pragma", b"no-cache");
            append_if_absent(headers, b"Cache-Control", b"no-cache");
        }
        // 8.19.
        if headers.contains(b"Range") {
            headers.append(b"Accept-Encoding", b"identity");
        }
        // NB: by now what the mode says to servers has been said.
        let is_of_cache = http_request.cache_mode == CacheMode::OnlyIfCached;
        if self.environment.profile.has(Deviation::ConditionalPastCache) && !is_of_cache && is_conditional(headers) {
            http_request.cache_mode = CacheMode::NoStore;
        }
        // 8.21. OUT OF SCOPE: authentication entries, which only a dialog could have made.
        if credentials == IncludeCredentials::Yes {
            self.append_cookies(request, http_request);
        }
        Ok(())
    }

    /// [Append a request `Cookie` header](https://fetch.spec.whatwg.org/#append-a-request-cookie-header)
    fn append_cookies(&mut self, request: &Request, http_request: &mut Request) {
        if self.state.cookies.is_empty() {
            return;
        }
        let cookies = self.retrieve_cookies(request);
        for &(index, verdict) in &cookies {
            let name = self.state.cookies[index].name.clone();
            self.record(Algorithm::RetrieveCookies.step(""), request, || EventKind::Cookie { name, verdict });
        }
        if let Some(value) = cookies::cookie_header(&self.state.cookies, &cookies) {
            http_request.header_list.append(b"Cookie", value.as_bytes());
        }
    }

    /// What becomes of each cookie, by its index.
    fn retrieve_cookies(&self, request: &Request) -> Vec<(usize, CookieVerdict)> {
        let rules = cookie_rules(self.environment, request);
        cookies::retrieve(&self.state.cookies, request.current_url(), &rules, self.now)
    }

    /// The headers by which `Vary` selects. NB: where the cookies are looked up for it, it is those of now, and whether they are sent
    /// plays no part.
    pub(super) fn varied_headers(&self, http_request: &Request) -> HeaderList {
        let mut headers = http_request.header_list.clone();
        if self.environment.profile.has(Deviation::VaryByCookiesOfNow) && !self.state.cookies.is_empty() {
            headers.delete(b"Cookie");
            let cookies = self.retrieve_cookies(http_request);
            if let Some(value) = cookies::cookie_header(&self.state.cookies, &cookies) {
                headers.append(b"Cookie", value.as_bytes());
            }
        }
        headers
    }

    /// The [HTTP cache partition](https://fetch.spec.whatwg.org/#determine-the-http-cache-partition) of a request.
    fn cache_partition(&self, credentials: IncludeCredentials, url: &Url) -> String {
        let key = self.environment.partition_key();
        let is_anonymous = credentials == IncludeCredentials::No && self.environment.profile.has(Deviation::CacheByCredentials);
        // OPTIMIZATION: what is formatted costs ten times as much as what is copied.
        match (is_anonymous, self.is_element_apart(url)) {
            (false, false) => key.to_string(),
            (true, false) => format!("anonymous {key}"),
            (false, true) => format!("element {key}"),
            (true, true) => format!("anonymous element {key}"),
        }
    }

    /// Whether the request is an element's to a third party, where those have a cache of their own.
    fn is_element_apart(&self, url: &Url) -> bool {
        let environment = self.environment;
        let is_element = matches!(
            self.fetch.call,
            Call::Img { .. }
                | Call::Media { .. }
                | Call::Script { .. }
                | Call::Import { .. }
                | Call::Stylesheet { .. }
                | Call::Font { .. }
                | Call::Preload { .. }
        ) && !self.fetch.call.preloads_as("fetch");
        let is_third_party = || environment.origin.is_opaque() || !environment.top.schemelessly_same_site(&Origin::of_url(url));
        environment.profile.has(Deviation::ElementsApart) && is_element && is_third_party()
    }

    /// Whether this browser does not look into its HTTP cache for a request that could be answered from there.
    fn leaves_cache_out(&self, http_request: &Request) -> bool {
        let profile = self.environment.profile;
        let is_without_cache = profile.has(Deviation::OpaqueOriginWithoutCache) && self.environment.origin.is_opaque();
        let has = |name: &[u8], directive: &[u8]| {
            let mut lines = lines_named(&http_request.header_list, name);
            lines.any(|line| {
                split_value(http_request.header_list.value(line)).any(|element| element.eq_ignore_ascii_case(directive))
            })
        };
        // NB: in the other modes the browser itself asks so.
        let is_looked_into = !matches!(http_request.cache_mode, CacheMode::NoStore | CacheMode::Reload);
        let asks_for_new = is_looked_into
            && profile.has(Deviation::RequestNoCacheBypasses)
            && (has(b"Cache-Control", b"no-cache") || has(b"Pragma", b"no-cache"));
        let keeps_nothing = profile.has(Deviation::RequestNoStoreBypasses) && has(b"Cache-Control", b"no-store");
        let came_from_network = self.exchanges.iter().rev().find(|sent| sent.hop + 1 == http_request.hop());
        let is_past_cache = profile.has(Deviation::CacheNotAskedAfterRedirect)
            && came_from_network.is_some_and(|sent| sent.source != AnswerSource::Cache);
        let is_past_cache = is_past_cache || self.is_past_cache_by_range(http_request) || self.is_uncached_post();
        let is_matched = profile.has(Deviation::IfMatchBypasses)
            && matches!(self.fetch.call, Call::Fetch { .. })
            && contains(&http_request.header_list, b"If-Match");
        let is_past_cache = is_past_cache || is_matched;
        is_without_cache || asks_for_new || keeps_nothing || is_past_cache
    }

    /// Whether a browser takes for this request from its HTTP cache only what a picture has put there.
    fn takes_pictures_only(&self) -> bool {
        let environment = self.environment;
        environment.profile.has(Deviation::PicturesOfPictures) && environment.url.scheme() == "http" && self.is_picture()
    }

    fn is_picture(&self) -> bool {
        matches!(self.fetch.call, Call::Img { .. }) || self.fetch.call.preloads_as("image")
    }

    /// Whether a browser keeps nothing of an XHR because it posts.
    fn is_uncached_post(&self) -> bool {
        self.environment.profile.has(Deviation::PostOfXhrUncached)
            && matches!(&self.fetch.call, Call::Xhr { method, .. } if method.eq_ignore_ascii_case("POST"))
    }

    /// Whether a response takes the place of one that is kept in memory alone, and so is kept there, too. NB: who reloads makes a
    /// new place.
    fn is_rewritten_in_memory(&self, http_request: &Request, entry: &cache::StoredResponse) -> bool {
        let is_same = |old: &cache::StoredResponse| old.partition == entry.partition && old.url == entry.url;
        http_request.cache_mode != CacheMode::Reload && self.state.http_cache.iter().any(|old| old.in_memory && is_same(old))
    }

    /// Whether a request goes past what a browser has on its disk, because of a redirect that is kept in memory alone.
    fn is_memory_only(&self) -> bool {
        let is_permanent = |sent: &Exchange| {
            sent.source == AnswerSource::Cache
                && sent.request.url.starts_with("http:")
                && sent.response.as_ref().is_some_and(|answer| status::is_permanent_redirect(answer.status))
        };
        self.environment.profile.has(Deviation::PermanentRedirectsInMemory) && self.exchanges.iter().any(is_permanent)
    }

    /// Whether a browser leaves its cache out because of what a request has as `Range`.
    fn is_past_cache_by_range(&self, http_request: &Request) -> bool {
        let is_get = http_request.method.as_bytes() == b"GET";
        self.environment.profile.has(Deviation::OtherRangesBypass)
            && joined(&http_request.header_list, b"Range").is_some_and(|range| !is_get || !is_one_range(&range))
    }

    /// Whether script asks itself whether a stored response is still good, in a browser that lets its cache learn from the answer.
    fn is_update(&self, request: &Request, http_request: &Request) -> bool {
        let profile = self.environment.profile;
        let has = |name: &[u8]| contains(&http_request.header_list, name);
        let is_of_page = http_request.client == Client::Page;
        if profile.has(Deviation::ConditionsInModes) {
            let is_in_mode = matches!(http_request.cache_mode, CacheMode::NoCache | CacheMode::Reload | CacheMode::ForceCache);
            return is_of_page
                && is_in_mode
                && http_request.method.as_bytes() == b"GET"
                && is_conditional(&http_request.header_list);
        }
        profile.has(Deviation::ConditionalUpdates)
            && matches!(http_request.method.as_bytes(), b"GET" | b"HEAD")
            && (request.cache_mode != CacheMode::NoStore && http_request.cache_mode == CacheMode::NoStore)
            && is_of_page
            && (has(b"If-Modified-Since") || has(b"If-None-Match"))
            && !(has(b"If-Unmodified-Since") || has(b"If-Match") || has(b"If-Range") || has(b"Range"))
    }

    /// The stored response that such a request is about.
    fn updated(&self, http_request: &Request, credentials: IncludeCredentials) -> Option<usize> {
        let url = &http_request.current_url()[..Position::AfterQuery];
        let partition = self.cache_partition(credentials, http_request.current_url());
        let (profile, entries) = (self.environment.profile, &self.state.http_cache);
        if !HAS_CACHES || self.leaves_cache_out(http_request) {
            return None;
        }
        let cache::Selected::Found { index, .. } =
            cache::select(profile, entries, &partition, url, &self.varied_headers(http_request), self.now)
        else {
            return None;
        };
        let stored = &entries[index].response.headers;
        let is_about_another = CONDITIONS.iter().any(|(condition, validator)| {
            let asked = http_request.header_list.get(condition);
            asked.is_some() && stored.get(validator).is_some_and(|value| Some(value) != asked)
        });
        (!is_about_another || profile.has(Deviation::ConditionsInModes)).then_some(index)
    }

    /// Forgets what this fetch has stored for its URL, because script does not get it.
    pub(crate) fn forget_stored(&mut self, request: &Request, response: &Response) {
        if !HAS_CACHES {
            return;
        }
        let profile = self.environment.profile;
        let sent = response.exchange.and_then(|index| self.exchanges.get(index));
        let is_new = sent.is_some_and(|sent| sent.source == AnswerSource::Network);
        let is_stopped = matches!(self.fetch.call, Call::Fetch { .. }) && self.environment.global != Global::Window;
        let is_read_on = profile.has(Deviation::FailedAfterSniffingCached)
            && !matches!(self.fetch.call, Call::Fetch { .. })
            && is_sniffed_to_its_end(&response.header_list);
        // NB: a redirect has come to its end with its headers.
        let is_cancelled = match status::is_redirect(response.status) {
            true => profile.has(Deviation::RedirectsKeptWhenFollowed),
            false if profile.has(Deviation::FailedNotCached) => !is_read_on,
            false => is_stopped && profile.has(Deviation::FailedOfSomeNotCached),
        };
        if is_new && is_cancelled {
            self.forget_stored_at(request.current_url());
        }
    }

    /// Forgets what is stored for the request's URL, because `Cross-Origin-Resource-Policy` keeps the response back.
    pub(super) fn forget_blocked_by_policy(&mut self, request: &Request, response: &Response) {
        let profile = self.environment.profile;
        let is_redirect = location_of(profile, request, response).is_some();
        if is_redirect && profile.has(Deviation::BlockedLeavesCache) {
            let credentials = self.include_credentials(request);
            let partition = self.cache_partition(credentials, request.current_url());
            cache::invalidate(&mut self.state.http_cache, &partition, &request.current_url()[..Position::AfterQuery]);
        } else if !is_redirect && profile.has(Deviation::BlockedNotCached) {
            self.forget_stored_at(request.current_url());
        }
    }

    /// Forgets what this fetch has stored just now for a URL.
    pub(crate) fn forget_stored_at(&mut self, url: &Url) {
        let url = &url[..Position::AfterQuery];
        let (index, now) = (self.index, self.now);
        self.state.http_cache.retain(|stored| stored.url != url || stored.stored_by != Some(index) || stored.stored_at != now);
    }

    /// Step 8.26: a response of the HTTP cache that is used as it is, or the index of one that has to be asked about.
    fn ask_cache(&mut self, http_request: &mut Request, credentials: IncludeCredentials) -> (Option<Response>, Option<usize>) {
        let is_left_out = matches!(http_request.cache_mode, CacheMode::NoStore | CacheMode::Reload);
        if !HAS_CACHES || is_left_out || self.state.http_cache.is_empty() {
            return (None, None);
        }
        if self.leaves_cache_out(http_request) {
            return (None, None);
        }
        let url = &http_request.current_url()[..Position::AfterQuery];
        let partition = self.cache_partition(credentials, http_request.current_url());
        let profile = self.environment.profile;
        if self.is_memory_only() {
            self.state.http_cache.retain(|stored| stored.in_memory || stored.partition != partition || stored.url != url);
        }
        let headers = self.varied_headers(http_request);
        let select = |partition: &str| {
            let select_at = |url: &str| cache::select(profile, &self.state.http_cache, partition, url, &headers, self.now);
            if !profile.has(Deviation::RedirectsKeptWithFragment) || http_request.current_url().fragment().is_none() {
                return select_at(url);
            }
            match (select_at(http_request.current_url().as_str()), select_at(url)) {
                (cache::Selected::Found { index, freshness }, _) => cache::Selected::Found { index, freshness },
                (_, cache::Selected::Found { index, .. })
                    if status::is_redirect(self.state.http_cache[index].response.status) =>
                {
                    cache::Selected::None
                }
                (_, selected) => selected,
            }
        };
        let selected = match http_request.method.as_bytes() {
            b"GET" => select(&partition),
            b"HEAD" if profile.has(Deviation::HeadFromCache) => select(&partition),
            b"PUT" | b"DELETE" | b"PATCH"
                if http_request.cache_mode == CacheMode::ForceCache
                    && profile.has(Deviation::ForceCacheForUnsafe)
                    && (http_request.body.is_some() || http_request.method.as_bytes() != b"PUT") =>
            {
                select(&partition)
            }
            // NB: nothing is there, unless `Deviation::HeadStored` put it there.
            b"HEAD" => select(&head_partition(&partition)),
            _ => cache::Selected::None,
        };
        let (index, freshness, is_mismatch) = match selected {
            cache::Selected::None => return (None, None),
            cache::Selected::VaryMismatch { index } => {
                let stored_by = self.state.http_cache[index].stored_by;
                self.record(Algorithm::HttpNetworkOrCacheFetch.step("8.26.1"), http_request, || EventKind::StoredResponse {
                    used: StoredResponseUse::VaryMismatch,
                    stored_by,
                });
                if !profile.has(Deviation::VaryAskedByEtag) {
                    return (None, None);
                }
                (index, cache::Freshness::Stale, true)
            }
            cache::Selected::Found { index, freshness } => (index, freshness, false),
        };
        if self.takes_pictures_only() && !self.state.http_cache[index].by_picture {
            return (None, None);
        }
        let authorization = http_request.header_list.get(b"Authorization");
        let is_unauthorized = profile.has(Deviation::CacheByAuthorization)
            && authorization.is_some()
            && authorization != self.state.http_cache[index].request_headers.get(b"Authorization");
        let is_redirect = status::is_redirect(self.state.http_cache[index].response.status);
        let wire_url = wire_url(http_request.current_url());
        let is_used = |sent: &Exchange| sent.source == AnswerSource::Cache && sent.request.url == wire_url;
        if is_redirect && profile.has(Deviation::RedirectsUsedOnce) && self.exchanges.iter().any(is_used) {
            return (None, None);
        }
        let is_asked_for_new = profile.has(Deviation::PragmaSearched) && cache::has_no_cache(&http_request.header_list);
        let has_validator = CONDITIONS.iter().any(|(condition, _)| contains(&http_request.header_list, condition));
        let is_asked_about =
            has_validator && http_request.cache_mode == CacheMode::Default && profile.has(Deviation::ConditionalXhrCached);
        let ignores_age = matches!(http_request.cache_mode, CacheMode::ForceCache | CacheMode::OnlyIfCached);
        // CORRECTION 3: no-cache asks about a fresh response too; the numbered steps would use it unasked.
        let used = match freshness {
            _ if http_request.cache_mode == CacheMode::NoCache || is_asked_about || is_mismatch || is_unauthorized => {
                StoredResponseUse::Revalidating
            }
            _ if is_asked_for_new && !ignores_age => StoredResponseUse::Revalidating,
            cache::Freshness::Fresh => StoredResponseUse::Used,
            // NB: 303 is no answer that lasts.
            cache::Freshness::StaleWhileRevalidate | cache::Freshness::Stale
                if profile.has(Deviation::OtherStatusesAskedAbout) && self.state.http_cache[index].response.status == 303 =>
            {
                return (None, None);
            }
            cache::Freshness::StaleWhileRevalidate => StoredResponseUse::UsedStale,
            cache::Freshness::Stale if ignores_age => StoredResponseUse::UsedStale,
            cache::Freshness::Stale => StoredResponseUse::Revalidating,
        };
        let stored = self.state.http_cache[index].clone();
        // NB: what is fresh is given as a whole where the range is beyond its end.
        let part = asked_part(profile, &stored.response, &http_request.header_list).flatten();
        let is_asked_by_script = profile.has(Deviation::ConditionsStand) && is_conditional(&http_request.header_list);
        if used == StoredResponseUse::Revalidating && (is_asked_by_script || !may_ask_about(profile, stored.response.status)) {
            return (None, None);
        }
        let stored_by = stored.stored_by;
        let number = match (used, freshness) {
            (StoredResponseUse::Revalidating, _) => "8.26.2.2.2",
            // NB: that it is renewed meanwhile changes nothing here.
            (_, cache::Freshness::StaleWhileRevalidate) if !ignores_age => "8.26.2.1.1",
            _ => "8.26.2.2.3",
        };
        if !is_mismatch {
            self.record(Algorithm::HttpNetworkOrCacheFetch.step(number), http_request, || EventKind::StoredResponse {
                used,
                stored_by,
            });
        }
        if used == StoredResponseUse::Revalidating {
            // NB: when a response for others was modified says nothing.
            for &(condition, validator) in &CONDITIONS[..if is_mismatch { 1 } else { 2 }] {
                if let Some(value) = stored.response.headers.get(validator) {
                    http_request.header_list.append(condition, value.as_bytes());
                }
            }
            if profile.has(Deviation::UnaskedNotModifiedTaken) && !is_conditional(&http_request.header_list) {
                return (None, None);
            }
            if let Some(part) = part {
                http_request.header_list.set(b"Range", part.range().as_bytes());
            }
            return (None, Some(index));
        }
        let wire = match part {
            Some(part) => cut(stored.response, part),
            None => stored.response,
        };
        let exchange = self.push_exchange(http_request, credentials, AnswerSource::Cache, Some(wire.clone()), None);
        (Some(response_of(&wire, Some(exchange))), None)
    }

    /// Step 11: the network's answer, and what it does to the HTTP cache.
    fn forward(
        &mut self,
        http_request: &Request,
        credentials: IncludeCredentials,
        stored: Option<usize>,
        is_update: bool,
    ) -> Result<Response, Interrupted> {
        // 11.2.
        let mut response = self.http_network_fetch(http_request, credentials)?;
        let profile = self.environment.profile;
        let url = &http_request.current_url()[..Position::AfterQuery];
        response.url_list.clone_from(&http_request.url_list);
        if !HAS_CACHES {
            return Ok(response);
        }
        if profile.has(Deviation::FailedLeavesCache) && self.is_kept_back(http_request, &response) {
            return Ok(response);
        }
        // 11.3.
        let is_unsafe = !matches!(http_request.method.as_bytes(), b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE");
        let is_known = match http_request.method.as_bytes() {
            _ if !profile.has(Deviation::KnownMethodsInvalidate) => true,
            b"POST" | b"DELETE" | b"PATCH" => true,
            b"PUT" => http_request.body.is_some(),
            _ => false,
        };
        let is_forgotten = || {
            !profile.has(Deviation::OwnSiteInvalidated)
                || Origin::of_url(http_request.current_url()).site() == **self.environment.partition_key()
        };
        let is_spared = profile.has(Deviation::RedirectsForgetNothing) && location_of(profile, http_request, &response).is_some();
        // OPTIMIZATION: nothing is forgotten of a cache that has nothing.
        let is_error = !(200..400).contains(&response.status) && !profile.has(Deviation::EveryStatusInvalidates);
        let leaves_cache = http_request.cache_mode == CacheMode::NoStore && profile.has(Deviation::NoStoreForgetsNothing);
        let may_forget = is_unsafe && !is_error && !leaves_cache && !self.state.http_cache.is_empty() && !is_spared;
        if may_forget && is_known && is_forgotten() {
            let partition = self.cache_partition(credentials, http_request.current_url());
            cache::invalidate(&mut self.state.http_cache, &partition, url);
            for named in named_urls(profile, http_request.current_url(), &response.header_list) {
                cache::invalidate(&mut self.state.http_cache, &partition, &named[..Position::AfterQuery]);
            }
        }
        // 11.4. Still good: the stored response with the new headers.
        // OPTIMIZATION: nothing is looked up where nothing is stored.
        let varied = stored.map(|_| self.varied_headers(http_request));
        if let Some(index) = stored
            && response.status == 304
            && let Some(entry) = self.state.http_cache.get_mut(index)
        {
            cache::freshen(profile, entry, &response.header_list, self.now);
            if let Some(varied) = varied.filter(|varied| !entry.vary_matches(varied)) {
                entry.request_headers = varied;
            }
            if is_update {
                return Ok(response);
            }
            let (wire, stored_by) = (entry.response.clone(), entry.stored_by);
            let wire = match asked_part(profile, &wire, &http_request.header_list) {
                Some(Some(part)) => cut(wire, part),
                Some(None) => beyond(&response, &wire.headers),
                None => wire,
            };
            self.record(Algorithm::HttpNetworkOrCacheFetch.step("11.4"), http_request, || EventKind::StoredResponse {
                used: StoredResponseUse::Validated,
                stored_by,
            });
            let exchange = response.exchange;
            if let Some(exchange) = exchange.and_then(|index| self.exchanges.get_mut(index)) {
                exchange.source = AnswerSource::Revalidated;
                exchange.response = Some(wire.clone());
            }
            return Ok(response_of(&wire, exchange));
        }
        // 11.5.
        let is_stored_head = http_request.method.as_bytes() == b"HEAD" && profile.has(Deviation::HeadStored);
        let mut asked = Cow::Borrowed(&http_request.header_list);
        if status::is_redirect(response.status) && profile.has(Deviation::RedirectsKeptForRanges) {
            asked.to_mut().delete(b"Range");
        }
        let is_update = stored.is_some() && is_update;
        let is_permanent = status::is_permanent_redirect(response.status);
        let is_to_itself = profile.has(Deviation::OwnRedirectsNotKept)
            && !is_permanent
            && location_of(profile, http_request, &response).is_some_and(|location| location == *http_request.current_url());
        let is_blocked = profile.has(Deviation::BlockedLeavesCache)
            && http_request.response_tainting == Tainting::Opaque
            && self.is_kept_back(http_request, &response);
        let may_store = (http_request.cache_mode != CacheMode::NoStore || is_update)
            && !is_blocked
            && http_request.client == Client::Page
            && !self.is_uncached_post()
            && !is_to_itself
            && !self.is_past_cache_by_range(http_request)
            && !(profile.has(Deviation::OpaqueOriginWithoutCache) && self.environment.origin.is_opaque())
            && cache::may_store(
                profile,
                if is_stored_head { b"GET" } else { http_request.method.as_bytes() },
                response.status,
                &*asked,
                &response.header_list,
            );
        if may_store {
            let partition = self.cache_partition(credentials, http_request.current_url());
            let partition = if is_stored_head { head_partition(&partition) } else { partition };
            let mut entry = cache::StoredResponse {
                partition,
                url: match profile.has(Deviation::RedirectsKeptWithFragment) && status::is_redirect(response.status) {
                    true => http_request.current_url().as_str().to_owned(),
                    false => url.to_owned(),
                },
                request_headers: self.varied_headers(http_request),
                response: wire_of(&response),
                stored_at: self.now,
                stored_by: Some(self.index),
                in_memory: false,
                by_picture: self.is_picture(),
            };
            entry.in_memory = profile.has(Deviation::PermanentRedirectsInMemory)
                && (is_permanent && http_request.current_url().scheme() == "http"
                    || self.is_memory_only()
                    || self.is_rewritten_in_memory(http_request, &entry));
            if profile.has(Deviation::EmptyLinesNotCached) {
                entry.response.headers.changed().retain(|line| !line.1.as_bytes().is_empty());
            }
            if !profile.has(Deviation::OnlyReusableStored) || cache::is_of_use(profile, &entry) {
                cache::store(profile, &mut self.state.http_cache, entry);
                self.record(Algorithm::HttpNetworkOrCacheFetch.step("11.5.2"), http_request, || EventKind::ResponseStored);
                return Ok(response);
            }
        }
        let uses_cache = http_request.client == Client::Page && http_request.cache_mode != CacheMode::NoStore;
        let is_whole_get = || {
            http_request.method.as_bytes() == b"GET"
                && !http_request.header_list.contains(b"Range")
                && !self.leaves_cache_out(http_request)
        };
        let is_forgetful =
            profile.has(Deviation::UnstoredForgets) || profile.has(Deviation::UnstoredGetForgets) && is_whole_get();
        let is_made_anew = http_request.cache_mode == CacheMode::Reload && profile.has(Deviation::ReloadMakesAnew);
        let is_like_any_other = profile.has(Deviation::NotModifiedStored) && !is_conditional(&http_request.header_list);
        let is_nothing_new = (response.status == 304 && !is_like_any_other || is_blocked) && !is_made_anew;
        if is_update || is_forgetful && uses_cache && !is_nothing_new && !is_spared {
            let partition = self.cache_partition(credentials, http_request.current_url());
            cache::invalidate(&mut self.state.http_cache, &partition, url);
        }
        Ok(response)
    }

    /// Whether a response that is asked for its permission before anything is done with it does not get to script. NB: a redirect is
    /// asked later, and a 304 not at all.
    fn is_kept_back(&self, http_request: &Request, response: &Response) -> bool {
        let is_asked = response.status != 304 && location_of(self.environment.profile, http_request, response).is_none();
        let headers = &response.header_list;
        is_asked
            && match http_request.response_tainting {
                Tainting::Cors => {
                    cors_check(http_request.serialized_origin().as_bytes(), http_request.credentials_mode, headers).is_err()
                }
                Tainting::Opaque => self.corp_checked(http_request, response).is_err(),
                Tainting::Basic => false,
            }
    }

    /// Adds an exchange, and gives its index.
    pub(crate) fn push_exchange(
        &mut self,
        http_request: &Request,
        credentials: IncludeCredentials,
        source: AnswerSource,
        response: Option<WireResponse>,
        answer: Option<usize>,
    ) -> usize {
        self.exchanges.push(Exchange {
            request: WireRequest {
                purpose: if http_request.client == Client::Null { Purpose::Preflight } else { Purpose::Actual },
                method: http_request.method.clone(),
                url: wire_url(http_request.current_url()),
                headers: http_request.header_list.clone(),
                credentials: credentials == IncludeCredentials::Yes,
                has_body: http_request.body.is_some(),
            },
            source,
            answer,
            response,
            hop: http_request.hop(),
        });
        self.exchanges.len() - 1
    }
}

/// Whether a browser asks whether a stored response with this status is still good, rather than for a new one.
fn may_ask_about(profile: Profile, status: u16) -> bool {
    match status {
        200 => true,
        201..=299 => !profile.has(Deviation::OkAskedAbout),
        _ if status::is_redirect(status) && profile.has(Deviation::RedirectsNotAskedAbout) => false,
        _ => !profile.has(Deviation::OkAskedAbout) && !profile.has(Deviation::SuccessAskedAbout),
    }
}

/// The URLs of the same origin that an answer names and a browser forgets what it has of.
fn named_urls(profile: Profile, url: &Url, headers: &HeaderList) -> Vec<Url> {
    if !profile.has(Deviation::LocationsInvalidated) {
        return Vec::new();
    }
    let values = [&b"Location"[..], b"Content-Location"].into_iter().flat_map(|name| lines_named(headers, name));
    let named = values.filter_map(|line| url_parser::join(url, &isomorphic_decode(headers.value(line))).ok());
    named.filter(|named| Origin::of_url(named).same_origin(&Origin::of_url(url))).collect()
}

/// Where a response to this request leads, if it is a redirect that can be followed.
fn location_of(profile: Profile, http_request: &Request, response: &Response) -> Option<Url> {
    match response.location_url(profile, http_request.current_url().fragment()) {
        Location::Url(location) => Some(location),
        Location::Null | Location::Failure(_) => None,
    }
}

/// Where responses to `HEAD` are kept, apart from those that have bodies.
fn head_partition(partition: &str) -> String {
    format!("HEAD {partition}")
}

/// Who asks for cookies, and by which rules.
///
/// CORRECTION 2: RFC 6265bis section 5.2, and not the standard's own determination of the same-site mode.
pub(crate) fn cookie_rules<'a>(environment: &'a Environment<'_>, request: &Request) -> cookies::Rules<'a> {
    let site_for_cookies = (request.client == Client::Page).then_some(&environment.site_for_cookies);
    let method = request.method.as_bytes();
    cookies::Rules {
        profile: environment.profile,
        context: cookies::same_site_context(
            environment.profile,
            site_for_cookies,
            request.current_url(),
            request.destination,
            method,
        ),
        top: &environment.top,
        top_site: environment.partition_key(),
        third_party: environment.third_party_cookies,
    }
}

/// [includeCredentials](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch) of step 8.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IncludeCredentials {
    Yes,
    No,
}

/// The cache mode of a request after step 8.16: one that is conditional by itself leaves the HTTP cache out.
pub(super) fn effective_cache_mode(request: &Request) -> CacheMode {
    match request.cache_mode {
        CacheMode::Default if is_conditional(&request.header_list) => CacheMode::NoStore,
        mode => mode,
    }
}

/// Whether a request asks on a condition.
pub(super) fn is_conditional(headers: &HeaderList) -> bool {
    const CONDITIONAL: [&[u8]; 5] = [b"If-Modified-Since", b"If-None-Match", b"If-Unmodified-Since", b"If-Match", b"If-Range"];
    // OPTIMIZATION: no other common header starts like that, so the five are hardly ever compared with.
    headers.iter().any(|Header(name, _)| {
        matches!(name.as_bytes(), [b'I' | b'i', b'F' | b'f', b'-', ..])
            && CONDITIONAL.iter().any(|conditional| conditional.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The conditions on which a stored response is asked about, and the headers that they are made of.
pub(super) const CONDITIONS: [(&[u8], &[u8]); 2] = [(b"If-None-Match", b"ETag"), (b"If-Modified-Since", b"Last-Modified")];

/// Whether the type of a response is one that is looked for in the first kilobyte of its body, and that is all of it.
fn is_sniffed_to_its_end(headers: &HeaderList) -> bool {
    let is_vague = extract_mime_type(headers).is_none_or(|mime_type| mime_type.essence() == "text/plain");
    is_vague && content_length(headers).is_some_and(|length| length < 1024) && !determine_nosniff(headers)
}

/// What a 304 comes to where the range is beyond the end of the stored response, which has these headers.
fn beyond(answer: &Response, stored: &HeaderList) -> WireResponse {
    let mut wire = wire_of(answer);
    (wire.status, wire.status_text) = (416, b"Requested Range Not Satisfiable".into());
    wire.headers.set(b"Content-Length", b"0");
    let length = content_length(stored).unwrap_or_default();
    wire.headers.set(b"Content-Range", format!("bytes 0-0/{length}").as_bytes());
    wire
}

fn content_length(headers: &HeaderList) -> Option<u64> {
    str::from_utf8(headers.get(b"Content-Length")?.as_bytes()).ok()?.parse().ok()
}

/// The part of a whole stored response that a request asks for, where a browser takes it from there: none within it where the range
/// is beyond its end. OUT OF SCOPE: responses that do not say how long they are.
fn asked_part(profile: Profile, stored: &WireResponse, request_headers: &HeaderList) -> Option<Option<Slice>> {
    let range = request_headers.get(b"Range").filter(|_| stored.status == 200 && profile.has(Deviation::PartsOfStored))?;
    let range = parse_single_range(range.as_bytes(), Whitespace::Refuse)?;
    Some(range.within(content_length(&stored.headers)?).filter(|part| part.length > 0))
}

/// A stored response, cut to a part of it.
fn cut(mut stored: WireResponse, part: Slice) -> WireResponse {
    (stored.status, stored.status_text) = (206, b"Partial Content".into());
    stored.headers.set(b"Content-Length", part.length.to_string().as_bytes());
    stored.headers.set(b"Content-Range", part.content_range().as_bytes());
    stored
}

/// The URL as a host may use it: neither its fragment nor its user name and password are sent.
fn wire_url(url: &Url) -> String {
    [&url[..Position::BeforeUsername], &url[Position::BeforeHost..Position::AfterQuery]].concat()
}

fn append_if_absent(headers: &mut HeaderList, name: &[u8], value: &[u8]) {
    if !headers.contains(name) {
        headers.append(name, value);
    }
}

/// The response that stands on the wire as `wire`.
pub(crate) fn response_of(wire: &WireResponse, exchange: Option<usize>) -> Response {
    let mut response = Response::local(wire.status, wire.status_text.clone(), wire.headers.clone());
    response.exchange = exchange;
    response.integrity_matches = wire.integrity_matches;
    response
}

fn wire_of(response: &Response) -> WireResponse {
    WireResponse {
        status: response.status,
        status_text: response.status_message.clone(),
        headers: response.header_list.clone(),
        integrity_matches: response.integrity_matches,
        ..WireResponse::default()
    }
}
