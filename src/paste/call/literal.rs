//! The values that a script writes down: strings, objects, arrays, calls of constructors. Everything else is known only to
//! the script that runs.

use super::super::excerpt::{Draft, Excerpt};
use super::super::span::Span;

/// More than this is no call that a person wrote.
const LONGEST: usize = 64 * 1024;
/// How deep values are read within each other.
const DEEPEST: usize = 32;

/// A value as the script writes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A string.
    Text(Excerpt),
    /// An object with the members whose names are written down.
    Object(Vec<(Excerpt, Value)>, Span),
    /// An array.
    Array(Vec<Value>, Span),
    /// A name or a number: `true`, `null`, `body`.
    Word(Excerpt),
    /// `name(...)` or `new name(...)`.
    Made {
        /// The name, with its dots: `JSON.stringify`.
        name: Excerpt,
        /// What stands between the parentheses.
        arguments: Vec<Value>,
        /// All of it.
        span: Span,
    },
    /// What only the script that runs knows.
    Unknown(Span),
}

impl Value {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Text(text) | Self::Word(text) => text.span,
            Self::Object(_, span) | Self::Array(_, span) | Self::Made { span, .. } | Self::Unknown(span) => *span,
        }
    }

    pub(super) fn text(&self) -> Option<&Excerpt> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The member of that name, if this is an object that has one; the last one counts.
    pub(super) fn member(&self, wanted: &str) -> Option<&Self> {
        let Self::Object(members, _) = self else { return None };
        members.iter().rev().find(|(name, _)| name.bytes() == wanted.as_bytes()).map(|(_, value)| value)
    }
}

