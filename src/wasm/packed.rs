//! Plain data over the boundary in one crossing: the other half is `js/plain.js`.
//!
//! What comes in is one string. A number in it has six bits in each character, the lowest first, and 64 more in each but the
//! last. A text is its length in UTF-16 code units, then itself.
//!
//! ```text
//!  n  null    t  true    f  false    i number  a whole number    d low high  the halves of a double    s text  a string
//!  l number value...     a list of so many
//!  p number text text... the same of pairs of strings
//!  o member... 0         an object; a member is a text whose length is 1 more, and its value
//!  x text                what cannot be read, and why
//! ```
//!
//! What goes out is one string with all texts, and words of 32 bits. Each has its kind in the lowest three bits:
//!
//! ```text
//!  0  a string: so many UTF-16 code units of the texts     4  a list: so many values
//!  1  one that is part of the program: its length in seven 5  an object: so many names and values
//!     bits, and above these where it is                    6  null, false, true
//!  2  a whole number    3  a double: two more words        7  a list of two values
//! ```
//!
//! JavaScript remembers the strings of the program by their words, and is told of those that it lacks.
//!
//! NB: serde-wasm-bindgen makes the same objects, with a crossing or more for each member; ARCHITECTURE.md has what that costs.

#[cfg(feature = "wasm")]
mod read;

use std::fmt;

use serde::ser::{self, Serialize, Serializer};
use wasm_bindgen::prelude::*;

#[cfg(feature = "wasm")]
pub(super) use read::{read, text_of};

#[wasm_bindgen(module = "/js/plain.js")]
extern "C" {
    fn unpack(words: &[u32], texts: &str) -> JsValue;
    fn learn(words: &[u32], names: &str);
}

/// `value` as JavaScript's own objects, lists, strings, numbers, booleans and nulls.
pub(super) fn give(value: &impl Serialize) -> JsValue {
    let packed = packed(value, None);
    let given = unpack(&packed.words, &packed.texts);
    if !given.is_undefined() {
        return given;
    }
    let names = packed_names(value);
    learn(&names.iter().filter_map(|name| name_word(name)).collect::<Vec<_>>(), &names.concat());
    unpack(&packed.words, &packed.texts)
}

/// Values as words and texts.
struct Packer {
    words: Vec<u32>,
    texts: String,
    /// The strings of the program, where these are wanted.
    names: Option<Vec<&'static str>>,
}

const TEXT: u32 = 0;
const NAME: u32 = 1;
const WHOLE: u32 = 2;
const DOUBLE: u32 = 3;
const LIST: u32 = 4;
const OBJECT: u32 = 5;
const CONSTANT: u32 = 6;
const PAIR: u32 = 7;

/// Numbers in a word end here.
const LIMIT: u64 = 1 << 29;

fn packed(value: &impl Serialize, names: Option<Vec<&'static str>>) -> Packer {
    let mut packer = Packer { words: Vec::with_capacity(1024), texts: String::with_capacity(8192), names };
    // NB: no type that goes out has a serializer that fails.
    let _ = value.serialize(&mut packer);
    packer
}

fn packed_names(value: &impl Serialize) -> Vec<&'static str> {
    packed(value, Some(Vec::new())).names.unwrap_or_default()
}

/// The word of a string of the program, if its length and its place fit.
fn name_word(name: &'static str) -> Option<u32> {
    let place = u32::try_from(name.as_ptr().addr()).ok().filter(|place| *place < 1 << 22)?;
    (name.len() < 1 << 7).then_some(place << 10 | (name.len() as u32) << 3 | NAME)
}

impl Packer {
    fn word(&mut self, kind: u32, size: usize) {
        self.words.push((size as u32) << 3 | kind);
    }

    fn name(&mut self, name: &'static str) {
        let Some(word) = name_word(name) else { return self.text(name) };
        self.words.push(word);
        if let Some(names) = &mut self.names {
            names.push(name);
        }
    }

    fn text(&mut self, text: &str) {
        self.word(TEXT, if text.is_ascii() { text.len() } else { text.encode_utf16().count() });
        self.texts.push_str(text);
    }

    fn open(&mut self, kind: u32) -> Open<'_> {
        let at = self.words.len();
        self.words.push(kind);
        Open { packer: self, at }
    }

    /// An object of one member, whose value comes next.
    fn variant(&mut self, name: &'static str) {
        self.word(OBJECT, 1);
        self.name(name);
    }
}

/// A list or an object whose values are being written, and counted meanwhile.
struct Open<'a> {
    packer: &'a mut Packer,
    /// Its word.
    at: usize,
}

impl Open<'_> {
    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unwritable> {
        if let Some(word) = self.packer.words.get_mut(self.at) {
            *word += 8;
        }
        value.serialize(&mut *self.packer)
    }
}

/// What a serializer of the crate's own types would have to say.
#[derive(Debug)]
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

macro_rules! whole_numbers {
    ($($method:ident $type:ty,)+) => {$(
        fn $method(self, value: $type) -> Result<(), Unwritable> {
            self.serialize_u64(value.into())
        }
    )+};
}

impl<'a> Serializer for &'a mut Packer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    whole_numbers! { serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, }

    fn serialize_u64(self, value: u64) -> Result<(), Unwritable> {
        if value < LIMIT {
            self.word(WHOLE, value as usize);
            return Ok(());
        }
        self.serialize_f64(value as f64)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Unwritable> {
        self.serialize_f64(value as f64)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Unwritable> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Unwritable> {
        let bits = value.to_bits();
        self.words.extend([DOUBLE, bits as u32, (bits >> 32) as u32]);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.word(CONSTANT, 1 + usize::from(value));
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Unwritable> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unwritable> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.word(CONSTANT, 0);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(LIST))
    }

    fn serialize_tuple(self, size: usize) -> Result<Self, Unwritable> {
        match size {
            2 => self.word(PAIR, 0),
            _ => self.word(LIST, size),
        }
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, size: usize) -> Result<Self, Unwritable> {
        self.serialize_tuple(size)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, size: usize) -> Result<Self, Unwritable> {
        self.variant(variant);
        self.serialize_tuple(size)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(OBJECT))
    }

    fn serialize_struct(self, _: &'static str, size: usize) -> Result<Self, Unwritable> {
        self.word(OBJECT, size);
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, size: usize) -> Result<Self, Unwritable> {
        self.variant(variant);
        self.word(OBJECT, size);
        Ok(self)
    }
}

macro_rules! values {
    ($($trait:ident $method:ident,)+) => {$(
        impl ser::$trait for &mut Packer {
            type Ok = ();
            type Error = Unwritable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Unwritable> {
                Ok(())
            }
        }
    )+};
}

values! { SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field, }

// NB: how many members there are is said before them, without those that are skipped.
macro_rules! members {
    ($($trait:ident)+) => {$(
        impl ser::$trait for &mut Packer {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
                self.name(name);
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Unwritable> {
                Ok(())
            }
        }
    )+};
}

members! { SerializeStruct SerializeStructVariant }

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.value(value)
    }

    fn end(self) -> Result<(), Unwritable> {
        Ok(())
    }
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Unwritable> {
        name.serialize(&mut *self.packer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.value(value)
    }

    fn end(self) -> Result<(), Unwritable> {
        Ok(())
    }
}
