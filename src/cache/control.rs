//! `Cache-Control`: <https://www.rfc-editor.org/rfc/rfc9111#section-5.2>, as far as a browser's cache heeds it.

use crate::http::header_list::{Fields, lines_named, split_value};
use crate::infra::bytes::{is_http_tab_or_space, trim};

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

impl CacheControl {
    pub(super) fn of(fields: &(impl Fields + ?Sized)) -> Self {
        let mut control = Self::default();
        for part in lines_named(fields, b"Cache-Control").flat_map(|line| split_value(fields.value(line))) {
            control.add(part);
        }
        control
    }

    /// Takes a directive; unknown ones are ignored. Of several with the same name the first one counts.
    fn add(&mut self, directive: &[u8]) {
        let (name, argument) = match directive.iter().position(|&byte| byte == b'=') {
            Some(equals) => (directive.get(..equals), directive.get(equals + 1..)),
            None => (Some(directive), None),
        };
        let name = trim(name.unwrap_or_default(), is_http_tab_or_space);
        let seconds = || Some(delta_seconds(argument));
        match name {
            _ if name.eq_ignore_ascii_case(b"no-store") => self.no_store = true,
            _ if name.eq_ignore_ascii_case(b"no-cache") => self.no_cache = true,
            _ if name.eq_ignore_ascii_case(b"must-revalidate") => self.must_revalidate = true,
            _ if name.eq_ignore_ascii_case(b"private") => self.private = true,
            _ if name.eq_ignore_ascii_case(b"public") => self.public = true,
            _ if name.eq_ignore_ascii_case(b"max-age") => self.max_age = self.max_age.or_else(seconds),
            _ if name.eq_ignore_ascii_case(b"min-fresh") => self.min_fresh = self.min_fresh.or_else(seconds),
            _ if name.eq_ignore_ascii_case(b"stale-while-revalidate") => {
                self.stale_while_revalidate = self.stale_while_revalidate.or_else(seconds);
            }
            _ => {}
        }
    }
}

/// An argument in seconds, which may be quoted though it should not.
fn delta_seconds(argument: Option<&[u8]>) -> Seconds {
    let argument = trim(argument.unwrap_or_default(), is_http_tab_or_space);
    let unquoted = argument.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(argument);
    digits(unquoted).map_or(Seconds::Invalid, Seconds::Number)
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
            assert_eq!(CacheControl::of(fields.as_slice()), expected, "{lines:?}");
        }
    }
}
