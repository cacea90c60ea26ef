//! The `Set-Cookie` header: <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.6>.

use super::SameSite;
use crate::http::date::{Received, cookie_date};
use crate::infra::bytes::{is_http_tab_or_space, trim};

/// What a `Set-Cookie` line says. Of each attribute the last one counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetCookie<'a> {
    pub(super) name: &'a [u8],
    pub(super) value: &'a [u8],
    /// When it expires, on the scenario's clock.
    pub(super) expires_at: Option<f64>,
    /// In lower case, without the leading dot; empty where the attribute is absent.
    pub(super) domain: Vec<u8>,
    pub(super) path: Path<'a>,
    pub(super) secure: bool,
    pub(super) http_only: bool,
    pub(super) same_site: SameSite,
}

/// The `Path` attribute. `__Host-` cookies need one, so absent is not the same as useless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path<'a> {
    Absent,
    /// Present, but empty or without a leading slash: the default path.
    Default,
    Given(&'a [u8]),
}

/// Longer names and values together, in bytes, are ignored with their cookie.
const MAX_NAME_AND_VALUE: usize = 4096;
/// Longer attribute values, in bytes, are ignored with their attribute.
const MAX_ATTRIBUTE_VALUE: usize = 1024;
/// No cookie lives longer, in seconds: 400 days, the limit that section 5.5 recommends.
const MAX_AGE_LIMIT: f64 = 34_560_000.0;

/// Reads a `Set-Cookie` line. None if the line is to be ignored entirely.
pub(super) fn parse(line: &[u8], received: Received) -> Option<SetCookie<'_>> {
    // 1. A control byte other than a tab spoils the line.
    if line.iter().any(|&byte| byte != b'\t' && byte.is_ascii_control()) {
        return None;
    }
    // 2. The pair stands before the first semicolon.
    let mut parts = line.split(|&byte| byte == b';');
    let pair = parts.next().unwrap_or_default();
    // 3. and 4. Without `=` there is no name.
    let (name, value) = split_pair(pair).unwrap_or((b"", trimmed(pair)));
    // 5. The size.
    if name.len() + value.len() > MAX_NAME_AND_VALUE {
        return None;
    }
    let mut cookie = SetCookie {
        name,
        value,
        expires_at: None,
        domain: Vec::new(),
        path: Path::Absent,
        secure: false,
        http_only: false,
        same_site: SameSite::Default,
    };
    let mut max_age = None;
    for part in parts {
        let (name, value) = split_pair(part).unwrap_or((trimmed(part), b""));
        if value.len() <= MAX_ATTRIBUTE_VALUE {
            cookie.attribute(name, value, received, &mut max_age);
        }
    }
    // Storage model, 6. `Max-Age` comes before `Expires`.
    let lifetime = max_age.or(cookie.expires_at);
    cookie.expires_at = lifetime.map(|seconds| received.at + seconds.clamp(0.0, MAX_AGE_LIMIT));
    Some(cookie)
}

impl<'a> SetCookie<'a> {
    /// Takes an attribute; unknown ones are ignored. Times are in seconds from now until all are known.
    fn attribute(&mut self, name: &[u8], value: &'a [u8], received: Received, max_age: &mut Option<f64>) {
        if name.eq_ignore_ascii_case(b"Expires") {
            // NB: a date is as far away as it is from the date of the response, whatever the scenario's clock shows.
            self.expires_at = cookie_date(value).map(|date| date - received.date).or(self.expires_at);
        } else if name.eq_ignore_ascii_case(b"Max-Age") {
            *max_age = delta_seconds(value).or(*max_age);
        } else if name.eq_ignore_ascii_case(b"Domain") {
            self.domain = value.strip_prefix(b".").unwrap_or(value).to_ascii_lowercase();
        } else if name.eq_ignore_ascii_case(b"Path") {
            self.path = if value.starts_with(b"/") { Path::Given(value) } else { Path::Default };
        } else if name.eq_ignore_ascii_case(b"Secure") {
            self.secure = true;
        } else if name.eq_ignore_ascii_case(b"HttpOnly") {
            self.http_only = true;
        } else if name.eq_ignore_ascii_case(b"SameSite") {
            self.same_site = match value {
                _ if value.eq_ignore_ascii_case(b"None") => SameSite::None,
                _ if value.eq_ignore_ascii_case(b"Strict") => SameSite::Strict,
                _ if value.eq_ignore_ascii_case(b"Lax") => SameSite::Lax,
                _ => SameSite::Default,
            };
        }
    }
}

/// The value of `Max-Age`: digits, and perhaps a minus sign. However many they are, the limit cuts them.
fn delta_seconds(value: &[u8]) -> Option<f64> {
    let (negative, digits) = value.strip_prefix(b"-").map_or((false, value), |digits| (true, digits));
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let seconds = digits.iter().fold(0.0, |sum, &digit| sum * 10.0 + f64::from(digit - b'0'));
    Some(if negative { -seconds } else { seconds })
}

