//! What happened, step by step, as plain data: indexes and reasons, no sentences.

use serde::Serialize;

use crate::cors::check::{CorsFailed, CorsPassed};
use crate::cors::corp::CorpBlocked;
use crate::cors::preflight::PreflightFailed;
use crate::cors::safelist::UnsafeHeader;
use crate::http::modes::{EmbedderPolicy, ReferrerPolicy, ResponseType, Tainting};
use crate::infra::bytes::ByteString;
use crate::spec::Step;

/// Takes the events of a fetch. `()` takes none, at no cost; the outcome never depends on which one is given.
pub trait Trace {
    /// Takes an event, which is only made if it is wanted.
    fn record(&mut self, event: impl FnOnce() -> Event);
}

impl Trace for () {
    fn record(&mut self, _: impl FnOnce() -> Event) {}
}

impl Trace for Vec<Event> {
    fn record(&mut self, event: impl FnOnce() -> Event) {
        self.push(event());
    }
}

/// Something that an algorithm did or decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Event {
    /// The step that did it.
    #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
    pub step: Step,
    /// The index in the request's URL list: 0 before the first redirect.
    pub hop: usize,
    /// What it did.
    pub what: EventKind,
}

/// What an algorithm did or decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum EventKind {
    /// A header that script set was dropped without a word.
    HeaderDropped {
        /// Its name.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        name: ByteString,
        /// Its value.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        value: ByteString,
        /// Why.
        reason: DropReason,
    },
    /// A change to `request.headers` threw; script may have caught it.
    HeaderEditThrew {
        /// The index of the edit.
        edit: usize,
        /// Why.
        check: ThrowCheck,
    },
    /// The method was changed to upper case.
    MethodNormalized {
        /// As script wrote it.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        from: ByteString,
        /// As it is sent.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        to: ByteString,
    },
    /// The body's kind implies a `Content-Type`, which was added.
    ContentTypeImplied {
        /// Its value.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        value: ByteString,
    },
    /// The scheme was changed to `https`.
    Upgraded {
        /// Why.
        by: Upgrade,
        /// The URL after it.
        url: String,
    },
    /// Main fetch chose its branch.
    Branch {
        /// Which one.
        branch: MainFetchBranch,
        /// The request's response tainting in it.
        tainting: Tainting,
    },
    /// A preflight is called for, unless the cache already allows the request.
    PreflightRequired {
        /// Every reason that alone would call for it.
        reasons: Vec<PreflightReason>,
    },
    /// The CORS-preflight cache allows the request already.
    PreflightCacheHit,
    /// The CORS-preflight cache does not allow the request.
    PreflightCacheMiss {
        /// Whether the method is missing.
        method: bool,
        /// The header names that are missing.
        #[cfg_attr(feature = "wasm", tsify(type = "string[]"))]
        header_names: Vec<ByteString>,
    },
    /// What a preflight allowed was stored.
    PreflightCached {
        /// For how long, in seconds.
        max_age: f64,
        /// How many entries are new or renewed.
        entries: usize,
    },
    /// Entries were removed from the CORS-preflight cache, because a preflighted request failed.
    PreflightCacheCleared {
        /// How many.
        entries: usize,
    },
    /// A request went out.
    RequestSent {
        /// The index of the exchange.
        exchange: usize,
    },
    /// Its answer came.
    AnswerReceived {
        /// The index of the exchange.
        exchange: usize,
        /// The status.
        status: u16,
    },
    /// An interim answer (status 1xx) was passed over.
    InterimAnswer {
        /// The status.
        status: u16,
    },
    /// The request's credentials were decided.
    Credentials {
        /// Whether they go along.
        included: bool,
        /// Why.
        reason: CredentialsReason,
    },
    /// The `Origin` header was decided.
    OriginHeader {
        /// Its value, if there is one.
        #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
        value: Option<ByteString>,
        /// Why.
        reason: OriginReason,
    },
    /// A cookie of the jar was considered for the request.
    Cookie {
        /// Its name.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        name: ByteString,
        /// Whether it goes along, or why not.
        verdict: CookieVerdict,
    },
    /// A `Set-Cookie` line was taken into the jar, whatever CORS says of the response.
    CookieStored {
        /// The name of the cookie.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        name: ByteString,
    },
    /// A `Set-Cookie` line was not taken.
    CookieRefused {
        /// The line of the response.
        line: usize,
        /// Why.
        reason: CookieRefusal,
    },
    /// The HTTP cache had a response.
    StoredResponse {
        /// What was done with it.
        used: StoredResponseUse,
        /// The index of the fetch that stored it, where it was stored during this scenario.
        #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
        stored_by: Option<usize>,
    },
    /// The response was stored in the HTTP cache.
    ResponseStored,
    /// A service worker answered instead of the network: no preflight and no CORS check.
    ServiceWorkerAnswered,
    /// The CORS check succeeded.
    CorsCheckPassed {
        /// The index of the exchange.
        exchange: usize,
        /// How.
        passed: CorsPassed,
    },
    /// The CORS check failed.
    CorsCheckFailed {
        /// The index of the exchange.
        exchange: usize,
        /// How.
        failed: CorsFailed,
    },
    /// The preflight's answer lets the request go out.
    PreflightPassed {
        /// The index of the exchange.
        exchange: usize,
    },
    /// The preflight's answer does not let the request go out.
    PreflightFailed {
        /// The index of the exchange.
        exchange: usize,
        /// Why.
        failed: PreflightFailed,
    },
    /// The response is about to be used without CORS, and `Cross-Origin-Resource-Policy` was looked at.
    CorpCheck {
        /// Why it may not be used, or nothing.
        #[cfg_attr(feature = "wasm", tsify(type = "CorpBlocked | null"))]
        blocked: Option<CorpBlocked>,
        /// The page's embedder policy.
        embedder_policy: EmbedderPolicy,
    },
    /// `Timing-Allow-Origin` does not allow the page to see timing details.
    TimingHidden,
    /// The response is a redirect that is followed.
    Redirect {
        /// The status.
        status: u16,
        /// Where to.
        location: String,
        /// The redirect-taint from here on.
        taint: RedirectTaint,
    },
    /// A redirect status without a `Location` is an ordinary response.
    RedirectWithoutLocation,
    /// The method became `GET`, and the body and its headers were dropped.
    MethodBecameGet,
    /// A header was removed, because the redirect leads elsewhere.
    HeaderRemoved {
        /// Its name.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        name: ByteString,
    },
    /// The redirect's answer changed the referrer policy.
    ReferrerPolicyChanged {
        /// To this.
        policy: ReferrerPolicy,
    },
    /// `Access-Control-Expose-Headers` was read.
    ExposeHeaders {
        /// How many names it exposes, or nothing where it is absent.
        #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
        names: Option<usize>,
        /// Whether it does not parse, and so exposes nothing.
        unparsable: bool,
    },
    /// Script gets a filtered response.
    Filtered {
        /// Its type.
        #[serde(rename = "responseType")]
        response_type: ResponseType,
    },
    /// A person would be asked for a user name and a password; the engine goes on as if nobody answered.
    WouldPrompt,
    /// The request is sent again over a new connection: after a 421, or where the old one was lost.
    Retried,
    /// Something that may decide, and that the engine does not check.
    NotChecked {
        /// What.
        what: NotChecked,
    },
    /// The response of an earlier preload was taken instead of sending a request.
    PreloadConsumed {
        /// The index of the fetch that preloaded it.
        preload: usize,
    },
    /// An earlier preload of the same URL does not fit, so its response is not taken.
    PreloadNotMatched {
        /// The index of the fetch that preloaded it.
        preload: usize,
        /// The first thing that differs.
        differs: PreloadKey,
    },
    /// The document has what is asked for already, from an earlier fetch, and nothing is sent.
    ResourceReused {
        /// The index of the fetch that brought it.
        fetch: usize,
        /// What it is.
        what: DocumentResource,
    },
    /// The algorithm returned a network error.
    NetworkError,
}

