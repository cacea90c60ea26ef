//! The boundary types as plain data: the same members and words that serde has for them, which a test compares.

use super::plain::{Members, Misfit, Plain, Shape, no_word};
use crate::http::modes::{CredentialsMode, Destination, EmbedderPolicy, ReferrerPolicy, RequestMode, ResponseType};
use crate::infra::address_space::IpAddressSpace;
use crate::inspect::Overrides;
use crate::network::{Answer, FailureKind, HttpVersion, WireFailure, WireResponse};
use crate::profile::ProfileName;
use crate::scenario::{
    BlobUrl, Body, Call, Fetch, Global, HeaderEdit, InitWindow, LocalNetworkPermission, OutsidePolicy, Page, RequestInit,
    Scenario, ServiceWorkerAnswer, ThirdPartyCookies, VERSION,
};
use crate::state::{Allows, BrowserState, CacheEntry, Cookie, HstsHost, SameSite, StoredResponse};

macro_rules! objects {
    ($($type:ty => $read:expr;)+) => {$(
        impl<'a> Shape<'a> for $type {
            const WANTED: &'static str = "an object";

            fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
                plain.object($read)
            }
        }
    )+};
}

objects! {
    Scenario => |scenario| {
        Ok(Self {
            version: scenario.optional("version")?.unwrap_or(VERSION),
            profile: scenario.or_default("profile")?,
            page: scenario.required("page")?,
            fetches: scenario.required("fetches")?,
            state: scenario.or_default("state")?,
        })
    };
    Page => |page| {
        // What is absent is as it is in a page of which nothing but the URL is known.
        let plain = Self::new(page.required::<String>("url")?);
        Ok(Self {
            url: plain.url,
            origin: page.optional("origin")?,
            base_url: page.optional("baseUrl")?,
            global: page.optional("global")?.unwrap_or(plain.global),
            ancestors: page.or_default("ancestors")?,
            referrer_policy: page.optional("referrerPolicy")?.unwrap_or(plain.referrer_policy),
            embedder_policy: page.optional("embedderPolicy")?.unwrap_or(plain.embedder_policy),
            content_security_policy: page.optional("contentSecurityPolicy")?,
            upgrade_insecure_requests: page.or_default("upgradeInsecureRequests")?,
            accept_language: page.optional("acceptLanguage")?.unwrap_or(plain.accept_language),
            blobs: page.or_default("blobs")?,
            no_prompts: page.or_default("noPrompts")?,
            third_party_cookies: page.or_default("thirdPartyCookies")?,
            address_space: page.optional("addressSpace")?,
            local_network: page.or_default("localNetwork")?,
        })
    };
    BlobUrl => |blob| {
        Ok(Self {
            url: blob.required("url")?,
            mime_type: blob.or_default("mimeType")?,
            length: blob.required("length")?,
            other_partition: blob.or_default("otherPartition")?,
        })
    };
    Fetch => |fetch| {
        Ok(Self {
            call: fetch.required("call")?,
            at: fetch.or_default("at")?,
            answers: fetch.or_default("answers")?,
            service_worker: fetch.optional("serviceWorker")?,
            blocked_by: fetch.or_default("blockedBy")?,
            keepalive_bytes_in_flight: fetch.or_default("keepaliveBytesInFlight")?,
            address_space: fetch.optional("addressSpace")?,
        })
    };
    ServiceWorkerAnswer => |answer| {
        Ok(Self {
            response_type: answer.required("type")?,
            status: answer.optional("status")?.unwrap_or(200),
            headers: answer.or_default("headers")?,
            url_list: answer.or_default("urlList")?,
            range_requested: answer.or_default("rangeRequested")?,
        })
    };
    Call => |call| match call.tag("api", CALLS)? {
        Api::Fetch => Ok(Self::Fetch {
            url: call.required("url")?,
            init: call.or_default("init")?,
            header_edits: call.or_default("headerEdits")?,
        }),
        Api::Xhr => Ok(Self::Xhr {
            method: call.optional("method")?.unwrap_or_else(|| "GET".into()),
            url: call.required("url")?,
            headers: call.or_default("headers")?,
            with_credentials: call.or_default("withCredentials")?,
            upload_listener: call.or_default("uploadListener")?,
            sync: call.or_default("sync")?,
            body: call.optional("body")?,
            username: call.optional("username")?,
            password: call.optional("password")?,
        }),
        Api::Img => Ok(Self::Img {
            url: call.required("url")?,
            cross_origin: call.optional("crossOrigin")?,
            srcset: call.or_default("srcset")?,
        }),
        Api::Media => Ok(Self::Media { url: call.required("url")?, cross_origin: call.optional("crossOrigin")? }),
        Api::Script => Ok(Self::Script {
            url: call.required("url")?,
            cross_origin: call.optional("crossOrigin")?,
            module: call.or_default("module")?,
        }),
        Api::Stylesheet => Ok(Self::Stylesheet { url: call.required("url")?, cross_origin: call.optional("crossOrigin")? }),
        Api::Font => Ok(Self::Font { url: call.required("url")? }),
        Api::Track => Ok(Self::Track { url: call.required("url")?, cross_origin: call.optional("crossOrigin")? }),
        Api::Preload => Ok(Self::Preload {
            url: call.required("url")?,
            destination: call.required("as")?,
            cross_origin: call.optional("crossOrigin")?,
        }),
        Api::Import => Ok(Self::Import { url: call.required("url")? }),
        Api::EventSource => Ok(Self::EventSource {
            url: call.required("url")?,
            with_credentials: call.or_default("withCredentials")?,
            last_event_id: call.optional("lastEventId")?,
        }),
        Api::Beacon => Ok(Self::Beacon { url: call.required("url")?, body: call.optional("body")? }),
        Api::WebSocket => Ok(Self::WebSocket { url: call.required("url")? }),
        Api::Worker => Ok(Self::Worker { url: call.required("url")? }),
        Api::ImportScripts => Ok(Self::ImportScripts { url: call.required("url")? }),
        Api::Iframe => Ok(Self::Iframe { url: call.required("url")? }),
    };
    RequestInit => |init| {
        Ok(Self {
            method: init.optional("method")?,
            headers: init.optional("headers")?,
            body: init.optional("body")?,
            mode: init.optional("mode")?,
            credentials: init.optional("credentials")?,
            cache: init.optional("cache")?,
            redirect: init.optional("redirect")?,
            referrer: init.optional("referrer")?,
            referrer_policy: init.optional("referrerPolicy")?,
            integrity: init.optional("integrity")?,
            keepalive: init.optional("keepalive")?,
            duplex: init.optional("duplex")?,
            window: init.optional("window")?,
        })
    };
    HeaderEdit => |edit| match edit.tag("edit", &[("append", Edit::Append), ("set", Edit::Set), ("delete", Edit::Delete)])? {
        Edit::Append => Ok(Self::Append { name: edit.required("name")?, value: edit.required("value")? }),
        Edit::Set => Ok(Self::Set { name: edit.required("name")?, value: edit.required("value")? }),
        Edit::Delete => Ok(Self::Delete { name: edit.required("name")? }),
    };
    Body => |body| match body.tag("type", BODIES)? {
        Kind::Text => Ok(Self::Text { text: body.required("text")? }),
        Kind::Bytes => Ok(Self::Bytes { length: body.required("length")? }),
        Kind::Blob => Ok(Self::Blob { mime_type: body.or_default("mimeType")?, length: body.required("length")? }),
        Kind::FormData => Ok(Self::FormData { length: body.optional("length")? }),
        Kind::UrlSearchParams => Ok(Self::UrlSearchParams { text: body.required("text")? }),
        Kind::Stream => Ok(Self::Stream { disturbed: body.or_default("disturbed")? }),
        Kind::Document => Ok(Self::Document { html: body.required("html")?, length: body.required("length")? }),
    };
    Answer => |answer| {
        let failure = answer.optional("failure")?;
        match (answer.optional("status")?, failure) {
            (None, Some(failure)) => Ok(Self::Failure(WireFailure { failure })),
            (Some(status), None) => Ok(Self::Response(WireResponse { status, ..response(answer)? })),
            (Some(_), Some(_)) => Err(Misfit::new("an answer has either a `status` or a `failure`, not both")),
            (None, None) => Err(Misfit::new("an answer needs a `status` (and `headers`), or a `failure`")),
        }
    };
    WireResponse => |answer| {
        let status = answer.required("status")?;
        Ok(WireResponse { status, ..response(answer)? })
    };
    BrowserState => |state| {
        Ok(Self {
            preflight_cache: state.or_default("preflightCache")?,
            http_cache: state.or_default("httpCache")?,
            cookies: state.or_default("cookies")?,
            hsts: state.or_default("hsts")?,
        })
    };
    CacheEntry => |entry| {
        Ok(Self {
            key: entry.required("key")?,
            origin: entry.required("origin")?,
            url: entry.required("url")?,
            max_age: entry.required("maxAge")?,
            stored_at: entry.required("storedAt")?,
            credentials: entry.required("credentials")?,
            allows: entry.required("allows")?,
        })
    };
    StoredResponse => |stored| {
        Ok(Self {
            partition: stored.required("partition")?,
            url: stored.required("url")?,
            request_headers: stored.required("requestHeaders")?,
            response: stored.required("response")?,
            stored_at: stored.required("storedAt")?,
            stored_by: stored.optional("storedBy")?,
            in_memory: stored.or_default("inMemory")?,
            by_picture: stored.or_default("byPicture")?,
        })
    };
    Cookie => |cookie| {
        Ok(Self {
            name: cookie.required("name")?,
            value: cookie.required("value")?,
            domain: cookie.required("domain")?,
            host_only: cookie.optional("hostOnly")?.unwrap_or(true),
            path: cookie.optional("path")?.unwrap_or_else(|| "/".into()),
            secure: cookie.or_default("secure")?,
            http_only: cookie.or_default("httpOnly")?,
            same_site: cookie.or_default("sameSite")?,
            expires_at: cookie.optional("expiresAt")?,
            partition: cookie.optional("partition")?,
        })
    };
    Overrides => |overrides| {
        Ok(Self { credentials: overrides.optional("credentials")?, mode: overrides.optional("mode")? })
    };
    HstsHost => |host| {
        Ok(Self { host: host.required("host")?, include_sub_domains: host.or_default("includeSubDomains")? })
    };
}

