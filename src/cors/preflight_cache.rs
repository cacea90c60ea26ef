//! <https://fetch.spec.whatwg.org/#concept-cache>

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::deviations::Deviation;
use crate::http::modes::CredentialsMode;
use crate::infra::bytes::{ByteString, matches_ignoring_case};
use crate::profile::Profile;

/// A [cache entry](https://fetch.spec.whatwg.org/#concept-cache): one method or one header name that a server allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CacheEntry {
    /// The network partition key: the site of the top-level page.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub key: Arc<str>,
    /// The byte-serialized origin.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub origin: Arc<str>,
    /// The URL.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub url: Arc<str>,
    /// In seconds.
    pub max_age: f64,
    /// When it was stored, in seconds on the scenario's clock.
    pub stored_at: f64,
    /// Whether the credentials mode was `include`.
    pub credentials: bool,
    /// What is allowed.
    pub allows: Allows,
}

/// The method or the header name of a cache entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Allows {
    /// This method.
    Method(#[cfg_attr(feature = "wasm", tsify(type = "string"))] ByteString),
    /// Any method: `*` from a preflight without credentials (CORRECTION 5: never from one with them).
    AnyMethod,
    /// This header name.
    HeaderName(#[cfg_attr(feature = "wasm", tsify(type = "string"))] ByteString),
    /// Any header name but `Authorization`: `*` from a preflight without credentials.
    AnyHeaderName,
}

/// For how long an answer is kept at the most, whatever `Access-Control-Max-Age` says: CORS-preflight fetch, step 7.10.
///
/// The standard leaves the limit to the browser. This is the largest that any of them has (Firefox's, a day), so that
/// nothing counts as forgotten which one of them would still know.
pub const MAX_AGE_LIMIT: f64 = 86_400.0;

/// The same in a browser with the behaviour of `profile`.
pub fn max_age_limit(profile: Profile) -> f64 {
    match () {
        () if profile.has(Deviation::PreflightKeptTenMinutes) => 600.0,
        () if profile.has(Deviation::PreflightKeptTwoHours) => 7_200.0,
        () => MAX_AGE_LIMIT,
    }
}

/// The request that entries are looked up for, and when.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// Whose cache it is.
    pub profile: Profile,
    /// The network partition key.
    pub key: &'a str,
    /// The byte-serialized request origin.
    pub origin: &'a str,
    /// The request's current URL, serialized with its fragment: the standard compares URLs whole.
    pub url: &'a str,
    /// The request's credentials mode.
    pub credentials: CredentialsMode,
    /// In seconds on the scenario's clock.
    pub now: f64,
}

/// [Method cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-method)
pub fn method_match(entries: &[CacheEntry], lookup: &Lookup, method: &[u8]) -> bool {
    entries.iter().any(|entry| entry.matches(lookup) && entry.allows(lookup).method(method))
}

/// [Header-name cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-header)
pub fn header_name_match(entries: &[CacheEntry], lookup: &Lookup, name: &[u8]) -> bool {
    let covers = |allows: &Allows| {
        allows.header_name(name) || *allows == Allows::AnyHeaderName && lookup.profile.has(Deviation::PreflightWildcardByRequest)
    };
    entries.iter().any(|entry| entry.matches(lookup) && covers(&entry.allows(lookup)))
}

