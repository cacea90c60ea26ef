//! What is worth knowing beyond the verdict: who else could read an answer, what a cache makes of it, what could be left out,
//! what becomes of cookies, and which headers do nothing.
//!
//! ```
//! use corscope::findings::findings;
//! use corscope::{Scenario, evaluate};
//!
//! let mut scenario: Scenario = serde_json::from_str(r#"{
//!     "page": { "url": "https://app.example/" },
//!     "fetches": [{
//!         "call": { "api": "fetch", "url": "https://api.example/me" },
//!         "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"]] }]
//!     }]
//! }"#).unwrap();
//! let report = evaluate(&scenario).unwrap();
//! let found = findings(&scenario, &report);
//! assert_eq!(found.iter().map(|finding| finding.id.id()).collect::<Vec<_>>(), ["vary-origin-missing"]);
//!
//! // The fix is a value.
//! found[0].fix(&mut scenario);
//! let report = evaluate(&scenario).unwrap();
//! assert!(findings(&scenario, &report).is_empty());
//! ```
//!
//! | file | what is in it |
//! |---|---|
//! | `catalogue` | every finding and every text, in one table |
//! | `security`, `caching`, `cost`, `cookies`, `no_effect` | the checks of one fetch, by topic |
//! | `allow_list` | patterns of allowed origins, and who gets in by them |
//! | `observed` | what a server answered to pages of several origins, and who of them can read |
//! | `shared_cache` | what each of these pages gets from a cache that they share |
//! | `readers` | who could read an answer, besides the page that asked |
//! | `cookie_lane` | what becomes of each cookie in each exchange |
//! | `cache_lane` | what each fetch takes from caches and leaves there, and which later requests that serves |
//! | `budget` | how many preflights a list of calls costs |
//! | `sarif` | findings for other tools |
//! | `documentation` | a page for each finding, with an example that is evaluated |
//! | `fix` | making the changes |
//! | `subject` | what the checks look up |

mod allow_list;
mod budget;
mod cache_lane;
mod caching;
mod catalogue;
mod cookie_lane;
mod cookies;
mod cost;
mod documentation;
mod fix;
mod no_effect;
mod observed;
mod readers;
mod sarif;
mod security;
mod shared_cache;
mod subject;

use std::collections::BTreeSet;

use serde::Serialize;

pub use allow_list::{AllowListKind, AllowListReport, Hole, HoleKind, NotUnderstood, judge_allow_list};
pub use budget::{CallCost, PreflightBudget, preflight_budget};
pub use cache_lane::{
    CacheHit, CacheLane, CacheUse, CacheVisit, KeptPreflight, KeptResponse, LaterEnd, LaterKind, LaterLane, LaterRequest,
    SelectedBy, cache_lanes, later_requests,
};
pub(crate) use cache_lane::{cache_lane, later_lane};
pub use catalogue::FindingId;
pub(crate) use cookie_lane::lane as cookie_exchanges;
pub use cookie_lane::{CookieConsidered, CookieExchange, CookieLane, CookieSet, Taken, cookie_lanes};
pub use documentation::FindingExample;
pub use observed::{Observation, Observed, Readable, Reader, Reading, findings_of_observed, who_can_read};
pub use readers::{PossibleReader, ReaderKind, WhoCouldRead, who_could_read};
pub use sarif::{SarifEdit, SarifInput, SarifLog, SarifPlace};
pub use shared_cache::{SharedCacheReport, Visit, shared_cache};

use crate::explain::{Slot, fill};
use crate::repair::Change;
use crate::report::{Evidence, Report};
use crate::scenario::Scenario;
use subject::{Answered, Subject, Trust};