/// All of a response but its status.
fn response(answer: &mut Members) -> Result<WireResponse, Misfit> {
    Ok(WireResponse {
        status: 0,
        status_text: answer.or_default("statusText")?,
        headers: answer.or_default("headers")?,
        http_version: answer.optional("httpVersion")?,
        at: answer.optional("at")?,
        integrity_matches: answer.optional("integrityMatches")?,
    })
}

/// What is not listed here does not compile: it must be read above, too.
const _: fn(&Call, &HeaderEdit, &Body) = |call, edit, body| {
    match call {
        Call::Fetch { .. } | Call::Xhr { .. } | Call::Img { .. } | Call::Media { .. } | Call::Script { .. } => {}
        Call::Stylesheet { .. } | Call::Font { .. } | Call::Track { .. } | Call::Preload { .. } | Call::Import { .. } => {}
        Call::EventSource { .. } | Call::Beacon { .. } | Call::WebSocket { .. } | Call::Worker { .. } => {}
        Call::ImportScripts { .. } | Call::Iframe { .. } => {}
    }
    match edit {
        HeaderEdit::Append { .. } | HeaderEdit::Set { .. } | HeaderEdit::Delete { .. } => {}
    }
    match body {
        Body::Text { .. } | Body::Bytes { .. } | Body::Blob { .. } | Body::FormData { .. } | Body::UrlSearchParams { .. } => {}
        Body::Stream { .. } | Body::Document { .. } => {}
    }
};

