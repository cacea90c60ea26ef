use serde_json::{Value, json};

use super::*;
use crate::cors::check::{CorsFailed, CorsPassed};
use crate::cors::corp::CorpBlocked;
use crate::cors::preflight::{AllowList, PreflightFailed};
use crate::cors::safelist::UnsafeHeader;
use crate::evaluate;
use crate::http::modes::{EmbedderPolicy, ReferrerPolicy, ResponseType, Tainting};
use crate::trace::{
    CookieRefusal, CookieVerdict, CredentialsReason, DocumentResource, DropReason, Event, EventKind, MainFetchBranch, NotChecked,
    OriginReason, PreflightReason, PreloadKey, RedirectTaint, StoredResponseUse, ThrowCheck, Upgrade,
};

/// A scenario whose last fetch is explained, and how.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) scenario: Value,
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

/// The scenario in a browser.
fn of_profile(name: &str, mut scenario: Value) -> Value {
    scenario["profile"] = json!(name);
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

/// A request with this header, which the server does not allow.
fn of_library(name: &str) -> Value {
    let preflight = answer(204, &[("Access-Control-Allow-Origin", "https://a.example")]);
    fetch("https://b.example/x", json!({ "headers": [[name, "1"]] }), vec![preflight])
}

/// Two calls, of which the first gets the answer, and the second none of its own.
fn then(first: Value, second: Value, answer: Value) -> Value {
    json!({
        "page": { "url": "https://a.example/" },
        "fetches": [{ "call": first, "answers": [answer] }, { "call": second }],
    })
}

/// Every way in which a fetch can end, with the exact words: id, scenario, sentence, remedy.
pub(crate) fn rows() -> Vec<Row> {
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
            "Allowed: the page uses the answer of an earlier preload or element (status 200).",
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
            "needs-preflight-answer",
            fetch(
                "/x",
                json!({ "method": "POST", "headers": [["X-Token", "1"]] }),
                vec![answer(303, &[("Location", "https://b.example/y")])],
            ),
            "Open: the browser first asks https://b.example by OPTIONS whether GET is allowed (a preflight), and the answer to that is not known yet.",
            "Send the OPTIONS request to https://b.example/y, and add the answer.",
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
            "throw-header-name",
            call(json!({ "api": "xhr", "url": "https://b.example/x", "headers": [["X-A", "1"], ["X Token", "1"]] }), vec![]),
            "Nothing was sent: XMLHttpRequest throws a SyntaxError, because `X Token` cannot be the name of a header.",
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
            "throw-preload-destination",
            call(json!({ "api": "preload", "url": "https://b.example/v.mp4", "as": "video" }), vec![]),
            "Nothing was sent: <link rel=preload> does nothing, because `video` is nothing that can be preloaded.",
            "Let the attribute `as` be fetch, font, image, script, style or track.",
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
            fetch("https://b.example/x", json!({}), vec![answer(302, &[("Location", "https://c.example/")])]),
            "Blocked: https://b.example redirects (status 302) without allowing https://a.example.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with the redirect, or request the final URL right away.",
        ),
        row(
            "allow-origin-missing-on-redirect-slash",
            fetch("https://b.example/x", json!({}), vec![answer(307, &[("Location", "/x/")])]),
            "Blocked: https://b.example redirects (status 307) to the same URL with or without a slash at the end, without allowing https://a.example.",
            "Request https://b.example/x/ right away, or let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with the redirect.",
        ),
        row(
            "allow-origin-missing-on-redirect-scheme",
            from(
                "http://a.example",
                fetch("http://b.example/x", json!({}), vec![answer(301, &[("Location", "https://b.example/x")])]),
            ),
            "Blocked: http://b.example redirects (status 301) from http to https, without allowing http://a.example.",
            "Request https://b.example/x right away.",
        ),
        row(
            "allow-origin-missing-on-redirect-login",
            fetch("https://b.example/x", json!({}), vec![answer(302, &[("Location", "https://login.example/")])]),
            "Blocked: https://b.example redirects (status 302) to what looks like a login page, https://login.example/.",
            "Let https://b.example answer requests of script with status 401 and `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), and let the page send the person to the login.",
        ),
        row(
            "allow-origin-at-login-page",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![
                    answer(302, &[("Access-Control-Allow-Origin", "*"), ("Location", "https://login.example/")]),
                    answer(200, &[]),
                ],
            ),
            "Blocked: redirects have led to what looks like a login page, https://login.example/, which does not allow https://a.example.",
            "Let the server that was asked first answer requests of script with status 401, and let the page send the person to the login.",
        ),
        row(
            "allow-origin-missing-on-server-error",
            fetch("https://b.example/x", json!({}), vec![answer(503, &[])]),
            "The server is failing: https://b.example answers 503. CORS comes second: this answer does not allow https://a.example either.",
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
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Methods: PUT` instead of `Access-Control-Allow-Orgin`.",
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
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` and `Access-Control-Allow-Headers: x-token`, the origin taken from a list of origins that it trusts, and `Vary: Origin`. If no cookies are needed, ask without credentials instead.",
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
            "allow-origin-repeated",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "*, *")])]),
            "Blocked: the answer of https://b.example has the same value more than once in Access-Control-Allow-Origin, where only one may stand.",
            "Let only one of them send it: `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
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
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
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
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` and `Access-Control-Allow-Credentials: true`.",
        ),
        row(
            "allow-origin-trailing-slash",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(301, &[("Access-Control-Allow-Origin", "https://a.example/"), ("Location", "/y")])],
            ),
            "Blocked: the redirect of https://b.example (status 301) allows `https://a.example/`, with a slash at the end, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-path",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example/app")])],
            ),
            "Blocked: the answer of https://b.example allows the URL `https://a.example/app`, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-case",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "https://A.example")])]),
            "Blocked: the answer of https://b.example allows `https://A.example`, and the page's origin is written `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-default-port",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://a.example:443")])],
            ),
            "Blocked: the answer of https://b.example allows `https://a.example:443`, and the page's origin is written `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-wrapped",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "\"https://a.example\"")])],
            ),
            "Blocked: the answer of https://b.example allows `\"https://a.example\"`, with something around the origin that does not belong there.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-without-scheme",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "a.example")])]),
            "Blocked: the answer of https://b.example allows `a.example`, without the scheme, and the page's origin is `https://a.example`.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
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
            "allow-origin-www",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://www.a.example")])],
            ),
            "Blocked: the answer of https://b.example allows `https://www.a.example`, and the page's origin is `https://a.example`: one has www, the other has not.",
            "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it), or serve the page under one of the two names only.",
        ),
        row(
            "allow-origin-placeholder",
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "$http_origin")])]),
            "Blocked: the answer of https://b.example has `$http_origin` in Access-Control-Allow-Origin, which looks like a setting that was not filled in.",
            "Find out why https://b.example puts nothing in its place, and let it send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it).",
        ),
        row(
            "allow-origin-subdomain",
            fetch(
                "https://b.example/x",
                json!({}),
                vec![answer(200, &[("Access-Control-Allow-Origin", "https://shop.a.example")])],
            ),
            "Blocked: the answer of https://b.example allows `https://shop.a.example`, and the page's origin is `https://a.example`: one is a subdomain of the other.",
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
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("Access-Control-Allow-Origin", "true")])]),
            "Blocked: the answer of https://b.example has `true` in Access-Control-Allow-Origin, which is not an origin.",
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
        row(
            "allow-credentials-misspelt",
            fetch(
                "https://b.example/x",
                json!({ "credentials": "include" }),
                vec![answer(
                    200,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credential", "true")],
                )],
            ),
            "Blocked: the answer of https://b.example allows https://a.example, but not with credentials: it has `Access-Control-Allow-Credential`, which browsers do not know.",
            "Let https://b.example send `Access-Control-Allow-Credentials: true` instead of `Access-Control-Allow-Credential`.",
        ),
        // By the preflight.
        row(
            "preflight-redirect-login",
            fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(302, &[("Location", "/login?next=x")])]),
            "Blocked: https://b.example redirects the preflight (status 302) to what looks like a login page, https://b.example/login?next=x.",
            "Let OPTIONS requests through before the login is checked, and answer them with status 204, and with `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) and `Access-Control-Allow-Methods: PUT`.",
        ),
        row(
            "preflight-method-on-actual",
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![
                    answer(204, &[("Access-Control-Allow-Origin", "https://a.example")]),
                    answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Methods", "PUT")]),
                ],
            ),
            "Blocked: https://b.example allows PUT in the answer to the request itself, and not in its answer to the preflight.",
            "Let https://b.example send `Access-Control-Allow-Methods: PUT` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-on-actual",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![
                    answer(204, &[("Access-Control-Allow-Origin", "https://a.example")]),
                    answer(
                        200,
                        &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Headers", "X-Token")],
                    ),
                ],
            ),
            "Blocked: https://b.example allows the request header `x-token` in the answer to the request itself, and not in its answer to the preflight.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("sentry-trace"),
            "Blocked: https://b.example does not allow the request header `sentry-trace`, which Sentry adds by itself.",
            "Leave https://b.example out of Sentry's `tracePropagationTargets`. Or let https://b.example send `Access-Control-Allow-Headers: sentry-trace` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("traceparent"),
            "Blocked: https://b.example does not allow the request header `traceparent`, which a library for tracing (OpenTelemetry, Sentry or another) adds by itself.",
            "Leave https://b.example out of what the library adds it to (`propagateTraceHeaderCorsUrls` in OpenTelemetry, `tracePropagationTargets` in Sentry). Or let https://b.example send `Access-Control-Allow-Headers: traceparent` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("newrelic"),
            "Blocked: https://b.example does not allow the request header `newrelic`, which New Relic adds by itself.",
            "Leave https://b.example out of New Relic's `distributed_tracing.allowed_origins`. Or let https://b.example send `Access-Control-Allow-Headers: newrelic` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("x-datadog-trace-id"),
            "Blocked: https://b.example does not allow the request header `x-datadog-trace-id`, which Datadog adds by itself.",
            "Leave https://b.example out of Datadog's `allowedTracingUrls`. Or let https://b.example send `Access-Control-Allow-Headers: x-datadog-trace-id` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("request-id"),
            "Blocked: https://b.example does not allow the request header `request-id`, which Application Insights adds by itself.",
            "Add the host of https://b.example to `correlationHeaderExcludedDomains` of Application Insights. Or let https://b.example send `Access-Control-Allow-Headers: request-id` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("elastic-apm-traceparent"),
            "Blocked: https://b.example does not allow the request header `elastic-apm-traceparent`, which Elastic APM adds by itself.",
            "Leave https://b.example out of Elastic's `distributedTracingOrigins`. Or let https://b.example send `Access-Control-Allow-Headers: elastic-apm-traceparent` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("x-b3-traceid"),
            "Blocked: https://b.example does not allow the request header `x-b3-traceid`, which a library for tracing (Zipkin or OpenTelemetry) adds by itself.",
            "Tell the library not to add it to requests to https://b.example. Or let https://b.example send `Access-Control-Allow-Headers: x-b3-traceid` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("uber-trace-id"),
            "Blocked: https://b.example does not allow the request header `uber-trace-id`, which a library for tracing (Jaeger) adds by itself.",
            "Tell the library not to add it to requests to https://b.example. Or let https://b.example send `Access-Control-Allow-Headers: uber-trace-id` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("x-amzn-trace-id"),
            "Blocked: https://b.example does not allow the request header `x-amzn-trace-id`, which AWS X-Ray adds by itself.",
            "Tell the library not to add it to requests to https://b.example. Or let https://b.example send `Access-Control-Allow-Headers: x-amzn-trace-id` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("x-dtpc"),
            "Blocked: https://b.example does not allow the request header `x-dtpc`, which Dynatrace adds by itself.",
            "Tell the library not to add it to requests to https://b.example. Or let https://b.example send `Access-Control-Allow-Headers: x-dtpc` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-of-library",
            of_library("x-instana-t"),
            "Blocked: https://b.example does not allow the request header `x-instana-t`, which Instana adds by itself.",
            "Tell the library not to add it to requests to https://b.example. Or let https://b.example send `Access-Control-Allow-Headers: x-instana-t` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-exposed",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Token", "1"]] }),
                vec![answer(
                    204,
                    &[("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Expose-Headers", "X-Token")],
                )],
            ),
            "Blocked: https://b.example does not allow the request header `x-token`: it stands in Access-Control-Expose-Headers, which is about headers of answers.",
            "Let https://b.example send `Access-Control-Allow-Headers: x-token` with its answer to OPTIONS.",
        ),
        row(
            "preflight-header-requested-with",
            fetch(
                "https://b.example/x",
                json!({ "headers": [["X-Requested-With", "XMLHttpRequest"]] }),
                vec![answer(204, &[("Access-Control-Allow-Origin", "https://a.example")])],
            ),
            "Blocked: https://b.example does not allow the request header `x-requested-with`, which only says that script asks.",
            "Do not send it: without it, and without other reasons, there is no preflight at all. Or let https://b.example send `Access-Control-Allow-Headers: x-requested-with` with its answer to OPTIONS.",
        ),
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
                vec![answer(302, &[("Location", "https://c.example/"), ("Access-Control-Allow-Origin", "https://a.example")])],
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
            "preload-failed",
            json!({ "page": { "url": "https://a.example/" }, "fetches": [
                { "call": { "api": "preload", "url": "https://b.example/x", "as": "fetch", "crossOrigin": "" }, "answers": [answer(200, &[])] },
                { "call": { "api": "fetch", "url": "https://b.example/x" } },
            ] }),
            "Blocked: the earlier preload of https://b.example/x had failed, and nothing is sent again.",
            "See why the preload (fetch 1) failed, and mend that.",
        ),
        row(
            "module-failed",
            of_profile(
                "firefox",
                then(
                    json!({ "api": "import", "url": "https://b.example/x" }),
                    json!({ "api": "import", "url": "https://b.example/x" }),
                    answer(200, &[]),
                ),
            ),
            "Blocked: the module https://b.example/x had failed before in this document, and nothing is sent again.",
            "See why the earlier fetch (1) failed, and mend that. A page that is loaded anew asks again.",
        ),
        row(
            "preload-as-another",
            of_profile(
                "webkit",
                then(
                    json!({ "api": "preload", "url": "https://b.example/x", "as": "script", "crossOrigin": "" }),
                    json!({ "api": "preload", "url": "https://b.example/x", "as": "image", "crossOrigin": "" }),
                    answer(200, &[("Access-Control-Allow-Origin", "*")]),
                ),
            ),
            "Nothing was sent: https://b.example/x is preloaded as something else already, and this browser makes no second preload of it.",
            "Preload it once (fetch 1 has), as what it is used for.",
        ),
        row(
            "preload-denied",
            json!({ "profile": "webkit", "page": { "url": "https://a.example/" }, "fetches": [
                { "call": { "api": "preload", "url": "https://b.example/x", "as": "script" }, "answers": [answer(200, &[])] },
                {
                    "call": { "api": "script", "url": "https://b.example/x", "crossOrigin": "" },
                    "answers": [answer(200, &[("Access-Control-Allow-Origin", "*")])],
                },
            ] }),
            "Blocked: what an earlier preload of https://b.example/x brought is not for this page to read, and this browser holds on to that although it has asked again.",
            "Give the preload (fetch 1) the same attribute crossorigin as what uses it.",
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
            "connection-name",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "nameNotFound" })]),
            "Failed: no server has the name in https://b.example/x.",
            "Correct the name in the URL. If it is right, look at the DNS, and at whether a blocker or the network hides the name.",
        ),
        row(
            "connection-refused",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "refused" })]),
            "Failed: https://b.example refused the connection.",
            "Start the server, and make sure that the port in https://b.example/x is the one that it listens on.",
        ),
        row(
            "connection-closed",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "closed" })]),
            "Failed: https://b.example closed the connection without an answer.",
            "Look at the log of https://b.example, and make sure that the scheme and the port in https://b.example/x are right.",
        ),
        row(
            "connection-certificate",
            fetch("https://b.example/x", json!({}), vec![json!({ "failure": "certificate" })]),
            "Failed: the browser does not trust the certificate of https://b.example.",
            "Open https://b.example/x in a tab of its own to see what is wrong with the certificate. Mend it at https://b.example, or, for a server of your own on your machine, let your machine trust it.",
        ),
        row(
            "local-network-insecure",
            of_profile("chromium", from("http://a.example/", fetch("http://127.0.0.1/x", json!({}), vec![]))),
            "Blocked: http://127.0.0.1/x is on this machine or in the local network, and the page did not come over https.",
            "Serve the page over https.",
        ),
        row(
            "local-network-denied",
            of_profile("firefox", page("localNetwork", json!("denied"), fetch("http://127.0.0.1/x", json!({}), vec![]))),
            "Blocked: http://127.0.0.1/x is on this machine or in the local network, and the page may not reach these.",
            "Give the page the permission in the browser's settings for this site.",
        ),
        row(
            "url-credentials",
            of_profile("chromium", call(json!({ "api": "img", "url": "https://u:p@b.example/x" }), vec![])),
            "Blocked: the URL https://u:p@b.example/x has a user name or a password, and this browser loads nothing from such a URL.",
            "Leave the user name and the password out of the URL.",
        ),
        row(
            "stream-not-supported",
            of_profile(
                "webkit",
                fetch("/x", json!({ "method": "POST", "body": { "type": "stream" }, "duplex": "half" }), vec![]),
            ),
            "Failed: the body is a stream, which this browser cannot send.",
            "Send a string or a Blob.",
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

#[test]
fn every_end_in_its_exact_words() {
    for Row { id, scenario, sentence, remedy } in rows() {
        let verdict = last(&scenario).verdict;
        assert_eq!((verdict.id.id(), &*verdict.sentence, &*verdict.remedy), (id, sentence, remedy), "{scenario}");
    }
}

#[test]
fn every_finding_has_a_row() {
    let shown: Vec<&str> = rows().iter().map(|row| row.id).chain(by_hand().iter().map(|(id, ..)| *id)).collect();
    let findings = TextId::ALL.iter().filter(|text| !text.remedy().is_empty()).map(|text| text.id());
    assert_eq!(findings.filter(|id| !shown.contains(id)).collect::<Vec<_>>(), [""; 0]);
}

/// Texts for reports that the engine does not write: a failed check whose answer is not there, an opaque answer where there
/// cannot be one. Whoever keeps reports may cut them.
fn by_hand() -> Vec<(&'static str, FetchExplanation, &'static str)> {
    let missing = |scenario: Value| {
        let (scenario, mut report) = evaluated(&scenario);
        let crate::Outcome::NetworkError(error) = &mut report.fetches[0].outcome else { panic!() };
        error.failed = None;
        explain(&scenario, &report).fetches.remove(0)
    };
    let opaque_font = {
        let image = call(json!({ "api": "img", "url": "https://b.example/x" }), vec![answer(200, &[])]);
        let (_, report) = evaluated(&image);
        let font = call(json!({ "api": "font", "url": "https://b.example/x" }), vec![]);
        explain(&serde_json::from_value(font).unwrap(), &report).fetches.remove(0)
    };
    let image = json!({ "api": "img", "url": "https://b.example/x" });
    vec![
        (
            "cors-check",
            missing(fetch("https://b.example/x", json!({}), vec![answer(200, &[])])),
            "Blocked: https://b.example does not allow https://a.example to read its answer.",
        ),
        (
            "preflight",
            missing(fetch("https://b.example/x", json!({ "method": "PUT" }), vec![answer(200, &[])])),
            "Blocked: the answer of https://b.example to the preflight does not let the request go out.",
        ),
        (
            "corp",
            missing(call(image, vec![answer(200, &[("Cross-Origin-Resource-Policy", "same-origin")])])),
            "Blocked: https://b.example does not let https://a.example use this.",
        ),
        (
            "opaque-other",
            opaque_font,
            "Loaded, but unreadable: script cannot see the status, the headers or the body of the answer of https://b.example.",
        ),
    ]
}

#[test]
fn reports_that_were_cut_are_explained_as_well() {
    for (id, explanation, sentence) in by_hand() {
        assert_eq!((explanation.verdict.id.id(), &*explanation.verdict.sentence), (id, sentence));
    }
}

#[test]
fn a_value_that_does_not_exist_is_shown_with_its_member() {
    for member in ["mode", "credentials", "cache", "redirect", "referrerPolicy", "duplex"] {
        let explanation = last(&fetch("https://b.example/x", json!({ member: "other" }), vec![]));
        let expected = format!(
            "Nothing was sent: fetch() rejects with a TypeError, because `{member}` has a value that does not exist: `other`."
        );
        assert_eq!(explanation.verdict.sentence, expected);
    }
}

#[test]
fn why_a_redirect_cannot_be_followed() {
    let rows = [("https://", "The header Location is `https://`."), ("data:,x", "The header Location is `data:,x`.")];
    for (location, why) in rows {
        let redirect = answer(302, &[("Access-Control-Allow-Origin", "https://a.example"), ("Location", location)]);
        let explanation = last(&fetch("https://b.example/x", json!({}), vec![redirect]));
        assert!(explanation.verdict.why.starts_with(why), "{}", explanation.verdict.why);
    }
}

#[test]
fn a_login_page_is_not_asked_to_send_anything() {
    let redirect = answer(302, &[("Access-Control-Allow-Origin", "*"), ("Location", "https://login.example/")]);
    let explanation = last(&fetch("https://b.example/x", json!({}), vec![redirect, answer(200, &[])]));
    assert_eq!((explanation.verdict.id.id(), &*explanation.verdict.send), ("allow-origin-at-login-page", &[][..]));
}

#[test]
fn only_a_browser_has_a_console() {
    for (profile, expected) in [("spec", false), ("chromium", true), ("firefox", true), ("webkit", true)] {
        let explanation = last(&of_profile(profile, fetch("https://b.example/x", json!({}), vec![answer(200, &[])])));
        assert_eq!(explanation.console.is_some(), expected, "{profile}");
    }
}

/// The kind of each row's end, by the prefix of its id.
#[test]
fn every_kind_is_told_by_its_id() {
    for row in rows() {
        let verdict = last(&row.scenario).verdict;
        let (kind, who) = match row.id.split_once('-').map_or(row.id, |(prefix, _)| prefix) {
            "allowed" => (VerdictKind::Allowed, Some(Who::Nobody)),
            "opaque" => (VerdictKind::Opaque, Some(Who::Nobody)),
            "needs" => (VerdictKind::NeedsAnswer, Some(Who::Caller)),
            "not" => (VerdictKind::NotReached, Some(Who::Caller)),
            "throw" => (VerdictKind::Threw, Some(Who::Page)),
            _ => (VerdictKind::Blocked, None),
        };
        assert_eq!(verdict.kind, kind, "{}", row.id);
        assert!(who.is_none_or(|who| verdict.who == who), "{}", row.id);
        assert!(kind != VerdictKind::Blocked || matches!(verdict.who, Who::Server | Who::Page | Who::Network), "{}", row.id);
    }
}

/// Puts the lines to be sent into the deciding answer, with the status that the remedy names.
fn mended(scenario: &Value, explanation: &FetchExplanation) -> Option<Value> {
    let (_, report) = evaluated(scenario);
    let crate::Outcome::NetworkError(error) = &report.fetches.last()?.outcome else { return None };
    let exchange = error.exchange?;
    let fetches = scenario["fetches"].as_array()?;
    // A stored answer is mended where it was stored, with the `Vary` that the remedy names.
    let (fetch, answer) = match report.fetches.last()?.exchanges[exchange].answer {
        Some(answer) => (fetches.len() - 1, answer),
        None => (0, 0),
    };
    let mut scenario = scenario.clone();
    let answer = &mut scenario["fetches"][fetch]["answers"][answer];
    let send = &explanation.verdict.send;
    if explanation.verdict.remedy.contains("status 204") {
        answer["status"] = json!(204);
    }
    let headers = answer["headers"].as_array_mut()?;
    headers.retain(|line| {
        let name = line[0].as_str().unwrap();
        !send.iter().any(|Header(sent, _)| sent.to_string().eq_ignore_ascii_case(name))
    });
    headers.extend(send.iter().map(|Header(name, value)| json!([name.to_string(), value.to_string()])));
    Some(scenario)
}

#[test]
fn what_is_to_be_sent_removes_the_finding() {
    let mut mended_rows = 0;
    for row in rows() {
        let before = last(&row.scenario);
        let is_status_alone = before.verdict.remedy.contains("status 204") && before.verdict.who == Who::Server;
        if before.verdict.kind != VerdictKind::Blocked || before.verdict.send.is_empty() && !is_status_alone {
            continue;
        }
        let after = last(&mended(&row.scenario, &before).unwrap());
        // A mended preflight lets the request go out, to which no answer is known yet; any other answer is used.
        let words = (row.id, &before.verdict.remedy, &after.verdict.sentence);
        assert_ne!(after.verdict.kind, VerdictKind::Blocked, "{words:?}");
        mended_rows += 1;
    }
    assert!(mended_rows > 60, "{mended_rows}");
}

#[test]
fn what_is_to_be_sent_helps_no_other_page() {
    for row in rows() {
        let before = last(&row.scenario);
        let gives_to_all = |Header(name, value): &Header| *name == b"Cross-Origin-Resource-Policy" || *value == b"*";
        if before.verdict.send.is_empty() || before.verdict.send.iter().any(gives_to_all) {
            continue;
        }
        let mended = mended(&row.scenario, &before).unwrap();
        let other = last(&from("https://evil.example", mended));
        assert_ne!(other.verdict.kind, VerdictKind::Allowed, "{}", row.id);
    }
}

#[test]
fn a_verdict_needs_no_events() {
    for row in rows() {
        let scenario: Scenario = serde_json::from_value(row.scenario.clone()).unwrap();
        let report = crate::evaluate_with(&scenario, crate::Tracing::Off).unwrap();
        let untraced = explain(&scenario, &report).fetches.pop().unwrap();
        let traced = last(&row.scenario);
        assert_eq!(untraced.verdict, traced.verdict);
        assert_eq!(untraced.error, traced.error);
        assert_eq!(untraced.headers, traced.headers);
    }
}

#[test]
fn a_network_error_and_an_exception_have_a_decisive_step() {
    for row in rows() {
        let explanation = last(&row.scenario);
        let decisive: Vec<&StepLine> = explanation.steps.iter().filter(|step| step.decisive).collect();
        match explanation.verdict.kind {
            VerdictKind::Blocked | VerdictKind::Threw => {
                assert_eq!(decisive.len(), 1, "{}", row.id);
                assert_eq!(decisive[0].status, StepStatus::Failed, "{}", row.id);
                let error = explanation.error.unwrap();
                assert_eq!((error.step, error.algorithm), (decisive[0].step, decisive[0].algorithm), "{}", row.id);
            }
            VerdictKind::Allowed | VerdictKind::Opaque => {
                assert!(!decisive.is_empty(), "{}", row.id);
                assert!(decisive.iter().all(|step| step.status != StepStatus::Failed), "{}", row.id);
                assert_eq!(explanation.error, None);
            }
            VerdictKind::NeedsAnswer | VerdictKind::NotReached => assert!(decisive.is_empty(), "{}", row.id),
        }
    }
}

#[test]
fn what_script_sees_depends_on_what_it_called() {
    let url = "https://b.example:6667/";
    let rows = [
        (json!({ "api": "fetch", "url": url }), "fetch() rejects with a TypeError that does not say why."),
        (json!({ "api": "xhr", "url": url }), "The XMLHttpRequest fires error, and its status is 0."),
        (json!({ "api": "xhr", "url": url, "sync": true }), "send() throws a NetworkError."),
        (json!({ "api": "img", "url": url }), "The element fires error, without details."),
        (json!({ "api": "media", "url": url }), "The element fires error, without details."),
        (json!({ "api": "script", "url": url }), "The element fires error, without details."),
        (json!({ "api": "stylesheet", "url": url }), "The element fires error, without details."),
        (json!({ "api": "track", "url": url }), "The element fires error, without details."),
        (json!({ "api": "preload", "url": url, "as": "image" }), "The element fires error, without details."),
        (json!({ "api": "font", "url": url }), "The font is not used."),
        (json!({ "api": "import", "url": url }), "import() rejects with a TypeError."),
        (json!({ "api": "eventSource", "url": url }), "The EventSource fires error."),
        (json!({ "api": "beacon", "url": url }), "Script sees nothing of it: sendBeacon() has long returned."),
        (json!({ "api": "webSocket", "url": "wss://b.example:6667/" }), "The WebSocket fires error and close, with code 1006."),
        (json!({ "api": "worker", "url": url }), "The Worker fires error."),
        (json!({ "api": "importScripts", "url": url }), "importScripts() throws a NetworkError."),
        (json!({ "api": "iframe", "url": url }), "The frame shows an error page; script sees nothing of it."),
    ];
    for (api, seen) in rows {
        assert_eq!(last(&in_worker(call(api, vec![]))).error.unwrap().seen, seen);
    }
    let abort = |api| last(&call(api, vec![json!({ "failure": "aborted" })])).error.unwrap().seen;
    assert_eq!(abort(json!({ "api": "fetch", "url": "/x" })), "fetch() rejects with an AbortError.");
    assert_eq!(abort(json!({ "api": "xhr", "url": "/x" })), "The XMLHttpRequest fires abort, and its status is 0.");
    let stream = json!({ "method": "POST", "duplex": "half", "body": { "type": "stream" } });
    let streamed = of_profile("webkit", fetch("https://b.example/x", stream, vec![]));
    assert_eq!(last(&streamed).error.unwrap().seen, "fetch() rejects with a NotSupportedError.");
}

#[test]
fn what_an_api_that_refuses_does() {
    let rows = [
        (json!({ "api": "fetch", "url": "https://" }), "fetch() rejects with a TypeError."),
        (json!({ "api": "xhr", "url": "https://" }), "XMLHttpRequest throws a SyntaxError."),
        (json!({ "api": "img", "url": "https://" }), "<img> fires an error event."),
        (json!({ "api": "media", "url": "https://" }), "<audio> or <video> fires an error event."),
        (json!({ "api": "script", "url": "https://" }), "<script> fires an error event."),
        (json!({ "api": "stylesheet", "url": "https://" }), "<link rel=stylesheet> does nothing."),
        (json!({ "api": "track", "url": "https://" }), "<track> fires an error event."),
        (json!({ "api": "preload", "url": "https://", "as": "font" }), "<link rel=preload> does nothing."),
        (json!({ "api": "font", "url": "https://" }), "@font-face fires an error event."),
        (json!({ "api": "import", "url": "https://" }), "import() rejects with a TypeError."),
        (json!({ "api": "eventSource", "url": "https://" }), "new EventSource() throws a SyntaxError."),
        (json!({ "api": "beacon", "url": "https://" }), "sendBeacon() throws a TypeError."),
        (json!({ "api": "webSocket", "url": "https://" }), "new WebSocket() throws a SyntaxError."),
        (json!({ "api": "worker", "url": "https://" }), "new Worker() throws a SyntaxError."),
        (json!({ "api": "importScripts", "url": "https://" }), "importScripts() throws a SyntaxError."),
        (json!({ "api": "iframe", "url": "https://" }), "<iframe> fires an error event."),
    ];
    for (api, seen) in rows {
        assert_eq!(last(&in_worker(call(api, vec![]))).error.unwrap().seen, seen);
    }
}

/// What every kind of event says, in a report of a preflighted PUT of which the first answer has the headers here.
fn event_rows() -> Vec<(EventKind, &'static str, &'static str)> {
    use EventKind as E;
    let bytes = |text: &str| ByteString::from(text.as_bytes());
    let dropped = |reason| E::HeaderDropped { name: bytes("Cookie"), value: bytes("a"), reason };
    let upgraded = |by| E::Upgraded { by, url: "https://b.example/x".into() };
    let branch = |branch| E::Branch { branch, tainting: Tainting::Cors };
    let reasons = |reasons: &[PreflightReason]| E::PreflightRequired { reasons: reasons.to_vec() };
    let unsafe_header = |name: &str, value: &str, unsafe_because| {
        let (name, value) = (bytes(name), bytes(value));
        reasons(&[PreflightReason::Header { line: 0, name, value, unsafe_because }])
    };
    let miss =
        |method, names: &[&str]| E::PreflightCacheMiss { method, header_names: names.iter().map(|name| bytes(name)).collect() };
    let credentials = |reason| E::Credentials { included: false, reason };
    let origin = |value: &str, reason| E::OriginHeader { value: Some(bytes(value)), reason };
    let cookie = |verdict| E::Cookie { name: bytes("sid"), verdict };
    let refused = |reason| E::CookieRefused { line: 2, reason };
    let stored = |used| E::StoredResponse { used, stored_by: None };
    let passed = |passed| E::CorsCheckPassed { exchange: 1, passed };
    let cors = |failed| E::CorsCheckFailed { exchange: 0, failed };
    let preflight = |failed| E::PreflightFailed { exchange: 0, failed };
    let corp = |blocked, embedder_policy| E::CorpCheck { blocked, embedder_policy };
    let redirect = |taint| E::Redirect { status: 302, location: "https://c.example/".into(), taint };
    let expose = |names, unparsable| E::ExposeHeaders { names, unparsable };
    let filtered = |response_type| E::Filtered { response_type };
    let preload = |differs| E::PreloadNotMatched { preload: 0, differs };
    vec![
        (
            dropped(DropReason::Forbidden),
            "dropped-forbidden",
            "The header `Cookie` was dropped without a word: only the browser may set it.",
        ),
        (
            dropped(DropReason::NoCors),
            "dropped-no-cors",
            "The header `Cookie` was dropped without a word: mode no-cors keeps only Accept, Accept-Language, Content-Language and Content-Type, and those only with simple values.",
        ),
        (
            dropped(DropReason::Privileged),
            "dropped-privileged",
            "The header `Cookie` was dropped without a word: in mode no-cors it does not outlast a change of the headers.",
        ),
        (
            E::HeaderEditThrew { edit: 0, check: ThrowCheck::HeaderName { line: 0 } },
            "header-edit-threw",
            "Change 1 of request.headers throws, because `X Token` cannot be the name of a header. Script may have caught that.",
        ),
        (E::MethodNormalized { from: bytes("put"), to: bytes("PUT") }, "method-normalized", "The method `put` is sent as `PUT`."),
        (
            E::ContentTypeImplied { value: bytes("text/plain;charset=UTF-8") },
            "content-type-implied",
            "The body brings its own Content-Type: `text/plain;charset=UTF-8`.",
        ),
        (
            upgraded(Upgrade::UpgradeInsecureRequests),
            "upgraded-by-policy",
            "The URL becomes https://b.example/x: the page asks for that by upgrade-insecure-requests.",
        ),
        (
            upgraded(Upgrade::MixedContent),
            "upgraded-mixed-content",
            "The URL becomes https://b.example/x: a secure page loads images, audio and video over https only.",
        ),
        (
            upgraded(Upgrade::Hsts),
            "upgraded-hsts",
            "The URL becomes https://b.example/x: the host is known to want https (HSTS).",
        ),
        (branch(MainFetchBranch::SameOrigin), "branch-same-origin", "The URL is of the page's own origin: CORS does not apply."),
        (branch(MainFetchBranch::Data), "branch-data", "A data: URL counts as the page's own."),
        (branch(MainFetchBranch::Navigate), "branch-navigate", "A navigation or a WebSocket: CORS does not apply."),
        (
            branch(MainFetchBranch::SameOriginMode),
            "branch-same-origin-mode",
            "The URL is of another origin, and mode same-origin does not allow that.",
        ),
        (
            branch(MainFetchBranch::NoCors),
            "branch-no-cors",
            "Mode no-cors: the request goes out without asking, and script cannot read the answer.",
        ),
        (
            branch(MainFetchBranch::SchemeNotHttp),
            "branch-scheme-not-http",
            "The URL is neither http nor https, and across origins nothing else works.",
        ),
        (
            branch(MainFetchBranch::CorsWithPreflight),
            "branch-cors-with-preflight",
            "The URL is of another origin: CORS applies, and the server has to be asked first (a preflight).",
        ),
        (
            branch(MainFetchBranch::Cors),
            "branch-cors",
            "The URL is of another origin: CORS applies. The request is one that may be sent without asking first.",
        ),
        (
            reasons(&[PreflightReason::Method { method: bytes("PUT") }, PreflightReason::UploadListener]),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The method PUT is none of GET, HEAD and POST. A listener on xhr.upload was there before send().",
        ),
        (
            reasons(&[PreflightReason::StreamBody]),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The body is a stream.",
        ),
        (
            reasons(&[PreflightReason::PreflightBefore]),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). It needed a preflight before it was redirected.",
        ),
        (
            unsafe_header("X-Token", "1", UnsafeHeader::Name),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The header `X-Token` is none of those that need no permission.",
        ),
        (
            unsafe_header("Accept", "1", UnsafeHeader::TooLong { length: 129 }),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The value of the header `Accept` has 129 bytes, and more than 128 need permission.",
        ),
        (
            unsafe_header("Accept", "a(b", UnsafeHeader::Byte { at: 1, byte: b'(' }),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The value of the header `Accept` has `(` at position 2, which needs permission.",
        ),
        (
            unsafe_header("Accept", "`", UnsafeHeader::Byte { at: 0, byte: b'`' }),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The value of the header `Accept` has `\\x60` at position 1, which needs permission.",
        ),
        (
            unsafe_header("Content-Type", "json", UnsafeHeader::NotMimeType),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The Content-Type `json` is not a MIME type.",
        ),
        (
            unsafe_header("Content-Type", "application/json", UnsafeHeader::MimeType),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The Content-Type `application/json` is none of the three that a form can send: application/x-www-form-urlencoded, multipart/form-data, text/plain.",
        ),
        (
            unsafe_header("Range", "bytes=a", UnsafeHeader::NotRange),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The Range `bytes=a` is not a single range such as bytes=0-499.",
        ),
        (
            unsafe_header("Range", "bytes=-5", UnsafeHeader::RangeWithoutStart),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The Range `bytes=-5` has no start.",
        ),
        (
            unsafe_header("DPR", "x", UnsafeHeader::NotClientHint),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The client hint `DPR` may not be `x` without permission.",
        ),
        (
            unsafe_header("Accept", "1", UnsafeHeader::TotalTooLong { total: 1026 }),
            "preflight-required",
            "The server has to be asked first, by OPTIONS (a preflight). The header `Accept` needs permission, because all simple headers together have 1026 bytes in their values, and more than 1024 need it.",
        ),
        (
            E::PreflightCacheHit,
            "preflight-cache-hit",
            "An earlier preflight allows this request, so the browser need not ask again.",
        ),
        (miss(true, &[]), "preflight-cache-miss-method", "No earlier preflight allows the method PUT."),
        (miss(false, &["x-a", "x-b"]), "preflight-cache-miss-headers", "No earlier preflight allows `x-a`, `x-b`."),
        (miss(true, &["x-a"]), "preflight-cache-miss-both", "No earlier preflight allows the method PUT, and none allows `x-a`."),
        (miss(false, &[]), "preflight-cache-miss", "No earlier preflight allows this request."),
        (
            E::PreflightCached { max_age: 600.0, entries: 2 },
            "preflight-cached",
            "What the preflight allows is remembered for 600 s (entries: 2).",
        ),
        (
            E::PreflightCacheCleared { entries: 2 },
            "preflight-cache-cleared",
            "What earlier preflights allowed is forgotten, because the request failed (entries: 2).",
        ),
        (E::RequestSent { exchange: 0 }, "preflight-sent", "The browser asks: OPTIONS https://b.example/x."),
        (E::RequestSent { exchange: 1 }, "request-sent", "The request goes out: PUT https://b.example/x."),
        (E::AnswerReceived { exchange: 0, status: 204 }, "answer-received", "The answer comes: status 204."),
        (E::InterimAnswer { status: 103 }, "interim-answer", "An interim answer (status 103) is passed over."),
        (
            credentials(CredentialsReason::Include),
            "credentials-include",
            "Credentials (cookies, logins, client certificates) go along: credentials mode include.",
        ),
        (
            credentials(CredentialsReason::SameOrigin),
            "credentials-same-origin",
            "Credentials (cookies, logins, client certificates) go along: the request stays in the page's origin.",
        ),
        (
            credentials(CredentialsReason::CrossOrigin),
            "credentials-cross-origin",
            "No credentials (cookies, logins, client certificates): credentials mode same-origin, and the request is or was cross-origin.",
        ),
        (
            credentials(CredentialsReason::RedirectedBeacon),
            "credentials-redirected-beacon",
            "No credentials (cookies, logins, client certificates): a redirect led the beacon to another origin.",
        ),
        (
            credentials(CredentialsReason::Omit),
            "credentials-omit",
            "No credentials (cookies, logins, client certificates): credentials mode omit.",
        ),
        (
            credentials(CredentialsReason::Preflight),
            "credentials-preflight",
            "No credentials (cookies, logins, client certificates): a preflight never has any.",
        ),
        (
            E::Credentials { included: true, reason: CredentialsReason::SameOriginFirst },
            "credentials-same-origin-first",
            "Credentials go along: the request started at the page's own origin, and this browser does not ask where it went.",
        ),
        (
            credentials(CredentialsReason::Credentialless),
            "credentials-credentialless",
            "No credentials (cookies, logins, client certificates): the page's Cross-Origin-Embedder-Policy is credentialless.",
        ),
        (
            origin("https://a.example", OriginReason::Cors),
            "origin-cors",
            "Origin is `https://a.example`: with CORS it is always sent.",
        ),
        (
            origin("https://a.example", OriginReason::WebSocket),
            "origin-web-socket",
            "Origin is `https://a.example`: with a WebSocket it is always sent.",
        ),
        (
            origin("https://a.example", OriginReason::Method),
            "origin-method",
            "Origin is `https://a.example`: it is sent with every method but GET and HEAD.",
        ),
        (
            origin("null", OriginReason::ReferrerPolicy),
            "origin-referrer-policy",
            "Origin is `null`: the referrer policy hides the page's origin.",
        ),
        (
            origin("https://a.example", OriginReason::Element),
            "origin-element",
            "Origin is `https://a.example`: this browser sends it with every element that asks for CORS, to the page's own origin too.",
        ),
        (
            origin("null", OriginReason::Redirected),
            "origin-redirected",
            "Origin is `null`: the request had one before the redirect, and this browser does not drop it.",
        ),
        (
            origin("null", OriginReason::StorageAccess),
            "origin-storage-access",
            "Origin is `null`: this browser sends it with credentialed requests to the tab's site from a frame that counts as cross-site.",
        ),
        (
            E::OriginHeader { value: None, reason: OriginReason::NotNeeded },
            "origin-none",
            "No Origin is sent: without CORS, GET and HEAD have none.",
        ),
        (cookie(CookieVerdict::Sent), "cookie-sent", "The cookie `sid` goes along."),
        (
            cookie(CookieVerdict::Partition),
            "cookie-partition",
            "The cookie `sid` stays back: this browser keeps apart what it has from third parties, for each site by itself.",
        ),
        (
            cookie(CookieVerdict::ThirdParty),
            "cookie-third-party",
            "The cookie `sid` stays back: cookies of third parties are blocked.",
        ),
        (
            cookie(CookieVerdict::SameSiteStrict),
            "cookie-same-site-strict",
            "The cookie `sid` stays back: it is SameSite=Strict, and the request is cross-site.",
        ),
        (
            cookie(CookieVerdict::SameSiteLax),
            "cookie-same-site-lax",
            "The cookie `sid` stays back: it is SameSite=Lax, and the request is cross-site and no top-level navigation.",
        ),
        (
            cookie(CookieVerdict::SameSiteDefault),
            "cookie-same-site-default",
            "The cookie `sid` stays back: it has no SameSite, which counts as Lax, and the request is cross-site.",
        ),
        (cookie(CookieVerdict::Secure), "cookie-secure", "The cookie `sid` stays back: it is Secure, and the URL is not."),
        (cookie(CookieVerdict::Path), "cookie-path", "The cookie `sid` stays back: it is for another path."),
        (cookie(CookieVerdict::Expired), "cookie-expired", "The cookie `sid` stays back: it has expired."),
        (
            E::CookieStored { name: bytes("sid") },
            "cookie-stored",
            "The cookie `sid` is stored, whether or not script may read the answer.",
        ),
        (
            refused(CookieRefusal::Syntax),
            "cookie-refused-syntax",
            "Header line 3, Set-Cookie, is not taken: it has no name and no value, a control character, or is too long.",
        ),
        (
            refused(CookieRefusal::Domain),
            "cookie-refused-domain",
            "Header line 3, Set-Cookie, is not taken: its Domain does not cover the server, or covers too much.",
        ),
        (
            refused(CookieRefusal::ThirdParty),
            "cookie-refused-third-party",
            "Header line 3, Set-Cookie, is not taken: it would be a third party's cookie.",
        ),
        (refused(CookieRefusal::Secure), "cookie-refused-secure", "Header line 3, Set-Cookie, is not taken: Secure needs https."),
        (
            refused(CookieRefusal::HidesSecure),
            "cookie-refused-hides-secure",
            "Header line 3, Set-Cookie, is not taken: there is a Secure cookie of that name, and this answer came without https.",
        ),
        (
            refused(CookieRefusal::SameSite),
            "cookie-refused-same-site",
            "Header line 3, Set-Cookie, is not taken: the request is cross-site, and the cookie is not SameSite=None.",
        ),
        (
            refused(CookieRefusal::NoneWithoutSecure),
            "cookie-refused-none",
            "Header line 3, Set-Cookie, is not taken: SameSite=None needs Secure.",
        ),
        (
            refused(CookieRefusal::Prefix),
            "cookie-refused-prefix",
            "Header line 3, Set-Cookie, is not taken: it breaks what its prefix (__Secure- or __Host-) promises.",
        ),
        (stored(StoredResponseUse::Used), "stored-used", "A stored answer is used, and nothing is sent."),
        (
            E::StoredResponse { used: StoredResponseUse::Used, stored_by: Some(0) },
            "stored-used",
            "A stored answer is used, and nothing is sent (stored by fetch 1).",
        ),
        (
            stored(StoredResponseUse::UsedStale),
            "stored-used-stale",
            "A stored answer is used although it is stale, and nothing is sent.",
        ),
        (
            stored(StoredResponseUse::Revalidating),
            "stored-revalidating",
            "There is a stored answer, and the server is asked whether it is still good.",
        ),
        (
            stored(StoredResponseUse::Validated),
            "stored-validated",
            "The stored answer is still good (304), and is used with the new headers.",
        ),
        (
            stored(StoredResponseUse::VaryMismatch),
            "stored-vary-mismatch",
            "There is a stored answer, but by its Vary it is not for this request.",
        ),
        (E::ResponseStored, "response-stored", "The answer is stored in the HTTP cache, whether or not script may read it."),
        (
            E::ServiceWorkerAnswered,
            "service-worker-answered",
            "A service worker answers instead of the server: no preflight and no CORS check.",
        ),
        (
            passed(CorsPassed::Wildcard),
            "cors-passed-wildcard",
            "CORS check passed: Access-Control-Allow-Origin is `*`, and the request has no credentials.",
        ),
        (
            passed(CorsPassed::Origin),
            "cors-passed-origin",
            "CORS check passed: Access-Control-Allow-Origin is the page's origin.",
        ),
        (
            E::CorsCheckPassed { exchange: 2, passed: CorsPassed::Origin },
            "cors-passed-origin-null",
            "CORS check passed: Access-Control-Allow-Origin is `null`, which the browser sent as Origin.",
        ),
        (
            passed(CorsPassed::OriginWithCredentials),
            "cors-passed-credentials",
            "CORS check passed: Access-Control-Allow-Origin is the origin that the browser sent, and Access-Control-Allow-Credentials is `true`.",
        ),
        (
            cors(CorsFailed::AllowOriginMissing),
            "cors-failed-missing",
            "CORS check failed: there is no Access-Control-Allow-Origin.",
        ),
        (
            cors(CorsFailed::WildcardWithCredentials { line: 0 }),
            "cors-failed-wildcard",
            "CORS check failed: Access-Control-Allow-Origin is `*`, which does not count for a request with credentials.",
        ),
        (
            cors(CorsFailed::OriginMismatch { line: 0, lines: 1 }),
            "cors-failed-mismatch",
            "CORS check failed: Access-Control-Allow-Origin is `https://c.example`, and must be `https://a.example`.",
        ),
        (
            cors(CorsFailed::AllowCredentialsMissing),
            "cors-failed-credentials-missing",
            "CORS check failed: there is no Access-Control-Allow-Credentials, which a request with credentials needs.",
        ),
        (
            cors(CorsFailed::AllowCredentialsNotTrue { line: 1, lines: 1 }),
            "cors-failed-credentials-not-true",
            "CORS check failed: Access-Control-Allow-Credentials is `True`, and must be `true`.",
        ),
        (E::PreflightPassed { exchange: 0 }, "preflight-passed", "The preflight's answer lets the request go out."),
        (
            preflight(PreflightFailed::CorsCheck { failed: CorsFailed::AllowOriginMissing }),
            "cors-failed-missing",
            "CORS check failed: there is no Access-Control-Allow-Origin.",
        ),
        (
            preflight(PreflightFailed::Status { status: 404 }),
            "preflight-failed-status",
            "The preflight's answer has status 404, and only 200 to 299 lets the request go out.",
        ),
        (
            preflight(PreflightFailed::NotTokens { header: AllowList::Methods, line: 2, start: 0, end: 8 }),
            "preflight-failed-tokens",
            "Access-Control-Allow-Methods in the preflight's answer cannot be read at `GET; PUT`.",
        ),
        (
            preflight(PreflightFailed::NotTokens { header: AllowList::Headers, line: 9, start: 0, end: 8 }),
            "preflight-failed-tokens",
            "Access-Control-Allow-Headers in the preflight's answer cannot be read at ``.",
        ),
        (
            preflight(PreflightFailed::Method { wildcard_ignored: false }),
            "preflight-failed-method",
            "The preflight's answer does not allow the method PUT.",
        ),
        (
            preflight(PreflightFailed::Method { wildcard_ignored: true }),
            "preflight-failed-method-wildcard",
            "The preflight's answer does not allow the method PUT: `*` does not count for a request with credentials.",
        ),
        (
            preflight(PreflightFailed::Authorization { wildcard_ignored: false }),
            "preflight-failed-authorization",
            "The preflight's answer does not allow the header `authorization`.",
        ),
        (
            preflight(PreflightFailed::Authorization { wildcard_ignored: true }),
            "preflight-failed-authorization-wildcard",
            "The preflight's answer does not allow the header `authorization`: `*` does not cover it.",
        ),
        (
            preflight(PreflightFailed::Header { request_line: 0, wildcard_ignored: false }),
            "preflight-failed-header",
            "The preflight's answer does not allow the header `x-token`.",
        ),
        (
            preflight(PreflightFailed::Header { request_line: 0, wildcard_ignored: true }),
            "preflight-failed-header-wildcard",
            "The preflight's answer does not allow the header `x-token`: `*` does not count for a request with credentials.",
        ),
        (corp(None, EmbedderPolicy::UnsafeNone), "corp-passed", "Cross-Origin-Resource-Policy lets the page use the answer."),
        (
            corp(Some(CorpBlocked::SameOrigin), EmbedderPolicy::UnsafeNone),
            "corp-failed-same-origin",
            "The answer is for its own origin only (`Cross-Origin-Resource-Policy: same-origin`).",
        ),
        (
            corp(Some(CorpBlocked::SameSite), EmbedderPolicy::UnsafeNone),
            "corp-failed-same-site",
            "The answer is for its own site only (`Cross-Origin-Resource-Policy: same-site`).",
        ),
        (
            corp(Some(CorpBlocked::EmbedderPolicy), EmbedderPolicy::RequireCorp),
            "corp-failed-embedder",
            "The answer has no valid Cross-Origin-Resource-Policy, and the page's Cross-Origin-Embedder-Policy (`require-corp`) asks for one.",
        ),
        (E::TimingHidden, "timing-hidden", "The page cannot see timing details: Timing-Allow-Origin does not allow it."),
        (redirect(RedirectTaint::SameOrigin), "redirect", "Redirect (status 302) to https://c.example/."),
        (
            redirect(RedirectTaint::SameSite),
            "redirect-tainted",
            "Redirect (status 302) to https://c.example/. The redirects lead from one foreign origin to another, or back: from here on Origin is `null`.",
        ),
        (
            redirect(RedirectTaint::CrossSite),
            "redirect-tainted",
            "Redirect (status 302) to https://c.example/. The redirects lead from one foreign origin to another, or back: from here on Origin is `null`.",
        ),
        (E::RedirectWithoutLocation, "redirect-without-location", "A redirect status without a Location is an ordinary answer."),
        (E::MethodBecameGet, "method-became-get", "By the redirect the method becomes GET, and the body is dropped."),
        (
            E::HeaderRemoved { name: bytes("Authorization") },
            "header-removed",
            "The header `Authorization` is removed: the redirect leads to another origin.",
        ),
        (
            E::HeaderRemoved { name: bytes("Content-Type") },
            "header-removed-with-body",
            "The header `Content-Type` is removed together with the body.",
        ),
        (
            E::ReferrerPolicyChanged { policy: ReferrerPolicy::NoReferrer },
            "referrer-policy-changed",
            "The redirect sets the referrer policy `no-referrer`.",
        ),
        (
            expose(None, false),
            "expose-none",
            "There is no Access-Control-Expose-Headers: script sees the seven simple response headers only.",
        ),
        (expose(Some(2), false), "expose-names", "Access-Control-Expose-Headers shows more headers to script (names: 2)."),
        (
            expose(None, true),
            "expose-unparsable",
            "Access-Control-Expose-Headers cannot be read, so it shows nothing more to script.",
        ),
        (filtered(ResponseType::Basic), "filtered-basic", "Script gets the whole answer, but for Set-Cookie."),
        (
            filtered(ResponseType::Cors),
            "filtered-cors",
            "Script gets the status, the body, and the headers that the server shows it.",
        ),
        (filtered(ResponseType::Default), "filtered-default", "Script gets the answer as the service worker made it."),
        (filtered(ResponseType::Error), "filtered-error", "Script gets an error."),
        (filtered(ResponseType::Opaque), "filtered-opaque", "Script gets an opaque response: status 0, no headers, no body."),
        (
            filtered(ResponseType::OpaqueRedirect),
            "filtered-opaque-redirect",
            "Script gets a response that only says that there was a redirect.",
        ),
        (
            E::WouldPrompt,
            "would-prompt",
            "Here the browser may ask for a user name and a password. This goes on as if nobody answered.",
        ),
        (E::Retried, "retried", "The request is sent once more over a new connection (status 421)."),
        (
            E::NotChecked { what: NotChecked::Integrity },
            "not-checked-integrity",
            "Not checked: whether the content matches the integrity value. It is taken to match.",
        ),
        (
            E::NotChecked { what: NotChecked::OpaqueResponseBlocking },
            "not-checked-orb",
            "Not checked: Opaque Response Blocking, by which a browser may withhold data that is no image, media, script or style sheet.",
        ),
        (
            E::NotChecked { what: NotChecked::LocalNetworkAccess },
            "not-checked-lna",
            "Not checked: Local Network Access, by which a browser may ask the person, or refuse, before a page reaches the local machine or network.",
        ),
        (
            E::NotChecked { what: NotChecked::WebSocketHandshake },
            "not-checked-web-socket",
            "Not checked: whether the answer to the handshake is a valid one.",
        ),
        (
            E::NotChecked { what: NotChecked::Consumer },
            "not-checked-consumer",
            "Not checked: whether the content is what its user needs (a font, a module, an event stream).",
        ),
        (
            E::PreloadConsumed { preload: 0 },
            "preload-consumed",
            "The answer of an earlier preload (fetch 1) is used, and nothing is sent.",
        ),
        (
            E::ResourceReused { fetch: 0, what: DocumentResource::Image },
            "image-reused",
            "The image is in the document's list of available images (from fetch 1), and nothing is sent.",
        ),
        (
            E::ResourceReused { fetch: 0, what: DocumentResource::Module },
            "module-reused",
            "The module is in the document's module map (from fetch 1), and nothing is sent.",
        ),
        (
            E::ResourceReused { fetch: 0, what: DocumentResource::StyleSheet },
            "style-sheet-reused",
            "The document has loaded the style sheet before (fetch 1), and this browser sends nothing.",
        ),
        (
            E::ResourceReused { fetch: 0, what: DocumentResource::Response },
            "response-reused",
            "This browser has the response in memory that fetch 1 brought, an XMLHttpRequest, and sends nothing.",
        ),
        (
            preload(PreloadKey::Destination),
            "preload-differs-destination",
            "The earlier preload (fetch 1) does not fit: its attribute `as` names another kind.",
        ),
        (
            preload(PreloadKey::Mode),
            "preload-differs-mode",
            "The earlier preload (fetch 1) does not fit: one was requested with CORS and the other without (attribute crossorigin).",
        ),
        (
            preload(PreloadKey::Credentials),
            "preload-differs-credentials",
            "The earlier preload (fetch 1) does not fit: one was requested with credentials and the other without (attribute crossorigin).",
        ),
        (
            preload(PreloadKey::Integrity),
            "preload-differs-integrity",
            "The earlier preload (fetch 1) does not fit: the integrity value differs.",
        ),
        (
            preload(PreloadKey::Method),
            "preload-differs-method",
            "The earlier preload (fetch 1) does not fit: preloads are made with GET.",
        ),
        (
            preload(PreloadKey::Headers),
            "preload-differs-headers",
            "The earlier preload (fetch 1) does not fit: it has none of the headers that script has set.",
        ),
        (
            preload(PreloadKey::Synchronous),
            "preload-differs-synchronous",
            "The earlier preload (fetch 1) does not fit: this request is synchronous.",
        ),
        (
            preload(PreloadKey::Keepalive),
            "preload-differs-keepalive",
            "The earlier preload (fetch 1) does not fit: this request has `keepalive`.",
        ),
        (
            preload(PreloadKey::Fragment),
            "preload-differs-fragment",
            "The earlier preload (fetch 1) does not fit: the URL has another fragment (what follows `#`).",
        ),
        (
            preload(PreloadKey::CacheMode),
            "preload-differs-cache-mode",
            "The earlier preload (fetch 1) does not fit: this request has another cache mode.",
        ),
        (
            preload(PreloadKey::RedirectMode),
            "preload-differs-redirect-mode",
            "The earlier preload (fetch 1) does not fit: this request has another redirect mode.",
        ),
        (
            preload(PreloadKey::Vary),
            "preload-differs-vary",
            "The earlier preload (fetch 1) does not fit: its answer varies by something in which this request differs (Vary).",
        ),
        (E::NetworkError, "network-error", "The fetch ends in a network error (PF-CORS)."),
    ]
}

