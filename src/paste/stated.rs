//! A scenario that was pasted as JSON: read as it is, with the place of each call and answer.

use url::Url;

use super::excerpt::Excerpt;
use super::json::{self, Json, Unfit};
use super::message::{
    PastedBody, PastedFailure, PastedField, PastedForm, PastedMessage, PastedOptions, PastedRequest, PastedResponse,
    PastedResponseKind,
};
use super::span::Span;
use crate::evaluate::{Tracing, evaluate_with};
use crate::network::Answer;
use crate::scenario::{Fetch, Scenario};

/// A scenario, and for each of its fetches where it stands.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) scenario: Scenario,
    pub(super) fetches: Vec<StatedFetch>,
}

/// A fetch as messages.
#[derive(Debug)]
pub(super) struct StatedFetch {
    pub(super) request: PastedMessage,
    pub(super) answers: Vec<PastedMessage>,
}

/// Reads the scenario. What makes no sense is said with its place.
pub(super) fn read(json: &Json) -> Result<Stated, Unfit> {
    let scenario: Scenario = json::deserialize(json)?;
    if let Err(error) = evaluate_with(&scenario, Tracing::Off) {
        return Err(Unfit { message: error.to_string(), span: json.at_path(error.place()).span() });
    }
    let page = Url::parse(scenario.page.base_url.as_ref().unwrap_or(&scenario.page.url)).ok();
    let places = json.member("fetches").map_or(&[][..], Json::elements);
    let fetches = scenario.fetches.iter().zip(places).map(|(fetch, place)| of_fetch(fetch, place, page.as_ref())).collect();
    Ok(Stated { scenario, fetches })
}

fn of_fetch(fetch: &Fetch, place: &Json, page: Option<&Url>) -> StatedFetch {
    let call = place.member("call").unwrap_or(place);
    let init = call.member("init").unwrap_or(call);
    let start = Span::new(call.span().start, call.span().start);
    let text = |json: &Json, name: &str| json.member(name).and_then(Json::text).cloned();
    let target = text(call, "url").unwrap_or_else(|| Excerpt::empty(start.start));
    let mut url = page.map_or_else(|| Url::parse(&target.text()), |page| page.join(&target.text())).ok();
    if let Some(url) = &mut url {
        url.set_fragment(None);
    }
    let body = init.member("body").map(|body| PastedBody { span: Some(body.span()), length: None });
    let request = PastedRequest {
        start_line: if target.span.is_empty() { start } else { target.span },
        method: text(init, "method").unwrap_or_else(|| Excerpt::derived(b"GET", start)),
        target,
        headers: fields(init),
        body,
        url: url.map(String::from),
        call: Some(Box::new(fetch.call.clone())),
        options: Box::new(PastedOptions::of(init.span(), init.members().iter().map(|(name, value)| (name, value.span())))),
        ..PastedRequest::new(PastedForm::Scenario, place.span())
    };
    let places = place.member("answers").map_or(&[][..], Json::elements);
    let answers = fetch.answers.iter().zip(places).map(|(answer, place)| of_answer(answer, place)).collect();
    StatedFetch { request: PastedMessage::Request(request), answers }
}

fn of_answer(answer: &Answer, place: &Json) -> PastedMessage {
    let span = place.span();
    let response = match answer {
        Answer::Failure(failure) => {
            let form = PastedForm::Scenario;
            return PastedMessage::Failure(PastedFailure { form, span, failure: failure.failure, answers: None });
        }
        Answer::Response(response) => response,
    };
    let status = place.member("status").map_or(span, Json::span);
    PastedMessage::Response(PastedResponse {
        form: PastedForm::Scenario,
        span,
        start_line: status,
        version: response.http_version,
        status: response.status,
        status_span: status,
        reason: place.member("statusText").and_then(Json::text).cloned().unwrap_or_else(|| Excerpt::empty(status.end)),
        headers: fields(place),
        body: None,
        kind: PastedResponseKind::Final,
        answers: None,
    })
}

/// The pairs of its `headers`.
fn fields(json: &Json) -> Vec<PastedField> {
    let field = |pair: &Json| match pair.elements() {
        [Json::Text(name), Json::Text(value)] => {
            Some(PastedField { name: name.clone(), value: value.trimmed(), span: pair.span() })
        }
        _ => None,
    };
    json.member("headers").map_or(&[][..], Json::elements).iter().filter_map(field).collect()
}

/// Whether a JSON document means to be a scenario.
pub(super) fn is_scenario(json: &Json) -> bool {
    json.member("page").is_some() && json.member("fetches").is_some()
}

/// Whether something that is not even JSON means to be one.
pub(super) fn resembles_scenario(text: &str) -> bool {
    text.contains("\"page\"") && text.contains("\"fetches\"")
}

/// The origin of the scenario's page.
pub(super) fn page_origin(scenario: &Scenario) -> Option<String> {
    match &scenario.page.origin {
        Some(origin) => Some(origin.clone()),
        None => Url::parse(&scenario.page.url).ok().map(|url| url.origin().ascii_serialization()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_place() {
        let text = r#"{"page":{"url":"https://app.example/x/"},"fetches":[{"call":{"api":"fetch","url":"y#z","init":{"method":"PUT",
            "headers":[["X-A","b "]]}},"answers":[{"status":200,"headers":[["A","\u00e9"]]},{"failure":"closed"}]}]}"#;
        let json = json::read(text, 0).json.unwrap();
        let stated = read(&json).unwrap();
        let [fetch] = &stated.fetches[..] else { panic!() };
        let request = fetch.request.as_request().unwrap();
        assert_eq!(request.url.as_deref(), Some("https://app.example/x/y"));
        assert_eq!(request.start_line.of(text), "y#z");
        assert_eq!(request.headers[0].value.span.of(text), "b");
        let response = fetch.answers[0].as_response().unwrap();
        assert_eq!((response.start_line.of(text), response.headers[0].value.span.of(text)), ("200", "\\u00e9"));
        assert_eq!(fetch.answers[1].span().of(text), r#"{"failure":"closed"}"#);
    }

    #[test]
    fn what_makes_no_sense_is_pointed_at() {
        for (text, place) in [
            (r#"{"page":{"url":"app.example"},"fetches":[]}"#, "app.example"),
            (r#"{"page":{"url":"https://a.example"},"fetches":[{"call":{"api":"font","url":"x"},"at":-1}]}"#, "-1"),
            (r#"{"version":2,"page":{"url":"https://a.example"},"fetches":[]}"#, "2"),
        ] {
            let json = json::read(text, 0).json.unwrap();
            assert_eq!(read(&json).unwrap_err().span.of(text), place, "{text}");
        }
    }
}
