//! What the jar takes and what it gives:
//! <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.7> and section 5.8.

use std::cmp::Reverse;
use std::net::Ipv4Addr;

use url::Url;

use super::same_site::SameSiteContext;
use super::set_cookie::{self, Path};
use super::{Cookie, SameSite};
use crate::deviations::Deviation;
use crate::http::date::Received;
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::infra::origin::Origin;
use crate::infra::site::public_suffix;
use crate::infra::sort::sort_by;
use crate::profile::Profile;
use crate::scenario::ThirdPartyCookies;
use crate::trace::{CookieRefusal, CookieVerdict};

/// Who asks for cookies or sets them, and by which browser's rules.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub(crate) profile: Profile,
    pub(crate) context: SameSiteContext,
    /// The origin of the top-level document.
    pub(crate) top: &'a Origin,
    /// The site of the top-level document.
    pub(crate) top_site: &'a str,
    pub(crate) third_party: ThirdPartyCookies,
}

impl<'a> Rules<'a> {
    /// The jar that a third party has within the site of the tab; the jar of all others has no name.
    fn partition(&self) -> Option<&'a str> {
        (!self.context.same_site && self.profile.has(Deviation::ThirdPartyCookiesPartitioned)).then_some(self.top_site)
    }

    fn blocks_third_party(&self) -> bool {
        self.third_party == ThirdPartyCookies::Blocked && !self.context.same_site && !self.context.top_level_navigation
    }

    /// Whether the cookie would be one of a third party.
    fn refuses(&self, cookie: &Cookie) -> bool {
        let is_of_top = matches!(self.top, Origin::Tuple(top) if top.host.to_string() == cookie.domain);
        self.blocks_third_party() || !is_of_top && self.profile.has(Deviation::ThirdPartyCookiesNotStored)
    }

    /// What a cookie without the attribute counts as.
    fn effective(&self, same_site: SameSite) -> SameSite {
        match same_site {
            SameSite::Default if self.profile.has(Deviation::SameSiteDefaultsToNone) => SameSite::None,
            other => other,
        }
    }
}

/// Takes the cookie of a `Set-Cookie` line from `url` into the jar, and says its name. One that has expired already takes
/// away the one that it replaces.
/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.7>
///
/// # Errors
/// Why the cookie was ignored.
pub fn store(
    jar: &mut Vec<Cookie>,
    line: &[u8],
    url: &Url,
    rules: &Rules<'_>,
    received: Received,
) -> Result<ByteString, CookieRefusal> {
    let context = rules.context;
    // 1.-4. What is no cookie, or too long. 5. and 6. are part of reading the line.
    let read = set_cookie::parse(line, received).ok_or(CookieRefusal::Syntax)?;
    if read.name.is_empty() && read.value.is_empty() {
        return Err(CookieRefusal::Syntax);
    }
    // 7.-10. The hosts that will get it.
    let host = url.host_str().ok_or(CookieRefusal::Domain)?;
    let (domain, host_only) = domain(&read.domain, host)?;
    // 11. The path.
    let path = match read.path {
        Path::Given(path) => isomorphic_decode(path),
        Path::Absent | Path::Default => default_path(url.path()).into(),
    };
    let cookie = Cookie {
        name: read.name.into(),
        value: read.value.into(),
        domain,
        host_only,
        path,
        // 12. and 14.
        secure: read.secure,
        http_only: read.http_only,
        // 17.
        same_site: read.same_site,
        expires_at: read.expires_at,
        partition: rules.partition().map(str::to_owned),
    };
    if rules.refuses(&cookie) {
        return Err(CookieRefusal::ThirdParty);
    }
    // 13. `Secure` needs a secure connection. (15. concerns `document.cookie`.)
    let connection_is_secure = is_secure(url);
    if cookie.secure && !connection_is_secure {
        return Err(CookieRefusal::Secure);
    }
    evict_expired(jar, received.at);
    // 16. An insecure connection cannot put a cookie before a secure one.
    if !cookie.secure && !connection_is_secure && jar.iter().any(|existing| existing.is_overlaid_by(&cookie)) {
        return Err(CookieRefusal::HidesSecure);
    }
    // 18. Only a same-site request, or a navigation of the tab, can set a cookie that cross-site requests do not carry.
    if rules.effective(cookie.same_site) != SameSite::None && !context.same_site && !context.top_level_navigation {
        return Err(CookieRefusal::SameSite);
    }
    // 19. One that they do carry is secure.
    if cookie.same_site == SameSite::None && !cookie.secure && !rules.profile.has(Deviation::SameSiteNoneInsecure) {
        return Err(CookieRefusal::NoneWithoutSecure);
    }
    // 20.-22. What the name promises.
    if !keeps_promise(&cookie, read.path) {
        return Err(CookieRefusal::Prefix);
    }
    // 23. and 24. One with the same name, domain and path is replaced. It keeps its place, which stands for the
    // creation-time: the jar is in the order of creation.
    let name = cookie.name.clone();
    match jar.iter_mut().find(|existing| existing.is_replaced_by(&cookie)) {
        Some(existing) => *existing = cookie,
        None => jar.push(cookie),
    }
    evict_expired(jar, received.at);
    Ok(name)
}

