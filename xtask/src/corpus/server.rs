//! The scripted servers: what they answer to a request on the wire, as the recorder's did.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use url::Url;

use super::hosts::{ID, has_server, is_named};
use super::recording::{Answers, ScriptedAnswer};

/// The length of the picture for which `@png` stands.
const PNG_LENGTH: usize = 70;
/// The length of the font for which `@font` stands, which the recorder builds.
const FONT_LENGTH: usize = 628;

/// The statuses with which the recorder's servers kept the connection open; with any other they said that they close it.
const KEEPS_CONNECTION: [u32; 12] = [200, 204, 206, 301, 302, 303, 304, 307, 308, 403, 404, 500];

/// What a server answers where its script says nothing.
static NOTHING_SPECIAL: ScriptedAnswer = ScriptedAnswer { s: None, r: None, h: Vec::new(), b: None, d: 0.0, drop: false };

/// The servers of one case, and how often each list of answers was asked.
pub(super) struct Server<'a> {
    script: &'a BTreeMap<String, Answers>,
    asked: HashMap<(&'a str, Kind), usize>,
    last_body: Option<&'a str>,
}

/// Which of a path's two lists answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Preflight,
    Main,
}

impl<'a> Server<'a> {
    /// The servers of a case.
    pub(super) fn new(script: &'a BTreeMap<String, Answers>) -> Self {
        Self { script, asked: HashMap::new(), last_body: None }
    }

    /// The answer to a request, as the scenario format writes it.
    ///
    /// `give_up` is the time in milliseconds after which the page stops waiting.
    pub(super) fn answer(&mut self, method: &[u8], url: &Url, is_preflight: bool, started: f64, give_up: Option<f64>) -> Value {
        if !has_server(url) {
            return failure(if is_named(url) { "connection" } else { "offline" });
        } else if !is_decodable(url.path()) {
            return failure("closed");
        }
        let kind = if method == b"OPTIONS" && is_preflight { Kind::Preflight } else { Kind::Main };
        let Some((path, answers)) = self.find(url.path()) else { return not_found() };
        let asked = self.asked.entry((path, kind)).or_default();
        let list = match kind {
            Kind::Preflight => &answers.pf,
            Kind::Main => &answers.main,
        };
        let answer = list.at(*asked).unwrap_or(&NOTHING_SPECIAL);
        *asked += 1;
        self.last_body = answer.b.as_deref();
        if give_up.is_some_and(|limit| answer.d > limit) {
            return failure("aborted");
        }
        respond(answer, kind, started)
    }

    /// The body of the last answer, where the script has one.
    pub(super) fn last_body(&self) -> Option<&'a str> {
        self.last_body
    }

    /// What follows the answer to a request, where that was an interim one (1xx): the recorder closed the connection.
    pub(super) fn nothing_more() -> Value {
        failure("closed")
    }

    /// The script for a path under the case's prefix: by its name, else the default.
    fn find(&self, path: &str) -> Option<(&'a str, &'a Answers)> {
        let name = name_in_case(path)?;
        self.script.get_key_value(name).or_else(|| self.script.get_key_value("*")).map(|(path, answers)| (path.as_str(), answers))
    }
}

/// What follows the case's prefix in a path; a request without it belongs to no case.
fn name_in_case(path: &str) -> Option<&str> {
    path.strip_prefix('/')?.strip_prefix(ID)?.strip_prefix('/')
}

/// Whether a request to `url` reaches a server that can tell which case it belongs to, and so records it.
pub(super) fn records(url: &Url) -> bool {
    has_server(url) && is_decodable(url.path()) && name_in_case(url.path()).is_some()
}

/// Whether every `%` of a path starts an escape, and all of them spell UTF-8; else the recorder's servers closed the connection.
fn is_decodable(path: &str) -> bool {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let Some(byte) = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) else { return false };
        bytes.push(byte);
        bytes.extend(part.as_bytes().get(2..).unwrap_or_default());
    }
    str::from_utf8(&bytes).is_ok()
}

/// The answer to a request that belongs to no case.
fn not_found() -> Value {
    json!({ "status": 404, "statusText": "Not Found", "headers": [["Content-Type", "text/plain"], ["Cache-Control", "no-store"], ["Content-Length", "2"]] })
}

fn failure(kind: &str) -> Value {
    json!({ "failure": kind })
}

fn respond(answer: &ScriptedAnswer, kind: Kind, started: f64) -> Value {
    let status = answer.s.unwrap_or(200);
    // A status has three digits at most; what has more is no HTTP.
    if answer.drop {
        return failure("lost");
    } else if status > 999 {
        return failure("malformed");
    }
    let has = |name: &str| answer.h.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let mut headers = answer.h.clone();
    if kind == Kind::Main && !has("content-type") {
        headers.push(("Content-Type".into(), "text/plain".into()));
    }
    // A 1xx or 204 has no body and no length; the recorder's 304 had the length 0.
    let length = match (status, answer.b.as_deref()) {
        (100..=199 | 204, _) => None,
        (304, _) => Some(0),
        (_, Some("@png")) => Some(PNG_LENGTH),
        (_, Some("@font")) => Some(FONT_LENGTH),
        (_, Some(body)) => Some(body.chars().count()),
        (_, None) => Some("ok".len()),
    };
    if let Some(length) = length
        && !has("content-length")
    {
        headers.push(("Content-Length".into(), length.to_string()));
    }
    if !KEEPS_CONNECTION.contains(&status) && !has("connection") {
        headers.push(("Connection".into(), "close".into()));
    }
    let mut response = json!({ "status": status, "headers": headers, "httpVersion": "1" });
    response["statusText"] = json!(answer.r.as_deref().unwrap_or_else(|| reason_phrase(status)));
    if answer.d > 0.0 {
        response["at"] = json!(started + answer.d / 1000.0);
    }
    response
}

