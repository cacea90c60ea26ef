//! What comes in.

use wasm_bindgen::prelude::*;

use crate::wasm::plain::{Misfit, Plain};

#[wasm_bindgen(module = "/js/plain.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn pack(value: &JsValue) -> Result<JsValue, JsValue>;
    fn encode(text: &JsValue, into: &mut [u8]) -> i32;
}

/// `value` as text from which [`read`] makes plain data.
///
/// # Errors
/// What a getter of `value` threw.
pub(in crate::wasm) fn text_of(value: &JsValue) -> Result<String, JsValue> {
    let text = pack(value)?;
    // NB: the buffer is made when nothing of the caller's can run any more: its getters may call the engine, too.
    // OPTIMIZATION: the string is encoded by the platform, which wasm-bindgen does character by character.
    let mut bytes = vec![0; ROOM];
    let mut written = encode(&text, &mut bytes);
    if written < 0 {
        bytes.resize(written.unsigned_abs() as usize, 0);
        written = encode(&text, &mut bytes);
    }
    bytes.truncate(written.unsigned_abs() as usize);
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// Most exchanges fit into so many bytes.
const ROOM: usize = 8192;

/// The plain data in what `pack` wrote.
///
/// # Errors
/// The first value that is not plain data.
pub(in crate::wasm) fn read(text: &str) -> Result<Plain<'_>, Misfit> {
    Reader { text, at: 0, is_ascii: text.is_ascii() }.value()
}

struct Reader<'a> {
    text: &'a str,
    /// How far it is read, in bytes.
    at: usize,
    is_ascii: bool,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Plain<'a>, Misfit> {
        Ok(match self.byte().ok_or_else(cut_off)? {
            b'n' => Plain::Null,
            b't' => Plain::Boolean(true),
            b'f' => Plain::Boolean(false),
            b'i' => Plain::Number(f64::from(self.count()?)),
            b'd' => Plain::Number(f64::from_bits(u64::from(self.count()?) | u64::from(self.count()?) << 32)),
            b's' => Plain::Text(self.text()?),
            b'l' => {
                let count = self.count()? as usize;
                // NB: every value has a character of its own, so no count is taken at its word.
                let mut items = Vec::with_capacity(count.min(self.text.len()));
                for index in 0..count {
                    items.push(self.value().map_err(|misfit| misfit.item(index))?);
                }
                Plain::List(items)
            }
            b'p' => {
                let count = self.count()? as usize;
                let mut pairs = Vec::with_capacity(count.min(self.text.len()));
                for _ in 0..count {
                    pairs.push((self.text()?, self.text()?));
                }
                Plain::Pairs(pairs)
            }
            b'o' => {
                let mut members = Vec::with_capacity(8);
                while let size @ 1.. = self.count()? as usize {
                    let name = self.units(size - 1)?;
                    members.push((name, self.value().map_err(|misfit| misfit.member(name))?));
                }
                Plain::Object(members)
            }
            b'x' => return Err(Misfit::new(self.text()?)),
            _ => return Err(cut_off()),
        })
    }

    #[inline(always)]
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline(always)]
    fn number(&mut self) -> Option<u32> {
        match self.byte()? {
            digit @ ..64 => Some(digit.into()),
            digit => self.longer_number(digit),
        }
    }

    fn longer_number(&mut self, first: u8) -> Option<u32> {
        let (mut number, mut shift) = (u32::from(first & 63), 6);
        loop {
            let digit = self.byte()?;
            number |= u32::from(digit & 63).checked_shl(shift)?;
            if digit < 64 {
                return Some(number);
            }
            shift += 6;
        }
    }

    fn count(&mut self) -> Result<u32, Misfit> {
        self.number().ok_or_else(cut_off)
    }

    fn text(&mut self) -> Result<&'a str, Misfit> {
        self.count().and_then(|size| self.units(size as usize))
    }

    /// So many UTF-16 code units.
    fn units(&mut self, size: usize) -> Result<&'a str, Misfit> {
        let bytes = if self.is_ascii { size } else { end_of(self.text.get(self.at..).unwrap_or_default(), size) };
        let text = self.text.get(self.at..self.at.saturating_add(bytes)).ok_or_else(cut_off)?;
        self.at += bytes;
        Ok(text)
    }
}

/// What `pack` never writes.
#[cold]
fn cut_off() -> Misfit {
    Misfit::new("this cannot be read")
}

/// Where in `text` so many UTF-16 code units end.
fn end_of(text: &str, units: usize) -> usize {
    let mut left = units;
    let mut end = 0;
    for character in text.chars() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(character.len_utf16());
        end += character.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("\u{0}", Some(0)),
            ("?", Some(63)),
            ("@\u{1}", Some(64)),
            ("AA\u{1}", Some(1 + 64 + 4096)),
            ("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{3}", Some(u32::MAX)),
            ("", None),
            ("@", None),
            ("@@@@@@\u{1}", None),
            ("\u{80}", None),
        ] {
            assert_eq!(Reader { text, at: 0, is_ascii: text.is_ascii() }.number(), expected, "{text:?}");
        }
    }

    #[test]
    fn values() {
        use Plain::{Boolean, List, Null, Number, Object, Pairs, Text};
        let misfit = |place: &'static str, message: &'static str| Err((place, message));
        let cut_off = || misfit("", "this cannot be read");
        for (text, expected) in [
            ("n", Ok(Null)),
            ("t", Ok(Boolean(true))),
            ("f", Ok(Boolean(false))),
            ("i@\u{1}", Ok(Number(64.0))),
            ("d\u{0}@@@|?", Ok(Number(1.0))),
            ("s\u{2}ab", Ok(Text("ab"))),
            ("s\u{3}\u{e9}\u{1f600}", Ok(Text("\u{e9}\u{1f600}"))),
            ("l\u{2}tn", Ok(List(vec![Boolean(true), Null]))),
            ("p\u{1}\u{1}a\u{2}\u{e9}b", Ok(Pairs(vec![("a", "\u{e9}b")]))),
            ("o\u{2}at\u{1}f\u{0}", Ok(Object(vec![("a", Boolean(true)), ("", Boolean(false))]))),
            ("x\u{3}why", misfit("", "why")),
            ("l\u{2}to\u{2}ax\u{3}why\u{0}", misfit("[1].a", "why")),
            // What `pack` never writes.
            ("", cut_off()),
            ("?", cut_off()),
            ("s\u{3}ab", cut_off()),
            ("l\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{3}t", misfit("[1]", "this cannot be read")),
            ("p\u{2}\u{1}a\u{1}b", cut_off()),
            ("o\u{2}a", misfit(".a", "this cannot be read")),
        ] {
            let found = read(text);
            let found = found.as_ref().map_err(|misfit| (misfit.place(), misfit.message()));
            assert_eq!(found, expected.as_ref().map_err(|misfit| *misfit), "{text:?}");
        }
    }
}
