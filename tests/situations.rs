//! The situations of the gallery, each replayed from end to end under the standard and the three browsers: the paste or the
//! scenario, the verdict, what goes over the wire, what is said, what each console prints.

use std::collections::BTreeMap;
use std::path::Path;

use corscope::explain::console::console;
use corscope::explain::{FetchExplanation, StepStatus, explain};
use corscope::findings::findings;
use corscope::inspect::{Inspection, MarkKind, Overrides, inspect};
use corscope::{AnswerSource, Exchange, FetchReport, Outcome, ProfileName, Report, Scenario, evaluate, paste, render};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The ids that have to be there: all that the product promises to explain.
const IDS: &[&str] = &[
    "img-then-cors-img",
    "cache-busted",
    "vary-origin",
    "cached-cors-img-twice",
    "tainted-canvas",
    "s3-sometimes",
    "no-acao",
    "preflight-no-acao",
    "multiple-acao",
    "wildcard-credentials",
    "acac-missing",
    "opaque-hint",
    "acao-on-request",
    "scheme-missing",
    "extension-or-proxy",
    "port-differs",
    "scheme-differs",
    "subdomain",
    "default-port",
    "localhost-vs-127",
    "why-options",
    "preflight-shape",
    "preflight-200-299",
    "safelisted-not-listed",
    "preflight-auth",
    "max-age",
    "which-header-where",
    "expose",
    "expose-star-credentials",
    "with-credentials",
    "cookie-not-sent",
    "cookie-stored-though-blocked",
    "http-auth",
    "redirect-same",
    "redirect-cross",
    "redirect-a-b-a",
    "redirect-preflight",
    "redirect-trailing-slash",
    "redirect-http-https",
    "redirect-post-to-get",
    "redirect-login",
    "null-origin",
    "mixed-content",
    "bad-certificate",
    "error-hides",
    "vary",
    "echo-any",
    "allow-list-regex",
    "null-allowed",
    "no-csrf-protection",
    "internal-network",
    "opaque-rules",
    "get-v1",
    "get-v2",
    "put-404-options",
    "put-no-methods",
    "put-methods",
    "custom-header",
    "read-custom",
    "credentials-step",
    "long-safelisted",
    "proxy-503",
    "proxy-always",
    "curl-works",
];

/// A file: a section of the gallery.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    section: String,
    situations: Vec<Situation>,
}

/// Something that people run into.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situation {
    id: String,
    group: String,
    title: String,
    teaches: String,
    predict: Prediction,
    cases: Vec<Case>,
}

/// A question to answer before looking.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prediction {
    question: String,
    choices: Vec<String>,
    answer: usize,
}

/// One form of it: what a person would paste, or a scenario where no paste can say it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    scenario: Option<Value>,
    /// Findings that have to be among those of the case, by the standard.
    #[serde(default)]
    findings: Vec<String>,
    expect: Vec<Expected>,
}

/// What one fetch comes to.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// By the profiles that agree, such as `every` or `spec, firefox`.
    answers: BTreeMap<String, Value>,
    /// By browser: the lines of its console.
    #[serde(default)]
    console: BTreeMap<String, Vec<String>>,
}

fn sections() -> Vec<(String, Section)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|extension| extension == "json")).collect();
    files.sort();
    let read = |file: &Path| {
        let text = std::fs::read_to_string(file).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.iter().map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), read(file))).collect()
}

#[test]
fn every_situation_comes_to_what_is_expected() {
    let mut wrong = 0;
    for (file, section) in sections() {
        for situation in section.situations {
            for (index, case) in situation.cases.iter().enumerate() {
                let place = format!("{file} {} {index}", situation.id);
                let found = found(&place, case);
                if found != case.expect {
                    wrong += 1;
                    let found: Vec<Value> = found.iter().map(as_json).collect();
                    println!("{place} is now {}", json!(found));
                }
            }
        }
    }
    assert_eq!(wrong, 0, "cases come to something else; what they come to is printed above");
}

fn as_json(expected: &Expected) -> Value {
    json!({ "answers": expected.answers, "console": expected.console })
}

