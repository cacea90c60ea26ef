//! <https://fetch.spec.whatwg.org/#extract-header-list-values> for the ABNFs that the CORS protocol uses, and
//! <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>.

use super::header_list::{FieldLines, Fields, joined, lines_named, split_value};
use crate::infra::bytes::{is_http_tab_or_space, token_prefix, trim};
use crate::infra::mime::MimeType;

/// An element of a list of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The token.
    pub bytes: &'a [u8],
    /// The header line that it is in.
    pub line: usize,
    /// Where it starts in the value.
    pub start: usize,
}

/// An element of a list of tokens that is none, which makes all of the list a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotToken {
    /// The header line that it is in.
    pub line: usize,
    /// Where it starts in the value.
    pub start: usize,
    /// Where it ends in the value.
    pub end: usize,
}

/// What extracting a header that may appear once only can fail by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSingle {
    /// There are several lines of that name.
    Lines {
        /// The first of them.
        line: usize,
        /// How many there are.
        lines: usize,
    },
    /// The value does not parse.
    Value {
        /// Its line.
        line: usize,
    },
}

/// Extracts the list `name`, whose ABNF is `#token`: None where it is absent, which is not the same as empty.
///
/// # Errors
/// One element that is no token, in whichever line, makes all of it a failure.
pub fn extract_tokens<'a, F: Fields + ?Sized>(fields: &'a F, name: &'a [u8]) -> Result<Option<Vec<Token<'a>>>, NotToken> {
    // 1. Null if it is not there.
    // 3.-5. Each line by itself; empty elements do not count.
    let mut lines = lines_named(fields, name).peekable();
    if lines.peek().is_none() {
        return Ok(None);
    }
    lines.flat_map(|line| tokens(fields.value(line), line)).collect::<Result<_, _>>().map(Some)
}

/// The elements of one line of a list whose ABNF is `#token`, up to the first that is none.
///
/// OPTIMIZATION: whoever wants to know something about all elements need not collect them, but has to go on to the end,
/// because a later element can still make all of the list a failure.
pub const fn tokens(value: &[u8], line: usize) -> Tokens<'_> {
    Tokens { value, rest: value, line }
}

/// What [`tokens`] gives.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    value: &'a [u8],
    rest: &'a [u8],
    line: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Result<Token<'a>, NotToken>;

    // OPTIMIZATION: inlined, the element need not go through memory.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn next(&mut self) -> Option<Self::Item> {
        // Commas and optional whitespace before an element.
        while let [b',' | b' ' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
        let start = self.value.len() - self.rest.len();
        let (bytes, rest) = self.rest.split_at(token_prefix(self.rest));
        // OPTIMIZATION: the usual comma and the usual space after it are left out here already.
        self.rest = match rest {
            [] if bytes.is_empty() => return None,
            [b',', b' ', rest @ ..] | [b',', rest @ ..] => rest,
            // Optional whitespace after it, and then a comma or the end.
            rest => match trim(rest, is_http_tab_or_space) {
                rest @ ([] | [b',', ..]) => rest,
                _ => return Some(Err(self.not_token(start))),
            },
        };
        Some(Ok(Token { bytes, line: self.line, start }))
    }
}

impl Tokens<'_> {
    /// The element that starts at `start`, up to the next comma. Nothing comes after it.
    #[cold]
    fn not_token(&mut self, start: usize) -> NotToken {
        self.rest = &[];
        let element = self.value.get(start..).unwrap_or_default();
        let element = element.split(|&byte| byte == b',').next().unwrap_or_default();
        let length = trim(element, is_http_tab_or_space).len();
        NotToken { line: self.line, start, end: start + length }
    }
}

/// Extracts `name`, whose ABNF is `1*DIGIT`: None where it is absent. What does not fit is the greatest number.
///
/// # Errors
/// Several lines, or a value that is not made of digits.
pub fn extract_digits(fields: &(impl Fields + ?Sized), name: &[u8]) -> Result<Option<u64>, NotSingle> {
    // 1.-2. Null if it is not there, failure if it is there more than once.
    let Some(line) = extract_line(fields, name)? else { return Ok(None) };
    // 3.-5.
    let value = fields.value(line);
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(NotSingle::Value { line });
    }
    let digit = |sum: u64, digit: &u8| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    Ok(Some(value.iter().fold(0, digit)))
}

/// The one line of `name`, whose ABNF allows a single header: None where it is absent.
///
/// # Errors
/// Several lines of that name.
pub fn extract_line(fields: &(impl Fields + ?Sized), name: &[u8]) -> Result<Option<usize>, NotSingle> {
    match FieldLines::find(fields, name) {
        None => Ok(None),
        Some(FieldLines { first, count: 1, .. }) => Ok(Some(first)),
        Some(FieldLines { first: line, count: lines, .. }) => Err(NotSingle::Lines { line, lines }),
    }
}

