//! Answers that a server gave to the same request from several pages: who can read, and what that says of the server.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use url::Url;

use super::subject::Trust;
use super::{Finding, FindingId, FindingTopic, findings_about};
use crate::evaluate::{Tracing, evaluate, evaluate_with};
use crate::http::header_list::joined;
use crate::infra::origin::Origin;
use crate::network::Answer;
use crate::profile::ProfileName;
use crate::report::{Exchange, Outcome};
use crate::scenario::{Call, Fetch, Page, Scenario, ScenarioError};

/// One request, asked from pages of several origins, and what the server answered to each.
///
/// Outside Rust it is plain data, as a scenario is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Observed {
    /// What each page asks for. URLs are absolute: the pages have nothing else in common.
    pub call: Call,
    /// The pages' origins, and the answers.
    pub observations: Vec<Observation>,
    /// The origins that are meant to read. Empty where it is not known: then only names that nobody would list count as foreign.
    #[serde(default)]
    #[cfg_attr(feature = "page", tsify(optional))]
    pub trusted: Vec<String>,
}

/// What a server answered to a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Observation {
    /// The page's origin: `https://app.example`, or `null`.
    pub origin: String,
    /// The answers, as those of a fetch: preflight, redirects, the real one.
    pub answers: Vec<Answer>,
}

/// Whether a page reads an answer, in each profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Reader {
    /// The page's origin.
    pub origin: String,
    /// Whether it is meant to read, where that is known.
    #[cfg_attr(feature = "page", tsify(type = "boolean | null"))]
    pub trusted: Option<bool>,
    /// One for each profile.
    pub readings: Vec<Reading>,
}

/// What a page reads in one profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Reading {
    /// The profile.
    pub profile: ProfileName,
    /// Without credentials: what everybody gets who can reach the server.
    pub without_credentials: Readable,
    /// With credentials: what the person gets who is logged in, as far as their cookies go along.
    pub with_credentials: Readable,
}

/// Whether script reads an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum Readable {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It is not known: an answer is missing, such as that to a preflight.
    Unknown,
}

impl Observed {
    /// `call`, asked from nowhere yet.
    pub fn new(call: Call) -> Self {
        Self { call, observations: Vec::new(), trusted: Vec::new() }
    }

    /// The scenario of one observation, under a profile.
    fn scenario(&self, observation: &Observation, profile: ProfileName, call: Call) -> Scenario {
        let mut fetch = Fetch::new(call);
        fetch.answers.clone_from(&observation.answers);
        let mut scenario = Scenario::new(page(&observation.origin), vec![fetch]);
        scenario.profile = profile;
        scenario
    }

    pub(super) fn standard_scenario(&self, observation: &Observation) -> Scenario {
        self.scenario(observation, ProfileName::Spec, self.call.clone())
    }

    /// Whether the origin is one that is meant to read.
    fn trusts(&self, origin: &str) -> Trust {
        match &self.trusted[..] {
            [] => Trust::Unknown,
            trusted if trusted.iter().any(|other| other == origin) => Trust::Trusted,
            _ => Trust::Foreign,
        }
    }

    /// Makes the changes of a finding about these observations.
    pub fn fix(&mut self, finding: &Finding) {
        for change in &finding.changes {
            let Some((index, _)) = change.answer() else { continue };
            let Some(observation) = self.observations.get(index) else { continue };
            let mut scenario = self.standard_scenario(observation);
            change.clone().of_fetch(0).make(&mut scenario, 0);
            if let (Some(fetch), Some(observation)) = (scenario.fetches.pop(), self.observations.get_mut(index)) {
                observation.answers = fetch.answers;
            }
        }
    }
}

impl Observation {
    /// What a page of `origin` was answered.
    pub fn new(origin: impl Into<String>, answers: Vec<Answer>) -> Self {
        Self { origin: origin.into(), answers }
    }
}

/// A page of that origin. A page whose origin is `null` has to have come from somewhere: securely.
pub(super) fn page(origin: &str) -> Page {
    if origin == "null" {
        let mut page = Page::new("https://null.invalid/");
        page.origin = Some("null".into());
        return page;
    }
    let mut page = Page::new(format!("{origin}/"));
    // NB: where it is no origin, the error is to name it as it was written.
    page.origin = Origin::parse(origin).is_none().then(|| origin.to_owned());
    page
}

