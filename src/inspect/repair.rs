//! What to change so that a pasted exchange works, and the edits of the text that do it.

use serde::Serialize;

use super::{Overrides, apply};
use crate::http::modes::ResponseType;
use crate::http::status::is_redirect;
use crate::infra::bytes::isomorphic_decode;
use crate::paste::{self, Paste, PastedFetch, PastedMessage, PastedResponse, Replay, Span, Utf16};
use crate::repair::{Avoid, Change, Repair, repairs, what_not_to_do};
use crate::report::{FetchReport, Outcome};

/// More fetches than anybody repairs in one sitting.
const MOST_FETCHES: usize = 20;
/// A text of more bytes is not read again for each repair.
const LONGEST_TEXT: usize = 1 << 18;

/// A repair, and how to make it in the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RepairView {
    /// The repair.
    pub repair: Repair,
    /// The edits of the text after which the fetch works, or waits for an answer that was taken for granted; in the order of the
    /// text, none over another. Empty where the text does not have the places, or the text does not say what is to change.
    pub edits: Vec<TextEdit>,
}

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

/// What to change, and what not to do, for each fetch of a paste.
pub(super) fn of_paste(
    paste: &Paste,
    replay: &Replay,
    page: &str,
    text: &str,
    overrides: &Overrides,
) -> Vec<(Vec<RepairView>, Vec<Avoid>)> {
    let fetches = replay.scenario.fetches.len();
    if fetches > MOST_FETCHES {
        return vec![Default::default(); fetches];
    }
    let utf16 = Utf16::new(text);
    let of_fetch = |index: usize| {
        let views = repairs(&replay.scenario, index).unwrap_or_default().into_iter().map(|repair| {
            let places = Places { paste, replay, text, index };
            let edits = places.edits(&repair).filter(|edits| works(&repair, edits, page, text, overrides)).unwrap_or_default();
            let edit = |edit: Edit| {
                let Span { start, end } = utf16.span(edit.span);
                TextEdit { start, end, insert: edit.insert }
            };
            RepairView { repair, edits: edits.into_iter().map(edit).collect() }
        });
        (views.collect(), what_not_to_do(&replay.scenario, index).unwrap_or_default())
    };
    (0..fetches).map(of_fetch).collect()
}

/// An edit in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    span: Span,
    insert: String,
}

/// Where in the text a fetch and its answers are.
struct Places<'a> {
    paste: &'a Paste,
    replay: &'a Replay,
    text: &'a str,
    index: usize,
}

impl<'a> Places<'a> {
    /// The edits that make the changes, if the text has a place for each.
    fn edits(&self, repair: &Repair) -> Option<Vec<Edit>> {
        if self.text.len() > LONGEST_TEXT {
            return None;
        }
        let (mut edits, mut lines) = (Vec::new(), Vec::new());
        for change in &repair.changes {
            self.add(change, &mut edits, &mut lines)?;
        }
        for (response, line) in lines {
            let edit = self.new_line(response, &line, &edits);
            edits.push(edit);
        }
        // NB: lines that are put in at one place keep their order, because the sort is stable.
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        let is_apart = edits.windows(2).all(|pair| matches!(pair, [a, b] if a.span.end <= b.span.start));
        is_apart.then_some(edits)
    }

    /// Adds the edits of a change, and the header lines that have no place yet.
    fn add(&self, change: &Change, edits: &mut Vec<Edit>, lines: &mut Vec<(&'a PastedResponse, String)>) -> Option<()> {
        let pasted: &PastedFetch = self.replay.fetches.get(self.index)?;
        match change {
            Change::SetHeader { fetch, answer, name, value } => {
                let response = self.response(*fetch, *answer)?;
                let value = isomorphic_decode(value.as_bytes());
                let mut named = response.headers.iter().filter(|field| field.name.is(name.as_bytes()));
                match named.next() {
                    Some(first) => edits.push(self.of_value(first.name.span, first.value.span, &value)),
                    None => lines.push((response, format!("{name}: {value}"))),
                }
                edits.extend(named.map(|field| self.without_line(field.span)));
            }
            Change::SetStatus { fetch, answer, status } => {
                let response = self.response(*fetch, *answer)?;
                let reason = match (response.reason.value.is_empty(), status) {
                    (true, _) => "",
                    (false, 200) => " OK",
                    (false, 204) => " No Content",
                    (false, 401) => " Unauthorized",
                    (false, _) => return None,
                };
                let end = if reason.is_empty() { response.status_span.end } else { response.reason.span.end };
                edits.push(Edit { span: Span { start: response.status_span.start, end }, insert: format!("{status}{reason}") });
                if !is_redirect(*status) {
                    let locations = response.headers.iter().filter(|field| field.name.is(b"location"));
                    edits.extend(locations.map(|field| self.without_line(field.span)));
                }
            }
            Change::SetMethod { method } => edits.push(Edit { span: pasted.method?, insert: method.clone() }),
            Change::RemoveRequestHeader { name } => {
                let report = self.replay.report.fetches.get(self.index)?;
                let headers = report.request.as_ref()?.headers.as_slice();
                let line = headers.iter().position(|header| header.0.as_bytes().eq_ignore_ascii_case(name.as_bytes()))?;
                edits.push(self.without_line((*pasted.author_headers.get(line)?)?));
            }
            _ => return None,
        }
        Some(())
    }

    /// The response of the text that is this answer.
    fn response(&self, fetch: usize, answer: usize) -> Option<&'a PastedResponse> {
        let report: &FetchReport = self.replay.report.fetches.get(fetch)?;
        let exchange = report.exchanges.iter().position(|exchange| exchange.answer == Some(answer));
        let pasted = self.replay.fetches.get(fetch)?;
        match self.paste.messages.get(pasted.exchanges.get(exchange?)?.response?)? {
            PastedMessage::Response(response) => Some(response),
            _ => None,
        }
    }

