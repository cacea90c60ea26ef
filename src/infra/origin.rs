//! Origins and sites: <https://html.spec.whatwg.org/#concept-origin>.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

use url::{Host, Position, Url};

use super::bytes::ByteSet;
use super::site::registrable_domain;

/// <https://html.spec.whatwg.org/#concept-origin>
///
/// There is no `==`: what is wanted is [`same_origin`](Origin::same_origin) or another of the comparisons below, and a
/// [unique](OpaqueOrigin::Unique) origin does not equal itself under any of them.
#[derive(Debug, Clone)]
pub enum Origin {
    /// An internal value, of which all that can be said is whether it is the same one.
    Opaque(OpaqueOrigin),
    /// Scheme, host and port. OPTIMIZATION: the page's goes into every request and many questions, so a copy shares it.
    Tuple(Arc<TupleOrigin>),
}

/// <https://html.spec.whatwg.org/#concept-origin-opaque>
#[derive(Debug, Clone, Copy)]
pub enum OpaqueOrigin {
    /// That of the page: a sandboxed frame, or a document from a `data:` URL. The same as itself, and as nothing else.
    Page,
    /// One that was made just now, for a URL that has no other: the same as nothing.
    Unique,
}

/// <https://html.spec.whatwg.org/#concept-origin-tuple>, without the domain, which no algorithm here reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TupleOrigin {
    /// The scheme.
    pub scheme: String,
    /// The host.
    pub host: Host<String>,
    /// The port, where it is not the scheme's default.
    pub port: Option<u16>,
    /// OPTIMIZATION: it is asked for at every hop more than once.
    serialized: String,
}

/// What a tuple origin is compared by, wherever it stands. OPTIMIZATION: a URL need not be made an origin to be compared with one.
struct Parts<'a> {
    scheme: &'a str,
    host: Host<&'a str>,
    port: Option<u16>,
}

impl Origin {
    /// <https://url.spec.whatwg.org/#concept-url-origin>
    pub fn of_url(url: &Url) -> Self {
        match url.scheme() {
            // NB: the entry of a registered `blob:` URL has the origin that its path says, and so both cases are one.
            "blob" => match Url::parse(url.path()) {
                Ok(inner) if matches!(inner.scheme(), "http" | "https") => Self::of_url(&inner),
                _ => Self::Opaque(OpaqueOrigin::Unique),
            },
            "ftp" | "http" | "https" | "ws" | "wss" => Self::tuple(url),
            // NB: `file:` is left to the browser, by default an opaque origin, which is what the browsers do.
            _ => Self::Opaque(OpaqueOrigin::Unique),
        }
    }

    fn tuple(url: &Url) -> Self {
        match url.host() {
            Some(host) => Self::Tuple(Arc::new(TupleOrigin {
                scheme: url.scheme().into(),
                host: host.to_owned(),
                port: url.port(),
                // OPTIMIZATION: a URL has it, but for what stands between its parts.
                serialized: [&url[..Position::BeforeUsername], &url[Position::BeforeHost..Position::BeforePath]].concat(),
            })),
            None => Self::Opaque(OpaqueOrigin::Unique),
        }
    }

    /// The origin that `text` spells: `null`, or `scheme://host` with an optional port and nothing after it.
    ///
    /// The URL parser brings the host and the port into their one form, so `https://BÜCHER.example:443` is read as
    /// `https://xn--bcher-kva.example`. A scheme of which the URL standard knows nothing is taken at its word, because
    /// extensions and app shells do have tuple origins (`chrome-extension://...`, `capacitor://localhost`).
    pub fn parse(text: &str) -> Option<Self> {
        if text == "null" {
            return Some(Self::Opaque(OpaqueOrigin::Page));
        }
        let (scheme, rest) = text.split_once("://")?;
        // What would be a path, a query, a fragment or credentials, and what the URL parser would remove without a word.
        let foreign = |c: char| matches!(c, '/' | '\\' | '?' | '#' | '@' | ' ') || c.is_ascii_control();
        if rest.is_empty() || rest.contains(foreign) || scheme.contains(foreign) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        match url.scheme() {
            "file" | "blob" | "data" | "about" | "javascript" => None,
            _ if !url.has_host() => None,
            _ => Some(Self::tuple(&url)),
        }
    }

    /// <https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>
    pub fn serialize(&self) -> String {
        self.serialized().into()
    }

