//! One thing that a server or a page does otherwise, as a value that can be applied.

use serde::Serialize;
use url::form_urlencoded;

use crate::http::header_list::Header;
use crate::http::status;
use crate::infra::bytes::{ByteString, matches_ignoring_case};
use crate::network::{Answer, WireResponse};
use crate::scenario::{Body, Call, Fetch, HeaderEdit, OutsidePolicy, Scenario};

/// One thing that a server or a page does otherwise: a part of a [`Repair`](super::Repair), or of what makes a
/// [`Finding`](crate::findings::Finding) go away. Answers are counted as the scenario has them before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Change {
    /// The answer has this header line, and no other of the name.
    SetHeader {
        /// Whose answer, by the index of the fetch.
        fetch: usize,
        /// Which of its answers.
        answer: usize,
        /// The name.
        #[cfg_attr(feature = "repair", tsify(type = "string"))]
        name: ByteString,
        /// The value.
        #[cfg_attr(feature = "repair", tsify(type = "string"))]
        value: ByteString,
    },
    /// The answer has no header of this name.
    RemoveHeader {
        /// Whose answer, by the index of the fetch.
        fetch: usize,
        /// Which of its answers.
        answer: usize,
        /// The name.
        #[cfg_attr(feature = "repair", tsify(type = "string"))]
        name: ByteString,
    },
    /// The answer has this header line in place of another one.
    ReplaceLine {
        /// Whose answer, by the index of the fetch.
        fetch: usize,
        /// Which of its answers.
        answer: usize,
        /// Which of its lines.
        line: usize,
        /// The name.
        #[cfg_attr(feature = "repair", tsify(type = "string"))]
        name: ByteString,
        /// The value.
        #[cfg_attr(feature = "repair", tsify(type = "string"))]
        value: ByteString,
    },
    /// The answer has this status. If that is none of a redirect, it has no `Location` either.
    SetStatus {
        /// Whose answer, by the index of the fetch.
        fetch: usize,
        /// Which of its answers.
        answer: usize,
        /// The status.
        status: u16,
    },
    /// The page asks for this URL.
    SetUrl {
        /// The URL, as script or markup would have it.
        url: String,
    },
    /// The page uses this method.
    SetMethod {
        /// The method, as it is sent.
        method: String,
    },
    /// The page sends the header with this value, and no other of the name.
    SetRequestHeader {
        /// Its name, as the page has it.
        name: String,
        /// The value.
        value: String,
    },
    /// The page sends the header under this name.
    RenameRequestHeader {
        /// Its name, as the page has it.
        name: String,
        /// The other name.
        to: String,
    },
    /// The page does not send the header.
    RemoveRequestHeader {
        /// Its name, as the page has it.
        name: String,
    },
    /// The page sends the value of the header in the query of the URL, under the header's name in lower case without `x-`.
    MoveHeaderToQuery {
        /// Its name, as the page has it.
        name: String,
    },
    /// The page asks without credentials.
    DropCredentials,
    /// Script registers no listener on `xhr.upload`.
    DropUploadListener,
    /// The element gets the attribute `crossorigin`.
    AddCrossOrigin,
    /// Script gives `fetch()` this member of `init`.
    SetMember {
        /// Which one.
        member: Member,
        /// Its value.
        value: String,
    },
    /// Script does not give `fetch()` this member of `init`.
    LeaveOut {
        /// Which one.
        member: Member,
    },
    /// The body is a string or a `Blob`, and no stream.
    WholeBody,
    /// The stream is a fresh one.
    FreshStream,
    /// A policy of the page lets the request, or its answer, pass.
    AllowInPolicy {
        /// Which one.
        policy: OutsidePolicy,
    },
}

/// A member of the `init` of `fetch()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Member {
    /// `body`
    Body,
    /// `cache`
    Cache,
    /// `credentials`
    Credentials,
    /// `duplex`
    Duplex,
    /// `integrity`
    Integrity,
    /// `keepalive`
    Keepalive,
    /// `mode`
    Mode,
    /// `redirect`
    Redirect,
    /// `referrer`
    Referrer,
    /// `referrerPolicy`
    ReferrerPolicy,
    /// `window`
    Window,
}

