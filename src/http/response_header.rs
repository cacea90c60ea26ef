//! Which response headers script may see.

use crate::infra::bytes::matches_ignoring_case;

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
#[inline]
pub fn is_forbidden_response_header_name(name: &[u8]) -> bool {
    // OPTIMIZATION: the length rules most names out at once, here and below.
    match name.len() {
        10 => matches_ignoring_case(name, b"set-cookie"),
        11 => matches_ignoring_case(name, b"set-cookie2"),
        _ => false,
    }
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>, given an empty list: one of the seven.
#[inline]
pub fn is_cors_safelisted_response_header_name(name: &[u8]) -> bool {
    match name.len() {
        6 => matches_ignoring_case(name, b"pragma"),
        7 => matches_ignoring_case(name, b"expires"),
        12 => matches_ignoring_case(name, b"content-type"),
        13 => matches_ignoring_case(name, b"cache-control") || matches_ignoring_case(name, b"last-modified"),
        14 => matches_ignoring_case(name, b"content-length"),
        16 => matches_ignoring_case(name, b"content-language"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        // safelisted, forbidden
        for (name, expected) in [
            ("Cache-Control", (true, false)),
            ("Content-Language", (true, false)),
            ("content-length", (true, false)),
            ("CONTENT-TYPE", (true, false)),
            ("Expires", (true, false)),
            ("Last-Modified", (true, false)),
            ("Pragma", (true, false)),
            ("Set-Cookie", (false, true)),
            ("set-cookie2", (false, true)),
            ("Set-Cookie3", (false, false)),
            ("Date", (false, false)),
            ("ETag", (false, false)),
            ("Location", (false, false)),
            ("Vary", (false, false)),
            ("Content-Encoding", (false, false)),
            ("*", (false, false)),
            ("", (false, false)),
        ] {
            let bytes = name.as_bytes();
            let found = (is_cors_safelisted_response_header_name(bytes), is_forbidden_response_header_name(bytes));
            assert_eq!(found, expected, "{name}");
        }
    }
}
