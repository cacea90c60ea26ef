//! Fixes as values: what to change in a scenario so that a finding goes away.

use serde::Serialize;
use url::form_urlencoded;

use crate::http::header_list::Header;
use crate::network::{Answer, WireResponse};
use crate::scenario::{Call, Fetch, HeaderEdit, Scenario};

/// One change to a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum FindingChange {
    /// The server sends this header with an answer, in place of every line of that name.
    SetAnswerHeader {
        /// The index of the fetch.
        fetch: usize,
        /// The index of the answer in the fetch.
        answer: usize,
        /// The header line.
        header: Header,
    },
    /// The server leaves a header out of an answer.
    RemoveAnswerHeader {
        /// The index of the fetch.
        fetch: usize,
        /// The index of the answer in the fetch.
        answer: usize,
        /// The name.
        name: String,
    },
    /// The server sends this header in place of one line of an answer.
    ReplaceAnswerLine {
        /// The index of the fetch.
        fetch: usize,
        /// The index of the answer in the fetch.
        answer: usize,
        /// The index of the line.
        line: usize,
        /// The header line.
        header: Header,
    },
    /// Script does not set a header.
    RemoveRequestHeader {
        /// The index of the fetch.
        fetch: usize,
        /// The name.
        name: String,
    },
    /// Script sets a header, in place of what it set under that name.
    SetRequestHeader {
        /// The index of the fetch.
        fetch: usize,
        /// The name.
        name: String,
        /// The value.
        value: String,
    },
    /// Script puts the value of a header into the query of the URL, under the header's name in lower case without `x-`.
    MoveHeaderToQuery {
        /// The index of the fetch.
        fetch: usize,
        /// The name.
        name: String,
    },
    /// An answer is left out: that to a preflight which is not sent any more.
    DropAnswer {
        /// The index of the fetch.
        fetch: usize,
        /// The index of the answer in the fetch.
        answer: usize,
    },
    /// Script registers no listener on `xhr.upload`.
    DropUploadListener {
        /// The index of the fetch.
        fetch: usize,
    },
}

impl FindingChange {
    /// The index of the fetch that it changes.
    pub fn fetch(&self) -> usize {
        match self {
            Self::SetAnswerHeader { fetch, .. }
            | Self::RemoveAnswerHeader { fetch, .. }
            | Self::ReplaceAnswerLine { fetch, .. }
            | Self::RemoveRequestHeader { fetch, .. }
            | Self::SetRequestHeader { fetch, .. }
            | Self::MoveHeaderToQuery { fetch, .. }
            | Self::DropAnswer { fetch, .. }
            | Self::DropUploadListener { fetch } => *fetch,
        }
    }

    pub(super) fn fetch_mut(&mut self) -> &mut usize {
        match self {
            Self::SetAnswerHeader { fetch, .. }
            | Self::RemoveAnswerHeader { fetch, .. }
            | Self::ReplaceAnswerLine { fetch, .. }
            | Self::RemoveRequestHeader { fetch, .. }
            | Self::SetRequestHeader { fetch, .. }
            | Self::MoveHeaderToQuery { fetch, .. }
            | Self::DropAnswer { fetch, .. }
            | Self::DropUploadListener { fetch } => fetch,
        }
    }

