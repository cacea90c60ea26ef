//! Takes secrets out of a text that somebody wants to show to others, so that it comes to the same verdict.

mod body;

use std::collections::HashMap;

use serde::Serialize;

use super::excerpt::Excerpt;
use super::json::{self, Json};
use super::message::{PastedField, PastedForm, PastedMessage};
use super::part::{PastedPart, PastedPartKind};
use super::span::{Span, Spans};
use super::{Paste, parse};
use crate::infra::bytes::{is_http_tab_or_space, is_http_whitespace};
use body::Bare;

/// A text without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Masked {
    /// The text, in which `masked1`, `masked2` stand for the secrets: the same secret has the same number.
    pub text: String,
    /// Where the secrets stand in the text that was given.
    pub secrets: Vec<Span>,
}

impl Spans for Masked {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        self.secrets.each_span(change);
    }
}

/// Masks the secrets of a pasted text, whichever its format: the values of cookies, of `Authorization` and its kin, of headers
/// such as `X-Api-Key`, of parameters such as `token` in URLs, user names and passwords in URLs, and what bodies say under such
/// names: fields of forms, members of JSON, parts.
///
/// Names stay, and how long a secret is does not show.
///
/// ```
/// let masked = corscope::paste::mask("GET /me?token=abc HTTP/1.1\nHost: api.example\nCookie: sid=1234; theme=dark\n");
/// assert_eq!(masked.text, "GET /me?token=masked1 HTTP/1.1\nHost: api.example\nCookie: sid=masked2; theme=masked3\n");
/// assert_eq!(masked.secrets.len(), 3);
/// ```
pub fn mask(text: &str) -> Masked {
    let paste = parse(text, "");
    let mut found = Found { text, spans: Vec::new() };
    for message in &paste.messages {
        message.headers().iter().for_each(|field| found.field(field));
        if let PastedMessage::Request(request) = message {
            // NB: a script's word without quotes is the name of a variable.
            let bare = if request.form == PastedForm::Call { Bare::Numbers } else { Bare::Anything };
            let span = request.body.and_then(|body| body.span);
            found.spans.extend(span.into_iter().flat_map(|span| body::secrets(text, span, bare)));
        }
    }
    for part in &paste.parts {
        match part.kind {
            PastedPartKind::Document => found.document(part),
            PastedPartKind::Header { .. }
            | PastedPartKind::PseudoHeader { .. }
            | PastedPartKind::StartLine { .. }
            | PastedPartKind::Command { .. } => {}
            PastedPartKind::Body { .. } => {
                found.named(part.span);
                found.spans.extend(body::secrets(text, part.span, Bare::Anything));
            }
            _ => found.named(part.span),
        }
    }
    found.urls();
    found.again(&paste);
    found.finish()
}

/// The same of what is no paste: a URL, or a sentence with URLs in it.
pub(crate) fn mask_urls(text: &str) -> String {
    let mut found = Found { text, spans: Vec::new() };
    found.urls();
    found.finish().text
}

/// Whether the value of a header of this name is a secret.
fn is_secret_header(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    if name.starts_with("access-control-") || name.starts_with("sec-") {
        return false;
    }
    const NAMES: [&str; 5] = ["cookie", "set-cookie", "authorization", "proxy-authorization", "x-auth"];
    NAMES.contains(&name.as_str()) || is_secret_name(&name)
}

/// Whether what has this name is a secret: a header of an application, a parameter, a cookie of a form.
fn is_secret_name(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "key",
        "auth",
        "authorization",
        "pwd",
        "passwd",
        "sig",
        "sid",
        "session",
        "sessionid",
        "jwt",
        "code",
        "otp",
        "awsaccesskeyid",
        "x_amz_credential",
    ];
    const ENDS: [&str; 9] =
        ["token", "secret", "password", "apikey", "api_key", "access_key", "signature", "session_id", "credentials"];
    let name = name.to_ascii_lowercase().replace('-', "_");
    NAMES.contains(&name.as_str()) || ENDS.iter().any(|end| name.ends_with(end))
}

struct Found<'t> {
    text: &'t str,
    spans: Vec<Span>,
}

