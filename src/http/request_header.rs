//! Which request headers script may set, and which of them count as harmless. That a value is harmless is the business of
//! [`crate::cors::safelist`].

use super::header_list::split_value;
use super::method;
use crate::deviations::Deviation;
use crate::infra::bytes::{is_http_tab_or_space, is_http_whitespace, is_token, matches_ignoring_case, trim};
use crate::profile::Profile;

/// <https://fetch.spec.whatwg.org/#header-name>
pub fn is_header_name(name: &[u8]) -> bool {
    is_token(name)
}

/// <https://fetch.spec.whatwg.org/#header-value>
pub fn is_header_value(value: &[u8]) -> bool {
    let at_end = [value.first(), value.last()].into_iter().flatten().copied().any(is_http_tab_or_space);
    !at_end && !value.iter().any(|byte| matches!(byte, 0 | b'\n' | b'\r'))
}

/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
pub fn normalize_value(value: &[u8]) -> &[u8] {
    trim(value, is_http_whitespace)
}

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub fn is_forbidden_request_header(profile: Profile, name: &[u8], value: &[u8]) -> bool {
    const FORBIDDEN: [&[u8]; 21] = [
        b"accept-charset",
        b"accept-encoding",
        b"access-control-request-headers",
        b"access-control-request-method",
        b"connection",
        b"content-length",
        b"cookie",
        b"cookie2",
        b"date",
        b"dnt",
        b"expect",
        b"host",
        b"keep-alive",
        b"origin",
        b"referer",
        b"set-cookie",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"via",
    ];
    const METHOD_OVERRIDES: [&[u8]; 3] = [b"x-http-method", b"x-http-method-override", b"x-method-override"];
    let starts_with = |prefix: &[u8]| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    // 1. One of the list.
    is_one_of(name, &FORBIDDEN)
        // 2. `proxy-` and `sec-`.
        || starts_with(b"proxy-")
        || starts_with(b"sec-")
        // 3. A method override with a forbidden method among its values. In quotation marks it is none.
        || (is_one_of(name, &METHOD_OVERRIDES) && split_value(value).any(method::is_forbidden))
        || profile.has(Deviation::UserAgentForbidden) && name.eq_ignore_ascii_case(b"User-Agent")
    // 4. Otherwise not.
}

/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name>
pub fn is_no_cors_safelisted_name(name: &[u8]) -> bool {
    is_one_of(name, &[b"accept", b"accept-language", b"content-language", b"content-type"])
}

/// <https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name>
pub fn is_privileged_no_cors_name(name: &[u8]) -> bool {
    is_one_of(name, &PRIVILEGED_NO_CORS_NAMES)
}

/// Every [privileged no-CORS request-header name](https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name).
pub const PRIVILEGED_NO_CORS_NAMES: [&[u8]; 1] = [b"range"];

/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
pub fn is_non_wildcard_name(name: &[u8]) -> bool {
    matches_ignoring_case(name, b"authorization")
}

/// <https://fetch.spec.whatwg.org/#request-body-header-name>
pub fn is_request_body_header_name(name: &[u8]) -> bool {
    is_one_of(name, &[b"content-encoding", b"content-language", b"content-location", b"content-type"])
}

