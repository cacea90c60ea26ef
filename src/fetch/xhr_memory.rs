//! The responses of asynchronous `XMLHttpRequest`s that a document has in its memory, in a browser that keeps them there beside its
//! HTTP cache. `fetch()` leaves nothing there, for it reads bodies as streams, but uses what is there.

use url::Position;

use crate::cache::{self, StoredResponse};
use crate::deviations::Deviation;
use crate::extent::HAS_CACHES;
use crate::fetch::document_resources::asked_in;
use crate::fetch::http_network_or_cache_fetch::{CONDITIONS, is_conditional, response_of};
use crate::fetch::preload::compared_from;
use crate::fetch::{Fetching, Interrupted};
use crate::http::header_list::{Fields, HeaderList};
use crate::http::modes::{CacheMode, CredentialsMode, RedirectMode, RequestMode, Tainting};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::network::{Purpose, WireResponse};
use crate::profile::Profile;
use crate::report::AnswerSource;
use crate::scenario::Call;
use crate::spec::Algorithm;
use crate::trace::{DocumentResource, EventKind, NotChecked, StoredResponseUse, Trace};

/// Script's request headers that play no part. NB: nor do those that the browser adds, but for `Origin`.
const IGNORED: [&[u8]; 5] = [b"Accept", b"Cache-Control", b"Pragma", b"Referer", b"User-Agent"];
/// Directives with which a redirect is not kept, whatever else it says.
const AGAINST_REDIRECTS: [&[u8]; 3] = [b"no-store", b"no-cache", b"must-revalidate"];

/// The responses in a document's memory, one for each URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct XhrMemory(Vec<Kept>);

#[derive(Debug, Clone)]
struct Kept {
    /// The index of the fetch that brought it.
    fetch: usize,
    url: String,
    script_headers: HeaderList,
    credentials_mode: CredentialsMode,
    response_tainting: Tainting,
    response: Response,
    /// What its freshness goes by: the redirects to it, and it.
    redirects: Vec<StoredResponse>,
    stored: StoredResponse,
}

/// What a document does about a request for whose URL its memory has a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Use,
    /// The request goes its own way, and the response stays.
    PassBy,
    /// What the request brings takes its place.
    Replace,
    /// So it does, but the server is asked whether it has changed.
    Revalidate,
}

/// What the memory has to do with a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum MemoryUse {
    #[default]
    None,
    Used,
    PassedBy,
    Revalidated,
}

