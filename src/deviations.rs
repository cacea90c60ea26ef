//! Where browsers differ from the standard: one row a difference.
//!
//! An algorithm asks `profile.has(Deviation::...)` at the one step that the row is about. Each row models a mechanism, and
//! names a recording of `tests/corpus` that comes out wrong without it, which a test checks.

use crate::profile::ProfileName;
use ProfileName::{Chromium, Firefox, Webkit};

/// How a deviation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Seen in the browser itself, in this recording of `tests/corpus`.
    Measured(&'static str),
    /// Read in the browser's source, which is named; no recording can show it.
    Source(&'static str),
}

macro_rules! deviations {
    ($($(#[doc = $what:literal])+ $variant:ident $name:literal [$($browser:ident),+] $stack:ident $known:expr, $see:literal;)+) => {
        /// A difference between browsers and the standard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Deviation {
            $($(#[doc = $what])+ $variant,)+
        }

        impl Deviation {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in tables and on command lines.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What is different, in a sentence or two.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => concat!($($what),+).trim_ascii(),)+ }
            }

            /// The browsers that have it.
            pub const fn browsers(self) -> &'static [ProfileName] {
                match self { $(Self::$variant => &[$($browser),+],)+ }
            }

            /// Whether it belongs to the network library of WebKitGTK, so that Safari need not have it.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$variant => Layer::$stack,)+ }
            }

            /// How it is known.
            pub const fn known(self) -> Known {
                match self { $(Self::$variant => $known,)+ }
            }

            /// Where to read on: the bug, or the discussion. Empty where none is known.
            pub const fn see(self) -> &'static str {
                match self { $(Self::$variant => $see,)+ }
            }
        }
    };
}

/// The part of a browser that deviates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The engine: every browser that is built on it has the deviation.
    Engine,
    /// The network library that WebKitGTK uses, libsoup: a browser with another one, such as Safari, need not have it.
    Libsoup,
}

impl Deviation {
    /// Whether the browser of this name has it.
    pub const fn is_of(self, name: ProfileName) -> bool {
        let browsers = self.browsers();
        let mut index = 0;
        while index < browsers.len() {
            if browsers[index] as u8 == name as u8 {
                return true;
            }
            index += 1;
        }
        false
    }
}

