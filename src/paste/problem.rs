//! What could not be read, or only with doubt: where, what, and what to do.

use std::borrow::Cow;

use serde::Serialize;

use super::span::{Span, Spans};
use crate::infra::json::JsonFault;

/// Something in the paste, or about it, that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Problem {
    /// Where; nothing where the paste lacks something, or the page is meant.
    #[cfg_attr(feature = "wasm", tsify(type = "Span | null"))]
    pub span: Option<Span>,
    /// What.
    pub kind: ProblemKind,
    /// Whether something was left out for it.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
}

/// Whether something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Severity {
    /// It was read, but may not be what was meant.
    Warning,
    /// It was not read, and takes part in nothing.
    Error,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is too long.
    TooLong {
        /// How many bytes are read.
        limit: usize,
    },
    /// There are too many messages.
    TooManyMessages {
        /// How many are read.
        limit: usize,
    },
    /// A message has too many header lines.
    TooManyHeaders {
        /// How many are read.
        limit: usize,
    },
    /// There are too many problems to list.
    TooManyProblems {
        /// How many are listed.
        limit: usize,
    },
    /// Text that is no part of a message.
    Unreadable,
    /// Header lines without a start line above.
    StrayHeaders,
    /// Header lines after the empty line that ends the headers.
    HeadersInBody,
    /// An empty line after each line.
    DoubleSpaced,
    /// A line among the headers that has no colon.
    NoColon,
    /// A header name with characters that names cannot have.
    NotAName,
    /// A header line without a name.
    EmptyName,
    /// A pseudo-header that does not exist, or stands in the wrong kind of message.
    UnknownPseudoHeader,
    /// A space between a header's name and its colon.
    SpaceBeforeColon,
    /// A line that starts with a space and so continues the header above.
    Folded,
    /// A line without a mark among those of `curl -v`.
    Unmarked,
    /// A header line after the body.
    Trailer,
    /// A value with a control character that no header can have.
    ControlCharacter {
        /// Which.
        byte: u8,
    },
    /// A name or a value with a character that cannot be seen.
    InvisibleCharacter {
        /// Which, as `U+00A0`.
        character: String,
    },
    /// What looks like a status line has no three-digit status.
    StatusLine,
    /// A request line without a version of HTTP.
    NoVersion,
    /// A request target with a space in it.
    SpaceInTarget,
    /// A request in pseudo-headers without `:method`.
    NoMethod,
    /// A request that does not say to whom it goes.
    NoHost,
    /// A target and a host that make no URL.
    Url {
        /// What does not parse.
        found: String,
    },
    /// A preflight that lacks what makes it one.
    BareOptions,
    /// A quote in a command that is never closed.
    UnclosedQuote,
    /// Something that only the shell knows the value of.
    Substitution,
    /// Something in a script that only the script knows when it runs.
    OnlyScriptKnows,
    /// An option that is not known.
    UnknownOption {
        /// Which.
        option: String,
    },
    /// An option that needs an argument and has none.
    NoArgument {
        /// Which.
        option: String,
    },
    /// An option that reads from a file, which is not here.
    File {
        /// Which.
        option: String,
    },
    /// A command without a URL.
    NoUrl,
    /// A JSON document that is no JSON.
    Json {
        /// What is wrong with it.
        fault: JsonFault,
    },
    /// A variable whose value is not in the paste.
    Variable {
        /// Its name.
        name: String,
    },
    /// An entry of a HAR without a request.
    NotAnEntry,
    /// A request of a HAR that came to nothing, and whose answer is not there.
    NotRecorded {
        /// What the browser calls the error; may be empty.
        error: String,
    },
    /// Requests of other pages than the scenario's.
    OtherPages {
        /// The URL of the first such page.
        found: String,
        /// How many requests there are.
        count: usize,
    },
    /// A scenario in JSON that makes no sense.
    Scenario {
        /// What is wrong with it.
        message: String,
    },
    /// The page is neither a URL nor an origin.
    Page {
        /// What was given.
        found: String,
    },
    /// Nothing says which page asks.
    NoPage,
    /// The request was sent from another origin than the page's.
    OtherOrigin {
        /// What the request says.
        sent: String,
        /// The page's.
        page: String,
    },
}