/// A scenario and its report, to be changed.
fn evaluated(scenario: &Value) -> (Scenario, Report) {
    let scenario: Scenario = serde_json::from_value(scenario.clone()).unwrap();
    let report = evaluate(&scenario).unwrap();
    (scenario, report)
}

/// The lines of the events of `event_rows`.
fn event_lines() -> Vec<StepLine> {
    let preflight = answer(
        204,
        &[
            ("Access-Control-Allow-Origin", "https://c.example"),
            ("Access-Control-Allow-Credentials", "True"),
            ("Access-Control-Allow-Methods", "GET; PUT"),
        ],
    );
    let init = json!({ "method": "PUT", "headers": [["X-Token", "1"]], "credentials": "include" });
    let mut scenario = fetch("https://b.example/x", init, vec![preflight]);
    scenario["fetches"][0]["call"]["headerEdits"] = json!([{ "edit": "set", "name": "X Token", "value": "1" }]);
    let (scenario, mut report) = evaluated(&scenario);
    // Exchange 1 is the request itself, exchange 2 the same with another `Origin`.
    let mut actual = report.fetches[0].exchanges[0].clone();
    (actual.request.purpose, actual.request.method) = (crate::Purpose::Actual, ByteString::from(b"PUT"));
    let mut opaque = actual.clone();
    opaque.request.headers.set(b"Origin", b"null");
    report.fetches[0].exchanges.extend([actual, opaque]);
    let step = crate::spec::Algorithm::Fetch.step("1");
    report.fetches[0].events = event_rows().into_iter().map(|(what, ..)| Event { step, hop: 0, what }).collect();
    explain(&scenario, &report).fetches.remove(0).steps
}

