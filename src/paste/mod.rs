//! A pasted exchange: text that a person copied out of a terminal or a tool, read as HTTP messages.
//!
//! ```text
//! text ─▶ lines ─▶ messages, each part with its place ─▶ pairs of request and answer ─▶ Scenario
//!                  and problems, each with its place          │
//!                                                             ▼
//!                                    replay: the engine asks, the paste answers ─▶ Report, with places in the text
//! ```
//!
//! Understood are raw HTTP/1.x, HTTP/2 and HTTP/3 written as text, what `curl -v`, `-i`, `-I` and `-L` print, `curl` and
//! PowerShell commands, calls in scripts (`fetch`, `axios`, `XMLHttpRequest`), what the network panels of developer tools
//! show, in any number and mixed; what browsers' consoles say; a HAR, a
//! Postman collection, a request of Bruno; and a [`Scenario`] as JSON. What is not understood is a
//! [`Problem`], never passed over; what is not said is an [`Assumption`].
//!
//! ```
//! use corscope::paste;
//! let text = "\
//! GET /data HTTP/1.1
//! Host: api.example
//! Origin: https://app.example
//!
//! HTTP/1.1 200 OK
//! Access-Control-Allow-Origin: https://app.example
//! ";
//! let paste = paste::parse(text, "");
//! assert_eq!(paste.recognised, paste::Recognised::RawHttp);
//! assert_eq!(paste.messages.len(), 2);
//! let allow = &paste.messages[1].headers()[0];
//! assert_eq!(allow.value.span.of(text), "https://app.example");
//! ```

mod assumption;
mod bruno;
mod call;
mod command;
mod console;
mod excerpt;
pub(crate) mod har;
mod json;
mod line;
mod mask;
mod message;
mod notes;
mod pair;
mod panel;
mod part;
mod postman;
mod powershell;
mod problem;
mod reader;
mod recorded;
mod replay;
mod scenario;
mod span;
mod start_line;
mod stated;

use serde::Serialize;

pub use assumption::{Assumption, AssumptionKind};
pub use console::PastedConsole;
pub use excerpt::Excerpt;
pub(crate) use mask::mask_urls;
pub use mask::{Masked, mask};
pub use message::{
    PastedBody, PastedFailure, PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind,
    PastedRole,
};
pub use part::{PastedPart, PastedPartKind};
pub use problem::{Problem, ProblemKind, Severity};
pub(crate) use replay::{Asked, replay_as, replay_to};
pub use replay::{Caveat, PastedExchange, PastedFetch, Replay, replay};
pub(crate) use scenario::{is_author_header, requested_names};
pub use span::{InUtf16, Span, Spans, Utf16};

use crate::extent::{Extent, Whole};
use crate::scenario::Scenario;
use pair::Reply;
use scenario::{GivenPage, Source};

pub use crate::infra::json::JsonFault;

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Paste {
    /// What kind of text it is.
    pub recognised: Recognised,
    /// The messages in the order of the text.
    pub messages: Vec<PastedMessage>,
    /// What browsers' consoles say, in the order of the text.
    pub console: Vec<PastedConsole>,
    /// What each piece of the text was read as. Together they are the text.
    pub parts: Vec<PastedPart>,
    /// What a person should look at, in the order in which it was found.
    pub problems: Vec<Problem>,
    /// What was taken for granted.
    pub assumptions: Vec<Assumption>,
    /// The message that the scenario's request is made of, where it is made of one.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub request: Option<usize>,
    /// The page and its calls. Answers that stand in the text as messages are not in it: [`replay`] gives them. Nothing where
    /// there is no message, or no page.
    #[cfg_attr(feature = "wasm", tsify(type = "Scenario | null"))]
    pub scenario: Option<Scenario>,
    /// Whether there is something that only [`Whole`] may know.
    #[serde(skip)]
    pub(crate) later: bool,
    #[serde(skip)]
    replies: Vec<Reply>,
    #[serde(skip)]
    sources: Vec<Source>,
}

/// What kind of text was pasted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Recognised {
    /// No message at all.
    #[default]
    Nothing,
    /// Messages as on the wire, requests among them.
    RawHttp,
    /// Responses alone: `curl -i`, `curl -I`.
    CurlInclude,
    /// `curl -v`
    CurlVerbose,
    /// `curl` commands alone.
    CurlCommand,
    /// What a browser's console says, and nothing else.
    Console,
    /// PowerShell's `Invoke-WebRequest` and its kind.
    PowerShell,
    /// Calls in a script alone.
    Script,
    /// What the network panel of developer tools shows: its header panel, or header lines copied out of it.
    DevTools,
    /// A HAR, or an entry of one.
    Har,
    /// A Postman collection, or an item of one.
    Postman,
    /// A request of Bruno.
    Bruno,
    /// A [`Scenario`] as JSON.
    Scenario,
    /// Several of these.
    Mixed,
}