impl Found<'_> {
    fn add(&mut self, span: Span) {
        if !span.of(self.text).trim().is_empty() {
            self.spans.push(span);
        }
    }

    fn field(&mut self, field: &PastedField) {
        if is_secret_header(field.name.bytes()) {
            self.value(field.name.bytes(), &field.value);
        }
    }

    /// The value of a header: what of it is secret.
    fn value(&mut self, name: &[u8], value: &Excerpt) {
        let bytes = value.bytes();
        match name.to_ascii_lowercase().as_slice() {
            b"cookie" => {
                let mut from = 0;
                for pair in bytes.split(|&byte| byte == b';') {
                    self.cookie(value, from, pair);
                    from += pair.len() + 1;
                }
            }
            b"set-cookie" => self.cookie(value, 0, bytes.split(|&byte| byte == b';').next().unwrap_or_default()),
            b"authorization" | b"proxy-authorization" => {
                let scheme = bytes.iter().position(|&byte| is_http_tab_or_space(byte)).map_or(0, |at| at + 1);
                self.add(value.locate(scheme..bytes.len()));
            }
            _ => self.add(value.span),
        }
    }

    fn cookie(&mut self, value: &Excerpt, from: usize, pair: &[u8]) {
        let space = pair.iter().take_while(|&&byte| is_http_tab_or_space(byte)).count();
        let start = pair.iter().position(|&byte| byte == b'=').map_or(space, |at| at + 1);
        if start < pair.len() {
            self.add(value.locate(from + start..from + pair.len()));
        }
    }

    /// What a JSON document has beside the headers: `{name, value}` and `[name, value]` of secrets, lists of cookies.
    fn document(&mut self, part: &PastedPart) {
        let start = part.span.of(self.text).find('{').map_or(part.span.start, |at| part.span.start + at);
        match json::read(self.text, start).json {
            Some(json) => self.json(&json, Within::Anything),
            None => self.named(part.span),
        }
    }

    fn json(&mut self, json: &Json, within: Within) {
        match json {
            Json::Object(members, _) => {
                let name = json.member("name").or_else(|| json.member("key")).and_then(Json::text);
                let value = json.member("value").and_then(Json::text);
                if let (Some(name), Some(value)) = (name, value) {
                    if within == Within::Cookies {
                        self.add(value.span);
                    } else if is_secret_header(name.bytes()) {
                        self.value(name.bytes(), value);
                    }
                }
                for (name, value) in members {
                    let said = name.text();
                    match value {
                        Json::Text(text) if is_secret_header(said.as_bytes()) && !matches!(&*said, "key" | "code") => {
                            self.value(said.as_bytes(), text);
                        }
                        // The text of an answer; that of a request is its body.
                        Json::Text(text) if said == "text" => {
                            self.spans.extend(body::secrets(self.text, text.span, Bare::Anything));
                        }
                        _ => self.json(value, if said == "cookies" { Within::Cookies } else { Within::Anything }),
                    }
                }
            }
            Json::Array(elements, _) => {
                if let [Json::Text(name), Json::Text(value)] = &elements[..]
                    && is_secret_header(name.bytes())
                {
                    self.value(name.bytes(), value);
                }
                elements.iter().for_each(|element| self.json(element, within));
            }
            _ => {}
        }
    }

    /// What stands behind the name of a secret header and a colon, an equals sign or a comma, in text that no message is made of.
    fn named(&mut self, span: Span) {
        let said = span.of(self.text);
        let bytes = said.as_bytes();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let mut at = 0;
        while at < bytes.len() {
            let length = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_name(byte)).count();
            if length == 0 {
                at += 1;
                continue;
            }
            let (name, end) = (bytes.get(at..at + length).unwrap_or_default(), at + length);
            let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
            let quote = before.filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
            at = end;
            // NB: a short name alone is a word of any sentence.
            if length < 5 || !is_secret_header(name) {
                continue;
            }
            if let Some(value) = value_after(bytes, end, quote) {
                at = value.end;
                self.add(Span::new(span.start + value.start, span.start + value.end));
            }
        }
    }

    /// Parameters of URLs, and what stands before the `@` in them.
    fn urls(&mut self) {
        let bytes = self.text.as_bytes();
        let is_mark = |byte: &u8| matches!(byte, b'?' | b'&' | b';' | b'#' | b':');
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(is_mark)) {
            let mark = at + found;
            at = mark + 1;
            if bytes.get(mark) == Some(&b':') {
                if bytes.get(mark + 1..mark + 3) == Some(b"//") {
                    self.user(mark + 3);
                }
                continue;
            }
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            let length = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_name(byte)).count();
            let value = at + length + 1;
            let name = self.text.get(at..at + length).unwrap_or_default();
            if length == 0 || bytes.get(value - 1) != Some(&b'=') || !is_secret_name(name) {
                continue;
            }
            let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"&#;\"'`<>()[]{}\\^,|".contains(byte);
            let rest = bytes.get(value..).unwrap_or_default();
            let end = value + without_full_stop(rest, rest.iter().take_while(|byte| !is_end(byte)).count());
            self.add(Span::new(value, end));
            at = end;
        }
    }

    fn user(&mut self, start: usize) {
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'`<>\\".contains(byte);
        let authority = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = authority.iter().take_while(|byte| !is_end(byte)).count();
        let authority = authority.get(..length).unwrap_or_default();
        let Some(end) = authority.iter().rposition(|&byte| byte == b'@') else { return };
        let colon = authority.get(..end).unwrap_or_default().iter().position(|&byte| byte == b':');
        self.add(Span::new(start, start + colon.unwrap_or(end)));
        if let Some(colon) = colon {
            self.add(Span::new(start + colon + 1, start + end));
        }
    }

    /// The same secrets wherever else they stand.
    fn again(&mut self, paste: &Paste) {
        const SHORTEST: usize = 8;
        let said = self.spans.iter().map(|span| span.of(self.text));
        let mut secrets: Vec<&str> = said.filter(|said| said.len() >= SHORTEST).collect();
        secrets.sort_unstable();
        secrets.dedup();
        // NB: without its method, a request would be another one.
        let is_method = |at: usize| {
            paste.messages.iter().filter_map(PastedMessage::as_request).any(|request| request.method.span.start == at)
        };
        let more: Vec<Span> = secrets
            .iter()
            .flat_map(|secret| self.text.match_indices(secret).map(|(at, _)| Span::new(at, at + secret.len())))
            .filter(|span| !is_method(span.start))
            .collect();
        self.spans.extend(more);
    }

    fn finish(mut self) -> Masked {
        // The first of those that overlap, and of these the longest.
        self.spans.sort_by(|one, other| one.start.cmp(&other.start).then(other.end.cmp(&one.end)));
        let mut out = String::with_capacity(self.text.len());
        let (mut secrets, mut numbers, mut at) = (Vec::new(), HashMap::new(), 0);
        for span in self.spans {
            let span = Span::new(span.start.max(at), span.end);
            if span.is_empty() {
                continue;
            }
            out.push_str(self.text.get(at..span.start).unwrap_or_default());
            let next = numbers.len() + 1;
            let number = *numbers.entry(span.of(self.text)).or_insert(next);
            out.push_str(&format!("masked{number}"));
            at = span.end;
            secrets.push(span);
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        Masked { text: out, secrets }
    }
}

