//! <https://fetch.spec.whatwg.org/#concept-method>

use std::borrow::Cow;

use crate::infra::bytes::is_token;

/// Whether `method` matches the `method` token production.
pub fn is_method(method: &[u8]) -> bool {
    is_token(method)
}

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>: six methods go to upper case, and `patch` is not among them.
pub fn normalize(method: &[u8]) -> Cow<'_, [u8]> {
    let normalized: [&'static [u8]; 6] = [b"DELETE", b"GET", b"HEAD", b"OPTIONS", b"POST", b"PUT"];
    match normalized.into_iter().find(|upper| method.eq_ignore_ascii_case(upper)) {
        Some(upper) => Cow::Borrowed(upper),
        None => Cow::Borrowed(method),
    }
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>
pub fn is_cors_safelisted(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"POST")
}

/// <https://fetch.spec.whatwg.org/#forbidden-method>
pub fn is_forbidden(method: &[u8]) -> bool {
    [&b"CONNECT"[..], b"TRACE", b"TRACK"].iter().any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods() {
        // is it one, normalized, safelisted (as written), forbidden
        for (method, expected) in [
            ("GET", (true, "GET", true, false)),
            ("get", (true, "GET", false, false)),
            ("pOsT", (true, "POST", false, false)),
            ("delete", (true, "DELETE", false, false)),
            ("head", (true, "HEAD", false, false)),
            ("options", (true, "OPTIONS", false, false)),
            ("put", (true, "PUT", false, false)),
            ("patch", (true, "patch", false, false)),
            ("PATCH", (true, "PATCH", false, false)),
            ("query", (true, "query", false, false)),
            ("tRaCe", (true, "tRaCe", false, true)),
            ("CONNECT", (true, "CONNECT", false, true)),
            ("track", (true, "track", false, true)),
            ("*", (true, "*", false, false)),
            ("GET ", (false, "GET ", false, false)),
            ("", (false, "", false, false)),
            ("GÉT", (false, "GÉT", false, false)),
            ("A/B", (false, "A/B", false, false)),
        ] {
            let bytes = method.as_bytes();
            let normalized = normalize(bytes);
            let normalized = std::str::from_utf8(&normalized).unwrap();
            assert_eq!((is_method(bytes), normalized, is_cors_safelisted(bytes), is_forbidden(bytes)), expected, "{method:?}");
        }
    }
}
