//! Answers the engine out of a paste, and finds in the paste what the engine speaks of.

use serde::Serialize;
use url::Url;

use super::Paste;
use super::message::{PastedField, PastedForm, PastedMessage, PastedRequest, PastedRole, field};
use super::pair::{Reply, resembles_preflight_answer};
use super::scenario::{Base, Source, requested_names};
use super::span::{Span, Spans};
use crate::evaluate::{Tracing, evaluate_as};
use crate::extent::{Extent, Whole};
use crate::http::header_list::{Fields, Header};
use crate::infra::bytes::ByteString;
use crate::infra::sort::{sort, sort_by};
use crate::network::{Answer, Purpose, WireRequest};
use crate::profile::Profile;
use crate::report::{AnswerSource, Evidence, FetchReport, Outcome, Report};
use crate::scenario::{Scenario, ScenarioError};

/// What a paste gives when it is replayed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Replay {
    /// The scenario with the answers that were found.
    pub scenario: Scenario,
    /// What it comes to. A fetch that still needs an answer found none in the paste.
    pub report: Report,
    /// For each fetch of the report, where its exchanges are in the paste.
    pub fetches: Vec<PastedFetch>,
    /// The responses and failures of the paste that nothing asked for.
    pub unused: Vec<usize>,
}

/// Where the exchanges of a fetch are in the paste.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedFetch {
    /// One for each exchange of the report.
    pub exchanges: Vec<PastedExchange>,
    /// Where the method of the call is.
    #[cfg_attr(feature = "wasm", tsify(type = "Span | null"))]
    pub method: Option<Span>,
    /// One for each header of the report's `request`: where it is.
    #[cfg_attr(feature = "wasm", tsify(type = "(Span | null)[]"))]
    pub author_headers: Vec<Option<Span>>,
    /// One for each evidence of the network error, if that is how the fetch ended: where it is in the paste.
    #[cfg_attr(feature = "wasm", tsify(type = "(Span | null)[]"))]
    pub evidence: Vec<Option<Span>>,
    #[serde(skip)]
    base: Base,
}

/// Where an exchange is in the paste.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedExchange {
    /// The message that is its request.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub request: Option<usize>,
    /// The message that is its answer.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub response: Option<usize>,
    /// In what the pasted request differs from the one that the browser sends: the server may answer that one otherwise.
    pub caveats: Vec<Caveat>,
}

/// A difference between the request that was answered and the one that the browser sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Caveat {
    /// The paste does not have the request.
    UnknownRequest,
    /// It went to another scheme.
    Scheme {
        /// The one that was asked.
        pasted: String,
        /// The one that the browser asks.
        sent: String,
    },
    /// It had another method.
    Method {
        /// The one that was asked.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        pasted: ByteString,
        /// The one that the browser asks.
        #[cfg_attr(feature = "wasm", tsify(type = "string"))]
        sent: ByteString,
    },
    /// A header on which a server's answer often hangs was another, or there was none.
    Header {
        /// Its name.
        name: &'static str,
        /// What was sent.
        #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
        pasted: Option<ByteString>,
        /// What the browser sends.
        #[cfg_attr(feature = "wasm", tsify(type = "string | null"))]
        sent: Option<ByteString>,
    },
}

/// What the call of a fetch was read out of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Asked<'p> {
    /// The request itself.
    Actual(&'p PastedRequest),
    /// Its preflight.
    Preflight(&'p PastedRequest),
}

/// An answer that can be given to a request.
struct Candidate {
    reply: usize,
    fit: Fit,
    caveats: Vec<Caveat>,
}

/// How well an answer fits a request: the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    unknown: bool,
    role: u8,
    caveats: usize,
    failure: bool,
}

impl Paste {
    /// The answer of the paste to a request, and the index of its message: by purpose, method and URL, the best first.
    ///
    /// `nth` counts the requests alike that came before: no answer serves twice.
    pub fn answer_for(&self, request: &WireRequest, nth: usize) -> Option<(Answer, usize)> {
        let candidate = self.candidates(request).into_iter().nth(nth)?;
        let message = self.replies.get(candidate.reply)?.message;
        Some((self.messages.get(message)?.answer()?, message))
    }

