//! What the cache keeps, finds, renews and forgets: <https://www.rfc-editor.org/rfc/rfc9111#section-3> and section 4.

use std::borrow::Cow;

use super::StoredResponse;
use super::control::CacheControl;
use super::freshness::{Freshness, freshness, has_explicit_lifetime, is_heuristically_cacheable};
use crate::deviations::Deviation;
use crate::http::header_list::{Fields, Header, joined, lines_named, split_value};
use crate::http::status;
use crate::network::WireResponse;
use crate::profile::Profile;

/// What the cache has for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selected {
    /// Nothing for that URL.
    None,
    /// Something for that URL, but `Vary` keeps it for other requests.
    VaryMismatch {
        /// The newest such response.
        index: usize,
    },
    /// A response.
    Found {
        /// The newest one that may be used.
        index: usize,
        /// Whether it may be used without asking the server.
        freshness: Freshness,
    },
}

/// The stored response for a `GET` of `url` (without its fragment) with these headers.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4>
///
/// OUT OF SCOPE: parts that were stored; a request with `Range` goes to the network, but where a browser cuts a part out of a whole
/// response.
pub fn select(
    profile: Profile,
    entries: &[StoredResponse],
    partition: &str,
    url: &str,
    request_headers: &(impl Fields + ?Sized),
    now: f64,
) -> Selected {
    let range = range_of(profile, request_headers);
    // NB: a redirect is no part of anything.
    let is_redirect = |response: &WireResponse| status::is_redirect(response.status) && response.headers.contains(b"Location");
    let is_selectable = |entry: &StoredResponse| match is_redirect(&entry.response) {
        true => range.is_none() || profile.has(Deviation::RedirectsKeptForRanges),
        false if profile.has(Deviation::KeptByRange) => range == joined(&entry.request_headers, b"Range"),
        false => range.is_none() || profile.has(Deviation::PartsOfStored),
    };
    let of_url = || entries.iter().enumerate().filter(|(_, entry)| entry.is_for(partition, url));
    let for_url = || of_url().filter(|(_, entry)| is_selectable(entry));
    let newest = |a: &(usize, &StoredResponse), b: &(usize, &StoredResponse)| a.1.stored_at.total_cmp(&b.1.stored_at);
    match for_url().filter(|(_, entry)| entry.vary_matches(request_headers)).max_by(newest) {
        Some((index, entry)) => Selected::Found { index, freshness: freshness(profile, entry, request_headers, now) },
        None => for_url().max_by(newest).map_or(Selected::None, |(index, _)| Selected::VaryMismatch { index }),
    }
}

/// The `Range` of a request, if it asks for a part.
fn range_of<'a>(profile: Profile, request_headers: &'a (impl Fields + ?Sized)) -> Option<Cow<'a, [u8]>> {
    joined(request_headers, b"Range").filter(|range| **range != *b"bytes=0-" || !profile.has(Deviation::WholeRangeIgnored))
}

/// Whether a response may be stored. <https://www.rfc-editor.org/rfc/rfc9111#section-3>
///
/// NB: whether CORS lets script see it plays no part.
pub fn may_store(
    profile: Profile,
    method: &[u8],
    status: u16,
    request_headers: &(impl Fields + ?Sized),
    response_headers: &(impl Fields + ?Sized),
) -> bool {
    let (asked, control) = (CacheControl::of(profile, request_headers), CacheControl::of(profile, response_headers));
    // The method and the status are understood. Parts are not kept, and 304 is no response of its own.
    let is_own = status != 304 || profile.has(Deviation::NotModifiedStored);
    let is_partial = status == 206;
    let is_for_range = range_of(profile, request_headers).is_some();
    let is_of_use = match is_for_range {
        false => !is_partial || profile.has(Deviation::UnaskedPartsKept),
        true => profile.has(Deviation::KeptByRange) || profile.has(Deviation::WholeAnswersToRangesKept) && !is_partial,
    };
    let is_understood = method == b"GET" && status >= 200 && is_own && is_of_use;
    // Nobody forbids it, and it could ever be selected.
    let is_kept_from = asked.no_store && !profile.has(Deviation::RequestNoStoreKept);
    let is_allowed = !is_kept_from && !control.no_store && !varies_by_everything(response_headers);
    // It says that it may be stored, or its status does.
    let is_marked = control.public || control.private || has_explicit_lifetime(response_headers, &control);
    let has_lifetime = has_explicit_lifetime(response_headers, &control);
    is_understood && is_allowed && is_kept(profile, status, is_marked, has_lifetime)
}

