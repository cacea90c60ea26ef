//! Findings for other tools: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as values that
//! serialize to it.
//!
//! [`SarifLog::new`] takes whatever has a rule, a message and places: findings, and verdicts as well.

use serde::Serialize;

use super::{Finding, FindingId, FindingSeverity};
use crate::report::Evidence;

/// Where the schema is.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Something to report: a rule that was broken, a sentence, and places.
#[derive(Debug, Clone, PartialEq)]
pub struct SarifInput {
    /// The stable id of what it is.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// What was found and what to do, in plain text.
    pub message: String,
    /// The places, the deciding one first.
    pub places: Vec<SarifPlace>,
    /// What to write instead, in each file; empty where nothing is known that mends it.
    pub fix: Vec<SarifEdit>,
    /// What mends it, in plain text.
    pub fix_text: String,
}

/// A place: in a file, or in a value that has no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SarifPlace {
    /// Bytes of a file.
    Bytes {
        /// The file, as a URI or a relative one.
        uri: String,
        /// The first byte.
        start: usize,
        /// One after the last byte.
        end: usize,
    },
    /// A member of a value, such as `fetches[0].exchanges[1].response.headers[2]`.
    Member {
        /// The path to it.
        path: String,
    },
}

/// Bytes of a file, and what is to stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SarifEdit {
    /// The file.
    pub uri: String,
    /// The first byte.
    pub start: usize,
    /// One after the last byte.
    pub end: usize,
    /// What is to stand there.
    pub insert: String,
}

/// A SARIF log of one run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SarifLog {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    results: Vec<SarifResult>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'static str>,
    default_configuration: Configuration,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

impl SarifLog {
    /// The log of these results.
    ///
    /// ```
    /// use corscope::findings::{FindingSeverity, SarifInput, SarifLog, SarifPlace};
    ///
    /// let log = SarifLog::new(&[SarifInput {
    ///     rule: "vary-origin-missing",
    ///     severity: FindingSeverity::Warning,
    ///     message: "Vary: Origin is missing.".into(),
    ///     places: vec![SarifPlace::Bytes { uri: "answer.txt".into(), start: 17, end: 36 }],
    ///     fix: Vec::new(),
    ///     fix_text: String::new(),
    /// }]);
    /// let json = serde_json::to_value(&log).unwrap();
    /// assert_eq!(json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["byteOffset"], 17);
    /// ```
    pub fn new(inputs: &[SarifInput]) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        let results = inputs.iter().map(|input| {
            let rule_index = rules.iter().position(|rule| rule.id == input.rule).unwrap_or_else(|| {
                rules.push(rule(input));
                rules.len() - 1
            });
            result(input, rule_index)
        });
        let results = results.collect();
        let driver = Driver { name: "Corscope", semantic_version: env!("CARGO_PKG_VERSION"), rules };
        Self { schema: SCHEMA, version: "2.1.0", runs: [Run { tool: Tool { driver }, results }] }
    }

    /// The log of findings about a scenario: their places are members of its report.
    pub fn of_findings(findings: &[Finding]) -> Self {
        let place = |finding: &Finding, evidence: &Evidence| SarifPlace::Member { path: member(finding.fetch, evidence) };
        let input = |finding: &Finding| {
            let places = finding.evidence.iter().map(|evidence| place(finding, evidence)).collect();
            SarifInput::of_finding(finding, places)
        };
        Self::new(&findings.iter().map(input).collect::<Vec<_>>())
    }
}

impl SarifInput {
    /// A finding, with places of its own.
    pub fn of_finding(finding: &Finding, places: Vec<SarifPlace>) -> Self {
        Self {
            rule: finding.id.id(),
            severity: finding.severity,
            message: [&*finding.what, &*finding.why, &*finding.remedy].join(" "),
            places,
            fix: Vec::new(),
            fix_text: finding.remedy.clone(),
        }
    }
}

const fn level(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Error => "error",
        FindingSeverity::Warning => "warning",
        FindingSeverity::Info => "note",
    }
}

/// What is known of a rule: of a finding's more than of others'.
fn rule(input: &SarifInput) -> Rule {
    let finding = FindingId::parse(input.rule);
    Rule {
        id: input.rule,
        short_description: finding.map(|finding| Message { text: finding.title().into() }),
        help_uri: finding.map(FindingId::link),
        default_configuration: Configuration { level: level(finding.map_or(input.severity, FindingId::severity)) },
    }
}

fn result(input: &SarifInput, rule_index: usize) -> SarifResult {
    let mut places = input.places.iter().map(location);
    SarifResult {
        rule_id: input.rule,
        rule_index,
        level: level(input.severity),
        message: Message { text: input.message.clone() },
        locations: places.next().into_iter().collect(),
        related_locations: places.collect(),
        fixes: fix(input).into_iter().collect(),
    }
}

fn location(place: &SarifPlace) -> Location {
    match place {
        SarifPlace::Bytes { uri, start, end } => {
            let artifact_location = ArtifactLocation { uri: uri.clone() };
            let region = Region::of(*start, *end);
            Location { physical_location: Some(PhysicalLocation { artifact_location, region }), logical_locations: Vec::new() }
        }
        SarifPlace::Member { path } => {
            Location { physical_location: None, logical_locations: vec![LogicalLocation { fully_qualified_name: path.clone() }] }
        }
    }
}

