//! Finds the pages and the entries of a HAR in bytes that come in pieces, and holds no more than one of them.

use super::HarFault;
use crate::infra::json::JsonFault;

/// How much of each string is kept, in bytes: bodies are longer, and decide nothing.
const LONGEST_STRING: usize = 4 * 1024;
/// How long an element may be without the rest of its strings, in bytes.
const LONGEST_ELEMENT: usize = 16 * 1024 * 1024;
/// Room for an element, which most do not outgrow.
const USUAL_ELEMENT: usize = 256 * 1024;
/// How deep values may stand within each other.
const DEEPEST: usize = 128;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Pages,
    Entries,
}

/// An element of `log.pages` or `log.entries`.
#[derive(Debug)]
pub(super) struct Element<'b> {
    pub(super) section: Section,
    /// Its text, with long strings cut.
    pub(super) text: &'b [u8],
    /// Its first byte in the file.
    pub(super) start: u64,
    /// One after its last byte in the file.
    pub(super) end: u64,
    /// Where bytes are left out: the offset in `text`, and how many are missing up to there.
    cuts: &'b [(usize, u64)],
}

impl Element<'_> {
    /// The byte in the file of an offset in the text.
    pub(super) fn place(&self, offset: usize) -> u64 {
        let missing = self.cuts.iter().rev().find(|(at, _)| *at <= offset).map_or(0, |(_, missing)| *missing);
        self.start + offset as u64 + missing
    }
}

/// What is known after the bytes so far.
#[derive(Debug)]
pub(super) struct Splitter {
    /// How many bytes there were.
    at: u64,
    /// The brackets that are open.
    open: Vec<u8>,
    /// The string that is being read, if one is.
    string: Option<Text>,
    /// The last string of the document or of its log: the name of a member, if a colon follows.
    key: Vec<u8>,
    name: Vec<u8>,
    /// Whether the member that is open is `log`.
    is_log: bool,
    section: Option<Section>,
    has_entries: bool,
    /// The element that is being read.
    element: Vec<u8>,
    start: u64,
    cuts: Vec<(usize, u64)>,
    missing: u64,
}

const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
/// After a backslash; fewer are the digits of a `\\u` that are still to come.
const ESCAPE: u8 = 5;

/// What bytes of a string are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Literal,
    Escape,
}

