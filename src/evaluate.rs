//! [`Scenario`] in, [`Report`] out: the replay of everything that is known, up to the answer that is missing.

use crate::cookies::evict_expired;
use crate::cors::expose::Visibility;
use crate::cors::preflight_cache::remove_expired;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::extent::HAS_CACHES;
use crate::fetch::consequence::{Ending, consequence, judged_tainting};
use crate::fetch::dropped_preload::is_given_up;
use crate::fetch::environment::Environment;
use crate::fetch::filter::{header_reports, response_report};
use crate::fetch::http_network_or_cache_fetch::response_of;
use crate::fetch::main_fetch::{append_accept, preflight_reasons};
use crate::fetch::opaque_blocking::is_preload_kept_from;
use crate::fetch::xhr::Xhr;
use crate::fetch::xhr_memory::MemoryUse;
use crate::fetch::{DocumentState, Failure, Fetching, Interrupted, construct, elements};
use crate::http::header_list::Header;
use crate::http::modes::Tainting;
use crate::http::request::Request;
use crate::infra::bytes::ByteString;
use crate::network::Answer;
use crate::profile::Profile;
use crate::report::{ExceptionName, FetchReport, HeaderReport, NeedsAnswer, NetworkError, Outcome, Report, RequestReport, Threw};
use crate::scenario::{Call, Fetch, Page, Scenario, ScenarioError, VERSION};
use crate::state::BrowserState;
use crate::trace::{Event, Trace};

/// The most fetches of a scenario.
const FETCH_LIMIT: usize = 10_000;
/// The most answers of one fetch: a preflight and an answer for each of 21 URLs, interim answers and retries, and then some.
const ANSWER_LIMIT: usize = 1_000;
/// The greatest status of a response that script made: <https://fetch.spec.whatwg.org/#concept-status>.
const STATUS_LIMIT: u16 = 999;
/// The most header lines of one request or answer.
const HEADER_LIMIT: usize = 10_000;

/// Runs every fetch of the scenario as far as its answers go.
///
/// # Errors
/// A scenario that makes no sense is the caller's fault; the error names the place.
///
/// # Example
/// ```
/// use corscope::{Outcome, Scenario, evaluate};
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/me" },
///         "answers": [{ "status": 200, "headers": [["Content-Type", "application/json"]] }]
///     }]
/// }"#).unwrap();
/// let report = evaluate(&scenario).unwrap();
/// let Outcome::NetworkError(error) = &report.fetches[0].outcome else { panic!() };
/// assert_eq!(error.code.as_str(), "HF-CORS");
/// assert_eq!(error.step.algorithm.url(), "https://fetch.spec.whatwg.org/#concept-http-fetch");
/// ```
pub fn evaluate(scenario: &Scenario) -> Result<Report, ScenarioError> {
    evaluate_with(scenario, Tracing::On)
}

/// Whether a report has events. The rest of the report never depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracing {
    /// It has.
    On,
    /// It has none, and costs less.
    Off,
}

/// [`evaluate`], with or without events.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_with(scenario: &Scenario, tracing: Tracing) -> Result<Report, ScenarioError> {
    evaluate_as(scenario, scenario.profile.into(), tracing)
}

/// [`evaluate_with`], with the behaviour of `profile`, whichever the scenario names.
pub(crate) fn evaluate_as(scenario: &Scenario, profile: Profile, tracing: Tracing) -> Result<Report, ScenarioError> {
    evaluate_watched(scenario, profile, tracing, |_| ())
}

/// [`evaluate_as`], which shows `watch` what the browser remembers after each fetch.
pub(crate) fn evaluate_watched(
    scenario: &Scenario,
    profile: Profile,
    tracing: Tracing,
    mut watch: impl FnMut(&BrowserState),
) -> Result<Report, ScenarioError> {
    if scenario.version != VERSION {
        return Err(ScenarioError::Version { found: scenario.version });
    }
    limit(|| "fetches".into(), scenario.fetches.len(), FETCH_LIMIT)?;
    let environment = Environment::new(&scenario.page, profile)?;
    let mut state = scenario.state.clone();
    let mut document = DocumentState::default();
    let mut fetches = Vec::with_capacity(scenario.fetches.len());
    let mut now = 0.0;
    let mut is_waiting = false;
    for (index, fetch) in scenario.fetches.iter().enumerate() {
        check_fetch(&|| format!("fetches[{index}]"), fetch, now)?;
        now = fetch.at;
        let report = if is_waiting {
            FetchReport::of(Outcome::NotReached, fetch)
        } else {
            let run = Run { environment: &environment, fetch, index, document: &mut document, state: &mut state };
            run.traced(tracing)
        };
        is_waiting |= matches!(report.outcome, Outcome::NeedsAnswer(_));
        fetches.push(report);
        watch(&state);
    }
    Ok(Report { version: VERSION, fetches, state })
}

