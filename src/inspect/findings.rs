//! What is worth knowing beyond the verdict, with its places in the text.

use serde::Serialize;

use super::edits::{Edit, Edited, Editing, TextEdit};
use super::{Overrides, apply};
use crate::findings::{Finding, SarifEdit, SarifInput, SarifLog, SarifPlace, findings};
use crate::paste::{self, AssumptionKind, Paste, PastedFetch, Replay, Span, Utf16};
use crate::report::{Evidence, FetchReport, Outcome, Report};
use crate::{NetworkErrorCode, Tracing, evaluate_with};

/// Something worth knowing, and where the text shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FindingView {
    /// What it is.
    pub finding: Finding,
    /// One for each of its evidence: where in the text it is. Nothing where the text does not have it.
    #[cfg_attr(feature = "page", tsify(type = "(TextRange | null)[]"))]
    pub places: Vec<Option<TextRange>>,
    /// The edits of the text after which it is not found any more, and nothing worse is; in the order of the text, none over
    /// another. Empty where nothing is to be changed, or the text does not have the places.
    pub edits: Vec<TextEdit>,
}

/// A part of the text, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct TextRange {
    /// The first unit.
    pub start: usize,
    /// One after the last unit.
    pub end: usize,
}

/// The findings of a replay that the text itself bears out: an answer that was made up has none.
pub(super) fn views(editing: &Editing) -> Vec<FindingView> {
    let utf16 = Utf16::new(editing.text);
    let range = |span: Span| {
        let span = utf16.span(span);
        TextRange { start: span.start, end: span.end }
    };
    let view = |(finding, places): (Finding, Vec<Option<Span>>)| FindingView {
        edits: edits(editing, &finding).into_iter().map(|edit| edit.in_utf16(&utf16)).collect(),
        finding,
        places: places.into_iter().map(|place| place.map(range)).collect(),
    };
    borne_out(editing.paste, editing.replay).into_iter().map(view).collect()
}

/// The edits of the text that mend a finding.
fn edits(editing: &Editing, finding: &Finding) -> Vec<Edit> {
    editing.edits(&finding.changes, finding.fetch, |edited| mends(editing, finding, edited)).unwrap_or_default()
}

/// Whether the finding is gone from the edited text, nothing worse has come, and the fetch ends as the changes have it.
fn mends(editing: &Editing, finding: &Finding, edited: &Edited) -> bool {
    let mut scenario = editing.replay.scenario.clone();
    finding.fix(&mut scenario);
    let Ok(wanted) = evaluate_with(&scenario, Tracing::Off) else { return false };
    let outcome = |report: &'_ Report| report.fetches.get(finding.fetch).map(|fetch| ending(&fetch.outcome));
    let ends = match (outcome(&edited.replay.report), outcome(&wanted)) {
        // NB: the text may have an answer that nothing asked for before.
        (Some(Ending::Response), Some(Ending::NeedsAnswer)) => true,
        (found, wanted) => found == wanted,
    };
    let before = findings(&editing.replay.scenario, &editing.replay.report);
    let was_there = |other: &Finding| before.iter().any(|finding| finding.id == other.id);
    let is_bad = |other: &Finding| {
        let is_same = (other.id, other.fetch, &other.what) == (finding.id, finding.fetch, &finding.what);
        is_same || other.severity < finding.severity && !was_there(other)
    };
    ends && !borne_out(&edited.paste, &edited.replay).iter().any(|(other, _)| is_bad(other))
}

/// How a fetch ends.
#[derive(PartialEq)]
enum Ending {
    Response,
    NeedsAnswer,
    Failed(NetworkErrorCode),
    Other,
}

fn ending(outcome: &Outcome) -> Ending {
    match outcome {
        Outcome::Response(_) => Ending::Response,
        Outcome::NeedsAnswer(_) => Ending::NeedsAnswer,
        Outcome::NetworkError(error) => Ending::Failed(error.code),
        _ => Ending::Other,
    }
}

