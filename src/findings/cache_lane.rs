//! A lane of caches beside that of CORS: what each fetch takes from the preflight cache and the HTTP cache, what it leaves there,
//! and which later requests that serves. The engine is asked each time; nothing here knows how a cache decides.

use serde::Serialize;

use super::catalogue::{cache_use, later_title};
use super::observed::{page, with_credentials};
use super::subject::origin_of;
use crate::cache::{StoredResponse, fresh_for, selected_by};
use crate::cors::preflight_cache::{Allows, CacheEntry};
use crate::evaluate::{Tracing, evaluate_as, evaluate_watched};
use crate::explain::explain_fetch;
use crate::http::header_list::{Header, contains, joined};
use crate::http::modes::CredentialsMode;
use crate::infra::bytes::ByteString;
use crate::infra::origin::{Origin, TupleOrigin};
use crate::network::{Answer, Purpose, WireRequest, WireResponse};
use crate::profile::{Profile, ProfileName};
use crate::report::{FetchReport, Outcome};
use crate::scenario::{Call, Fetch, Page, Scenario, ScenarioError};
use crate::state::BrowserState;
use crate::trace::{EventKind, StoredResponseUse};

/// What becomes of caches in one profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CacheLane {
    /// The profile.
    pub profile: ProfileName,
    /// One for each fetch, in order.
    pub fetches: Vec<CacheVisit>,
}

/// What one fetch takes from caches, and what it leaves there.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CacheVisit {
    /// Each request that a cache could have answered, in order.
    pub requests: Vec<CacheUse>,
    /// What its preflights left in the CORS-preflight cache.
    pub preflights: Vec<KeptPreflight>,
    /// What its answers left in the HTTP cache.
    pub responses: Vec<KeptResponse>,
}

/// A request, and what a cache had for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CacheUse {
    /// Whether it is the preflight or the request itself.
    pub purpose: Purpose,
    /// The index in the URL list: 0 before the first redirect.
    pub hop: usize,
    /// What the cache had.
    pub hit: CacheHit,
    /// The index of the fetch that stored it, where it is an answer that was stored during this scenario.
    #[cfg_attr(feature = "page", tsify(type = "number | null"))]
    pub stored_by: Option<usize>,
    /// The same in a sentence.
    pub sentence: &'static str,
}

/// What a cache had for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum CacheHit {
    /// Nothing: it is sent.
    Sent,
    /// An answer for other requests, as `Vary` says: it is sent.
    SentForVary,
    /// An answer that the server is asked about.
    Asked,
    /// What is used; nothing is sent.
    Kept,
    /// What is used although it is no longer fresh.
    KeptStale,
}

/// What a preflight left in the CORS-preflight cache.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct KeptPreflight {
    /// The site of the tab for which it is kept.
    pub partition: String,
    /// The origin of the page.
    pub origin: String,
    /// The URL: another one is another entry.
    pub url: String,
    /// Whether it is of a request with credentials.
    pub credentials: bool,
    /// For how long, in seconds.
    pub seconds: f64,
    /// The methods that it allows; `*` for any.
    #[cfg_attr(feature = "page", tsify(type = "string[]"))]
    pub methods: Vec<ByteString>,
    /// The header names that it allows; `*` for any but `Authorization`.
    #[cfg_attr(feature = "page", tsify(type = "string[]"))]
    pub header_names: Vec<ByteString>,
}

/// What an answer left in the HTTP cache.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct KeptResponse {
    /// The site of the tab for which it is kept.
    pub partition: String,
    /// Its URL.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// For how long it is used without asking the server, in seconds: 0 where the server is always asked. Nothing where it is used
    /// for ever.
    #[cfg_attr(feature = "page", tsify(type = "number | null"))]
    pub fresh_for: Option<f64>,
    /// Whether it has an `ETag` or a `Last-Modified`, by which the server can be asked whether it is still good.
    pub can_be_asked_about: bool,
    /// The request headers by which `Vary` selects.
    pub selected_by: Vec<SelectedBy>,
    /// Its `Access-Control-Allow-Origin`, which counts for whoever gets it from the cache.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub allow_origin: Option<ByteString>,
}

