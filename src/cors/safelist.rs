//! Which request headers a server without CORS has always had to expect.

use serde::Serialize;

use crate::deviations::Deviation;
use crate::http::header_list::{Fields, sorted_lowercase_set};
use crate::infra::bytes::{ByteSet, ByteString, is_http_tab_or_space, matches_ignoring_case};
use crate::infra::mime;
use crate::infra::range::{Whitespace, parse_loose_range, parse_single_range};
use crate::infra::sort::sort;
use crate::profile::Profile;

/// Why a header is not a [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum UnsafeHeader {
    /// The name is not on the list.
    Name,
    /// The value has more than 128 bytes.
    TooLong {
        /// How many it has.
        length: usize,
    },
    /// The value has a byte that this header may not have.
    Byte {
        /// Its offset in the value.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// `Content-Type` is not a MIME type.
    NotMimeType,
    /// `Content-Type` is a MIME type, but none of the three that a form can send.
    MimeType,
    /// `Range` is not a single range `bytes=START-END`.
    NotRange,
    /// `Range` has no start.
    RangeWithoutStart,
    /// A client hint that would be safelisted, but not with this value.
    NotClientHint,
    /// Safelisted by itself, but all safelisted values together have more than 1024 bytes.
    TotalTooLong {
        /// How many they have.
        total: usize,
    },
}

/// How many bytes the value of a safelisted header may have.
const VALUE_LIMIT: usize = 128;

/// How many bytes the values of all safelisted headers may have together.
const TOTAL_LIMIT: usize = 1024;

/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
///
/// # Errors
/// Why it is not one.
pub fn cors_safelisted_request_header(profile: Profile, name: &[u8], value: &[u8]) -> Result<(), UnsafeHeader> {
    // NB: a name that is on no list is said so, however long the value is: no shorter value would help.
    let hint = || profile.has(Deviation::ClientHintsSafelisted).then(|| ClientHint::of(name)).flatten();
    let Some(name) = Name::of(name).or_else(|| hint().map(Name::ClientHint)) else { return Err(UnsafeHeader::Name) };
    // 1. At most 128 bytes.
    if value.len() > VALUE_LIMIT {
        return Err(UnsafeHeader::TooLong { length: value.len() });
    }
    // 2. What the name asks for.
    match name {
        Name::Accept => made_of_safe_bytes(profile, value),
        Name::Language => made_of(value, &LANGUAGE_BYTES),
        Name::ContentType => {
            // 2.1. No unsafe byte. OPTIMIZATION: an essence has none, so what is nothing else need not be looked through.
            let leading = mime::leading_essence(value);
            if leading.is_none_or(|(_, rest)| !rest.is_empty()) {
                made_of_safe_bytes(profile, value)?;
            }
            if profile.has(Deviation::ContentTypeWithoutLeftovers) {
                return content_type_of_a_form(value);
            }
            // 2.2.-2.3. A MIME type. NB: not "extract a MIME type", which forgives more than servers expect.
            let essence = match leading {
                Some((essence, b"")) => essence,
                _ => mime::essence(value).ok_or(UnsafeHeader::NotMimeType)?,
            };
            // 2.4. One of the three that a form can send.
            let of_a_form = essence.is(b"application", b"x-www-form-urlencoded")
                || essence.is(b"multipart", b"form-data")
                || essence.is(b"text", b"plain");
            of_a_form.then_some(()).ok_or(UnsafeHeader::MimeType)
        }
        Name::Range => safelisted_range(profile, value),
        Name::ClientHint(hint) => hint.check(value),
    }
    // 3. Otherwise it is one.
}

/// The names that step 2 knows.
enum Name {
    Accept,
    Language,
    ContentType,
    Range,
    ClientHint(ClientHint),
}

