use serde_json::{Value, json};

use super::*;
use crate::evaluate;

/// A scenario whose last fetch is explained, and how.
struct Row {
    id: &'static str,
    scenario: Value,
    sentence: &'static str,
    remedy: &'static str,
}

fn row(id: &'static str, scenario: Value, sentence: &'static str, remedy: &'static str) -> Row {
    Row { id, scenario, sentence, remedy }
}

/// The last fetch of a scenario, explained.
fn last(scenario: &Value) -> FetchExplanation {
    let scenario: Scenario = serde_json::from_value(scenario.clone()).unwrap();
    let report = evaluate(&scenario).unwrap();
    explain(&scenario, &report).fetches.pop().unwrap()
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Value {
    json!({ "status": status, "headers": headers })
}

fn call(call: Value, answers: Vec<Value>) -> Value {
    json!({ "page": { "url": "https://a.example/" }, "fetches": [{ "call": call, "answers": answers }] })
}

fn fetch(url: &str, init: Value, answers: Vec<Value>) -> Value {
    call(json!({ "api": "fetch", "url": url, "init": init }), answers)
}

/// The scenario with a page of another origin.
fn from(origin: &str, mut scenario: Value) -> Value {
    scenario["page"] = match origin {
        "null" => json!({ "url": "https://a.example/", "origin": "null" }),
        origin => json!({ "url": origin }),
    };
    scenario
}

/// The scenario with something else about its page.
fn page(member: &str, value: Value, mut scenario: Value) -> Value {
    scenario["page"][member] = value;
    scenario
}

fn in_worker(scenario: Value) -> Value {
    page("global", json!("worker"), scenario)
}

/// The scenario with something else about its fetch.
fn with(member: &str, value: Value, mut scenario: Value) -> Value {
    scenario["fetches"][0][member] = value;
    scenario
}

/// Two calls, of which the first gets the answer, and the second none of its own.
fn then(first: Value, second: Value, answer: Value) -> Value {
    json!({
        "page": { "url": "https://a.example/" },
        "fetches": [{ "call": first, "answers": [answer] }, { "call": second }],
    })
}

/// Every way in which a fetch can end, with the exact words: id, scenario, sentence, remedy.
fn rows() -> Vec<Row> {
    vec![
        // How it can end well.
        row(
            "allowed-same-origin",
            fetch("/x", json!({}), vec![answer(200, &[])]),
            "Allowed: https://a.example is the page's own origin, so the page can read the answer (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-same-origin",
            fetch("/x", json!({}), vec![answer(404, &[])]),
            "Allowed: https://a.example is the page's own origin, so the page can read the answer (status 404).",
            "Nothing has to change.",
        ),
        row(
            "allowed-wildcard",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "*")])]),
            "Allowed: https://b.example lets https://a.example read its answer (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-wildcard",
            fetch("https://b.example/x", json!({}), vec![answer(500, &[("Access-Control-Allow-Origin", "*")])]),
            "Allowed: https://b.example lets https://a.example read its answer (status 500).",
            "Nothing has to change.",
        ),
        row(
            "allowed-origin",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])]),
            "Allowed: https://b.example lets https://a.example read its answer (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-origin",
            from("null", fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "null")])])),
            "Allowed: https://b.example lets this page (its origin is null) read its answer (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-origin-with-credentials",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "true")],
                )],
            ),
            "Allowed: https://b.example lets https://a.example read its answer (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-service-worker",
            with("serviceWorker", json!({ "type": "default" }), fetch("https://b.example/x", json!({}), vec![])),
            "Allowed: a service worker of the page answered (status 200), and the page can read the answer.",
            "Nothing has to change.",
        ),
        row(
            "allowed-inside",
            fetch("data:text/plain,x", json!({}), vec![]),
            "Allowed: a data: URL is read inside the browser, and the page can read it.",
            "Nothing has to change.",
        ),
        row(
            "allowed-preloaded",
            then(
                json!({ "api": "preload", "url": "https://b.example/x", "as": "script", "crossOrigin": "" }),
                json!({ "api": "script", "url": "https://b.example/x", "crossOrigin": "" }),
                answer(200, &[("Access-Control-Allow-Origin", "https://a.example")]),
            ),
            "Allowed: the page uses the answer of an earlier preload (status 200).",
            "Nothing has to change.",
        ),
        row(
            "allowed-navigation",
            call(json!({ "api": "iframe", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Allowed: the frame loads https://b.example/x, and CORS does not apply.",
            "Nothing has to change. Whether the document lets itself be framed (X-Frame-Options, Content-Security-Policy: frame-ancestors) is not checked here.",
        ),
        row(
            "allowed-web-socket",
            call(json!({ "api": "webSocket", "url": "wss://b.example/x" }), vec![answer(101, &[])]),
            "Allowed: https://a.example may open a WebSocket to https://b.example, and CORS does not apply.",
            "Nothing has to change for the browser. The server should refuse origins that it does not know.",
        ),
        // With an answer that script cannot read.
        row(
            "opaque-fetch",
            fetch("https://b.example/x", json!({ "mode": "no-cors" }), vec![answer(200, &[])]),
            "Sent, but unreadable: mode no-cors hides the answer of https://b.example from the page.",
            "If script must read the answer, leave out `mode: \"no-cors\"`, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-fetch",
            fetch("https://b.example/x", json!({ "mode": "no-cors", "credentials": "include" }), vec![answer(200, &[])]),
            "Sent, but unreadable: mode no-cors hides the answer of https://b.example from the page.",
            "If script must read the answer, leave out `mode: \"no-cors\"`, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` and `Access-Control-Allow-Credentials: true`.",
        ),
        row(
            "opaque-fetch",
            fetch(
                "https://b.example/x",
                json!({ "mode": "no-cors" }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "*")])],
            ),
            "Sent, but unreadable: mode no-cors hides the answer of https://b.example from the page.",
            "If script must read the answer, leave out `mode: \"no-cors\"`, and let https://b.example send the same headers as now.",
        ),
        row(
            "opaque-image",
            call(json!({ "api": "img", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Loaded, but unreadable: the page can show the image of https://b.example, and cannot read its pixels.",
            "If script must read the pixels, add `crossorigin` to the <img>, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-media",
            call(json!({ "api": "media", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Loaded, but unreadable: the page can play the audio or video of https://b.example, and cannot read its samples or pixels.",
            "If script must read them, add `crossorigin` to the element, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-script",
            call(json!({ "api": "script", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Loaded, but unreadable: the page runs the script of https://b.example, and sees neither its source nor the details of its errors.",
            "If the details are wanted, add `crossorigin` to the <script>, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-stylesheet",
            call(json!({ "api": "stylesheet", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Loaded, but unreadable: the page uses the style sheet of https://b.example, and script cannot read its rules.",
            "If script must read the rules, add `crossorigin` to the <link>, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-preload",
            call(json!({ "api": "preload", "url": "https://b.example/x", "as": "font" }), vec![answer(200, &[])]),
            "Loaded, but unreadable: the preload from https://b.example can only be used by something that is loaded without CORS, too.",
            "If a font, a module or a fetch() is to use it, add `crossorigin` to the <link>, and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "opaque-beacon",
            call(json!({ "api": "beacon", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            "Sent: script never sees the answer to a beacon.",
            "Nothing has to change.",
        ),
        row(
            "opaque-beacon",
            call(
                json!({ "api": "beacon", "url": "https://b.example/x", "body": { "type": "blob", "mimeType": "application/json", "length": 2 } }),
                vec![
                    answer(
                        200,
                        &[
                            ("Access-Control-Allow-Origin", "https://a.example"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Access-Control-Allow-Headers", "content-type"),
                        ],
                    ),
                    answer(
                        200,
                        &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "true")],
                    ),
                ],
            ),
            "Sent: script never sees the answer to a beacon.",
            "Nothing has to change.",
        ),
        row(
            "opaque-import-scripts",
            in_worker(call(
                json!({ "api": "importScripts", "url": "https://b.example/x" }),
                vec![answer(200, &[("Content-Type", "text/javascript")])],
            )),
            "Loaded, but unreadable: the worker runs the script of https://b.example, and sees neither its source nor the details of its errors.",
            "Nothing has to change.",
        ),
        row(
            "opaque-redirect",
            fetch(
                "https://b.example/x",
                json!({ "redirect": "manual" }),
                vec![answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "/y")])],
            ),
            "Not followed: the answer is a redirect, and `redirect: \"manual\"` hides where it leads.",
            "If the redirect is to be followed, leave out `redirect: \"manual\"`.",
        ),
        // With an answer that is missing.
        row(
            "needs-preflight-answer",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![]),
            "Open: the browser first asks https://b.example by OPTIONS whether PUT is allowed (a preflight), and the answer to that is not known yet.",
            "Send the OPTIONS request to https://b.example/x, and add the answer.",
        ),
        row(
            "needs-answer",
            fetch("https://b.example/x", json!({}), vec![]),
            "Open: the answer of https://b.example to GET https://b.example/x is not known yet.",
            "Send the request, and add the answer.",
        ),
        row(
            "needs-answer",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")],
                )],
            ),
            "Open: the answer of https://b.example to PUT https://b.example/x is not known yet.",
            "Send the request, and add the answer.",
        ),
        row(
            "not-reached",
            json!({ "page": { "url": "https://a.example/" }, "fetches": [{ "call": { "api": "fetch", "url": "https://b.example/x" } }, { "call": { "api": "fetch", "url": "/y" } }] }),
            "Open: this fetch starts when the ones before it have ended.",
            "Add that answer first.",
        ),
        // With an exception.
        row(
            "throw-url",
            fetch("https://", json!({}), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `https://` is not a URL.",
            "Write the whole URL with its scheme, such as https://api.example/items.",
        ),
        row(
            "throw-url",
            call(json!({ "api": "xhr", "url": "https://" }), vec![]),
            "Nothing was sent: XMLHttpRequest throws a SyntaxError, because `https://` is not a URL.",
            "Write the whole URL with its scheme, such as https://api.example/items.",
        ),
        row(
            "throw-url-credentials",
            fetch("https://user:secret@b.example/", json!({}), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because the URL has a user name or a password.",
            "Take them out of the URL, and send them in the header `Authorization`.",
        ),
        row(
            "throw-window",
            fetch("https://b.example/x", json!({ "window": "other" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `window` may only be null.",
            "Leave `window` out of the options.",
        ),
        row(
            "throw-referrer",
            fetch("https://b.example/x", json!({ "referrer": "https://" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `https://` is not a URL that can be the referrer.",
            "Leave `referrer` out, or give a URL of the page's own origin.",
        ),
        row(
            "throw-mode-navigate",
            fetch("https://b.example/x", json!({ "mode": "navigate" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because mode navigate is for the browser alone.",
            "Leave `mode` out, or use cors, same-origin or no-cors.",
        ),
        row(
            "throw-enumeration",
            fetch("https://b.example/x", json!({ "credentials": "included" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `credentials` has a value that does not exist: `included`.",
            "Correct the spelling of `credentials`, or leave it out.",
        ),
        row(
            "throw-enumeration",
            fetch("https://b.example/x", json!({ "duplex": "full" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `duplex` has a value that does not exist: `full`.",
            "Correct the spelling of `duplex`, or leave it out.",
        ),
        row(
            "throw-only-if-cached",
            fetch("https://b.example/x", json!({ "cache": "only-if-cached" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because cache mode only-if-cached needs mode same-origin.",
            "Add `mode: \"same-origin\"`, or use another cache mode.",
        ),
        row(
            "throw-method-not-token",
            fetch("https://b.example/x", json!({ "method": "GET " }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `GET ` is not a method.",
            "Use a method of letters, without spaces, such as POST.",
        ),
        row(
            "throw-method-forbidden",
            call(json!({ "api": "xhr", "method": "TRACE", "url": "https://b.example/x" }), vec![]),
            "Nothing was sent: XMLHttpRequest throws a SecurityError, because no page may send TRACE.",
            "Use another method. CONNECT, TRACE and TRACK are closed to pages.",
        ),
        row(
            "throw-method-no-cors",
            fetch("https://b.example/x", json!({ "method": "PUT", "mode": "no-cors" }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because mode no-cors takes GET, HEAD and POST only, not PUT.",
            "Leave out `mode: \"no-cors\"`, and let the server allow PUT.",
        ),
        row(
            "throw-header-name",
            fetch("https://b.example/x", json!({ "headers": [["X-A", "1"], ["X Token", "1"]] }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `X Token` cannot be the name of a header.",
            "Use letters, digits and hyphens only.",
        ),
        row(
            "throw-header-value",
            fetch("https://b.example/x", json!({ "headers": [["X-Token", "a\nb"]] }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because the value of `X-Token` has a newline or a NUL in it.",
            "Remove that character from `a\\nb`.",
        ),
        row(
            "throw-not-byte-string",
            fetch("https://b.example/x", json!({ "headers": [["X-Token", "\u{20ac}"]] }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because `headers` has a character above U+00FF, which a header or a method cannot have.",
            "Encode the value, for instance with encodeURIComponent().",
        ),
        row(
            "throw-body-with-get-or-head",
            fetch("https://b.example/x", json!({ "body": { "type": "text", "text": "x" } }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because a GET or HEAD request cannot have a body.",
            "Use `method: \"POST\"`, or leave the body out.",
        ),
        row(
            "throw-stream-keepalive",
            fetch(
                "https://b.example/x",
                json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half", "keepalive": true }),
                vec![],
            ),
            "Nothing was sent: fetch() rejects with a TypeError, because a stream cannot be the body of a keepalive request.",
            "Leave out `keepalive`, or send a string or a Blob.",
        ),
        row(
            "throw-stream-disturbed",
            fetch(
                "https://b.example/x",
                json!({ "method": "POST", "body": { "type": "stream", "disturbed": true }, "duplex": "half" }),
                vec![],
            ),
            "Nothing was sent: fetch() rejects with a TypeError, because the stream has been read from or is locked.",
            "Use a fresh stream.",
        ),
        row(
            "throw-stream-duplex",
            fetch("https://b.example/x", json!({ "method": "POST", "body": { "type": "stream" } }), vec![]),
            "Nothing was sent: fetch() rejects with a TypeError, because a stream as the body needs `duplex`.",
            "Add `duplex: \"half\"`.",
        ),
        row(
            "throw-stream-mode",
            fetch(
                "https://b.example/x",
                json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half", "mode": "no-cors" }),
                vec![],
            ),
            "Nothing was sent: fetch() rejects with a TypeError, because a stream as the body needs mode cors or same-origin.",
            "Use mode cors, or send a string or a Blob.",
        ),
        row(
            "throw-web-socket-scheme",
            call(json!({ "api": "webSocket", "url": "ftp://b.example/" }), vec![]),
            "Nothing was sent: new WebSocket() throws a SyntaxError, because the URL of a WebSocket starts with ws, wss, http or https.",
            "Write wss://, or ws:// where the page is not secure.",
        ),
        row(
            "throw-web-socket-fragment",
            call(json!({ "api": "webSocket", "url": "wss://b.example/#x" }), vec![]),
            "Nothing was sent: new WebSocket() throws a SyntaxError, because the URL of a WebSocket cannot have a fragment (#...).",
            "Leave out the `#` and what follows.",
        ),
        row(
            "throw-beacon-scheme",
            call(json!({ "api": "beacon", "url": "data:,x" }), vec![]),
            "Nothing was sent: sendBeacon() throws a TypeError, because sendBeacon() takes http and https URLs only.",
            "Use an https URL.",
        ),
        row(
            "same-origin-mode",
            call(json!({ "api": "worker", "url": "https://b.example/x" }), vec![]),
            "Blocked: https://b.example is another origin than the page's, and this request may not leave the page's origin.",
            "Use a URL of https://a.example. For fetch(), leave out `mode: \"same-origin\"`; for <track>, add `crossorigin` to the audio or video element; for a worker, load the script by importScripts() or import from a small script of your own.",
        ),
        // By the CORS check, because of Access-Control-Allow-Origin.
        row(
            "allow-origin-missing",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[])]),
            "Blocked: https://b.example does not allow https://a.example to read its answer.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with this answer.",
        ),
        row(
            "allow-origin-missing",
            fetch("https://b.example/x", json!({ "credentials": "include" }), vec![answer(200, &[])]),
            "Blocked: https://b.example does not allow https://a.example to read its answer.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` and `Access-Control-Allow-Credentials: true` with this answer.",
        ),
        row(
            "allow-origin-missing",
            from("https://a.example:8443", fetch("https://b.example/x", json!({}), vec![answer(304, &[])])),
            "Blocked: https://b.example does not allow https://a.example:8443 to read its answer.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example:8443` (or `*`, if every page may read it) with this answer.",
        ),
        row(
            "allow-origin-missing-on-preflight",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(200, &[])]),
            "Blocked: https://b.example does not allow https://a.example in its answer to the preflight (OPTIONS).",
            "Let https://b.example answer OPTIONS requests to this URL with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Methods: PUT`.",
        ),
        row(
            "allow-origin-missing-on-preflight",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]], "credentials": "include" }),
                vec![answer(204, &[])],
            ),
            "Blocked: https://b.example does not allow https://a.example in its answer to the preflight (OPTIONS).",
            "Let https://b.example answer OPTIONS requests to this URL with `Access-Control-Allow-Origin: https://a.example`, `Access-Control-Allow-Credentials: true` and `Access-Control-Allow-Headers: x-token`.",
        ),
        row(
            "allow-origin-missing-on-redirect",
            fetch("https://b.example/x", json!({}), vec![answer(302, &[("Location", "https://login.example/")])]),
            "Blocked: https://b.example redirects (status 302) without allowing https://a.example.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with the redirect, or answer with 401 where a login is missing, or request the final URL right away.",
        ),
        row(
            "allow-origin-missing-on-error",
            fetch("https://b.example/x", json!({}), vec![answer(503, &[])]),
            "Blocked: https://b.example answers with the error status 503, and does not allow https://a.example to read that answer.",
            "First find out why https://b.example answers 503. Then let it send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with error answers, too.",
        ),
        row(
            "allow-origin-missing-on-error",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![
                    answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")]),
                    answer(404, &[]),
                ],
            ),
            "Blocked: https://b.example answers with the error status 404, and does not allow https://a.example to read that answer.",
            "First find out why https://b.example answers 404. Then let it send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with error answers, too.",
        ),
        row(
            "allow-origin-missing-in-cache",
            then(
                json!({ "api": "img", "url": "https://b.example/x" }),
                json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": "anonymous" }),
                answer(200, &[("Cache-Control", "max-age=60")]),
            ),
            "Blocked: the browser takes a stored answer of https://b.example from its cache, and that one does not allow https://a.example.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Vary: Origin` with every answer of this URL. For a quick test, add something to the query of the URL.",
        ),
        row(
            "allow-origin-only-on-preflight",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![
                    answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")]),
                    answer(200, &[]),
                ],
            ),
            "Blocked: https://b.example allows https://a.example in its answer to the preflight, but not in the answer itself.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with the answer to PUT, too.",
        ),
        row(
            "allow-origin-misspelt",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origins", "*")])]),
            "Blocked: the answer of https://b.example has no Access-Control-Allow-Origin, but it has `Access-Control-Allow-Origins`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) instead of `Access-Control-Allow-Origins`.",
        ),
        row(
            "allow-origin-misspelt",
            fetch("https://b.example/x", json!({}), vec![answer(500, &[("Acces-Control-Allow-Origin", "*")])]),
            "Blocked: the answer of https://b.example has no Access-Control-Allow-Origin, but it has `Acces-Control-Allow-Origin`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) instead of `Acces-Control-Allow-Origin`.",
        ),
        row(
            "allow-origin-misspelt",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(204, &[("Access-Control-Allow-Orgin", "*")])]),
            "Blocked: the answer of https://b.example to the preflight (OPTIONS) has no Access-Control-Allow-Origin, but it has `Access-Control-Allow-Orgin`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) instead of `Access-Control-Allow-Orgin`.",
        ),
        row(
            "allow-origin-empty",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "")])]),
            "Blocked: the answer of https://b.example has an empty Access-Control-Allow-Origin, which allows nobody.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-wildcard-with-credentials",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true")])],
            ),
            "Blocked: the answer of https://b.example allows everybody (`*`), which does not count for a request with credentials.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example`, the origin taken from a list of origins that it trusts, and `Vary: Origin`. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "allow-origin-wildcard-with-credentials",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]], "credentials": "include" }),
                vec![answer(
                    200,
                    &[
                        ("Access-Control-Allow-Origin", "*"),
                        ("Access-Control-Allow-Credentials", "true"),
                        ("Access-Control-Allow-Headers", "*"),
                    ],
                )],
            ),
            "Blocked: the answer of https://b.example to the preflight (OPTIONS) allows everybody (`*`), which does not count for a request with credentials.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example`, the origin taken from a list of origins that it trusts, and `Vary: Origin`. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "allow-origin-several-lines",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Origin", "*")])],
            ),
            "Blocked: the answer of https://b.example has Access-Control-Allow-Origin 2 times, and it may be there only once.",
            "Let only one of them send it: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-several-lines",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(
                    200,
                    &[
                        ("Access-Control-Allow-Origin", "https://a.example"),
                        ("Access-Control-Allow-Origin", "https://c.example"),
                        ("Access-Control-Allow-Origin", "null"),
                    ],
                )],
            ),
            "Blocked: the answer of https://b.example has Access-Control-Allow-Origin 3 times, and it may be there only once.",
            "Let only one of them send it: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-list",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example, https://c.example")])],
            ),
            "Blocked: the answer of https://b.example lists several origins in Access-Control-Allow-Origin, where only one may stand.",
            "Keep the list on the server, and send only the origin that asks: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), with `Vary: Origin`.",
        ),
        row(
            "allow-origin-list",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "*, *")])]),
            "Blocked: the answer of https://b.example lists several origins in Access-Control-Allow-Origin, where only one may stand.",
            "Keep the list on the server, and send only the origin that asks: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), with `Vary: Origin`.",
        ),
        row(
            "allow-origin-null",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "null")])]),
            "Blocked: the answer of https://b.example allows only the origin `null`, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-tainted-by-redirect",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![
                    answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "https://c.example/")]),
                    answer(200, &[("Access-Control-Allow-Origin", "https://a.example")]),
                ],
            ),
            "Blocked: after redirects over several origins the browser sends the origin `null`, and the answer of https://c.example does not allow that.",
            "Request the final URL right away, or redirect within one origin. Where no credentials are needed, ask without them, and let https://c.example send `Access-Control-Allow-Origin: *`.",
        ),
        row(
            "allow-origin-tainted-by-redirect",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![
                    answer(
                        302,
                        &[
                            ("Access-Control-Allow-Origin", "https://a.example"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Location", "https://c.example/"),
                        ],
                    ),
                    answer(200, &[("Access-Control-Allow-Origin", "*")]),
                ],
            ),
            "Blocked: after redirects over several origins the browser sends the origin `null`, and the answer of https://c.example does not allow that.",
            "Request the final URL right away, or redirect within one origin. Where no credentials are needed, ask without them, and let https://c.example send `Access-Control-Allow-Origin: *`.",
        ),
        row(
            "allow-origin-tainted-by-redirect",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![
                    answer(
                        204,
                        &[
                            ("Access-Control-Allow-Origin", "https://a.example"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Access-Control-Allow-Methods", "PUT"),
                        ],
                    ),
                    answer(
                        307,
                        &[
                            ("Access-Control-Allow-Origin", "https://a.example"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Location", "https://a.example/"),
                        ],
                    ),
                    answer(401, &[]),
                ],
            ),
            "Blocked: after redirects over several origins the browser sends the origin `null`, and the answer of https://a.example to the preflight (OPTIONS) does not allow that.",
            "Request the final URL right away, or redirect within one origin. Where no credentials are needed, ask without them, and let https://a.example send `Access-Control-Allow-Origin: *`.",
        ),
        row(
            "allow-origin-for-page-without",
            from(
                "null",
                fetch(
                    "https://b.example/x",
                    json!({}),
                    vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])],
                ),
            ),
            "Blocked: the page has no origin of its own and sends `null`, and the answer of https://b.example does not allow that.",
            "Serve the page over http or https (without sandbox, or with allow-same-origin). Where no credentials are needed, ask without them, and let https://b.example send `Access-Control-Allow-Origin: *`.",
        ),
        row(
            "allow-origin-for-page-without",
            from("null", fetch("https://b.example/x", json!({}), vec![answer(200, &[])])),
            "Blocked: the page has no origin of its own and sends `null`, and the answer of https://b.example does not allow that.",
            "Serve the page over http or https (without sandbox, or with allow-same-origin). Where no credentials are needed, ask without them, and let https://b.example send `Access-Control-Allow-Origin: *`.",
        ),
        row(
            "allow-origin-trailing-slash",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example/")])]),
            "Blocked: the answer of https://b.example allows `https://a.example/`, with a slash at the end, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), without the slash.",
        ),
        row(
            "allow-origin-trailing-slash",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![answer(
                    204,
                    &[("Access-Control-Allow-Origin", "https://a.example/"), ("Access-Control-Allow-Methods", "PUT")],
                )],
            ),
            "Blocked: the answer of https://b.example to the preflight (OPTIONS) allows `https://a.example/`, with a slash at the end, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` and `Access-Control-Allow-Credentials: true`, without the slash.",
        ),
        row(
            "allow-origin-trailing-slash",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(301, &[("Access-Control-Allow-Origin", "https://a.example/"), ("Location", "/y")])],
            ),
            "Blocked: the redirect of https://b.example (status 301) allows `https://a.example/`, with a slash at the end, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), without the slash.",
        ),
        row(
            "allow-origin-path",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example/app")])],
            ),
            "Blocked: the answer of https://b.example allows the URL `https://a.example/app`, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), without a path.",
        ),
        row(
            "allow-origin-case",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://A.example")])]),
            "Blocked: the answer of https://b.example allows `https://A.example`, and the page's origin is written `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), in lower case.",
        ),
        row(
            "allow-origin-default-port",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example:443")])],
            ),
            "Blocked: the answer of https://b.example allows `https://a.example:443`, and the page's origin is written `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), without the port.",
        ),
        row(
            "allow-origin-wrapped",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "\"https://a.example\"")])],
            ),
            "Blocked: the answer of https://b.example allows `\"https://a.example\"`, with something around the origin that does not belong there.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and nothing else.",
        ),
        row(
            "allow-origin-without-scheme",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "a.example")])]),
            "Blocked: the answer of https://b.example allows `a.example`, without the scheme, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), with the scheme.",
        ),
        row(
            "allow-origin-spelling",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://user@a.example")])],
            ),
            "Blocked: the answer of https://b.example allows `https://user@a.example`, which means the page's origin but is not written like it: `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-pattern",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://*.example")])]),
            "Blocked: the answer of https://b.example allows `https://*.example`, and the browser knows no patterns.",
            "Keep the pattern on the server, and send the origin that asks if it matches: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), with `Vary: Origin`.",
        ),
        row(
            "allow-origin-scheme",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "http://a.example")])]),
            "Blocked: the answer of https://b.example allows `http://a.example`, and the page's origin is `https://a.example`: the scheme differs.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-port",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example:3000")])],
            ),
            "Blocked: the answer of https://b.example allows `https://a.example:3000`, and the page's origin is `https://a.example`: the port differs.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-loopback",
            from(
                "http://localhost:3000",
                fetch(
                    "https://b.example/x",
                    json!({}),
                    vec![answer(200, &[("Access-Control-Allow-Origin", "http://127.0.0.1:3000")])],
                ),
            ),
            "Blocked: the answer of https://b.example allows `http://127.0.0.1:3000`, and the page's origin is `http://localhost:3000`.",
            "Let https://b.example send `Access-Control-Allow-Origin: http://localhost:3000` (or `*`, if every page may read it), or open the page under the name that is allowed.",
        ),
        row(
            "allow-origin-subdomain",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://www.a.example")])],
            ),
            "Blocked: the answer of https://b.example allows `https://www.a.example`, and the page's origin is `https://a.example`: one is a subdomain of the other.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-other",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://c.example")])]),
            "Blocked: the answer of https://b.example allows another origin, `https://c.example`, and the page's origin is `https://a.example`.",
            "If this page may read it, let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it). If the value depends on who asks, it also needs `Vary: Origin`.",
        ),
        row(
            "allow-origin-other",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://c.example"), ("Access-Control-Allow-Credentials", "true")],
                )],
            ),
            "Blocked: the answer of https://b.example allows another origin, `https://c.example`, and the page's origin is `https://a.example`.",
            "If this page may read it, let https://b.example send `Access-Control-Allow-Origin: https://a.example`. If the value depends on who asks, it also needs `Vary: Origin`.",
        ),
        row(
            "allow-origin-other-in-cache",
            then(
                json!({ "api": "img", "url": "https://b.example/x" }),
                json!({ "api": "fetch", "url": "https://b.example/x" }),
                answer(200, &[("Access-Control-Allow-Origin", "https://c.example"), ("Cache-Control", "max-age=60")]),
            ),
            "Blocked: the browser takes a stored answer of https://b.example from its cache, and that one allows `https://c.example`, not `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Vary: Origin` with every answer of this URL. For a quick test, add something to the query of the URL.",
        ),
        row(
            "allow-origin-no-origin",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "$http_origin")])]),
            "Blocked: the answer of https://b.example has `$http_origin` in Access-Control-Allow-Origin, which is not an origin.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-no-origin",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "a\u{1}`b{server}")])]),
            "Blocked: the answer of https://b.example has `a\\x01\\x60b{server}` in Access-Control-Allow-Origin, which is not an origin.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        // By the CORS check, because of Access-Control-Allow-Credentials.
        row(
            "allow-credentials-missing",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])],
            ),
            "Blocked: the answer of https://b.example allows https://a.example, but not with credentials.",
            "Let https://b.example send `Access-Control-Allow-Credentials: true`, too. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "allow-credentials-missing",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![answer(
                    204,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")],
                )],
            ),
            "Blocked: the answer of https://b.example to the preflight (OPTIONS) allows https://a.example, but not with credentials.",
            "Let https://b.example send `Access-Control-Allow-Credentials: true`, too. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "allow-credentials-only-on-preflight",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![
                    answer(
                        200,
                        &[
                            ("Access-Control-Allow-Origin", "https://a.example"),
                            ("Access-Control-Allow-Credentials", "true"),
                            ("Access-Control-Allow-Methods", "PUT"),
                        ],
                    ),
                    answer(200, &[("Access-Control-Allow-Origin", "https://a.example")]),
                ],
            ),
            "Blocked: https://b.example allows credentials in its answer to the preflight, but not in the answer itself.",
            "Let https://b.example send `Access-Control-Allow-Credentials: true` with the answer to PUT, too.",
        ),
        row(
            "allow-credentials-for-null",
            from(
                "null",
                fetch(
                    "https://b.example/x",
                    json!({ "credentials": "include" }),
                    vec![answer(200, &[("Access-Control-Allow-Origin", "null")])],
                ),
            ),
            "Blocked: the answer of https://b.example allows the origin `null`, but not with credentials.",
            "Serve the page over http or https (without sandbox, or with allow-same-origin), and request the final URL right away.",
        ),
        row(
            "allow-credentials-case",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "True")],
                )],
            ),
            "Blocked: the answer of https://b.example has `Access-Control-Allow-Credentials: True`, and the value must be `true`, in lower case.",
            "Let https://b.example send `Access-Control-Allow-Credentials: true`.",
        ),
        row(
            "allow-credentials-several-lines",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[
                        ("Access-Control-Allow-Origin", "https://a.example"),
                        ("Access-Control-Allow-Credentials", "true"),
                        ("Access-Control-Allow-Credentials", "true"),
                    ],
                )],
            ),
            "Blocked: the answer of https://b.example has Access-Control-Allow-Credentials 2 times, and it may be there only once.",
            "Let only one of them send it: `Access-Control-Allow-Credentials: true`.",
        ),
        row(
            "allow-credentials-not-true",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "1")],
                )],
            ),
            "Blocked: the answer of https://b.example has `Access-Control-Allow-Credentials: 1`, and only `true` counts.",
            "If the page may read answers with credentials, let https://b.example send `Access-Control-Allow-Credentials: true`. If no cookies are needed, ask without credentials instead.",
        ),
        // By the preflight.
        row(
            "preflight-redirect-slash",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(307, &[("Location", "https://b.example/x/")])]),
            "Blocked: https://b.example redirects the preflight (status 307) to the same URL with or without a slash at the end.",
            "Request https://b.example/x/ right away, or let https://b.example answer OPTIONS without a redirect.",
        ),
        row(
            "preflight-redirect-scheme",
            from(
                "http://a.example",
                fetch(
                    "http://b.example/x",
                    json!({ "method": "PUT" }),
                    vec![answer(301, &[("Location", "https://b.example/x")])],
                ),
            ),
            "Blocked: http://b.example redirects the preflight (status 301) from http to https.",
            "Request https://b.example/x right away.",
        ),
        row(
            "preflight-redirect",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    302,
                    &[("Location", "https://login.example/"), ("Access-Control-Allow-Origin", "https://a.example")],
                )],
            ),
            "Blocked: https://b.example redirects the preflight (status 302).",
            "Let https://b.example answer OPTIONS requests to this URL with status 204, and with `Access-Control-Allow-Methods: PUT`, without a redirect.",
        ),
        row(
            "preflight-unauthorized",
            fetch("https://b.example/x", json!({ "headers": [["X-Token", "1"]] }), vec![answer(401, &[])]),
            "Blocked: https://b.example wants a login for the preflight (status 401).",
            "Let OPTIONS requests through before the login is checked, and answer them with status 204, and with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Headers: x-token`.",
        ),
        row(
            "preflight-forbidden",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "headers": [["X-Token", "1"], ["Content-Type", "application/json"]] }),
                vec![answer(403, &[])],
            ),
            "Blocked: https://b.example refuses the preflight (status 403).",
            "Let OPTIONS requests through before access is checked, and answer them with status 204, and with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), `Access-Control-Allow-Methods: PUT` and `Access-Control-Allow-Headers: content-type, x-token`.",
        ),
        row(
            "preflight-forbidden",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![answer(
                    403,
                    &[
                        ("Access-Control-Allow-Origin", "https://a.example"),
                        ("Access-Control-Allow-Credentials", "true"),
                        ("Access-Control-Allow-Methods", "PUT"),
                    ],
                )],
            ),
            "Blocked: https://b.example refuses the preflight (status 403).",
            "Let OPTIONS requests through before access is checked, and answer them with status 204, and with the same headers as now.",
        ),
        row(
            "preflight-not-found",
            fetch("https://b.example/x", json!({ "method": "PUT", "credentials": "include" }), vec![answer(404, &[])]),
            "Blocked: https://b.example knows nothing for OPTIONS at this URL (status 404).",
            "Let https://b.example answer OPTIONS requests to this URL with status 204, and with `Access-Control-Allow-Origin: https://a.example`, `Access-Control-Allow-Credentials: true` and `Access-Control-Allow-Methods: PUT`.",
        ),
        row(
            "preflight-method-not-allowed",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(405, &[("Allow", "GET, PUT")])]),
            "Blocked: https://b.example does not take OPTIONS at this URL (status 405).",
            "Let https://b.example answer OPTIONS requests to this URL with status 204, and with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Methods: PUT`.",
        ),
        row(
            "preflight-server-error",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(502, &[])]),
            "Blocked: https://b.example fails at the preflight (status 502).",
            "First find out why https://b.example answers OPTIONS with 502. Then let it answer with status 204, and with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Methods: PUT`.",
        ),
        row(
            "preflight-status",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    304,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")],
                )],
            ),
            "Blocked: https://b.example answers the preflight with status 304.",
            "Let https://b.example answer OPTIONS requests to this URL with status 204, and with the same headers as now.",
        ),
        row(
            "preflight-not-tokens",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "GET; PUT")],
                )],
            ),
            "Blocked: the browser cannot read Access-Control-Allow-Methods in the preflight's answer: `GET; PUT` is not a name.",
            "Let https://b.example send `Access-Control-Allow-Methods: PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-not-tokens",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "\"x-token\", x-b")],
                )],
            ),
            "Blocked: the browser cannot read Access-Control-Allow-Headers in the preflight's answer: `\"x-token\"` is not a name.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-b, x-token` with its answer to OPTIONS.",
        ),
        row(
            "preflight-method-case",
            fetch(
                "https://b.example/x",
                json!({ "method": "patch" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "GET, PATCH")],
                )],
            ),
            "Blocked: the page sends the method `patch`, and https://b.example allows `PATCH`: upper and lower case count.",
            "Write `PATCH` in the script.",
        ),
        row(
            "preflight-method-list-case",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "get, put")],
                )],
            ),
            "Blocked: the page sends the method `PUT`, and https://b.example allows `put`: upper and lower case count.",
            "Let https://b.example send `Access-Control-Allow-Methods: get, PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-method-wildcard",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT", "credentials": "include" }),
                vec![answer(
                    200,
                    &[
                        ("Access-Control-Allow-Origin", "https://a.example"),
                        ("Access-Control-Allow-Credentials", "true"),
                        ("Access-Control-Allow-Methods", "*"),
                    ],
                )],
            ),
            "Blocked: https://b.example allows all methods by `*`, which does not count for a request with credentials.",
            "Let https://b.example send `Access-Control-Allow-Methods: PUT` with its answer to OPTIONS. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "preflight-methods-misspelt",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Method", "PUT")],
                )],
            ),
            "Blocked: https://b.example does not allow PUT: the preflight's answer has `Access-Control-Allow-Method`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Methods: PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-methods-missing",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("Allow", "PUT")])],
            ),
            "Blocked: https://b.example does not allow PUT: the preflight's answer has no Access-Control-Allow-Methods.",
            "Let https://b.example send `Access-Control-Allow-Methods: PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-method-not-listed",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "GET, POST")],
                )],
            ),
            "Blocked: https://b.example does not allow PUT: Access-Control-Allow-Methods in the preflight's answer does not name it.",
            "Let https://b.example send `Access-Control-Allow-Methods: GET, POST, PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-similar",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "X_Token")],
                )],
            ),
            "Blocked: https://b.example does not allow the request header `x-token`; it allows `X_Token`, which is another name.",
            "Let https://b.example send `Access-Control-Allow-Headers: X_Token, x-token` with its answer to OPTIONS, or use the name `X_Token` in the script.",
        ),
        row(
            "preflight-header-wildcard",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]], "credentials": "include" }),
                vec![answer(
                    200,
                    &[
                        ("Access-Control-Allow-Origin", "https://a.example"),
                        ("Access-Control-Allow-Credentials", "true"),
                        ("Access-Control-Allow-Headers", "*"),
                    ],
                )],
            ),
            "Blocked: https://b.example allows all request headers by `*`, which does not count for a request with credentials.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token` with its answer to OPTIONS. If no cookies are needed, ask without credentials instead.",
        ),
        row(
            "preflight-header-of-response",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["Access-Control-Allow-Origin", "*"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "x-token")],
                )],
            ),
            "Blocked: the page sends `access-control-allow-origin` with the request, and https://b.example does not allow that.",
            "Remove `access-control-allow-origin` from the request.",
        ),
        row(
            "preflight-headers-misspelt",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Header", "x-token")],
                )],
            ),
            "Blocked: https://b.example does not allow the request header `x-token`: the preflight's answer has `Access-Control-Allow-Header`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token` with its answer to OPTIONS.",
        ),
        row(
            "preflight-headers-missing",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])],
            ),
            "Blocked: https://b.example does not allow the request header `x-token`: the preflight's answer has no Access-Control-Allow-Headers.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token` with its answer to OPTIONS, or do not set the header.",
        ),
        row(
            "preflight-header-not-listed",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"], ["Content-Type", "application/json"], ["X-B", "2"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "content-type")],
                )],
            ),
            "Blocked: https://b.example does not allow the request header `x-b`: Access-Control-Allow-Headers in the preflight's answer does not name it.",
            "Let https://b.example send `Access-Control-Allow-Headers: content-type, x-b, x-token` with its answer to OPTIONS, or do not set the header.",
        ),
        row(
            "preflight-headers-missing",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["Authorization", "Bearer x"]] }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])],
            ),
            "Blocked: https://b.example does not allow the request header `authorization`: the preflight's answer has no Access-Control-Allow-Headers.",
            "Let https://b.example send `Access-Control-Allow-Headers: authorization` with its answer to OPTIONS, or do not set the header.",
        ),
        row(
            "preflight-header-not-listed",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["Authorization", "Bearer x"]] }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "x-token")],
                )],
            ),
            "Blocked: https://b.example does not allow the request header `authorization`: Access-Control-Allow-Headers in the preflight's answer does not name it.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token, authorization` with its answer to OPTIONS, or do not set the header.",
        ),
        row(
            "preflight-authorization-wildcard",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["Authorization", "Bearer x"], ["X-Token", "1"]] }),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "*")])],
            ),
            "Blocked: https://b.example allows request headers by `*`, which does not cover `authorization`.",
            "Let https://b.example send `Access-Control-Allow-Headers: *, authorization` with its answer to OPTIONS.",
        ),
        // By Cross-Origin-Resource-Policy.
        row(
            "corp-same-origin",
            call(
                json!({ "api": "img", "url": "https://b.example/x" }),
                vec![answer(200, &[("Cross-Origin-Resource-Policy", "same-origin")])],
            ),
            "Blocked: https://b.example lets only pages of its own origin use this without CORS, and https://a.example is not one.",
            "Let https://b.example send `Cross-Origin-Resource-Policy: cross-origin`, if every page may use it.",
        ),
        row(
            "corp-same-site",
            call(
                json!({ "api": "img", "url": "https://b.example/x" }),
                vec![answer(200, &[("Cross-Origin-Resource-Policy", "same-site")])],
            ),
            "Blocked: https://b.example lets only pages of its own site use this without CORS, and https://a.example is not one.",
            "Let https://b.example send `Cross-Origin-Resource-Policy: cross-origin`, if every page may use it.",
        ),
        row(
            "corp-embedder-policy",
            page(
                "embedderPolicy",
                json!("require-corp"),
                call(json!({ "api": "img", "url": "https://b.example/x" }), vec![answer(200, &[])]),
            ),
            "Blocked: https://a.example takes from others only what they offer (Cross-Origin-Embedder-Policy), and https://b.example does not offer it.",
            "Let https://b.example send `Cross-Origin-Resource-Policy: cross-origin`. Or load it with CORS: the attribute `crossorigin`, and `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) from https://b.example.",
        ),
        // By another network error.
        row(
            "bad-port",
            fetch("https://b.example:6667/", json!({}), vec![]),
            "Blocked: browsers send no requests to port 6667.",
            "Serve https://b.example:6667 on another port, such as 443, 8000 or 8080.",
        ),
        row(
            "mixed-content",
            fetch("http://b.example/x", json!({}), vec![]),
            "Blocked: http://b.example/x is not secure (https), and the page, or one that embeds it, is.",
            "Use an https URL.",
        ),
        row(
            "content-security-policy",
            with("blockedBy", json!(["contentSecurityPolicy"]), fetch("https://b.example/x", json!({}), vec![])),
            "Blocked: the page's own Content Security Policy does not allow https://b.example.",
            "Add https://b.example to the matching directive of the page's Content-Security-Policy, such as connect-src for fetch().",
        ),
        row(
            "integrity-policy",
            with("blockedBy", json!(["integrityPolicy"]), fetch("https://b.example/x", json!({}), vec![])),
            "Blocked: the page's own Integrity-Policy asks for integrity metadata, and there is none.",
            "Add `integrity` to the element, or change the page's Integrity-Policy.",
        ),
        row(
            "same-origin-mode",
            fetch("https://b.example/x", json!({ "mode": "same-origin" }), vec![]),
            "Blocked: https://b.example is another origin than the page's, and this request may not leave the page's origin.",
            "Use a URL of https://a.example. For fetch(), leave out `mode: \"same-origin\"`; for <track>, add `crossorigin` to the audio or video element; for a worker, load the script by importScripts() or import from a small script of your own.",
        ),
        row(
            "same-origin-mode",
            fetch("/x", json!({ "mode": "same-origin" }), vec![answer(302, &[("Location", "https://b.example/")])]),
            "Blocked: https://b.example is another origin than the page's, and this request may not leave the page's origin.",
            "Use a URL of https://a.example. For fetch(), leave out `mode: \"same-origin\"`; for <track>, add `crossorigin` to the audio or video element; for a worker, load the script by importScripts() or import from a small script of your own.",
        ),
        row(
            "no-cors-redirect-mode",
            fetch("https://b.example/x", json!({ "mode": "no-cors", "redirect": "error" }), vec![]),
            "Blocked: mode no-cors to another origin must follow redirects.",
            "Leave out `redirect`, or leave out `mode: \"no-cors\"`.",
        ),
        row(
            "scheme-not-http",
            fetch("about:blank", json!({}), vec![]),
            "Blocked: about:blank is neither http nor https, and no page can ask for it across origins.",
            "Use an http or https URL. Serve local files by a small web server.",
        ),
        row(
            "url-without-scheme",
            from("http://a.example", fetch("localhost:8080/api", json!({}), vec![])),
            "Blocked: the browser takes `localhost` in `localhost:8080/api` for the scheme of the URL.",
            "Write `http://localhost:8080/api` (or https://).",
        ),
        row(
            "url-without-scheme",
            fetch("localhost:8080/api", json!({}), vec![]),
            "Blocked: the browser takes `localhost` in `localhost:8080/api` for the scheme of the URL.",
            "Write `http://localhost:8080/api` (or https://).",
        ),
        row(
            "response-mixed-content",
            with(
                "serviceWorker",
                json!({ "type": "cors", "urlList": ["http://b.example/x"] }),
                fetch("https://b.example/x", json!({}), vec![]),
            ),
            "Blocked: the page is secure (https), and the answer came from an insecure URL.",
            "Use an https URL.",
        ),
        row(
            "response-content-security-policy",
            with(
                "blockedBy",
                json!(["contentSecurityPolicyResponse"]),
                fetch(
                    "https://b.example/x",
                    json!({}),
                    vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example")])],
                ),
            ),
            "Blocked: the page's own Content Security Policy does not allow the answer of https://b.example.",
            "Add https://b.example to the matching directive of the page's Content-Security-Policy.",
        ),
        row(
            "mime-type",
            call(json!({ "api": "script", "url": "https://b.example/x" }), vec![answer(200, &[("Content-Type", "image/png")])]),
            "Blocked: https://b.example serves the script as something that is never a script.",
            "Let https://b.example send `Content-Type: text/javascript`.",
        ),
        row(
            "nosniff",
            call(
                json!({ "api": "stylesheet", "url": "https://b.example/x" }),
                vec![answer(200, &[("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")])],
            ),
            "Blocked: https://b.example sends `X-Content-Type-Options: nosniff`, and its Content-Type does not fit what the page loads.",
            "Let https://b.example send the right Content-Type (`text/javascript`, `text/css`).",
        ),
        row(
            "range-not-requested",
            with(
                "serviceWorker",
                json!({ "type": "opaque", "status": 206, "rangeRequested": true, "urlList": ["https://b.example/x"] }),
                fetch("https://b.example/x", json!({ "mode": "no-cors" }), vec![]),
            ),
            "Blocked: a service worker answered with a part of something of another origin, and the page had not asked for a part.",
            "Let the service worker answer with the whole, or pass the Range header on.",
        ),
        row(
            "integrity-without-body",
            fetch("https://b.example/x", json!({ "mode": "no-cors", "integrity": "sha256-x" }), vec![answer(200, &[])]),
            "Blocked: the integrity value cannot be compared with an answer that has no body that the page may read.",
            "Load it with CORS (`crossorigin`, or mode cors), and let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it). Or leave out `integrity`.",
        ),
        row(
            "integrity",
            fetch(
                "https://b.example/x",
                json!({ "integrity": "sha256-x" }),
                vec![json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]], "integrityMatches": false })],
            ),
            "Blocked: what https://b.example sent does not match the integrity value.",
            "Compute the value anew, after making sure that the new content is what you want.",
        ),
        row(
            "aborted",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "aborted" })]),
            "Ended: script aborted the fetch.",
            "Nothing has to change if that was meant.",
        ),
        row(
            "about-url",
            from("http://a.example", fetch("about:settings", json!({ "mode": "no-cors" }), vec![])),
            "Blocked: of all about: URLs only about:blank can be fetched.",
            "Use another URL.",
        ),
        row(
            "blob-url",
            fetch("blob:https://a.example/1", json!({}), vec![]),
            "Blocked: blob:https://a.example/1 cannot be fetched.",
            "Use GET, and call URL.revokeObjectURL() later.",
        ),
        row(
            "blob-partition",
            page(
                "blobs",
                json!([{ "url": "blob:https://a.example/1", "length": 4, "otherPartition": true }]),
                fetch("blob:https://a.example/1", json!({}), vec![]),
            ),
            "Blocked: blob:https://a.example/1 belongs to another storage partition.",
            "Pass the Blob itself, for instance by postMessage().",
        ),
        row(
            "blob-range",
            page(
                "blobs",
                json!([{ "url": "blob:https://a.example/1", "length": 4 }]),
                fetch("blob:https://a.example/1", json!({ "headers": [["Range", "bytes=9-"]] }), vec![]),
            ),
            "Blocked: the Range header does not fit the blob.",
            "Correct the `Range`, or leave it out.",
        ),
        row("data-url", fetch("data:x", json!({}), vec![]), "Blocked: the data: URL does not parse.", "Correct the URL."),
        row(
            "file-url",
            from("http://a.example", fetch("file:///tmp", json!({ "mode": "no-cors" }), vec![])),
            "Blocked: a page cannot fetch file: URLs.",
            "Serve the file by a small web server, and use its http URL.",
        ),
        row(
            "unknown-scheme",
            from("http://a.example", fetch("foo:bar", json!({ "mode": "no-cors" }), vec![])),
            "Blocked: the browser knows no way to fetch foo:bar.",
            "Use an http or https URL.",
        ),
        row(
            "service-worker-response",
            with("serviceWorker", json!({ "type": "opaque" }), fetch("https://b.example/x", json!({}), vec![])),
            "Blocked: the page's service worker answered with a kind of response that this request may not have.",
            "Let the service worker fetch with the mode and the redirect mode of the request.",
        ),
        row(
            "redirect-mode-error",
            fetch(
                "https://b.example/x",
                json!({ "redirect": "error" }),
                vec![answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "/y")])],
            ),
            "Blocked: https://b.example redirects (status 302), and the page asked for an error in that case.",
            "Leave out `redirect: \"error\"`, or request the final URL.",
        ),
        row(
            "location",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "https://")])],
            ),
            "Blocked: https://b.example redirects, and its Location does not parse as one URL.",
            "Let https://b.example send one Location with a valid URL.",
        ),
        row(
            "location-scheme",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "data:,x")])],
            ),
            "Blocked: https://b.example redirects to something that is neither http nor https.",
            "Let https://b.example redirect to an http or https URL.",
        ),
        row(
            "redirect-count",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "")]); 21],
            ),
            "Blocked: there were more than 20 redirects.",
            "Request the final URL, or mend the loop at https://b.example.",
        ),
        row(
            "location-credentials",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(
                    302,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "https://u:p@b.example/")],
                )],
            ),
            "Blocked: https://b.example redirects to a URL of another origin with a user name or a password in it.",
            "Let https://b.example redirect to a URL without them.",
        ),
        row(
            "location-credentials-tainted",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(
                    302,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", "https://u:p@a.example/")],
                )],
            ),
            "Blocked: https://b.example redirects to a URL with a user name or a password in it.",
            "Let https://b.example redirect to a URL without them.",
        ),
        row(
            "stream-body-redirect",
            fetch(
                "/x",
                json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half" }),
                vec![answer(307, &[("Location", "/y")])],
            ),
            "Blocked: https://a.example redirects (status 307), and a streamed body cannot be sent again.",
            "Request the final URL right away, or send a string or a Blob.",
        ),
        row(
            "keepalive",
            with(
                "keepaliveBytesInFlight",
                json!(65536),
                fetch("/x", json!({ "method": "POST", "keepalive": true, "body": { "type": "text", "text": "x" } }), vec![]),
            ),
            "Blocked: the bodies of all keepalive requests under way have more than 64 KiB.",
            "Send less at once, or leave out `keepalive`.",
        ),
        row(
            "only-if-cached",
            fetch("/x", json!({ "mode": "same-origin", "cache": "only-if-cached" }), vec![]),
            "Blocked: nothing is stored for this URL, and the page wants a stored answer only.",
            "Use another cache mode, such as force-cache.",
        ),
        row(
            "authentication-stream",
            fetch(
                "/x",
                json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half" }),
                vec![answer(401, &[("WWW-Authenticate", "Basic")])],
            ),
            "Blocked: https://a.example wants a login (status 401), and a streamed body cannot be sent again.",
            "Send the login in the first request, or send a string or a Blob.",
        ),
        row(
            "proxy-authentication",
            page("noPrompts", json!(true), fetch("/x", json!({}), vec![answer(407, &[])])),
            "Blocked: a proxy wants a login (status 407), and nobody can be asked for it.",
            "Log in at the proxy by another page first.",
        ),
        row(
            "offline",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "offline" })]),
            "Failed: there is no network.",
            "Connect the machine to the network, and try again.",
        ),
        row(
            "connection",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "connection" })]),
            "Failed: no answer came from https://b.example.",
            "Open https://b.example/x in a tab of its own to see what is wrong.",
        ),
        row(
            "http1-stream",
            fetch(
                "/x",
                json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half" }),
                vec![json!({ "status": 200, "headers": [], "httpVersion": "1" })],
            ),
            "Failed: a streamed body cannot be sent to https://a.example over HTTP/1.",
            "Let https://a.example speak HTTP/2, or send a string or a Blob.",
        ),
        row(
            "client-certificate",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "clientCertificate" })]),
            "Failed: https://b.example wants a client certificate, and nobody can be asked for one.",
            "Choose the certificate by opening https://b.example/x in a tab of its own first.",
        ),
        row(
            "malformed",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "malformed" })]),
            "Failed: what https://b.example sent is not valid HTTP.",
            "Make sure that the scheme and the port in https://b.example/x are right, and that https://b.example speaks HTTP there.",
        ),
    ]
}
