//! The scripted servers: what they answer to a request on the wire, as the recorder's did.

use std::collections::{BTreeMap, HashMap};

use corscope::ProfileName;
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
static NOTHING_SPECIAL: ScriptedAnswer =
    ScriptedAnswer { s: None, r: None, h: Vec::new(), b: None, d: 0.0, drop: false, close: false, then: None };

/// The servers of one case, and how often each list of answers was asked.
pub(super) struct Server<'a> {
    script: &'a BTreeMap<String, Answers>,
    asked: HashMap<(&'a str, Kind), usize>,
    last_body: Option<&'a str>,
    /// The bodies that a cache may have: what each URL gave last.
    bodies: HashMap<String, Option<&'a str>>,
    connections: Connections,
    following: Option<Following<'a>>,
}

/// What comes after the answer that was given last, on the same connection.
#[derive(Debug)]
struct Following<'a> {
    answer: Option<&'a ScriptedAnswer>,
    kind: Kind,
    connection: Connection,
}

/// A request, as far as its connection depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) method: &'a [u8],
    pub(super) url: &'a Url,
    pub(super) is_preflight: bool,
    /// Whether the request before it was its preflight.
    pub(super) follows_preflight: bool,
    pub(super) credentials: bool,
    /// When it was sent, in seconds.
    pub(super) started: f64,
    /// After how many milliseconds the page stops waiting.
    pub(super) give_up: Option<f64>,
}

/// The connections that wait for their next request, by the server and whether credentials go over them. Nothing is known of those
/// that a browser has from earlier cases.
#[derive(Debug)]
struct Connections {
    browser: ProfileName,
    waiting: HashMap<(String, bool), usize>,
    /// The connection that was taken last.
    last: Connection,
}

/// What is known of the connection that a request goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Connection {
    /// Another request has gone over it.
    Used,
    /// It is a new one.
    New,
    /// It may be one of an earlier case.
    Unknown,
}

impl Connections {
    /// The connection for a request.
    fn take(&mut self, asked: &Asked<'_>) -> Connection {
        // NB: in Chromium the preflight still has its own when the request goes out.
        let busy = usize::from(asked.follows_preflight && self.browser == ProfileName::Chromium);
        self.last = match self.waiting.get_mut(&key(asked)) {
            Some(waiting) if *waiting > busy => {
                *waiting -= 1;
                Connection::Used
            }
            Some(_) if busy == 0 || self.last != Connection::Unknown => Connection::New,
            _ => Connection::Unknown,
        };
        self.last
    }

    /// What becomes of the connection after its answer.
    fn give_back(&mut self, asked: &Asked<'_>, is_kept: bool) {
        *self.waiting.entry(key(asked)).or_default() += usize::from(is_kept);
    }
}

fn key(asked: &Asked<'_>) -> (String, bool) {
    (asked.url.origin().ascii_serialization(), asked.credentials)
}

/// Which of a path's two lists answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Preflight,
    Main,
}

impl<'a> Server<'a> {
    /// The servers of a case.
    pub(super) fn new(script: &'a BTreeMap<String, Answers>, browser: ProfileName) -> Self {
        let connections = Connections { browser, waiting: HashMap::new(), last: Connection::Unknown };
        Self { script, asked: HashMap::new(), last_body: None, bodies: HashMap::new(), connections, following: None }
    }

