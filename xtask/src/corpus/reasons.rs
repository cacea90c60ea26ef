//! `tests/corpus/reasons.json`: where the three browsers agree with each other and not with the standard, and why.
//!
//! A reason is a class of cases with a mechanism, not a list of ids. The cases that it is for are found by what the
//! engine says of them, so a recording that nobody has looked at yet falls under it as well.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::compare::{Dimension, Reading};
use super::recording::Case;
use super::replay::Replay;

/// One class of disagreements.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reason {
    /// Its name.
    pub(super) name: String,
    /// What the standard says, what the browsers do, and where that is discussed.
    #[allow(dead_code, reason = "it is there for whoever reads the file")]
    reason: String,
    /// The cases that it is for: all conditions that are given hold.
    when: When,
    /// The dimensions in which every such case disagrees.
    #[serde(default)]
    always: Vec<String>,
    /// The dimensions in which such a case may disagree, because of what follows from it.
    #[serde(default)]
    sometimes: Vec<String>,
}

/// A condition on a case and on what the engine says of it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct When {
    /// A step ended in a network error with this code.
    code: Option<String>,
    /// The id matches one of these patterns, in which `*` stands for anything.
    ids: Option<Vec<String>>,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReasonsError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Unreadable {
        /// Where it is.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not in its format.
    #[error("{path}: {error}")]
    Format {
        /// Where it is.
        path: String,
        /// What the parser says.
        error: serde_json::Error,
    },
    /// It names a dimension that there is none of.
    #[error("{path}: the reason {name:?} names the dimension {dimension:?}, which is none")]
    Dimension {
        /// Where the file is.
        path: String,
        /// Which reason.
        name: String,
        /// What it says.
        dimension: String,
    },
}

/// Reads the file.
pub(super) fn read(path: &Path) -> Result<Vec<Reason>, ReasonsError> {
    let name = || path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| ReasonsError::Unreadable { path: name(), error })?;
    let reasons: Vec<Reason> = serde_json::from_str(&text).map_err(|error| ReasonsError::Format { path: name(), error })?;
    for reason in &reasons {
        if let Some(dimension) =
            reason.always.iter().chain(&reason.sometimes).find(|dimension| Dimension::parse(dimension).is_none())
        {
            return Err(ReasonsError::Dimension { path: name(), name: reason.name.clone(), dimension: dimension.clone() });
        }
    }
    Ok(reasons)
}

impl Reason {
    /// Whether this is one of the cases that the reason is for.
    pub(super) fn is_for(&self, case: &Case, replay: &Replay) -> bool {
        let When { code, ids } = &self.when;
        code.as_ref().is_none_or(|code| replay.codes().any(|found| found.as_str() == code))
            && ids.as_ref().is_none_or(|ids| ids.iter().any(|pattern| matches(pattern, &case.id)))
    }

    /// Whether it explains a disagreement in this dimension.
    pub(super) fn explains(&self, dimension: Dimension) -> bool {
        self.always.iter().chain(&self.sometimes).any(|name| name == dimension.name())
    }

    /// The dimensions in which a case that it is for should disagree, and does not.
    pub(super) fn agreeing<'a>(&'a self, readings: &'a [(Dimension, Reading)]) -> impl Iterator<Item = Dimension> + 'a {
        let always = self.always.iter().filter_map(|name| Dimension::parse(name));
        always.filter(|dimension| readings.iter().any(|(read, reading)| read == dimension && reading.agrees()))
    }
}

/// Whether `text` is what `pattern` says, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            let starts = rest.char_indices().map(|(index, _)| index).chain([rest.len()]);
            starts.into_iter().any(|start| matches(after, &rest[start..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match() {
        for (pattern, text, expected) in [
            ("a/b", "a/b", true),
            ("a/*", "a/b/c", true),
            ("*/c", "a/b/c", true),
            ("a/*/c*", "a/b/cd", true),
            ("a/*/c", "a/b/cd", false),
            ("*", "", true),
            ("a", "ab", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_reason_says_what_it_explains() {
        let reason: Reason =
            serde_json::from_str(r#"{"name":"n","reason":"r","when":{},"always":["wire"],"sometimes":["outcome"]}"#).unwrap();
        let reading = |same: bool| Reading { seen: vec!["a".into()], said: vec![if same { "a" } else { "b" }.into()] };
        assert!(reason.explains(Dimension::Wire) && reason.explains(Dimension::Outcome) && !reason.explains(Dimension::Url));
        let agreeing =
            |same| reason.agreeing(&[(Dimension::Wire, reading(same)), (Dimension::Outcome, reading(true))]).collect::<Vec<_>>();
        assert_eq!(agreeing(false), []);
        assert_eq!(agreeing(true), [Dimension::Wire]);
    }
}
