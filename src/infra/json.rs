//! JSON read value by value, without a tree and without copies: <https://www.rfc-editor.org/rfc/rfc8259>.

use std::borrow::Cow;

use serde::Serialize;

/// How deep values may stand within each other.
const DEEPEST: usize = 128;

/// What is wrong with a text that should be JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum JsonFault {
    /// The text ends within a value.
    Ends,
    /// Here should be a value.
    Value,
    /// Here should be the name of a member, in quotes.
    Name,
    /// Here should be the colon between a member's name and its value.
    Colon,
    /// Here should be a comma, or the bracket that closes what is open.
    Comma,
    /// A control character, such as the end of a line, in a string.
    Control,
    /// A backslash with something after it that means nothing.
    Escape,
    /// Something that starts like a number and is none.
    Number,
    /// Too many values within each other.
    Deep,
}

impl JsonFault {
    /// What is wrong, in a sentence.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Ends => "The JSON ends in the middle of a value.",
            Self::Value => "Here should be a JSON value: a string in double quotes, a number, true, false, null, {...} or [...].",
            Self::Name => "Here should be the name of a member, in double quotes.",
            Self::Colon => "Here should be a colon between a member's name and its value.",
            Self::Comma => "Here should be a comma, or the bracket that closes what is open.",
            Self::Control => "The string that starts before has a control character in it, such as the end of a line.",
            Self::Escape => "This backslash stands before something that JSON has no meaning for.",
            Self::Number => "This is no number as JSON writes them.",
            Self::Deep => "Too many values stand within each other here.",
        }
    }

    /// What to do about it, in a sentence.
    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Self::Ends => "Paste or save it again, up to its last bracket.",
            Self::Value => "Put the value here, or remove the comma before it.",
            Self::Name => "Put the name in double quotes, or remove the comma before it.",
            Self::Colon => "Put the colon here.",
            Self::Comma => "Put what is missing here; a quote within a string is written \\\".",
            Self::Control => "Close the string before it, or write it as an escape such as \\n.",
            Self::Escape => "Write the backslash twice if it is meant itself.",
            Self::Number => "Write it as in 12, -3.5 or 1e3, or put it in double quotes.",
            Self::Deep => "Paste the part of it that matters.",
        }
    }
}

/// What is wrong, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) at: usize,
    pub(crate) fault: JsonFault,
}

type Result<T> = std::result::Result<T, Malformed>;

/// A string as it is written between its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quoted<'b> {
    /// Its bytes, escapes and all.
    pub(crate) raw: &'b [u8],
    /// Where they start.
    pub(crate) at: usize,
    /// Whether there are escapes among them.
    pub(crate) is_escaped: bool,
}

impl<'b> Quoted<'b> {
    /// What it says. What is no UTF-8, and half of a pair of surrogates, becomes U+FFFD.
    pub(crate) fn text(&self) -> Cow<'b, str> {
        if !self.is_escaped {
            return String::from_utf8_lossy(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        for run in self.runs() {
            match run {
                Run::Literal { start, end } => {
                    text.push_str(&String::from_utf8_lossy(self.raw.get(start..end).unwrap_or_default()));
                }
                Run::Escape { says, .. } => text.push(says),
            }
        }
        Cow::Owned(text)
    }

    /// What it is made of, with places counted from its first byte.
    pub(crate) fn runs(&self) -> impl Iterator<Item = Run> + use<'b> {
        let raw = self.raw;
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = raw.get(start..).filter(|rest| !rest.is_empty())?;
            let literal = rest.iter().position(|&byte| byte == b'\\').unwrap_or(rest.len());
            let run = if literal > 0 {
                Run::Literal { start, end: start + literal }
            } else {
                let (says, length) = escape(rest);
                Run::Escape { start, end: start + length.min(rest.len()), says }
            };
            start = run.end();
            Some(run)
        })
    }
}

/// A run of a string's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// They stand for themselves.
    Literal { start: usize, end: usize },
    /// They are an escape.
    Escape { start: usize, end: usize, says: char },
}

impl Run {
    const fn end(self) -> usize {
        match self {
            Self::Literal { end, .. } | Self::Escape { end, .. } => end,
        }
    }
}

