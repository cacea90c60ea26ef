//! What the engine is asked: a page, its fetches, and the answers known so far.

use serde::{Deserialize, Serialize};

use crate::http::header_list::Header;
use crate::http::modes::{EmbedderPolicy, ReferrerPolicy, ResponseType};
use crate::infra::address_space::IpAddressSpace;
use crate::infra::bytes::ByteString;
use crate::network::Answer;
use crate::profile::ProfileName;
use crate::state::BrowserState;

/// The version of [`Scenario`] and [`Report`](crate::Report) that this crate reads and writes.
pub const VERSION: u32 = 1;

/// A page, the fetches it makes in order, and what is known of the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Scenario {
    /// The version of this format: 1.
    #[serde(default = "version")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub version: u32,
    /// Whose answer is asked for: the standard's, or a browser's.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub profile: ProfileName,
    /// Who asks.
    pub page: Page,
    /// What is asked, in order. Each starts when the one before has ended.
    pub fetches: Vec<Fetch>,
    /// What the browser remembers from before: caches, cookies, HSTS hosts.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub state: BrowserState,
}

fn version() -> u32 {
    VERSION
}

impl Scenario {
    /// What `page` fetches, in order, in a browser that remembers nothing.
    pub fn new(page: Page, fetches: Vec<Fetch>) -> Self {
        Self { version: VERSION, profile: ProfileName::Spec, page, fetches, state: BrowserState::default() }
    }
}

impl Page {
    /// A top-level document at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            origin: None,
            base_url: None,
            global: Global::Window,
            ancestors: Vec::new(),
            referrer_policy: empty_policy(),
            embedder_policy: unsafe_none(),
            content_security_policy: None,
            upgrade_insecure_requests: false,
            accept_language: english(),
            blobs: Vec::new(),
            no_prompts: false,
            third_party_cookies: ThirdPartyCookies::Allowed,
            address_space: None,
            local_network: LocalNetworkPermission::Unknown,
        }
    }
}

impl Fetch {
    /// `call`, made at the start, of which no answer is known yet.
    pub fn new(call: Call) -> Self {
        Self {
            call,
            at: 0.0,
            answers: Vec::new(),
            service_worker: None,
            blocked_by: Vec::new(),
            keepalive_bytes_in_flight: 0,
            address_space: None,
        }
    }
}

/// The URL of a call, borrowed as the call is.
macro_rules! url_of {
    ($call:expr) => {
        match $call {
            Self::Fetch { url, .. }
            | Self::Xhr { url, .. }
            | Self::Img { url, .. }
            | Self::Media { url, .. }
            | Self::Script { url, .. }
            | Self::Stylesheet { url, .. }
            | Self::Font { url }
            | Self::Track { url, .. }
            | Self::Preload { url, .. }
            | Self::Import { url }
            | Self::EventSource { url, .. }
            | Self::Beacon { url, .. }
            | Self::WebSocket { url }
            | Self::Worker { url }
            | Self::ImportScripts { url }
            | Self::Iframe { url } => url,
        }
    };
}

impl Call {
    /// `fetch(url, init)`
    pub fn fetch(url: impl Into<String>, init: RequestInit) -> Self {
        Self::Fetch { url: url.into(), init, header_edits: Vec::new() }
    }

    /// Whether this is an XHR on which script has set a header of this name.
    pub(crate) fn sets_header(&self, wanted: &[u8]) -> bool {
        match self {
            Self::Xhr { headers, .. } => headers.iter().any(|(name, _)| name.as_bytes().eq_ignore_ascii_case(wanted)),
            _ => false,
        }
    }

    /// Whether this is a preload with this attribute `as`.
    pub(crate) fn preloads_as(&self, attribute: &str) -> bool {
        matches!(self, Self::Preload { destination, .. } if destination.eq_ignore_ascii_case(attribute))
    }

    /// The URL as script or markup has it.
    pub fn url(&self) -> &str {
        url_of!(self)
    }

    /// The same, to be changed.
    pub(crate) fn url_mut(&mut self) -> &mut String {
        url_of!(self)
    }
}

