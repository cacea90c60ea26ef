//! Untrusted bytes as they may stand in a sentence: escaped, and shortened.

use super::catalogue::TextId;

/// How many bytes of a value are shown: enough for an origin or a list of methods.
const VALUE: usize = 100;

/// How many bytes of a header line that is to be copied are shown: long lists of header names still fit.
const LINE: usize = 400;

/// A value, with everything but printable ASCII escaped, so that it can neither break out of its backticks nor reorder the
/// text around it.
pub(crate) fn shown(bytes: &[u8]) -> String {
    escaped(bytes, VALUE)
}

/// The same for text; what is not ASCII is shown as its UTF-8 bytes.
pub(crate) fn shown_text(text: &str) -> String {
    shown(text.as_bytes())
}

/// The same for a header value that is to be copied.
pub(crate) fn shown_line(bytes: &[u8]) -> String {
    escaped(bytes, LINE)
}

fn escaped(bytes: &[u8], limit: usize) -> String {
    let (start, rest) = bytes.split_at(limit.min(bytes.len()));
    let mut text = String::with_capacity(start.len());
    for &byte in start {
        match byte {
            // NB: a backtick would end the exact part of a sentence, so it is written as its code.
            b'`' => text.push_str("\\x60"),
            // NB: `escape_ascii` escapes quotes as well, which no sentence needs.
            b'"' | b'\'' => text.push(char::from(byte)),
            _ => text.extend(byte.escape_ascii().map(char::from)),
        }
    }
    if !rest.is_empty() {
        text.push_str(&TextId::Shortened.say(&[("length", bytes.len().to_string())]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_values_stay_inside_their_backticks() {
        let rows: &[(&[u8], &str)] = &[
            (b"https://a.example", "https://a.example"),
            (b"", ""),
            (b"a`b", "a\\x60b"),
            (b"a\0b\r\n\x7f\x80\xff", "a\\x00b\\r\\n\\x7f\\x80\\xff"),
            (b"\"it's\"", "\"it's\""),
            (b"a\\b", "a\\\\b"),
            ("\u{202e}x".as_bytes(), "\\xe2\\x80\\xaex"),
            (b"{server}", "{server}"),
        ];
        for (bytes, expected) in rows {
            assert_eq!(shown(bytes), *expected);
        }
    }

    #[test]
    fn long_values_are_shortened_and_say_so() {
        assert_eq!(shown(&[b'a'; 100]), "a".repeat(100));
        assert_eq!(shown(&[b'a'; 101]), format!("{}... (101 bytes in all)", "a".repeat(100)));
        assert_eq!(shown_line(&[b'a'; 101]), "a".repeat(101));
        assert_eq!(shown_line(&[b'a'; 401]), format!("{}... (401 bytes in all)", "a".repeat(400)));
    }
}
