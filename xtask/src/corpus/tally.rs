//! Agreement counted by theme, engine and dimension.

use std::collections::BTreeMap;
use std::fmt::Write;

use corscope::profile::{CHROMIUM, FIREFOX, Profile, SPEC, WEBKIT};
use serde::{Deserialize, Serialize};

use super::compare::{Dimension, Reading};

/// Whose observations are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Engine {
    /// The cases on which the three browsers agree, beside what the standard says.
    All,
    /// Every case, as Chromium was seen in it, beside what its profile says.
    Chromium,
    /// Every case, as Firefox was seen in it, beside what its profile says.
    Firefox,
    /// Every case, as WebKitGTK was seen in it, beside what its profile says.
    Webkit,
}

impl Engine {
    /// Every one, in the order in which they are printed.
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name on the command line and in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The profile whose answer is compared.
    pub(super) const fn profile(self) -> Profile {
        match self {
            Self::All => SPEC,
            Self::Chromium => CHROMIUM,
            Self::Firefox => FIREFOX,
            Self::Webkit => WEBKIT,
        }
    }

    /// The engine of this name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

/// How many agree, and of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) agree: usize,
    pub(super) total: usize,
}

impl Count {
    pub(super) fn new(agree: usize, total: usize) -> Self {
        Self { agree, total }
    }

    /// Counts one reading.
    pub(super) fn add(&mut self, reading: &Reading) {
        self.total += 1;
        self.agree += usize::from(reading.agrees());
    }
}

impl Count {
    fn join(&mut self, other: Self) {
        self.agree += other.agree;
        self.total += other.total;
    }
}

/// A row of the file that `--json` writes.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    theme: String,
    engine: &'static str,
    dimension: &'static str,
    agree: usize,
    total: usize,
}

/// The counts of a set of cases.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(String, Engine), BTreeMap<Dimension, Count>>);

impl Tally {
    /// Counts one reading.
    pub(super) fn add(&mut self, theme: &str, engine: Engine, dimension: Dimension, reading: &Reading) {
        self.0.entry((theme.to_owned(), engine)).or_default().entry(dimension).or_default().add(reading);
    }

    /// Whether nothing was counted.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These counts and the others together.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut both = self.0.clone();
        for (key, counts) in &other.0 {
            let sums = both.entry(key.clone()).or_default();
            for (dimension, count) in counts {
                sums.entry(*dimension).or_default().join(*count);
            }
        }
        Self(both)
    }

    /// Every count as a row, by theme, engine and dimension.
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |((theme, engine), counts): (&(String, Engine), &BTreeMap<Dimension, Count>)| {
            let (theme, engine) = (theme.clone(), engine.name());
            counts
                .iter()
                .map(move |(dimension, count)| Row {
                    theme: theme.clone(),
                    engine,
                    dimension: dimension.name(),
                    agree: count.agree,
                    total: count.total,
                })
                .collect::<Vec<_>>()
        };
        self.0.iter().flat_map(row).collect()
    }

    /// The table by theme and engine, and below it the sums with their percentages.
    pub(super) fn table(&self, dimensions: &[Dimension]) -> String {
        let mut table = String::new();
        let mut line = |theme: &str, engine: &str, cells: &mut dyn Iterator<Item = String>| {
            let _ = write!(table, "{theme:<20} {engine:<9}");
            for cell in cells {
                let _ = write!(table, " {cell:>13}");
            }
            table.push('\n');
        };
        line("theme", "engine", &mut dimensions.iter().map(|dimension| dimension.name().to_owned()));
        for ((theme, engine), counts) in &self.0 {
            line(theme, engine.name(), &mut dimensions.iter().map(|dimension| cell(counts.get(dimension))));
        }
        for (engine, counts) in self.sums() {
            line("(every theme)", engine.name(), &mut dimensions.iter().map(|dimension| cell(counts.get(dimension))));
            line("", "", &mut dimensions.iter().map(|dimension| counts.get(dimension).map_or_else(String::new, percent)));
        }
        table
    }

    fn sums(&self) -> BTreeMap<Engine, BTreeMap<Dimension, Count>> {
        let mut sums: BTreeMap<Engine, BTreeMap<Dimension, Count>> = BTreeMap::new();
        for ((_, engine), counts) in &self.0 {
            for (dimension, count) in counts {
                sums.entry(*engine).or_default().entry(*dimension).or_default().join(*count);
            }
        }
        sums
    }
}

fn cell(count: Option<&Count>) -> String {
    count.map_or_else(|| "-".into(), |Count { agree, total }| format!("{agree}/{total}"))
}

/// In hundredths of a percent, rounded down: 100.00 % means every one.
pub(super) fn percent(count: &Count) -> String {
    let hundredths = (count.agree * 10_000).checked_div(count.total).unwrap_or(10_000);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(agrees: bool) -> Reading {
        Reading { seen: vec!["a".into()], said: vec![if agrees { "a" } else { "b" }.into()] }
    }

    #[test]
    fn rows_count_cases() {
        let mut tally = Tally::default();
        for agrees in [true, false, true] {
            tally.add("acao", Engine::All, Dimension::Wire, &reading(agrees));
        }
        tally.add("acao", Engine::Webkit, Dimension::Url, &reading(false));
        let row = |engine, dimension, agree, total| Row { theme: "acao".into(), engine, dimension, agree, total };
        assert_eq!(tally.rows(), [row("all", "wire", 2, 3), row("webkit", "url", 0, 1)]);
        let mut elements = Tally::default();
        elements.add("acao", Engine::All, Dimension::Wire, &reading(true));
        elements.add("acao", Engine::All, Dimension::Element, &reading(true));
        let rows = tally.with(&elements).rows();
        assert_eq!(rows, [row("all", "wire", 3, 4), row("all", "element", 1, 1), row("webkit", "url", 0, 1)]);
        let table = tally.table(&Dimension::ALL);
        assert!(table.contains("66.66 %") && table.contains("2/3"), "{table}");
    }

    #[test]
    fn only_every_one_is_a_hundred_percent() {
        for (agree, total, text) in [(1, 1, "100.00 %"), (99_999, 100_000, "99.99 %"), (0, 3, "0.00 %"), (995, 1000, "99.50 %")] {
            assert_eq!(percent(&Count { agree, total }), text);
        }
    }
}
