//! Every finding, in one table: stable ids, severities, texts with named slots, and where the standards say it.
//!
//! A template says `{slot}` where a value goes, as in the catalogue of explanations. What stands between backticks in a rendered
//! text is exact.

use serde::{Serialize, Serializer};

use super::allow_list::HoleKind;
use super::cache_lane::{CacheHit, LaterKind};
use super::readers::ReaderKind;
use super::{FindingSeverity, FindingTopic};
use crate::network::Purpose;
use crate::trace::{CookieRefusal, CookieVerdict};

/// One table makes the enumeration, the stable ids, the texts, and the TypeScript type.
macro_rules! findings {
    ($($finding:ident = $id:literal, $topic:ident, $severity:ident, $link:literal, $title:literal $what:literal $why:literal $remedy:literal;)+) => {
        /// A finding, under its stable id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum FindingId {
            $(#[doc = concat!($title, "\n\n```text\n", $what, "\n```")] $finding,)+
        }

        impl FindingId {
            /// Every finding, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$finding,)+];
        }

        // NB: ids and entries are in the order of the variants, and as many, because one table makes all three. Ids stand
        // apart, so that who only writes them does not bring the texts along.
        const IDS: &[&str] = &[$($id,)+];
        const ENTRIES: &[Entry] = &[
            $(Entry {
                page: concat!("docs/findings/", $id, ".md"),
                topic: FindingTopic::$topic,
                severity: FindingSeverity::$severity,
                link: $link,
                title: $title,
                what: $what,
                why: $why,
                remedy: $remedy,
            },)+
        ];

        #[cfg(feature = "page")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const FINDING_TYPE: &str =
            concat!("/** A finding, by its stable id. */\nexport type FindingId =", $("\n  | \"", $id, "\"",)+ ";\n");
    };
}

impl Serialize for FindingId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// What the table has under an id.
struct Entry {
    page: &'static str,
    topic: FindingTopic,
    severity: FindingSeverity,
    link: &'static str,
    title: &'static str,
    what: &'static str,
    why: &'static str,
    remedy: &'static str,
}

impl FindingId {
    const fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }

    /// The stable id, such as `vary-origin-missing`.
    pub const fn id(self) -> &'static str {
        IDS[self as usize]
    }

    /// The finding with this id.
    ///
    /// ```
    /// use corscope::findings::FindingId;
    ///
    /// assert_eq!(FindingId::parse("vary-origin-missing"), Some(FindingId::VaryOriginMissing));
    /// assert_eq!(FindingId::parse("VaryOriginMissing"), None);
    /// ```
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|finding| finding.id() == id)
    }

    /// Its page in the documentation, as a path in the repository.
    pub const fn page(self) -> &'static str {
        self.entry().page
    }

    /// What it is about.
    pub const fn topic(self) -> FindingTopic {
        self.entry().topic
    }

    /// How much it matters.
    pub const fn severity(self) -> FindingSeverity {
        self.entry().severity
    }

    /// Where a standard says it.
    pub const fn link(self) -> &'static str {
        self.entry().link
    }

    /// Its name, for people.
    pub const fn title(self) -> &'static str {
        self.entry().title
    }

    /// What was found: a template.
    pub(super) const fn what(self) -> &'static str {
        self.entry().what
    }

    /// Why it matters: a template.
    pub(super) const fn why(self) -> &'static str {
        self.entry().why
    }

    /// What to do: a template.
    pub(super) const fn remedy(self) -> &'static str {
        self.entry().remedy
    }
}

