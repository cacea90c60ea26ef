//! The words of the browsers: every line that their consoles are known to print about a request, and every text of an
//! exception. They are facts, quoted; nothing here is a sentence of this project.
//!
//! A template says `{slot}` where a value goes. Not all of them are printed by this module: older wordings and those of
//! what the engine does not model are here so that a text which somebody pastes can be recognised.

use crate::profile::ProfileName;
use crate::scenario::Call;

/// What a browser says, with slots for what differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Which of the browser's messages it is. Of Chromium's CORS errors it is `CorsError.` and the name in the DevTools
    /// protocol; of Firefox's messages mostly the name of the string; `legacy.` stands before what only older versions say.
    pub id: &'static str,
    /// Whose it is.
    pub browser: ProfileName,
    /// The template, in parts that others share.
    parts: &'static [&'static str],
}

impl Message {
    /// The text, with `{slot}` where a value goes.
    pub fn template(&self) -> String {
        self.parts.concat()
    }
}

/// One table makes the messages, the list of all, and the TypeScript type of their ids.
macro_rules! messages {
    ($($module:ident $browser:ident { $($name:ident $id:literal [$($part:expr),+];)+ })+) => {
        $(
            pub(super) mod $module {
                use super::*;

                $(pub(crate) const $name: Message =
                    Message { id: $id, browser: ProfileName::$browser, parts: &[$($part),+] };)+
            }
        )+

        /// Every message, browser by browser.
        // NB: whoever prints names the message itself, so that a program which recognises none does not carry them all.
        pub const MESSAGES: &[Message] = &[$($($module::$name,)+)+];

        #[cfg(feature = "wasm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const MESSAGE_TYPE: &str = concat!(
            "/** Which of a browser's messages a line or an exception is. */\nexport type ConsoleMessageId =",
            $($("\n  | \"", $id, "\"",)+)+ ";\n"
        );
    };
}

/// What is said of a request in the place of its kind.
pub(super) fn chromium_kind(call: &Call) -> &'static str {
    match call {
        Call::Fetch { .. } => "fetch",
        Call::Xhr { .. } => "XMLHttpRequest",
        Call::Img { .. } => "image",
        Call::Media { .. } => "video",
        Call::Script { .. } | Call::Import { .. } | Call::Worker { .. } | Call::ImportScripts { .. } => "script",
        Call::Stylesheet { .. } => "CSS stylesheet",
        Call::Font { .. } => "font",
        Call::Track { .. } => "text track",
        Call::Preload { destination, .. } => match destination.to_ascii_lowercase().as_str() {
            "image" => "image",
            "script" => "script",
            "style" => "CSS stylesheet",
            "font" => "font",
            "track" => "text track",
            _ => "link element resource",
        },
        Call::EventSource { .. } | Call::Beacon { .. } | Call::WebSocket { .. } | Call::Iframe { .. } => "resource",
    }
}

/// What is said of a request in the place of its kind, where it is mixed content.
pub(super) fn chromium_mixed_kind(call: &Call) -> &'static str {
    match call {
        Call::Xhr { .. } => "XMLHttpRequest endpoint",
        Call::EventSource { .. } => "EventSource endpoint",
        Call::Beacon { .. } => "Beacon endpoint",
        Call::Stylesheet { .. } => "stylesheet",
        Call::Track { .. } => "Text Track",
        call if call.preloads_as("style") => "stylesheet",
        call if call.preloads_as("track") => "Text Track",
        call if call.preloads_as("fetch") => "resource",
        Call::Worker { .. } => "Worker script",
        Call::Iframe { .. } => "frame",
        Call::Fetch { .. } => "resource",
        other => chromium_kind(other),
    }
}

/// What Chromium's Content Security Policy says that a request of this directive does.
pub(super) fn chromium_action(directive: &str) -> &'static str {
    match directive {
        "font-src" => "Loading the font",
        "frame-src" => "Framing",
        "img-src" => "Loading the image",
        "media-src" => "Loading media from",
        "script-src-elem" => "Loading the script",
        "style-src-elem" => "Loading the stylesheet",
        "worker-src" => "Creating a worker from",
        _ => "Connecting to",
    }
}

/// What Chromium's Content Security Policy says of a directive that stands in for another.
pub(super) const FALLBACK: &str = " Note that '{effective}' was not explicitly set, so '{used}' is used as a fallback.";

/// Where Firefox explains the policy of resources.
pub(super) const CORP_LEARN_MORE: &str = "https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#";

/// What WebKit says of a port where it says why `sendBeacon()` has failed.
pub(super) const WEBKIT_PORT: &str = "Not allowed to use restricted network port";

/// How an exception of Chromium names the call that threw.
pub(super) const fn chromium_call(call: Caller) -> &'static str {
    match call {
        Caller::Constructor => "construct 'Request'",
        Caller::Window => "execute 'fetch' on 'Window'",
        Caller::Worker => "execute 'fetch' on 'WorkerGlobalScope'",
    }
}

/// How an exception of Firefox names the call that threw.
pub(super) const fn firefox_call(call: Caller) -> &'static str {
    match call {
        Caller::Constructor => "Request constructor",
        Caller::Window => "Window.fetch",
        Caller::Worker => "WorkerGlobalScope.fetch",
    }
}

/// What WebKit calls the API that was used, where it names it.
pub(super) const fn webkit_api(call: &Call) -> Option<&'static str> {
    match call {
        Call::Fetch { .. } => Some("Fetch API"),
        Call::Xhr { .. } => Some("XMLHttpRequest"),
        Call::EventSource { .. } => Some("EventSource"),
        Call::Beacon { .. } => Some("Beacon API"),
        _ => None,
    }
}

