//! A request on the wire as text that a person can send: raw HTTP/1.1, or a `curl` command.

use url::{Position, Url};

use crate::http::header_list::Fields;
use crate::infra::bytes::isomorphic_decode;
use crate::network::WireRequest;

/// The request as raw HTTP/1.1 up to its body, lines ended by CRLF, with the `Host` that its URL implies.
///
/// Bytes that are UTF-8 are shown as such, others one character for each byte. CR, LF and NUL, which no header can have,
/// become spaces, so that each header stays one line.
///
/// ```
/// # use corscope::{Call, Fetch, Outcome, Page, RequestInit, Scenario, evaluate, render};
/// let fetch = Fetch::new(Call::fetch("https://api.example/data?x=1", RequestInit::default()));
/// let report = evaluate(&Scenario::new(Page::new("https://app.example/"), vec![fetch])).unwrap();
/// let Outcome::NeedsAnswer(needs) = &report.fetches[0].outcome else { panic!() };
/// assert!(render::to_http1(&needs.request).starts_with("GET /data?x=1 HTTP/1.1\r\nHost: api.example\r\n"));
/// ```
pub fn to_http1(request: &WireRequest) -> String {
    let mut lines = Vec::new();
    let method = one_line(request.method.as_bytes());
    match Url::parse(&request.url) {
        Ok(url) => {
            lines.push(format!("{method} {} HTTP/1.1", &url[Position::BeforePath..Position::AfterQuery]));
            lines.push(format!("Host: {}", &url[Position::BeforeHost..Position::AfterPort]));
        }
        // NB: a request that the engine makes has a URL.
        Err(_) => lines.push(format!("{method} {} HTTP/1.1", one_line(request.url.as_bytes()))),
    }
    lines.extend(header_lines(request).map(|(name, value)| format!("{}: {}", one_line(name), one_line(value))));
    lines.join("\r\n") + "\r\n\r\n"
}

/// The request as a `curl` command for bash, which prints the head of the answer: what [`crate::paste`] reads.
///
/// Every argument that is not plain is quoted, so nothing in a header or a URL can end its quotes. CR, LF and NUL, which no
/// header can have, become spaces. The body, if there is one, is read from a file named `body`.
pub fn to_curl(request: &WireRequest) -> String {
    let method = request.method.as_bytes();
    let mut command = match method {
        // NB: with `-X HEAD` curl would wait for a body.
        b"HEAD" => "curl -I ".to_owned(),
        b"GET" if !request.has_body => "curl -i ".to_owned(),
        _ => format!("curl -i -X {} ", quoted(&clean(method))),
    };
    if request.url.contains(['[', ']', '{', '}']) {
        // NB: otherwise curl makes several URLs of it.
        command.push_str("-g ");
    }
    command.push_str(&quoted(&clean(request.url.as_bytes())));
    let mut option = |text: &str| {
        command.push_str(" \\\n  ");
        command.push_str(text);
    };
    for (name, value) in header_lines(request) {
        let (name, value) = (clean(name), clean(value));
        // NB: `Name:` would remove the header; `Name;` sends it empty.
        let line = if value.is_empty() { [&name[..], b";"].concat() } else { [&name[..], b": ", &value].concat() };
        option(&format!("-H {}", quoted(&line)));
    }
    if request.has_body {
        if !header_lines(request).any(|(name, _)| name.eq_ignore_ascii_case(b"content-type")) {
            // NB: curl would add one of its own.
            option("-H 'Content-Type:'");
        }
        option("--data-binary @body");
    }
    command
}

/// The header lines that the Fetch Standard decides. curl and sockets add the others themselves.
fn header_lines(request: &WireRequest) -> impl Iterator<Item = (&[u8], &[u8])> {
    (0..request.headers.count()).map(|line| (request.headers.name(line), request.headers.value(line)))
}

/// Bytes without those that would end a line, or a string in C.
fn clean(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|&byte| if matches!(byte, 0 | b'\r' | b'\n') { b' ' } else { byte }).collect()
}

fn one_line(bytes: &[u8]) -> String {
    String::from_utf8(clean(bytes)).unwrap_or_else(|error| isomorphic_decode(error.as_bytes()))
}

