//! An entry of a HAR, as far as a verdict needs it: borrowed from its text.

use std::borrow::Cow;

use super::date::milliseconds;
use crate::infra::bytes::isomorphic_encode;
use crate::infra::json::{JsonReader, Malformed};

/// A header line.
pub(super) type Line<'b> = (Cow<'b, [u8]>, Cow<'b, [u8]>);

/// A request and what came of it.
#[derive(Debug, Default, Clone)]
pub(super) struct Entry<'b> {
    /// In milliseconds of the Unix epoch.
    pub(super) started: Option<f64>,
    pub(super) page: Cow<'b, str>,
    /// Chrome's word for what asked: `fetch`, `image`.
    pub(super) kind: Cow<'b, str>,
    pub(super) method: Cow<'b, str>,
    pub(super) url: Cow<'b, str>,
    pub(super) request: Vec<Line<'b>>,
    /// 0 where there is none.
    pub(super) status: u16,
    pub(super) response: Vec<Line<'b>>,
}

/// Reads an entry. Members of the wrong type are passed over.
pub(super) fn read(text: &[u8]) -> Result<Entry<'_>, Malformed> {
    let mut entry = Entry::default();
    JsonReader::new(text, 0).object(|reader, name| match name.raw {
        b"startedDateTime" => string(reader, |date| entry.started = milliseconds(&date)),
        b"pageref" => string(reader, |page| entry.page = page),
        b"_resourceType" => string(reader, |kind| entry.kind = kind),
        b"request" => object(reader, |reader, name| match name {
            b"method" => string(reader, |method| entry.method = method),
            b"url" => string(reader, |url| entry.url = url),
            b"headers" => lines(reader, &mut entry.request),
            _ => reader.skip(),
        }),
        b"response" => object(reader, |reader, name| match name {
            b"status" => number(reader, |status| entry.status = status),
            b"headers" => lines(reader, &mut entry.response),
            _ => reader.skip(),
        }),
        _ => reader.skip(),
    })?;
    Ok(entry)
}

/// A page: its id, and its title, which is its URL in Chrome and Safari.
pub(super) fn read_page(text: &[u8]) -> Result<(String, String), Malformed> {
    let (mut id, mut title) = (String::new(), String::new());
    JsonReader::new(text, 0).object(|reader, name| match name.raw {
        b"id" => string(reader, |found| id = found.into_owned()),
        b"title" => string(reader, |found| title = found.into_owned()),
        _ => reader.skip(),
    })?;
    Ok((id, title))
}

fn object<'b>(
    reader: &mut JsonReader<'b>,
    mut each: impl FnMut(&mut JsonReader<'b>, &'b [u8]) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    if reader.peek()? != b'{' {
        return reader.skip();
    }
    reader.object(|reader, name| each(reader, name.raw))
}

fn string<'b>(reader: &mut JsonReader<'b>, take: impl FnOnce(Cow<'b, str>)) -> Result<(), Malformed> {
    if reader.peek()? != b'"' {
        return reader.skip();
    }
    take(reader.string()?.text());
    Ok(())
}

fn number(reader: &mut JsonReader<'_>, take: impl FnOnce(u16)) -> Result<(), Malformed> {
    if !matches!(reader.peek()?, b'-' | b'0'..=b'9') {
        return reader.skip();
    }
    let written = reader.number()?;
    let status: f64 = written.parse().unwrap_or(0.0);
    take(if (100.0..=999.0).contains(&status) { status as u16 } else { 0 });
    Ok(())
}

/// The header lines of a message, without its pseudo-headers.
fn lines<'b>(reader: &mut JsonReader<'b>, lines: &mut Vec<Line<'b>>) -> Result<(), Malformed> {
    if reader.peek()? != b'[' {
        return reader.skip();
    }
    reader.array(|reader| {
        let (mut name, mut value) = (Cow::default(), Cow::default());
        object(reader, |reader, member| match member {
            b"name" => string(reader, |found| name = found),
            b"value" => string(reader, |found| value = found),
            _ => reader.skip(),
        })?;
        if !name.is_empty() && !name.starts_with(':') {
            let name = bytes(name);
            match value {
                // NB: several lines of one name are one string with line feeds between.
                value if value.contains('\n') => {
                    lines.extend(value.split('\n').map(|value| (name.clone(), bytes(Cow::Owned(value.to_owned())))));
                }
                value => lines.push((name, bytes(value))),
            }
        }
        Ok(())
    })
}

/// A character for each byte; where there are others, their UTF-8.
fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => isomorphic_encode(text).unwrap_or(Cow::Borrowed(text.as_bytes())),
        Cow::Owned(text) => Cow::Owned(match isomorphic_encode(&text) {
            Ok(bytes) => bytes.into_owned(),
            Err(_) => text.into_bytes(),
        }),
    }
}

/// The value of the first line of that name.
pub(super) fn value<'l>(lines: &'l [Line<'_>], name: &[u8]) -> Option<&'l [u8]> {
    lines.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
}
