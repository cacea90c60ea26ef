//! Every way in which the algorithms end in a network error.

use serde::{Serialize, Serializer};

use crate::spec::{Algorithm, Step};

/// One table makes the enumeration, its stable codes, its steps and its documentation.
macro_rules! network_errors {
    ($($variant:ident = $code:literal, $algorithm:ident $step:literal, $doc:literal;)+) => {
        /// Where an algorithm returned a network error. Script cannot tell them apart; a person must.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum NetworkErrorCode { $(#[doc = $doc] $variant,)+ }

        impl NetworkErrorCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code, such as `HF-CORS`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The step that returns the network error.
            pub const fn step(self) -> Step {
                match self { $(Self::$variant => Algorithm::$algorithm.step($step),)+ }
            }
        }

        #[cfg(feature = "wasm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const CODE_TYPE: &str = concat!("/** Where an algorithm returned a network error. */\nexport type NetworkErrorCode =", $("\n  /** ", $doc, " */\n  | \"", $code, "\"",)+ ";\n");
    };
}

network_errors! {
    BadPort = "MF-PORT", MainFetch "7", "The port is on the list of bad ports.";
    MixedContent = "MF-MIX", MainFetch "7", "A secure page asked for something over an insecure connection.";
    ContentSecurityPolicy = "MF-CSP", MainFetch "7", "Content Security Policy blocked the request.";
    IntegrityPolicy = "MF-INTPOL", MainFetch "7", "Integrity-Policy blocked the request.";
    UrlCredentials = "MF-USERINFO", MainFetch "7", "This browser loads nothing from a URL with a user name or password, but by XHR or with CORS.";
    StreamNotSupported = "MF-STREAM", MainFetch "7", "This browser cannot send a stream as the body.";
    LocalNetworkInsecure = "LN-INSECURE", IpAddressSpace "", "A page that did not come securely asked for this machine or the local network.";
    LocalNetworkDenied = "LN-DENIED", IpAddressSpace "", "The page may not reach this machine and the local network.";
    Preload = "MF-PRELOAD", MainFetch "12", "The preload that is used instead of a request had failed.";
    Module = "SM-MODULE", FetchSingleModuleScript "", "The module had failed before, and this browser keeps that as long as the document is there.";
    SameOriginMode = "MF-SAMEORIGIN", MainFetch "12", "The mode is same-origin and the URL is not.";
    NoCorsRedirectMode = "MF-NOCORS-REDIRECT", MainFetch "12.1", "A cross-origin no-cors request must follow redirects.";
    SchemeNotHttp = "MF-SCHEME", MainFetch "12", "The CORS protocol works over HTTP(S) only.";
    ResponseMixedContent = "MF-RMIX", MainFetch "20", "The response came over an insecure connection to a secure page.";
    ResponseContentSecurityPolicy = "MF-RCSP", MainFetch "20", "Content Security Policy blocked the response.";
    MimeType = "MF-MIME", MainFetch "20", "A script was served with the MIME type of something that is never a script.";
    Nosniff = "MF-NOSNIFF", MainFetch "20", "X-Content-Type-Options: nosniff, and the MIME type does not fit the destination.";
    RangeNotRequested = "MF-RANGE", MainFetch "21", "An opaque partial response came for a request that had not asked for a range.";
    IntegrityWithoutBody = "MF-SRI-NULLBODY", MainFetch "23.2", "There is integrity metadata, but no body that could be compared with it.";
    Integrity = "MF-SRI", MainFetch "23.3.1", "The body does not match the integrity metadata.";
    Aborted = "ABORT", HttpNetworkFetch "9.2", "Script aborted the fetch.";
    AboutUrl = "SF-ABOUT", SchemeFetch "3", "Of all about: URLs only about:blank can be fetched.";
    BlobUrl = "SF-BLOB", SchemeFetch "3.2", "A blob: URL can be fetched by GET only, and only while it is registered.";
    BlobPartition = "SF-BLOB-PART", SchemeFetch "3.8", "The blob: URL belongs to another storage partition.";
    BlobRange = "SF-BLOB-RANGE", SchemeFetch "3.14", "The range does not parse or starts after the end of the blob.";
    DataUrl = "SF-DATA", SchemeFetch "3.2", "The data: URL does not parse.";
    FileUrl = "SF-FILE", SchemeFetch "3", "file: URLs are not fetched.";
    UnknownScheme = "SF-SCHEME", SchemeFetch "4", "Nothing is known of this scheme.";
    ServiceWorker = "HF-SW", HttpFetch "3.5.7", "The service worker answered with a response of a type that this request may not have.";
    CorsCheck = "HF-CORS", HttpFetch "4.4", "The CORS check failed.";
    Corp = "HF-CORP", HttpFetch "5", "Cross-Origin-Resource-Policy does not allow it.";
    RedirectModeError = "HF-REDIRECT-ERROR", HttpFetch "6.3.1", "The redirect mode is error, and there was a redirect.";
    Location = "RD-LOCATION", HttpRedirectFetch "5", "The Location header does not parse.";
    LocationScheme = "RD-SCHEME", HttpRedirectFetch "6", "A redirect may lead to HTTP(S) only.";
    RedirectCount = "RD-COUNT", HttpRedirectFetch "7", "There were more than 20 redirects.";
    LocationCredentials = "RD-USERINFO", HttpRedirectFetch "9", "A cross-origin redirect has a user name or password in its URL.";
    LocationCredentialsTainted = "RD-USERINFO2", HttpRedirectFetch "10", "A redirect after a cross-origin response has a user name or password in its URL.";
    StreamBodyRedirect = "RD-STREAM", HttpRedirectFetch "11", "A streamed body cannot be sent again after a redirect.";
    Keepalive = "NC-KEEPALIVE", HttpNetworkOrCacheFetch "8.10.5", "The bodies of all keepalive requests under way have more than 64 KiB.";
    OnlyIfCached = "NC-ONLYIFCACHED", HttpNetworkOrCacheFetch "11.1", "The cache mode is only-if-cached and nothing is stored.";
    AuthenticationStream = "NC-401-STREAM", HttpNetworkOrCacheFetch "15.2.1", "A streamed body cannot be sent again after a 401.";
    ProxyAuthentication = "NC-407", HttpNetworkOrCacheFetch "16.1", "A proxy wants authentication and nobody can be asked for it.";
    Offline = "NW-OFFLINE", HttpNetworkFetch "2", "There is no network.";
    Connection = "NW-CONN", HttpNetworkFetch "8.1", "No connection to the server, or none that held.";
    Http1Stream = "NW-H1-STREAM", HttpNetworkFetch "8.3", "A streamed body cannot be sent over HTTP/1.";
    ClientCertificate = "NW-CERT", HttpNetworkFetch "8.5.2", "The server wants a client certificate and nobody can be asked for one.";
    Malformed = "NW-MALFORMED", HttpNetworkFetch "8.5", "What came back is not HTTP.";
    PreflightCors = "PF-CORS", CorsPreflightFetch "7", "The preflight's answer fails the CORS check.";
    PreflightStatus = "PF-STATUS", CorsPreflightFetch "7", "The preflight's status is not 200 to 299.";
    PreflightParse = "PF-PARSE", CorsPreflightFetch "7.3", "A list in the preflight's answer does not parse.";
    PreflightMethod = "PF-METHOD", CorsPreflightFetch "7.5", "The preflight's answer does not allow the method.";
    PreflightAuthorization = "PF-AUTH", CorsPreflightFetch "7.6", "The preflight's answer does not allow Authorization by name.";
    PreflightHeader = "PF-HEADER", CorsPreflightFetch "7.7", "The preflight's answer does not allow a header.";
}

impl Serialize for NetworkErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
