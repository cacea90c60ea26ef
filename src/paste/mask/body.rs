//! Secrets in bodies, by the names that stand before them: in forms, in JSON, in parts; also where a string of JSON, of a script or
//! of a shell has the body in it, with its quotes escaped.

use std::ops::Range;

use super::super::span::Span;
use super::is_secret_name;
use crate::infra::bytes::is_http_whitespace;

/// Which values without quotes are secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    Anything,
    Numbers,
}

/// Where secrets stand in the body at `span`.
pub(super) fn secrets(text: &str, span: Span, bare: Bare) -> Vec<Span> {
    let bytes = text.as_bytes().get(..span.end).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut secrets = Vec::new();
    let mut at = span.start;
    while at < bytes.len() {
        let length = run(bytes, at, is_name);
        let (start, end) = (at, at + length);
        at = end.max(at + 1);
        if !text.get(start..end).is_some_and(is_secret_name) {
            continue;
        }
        if let Some(value) = part(bytes, start, end).or_else(|| field(bytes, start, end, bare)) {
            at = value.end;
            if !value.is_empty() {
                secrets.push(Span::new(value.start, value.end));
            }
        }
    }
    secrets
}

fn run(bytes: &[u8], at: usize, is_of_it: impl Fn(&u8) -> bool) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_of_it(byte)).count()
}

fn is_escape(byte: &u8) -> bool {
    matches!(byte, b'\\' | b'`' | b'^')
}

/// A quote, and what escapes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quote {
    escapes: usize,
    sign: u8,
    length: usize,
}

fn quote(bytes: &[u8], at: usize) -> Option<Quote> {
    let escapes = run(bytes, at, is_escape);
    let sign = bytes.get(at + escapes).copied().filter(|sign| matches!(sign, b'"' | b'\''))?;
    Some(Quote { escapes, sign, length: escapes + 1 })
}

/// The value of a field, `name=value`, or of a member, `"name": "value"`, whose name ends at `end`.
fn field(bytes: &[u8], start: usize, end: usize, bare: Bare) -> Option<Range<usize>> {
    let space = |at: usize| at + run(bytes, at, |byte| is_http_whitespace(*byte));
    let named = end + quote(bytes, end).map_or(0, |quote| quote.length);
    let separator = space(named);
    let sign = bytes.get(separator).copied().filter(|sign| matches!(sign, b':' | b'='))?;
    // NB: of data that are no form, many have a code, and a key to something.
    if sign == b':' && matches!(bytes.get(start..end)?, b"key" | b"code") {
        return None;
    }
    let start = space(separator + 1);
    if let Some(opening) = quote(bytes, start) {
        let start = start + opening.length;
        return Some(start..closing(bytes, start, opening));
    }
    let is_end = |byte: &u8| match sign {
        b'=' => byte.is_ascii_whitespace() || b"&\"'`\\^;".contains(byte),
        _ => byte.is_ascii_whitespace() || b",}]\"'`\\^".contains(byte),
    };
    let start = if sign == b'=' { separator + 1 } else { start };
    let value = start..start + run(bytes, start, |byte| !is_end(byte));
    let said = bytes.get(value.clone())?;
    let is_word = matches!(said, b"true" | b"false" | b"null") || said.first().is_some_and(|first| b"{[".contains(first));
    let is_number = said.first().is_some_and(u8::is_ascii_digit);
    (sign == b'=' || is_number || bare == Bare::Anything && !is_word).then_some(value)
}

/// Where a value ends that stands between quotes: quotes within it have more escapes.
fn closing(bytes: &[u8], start: usize, opening: Quote) -> usize {
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == opening.sign)) {
        let sign = at + found;
        let before = bytes.get(start..sign).unwrap_or_default();
        let escapes = before.iter().rev().take_while(|byte| is_escape(byte)).count();
        let is_plain = before.iter().rev().take(escapes).all(|&byte| byte == b'\\');
        let is_closing = match opening.escapes {
            0 => is_plain && escapes % 2 == 0,
            1 if is_plain => escapes % 4 == 1,
            opening => escapes == opening,
        };
        if is_closing {
            return sign - opening.escapes;
        }
        at = sign + 1;
    }
    bytes.len()
}

