use super::texts::LeadText;
use super::*;
use crate::explain::console::{MESSAGES, recognise};

const CHROMIUM: &str =
    "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: ";
const PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";
const FIREFOX: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/me. (Reason: ";
const FIREFOX_NO_ANSWER: &str = "\nCross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/me. (Reason: CORS request did not succeed). Status code: (null).";
const WEBKIT: &str = "\nFetch API cannot load https://api.example/me due to access control checks.";

/// A text, the causes of what it says, and the start of the command.
struct Row(String, &'static [&'static str], Option<&'static str>);

fn chromium(rest: &str) -> String {
    [CHROMIUM, rest].concat()
}

fn preflight(rest: &str) -> String {
    [CHROMIUM, PREFLIGHT, rest].concat()
}

fn firefox(rest: &str) -> String {
    [FIREFOX, rest].concat()
}

const GET: Option<&str> = Some("curl -i https://api.example/me \\\n  -H 'Origin: https://app.example'");
const OPTIONS: Option<&str> = Some(
    "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
     -H 'Access-Control-Request-Method: POST' \\\n  -H 'Access-Control-Request-Headers: content-type'",
);

fn rows() -> Vec<Row> {
    let no_allow_origin = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let net = |error: &str| format!("Failed to load resource: net::{error}");
    let firefox_missing =
        |status: &str| firefox(&format!("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: {status}."));
    let header = |name: &str| {
        chromium(&format!("Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight response."))
    };
    let method =
        |name: &str| chromium(&format!("Method {name} is not allowed by Access-Control-Allow-Methods in preflight response."));
    let mismatch = |value: &str| {
        chromium(&format!(
            "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin."
        ))
    };
    let several = |value: &str| {
        chromium(&format!(
            "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed."
        ))
    };
    let credentials = |value: &str| {
        chromium(&format!(
            "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."
        ))
    };
    vec![
        // No Allow-Origin.
        Row(
            chromium(no_allow_origin),
            &["cause-error-answer", "cause-no-cors", "cause-origin-not-listed", "cause-redirected", "cause-stored"],
            GET,
        ),
        Row(
            chromium(no_allow_origin).replace("/me' from", "/me' (redirected from 'https://b.example/x') from"),
            &["cause-redirected", "cause-error-answer", "cause-no-cors", "cause-origin-not-listed"],
            GET,
        ),
        Row(
            preflight(no_allow_origin),
            &["cause-options-not-handled", "cause-options-login", "cause-origin-not-listed", "cause-no-cors"],
            OPTIONS,
        ),
        Row(firefox_missing("200"), &["cause-no-cors", "cause-origin-not-listed", "cause-stored"], GET),
        Row(firefox_missing("302"), &["cause-redirected", "cause-no-cors"], GET),
        Row(firefox_missing("404"), &["cause-error-answer", "cause-no-cors"], GET),
        Row(firefox_missing("500"), &["cause-server-fails", "cause-error-answer"], GET),
        Row(
            firefox_missing("200") + FIREFOX_NO_ANSWER,
            &["cause-options-not-handled", "cause-origin-not-listed", "cause-no-cors"],
            OPTIONS,
        ),
        Row(firefox_missing("403") + FIREFOX_NO_ANSWER, &["cause-options-login", "cause-no-cors"], OPTIONS),
        Row(firefox_missing("404") + FIREFOX_NO_ANSWER, &["cause-options-not-handled", "cause-no-cors"], OPTIONS),
        Row(firefox_missing("502") + FIREFOX_NO_ANSWER, &["cause-server-fails", "cause-options-not-handled"], OPTIONS),
        Row(
            firefox_missing("301") + FIREFOX_NO_ANSWER,
            &["cause-redirect-slash", "cause-redirect-https", "cause-redirect-login"],
            OPTIONS,
        ),
        Row(
            "Failed to load resource: The certificate for this server is invalid.".into(),
            &["cause-certificate", "cause-wrong-scheme"],
            None,
        ),
        Row(
            ["Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 503", WEBKIT].concat(),
            &["cause-server-fails", "cause-error-answer"],
            GET,
        ),
        // Another value.
        Row(mismatch("https://x.example"), &["cause-one-origin", "cause-spelling", "cause-stored-other"], GET),
        Row(mismatch("https://app.example"), &["cause-tainted", "cause-invisible"], GET),
        Row(several("*, *"), &["cause-proxy-and-application", "cause-list-of-origins"], GET),
        Row(several("https://a.example, https://b.example"), &["cause-list-of-origins", "cause-proxy-and-application"], GET),
        Row(
            firefox("Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed)."),
            &["cause-proxy-and-application", "cause-list-of-origins"],
            GET,
        ),
        Row(
            chromium("The 'Access-Control-Allow-Origin' header contains the invalid value 'app.example'."),
            &["cause-setting", "cause-pattern"],
            GET,
        ),
        Row(
            chromium("The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."),
            &["cause-wildcard-setting", "cause-credentials-needless"],
            GET,
        ),
        Row(credentials(""), &["cause-credentials-off", "cause-credentials-spelling", "cause-credentials-needless"], GET),
        Row(credentials("True"), &["cause-credentials-spelling", "cause-credentials-needless"], GET),
        // The preflight.
        Row(
            preflight("It does not have HTTP ok status."),
            &["cause-options-not-handled", "cause-options-login", "cause-server-fails", "cause-firewall"],
            OPTIONS,
        ),
        Row(
            firefox("CORS preflight response did not succeed). Status code: 401.") + FIREFOX_NO_ANSWER,
            &["cause-options-login", "cause-firewall"],
            OPTIONS,
        ),
        Row(
            firefox("CORS preflight response did not succeed). Status code: 405."),
            &["cause-options-not-handled"],
            OPTIONS,
        ),
        Row(firefox("CORS preflight response did not succeed). Status code: 500."), &["cause-server-fails"], OPTIONS),
        Row(
            ["Preflight response is not successful. Status code: 307", WEBKIT].concat(),
            &["cause-redirect-slash", "cause-redirect-https", "cause-redirect-login"],
            OPTIONS,
        ),
        Row(
            preflight("Redirect is not allowed for a preflight request."),
            &["cause-redirect-slash", "cause-redirect-https", "cause-redirect-login"],
            OPTIONS,
        ),
        Row(
            "Ensure preflight responses are valid".into(),
            &["cause-options-not-handled", "cause-options-login", "cause-redirect-slash", "cause-no-cors"],
            None,
        ),
        Row(
            method("PUT"),
            &["cause-method-not-listed", "cause-options-not-handled", "cause-wildcard-literal"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: PUT'",
            ),
        ),
        Row(
            method("patch"),
            &["cause-method-case", "cause-method-not-listed"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: patch'",
            ),
        ),
        Row(
            header("X-Token"),
            &["cause-header-not-listed", "cause-header-spelling", "cause-wildcard-literal"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: x-token'",
            ),
        ),
        Row(
            header("sentry-trace"),
            &["cause-header-of-library", "cause-header-not-listed"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: sentry-trace'",
            ),
        ),
        Row(
            header("x-requested-with"),
            &["cause-requested-with", "cause-header-not-listed"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: x-requested-with'",
            ),
        ),
        Row(
            header("access-control-allow-origin"),
            &["cause-header-of-response"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: access-control-allow-origin'",
            ),
        ),
        Row(
            header("authorization"),
            &["cause-authorization-wildcard", "cause-header-not-listed"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: authorization'",
            ),
        ),
        Row(
            chromium("Cannot parse Access-Control-Allow-Methods response header field in preflight response."),
            &["cause-list-syntax"],
            OPTIONS,
        ),
        Row(
            "Authorization will not be covered by the wildcard symbol (*) in CORS `Access-Control-Allow-Headers` handling.".into(),
            &["cause-authorization-wildcard"],
            None,
        ),
        Row(
            "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at https://api.example/me soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).".into(),
            &["cause-authorization-wildcard"],
            Some(
                "curl -i -X OPTIONS https://api.example/me \\\n  -H 'Origin: https://app.example' \\\n  \
                 -H 'Access-Control-Request-Method: GET' \\\n  -H 'Access-Control-Request-Headers: authorization'",
            ),
        ),
        // No answer.
        Row(
            firefox("CORS request did not succeed). Status code: (null)."),
            &["cause-certificate", "cause-refused", "cause-name-not-found", "cause-blocker", "cause-local-address"],
            GET,
        ),
        Row(net("ERR_FAILED"), &["cause-cors-blocked", "cause-blocker"], None),
        Row(net("ERR_BLOCKED_BY_CLIENT"), &["cause-blocker"], None),
        Row(net("ERR_BLOCKED_BY_ADMINISTRATOR"), &["cause-blocker"], None),
        Row(net("ERR_BLOCKED_BY_ORB"), &["cause-wrong-content", "cause-content-type"], None),
        Row(net("ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"), &["cause-resource-policy", "cause-embedder-policy"], None),
        Row(net("ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), &["cause-permission-denied", "cause-local-address"], None),
        Row(net("ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS"), &["cause-permission-denied", "cause-local-address"], None),
        Row(net("ERR_CERT_AUTHORITY_INVALID"), &["cause-certificate", "cause-wrong-scheme"], None),
        Row(net("ERR_SSL_PROTOCOL_ERROR"), &["cause-certificate", "cause-wrong-scheme"], None),
        Row(net("ERR_NAME_NOT_RESOLVED"), &["cause-name-not-found", "cause-blocker"], None),
        Row(net("ERR_CONNECTION_REFUSED"), &["cause-refused", "cause-wrong-scheme"], None),
        Row(net("ERR_ADDRESS_UNREACHABLE"), &["cause-refused", "cause-wrong-scheme"], None),
        Row(net("ERR_CONNECTION_TIMED_OUT"), &["cause-timed-out"], None),
        Row(net("ERR_TOO_MANY_REDIRECTS"), &["cause-redirect-loop"], None),
        Row(net("ERR_UNSAFE_PORT"), &["cause-bad-port"], None),
        Row(net("ERR_INTERNET_DISCONNECTED"), &["cause-offline"], None),
        Row(net("ERR_NETWORK_CHANGED"), &["cause-offline"], None),
        Row(net("ERR_EMPTY_RESPONSE"), &["cause-closed", "cause-wrong-scheme"], None),
        Row(net("ERR_CONNECTION_RESET"), &["cause-closed", "cause-wrong-scheme"], None),
        Row(net("ERR_CONNECTION_CLOSED"), &["cause-closed", "cause-wrong-scheme"], None),
        Row(net("ERR_HTTP2_PROTOCOL_ERROR"), &["cause-closed", "cause-wrong-scheme"], None),
        Row(net("ERR_INVALID_HTTP_RESPONSE"), &["cause-closed", "cause-wrong-scheme"], None),
        Row(net("ERR_ABORTED"), &["cause-aborted"], None),
        Row(
            "Failed to load resource: A server with the specified hostname could not be found.\nFetch API cannot load https://api.example/me due to access control checks.".into(),
            &["cause-name-not-found", "cause-blocker"],
            GET,
        ),
        Row(
            "Failed to load resource: the server responded with a status of 404 (Not Found)".into(),
            &["cause-status"],
            None,
        ),
        Row("GET https://api.example/me 404 (Not Found)".into(), &["cause-status"], GET),
        Row("GET https://api.example/me net::ERR_FAILED".into(), &["cause-cors-blocked", "cause-blocker"], GET),
        Row("GET https://api.example/me net::ERR_FAILED 200 (OK)".into(), &["cause-cors-blocked"], GET),
        Row(
            "XHR OPTIONS\nhttps://api.example/me\nCORS Missing Allow Origin".into(),
            &["cause-options-not-handled", "cause-options-login", "cause-origin-not-listed", "cause-no-cors"],
            OPTIONS,
        ),
        Row("XHR GET\nhttps://api.example/me\nCORS Missing Allow Origin".into(), &["cause-error-answer", "cause-no-cors", "cause-origin-not-listed", "cause-redirected", "cause-stored"], GET),
        Row("TypeError: Failed to fetch".into(), &["cause-cors-blocked", "cause-unreachable", "cause-blocker"], None),
        Row(
            "TypeError: NetworkError when attempting to fetch resource.".into(),
            &["cause-cors-blocked", "cause-unreachable", "cause-blocker"],
            None,
        ),
        // Before anything is sent.
        Row(
            "Mixed Content: The page at 'https://app.example/' was loaded over HTTPS, but requested an insecure resource 'http://api.example/me'. This request has been blocked; the content must be served over HTTPS.".into(),
            &["cause-http-url", "cause-http-redirect"],
            GET,
        ),
        Row(
            "Blocked loading mixed active content “http://api.example/me”".into(),
            &["cause-http-url", "cause-http-redirect"],
            GET,
        ),
        Row(
            "Mixed Content: Upgrading insecure display request ‘http://api.example/me’ to use ‘https’".into(),
            &["cause-http-url"],
            Some("curl -i http://api.example/me \\\n  -H 'Origin: https://app.example'"),
        ),
        Row(
            chromium("Permission was denied for this request to access the `local` address space."),
            &["cause-permission-denied", "cause-local-address"],
            GET,
        ),
        Row(
            chromium("The request client is not a secure context and the resource is in more-private address space `local`."),
            &["cause-insecure-page", "cause-local-address"],
            GET,
        ),
        Row(
            "Fetch API cannot load localhost:8080/api. URL scheme \"localhost\" is not supported.".into(),
            &["cause-scheme-missing", "cause-file-page"],
            None,
        ),
        Row("Not allowed to load local resource: file:///x".into(), &["cause-file-page"], None),
        Row(
            "Fetch API cannot load https://api.example/me. Refused to connect because it violates the document's Content Security Policy.".into(),
            &["cause-page-policy"],
            None,
        ),
        Row(
            "Fetch API cannot load https://api.example/me. Request mode is \"same-origin\" but the URL's origin is not same as the request origin https://app.example.".into(),
            &["cause-same-origin-mode"],
            None,
        ),
        Row(
            "Fetch API cannot load https://api.example/me. Request mode is \"no-cors\" but the redirect mode is not \"follow\".".into(),
            &["cause-no-cors-redirect"],
            None,
        ),
        Row("Not allowed to use restricted network port 25: https://api.example:25/".into(), &["cause-bad-port"], None),
        Row("Refused to set unsafe header \"Cookie\"".into(), &["cause-forbidden-header"], None),
        Row("Failed to execute 'fetch' on 'Window': 'a b' is not a valid HTTP method.".into(), &["cause-call"], None),
        // What becomes of the answer.
        Row(
            "Cancelled load to https://api.example/me because it violates the resource's Cross-Origin-Resource-Policy response header.".into(),
            &["cause-resource-policy", "cause-embedder-policy"],
            GET,
        ),
        Row(
            "The resource at “https://api.example/me” was blocked by OpaqueResponseBlocking. Reason: “nosniff”.".into(),
            &["cause-wrong-content", "cause-content-type"],
            GET,
        ),
        Row(
            "Failed to find a valid digest in the 'integrity' attribute for resource 'https://api.example/me' with computed SHA-256 integrity 'x'. The resource has been blocked.".into(),
            &["cause-content-changed", "cause-integrity-without-cors"],
            GET,
        ),
        Row(
            "“https://api.example/me” is not eligible for integrity checks since it’s neither CORS-enabled nor same-origin.".into(),
            &["cause-integrity-without-cors"],
            GET,
        ),
        Row("Tainted canvases may not be exported.".into(), &["cause-tainted-canvas"], None),
        Row(
            "A preload for 'https://api.example/me' is found, but is not used because the request credentials mode does not match. Consider taking a look at crossorigin attribute.".into(),
            &["cause-preload-differs"],
            None,
        ),
        Row("<link rel=preload> must have a valid `as` value".into(), &["cause-preload-destination"], None),
        Row("<link rel=preload> uses an unsupported `as` value".into(), &["cause-preload-destination"], None),
        Row("Refused to get unsafe header \"X-Total\"".into(), &["cause-not-exposed"], None),
        Row(
            chromium("Redirect location 'https://u:p@b.example/' contains a username and password, which is disallowed for cross-origin requests."),
            &["cause-redirect-credentials"],
            GET,
        ),
        Row("Load cannot follow more than 20 redirections".into(), &["cause-redirect-loop"], None),
        Row(
            "Not allowed to follow a redirection while loading https://api.example/me".into(),
            &["cause-redirect-mode"],
            GET,
        ),
        Row(
            "Cross-origin redirection to https://api.example/me denied by Cross-Origin Resource Sharing policy: Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 302".into(),
            &["cause-redirected", "cause-tainted"],
            GET,
        ),
        Row("Redirection to URL with a scheme that is not HTTP(S).".into(), &["cause-redirect-scheme"], None),
        Row(
            "Blocked https://api.example/me from asking for credentials because it is a cross-origin request.".into(),
            &["cause-login-missing"],
            GET,
        ),
        Row(
            "EventSource's response has a MIME type (\"text/html\") that is not \"text/event-stream\". Aborting the connection.".into(),
            &["cause-content-type", "cause-wrong-content"],
            None,
        ),
        Row("AbortError: signal is aborted without reason".into(), &["cause-aborted"], None),
        Row(firefox("CORS disabled)."), &["cause-browser-setting"], None),
        Row(
            "Referrer Policy: Ignoring the less restricted referrer policy “unsafe-url” for the cross-site request: https://api.example/me".into(),
            &["cause-harmless"],
            None,
        ),
    ]
}

fn lead_of(text: &str) -> Lead {
    lead(&recognise(text), Some("https://app.example")).unwrap_or_else(|| panic!("no lead: {text}"))
}

#[test]
fn each_message_has_its_causes_and_its_command() {
    for Row(text, causes, curl) in rows() {
        let lead = lead_of(&text);
        let found: Vec<_> = lead.causes.iter().map(|cause| cause.id.id()).collect();
        assert_eq!((&found[..], lead.curl.as_deref()), (causes, curl), "{text}");
    }
}

#[test]
fn every_cause_is_shown() {
    let shown: Vec<_> = rows().iter().flat_map(|row| row.1.iter().copied()).collect();
    let missing: Vec<_> = CauseId::ALL.iter().map(|cause| cause.id()).filter(|id| !shown.contains(id)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_message_of_the_browsers_has_a_lead() {
    // What says that something failed, and nothing else.
    const UNSAID: &[&str] = &[
        "CorsError.InvalidResponse",
        "script.fetch",
        "script.xhr-sync",
        "import.failed",
        "CORSOriginHeaderNotAdded",
        "not-allowed",
        "tail.acc",
        "tail",
        "tail.beacon",
        "image",
    ];
    for message in MESSAGES {
        let found = ConsoleMessage { id: message.id, browser: message.browser, start: 0, end: 0, slots: Vec::new() };
        let is_unsaid = family(&found) == Family::Unsaid;
        assert_eq!(is_unsaid, UNSAID.contains(&message.id), "{}", message.id);
        let lead = lead(&[found], None).unwrap();
        assert!(!lead.causes.is_empty() && !lead.next.is_empty(), "{}", message.id);
    }
}

#[test]
fn what_is_known_in_its_exact_words() {
    let rows: &[(String, &[&str], &str)] = &[
        (
            chromium("No 'Access-Control-Allow-Origin' header is present on the requested resource."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The request was sent and answered. Only the page does not get the answer.",
            ],
            "Run the command, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            preflight("It does not have HTTP ok status."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The browser asked first, by OPTIONS (a preflight). The request itself was not sent.",
            ],
            "Run the command, with the method and the headers of your request in it, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://x.example’)."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The request was sent and answered. Only the page does not get the answer.",
                "Access-Control-Allow-Origin was `https://x.example`.",
            ],
            "Run the command, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.", WEBKIT].concat(),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The request was sent and answered. Only the page does not get the answer.",
                "The page asks with credentials (cookies and logins).",
            ],
            "Run the command, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            chromium("Method patch is not allowed by Access-Control-Allow-Methods in preflight response."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The browser asked first, by OPTIONS (a preflight). The request itself was not sent.",
                "The method is `patch`.",
            ],
            "Run the command, with the method and the headers of your request in it, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            firefox("header ‘x-token’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response)."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The browser asked first, by OPTIONS (a preflight). The request itself was not sent.",
                "It is about the header `x-token`.",
            ],
            "Run the command, with the method and the headers of your request in it, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            firefox("CORS preflight response did not succeed). Status code: 404."),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "The browser asked first, by OPTIONS (a preflight). The request itself was not sent.",
                "The answer had status 404.",
            ],
            "Run the command, with the method and the headers of your request in it, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            "Failed to load resource: net::ERR_CERT_DATE_INVALID".into(),
            &["The page is https://app.example.", "No answer came that the browser could use.", "The browser calls it `net::ERR_CERT_DATE_INVALID`."],
            "Open the URL in a tab of its own: there the browser says what is wrong.",
        ),
        (
            "PUT https://api.example/me net::ERR_CERT_DATE_INVALID".into(),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "No answer came that the browser could use.",
                "The method is `PUT`.",
                "The browser calls it `net::ERR_CERT_DATE_INVALID`.",
            ],
            "Open https://api.example/me in a tab of its own: there the browser says what is wrong. Then run the command.",
        ),
        (
            "Refused to get unsafe header \"X-Total-Count\"".into(),
            &["The page is https://app.example.", "It is about the header `X-Total-Count`."],
            "This line does not say which URL it is about. Look for the request in the network panel of the developer tools, and paste it here: by \"Copy as cURL\", with the answer's headers below it.",
        ),
        (
            "Failed to load resource: net::ERR_FAILED".into(),
            &["The page is https://app.example.", "No answer came that the browser could use.", "The browser calls it `net::ERR_FAILED`."],
            "Look for another line of the console about the same URL: it says more.",
        ),
        (
            chromium("No 'Access-Control-Allow-Origin' header is present on the requested resource.")
                .replace("/me' from", "/me' (redirected from 'https://b.example/x') from"),
            &[
                "The page is https://app.example.",
                "It asked for https://api.example/me.",
                "It was redirected on its way.",
                "The request was sent and answered. Only the page does not get the answer.",
            ],
            "Run the command, and look at its first line (the status) and at every line that begins with `Access-Control-`.",
        ),
        (
            "Blocked loading mixed active content “http://api.example/me”".into(),
            &["The page is https://app.example.", "It asked for http://api.example/me.", "Nothing was sent."],
            "Run the command: it asks for the same over https. If there is an answer, write https in the page.",
        ),
        (
            chromium("Permission was denied for this request to access the `local` address space."),
            &["The page is https://app.example.", "It asked for https://api.example/me."],
            "Find out which address https://api.example has, and whether the browser's settings for this site allow the local network.",
        ),
        (
            "Not allowed to load local resource: file:///x".into(),
            &["The page is https://app.example.", "It asked for file:///x.", "Nothing was sent."],
            "Look at the URL that the script passes, and at the address of the page itself.",
        ),
        (
            "Blocked by Content Security Policy.".into(),
            &["The page is https://app.example."],
            "Look at the Content-Security-Policy of the page's own answer.",
        ),
        (
            "Refused to set unsafe header \"Cookie\"".into(),
            &["The page is https://app.example.", "It is about the header `Cookie`."],
            "Look at the call in the script: the cause is there, and not at the server.",
        ),
        (
            "Tainted canvases may not be exported.".into(),
            &["The page is https://app.example."],
            "Look at the element: it needs the attribute `crossorigin` from the start.",
        ),
        (
            firefox("CORS disabled)."),
            &["The page is https://app.example.", "It asked for https://api.example/me."],
            "Look at the browser's settings.",
        ),
        (
            "Referrer Policy: Ignoring the less restricted referrer policy “unsafe-url” for the cross-site request: https://api.example/me".into(),
            &["The page is https://app.example.", "It asked for https://api.example/me."],
            "Nothing has to be done.",
        ),
    ];
    for (text, known, next) in rows {
        let lead = lead_of(text);
        assert_eq!((&lead.known.iter().map(String::as_str).collect::<Vec<_>>()[..], &*lead.next), (*known, *next), "{text}");
    }
    let all: String = rows.iter().map(|(_, known, next)| known.join(" ") + next).collect();
    for text in LeadText::ALL {
        let longest = text.text().split(['{', '}']).step_by(2).max_by_key(|piece| piece.len()).unwrap();
        let is_fragment = matches!(text, LeadText::YourPage | LeadText::TheServer | LeadText::TheUrl | LeadText::OriginOfPage);
        assert!(is_fragment || all.contains(longest), "{text:?}");
    }
}

