//! What people read: a [`Report`] in plain words.
//!
//! The engine speaks in enumerations; the sentences are made here, last, and from nothing but the scenario and its report.
//! Who asks twice gets the same words. Between backticks stands what is exact: a header line, a value, a name.
//!
//! | file | what is in it |
//! |---|---|
//! | `catalogue` | every text, in one table |
//! | `diagnose` | which human mistake stands behind a check that failed: enumerations only |
//! | `verdict` | how a fetch ended, who has to change something, and what |
//! | `steps`, `headers` | a line for each event, and for each response header |
//! | [`mod@console`] | what a browser's console prints, and what its script catches, in the browser's own words |
//! | `notes` | what else is worth knowing: whose stored answer it was, which origins were compared, proxies, extensions |
//! | `lead` | where a line of a console is all there is: what it leaves open, and how to find out |
//! | `case` | what all of them look up: the page's origin, URLs, the header lines that an answer lacks |
//! | `shown` | untrusted bytes, escaped and shortened |

mod case;
pub(crate) mod catalogue;
pub mod console;
pub(crate) mod diagnose;
mod headers;
mod lead;
mod notes;
pub(crate) mod shown;
mod steps;
mod verdict;

use serde::Serialize;

use crate::extent::{Extent, Whole};
use crate::http::header_list::Header;
use crate::infra::bytes::ByteString;
use crate::profile::ProfileName;
use crate::report::{FetchReport, Report};
use crate::scenario::{Call, Fetch, Page, Scenario};
use crate::spec::Step;
use case::Case;
use console::Console;

pub use catalogue::{LineId, TextId};
pub(crate) use catalogue::{Slot, fill};
pub use lead::{Cause, CauseId, Lead, lead};
pub(crate) use shown::{shown, shown_line};

/// A report in plain words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Explanation {
    /// One for each fetch of the report.
    pub fetches: Vec<FetchExplanation>,
}

/// What became of one fetch, in plain words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FetchExplanation {
    /// How it ended, and what to do.
    pub verdict: Verdict,
    /// What script sees of an exception or a network error.
    #[cfg_attr(feature = "wasm", tsify(type = "ErrorExplanation | null"))]
    pub error: Option<ErrorExplanation>,
    /// What may decide as well, and is not checked.
    pub not_checked: Vec<String>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// A sentence for each of the request's reasons for a preflight.
    pub preflight_reasons: Vec<String>,
    /// What happened, in order.
    pub steps: Vec<StepLine>,
    /// A line for each of the report's response headers.
    pub headers: Vec<HeaderLine>,
    /// What the browser of the scenario's profile prints, in its own words. The standard prints nothing.
    #[cfg_attr(feature = "wasm", tsify(type = "Console | null"))]
    pub console: Option<Console>,
}

/// How a fetch ended, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Verdict {
    /// How it ended.
    pub kind: VerdictKind,
    /// What it is, under its stable id.
    #[cfg_attr(feature = "wasm", tsify(type = "TextId"))]
    pub id: TextId,
    /// What happened, in one sentence.
    pub sentence: String,
    /// Why; may be empty.
    pub why: String,
    /// Who has to change something.
    pub who: Who,
    /// What to change.
    pub remedy: String,
    /// The header lines that the deciding answer has to have, in place of any with the same name. Empty where the remedy is
    /// something else.
    pub send: Vec<Header>,
}

/// How a fetch ended, as far as script is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum VerdictKind {
    /// Script gets the answer.
    Allowed,
    /// There was an answer, and script cannot read it.
    Opaque,
    /// A network error.
    Blocked,
    /// The API refused; nothing was sent.
    Threw,
    /// An answer is not known yet.
    NeedsAnswer,
    /// An earlier fetch needs an answer.
    NotReached,
}

/// Who has to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Who {
    /// The server that was asked.
    Server,
    /// The page: its script, its markup, or the headers that it is served with.
    Page,
    /// Neither: the network between them, or the machine.
    Network,
    /// Who called the engine: an answer is missing.
    Caller,
    /// Nobody.
    Nobody,
}

/// What script sees of an exception or a network error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ErrorExplanation {
    /// What script sees, in one sentence.
    pub seen: String,
    /// The check that failed, in one sentence, which script does not see.
    pub check: String,
    /// The algorithm of the step, under the standard's name for it.
    pub algorithm: &'static str,
    /// The step of that check.
    #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
    pub step: Step,
}

/// Something that happened, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct StepLine {
    /// What it is, under its stable id.
    #[cfg_attr(feature = "wasm", tsify(type = "LineId"))]
    pub id: LineId,
    /// What happened.
    pub sentence: String,
    /// Whether it let the fetch go on.
    pub status: StepStatus,
    /// Whether it decided how the fetch ended.
    pub decisive: bool,
    /// The index in the URL list: 0 before the first redirect.
    pub hop: usize,
    /// The algorithm of the step, under the standard's name for it.
    pub algorithm: &'static str,
    /// The step, with its number and its URL.
    #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
    pub step: Step,
}

/// Whether a step let the fetch go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum StepStatus {
    /// A check that passed.
    Ok,
    /// A check that failed.
    Failed,
    /// Something that was done, and is neither.
    Info,
}

/// Why script can read a response header, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HeaderLine {
    /// What it is, under its stable id.
    #[cfg_attr(feature = "wasm", tsify(type = "LineId"))]
    pub id: LineId,
    /// The name of the header as it came.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub name: ByteString,
    /// Whether script can read it.
    pub readable: bool,
    /// Why.
    pub sentence: String,
}

/// `report`, which is the report on `scenario`, in plain words.
pub fn explain(scenario: &Scenario, report: &Report) -> Explanation {
    Explanation { fetches: explain_as::<Whole>(scenario, report) }
}

/// The same, to this extent.
pub(crate) fn explain_as<E: Extent>(scenario: &Scenario, report: &Report) -> Vec<FetchExplanation> {
    let others = (&*scenario.fetches, &*report.fetches);
    let fetches = scenario.fetches.iter().zip(&report.fetches);
    fetches.map(|(fetch, report)| explain_among::<E>(scenario.profile, &scenario.page, fetch, report, others)).collect()
}

/// `report`, which is the report on `fetch` of `page` under the profile of this name, in plain words.
pub fn explain_fetch(profile: ProfileName, page: &Page, fetch: &Fetch, report: &FetchReport) -> FetchExplanation {
    explain_among::<Whole>(profile, page, fetch, report, (&[], &[]))
}

/// The same among other fetches and their reports, which may have stored what this one got.
fn explain_among<E: Extent>(
    profile: ProfileName,
    page: &Page,
    fetch: &Fetch,
    report: &FetchReport,
    others: (&[Fetch], &[FetchReport]),
) -> FetchExplanation {
    let case = Case::new(page, fetch, report);
    FetchExplanation {
        verdict: verdict::verdict(&case),
        error: verdict::error(&case),
        not_checked: E::whole(|| steps::not_checked(&case)),
        notes: E::whole(|| notes::notes(&case, profile, others)),
        preflight_reasons: E::whole(|| steps::preflight_reasons(&case)),
        steps: E::whole(|| steps::steps(&case)),
        headers: E::whole(|| headers::headers(&case)),
        console: (E::WHOLE && profile != ProfileName::Spec).then(|| console::console_of(profile, page, fetch, report, others)),
    }
}

/// What people call the API that makes a call.
pub(crate) fn api_of(call: &Call) -> String {
    verdict::api(call).say(&[])
}

#[cfg(test)]
pub(crate) mod tests;