/// <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>: None for failure.
pub fn extract_mime_type(fields: &(impl Fields + ?Sized)) -> Option<MimeType> {
    // 1.-3. Nothing yet.
    let mut charset: Option<String> = None;
    let mut last: Option<MimeType> = None;
    // 4.-5. The values of Content-Type; failure without one.
    let values = joined(fields, b"content-type")?;
    // 6. Each of them:
    for value in split_value(&values) {
        // 6.1.-6.2. Leave out what does not parse, and `*/*`.
        let Some(mut mime_type) = MimeType::parse(value).filter(|mime_type| mime_type.essence() != "*/*") else { continue };
        if last.as_ref().is_none_or(|last| last.essence() != mime_type.essence()) {
            // 6.4. Another essence: its charset is the one to remember.
            charset = mime_type.parameter("charset").map(String::from);
        } else if let (None, Some(charset)) = (mime_type.parameter("charset"), &charset) {
            // 6.5. The same essence without a charset: it takes the remembered one over.
            mime_type.set_parameter("charset", charset);
        }
        // 6.3. The last one wins.
        last = Some(mime_type);
    }
    // 7.-8.
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_tokens() {
        type Lines<'a> = &'a [&'a str];
        let ok = |tokens: &[(&'static str, usize, usize)]| Ok(Some(tokens.to_vec()));
        let bad = |line, start, end| Err(NotToken { line, start, end });
        for (lines, expected) in [
            (&[][..] as Lines<'_>, Ok(None)),
            (&[""], ok(&[])),
            (&[","], ok(&[])),
            (&[" , ,\t"], ok(&[])),
            (&["a"], ok(&[("a", 1, 0)])),
            (&["a,,b"], ok(&[("a", 1, 0), ("b", 1, 3)])),
            (&["x-a, ,x-b,"], ok(&[("x-a", 1, 0), ("x-b", 1, 6)])),
            (&["a \t,\tb ,"], ok(&[("a", 1, 0), ("b", 1, 5)])),
            (&["*, PUT"], ok(&[("*", 1, 0), ("PUT", 1, 3)])),
            (&["a", "", "b"], ok(&[("a", 1, 0), ("b", 3, 0)])),
            (&["PUT, Bad method"], bad(1, 5, 15)),
            (&["PUT, Bad method , x"], bad(1, 5, 15)),
            (&["a b"], bad(1, 0, 3)),
            (&["a", "b c, d"], bad(2, 0, 3)),
            (&["a;q=1, b"], bad(1, 0, 5)),
            (&["a, \"b\""], bad(1, 3, 6)),
            (&["a, (b"], bad(1, 3, 5)),
            (&["a\x0bb"], bad(1, 0, 3)),
            (&["a\nb"], bad(1, 0, 3)),
            (&["é"], bad(1, 0, 2)),
        ] {
            let mut fields = vec![("other", "a b")];
            fields.extend(lines.iter().map(|value| ("X-LIST", *value)));
            let found = extract_tokens(&fields[..], b"x-list").map(|list| {
                list.map(|list| {
                    let tokens = list.iter().map(|token| (std::str::from_utf8(token.bytes).unwrap(), token.line, token.start));
                    tokens.collect::<Vec<_>>()
                })
            });
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn numbers_and_single_lines() {
        type Lines<'a> = &'a [&'a str];
        for (lines, expected) in [
            (&[][..] as Lines<'_>, Ok(None)),
            (&["0"], Ok(Some(0))),
            (&["600"], Ok(Some(600))),
            (&["0600"], Ok(Some(600))),
            (&["18446744073709551615"], Ok(Some(u64::MAX))),
            (&["99999999999999999999"], Ok(Some(u64::MAX))),
            (&[""], Err(NotSingle::Value { line: 0 })),
            (&["abc"], Err(NotSingle::Value { line: 0 })),
            (&["-1"], Err(NotSingle::Value { line: 0 })),
            (&["+1"], Err(NotSingle::Value { line: 0 })),
            (&["1.5"], Err(NotSingle::Value { line: 0 })),
            (&["600, 600"], Err(NotSingle::Value { line: 0 })),
            (&["600", "600"], Err(NotSingle::Lines { line: 0, lines: 2 })),
            (&["x", "y", "z"], Err(NotSingle::Lines { line: 0, lines: 3 })),
        ] {
            let fields: Vec<_> = lines.iter().map(|value| ("X-Number", *value)).collect();
            assert_eq!(extract_digits(&fields[..], b"x-number"), expected, "{lines:?}");
        }
    }

    #[test]
    fn extraction() {
        for (values, serialized) in [
            (&["text/plain;charset=gbk, text/html"][..], Some("text/html")),
            (&["text/html;charset=gbk;a=b, text/html;x=y"], Some("text/html;x=y;charset=gbk")),
            (&["text/html;charset=gbk;a=b", "text/html;x=y"], Some("text/html;x=y;charset=gbk")),
            (&["text/html;charset=gbk", "x/x", "text/html;x=y"], Some("text/html;x=y")),
            (&["text/html", "cannot-parse"], Some("text/html")),
            (&["text/html", "*/*"], Some("text/html")),
            (&["text/html", ""], Some("text/html")),
            (&["text/html;charset=gbk", "text/html;charset=x", "text/html"], Some("text/html;charset=gbk")),
            (&["text/html;\"", "text/plain"], Some("text/html")),
            (&["*/*"], None),
            (&[""], None),
            (&[], None),
        ] {
            let fields: Vec<_> = values.iter().map(|value| ("Content-Type", *value)).collect();
            assert_eq!(extract_mime_type(&fields[..]).map(|found| found.to_string()).as_deref(), serialized, "{values:?}");
        }
    }
}
