//! Arbitrary scenarios. Most words come from short lists, so that what is asked, what is answered and what is remembered
//! have something to do with each other; the rest is anything at all.

use corscope::Scenario;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// A scenario with up to three fetches.
pub fn scenarios() -> impl Strategy<Value = Scenario> {
    (page(), vec(fetch(), 1..=3), state()).prop_map(|(page, mut fetches, state)| {
        // Times do not run backwards.
        let mut now = 0;
        for fetch in &mut fetches {
            now += fetch["at"].as_u64().unwrap_or(0);
            fetch["at"] = now.into();
        }
        let scenario = json!({ "page": page, "fetches": fetches, "state": state });
        serde_json::from_value(scenario).expect("what is generated has the form of a scenario")
    })
}

fn words(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(String::from)
}

/// Mostly one of `known`, else any characters that are bytes.
fn mostly(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![8 => words(known), 1 => byte_string()]
}

/// Bytes of all kinds, in the form that scenarios have for them.
fn byte_string() -> impl Strategy<Value = String> {
    vec(any::<u8>(), 0..12).prop_map(|bytes| bytes.into_iter().map(char::from).collect())
}

/// An object of those members that are there.
fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    let present = members.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

fn member<T: Into<Value> + std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> impl Strategy<Value = Option<Value>> {
    of(strategy.prop_map(Into::into))
}

const PAGES: &[&str] = &[
    "https://a.example/page",
    "https://a.example/page",
    "https://a.example:8443/",
    "http://a.example/?q#f",
    "http://localhost:3000/",
    "https://w.a.example/",
    "file:///index.html",
    "data:text/html,x",
    "about:srcdoc",
    "blob:https://a.example/1",
];

const ORIGINS: &[&str] = &["null", "https://a.example", "https://b.example", "http://a.example", "https://x.a.example:1"];

fn page() -> impl Strategy<Value = Value> {
    let policy =
        words(&["", "no-referrer", "origin", "same-origin", "unsafe-url", "strict-origin", "no-referrer-when-downgrade"]);
    (
        words(PAGES),
        weighted(0.2, words(ORIGINS).prop_map(Value::from)),
        weighted(0.2, vec(words(ORIGINS), 0..3).prop_map(Value::from)),
        member(policy),
        weighted(0.3, words(&["require-corp", "credentialless"]).prop_map(Value::from)),
        weighted(0.1, Just(true.into())),
        weighted(0.2, mostly(&["", "en_US"]).prop_map(Value::from)),
        weighted(0.1, words(&["worker", "serviceWorker"]).prop_map(Value::from)),
    )
        .prop_map(|(url, origin, ancestors, referrer_policy, embedder_policy, upgrade, accept_language, global)| {
            object(vec![
                ("url", Some(url.into())),
                ("origin", origin),
                ("baseUrl", Some("https://a.example/base/".into())),
                ("ancestors", ancestors),
                ("referrerPolicy", referrer_policy),
                ("embedderPolicy", embedder_policy),
                ("upgradeInsecureRequests", upgrade.clone()),
                ("noPrompts", upgrade),
                ("acceptLanguage", accept_language),
                ("global", global),
                ("blobs", Some(json!([{ "url": "blob:https://a.example/2", "mimeType": "text/x", "length": 10 }]))),
            ])
        })
}

const URLS: &[&str] = &[
    "https://b.example/x",
    "https://b.example/x",
    "https://b.example/x",
    "https://b.example/y?q#f",
    "https://www.b.example/x",
    "https://c.example/x",
    "https://a.example/page",
    "https://a.example/page",
    "relative",
    "http://b.example/x",
    "http://localhost:8080/",
    "http://127.0.0.1/",
    "https://u:p@b.example/x",
    "https://b.example:6667/",
    "wss://b.example/x",
    "data:text/plain,x",
    "data:x",
    "blob:https://a.example/2",
    "about:blank",
    "foo:bar",
    "https://[",
];