#[test]
fn every_event_in_its_exact_words() {
    for ((what, id, sentence), line) in event_rows().into_iter().zip(event_lines()) {
        assert_eq!((line.id.id(), &*line.sentence), (id, sentence), "{what:?}");
        assert_eq!((line.hop, line.algorithm, line.step.number), (0, "fetch", "1"));
    }
}

#[test]
fn every_response_header_in_its_exact_words() {
    let expose = |value| {
        [
            ("Access-Control-Allow-Origin", "https://a.example"),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Expose-Headers", value),
        ]
    };
    let with_expose = |init: Value, value, header: (&'static str, &'static str)| {
        let mut headers = expose(value).to_vec();
        headers.push(header);
        fetch("https://b.example/x", init, vec![answer(200, &headers)])
    };
    let include = || json!({ "credentials": "include" });
    let put = || json!({ "method": "PUT" });
    let on_preflight = || {
        let mut headers = expose("X-A").to_vec();
        headers.push(("Access-Control-Allow-Methods", "PUT"));
        vec![answer(204, &headers), answer(200, &[("Access-Control-Allow-Origin", "https://a.example"), ("X-A", "1")])]
    };
    let rows = [
        (
            fetch("/x", json!({}), vec![answer(200, &[("X-A", "1")])]),
            "seen-same-origin",
            true,
            "Readable: the answer is of the page's own origin.",
        ),
        (
            with_expose(json!({}), "", ("Content-Type", "text/plain")),
            "seen-safelisted",
            true,
            "Readable: it is one of the seven that a page sees whenever it may read the answer.",
        ),
        (with_expose(json!({}), "x-a", ("X-A", "1")), "seen-exposed", true, "Readable: Access-Control-Expose-Headers names it."),
        (
            with_expose(json!({}), "*", ("X-A", "1")),
            "seen-exposed-by-wildcard",
            true,
            "Readable: Access-Control-Expose-Headers is `*`, and the request has no credentials.",
        ),
        (with_expose(json!({}), "*", ("Set-Cookie", "a=b")), "hidden-forbidden", false, "Hidden: no script ever sees it."),
        (
            with_expose(json!({}), "ETag, *x*", ("X-A", "1")),
            "hidden-not-exposed",
            false,
            "Hidden: Access-Control-Expose-Headers does not name it. To show it, let https://b.example send `Access-Control-Expose-Headers: ETag, *x*, X-A`.",
        ),
        (
            fetch("https://b.example/x", put(), on_preflight()),
            "hidden-exposed-on-preflight",
            false,
            "Hidden: only the preflight's answer names it in Access-Control-Expose-Headers, where that has no effect. To show it, let https://b.example send `Access-Control-Expose-Headers: X-A` with the answer itself.",
        ),
        (
            with_expose(include(), "*", ("X-A", "1")),
            "hidden-wildcard-with-credentials",
            false,
            "Hidden: `*` in Access-Control-Expose-Headers does not count for a request with credentials. To show it, let https://b.example send `Access-Control-Expose-Headers: X-A`.",
        ),
        (
            with_expose(json!({}), "ETag, X B", ("X-A", "1")),
            "hidden-expose-unparsable",
            false,
            "Hidden: Access-Control-Expose-Headers cannot be read. To show it, let https://b.example send `Access-Control-Expose-Headers: ETag, X-A`.",
        ),
        (
            fetch("https://b.example/x", json!({ "mode": "no-cors" }), vec![answer(200, &[("X-A", "1")])]),
            "hidden-opaque",
            false,
            "Hidden: the answer is opaque, and script sees none of its headers.",
        ),
        (
            fetch("https://b.example/x", json!({}), vec![answer(200, &[("X-A", "1")])]),
            "hidden-network-error",
            false,
            "Hidden: the fetch ended in a network error, of which script sees nothing.",
        ),
    ];
    let mut shown = Vec::new();
    for (scenario, id, readable, sentence) in rows {
        let line = last(&scenario).headers.pop().unwrap();
        assert_eq!((line.id.id(), line.readable, &*line.sentence), (id, readable, sentence));
        shown.push(id);
    }
    let lines = LineId::ALL.iter().map(|text| text.id()).filter(|id| id.starts_with("hidden-") || SEEN.contains(id));
    assert_eq!(lines.filter(|id| !shown.contains(id)).collect::<Vec<_>>(), [""; 0]);
}

