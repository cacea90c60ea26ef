//! Cases that were recorded again, each in a browser of its own: what a machine under load, or a case before, has left in a
//! recording is told from what the browser does.

use std::collections::BTreeMap;

use super::compare::{Dimension, Reading};
use super::recording::Case;
use super::tally::Engine;

/// What a recording disagrees in.
type Disagreements = Vec<(Dimension, Reading)>;

/// Of each further recording of a case, what it disagrees in.
#[derive(Debug, Default)]
pub(super) struct Again(BTreeMap<(String, Engine), Vec<Disagreements>>);

impl Again {
    /// Adds a recording.
    pub(super) fn add(&mut self, case: &Case, engine: Engine, readings: Vec<(Dimension, Reading)>) {
        let disagreeing = readings.into_iter().filter(|(_, reading)| !reading.agrees()).collect();
        self.0.entry((case.id.clone(), engine)).or_default().push(disagreeing);
    }

    /// Whether a disagreement is in every recording of the case, the same each time.
    pub(super) fn repeats(&self, case: &Case, engine: Engine, dimension: Dimension, reading: &Reading) -> bool {
        let recordings = self.0.get(&(case.id.clone(), engine)).map(Vec::as_slice).unwrap_or_default();
        recordings.iter().all(|disagreeing| disagreeing.iter().any(|(of, again)| *of == dimension && again == reading))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_disagrees_each_time_in_the_same_way_is_repeated() {
        let case = |id: &str| {
            super::super::recording::parse(&format!(r#"{{"id":"{id}","steps":[],"server":{{}},"expect":{{}}}}"#)).unwrap()
        };
        let reading = |seen: &str| Reading { seen: vec![seen.into()], said: vec!["right".into()] };
        for (again, repeats) in [
            (&[][..], true),
            (&["wrong"], true),
            (&["wrong", "wrong"], true),
            (&["right"], false),
            (&["otherwise"], false),
            (&["wrong", "right"], false),
        ] {
            let mut recordings = Again::default();
            for seen in again {
                let other = (Dimension::Outcome, reading("wrong"));
                recordings.add(&case("a/b"), Engine::Firefox, vec![other, (Dimension::Wire, reading(seen))]);
            }
            let found = |id, engine| recordings.repeats(&case(id), engine, Dimension::Wire, &reading("wrong"));
            assert_eq!(found("a/b", Engine::Firefox), repeats, "{again:?}");
            // Of these there is no further recording.
            assert!(found("a/c", Engine::Firefox) && found("a/b", Engine::Chromium));
        }
    }
}
