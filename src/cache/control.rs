//! `Cache-Control`: <https://www.rfc-editor.org/rfc/rfc9111#section-5.2>, as far as a browser's cache heeds it.

use crate::deviations::Deviation;
use crate::http::header_list::{Fields, lines_named, split_value};
use crate::infra::bytes::{is_http_tab_or_space, trim};
use crate::profile::Profile;

/// The directives of a request or of a response.
///
/// OUT OF SCOPE: `max-stale`, `only-if-cached` (a request header; the cache mode of that name is another thing),
/// `stale-if-error` and `must-understand`, which a cache may pass over, and what concerns shared caches alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CacheControl {
    pub(super) no_store: bool,
    /// With or without field names: whoever does not treat the fields apart takes the one for the other.
    pub(super) no_cache: bool,
    pub(super) must_revalidate: bool,
    pub(super) private: bool,
    pub(super) public: bool,
    pub(super) max_age: Option<Seconds>,
    pub(super) min_fresh: Option<Seconds>,
    pub(super) stale_while_revalidate: Option<Seconds>,
}

/// The argument of a directive: seconds, or what should have been seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Seconds {
    Number(f64),
    Invalid,
}

impl Seconds {
    /// What is no number allows nothing.
    pub(super) const fn or_zero(self) -> f64 {
        match self {
            Self::Number(seconds) => seconds,
            Self::Invalid => 0.0,
        }
    }
}

/// Whether a response asks not to be stored anywhere.
pub(crate) fn has_no_store(profile: Profile, fields: &(impl Fields + ?Sized)) -> bool {
    CacheControl::of(profile, fields).no_store
}

impl CacheControl {
    pub(super) fn of(profile: Profile, fields: &(impl Fields + ?Sized)) -> Self {
        let mut control = Self::default();
        for part in lines_named(fields, b"Cache-Control").flat_map(|line| split_value(fields.value(line))) {
            control.add(profile, part);
        }
        control
    }

    /// Takes a directive; unknown ones are ignored. Of several with the same name the first one counts, or the last.
    fn add(&mut self, profile: Profile, directive: &[u8]) {
        let (name, argument) = match directive.iter().position(|&byte| byte == b'=') {
            Some(equals) => (directive.get(..equals), directive.get(equals + 1..)),
            None => (Some(directive), None),
        };
        let is_exact = profile.has(Deviation::DirectivesExact);
        let name = name.unwrap_or_default();
        let name = if is_exact { name } else { trim(name, is_http_tab_or_space) };
        let is_bare = argument.is_none() || !is_exact;
        let is_whole = argument.is_none_or(<[u8]>::is_empty) || !profile.has(Deviation::NoCacheOfFieldsIgnored);
        let counted = |old: Option<Seconds>| match seconds(profile, argument) {
            new if profile.has(Deviation::LastMaxAge) => new,
            new => old.or(new),
        };
        match name {
            _ if name.eq_ignore_ascii_case(b"no-store") => self.no_store |= is_bare,
            _ if name.eq_ignore_ascii_case(b"no-cache") => self.no_cache |= is_bare && is_whole,
            _ if name.eq_ignore_ascii_case(b"must-revalidate") => self.must_revalidate |= is_bare,
            _ if name.eq_ignore_ascii_case(b"private") => self.private = true,
            _ if name.eq_ignore_ascii_case(b"public") => self.public = true,
            _ if name.eq_ignore_ascii_case(b"max-age") => self.max_age = counted(self.max_age),
            _ if name.eq_ignore_ascii_case(b"min-fresh") => self.min_fresh = counted(self.min_fresh),
            _ if name.eq_ignore_ascii_case(b"stale-while-revalidate") => {
                self.stale_while_revalidate = counted(self.stale_while_revalidate);
            }
            _ => {}
        }
    }
}

/// An argument in seconds, which may be quoted though it should not; nothing where a browser ignores the directive because of it.
fn seconds(profile: Profile, argument: Option<&[u8]>) -> Option<Seconds> {
    let argument = trim(argument.unwrap_or_default(), is_http_tab_or_space);
    if profile.has(Deviation::DirectivesExact) {
        return digits(argument).map(Seconds::Number);
    }
    if profile.has(Deviation::LastMaxAge) {
        let length = argument.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = str::from_utf8(argument.get(..length)?).ok()?.parse::<u32>().ok()?;
        return Some(Seconds::Number(number.into()));
    }
    let unquoted = argument.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(argument);
    if profile.has(Deviation::MaxAgeAsDecimal) {
        return decimal(unquoted).map(Seconds::Number);
    }
    Some(digits(unquoted).map_or(Seconds::Invalid, Seconds::Number))
}

/// A number with a sign or a fraction, as whole seconds, before whatever separates.
fn decimal(value: &[u8]) -> Option<f64> {
    let value = value.split(|&byte| byte == b';').next()?;
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let mut parts = value.splitn(2, |&byte| byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next().unwrap_or(b"0"));
    digits(whole).filter(|_| fraction.iter().all(u8::is_ascii_digit))
}

