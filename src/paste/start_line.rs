//! Request lines and status lines: <https://www.rfc-editor.org/rfc/rfc9112#section-2.1>.

use super::excerpt::Excerpt;
use crate::infra::bytes::{is_http_tab_or_space, is_token};
use crate::network::HttpVersion;

/// The first line of a message.
#[derive(Debug, Clone)]
pub(super) enum StartLine {
    Request { method: Excerpt, target: Excerpt, version: Option<HttpVersion> },
    Status { version: HttpVersion, status: u16, digits: Excerpt, reason: Excerpt },
}

impl StartLine {
    /// Reads a line without space around it.
    pub(super) fn read(line: &Excerpt) -> Option<Self> {
        status_line(line).or_else(|| request_line(line))
    }

    /// As [`Self::read`], and takes a request line without a version too, as people write it.
    pub(super) fn read_leniently(line: &Excerpt) -> Option<Self> {
        Self::read(line).or_else(|| versionless(line))
    }
}

pub(super) fn is_request_line(line: &Excerpt) -> bool {
    request_line(line).is_some()
}

pub(super) fn is_status_line(line: &Excerpt) -> bool {
    status_line(line).is_some()
}

/// Whether a line wants to be a status line.
pub(super) fn resembles_status_line(line: &[u8]) -> bool {
    let word = line.split(|&byte| is_http_tab_or_space(byte)).next().unwrap_or_default();
    version(word).is_some()
}

fn status_line(line: &Excerpt) -> Option<StartLine> {
    let bytes = line.bytes();
    let space = bytes.iter().position(|&byte| is_http_tab_or_space(byte))?;
    let version = version(bytes.get(..space)?)?;
    let rest = line.from(space).trimmed();
    let end = rest.bytes().iter().position(|&byte| is_http_tab_or_space(byte)).unwrap_or(rest.bytes().len());
    let digits = rest.slice(0..end);
    let [hundreds @ b'0'..=b'9', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = *digits.bytes() else { return None };
    let status = [hundreds, tens, ones].iter().fold(0, |status, digit| status * 10 + u16::from(digit - b'0'));
    Some(StartLine::Status { version, status, digits, reason: rest.from(end).trimmed() })
}

fn request_line(line: &Excerpt) -> Option<StartLine> {
    let bytes = line.bytes();
    let first = bytes.iter().position(|&byte| is_http_tab_or_space(byte))?;
    let last = bytes.iter().rposition(|&byte| is_http_tab_or_space(byte))?;
    let version = version(bytes.get(last + 1..)?)?;
    let (method, target) = (line.slice(0..first), line.slice(first..last).trimmed());
    (is_token(method.bytes()) && !target.bytes().is_empty()).then_some(StartLine::Request {
        method,
        target,
        version: Some(version),
    })
}

fn versionless(line: &Excerpt) -> Option<StartLine> {
    const METHODS: &[&[u8]] = &[b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"CONNECT"];
    let first = line.bytes().iter().position(|&byte| is_http_tab_or_space(byte))?;
    let (method, target) = (line.slice(0..first), line.from(first).trimmed());
    let bytes = target.bytes();
    let known = METHODS.contains(&method.bytes()) && !bytes.iter().copied().any(is_http_tab_or_space);
    let shape = bytes.starts_with(b"/") || bytes.starts_with(b"http://") || bytes.starts_with(b"https://");
    (known && shape).then_some(StartLine::Request { method, target, version: None })
}

/// `HTTP/1.1` and the like, in any case as browsers read it.
fn version(word: &[u8]) -> Option<HttpVersion> {
    let (name, number) = word.split_at_checked(5)?;
    if !name.eq_ignore_ascii_case(b"HTTP/") {
        return None;
    }
    match number {
        b"1.1" | b"1.0" | b"1" | b"0.9" => Some(HttpVersion::Http1),
        b"2" | b"2.0" => Some(HttpVersion::Http2),
        b"3" | b"3.0" => Some(HttpVersion::Http3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::span::Span;
    use super::*;

    fn read(text: &str) -> Option<String> {
        let line = Excerpt::literal(text, Span::new(0, text.len())).trimmed();
        Some(match StartLine::read_leniently(&line)? {
            StartLine::Request { method, target, version } => {
                format!("{}|{}|{version:?}", method.span.of(text), target.span.of(text))
            }
            StartLine::Status { version, status, digits, reason } => {
                assert_eq!(digits.span.of(text).parse(), Ok(status));
                format!("{status}|{}|{version:?}", reason.span.of(text))
            }
        })
    }

    #[test]
    fn start_lines() {
        for (line, expected) in [
            ("GET / HTTP/1.1", Some("GET|/|Some(Http1)")),
            ("  OPTIONS * HTTP/1.0", Some("OPTIONS|*|Some(Http1)")),
            ("patch\thttps://a.example/x?y=z\tHTTP/2", Some("patch|https://a.example/x?y=z|Some(Http2)")),
            ("GET /a b HTTP/1.1", Some("GET|/a b|Some(Http1)")),
            ("CONNECT a.example:443 HTTP/1.1", Some("CONNECT|a.example:443|Some(Http1)")),
            ("GET /data", Some("GET|/data|None")),
            ("DELETE https://a.example/1", Some("DELETE|https://a.example/1|None")),
            ("GET data", None),
            ("GET /data now", None),
            ("GET HTTP/1.1", None),
            ("G(T / HTTP/1.1", None),
            ("GET / HTTP/1.7", None),
            ("HTTP/1.1 200 OK", Some("200|OK|Http1")),
            ("HTTP/2 200 ", Some("200||Http2")),
            ("HTTP/3 404", Some("404||Http3")),
            ("http/1.0  503   Service Unavailable ", Some("503|Service Unavailable|Http1")),
            ("HTTP/1.1 2000 OK", None),
            ("HTTP/1.1 20 OK", None),
            ("HTTP/1.1", None),
            ("HTTP/1.1 OK", None),
            ("", None),
        ] {
            assert_eq!(read(line).as_deref(), expected, "{line:?}");
        }
    }
}
