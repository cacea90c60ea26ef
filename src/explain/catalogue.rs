//! All text that people read, in one table: stable ids, and templates with named slots.
//!
//! A template says `{slot}` where a value goes. What stands between backticks in a rendered text is exact (a header line, a
//! value, a name); [`shown`](super::shown) keeps backticks out of the values themselves.

use serde::{Serialize, Serializer};

use super::Who;

/// One table makes an enumeration, the stable ids, the texts, and the TypeScript type.
macro_rules! texts {
    (
        $doc:literal $name:ident
        findings { $($finding:ident = $finding_id:literal, $who:ident, $finding_what:literal $why:literal $remedy:literal;)* }
        lines { $($line:ident = $line_id:literal, $line_what:literal;)+ }
    ) => {
        #[doc = concat!($doc, ", under its stable id.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[allow(rustdoc::invalid_html_tags, reason = "the documentation is the text, which names elements")]
        pub enum $name {
            $(#[doc = concat!("```text\n", $finding_what, "\n```")] $finding,)*
            $(#[doc = concat!("```text\n", $line_what, "\n```")] $line,)+
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$finding,)* $(Self::$line,)+];

            // NB: ids and entries are in the order of the variants, and as many, because one table makes all three. Ids stand
            // apart, so that who only writes them does not bring the texts along.
            const IDS: &[&'static str] = &[$($finding_id,)* $($line_id,)+];
            const ENTRIES: &[Entry] = &[
                $(Entry { what: $finding_what, why: $why, remedy: $remedy, who: Who::$who },)*
                $(Entry { what: $line_what, why: "", remedy: "", who: Who::Nobody },)+
            ];

            /// The stable id, in lower case and with hyphens.
            pub const fn id(self) -> &'static str {
                Self::IDS[self as usize]
            }

            /// What happened.
            pub(super) const fn what(self) -> &'static str {
                Self::ENTRIES[self as usize].what
            }

            /// What happened, with these values in its slots.
            pub(super) fn say(self, slots: &[Slot]) -> String {
                fill(self.what(), slots)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        #[cfg(feature = "wasm")]
        const _: () = {
            #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
            const TYPE: &str = concat!(
                "/** ", $doc, ", by its stable id. */\nexport type ", stringify!($name), " =",
                $("\n  | \"", $finding_id, "\"",)* $("\n  | \"", $line_id, "\"",)+ ";\n"
            );
        };
    };
}

/// A value for a slot of a template.
pub(crate) type Slot = (&'static str, String);

/// What a table has under an id.
struct Entry {
    what: &'static str,
    why: &'static str,
    remedy: &'static str,
    who: Who,
}

impl TextId {
    /// Why; empty where [`what`](Self::what) says it all.
    pub(super) const fn why(self) -> &'static str {
        Self::ENTRIES[self as usize].why
    }

    /// What to do; empty for a line that only tells.
    pub(super) const fn remedy(self) -> &'static str {
        Self::ENTRIES[self as usize].remedy
    }

    /// Who has to do it.
    pub(super) const fn who(self) -> Who {
        Self::ENTRIES[self as usize].who
    }
}

/// `template` with every `{slot}` replaced, once: a value that itself looks like a slot stays as it is.
pub(crate) fn fill(template: &str, slots: &[Slot]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = slots.iter().rev().find(|slot| slot.0 == name).map(|slot| slot.1.as_str());
        debug_assert!(value.is_some(), "no value for {{{name}}} in {template:?}");
        text.push_str(before);
        text.push_str(value.unwrap_or(name));
        rest = after;
    }
    text.push_str(rest);
    text
}