/// Whether a response with this status is kept, if it is marked as one that may be, or says how long it is fresh.
fn is_kept(profile: Profile, status: u16, is_marked: bool, has_lifetime: bool) -> bool {
    if profile.has(Deviation::FewStatusesStored) {
        return match status {
            200 | 203 | 204 | 206 | 300 | 301 | 404 | 405 | 410 | 414 | 501 => true,
            201 | 202 | 205 | 302 | 303 | 307 | 403 | 406 | 415 => has_lifetime,
            _ => false,
        };
    }
    if profile.has(Deviation::EveryStatusStored) {
        let is_read = !matches!(status, 300 | 305 | 306 | 309..=399) || !profile.has(Deviation::OtherStatusesAskedAbout);
        return status != 205 && is_read && !(status == 401 && profile.has(Deviation::UnauthorizedNotStored));
    }
    is_marked || is_heuristically_cacheable(status)
}

/// Whether what is stored could ever save something: it is fresh for a while, or can be asked about.
pub fn is_of_use(profile: Profile, stored: &StoredResponse) -> bool {
    let is_said = |name: &[u8]| stored.response.headers.get(name).is_some_and(|value| !value.as_bytes().is_empty());
    let is_ever_fresh = || {
        // NB: that it was old already when it came plays no part.
        let mut young = stored.clone();
        young.response.headers.delete(b"Age");
        freshness(profile, &young, &[] as &[Header], stored.stored_at) != Freshness::Stale
    };
    is_said(b"ETag") || is_said(b"Last-Modified") || is_ever_fresh()
}

/// Stores a response, in place of those that would have been selected for its request.
pub fn store(profile: Profile, entries: &mut Vec<StoredResponse>, mut entry: StoredResponse) {
    let headers = &entry.response.headers;
    let listed = listed_for_the_connection(headers.as_slice());
    let kept =
        |header: &&Header| profile.has(Deviation::ConnectionHeadersKept) || !is_of_the_connection(&listed, header.0.as_bytes());
    entry.response.headers = headers.iter().filter(kept).cloned().collect();
    let range = |entry: &StoredResponse| joined(&entry.request_headers, b"Range").map(Cow::into_owned);
    let is_as_wide = |old: &StoredResponse| !profile.has(Deviation::KeptByRange) || range(old) == range(&entry);
    let is_selected =
        |old: &StoredResponse| profile.has(Deviation::OneResponsePerUrl) || old.vary_matches(&entry.request_headers);
    let is_replaced = |old: &StoredResponse| old.is_for(&entry.partition, &entry.url) && is_selected(old) && is_as_wide(old);
    entries.retain(|old| !is_replaced(old));
    entries.push(entry);
}

/// Takes over the headers of a 304, so that a new `Access-Control-Allow-Origin` counts, and a new age.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-3.2>
pub fn freshen(profile: Profile, stored: &mut StoredResponse, headers: &(impl Fields + ?Sized), now: f64) {
    let listed = listed_for_the_connection(headers);
    let is_new = |line: &usize| !stays(profile, headers.name(*line)) && !is_of_the_connection(&listed, headers.name(*line));
    let new: Vec<usize> = (0..headers.count()).filter(is_new).collect();
    let kept = stored.response.headers.changed();
    kept.retain(|old| !new.iter().any(|&line| headers.name(line).eq_ignore_ascii_case(old.0.as_bytes())));
    // NB: an empty line takes away what was there all the same.
    let is_kept = |line: &&usize| !profile.has(Deviation::EmptyLinesNotCached) || !headers.value(**line).is_empty();
    kept.extend(new.iter().filter(is_kept).map(|&line| Header(headers.name(line).into(), headers.value(line).into())));
    stored.stored_at = now;
}