/// Keeps what a preflight's answer allows: CORS-preflight fetch, steps 7.12 to 7.15. Says how many entries are new or
/// renewed. A `max_age` of 0 leaves nothing that could be used, and takes away what was there.
pub fn store<'a>(
    entries: &mut Vec<CacheEntry>,
    lookup: &Lookup,
    max_age: f64,
    methods: impl Iterator<Item = &'a [u8]>,
    header_names: impl Iterator<Item = &'a [u8]>,
) -> usize {
    remove_expired(entries, lookup.now);
    if lookup.profile.has(Deviation::PreflightKeptWhole) {
        entries.retain(|entry| !entry.is_for(lookup));
    }
    let before = entries.len();
    // OPTIMIZATION: room for what most answers list.
    entries.reserve(ROOM);
    let mut touched = vec![false; before];
    let needless = methods_without_preflight(lookup.profile).iter().copied();
    let methods = needless.chain(methods);
    // CORRECTION 5: what a preflight with credentials calls `*` is a method or a name, not a wildcard. The standard's
    // entries cannot tell the two apart, and so would let it serve as a wildcard later.
    let wildcards = match () {
        () if lookup.profile.has(Deviation::PreflightWildcardByRequest) => true,
        () if lookup.profile.has(Deviation::PreflightWildcardLiteral) => false,
        () => !lookup.includes_credentials(),
    };
    let methods = methods.map(|method| match method {
        b"*" if wildcards => Allows::AnyMethod,
        _ => Allows::Method(method.into()),
    });
    let header_names = header_names.map(|name| match name {
        b"*" if wildcards => Allows::AnyHeaderName,
        _ => Allows::HeaderName(name.into()),
    });
    // OPTIMIZATION: the entries of one answer share their key, origin and URL.
    let mut new: Option<CacheEntry> = None;
    for allows in methods.chain(header_names) {
        let mut found = false;
        // 12. and 14. Entries that match get the new max-age.
        for (index, entry) in entries.iter_mut().enumerate() {
            // OPTIMIZATION: what is allowed differs sooner than the URLs of one server do.
            if entry.covers(lookup, &allows) && entry.matches(lookup) {
                found = true;
                entry.max_age = max_age;
                // NB: the standard counts from when the entry was stored, and so would forget at once what the server
                // has just allowed anew. Every browser counts from the answer that set the max-age.
                entry.stored_at = lookup.now;
                if let Some(touched) = touched.get_mut(index) {
                    *touched = true;
                }
            }
        }
        // 13. and 15. What nothing matches gets an entry of its own.
        if !found {
            let template = new.get_or_insert_with(|| lookup.entry(max_age, Allows::AnyMethod));
            entries.push(CacheEntry { allows, ..template.clone() });
        }
    }
    // NB: what needs no permission is remembered for as long as the answer has a place, which its permissions may not fill.
    // An answer that has none, as its max-age is 0, has no entry here that matches.
    if lookup.profile.has(Deviation::PreflightKeptForGetAndPost) {
        let is_needless =
            |allows: &Allows| matches!(allows, Allows::Method(method) if matches!(method.as_bytes(), b"GET" | b"POST"));
        for entry in entries.iter_mut().filter(|entry| entry.matches(lookup) && is_needless(&entry.allows)) {
            entry.max_age = MAX_AGE_LIMIT;
        }
    }
    let stored = touched.into_iter().filter(|&touched| touched).count() + entries.len() - before;
    if max_age > 0.0 {
        stored
    } else {
        remove_expired(entries, lookup.now);
        0
    }
}

/// How many methods and names an answer allows, at the most as a rule.
const ROOM: usize = 12;

/// The methods that an answer allows later whatever it lists, in a browser that keeps answers and not single permissions.
fn methods_without_preflight(profile: Profile) -> &'static [&'static [u8]] {
    match () {
        () if profile.has(Deviation::PreflightKeptWhole) => &[b"GET", b"HEAD", b"POST"],
        () if profile.has(Deviation::PreflightKeptForGetAndPost) => &[b"GET", b"POST"],
        () => &[],
    }
}

/// Whether a method that is safelisted has to be among what is remembered like any other.
pub fn safelisted_methods_are_kept(profile: Profile) -> bool {
    !methods_without_preflight(profile).is_empty()
}

/// [Clear cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear). Says how many there were.
pub fn clear(entries: &mut Vec<CacheEntry>, lookup: &Lookup) -> usize {
    remove_expired(entries, lookup.now);
    let before = entries.len();
    entries.retain(|entry| !entry.is_for(lookup));
    before - entries.len()
}

/// Entries must be removed once their max-age has passed.
pub fn remove_expired(entries: &mut Vec<CacheEntry>, now: f64) {
    entries.retain(|entry| !entry.is_expired(now));
}

impl Lookup<'_> {
    fn includes_credentials(&self) -> bool {
        self.credentials == CredentialsMode::Include
    }

    /// [Create a new cache entry](https://fetch.spec.whatwg.org/#concept-cache-create-entry)
    fn entry(&self, max_age: f64, allows: Allows) -> CacheEntry {
        CacheEntry {
            key: self.key.into(),
            origin: self.origin.into(),
            url: self.url.into(),
            max_age,
            stored_at: self.now,
            credentials: self.includes_credentials(),
            allows,
        }
    }
}

impl CacheEntry {
    /// [Cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match)
    fn matches(&self, lookup: &Lookup) -> bool {
        let credentials_fit = if lookup.profile.has(Deviation::PreflightKeptByCredentials) {
            self.credentials == lookup.includes_credentials()
        } else {
            self.credentials || !lookup.includes_credentials()
        };
        !self.is_expired(lookup.now) && self.is_for(lookup) && credentials_fit
    }

