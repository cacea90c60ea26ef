//! The documentation of each finding, made of the table and of an example that is evaluated.

use std::fmt::Write;

use super::{
    Finding, FindingId, FindingSeverity, FindingTopic, Observed, findings, findings_of_observed, judge_allow_list, shared_cache,
};
use crate::evaluate::evaluate;
use crate::http::header_list::Header;
use crate::infra::bytes::isomorphic_decode;
use crate::network::WireResponse;
use crate::render::to_http1;
use crate::report::Report;
use crate::scenario::{Scenario, ScenarioError};

/// What shows a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingExample {
    /// A scenario.
    Scenario(Box<Scenario>),
    /// Answers to pages of several origins.
    Observed(Box<Observed>),
    /// A list of allowed origins, as people write it.
    AllowList(String),
}

impl FindingExample {
    /// What there is to find. A text that is not understood as a list of allowed origins has no findings.
    ///
    /// # Errors
    /// A scenario that makes no sense.
    pub fn findings(&self) -> Result<Vec<Finding>, ScenarioError> {
        Ok(match self {
            Self::Scenario(scenario) => findings(scenario, &evaluate(scenario)?),
            Self::Observed(observed) => {
                let mut all = findings_of_observed(observed)?;
                all.extend(shared_cache(observed)?.findings);
                all
            }
            Self::AllowList(text) => judge_allow_list(text).map(|report| report.findings).unwrap_or_default(),
        })
    }

    /// The example after the changes of the finding.
    fn fixed(&self, finding: &Finding) -> Self {
        let mut fixed = self.clone();
        match &mut fixed {
            Self::Scenario(scenario) => finding.fix(scenario),
            Self::Observed(observed) => observed.fix(finding),
            Self::AllowList(_) => {}
        }
        fixed
    }

    /// What goes over the wire, or the text itself.
    fn shown(&self) -> Result<String, ScenarioError> {
        let scenarios = match self {
            Self::AllowList(text) => return Ok(format!("{text}\n")),
            Self::Scenario(scenario) => vec![scenario.as_ref().clone()],
            Self::Observed(observed) => {
                observed.observations.iter().map(|observation| observed.standard_scenario(observation)).collect()
            }
        };
        let mut text = String::new();
        for scenario in scenarios {
            exchanges(&evaluate(&scenario)?, &mut text);
        }
        Ok(text)
    }
}

fn exchanges(report: &Report, text: &mut String) {
    for exchange in report.fetches.iter().flat_map(|fetch| &fetch.exchanges) {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}", to_http1(&exchange.request).replace("\r\n", "\n").trim_end());
        if let Some(response) = &exchange.response {
            let _ = writeln!(text, "\n{}", answer(response));
        }
    }
}

fn answer(response: &WireResponse) -> String {
    let line =
        |Header(name, value): &Header| format!("{}: {}", isomorphic_decode(name.as_bytes()), isomorphic_decode(value.as_bytes()));
    let lines = response.headers.iter().map(line);
    std::iter::once(format!("HTTP/1.1 {}", response.status)).chain(lines).collect::<Vec<_>>().join("\n")
}

impl FindingId {
    /// Its page in the documentation, in Markdown: `shows` shows it, `near_miss` nearly does. Nothing where `shows` does not.
    ///
    /// # Errors
    /// An example that makes no sense.
    pub fn documentation(self, shows: &FindingExample, near_miss: &FindingExample) -> Result<Option<String>, ScenarioError> {
        let all = shows.findings()?;
        let Some(finding) = all.iter().find(|finding| finding.id == self) else { return Ok(None) };
        let mut page = format!(
            "# {}\n\n`{}`: {}, {}. [All findings](README.md)\n\n",
            self.title(),
            self.id(),
            severity(self.severity()),
            topic(self.topic())
        );
        let _ = write!(page, "{}\n\n**Why.** {}\n\n**What to do.** {}\n\n", finding.what, finding.why, finding.remedy);
        let _ = write!(page, "## An example\n\n```text\n{}```\n\n", shows.shown()?);
        if !finding.changes.is_empty() {
            let fixed = shows.fixed(finding);
            let _ = write!(page, "## The same, mended\n\n```text\n{}```\n\n{}\n\n", fixed.shown()?, left(&fixed.findings()?));
        }
        let left = left(&near_miss.findings()?);
        let _ = write!(page, "## Nearly the same\n\n```text\n{}```\n\n{left}\n\n", near_miss.shown()?);
        let _ = writeln!(page, "## In the standard\n\n<{}>", self.link());
        Ok(Some(page))
    }

    /// The list of all findings, in Markdown.
    pub fn index() -> String {
        let mut page =
            String::from("# Findings\n\nWhat Corscope says beyond the verdict. Each has a stable id and an example.\n");
        let mut last = None;
        for id in Self::ALL {
            if last != Some(id.topic()) {
                let _ = write!(page, "\n## {}\n\n| id | | |\n|---|---|---|\n", heading(id.topic()));
                last = Some(id.topic());
            }
            let _ = writeln!(page, "| [`{}`]({}.md) | {} | {} |", id.id(), id.id(), severity(id.severity()), id.title());
        }
        page
    }
}

/// What there is to find after a change.
fn left(findings: &[Finding]) -> String {
    let ids: Vec<String> = findings.iter().map(|finding| format!("[`{0}`]({0}.md)", finding.id.id())).collect();
    match ids.is_empty() {
        true => "There is nothing to find here.".into(),
        false => format!("Found here: {}.", ids.join(", ")),
    }
}

const fn severity(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Error => "error",
        FindingSeverity::Warning => "warning",
        FindingSeverity::Info => "info",
    }
}

const fn heading(topic: FindingTopic) -> &'static str {
    match topic {
        FindingTopic::Security => "Security: who else can read it",
        FindingTopic::Caching => "Caching: what the next one gets",
        FindingTopic::Cost => "Cost: what could be left out",
        FindingTopic::Cookies => "Cookies",
        FindingTopic::NoEffect => "Headers that do nothing",
    }
}

const fn topic(topic: FindingTopic) -> &'static str {
    match topic {
        FindingTopic::Security => "security",
        FindingTopic::Caching => "caching",
        FindingTopic::Cost => "cost",
        FindingTopic::Cookies => "cookies",
        FindingTopic::NoEffect => "headers that do nothing",
    }
}