impl Member {
    /// Its name in script.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Cache => "cache",
            Self::Credentials => "credentials",
            Self::Duplex => "duplex",
            Self::Integrity => "integrity",
            Self::Keepalive => "keepalive",
            Self::Mode => "mode",
            Self::Redirect => "redirect",
            Self::Referrer => "referrer",
            Self::ReferrerPolicy => "referrerPolicy",
            Self::Window => "window",
        }
    }

    /// The one of this name, if it is one whose value is a word.
    pub(super) fn of_word(name: &str) -> Option<Self> {
        let words = [Self::Cache, Self::Credentials, Self::Duplex, Self::Mode, Self::Redirect, Self::ReferrerPolicy];
        words.into_iter().find(|member| member.as_str() == name)
    }
}

impl Change {
    /// Whether a server makes it, and not the page.
    pub const fn is_of_server(&self) -> bool {
        self.answer().is_some()
    }

    /// The answer that a server changes: the index of the fetch, and its own among the fetch's answers. Nothing where the page
    /// makes the change.
    pub const fn answer(&self) -> Option<(usize, usize)> {
        match self {
            Self::SetHeader { fetch, answer, .. }
            | Self::RemoveHeader { fetch, answer, .. }
            | Self::ReplaceLine { fetch, answer, .. }
            | Self::SetStatus { fetch, answer, .. } => Some((*fetch, *answer)),
            _ => None,
        }
    }

    /// The same change to the answer of another fetch.
    pub(crate) fn of_fetch(mut self, index: usize) -> Self {
        if let Self::SetHeader { fetch, .. }
        | Self::RemoveHeader { fetch, .. }
        | Self::ReplaceLine { fetch, .. }
        | Self::SetStatus { fetch, .. } = &mut self
        {
            *fetch = index;
        }
        self
    }