/// What the escape says that `bytes` start with, and how long it is.
fn escape(bytes: &[u8]) -> (char, usize) {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6).filter(|escape| escape.starts_with(b"\\u"))?.get(2..)?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let simple = match bytes.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 2) };
            let pair = unit(6).filter(|second| (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(second));
            let mut units = std::iter::once(first).chain(pair);
            let found = char::decode_utf16(&mut units).next().and_then(std::result::Result::ok);
            return (found.unwrap_or(char::REPLACEMENT_CHARACTER), if pair.is_some() { 12 } else { 6 });
        }
        Some(&byte) if byte.is_ascii() => char::from(byte),
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (simple, 2)
}

/// Reads values one after the other.
#[derive(Debug, Clone)]
pub(crate) struct JsonReader<'b> {
    bytes: &'b [u8],
    at: usize,
    depth: usize,
}

impl<'b> JsonReader<'b> {
    /// Of the value that starts at `at`, or after the space there.
    pub(crate) const fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, depth: 0 }
    }

    /// One after the last byte that was read.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    fn wrong<T>(&self, fault: JsonFault) -> Result<T> {
        let fault = if self.at >= self.bytes.len() { JsonFault::Ends } else { fault };
        Err(Malformed { at: self.at, fault })
    }

    /// The first byte of what comes next, which is not passed over.
    pub(crate) fn peek(&mut self) -> Result<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied().ok_or(Malformed { at: self.at, fault: JsonFault::Ends })
    }

    fn expect(&mut self, byte: u8, fault: JsonFault) -> Result<()> {
        if self.peek()? != byte {
            return self.wrong(fault);
        }
        self.at += 1;
        Ok(())
    }

    /// Each member of an object: `each` reads its value.
    pub(crate) fn object(&mut self, mut each: impl FnMut(&mut Self, Quoted<'b>) -> Result<()>) -> Result<()> {
        self.expect(b'{', JsonFault::Value)?;
        self.enter()?;
        if self.peek()? == b'}' {
            return self.leave();
        }
        loop {
            if self.peek()? != b'"' {
                return self.wrong(JsonFault::Name);
            }
            let name = self.string()?;
            self.expect(b':', JsonFault::Colon)?;
            each(self, name)?;
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => return self.leave(),
                _ => return self.wrong(JsonFault::Comma),
            }
        }
    }

    /// Each element of an array: `each` reads it.
    pub(crate) fn array(&mut self, mut each: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'[', JsonFault::Value)?;
        self.enter()?;
        if self.peek()? == b']' {
            return self.leave();
        }
        loop {
            each(self)?;
            match self.peek()? {
                b',' => self.at += 1,
                b']' => return self.leave(),
                _ => return self.wrong(JsonFault::Comma),
            }
        }
    }

    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST { self.wrong(JsonFault::Deep) } else { Ok(()) }
    }

    fn leave(&mut self) -> Result<()> {
        self.depth -= 1;
        self.at += 1;
        Ok(())
    }

    /// A string.
    pub(crate) fn string(&mut self) -> Result<Quoted<'b>> {
        self.expect(b'"', JsonFault::Value)?;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let run = rest.iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\').unwrap_or(rest.len());
            self.at += run;
            match rest.get(run..).unwrap_or_default() {
                [b'"', ..] => {
                    let raw = self.bytes.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(Quoted { raw, at: start, is_escaped });
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 2,
                [b'\\', b'u', digits @ ..] if digits.len() >= 4 && digits.iter().take(4).all(u8::is_ascii_hexdigit) => {
                    self.at += 6;
                }
                [b'\\'] | [b'\\', b'u', ..] if rest.len() - run < 6 => {
                    self.at = self.bytes.len();
                    return self.wrong(JsonFault::Ends);
                }
                [b'\\', ..] => return self.wrong(JsonFault::Escape),
                _ => return self.wrong(JsonFault::Control),
            }
            is_escaped = true;
        }
    }

    /// A number, as it is written.
    pub(crate) fn number(&mut self) -> Result<&'b str> {
        self.peek()?;
        let start = self.at;
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        self.at += self.bytes.get(start..).unwrap_or_default().iter().take_while(is_part).count();
        let written = std::str::from_utf8(self.bytes.get(start..self.at).unwrap_or_default()).unwrap_or_default();
        if is_number(written.as_bytes()) {
            return Ok(written);
        }
        self.at = start;
        self.wrong(JsonFault::Number)
    }

    /// `true`, `false`, `null`
    pub(crate) fn word(&mut self) -> Result<&'static str> {
        self.peek()?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word.as_bytes())) {
            Some(word) => {
                self.at += word.len();
                Ok(word)
            }
            None => self.wrong(JsonFault::Value),
        }
    }

    /// Passes over a value. What is wrong within its strings is not looked for.
    pub(crate) fn skip(&mut self) -> Result<()> {
        match self.peek()? {
            b'{' => self.object(|reader, _| reader.skip()),
            b'[' => self.array(Self::skip),
            b'"' => {
                self.at += 1;
                loop {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let run = rest.iter().position(|&byte| byte == b'"' || byte == b'\\').unwrap_or(rest.len());
                    self.at += run;
                    match rest.get(run..).unwrap_or_default() {
                        [b'"', ..] => {
                            self.at += 1;
                            return Ok(());
                        }
                        [_, _, ..] => self.at += 2,
                        _ => {
                            self.at = self.bytes.len();
                            return self.wrong(JsonFault::Ends);
                        }
                    }
                }
            }
            b'-' | b'0'..=b'9' => self.number().map(drop),
            _ => self.word().map(drop),
        }
    }
}

