//! Byte strings that survive JSON, and the byte classes of the Infra and HTTP standards.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A string of bytes, as header names, header values and methods are.
///
/// Outside Rust it is written as text in which one code point is one byte (the Infra Standard's
/// [isomorphic decode](https://infra.spec.whatwg.org/#isomorphic-decode)), so the byte 0xE9 is `"é"` and
/// every value comes back as it went in. Text with a code point above U+00FF is refused, naming it.
///
/// ```
/// use corscope::ByteString;
/// let value = ByteString::from_isomorphic("caf\u{e9}").unwrap();
/// assert_eq!(value.as_bytes(), b"caf\xe9");
/// assert_eq!(value.to_string(), "café");
/// assert!(ByteString::from_isomorphic("€").is_err());
/// ```
#[derive(Clone)]
pub struct ByteString(Bytes);

/// OPTIMIZATION: the same few names and values go through many lists, so a copy shares its bytes, or has them in itself: most
/// are short, and then neither need memory of their own nor a count of those who share it.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Short { length: u8, bytes: [u8; SHORT] },
    Shared(Arc<[u8]>),
}

/// So many bytes make no byte string larger than it is anyway.
const SHORT: usize = 22;

/// Text that stands for bytes held a code point above U+00FF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} at character {index} is not a byte: here every character stands for one byte, U+0000 to U+00FF")]
pub struct NotBytes {
    /// The code point that is no byte.
    pub found: char,
    /// Its index, counted in code points from 0.
    pub index: usize,
}

impl ByteString {
    /// The bytes for which `text` stands, one for each code point.
    ///
    /// # Errors
    /// Names the first code point above U+00FF.
    pub fn from_isomorphic(text: &str) -> Result<Self, NotBytes> {
        isomorphic_encode(text).map(|bytes| Self::from(&*bytes))
    }

    /// Bytes that are part of the program.
    pub const fn from_static(bytes: &'static [u8]) -> Self {
        Self(Bytes::Static(bytes))
    }

    /// The bytes themselves.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Static(bytes) => bytes,
            Bytes::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Bytes::Shared(bytes) => bytes,
        }
    }

    /// A copy of the bytes that can be changed.
    pub fn into_bytes(self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there is no byte at all.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl Default for ByteString {
    fn default() -> Self {
        Self::from_static(&[])
    }
}

impl PartialEq for ByteString {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for ByteString {}

impl PartialOrd for ByteString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByteString {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for ByteString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

/// <https://infra.spec.whatwg.org/#isomorphic-decode>
pub fn isomorphic_decode(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

impl fmt::Display for ByteString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&isomorphic_decode(self.as_bytes()))
    }
}

impl fmt::Debug for ByteString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.as_bytes().escape_ascii())
    }
}

impl AsRef<[u8]> for ByteString {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<&[u8]> for ByteString {
    fn from(bytes: &[u8]) -> Self {
        let mut short = [0; SHORT];
        Self(match (short.get_mut(..bytes.len()), u8::try_from(bytes.len())) {
            (Some(start), Ok(length)) => {
                start.copy_from_slice(bytes);
                Bytes::Short { length, bytes: short }
            }
            _ => Bytes::Shared(bytes.into()),
        })
    }
}

impl<const N: usize> From<&'static [u8; N]> for ByteString {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from_static(bytes)
    }
}

impl From<Vec<u8>> for ByteString {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(&*bytes)
    }
}

impl PartialEq<[u8]> for ByteString {
    fn eq(&self, other: &[u8]) -> bool {
        self.as_bytes() == other
    }
}

impl<const N: usize> PartialEq<&[u8; N]> for ByteString {
    fn eq(&self, other: &&[u8; N]) -> bool {
        self.as_bytes() == other.as_slice()
    }
}

impl Serialize for ByteString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Bytes::Static(bytes) = self.0
            && let Some(text) = ascii(bytes)
        {
            return Written(text).serialize(serializer);
        }
        match ascii(self.as_bytes()) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

/// Text of the program, as text.
///
/// OPTIMIZATION: as the variant of an enumeration it is known to be part of the program, and need not be copied on its way to
/// JavaScript (`src/wasm/packed.rs`).
pub(crate) struct Written(pub(crate) &'static str);

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("Written", 0, self.0)
    }
}

fn ascii(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok().filter(|text| text.is_ascii())
}

