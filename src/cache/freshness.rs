//! Whether a stored response may still be used: <https://www.rfc-editor.org/rfc/rfc9111#section-4.2>.

use super::StoredResponse;
use super::control::{CacheControl, digits};
use crate::deviations::Deviation;
use crate::http::date::{Received, http_date};
use crate::http::header_list::{Fields, Header, joined, lines_named, split_value};
use crate::http::status;
use crate::profile::Profile;

/// Whether a stored response may be used without asking the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// A [fresh response](https://fetch.spec.whatwg.org/#concept-fresh-response).
    Fresh,
    /// A [stale-while-revalidate response](https://fetch.spec.whatwg.org/#concept-stale-while-revalidate-response).
    StaleWhileRevalidate,
    /// A [stale response](https://fetch.spec.whatwg.org/#concept-stale-response), or one that must not be used unasked.
    Stale,
}

/// How fresh `stored` is for a request with these headers.
pub(super) fn freshness(profile: Profile, stored: &StoredResponse, request: &(impl Fields + ?Sized), now: f64) -> Freshness {
    let headers = stored.response.headers.as_slice();
    let (asked, control) = (CacheControl::of(profile, request), CacheControl::of(profile, headers));
    let is_by_pragma = profile.has(Deviation::PragmaOfResponses) && lists_no_cache(headers)
        || profile.has(Deviation::PragmaSearched) && has_no_cache(headers);
    let age = current_age(profile, stored, now);
    let lifetime = lifetime(profile, stored.response.status, headers, &control);
    // What must not be used without asking, whatever its age, and what is not fresh enough for this request.
    let is_too_old = asked.max_age.is_some_and(|limit| age > limit.or_zero());
    let is_too_close_to_its_end = asked.min_fresh.is_some_and(|rest| lifetime - age < rest.or_zero());
    let is_never_fresh = profile.has(Deviation::OtherStatusesAskedAbout)
        && !matches!(stored.response.status, 200 | 203 | 204 | 206 | 301 | 302 | 303 | 307 | 308 | 410);
    if control.no_cache || asked.no_cache || is_by_pragma || is_too_old || is_too_close_to_its_end || is_never_fresh {
        return Freshness::Stale;
    }
    if lifetime > age {
        return Freshness::Fresh;
    }
    // https://www.rfc-editor.org/rfc/rfc5861#section-3, which must-revalidate forbids.
    match control.stale_while_revalidate {
        Some(more) if !control.must_revalidate && lifetime + more.or_zero() > age => Freshness::StaleWhileRevalidate,
        _ => Freshness::Stale,
    }
}

/// For how many seconds more `stored` is fresh for a request that asks for nothing special: 0 where it is not.
pub fn fresh_for(profile: Profile, stored: &StoredResponse, now: f64) -> f64 {
    match freshness(profile, stored, &[] as &[Header], now) {
        Freshness::Fresh => {
            let headers = stored.response.headers.as_slice();
            lifetime(profile, stored.response.status, headers, &CacheControl::of(profile, headers))
                - current_age(profile, stored, now)
        }
        Freshness::StaleWhileRevalidate | Freshness::Stale => 0.0,
    }
}

/// Whether an element of `Pragma` is `no-cache`.
fn lists_no_cache(headers: &(impl Fields + ?Sized)) -> bool {
    let values = lines_named(headers, b"Pragma").map(|line| headers.value(line));
    values.flat_map(split_value).any(|element| element.eq_ignore_ascii_case(b"no-cache"))
}

/// Whether `no-cache` stands anywhere in `Pragma`.
pub fn has_no_cache(headers: &(impl Fields + ?Sized)) -> bool {
    let mut values = lines_named(headers, b"Pragma").map(|line| headers.value(line).to_ascii_lowercase());
    values.any(|value| value.windows(b"no-cache".len()).any(|part| part == b"no-cache"))
}