impl Name {
    fn of(name: &[u8]) -> Option<Self> {
        // OPTIMIZATION: the length alone rules most names out.
        match name.len() {
            5 if matches_ignoring_case(name, b"range") => Some(Self::Range),
            6 if matches_ignoring_case(name, b"accept") => Some(Self::Accept),
            12 if matches_ignoring_case(name, b"content-type") => Some(Self::ContentType),
            15 if matches_ignoring_case(name, b"accept-language") => Some(Self::Language),
            16 if matches_ignoring_case(name, b"content-language") => Some(Self::Language),
            _ => None,
        }
    }
}

/// Every byte but the [CORS-unsafe request-header bytes](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte),
/// to which those from 0x80 up do not belong.
const SAFE_BYTES: ByteSet = ByteSet::new(b"\"():<>?@[\\]{}\x7F").and_range(0x00, 0x08).and_range(0x0A, 0x1F).complement();

/// What the two language headers may be made of.
const LANGUAGE_BYTES: ByteSet = ByteSet::new(b" *,-.;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

/// What `Accept` and `Content-Type` may be made of where every byte beyond ASCII is unsafe as well.
const SAFE_ASCII_BYTES: ByteSet =
    ByteSet::new(b"\"():<>?@[\\]{}\x7F").and_range(0x00, 0x08).and_range(0x0A, 0x1F).and_range(0x80, 0xFF).complement();

fn made_of_safe_bytes(profile: Profile, value: &[u8]) -> Result<(), UnsafeHeader> {
    let is_ascii_only = profile.has(Deviation::BytesBeyondAsciiUnsafe);
    made_of(value, if is_ascii_only { &SAFE_ASCII_BYTES } else { &SAFE_BYTES })
}

/// Step 2 for `Range`: a single range with a start.
fn safelisted_range(profile: Profile, value: &[u8]) -> Result<(), UnsafeHeader> {
    // 2.1.-2.2. A single range.
    let range = if profile.has(Deviation::RangeReadLoosely) {
        parse_loose_range(value)
    } else {
        parse_single_range(value, Whitespace::Refuse)
    };
    let range = range.ok_or(UnsafeHeader::NotRange)?;
    let fits = |limit: u64| [range.start, range.end].into_iter().flatten().all(|number| number.fits(limit));
    let is_kept = match () {
        () if profile.has(Deviation::RangeIn63Bits) => fits(i64::MAX.unsigned_abs() - 1),
        () if profile.has(Deviation::RangeIn64Bits) => fits(u64::MAX),
        () => true,
    };
    if !is_kept {
        return Err(UnsafeHeader::NotRange);
    }
    // 2.3. With a start.
    range.start.map(drop).ok_or(UnsafeHeader::RangeWithoutStart)
}

/// Whether a `Content-Type` is one of a form where nothing may be left over behind its parameters, whose insides nobody looks at.
fn content_type_of_a_form(value: &[u8]) -> Result<(), UnsafeHeader> {
    let blank = |byte: &u8| is_http_tab_or_space(*byte);
    // NB: quotes, in which a comma or a semicolon would not count, are unsafe bytes and so never here.
    if value.contains(&b',') {
        return Err(UnsafeHeader::NotMimeType);
    }
    let start = value.iter().take_while(|byte| blank(byte)).count();
    let essence = value.get(start..).unwrap_or_default();
    let length = essence.iter().take_while(|byte| !blank(byte) && !matches!(byte, b';' | b'(')).count();
    let essence = essence.get(..length).unwrap_or_default();
    // What was read ends where the last parameter does. NB: where there are none, blanks in front do not count as read.
    let mut read = length;
    if let Some(semicolon) = value.iter().skip(start + length).position(|&byte| byte == b';') {
        let mut parameter = start + length + semicolon + 1;
        loop {
            let rest = value.get(parameter..).unwrap_or_default();
            read = parameter + rest.iter().position(|&byte| byte == b';').unwrap_or(rest.len());
            parameter = read + 1;
            if parameter >= value.len() {
                break;
            }
        }
    }
    if !essence.contains(&b'/') || !value.get(read..).unwrap_or_default().iter().all(blank) {
        return Err(UnsafeHeader::NotMimeType);
    }
    let forms: [&[u8]; 3] = [b"application/x-www-form-urlencoded", b"multipart/form-data", b"text/plain"];
    forms.iter().any(|form| form.eq_ignore_ascii_case(essence)).then_some(()).ok_or(UnsafeHeader::MimeType)
}

/// A client hint that counts as safelisted where [`Deviation::ClientHintsSafelisted`] holds, by what its value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClientHint {
    /// Digits, and more digits after a point if there is one.
    Decimal,
    /// Digits.
    Integer,
    /// One of these words, in any case.
    Words(&'static [&'static [u8]]),
    /// Anything.
    Any,
}

