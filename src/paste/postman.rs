//! A Postman collection, version 2.0 or 2.1, or an item of one: <https://schema.postman.com/>. Its requests, and the responses that
//! are saved with them.

use super::excerpt::{Draft, Excerpt};
use super::json::Json;
use super::message::{PastedBody, PastedField, PastedForm, PastedMessage, PastedRequest, PastedResponse, PastedResponseKind};
use super::problem::{Problem, ProblemKind};
use super::reader::MAX_HEADERS;
use super::span::Span;

/// How many requests of a collection are read.
const MAX_REQUESTS: usize = 200;

/// A request, and the responses that are saved with it.
#[derive(Debug)]
pub(super) struct Saved {
    pub(super) request: PastedRequest,
    pub(super) answers: Vec<PastedMessage>,
}

/// Whether a JSON document is a collection, or an item of one.
pub(super) fn is_postman(json: &Json) -> bool {
    json.member("info").is_some() && matches!(json.member("item"), Some(Json::Array(..))) || is_item(json)
}

fn is_item(json: &Json) -> bool {
    let url = json.at_path("request.url");
    json.member("name").is_some()
        && json.at_path("request.method").text().is_some()
        && (url.member("raw").is_some() || matches!(url, Json::Text(_)))
}

/// Whether something that is not even JSON means to be one.
pub(super) fn resembles_postman(text: &str) -> bool {
    text.contains("\"info\"") && text.contains("\"item\"") && text.contains("\"request\"")
}

/// The requests in their order.
pub(super) fn read(json: &Json, problems: &mut Vec<Problem>) -> Vec<Saved> {
    let mut reading = Reading { variables: variables(json), saved: Vec::new(), problems };
    reading.item(json);
    reading.saved
}

/// The variables of the collection.
fn variables(json: &Json) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pair = |json: &Json| {
        let text = |name: &str| Some(json.member(name)?.text()?.bytes().to_vec());
        Some((text("key")?, text("value")?))
    };
    json.member("variable").map_or(&[][..], Json::elements).iter().filter_map(pair).collect()
}

struct Reading<'p> {
    variables: Vec<(Vec<u8>, Vec<u8>)>,
    saved: Vec<Saved>,
    problems: &'p mut Vec<Problem>,
}