/// Reads a pasted exchange. `page` is the URL or the origin of the page that makes the request, `null` for an opaque one;
/// where it is empty, the request's own `Origin` says it.
///
/// Values are the UTF-8 bytes of the text as they are: a terminal that shows `é` got these bytes from the server.
pub fn parse(text: &str, page: &str) -> Paste {
    parse_as::<Whole>(text, page)
}

/// The same, to this extent.
pub(crate) fn parse_as<E: Extent>(text: &str, page: &str) -> Paste {
    let given = GivenPage::read(page);
    let mut reading = reader::read::<E>(text);
    let mut pairs = pair::pair(&mut reading, given.url());
    let reader::Reading { later, messages, console, parts, mut problems, document, scenario: stated, fetches, recorded, .. } =
        reading;
    let mut assumptions = Vec::new();
    if pairs.answers_first {
        assumptions.push(AssumptionKind::AnswersFirst.at(None));
    }
    for (index, url) in &pairs.guessed {
        let span = messages.get(*index).map(PastedMessage::start_line);
        let kind = AssumptionKind::Scheme { url: url.to_string() };
        if !assumptions.iter().any(|known: &Assumption| known.kind == kind) {
            assumptions.push(kind.at(span));
        }
    }
    for message in &messages {
        match message {
            PastedMessage::Request(request) if request.form == PastedForm::Headers => {
                assumptions.push(AssumptionKind::RequestLine.at(Some(request.start_line)));
            }
            PastedMessage::Response(response) if response.status_span.is_empty() && response.status != 0 => {
                assumptions.push(AssumptionKind::Status.at(Some(response.start_line)));
            }
            _ => {}
        }
    }
    let scenario::Made { sources, scenario } = match stated {
        Some(stated) => scenario::as_stated(stated, fetches, &given, &mut assumptions),
        None if !recorded.is_empty() => {
            recorded::make(&messages, &recorded, given, &mut pairs.replies, &mut problems, &mut assumptions)
        }
        None => scenario::make::<E>(&messages, &console, given, &mut problems, &mut assumptions),
    };
    Paste {
        recognised: recognise(&messages, &console, document),
        messages,
        console,
        parts,
        problems,
        assumptions,
        request: sources.first().and_then(|source| source.base.message()),
        scenario,
        later,
        replies: pairs.replies,
        sources,
    }
}

fn recognise(messages: &[PastedMessage], console: &[PastedConsole], document: Option<Recognised>) -> Recognised {
    let (mut raw, mut request, mut headers) = (false, false, false);
    let mut kinds = Vec::from_iter(document);
    for message in messages {
        let kind = match message.form() {
            PastedForm::Marked => Recognised::CurlVerbose,
            PastedForm::Command => Recognised::CurlCommand,
            PastedForm::PowerShell => Recognised::PowerShell,
            PastedForm::Call => Recognised::Script,
            PastedForm::Panel => Recognised::DevTools,
            PastedForm::Har => Recognised::Har,
            PastedForm::Postman => Recognised::Postman,
            PastedForm::Bruno => Recognised::Bruno,
            PastedForm::Scenario => Recognised::Scenario,
            form => {
                raw |= message.as_response().is_some_and(|response| !matches!(response.kind, PastedResponseKind::Echo { .. }));
                request |= message.as_request().is_some();
                headers |= form == PastedForm::Headers;
                continue;
            }
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    match kinds.as_slice() {
        _ if request && !raw && headers && kinds.is_empty() => Recognised::DevTools,
        [] if request => Recognised::RawHttp,
        [] if raw && headers => Recognised::DevTools,
        [] if raw => Recognised::CurlInclude,
        [] if messages.is_empty() && console.is_empty() => Recognised::Nothing,
        [] if messages.is_empty() => Recognised::Console,
        // NB: curl's notes and nothing else: it got no answer.
        [] => Recognised::CurlVerbose,
        [Recognised::CurlCommand] if raw && !request => Recognised::CurlInclude,
        [kind] if !raw && !request => *kind,
        // NB: what answered a call stands beside it in no other form.
        [Recognised::Script] if !request => Recognised::Script,
        _ => Recognised::Mixed,
    }
}

impl Spans for Paste {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.messages.each_span(change);
        self.console.each_span(change);
        self.parts.each_span(change);
        self.problems.each_span(change);
        self.assumptions.each_span(change);
    }
}