impl ProblemKind {
    /// The problem at a place.
    pub(super) fn at(self, span: Span) -> Problem {
        self.maybe_at(Some(span))
    }

    /// The problem without a place.
    pub(super) fn nowhere(self) -> Problem {
        self.maybe_at(None)
    }

    fn maybe_at(self, span: Option<Span>) -> Problem {
        let (severity, what, remedy) = self.texts();
        Problem { span, severity, what: what.into_owned(), remedy: remedy.to_owned(), kind: self }
    }

    /// Every kind's severity, what is wrong, and what to do.
    fn texts(&self) -> (Severity, Cow<'static, str>, &'static str) {
        use Severity::{Error, Warning};
        let (severity, what, remedy): (Severity, Cow<'static, str>, &'static str) = match self {
            Self::TooLong { limit } => (
                Error,
                format!("The text is longer than {limit} bytes; the rest is not read.").into(),
                "Leave out bodies, and paste one exchange.",
            ),
            Self::TooManyMessages { limit } => (
                Error,
                format!("There are more than {limit} messages; the rest is not read.").into(),
                "Paste one exchange: its preflight, its redirects and the real request.",
            ),
            Self::TooManyHeaders { limit } => (
                Error,
                format!("The message has more than {limit} header lines; the rest is not read.").into(),
                "Remove header lines that repeat.",
            ),
            Self::TooManyProblems { limit } => (
                Error,
                format!("There are more than {limit} problems; the rest of the text may have more.").into(),
                "Mend the first ones; often one cause makes many.",
            ),
            Self::Unreadable => (
                Error,
                "This is no part of an HTTP message.".into(),
                "Start each message with a line such as GET /path HTTP/1.1 or HTTP/1.1 200 OK, or remove this text.",
            ),
            Self::StrayHeaders => (
                Error,
                "These header lines belong to no message.".into(),
                "Put a status line such as HTTP/1.1 200 OK above them, or a request line such as GET /path HTTP/1.1.",
            ),
            Self::HeadersInBody => (
                Warning,
                "An empty line ends the headers, so this counts as body, but it looks like a header.".into(),
                "If it is one, remove the empty line above it.",
            ),
            Self::DoubleSpaced => (
                Warning,
                "After each line stands an empty one; one empty line alone is passed over.".into(),
                "Paste the text as it was sent: an empty line ends the headers of a message.",
            ),
            Self::NoColon => (
                Error,
                "A header line needs a colon between its name and its value.".into(),
                "Write it as Name: value; if it is the rest of the line above, join the two; before a body, leave a line empty.",
            ),
            Self::NotAName => (
                Error,
                "What stands before the colon cannot be a header name.".into(),
                "Names are letters, digits and hyphens; correct it, or leave a line empty if the body starts here.",
            ),
            Self::EmptyName => (Error, "The header has no name.".into(), "Write the name before the colon, or remove the line."),
            Self::UnknownPseudoHeader => (
                Error,
                "This pseudo-header does not belong here.".into(),
                "Requests have :method, :scheme, :authority and :path, responses have :status; remove any other.",
            ),
            Self::SpaceBeforeColon => (
                Warning,
                "Between a header's name and its colon there must be no space; it is read as if there were none.".into(),
                "Remove the space; if the server sends it, mend the server, for clients differ in what they make of it.",
            ),
            Self::Folded => (
                Warning,
                "A line that starts with a space continues the header above it.".into(),
                "If it is a header of its own, remove the space.",
            ),
            Self::Unmarked => (
                Error,
                "This line has no mark, though the lines around it do.".into(),
                "If it is the rest of the line above, join the two; if it is a header, put < or > before it as on the others.",
            ),
            Self::Trailer => (
                Warning,
                "A header after the body is a trailer, which no browser reads.".into(),
                "If it is a header, put it above the body.",
            ),
            Self::ControlCharacter { byte } => (
                Warning,
                format!("The value has the control character 0x{byte:02X}, which no header can have.").into(),
                "Remove it if it came in by copying; if the server sends it, browsers reject the response.",
            ),
            Self::InvisibleCharacter { character } => (
                Warning,
                format!("Here is a character that cannot be seen ({character}). It counts like any other.").into(),
                "Remove it if it came in by copying.",
            ),
            Self::StatusLine => {
                (Error, "A status line needs a status of three digits after the version.".into(), "Write it as HTTP/1.1 200 OK.")
            }
            Self::NoVersion => (
                Warning,
                "The request line has no version of HTTP; it is read all the same.".into(),
                "Write it as GET /path HTTP/1.1.",
            ),
            Self::SpaceInTarget => {
                (Warning, "The path of the request has a space in it; it is read as %20.".into(), "Write it as it was sent.")
            }
            Self::NoMethod => (
                Warning,
                "The request has no :method; it is read as GET.".into(),
                "Add its :method line. A response has :status instead.",
            ),
            Self::NoHost => (
                Warning,
                "The request does not say to which host it goes.".into(),
                "Add its Host line, or write the whole URL in the request line.",
            ),
            Self::Url { found } => {
                (Warning, format!("{found:?} is no URL.").into(), "Correct the request line or the Host line.")
            }
            Self::BareOptions => (
                Warning,
                "This OPTIONS request has no Access-Control-Request-Method, so no server can take it for a preflight.".into(),
                "Ask again with the headers that a browser sends: Origin, Access-Control-Request-Method and, for other headers, \
                 Access-Control-Request-Headers.",
            ),
            Self::UnclosedQuote => {
                (Error, "The quote that opens here is never closed.".into(), "Close it, or paste the rest of the command.")
            }
            Self::Substitution => (
                Warning,
                "Only the shell knows what stands here; it is read as it is written.".into(),
                "Put the value in its place.",
            ),
            Self::OnlyScriptKnows => {
                (Warning, "Only the script that runs knows what stands here.".into(), "Put the value in its place, as a string.")
            }
            Self::UnknownOption { option } => (
                Warning,
                format!("{option} is no option of curl that is known here; it is passed over.").into(),
                "Check its spelling. If it changes the request, write the change with -X, -H or -d.",
            ),
            Self::NoArgument { option } => (Error, format!("{option} needs an argument.").into(), "Write it after the option."),
            Self::File { option } => (
                Warning,
                format!("{option} reads from a file, which is not known here.").into(),
                "Write what the file says in its place if it matters.",
            ),
            Self::NoUrl => (Error, "The command has no URL.".into(), "Add the URL that it asks for."),
            Self::Json { fault } => (Error, fault.what().into(), fault.remedy()),
            Self::Variable { name } => (
                Warning,
                format!("The value of the variable {name:?} is not in the paste.").into(),
                "Put the value in its place.",
            ),
            Self::NotAnEntry => {
                (Error, "This has no request with a URL, so it is no entry of a HAR.".into(), "Remove it, or save the HAR again.")
            }
            Self::NotRecorded { error } => (
                Warning,
                if error.is_empty() {
                    "The browser stopped this request, and the HAR does not have its answer.".into()
                } else {
                    format!("The browser stopped this request ({error}), and the HAR does not have its answer.").into()
                },
                "Ask the server with the command that is shown, and paste what it answers below.",
            ),
            Self::OtherPages { found, count } => {
                (
                    Warning,
                    if *count == 1 {
                        format!("This request is one of another page, {found}; it is left out.").into()
                    } else {
                        format!("{count} requests, of which this is the first, are of other pages, such as {found}; they are left out.")
                        .into()
                    },
                    "Give that page's origin to see its requests.",
                )
            }
            Self::Scenario { message } => (
                Error,
                format!("The scenario cannot be read: {message}.").into(),
                "Correct what is marked. A scenario has a page with its url, and fetches, each with a call and its answers.",
            ),
            Self::Page { found } => (
                Error,
                format!("The page {found:?} is neither a URL nor an origin.").into(),
                "Write it with its scheme, such as https://app.example, or null for a sandboxed frame.",
            ),
            Self::NoPage => (
                Error,
                "Nothing says which page makes the request.".into(),
                "Give the page's origin, or paste a request that has an Origin line.",
            ),
            Self::OtherOrigin { sent, page } => (
                Warning,
                format!(
                    "The request was sent with Origin: {sent}, but the page's origin is {page}; the answer may be another one."
                )
                .into(),
                "Ask again with the page's origin, or correct the page.",
            ),
        };
        (severity, what, remedy)
    }
}

impl Spans for Problem {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.span.each_span(change);
    }
}