fn fix(input: &SarifInput) -> Option<Fix> {
    let mut changes: Vec<ArtifactChange> = Vec::new();
    for edit in &input.fix {
        let replacement = Replacement {
            deleted_region: Region::of(edit.start, edit.end),
            inserted_content: Message { text: edit.insert.clone() },
        };
        match changes.iter_mut().find(|change| change.artifact_location.uri == edit.uri) {
            Some(change) => change.replacements.push(replacement),
            None => changes.push(ArtifactChange {
                artifact_location: ArtifactLocation { uri: edit.uri.clone() },
                replacements: vec![replacement],
            }),
        }
    }
    (!changes.is_empty()).then(|| Fix { description: Message { text: input.fix_text.clone() }, artifact_changes: changes })
}

impl Region {
    fn of(start: usize, end: usize) -> Self {
        Self { byte_offset: start, byte_length: end.saturating_sub(start) }
    }
}

/// The member of the report that an evidence is.
fn member(fetch: usize, evidence: &Evidence) -> String {
    let exchange = |index: &usize| format!("fetches[{fetch}].exchanges[{index}]");
    match evidence {
        Evidence::AnswerHeader { exchange: index, line, .. } => format!("{}.response.headers[{line}]", exchange(index)),
        Evidence::AnswerHeaderMissing { exchange: index, .. } => format!("{}.response.headers", exchange(index)),
        Evidence::AnswerStatus { exchange: index } => format!("{}.response.status", exchange(index)),
        Evidence::RequestHeader { exchange: index, line, .. } => format!("{}.request.headers[{line}]", exchange(index)),
        Evidence::Url { hop } => format!("fetches[{fetch}].urls[{hop}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::findings;

    fn input(rule: &'static str, start: usize, fix: Vec<SarifEdit>) -> SarifInput {
        let places = vec![
            SarifPlace::Bytes { uri: "a.txt".into(), start, end: start + 2 },
            SarifPlace::Member { path: "fetches[0].urls[0]".into() },
        ];
        SarifInput { rule, severity: FindingSeverity::Error, message: "What.".into(), places, fix, fix_text: "Do.".into() }
    }

    #[test]
    fn the_log() {
        let edit = |uri: &str, start| SarifEdit { uri: uri.into(), start, end: start, insert: "x".into() };
        let log = SarifLog::new(&[
            input("null-origin", 3, Vec::new()),
            input("HF-CORS", 4, vec![edit("a.txt", 1), edit("b.txt", 2), edit("a.txt", 9)]),
            input("null-origin", 5, Vec::new()),
        ]);
        let json = serde_json::to_value(&log).unwrap();
        let run = &json["runs"][0];
        assert_eq!(json["version"], "2.1.0");
        assert_eq!(run["tool"]["driver"]["name"], "Corscope");
        assert_eq!(
            run["tool"]["driver"]["rules"],
            serde_json::json!([
                {
                    "id": "null-origin",
                    "shortDescription": { "text": "The origin null" },
                    "helpUri": FindingId::NullOrigin.link(),
                    "defaultConfiguration": { "level": "warning" }
                },
                { "id": "HF-CORS", "defaultConfiguration": { "level": "error" } }
            ])
        );
        let region = |start: usize, length: usize| serde_json::json!({ "byteOffset": start, "byteLength": length });
        let location = |start| serde_json::json!([{ "physicalLocation": { "artifactLocation": { "uri": "a.txt" }, "region": region(start, 2) } }]);
        let related = serde_json::json!([{ "logicalLocations": [{ "fullyQualifiedName": "fetches[0].urls[0]" }] }]);
        let result = |rule: &str, index: usize, start| {
            serde_json::json!({
                "ruleId": rule, "ruleIndex": index, "level": "error", "message": { "text": "What." },
                "locations": location(start), "relatedLocations": related
            })
        };
        let mut fixed = result("HF-CORS", 1, 4);
        let replacement = |start| serde_json::json!({ "deletedRegion": region(start, 0), "insertedContent": { "text": "x" } });
        fixed["fixes"] = serde_json::json!([{
            "description": { "text": "Do." },
            "artifactChanges": [
                { "artifactLocation": { "uri": "a.txt" }, "replacements": [replacement(1), replacement(9)] },
                { "artifactLocation": { "uri": "b.txt" }, "replacements": [replacement(2)] }
            ]
        }]);
        assert_eq!(run["results"], serde_json::json!([result("null-origin", 0, 3), fixed, result("null-origin", 0, 5)]));
    }

    #[test]
    fn places_are_members_of_the_report() {
        let text = r#"{ "page": { "url": "https://app.example/" }, "fetches": [{ "call": { "api": "fetch", "url": "https://api.example/" },
            "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"]] }] }] }"#;
        let scenario = serde_json::from_str(text).unwrap();
        let log = SarifLog::of_findings(&findings(&scenario, &crate::evaluate(&scenario).unwrap()));
        let json = serde_json::to_value(&log).unwrap();
        let result = &json["runs"][0]["results"][0];
        let name = |location: &serde_json::Value| location["logicalLocations"][0]["fullyQualifiedName"].clone();
        assert_eq!(name(&result["locations"][0]), "fetches[0].exchanges[0].response.headers[0]");
        assert_eq!(name(&result["relatedLocations"][0]), "fetches[0].exchanges[0].response.headers");
    }
}