/// Whether `name` is a byte-case-insensitive match for one of `names`.
fn is_one_of(name: &[u8], names: &[&[u8]]) -> bool {
    names.iter().any(|known| matches_ignoring_case(name, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC};

    #[test]
    fn a_user_agent_of_scripts_own() {
        for (profile, forbidden) in [(SPEC, false), (CHROMIUM, true), (FIREFOX, false)] {
            assert_eq!(is_forbidden_request_header(profile, b"user-agent", b"x"), forbidden, "{profile:?}");
        }
    }

    #[test]
    fn names_and_values() {
        for (name, is) in [("X-A", true), ("*", true), ("", false), ("X A", false), ("X:", false), ("Ä", false), ("a\n", false)]
        {
            assert_eq!(is_header_name(name.as_bytes()), is, "{name:?}");
        }
        for (value, is) in [
            (&b""[..], true),
            (b"a b\tc", true),
            (b"\xe9\x7f\x01\x0b\x0c", true),
            (b" a", false),
            (b"a\t", false),
            (b"a\nb", false),
            (b"a\rb", false),
            (b"a\0b", false),
        ] {
            assert_eq!(is_header_value(value), is, "{}", value.escape_ascii());
        }
        for (value, normalized) in
            [(&b" a\r\n"[..], &b"a"[..]), (b"\x0ca\x0b", b"\x0ca\x0b"), (b"\t \r\n", b""), (b"a\nb", b"a\nb")]
        {
            assert_eq!(normalize_value(value), normalized, "{}", value.escape_ascii());
        }
    }

    #[test]
    fn forbidden() {
        for (name, value, is) in [
            ("Cookie", "x", true),
            ("cOOKIE2", "x", true),
            ("Set-Cookie", "x", true),
            ("Accept-Charset", "x", true),
            ("Accept-Encoding", "x", true),
            ("Access-Control-Request-Headers", "x", true),
            ("Access-Control-Request-Method", "x", true),
            ("Connection", "x", true),
            ("Content-Length", "1", true),
            ("Date", "x", true),
            ("DNT", "1", true),
            ("Expect", "x", true),
            ("Host", "x", true),
            ("Keep-Alive", "x", true),
            ("Origin", "x", true),
            ("Referer", "x", true),
            ("TE", "x", true),
            ("Trailer", "x", true),
            ("Transfer-Encoding", "x", true),
            ("Upgrade", "x", true),
            ("Via", "x", true),
            ("Sec-Foo", "1", true),
            ("sEC-", "1", true),
            ("Proxy-X", "1", true),
            ("PROXY-", "1", true),
            ("Secret", "1", false),
            ("Sec", "1", false),
            ("Proxy", "1", false),
            ("User-Agent", "x", false),
            ("Access-Control-Request-Private-Network", "true", false),
            ("Authorization", "x", false),
            ("Range", "bytes=0-", false),
            ("Cache-Control", "x", false),
            ("Pragma", "x", false),
            ("If-None-Match", "x", false),
            ("Last-Event-ID", "1", false),
            ("X-HTTP-Method-Override", "GET, trace", true),
            ("x-http-method", "CONNECT", true),
            ("X-Method-Override", "\t track ", true),
            ("X-HTTP-Method-Override", "PATCH", false),
            ("X-HTTP-Method-Override", "\"TRACE\"", false),
            ("X-HTTP-Method-Override", "\"a, TRACE\"", false),
            ("X-HTTP-Method-Override", "TRACES", false),
            ("X-HTTP-Method-Override", "", false),
            ("X-HTTP-Methods", "TRACE", false),
        ] {
            assert_eq!(is_forbidden_request_header(SPEC, name.as_bytes(), value.as_bytes()), is, "{name}: {value}");
        }
    }

    #[test]
    fn other_classes_of_names() {
        // no-CORS-safelisted, privileged no-CORS, non-wildcard, request-body-header
        for (name, expected) in [
            ("ACCEPT", [true, false, false, false]),
            ("Accept-Language", [true, false, false, false]),
            ("Content-Language", [true, false, false, true]),
            ("content-type", [true, false, false, true]),
            ("Content-Encoding", [false, false, false, true]),
            ("Content-Location", [false, false, false, true]),
            ("RANGE", [false, true, false, false]),
            ("aUTHORIZATION", [false, false, true, false]),
            ("Content-Length", [false, false, false, false]),
            ("X-A", [false, false, false, false]),
        ] {
            let name = name.as_bytes();
            let found = [
                is_no_cors_safelisted_name(name),
                is_privileged_no_cors_name(name),
                is_non_wildcard_name(name),
                is_request_body_header_name(name),
            ];
            assert_eq!(found, expected, "{}", name.escape_ascii());
        }
    }
}
