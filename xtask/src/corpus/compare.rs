//! What a browser was seen to do beside what the engine says, in one dimension after the other.
//!
//! The unit is the case: it agrees in a dimension if everything that the dimension looks at is equal, in every step and
//! in every request. A dimension that has nothing to look at in a case does not count it at all:
//!
//! - `outcome`, `wire`: every case. `wire` is the sequence of (step, server, method, path and query, preflight or not).
//! - `errorName`: the steps that ended without a response on both sides.
//! - `origin`, `cookie`, `authorHeaders`: the requests that both sides sent, which is the common beginning of the two
//!   sequences; so one missing request counts once, under `wire`. `acrm`, `acrh`: the preflights among them.
//! - `type`, `status`, `url`, `redirected`, `headers`: the steps in which script saw a response on both sides.
//!   XHR has no type and no `redirected`; the lines of `getAllResponseHeaders()` are compared as pairs, names in lower
//!   case, since browsers disagree about their case.
//! - `element`: the steps of elements and other APIs that ended alike on both sides: whether a canvas is tainted, errors are
//!   muted and rules are readable, the ready state of an `EventSource`, what `sendBeacon` returned. Of these, what was seen.
//! - `code`, `console`: what was printed, in the cases of every API; see `console.rs`. `console` is every case of which the
//!   recording holds a console, be it empty; `code` those in which one side has a code of Chromium's. Of recordings of the first
//!   recorder, cases with errors about URLs that are not under the case's prefix have no `code`: it could not tell whose they are.
//! - `authorHeaders` is about the names that the step itself set, lines of one name joined. For a name that the browser
//!   writes on its own (`Host`, `Accept`, `Origin`, ...) it asks only whether the author's value is what was sent.

use serde_json::Value;

use super::recording::{Api, Case, Ending, Printed, Seen, SeenMade, SeenRequest, SeenResponse, Step};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dimension {
    Outcome,
    ErrorName,
    Wire,
    Origin,
    Acrm,
    Acrh,
    AuthorHeaders,
    Cookie,
    Type,
    Status,
    Url,
    Redirected,
    Headers,
    Element,
    Code,
    Console,
}

impl Dimension {
    /// Every dimension, in the order in which they are printed.
    pub(super) const ALL: [Self; 16] = [
        Self::Outcome,
        Self::ErrorName,
        Self::Wire,
        Self::Origin,
        Self::Acrm,
        Self::Acrh,
        Self::AuthorHeaders,
        Self::Cookie,
        Self::Type,
        Self::Status,
        Self::Url,
        Self::Redirected,
        Self::Headers,
        Self::Element,
        Self::Code,
        Self::Console,
    ];

    /// Its name on the command line and in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::ErrorName => "errorName",
            Self::Wire => "wire",
            Self::Origin => "origin",
            Self::Acrm => "acrm",
            Self::Acrh => "acrh",
            Self::AuthorHeaders => "authorHeaders",
            Self::Cookie => "cookie",
            Self::Type => "type",
            Self::Status => "status",
            Self::Url => "url",
            Self::Redirected => "redirected",
            Self::Headers => "headers",
            Self::Element => "element",
            Self::Code => "code",
            Self::Console => "console",
        }
    }

    /// The dimension of this name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.name() == name)
    }
}

/// What a dimension shows of a case: one line for each thing that it looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// What the browser was seen to do.
    pub(super) seen: Vec<String>,
    /// What the engine says.
    pub(super) said: Vec<String>,
}

impl Reading {
    /// Whether both are the same.
    pub(super) fn agrees(&self) -> bool {
        self.seen == self.said
    }
}

/// Whether a case uses `fetch()` and XHR only. The others are about elements, whose endings other standards decide.
pub(super) fn is_script_only(case: &Case) -> bool {
    case.steps.iter().all(|step| matches!(step.api, Api::Fetch | Api::Xhr))
}