/// The cookies whose domain is that of `url`, as indexes into the jar in the order in which they are sent, and for each
/// whether it is.
/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.8.3>
pub fn retrieve(jar: &[Cookie], url: &Url, rules: &Rules<'_>, now: f64) -> Vec<(usize, CookieVerdict)> {
    // 1. and 2. The host, which the URL parser has canonicalized.
    let Some(host) = url.host_str() else { return Vec::new() };
    // 3. The cookies for it.
    let of_host = jar.iter().enumerate().filter(|(_, cookie)| cookie.is_for_host(host));
    let mut found: Vec<_> = of_host.map(|(index, cookie)| (index, cookie.verdict(url, rules, now))).collect();
    // 4. Longer paths first, then older ones. (5. Nothing depends on the last-access-time.)
    let order = |index: usize| (Reverse(jar.get(index).map(|cookie| cookie.path.len())), index);
    sort_by(&mut found, |one, other| order(one.0).cmp(&order(other.0)));
    found
}

/// The value of the `Cookie` header for what [`retrieve`] found, if any cookie is sent.
pub fn cookie_header(jar: &[Cookie], found: &[(usize, CookieVerdict)]) -> Option<ByteString> {
    let sent = found.iter().filter(|(_, verdict)| *verdict == CookieVerdict::Sent);
    // 6. Names and values, those without a name as their value alone.
    let pairs: Vec<Vec<u8>> = sent
        .filter_map(|&(index, _)| jar.get(index))
        .map(|cookie| match (cookie.name.as_bytes(), cookie.value.as_bytes()) {
            (b"", value) => value.to_vec(),
            (name, value) => [name, b"=", value].concat(),
        })
        .collect();
    (!pairs.is_empty()).then(|| pairs.join(&b"; "[..]).into())
}

/// Expired cookies must be evicted.
pub fn evict_expired(jar: &mut Vec<Cookie>, now: f64) {
    jar.retain(|cookie| !cookie.is_expired(now));
}

/// Whether `url` stands for a secure connection, which Fetch decides by the scheme alone
/// (<https://fetch.spec.whatwg.org/#append-a-request-cookie-header>).
///
/// NB: RFC 6265bis leaves it to the browser, and Chromium and Firefox trust `http://localhost` as well.
fn is_secure(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "wss")
}