/// Whether a header is a client hint that only the page's own origin may have, unless a policy says otherwise.
pub fn is_client_hint_for_page(name: &[u8]) -> bool {
    // NB: `Intervention` is safelisted like them, and is none; every origin may have `Save-Data`.
    ClientHint::of(name).is_some_and(|hint| hint != ClientHint::Any) && !name.eq_ignore_ascii_case(b"Save-Data")
}

impl ClientHint {
    fn of(name: &[u8]) -> Option<Self> {
        // NB: names that begin with `Sec-` cannot be set by script, and are not looked for.
        const HINTS: [(&[u8], ClientHint); 9] = [
            (b"device-memory", ClientHint::Decimal),
            (b"downlink", ClientHint::Decimal),
            (b"dpr", ClientHint::Decimal),
            (b"ect", ClientHint::Words(&[b"slow-2g", b"2g", b"3g", b"4g"])),
            (b"intervention", ClientHint::Any),
            (b"rtt", ClientHint::Integer),
            (b"save-data", ClientHint::Words(&[b"on"])),
            (b"viewport-width", ClientHint::Integer),
            (b"width", ClientHint::Integer),
        ];
        HINTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, hint)| hint)
    }

    fn check(self, value: &[u8]) -> Result<(), UnsafeHeader> {
        let are_digits = |digits: &[u8]| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        let is_valid = match self {
            Self::Any => true,
            Self::Integer => are_digits(value),
            Self::Decimal => value.splitn(2, |&byte| byte == b'.').all(are_digits),
            Self::Words(words) => words.iter().any(|word| word.eq_ignore_ascii_case(value)),
        };
        is_valid.then_some(()).ok_or(UnsafeHeader::NotClientHint)
    }
}

fn made_of(value: &[u8], bytes: &ByteSet) -> Result<(), UnsafeHeader> {
    let at = bytes.prefix(value);
    value.get(at).map_or(Ok(()), |&byte| Err(UnsafeHeader::Byte { at, byte }))
}

/// The headers whose names are [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names),
/// in the order of the list, each with the reason.
pub fn unsafe_request_headers<F: Fields + ?Sized>(
    profile: Profile,
    headers: &F,
) -> impl Iterator<Item = (usize, UnsafeHeader)> + '_ {
    let check = move |line| cors_safelisted_request_header(profile, headers.name(line), headers.value(line));
    // 1.-4. The size of all safelisted values.
    let total = safelisted_size(profile, headers);
    (0..headers.count()).filter_map(move |line| match check(line) {
        // 4.1. Unsafe by itself.
        Err(reason) => Some((line, reason)),
        // 5. Unsafe because there is too much of what is safe.
        Ok(()) => (total > TOTAL_LIMIT).then_some((line, UnsafeHeader::TotalTooLong { total })),
    })
}

/// The safelist value size of [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names).
fn safelisted_size(profile: Profile, headers: &(impl Fields + ?Sized)) -> usize {
    // OPTIMIZATION: a list that cannot reach the limit need not be added up.
    if headers.count() <= TOTAL_LIMIT / VALUE_LIMIT || profile.has(Deviation::SafelistWithoutTotal) {
        return 0;
    }
    let safelisted = |&line: &usize| cors_safelisted_request_header(profile, headers.name(line), headers.value(line)).is_ok();
    (0..headers.count()).filter(safelisted).map(|line| headers.value(line).len()).sum()
}