/// Who of the pages can read what it was answered, with and without credentials, in the standard and in each browser.
///
/// Whether cookies go along is not looked at: `SameSite` and the browser's own rules may still keep them back.
///
/// # Errors
/// An origin or a URL that makes no sense; the error names the place.
///
/// # Example
/// ```
/// use corscope::findings::{Observation, Observed, Readable, who_can_read};
/// use corscope::{Answer, Call, RequestInit};
///
/// let echo = |origin: &str| {
///     let text = format!(r#"{{ "status": 200, "headers": [["Access-Control-Allow-Origin", "{origin}"]] }}"#);
///     Observation::new(origin, vec![serde_json::from_str::<Answer>(&text).unwrap()])
/// };
/// let mut observed = Observed::new(Call::fetch("https://api.example/", RequestInit::default()));
/// observed.observations = vec![echo("https://evil.example")];
/// let [reader] = &who_can_read(&observed).unwrap()[..] else { panic!() };
/// for reading in &reader.readings {
///     assert_eq!((reading.without_credentials, reading.with_credentials), (Readable::Yes, Readable::No));
/// }
/// ```
pub fn who_can_read(observed: &Observed) -> Result<Vec<Reader>, ScenarioError> {
    let (without, with) = (with_credentials(&observed.call, false), with_credentials(&observed.call, true));
    let mut readers = Vec::new();
    for observation in &observed.observations {
        let readings = readings(|profile, wanted| {
            let call = if wanted { &with } else { &without };
            observed.scenario(observation, profile, call.clone())
        })?;
        let trusted = match observed.trusts(&observation.origin) {
            Trust::Unknown => None,
            Trust::Trusted => Some(true),
            Trust::Foreign => Some(false),
        };
        readers.push(Reader { origin: observation.origin.clone(), trusted, readings });
    }
    Ok(readers)
}

/// What is read in each profile, without credentials and with them.
pub(super) fn readings(asked: impl Fn(ProfileName, bool) -> Scenario) -> Result<Vec<Reading>, ScenarioError> {
    let reading = |profile| {
        let read = |wanted| readable(&asked(profile, wanted));
        Ok(Reading { profile, without_credentials: read(false)?, with_credentials: read(true)? })
    };
    ProfileName::ALL.into_iter().map(reading).collect()
}

fn readable(scenario: &Scenario) -> Result<Readable, ScenarioError> {
    let report = evaluate_with(scenario, Tracing::Off)?;
    Ok(match report.fetches.first().map(|fetch| &fetch.outcome) {
        // NB: an opaque response has the status 0.
        Some(Outcome::Response(response)) if response.status != 0 => Readable::Yes,
        Some(Outcome::NeedsAnswer(_)) => Readable::Unknown,
        _ => Readable::No,
    })
}

/// The same call with credentials, or without.
pub(super) fn with_credentials(call: &Call, wanted: bool) -> Call {
    let mut call = call.clone();
    let attribute = || Some(if wanted { "use-credentials" } else { "anonymous" }.to_owned());
    match &mut call {
        Call::Fetch { init, .. } => init.credentials = Some(if wanted { "include" } else { "omit" }.into()),
        Call::Xhr { with_credentials, .. } | Call::EventSource { with_credentials, .. } => *with_credentials = wanted,
        Call::Img { cross_origin, .. }
        | Call::Media { cross_origin, .. }
        | Call::Script { cross_origin, .. }
        | Call::Stylesheet { cross_origin, .. }
        | Call::Track { cross_origin, .. }
        | Call::Preload { cross_origin, .. } => *cross_origin = attribute(),
        _ => {}
    }
    call
}

