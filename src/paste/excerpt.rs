//! Bytes that were read from the text, and where each of them stands there.

use std::ops::Range;

use serde::Serialize;

use super::span::{Span, Spans};
use crate::infra::bytes::{ByteString, is_http_tab_or_space};

/// Bytes that were read from the pasted text, and the place they were read from.
///
/// Where the text says them literally, `text[span]` is the value. It is not where a header is folded over lines, where
/// a shell's quoting or a terminal's colours stand between, or where something is implied (`curl` alone means `GET`):
/// then the span covers all that the value was made of.
///
/// The bytes are the UTF-8 bytes of the text: a terminal that shows `é` got C3 A9 from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Excerpt {
    /// The bytes.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub value: ByteString,
    /// Where they stand.
    pub span: Span,
    #[serde(skip)]
    pieces: Vec<Piece>,
}

/// Where a run of the value's bytes stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// The offset of its first byte in the value.
    from: usize,
    len: usize,
    span: Span,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Byte for byte.
    Literal,
    /// The text says it in other words, all of which count for each byte.
    Derived,
}

impl Piece {
    /// The span of the bytes `start..end` of the value, which must be in this piece.
    fn part(&self, start: usize, end: usize) -> Span {
        match self.kind {
            Kind::Derived => self.span,
            Kind::Literal => Span::new(self.span.start + start - self.from, self.span.start + end - self.from),
        }
    }

    fn end(&self) -> usize {
        self.from + self.len
    }
}

/// An excerpt in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    bytes: Vec<u8>,
    span: Span,
    pieces: Vec<Piece>,
}

impl Draft {
    /// No bytes yet, at a place.
    pub(super) const fn at(at: usize) -> Self {
        Self { bytes: Vec::new(), span: Span::new(at, at), pieces: Vec::new() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds what `text` says at `span`.
    pub(super) fn literal(&mut self, text: &str, span: Span) {
        self.push(span.of(text).as_bytes(), span, Kind::Literal);
    }

    /// Adds bytes that the text says in other words at `span`.
    pub(super) fn derived(&mut self, value: &[u8], span: Span) {
        self.push(value, span, Kind::Derived);
    }

    /// Adds the bytes of an excerpt.
    pub(super) fn append(&mut self, other: &Excerpt) {
        for piece in &other.pieces {
            self.push(other.bytes().get(piece.from..piece.end()).unwrap_or_default(), piece.span, piece.kind);
        }
        self.span.end = self.span.end.max(other.span.end);
    }

    fn push(&mut self, value: &[u8], span: Span, kind: Kind) {
        self.span.end = self.span.end.max(span.end);
        if value.is_empty() {
            return;
        }
        let from = self.bytes.len();
        self.bytes.extend_from_slice(value);
        match self.pieces.last_mut() {
            Some(last) if kind == Kind::Literal && last.kind == kind && last.span.end == span.start => {
                last.len += value.len();
                last.span.end = span.end;
                return;
            }
            Some(_) => {}
            None => self.span.start = span.start,
        }
        self.pieces.push(Piece { from, len: value.len(), span, kind });
    }

    pub(super) fn finish(self) -> Excerpt {
        Excerpt { value: self.bytes.into(), span: self.span, pieces: self.pieces }
    }
}

impl Excerpt {
    /// What `text` says at `span`.
    pub(super) fn literal(text: &str, span: Span) -> Self {
        let mut draft = Draft::at(span.start);
        draft.literal(text, span);
        draft.finish()
    }

    /// `value`, which the text says in other words at `span`.
    pub(super) fn derived(value: &[u8], span: Span) -> Self {
        let mut draft = Draft::at(span.start);
        draft.derived(value, span);
        draft.finish()
    }

    /// No bytes, at a place.
    pub(super) fn empty(at: usize) -> Self {
        Draft::at(at).finish()
    }

    /// To add to it.
    pub(super) fn draft(&self) -> Draft {
        Draft { bytes: self.bytes().to_vec(), span: self.span, pieces: self.pieces.clone() }
    }

    /// Of how many runs it is made.
    pub(super) fn seams(&self) -> usize {
        self.pieces.len()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.value.as_bytes()
    }

    /// The value as text; in an excerpt of a `str` that was cut at ASCII bytes, nothing is ever replaced.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }

    pub(crate) fn is(&self, word: &[u8]) -> bool {
        self.bytes().eq_ignore_ascii_case(word)
    }

    /// Where the bytes `range` of the value stand, widened to whole characters. An empty range is a place.
    pub fn locate(&self, range: Range<usize>) -> Span {
        let bytes = self.bytes();
        let inside = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
        let (mut start, mut end) = (range.start.min(bytes.len()), range.end.min(bytes.len()));
        while start > 0 && inside(start) {
            start -= 1;
        }
        end = end.max(start);
        while inside(end) {
            end += 1;
        }
        self.hull(start, end)
    }

    fn hull(&self, start: usize, end: usize) -> Span {
        let mut hull: Option<Span> = None;
        for piece in &self.pieces {
            let (from, to) = (start.max(piece.from), end.min(piece.end()));
            if from < to {
                let part = piece.part(from, to);
                hull = Some(hull.map_or(part, |hull| hull.hull(part)));
            }
        }
        hull.unwrap_or_else(|| {
            let next = self.pieces.iter().find(|piece| piece.from <= start && start < piece.end());
            let at = next
                .map_or(self.pieces.last().map_or(self.span.end, |last| last.span.end), |piece| piece.part(start, start).start);
            Span::new(at, at)
        })
    }

    /// The bytes `range` alone.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let end = range.end.min(self.value.len());
        let start = range.start.min(end);
        let piece = |piece: &Piece| {
            let (from, to) = (start.max(piece.from), end.min(piece.end()));
            (from < to).then(|| Piece { from: from - start, len: to - from, span: piece.part(from, to), kind: piece.kind })
        };
        Self {
            value: self.bytes().get(start..end).unwrap_or_default().into(),
            span: self.hull(start, end),
            pieces: self.pieces.iter().filter_map(piece).collect(),
        }
    }

    pub(super) fn from(&self, start: usize) -> Self {
        self.slice(start..self.value.len())
    }

    /// Without tabs and spaces around it.
    pub(super) fn trimmed(&self) -> Self {
        let bytes = self.bytes();
        let start = bytes.iter().take_while(|&&byte| is_http_tab_or_space(byte)).count();
        let rest = bytes.get(start..).unwrap_or_default();
        let len = rest.len() - rest.iter().rev().take_while(|&&byte| is_http_tab_or_space(byte)).count();
        self.slice(start..start + len)
    }

    /// What stands before and after the first `byte`.
    pub(super) fn split_at_byte(&self, byte: u8) -> Option<(Self, Self)> {
        let at = self.bytes().iter().position(|&found| found == byte)?;
        Some((self.slice(0..at), self.from(at + 1)))
    }
}

impl Spans for Excerpt {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        change(&mut self.span);
        self.pieces.iter_mut().for_each(|piece| change(&mut piece.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end)
    }