/// Storage model, steps 8 to 10: the domain of a cookie, and whether it is for that host only.
fn domain(attribute: &[u8], host: &str) -> Result<(String, bool), CookieRefusal> {
    // 8. Not ASCII.
    let attribute = std::str::from_utf8(attribute).ok().filter(|text| text.is_ascii()).ok_or(CookieRefusal::Domain)?;
    // 9. A public suffix is good for the very host only.
    if attribute.is_empty() || (is_public_suffix(attribute) && attribute == host) {
        return Ok((host.into(), true));
    }
    // 10. Otherwise the host must be in the domain.
    if is_public_suffix(attribute) || !domain_matches(host, attribute) {
        return Err(CookieRefusal::Domain);
    }
    Ok((attribute.into(), false))
}

fn is_public_suffix(domain: &str) -> bool {
    public_suffix(domain) == Some(domain) && !is_address(domain)
}

fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.1.3>
fn domain_matches(host: &str, domain: &str) -> bool {
    let below = |host: &str| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    host == domain || (below(host) && !is_address(host))
}

/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.1.4>
fn default_path(path: &str) -> &str {
    match path.rfind('/') {
        Some(last) if last > 0 && path.starts_with('/') => path.get(..last).unwrap_or("/"),
        _ => "/",
    }
}

/// Path-match of <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.1.4>
fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path).is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// Storage model, steps 20 to 22: the prefixes of names, in any letter case.
fn keeps_promise(cookie: &Cookie, path: Path) -> bool {
    let promises = |text: &[u8], prefix: &[u8]| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let (name, value) = (cookie.name.as_bytes(), cookie.value.as_bytes());
    match name {
        // 22. A value without a name looks like a pair in the `Cookie` header.
        b"" => !promises(value, b"__Secure-") && !promises(value, b"__Host-"),
        _ if promises(name, b"__Secure-") => cookie.secure,
        _ if promises(name, b"__Host-") => cookie.secure && cookie.host_only && path != Path::Absent && cookie.path == "/",
        _ => true,
    }
}