    /// [`serialize`](Self::serialize), without a copy.
    pub fn serialized(&self) -> &str {
        match self {
            // 1. Opaque: `null`.
            Self::Opaque(_) => "null",
            // 2.-6. Scheme, `://`, the serialized host, and the port where there is one.
            Self::Tuple(tuple) => &tuple.serialized,
        }
    }

    /// <https://html.spec.whatwg.org/#same-origin>
    pub fn same_origin(&self, other: &Self) -> bool {
        match (self, other) {
            // 1. The same opaque origin.
            (Self::Opaque(a), Self::Opaque(b)) => same_opaque(*a, *b),
            // 2. Equal schemes, hosts and ports.
            (Self::Tuple(a), Self::Tuple(b)) => a == b,
            // 3. Otherwise not.
            _ => false,
        }
    }

    /// Whether it is same-origin with the origin of `url`.
    pub fn is_of_url(&self, url: &Url) -> bool {
        match (self, Parts::of_url(url)) {
            (Self::Tuple(tuple), Some(parts)) => tuple.parts().same_origin(&parts),
            _ => self.same_origin(&Self::of_url(url)),
        }
    }

    /// Whether it is [same-site](Self::same_site) with the origin of `url`.
    pub fn is_same_site_with_url(&self, url: &Url) -> bool {
        match (self, Parts::of_url(url)) {
            (Self::Tuple(tuple), Some(parts)) => tuple.parts().same_site(&parts),
            _ => self.same_site(&Self::of_url(url)),
        }
    }

    /// <https://html.spec.whatwg.org/#schemelessly-same-site>
    pub fn schemelessly_same_site(&self, other: &Self) -> bool {
        match (self, other) {
            // 1. The same opaque origin.
            (Self::Opaque(a), Self::Opaque(b)) => same_opaque(*a, *b),
            // 2. Equal hosts without a registrable domain, or equal registrable domains.
            (Self::Tuple(a), Self::Tuple(b)) => a.parts().schemelessly_same_site(&b.parts()),
            // 3. Otherwise not.
            _ => false,
        }
    }

    /// <https://html.spec.whatwg.org/#same-site>
    pub fn same_site(&self, other: &Self) -> bool {
        // Schemelessly same site, and where there are schemes, equal ones.
        let schemes_differ = matches!((self, other), (Self::Tuple(a), Self::Tuple(b)) if a.scheme != b.scheme);
        !schemes_differ && self.schemelessly_same_site(other)
    }

    /// <https://html.spec.whatwg.org/#obtain-a-site>, serialized: the scheme and the registrable domain, or the host
    /// where there is none; `null` for an opaque origin, which no other site is.
    pub fn site(&self) -> String {
        match self {
            Self::Opaque(_) => "null".into(),
            Self::Tuple(tuple) => match tuple.parts().registrable_domain() {
                Some(domain) => [&tuple.scheme, "://", domain].concat(),
                None => format!("{}://{}", tuple.scheme, tuple.host),
            },
        }
    }

    /// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
    pub fn is_potentially_trustworthy(&self) -> bool {
        match self {
            // 1. An opaque origin is not.
            Self::Opaque(_) => false,
            Self::Tuple(tuple) => is_trustworthy(&tuple.scheme, &tuple.parts().host),
        }
    }

    /// The scheme, where there is one.
    pub fn scheme(&self) -> Option<&str> {
        match self {
            Self::Opaque(_) => None,
            Self::Tuple(tuple) => Some(&tuple.scheme),
        }
    }

    /// Whether it is an opaque origin.
    pub const fn is_opaque(&self) -> bool {
        matches!(self, Self::Opaque(_))
    }
}

impl TupleOrigin {
    /// The origin of these parts, each in the form that a URL has it in. `port` is none where it is the default one.
    pub fn new(scheme: &str, host: Host<String>, port: Option<u16>) -> Self {
        let serialized = match port {
            None => format!("{scheme}://{host}"),
            Some(port) => format!("{scheme}://{host}:{port}"),
        };
        Self { scheme: scheme.into(), host, port, serialized }
    }

    fn parts(&self) -> Parts<'_> {
        let host = match &self.host {
            Host::Domain(domain) => Host::Domain(&**domain),
            Host::Ipv4(address) => Host::Ipv4(*address),
            Host::Ipv6(address) => Host::Ipv6(*address),
        };
        Parts { scheme: &self.scheme, host, port: self.port }
    }
}