/// The environment that makes the requests: a document or a worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Page {
    /// Its URL: what relative URLs are resolved against, and the referrer.
    #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
    pub url: String,
    /// Its origin where that is not the URL's: `"null"` for a sandboxed frame, the creator's for `about:srcdoc` and `blob:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub origin: Option<String>,
    /// The URL that relative URLs are resolved against where that is not `url` (`<base>`, `about:srcdoc`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "UrlInput", optional))]
    pub base_url: Option<String>,
    /// What the global object is.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub global: Global,
    /// The origins of the documents that embed it, the nearest first, the top-level one last. Empty for a top-level page. Of a
    /// worker, the document that made it and those around that.
    /// A URL stands for its origin; consoles that name the document have more to say with one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub ancestors: Vec<String>,
    /// Its referrer policy.
    #[serde(default = "empty_policy")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub referrer_policy: ReferrerPolicy,
    /// Its `Cross-Origin-Embedder-Policy`.
    #[serde(default = "unsafe_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub embedder_policy: EmbedderPolicy,
    /// The Content Security Policy that blocks what is `blockedBy` one, as its header says it: consoles name its directive. The
    /// engine does not decide by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub content_security_policy: Option<String>,
    /// Whether its Content Security Policy has `upgrade-insecure-requests`.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub upgrade_insecure_requests: bool,
    /// The `Accept-Language` that the browser adds. It counts towards the 1024 bytes of safelisted values.
    #[serde(default = "english")]
    #[cfg_attr(feature = "wasm", tsify(type = "string", optional))]
    pub accept_language: ByteString,
    /// The `blob:` URLs that are registered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub blobs: Vec<BlobUrl>,
    /// Where the browser has no way to ask for a password: a page without a window, or one in the background.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub no_prompts: bool,
    /// What the person who uses the browser has set about cookies of other sites than the tab's.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub third_party_cookies: ThirdPartyCookies,
    /// How far the address reaches that it came from. If absent, its host tells: a name that says nothing counts as public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub address_space: Option<IpAddressSpace>,
    /// Whether the person who uses the browser lets it reach this machine and the local network.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub local_network: LocalNetworkPermission,
}

/// The answer to the browser's question whether a page may reach this machine and the local network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum LocalNetworkPermission {
    /// It is not known: the engine goes on as if it were granted, and says so.
    #[default]
    Unknown,
    /// It may.
    Granted,
    /// It may not.
    Denied,
}

/// What becomes of the cookies of a request to another site than the tab's, or from a frame that is of another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum ThirdPartyCookies {
    /// They are sent and taken, as far as `SameSite` and the browser's own rules let them.
    #[default]
    Allowed,
    /// None is sent, and none is taken.
    Blocked,
}

/// A registered `blob:` URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BlobUrl {
    /// What `URL.createObjectURL` gave.
    #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
    pub url: String,
    /// `blob.type`
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(type = "string", optional))]
    pub mime_type: ByteString,
    /// In bytes.
    pub length: u64,
    /// Whether it was made in another storage partition.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub other_partition: bool,
}

fn empty_policy() -> ReferrerPolicy {
    ReferrerPolicy::Empty
}

fn unsafe_none() -> EmbedderPolicy {
    EmbedderPolicy::UnsafeNone
}

fn english() -> ByteString {
    ByteString::from(b"en")
}

/// What the global object of a page is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Global {
    /// A document.
    #[default]
    Window,
    /// A dedicated or shared worker.
    Worker,
    /// A service worker; its own fetches are never intercepted.
    ServiceWorker,
}

/// One call, when it is made, and the answers to the requests that it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Fetch {
    /// What script or markup asked for.
    #[cfg_attr(feature = "wasm", tsify(type = "Call | PlatformRequest"))]
    pub call: Call,
    /// When, in seconds on a clock of the scenario's own.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub at: f64,
    /// The answers so far, one for each request on the wire, in order: preflight, redirects, the real one.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub answers: Vec<Answer>,
    /// What a service worker that controls the page answers, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub service_worker: Option<ServiceWorkerAnswer>,
    /// Verdicts of policies that the engine does not model, where they are known to block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub blocked_by: Vec<OutsidePolicy>,
    /// The sum of the bodies of other `keepalive` requests under way, in bytes.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub keepalive_bytes_in_flight: u64,
    /// How far the addresses reach to which its URLs lead. If absent, their hosts tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub address_space: Option<IpAddressSpace>,
}