/// The same as a log for other tools. `uri` is how the text is called in it; places are in its bytes.
///
/// ```
/// use corscope::inspect::{Overrides, findings_as_sarif};
///
/// let text = "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: null\n";
/// let log = findings_as_sarif("https://app.example", text, &Overrides::default(), "answer.txt");
/// let json = serde_json::to_value(&log).unwrap();
/// let result = &json["runs"][0]["results"][0];
/// assert_eq!(result["ruleId"], "null-origin");
/// let region = &result["locations"][0]["physicalLocation"]["region"];
/// let start = region["byteOffset"].as_u64().unwrap() as usize;
/// assert_eq!(&text[start..start + 4], "null");
/// ```
pub fn findings_as_sarif(page: &str, text: &str, overrides: &Overrides, uri: &str) -> SarifLog {
    let paste = paste::parse(text, page);
    let Some(mut scenario) = paste.scenario.clone() else { return SarifLog::new(&[]) };
    apply(overrides, &mut scenario);
    let Ok(replay) = paste::replay(&paste, scenario) else { return SarifLog::new(&[]) };
    let editing = Editing { paste: &paste, replay: &replay, page, text, overrides };
    let place = |span: Span| SarifPlace::Bytes { uri: uri.into(), start: span.start, end: span.end };
    let fix = |Edit { span, insert }: Edit| SarifEdit { uri: uri.into(), start: span.start, end: span.end, insert };
    let input = |(finding, places): (Finding, Vec<Option<Span>>)| {
        let places = places.into_iter().flatten().map(place).collect();
        let fix = edits(&editing, &finding).into_iter().map(fix).collect();
        SarifInput { fix, ..SarifInput::of_finding(&finding, places) }
    };
    SarifLog::new(&borne_out(&paste, &replay).into_iter().map(input).collect::<Vec<_>>())
}

/// The findings that the text itself bears out, and where in it each of their evidence is.
fn borne_out(paste: &Paste, replay: &Replay) -> Vec<(Finding, Vec<Option<Span>>)> {
    let is_made_up =
        |kind: &AssumptionKind| matches!(kind, AssumptionKind::RequestFromPreflight | AssumptionKind::FromConsole { .. });
    let has_request = !paste.assumptions.iter().any(|assumption| is_made_up(&assumption.kind));
    let with_places = |finding: Finding| {
        let (report, pasted) = (replay.report.fetches.get(finding.fetch)?, replay.fetches.get(finding.fetch)?);
        let is_borne_out = finding.evidence.iter().all(|evidence| is_pasted(report, pasted, evidence))
            && (has_request || finding.evidence.iter().any(is_of_answer));
        let places = finding.evidence.iter().map(|evidence| paste.locate(report, pasted, evidence)).collect();
        is_borne_out.then_some((finding, places))
    };
    findings(&replay.scenario, &replay.report).into_iter().filter_map(with_places).collect()
}

/// Whether the text has the answer that the evidence is of, if it is of one.
fn is_pasted(report: &FetchReport, pasted: &PastedFetch, evidence: &Evidence) -> bool {
    answer_of(evidence).is_none_or(|answer| {
        report.exchanges.len() > answer && pasted.exchanges.get(answer).is_some_and(|exchange| exchange.response.is_some())
    })
}

fn is_of_answer(evidence: &Evidence) -> bool {
    answer_of(evidence).is_some()
}