/// Reads one dimension of a case, or nothing where there is nothing to look at.
pub(super) fn read(dimension: Dimension, case: &Case, seen: &Seen, said: &Seen) -> Option<Reading> {
    let reading = match dimension {
        Dimension::Outcome => both(seen, said, |side| side.steps.iter().map(|step| format!("{:?}", step.out)).collect()),
        Dimension::Wire => both(seen, said, |side| side.wire.iter().map(request_line).collect()),
        Dimension::ErrorName => {
            let steps =
                || seen.steps.iter().zip(&said.steps).filter(|(a, b)| a.out != Ending::Resolved && b.out != Ending::Resolved);
            let name = |err: &Option<String>| err.clone().unwrap_or_else(|| "(none)".into());
            Reading { seen: steps().map(|(a, _)| name(&a.err)).collect(), said: steps().map(|(_, b)| name(&b.err)).collect() }
        }
        Dimension::Origin => requests(seen, said, |_| true, |request| header(request, "origin")),
        Dimension::Cookie => requests(seen, said, |_| true, |request| header(request, "cookie").map(|_| "(present)".into())),
        Dimension::Acrm => {
            requests(seen, said, |request| request.preflight, |request| header(request, "access-control-request-method"))
        }
        Dimension::Acrh => {
            requests(seen, said, |request| request.preflight, |request| header(request, "access-control-request-headers"))
        }
        Dimension::AuthorHeaders => {
            let set = |request: &SeenRequest| case.steps.get(request.step).map(author_names).unwrap_or_default();
            let line = |request: &SeenRequest| {
                let step = case.steps.get(request.step)?;
                let sent = |name: &String| author_value(step, request, name).map(|value| format!("{name}: {value:?}"));
                Some(set(request).iter().filter_map(sent).collect::<Vec<_>>().join(" | "))
            };
            requests(seen, said, |request| !set(request).is_empty(), line)
        }
        Dimension::Type => responses(seen, said, |response| response.response_type.clone()),
        Dimension::Status => responses(seen, said, |response| Some(response.status.to_string())),
        Dimension::Url => responses(seen, said, |response| Some(response.url.clone())),
        Dimension::Redirected => responses(seen, said, |response| response.redirected.map(|redirected| redirected.to_string())),
        Dimension::Headers => responses(seen, said, visible_headers),
        Dimension::Element => {
            let steps = || seen.steps.iter().zip(&said.steps).filter(|(a, b)| a.out == b.out).map(|(a, b)| (&a.made, &b.made));
            Reading {
                seen: steps().flat_map(|(seen, _)| made(seen, seen)).collect(),
                said: steps().flat_map(|(seen, said)| made(seen, said)).collect(),
            }
        }
        Dimension::Code | Dimension::Console => {
            let (seen, said) = seen.printed.as_ref().zip(said.printed.as_ref())?;
            // The first recorder gave errors to cases by their URLs' prefix.
            if dimension == Dimension::Code && case.recorder == 1 && said.has_foreign_codes {
                return None;
            }
            let show =
                |printed: &Printed| if dimension == Dimension::Code { printed.codes.clone() } else { printed.in_one_order() };
            Reading { seen: show(seen), said: show(said) }
        }
    };
    let counts = matches!(dimension, Dimension::Outcome | Dimension::Wire | Dimension::Console)
        || !reading.seen.is_empty()
        || !reading.said.is_empty();
    counts.then_some(reading)
}

fn both(seen: &Seen, said: &Seen, show: impl Fn(&Seen) -> Vec<String>) -> Reading {
    Reading { seen: show(seen), said: show(said) }
}

/// Shows something of each request that both sides sent.
fn requests(
    seen: &Seen,
    said: &Seen,
    which: impl Fn(&SeenRequest) -> bool,
    show: impl Fn(&SeenRequest) -> Option<String>,
) -> Reading {
    let common =
        || seen.wire.iter().zip(&said.wire).take_while(|(a, b)| request_line(a) == request_line(b)).filter(|(a, _)| which(a));
    let show = |request| show(request).unwrap_or_else(|| "(none)".into());
    Reading { seen: common().map(|(a, _)| show(a)).collect(), said: common().map(|(_, b)| show(b)).collect() }
}

/// Shows something of each response that script saw on both sides.
fn responses(seen: &Seen, said: &Seen, show: impl Fn(&SeenResponse) -> Option<String>) -> Reading {
    let steps = || seen.steps.iter().zip(&said.steps).filter_map(|(a, b)| Some((a.res.as_ref()?, b.res.as_ref()?)));
    Reading { seen: steps().filter_map(|(a, _)| show(a)).collect(), said: steps().filter_map(|(_, b)| show(b)).collect() }
}