    /// Whether it takes the place of `other`, which changes the same thing.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::SetHeader { fetch, answer, name, .. },
                Self::SetHeader { fetch: other_fetch, answer: other_answer, name: other_name, .. },
            ) => (fetch, answer) == (other_fetch, other_answer) && matches_ignoring_case(name.as_bytes(), other_name.as_bytes()),
            (Self::SetStatus { fetch, answer, .. }, Self::SetStatus { fetch: other_fetch, answer: other_answer, .. }) => {
                (fetch, answer) == (other_fetch, other_answer)
            }
            (Self::SetUrl { .. }, Self::SetUrl { .. })
            | (Self::SetMethod { .. }, Self::SetMethod { .. })
            | (Self::WholeBody, Self::FreshStream | Self::SetMember { member: Member::Duplex, .. }) => true,
            _ => false,
        }
    }

    /// Makes it in `scenario`: in the call of the fetch at `index`, if the page makes it. What names a fetch or an answer that
    /// is not there changes nothing.
    pub fn make(&self, scenario: &mut Scenario, index: usize) {
        match self.answer() {
            Some((fetch, answer)) => {
                if let Some(response) = answer_at(scenario, fetch, answer) {
                    self.make_in_answer(response);
                }
            }
            None => {
                if let Some(fetch) = scenario.fetches.get_mut(index) {
                    self.make_in_page(fetch);
                }
            }
        }
    }

    fn make_in_answer(&self, response: &mut WireResponse) {
        match self {
            Self::SetHeader { name, value, .. } => set(response.headers.changed(), name, value),
            Self::RemoveHeader { name, .. } => remove(response.headers.changed(), name.as_bytes()),
            Self::ReplaceLine { line, name, value, .. } => {
                if let Some(place) = response.headers.changed().get_mut(*line) {
                    *place = Header(name.clone(), value.clone());
                }
            }
            Self::SetStatus { status, .. } => {
                response.status = *status;
                response.status_text = ByteString::default();
                if !status::is_redirect(*status) {
                    remove(response.headers.changed(), b"location");
                }
            }
            _ => {}
        }
    }

    fn make_in_page(&self, fetch: &mut Fetch) {
        match self {
            Self::SetHeader { .. } | Self::RemoveHeader { .. } | Self::ReplaceLine { .. } | Self::SetStatus { .. } => {}
            Self::SetUrl { url } => url.clone_into(fetch.call.url_mut()),
            Self::SetMethod { method: new } => match &mut fetch.call {
                Call::Fetch { init, .. } => init.method = Some(new.clone()),
                Call::Xhr { method, .. } => method.clone_from(new),
                _ => {}
            },
            Self::SetRequestHeader { name, value } => set_header(&mut fetch.call, name, value),
            Self::RenameRequestHeader { name, to } => each_header(&mut fetch.call, name, |header| header.0.clone_from(to)),
            Self::RemoveRequestHeader { name } => remove_header(&mut fetch.call, name),
            Self::MoveHeaderToQuery { name } => move_to_query(&mut fetch.call, name),
            Self::DropUploadListener => {
                if let Call::Xhr { upload_listener, .. } = &mut fetch.call {
                    *upload_listener = false;
                }
            }
            Self::DropCredentials => match &mut fetch.call {
                Call::Fetch { init, .. } => init.credentials = None,
                Call::Xhr { with_credentials, .. } | Call::EventSource { with_credentials, .. } => *with_credentials = false,
                call => {
                    if let Some(attribute) = cross_origin(call) {
                        *attribute = Some("anonymous".into());
                    }
                }
            },
            Self::AddCrossOrigin => {
                if let Some(attribute) = cross_origin(&mut fetch.call) {
                    *attribute = Some("anonymous".into());
                }
            }
            Self::SetMember { member, value } => set_member(&mut fetch.call, *member, Some(value)),
            Self::LeaveOut { member } => set_member(&mut fetch.call, *member, None),
            Self::WholeBody => {
                if let Call::Fetch { init, .. } = &mut fetch.call {
                    init.body = Some(Body::Blob { mime_type: String::new(), length: 0 });
                    init.duplex = None;
                }
            }
            Self::FreshStream => {
                if let Call::Fetch { init, .. } = &mut fetch.call {
                    init.body = Some(Body::Stream { disturbed: false });
                }
            }
            Self::AllowInPolicy { policy } => fetch.blocked_by.retain(|blocked| blocked != policy),
        }
    }
}

fn answer_at(scenario: &mut Scenario, fetch: usize, answer: usize) -> Option<&mut WireResponse> {
    match scenario.fetches.get_mut(fetch)?.answers.get_mut(answer)? {
        Answer::Response(response) => Some(response),
        Answer::Failure(_) => None,
    }
}

/// Puts the line where the first of its name stands, without the others; at the end where there is none.
fn set(headers: &mut Vec<Header>, name: &ByteString, value: &ByteString) {
    let is_named = |header: &Header| matches_ignoring_case(header.0.as_bytes(), name.as_bytes());
    let first = headers.iter().position(is_named).unwrap_or(headers.len());
    remove(headers, name.as_bytes());
    headers.insert(first.min(headers.len()), Header(name.clone(), value.clone()));
}

fn remove(headers: &mut Vec<Header>, name: &[u8]) {
    headers.retain(|header| !matches_ignoring_case(header.0.as_bytes(), name));
}

/// The attribute `crossorigin` of a call that can have one.
fn cross_origin(call: &mut Call) -> Option<&mut Option<String>> {
    match call {
        Call::Img { cross_origin, .. }
        | Call::Media { cross_origin, .. }
        | Call::Script { cross_origin, .. }
        | Call::Stylesheet { cross_origin, .. }
        | Call::Track { cross_origin, .. }
        | Call::Preload { cross_origin, .. } => Some(cross_origin),
        _ => None,
    }
}

/// Whether a call could have the attribute `crossorigin`, and has not.
pub(super) fn has_no_cross_origin(call: &Call) -> bool {
    cross_origin(&mut call.clone()).is_some_and(|attribute| attribute.is_none())
}