/// What the answers say of the server, taken together. `fetch` of a finding is the index of the observation.
///
/// # Errors
/// An origin or a URL that makes no sense; the error names the place.
///
/// # Example
/// ```
/// use corscope::findings::{Observed, findings_of_observed};
///
/// let observed: Observed = serde_json::from_str(r#"{
///     "call": { "api": "fetch", "url": "https://api.example/" },
///     "trusted": ["https://app.example"],
///     "observations": [{
///         "origin": "https://somebody.example",
///         "answers": [{ "status": 200, "headers": [
///             ["Access-Control-Allow-Origin", "https://somebody.example"], ["Access-Control-Allow-Credentials", "true"], ["Vary", "Origin"]
///         ] }]
///     }]
/// }"#).unwrap();
/// let found = findings_of_observed(&observed).unwrap();
/// assert_eq!(found[0].id.id(), "any-origin-with-credentials");
/// ```
pub fn findings_of_observed(observed: &Observed) -> Result<Vec<Finding>, ScenarioError> {
    let mut reports = Vec::new();
    for observation in &observed.observations {
        let scenario = observed.standard_scenario(observation);
        let report = evaluate(&scenario)?;
        reports.push((scenario, report));
    }
    let exchanges = || reports.iter().flat_map(|(_, report)| &report.fetches).flat_map(|fetch| &fetch.exchanges);
    let naming = super::caching::servers_that_name_origins(exchanges());
    let always_the_same = always_the_same(exchanges());
    let mut all = Vec::new();
    for (index, ((scenario, report), observation)) in reports.iter().zip(&observed.observations).enumerate() {
        let trust = observed.trusts(&observation.origin);
        let found = findings_about(scenario, report, trust, &naming);
        let is_of_one_origin = |finding: &Finding| {
            let place = report.fetches.first().and_then(|fetch| fetch.exchanges.last());
            let server = place.and_then(|exchange| server(&exchange.request.url));
            finding.id == FindingId::VaryOriginMissing && server.is_some_and(|server| always_the_same.contains(&server))
        };
        // NB: what is wrong with the request is wrong with all of them, and no answer shows it.
        let is_of_the_answers = |finding: &Finding| {
            matches!(finding.topic, FindingTopic::Security | FindingTopic::Caching | FindingTopic::NoEffect)
                && finding.id != FindingId::ResponseHeaderOnRequest
        };
        let found = found.into_iter().filter(|finding| is_of_the_answers(finding) && !is_of_one_origin(finding));
        all.extend(found.map(|finding| Finding {
            fetch: index,
            changes: finding.changes.iter().map(|change| change.clone().of_fetch(index)).collect(),
            ..finding
        }));
    }
    Ok(all)
}

fn server(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| Origin::of_url(&url).serialize())
}

/// A server, the origins that asked it, and what it allowed.
struct Asked {
    server: String,
    origins: BTreeSet<Vec<u8>>,
    allowed: BTreeSet<Option<Vec<u8>>>,
}