    /// The answer to a request, as the scenario format writes it.
    pub(super) fn answer(&mut self, request: &Asked<'_>) -> Value {
        let &Asked { method, url, is_preflight, started, give_up, .. } = request;
        self.following = None;
        if !has_server(url) {
            return failure(if is_named(url) { "connection" } else { "offline" });
        } else if !is_decodable(url.path()) {
            return failure("closed");
        }
        let kind = if method == b"OPTIONS" && is_preflight { Kind::Preflight } else { Kind::Main };
        let connection = self.connections.take(request);
        let Some((path, answers)) = self.find(url.path()) else {
            self.connections.give_back(request, true);
            return not_found();
        };
        let asked = self.asked.entry((path, kind)).or_default();
        let list = match kind {
            Kind::Preflight => &answers.pf,
            Kind::Main => &answers.main,
        };
        let answer = list.at(*asked).unwrap_or(&NOTHING_SPECIAL);
        *asked += 1;
        self.last_body = answer.b.as_deref();
        // NB: neither the answer to HEAD nor 304 comes with a body that could be kept.
        if kind == Kind::Main && method == b"GET" && answer.s != Some(304) {
            self.bodies.insert(url.to_string(), self.last_body);
        }
        if give_up.is_some_and(|limit| answer.d > limit) {
            return failure("aborted");
        }
        let last = std::iter::successors(Some(answer), |answer| answer.then.as_deref()).last().unwrap_or(answer);
        self.connections.give_back(request, !last.drop && !last.close && KEEPS_CONNECTION.contains(&last.s.unwrap_or(200)));
        self.following = Some(Following { answer: answer.then.as_deref(), kind, connection });
        if answer.drop { lost(connection) } else { respond(answer, kind, started) }
    }

