//! What is known of the answers of the servers, and what a changed call comes to with them.

use super::change::Change;
use crate::cors::preflight::PreflightFailed;
use crate::evaluate::{Tracing, evaluate_as};
use crate::http::header_list::{Header, joined};
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::http::status;
use crate::infra::bytes::{ByteString, is_token, isomorphic_decode};
use crate::network::{Answer, Purpose, WireRequest, WireResponse};
use crate::policy::{AllowedOrigins, PREFLIGHT_STATUS, Policy, PolicyRequest};
use crate::profile::Profile;
use crate::report::{FailedCheck, FetchReport, Outcome};
use crate::scenario::{Scenario, ScenarioError};

/// More answers than any fetch has that a repair is for: a preflight and an answer for each of 21 URLs, and then some.
const MOST_ANSWERS: usize = 64;

/// The answers to one fetch of a scenario, each with the request that it was for.
pub(super) struct Book<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) index: usize,
    known: Vec<Known>,
    /// The answers that no request has asked for yet, in order.
    spare: Vec<usize>,
    /// The URL for which the server was asked by a preflight, and did not name the page in an answer that was meant as one.
    refused: Option<String>,
}

/// An answer and what it was for.
struct Known {
    purpose: Purpose,
    method: ByteString,
    url: String,
    answer: usize,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// It is this one of the scenario.
    Known(usize),
    /// It is what a right server would say.
    Assumed,
}

/// What a changed call comes to.
pub(super) struct Run {
    pub(super) scenario: Scenario,
    pub(super) report: FetchReport,
    /// One for each answer of the changed fetch.
    pub(super) sources: Vec<Source>,
}

impl<'a> Book<'a> {
    /// The answers to the fetch at `index`, and its report as it is.
    pub(super) fn new(scenario: &'a Scenario, index: usize) -> Result<Option<(Self, FetchReport)>, ScenarioError> {
        let mut report = evaluate_as(scenario, scenario.profile.into(), Tracing::Off)?;
        if index >= report.fetches.len() {
            return Ok(None);
        }
        let report = report.fetches.swap_remove(index);
        let known: Vec<Known> = report
            .exchanges
            .iter()
            .filter_map(|exchange| {
                let WireRequest { purpose, method, url, .. } = &exchange.request;
                Some(Known { purpose: *purpose, method: method.clone(), url: url.clone(), answer: exchange.answer? })
            })
            .collect();
        let answers = scenario.fetches.get(index).map_or(0, |fetch| fetch.answers.len());
        let spare = (answers - report.unused_answers.min(answers)..answers).collect();
        let refused = refused(&report);
        Ok(Some((Self { scenario, index, known, spare, refused }, report)))
    }

    /// Whether a run takes for granted that a server allows the page that has been seen not to.
    pub(super) fn was_refused(&self, run: &Run) -> bool {
        run.assumed().any(|exchange| Some(&exchange.request.url) == self.refused.as_ref())
    }

    /// Makes the changes, and evaluates with the answers that are known for what the browser then asks. What is not known is
    /// taken to be the answer of a server that allows this page just that, and `wanted` to be read.
    pub(super) fn run(&self, changes: &[Change], profile: Profile, wanted: Option<&str>) -> Result<Option<Run>, ScenarioError> {
        let mut scenario = self.scenario.clone();
        scenario.fetches.truncate(self.index + 1);
        scenario.profile = profile.name();
        changes.iter().for_each(|change| change.make(&mut scenario, self.index));
        let answers = scenario.fetches.get_mut(self.index).map(|fetch| std::mem::take(&mut fetch.answers)).unwrap_or_default();
        let mut sources: Vec<Source> = Vec::new();
        loop {
            let mut reports = evaluate_as(&scenario, profile, Tracing::Off)?.fetches;
            let (Some(report), Some(fetch)) = (reports.pop(), scenario.fetches.get_mut(self.index)) else { return Ok(None) };
            let request = match &report.outcome {
                Outcome::NeedsAnswer(needs) if fetch.answers.len() < MOST_ANSWERS => &needs.request,
                _ => return Ok(Some(Run { scenario, report, sources })),
            };
            let known = self.answer_to(request, &sources).and_then(|index| Some((index, answers.get(index)?.clone())));
            let (source, answer) = match known {
                Some((index, answer)) => (Source::Known(index), answer),
                None => (Source::Assumed, right_answer(request, &report, wanted)),
            };
            sources.push(source);
            fetch.answers.push(answer);
        }
    }

    /// The answer that is known to a request: the one to the same request, or else the next that no request has asked for.
    fn answer_to(&self, request: &WireRequest, sources: &[Source]) -> Option<usize> {
        let is_left = |answer: &usize| !sources.contains(&Source::Known(*answer));
        let is_same =
            |known: &&Known| known.purpose == request.purpose && known.method == request.method && known.url == request.url;
        let mut known = self.known.iter().filter(is_same).map(|known| known.answer);
        known.find(is_left).or_else(|| self.spare.iter().copied().find(is_left))
    }
}

/// See [`Book::refused`].
fn refused(report: &FetchReport) -> Option<String> {
    let Outcome::NetworkError(error) = &report.outcome else { return None };
    let failed = matches!(error.failed, Some(FailedCheck::Preflight { failed: PreflightFailed::CorsCheck { .. }, .. }));
    let exchange = report.exchanges.get(error.exchange?)?;
    let is_meant = exchange.response.as_ref().is_some_and(|response| status::is_ok(response.status));
    (failed && is_meant).then(|| exchange.request.url.clone())
}

/// What a right server answers, whose policy is just what this request needs.
fn right_answer(request: &WireRequest, report: &FetchReport, wanted: Option<&str>) -> Answer {
    let asked = PolicyRequest::of(request);
    let made = report.request.as_ref();
    let policy = Policy {
        origins: AllowedOrigins::List(asked.origin.map(isomorphic_decode).into_iter().collect()),
        methods: asked.access_control_request_method.map(isomorphic_decode).into_iter().collect(),
        request_headers: tokens(request.headers.as_slice(), "access-control-request-headers"),
        exposed_headers: wanted.map(String::from).into_iter().collect(),
        credentials: made.is_some_and(|made| made.credentials == CredentialsMode::Include),
        max_age: None,
    };
    let mut headers = policy.answer(&asked);
    let status = match request.purpose {
        Purpose::Preflight => PREFLIGHT_STATUS,
        Purpose::Actual => {
            headers.extend(wanted.map(|name| Header(name.as_bytes().into(), ByteString::default())));
            if made.is_some_and(|made| made.mode == RequestMode::WebSocket) { 101 } else { 200 }
        }
    };
    Answer::Response(WireResponse { status, headers: headers.into(), ..WireResponse::default() })
}

/// The names in the lists of this name, without what is none.
pub(super) fn tokens(headers: &[Header], list: &str) -> Vec<String> {
    let value = joined(headers, list.as_bytes()).unwrap_or_default();
    let pieces = value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
    pieces.filter(|piece| is_token(piece)).map(isomorphic_decode).collect()
}