#[test]
fn of_several_messages_the_one_that_says_most_counts() {
    let missing = firefox("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 500.");
    for text in [
        format!("Uncaught (in promise) TypeError: NetworkError when attempting to fetch resource.\n{missing}"),
        format!("{missing}\nUncaught (in promise) TypeError: NetworkError when attempting to fetch resource."),
    ] {
        assert_eq!(lead_of(&text).causes[0].id, CauseId::ServerFails, "{text}");
    }
    let mismatch = chromium(
        "The 'Access-Control-Allow-Origin' header has a value 'https://x.example' that is not equal to the supplied origin.",
    );
    for vague in [
        "Failed to load resource: the server responded with a status of 500 (Internal Server Error)",
        "Mixed Content: The page at 'https://app.example/' was loaded over HTTPS, but requested an insecure image 'http://api.example/i'. This content should also be served over HTTPS.",
    ] {
        assert_eq!(lead_of(&format!("{vague}\n{mismatch}")).causes[0].id, CauseId::OneOrigin, "{vague}");
    }
    assert_eq!(lead(&[], None), None);
}

#[test]
fn what_to_do_next() {
    let policy = "The resource at “https://api.example/me” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#";
    for (text, next) in [
        ("Failed to load resource: the server responded with a status of 500 (Internal Server Error)".into(), LeadText::NextLine),
        ("Fetch is aborted".into(), LeadText::NextLine),
        // What is about an answer's policy is not about a preflight, although Firefox says the other as well.
        ([policy, FIREFOX_NO_ANSWER].concat(), LeadText::NextAnswer),
        (firefox("CORS preflight response did not succeed). Status code: 500."), LeadText::NextPreflight),
    ] {
        assert_eq!(lead_of(&text).next, next.text(), "{text}");
    }
}