    fn of_value(&self, name: Span, value: Span, insert: &str) -> Edit {
        // NB: an empty value stands right behind its colon, or nowhere.
        let is_blank = value.is_empty() && self.text.get(..value.start).is_some_and(|before| before.ends_with(':'));
        let span = if value.is_empty() && value.start < name.end { Span { start: name.end, end: name.end } } else { value };
        Edit { span, insert: if is_blank { format!(" {insert}") } else { insert.to_owned() } }
    }

    /// A header line below the last one of a response that stays, behind the same mark.
    fn new_line(&self, response: &PastedResponse, line: &str, edits: &[Edit]) -> Edit {
        let goes = |span: Span| edits.iter().any(|edit| edit.span.start <= span.start && span.end <= edit.span.end);
        let stays = response.headers.iter().rev().map(|field| field.span).find(|span| !goes(*span));
        let last = stays.unwrap_or(response.start_line);
        let start = self.line_start(last.start);
        let mark = self.text.get(start..last.start).unwrap_or_default();
        let break_ = if self.text.get(last.end..).is_some_and(|rest| rest.starts_with('\r')) { "\r\n" } else { "\n" };
        Edit { span: Span { start: last.end, end: last.end }, insert: [break_, mark, line].concat() }
    }

    /// The line of a span taken out, with its end.
    fn without_line(&self, span: Span) -> Edit {
        let rest = self.text.get(span.end..).unwrap_or_default();
        let end = span.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
        Edit { span: Span { start: self.line_start(span.start), end }, insert: String::new() }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
    }
}