/// A browser that lives longer than one scenario: it keeps caches and cookies between fetches.
///
/// ```
/// use corscope::{Answer, Browser, Call, Fetch, Outcome, Page, RequestInit};
///
/// let page = Page::new("https://app.example/");
/// let init = RequestInit { method: Some("PUT".into()), ..RequestInit::default() };
/// let mut put = Fetch::new(Call::fetch("https://api.example/1", init));
/// put.answers = serde_json::from_str::<Vec<Answer>>(r#"[
///     { "status": 204, "headers": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Methods", "PUT"]] },
///     { "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] }
/// ]"#).unwrap();
/// let mut browser = Browser::new();
/// assert_eq!(browser.fetch(&page, &put).unwrap().exchanges.len(), 2);
///
/// // The preflight is remembered, so the second request goes out at once: its only exchange waits for the answer.
/// put.answers.clear();
/// assert!(matches!(browser.fetch(&page, &put).unwrap().outcome, Outcome::NeedsAnswer(need) if need.exchange == 0));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Browser {
    profile: Profile,
    state: BrowserState,
    document: Option<Document>,
}

/// What a browser keeps of a page as long as that is the one whose fetches it runs.
#[derive(Debug, Clone)]
struct Document {
    page: Page,
    /// How many of its fetches have ended.
    fetches: usize,
    state: DocumentState,
}

impl Browser {
    /// A browser that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A browser that remembers `state`.
    pub fn with_state(state: BrowserState) -> Self {
        Self { state, ..Self::default() }
    }

    /// This browser, but with the behaviour of `profile`: a [`ProfileName`](crate::ProfileName), or a
    /// [`Profile`] with some of its deviations taken away. Without this it follows the standard.
    #[must_use]
    pub fn with_profile(self, profile: impl Into<Profile>) -> Self {
        Self { profile: profile.into(), ..self }
    }

    /// Whose behaviour it has.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// What it remembers.
    pub fn state(&self) -> &BrowserState {
        &self.state
    }

    /// Runs one fetch of `page` as far as its answers go. Once it has ended, the browser remembers what it left behind;
    /// while it needs an answer, nothing is remembered: add the answer, and call again. What was preloaded is there for the next
    /// fetches of the same page.
    ///
    /// # Errors
    /// A page or a fetch that makes no sense; the error names the place.
    pub fn fetch(&mut self, page: &Page, fetch: &Fetch) -> Result<FetchReport, ScenarioError> {
        let environment = Environment::new(page, self.profile)?;
        check_fetch(&|| "fetch".into(), fetch, 0.0)?;
        let mut document = match self.document.take() {
            Some(document) if document.page == *page => document,
            _ => Document { page: page.clone(), fetches: 0, state: DocumentState::default() },
        };
        let mut state = document.state.clone();
        let index = document.fetches;
        let run = Run { environment: &environment, fetch, index, document: &mut state, state: &mut self.state };
        let report = run.traced(Tracing::On);
        // NB: an index of a fetch means something within its own page only.
        self.state.http_cache.iter_mut().for_each(|stored| stored.stored_by = None);
        if !matches!(report.outcome, Outcome::NeedsAnswer(_)) {
            document.fetches += 1;
            document.state = state;
        }
        self.document = Some(document);
        Ok(report)
    }
}

fn limit(place: impl Fn() -> String, found: usize, limit: usize) -> Result<(), ScenarioError> {
    if found > limit {
        return Err(ScenarioError::Limit { place: place(), found, limit });
    }
    Ok(())
}

/// OPTIMIZATION: room for the events of most fetches.
const EVENTS: usize = 24;

/// OPTIMIZATION: a preflight and a request.
const EXCHANGES: usize = 2;