/// The servers that name one and the same origin whoever asks: their answers do not depend on it.
fn always_the_same<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> BTreeSet<String> {
    let mut all: Vec<Asked> = Vec::new();
    for exchange in exchanges {
        let (Some(server), Some(response)) = (server(&exchange.request.url), &exchange.response) else { continue };
        let allowed = joined(response.headers.as_slice(), b"access-control-allow-origin").map(|value| value.to_vec());
        let origin = exchange.request.headers.get(b"origin").map(|origin| origin.as_bytes().to_vec());
        match all.iter_mut().find(|asked| asked.server == server) {
            Some(asked) => {
                asked.origins.extend(origin);
                asked.allowed.insert(allowed);
            }
            None => all.push(Asked { server, origins: origin.into_iter().collect(), allowed: [allowed].into() }),
        }
    }
    let is_same = |asked: &Asked| asked.origins.len() > 1 && asked.allowed.len() == 1 && !asked.allowed.contains(&None);
    all.into_iter().filter(is_same).map(|asked| asked.server).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Observations of a simple request: each an origin and the header lines of the answer.
    fn observed(trusted: &[&str], observations: &[(&str, &[(&str, &str)])]) -> Observed {
        let mut observed = Observed::new(Call::fetch("https://api.example/", crate::RequestInit::default()));
        observed.trusted = trusted.iter().map(|origin| (*origin).to_owned()).collect();
        observed.observations = observations
            .iter()
            .map(|(origin, lines)| {
                let answer = serde_json::json!({ "status": 200, "headers": lines });
                Observation::new(*origin, vec![serde_json::from_value(answer).unwrap()])
            })
            .collect();
        observed
    }

    const ALLOW: &str = "Access-Control-Allow-Origin";
    const CREDENTIALS: (&str, &str) = ("Access-Control-Allow-Credentials", "true");
    const VARY: (&str, &str) = ("Vary", "Origin");
    const A: &str = "https://a.example";
    const B: &str = "https://b.example";
    const EVIL: &str = "https://evil.example";

    #[test]
    fn what_answers_say_together() {
        // trusted origins, observations, findings with their observation
        type Row<'a> = (&'a [&'a str], &'a [(&'a str, &'a [(&'a str, &'a str)])], &'a [(usize, &'a str)]);
        let rows: &[Row] = &[
            (&[], &[(A, &[(ALLOW, A), VARY]), (B, &[(ALLOW, B), VARY])], &[]),
            (&[A], &[(A, &[(ALLOW, A), VARY]), (B, &[(ALLOW, B), VARY])], &[(1, "any-origin")]),
            (&[A], &[(A, &[(ALLOW, A), CREDENTIALS, VARY]), (B, &[VARY])], &[]),
            (
                &[A],
                &[(A, &[(ALLOW, A), CREDENTIALS, VARY]), (B, &[(ALLOW, B), CREDENTIALS, VARY])],
                &[(1, "any-origin-with-credentials")],
            ),
            (&[], &[(A, &[(ALLOW, A), VARY]), (EVIL, &[(ALLOW, EVIL), VARY])], &[(1, "any-origin")]),
            (&[A], &[(A, &[(ALLOW, A), VARY]), ("null", &[(ALLOW, "null"), VARY])], &[(1, "null-origin")]),
            (&[A], &[(A, &[(ALLOW, A)]), (B, &[])], &[(0, "vary-origin-missing"), (1, "vary-origin-missing-on-refusal")]),
            // One origin, whoever asks, needs no `Vary`.
            (&[A], &[(A, &[(ALLOW, A)]), (B, &[(ALLOW, A)])], &[]),
            (&[A], &[(A, &[(ALLOW, "*")]), (B, &[(ALLOW, "*")])], &[]),
        ];
        for (trusted, observations, expected) in rows {
            let observed = observed(trusted, observations);
            let found = findings_of_observed(&observed).unwrap();
            assert_eq!(
                found.iter().map(|finding| (finding.fetch, finding.id.id())).collect::<Vec<_>>(),
                *expected,
                "{observations:?}"
            );
            for finding in &found {
                let mut fixed = observed.clone();
                fixed.fix(finding);
                let after = findings_of_observed(&fixed).unwrap();
                let is_there = |other: &&Finding| (other.id, other.fetch) == (finding.id, finding.fetch);
                assert_eq!(after.iter().find(is_there), None, "{finding:?}");
                let (before, after) = (who_can_read(&observed).unwrap(), who_can_read(&fixed).unwrap());
                for (before, after) in before.iter().zip(&after).filter(|(reader, _)| reader.trusted != Some(true)) {
                    for (before, after) in before.readings.iter().zip(&after.readings) {
                        let opens = |before, after| before != Readable::Yes && after == Readable::Yes;
                        assert!(!opens(before.without_credentials, after.without_credentials), "{finding:?}");
                        assert!(!opens(before.with_credentials, after.with_credentials), "{finding:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn who_reads_what() {
        use Readable::{No, Unknown, Yes};
        let found = |observed: &Observed| {
            let readers = who_can_read(observed).unwrap();
            let reading = |reader: &Reader| {
                let all: BTreeSet<String> = reader
                    .readings
                    .iter()
                    .map(|reading| format!("{:?} {:?}", reading.without_credentials, reading.with_credentials))
                    .collect();
                (reader.origin.clone(), reader.trusted, all.into_iter().collect::<Vec<_>>().join(", "))
            };
            readers.iter().map(reading).collect::<Vec<_>>()
        };
        let simple = observed(
            &[A],
            &[
                (A, &[(ALLOW, A), CREDENTIALS]),
                (B, &[(ALLOW, A), CREDENTIALS]),
                (EVIL, &[(ALLOW, "*"), CREDENTIALS]),
                ("null", &[(ALLOW, "null"), CREDENTIALS]),
            ],
        );
        let expected = |rows: &[(&str, Option<bool>, (Readable, Readable))]| {
            let row = |(origin, trusted, (without, with)): &(&str, Option<bool>, (Readable, Readable))| {
                ((*origin).to_owned(), *trusted, format!("{without:?} {with:?}"))
            };
            rows.iter().map(row).collect::<Vec<_>>()
        };
        assert_eq!(
            found(&simple),
            expected(&[
                (A, Some(true), (Yes, Yes)),
                (B, Some(false), (No, No)),
                (EVIL, Some(false), (Yes, No)),
                ("null", Some(false), (Yes, Yes)),
            ])
        );
        // An answer to the preflight alone does not tell.
        let mut preflighted = observed(&[], &[(A, &[(ALLOW, A), ("Access-Control-Allow-Methods", "PUT")])]);
        let init = crate::RequestInit { method: Some("PUT".into()), ..crate::RequestInit::default() };
        preflighted.call = Call::fetch("https://api.example/", init);
        assert_eq!(found(&preflighted), expected(&[(A, None, (Unknown, No))]));
    }

    #[test]
    fn an_origin_that_is_none_is_named() {
        let observed = observed(&[], &[("a.example", &[])]);
        let error = findings_of_observed(&observed).unwrap_err().to_string();
        assert_eq!(who_can_read(&observed).unwrap_err().to_string(), error);
        assert!(error.starts_with("page.url: \"a.example/\""), "{error}");
    }
}
