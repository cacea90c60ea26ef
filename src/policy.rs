//! A server's CORS policy as plain data, and what a server that follows it sends.
//!
//! ```
//! use corscope::Policy;
//! use corscope::policy::{AllowedOrigins, PolicyRequest};
//!
//! let policy = Policy {
//!     origins: AllowedOrigins::List(vec!["https://app.example".into(), "https://admin.example".into()]),
//!     methods: vec!["PUT".into()],
//!     ..Policy::default()
//! };
//! assert_eq!(policy.check(), []);
//!
//! let question = PolicyRequest {
//!     method: b"OPTIONS",
//!     origin: Some(b"https://app.example"),
//!     access_control_request_method: Some(b"PUT"),
//! };
//! let lines: Vec<String> = policy.answer(&question).iter().map(|line| format!("{}: {}", line.0, line.1)).collect();
//! assert_eq!(lines, ["Vary: Origin", "Access-Control-Allow-Origin: https://app.example", "Access-Control-Allow-Methods: PUT"]);
//! ```

use serde::{Deserialize, Serialize};

use crate::http::header_list::{Header, lines_named};
use crate::http::method;
use crate::http::request_header::is_forbidden_request_header;
use crate::http::response_header::is_forbidden_response_header_name;
use crate::infra::bytes::{ByteString, is_token};
use crate::infra::origin::Origin;
use crate::network::WireRequest;
use crate::profile::SPEC;

/// Whom a server lets read its answers, and what they may send.
///
/// The default lets nobody do anything: no origin is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Policy {
    /// Whose pages may read the answers.
    pub origins: AllowedOrigins,
    /// The methods that they may use, in the spelling in which they are sent: `PATCH`. `GET`, `HEAD` and `POST` need not be here.
    #[serde(default)]
    pub methods: Vec<String>,
    /// The request headers that they may set, in any case.
    #[serde(default)]
    pub request_headers: Vec<String>,
    /// The response headers that they may read, beyond the seven that are always readable.
    #[serde(default)]
    pub exposed_headers: Vec<String>,
    /// Whether they may ask with credentials: cookies, logins, client certificates.
    #[serde(default)]
    pub credentials: bool,
    /// For how many seconds browsers may remember the answer to a preflight; their own default where absent.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub max_age: Option<u32>,
}

/// Whose pages may read a server's answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum AllowedOrigins {
    /// Everybody's: what is public anyway, and is the same with and without cookies.
    Any,
    /// Those of these origins, each as browsers write it: `https://app.example`.
    List(Vec<String>),
}

impl Default for AllowedOrigins {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// What of a request a policy looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PolicyRequest<'a> {
    /// Its method.
    pub method: &'a [u8],
    /// The value of `Origin`, if there is one.
    pub origin: Option<&'a [u8]>,
    /// The value of `Access-Control-Request-Method`, if there is one.
    pub access_control_request_method: Option<&'a [u8]>,
}

impl<'a> PolicyRequest<'a> {
    /// What a policy looks at of a request on the wire.
    pub fn of(request: &'a WireRequest) -> Self {
        let value = |name: &'static [u8]| {
            let line = lines_named(&request.headers, name).next()?;
            request.headers.as_slice().get(line).map(|header| header.1.as_bytes())
        };
        Self {
            method: request.method.as_bytes(),
            origin: value(b"origin"),
            access_control_request_method: value(b"access-control-request-method"),
        }
    }

    /// Whether it is a [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
    pub fn is_preflight(&self) -> bool {
        self.method == b"OPTIONS" && self.origin.is_some() && self.access_control_request_method.is_some()
    }
}

/// The status with which a server that follows a policy answers a preflight, whoever asks: No Content.
pub const PREFLIGHT_STATUS: u16 = 204;