/// Reads values one after the other.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    pub(super) at: usize,
    limit: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        let mut limit = text.len().min(at.saturating_add(LONGEST));
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        Self { text, at, limit }
    }

    /// What stands between parentheses, from the opening one on. Nothing where it is not closed.
    pub(super) fn arguments(&mut self) -> Option<Vec<Value>> {
        self.list(b'(', b')', DEEPEST)
    }

    pub(super) fn byte(&self) -> Option<u8> {
        if self.at < self.limit { self.text.as_bytes().get(self.at).copied() } else { None }
    }

    fn starts_with(&self, word: &str) -> bool {
        self.text.get(self.at..self.limit).is_some_and(|rest| rest.starts_with(word))
    }

    /// White space and comments.
    pub(super) fn space(&mut self) {
        loop {
            if self.starts_with("//") {
                self.skip_past("\n");
            } else if self.starts_with("/*") {
                self.skip_past("*/");
            } else {
                match self.text.get(self.at..self.limit).and_then(|rest| rest.chars().next()) {
                    Some(space) if space.is_whitespace() || space == '\u{feff}' => self.at += space.len_utf8(),
                    _ => return,
                }
            }
        }
    }

    fn skip_past(&mut self, end: &str) {
        let rest = self.text.get(self.at..self.limit).unwrap_or_default();
        self.at += rest.find(end).map_or(rest.len(), |found| found + end.len());
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_here = self.byte() == Some(byte);
        self.at += usize::from(is_here);
        is_here
    }

    fn list(&mut self, open: u8, close: u8, depth: usize) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        if !self.take(open) {
            return None;
        }
        loop {
            self.space();
            if self.take(close) {
                return Some(values);
            }
            values.push(self.value(depth)?);
            self.space();
            if !self.take(b',') && self.byte() != Some(close) {
                return None;
            }
        }
    }

    /// One value, up to the comma or the bracket that ends it. Nothing where the text ends before.
    fn value(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        let value = match self.byte()? {
            _ if depth == 0 => Value::Unknown(Span::new(start, start)),
            b'"' | b'\'' | b'`' => self.string()?,
            b'{' => self.object(depth - 1)?,
            b'[' => {
                let values = self.list(b'[', b']', depth - 1)?;
                Value::Array(values, Span::new(start, self.at))
            }
            byte if is_name_byte(byte) => self.word(depth - 1)?,
            _ => Value::Unknown(Span::new(start, start)),
        };
        self.space();
        if matches!(self.byte()?, b',' | b')' | b']' | b'}') && !matches!(value, Value::Unknown(span) if span.is_empty()) {
            return Some(value);
        }
        // What goes on is an expression: `a + b`, `x.y(z)`, `() => {}`.
        self.expression()?;
        Some(Value::Unknown(Span::new(start, self.at)))
    }

    /// A name with dots, and what it is called with.
    fn word(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        if self.name() == "new" {
            self.space();
        } else {
            self.at = start;
        }
        let name_start = self.at;
        self.name();
        let name = Excerpt::literal(self.text, Span::new(name_start, self.at));
        let end = self.at;
        self.space();
        if self.byte() != Some(b'(') {
            self.at = end;
            return Some(Value::Word(name));
        }
        let arguments = self.list(b'(', b')', depth)?;
        Some(Value::Made { name, arguments, span: Span::new(start, self.at) })
    }

    fn name(&mut self) -> &'t str {
        let start = self.at;
        while self.byte().is_some_and(|byte| is_name_byte(byte) || byte == b'.') {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        let mut members = Vec::new();
        self.at += 1;
        loop {
            self.space();
            if self.take(b'}') {
                return Some(Value::Object(members, Span::new(start, self.at)));
            }
            let key_start = self.at;
            let key = match self.byte()? {
                b'"' | b'\'' => match self.string()? {
                    Value::Text(key) => Some(key),
                    _ => None,
                },
                byte if is_name_byte(byte) => {
                    self.name();
                    Some(Excerpt::literal(self.text, Span::new(key_start, self.at)))
                }
                _ => None,
            };
            self.space();
            match (key, self.byte()?) {
                (Some(key), b':') => {
                    self.at += 1;
                    self.space();
                    members.push((key, self.value(depth)?));
                }
                // `{ headers }`: the value has the name of the member.
                (Some(key), b',' | b'}') => members.push((key.clone(), Value::Word(key))),
                // `...rest`, `[computed]: value`, a method: nobody knows the member.
                _ => self.expression()?,
            }
            self.space();
            if !self.take(b',') && self.byte() != Some(b'}') {
                return None;
            }
        }
    }

    /// A string; a template with something to fill in is known to the script alone.
    fn string(&mut self) -> Option<Value> {
        let start = self.at;
        let quote = self.byte()?;
        self.at += 1;
        let mut draft = Draft::at(self.at);
        let mut is_known = true;
        loop {
            let byte = self.byte()?;
            if byte == quote {
                self.at += 1;
                let text = draft.finish();
                return Some(if is_known { Value::Text(text) } else { Value::Unknown(Span::new(start, self.at)) });
            }
            match byte {
                b'\\' => self.escape(&mut draft)?,
                b'\n' | b'\r' if quote != b'`' => return None,
                b'$' if quote == b'`' && self.starts_with("${") => {
                    is_known = false;
                    self.at += 1;
                    self.brackets()?;
                }
                _ => {
                    let length = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                    draft.literal(self.text, Span::new(self.at, self.at + length));
                    self.at += length;
                }
            }
        }
    }

    fn escape(&mut self, draft: &mut Draft) -> Option<()> {
        let start = self.at;
        let rest = self.text.get(start + 1..self.limit)?;
        let first = rest.chars().next()?;
        let hex = |from: usize, to: usize| u32::from_str_radix(rest.get(from..to)?, 16).ok();
        let (found, length) = match first {
            'n' => (Some('\n'), 1),
            't' => (Some('\t'), 1),
            'r' => (Some('\r'), 1),
            'b' => (Some('\u{8}'), 1),
            'f' => (Some('\u{c}'), 1),
            'v' => (Some('\u{b}'), 1),
            '0' => (Some('\0'), 1),
            '\n' => (None, 1),
            '\r' => (None, if rest.starts_with("\r\n") { 2 } else { 1 }),
            'x' => (char::from_u32(hex(1, 3)?), 3),
            'u' if rest.starts_with("u{") => {
                let end = rest.find('}')?;
                (Some(char::from_u32(hex(2, end)?).unwrap_or(char::REPLACEMENT_CHARACTER)), end + 1)
            }
            'u' => match (hex(1, 5)?, rest.get(5..7), rest.get(7..11)) {
                // Two halves make one character.
                (high @ 0xd800..=0xdbff, Some("\\u"), Some(low)) => {
                    let low = u32::from_str_radix(low, 16).ok()?;
                    let both = 0x10000 + ((high - 0xd800) << 10) + low.wrapping_sub(0xdc00);
                    (Some(char::from_u32(both).unwrap_or(char::REPLACEMENT_CHARACTER)), 11)
                }
                (unit, ..) => (Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)), 5),
            },
            other => (Some(other), other.len_utf8()),
        };
        self.at = start + 1 + length;
        let span = Span::new(start, self.at);
        let mut bytes = [0; 4];
        draft.derived(found.map_or(&[][..], |found| found.encode_utf8(&mut bytes).as_bytes()), span);
        Some(())
    }

    /// The rest of an expression, up to the comma or the bracket that ends it.
    fn expression(&mut self) -> Option<()> {
        loop {
            match self.byte()? {
                b',' | b')' | b']' | b'}' => return Some(()),
                b'(' | b'[' | b'{' => self.brackets()?,
                b'"' | b'\'' | b'`' => drop(self.string()?),
                b'/' if self.starts_with("//") || self.starts_with("/*") => self.space(),
                _ => self.at += self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
            }
        }
    }

    /// All that is between brackets, and the brackets.
    fn brackets(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.byte()? {
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' => {
                    open -= 1;
                    if open == 0 {
                        self.at += 1;
                        return Some(());
                    }
                }
                b'"' | b'\'' => {
                    self.string()?;
                    continue;
                }
                // NB: a template within a template's `${}`: its own brackets are balanced too.
                b'/' if self.starts_with("//") || self.starts_with("/*") => {
                    self.space();
                    continue;
                }
                _ => {}
            }
            self.at += self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        }
    }
}

