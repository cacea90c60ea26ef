//! JSON documents as trees in which every value has its place.

mod deserialize;

use super::excerpt::{Draft, Excerpt};
use super::span::Span;
use crate::infra::json::{JsonReader, Malformed, Quoted, Run};

pub(super) use deserialize::{Unfit, deserialize};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    /// `null`
    Null(Span),
    /// `true`, `false`
    Bool(bool, Span),
    /// A number as it is written.
    Number(Excerpt),
    /// A string; its place is without the quotes.
    Text(Excerpt),
    /// An array.
    Array(Vec<Json>, Span),
    /// An object. Names may repeat.
    Object(Vec<(Excerpt, Json)>, Span),
}

/// A value that was read, as far as that went.
#[derive(Debug)]
pub(super) struct Read {
    /// Nothing where not even its first byte is right.
    pub(super) json: Option<Json>,
    /// What is wrong; then the value ends there, and so does all that it is within.
    pub(super) wrong: Option<Malformed>,
    /// Where it ends.
    pub(super) end: usize,
}

/// Reads the value that starts at `at`.
pub(super) fn read(text: &str, at: usize) -> Read {
    let mut reader = JsonReader::new(text.as_bytes(), at);
    let mut wrong = None;
    let json = value(text, &mut reader, &mut wrong);
    Read { json, wrong, end: reader.at() }
}

fn value(text: &str, reader: &mut JsonReader<'_>, wrong: &mut Option<Malformed>) -> Option<Json> {
    let read = read_value(text, reader, wrong);
    read.map_err(|malformed| wrong.get_or_insert(malformed)).ok()
}

fn read_value(text: &str, reader: &mut JsonReader<'_>, wrong: &mut Option<Malformed>) -> Result<Json, Malformed> {
    let first = reader.peek()?;
    let start = reader.at();
    Ok(match first {
        b'{' => {
            let mut members = Vec::new();
            let read = reader.object(|reader, name| {
                let value = value(text, reader, wrong);
                members.extend(value.map(|value| (excerpt(text, &name), value)));
                wrong.map_or(Ok(()), Err)
            });
            *wrong = wrong.or(read.err());
            Json::Object(members, Span::new(start, reader.at()))
        }
        b'[' => {
            let mut elements = Vec::new();
            let read = reader.array(|reader| {
                elements.extend(value(text, reader, wrong));
                wrong.map_or(Ok(()), Err)
            });
            *wrong = wrong.or(read.err());
            Json::Array(elements, Span::new(start, reader.at()))
        }
        b'"' => Json::Text(excerpt(text, &reader.string()?)),
        b'-' | b'0'..=b'9' => {
            reader.number()?;
            Json::Number(Excerpt::literal(text, Span::new(start, reader.at())))
        }
        _ => {
            let word = reader.word()?;
            let span = Span::new(start, reader.at());
            if word == "null" { Json::Null(span) } else { Json::Bool(word == "true", span) }
        }
    })
}

fn excerpt(text: &str, quoted: &Quoted<'_>) -> Excerpt {
    let mut draft = Draft::at(quoted.at);
    for run in quoted.runs() {
        match run {
            Run::Literal { start, end } => draft.literal(text, Span::new(quoted.at + start, quoted.at + end)),
            Run::Escape { start, end, says } => {
                draft.derived(says.encode_utf8(&mut [0; 4]).as_bytes(), Span::new(quoted.at + start, quoted.at + end));
            }
        }
    }
    draft.finish()
}

impl Json {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Null(span) | Self::Bool(_, span) | Self::Array(_, span) | Self::Object(_, span) => *span,
            Self::Number(excerpt) | Self::Text(excerpt) => excerpt.span,
        }
    }

    /// The members, if this is an object.
    pub(super) fn members(&self) -> &[(Excerpt, Self)] {
        if let Self::Object(members, _) = self { members } else { &[] }
    }

    /// The member of that name, if this is an object that has one; the last one counts.
    pub(super) fn member(&self, wanted: &str) -> Option<&Self> {
        let members = self.members();
        members.iter().rev().find(|(name, _)| name.bytes() == wanted.as_bytes()).map(|(_, value)| value)
    }

    /// The elements, if this is an array.
    pub(super) fn elements(&self) -> &[Self] {
        if let Self::Array(elements, _) = self { elements } else { &[] }
    }

    /// What a string says.
    pub(super) fn text(&self) -> Option<&Excerpt> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The value at a path such as `fetches[0].answers[1].status`, as far as there is one.
    pub(super) fn at_path(&self, path: &str) -> &Self {
        let mut here = self;
        for step in path.split(['.', '[']) {
            let next = match step.strip_suffix(']') {
                Some(index) => index.parse().ok().and_then(|index: usize| here.elements().get(index)),
                None => here.member(step),
            };
            let Some(next) = next else { break };
            here = next;
        }
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = "x {\"a\": [1, \"b\\u00e9c\", null], \"d\": {\"e\": true}} y";
        let Read { json: Some(json), wrong: None, end } = read(text, 2) else { panic!() };
        assert_eq!(text.get(end..), Some(" y"));
        for (path, expected) in [
            ("a", "[1, \"b\\u00e9c\", null]"),
            ("a[0]", "1"),
            ("a[1]", "b\\u00e9c"),
            ("a[2]", "null"),
            ("a[3]", "[1, \"b\\u00e9c\", null]"),
            ("d.e", "true"),
            ("d.x.e", "{\"e\": true}"),
        ] {
            assert_eq!(json.at_path(path).span().of(text), expected, "{path}");
        }
        let said = json.at_path("a[1]").text().unwrap();
        assert_eq!((said.text().as_ref(), said.locate(1..3).of(text)), ("béc", "\\u00e9"));
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        for (text, at, expected) in [
            ("{\"a\": [1, {\"b\": 2, \"c\"", 22, Some("2")),
            ("{\"a\": [1, {\"b\": 2, c: 3}]}", 19, Some("2")),
            ("[", 1, None),
            ("{\"a\": \"x", 8, None),
        ] {
            let Read { json, wrong, .. } = read(text, 0);
            let json = json.unwrap();
            assert_eq!(wrong.unwrap().at, at, "{text}");
            let found = Some(json.at_path("a[1].b")).filter(|found| matches!(found, Json::Number(_)));
            assert_eq!(found.map(|found| found.span().of(text)), expected, "{text}");
        }
        assert_eq!(read("x", 0).json, None);
    }
}