/// What `side` says of the things that were seen.
fn made(seen: &SeenMade, side: &SeenMade) -> Vec<String> {
    let line = |name: &str, was_seen: bool, value: Option<String>| {
        was_seen.then(|| format!("{name} {}", value.unwrap_or_else(|| "(none)".into())))
    };
    let lines = [
        line("taint", seen.taint.is_some(), side.taint.as_ref().map(Value::to_string)),
        line("muted", seen.muted.is_some(), side.muted.map(|muted| muted.to_string())),
        line(
            "rules",
            seen.rules.is_some(),
            side.rules.as_ref().map(|rules| if rules.is_number() { "readable".into() } else { rules.to_string() }),
        ),
        line("readyState", seen.ready_state.is_some(), side.ready_state.map(|state| state.to_string())),
        line("returned", seen.ok.is_some(), side.ok.map(|ok| ok.to_string())),
    ];
    lines.into_iter().flatten().collect()
}

fn request_line(request: &SeenRequest) -> String {
    let preflight = if request.preflight { " (preflight)" } else { "" };
    format!("{} {} {}{}{preflight}", request.step, request.method, request.to, request.path)
}

/// The lines of a name, joined.
fn header(request: &SeenRequest, name: &str) -> Option<String> {
    let lines: Vec<&str> = request.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// The names of the headers that a step set, in lower case, each once.
fn author_names(step: &Step) -> Vec<String> {
    let mut names: Vec<String> = step.author_headers().iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    names
}

/// What a request says under a name that the step set.
fn author_value(step: &Step, request: &SeenRequest, name: &str) -> Option<String> {
    let sent = header(request, name)?;
    // Where a form's parts end, a random text says.
    if let Some((start, rest)) = sent.split_once("boundary=----") {
        let end = rest.find([',', ' ', ';']).map(|end| &rest[end..]);
        return Some(format!("{start}boundary={}", end.unwrap_or_default()));
    }
    if !browser_writes(name) {
        return Some(sent);
    }
    let given = step.author_headers().iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let given: Vec<&str> = given.map(|(_, value)| value.trim_matches(['\t', '\n', '\r', ' '])).collect();
    (given.contains(&sent.as_str()) || given.join(", ") == sent).then_some(sent)
}

/// Whether the browser writes a header of this name whatever the author does, and with values that the engine does not
/// decide or that another dimension compares.
fn browser_writes(name: &str) -> bool {
    let own = [
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "upgrade-insecure-requests",
        "user-agent",
        "via",
    ];
    own.contains(&name) || name.starts_with("sec-") || name.starts_with("proxy-")
}

/// The headers that script sees, as sorted pairs.
fn visible_headers(response: &SeenResponse) -> Option<String> {
    let mut lines: Vec<String> = match (&response.headers, &response.all) {
        (Some(headers), _) => headers.iter().map(|(name, value)| format!("{}: {value:?}", name.to_ascii_lowercase())).collect(),
        (None, Some(all)) => all
            .split_terminator("\r\n")
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap_or((line, ""));
                format!("{}: {value:?}", name.to_ascii_lowercase())
            })
            .collect(),
        (None, None) => return None,
    };
    lines.sort();
    Some(lines.join(" | "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::recording::parse;
    use super::*;

    fn case(steps: serde_json::Value) -> Case {
        parse(&json!({ "id": "a/b", "steps": steps, "server": {}, "expect": {} }).to_string()).unwrap()
    }

    fn seen(value: serde_json::Value) -> Seen {
        serde_json::from_value(value).unwrap()
    }

    fn verdicts(case: &Case, a: &Seen, b: &Seen) -> Vec<(&'static str, bool)> {
        Dimension::ALL
            .into_iter()
            .filter_map(|dimension| Some((dimension.name(), read(dimension, case, a, b)?.agrees())))
            .collect()
    }

    #[test]
    fn equal_observations_agree_where_they_apply() {
        let case = case(json!([{ "url": "x", "init": { "headers": [["X-A", "1"]] } }]));
        let same = seen(json!({
            "steps": [{ "out": "resolved", "res": { "type": "cors", "status": 200, "url": "u", "redirected": false, "headers": [["a", "b"]] } }],
            "wire": [
                { "step": 0, "to": "B", "method": "OPTIONS", "path": "/m", "headers": [["origin", "o"]], "preflight": true },
                { "step": 0, "to": "B", "method": "GET", "path": "/m", "headers": [["origin", "o"], ["x-a", "1"]] },
            ],
        }));
        let expected = [
            "outcome",
            "wire",
            "origin",
            "acrm",
            "acrh",
            "authorHeaders",
            "cookie",
            "type",
            "status",
            "url",
            "redirected",
            "headers",
        ];
        assert_eq!(verdicts(&case, &same, &same), expected.map(|name| (name, true)));
    }

    #[test]
    fn each_difference_shows_in_its_dimension() {
        let case =
            case(json!([{ "url": "x", "init": { "headers": [["X-A", "1"], ["Host", "h"]] } }, { "api": "xhr", "url": "y" }]));
        let base = json!({
            "steps": [
                { "out": "resolved", "res": { "type": "cors", "status": 200, "url": "u", "redirected": false, "headers": [["a", "b"]] } },
                { "out": "rejected", "err": "NetworkError", "res": { "status": 0, "url": "", "all": "A: b\r\n" } },
                { "out": "resolved", "taint": false, "muted": false, "rules": 1, "readyState": 2, "ok": true },
            ],
            "wire": [{ "step": 0, "to": "B", "method": "OPTIONS", "path": "/m", "preflight": true, "headers": [
                ["access-control-request-headers", "x-a"], ["access-control-request-method", "PUT"], ["host", "b.test"], ["origin", "o"], ["x-a", "1"]] }],
        });
        for (pointer, value, dimension) in [
            ("/steps/0/out", json!("rejected"), "outcome"),
            ("/steps/1/err", json!("TypeError"), "errorName"),
            ("/wire/0/headers/0/1", json!("x-b"), "acrh"),
            ("/wire/0/headers/1/1", json!("PATCH"), "acrm"),
            ("/wire/0/headers/2/1", json!("h"), "authorHeaders"),
            ("/wire/0/headers/3/1", json!("null"), "origin"),
            ("/wire/0/headers/4/1", json!("2"), "authorHeaders"),
            ("/wire/0/headers/4", json!(["cookie", "c"]), "cookie"),
            ("/wire/0/path", json!("/n"), "wire"),
            ("/wire/0/preflight", json!(false), "wire"),
            ("/steps/0/res/type", json!("basic"), "type"),
            ("/steps/0/res/status", json!(201), "status"),
            ("/steps/0/res/url", json!("v"), "url"),
            ("/steps/0/res/redirected", json!(true), "redirected"),
            ("/steps/0/res/headers", json!([["a", "c"]]), "headers"),
            ("/steps/1/res/all", json!("a: c\r\n"), "headers"),
            ("/steps/2/taint", json!("SecurityError"), "element"),
            ("/steps/2/muted", json!(true), "element"),
            ("/steps/2/rules", json!("SecurityError"), "element"),
            ("/steps/2/readyState", json!(1), "element"),
            ("/steps/2/ok", json!(false), "element"),
        ] {
            let mut other = base.clone();
            *other.pointer_mut(pointer).unwrap() = value;
            let verdicts = verdicts(&case, &seen(base.clone()), &seen(other));
            assert!(verdicts.contains(&(dimension, false)), "{pointer}: {verdicts:?}");
            let others = verdicts.iter().filter(|(name, agrees)| !agrees && *name != dimension).count();
            assert!(others <= usize::from(dimension == "cookie"), "{pointer}: {verdicts:?}");
        }
    }

    #[test]
    fn a_missing_request_counts_once() {
        let case = case(json!([{ "url": "x" }]));
        let step = json!([{ "out": "resolved" }]);
        let first = json!({ "step": 0, "to": "B", "method": "GET", "path": "/m", "headers": [["origin", "o"]] });
        let second = json!({ "step": 0, "to": "C", "method": "GET", "path": "/n", "headers": [["origin", "null"]] });
        let short = seen(json!({ "steps": step, "wire": [first] }));
        let long = seen(json!({ "steps": step, "wire": [first, second] }));
        assert_eq!(verdicts(&case, &short, &long), [("outcome", true), ("wire", false), ("origin", true), ("cookie", true)]);
    }
}
