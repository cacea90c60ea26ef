//! What to change so that a page gets its answer: the smallest repairs, each seen to work.
//!
//! ```text
//!  Scenario ─▶ book: which answer was for which request
//!                │
//!                ▼
//!            search: sets of changes, the cheapest first ◀──┐
//!                │ make them, evaluate under every profile   │ candidates: what would help
//!                ├─ the goal is not reached ─────────────────┘ against this failure?
//!                ▼ it is reached
//!            others: does a page of another origin read now?  ─ yes ─▶ dropped
//!                ▼ no
//!            words, policy ─▶ Repair
//! ```
//!
//! ```
//! use corscope::repair::{RepairBy, repairs};
//! use corscope::{Outcome, Scenario, evaluate};
//!
//! let mut scenario: Scenario = serde_json::from_str(r#"{
//!     "page": { "url": "https://app.example/" },
//!     "fetches": [{
//!         "call": { "api": "fetch", "url": "https://api.example/me", "init": { "credentials": "include" } },
//!         "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] }]
//!     }]
//! }"#)?;
//! let repairs = repairs(&scenario, 0)?;
//! assert_eq!(repairs.iter().map(|repair| repair.by).collect::<Vec<_>>(), [RepairBy::Server, RepairBy::Page]);
//! assert_eq!(repairs[0].what, [
//!     "Let https://api.example send `Access-Control-Allow-Origin: https://app.example` with its answer to GET https://api.example/me.",
//!     "Let https://api.example send `Access-Control-Allow-Credentials: true` with its answer to GET https://api.example/me.",
//! ]);
//! repairs[0].apply(&mut scenario)?;
//! assert!(matches!(evaluate(&scenario)?.fetches[0].outcome, Outcome::Response(_)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod avoid;
mod book;
mod candidates;
mod change;
mod goal;
mod minimal;
mod others;
mod policy_of;
mod search;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use serde::Serialize;
use url::Url;

use crate::evaluate::{Tracing, evaluate_as};
use crate::explain::{Who, explain_fetch};
use crate::infra::origin::Origin;
use crate::policy::Policy;
use crate::profile::Profile;
use crate::scenario::{Page, Scenario, ScenarioError};
pub use avoid::{Avoid, AvoidId, what_not_to_do};
use book::Book;
pub use change::{Change, Member};
use goal::Goal;
pub use minimal::{PlanError, PlannedRequest, minimal_policy};
use search::{Found, Party, search};

/// A set of changes with which a page gets its answer, under the standard's profile and every browser's.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Repair {
    /// The index of the fetch that it repairs.
    pub fetch: usize,
    /// Who has to change something.
    pub by: RepairBy,
    /// Whom it lets do what, from the most harmless on.
    pub safety: Safety,
    /// What it is, in a few words.
    pub title: String,
    /// What to do: a sentence for each change.
    pub what: Vec<String>,
    /// Why that helps.
    pub why: String,
    /// Whom it lets do what, as a sentence.
    pub safety_note: String,
    /// What is not known and was taken for granted: a sentence for each answer.
    pub assumed: Vec<String>,
    /// The changes themselves.
    pub changes: Vec<Change>,
    /// The policy of a server that makes them; nothing where it is no matter of CORS, or the page's alone.
    #[cfg_attr(feature = "repair", tsify(type = "Policy | null"))]
    pub policy: Option<Policy>,
    /// The header that is to be read, if that is what was asked for.
    #[cfg_attr(feature = "repair", tsify(type = "string | null"))]
    pub header: Option<String>,
}

/// Who has to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
pub enum RepairBy {
    /// The server alone.
    Server,
    /// The page alone.
    Page,
    /// The server and the page.
    Both,
}

/// Whom a repair lets do what they could not before, from the most harmless on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
pub enum Safety {
    /// Nobody anything.
    NothingNew,
    /// Pages of the same site, to load something without reading it.
    SameSiteLoads,
    /// Pages of one origin, which is named, to read or send something.
    Named,
    /// Every page, to ask in another way for what every page could read before.
    Public,
    /// Pages of one origin, which is named, to read what is meant for the person who is logged in.
    NamedWithCredentials,
    /// Every page, to load something without reading it.
    EverybodyLoads,
}

/// What to change so that the fetch at `index` gets its answer: the smallest sets of changes, those first that the party has to
/// make at whose door the fault lies, then by safety, then by size. Empty where nothing is wrong, where an answer is missing, and
/// where no change of headers, calls or markup helps: a connection that fails, a page without an origin.
///
/// Each was evaluated under all four profiles, and with the answers that it leads to no page of another origin reads what it
/// could not read before. Answers that are not known are taken to be right for this page alone; `assumed` says which.
///
/// # Errors
/// A scenario that makes no sense, as in [`evaluate`](crate::evaluate).
pub fn repairs(scenario: &Scenario, index: usize) -> Result<Vec<Repair>, ScenarioError> {
    find(scenario, index, None)
}

/// What to change so that script can read the header `name` of the answer to the fetch at `index`.
///
/// # Errors
/// As [`repairs`].
pub fn header_repairs(scenario: &Scenario, index: usize, name: &str) -> Result<Vec<Repair>, ScenarioError> {
    find(scenario, index, Some(name))
}