/// Whether what a 304 says under this name does not count.
fn stays(profile: Profile, name: &[u8]) -> bool {
    let is_one_of = |names: &[&[u8]]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let starts_with = |start: &[u8]| name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    // What describes how the stored body was sent stays with it.
    is_one_of(&[b"Content-Encoding", b"Content-Length", b"Content-Range"])
        || profile.has(Deviation::NotModifiedKeepsType)
            && is_one_of(&[b"Content-Location", b"Content-MD5", b"Content-Type", b"ETag"])
        || profile.has(Deviation::NotModifiedKeepsPolicies)
            && (is_one_of(&[b"X-Frame-Options", b"X-XSS-Protection"]) || starts_with(b"X-Content-") || starts_with(b"X-WebKit-"))
        || profile.has(Deviation::NotModifiedKeepsContent)
            && (is_one_of(&[b"Allow", b"Trailer", b"WWW-Authenticate"])
                || starts_with(b"Content-") && !starts_with(b"Content-Security-Policy"))
}

/// Forgets what is stored for `url` (without its fragment), because an unsafe method may have changed it. Says how much.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.4>
pub fn invalidate(entries: &mut Vec<StoredResponse>, partition: &str, url: &str) -> usize {
    let before = entries.len();
    entries.retain(|entry| !entry.is_for(partition, url));
    before - entries.len()
}

impl StoredResponse {
    fn is_for(&self, partition: &str, url: &str) -> bool {
        self.partition == partition && self.url == url
    }

    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.1>
    pub(crate) fn vary_matches(&self, request_headers: &(impl Fields + ?Sized)) -> bool {
        let headers = self.response.headers.as_slice();
        vary(headers).all(|name| name != b"*" && elements(&self.request_headers, name) == elements(request_headers, name))
    }
}

/// The names of request headers by which `Vary` selects, with the values that a stored response is for. Nothing where the request
/// did not have the header.
pub fn selected_by(stored: &StoredResponse) -> Vec<(&[u8], Option<Vec<u8>>)> {
    let names = vary(stored.response.headers.as_slice());
    names.map(|name| (name, elements(&stored.request_headers, name).map(|elements| elements.join(&b", "[..])))).collect()
}

fn varies_by_everything(response_headers: &(impl Fields + ?Sized)) -> bool {
    vary(response_headers).any(|name| name == b"*")
}

/// The elements of `Vary`.
pub(crate) fn vary<F: Fields + ?Sized>(response_headers: &F) -> impl Iterator<Item = &[u8]> {
    let lines = lines_named(response_headers, b"Vary");
    lines.flat_map(|line| split_value(response_headers.value(line))).filter(|name| !name.is_empty())
}

/// The elements of all lines of `name`, however they are spread and spaced. Absent is not the same as empty.
fn elements<'a>(fields: &'a (impl Fields + ?Sized), name: &'a [u8]) -> Option<Vec<&'a [u8]>> {
    let mut lines = lines_named(fields, name).peekable();
    lines.peek()?;
    Some(lines.flat_map(|line| split_value(fields.value(line))).filter(|element| !element.is_empty()).collect())
}

/// What `Connection` lists.
fn listed_for_the_connection<F: Fields + ?Sized>(headers: &F) -> Vec<&[u8]> {
    lines_named(headers, b"Connection").flat_map(|line| split_value(headers.value(line))).collect()
}

