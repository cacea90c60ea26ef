//! What each deviation is worth: which recordings come out right because of it.

use std::collections::BTreeMap;

use corscope::Deviation;
use corscope::deviations::Known;

use super::compare::Dimension;
use super::recording::{Case, Seen};
use super::replay::replay;
use super::tally::Engine;

/// The recording that each measured deviation names, and the deviations that name it.
pub(super) fn named() -> BTreeMap<&'static str, Vec<Deviation>> {
    let mut named: BTreeMap<&str, Vec<Deviation>> = BTreeMap::new();
    for deviation in Deviation::ALL {
        if let Known::Measured(id) = deviation.known() {
            named.entry(id).or_default().push(*deviation);
        }
    }
    named
}

/// What is wrong with the rows that have no evidence, or evidence that says nothing.
pub(super) fn without_evidence() -> Vec<String> {
    let is_empty = |deviation: &&Deviation| match deviation.known() {
        Known::Measured(text) | Known::Source(text) => text.is_empty(),
    };
    let no_words = |deviation: &&Deviation| deviation.what().trim().is_empty() || deviation.browsers().is_empty();
    let names = |wrong: &dyn Fn(&&Deviation) -> bool, says: &str| {
        let wrong = Deviation::ALL.iter().filter(|deviation| wrong(deviation));
        wrong.map(|deviation| format!("deviation {}: {says}", deviation.name())).collect::<Vec<_>>()
    };
    let mut wrong = names(&is_empty, "it names no recording and no source");
    wrong.extend(names(&no_words, "it does not say what it is, or whose"));
    wrong
}

/// Those of `deviations` because of which a case agrees with its browser in some dimension, where it would not without.
pub(super) fn explaining(deviations: &[Deviation], case: &Case, engine: Engine, seen: &Seen) -> Vec<Deviation> {
    let profile = engine.profile();
    let deviations: Vec<Deviation> = deviations.iter().copied().filter(|deviation| profile.has(*deviation)).collect();
    let Ok(with) = replay(case, profile) else { return Vec::new() };
    let agreeing = |said: &Seen| -> Vec<Dimension> {
        let readings = super::readings(case, seen, said);
        readings.iter().filter(|(_, reading)| reading.agrees()).map(|(dimension, _)| *dimension).collect()
    };
    let with_all = agreeing(&with.seen);
    let explains = |deviation: &Deviation| {
        let Ok(without) = replay(case, profile.without(*deviation)) else { return false };
        // OPTIMIZATION: what has not changed agrees as before.
        without.seen != with.seen && {
            let left = agreeing(&without.seen);
            with_all.iter().any(|dimension| !left.contains(dimension))
        }
    };
    deviations.into_iter().filter(explains).collect()
}