/// Which [`Call`] it is.
#[derive(Clone, Copy)]
enum Api {
    Fetch,
    Xhr,
    Img,
    Media,
    Script,
    Stylesheet,
    Font,
    Track,
    Preload,
    Import,
    EventSource,
    Beacon,
    WebSocket,
    Worker,
    ImportScripts,
    Iframe,
}

const CALLS: &[(&str, Api)] = &[
    ("fetch", Api::Fetch),
    ("xhr", Api::Xhr),
    ("img", Api::Img),
    ("media", Api::Media),
    ("script", Api::Script),
    ("stylesheet", Api::Stylesheet),
    ("font", Api::Font),
    ("track", Api::Track),
    ("preload", Api::Preload),
    ("import", Api::Import),
    ("eventSource", Api::EventSource),
    ("beacon", Api::Beacon),
    ("webSocket", Api::WebSocket),
    ("worker", Api::Worker),
    ("importScripts", Api::ImportScripts),
    ("iframe", Api::Iframe),
];

/// Which [`HeaderEdit`] it is.
#[derive(Clone, Copy)]
enum Edit {
    Append,
    Set,
    Delete,
}

/// Which [`Body`] it is.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Bytes,
    Blob,
    FormData,
    UrlSearchParams,
    Stream,
    Document,
}

