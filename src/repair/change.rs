//! One thing that a server or a page does otherwise, as a value that can be applied.

use serde::Serialize;

use crate::http::header_list::Header;
use crate::http::status;
use crate::infra::bytes::{ByteString, matches_ignoring_case};
use crate::network::Answer;
use crate::scenario::{Body, Call, Fetch, HeaderEdit, OutsidePolicy, Scenario};

/// One thing that a server or a page does otherwise. Answers are counted as the scenario has them before the repair.
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
    /// The page sends the header with this value.
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
    /// The page asks without credentials.
    DropCredentials,
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
        matches!(self, Self::SetHeader { .. } | Self::SetStatus { .. })
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

    /// Makes it in `scenario`, for the fetch at `index`.
    pub(super) fn make(&self, scenario: &mut Scenario, index: usize) {
        match self {
            Self::SetHeader { fetch, answer, name, value } => {
                let Some(headers) = answer_at(scenario, *fetch, *answer).map(|response| &mut response.headers) else { return };
                set(headers, name, value);
            }
            Self::SetStatus { fetch, answer, status } => {
                let Some(response) = answer_at(scenario, *fetch, *answer) else { return };
                response.status = *status;
                response.status_text = ByteString::default();
                if !status::is_redirect(*status) {
                    response.headers.retain(|header| !matches_ignoring_case(header.0.as_bytes(), b"location"));
                }
            }
            _ => {
                if let Some(fetch) = scenario.fetches.get_mut(index) {
                    self.make_in_page(fetch);
                }
            }
        }
    }

    fn make_in_page(&self, fetch: &mut Fetch) {
        match self {
            Self::SetHeader { .. } | Self::SetStatus { .. } => {}
            Self::SetUrl { url } => url.clone_into(url_of(&mut fetch.call)),
            Self::SetMethod { method: new } => match &mut fetch.call {
                Call::Fetch { init, .. } => init.method = Some(new.clone()),
                Call::Xhr { method, .. } => method.clone_from(new),
                _ => {}
            },
            Self::SetRequestHeader { name, value } => {
                each_header(&mut fetch.call, name, |header| header.1.clone_from(value));
            }
            Self::RenameRequestHeader { name, to } => each_header(&mut fetch.call, name, |header| header.0.clone_from(to)),
            Self::RemoveRequestHeader { name } => remove_header(&mut fetch.call, name),
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

fn answer_at(scenario: &mut Scenario, fetch: usize, answer: usize) -> Option<&mut crate::network::WireResponse> {
    match scenario.fetches.get_mut(fetch)?.answers.get_mut(answer)? {
        Answer::Response(response) => Some(response),
        Answer::Failure(_) => None,
    }
}

/// Puts the line where the first of its name stands, without the others; at the end where there is none.
fn set(headers: &mut Vec<Header>, name: &ByteString, value: &ByteString) {
    let is_named = |header: &Header| matches_ignoring_case(header.0.as_bytes(), name.as_bytes());
    let first = headers.iter().position(is_named).unwrap_or(headers.len());
    headers.retain(|header| !is_named(header));
    headers.insert(first.min(headers.len()), Header(name.clone(), value.clone()));
}

/// The same, to be changed.
pub(crate) fn url_of(call: &mut Call) -> &mut String {
    match call {
        Call::Fetch { url, .. }
        | Call::Xhr { url, .. }
        | Call::Img { url, .. }
        | Call::Media { url, .. }
        | Call::Script { url, .. }
        | Call::Stylesheet { url, .. }
        | Call::Font { url }
        | Call::Track { url, .. }
        | Call::Preload { url, .. }
        | Call::Import { url }
        | Call::EventSource { url, .. }
        | Call::Beacon { url, .. }
        | Call::WebSocket { url }
        | Call::Worker { url }
        | Call::ImportScripts { url }
        | Call::Iframe { url } => url,
    }
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

/// The URL of a call as script or markup has it.
pub(super) fn written_url(call: &Call) -> String {
    std::mem::take(url_of(&mut call.clone()))
}

/// Whether a call could have the attribute `crossorigin`, and has not.
pub(super) fn has_no_cross_origin(call: &Call) -> bool {
    cross_origin(&mut call.clone()).is_some_and(|attribute| attribute.is_none())
}

fn each_header(call: &mut Call, name: &str, change: impl Fn(&mut (String, String))) {
    let headers = match call {
        Call::Fetch { init, .. } => init.headers.as_mut(),
        Call::Xhr { headers, .. } => Some(headers),
        _ => None,
    };
    headers.into_iter().flatten().filter(|header| header.0.eq_ignore_ascii_case(name)).for_each(change);
}

fn remove_header(call: &mut Call, name: &str) {
    match call {
        Call::Fetch { init, header_edits, .. } => {
            if let Some(headers) = &mut init.headers {
                headers.retain(|header| !header.0.eq_ignore_ascii_case(name));
            }
            header_edits.retain(|edit| match edit {
                HeaderEdit::Append { name: edited, .. } | HeaderEdit::Set { name: edited, .. } => {
                    !edited.eq_ignore_ascii_case(name)
                }
                HeaderEdit::Delete { .. } => true,
            });
        }
        Call::Xhr { headers, .. } => headers.retain(|header| !header.0.eq_ignore_ascii_case(name)),
        _ => {}
    }
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
