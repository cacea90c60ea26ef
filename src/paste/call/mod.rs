//! A call as a script writes it, `fetch(...)`, `axios(...)` or a sequence on an `XMLHttpRequest`, read as the request that it
//! makes. What developer tools copy as `fetch` is one as well.

mod literal;

use super::command::Command;
use super::excerpt::Excerpt;
use super::message::{PastedBody, PastedField, PastedForm, PastedOption, PastedOptions, PastedRequest};
use super::problem::{Problem, ProblemKind};
use super::span::Span;
use crate::infra::bytes::is_token;
use crate::scenario::{Body, Call, InitWindow, RequestInit};
use literal::{Scanner, Value, is_name_byte};

/// How far around an `open()` the other statements on the same `XMLHttpRequest` are looked for, in bytes.
const XHR_REACH: usize = 16 * 1024;

/// What a call starts with, and how its arguments are meant.
const CALLS: &[(&str, Kind)] = &[
    ("fetch(", Kind::Fetch),
    ("axios(", Kind::Axios(None)),
    ("axios.request(", Kind::Axios(None)),
    ("axios.get(", Kind::Axios(Some("GET"))),
    ("axios.delete(", Kind::Axios(Some("DELETE"))),
    ("axios.head(", Kind::Axios(Some("HEAD"))),
    ("axios.options(", Kind::Axios(Some("OPTIONS"))),
    ("axios.post(", Kind::AxiosData("POST")),
    ("axios.put(", Kind::AxiosData("PUT")),
    ("axios.patch(", Kind::AxiosData("PATCH")),
    (".open(", Kind::Xhr),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `fetch(url, init)`
    Fetch,
    /// `axios(config)`, `axios(url, config)`, `axios.get(url, config)`
    Axios(Option<&'static str>),
    /// `axios.post(url, data, config)`
    AxiosData(&'static str),
    /// `xhr.open(method, url)`
    Xhr,
}

/// Where in `line` a call starts: its name, and the parenthesis after it.
pub(super) fn call_at(line: &[u8]) -> Option<usize> {
    let starts = |word: &[u8]| {
        let at = line.windows(word.len()).position(|window| window == word)?;
        let before = at.checked_sub(1).and_then(|before| line.get(before)).copied();
        let is_whole = match word.first() {
            // `xhr.open(`: what stands before the dot is the object.
            Some(b'.') => before.is_some_and(is_name_byte),
            _ => before
                .is_none_or(|before| !is_name_byte(before) && before != b'.' || is_global(line.get(..at).unwrap_or_default())),
        };
        is_whole.then(|| if word.starts_with(b".") { object_start(line, at) } else { at })
    };
    CALLS.iter().filter_map(|(word, _)| starts(word.as_bytes())).min()
}

/// `window.`, `self.`, `globalThis.`
fn is_global(before: &[u8]) -> bool {
    ["window.", "self.", "globalThis."].iter().any(|object| before.ends_with(object.as_bytes()))
}

fn object_start(line: &[u8], dot: usize) -> usize {
    let name = line.get(..dot).unwrap_or_default().iter().rev().take_while(|byte| is_name_byte(**byte)).count();
    dot - name
}

/// Reads the call that starts at `at`. Nothing where it is not one: a parenthesis that is never closed, or no URL in it.
pub(super) fn read(text: &str, at: usize) -> Option<Command> {
    let rest = text.get(at..)?;
    let object = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
    let (word, kind) = CALLS.iter().find(|(word, kind)| match kind {
        Kind::Xhr => rest.get(object..).is_some_and(|rest| rest.starts_with(word)),
        _ => rest.starts_with(word),
    })?;
    let open = at + word.len() - 1 + if *kind == Kind::Xhr { object } else { 0 };
    let mut scanner = Scanner::new(text, open);
    let arguments = scanner.arguments()?;
    let span = Span::new(at, scanner.at);
    let mut read = Reading { span, problems: Vec::new() };
    let mut next = scanner.at;
    let request = match kind {
        Kind::Fetch => read.fetch(&arguments)?,
        Kind::Axios(method) => read.axios(&arguments, *method, None)?,
        Kind::AxiosData(method) => read.axios(&arguments, Some(method), Some(1))?,
        Kind::Xhr => {
            let (request, end) = read.xhr(text, at, rest.get(..object)?, &arguments)?;
            next = end;
            request
        }
    };
    // What stands behind it in the same statement is not part of it: `.then(...)`, `;`.
    let line_end = text.get(next..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| next + end + 1);
    Some(Command { requests: vec![request], problems: read.problems, next: line_end, plausible: true })
}

struct Reading {
    span: Span,
    problems: Vec<Problem>,
}

/// What the arguments say, before it is known which API it was.
#[derive(Default)]
struct Said {
    method: Option<Excerpt>,
    headers: Vec<PastedField>,
    body: Option<(Body, Span)>,
    options: PastedOptions,
}

impl Reading {
    /// `fetch(url, init)`, `fetch(new Request(url, init))`
    fn fetch(&mut self, arguments: &[Value]) -> Option<PastedRequest> {
        let (input, init) = match arguments {
            [Value::Made { name, arguments, .. }, rest @ ..] if name.bytes() == b"Request" => {
                (arguments.first()?, rest.first().or(arguments.get(1)))
            }
            [input, rest @ ..] => (input, rest.first()),
            [] => return None,
        };
        let url = self.url(input)?;
        let mut said = Said::default();
        let mut call = RequestInit::default();
        if let Some(init) = init {
            said.method = self.string(init, "method");
            said.headers = init.member("headers").map(|headers| self.headers(headers)).unwrap_or_default();
            said.body = init.member("body").and_then(|body| self.body(body));
            let mut word = |name: &str| self.string(init, name).map(|word| word.text().into_owned());
            call.mode = word("mode");
            call.credentials = word("credentials");
            call.cache = word("cache");
            call.redirect = word("redirect");
            call.referrer_policy = word("referrerPolicy");
            call.integrity = word("integrity");
            call.duplex = word("duplex");
            call.keepalive = init.member("keepalive").and_then(as_bool);
            if matches!(init.member("window"), Some(Value::Word(word)) if word.bytes() == b"null") {
                call.window = Some(InitWindow::Null);
            }
            if let Some(referrer) = self.string(init, "referrer") {
                call.referrer = Some(referrer.text().into_owned());
                // NB: what developer tools write there is the page.
                said.headers.push(named("Referer", referrer));
            }
            if matches!(init, Value::Word(_) | Value::Unknown(_)) {
                self.unknown(init);
            }
            said.options = options(init);
        }
        call.body = said.body.as_ref().map(|(body, _)| body.clone());
        let url_text = url.text().into_owned();
        Some(self.request(url, said, |method, headers| {
            call.method = method;
            call.headers = headers;
            Call::Fetch { url: url_text, init: call, header_edits: Vec::new() }
        }))
    }

    /// `axios(config)` and its kind. The body is the argument at `data`, or the config's `data`.
    fn axios(&mut self, arguments: &[Value], method: Option<&'static str>, data: Option<usize>) -> Option<PastedRequest> {
        let (input, config) = match arguments {
            [config @ Value::Object(..)] if method.is_none() => (config.member("url")?, Some(config)),
            [input, rest @ ..] => (input, rest.get(data.unwrap_or(0))),
            [] => return None,
        };
        let url = self.url(input)?;
        let mut said = Said {
            method: method.map(|method| Excerpt::derived(method.as_bytes(), Span::new(self.span.start, self.span.start))),
            ..Said::default()
        };
        let data = data.and_then(|at| arguments.get(at)).or_else(|| config?.member("data"));
        let with_credentials = config.and_then(|config| config.member("withCredentials")).and_then(as_bool).unwrap_or(false);
        if let Some(config) = config {
            said.options = options(config);
            said.method = said.method.or_else(|| {
                let method = self.string(config, "method")?;
                Some(Excerpt::derived(method.text().to_ascii_uppercase().as_bytes(), method.span))
            });
            said.headers = config.member("headers").map(|headers| self.headers(headers)).unwrap_or_default();
        }
        // NB: what axios itself sets; the browser would say `*/*` where nobody does.
        let at = Span::new(self.span.start, self.span.start);
        let mut imply = |name: &str, value: &[u8], span: Span| {
            if !said.headers.iter().any(|header| header.name.is(name.as_bytes())) {
                said.headers.push(named(name, Excerpt::derived(value, span)));
            }
        };
        imply("Accept", b"application/json, text/plain, */*", at);
        if let Some(data) = data.filter(|data| !is_nothing(data)) {
            let span = data.span();
            match data {
                Value::Made { name, .. } if name.bytes() == b"FormData" => {}
                Value::Made { name, .. } if name.bytes() == b"URLSearchParams" => {
                    imply("Content-Type", b"application/x-www-form-urlencoded;charset=utf-8", span);
                }
                Value::Text(_) => imply("Content-Type", b"application/x-www-form-urlencoded", span),
                Value::Made { name, .. } if name.bytes() == b"JSON.stringify" => {
                    imply("Content-Type", b"application/x-www-form-urlencoded", span);
                }
                _ => imply("Content-Type", b"application/json", span),
            }
            said.body = match data {
                Value::Object(..) | Value::Array(..) | Value::Word(_) | Value::Unknown(_) => {
                    Some((Body::Bytes { length: length(span) }, span))
                }
                data => self.body(data),
            };
        }
        let body = said.body.as_ref().map(|(body, _)| body.clone());
        let url_text = url.text().into_owned();
        Some(self.request(url, said, |method, headers| Call::Xhr {
            method: method.unwrap_or_else(|| "GET".into()),
            url: url_text,
            headers: headers.unwrap_or_default(),
            with_credentials,
            upload_listener: false,
            sync: false,
            body,
            username: None,
            password: None,
        }))
    }

    /// `xhr.open(method, url)`, and what else is done to the same object until it is sent. Also where that ends.
    fn xhr(&mut self, text: &str, at: usize, object: &str, arguments: &[Value]) -> Option<(PastedRequest, usize)> {
        let method = arguments.first()?.text().filter(|method| is_token(method.bytes()))?.clone();
        let url = self.url(arguments.get(1)?)?;
        let mut said = Said { method: Some(method), ..Said::default() };
        let is_sync = arguments.get(2).and_then(as_bool) == Some(false);
        let [user, password] = [3, 4].map(|index| arguments.get(index).and_then(Value::text).map(|it| it.text().into_owned()));
        let (mut with_credentials, mut upload_listener) = (false, false);
        let mut end = self.span.end;
        let from = ceil(text, at.saturating_sub(XHR_REACH));
        let to = ceil(text, at.saturating_add(XHR_REACH).min(text.len()));
        for (place, member) in members(text, from, to, object) {
            let after = place + member.len();
            if member == "withCredentials" {
                let value = assigned(text, after).unwrap_or_default();
                with_credentials = value.starts_with("true");
                if with_credentials {
                    let start = text.len() - value.len();
                    let value = Span::new(start, start + "true".len());
                    let span = Span::new(place - object.len() - 1, value.end);
                    said.options.members.push(PastedOption { name: "withCredentials", value, span });
                }
            } else if member == "upload" {
                upload_listener = true;
            } else if place > at && member == "setRequestHeader" {
                let mut scanner = Scanner::new(text, after);
                if let Some([name, value]) = scanner.arguments().as_deref() {
                    said.headers.extend(self.header(name.text().cloned(), value));
                    end = end.max(scanner.at);
                }
            } else if place > at && member == "send" {
                let mut scanner = Scanner::new(text, after);
                if let Some(sent) = scanner.arguments() {
                    said.body = sent.first().and_then(|body| self.body(body));
                    end = end.max(scanner.at);
                }
                break;
            }
        }
        let body = said.body.as_ref().map(|(body, _)| body.clone());
        let url_text = url.text().into_owned();
        self.span.end = end;
        let request = self.request(url, said, |method, headers| Call::Xhr {
            method: method.unwrap_or_else(|| "GET".into()),
            url: url_text,
            headers: headers.unwrap_or_default(),
            with_credentials,
            upload_listener,
            sync: is_sync,
            body,
            username: user,
            password,
        });
        Some((request, end))
    }

    fn request(
        &self,
        target: Excerpt,
        said: Said,
        call: impl FnOnce(Option<String>, Option<Vec<(String, String)>>) -> Call,
    ) -> PastedRequest {
        let text = |excerpt: &Excerpt| excerpt.text().into_owned();
        let headers: Vec<_> = said.headers.iter().map(|field| (text(&field.name), text(&field.value))).collect();
        let call = call(said.method.as_ref().map(text), (!headers.is_empty()).then_some(headers));
        let empty = PastedRequest::new(PastedForm::Call, self.span);
        PastedRequest {
            method: said.method.unwrap_or(empty.method),
            target,
            headers: said.headers,
            body: said.body.map(|(_, span)| PastedBody { span: Some(span), length: None }),
            call: Some(Box::new(call)),
            options: Box::new(said.options),
            ..empty
        }
    }

    /// The URL of a request: a string, or `new URL("...")`.
    fn url(&mut self, value: &Value) -> Option<Excerpt> {
        match value {
            Value::Text(url) => Some(url.clone()),
            Value::Made { name, arguments, .. } if name.bytes() == b"URL" => match arguments.as_slice() {
                [Value::Text(url)] => Some(url.clone()),
                [Value::Text(url), Value::Text(base)] => {
                    let joined = url::Url::parse(&base.text()).ok()?.join(&url.text()).ok()?;
                    Some(Excerpt::derived(joined.as_str().as_bytes(), url.span))
                }
                _ => None,
            },
            _ => {
                self.unknown(value);
                None
            }
        }
    }

    fn string(&mut self, object: &Value, name: &str) -> Option<Excerpt> {
        match object.member(name)? {
            Value::Text(text) => Some(text.clone()),
            value if is_nothing(value) => None,
            value => {
                self.unknown(value);
                None
            }
        }
    }

    /// `{name: value}`, `[[name, value]]`, `new Headers(...)` of one of these.
    fn headers(&mut self, value: &Value) -> Vec<PastedField> {
        match value {
            Value::Object(members, _) => {
                members.iter().filter_map(|(name, value)| self.header(Some(name.clone()), value)).collect()
            }
            Value::Array(pairs, _) => {
                let pair = |pair: &Value| match pair {
                    Value::Array(pair, _) => match pair.as_slice() {
                        [name, value] => self.header(name.text().cloned(), value),
                        _ => None,
                    },
                    _ => None,
                };
                pairs.iter().filter_map(pair).collect()
            }
            Value::Made { name, arguments, .. } if name.bytes() == b"Headers" => {
                arguments.first().map(|headers| self.headers(headers)).unwrap_or_default()
            }
            value if is_nothing(value) => Vec::new(),
            value => {
                self.unknown(value);
                Vec::new()
            }
        }
    }

    fn header(&mut self, name: Option<Excerpt>, value: &Value) -> Option<PastedField> {
        let name = name?;
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Word(word) if word.bytes().first().is_some_and(u8::is_ascii_digit) => word.clone(),
            // NB: a value that is not safelisted anywhere stands for one that nobody knows.
            value => {
                self.unknown(value);
                Excerpt::derived(b"x", value.span())
            }
        };
        if !is_token(name.bytes()) {
            self.problems.push(ProblemKind::NotAName.at(name.span));
            return None;
        }
        let span = name.span.hull(value.span);
        Some(PastedField { name, value, span })
    }

    /// A body, by the kind that decides its `Content-Type`.
    fn body(&mut self, value: &Value) -> Option<(Body, Span)> {
        let span = value.span();
        let body = match value {
            Value::Text(text) => Body::Text { text: text.text().into_owned() },
            Value::Made { name, .. } => match name.bytes() {
                b"JSON.stringify" | b"String" => Body::Text { text: "x".repeat(length(span).min(1024) as usize) },
                b"FormData" => Body::FormData { length: None },
                b"URLSearchParams" => Body::UrlSearchParams { text: String::new() },
                _ => {
                    self.unknown(value);
                    Body::Bytes { length: length(span) }
                }
            },
            value if is_nothing(value) => return None,
            value => {
                self.unknown(value);
                Body::Bytes { length: length(span) }
            }
        };
        Some((body, span))
    }

    fn unknown(&mut self, value: &Value) {
        self.problems.push(ProblemKind::OnlyScriptKnows.at(value.span()));
    }
}

/// The options that an object has.
fn options(object: &Value) -> PastedOptions {
    let Value::Object(members, span) = object else { return PastedOptions::default() };
    PastedOptions::of(*span, members.iter().map(|(name, value)| (name, value.span())))
}

fn named(name: &str, value: Excerpt) -> PastedField {
    let span = value.span;
    PastedField { name: Excerpt::derived(name.as_bytes(), span), value, span }
}

fn length(span: Span) -> u64 {
    (span.end - span.start) as u64
}

fn as_bool(value: &Value) -> Option<bool> {
    match value {
        Value::Word(word) if word.bytes() == b"true" => Some(true),
        Value::Word(word) if word.bytes() == b"false" => Some(false),
        _ => None,
    }
}

/// `null`, `undefined`
fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Word(word) if matches!(word.bytes(), b"null" | b"undefined"))
}

/// The members of `object` that the text between two places names, each with its place.
fn members<'t>(text: &'t str, from: usize, to: usize, object: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    let prefix = format!("{object}.");
    let part = text.get(from..to).unwrap_or_default();
    let places: Vec<usize> = part.match_indices(&prefix).map(|(at, _)| from + at).collect();
    let length = prefix.len();
    places.into_iter().filter_map(move |at| {
        let is_whole =
            at.checked_sub(1).and_then(|before| text.as_bytes().get(before)).is_none_or(|before| !is_name_byte(*before));
        let member = at + length;
        let end = member + text.get(member..)?.bytes().take_while(|byte| is_name_byte(*byte)).count();
        is_whole.then(|| Some((member, text.get(member..end)?))).flatten()
    })
}

/// What stands behind ` = `.
fn assigned(text: &str, at: usize) -> Option<&str> {
    Some(text.get(at..)?.trim_start().strip_prefix('=')?.trim_start())
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