    #[test]
    fn a_literal_excerpt_is_located_byte_for_byte() {
        let text = "xx  a: caf\u{e9}  yy";
        let line = Excerpt::literal(text, span(2, 13));
        assert_eq!(line.bytes(), b"  a: caf\xc3\xa9 ");
        let trimmed = line.trimmed();
        assert_eq!(trimmed.span.of(text), "a: café");
        let (name, value) = trimmed.split_at_byte(b':').unwrap();
        assert_eq!((name.span.of(text), value.trimmed().span.of(text)), ("a", "café"));
        let value = value.trimmed();
        assert_eq!(value.locate(0..3).of(text), "caf");
        assert_eq!(value.locate(4..5).of(text), "é", "widened to the character");
        assert_eq!(value.locate(2..2), span(9, 9));
        assert_eq!(value.locate(90..99), span(value.span.end, value.span.end));
    }

    #[test]
    fn pieces_keep_their_places() {
        let text = "ab\r\n cd \\x41";
        let mut draft = Excerpt::literal(text, span(0, 2)).draft();
        draft.derived(b" ", span(2, 5));
        draft.literal(text, span(5, 7));
        draft.derived(b"A", span(8, 12));
        let value = draft.finish();
        assert_eq!(value.bytes(), b"ab cdA");
        assert_eq!(value.span, span(0, 12));
        for (range, expected) in
            [(0..2, (0, 2)), (1..4, (1, 6)), (2..3, (2, 5)), (4..5, (6, 7)), (5..6, (8, 12)), (4..6, (6, 12))]
        {
            assert_eq!(value.locate(range.clone()), span(expected.0, expected.1), "{range:?}");
            assert_eq!(value.slice(range.clone()).span, span(expected.0, expected.1), "{range:?}");
        }
        assert_eq!(value.slice(1..5).locate(2..4).of(text), "cd");
    }
}
