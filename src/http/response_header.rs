//! Which response headers script may see.

use crate::infra::bytes::matches_ignoring_case;

/// What the name of a response header says of who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseHeaderName {
    /// A [forbidden response-header name](https://fetch.spec.whatwg.org/#forbidden-response-header-name): never.
    Forbidden,
    /// A [CORS-safelisted response-header name](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name), given an
    /// empty list: always.
    Safelisted,
    /// Any other: who is told so.
    Other,
}

impl ResponseHeaderName {
    /// What `name` is.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn of(name: &[u8]) -> Self {
        let is = |known: &[u8]| matches_ignoring_case(name, known);
        // OPTIMIZATION: the length rules most names out at once.
        match name.len() {
            6 if is(b"pragma") => Self::Safelisted,
            7 if is(b"expires") => Self::Safelisted,
            10 if is(b"set-cookie") => Self::Forbidden,
            11 if is(b"set-cookie2") => Self::Forbidden,
            12 if is(b"content-type") => Self::Safelisted,
            13 if is(b"cache-control") || is(b"last-modified") => Self::Safelisted,
            14 if is(b"content-length") => Self::Safelisted,
            16 if is(b"content-language") => Self::Safelisted,
            _ => Self::Other,
        }
    }
}

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
pub fn is_forbidden_response_header_name(name: &[u8]) -> bool {
    ResponseHeaderName::of(name) == ResponseHeaderName::Forbidden
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>, given an empty list: one of the seven.
pub fn is_cors_safelisted_response_header_name(name: &[u8]) -> bool {
    ResponseHeaderName::of(name) == ResponseHeaderName::Safelisted
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