fn headers_of(call: &mut Call) -> Option<&mut Vec<(String, String)>> {
    match call {
        Call::Fetch { init, .. } => init.headers.as_mut(),
        Call::Xhr { headers, .. } => Some(headers),
        _ => None,
    }
}

fn each_header(call: &mut Call, name: &str, change: impl Fn(&mut (String, String))) {
    let headers = headers_of(call).into_iter().flatten();
    headers.filter(|header| header.0.eq_ignore_ascii_case(name)).for_each(change);
}

fn remove_header(call: &mut Call, name: &str) {
    if let Call::Fetch { header_edits, .. } = call {
        header_edits.retain(|edit| match edit {
            HeaderEdit::Append { name: edited, .. } | HeaderEdit::Set { name: edited, .. } => !edited.eq_ignore_ascii_case(name),
            HeaderEdit::Delete { .. } => true,
        });
    }
    if let Some(headers) = headers_of(call) {
        headers.retain(|header| !header.0.eq_ignore_ascii_case(name));
    }
}

/// Puts the header where the first of its name stands, without the others; at the end where there is none.
fn set_header(call: &mut Call, name: &str, value: &str) {
    let is_named = |header: &(String, String)| header.0.eq_ignore_ascii_case(name);
    let first = headers_of(call).and_then(|headers| headers.iter().position(is_named));
    remove_header(call, name);
    if let Call::Fetch { init, .. } = call {
        init.headers.get_or_insert_default();
    }
    if let Some(headers) = headers_of(call) {
        headers.insert(first.unwrap_or(headers.len()), (name.to_owned(), value.to_owned()));
    }
}

fn move_to_query(call: &mut Call, name: &str) {
    let is_named = |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
    let value = headers_of(call).and_then(|headers| headers.iter().find(is_named)).map(|header| header.1.clone());
    remove_header(call, name);
    let Some(value) = value else { return };
    let url = call.url_mut();
    let name = name.to_ascii_lowercase();
    let pair =
        form_urlencoded::Serializer::new(String::new()).append_pair(name.strip_prefix("x-").unwrap_or(&name), &value).finish();
    let (before, fragment) = url.split_once('#').map_or((&**url, None), |(before, fragment)| (before, Some(fragment)));
    let separator = if before.contains('?') { "&" } else { "?" };
    let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
    *url = format!("{before}{separator}{pair}{fragment}");
}

