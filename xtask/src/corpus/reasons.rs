//! `tests/corpus/reasons.json`: where the three browsers agree with each other and not with the standard, or a browser
//! with its own profile, and why.
//!
//! A reason is a class of cases with a mechanism, not a list of ids. The cases that it is for are found by what the
//! engine says of them, so a recording that nobody has looked at yet falls under it as well. How many of the repository's
//! own recordings it explains is part of the list, so that one which agrees one day is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use corscope::modes::{CredentialsMode, RequestMode};
use corscope::network::Purpose;
use corscope::report::{AnswerSource, Exchange};
use corscope::{FetchReport, Header, Outcome};
use serde::Deserialize;

use super::compare::{Dimension, Reading};
use super::recording::{Api, Case, Context, Step};
use super::replay::Replay;
use super::tally::Engine;

/// One class of disagreements.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reason {
    /// Its name.
    pub(super) name: String,
    /// What the standard says, what the browsers do, and where that is discussed.
    #[allow(dead_code, reason = "it is there for whoever reads the file")]
    reason: String,
    /// Whose disagreement it is about: the standard's with all browsers, or a profile's with its browser.
    #[serde(default = "all")]
    pub(super) engine: Engine,
    /// The cases that it is for: some of their steps, in this order, fulfil these conditions.
    steps: Vec<Condition>,
    /// A status that a server of such a case was told to answer with.
    #[serde(default)]
    scripted_status: Option<u32>,
    /// In which kind of document or worker such a case runs.
    #[serde(default)]
    context: Option<Context>,
    /// The dimensions in which every such case disagrees.
    always: Vec<String>,
    /// In how many of the repository's own recordings it explains a disagreement, by dimension: none, where it is known from
    /// fresh ones.
    cases: BTreeMap<String, usize>,
}

fn all() -> Engine {
    Engine::All
}

/// A condition on a step and on what the engine says of it: all that is given holds.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Condition {
    /// It ended in a network error with this code.
    code: Option<String>,
    /// An event of this type happened.
    event: Option<String>,
    /// The engine saw no reason for a preflight in a cross-origin CORS request.
    needs_no_preflight: bool,
    /// The credentials mode is not include.
    without_credentials: bool,
    /// A listener was registered on `xhr.upload`.
    upload_listener: bool,
    /// An answer came from the HTTP cache, and nothing was sent for it.
    from_cache: bool,
    /// A connection was closed without an answer.
    lost: bool,
    /// An author's header of this name has a number greater than 64 bits can hold.
    huge_number_in: Option<String>,
    /// A preflight was answered with this element in this list header.
    preflight_lists: Option<(String, String)>,
    /// A preflight was answered with a negative number in this header.
    preflight_negative: Option<String>,
    /// A preflight was answered without this header.
    preflight_without: Option<String>,
    /// Its URL, or one that a redirect leads to, is not under the prefix of its case.
    outside_path: bool,
    /// Its URL, or one that a redirect leads to, has this in it.
    url_has: Option<String>,
    /// The author set a header of this name.
    author_header: Option<String>,
    /// Which element or API asks.
    api: Option<Api>,
    /// It is a synchronous XHR.
    sync: bool,
    /// The engine says that it has not checked this, by the name that a report gives it.
    not_checked: Option<String>,
    /// An answer has an empty line of this header.
    answer_empty: Option<String>,
    /// An answer of the HTTP cache has this in a header of this name.
    cache_says: Option<(String, String)>,
    /// An answer, wherever it came from, has this in a header of this name.
    answer_says: Option<(String, String)>,
    /// A redirect came from the HTTP cache.
    redirect_from_cache: bool,
    /// Something asks for TLS at a port without, or the other way round.
    wrong_protocol: bool,
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
            reason.always.iter().chain(reason.cases.keys()).find(|dimension| Dimension::parse(dimension).is_none())
        {
            return Err(ReasonsError::Dimension { path: name(), name: reason.name.clone(), dimension: dimension.clone() });
        }
    }
    Ok(reasons)
}

impl Reason {
    /// Whether this is one of the cases that the reason is for.
    pub(super) fn is_for(&self, case: &Case, replay: &Replay) -> bool {
        let scripted = || case.server.values().flat_map(|answers| answers.pf.all().iter().chain(answers.main.all()));
        if self.scripted_status.is_some_and(|status| !scripted().any(|answer| answer.s == Some(status)))
            || self.context.is_some_and(|context| context != case.ctx)
        {
            return false;
        }
        let mut steps = case.steps.iter().zip(&replay.reports);
        self.steps.iter().all(|condition| steps.any(|(step, report)| condition.holds(step, report)))
    }

    /// Whether it explains a disagreement in this dimension.
    pub(super) fn explains(&self, dimension: Dimension) -> bool {
        self.cases.contains_key(dimension.name())
    }