findings! {
    // Security: who else can read it.
    AnyOriginWithCredentials = "any-origin-with-credentials", Security, Error, "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
        "Any origin, with credentials"
        "{server} lets `{origin}` read its answers with credentials, and nobody has a reason to list that origin."
        "With credentials the answer is that of the person who is logged in. A server that repeats whatever origin asks gives it to every page that the person opens."
        "Compare the whole Origin with a list, and send Access-Control-Allow-Origin and Access-Control-Allow-Credentials to the origins on it only.";
    AnyOrigin = "any-origin", Security, Info, "https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
        "Any origin, without credentials"
        "{server} lets `{origin}` read its answers, and nobody has a reason to list that origin."
        "Without credentials this is as good as `*`: every page can read what the server gives to everybody who can reach it."
        "If everybody may read it, send `Access-Control-Allow-Origin: *`, which is plainer and needs no Vary. If not, compare the whole Origin with a list.";
    NullOriginWithCredentials = "null-origin-with-credentials", Security, Error, "https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
        "The origin null, with credentials"
        "{server} allows the origin `null`, with credentials."
        "`null` is nobody in particular: every page can make a sandboxed frame whose origin is `null`, and read what the person who is logged in may read."
        "Never allow `null`. Serve the page that needs the answer from an origin of its own, and list that.";
    NullOrigin = "null-origin", Security, Warning, "https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
        "The origin null"
        "{server} allows the origin `null`."
        "`null` is nobody in particular: every page can make a sandboxed frame whose origin is `null`. So this lets everybody read, and looks as if it did not."
        "If everybody may read it, send `Access-Control-Allow-Origin: *`. If not, never allow `null`.";
    LookAlikeOrigin = "look-alike-origin", Security, Warning, "https://html.spec.whatwg.org/multipage/browsers.html#concept-origin",
        "An origin that only looks alike"
        "{server} allows `{origin}`, which looks like `{site}`, and is another site."
        "A check that looks at the start, the end or the middle of the origin lets in names that anybody can register."
        "If that origin is not yours, compare the whole Origin with a list.";
    InsecureOriginWithCredentials = "insecure-origin-with-credentials", Security, Error, "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy",
        "An http origin, with credentials"
        "{server} is asked by https, and lets the http page `{origin}` read its answers with credentials."
        "Whoever is on the way to that page (a wireless network, for instance) can put a script into it, which then reads what https was to protect."
        "Serve the page by https, and allow only its https origin.";
    LocalOriginWithCredentials = "local-origin-with-credentials", Security, Info, "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy",
        "This machine's origin, with credentials"
        "{server} lets `{origin}`, a page of the person's own machine, read its answers with credentials."
        "That is often a leftover of development. Whatever program listens on that port of a person's machine can then read what the person may read."
        "Allow such origins on the server for development only.";
    WideMethods = "wide-methods", Security, Info, "https://fetch.spec.whatwg.org/#http-access-control-allow-methods",
        "More methods than needed"
        "The preflight's answer allows {allowed}, and the request asks for {method} only."
        "What is allowed and not needed helps nobody but those who look for a method that was forgotten."
        "List the methods that this URL takes, besides GET, HEAD and POST, which need no listing.";
    WideHeaders = "wide-headers", Security, Info, "https://fetch.spec.whatwg.org/#http-access-control-allow-headers",
        "More request headers than needed"
        "The preflight's answer allows {allowed}, and the request asks for {names}."
        "What is allowed and not needed may reach code that trusts it, such as headers that only a proxy should set."
        "List the headers that the server reads.";
    WildcardOnPrivateNetwork = "wildcard-on-private-network", Security, Warning, "https://wicg.github.io/local-network-access/",
        "Everybody, on a private network"
        "{server} is on a private network or on the person's own machine, and lets every page read its answers (`Access-Control-Allow-Origin: *`)."
        "Reaching it is a right of those who are there. With `*` every page of the public web that one of them opens can read it through their browser."
        "Allow the origins of the pages that need it.";
    BlockedButSent = "blocked-but-sent", Security, Info, "https://fetch.spec.whatwg.org/#cors-protocol",
        "Blocked, but sent"
        "The {method} request reached {server}, although the page cannot read the answer."
        "A request without a preflight goes out whatever the answer says. CORS decides who reads, and not who asks: it is no protection against forged requests (CSRF)."
        "Let the server refuse requests that change something and come from elsewhere: check the Origin, ask for a token, or set SameSite on the cookie.";
    AllowListHole = "allow-list-hole", Security, Error, "https://html.spec.whatwg.org/multipage/browsers.html#concept-origin",
        "A hole in the list of allowed origins"
        "The pattern `{pattern}` lets `{origin}` in: {hole}"
        "Browsers send the whole origin, so it can be compared as a whole. A pattern that leaves something open is matched by names that others can register."
        "{instead}";

    AllowListMatchesNobody = "allow-list-matches-nobody", Security, Warning, "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin",
        "A list of allowed origins that lets nobody in"
        "The pattern `{pattern}` lets in no origin that browsers send."
        "Browsers send the scheme, the host in small letters, and the port where it is not the usual one: no slash at the end, no path."
        "Write the origin as browsers send it, such as `https://app.example`.";

    // Caching: what the next one gets.
    VaryOriginMissing = "vary-origin-missing", Caching, Warning, "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
        "Vary: Origin is missing"
        "{server} names the origin `{origin}` in an answer that caches may keep, and does not say `Vary: Origin`."
        "A cache may give this answer to another page of another origin, where it does not fit, and so blocks what the server would have allowed."
        "Add `Vary: Origin` to every answer of this URL. Only a server that names this one origin whoever asks does without.";
    VaryOriginMissingOnRefusal = "vary-origin-missing-on-refusal", Caching, Warning, "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
        "Vary: Origin is missing on a refusal"
        "{server} allows origins by name, and this answer, which caches may keep, allows none and does not say `Vary: Origin`."
        "A cache may give this answer to a page that the server allows, which is then blocked. Refusals, and answers to requests without Origin, need the header as well."
        "Add `Vary: Origin` to every answer of this URL, also where Access-Control-Allow-Origin is left out.";
    SharedCacheBlocks = "shared-cache-blocks", Caching, Error, "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
        "A shared cache breaks it"
        "`{origin}` gets the answer that a cache kept for `{other}`, and is blocked. The server itself would have allowed it."
        "The answer does not say that it depends on Origin, so a cache between them serves it to everybody."
        "Add `Vary: Origin` to every answer of this URL, refusals and answers without Origin too.";
    PreflightNotKept = "preflight-not-kept", Caching, Info, "https://fetch.spec.whatwg.org/#http-access-control-max-age",
        "The preflight is hardly remembered"
        "The preflight's answer lets browsers remember it for {seconds}, so nearly every such request costs two."
        "Without Access-Control-Max-Age an answer is good for 5 seconds, and with 0 for none."
        "Send `{lines}` with the preflight's answer.";
    MaxAgeUnreadable = "max-age-unreadable", Caching, Warning, "https://fetch.spec.whatwg.org/#http-access-control-max-age",
        "Access-Control-Max-Age cannot be read"
        "Access-Control-Max-Age is `{value}`, which is no number of seconds."
        "The standard takes it for absent: 5 seconds. Browsers take it for 5 seconds or for none."
        "Send `{lines}`, once, with digits alone.";
    MaxAgeOverLimit = "max-age-over-limit", Caching, Info, "https://fetch.spec.whatwg.org/#http-access-control-max-age",
        "Access-Control-Max-Age is over every limit"
        "Access-Control-Max-Age is `{value}`, and no browser remembers a preflight for more than a day."
        "Chromium keeps it for 2 hours at the most, Firefox for 24, WebKit for 10 minutes."
        "Nothing breaks. Send `{lines}` to say what happens.";

    // Cost: what could be left out.
    AvoidablePreflight = "avoidable-preflight", Cost, Info, "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
        "The preflight can be avoided"
        "This request needs a preflight because of {reasons}, and could do without."
        "A preflight costs a round trip before the request, for each URL."
        "{remedies}";

    // Cookies.
    CookieRefused = "cookie-refused", Cookies, Warning, "https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.7",
        "A cookie is refused"
        "The browser does not take the cookie `{name}` of {server}: {reason}"
        "Cookies have rules of their own. Access-Control-Allow-Credentials lets script read the answer, and changes nothing about cookies."
        "{remedy}";
    CookieNotSent = "cookie-not-sent", Cookies, Info, "https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.8.3",
        "A cookie is not sent"
        "The browser has the cookie `{name}` for {server}, and does not send it: {reason}"
        "Cookies have rules of their own, which neither `credentials: \"include\"` nor a CORS header changes."
        "{remedy}";
    CookieIgnored = "cookie-ignored", Cookies, Info, "https://fetch.spec.whatwg.org/#concept-http-network-fetch",
        "Cookies are ignored"
        "{server} sets the cookie `{name}`, and the browser does not look at it: the request has no credentials."
        "Without credentials no cookie is sent, and none is taken."
        "If the cookie is wanted, ask with `credentials: \"include\"`, which the server has to allow; else leave it out.";

    // Headers with no effect.
    PreflightHeaderOnAnswer = "preflight-header-on-answer", NoEffect, Info, "https://fetch.spec.whatwg.org/#http-responses",
        "A preflight's header on the answer itself"
        "`{header}` has no effect here: this is not the answer to a preflight."
        "Browsers read it in the answer to an OPTIONS request of their own, and nowhere else."
        "Send it with the preflight's answer only.";
    ExposeHeadersOnPreflight = "expose-headers-on-preflight", NoEffect, Warning, "https://fetch.spec.whatwg.org/#http-access-control-expose-headers",
        "Access-Control-Expose-Headers on a preflight"
        "`{header}` has no effect here: this is the answer to a preflight."
        "It decides which headers of an answer script can read, and script never sees a preflight's answer."
        "Send it with the answer itself.";
    ResponseHeaderOnRequest = "response-header-on-request", NoEffect, Warning, "https://fetch.spec.whatwg.org/#http-responses",
        "A server's header on the request"
        "The request has the header `{header}`, which allows nothing: it is for the server to send."
        "Nobody can allow themselves. And as a header of its own it calls for a preflight, which the server may refuse."
        "Remove it from the request.";
    RequestHeaderOnResponse = "request-header-on-response", NoEffect, Info, "https://fetch.spec.whatwg.org/#http-requests",
        "A browser's header on the answer"
        "`{header}` has no effect here: it is what browsers send, and not what they read."
        "What allows something is called Access-Control-Allow-..."
        "Remove it from the answer.";
    PrivateNetworkHeader = "private-network-header", NoEffect, Info, "https://wicg.github.io/local-network-access/",
        "A header of Private Network Access"
        "`{header}` has no effect: browsers do not read it any more."
        "It belongs to Private Network Access, which was given up. Local Network Access, which came after it, asks the person instead."
        "Remove it.";
    AllowCredentialsNotTrue = "allow-credentials-not-true", NoEffect, Warning, "https://fetch.spec.whatwg.org/#http-access-control-allow-credentials",
        "Access-Control-Allow-Credentials is not true"
        "Access-Control-Allow-Credentials is `{value}`, which counts for nothing."
        "Only `true` counts, once and in lower case."
        "Send `{lines}` if answers with credentials may be read, and leave it out if not.";
    AllowCredentialsWithWildcard = "allow-credentials-with-wildcard", NoEffect, Warning, "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
        "Everybody, and credentials"
        "{server} allows everybody (`*`) and credentials in one answer, and these two never count together."
        "With `*` a request with credentials is blocked, and one without needs no Access-Control-Allow-Credentials."
        "If credentials are needed, name the origin instead of `*`, and say `Vary: Origin`. If not, leave Access-Control-Allow-Credentials out.";
    AllowOriginNeverMatches = "allow-origin-never-matches", NoEffect, Warning, "https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
        "An Access-Control-Allow-Origin that no origin matches"
        "Access-Control-Allow-Origin is `{value}`, which is the origin of no page."
        "It is compared byte for byte with the Origin that the browser sends. Lists, patterns, paths, a slash at the end, capital letters and several lines match nobody."
        "Send one origin as browsers write it, once: the one that asks, if it is on the list; or `*`.";
    ListUnreadable = "list-unreadable", NoEffect, Warning, "https://fetch.spec.whatwg.org/#extract-header-list-values",
        "A list that cannot be read"
        "`{header}` cannot be read at `{value}`, so all of it counts for nothing."
        "It is a list of names with commas between them. One element that is no name spoils the whole list."
        "Separate the names by commas, without quotes.";
    UnknownAccessControlHeader = "unknown-access-control-header", NoEffect, Warning, "https://fetch.spec.whatwg.org/#http-responses",
        "A header that no browser knows"
        "No browser knows the header `{header}`."
        "A name that is nearly right is another name, and what it says is not read."
        "{remedy}";
}