fn url() -> impl Strategy<Value = String> {
    prop_oneof![30 => words(URLS), 1 => byte_string()]
}

fn fetch() -> impl Strategy<Value = Value> {
    let blocked = words(&["contentSecurityPolicy", "contentSecurityPolicyResponse", "integrityPolicy"]);
    (
        call(),
        0..100_u64,
        vec(answer(), 0..9),
        weighted(0.05, service_worker()),
        weighted(0.03, blocked.prop_map(|policy| json!([policy]))),
        weighted(0.1, (0..70_000_u64).prop_map(Value::from)),
    )
        .prop_map(|(call, at, answers, service_worker, blocked_by, in_flight)| {
            object(vec![
                ("call", Some(call)),
                ("at", Some(at.into())),
                ("answers", Some(answers.into())),
                ("serviceWorker", service_worker),
                ("blockedBy", blocked_by),
                ("keepaliveBytesInFlight", in_flight),
            ])
        })
}

const METHODS: &[&str] = &["GET", "get", "HEAD", "POST", "PUT", "patch", "DELETE", "TRACE", "*", "QUERY", ""];

/// Headers that requests have, and the start of values that mean something in one of them.
const REQUEST_NAMES: &[&str] = &[
    "Accept",
    "Accept-Language",
    "Content-Language",
    "Content-Type",
    "content-type",
    "Range",
    "Authorization",
    "X-A",
    "x-b",
    "*",
    "Cookie",
    "Origin",
    "Sec-X",
    "Host",
    "If-None-Match",
    "Cache-Control",
    "X-HTTP-Method",
    "User-Agent",
];
const REQUEST_VALUES: &[&str] =
    &["", "1", "text/plain", "application/json", "en", "en_US", "bytes=0-", "bytes=-1", "TRACE", "\u{e9}", " a\t"];

fn header_values() -> impl Strategy<Value = String> {
    prop_oneof![10 => mostly(REQUEST_VALUES), 1 => (100..1100_usize).prop_map(|length| "a".repeat(length))]
}

fn request_headers() -> impl Strategy<Value = Value> {
    vec((mostly(REQUEST_NAMES), header_values()).prop_map(|(name, value)| json!([name, value])), 0..4).prop_map(Value::from)
}

fn body() -> impl Strategy<Value = Value> {
    let length = || prop_oneof![0..10_u64, Just(65_536), Just(u64::MAX)];
    prop_oneof![
        mostly(&["x"]).prop_map(|text| json!({ "type": "text", "text": text })),
        length().prop_map(|length| json!({ "type": "bytes", "length": length })),
        (length(), mostly(&["", "text/plain", "application/json"]))
            .prop_map(|(length, mime)| json!({ "type": "blob", "mimeType": mime, "length": length })),
        Just(json!({ "type": "formData" })),
        Just(json!({ "type": "urlSearchParams", "text": "a=b" })),
        any::<bool>().prop_map(|disturbed| json!({ "type": "stream", "disturbed": disturbed })),
        any::<bool>().prop_map(|html| json!({ "type": "document", "html": html, "length": 9 })),
    ]
}