/// What stands before and after the first `=`, if there is one.
fn split_pair(part: &[u8]) -> Option<(&[u8], &[u8])> {
    let equals = part.iter().position(|&byte| byte == b'=')?;
    let (name, value) = part.split_at_checked(equals)?;
    Some((trimmed(name), trimmed(value.get(1..)?)))
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    trim(bytes, is_http_tab_or_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At second 100 of the scenario it is 1 January 2026.
    const RECEIVED: Received = Received { at: 100.0, date: 1_767_225_600.0 };

    fn cookie(name: &'static str, value: &'static str) -> SetCookie<'static> {
        SetCookie {
            name: name.as_bytes(),
            value: value.as_bytes(),
            expires_at: None,
            domain: Vec::new(),
            path: Path::Absent,
            secure: false,
            http_only: false,
            same_site: SameSite::Default,
        }
    }

    #[test]
    fn names_and_values() {
        for (line, expected) in [
            ("a=b", Some(("a", "b"))),
            ("a=b=c", Some(("a", "b=c"))),
            (" a b \t=\t c d ", Some(("a b", "c d"))),
            ("a=\"b; c\"", Some(("a", "\"b"))),
            ("a", Some(("", "a"))),
            ("=a", Some(("", "a"))),
            ("a=", Some(("a", ""))),
            ("", Some(("", ""))),
            (";Secure", Some(("", ""))),
            ("a=b\tc", Some(("a", "b\tc"))),
            ("a=%00", Some(("a", "%00"))),
            ("a=b\0", None),
            ("a=b\x7F", None),
            ("a=b; x=\n", None),
            ("a=b;", Some(("a", "b"))),
        ] {
            let found = parse(line.as_bytes(), RECEIVED);
            assert_eq!(found.map(|found| SetCookie { secure: false, ..found }), expected.map(|(n, v)| cookie(n, v)), "{line:?}");
        }
        assert!(parse(b"\xE9=\xFF", RECEIVED).is_some());
        for (length, taken) in [(4095, true), (4096, false)] {
            let line = format!("a={}", "x".repeat(length));
            assert_eq!(parse(line.as_bytes(), RECEIVED).is_some(), taken, "{length}");
        }
    }

    #[test]
    fn attributes() {
        let plain = || cookie("a", "b");
        for (attributes, expected) in [
            ("Secure; HttpOnly", SetCookie { secure: true, http_only: true, ..plain() }),
            ("SECURE=no; httponly = no", SetCookie { secure: true, http_only: true, ..plain() }),
            ("Secured; Http-Only", plain()),
            ("SameSite=None", SetCookie { same_site: SameSite::None, ..plain() }),
            ("samesite= lAx ", SetCookie { same_site: SameSite::Lax, ..plain() }),
            ("SameSite=Strict; SameSite=bogus", plain()),
            ("SameSite=Strict; SameSite", plain()),
            ("SameSite=bogus; SameSite=Strict", SetCookie { same_site: SameSite::Strict, ..plain() }),
            ("Path=/x", SetCookie { path: Path::Given(b"/x"), ..plain() }),
            ("Path=/x; Path=", SetCookie { path: Path::Default, ..plain() }),
            ("Path=x; path", SetCookie { path: Path::Default, ..plain() }),
            ("Domain=.A.Example", SetCookie { domain: b"a.example".to_vec(), ..plain() }),
            ("Domain=..a", SetCookie { domain: b".a".to_vec(), ..plain() }),
            ("Domain=a; Domain=", plain()),
            ("Max-Age=10", SetCookie { expires_at: Some(110.0), ..plain() }),
            ("Max-Age=0", SetCookie { expires_at: Some(100.0), ..plain() }),
            ("Max-Age=-1", SetCookie { expires_at: Some(100.0), ..plain() }),
            ("Max-Age=10; Max-Age=20", SetCookie { expires_at: Some(120.0), ..plain() }),
            ("Max-Age=10; Max-Age=x", SetCookie { expires_at: Some(110.0), ..plain() }),
            ("Max-Age=99999999999999999999999999999999", SetCookie { expires_at: Some(34_560_100.0), ..plain() }),
            ("Max-Age=", plain()),
            ("Max-Age=-", plain()),
            ("Max-Age=+1", plain()),
            ("Max-Age=1.5", plain()),
            ("Max-Age=\"1\"", plain()),
            ("Expires=Thu, 01 Jan 2026 00:00:07 GMT", SetCookie { expires_at: Some(107.0), ..plain() }),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", SetCookie { expires_at: Some(100.0), ..plain() }),
            ("Expires=Fri, 31 Dec 9999 23:59:59 GMT", SetCookie { expires_at: Some(34_560_100.0), ..plain() }),
            ("Expires=0", plain()),
            ("Expires=Thu, 01 Jan 2026 00:00:07 GMT; Expires=0", SetCookie { expires_at: Some(107.0), ..plain() }),
            ("Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", SetCookie { expires_at: Some(110.0), ..plain() }),
            ("Max-Age=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", SetCookie { expires_at: Some(100.0), ..plain() }),
            ("Partitioned; Priority=High", plain()),
        ] {
            let line = format!("a=b; {attributes}");
            assert_eq!(parse(line.as_bytes(), RECEIVED), Some(expected), "{attributes}");
        }
        for (length, domain) in [(1024, 1024), (1025, 0)] {
            let line = format!("a=b; Domain={}", "x".repeat(length));
            assert_eq!(parse(line.as_bytes(), RECEIVED).map(|found| found.domain.len()), Some(domain));
        }
    }
}