/// The reason phrase of a recorder's server, where the script has none.
fn reason_phrase(status: u32) -> &'static str {
    match status {
        200 => "OK",
        404 => "Not Found",
        _ => "Status",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(json: &str) -> BTreeMap<String, Answers> {
        serde_json::from_str(json).unwrap()
    }

    fn ask(server: &mut Server<'_>, method: &[u8], url: &str, is_preflight: bool) -> Value {
        server.answer(method, &Url::parse(url).unwrap(), is_preflight, 0.0, None)
    }

    fn header(answer: &Value, name: &str) -> Option<String> {
        let lines = answer["headers"].as_array()?;
        let line = lines.iter().find(|line| line[0].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))?;
        line[1].as_str().map(str::to_owned)
    }

    #[test]
    fn lists_are_consumed_and_the_last_repeats() {
        let script = script(r#"{"m":{"main":[{"s":301},{"s":302}],"pf":{"s":204}},"*":{"main":{"s":500}}}"#);
        let mut server = Server::new(&script);
        for (method, path, preflight, status) in [
            ("GET", "case/m", false, 301),
            ("OPTIONS", "case/m", true, 204),
            ("OPTIONS", "case/m?q", false, 302),
            ("GET", "case/m", false, 302),
            ("GET", "case/other", false, 500),
            ("GET", "elsewhere", false, 404),
        ] {
            let answer = ask(&mut server, method.as_bytes(), &format!("http://b.test:8103/{path}"), preflight);
            assert_eq!(answer["status"], status, "{method} {path}");
        }
    }

    #[test]
    fn headers_are_added_unless_given() {
        let script = script(
            r#"{"plain":{},"png":{"main":{"b":"@png","h":[["content-type","image/png"]]}},"none":{"main":{"s":204},"pf":{}},
            "same":{"main":{"s":304}},"latin":{"main":{"b":"é"}},"own":{"main":{"h":[["Content-Length","9"]]}}}"#,
        );
        let mut server = Server::new(&script);
        for (path, preflight, content_type, length) in [
            ("plain", false, Some("text/plain"), Some("2")),
            ("png", false, Some("image/png"), Some("70")),
            ("none", false, Some("text/plain"), None),
            ("none", true, None, Some("2")),
            ("same", false, Some("text/plain"), Some("0")),
            ("latin", false, Some("text/plain"), Some("1")),
            ("own", false, Some("text/plain"), Some("9")),
        ] {
            let method: &[u8] = if preflight { b"OPTIONS" } else { b"GET" };
            let answer = ask(&mut server, method, &format!("http://b.test:8103/case/{path}"), preflight);
            assert_eq!(header(&answer, "content-type").as_deref(), content_type, "{path}");
            assert_eq!(header(&answer, "content-length").as_deref(), length, "{path}");
        }
    }

    #[test]
    fn some_statuses_close_the_connection() {
        let script = script(r#"{"a":{"main":[{"s":200},{"s":400},{"s":403},{"s":300}]}}"#);
        let mut server = Server::new(&script);
        for closes in [None, Some("close"), None, Some("close")] {
            let answer = ask(&mut server, b"GET", "http://b.test:8103/case/a", false);
            assert_eq!(header(&answer, "connection").as_deref(), closes, "{answer}");
        }
    }

    #[test]
    fn no_answer_is_a_failure() {
        let script = script(r#"{"drop":{"main":{"drop":true}},"slow":{"main":{"d":3000}},"wide":{"main":{"s":1000}},"m":{}}"#);
        let mut server = Server::new(&script);
        let mut ask = |url: &str| server.answer(b"GET", &Url::parse(url).unwrap(), false, 1.0, Some(2500.0));
        assert_eq!(ask("http://b.test:8103/case/drop"), json!({ "failure": "lost" }));
        assert_eq!(ask("http://b.test:8103/case/slow"), json!({ "failure": "aborted" }));
        assert_eq!(ask("http://b.test:8103/case/wide"), json!({ "failure": "malformed" }));
        assert_eq!(ask("http://b.test:9/case/m"), json!({ "failure": "connection" }));
        assert_eq!(ask("http://b.test:8103/case/m%"), json!({ "failure": "closed" }));
        assert_eq!(ask("http://b.test:8103/case/m%80"), json!({ "failure": "closed" }));
        assert_eq!(ask("http://nosuch.test/"), json!({ "failure": "offline" }));
        assert_eq!(ask("http://b.test:8103/case/unknown")["status"], 404);
    }
}
