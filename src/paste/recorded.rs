//! The scenario of a document that has requests and their answers side by side, such as a HAR: one page, and all that it asks of
//! others.

use std::sync::Arc;

use url::Url;

use super::assumption::{Assumption, AssumptionKind};
use super::message::{PastedMessage, PastedRequest, PastedRole, field};
use super::pair::Reply;
use super::problem::{Problem, ProblemKind};
use super::scenario::{Base, GivenPage, Made, Source, call_of, page_of};
use super::span::Span;
use crate::cors::preflight_cache::{Allows, CacheEntry, MAX_AGE_LIMIT};
use crate::evaluate::{Tracing, evaluate_with};
use crate::http::header_list::Fields;
use crate::infra::bytes::ByteString;
use crate::infra::origin::Origin;
use crate::infra::sort::sort_by;
use crate::network::{Purpose, WireRequest};
use crate::report::Outcome;
use crate::scenario::{Fetch, Page, Scenario};

/// The most fetches that are made of a document.
const MAX_FETCHES: usize = 100;

/// A request of a document, and what the document says of it.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    /// Its message.
    pub(super) request: usize,
    /// The messages that answer it.
    pub(super) answers: Vec<usize>,
    /// When it was sent, in milliseconds.
    pub(super) started: Option<f64>,
    /// The URL of its page.
    pub(super) page: Option<String>,
    /// Whether no script asked for it.
    pub(super) is_navigation: bool,
}

/// Makes the scenario, and adds the answers that belong to it.
pub(super) fn make(
    messages: &[PastedMessage],
    recorded: &[Recorded],
    given: GivenPage,
    replies: &mut Vec<Reply>,
    problems: &mut Vec<Problem>,
    assumptions: &mut Vec<Assumption>,
) -> Made {
    let asked = |entry: &Recorded| messages.get(entry.request).and_then(PastedMessage::as_request);
    let page = match &given {
        GivenPage::Nothing | GivenPage::Bad(_) => {
            most_frequent(recorded.iter().filter_map(|entry| page_url(entry, asked(entry)?)))
        }
        _ => None,
    };
    let page = match page {
        Some(url) => {
            assumptions.push(AssumptionKind::PageFromDocument { page: url.to_string() }.at(None));
            Some(Page::new(url.as_str()))
        }
        None => page_of(given, problems),
    };
    let Some(page) = page else { return Made { sources: Vec::new(), scenario: None } };
    let origin = Url::parse(&page.url).map(|url| url.origin()).ok().filter(url::Origin::is_tuple);
    let hops = hops(messages, recorded);
    let mut left_out = 0;
    let mut other_page: Option<(Span, String, usize)> = None;
    let mut kept: Vec<(&Recorded, &PastedRequest)> = Vec::new();
    for (index, entry) in recorded.iter().enumerate() {
        let Some(request) = asked(entry) else { continue };
        let its_page = page_url(entry, request).filter(|page| Some(page.origin()) != origin && origin.is_some());
        let is_within = request.url.as_deref().and_then(|url| Url::parse(url).ok()).map(|url| url.origin()) == origin;
        if hops.contains(&index) || request.role == PastedRole::Preflight {
            add_replies(messages, entry, request, replies);
        } else if let Some(its_page) = its_page {
            let (_, _, count) = other_page.get_or_insert((request.start_line, its_page.to_string(), 0));
            *count += 1;
        } else if entry.is_navigation || is_within && recorded.len() > 1 || kept.len() >= MAX_FETCHES {
            left_out += 1;
        } else {
            add_replies(messages, entry, request, replies);
            kept.push((entry, request));
        }
    }
    if let Some((span, found, count)) = other_page {
        problems.push(ProblemKind::OtherPages { found, count }.at(span));
    }
    if left_out > 0 {
        assumptions.push(AssumptionKind::LeftOut { count: left_out }.at(None));
    }
    for (entry, preflight) in lone_preflights(messages, recorded) {
        kept.push((entry, preflight));
    }
    // NB: a fetch whose answer nobody knows keeps the later ones waiting.
    sort_by(&mut kept, |one, other| one.0.answers.is_empty().cmp(&other.0.answers.is_empty()));
    let first = recorded.iter().find_map(|entry| entry.started).unwrap_or(0.0);
    let mut scenario = Scenario::new(page, Vec::new());
    let (mut sources, mut at) = (Vec::new(), 0.0_f64);
    for (entry, request) in kept {
        let base =
            if request.role == PastedRole::Preflight { Base::Preflight(entry.request) } else { Base::Actual(entry.request) };
        at = at.max(entry.started.map_or(0.0, |started| (started - first) / 1000.0));
        let fetch = Fetch { at, ..Fetch::new(call_of(base, request, messages, problems, assumptions)) };
        if let Some(url) = remembered(&mut scenario, &fetch, entry, request, messages) {
            assumptions.push(AssumptionKind::PreflightRemembered { url }.at(Some(request.start_line)));
        }
        scenario.fetches.push(fetch);
        sources.push(Source { base, answers: Vec::new() });
    }
    Made { sources, scenario: Some(scenario) }
}

/// The URL of the page that sent a request: its `Origin` and `Referer` say it, or the document.
fn page_url(entry: &Recorded, request: &PastedRequest) -> Option<Url> {
    let said = |name: &str| Url::parse(&field(&request.headers, name)?.value.text()).ok().filter(Url::has_host);
    let document = || entry.page.as_deref().and_then(|page| Url::parse(page).ok()).filter(Url::has_host);
    let whole = [said("referer"), document()];
    match said("origin") {
        // NB: the referrer may be no more than an origin, and so may be all that is known.
        Some(origin) => whole.into_iter().flatten().find(|url| url.origin() == origin.origin()).or(Some(origin)),
        None => whole.into_iter().flatten().next(),
    }
}