/// A request header by which `Vary` selects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SelectedBy {
    /// Its name.
    #[cfg_attr(feature = "page", tsify(type = "string"))]
    pub name: ByteString,
    /// Its value in the request that was answered; nothing where that did not have it.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub value: Option<ByteString>,
}

/// What becomes of later requests in one profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct LaterLane {
    /// The profile.
    pub profile: ProfileName,
    /// Each request that is tried, by itself.
    pub requests: Vec<LaterRequest>,
}

/// A request that might follow, and what caches have for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct LaterRequest {
    /// In what it differs from the fetch that went before.
    pub kind: LaterKind,
    /// The same in words.
    pub title: String,
    /// What the caches have, request by request, as far as that can be told: until the server is asked.
    pub requests: Vec<CacheUse>,
    /// How it ends.
    pub ends: LaterEnd,
    /// The verdict, where it ends without the server, and nothing was taken for granted.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub verdict: Option<String>,
}

/// In what a later request differs from the fetch that went before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum LaterKind {
    /// In nothing but its time.
    Again,
    /// It has credentials.
    WithCredentials,
    /// It has none.
    WithoutCredentials,
    /// It has one header more.
    OneMoreHeader,
    /// It is an `<img>`, without CORS.
    WithoutCors,
    /// It is of a page of another origin on the same site.
    SameSitePage,
    /// It is of a page on another site.
    OtherSitePage,
}

impl LaterKind {
    const ALL: [Self; 7] = [
        Self::Again,
        Self::WithCredentials,
        Self::WithoutCredentials,
        Self::OneMoreHeader,
        Self::WithoutCors,
        Self::SameSitePage,
        Self::OtherSitePage,
    ];
}

/// How a later request ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum LaterEnd {
    /// The server is asked, and decides.
    Server,
    /// It gets its answer from the cache.
    Given,
    /// It is blocked without asking the server.
    Blocked,
}

/// What each fetch of the scenario takes from caches and leaves there, in the standard and in each browser.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
///
/// # Example
/// ```
/// use corscope::Scenario;
/// use corscope::findings::cache_lanes;
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/1", "init": { "method": "PUT" } },
///         "answers": [
///             { "status": 204, "headers": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Methods", "PUT"], ["Access-Control-Max-Age", "7200"]] },
///             { "status": 204, "headers": [["Access-Control-Allow-Origin", "*"]] }
///         ]
///     }]
/// }"#).unwrap();
/// let lanes = cache_lanes(&scenario).unwrap();
/// let seconds: Vec<_> = lanes.iter().map(|lane| lane.fetches[0].preflights.last().unwrap().seconds).collect();
/// assert_eq!(seconds, [7200.0, 7200.0, 7200.0, 600.0]);
/// ```
pub fn cache_lanes(scenario: &Scenario) -> Result<Vec<CacheLane>, ScenarioError> {
    ProfileName::ALL.into_iter().map(|name| cache_lane(scenario, Profile::of(name))).collect()
}

/// The same in one profile.
pub(crate) fn cache_lane(scenario: &Scenario, profile: Profile) -> Result<CacheLane, ScenarioError> {
    let mut before = scenario.state.clone();
    let mut left: Vec<CacheVisit> = Vec::new();
    let report = evaluate_watched(scenario, profile, Tracing::On, |state| {
        left.push(what_is_new(profile, &before, state));
        before.clone_from(state);
    })?;
    let visit = |(visit, report): (CacheVisit, &FetchReport)| CacheVisit { requests: uses(report), ..visit };
    Ok(CacheLane { profile: profile.name(), fetches: left.into_iter().zip(&report.fetches).map(visit).collect() })
}