    /// The answers that can be given to a request, the best first.
    fn candidates(&self, request: &WireRequest) -> Vec<Candidate> {
        let url = Url::parse(&request.url).ok();
        let mut found: Vec<_> = self
            .replies
            .iter()
            .enumerate()
            .filter_map(|(index, reply)| {
                let (fit, caveats) = self.fit(reply, request, url.as_ref()?)?;
                Some(Candidate { reply: index, fit, caveats })
            })
            .collect();
        sort_by(&mut found, |one, other| one.fit.cmp(&other.fit));
        found
    }

    fn fit(&self, reply: &Reply, sent: &WireRequest, url: &Url) -> Option<(Fit, Vec<Caveat>)> {
        let message = self.messages.get(reply.message)?;
        let mut caveats = Vec::new();
        let role = match (sent.purpose, reply.role) {
            (Purpose::Preflight, Some(PastedRole::Preflight)) | (Purpose::Actual, Some(PastedRole::Actual)) => 0,
            (Purpose::Actual, Some(PastedRole::BareOptions)) if sent.method == b"OPTIONS" => 0,
            (Purpose::Preflight, Some(PastedRole::BareOptions)) => 1,
            (purpose, None) => {
                let resembles = message.as_response().is_some_and(resembles_preflight_answer);
                if resembles == (purpose == Purpose::Preflight) { 2 } else { 3 }
            }
            _ => return None,
        };
        if let Some(pasted) = &reply.url {
            if !same_but_scheme(pasted, url) {
                return None;
            }
            if pasted.scheme() != url.scheme() {
                caveats.push(Caveat::Scheme { pasted: pasted.scheme().to_owned(), sent: url.scheme().to_owned() });
            }
        }
        if let Some(pasted) = reply.method.as_ref().filter(|pasted| **pasted != sent.method) {
            let alike = |method: &ByteString| *method == b"GET" || *method == b"HEAD";
            if !alike(pasted) || !alike(&sent.method) {
                return None;
            }
            caveats.push(Caveat::Method { pasted: pasted.clone(), sent: sent.method.clone() });
        }
        match reply.request.and_then(|index| self.messages.get(index)) {
            Some(request) => caveats.extend(header_caveats(request.headers(), sent)),
            None if reply.method.is_none() => caveats.push(Caveat::UnknownRequest),
            None => {}
        }
        let failure = matches!(message, PastedMessage::Failure(_));
        Some((Fit { unknown: reply.url.is_none(), role, caveats: caveats.len(), failure }, caveats))
    }

    /// Where in the paste the evidence of a report is. Fetches are those of the [`Replay`] that the report is of.
    pub fn locate(&self, report: &FetchReport, pasted: &PastedFetch, evidence: &Evidence) -> Option<Span> {
        let exchange = |index: usize| pasted.exchanges.get(index);
        let answer = |index: usize| {
            // NB: a response that came out of a cache has lines that are not in the paste.
            let source = report.exchanges.get(index)?.source;
            let message = self.messages.get(exchange(index)?.response?)?;
            (source == AnswerSource::Network).then_some(message)
        };
        match *evidence {
            Evidence::AnswerHeader { exchange, line, start, end } => {
                Some(answer(exchange)?.headers().get(line)?.value.locate(start..end))
            }
            Evidence::AnswerHeaderMissing { exchange, .. } => Some(answer(exchange)?.start_line()),
            Evidence::AnswerStatus { exchange } => Some(answer(exchange)?.as_response()?.status_span),
            Evidence::RequestHeader { exchange: index, line, start, end } => {
                let headers = &report.exchanges.get(index)?.request.headers;
                let (name, value) = (line < headers.count()).then(|| (headers.name(line), headers.value(line)))?;
                let pasted = self.messages.get(exchange(index)?.request?)?;
                let field = pasted.headers().iter().find(|field| field.name.is(name))?;
                // NB: where the paste has another value, the range says nothing in it.
                Some(if field.value.bytes() == value { field.value.locate(start..end) } else { field.value.span })
            }
            Evidence::Url { hop: 0 } => match pasted.base {
                Base::Actual(index) | Base::Preflight(index) => Some(self.messages.get(index)?.as_request()?.target.span),
                Base::Nothing => None,
            },
            Evidence::Url { hop } => {
                // The hop's URL is what the last answer of the hop before says.
                let before = report.exchanges.iter().rposition(|exchange| exchange.hop + 1 == hop)?;
                Some(field(answer(before)?.headers(), "location")?.value.span)
            }
        }
    }