/// Whether a response says itself how long it is fresh.
pub(super) fn has_explicit_lifetime(headers: &(impl Fields + ?Sized), control: &CacheControl) -> bool {
    control.max_age.is_some() || lines_named(headers, b"Expires").next().is_some()
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-15.1>, without 206: parts of responses are not kept.
pub(super) const fn is_heuristically_cacheable(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}

/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3>
///
/// NB: the clocks of server and browser are taken to show the same, so there is no apparent age beyond what `Age` says.
fn current_age(profile: Profile, stored: &StoredResponse, now: f64) -> f64 {
    age(profile, stored.response.headers.as_slice()).unwrap_or(0.0) + (now - stored.stored_at)
}

/// What `Age` says, in seconds.
fn age(profile: Profile, headers: &(impl Fields + ?Sized)) -> Option<f64> {
    if profile.has(Deviation::AgeAsDecimal) {
        return decimal_number(&joined(headers, b"Age")?);
    }
    let value = lines_named(headers, b"Age").next().map(|line| headers.value(line))?;
    if profile.has(Deviation::AgeByBeginning) {
        return Some(leading_number(value));
    }
    digits(if profile.has(Deviation::FirstAgeOfList) { split_value(value).next()? } else { value })
}

/// A number that may have a sign, a fraction and an exponent.
///
/// OPTIMIZATION: the standard library reads such numbers to the last bit, which makes the WebAssembly larger by 16 kB.
fn decimal_number(value: &[u8]) -> Option<f64> {
    let (sign, value) = signed(value);
    let (mantissa, exponent) = match value.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (value.get(..at)?, Some(value.get(at + 1..)?)),
        None => (value, None),
    };
    let mut parts = mantissa.splitn(2, |&byte| byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next().unwrap_or_default());
    let mut number = digits(&[whole, fraction].concat())?;
    let (exponent_sign, exponent) = exponent.map_or((1, &b"0"[..]), signed);
    digits(exponent)?;
    let power = exponent_sign * exponent.iter().fold(0, |sum, digit| (sum * 10 + i32::from(digit - b'0')).min(30));
    let power = power - i32::try_from(fraction.len()).ok()?.min(30);
    for _ in 0..power.unsigned_abs() {
        number = if power < 0 { number / 10.0 } else { number * 10.0 };
    }
    Some(number * f64::from(sign))
}

/// The sign of a number, and its rest.
const fn signed(value: &[u8]) -> (i32, &[u8]) {
    match value {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    }
}

/// The number that a value begins with, 0 if it does not, in 32 bits without a sign: a negative one is very large.
fn leading_number(value: &[u8]) -> f64 {
    let (sign, rest) = signed(value);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
    let number = digits.fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "that is what the browser does")]
    let number = (number * i64::from(sign)) as u32;
    number.into()
}

/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1>
fn lifetime(profile: Profile, status: u16, headers: &(impl Fields + ?Sized), control: &CacheControl) -> f64 {
    // (`s-maxage` is for shared caches.) `max-age`.
    if let Some(max_age) = control.max_age {
        return max_age.or_zero();
    }
    let date = Received::new(0.0, headers).date;
    // `Expires`. What is no date, `0` above all, is past.
    match expires(profile, headers) {
        Expires::At(expires) => return (expires - date).max(0.0),
        Expires::Past => return 0.0,
        Expires::Unsaid => {}
    }
    // What is gone or has moved for good stays so.
    let is_kept = status == 301 || !profile.has(Deviation::FewStatusesStored);
    let is_permanent = status::is_permanent_redirect(status) && is_kept && profile.has(Deviation::PermanentStaysFresh)
        || status == 410 && profile.has(Deviation::GoneStaysFresh)
        || status == 300 && profile.has(Deviation::MultipleChoicesStayFresh);
    if is_permanent && !control.must_revalidate {
        return f64::INFINITY;
    }
    // https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2: a tenth of the time since it last changed.
    let last_modified = lines_named(headers, b"Last-Modified").next().and_then(|line| http_date(headers.value(line)));
    match last_modified {
        Some(_) if !may_estimate(profile, status) => 0.0,
        Some(last_modified) if is_heuristically_cacheable(status) || control.public => (date - last_modified).max(0.0) / 10.0,
        _ => 0.0,
    }
}

/// What `Expires` says.
enum Expires {
    At(f64),
    /// What is no date is past.
    Past,
    Unsaid,
}

fn expires(profile: Profile, headers: &(impl Fields + ?Sized)) -> Expires {
    let mut values = lines_named(headers, b"Expires").map(|line| headers.value(line));
    let Some(value) = values.next() else { return Expires::Unsaid };
    // NB: of several lines the browser that does not know `0` makes one.
    let is_read = values.next().is_none() || !profile.has(Deviation::ExpiresZeroIgnored);
    if let Some(expires) = http_date(value).filter(|_| is_read) {
        return Expires::At(expires);
    }
    let is_zero = value == b"0" && !profile.has(Deviation::ExpiresZeroIgnored);
    if profile.has(Deviation::ExpiresUnreadIgnored) && !is_zero { Expires::Unsaid } else { Expires::Past }
}

