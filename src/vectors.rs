//! Runs the leaf rows of `tests/vectors/`: one algorithm, an input, and what comes out.

use std::net::IpAddr;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use crate::cors::expose::Exposure;
use crate::cors::preflight_cache::{self, CacheEntry, Lookup};
use crate::cors::safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names};
use crate::fetch::environment::Environment;
use crate::fetch::metadata::append_fetch_metadata;
use crate::fetch::referrer::{determine_referrer, referrer_policy_on_redirect};
use crate::fetch::secure::{blocked_as_mixed_content, upgrade_insecure_request, upgrade_mixed_content};
use crate::http::blocking::{check_mime_type, check_nosniff};
use crate::http::extract::{extract_digits, extract_mime_type, extract_tokens};
use crate::http::header_list::{Header, HeaderList, get_decode_split};
use crate::http::headers_guard::{Guard, HeaderError, Headers, is_no_cors_safelisted};
use crate::http::method;
use crate::http::modes::{CredentialsMode, Destination, ReferrerPolicy, RequestMode};
use crate::http::request::{Initiator, Referrer, Request};
use crate::http::request_header::is_forbidden_request_header;
use crate::http::response::{Location, Response};
use crate::infra::address_space::IpAddressSpace;
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::infra::mime::MimeType;
use crate::infra::origin::Origin;
use crate::infra::port::is_bad_port;
use crate::infra::range::{Digits, Whitespace, parse_single_range};
use crate::profile::SPEC;
use crate::scenario::Page;

#[test]
fn leaf_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut ran = 0;
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for row in rows.iter().filter(|row| row.get("algorithm").is_some()) {
            ran += 1;
            let found = run(row["algorithm"].as_str().unwrap(), &row["input"]);
            if found != row["expect"] {
                let (name, algorithm, expected) = (&row["name"], &row["algorithm"], &row["expect"]);
                failures.push(format!("{}, {name} ({algorithm})\n    expected {expected}\n    found    {found}", file.display()));
            }
        }
    }
    assert!(ran > 0, "there are leaf rows");
    assert!(failures.is_empty(), "{} of {ran} leaf rows:\n{}", failures.len(), failures.join("\n"));
}

