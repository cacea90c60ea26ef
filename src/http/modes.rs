//! The enumerations of a request, under the words that script uses for them.

use serde::{Deserialize, Serialize};

/// Defines an enumeration with the standard's own words: `as_str`, `parse`, serde and TypeScript all use them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the standard's order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word that the standard and script use.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value that `word` names, if it names one.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    RequestMode {
        /// Used by APIs that never leave the origin, and by workers' top-level scripts.
        SameOrigin = "same-origin",
        /// The CORS protocol: what `fetch()` and XHR use.
        Cors = "cors",
        /// Elements without `crossorigin`: sent, but opaque to script when cross-origin.
        NoCors = "no-cors",
        /// Documents; script cannot ask for it.
        Navigate = "navigate",
        /// The handshake of a WebSocket.
        WebSocket = "websocket",
        /// The session of a WebTransport.
        WebTransport = "webtransport",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    CredentialsMode {
        /// Never send or store cookies and the like.
        Omit = "omit",
        /// Only as long as the request never left its origin.
        SameOrigin = "same-origin",
        /// Always, which makes the CORS check stricter.
        Include = "include",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
    CacheMode {
        /// Use a fresh stored response, revalidate a stale one.
        Default = "default",
        /// Neither read nor write the HTTP cache.
        NoStore = "no-store",
        /// Do not read the HTTP cache, but write it.
        Reload = "reload",
        /// Revalidate whatever is stored.
        NoCache = "no-cache",
        /// Use whatever is stored, however old.
        ForceCache = "force-cache",
        /// Only what is stored; needs mode `same-origin`.
        OnlyIfCached = "only-if-cached",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    RedirectMode {
        /// Follow it.
        Follow = "follow",
        /// A redirect is a network error.
        Error = "error",
        /// A redirect becomes an opaque-redirect filtered response.
        Manual = "manual",
    }
}

words! {
    /// <https://w3c.github.io/webappsec-referrer-policy/#referrer-policies>
    ReferrerPolicy {
        /// No policy here: the next one up decides, in the end `strict-origin-when-cross-origin`.
        Empty = "",
        /// Never a referrer.
        NoReferrer = "no-referrer",
        /// The full URL, but not from HTTPS to HTTP.
        NoReferrerWhenDowngrade = "no-referrer-when-downgrade",
        /// The full URL, only to the same origin.
        SameOrigin = "same-origin",
        /// The origin alone.
        Origin = "origin",
        /// The origin alone, but not from HTTPS to HTTP.
        StrictOrigin = "strict-origin",
        /// The full URL to the same origin, else the origin.
        OriginWhenCrossOrigin = "origin-when-cross-origin",
        /// The default: the full URL to the same origin, else the origin, and nothing from HTTPS to HTTP.
        StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin",
        /// The full URL, always.
        UnsafeUrl = "unsafe-url",
    }
}

words! {
    /// <https://fetch.spec.whatwg.org/#concept-request-destination>, as far as an API modelled here uses it.
    Destination {
        /// `fetch()`, XHR, `EventSource`, `sendBeacon`, WebSocket.
        Empty = "",
        /// `<audio>`.
        Audio = "audio",
        /// The script of an audio worklet.
        AudioWorklet = "audioworklet",
        /// A document that is navigated to.
        Document = "document",
        /// `@font-face`.
        Font = "font",
        /// `<iframe>`.
        Iframe = "iframe",
        /// `<img>` and CSS images.
        Image = "image",
        /// `<link rel=manifest>`.
        Manifest = "manifest",
        /// The script of a paint worklet.
        PaintWorklet = "paintworklet",
        /// Scripts, classic and module.
        Script = "script",
        /// The script of a service worker.
        ServiceWorker = "serviceworker",
        /// The script of a shared worker.
        SharedWorker = "sharedworker",
        /// Style sheets.
        Style = "style",
        /// `<track>`.
        Track = "track",
        /// `<video>`.
        Video = "video",
        /// The script of a dedicated worker.
        Worker = "worker",
    }
}

words! {
    /// A request's response tainting: <https://fetch.spec.whatwg.org/#concept-request-response-tainting>.
    Tainting {
        /// Same-origin so far: script sees everything.
        Basic = "basic",
        /// Cross-origin under the CORS protocol.
        Cors = "cors",
        /// Cross-origin without it.
        Opaque = "opaque",
    }
}

words! {
    /// The type of a response: <https://fetch.spec.whatwg.org/#concept-response-type>.
    ResponseType {
        /// Same-origin.
        Basic = "basic",
        /// Cross-origin and readable.
        Cors = "cors",
        /// Made by script (`new Response()`), for instance in a service worker.
        Default = "default",
        /// A network error.
        Error = "error",
        /// Cross-origin and unreadable.
        Opaque = "opaque",
        /// A redirect that was not followed.
        OpaqueRedirect = "opaqueredirect",
    }
}

words! {
    /// <https://html.spec.whatwg.org/#embedder-policy-value>
    EmbedderPolicy {
        /// No policy.
        UnsafeNone = "unsafe-none",
        /// Every no-cors resource must opt in by `Cross-Origin-Resource-Policy`.
        RequireCorp = "require-corp",
        /// Cross-origin no-cors requests go without credentials.
        Credentialless = "credentialless",
    }
}

impl Destination {
    /// <https://fetch.spec.whatwg.org/#request-destination-script-like>
    pub const fn is_script_like(self) -> bool {
        matches!(
            self,
            Self::AudioWorklet | Self::PaintWorklet | Self::Script | Self::ServiceWorker | Self::SharedWorker | Self::Worker
        )
    }

    /// <https://fetch.spec.whatwg.org/#subresource-request>
    pub const fn is_subresource(self) -> bool {
        !matches!(self, Self::Document | Self::Iframe | Self::ServiceWorker | Self::SharedWorker | Self::Worker)
    }

    /// <https://fetch.spec.whatwg.org/#navigation-request>
    pub const fn is_navigation(self) -> bool {
        matches!(self, Self::Document | Self::Iframe)
    }
}
