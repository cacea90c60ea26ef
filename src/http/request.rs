//! <https://fetch.spec.whatwg.org/#concept-request>

use std::sync::Arc;

use url::Url;

use crate::cors::check::CorsFailed;
use crate::http::header_list::HeaderList;
use crate::http::modes::{CacheMode, CredentialsMode, Destination, RedirectMode, ReferrerPolicy, RequestMode, Tainting};
use crate::infra::bytes::ByteString;
use crate::infra::origin::Origin;
use crate::trace::RedirectTaint;

/// A request, with what the algorithms change about it on the way.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: ByteString,
    /// Never empty; the last one is the current URL, and the only one that still changes.
    /// OPTIMIZATION: it goes from request to request and into the response, so a copy shares it until it is changed.
    pub(crate) url_list: Arc<Vec<Url>>,
    /// The redirect-taint without the current URL.
    pub(crate) taint_before: RedirectTaint,
    pub(crate) header_list: HeaderList,
    pub(crate) body: Option<RequestBody>,
    /// The page, or nobody: a preflight has no client.
    pub(crate) client: Client,
    pub(crate) service_workers_mode: ServiceWorkersMode,
    pub(crate) initiator: Initiator,
    pub(crate) destination: Destination,
    pub(crate) origin: Origin,
    pub(crate) referrer: Referrer,
    pub(crate) referrer_policy: ReferrerPolicy,
    pub(crate) mode: RequestMode,
    /// Set by `fetch()` and XHR: methods and headers of any kind are possible, so a preflight may be needed.
    pub(crate) unsafe_request: bool,
    pub(crate) use_cors_preflight: Option<UseCorsPreflight>,
    pub(crate) credentials_mode: CredentialsMode,
    pub(crate) cache_mode: CacheMode,
    pub(crate) redirect_mode: RedirectMode,
    pub(crate) integrity_metadata: String,
    pub(crate) keepalive: bool,
    pub(crate) prompts: Prompts,
    pub(crate) response_tainting: Tainting,
    pub(crate) redirect_count: u8,
    /// Whether the current URL is `https` because the host is known to want that.
    pub(crate) upgraded_by_hsts: bool,
    /// Whether a policy or mixed content has made the first URL an `https` one.
    pub(crate) is_upgraded: bool,
    /// Whether one of them has made the current URL an `https` one.
    pub(crate) upgraded_here: bool,
    /// Whether the response tainting is that of a URL which an upgrade has made one of the page's own origin.
    pub(crate) tainted_by_upgrade: bool,
    pub(crate) timing_allow_failed: bool,
    /// The headers as the API set them, where a browser goes on asking for them after redirects.
    pub(crate) initial_header_list: Option<HeaderList>,
    /// The `Content-Type` that script had set on an XHR, where `send()` has changed its charset.
    pub(crate) replaced_type: Option<ByteString>,
    /// Whether a preflight was called for before the last redirect.
    pub(crate) preflight_before: bool,
    pub(crate) last_redirect: LastRedirect,
    /// Why the redirect to the current URL is not followed, if the next preflight comes before that is said.
    pub(crate) refused_redirect: Option<RefusedRedirect>,
    /// Whether the page does not take what comes of it any more, although its redirects are still followed.
    pub(crate) refused_by_page: bool,
    /// The preload that had failed the check that was due to this request, which is told of it whatever it brings.
    pub(crate) denied_for_preload: Option<usize>,
    /// Whether the origin is shown as it is, whatever redirects have done to it.
    pub(crate) shows_origin: bool,
    /// What each redirect of a navigation said in `Timing-Allow-Origin`.
    pub(crate) navigation_timing_allow_values: Vec<Vec<String>>,
}

/// What the redirect to the current URL did to the headers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LastRedirect {
    /// The method became `GET`, so that nothing may describe a body any more.
    pub(crate) became_get: bool,
    /// It led to another origin, to which `Authorization` may not go.
    pub(crate) left_origin: bool,
}

/// Why a redirect is not followed, found out later than the standard would.
#[derive(Debug, Clone)]
pub(crate) struct RefusedRedirect {
    /// The redirect's own answer, and its headers.
    pub(crate) exchange: Option<usize>,
    pub(crate) header_list: HeaderList,
    pub(crate) because: RefusedBecause,
}

/// See [`RefusedRedirect`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefusedBecause {
    /// It does not pass the CORS check of the first request's credentials.
    CorsCheck(CorsFailed),
    /// Its URL has a user name or a password.
    Credentials,
    /// Its URL is insecure, and the page is not.
    MixedContent,
}

/// A request's body, as far as it decides anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestBody {
    pub(crate) source: BodySource,
    /// In bytes, where it is known.
    pub(crate) length: Option<u64>,
}

/// Whether a body can be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodySource {
    /// It can.
    Known,
    /// Null: the body is a stream, and gone once sent.
    Null,
}