pub(super) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values as the script's own words, in short.
    fn short(value: &Value) -> String {
        let all = |values: &[Value]| values.iter().map(short).collect::<Vec<_>>().join(" ");
        match value {
            Value::Text(text) => format!("{:?}", text.text()),
            Value::Word(word) => word.text().into_owned(),
            Value::Object(members, _) => {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("{}={}", name.text(), short(value))).collect();
                format!("{{{}}}", members.join(" "))
            }
            Value::Array(values, _) => format!("[{}]", all(values)),
            Value::Made { name, arguments, .. } => format!("{}({})", name.text(), all(arguments)),
            Value::Unknown(span) => format!("?{}", span.end - span.start),
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            ("()", Some("")),
            (r#"("a", 'b', `c`)"#, Some(r#""a" "b" "c""#)),
            (
                r#"("\x41\u00e9\u{1f600}\ud83d\ude00\n\q\
x")"#,
                Some("\"Aé😀😀\\nqx\""),
            ),
            (r#"({a: 1, "b-c": true, d, e: {f: [1, "x",],},})"#, Some("{a=1 b-c=true d=d e={f=[1 \"x\"]}}")),
            ("({...rest, [k]: 1, m() { return 1 }, a: 2})", Some("{a=2}")),
            ("(JSON.stringify({a: 1}), new Headers([['a', 'b']]))", Some(r#"JSON.stringify({a=1}) Headers([["a" "b"]])"#)),
            ("(`a${b}c`, 'x' + y, () => { return ')' }, a ? b : c)", Some("?8 ?7 ?20 ?9")),
            ("(/* , */ 'a' // b\n, 'c')", Some(r#""a" "c""#)),
            ("(url, -1)", Some("url ?2")),
            ("('a'", None),
            ("('a\n')", None),
            ("({a: 1)", None),
            ("('a' 'b')", Some("?7")),
        ] {
            let mut scanner = Scanner::new(text, 0);
            let values = scanner.arguments();
            let found = values.map(|values| values.iter().map(short).collect::<Vec<_>>().join(" "));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("({}1{})", "[".repeat(10_000), "]".repeat(10_000));
        assert!(Scanner::new(&deep, 0).arguments().is_some());
    }

    #[test]
    fn texts_know_their_place() {
        let text = r#"("https://b.example/\u0061?x=é")"#;
        let values = Scanner::new(text, 0).arguments().unwrap();
        let url = values[0].text().unwrap();
        assert_eq!(url.text(), "https://b.example/a?x=é");
        assert_eq!(url.span.of(text), r"https://b.example/\u0061?x=é");
        assert_eq!(url.locate(18..19).of(text), r"\u0061");
    }
}