/// Whether a header concerns the connection and not the response: <https://www.rfc-editor.org/rfc/rfc9111#section-3.1>.
fn is_of_the_connection(listed: &[&[u8]], name: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"Connection",
        b"Keep-Alive",
        b"Proxy-Authenticate",
        b"Proxy-Authentication-Info",
        b"Proxy-Authorization",
        b"Proxy-Connection",
        b"TE",
        b"Transfer-Encoding",
        b"Upgrade",
    ];
    NAMES.iter().chain(listed).any(|other| other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{PARTITION, headers, stored};
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    const FRESH: &str = "Cache-Control: max-age=600";
    const ORIGIN_A: &str = "Origin: https://a.example";
    const ORIGIN_W: &str = "Origin: https://w.a.example";

    #[test]
    fn what_may_be_stored() {
        for (method, status, request, response, expected) in [
            ("GET", 200, &[][..], &[][..], true),
            ("GET", 404, &[], &[], true),
            ("GET", 403, &[], &[], false),
            ("GET", 302, &[], &[], false),
            ("GET", 301, &[], &[], true),
            ("GET", 302, &[], &[FRESH], true),
            ("GET", 302, &[], &["Expires: 0"], true),
            ("GET", 403, &[], &["Cache-Control: public"], true),
            ("GET", 403, &[], &["Cache-Control: private"], true),
            ("GET", 403, &[], &["Cache-Control: s-maxage=600"], false),
            ("GET", 200, &[], &["Cache-Control: no-store, max-age=600"], false),
            ("GET", 200, &[], &[FRESH, "Cache-Control: no-store"], false),
            ("GET", 200, &[], &["Cache-Control: no-cache"], true),
            ("GET", 200, &["Cache-Control: no-store"], &[FRESH], false),
            ("GET", 200, &["Cache-Control: no-cache"], &[FRESH], true),
            ("GET", 200, &["Authorization: x"], &[FRESH], true),
            ("GET", 200, &[], &["Vary: *"], false),
            ("GET", 200, &[], &["Vary: Origin, *"], false),
            ("GET", 200, &[], &["Vary: Origin"], true),
            ("GET", 206, &[], &[FRESH], false),
            ("GET", 200, &["Range: bytes=0-"], &[FRESH], false),
            ("GET", 304, &[], &[FRESH], false),
            ("GET", 101, &[], &[FRESH], false),
            ("HEAD", 200, &[], &[FRESH], false),
            ("POST", 200, &[], &[FRESH], false),
            ("get", 200, &[], &[FRESH], false),
        ] {
            let found = may_store(SPEC, method.as_bytes(), status, &headers(request), &headers(response));
            assert_eq!(found, expected, "{method} {status} {request:?} {response:?}");
        }
    }

    #[test]
    fn vary_selects() {
        let found = Selected::Found { index: 0, freshness: Freshness::Fresh };
        let mismatch = Selected::VaryMismatch { index: 0 };
        // the first request, what the response varies by, the second request
        for (first, vary, second, expected) in [
            // An image, then a request with CORS: only Vary tells them apart.
            (&[][..], &[][..], &[ORIGIN_A][..], found),
            (&[], &["Vary: Origin"], &[ORIGIN_A], mismatch),
            // Two pages of one site share a partition.
            (&[ORIGIN_A], &[], &[ORIGIN_W], found),
            (&[ORIGIN_A], &["Vary: Origin"], &[ORIGIN_W], mismatch),
            (&[ORIGIN_A], &["vary: origin"], &[ORIGIN_A], found),
            (&[ORIGIN_A], &["Vary: origin,, "], &["oRiGiN:https://a.example"], found),
            (&[ORIGIN_A], &["Vary: *"], &[ORIGIN_A], mismatch),
            (&[], &["Vary: Accept", "Vary: X"], &["X: 1"], mismatch),
            (&["X: a,b"], &["Vary: X"], &["X: a", "x:  b"], found),
            (&["X: a,, b"], &["Vary: X"], &["X: a,b,"], found),
            (&["X: a, b"], &["Vary: X"], &["X: b, a"], mismatch),
            (&["X: a"], &["Vary: X"], &["X: A"], mismatch),
            (&["X: "], &["Vary: X"], &[], mismatch),
            (&["X: "], &["Vary: X"], &["X: "], found),
            (&[], &[], &["Range: bytes=0-"], Selected::None),
        ] {
            let entries = [stored("/", 200, &[&[FRESH], vary].concat(), first)];
            assert_eq!(select(SPEC, &entries, PARTITION, "/", &headers(second), 1.0), expected, "{first:?} {vary:?} {second:?}");
        }
    }

    #[test]
    fn url_and_partition_select() {
        let entries = [stored("https://b.example/x", 200, &[FRESH], &[])];
        for (partition, url, expected) in [
            (PARTITION, "https://b.example/x", true),
            (PARTITION, "https://b.example/x?", false),
            ("https://c.example", "https://b.example/x", false),
        ] {
            let found = select(SPEC, &entries, partition, url, &headers(&[]), 0.0);
            assert_eq!(found != Selected::None, expected, "{partition} {url}");
            assert_eq!(invalidate(&mut entries.to_vec(), partition, url), usize::from(expected), "{partition} {url}");
        }
    }

    #[test]
    fn the_newest_is_selected() {
        let mut entries = vec![stored("/", 200, &[FRESH], &[]), stored("/", 404, &[FRESH], &[]), stored("/", 200, &[FRESH], &[])];
        for (times, expected) in [([1.0, 3.0, 2.0], 1), ([3.0, 1.0, 2.0], 0), ([2.0, 2.0, 1.0], 1)] {
            for (entry, time) in entries.iter_mut().zip(times) {
                entry.stored_at = time;
            }
            let expected = Selected::Found { index: expected, freshness: Freshness::Fresh };
            assert_eq!(select(SPEC, &entries, PARTITION, "/", &headers(&[]), 4.0), expected, "{times:?}");
        }
    }

    #[test]
    fn storing_replaces_what_would_have_been_selected() {
        let vary = [FRESH, "Vary: Origin"];
        for (old, first, new, second, kept) in [
            (&[FRESH][..], &[][..], &[FRESH][..], &[ORIGIN_A][..], 1),
            (&vary, &[], &vary, &[ORIGIN_A], 2),
            (&vary, &[ORIGIN_A], &vary, &[ORIGIN_A], 1),
            (&vary, &[], &[FRESH], &[ORIGIN_A], 2),
        ] {
            let mut entries = vec![stored("/other", 200, &[], &[])];
            store(SPEC, &mut entries, stored("/", 200, old, first));
            store(SPEC, &mut entries, stored("/", 404, new, second));
            assert_eq!(entries.len(), 1 + kept, "{old:?} {first:?} {new:?} {second:?}");
            assert_eq!(entries.last().map(|entry| entry.response.status), Some(404));
        }
    }

    #[test]
    fn browsers_keep_one_response_for_a_url() {
        for (profile, kept) in [(SPEC, 2), (CHROMIUM, 1), (FIREFOX, 1), (WEBKIT, 1)] {
            let mut entries = Vec::new();
            store(profile, &mut entries, stored("/", 200, &[FRESH, "Vary: Origin"], &[ORIGIN_A]));
            store(profile, &mut entries, stored("/", 200, &[FRESH, "Vary: Origin"], &[ORIGIN_W]));
            assert_eq!(entries.len(), kept, "{:?}", profile.name());
        }
    }

    #[test]
    fn what_ranges_find_and_leave() {
        let found = Selected::Found { index: 0, freshness: Freshness::Fresh };
        // the range, what a whole response is for it, and whether what answers it is stored: in the standard, Chromium, Firefox, WebKit
        for (range, status, selected, is_stored) in [
            ("bytes=0-1", 200, [Selected::None, found, Selected::None, Selected::None], [false, true, false, true]),
            ("bytes=0-", 200, [Selected::None, found, found, Selected::None], [false, true, true, true]),
            ("bytes=0-1", 404, [Selected::None, found, Selected::None, Selected::None], [false, true, false, true]),
            ("bytes=0-1", 206, [Selected::None, found, Selected::None, Selected::None], [false, false, false, true]),
        ] {
            let asked = headers(&[&*format!("Range: {range}")]);
            let lines = headers(&[FRESH]);
            for (index, profile) in [SPEC, CHROMIUM, FIREFOX, WEBKIT].into_iter().enumerate() {
                let entries = [stored("/", 200, &[FRESH], &[])];
                let name = profile.name();
                assert_eq!(select(profile, &entries, PARTITION, "/", &asked, 1.0), selected[index], "{range} {name:?}");
                assert_eq!(may_store(profile, b"GET", status, &asked, &lines), is_stored[index], "{range} {status} {name:?}");
            }
        }
    }

    #[test]
    fn what_is_of_use() {
        for (lines, expected) in [
            (&[FRESH][..], true),
            (&[FRESH, "Age: 600"], true),
            (&["Cache-Control: stale-while-revalidate=1"], true),
            (&["Cache-Control: no-cache, max-age=600"], false),
            (&["ETag: x"], true),
            (&["ETag:"], false),
            (&["Last-Modified: x"], true),
            (&["Last-Modified:"], false),
            (&[], false),
        ] {
            assert_eq!(is_of_use(WEBKIT, &stored("/", 200, lines, &[])), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_concerns_the_connection_is_not_stored() {
        let mut entries = Vec::new();
        let lines = ["Connection: x-hop, close", "X-Hop: 1", "Keep-Alive: 5", "transfer-encoding: chunked", "X-A: 1"];
        store(SPEC, &mut entries, stored("/", 200, &lines, &[]));
        assert_eq!(entries[0].response.headers, headers(&["X-A: 1"]));
    }

    #[test]
    fn a_304_renews() {
        let mut entry =
            stored("/", 200, &["Access-Control-Allow-Origin: *", "X-A: 1", "x-a: 2", "Content-Length: 3", FRESH], &[]);
        let answer = headers(&[
            "access-control-allow-origin: https://a.example",
            "Content-Length: 0",
            "content-encoding: br",
            "X-A: 3",
            "Connection: close",
            "Cache-Control: max-age=0",
        ]);
        freshen(SPEC, &mut entry, &answer, 700.0);
        let expected = headers(&[
            "Content-Length: 3",
            "access-control-allow-origin: https://a.example",
            "X-A: 3",
            "Cache-Control: max-age=0",
        ]);
        assert_eq!(entry.response.headers, expected);
        assert_eq!((entry.response.status, entry.stored_at), (200, 700.0));
        // What the 304 does not mention stays.
        let before = entry.clone();
        freshen(SPEC, &mut entry, &headers(&[]), 700.0);
        assert_eq!(entry, before);
    }

    #[test]
    fn what_a_304_does_not_change() {
        // by the standard, by Chromium, by Firefox, by WebKit
        for (name, taken_over) in [
            ("X-A", [true; 4]),
            ("content-length", [false; 4]),
            ("Content-Type", [true, false, false, false]),
            ("ETag", [true, false, false, false]),
            ("X-Frame-Options", [true, false, true, false]),
            ("X-Content-Type-Options", [true, false, true, false]),
            ("Content-Language", [true, true, true, false]),
            ("Content-Security-Policy-Report-Only", [true; 4]),
            ("Allow", [true, true, true, false]),
            ("Server", [true; 4]),
        ] {
            for (profile, expected) in [SPEC, CHROMIUM, FIREFOX, WEBKIT].into_iter().zip(taken_over) {
                let line = |value: &str| headers(&[&*format!("{name}: {value}")]);
                let mut entry = stored("/", 200, &[&*format!("{name}: old")], &[]);
                freshen(profile, &mut entry, &line("new"), 700.0);
                let expected = line(if expected { "new" } else { "old" });
                assert_eq!(entry.response.headers, expected, "{name} {:?}", profile.name());
            }
        }
    }

    fn lines() -> impl Strategy<Value = Vec<Header>> {
        let name = prop_oneof![
            Just("Cache-Control"),
            Just("Vary"),
            Just("Expires"),
            Just("Date"),
            Just("Last-Modified"),
            Just("Age"),
            Just("Connection"),
            Just("Origin"),
            Just("X"),
        ];
        let value = prop_oneof![
            "(no-cache|no-store|public|max-age=[0-9]{1,12}|stale-while-revalidate=9|, ){0,3}".prop_map(String::into_bytes),
            "(Origin|X|\\*|, ){0,3}".prop_map(String::into_bytes),
            "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} 00:00:00 GMT".prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 0..12),
        ];
        proptest::collection::vec((name, value).prop_map(|(name, value)| Header(name.as_bytes().into(), value.into())), 0..6)
    }

    fn is_found(selected: Selected) -> bool {
        matches!(selected, Selected::Found { index: 0, .. })
    }

    proptest! {
        #[test]
        fn what_was_stored_is_found(request in lines(), response in lines(), status in 0u16..1000, later in 0.0..1e9f64) {
            let mut entries = Vec::new();
            let may = may_store(SPEC, b"GET", status, request.as_slice(), response.as_slice());
            let mut entry = stored("/", status, &[], &[]);
            (entry.request_headers, entry.response.headers) = (request.clone().into(), response.clone().into());
            store(SPEC, &mut entries, entry.clone());
            let found = select(SPEC, &entries, PARTITION, "/", request.as_slice(), later);
            if may {
                prop_assert!(is_found(found));
            }
            // Storing again replaces, unless it can never be selected.
            store(SPEC, &mut entries, entry);
            prop_assert_eq!(entries.len() == 1, is_found(found));
            // What grows stale stays stale.
            if let Selected::Found { freshness: Freshness::Stale, .. } = found {
                prop_assert_eq!(select(SPEC, &entries, PARTITION, "/", request.as_slice(), later + 1.0), found);
            }
            // Renewing twice is renewing once.
            freshen(SPEC, &mut entries[0], response.as_slice(), later);
            let once = entries[0].clone();
            freshen(SPEC, &mut entries[0], response.as_slice(), later);
            prop_assert_eq!(&entries[0], &once);
        }
    }
}