/// What to do about a header that no browser knows, with or without one that is nearly called so.
pub(super) const RENAME: &str = "It seems that `{name}` is meant: call it that.";
/// The same where nothing has a name like it.
pub(super) const REMOVE: &str = "Remove it.";

/// What `*` allows.
pub(super) const EVERYTHING: &str = "everything (`*`)";
/// What a long list allows.
pub(super) const SO_MANY: &str = "{count} of them";
/// Where a request asks for no header by name.
pub(super) const NO_HEADER: &str = "none";
/// How long.
pub(super) const SECONDS: &str = "{seconds} seconds";

/// What to do about an allow-list with a hole, with a pattern that has none.
pub(super) const INSTEAD: &str =
    "Compare the whole Origin with a list. If it has to be a pattern, this one has no such hole: `{pattern}`.";
/// The same where there is none.
pub(super) const COMPARE: &str = "Compare the whole Origin with a list.";

/// One of a request's reasons for a preflight, as the sentence names it, and what can be done without it.
pub(super) struct Avoidance {
    /// Why there is a preflight.
    pub reason: &'static str,
    /// How to do without.
    pub remedy: &'static str,
}

/// `X-Requested-With`
pub(super) const REQUESTED_WITH: Avoidance = Avoidance {
    reason: "the header `{name}`",
    remedy: "Drop `{name}`: libraries add it, and hardly any server reads it. (Where one does, as protection against forged requests, it has to stay.)",
};
/// A header that tells who made the request, for tracing.
pub(super) const TRACING: Avoidance =
    Avoidance { reason: "the header `{name}`", remedy: "Drop `{name}`, or tell the tracing library to leave this server out." };