    /// What it allows this request.
    fn allows(&self, lookup: &Lookup) -> Cow<'_, Allows> {
        // NB: a wildcard can be kept by a request with credentials only where each request decides by itself what it means.
        match &self.allows {
            Allows::AnyMethod if lookup.includes_credentials() => Cow::Owned(Allows::Method(b"*".into())),
            Allows::AnyHeaderName if lookup.includes_credentials() => Cow::Owned(Allows::HeaderName(b"*".into())),
            allows => Cow::Borrowed(allows),
        }
    }

    /// Whether it allows this request whatever `allows` does.
    fn covers(&self, lookup: &Lookup, allows: &Allows) -> bool {
        match (&self.allows, allows) {
            // OPTIMIZATION: an answer lists methods and names, each of which is compared with all before it.
            (Allows::Method(allowed), Allows::Method(method)) => allowed == method,
            (Allows::HeaderName(allowed), Allows::HeaderName(name)) => matches_ignoring_case(allowed.as_bytes(), name.as_bytes()),
            (Allows::Method(_), Allows::HeaderName(_)) | (Allows::HeaderName(_), Allows::Method(_)) => false,
            _ => self.allows(lookup).covers(allows),
        }
    }

    fn is_for(&self, lookup: &Lookup) -> bool {
        &*self.key == lookup.key && &*self.origin == lookup.origin && is_same_url(lookup.profile, &self.url, lookup.url)
    }

    fn is_expired(&self, now: f64) -> bool {
        now - self.stored_at >= self.max_age
    }
}

impl Allows {
    fn method(&self, method: &[u8]) -> bool {
        match self {
            Self::Method(allowed) => allowed.as_bytes() == method,
            Self::AnyMethod => true,
            Self::HeaderName(_) | Self::AnyHeaderName => false,
        }
    }

    fn header_name(&self, name: &[u8]) -> bool {
        match self {
            Self::HeaderName(allowed) => matches_ignoring_case(allowed.as_bytes(), name),
            // A CORS non-wildcard request-header name is allowed by its own name only.
            Self::AnyHeaderName => !name.eq_ignore_ascii_case(b"Authorization"),
            Self::Method(_) | Self::AnyMethod => false,
        }
    }

    /// Whether whatever `other` allows is allowed by this already.
    fn covers(&self, other: &Self) -> bool {
        match other {
            Self::Method(method) => self.method(method.as_bytes()),
            Self::HeaderName(name) => self.header_name(name.as_bytes()),
            Self::AnyMethod | Self::AnyHeaderName => self == other,
        }
    }
}

/// Whether two URLs are one to the cache.
fn is_same_url(profile: Profile, url: &str, other: &str) -> bool {
    let is_ignored = profile.has(Deviation::PreflightKeptWithoutUserinfo);
    url == other || is_ignored && without_userinfo(url) == without_userinfo(other)
}