fn find(scenario: &Scenario, index: usize, header: Option<&str>) -> Result<Vec<Repair>, ScenarioError> {
    let Some((book, report)) = Book::new(scenario, index)? else { return Ok(Vec::new()) };
    let Some(fetch) = scenario.fetches.get(index) else { return Ok(Vec::new()) };
    if matches!(report.outcome, crate::Outcome::NeedsAnswer(_) | crate::Outcome::NotReached) {
        return Ok(Vec::new());
    }
    let goal = header.map_or_else(|| Goal::of(&fetch.call, &report), Goal::Header);
    let origin = origin_of(&scenario.page);
    let mut found: Vec<(RepairBy, Found)> = Vec::new();
    for (party, by) in [(Party::Server, RepairBy::Server), (Party::Page, RepairBy::Page), (Party::Both, RepairBy::Both)] {
        // NB: who may do more than one party alone has to is asked to only where that would help: it is possible at all, or safer.
        let suffices = found.iter().any(|(_, found)| safety(found) != Safety::EverybodyLoads);
        if party != Party::Both || !suffices {
            found.extend(search(&book, goal, party, &origin)?.into_iter().map(|found| (by, found)));
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let first = match who(scenario, index)? {
        Who::Page => RepairBy::Page,
        _ => RepairBy::Server,
    };
    let mut found: Vec<(Safety, RepairBy, Found)> = found.into_iter().map(|(by, found)| (safety(&found), by, found)).collect();
    found.sort_by_key(|(safety, by, found)| (*by != first, *by, *safety, found.cost));
    let repair = |(safety, by, found): (Safety, RepairBy, Found)| {
        let words = words::words(&found, index, by, safety, &origin);
        let policy = if by == RepairBy::Page { None } else { policy_of::policy_of(&book, &found, &origin, goal) };
        Repair {
            fetch: index,
            by,
            safety,
            title: words.title,
            what: words.what,
            why: words.why,
            safety_note: words.safety_note,
            assumed: words.assumed,
            changes: found.changes,
            policy,
            header: header.map(String::from),
        }
    };
    Ok(found.into_iter().map(repair).collect())
}

impl Repair {
    /// Makes the changes in `scenario`, which is the one that they were found for. The answers to the fetch become those that
    /// its requests then get: as they were, as they are repaired, and as they are [assumed](Self::assumed).
    ///
    /// # Errors
    /// A scenario that makes no sense, as in [`evaluate`](crate::evaluate).
    pub fn apply(&self, scenario: &mut Scenario) -> Result<(), ScenarioError> {
        let run = match Book::new(scenario, self.fetch)? {
            Some((book, _)) => book.run(&self.changes, scenario.profile.into(), self.header.as_deref())?,
            None => None,
        };
        let Some(run) = run else { return Ok(()) };
        for (repaired, fetch) in run.scenario.fetches.into_iter().zip(&mut scenario.fetches) {
            *fetch = repaired;
        }
        Ok(())
    }
}

/// Who has to change something, as the explanation of the fetch has it.
fn who(scenario: &Scenario, index: usize) -> Result<Who, ScenarioError> {
    let report = evaluate_as(scenario, Profile::of(scenario.profile), Tracing::Off)?;
    let (Some(fetch), Some(report)) = (scenario.fetches.get(index), report.fetches.get(index)) else { return Ok(Who::Nobody) };
    Ok(explain_fetch(scenario.profile, &scenario.page, fetch, report).verdict.who)
}

/// The page's origin, serialized.
fn origin_of(page: &Page) -> String {
    match &page.origin {
        Some(origin) => Origin::parse(origin).map_or_else(|| origin.clone(), |origin| origin.serialize()),
        None => Url::parse(&page.url).map_or_else(|_| page.url.clone(), |url| Origin::of_url(&url).serialize()),
    }
}

fn safety(found: &Found) -> Safety {
    let sets = |wanted: &'static [u8], value: Option<&'static [u8]>| {
        found.changes.iter().any(|change| {
            matches!(change, Change::SetHeader { name, value: set, .. }
                if name.as_bytes() == wanted && value.is_none_or(|value| set.as_bytes() == value))
        })
    };
    let names = [&b"Access-Control-Allow-Origin"[..], b"Access-Control-Allow-Credentials"];
    let lists = [&b"Access-Control-Allow-Methods"[..], b"Access-Control-Allow-Headers", b"Access-Control-Expose-Headers"];
    let answers_preflight = found
        .changes
        .iter()
        .any(|change| matches!(change, Change::SetStatus { status, .. } if *status == crate::policy::PREFLIGHT_STATUS));
    if sets(b"Cross-Origin-Resource-Policy", Some(b"cross-origin")) {
        return Safety::EverybodyLoads;
    }
    if sets(b"Cross-Origin-Resource-Policy", None) {
        return Safety::SameSiteLoads;
    }
    let opens = names.iter().any(|name| sets(name, None));
    let widens = answers_preflight || lists.iter().any(|name| sets(name, None));
    let is_strict =
        found.run.report.request.as_ref().is_some_and(|request| request.credentials == crate::modes::CredentialsMode::Include);
    match (opens, widens) {
        (false, false) => Safety::NothingNew,
        (_, _) if is_strict => Safety::NamedWithCredentials,
        (true, _) => Safety::Named,
        (false, true) if policy_of::is_public(&found.run) => Safety::Public,
        (false, true) => Safety::Named,
    }
}
