//! A single range of bytes, with numbers of any length.

use std::cmp::Ordering;

use super::bytes::is_http_tab_or_space;

/// Whether tabs and spaces may stand between the parts of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whitespace {
    /// They may: the range of a `blob:` URL.
    Allow,
    /// They may not: the CORS-safelisted range.
    Refuse,
}

/// What a single range header value says. At least one of the two is there, and the start is not after the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SingleRange<'a> {
    /// The first byte, or none for a range that counts from the end.
    pub start: Option<Digits<'a>>,
    /// The last byte, or none for the end; where there is no start, how many bytes from the end.
    pub end: Option<Digits<'a>>,
}

/// A decimal number of any length, by its digits without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits<'a>(&'a [u8]);

impl<'a> Digits<'a> {
    /// The number that `digits` spells, if there are any.
    fn read(digits: &'a [u8]) -> Option<Self> {
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        (!digits.is_empty()).then(|| Self(digits.get(zeros..).unwrap_or_default()))
    }

    /// Whether the number is at most `limit`.
    pub fn fits(self, limit: u64) -> bool {
        // NB: what saturates may be greater than the greatest number.
        let number = self.0.iter().try_fold(0, |sum: u64, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        number.is_some_and(|number| number <= limit)
    }

    /// The number, or the greatest one where it does not fit.
    pub fn saturating(self) -> u64 {
        self.0.iter().fold(0, |sum: u64, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    }
}

impl Ord for Digits<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Digits<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// <https://fetch.spec.whatwg.org/#simple-range-header-value>: None for failure.
pub fn parse_single_range(value: &[u8], whitespace: Whitespace) -> Option<SingleRange<'_>> {
    let skip = |data| match whitespace {
        Whitespace::Allow => split_while(data, is_http_tab_or_space).1,
        Whitespace::Refuse => data,
    };
    // 1.-3. `bytes`, in lower case.
    let data = value.strip_prefix(b"bytes")?;
    // 4.-6. `=`.
    let data = skip(data).strip_prefix(b"=")?;
    // 7.-9. The start.
    let (start, data) = split_while(skip(data), |byte| byte.is_ascii_digit());
    let start = Digits::read(start);
    // 10.-12. `-`.
    let data = skip(data).strip_prefix(b"-")?;
    // 13.-15. The end.
    let (end, data) = split_while(skip(data), |byte| byte.is_ascii_digit());
    let end = Digits::read(end);
    // 16. Nothing may follow.
    if !data.is_empty() {
        return None;
    }
    match (start, end) {
        // 17. One of the two has to be there.
        (None, None) => None,
        // 18. The start is not after the end.
        (Some(start), Some(end)) if start > end => None,
        // 19.
        _ => Some(SingleRange { start, end }),
    }
}

/// A single range as [`Deviation::RangeReadLoosely`](crate::Deviation::RangeReadLoosely) reads it: the unit in any case, and a
/// plus sign before a number.
pub fn parse_loose_range(value: &[u8]) -> Option<SingleRange<'_>> {
    let unit = value.get(..b"bytes".len())?;
    let data = value.get(b"bytes".len()..)?.strip_prefix(b"=")?;
    let minus = data.iter().position(|&byte| byte == b'-')?;
    let (start, end) = (signed_number(data.get(..minus)?)?, signed_number(data.get(minus + 1..)?)?);
    match (start, end) {
        _ if !unit.eq_ignore_ascii_case(b"bytes") => None,
        (None, None) => None,
        (Some(start), Some(end)) if start > end => None,
        _ => Some(SingleRange { start, end }),
    }
}

/// The number that `text` spells, with or without a plus sign: nothing where there is no text, None for failure.
fn signed_number(text: &[u8]) -> Option<Option<Digits<'_>>> {
    if text.is_empty() {
        return Some(None);
    }
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    digits.iter().all(u8::is_ascii_digit).then(|| Digits::read(digits))?.map(Some)
}

fn split_while(data: &[u8], keep: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    data.split_at(data.iter().take_while(|&&byte| keep(byte)).count())
}

/// The part of a blob, or of a stored response, that a range asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Its first byte.
    pub start: u64,
    /// How many bytes it has.
    pub length: u64,
    /// How many bytes the whole has.
    pub full_length: u64,
}

impl SingleRange<'_> {
    /// The part of `full_length` bytes, or None where the range starts after their end: step 14 of the `blob` case of
    /// [scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch).
    pub fn within(self, full_length: u64) -> Option<Slice> {
        let end = self.end.map(Digits::saturating);
        let (start, end) = match (self.start.map(Digits::saturating), end) {
            // 6. So many bytes from the end.
            // NB: the text lets the start become negative where that is more than there are; the browsers take the whole blob.
            (None, end) => (full_length.saturating_sub(end.unwrap_or(0)), full_length),
            // 7.1. A start after the end of the blob.
            (Some(start), _) if start >= full_length => return None,
            // 7.2. An end after the end of the blob.
            (Some(start), end) => (start, end.map_or(full_length, |end| end.saturating_add(1).min(full_length))),
        };
        Some(Slice { start, length: end.saturating_sub(start), full_length })
    }
}