    /// What the call of a fetch was read out of. Fetches are those of a [`Replay`].
    pub(crate) fn asked(&self, fetch: &PastedFetch) -> Option<Asked<'_>> {
        let request = self.messages.get(fetch.base.message()?)?.as_request()?;
        Some(match fetch.base {
            Base::Preflight(_) => Asked::Preflight(request),
            _ => Asked::Actual(request),
        })
    }

    /// Where the method of a call is in the paste.
    fn locate_method(&self, base: Base) -> Option<Span> {
        match base {
            Base::Actual(index) => Some(self.messages.get(index)?.as_request()?.method.span),
            Base::Preflight(index) => {
                Some(field(self.messages.get(index)?.headers(), "access-control-request-method")?.value.span)
            }
            Base::Nothing => None,
        }
    }

    /// Where a header that script set is in the paste.
    fn locate_author_header(&self, base: Base, name: &[u8]) -> Option<Span> {
        match base {
            Base::Actual(index) => {
                let named = |field: &&PastedField| field.name.is(name);
                self.messages.get(index)?.headers().iter().find(named).map(|field| field.span)
            }
            Base::Preflight(index) => {
                let names = requested_names(self.messages.get(index)?.as_request()?);
                names.into_iter().find(|asked| asked.is(name)).map(|asked| asked.span)
            }
            Base::Nothing => None,
        }
    }

    /// The message that is the request on the wire.
    fn request_message(&self, sent: &WireRequest) -> Option<usize> {
        let url = Url::parse(&sent.url).ok()?;
        self.messages.iter().position(|message| {
            message.as_request().filter(|request| request.form != PastedForm::Scenario).is_some_and(|request| {
                let role = match sent.purpose {
                    Purpose::Preflight => matches!(request.role, PastedRole::Preflight | PastedRole::BareOptions),
                    Purpose::Actual => matches!(request.role, PastedRole::Actual | PastedRole::BareOptions),
                };
                let here = request.url.as_deref().and_then(|url| Url::parse(url).ok());
                role && request.method.value == sent.method && here.is_some_and(|here| same_but_scheme(&here, &url))
            })
        })
    }
}

/// Replays a scenario, such as the paste's own, with the answers of the paste: evaluates, gives the answer that is asked
/// for, and evaluates again, until all is known or the paste has no answer.
///
/// Answers that the scenario has already are kept, and come first.
///
/// # Errors
/// A scenario that makes no sense.
pub fn replay(paste: &Paste, scenario: Scenario) -> Result<Replay, ScenarioError> {
    let profile = scenario.profile.into();
    replay_as(paste, scenario, profile)
}

/// The same with the behaviour of `profile`, whichever the scenario names.
pub(crate) fn replay_as(paste: &Paste, scenario: Scenario, profile: Profile) -> Result<Replay, ScenarioError> {
    replay_to::<Whole>(paste, scenario, profile)
}

/// The same, to this extent.
pub(crate) fn replay_to<E: Extent>(paste: &Paste, mut scenario: Scenario, profile: Profile) -> Result<Replay, ScenarioError> {
    scenario.profile = profile.name();
    // NB: each round uses up an answer of the paste, so this ends.
    let mut given: Vec<Given> = Vec::new();
    let report = loop {
        let report = evaluate_as(&scenario, profile, if E::WHOLE { Tracing::On } else { Tracing::Off })?;
        let Some(next) = next_answer(paste, &report, &given) else { break report };
        let Some(fetch) = scenario.fetches.get_mut(next.fetch) else { break report };
        let message = paste.replies.get(next.reply).and_then(|reply| paste.messages.get(reply.message));
        let Some(answer) = message.and_then(PastedMessage::answer) else { break report };
        given.push(Given { answer: fetch.answers.len(), ..next });
        fetch.answers.push(answer);
    };
    let fetches: Vec<_> =
        report.fetches.iter().enumerate().map(|(index, fetch)| pasted_fetch(paste, index, fetch, &given)).collect();
    let is_used = |reply: usize| given.iter().any(|given| given.reply == reply);
    let unused = paste.replies.iter().enumerate().filter(|(index, _)| !is_used(*index)).map(|(_, reply)| reply.message).collect();
    Ok(Replay { scenario, report, fetches, unused })
}