/// Whether the origins of two URLs are the [same](Origin::same_origin).
pub fn are_same_origin(a: &Url, b: &Url) -> bool {
    match (Parts::of_url(a), Parts::of_url(b)) {
        (Some(a), Some(b)) => a.same_origin(&b),
        _ => Origin::of_url(a).same_origin(&Origin::of_url(b)),
    }
}

impl<'a> Parts<'a> {
    /// Those of a URL that has a tuple origin of its own.
    fn of_url(url: &'a Url) -> Option<Self> {
        match url.scheme() {
            scheme @ ("ftp" | "http" | "https" | "ws" | "wss") => Some(Self { scheme, host: url.host()?, port: url.port() }),
            _ => None,
        }
    }

    fn same_origin(&self, other: &Self) -> bool {
        self.host == other.host && self.scheme == other.scheme && self.port == other.port
    }

    fn same_site(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.schemelessly_same_site(other)
    }

    fn schemelessly_same_site(&self, other: &Self) -> bool {
        // OPTIMIZATION: equal hosts agree in either, and with fewer than two labels in common hosts agree in neither.
        let shared = || self.registrable_domain().filter(|domain| other.registrable_domain() == Some(domain));
        self.host == other.host || (self.may_share_site(other) && shared().is_some())
    }

    /// Whether the hosts, which are not equal, are domains that end in two labels or more which are. Only then they can have the
    /// same registrable domain: a public suffix and one label.
    fn may_share_site(&self, other: &Self) -> bool {
        let (Host::Domain(a), Host::Domain(b)) = (&self.host, &other.host) else { return false };
        let (bare_a, bare_b) = (a.strip_suffix('.').unwrap_or(a), b.strip_suffix('.').unwrap_or(b));
        let common = bare_a.rsplit('.').zip(bare_b.rsplit('.')).take_while(|(a, b)| a == b).count();
        a.ends_with('.') == b.ends_with('.') && common >= 2
    }

    fn registrable_domain(&self) -> Option<&'a str> {
        match self.host {
            Host::Domain(domain) => registrable_domain(domain),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        }
    }
}

impl fmt::Display for TupleOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.serialized)
    }
}

const fn same_opaque(a: OpaqueOrigin, b: OpaqueOrigin) -> bool {
    matches!((a, b), (OpaqueOrigin::Page, OpaqueOrigin::Page))
}

/// The origin of the absolute URL `url`, serialized, where `url` starts with it to the letter. None where only the URL parser
/// can tell, which is no verdict.
///
/// OPTIMIZATION: nothing is copied, and nothing beyond the origin is looked at: after a host, no path, query or fragment can
/// make an HTTP(S) URL invalid.
///
/// NB: a host with invalid punycode is taken as it is, because [a domain in ASCII](https://url.spec.whatwg.org/#concept-domain-to-ascii)
/// is; the `url` crate still refuses it.
pub fn evident_origin(url: &str) -> Option<&str> {
    let (bytes, default_port) = match url.as_bytes().split_first_chunk() {
        Some((b"https://", after)) => (after, 443),
        _ => (url.as_bytes().strip_prefix(b"http://")?, 80),
    };
    // The host: dots, lower-case letters, digits, `-` and `_`. All else may have another form.
    let mut end = HOST_BYTES.prefix(bytes);
    let host = bytes.get(..end)?;
    // A last label that is a number makes the host an IPv4 address, whatever its spelling.
    // OPTIMIZATION: no number, be it hexadecimal, ends in one of the other letters.
    match host.last()? {
        b'g'..=b'w' | b'y' | b'z' => {}
        _ => {
            let labels = host.strip_suffix(b".").unwrap_or(host);
            match labels.rsplit(|&byte| byte == b'.').next()? {
                [] => return None,
                [b'0'..=b'9', ..] => std::str::from_utf8(host).ok()?.parse::<Ipv4Addr>().map(drop).ok()?,
                _ => {}
            }
        }
    }
    // The port: in decimal without leading zeros, and not the default one.
    if let Some(b':') = bytes.get(end) {
        let digits = bytes.get(end + 1..)?;
        let length = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let number = |number: u32, digit: &u8| number * 10 + u32::from(digit - b'0');
        let port = digits.get(..length).filter(|_| (1..=5).contains(&length))?.iter().fold(0, number);
        if port > u32::from(u16::MAX) || port == default_port || (length > 1 && digits.first() == Some(&b'0')) {
            return None;
        }
        end += 1 + length;
    }
    match bytes.get(end) {
        None | Some(b'/' | b'?' | b'#' | b'\\') => url.get(..url.len() - bytes.len() + end),
        _ => None,
    }
}