/// What can be said against a fetch before it runs.
fn check_fetch(place: &dyn Fn() -> String, fetch: &Fetch, earliest: f64) -> Result<(), ScenarioError> {
    let is_time = |at: f64| at.is_finite() && at >= earliest;
    if !is_time(fetch.at) {
        return Err(ScenarioError::Time { place: place() + ".at" });
    }
    limit(|| place() + ".answers", fetch.answers.len(), ANSWER_LIMIT)?;
    let (member, headers) = match &fetch.call {
        Call::Fetch { init, header_edits, .. } => {
            limit(|| place() + ".call.headerEdits", header_edits.len(), HEADER_LIMIT)?;
            ("init.headers", init.headers.as_ref().map_or(0, Vec::len))
        }
        Call::Xhr { headers, .. } => ("headers", headers.len()),
        _ => ("", 0),
    };
    limit(|| format!("{}.call.{member}", place()), headers, HEADER_LIMIT)?;
    for (index, answer) in fetch.answers.iter().enumerate() {
        let Answer::Response(response) = answer else { continue };
        let place = || format!("{}.answers[{index}]", place());
        if response.at.is_some_and(|at| !is_time(at)) {
            return Err(ScenarioError::Time { place: place() + ".at" });
        }
        limit(|| place() + ".headers", response.headers.len(), HEADER_LIMIT)?;
    }
    if let Some(worker) = &fetch.service_worker {
        let place = || place() + ".serviceWorker";
        if worker.status > STATUS_LIMIT {
            return Err(ScenarioError::Status { place: place() + ".status", found: worker.status });
        }
        for (index, url) in worker.url_list.iter().enumerate() {
            let place = || format!("{}.urlList[{index}]", place());
            url::Url::parse(url).map_err(|reason| ScenarioError::Url { place: place(), found: url.clone(), reason })?;
        }
    }
    Ok(())
}

/// One fetch, ready to run.
struct Run<'a> {
    environment: &'a Environment<'a>,
    fetch: &'a Fetch,
    index: usize,
    document: &'a mut DocumentState,
    state: &'a mut BrowserState,
}