/// What requests find in caches that follow the fetch at `index` after so many seconds, each by itself, in the standard and in each
/// browser. A preflight that is sent is taken to be allowed.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
///
/// # Example
/// ```
/// use corscope::Scenario;
/// use corscope::findings::{CacheHit, LaterEnd, later_requests};
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/a" },
///         "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["Cache-Control", "max-age=60"]] }]
///     }]
/// }"#).unwrap();
/// let first = |after: f64| later_requests(&scenario, 0, after).unwrap()[0].requests[0].clone();
/// assert_eq!((first(10.0).requests[0].hit, first(10.0).ends), (CacheHit::Kept, LaterEnd::Given));
/// assert_eq!((first(90.0).requests[0].hit, first(90.0).ends), (CacheHit::Sent, LaterEnd::Server));
/// ```
pub fn later_requests(scenario: &Scenario, index: usize, after: f64) -> Result<Vec<LaterLane>, ScenarioError> {
    ProfileName::ALL.into_iter().map(|name| later_lane(scenario, Profile::of(name), index, after)).collect()
}

/// The same in one profile.
pub(crate) fn later_lane(scenario: &Scenario, profile: Profile, index: usize, after: f64) -> Result<LaterLane, ScenarioError> {
    let mut requests = Vec::new();
    let mut known = scenario.clone();
    known.fetches.truncate(index.saturating_add(1));
    let report = evaluate_as(&known, profile, Tracing::Off)?;
    if let (Some(fetch), Some(report_of_it)) = (known.fetches.last(), report.fetches.last())
        && !matches!(report_of_it.outcome, Outcome::NeedsAnswer(_) | Outcome::NotReached | Outcome::Threw(_))
    {
        for kind in LaterKind::ALL {
            let Some(later) = later(&scenario.page, fetch, report_of_it, kind, end_of(fetch) + after) else { continue };
            let mut scenario = Scenario::new(later.page, vec![later.fetch]);
            scenario.state.clone_from(&report.state);
            let title = later_title(kind, origin_of(&scenario.page).map(|origin| origin.serialize()).as_deref());
            requests.extend(tried(scenario, profile, kind, title)?);
        }
    }
    Ok(LaterLane { profile: profile.name(), requests })
}

/// When the last answer of a fetch came.
fn end_of(fetch: &Fetch) -> f64 {
    let at = |answer: &Answer| match answer {
        Answer::Response(response) => response.at,
        Answer::Failure(_) => None,
    };
    fetch.answers.iter().filter_map(at).fold(fetch.at, f64::max)
}

/// What a request brought into the caches.
fn what_is_new(profile: Profile, before: &BrowserState, after: &BrowserState) -> CacheVisit {
    let mut preflights: Vec<KeptPreflight> = Vec::new();
    for entry in after.preflight_cache.iter().filter(|entry| !before.preflight_cache.contains(entry)) {
        let is_same = |kept: &KeptPreflight| {
            (&*kept.partition, &*kept.origin, &*kept.url, kept.credentials)
                == (&*entry.key, &*entry.origin, &*entry.url, entry.credentials)
                && kept.seconds.total_cmp(&entry.max_age).is_eq()
        };
        let kept = preflights.iter().position(is_same).unwrap_or_else(|| {
            preflights.push(KeptPreflight::of(entry));
            preflights.len() - 1
        });
        if let Some(kept) = preflights.get_mut(kept) {
            match &entry.allows {
                Allows::Method(method) => kept.methods.push(method.clone()),
                Allows::AnyMethod => kept.methods.push(b"*".as_slice().into()),
                Allows::HeaderName(name) => kept.header_names.push(name.clone()),
                Allows::AnyHeaderName => kept.header_names.push(b"*".as_slice().into()),
            }
        }
    }
    let responses = after.http_cache.iter().filter(|stored| !before.http_cache.contains(stored));
    let responses = responses.map(|stored| KeptResponse::of(profile, stored)).collect();
    CacheVisit { requests: Vec::new(), preflights, responses }
}

impl KeptPreflight {
    fn of(entry: &CacheEntry) -> Self {
        Self {
            partition: (*entry.key).into(),
            origin: (*entry.origin).into(),
            url: (*entry.url).into(),
            credentials: entry.credentials,
            seconds: entry.max_age,
            methods: Vec::new(),
            header_names: Vec::new(),
        }
    }
}