impl Policy {
    /// The header lines that a server adds to its answer to `request`: to a preflight's, or to any other, errors and redirects
    /// included. Whoever asks gets an answer; who is not allowed gets one that browsers do not let their script read.
    ///
    /// Where the lines are the same for everybody, they go with every answer, and none says `Vary`: one origin alone is named
    /// to others too, to whom it is of no use. `*` never goes with credentials. An origin that is none, and a name that is no
    /// token, are left out: [`check`](Self::check) tells of them.
    pub fn answer(&self, request: &PolicyRequest) -> Vec<Header> {
        let mut lines = Vec::new();
        if self.depends_on_origin() {
            lines.push(line(b"Vary", "Origin"));
        }
        let Some(origin) = self.allowed_origin(request.origin) else { return lines };
        lines.push(line(b"Access-Control-Allow-Origin", origin));
        if self.credentials && origin != "*" {
            lines.push(line(b"Access-Control-Allow-Credentials", "true"));
        }
        if request.is_preflight() {
            lines.extend(list(b"Access-Control-Allow-Methods", &self.methods));
            lines.extend(list(b"Access-Control-Allow-Headers", &self.request_headers));
            lines.extend(self.max_age.map(|seconds| line(b"Access-Control-Max-Age", &seconds.to_string())));
        } else {
            lines.extend(list(b"Access-Control-Expose-Headers", &self.exposed_headers));
        }
        lines
    }

    /// Whether an answer for one origin is another than that for the next, which caches have to be told: `Vary: Origin`.
    pub fn depends_on_origin(&self) -> bool {
        self.listed().nth(1).is_some()
    }

    /// What stands in `Access-Control-Allow-Origin`, if it is there.
    fn allowed_origin(&self, asking: Option<&[u8]>) -> Option<&str> {
        match self.origins {
            AllowedOrigins::Any => Some("*"),
            AllowedOrigins::List(_) if self.depends_on_origin() => self.listed().find(|listed| Some(listed.as_bytes()) == asking),
            AllowedOrigins::List(_) => self.listed().next(),
        }
    }

    /// The listed origins that are origins.
    fn listed(&self) -> impl Iterator<Item = &str> {
        let list = match &self.origins {
            AllowedOrigins::Any => &[][..],
            AllowedOrigins::List(list) => list,
        };
        list.iter().map(String::as_str).filter(|origin| OriginFault::of(origin).is_none())
    }

    /// What is wrong with it, in the order of its members. Empty where a server can follow it as it is.
    pub fn check(&self) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        match &self.origins {
            AllowedOrigins::Any if self.credentials => problems.push(PolicyProblem::AnyWithCredentials),
            AllowedOrigins::Any => {}
            AllowedOrigins::List(list) => {
                let fault = |(index, found): (usize, &String)| {
                    OriginFault::of(found).map(|fault| PolicyProblem::Origin {
                        place: format!("origins[{index}]"),
                        found: found.clone(),
                        fault,
                    })
                };
                problems.extend(list.iter().enumerate().filter_map(fault));
            }
        }
        self.check_list(&mut problems, "methods", &self.methods, |method| {
            if method::is_forbidden(method.as_bytes()) {
                return Some(NameFault::ForbiddenMethod);
            }
            let usual = method.to_ascii_uppercase();
            let is_usual = *method == usual || !USUAL_METHODS.contains(&&*usual);
            (!is_usual).then_some(NameFault::MethodCase { usual })
        });
        self.check_list(&mut problems, "requestHeaders", &self.request_headers, |name| {
            is_forbidden_request_header(SPEC, name.as_bytes(), b"").then_some(NameFault::SetByBrowser)
        });
        self.check_list(&mut problems, "exposedHeaders", &self.exposed_headers, |name| {
            is_forbidden_response_header_name(name.as_bytes()).then_some(NameFault::NeverReadable)
        });
        problems
    }

    fn check_list(
        &self,
        problems: &mut Vec<PolicyProblem>,
        member: &'static str,
        names: &[String],
        of_member: impl Fn(&str) -> Option<NameFault>,
    ) {
        for (index, found) in names.iter().enumerate() {
            let fault = match found.as_str() {
                name if !is_token(name.as_bytes()) => Some(NameFault::NotToken),
                "*" if self.credentials => Some(NameFault::WildcardWithCredentials),
                name => of_member(name),
            };
            let problem = |fault| PolicyProblem::Name { place: format!("{member}[{index}]"), found: found.clone(), fault };
            problems.extend(fault.map(problem));
        }
    }
}

/// The methods whose usual spelling is known, by [HTTP](https://www.rfc-editor.org/rfc/rfc9110#section-9) and its extensions.
const USUAL_METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