impl Cookie {
    fn is_expired(&self, now: f64) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }

    fn is_replaced_by(&self, new: &Self) -> bool {
        let is_same_name = self.name == new.name && self.domain == new.domain && self.host_only == new.host_only;
        is_same_name && self.path == new.path && self.partition == new.partition
    }

    /// Storage model, step 16: whether it is secure, and `new` would be sent before or with it.
    fn is_overlaid_by(&self, new: &Self) -> bool {
        self.secure
            && self.name == new.name
            && (domain_matches(&self.domain, &new.domain) || domain_matches(&new.domain, &self.domain))
            && path_matches(&new.path, &self.path)
    }

    fn is_for_host(&self, host: &str) -> bool {
        match self.host_only {
            true => self.domain == host,
            // The list of public suffixes may have grown since the cookie was stored.
            false => domain_matches(host, &self.domain) && !is_public_suffix(&self.domain),
        }
    }

    fn verdict(&self, url: &Url, rules: &Rules<'_>, now: f64) -> CookieVerdict {
        let context = rules.context;
        let lax = context.same_site || (context.top_level_navigation && context.safe_method);
        match rules.effective(self.same_site) {
            _ if self.is_expired(now) => CookieVerdict::Expired,
            _ if self.partition.as_deref() != rules.partition() => CookieVerdict::Partition,
            _ if rules.blocks_third_party() => CookieVerdict::ThirdParty,
            _ if !path_matches(url.path(), &self.path) => CookieVerdict::Path,
            _ if self.secure && !is_secure(url) => CookieVerdict::Secure,
            SameSite::Strict if !context.same_site => CookieVerdict::SameSiteStrict,
            SameSite::Lax if !lax => CookieVerdict::SameSiteLax,
            SameSite::Default if !lax => CookieVerdict::SameSiteDefault,
            _ => CookieVerdict::Sent,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    const SAME_SITE: SameSiteContext = SameSiteContext { same_site: true, top_level_navigation: false, safe_method: true };
    const CROSS_SITE: SameSiteContext = SameSiteContext { same_site: false, ..SAME_SITE };
    const NAVIGATION: SameSiteContext = SameSiteContext { top_level_navigation: true, ..CROSS_SITE };
    const POST_NAVIGATION: SameSiteContext = SameSiteContext { safe_method: false, ..NAVIGATION };

    const TOP_SITE: &str = "https://top.example";

    fn rules(context: SameSiteContext) -> Rules<'static> {
        const TOP: &Origin = &Origin::Opaque(crate::infra::origin::OpaqueOrigin::Unique);
        Rules { profile: SPEC, context, top: TOP, top_site: TOP_SITE, third_party: ThirdPartyCookies::Allowed }
    }

    fn at(at: f64) -> Received {
        Received { at, date: Received::WITHOUT_DATE }
    }

    fn set(jar: &mut Vec<Cookie>, url: &str, context: SameSiteContext, line: &str) -> Result<ByteString, CookieRefusal> {
        store(jar, line.as_bytes(), &Url::parse(url).unwrap(), &rules(context), at(0.0))
    }

    fn sent(jar: &[Cookie], url: &str, context: SameSiteContext, now: f64) -> Option<String> {
        let found = retrieve(jar, &Url::parse(url).unwrap(), &rules(context), now);
        cookie_header(jar, &found).map(|value| value.to_string())
    }

    #[test]
    fn what_is_taken() {
        use CookieRefusal::{Domain, NoneWithoutSecure, Prefix, SameSite, Secure, Syntax};
        let taken = |domain: &'static str, host_only: bool, path: &'static str| Ok((domain, host_only, path));
        for (url, context, line, expected) in [
            ("https://a.example/", SAME_SITE, "n=v", taken("a.example", true, "/")),
            ("https://a.example/x/y?/z", SAME_SITE, "n=v", taken("a.example", true, "/x")),
            ("https://a.example/x/", SAME_SITE, "n=v", taken("a.example", true, "/x")),
            ("https://a.example/x", SAME_SITE, "n=v; Path=", taken("a.example", true, "/")),
            ("https://a.example/x", SAME_SITE, "n=v; Path=/y/z", taken("a.example", true, "/y/z")),
            ("https://bücher.example/", SAME_SITE, "n=v", taken("xn--bcher-kva.example", true, "/")),
            ("https://a.example/", SAME_SITE, "v", taken("a.example", true, "/")),
            ("https://a.example/", SAME_SITE, "", Err(Syntax)),
            ("https://a.example/", SAME_SITE, "=; Secure", Err(Syntax)),
            ("https://a.example/", SAME_SITE, "n=\u{1}", Err(Syntax)),
            // Domains.
            ("https://w.a.example/", SAME_SITE, "n=v; Domain=a.example", taken("a.example", false, "/")),
            ("https://w.a.example/", SAME_SITE, "n=v; Domain=.W.A.Example", taken("w.a.example", false, "/")),
            ("https://a.example/", SAME_SITE, "n=v; Domain=w.a.example", Err(Domain)),
            ("https://ba.example/", SAME_SITE, "n=v; Domain=a.example", Err(Domain)),
            ("https://a.example/", SAME_SITE, "n=v; Domain=example", Err(Domain)),
            ("https://a.example/", SAME_SITE, "n=v; Domain=a.example.", Err(Domain)),
            ("https://a.example/", SAME_SITE, "n=v; Domain=..a.example", Err(Domain)),
            ("https://a.example/", SAME_SITE, "n=v; Domain=bücher.example", Err(Domain)),
            ("https://a.example/", SAME_SITE, "n=v; Domain=", taken("a.example", true, "/")),
            ("https://alice.github.io/", SAME_SITE, "n=v; Domain=github.io", Err(Domain)),
            ("https://github.io/", SAME_SITE, "n=v; Domain=github.io", taken("github.io", true, "/")),
            ("http://localhost:3000/", SAME_SITE, "n=v; Domain=localhost", taken("localhost", true, "/")),
            ("http://127.0.0.1/", SAME_SITE, "n=v; Domain=127.0.0.1", taken("127.0.0.1", false, "/")),
            ("http://127.0.0.1/", SAME_SITE, "n=v; Domain=0.0.1", Err(Domain)),
            ("http://[::1]/", SAME_SITE, "n=v; Domain=[::1]", taken("[::1]", false, "/")),
            ("data:,", SAME_SITE, "n=v", Err(Domain)),
            // Secure.
            ("http://a.example/", SAME_SITE, "n=v; Secure", Err(Secure)),
            ("http://localhost/", SAME_SITE, "n=v; Secure", Err(Secure)),
            ("https://a.example/", SAME_SITE, "n=v; SameSite=None", Err(NoneWithoutSecure)),
            ("https://a.example/", SAME_SITE, "n=v; SameSite=None; Secure", taken("a.example", true, "/")),
            // SameSite.
            ("https://a.example/", CROSS_SITE, "n=v", Err(SameSite)),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=Lax", Err(SameSite)),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=Strict", Err(SameSite)),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=bogus", Err(SameSite)),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=None", Err(NoneWithoutSecure)),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=None; Secure", taken("a.example", true, "/")),
            ("https://a.example/", POST_NAVIGATION, "n=v; SameSite=Strict", taken("a.example", true, "/")),
            // Names.
            ("https://a.example/", SAME_SITE, "__Secure-n=v; Secure", taken("a.example", true, "/")),
            ("https://a.example/", SAME_SITE, "__SECURE-n=v", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "__Secure=v", taken("a.example", true, "/")),
            ("https://a.example/", SAME_SITE, "__Host-n=v; Secure; Path=/", taken("a.example", true, "/")),
            ("https://a.example/x/y", SAME_SITE, "__Host-n=v; Secure; Path=", Err(Prefix)),
            ("https://a.example/x", SAME_SITE, "__Host-n=v; Secure; Path=", taken("a.example", true, "/")),
            ("https://a.example/", SAME_SITE, "__Host-n=v; Secure", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "__host-n=v; Path=/", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "__Host-n=v; Secure; Path=/x", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "__Host-n=v; Secure; Path=/; Domain=a.example", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "=__Secure-n=v; Secure", Err(Prefix)),
            ("https://a.example/", SAME_SITE, "__Host-n; Secure; Path=/", Err(Prefix)),
        ] {
            let mut jar = Vec::new();
            let found = set(&mut jar, url, context, line);
            let kept = jar.first().map(|cookie| (&*cookie.domain, cookie.host_only, &*cookie.path));
            assert_eq!(found.map(|_| kept.unwrap()), expected, "{url} {context:?} {line:?}");
            assert_eq!(jar.len(), usize::from(expected.is_ok()), "{url} {line:?}");
        }
    }

    #[test]
    fn an_insecure_connection_cannot_hide_a_secure_cookie() {
        let (own, all) = ("n=1; Secure", "n=1; Secure; Domain=a.example");
        for (secure, line, expected) in [
            (own, "n=2", Err(CookieRefusal::HidesSecure)),
            (own, "n=2; Domain=a.example", Err(CookieRefusal::HidesSecure)),
            (all, "n=2", Err(CookieRefusal::HidesSecure)),
            (own, "n=2; Path=/login/en", Err(CookieRefusal::HidesSecure)),
            (own, "n=2; Path=/", Ok("n")),
            (own, "n=2; Path=/foo", Ok("n")),
            (own, "N=2", Ok("N")),
        ] {
            let mut jar = Vec::new();
            set(&mut jar, "https://w.a.example/login/x", SAME_SITE, secure).unwrap();
            let found = set(&mut jar, "http://w.a.example/login/x", SAME_SITE, line).map(|name| name.to_string());
            assert_eq!(found.as_deref(), expected.as_ref().map(|name| *name), "{secure} {line}");
        }
    }

    #[test]
    fn what_is_sent() {
        use CookieVerdict::{Path, SameSiteDefault, SameSiteLax, SameSiteStrict, Secure, Sent};
        let of = "https://a.example/x/";
        let strict = "n=v; SameSite=Strict";
        let lax = "n=v; SameSite=Lax";
        let none = "n=v; SameSite=None; Secure";
        for (line, url, context, expected) in [
            ("n=v", "https://a.example/x", SAME_SITE, Some(Sent)),
            ("n=v", "https://a.example/x/", SAME_SITE, Some(Sent)),
            ("n=v", "https://a.example/x/y", SAME_SITE, Some(Sent)),
            ("n=v", "http://a.example:8080/x", SAME_SITE, Some(Sent)),
            ("n=v", "https://a.example/xy", SAME_SITE, Some(Path)),
            ("n=v", "https://a.example/", SAME_SITE, Some(Path)),
            ("n=v; Path=/x/", "https://a.example/x", SAME_SITE, Some(Path)),
            ("n=v; Path=/x/", "https://a.example/x/y", SAME_SITE, Some(Sent)),
            ("n=v; Path=/é", "https://a.example/é", SAME_SITE, Some(Path)),
            ("n=v", "https://w.a.example/x", SAME_SITE, None),
            ("n=v", "https://b.example/x", SAME_SITE, None),
            ("n=v; Domain=a.example", "https://w.a.example/x", SAME_SITE, Some(Sent)),
            ("n=v; Domain=a.example", "https://ba.example/x", SAME_SITE, None),
            ("n=v; Secure", "http://a.example/x", SAME_SITE, Some(Secure)),
            ("n=v; Secure", "wss://a.example/x", SAME_SITE, Some(Sent)),
            ("n=v", "https://a.example/x", CROSS_SITE, Some(SameSiteDefault)),
            ("n=v", "https://a.example/x", NAVIGATION, Some(Sent)),
            ("n=v", "https://a.example/x", POST_NAVIGATION, Some(SameSiteDefault)),
            (lax, "https://a.example/x", SAME_SITE, Some(Sent)),
            (lax, "https://a.example/x", CROSS_SITE, Some(SameSiteLax)),
            (lax, "https://a.example/x", NAVIGATION, Some(Sent)),
            (lax, "https://a.example/x", POST_NAVIGATION, Some(SameSiteLax)),
            (strict, "https://a.example/x", SAME_SITE, Some(Sent)),
            (strict, "https://a.example/x", CROSS_SITE, Some(SameSiteStrict)),
            (strict, "https://a.example/x", NAVIGATION, Some(SameSiteStrict)),
            (none, "https://a.example/x", CROSS_SITE, Some(Sent)),
            (none, "https://a.example/x", POST_NAVIGATION, Some(Sent)),
            (none, "http://a.example/x", CROSS_SITE, Some(Secure)),
        ] {
            let mut jar = Vec::new();
            set(&mut jar, of, SAME_SITE, line).unwrap();
            let found = retrieve(&jar, &Url::parse(url).unwrap(), &rules(context), 0.0);
            let expected: Vec<_> = expected.map(|verdict| (0, verdict)).into_iter().collect();
            assert_eq!(found, expected, "{line} {url} {context:?}");
        }
    }

    #[test]
    fn a_jar_from_elsewhere_may_hold_anything() {
        let mut jar = Vec::new();
        set(&mut jar, "https://alice.github.io/", SAME_SITE, "n=v; Domain=alice.github.io").unwrap();
        jar[0].domain = "github.io".into();
        assert_eq!(sent(&jar, "https://bob.github.io/", SAME_SITE, 0.0), None);
        jar[0].expires_at = Some(5.0);
        jar[0].domain = "alice.github.io".into();
        for (now, verdict) in [(4.0, CookieVerdict::Sent), (5.0, CookieVerdict::Expired)] {
            let found = retrieve(&jar, &Url::parse("https://alice.github.io/").unwrap(), &rules(SAME_SITE), now);
            assert_eq!(found, [(0, verdict)]);
        }
    }

    #[test]
    fn the_order_of_the_header() {
        let mut jar = Vec::new();
        for line in ["b=1; Path=/", "a=2; Path=/x", "c=3; Path=/", "v; Path=/x", "d=; Path=/x/y", "b=4; Path=/"] {
            set(&mut jar, "https://a.example/", SAME_SITE, line).unwrap();
        }
        assert_eq!(jar.len(), 5);
        let header = sent(&jar, "https://a.example/x/y", SAME_SITE, 0.0);
        assert_eq!(header.as_deref(), Some("d=; a=2; v; b=4; c=3"));
        assert_eq!(sent(&jar, "https://a.example/", CROSS_SITE, 0.0), None);
    }

    #[test]
    fn cookies_expire_and_are_deleted() {
        let url = "https://a.example/";
        for (line, alive_until) in [
            ("n=v", None),
            ("n=v; Max-Age=10", Some(10.0)),
            ("n=v; Max-Age=0", Some(0.0)),
            ("n=v; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some(0.0)),
            ("n=v; Expires=Thu, 02 Jul 2026 00:01:00 GMT", Some(60.0)),
        ] {
            let mut jar = Vec::new();
            set(&mut jar, url, SAME_SITE, "n=old; Max-Age=100000").unwrap();
            assert_eq!(set(&mut jar, url, SAME_SITE, line), Ok(b"n".into()), "{line}");
            assert_eq!(jar.len(), usize::from(alive_until != Some(0.0)), "{line}");
            for now in [0.0, 9.0, 10.0, 59.0, 60.0, 1e9] {
                let expected = alive_until.is_none_or(|until| now < until).then_some("n=v");
                assert_eq!(sent(&jar, url, SAME_SITE, now).as_deref(), expected, "{line} {now}");
            }
            evict_expired(&mut jar, 1e9);
            assert_eq!(jar.len(), usize::from(alive_until.is_none()), "{line}");
        }
        // Only what has the same domain and path is replaced.
        let mut jar = Vec::new();
        set(&mut jar, url, SAME_SITE, "n=v").unwrap();
        for line in ["n=; Max-Age=0; Domain=a.example", "n=; Max-Age=0; Path=/x", "N=; Max-Age=0"] {
            set(&mut jar, url, SAME_SITE, line).unwrap();
        }
        assert_eq!(jar.len(), 1);
    }

    #[test]
    fn by_browser() {
        use CookieRefusal as R;
        let top = Origin::parse("https://a.example").unwrap();
        let set = |profile, context, third_party, url: &str, line: &str| {
            let mut jar = Vec::new();
            let rules = Rules { profile, context, top: &top, top_site: "https://a.example", third_party };
            let url = Url::parse(url).unwrap();
            store(&mut jar, line.as_bytes(), &url, &rules, at(0.0)).map(|_| {
                let within = retrieve(&jar, &url, &rules, 0.0)[0].1;
                let same_site = retrieve(&jar, &url, &Rules { context: SAME_SITE, ..rules }, 0.0)[0].1;
                (within, same_site)
            })
        };
        use CookieVerdict::{Partition, Sent};
        let none = "n=v; SameSite=None";
        let secure = "n=v; SameSite=None; Secure";
        let (free, partitioned) = (Ok((Sent, Sent)), Ok((Sent, Partition)));
        // what the standard, Chromium, Firefox, WebKit do, and whether the cookie goes back there, and to a first party
        for (url, context, line, expected) in [
            ("https://a.example/", SAME_SITE, "n=v", [free; 4]),
            ("https://w.a.example/", SAME_SITE, "n=v", [free, free, free, Err(R::ThirdParty)]),
            ("https://w.a.example/", SAME_SITE, "n=v; Domain=a.example", [free; 4]),
            ("https://b.example/", CROSS_SITE, "n=v", [Err(R::SameSite), Err(R::SameSite), partitioned, Err(R::ThirdParty)]),
            ("https://a.example/", CROSS_SITE, "n=v", [Err(R::SameSite), Err(R::SameSite), partitioned, free]),
            ("https://b.example/", CROSS_SITE, secure, [free, free, partitioned, Err(R::ThirdParty)]),
            (
                "https://a.example/",
                SAME_SITE,
                none,
                [Err(R::NoneWithoutSecure), Err(R::NoneWithoutSecure), Err(R::NoneWithoutSecure), free],
            ),
            ("https://a.example/", CROSS_SITE, "n=v; SameSite=Lax", [Err(R::SameSite); 4]),
        ] {
            for (profile, expected) in [SPEC, CHROMIUM, FIREFOX, WEBKIT].into_iter().zip(expected) {
                let found = set(profile, context, ThirdPartyCookies::Allowed, url, line);
                assert_eq!(found, expected, "{:?} {url} {line} {context:?}", profile.name());
                // Blocked, no third party has any.
                let blocked = set(profile, context, ThirdPartyCookies::Blocked, url, line);
                let expected = if context == CROSS_SITE { Err(R::ThirdParty) } else { expected };
                assert_eq!(blocked, expected, "{:?} {url} {line} {context:?}", profile.name());
            }
        }
    }

    fn contexts() -> impl Strategy<Value = SameSiteContext> {
        prop_oneof![Just(SAME_SITE), Just(CROSS_SITE), Just(NAVIGATION), Just(POST_NAVIGATION)]
    }

    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let attribute = prop_oneof![
            "(Secure|HttpOnly|Domain=(\\.?a\\.example|example|.{0,5})|Path=(/[a-z/]{0,4})?|SameSite=(None|Lax|Strict)|Max-Age=-?[0-9]{0,40}|Expires=.{0,40})",
            ".{0,12}",
        ];
        let line = ("(__Host-|__Secure-)?[a-c]?", "=?.{0,6}", proptest::collection::vec(attribute, 0..4));
        prop_oneof![
            line.prop_map(|(name, value, attributes)| format!("{name}{value}; {}", attributes.join("; ")).into_bytes()),
            proptest::collection::vec(any::<u8>(), 0..60),
        ]
    }

    proptest! {
        #[test]
        fn no_line_breaks_the_jar(lines in proptest::collection::vec((lines(), contexts(), any::<bool>()), 0..8), context in contexts()) {
            let urls = ["https://w.a.example/x/y", "http://a.example/"].map(|url| Url::parse(url).unwrap());
            let mut jar = Vec::new();
            for (now, (line, context, secure)) in (0u32..).zip(&lines) {
                let before = jar.clone();
                match store(&mut jar, line, &urls[usize::from(!secure)], &rules(*context), at(now.into())) {
                    Ok(_) => prop_assert!(jar.len() <= before.len() + 1),
                    Err(_) => prop_assert!(jar.iter().all(|cookie| before.contains(cookie))),
                }
            }
            // No two with the same name, domain and path, and nothing that the host may not set.
            for (index, cookie) in jar.iter().enumerate() {
                prop_assert!(!jar.iter().skip(index + 1).any(|other| other.is_replaced_by(cookie)));
                prop_assert!(["w.a.example", "a.example"].contains(&&*cookie.domain));
            }
            // What is sent has no byte that could end the header, and has as many parts as cookies.
            let now = f64::from(u32::try_from(lines.len()).unwrap());
            for url in &urls {
                let found = retrieve(&jar, url, &rules(context), now);
                let sent = found.iter().filter(|(_, verdict)| *verdict == CookieVerdict::Sent).count();
                let header = cookie_header(&jar, &found);
                prop_assert_eq!(header.is_some(), sent > 0);
                if let Some(header) = header {
                    prop_assert!(!header.as_bytes().iter().any(|&byte| byte != b'\t' && byte.is_ascii_control()));
                    prop_assert_eq!(header.as_bytes().iter().filter(|&&byte| byte == b';').count(), sent - 1);
                }
            }
        }
    }
}
