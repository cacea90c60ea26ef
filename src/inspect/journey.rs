//! What a picture of a fetch shows beyond its sentences: header lines, what was compared, and what script gets.

use serde::Serialize;

use super::as_text;
use crate::http::header_list::Header;
use crate::http::modes::ResponseType;
use crate::report::{Evidence, FetchReport, Outcome};
use crate::scenario::Page;
use url::Url;

/// A header line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct LineView {
    /// Its name as it is written.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A place that shows why a fetch stopped, in three parts: the bytes that count are in the middle one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct EvidenceView {
    /// What kind of place it is.
    pub place: EvidencePlace,
    /// The index of the exchange that it belongs to; of a URL, that in the URL list.
    pub index: usize,
    /// The name of the header; empty where it is none.
    pub name: String,
    /// What stands before the bytes that count.
    pub before: String,
    /// The bytes that count.
    pub marked: String,
    /// What stands behind them.
    pub after: String,
}

/// What kind of place shows why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum EvidencePlace {
    /// The value of a header of an answer.
    Answer,
    /// A header that an answer does not have.
    Missing,
    /// The status of an answer.
    Status,
    /// The value of a header of a request.
    Request,
    /// A URL.
    Url,
}

/// What script gets, where it gets a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ReadableView {
    /// `response.type`
    #[serde(rename = "type")]
    pub response_type: ResponseType,
    /// `response.status`
    pub status: u16,
    /// `response.url`
    pub url: String,
    /// `response.redirected`
    pub redirected: bool,
    /// Whether `response.body` is null.
    pub null_body: bool,
    /// Whether Resource Timing may show details.
    pub timing_allowed: bool,
}

/// The origin of a page.
pub(super) fn origin(page: &Page) -> String {
    let own = || Url::parse(&page.url).map_or_else(|_| page.url.clone(), |url| url.origin().ascii_serialization());
    page.origin.clone().unwrap_or_else(own)
}

/// Header lines as a person reads them.
pub(super) fn lines(headers: &[Header]) -> Vec<LineView> {
    headers
        .iter()
        .map(|Header(name, value)| LineView { name: as_text(name.as_bytes()), value: as_text(value.as_bytes()) })
        .collect()
}

/// What script gets.
pub(super) fn readable(report: &FetchReport) -> Option<ReadableView> {
    let Outcome::Response(response) = &report.outcome else { return None };
    Some(ReadableView {
        response_type: response.response_type,
        status: response.status,
        url: response.url.clone(),
        redirected: response.redirected,
        null_body: response.null_body,
        timing_allowed: response.timing_allowed,
    })
}

/// What was compared or found where the fetch stopped.
pub(super) fn evidence(report: &FetchReport) -> Vec<EvidenceView> {
    let Outcome::NetworkError(error) = &report.outcome else { return Vec::new() };
    error.evidence.iter().filter_map(|evidence| place(report, evidence)).collect()
}

fn place(report: &FetchReport, evidence: &Evidence) -> Option<EvidenceView> {
    let whole = |place, index, name: &str, marked: String| EvidenceView {
        place,
        index,
        name: name.into(),
        before: String::new(),
        marked,
        after: String::new(),
    };
    let exchange = |index: usize| report.exchanges.get(index);
    match *evidence {
        Evidence::AnswerHeader { exchange: index, line, start, end } => {
            let header = exchange(index)?.response.as_ref()?.headers.get(line)?;
            Some(cut(EvidencePlace::Answer, index, header, start, end))
        }
        Evidence::RequestHeader { exchange: index, line, start, end } => {
            let header = exchange(index)?.request.headers.as_slice().get(line)?;
            Some(cut(EvidencePlace::Request, index, header, start, end))
        }
        Evidence::AnswerHeaderMissing { exchange: index, name } => {
            Some(whole(EvidencePlace::Missing, index, name, String::new()))
        }
        Evidence::AnswerStatus { exchange: index } => {
            let response = exchange(index)?.response.as_ref()?;
            let status = format!("{} {}", response.status, as_text(response.status_text.as_bytes()));
            Some(whole(EvidencePlace::Status, index, "", status.trim_end().into()))
        }
        Evidence::Url { hop } => {
            let url = report.exchanges.iter().find(|exchange| exchange.hop == hop).map(|exchange| exchange.request.url.clone());
            let first = || report.request.as_ref().filter(|_| hop == 0).map(|request| request.url.clone());
            Some(whole(EvidencePlace::Url, hop, "", url.or_else(first)?))
        }
    }
}

fn cut(place: EvidencePlace, index: usize, header: &Header, start: usize, end: usize) -> EvidenceView {
    let value = header.1.as_bytes();
    let start = start.min(value.len());
    let end = end.clamp(start, value.len());
    let part = |range| as_text(value.get(range).unwrap_or_default());
    EvidenceView {
        place,
        index,
        name: as_text(header.0.as_bytes()),
        before: part(0..start),
        marked: part(start..end),
        after: part(end..value.len()),
    }
}