texts! {
    "What a verdict says"
    TextId

    findings {
        // How it can end well.
        AllowedSameOrigin = "allowed-same-origin", Nobody,
            "Allowed: {server} is the page's own origin, so the page can read the answer (status {status})."
            "The rules for cross-origin requests do not apply within one origin."
            "Nothing has to change.";
        AllowedWildcard = "allowed-wildcard", Nobody,
            "Allowed: {server} lets {page} read its answer (status {status})."
            "Access-Control-Allow-Origin is `*`, which lets every page read the answer to a request without credentials."
            "Nothing has to change.";
        AllowedOrigin = "allowed-origin", Nobody,
            "Allowed: {server} lets {page} read its answer (status {status})."
            "Access-Control-Allow-Origin is `{origin}`, exactly the origin that the browser sent."
            "Nothing has to change.";
        AllowedOriginWithCredentials = "allowed-origin-with-credentials", Nobody,
            "Allowed: {server} lets {page} read its answer (status {status})."
            "Access-Control-Allow-Origin is `{origin}`, exactly the origin that the browser sent, and Access-Control-Allow-Credentials is `true`, which a request with credentials needs."
            "Nothing has to change.";
        AllowedServiceWorker = "allowed-service-worker", Nobody,
            "Allowed: a service worker of the page answered (status {status}), and the page can read the answer."
            "The fetch did not go to the server, so no CORS check was made."
            "Nothing has to change.";
        AllowedInside = "allowed-inside", Nobody,
            "Allowed: a {scheme} URL is read inside the browser, and the page can read it."
            "No server is asked."
            "Nothing has to change.";
        AllowedPreloaded = "allowed-preloaded", Nobody,
            "Allowed: the page uses the answer of an earlier preload or element (status {status})."
            "It was requested in the same way, so nothing is sent again, whatever its caching headers say."
            "Nothing has to change.";
        AllowedNavigation = "allowed-navigation", Nobody,
            "Allowed: the frame loads {url}, and CORS does not apply."
            "Loading a document into a frame is a navigation. The page cannot read a document of another origin."
            "Nothing has to change. Whether the document lets itself be framed (X-Frame-Options, Content-Security-Policy: frame-ancestors) is not checked here.";
        AllowedWebSocket = "allowed-web-socket", Nobody,
            "Allowed: {page} may open a WebSocket to {server}, and CORS does not apply."
            "The browser sends the header Origin with the handshake, and the server alone decides whom it serves."
            "Nothing has to change for the browser. The server should refuse origins that it does not know."
            ;

        // How it can end with an answer that script cannot read.
        OpaqueFetch = "opaque-fetch", Nobody,
            "Sent, but unreadable: mode no-cors hides the answer of {server} from the page."
            "Script gets an opaque response: status 0, no headers, no body. That is enough to send something, or to keep the answer for later."
            "If script must read the answer, leave out `mode: \"no-cors\"`, and let {server} send {lines}.";
        OpaqueImage = "opaque-image", Nobody,
            "Loaded, but unreadable: the page can show the image of {server}, and cannot read its pixels."
            "Without the attribute crossorigin the browser asks for no permission. A canvas on which the image is drawn can no longer be read (it is tainted)."
            "If script must read the pixels, add `crossorigin` to the <img>, and let {server} send {lines}.";
        OpaqueMedia = "opaque-media", Nobody,
            "Loaded, but unreadable: the page can play the audio or video of {server}, and cannot read its samples or pixels."
            "Without the attribute crossorigin the browser asks for no permission."
            "If script must read them, add `crossorigin` to the element, and let {server} send {lines}.";
        OpaqueScript = "opaque-script", Nobody,
            "Loaded, but unreadable: the page runs the script of {server}, and sees neither its source nor the details of its errors."
            "Without the attribute crossorigin the browser asks for no permission, and reports errors as \"Script error.\" only."
            "If the details are wanted, add `crossorigin` to the <script>, and let {server} send {lines}.";
        OpaqueStylesheet = "opaque-stylesheet", Nobody,
            "Loaded, but unreadable: the page uses the style sheet of {server}, and script cannot read its rules."
            "Without the attribute crossorigin the browser asks for no permission."
            "If script must read the rules, add `crossorigin` to the <link>, and let {server} send {lines}.";
        OpaquePreload = "opaque-preload", Nobody,
            "Loaded, but unreadable: the preload from {server} can only be used by something that is loaded without CORS, too."
            "Without the attribute crossorigin the browser asks for no permission."
            "If a font, a module or a fetch() is to use it, add `crossorigin` to the <link>, and let {server} send {lines}.";
        OpaqueBeacon = "opaque-beacon", Nobody,
            "Sent: script never sees the answer to a beacon."
            "sendBeacon() only sends."
            "Nothing has to change.";
        OpaqueImportScripts = "opaque-import-scripts", Nobody,
            "Loaded, but unreadable: the worker runs the script of {server}, and sees neither its source nor the details of its errors."
            "importScripts() asks for no permission."
            "Nothing has to change.";
        OpaqueOther = "opaque-other", Nobody,
            "Loaded, but unreadable: script cannot see the status, the headers or the body of the answer of {server}."
            "The answer is an opaque response."
            "If script must read it, it has to be requested with CORS, and {server} has to send {lines}.";
        OpaqueRedirect = "opaque-redirect", Nobody,
            "Not followed: the answer is a redirect, and `redirect: \"manual\"` hides where it leads."
            "Script gets a response of type opaqueredirect: status 0, no headers, no body."
            "If the redirect is to be followed, leave out `redirect: \"manual\"`.";

        // What is not known yet.
        NeedsPreflightAnswer = "needs-preflight-answer", Caller,
            "Open: the browser first asks {server} by OPTIONS whether {method} is allowed (a preflight), and the answer to that is not known yet."
            "The request itself goes out only if the answer allows it."
            "Send the OPTIONS request to {url}, and add the answer.";
        NeedsAnswer = "needs-answer", Caller,
            "Open: the answer of {server} to {method} {url} is not known yet."
            "What the browser does depends on it."
            "Send the request, and add the answer.";
        NotReached = "not-reached", Caller,
            "Open: this fetch starts when the ones before it have ended."
            "An answer to an earlier one is not known yet."
            "Add that answer first.";

        // What an API refuses. `what` is the reason alone: see `Threw`.
        ThrowUrl = "throw-url", Page,
            "`{written}` is not a URL"
            ""
            "Write the whole URL with its scheme, such as https://api.example/items.";
        ThrowUrlCredentials = "throw-url-credentials", Page,
            "the URL has a user name or a password"
            ""
            "Take them out of the URL, and send them in the header `Authorization`.";
        ThrowWindow = "throw-window", Page,
            "`window` may only be null"
            ""
            "Leave `window` out of the options.";
        ThrowReferrer = "throw-referrer", Page,
            "`{value}` is not a URL that can be the referrer"
            ""
            "Leave `referrer` out, or give a URL of the page's own origin.";
        ThrowModeNavigate = "throw-mode-navigate", Page,
            "mode navigate is for the browser alone"
            ""
            "Leave `mode` out, or use cors, same-origin or no-cors.";
        ThrowEnumeration = "throw-enumeration", Page,
            "`{member}` has a value that does not exist: `{value}`"
            ""
            "Correct the spelling of `{member}`, or leave it out.";
        ThrowOnlyIfCached = "throw-only-if-cached", Page,
            "cache mode only-if-cached needs mode same-origin"
            ""
            "Add `mode: \"same-origin\"`, or use another cache mode.";
        ThrowMethodNotToken = "throw-method-not-token", Page,
            "`{written_method}` is not a method"
            ""
            "Use a method of letters, without spaces, such as POST.";
        ThrowMethodForbidden = "throw-method-forbidden", Page,
            "no page may send {written_method}"
            ""
            "Use another method. CONNECT, TRACE and TRACK are closed to pages.";
        ThrowMethodNoCors = "throw-method-no-cors", Page,
            "mode no-cors takes GET, HEAD and POST only, not {written_method}"
            ""
            "Leave out `mode: \"no-cors\"`, and let the server allow {written_method}.";
        ThrowHeaderName = "throw-header-name", Page,
            "`{name}` cannot be the name of a header"
            ""
            "Use letters, digits and hyphens only.";
        ThrowHeaderValue = "throw-header-value", Page,
            "the value of `{name}` has a newline or a NUL in it"
            ""
            "Remove that character from `{value}`.";
        ThrowNotByteString = "throw-not-byte-string", Page,
            "`{member}` has a character above U+00FF, which a header or a method cannot have"
            ""
            "Encode the value, for instance with encodeURIComponent().";
        ThrowBodyWithGetOrHead = "throw-body-with-get-or-head", Page,
            "a GET or HEAD request cannot have a body"
            ""
            "Use `method: \"POST\"`, or leave the body out.";
        ThrowStreamKeepalive = "throw-stream-keepalive", Page,
            "a stream cannot be the body of a keepalive request"
            ""
            "Leave out `keepalive`, or send a string or a Blob.";
        ThrowStreamDisturbed = "throw-stream-disturbed", Page,
            "the stream has been read from or is locked"
            ""
            "Use a fresh stream.";
        ThrowStreamDuplex = "throw-stream-duplex", Page,
            "a stream as the body needs `duplex`"
            ""
            "Add `duplex: \"half\"`.";
        ThrowStreamMode = "throw-stream-mode", Page,
            "a stream as the body needs mode cors or same-origin"
            ""
            "Use mode cors, or send a string or a Blob.";
        ThrowWebSocketScheme = "throw-web-socket-scheme", Page,
            "the URL of a WebSocket starts with ws, wss, http or https"
            ""
            "Write wss://, or ws:// where the page is not secure.";
        ThrowWebSocketFragment = "throw-web-socket-fragment", Page,
            "the URL of a WebSocket cannot have a fragment (#...)"
            ""
            "Leave out the `#` and what follows.";
        ThrowPreloadDestination = "throw-preload-destination", Page,
            "`{as}` is nothing that can be preloaded"
            ""
            "Let the attribute `as` be fetch, font, image, script, style or track.";
        ThrowBeaconScheme = "throw-beacon-scheme", Page,
            "sendBeacon() takes http and https URLs only"
            ""
            "Use an https URL.";

        // Access-Control-Allow-Origin is not what it must be. {answer} is the answer, the preflight's answer, or the redirect.
        AllowOriginMissing = "allow-origin-missing", Server,
            "Blocked: {server} does not allow {page} to read its answer."
            "The answer has no Access-Control-Allow-Origin. Programs such as curl show it all the same, because only browsers check this."
            "Let {server} send {lines} with this answer.";
        AllowOriginMissingOnPreflight = "allow-origin-missing-on-preflight", Server,
            "Blocked: {server} does not allow {page} in its answer to the preflight (OPTIONS)."
            "That answer has no Access-Control-Allow-Origin."
            "Let {server} answer OPTIONS requests to this URL with {lines}.";
        AllowOriginMissingOnRedirect = "allow-origin-missing-on-redirect", Server,
            "Blocked: {server} redirects (status {status}) without allowing {page}."
            "Every answer on the way must allow the page, a redirect as well, and this one has no Access-Control-Allow-Origin."
            "Let {server} send {lines} with the redirect, or request the final URL right away.";
        AllowOriginMissingOnRedirectSlash = "allow-origin-missing-on-redirect-slash", Page,
            "Blocked: {server} redirects (status {status}) to the same URL with or without a slash at the end, without allowing {page}."
            "Every answer on the way must allow the page, a redirect as well, and this one has no Access-Control-Allow-Origin. Frameworks redirect like this by themselves."
            "Request {location} right away, or let {server} send {lines} with the redirect.";
        AllowOriginMissingOnRedirectScheme = "allow-origin-missing-on-redirect-scheme", Page,
            "Blocked: {server} redirects (status {status}) from http to https, without allowing {page}."
            "Every answer on the way must allow the page, a redirect as well, and this one has no Access-Control-Allow-Origin."
            "Request {location} right away.";
        AllowOriginMissingOnRedirectLogin = "allow-origin-missing-on-redirect-login", Server,
            "Blocked: {server} redirects (status {status}) to what looks like a login page, {location}."
            "The login is missing or has ended. A login page is for people: script cannot use it, and the redirect does not allow {page} either."
            "Let {server} answer requests of script with status 401 and {lines}, and let the page send the person to the login.";
        AllowOriginAtLoginPage = "allow-origin-at-login-page", Server,
            "Blocked: redirects have led to what looks like a login page, {url}, which does not allow {page}."
            "The login is missing or has ended. A login page is for people: script cannot use it."
            "Let the server that was asked first answer requests of script with status 401, and let the page send the person to the login.";
        AllowOriginMissingOnServerError = "allow-origin-missing-on-server-error", Server,
            "The server is failing: {server} answers {status}. CORS comes second: this answer does not allow {page} either."
            "The answer has no Access-Control-Allow-Origin, so script cannot see the status. Such errors often come from a proxy or a framework that leaves these headers out."
            "First find out why {server} answers {status}. Then let it send {lines} with error answers, too.";
        AllowOriginMissingOnError = "allow-origin-missing-on-error", Server,
            "Blocked: {server} answers with the error status {status}, and does not allow {page} to read that answer."
            "The answer has no Access-Control-Allow-Origin, so script cannot see the status. Errors often come from a proxy or a framework that leaves these headers out."
            "First find out why {server} answers {status}. Then let it send {lines} with error answers, too.";
        AllowOriginMissingInCache = "allow-origin-missing-in-cache", Server,
            "Blocked: the browser takes a stored answer of {server} from its cache, and that one does not allow {page}."
            "The stored answer has no Access-Control-Allow-Origin. Servers that send it only to requests with an Origin header get this, if they do not say that their answer depends on it."
            "Let {server} send {lines} and `Vary: Origin` with every answer of this URL. For a quick test, add something to the query of the URL.";
        AllowOriginOnlyOnPreflight = "allow-origin-only-on-preflight", Server,
            "Blocked: {server} allows {page} in its answer to the preflight, but not in the answer itself."
            "Both answers are checked, and the answer itself has no Access-Control-Allow-Origin."
            "Let {server} send {lines} with the answer to {method}, too.";
        AllowOriginMisspelt = "allow-origin-misspelt", Server,
            "Blocked: {answer} has no Access-Control-Allow-Origin, but it has `{name}`, which browsers do not know."
            "A header with any other name has no effect."
            "Let {server} send {lines} instead of `{name}`.";
        AllowOriginEmpty = "allow-origin-empty", Server,
            "Blocked: {answer} has an empty Access-Control-Allow-Origin, which allows nobody."
            "An empty value often comes from a setting that is not filled in, or from an origin that the server does not find in its list."
            "Let {server} send {lines}.";
        AllowOriginWildcardWithCredentials = "allow-origin-wildcard-with-credentials", Server,
            "Blocked: {answer} allows everybody (`*`), which does not count for a request with credentials."
            "The page asks with credentials (cookies and logins), and then the server has to name the one origin that may read the answer."
            "Let {server} send {lines}, the origin taken from a list of origins that it trusts, and `Vary: Origin`. If no cookies are needed, ask without credentials instead.";
        AllowOriginSeveralLines = "allow-origin-several-lines", Server,
            "Blocked: {answer} has Access-Control-Allow-Origin {count} times, and it may be there only once."
            "The browser joins the lines to `{value}`, which is not `{origin}`. Often the application and the proxy in front of it both add the header."
            "Let only one of them send it: {lines}.";
        AllowOriginRepeated = "allow-origin-repeated", Server,
            "Blocked: {answer} has the same value more than once in Access-Control-Allow-Origin, where only one may stand."
            "The browser compares the whole value `{value}` with `{origin}`. Often the application and the proxy in front of it both add the header, and something on the way joins the two."
            "Let only one of them send it: {lines}.";
        AllowOriginList = "allow-origin-list", Server,
            "Blocked: {answer} lists several origins in Access-Control-Allow-Origin, where only one may stand."
            "The browser compares the whole value `{value}` with `{origin}`, and takes no list."
            "Keep the list on the server, and send only the origin that asks: {lines}, with `Vary: Origin`.";
        AllowOriginNull = "allow-origin-null", Server,
            "Blocked: {answer} allows only the origin `null`, and the page's origin is `{origin}`."
            "`null` is the origin of pages without one of their own, such as sandboxed frames and local files. It does not mean \"none\"."
            "Let {server} send {lines}.";
        AllowOriginTaintedByRedirect = "allow-origin-tainted-by-redirect", Server,
            "Blocked: after redirects over several origins the browser sends the origin `null`, and {answer} does not allow that."
            "Once a redirect leads from one foreign origin to another, or back, the browser no longer says which page asks."
            "Request the final URL right away, or redirect within one origin. Where no credentials are needed, ask without them, and let {server} send `Access-Control-Allow-Origin: *`.";
        AllowOriginForPageWithout = "allow-origin-for-page-without", Page,
            "Blocked: the page has no origin of its own and sends `null`, and {answer} does not allow that."
            "Local files, data: URLs and sandboxed frames have the origin `null`."
            "Serve the page over http or https (without sandbox, or with allow-same-origin). Where no credentials are needed, ask without them, and let {server} send `Access-Control-Allow-Origin: *`.";
        AllowOriginTrailingSlash = "allow-origin-trailing-slash", Server,
            "Blocked: {answer} allows `{value}`, with a slash at the end, and the page's origin is `{origin}`."
            "An origin has no slash at the end, and the browser compares byte for byte."
            "Let {server} send {lines}.";
        AllowOriginPath = "allow-origin-path", Server,
            "Blocked: {answer} allows the URL `{value}`, and the page's origin is `{origin}`."
            "An origin is scheme, host and port only, and the browser compares byte for byte."
            "Let {server} send {lines}.";
        AllowOriginDefaultPort = "allow-origin-default-port", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is written `{origin}`."
            "The port that the scheme implies (80 for http, 443 for https) is never written in an origin, and the browser compares byte for byte."
            "Let {server} send {lines}.";
        AllowOriginCase = "allow-origin-case", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is written `{origin}`."
            "Upper and lower case count here: the browser compares byte for byte."
            "Let {server} send {lines}.";
        AllowOriginWrapped = "allow-origin-wrapped", Server,
            "Blocked: {answer} allows `{value}`, with something around the origin that does not belong there."
            "The browser compares the whole value, byte for byte, with `{origin}`."
            "Let {server} send {lines}.";
        AllowOriginWithoutScheme = "allow-origin-without-scheme", Server,
            "Blocked: {answer} allows `{value}`, without the scheme, and the page's origin is `{origin}`."
            "The scheme is part of an origin, and the browser compares byte for byte."
            "Let {server} send {lines}.";
        AllowOriginSpelling = "allow-origin-spelling", Server,
            "Blocked: {answer} allows `{value}`, which means the page's origin but is not written like it: `{origin}`."
            "The browser compares byte for byte. International names are written in their xn-- form."
            "Let {server} send {lines}.";
        AllowOriginPattern = "allow-origin-pattern", Server,
            "Blocked: {answer} allows `{value}`, and the browser knows no patterns."
            "`*` stands for all origins only where it stands alone."
            "Keep the pattern on the server, and send the origin that asks if it matches: {lines}, with `Vary: Origin`.";
        AllowOriginScheme = "allow-origin-scheme", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is `{origin}`: the scheme differs."
            "http and https are two origins."
            "Let {server} send {lines}.";
        AllowOriginPort = "allow-origin-port", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is `{origin}`: the port differs."
            "Each port is an origin of its own, and no port means 80 for http and 443 for https."
            "Let {server} send {lines}.";
        AllowOriginLoopback = "allow-origin-loopback", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is `{origin}`."
            "localhost, 127.0.0.1 and [::1] may be the same machine, but each is an origin of its own."
            "Let {server} send {lines}, or open the page under the name that is allowed.";
        AllowOriginWww = "allow-origin-www", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is `{origin}`: one has www, the other has not."
            "With and without www are two origins."
            "Let {server} send {lines}, or serve the page under one of the two names only.";
        AllowOriginSubdomain = "allow-origin-subdomain", Server,
            "Blocked: {answer} allows `{value}`, and the page's origin is `{origin}`: one is a subdomain of the other."
            "Each subdomain is an origin of its own."
            "Let {server} send {lines}.";
        AllowOriginOther = "allow-origin-other", Server,
            "Blocked: {answer} allows another origin, `{value}`, and the page's origin is `{origin}`."
            "The browser lets only the origin named there read the answer."
            "If this page may read it, let {server} send {lines}. If the value depends on who asks, it also needs `Vary: Origin`.";
        AllowOriginOtherInCache = "allow-origin-other-in-cache", Server,
            "Blocked: the browser takes a stored answer of {server} from its cache, and that one allows `{value}`, not `{origin}`."
            "It may have been stored for a request from another page: the answer does not say that it depends on the Origin header."
            "Let {server} send {lines} and `Vary: Origin` with every answer of this URL. For a quick test, add something to the query of the URL.";
        AllowOriginPlaceholder = "allow-origin-placeholder", Server,
            "Blocked: {answer} has `{value}` in Access-Control-Allow-Origin, which looks like a setting that was not filled in."
            "The browser compares it, byte for byte, with `{origin}`."
            "Find out why {server} puts nothing in its place, and let it send {lines}.";
        AllowOriginNoOrigin = "allow-origin-no-origin", Server,
            "Blocked: {answer} has `{value}` in Access-Control-Allow-Origin, which is not an origin."
            "The browser compares it, byte for byte, with `{origin}`."
            "Let {server} send {lines}.";

        // Access-Control-Allow-Credentials is not what it must be.
        AllowCredentialsMissing = "allow-credentials-missing", Server,
            "Blocked: {answer} allows {page}, but not with credentials."
            "The page asks with credentials (cookies and logins), and Access-Control-Allow-Credentials is missing."
            "Let {server} send {lines}, too. If no cookies are needed, ask without credentials instead.";
        AllowCredentialsMisspelt = "allow-credentials-misspelt", Server,
            "Blocked: {answer} allows {page}, but not with credentials: it has `{name}`, which browsers do not know."
            "A header with any other name than Access-Control-Allow-Credentials has no effect."
            "Let {server} send {lines} instead of `{name}`.";
        AllowCredentialsForNull = "allow-credentials-for-null", Page,
            "Blocked: {answer} allows the origin `null`, but not with credentials."
            "The browser sends `null` for a page without an origin of its own, and after redirects over several origins. Any page can make itself one that sends `null`, so a server should not allow it credentials."
            "Serve the page over http or https (without sandbox, or with allow-same-origin), and request the final URL right away.";
        AllowCredentialsOnlyOnPreflight = "allow-credentials-only-on-preflight", Server,
            "Blocked: {server} allows credentials in its answer to the preflight, but not in the answer itself."
            "Both answers are checked, and the answer itself has no Access-Control-Allow-Credentials."
            "Let {server} send {lines} with the answer to {method}, too.";
        AllowCredentialsCase = "allow-credentials-case", Server,
            "Blocked: {answer} has `Access-Control-Allow-Credentials: {value}`, and the value must be `true`, in lower case."
            "The browser compares byte for byte. Some languages write their booleans with a capital letter."
            "Let {server} send {lines}.";
        AllowCredentialsSeveralLines = "allow-credentials-several-lines", Server,
            "Blocked: {answer} has Access-Control-Allow-Credentials {count} times, and it may be there only once."
            "The browser joins the lines to `{value}`, which is not `true`. Often the application and the proxy in front of it both add the header."
            "Let only one of them send it: {lines}.";
        AllowCredentialsNotTrue = "allow-credentials-not-true", Server,
            "Blocked: {answer} has `Access-Control-Allow-Credentials: {value}`, and only `true` counts."
            "The page asks with credentials (cookies and logins), and the browser compares byte for byte."
            "If the page may read answers with credentials, let {server} send {lines}. If no cookies are needed, ask without credentials instead.";

        // The preflight's answer does not let the request go out.
        PreflightRedirectSlash = "preflight-redirect-slash", Page,
            "Blocked: {server} redirects the preflight (status {status}) to the same URL with or without a slash at the end."
            "A preflight may not be redirected."
            "Request {location} right away, or let {server} answer OPTIONS without a redirect.";
        PreflightRedirectScheme = "preflight-redirect-scheme", Page,
            "Blocked: {server} redirects the preflight (status {status}) from http to https."
            "A preflight may not be redirected."
            "Request {location} right away.";
        PreflightRedirectLogin = "preflight-redirect-login", Server,
            "Blocked: {server} redirects the preflight (status {status}) to what looks like a login page, {location}."
            "A preflight may not be redirected, and never carries cookies or logins, so it can never be logged in."
            "Let OPTIONS requests through before the login is checked, and answer them with status 204, and with {lines}.";
        PreflightRedirect = "preflight-redirect", Server,
            "Blocked: {server} redirects the preflight (status {status})."
            "A preflight may not be redirected."
            "Let {server} answer OPTIONS requests to this URL with status 204, and with {lines}, without a redirect.";
        PreflightUnauthorized = "preflight-unauthorized", Server,
            "Blocked: {server} wants a login for the preflight (status {status})."
            "A preflight never carries cookies or logins."
            "Let OPTIONS requests through before the login is checked, and answer them with status 204, and with {lines}.";
        PreflightForbidden = "preflight-forbidden", Server,
            "Blocked: {server} refuses the preflight (status {status})."
            "A preflight never carries cookies or logins."
            "Let OPTIONS requests through before access is checked, and answer them with status 204, and with {lines}.";
        PreflightNotFound = "preflight-not-found", Server,
            "Blocked: {server} knows nothing for OPTIONS at this URL (status {status})."
            "Only a status of 200 to 299 lets the request go out."
            "Let {server} answer OPTIONS requests to this URL with status 204, and with {lines}.";
        PreflightMethodNotAllowed = "preflight-method-not-allowed", Server,
            "Blocked: {server} does not take OPTIONS at this URL (status {status})."
            "Only a status of 200 to 299 lets the request go out."
            "Let {server} answer OPTIONS requests to this URL with status 204, and with {lines}.";
        PreflightServerError = "preflight-server-error", Server,
            "Blocked: {server} fails at the preflight (status {status})."
            "Only a status of 200 to 299 lets the request go out."
            "First find out why {server} answers OPTIONS with {status}. Then let it answer with status 204, and with {lines}.";
        PreflightStatus = "preflight-status", Server,
            "Blocked: {server} answers the preflight with status {status}."
            "Only a status of 200 to 299 lets the request go out."
            "Let {server} answer OPTIONS requests to this URL with status 204, and with {lines}.";
        PreflightNotTokens = "preflight-not-tokens", Server,
            "Blocked: the browser cannot read {header} in the preflight's answer: `{value}` is not a name."
            "The names in it are separated by commas, without quotes. One that cannot be read makes the whole header unreadable."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightMethodCase = "preflight-method-case", Page,
            "Blocked: the page sends the method `{method}`, and {server} allows `{value}`: upper and lower case count."
            "Only DELETE, GET, HEAD, OPTIONS, POST and PUT may be written in lower case; the browser changes no other method."
            "Write `{value}` in the script.";
        PreflightMethodListCase = "preflight-method-list-case", Server,
            "Blocked: the page sends the method `{method}`, and {server} allows `{value}`: upper and lower case count."
            "Methods are compared byte for byte."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightMethodWildcard = "preflight-method-wildcard", Server,
            "Blocked: {server} allows all methods by `*`, which does not count for a request with credentials."
            "With credentials (cookies and logins), every method has to be named."
            "Let {server} send {lines} with its answer to OPTIONS. If no cookies are needed, ask without credentials instead.";
        PreflightMethodsMisspelt = "preflight-methods-misspelt", Server,
            "Blocked: {server} does not allow {method}: the preflight's answer has `{name}`, which browsers do not know."
            "A header with any other name than Access-Control-Allow-Methods has no effect."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightMethodOnActual = "preflight-method-on-actual", Server,
            "Blocked: {server} allows {method} in the answer to the request itself, and not in its answer to the preflight."
            "Access-Control-Allow-Methods counts in the answer to OPTIONS alone, and that one does not have it."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightMethodsMissing = "preflight-methods-missing", Server,
            "Blocked: {server} does not allow {method}: the preflight's answer has no Access-Control-Allow-Methods."
            "Only GET, HEAD and POST need not be named there. The header Allow has no part in this."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightMethodNotListed = "preflight-method-not-listed", Server,
            "Blocked: {server} does not allow {method}: Access-Control-Allow-Methods in the preflight's answer does not name it."
            "The answer allows `{value}`."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeaderSimilar = "preflight-header-similar", Server,
            "Blocked: {server} does not allow the request header `{name}`; it allows `{value}`, which is another name."
            "Upper and lower case do not count, every other character does."
            "Let {server} send {lines} with its answer to OPTIONS, or use the name `{value}` in the script.";
        PreflightHeaderWildcard = "preflight-header-wildcard", Server,
            "Blocked: {server} allows all request headers by `*`, which does not count for a request with credentials."
            "With credentials (cookies and logins), every header that the page sets has to be named. The first that is not is `{name}`."
            "Let {server} send {lines} with its answer to OPTIONS. If no cookies are needed, ask without credentials instead.";
        PreflightHeaderOfResponse = "preflight-header-of-response", Page,
            "Blocked: the page sends `{name}` with the request, and {server} does not allow that."
            "The Access-Control-Allow-... headers belong in the answer of the server. In a request they have no effect but to make the browser ask first."
            "Remove `{name}` from the request.";
        PreflightHeadersMisspelt = "preflight-headers-misspelt", Server,
            "Blocked: {server} does not allow the request header `{name}`: the preflight's answer has `{value}`, which browsers do not know."
            "A header with any other name than Access-Control-Allow-Headers has no effect."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeaderOfLibrary = "preflight-header-of-library", Page,
            "Blocked: {server} does not allow the request header `{name}`, which {library} adds by itself."
            "The library adds it to follow a request from one server to the next. It needs permission, and servers of others rarely give it."
            "{setting} Or let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeaderRequestedWith = "preflight-header-requested-with", Page,
            "Blocked: {server} does not allow the request header `{name}`, which only says that script asks."
            "Some libraries add it by themselves. It needs permission, and few servers look at it."
            "Do not send it: without it, and without other reasons, there is no preflight at all. Or let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeaderExposed = "preflight-header-exposed", Server,
            "Blocked: {server} does not allow the request header `{name}`: it stands in Access-Control-Expose-Headers, which is about headers of answers."
            "Headers that a page may send have to be named in Access-Control-Allow-Headers, in the answer to OPTIONS."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeaderOnActual = "preflight-header-on-actual", Server,
            "Blocked: {server} allows the request header `{name}` in the answer to the request itself, and not in its answer to the preflight."
            "Access-Control-Allow-Headers counts in the answer to OPTIONS alone, and that one does not have it."
            "Let {server} send {lines} with its answer to OPTIONS.";
        PreflightHeadersMissing = "preflight-headers-missing", Server,
            "Blocked: {server} does not allow the request header `{name}`: the preflight's answer has no Access-Control-Allow-Headers."
            "A page may set such a header only if the server allows it by name."
            "Let {server} send {lines} with its answer to OPTIONS, or do not set the header.";
        PreflightHeaderNotListed = "preflight-header-not-listed", Server,
            "Blocked: {server} does not allow the request header `{name}`: Access-Control-Allow-Headers in the preflight's answer does not name it."
            "The answer allows `{value}`."
            "Let {server} send {lines} with its answer to OPTIONS, or do not set the header.";
        PreflightAuthorizationWildcard = "preflight-authorization-wildcard", Server,
            "Blocked: {server} allows request headers by `*`, which does not cover `authorization`."
            "Authorization has to be allowed by name. By the standard, that is: browsers have been seen to accept `*` for it."
            "Let {server} send {lines} with its answer to OPTIONS.";

        // Cross-Origin-Resource-Policy.
        CorpSameOrigin = "corp-same-origin", Server,
            "Blocked: {server} lets only pages of its own origin use this without CORS, and {page} is not one."
            "The answer has `Cross-Origin-Resource-Policy: same-origin`."
            "Let {server} send `Cross-Origin-Resource-Policy: cross-origin`, if every page may use it.";
        CorpSameSite = "corp-same-site", Server,
            "Blocked: {server} lets only pages of its own site use this without CORS, and {page} is not one."
            "The answer has `Cross-Origin-Resource-Policy: same-site`. A page over http does not count as of the site of a server over https."
            "Let {server} send `Cross-Origin-Resource-Policy: cross-origin`, if every page may use it.";
        CorpEmbedderPolicy = "corp-embedder-policy", Server,
            "Blocked: {page} takes from others only what they offer (Cross-Origin-Embedder-Policy), and {server} does not offer it."
            "The answer has no valid Cross-Origin-Resource-Policy."
            "Let {server} send `Cross-Origin-Resource-Policy: cross-origin`. Or load it with CORS: the attribute `crossorigin`, and {lines} from {server}.";

        // Every other way to end in a network error.
        BadPort = "bad-port", Server,
            "Blocked: browsers send no requests to port {port}."
            "The port belongs to another protocol, such as mail or chat."
            "Serve {server} on another port, such as 443, 8000 or 8080.";
        MixedContent = "mixed-content", Page,
            "Blocked: {url} is not secure (https), and the page, or one that embeds it, is."
            "A secure page may not fetch over an insecure connection (mixed content). This is checked before CORS."
            "Use an https URL.";
        ContentSecurityPolicy = "content-security-policy", Page,
            "Blocked: the page's own Content Security Policy does not allow {server}."
            "The page was served with rules that say what it may load. Nothing was sent."
            "Add {server} to the matching directive of the page's Content-Security-Policy, such as connect-src for fetch().";
        Preload = "preload-failed", Page,
            "Blocked: the earlier preload of {url} had failed, and nothing is sent again."
            "What a preload brought is used in place of a request, its failure too."
            "See why the preload (fetch {number}) failed, and mend that.";
        Module = "module-failed", Page,
            "Blocked: the module {url} had failed before in this document, and nothing is sent again."
            "This browser keeps it in the module map that the module failed, for whatever reason."
            "See why the earlier fetch ({number}) failed, and mend that. A page that is loaded anew asks again.";
        PreloadAsAnother = "preload-as-another", Page,
            "Nothing was sent: {url} is preloaded as something else already, and this browser makes no second preload of it."
            "What is preloaded is kept by its URL alone, whatever it is to be used for."
            "Preload it once (fetch {number} has), as what it is used for.";
        PreloadDenied = "preload-denied", Page,
            "Blocked: what an earlier preload of {url} brought is not for this page to read, and this browser holds on to that although it has asked again."
            "The preload was made without CORS, and its answer was looked at before anything was sent again."
            "Give the preload (fetch {number}) the same attribute crossorigin as what uses it.";
        IntegrityPolicy = "integrity-policy", Page,
            "Blocked: the page's own Integrity-Policy asks for integrity metadata, and there is none."
            "The page was served with a rule that scripts need the attribute integrity."
            "Add `integrity` to the element, or change the page's Integrity-Policy.";
        SameOriginMode = "same-origin-mode", Page,
            "Blocked: {server} is another origin than the page's, and this request may not leave the page's origin."
            "The mode is same-origin: script asked for it, or the element always uses it (<track>, workers)."
            "Use a URL of {page}. For fetch(), leave out `mode: \"same-origin\"`; for <track>, add `crossorigin` to the audio or video element; for a worker, load the script by importScripts() or import from a small script of your own.";
        NoCorsRedirectMode = "no-cors-redirect-mode", Page,
            "Blocked: mode no-cors to another origin must follow redirects."
            "With any other redirect mode, script could learn where the server redirects. Nothing was sent."
            "Leave out `redirect`, or leave out `mode: \"no-cors\"`.";
        SchemeNotHttp = "scheme-not-http", Page,
            "Blocked: {url} is neither http nor https, and no page can ask for it across origins."
            "CORS works over HTTP only. Nothing was sent."
            "Use an http or https URL. Serve local files by a small web server.";
        UrlWithoutScheme = "url-without-scheme", Page,
            "Blocked: the browser takes `{scheme}` in `{written}` for the scheme of the URL."
            "Without http:// or https:// in front, the host name before the colon is read as a scheme. Nothing was sent."
            "Write `http://{written}` (or https://).";
        ResponseMixedContent = "response-mixed-content", Page,
            "Blocked: the page is secure (https), and the answer came from an insecure URL."
            "A secure page may not use what came over an insecure connection (mixed content). A service worker gave this answer, or a redirect led there."
            "Use an https URL.";
        ResponseContentSecurityPolicy = "response-content-security-policy", Page,
            "Blocked: the page's own Content Security Policy does not allow the answer of {server}."
            "The policy is checked again when the answer is there."
            "Add {server} to the matching directive of the page's Content-Security-Policy.";
        MimeType = "mime-type", Server,
            "Blocked: {server} serves the script as something that is never a script."
            "Its Content-Type is `{value}`: audio, image, video or CSV."
            "Let {server} send `Content-Type: text/javascript`.";
        Nosniff = "nosniff", Server,
            "Blocked: {server} sends `X-Content-Type-Options: nosniff`, and its Content-Type does not fit what the page loads."
            "The Content-Type is `{value}`. With nosniff, a script has to be served as JavaScript, a style sheet as text/css."
            "Let {server} send the right Content-Type (`text/javascript`, `text/css`).";
        RangeNotRequested = "range-not-requested", Page,
            "Blocked: a service worker answered with a part of something of another origin, and the page had not asked for a part."
            "A piece of an unreadable answer could otherwise be passed off as the whole."
            "Let the service worker answer with the whole, or pass the Range header on.";
        IntegrityWithoutBody = "integrity-without-body", Page,
            "Blocked: the integrity value cannot be compared with an answer that has no body that the page may read."
            "A cross-origin answer without CORS counts as one without a body; so does the answer to HEAD, and status 204."
            "Load it with CORS (`crossorigin`, or mode cors), and let {server} send {lines}. Or leave out `integrity`.";
        Integrity = "integrity", Page,
            "Blocked: what {server} sent does not match the integrity value."
            "The content has changed since the value was computed, or the value is wrong."
            "Compute the value anew, after making sure that the new content is what you want.";
        Aborted = "aborted", Page,
            "Ended: script aborted the fetch."
            "This is no error of the server."
            "Nothing has to change if that was meant.";
        AboutUrl = "about-url", Page,
            "Blocked: of all about: URLs only about:blank can be fetched."
            "The URL is {url}."
            "Use another URL.";
        BlobUrl = "blob-url", Page,
            "Blocked: {url} cannot be fetched."
            "A blob: URL works with GET only, and only as long as it is registered."
            "Use GET, and call URL.revokeObjectURL() later.";
        BlobPartition = "blob-partition", Page,
            "Blocked: {url} belongs to another storage partition."
            "A blob: URL works only on pages under the same top-level site as the one that made it."
            "Pass the Blob itself, for instance by postMessage().";
        BlobRange = "blob-range", Page,
            "Blocked: the Range header does not fit the blob."
            "It does not parse, or it starts after the end."
            "Correct the `Range`, or leave it out.";
        DataUrl = "data-url", Page,
            "Blocked: the data: URL does not parse."
            "It needs a comma before the data, and valid base64 where it says base64."
            "Correct the URL.";
        FileUrl = "file-url", Page,
            "Blocked: a page cannot fetch file: URLs."
            "Files of the machine are closed to pages."
            "Serve the file by a small web server, and use its http URL.";
        UnknownScheme = "unknown-scheme", Page,
            "Blocked: the browser knows no way to fetch {url}."
            "Its scheme means nothing to the browser."
            "Use an http or https URL.";
        ServiceWorkerResponse = "service-worker-response", Page,
            "Blocked: the page's service worker answered with a kind of response that this request may not have."
            "An opaque response, for instance, can only answer a request of mode no-cors."
            "Let the service worker fetch with the mode and the redirect mode of the request.";
        CorsCheck = "cors-check", Server,
            "Blocked: {server} does not allow {page} to read its answer."
            "The CORS check failed."
            "Let {server} send {lines}.";
        Corp = "corp", Server,
            "Blocked: {server} does not let {page} use this."
            "Cross-Origin-Resource-Policy does not allow it."
            "Let {server} send `Cross-Origin-Resource-Policy: cross-origin`, if every page may use it.";
        RedirectModeError = "redirect-mode-error", Page,
            "Blocked: {server} redirects (status {status}), and the page asked for an error in that case."
            "The redirect mode is error."
            "Leave out `redirect: \"error\"`, or request the final URL.";
        Location = "location", Server,
            "Blocked: {server} redirects, and its Location does not parse as one URL."
            "The header Location is `{value}`."
            "Let {server} send one Location with a valid URL.";
        LocationScheme = "location-scheme", Server,
            "Blocked: {server} redirects to something that is neither http nor https."
            "The header Location is `{value}`."
            "Let {server} redirect to an http or https URL.";
        RedirectCount = "redirect-count", Server,
            "Blocked: there were more than 20 redirects."
            "Often two URLs redirect to each other."
            "Request the final URL, or mend the loop at {server}.";
        LocationCredentials = "location-credentials", Server,
            "Blocked: {server} redirects to a URL of another origin with a user name or a password in it."
            "With CORS, such a redirect is not followed."
            "Let {server} redirect to a URL without them.";
        LocationCredentialsTainted = "location-credentials-tainted", Server,
            "Blocked: {server} redirects to a URL with a user name or a password in it."
            "After a cross-origin answer, such a redirect is not followed."
            "Let {server} redirect to a URL without them.";
        StreamBodyRedirect = "stream-body-redirect", Page,
            "Blocked: {server} redirects (status {status}), and a streamed body cannot be sent again."
            "The browser does not keep what it streamed."
            "Request the final URL right away, or send a string or a Blob.";
        Keepalive = "keepalive", Page,
            "Blocked: the bodies of all keepalive requests under way have more than 64 KiB."
            "Requests that may outlive the page share this limit."
            "Send less at once, or leave out `keepalive`.";
        OnlyIfCached = "only-if-cached", Page,
            "Blocked: nothing is stored for this URL, and the page wants a stored answer only."
            "The cache mode is only-if-cached."
            "Use another cache mode, such as force-cache.";
        AuthenticationStream = "authentication-stream", Page,
            "Blocked: {server} wants a login (status 401), and a streamed body cannot be sent again."
            "The browser does not keep what it streamed."
            "Send the login in the first request, or send a string or a Blob.";
        ProxyAuthentication = "proxy-authentication", Network,
            "Blocked: a proxy wants a login (status 407), and nobody can be asked for it."
            "The page has no window in which the browser could ask."
            "Log in at the proxy by another page first.";
        Offline = "offline", Network,
            "Failed: there is no network."
            "This has nothing to do with CORS."
            "Connect the machine to the network, and try again.";
        Connection = "connection", Server,
            "Failed: no answer came from {server}."
            "The name was not found, the connection was refused or broken, the certificate is not trusted, or it took too long. This has nothing to do with CORS, but script cannot tell the two apart."
            "Open {url} in a tab of its own to see what is wrong.";
        ConnectionName = "connection-name", Network,
            "Failed: no server has the name in {url}."
            "The name was not found. This has nothing to do with CORS, but script cannot tell the two apart."
            "Correct the name in the URL. If it is right, look at the DNS, and at whether a blocker or the network hides the name.";
        ConnectionRefused = "connection-refused", Server,
            "Failed: {server} refused the connection."
            "Nothing listens there, or a firewall refuses. This has nothing to do with CORS, but script cannot tell the two apart."
            "Start the server, and make sure that the port in {url} is the one that it listens on.";
        ConnectionClosed = "connection-closed", Server,
            "Failed: {server} closed the connection without an answer."
            "Often a program crashed, or what listens there speaks another protocol (https on a port for http, or the other way round). This has nothing to do with CORS."
            "Look at the log of {server}, and make sure that the scheme and the port in {url} are right.";
        ConnectionCertificate = "connection-certificate", Server,
            "Failed: the browser does not trust the certificate of {server}."
            "So no request was sent, and there is no answer that CORS could be about. Script cannot tell the two apart."
            "Open {url} in a tab of its own to see what is wrong with the certificate. Mend it at {server}, or, for a server of your own on your machine, let your machine trust it.";
        LocalNetworkInsecure = "local-network-insecure", Page,
            "Blocked: {url} is on this machine or in the local network, and the page did not come over https."
            "This browser lets only secure pages ask for permission to reach these."
            "Serve the page over https.";
        LocalNetworkDenied = "local-network-denied", Network,
            "Blocked: {url} is on this machine or in the local network, and the page may not reach these."
            "The person who uses the browser has not given the permission."
            "Give the page the permission in the browser's settings for this site.";
        UrlCredentials = "url-credentials", Page,
            "Blocked: the URL {url} has a user name or a password, and this browser loads nothing from such a URL."
            "Only XHR, and elements that ask for CORS, may have one."
            "Leave the user name and the password out of the URL.";
        StreamNotSupported = "stream-not-supported", Page,
            "Failed: the body is a stream, which this browser cannot send."
            "Nothing was sent."
            "Send a string or a Blob.";
        Http1Stream = "http1-stream", Server,
            "Failed: a streamed body cannot be sent to {server} over HTTP/1."
            "Streams need HTTP/2 or HTTP/3."
            "Let {server} speak HTTP/2, or send a string or a Blob.";
        ClientCertificate = "client-certificate", Network,
            "Failed: {server} wants a client certificate, and nobody can be asked for one."
            "The page has no window in which the browser could ask, or sends no credentials."
            "Choose the certificate by opening {url} in a tab of its own first.";
        Malformed = "malformed", Server,
            "Failed: what {server} sent is not valid HTTP."
            "The browser could not read it. This has nothing to do with CORS."
            "Make sure that the scheme and the port in {url} are right, and that {server} speaks HTTP there.";
        Preflight = "preflight", Server,
            "Blocked: the answer of {server} to the preflight does not let the request go out."
            "Only an answer that allows the request lets it go out."
            "Let {server} answer OPTIONS requests to this URL with status 204, and with {lines}.";
    }

    lines {
        // Frames and fragments into which other texts go.
        Threw = "threw", "Nothing was sent: {api} {throws}, because {because}.";
        RejectsWith = "rejects-with", "rejects with a {error}";
        ThrowsError = "throws-error", "throws a {error}";
        FiresError = "fires-error", "fires an error event";
        DoesNothing = "does-nothing", "does nothing";
        PageWithOriginNull = "page-with-origin-null", "this page (its origin is null)";
        TheAnswer = "the-answer", "the answer of {server}";
        ThePreflightAnswer = "the-preflight-answer", "the answer of {server} to the preflight (OPTIONS)";
        TheRedirect = "the-redirect", "the redirect of {server} (status {status})";
        SameHeaders = "same-headers", "the same headers as now";
        HeaderLine = "header-line", "`{name}: {value}`";
        Name = "name", "`{name}`";
        Byte = "byte", "`{value}`";
        Comma = "comma", ", ";
        And = "and", " and ";
        LibrarySentry = "library-sentry", "Sentry";
        LibraryTraceContext = "library-trace-context", "a library for tracing (OpenTelemetry, Sentry or another)";
        LibraryNewRelic = "library-new-relic", "New Relic";
        LibraryDatadog = "library-datadog", "Datadog";
        LibraryApplicationInsights = "library-application-insights", "Application Insights";
        LibraryElastic = "library-elastic", "Elastic APM";
        LibraryB3 = "library-b3", "a library for tracing (Zipkin or OpenTelemetry)";
        LibraryJaeger = "library-jaeger", "a library for tracing (Jaeger)";
        LibraryXRay = "library-x-ray", "AWS X-Ray";
        LibraryDynatrace = "library-dynatrace", "Dynatrace";
        LibraryInstana = "library-instana", "Instana";
        SettingSentry = "setting-sentry", "Leave {server} out of Sentry's `tracePropagationTargets`.";
        SettingTraceContext = "setting-trace-context",
            "Leave {server} out of what the library adds it to (`propagateTraceHeaderCorsUrls` in OpenTelemetry, `tracePropagationTargets` in Sentry).";
        SettingDatadog = "setting-datadog", "Leave {server} out of Datadog's `allowedTracingUrls`.";
        SettingNewRelic = "setting-new-relic", "Leave {server} out of New Relic's `distributed_tracing.allowed_origins`.";
        SettingApplicationInsights = "setting-application-insights",
            "Add the host of {server} to `correlationHeaderExcludedDomains` of Application Insights.";
        SettingElastic = "setting-elastic", "Leave {server} out of Elastic's `distributedTracingOrigins`.";
        SettingOther = "setting-other", "Tell the library not to add it to requests to {server}.";
        OrAny = "or-any", " (or `*`, if every page may read it)";
        NotSent = "not-sent", "The request itself was not sent: first the browser asks by OPTIONS (a preflight).";
        WasSent = "was-sent", "The request was sent and answered; only the page does not get the answer.";
        StoredByFetch = "stored-by-fetch", " (stored by fetch {number})";
        Shortened = "shortened", "... ({length} bytes in all)";

        // What the APIs are called.
        ApiFetch = "api-fetch", "fetch()";
        ApiXhr = "api-xhr", "XMLHttpRequest";
        ApiImg = "api-img", "<img>";
        ApiMedia = "api-media", "<audio> or <video>";
        ApiScript = "api-script", "<script>";
        ApiStylesheet = "api-stylesheet", "<link rel=stylesheet>";
        ApiFont = "api-font", "@font-face";
        ApiTrack = "api-track", "<track>";
        ApiPreload = "api-preload", "<link rel=preload>";
        ApiImport = "api-import", "import()";
        ApiEventSource = "api-event-source", "new EventSource()";
        ApiBeacon = "api-beacon", "sendBeacon()";
        ApiWebSocket = "api-web-socket", "new WebSocket()";
        ApiWorker = "api-worker", "new Worker()";
        ApiImportScripts = "api-import-scripts", "importScripts()";
        ApiIframe = "api-iframe", "<iframe>";

        // What script sees of a network error.
        SeenByStreamFetch = "seen-by-stream-fetch", "fetch() rejects with a NotSupportedError.";
        SeenByFetch = "seen-by-fetch", "fetch() rejects with a TypeError that does not say why.";
        SeenByXhr = "seen-by-xhr", "The XMLHttpRequest fires error, and its status is 0.";
        SeenBySyncXhr = "seen-by-sync-xhr", "send() throws a NetworkError.";
        SeenByAbortedFetch = "seen-by-aborted-fetch", "fetch() rejects with an AbortError.";
        SeenByAbortedXhr = "seen-by-aborted-xhr", "The XMLHttpRequest fires abort, and its status is 0.";
        SeenByElement = "seen-by-element", "The element fires error, without details.";
        SeenByFont = "seen-by-font", "The font is not used.";
        SeenByImport = "seen-by-import", "import() rejects with a TypeError.";
        SeenByEventSource = "seen-by-event-source", "The EventSource fires error.";
        SeenByBeacon = "seen-by-beacon", "Script sees nothing of it: sendBeacon() has long returned.";
        SeenByWebSocket = "seen-by-web-socket", "The WebSocket fires error and close, with code 1006.";
        SeenByWorker = "seen-by-worker", "The Worker fires error.";
        SeenByImportScripts = "seen-by-import-scripts", "importScripts() throws a NetworkError.";
        SeenByIframe = "seen-by-iframe", "The frame shows an error page; script sees nothing of it.";
        SeenThrown = "seen-thrown", "{api} {throws}.";
    }
}