    /// The body of the last answer, where the script has one.
    pub(super) fn last_body(&self) -> Option<&'a str> {
        self.last_body
    }

    /// The body that a cache has of a URL, where the script has one.
    pub(super) fn stored_body(&self, url: &str) -> Option<&'a str> {
        self.bodies.get(url).copied().flatten()
    }

    /// What follows the answer to a request, where that was an interim one (1xx): the next, or the end of the connection.
    pub(super) fn more(&mut self, started: f64) -> Value {
        let Some(following) = &mut self.following else { return failure("closed") };
        match following.answer {
            Some(answer) => {
                following.answer = answer.then.as_deref();
                respond(answer, following.kind, started)
            }
            None if following.connection == Connection::Used => failure("lost"),
            None => failure("closed"),
        }
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

/// A connection that is closed without an answer. NB: of an unknown one it is likelier that it had been used before.
fn lost(connection: Connection) -> Value {
    failure(if connection == Connection::New { "closed" } else { "lost" })
}

fn respond(answer: &ScriptedAnswer, kind: Kind, started: f64) -> Value {
    let status = answer.s.unwrap_or(200);
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
    let is_last = answer.close || !KEEPS_CONNECTION.contains(&status) && answer.then.is_none();
    if is_last && !has("connection") {
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
        server.answer(&asked(method, &Url::parse(url).unwrap(), is_preflight))
    }

    fn asked<'a>(method: &'a [u8], url: &'a Url, is_preflight: bool) -> Asked<'a> {
        Asked { method, url, is_preflight, follows_preflight: false, credentials: false, started: 0.0, give_up: None }
    }

    fn header(answer: &Value, name: &str) -> Option<String> {
        let lines = answer["headers"].as_array()?;
        let line = lines.iter().find(|line| line[0].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))?;
        line[1].as_str().map(str::to_owned)
    }

    #[test]
    fn a_cache_has_the_body_of_its_url() {
        let script = script(r#"{"m":{"main":[{"s":200,"b":"one"},{"s":304,"b":"none"}]},"n":{"main":{"s":200,"b":"two"}}}"#);
        let mut server = Server::new(&script, ProfileName::Chromium);
        let [m, n] = ["m", "n"].map(|path| format!("http://b.test:8103/case/{path}"));
        for (method, url, last, stored) in [
            ("GET", &m, "one", [Some("one"), None]),
            ("HEAD", &n, "two", [Some("one"), None]),
            ("GET", &n, "two", [Some("one"), Some("two")]),
            ("GET", &m, "none", [Some("one"), Some("two")]),
        ] {
            ask(&mut server, method.as_bytes(), url, false);
            assert_eq!(server.last_body(), Some(last), "{method} {url}");
            assert_eq!([&m, &n].map(|url| server.stored_body(url)), stored, "{method} {url}");
        }
    }

    #[test]
    fn lists_are_consumed_and_the_last_repeats() {
        let script = script(r#"{"m":{"main":[{"s":301},{"s":302}],"pf":{"s":204}},"*":{"main":{"s":500}}}"#);
        let mut server = Server::new(&script, ProfileName::Firefox);
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
        let mut server = Server::new(&script, ProfileName::Firefox);
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
        let mut server = Server::new(&script, ProfileName::Firefox);
        for closes in [None, Some("close"), None, Some("close")] {
            let answer = ask(&mut server, b"GET", "http://b.test:8103/case/a", false);
            assert_eq!(header(&answer, "connection").as_deref(), closes, "{answer}");
        }
    }

    #[test]
    fn no_answer_is_a_failure() {
        let script = script(r#"{"drop":{"main":{"drop":true}},"slow":{"main":{"d":3000}},"m":{}}"#);
        let mut server = Server::new(&script, ProfileName::Firefox);
        let mut ask = |url: &str| {
            let url = Url::parse(url).unwrap();
            server.answer(&Asked { started: 1.0, give_up: Some(2500.0), ..asked(b"GET", &url, false) })
        };
        assert_eq!(ask("http://b.test:8103/case/drop"), json!({ "failure": "lost" }));
        assert_eq!(ask("http://b.test:8103/case/slow"), json!({ "failure": "aborted" }));
        assert_eq!(ask("http://b.test:9/case/m"), json!({ "failure": "connection" }));
        assert_eq!(ask("http://b.test:8103/case/m%"), json!({ "failure": "closed" }));
        assert_eq!(ask("http://b.test:8103/case/m%80"), json!({ "failure": "closed" }));
        assert_eq!(ask("http://nosuch.test/"), json!({ "failure": "offline" }));
        assert_eq!(ask("http://b.test:8103/case/unknown")["status"], 404);
    }

    #[test]
    fn connections_are_used_again() {
        let script = script(
            r#"{"kept":{},"ends":{"main":{"close":true}},"drop":{"main":{"drop":true}},"interim":{"main":{"s":100}},
            "more":{"main":{"s":102,"then":{"s":200}}},"put":{"main":{"drop":true}}}"#,
        );
        // What was asked for before, what then, and what comes of it: in Chromium, and in the others.
        for (before, then, chromium, others) in [
            (&[][..], "drop", "lost", "lost"),
            (&["kept"], "drop", "lost", "lost"),
            (&["ends"], "drop", "closed", "closed"),
            (&["kept", "drop"], "drop", "closed", "closed"),
            (&["kept"], "interim", "lost", "lost"),
            (&["ends"], "interim", "closed", "closed"),
            (&[], "interim", "closed", "closed"),
            (&[], "put", "lost", "lost"),
            (&["kept"], "put", "closed", "lost"),
            (&["kept", "more"], "put", "closed", "lost"),
        ] {
            for (browser, expected) in [(ProfileName::Chromium, chromium), (ProfileName::Firefox, others)] {
                let mut server = Server::new(&script, browser);
                let url = |path: &str| Url::parse(&format!("http://b.test:8103/case/{path}")).unwrap();
                for path in before {
                    server.answer(&asked(b"GET", &url(path), false));
                }
                let url = url(then);
                let follows_preflight = then == "put";
                if follows_preflight {
                    server.answer(&asked(b"OPTIONS", &url, true));
                }
                let first = server.answer(&Asked { follows_preflight, ..asked(b"GET", &url, false) });
                let last = if first["status"] == 100 { server.more(0.0) } else { first };
                assert_eq!(last["failure"], expected, "{before:?} {then} {browser:?}");
            }
        }
        let mut server = Server::new(&script, ProfileName::Webkit);
        assert_eq!(ask(&mut server, b"GET", "http://b.test:8103/case/more", false)["status"], 102);
        assert_eq!(server.more(0.0)["status"], 200);
    }
}