/// A header of the response, on the request.
pub(super) const OF_THE_RESPONSE: Avoidance =
    Avoidance { reason: "the header `{name}`", remedy: "Drop `{name}`: it is for the server to send." };
/// A request header that only asks caches.
pub(super) const OF_THE_CACHE: Avoidance = Avoidance {
    reason: "the header `{name}`",
    remedy: "Drop `{name}`, and say `cache: \"no-store\"` or `\"no-cache\"` to fetch() if it must be fresh: browsers then add it themselves, without a preflight.",
};
/// A `Content-Type` on a request that has no body.
pub(super) const TYPE_OF_NOTHING: Avoidance =
    Avoidance { reason: "its Content-Type", remedy: "Drop Content-Type: the request has no body." };
/// JSON.
pub(super) const JSON: Avoidance = Avoidance {
    reason: "its Content-Type",
    remedy: "Send the body as `text/plain`, if the server reads it as JSON all the same. (A form of another site can send that too: then the server must tell forged requests apart by other means.)",
};
/// A header of the application's own.
pub(super) const CUSTOM: Avoidance = Avoidance {
    reason: "the header `{name}`",
    remedy: "Send `{name}` in the query of the URL, if the server takes it from there, and it is no secret: URLs are logged.",
};
/// A listener on `xhr.upload`.
pub(super) const UPLOAD: Avoidance =
    Avoidance { reason: "a listener on `xhr.upload`", remedy: "Listen for the progress of uploads only where it is shown." };

