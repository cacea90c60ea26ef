//! A case in the words of the scenario format: its page, and the call of each step.

use serde_json::{Map, Value, json};

use super::hosts::page_origin;
use super::recording::{Api, Body, Case, Context, Step, Via};

/// The end of the URL of a `blob:` document, which is random.
pub(super) const BLOB: &str = "6c1f2b9e-0000-4000-8000-000000000000";

/// The page, or the frame or worker in it, that makes the requests.
pub(super) fn page(case: &Case) -> Value {
    let mut page = page_of(case);
    // All of it happened on one machine, whatever the names say.
    page["addressSpace"] = json!(if case.local_network.is_some() { "public" } else { "loopback" });
    if let Some(permission) = case.local_network {
        page["localNetwork"] = json!(permission);
    }
    let policy = |wanted: &str| case.policy.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    if let Some(value) = policy("cross-origin-embedder-policy") {
        page["embedderPolicy"] = json!(value);
    }
    if let Some(value) = policy("referrer-policy") {
        page["referrerPolicy"] = json!(value);
    }
    if let Some(value) = policy("content-security-policy") {
        page["contentSecurityPolicy"] = json!(value);
        let mut directives = value.split(';').map(str::trim);
        page["upgradeInsecureRequests"] =
            json!(directives.any(|directive| directive.eq_ignore_ascii_case("upgrade-insecure-requests")));
    }
    page
}

/// What a step asks for, and when.
pub(super) fn fetch(case: &Case, step: &Step, now: f64) -> Value {
    let mut fetch = json!({ "call": call(step), "at": now, "blockedBy": step.blocked_by });
    if case.local_network.is_some() {
        fetch["addressSpace"] = json!("loopback");
    }
    fetch
}

fn page_of(case: &Case) -> Value {
    let top = page_origin(&case.page).unwrap_or(case.page.as_str());
    let top_url = format!("{top}/__/page.html?g={}&t=0", case.page);
    let frame =
        |url: Value, origin: &str, base: &Value| json!({ "url": url, "origin": origin, "baseUrl": base, "ancestors": [top_url] });
    let frame_url = json!(format!("{top}/__/frame.html"));
    match case.ctx {
        Context::Page => json!({ "url": top_url }),
        Context::Frame => frame(frame_url.clone(), top, &frame_url),
        Context::Sandbox => frame(frame_url.clone(), "null", &frame_url),
        Context::Data => {
            let url = json!(data_url(top));
            frame(url.clone(), "null", &url)
        }
        Context::SandboxSrcdoc => frame(json!("about:srcdoc"), "null", &json!(top_url)),
        Context::Srcdoc => frame(json!("about:srcdoc"), top, &json!(top_url)),
        Context::Blob => {
            let url = json!(format!("blob:{top}/{BLOB}"));
            frame(url.clone(), top, &url)
        }
        Context::Worker => json!({ "url": format!("{top}/__/worker.js"), "global": "worker", "ancestors": [top_url] }),
    }
}

/// The URL of the recorder's `data:` document of the page at `top`, as its script makes it.
fn data_url(top: &str) -> String {
    let host = top.replace(':', "%3A").replace('/', "%2F");
    let start = "data:text/html,%3C!doctype%20html%3E%3Cmeta%20charset%3D%22utf-8%22%3E%3Cscript%20src%3D%22";
    format!("{start}{host}%2F__%2Frunner.js%22%3E%3C%2Fscript%3E")
}

/// What the browser remembers when the first step starts: the cookie that the page has set.
pub(super) fn state() -> Value {
    json!({ "cookies": [{ "name": "ck", "value": "page", "domain": "a.test" }] })
}

/// The call of a step.
pub(super) fn call(step: &Step) -> Value {
    let url = &step.url;
    // The recorder opened an XHR without a method, or with an empty one, as GET.
    let method = step.method.as_deref().filter(|method| !method.is_empty()).unwrap_or("GET");
    let headers: Vec<_> = step.headers.iter().filter(|(name, value)| !throws(name, value)).collect();
    match step.api {
        Api::Fetch => fetch_call(step),
        Api::Xhr => without_nulls(json!({
            "api": "xhr", "url": url, "method": method, "headers": headers,
            "withCredentials": step.wc, "uploadListener": step.upload, "sync": step.sync,
            "body": step.body.as_ref().map(body), "username": step.user, "password": step.password,
        })),
        Api::Img => without_nulls(json!({ "api": "img", "url": url, "crossOrigin": step.crossorigin })),
        Api::Script => {
            without_nulls(json!({ "api": "script", "url": url, "crossOrigin": step.crossorigin, "module": step.module }))
        }
        Api::Css => without_nulls(json!({ "api": "stylesheet", "url": url, "crossOrigin": step.crossorigin })),
        Api::Preload => without_nulls(json!({
            "api": "preload", "url": url, "as": step.destination.as_deref().unwrap_or_default(), "crossOrigin": step.crossorigin,
        })),
        Api::Font => json!({ "api": "font", "url": url }),
        Api::EventSource => json!({ "api": "eventSource", "url": url, "withCredentials": step.wc }),
        Api::Beacon => without_nulls(json!({ "api": "beacon", "url": url, "body": step.body.as_ref().map(body) })),
        Api::Import => json!({ "api": "import", "url": url }),
    }
}

