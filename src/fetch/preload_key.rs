//! Whether a request is what a preload was made for: by its [preload key](https://html.spec.whatwg.org/#preload-key), and by
//! what browsers look at instead.

use crate::cors::check::cors_check;
use crate::cors::safelist::cors_safelisted_request_header;
use crate::deviations::Deviation;
use crate::fetch::elements::CorsSettings;
use crate::fetch::environment::Environment;
use crate::fetch::http_network_or_cache_fetch::is_conditional;
use crate::fetch::preload::Preloaded;
use crate::http::header_list::Fields;
use crate::http::modes::{CacheMode, CredentialsMode, Destination, RedirectMode, RequestMode, Tainting};
use crate::http::request::Request;
use crate::scenario::Call;
use crate::trace::PreloadKey;

/// A request, and who makes it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) environment: &'a Environment<'a>,
    pub(super) call: &'a Call,
    pub(super) request: &'a Request,
}

impl Asked<'_> {
    /// The first thing besides the URL in which the request differs from that of `preload`.
    pub(super) fn differs(self, preload: &Preloaded) -> Option<PreloadKey> {
        if preload.destination != self.request.destination || self.is_of_another_kind() {
            return Some(PreloadKey::Destination);
        }
        if matches!(self.call, Call::Preload { .. }) && self.has(Deviation::PreloadOnePerUrl) {
            let is_apart = self.has(Deviation::PreloadByCookies) && self.is_raw() && preload.mode != self.request.mode;
            return is_apart.then_some(PreloadKey::Mode);
        }
        self.differs_in_settings(preload).or_else(|| self.differs_in_cors(preload))
    }

    /// The tainting of what is used, where it is not that of the preload.
    pub(super) fn tainting(self, preload: &Preloaded) -> Option<Tainting> {
        let is_anew = self.has(Deviation::PreloadCheckedAnew) && preload.mode != self.request.mode && !self.is_same_origin();
        is_anew.then_some(if self.request.mode == RequestMode::Cors { Tainting::Cors } else { Tainting::Opaque })
    }

    fn has(self, deviation: Deviation) -> bool {
        self.environment.profile.has(deviation)
    }

    fn is_same_origin(self) -> bool {
        self.environment.origin.is_of_url(self.request.current_url())
    }

    /// Whether it has a destination that others have too. NB: what these get WebKit keeps apart from what elements get.
    fn is_raw(self) -> bool {
        self.request.destination == Destination::Empty
    }

    fn is_of_another_kind(self) -> bool {
        match self.call {
            Call::Script { module: true, .. } | Call::Import { .. } => self.has(Deviation::PreloadNotForModules),
            Call::EventSource { .. } => self.has(Deviation::PreloadNotForStreams),
            _ => false,
        }
    }

    /// What is against it, whatever the preload asked for.
    fn differs_in_settings(self, preload: &Preloaded) -> Option<PreloadKey> {
        let request = self.request;
        let is_synchronous = matches!(self.call, Call::Xhr { sync: true, .. });
        let past_cache = matches!(request.cache_mode, CacheMode::NoStore | CacheMode::Reload | CacheMode::NoCache);
        let by_default = self.has(Deviation::PreloadByDefaultModes);
        let is_of_fetch = matches!(self.call, Call::Fetch { .. });
        [
            // NB: which of several differences its console names.
            (
                PreloadKey::Credentials,
                self.has(Deviation::PreloadAnyHeaders) && preload.credentials_mode != request.credentials_mode,
            ),
            (PreloadKey::Synchronous, is_synchronous && self.has(Deviation::PreloadNotSynchronous)),
            (PreloadKey::Keepalive, request.keepalive && self.has(Deviation::PreloadNotKeepalive)),
            (PreloadKey::Method, request.method.as_bytes() != b"GET"),
            (PreloadKey::Headers, self.has_own_headers()),
            (
                PreloadKey::Fragment,
                self.has(Deviation::PreloadWithFragment) && preload.url.fragment() != request.current_url().fragment(),
            ),
            (
                PreloadKey::CacheMode,
                is_of_fetch
                    && (by_default && request.cache_mode != CacheMode::Default
                        || past_cache && self.has(Deviation::PreloadNotPastCache)),
            ),
            (PreloadKey::RedirectMode, by_default && request.redirect_mode != RedirectMode::Follow),
            (PreloadKey::Integrity, !request.integrity_metadata.is_empty() && !self.has(Deviation::PreloadWithIntegrity)),
        ]
        .into_iter()
        .find_map(|(key, differs)| differs.then_some(key))
    }

    /// Whether a header that script has set is against using a preload, which has none.
    fn has_own_headers(self) -> bool {
        let headers = &self.request.header_list;
        // NB: those of `EventSource` are not script's.
        if !self.request.unsafe_request || headers.is_empty() {
            return false;
        }
        if self.has(Deviation::PreloadAnyHeaders) {
            return is_conditional(headers);
        }
        let is_of_fetch = matches!(self.call, Call::Fetch { .. });
        (0..headers.count()).map(|line| (headers.name(line), headers.value(line))).any(|(name, value)| {
            if self.has(Deviation::PreloadSafelistedHeaders) && is_of_fetch {
                cors_safelisted_request_header(self.environment.profile, name, value).is_err()
            } else if self.has(Deviation::PreloadCacheHeaders) {
                ![&b"accept"[..], b"cache-control", b"pragma"].iter().any(|other| name.eq_ignore_ascii_case(other))
            } else {
                true
            }
        })
    }

    /// What `crossorigin`, or what stands for it, makes another request.
    fn differs_in_cors(self, preload: &Preloaded) -> Option<PreloadKey> {
        let request = self.request;
        let is_other_mode = preload.mode != request.mode;
        if self.has(Deviation::PreloadByCorsAttribute) {
            let settings = match self.call {
                Call::Preload { cross_origin, .. } => CorsSettings::of(cross_origin.as_deref()),
                _ => cors_settings(request),
            };
            let differs = preload.settings != settings || request.mode == RequestMode::SameOrigin;
            return differs.then_some(if is_other_mode { PreloadKey::Mode } else { PreloadKey::Credentials });
        }
        if self.has(Deviation::PreloadCheckedAnew) && !self.is_raw() {
            return (is_other_mode && !self.passes_anew(preload)).then_some(PreloadKey::Mode);
        }
        // NB: with `crossorigin` a preload has an `Origin` even where `fetch()` has none.
        let is_by_origin =
            self.has(Deviation::PreloadByOriginHeader) && preload.mode == RequestMode::Cors && self.is_same_origin();
        if is_other_mode || is_by_origin {
            return Some(PreloadKey::Mode);
        }
        let differs = if self.has(Deviation::PreloadByCookies) {
            let may_have_cookies = |mode| match mode {
                CredentialsMode::Include => true,
                CredentialsMode::SameOrigin => self.is_same_origin(),
                CredentialsMode::Omit => false,
            };
            may_have_cookies(preload.credentials_mode) != may_have_cookies(request.credentials_mode)
        } else {
            preload.credentials_mode != request.credentials_mode
        };
        differs.then_some(PreloadKey::Credentials)
    }

    /// Whether the preload's response would do for a request in the other mode, as far as its headers say.
    fn passes_anew(self, preload: &Preloaded) -> bool {
        let request = self.request;
        // NB: fonts are not checked at all.
        if request.destination == Destination::Font {
            return true;
        }
        let Ok(response) = &preload.ending else { return false };
        let origin = request.serialized_origin();
        request.mode != RequestMode::Cors
            || self.is_same_origin()
            || cors_check(origin.as_bytes(), request.credentials_mode, &response.header_list).is_ok()
    }
}

/// The attribute `crossorigin` that a request has, or would have.
const fn cors_settings(request: &Request) -> CorsSettings {
    match (request.mode, request.credentials_mode) {
        (RequestMode::Cors, CredentialsMode::Include) => CorsSettings::UseCredentials,
        (RequestMode::Cors, _) => CorsSettings::Anonymous,
        _ => CorsSettings::NoCors,
    }
}