/// What stands between the reasons for a preflight.
pub(super) const AVOID_SEPARATOR: &str = " and ";

/// What a hole in an allow-list is.
pub(super) const fn hole(kind: HoleKind) -> &'static str {
    match kind {
        HoleKind::Anybody => "it lets everybody in.",
        HoleKind::OpenStart => "nothing says what stands before the name, so a longer name that ends like it will do.",
        HoleKind::OpenEnd => "nothing says that the name ends there, so a name that only begins like it will do.",
        HoleKind::AnyCharacter => "a dot without a backslash stands for any character, so another name will do.",
        HoleKind::OpenName => "what the pattern leaves open can be filled with a name that anybody can register.",
        HoleKind::Null => "every page can make a sandboxed frame whose origin is `null`.",
        HoleKind::Insecure => "it comes by http, and whoever is on the way can put a script into it.",
    }
}

/// Of a cookie that goes along.
pub(super) const COOKIE_SENT: &str = "it goes along.";
/// Of a cookie that is taken.
pub(super) const COOKIE_STORED: &str = "it is taken, whatever CORS says of the answer.";
/// Of a cookie that nobody looks at.
pub(super) const COOKIE_IGNORED: &str = "it is not looked at: the request has no credentials.";

/// What a cache had for a request.
pub(super) const fn cache_use(purpose: Purpose, hit: CacheHit) -> &'static str {
    match (purpose, hit) {
        (Purpose::Preflight, CacheHit::Kept | CacheHit::KeptStale) => "no preflight: an earlier one allows it",
        (Purpose::Preflight, _) => "a preflight is sent",
        (Purpose::Actual, CacheHit::Sent) => "the server is asked",
        (Purpose::Actual, CacheHit::SentForVary) => "the server is asked: what is kept is for other headers, as Vary says",
        (Purpose::Actual, CacheHit::Asked) => "the server is asked whether the kept answer is still good",
        (Purpose::Actual, CacheHit::Kept) => "the kept answer is used, nothing is sent",
        (Purpose::Actual, CacheHit::KeptStale) => "the kept answer is used although it is no longer fresh",
    }
}