    /// Makes the change. What names a fetch or an answer that is not there changes nothing.
    pub fn apply(&self, scenario: &mut Scenario) {
        match self {
            Self::SetAnswerHeader { fetch, answer, header } => {
                if let Some(response) = answer_mut(scenario, *fetch, *answer) {
                    set(&mut response.headers, header);
                }
            }
            Self::RemoveAnswerHeader { fetch, answer, name } => {
                if let Some(response) = answer_mut(scenario, *fetch, *answer) {
                    response.headers.retain(|header| !is_named(header, name.as_bytes()));
                }
            }
            Self::ReplaceAnswerLine { fetch, answer, line, header } => {
                let lines = answer_mut(scenario, *fetch, *answer).map(|response| &mut response.headers);
                if let Some(place) = lines.and_then(|lines| lines.get_mut(*line)) {
                    header.clone_into(place);
                }
            }
            Self::RemoveRequestHeader { fetch, name } => {
                scenario.fetches.get_mut(*fetch).into_iter().for_each(|fetch| remove_from_request(fetch, name));
            }
            Self::SetRequestHeader { fetch, name, value } => {
                if let Some(fetch) = scenario.fetches.get_mut(*fetch) {
                    remove_from_request(fetch, name);
                    if let Some(headers) = request_headers(fetch) {
                        headers.push((name.clone(), value.clone()));
                    }
                }
            }
            Self::MoveHeaderToQuery { fetch, name } => {
                scenario.fetches.get_mut(*fetch).into_iter().for_each(|fetch| move_to_query(fetch, name));
            }
            Self::DropAnswer { fetch, answer } => {
                if let Some(fetch) = scenario.fetches.get_mut(*fetch).filter(|fetch| fetch.answers.len() > *answer) {
                    fetch.answers.remove(*answer);
                }
            }
            Self::DropUploadListener { fetch } => {
                if let Some(Call::Xhr { upload_listener, .. }) = scenario.fetches.get_mut(*fetch).map(|fetch| &mut fetch.call) {
                    *upload_listener = false;
                }
            }
        }
    }
}

fn answer_mut(scenario: &mut Scenario, fetch: usize, answer: usize) -> Option<&mut WireResponse> {
    match scenario.fetches.get_mut(fetch)?.answers.get_mut(answer)? {
        Answer::Response(response) => Some(response),
        Answer::Failure(_) => None,
    }
}

fn is_named(header: &Header, name: &[u8]) -> bool {
    header.0.as_bytes().eq_ignore_ascii_case(name)
}

/// The first line of that name gets the value, the others go; or it is a new one.
fn set(headers: &mut Vec<Header>, new: &Header) {
    let name = new.0.as_bytes();
    match headers.iter().position(|header| is_named(header, name)) {
        Some(first) => {
            let mut line = 0;
            headers.retain_mut(|header| {
                let index = line;
                line += 1;
                if index == first {
                    new.clone_into(header);
                }
                index <= first || !is_named(header, name)
            });
        }
        None => headers.push(new.clone()),
    }
}

fn request_headers(fetch: &mut Fetch) -> Option<&mut Vec<(String, String)>> {
    match &mut fetch.call {
        Call::Fetch { init, .. } => Some(init.headers.get_or_insert_with(Vec::new)),
        Call::Xhr { headers, .. } => Some(headers),
        _ => None,
    }
}

fn remove_from_request(fetch: &mut Fetch, name: &str) {
    if let Call::Fetch { header_edits, .. } = &mut fetch.call {
        header_edits.retain(|edit| match edit {
            HeaderEdit::Append { name: other, .. } | HeaderEdit::Set { name: other, .. } => !other.eq_ignore_ascii_case(name),
            HeaderEdit::Delete { .. } => true,
        });
    }
    if let Some(headers) = request_headers(fetch) {
        headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }
}