#[test]
fn what_is_not_known_is_said_in_words() {
    let missing = firefox("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.");
    let lead = |text: &str, page| lead(&recognise(text), page).unwrap();
    let without_page = lead(&missing, None);
    assert_eq!(without_page.known[0], "It asked for https://api.example/me.");
    assert_eq!(without_page.causes[1].sentence, "The server has a list of origins, and the page is not in it.");
    assert_eq!(without_page.curl.unwrap(), "curl -i https://api.example/me \\\n  -H 'Origin: (the origin of your page)'");
    let policy = lead("Blocked by Content Security Policy.", Some(""));
    assert_eq!(policy.known, [""; 0]);
    assert_eq!(policy.causes[0].sentence, "The page's own Content Security Policy does not allow the server.");
    let certificate = lead("Failed to load resource: net::ERR_CERT_DATE_INVALID", None);
    assert_eq!(certificate.next, "Open the URL in a tab of its own: there the browser says what is wrong.");
}

#[test]
fn the_command_is_for_a_shell_and_nothing_else() {
    let text = "Access to fetch at 'https://api.example/a#b' from origin 'https://app.example$(reboot)' has been blocked by CORS policy: Method $(reboot) is not allowed by Access-Control-Allow-Methods in preflight response.";
    let lead = lead(&recognise(text), None).unwrap();
    assert_eq!(
        lead.curl.unwrap(),
        "curl -i -X OPTIONS https://api.example/a \\\n  -H 'Origin: https://app.example$(reboot)' \\\n  -H 'Access-Control-Request-Method: $(reboot)'"
    );
    for sentence in lead.known.iter().chain(lead.causes.iter().flat_map(|cause| [&cause.sentence, &cause.how_to_tell])) {
        assert_eq!(sentence.matches('`').count() % 2, 0, "{sentence}");
    }
}

#[test]
fn the_texts_are_well_formed() {
    let mut ids: Vec<_> = CauseId::ALL.iter().map(|cause| cause.id()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    for cause in CauseId::ALL {
        assert!(cause.id().starts_with("cause-"), "{}", cause.id());
        for text in [cause.sentence(), cause.how_to_tell()] {
            assert!(text.is_ascii() && text.ends_with('.') && text.matches('`').count() % 2 == 0, "{text}");
        }
    }
    assert_eq!(serde_json::to_value(CauseId::Tainted).unwrap(), "cause-tainted");
}
