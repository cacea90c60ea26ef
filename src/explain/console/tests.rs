use super::*;
use crate::evaluate;
use crate::scenario::Scenario;

const PAGE: &str = "https://a.example/page";

/// What the browser prints of the last fetch of a scenario, whose page is [`PAGE`].
fn printed(browser: ProfileName, fetches: serde_json::Value) -> Console {
    in_page(browser, serde_json::json!({ "url": PAGE }), fetches)
}

fn in_page(browser: ProfileName, page: serde_json::Value, fetches: serde_json::Value) -> Console {
    let scenario = serde_json::json!({ "profile": browser.as_str(), "page": page, "fetches": fetches });
    let scenario: Scenario = serde_json::from_value(scenario).unwrap();
    let report = evaluate(&scenario).unwrap();
    console(&scenario, &report).pop().unwrap()
}

fn fetch(call: &str, answers: &str) -> serde_json::Value {
    let parse =
        |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")) };
    serde_json::json!([{ "call": parse(call), "answers": parse(answers) }])
}

fn texts(console: &Console) -> Vec<&str> {
    console.lines.iter().map(|line| line.text.as_str()).collect()
}

const GET: &str = r#"{ "api": "fetch", "url": "https://b.example/x" }"#;
const WITH_CREDENTIALS: &str = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "credentials": "include" } }"#;
const XHR: &str = r#"{ "api": "xhr", "url": "https://b.example/x", "withCredentials": true }"#;
const PUT: &str = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "method": "PUT", "headers": [["X-A", "1"]] } }"#;
const SCRIPT: &str = r#"{ "api": "script", "url": "https://b.example/x", "crossOrigin": "" }"#;
const IMG: &str = r#"{ "api": "img", "url": "https://b.example/x", "crossOrigin": "" }"#;
const SAME_ORIGIN: &str = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "mode": "same-origin" } }"#;
const NO_CORS_MANUAL: &str =
    r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "mode": "no-cors", "redirect": "manual" } }"#;
const NO_CORS: &str = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "mode": "no-cors" } }"#;
const REDIRECT_ERROR: &str = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "redirect": "error" } }"#;
const BAD_HEADER: &str = r#"{ "api": "xhr", "url": "/x", "headers": [["Cookie", "a=b"]] }"#;
const INSECURE: &str = r#"{ "api": "fetch", "url": "http://b.example/x" }"#;
const ANY: &str = r#"["Access-Control-Allow-Origin", "*"]"#;