/// <https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2>: digits, of which those that are too many are cut to 2^31.
pub(super) fn digits(value: &[u8]) -> Option<f64> {
    const TOO_MANY: f64 = 2_147_483_648.0;
    let sum = value.iter().fold(0.0, |sum, &digit| (sum * 10.0 + f64::from(digit.wrapping_sub(b'0'))).min(TOO_MANY));
    (!value.is_empty() && value.iter().all(u8::is_ascii_digit)).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::Seconds::{Invalid, Number};
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn directives() {
        let none = CacheControl::default();
        for (lines, expected) in [
            (&[][..], none),
            (&[""], none),
            (&["no-store"], CacheControl { no_store: true, ..none }),
            (&["NO-CACHE , Must-Revalidate"], CacheControl { no_cache: true, must_revalidate: true, ..none }),
            (&["no-cache=\"set-cookie, no-store\""], CacheControl { no_cache: true, ..none }),
            (&["private", "public"], CacheControl { private: true, public: true, ..none }),
            (&["max-age=10"], CacheControl { max_age: Some(Number(10.0)), ..none }),
            (&["max-age = \"10\""], CacheControl { max_age: Some(Number(10.0)), ..none }),
            (&["max-age=10, max-age=20"], CacheControl { max_age: Some(Number(10.0)), ..none }),
            (&["max-age=99999999999999999999"], CacheControl { max_age: Some(Number(2_147_483_648.0)), ..none }),
            (&["max-age"], CacheControl { max_age: Some(Invalid), ..none }),
            (&["max-age="], CacheControl { max_age: Some(Invalid), ..none }),
            (&["max-age=-1"], CacheControl { max_age: Some(Invalid), ..none }),
            (&["max-age=1.5"], CacheControl { max_age: Some(Invalid), ..none }),
            (&["max-age=x, max-age=20"], CacheControl { max_age: Some(Invalid), ..none }),
            (
                &["min-fresh=1,stale-while-revalidate=2"],
                CacheControl { min_fresh: Some(Number(1.0)), stale_while_revalidate: Some(Number(2.0)), ..none },
            ),
            (&["s-maxage=9, immutable, x-max-age=1, no-store-not, =1"], none),
            (&["max-age=1;no-store"], CacheControl { max_age: Some(Invalid), ..none }),
        ] {
            let fields: Vec<_> = lines.iter().map(|line| ("cache-control", line)).collect();
            assert_eq!(CacheControl::of(SPEC, fields.as_slice()), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_browsers_read() {
        let number = |seconds| Some(Number(seconds));
        // what max-age is in the standard, Chromium, Firefox, WebKit
        for (value, expected) in [
            ("max-age=10", [number(10.0); 4]),
            ("max-age=\"10\"", [number(10.0), None, None, number(10.0)]),
            ("max-age = 10", [number(10.0), None, number(10.0), number(10.0)]),
            ("max-age= 10", [number(10.0); 4]),
            ("max-age=10, max-age=20", [number(10.0), number(10.0), number(20.0), number(10.0)]),
            ("max-age=x, max-age=20", [Some(Invalid), number(20.0), number(20.0), number(20.0)]),
            ("max-age=20, max-age=x", [number(20.0), number(20.0), None, number(20.0)]),
            ("max-age=10x", [Some(Invalid), None, number(10.0), None]),
            ("max-age=10.5", [Some(Invalid), None, number(10.0), number(10.0)]),
            ("max-age=10.x", [Some(Invalid), None, number(10.0), None]),
            ("max-age=+10", [Some(Invalid), None, None, number(10.0)]),
            ("max-age=-10", [Some(Invalid), None, None, None]),
            ("max-age=10;public", [Some(Invalid), None, number(10.0), number(10.0)]),
            (
                "max-age=4294967295",
                [number(2_147_483_648.0), number(2_147_483_648.0), number(4_294_967_295.0), number(2_147_483_648.0)],
            ),
            ("max-age=4294967296", [number(2_147_483_648.0), number(2_147_483_648.0), None, number(2_147_483_648.0)]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT]
                .map(|profile| CacheControl::of(profile, &[("cache-control", value)][..]).max_age);
            assert_eq!(found, expected, "{value}");
        }
        // whether it says no-store, no-cache, must-revalidate
        for (value, expected) in [
            ("no-store", [[true, false, false]; 4]),
            ("no-cache, must-revalidate", [[false, true, true]; 4]),
            ("no-store=\"x\"", [[true, false, false], [false; 3], [true, false, false], [true, false, false]]),
            ("no-cache=\"x\"", [[false, true, false], [false; 3], [false, true, false], [false; 3]]),
            ("no-cache=", [[false, true, false], [false; 3], [false, true, false], [false, true, false]]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| {
                let control = CacheControl::of(profile, &[("cache-control", value)][..]);
                [control.no_store, control.no_cache, control.must_revalidate]
            });
            assert_eq!(found, expected, "{value}");
        }
    }
}