/// What a host can be made of so that the URL parser leaves it as it is.
const HOST_BYTES: ByteSet = ByteSet::new(b"-._0123456789abcdefghijklmnopqrstuvwxyz");

/// `localhost` and the names below it, with or without a trailing dot.
/// <https://w3c.github.io/webappsec-secure-contexts/#localhost>
pub fn is_localhost_name(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    domain == "localhost" || domain.ends_with(".localhost")
}

/// Steps 3 to 5 of [is origin potentially trustworthy?](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy)
fn is_trustworthy(scheme: &str, host: &Host<&str>) -> bool {
    // 3. A secure scheme.
    matches!(scheme, "https" | "wss")
        || match host {
            // 4. A loopback address.
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
            // 5. A localhost name, which every browser resolves to a loopback address.
            Host::Domain(domain) => is_localhost_name(domain),
        }
}

/// <https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy>
pub fn url_is_potentially_trustworthy(url: &Url) -> bool {
    match url.scheme() {
        // 1. `about:blank` and `about:srcdoc`, which inherit everything.
        "about" if matches!(url.path(), "blank" | "srcdoc") => true,
        // 2. `data:`.
        "data" => true,
        // NB: the origin algorithm asks for the scheme `file`, which our opaque origin has lost.
        "file" => true,
        // 3. Its origin. OPTIMIZATION: that of most URLs shows in their parts.
        scheme @ ("http" | "https" | "ws" | "wss") => url.host().is_some_and(|host| is_trustworthy(scheme, &host)),
        _ => Origin::of_url(url).is_potentially_trustworthy(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn evident_origins() {
        for (url, origin) in [
            ("https://a.example", Some("https://a.example")),
            ("https://a.example/x", Some("https://a.example")),
            ("https://a.example?x", Some("https://a.example")),
            ("https://a.example#x", Some("https://a.example")),
            ("https://a.example\\x", Some("https://a.example")),
            ("http://localhost:3000/", Some("http://localhost:3000")),
            ("http://a-b_c.example:1/", Some("http://a-b_c.example:1")),
            ("http://127.0.0.1:5173/", Some("http://127.0.0.1:5173")),
            ("https://xn--bcher-kva.example/", Some("https://xn--bcher-kva.example")),
            ("https://xn--8i7caa/", Some("https://xn--8i7caa")),
            ("https://a.example:80/", Some("https://a.example:80")),
            ("https://a.example:0/", Some("https://a.example:0")),
            ("https://a.example:443/", None),
            ("http://a.example:80/", None),
            ("https://a.example:/", None),
            ("https://a.example:080/", None),
            ("https://a.example:65536/", None),
            ("https://a.example:123456/", None),
            ("https://a.example:8x/", None),
            ("https://u@a.example/", None),
            ("https://a.example:8@b.example/", None),
            ("https://A.example/", None),
            ("https://a.example./", Some("https://a.example.")),
            ("https://a..example/", Some("https://a..example")),
            ("https://.example/", Some("https://.example")),
            ("https://a../", None),
            ("https://./", None),
            ("https://1./", None),
            ("https://127.0.0.1./", None),
            ("https://127.1/", None),
            ("https://127.0.0.01/", None),
            ("https://1/", None),
            ("https://a.0x1/", None),
            ("https://a.1/", None),
            ("https://[::1]/", None),
            ("https://a%2e/", None),
            ("https://bücher.example/", None),
            ("https://a.ex\tample/", None),
            (" https://a.example/", None),
            ("HTTPS://a.example/", None),
            ("https:///a.example/", None),
            ("https:a.example/", None),
            ("https://", None),
            ("wss://a.example/", None),
            ("", None),
        ] {
            assert_eq!(evident_origin(url), origin, "{url}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn an_evident_origin_is_the_one_that_the_url_parser_finds(
            scheme in "(https?|HTTPS|wss?|ftp|blob:https)",
            host in "([a-zA-Z0-9_.:@%\\[\\]\u{fc}\t-]{0,8}|[a-z0-9.-]{1,12}|([0-9]{1,3}|0x[0-9a-f]{0,3})(\\.[0-9]{1,3}){0,4}|(xn--[a-z0-9-]{0,6}\\.)?[a-z]{1,3})",
            port in "(|:|:[0-9]{1,6}|:(0|80|443|0443))",
            rest in "(|[/?#\\\\@ :.].{0,6})",
        ) {
            let text = format!("{scheme}://{host}{port}{rest}");
            if let Some(origin) = evident_origin(&text) {
                match Url::parse(&text) {
                    Ok(url) => prop_assert_eq!(Origin::of_url(&url).serialize(), origin),
                    Err(error) => prop_assert!(host.contains("xn--"), "{} does not parse: {}", text, error),
                }
            }
        }
    }

    fn of(url: &str) -> Origin {
        Origin::of_url(&Url::parse(url).unwrap())
    }

    #[test]
    fn origins_of_urls() {
        for (url, serialized) in [
            ("https://a.example/x?y#z", "https://a.example"),
            ("https://a.example:443/", "https://a.example"),
            ("https://a.example:8443/", "https://a.example:8443"),
            ("http://b:443/", "http://b:443"),
            ("https://u:p@a.example/", "https://a.example"),
            ("https://bücher.example/", "https://xn--bcher-kva.example"),
            ("http://0x7f.1:3000/", "http://127.0.0.1:3000"),
            ("http://[0:0::1]:3000/", "http://[::1]:3000"),
            ("https://a.example./", "https://a.example."),
            ("http://a_b.example/", "http://a_b.example"),
            ("HTTPS://A.EXAMPLE/", "https://a.example"),
            ("wss://a.example:443/", "wss://a.example"),
            ("ftp://a.example/", "ftp://a.example"),
            ("blob:https://a.example/0a", "https://a.example"),
            ("blob:https://a.example:444/0a", "https://a.example:444"),
            ("blob:null/0a", "null"),
            ("blob:data:x", "null"),
            ("blob:ftp://a.example/0a", "null"),
            ("blob:blob:https://a.example/0a", "null"),
            ("file:///etc/hosts", "null"),
            ("data:text/plain,x", "null"),
            ("about:blank", "null"),
            ("javascript:1", "null"),
            ("custom://a.example/", "null"),
        ] {
            assert_eq!(of(url).serialize(), serialized, "{url}");
            if let Origin::Tuple(tuple) = of(url) {
                assert_eq!(TupleOrigin::new(&tuple.scheme, tuple.host.clone(), tuple.port), *tuple, "{url}");
            }
        }
    }

    #[test]
    fn spelled_origins() {
        for (text, serialized) in [
            ("null", Some("null")),
            ("https://a.example", Some("https://a.example")),
            ("https://a.example:443", Some("https://a.example")),
            ("http://a.example:443", Some("http://a.example:443")),
            ("https://BÜCHER.example", Some("https://xn--bcher-kva.example")),
            ("http://[::1]:8080", Some("http://[::1]:8080")),
            ("http://0x7f.1", Some("http://127.0.0.1")),
            ("chrome-extension://abcdef", Some("chrome-extension://abcdef")),
            ("capacitor://localhost", Some("capacitor://localhost")),
            ("https://a.example/", None),
            ("https://a.example?", None),
            ("https://a.example#", None),
            ("https://a.example\\", None),
            ("https://u@a.example", None),
            (" https://a.example", None),
            ("https://a.example\n", None),
            ("ht\ntps://a.example", None),
            ("https://", None),
            ("https:a.example", None),
            ("https://a.example:99999", None),
            ("https://a b", None),
            ("file://a", None),
            ("NULL", None),
            ("*", None),
            ("a.example", None),
            ("", None),
        ] {
            assert_eq!(Origin::parse(text).map(|origin| origin.serialize()).as_deref(), serialized, "{text:?}");
        }
    }

    #[test]
    fn opaque_origins_are_the_same_as_nothing_but_the_page_as_itself() {
        let [page, unique] = [OpaqueOrigin::Page, OpaqueOrigin::Unique].map(Origin::Opaque);
        let tuple = of("https://a.example/");
        for (a, b, same) in [
            (&page, &page, true),
            (&unique, &unique, false),
            (&page, &unique, false),
            (&page, &tuple, false),
            (&tuple, &unique, false),
            (&tuple, &tuple, true),
        ] {
            assert_eq!(a.same_origin(b), same, "{a:?} {b:?}");
            assert_eq!(a.schemelessly_same_site(b), same, "{a:?} {b:?}");
            assert_eq!(a.same_site(b), same, "{a:?} {b:?}");
        }
        let data = Url::parse("data:,").unwrap();
        assert!(!Origin::of_url(&data).same_origin(&Origin::of_url(&data)));
    }

    #[test]
    fn same_and_same_site() {
        // same origin, schemelessly same site, same site
        for (a, b, expected) in [
            ("https://a.example/1", "https://a.example:443/2", [true, true, true]),
            ("https://a.example/", "https://a.example:8443/", [false, true, true]),
            ("https://a.example/", "http://a.example/", [false, true, false]),
            ("https://a.example/", "https://w.a.example/", [false, true, true]),
            ("http://a.example/", "https://w.a.example/", [false, true, false]),
            ("https://a.example/", "https://b.example/", [false, false, false]),
            ("https://a.example/", "https://a.example./", [false, false, false]),
            ("https://alice.github.io/", "https://bob.github.io/", [false, false, false]),
            ("https://github.io/", "https://github.io:1/", [false, true, true]),
            ("https://github.io/", "https://alice.github.io/", [false, false, false]),
            ("https://a.kawasaki.jp/", "https://b.kawasaki.jp/", [false, false, false]),
            ("https://a.ck/", "https://b.ck/", [false, false, false]),
            ("https://x.a.ck/", "https://y.a.ck/", [false, false, false]),
            ("https://p.x.a.ck/", "https://q.x.a.ck/", [false, true, true]),
            ("https://x.a.example./", "https://y.a.example./", [false, true, true]),
            ("https://x.example./", "https://y.example./", [false, false, false]),
            ("https://x.a.example/", "https://y.a.example./", [false, false, false]),
            ("https://a.co.uk/", "https://b.co.uk/", [false, false, false]),
            ("https://x.a.co.uk/", "https://a.co.uk/", [false, true, true]),
            ("http://localhost:3000/", "http://localhost:8080/", [false, true, true]),
            ("http://127.0.0.1/", "http://127.0.0.1:8080/", [false, true, true]),
            ("http://127.0.0.1/", "http://127.0.0.2/", [false, false, false]),
            ("http://127.0.0.1/", "http://[::1]/", [false, false, false]),
            ("http://[::1]/", "http://[0::1]:8080/", [false, true, true]),
        ] {
            for (a, b) in [(of(a), of(b)), (of(b), of(a))] {
                let found = [a.same_origin(&b), a.schemelessly_same_site(&b), a.same_site(&b)];
                assert_eq!(found, expected, "{a:?} {b:?}");
            }
            let [url, other] = [a, b].map(|url| Url::parse(url).unwrap());
            let of_urls = [of(a).is_of_url(&other), are_same_origin(&url, &other), of(a).is_same_site_with_url(&other)];
            assert_eq!(of_urls, [expected[0], expected[0], expected[2]], "{a} {b}");
        }
    }

    #[test]
    fn sites() {
        for (url, site) in [
            ("https://w.a.example:8443/", "https://a.example"),
            ("https://w.a.example./", "https://a.example."),
            ("http://localhost:3000/", "http://localhost"),
            ("http://127.0.0.1:3000/", "http://127.0.0.1"),
            ("http://[::1]:3000/", "http://[::1]"),
            ("https://github.io/", "https://github.io"),
            ("data:,", "null"),
        ] {
            assert_eq!(of(url).site(), site, "{url}");
        }
    }

    #[test]
    fn trust() {
        for (url, trustworthy) in [
            ("https://a.example/", true),
            ("wss://a.example/", true),
            ("http://a.example/", false),
            ("ws://a.example/", false),
            ("http://127.0.0.1:8080/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]/", true),
            ("http://[::ffff:127.0.0.1]/", false),
            ("http://localhost/", true),
            ("http://localhost./", true),
            ("http://a.localhost/", true),
            ("http://a.localhost./", true),
            ("http://alocalhost/", false),
            ("http://localhost.example/", false),
            ("http://192.168.0.1/", false),
            ("about:blank", true),
            ("about:srcdoc", true),
            ("about:config", false),
            ("data:,x", true),
            ("file:///x", true),
            ("blob:https://a.example/0a", true),
            ("blob:http://a.example/0a", false),
            ("blob:null/0a", false),
            ("custom://a/", false),
        ] {
            assert_eq!(url_is_potentially_trustworthy(&Url::parse(url).unwrap()), trustworthy, "{url}");
        }
    }
}
