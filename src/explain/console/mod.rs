//! What a browser prints in its console about a fetch, and the text of the exception that its script catches: word for
//! word, with what the browser fills in and with its mistakes.
//!
//! Each browser finds out in an order of its own what is wrong, so its words are found in the answers once more, and not in
//! the report's reason. The Fetch Standard prints nothing: for its profile there are no lines.
//!
//! | file | what is in it |
//! |---|---|
//! | `messages` | the browsers' words, in one table |
//! | `subject` | what the three look up in a fetch and its report |
//! | `chromium`, `firefox`, `webkit` | which message comes when, and what it is filled with |
//! | `header_order` | which of several headers Chromium names |
//! | `directive` | which directive of a Content Security Policy is named |
//! | `exception` | what script catches |

mod chromium;
mod directive;
mod exception;
mod firefox;
mod header_order;
mod messages;
mod recognise;
mod subject;
mod webkit;

use serde::Serialize;

use super::catalogue::{LineId, Slot, fill};
use crate::profile::ProfileName;
use crate::report::{ExceptionName, FetchReport, Report};
use crate::scenario::{Fetch, Page, Scenario};
use subject::Subject;

pub use messages::{MESSAGES, Message};
pub(crate) use recognise::request_lines;
pub use recognise::{ConsoleMessage, recognise};

/// What a browser lets people see of a fetch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Console {
    /// The lines of the console, in order.
    pub lines: Vec<ConsoleLine>,
    /// What Chromium's DevTools protocol says of a request that CORS blocked. None of the others has it.
    #[cfg_attr(feature = "wasm", tsify(type = "CorsErrorStatus | null"))]
    pub cors_error: Option<CorsErrorStatus>,
    /// The exception that script catches; nothing where an `error` event is fired instead, or its text is not known.
    #[cfg_attr(feature = "wasm", tsify(type = "Exception | null"))]
    pub exception: Option<Exception>,
    /// What is printed besides, and not modelled.
    pub not_modelled: Vec<NotModelled>,
}

/// A line that is printed and not among the others, because it names something that the scenario does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum NotModelled {
    /// It names the directive of the Content Security Policy that blocks. The page's `contentSecurityPolicy` would tell.
    PolicyDirective,
    /// It names the address on the local network, and how script came to ask.
    LocalNetworkAddress,
    /// It names the digest of the body.
    Digest,
}

impl NotModelled {
    /// That the line is missing, for people.
    pub fn text(self) -> String {
        let text = match self {
            Self::PolicyDirective => LineId::NotModelledDirective,
            Self::LocalNetworkAddress => LineId::NotModelledAddress,
            Self::Digest => LineId::NotModelledDigest,
        };
        fill(text.what(), &[])
    }
}

/// A line of the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ConsoleLine {
    /// Which message of [`MESSAGES`] it is.
    #[cfg_attr(feature = "wasm", tsify(type = "ConsoleMessageId"))]
    pub id: &'static str,
    /// What the browser calls the part of itself that prints: the source in Chromium and WebKit, the category in Firefox.
    pub source: &'static str,
    /// How serious the browser takes it.
    pub level: ConsoleLevel,
    /// The text.
    pub text: String,
}

/// How serious a browser takes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum ConsoleLevel {
    /// An error.
    Error,
    /// A warning.
    Warning,
}

/// `Network.CorsErrorStatus` of Chromium's DevTools protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CorsErrorStatus {
    /// `corsError`, such as `MissingAllowOriginHeader`.
    pub code: &'static str,
    /// `failedParameter`: the value, method or header name that was refused. Empty for most, and where it is not UTF-8.
    pub failed_parameter: String,
}

/// What script catches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Exception {
    /// Which message of [`MESSAGES`] it is.
    #[cfg_attr(feature = "wasm", tsify(type = "ConsoleMessageId"))]
    pub id: &'static str,
    /// `error.name`
    pub name: ExceptionName,
    /// `error.message`
    pub message: String,
}

/// What the browser of the scenario's profile prints about each fetch of `report`, which is the report on `scenario`.
///
/// ```
/// use corscope::explain::console::console;
/// use corscope::{Scenario, evaluate};
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "profile": "firefox",
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/me" },
///         "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example/"]] }]
///     }]
/// }"#).unwrap();
/// let console = &console(&scenario, &evaluate(&scenario).unwrap())[0];
/// assert_eq!(
///     console.lines[0].text,
///     "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/me. \
///      (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://app.example/’)."
/// );
/// let exception = console.exception.as_ref().unwrap();
/// assert_eq!(exception.message, "NetworkError when attempting to fetch resource.");
/// ```
pub fn console(scenario: &Scenario, report: &Report) -> Vec<Console> {
    let others = (&*scenario.fetches, &*report.fetches);
    let fetches = scenario.fetches.iter().zip(&report.fetches);
    fetches.map(|(fetch, report)| console_of(scenario.profile, &scenario.page, fetch, report, others)).collect()
}

/// What the browser of this name prints about `fetch` of `page`, on which `report` is its report. Some lines name what an
/// earlier preload of the page came to, and are printed where that is among `others`, the page's fetches and their reports.
pub fn console_of(
    browser: ProfileName,
    page: &Page,
    fetch: &Fetch,
    report: &FetchReport,
    others: (&[Fetch], &[FetchReport]),
) -> Console {
    let subject = Subject::new(browser.into(), page, fetch, report, others);
    let mut console = match browser {
        ProfileName::Spec => return Console::default(),
        ProfileName::Chromium => chromium::console(&subject),
        ProfileName::Firefox => firefox::console(&subject),
        ProfileName::Webkit => webkit::console(&subject),
    };
    console.exception = exception::exception(browser, &subject);
    console
}

/// What the browser of this name prints when script asks the XHR of `report` for the response header `name`: a line if it
/// refuses and says so.
pub fn get_response_header(browser: ProfileName, report: &FetchReport, name: &str) -> Option<ConsoleLine> {
    match browser {
        ProfileName::Chromium => chromium::get_response_header(report, name),
        ProfileName::Spec | ProfileName::Firefox | ProfileName::Webkit => None,
    }
}

impl Message {
    /// The text with these values in its slots.
    fn text(&self, slots: &[Slot]) -> String {
        fill(&self.template(), slots)
    }

    fn line(self, source: &'static str, level: ConsoleLevel, slots: &[Slot]) -> ConsoleLine {
        ConsoleLine { id: self.id, source, level, text: self.text(slots) }
    }

    /// An error.
    fn error(self, source: &'static str, slots: &[Slot]) -> ConsoleLine {
        self.line(source, ConsoleLevel::Error, slots)
    }

    /// A warning.
    fn warning(self, source: &'static str, slots: &[Slot]) -> ConsoleLine {
        self.line(source, ConsoleLevel::Warning, slots)
    }
}

#[cfg(test)]
mod tests;