/// A URL's scheme, and what follows its user name and password.
fn without_userinfo(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("//")?;
    let (authority, _) = rest.split_once('/')?;
    Some((scheme, &rest[authority.find('@').map_or(0, |at| at + 1)..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    const PLAIN: CredentialsMode = CredentialsMode::SameOrigin;
    const INCLUDE: CredentialsMode = CredentialsMode::Include;

    fn at(now: f64, credentials: CredentialsMode) -> Lookup<'static> {
        Lookup {
            profile: SPEC,
            key: "https://a.example",
            origin: "https://a.example",
            url: "https://b.example/x",
            credentials,
            now,
        }
    }

    /// The elements of a list, as the header would have them.
    fn list(text: &str) -> Vec<&[u8]> {
        text.split(',').map(|element| element.trim().as_bytes()).filter(|element| !element.is_empty()).collect()
    }

    fn keep(entries: &mut Vec<CacheEntry>, lookup: &Lookup, max_age: f64, methods: &str, names: &str) -> usize {
        store(entries, lookup, max_age, list(methods).into_iter(), list(names).into_iter())
    }

    #[test]
    fn what_an_answer_allows_in_browsers() {
        let of = |profile, now, credentials| Lookup { profile, ..at(now, credentials) };
        // mode of the preflight, methods, names; mode of the next request, its method and name; whether Chromium, Firefox and
        // WebKit let both out
        for (stored, methods, names, asked, method, name, expected) in [
            (PLAIN, "PUT", "x-a", PLAIN, "PUT", "x-a", [true, true, true]),
            (PLAIN, "PUT", "x-a", PLAIN, "GET", "x-a", [true, true, true]),
            (PLAIN, "PUT", "x-a", PLAIN, "HEAD", "x-a", [true, false, true]),
            (INCLUDE, "PUT", "x-a", PLAIN, "PUT", "x-a", [true, false, true]),
            (PLAIN, "PUT", "x-a", INCLUDE, "PUT", "x-a", [false, false, false]),
            (PLAIN, "*", "*", PLAIN, "PUT", "x-a", [true, false, true]),
            (PLAIN, "*", "*", PLAIN, "PUT", "Authorization", [false, false, true]),
            (INCLUDE, "*", "*", PLAIN, "PUT", "x-a", [false, false, true]),
            (INCLUDE, "*", "*", INCLUDE, "PUT", "x-a", [false, false, false]),
            (INCLUDE, "*", "x-a", INCLUDE, "PUT", "x-a", [false, false, false]),
            (INCLUDE, "PUT", "*", INCLUDE, "PUT", "x-a", [false, false, false]),
            (INCLUDE, "*, PUT", "*, x-a", INCLUDE, "PUT", "x-a", [true, true, true]),
        ] {
            let found = [CHROMIUM, FIREFOX, WEBKIT].map(|profile| {
                let mut entries = Vec::new();
                keep(&mut entries, &of(profile, 0.0, stored), 600.0, methods, names);
                let lookup = of(profile, 1.0, asked);
                method_match(&entries, &lookup, method.as_bytes()) && header_name_match(&entries, &lookup, name.as_bytes())
            });
            assert_eq!(found, expected, "{stored:?} {methods} {names} then {asked:?} {method} {name}");
        }
    }

    #[test]
    fn an_answer_replaces_the_one_before_where_it_is_kept_whole() {
        for (profile, expected) in [(CHROMIUM, false), (FIREFOX, true), (WEBKIT, false)] {
            let lookup = Lookup { profile, ..at(0.0, PLAIN) };
            let mut entries = Vec::new();
            keep(&mut entries, &lookup, 600.0, "PUT", "x-a");
            keep(&mut entries, &lookup, 600.0, "PUT", "x-b");
            assert_eq!(header_name_match(&entries, &lookup, b"x-a"), expected, "{profile:?}");
        }
    }

    #[test]
    fn limits() {
        let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(max_age_limit);
        assert_eq!(found, [86_400.0, 7_200.0, 86_400.0, 600.0]);
    }

    #[test]
    fn what_needs_no_permission_outlives_the_permissions() {
        // whose cache, the max-age, then whether GET, POST and PUT are let out six seconds later
        for (profile, max_age, expected) in [
            (FIREFOX, 5.0, [true, true, false]),
            (FIREFOX, 7.0, [true, true, true]),
            (FIREFOX, 0.0, [false, false, false]),
            (FIREFOX, -1.0, [false, false, false]),
            (SPEC, 5.0, [false, false, false]),
            (CHROMIUM, 5.0, [false, false, false]),
            (WEBKIT, 5.0, [false, false, false]),
        ] {
            let of = |now| Lookup { profile, ..at(now, PLAIN) };
            let mut entries = Vec::new();
            keep(&mut entries, &of(0.0), max_age, "GET, POST, PUT", "x-a");
            let found = [b"GET".as_slice(), b"POST", b"PUT"].map(|method| method_match(&entries, &of(6.0), method));
            assert_eq!(found, expected, "{profile:?} {max_age}");
        }
    }

    #[test]
    fn what_an_answer_allows_later() {
        let omit = CredentialsMode::Omit;
        // mode of the preflight, methods, names; mode of the next request, its method and name; does each match?
        for (stored, methods, names, asked, method, name, expected) in [
            (PLAIN, "PUT", "x-a", PLAIN, "PUT", "x-a", [true, true]),
            (PLAIN, "PUT", "x-a", PLAIN, "PUT", "X-A", [true, true]),
            (PLAIN, "PUT", "X-A", PLAIN, "put", "x-a", [false, true]),
            (PLAIN, "PUT", "x-a", PLAIN, "PUT", "x-b", [true, false]),
            // With credentials serves without, and not the other way round.
            (INCLUDE, "PUT", "x-a", omit, "PUT", "x-a", [true, true]),
            (INCLUDE, "PUT", "x-a", INCLUDE, "PUT", "x-a", [true, true]),
            (omit, "PUT", "x-a", INCLUDE, "PUT", "x-a", [false, false]),
            (omit, "PUT", "x-a", PLAIN, "PUT", "x-a", [true, true]),
            // The wildcard.
            (PLAIN, "*", "*", PLAIN, "DELETE", "x-a", [true, true]),
            (PLAIN, "*", "*", PLAIN, "*", "*", [true, true]),
            (PLAIN, "*", "*", PLAIN, "DELETE", "Authorization", [true, false]),
            (PLAIN, "*", "*, authorization", PLAIN, "DELETE", "Authorization", [true, true]),
            (PLAIN, "*", "*", INCLUDE, "DELETE", "x-a", [false, false]),
            // A `*` in an answer with credentials is a name like any other.
            (INCLUDE, "PUT, *", "*", INCLUDE, "DELETE", "x-a", [false, false]),
            (INCLUDE, "PUT, *", "*", PLAIN, "DELETE", "x-a", [false, false]),
            (INCLUDE, "PUT, *", "*", INCLUDE, "*", "*", [true, true]),
            (INCLUDE, "PUT, *", "*", PLAIN, "*", "*", [true, true]),
        ] {
            let mut entries = Vec::new();
            keep(&mut entries, &at(0.0, stored), 600.0, methods, names);
            let lookup = at(1.0, asked);
            let found =
                [method_match(&entries, &lookup, method.as_bytes()), header_name_match(&entries, &lookup, name.as_bytes())];
            assert_eq!(found, expected, "{stored:?} {methods} {names} then {asked:?} {method} {name}");
        }
    }

    #[test]
    fn what_is_one_url() {
        for (other, spec, chromium) in [
            ("https://b.example/x", true, true),
            ("https://u:p@b.example/x", false, true),
            ("https://u@b.example/x", false, true),
            ("https://u@b.example/y", false, false),
            ("http://u@b.example/x", false, false),
            ("https://b.example/@b.example/x", false, false),
            ("https://b.example/x#f", false, false),
            ("data:x", false, false),
        ] {
            for (profile, expected) in [(SPEC, spec), (CHROMIUM, chromium)] {
                assert_eq!(is_same_url(profile, "https://b.example/x", other), expected, "{other} {:?}", profile.name());
            }
        }
    }

    #[test]
    fn key_origin_and_url_count() {
        let stored = at(0.0, PLAIN);
        let mut entries = Vec::new();
        keep(&mut entries, &stored, 600.0, "PUT", "");
        for (lookup, expected) in [
            (stored, true),
            (Lookup { key: "https://c.example", ..stored }, false),
            (Lookup { origin: "null", ..stored }, false),
            (Lookup { url: "https://b.example/x?", ..stored }, false),
            (Lookup { url: "https://b.example/x#f", ..stored }, false),
        ] {
            assert_eq!(method_match(&entries, &lookup, b"PUT"), expected, "{lookup:?}");
            assert_eq!(clear(&mut entries.clone(), &lookup), usize::from(expected), "{lookup:?}");
        }
    }

    #[test]
    fn time_passes() {
        for (max_age, now, expected) in [
            (5.0, 0.0, true),
            (5.0, 4.9, true),
            (5.0, 5.0, false),
            (5.0, 6.0, false),
            (0.0, 0.0, false),
            (-1.0, 0.0, false),
            (MAX_AGE_LIMIT, 86_399.0, true),
        ] {
            let mut entries = Vec::new();
            let stored = keep(&mut entries, &at(0.0, PLAIN), max_age, "PUT", "x-a");
            assert_eq!(stored, if max_age > 0.0 { 2 } else { 0 }, "{max_age}");
            assert_eq!(method_match(&entries, &at(now, PLAIN), b"PUT"), expected, "{max_age} {now}");
            assert_eq!(header_name_match(&entries, &at(now, PLAIN), b"x-a"), expected, "{max_age} {now}");
        }
    }

    #[test]
    fn entries_are_renewed_or_made() {
        // mode, methods, names of a second answer; new or renewed; entries after it
        for (mode, methods, names, touched, after) in [
            (PLAIN, "PUT", "x-a", 2, 2),
            (PLAIN, "PUT, PUT", "X-A", 2, 2),
            (PLAIN, "DELETE", "x-b, X-B", 2, 4),
            (PLAIN, "*", "*", 2, 4),
            (PLAIN, "*, DELETE", "", 1, 3),
            (PLAIN, "DELETE, *", "", 2, 4),
            (INCLUDE, "PUT", "x-a", 2, 4),
            (PLAIN, "", "", 0, 2),
        ] {
            let mut entries = Vec::new();
            assert_eq!(keep(&mut entries, &at(0.0, PLAIN), 10.0, "PUT", "x-a"), 2);
            assert_eq!(keep(&mut entries, &at(8.0, mode), 10.0, methods, names), touched, "{mode:?} {methods} {names}");
            assert_eq!(entries.len(), after, "{mode:?} {methods} {names}");
        }
    }

    #[test]
    fn a_wildcard_is_renewed_by_what_it_covers() {
        let mut entries = Vec::new();
        keep(&mut entries, &at(0.0, PLAIN), 10.0, "*", "*");
        assert_eq!(keep(&mut entries, &at(8.0, PLAIN), 10.0, "PUT", "x-a, authorization"), 3);
        assert_eq!(entries.len(), 3);
        assert!(method_match(&entries, &at(17.0, PLAIN), b"DELETE"));
    }

    #[test]
    fn a_literal_star_is_no_reason_not_to_keep_a_wildcard() {
        let mut entries = Vec::new();
        keep(&mut entries, &at(0.0, INCLUDE), 10.0, "*", "*");
        keep(&mut entries, &at(0.0, PLAIN), 10.0, "*", "*");
        assert!(method_match(&entries, &at(0.0, PLAIN), b"DELETE"));
        assert!(header_name_match(&entries, &at(0.0, PLAIN), b"x-a"));
    }

    #[test]
    fn renewing_counts_from_the_answer() {
        let mut entries = Vec::new();
        keep(&mut entries, &at(0.0, PLAIN), 10.0, "PUT", "");
        keep(&mut entries, &at(8.0, PLAIN), 5.0, "PUT", "");
        assert!(method_match(&entries, &at(12.9, PLAIN), b"PUT"));
        assert!(!method_match(&entries, &at(13.0, PLAIN), b"PUT"));
        keep(&mut entries, &at(9.0, PLAIN), 0.0, "PUT", "");
        assert_eq!(entries, []);
    }

    #[test]
    fn clearing_takes_both_kinds_and_counts_no_expired_ones() {
        let mut entries = Vec::new();
        keep(&mut entries, &at(0.0, PLAIN), 1.0, "PATCH", "");
        keep(&mut entries, &at(0.0, PLAIN), 10.0, "PUT", "x-a");
        keep(&mut entries, &at(0.0, INCLUDE), 10.0, "PUT", "x-a");
        keep(&mut entries, &Lookup { url: "https://b.example/y", ..at(0.0, PLAIN) }, 10.0, "PUT", "");
        assert_eq!(clear(&mut entries, &at(2.0, PLAIN)), 4);
        assert_eq!(entries.len(), 1);
    }

    fn tokens() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let token = prop_oneof![Just(b"*".to_vec()), Just(b"PUT".to_vec()), proptest::collection::vec(any::<u8>(), 0..4)];
        proptest::collection::vec(token, 0..6)
    }

    proptest! {
        #[test]
        fn what_was_allowed_is_allowed_until_it_expires(
            (methods, names) in (tokens(), tokens()), include: bool, max_age in 1.0..100_000.0f64, age in 0.0..100_000.0f64,
        ) {
            let mode = if include { INCLUDE } else { PLAIN };
            let mut entries = Vec::new();
            let stored = store(
                &mut entries, &at(0.0, mode), max_age,
                methods.iter().map(Vec::as_slice), names.iter().map(Vec::as_slice),
            );
            prop_assert_eq!(stored, entries.len());
            for mode in [mode, PLAIN] {
                let lookup = at(age, mode);
                for method in &methods {
                    prop_assert_eq!(method_match(&entries, &lookup, method), age < max_age);
                }
                for name in &names {
                    prop_assert_eq!(header_name_match(&entries, &lookup, name), age < max_age);
                }
            }
            // Storing the same again makes nothing new.
            let before = entries.clone();
            store(
                &mut entries, &at(0.0, mode), max_age,
                methods.iter().map(Vec::as_slice), names.iter().map(Vec::as_slice),
            );
            prop_assert_eq!(&entries, &before);
            prop_assert_eq!(clear(&mut entries, &at(0.0, PLAIN)), before.len());
        }
    }
}