impl Run<'_> {
    fn traced(self, tracing: Tracing) -> FetchReport {
        match tracing {
            Tracing::Off => self.run(&mut ()),
            Tracing::On => {
                let mut events: Vec<Event> = Vec::with_capacity(EVENTS);
                let report = self.run(&mut events);
                FetchReport { events, ..report }
            }
        }
    }

    fn run(self, trace: &mut impl Trace) -> FetchReport {
        let mut request = match construct(self.environment, &self.fetch.call, trace) {
            Ok(request) => request,
            Err(threw) => {
                let consequence = consequence(self.environment.profile, &self.fetch.call, Ending::Threw);
                return FetchReport { consequence, ..FetchReport::of(Outcome::Threw(threw), self.fetch) };
            }
        };
        let request_report = RequestReport::of(self.environment, &request);
        let (environment, fetch, index) = (self.environment, self.fetch, self.index);
        let mut fetching = Fetching {
            environment,
            fetch,
            index,
            document: self.document,
            answers_used: 0,
            exchanges: Vec::with_capacity(EXCHANGES),
            state: self.state.clone(),
            now: fetch.at,
            memory_use: MemoryUse::default(),
            trace,
        };
        let fetched = fetching.fetch(&mut request);
        let Fetching { exchanges, mut state, answers_used, document, now, .. } = fetching;
        // Whether Opaque Response Blocking keeps from a preload what it got.
        let is_kept_back = |failure: &Failure| {
            let headers = failure.exchange.and_then(|index| Some(&exchanges.get(index)?.response.as_ref()?.headers));
            request.response_tainting == Tainting::Opaque
                && headers.is_some_and(|headers| is_preload_kept_from(environment.profile, &fetch.call, headers))
        };
        let consequence = match &fetched {
            Err(Interrupted::NeedsAnswer) => None,
            Err(Interrupted::NetworkError(failure)) => {
                // NB: where a redirect leads, a bad port is found out before anything is sent.
                let index = failure.exchange.or_else(|| exchanges.len().checked_sub(1));
                let response = index.and_then(|index| exchanges.get(index)?.response.as_ref());
                let response = response.map(|wire| response_of(wire, None));
                let response = response.as_ref().map(|response| (response, response.location_url(environment.profile, None)));
                // NB: how a preload from elsewhere has failed, its link does not tell.
                let is_hidden = environment.profile.has(Deviation::PreloadLoadsAnyway)
                    && matches!(fetch.call, Call::Preload { .. })
                    && request.response_tainting != Tainting::Basic
                    && (!exchanges.is_empty() || failure.code == NetworkErrorCode::Preload);
                let ending = match is_kept_back(failure) || is_hidden {
                    true => Ending::Blocked,
                    false => Ending::of_failure(environment.profile, &fetch.call, failure, response, request.response_tainting),
                };
                consequence(environment.profile, &fetch.call, ending)
            }
            Ok(response) => {
                let last = response.url_list.last();
                let is_back = last.is_some_and(|url| environment.origin.is_of_url(url));
                let tainting = judged_tainting(environment.profile, &fetch.call, request.response_tainting, last, is_back);
                consequence(environment.profile, &fetch.call, Ending::Response(response, tainting))
            }
        };
        let preload = match &fetch.call {
            Call::Preload { cross_origin, .. } if HAS_CACHES => Some(cross_origin.as_deref()),
            _ => None,
        };
        let is_spared = preload.is_some()
            && environment.profile.has(Deviation::SparedPreloadsNotKept)
            && document.resources.has(environment.profile, &fetch.call, &request);
        let (by, is_sent) = ((index, &fetch.call), !exchanges.is_empty());
        let (outcome, response_headers) = match fetched {
            Err(Interrupted::NeedsAnswer) => (needs_answer(&exchanges), Vec::new()),
            Err(Interrupted::NetworkError(failure)) => {
                if let Some(cross_origin) = preload
                    && !is_given_up(environment, &request, &failure, &exchanges, is_kept_back(&failure))
                {
                    let is_refused = matches!(failure.code, NetworkErrorCode::MimeType | NetworkErrorCode::Nosniff);
                    let answer = exchanges.last().and_then(|exchange| exchange.response.as_ref()).filter(|_| is_refused);
                    let refused = answer.map(|answer| response_of(answer, None));
                    document.preloads.keep(environment.profile, index, cross_origin, &request, Err(failure.code), refused);
                }
                document.resources.keep(environment.profile, by, &request, Err(failure.code), consequence.as_ref(), is_sent);
                let hidden = failure.exchange.and_then(|index| exchanges.get(index)?.response.as_ref());
                let headers = hidden.map(|response| hidden_headers(&response.headers)).unwrap_or_default();
                (network_error(&fetch.call, *failure), headers)
            }
            Ok(response) => {
                let headers = header_reports(environment.profile, &fetch.call, &request, &response);
                let report = response_report(environment.profile, &fetch.call, &request, &response, &headers);
                if let Some(cross_origin) = preload {
                    if !is_spared {
                        document.preloads.keep(environment.profile, index, cross_origin, &request, Ok(response), None);
                    }
                } else {
                    document.resources.keep(environment.profile, by, &request, Ok(response), consequence.as_ref(), is_sent);
                }
                (Outcome::Response(Box::new(report)), headers)
            }
        };
        if !matches!(outcome, Outcome::NeedsAnswer(_)) {
            evict_expired(&mut state.cookies, now);
            remove_expired(&mut state.preflight_cache, now);
            *self.state = state;
        }
        let unused_answers = fetch.answers.len() - answers_used;
        let request = Some(request_report);
        FetchReport { request, outcome, consequence, exchanges, response_headers, unused_answers, events: Vec::new() }
    }
}

/// The request of a call.
fn construct(environment: &Environment<'_>, call: &Call, trace: &mut impl Trace) -> Result<Request, Threw> {
    match call {
        Call::Fetch { url, init, header_edits } => construct::fetch(environment, url, init, header_edits, trace),
        Call::Xhr { method, url, headers, with_credentials, upload_listener, body, username, password, sync } => {
            let xhr = Xhr {
                method,
                url,
                headers,
                with_credentials: *with_credentials,
                upload_listener: *upload_listener,
                sync: *sync,
                body: body.as_ref(),
                username: username.as_deref(),
                password: password.as_deref(),
            };
            xhr.request(environment, trace)
        }
        call => elements::request(environment, call),
    }
}

