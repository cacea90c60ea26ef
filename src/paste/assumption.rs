//! What the paste does not say and was taken for granted: shown, so that a person can say otherwise.

use serde::Serialize;

use super::span::{Span, Spans};
use crate::profile::ProfileName;

/// Something that was taken for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Assumption {
    /// What it was taken from, where that is a place.
    #[cfg_attr(feature = "wasm", tsify(type = "Span | null"))]
    pub span: Option<Span>,
    /// What.
    pub kind: AssumptionKind,
    /// In a sentence.
    pub text: String,
}

/// What was taken for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum AssumptionKind {
    /// The page is what the request's `Origin` names.
    PageFromOrigin {
        /// Its URL, or `null`.
        page: String,
    },
    /// The page is what a message of a console names.
    PageFromConsole {
        /// Its origin.
        page: String,
    },
    /// The page is the one of the scenario, not the one that was given.
    PageFromScenario {
        /// Its origin.
        page: String,
    },
    /// The page is the one that most requests of a document name.
    PageFromDocument {
        /// Its URL.
        page: String,
    },
    /// Requests of a document that ask the page's own origin, and such as no script makes, are left out.
    LeftOut {
        /// How many.
        count: usize,
    },
    /// An earlier preflight is remembered, since the request was sent without one.
    PreflightRemembered {
        /// The URL.
        url: String,
    },
    /// The page is the request's referrer.
    PageFromReferer {
        /// Its URL.
        page: String,
    },
    /// The scheme of a URL.
    Scheme {
        /// The URL with it.
        url: String,
    },
    /// There is no request: a plain `fetch(url)`.
    NoRequest,
    /// There is only the preflight: the request that it asks for, with values made up.
    RequestFromPreflight,
    /// There is no request: the one that a browser's console speaks of, as far as it says.
    RequestFromConsole,
    /// There is only what a browser's console says.
    FromConsole {
        /// Which browser's.
        browser: ProfileName,
        /// Whether its message is about the answer to a preflight.
        of_preflight: bool,
    },
    /// The answers stand above what was asked.
    AnswersFirst,
    /// The status of an answer: 200.
    Status,
    /// The method and the path of a request: `GET /`.
    RequestLine,
    /// Credentials mode `include`, since the request had cookies.
    CredentialsInclude,
    /// Mode `no-cors` or `same-origin`, since the request says so.
    Mode {
        /// The mode.
        mode: String,
    },
    /// Headers that the browser or the tool added, not script.
    NotFromScript {
        /// Their names.
        names: Vec<String>,
    },
}

impl AssumptionKind {
    pub(super) fn at(self, span: Option<Span>) -> Assumption {
        let text = match &self {
            Self::PageFromOrigin { page } => format!("The page is {page}, as the Origin line says."),
            Self::PageFromConsole { page } => format!("The page is {page}, as the console says."),
            Self::PageFromScenario { page } => format!("The page is {page}, as the pasted scenario says."),
            Self::PageFromDocument { page } => format!("The page is {page}, as most of the requests say."),
            Self::LeftOut { count: 1 } => {
                "A request to the page's own origin, or one that no script makes, is left out.".into()
            }
            Self::LeftOut { count } => {
                format!("{count} requests to the page's own origin, or such as no script makes, are left out.")
            }
            Self::PreflightRemembered { url } => {
                format!("The browser remembered an earlier preflight for {url}: the request was sent without one.")
            }
            Self::PageFromReferer { page } => format!("The page is {page}, as the Referer line says."),
            Self::Scheme { url } => format!("The request went to {url}; the paste does not say http or https."),
            Self::NoRequest => {
                "The paste has no request, so this is a plain fetch() of another origin, without credentials.".into()
            }
            Self::RequestFromPreflight => {
                "The paste has a preflight alone, so this is the request that it asks for; the values of its headers are made up."
                    .into()
            }
            Self::RequestFromConsole => {
                "The request is made up after what the console says; all else about it is not known.".into()
            }
            Self::FromConsole { of_preflight: false, .. } => {
                "The request and its answer are made up after what the console says; all else about them is not known.".into()
            }
            Self::FromConsole { of_preflight: true, .. } => {
                "The preflight's answer is made up after what the console says. What made the browser ask first may be something else."
                    .into()
            }
            Self::AnswersFirst => "Each answer stands above its request.".into(),
            Self::Status => "The answer has status 200; the paste does not say it.".into(),
            Self::RequestLine => "The request is a GET of /; the paste does not say it.".into(),
            Self::CredentialsInclude => {
                "Script asked for credentials (credentials: \"include\"), for the request has cookies.".into()
            }
            Self::Mode { mode } => format!("Script asked for mode {mode}, as the Sec-Fetch-Mode line says."),
            Self::NotFromScript { names } => {
                format!("Not set by script, but by the browser or the tool: {}.", names.join(", "))
            }
        };
        Assumption { span, kind: self, text }
    }
}

impl Spans for Assumption {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.span.each_span(change);
    }
}