/// <https://www.rfc-editor.org/rfc/rfc8259#section-6>
fn is_number(written: &[u8]) -> bool {
    let digits = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = written.strip_prefix(b"-").unwrap_or(written);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.first() == Some(&b'0') {
        return false;
    }
    let mut rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or_default();
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_passed_over_whole() {
        for text in [
            "{}",
            "[]",
            " { \"a\" : [ 1 , -2.5e+3, true,false , null, \"x\\\"\\u00e9\" ] , \"\":{\"b\":[[]]} }",
            "0",
            "\"é\\\\\"",
        ] {
            let mut reader = JsonReader::new(text.as_bytes(), 0);
            assert_eq!(reader.skip(), Ok(()), "{text}");
            assert_eq!(reader.at(), text.len(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_byte() {
        use JsonFault::*;
        for (text, at, fault) in [
            ("", 0, Ends),
            ("{", 1, Ends),
            ("[1,", 3, Ends),
            ("[1,]", 3, Value),
            ("[1 2]", 3, Comma),
            ("{a:1}", 1, Name),
            ("{\"a\":1,}", 7, Name),
            ("{\"a\" 1}", 5, Colon),
            ("{\"a\":1 \"b\":2}", 7, Comma),
            ("{\"a\":undefined}", 5, Value),
            ("[01]", 1, Number),
            ("[1.]", 1, Number),
            ("[-]", 1, Number),
            ("\"abc", 4, Ends),
            ("\"abc\\", 5, Ends),
            ("{\"a\nb\":1}", 3, Control),
            ("{\"\\x\":1}", 2, Escape),
            ("{\"\\u12\"   :1}", 2, Escape),
        ] {
            let mut reader = JsonReader::new(text.as_bytes(), 0);
            assert_eq!(reader.skip(), Err(Malformed { at, fault }), "{text}");
        }
        let deep = "[".repeat(1000);
        assert_eq!(JsonReader::new(deep.as_bytes(), 0).skip(), Err(Malformed { at: 129, fault: Deep }));
    }

    #[test]
    fn strings_say_what_their_escapes_mean() {
        for (text, expected) in [
            (r#""""#, ""),
            (r#""a/b""#, "a/b"),
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\u00e9\uD83D\uDE00x""#, "é😀x"),
            (r#""\ud83d\u0041\ude00""#, "\u{fffd}A\u{fffd}"),
        ] {
            let quoted = JsonReader::new(text.as_bytes(), 0).string().unwrap();
            assert_eq!(quoted.text(), expected, "{text}");
        }
    }
}