/// A string on its way.
#[derive(Debug, Clone, Copy, Default)]
struct Text {
    length: usize,
    /// How many bytes of an escape are still to come.
    escape: u8,
    is_cut: bool,
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self {
            at: 0,
            open: Vec::new(),
            string: None,
            key: Vec::new(),
            name: Vec::new(),
            is_log: false,
            section: None,
            has_entries: false,
            element: Vec::with_capacity(USUAL_ELEMENT),
            start: 0,
            cuts: Vec::new(),
            missing: 0,
        }
    }

    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Reads more bytes, and shows each element that ends in them.
    pub(super) fn push(&mut self, bytes: &[u8], each: &mut impl FnMut(&Element<'_>)) -> Result<(), (u64, HarFault)> {
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            let length = match self.string {
                Some(text) => self.within_string(text, rest),
                None => self.between_strings(byte, rest, each).map_err(|fault| (self.at, fault))?,
            };
            self.at += length as u64;
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(())
    }

    /// What the end of the file means here.
    pub(super) fn finish(&self) -> Result<(), (u64, HarFault)> {
        if !self.open.is_empty() || self.string.is_some() {
            return Err((self.at, HarFault::Json { fault: JsonFault::Ends }));
        }
        if self.has_entries { Ok(()) } else { Err((0, HarFault::NotHar)) }
    }

    fn is_in_element(&self) -> bool {
        self.section.is_some() && self.open.len() > 3
    }

    fn within_string(&mut self, mut text: Text, rest: &[u8]) -> usize {
        if text.escape > 0 {
            let byte = rest.first().copied().unwrap_or_default();
            self.keep(&mut text, &[byte], Run::Escape);
            text.escape = match (text.escape, byte) {
                (ESCAPE, b'u') => ESCAPE - 1,
                (ESCAPE, _) => 0,
                (digits, _) => digits - 1,
            };
            self.string = Some(text);
            return 1;
        }
        let length = rest.iter().position(|&byte| byte == b'"' || byte == b'\\').unwrap_or(rest.len());
        if length > 0 {
            self.keep(&mut text, rest.get(..length).unwrap_or_default(), Run::Literal);
            self.string = Some(text);
            return length;
        }
        if rest.first() == Some(&b'\\') {
            // NB: an escape is left out whole or not at all.
            text.is_cut |= text.length >= LONGEST_STRING;
            self.keep(&mut text, b"\\", Run::Escape);
            text.escape = ESCAPE;
            self.string = Some(text);
            return 1;
        }
        self.string = None;
        if self.is_in_element() {
            if text.is_cut {
                self.cuts.push((self.element.len(), self.missing));
            }
            self.element.push(b'"');
        }
        1
    }

    /// Keeps bytes of a string, up to its limit.
    fn keep(&mut self, text: &mut Text, bytes: &[u8], run: Run) {
        if self.is_in_element() {
            let room = if run == Run::Escape { bytes.len() } else { LONGEST_STRING.saturating_sub(text.length) };
            let kept = if text.is_cut { &[][..] } else { bytes.get(..room).unwrap_or(bytes) };
            self.element.extend_from_slice(kept);
            text.is_cut |= kept.len() < bytes.len();
            self.missing += (bytes.len() - kept.len()) as u64;
        } else if self.open.len() <= 2 && self.key.len() + bytes.len() <= 64 {
            self.key.extend_from_slice(bytes);
        }
        text.length = text.length.saturating_add(bytes.len());
    }

    fn between_strings(&mut self, byte: u8, rest: &[u8], each: &mut impl FnMut(&Element<'_>)) -> Result<usize, HarFault> {
        let mark = usize::try_from(self.at).ok().and_then(|at| BYTE_ORDER_MARK.get(at));
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r') || mark == Some(&byte);
        if self.open.is_empty() && !is_space && (byte != b'{' || self.has_entries) {
            return Err(if self.has_entries { HarFault::Json { fault: JsonFault::Comma } } else { HarFault::NotHar });
        }
        if self.is_in_element() {
            // OPTIMIZATION: what is neither a string nor a bracket goes along in one piece.
            let run = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')).unwrap_or(rest.len());
            if run > 0 {
                self.element.extend_from_slice(rest.get(..run).unwrap_or_default());
                return if self.element.len() > LONGEST_ELEMENT { Err(HarFault::TooLong) } else { Ok(run) };
            }
            self.element.push(byte);
        }
        match byte {
            b'"' => {
                self.string = Some(Text::default());
                self.key.clear();
            }
            b':' if self.open.len() <= 2 => self.name = std::mem::take(&mut self.key),
            b'{' | b'[' => self.opens(byte)?,
            b'}' | b']' => self.closes(byte, each)?,
            _ => {}
        }
        Ok(1)
    }

    fn opens(&mut self, byte: u8) -> Result<(), HarFault> {
        if self.open.len() >= DEEPEST {
            return Err(HarFault::Json { fault: JsonFault::Deep });
        }
        if self.open.len() == 1 {
            self.is_log = byte == b'{' && self.name == b"log";
        }
        if self.is_log && self.open.len() == 2 && byte == b'[' {
            self.section = match self.name.as_slice() {
                b"pages" => Some(Section::Pages),
                b"entries" => Some(Section::Entries),
                _ => None,
            };
            self.has_entries |= self.section == Some(Section::Entries);
        }
        if self.section.is_some() && self.open.len() == 3 {
            self.start = self.at;
            self.missing = 0;
            self.cuts.clear();
            self.element.clear();
            self.element.push(byte);
        }
        self.open.push(byte);
        Ok(())
    }

    fn closes(&mut self, byte: u8, each: &mut impl FnMut(&Element<'_>)) -> Result<(), HarFault> {
        let opened = if byte == b'}' { b'{' } else { b'[' };
        if self.open.pop() != Some(opened) {
            return Err(HarFault::Json { fault: JsonFault::Comma });
        }
        match (self.section, self.open.len()) {
            (Some(section), 3) => {
                each(&Element { section, text: &self.element, start: self.start, end: self.at + 1, cuts: &self.cuts })
            }
            (Some(_), 2) => self.section = None,
            _ => {}
        }
        Ok(())
    }
}