fn answer(status: u16, headers: &str) -> String {
    format!(r#"[{{ "status": {status}, "headers": [{headers}] }}]"#)
}

fn redirect(location: &str, after: &str) -> String {
    let first = format!(r#"{{ "status": 302, "headers": [{ANY}, ["Location", "{location}"]] }}"#);
    format!("[{first}{after}]")
}

#[test]
fn the_standard_prints_nothing() {
    assert_eq!(printed(ProfileName::Spec, fetch(GET, &answer(200, ""))), Console::default());
}

#[test]
fn chromium_says() {
    let at = "Access to fetch at 'https://b.example/x' from origin 'https://a.example' has been blocked by CORS policy: ";
    let fetch_suffix = " Have the server send the header with a valid value.";
    let preflight = format!("{at}Response to preflight request doesn't pass access control check: ");
    let allow = |value: &str| answer(200, &format!(r#"["Access-Control-Allow-Origin", "{value}"]"#));
    let with = |header: &str| answer(200, &format!("{ANY}, {header}"));
    for (call, answers, line, code, parameter) in [
        (GET, answer(404, ""), format!("{at}No 'Access-Control-Allow-Origin' header is present on the requested resource."), "MissingAllowOriginHeader", ""),
        (
            WITH_CREDENTIALS,
            allow("*"),
            format!("{at}The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."),
            "WildcardOriginNotAllowed",
            "",
        ),
        (
            XHR,
            allow("*"),
            "Access to XMLHttpRequest at 'https://b.example/x' from origin 'https://a.example' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.".into(),
            "WildcardOriginNotAllowed",
            "",
        ),
        (GET, allow("https://a.example/"), format!("{at}The 'Access-Control-Allow-Origin' header has a value 'https://a.example/' that is not equal to the supplied origin.{fetch_suffix}"), "AllowOriginMismatch", "https://a.example/"),
        (GET, allow("null"), format!("{at}The 'Access-Control-Allow-Origin' header has a value 'null' that is not equal to the supplied origin.{fetch_suffix}"), "AllowOriginMismatch", "null"),
        (GET, allow("http://a.example%20"), format!("{at}The 'Access-Control-Allow-Origin' header has a value 'http://a.example%20' that is not equal to the supplied origin.{fetch_suffix}"), "AllowOriginMismatch", "http://a.example%20"),
        (GET, allow("*.example"), format!("{at}The 'Access-Control-Allow-Origin' header contains the invalid value '*.example'.{fetch_suffix}"), "InvalidAllowOriginValue", "*.example"),
        (GET, allow("\u{a0}*"), format!("{at}The 'Access-Control-Allow-Origin' header contains the invalid value '\\u00A0*'.{fetch_suffix}"), "InvalidAllowOriginValue", ""),
        (GET, allow("*, *"), format!("{at}The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.{fetch_suffix}"), "MultipleAllowOriginValues", "*, *"),
        (
            SCRIPT,
            allow("x"),
            "Access to script at 'https://b.example/x' from origin 'https://a.example' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header contains the invalid value 'x'.".into(),
            "InvalidAllowOriginValue",
            "x",
        ),
        (
            WITH_CREDENTIALS,
            allow("https://a.example"),
            format!("{at}The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'."),
            "InvalidAllowCredentials",
            "",
        ),
        (
            r#"{ "api": "xhr", "url": "https://u:p@b.example/x" }"#,
            answer(200, ""),
            "Access to XMLHttpRequest at 'https://u:p@b.example/x' from origin 'https://a.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.".into(),
            "MissingAllowOriginHeader",
            "",
        ),
        (PUT, answer(404, ""), format!("{preflight}No 'Access-Control-Allow-Origin' header is present on the requested resource."), "PreflightMissingAllowOriginHeader", ""),
        (PUT, answer(404, ANY), format!("{preflight}It does not have HTTP ok status."), "PreflightInvalidStatus", ""),
        (PUT, redirect("/y", ""), format!("{preflight}Redirect is not allowed for a preflight request."), "PreflightDisallowedRedirect", ""),
        (PUT, with(r#"["Access-Control-Allow-Methods", "P UT"]"#), format!("{at}Cannot parse Access-Control-Allow-Methods response header field in preflight response."), "InvalidAllowMethodsPreflightResponse", ""),
        (PUT, with(r#"["Access-Control-Allow-Headers", "x a"]"#), format!("{at}Cannot parse Access-Control-Allow-Headers response header field in preflight response."), "InvalidAllowHeadersPreflightResponse", ""),
        (PUT, with(r#"["Access-Control-Allow-Methods", "put"]"#), format!("{at}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response."), "MethodDisallowedByPreflightResponse", "PUT"),
        (PUT, with(r#"["Access-Control-Allow-Methods", "PUT"]"#), format!("{at}Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response."), "HeaderDisallowedByPreflightResponse", "x-a"),
        (GET, redirect("https://u@c.example/", ""), format!("{at}Redirect location '' contains a username and password, which is disallowed for cross-origin requests."), "RedirectContainsCredentials", ""),
        (
            GET,
            redirect("foo:bar", ""),
            format!("Access to fetch at 'foo:bar' (redirected from 'https://b.example/x') from origin 'https://a.example' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: {}.", messages::CHROMIUM_SCHEMES),
            "CorsDisabledScheme",
            "",
        ),
    ] {
        let console = printed(ProfileName::Chromium, fetch(call, &answers));
        assert_eq!(texts(&console), [&*line, "Failed to load resource: net::ERR_FAILED"], "{call} {answers}");
        let expected = CorsErrorStatus { code, failed_parameter: parameter.into() };
        assert_eq!(console.cors_error, Some(expected), "{call} {answers}");
    }
}

#[test]
fn chromium_says_one_line_of_other_failures() {
    let insecure = format!(
        "Mixed Content: The page at '{PAGE}' was loaded over HTTPS, but requested an insecure resource 'http://b.example/x'. This request has been blocked; the content must be served over HTTPS."
    );
    for (call, answers, line) in [
        (
            SAME_ORIGIN,
            "[]".into(),
            "Fetch API cannot load https://b.example/x. Request mode is \"same-origin\" but the URL's origin is not same as the request origin https://a.example.",
        ),
        (
            NO_CORS_MANUAL,
            "[]".into(),
            "Fetch API cannot load https://b.example/x. Request mode is \"no-cors\" but the redirect mode is not \"follow\".",
        ),
        (
            r#"{ "api": "fetch", "url": "foo:bar" }"#,
            "[]".into(),
            "Fetch API cannot load foo:bar. URL scheme \"foo\" is not supported.",
        ),
        (r#"{ "api": "fetch", "url": "file:///x" }"#, "[]".into(), "Not allowed to load local resource: file:///x"),
        (INSECURE, "[]".into(), &*insecure),
        (BAD_HEADER, answer(200, ""), "Refused to set unsafe header \"Cookie\""),
        (REDIRECT_ERROR, redirect("/y", ""), "Failed to load resource: net::ERR_FAILED"),
        (GET, redirect("data:,x", ""), "Failed to load resource: net::ERR_UNSAFE_REDIRECT"),
        (GET, redirect("http://", ""), "Failed to load resource: net::ERR_INVALID_REDIRECT"),
        (NO_CORS, redirect("foo:bar", ""), "Failed to load resource: net::ERR_UNKNOWN_URL_SCHEME"),
        (GET, r#"[{ "failure": "refused" }]"#.into(), "Failed to load resource: net::ERR_CONNECTION_REFUSED"),
        (GET, r#"[{ "failure": "nameNotFound" }]"#.into(), "Failed to load resource: net::ERR_NAME_NOT_RESOLVED"),
        (GET, r#"[{ "failure": "closed" }]"#.into(), "Failed to load resource: net::ERR_EMPTY_RESPONSE"),
        (GET, r#"[{ "failure": "connection" }]"#.into(), "Failed to load resource: net::ERR_CONNECTION_FAILED"),
        (GET, r#"[{ "failure": "malformed" }]"#.into(), "Failed to load resource: net::ERR_INVALID_HTTP_RESPONSE"),
        (GET, r#"[{ "failure": "offline" }]"#.into(), "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"),
        (GET, answer(407, ""), "Failed to load resource: net::ERR_UNEXPECTED_PROXY_AUTH"),
        (
            GET,
            answer(200, r#"["Location", "/a"], ["Location", "/b"], ["Content-Disposition", "inline"]"#),
            "Failed to load resource: net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
        ),
        (
            r#"{ "api": "eventSource", "url": "https://b.example/x" }"#,
            answer(200, &format!(r#"{ANY}, ["Content-Type", "text/plain"]"#)),
            "EventSource's response has a MIME type (\"text/plain\") that is not \"text/event-stream\". Aborting the connection.",
        ),
        (
            r#"{ "api": "fetch", "url": "chrome://settings/x" }"#,
            "[]".into(),
            "Fetch API cannot load chrome://settings/x. URL scheme \"chrome\" is not supported.",
        ),
        (
            r#"{ "api": "fetch", "url": "foo://b" }"#,
            "[]".into(),
            "Fetch API cannot load foo://b. URL scheme \"foo\" is not supported.",
        ),
        (
            NO_CORS,
            answer(200, r#"["Cross-Origin-Resource-Policy", "same-origin"]"#),
            "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
        ),
        (
            NO_CORS,
            answer(200, r#"["Cross-Origin-Resource-Policy", "same-site"]"#),
            "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameSite",
        ),
        (
            GET,
            r#"[{ "status": 500, "statusText": "Oops", "headers": [["Access-Control-Allow-Origin", "*"]] }]"#.into(),
            "Failed to load resource: the server responded with a status of 500 (Oops)",
        ),
    ] {
        let console = printed(ProfileName::Chromium, fetch(call, &answers));
        assert_eq!(texts(&console), [line], "{call} {answers}");
        assert_eq!(console.cors_error, None, "{call} {answers}");
    }
}

#[test]
fn chromium_names_the_page_where_the_request_said_null() {
    let second = r#", { "status": 200, "headers": [["Access-Control-Allow-Origin", "https://a.example"]] }"#;
    let console = printed(ProfileName::Chromium, fetch(GET, &redirect("https://c.example/y#f", second)));
    assert_eq!(
        texts(&console)[0],
        "Access to fetch at 'https://c.example/y#f' (redirected from 'https://b.example/x') from origin 'https://a.example' has been \
         blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://a.example' that is not equal to the \
         supplied origin. Have the server send the header with a valid value."
    );
}

#[test]
fn chromium_refuses_to_get_headers() {
    let scenario = serde_json::json!({ "profile": "chromium", "page": { "url": PAGE }, "fetches": fetch(
        r#"{ "api": "xhr", "url": "https://b.example/x" }"#,
        &answer(200, &format!(r#"{ANY}, ["Access-Control-Expose-Headers", "X-One, X-None"], ["X-One", "1"], ["X-Two", "2"], ["Set-Cookie", "a=b"]"#)),
    ) });
    let scenario: Scenario = serde_json::from_value(scenario).unwrap();
    let report = evaluate(&scenario).unwrap();
    for (name, is_refused) in
        [("x-one", false), ("x-none", false), ("Content-Type", false), ("X-Two", true), ("etag", true), ("set-cookie", true)]
    {
        let text = get_response_header(ProfileName::Chromium, &report.fetches[0], name).map(|line| line.text);
        assert_eq!(text, is_refused.then(|| format!("Refused to get unsafe header \"{name}\"")), "{name}");
        assert_eq!(get_response_header(ProfileName::Firefox, &report.fetches[0], name), None);
    }
}

const BLOCKED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ";

fn firefox(reason: &str) -> String {
    format!("{BLOCKED}https://b.example/x. (Reason: {reason}).")
}

#[test]
fn firefox_says() {
    let did_not_succeed = firefox("CORS request did not succeed") + " Status code: (null).";
    let allow = |value: &str| answer(200, &format!(r#"["access-control-allow-origin", "{value}"]"#));
    let with = |header: &str| answer(200, &format!("{ANY}, {header}"));
    let canonical = |value: &str| format!(r#"["Access-Control-Allow-Origin", "{value}"]"#);
    for (call, answers, reason, then) in [
        (GET, answer(404, ""), firefox("CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 404.", 0),
        (GET, allow("*, *"), firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, *’"), 0),
        (GET, allow("\u{ff}"), firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘\u{fffd}’"), 0),
        (
            GET,
            answer(200, &[canonical("*"), canonical("*")].join(",")),
            firefox("Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed"),
            0,
        ),
        (
            WITH_CREDENTIALS,
            allow("*"),
            format!(
                "{BLOCKED}‘https://b.example/x’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."
            ),
            0,
        ),
        (
            WITH_CREDENTIALS,
            allow("https://a.example"),
            firefox("expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’"),
            0,
        ),
        (PUT, answer(404, ""), firefox("CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 404.", 1),
        (PUT, answer(404, ANY), firefox("CORS preflight response did not succeed") + " Status code: 404.", 1),
        (
            PUT,
            with(r#"["Access-Control-Allow-Methods", "PUT, P UT"]"#),
            firefox("invalid token ‘P UT’ in CORS header ‘Access-Control-Allow-Methods’"),
            1,
        ),
        (
            PUT,
            with(r#"["Access-Control-Allow-Headers", "x a"]"#),
            firefox("Did not find method in CORS header ‘Access-Control-Allow-Methods’"),
            1,
        ),
        (
            PUT,
            with(r#"["Access-Control-Allow-Methods", "PUT"], ["Access-Control-Allow-Headers", "x a"]"#),
            firefox("invalid token ‘x a’ in CORS header ‘Access-Control-Allow-Headers’"),
            1,
        ),
        (
            PUT,
            with(r#"["Access-Control-Allow-Methods", "PUT"]"#),
            firefox(
                "header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
            ),
            1,
        ),
        (
            GET,
            r#"[{ "status": 302, "headers": [["Location", "/y"]] }]"#.into(),
            firefox("CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 302.",
            1,
        ),
        (GET, redirect("https://u@c.example/", ""), did_not_succeed.clone(), 0),
        (GET, r#"[{ "status": 302, "headers": [["Location", "data:,x"]] }]"#.into(), did_not_succeed.clone(), 0),
        (GET, r#"[{ "failure": "connection" }]"#.into(), did_not_succeed.clone(), 0),
        (PUT, r#"[{ "failure": "connection" }]"#.into(), did_not_succeed.clone(), 1),
        (INSECURE, "[]".into(), "Blocked loading mixed active content “http://b.example/x”".into(), 0),
    ] {
        let console = printed(ProfileName::Firefox, fetch(call, &answers));
        let mut expected = vec![reason];
        expected.extend((0..then).map(|_| did_not_succeed.clone()));
        assert_eq!(texts(&console), expected, "{call} {answers}");
    }
}

#[test]
fn firefox_says_three_lines_of_a_redirected_preflight() {
    let did_not_succeed = firefox("CORS request did not succeed") + " Status code: (null).";
    let external = firefox("CORS request external redirect not allowed");
    let status = firefox("CORS preflight response did not succeed") + " Status code: 302.";
    let allow =
        |value: &str, to: &str| answer(302, &format!(r#"["Access-Control-Allow-Origin", "{value}"], ["Location", "{to}"]"#));
    let mismatch = firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.example’");
    for (answers, expected) in [
        (allow("*", "/y"), [&external, &status, &did_not_succeed]),
        (allow("https://a.example", "https://c.example/"), [&external, &mismatch, &did_not_succeed]),
        (allow("*", "https://c.example/"), [&external, &status, &did_not_succeed]),
        (
            answer(302, r#"["Location", "/y"]"#),
            [
                &(firefox("CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 302."),
                &did_not_succeed,
                &did_not_succeed,
            ],
        ),
    ] {
        assert_eq!(texts(&printed(ProfileName::Firefox, fetch(PUT, &answers))), expected, "{answers}");
    }
}

#[test]
fn firefox_warns() {
    let call = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "headers": [["Authorization", "x"]], "referrerPolicy": "unsafe-url" } }"#;
    let answers = format!(
        r#"[{{ "status": 204, "headers": [{ANY}, ["Access-Control-Allow-Headers", "*"]] }}, {{ "status": 200, "headers": [{ANY}] }}]"#
    );
    let console = printed(ProfileName::Firefox, fetch(call, &answers));
    assert_eq!(
        texts(&console),
        [
            "Referrer Policy: Ignoring the less restricted referrer policy “unsafe-url” for the cross-site request: https://b.example/x",
            "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at https://b.example/x soon. \
             (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the \
             `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).",
        ]
    );
    assert!(console.lines.iter().all(|line| line.level == ConsoleLevel::Warning));
    assert_eq!(console.exception, None);
}

#[test]
fn webkit_says() {
    let tail = "Fetch API cannot load https://b.example/x due to access control checks.";
    let mismatch =
        |status: u16| format!("Origin https://a.example is not allowed by Access-Control-Allow-Origin. Status code: {status}");
    let wildcard = "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.";
    let denied = |target: &str, inner: &str| {
        format!("Cross-origin redirection to {target} denied by Cross-Origin Resource Sharing policy: {inner}")
    };
    let allow = |value: &str| answer(200, &format!(r#"["Access-Control-Allow-Origin", "{value}"]"#));
    let with = |header: &str| answer(200, &format!("{ANY}, {header}"));
    for (call, answers, lines) in [
        (GET, answer(404, ""), vec![mismatch(404), tail.into()]),
        (GET, allow("*, *"), vec!["Access-Control-Allow-Origin cannot contain more than one origin.".into(), tail.into()]),
        (WITH_CREDENTIALS, allow("*"), vec![wildcard.into(), tail.into()]),
        (XHR, allow("*"), vec![wildcard.into(), "XMLHttpRequest cannot load https://b.example/x due to access control checks.".into()]),
        (
            WITH_CREDENTIALS,
            allow("https://a.example"),
            vec!["Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".".into(), tail.into()],
        ),
        (PUT, answer(404, ""), vec!["Preflight response is not successful. Status code: 404".into(), tail.into()]),
        (PUT, answer(200, ""), vec![mismatch(200), tail.into()]),
        (
            PUT,
            with(r#"["Access-Control-Allow-Methods", "P UT, GET"]"#),
            vec!["Header Access-Control-Allow-Methods has an invalid value: P UT, GET".into(), tail.into()],
        ),
        (
            PUT,
            with(r#"["Access-Control-Allow-Headers", "x a"]"#),
            vec!["Header Access-Control-Allow-Headers has an invalid value: x a".into(), tail.into()],
        ),
        (PUT, answer(200, ANY), vec!["Method PUT is not allowed by Access-Control-Allow-Methods.".into(), tail.into()]),
        (
            PUT,
            with(r#"["Access-Control-Allow-Methods", "PUT"]"#),
            vec!["Request header field X-A is not allowed by Access-Control-Allow-Headers.".into(), tail.into()],
        ),
        (
            r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "headers": [["x-b", "1"], ["cache-control", "no-cache"]] } }"#,
            answer(200, ANY),
            vec!["Request header field Cache-Control is not allowed by Access-Control-Allow-Headers.".into(), tail.into()],
        ),
        (PUT, r#"[{ "failure": "closed" }]"#.into(), vec!["Connection terminated unexpectedly".into(), tail.into()]),
        (PUT, r#"[{ "failure": "malformed" }]"#.into(), vec!["Could not parse HTTP response".into(), tail.into()]),
        (GET, r#"[{ "failure": "closed" }]"#.into(), vec![]),
        (
            GET,
            r#"[{ "status": 302, "headers": [["Location", "https://u@c.example/y"]] }]"#.into(),
            vec![denied("https://c.example/y", &mismatch(302)), tail.into()],
        ),
        (
            GET,
            redirect("https://u@c.example/y", ""),
            vec![denied("https://c.example/y", "redirection URL https://u@c.example/y has credentials"), tail.into()],
        ),
        (
            GET,
            redirect("foo:bar", ""),
            vec![denied("foo:bar", "not allowed to follow a cross-origin CORS redirection with non CORS scheme"), tail.into()],
        ),
        (
            NO_CORS,
            redirect("foo:bar", ""),
            vec![
                format!("[blocked] The page at {PAGE} requested insecure content from foo:bar. This content was blocked and must be served over HTTPS.\n"),
                tail.into(),
            ],
        ),
        (
            NO_CORS,
            redirect("data:,", ""),
            vec![
                "Redirection to URL with a scheme that is not HTTP(S).".into(),
                "Fetch API cannot load data:, due to access control checks.".into(),
            ],
        ),
        (REDIRECT_ERROR, redirect("/y", ""), vec!["Not allowed to follow a redirection while loading https://b.example/x".into(), tail.into()]),
        (SAME_ORIGIN, "[]".into(), vec!["Fetch API cannot load https://b.example/x.".into()]),
        (
            NO_CORS_MANUAL,
            "[]".into(),
            vec!["No-Cors mode requires follow redirect mode".into(), "Not allowed to request resource".into(), tail.into()],
        ),
        (
            NO_CORS,
            answer(200, r#"["Cross-Origin-Resource-Policy", "same-origin"]"#),
            vec!["Cancelled load to https://b.example/x because it violates the resource's Cross-Origin-Resource-Policy response header.".into(), tail.into()],
        ),
        (IMG, answer(200, ""), vec![mismatch(200), "Cannot load image https://b.example/x due to access control checks.".into()]),
        (SCRIPT, answer(200, ""), vec![mismatch(200), "Cross-origin script load denied by Cross-Origin Resource Sharing policy.".into()]),
        (r#"{ "api": "import", "url": "https://b.example/x" }"#, answer(200, ""), vec![mismatch(200)]),
        (
            INSECURE,
            "[]".into(),
            vec![
                format!("[blocked] The page at {PAGE} requested insecure content from http://b.example/x. This content was blocked and must be served over HTTPS.\n"),
                "Not allowed to request resource".into(),
                "Fetch API cannot load http://b.example/x due to access control checks.".into(),
            ],
        ),
        (BAD_HEADER, answer(200, ""), vec!["Refused to set unsafe header \"Cookie\"".into()]),
    ] {
        let console = printed(ProfileName::Webkit, fetch(call, &answers));
        assert_eq!(texts(&console), lines, "{call} {answers}");
    }
}

#[test]
fn script_catches() {
    use ExceptionName::{AbortError, NetworkError, TypeError};
    use ProfileName::{Chromium, Firefox, Webkit};
    let sync = r#"{ "api": "xhr", "url": "https://b.example/x", "sync": true }"#;
    let import = r#"{ "api": "import", "url": "https://b.example/x" }"#;
    let method = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "method": "TRACE" } }"#;
    let init = |init: &str| -> String { format!(r#"{{ "api": "fetch", "url": "https://b.example/x", "init": {{ {init} }} }}"#) };
    let no_cors = &*init(r#""method": "PUT", "mode": "no-cors""#);
    let blank = &*init(r#""method": "P UT""#);
    let only_if_cached = &*init(r#""cache": "only-if-cached""#);
    let edited = r#"{ "api": "fetch", "url": "https://u@b.example/x", "headerEdits": [{ "edit": "delete", "name": "a" }] }"#;
    for (browser, call, answers, name, message) in [
        (Chromium, GET, answer(200, ""), TypeError, "Failed to fetch"),
        (Firefox, GET, answer(200, ""), TypeError, "NetworkError when attempting to fetch resource."),
        (Webkit, GET, answer(200, ""), TypeError, "Load failed"),
        (
            Chromium,
            sync,
            answer(200, ""),
            NetworkError,
            "Failed to execute 'send' on 'XMLHttpRequest': Failed to load 'https://b.example/x'.",
        ),
        (Firefox, sync, answer(200, ""), NetworkError, "A network error occurred."),
        (Webkit, sync, answer(200, ""), NetworkError, " A network error occurred."),
        (Chromium, import, answer(200, ""), TypeError, "Failed to fetch dynamically imported module: https://b.example/x"),
        (Firefox, import, answer(200, ""), TypeError, "error loading dynamically imported module: https://b.example/x"),
        (Chromium, GET, r#"[{ "failure": "aborted" }]"#.into(), AbortError, "signal is aborted without reason"),
        (Firefox, GET, r#"[{ "failure": "aborted" }]"#.into(), AbortError, "The operation was aborted. "),
        (Webkit, GET, r#"[{ "failure": "aborted" }]"#.into(), AbortError, "Fetch is aborted"),
        (Chromium, method, "[]".into(), TypeError, "Failed to execute 'fetch' on 'Window': 'TRACE' HTTP method is unsupported."),
        (Firefox, method, "[]".into(), TypeError, "Window.fetch: Invalid request method TRACE."),
        (Webkit, method, "[]".into(), TypeError, "Method is forbidden."),
        (
            Chromium,
            no_cors,
            "[]".into(),
            TypeError,
            "Failed to execute 'fetch' on 'Window': 'PUT' is unsupported in no-cors mode.",
        ),
        (Firefox, no_cors, "[]".into(), TypeError, "Window.fetch: Invalid request method PUT."),
        (Webkit, no_cors, "[]".into(), TypeError, "Method must be GET, POST or HEAD in no-cors mode."),
        (Chromium, blank, "[]".into(), TypeError, "Failed to execute 'fetch' on 'Window': 'P UT' is not a valid HTTP method."),
        (Firefox, blank, "[]".into(), TypeError, "Window.fetch: Invalid request method P UT."),
        (Webkit, blank, "[]".into(), TypeError, "Method is not a valid HTTP token."),
        (
            Chromium,
            only_if_cached,
            "[]".into(),
            TypeError,
            "Failed to execute 'fetch' on 'Window': 'only-if-cached' can be set only with 'same-origin' mode",
        ),
        (Webkit, only_if_cached, "[]".into(), TypeError, "only-if-cached cache option requires fetch mode to be same-origin."),
        (
            Chromium,
            edited,
            "[]".into(),
            TypeError,
            "Failed to construct 'Request': Request cannot be constructed from a URL that includes credentials: https://u@b.example/x",
        ),
        (
            Firefox,
            edited,
            "[]".into(),
            TypeError,
            "Request constructor: https://u@b.example/x is an url with embedded credentials.",
        ),
        (Webkit, edited, "[]".into(), TypeError, "URL is not valid or contains user credentials."),
    ] {
        let console = printed(browser, fetch(call, &answers));
        let found = console.exception.map(|exception| (exception.name, exception.message));
        assert_eq!(found, Some((name, message.to_owned())), "{browser:?} {call}");
    }
    // WebKit's words about a module are not known.
    assert_eq!(printed(Webkit, fetch(import, &answer(200, ""))).exception, None);
    // An event is fired, and nothing is thrown.
    assert_eq!(printed(Chromium, fetch(XHR, &answer(200, ""))).exception, None);
}

#[test]
fn opaque_pages_are_called_null() {
    let page = serde_json::json!({ "url": PAGE, "origin": "null" });
    let console = in_page(ProfileName::Chromium, page.clone(), fetch(GET, &answer(200, "")));
    assert!(texts(&console)[0].contains(" from origin 'null' has "), "{console:?}");
    let console = in_page(ProfileName::Webkit, page, fetch(GET, &answer(200, "")));
    assert!(texts(&console)[0].starts_with("Origin null is "), "{console:?}");
}

/// What is printed of a fetch that a policy outside of the engine blocks.
fn by_policy(browser: ProfileName, policy: Option<&str>, call: &str) -> Console {
    let call: serde_json::Value = serde_json::from_str(call).unwrap();
    let page = serde_json::json!({ "url": PAGE, "contentSecurityPolicy": policy });
    in_page(browser, page, serde_json::json!([{ "call": call, "blockedBy": ["contentSecurityPolicy"] }]))
}

#[test]
fn content_security_policies_are_named() {
    use ProfileName::{Chromium, Firefox, Webkit};
    const FONT: &str = r#"{ "api": "font", "url": "https://b.example/x" }"#;
    const STYLE: &str = r#"{ "api": "stylesheet", "url": "https://b.example/x" }"#;
    let chromium = |action: &str, directive: &str, fallback: &str| {
        format!(
            "{action} 'https://b.example/x' violates the following Content Security Policy directive: \"{directive}\".{fallback} The action has been blocked."
        )
    };
    let fetch = "Fetch API cannot load https://b.example/x. Refused to connect because it violates the document's Content Security Policy.";
    let falls_back =
        |from: &str, to: &str| format!(" Note that '{from}' was not explicitly set, so '{to}' is used as a fallback.");
    let firefox = |what: &str, done: &str, directive: &str| {
        format!(
            "Content-Security-Policy: The page’s settings blocked {what} at https://b.example/x{done} because it violates the following directive: “{directive}”"
        )
    };
    let resource = |effective: &str, directive: &str| firefox(&format!("the loading of a resource ({effective})"), "", directive);
    let webkit = |action: &str, effective: &str| {
        format!(
            "Refused to {action} https://b.example/x because it does not appear in the {effective} directive of the Content Security Policy."
        )
    };
    let by_default = "Refused to connect to https://b.example/x because it appears in neither the connect-src directive nor the default-src directive of the Content Security Policy.";
    let own = "connect-src 'self'";
    let default = "default-src 'self'";
    for (browser, policy, call, expected) in [
        (Chromium, own, GET, vec![chromium("Connecting to", own, ""), fetch.into()]),
        (Chromium, own, XHR, vec![chromium("Connecting to", own, "")]),
        (
            Chromium,
            default,
            GET,
            vec![chromium("Connecting to", default, &falls_back("connect-src", "default-src")), fetch.into()],
        ),
        (Chromium, "img-src 'self'", IMG, vec![chromium("Loading the image", "img-src 'self'", "")]),
        (
            Chromium,
            "script-src 'self'",
            SCRIPT,
            vec![chromium("Loading the script", "script-src 'self'", &falls_back("script-src-elem", "script-src"))],
        ),
        (
            Chromium,
            "style-src 'self'",
            STYLE,
            vec![chromium("Loading the stylesheet", "style-src 'self'", &falls_back("style-src-elem", "style-src"))],
        ),
        (Chromium, "font-src 'self'", FONT, vec![chromium("Loading the font", "font-src 'self'", "")]),
        (Firefox, own, GET, vec![resource("connect-src", own)]),
        (Firefox, default, XHR, vec![resource("connect-src", default)]),
        (Firefox, "img-src 'self'", IMG, vec![resource("img-src", "img-src 'self'")]),
        (
            Firefox,
            "script-src 'self'",
            SCRIPT,
            vec![firefox("a script (script-src-elem)", " from being executed", "script-src 'self'")],
        ),
        (
            Firefox,
            "style-src 'self'",
            STYLE,
            vec![firefox("a style (style-src-elem)", " from being applied", "style-src 'self'")],
        ),
        (Webkit, own, GET, vec![webkit("connect to", "connect-src")]),
        (Webkit, default, GET, vec![by_default.into()]),
        (
            Webkit,
            default,
            SCRIPT,
            vec!["Refused to load https://b.example/x because it appears in neither the script-src directive nor the default-src directive of the Content Security Policy.".into()],
        ),
        (Webkit, "script-src 'self'", SCRIPT, vec![webkit("load", "script-src")]),
        (Webkit, "style-src 'self'", STYLE, vec![webkit("load", "style-src")]),
    ] {
        let console = by_policy(browser, Some(policy), call);
        assert_eq!(
            (texts(&console), &console.not_modelled),
            (expected.iter().map(String::as_str).collect(), &vec![]),
            "{browser:?} {policy} {call}"
        );
    }
    // Where the policy is not known, its line is said to be missing.
    for (browser, expected) in [(Chromium, vec![fetch]), (Firefox, vec![]), (Webkit, vec![])] {
        let console = by_policy(browser, None, GET);
        assert_eq!((texts(&console), &console.not_modelled), (expected, &vec![NotModelled::PolicyDirective]), "{browser:?}");
    }
}

#[test]
fn resource_policies_are_named() {
    use ProfileName::{Chromium, Firefox, Webkit};
    let firefox = "The resource at “https://b.example/x” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#";
    let cancelled =
        "Cancelled load to https://b.example/x because it violates the resource's Cross-Origin-Resource-Policy response header.";
    let tail = "Fetch API cannot load https://b.example/x due to access control checks.";
    let chromium = |reason: &str| format!("Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.{reason}");
    let policy = |value: &str| answer(200, &format!(r#"["Cross-Origin-Resource-Policy", "{value}"]"#));
    let redirect = r#"[{ "status": 302, "headers": [["Cross-Origin-Resource-Policy", "same-origin"], ["Location", "https://c.example/"]] }]"#;
    // A URL of more than 1024 characters loses its middle.
    for (length, shown) in [(1024, 1024), (1025, 1024), (1030, 1024)] {
        let path: String = (0..length - "https://b.example/".len()).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
        let url = format!("https://b.example/{path}");
        let call = format!(r#"{{ "api": "fetch", "url": "{url}", "init": {{ "mode": "no-cors" }} }}"#);
        let console = printed(Webkit, fetch(&call, &policy("same-origin")));
        let named = match length == shown {
            true => url.clone(),
            false => [&url[..511], "...", &url[length - 510..]].concat(),
        };
        assert_eq!(named.len(), shown);
        assert_eq!(texts(&console)[0], cancelled.replace("https://b.example/x", &named), "{length}");
    }
    let denied =
        format!("Cross-origin redirection to https://c.example/ denied by Cross-Origin Resource Sharing policy: {cancelled}");
    for (embedder, answers, expected) in [
        (
            "unsafe-none",
            policy("same-origin"),
            [vec![chromium("NotSameOrigin")], vec![firefox.into()], vec![cancelled.into(), tail.into()]],
        ),
        (
            "unsafe-none",
            policy("same-site"),
            [vec![chromium("NotSameSite")], vec![firefox.into()], vec![cancelled.into(), tail.into()]],
        ),
        (
            "require-corp",
            answer(200, ""),
            [
                vec![chromium("NotSameOriginAfterDefaultedToSameOriginByCoep")],
                vec![firefox.into()],
                vec![cancelled.into(), tail.into()],
            ],
        ),
        (
            "unsafe-none",
            redirect.into(),
            [vec![chromium("NotSameOrigin")], vec![firefox.into()], vec![denied.clone(), tail.into()]],
        ),
    ] {
        for (browser, expected) in [Chromium, Firefox, Webkit].into_iter().zip(expected) {
            let page = serde_json::json!({ "url": PAGE, "embedderPolicy": embedder });
            let console = in_page(browser, page, fetch(NO_CORS, &answers));
            assert_eq!(texts(&console), expected, "{browser:?} {embedder} {answers}");
        }
    }
    // A worker is told nothing in Firefox.
    let page = serde_json::json!({ "url": PAGE, "global": "worker" });
    assert_eq!(texts(&in_page(Firefox, page, fetch(NO_CORS, &policy("same-origin")))), Vec::<&str>::new());
}

#[test]
fn local_networks_are_named() {
    use ProfileName::{Chromium, Firefox};
    let blocked = |url: &str, page: &str, why: &str| {
        format!("Access to fetch at '{url}' from origin '{page}' has been blocked by CORS policy: {why}")
    };
    let failed = "Failed to load resource: net::ERR_FAILED";
    let did_not_succeed = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://10.0.0.1/. (Reason: CORS request did not succeed). Status code: (null).";
    let denied = |space: &str| format!("Permission was denied for this request to access the `{space}` address space.");
    let insecure = |space: &str| {
        format!("The request client is not a secure context and the resource is in more-private address space `{space}`.")
    };
    for (browser, page, url, init, lines, code, not_modelled) in [
        (
            Chromium,
            "https://a.example",
            "https://127.0.0.1/",
            "{}",
            vec![blocked("https://127.0.0.1/", "https://a.example", &denied("loopback")), failed.into()],
            Some("LocalNetworkAccessPermissionDenied"),
            vec![],
        ),
        (
            Chromium,
            "http://a.example",
            "http://10.0.0.1/",
            r#"{ "mode": "no-cors" }"#,
            vec![blocked("http://10.0.0.1/", "http://a.example", &insecure("local")), failed.into()],
            Some("InsecureLocalNetwork"),
            vec![],
        ),
        (
            Firefox,
            "http://a.example",
            "http://10.0.0.1/",
            "{}",
            vec![did_not_succeed.into()],
            None,
            vec![NotModelled::LocalNetworkAddress],
        ),
        (
            Firefox,
            "http://a.example",
            "http://10.0.0.1/",
            r#"{ "method": "PUT" }"#,
            vec![did_not_succeed.into(), did_not_succeed.into()],
            None,
            vec![],
        ),
        (
            Firefox,
            "http://a.example",
            "http://10.0.0.1/",
            r#"{ "mode": "no-cors" }"#,
            vec![],
            None,
            vec![NotModelled::LocalNetworkAddress],
        ),
    ] {
        let init: serde_json::Value = serde_json::from_str(init).unwrap();
        let scenario = serde_json::json!([{ "call": { "api": "fetch", "url": url, "init": init } }]);
        let console = in_page(browser, serde_json::json!({ "url": page, "localNetwork": "denied" }), scenario);
        let found = (texts(&console), console.cors_error.as_ref().map(|error| error.code), &console.not_modelled);
        assert_eq!(found, (lines.iter().map(String::as_str).collect(), code, &not_modelled), "{browser:?} {page} {url} {init}");
    }
}

#[test]
fn firefox_logs_what_is_let_inside() {
    let call = serde_json::json!([{ "call": { "api": "fetch", "url": "http://10.0.0.1/" }, "answers": [{ "status": 200 }] }]);
    for (page, global, permission, expected) in [
        ("http://a.example", "window", "granted", vec![NotModelled::LocalNetworkAddress]),
        ("http://a.example", "worker", "granted", vec![]),
        ("http://a.example", "window", "unknown", vec![]),
        ("http://10.0.0.2", "window", "granted", vec![]),
    ] {
        let page = serde_json::json!({ "url": page, "global": global, "localNetwork": permission });
        let console = in_page(ProfileName::Firefox, page.clone(), call.clone());
        assert_eq!(console.not_modelled, expected, "{page}");
    }
}

#[test]
fn what_is_not_modelled_is_said() {
    for (missing, text) in [
        (
            NotModelled::PolicyDirective,
            "Not modelled: a line that names the directive of the Content Security Policy. The policy is not known.",
        ),
        (
            NotModelled::LocalNetworkAddress,
            "Not modelled: a line that names the address on the local network, which is not known.",
        ),
        (NotModelled::Digest, "Not modelled: a line that names the digest of the content, which is not known."),
    ] {
        assert_eq!(missing.text(), text);
    }
    let call = r#"{ "api": "fetch", "url": "https://b.example/x", "init": { "integrity": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" } }"#;
    let answers = format!(r#"[{{ "status": 200, "headers": [{ANY}], "integrityMatches": false }}]"#);
    for (browser, expected) in [
        (ProfileName::Chromium, vec![NotModelled::Digest]),
        (ProfileName::Firefox, vec![NotModelled::Digest]),
        (ProfileName::Webkit, vec![]),
    ] {
        assert_eq!(printed(browser, fetch(call, &answers)).not_modelled, expected, "{browser:?}");
    }
}

/// Mixed content is looked for before the port, and before the origin.
#[test]
fn mixed_content_at_a_bad_port_is_mixed_content() {
    use ProfileName::{Chromium, Firefox, Webkit};
    let url = "http://b.example:6667/x";
    let bad_port = format!(r#"{{ "api": "fetch", "url": "{url}" }}"#);
    let same_origin = r#"{ "api": "fetch", "url": "http://b.example/x", "init": { "mode": "same-origin" } }"#;
    for (browser, call, expected) in [
        (
            Chromium,
            &*bad_port,
            vec![format!(
                "Mixed Content: The page at '{PAGE}' was loaded over HTTPS, but requested an insecure resource '{url}'. This request has been blocked; the content must be served over HTTPS."
            )],
        ),
        (Firefox, &bad_port, vec![format!("Blocked loading mixed active content “{url}”")]),
        // What may not leave the origin anyway.
        (Firefox, same_origin, vec![]),
    ] {
        assert_eq!(texts(&printed(browser, fetch(call, "[]"))), expected, "{browser:?} {call}");
    }
    // What is on this machine is not mixed content, but its port is bad.
    let call = r#"{ "api": "fetch", "url": "http://localhost:6667/x" }"#;
    assert_eq!(texts(&printed(Chromium, fetch(call, "[]"))), ["Failed to load resource: net::ERR_UNSAFE_PORT"]);
    let call = r#"{ "api": "beacon", "url": "http://b.example/x" }"#;
    let expected = [
        &*format!(
            "[blocked] The page at {PAGE} requested insecure content from http://b.example/x. This content was blocked and must be served over HTTPS.\n"
        ),
        "Beacon API cannot load http://b.example/x. Not allowed to request resource",
    ];
    assert_eq!(texts(&printed(Webkit, fetch(call, "[]"))), expected);
}

/// A policy upgrades the URL of a redirect before its user name is looked at.
#[test]
fn firefox_upgrades_what_it_refuses_for_its_user_name() {
    let upgrade = "Content-Security-Policy: Upgrading insecure request ‘http://u@a.example/y’ to use ‘https’";
    let lost = |url: &str| {
        format!(
            "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. \
             (Reason: CORS request did not succeed). Status code: (null)."
        )
    };
    // As in own/upgrade-userinfo.
    for (upgrades, location, expected) in [
        (true, "http://u@a.example/y", vec![upgrade.to_owned(), lost("http://u@a.example/y")]),
        (true, "http://u@b.example/y", vec![lost("https://b.example/x")]),
        (true, "https://u@a.example/y", vec![lost("https://b.example/x")]),
    ] {
        let page = serde_json::json!({ "url": PAGE, "upgradeInsecureRequests": upgrades });
        let console = in_page(ProfileName::Firefox, page, fetch(GET, &redirect(location, "")));
        assert_eq!(texts(&console), expected, "{upgrades} {location}");
    }
}

#[test]
fn webkit_says_of_event_sources_and_beacons() {
    let event_source = r#"{ "api": "eventSource", "url": "https://b.example/x" }"#;
    let answers = answer(200, &format!(r#"{ANY}, ["Content-Type", "text/plain"]"#));
    assert_eq!(
        texts(&printed(ProfileName::Webkit, fetch(event_source, &answers))),
        ["EventSource's response has a MIME type (\"text/plain\") that is not \"text/event-stream\". Aborting the connection."]
    );
    let beacon = r#"{ "api": "beacon", "url": "https://b.example/x" }"#;
    assert_eq!(texts(&printed(ProfileName::Webkit, fetch(beacon, r#"[{ "failure": "refused" }]"#))), [""; 0]);
}

#[test]
fn firefox_ignores_policies_of_channels_that_have_a_referrer() {
    let call = |url: &str, mode: &str| {
        format!(r#"{{ "api": "fetch", "url": "{url}", "init": {{ "mode": "{mode}", "referrerPolicy": "unsafe-url" }} }}"#)
    };
    let to = |url: &str, header: &str| format!(r#"{{ "status": 302, "headers": [["Location", "{url}"], {header}] }}"#);
    let from_page = call("/x", "cors");
    let port = to("https://b.example:6667/y", ANY);
    let there = to("https://b.example/y", ANY);
    let then = format!(r#"{there}, {{ "status": 200, "headers": [{ANY}] }}"#);
    let many = format!("{}{there}", [to("/x", ANY), ", ".into()].concat().repeat(20));
    let corp = to("https://b.example/y", r#"["Cross-Origin-Resource-Policy", "same-origin"]"#);
    for (global, call, answers, expected) in [
        ("window", &from_page, &then, 2),
        // A worker has none of its own, but leaves its site: own/policy-of-redirect/worker-A.
        ("worker", &from_page, &then, 1),
        // A channel that is refused has been given its referrer all the same: own/policy-refused/port-S-6667-page.
        ("window", &from_page, &port, 2),
        ("worker", &from_page, &port, 1),
        // Redirects are counted before the document's referrer is looked for: own/limit-policy/last-fetch.
        ("window", &from_page, &many, 1),
        // So is the origin: own/policy-refused/same-origin-S-T-asked-page.
        ("window", &call("/x", "same-origin"), &there, 1),
        // There is no channel yet, and one line of the first request: own/corp-policy/BC-asked-fetch.
        ("window", &call("https://b.example/x", "no-cors"), &corp, 1),
    ] {
        let page = serde_json::json!({ "url": PAGE, "global": global });
        let console = in_page(ProfileName::Firefox, page, fetch(call, &format!("[{answers}]")));
        let found = texts(&console).into_iter().filter(|text| text.starts_with("Referrer Policy: ")).count();
        assert_eq!(found, expected, "{global} {call} {answers}");
    }
}

#[test]
fn firefox_warns_of_a_wildcard_that_it_has_come_to() {
    let call = |method: &str| {
        format!(
            r#"{{ "api": "fetch", "url": "https://b.example/x", "init": {{ "method": "{method}", "headers": [["Authorization", "x"]] }} }}"#
        )
    };
    let preflight = format!(r#"{{ "status": 204, "headers": [{ANY}, ["Access-Control-Allow-Headers", "*"]] }}"#);
    for (method, answers, expected) in [
        // The method is looked at before.
        ("PUT", format!("[{preflight}]"), false),
        ("GET", format!(r#"[{preflight}, {{ "status": 200 }}]"#), true),
    ] {
        let console = printed(ProfileName::Firefox, fetch(&call(method), &answers));
        let found = texts(&console).into_iter().any(|text| text.starts_with("Cross-Origin Request Warning: "));
        assert_eq!(found, expected, "{method} {console:?}");
    }
}

#[test]
fn what_requests_are_called() {
    let preload = |destination: &str| -> crate::scenario::Call {
        serde_json::from_value(serde_json::json!({ "api": "preload", "url": "/", "as": destination })).unwrap()
    };
    for (destination, kind) in [
        ("image", "image"),
        ("script", "script"),
        ("style", "CSS stylesheet"),
        ("font", "font"),
        ("track", "text track"),
        ("Font", "font"),
        ("fetch", "link element resource"),
    ] {
        assert_eq!(messages::chromium_kind(&preload(destination)), kind, "{destination}");
    }
    for (directive, action) in [
        ("connect-src", "Connecting to"),
        ("font-src", "Loading the font"),
        ("frame-src", "Framing"),
        ("img-src", "Loading the image"),
        ("media-src", "Loading media from"),
        ("script-src-elem", "Loading the script"),
        ("style-src-elem", "Loading the stylesheet"),
        ("worker-src", "Creating a worker from"),
    ] {
        assert_eq!(messages::chromium_action(directive), action, "{directive}");
    }
}

#[test]
fn every_message_is_there_once() {
    let keys: std::collections::BTreeSet<_> = MESSAGES.iter().map(|message| (message.browser.as_str(), message.id)).collect();
    assert_eq!((MESSAGES.len(), keys.len()), (MESSAGES.len(), MESSAGES.len()));
    assert!(MESSAGES.len() >= 173, "{}", MESSAGES.len());
    for message in MESSAGES {
        let template = message.template();
        assert!(!template.is_empty() && template.matches('{').count() == template.matches('}').count(), "{template}");
    }
}