/// Something worth knowing beyond the verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Finding {
    /// What it is, under its stable id.
    #[cfg_attr(feature = "page", tsify(type = "FindingId"))]
    pub id: FindingId,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// What it is about.
    pub topic: FindingTopic,
    /// What was found, in one sentence.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub remedy: String,
    /// The index of the fetch that shows it.
    pub fetch: usize,
    /// The places that show it, the deciding one first, then what it was compared with. Indexes are those of the fetch's report.
    pub evidence: Vec<Evidence>,
    /// What to change so that it goes away. Empty where it is not for this scenario to change.
    pub changes: Vec<Change>,
    /// Where a standard says it.
    pub link: &'static str,
    /// Its page in the documentation, as a path in the repository.
    pub page: &'static str,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum FindingSeverity {
    /// Somebody can read what is not for them, or something is broken.
    Error,
    /// It will break for somebody, or does not do what it says.
    Warning,
    /// Worth knowing.
    Info,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum FindingTopic {
    /// Who else can read it.
    Security,
    /// What caches make of it.
    Caching,
    /// What could be left out.
    Cost,
    /// What becomes of cookies.
    Cookies,
    /// What does nothing.
    NoEffect,
}

impl Finding {
    /// Makes its changes to the scenario that it is about.
    pub fn fix(&self, scenario: &mut Scenario) {
        fix::fix(&self.changes, scenario, self.fetch);
    }

    fn new(id: FindingId, fetch: usize, slots: &[Slot], evidence: Vec<Evidence>, changes: Vec<Change>) -> Self {
        Self {
            id,
            severity: id.severity(),
            topic: id.topic(),
            what: fill(id.what(), slots),
            why: fill(id.why(), slots),
            remedy: fill(id.remedy(), slots),
            fetch,
            evidence,
            changes,
            link: id.link(),
            page: id.page(),
        }
    }
}

/// What is worth knowing about `report`, which is the report on `scenario`: by fetch, and what matters most first.
///
/// Cookies are only looked at where the report has events.
pub fn findings(scenario: &Scenario, report: &Report) -> Vec<Finding> {
    let naming = caching::servers_that_name_origins(report.fetches.iter().flat_map(|fetch| &fetch.exchanges));
    findings_about(scenario, report, Trust::Unknown, &naming)
}

/// The same, where more is known: whether anybody has a reason to let the page read, and which servers allow origins by name.
fn findings_about(scenario: &Scenario, report: &Report, trust: Trust, naming: &BTreeSet<String>) -> Vec<Finding> {
    let mut all = Vec::new();
    for (index, (fetch, report)) in scenario.fetches.iter().zip(&report.fetches).enumerate() {
        let subject = Subject { page: &scenario.page, index, fetch, report, trust };
        let mut found = Found::default();
        for answered in subject.answers() {
            security::check(&answered, &mut found);
            caching::check(&answered, naming, &mut found);
            no_effect::check(&answered, &mut found);
        }
        security::check_fetch(&subject, &mut found);
        no_effect::check_request(&subject, &mut found);
        cost::check(&subject, &mut found);
        cookies::check(&subject, &mut found);
        found.0.sort_by_key(|finding| (finding.severity, finding.id));
        all.append(&mut found.0);
    }
    all
}

/// The findings of one fetch.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    /// Adds a finding about an answer. What says the same as one that is there already is one more place of that one.
    fn add(&mut self, answered: &Answered, id: FindingId, slots: &[Slot], evidence: Vec<Evidence>, changes: Vec<Change>) {
        self.push(Finding::new(id, answered.subject.index, slots, evidence, changes));
    }

    fn push(&mut self, finding: Finding) {
        let same = |other: &&mut Finding| (other.id, &other.what, &other.remedy) == (finding.id, &finding.what, &finding.remedy);
        match self.0.iter_mut().find(same) {
            Some(other) => {
                other.evidence.extend(finding.evidence);
                // NB: a fix that cannot be made everywhere is none.
                if !other.changes.is_empty() && !finding.changes.is_empty() {
                    other.changes.extend(finding.changes);
                } else {
                    other.changes.clear();
                }
            }
            None => self.0.push(finding),
        }
    }
}
