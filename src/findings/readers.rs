//! Who could read an answer, besides the page that asked for it: the same answers, given to pages of other origins.

use serde::Serialize;

use super::Reading;
use super::catalogue::reader;
use super::observed::{page, readings, with_credentials};
use super::subject::{domain, origin_of};
use crate::evaluate::{Tracing, evaluate_with};
use crate::infra::origin::{Origin, TupleOrigin};
use crate::network::Answer;
use crate::profile::ProfileName;
use crate::scenario::{Fetch, Scenario, ScenarioError};

/// Who could read the answer of a fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct WhoCouldRead {
    /// Pages of several origins, the one that asked first.
    pub readers: Vec<PossibleReader>,
    /// Whether an answer names the origin of the page that asked: then one answer does not say whether the server compares that
    /// origin with a list, or repeats whatever it is sent.
    pub names_origin: bool,
}

/// A page that might read the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PossibleReader {
    /// Its origin.
    pub origin: String,
    /// Who that is.
    pub kind: ReaderKind,
    /// The same in words.
    pub who: &'static str,
    /// Whether it reads the same answers, in each profile.
    pub same_answers: Vec<Reading>,
    /// Whether it reads them if the server repeats whatever origin asks. Empty where no answer names an origin, and for the page
    /// that asked.
    pub if_repeated: Vec<Reading>,
}

/// What kind of page might read an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum ReaderKind {
    /// The one that asked.
    Page,
    /// One of the same host by http.
    Insecure,
    /// One of a subdomain.
    Sibling,
    /// One whose name looks like that of the page that asked.
    LookAlike,
    /// Any other.
    Stranger,
    /// One whose origin is `null`.
    Opaque,
}

/// Who could read the answer to the fetch at `index`, with and without credentials, in the standard and in each browser: the page
/// that asked, and pages of other origins that get the same answers.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
///
/// # Example
/// ```
/// use corscope::Scenario;
/// use corscope::findings::{Readable, who_could_read};
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/me" },
///         "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"]] }]
///     }]
/// }"#).unwrap();
/// let who = who_could_read(&scenario, 0).unwrap();
/// let evil = who.readers.iter().find(|reader| reader.origin == "https://evil.example").unwrap();
/// assert_eq!(evil.same_answers[0].with_credentials, Readable::No);
/// // If the server does not compare, everybody gets what the person sees who is logged in.
/// assert!(who.names_origin);
/// assert_eq!(evil.if_repeated[0].with_credentials, Readable::Yes);
/// ```
pub fn who_could_read(scenario: &Scenario, index: usize) -> Result<WhoCouldRead, ScenarioError> {
    let mut who = WhoCouldRead { readers: Vec::new(), names_origin: false };
    let report = evaluate_with(scenario, Tracing::Off)?;
    let (Some(fetch), Some(report)) = (scenario.fetches.get(index), report.fetches.get(index)) else { return Ok(who) };
    let mut fetch = Fetch { service_worker: None, at: 0.0, ..fetch.clone() };
    if let Some(request) = &report.request {
        request.url.clone_into(fetch.call.url_mut());
    }
    let asks = origin_of(&scenario.page);
    let asks_as = asks.as_ref().map_or_else(|| "null".into(), Origin::serialize);
    who.names_origin = repeating(&fetch, &asks_as, "").is_some();
    let read = |origin: &str, fetch: &Fetch| {
        readings(|profile: ProfileName, wanted: bool| {
            let fetch = Fetch { call: with_credentials(&fetch.call, wanted), ..fetch.clone() };
            let mut scenario = Scenario::new(page(origin), vec![fetch]);
            scenario.profile = profile;
            scenario
        })
    };
    for (kind, origin) in others(asks.as_ref(), &asks_as) {
        let same_answers = read(&origin, &fetch)?;
        let if_repeated = match repeating(&fetch, &asks_as, &origin) {
            Some(fetch) if kind != ReaderKind::Page => read(&origin, &fetch)?,
            _ => Vec::new(),
        };
        who.readers.push(PossibleReader { origin, kind, who: reader(kind), same_answers, if_repeated });
    }
    Ok(who)
}