fn most_frequent(pages: impl Iterator<Item = Url>) -> Option<Url> {
    let mut counts: Vec<(Url, usize)> = Vec::new();
    for page in pages {
        match counts.iter_mut().find(|(known, _)| known.origin() == page.origin()) {
            Some((_, count)) => *count += 1,
            None => counts.push((page, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(page, _)| page)
}

/// The entries that a redirect of an earlier one leads to.
fn hops(messages: &[PastedMessage], recorded: &[Recorded]) -> Vec<usize> {
    let mut hops = Vec::new();
    for (index, entry) in recorded.iter().enumerate() {
        let Some(url) =
            messages.get(entry.request).and_then(PastedMessage::as_request).and_then(|request| request.url.as_deref())
        else {
            continue;
        };
        let location = |answer: &usize| {
            let response = messages.get(*answer)?.as_response()?;
            let location = field(&response.headers, "location").filter(|_| matches!(response.status, 301..=303 | 307 | 308))?;
            let mut target = Url::parse(url).ok()?.join(&location.value.text()).ok()?;
            target.set_fragment(None);
            Some(target.to_string())
        };
        let Some(target) = entry.answers.iter().find_map(location) else { continue };
        let leads_to = |(at, later): &(usize, &Recorded)| {
            let request = messages.get(later.request).and_then(PastedMessage::as_request);
            !hops.contains(at)
                && request.is_some_and(|it| it.role != PastedRole::Preflight && it.url.as_deref() == Some(target.as_str()))
        };
        let next = recorded.iter().enumerate().skip(index + 1).find(leads_to).map(|(at, _)| at);
        hops.extend(next);
    }
    hops
}

/// The preflights after which the document has no request: the browser stopped there.
fn lone_preflights<'m>(
    messages: &'m [PastedMessage],
    recorded: &'m [Recorded],
) -> impl Iterator<Item = (&'m Recorded, &'m PastedRequest)> {
    let asked = move |entry: &Recorded| messages.get(entry.request).and_then(PastedMessage::as_request);
    recorded.iter().filter_map(move |entry| {
        let preflight = asked(entry).filter(|request| request.role == PastedRole::Preflight)?;
        let method = field(&preflight.headers, "access-control-request-method").map(|field| field.value.bytes());
        let is_it = |other: &Recorded| {
            asked(other).is_some_and(|request| {
                request.role != PastedRole::Preflight
                    && request.url == preflight.url
                    && method.is_none_or(|method| request.method.is(method))
            })
        };
        (!recorded.iter().any(is_it)).then_some((entry, preflight))
    })
}

fn add_replies(messages: &[PastedMessage], entry: &Recorded, request: &PastedRequest, replies: &mut Vec<Reply>) {
    let url = request.url.as_deref().and_then(|url| Url::parse(url).ok());
    let reply = |&message: &usize| Reply {
        message,
        request: Some(entry.request),
        role: Some(request.role),
        method: Some(request.method.value.clone()),
        url: url.clone(),
    };
    replies.extend(entry.answers.iter().filter(|answer| messages.get(**answer).is_some_and(PastedMessage::is_reply)).map(reply));
}

/// Lets the browser remember a preflight that came before the document starts, where the request was sent without one. The URL.
fn remembered(
    scenario: &mut Scenario,
    fetch: &Fetch,
    entry: &Recorded,
    request: &PastedRequest,
    messages: &[PastedMessage],
) -> Option<String> {
    entry.answers.first()?;
    let alone = Scenario { fetches: vec![Fetch { at: 0.0, ..fetch.clone() }], ..scenario.clone() };
    let report = evaluate_with(&alone, Tracing::Off).ok()?;
    let Outcome::NeedsAnswer(needs) = &report.fetches.first()?.outcome else { return None };
    let asked = &needs.request;
    let is_there = |message: &PastedMessage| {
        message.as_request().is_some_and(|found| found.role == PastedRole::Preflight && found.url == request.url)
    };
    if asked.purpose != Purpose::Preflight || messages.iter().any(is_there) {
        return None;
    }
    let page = Url::parse(&scenario.page.url).ok()?;
    let origin = Origin::of_url(&page);
    let (key, origin): (Arc<str>, Arc<str>) = (origin.site().into(), origin.serialize().into());
    let header = |name: &[u8]| value_of(asked, name);
    let method = header(b"access-control-request-method").map(Allows::Method);
    let names = header(b"access-control-request-headers").map(|names| {
        let names = names.as_bytes().split(|&byte| byte == b',').map(|name| ByteString::from(name.trim_ascii()));
        names.map(Allows::HeaderName).collect::<Vec<_>>()
    });
    for allows in method.into_iter().chain(names.into_iter().flatten()) {
        scenario.state.preflight_cache.push(CacheEntry {
            key: Arc::clone(&key),
            origin: Arc::clone(&origin),
            url: asked.url.as_str().into(),
            max_age: MAX_AGE_LIMIT,
            stored_at: fetch.at,
            credentials: true,
            allows,
        });
    }
    Some(asked.url.clone())
}

fn value_of(request: &WireRequest, name: &[u8]) -> Option<ByteString> {
    let line = (0..request.headers.count()).find(|&line| request.headers.name(line).eq_ignore_ascii_case(name))?;
    Some(ByteString::from(request.headers.value(line)))
}