fn needs_answer(exchanges: &[crate::report::Exchange]) -> Outcome {
    match exchanges.last() {
        Some(exchange) => Outcome::NeedsAnswer(NeedsAnswer { exchange: exchanges.len() - 1, request: exchange.request.clone() }),
        // NB: only a request on the wire halts, and it is an exchange.
        None => Outcome::NotReached,
    }
}

fn network_error(call: &Call, failure: Failure) -> Outcome {
    let Failure { code, failed, hop, exchange, evidence } = failure;
    let error = match call {
        Call::Fetch { .. } if code == NetworkErrorCode::Aborted => Some(ExceptionName::AbortError),
        Call::Fetch { .. } if code == NetworkErrorCode::StreamNotSupported => Some(ExceptionName::NotSupportedError),
        Call::Fetch { .. } | Call::Import { .. } => Some(ExceptionName::TypeError),
        Call::Xhr { sync: true, .. } | Call::ImportScripts { .. } | Call::Font { .. } => Some(ExceptionName::NetworkError),
        _ => None,
    };
    Outcome::NetworkError(Box::new(NetworkError { code, step: code.step(), failed, error, hop, exchange, evidence }))
}

/// The headers of an answer that ended in a network error.
fn hidden_headers(headers: &[Header]) -> Vec<HeaderReport> {
    let report = |Header(name, value): &Header| HeaderReport {
        name: name.clone(),
        value: value.clone(),
        readable: false,
        why: Visibility::NetworkError,
    };
    headers.iter().map(report).collect()
}

impl FetchReport {
    /// The report of a fetch that made no request.
    fn of(outcome: Outcome, fetch: &Fetch) -> Self {
        let unused_answers = fetch.answers.len();
        Self {
            request: None,
            outcome,
            consequence: None,
            exchanges: Vec::new(),
            response_headers: Vec::new(),
            unused_answers,
            events: Vec::new(),
        }
    }
}

impl RequestReport {
    fn of(environment: &Environment<'_>, request: &Request) -> Self {
        // NB: the browser's own headers are not script's, but they count.
        let mut counted = request.header_list.clone();
        append_accept(environment, request.destination, &mut counted);
        Self {
            method: ByteString::clone(&request.method),
            url: request.current_url().to_string(),
            mode: request.mode,
            credentials: request.credentials_mode,
            cache: request.cache_mode,
            redirect: request.redirect_mode,
            destination: request.destination,
            headers: request.header_list.clone(),
            same_origin: request.is_same_origin(),
            preflight_reasons: preflight_reasons(environment.profile, request, &counted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::RequestInit;

    #[test]
    fn limits() {
        let fetch = |headers: usize| {
            let headers = Some(vec![("X-A".into(), String::new()); headers]);
            Fetch::new(Call::fetch("https://b.example/", RequestInit { headers, ..RequestInit::default() }))
        };
        let mut scenario = Scenario::new(Page::new("https://a.example/"), vec![fetch(HEADER_LIMIT)]);
        assert!(evaluate(&scenario).is_ok());
        scenario.fetches.push(fetch(HEADER_LIMIT + 1));
        let error = evaluate(&scenario).unwrap_err().to_string();
        assert_eq!(error, "fetches[1].call.init.headers: 10001 is more than the 10000 that are read");
    }

    #[test]
    fn preflights_to_hosts_that_want_https() {
        for (profile, method, fails) in
            [("spec", "PUT", false), ("chromium", "PUT", true), ("chromium", "GET", false), ("firefox", "PUT", false)]
        {
            let scenario: Scenario = serde_json::from_value(serde_json::json!({
                "profile": profile,
                "page": { "url": "http://a.example/" },
                "fetches": [{ "call": { "api": "fetch", "url": "http://b.example/", "init": { "method": method } } }],
                "state": { "hsts": [{ "host": "b.example" }] },
            }))
            .unwrap();
            let report = evaluate(&scenario).unwrap();
            let found = match &report.fetches[0].outcome {
                Outcome::NetworkError(error) => Some(error.code),
                _ => None,
            };
            assert_eq!(found, fails.then_some(NetworkErrorCode::PreflightStatus), "{profile} {method}");
        }
    }
}