/// Whether the edited text says what the repair says: it is read and evaluated again.
fn works(repair: &Repair, edits: &[Edit], page: &str, text: &str, overrides: &Overrides) -> bool {
    let Some(edited) = edited(text, edits) else { return false };
    let paste = paste::parse(&edited, page);
    let Some(mut scenario) = paste.scenario.clone() else { return false };
    apply(overrides, &mut scenario);
    let Ok(replay) = paste::replay(&paste, scenario) else { return false };
    match replay.report.fetches.get(repair.fetch).map(|fetch| &fetch.outcome) {
        Some(Outcome::Response(response)) => {
            !matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect)
        }
        Some(Outcome::NeedsAnswer(_)) => !repair.assumed.is_empty(),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::super::{FetchView, inspect};
    use super::*;
    use crate::explain::VerdictKind;

    const PAGE: &str = "https://app.example";

    fn inspected(text: &str) -> FetchView {
        inspect(PAGE, text, &Overrides::default()).fetches.swap_remove(0)
    }

    /// What JavaScript does with the edits.
    fn in_javascript(text: &str, edits: &[TextEdit]) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut edited: Vec<u16> = Vec::new();
        let mut from = 0;
        for edit in edits {
            edited.extend(&units[from..edit.start]);
            edited.extend(edit.insert.encode_utf16());
            from = edit.end;
        }
        edited.extend(&units[from..]);
        String::from_utf16(&edited).unwrap()
    }

    /// Each text with what its first repair makes of it, and how the fetch ends then.
    #[test]
    fn the_edits_turn_the_verdict() {
        use VerdictKind::{Allowed, NeedsAnswer};
        let rows: &[(&str, &str, VerdictKind)] = &[
            (
                "GET /me HTTP/1.1\nHost: api.example\nX-😀: 1\n\nHTTP/1.1 200 OK\nX-Note: 😀\nAccess-Control-Allow-Origin: https://app.example/\nDate: 1\n",
                "GET /me HTTP/1.1\nHost: api.example\nX-😀: 1\n\nHTTP/1.1 200 OK\nX-Note: 😀\nAccess-Control-Allow-Origin: https://app.example\nDate: 1\n",
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 500 Oh\r\nX-Note: 1\r\n\r\nbody\r\n",
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 500 Oh\r\nX-Note: 1\r\nAccess-Control-Allow-Origin: https://app.example\r\n\r\nbody\r\n",
                Allowed,
            ),
            (
                "> GET /me HTTP/1.1\n> Host: api.example\n> Cookie: a=b\n>\n< HTTP/1.1 200 OK\n< Access-Control-Allow-Origin: *\n<\n",
                "> GET /me HTTP/1.1\n> Host: api.example\n> Cookie: a=b\n>\n< HTTP/1.1 200 OK\n< Access-Control-Allow-Origin: https://app.example\n< Access-Control-Allow-Credentials: true\n<\n",
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\naccess-control-allow-origin: *\nX-A: 1\nAccess-Control-Allow-Origin: https://c.example\n",
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\naccess-control-allow-origin: https://app.example\nX-A: 1\nVary: Origin\n",
                Allowed,
            ),
            (
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: patch\n\n\
                 HTTP/1.1 405 Method Not Allowed\nAllow: GET\n\npatch /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n\
                 HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\n",
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: patch\n\n\
                 HTTP/1.1 204 No Content\nAllow: GET\nAccess-Control-Allow-Methods: patch\nAccess-Control-Allow-Origin: https://app.example\n\n\
                 patch /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n\
                 HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\n",
                Allowed,
            ),
            (
                "OPTIONS /me HTTP/2\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: x-a\n\nHTTP/2 302\nlocation: /login\n",
                "OPTIONS /me HTTP/2\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: x-a\n\nHTTP/2 204\nAccess-Control-Allow-Headers: x-a\nAccess-Control-Allow-Origin: https://app.example\n",
                NeedsAnswer,
            ),
        ];
        for (text, expected, kind) in rows {
            let fetch = inspected(text);
            let [view, ..] = &fetch.repairs[..] else { panic!("{text}") };
            let edited = in_javascript(text, &view.edits);
            assert_eq!(&edited, expected, "{:#?}", view.edits);
            assert_eq!(inspected(&edited).verdict.kind, *kind, "{edited}");
        }
        let asks = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n";
        let fine = inspected(&format!("{asks}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n"));
        assert_eq!((fine.repairs, fine.avoid), (Vec::new(), Vec::new()));
    }

    #[test]
    fn the_page_is_edited_as_well() {
        let answers = "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\
            Access-Control-Request-Method: patch\n\n\
            HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PATCH\n";
        let script = "fetch('https://api.example/me', { method: 'patch' })";
        let text = format!("{script}\n\n{answers}");
        let fetch = inspected(&text);
        let [view, ..] = &fetch.repairs[..] else { panic!("{fetch:#?}") };
        assert_eq!(view.repair.what, ["Write `PATCH` as the method."]);
        let edited = in_javascript(&text, &view.edits);
        assert_eq!(edited, text.replacen("'patch'", "'PATCH'", 1));
        assert_eq!(inspected(&edited).verdict.kind, VerdictKind::NeedsAnswer);
    }

    /// Every edit that is offered for the situations that people run into is made, and the text is inspected again.
    #[test]
    fn whatever_edits_are_offered_work() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/situations");
        let (mut offered, mut allowed) = (0, 0);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension() != Some("json".as_ref()) {
                continue;
            }
            let section: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let cases =
                section["situations"].as_array().unwrap().iter().flat_map(|situation| situation["cases"].as_array().unwrap());
            for case in cases.filter(|case| case["text"].is_string()) {
                let (page, text) = (case["page"].as_str().unwrap_or_default(), case["text"].as_str().unwrap());
                let inspection = inspect(page, text, &Overrides::default());
                for (index, fetch) in inspection.fetches.iter().enumerate() {
                    for view in fetch.repairs.iter().filter(|view| !view.edits.is_empty()) {
                        offered += 1;
                        let edited = in_javascript(text, &view.edits);
                        let kind = inspect(page, &edited, &Overrides::default()).fetches[index].verdict.kind;
                        let is_open = kind == VerdictKind::NeedsAnswer && !view.repair.assumed.is_empty();
                        assert!(kind == VerdictKind::Allowed || is_open, "{kind:?}\n{text}\n----\n{edited}\n{view:#?}");
                        allowed += usize::from(kind == VerdictKind::Allowed);
                    }
                }
            }
        }
        assert!(offered > 50 && allowed > 30, "{offered} {allowed}");
    }
}