impl Reading<'_> {
    fn item(&mut self, json: &Json) {
        if let Some(items) = json.member("item") {
            items.elements().iter().for_each(|item| self.item(item));
            return;
        }
        if self.saved.len() >= MAX_REQUESTS {
            self.problems.push(ProblemKind::TooManyMessages { limit: MAX_REQUESTS }.at(json.span()));
            return;
        }
        let Some(asked) = json.member("request") else { return };
        let Some(request) = self.request(asked) else {
            self.problems.push(ProblemKind::NoUrl.at(asked.span()));
            return;
        };
        let mut saved = Saved { request, answers: Vec::new() };
        let mut others = Vec::new();
        for response in json.member("response").map_or(&[][..], Json::elements) {
            let Some(answer) = self.response(response) else { continue };
            // NB: a response may be saved with another request than the item's, such as the preflight.
            let original = response.member("originalRequest").and_then(|original| self.request(original));
            let is_another = |original: &PastedRequest| {
                original.method.value != saved.request.method.value || original.target.value != saved.request.target.value
            };
            match original.filter(is_another) {
                Some(request) => others.push(Saved { request, answers: vec![answer] }),
                None => saved.answers.push(answer),
            }
        }
        self.saved.push(saved);
        self.saved.append(&mut others);
    }

    fn request(&mut self, json: &Json) -> Option<PastedRequest> {
        let url = json.member("url")?;
        let target = url.text().or_else(|| url.member("raw")?.text())?;
        let target = self.filled(target);
        let mut headers = self.fields(json.member("header"));
        self.authorization(json, &mut headers);
        let body = json.member("body").and_then(|body| {
            let mode = body.member("mode")?.text()?.text().into_owned();
            let sent = body.member(&mode)?;
            (!sent.span().is_empty()).then_some(PastedBody { span: Some(sent.span()), length: None })
        });
        let empty = PastedRequest::new(PastedForm::Postman, json.span());
        let method = json.member("method").and_then(Json::text).cloned().unwrap_or(empty.method);
        Some(PastedRequest { start_line: target.span, method, target, headers, body, ..empty })
    }

    /// What a setting for authorization adds.
    fn authorization(&mut self, json: &Json, headers: &mut Vec<PastedField>) {
        let Some(auth) = json.member("auth") else { return };
        let kind = auth.member("type").and_then(Json::text).map(|kind| kind.text().into_owned()).unwrap_or_default();
        let scheme: &[u8] = match kind.as_str() {
            "bearer" => b"Bearer ",
            "basic" => b"Basic ",
            _ => return,
        };
        let is_secret = |json: &&Json| {
            json.member("key").and_then(Json::text).is_some_and(|key| matches!(key.bytes(), b"token" | b"password"))
        };
        let settings = auth.member(&kind).map_or(&[][..], Json::elements);
        let secret = settings.iter().find(is_secret).and_then(|setting| setting.member("value")?.text());
        let secret = secret.cloned().unwrap_or_else(|| Excerpt::derived(b"x", Span::new(auth.span().start, auth.span().start)));
        let mut value = Draft::at(secret.span.start);
        value.derived(scheme, Span::new(secret.span.start, secret.span.start));
        value.append(&secret);
        let name = Excerpt::derived(b"Authorization", secret.span);
        headers.push(PastedField { name, value: value.finish(), span: secret.span });
    }

    /// `{key, value}`; those that are disabled are not sent.
    fn fields(&mut self, json: Option<&Json>) -> Vec<PastedField> {
        let mut fields = Vec::new();
        for json in json.map_or(&[][..], Json::elements) {
            let (Some(name), Some(value)) = (json.member("key").and_then(Json::text), json.member("value").and_then(Json::text))
            else {
                continue;
            };
            if matches!(json.member("disabled"), Some(Json::Bool(true, _))) {
                continue;
            }
            if fields.len() >= MAX_HEADERS {
                self.problems.push(ProblemKind::TooManyHeaders { limit: MAX_HEADERS }.at(json.span()));
                break;
            }
            fields.push(PastedField { name: name.clone(), value: self.filled(value).trimmed(), span: json.span() });
        }
        fields
    }

    /// The text with the values of the collection's variables in it; others stay as they are written.
    fn filled(&mut self, text: &Excerpt) -> Excerpt {
        let mut draft = Draft::at(text.span.start);
        let mut rest = text.clone();
        while let Some(at) = rest.bytes().windows(2).position(|window| window == b"{{") {
            let Some(length) = rest.bytes().get(at..).and_then(|rest| rest.windows(2).position(|window| window == b"}}")) else {
                break;
            };
            let end = at + length + 2;
            let name = rest.slice(at + 2..end - 2).trimmed();
            let slot = rest.slice(at..end);
            draft.append(&rest.slice(0..at));
            match self.variables.iter().find(|(known, _)| known == name.bytes()) {
                Some((_, value)) => draft.derived(value, slot.span),
                None => {
                    self.problems.push(ProblemKind::Variable { name: name.text().into_owned() }.at(slot.span));
                    draft.append(&slot);
                }
            }
            rest = rest.from(end);
        }
        draft.append(&rest);
        draft.finish()
    }

    fn response(&mut self, json: &Json) -> Option<PastedMessage> {
        let code = json.member("code")?;
        let Json::Number(written) = code else { return None };
        let status = written.text().parse().ok().filter(|status| (100..=999).contains(status))?;
        let reason = json.member("status").and_then(Json::text).cloned().unwrap_or_else(|| Excerpt::empty(code.span().end));
        Some(PastedMessage::Response(PastedResponse {
            form: PastedForm::Postman,
            span: json.span(),
            start_line: code.span(),
            version: None,
            status,
            status_span: code.span(),
            reason,
            headers: self.fields(json.member("header")),
            body: None,
            kind: PastedResponseKind::Final,
            answers: None,
        }))
    }
}