/// Whether a browser estimates how long a response with this status stays fresh, if it says when it was last modified.
fn may_estimate(profile: Profile, status: u16) -> bool {
    if profile.has(Deviation::EstimateForSuccess) {
        return matches!(status, 200 | 203 | 206);
    }
    let is_temporary = status::is_redirect(status) && !status::is_permanent_redirect(status);
    !(is_temporary && profile.has(Deviation::OtherStatusesAskedAbout))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{headers, stored};
    use super::Freshness::{Fresh, Stale, StaleWhileRevalidate};
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn what_is_permanent() {
        for (status, lines, expected) in [
            (301, &[][..], [Stale, Fresh, Stale, Fresh]),
            (308, &[], [Stale, Fresh, Stale, Stale]),
            (300, &[], [Stale, Fresh, Stale, Stale]),
            (302, &[], [Stale; 4]),
            (308, &["Cache-Control: max-age=0"], [Stale; 4]),
            (308, &["Cache-Control: must-revalidate"], [Stale; 4]),
        ] {
            let entry = stored("/", status, lines, &[]);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| freshness(profile, &entry, &headers(&[]), 1e6));
            assert_eq!(found, expected, "{status} {lines:?}");
        }
    }

    #[test]
    fn what_age_says() {
        for (lines, expected) in [
            (&["Age: 7"][..], [7.0; 4]),
            (&["Age: 007"], [7.0; 4]),
            (&["Age:"], [0.0; 4]),
            (&["Age: x7"], [0.0; 4]),
            (&["Age: 7, 8"], [0.0, 7.0, 7.0, 0.0]),
            (&["Age: 7,"], [0.0, 7.0, 7.0, 0.0]),
            (&["Age: 7", "Age: 8"], [7.0, 7.0, 7.0, 0.0]),
            (&["Age: 7;x"], [0.0, 0.0, 7.0, 0.0]),
            (&["Age: 7 x"], [0.0, 0.0, 7.0, 0.0]),
            (&["Age: 7.9"], [0.0, 0.0, 7.0, 7.9]),
            (&["Age: 7e2"], [0.0, 0.0, 7.0, 700.0]),
            (&["Age: +7"], [0.0, 0.0, 7.0, 7.0]),
            (&["Age: -7"], [0.0, 0.0, 4_294_967_289.0, -7.0]),
            (&["Age: inf"], [0.0; 4]),
            (&["Age: 4294967303"], [2_147_483_648.0, 2_147_483_648.0, 7.0, 2_147_483_648.0]),
            (&["Age: 99999999999999999999"], [2_147_483_648.0, 2_147_483_648.0, 4_294_967_295.0, 2_147_483_648.0]),
            (&["Age: -.5E+2"], [0.0, 0.0, 0.0, -50.0]),
            (&["Age: 7e"], [0.0, 0.0, 7.0, 0.0]),
            (&["Age: 7e-1"], [0.0, 0.0, 7.0, 0.7]),
        ] {
            let entry = stored("/", 200, lines, &[]);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| current_age(profile, &entry, 0.0));
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn how_long_it_is_fresh() {
        let max_age = "Cache-Control: max-age=60";
        for (status, lines, now, expected) in [
            (200, &[max_age][..], 0.0, [60.0; 4]),
            (200, &[max_age, "Age: 10"], 20.0, [30.0; 4]),
            (200, &[max_age], 60.0, [0.0; 4]),
            (200, &["Cache-Control: max-age=60, no-cache"], 0.0, [0.0; 4]),
            (200, &["Cache-Control: max-age=1, stale-while-revalidate=60"], 2.0, [0.0; 4]),
            (301, &[], 0.0, [0.0, f64::INFINITY, 0.0, f64::INFINITY]),
        ] {
            let entry = stored("/", status, lines, &[]);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| fresh_for(profile, &entry, now));
            assert_eq!(found, expected, "{status} {lines:?} {now}");
        }
    }

    #[test]
    fn ages() {
        let date = "Date: Thu, 01 Jan 2026 00:00:00 GMT";
        let expires = "Expires: Thu, 01 Jan 2026 00:00:10 GMT";
        let modified = "Last-Modified: Wed, 31 Dec 2025 23:58:20 GMT";
        // status, headers; freshness 0, 9, 10 and 20 seconds later
        for (status, lines, expected) in [
            (200, &[][..], [Stale, Stale, Stale, Stale]),
            (200, &["Cache-Control: max-age=10"], [Fresh, Fresh, Stale, Stale]),
            (403, &["Cache-Control: max-age=10"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Cache-Control: max-age=0"], [Stale, Stale, Stale, Stale]),
            (200, &["Cache-Control: max-age=x", date, expires], [Stale, Stale, Stale, Stale]),
            (200, &["Cache-Control: max-age=20", "Age: 10"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Cache-Control: max-age=10", "Age: x"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Cache-Control: max-age=20", "Age: 10", "Age: 0"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Cache-Control: max-age=10", "Expires: 0"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Cache-Control: s-maxage=10"], [Stale, Stale, Stale, Stale]),
            (200, &["Cache-Control: no-cache, max-age=10"], [Stale, Stale, Stale, Stale]),
            (200, &["Cache-Control: must-revalidate, max-age=10"], [Fresh, Fresh, Stale, Stale]),
            // Expires.
            (200, &[date, expires], [Fresh, Fresh, Stale, Stale]),
            (403, &[date, expires], [Fresh, Fresh, Stale, Stale]),
            (200, &[date, "Expires: 0"], [Stale, Stale, Stale, Stale]),
            (200, &[date, "Expires: -1", modified], [Stale, Stale, Stale, Stale]),
            (200, &[date, expires, "Expires: 0"], [Fresh, Fresh, Stale, Stale]),
            (200, &["Expires: Thu, 01 Jan 1970 00:00:00 GMT"], [Stale, Stale, Stale, Stale]),
            (200, &["Expires: Fri, 31 Dec 9999 23:59:59 GMT"], [Fresh, Fresh, Fresh, Fresh]),
            // A tenth of the 100 seconds since it changed.
            (200, &[date, modified], [Fresh, Fresh, Stale, Stale]),
            (404, &[date, modified], [Fresh, Fresh, Stale, Stale]),
            (403, &[date, modified], [Stale, Stale, Stale, Stale]),
            (403, &[date, modified, "Cache-Control: public"], [Fresh, Fresh, Stale, Stale]),
            (200, &[date, "Last-Modified: Fri, 02 Jan 2026 00:00:00 GMT"], [Stale, Stale, Stale, Stale]),
            (200, &[date, "Last-Modified: yesterday"], [Stale, Stale, Stale, Stale]),
            (200, &[modified], [Fresh, Fresh, Fresh, Fresh]),
            (200, &["ETag: \"e\""], [Stale, Stale, Stale, Stale]),
            // stale-while-revalidate.
            (200, &["Cache-Control: max-age=5, stale-while-revalidate=5"], [Fresh, StaleWhileRevalidate, Stale, Stale]),
            (200, &["Cache-Control: stale-while-revalidate=10"], [StaleWhileRevalidate, StaleWhileRevalidate, Stale, Stale]),
            (200, &["Cache-Control: max-age=5, stale-while-revalidate=x"], [Fresh, Stale, Stale, Stale]),
            (200, &["Cache-Control: max-age=5, stale-while-revalidate=5, must-revalidate"], [Fresh, Stale, Stale, Stale]),
            (200, &["Cache-Control: max-age=5, stale-while-revalidate=5, no-cache"], [Stale, Stale, Stale, Stale]),
        ] {
            let entry = stored("/", status, lines, &[]);
            let found = [0.0, 9.0, 10.0, 20.0].map(|now| freshness(SPEC, &entry, &headers(&[]), now));
            assert_eq!(found, expected, "{status} {lines:?}");
        }
    }

    #[test]
    fn what_is_no_date() {
        const DATE: &str = "Date: Thu, 01 Jan 2026 00:01:40 GMT";
        const MODIFIED: &str = "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT";
        const PAST: &str = "Expires: Thu, 01 Jan 2026 00:00:00 GMT";
        // by the standard, by Chromium, by Firefox, by WebKit
        for (lines, expected) in [
            (&["Expires: -1"][..], [Stale, Fresh, Stale, Fresh]),
            (&["Expires: "], [Stale, Fresh, Stale, Fresh]),
            (&["Expires: 0"], [Stale, Stale, Stale, Fresh]),
            (&["Expires: 0", "Expires: 0"], [Stale, Stale, Stale, Fresh]),
            (&[PAST], [Stale; 4]),
            (&[PAST, PAST], [Stale, Stale, Stale, Fresh]),
            (&["Expires: -1", "Cache-Control: max-age=0"], [Stale; 4]),
        ] {
            let entry = stored("/", 200, &[&[DATE, MODIFIED], lines].concat(), &[]);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| freshness(profile, &entry, &headers(&[]), 0.0));
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn requests_can_ask_for_more() {
        let entry = stored("/", 200, &["Cache-Control: max-age=10, stale-while-revalidate=10"], &[]);
        for (line, expected) in [
            ("Accept: */*", Fresh),
            ("Cache-Control: no-cache", Stale),
            ("Cache-Control: max-age=0", Stale),
            ("Cache-Control: max-age=5", Fresh),
            ("Cache-Control: max-age=4", Stale),
            ("Cache-Control: max-age", Stale),
            ("Cache-Control: min-fresh=5", Fresh),
            ("Cache-Control: min-fresh=6", Stale),
            ("Cache-Control: max-stale", Fresh),
            ("Pragma: no-cache", Fresh),
        ] {
            assert_eq!(freshness(SPEC, &entry, &headers(&[line]), 5.0), expected, "{line}");
        }
    }
}