    /// The dimensions in which a case that it is for should disagree, and does not.
    pub(super) fn agreeing<'a>(&'a self, readings: &'a [(Dimension, Reading)]) -> impl Iterator<Item = Dimension> + 'a {
        let always = self.always.iter().filter_map(|name| Dimension::parse(name));
        always.filter(|dimension| readings.iter().any(|(read, reading)| read == dimension && reading.agrees()))
    }

    /// In how many of the repository's own recordings it explains a disagreement, by the dimension's name.
    pub(super) fn cases(&self) -> &BTreeMap<String, usize> {
        &self.cases
    }
}

impl Condition {
    fn holds(&self, step: &Step, report: &FetchReport) -> bool {
        let code = match &report.outcome {
            Outcome::NetworkError(error) => Some(error.code.as_str()),
            _ => None,
        };
        let preflights = || report.exchanges.iter().filter(|exchange| exchange.request.purpose == Purpose::Preflight);
        let request = report.request.as_ref();
        let is_safe = || {
            request.is_some_and(|request| {
                request.mode == RequestMode::Cors && !request.same_origin && request.preflight_reasons.is_empty()
            })
        };
        let no_credentials = || request.is_some_and(|request| request.credentials != CredentialsMode::Include);
        self.code.as_deref().is_none_or(|wanted| code == Some(wanted))
            && (!self.needs_no_preflight || is_safe())
            && (!self.without_credentials || no_credentials())
            && (!self.upload_listener || step.upload)
            && (!self.from_cache || report.exchanges.iter().any(|exchange| exchange.source == AnswerSource::Cache))
            && (!self.lost || report.exchanges.iter().any(|exchange| exchange.source == AnswerSource::Failure))
            && self.huge_number_in.as_deref().is_none_or(|name| {
                step.author_headers().iter().any(|(given, value)| given.eq_ignore_ascii_case(name) && has_huge_number(value))
            })
            && self.preflight_lists.as_ref().is_none_or(|(name, element)| {
                preflights()
                    .any(|exchange| values(exchange, name).any(|value| value.split(',').any(|found| found.trim() == element)))
            })
            && self
                .preflight_negative
                .as_deref()
                .is_none_or(|name| preflights().any(|exchange| values(exchange, name).any(|value| is_negative(&value))))
            && self
                .preflight_without
                .as_deref()
                .is_none_or(|name| preflights().any(|exchange| values(exchange, name).next().is_none()))
            && self.event.as_deref().is_none_or(|wanted| happened(report, wanted))
            && (!self.outside_path || urls(step, report).any(|url| !url.contains(OWN_PATH)))
            && self.url_has.as_deref().is_none_or(|wanted| urls(step, report).any(|url| url.contains(wanted)))
            && self
                .author_header
                .as_deref()
                .is_none_or(|name| step.author_headers().iter().any(|(given, _)| given.eq_ignore_ascii_case(name)))
            && self.api.is_none_or(|api| step.api == api)
            && (!self.sync || step.sync)
            && self.not_checked.as_deref().is_none_or(|wanted| is_not_checked(report, wanted))
            && self
                .answer_empty
                .as_deref()
                .is_none_or(|name| report.exchanges.iter().any(|exchange| values(exchange, name).any(|value| value.is_empty())))
            && self.cache_says.as_ref().is_none_or(|(name, wanted)| {
                let mut cached = report.exchanges.iter().filter(|exchange| exchange.source == AnswerSource::Cache);
                cached.any(|exchange| says(exchange, name, wanted))
            })
            && self
                .answer_says
                .as_ref()
                .is_none_or(|(name, wanted)| report.exchanges.iter().any(|exchange| says(exchange, name, wanted)))
            && (!self.redirect_from_cache || report.exchanges.iter().any(is_cached_redirect))
            && (!self.wrong_protocol || urls(step, report).any(|url| has_wrong_protocol(&url)))
    }
}

/// What every URL of a case has in its path, but for those that are meant to lead elsewhere.
const OWN_PATH: &str = "/case/";

/// The URL of a step, those that were asked for, and those that answers name.
fn urls<'a>(step: &'a Step, report: &'a FetchReport) -> impl Iterator<Item = String> + 'a {
    let asked = report.exchanges.iter().map(|exchange| exchange.request.url.clone());
    let named = report.exchanges.iter().flat_map(|exchange| values(exchange, "location"));
    std::iter::once(step.url.clone()).chain(asked).chain(named)
}

/// Whether an event of the type happened, by the name that a report gives it.
fn happened(report: &FetchReport, wanted: &str) -> bool {
    let name = |event| serde_json::to_value(event).ok().and_then(|event| Some(event.get("what")?.get("type")? == wanted));
    report.events.iter().any(|event| name(event) == Some(true))
}

/// Whether the report says that something was not checked.
fn is_not_checked(report: &FetchReport, wanted: &str) -> bool {
    let subject = |event| serde_json::to_value(event).ok().and_then(|event| Some(event.get("what")?.get("what")? == wanted));
    report.events.iter().any(|event| subject(event) == Some(true))
}

fn says(exchange: &Exchange, name: &str, wanted: &str) -> bool {
    values(exchange, name).any(|value| value.contains(wanted))
}

