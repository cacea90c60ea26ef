//! The algorithms of the standards, their anchors, and a step in one of them.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::infra::bytes::Written;

/// One table makes the enumeration, its names and its links.
macro_rules! algorithms {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $name:literal, $url:literal;)+) => {
        /// An algorithm of a standard that the engine runs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Algorithm { $(#[doc = concat!("[", $name, "](", $url, ")")] $variant,)+ }

        impl Algorithm {
            /// Every algorithm.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable name used in reports, in camel case.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The name that the standard gives it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Where the standard defines it.
            pub const fn url(self) -> &'static str {
                match self { $(Self::$variant => $url,)+ }
            }
        }

        #[cfg(feature = "wasm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const ALGORITHM_TYPE: &str = concat!("/** An algorithm of a standard, by its stable name. */\nexport type Algorithm = ", $("\n  | \"", $id, "\"",)+ ";\n");
    };
}

algorithms! {
    Fetch = "fetch", "fetch", "https://fetch.spec.whatwg.org/#concept-fetch";
    MainFetch = "mainFetch", "main fetch", "https://fetch.spec.whatwg.org/#concept-main-fetch";
    SchemeFetch = "schemeFetch", "scheme fetch", "https://fetch.spec.whatwg.org/#concept-scheme-fetch";
    HttpFetch = "httpFetch", "HTTP fetch", "https://fetch.spec.whatwg.org/#concept-http-fetch";
    HttpRedirectFetch = "httpRedirectFetch", "HTTP-redirect fetch", "https://fetch.spec.whatwg.org/#concept-http-redirect-fetch";
    HttpNetworkOrCacheFetch = "httpNetworkOrCacheFetch", "HTTP-network-or-cache fetch", "https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch";
    HttpNetworkFetch = "httpNetworkFetch", "HTTP-network fetch", "https://fetch.spec.whatwg.org/#concept-http-network-fetch";
    CorsPreflightFetch = "corsPreflightFetch", "CORS-preflight fetch", "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0";
    CacheEntryMatch = "cacheEntryMatch", "cache entry match", "https://fetch.spec.whatwg.org/#concept-cache-match";
    MethodCacheEntryMatch = "methodCacheEntryMatch", "method cache entry match", "https://fetch.spec.whatwg.org/#concept-cache-match-method";
    HeaderNameCacheEntryMatch = "headerNameCacheEntryMatch", "header-name cache entry match", "https://fetch.spec.whatwg.org/#concept-cache-match-header";
    CreateCacheEntry = "createCacheEntry", "create a new cache entry", "https://fetch.spec.whatwg.org/#concept-cache-create-entry";
    ClearCacheEntries = "clearCacheEntries", "clear cache entries", "https://fetch.spec.whatwg.org/#concept-cache-clear";
    CorsCheck = "corsCheck", "CORS check", "https://fetch.spec.whatwg.org/#concept-cors-check";
    TaoCheck = "taoCheck", "TAO check", "https://fetch.spec.whatwg.org/#concept-tao-check";
    CorpCheck = "corpCheck", "cross-origin resource policy internal check", "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check";
    BlockedByMimeType = "blockedByMimeType", "should response to request be blocked due to its MIME type?", "https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?";
    BlockedByNosniff = "blockedByNosniff", "should response to request be blocked due to nosniff?", "https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?";
    BlockBadPort = "blockBadPort", "should request be blocked due to a bad port", "https://fetch.spec.whatwg.org/#block-bad-port";
    AppendOrigin = "appendOrigin", "append a request `Origin` header", "https://fetch.spec.whatwg.org/#append-a-request-origin-header";
    RedirectTaint = "redirectTaint", "redirect-taint", "https://fetch.spec.whatwg.org/#concept-request-tainted-origin";
    CoepAllowsCredentials = "coepAllowsCredentials", "Cross-Origin-Embedder-Policy allows credentials", "https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials";
    LocationUrl = "locationUrl", "location URL", "https://fetch.spec.whatwg.org/#concept-response-location-url";
    NewRequest = "newRequest", "new Request(input, init)", "https://fetch.spec.whatwg.org/#dom-request";
    ExtractBody = "extractBody", "extract a body", "https://fetch.spec.whatwg.org/#concept-bodyinit-extract";
    HeadersValidate = "headersValidate", "validate (Headers)", "https://fetch.spec.whatwg.org/#headers-validate";
    HeadersAppend = "headersAppend", "append (Headers)", "https://fetch.spec.whatwg.org/#concept-headers-append";
    HeadersSet = "headersSet", "Headers set()", "https://fetch.spec.whatwg.org/#dom-headers-set";
    HeadersDelete = "headersDelete", "Headers delete()", "https://fetch.spec.whatwg.org/#dom-headers-delete";
    CorsSafelistedRequestHeader = "corsSafelistedRequestHeader", "CORS-safelisted request-header", "https://fetch.spec.whatwg.org/#cors-safelisted-request-header";
    CorsUnsafeRequestHeaderNames = "corsUnsafeRequestHeaderNames", "CORS-unsafe request-header names", "https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names";
    NoCorsSafelistedRequestHeader = "noCorsSafelistedRequestHeader", "no-CORS-safelisted request-header", "https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header";
    ForbiddenRequestHeader = "forbiddenRequestHeader", "forbidden request-header", "https://fetch.spec.whatwg.org/#forbidden-request-header";
    CorsSafelistedResponseHeaderName = "corsSafelistedResponseHeaderName", "CORS-safelisted response-header name", "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name";
    NormalizeMethod = "normalizeMethod", "normalize a method", "https://fetch.spec.whatwg.org/#concept-method-normalize";
    ExtractHeaderListValues = "extractHeaderListValues", "extract header list values", "https://fetch.spec.whatwg.org/#extract-header-list-values";
    GetDecodeSplit = "getDecodeSplit", "get, decode, and split", "https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split";
    ParseSingleRange = "parseSingleRange", "parse a single range header value", "https://fetch.spec.whatwg.org/#simple-range-header-value";
    ExtractMimeType = "extractMimeType", "extract a MIME type", "https://fetch.spec.whatwg.org/#concept-header-extract-mime-type";
    ParseMimeType = "parseMimeType", "parse a MIME type", "https://mimesniff.spec.whatwg.org/#parse-a-mime-type";
    Origin = "origin", "origin of a URL", "https://url.spec.whatwg.org/#concept-url-origin";
    SameSite = "sameSite", "same site", "https://html.spec.whatwg.org/#same-site";
    PotentiallyTrustworthy = "potentiallyTrustworthy", "is origin potentially trustworthy?", "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy";
    XhrOpen = "xhrOpen", "XMLHttpRequest open()", "https://xhr.spec.whatwg.org/#the-open()-method";
    XhrSetRequestHeader = "xhrSetRequestHeader", "XMLHttpRequest setRequestHeader()", "https://xhr.spec.whatwg.org/#the-setrequestheader()-method";
    XhrSend = "xhrSend", "XMLHttpRequest send()", "https://xhr.spec.whatwg.org/#the-send()-method";
    PotentialCorsRequest = "potentialCorsRequest", "create a potential-CORS request", "https://html.spec.whatwg.org/#create-a-potential-cors-request";
    UpgradeInsecureRequest = "upgradeInsecureRequest", "upgrade request to a potentially trustworthy URL, if appropriate", "https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request";
    UpgradeMixedContent = "upgradeMixedContent", "upgrade a mixed content request to a potentially trustworthy URL, if appropriate", "https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm";
    BlockMixedContent = "blockMixedContent", "should fetching request be blocked as mixed content?", "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch";
    DetermineReferrer = "determineReferrer", "determine request's referrer", "https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer";
    ReferrerPolicyOnRedirect = "referrerPolicyOnRedirect", "set request's referrer policy on redirect", "https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect";
    FetchMetadata = "fetchMetadata", "append the Fetch metadata headers for a request", "https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request";
    RetrieveCookies = "retrieveCookies", "retrieve cookies", "https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.8.3";
    StoreCookie = "storeCookie", "store a cookie", "https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.7";
    IpAddressSpace = "ipAddressSpace", "IP address space", "https://wicg.github.io/local-network-access/#ip-address-space-section";
    EstablishWebSocket = "establishWebSocket", "establish a WebSocket connection", "https://websockets.spec.whatwg.org/#concept-websocket-establish";
    TranslatePreloadDestination = "translatePreloadDestination", "translate a preload destination", "https://html.spec.whatwg.org/#translate-a-preload-destination";
    UpdateImageData = "updateImageData", "update the image data", "https://html.spec.whatwg.org/#update-the-image-data";
    FetchSingleModuleScript = "fetchSingleModuleScript", "fetch a single module script", "https://html.spec.whatwg.org/#fetch-a-single-module-script";
    FetchLinkedResource = "fetchLinkedResource", "fetch and process the linked resource", "https://html.spec.whatwg.org/#fetch-and-process-the-linked-resource";
    ConsumePreload = "consumePreload", "consume a preloaded resource", "https://html.spec.whatwg.org/#consume-a-preloaded-resource";
}

/// A step of an algorithm, numbered as the standard numbers it (`"4.1"`; empty for an algorithm without numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The step in it.
    pub number: &'static str,
}

impl Algorithm {
    /// The step `number` of this algorithm.
    pub const fn step(self, number: &'static str) -> Step {
        Step { algorithm: self, number }
    }
}

impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(self.id()).serialize(serializer)
    }
}

impl Serialize for Step {
    /// `{ algorithm, number, url }`, so that whoever reads a report can follow the link.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut step = serializer.serialize_struct("Step", 3)?;
        step.serialize_field("algorithm", &self.algorithm)?;
        step.serialize_field("number", &Written(self.number))?;
        step.serialize_field("url", &Written(self.algorithm.url()))?;
        step.end()
    }
}

#[cfg(feature = "wasm")]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const STEP_TYPE: &str = "/** A step of an algorithm, numbered as the standard numbers it, with the link to it. */
export interface Step { algorithm: Algorithm; number: string; url: string; }
";
