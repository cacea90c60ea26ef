//! The figures that README.md and the page show: `tests/corpus/results.json`, written by `--save` and never by hand.

use std::collections::BTreeMap;
use std::fmt::Write;

use corscope::deviations::{Known, Layer};
use corscope::{Deviation, ProfileName};
use serde::{Deserialize, Serialize};

use super::tally::{Count, percent};

/// Where README.md has the table, from this line to [`END`].
const START: &str = "<!-- recordings: written by `npm run corpus -- --save` -->\n";
const END: &str = "<!-- end of recordings -->\n";

/// What a run over every recording of the repository gave.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Results {
    /// How many recordings there are.
    pub(super) recordings: usize,
    /// The day on which they were made.
    pub(super) recorded_on: String,
    /// Of each browser's own profile.
    pub(super) browsers: Vec<BrowserResults>,
    /// Of each deviation, how many recordings come out right because of it, by browser.
    pub(super) deviations: Vec<DeviationResults>,
}

/// How far a profile agrees with its browser.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct BrowserResults {
    pub(super) profile: ProfileName,
    pub(super) version: String,
    /// By dimension.
    pub(super) agreement: Vec<Agreement>,
}

/// One dimension.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Agreement {
    pub(super) dimension: String,
    pub(super) agree: usize,
    pub(super) total: usize,
}

/// One deviation.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DeviationResults {
    pub(super) name: String,
    /// How many recordings of each browser it explains: those that would come out wrong without it.
    pub(super) explains: BTreeMap<String, usize>,
}

/// The versions of a browser: the one whose name is `first`, and others that recordings name.
pub(super) fn versions<'a>(first: &str, others: impl Iterator<Item = &'a String>) -> String {
    let mut versions = first.to_owned();
    for other in others.filter(|other| !first.ends_with(&format!(" {other}"))) {
        let _ = write!(versions, ", {other}");
    }
    versions
}

/// The table of README.md.
pub(super) fn table(results: &Results) -> String {
    let mut table = format!(
        "{} recordings, the newest of {}, each replayed under its own profile:\n\n| compared |",
        results.recordings, results.recorded_on
    );
    for browser in &results.browsers {
        let _ = write!(table, " {} |", browser.version);
    }
    let _ = write!(table, "\n|---|{}\n", "---|".repeat(results.browsers.len()));
    let dimensions = results.browsers.first().map(|browser| browser.agreement.as_slice()).unwrap_or_default();
    for Agreement { dimension, .. } in dimensions {
        let _ = write!(table, "| {dimension} |");
        for browser in &results.browsers {
            let row = browser.agreement.iter().find(|row| row.dimension == *dimension);
            let cell = row.map_or_else(|| "-".into(), |row| percent(&Count::new(row.agree, row.total)));
            let _ = write!(table, " {cell} |");
        }
        table.push('\n');
    }
    let explained = |name| {
        let deviation = |deviation: &&DeviationResults| deviation.explains.get(name).is_some_and(|&count| count > 0);
        results.deviations.iter().filter(deviation).count()
    };
    let counts = ProfileName::BROWSERS.map(|name| format!("{} of {}", explained(name.as_str()), browser_name(name)));
    let _ = write!(
        table,
        "\nThe profiles are made of {} deviations from the standard; the recordings show {}.\n",
        Deviation::ALL.len(),
        counts.join(", ")
    );
    table
}

/// The table of every deviation: `tests/corpus/deviations.md`.
pub(super) fn deviations(results: &Results) -> String {
    let mut table = String::from(
        "# In what browsers deviate from the standard\n\n\
        Written by `npm run corpus -- --save` from `src/deviations.rs` and the recordings in this folder, never by hand. The last columns\n\
        say how many recordings of Chromium, Firefox and WebKitGTK would come out wrong without the deviation. Where that is none, it is\n\
        known from the browser's source or its documentation.\n\n\
        | deviation | what is different | layer | known by | C | F | W |\n|---|---|---|---|---|---|---|\n",
    );
    for deviation in Deviation::ALL {
        let explains = results.deviations.iter().find(|row| row.name == deviation.name()).map(|row| &row.explains);
        let count = |name: ProfileName| match deviation.browsers().contains(&name) {
            true => explains.and_then(|explains| explains.get(name.as_str())).copied().unwrap_or_default().to_string(),
            false => String::new(),
        };
        let [chromium, firefox, webkit] = ProfileName::BROWSERS.map(count);
        let layer = match deviation.layer() {
            Layer::Engine => "engine",
            Layer::Libsoup => "libsoup",
        };
        let known = match deviation.known() {
            Known::Measured(id) => format!("`` {} ``", id.replace('|', "\\|")),
            Known::Source(source) => source.to_owned(),
        };
        let (name, what) = (deviation.name(), deviation.what());
        let _ = writeln!(table, "| `{name}` | {what} | {layer} | {known} | {chromium} | {firefox} | {webkit} |");
    }
    table
}

fn browser_name(name: ProfileName) -> &'static str {
    match name {
        ProfileName::Spec => "the standard",
        ProfileName::Chromium => "Chromium",
        ProfileName::Firefox => "Firefox",
        ProfileName::Webkit => "WebKitGTK",
    }
}

/// `readme` with the table of `results` where it belongs, or nothing where the two marks are missing.
pub(super) fn in_readme(readme: &str, results: &Results) -> Option<String> {
    let (before, rest) = readme.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{}{END}{after}", table(results)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_named_once() {
        for (others, expected) in [
            (&[][..], "Chromium 156.0"),
            (&["156.0"], "Chromium 156.0"),
            (&["156.0", "156.1", "6.0"], "Chromium 156.0, 156.1, 6.0"),
        ] {
            let others: Vec<_> = others.iter().map(|&other| other.to_owned()).collect();
            assert_eq!(versions("Chromium 156.0", others.iter()), expected);
        }
    }

    #[test]
    fn the_table_goes_between_its_marks() {
        let agreement = |agree| vec![Agreement { dimension: "wire".into(), agree, total: 200 }];
        let browser = |profile, agree| BrowserResults { profile, version: format!("v{agree}"), agreement: agreement(agree) };
        let results = Results {
            recordings: 7,
            recorded_on: "2026-11-22".into(),
            browsers: vec![browser(ProfileName::Chromium, 199), browser(ProfileName::Firefox, 200)],
            deviations: vec![DeviationResults { name: "x".into(), explains: BTreeMap::from([("firefox".into(), 3)]) }],
        };
        let readme = in_readme(&format!("a\n{START}old\n{END}b\n"), &results).unwrap();
        let table = readme.strip_prefix(&format!("a\n{START}")).and_then(|rest| rest.strip_suffix(&format!("{END}b\n"))).unwrap();
        assert!(table.contains("| compared | v199 | v200 |\n|---|---|---|\n| wire | 99.50 % | 100.00 % |\n"), "{table}");
        assert!(table.contains("7 recordings, the newest of 2026-11-22"), "{table}");
        assert!(table.contains("the recordings show 0 of Chromium, 1 of Firefox, 0 of WebKitGTK."), "{table}");
        assert_eq!(in_readme("no marks", &results), None);
    }
}
