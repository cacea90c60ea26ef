//! The search: the cheapest sets of changes with which a fetch reaches its goal under every profile.
//!
//! Each set is evaluated. Where it falls short, the way in which it does calls for [candidates], which are added to it and tried
//! in turn, the cheapest first. So the engine decides what helps, and no set is larger than it has to be.

use std::collections::{BTreeSet, BinaryHeap};

use super::book::{Book, Run, Source};
use super::candidates::{Candidate, candidates};
use super::change::{Change, Member};
use super::goal::Goal;
use super::others::let_others_read;
use crate::profile::{Profile, ProfileName};
use crate::scenario::ScenarioError;

/// How many runs a search makes at most: many times what any known mistake takes.
const MOST_RUNS: usize = 300;
/// How many changes a repair has at most: two answers that lack everything, and then some.
const MOST_CHANGES: usize = 12;
/// How many repairs of a kind are worth choosing from.
const MOST_REPAIRS: usize = 3;

/// Who may change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Server,
    Page,
    Both,
}

/// A set of changes that was seen to reach the goal.
pub(super) struct Found {
    pub(super) changes: Vec<Change>,
    pub(super) cost: u32,
    /// What it comes to under the profile of the scenario.
    pub(super) run: Run,
}

/// What waits to be tried. The cheapest is the greatest, because a heap gives that first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Attempt {
    cost: std::cmp::Reverse<u32>,
    changes: std::cmp::Reverse<Vec<Change>>,
}

/// The smallest repairs by `party`, the cheapest first.
pub(super) fn search(book: &Book, goal: Goal, party: Party, origin: &str) -> Result<Vec<Found>, ScenarioError> {
    let mut runs = 0;
    let mut found: Vec<Found> = Vec::new();
    let mut seen: BTreeSet<Vec<Change>> = BTreeSet::new();
    let mut waiting = BinaryHeap::from([Attempt { cost: std::cmp::Reverse(0), changes: std::cmp::Reverse(Vec::new()) }]);
    while let Some(Attempt { changes: std::cmp::Reverse(changes), .. }) = waiting.pop() {
        if found.len() == MOST_REPAIRS || runs >= MOST_RUNS {
            break;
        }
        let is_part = |smaller: &Found| smaller.changes.iter().all(|change| changes.contains(change));
        if found.iter().any(is_part) {
            continue;
        }
        match try_out(book, goal, &changes, &mut runs)? {
            Tried::Reached(run) => {
                let is_honest = party != Party::Page || !book.was_refused(&run);
                let (changes, run) = without_needless(book, goal, changes, run, &mut runs)?;
                let is_of_both =
                    || [true, false].iter().all(|&server| changes.iter().any(|change| change.is_of_server() == server));
                let is_new = !changes.is_empty()
                    && !found.iter().any(|known| known.changes == changes)
                    && (party != Party::Both || is_of_both());
                if is_new && is_honest && !let_others_read(&changes, &run, book, origin)? {
                    found.push(Found { cost: cost(&changes), changes, run });
                }
            }
            Tried::Failed(run) => {
                for candidate in candidates(&run, book.index, goal) {
                    let is_allowed = |change: &Change| match party {
                        Party::Server => change.is_of_server(),
                        Party::Page => !change.is_of_server(),
                        Party::Both => true,
                    };
                    if !candidate.iter().all(is_allowed) {
                        continue;
                    }
                    let changes = with(&changes, candidate);
                    if changes.len() <= MOST_CHANGES && seen.insert(changes.clone()) {
                        let cost = std::cmp::Reverse(cost(&changes));
                        waiting.push(Attempt { cost, changes: std::cmp::Reverse(changes) });
                    }
                }
            }
            Tried::Hopeless => {}
        }
    }
    Ok(found)
}

/// What became of a set of changes.
enum Tried {
    /// The goal is reached under every profile. The run is that of the scenario's own.
    Reached(Run),
    /// It is not under this one.
    Failed(Run),
    /// There is nothing to evaluate.
    Hopeless,
}