const BODIES: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("bytes", Kind::Bytes),
    ("blob", Kind::Blob),
    ("formData", Kind::FormData),
    ("urlSearchParams", Kind::UrlSearchParams),
    ("stream", Kind::Stream),
    ("document", Kind::Document),
];

/// Words of our own. What is not listed does not compile.
macro_rules! words {
    ($($type:ident { $($word:literal = $variant:ident,)+ })+) => {$(
        impl<'a> Shape<'a> for $type {
            const WANTED: &'static str = "a word";

            fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
                const _: fn($type) = |word| match word { $($type::$variant => {})+ };
                plain.word(&[$(($word, Self::$variant),)+])
            }
        }
    )+};
}

words! {
    ProfileName { "spec" = Spec, "chromium" = Chromium, "firefox" = Firefox, "webkit" = Webkit, }
    Global { "window" = Window, "worker" = Worker, "serviceWorker" = ServiceWorker, }
    IpAddressSpace { "loopback" = Loopback, "local" = Local, "public" = Public, }
    LocalNetworkPermission { "unknown" = Unknown, "granted" = Granted, "denied" = Denied, }
    ThirdPartyCookies { "allowed" = Allowed, "blocked" = Blocked, }
    OutsidePolicy {
        "contentSecurityPolicy" = ContentSecurityPolicy,
        "contentSecurityPolicyResponse" = ContentSecurityPolicyResponse,
        "integrityPolicy" = IntegrityPolicy,
    }
    InitWindow { "null" = Null, "other" = Other, }
    HttpVersion { "1" = Http1, "2" = Http2, "3" = Http3, }
    FailureKind {
        "offline" = Offline,
        "connection" = Connection,
        "nameNotFound" = NameNotFound,
        "refused" = Refused,
        "certificate" = Certificate,
        "closed" = Closed,
        "lost" = Lost,
        "clientCertificate" = ClientCertificate,
        "malformed" = Malformed,
        "aborted" = Aborted,
    }
    SameSite { "default" = Default, "none" = None, "lax" = Lax, "strict" = Strict, }
}

/// Words of the standards.
macro_rules! standard_words {
    ($($type:ident)+) => {$(
        impl<'a> Shape<'a> for $type {
            const WANTED: &'static str = "a word";

            fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
                let word = <&str>::read(plain)?;
                Self::parse(word).ok_or_else(|| no_word(word, Self::ALL.iter().map(|word| word.as_str())))
            }
        }
    )+};
}

standard_words! { CredentialsMode Destination EmbedderPolicy ReferrerPolicy RequestMode ResponseType }

impl<'a> Shape<'a> for Allows {
    const WANTED: &'static str = "a word or { method } or { headerName }";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        if let Plain::Text(_) = plain {
            return plain.word(&[("anyMethod", Any::Method), ("anyHeaderName", Any::HeaderName)]).map(|any| match any {
                Any::Method => Self::AnyMethod,
                Any::HeaderName => Self::AnyHeaderName,
            });
        }
        plain.object(|allows| match (allows.optional("method")?, allows.optional("headerName")?) {
            (Some(method), None) => Ok(Self::Method(method)),
            (None, Some(name)) => Ok(Self::HeaderName(name)),
            _ => Err(Misfit::new("an entry allows either a `method` or a `headerName`")),
        })
    }
}