/// A policy outside the engine that blocked the request or the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum OutsidePolicy {
    /// Content Security Policy, before the request.
    ContentSecurityPolicy,
    /// Content Security Policy, after the response.
    ContentSecurityPolicyResponse,
    /// Integrity-Policy.
    IntegrityPolicy,
}

/// A response that a service worker gave instead of the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ServiceWorkerAnswer {
    /// Its type: `default` for `new Response()`.
    #[serde(rename = "type")]
    pub response_type: ResponseType,
    /// The status of its internal response.
    #[serde(default = "ok")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub status: u16,
    /// The headers of its internal response.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(type = "HeadersInput", optional))]
    pub headers: Vec<Header>,
    /// The URLs that it went through; empty for `new Response()`.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub url_list: Vec<String>,
    /// Whether it answers a request that had a `Range` header.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub range_requested: bool,
}

fn ok() -> u16 {
    200
}

/// What script or markup asked for, by the API that was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "api", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Call {
    /// `fetch(url, init)`
    Fetch {
        /// As script wrote it; relative URLs are resolved against the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The second argument.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        init: RequestInit,
        /// What is done to `request.headers` between `new Request(url, init)` and `fetch(request)`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        header_edits: Vec<HeaderEdit>,
    },
    /// `new XMLHttpRequest()`, `open`, `setRequestHeader`, `send`
    Xhr {
        /// The first argument of `open`.
        #[serde(default = "get")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        method: String,
        /// The second argument of `open`.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The arguments of each `setRequestHeader`.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(type = "[name: string, value: string][]", optional))]
        headers: Vec<(String, String)>,
        /// `xhr.withCredentials`
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        with_credentials: bool,
        /// Whether a listener was registered on `xhr.upload` before `send()`.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        upload_listener: bool,
        /// Whether `open` was called with `async` false.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        sync: bool,
        /// The argument of `send`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        body: Option<Body>,
        /// The fourth argument of `open`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        username: Option<String>,
        /// The fifth argument of `open`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        password: Option<String>,
    },
    /// `<img src>` or `<img srcset>`
    Img {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
        /// Whether the URL comes from `srcset` or `<picture>`: then a secure page does not upgrade it to HTTPS.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        srcset: bool,
    },
    /// `<audio src>` or `<video src>`
    Media {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
    },
    /// `<script src>`
    Script {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
        /// Whether it is `type=module`.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        module: bool,
    },
    /// `<link rel=stylesheet href>`
    Stylesheet {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
    },
    /// `@font-face { src: url(...) }`, or `new FontFace(name, 'url(...)').load()`, which rejects where it fails.
    Font {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
    /// `<track src>`; `crossorigin` is its media element's
    Track {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
    },
    /// `<link rel=preload href as>`
    Preload {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The `as` attribute: `fetch`, `font`, `image`, `script`, `style` or `track`. Nothing is preloaded for anything else.
        #[serde(rename = "as")]
        destination: String,
        /// The `crossorigin` attribute: absent, `""`, `"anonymous"`, `"use-credentials"`; anything else counts as anonymous.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        cross_origin: Option<String>,
    },
    /// `import(url)`
    Import {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
    /// `new EventSource(url, init)`
    #[serde(rename = "eventSource")]
    EventSource {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// `{ withCredentials: true }`
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        with_credentials: bool,
        /// On a reconnection, the last event ID that the server gave; sent as `Last-Event-ID`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        last_event_id: Option<String>,
    },
    /// `navigator.sendBeacon(url, body)`
    Beacon {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
        /// The second argument.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        body: Option<Body>,
    },
    /// `new WebSocket(url)`
    #[serde(rename = "webSocket")]
    WebSocket {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
    /// `new Worker(url)`
    Worker {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
    /// `importScripts(url)`
    ImportScripts {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
    /// `<iframe src>`: a navigation
    Iframe {
        /// The URL, relative to the page.
        #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
        url: String,
    },
}

fn get() -> String {
    "GET".into()
}

/// The `init` of `fetch()`, as script wrote it: words that name nothing throw, as in a browser.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RequestInit {
    /// `method`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `headers`, as pairs in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "HeadersInput"))]
    pub headers: Option<Vec<(String, String)>>,
    /// `body`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// `mode`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// `credentials`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<String>,
    /// `cache`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<String>,
    /// `redirect`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// `referrer`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "UrlInput"))]
    pub referrer: Option<String>,
    /// `referrerPolicy`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer_policy: Option<String>,
    /// `integrity`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity: Option<String>,
    /// `keepalive`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive: Option<bool>,
    /// `duplex`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplex: Option<String>,
    /// `window`: `Some` stands for `null`, the only value that does not throw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<InitWindow>,
}

/// The `window` member of `init`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum InitWindow {
    /// `null`: nobody is asked for a password.
    Null,
    /// Anything else, which throws.
    Other,
}

/// A change to a `Headers` object. One that throws leaves the headers as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum HeaderEdit {
    /// `headers.append(name, value)`
    Append {
        /// The first argument.
        name: String,
        /// The second argument.
        value: String,
    },
    /// `headers.set(name, value)`
    Set {
        /// The first argument.
        name: String,
        /// The second argument.
        value: String,
    },
    /// `headers.delete(name)`
    Delete {
        /// The argument.
        name: String,
    },
}

/// A request body, as far as it decides anything: its kind, the type it implies, its length in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Body {
    /// A string.
    Text {
        /// The string; sent as UTF-8.
        text: String,
    },
    /// An `ArrayBuffer` or a view on one.
    Bytes {
        /// In bytes.
        length: u64,
    },
    /// A `Blob` or `File`.
    Blob {
        /// `blob.type`, which may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        mime_type: String,
        /// In bytes.
        length: u64,
    },
    /// A `FormData`.
    FormData {
        /// The length of its multipart encoding in bytes, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        length: Option<u64>,
    },
    /// A `URLSearchParams`.
    UrlSearchParams {
        /// What `String(params)` gives.
        text: String,
    },
    /// A `ReadableStream`.
    Stream {
        /// Whether it was read from or is locked, which throws.
        #[serde(default)]
        #[cfg_attr(feature = "wasm", tsify(optional))]
        disturbed: bool,
    },
    /// A `Document`; XHR only.
    Document {
        /// Whether it is an HTML document.
        html: bool,
        /// The length of its serialisation in bytes.
        length: u64,
    },
}