/// Why a header that script set was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum DropReason {
    /// A forbidden request-header: only the browser sets it.
    Forbidden,
    /// In mode no-cors only no-CORS-safelisted request-headers are kept.
    NoCors,
    /// `Range` does not survive a change of the headers in mode no-cors.
    Privileged,
}

/// Why the scheme was changed to `https`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Upgrade {
    /// The page's `upgrade-insecure-requests`.
    UpgradeInsecureRequests,
    /// An image, audio or video on a secure page.
    MixedContent,
    /// The host is a known HSTS host.
    Hsts,
}

/// The branches of main fetch's step 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum MainFetchBranch {
    /// The URL is same-origin, and so was everything before.
    SameOrigin,
    /// A `data:` URL.
    Data,
    /// Mode navigate, websocket or webtransport.
    Navigate,
    /// Mode same-origin, and the URL is not: a network error.
    SameOriginMode,
    /// Mode no-cors.
    NoCors,
    /// Not HTTP(S): a network error.
    SchemeNotHttp,
    /// The CORS protocol with a preflight.
    CorsWithPreflight,
    /// The CORS protocol without one.
    Cors,
}

/// One reason that alone would call for a preflight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PreflightReason {
    /// The method is not GET, HEAD or POST.
    Method {
        /// The method.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        method: ByteString,
    },
    /// A header is not safelisted.
    Header {
        /// Its index among the request's headers; the browser's own come after script's.
        line: usize,
        /// Its name as script wrote it.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        name: ByteString,
        /// Its value.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        value: ByteString,
        /// Why not.
        unsafe_because: UnsafeHeader,
    },
    /// A listener on `xhr.upload`.
    UploadListener,
    /// A `ReadableStream` as the body.
    StreamBody,
    /// The request needed one before it was redirected, and keeps needing one in some browsers.
    PreflightBefore,
}