/// What each fetch of a case comes to, the profiles that agree under one key.
fn found(place: &str, case: &Case) -> Vec<Expected> {
    let asked = profiles(case);
    let ends: Vec<(ProfileName, Scenario, Report)> = asked.iter().map(|&profile| end(place, case, profile)).collect();
    // A scenario is a text, too.
    let text = case.text.clone().unwrap_or_else(|| json!(case.scenario).to_string());
    let inspection = inspect(case.page.as_deref().unwrap_or_default(), &text, &Overrides::default());
    assert_eq!((&inspection.page_problem, inspection.problems.len()), (&None, 0), "{place}: {:?}", inspection.problems);
    let unread: Vec<_> = inspection.marks.iter().filter(|mark| mark.kind == MarkKind::Error).collect();
    assert!(unread.is_empty(), "{place}: {unread:?}");
    let (_, scenario, report) = &ends[0];
    let findings: Vec<_> = findings(scenario, report).iter().map(|finding| finding.id.id()).collect();
    for expected in &case.findings {
        assert!(findings.contains(&expected.as_str()), "{place}: {expected} is not among {findings:?}");
    }
    let (_, first, _) = &ends[0];
    (0..first.fetches.len())
        .map(|fetch| {
            let mut groups: Vec<(Vec<ProfileName>, Value)> = Vec::new();
            let mut consoles = BTreeMap::new();
            for (profile, scenario, report) in &ends {
                let explanation = explain(scenario, report).fetches.swap_remove(fetch);
                check_inspection(place, &inspection, fetch, *profile, &explanation);
                if *profile != ProfileName::Spec {
                    let lines = console(scenario, report).swap_remove(fetch).lines;
                    let lines: Vec<String> = lines.into_iter().map(|line| line.text).collect();
                    consoles.insert(profile.as_str().to_owned(), lines);
                }
                let mut told = told(&explanation, &report.fetches[fetch]);
                // What the page alone can add: what curl did not send and did not check.
                let noted = inspection.fetches[fetch].notes.iter().filter(|note| note.starts_with("In curl"));
                let noted: Vec<_> = noted.collect();
                if !noted.is_empty() {
                    told["curl"] = json!(noted);
                }
                if let Some(lead) = &inspection.lead {
                    let causes: Vec<_> = lead.causes.iter().map(|cause| cause.id.id()).collect();
                    told["lead"] = json!({ "known": lead.known, "causes": causes, "next": lead.next, "curl": lead.curl });
                }
                match groups.iter_mut().find(|(_, known)| *known == told) {
                    Some((profiles, _)) => profiles.push(*profile),
                    None => groups.push((vec![*profile], told)),
                }
            }
            consoles.retain(|_, lines| !lines.is_empty());
            let answers = groups.into_iter().map(|(profiles, told)| (key(&profiles), told)).collect();
            Expected { answers, console: consoles }
        })
        .collect()
}

/// The profiles that a case is evaluated under: a line of a console is of one browser.
fn profiles(case: &Case) -> Vec<ProfileName> {
    let all = || [ProfileName::Spec].into_iter().chain(ProfileName::BROWSERS).collect();
    let Some(text) = &case.text else { return all() };
    let paste = paste::parse(text, case.page.as_deref().unwrap_or_default());
    match paste.recognised {
        paste::Recognised::Console => paste.scenario.iter().map(|scenario| scenario.profile).collect(),
        _ => all(),
    }
}