const SEEN: [&str; 4] = ["seen-same-origin", "seen-safelisted", "seen-exposed", "seen-exposed-by-wildcard"];

/// Frames, names and fragments: other texts contain them, and the exact words of those are tested above.
const FRAGMENTS: [&str; 22] = [
    "threw",
    "rejects-with",
    "throws-error",
    "fires-error",
    "does-nothing",
    "page-with-origin-null",
    "the-answer",
    "the-preflight-answer",
    "the-redirect",
    "same-headers",
    "header-line",
    "name",
    "byte",
    "comma",
    "and",
    "or-any",
    "not-sent",
    "was-sent",
    "stored-by-fetch",
    "shortened",
    "unused-answers",
    "console-shows-origin-twice",
];

#[test]
fn a_call_that_threw_is_a_step() {
    let scenario = fetch("https://b.example/x", json!({ "method": "CONNECT" }), vec![]);
    let steps = last(&scenario).steps;
    let [step] = &*steps else { panic!("{steps:?}") };
    assert_eq!((step.id.id(), step.status, step.decisive, step.hop), ("call-threw", StepStatus::Failed, true, 0));
    assert_eq!((step.algorithm, step.step.number), ("new Request(input, init)", "25.2"));
    assert_eq!(step.sentence, "Nothing was sent: fetch() rejects with a TypeError, because no page may send CONNECT.");
}