fn fetch_call(step: &Step) -> Value {
    let init = &step.init;
    let given = init.headers.clone().unwrap_or_default();
    let (headers, edit) = match step.via {
        Via::Init => (init.headers.clone(), None),
        Via::Headers => (Some(iterated(&given)), None),
        Via::Append => (None, Some("append")),
        Via::Set => (None, Some("set")),
    };
    let edits: Vec<Value> = edit.map_or_else(Vec::new, |edit| {
        given.iter().map(|(name, value)| json!({ "edit": edit, "name": name, "value": value })).collect()
    });
    json!({
        "api": "fetch", "url": step.url, "headerEdits": edits,
        "init": without_nulls(json!({
            "method": init.method, "mode": init.mode, "credentials": init.credentials, "cache": init.cache, "redirect": init.redirect,
            "referrer": init.referrer, "referrerPolicy": init.referrer_policy, "integrity": init.integrity, "duplex": init.duplex,
            "keepalive": init.keepalive, "headers": headers, "body": init.body.as_ref().map(body),
        })),
    })
}

/// What iterating over a `Headers` gives after `append` with each of `given`: those that throw are missing, names are
/// in lower case and sorted, and the values of each name are joined.
fn iterated(given: &[(String, String)]) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in given.iter().filter(|(name, value)| !throws(name, value)) {
        let (name, value) = (name.to_ascii_lowercase(), normalized(value));
        match headers.iter_mut().find(|(known, _)| *known == name && name != "set-cookie") {
            Some((_, joined)) => {
                joined.push_str(", ");
                joined.push_str(value);
            }
            None => headers.push((name, value.to_owned())),
        }
    }
    headers.sort_by(|(a, _), (b, _)| a.cmp(b));
    headers
}

/// Whether setting a header throws, which the recorder caught: the header is not set, and the page goes on.
fn throws(name: &str, value: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    name.is_empty()
        || !name.chars().all(is_token)
        || normalized(value).contains(['\0', '\n', '\r'])
        || value.chars().any(|c| c > '\u{ff}')
}

fn normalized(value: &str) -> &str {
    value.trim_matches(['\t', '\n', '\r', ' '])
}

fn body(body: &Body) -> Value {
    match body {
        Body::Text(text) => json!({ "type": "text", "text": text }),
        Body::Blob { blob, mime_type } => json!({ "type": "blob", "mimeType": mime_type, "length": blob.len() }),
        Body::UrlSearchParams { usp } => json!({ "type": "urlSearchParams", "text": usp }),
        Body::Bytes { bytes } => json!({ "type": "bytes", "length": bytes.len() }),
        Body::Stream { .. } => json!({ "type": "stream" }),
        Body::Form { .. } => json!({ "type": "formData" }),
    }
}

/// Whether the body of an answer matches `integrity`, which only its bytes can tell: a digest of another length than
/// its algorithm's matches nothing; one of the right length was made from the body, since the recorder made no other.
pub(super) fn integrity_matches(integrity: &str) -> bool {
    integrity.split_ascii_whitespace().all(|metadata| {
        let (algorithm, digest) = metadata.split_once('-').unwrap_or((metadata, ""));
        let digest = digest.split_once('?').map_or(digest, |(digest, _)| digest);
        match algorithm {
            "sha256" => digest.len() == 44,
            "sha384" => digest.len() == 64,
            "sha512" => digest.len() == 88,
            _ => true,
        }
    })
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, member)| !member.is_null()).collect::<Map<_, _>>())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(json: &str) -> Step {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn headers_go_the_way_they_were_given() {
        let with = |via: &str| {
            step(&format!(r#"{{"via":"{via}","init":{{"headers":[["X-B"," 2 "],["x-é","1"],["X-A","1"],["x-b","3"]]}}}}"#))
        };
        let init = call(&with("init"));
        assert_eq!(init["init"]["headers"], json!([["X-B", " 2 "], ["x-é", "1"], ["X-A", "1"], ["x-b", "3"]]));
        let headers = call(&with("Headers"));
        assert_eq!(headers["init"]["headers"], json!([["x-a", "1"], ["x-b", "2, 3"]]));
        let set = call(&with("set"));
        assert_eq!(set["init"], json!({}));
        assert_eq!(set["headerEdits"][1], json!({ "edit": "set", "name": "x-é", "value": "1" }));
    }

    #[test]
    fn what_throws_is_not_set() {
        let xhr =
            call(&step(r#"{"api":"xhr","headers":[["X-\u00e9","1"],["X-A","\n1 "],["X-B","1\n2"],["X-C","\u0660"],["","1"]]}"#));
        assert_eq!(xhr["headers"], json!([["X-A", "\n1 "]]));
    }

    #[test]
    fn every_call_and_page_is_a_scenario() {
        for api in ["fetch", "xhr", "img", "script", "css", "font", "eventsource", "beacon", "import", "preload"] {
            let call = call(&step(&format!(r#"{{"api":"{api}","url":"http://b.test/","wc":true,"crossorigin":"","body":"x"}}"#)));
            for ctx in ["page", "sandbox", "data", "sandbox-srcdoc", "srcdoc", "blob", "worker"] {
                let line = format!(r#"{{"id":"a/b","ctx":"{ctx}","page":"S","steps":[],"server":{{}},"expect":{{}}}}"#);
                let page = page(&super::super::recording::parse(&line).unwrap());
                let scenario = json!({ "page": page, "fetches": [{ "call": call }], "state": state() });
                serde_json::from_value::<corscope::Scenario>(scenario).unwrap_or_else(|error| panic!("{api} in {ctx}: {error}"));
            }
        }
    }

    #[test]
    fn integrity_of_the_wrong_length_never_matches() {
        for (integrity, matches) in [
            ("", true),
            ("sha256-AAAA", false),
            ("md5-AAAA", true),
            ("sha256-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaA=", true),
        ] {
            assert_eq!(integrity_matches(integrity), matches, "{integrity}");
        }
    }
}