fn try_out(book: &Book, goal: Goal, changes: &[Change], runs: &mut usize) -> Result<Tried, ScenarioError> {
    let own = book.scenario.profile;
    let wanted = match goal {
        Goal::Header(name) => Some(name),
        Goal::Read | Goal::Load => None,
    };
    let mut reached = None;
    for profile in [own].into_iter().chain(ProfileName::ALL.into_iter().filter(|&profile| profile != own)) {
        *runs += 1;
        let Some(run) = book.run(changes, Profile::of(profile), wanted)? else { return Ok(Tried::Hopeless) };
        if !goal.is_reached(&run.report) {
            return Ok(Tried::Failed(run));
        }
        reached.get_or_insert(run);
    }
    Ok(reached.map_or(Tried::Hopeless, Tried::Reached))
}

/// Takes out what turned out not to be needed, because a later change made up for it. `Vary` stays: it is for the caches on the
/// way, which no evaluation has.
fn without_needless(
    book: &Book,
    goal: Goal,
    mut changes: Vec<Change>,
    mut run: Run,
    runs: &mut usize,
) -> Result<(Vec<Change>, Run), ScenarioError> {
    let is_for_caches = |change: &Change| matches!(change, Change::SetHeader { name, .. } if *name == b"Vary");
    let mut index = 0;
    while let Some(change) = changes.get(index).filter(|_| changes.len() > 1) {
        if !is_for_caches(change) {
            let mut fewer = changes.clone();
            fewer.remove(index);
            if let Tried::Reached(enough) = try_out(book, goal, &fewer, runs)? {
                (changes, run) = (fewer, enough);
                continue;
            }
        }
        index += 1;
    }
    Ok((changes, run))
}

/// `changes` and a candidate, which takes the place of what changes the same; sorted, so that no order counts twice.
fn with(changes: &[Change], candidate: Candidate) -> Vec<Change> {
    let is_kept = |change: &&Change| !candidate.iter().any(|new| new.replaces(change));
    let mut all: Vec<Change> = changes.iter().filter(is_kept).cloned().collect();
    all.extend(candidate);
    all.sort();
    all.dedup();
    all
}

/// How much is asked of people: the number of changes first, and among as many the ones that take the least away.
fn cost(changes: &[Change]) -> u32 {
    changes.iter().map(cost_of).sum()
}

fn cost_of(change: &Change) -> u32 {
    match change {
        Change::SetHeader { name, .. } if *name == b"Vary" => 1,
        Change::SetHeader { value, .. } if *value == b"cross-origin" => 101,
        Change::SetHeader { .. } | Change::RemoveHeader { .. } | Change::ReplaceLine { .. } => 100,
        Change::SetStatus { status, .. } if *status == crate::policy::PREFLIGHT_STATUS => 100,
        Change::SetStatus { .. } => 110,
        Change::SetUrl { url } if url.starts_with("http:") => 101,
        Change::SetUrl { .. } | Change::SetMethod { .. } | Change::SetMember { .. } | Change::FreshStream => 100,
        Change::AddCrossOrigin | Change::RenameRequestHeader { .. } | Change::AllowInPolicy { .. } => 100,
        Change::LeaveOut { member: Member::Body } => 120,
        Change::LeaveOut { .. } | Change::RemoveRequestHeader { .. } | Change::WholeBody => 105,
        Change::SetRequestHeader { .. } | Change::MoveHeaderToQuery { .. } | Change::DropUploadListener => 110,
        Change::DropCredentials => 115,
    }
}

impl Run {
    /// The exchanges whose answers are taken for granted.
    pub(super) fn assumed(&self) -> impl Iterator<Item = &crate::report::Exchange> {
        let is_assumed = |answer: usize| self.sources.get(answer) == Some(&Source::Assumed);
        self.report.exchanges.iter().filter(move |exchange| exchange.answer.is_some_and(is_assumed))
    }
}
