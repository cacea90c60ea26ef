//! The human mistake behind a check that failed: "not equal" may be a slash, a port, a list, or a header in the wrong answer.
//!
//! Pure, and in enumerations only. Where several mistakes are possible, the first that fits wins: what hides the real trouble
//! (a failing server, a cache) before spelling, spelling before "another origin".

use url::{Host, Url};

use crate::cors::preflight::AllowList;
use crate::http::header_list::{Fields, Header, joined, lines_named};
use crate::http::status::is_redirect;
use crate::infra::bytes::{is_http_tab_or_space, is_token, trim};
use crate::network::WireResponse;
use crate::report::AnswerSource;

/// An answer that failed a CORS check, and what is around it.
pub(super) struct Checked<'a> {
    /// The value of the `Origin` that was sent: what the answer must name.
    pub origin: &'a [u8],
    /// The page's own origin, which differs from `origin` after certain redirects.
    pub page: &'a str,
    /// The URL that was asked.
    pub url: &'a str,
    /// How many redirects led there.
    pub hop: usize,
    /// The answer.
    pub answer: &'a WireResponse,
    /// Where it came from.
    pub source: AnswerSource,
    /// What the answer is.
    pub place: Place<'a>,
}

/// Which answer it is.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The answer to a preflight.
    Preflight,
    /// The answer to the request itself, after this answer to its preflight if there was one.
    Actual(Option<&'a WireResponse>),
}

/// What is wrong with `Access-Control-Allow-Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AllowOrigin {
    /// It is missing, and nothing else stands out.
    Missing,
    /// It is missing in a stored answer that is not bound to an origin.
    MissingInCache,
    /// It is missing, and the header at this line is nearly called so.
    Misspelt(usize),
    /// It is missing in a redirect to this URL, which is the same but for a slash at the end.
    MissingOnRedirectSlash(Url),
    /// It is missing in a redirect to this URL, which is the same by https.
    MissingOnRedirectScheme(Url),
    /// It is missing in a redirect to this URL, which looks like that of a login page.
    MissingOnRedirectLogin(Url),
    /// It is missing in another redirect.
    MissingOnRedirect,
    /// Redirects have led to what looks like a login page, which allows no other origin.
    AtLoginPage,
    /// It is missing in an answer by which the server says that it fails.
    MissingOnServerError,
    /// It is missing in another error.
    MissingOnError,
    /// It is missing, though the preflight's answer had it.
    OnlyOnPreflight,
    /// It is `*`, and the request has credentials.
    WildcardWithCredentials,
    /// There are several lines.
    SeveralLines,
    /// It is empty.
    Empty,
    /// The same value several times in one line.
    Repeated,
    /// Several origins in one line.
    List,
    /// `null`, and the origin is not.
    Null,
    /// The browser sent `null`, because of redirects.
    TaintedByRedirect,
    /// The browser sent `null`, because the page has no origin.
    PageWithout,
    /// The right origin with quotes, brackets or commas around it.
    Wrapped,
    /// A `*` within it.
    Pattern,
    /// The right origin and a slash.
    TrailingSlash,
    /// A URL of the right origin.
    Path,
    /// The right origin in other letters.
    Case,
    /// The right origin with the port that its scheme implies.
    DefaultPort,
    /// The right host and port without a scheme.
    WithoutScheme,
    /// The right origin, written in another way.
    Spelling,
    /// Only the scheme differs.
    Scheme,
    /// Only the port differs.
    Port,
    /// Two names of the machine itself.
    Loopback,
    /// Only `www.` differs.
    Www,
    /// One host is a subdomain of the other.
    Subdomain,
    /// Another origin, in a stored answer that is not bound to an origin.
    OtherInCache,
    /// Another origin.
    Other,
    /// The name of a variable that nothing was put in place of, or of nothing.
    Placeholder,
    /// Not an origin at all.
    NoOrigin,
}

const ALLOW_ORIGIN: &str = "access-control-allow-origin";

/// What is wrong with an `Access-Control-Allow-Origin` that is missing.
pub(super) fn missing_allow_origin(checked: &Checked) -> AllowOrigin {
    let answer = checked.answer;
    if checked.hop > 0 && !is_redirect(answer.status) && Url::parse(checked.url).is_ok_and(|url| is_login_page(&url)) {
        return AllowOrigin::AtLoginPage;
    }
    if let Some(mistake) = null_origin(checked) {
        return mistake;
    }
    if is_unbound_in_cache(checked) {
        return AllowOrigin::MissingInCache;
    }
    if let Some(line) = misspelt(&answer.headers, ALLOW_ORIGIN) {
        return AllowOrigin::Misspelt(line);
    }
    match checked.place {
        Place::Preflight => AllowOrigin::Missing,
        Place::Actual(_) if is_redirect(answer.status) => match redirected(checked.url, answer) {
            Redirected::Slash(to) => AllowOrigin::MissingOnRedirectSlash(to),
            Redirected::Scheme(to) => AllowOrigin::MissingOnRedirectScheme(to),
            Redirected::Login(to) => AllowOrigin::MissingOnRedirectLogin(to),
            Redirected::Elsewhere => AllowOrigin::MissingOnRedirect,
        },
        Place::Actual(_) if (500..=599).contains(&answer.status) => AllowOrigin::MissingOnServerError,
        Place::Actual(_) if answer.status >= 400 => AllowOrigin::MissingOnError,
        Place::Actual(Some(preflight)) if first(&preflight.headers, ALLOW_ORIGIN).is_some() => AllowOrigin::OnlyOnPreflight,
        Place::Actual(_) => AllowOrigin::Missing,
    }
}

/// What is wrong with an `Access-Control-Allow-Origin` that is `*`, where credentials do not let it count.
pub(super) fn wildcard_with_credentials(checked: &Checked) -> AllowOrigin {
    null_origin(checked).unwrap_or(AllowOrigin::WildcardWithCredentials)
}

/// What is wrong with an `Access-Control-Allow-Origin` that is there, and is neither `*` nor the origin.
pub(super) fn wrong_allow_origin(checked: &Checked) -> AllowOrigin {
    if let Some(mistake) = null_origin(checked) {
        return mistake;
    }
    let values: Vec<&[u8]> = all(&checked.answer.headers, ALLOW_ORIGIN).collect();
    let [value] = values[..] else { return AllowOrigin::SeveralLines };
    if value.is_empty() {
        return AllowOrigin::Empty;
    }
    if value.eq_ignore_ascii_case(b"null") {
        return AllowOrigin::Null;
    }
    if is_placeholder(value) {
        return AllowOrigin::Placeholder;
    }
    let (Ok(text), Some(page)) = (std::str::from_utf8(value), std::str::from_utf8(checked.origin).ok().and_then(parse_origin))
    else {
        return AllowOrigin::NoOrigin;
    };
    let unwrapped = text.trim_matches(['"', '\'', '<', '>', '[', ']', '(', ')', ',', ';', ' ']);
    if unwrapped.as_bytes() == checked.origin {
        return AllowOrigin::Wrapped;
    }
    // NB: a list in JSON's brackets and quotes is a list, too.
    let mut pieces = text.split([',', ' ', ';', '|']).filter(|piece| !piece.is_empty());
    if let (Some(first), Some(second)) = (pieces.next(), pieces.next()) {
        let is_repeated = first == second && pieces.all(|piece| piece == first);
        return if is_repeated { AllowOrigin::Repeated } else { AllowOrigin::List };
    }
    if text.contains('*') {
        return AllowOrigin::Pattern;
    }
    match parse_origin(text) {
        Some(named) if named.is_same_origin(&page) => same_origin(text, checked.origin, &named),
        Some(named) => match different_origin(&named, &page) {
            AllowOrigin::Other if is_unbound_in_cache(checked) => AllowOrigin::OtherInCache,
            mistake => mistake,
        },
        None if parse_origin(&[page.url.scheme(), "://", text].concat()).is_some_and(|named| named.is_same_origin(&page)) => {
            AllowOrigin::WithoutScheme
        }
        None => AllowOrigin::NoOrigin,
    }
}

