//! Plain data on its way from JavaScript into the boundary types.
//!
//! NB: serde-wasm-bindgen reads objects too, but it passes over members that it does not know, so a misspelt one would
//! silently count as absent; it takes a member that is `undefined` for one that is there; and its errors do not name a place.

use serde::de::value::{Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// A value without behaviour, as JSON knows them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    Null,
    Boolean(bool),
    Number(f64),
    Text(String),
    List(Vec<Plain>),
    /// The members in order, without those that are null or undefined: these count as absent.
    Object(Vec<(String, Plain)>),
}

/// Plain data that is not what was wanted.
#[derive(Debug, PartialEq)]
pub(super) struct Misfit {
    /// Where, such as `fetches[0].call.init.mode`.
    pub(super) place: String,
    /// What is wrong with it, and what was wanted.
    pub(super) message: String,
}

/// The members by which serde tells the variants of an enumeration apart: without one, none of the others is read.
const TAGS: [&str; 3] = ["api", "edit", "type"];

impl Plain {
    /// Why this data is no `T`, if it is none.
    pub(super) fn misfit<T: DeserializeOwned>(&self) -> Option<Misfit> {
        let error = |data| T::deserialize(data).err().map(|error: Error| error.to_string());
        let message = error(self.clone())?;
        let place = self.place(&message, &|data| error(data).is_some_and(|other| other == message));
        Some(Misfit { place, message })
    }

    /// Where in this value the error `message` comes from: what can be taken away without curing it has no part in it.
    /// `fails` says whether another value in the place of this one gives the same error.
    ///
    /// NB: serde reads enumerations whose tag is a member of theirs out of a copy, and no deserializer can see where.
    fn place(&self, message: &str, fails: &dyn Fn(Plain) -> bool) -> String {
        match self {
            // A missing member is missing where it would make a difference; read after the others, it hides none of their errors.
            Self::Object(members) if missing_member(message).is_some_and(|name| !fails(Self::Object(with(members, name)))) => {
                String::new()
            }
            Self::Object(members) => {
                let without = |index: usize| {
                    let mut rest = members.clone();
                    rest.remove(index);
                    Self::Object(rest)
                };
                let is_cause = |index: &usize| !TAGS.contains(&members[*index].0.as_str()) && !fails(without(*index));
                let Some(index) = (0..members.len()).find(is_cause) else { return String::new() };
                let replaced = |data| {
                    let mut members = members.clone();
                    members[index].1 = data;
                    fails(Self::Object(members))
                };
                let (name, value) = &members[index];
                format!(".{name}{}", value.place(message, &replaced))
            }
            // A wrong length is the list's own fault; one of lists has it from the first that is wrong.
            Self::List(items) if !(message.starts_with("invalid length") && items.iter().all(Self::is_scalar)) => {
                // The error is that of the last item of the shortest start that has it.
                let (mut below, mut above) = (0, items.len());
                while below < above {
                    let middle = below.midpoint(above);
                    match fails(Self::List(items[..middle].to_vec())) {
                        true => above = middle,
                        false => below = middle + 1,
                    }
                }
                let Some(index) = below.checked_sub(1).filter(|index| *index < items.len()) else { return String::new() };
                let replaced = |data| {
                    let mut start = items[..index].to_vec();
                    start.push(data);
                    fails(Self::List(start))
                };
                format!("[{index}]{}", items[index].place(message, &replaced))
            }
            _ => String::new(),
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Other("nothing"),
            Self::Boolean(value) => Unexpected::Bool(*value),
            Self::Number(value) => Unexpected::Float(*value),
            Self::Text(value) => Unexpected::Str(value),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        }
    }
}

/// The name in serde's message that a member is missing.
fn missing_member(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

fn with(members: &[(String, Plain)], name: &str) -> Vec<(String, Plain)> {
    members.iter().cloned().chain([(name.to_owned(), Plain::Null)]).collect()
}

impl IntoDeserializer<'_, Error> for Plain {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        /// 2^53: below it every whole number has a double of its own.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Null => Err(Error::invalid_type(self.unexpected(), &visitor)),
            Self::Boolean(value) => visitor.visit_bool(value),
            Self::Number(value) if value.fract() == 0.0 && (0.0..EXACT).contains(&value) => visitor.visit_u64(value as u64),
            Self::Number(value) if value.fract() == 0.0 && (-EXACT..0.0).contains(&value) => visitor.visit_i64(value as i64),
            Self::Number(value) => visitor.visit_f64(value),
            Self::Text(value) => visitor.visit_string(value),
            Self::List(items) => {
                let mut items = SeqDeserializer::new(items.into_iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Self::Object(members) => visitor.visit_map(MapDeserializer::new(members.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            present => visitor.visit_some(present),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// NB: serde would also take a list, member by member.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Object(_) => self.deserialize_any(visitor),
            other => Err(Error::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(word) => word.into_deserializer().deserialize_enum(name, variants, visitor),
            Self::Object(members) => {
                MapAccessDeserializer::new(MapDeserializer::new(members.into_iter())).deserialize_enum(name, variants, visitor)
            }
            other => Err(Error::invalid_type(other.unexpected(), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}
