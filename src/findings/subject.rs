//! One fetch and its report, and what every check looks up.

use std::sync::Arc;

use url::{Host, Url};

use crate::explain::shown;
use crate::http::header_list::{Header, contains, lines_named};
use crate::infra::origin::{Origin, TupleOrigin};
use crate::network::{Purpose, WireResponse};
use crate::repair::Change;
use crate::report::{AnswerSource, Evidence, Exchange, FetchReport};
use crate::scenario::{Fetch, Page};

/// Whether anybody has a reason to let the page read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is not known.
    Unknown,
    /// Somebody has.
    Trusted,
    /// Nobody has.
    Foreign,
}

/// One fetch and its report.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub page: &'a Page,
    pub index: usize,
    pub fetch: &'a Fetch,
    pub report: &'a FetchReport,
    pub trust: Trust,
}

/// One exchange of it that a server answered.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    pub subject: Subject<'a>,
    pub index: usize,
    pub exchange: &'a Exchange,
    pub response: &'a WireResponse,
}

impl<'a> Subject<'a> {
    /// The exchanges that a server answered, in order. What a cache answered was looked at when it was stored.
    pub(super) fn answers(self) -> impl Iterator<Item = Answered<'a>> {
        let exchanges = self.report.exchanges.iter().enumerate();
        exchanges.filter(|(_, exchange)| exchange.source == AnswerSource::Network).filter_map(move |(index, exchange)| {
            let response = exchange.response.as_ref()?;
            Some(Answered { subject: self, index, exchange, response })
        })
    }

    /// The page's origin.
    pub(super) fn origin(self) -> Option<Origin> {
        origin_of(self.page)
    }
}

/// The origin of a page.
pub(super) fn origin_of(page: &Page) -> Option<Origin> {
    match &page.origin {
        Some(origin) => Origin::parse(origin),
        None => Url::parse(&page.url).ok().map(|url| Origin::of_url(&url)),
    }
}

impl<'a> Answered<'a> {
    pub(super) fn is_preflight(self) -> bool {
        self.exchange.request.purpose == Purpose::Preflight
    }

    /// The URL that was asked.
    pub(super) fn url(self) -> Option<Url> {
        Url::parse(&self.exchange.request.url).ok()
    }

    /// The server, as a sentence names it.
    pub(super) fn server(self) -> String {
        let origin = self.url().map(|url| Origin::of_url(&url).serialize());
        shown(origin.as_deref().unwrap_or(&self.exchange.request.url).as_bytes())
    }

    /// Whether the page is of the origin that was asked, or it cannot be told.
    pub(super) fn is_same_origin(self) -> bool {
        match (self.subject.origin(), self.url()) {
            (Some(origin), Some(url)) => origin.is_of_url(&url),
            _ => true,
        }
    }

    /// The `Origin` that was sent: its line and its value.
    pub(super) fn origin_sent(self) -> Option<(usize, &'a [u8])> {
        let headers = &self.exchange.request.headers;
        let line = lines_named(headers, b"origin").next()?;
        Some((line, headers.as_slice().get(line)?.1.as_bytes()))
    }

    /// The lines of that name, with their values.
    pub(super) fn lines(self, name: &'a str) -> impl Iterator<Item = (usize, &'a [u8])> {
        let headers = self.response.headers.as_slice();
        lines_named(headers, name.as_bytes()).filter_map(|line| Some((line, headers.get(line)?.1.as_bytes())))
    }

    /// The one line of that name, where there is one only.
    pub(super) fn only(self, name: &'a str) -> Option<(usize, &'a [u8])> {
        let mut lines = self.lines(name);
        lines.next().filter(|_| lines.next().is_none())
    }

    /// `Access-Control-Allow-Origin` where it names the origin that was sent, and that origin.
    pub(super) fn named_origin(self) -> Option<Named<'a>> {
        let (line, value) = self.only("access-control-allow-origin")?;
        let (sent, origin) = self.origin_sent()?;
        (value == origin).then_some(Named { line, sent, origin })
    }

    /// Whether answers with credentials may be read, if the origin is allowed.
    pub(super) fn allows_credentials(self) -> bool {
        self.only("access-control-allow-credentials").is_some_and(|(_, value)| value == b"true")
    }

    /// All of the value of a line of the answer.
    pub(super) fn line(self, line: usize) -> Evidence {
        let end = self.response.headers.as_slice().get(line).map_or(0, |header| header.1.as_bytes().len());
        self.part(line, 0, end)
    }

    /// A part of the value of a line of the answer.
    pub(super) fn part(self, line: usize, start: usize, end: usize) -> Evidence {
        Evidence::AnswerHeader { exchange: self.index, line, start, end }
    }

    /// All of the value of a line of the request.
    pub(super) fn request_line(self, line: usize) -> Evidence {
        let end = self.exchange.request.headers.as_slice().get(line).map_or(0, |header| header.1.as_bytes().len());
        Evidence::RequestHeader { exchange: self.index, line, start: 0, end }
    }

    /// A header that the answer does not have.
    pub(super) fn missing(self, name: &'static str) -> Evidence {
        Evidence::AnswerHeaderMissing { exchange: self.index, name }
    }

    /// The change that sets a header of the answer.
    pub(super) fn set(self, name: &str, value: &[u8]) -> Vec<Change> {
        let set =
            |answer| Change::SetHeader { fetch: self.subject.index, answer, name: name.as_bytes().into(), value: value.into() };
        self.exchange.answer.map(set).into_iter().collect()
    }

    /// The changes that take headers out of the answer, as far as they are there.
    pub(super) fn remove(self, names: &[&str]) -> Vec<Change> {
        let Some(answer) = self.exchange.answer else { return Vec::new() };
        let is_there = |name: &&&str| contains(self.response.headers.as_slice(), name.as_bytes());
        let remove = |name: &&str| Change::RemoveHeader { fetch: self.subject.index, answer, name: name.as_bytes().into() };
        names.iter().filter(is_there).map(remove).collect()
    }

    /// The change that puts a header in place of one line of the answer.
    pub(super) fn replace(self, line: usize, Header(name, value): Header) -> Vec<Change> {
        let replace = |answer| Change::ReplaceLine { fetch: self.subject.index, answer, line, name, value };
        self.exchange.answer.map(replace).into_iter().collect()
    }
}

/// An answer that names the origin that was sent.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// The line of `Access-Control-Allow-Origin`.
    pub line: usize,
    /// The line of `Origin`.
    pub sent: usize,
    /// The origin.
    pub origin: &'a [u8],
}

impl Named<'_> {
    /// The origin, if it is one of a scheme, a host and a port.
    pub(super) fn tuple(self) -> Option<Arc<TupleOrigin>> {
        match Origin::parse(std::str::from_utf8(self.origin).ok()?)? {
            Origin::Tuple(tuple) => Some(tuple),
            Origin::Opaque(_) => None,
        }
    }

    /// What shows it: the header, and the origin that it repeats.
    pub(super) fn evidence(self, answered: Answered) -> Vec<crate::report::Evidence> {
        vec![answered.line(self.line), answered.request_line(self.sent)]
    }
}

/// The domain of a host that is one.
pub(super) fn domain<S>(host: &Host<S>) -> Option<&S> {
    match host {
        Host::Domain(domain) => Some(domain),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}