fn line(name: &'static [u8], value: &str) -> Header {
    Header(ByteString::from_static(name), value.as_bytes().into())
}

fn list(name: &'static [u8], values: &[String]) -> Option<Header> {
    let tokens: Vec<&str> = values.iter().map(String::as_str).filter(|value| is_token(value.as_bytes())).collect();
    (!tokens.is_empty()).then(|| line(name, &tokens.join(", ")))
}

/// What is wrong with a [`Policy`], where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyProblem {
    /// Everybody, and with credentials.
    #[error(
        "origins: everybody may read, and with credentials, which no browser lets `*` mean; \
         list the origins that are trusted, or leave credentials out"
    )]
    AnyWithCredentials,
    /// Something in the list of origins that no browser ever sends.
    #[error("{place}: {found:?} {fault}")]
    Origin {
        /// Where in the policy, such as `origins[0]`.
        place: String,
        /// What stands there.
        found: String,
        /// What is wrong with it, and what to write.
        fault: OriginFault,
    },
    /// Something in a list of names that has no effect, or another one than was meant.
    #[error("{place}: {found:?} {fault}")]
    Name {
        /// Where in the policy, such as `methods[0]`.
        place: String,
        /// What stands there.
        found: String,
        /// What is wrong with it, and what to write.
        fault: NameFault,
    },
}

impl PolicyProblem {
    /// Where in the policy, such as `origins[0]`.
    pub fn place(&self) -> &str {
        match self {
            Self::AnyWithCredentials => "origins",
            Self::Origin { place, .. } | Self::Name { place, .. } => place,
        }
    }
}

/// Why a text is not an origin that may be listed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginFault {
    /// `null`.
    #[error("is what any page can make itself send, a sandboxed frame for instance; leave it out, and give the page an origin")]
    Null,
    /// Everybody, in a list.
    #[error("is everybody, and no origin of a list; allow any origin instead, without credentials, or list the origins")]
    Wildcard,
    /// A `*` within it.
    #[error("is a pattern, which is compared with nothing; list each origin that it stands for")]
    Pattern,
    /// An origin in another form than browsers send.
    #[error("is never sent like this, and is compared byte for byte; write {written:?}")]
    Form {
        /// How browsers write that origin.
        written: String,
    },
    /// Not an origin at all.
    #[error("is not an origin; write scheme://host, with a port where it is not the default")]
    NotOrigin,
}

impl OriginFault {
    /// What is wrong with `text`, if it is not an origin as browsers send it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text {
            "null" => return Some(Self::Null),
            "*" => return Some(Self::Wildcard),
            _ if text.contains('*') => return Some(Self::Pattern),
            _ => {}
        }
        match Origin::parse(text) {
            Some(Origin::Tuple(tuple)) => {
                let written = tuple.to_string();
                (written != text).then_some(Self::Form { written })
            }
            Some(Origin::Opaque(_)) => Some(Self::NotOrigin),
            // A URL, of which only the origin counts.
            None => Some(match url::Url::parse(text).map(|url| Origin::of_url(&url)) {
                Ok(Origin::Tuple(tuple)) => Self::Form { written: tuple.to_string() },
                _ => Self::NotOrigin,
            }),
        }
    }
}