/// An answer of the paste that was given to the engine.
struct Given {
    fetch: usize,
    /// Its index among the fetch's answers.
    answer: usize,
    /// Its index among the paste's replies.
    reply: usize,
    caveats: Vec<Caveat>,
}

/// The answer that the report asks for, if the paste has it and did not give it yet.
fn next_answer(paste: &Paste, report: &Report, given: &[Given]) -> Option<Given> {
    let (fetch, request) = report.fetches.iter().enumerate().find_map(|(index, fetch)| match &fetch.outcome {
        Outcome::NeedsAnswer(needs) => Some((index, &needs.request)),
        _ => None,
    })?;
    let unused = |candidate: &Candidate| given.iter().all(|given| given.reply != candidate.reply);
    let Candidate { reply, caveats, .. } = paste.candidates(request).into_iter().find(unused)?;
    Some(Given { fetch, answer: 0, reply, caveats })
}

fn pasted_fetch(paste: &Paste, index: usize, report: &FetchReport, given: &[Given]) -> PastedFetch {
    let source = paste.sources.get(index);
    let base = source.map_or(Base::Nothing, |source| source.base);
    let exchange = |exchange: &crate::report::Exchange| {
        let given = given.iter().find(|given| given.fetch == index && Some(given.answer) == exchange.answer);
        let reply = given.and_then(|given| paste.replies.get(given.reply));
        // NB: a stated call is in no form that goes over the wire.
        let stated = |source: &Source| source.answers.get(exchange.answer?).copied();
        PastedExchange {
            request: reply.and_then(|reply| reply.request).or_else(|| paste.request_message(&exchange.request)),
            response: reply.map(|reply| reply.message).or_else(|| source.and_then(stated)),
            caveats: given.map(|given| given.caveats.clone()).unwrap_or_default(),
        }
    };
    let headers = report.request.as_ref().map_or(&[][..], |request| request.headers.as_slice());
    let mut pasted = PastedFetch {
        exchanges: report.exchanges.iter().map(exchange).collect(),
        method: paste.locate_method(base),
        author_headers: headers.iter().map(|Header(name, _)| paste.locate_author_header(base, name.as_bytes())).collect(),
        evidence: Vec::new(),
        base,
    };
    if let Outcome::NetworkError(error) = &report.outcome {
        pasted.evidence = error.evidence.iter().map(|evidence| paste.locate(report, &pasted, evidence)).collect();
    }
    pasted
}

fn same_but_scheme(one: &Url, other: &Url) -> bool {
    let port = |url: &Url| if url.port().is_none() { 0 } else { url.port().unwrap_or(0) };
    one.host() == other.host() && port(one) == port(other) && one.path() == other.path() && one.query() == other.query()
}

/// The headers on which the answers of servers hang.
fn header_caveats(pasted: &[PastedField], sent: &WireRequest) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    for name in ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"] {
        let ours = (0..sent.headers.count())
            .find(|&line| sent.headers.name(line).eq_ignore_ascii_case(name.as_bytes()))
            .map(|line| ByteString::from(sent.headers.value(line)));
        let theirs = field(pasted, &name.to_ascii_lowercase()).map(|field| field.value.value.clone());
        let same = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) if name == "Access-Control-Request-Headers" => names_of(ours) == names_of(theirs),
            _ => ours == theirs,
        };
        if !same {
            caveats.push(Caveat::Header { name, pasted: theirs, sent: ours });
        }
    }
    caveats
}

fn names_of(list: &ByteString) -> Vec<Vec<u8>> {
    let mut names: Vec<_> =
        list.as_bytes().split(|&byte| byte == b',').map(|name| name.trim_ascii().to_ascii_lowercase()).collect();
    sort(&mut names);
    names
}

impl Spans for PastedFetch {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.method.each_span(change);
        self.author_headers.each_span(change);
        self.evidence.each_span(change);
    }
}

impl Spans for Replay {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.fetches.each_span(change);
    }
}