impl KeptResponse {
    fn of(profile: Profile, stored: &StoredResponse) -> Self {
        let headers = stored.response.headers.as_slice();
        let fresh_for = fresh_for(profile, stored, stored.stored_at);
        let has = |name: &[u8]| joined(headers, name).is_some();
        let selected = |(name, value): (&[u8], Option<Vec<u8>>)| SelectedBy {
            name: name.into(),
            value: value.map(|value| value.as_slice().into()),
        };
        Self {
            partition: stored.partition.clone(),
            url: stored.url.clone(),
            status: stored.response.status,
            fresh_for: fresh_for.is_finite().then_some(fresh_for),
            can_be_asked_about: has(b"etag") || has(b"last-modified"),
            selected_by: selected_by(stored).into_iter().map(selected).collect(),
            allow_origin: joined(headers, b"access-control-allow-origin").map(|value| (&*value).into()),
        }
    }
}

/// What caches had for the requests of a fetch, whose report has events.
fn uses(report: &FetchReport) -> Vec<CacheUse> {
    let mut all = Vec::new();
    let mut sent = (CacheHit::Sent, None);
    for event in &report.events {
        let (purpose, (hit, stored_by)) = match &event.what {
            EventKind::PreflightCacheHit => (Purpose::Preflight, (CacheHit::Kept, None)),
            EventKind::StoredResponse { used, stored_by } => match used {
                StoredResponseUse::Used => (Purpose::Actual, (CacheHit::Kept, *stored_by)),
                StoredResponseUse::UsedStale => (Purpose::Actual, (CacheHit::KeptStale, *stored_by)),
                StoredResponseUse::Revalidating => {
                    sent = (CacheHit::Asked, *stored_by);
                    continue;
                }
                StoredResponseUse::VaryMismatch => {
                    sent = (CacheHit::SentForVary, *stored_by);
                    continue;
                }
                StoredResponseUse::Validated => continue,
            },
            EventKind::RequestSent { exchange } => {
                let Some(exchange) = report.exchanges.get(*exchange) else { continue };
                // NB: what has no validator is not asked about, but asked for anew.
                let headers = &exchange.request.headers;
                let asks = contains(headers, b"If-None-Match") || contains(headers, b"If-Modified-Since");
                match std::mem::replace(&mut sent, (CacheHit::Sent, None)) {
                    (CacheHit::Asked, _) if !asks => (exchange.request.purpose, (CacheHit::Sent, None)),
                    found => (exchange.request.purpose, found),
                }
            }
            _ => continue,
        };
        all.push(CacheUse { purpose, hop: event.hop, hit, stored_by, sentence: cache_use(purpose, hit) });
    }
    all
}

/// A later request: who makes it, and how.
struct Later {
    page: Page,
    fetch: Fetch,
}

/// The later request of that kind, where there is one.
fn later(page_of_it: &Page, fetch: &Fetch, report: &FetchReport, kind: LaterKind, at: f64) -> Option<Later> {
    let request = report.request.as_ref()?;
    let mut later = Later { page: page_of_it.clone(), fetch: fetch.clone() };
    later.fetch.answers.clear();
    later.fetch.at = at;
    let call = &mut later.fetch.call;
    let has_credentials = request.credentials == CredentialsMode::Include;
    match kind {
        LaterKind::Again => return Some(later),
        LaterKind::WithCredentials if !has_credentials => *call = with_credentials(call, true),
        LaterKind::WithoutCredentials if has_credentials => *call = with_credentials(call, false),
        LaterKind::WithCredentials | LaterKind::WithoutCredentials => return None,
        LaterKind::OneMoreHeader => match call {
            Call::Fetch { init, .. } => init.headers.get_or_insert_default().push(("X-Another".into(), "1".into())),
            Call::Xhr { headers, .. } => headers.push(("X-Another".into(), "1".into())),
            _ => return None,
        },
        LaterKind::WithoutCors => match call {
            Call::Fetch { url, .. } | Call::Xhr { url, .. } if request.method.as_bytes() == b"GET" => {
                *call = Call::Img { url: url.clone(), cross_origin: None, srcset: false };
            }
            _ => return None,
        },
        LaterKind::SameSitePage | LaterKind::OtherSitePage => {
            // NB: a worker is of its page, and another page has another.
            later.fetch.service_worker = None;
            request.url.clone_into(call.url_mut());
            later.page = page(&other_origin(page_of_it, kind)?);
            return Some(later);
        }
    }
    (later.fetch.call != fetch.call).then_some(later)
}