/// An [`Allows`] without a name.
#[derive(Clone, Copy)]
enum Any {
    Method,
    HeaderName,
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    impl<'a> From<&'a Value> for Plain<'a> {
        fn from(value: &'a Value) -> Self {
            match value {
                Value::Null => Self::Null,
                Value::Bool(value) => Self::Boolean(*value),
                Value::Number(value) => Self::Number(value.as_f64().unwrap()),
                Value::String(value) => Self::Text(value),
                Value::Array(items) => match items.iter().map(pair).collect() {
                    Some(pairs) => Self::Pairs(pairs),
                    None => Self::List(items.iter().map(Self::from).collect()),
                },
                Value::Object(members) => {
                    Self::Object(members.iter().map(|(name, value)| (name.as_str(), value.into())).collect())
                }
            }
        }
    }

    fn pair(value: &Value) -> Option<(&str, &str)> {
        let [name, value] = &value.as_array()?[..] else { return None };
        Some((name.as_str()?, value.as_str()?))
    }

    /// Both readers read the same, or neither reads anything. NB: serde also takes a list for an object.
    fn agrees<T: for<'a> Shape<'a> + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &Value) -> Option<T> {
        let (plain, json) = (T::read(value.into()), serde_json::from_value::<T>(value.clone()));
        assert_eq!(plain.as_ref().ok(), json.as_ref().ok(), "{value}\n{plain:?}\n{json:?}");
        json.ok()
    }

    #[test]
    fn every_vector_is_read_as_serde_reads_it() {
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let vectors = serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(path).unwrap()).unwrap();
                for scenario in vectors.iter().filter_map(|vector| vector.get("scenario")) {
                    assert!(agrees::<Scenario>(scenario).is_some(), "{scenario}");
                }
            }
        }
    }

    #[test]
    fn every_member_is_read_as_serde_reads_it() {
        let headers = json!([["X-One", "caf\u{e9}"]]);
        let answer = json!({ "status": 201, "statusText": "Made", "headers": headers, "httpVersion": "2", "at": 2.5, "integrityMatches": false });
        let url = json!("/x");
        let calls = json!([
            { "api": "fetch", "url": url, "init": {
                "method": "POST", "headers": [["X-One", "1"]], "body": { "type": "blob", "mimeType": "text/x", "length": 3 }, "mode": "cors",
                "credentials": "include", "cache": "reload", "redirect": "error", "referrer": "", "referrerPolicy": "origin", "integrity": "sha256-x",
                "keepalive": true, "duplex": "half", "window": "null" },
              "headerEdits": [{ "edit": "append", "name": "a", "value": "b" }, { "edit": "set", "name": "a", "value": "c" }, { "edit": "delete", "name": "a" }] },
            { "api": "fetch", "url": url, "init": { "method": "POST", "window": "other", "body": { "type": "stream", "disturbed": true } } },
            { "api": "fetch", "url": url, "init": { "method": "POST", "body": { "type": "text", "text": "\u{20ac}" } } },
            { "api": "fetch", "url": url, "init": { "method": "POST", "body": { "type": "bytes", "length": 3 } } },
            { "api": "fetch", "url": url, "init": { "method": "POST", "body": { "type": "formData", "length": 3 } } },
            { "api": "fetch", "url": url, "init": { "method": "POST", "body": { "type": "urlSearchParams", "text": "a=b" } } },
            { "api": "xhr", "url": url, "method": "put", "headers": [["A", "1"], ["A", "2"]], "withCredentials": true, "uploadListener": true, "sync": true,
              "body": { "type": "document", "html": true, "length": 7 }, "username": "u", "password": "p" },
            { "api": "img", "url": url, "crossOrigin": "", "srcset": true },
            { "api": "media", "url": url, "crossOrigin": "use-credentials" },
            { "api": "script", "url": url, "crossOrigin": "anonymous", "module": true },
            { "api": "stylesheet", "url": url, "crossOrigin": "" },
            { "api": "font", "url": url },
            { "api": "track", "url": url, "crossOrigin": "" },
            { "api": "preload", "url": url, "as": "font", "crossOrigin": "" },
            { "api": "import", "url": url },
            { "api": "eventSource", "url": url, "withCredentials": true, "lastEventId": "7" },
            { "api": "beacon", "url": url, "body": { "type": "text", "text": "a" } },
            { "api": "webSocket", "url": "wss://b.example/x" },
            { "api": "worker", "url": url },
            { "api": "importScripts", "url": url },
            { "api": "iframe", "url": url },
        ]);
        let state = json!({
            "preflightCache": [
                { "key": "https://a.example", "origin": "https://a.example", "url": "https://b.example/", "maxAge": 5.5, "storedAt": 1.5, "credentials": true, "allows": { "method": "PUT" } },
                { "key": "k", "origin": "o", "url": "u", "maxAge": 5.5, "storedAt": 1.5, "credentials": false, "allows": { "headerName": "x-one" } },
                { "key": "k", "origin": "o", "url": "u", "maxAge": 5.5, "storedAt": 1.5, "credentials": false, "allows": "anyMethod" },
                { "key": "k", "origin": "o", "url": "u", "maxAge": 5.5, "storedAt": 1.5, "credentials": false, "allows": "anyHeaderName" },
            ],
            "httpCache": [{ "partition": "p", "url": "https://b.example/", "requestHeaders": headers, "response": answer, "storedAt": 1.25, "storedBy": 3 }],
            "cookies": [{ "name": "n", "value": "v", "domain": "b.example", "hostOnly": false, "path": "/p", "secure": true, "httpOnly": true, "sameSite": "strict", "expiresAt": 9.5, "partition": "https://a.example" }],
            "hsts": [{ "host": "b.example", "includeSubDomains": true }],
        });
        for call in calls.as_array().unwrap() {
            let scenario = json!({
                "version": 1,
                "profile": "webkit",
                "page": {
                    "url": "https://a.example/p", "origin": "https://o.example", "baseUrl": "https://b.example/", "global": "worker",
                    "ancestors": ["https://t.example"], "referrerPolicy": "no-referrer", "embedderPolicy": "credentialless", "contentSecurityPolicy": "default-src *",
                    "upgradeInsecureRequests": true, "acceptLanguage": "de", "noPrompts": true, "thirdPartyCookies": "blocked",
                    "addressSpace": "local", "localNetwork": "denied",
                    "blobs": [{ "url": "blob:https://a.example/1", "mimeType": "text/plain", "length": 5, "otherPartition": true }],
                },
                "fetches": [{
                    "call": call, "at": 1.5, "answers": [answer, { "failure": "clientCertificate" }], "blockedBy": ["integrityPolicy"],
                    "serviceWorker": { "type": "opaque", "status": 206, "headers": headers, "urlList": ["https://b.example/"], "rangeRequested": true },
                    "keepaliveBytesInFlight": 5, "addressSpace": "loopback",
                }],
                "state": state,
            });
            // What serde writes of what it read is what was given, so there is no member above that it passes over.
            let read = agrees::<Scenario>(&scenario).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), scenario);
            without_each_member(&scenario, &mut |scenario| _ = agrees::<Scenario>(scenario));
        }
    }

    /// Calls `check` with `value` for each member anywhere in it, without that member and with another in its place.
    fn without_each_member(value: &Value, check: &mut dyn FnMut(&Value)) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let mut other = members.clone();
                    for instead in [json!("?"), json!(1.5), json!(true), json!({})] {
                        other[name] = instead;
                        check(&Value::Object(other.clone()));
                    }
                    other.remove(name);
                    check(&Value::Object(other.clone()));
                    other.insert("unknown".into(), member.clone());
                    check(&Value::Object(other.clone()));
                    other.remove("unknown");
                    without_each_member(member, &mut |member| {
                        other.insert(name.clone(), member.clone());
                        check(&Value::Object(other.clone()));
                    });
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let mut other = items.clone();
                    without_each_member(item, &mut |item| {
                        other[index] = item.clone();
                        check(&Value::Array(other.clone()));
                    });
                }
            }
            _ => {}
        }
    }
}