/// Whose request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    Page,
    Null,
}

/// <https://fetch.spec.whatwg.org/#request-service-workers-mode>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServiceWorkersMode {
    All,
    None,
}

/// <https://fetch.spec.whatwg.org/#concept-request-initiator>, as far as it decides anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Initiator {
    Empty,
    /// `srcset` or `<picture>`.
    ImageSet,
}

/// <https://fetch.spec.whatwg.org/#concept-request-referrer>
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "the standard calls it no-referrer")]
pub(crate) enum Referrer {
    NoReferrer,
    Client,
    Url(Arc<Url>),
}

/// Why the [use-CORS-preflight flag](https://fetch.spec.whatwg.org/#use-cors-preflight-flag) is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UseCorsPreflight {
    UploadListener,
    StreamBody,
}

/// Whether somebody can be asked for a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompts {
    Possible,
    NoTraversable,
}

impl Request {
    /// A request as the standard creates one, for `url` by the page.
    pub(crate) fn new(url: Url, origin: Origin) -> Self {
        Self::of_url_list(Arc::new(vec![url]), origin)
    }

    /// The same with all of a URL list, which has at least one.
    pub(crate) fn of_url_list(url_list: Arc<Vec<Url>>, origin: Origin) -> Self {
        Self {
            method: ByteString::from(b"GET"),
            url_list,
            taint_before: RedirectTaint::SameOrigin,
            header_list: HeaderList::default(),
            body: None,
            client: Client::Page,
            service_workers_mode: ServiceWorkersMode::All,
            initiator: Initiator::Empty,
            destination: Destination::Empty,
            origin,
            referrer: Referrer::Client,
            referrer_policy: ReferrerPolicy::Empty,
            mode: RequestMode::NoCors,
            unsafe_request: false,
            use_cors_preflight: None,
            credentials_mode: CredentialsMode::SameOrigin,
            cache_mode: CacheMode::Default,
            redirect_mode: RedirectMode::Follow,
            integrity_metadata: String::new(),
            keepalive: false,
            prompts: Prompts::Possible,
            response_tainting: Tainting::Basic,
            redirect_count: 0,
            upgraded_by_hsts: false,
            is_upgraded: false,
            upgraded_here: false,
            tainted_by_upgrade: false,
            timing_allow_failed: false,
            initial_header_list: None,
            replaced_type: None,
            preflight_before: false,
            last_redirect: LastRedirect::default(),
            refused_redirect: None,
            refused_by_page: false,
            denied_for_preload: None,
            shows_origin: false,
            navigation_timing_allow_values: Vec::new(),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-current-url>
    pub(crate) fn current_url(&self) -> &Url {
        // NB: the list starts with one URL and only grows.
        &self.url_list[self.url_list.len() - 1]
    }

    /// The index of the current URL.
    pub(crate) fn hop(&self) -> usize {
        self.url_list.len() - 1
    }

    /// Whether the current URL is same-origin with the request's origin.
    pub(crate) fn is_same_origin(&self) -> bool {
        self.origin.is_of_url(self.current_url())
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    pub(crate) fn redirect_taint(&self) -> RedirectTaint {
        let Some((current, earlier)) = self.url_list.split_last() else { return RedirectTaint::SameOrigin };
        // 1.-3. OPTIMIZATION: what the redirects up to here have done cannot change any more, and is kept.
        let Some(last) = earlier.last() else { return RedirectTaint::SameOrigin };
        self.taint_before.max(self.taint_of(&Origin::of_url(last), &Origin::of_url(current)))
    }

    /// Step 4: a step from one URL to the next taints if it leaves an origin (a site) that was foreign already.
    fn taint_of(&self, last: &Origin, this: &Origin) -> RedirectTaint {
        if !this.same_site(last) && !self.origin.same_site(last) {
            RedirectTaint::CrossSite
        } else if !this.same_origin(last) && !self.origin.same_origin(last) {
            RedirectTaint::SameSite
        } else {
            RedirectTaint::SameOrigin
        }
    }

    /// Appends the URL that a redirect leads to.
    pub(crate) fn redirect_to(&mut self, location: Url) {
        self.taint_before = self.redirect_taint();
        self.upgraded_here = false;
        Arc::make_mut(&mut self.url_list).push(location);
    }

    /// [Byte-serializing a request origin](https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin)
    pub(crate) fn serialized_origin(&self) -> &str {
        // 2. After a tainting redirect nobody learns who asked.
        // 3. Otherwise the origin itself.
        match self.redirect_taint() {
            _ if self.shows_origin => self.origin.serialized(),
            RedirectTaint::SameOrigin => self.origin.serialized(),
            RedirectTaint::SameSite | RedirectTaint::CrossSite => "null",
        }
    }
}