/// Why the browser sent `null`, if it did. This comes first, because no value of the header would be a good answer to it:
/// any page can make itself one that sends `null`.
fn null_origin(checked: &Checked) -> Option<AllowOrigin> {
    let mistake = if checked.page == "null" { AllowOrigin::PageWithout } else { AllowOrigin::TaintedByRedirect };
    (checked.origin == b"null").then_some(mistake)
}

/// A URL that has a host: what an origin is written like, and what people write instead of one.
struct Named {
    url: Url,
    host: Host<String>,
}

fn parse_origin(text: &str) -> Option<Named> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() != "file")?;
    let host = url.host()?.to_owned();
    Some(Named { url, host })
}

impl Named {
    fn port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }

    fn is_same_origin(&self, other: &Self) -> bool {
        self.url.scheme() == other.url.scheme() && self.host == other.host && self.port() == other.port()
    }
}

/// What keeps `text`, which stands for the origin, from being written like it.
fn same_origin(text: &str, origin: &[u8], named: &Named) -> AllowOrigin {
    let bare = text.strip_suffix('/').unwrap_or(text);
    let authority = text.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    if bare.as_bytes() == origin {
        AllowOrigin::TrailingSlash
    } else if named.url.path().len() > 1 || named.url.query().is_some() || named.url.fragment().is_some() {
        AllowOrigin::Path
    } else if bare.as_bytes().eq_ignore_ascii_case(origin) {
        AllowOrigin::Case
    } else if named.url.port().is_none() && (authority.ends_with(":80") || authority.ends_with(":443")) {
        AllowOrigin::DefaultPort
    } else {
        AllowOrigin::Spelling
    }
}

/// In what two origins differ.
fn different_origin(named: &Named, page: &Named) -> AllowOrigin {
    let same_scheme = named.url.scheme() == page.url.scheme();
    // NB: `http://a` and `https://a` have two ports as well, but nobody wrote one.
    let same_port = named.port() == page.port() || named.url.port().is_none() && page.url.port().is_none();
    match named.host == page.host {
        true if same_scheme => AllowOrigin::Port,
        true if same_port => AllowOrigin::Scheme,
        true => AllowOrigin::Other,
        false if is_loopback(&named.host) && is_loopback(&page.host) => AllowOrigin::Loopback,
        false if same_scheme && same_port && is_www(&named.host, &page.host) => AllowOrigin::Www,
        false if same_scheme && same_port && is_subdomain(&named.host, &page.host) => AllowOrigin::Subdomain,
        false => AllowOrigin::Other,
    }
}

/// Whether two URLs of different origins are easily taken for one origin: one host, a host and its subdomain, or two names of
/// the machine itself.
pub(super) fn are_near(page: &Url, url: &Url) -> bool {
    let (Some(page), Some(url)) = (page.host(), url.host()) else { return false };
    let (page, url) = (page.to_owned(), url.to_owned());
    page == url || is_loopback(&page) && is_loopback(&url) || is_subdomain(&page, &url) || are_siblings(&page, &url)
}

/// Whether two hosts differ in their first label only, and have at least two others.
fn are_siblings(a: &Host<String>, b: &Host<String>) -> bool {
    let (Host::Domain(a), Host::Domain(b)) = (a, b) else { return false };
    matches!((a.split_once('.'), b.split_once('.')), (Some((_, a)), Some((_, b))) if a == b && a.contains('.'))
}

/// Whether a URL asks another server to fetch a URL: by a whole one in its path or as its query, or in a parameter where the
/// host's name says that this is what it is for.
pub(super) fn is_through_proxy(url: &Url) -> bool {
    let is_url = |text: &str| {
        ["http://", "https://", "http:/", "https:/", "http%3A", "https%3A"].iter().any(|start| text.starts_with(start))
    };
    let in_path = url.path().match_indices('/').any(|(at, _)| url.path().get(at + 1..).is_some_and(is_url));
    let is_named_so = url.host_str().is_some_and(|host| host.contains("proxy") || host.contains("cors"));
    let in_parameter =
        || url.query_pairs().any(|(name, value)| matches!(&*name, "url" | "u" | "quest" | "target") && is_url(&value));
    in_path || url.query().is_some_and(is_url) || is_named_so && in_parameter()
}

fn is_loopback(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn is_www(a: &Host<String>, b: &Host<String>) -> bool {
    let adds_www = |a: &str, b: &str| a.strip_prefix("www.") == Some(b);
    matches!((a, b), (Host::Domain(a), Host::Domain(b)) if adds_www(a, b) || adds_www(b, a))
}

fn is_subdomain(a: &Host<String>, b: &Host<String>) -> bool {
    let below = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
    matches!((a, b), (Host::Domain(a), Host::Domain(b)) if below(a, b) || below(b, a))
}

/// Whether the answer came from the cache, and does not say that it depends on the origin.
fn is_unbound_in_cache(checked: &Checked) -> bool {
    matches!(checked.source, AnswerSource::Cache | AnswerSource::Revalidated)
        && !elements(&checked.answer.headers, "vary").any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin"))
}

/// Whether a value is what configurations write where a value goes, or what programs write where they have none.
fn is_placeholder(value: &[u8]) -> bool {
    const NOTHING: [&[u8]; 5] = [b"undefined", b"None", b"nil", b"false", b"(null)"];
    let starts = [&b"$"[..], b"%{", b"{{", b"<%", b"#{", b"${"];
    NOTHING.contains(&value) || starts.iter().any(|start| value.starts_with(start))
}

/// What is wrong with `Access-Control-Allow-Credentials`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AllowCredentials {
    /// It is missing.
    Missing,
    /// It is missing, and the header at this line is nearly called so.
    Misspelt(usize),
    /// It is missing, though the preflight's answer had it.
    OnlyOnPreflight,
    /// It is not `true`, and the origin is `null`.
    ForNull,
    /// There are several lines.
    SeveralLines,
    /// `True`, `TRUE`, ...
    Case,
    /// Anything else.
    NotTrue,
}

const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";