/// The origin of another page: by another port on the same site, or on a site of its own.
fn other_origin(of: &Page, kind: LaterKind) -> Option<String> {
    if kind == LaterKind::OtherSitePage {
        return Some("https://another-site.example".into());
    }
    let Origin::Tuple(origin) = origin_of(of)? else { return None };
    let port = if origin.port == Some(8443) { 9443 } else { 8443 };
    Some(TupleOrigin::new(&origin.scheme, origin.host.clone(), Some(port)).to_string())
}

/// No request has more preflights than it has hops.
const MOST_PREFLIGHTS: usize = 21;

/// What becomes of a later request, until the server is asked. Nothing where it cannot be made.
fn tried(
    mut scenario: Scenario,
    profile: Profile,
    kind: LaterKind,
    title: String,
) -> Result<Option<LaterRequest>, ScenarioError> {
    for _ in 0..MOST_PREFLIGHTS {
        let report = evaluate_as(&scenario, profile, Tracing::On)?;
        let Some(of_it) = report.fetches.first() else { return Ok(None) };
        let Some(fetch) = scenario.fetches.first() else { return Ok(None) };
        let verdict = || Some(explain_fetch(profile.name(), &scenario.page, fetch, of_it).verdict.sentence);
        let (ends, verdict) = match &of_it.outcome {
            Outcome::NeedsAnswer(needs) if needs.request.purpose == Purpose::Preflight => {
                let allowed = allowing(&needs.request);
                if let Some(fetch) = scenario.fetches.first_mut() {
                    fetch.answers.push(Answer::Response(allowed));
                }
                continue;
            }
            Outcome::NeedsAnswer(_) => (LaterEnd::Server, None),
            Outcome::Response(_) => (LaterEnd::Given, verdict()),
            // NB: what was taken for granted of a preflight is no evidence to speak of.
            Outcome::NetworkError(_) if !fetch.answers.is_empty() => (LaterEnd::Blocked, None),
            Outcome::NetworkError(_) => (LaterEnd::Blocked, verdict()),
            Outcome::Threw(_) | Outcome::NotReached => return Ok(None),
        };
        return Ok(Some(LaterRequest { kind, title, requests: uses(of_it), ends, verdict }));
    }
    Ok(None)
}