/// Which call threw an exception.
#[derive(Debug, Clone, Copy)]
pub(super) enum Caller {
    /// `new Request()`
    Constructor,
    /// `fetch()` in a document.
    Window,
    /// `fetch()` in a worker.
    Worker,
}

/// The schemes of which Chromium says that they support CORS.
pub(super) const CHROMIUM_SCHEMES: &str = "chrome, chrome-experimental-site-token-provider, chrome-extension, \
     chrome-untrusted, data, http, https, isolated-app";

/// Chromium's names of network errors.
pub(super) struct NetError;

impl NetError {
    pub(super) const ALPN_NEGOTIATION_FAILED: &str = "net::ERR_ALPN_NEGOTIATION_FAILED";
    pub(super) const CERT_AUTHORITY_INVALID: &str = "net::ERR_CERT_AUTHORITY_INVALID";
    pub(super) const CACHE_MISS: &str = "net::ERR_CACHE_MISS";
    pub(super) const CONNECTION_FAILED: &str = "net::ERR_CONNECTION_FAILED";
    pub(super) const CONNECTION_REFUSED: &str = "net::ERR_CONNECTION_REFUSED";
    pub(super) const EMPTY_RESPONSE: &str = "net::ERR_EMPTY_RESPONSE";
    pub(super) const FAILED: &str = "net::ERR_FAILED";
    pub(super) const FILE_NOT_FOUND: &str = "net::ERR_FILE_NOT_FOUND";
    pub(super) const INTERNET_DISCONNECTED: &str = "net::ERR_INTERNET_DISCONNECTED";
    pub(super) const INVALID_HTTP_RESPONSE: &str = "net::ERR_INVALID_HTTP_RESPONSE";
    pub(super) const INVALID_REDIRECT: &str = "net::ERR_INVALID_REDIRECT";
    pub(super) const MULTIPLE_CONTENT_DISPOSITION: &str = "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION";
    pub(super) const MULTIPLE_LOCATION: &str = "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION";
    pub(super) const NAME_NOT_RESOLVED: &str = "net::ERR_NAME_NOT_RESOLVED";
    pub(super) const NOT_SAME_ORIGIN: &str = "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin";
    pub(super) const NOT_SAME_ORIGIN_BY_COEP: &str = "net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep";
    pub(super) const NOT_SAME_SITE: &str = "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite";
    pub(super) const TOO_MANY_REDIRECTS: &str = "net::ERR_TOO_MANY_REDIRECTS";
    pub(super) const UNEXPECTED_PROXY_AUTH: &str = "net::ERR_UNEXPECTED_PROXY_AUTH";
    pub(super) const UNKNOWN_URL_SCHEME: &str = "net::ERR_UNKNOWN_URL_SCHEME";
    pub(super) const UNSAFE_PORT: &str = "net::ERR_UNSAFE_PORT";
    pub(super) const UNSAFE_REDIRECT: &str = "net::ERR_UNSAFE_REDIRECT";
}

/// What Chromium adds for `fetch()`.
pub(super) const FETCH_SUFFIX: &str = " Have the server send the header with a valid value.";
/// What Chromium adds for XHR.
pub(super) const XHR_SUFFIX: &str =
    " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.";
/// What Chromium adds after redirects.
pub(super) const REDIRECTED_FROM: &str = "(redirected from '{initial_url}') ";

/// The link that Firefox's console puts behind a message.
pub(super) const LEARN_MORE: &str = " [Learn More]";
/// What Firefox prints in the place of a status that there is not.
pub(super) const NO_STATUS: &str = "(null)";
/// The category of what Firefox says about mixed content.
pub(super) const MIXED_CONTENT: &str = "Mixed Content Blocker";
pub(super) const MIXED_CONTENT_MESSAGE: &str = "Mixed Content Message";

// Parts that several messages share.
const PRELOAD: &str = "A preload for '{url}' is found, but is not used ";
const ACCESS: &str = "Access to {kind} at '{url}' {redirected}from origin '{origin}' has been blocked by CORS policy: ";
const OF_PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";
const WILDCARD: &str = "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.{xhr_suffix}";
const NO_ALLOW_ORIGIN: &str = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const MULTIPLE_VALUES: &str =
    "The 'Access-Control-Allow-Origin' header contains multiple values '{hint}', but only one is allowed.{fetch_suffix}";
const INVALID_VALUE: &str = "The 'Access-Control-Allow-Origin' header contains the invalid value '{hint}'.{fetch_suffix}";
const NOT_EQUAL: &str =
    "The 'Access-Control-Allow-Origin' header has a value '{hint}' that is not equal to the supplied origin.{fetch_suffix}";
const NOT_TRUE: &str = "The value of the 'Access-Control-Allow-Credentials' header in the response is '{hint}' which must be 'true' when the request's credentials mode is 'include'.{xhr_suffix}";
const EVENT_SOURCE: &str =
    "EventSource's response has a MIME type (\"{type}\") that is not \"text/event-stream\". Aborting the connection.";
const FETCH: &str = "Fetch API cannot load {url}. ";
const FAILED_TO: &str = "Failed to {call}: ";
const FAILED: &str = "Failed to load resource: ";
const BLOCKED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ";
const REASON: &str = "{url}. (Reason: ";
const CALL: &str = "{call}: ";
const CSP: &str = "Content-Security-Policy: The page’s settings blocked ";
const BECAUSE: &str = " because it violates the following directive: “{directive}”";
const NOT_IN: &str = " because it does not appear in the {effective} directive of the Content Security Policy.";
const IN_NEITHER: &str =
    " because it appears in neither the {effective} directive nor the default-src directive of the Content Security Policy.";