/// What is wrong with an `Access-Control-Allow-Credentials` that is not `true`.
pub(super) fn allow_credentials(checked: &Checked) -> AllowCredentials {
    let values: Vec<&[u8]> = all(&checked.answer.headers, ALLOW_CREDENTIALS).collect();
    match (&values[..], checked.place) {
        (_, _) if checked.origin == b"null" => AllowCredentials::ForNull,
        ([], Place::Actual(Some(preflight))) if first(&preflight.headers, ALLOW_CREDENTIALS).is_some() => {
            AllowCredentials::OnlyOnPreflight
        }
        ([], _) => match misspelt(&checked.answer.headers, ALLOW_CREDENTIALS) {
            Some(line) => AllowCredentials::Misspelt(line),
            None => AllowCredentials::Missing,
        },
        ([value], _) if value.eq_ignore_ascii_case(b"true") => AllowCredentials::Case,
        ([_], _) => AllowCredentials::NotTrue,
        _ => AllowCredentials::SeveralLines,
    }
}

/// What a preflight's status, which is not 200 to 299, hints at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PreflightStatus {
    /// A redirect to the same URL with or without a slash at the end: to this one.
    RedirectSlash(Url),
    /// A redirect to the same URL by https: to this one.
    RedirectScheme(Url),
    /// A redirect to what looks like a login page: to this one.
    RedirectLogin(Url),
    /// Another redirect.
    Redirect,
    /// 401: the login is checked before CORS.
    Unauthorized,
    /// 403: access is checked before CORS.
    Forbidden,
    /// 404 or 410: no route.
    NotFound,
    /// 405 or 501: no handler for OPTIONS.
    MethodNotAllowed,
    /// 500 to 599: the server fails.
    ServerError,
    /// Anything else.
    Other,
}

/// What the status of the answer to a preflight of `url` hints at.
pub(super) fn preflight_status(url: &str, answer: &WireResponse) -> PreflightStatus {
    match answer.status {
        301 | 302 | 303 | 307 | 308 => match redirected(url, answer) {
            Redirected::Slash(to) => PreflightStatus::RedirectSlash(to),
            Redirected::Scheme(to) => PreflightStatus::RedirectScheme(to),
            Redirected::Login(to) => PreflightStatus::RedirectLogin(to),
            Redirected::Elsewhere => PreflightStatus::Redirect,
        },
        401 => PreflightStatus::Unauthorized,
        403 => PreflightStatus::Forbidden,
        404 | 410 => PreflightStatus::NotFound,
        405 | 501 => PreflightStatus::MethodNotAllowed,
        500..=599 => PreflightStatus::ServerError,
        _ => PreflightStatus::Other,
    }
}

/// Where a redirect leads, as far as that tells why there is one.
enum Redirected {
    /// To the same URL with or without a slash at the end.
    Slash(Url),
    /// To the same URL by https.
    Scheme(Url),
    /// To what looks like a login page.
    Login(Url),
    Elsewhere,
}

fn redirected(url: &str, answer: &WireResponse) -> Redirected {
    let location = first(&answer.headers, "location").and_then(|value| std::str::from_utf8(value).ok());
    let (Ok(from), Some(location)) = (Url::parse(url), location) else { return Redirected::Elsewhere };
    let Ok(to) = from.join(location) else { return Redirected::Elsewhere };
    let same_rest = from.host() == to.host() && from.query() == to.query();
    let slash = |path: &str| path.strip_suffix('/').unwrap_or(path).to_owned();
    match same_rest && slash(from.path()) == slash(to.path()) {
        true if from.origin() == to.origin() && from.path() != to.path() => Redirected::Slash(to),
        true if from.scheme() == "http" && to.scheme() == "https" => Redirected::Scheme(to),
        _ if is_login_page(&to) && !is_login_page(&from) => Redirected::Login(to),
        _ => Redirected::Elsewhere,
    }
}

/// Whether a URL looks like that of a page where a person logs in: by the first label of its host, by a word of its path, or by
/// a parameter that says where to go after that.
pub(crate) fn is_login_page(url: &Url) -> bool {
    const HOSTS: [&str; 7] = ["login", "signin", "sso", "auth", "accounts", "idp", "identity"];
    const WORDS: [&str; 12] = [
        "login",
        "signin",
        "sign_in",
        "sign-in",
        "logon",
        "sso",
        "saml",
        "saml2",
        "oauth",
        "oauth2",
        "authorize",
        "openid-connect",
    ];
    const PARAMETERS: [&str; 8] =
        ["redirect_uri", "redirecturi", "returnurl", "return_to", "returnto", "samlrequest", "relaystate", "login_challenge"];
    let is_one_of = |known: &[&str], word: &str| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    let host = url.host_str().and_then(|host| host.split('.').next()).unwrap_or_default();
    is_one_of(&HOSTS, host)
        || url.path().split(['/', '.']).any(|word| is_one_of(&WORDS, word))
        || url.query_pairs().any(|(name, _)| is_one_of(&PARAMETERS, &name))
}

/// Whether Chromium's message about an answer with the wrong origin shows the same origin twice: it names the page's own,
/// although the request went out with another after redirects.
pub(super) fn shows_origin_twice(checked: &Checked) -> bool {
    let allowed = joined(checked.answer.headers.as_slice(), ALLOW_ORIGIN.as_bytes());
    checked.origin != checked.page.as_bytes() && allowed.is_some_and(|allowed| *allowed == *checked.page.as_bytes())
}

/// Why the method is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MethodNotAllowed {
    /// This is listed, and the page writes it in lower case.
    PageCase(Vec<u8>),
    /// This is listed, in letters of another case than the method has by its nature.
    ListCase(Vec<u8>),
    /// There is a `*`, which credentials make literal.
    Wildcard,
    /// There is no list, and the header at this line is nearly called so.
    Misspelt(usize),
    /// There is no list, but the answer to the request itself has one that names it.
    OnActual,
    /// There is no list.
    Missing,
    /// It is not listed.
    NotListed,
}

/// Why `method` is not allowed by the answer to a preflight; `later` is the answer to the request itself, where one is known
/// although the request is not sent.
pub(super) fn method_not_allowed(
    method: &[u8],
    wildcard_ignored: bool,
    answer: &WireResponse,
    later: Option<&WireResponse>,
) -> MethodNotAllowed {
    let name = list_name(AllowList::Methods);
    if let Some(listed) = elements(&answer.headers, name).find(|listed| listed.eq_ignore_ascii_case(method)) {
        let standard_case = |method: &[u8]| !method.iter().any(u8::is_ascii_lowercase);
        return match standard_case(listed) {
            true => MethodNotAllowed::PageCase(listed.to_vec()),
            false => MethodNotAllowed::ListCase(listed.to_vec()),
        };
    }
    if wildcard_ignored {
        return MethodNotAllowed::Wildcard;
    }
    match (first(&answer.headers, name), misspelt(&answer.headers, name)) {
        (Some(_), _) => MethodNotAllowed::NotListed,
        (None, Some(line)) => MethodNotAllowed::Misspelt(line),
        (None, None) if lists(later, name, |listed| listed == method) => MethodNotAllowed::OnActual,
        (None, None) => MethodNotAllowed::Missing,
    }
}