fn key(profiles: &[ProfileName]) -> String {
    match profiles.len() {
        4 => "every".into(),
        _ => profiles.iter().map(|profile| profile.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// A case under a profile.
fn end(place: &str, case: &Case, profile: ProfileName) -> (ProfileName, Scenario, Report) {
    match (&case.text, &case.scenario) {
        (Some(text), None) => {
            let paste = paste::parse(text, case.page.as_deref().unwrap_or_default());
            let mut scenario = paste.scenario.clone().unwrap_or_else(|| panic!("{place}: no scenario"));
            scenario.profile = profile;
            let replay = paste::replay(&paste, scenario).unwrap();
            (profile, replay.scenario, replay.report)
        }
        (None, Some(scenario)) => {
            let mut scenario: Scenario =
                serde_json::from_value(scenario.clone()).unwrap_or_else(|error| panic!("{place}: {error}"));
            scenario.profile = profile;
            let report = evaluate(&scenario).unwrap();
            (profile, scenario, report)
        }
        _ => panic!("{place}: a case has either a text or a scenario"),
    }
}

/// What the page shows is the same.
fn check_inspection(place: &str, inspection: &Inspection, fetch: usize, profile: ProfileName, explanation: &FetchExplanation) {
    let view = &inspection.fetches[fetch];
    let verdict = match profile {
        ProfileName::Spec => &view.verdict,
        profile => &view.browsers.iter().find(|browser| browser.profile == profile).unwrap().verdict,
    };
    assert_eq!(*verdict, explanation.verdict, "{place} {}", profile.as_str());
}

/// What is said of a fetch.
fn told(explanation: &FetchExplanation, report: &FetchReport) -> Value {
    let verdict = &explanation.verdict;
    let mut told = Map::new();
    let mut tell = |name: &str, value: Value| {
        if value != json!([]) && value != json!({}) && value != Value::Null {
            told.insert(name.into(), value);
        }
    };
    tell("verdict", json!(verdict.id));
    tell("kind", json!(verdict.kind));
    tell("who", json!(verdict.who));
    tell("sentence", json!(verdict.sentence));
    tell("send", json!(verdict.send));
    tell("wire", report.exchanges.iter().map(wire).collect());
    let decisive = explanation.steps.iter().filter(|step| step.decisive && step.status != StepStatus::Info);
    tell("decisive", decisive.map(|step| json!(step.id)).collect());
    tell("preflightReasons", json!(explanation.preflight_reasons));
    let steps = explanation.steps.iter().filter(|step| is_telling(&json!(step.id)));
    tell("steps", steps.map(|step| json!(step.sentence)).collect());
    tell("notes", json!(explanation.notes));
    tell("notChecked", json!(explanation.not_checked));
    let headers = explanation.headers.iter();
    tell("headers", headers.map(|header| json!([header.name, header.id])).collect());
    tell("consequence", json!(report.consequence));
    if let Outcome::NeedsAnswer(needs) = &report.outcome {
        tell("missing", json!(render::to_curl(&needs.request)));
    }
    Value::Object(told)
}

/// A request and its answer in one line.
fn wire(exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let origin = request.headers.iter().find(|header| header.0.as_bytes().eq_ignore_ascii_case(b"origin"));
    let origin = origin.map_or_else(String::new, |origin| format!(", Origin {}", origin.1));
    let cookies = if request.headers.iter().any(|header| header.0.as_bytes().eq_ignore_ascii_case(b"cookie")) {
        ", with cookies"
    } else {
        ""
    };
    let answer = match (exchange.source, &exchange.response) {
        (AnswerSource::Network, Some(answer)) => answer.status.to_string(),
        (AnswerSource::Cache, Some(answer)) => format!("{} from the cache", answer.status),
        (AnswerSource::Revalidated, Some(answer)) => format!("{} from the cache, after asking", answer.status),
        (AnswerSource::Failure, _) => "nothing".into(),
        _ => "?".into(),
    };
    json!(format!("{} {}{origin}{cookies} -> {answer}", request.method, request.url))
}

/// Whether a step tells something that not every fetch has.
fn is_telling(id: &Value) -> bool {
    const TELLING: &[&str] = &[
        "cookie-",
        "stored-",
        "preflight-cache-hit",
        "dropped-",
        "redirect",
        "method-became-get",
        "header-removed",
        "would-prompt",
        "upgraded-",
    ];
    id.as_str().is_some_and(|id| TELLING.iter().any(|start| id.starts_with(start)))
}

#[test]
fn every_situation_is_there_once() {
    let found: Vec<String> =
        sections().into_iter().flat_map(|(_, section)| section.situations).map(|situation| situation.id).collect();
    assert_eq!(found, IDS);
    assert_eq!(IDS.len(), 64);
}

#[test]
fn every_situation_can_be_shown() {
    for (file, section) in sections() {
        assert!(!section.section.is_empty(), "{file}");
        for Situation { id, group, title, teaches, predict, cases } in &section.situations {
            for text in [group, title, teaches, &predict.question] {
                assert!(!text.trim().is_empty() && text.trim() == text, "{file} {id}: {text:?}");
            }
            assert!((2..=4).contains(&predict.choices.len()), "{file} {id}");
            assert!(predict.answer < predict.choices.len(), "{file} {id}");
            assert!(!cases.is_empty(), "{file} {id}");
            for case in cases {
                assert!(!case.title.is_empty() && !case.expect.is_empty(), "{file} {id} {}", case.title);
            }
        }
    }
}