/// The exchange of whose answer the evidence is.
fn answer_of(evidence: &Evidence) -> Option<usize> {
    match *evidence {
        Evidence::AnswerHeader { exchange, .. }
        | Evidence::AnswerHeaderMissing { exchange, .. }
        | Evidence::AnswerStatus { exchange } => Some(exchange),
        Evidence::RequestHeader { .. } | Evidence::Url { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, inspect};

    const ASKED: &str = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n";

    /// The ids of the findings, each with the parts of the text that show it.
    fn found(text: &str) -> Vec<(&'static str, Vec<String>)> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let inspection = inspect("https://app.example", text, &Overrides::default());
        let part = |place: &super::TextRange| String::from_utf16(&units[place.start..place.end]).unwrap();
        let places = |view: &super::FindingView| view.places.iter().flatten().map(part).collect();
        inspection.findings.iter().map(|view| (view.finding.id.id(), places(view))).collect()
    }

    #[test]
    fn findings_have_their_places_in_the_text() {
        let allow = "Access-Control-Allow-Origin: https://app.example\n";
        for (answer, expected) in [
            (format!("X-Note: 😀\n{allow}Vary: Origin\n"), vec![]),
            (
                format!("X-Note: 😀\n{allow}"),
                vec![("vary-origin-missing", vec!["https://app.example".to_owned(), "HTTP/1.1 200 OK".to_owned()])],
            ),
            (
                format!("X-Note: 😀\n{allow}Vary: Origin\nAccess-Control-Allow-Credentials: True\n"),
                vec![("allow-credentials-not-true", vec!["True".to_owned()])],
            ),
        ] {
            assert_eq!(found(&format!("{ASKED}HTTP/1.1 200 OK\n{answer}")), expected, "{answer}");
        }
    }

    fn edited(text: &str, view: &super::FindingView) -> String {
        let mut units: Vec<u16> = text.encode_utf16().collect();
        for edit in view.edits.iter().rev() {
            units.splice(edit.start..edit.end, edit.insert.encode_utf16());
        }
        String::from_utf16(&units).unwrap()
    }

    /// Each text with what it is after the edits of its first finding.
    #[test]
    fn findings_are_mended_in_the_text() {
        let allow = "Access-Control-Allow-Origin: https://app.example\n";
        let asked = |header: &str| ASKED.replacen("\n\n", &format!("\n{header}\n\n"), 1);
        let preflight = format!(
            "HTTP/1.1 204 No Content\n{allow}Access-Control-Allow-Headers: X-Requested-With, X-Page\nAccess-Control-Max-Age: 7200\n\n"
        );
        let call = |rest: &str| format!("fetch('https://api.example/me{rest}\n\n");
        let ok = format!("HTTP/1.1 200 OK\n{allow}Vary: Origin\n");
        for (text, expected) in [
            (
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Accept\n"),
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Accept, Origin\n"),
            ),
            (
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Origin\nAccess-Control-Allow-Method: PUT\n"),
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Origin\nAccess-Control-Allow-Methods: PUT\n"),
            ),
            (
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Origin\nAccess-Control-Allow-Credentials: True\n"),
                format!("{ASKED}HTTP/1.1 200 OK\n{allow}Vary: Origin\n"),
            ),
            (
                format!("{}{preflight}{ok}", call("', { headers: { 'X-Requested-With': 'x' } })")),
                format!("{}{preflight}{ok}", call("', { headers: { } })")),
            ),
            (
                format!("{}{preflight}{ok}", call("?a#b', { headers: { 'X-Page': '2' } })")),
                format!("{}{preflight}{ok}", call("?a&page=2#b', { headers: { } })")),
            ),
            (format!("{}{preflight}{ok}", asked("Access-Control-Allow-Origin: *")), format!("{ASKED}{preflight}{ok}")),
        ] {
            let inspection = inspect("https://app.example", &text, &Overrides::default());
            let [view, ..] = &inspection.findings[..] else { panic!("{text}") };
            assert_eq!(edited(&text, view), expected, "{view:#?}");
        }
    }

    /// Every row of the tests of findings, pasted as JSON: whatever edits are offered mend what was found.
    #[test]
    fn whatever_edits_are_offered_mend() {
        let rows = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings/rows.json")).unwrap();
        let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
        let (mut offered, mut without) = (0, Vec::new());
        for row in rows {
            let text = serde_json::to_string_pretty(&row["shows"]).unwrap();
            let inspection = inspect("", &text, &Overrides::default());
            for view in inspection.findings.iter().filter(|view| !view.finding.changes.is_empty()) {
                let (id, fetch) = (view.finding.id, view.finding.fetch);
                if view.edits.is_empty() {
                    without.push(id.id());
                    continue;
                }
                offered += 1;
                let edited = edited(&text, view);
                let after = inspect("", &edited, &Overrides::default());
                assert_eq!(after.problems, [] as [&str; 0], "{edited}");
                assert!(!after.findings.iter().any(|other| (other.finding.id, other.finding.fetch) == (id, fetch)), "{edited}");
            }
        }
        // An answer without a list of headers has no place for one.
        assert_eq!((offered, without), (27, vec!["vary-origin-missing-on-refusal"]));
    }

    #[test]
    fn nothing_is_found_in_answers_that_are_made_up() {
        let line = "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: \
            Response to preflight request doesn't pass access control check: It does not have HTTP ok status.";
        assert_eq!(found(line), []);
    }
}