texts! {
    "What a line of the journey says: a step, a header, a note"
    LineId

    findings {}

    lines {
        ConsoleShowsOriginTwice = "console-shows-origin-twice",
            "Chromium's console shows the same origin twice here, because its message names the page's: redirects had led the request \
             from one foreign origin to another, and so it was sent with `Origin: {origin}`, which is not `{page}`.";
        NoteStored = "note-stored",
            "The stored answer is that of fetch {number}. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).";
        NoteStoredWithoutOrigin = "note-stored-without-origin",
            "The stored answer is that of fetch {number}, by {api}, which sent no `Origin`. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).";
        NoteStoredWithOrigin = "note-stored-with-origin",
            "The stored answer is that of fetch {number}, by {api}, which sent `Origin: {origin}`. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).";
        NoteStoredBefore = "note-stored-before",
            "The stored answer was there before. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).";
        NoteOrigins = "note-origins",
            "Two origins: scheme, host and port are compared. The page has `{page_scheme}`, `{page_host}`, `{page_port}`, and the URL has `{scheme}`, `{host}`, `{port}`.";
        NoteDefaultPort = "note-default-port",
            "One origin: {port} is the port that {scheme} implies, whether it is written or not.";
        NoteThroughProxy = "note-through-proxy",
            "{server} looks like a public CORS proxy: its URL has another one in it. It reads all that goes through, keys and cookies as well, and changes nothing at the server behind it. A proxy of your own, on the page's own origin, does without CORS.";
        NoteExtension = "note-extension",
            "These headers look like those of a browser extension: hardly any server lists `{method}` in an answer that is not one to a preflight. An extension changes the answers in this one browser, and helps nobody else.";
        UnusedAnswers = "unused-answers", "Not used: the last answers given, {count} of them, belong to no request of this fetch.";

        // Steps: before anything is sent.
        CallThrew = "call-threw", "{sentence}";
        DroppedForbidden = "dropped-forbidden", "The header `{name}` was dropped without a word: only the browser may set it.";
        DroppedNoCors = "dropped-no-cors", "The header `{name}` was dropped without a word: mode no-cors keeps only Accept, Accept-Language, Content-Language and Content-Type, and those only with simple values.";
        DroppedPrivileged = "dropped-privileged", "The header `{name}` was dropped without a word: in mode no-cors it does not outlast a change of the headers.";
        HeaderEditThrew = "header-edit-threw", "Change {number} of request.headers throws, because {because}. Script may have caught that.";
        MethodNormalized = "method-normalized", "The method `{from}` is sent as `{to}`.";
        ContentTypeImplied = "content-type-implied", "The body brings its own Content-Type: `{value}`.";
        UpgradedByPolicy = "upgraded-by-policy", "The URL becomes {url}: the page asks for that by upgrade-insecure-requests.";
        UpgradedMixedContent = "upgraded-mixed-content", "The URL becomes {url}: a secure page loads images, audio and video over https only.";
        UpgradedHsts = "upgraded-hsts", "The URL becomes {url}: the host is known to want https (HSTS).";
        BranchSameOrigin = "branch-same-origin", "The URL is of the page's own origin: CORS does not apply.";
        BranchData = "branch-data", "A data: URL counts as the page's own.";
        BranchNavigate = "branch-navigate", "A navigation or a WebSocket: CORS does not apply.";
        BranchSameOriginMode = "branch-same-origin-mode", "The URL is of another origin, and mode same-origin does not allow that.";
        BranchNoCors = "branch-no-cors", "Mode no-cors: the request goes out without asking, and script cannot read the answer.";
        BranchSchemeNotHttp = "branch-scheme-not-http", "The URL is neither http nor https, and across origins nothing else works.";
        BranchCorsWithPreflight = "branch-cors-with-preflight", "The URL is of another origin: CORS applies, and the server has to be asked first (a preflight).";
        BranchCors = "branch-cors", "The URL is of another origin: CORS applies. The request is one that may be sent without asking first.";
        PreflightRequired = "preflight-required", "The server has to be asked first, by OPTIONS (a preflight). {reasons}";
        ReasonMethod = "reason-method", "The method {method} is none of GET, HEAD and POST.";
        ReasonHeaderName = "reason-header-name", "The header `{name}` is none of those that need no permission.";
        ReasonHeaderTooLong = "reason-header-too-long", "The value of the header `{name}` has {length} bytes, and more than 128 need permission.";
        ReasonHeaderByte = "reason-header-byte", "The value of the header `{name}` has {byte} at position {number}, which needs permission.";
        ReasonNotMimeType = "reason-not-mime-type", "The Content-Type `{value}` is not a MIME type.";
        ReasonMimeType = "reason-mime-type", "The Content-Type `{value}` is none of the three that a form can send: application/x-www-form-urlencoded, multipart/form-data, text/plain.";
        ReasonNotRange = "reason-not-range", "The Range `{value}` is not a single range such as bytes=0-499.";
        ReasonRangeWithoutStart = "reason-range-without-start", "The Range `{value}` has no start.";
        ReasonNotClientHint = "reason-not-client-hint", "The client hint `{name}` may not be `{value}` without permission.";
        ReasonTotalTooLong = "reason-total-too-long", "The header `{name}` needs permission, because all simple headers together have {length} bytes in their values, and more than 1024 need it.";
        ReasonUploadListener = "reason-upload-listener", "A listener on xhr.upload was there before send().";
        ReasonStreamBody = "reason-stream-body", "The body is a stream.";
        ReasonPreflightBefore = "reason-preflight-before", "It needed a preflight before it was redirected.";
        PreflightCacheHit = "preflight-cache-hit", "An earlier preflight allows this request, so the browser need not ask again.";
        PreflightCacheMiss = "preflight-cache-miss", "No earlier preflight allows this request.";
        PreflightCacheMissMethod = "preflight-cache-miss-method", "No earlier preflight allows the method {method}.";
        PreflightCacheMissHeaders = "preflight-cache-miss-headers", "No earlier preflight allows {names}.";
        PreflightCacheMissBoth = "preflight-cache-miss-both", "No earlier preflight allows the method {method}, and none allows {names}.";
        PreflightCached = "preflight-cached", "What the preflight allows is remembered for {seconds} s (entries: {count}).";
        PreflightCacheCleared = "preflight-cache-cleared", "What earlier preflights allowed is forgotten, because the request failed (entries: {count}).";

        // Steps: on the wire.
        PreflightSent = "preflight-sent", "The browser asks: OPTIONS {url}.";
        RequestSent = "request-sent", "The request goes out: {method} {url}.";
        AnswerReceived = "answer-received", "The answer comes: status {status}.";
        InterimAnswer = "interim-answer", "An interim answer (status {status}) is passed over.";
        CredentialsInclude = "credentials-include", "Credentials (cookies, logins, client certificates) go along: credentials mode include.";
        CredentialsSameOrigin = "credentials-same-origin", "Credentials (cookies, logins, client certificates) go along: the request stays in the page's origin.";
        CredentialsSameOriginFirst = "credentials-same-origin-first", "Credentials go along: the request started at the page's own origin, and this browser does not ask where it went.";
        CredentialsCrossOrigin = "credentials-cross-origin", "No credentials (cookies, logins, client certificates): credentials mode same-origin, and the request is or was cross-origin.";
        CredentialsRedirectedBeacon = "credentials-redirected-beacon", "No credentials (cookies, logins, client certificates): a redirect led the beacon to another origin.";
        CredentialsOmit = "credentials-omit", "No credentials (cookies, logins, client certificates): credentials mode omit.";
        CredentialsPreflight = "credentials-preflight", "No credentials (cookies, logins, client certificates): a preflight never has any.";
        CredentialsCredentialless = "credentials-credentialless", "No credentials (cookies, logins, client certificates): the page's Cross-Origin-Embedder-Policy is credentialless.";
        OriginCors = "origin-cors", "Origin is `{value}`: with CORS it is always sent.";
        OriginWebSocket = "origin-web-socket", "Origin is `{value}`: with a WebSocket it is always sent.";
        OriginMethod = "origin-method", "Origin is `{value}`: it is sent with every method but GET and HEAD.";
        OriginReferrerPolicy = "origin-referrer-policy", "Origin is `{value}`: the referrer policy hides the page's origin.";
        OriginElement = "origin-element", "Origin is `{value}`: this browser sends it with every element that asks for CORS, to the page's own origin too.";
        OriginRedirected = "origin-redirected", "Origin is `{value}`: the request had one before the redirect, and this browser does not drop it.";
        OriginStorageAccess = "origin-storage-access", "Origin is `{value}`: this browser sends it with credentialed requests to the tab's site from a frame that counts as cross-site.";
        OriginNone = "origin-none", "No Origin is sent: without CORS, GET and HEAD have none.";
        CookieSent = "cookie-sent", "The cookie `{name}` goes along.";
        CookieSameSiteStrict = "cookie-same-site-strict", "The cookie `{name}` stays back: it is SameSite=Strict, and the request is cross-site.";
        CookieSameSiteLax = "cookie-same-site-lax", "The cookie `{name}` stays back: it is SameSite=Lax, and the request is cross-site and no top-level navigation.";
        CookieSameSiteDefault = "cookie-same-site-default", "The cookie `{name}` stays back: it has no SameSite, which counts as Lax, and the request is cross-site.";
        CookiePartition = "cookie-partition", "The cookie `{name}` stays back: this browser keeps apart what it has from third parties, for each site by itself.";
        CookieThirdParty = "cookie-third-party", "The cookie `{name}` stays back: cookies of third parties are blocked.";
        CookieSecure = "cookie-secure", "The cookie `{name}` stays back: it is Secure, and the URL is not.";
        CookiePath = "cookie-path", "The cookie `{name}` stays back: it is for another path.";
        CookieExpired = "cookie-expired", "The cookie `{name}` stays back: it has expired.";
        CookieStored = "cookie-stored", "The cookie `{name}` is stored, whether or not script may read the answer.";
        CookieRefusedSyntax = "cookie-refused-syntax", "Header line {number}, Set-Cookie, is not taken: it has no name and no value, a control character, or is too long.";
        CookieRefusedDomain = "cookie-refused-domain", "Header line {number}, Set-Cookie, is not taken: its Domain does not cover the server, or covers too much.";
        CookieRefusedThirdParty = "cookie-refused-third-party", "Header line {number}, Set-Cookie, is not taken: it would be a third party's cookie.";
        CookieRefusedSecure = "cookie-refused-secure", "Header line {number}, Set-Cookie, is not taken: Secure needs https.";
        CookieRefusedHidesSecure = "cookie-refused-hides-secure", "Header line {number}, Set-Cookie, is not taken: there is a Secure cookie of that name, and this answer came without https.";
        CookieRefusedSameSite = "cookie-refused-same-site", "Header line {number}, Set-Cookie, is not taken: the request is cross-site, and the cookie is not SameSite=None.";
        CookieRefusedNone = "cookie-refused-none", "Header line {number}, Set-Cookie, is not taken: SameSite=None needs Secure.";
        CookieRefusedPrefix = "cookie-refused-prefix", "Header line {number}, Set-Cookie, is not taken: it breaks what its prefix (__Secure- or __Host-) promises.";
        StoredUsed = "stored-used", "A stored answer is used, and nothing is sent{by}.";
        StoredUsedStale = "stored-used-stale", "A stored answer is used although it is stale, and nothing is sent{by}.";
        StoredRevalidating = "stored-revalidating", "There is a stored answer, and the server is asked whether it is still good{by}.";
        StoredValidated = "stored-validated", "The stored answer is still good (304), and is used with the new headers{by}.";
        StoredVaryMismatch = "stored-vary-mismatch", "There is a stored answer, but by its Vary it is not for this request{by}.";
        ResponseStored = "response-stored", "The answer is stored in the HTTP cache, whether or not script may read it.";
        ServiceWorkerAnswered = "service-worker-answered", "A service worker answers instead of the server: no preflight and no CORS check.";
        WouldPrompt = "would-prompt", "Here the browser may ask for a user name and a password. This goes on as if nobody answered.";
        Retried = "retried", "The request is sent once more over a new connection (status 421).";

        // Steps: what is made of an answer.
        CorsPassedWildcard = "cors-passed-wildcard", "CORS check passed: Access-Control-Allow-Origin is `*`, and the request has no credentials.";
        CorsPassedOrigin = "cors-passed-origin", "CORS check passed: Access-Control-Allow-Origin is the page's origin.";
        CorsPassedOriginNull = "cors-passed-origin-null", "CORS check passed: Access-Control-Allow-Origin is `null`, which the browser sent as Origin.";
        CorsPassedCredentials = "cors-passed-credentials", "CORS check passed: Access-Control-Allow-Origin is the origin that the browser sent, and Access-Control-Allow-Credentials is `true`.";
        CorsFailedMissing = "cors-failed-missing", "CORS check failed: there is no Access-Control-Allow-Origin.";
        CorsFailedWildcard = "cors-failed-wildcard", "CORS check failed: Access-Control-Allow-Origin is `*`, which does not count for a request with credentials.";
        CorsFailedMismatch = "cors-failed-mismatch", "CORS check failed: Access-Control-Allow-Origin is `{value}`, and must be `{origin}`.";
        CorsFailedCredentialsMissing = "cors-failed-credentials-missing", "CORS check failed: there is no Access-Control-Allow-Credentials, which a request with credentials needs.";
        CorsFailedCredentialsNotTrue = "cors-failed-credentials-not-true", "CORS check failed: Access-Control-Allow-Credentials is `{value}`, and must be `true`.";
        PreflightPassed = "preflight-passed", "The preflight's answer lets the request go out.";
        PreflightFailedStatus = "preflight-failed-status", "The preflight's answer has status {status}, and only 200 to 299 lets the request go out.";
        PreflightFailedTokens = "preflight-failed-tokens", "{header} in the preflight's answer cannot be read at `{value}`.";
        PreflightFailedMethod = "preflight-failed-method", "The preflight's answer does not allow the method {method}.";
        PreflightFailedMethodWildcard = "preflight-failed-method-wildcard", "The preflight's answer does not allow the method {method}: `*` does not count for a request with credentials.";
        PreflightFailedAuthorization = "preflight-failed-authorization", "The preflight's answer does not allow the header `authorization`.";
        PreflightFailedAuthorizationWildcard = "preflight-failed-authorization-wildcard", "The preflight's answer does not allow the header `authorization`: `*` does not cover it.";
        PreflightFailedHeader = "preflight-failed-header", "The preflight's answer does not allow the header `{name}`.";
        PreflightFailedHeaderWildcard = "preflight-failed-header-wildcard", "The preflight's answer does not allow the header `{name}`: `*` does not count for a request with credentials.";
        CorpPassed = "corp-passed", "Cross-Origin-Resource-Policy lets the page use the answer.";
        CorpFailedSameOrigin = "corp-failed-same-origin", "The answer is for its own origin only (`Cross-Origin-Resource-Policy: same-origin`).";
        CorpFailedSameSite = "corp-failed-same-site", "The answer is for its own site only (`Cross-Origin-Resource-Policy: same-site`).";
        CorpFailedEmbedder = "corp-failed-embedder", "The answer has no valid Cross-Origin-Resource-Policy, and the page's Cross-Origin-Embedder-Policy (`{value}`) asks for one.";
        TimingHidden = "timing-hidden", "The page cannot see timing details: Timing-Allow-Origin does not allow it.";
        Redirect = "redirect", "Redirect (status {status}) to {location}.";
        RedirectTainted = "redirect-tainted", "Redirect (status {status}) to {location}. The redirects lead from one foreign origin to another, or back: from here on Origin is `null`.";
        RedirectWithoutLocation = "redirect-without-location", "A redirect status without a Location is an ordinary answer.";
        MethodBecameGet = "method-became-get", "By the redirect the method becomes GET, and the body is dropped.";
        HeaderRemoved = "header-removed", "The header `{name}` is removed: the redirect leads to another origin.";
        HeaderRemovedWithBody = "header-removed-with-body", "The header `{name}` is removed together with the body.";
        ReferrerPolicyChanged = "referrer-policy-changed", "The redirect sets the referrer policy `{value}`.";
        ExposeNone = "expose-none", "There is no Access-Control-Expose-Headers: script sees the seven simple response headers only.";
        ExposeNames = "expose-names", "Access-Control-Expose-Headers shows more headers to script (names: {count}).";
        ExposeUnparsable = "expose-unparsable", "Access-Control-Expose-Headers cannot be read, so it shows nothing more to script.";
        FilteredBasic = "filtered-basic", "Script gets the whole answer, but for Set-Cookie.";
        FilteredCors = "filtered-cors", "Script gets the status, the body, and the headers that the server shows it.";
        FilteredDefault = "filtered-default", "Script gets the answer as the service worker made it.";
        FilteredError = "filtered-error", "Script gets an error.";
        FilteredOpaque = "filtered-opaque", "Script gets an opaque response: status 0, no headers, no body.";
        FilteredOpaqueRedirect = "filtered-opaque-redirect", "Script gets a response that only says that there was a redirect.";
        PreloadConsumed = "preload-consumed", "The answer of an earlier preload (fetch {number}) is used, and nothing is sent.";
        ImageReused = "image-reused", "The image is in the document's list of available images (from fetch {number}), and nothing is sent.";
        ModuleReused = "module-reused", "The module is in the document's module map (from fetch {number}), and nothing is sent.";
        StyleSheetReused = "style-sheet-reused", "The document has loaded the style sheet before (fetch {number}), and this browser sends nothing.";
        ResponseReused = "response-reused", "This browser has the response in memory that fetch {number} brought, an XMLHttpRequest, and sends nothing.";
        PreloadDiffersDestination = "preload-differs-destination", "The earlier preload (fetch {number}) does not fit: its attribute `as` names another kind.";
        PreloadDiffersMode = "preload-differs-mode", "The earlier preload (fetch {number}) does not fit: one was requested with CORS and the other without (attribute crossorigin).";
        PreloadDiffersCredentials = "preload-differs-credentials", "The earlier preload (fetch {number}) does not fit: one was requested with credentials and the other without (attribute crossorigin).";
        PreloadDiffersIntegrity = "preload-differs-integrity", "The earlier preload (fetch {number}) does not fit: the integrity value differs.";
        PreloadDiffersMethod = "preload-differs-method", "The earlier preload (fetch {number}) does not fit: preloads are made with GET.";
        PreloadDiffersHeaders = "preload-differs-headers", "The earlier preload (fetch {number}) does not fit: it has none of the headers that script has set.";
        PreloadDiffersSynchronous = "preload-differs-synchronous", "The earlier preload (fetch {number}) does not fit: this request is synchronous.";
        PreloadDiffersKeepalive = "preload-differs-keepalive", "The earlier preload (fetch {number}) does not fit: this request has `keepalive`.";
        PreloadDiffersFragment = "preload-differs-fragment", "The earlier preload (fetch {number}) does not fit: the URL has another fragment (what follows `#`).";
        PreloadDiffersCacheMode = "preload-differs-cache-mode", "The earlier preload (fetch {number}) does not fit: this request has another cache mode.";
        PreloadDiffersRedirectMode = "preload-differs-redirect-mode", "The earlier preload (fetch {number}) does not fit: this request has another redirect mode.";
        PreloadDiffersVary = "preload-differs-vary", "The earlier preload (fetch {number}) does not fit: its answer varies by something in which this request differs (Vary).";
        NetworkError = "network-error", "The fetch ends in a network error ({code}).";

        // What is left open.
        NotCheckedIntegrity = "not-checked-integrity", "Not checked: whether the content matches the integrity value. It is taken to match.";
        NotCheckedOrb = "not-checked-orb", "Not checked: Opaque Response Blocking, by which a browser may withhold data that is no image, media, script or style sheet.";
        NotCheckedLna = "not-checked-lna", "Not checked: Local Network Access, by which a browser may ask the person, or refuse, before a page reaches the local machine or network.";
        NotCheckedWebSocket = "not-checked-web-socket", "Not checked: whether the answer to the handshake is a valid one.";
        NotModelledDirective = "not-modelled-directive", "Not modelled: a line that names the directive of the Content Security Policy. The policy is not known.";
        NotModelledAddress = "not-modelled-address", "Not modelled: a line that names the address on the local network, which is not known.";
        NotModelledDigest = "not-modelled-digest", "Not modelled: a line that names the digest of the content, which is not known.";
        NotCheckedConsumer = "not-checked-consumer", "Not checked: whether the content is what its user needs (a font, a module, an event stream).";

        // Response headers.
        SeenSameOrigin = "seen-same-origin", "Readable: the answer is of the page's own origin.";
        SeenSafelisted = "seen-safelisted", "Readable: it is one of the seven that a page sees whenever it may read the answer.";
        SeenExposed = "seen-exposed", "Readable: Access-Control-Expose-Headers names it.";
        SeenExposedByWildcard = "seen-exposed-by-wildcard", "Readable: Access-Control-Expose-Headers is `*`, and the request has no credentials.";
        HiddenForbidden = "hidden-forbidden", "Hidden: no script ever sees it.";
        HiddenNotExposed = "hidden-not-exposed", "Hidden: Access-Control-Expose-Headers does not name it. To show it, let {server} send {lines}.";
        HiddenExposedOnPreflight = "hidden-exposed-on-preflight", "Hidden: only the preflight's answer names it in Access-Control-Expose-Headers, where that has no effect. To show it, let {server} send {lines} with the answer itself.";
        HiddenWildcardWithCredentials = "hidden-wildcard-with-credentials", "Hidden: `*` in Access-Control-Expose-Headers does not count for a request with credentials. To show it, let {server} send {lines}.";
        HiddenExposeUnparsable = "hidden-expose-unparsable", "Hidden: Access-Control-Expose-Headers cannot be read. To show it, let {server} send {lines}.";
        HiddenOpaque = "hidden-opaque", "Hidden: the answer is opaque, and script sees none of its headers.";
        HiddenNetworkError = "hidden-network-error", "Hidden: the fetch ended in a network error, of which script sees nothing.";
    }
}