/// The value of a part, `Content-Disposition: form-data; name="name"` and an empty line before it.
fn part(bytes: &[u8], start: usize, end: usize) -> Option<Range<usize>> {
    let opening = bytes.get(..start)?.iter().rposition(|&byte| byte == b'=')?;
    if !bytes.get(..opening)?.ends_with(b" name") {
        return None;
    }
    let opened = quote(bytes, opening + 1).filter(|quote| opening + 1 + quote.length == start)?;
    let mut at = end + quote(bytes, end).filter(|closed| *closed == opened)?.length;
    // Line ends, as they are or escaped; what stands before the empty line is more of the part's headers.
    let line_end = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        [&b"\r\n"[..], b"\n", b"\\r\\n", b"\\n"].into_iter().find(|ending| rest.starts_with(ending)).map(|ending| ending.len())
    };
    let next = |mut at: usize| {
        while at < bytes.len() && line_end(at).is_none() {
            at += 1;
        }
        at
    };
    loop {
        at = next(at);
        at += line_end(at)?;
        if let Some(length) = line_end(at) {
            at += length;
            return Some(at..next(at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found is put between angle brackets.
    fn found(text: &str, bare: Bare) -> String {
        let mut out = text.to_owned();
        for span in secrets(text, Span::new(0, text.len()), bare).into_iter().rev() {
            out.replace_range(span.start..span.end, &format!("<{}>", &text[span.start..span.end]));
        }
        out
    }

    #[test]
    fn what_bodies_say_under_the_names_of_secrets() {
        for (text, expected) in [
            ("password=a%20b&page=2&client_secret=c", "password=<a%20b>&page=2&client_secret=<c>"),
            ("grant_type=refresh_token&refresh_token=a", "grant_type=refresh_token&refresh_token=<a>"),
            ("'access_token=a' -d api_key=b", "'access_token=<a>' -d api_key=<b>"),
            (
                r#"{"user":"joe","password":"a\"b","n":{"apiKey" : "c"}}"#,
                r#"{"user":"joe","password":"<a\"b>","n":{"apiKey" : "<c>"}}"#,
            ),
            (r#"{"token":12,"secret":null,"password":{"a":"b"}}"#, r#"{"token":<12>,"secret":null,"password":{"a":"b"}}"#),
            (r#"{\"password\":\"a\\\"b\",\"x\":\"y\"}"#, r#"{\"password\":\"<a\\\"b>\",\"x\":\"y\"}"#),
            ("{`\"password`\":`\"a`\"}", "{`\"password`\":`\"<a>`\"}"),
            ("^\"{^\\^\"token^\\^\":^\\^\"a^\\^\"}^\"", "^\"{^\\^\"token^\\^\":^\\^\"<a>^\\^\"}^\""),
            ("password: hunter2\n  page: 2\n", "password: <hunter2>\n  page: 2\n"),
            (
                "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\n--x--",
                "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n<hunter2>\r\n--x--",
            ),
            (
                r#"--x\r\nContent-Disposition: form-data; name=\"token\"\r\nA: 1\r\n\r\na b\r\n--x"#,
                r#"--x\r\nContent-Disposition: form-data; name=\"token\"\r\nA: 1\r\n\r\n<a b>\r\n--x"#,
            ),
            ("the password is not here", "the password is not here"),
            ("password", "password"),
            ("password=", "password="),
            (r#"{"password":"#, r#"{"password":"#),
            (r#"{"password":"é"#, r#"{"password":"<é>"#),
        ] {
            assert_eq!(found(text, Bare::Anything), expected);
        }
        let script = "JSON.stringify({ password: pw, token: 'a', secret: 7 })";
        assert_eq!(found(script, Bare::Numbers), "JSON.stringify({ password: pw, token: '<a>', secret: <7> })");
    }
}