/// A scenario that makes no sense: the caller's fault, and never an outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// Another version of the format.
    #[error("version: {found} is not known, this is version {VERSION}; a newer corscope may read it")]
    Version {
        /// The version that the scenario has.
        found: u32,
    },
    /// Something that should be a URL.
    #[error("{place}: {found:?} is not an absolute URL ({reason}); write it with its scheme, such as https://app.example/")]
    Url {
        /// Where in the scenario, such as `page.url`.
        place: String,
        /// What stands there.
        found: String,
        /// What the URL parser says.
        reason: url::ParseError,
    },
    /// Something that should be an origin.
    #[error("{place}: {found:?} is not an origin; write scheme://host, with a port where it is not the default, or null")]
    Origin {
        /// Where in the scenario.
        place: String,
        /// What stands there.
        found: String,
    },
    /// A time that is no time, or before the one before.
    #[error("{place}: this is no time; times are seconds from 0 up, each fetch no earlier than the one before")]
    Time {
        /// Where in the scenario.
        place: String,
    },
    /// A status that HTTP cannot have.
    #[error("{place}: {found} is no status; a status is 0 to 999")]
    Status {
        /// Where in the scenario.
        place: String,
        /// What stands there.
        found: u16,
    },
    /// More than the engine takes.
    #[error("{place}: {found} is more than the {limit} that are read")]
    Limit {
        /// Where in the scenario.
        place: String,
        /// How much there is.
        found: usize,
        /// How much may be.
        limit: usize,
    },
}

impl ScenarioError {
    /// Where in the scenario, such as `fetches[0].at`.
    pub fn place(&self) -> &str {
        match self {
            Self::Version { .. } => "version",
            Self::Url { place, .. }
            | Self::Origin { place, .. }
            | Self::Time { place, .. }
            | Self::Status { place, .. }
            | Self::Limit { place, .. } => place,
        }
    }
}