fn init() -> impl Strategy<Value = Value> {
    let rare = |strategy: BoxedStrategy<Value>| weighted(0.15, strategy);
    let word = |words_: &'static [&'static str]| rare(mostly(words_).prop_map(Value::from).boxed());
    (
        weighted(0.5, mostly(METHODS).prop_map(Value::from)),
        weighted(0.5, request_headers()),
        weighted(0.2, body()),
        weighted(0.3, words(&["cors", "no-cors", "same-origin", "navigate"]).prop_map(Value::from)),
        weighted(0.4, words(&["omit", "same-origin", "include"]).prop_map(Value::from)),
        word(&["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]),
        word(&["follow", "error", "manual"]),
        word(&["", "about:client", "https://a.example/r", "https://["]),
        word(&["no-referrer", "origin", "unsafe-url"]),
        (
            word(&["sha256-x"]),
            rare(any::<bool>().prop_map(Value::from).boxed()),
            weighted(0.5, Just("half".into())),
            rare(words(&["null", "other"]).prop_map(Value::from).boxed()),
        ),
    )
        .prop_map(|(method, headers, body, mode, credentials, cache, redirect, referrer, policy, rest)| {
            let (integrity, keepalive, duplex, window) = rest;
            object(vec![
                ("method", method),
                ("headers", headers),
                ("body", body),
                ("mode", mode),
                ("credentials", credentials),
                ("cache", cache),
                ("redirect", redirect),
                ("referrer", referrer),
                ("referrerPolicy", policy),
                ("integrity", integrity),
                ("keepalive", keepalive),
                ("duplex", duplex),
                ("window", window),
            ])
        })
}

fn edits() -> impl Strategy<Value = Value> {
    let edit =
        (words(&["append", "set", "delete"]), mostly(REQUEST_NAMES), header_values()).prop_map(|(edit, name, value)| match edit
            .as_str()
        {
            "delete" => json!({ "edit": edit, "name": name }),
            _ => json!({ "edit": edit, "name": name, "value": value }),
        });
    vec(edit, 0..3).prop_map(Value::from)
}

fn call() -> impl Strategy<Value = Value> {
    let cross_origin = || weighted(0.5, mostly(&["", "anonymous", "use-credentials", "bogus"]).prop_map(Value::from));
    let fetch = (url(), init(), weighted(0.1, edits())).prop_map(|(url, init, edits)| {
        object(vec![("api", Some("fetch".into())), ("url", Some(url.into())), ("init", Some(init)), ("headerEdits", edits)])
    });
    let xhr =
        (mostly(METHODS), url(), request_headers(), any::<[bool; 3]>(), weighted(0.3, body()), weighted(0.1, Just("u".into())))
            .prop_map(|(method, url, headers, [with_credentials, upload_listener, sync], body, user)| {
                object(vec![
                    ("api", Some("xhr".into())),
                    ("method", Some(method.into())),
                    ("url", Some(url.into())),
                    ("headers", Some(headers)),
                    ("withCredentials", Some(with_credentials.into())),
                    ("uploadListener", Some(upload_listener.into())),
                    ("sync", Some(sync.into())),
                    ("body", body),
                    ("username", user.clone()),
                    ("password", user),
                ])
            });
    let with_attribute = (words(&["img", "media", "script", "stylesheet", "track"]), url(), cross_origin()).prop_map(
        |(api, url, cross_origin)| {
            object(vec![("api", Some(api.into())), ("url", Some(url.into())), ("crossOrigin", cross_origin)])
        },
    );
    let plain = (words(&["font", "import", "webSocket", "worker", "importScripts", "iframe", "eventSource", "beacon"]), url())
        .prop_map(|(api, url)| json!({ "api": api, "url": url }));
    let preload =
        (url(), words(&["font", "image", "script", "style"]), cross_origin()).prop_map(|(url, destination, cross_origin)| {
            object(vec![
                ("api", Some("preload".into())),
                ("url", Some(url.into())),
                ("as", Some(destination.into())),
                ("crossOrigin", cross_origin),
            ])
        });
    let others = prop_oneof![
        (url(), weighted(0.7, body())).prop_map(|(url, body)| object(vec![
            ("api", Some("beacon".into())),
            ("url", Some(url.into())),
            ("body", body)
        ])),
        (url(), any::<bool>(), weighted(0.5, mostly(&["1"]))).prop_map(|(url, with_credentials, id)| object(vec![
            ("api", Some("eventSource".into())),
            ("url", Some(url.into())),
            ("withCredentials", Some(with_credentials.into())),
            ("lastEventId", id.map(Value::from))
        ])),
        (url(), any::<bool>()).prop_map(|(url, module)| json!({ "api": "script", "url": url, "module": module })),
        (url(), any::<bool>()).prop_map(|(url, srcset)| json!({ "api": "img", "url": url, "srcset": srcset })),
    ];
    prop_oneof![10 => fetch, 4 => xhr, 3 => with_attribute, 2 => plain, 1 => preload, 2 => others]
}

/// Headers that decide something, with values of which some are right.
fn answer_header() -> impl Strategy<Value = Value> {
    let allow_origin = mostly(&["*", "https://a.example", "https://a.example", "null", "https://a.example/", ""]);
    let list = || mostly(&["*", "PUT, patch, DELETE", "x-a, x-b, content-type, authorization, range", "Set-Cookie", "a b", ""]);
    let name_and_value = prop_oneof![
        8 => allow_origin.prop_map(|value| ("Access-Control-Allow-Origin".to_string(), value)),
        4 => mostly(&["true", "true", "True"]).prop_map(|value| ("access-control-allow-credentials".to_string(), value)),
        3 => list().prop_map(|value| ("Access-Control-Allow-Methods".to_string(), value)),
        3 => list().prop_map(|value| ("Access-Control-Allow-Headers".to_string(), value)),
        2 => list().prop_map(|value| ("Access-Control-Expose-Headers".to_string(), value)),
        1 => mostly(&["60", "0", "-1", "99999999999999999999"]).prop_map(|value| ("Access-Control-Max-Age".to_string(), value)),
        5 => location().prop_map(|value| ("Location".to_string(), value)),
        2 => mostly(&["k=v; SameSite=None; Secure", "k=v", "__Host-k=v; Secure; Path=/", "k=; Max-Age=0"]).prop_map(|value| ("Set-Cookie".to_string(), value)),
        2 => mostly(&["max-age=50", "max-age=1, stale-while-revalidate=60", "no-store", "private"]).prop_map(|value| ("Cache-Control".to_string(), value)),
        1 => mostly(&["Origin", "*", "X-A"]).prop_map(|value| ("Vary".to_string(), value)),
        2 => mostly(&["text/plain", "text/javascript", "text/css", "image/png", "text/event-stream"]).prop_map(|value| ("Content-Type".to_string(), value)),
        1 => mostly(&["nosniff"]).prop_map(|value| ("X-Content-Type-Options".to_string(), value)),
        1 => mostly(&["same-origin", "same-site", "cross-origin"]).prop_map(|value| ("Cross-Origin-Resource-Policy".to_string(), value)),
        1 => mostly(&["\"e\""]).prop_map(|value| ("ETag".to_string(), value)),
        1 => mostly(&["no-referrer", "unsafe-url, bogus"]).prop_map(|value| ("Referrer-Policy".to_string(), value)),
        1 => mostly(&["*", "null"]).prop_map(|value| ("Timing-Allow-Origin".to_string(), value)),
        2 => (mostly(&["X-A", "x-b", "*", "Date"]), byte_string()),
    ];
    name_and_value.prop_map(|(name, value)| json!([name, value]))
}

fn location() -> impl Strategy<Value = String> {
    let near = words(&["/2", "?q", "https://b.example/x", "https://www.b.example/x", "//c.example/", "https://a.example/page"]);
    prop_oneof![4 => near, 1 => url()]
}

/// An answer that lets everything through, whatever was asked.
fn permissive() -> impl Strategy<Value = Value> {
    let origin = words(&["*", "https://a.example", "null"]);
    (origin, prop_oneof![4 => Just(200), 1 => Just(204)], vec(answer_header(), 0..2)).prop_map(|(origin, status, mut headers)| {
        headers.extend([
            json!(["Access-Control-Allow-Origin", origin]),
            json!(["Access-Control-Allow-Credentials", "true"]),
            json!(["Access-Control-Allow-Methods", "*, PUT, patch, DELETE, QUERY"]),
            json!(["Access-Control-Allow-Headers", "*, authorization, x-a, x-b, content-type, accept, range, accept-language"]),
        ]);
        json!({ "status": status, "headers": headers })
    })
}

fn redirect() -> impl Strategy<Value = Value> {
    (select(&[301, 302, 303, 307, 308][..]), location(), words(&["*", "https://a.example", "null"]), vec(answer_header(), 0..2))
        .prop_map(|(status, location, origin, mut headers)| {
            headers.extend([
                json!(["Location", location]),
                json!(["Access-Control-Allow-Origin", origin]),
                json!(["Access-Control-Allow-Credentials", "true"]),
            ]);
            json!({ "status": status, "headers": headers })
        })
}

fn answer() -> impl Strategy<Value = Value> {
    let status = prop_oneof![
        4 => Just(200),
        2 => select(&[100, 101, 103, 204, 206, 301, 302, 303, 304, 307, 308, 401, 404, 407, 416, 421, 500][..]),
        1 => 0..1000,
    ];
    let any_answer = (status, vec(answer_header(), 0..6), weighted(0.3, words(&["1", "2"])), weighted(0.2, any::<bool>()))
        .prop_map(|(status, headers, version, integrity)| {
            object(vec![
                ("status", Some(status.into())),
                ("headers", Some(headers.into())),
                ("httpVersion", version.map(Value::from)),
                ("integrityMatches", integrity.map(Value::from)),
            ])
        });
    let failure = words(&["offline", "connection", "clientCertificate", "malformed", "aborted"]);
    prop_oneof![
        8 => permissive(),
        6 => redirect(),
        4 => any_answer,
        1 => failure.prop_map(|failure| json!({ "failure": failure })),
    ]
}

fn service_worker() -> impl Strategy<Value = Value> {
    let kind = words(&["default", "basic", "cors", "opaque", "opaqueredirect", "error"]);
    let urls = vec(words(&["https://b.example/x", "https://c.example/", "http://b.example/"]), 0..3);
    (kind, select(&[200, 206, 302, 404, 416][..]), vec(answer_header(), 0..4), urls, any::<bool>()).prop_map(
        |(kind, status, headers, urls, range_requested)| {
            json!({ "type": kind, "status": status, "headers": headers, "urlList": urls, "rangeRequested": range_requested })
        },
    )
}

fn state() -> impl Strategy<Value = Value> {
    let site = || words(&["https://a.example", "https://b.example", "null"]);
    let allows = prop_oneof![
        Just(json!("anyMethod")),
        Just(json!("anyHeaderName")),
        mostly(METHODS).prop_map(|method| json!({ "method": method })),
        mostly(REQUEST_NAMES).prop_map(|name| json!({ "headerName": name })),
    ];
    let entry = (site(), site(), any::<bool>(), allows).prop_map(|(key, origin, credentials, allows)| {
        json!({
            "key": key, "origin": origin, "url": "https://b.example/x", "maxAge": 60, "storedAt": 0,
            "credentials": credentials, "allows": allows
        })
    });
    let stored = (site(), vec(answer_header(), 0..5)).prop_map(|(partition, headers)| {
        json!({
            "partition": partition, "url": "https://b.example/x", "requestHeaders": [["Accept", "*/*"]],
            "response": { "status": 200, "headers": headers }, "storedAt": 0
        })
    });
    let cookie = (words(&["a.example", "b.example"]), words(&["none", "lax", "strict", "default"]), any::<bool>()).prop_map(
        |(domain, same_site, secure)| json!({ "name": "j", "value": "1", "domain": domain, "sameSite": same_site, "secure": secure }),
    );
    (vec(entry, 0..3), weighted(0.3, stored), vec(cookie, 0..3), any::<bool>()).prop_map(|(entries, stored, cookies, hsts)| {
        let hsts = if hsts { json!([{ "host": "b.example" }]) } else { json!([]) };
        json!({ "preflightCache": entries, "httpCache": Vec::from_iter(stored), "cookies": cookies, "hsts": hsts })
    })
}