/// Which lines of a header list have CORS-unsafe request-header names.
///
/// OPTIMIZATION: it is asked more than once, and a word holds the answer for any list of ordinary length.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnsafeLines {
    /// A bit for each of the first lines.
    first: u64,
}

impl UnsafeLines {
    /// Those of `headers`.
    pub fn of(profile: Profile, headers: &(impl Fields + ?Sized)) -> Self {
        Self { first: word_of(profile, headers, 0) }
    }

    /// Whether there is none; `headers` are the same as before.
    pub fn is_empty(self, profile: Profile, headers: &(impl Fields + ?Sized)) -> bool {
        self.words(profile, headers).all(|(_, word)| word == 0)
    }

    /// The lines as bits, 64 at a time, each word with the line of its first bit; `headers` are the same as before. There is
    /// always one word.
    pub fn words<F: Fields + ?Sized>(self, profile: Profile, headers: &F) -> impl Iterator<Item = (usize, u64)> {
        let later = (WORD..headers.count()).step_by(WORD).map(move |start| (start, word_of(profile, headers, start)));
        std::iter::once((0, self.first)).chain(later)
    }
}

/// How many bits a word has.
pub const WORD: usize = u64::BITS as usize;

fn word_of(profile: Profile, headers: &(impl Fields + ?Sized), start: usize) -> u64 {
    let lines = unsafe_request_headers(profile, headers).map(|(line, _)| line);
    lines
        .skip_while(|&line| line < start)
        .take_while(|&line| line < start + WORD)
        .fold(0, |word, line| word | 1 << (line - start))
}