/// Why a name in a list has no effect, or another one than was meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameFault {
    /// It is no token, and makes the whole list unreadable.
    #[error("is not a name, and makes the whole list unreadable; write one name of letters, digits and hyphens for each entry")]
    NotToken,
    /// `*`, which credentials make a name like any other.
    #[error("means only itself where there are credentials; name each one")]
    WildcardWithCredentials,
    /// A method that no page may send.
    #[error("is a method that no page may send; leave it out")]
    ForbiddenMethod,
    /// A method in another spelling than the one that pages mean.
    #[error("is not {usual:?}, because upper and lower case count in methods; write {usual:?}")]
    MethodCase {
        /// The usual spelling.
        usual: String,
    },
    /// A request header that no script can set.
    #[error("is a header that no script can set, and that needs no permission; leave it out")]
    SetByBrowser,
    /// A response header that no script ever sees.
    #[error("is a header that no script ever sees; leave it out")]
    NeverReadable,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evaluate::{Tracing, evaluate_as};
    use crate::network::{Answer, WireResponse};
    use crate::profile::{Profile, ProfileName};
    use crate::report::Outcome;
    use crate::scenario::{Call, Fetch, Page, RequestInit, Scenario};

    const APP: &str = "https://app.example";
    const ADMIN: &str = "https://admin.example";

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.into()).collect()
    }

    fn of(origins: Option<&[&str]>) -> Policy {
        Policy {
            origins: origins.map_or(AllowedOrigins::Any, |list| AllowedOrigins::List(texts(list))),
            methods: texts(&["GET", "PATCH"]),
            request_headers: texts(&["X-A", "authorization"]),
            exposed_headers: texts(&["ETag", "X-Total"]),
            credentials: false,
            max_age: Some(600),
        }
    }

    #[test]
    fn answers() {
        let with_credentials = |policy: Policy| Policy { credentials: true, ..policy };
        let bare = |policy: Policy| Policy { origins: policy.origins, ..Policy::default() };
        let odd = Policy { methods: texts(&["PUT\r\nX: 1", "PUT", "a b"]), request_headers: texts(&[""]), ..of(None) };
        let preflight = |origin| ("OPTIONS", Some(origin), Some("PATCH"));
        let lists = ["Access-Control-Allow-Methods: GET, PATCH", "Access-Control-Allow-Headers: X-A, authorization"];
        let [methods, headers] = lists;
        let (any, app, admin) = (
            "Access-Control-Allow-Origin: *",
            "Access-Control-Allow-Origin: https://app.example",
            "Access-Control-Allow-Origin: https://admin.example",
        );
        let (credentials, age) = ("Access-Control-Allow-Credentials: true", "Access-Control-Max-Age: 600");
        let (expose, vary) = ("Access-Control-Expose-Headers: ETag, X-Total", "Vary: Origin");
        let two = Some(&[APP, ADMIN][..]);
        for (policy, (method, origin, asked_method), expected) in [
            (of(None), preflight(APP), &[any, methods, headers, age][..]),
            (of(None), ("GET", None, None), &[any, expose]),
            (of(None), ("OPTIONS", Some(APP), None), &[any, expose]),
            (of(None), ("OPTIONS", None, Some("PUT")), &[any, expose]),
            (of(None), ("POST", Some(APP), Some("PUT")), &[any, expose]),
            (bare(of(None)), preflight(APP), &[any]),
            (with_credentials(of(None)), ("GET", Some(APP), None), &[any, expose]),
            (of(Some(&[APP])), preflight(APP), &[app, methods, headers, age]),
            (of(Some(&[APP])), ("GET", Some(APP), None), &[app, expose]),
            (of(Some(&[APP])), ("GET", Some("https://evil.example"), None), &[app, expose]),
            (of(Some(&[APP])), ("GET", None, None), &[app, expose]),
            (with_credentials(of(Some(&[APP]))), ("PUT", Some(APP), None), &[app, credentials, expose]),
            (of(two), preflight(ADMIN), &[vary, admin, methods, headers, age]),
            (of(two), preflight("https://evil.example"), &[vary]),
            (with_credentials(of(two)), preflight(ADMIN), &[vary, admin, credentials, methods, headers, age]),
            (with_credentials(of(two)), ("GET", Some(APP), None), &[vary, app, credentials, expose]),
            (of(two), ("GET", Some("https://app.example.evil.example"), None), &[vary]),
            (of(two), ("GET", Some("null"), None), &[vary]),
            (of(two), ("GET", None, None), &[vary]),
            (of(Some(&[])), preflight(APP), &[]),
            (of(Some(&[APP, "null"])), ("GET", Some("null"), None), &[app, expose]),
            (of(Some(&["null", "https://app.example/", "*"])), ("GET", Some("null"), None), &[]),
            (odd, preflight(APP), &[any, "Access-Control-Allow-Methods: PUT", age]),
        ] {
            let request = PolicyRequest {
                method: method.as_bytes(),
                origin: origin.map(str::as_bytes),
                access_control_request_method: asked_method.map(str::as_bytes),
            };
            let lines: Vec<String> = policy.answer(&request).iter().map(|line| format!("{}: {}", line.0, line.1)).collect();
            assert_eq!(lines, expected, "{policy:?} {method} {origin:?}");
        }
    }

    #[test]
    fn problems() {
        let any = Policy { origins: AllowedOrigins::Any, ..Policy::default() };
        let origins = |list: &[&str]| Policy { origins: AllowedOrigins::List(texts(list)), ..Policy::default() };
        for (policy, expected) in [
            (of(None), &[][..]),
            (
                of(Some(&[APP, "http://localhost:3000", "capacitor://localhost", "http://[::1]:80a"])),
                &[
                    "origins[3]: \"http://[::1]:80a\" is not an origin; write scheme://host, with a port where it is not the default",
                ],
            ),
            (
                Policy { credentials: true, ..any.clone() },
                &["origins: everybody may read, and with credentials, which no browser lets `*` mean; \
                 list the origins that are trusted, or leave credentials out"],
            ),
            (
                origins(&["null", "*", "https://*.app.example"]),
                &[
                    "origins[0]: \"null\" is what any page can make itself send, a sandboxed frame for instance; \
                 leave it out, and give the page an origin",
                    "origins[1]: \"*\" is everybody, and no origin of a list; \
                 allow any origin instead, without credentials, or list the origins",
                    "origins[2]: \"https://*.app.example\" is a pattern, which is compared with nothing; list each origin that it stands for",
                ],
            ),
            (
                origins(&[
                    "https://app.example/",
                    "https://App.example:443",
                    "https://app.example/x?y",
                    "app.example",
                    "file:///x",
                    "",
                ]),
                &[
                    "origins[0]: \"https://app.example/\" is never sent like this, and is compared byte for byte; write \"https://app.example\"",
                    "origins[1]: \"https://App.example:443\" is never sent like this, and is compared byte for byte; write \"https://app.example\"",
                    "origins[2]: \"https://app.example/x?y\" is never sent like this, and is compared byte for byte; write \"https://app.example\"",
                    "origins[3]: \"app.example\" is not an origin; write scheme://host, with a port where it is not the default",
                    "origins[4]: \"file:///x\" is not an origin; write scheme://host, with a port where it is not the default",
                    "origins[5]: \"\" is not an origin; write scheme://host, with a port where it is not the default",
                ],
            ),
            (
                Policy { methods: texts(&["patch", "P UT", "TRACE", "QUERY", "query", "*"]), ..any.clone() },
                &[
                    "methods[0]: \"patch\" is not \"PATCH\", because upper and lower case count in methods; write \"PATCH\"",
                    "methods[1]: \"P UT\" is not a name, and makes the whole list unreadable; \
                 write one name of letters, digits and hyphens for each entry",
                    "methods[2]: \"TRACE\" is a method that no page may send; leave it out",
                ],
            ),
            (
                Policy { request_headers: texts(&["X-A, X-B", "Cookie", "*"]), credentials: true, ..origins(&[]) },
                &[
                    "requestHeaders[0]: \"X-A, X-B\" is not a name, and makes the whole list unreadable; \
                 write one name of letters, digits and hyphens for each entry",
                    "requestHeaders[1]: \"Cookie\" is a header that no script can set, and that needs no permission; leave it out",
                    "requestHeaders[2]: \"*\" means only itself where there are credentials; name each one",
                ],
            ),
            (
                Policy { exposed_headers: texts(&["Set-Cookie", "*", "X-A"]), ..any },
                &["exposedHeaders[0]: \"Set-Cookie\" is a header that no script ever sees; leave it out"],
            ),
        ] {
            let problems = policy.check();
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
            let place = |problem: &PolicyProblem| problem.to_string().starts_with(&format!("{}: ", problem.place()));
            assert!(problems.iter().all(place), "{problems:?}");
        }
    }

    #[test]
    fn a_policy_is_plain_data() {
        let text = r#"{"origins":{"list":["https://app.example"]},"methods":["GET","PATCH"],"requestHeaders":["X-A","authorization"],"exposedHeaders":["ETag","X-Total"],"credentials":false,"maxAge":600}"#;
        assert_eq!(serde_json::to_string(&of(Some(&[APP]))).unwrap(), text);
        assert_eq!(serde_json::from_str::<Policy>(text).unwrap(), of(Some(&[APP])));
        let everybody = Policy { origins: AllowedOrigins::Any, ..Policy::default() };
        assert_eq!(serde_json::from_str::<Policy>(r#"{"origins":"any"}"#).unwrap(), everybody);
        let error = serde_json::from_str::<Policy>(r#"{"origins":"any","method":[]}"#).unwrap_err();
        assert!(error.to_string().starts_with("unknown field `method`"), "{error}");
    }

    /// How `call` of a page of `origin` ends where the server follows `policy`, and which headers script reads.
    fn served(profile: ProfileName, origin: &str, init: &RequestInit, policy: &Policy) -> Option<Vec<String>> {
        let url = "https://api.example/1";
        let page = Page { origin: (origin == "null").then(|| origin.into()), ..Page::new("https://page.example/") };
        let page = if origin == "null" { page } else { Page::new(format!("{origin}/")) };
        let mut scenario = Scenario::new(page, vec![Fetch::new(Call::fetch(url, init.clone()))]);
        loop {
            let report = evaluate_as(&scenario, Profile::of(profile), Tracing::Off).unwrap();
            match &report.fetches[0].outcome {
                Outcome::NeedsAnswer(needs) => {
                    let request = PolicyRequest::of(&needs.request);
                    let mut headers = policy.answer(&request);
                    headers.extend([line(b"ETag", "1"), line(b"X-Total", "2"), line(b"X-Other", "3")]);
                    let status = if request.is_preflight() { PREFLIGHT_STATUS } else { 200 };
                    let answer = WireResponse { status, headers: headers.into(), ..WireResponse::default() };
                    scenario.fetches[0].answers.push(Answer::Response(answer));
                }
                Outcome::Response(response) => {
                    return Some(response.headers.iter().map(|header| header.0.to_string()).collect());
                }
                Outcome::NetworkError(_) => return None,
                other => panic!("{other:?}"),
            }
        }
    }

    const METHODS: [&str; 6] = ["GET", "POST", "PUT", "DELETE", "PATCH", "QUERY"];
    const HEADERS: [&str; 4] = ["X-A", "Authorization", "Content-Type", "X-Requested-With"];
    const EXPOSED: [&str; 2] = ["ETag", "X-Total"];
    const OTHERS: [&str; 7] = [
        "https://evil.example",
        "null",
        "https://app.example.evil.example",
        "https://evil-app.example",
        "http://app.example",
        "https://app.example:8443",
        "https://www.app.example",
    ];

    fn some_of(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
        proptest::sample::subsequence(words, 0..=words.len()).prop_map(|words| texts(&words))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_policy_keeps_what_it_promises_and_promises_others_nothing(
            origins in proptest::sample::subsequence(&[APP, ADMIN, "http://localhost:3000"][..], 1..=3),
            methods in some_of(&METHODS),
            request_headers in some_of(&HEADERS),
            exposed_headers in some_of(&EXPOSED),
            credentials: bool,
            max_age in proptest::option::of(0u32..100_000),
            method in proptest::sample::select(&METHODS[..]),
            headers in some_of(&HEADERS),
            include: bool,
        ) {
            let policy = Policy {
                origins: AllowedOrigins::List(texts(&origins)), methods, request_headers, exposed_headers, credentials, max_age,
            };
            prop_assert_eq!(policy.check(), []);
            let init = RequestInit {
                method: Some(method.into()),
                headers: Some(headers.iter().map(|name| (name.clone(), "application/json".into())).collect()),
                credentials: include.then(|| "include".into()),
                ..RequestInit::default()
            };
            let is_promised = (credentials || !include)
                && (matches!(method, "GET" | "POST") || policy.methods.iter().any(|allowed| allowed == method))
                && headers.iter().all(|name| policy.request_headers.contains(name));
            let mut readable = policy.exposed_headers.iter().map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>();
            readable.sort();
            for profile in ProfileName::ALL {
                for origin in &origins {
                    let found = served(profile, origin, &init, &policy).map(|mut names| {
                        names.iter_mut().for_each(|name| *name = name.to_ascii_lowercase());
                        names.sort();
                        names
                    });
                    let expected = is_promised.then(|| readable.clone());
                    prop_assert_eq!(found, expected, "{:?} {} {:?}", profile, origin, policy);
                }
                for origin in OTHERS {
                    prop_assert_eq!(served(profile, origin, &init, &policy), None, "{:?} {}", profile, origin);
                }
            }
        }
    }
}
