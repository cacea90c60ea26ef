//! Types out of a tree, by way of serde; what does not fit is said with its place.

use std::fmt;

use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};

use super::Json;
use crate::paste::span::Span;

/// What does not fit, and where.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::paste) struct Unfit {
    /// What serde says.
    pub(in crate::paste) message: String,
    pub(in crate::paste) span: Span,
}

/// Makes a value of the tree.
pub(in crate::paste) fn deserialize<'de, T: de::Deserialize<'de>>(json: &Json) -> Result<T, Unfit> {
    T::deserialize(json).map_err(|error| {
        let error = error.within(json);
        Unfit { message: error.message, span: error.span.unwrap_or_else(|| json.span()) }
    })
}

/// An error on its way up to the value that it is about.
#[derive(Debug)]
pub(in crate::paste) struct Error {
    message: String,
    span: Option<Span>,
    /// What the value that it is about has in it.
    culprit: Culprit,
}

#[derive(Debug)]
pub(in crate::paste) enum Culprit {
    Unknown,
    /// A member of this name.
    Member(String),
    /// A string that says this.
    Text(String),
}

impl Error {
    /// The error, which arose within `json`. The innermost place counts.
    fn within(mut self, json: &Json) -> Self {
        if self.span.is_none() {
            self.span = Some(find(json, &self.culprit).unwrap_or_else(|| json.span()));
        }
        self
    }
}

/// NB: what serde buffers, as it does for values that say their own kind, loses its place: it is looked for.
fn find(json: &Json, culprit: &Culprit) -> Option<Span> {
    match (json, culprit) {
        (_, Culprit::Unknown) => None,
        (Json::Text(text), Culprit::Text(wanted)) => (text.bytes() == wanted.as_bytes()).then_some(text.span),
        (Json::Object(members, _), _) => members.iter().find_map(|(name, value)| match culprit {
            Culprit::Member(wanted) if name.bytes() == wanted.as_bytes() => Some(name.span),
            _ => find(value, culprit),
        }),
        (Json::Array(elements, _), _) => elements.iter().find_map(|element| find(element, culprit)),
        _ => None,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), span: None, culprit: Culprit::Unknown }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("there is no member {field:?}; the members are {}", expected.join(", "));
        Self { message, span: None, culprit: Culprit::Member(field.to_owned()) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        let message = format!("the member {field:?} is there twice");
        Self { message, span: None, culprit: Culprit::Member(field.to_owned()) }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("the member {field:?} is missing"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("{variant:?} is none of {}", expected.join(", "));
        Self { message, span: None, culprit: Culprit::Text(variant.to_owned()) }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let culprit = if let Unexpected::Str(text) = found { Culprit::Text(text.to_owned()) } else { Culprit::Unknown };
        Self { message: format!("here should be {expected}, not {found}"), span: None, culprit }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }
}

impl<'de> Deserializer<'de> for &Json {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Json::Null(_) => visitor.visit_unit(),
            Json::Bool(value, _) => visitor.visit_bool(*value),
            Json::Text(text) => visitor.visit_str(&text.text()),
            Json::Number(written) => {
                let written = written.text();
                if let Ok(number) = written.parse::<u64>() {
                    visitor.visit_u64(number)
                } else if let Ok(number) = written.parse::<i64>() {
                    visitor.visit_i64(number)
                } else {
                    visitor.visit_f64(written.parse().map_err(de::Error::custom)?)
                }
            }
            Json::Array(elements, _) => visitor.visit_seq(Elements(elements.iter())),
            Json::Object(members, _) => visitor.visit_map(Members { rest: members.iter(), value: None }),
        }
        .map_err(|error| error.within(self))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Json::Null(_) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Json::Text(text) => visitor.visit_enum((&*text.text()).into_deserializer()),
            Json::Object(members, _) => {
                visitor.visit_enum(de::value::MapAccessDeserializer::new(Members { rest: members.iter(), value: None }))
            }
            _ => return self.deserialize_any(visitor),
        }
        .map_err(|error| error.within(self))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Elements<'j>(std::slice::Iter<'j, Json>);

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|element| seed.deserialize(element).map_err(|error| error.within(element))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Members<'j> {
    rest: std::slice::Iter<'j, (super::Excerpt, Json)>,
    value: Option<&'j Json>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        let named = |mut error: Error| {
            error.span.get_or_insert(name.span);
            error
        };
        seed.deserialize((&*name.text()).into_deserializer()).map(Some).map_err(named)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = self.value.take().ok_or_else(|| de::Error::custom("a value without a name"))?;
        seed.deserialize(value).map_err(|error| error.within(value))
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_serde_json_reads_is_read_alike() {
        let text = r#"{"version":1,"profile":"chromium","page":{"url":"https://app.example/","acceptLanguage":"d\u00e9"},
            "fetches":[{"at":1.5,"call":{"api":"xhr","method":"PUT","url":"/x","headers":[["A","b"]],"body":{"type":"bytes","length":3}},
            "answers":[{"status":204,"headers":[["A","b"]],"httpVersion":"2"},{"failure":"refused"}]},
            {"at":2,"call":{"api":"img","url":"/y","crossOrigin":null}}],
            "state":{"hsts":[{"host":"a.example"}]}}"#;
        let json = read(text, 0).json.unwrap();
        assert_eq!(deserialize::<Scenario>(&json).unwrap(), serde_json::from_str(text).unwrap());
    }

    #[test]
    fn what_does_not_fit_is_said_with_its_place() {
        for (text, place, message) in [
            (r#"{"page":{"url":"x"}}"#, r#"{"page":{"url":"x"}}"#, "the member \"fetches\" is missing"),
            (r#"{"page":{},"fetches":[]}"#, "{}", "the member \"url\" is missing"),
            (r#"{"page":{"url":1},"fetches":[]}"#, "1", "here should be a string, not integer `1`"),
            (
                r#"{"page":{"url":"x"},"fetches":[],"profile":"safari"}"#,
                "safari",
                "\"safari\" is none of spec, chromium, firefox, webkit",
            ),
            (
                r#"{"page":{"url":"x"},"fetches":[],"profil":"spec"}"#,
                "profil",
                "there is no member \"profil\"; the members are version, profile, page, fetches, state",
            ),
            (
                r#"{"page":{"url":"x"},"fetches":[{"call":{"api":"font","uri":"y"}}]}"#,
                "uri",
                "there is no member \"uri\"; the members are url",
            ),
            (
                r#"{"page":{"url":"x"},"fetches":[{"call":{"api":"font","url":"y"},"answers":[{"status":200,"failure":"refused"}]}]}"#,
                r#"{"status":200,"failure":"refused"}"#,
                "an answer has either a `status` or a `failure`, not both",
            ),
        ] {
            let json = read(text, 0).json.unwrap();
            let unfit = deserialize::<Scenario>(&json).unwrap_err();
            assert_eq!((unfit.span.of(text), &*unfit.message), (place, message), "{text}");
        }
    }
}
