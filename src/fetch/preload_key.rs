//! Whether a request is what a preload was made for: by its [preload key](https://html.spec.whatwg.org/#preload-key), and by
//! what browsers look at instead.

use crate::cache::vary;
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
            let is_apart = self.has(Deviation::PreloadByCookies)
                && preload.mode != self.request.mode
                && (self.is_raw() || !self.passes_anew(preload));
            return is_apart.then_some(PreloadKey::Mode);
        }
        let differs = self.differs_in_settings(preload).or_else(|| self.differs_in_cors(preload));
        let varies = || self.has(Deviation::PreloadByVary) && self.varies(preload);
        // NB: that is looked at before the mode of what elements ask for.
        let is_before = matches!(differs, None | Some(PreloadKey::Mode)) && !self.is_raw();
        if (differs.is_none() || is_before) && varies() { Some(PreloadKey::Vary) } else { differs }
    }

    /// Whether the preload's response is for requests with other headers.
    fn varies(self, preload: &Preloaded) -> bool {
        let headers = preload.response().map(|response| &response.header_list);
        headers.into_iter().flat_map(vary).any(|name| match name {
            b"*" => true,
            // NB: who asks for CORS sends it, to the page's own origin too.
            name if name.eq_ignore_ascii_case(b"Origin") => {
                (preload.mode == RequestMode::Cors) != (self.request.mode == RequestMode::Cors)
            }
            // NB: the others are alike, but for those that script has set.
            name => self.request.header_list.contains(name),
        })
    }

    /// Whether the preload's response would have been used without CORS, but has not passed the CORS check.
    pub(super) fn is_denied(self, preload: &Preloaded) -> bool {
        // NB: the link of another preload does not look at the error.
        let is_link = matches!(self.call, Call::Preload { .. });
        self.has(Deviation::PreloadCheckedAnew)
            && self.has(Deviation::PreloadDenialStays)
            && !is_link
            && !self.is_raw()
            && is_loaded(preload)
            && self.request.mode == RequestMode::Cors
    }

    /// Whether what is asked for comes from the documents' memory, or is kept there.
    pub(super) fn is_kept_in_memory(self) -> bool {
        let is_past = matches!(self.request.cache_mode, CacheMode::NoStore | CacheMode::Reload);
        let is_of_fetch = matches!(self.call, Call::Fetch { .. });
        let is_kept = matches!(
            self.call,
            Call::Fetch { .. }
                | Call::Xhr { .. }
                | Call::Img { .. }
                | Call::Script { .. }
                | Call::Import { .. }
                | Call::Stylesheet { .. }
                | Call::Font { .. }
                | Call::Beacon { .. }
        );
        is_kept && !(is_of_fetch && is_past)
    }

    /// The tainting of what is used, where it is not that of the preload.
    pub(super) fn tainting(self, preload: &Preloaded) -> Option<Tainting> {
        let is_anew = self.has(Deviation::PreloadCheckedAnew) && preload.mode != self.request.mode;
        // NB: by where the request begins, wherever redirects have led.
        is_anew.then_some(match self.request.mode {
            _ if self.is_same_origin() => Tainting::Basic,
            RequestMode::Cors => Tainting::Cors,
            _ => Tainting::Opaque,
        })
    }

    fn has(self, deviation: Deviation) -> bool {
        self.environment.profile.has(deviation)
    }

    fn is_same_origin(self) -> bool {
        self.environment.origin.is_of_url(self.request.current_url())
    }

    /// Whether it has a destination that others have too. NB: what these get WebKit keeps apart from what elements get.
    pub(super) fn is_raw(self) -> bool {
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
                ![&b"accept"[..], b"cache-control", b"pragma", b"user-agent"].iter().any(|other| name.eq_ignore_ascii_case(other))
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
        let Some(response) = preload.response() else { return false };
        if !is_loaded(preload) {
            return false;
        }
        let origin = request.serialized_origin();
        request.mode != RequestMode::Cors
            || self.is_same_origin()
            || cors_check(origin.as_bytes(), request.credentials_mode, &response.header_list).is_ok()
    }
}

/// Whether a preload brought something: a script and a style sheet are none with an error's status.
fn is_loaded(preload: &Preloaded) -> bool {
    let is_code = matches!(preload.destination, Destination::Script | Destination::Style);
    preload.response().is_some_and(|response| !is_code || response.status < 400)
}

/// The attribute `crossorigin` that a request has, or would have.
const fn cors_settings(request: &Request) -> CorsSettings {
    match (request.mode, request.credentials_mode) {
        (RequestMode::Cors, CredentialsMode::Include) => CorsSettings::UseCredentials,
        (RequestMode::Cors, _) => CorsSettings::Anonymous,
        _ => CorsSettings::NoCors,
    }
}
