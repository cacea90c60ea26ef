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
            let header = exchange(index)?.response.as_ref()?.headers.as_slice().get(line)?;
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

#[cfg(test)]
mod tests {
    use super::super::{Overrides, inspect, read};
    use super::*;

    const ASKED: &str = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n";

    #[test]
    fn what_decided_is_cut_at_the_bytes_that_count() {
        let of = |place, index, name: &str, [before, marked, after]: [&str; 3]| EvidenceView {
            place,
            index,
            name: name.into(),
            before: before.into(),
            marked: marked.into(),
            after: after.into(),
        };
        let origin = of(EvidencePlace::Request, 0, "Origin", ["", "https://app.example", ""]);
        let rows = [
            ("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n", vec![]),
            (
                "HTTP/1.1 200 OK\nX-Note: 1\n",
                vec![of(EvidencePlace::Missing, 0, "Access-Control-Allow-Origin", ["", "", ""]), origin.clone()],
            ),
            (
                "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin:  https://app.example/\n",
                vec![
                    of(EvidencePlace::Answer, 0, "Access-Control-Allow-Origin", ["", "https://app.example/", ""]),
                    origin.clone(),
                ],
            ),
            (
                "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: http://é.example\n",
                vec![of(EvidencePlace::Answer, 0, "Access-Control-Allow-Origin", ["", "http://é.example", ""]), origin],
            ),
        ];
        for (answer, expected) in rows {
            let inspection = inspect("https://app.example", &format!("{ASKED}{answer}"), &Overrides::default());
            assert_eq!(inspection.fetches[0].evidence, expected, "{answer}");
        }
        let preflight = "PUT /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nOPTIONS /me HTTP/1.1\nHost: api.example\n\
            Origin: https://app.example\nAccess-Control-Request-Method: PUT\n\nHTTP/1.1 404 Not Found\nAccess-Control-Allow-Origin: *\n";
        let inspection = inspect("", preflight, &Overrides::default());
        assert_eq!(inspection.fetches[0].evidence, [of(EvidencePlace::Status, 0, "", ["", "404 Not Found", ""])]);
        assert_eq!(inspection.origin.as_deref(), Some("https://app.example"));
    }

    #[test]
    fn who_is_asked_what_and_what_script_gets() {
        let text = "GET /a HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 302 Found\nLocation: https://files.example/b\n\
            Access-Control-Allow-Origin: *\n\nGET /b HTTP/1.1\nHost: files.example\nOrigin: null\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";
        let inspection = inspect("https://app.example", text, &Overrides::default());
        let [fetch] = &inspection.fetches[..] else { panic!() };
        assert_eq!(fetch.api, "fetch()");
        let hops: Vec<_> = fetch.exchanges.iter().map(|exchange| (&*exchange.server, exchange.hop)).collect();
        assert_eq!(hops, [("https://api.example", 0), ("https://files.example", 1)]);
        let line = |name: &str, value: &str| LineView { name: name.into(), value: value.into() };
        assert_eq!(
            fetch.exchanges[0].answer,
            [line("Location", "https://files.example/b"), line("Access-Control-Allow-Origin", "*")]
        );
        assert!(fetch.exchanges[1].sent.contains(&line("Origin", "null")), "{:?}", fetch.exchanges[1].sent);
        assert!(fetch.exchanges[1].curl.starts_with("curl -i https://files.example/b"), "{}", fetch.exchanges[1].curl);
        let expected = ReadableView {
            response_type: ResponseType::Cors,
            status: 200,
            url: "https://files.example/b".into(),
            redirected: true,
            null_body: false,
            timing_allowed: false,
        };
        assert_eq!(fetch.response, Some(expected));
    }

    #[test]
    fn a_text_is_read_as_a_scenario_with_its_answers() {
        let text = format!("{ASKED}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n");
        let credentials = Overrides { credentials: Some("include".into()), ..Overrides::default() };
        let scenario = read("https://app.example", &text, &credentials).unwrap();
        assert_eq!((&*scenario.page.url, scenario.fetches.len()), ("https://app.example/", 1));
        assert_eq!(scenario.fetches[0].answers.len(), 1);
        let crate::Call::Fetch { init, .. } = &scenario.fetches[0].call else { panic!() };
        assert_eq!(init.credentials.as_deref(), Some("include"));
        assert_eq!(read("", "nothing", &Overrides::default()), None);
        // As JSON it is read as the same.
        let json = serde_json::to_string(&scenario).unwrap();
        assert_eq!(read("", &json, &Overrides::default()), Some(scenario));
    }
}