/// Why Firefox keeps an opaque response from an element.
pub(super) const ORB_NOSNIFF: &str =
    "nosniff is true and mimeType is an opaque-blocklisted MIME type or its essence is 'text/plain'";
/// The same, for its status.
pub(super) const ORB_NEVER_GUESSED: &str = "mimeType is an opaque-blocklisted-never-sniffed MIME type";
pub(super) const ORB_STATUS: &str = "after sniff: status code is not in allowed range";
const REDIRECTION: &str = "Cross-origin redirection to {target} denied by Cross-Origin Resource Sharing policy: ";

messages! {
    chromium Chromium {
        WILDCARD_ORIGIN_NOT_ALLOWED "CorsError.WildcardOriginNotAllowed" [ACCESS, WILDCARD];
        MISSING_ALLOW_ORIGIN_HEADER "CorsError.MissingAllowOriginHeader" [ACCESS, NO_ALLOW_ORIGIN];
        MULTIPLE_ALLOW_ORIGIN_VALUES "CorsError.MultipleAllowOriginValues" [ACCESS, MULTIPLE_VALUES];
        INVALID_ALLOW_ORIGIN_VALUE "CorsError.InvalidAllowOriginValue" [ACCESS, INVALID_VALUE];
        ALLOW_ORIGIN_MISMATCH "CorsError.AllowOriginMismatch" [ACCESS, NOT_EQUAL];
        INVALID_ALLOW_CREDENTIALS "CorsError.InvalidAllowCredentials" [ACCESS, NOT_TRUE];
        PREFLIGHT_WILDCARD_ORIGIN_NOT_ALLOWED "CorsError.PreflightWildcardOriginNotAllowed" [ACCESS, OF_PREFLIGHT, WILDCARD];
        PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER "CorsError.PreflightMissingAllowOriginHeader" [ACCESS, OF_PREFLIGHT, NO_ALLOW_ORIGIN];
        PREFLIGHT_MULTIPLE_ALLOW_ORIGIN_VALUES "CorsError.PreflightMultipleAllowOriginValues" [ACCESS, OF_PREFLIGHT, MULTIPLE_VALUES];
        PREFLIGHT_INVALID_ALLOW_ORIGIN_VALUE "CorsError.PreflightInvalidAllowOriginValue" [ACCESS, OF_PREFLIGHT, INVALID_VALUE];
        PREFLIGHT_ALLOW_ORIGIN_MISMATCH "CorsError.PreflightAllowOriginMismatch" [ACCESS, OF_PREFLIGHT, NOT_EQUAL];
        PREFLIGHT_INVALID_ALLOW_CREDENTIALS "CorsError.PreflightInvalidAllowCredentials" [ACCESS, OF_PREFLIGHT, NOT_TRUE];
        PREFLIGHT_INVALID_STATUS "CorsError.PreflightInvalidStatus" [ACCESS, OF_PREFLIGHT, "It does not have HTTP ok status."];
        PREFLIGHT_DISALLOWED_REDIRECT "CorsError.PreflightDisallowedRedirect" [ACCESS, OF_PREFLIGHT, "Redirect is not allowed for a preflight request."];
        INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE "CorsError.InvalidAllowMethodsPreflightResponse" [ACCESS, "Cannot parse Access-Control-Allow-Methods response header field in preflight response."];
        INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE "CorsError.InvalidAllowHeadersPreflightResponse" [ACCESS, "Cannot parse Access-Control-Allow-Headers response header field in preflight response."];
        METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE "CorsError.MethodDisallowedByPreflightResponse" [ACCESS, "Method {hint} is not allowed by Access-Control-Allow-Methods in preflight response."];
        HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE "CorsError.HeaderDisallowedByPreflightResponse" [ACCESS, "Request header field {hint} is not allowed by Access-Control-Allow-Headers in preflight response."];
        DISALLOWED_BY_MODE "CorsError.DisallowedByMode" [ACCESS, "Cross origin requests are not allowed by request mode."];
        INVALID_RESPONSE "CorsError.InvalidResponse" [ACCESS, "The response is invalid."];
        CORS_DISABLED_SCHEME "CorsError.CorsDisabledScheme" [ACCESS, "Cross origin requests are only supported for protocol schemes: {schemes}."];
        REDIRECT_CONTAINS_CREDENTIALS "CorsError.RedirectContainsCredentials" [ACCESS, "Redirect location '{hint}' contains a username and password, which is disallowed for cross-origin requests."];
        INSECURE_LOCAL_NETWORK "CorsError.InsecureLocalNetwork" [ACCESS, "The request client is not a secure context and the resource is in more-private address space `{space}`."];
        INVALID_LOCAL_NETWORK_ACCESS "CorsError.InvalidLocalNetworkAccess" [ACCESS, "Request had a target IP address space of `{target}` yet the resource is in address space `{resource}`."];
        LOCAL_NETWORK_ACCESS_PERMISSION_DENIED "CorsError.LocalNetworkAccessPermissionDenied" [ACCESS, "Permission was denied for this request to access the `{space}` address space."];
        NO_CORS_REDIRECT_MODE_NOT_FOLLOW "CorsError.NoCorsRedirectModeNotFollow" [FETCH, "Request mode is \"no-cors\" but the redirect mode is not \"follow\"."];
        FETCH_SAME_ORIGIN_MODE "fetch.same-origin-mode" [FETCH, "Request mode is \"same-origin\" but the URL's origin is not same as the request origin {origin}."];
        FETCH_BAD_SCHEME "fetch.bad-scheme" [FETCH, "URL scheme \"{scheme}\" is not supported."];
        FETCH_SRI "fetch.sri" [FETCH, "SRI's integrity checks failed."];
        CSP_CONNECT "csp.connect" [FETCH, "Refused to connect because it violates the document's Content Security Policy."];
        CSP_VIOLATED "csp.violated" ["{action} '{url}' violates the following Content Security Policy directive: \"{directive}\".{fallback} The action has been blocked."];
        LEGACY_CSP_VIOLATED "legacy.csp.violated" ["Refused to {action} '{url}' because it violates the following Content Security Policy directive: \"{directive}\"."];
        LOCAL_RESOURCE "local-resource" ["Not allowed to load local resource: {url}"];
        XHR_FTP "xhr.ftp" ["FTP is not supported."];
        REDIRECT_SAME_ORIGIN_MODE "redirect.same-origin-mode" ["Unsafe attempt to load URL {url} from frame with URL {page}. Domains, protocols and ports must match.\n"];
        FILE_UNIQUE_ORIGIN "file.unique-origin" ["Unsafe attempt to load URL {url} from frame with URL {page}. 'file:' URLs are treated as unique security origins.\n"];
        NET_FAILED "net.failed" [FAILED, "{net_error}"];
        NET_STATUS "net.status" [FAILED, "the server responded with a status of {code} ({text})"];
        MIXED_BLOCKED "mixed.blocked" ["Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. This request has been blocked; the content must be served over HTTPS."];
        MIXED_ALLOWED "mixed.allowed" ["Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. This content should also be served over HTTPS."];
        MIXED_UPGRADED "mixed.upgraded" ["Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. This request was automatically upgraded to HTTPS, For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html"];
        MIXED_NOT_UPGRADED_LOCAL "mixed.not-upgraded.local" ["Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. This request was not upgraded to HTTPS because it is a local network request."];
        MIXED_NOT_UPGRADED_IP "mixed.not-upgraded.ip" ["Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. This request was not upgraded to HTTPS because its URL's host is an IP address."];
        PRELOAD_CREDENTIALS "preload.credentials" [PRELOAD, "because the request credentials mode does not match. Consider taking a look at crossorigin attribute."];
        PRELOAD_MODE "preload.mode" [PRELOAD, "because the request mode does not match. Consider taking a look at crossorigin attribute."];
        PRELOAD_METHOD "preload.method" [PRELOAD, "because the request HTTP method does not match."];
        PRELOAD_SYNCHRONOUS "preload.synchronous" [PRELOAD, "because the new request is synchronous."];
        PRELOAD_KEEPALIVE "preload.keepalive" [PRELOAD, "because the keepalive flag is set."];
        PRELOAD_UNKNOWN "preload.unknown" [PRELOAD, "due to an unknown reason."];
        PRELOAD_AS_INVALID "preload.as-invalid" ["<link rel=preload> must have a valid `as` value"];
        PRELOAD_AS_UNSUPPORTED "preload.as-unsupported" ["<link rel=preload> uses an unsupported `as` value"];
        HEADER_SET "header.set" ["Refused to set unsafe header \"{name}\""];
        HEADER_GET "header.get" ["Refused to get unsafe header \"{name}\""];
        SRI_NOT_CORS "sri.not-cors" ["Subresource Integrity: The resource '{url}' has an integrity attribute, but the resource requires the request to be CORS enabled to check the integrity, and it is not. The resource has been blocked because the integrity cannot be enforced."];
        SRI_INELIGIBLE "sri.ineligible" ["Subresource Integrity: The resource '{url}' has an integrity attribute, but the response is not eligible for integrity validation."];
        SRI_MISMATCH "sri.mismatch" ["Failed to find a valid digest in the 'integrity' attribute for resource '{url}' with computed {alg} integrity '{digest}'. The resource has been blocked."];
        DEPRECATION_AUTHORIZATION_WILDCARD "deprecation.authorization-wildcard" ["Authorization will not be covered by the wildcard symbol (*) in CORS `Access-Control-Allow-Headers` handling."];
        CANVAS_EXPORT "canvas.export" ["Tainted canvases may not be exported."];
        CANVAS_READ "canvas.read" ["The canvas has been tainted by cross-origin data."];
        SCRIPT_FETCH "script.fetch" ["Failed to fetch"];
        SCRIPT_XHR_SYNC "script.xhr-sync" ["Failed to execute 'send' on 'XMLHttpRequest': Failed to load '{url}'."];
        LEGACY_MISSING_ALLOW_ORIGIN_HEADER_FETCH "legacy.MissingAllowOriginHeader.fetch" [ACCESS, "{preflight}No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled."];
        LEGACY_NO_CORS_INFORMATION "legacy.kNoCorsInformation" [" Have the server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled."];
        LEGACY_PREFLIGHT_MISSING_ALLOW_PRIVATE_NETWORK "legacy.PreflightMissingAllowPrivateNetwork" [ACCESS, OF_PREFLIGHT, "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `{space}` address space."];
        LEGACY_PREFLIGHT_INVALID_ALLOW_PRIVATE_NETWORK "legacy.PreflightInvalidAllowPrivateNetwork" [ACCESS, OF_PREFLIGHT, "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `{space}` address space had a value of '{hint}',  not 'true'."];
        LEGACY_UNEXPECTED_PRIVATE_NETWORK_ACCESS "legacy.UnexpectedPrivateNetworkAccess" [ACCESS, "Request had no target IP address space, yet the resource is in address space `{space}`."];
        LEGACY_PREFLIGHT_MISSING_PRIVATE_NETWORK_ACCESS_ID "legacy.PreflightMissingPrivateNetworkAccessId" [ACCESS, "No 'Private-Network-Access-Id' header was present in the preflight response for this private network request targeting the `{space}` address space."];
        LEGACY_PREFLIGHT_MISSING_PRIVATE_NETWORK_ACCESS_NAME "legacy.PreflightMissingPrivateNetworkAccessName" [ACCESS, "No 'Private-Network-Access-Name' header was present in the preflight response for this private network request targeting the `{space}` address space."];
        LEGACY_PRIVATE_NETWORK_ACCESS_PERMISSION_UNAVAILABLE "legacy.PrivateNetworkAccessPermissionUnavailable" [ACCESS, "Unable to ask for permission to access the `{space}` IP address space."];
        LEGACY_PREFLIGHT_MISSING_ALLOW_EXTERNAL "legacy.PreflightMissingAllowExternal" [ACCESS, "No 'Access-Control-Allow-External' header was present in the preflight response for this external request (This is an experimental header which is defined in 'https://wicg.github.io/cors-rfc1918/')."];
        LEGACY_PREFLIGHT_INVALID_ALLOW_EXTERNAL "legacy.PreflightInvalidAllowExternal" [ACCESS, "The 'Access-Control-Allow-External' header in the preflight response for this external request had a value of '{hint}',  not 'true' (This is an experimental header which is defined in 'https://wicg.github.io/cors-rfc1918/')."];
        ISSUE_CORS_INVALID_HEADER_VALUES "issue.corsInvalidHeaderValues" ["Ensure CORS response header values are valid"];
        ISSUE_CORS_WILDCARD_ORIGIN_NOT_ALLOWED "issue.corsWildcardOriginNotAllowed" ["Ensure credentialed requests aren’t sent to CORS resources with origin wildcards"];
        ISSUE_CORS_PREFLIGHT_RESPONSE_INVALID "issue.corsPreflightResponseInvalid" ["Ensure preflight responses are valid"];
        ISSUE_CORS_ORIGIN_MISMATCH "issue.corsOriginMismatch" ["Ensure CORS requesting origin matches resource’s allowed origin"];
        ISSUE_CORS_ALLOW_CREDENTIALS_REQUIRED "issue.corsAllowCredentialsRequired" ["Ensure CORS requests include credentials only when allowed"];
        ISSUE_CORS_METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE "issue.corsMethodDisallowedByPreflightResponse" ["Ensure CORS request uses allowed method"];
        ISSUE_CORS_HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE "issue.corsHeaderDisallowedByPreflightResponse" ["Ensure CORS request includes only allowed headers"];
        ISSUE_CORS_REDIRECT_CONTAINS_CREDENTIALS "issue.corsRedirectContainsCredentials" ["Ensure CORS requests aren’t redirected to URLs containing credentials"];
        ISSUE_CORS_DISALLOWED_BY_MODE "issue.corsDisallowedByMode" ["Ensure only same-origin resources are fetched with same-origin request mode"];
        ISSUE_CORS_DISABLED_SCHEME "issue.corsDisabledScheme" ["Ensure CORS requests are made on supported schemes"];
        ISSUE_CORS_NO_CORS_REDIRECT_MODE_NOT_FOLLOW "issue.corsNoCorsRedirectModeNotFollow" ["Ensure no-cors requests configure redirect mode follow"];
        CTOR_NOCORS_METHOD "ctor.nocors-method" [FAILED_TO, "'{method}' is unsupported in no-cors mode."];
        CTOR_FORBIDDEN_METHOD "ctor.forbidden-method" [FAILED_TO, "'{method}' HTTP method is unsupported."];
        CTOR_BAD_METHOD "ctor.bad-method" [FAILED_TO, "'{method}' is not a valid HTTP method."];
        CTOR_CREDENTIALS "ctor.credentials" [FAILED_TO, "Request cannot be constructed from a URL that includes credentials: {url}"];
        CTOR_ONLY_IF_CACHED "ctor.only-if-cached" [FAILED_TO, "'only-if-cached' can be set only with 'same-origin' mode"];
        IMPORT_FAILED "import.failed" ["Failed to fetch dynamically imported module: {url}"];
        SCRIPT_ABORT "script.abort" ["signal is aborted without reason"];
        EVENT_SOURCE_MIME "eventsource.mime" [EVENT_SOURCE];
        MODULE_MIME "module.mime" ["Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of \"{type}\". Strict MIME type checking is enforced for module scripts per HTML spec."];
        SCRIPT_MIME "script.mime" ["Refused to execute script from '{url}' because its MIME type ('{type}') is not executable."];
        SCRIPT_NOSNIFF "script.nosniff" ["Refused to execute script from '{url}' because its MIME type ('{type}') is not executable, and strict MIME type checking is enabled."];
        STYLE_MIME "style.mime" ["Refused to apply style from '{url}' because its MIME type ('{type}') is not a supported stylesheet MIME type, and strict MIME checking is enabled."];
    }
    firefox Firefox {
        DISABLED "CORSDisabled" [BLOCKED, REASON, "CORS disabled)."];
        DID_NOT_SUCCEED "CORSDidNotSucceed2" [BLOCKED, REASON, "CORS request did not succeed). Status code: {status}."];
        ORIGIN_HEADER_NOT_ADDED "CORSOriginHeaderNotAdded" [BLOCKED, REASON, "CORS header ‘Origin’ cannot be added)."];
        EXTERNAL_REDIRECT_NOT_ALLOWED "CORSExternalRedirectNotAllowed" [BLOCKED, REASON, "CORS request external redirect not allowed)."];
        REQUEST_NOT_HTTP "CORSRequestNotHttp" [BLOCKED, REASON, "CORS request not http)."];
        MISSING_ALLOW_ORIGIN "CORSMissingAllowOrigin2" [BLOCKED, REASON, "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: {status}."];
        MULTIPLE_ALLOW_ORIGIN_NOT_ALLOWED "CORSMultipleAllowOriginNotAllowed" [BLOCKED, REASON, "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed)."];
        ALLOW_ORIGIN_NOT_MATCHING_ORIGIN "CORSAllowOriginNotMatchingOrigin" [BLOCKED, REASON, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’)."];
        NOT_SUPPORTING_CREDENTIALS "CORSNotSupportingCredentials" [BLOCKED, "‘{url}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."];
        METHOD_NOT_FOUND "CORSMethodNotFound" [BLOCKED, REASON, "Did not find method in CORS header ‘Access-Control-Allow-Methods’)."];
        MISSING_ALLOW_CREDENTIALS "CORSMissingAllowCredentials" [BLOCKED, REASON, "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)."];
        PREFLIGHT_DID_NOT_SUCCEED "CORSPreflightDidNotSucceed3" [BLOCKED, REASON, "CORS preflight response did not succeed). Status code: {status}."];
        INVALID_ALLOW_METHOD "CORSInvalidAllowMethod" [BLOCKED, REASON, "invalid token ‘{token}’ in CORS header ‘Access-Control-Allow-Methods’)."];
        INVALID_ALLOW_HEADER "CORSInvalidAllowHeader" [BLOCKED, REASON, "invalid token ‘{token}’ in CORS header ‘Access-Control-Allow-Headers’)."];
        MISSING_ALLOW_HEADER_FROM_PREFLIGHT "CORSMissingAllowHeaderFromPreflight2" [BLOCKED, REASON, "header ‘{name}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response)."];
        ALLOW_HEADER_FROM_PREFLIGHT_DEPRECATION "CORSAllowHeaderFromPreflightDeprecation" ["Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`)."];
        LEGACY_MISSING_ALLOW_ORIGIN "legacy.CORSMissingAllowOrigin" [BLOCKED, REASON, "CORS header ‘Access-Control-Allow-Origin’ missing)."];
        LEGACY_MISSING_ALLOW_HEADER_FROM_PREFLIGHT "legacy.CORSMissingAllowHeaderFromPreflight" [BLOCKED, REASON, "missing token ‘{name}’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel)."];
        BLOCK_MIXED_ACTIVE_CONTENT "BlockMixedActiveContent" ["Blocked loading mixed active content “{url}”"];
        BLOCK_MIXED_DISPLAY_CONTENT "BlockMixedDisplayContent" ["Blocked loading mixed display content “{url}”"];
        MIXED_CONTENT_AUTO_UPGRADE "MixedContentAutoUpgrade" ["Mixed Content: Upgrading insecure display request ‘{url}’ to use ‘{scheme}’"];
        CSP_UPGRADE "upgradeInsecureRequest" ["Content-Security-Policy: Upgrading insecure request ‘{url}’ to use ‘{scheme}’"];
        LOADING_MIXED_ACTIVE_CONTENT "LoadingMixedActiveContent2" ["Loading mixed (insecure) active content “{url}” on a secure page"];
        LOADING_MIXED_DISPLAY_CONTENT "LoadingMixedDisplayContent2" ["Loading mixed (insecure) display content “{url}” on a secure page"];
        INELIGIBLE_RESOURCE "IneligibleResource" ["“{url}” is not eligible for integrity checks since it’s neither CORS-enabled nor same-origin."];
        INTEGRITY_MISMATCH "IntegrityMismatch3" ["None of the “{alg}” hashes in the integrity attribute match the content of the subresource at “{url}”. The computed hash is “{hash}”."];
        CORP_BLOCKED "CORPBlocked" ["The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See {learn_more}"];
        CSP_VIOLATED "CSPGenericViolation" [CSP, "the loading of a resource ({effective}) at {url}", BECAUSE];
        CSP_SCRIPT "CSPScriptViolation" [CSP, "a script ({effective}) at {url} from being executed", BECAUSE];
        CSP_STYLE "CSPStyleViolation" [CSP, "a style ({effective}) at {url} from being applied", BECAUSE];
        RESOURCE_BLOCKED_ORB "ResourceBlockedORB" ["The resource at “{url}” was blocked by OpaqueResponseBlocking. Reason: “{reason}”."];
        LOCAL_NETWORK_ACCESS_PERMISSION_REQUIRED "LocalNetworkAccessPermissionRequired" ["Local Network Access permission required: top-level site “{top}”, initiator “{initiator}”, attempting to access target “{url}” ({ip}:{port}) via {transport}. Secure context: {secure}"];
        LOCAL_NETWORK_ACCESS_DETECTED "LocalNetworkAccessDetected" ["Local Network Access detected: top-level site “{top}”, initiator “{initiator}”, accessing target “{url}” ({ip}:{port}) via {transport}. Secure context: {secure}, prompt action: {action}"];
        SCRIPT_FETCH "script.fetch" ["NetworkError when attempting to fetch resource."];
        SCRIPT_XHR_SYNC "script.xhr-sync" ["A network error occurred."];
        CTOR_METHOD "ctor.method" [CALL, "Invalid request method {method}."];
        CTOR_CREDENTIALS "ctor.credentials" [CALL, "{url} is an url with embedded credentials."];
        IMPORT_FAILED "import.failed" ["error loading dynamically imported module: {url}"];
        REFERRER_IGNORED "ReferrerPolicyDisallowRelaxingMessage" ["Referrer Policy: Ignoring the less restricted referrer policy “{policy}” for the cross-site request: {url}"];
        SCRIPT_ABORT "script.abort" ["The operation was aborted. "];
    }
    webkit Webkit {
        ACAO_MISMATCH "acao.mismatch" ["Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"];
        ACAO_WILDCARD "acao.wildcard" ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."];
        ACAO_MULTIPLE "acao.multiple" ["Access-Control-Allow-Origin cannot contain more than one origin."];
        ACAC "acac" ["Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"."];
        PREFLIGHT_STATUS "preflight.status" ["Preflight response is not successful. Status code: {status}"];
        PREFLIGHT_METHODS_INVALID "preflight.methods.invalid" ["Header Access-Control-Allow-Methods has an invalid value: {value}"];
        PREFLIGHT_HEADERS_INVALID "preflight.headers.invalid" ["Header Access-Control-Allow-Headers has an invalid value: {value}"];
        PREFLIGHT_METHOD "preflight.method" ["Method {method} is not allowed by Access-Control-Allow-Methods."];
        PREFLIGHT_HEADER "preflight.header" ["Request header field {name} is not allowed by Access-Control-Allow-Headers."];
        PREFLIGHT_BLOCKED "preflight.blocked" ["CORS-preflight request was blocked"];
        PREFLIGHT_RESPONSE_BLOCKED "preflight.response-blocked" ["Preflight response was blocked"];
        REDIRECT_DENIED "redirect.denied" [REDIRECTION, "{inner}"];
        REDIRECT_SCHEME "redirect.scheme" [REDIRECTION, "not allowed to follow a cross-origin CORS redirection with non CORS scheme"];
        REDIRECT_CREDENTIALS "redirect.credentials" [REDIRECTION, "redirection URL {location} has credentials"];
        REDIRECT_MODE_ERROR "redirect.mode-error" ["Not allowed to follow a redirection while loading {url}"];
        REDIRECT_LIMIT "redirect.limit" ["Load cannot follow more than 20 redirections"];
        REDIRECT_LIMIT_WEB "redirect.limit.web" ["Too many redirections"];
        REDIRECT_NOT_ALLOWED "redirect.not-allowed" ["Redirect was not allowed"];
        URL_NOT_SHOWN "url.not-shown" ["The URL can’t be shown"];
        REDIRECT_SCHEME_ELEMENT "redirect.scheme.element" ["Redirection to URL with a scheme that is not HTTP(S)"];
        REDIRECT_SCHEME_NOCORS "redirect.scheme.nocors" ["Redirection to URL with a scheme that is not HTTP(S)."];
        REDIRECT_SYNC "redirect.sync" ["Cross-origin redirection denied by Cross-Origin Resource Sharing policy."];
        SCHEME "scheme" ["Cross origin requests are only supported for HTTP."];
        SAME_ORIGIN_MODE "same-origin-mode" ["Cross origin requests are not allowed when using same-origin fetch mode."];
        SAME_ORIGIN_REDIRECT "same-origin-redirect" ["Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.\n"];
        UNSAFE_ATTEMPT "unsafe-attempt" ["Unsafe attempt to load URL {url}."];
        NOCORS_REDIRECT "nocors-redirect" ["No-Cors mode requires follow redirect mode"];
        NOT_ALLOWED "not-allowed" ["Not allowed to request resource"];
        LOCAL_RESOURCE "local-resource" ["Not allowed to load local resource: {url}"];
        PORT "port" ["Not allowed to use restricted network port {port}: {url}"];
        FTP "ftp" ["FTP URLs are disabled"];
        TAIL_ACC "tail.acc" ["{api} cannot load {url} due to access control checks."];
        TAIL "tail" ["{api} cannot load {url}."];
        TAIL_NET "tail.net" [FAILED, "{description}"];
        IMAGE "image" ["Cannot load image {url} due to access control checks."];
        SCRIPT "script" ["Cross-origin script load denied by Cross-Origin Resource Sharing policy."];
        MEDIA "media" ["Cross-origin media resource load denied by Cross-Origin Resource Sharing policy."];
        TRACK "track" ["Cross-origin text track load denied by Cross-Origin Resource Sharing policy."];
        CORP "corp" ["Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header."];
        COEP_WORKER "coep.worker" ["Refused to load '{url}' worker because of Cross-Origin-Embedder-Policy."];
        COEP_FRAME "coep.frame" ["Refused to display '{url}' in a frame because of Cross-Origin-Embedder-Policy."];
        COEP_REDIRECT "coep.redirect" ["Redirection was blocked by Cross-Origin-Embedder-Policy"];
        AUTH "auth" ["Blocked {url} from asking for credentials because it is a cross-origin request."];
        MIXED_BLOCKED "mixed.blocked" ["[blocked] The page at {page} requested insecure content from {url}. This content was blocked and must be served over HTTPS.\n"];
        MIXED_BLOCKED_LOCALHOST "mixed.blocked.localhost" ["[blocked] The page at {page} requested insecure content from {url}. This content was blocked and must\n"];
        MIXED_UPGRADED "mixed.upgraded" ["The page at {page} requested insecure content from {url}. This content was automatically upgraded and should be served over HTTPS.\n"];
        MIXED_LOCALHOST_IMAGE "mixed.localhost-image" ["The page at {page} requested insecure content from {url}. This content was not upgraded to HTTPS and must be served from the local host.\n"];
        MIXED_LEGACY "mixed.legacy" ["[blocked] The page at {page} was not allowed to run insecure content from {url}.\n"];
        PRELOAD_AS_EMPTY "preload.as-empty" ["<link rel=preload> cannot have the empty string as `as` value"];
        PRELOAD_AS_INVALID "preload.as-invalid" ["<link rel=preload> must have a valid `as` value"];
        CSP_REDIRECT "csp.redirect" ["Blocked by Content Security Policy."];
        CSP_CONNECT "csp.connect" ["Refused to connect to {url}", NOT_IN];
        CSP_CONNECT_BY_DEFAULT "csp.connect.default" ["Refused to connect to {url}", IN_NEITHER];
        CSP_LOAD "csp.load" ["Refused to load {url}", NOT_IN];
        CSP_LOAD_BY_DEFAULT "csp.load.default" ["Refused to load {url}", IN_NEITHER];
        SYNC "sync" ["Synchronous loads are not allowed at this time"];
        INTEGRITY "integrity" ["Failed integrity metadata check. {url}. Failed integrity metadata check. Content length: {length}, Expected content length: {length}, Expected metadata: {metadata}"];
        CANVAS "canvas" ["Unable to get image data from canvas because the canvas has been tainted by cross-origin data."];
        HEADER_SET "header.set" ["Refused to set unsafe header \"{name}\""];
        NETWORK_TERMINATED "network.terminated" ["Connection terminated unexpectedly"];
        NETWORK_PARSE "network.parse" ["Could not parse HTTP response"];
        SCRIPT_FETCH "script.fetch" ["Load failed"];
        LEGACY_PREFLIGHT "legacy.preflight" ["Preflight response is not successful"];
        LEGACY_ACAO "legacy.acao" ["Origin {origin} is not allowed by Access-Control-Allow-Origin."];
        CTOR_FORBIDDEN_METHOD "ctor.forbidden-method" ["Method is forbidden."];
        CTOR_BAD_METHOD "ctor.bad-method" ["Method is not a valid HTTP token."];
        CTOR_NOCORS_METHOD "ctor.nocors-method" ["Method must be GET, POST or HEAD in no-cors mode."];
        CTOR_CREDENTIALS "ctor.credentials" ["URL is not valid or contains user credentials."];
        CTOR_ONLY_IF_CACHED "ctor.only-if-cached" ["only-if-cached cache option requires fetch mode to be same-origin."];
        SCRIPT_XHR_SYNC "script.xhr-sync" [" A network error occurred."];
        SCRIPT_ABORT "script.abort" ["Fetch is aborted"];
        EVENT_SOURCE_MIME "eventsource.mime" [EVENT_SOURCE];
        SCRIPT_MIME "script.mime" ["Refused to execute {url} as script because {type} is not a script MIME type."];
        SCRIPT_NOSNIFF "script.nosniff" ["Refused to execute {url} as script because \"X-Content-Type-Options: nosniff\" was given and its Content-Type is not a script MIME type."];
        STYLE_MIME "style.mime" ["Did not parse stylesheet at '{url}' because non CSS MIME types are not allowed in strict mode."];
        TAIL_BEACON "tail.beacon" ["{api} cannot load {url}. {reason}"];
    }
}

/// What Firefox's developer tools call its CORS errors, and the messages that say the same in full.
pub(super) const FIREFOX_REASONS: &[(&str, Message)] = &[
    ("CORS disabled", firefox::DISABLED),
    ("CORS Failed", firefox::DID_NOT_SUCCEED),
    ("CORS Not HTTP", firefox::REQUEST_NOT_HTTP),
    ("CORS Multiple Origin Not Allowed", firefox::MULTIPLE_ALLOW_ORIGIN_NOT_ALLOWED),
    ("CORS Missing Allow Origin", firefox::MISSING_ALLOW_ORIGIN),
    ("CORS No Allow Credentials", firefox::NOT_SUPPORTING_CREDENTIALS),
    ("CORS Allow Origin Not Matching Origin", firefox::ALLOW_ORIGIN_NOT_MATCHING_ORIGIN),
    ("CORS Missing Allow Credentials", firefox::MISSING_ALLOW_CREDENTIALS),
    ("CORS Origin Header Missing", firefox::ORIGIN_HEADER_NOT_ADDED),
    ("CORS External Redirect Not Allowed", firefox::EXTERNAL_REDIRECT_NOT_ALLOWED),
    ("CORS Preflight Did Not Succeed", firefox::PREFLIGHT_DID_NOT_SUCCEED),
    ("CORS Invalid Allow Method", firefox::INVALID_ALLOW_METHOD),
    ("CORS Method Not Found", firefox::METHOD_NOT_FOUND),
    ("CORS Invalid Allow Header", firefox::INVALID_ALLOW_HEADER),
    ("CORS Missing Allow Header", firefox::MISSING_ALLOW_HEADER_FROM_PREFLIGHT),
];