/// The indexes of the bits that are set.
pub fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.checked_sub(1)?;
        usize::try_from(bit).ok()
    })
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>: in lower case, sorted, each once.
pub fn cors_unsafe_request_header_names(profile: Profile, headers: &(impl Fields + ?Sized)) -> Vec<ByteString> {
    // 6. NB: steps 1 to 5 are above.
    let names = unsafe_request_headers(profile, headers).map(|(line, _)| headers.name(line));
    if profile.has(Deviation::RequestHeadersRepeated) {
        let mut names: Vec<ByteString> = names.map(|name| name.to_ascii_lowercase().into()).collect();
        sort(&mut names);
        return names;
    }
    sorted_lowercase_set(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn headers_of_browsers() {
        // what is safelisted by the standard, by Chromium, by Firefox, by WebKit
        for (name, value, expected) in [
            ("Accept", &b"\xe9"[..], [true, true, false, true]),
            ("Content-Type", b"text/plain;;", [true, true, false, true]),
            ("Content-Type", b"text/plain; ;", [true, true, false, true]),
            ("Content-Type", b"text/plain;a=b;", [true, true, false, true]),
            ("Content-Type", b"text/plain;a=b; ", [true, true, true, true]),
            ("Content-Type", b"text/plain;", [true, true, true, true]),
            ("Content-Type", b"text/plain ;", [true, true, true, true]),
            ("Content-Type", b"text/plain;a=b,c", [true, true, false, true]),
            ("Content-Type", b" text/plain", [true, true, false, true]),
            ("Content-Type", b"text/plain x", [false, false, false, false]),
            ("Content-Type", b"text/plain x;a=b", [false, false, true, false]),
            ("Content-Type", b"text/html", [false, false, false, false]),
            ("DPR", b"1.5", [false, true, false, false]),
            ("DPR", b"1.", [false, false, false, false]),
            ("width", b"10", [false, true, false, false]),
            ("width", b"1.5", [false, false, false, false]),
            ("Save-Data", b"ON", [false, true, false, false]),
            ("Save-Data", b"off", [false, false, false, false]),
            ("ECT", b"4g", [false, true, false, false]),
            ("ECT", b"5g", [false, false, false, false]),
            ("Intervention", b"x", [false, true, false, false]),
            ("Range", b"bytes=9223372036854775806-", [true, true, true, true]),
            ("Range", b"bytes=9223372036854775807-", [true, false, true, true]),
            ("Range", b"bytes=0-18446744073709551615", [true, false, true, true]),
            ("Range", b"bytes=0-18446744073709551616", [true, false, false, false]),
            ("Range", b"BYTES=0-1", [false, false, false, true]),
            ("Range", b"bytes=+0-+1", [false, false, false, true]),
            ("Range", b"bytes=1-0", [false, false, false, false]),
            ("Range", b"bytes=+-", [false, false, false, false]),
            ("Range", b"bytes=-1", [false, false, false, false]),
            ("Range", b"bytes", [false, false, false, false]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT]
                .map(|profile| cors_safelisted_request_header(profile, name.as_bytes(), value).is_ok());
            assert_eq!(found, expected, "{name}: {}", value.escape_ascii());
        }
        assert_eq!(cors_safelisted_request_header(CHROMIUM, b"DPR", b"x"), Err(UnsafeHeader::NotClientHint));
    }

    #[test]
    fn client_hints_for_the_page() {
        for (name, expected) in [
            ("DPR", true),
            ("device-memory", true),
            ("ECT", true),
            ("rtt", true),
            ("Width", true),
            ("Save-Data", false),
            ("Intervention", false),
            ("Accept", false),
        ] {
            assert_eq!(is_client_hint_for_page(name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn a_list_has_unsafe_lines_wherever_they_stand() {
        let many = |last| [("Accept", "1"); 70].into_iter().chain([last]).collect::<Vec<_>>();
        for (headers, expected) in [
            (vec![], true),
            (vec![("Accept", "1")], true),
            (vec![("Accept", "1"), ("X-A", "1")], false),
            (many(("Accept", "1")), true),
            (many(("X-A", "1")), false),
        ] {
            let lines = UnsafeLines::of(SPEC, &*headers);
            assert_eq!(lines.is_empty(SPEC, &*headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn unsafe_names_of_browsers() {
        let x128 = "x".repeat(128);
        let nine = [("Accept", &*x128); 9];
        for (headers, profile, expected) in [
            (&[("X-B", "1"), ("x-a", "2"), ("X-B", "3")][..], SPEC, "x-a,x-b"),
            (&[("X-B", "1"), ("x-a", "2"), ("X-B", "3")], FIREFOX, "x-a,x-b,x-b"),
            (&nine, SPEC, "accept"),
            (&nine, FIREFOX, ""),
        ] {
            let names = cors_unsafe_request_header_names(profile, headers);
            let names = names.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            assert_eq!(names, expected, "{headers:?} {profile:?}");
        }
    }

    #[test]
    fn headers() {
        use UnsafeHeader::{Byte, MimeType, Name, NotMimeType, NotRange, RangeWithoutStart, TooLong};
        let at = |at, byte: u8| Err(Byte { at, byte });
        let [x128, x129] = [128, 129].map(|length| "x".repeat(length));
        let digits = format!("bytes={}-", "0".repeat(121));
        for (name, value, expected) in [
            ("Accept", &b""[..], Ok(())),
            ("ACCEPT", b"application/json, text/plain, */*;q=0.5", Ok(())),
            ("Accept", b"text/html;q=\"1\"", at(12, b'"')),
            ("Accept", b"a\tb", Ok(())),
            ("Accept", b"\xe9\xff\x80", Ok(())),
            ("Accept", b"a\x01", at(1, 1)),
            ("Accept", b"a\x7f", at(1, 0x7f)),
            ("Accept", b"(a)", at(0, b'(')),
            ("Accept", b"a:b", at(1, b':')),
            ("Accept", b"{}", at(0, b'{')),
            ("Accept", x128.as_bytes(), Ok(())),
            ("Accept", x129.as_bytes(), Err(TooLong { length: 129 })),
            ("Accept-Language", b"", Ok(())),
            ("Accept-Language", b"en-US,en;q=0.9,*", Ok(())),
            ("Accept-Language", b"en_US", at(2, b'_')),
            ("Accept-Language", b"en/US", at(2, b'/')),
            ("Accept-Language", b"en\tUS", at(2, b'\t')),
            ("Content-Language", b"de", Ok(())),
            ("Content-Language", b"\xe9", at(0, 0xe9)),
            ("content-type", b"TEXT/Plain;CHARSET=x", Ok(())),
            ("Content-Type", b"application/x-www-form-urlencoded", Ok(())),
            ("Content-Type", b"multipart/form-data; boundary=x", Ok(())),
            ("Content-Type", b"text/plain;", Ok(())),
            ("Content-Type", b"text/plain;garbage", Ok(())),
            ("Content-Type", b"text/plain; charset=\"utf-8\"", at(20, b'"')),
            ("Content-Type", b"text/plain,", Err(NotMimeType)),
            ("Content-Type", b",text/plain", Err(NotMimeType)),
            ("Content-Type", b"text/plain,text/plain", Err(NotMimeType)),
            ("Content-Type", b"text/plain\x0c", at(10, 0x0c)),
            ("Content-Type", b"text/plain\x0b", at(10, 0x0b)),
            ("Content-Type", b"text /plain", Err(NotMimeType)),
            ("Content-Type", b"", Err(NotMimeType)),
            ("Content-Type", b"application/www-form-urlencoded", Err(MimeType)),
            ("Content-Type", b"application/json", Err(MimeType)),
            ("Content-Type", b"text/plain2", Err(MimeType)),
            ("Range", b"bytes=0-", Ok(())),
            ("range", b"bytes=0-499", Ok(())),
            ("Range", b"bytes=18446744073709551616-18446744073709551617", Ok(())),
            ("Range", digits.as_bytes(), Ok(())),
            ("Range", b"bytes=-500", Err(RangeWithoutStart)),
            ("Range", b"Bytes=0-1", Err(NotRange)),
            ("Range", b"bytes= 0-1", Err(NotRange)),
            ("Range", b"bytes=0-1,3-4", Err(NotRange)),
            ("Range", b"bytes=5-1", Err(NotRange)),
            ("Range", b"bytes=-", Err(NotRange)),
            ("Last-Event-ID", b"1", Err(Name)),
            ("User-Agent", b"x", Err(Name)),
            ("Cache-Control", b"no-cache", Err(Name)),
            ("X-A", x129.as_bytes(), Err(Name)),
            ("*", b"", Err(Name)),
            ("", b"", Err(Name)),
        ] {
            let found = cors_safelisted_request_header(SPEC, name.as_bytes(), value);
            assert_eq!(found, expected, "{name}: {}", value.escape_ascii());
        }
    }

    #[test]
    fn unsafe_names() {
        let x128 = "x".repeat(128);
        let eight = [("Accept", &*x128); 8];
        let names = |headers: &[(&str, &str)]| {
            let names = cors_unsafe_request_header_names(SPEC, headers);
            names.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        };
        for (headers, expected) in [
            (&[][..], ""),
            (&[("X-B", "1"), ("x-a", "2"), ("X-B", "3")], "x-a,x-b"),
            (&[("Accept", "*/*"), ("Content-Type", "application/json")], "content-type"),
            (&[("Accept", &x128[..100]), ("Accept", &x128[..100])], ""),
            (&eight, ""),
            (&[&eight[..], &[("Accept-Language", "en")]].concat(), "accept,accept-language"),
            (&[&eight[..], &[("X-A", "1")]].concat(), "x-a"),
            (&[&eight[..], &[("X-A", "1"), ("Accept-Language", "e")]].concat(), "accept,accept-language,x-a"),
            (&[&eight[..], &[("Accept-Language", "")]].concat(), ""),
        ] {
            assert_eq!(names(headers), expected, "{headers:?}");
        }
        let total = UnsafeHeader::TotalTooLong { total: 1026 };
        let headers = [&eight[..], &[("Accept-Language", "en"), ("Y", "")]].concat();
        let mut expected: Vec<_> = (0..9).map(|line| (line, total)).collect();
        expected.push((9, UnsafeHeader::Name));
        assert_eq!(unsafe_request_headers(SPEC, &headers[..]).collect::<Vec<_>>(), expected);
    }
}
