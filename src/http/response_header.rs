//! Which response headers script may see.

use super::request_header::is_one_of;

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
pub fn is_forbidden_response_header_name(name: &[u8]) -> bool {
    is_one_of(name, &[b"set-cookie", b"set-cookie2"])
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>, given an empty list: one of the seven.
pub fn is_cors_safelisted_response_header_name(name: &[u8]) -> bool {
    // OPTIMIZATION: the length alone rules most names out.
    let known: &[&[u8]] = match name.len() {
        6 => &[b"pragma"],
        7 => &[b"expires"],
        12 => &[b"content-type"],
        13 => &[b"cache-control", b"last-modified"],
        14 => &[b"content-length"],
        16 => &[b"content-language"],
        _ => &[],
    };
    is_one_of(name, known)
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