/// Why credentials go along or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CredentialsReason {
    /// Credentials mode include.
    Include,
    /// Credentials mode same-origin, and the request never left its origin.
    SameOrigin,
    /// Credentials mode same-origin, and the request started at its origin: this browser does not ask where it went.
    SameOriginFirst,
    /// Credentials mode same-origin, and the request is cross-origin or was.
    CrossOrigin,
    /// A beacon under the CORS protocol that a redirect led to another origin: this browser sends none after that.
    RedirectedBeacon,
    /// Credentials mode omit.
    Omit,
    /// A preflight never has any.
    Preflight,
    /// The page's embedder policy is credentialless.
    Credentialless,
}

/// Why the `Origin` header is there or not, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum OriginReason {
    /// The CORS protocol: always.
    Cors,
    /// A WebSocket: always.
    WebSocket,
    /// The method is neither GET nor HEAD.
    Method,
    /// The method is neither GET nor HEAD, but the referrer policy hides the origin.
    ReferrerPolicy,
    /// An element that asks for CORS: this browser sends it to the page's own origin too.
    Element,
    /// The request had one before the redirect, and this browser keeps it, or makes it `null`.
    Redirected,
    /// The page is cross-site to the tab's site, to which the request goes with credentials.
    StorageAccess,
    /// Not the CORS protocol, and the method is GET or HEAD: none.
    NotNeeded,
}

/// What redirects did to the request: <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum RedirectTaint {
    /// It never left one foreign origin for another.
    SameOrigin,
    /// It did, within a site.
    SameSite,
    /// It did, across sites.
    CrossSite,
}

/// What a document has by itself, beside every cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum DocumentResource {
    /// An image: the [list of available images](https://html.spec.whatwg.org/#list-of-available-images).
    Image,
    /// A module: the [module map](https://html.spec.whatwg.org/#module-map).
    Module,
    /// A style sheet, in a browser that keeps them.
    StyleSheet,
    /// The response to an `XMLHttpRequest`, in a browser that keeps them in memory.
    Response,
}

/// What a preload must share with a request besides the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PreloadKey {
    /// The destination.
    Destination,
    /// The mode.
    Mode,
    /// The credentials mode.
    Credentials,
    /// The integrity metadata.
    Integrity,
    /// The method: preloads are made with `GET`.
    Method,
    /// The headers: a preload has none of script's.
    Headers,
    /// It is synchronous.
    Synchronous,
    /// It has the keepalive flag.
    Keepalive,
    /// The fragment of the URL.
    Fragment,
    /// The cache mode.
    CacheMode,
    /// The redirect mode.
    RedirectMode,
    /// What the response varies by (`Vary`).
    Vary,
}