/// What `algorithm` makes of `input`, in the words of the vectors.
fn run(algorithm: &str, input: &Value) -> Value {
    match algorithm {
        "getDecodeSplit" => get_decode_split(&lines("A", input), b"A").into(),
        "extractHeaderListValues" => extract_header_list_values(input),
        "parseSingleRange" => single_range(input),
        "parseMimeType" => MimeType::parse(bytes(&input["value"]).as_bytes()).map_or("failure".into(), mime_type),
        "extractMimeType" => extract_mime_type(&lines("Content-Type", input)).map_or("failure".into(), mime_type),
        "blockedByMimeType" => check_mime_type(read(&input["destination"]), &headers(&input["headers"])).is_err().into(),
        "blockedByNosniff" => check_nosniff(read(&input["destination"]), &headers(&input["headers"])).is_err().into(),
        "normalizeMethod" => text(&method::normalize(bytes(&input["method"]).as_bytes())),
        "corsSafelistedRequestHeader" => safelisted(input),
        "corsUnsafeRequestHeaderNames" => {
            let names = cors_unsafe_request_header_names(SPEC, &headers(&input["headers"]));
            names.iter().map(ByteString::to_string).collect()
        }
        "noCorsSafelistedRequestHeader" => {
            is_no_cors_safelisted(SPEC, bytes(&input["name"]).as_bytes(), bytes(&input["value"]).as_bytes()).into()
        }
        "forbiddenRequestHeader" => {
            is_forbidden_request_header(SPEC, bytes(&input["name"]).as_bytes(), bytes(&input["value"]).as_bytes()).into()
        }
        "corsSafelistedResponseHeaderName" => safelisted_response_header_name(input),
        "headersAppend" | "headersSet" | "headersDelete" => edited_headers(algorithm, input),
        "origin" => {
            let url: Url = read(&input["url"]);
            let (first, second) = (Origin::of_url(&url), Origin::of_url(&url));
            json!({ "serialized": first.serialize(), "sameOriginWithItself": first.same_origin(&second) })
        }
        "sameSite" => {
            let (a, b) = (origin(&input["a"]), origin(&input["b"]));
            assert_eq!((a.same_site(&b), a.schemelessly_same_site(&b)), (b.same_site(&a), b.schemelessly_same_site(&a)));
            json!({ "sameSite": a.same_site(&b), "schemelesslySameSite": a.schemelessly_same_site(&b) })
        }
        "potentiallyTrustworthy" => origin(&input["origin"]).is_potentially_trustworthy().into(),
        "redirectTaint" => json!(request_over(input).redirect_taint()),
        "blockBadPort" => {
            let (from, to): (u16, u16) = (read(&input["from"]), read(&input["to"]));
            (from..=to).filter(|&port| is_bad_port(port)).collect()
        }
        "ipAddressSpace" => match IpAddressSpace::of(read::<IpAddr>(&input["address"])) {
            IpAddressSpace::Loopback => "loopback".into(),
            IpAddressSpace::Local => "local".into(),
            IpAddressSpace::Public => "public".into(),
        },
        "locationUrl" => location_url(input),
        "referrerPolicyOnRedirect" => {
            referrer_policy_on_redirect(&lines("Referrer-Policy", input)).map(ReferrerPolicy::as_str).into()
        }
        "determineReferrer" => with_page(input, |environment, request| match determine_referrer(environment, request) {
            Referrer::Url(url) => url.as_str().into(),
            Referrer::NoReferrer | Referrer::Client => Value::Null,
        }),
        "upgradeInsecureRequest" => {
            with_page(input, |environment, request| upgrade_insecure_request(&environment.security, request).into())
        }
        "upgradeMixedContent" => {
            with_page(input, |environment, request| upgrade_mixed_content(&environment.security, request).into())
        }
        "blockMixedContent" => {
            with_page(input, |environment, request| blocked_as_mixed_content(&environment.security, request).into())
        }
        "fetchMetadata" => {
            let mut request = request_over(input);
            request.mode = read::<RequestMode>(&input["mode"]);
            request.destination = read(&input["destination"]);
            append_fetch_metadata(&mut request);
            json!(request.header_list)
        }
        "cacheEntryMatch" | "methodCacheEntryMatch" | "headerNameCacheEntryMatch" | "createCacheEntry" => preflight_cache(input),
        _ => panic!("no leaf algorithm `{algorithm}`: add it to the match"),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn bytes(value: &Value) -> ByteString {
    read(value)
}

fn text(bytes: &[u8]) -> Value {
    isomorphic_decode(bytes).into()
}

fn headers(value: &Value) -> HeaderList {
    read(value)
}

fn origin(value: &Value) -> Origin {
    Origin::parse(value.as_str().unwrap()).unwrap()
}

/// One header line called `name` for each of the input's lines.
fn lines(name: &str, input: &Value) -> HeaderList {
    let lines: Vec<ByteString> = read(&input["lines"]);
    lines.into_iter().map(|value| Header(name.as_bytes().into(), value)).collect::<Vec<_>>().into()
}

fn extract_header_list_values(input: &Value) -> Value {
    let name = input["name"].as_str().unwrap();
    let list = lines(name, input);
    if name == "Access-Control-Max-Age" {
        return extract_digits(&list, name.as_bytes()).map_or("failure".into(), Value::from);
    }
    match extract_tokens(&list, name.as_bytes()) {
        Err(_) => "failure".into(),
        Ok(None) => Value::Null,
        Ok(Some(tokens)) => tokens.iter().map(|token| text(token.bytes)).collect(),
    }
}

fn single_range(input: &Value) -> Value {
    let value = bytes(&input["value"]);
    let whitespace = if read(&input["allowWhitespace"]) { Whitespace::Allow } else { Whitespace::Refuse };
    match parse_single_range(value.as_bytes(), whitespace) {
        None => Value::Null,
        Some(range) => [range.start, range.end].map(|digits| digits.map(Digits::saturating)).to_vec().into(),
    }
}

fn mime_type(mime_type: MimeType) -> Value {
    json!({ "essence": mime_type.essence(), "charset": mime_type.parameter("charset") })
}

/// Why a header is not safelisted, or null; or every byte that is unsafe in the middle of a value.
fn safelisted(input: &Value) -> Value {
    let name = bytes(&input["name"]);
    if input["everyByte"] == true {
        let is_unsafe = |byte: &u8| cors_safelisted_request_header(SPEC, name.as_bytes(), &[b'a', *byte, b'a']).is_err();
        return (0..=u8::MAX).filter(is_unsafe).collect();
    }
    json!(cors_safelisted_request_header(SPEC, name.as_bytes(), bytes(&input["value"]).as_bytes()).err())
}

/// Whether a name is a [CORS-safelisted response-header name](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name)
/// where the answer exposes these.
fn safelisted_response_header_name(input: &Value) -> Value {
    let exposed: Vec<String> = read(&input["exposed"]);
    let expose = Header(b"Access-Control-Expose-Headers".into(), exposed.join(",").into_bytes().into());
    let answer = HeaderList::from(vec![expose]);
    let exposure = Exposure::of(&answer, CredentialsMode::SameOrigin);
    exposure.visibility(bytes(&input["name"]).as_bytes()).is_readable().into()
}

/// The headers after an edit, or which check threw.
fn edited_headers(algorithm: &str, input: &Value) -> Value {
    let guard = match input["guard"].as_str() {
        Some("none") => Guard::None,
        Some("request") => Guard::Request,
        Some("request-no-cors") => Guard::RequestNoCors,
        Some("response") => Guard::Response,
        Some("immutable") => Guard::Immutable,
        guard => panic!("no guard {guard:?}"),
    };
    let mut edited = Headers::new(guard, headers(&input["headers"]));
    let arguments: Vec<ByteString> = read(&input["arguments"]);
    let result = match (algorithm, &arguments[..]) {
        ("headersAppend", [name, value]) => edited.append(name.as_bytes(), value.as_bytes()),
        ("headersSet", [name, value]) => edited.set(name.as_bytes(), value.as_bytes()),
        ("headersDelete", [name]) => edited.delete(name.as_bytes()),
        _ => panic!("{algorithm} with {arguments:?}"),
    };
    match result {
        Ok(_) => json!({ "headers": edited.list() }),
        Err(HeaderError::Name) => json!({ "throws": "headerName" }),
        Err(HeaderError::Value) => json!({ "throws": "headerValue" }),
        Err(HeaderError::Immutable) => json!({ "throws": "immutable" }),
    }
}

/// A request that went over the input's URLs.
fn request_over(input: &Value) -> Request {
    let mut urls = read::<Vec<Url>>(&input["urls"]).into_iter();
    let mut request = Request::new(urls.next().unwrap(), origin(&input["origin"]));
    urls.for_each(|url| request.redirect_to(url));
    request
}

fn location_url(input: &Value) -> Value {
    let values: Vec<ByteString> = read(&input["location"]);
    let location: Vec<Header> = values.into_iter().map(|value| Header(b"Location".into(), value)).collect();
    let mut response = Response::local(302, b"", location.into());
    response.url_list = vec![read(&input["url"])].into();
    match response.location_url(SPEC, input["fragment"].as_str()) {
        Location::Null => Value::Null,
        Location::Failure(_) => "failure".into(),
        Location::Url(url) => url.as_str().into(),
    }
}

/// Runs `algorithm` for a request of the input's page.
fn with_page(input: &Value, algorithm: impl Fn(&Environment<'_>, &Request) -> Value) -> Value {
    let page: Page = read(&input["page"]);
    let environment = Environment::new(&page, SPEC).unwrap();
    let mut request = Request::new(read(&input["url"]), environment.origin.clone());
    if let Some(policy) = input["policy"].as_str() {
        request.referrer_policy = ReferrerPolicy::parse(policy).unwrap();
    }
    if let Some(destination) = input["destination"].as_str() {
        request.destination = Destination::parse(destination).unwrap();
    }
    if input["srcset"] == true {
        request.initiator = Initiator::ImageSet;
    }
    algorithm(&environment, &request)
}

/// Whether a method or a header name is in the cache; or the cache after methods and names were stored in it.
fn preflight_cache(input: &Value) -> Value {
    let mut entries: Vec<CacheEntry> = read(&input["entries"]);
    let lookup = Lookup {
        profile: SPEC,
        key: input["key"].as_str().unwrap(),
        origin: input["origin"].as_str().unwrap(),
        url: input["url"].as_str().unwrap(),
        credentials: read::<CredentialsMode>(&input["credentials"]),
        now: read(&input["now"]),
    };
    if let Some(method) = input.get("method") {
        return preflight_cache::method_match(&entries, &lookup, bytes(method).as_bytes()).into();
    }
    if let Some(name) = input.get("headerName") {
        return preflight_cache::header_name_match(&entries, &lookup, bytes(name).as_bytes()).into();
    }
    let [methods, names]: [Vec<ByteString>; 2] = [read(&input["methods"]), read(&input["headerNames"])];
    let bytes_of = |list: &'_ [ByteString]| list.iter().map(|item| item.as_bytes().to_vec()).collect::<Vec<_>>();
    let (methods, names) = (bytes_of(&methods), bytes_of(&names));
    let (methods, names) = (methods.iter().map(Vec::as_slice), names.iter().map(Vec::as_slice));
    preflight_cache::store(&mut entries, &lookup, read(&input["maxAge"]), methods, names);
    whole_numbers(json!(entries))
}

/// Times are floating-point numbers in the engine, and whole ones in the vectors.
fn whole_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 => (float as i64).into(),
            _ => number.into(),
        },
        Value::Array(values) => values.into_iter().map(whole_numbers).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, whole_numbers(value))).collect(),
        value => value,
    }
}
