//! Places in the pasted text, in bytes of UTF-8 and in the UTF-16 units of JavaScript.

use serde::{Deserialize, Serialize};

/// A half-open range in the pasted text, always on character boundaries. In bytes of UTF-8, unless it went through
/// [`InUtf16`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Span {
    /// The first.
    pub start: usize,
    /// One after the last.
    pub end: usize,
}

impl Span {
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// What stands there; nothing if `text` is not the text that the span was made for.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether nothing stands there.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that covers both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Converts byte offsets in a text to the offsets that JavaScript counts in.
///
/// ```
/// use corscope::paste::{Span, Utf16};
/// let utf16 = Utf16::new("é😀x");
/// assert_eq!(utf16.span(Span { start: 6, end: 7 }), Span { start: 3, end: 4 });
/// ```
#[derive(Debug, Clone)]
pub struct Utf16 {
    /// After each character that takes fewer units than bytes: its end in bytes, and the units saved up to there.
    steps: Vec<(usize, usize)>,
}

impl Utf16 {
    /// For offsets in `text`.
    pub fn new(text: &str) -> Self {
        let mut saved = 0;
        let step = |(at, found): (usize, char)| {
            (!found.is_ascii()).then(|| {
                saved += found.len_utf8() - found.len_utf16();
                (at + found.len_utf8(), saved)
            })
        };
        Self { steps: text.char_indices().filter_map(step).collect() }
    }

    /// The offset in UTF-16 units of a byte offset.
    pub fn offset(&self, byte: usize) -> usize {
        let after = self.steps.partition_point(|&(end, _)| end <= byte);
        let saved = after.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0, |&(_, saved)| saved);
        byte.saturating_sub(saved)
    }

    /// Both ends of a span.
    pub fn span(&self, span: Span) -> Span {
        Span { start: self.offset(span.start), end: self.offset(span.end) }
    }
}

/// Something that holds spans.
pub trait Spans {
    /// Shows each span to `change`.
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span));
}

impl Spans for Span {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        change(self);
    }
}

impl<T: Spans> Spans for Option<T> {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.iter_mut().for_each(|inner| inner.each_span(change));
    }
}

impl<T: Spans> Spans for Vec<T> {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.iter_mut().for_each(|inner| inner.each_span(change));
    }
}

/// A value whose spans count UTF-16 units: good for showing and nothing else, since nothing here looks things up in it.
/// Serialises as the value itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct InUtf16<T>(T);

impl<T: Spans> InUtf16<T> {
    /// `value`, whose spans are byte offsets in `text`.
    pub fn new(mut value: T, text: &str) -> Self {
        let utf16 = Utf16::new(text);
        value.each_span(&mut |span| *span = utf16.span(*span));
        Self(value)
    }
}

impl<T> AsRef<T> for InUtf16<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_offsets_count_units() {
        for (text, byte, units) in [
            ("", 0, 0),
            ("abc", 2, 2),
            ("é", 2, 1),
            ("aé", 1, 1),
            ("é€😀x", 5, 2),
            ("é€😀x", 9, 4),
            ("é€😀x", 10, 5),
            ("😀😀", 8, 4),
        ] {
            assert_eq!(Utf16::new(text).offset(byte), units, "{text} {byte}");
            assert_eq!(text[..byte].encode_utf16().count(), units, "{text} {byte}");
        }
    }
}