/// Whether a cookie goes along, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CookieVerdict {
    /// It goes along.
    Sent,
    /// `SameSite=Strict`, and the request is cross-site.
    SameSiteStrict,
    /// `SameSite=Lax`, and the request is cross-site and no top-level navigation.
    SameSiteLax,
    /// No `SameSite`, which counts as `Lax`.
    SameSiteDefault,
    /// `Secure`, and the URL is not.
    Secure,
    /// Its path does not match.
    Path,
    /// It has expired.
    Expired,
    /// It is kept for third parties within a site, or for no third party, and the request is none of these.
    Partition,
    /// Cookies of third parties are blocked.
    ThirdParty,
}

/// Why a `Set-Cookie` line was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CookieRefusal {
    /// It has no name and no value, or a control byte, or is too long.
    Syntax,
    /// Its `Domain` does not cover the host, or is a public suffix.
    Domain,
    /// `Secure` from an insecure origin.
    Secure,
    /// It would be a third party's, and those are not taken.
    ThirdParty,
    /// From an insecure origin, and it would come before a `Secure` one of the same name.
    HidesSecure,
    /// `SameSite` from a cross-site request.
    SameSite,
    /// `SameSite=None` without `Secure`.
    NoneWithoutSecure,
    /// A `__Secure-` or `__Host-` name without what it promises.
    Prefix,
}

/// What was done with a stored response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum StoredResponseUse {
    /// It was used as it is.
    Used,
    /// It was used although stale (`force-cache`, `only-if-cached`, `stale-while-revalidate`).
    UsedStale,
    /// The server is asked whether it is still good.
    Revalidating,
    /// The server said that it is (304).
    Validated,
    /// `Vary` did not let it be used.
    VaryMismatch,
}

/// Something that may decide, and that the engine does not check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum NotChecked {
    /// Whether the body matches the integrity metadata.
    Integrity,
    /// Opaque Response Blocking.
    OpaqueResponseBlocking,
    /// Local Network Access.
    LocalNetworkAccess,
    /// Whether the response to a WebSocket handshake is one.
    WebSocketHandshake,
    /// What the event stream, the module or the font needs beyond the fetch.
    Consumer,
}

/// Which check of an API threw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "check", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum ThrowCheck {
    /// The URL does not parse.
    Url,
    /// The URL has a user name or a password.
    UrlCredentials,
    /// `init.window` is not null.
    Window,
    /// The referrer does not parse.
    Referrer,
    /// Mode navigate.
    ModeNavigate,
    /// A word that names nothing.
    Enumeration {
        /// The member of `init`.
        member: &'static str,
    },
    /// Cache mode only-if-cached without mode same-origin.
    OnlyIfCached,
    /// The method is not a token.
    MethodNotToken,
    /// CONNECT, TRACE or TRACK.
    MethodForbidden,
    /// Mode no-cors takes GET, HEAD and POST only.
    MethodNoCors,
    /// A header name is not a token.
    HeaderName {
        /// The index of the header.
        line: usize,
    },
    /// A header value has a NUL or a newline.
    HeaderValue {
        /// The index of the header.
        line: usize,
    },
    /// A character above U+00FF where a byte string is wanted.
    NotByteString {
        /// What was wanted: `method` or `headers`.
        member: &'static str,
    },
    /// A body with GET or HEAD.
    BodyWithGetOrHead,
    /// A stream with keepalive.
    StreamKeepalive,
    /// A stream that was read from or is locked.
    StreamDisturbed,
    /// A stream without `duplex`.
    StreamDuplex,
    /// A stream in a mode other than cors and same-origin.
    StreamMode,
    /// A scheme other than ws, wss, http, https.
    WebSocketScheme,
    /// A WebSocket URL with a fragment.
    WebSocketFragment,
    /// `sendBeacon` takes HTTP(S) URLs only.
    BeaconScheme,
    /// The attribute `as` names nothing that can be preloaded.
    PreloadDestination,
}