/// Whether an answer that was never asked for has a list that names something.
fn lists(answer: Option<&WireResponse>, name: &str, is: impl Fn(&[u8]) -> bool) -> bool {
    answer.is_some_and(|answer| elements(&answer.headers, name).any(is))
}

/// Why a request header is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderNotAllowed {
    /// It is a header of answers.
    OfResponse,
    /// A library for tracing adds it by itself: this one.
    OfLibrary(Library),
    /// It only says that script asks, as some libraries do by themselves.
    RequestedWith,
    /// It is in the list of headers of the answer that script may read.
    Exposed,
    /// This one is listed, which is nearly called so.
    Similar(Vec<u8>),
    /// There is a `*`, which credentials make literal.
    Wildcard,
    /// There is no list, and the header at this line is nearly called so.
    Misspelt(usize),
    /// There is no list, but the answer to the request itself has one that names it.
    OnActual,
    /// There is no list.
    Missing,
    /// It is not listed.
    NotListed,
}

/// Why the request header `name` is not allowed by the answer to a preflight, which asked for all of `asked`; `later` is the
/// answer to the request itself, where one is known although the request is not sent.
pub(super) fn header_not_allowed(
    name: &[u8],
    asked: &[Header],
    wildcard_ignored: bool,
    answer: &WireResponse,
    later: Option<&WireResponse>,
) -> HeaderNotAllowed {
    let list = list_name(AllowList::Headers);
    let lower = name.to_ascii_lowercase();
    if lower.starts_with(b"access-control-allow-")
        || lower == b"access-control-expose-headers"
        || lower == b"access-control-max-age"
    {
        return HeaderNotAllowed::OfResponse;
    }
    if let Some(similar) = elements(&answer.headers, list).find(|listed| is_similar(listed, name)) {
        return HeaderNotAllowed::Similar(similar.to_vec());
    }
    if let Some(library) = Library::that_adds(&lower) {
        // NB: the names of the W3C's are added by many, of which another name tells which one it was.
        let others = || elements(asked, "access-control-request-headers").filter_map(Library::that_adds);
        let named = if library == Library::TraceContext { others().find(|other| *other != library) } else { None };
        return HeaderNotAllowed::OfLibrary(named.unwrap_or(library));
    }
    if lower == b"x-requested-with" {
        return HeaderNotAllowed::RequestedWith;
    }
    if wildcard_ignored {
        return HeaderNotAllowed::Wildcard;
    }
    if elements(&answer.headers, "access-control-expose-headers").any(|exposed| exposed.eq_ignore_ascii_case(name)) {
        return HeaderNotAllowed::Exposed;
    }
    match (first(&answer.headers, list), misspelt(&answer.headers, list)) {
        (Some(_), _) => HeaderNotAllowed::NotListed,
        (None, Some(line)) => HeaderNotAllowed::Misspelt(line),
        (None, None) if lists(later, list, |listed| listed.eq_ignore_ascii_case(name)) => HeaderNotAllowed::OnActual,
        (None, None) => HeaderNotAllowed::Missing,
    }
}

/// A kind of library that adds headers to requests so that they can be followed from one server to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Library {
    /// Sentry, which also adds `baggage`.
    Sentry,
    /// The W3C's Trace Context and Baggage: OpenTelemetry, and most others by now.
    TraceContext,
    /// New Relic.
    NewRelic,
    /// Datadog.
    Datadog,
    /// Application Insights.
    ApplicationInsights,
    /// Elastic APM.
    Elastic,
    /// Zipkin's B3.
    B3,
    /// Jaeger.
    Jaeger,
    /// Amazon's X-Ray.
    XRay,
    /// Dynatrace.
    Dynatrace,
    /// Instana.
    Instana,
}

impl Library {
    /// The one that adds a header of this name, in lower case.
    fn that_adds(name: &[u8]) -> Option<Self> {
        let starts = |start: &[u8]| name.starts_with(start);
        Some(match name {
            b"sentry-trace" => Self::Sentry,
            b"traceparent" | b"tracestate" | b"baggage" => Self::TraceContext,
            b"newrelic" => Self::NewRelic,
            b"request-id" | b"request-context" => Self::ApplicationInsights,
            b"b3" => Self::B3,
            b"uber-trace-id" => Self::Jaeger,
            b"x-amzn-trace-id" => Self::XRay,
            b"x-dtpc" | b"x-dtreferer" => Self::Dynatrace,
            _ if starts(b"x-newrelic-") => Self::NewRelic,
            _ if starts(b"x-datadog-") => Self::Datadog,
            _ if starts(b"elastic-apm-") => Self::Elastic,
            _ if starts(b"x-b3-") => Self::B3,
            _ if starts(b"uberctx-") => Self::Jaeger,
            _ if starts(b"x-instana-") => Self::Instana,
            _ => return None,
        })
    }
}

/// Whether what script wrote as a URL is a host and a port without a scheme, which parses as a URL of another scheme.
pub(crate) fn is_url_without_scheme(written: &str) -> bool {
    let Some((host, rest)) = written.split_once(':') else { return false };
    let port = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    (host.eq_ignore_ascii_case("localhost") || host.contains('.'))
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of a list, in lower case.
pub(super) const fn list_name(list: AllowList) -> &'static str {
    match list {
        AllowList::Methods => "access-control-allow-methods",
        AllowList::Headers => "access-control-allow-headers",
    }
}

/// The values of the lines of this name.
pub(super) fn all<'a>(headers: &'a [Header], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    lines_named(headers, name.as_bytes()).map(|line| headers.value(line))
}

/// The value of the first line of this name.
pub(super) fn first<'a>(headers: &'a [Header], name: &'a str) -> Option<&'a [u8]> {
    all(headers, name).next()
}

/// The elements of all lines of this name, separated by commas, empty ones left out; whether each is a token is not looked at.
pub(super) fn elements<'a>(headers: &'a [Header], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    all(headers, name)
        .flat_map(|value| value.split(|&byte| byte == b','))
        .map(|element| trim(element, is_http_tab_or_space))
        .filter(|element| !element.is_empty())
}

/// The line of a header that is not called `name`, but nearly.
fn misspelt(headers: &[Header], name: &str) -> Option<usize> {
    (0..headers.count()).find(|&line| is_similar(headers.name(line), name.as_bytes()))
}

/// Whether two different names are easily taken for each other: alike but for hyphens and underscores, one the plural of the
/// other, or with one slip of the keyboard in a long name, two in a very long one.
pub(crate) fn is_similar(a: &[u8], b: &[u8]) -> bool {
    if a.eq_ignore_ascii_case(b) || !is_token(a) || a.len() > MAX_NAME || b.len() > MAX_NAME {
        return false;
    }
    let plain = |name: &[u8]| -> Vec<u8> {
        name.iter().filter(|byte| !matches!(byte, b'-' | b'_')).map(u8::to_ascii_lowercase).collect()
    };
    let (a, b) = (plain(a), plain(b));
    let slips = match b.len() {
        0..8 => 0,
        8..16 => 1,
        _ => 2,
    };
    let is_plural = a.strip_suffix(b"s") == Some(&b) || b.strip_suffix(b"s") == Some(&a);
    is_plural || distance(&a, &b) <= slips
}