impl<T: Trace> Fetching<'_, T> {
    /// The headers that script has set, where they count for the memory.
    pub(super) fn script_headers(&self, request: &Request) -> Option<HeaderList> {
        let is_counting = HAS_CACHES && self.environment.profile.has(Deviation::XhrKeptInMemory);
        is_counting.then(|| request.header_list.clone())
    }

    /// The response that is in the document's memory, if a request with these headers of script may have it.
    pub(super) fn reuse_of_memory(
        &mut self,
        request: &mut Request,
        script_headers: &HeaderList,
    ) -> Option<Result<Response, Interrupted>> {
        let url = found_by(self.environment.profile, request)?;
        let kept = self.document.xhr_memory.0.iter().find(|kept| kept.url == url)?;
        self.memory_use = match self.decide(kept, request, script_headers)? {
            Decision::Use => MemoryUse::Used,
            Decision::PassBy => MemoryUse::PassedBy,
            Decision::Replace => MemoryUse::None,
            Decision::Revalidate => MemoryUse::Revalidated,
        };
        if self.memory_use != MemoryUse::Used {
            return None;
        }
        let Kept { fetch, response_tainting, response, .. } = kept.clone();
        request.response_tainting = response_tainting;
        let what = DocumentResource::Response;
        self.record(asked_in(what).step(""), request, || EventKind::ResourceReused { fetch, what });
        if !request.integrity_metadata.is_empty() {
            self.record(Algorithm::MainFetch.step("23"), request, || EventKind::NotChecked { what: NotChecked::Integrity });
        }
        Some(Ok(response))
    }

    /// Makes a request ask whether the response in the memory is still good, where that has to be asked. Says whether it has.
    pub(super) fn ask_about_memory(&self, http_request: &mut Request) -> bool {
        let is_asked = self.memory_use == MemoryUse::Revalidated && http_request.hop() == 0;
        let url = found_by(self.environment.profile, http_request).filter(|_| is_asked);
        let kept = self.document.xhr_memory.0.iter().find(|kept| Some(&kept.url) == url.as_ref() && kept.redirects.is_empty());
        for (condition, validator) in CONDITIONS {
            if let Some(value) = kept.and_then(|kept| kept.stored.response.headers.get(validator)) {
                http_request.header_list.append(condition, value.as_bytes());
            }
        }
        kept.is_some()
    }

    /// What the response in the memory is after the 304 that has confirmed it.
    pub(super) fn confirm_memory(&mut self, http_request: &Request, not_modified: Response) -> Response {
        let (profile, url) = (self.environment.profile, found_by(self.environment.profile, http_request));
        let Some(kept) = self.document.xhr_memory.0.iter_mut().find(|kept| Some(&kept.url) == url.as_ref()) else {
            return not_modified;
        };
        cache::freshen(profile, &mut kept.stored, &not_modified.header_list, self.now);
        let wire = kept.stored.response.clone();
        let (used, stored_by) = (StoredResponseUse::Validated, Some(kept.fetch));
        self.record(Algorithm::HttpNetworkOrCacheFetch.step("11.4"), http_request, || EventKind::StoredResponse {
            used,
            stored_by,
        });
        if let Some(exchange) = not_modified.exchange.and_then(|index| self.exchanges.get_mut(index)) {
            exchange.source = AnswerSource::Revalidated;
            exchange.response = Some(wire.clone());
        }
        response_of(&wire, not_modified.exchange)
    }

    /// What is to be done about `kept`. Nothing where the request does not look into the memory.
    fn decide(&self, kept: &Kept, request: &Request, script_headers: &HeaderList) -> Option<Decision> {
        let is_preload = self.fetch.call.preloads_as("fetch");
        let is_looking = matches!(self.fetch.call, Call::Fetch { .. } | Call::Xhr { sync: false, .. }) || is_preload;
        if !is_looking || is_past_memory(&self.fetch.call, request) {
            return None;
        }
        let is_home = self.environment.origin.is_of_url(request.current_url());
        // NB: a preload has an `Origin` for the page's own, too.
        let has_origin = request.mode == RequestMode::Cors && (!is_home || is_preload);
        let has_cookies = |mode| match mode {
            CredentialsMode::Include => true,
            CredentialsMode::SameOrigin => is_home,
            CredentialsMode::Omit => false,
        };
        let is_like = matches!(request.cache_mode, CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached)
            && request.method.as_bytes() == b"GET"
            && has_origin != is_home
            && has_cookies(kept.credentials_mode) == has_cookies(request.credentials_mode)
            && are_alike(&kept.script_headers, script_headers)
            && kept.stored.vary_matches(&self.varied_headers(request));
        if !is_like {
            return Some(Decision::Replace);
        }
        let profile = self.environment.profile;
        if request.cache_mode == CacheMode::Default {
            let is_fresh = |stored: &StoredResponse| cache::fresh_for(profile, stored, self.now) > 0.0;
            let is_kept_redirect = |stored: &StoredResponse| !forbids_reuse(&stored.response.headers) && is_fresh(stored);
            if !kept.redirects.iter().all(is_kept_redirect) || kept.credentials_mode != request.credentials_mode {
                return Some(Decision::Replace);
            }
            if !is_fresh(&kept.stored) {
                let has_validator =
                    [&b"ETag"[..], b"Last-Modified"].iter().any(|name| kept.stored.response.headers.contains(name));
                return Some(if has_validator { Decision::Revalidate } else { Decision::Replace });
            }
        }
        let is_followed = request.redirect_mode == RedirectMode::Follow || kept.redirects.is_empty();
        Some(match request.mode == RequestMode::Cors && is_followed {
            true => Decision::Use,
            // NB: a preload comes into the memory in any case.
            false if is_preload => Decision::Replace,
            false => Decision::PassBy,
        })
    }

    /// Forgets the response whose place a request has taken, which has these headers of script, and keeps that of an asynchronous XHR.
    pub(super) fn replace_in_memory(&mut self, request: &Request, script_headers: HeaderList, response: Option<&Response>) {
        let is_left =
            matches!(self.memory_use, MemoryUse::Used | MemoryUse::PassedBy) || is_past_memory(&self.fetch.call, request);
        let (Some(url), false) = (found_by(self.environment.profile, request), is_left) else { return };
        let kept = self.document.xhr_memory.0.iter().position(|kept| kept.url == url);
        let kept = kept.map(|index| self.document.xhr_memory.0.swap_remove(index));
        let is_asked_about = self.memory_use == MemoryUse::Revalidated;
        let is_confirmed = self.exchanges.last().is_some_and(|sent| sent.source == AnswerSource::Revalidated);
        let is_of_xhr = matches!(&self.fetch.call, Call::Xhr { method, sync: false, .. } if method.eq_ignore_ascii_case("GET"));
        // NB: what was asked with a condition is no more than the answer to that.
        let is_kept = if is_asked_about { is_confirmed } else { is_of_xhr };
        let (Some(response), Some((redirects, stored)), true) = (response, self.kept_responses(request), is_kept) else { return };
        self.document.xhr_memory.0.push(Kept {
            fetch: kept.filter(|_| is_asked_about).map_or(self.index, |kept| kept.fetch),
            url,
            script_headers,
            credentials_mode: request.credentials_mode,
            response_tainting: request.response_tainting,
            // NB: the exchange that it came from is another fetch's.
            response: Response { exchange: None, ..response.clone() },
            redirects,
            stored,
        });
    }

    /// The redirects that the request has followed and the last response, as they are kept, unless that forbids it.
    fn kept_responses(&self, request: &Request) -> Option<(Vec<StoredResponse>, StoredResponse)> {
        let request_headers = self.varied_headers(request);
        let answered = self.exchanges.iter().filter(|sent| sent.request.purpose == Purpose::Actual);
        let kept = |response: &WireResponse| StoredResponse {
            partition: String::new(),
            url: String::new(),
            request_headers: request_headers.clone(),
            response: response.clone(),
            stored_at: self.now,
            stored_by: Some(self.index),
            in_memory: true,
            by_picture: false,
        };
        let mut responses: Vec<_> = answered.filter_map(|sent| sent.response.as_ref()).map(kept).collect();
        let last = responses.pop().filter(|last| !cache::has_no_store(self.environment.profile, &last.response.headers))?;
        Some((responses, last))
    }
}