fn move_to_query(fetch: &mut Fetch, name: &str) {
    let is_named = |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
    let value = request_headers(fetch).and_then(|headers| headers.iter().find(is_named)).map(|header| header.1.clone());
    remove_from_request(fetch, name);
    let (Some(value), Call::Fetch { url, .. } | Call::Xhr { url, .. }) = (value, &mut fetch.call) else { return };
    let name = name.to_ascii_lowercase();
    let pair =
        form_urlencoded::Serializer::new(String::new()).append_pair(name.strip_prefix("x-").unwrap_or(&name), &value).finish();
    let (before, fragment) = url.split_once('#').map_or((&**url, None), |(before, fragment)| (before, Some(fragment)));
    let separator = if before.contains('?') { "&" } else { "?" };
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    *url = format!("{before}{separator}{pair}{fragment}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        let text = r#"{ "page": { "url": "https://app.example/" }, "fetches": [{
            "call": { "api": "fetch", "url": "https://api.example/", "init": { "headers": [["X-A", "1"], ["x-a", "2"], ["X-B", "3"]] },
                "headerEdits": [{ "edit": "set", "name": "X-A", "value": "4" }, { "edit": "delete", "name": "X-C" }] },
            "answers": [{ "status": 200, "headers": [["A", "1"], ["B", "2"], ["a", "3"]] }, { "failure": "offline" }]
        }, { "call": { "api": "xhr", "url": "https://api.example/", "uploadListener": true, "headers": [["X-A", "1"]] } },
        { "call": { "api": "img", "url": "https://api.example/" } }] }"#;
        serde_json::from_str(text).unwrap()
    }

    fn header(name: &str, value: &str) -> Header {
        Header(name.as_bytes().into(), value.as_bytes().into())
    }

    fn after(change: &FindingChange) -> (String, String) {
        let mut scenario = scenario();
        change.apply(&mut scenario);
        let calls: Vec<&Call> = scenario.fetches.iter().map(|fetch| &fetch.call).collect();
        (serde_json::to_string(&calls).unwrap(), serde_json::to_string(&scenario.fetches[0].answers[0]).unwrap())
    }

    #[test]
    fn changes_to_answers() {
        let name = || "A".to_owned();
        for (change, expected) in [
            (FindingChange::SetAnswerHeader { fetch: 0, answer: 0, header: header("A", "9") }, r#"[["A","9"],["B","2"]]"#),
            (
                FindingChange::SetAnswerHeader { fetch: 0, answer: 0, header: header("C", "9") },
                r#"[["A","1"],["B","2"],["a","3"],["C","9"]]"#,
            ),
            (FindingChange::RemoveAnswerHeader { fetch: 0, answer: 0, name: name() }, r#"[["B","2"]]"#),
            (
                FindingChange::ReplaceAnswerLine { fetch: 0, answer: 0, line: 1, header: header("D", "8") },
                r#"[["A","1"],["D","8"],["a","3"]]"#,
            ),
            (
                FindingChange::ReplaceAnswerLine { fetch: 0, answer: 0, line: 3, header: header("D", "8") },
                r#"[["A","1"],["B","2"],["a","3"]]"#,
            ),
            (FindingChange::RemoveAnswerHeader { fetch: 0, answer: 1, name: name() }, r#"[["A","1"],["B","2"],["a","3"]]"#),
            (FindingChange::RemoveAnswerHeader { fetch: 9, answer: 0, name: name() }, r#"[["A","1"],["B","2"],["a","3"]]"#),
        ] {
            let (calls, answer) = after(&change);
            assert_eq!(answer, format!(r#"{{"status":200,"headers":{expected}}}"#), "{change:?}");
            let unchanged: Vec<Call> = scenario().fetches.into_iter().map(|fetch| fetch.call).collect();
            assert_eq!(calls, serde_json::to_string(&unchanged).unwrap(), "{change:?}");
        }
    }

    #[test]
    fn changes_to_requests() {
        let mut changed = scenario();
        FindingChange::RemoveRequestHeader { fetch: 0, name: "x-A".into() }.apply(&mut changed);
        FindingChange::SetRequestHeader { fetch: 1, name: "x-a".into(), value: "9".into() }.apply(&mut changed);
        FindingChange::SetRequestHeader { fetch: 2, name: "x-a".into(), value: "9".into() }.apply(&mut changed);
        FindingChange::DropUploadListener { fetch: 1 }.apply(&mut changed);
        FindingChange::MoveHeaderToQuery { fetch: 0, name: "X-B".into() }.apply(&mut changed);
        FindingChange::DropUploadListener { fetch: 0 }.apply(&mut changed);
        FindingChange::DropAnswer { fetch: 0, answer: 2 }.apply(&mut changed);
        FindingChange::DropAnswer { fetch: 0, answer: 0 }.apply(&mut changed);
        assert!(matches!(&changed.fetches[0].answers[..], [Answer::Failure(_)]));
        let Call::Fetch { url, init, header_edits } = &changed.fetches[0].call else { panic!() };
        assert_eq!((&**url, init.headers.as_deref()), ("https://api.example/?b=3", Some(&[][..])));
        assert_eq!(header_edits, &[HeaderEdit::Delete { name: "X-C".into() }]);
        let Call::Xhr { headers, upload_listener, .. } = &changed.fetches[1].call else { panic!() };
        assert_eq!((&headers[..], *upload_listener), (&[("x-a".to_owned(), "9".to_owned())][..], false));
        assert_eq!(changed.fetches[2], scenario().fetches[2]);
    }
}
