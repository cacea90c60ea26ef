//! A request of Bruno, as its `.bru` files have it: blocks of `name: value`.

use super::command::Command;
use super::excerpt::{Draft, Excerpt};
use super::line::line_at;
use super::message::{PastedBody, PastedField, PastedForm, PastedRequest};
use super::problem::ProblemKind;
use super::span::Span;
use crate::infra::bytes::is_token;

const METHODS: [&[u8]; 7] = [b"get", b"head", b"post", b"put", b"patch", b"delete", b"options"];

/// Whether a file can start with this line.
pub(super) fn starts(line: &[u8]) -> bool {
    line == b"meta {"
}

/// Reads the file that starts at `at`. Nothing where it has no request.
pub(super) fn read(text: &str, at: usize) -> Option<Command> {
    let (mut method, mut target, mut headers, mut body) = (None, None, Vec::new(), None);
    let mut problems = Vec::new();
    let mut next = at;
    while next < text.len() {
        let line = line_at(text, next);
        let title = Excerpt::literal(text, line.span).trimmed();
        if title.bytes().is_empty() {
            next = line.next;
            continue;
        }
        // A block: its name and a brace, its lines, a brace alone.
        let Some(name) = title.bytes().strip_suffix(b" {").filter(|name| name.iter().all(|byte| is_name_byte(*byte))) else {
            break;
        };
        if starts(title.bytes()) && next > at {
            // The next file.
            break;
        }
        let mut lines = Vec::new();
        let mut inner = line.next;
        let end = loop {
            if inner >= text.len() {
                problems.push(ProblemKind::UnclosedQuote.at(Span::new(title.span.end - 1, title.span.end)));
                break inner;
            }
            let line = line_at(text, inner);
            inner = line.next;
            // NB: braces of a body are indented.
            if line.span.of(text).trim_end() == "}" {
                break inner;
            }
            lines.push(Excerpt::literal(text, line.span).trimmed());
        };
        match name {
            b"headers" => {
                for line in lines.iter().filter(|line| !line.bytes().is_empty() && !line.bytes().starts_with(b"~")) {
                    match line.split_at_byte(b':').map(|(name, value)| (name.trimmed(), value.trimmed())) {
                        Some((name, value)) if is_token(name.bytes()) => {
                            headers.push(PastedField { name, value, span: line.span });
                        }
                        Some((name, _)) => problems.push(ProblemKind::NotAName.at(name.span)),
                        None => problems.push(ProblemKind::NoColon.at(line.span)),
                    }
                }
            }
            b"auth:bearer" | b"auth:basic" => {
                let scheme: &[u8] = if name == b"auth:bearer" { b"Bearer " } else { b"Basic " };
                let secret =
                    lines.iter().filter_map(|line| line.split_at_byte(b':')).map(|(_, value)| value.trimmed()).next_back();
                if let Some(secret) = secret {
                    let mut value = Draft::at(secret.span.start);
                    value.derived(scheme, Span::new(secret.span.start, secret.span.start));
                    value.append(&secret);
                    let name = Excerpt::derived(b"Authorization", secret.span);
                    headers.push(PastedField { name, value: value.finish(), span: secret.span });
                }
            }
            name if name.starts_with(b"body") => {
                let filled = lines.iter().filter(|line| !line.bytes().is_empty()).map(|line| line.span);
                if let Some(span) = filled.reduce(Span::hull) {
                    body = Some(PastedBody { span: Some(span), length: None });
                }
            }
            name if METHODS.contains(&name) => {
                let verb = title.slice(0..name.len());
                method = Some(Excerpt::derived(&name.to_ascii_uppercase(), verb.span));
                let url =
                    lines.iter().filter_map(|line| line.split_at_byte(b':')).find(|(name, _)| name.trimmed().bytes() == b"url");
                target = url.map(|(_, value)| value.trimmed());
            }
            _ => {}
        }
        next = end;
    }
    let (method, target) = (method?, target.filter(|target| !target.bytes().is_empty())?);
    if let Some(at) = target.bytes().windows(2).position(|window| window == b"{{") {
        let end = target.bytes().iter().rposition(|&byte| byte == b'}').map_or(target.bytes().len(), |end| end + 1).max(at);
        let slot = target.slice(at..end);
        let name = slot.text().trim_matches(['{', '}', ' ']).to_owned();
        problems.push(ProblemKind::Variable { name }.at(slot.span));
    }
    let request = PastedRequest {
        start_line: target.span,
        method,
        target,
        headers,
        body,
        ..PastedRequest::new(PastedForm::Bruno, Span::new(at, next))
    };
    Some(Command { requests: vec![request], problems, next, plausible: true })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_')
}