/// An answer that allows what a preflight asks for.
fn allowing(preflight: &WireRequest) -> WireResponse {
    let mut headers = vec![Header(b"Access-Control-Allow-Credentials".as_slice().into(), b"true".as_slice().into())];
    for (asked, allows) in [
        (&b"origin"[..], &b"Access-Control-Allow-Origin"[..]),
        (b"access-control-request-method", b"Access-Control-Allow-Methods"),
        (b"access-control-request-headers", b"Access-Control-Allow-Headers"),
    ] {
        headers.extend(preflight.headers.get(asked).map(|value| Header(allows.into(), value.clone())));
    }
    WireResponse { status: 204, headers: headers.into(), ..WireResponse::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row for each use: preflight or request, and what the cache had.
    fn shown(requests: &[CacheUse]) -> String {
        let one = |used: &CacheUse| match used.purpose {
            Purpose::Preflight => format!("preflight {:?}", used.hit),
            Purpose::Actual => format!("{:?}", used.hit),
        };
        requests.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn put_and_get() -> Scenario {
        serde_json::from_str(
            r#"{
            "page": { "url": "https://app.example/" },
            "fetches": [{
                "call": { "api": "fetch", "url": "https://api.example/a", "init": { "headers": [["X-Token", "1"]] } },
                "answers": [
                    { "status": 204, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Headers", "x-token"], ["Access-Control-Max-Age", "3600"]] },
                    { "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["Cache-Control", "max-age=60"], ["ETag", "e"], ["Vary", "Accept-Language"]] }
                ]
            }, {
                "call": { "api": "fetch", "url": "https://api.example/a", "init": { "headers": [["X-Token", "1"]] } },
                "at": 30
            }, {
                "call": { "api": "fetch", "url": "https://api.example/a", "init": { "headers": [["X-Token", "1"]] } },
                "at": 900,
                "answers": [{ "status": 304, "headers": [["Access-Control-Allow-Origin", "https://app.example"]] }]
            }]
        }"#,
        )
        .unwrap()
    }

    #[test]
    fn what_fetches_take_from_caches_and_leave_there() {
        let lanes = cache_lanes(&put_and_get()).unwrap();
        for lane in &lanes {
            let uses: Vec<String> = lane.fetches.iter().map(|visit| shown(&visit.requests)).collect();
            let third = if lane.profile == ProfileName::Webkit { "preflight Sent" } else { "preflight Kept, Asked" };
            assert_eq!(uses, ["preflight Sent, Sent", "preflight Kept, Kept", third], "{:?}", lane.profile);
            assert_eq!(lane.fetches[1].requests[1].stored_by, Some(0));
            // NB: Firefox keeps the methods that need no permission for longer than those that do.
            let kept = lane.fetches[0].preflights.iter().find(|kept| !kept.header_names.is_empty()).unwrap();
            let expected = ("https://app.example", "https://app.example", "https://api.example/a", false);
            assert_eq!((&*kept.partition, &*kept.origin, &*kept.url, kept.credentials), expected);
            assert_eq!(kept.seconds, if lane.profile == ProfileName::Webkit { 600.0 } else { 3600.0 });
            assert!(kept.header_names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(b"x-token")));
            let [kept] = &lane.fetches[0].responses[..] else { panic!("{:?}", lane.fetches[0].responses) };
            let expected = ("https://api.example/a", 200, Some(60.0), true);
            assert_eq!((&*kept.url, kept.status, kept.fresh_for, kept.can_be_asked_about), expected);
            assert_eq!(kept.allow_origin, Some(b"https://app.example".as_slice().into()));
            assert_eq!(kept.selected_by.iter().map(|by| by.name.to_string()).collect::<Vec<_>>(), ["Accept-Language"]);
            assert!(lane.fetches[1].preflights.is_empty() && lane.fetches[1].responses.is_empty());
        }
    }

    #[test]
    fn what_later_requests_find() {
        use LaterEnd::{Blocked, Given, Server};
        let rows = |after: f64, profile: Profile| {
            let lane = later_lane(&put_and_get(), profile, 0, after).unwrap();
            lane.requests.iter().map(|later| (later.kind, shown(&later.requests), later.ends)).collect::<Vec<_>>()
        };
        let row = |kind, requests: &str, ends| (kind, requests.to_owned(), ends);
        let soon = |without_cors: &str| {
            [
                row(LaterKind::Again, "preflight Kept, Kept", Given),
                row(LaterKind::WithCredentials, "preflight Sent, Kept", Blocked),
                row(LaterKind::OneMoreHeader, "preflight Sent, Kept", Given),
                row(LaterKind::WithoutCors, without_cors, Given),
                row(LaterKind::SameSitePage, "preflight Sent, Kept", Blocked),
                row(LaterKind::OtherSitePage, "preflight Sent, Sent", Server),
            ]
        };
        assert_eq!(rows(10.0, crate::profile::SPEC), soon("Kept"));
        assert_eq!(rows(10.0, crate::profile::CHROMIUM), soon("Kept"));
        let later = rows(700.0, crate::profile::SPEC);
        assert_eq!(later[0], row(LaterKind::Again, "preflight Kept, Asked", Server));
        let later = rows(700.0, crate::profile::WEBKIT);
        assert_eq!(later[0], row(LaterKind::Again, "preflight Sent, Asked", Server));
    }

    #[test]
    fn what_is_not_over_leaves_nothing_to_follow() {
        let mut scenario = put_and_get();
        scenario.fetches.truncate(1);
        scenario.fetches[0].answers.pop();
        let lanes = later_requests(&scenario, 0, 1.0).unwrap();
        assert!(lanes.iter().all(|lane| lane.requests.is_empty()));
        assert!(later_requests(&scenario, 9, 1.0).is_ok());
    }
}