/// What a value of a JSON document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Anything,
    Cookies,
}

/// The length of what stands first, without the full stop of a sentence about a URL, such as Firefox's.
fn without_full_stop(text: &[u8], length: usize) -> usize {
    let ends_sentence = text.get(length).is_none_or(u8::is_ascii_whitespace);
    let has_stop = length.checked_sub(1).and_then(|last| text.get(last)) == Some(&b'.');
    if ends_sentence && has_stop { length - 1 } else { length }
}

/// The value behind a name that ends at `end` and stands behind `quote`.
fn value_after(bytes: &[u8], end: usize, quote: Option<u8>) -> Option<std::ops::Range<usize>> {
    let skip = |at: usize, is_space: fn(u8) -> bool| {
        at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_space(**byte)).count()
    };
    let closed = quote.filter(|quote| bytes.get(end) == Some(quote));
    let separator = skip(end + usize::from(closed.is_some()), is_http_tab_or_space);
    if !matches!(bytes.get(separator), Some(b':' | b'=' | b',')) {
        return None;
    }
    let mut start = skip(separator + 1, is_http_tab_or_space);
    // `"name": "Cookie", "value": "a=b"`
    let member = skip(start, is_http_whitespace);
    if bytes.get(member..).is_some_and(|rest| rest.starts_with(b"\"value\"")) {
        let colon = skip(member + b"\"value\"".len(), is_http_tab_or_space);
        if bytes.get(colon) == Some(&b':') {
            start = skip(colon + 1, is_http_tab_or_space);
        }
    }
    let closes = match (bytes.get(start), quote, closed) {
        (Some(&opening @ (b'"' | b'\'' | b'`')), ..) => {
            start += 1;
            Some(opening)
        }
        // `'Cookie: a=b'`
        (_, Some(quote), None) => Some(quote),
        _ => None,
    };
    let is_parameter = closes.is_none() && bytes.get(separator) == Some(&b'=');
    let is_end = |byte: u8| match byte {
        b'\r' | b'\n' => true,
        b' ' | b'\t' | b'&' | b'#' | b';' | b'"' | b'\'' if is_parameter => true,
        byte => Some(byte) == closes,
    };
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|&byte| is_end(byte)).unwrap_or(rest.len());
    let length = if is_parameter { without_full_stop(rest, length) } else { length };
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_every_format() {
        for (text, expected) in [
            (
                "GET / HTTP/1.1\nHost: a.example\nAuthorization: Bearer abc.def\nX-Api-Key: k\nX-CSRF-Token: t\nCookie: a=b; c; d=\n\n\
                 HTTP/1.1 200 OK\nSet-Cookie: sid=abc; Path=/; SameSite=None\nSet-Cookie: x\nAccess-Control-Allow-Headers: X-Token\n",
                "GET / HTTP/1.1\nHost: a.example\nAuthorization: Bearer masked1\nX-Api-Key: masked2\nX-CSRF-Token: masked3\nCookie: a=masked4; masked5; d=\n\n\
                 HTTP/1.1 200 OK\nSet-Cookie: sid=masked6; Path=/; SameSite=None\nSet-Cookie: masked7\nAccess-Control-Allow-Headers: X-Token\n",
            ),
            (
                "curl 'https://joe:pw@a.example/?x=1&access_token=t#id_token=u' -u joe:secret -b 'a=b' -H 'X-Auth-Token: v'\n",
                "curl 'https://masked1:masked2@a.example/?x=1&access_token=masked3#id_token=masked4' -u masked5 -b 'a=masked6' -H 'X-Auth-Token: masked7'\n",
            ),
            (
                "fetch(\"https://a.example/?api-key=1\", { headers: { authorization: \"Basic YTpi\", 'x-a': 'b' } });\n",
                "fetch(\"https://a.example/?api-key=masked1\", { headers: { authorization: \"Basic masked2\", 'x-a': 'b' } });\n",
            ),
            (
                "Access to fetch at 'https://a.example/?token=1' from origin 'https://app.example' has been blocked by CORS policy: \
                 No 'Access-Control-Allow-Origin' header is present on the requested resource.\n",
                "Access to fetch at 'https://a.example/?token=masked1' from origin 'https://app.example' has been blocked by CORS policy: \
                 No 'Access-Control-Allow-Origin' header is present on the requested resource.\n",
            ),
            (
                "{\"page\":{\"url\":\"https://a.example\"},\"fetches\":[{\"call\":{\"api\":\"fetch\",\"url\":\"/?sig=a\\u0026x=1\",\"init\":\
                 {\"headers\":[[\"Authorization\",\"Bearer \\\"x\"]]}}}],\"state\":{\"cookies\":[]}}\n",
                "{\"page\":{\"url\":\"https://a.example\"},\"fetches\":[{\"call\":{\"api\":\"fetch\",\"url\":\"/?sig=masked1\\u0026x=1\",\"init\":\
                 {\"headers\":[[\"Authorization\",\"Bearer masked2\"]]}}}],\"state\":{\"cookies\":[]}}\n",
            ),
            // What cannot be read is masked as far as it looks like a secret.
            (
                "what: Cookie: a=b; c=d\n{\"log\":{\"entries\":[{\"headers\":[{\"name\":\"x\",\n\"authorization\": \"Bearer x\"\n",
                "what: Cookie: masked1\n{\"log\":{\"entries\":[{\"headers\":[{\"name\":\"x\",\n\"authorization\": \"Bearer masked2\"\n",
            ),
            (
                "{\"log\":{\"entries\":[x,{\"name\":\"Cookie\",\n  \"value\":\"a=b\"},{\"name\":\"page\",\"value\":\"2\"}\n",
                "{\"log\":{\"entries\":[x,{\"name\":\"Cookie\",\n  \"value\":\"masked1\"},{\"name\":\"page\",\"value\":\"2\"}\n",
            ),
            // The same secret is the same again, and stands nowhere else.
            (
                "* using token abcdefgh1\nGET / HTTP/1.1\nHost: a.example\nX-Token: abcdefgh1\nX-Other-Token: short\nX-Third: abcdefgh1\n",
                "* using token masked1\nGET / HTTP/1.1\nHost: a.example\nX-Token: masked1\nX-Other-Token: masked2\nX-Third: masked1\n",
            ),
            (
                "HTTP/1.1 200 OK\nLocation: https://a.example/?page=2;code=x\n",
                "HTTP/1.1 200 OK\nLocation: https://a.example/?page=2;code=masked1\n",
            ),
            (
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                 https://a.example/?token=x.y. (Reason: CORS request did not succeed). Status code: (null).\n",
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                 https://a.example/?token=masked1. (Reason: CORS request did not succeed). Status code: (null).\n",
            ),
            // Bodies.
            (
                "curl https://a.example/login -d 'user=joe&password=hunter2' -d client_secret=c\n",
                "curl https://a.example/login -d 'user=joe&password=masked1' -d client_secret=masked2\n",
            ),
            (
                "fetch('https://a.example/login', { method: 'POST', body: '{\"password\":\"p\"}', headers: { a: 'b' } })\n",
                "fetch('https://a.example/login', { method: 'POST', body: '{\"password\":\"masked1\"}', headers: { a: 'b' } })\n",
            ),
            (
                "fetch('https://a.example/login', { method: 'POST', body: JSON.stringify({ user, password: pw, token: \"t\" }) })\n",
                "fetch('https://a.example/login', { method: 'POST', body: JSON.stringify({ user, password: pw, token: \"masked1\" }) })\n",
            ),
            (
                "POST /login HTTP/1.1\nHost: a.example\nContent-Type: application/x-www-form-urlencoded\n\npassword=p&x=1\n",
                "POST /login HTTP/1.1\nHost: a.example\nContent-Type: application/x-www-form-urlencoded\n\npassword=masked1&x=1\n",
            ),
            (
                "Invoke-WebRequest -Uri \"https://a.example/\" -Method POST -Body \"{`\"password`\":`\"p`\"}\"\n",
                "Invoke-WebRequest -Uri \"https://a.example/\" -Method POST -Body \"{`\"password`\":`\"masked1`\"}\"\n",
            ),
            (
                "{\"log\":{\"entries\":[{\"request\":{\"method\":\"POST\",\"url\":\"https://a.example/\",\"headers\":[],\"postData\":{\"text\":\"{\\\"password\\\":\\\"p\\\"}\",\
                 \"params\":[{\"name\":\"password\",\"value\":\"p\"}]}},\"response\":{\"status\":200,\"headers\":[],\"content\":{\"text\":\"{\\\"access_token\\\":\\\"t\\\"}\"}}}]}}\n",
                "{\"log\":{\"entries\":[{\"request\":{\"method\":\"POST\",\"url\":\"https://a.example/\",\"headers\":[],\"postData\":{\"text\":\"{\\\"password\\\":\\\"masked1\\\"}\",\
                 \"params\":[{\"name\":\"password\",\"value\":\"masked1\"}]}},\"response\":{\"status\":200,\"headers\":[],\"content\":{\"text\":\"{\\\"access_token\\\":\\\"masked2\\\"}\"}}}]}}\n",
            ),
            (
                "{\"name\":\"a\",\"request\":{\"method\":\"POST\",\"url\":{\"raw\":\"https://a.example/\"},\"body\":{\"mode\":\"raw\",\"raw\":\"{\\\"api_key\\\": \\\"k\\\"}\"}}}\n",
                "{\"name\":\"a\",\"request\":{\"method\":\"POST\",\"url\":{\"raw\":\"https://a.example/\"},\"body\":{\"mode\":\"raw\",\"raw\":\"{\\\"api_key\\\": \\\"masked1\\\"}\"}}}\n",
            ),
            (
                "{\"name\":\"a\",\"request\":{\"method\":\"POST\",\"url\":{\"raw\":\"https://a.example/\"},\"body\":{\"mode\":\"urlencoded\",\"urlencoded\":[{\"key\":\"client_secret\",\"value\":\"s\"}]}}}\n",
                "{\"name\":\"a\",\"request\":{\"method\":\"POST\",\"url\":{\"raw\":\"https://a.example/\"},\"body\":{\"mode\":\"urlencoded\",\"urlencoded\":[{\"key\":\"client_secret\",\"value\":\"masked1\"}]}}}\n",
            ),
            (
                "meta {\n  name: a\n}\n\npost {\n  url: https://a.example/\n}\n\nbody:form-urlencoded {\n  password: p\n  page: 2\n}\n",
                "meta {\n  name: a\n}\n\npost {\n  url: https://a.example/\n}\n\nbody:form-urlencoded {\n  password: masked1\n  page: 2\n}\n",
            ),
            ("", ""),
        ] {
            let masked = mask(text);
            assert_eq!(masked.text, expected);
            assert_eq!(mask(&masked.text).text, expected, "once more");
        }
    }
}
