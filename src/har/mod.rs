//! A HAR of any size, read as it comes: which requests to other origins came to nothing, grouped by what is wrong and whose
//! server it is.
//!
//! ```text
//! bytes ─▶ splitter ─▶ one entry at a time ─▶ triage: preflights and redirects join their requests
//!                                               │ decide: the verdict, for nearly all
//!                                               ▼
//!                                 what is blocked: the paste of just that exchange, evaluated and explained ─▶ groups
//! ```
//!
//! Nothing but the entries that wait for their preflight or for the end of a redirect is held, and of strings no more than
//! their first 4 kB.
//!
//! ```
//! use corscope::ProfileName;
//! use corscope::har::HarReader;
//!
//! let file = r#"{ "log": { "entries": [{
//!     "startedDateTime": "2026-11-28T10:00:00.000Z",
//!     "request": {
//!         "method": "GET", "url": "https://api.example/me",
//!         "headers": [{ "name": "Origin", "value": "https://app.example" }, { "name": "Sec-Fetch-Mode", "value": "cors" }]
//!     },
//!     "response": { "status": 200, "headers": [] }
//! }] } }"#;
//!
//! let mut reader = HarReader::new(ProfileName::Spec);
//! for chunk in file.as_bytes().chunks(100) {
//!     reader.push(chunk);
//! }
//! let report = reader.finish();
//! let group = &report.groups[0];
//! assert_eq!((group.id, &*group.server, group.count), ("allow-origin-missing", "https://api.example", 1));
//! // The exchange stands in these bytes of the file.
//! let place = &group.exchanges[0].places[0];
//! assert!(file[place.start as usize..place.end as usize].contains("https://api.example/me"));
//! ```

pub(crate) mod date;
mod entry;
mod sarif;
mod splitter;
mod triage;

use serde::Serialize;

use crate::explain::Verdict;
use crate::infra::json::JsonFault;
use crate::paste::Span;
use crate::profile::ProfileName;
use splitter::{Section, Splitter};
use triage::Triage;

/// Takes the bytes of a HAR piece by piece. To stop, stop.
#[derive(Debug)]
pub struct HarReader {
    splitter: Splitter,
    triage: Triage,
    problem: Option<HarProblem>,
}

impl HarReader {
    /// A reader that has read nothing. The verdicts are those of `profile`.
    pub fn new(profile: ProfileName) -> Self {
        Self { splitter: Splitter::new(), triage: Triage::new(profile), problem: None }
    }

    /// Reads the next bytes. After a problem that makes it pointless to go on, nothing more is read.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.problem.as_ref().is_some_and(|problem| problem.is_final) {
            return;
        }
        let Self { splitter, triage, problem } = self;
        let read = splitter.push(bytes, &mut |element| {
            let read = match element.section {
                Section::Pages => entry::read_page(element.text).map(|(id, title)| triage.page(id, title)),
                Section::Entries => triage.entry(element.text, HarPlace { start: element.start, end: element.end }),
            };
            if let Err(wrong) = read {
                let fault = HarFault::Json { fault: wrong.fault };
                problem.get_or_insert_with(|| HarProblem::new(element.place(wrong.at), fault, false));
            }
        });
        if let Err((at, fault)) = read {
            self.problem = Some(HarProblem::new(at, fault, true));
        }
    }

    /// How many bytes were read.
    pub const fn bytes_read(&self) -> u64 {
        self.splitter.at()
    }

    /// How many entries were read.
    pub const fn entries_read(&self) -> u64 {
        self.triage.entries()
    }

    /// What the file comes to. Where it ends too early, what was read counts all the same.
    pub fn finish(self) -> HarReport {
        let end = self.splitter.finish().err().map(|(at, fault)| HarProblem::new(at, fault, true));
        HarReport { bytes: self.splitter.at(), problem: self.problem.or(end), ..self.triage.finish() }
    }
}

/// What a HAR comes to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HarReport {
    /// How many bytes were read.
    pub bytes: u64,
    /// How many entries.
    pub entries: u64,
    /// Requests to another origin that script can read the answers of; a preflight and redirects count with their request.
    pub allowed: u64,
    /// Those that came to nothing.
    pub blocked: u64,
    /// Requests to the page's own origin.
    pub same_origin: u64,
    /// Navigations, images and others of which no script reads the answer, and requests of pages that are not known.
    pub not_judged: u64,
    /// What is wrong, the most frequent first.
    pub groups: Vec<HarGroup>,
    /// What could not be read, if something could not.
    #[cfg_attr(feature = "page", tsify(type = "HarProblem | null"))]
    pub problem: Option<HarProblem>,
}

/// Requests that fail for one reason at one server.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HarGroup {
    /// What is wrong: the id of the verdict.
    pub id: &'static str,
    /// The origin of the server.
    pub server: String,
    /// The origins of the pages that asked, as far as there are no more than ten.
    pub pages: Vec<String>,
    /// How many requests.
    pub count: u64,
    /// The verdict on the first one.
    pub verdict: Verdict,
    /// The first thousand.
    pub exchanges: Vec<HarExchange>,
    /// The first one as a HAR of its own, to be read like any paste. What is secret in it is masked.
    pub example: String,
    /// The first one as it stands in the file.
    #[serde(skip)]
    first: FirstExchange,
}

/// The first exchange of a group, as it stands in the file but for long strings, which are cut.
#[derive(Debug, Clone, Default, PartialEq)]
struct FirstExchange {
    /// A HAR of its own.
    text: String,
    /// Where in the text each of its entries stands.
    entries: Vec<Span>,
}

/// A request that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HarExchange {
    /// Its method.
    pub method: String,
    /// Its URL; no more than its first 2,000 characters, and without secrets.
    pub url: String,
    /// The origin of its page.
    pub page: String,
    /// Its entries: the preflight, the request, what redirects lead to. `{"log":{"entries":[...]}}` around them makes a HAR.
    pub places: Vec<HarPlace>,
}

/// The bytes of the file in which an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HarPlace {
    /// The first.
    pub start: u64,
    /// One after the last.
    pub end: u64,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HarProblem {
    /// The byte of the file.
    pub at: u64,
    /// What.
    pub fault: HarFault,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// Whether nothing after it was read; else it is one entry that was left out.
    pub is_final: bool,
}

/// What can be wrong with a HAR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum HarFault {
    /// It is no JSON.
    Json {
        /// What is wrong with it.
        fault: JsonFault,
    },
    /// It has no `log.entries`.
    NotHar,
    /// An entry is larger than any that a browser writes.
    TooLong,
}

impl HarProblem {
    fn new(at: u64, fault: HarFault, is_final: bool) -> Self {
        let (what, remedy) = match fault {
            HarFault::Json { fault: JsonFault::Ends } => {
                ("The file ends in the middle.", "Save it again; what stands before that was read.")
            }
            HarFault::Json { fault } => (fault.what(), fault.remedy()),
            HarFault::NotHar => (
                "This is no HAR: it has no list of entries.",
                "Save one in the network panel of the developer tools, with \"Save all as HAR\" or \"Export HAR\".",
            ),
            HarFault::TooLong => ("An entry is longer than 16 MB without its bodies.", "Save the HAR without that request."),
        };
        Self { at, fault, what: what.to_owned(), remedy: remedy.to_owned(), is_final }
    }
}