fn is_cached_redirect(exchange: &Exchange) -> bool {
    let is_redirect = exchange.response.as_ref().is_some_and(|answer| matches!(answer.status, 301 | 302 | 303 | 307 | 308));
    exchange.source == AnswerSource::Cache && is_redirect
}

/// Whether a URL asks a recorder's server for what is at another of its ports.
fn has_wrong_protocol(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    match (url.scheme(), url.port_or_known_default()) {
        ("http", Some(8201..=8204)) => true,
        ("https", Some(80 | 8101..=8104)) => url.host_str().is_some_and(|host| host.ends_with(".test")),
        _ => false,
    }
}

/// The values of a header of an exchange's answer.
fn values<'a>(exchange: &'a Exchange, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let lines = exchange.response.iter().flat_map(|response| &response.headers);
    lines
        .filter(move |Header(given, _)| given.as_bytes().eq_ignore_ascii_case(name.as_bytes()))
        .map(|Header(_, value)| value.to_string())
}

/// Whether a decimal number in `value` is greater than the greatest of 64 bits.
fn has_huge_number(value: &str) -> bool {
    let greatest = u64::MAX.to_string();
    value
        .split(|c: char| !c.is_ascii_digit())
        .map(|digits| digits.trim_start_matches('0'))
        .any(|digits| (digits.len(), digits) > (greatest.len(), &greatest))
}

fn is_negative(value: &str) -> bool {
    value.strip_prefix('-').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beyond_64_bits_are_found() {
        for (value, expected) in [
            ("bytes=18446744073709551615-", false),
            ("bytes=0-18446744073709551616", true),
            ("bytes=00000000000000000000000000-", false),
            ("bytes=99999999999999999999999999-", true),
            ("bytes=-", false),
        ] {
            assert_eq!(has_huge_number(value), expected, "{value}");
        }
        for (value, expected) in [("-1", true), ("-0", true), ("-", false), ("1", false), ("-1.5", false)] {
            assert_eq!(is_negative(value), expected, "{value}");
        }
    }

    #[test]
    fn conditions_hold_in_order() {
        let case = super::super::recording::parse(
            r#"{"id":"a/b","steps":[{"url":"{{B}}/{{ID}}/m","init":{"headers":[["Authorization","x"]]}},{"url":"{{B}}/{{ID}}/n"}],
            "server":{"m":{"pf":{"h":[["Access-Control-Allow-Origin","*"],["Access-Control-Allow-Headers","x-a, *"]]}}},"expect":{}}"#,
        )
        .unwrap();
        let replay = super::super::replay::replay(&case, corscope::profile::SPEC).unwrap();
        for (steps, expected) in [
            (r#"[{"code":"PF-AUTH","preflightLists":["access-control-allow-headers","*"],"withoutCredentials":true}]"#, true),
            (r#"[{"code":"PF-AUTH","preflightLists":["access-control-allow-headers","x-b"]}]"#, false),
            (r#"[{"code":"PF-AUTH"},{"code":"HF-CORS"}]"#, true),
            (r#"[{"code":"HF-CORS"},{"code":"PF-AUTH"}]"#, false),
            (r#"[{"event":"preflightFailed","preflightWithout":"access-control-max-age"}]"#, true),
            (r#"[{"needsNoPreflight":true}]"#, true),
            (r#"[{"needsNoPreflight":true,"code":"PF-AUTH"}]"#, false),
            (r#"[{"uploadListener":true}]"#, false),
            (r#"[{"lost":true}]"#, false),
            (r#"[{"fromCache":true}]"#, false),
            (r#"[{"cacheSays":["cache-control","x"]}]"#, false),
            (r#"[{"answerSays":["access-control-allow-headers","x-a"]}]"#, true),
            (r#"[{"answerSays":["cache-control","x"]}]"#, false),
        ] {
            let reason = format!(r#"{{"name":"n","reason":"r","steps":{steps},"always":[],"cases":{{}}}}"#);
            let reason: Reason = serde_json::from_str(&reason).unwrap();
            assert_eq!(reason.is_for(&case, &replay), expected, "{steps}");
        }
    }

    #[test]
    fn a_reason_says_what_it_explains() {
        let reason = r#"{"name":"n","reason":"r","steps":[],"always":["wire"],"cases":{"wire":2,"outcome":1}}"#;
        let reason: Reason = serde_json::from_str(reason).unwrap();
        let reading = |same: bool| Reading { seen: vec!["a".into()], said: vec![if same { "a" } else { "b" }.into()] };
        assert!(reason.explains(Dimension::Wire) && reason.explains(Dimension::Outcome) && !reason.explains(Dimension::Url));
        let agreeing =
            |same| reason.agreeing(&[(Dimension::Wire, reading(same)), (Dimension::Outcome, reading(true))]).collect::<Vec<_>>();
        assert_eq!(agreeing(false), []);
        assert_eq!(agreeing(true), [Dimension::Wire]);
    }
}