/// Whether a request neither looks into the memory nor comes into it.
pub(super) fn is_past_memory(call: &Call, request: &Request) -> bool {
    matches!(call, Call::Xhr { sync: true, .. })
        || request.cache_mode == CacheMode::NoStore
        || is_conditional(&request.header_list)
}

/// The URL by which it is found: without its fragment, and as it is after an upgrade.
fn found_by(profile: Profile, request: &Request) -> Option<String> {
    let url = request.url_list.first()?;
    Some(format!("{}:{}", url.scheme(), &url[compared_from(profile)..Position::AfterQuery]))
}

/// Whether script has set the same headers, but for those that play no part.
fn are_alike(kept: &HeaderList, asked: &HeaderList) -> bool {
    let is_within = |one: &HeaderList, other: &HeaderList| {
        (0..one.count())
            .map(|line| one.name(line))
            .all(|name| IGNORED.iter().any(|ignored| ignored.eq_ignore_ascii_case(name)) || one.get(name) == other.get(name))
    };
    is_within(kept, asked) && is_within(asked, kept)
}

/// Whether a redirect says that it must not be used again unasked.
fn forbids_reuse(headers: &HeaderList) -> bool {
    let value = headers.get(b"Cache-Control");
    value.is_some_and(|value| {
        value
            .as_bytes()
            .split(|byte| *byte == b',')
            .any(|part| AGAINST_REDIRECTS.iter().any(|directive| part.trim_ascii().eq_ignore_ascii_case(directive)))
    })
}