impl Slice {
    /// <https://fetch.spec.whatwg.org/#build-a-content-range>
    pub fn content_range(self) -> String {
        // NB: of nothing the end is before the start, and so may be negative.
        match self.start.saturating_add(self.length).checked_sub(1) {
            Some(end) => format!("bytes {}-{end}/{}", self.start, self.full_length),
            None => format!("bytes 0--1/{}", self.full_length),
        }
    }

    /// The `Range` that asks for this part, which has a byte at least.
    pub fn range(self) -> String {
        format!("bytes={}-{}", self.start, self.start.saturating_add(self.length).saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(value: &str, whitespace: Whitespace) -> Option<(Option<String>, Option<String>)> {
        let text = |digits: Digits<'_>| String::from_utf8(digits.0.to_vec()).unwrap();
        parse_single_range(value.as_bytes(), whitespace).map(|range| (range.start.map(text), range.end.map(text)))
    }

    #[test]
    fn single_ranges() {
        const HUGE: &str = "bytes=18446744073709551616-18446744073709551617";
        for (value, expected) in [
            ("bytes=0-", Some((Some(""), None))),
            ("bytes=0-499", Some((Some(""), Some("499")))),
            ("bytes=007-007", Some((Some("7"), Some("7")))),
            ("bytes=-500", Some((None, Some("500")))),
            (HUGE, Some((Some("18446744073709551616"), Some("18446744073709551617")))),
            ("bytes=9-10", Some((Some("9"), Some("10")))),
            ("bytes=9-010", Some((Some("9"), Some("10")))),
            ("bytes=18446744073709551617-18446744073709551616", None),
            ("bytes=5-1", None),
            ("bytes=10-9", None),
            ("bytes=-", None),
            ("Bytes=0-1", None),
            ("BYTES=0-1", None),
            ("bytes= 0-1", None),
            ("bytes =0-1", None),
            ("bytes=0 -1", None),
            ("bytes=0- 1", None),
            ("bytes=0-1 ", None),
            ("bytes=0-1,3-4", None),
            ("bytes=+0-1", None),
            ("bytes=0-1x", None),
            ("bytes=0", None),
            ("bytes", None),
            ("", None),
            ("byte=0-1", None),
        ] {
            let expected = expected.map(|(start, end)| (start.map(String::from), end.map(String::from)));
            assert_eq!(parse(value, Whitespace::Refuse), expected, "{value}");
        }
    }

    #[test]
    fn whitespace_is_allowed_between_the_parts_only() {
        for (value, parses) in [
            ("bytes \t= \t0 \t- \t1", true),
            ("bytes= 0-1", true),
            ("bytes=0- ", true),
            ("bytes=0-1 ", false),
            (" bytes=0-1", false),
            ("bytes=0\n-1", false),
            ("bytes=1 0-20", false),
        ] {
            assert_eq!(parse(value, Whitespace::Allow).is_some(), parses, "{value}");
            assert_eq!(parse(value, Whitespace::Refuse), None, "{value}");
        }
    }

    #[test]
    fn slices() {
        for (value, full_length, expected) in [
            ("bytes=0-", 10, Some((0, 10, "bytes 0-9/10"))),
            ("bytes=0-3", 10, Some((0, 4, "bytes 0-3/10"))),
            ("bytes=4-99999999999999999999999", 10, Some((4, 6, "bytes 4-9/10"))),
            ("bytes=9-9", 10, Some((9, 1, "bytes 9-9/10"))),
            ("bytes=10-", 10, None),
            ("bytes=99999999999999999999999-", 10, None),
            ("bytes=0-", 0, None),
            ("bytes=-4", 10, Some((6, 4, "bytes 6-9/10"))),
            ("bytes=-10", 10, Some((0, 10, "bytes 0-9/10"))),
            ("bytes=-11", 10, Some((0, 10, "bytes 0-9/10"))),
            ("bytes=-0", 10, Some((10, 0, "bytes 10-9/10"))),
            ("bytes=0-18446744073709551615", u64::MAX, Some((0, u64::MAX, "bytes 0-18446744073709551614/18446744073709551615"))),
        ] {
            let slice = parse_single_range(value.as_bytes(), Whitespace::Allow).unwrap().within(full_length);
            let found = slice.map(|slice| (slice.start, slice.length, slice.content_range()));
            assert_eq!(found, expected.map(|(start, length, text)| (start, length, text.into())), "{value} of {full_length}");
        }
    }

    #[test]
    fn ranges_of_slices() {
        for (start, length, expected) in [(0, 1, "bytes=0-0"), (2, 7, "bytes=2-8"), (0, u64::MAX, "bytes=0-18446744073709551614")]
        {
            assert_eq!(Slice { start, length, full_length: u64::MAX }.range(), expected);
        }
    }
}