#[test]
fn every_line_has_a_row() {
    let shown: Vec<&str> = event_rows().iter().map(|(_, id, _)| *id).chain(["call-threw"]).collect();
    let elsewhere = |id: &str| {
        let prefixes = ["api-", "library-", "setting-", "note-", "seen-by-", "seen-", "hidden-", "reason-", "not-modelled-"];
        prefixes.iter().any(|prefix| id.starts_with(prefix)) || FRAGMENTS.contains(&id)
    };
    let phrases = TextId::ALL.iter().filter(|text| text.remedy().is_empty()).map(|text| text.id());
    let lines = phrases.chain(LineId::ALL.iter().map(|line| line.id()));
    assert_eq!(lines.filter(|id| !shown.contains(id) && !elsewhere(id)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_reason_for_a_preflight_has_a_row() {
    let said: String = event_rows().iter().map(|(.., sentence)| *sentence).collect();
    for text in LineId::ALL.iter().filter(|text| text.id().starts_with("reason-")) {
        let longest = text.what().split(['{', '}']).step_by(2).max_by_key(|piece| piece.len()).unwrap();
        assert!(said.contains(longest), "{}", text.id());
    }
}

#[test]
fn notes_say_what_was_left_over_and_what_is_not_checked() {
    let integrity = json!({ "integrity": "sha256-x" });
    let ok = || answer(200, &[("Access-Control-Allow-Origin", "*")]);
    let explanation = last(&fetch("https://b.example/x", integrity, vec![ok(), ok(), ok()]));
    assert_eq!(explanation.notes, ["Not used: the last answers given, 2 of them, belong to no request of this fetch."]);
    assert_eq!(explanation.not_checked, ["Not checked: whether the content matches the integrity value. It is taken to match."]);
    let init = json!({ "method": "PUT", "headers": [["X-Token", "1"]] });
    assert_eq!(
        last(&fetch("https://b.example/x", init, vec![])).preflight_reasons,
        ["The method PUT is none of GET, HEAD and POST.", "The header `X-Token` is none of those that need no permission."]
    );
}

/// The notes of the last fetch of a scenario.
fn notes_rows() -> Vec<(Value, Option<&'static str>)> {
    let stored = || answer(200, &[("Cache-Control", "max-age=60")]);
    let image = |cross_origin: &str| json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": cross_origin });
    let plain = || json!({ "api": "img", "url": "https://b.example/x" });
    let before = json!({
        "page": { "url": "https://a.example/" },
        "fetches": [{ "call": image("") }],
        "state": { "httpCache": [{
            "partition": "https://a.example", "url": "https://b.example/x", "requestHeaders": [], "storedAt": 0,
            "response": { "status": 200, "headers": [["Cache-Control", "max-age=60"]] },
        }] },
    });
    let other = answer(200, &[("Cache-Control", "max-age=60"), ("Access-Control-Allow-Origin", "https://c.example")]);
    let with_methods = |origin: &str, methods: &str| {
        let headers = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Methods", methods)];
        fetch("https://b.example/x", json!({}), vec![answer(200, &headers)])
    };
    let ok = || vec![answer(200, &[("Access-Control-Allow-Origin", "*")])];
    vec![
        (
            then(plain(), image(""), stored()),
            Some(
                "The stored answer is that of fetch 1, by <img>, which sent no `Origin`. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).",
            ),
        ),
        (
            then(image(""), json!({ "api": "fetch", "url": "https://b.example/x" }), other),
            Some(
                "The stored answer is that of fetch 1, by <img>, which sent `Origin: https://a.example`. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).",
            ),
        ),
        (
            before,
            Some(
                "The stored answer was there before. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`).",
            ),
        ),
        (
            from("http://localhost:3000", fetch("http://localhost:8080/x", json!({}), ok())),
            Some(
                "Two origins: scheme, host and port are compared. The page has `http`, `localhost`, `3000`, and the URL has `http`, `localhost`, `8080`.",
            ),
        ),
        (
            fetch("https://api.a.example/x", json!({}), ok()),
            Some(
                "Two origins: scheme, host and port are compared. The page has `https`, `a.example`, `443`, and the URL has `https`, `api.a.example`, `443`.",
            ),
        ),
        (fetch("https://b.example/x", json!({}), ok()), None),
        (
            fetch("https://a.example:443/x", json!({}), vec![answer(200, &[])]),
            Some("One origin: 443 is the port that https implies, whether it is written or not."),
        ),
        (fetch("https://a.example/x:443", json!({}), vec![answer(200, &[])]), None),
        (from("https://a.example:8443", fetch("https://a.example:8443/x", json!({}), vec![answer(200, &[])])), None),
        (
            fetch("https://p.example/https://b.example/x", json!({}), ok()),
            Some(
                "https://p.example looks like a public CORS proxy: its URL has another one in it. It reads all that goes through, keys and cookies as well, and changes nothing at the server behind it. A proxy of your own, on the page's own origin, does without CORS.",
            ),
        ),
        (fetch("/https://b.example/x", json!({}), vec![answer(200, &[])]), None),
        (
            with_methods("*", "GET, PROPFIND"),
            Some(
                "These headers look like those of a browser extension: hardly any server lists `PROPFIND` in an answer that is not one to a preflight. An extension changes the answers in this one browser, and helps nobody else.",
            ),
        ),
        (with_methods("*", "GET, PUT"), None),
        (with_methods("https://a.example", "PROPFIND"), None),
        (
            fetch(
                "https://b.example/x",
                json!({ "method": "PUT" }),
                vec![answer(204, &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PROPFIND")])],
            ),
            None,
        ),
    ]
}

#[test]
fn notes_in_their_exact_words() {
    for (scenario, expected) in notes_rows() {
        assert_eq!(last(&scenario).notes, expected.into_iter().collect::<Vec<_>>(), "{scenario}");
    }
    let (scenario, report) = evaluated(&notes_rows()[0].0);
    let alone = explain_fetch(scenario.profile, &scenario.page, &scenario.fetches[1], &report.fetches[1]);
    assert_eq!(
        alone.notes,
        [
            "The stored answer is that of fetch 1. It was chosen because the URL is the same, and the answer does not say that it depends on `Origin` (no `Vary: Origin`)."
        ]
    );
}

#[test]
fn a_message_with_the_same_origin_twice_is_explained() {
    let redirect = answer(302, &[("Access-Control-Allow-Origin", "*"), ("Location", "https://c.example/y")]);
    let end = answer(200, &[("Access-Control-Allow-Origin", "https://a.example")]);
    let mut scenario = fetch("https://b.example/x", json!({}), vec![redirect, end]);
    assert_eq!(last(&scenario).notes, [""; 0]);
    scenario["profile"] = json!("chromium");
    let explanation = last(&scenario);
    assert_eq!(
        explanation.notes,
        [
            "Chromium's console shows the same origin twice here, because its message names the page's: redirects had led the request \
          from one foreign origin to another, and so it was sent with `Origin: null`, which is not `https://a.example`."
        ]
    );
    let line = &explanation.console.unwrap().lines[0].text;
    assert_eq!(line.matches("'https://a.example'").count(), 2, "{line}");
}

#[test]
fn the_catalogue_is_well_formed() {
    let texts = TextId::ALL.iter().map(|text| (text.id(), vec![text.what(), text.why(), text.remedy()]));
    let lines = LineId::ALL.iter().map(|line| (line.id(), vec![line.what()]));
    let all: Vec<_> = texts.chain(lines).collect();
    let mut ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    for (id, templates) in all {
        assert!(id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{id}");
        for template in templates {
            assert!(template.is_ascii() && !template.contains("  "), "{template}");
            assert_eq!(template.matches('`').count() % 2, 0, "{template}");
            assert_eq!(template.matches('{').count(), template.matches('}').count(), "{template}");
        }
    }
    for text in TextId::ALL {
        for sentence in [text.why(), text.remedy()] {
            assert!(sentence.is_empty() || sentence.ends_with('.'), "{sentence}");
        }
    }
}

#[test]
fn hostile_text_is_escaped_and_short() {
    let long = "x".repeat(50_000);
    let hostile = "\u{1}`{server}\u{80}\u{ff}";
    let init = |value: &str| json!({ "method": "PUT", "headers": [["X-Token", value]] });
    for value in [&*long, hostile] {
        let headers = [
            ("Access-Control-Allow-Origin", value),
            ("Access-Control-Allow-Origins", value),
            ("Access-Control-Allow-Methods", value),
            ("Access-Control-Allow-Headers", value),
            ("Access-Control-Expose-Headers", value),
            ("Location", value),
        ];
        let allowed: Vec<_> = headers.iter().copied().chain([("Access-Control-Allow-Origin", "*")]).skip(1).collect();
        for scenario in [
            fetch("https://b.example/x", init(value), vec![answer(200, &headers)]),
            fetch("https://b.example/x", init(value), vec![answer(200, &allowed)]),
            fetch("https://b.example/x", json!({}), vec![answer(200, &allowed)]),
            fetch("https://b.example/x", json!({}), vec![answer(302, &allowed)]),
            fetch(&["https://b.example/", value].concat(), json!({}), vec![]),
            fetch(&["https://", value, " /"].concat(), json!({}), vec![]),
            fetch("/x", json!({ "mode": value }), vec![]),
            fetch("/x", json!({ "method": value }), vec![]),
        ] {
            let explanation = last(&scenario);
            let texts = [explanation.verdict.sentence, explanation.verdict.why, explanation.verdict.remedy];
            let steps = explanation.steps.into_iter().map(|step| step.sentence);
            let headers = explanation.headers.into_iter().map(|header| header.sentence);
            for text in texts.into_iter().chain(steps).chain(headers) {
                assert!(text.len() < 2_500, "{text}");
                assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text}");
                assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            }
        }
    }
}

#[test]
fn an_explanation_is_json_in_camel_case() {
    let explanation = last(&fetch("https://b.example/x", json!({}), vec![answer(200, &[])]));
    let json = serde_json::to_value(&explanation).unwrap();
    assert_eq!(json["verdict"]["kind"], "blocked");
    assert_eq!(json["verdict"]["id"], "allow-origin-missing");
    assert_eq!(json["verdict"]["who"], "server");
    assert_eq!(json["verdict"]["send"], json!([["Access-Control-Allow-Origin", "https://a.example"]]));
    assert_eq!(json["error"]["seen"], "fetch() rejects with a TypeError that does not say why.");
    assert_eq!(json["error"]["check"], "CORS check failed: there is no Access-Control-Allow-Origin.");
    assert_eq!(json["error"]["step"]["url"], "https://fetch.spec.whatwg.org/#concept-cors-check");
    assert_eq!(json["notChecked"], json!([]));
    assert_eq!(json["preflightReasons"], json!([]));
    assert_eq!(json["steps"][0]["status"], "info");
}