/// The page that asks, and others.
fn others(asks: Option<&Origin>, asks_as: &str) -> Vec<(ReaderKind, String)> {
    let mut all = vec![(ReaderKind::Page, asks_as.to_owned())];
    if let Some(Origin::Tuple(origin)) = asks {
        let other = |scheme: &str, host: String| {
            let port = if scheme == origin.scheme { origin.port } else { None };
            TupleOrigin::new(scheme, url::Host::Domain(host), port).to_string()
        };
        if let Some(host) = domain(&origin.host) {
            if origin.scheme == "https" {
                all.push((ReaderKind::Insecure, other("http", host.clone())));
            }
            all.push((ReaderKind::Sibling, other(&origin.scheme, format!("other.{host}"))));
            all.push((ReaderKind::LookAlike, other(&origin.scheme, format!("{host}.evil.example"))));
        }
    }
    all.push((ReaderKind::Stranger, "https://evil.example".into()));
    all.push((ReaderKind::Opaque, "null".into()));
    // NB: the page that asks may be one of them.
    let (_, first) = all.remove(0);
    all.retain(|(_, origin)| *origin != first);
    all.insert(0, (ReaderKind::Page, first));
    all
}

/// The fetch, if the server names `other` where it named `origin`. Nothing where no answer names that.
fn repeating(fetch: &Fetch, origin: &str, other: &str) -> Option<Fetch> {
    let mut repeating = fetch.clone();
    let mut is_named = false;
    for answer in &mut repeating.answers {
        let Answer::Response(response) = answer else { continue };
        for header in response.headers.changed() {
            if header.0.as_bytes().eq_ignore_ascii_case(b"access-control-allow-origin")
                && header.1.as_bytes() == origin.as_bytes()
            {
                header.1 = other.as_bytes().into();
                is_named = true;
            }
        }
    }
    is_named.then_some(repeating)
}

#[cfg(test)]
mod tests {
    use super::super::Readable;
    use super::*;

    fn asked(page: &str, lines: &str) -> WhoCouldRead {
        let text = format!(
            r#"{{ "page": {{ "url": "{page}" }}, "fetches": [{{
                "call": {{ "api": "fetch", "url": "/me" }},
                "answers": [{{ "status": 200, "headers": [{lines}] }}]
            }}] }}"#
        );
        let mut scenario: Scenario = serde_json::from_str(&text).unwrap();
        scenario.page.base_url = Some("https://api.example/".into());
        who_could_read(&scenario, 0).unwrap()
    }

    /// In the standard: who reads without credentials, and who with them.
    fn rows(who: &WhoCouldRead) -> Vec<(&str, String)> {
        let word = |readings: &[Reading]| match readings {
            [] => String::new(),
            [first, ..] => [first.without_credentials, first.with_credentials]
                .map(|readable| match readable {
                    Readable::Yes => "y",
                    Readable::No => "n",
                    Readable::Unknown => "?",
                })
                .concat(),
        };
        let row = |reader: &PossibleReader| format!("{} {}", word(&reader.same_answers), word(&reader.if_repeated));
        who.readers.iter().map(|reader| (&*reader.origin, row(reader))).collect()
    }

    #[test]
    fn who_reads() {
        let credentials = r#", ["Access-Control-Allow-Credentials", "true"]"#;
        let row = |origin: &'static str, said: &str| (origin, said.to_owned());
        let named =
            asked("https://app.example/", &format!(r#"["Access-Control-Allow-Origin", "https://app.example"]{credentials}"#));
        assert!(named.names_origin);
        assert_eq!(
            rows(&named),
            [
                row("https://app.example", "yy "),
                row("http://app.example", "nn yy"),
                row("https://other.app.example", "nn yy"),
                row("https://app.example.evil.example", "nn yy"),
                row("https://evil.example", "nn yy"),
                row("null", "nn yy"),
            ]
        );
        let any = asked("http://localhost:3000/", r#"["Access-Control-Allow-Origin", "*"]"#);
        assert!(!any.names_origin);
        assert_eq!(
            rows(&any),
            [
                row("http://localhost:3000", "yn "),
                row("http://other.localhost:3000", "yn "),
                row("http://localhost.evil.example:3000", "yn "),
                row("https://evil.example", "yn "),
                row("null", "yn "),
            ]
        );
        let null = asked("data:text/html,", r#"["Access-Control-Allow-Origin", "null"]"#);
        assert_eq!(rows(&null), [row("null", "yn "), row("https://evil.example", "nn yn")]);
        assert_eq!(asked("https://evil.example/", "").readers[1].kind, ReaderKind::Insecure);
    }
}