fn set_member(call: &mut Call, member: Member, value: Option<&String>) {
    let Call::Fetch { init, .. } = call else { return };
    let value = value.cloned();
    match member {
        Member::Body => init.body = None,
        Member::Cache => init.cache = value,
        Member::Credentials => init.credentials = value,
        Member::Duplex => init.duplex = value,
        Member::Integrity => init.integrity = value,
        Member::Keepalive => init.keepalive = None,
        Member::Mode => init.mode = value,
        Member::Redirect => init.redirect = value,
        Member::Referrer => init.referrer = value,
        Member::ReferrerPolicy => init.referrer_policy = value,
        Member::Window => init.window = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        let text = r#"{ "page": { "url": "https://app.example/" }, "fetches": [{
            "call": { "api": "fetch", "url": "https://api.example/#f", "init": { "headers": [["X-A", "1"], ["x-a", "2"], ["X-B", "3"]] },
                "headerEdits": [{ "edit": "set", "name": "X-A", "value": "4" }, { "edit": "delete", "name": "X-C" }] },
            "answers": [{ "status": 302, "headers": [["A", "1"], ["Location", "2"], ["a", "3"]] }, { "failure": "offline" }]
        }, { "call": { "api": "xhr", "url": "https://api.example/?a", "uploadListener": true, "headers": [["X-A", "é &"]] } },
        { "call": { "api": "img", "url": "https://api.example/" } }] }"#;
        serde_json::from_str(text).unwrap()
    }

    /// The fetches as JSON, after the change to the fetch at `index`.
    fn after(change: &Change, index: usize) -> Vec<serde_json::Value> {
        let mut scenario = scenario();
        change.make(&mut scenario, index);
        scenario.fetches.iter().map(|fetch| serde_json::to_value(fetch).unwrap()).collect()
    }

    #[test]
    fn changes_of_a_server() {
        let text = |text: &str| ByteString::from(text.as_bytes());
        let set = |name: &str, answer| Change::SetHeader { fetch: 0, answer, name: text(name), value: text("9") };
        let remove = |name: &str, fetch, answer| Change::RemoveHeader { fetch, answer, name: text(name) };
        let replace = |line| Change::ReplaceLine { fetch: 0, answer: 0, line, name: text("D"), value: text("8") };
        let status = |status| Change::SetStatus { fetch: 0, answer: 0, status };
        for (change, expected) in [
            (set("A", 0), r#"[["A","9"],["Location","2"]]"#),
            (set("C", 0), r#"[["A","1"],["Location","2"],["a","3"],["C","9"]]"#),
            (remove("A", 0, 0), r#"[["Location","2"]]"#),
            (replace(1), r#"[["A","1"],["D","8"],["a","3"]]"#),
            (status(307), r#"[["A","1"],["Location","2"],["a","3"]]"#),
            (status(204), r#"[["A","1"],["a","3"]]"#),
            // What is not there cannot be changed.
            (replace(3), r#"[["A","1"],["Location","2"],["a","3"]]"#),
            (set("A", 1), r#"[["A","1"],["Location","2"],["a","3"]]"#),
            (remove("A", 9, 0), r#"[["A","1"],["Location","2"],["a","3"]]"#),
        ] {
            let (changed, before) = (after(&change, 2), serde_json::to_value(scenario().fetches).unwrap());
            assert_eq!(changed[0]["answers"][0]["headers"].to_string(), expected, "{change:?}");
            assert_eq!(changed[0]["call"], before[0]["call"], "{change:?}");
            assert_eq!(changed[1..], before.as_array().unwrap()[1..], "{change:?}");
        }
        assert_eq!(after(&set("A", 0).of_fetch(1), 0), after(&remove("X", 0, 0), 0));
    }

    #[test]
    fn changes_of_a_page() {
        let name = || "x-A".to_owned();
        let remove = Change::RemoveRequestHeader { name: name() };
        let set = Change::SetRequestHeader { name: name(), value: "9".into() };
        let to_query = Change::MoveHeaderToQuery { name: name() };
        let no_listener = Change::DropUploadListener;
        let headers = |index: usize| if index == 0 { "/call/init/headers" } else { "/call/headers" };
        for (change, index, place, expected) in [
            (&remove, 0, headers(0), r#"[["X-B","3"]]"#),
            (&remove, 0, "/call/headerEdits", r#"[{"edit":"delete","name":"X-C"}]"#),
            (&remove, 1, headers(1), "[]"),
            (&set, 0, headers(0), r#"[["x-A","9"],["X-B","3"]]"#),
            (&set, 0, "/call/headerEdits", r#"[{"edit":"delete","name":"X-C"}]"#),
            (&set, 1, headers(1), r#"[["x-A","9"]]"#),
            (&to_query, 0, "/call/url", r#""https://api.example/?a=1#f""#),
            (&to_query, 0, headers(0), r#"[["X-B","3"]]"#),
            (&to_query, 1, "/call/url", r#""https://api.example/?a&a=%C3%A9+%26""#),
            (&no_listener, 1, "/call/uploadListener", "false"),
        ] {
            let found = after(change, index)[index].pointer(place).map(ToString::to_string);
            assert_eq!(found.as_deref(), Some(expected), "{change:?} {place}");
        }
        for change in [remove, set, to_query, no_listener] {
            assert_eq!(after(&change, 2)[2], serde_json::to_value(&scenario().fetches[2]).unwrap(), "{change:?}");
            assert_eq!(after(&change, 9), after(&Change::FreshStream, 2), "{change:?}");
        }
    }
}