impl<'de> Deserialize<'de> for ByteString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = ByteString;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string in which every character is one byte")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<ByteString, E> {
                ByteString::from_isomorphic(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// <https://infra.spec.whatwg.org/#isomorphic-encode>
///
/// # Errors
/// Names the first code point above U+00FF.
pub fn isomorphic_encode(text: &str) -> Result<Cow<'_, [u8]>, NotBytes> {
    let byte = |(index, found): (usize, char)| u8::try_from(u32::from(found)).map_err(|_| NotBytes { found, index });
    if text.is_ascii() {
        return Ok(Cow::Borrowed(text.as_bytes()));
    }
    text.chars().enumerate().map(byte).collect::<Result<Vec<u8>, _>>().map(Cow::Owned)
}

/// HTTP tab or space: <https://fetch.spec.whatwg.org/#http-tab-or-space>.
pub const fn is_http_tab_or_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ')
}

/// HTTP whitespace, which has the newline bytes too: <https://fetch.spec.whatwg.org/#http-whitespace>.
/// Form feed and vertical tab are in neither set.
pub const fn is_http_whitespace(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ' | b'\n' | b'\r')
}

/// `tchar` of RFC 9110, of which header names and methods are made.
pub const fn is_token_byte(byte: u8) -> bool {
    TOKEN_BYTES.has(byte)
}

const TOKEN_BYTES: ByteSet = ByteSet::new(b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

/// A set of bytes. OPTIMIZATION: one look into a table, however many ranges there are.
#[derive(Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of `members`.
    pub const fn new(mut members: &[u8]) -> Self {
        let mut table = [false; 256];
        while let [member, rest @ ..] = members {
            table[*member as usize] = true;
            members = rest;
        }
        Self(table)
    }

    /// This set, and every byte from `first` to `last`.
    pub const fn and_range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first as usize;
        while byte <= last as usize {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// Every byte that is not in it.
    pub const fn complement(mut self) -> Self {
        let mut byte = 0;
        while byte < self.0.len() {
            self.0[byte] = !self.0[byte];
            byte += 1;
        }
        self
    }

    /// Whether `byte` is in it.
    #[inline]
    pub const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// How many bytes at the start of `bytes` are in it.
    ///
    /// OPTIMIZATION: whether the end is reached is asked once for eight bytes.
    #[inline]
    pub fn prefix(&self, bytes: &[u8]) -> usize {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for (index, chunk) in chunks.iter().enumerate() {
            if let Some(at) = chunk.iter().position(|&byte| !self.has(byte)) {
                return index * 8 + at;
            }
        }
        bytes.len() - rest.len() + rest.iter().position(|&byte| !self.has(byte)).unwrap_or(rest.len())
    }
}

/// How many `tchar` there are at the start of `bytes`.
#[inline]
pub fn token_prefix(bytes: &[u8]) -> usize {
    TOKEN_BYTES.prefix(bytes)
}

/// Whether `bytes` is a `token` of RFC 9110: at least one `tchar` and nothing else.
pub fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && token_prefix(bytes) == bytes.len()
}

/// <https://infra.spec.whatwg.org/#byte-case-insensitive>: equal but for the case of ASCII letters.
///
/// OPTIMIZATION: a word at a time, because nothing is done as often as comparing header names. Inlined, because most are
/// compared with a constant, of which everything about its letters is then known beforehand. Not in WebAssembly, where that makes
/// nothing faster that could be measured, and the module 4 % larger.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub fn matches_ignoring_case(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && words_match(a, b)
}

#[cfg_attr(not(target_family = "wasm"), inline(always))]
fn words_match(a: &[u8], b: &[u8]) -> bool {
    // NB: the last bytes overlap with what was compared already, so that there is no rest.
    if let (Some(a_last), Some(b_last)) = (a.last_chunk(), b.last_chunk()) {
        let words = a.as_chunks().0.iter().zip(b.as_chunks().0);
        for (a, b) in words {
            if !Word::of(*a).matches_ignoring_case(Word::of(*b)) {
                return false;
            }
        }
        Word::of(*a_last).matches_ignoring_case(Word::of(*b_last))
    } else if let (Some(a_first), Some(b_first), Some(a_last), Some(b_last)) =
        (a.first_chunk(), b.first_chunk(), a.last_chunk(), b.last_chunk())
    {
        Word::of_halves(*a_first, *a_last).matches_ignoring_case(Word::of_halves(*b_first, *b_last))
    } else {
        a.eq_ignore_ascii_case(b)
    }
}