/// Longer names are not compared, so that the comparison stays cheap whatever a server sends.
const MAX_NAME: usize = 64;

/// The Levenshtein distance: how many bytes have to be put in, taken out or replaced to make `b` of `a`.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let best = (*cell + 1).min(left + 1).min(diagonal + usize::from(x != y));
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(start) = row.first_mut() {
            *start = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Lines<'a> = &'a [(&'a str, &'a str)];

    fn answer(status: u16, headers: Lines) -> WireResponse {
        let headers = headers.iter().map(|(name, value)| Header(name.as_bytes().into(), value.as_bytes().into())).collect();
        WireResponse { status, headers, ..WireResponse::default() }
    }

    fn checked<'a>(origin: &'a str, page: &'a str, answer: &'a WireResponse, place: Place<'a>) -> Checked<'a> {
        let url = "http://b.example/items?q";
        Checked { origin: origin.as_bytes(), page, url, hop: 0, answer, source: AnswerSource::Network, place }
    }

    #[test]
    fn a_wrong_allow_origin_has_a_reason() {
        let rows: &[(&str, &str, AllowOrigin)] = &[
            ("https://a.example", "", AllowOrigin::Empty),
            ("https://a.example", "null", AllowOrigin::Null),
            ("https://a.example", "Null", AllowOrigin::Null),
            ("https://a.example", "https://a.example/", AllowOrigin::TrailingSlash),
            ("https://a.example", "https://a.example//", AllowOrigin::Path),
            ("https://a.example", "https://a.example/app", AllowOrigin::Path),
            ("https://a.example", "https://a.example?x", AllowOrigin::Path),
            ("https://a.example", "HTTPS://A.example/", AllowOrigin::Case),
            ("https://a.example", "https://A.example", AllowOrigin::Case),
            ("https://a.example", "https://a.example:443", AllowOrigin::DefaultPort),
            ("http://a.example", "http://a.example:80/", AllowOrigin::DefaultPort),
            ("https://a.example", "https://user@a.example", AllowOrigin::Spelling),
            ("https://xn--bcher-kva.example", "https://b\u{fc}cher.example", AllowOrigin::Spelling),
            ("http://127.0.0.1:3000", "http://0x7f.1:3000", AllowOrigin::Spelling),
            ("https://a.example", "\"https://a.example\"", AllowOrigin::Wrapped),
            ("https://a.example", "[\"https://a.example\"]", AllowOrigin::Wrapped),
            ("https://a.example", "a.example", AllowOrigin::WithoutScheme),
            ("https://a.example:8443", "a.example:8443", AllowOrigin::WithoutScheme),
            ("https://a.example", "a.example:8443", AllowOrigin::NoOrigin),
            ("https://a.example", "https://a.example, https://c.example", AllowOrigin::List),
            ("https://a.example", "https://a.example https://c.example", AllowOrigin::List),
            ("https://a.example", "[\"https://a.example\", \"https://c.example\"]", AllowOrigin::List),
            ("https://a.example", "https://a.example,", AllowOrigin::Wrapped),
            ("https://a.example", "*, *", AllowOrigin::Repeated),
            ("https://a.example", "https://a.example,https://a.example", AllowOrigin::Repeated),
            ("https://a.example", "* * *", AllowOrigin::Repeated),
            ("https://a.example", "* * https://a.example", AllowOrigin::List),
            ("https://a.example", "https://*.example", AllowOrigin::Pattern),
            ("https://a.example", "*.a.example", AllowOrigin::Pattern),
            ("https://a.example", "**", AllowOrigin::Pattern),
            ("https://a.example", "http://a.example", AllowOrigin::Scheme),
            ("http://a.example:3000", "https://a.example:3000", AllowOrigin::Scheme),
            ("http://a.example:3000", "http://a.example", AllowOrigin::Port),
            ("http://a.example:3000", "http://a.example:8080", AllowOrigin::Port),
            ("http://a.example:3000", "https://a.example", AllowOrigin::Other),
            ("http://localhost:3000", "http://127.0.0.1:3000", AllowOrigin::Loopback),
            ("http://127.0.0.1:3000", "http://localhost:8080", AllowOrigin::Loopback),
            ("http://[::1]:3000", "http://localhost:3000", AllowOrigin::Loopback),
            ("http://localhost:3000", "http://a.example:3000", AllowOrigin::Other),
            ("http://a.example:3000", "http://127.0.0.1:3000", AllowOrigin::Other),
            ("https://www.a.example", "https://a.example", AllowOrigin::Www),
            ("https://a.example", "https://www.a.example", AllowOrigin::Www),
            ("http://a.example", "https://www.a.example", AllowOrigin::Other),
            ("https://a.example:8443", "https://www.a.example", AllowOrigin::Other),
            ("https://www.b.a.example", "https://a.example", AllowOrigin::Subdomain),
            ("https://a.example", "https://www2.a.example", AllowOrigin::Subdomain),
            ("https://a.example", "https://shop.a.example:8443", AllowOrigin::Other),
            ("https://ba.example", "https://a.example", AllowOrigin::Other),
            ("https://a.example", "https://c.example", AllowOrigin::Other),
            ("https://a.example", "$http_origin", AllowOrigin::Placeholder),
            ("https://a.example", "${ORIGIN}", AllowOrigin::Placeholder),
            ("https://a.example", "%{HTTP_ORIGIN}e", AllowOrigin::Placeholder),
            ("https://a.example", "{{ origin }}", AllowOrigin::Placeholder),
            ("https://a.example", "#{origin}", AllowOrigin::Placeholder),
            ("https://a.example", "<%= origin %>", AllowOrigin::Placeholder),
            ("https://a.example", "undefined", AllowOrigin::Placeholder),
            ("https://a.example", "None", AllowOrigin::Placeholder),
            ("https://a.example", "nil", AllowOrigin::Placeholder),
            ("https://a.example", "false", AllowOrigin::Placeholder),
            ("https://a.example", "(null)", AllowOrigin::Placeholder),
            ("https://a.example", "true", AllowOrigin::NoOrigin),
            ("https://a.example", "{}", AllowOrigin::NoOrigin),
            ("https://a.example", "file:///x", AllowOrigin::NoOrigin),
            ("https://a.example", "\u{0}", AllowOrigin::NoOrigin),
        ];
        for (origin, value, expected) in rows {
            let answer = answer(200, &[("access-control-allow-ORIGIN", value)]);
            let found = wrong_allow_origin(&checked(origin, origin, &answer, Place::Actual(None)));
            assert_eq!(found, *expected, "{origin} against {value:?}");
        }
    }

    #[test]
    fn null_is_told_from_null() {
        let answer = answer(200, &[("Access-Control-Allow-Origin", "https://a.example")]);
        let found = |page| wrong_allow_origin(&checked("null", page, &answer, Place::Actual(None)));
        assert_eq!(found("https://a.example"), AllowOrigin::TaintedByRedirect);
        assert_eq!(found("null"), AllowOrigin::PageWithout);
    }

    #[test]
    fn two_origins_that_look_equal() {
        let rows = [
            ("null", "https://a.example", "https://a.example", true),
            ("https://a.example", "https://a.example", "https://a.example", false),
            ("null", "https://a.example", "https://c.example", false),
            ("https://a.example", "https://a.example", "https://c.example", false),
        ];
        for (origin, page, value, expected) in rows {
            let answer = answer(200, &[("Access-Control-Allow-Origin", value)]);
            let found = shows_origin_twice(&checked(origin, page, &answer, Place::Actual(None)));
            assert_eq!(found, expected, "{origin} {page} {value}");
        }
    }

    #[test]
    fn several_lines_come_before_what_is_in_them() {
        let answer = answer(200, &[("Access-Control-Allow-Origin", "*"), ("X", ""), ("Access-Control-Allow-Origin", "")]);
        let checked = checked("https://a.example", "https://a.example", &answer, Place::Actual(None));
        assert_eq!(wrong_allow_origin(&checked), AllowOrigin::SeveralLines);
    }

    #[test]
    fn a_missing_allow_origin_has_a_place() {
        let with = answer(204, &[("Access-Control-Allow-Origin", "https://a.example")]);
        let without = answer(204, &[]);
        let url = |url| Url::parse(url).unwrap();
        let rows: &[(u16, Lines, Place, AllowOrigin)] = &[
            (200, &[], Place::Actual(None), AllowOrigin::Missing),
            (200, &[], Place::Actual(Some(&without)), AllowOrigin::Missing),
            (200, &[], Place::Actual(Some(&with)), AllowOrigin::OnlyOnPreflight),
            (200, &[], Place::Preflight, AllowOrigin::Missing),
            (302, &[], Place::Actual(Some(&with)), AllowOrigin::MissingOnRedirect),
            (302, &[("Location", "/other")], Place::Actual(None), AllowOrigin::MissingOnRedirect),
            (
                307,
                &[("Location", "/items/?q")],
                Place::Actual(None),
                AllowOrigin::MissingOnRedirectSlash(url("http://b.example/items/?q")),
            ),
            (
                301,
                &[("Location", "https://b.example/items?q")],
                Place::Actual(None),
                AllowOrigin::MissingOnRedirectScheme(url("https://b.example/items?q")),
            ),
            (
                303,
                &[("Location", "/login?next=x")],
                Place::Actual(None),
                AllowOrigin::MissingOnRedirectLogin(url("http://b.example/login?next=x")),
            ),
            (304, &[], Place::Actual(None), AllowOrigin::Missing),
            (404, &[], Place::Actual(None), AllowOrigin::MissingOnError),
            (499, &[], Place::Actual(None), AllowOrigin::MissingOnError),
            (500, &[], Place::Actual(None), AllowOrigin::MissingOnServerError),
            (503, &[], Place::Actual(Some(&with)), AllowOrigin::MissingOnServerError),
            (599, &[], Place::Actual(None), AllowOrigin::MissingOnServerError),
            (600, &[], Place::Actual(None), AllowOrigin::MissingOnError),
            (503, &[], Place::Preflight, AllowOrigin::Missing),
            (503, &[("X", ""), ("Access-Control-Allow-Origins", "*")], Place::Actual(None), AllowOrigin::Misspelt(1)),
            (200, &[("Access-Control-Allowed-Origin", "*")], Place::Preflight, AllowOrigin::Misspelt(0)),
            (200, &[("access_control_allow_origin", "*")], Place::Actual(None), AllowOrigin::Misspelt(0)),
            (200, &[("Access-Control-Allow-Methods", "*")], Place::Actual(None), AllowOrigin::Missing),
        ];
        for (status, headers, place, expected) in rows {
            let answer = answer(*status, headers);
            assert_eq!(missing_allow_origin(&checked("https://a.example", "https://a.example", &answer, *place)), *expected);
        }
    }

    #[test]
    fn redirects_that_end_at_a_login_page_come_first() {
        let rows = [
            (0, 200, "https://login.example/", AllowOrigin::Missing),
            (1, 200, "https://login.example/", AllowOrigin::AtLoginPage),
            (2, 404, "https://b.example/login", AllowOrigin::AtLoginPage),
            (1, 302, "https://b.example/login", AllowOrigin::MissingOnRedirect),
            (1, 200, "https://b.example/items", AllowOrigin::Missing),
        ];
        for (hop, status, url, expected) in rows {
            let answer = answer(status, &[]);
            let checked = Checked { url, hop, ..checked("https://a.example", "https://a.example", &answer, Place::Actual(None)) };
            assert_eq!(missing_allow_origin(&checked), expected, "{hop} {status} {url}");
        }
        let answer = answer(200, &[]);
        let tainted = checked("null", "https://a.example", &answer, Place::Actual(None));
        assert_eq!(
            missing_allow_origin(&Checked { url: "https://b.example/x", hop: 1, ..tainted }),
            AllowOrigin::TaintedByRedirect
        );
        let tainted = checked("null", "https://a.example", &answer, Place::Actual(None));
        assert_eq!(missing_allow_origin(&Checked { url: "https://sso.example/", hop: 1, ..tainted }), AllowOrigin::AtLoginPage);
    }

    #[test]
    fn what_looks_like_a_login_page() {
        for (url, expected) in [
            ("https://login.example/", true),
            ("https://accounts.b.example/x", true),
            ("https://b.example/LOGIN", true),
            ("https://b.example/users/sign_in", true),
            ("https://b.example/login.php", true),
            ("https://b.example/oauth2/authorize", true),
            ("https://b.example/x?redirect_uri=https%3A%2F%2Fc.example", true),
            ("https://b.example/x?ReturnUrl=%2F", true),
            ("https://b.example/", false),
            ("https://b.example/logins", false),
            ("https://b.example/accounts/1", false),
            ("https://b.login.example/", false),
            ("https://b.example/x?next=login", false),
        ] {
            assert_eq!(is_login_page(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_stored_answer_that_is_bound_to_no_origin_is_told_apart() {
        let other = ("Access-Control-Allow-Origin", "https://c.example");
        let rows: &[(Lines, AllowOrigin)] = &[
            (&[], AllowOrigin::MissingInCache),
            (&[("Vary", "Accept")], AllowOrigin::MissingInCache),
            (&[("Vary", "Accept, ORIGIN")], AllowOrigin::Missing),
            (&[other], AllowOrigin::OtherInCache),
            (&[other, ("Vary", "Origin")], AllowOrigin::Other),
            (&[("Access-Control-Allow-Origin", "https://a.example/")], AllowOrigin::TrailingSlash),
        ];
        for (headers, expected) in rows {
            let answer = answer(200, headers);
            let mut checked = checked("https://a.example", "https://a.example", &answer, Place::Actual(None));
            checked.source = AnswerSource::Cache;
            let missing = first(&answer.headers, ALLOW_ORIGIN).is_none();
            assert_eq!(if missing { missing_allow_origin(&checked) } else { wrong_allow_origin(&checked) }, *expected);
        }
    }

    #[test]
    fn credentials() {
        let preflight = answer(204, &[("Access-Control-Allow-Credentials", "true")]);
        let without = answer(204, &[]);
        let name = "Access-Control-Allow-Credentials";
        let rows: &[(Lines, Place, AllowCredentials)] = &[
            (&[], Place::Actual(None), AllowCredentials::Missing),
            (&[], Place::Preflight, AllowCredentials::Missing),
            (&[], Place::Actual(Some(&preflight)), AllowCredentials::OnlyOnPreflight),
            (&[], Place::Actual(Some(&without)), AllowCredentials::Missing),
            (&[("Access-Control-Allow-Credential", "true")], Place::Actual(None), AllowCredentials::Misspelt(0)),
            (&[("X", ""), ("Access_Control_Allow_Credentials", "true")], Place::Preflight, AllowCredentials::Misspelt(1)),
            (&[(name, "True")], Place::Actual(None), AllowCredentials::Case),
            (&[(name, "TRUE")], Place::Preflight, AllowCredentials::Case),
            (&[(name, "1")], Place::Actual(None), AllowCredentials::NotTrue),
            (&[(name, "")], Place::Actual(None), AllowCredentials::NotTrue),
            (&[(name, "\"true\"")], Place::Actual(None), AllowCredentials::NotTrue),
            (&[(name, "true"), (name, "true")], Place::Actual(None), AllowCredentials::SeveralLines),
        ];
        for (headers, place, expected) in rows {
            let answer = answer(200, headers);
            assert_eq!(allow_credentials(&checked("https://a.example", "https://a.example", &answer, *place)), *expected);
        }
    }

    #[test]
    fn the_status_of_a_preflight() {
        let url = |url| Url::parse(url).unwrap();
        let rows = [
            (307, "/items/", PreflightStatus::RedirectSlash(url("http://b.example/items/?q"))),
            (301, "http://b.example/items/?q", PreflightStatus::RedirectSlash(url("http://b.example/items/?q"))),
            (301, "https://b.example/items?q", PreflightStatus::RedirectScheme(url("https://b.example/items?q"))),
            (301, "https://b.example/items/?q", PreflightStatus::RedirectScheme(url("https://b.example/items/?q"))),
            (302, "https://login.example/", PreflightStatus::RedirectLogin(url("https://login.example/"))),
            (302, "https://c.example/", PreflightStatus::Redirect),
            (302, "/items?q", PreflightStatus::Redirect),
            (301, "https://c.example/items?q", PreflightStatus::Redirect),
            (301, "https://b.example/items?other", PreflightStatus::Redirect),
            (302, "http://[", PreflightStatus::Redirect),
            (300, "/", PreflightStatus::Other),
            (304, "/", PreflightStatus::Other),
            (401, "/", PreflightStatus::Unauthorized),
            (403, "/", PreflightStatus::Forbidden),
            (404, "/", PreflightStatus::NotFound),
            (410, "/", PreflightStatus::NotFound),
            (405, "/", PreflightStatus::MethodNotAllowed),
            (501, "/", PreflightStatus::MethodNotAllowed),
            (500, "/", PreflightStatus::ServerError),
            (599, "/", PreflightStatus::ServerError),
            (400, "/", PreflightStatus::Other),
            (600, "/", PreflightStatus::Other),
        ];
        for (status, location, expected) in rows {
            let location = if location == "/items/" { "/items/?q" } else { location };
            let found = preflight_status("http://b.example/items?q", &answer(status, &[("Location", location)]));
            assert_eq!(found, expected, "{status} {location}");
        }
        assert_eq!(preflight_status("http://b.example/", &answer(301, &[])), PreflightStatus::Redirect);
        let from_one_login_page_to_another = preflight_status("http://b.example/login", &answer(302, &[("Location", "/sso")]));
        assert_eq!(from_one_login_page_to_another, PreflightStatus::Redirect);
    }

    #[test]
    fn methods() {
        let name = "Access-Control-Allow-Methods";
        let rows: &[(&str, bool, Lines, MethodNotAllowed)] = &[
            ("patch", false, &[(name, "GET, PATCH")], MethodNotAllowed::PageCase(b"PATCH".into())),
            ("PUT", false, &[(name, "put")], MethodNotAllowed::ListCase(b"put".into())),
            ("PUT", false, &[(name, "GET"), (name, "Put")], MethodNotAllowed::ListCase(b"Put".into())),
            ("PUT", true, &[(name, "*")], MethodNotAllowed::Wildcard),
            ("PUT", false, &[(name, "GET")], MethodNotAllowed::NotListed),
            ("PUT", false, &[(name, "")], MethodNotAllowed::NotListed),
            ("PUT", false, &[("Allow", "PUT")], MethodNotAllowed::Missing),
            ("PUT", false, &[("Access-Control-Allow-Method", "PUT")], MethodNotAllowed::Misspelt(0)),
        ];
        for (method, wildcard, headers, expected) in rows {
            assert_eq!(method_not_allowed(method.as_bytes(), *wildcard, &answer(204, headers), None), *expected);
        }
    }

    #[test]
    fn request_headers() {
        let name = "Access-Control-Allow-Headers";
        let rows: &[(&str, bool, Lines, HeaderNotAllowed)] = &[
            ("X-Token", false, &[(name, "X_Token")], HeaderNotAllowed::Similar(b"X_Token".into())),
            ("x-token", false, &[(name, "XToken")], HeaderNotAllowed::Similar(b"XToken".into())),
            ("content-type", false, &[(name, "Content-Typ")], HeaderNotAllowed::Similar(b"Content-Typ".into())),
            ("x-requested-with", false, &[(name, "X-Requested-Wit")], HeaderNotAllowed::Similar(b"X-Requested-Wit".into())),
            ("x-a", false, &[(name, "x-b")], HeaderNotAllowed::NotListed),
            ("x-token", false, &[(name, "x-taken")], HeaderNotAllowed::NotListed),
            ("x-token", true, &[(name, "*")], HeaderNotAllowed::Wildcard),
            ("x-token", false, &[], HeaderNotAllowed::Missing),
            ("x-token", false, &[("X", ""), ("Access-Control-Allow-Header", "x-token")], HeaderNotAllowed::Misspelt(1)),
            ("x-token", false, &[(name, "x-tokens")], HeaderNotAllowed::Similar(b"x-tokens".into())),
            ("x-ids", false, &[(name, "x-id")], HeaderNotAllowed::Similar(b"x-id".into())),
            ("Access-Control-Allow-Origin", false, &[(name, "x")], HeaderNotAllowed::OfResponse),
            ("access-control-expose-headers", false, &[(name, "x")], HeaderNotAllowed::OfResponse),
            ("access-control-max-age", true, &[(name, "*")], HeaderNotAllowed::OfResponse),
            ("access-control-request-x", false, &[(name, "x")], HeaderNotAllowed::NotListed),
            ("X-Requested-With", false, &[(name, "x")], HeaderNotAllowed::RequestedWith),
            ("x-token", false, &[("Access-Control-Expose-Headers", "X-Token")], HeaderNotAllowed::Exposed),
            ("x-token", false, &[(name, "x"), ("Access-Control-Expose-Headers", "x-id")], HeaderNotAllowed::NotListed),
            ("Sentry-Trace", false, &[], HeaderNotAllowed::OfLibrary(Library::Sentry)),
            ("traceparent", true, &[(name, "*")], HeaderNotAllowed::OfLibrary(Library::TraceContext)),
        ];
        for (header, wildcard, headers, expected) in rows {
            assert_eq!(header_not_allowed(header.as_bytes(), &[], *wildcard, &answer(204, headers), None), *expected);
        }
    }

    #[test]
    fn origins_that_are_easily_mistaken() {
        for (page, url, expected) in [
            ("http://localhost:3000", "http://localhost:8080/", true),
            ("http://app.example", "https://app.example/x", true),
            ("http://localhost", "http://127.0.0.1/", true),
            ("https://app.example", "https://api.app.example/", true),
            ("https://www.app.example", "https://app.example/", true),
            ("https://www.app.example", "https://api.app.example/", true),
            ("https://app.example", "https://api.example/", false),
            ("https://a.b.app.example", "https://a.c.app.example/", false),
            ("https://app.example", "https://127.0.0.1/", false),
            ("https://app.example", "data:x", false),
        ] {
            assert_eq!(are_near(&Url::parse(page).unwrap(), &Url::parse(url).unwrap()), expected, "{page} {url}");
        }
    }

    #[test]
    fn urls_that_ask_another_server() {
        for (url, expected) in [
            ("https://p.example/https://api.example/x", true),
            ("https://p.example/fetch/http://api.example/x", true),
            ("https://p.example/https%3A%2F%2Fapi.example", true),
            ("https://p.example/https:/api.example/x", true),
            ("https://p.example/?https://api.example/x", true),
            ("https://cors.p.example/get?url=https%3A%2F%2Fapi.example", true),
            ("https://proxy.example/?quest=http://api.example", true),
            ("https://proxy.example/?target=http://api.example", true),
            ("https://proxy.example/?u=http://api.example", true),
            ("https://proxy.example/?page=http://api.example", false),
            ("https://proxy.example/?url=api", false),
            ("https://shots.example/?url=https%3A%2F%2Fapi.example", false),
            ("https://proxy.example/items", false),
            ("https://api.example/https", false),
        ] {
            assert_eq!(is_through_proxy(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn which_library_adds_a_header() {
        let rows: &[(&str, &str, Library)] = &[
            ("sentry-trace", "", Library::Sentry),
            ("baggage", "baggage", Library::TraceContext),
            ("baggage", "baggage, sentry-trace", Library::Sentry),
            ("traceparent", "traceparent, x-datadog-trace-id", Library::Datadog),
            ("tracestate", "newrelic, traceparent, tracestate", Library::NewRelic),
            ("b3", "b3, sentry-trace", Library::B3),
            ("newrelic", "", Library::NewRelic),
            ("x-newrelic-id", "", Library::NewRelic),
            ("x-datadog-origin", "", Library::Datadog),
            ("request-id", "", Library::ApplicationInsights),
            ("request-context", "", Library::ApplicationInsights),
            ("elastic-apm-traceparent", "", Library::Elastic),
            ("x-b3-traceid", "", Library::B3),
            ("uber-trace-id", "", Library::Jaeger),
            ("uberctx-user", "", Library::Jaeger),
            ("x-amzn-trace-id", "", Library::XRay),
            ("x-dtpc", "", Library::Dynatrace),
            ("x-dtreferer", "", Library::Dynatrace),
            ("x-instana-t", "", Library::Instana),
        ];
        for (name, asked, expected) in rows {
            let asked = [Header(b"Access-Control-Request-Headers".into(), asked.as_bytes().into())];
            let found = header_not_allowed(name.as_bytes(), &asked, false, &answer(204, &[]), None);
            assert_eq!(found, HeaderNotAllowed::OfLibrary(*expected), "{name} among {asked:?}");
        }
    }

    #[test]
    fn a_list_in_the_answer_to_the_request_itself_is_found() {
        let later = answer(200, &[("Access-Control-Allow-Methods", "PUT"), ("Access-Control-Allow-Headers", "X-Token")]);
        let (none, empty) =
            (answer(204, &[]), answer(204, &[("Access-Control-Allow-Methods", ""), ("Access-Control-Allow-Headers", "")]));
        let method = |method: &[u8], answer| method_not_allowed(method, false, answer, Some(&later));
        assert_eq!(method(b"PUT", &none), MethodNotAllowed::OnActual);
        assert_eq!(method(b"PATCH", &none), MethodNotAllowed::Missing);
        assert_eq!(method(b"PUT", &empty), MethodNotAllowed::NotListed);
        let header = |name: &[u8], answer| header_not_allowed(name, &[], false, answer, Some(&later));
        assert_eq!(header(b"x-token", &none), HeaderNotAllowed::OnActual);
        assert_eq!(header(b"x-other", &none), HeaderNotAllowed::Missing);
        assert_eq!(header(b"x-token", &empty), HeaderNotAllowed::NotListed);
    }

    #[test]
    fn a_url_without_a_scheme() {
        for (written, expected) in [
            ("localhost:8080/api", true),
            ("api.example:443", true),
            ("127.0.0.1:8080?x", true),
            ("http://localhost:8080", false),
            ("data:1", false),
            ("mailto.x:a", false),
            ("localhost", false),
            ("localhost:", false),
        ] {
            assert_eq!(is_url_without_scheme(written), expected, "{written}");
        }
    }

    #[test]
    fn names_that_are_easily_taken_for_each_other() {
        let long = |length: usize| "a".repeat(length);
        for (a, b, expected) in [
            ("x-a", "X-A", false),
            ("x_a", "x-a", true),
            ("tokens", "token", true),
            ("token", "tokens", true),
            // Slips: none in a short name, one from 8 letters on, two from 16 on.
            ("x-tokem", "x-token", false),
            ("x-tokemab", "x-tokenab", true),
            ("x-tokmnab", "x-tokenab", true),
            ("x-tokmmab", "x-tokenab", false),
            ("x-request-if", "x-request-id", true),
            ("x-request-fi", "x-request-id", false),
            ("x-request-id-for-al", "x-request-id-for-all", true),
            ("x-request-id-for-a", "x-request-id-for-all", true),
            ("x-request-id-for-", "x-request-id-for-all", false),
            // What is no name, and what is too long.
            ("x request-id", "x-request-id", false),
            (&long(64), &long(63), true),
            (&long(63), &long(64), true),
            (&long(65), &long(64), false),
            (&long(64), &long(65), false),
            (&long(100_000), &long(64), false),
        ] {
            assert_eq!(is_similar(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abcd", "bd", 2),
            ("bd", "abcd", 2),
            ("abc", "abc", 0),
            ("ab", "ba", 2),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }
}
