//! Changes as edits of the pasted text.
//!
//! What is offered was tried: the edited text was read and evaluated again, and says what the change says.

mod cut;
mod page;

use serde::Serialize;

use super::{Overrides, apply};
use crate::http::header_list::{Header, HeaderList};
use crate::http::status::is_redirect;
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::network::Purpose;
use crate::paste::{self, Paste, PastedField, PastedForm, PastedMessage, PastedResponse, Replay, Span};
use crate::repair::Change;
use crate::report::{Exchange, FetchReport, RequestReport};
use crate::{Tracing, evaluate_with};

/// A text of more bytes is not read again for each edit.
const LONGEST_TEXT: usize = 1 << 18;
/// More fetches than anybody mends in one sitting.
pub(super) const MOST_FETCHES: usize = 20;

/// A piece of the text, and what is to stand there instead. Offsets count UTF-16 units, as JavaScript does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct TextEdit {
    /// The first unit.
    pub start: usize,
    /// One after the last unit; `start` where something is put in.
    pub end: usize,
    /// What is to stand there.
    pub insert: String,
}

/// An edit in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) span: Span,
    pub(crate) insert: String,
}

impl Edit {
    pub(super) fn in_utf16(self, utf16: &paste::Utf16) -> TextEdit {
        let Span { start, end } = utf16.span(self.span);
        TextEdit { start, end, insert: self.insert }
    }
}

/// A text that was read, to be edited.
pub(super) struct Editing<'a> {
    pub(super) paste: &'a Paste,
    pub(super) replay: &'a Replay,
    pub(super) page: &'a str,
    pub(super) text: &'a str,
    pub(super) overrides: &'a Overrides,
}

/// The text after edits, read and replayed again.
pub(super) struct Edited {
    pub(super) paste: Paste,
    pub(super) replay: Replay,
}

impl Editing<'_> {
    /// The edits that make the changes for the fetch at `index`, in the order of the text, none over another. Nothing where the
    /// text has no place for one of them, and where it does not say what the changes say, or `works` finds fault with it.
    pub(super) fn edits(&self, changes: &[Change], index: usize, works: impl FnOnce(&Edited) -> bool) -> Option<Vec<Edit>> {
        if changes.is_empty() || self.text.len() > LONGEST_TEXT || self.replay.scenario.fetches.len() > MOST_FETCHES {
            return None;
        }
        let mut places = Places { editing: self, index, edits: Vec::new(), lines: Vec::new() };
        for change in changes {
            places.add(change)?;
        }
        if !changes.iter().all(Change::is_of_server) {
            places.without_preflight(&self.made(changes, index)?);
        }
        let edits = places.finish()?;
        let edited = self.read(&edited(self.text, &edits)?)?;
        let asks_so = changes.iter().all(Change::is_of_server)
            || is_alike(self.made(changes, index)?.request.as_ref()?, edited.asks(index)?);
        (asks_so && works(&edited)).then_some(edits)
    }

    fn read(&self, text: &str) -> Option<Edited> {
        let paste = paste::parse(text, self.page);
        let mut scenario = paste.scenario.clone()?;
        apply(self.overrides, &mut scenario);
        let replay = paste::replay(&paste, scenario).ok()?;
        Some(Edited { paste, replay })
    }

    /// The report on the fetch after the changes.
    fn made(&self, changes: &[Change], index: usize) -> Option<FetchReport> {
        let mut scenario = self.replay.scenario.clone();
        changes.iter().for_each(|change| change.make(&mut scenario, index));
        evaluate_with(&scenario, Tracing::Off).ok()?.fetches.into_iter().nth(index)
    }
}

impl Edited {
    fn asks(&self, index: usize) -> Option<&RequestReport> {
        self.replay.report.fetches.get(index)?.request.as_ref()
    }
}

/// Whether two requests are the same to a server: the case of names does not count.
fn is_alike(one: &RequestReport, other: &RequestReport) -> bool {
    let headers = |request: &RequestReport| {
        let mut headers: Vec<_> = request
            .headers
            .as_slice()
            .iter()
            .map(|Header(name, value)| (name.to_string().to_ascii_lowercase(), value.clone()))
            .collect();
        headers.sort();
        headers
    };
    let bare = |request: &RequestReport| RequestReport {
        headers: HeaderList::default(),
        preflight_reasons: Vec::new(),
        ..request.clone()
    };
    headers(one) == headers(other) && bare(one) == bare(other)
}

fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edited = String::with_capacity(text.len());
    let mut from = 0;
    for Edit { span, insert } in edits {
        edited.push_str(text.get(from..span.start)?);
        edited.push_str(insert);
        from = span.end;
    }
    edited.push_str(text.get(from..)?);
    Some(edited)
}

/// The places of one fetch's changes.
struct Places<'a> {
    editing: &'a Editing<'a>,
    index: usize,
    edits: Vec<Edit>,
    /// Header lines that have no place yet, each with its response.
    lines: Vec<(&'a PastedResponse, ByteString, ByteString)>,
}

impl<'a> Places<'a> {
    fn text(&self) -> &'a str {
        self.editing.text
    }

    /// Adds the edits of a change. Nothing where the text has no place for it.
    fn add(&mut self, change: &Change) -> Option<()> {
        let Some((fetch, answer)) = change.answer() else { return self.add_of_page(change) };
        let response = self.response(fetch, answer)?;
        let form = response.form;
        match change {
            Change::SetHeader { name, value, .. } => {
                let mut named = response.headers.iter().filter(|field| field.name.is(name.as_bytes()));
                match named.next() {
                    Some(first) => self.set_value(form, first, &isomorphic_decode(value.as_bytes()))?,
                    None => self.lines.push((response, name.clone(), value.clone())),
                }
                self.cut(form, named);
            }
            Change::RemoveHeader { name, .. } => {
                self.cut(form, response.headers.iter().filter(|field| field.name.is(name.as_bytes())));
            }
            Change::ReplaceLine { line, name, value, .. } => {
                let field = response.headers.get(*line)?;
                if field.name.value != *name {
                    self.put(form, field.name.span, &isomorphic_decode(name.as_bytes()))?;
                }
                if field.value.value != *value {
                    self.set_value(form, field, &isomorphic_decode(value.as_bytes()))?;
                }
            }
            Change::SetStatus { status, .. } => self.set_status(response, *status)?,
            _ => return None,
        }
        Some(())
    }

    /// In a scenario answers stand in order. Where no preflight is sent any more, what answered it goes.
    fn without_preflight(&mut self, made: &FetchReport) {
        let is_preflight = |exchange: &&Exchange| exchange.request.purpose == Purpose::Preflight;
        let before = self.editing.replay.report.fetches.get(self.index);
        let sent = before.and_then(|before| before.exchanges.iter().find(is_preflight));
        let response = sent.and_then(|sent| self.response(self.index, sent.answer?));
        if let Some(response) = response.filter(|response| response.form == PastedForm::Scenario)
            && !made.exchanges.iter().any(|exchange| is_preflight(&exchange))
        {
            self.edits.push(cut::without(self.text(), response.form, response.span));
        }
    }

    fn set_status(&mut self, response: &PastedResponse, status: u16) -> Option<()> {
        let reason = match (response.reason.value.is_empty(), status) {
            (true, _) => "",
            (false, 200) => "OK",
            (false, 204) => "No Content",
            (false, 401) => "Unauthorized",
            (false, _) => return None,
        };
        self.edits.push(Edit { span: response.status_span, insert: status.to_string() });
        if !reason.is_empty() {
            self.put(response.form, response.reason.span, reason)?;
        }
        if !is_redirect(status) {
            self.cut(response.form, response.headers.iter().filter(|field| field.name.is(b"location")));
        }
        Some(())
    }

    /// The response of the text that is this answer.
    fn response(&self, fetch: usize, answer: usize) -> Option<&'a PastedResponse> {
        let replay = self.editing.replay;
        let exchange = replay.report.fetches.get(fetch)?.exchanges.iter().position(|exchange| exchange.answer == Some(answer));
        let pasted = replay.fetches.get(fetch)?;
        match self.editing.paste.messages.get(pasted.exchanges.get(exchange?)?.response?)? {
            PastedMessage::Response(response) => Some(response),
            _ => None,
        }
    }

    /// Takes fields of a message out.
    fn cut<'f>(&mut self, form: PastedForm, fields: impl Iterator<Item = &'f PastedField>) {
        let text = self.text();
        self.edits.extend(fields.map(|field| cut::without(text, form, field.span)));
    }

    /// Puts something in place of what a message of this form says. Nothing where it would have to be written in another way.
    fn put(&mut self, form: PastedForm, span: Span, insert: &str) -> Option<()> {
        let insert = quoted(form, insert)?;
        self.edits.push(Edit { span, insert });
        Some(())
    }

    fn set_value(&mut self, form: PastedForm, field: &PastedField, value: &str) -> Option<()> {
        let (name, place) = (field.name.span, field.value.span);
        // NB: an empty value stands right behind its colon, or nowhere.
        let is_blank = place.is_empty() && self.text().get(..place.start).is_some_and(|before| before.ends_with(':'));
        let span = if place.is_empty() && place.start < name.end { Span { start: name.end, end: name.end } } else { place };
        if is_blank { self.put(form, span, &format!(" {value}")) } else { self.put(form, span, value) }
    }

    /// All edits in the order of the text. Nothing where they are in each other's way.
    fn finish(mut self) -> Option<Vec<Edit>> {
        for (response, name, value) in std::mem::take(&mut self.lines) {
            let edit = self.new_line(response, &isomorphic_decode(name.as_bytes()), &isomorphic_decode(value.as_bytes()))?;
            self.edits.push(edit);
        }
        // NB: lines that are put in at one place keep their order, because the sort is stable.
        self.edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        self.edits.dedup();
        let mut apart: Vec<Edit> = Vec::new();
        for edit in self.edits {
            match apart.last_mut() {
                Some(last) if edit.span.start < last.span.end => {
                    // What is taken out twice is out.
                    if !edit.insert.is_empty() || !last.insert.is_empty() {
                        return None;
                    }
                    last.span.end = last.span.end.max(edit.span.end);
                }
                _ => apart.push(edit),
            }
        }
        Some(apart)
    }

    /// A header line below the last one of a response that stays, in the same form.
    fn new_line(&self, response: &PastedResponse, name: &str, value: &str) -> Option<Edit> {
        let goes = |span: Span| self.edits.iter().any(|edit| edit.span.start <= span.start && span.end <= edit.span.end);
        let stays = response.headers.iter().rev().map(|field| field.span).find(|span| !goes(*span));
        let text = self.text();
        let escaped = |text: &str| quoted(response.form, text);
        let element = match response.form {
            PastedForm::Har => Some(format!(r#", {{ "name": "{}", "value": "{}" }}"#, escaped(name)?, escaped(value)?)),
            PastedForm::Postman => Some(format!(r#", {{ "key": "{}", "value": "{}" }}"#, escaped(name)?, escaped(value)?)),
            PastedForm::Scenario => Some(format!(r#", ["{}", "{}"]"#, escaped(name)?, escaped(value)?)),
            _ => None,
        };
        if let Some(insert) = element {
            let end = stays?.end;
            return Some(Edit { span: Span { start: end, end }, insert });
        }
        let last = stays.unwrap_or(response.start_line);
        let mark = text.get(cut::line_start(text, last.start)..last.start).unwrap_or_default();
        let break_ = if text.get(last.end..).is_some_and(|rest| rest.starts_with('\r')) { "\r\n" } else { "\n" };
        Some(Edit { span: Span { start: last.end, end: last.end }, insert: [break_, mark, name, ": ", value].concat() })
    }
}

/// A value as a message of this form writes it between quotes. Nothing where its quotes have rules of their own.
fn quoted(form: PastedForm, value: &str) -> Option<String> {
    match form {
        PastedForm::Call | PastedForm::Har | PastedForm::Postman | PastedForm::Scenario => {
            let is_plain = |character: char| !character.is_control() && !matches!(character, '\'' | '"' | '`' | '\\' | '$');
            value.chars().all(is_plain).then(|| value.to_owned())
        }
        PastedForm::Command | PastedForm::PowerShell => {
            let is_plain = |character: char| character.is_ascii_alphanumeric() || " -._~:/?#[]@&()*+,;=".contains(character);
            value.chars().all(is_plain).then(|| value.to_owned())
        }
        _ => Some(value.to_owned()),
    }
}