/// Eight bytes, of which each is looked at by one and the same instruction.
#[derive(Debug, Clone, Copy)]
struct Word(u64);

impl Word {
    /// The highest bit of each byte.
    const HIGH: u64 = Self::all(0x80);

    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }

    const fn of(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    const fn of_halves(low: [u8; 4], high: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(low) as u64 | (u32::from_le_bytes(high) as u64) << 32)
    }

    /// The highest bits of the bytes that are ASCII letters.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    const fn letters(self) -> u64 {
        // NB: without their highest bits no sum carries into the next byte.
        let low = (self.0 | Self::all(0x20)) & !Self::HIGH;
        (low + Self::all(0x80 - b'a')) & !(low + Self::all(0x7F - b'z')) & !self.0 & Self::HIGH
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    const fn matches_ignoring_case(self, other: Self) -> bool {
        // Only the bit for the case may differ, and only in letters. NB: asked of the other one, which is a constant more often.
        let differ = self.0 ^ other.0;
        differ == 0 || (differ & !Self::all(0x20) == 0 && (differ << 2) & !other.letters() == 0)
    }
}

/// `bytes` without what `strip` holds for at its ends.
#[inline]
pub fn trim(mut bytes: &[u8], strip: impl Fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && strip(*first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && strip(*last)
    {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sets() {
        let set = ByteSet::new(b"ab").and_range(b'0', b'9');
        let members = |set: &ByteSet| (0..=255).filter(|&byte| set.has(byte)).collect::<Vec<u8>>();
        assert_eq!(members(&set), b"0123456789ab");
        assert_eq!(members(&set.complement()).len(), 256 - 12);
        assert_eq!(members(&ByteSet::new(b"").and_range(0, 255)).len(), 256);
        for (bytes, prefix) in [(&b""[..], 0), (b"ab1c", 3), (b"c", 0), (b"abba", 4), (b"ababababa", 9), (b"ababababc", 8)] {
            assert_eq!(ByteSet::new(b"ab").and_range(b'0', b'9').prefix(bytes), prefix);
        }
    }

    #[test]
    fn bytes_of_any_length_come_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..=bytes.len() {
            let (slice, owned) = (ByteString::from(&bytes[..length]), ByteString::from(bytes[..length].to_vec()));
            assert_eq!([slice.as_bytes(), slice.clone().as_bytes(), owned.as_bytes()], [&bytes[..length]; 3]);
        }
        #[cfg(target_pointer_width = "64")]
        assert_eq!(size_of::<ByteString>(), size_of::<&[u8]>() + size_of::<usize>());
    }

    #[test]
    fn every_pair_of_bytes_matches_as_it_should_wherever_it_stands() {
        for (a, b) in (0..=255u8).flat_map(|a| (0..=255u8).map(move |b| (a, b))) {
            let expected = a.eq_ignore_ascii_case(&b);
            for (length, at) in [(1, 0), (4, 0), (5, 4), (7, 3), (8, 0), (8, 7), (9, 8), (12, 3), (17, 16)] {
                let (mut left, mut right) = (vec![b'x'; length], vec![b'X'; length]);
                (left[at], right[at]) = (a, b);
                assert_eq!(matches_ignoring_case(&left, &right), expected, "{a} {b} at {at} of {length}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_prefix_is_counted_as_one_by_one(bytes in "[a-z,]{0,20}") {
            let one_by_one = bytes.bytes().take_while(|&byte| is_token_byte(byte)).count();
            prop_assert_eq!(token_prefix(bytes.as_bytes()), one_by_one);
        }

        #[test]
        fn matching_ignores_case_and_nothing_else(
            a in proptest::collection::vec(any::<u8>(), 0..40),
            flips in proptest::collection::vec(any::<bool>(), 40),
            b in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let flipped: Vec<u8> = a.iter().zip(&flips).map(|(byte, flip)| if *flip { byte ^ 0x20 } else { *byte }).collect();
            prop_assert_eq!(matches_ignoring_case(&a, &flipped), a.eq_ignore_ascii_case(&flipped));
            prop_assert_eq!(matches_ignoring_case(&a, &b), a.eq_ignore_ascii_case(&b));
        }
    }
}