deviations! {
    /// `Access-Control-Allow-Headers: *` covers `Authorization` as well, in the answer to a preflight.
    AuthorizationUnderWildcard "authorizationUnderWildcard" [Chromium, Firefox, Webkit] Engine
        Known::Measured("acah/auth/omit/_*"), "https://github.com/whatwg/fetch/issues/1919";
    /// `fetch()` looks at the modes before anything else can refuse a request, such as its port or that it is mixed content: whether
    /// mode `same-origin` leaves the origin, and mode `no-cors` has another redirect mode than `follow`.
    ModesCheckedFirst "modesCheckedFirst" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/before-mixed/page-no-cors-error-http"), "";
    /// For mode `no-cors` with another redirect mode than `follow` that look does not spare `data:` URLs.
    DataUrlsHaveModes "dataUrlsHaveModes" [Webkit] Engine
        Known::Measured("own/modes-of-data/data-manual"), "";
    /// It looks at them even before the page's Content Security Policy.
    ModesBeforePolicy "modesBeforePolicy" [Firefox] Engine
        Known::Measured("own/csp/modes/same-origin-B"), "";
    // What calls for a preflight.
    /// Every byte from 0x80 up is a CORS-unsafe request-header byte.
    BytesBeyondAsciiUnsafe "bytesBeyondAsciiUnsafe" [Firefox] Engine
        Known::Measured("safelist-byte/accept/0x81"), "";
    /// A `Content-Type` is safelisted if nothing is left over behind its last parameter and no comma is in it; what the
    /// parameters are is not looked at, nor what stands between the type and the first semicolon.
    ContentTypeWithoutLeftovers "contentTypeWithoutLeftovers" [Firefox] Engine
        Known::Measured("content-type/xhr/text/plain;_;"), "";
    /// Client hints (`DPR`, `Width`, `Save-Data`, ...) whose values are valid are safelisted.
    ClientHintsSafelisted "clientHintsSafelisted" [Chromium] Engine
        Known::Measured("x-client-hint/cors/DPR/1"), "";
    /// `User-Agent` is a forbidden request-header: script cannot set it, and is not told.
    UserAgentForbidden "userAgentForbidden" [Chromium] Engine
        Known::Measured("header-name/fetch-cors/user-agent"), "https://crbug.com/571722";
    /// A `Range` with a number beyond 2^63 - 2 is not safelisted.
    RangeIn63Bits "rangeIn63Bits" [Chromium] Engine
        Known::Measured("range/fetch-cors/bytes=9223372036854775807-"), "";
    /// A `Range` with a number beyond 2^64 - 1 is not safelisted.
    RangeIn64Bits "rangeIn64Bits" [Firefox, Webkit] Engine
        Known::Measured("range/fetch-cors/bytes=18446744073709551616-"), "";
    /// A `Range` is safelisted with `bytes` in any case, and with plus signs before its numbers.
    RangeReadLoosely "rangeReadLoosely" [Webkit] Engine
        Known::Measured("range/fetch-cors/Bytes=0-1"), "";
    /// Header lines of one name become one line before anything asks whether they are safelisted.
    HeaderLinesJoined "headerLinesJoined" [Chromium, Webkit] Engine
        Known::Measured("safelist-len/dup/cors/Accept/2x64"), "";
    /// Safelisted headers may have more than 1024 bytes together.
    SafelistWithoutTotal "safelistWithoutTotal" [Firefox] Engine
        Known::Measured("own/row/safelist-total"), "";
    /// `Access-Control-Request-Headers` has a name as often as the request has lines of it.
    RequestHeadersRepeated "requestHeadersRepeated" [Firefox] Engine
        Known::Measured("rnd1/00340"), "";
    /// A listener on `xhr.upload` calls for a preflight only where the request has a body.
    UploadListenerNeedsBody "uploadListenerNeedsBody" [Chromium] Engine
        Known::Measured("x-xhr-upload/true/POST/(none)"), "";
    /// A listener on `xhr.upload` calls for a preflight only where the XHR is asynchronous.
    UploadListenerNeedsAsync "uploadListenerNeedsAsync" [Chromium, Webkit] Engine
        Known::Measured("xhr/up-true/POST/sync-true/star"), "";
    /// A preflight because of a listener on `xhr.upload` has to allow the method like any other: the absence of
    /// `Access-Control-Allow-Methods` does not.
    FlagImpliesNoMethod "flagImpliesNoMethod" [Chromium, Firefox, Webkit] Engine
        Known::Measured("rnd1/01335"), "";
    /// After redirects, the unsafe headers are still those that script set, although some of them are gone.
    UnsafeHeadersOfStart "unsafeHeadersOfStart" [Firefox, Webkit] Engine
        Known::Measured("redirect-headers/Authorization/AB/302"), "";
    /// A preflight after a redirect does not ask for the headers that this redirect has removed.
    RemovedHeadersNotAskedFor "removedHeadersNotAskedFor" [Firefox] Engine
        Known::Measured("redirect-headers/Authorization/A2A/302"), "https://bugzilla.mozilla.org/show_bug.cgi?id=1874132";
    /// A redirect loses the `User-Agent` that script set as long as all is in the page's own origin.
    UserAgentLostAtHome "userAgentLostAtHome" [Webkit] Engine
        Known::Measured("own/user-agent-redirected/fetch-AAB"), "";
    /// A header that a redirect has removed is there again after the next one, unless that removes it too.
    HeadersComeBack "headersComeBack" [Firefox] Engine
        Known::Measured("own/implied-type/fetch-PUT-303-hdr-0"), "";
    /// The same of the headers that describe a body, in cross-origin requests; but without the CORS protocol no longer once the
    /// request has lost its credentials to a redirect.
    BodyHeadersComeBack "bodyHeadersComeBack" [Webkit] Engine
        Known::Measured("own/implied-type/fetch-PUT-303-hdr-0"), "";
    /// The type that an XHR's body implies is asked for whatever redirects make of it, where it alone calls for a preflight; beside
    /// other headers it is asked for as long as it is sent.
    ImpliedTypeAskedFor "impliedTypeAskedFor" [Firefox] Engine
        Known::Measured("own/implied-type-alone/xhr-PUT-303-blob-0"), "";
    /// That type calls for a preflight as long as it is sent.
    ImpliedTypeUnsafeWhileSent "impliedTypeUnsafeWhileSent" [Firefox] Engine
        Known::Measured("own/body-type-redirected/xhr-blob-B-302"), "";
    /// After a redirect, the `Content-Type` of an XHR whose charset was changed has the value again that script has set.
    TypeAsSetAfterRedirect "typeAsSetAfterRedirect" [Firefox] Engine
        Known::Measured("own/charset-redirected/charset=é-A2-POST"), "";
    /// A request that needed a preflight needs one after each redirect, although its method may have become `GET`.
    PreflightOnceThenAlways "preflightOnceThenAlways" [Firefox, Webkit] Engine
        Known::Measured("redirect-method/303/DELETE/BB"), "";
    /// `sendBeacon` leaves the type of a `Blob` out that does not parse as a media type, and so needs no preflight for it.
    BeaconTypeParsed "beaconTypeParsed" [Chromium] Engine
        Known::Measured("content-type/beacon/text/plain,"), "";
    /// An XHR leaves the type of a `Blob` out that does not parse as a media type.
    XhrBlobTypeParsed "xhrBlobTypeParsed" [Chromium] Engine
        Known::Measured("own/extra/xhr-blob/0"), "";
    /// The same, but parameters that do not parse are no reason to.
    XhrBlobTypeParsedLoosely "xhrBlobTypeParsedLoosely" [Webkit] Engine
        Known::Measured("own/row/xhr-blob-type/nothing"), "";
    // How script's headers go out.
    /// Requests of `fetch()`, XHR and EventSource, and their preflights, have `Priority: u=4` where script sets none.
    PriorityOfScripts "priorityOfScripts" [Firefox] Engine
        Known::Measured("header-name/fetch-cors/priority"), "";
    /// A `Range` of one range is written anew where the HTTP cache could answer it.
    RangeWrittenAnew "rangeWrittenAnew" [Chromium] Engine
        Known::Measured("range/fetch-cors/bytes=0-1,"), "";
    /// Of several lines of `Content-Type`, `Authorization`, `User-Agent` and other headers that make sense once, the last is sent; of
    /// `Content-Type` beside a body and before redirects, the first.
    LastOfSingleHeaders "lastOfSingleHeaders" [Firefox] Engine
        Known::Measured("safelist-len/dup-ct/cors/text/plain+application/json"), "";
    /// The bytes of response headers are repaired to UTF-8; what script sees are still bytes, each as a character.
    HeaderBytesRepaired "headerBytesRepaired" [Webkit] Libsoup
        Known::Measured("own/header-bytes/mixed"), "";
    /// The characters of header values go out as UTF-8, and not each as its byte.
    HeaderValuesAsUtf8 "headerValuesAsUtf8" [Webkit] Libsoup
        Known::Measured("safelist-byte/accept/0x81"), "";
    /// A redirect removes client hints but `Save-Data`, unless it leads to the origin of the document, or the request is a
    /// keepalive one.
    ClientHintsForPageOnly "clientHintsForPageOnly" [Chromium] Engine
        Known::Measured("rnd1/00606"), "";
    /// A stream as the body is sent over `https` only, because only there HTTP/2 is negotiated; over `http` the request does not go out.
    StreamNeedsNegotiation "streamNeedsNegotiation" [Chromium] Engine
        Known::Measured("body/fetch/POST/cors/stream"), "";
    // How a preflight is made and judged.
    /// A preflight has the `User-Agent` that script set for the request.
    PreflightWithUserAgent "preflightWithUserAgent" [Webkit] Engine
        Known::Measured("header-name/fetch-cors/user-agent"), "";
    /// A preflight after a redirect shows the page's own origin, which the answer has to allow, where the request that
    /// follows says `null`. One to the page's own origin need not be allowed any.
    PreflightWithPageOrigin "preflightWithPageOrigin" [Firefox] Engine
        Known::Measured("redirect-pf2/BC/omit/second-exact"), "";
    /// The status of a preflight's answer is looked at before its `Access-Control-Allow-Origin`.
    PreflightStatusFirst "preflightStatusFirst" [Webkit] Engine
        Known::Source("WebKitGTK, Source/WebCore/loader/CrossOriginAccessControl.cpp, validatePreflightResponse: compared, the status is looked at before passesAccessControlCheck; script sees the same of both"), "";
    // What is remembered of preflights.
    /// The answer to a preflight is remembered as a whole, in place of an earlier one for the same URL, and forgotten as soon as
    /// it does not suffice for a request.
    PreflightKeptWhole "preflightKeptWhole" [Chromium, Webkit] Engine
        Known::Measured("x-pf-seq/headers/a-b-ab/echo"), "";
    /// Whatever an answer lists, `GET` and `POST` need no other while it is remembered, and `HEAD` does.
    PreflightKeptForGetAndPost "preflightKeptForGetAndPost" [Firefox] Engine
        Known::Measured("x-redirect-hdr/auth/POST/307/BA"), "";
    /// What a preflight with credentials allowed is of no use to a request without them.
    PreflightKeptByCredentials "preflightKeptByCredentials" [Firefox] Engine
        Known::Measured("pf-cache/list/first-include/second-same"), "";
    /// A `*` is remembered as a method or a name like any other, so that it never saves a preflight.
    PreflightWildcardLiteral "preflightWildcardLiteral" [Firefox] Engine
        Known::Measured("pf-cache/star/first-omit/second-same"), "";
    /// What a remembered `*` means is decided by the request that uses it, whoever asked for it; it covers `Authorization` too.
    PreflightWildcardByRequest "preflightWildcardByRequest" [Webkit] Engine
        Known::Measured("x-pf-seq/include-omit-same-origin-include/{{A}}/*"), "";
    /// The answer to a preflight is remembered although it did not allow the method or a header.
    PreflightKeptBeforeCheck "preflightKeptBeforeCheck" [Webkit] Engine
        Known::Measured("pf-cache/star-cred/first-include/second-ct-json"), "";
    /// `Access-Control-Max-Age` may have a sign; a negative one keeps nothing.
    MaxAgeWithSign "maxAgeWithSign" [Chromium, Webkit] Engine
        Known::Measured("max-age/same/-0"), "";
    /// An `Access-Control-Max-Age` that is neither empty nor digits keeps nothing, instead of 5 seconds.
    MaxAgeMalformedKeepsNothing "maxAgeMalformedKeepsNothing" [Firefox] Engine
        Known::Measured("max-age/same/abc"), "";
    /// Preflights are remembered for two hours at the most.
    PreflightKeptTwoHours "preflightKeptTwoHours" [Chromium] Engine
        Known::Source("Chromium, services/network/cors/preflight_result.cc, ParseAccessControlMaxAge: compared, kMaxTimeout is two hours; a recording would take as long"), "";
    /// Preflights are remembered for ten minutes at the most.
    PreflightKeptTenMinutes "preflightKeptTenMinutes" [Webkit] Engine
        Known::Source("WebKit, Source/WebCore/loader/CrossOriginPreflightResultCache.cpp, CrossOriginPreflightResultCacheItem::create: compared, maxPreflightCacheTimeout is 600 seconds; a recording would take as long"), "";
    /// A preflight after a redirect is remembered for the page's origin, whatever the redirects have done to it.
    PreflightKeptForPage "preflightKeptForPage" [Firefox] Engine
        Known::Measured("own/row/preflight-kept/direct"), "";
    /// What is remembered of a preflight counts for a URL whatever its user name and password are.
    PreflightKeptWithoutUserinfo "preflightKeptWithoutUserinfo" [Chromium] Engine
        Known::Measured("own/preflight-userinfo/none-up"), "";
    /// A page whose origin is opaque remembers preflights while a request lasts, through its redirects, and no longer.
    OpaqueOriginForgets "opaqueOriginForgets" [Chromium] Engine
        Known::Measured("pf-cache/ctx/sandbox"), "";
    /// An origin that a redirect made opaque is another one each time, and so remembers no preflights.
    TaintedOriginKeepsNoPreflight "taintedOriginKeepsNoPreflight" [Chromium, Webkit] Engine
        Known::Measured("rnd1/00545"), "";
    /// The cache modes `no-store` and `reload` ask by a preflight again.
    PreflightAskedOnReload "preflightAskedOnReload" [Firefox] Engine
        Known::Measured("pf-cache/wide/first-omit/second-cache-reload"), "";
    /// The cache modes `no-store`, `reload` and `no-cache` ask by a preflight again, and `no-store` does not remember the answer.
    PreflightAskedOnRevalidation "preflightAskedOnRevalidation" [Chromium] Engine
        Known::Measured("pf-cache/wide/first-omit/second-cache-nostore"), "";
    /// A network error makes the browser forget no preflights.
    PreflightNotForgotten "preflightNotForgotten" [Chromium, Webkit] Engine
        Known::Measured("pf-cache/invalidate/main-noacao"), "https://github.com/whatwg/fetch/issues/1101";
    /// Preflights for a URL are forgotten where a request to it gets no answer, one that fails the CORS check, or a redirect that
    /// leads nowhere, even if it had no preflight; other network errors make nothing forgotten.
    PreflightForgottenByCheck "preflightForgottenByCheck" [Firefox] Engine
        Known::Measured("rnd1/00955"), "https://github.com/whatwg/fetch/issues/1101";
    // What answers say.
    /// Blanks between a header's name and its colon are ignored, so that the header counts.
    BlanksAfterHeaderNames "blanksAfterHeaderNames" [Chromium] Engine
        Known::Measured("own/row/blank-after-name/origin"), "";
    /// An empty header line adds nothing to others of the same name, except to several `Access-Control-Allow-Origin` spelled so.
    EmptyLinesAddNothing "emptyLinesAddNothing" [Firefox] Engine
        Known::Measured("acac/main/include/{{A}}/dup:|true"), "";
    /// Where `Access-Control-Expose-Headers` has something that is no token, a `*` before it exposes everything to `fetch()`.
    ExposedUpToError "exposedUpToError" [Firefox] Engine
        Known::Measured("own/row/expose-up-to-error"), "";
    /// Several lines of `Content-Type` become one line with commas, and without the blanks after them.
    ContentTypeLinesJoinedTight "contentTypeLinesJoinedTight" [Firefox] Engine
        Known::Measured("own/row/content-type-lines"), "";
    // Redirects.
    /// Each status from 309 to 399 is a redirect status.
    EveryThreeHundredRedirects "everyThreeHundredRedirects" [Webkit] Libsoup
        Known::Measured("redirect-method/309/GET/BB"), "";
    /// A redirect to another origin makes `DELETE` a `GET`, whatever its status.
    DeleteBecomesGetElsewhere "deleteBecomesGetElsewhere" [Webkit] Libsoup
        Known::Measured("redirect-method/307/DELETE/BC"), "";
    /// Lines of `Location` that differ make an answer no answer at all, whatever its status and what it says of CORS; and so do lines
    /// of `Content-Disposition`.
    LocationLinesMayNotDiffer "locationLinesMayNotDiffer" [Chromium, Firefox] Engine
        Known::Measured("own/row/location-lines/differ-200"), "";
    /// A redirect whose `Location` does not parse is a network error before anything else is asked, such as the redirect mode or the
    /// CORS check.
    LocationParsedFirst "locationParsedFirst" [Chromium] Engine
        Known::Measured("own/bad-location/bad-manual-acao"), "";
    /// A redirect to an FTP URL is a network error before anything else is asked, such as the redirect mode or the CORS check.
    FtpRedirectsRefused "ftpRedirectsRefused" [Webkit] Engine
        Known::Measured("own/manual-location/ftp"), "";
    /// What an element asks for without CORS may be redirected to a `data:` URL. What is there is opaque.
    RedirectsToDataFollowed "redirectsToDataFollowed" [Webkit] Engine
        Known::Measured("own/data-redirect/A/script-0-plain"), "";
    /// Several lines of `Location` that say the same count as one.
    LocationLinesAlike "locationLinesAlike" [Chromium, Firefox] Engine
        Known::Measured("own/row/location-lines/alike"), "";
    /// Several lines of `Content-Disposition` that say the same count as one.
    DispositionLinesAlike "dispositionLinesAlike" [Firefox] Engine
        Known::Measured("rnd1/01772"), "";
    /// Several lines of `Location` are joined by commas.
    LocationLinesJoined "locationLinesJoined" [Webkit] Libsoup
        Known::Measured("redirect-loc/dup/{{B}}/{{ID}}/n|{{C}}/{{ID}}/n"), "";
    /// A relative `Location` of a cross-origin request under the CORS protocol does not inherit the user name and the password of the
    /// URL.
    RelativeWithoutUserinfo "relativeWithoutUserinfo" [Chromium] Engine
        Known::Measured("own/userinfo-relative/relative-GET"), "";
    /// An empty `Location` is none, so that script gets the redirect itself.
    EmptyLocationIsNone "emptyLocationIsNone" [Chromium] Engine
        Known::Measured("redirect-loc/cors/from-B/"), "";
    /// An empty `Location` is a network error.
    EmptyLocationFails "emptyLocationFails" [Webkit] Libsoup
        Known::Measured("redirect-loc/cors/from-B/"), "";
    /// Bytes of `Location` beyond ASCII are percent-encoded one by one.
    LocationEscapedBytes "locationEscapedBytes" [Chromium] Engine
        Known::Measured("redirect-loc/cors/from-B/{{C}}/{{ID}}/n?\\xe9"), "";
    /// Bytes of `Location` beyond ASCII, and controls, are percent-encoded one by one.
    LocationEscapedBytesAndControls "locationEscapedBytesAndControls" [Firefox] Engine
        Known::Measured("redirect-loc/cors/from-B/{{C}}/{{ID}}/n\\x01"), "";
    /// The bytes of `Location` are repaired to UTF-8, and then each of them counts as a character.
    LocationReadTwice "locationReadTwice" [Webkit] Libsoup
        Known::Measured("x-location/cors/n\\xc3\\xa9"), "";
    /// The CORS check of a redirect is made once more with the credentials that the first request had, when that went to the
    /// page's own origin in credentials mode `same-origin`.
    RedirectCheckedWithFirstCredentials "redirectCheckedWithFirstCredentials" [Webkit] Engine
        Known::Measured("x-star-hop/xhr/ABB/same-origin/*"), "https://bugs.webkit.org/show_bug.cgi?id=276364";
    /// A redirect from the page's own origin to a URL of another one with a user name or a password, or from a secure page to an
    /// insecure URL, is refused after the preflight for that URL, and where a synchronous XHR waits for it not at all.
    RedirectRefusedAfterPreflight "redirectRefusedAfterPreflight" [Webkit] Engine
        Known::Measured("rnd1/01911"), "";
    /// A redirect of a document's synchronous XHR keeps the `Referer` as it is, whatever the policy, and wherever it leads.
    SynchronousKeepsReferrer "synchronousKeepsReferrer" [Webkit] Engine
        Known::Source("seen in own/referer-down/..., where WebKitGTK sends the whole URL of a secure page to http; the comparison of recordings does not ask for the referrer"), "";
    // What elements make of a response.
    /// `window.onerror` sees an `Error` object that a script without CORS made and threw; only the engine's own errors, and
    /// values that are no `Error`, are muted.
    ErrorObjectsUnmuted "errorObjectsUnmuted" [Firefox] Engine
        Known::Measured("element/throwing/(none)/B/star"), "";
    // The `Origin` header.
    /// An element that asks for CORS (`crossorigin`, modules, fonts) sends `Origin` to the page's own origin as well.
    OriginOfElements "originOfElements" [Chromium, Webkit] Engine
        Known::Measured("x-star-hop/img/AB/include/*"), "";
    /// The referrer policy never hides the origin in `Origin`.
    OriginIgnoresReferrerPolicy "originIgnoresReferrerPolicy" [Chromium] Engine
        Known::Measured("origin-header/same-origin/POST/no-cors/B"), "";
    /// Without CORS a redirect keeps the `Origin` that the request had, and makes it `null` where it leads to another origin.
    /// One that changes the method drops it.
    OriginCarriedOrNull "originCarriedOrNull" [Chromium] Engine
        Known::Measured("origin-header/redir/POST/no-cors/AB"), "";
    /// Without CORS a redirect within an origin keeps the `Origin` that the request had, even where the method becomes GET.
    OriginCarriedWithinOrigin "originCarriedWithinOrigin" [Webkit] Engine
        Known::Measured("redirect-method/303/POST/AA"), "";
    /// A document that is cross-site to the tab's site only by the documents around it, or by being sandboxed, sends `Origin`
    /// with every credentialed request to that site: it goes with `Sec-Fetch-Storage-Access: inactive`.
    OriginWithStorageAccess "originWithStorageAccess" [Chromium] Engine
        Known::Measured("rnd1/01053"), "https://privacycg.github.io/storage-access-headers/";
    /// The same, over secure connections only, whatever the scheme of the tab is, and until a redirect leads to another origin.
    OriginWithStorageAccessIfSecure "originWithStorageAccessIfSecure" [Firefox] Engine
        Known::Measured("own/row/storage-access/sandbox/S"), "https://privacycg.github.io/storage-access-headers/";

    // What is fetched without HTTP, and without CORS.
    /// Fonts are fetched without CORS, and with credentials.
    FontsWithoutCors "fontsWithoutCors" [Webkit] Engine
        Known::Measured("element/font/(none)/B/none"), "https://bugs.webkit.org/show_bug.cgi?id=86817";
    /// `about:blank` is no response that could be fetched.
    AboutBlankRefused "aboutBlankRefused" [Chromium, Webkit] Engine
        Known::Measured("scheme/fetch-nocors/about:blank"), "";
    /// What `fetch()` gets from a `data:` URL has a `Content-Length`.
    DataUrlLength "dataUrlLength" [Firefox] Engine
        Known::Measured("scheme/fetch/data:text/plain,hi"), "";

    // Statuses.
    /// 407 from a server that is no proxy is a network error.
    ProxyAuthenticationRefused "proxyAuthenticationRefused" [Chromium] Engine
        Known::Measured("main-status/cors/407"), "";
    /// 407 is a response like any other where nobody can be asked for a password, such as in a worker.
    ProxyAuthenticationTaken "proxyAuthenticationTaken" [Firefox, Webkit] Engine
        Known::Measured("own/status-407/worker-main-A-B"), "";
    /// 101 is a response like any other, although nobody asked for another protocol.
    SwitchingProtocolsFinal "switchingProtocolsFinal" [Firefox] Engine
        Known::Measured("main-status/cors/101"), "";
    // Cookies.
    /// A document whose origin is opaque, such as a sandboxed frame, is cross-site to every site.
    SandboxedPageCrossSite "sandboxedPageCrossSite" [Chromium, Firefox] Engine
        Known::Measured("null-origin/api/sandbox/A/fetch"), "";
    /// A cookie without `SameSite` counts as `SameSite=None`, and needs no `Secure` for that.
    SameSiteDefaultsToNone "sameSiteDefaultsToNone" [Firefox, Webkit] Engine
        Known::Measured("null-origin/api/data/A/font"), "";
    /// Two URLs that differ in `http` and `https` are same-site where cookies are concerned.
    SameSiteSchemeless "sameSiteSchemeless" [Firefox, Webkit] Engine
        Known::Measured("own/row/schemeless/Strict"), "";
    /// `SameSite=None` needs no `Secure`.
    SameSiteNoneInsecure "sameSiteNoneInsecure" [Webkit] Libsoup
        Known::Source("seen in own/row/none-insecure, where the cookie goes out in WebKitGTK alone; the comparison of recordings asks only whether there are cookies"), "";
    /// Third parties have a jar of their own within each site of a tab.
    ThirdPartyCookiesPartitioned "thirdPartyCookiesPartitioned" [Firefox] Engine
        Known::Measured("null-origin/api/data/A2/fetch"), "";
    /// No cookie is taken whose domain is another than the host of the tab.
    ThirdPartyCookiesNotStored "thirdPartyCookiesNotStored" [Webkit] Libsoup
        Known::Measured("rnd1/00591"), "";
    /// Without CORS, credentials mode `same-origin` looks at the first URL only.
    NoCorsCredentialsByFirstUrl "noCorsCredentialsByFirstUrl" [Webkit] Engine
        Known::Measured("origin-header/redir/GET/no-cors/ABA"), "";
    // The HTTP cache.
    /// A redirect that is permanent (301, and 308 where that is kept at all) is fresh for ever, unless it says otherwise.
    PermanentStaysFresh "permanentStaysFresh" [Chromium, Webkit] Engine
        Known::Measured("rnd1/00833"), "";
    /// So is 410.
    GoneStaysFresh "goneStaysFresh" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/cache/gone"), "";
    /// How long a response stays fresh is estimated by its `Last-Modified` for 200, 203 and 206 only.
    EstimateForSuccess "estimateForSuccess" [Chromium] Engine
        Known::Measured("rnd1/00397"), "";
    /// So is 300.
    MultipleChoicesStayFresh "multipleChoicesStayFresh" [Chromium] Engine
        Known::Measured("rnd1/02410"), "";
    /// Responses of every status are kept, whether they say so or not, but those with 205.
    EveryStatusStored "everyStatusStored" [Chromium, Firefox] Engine
        Known::Measured("own/cache/status-500"), "";
    /// Nor is a 401 kept.
    UnauthorizedNotStored "unauthorizedNotStored" [Chromium] Engine
        Known::Measured("own/cache/status-401"), "";
    /// Which responses are kept their status decides: some always, some where they say how long they are fresh, and others never,
    /// among them 308.
    FewStatusesStored "fewStatusesStored" [Webkit] Engine
        Known::Measured("own/cache/status-308"), "";
    /// A kept response is asked about each time that it is wanted, however fresh it says it is, unless its status is 200, 203, 204, 206,
    /// a redirect's or 410; statuses from 300 to 399 that lead nowhere are not kept at all.
    OtherStatusesAskedAbout "otherStatusesAskedAbout" [Firefox] Engine
        Known::Measured("own/cache/status-404"), "";
    /// A redirect is kept only if it is followed.
    RedirectsKeptWhenFollowed "redirectsKeptWhenFollowed" [Firefox] Engine
        Known::Measured("rnd1/02136"), "";
    /// A redirect of the HTTP cache is used once in a fetch, so that a loop comes to its end.
    RedirectsUsedOnce "redirectsUsedOnce" [Firefox] Engine
        Known::Measured("own/loop/two-302-fresh"), "https://bugzilla.mozilla.org/show_bug.cgi?id=561276";
    /// A redirect to its own URL is not kept, unless it is permanent (301, 308).
    OwnRedirectsNotKept "ownRedirectsNotKept" [Firefox] Engine
        Known::Measured("own/loop/one-302-fresh"), "";
    /// A permanent redirect (301, 308) that came without security is kept in memory alone. What is fetched after it has come from
    /// there takes nothing from the disk, and makes the cache forget what is there.
    PermanentRedirectsInMemory "permanentRedirectsInMemory" [Firefox] Engine
        Known::Measured("own/permanent-version/direct"), "";
    /// An XHR with `POST` leaves the HTTP cache out, also after redirects.
    PostOfXhrUncached "postOfXhrUncached" [Firefox] Engine
        Known::Measured("own/after-post/xhr-303"), "";
    /// There is one response for a URL: what `Vary` has kept from a request is replaced by its answer.
    OneResponsePerUrl "oneResponsePerUrl" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/vary/fetch-default-fresh-none-aba-200"), "";
    /// What `Vary` keeps from a request is asked about all the same, by its `ETag` alone.
    VaryAskedByEtag "varyAskedByEtag" [Chromium, Firefox] Engine
        Known::Measured("own/vary/fetch-default-fresh-etag-aba-304"), "";
    /// `Vary: Cookie` selects by the cookies that there are once the response has set its own, and whether they are sent or not.
    VaryByCookiesOfNow "varyByCookiesOfNow" [Webkit] Engine
        Known::Measured("own/vary-cookie/fetch-set"), "";
    /// A redirect is kept for its URL with the fragment that it was asked for with.
    RedirectsKeptWithFragment "redirectsKeptWithFragment" [Webkit] Engine
        Known::Measured("own/cache/fragment"), "";
    /// Of the unsafe methods POST, DELETE and PATCH make the cache forget what it has of the URL, and PUT if it has a body.
    KnownMethodsInvalidate "knownMethodsInvalidate" [Chromium] Engine
        Known::Measured("own/cache/put"), "";
    /// A redirect is kept and used although the request has a `Range`.
    RedirectsKeptForRanges "redirectsKeptForRanges" [Chromium, Webkit] Engine
        Known::Measured("rnd1/02282"), "";
    /// What answers a request with a `Range` is kept if it is no part.
    WholeAnswersToRangesKept "wholeAnswersToRangesKept" [Chromium] Engine
        Known::Measured("own/range-key/with-without-200"), "";
    /// A part is cut out of a whole response that is kept, as 206; where that has to be asked about, the range is kept within it.
    PartsOfStored "partsOfStored" [Chromium] Engine
        Known::Measured("own/parts/fresh-0-1"), "";
    /// A request with `Range: bytes=0-` is one for the whole, as far as the HTTP cache goes.
    WholeRangeIgnored "wholeRangeIgnored" [Firefox] Engine
        Known::Measured("own/parts/all-fresh"), "";
    /// What answers a request with a `Range` is kept, also as 206, for requests with the very same.
    KeptByRange "keptByRange" [Webkit] Engine
        Known::Measured("own/range-key/same-206"), "";
    /// A 206 that no `Range` has asked for is kept like any other response.
    UnaskedPartsKept "unaskedPartsKept" [Firefox, Webkit] Engine
        Known::Measured("own/parts/unasked"), "";
    /// `Pragma: no-cache` counts in a response as well, like `Cache-Control: no-cache`.
    PragmaOfResponses "pragmaOfResponses" [Chromium, Firefox] Engine
        Known::Measured("own/response-pragma/pragma"), "";
    /// `Pragma` counts like `Cache-Control: no-cache`, in responses and in requests, wherever in it `no-cache` stands.
    PragmaSearched "pragmaSearched" [Webkit] Engine
        Known::Measured("own/request-no-cache/pragma-in"), "";
    /// `Connection` and its kind are kept in the HTTP cache.
    ConnectionHeadersKept "connectionHeadersKept" [Webkit] Engine
        Known::Measured("own/kept-status/300-None"), "";
    /// What elements load from third parties is in another HTTP cache than what `fetch()` and XHR load from them. To a document whose
    /// origin is opaque everybody is a third party.
    ElementsApart "elementsApart" [Firefox] Engine
        Known::Measured("own/image-cache/srcdoc-None-include"), "";
    /// An unsafe method makes the cache also forget what `Location` and `Content-Location` of its answer name, in the same origin.
    LocationsInvalidated "locationsInvalidated" [Firefox] Engine
        Known::Measured("own/location-forgotten/POST-A-A-Location"), "";
    /// A page whose origin is opaque has no HTTP cache.
    OpaqueOriginWithoutCache "opaqueOriginWithoutCache" [Chromium] Engine
        Known::Measured("own/row/opaque-cache"), "";
    /// A request whose `Range` is not of one range, or that is no `GET`, leaves the HTTP cache out, and its answer is not kept.
    OtherRangesBypass "otherRangesBypass" [Chromium] Engine
        Known::Measured("own/range-of-redirect/keep-two"), "";
    /// Only a stored response with status 200 is asked about by its validators; in place of any other, a new one is asked for.
    OkAskedAbout "okAskedAbout" [Chromium] Engine
        Known::Measured("own/asked-about/404-304"), "";
    /// Only a stored response with a status from 200 to 299 is asked about by its validators.
    SuccessAskedAbout "successAskedAbout" [Firefox] Engine
        Known::Measured("own/asked-about/404-304"), "";
    /// A stored redirect is not asked about by its validators.
    RedirectsNotAskedAbout "redirectsNotAskedAbout" [Webkit] Engine
        Known::Measured("own/asked-about/301-304"), "";
    /// An answer to the `If-Modified-Since` or `If-None-Match` of script takes the place of what is stored, or renews it, unless what is
    /// stored has another `Last-Modified` or `ETag`. One to `HEAD` can only renew it, and else makes the cache forget it.
    ConditionalUpdates "conditionalUpdates" [Chromium] Engine
        Known::Measured("own/conditional/second-If-None-Match-304"), "";
    /// A request that is conditional by itself leaves the HTTP cache out in every cache mode, and not in `default` alone.
    ConditionalPastCache "conditionalPastCache" [Chromium] Engine
        Known::Measured("own/conditional-modes/GET-im-force-cache-etag-200"), "";
    /// In the modes `no-cache`, `reload` and `force-cache` a request that is conditional by itself is sent as it is, and script gets the
    /// answer; a 304 renews what is stored all the same.
    ConditionsInModes "conditionsInModes" [Webkit] Engine
        Known::Measured("own/conditional-modes/GET-inm-x-force-cache-etag-304"), "";
    /// Where a stored response would have to be asked about, a request that is conditional by itself is sent as it is, and script gets
    /// the answer.
    ConditionsStand "conditionsStand" [Firefox] Engine
        Known::Measured("own/conditional-modes/GET-inm-e-no-cache-etag-304"), "";
    /// An XHR that is conditional by itself is one in cache mode `default` all the same, so that its answer is kept. It is not answered
    /// from the cache where it has `If-None-Match` or `If-Modified-Since`.
    ConditionalXhrCached "conditionalXhrCached" [Firefox] Engine
        Known::Measured("own/conditional-xhr/xhr-GET-fresh-other-first"), "";
    /// `fetch()` with `If-Match` is not answered from the HTTP cache in any cache mode.
    IfMatchBypasses "ifMatchBypasses" [Firefox] Engine
        Known::Measured("own/conditional-modes/GET-im-force-cache-etag-200"), "";
    /// In mode `reload` the cache forgets what it has also where the answer is 304.
    ReloadMakesAnew "reloadMakesAnew" [Firefox] Engine
        Known::Measured("own/reload-forgets/GET-none-reload-etag-304"), "";
    /// A request with `Cache-Control: no-cache` or `Pragma: no-cache` leaves the HTTP cache out, and asks without a condition.
    RequestNoCacheBypasses "requestNoCacheBypasses" [Chromium] Engine
        Known::Measured("own/row/no-cache-header/Pragma"), "";
    /// A request with `Cache-Control: no-store` does.
    RequestNoStoreBypasses "requestNoStoreBypasses" [Firefox] Engine
        Known::Measured("own/extra/request-cache/Cache-Control-no-store"), "";
    /// The answer to a request with `Cache-Control: no-store` is kept like any other.
    RequestNoStoreKept "requestNoStoreKept" [Chromium] Engine
        Known::Measured("own/no-cache-modes/plain/Cache-Control-no-store/default/first"), "";
    /// A response to `GET` that is not stored makes the cache forget what it has of the URL.
    UnstoredGetForgets "unstoredGetForgets" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/redirects-forget/ok-reload-302-no-store"), "";
    /// So does a response to any other method, such as `HEAD`.
    UnstoredForgets "unstoredForgets" [Webkit] Engine
        Known::Measured("own/extra/head-cache/cors/A"), "";
    /// A redirect makes the cache forget nothing, whatever asked for it: neither an unsafe method, nor by not being stored itself.
    RedirectsForgetNothing "redirectsForgetNothing" [Webkit] Engine
        Known::Measured("own/redirects-forget/ok-POST-302"), "";
    /// After a redirect that came from the network, the HTTP cache is not asked for its target.
    CacheNotAskedAfterRedirect "cacheNotAskedAfterRedirect" [Webkit] Engine
        Known::Measured("own/row/after-redirect"), "";
    /// A response that is not fresh and has neither `ETag` nor `Last-Modified` is not stored.
    OnlyReusableStored "onlyReusableStored" [Webkit] Engine
        Known::Measured("own/row/only-reusable/force-cache"), "";
    /// In cache mode `force-cache` also DELETE and PATCH are answered from the HTTP cache, and PUT if it has a body.
    ForceCacheForUnsafe "forceCacheForUnsafe" [Chromium] Engine
        Known::Measured("own/force-unsafe/DELETE"), "";
    /// `HEAD` may be answered from the HTTP cache.
    HeadFromCache "headFromCache" [Chromium] Engine
        Known::Measured("own/row/head-from-cache"), "";
    /// What answers `HEAD` is stored, for other `HEAD` requests.
    HeadStored "headStored" [Firefox] Engine
        Known::Measured("rnd1/00609"), "";
    /// Requests with credentials and requests without have caches of their own.
    CacheByCredentials "cacheByCredentials" [Firefox] Engine
        Known::Measured("cache-share/star/no-cors/then-cors-include/novary"), "";
    /// A request with an `Authorization` that script has set is answered from the cache unasked only where the stored response was
    /// asked for with the same.
    CacheByAuthorization "cacheByAuthorization" [Firefox] Engine
        Known::Measured("own/cache/authorization"), "";
    /// An unsafe method makes the cache forget what it has of the tab's own site, and of no other.
    OwnSiteInvalidated "ownSiteInvalidated" [Firefox] Engine
        Known::Measured("own/cache/put"), "";
    /// It does so whatever the status of the answer is.
    EveryStatusInvalidates "everyStatusInvalidates" [Firefox] Engine
        Known::Measured("own/who-forgets/A-POST-404"), "";
    /// In cache mode `no-store` an unsafe method makes the cache forget nothing.
    NoStoreForgetsNothing "noStoreForgetsNothing" [Chromium, Webkit] Engine
        Known::Measured("own/who-forgets/no-store-A-POST"), "";
    /// A response that fails the CORS check of a worker's `fetch()` is not kept in the HTTP cache.
    FailedOfSomeNotCached "failedOfSomeNotCached" [Firefox] Engine
        Known::Measured("own/cache/failed-in-worker"), "";
    /// In a document that came over plain HTTP, an `<img>` takes from the HTTP cache only what an `<img>` has put there. Others take that,
    /// too.
    PicturesOfPictures "picturesOfPictures" [Firefox] Engine
        Known::Measured("own/elements-cache/fetch-img-A"), "";
    /// Header lines without a value are lost in the HTTP cache.
    EmptyLinesNotCached "emptyLinesNotCached" [Firefox] Engine
        Known::Measured("own/cache/empty-line"), "";
    /// A response that fails the CORS check is kept in the HTTP cache where its type is `text/plain` or none and its body shorter
    /// than a kilobyte, but not that of a `fetch()`: it has been read to its end in order to guess the type, which `nosniff` forbids.
    FailedAfterSniffingCached "failedAfterSniffingCached" [Chromium] Engine
        Known::Measured("own/cache/failed-of-xhr"), "";
    /// A response that fails the CORS check is not kept in the HTTP cache.
    FailedNotCached "failedNotCached" [Chromium] Engine
        Known::Measured("cache-share/first-none/cors/then-cors-omit/vary"), "";
    /// A response that fails the CORS check, or is kept back by its `Cross-Origin-Resource-Policy`, leaves the HTTP cache as it is: it
    /// is not kept, and makes the cache forget nothing.
    FailedLeavesCache "failedLeavesCache" [Webkit] Engine
        Known::Measured("own/who-forgets/post-fails"), "";
    /// A script or a style sheet whose type is refused is not kept in the HTTP cache.
    RefusedTypesNotCached "refusedTypesNotCached" [Firefox] Engine
        Known::Measured("own/blocked-kept/A-None-image-png-0-script"), "";
    /// Nor is what is kept from images, media, scripts and style sheets without CORS.
    KeptBackNotCached "keptBackNotCached" [Chromium, Firefox] Engine
        Known::Measured("own/blocked-kept/S-None-text-csv-0-css"), "";
    /// Nor is a response that `Cross-Origin-Resource-Policy` keeps back, which takes the place of what was kept.
    BlockedNotCached "blockedNotCached" [Chromium] Engine
        Known::Measured("own/blocked/B/fetch"), "";
    /// A response that `Cross-Origin-Resource-Policy` keeps back leaves the HTTP cache as it is, but for a redirect, of which nothing
    /// stays there.
    BlockedLeavesCache "blockedLeavesCache" [Firefox] Engine
        Known::Measured("own/blocked/B/no-cache-404"), "";
    /// `no-cache` with names of fields counts for nothing.
    NoCacheOfFieldsIgnored "noCacheOfFieldsIgnored" [Chromium, Webkit] Engine
        Known::Measured("own/directives/no-cache-fields"), "";
    /// `no-store`, `no-cache` and `must-revalidate` count only as they are, and the first `max-age` that is a number, without quotes
    /// and with no blank before its `=`.
    DirectivesExact "directivesExact" [Chromium] Engine
        Known::Measured("own/directives/max-age-quoted"), "";
    /// The last `max-age` counts, by the digits that it starts with: as none, where there are no digits or more than fit into 32 bits.
    LastMaxAge "lastMaxAge" [Firefox] Engine
        Known::Measured("own/directives/max-age-600-0"), "";
    /// `max-age` may have a plus sign and a fraction, ends with a semicolon, and counts as none if it is no number then.
    MaxAgeAsDecimal "maxAgeAsDecimal" [Webkit] Engine
        Known::Measured("own/directives/max-age-plus"), "";
    /// Where `Age` is a list, its first element counts.
    FirstAgeOfList "firstAgeOfList" [Chromium] Engine
        Known::Measured("own/age/list"), "";
    /// `Age` is the number with which it begins, cut to 32 bits without a sign.
    AgeByBeginning "ageByBeginning" [Firefox] Engine
        Known::Measured("own/age/unit"), "";
    /// All lines of `Age` together are one number, which may have a sign, a fraction and an exponent.
    AgeAsDecimal "ageAsDecimal" [Webkit] Engine
        Known::Measured("own/age/exponent"), "";
    /// An `Expires` that is no date, but for `0`, counts as none: how long a response stays fresh is estimated.
    ExpiresUnreadIgnored "expiresUnreadIgnored" [Chromium, Webkit] Engine
        Known::Measured("own/expires/minus/last-modified"), "";
    /// `0` counts as none, too, and so do several lines, which are read as one.
    ExpiresZeroIgnored "expiresZeroIgnored" [Webkit] Engine
        Known::Measured("own/expires/zero/last-modified"), "";
    /// What a 304 says of the body (`Content-Type`, `Content-Location`, `Content-MD5`) or as `ETag` does not take the place of what
    /// is stored.
    NotModifiedKeepsType "notModifiedKeepsType" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/304/what-stays"), "https://github.com/httpwg/http-core/issues/165";
    /// Nor does its `X-Frame-Options`, its `X-XSS-Protection`, or anything whose name starts with `X-Content-` or `X-WebKit-`.
    NotModifiedKeepsPolicies "notModifiedKeepsPolicies" [Chromium, Webkit] Engine
        Known::Measured("own/304/what-stays"), "";
    /// Nor does anything whose name starts with `Content-`, but for a security policy, nor `Allow`, `Trailer` and `WWW-Authenticate`.
    NotModifiedKeepsContent "notModifiedKeepsContent" [Webkit] Engine
        Known::Measured("own/304/what-stays"), "";
    /// A 304 is the answer where the stored response has nothing that could be asked about.
    UnaskedNotModifiedTaken "unaskedNotModifiedTaken" [Chromium, Webkit] Engine
        Known::Measured("own/304/unasked"), "";
    /// A 304 that nobody asked for is a response like any other, and kept.
    NotModifiedStored "notModifiedStored" [Chromium] Engine
        Known::Measured("own/304/fresh"), "";
    /// The cache mode `only-if-cached` asks the server where nothing is stored.
    OnlyIfCachedAsksServer "onlyIfCachedAsksServer" [Webkit] Engine
        Known::Measured("cache-mode/wire/only-if-cached/same-origin/A"), "";

    // Elements and other APIs.
    /// HTML, XML, JSON and text that must not be guessed (`nosniff`) are kept from images, media, scripts and style sheets without
    /// CORS, before anything else is asked.
    DataKeptFromElements "dataKeptFromElements" [Chromium, Firefox] Engine
        Known::Measured("own/orb/nosniff-html"), "https://github.com/whatwg/fetch/issues/1755";
    /// So are archives, documents of offices, event streams and other types that no element could use, whether they may be guessed or not.
    NeverGuessedKept "neverGuessedKept" [Chromium, Firefox] Engine
        Known::Measured("own/never-guessed/application-zip"), "";
    /// But text is not.
    TextLeftToElements "textLeftToElements" [Firefox] Engine
        Known::Measured("own/orb/nosniff-text"), "https://bugzilla.mozilla.org/show_bug.cgi?id=1828375";
    /// What is kept from elements is kept from `fetch()` in mode `no-cors` as well, which gets an opaque response all the same.
    DataKeptFromFetch "dataKeptFromFetch" [Chromium] Engine
        Known::Measured("own/kept-back-fetch/A-text-csv-0-fetch-0"), "";
    /// A script loads with every status below 400.
    ScriptsLoadBelow400 "scriptsLoadBelow400" [Chromium, Webkit] Engine
        Known::Measured("rnd1/02499"), "";
    /// So does a module.
    ModulesLoadBelow400 "modulesLoadBelow400" [Webkit] Engine
        Known::Measured("own/below-400/module"), "";
    /// So does a font.
    FontsLoadBelow400 "fontsLoadBelow400" [Chromium, Webkit] Engine
        Known::Measured("own/below-400/font-310"), "";
    /// Whether the errors of a classic script are muted is decided by its last URL: what redirects have brought back to the page's
    /// origin is not muted.
    MutedByLastUrl "mutedByLastUrl" [Firefox] Engine
        Known::Measured("own/muted-after/308-0-14"), "";
    /// A style sheet fires `load` with every status below 400, and whatever its type is; of another type, it has no rules.
    StyleSheetsLoadAnyway "styleSheetsLoadAnyway" [Chromium] Engine
        Known::Measured("own/row/style-any/300-html"), "";
    /// A picture or a font may come with status 205, which has no body elsewhere.
    ResetContentHasBody "resetContentHasBody" [Webkit] Engine
        Known::Measured("own/body-of-205/img-205"), "";
    /// The type of a style sheet ends with the first comma, semicolon or blank; an empty one is as good as none.
    StyleSheetTypeFirst "styleSheetTypeFirst" [Webkit] Engine
        Known::Measured("own/extra/style-type/0"), "";
    /// An `EventSource` whose connection is lost does not try again.
    EventSourceGivesUp "eventSourceGivesUp" [Firefox] Engine
        Known::Measured("own/row/eventsource/drop"), "";
    /// What elements, `EventSource` and `sendBeacon()` ask for may have no user name and no password in its URL: `EventSource` fires
    /// `error`, `sendBeacon()` returns false. No redirect may lead to such a URL, but for those of XHR; those of keepalive requests
    /// are followed, and the answer is not taken.
    UserinfoRefused "userinfoRefused" [Chromium] Engine
        Known::Measured("url-userinfo/eventsource/http://u:p@b.test:8103/{{ID}}/m"), "";
    /// After too many redirects, one that leads nowhere or out of the network, status 407, and where the port is a bad one, an
    /// `EventSource` tries again, as after a lost connection.
    EventSourceTriesAgain "eventSourceTriesAgain" [Chromium] Engine
        Known::Measured("own/row/eventsource/loop"), "";
    /// A keepalive request of a document, such as that of `sendBeacon()`, is redirected 19 times at the most.
    KeepaliveRedirectedLess "keepaliveRedirectedLess" [Chromium] Engine
        Known::Measured("own/keepalive-limit/fetch-20"), "";
    /// After a redirect from the page's own origin that leads nowhere, an `EventSource` tries again.
    EventSourceTriesAgainAtHome "eventSourceTriesAgainAtHome" [Webkit] Engine
        Known::Measured("own/event-of-redirect/eventsource-A-bad"), "";
    /// An image and an `EventSource` fire no event where the fetch is cancelled: after a redirect to a bad port, and one whose
    /// `Location` is empty. Nor does an `EventSource` whose own URL has a bad port.
    CancelledWithoutEvents "cancelledWithoutEvents" [Webkit] Engine
        Known::Measured("own/empty-location/img-B-302"), "";
    /// `sendBeacon()` returns false where the port is a bad one.
    BeaconRefusesBadPort "beaconRefusesBadPort" [Firefox, Webkit] Engine
        Known::Measured("own/bad-port/beacon"), "";
    /// `sendBeacon()` returns false where the page's Content Security Policy blocks.
    BeaconRefusedByPolicy "beaconRefusedByPolicy" [Firefox] Engine
        Known::Measured("own/csp/connect/beacon"), "";
    /// A `FontFace` whose URL does not parse neither loads nor fails.
    FontsWithoutUrlWait "fontsWithoutUrlWait" [Firefox] Engine
        Known::Measured("own/bad-url/font"), "";
    /// `sendBeacon()` of what needs a preflight sends no credentials any more after a redirect to another origin.
    BeaconCredentialsEndAtRedirect "beaconCredentialsEndAtRedirect" [Webkit] Engine
        Known::Measured("own/redirected-beacon/json-A2-A"), "";
    /// `sendBeacon()` says in `Origin` which origin the referrer has, although the page's is opaque.
    BeaconOriginOfReferrer "beaconOriginOfReferrer" [Webkit] Engine
        Known::Measured("own/row/beacon-origin/sandbox"), "";

    /// A cross-origin request under the CORS protocol loses the user name and the password of its URL before it goes out: `responseURL`
    /// has none, nor has where a relative redirect leads, and preflights are remembered without.
    CorsDropsUserinfo "corsDropsUserinfo" [Webkit] Engine
        Known::Measured("url-userinfo/xhr/http://u@b.test:8103/{{ID}}/m"), "";

    // Preloads.
    /// While a preload is kept, another one of the same URL and kind asks for nothing, whatever its `crossorigin`; in WebKit only
    /// where both of what `fetch()` may use have one, or neither has.
    PreloadOnePerUrl "preloadOnePerUrl" [Chromium, Webkit] Engine
        Known::Measured("own/preload/fetch/two-preloads"), "";
    /// A preload is used whatever headers script has set, but for those that make a request conditional (`If-None-Match`). Nothing
    /// asks for a preflight then. Where several things do not fit, the credentials mode is what the console names.
    PreloadAnyHeaders "preloadAnyHeaders" [Chromium] Engine
        Known::Measured("own/preload/fetch/anonymous/header/x-a"), "";
    /// A preload is used by `fetch()` although script has set headers, if these are CORS-safelisted.
    PreloadSafelistedHeaders "preloadSafelistedHeaders" [Firefox] Engine
        Known::Measured("own/preload/fetch/anonymous/header/content-language"), "";
    /// A preload is used although script has set `Accept`, `Cache-Control`, `Pragma` or `User-Agent`.
    PreloadCacheHeaders "preloadCacheHeaders" [Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/header/cache-control"), "";
    /// A synchronous XHR uses no preload.
    PreloadNotSynchronous "preloadNotSynchronous" [Chromium, Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/xhr-sync"), "";
    /// A request with `keepalive` uses no preload.
    PreloadNotKeepalive "preloadNotKeepalive" [Chromium] Engine
        Known::Measured("own/preload/fetch/anonymous/keepalive"), "";
    /// A preload is used for a request with integrity metadata, which is compared with what it brought.
    PreloadWithIntegrity "preloadWithIntegrity" [Chromium, Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/integrity"), "";
    /// A preload fits by the `crossorigin` that the request has or would have: none for mode no-cors, whatever the credentials mode;
    /// under the CORS protocol `use-credentials` for credentials mode include, and `anonymous` for the two others.
    PreloadByCorsAttribute "preloadByCorsAttribute" [Firefox] Engine
        Known::Measured("own/preload/fetch/anonymous/omit"), "";
    /// What `fetch()` and XHR may use fits by whether cookies may go along, and not by the credentials mode.
    PreloadByCookies "preloadByCookies" [Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/omit"), "";
    /// `fetch()` uses a preload in cache mode default and redirect mode follow alone.
    PreloadByDefaultModes "preloadByDefaultModes" [Firefox] Engine
        Known::Measured("own/preload/fetch/anonymous/redirect-manual"), "";
    /// The cache modes no-store, reload and no-cache use no preload.
    PreloadNotPastCache "preloadNotPastCache" [Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/no-store"), "";
    /// A preload is one for its URL with the fragment.
    PreloadWithFragment "preloadWithFragment" [Firefox] Engine
        Known::Measured("own/preload/fetch/anonymous/fragment"), "";
    /// A module uses no preload of a script.
    PreloadNotForModules "preloadNotForModules" [Firefox] Engine
        Known::Measured("own/preload/script/anonymous/module"), "";
    /// `EventSource` uses no preload.
    PreloadNotForStreams "preloadNotForStreams" [Firefox, Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/eventsource"), "";
    /// Where something is preloaded already, another preload of its URL as another kind does nothing, and says nothing.
    PreloadOneForAllKinds "preloadOneForAllKinds" [Webkit] Engine
        Known::Measured("own/preload-as/script-image/second"), "";
    /// A preload is not used for what its response may differ for by `Vary`: the `Origin`, which only one of the two has, and what
    /// script has set. `*` keeps it from everything but another preload.
    PreloadByVary "preloadByVary" [Webkit] Engine
        Known::Measured("own/preload-vary/script/none-anonymous"), "";
    /// Where the response of a preload does not pass the CORS check that is due to a script or an image, that one asks again, but
    /// fails whatever it gets; a style sheet keeps its rules from script.
    PreloadDenialStays "preloadDenialStays" [Webkit] Engine
        Known::Measured("own/preload-anew/script/second-passes"), "";
    /// A preload is used as often as it fits, until `fetch()` or XHR ask for its URL in another way, or anything as another kind.
    PreloadKept "preloadKept" [Webkit] Engine
        Known::Measured("own/preload/fetch/anonymous/fetch"), "";
    /// An element uses what was preloaded without CORS, or with it, although it is to be loaded the other way: if the response passes
    /// the CORS check that is due then. Fonts are not checked. What is used without CORS `Cross-Origin-Resource-Policy` has to allow.
    PreloadCheckedAnew "preloadCheckedAnew" [Webkit] Engine
        Known::Measured("own/preload/script/none/anonymous"), "";
    /// What was preloaded with `crossorigin` from the page's own origin `fetch()` and XHR do not use: it was asked for with an
    /// `Origin`.
    PreloadByOriginHeader "preloadByOriginHeader" [Webkit] Engine
        Known::Measured("own/preload/same/fetch/anonymous/fetch"), "";
    /// The scripts of workers and worklets can be preloaded.
    PreloadOfWorkers "preloadOfWorkers" [Webkit] Engine
        Known::Measured("own/preload/as/worker"), "";
    /// The attribute `as` has to be in lower case, unless it is `fetch`.
    PreloadNameExact "preloadNameExact" [Webkit] Engine
        Known::Measured("own/preload/as/IMAGE"), "";
    /// A track cannot be preloaded, which is an error at once. Nothing is asked for either where `as` is `audio`, `video`, `json` or
    /// `text`, but the link counts as loaded.
    PreloadOddNames "preloadOddNames" [Firefox] Engine
        Known::Measured("own/preload/as/track"), "";
    /// The link of a preload that has gone to another origin fires `load` however it ended.
    PreloadLoadsAnyway "preloadLoadsAnyway" [Firefox] Engine
        Known::Measured("own/preload/fetch/cors-fails/fetch"), "";
    /// So does the link of a preload of a style sheet, or for `fetch()`, without CORS from a bad port.
    PreloadAtBadPortLoads "preloadAtBadPortLoads" [Firefox] Engine
        Known::Measured("own/preload-port/A-style-None-port"), "";
    /// Whether what is preloaded as a script has the type of one, only what uses it looks at.
    PreloadOfScriptsUntyped "preloadOfScriptsUntyped" [Chromium, Webkit] Engine
        Known::Measured("own/preload/script/none/img"), "";
    /// The same for style sheets.
    PreloadOfStylesUntyped "preloadOfStylesUntyped" [Webkit] Engine
        Known::Measured("own/preload/style/nosniff"), "";
    /// A preload of a style sheet whose type is refused is not kept: what needs it asks again.
    PreloadOfStylesDropped "preloadOfStylesDropped" [Chromium] Engine
        Known::Measured("own/preload-status/style-200-png-A-nosniff-used"), "";
    /// The link of a preload of a script, a style sheet or a font fires `error` where the status is 400 or more.
    PreloadOfCodeErrors "preloadOfCodeErrors" [Chromium, Webkit] Engine
        Known::Measured("own/preload/script/404"), "";
    /// The link of a preload fires `error` where the status is not 200 to 299, unless it is one of an image.
    PreloadNeedsOk "preloadNeedsOk" [Firefox] Engine
        Known::Measured("own/preload/fetch/404/fetch"), "";
    /// A preload of a script or a style sheet that came to nothing is not kept: what needs it asks again.
    PreloadOfCodeDropped "preloadOfCodeDropped" [Firefox] Engine
        Known::Measured("own/preload/script/anonymous/anonymous-no-acao"), "";
    /// A preload that brought a 304 is not used: what needs it asks again, or the HTTP cache.
    PreloadNotModifiedUnused "preloadNotModifiedUnused" [Chromium] Engine
        Known::Measured("own/preload-304/fetch-anonymous-plain"), "";
    /// A preload that the page itself refuses, because of a policy or of a user name in the URL, is not kept: what needs it asks
    /// again, or is refused by itself.
    PreloadRefusedDropped "preloadRefusedDropped" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/preload-refused/mixed-font-anonymous-anonymous"), "";
    /// Nor is one that it refuses at a redirect.
    PreloadRefusedLaterDropped "preloadRefusedLaterDropped" [Chromium, Webkit] Engine
        Known::Measured("own/preload-redirect/script-anonymous-mixed"), "";
    /// Nor is one that is refused before anything is sent for whatever other reason, or whose redirect leads where the page's process
    /// does not let it go: to a bad port or a scheme, or with a user name or a password, while that is not under the CORS protocol.
    /// The same holds for an image without a body.
    PreloadRedirectsChecked "preloadRedirectsChecked" [Webkit] Engine
        Known::Measured("own/preload-given-up/script/anonymous/own/user"), "";
    /// A preload is lost that a redirect has led to a URL with a fragment.
    PreloadLostAtFragment "preloadLostAtFragment" [Webkit] Engine
        Known::Measured("own/preload-fragment/script-302-f"), "";
    /// A font is preloaded under the CORS protocol and without credentials for other origins, whatever `crossorigin` says; but it is
    /// used only if that is there.
    PreloadOfFontsByCors "preloadOfFontsByCors" [Firefox] Engine
        Known::Measured("own/preload/font/none/font"), "";
    /// The link of a preload of an image fires `error` where there is no image, whatever the status.
    PreloadOfImagesLooked "preloadOfImagesLooked" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/preload/as/IMAGE"), "";

    // What a document keeps beside every cache.
    /// An image is looked for among the preloads before the document finds that it has it: one that does not fit is named each time.
    ReusedAfterPreloads "reusedAfterPreloads" [Chromium] Engine
        Known::Measured("own/document/image/preload-unused"), "";
    /// The response to an asynchronous XHR with `GET` stays in the document's memory, whatever its status, until anything else asks for
    /// its URL. XHR and `fetch()` use it while it is fresh, even where script has set `Cache-Control` or `Pragma`.
    XhrKeptInMemory "xhrKeptInMemory" [Webkit] Engine
        Known::Measured("own/memory/second/same"), "";
    /// An image of the document is found by its URL without the fragment, as it is after an upgrade, until anything else asks for that
    /// URL.
    ImagesOnePerUrl "imagesOnePerUrl" [Chromium, Webkit] Engine
        Known::Measured("own/document/image/fragment"), "";
    /// It stays there where what asks does not come into that memory: synchronous XHR, cache mode no-store, `EventSource` and
    /// conditional requests.
    ImagesReplacedInMemory "imagesReplacedInMemory" [Webkit] Engine
        Known::Measured("own/document/image/no-store-between"), "";
    /// A preload of an image that the document has asks for nothing.
    ImagesSparePreloads "imagesSparePreloads" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/document/image/preload-after"), "";
    /// Such a preload is not kept, so that what needs it otherwise is not compared with it.
    SparedPreloadsNotKept "sparedPreloadsNotKept" [Chromium] Engine
        Known::Measured("own/document/image/preload-after-other"), "";
    /// What was preloaded with `Cache-Control: no-store` one image alone gets; the next one asks.
    PreloadedOnceByNoStore "preloadedOnceByNoStore" [Chromium] Engine
        Known::Measured("own/document/image/preloaded-no-store"), "";
    /// A style sheet that the document has loaded it does not ask for again, by its URL and `crossorigin`, whatever the HTTP cache
    /// says; nor does a preload of it.
    StyleSheetsKept "styleSheetsKept" [Firefox] Engine
        Known::Measured("own/document/style/no-store"), "";
    /// A module that has failed has failed as long as the document is there.
    FailedModulesKept "failedModulesKept" [Firefox] Engine
        Known::Measured("own/document/module/denied"), "https://github.com/whatwg/html/pull/10327";

    // What else is in headers.
    /// A preflight has the `Cache-Control` and the `Pragma` that the cache mode gives the request.
    PreflightWithCacheMode "preflightWithCacheMode" [Firefox] Engine
        Known::Measured("acrh/fetch/cond/list"), "";
    /// The same, but a request that is conditional by itself counts as one in cache mode `no-cache`.
    PreflightWithOwnCacheMode "preflightWithOwnCacheMode" [Chromium] Engine
        Known::Measured("rnd1/00777"), "";
    /// XHR writes `UTF-8` in place of every `charset`, whatever it was, and leaves the rest of `Content-Type` as it is.
    CharsetReplacedInPlace "charsetReplacedInPlace" [Chromium] Engine
        Known::Measured("content-type/xhr/text/plain_charset=utf-8"), "";
    /// The blank that joining empty lines leaves at the end of a value is cut off.
    JoinedLinesTrimmed "joinedLinesTrimmed" [Chromium] Engine
        Known::Measured("own/joined/empty"), "";
    /// In mode no-cors the type that a body implies is sent, whatever it is.
    ImpliedTypeUnguarded "impliedTypeUnguarded" [Webkit] Engine
        Known::Measured("own/no-cors-type/blob-image-dropped"), "";
    /// In mode no-cors `headers.set()` is checked as if the new value joined the old one, like that of `append()`.
    SetCheckedLikeAppend "setCheckedLikeAppend" [Firefox] Engine
        Known::Measured("nocors-strip/set/POST/Content-Type:text/plain"), "";

    /// A header line whose name is no token is left out.
    OddNamesLeftOut "oddNamesLeftOut" [Chromium, Firefox, Webkit] Engine
        Known::Measured("own/extra/blank-names"), "";
    /// The `Content-Type` of an interim answer (1xx) stays, and that of the answer follows it.
    InterimTypeStays "interimTypeStays" [Firefox] Engine
        Known::Measured("own/extra/interim-headers/all"), "";

    // Connections.
    /// A status below 100 is no HTTP.
    StatusFrom100 "statusFrom100" [Webkit] Libsoup
        Known::Measured("pf-status/odd/main/99"), "";
    /// A request whose connection, used before, is lost is sent once more.
    LostConnectionTriedTwice "lostConnectionTriedTwice" [Chromium] Engine
        Known::Measured("pf-cache/invalidate/main-drop"), "";
    /// A `GET`, `HEAD`, `OPTIONS`, `PUT` or `DELETE` whose connection, used before, is lost is sent once more, even if there was an
    /// interim answer (1xx).
    LostConnectionTriedTwiceIfIdempotent "lostConnectionTriedTwiceIfIdempotent" [Webkit] Libsoup
        Known::Measured("own/lost/used/DELETE"), "";
    /// A safe request whose connection is lost is sent ten times at the most, and another one twice, if that had been used before.
    /// Where there was an interim answer (1xx), once.
    LostConnectionTriedTenTimes "lostConnectionTriedTenTimes" [Firefox] Engine
        Known::Measured("pf-cache/invalidate/main-drop"), "";
    /// Where a connection that had been used before is lost after an interim answer (1xx), the response is an empty one: status 200,
    /// and no headers.
    LostAfterInterimIsEmpty "lostAfterInterimIsEmpty" [Chromium] Engine
        Known::Measured("own/interim/100/used/no-cors"), "";
    /// A status may have more than three digits.
    StatusOfFourDigits "statusOfFourDigits" [Chromium] Engine
        Known::Measured("pf-status/odd/main/1000"), "";

    // Bodies.
    /// A `ReadableStream` as the body is sent as the text `[object ReadableStream]`.
    StreamBodyIsText "streamBodyIsText" [Firefox] Engine
        Known::Measured("body/fetch/POST/cors/stream"), "";
    /// A request whose body is a `ReadableStream` is made in mode `cors`, where `same-origin` was asked for as well.
    StreamBodyMakesCors "streamBodyMakesCors" [Chromium] Engine
        Known::Measured("own/stream-mode/same-origin-B-None"), "";
    /// `fetch()` of a request whose body is a `ReadableStream` rejects with a `NotSupportedError`, whatever its mode.
    StreamBodyNotSupported "streamBodyNotSupported" [Webkit] Engine
        Known::Measured("body/fetch/POST/no-cors/stream"), "";

    // Secure connections.
    /// A secure page may not load `http://localhost` and the like, but for images, audio and video.
    LocalhostIsMixedContent "localhostIsMixedContent" [Webkit] Engine
        Known::Measured("own/row/localhost-mixed/fetch"), "https://bugs.webkit.org/show_bug.cgi?id=171934";
    /// A URL is upgraded before a preload is looked for, and a preload is kept under the upgraded URL.
    UpgradeBeforePreload "upgradeBeforePreload" [Chromium, Webkit] Engine
        Known::Measured("own/mixed-preload/upgraded-image-then-element-plain"), "";
    /// Whether a redirect taints is decided by the URL that it leads to, before `upgrade-insecure-requests` makes that secure.
    TaintedBeforePolicyUpgrade "taintedBeforePolicyUpgrade" [Firefox] Engine
        Known::Measured("own/upgrade-requests/S/fetch-plain-redirected"), "";
    /// Whether a redirect taints is decided by the URL that it leads to, before mixed content is upgraded.
    TaintedBeforeMixedContentUpgrade "taintedBeforeMixedContentUpgrade" [Firefox, Webkit] Engine
        Known::Measured("own/mixed-preload/element-image-redirected-anonymous"), "";
    /// Whether mode `same-origin` leaves the origin is asked before the URL is upgraded, of what redirects lead to only where the
    /// response tainting is decided by then, too.
    SameOriginModeBeforeUpgrade "sameOriginModeBeforeUpgrade" [Chromium, Firefox] Engine
        Known::Measured("own/upgraded-to-own/same-origin"), "";
    /// The response tainting is decided before the URL is upgraded: a URL of the page's own origin counts as one of another. There is
    /// no CORS check and no preflight for it, as long as no redirect leads elsewhere. So is whether the referrer policy hides the
    /// origin.
    TaintingBeforeUpgrade "taintingBeforeUpgrade" [Firefox] Engine
        Known::Measured("own/upgraded-to-own/fetch"), "";
    /// Whether credentials of the same origin go is decided before the URL is upgraded, for elements that ask for CORS, `import()` and
    /// `EventSource`, but for fonts.
    CredentialsBeforeUpgrade "credentialsBeforeUpgrade" [Webkit] Engine
        Known::Measured("own/upgraded-to-own/img-anonymous"), "";
    /// An upgrade of the URL by `upgrade-insecure-requests` makes `Response.redirected` true.
    UpgradeIsRedirect "upgradeIsRedirect" [Firefox] Engine
        Known::Measured("own/upgrade-requests/S/fetch-plain"), "";
    /// `Response.url` of `fetch()` is the URL before its upgrade.
    ResponseUrlBeforeUpgrade "responseUrlBeforeUpgrade" [Chromium] Engine
        Known::Measured("own/upgrade-requests/S/fetch-plain"), "";
    /// A preflight to a host that is known to want HTTPS fails: the upgrade counts as a redirect.
    PreflightNotUpgraded "preflightNotUpgraded" [Chromium] Engine
        Known::Source("Chromium, net/url_request/url_request_http_job.cc, URLRequestHttpJob::Create, and services/network/cors/preflight_controller.cc, PreflightLoader::HandleRedirect: compared, the upgrade is a redirect with status 307, and every redirect of a preflight fails it; with the certificates of the recorder no host becomes known for HTTPS"),
        "https://github.com/whatwg/fetch/issues/324";

    // Local networks.
    /// A public page needs a permission to reach this machine or the local network, and has to have come securely.
    LocalNetworkNeedsPermissionSecurely "localNetworkNeedsPermissionSecurely" [Chromium] Engine
        Known::Measured("own/lna/granted/A/fetch"), "https://wicg.github.io/local-network-access/";
    /// A public page needs a permission to reach this machine or the local network.
    LocalNetworkNeedsPermission "localNetworkNeedsPermission" [Firefox] Engine
        Known::Measured("own/lna/denied/S/fetch"),
        "https://bugzilla.mozilla.org/show_bug.cgi?id=1481298";
    /// Nobody is kept from this machine or the local network.
    LocalNetworkOpen "localNetworkOpen" [Webkit] Engine
        Known::Source("seen in own/lna/denied/..., where WebKitGTK asks this machine; without this row the engine would say that it is not checked, which no recording shows"), "";
}