/// A later request, which may be of another page: of that one.
pub(super) fn later_title(kind: LaterKind, page: Option<&str>) -> String {
    let page = page.unwrap_or_default();
    match kind {
        LaterKind::Again => "The same request again".into(),
        LaterKind::WithCredentials => "The same with credentials".into(),
        LaterKind::WithoutCredentials => "The same without credentials".into(),
        LaterKind::OneMoreHeader => "The same with one more header, `X-Another`".into(),
        LaterKind::WithoutCors => "The same URL as an `<img>`, without CORS".into(),
        LaterKind::SameSitePage => format!("The same from `{page}`: another origin, the same site"),
        LaterKind::OtherSitePage => format!("The same from `{page}`: another site"),
    }
}

/// A page that might read an answer.
pub(super) const fn reader(kind: ReaderKind) -> &'static str {
    match kind {
        ReaderKind::Page => "the page that asks",
        ReaderKind::Insecure => "the same host without encryption: whoever is on the way can write its pages",
        ReaderKind::Sibling => "a subdomain, which somebody else may hold",
        ReaderKind::LookAlike => "a name that anybody can register, and that a careless comparison takes for the page's",
        ReaderKind::Stranger => "any other page",
        ReaderKind::Opaque => "a sandboxed frame, which every page can make",
    }
}

/// Why a cookie was refused, and what to do about it.
pub(super) const fn refusal(reason: CookieRefusal) -> (&'static str, &'static str) {
    match reason {
        CookieRefusal::Syntax => (
            "it has no name and no value, or a control character, or is too long.",
            "Send a name, `=` and a value, of 4096 bytes at the most together.",
        ),
        CookieRefusal::Domain => (
            "its Domain does not cover the host that sets it.",
            "Leave out Domain, or name the host or what is above it, up to the site.",
        ),
        CookieRefusal::Secure => ("it is Secure, and the connection is not.", "Set it by https."),
        CookieRefusal::ThirdParty => (
            "cookies of other sites than the tab's are not taken.",
            "Serve the API from the page's own site, or use a token in a header instead of a cookie.",
        ),
        CookieRefusal::HidesSecure => {
            ("it came by http, and would come before a Secure one of the same name.", "Set it by https, with Secure.")
        }
        CookieRefusal::SameSite => (
            "the request is cross-site, and without `SameSite=None` such a cookie is not taken.",
            "Send `SameSite=None; Secure`, if other sites are to use it.",
        ),
        CookieRefusal::NoneWithoutSecure => ("it says `SameSite=None` without Secure.", "Add `Secure`, and serve it by https."),
        CookieRefusal::Prefix => (
            "its name begins with `__Secure-` or `__Host-`, and it does not keep what that promises.",
            "`__Secure-` needs Secure; `__Host-` needs Secure, `Path=/` and no Domain.",
        ),
    }
}

/// Why a cookie is not sent, and what to do about it. None where it is.
pub(super) const fn not_sent(verdict: CookieVerdict) -> Option<(&'static str, &'static str)> {
    match verdict {
        CookieVerdict::Sent => None,
        CookieVerdict::SameSiteStrict => Some((
            "it is `SameSite=Strict`, and the request is cross-site.",
            "Set it with `SameSite=None; Secure`, if other sites are to use it.",
        )),
        CookieVerdict::SameSiteLax => Some((
            "it is `SameSite=Lax`, and the request is cross-site and no navigation of the tab.",
            "Set it with `SameSite=None; Secure`, if other sites are to use it.",
        )),
        CookieVerdict::SameSiteDefault => Some((
            "it has no SameSite, which counts as Lax, and the request is cross-site.",
            "Set it with `SameSite=None; Secure`, if other sites are to use it.",
        )),
        CookieVerdict::Secure => Some(("it is Secure, and the URL is http.", "Ask by https.")),
        CookieVerdict::Path => Some((
            "its Path does not cover the URL.",
            "Set it with `Path=/`, or with a path that covers every URL that needs it.",
        )),
        CookieVerdict::Expired => Some(("it has expired.", "Log in again, or set it with a later Max-Age.")),
        CookieVerdict::Partition => Some((
            "this browser keeps cookies of other sites apart for each site of a tab, or not at all.",
            "Serve the API from the page's own site, or use a token in a header instead of a cookie.",
        )),
        CookieVerdict::ThirdParty => Some((
            "cookies of other sites than the tab's are blocked.",
            "Serve the API from the page's own site, or use a token in a header instead of a cookie.",
        )),
    }
}