/// An argument in bash's quotes: as it is where it is plain, in `'...'` where it is text, in `$'...'` where it is not.
fn quoted(argument: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':');
    match std::str::from_utf8(argument) {
        Ok(text) if !text.is_empty() && argument.iter().all(plain) && !text.starts_with('-') => text.to_owned(),
        // NB: in single quotes only their own end means anything; that is written outside of them.
        Ok(text) if !text.chars().any(is_unprintable) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => {
            let escaped: String = argument.iter().map(|&byte| escape(byte)).collect();
            format!("$'{escaped}'")
        }
    }
}

/// Characters that a terminal acts upon, or that change how the line looks.
fn is_unprintable(found: char) -> bool {
    found.is_control()
        || matches!(found, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn escape(byte: u8) -> String {
    match byte {
        b'\'' => r"\'".to_owned(),
        b'\\' => r"\\".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        // NB: three octal digits end by themselves; hexadecimal ones could go on into the next character.
        _ => format!("\\{byte:03o}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::header_list::{Header, HeaderList};
    use crate::infra::bytes::ByteString;
    use crate::network::Purpose;

    fn request(method: &str, url: &str, headers: &[(&[u8], &[u8])]) -> WireRequest {
        let header = |&(name, value): &(&[u8], &[u8])| Header(ByteString::from(name), ByteString::from(value));
        WireRequest {
            purpose: Purpose::Actual,
            method: ByteString::from(method.as_bytes()),
            url: url.to_owned(),
            headers: HeaderList::from(headers.iter().map(header).collect::<Vec<_>>()),
            credentials: false,
            has_body: false,
        }
    }

    #[test]
    fn raw_http() {
        for (method, url, headers, expected) in [
            (
                "OPTIONS",
                "https://api.example/a%20b?c=d",
                &[(&b"Accept"[..], &b"*/*"[..]), (b"Origin", b"https://app.example")][..],
                "OPTIONS /a%20b?c=d HTTP/1.1\r\nHost: api.example\r\nAccept: */*\r\nOrigin: https://app.example\r\n\r\n",
            ),
            ("GET", "http://[::1]:8080/", &[], "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"),
            ("GET", "https://u:p@a.example:443/#f", &[], "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
            (
                "GET",
                "https://a.example/",
                &[(b"X", b"a\r\nInjected: 1\0"), (b"Y", b"caf\xc3\xa9"), (b"Z", b"caf\xe9")],
                "GET / HTTP/1.1\r\nHost: a.example\r\nX: a  Injected: 1 \r\nY: caf\u{e9}\r\nZ: caf\u{e9}\r\n\r\n",
            ),
        ] {
            assert_eq!(to_http1(&request(method, url, headers)), expected);
        }
    }

    #[test]
    fn curl() {
        for (method, url, headers, expected) in [
            ("GET", "https://a.example/", &[][..], "curl -i https://a.example/"),
            ("HEAD", "https://a.example/x?y=z", &[], "curl -I 'https://a.example/x?y=z'"),
            ("GET", "http://[::1]/", &[], "curl -i -g 'http://[::1]/'"),
            (
                "OPTIONS",
                "https://a.example/",
                &[(&b"Origin"[..], &b"https://app.example"[..]), (b"Access-Control-Request-Headers", b"content-type,x-a")],
                "curl -i -X OPTIONS https://a.example/ \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Headers: content-type,x-a'",
            ),
            (
                "GET",
                "https://a.example/'$(x)'",
                &[(b"X-A", b"it's $(rm) `x` !! \\"), (b"X-B", b""), (b"X-C", b"\x1b[31m'\xe91\\")],
                "curl -i 'https://a.example/'\\''$(x)'\\''' \\\n  -H 'X-A: it'\\''s $(rm) `x` !! \\' \\\n  -H 'X-B;' \\\n  \
                 -H $'X-C: \\033[31m\\'\\3511\\\\'",
            ),
        ] {
            assert_eq!(to_curl(&request(method, url, headers)), expected);
        }
        let post = WireRequest { has_body: true, ..request("POST", "https://a.example/", &[]) };
        assert_eq!(to_curl(&post), "curl -i -X POST https://a.example/ \\\n  -H 'Content-Type:' \\\n  --data-binary @body");
    }
}
