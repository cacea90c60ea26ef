//! The smallest policy with which a list of planned requests works.

use serde::{Deserialize, Serialize};

use super::book::tokens;
use super::goal::Goal;
use super::origin_of;
use crate::cors::check::CorsFailed;
use crate::cors::preflight::PreflightFailed;
use crate::evaluate::{Tracing, evaluate_as};
use crate::http::header_list::{Header, joined};
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::network::{Answer, Purpose, WireResponse};
use crate::policy::{AllowedOrigins, PREFLIGHT_STATUS, Policy, PolicyRequest};
use crate::profile::{Profile, ProfileName};
use crate::report::{Exchange, FailedCheck, FetchReport, NetworkError, Outcome};
use crate::scenario::{Call, Fetch, Page, Scenario, ScenarioError};

/// A request that a page is going to make, and what it wants to read of the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
pub struct PlannedRequest {
    /// The page.
    pub page: Page,
    /// Its call.
    #[cfg_attr(feature = "repair", tsify(type = "Call | PlatformRequest"))]
    pub call: Call,
    /// The response headers that script reads.
    #[serde(default)]
    #[cfg_attr(feature = "repair", tsify(optional))]
    pub read: Vec<String>,
}

/// Why there is no policy for a list of planned requests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A page or a call that makes no sense.
    #[error("requests[{index}]: {error}")]
    Scenario {
        /// Which request.
        index: usize,
        /// What the engine has against it.
        error: ScenarioError,
    },
    /// A page without an origin of its own, which no policy can name.
    #[error(
        "requests[{index}].page: it has no origin of its own and sends `null`, which any page can; \
         serve it over http or https, and without a sandbox"
    )]
    PageWithoutOrigin {
        /// Which request.
        index: usize,
    },
    /// A header that no policy can show to script.
    #[error("requests[{index}].read: no script ever sees {name:?}; leave it out")]
    NeverReadable {
        /// Which request.
        index: usize,
        /// The header.
        name: String,
    },
    /// Something else than the server's policy is in the way.
    #[error(
        "requests[{index}].call: no policy of a server lets it work ({profile}: {code}); evaluate it by itself to see why, \
         and change the call"
    )]
    NotByPolicy {
        /// Which request.
        index: usize,
        /// Under which profile.
        profile: &'static str,
        /// The code of the network error, or what else became of it.
        code: &'static str,
    },
}

impl PlanError {
    /// Where in the list, such as `requests[0].page`.
    pub fn place(&self) -> String {
        match self {
            Self::Scenario { index, .. } => format!("requests[{index}]"),
            Self::PageWithoutOrigin { index } => format!("requests[{index}].page"),
            Self::NeverReadable { index, .. } => format!("requests[{index}].read"),
            Self::NotByPolicy { index, .. } => format!("requests[{index}].call"),
        }
    }
}

/// The smallest policy with which all of these work, in all four profiles: each part of it is there because one of them did not
/// work without. It is for one server; where the requests go to several, each needs its own list.
///
/// # Errors
/// The first request that no policy can help.
///
/// # Example
/// ```
/// use corscope::repair::{PlannedRequest, minimal_policy};
/// use corscope::{Call, Page, RequestInit};
///
/// let init = RequestInit {
///     method: Some("PATCH".into()),
///     headers: Some(vec![("X-Tenant".into(), "1".into()), ("Accept".into(), "application/json".into())]),
///     ..RequestInit::default()
/// };
/// let planned = PlannedRequest {
///     page: Page::new("https://app.example/"),
///     call: Call::fetch("https://api.example/1", init),
///     read: vec!["ETag".into(), "Content-Type".into()],
/// };
/// let policy = minimal_policy(&[planned])?;
/// assert_eq!(policy.methods, ["PATCH"]);
/// assert_eq!(policy.request_headers, ["x-tenant"]);
/// assert_eq!(policy.exposed_headers, ["ETag"]);
/// assert!(!policy.credentials);
/// # Ok::<(), corscope::repair::PlanError>(())
/// ```
pub fn minimal_policy(requests: &[PlannedRequest]) -> Result<Policy, PlanError> {
    let mut policy = Policy::default();
    for (index, planned) in requests.iter().enumerate() {
        for name in ProfileName::ALL {
            // NB: each round adds something to the policy, and there is only so much that a request asks for.
            while let Some(missing) = missing(planned, index, name, &policy)? {
                missing.add_to(&mut policy);
            }
        }
    }
    Ok(policy)
}

/// What a policy has to have in addition.
#[derive(Debug, PartialEq)]
enum Missing {
    Origin(String),
    Credentials,
    Method(String),
    RequestHeaders(Vec<String>),
    Exposed(String),
}

impl Missing {
    fn add_to(self, policy: &mut Policy) {
        match self {
            Self::Origin(origin) => match &mut policy.origins {
                AllowedOrigins::List(list) => list.push(origin),
                AllowedOrigins::Any => {}
            },
            Self::Credentials => policy.credentials = true,
            Self::Method(method) => policy.methods.push(method),
            Self::RequestHeaders(names) => policy.request_headers.extend(names),
            Self::Exposed(name) => policy.exposed_headers.push(name),
        }
    }
}

/// What `policy` lacks for this request under this profile.
fn missing(planned: &PlannedRequest, index: usize, name: ProfileName, policy: &Policy) -> Result<Option<Missing>, PlanError> {
    let PlannedRequest { page, call, read } = planned;
    let fail = |code| PlanError::NotByPolicy { index, profile: name.as_str(), code };
    let report = serve(page, call, read, policy, name.into()).map_err(|error| PlanError::Scenario { index, error })?;
    let error = match &report.outcome {
        Outcome::Response(response) => {
            if !Goal::of(call, &report).is_reached(&report) {
                return Err(fail("opaque"));
            }
            let is_readable = |wanted: &&String| response.headers.contains(wanted.as_bytes());
            let Some(hidden) = read.iter().find(|wanted| !is_readable(wanted)) else { return Ok(None) };
            let is_exposed = policy.exposed_headers.iter().any(|exposed| exposed.eq_ignore_ascii_case(hidden));
            return match is_exposed || crate::http::response_header::is_forbidden_response_header_name(hidden.as_bytes()) {
                true => Err(PlanError::NeverReadable { index, name: hidden.clone() }),
                false => Ok(Some(Missing::Exposed(hidden.clone()))),
            };
        }
        Outcome::NetworkError(error) => error,
        Outcome::Threw(_) => return Err(fail("throws")),
        Outcome::NeedsAnswer(_) | Outcome::NotReached => return Err(fail("endless")),
    };
    let exchange = error.exchange.and_then(|exchange| report.exchanges.get(exchange));
    let missing = exchange.and_then(|exchange| of_failed(error, exchange, policy));
    match missing {
        // NB: once the origin is listed and still does not pass, it is one that cannot be.
        Some(Missing::Origin(origin)) if origin == "null" => Err(PlanError::PageWithoutOrigin { index }),
        Some(Missing::Origin(origin)) if origin != origin_of(page) => Err(fail(error.code.as_str())),
        Some(missing) if missing.is_in(policy) => Err(fail(error.code.as_str())),
        Some(missing) => Ok(Some(missing)),
        None => Err(fail(error.code.as_str())),
    }
}

impl Missing {
    /// Whether the policy has it already, so that it cannot be what is missing.
    fn is_in(&self, policy: &Policy) -> bool {
        match self {
            Self::Origin(origin) => matches!(&policy.origins, AllowedOrigins::List(list) if list.contains(origin)),
            Self::Credentials => policy.credentials,
            Self::Method(method) => policy.methods.contains(method),
            Self::RequestHeaders(names) => names.is_empty(),
            Self::Exposed(name) => policy.exposed_headers.contains(name),
        }
    }
}

/// What would have let a check pass.
fn of_failed(error: &NetworkError, exchange: &Exchange, policy: &Policy) -> Option<Missing> {
    let headers = &exchange.request.headers;
    let value = |name: &'static [u8]| joined(headers, name).map(|value| isomorphic_decode(&value));
    let of_cors = |failed: CorsFailed| match failed {
        CorsFailed::AllowCredentialsMissing | CorsFailed::AllowCredentialsNotTrue { .. } => Some(Missing::Credentials),
        _ => value(b"origin").map(Missing::Origin),
    };
    match error.failed? {
        FailedCheck::CorsCheck { failed, .. } => of_cors(failed),
        FailedCheck::Preflight { failed: PreflightFailed::CorsCheck { failed }, .. } => of_cors(failed),
        FailedCheck::Preflight { failed: PreflightFailed::Method { .. }, .. } => {
            value(b"access-control-request-method").map(Missing::Method)
        }
        FailedCheck::Preflight { failed: PreflightFailed::Header { .. } | PreflightFailed::Authorization { .. }, .. } => {
            let mut names = tokens(headers.as_slice(), "access-control-request-headers");
            names.retain(|name| !policy.request_headers.iter().any(|known| known.eq_ignore_ascii_case(name)));
            Some(Missing::RequestHeaders(names))
        }
        FailedCheck::Preflight { .. } | FailedCheck::Corp { .. } | FailedCheck::Preload { .. } | FailedCheck::Module { .. } => {
            None
        }
    }
}

/// How `call` ends where the server follows `policy`, and sends the headers that are `read`.
pub(super) fn served(page: &Page, call: &Call, read: &[String], policy: &Policy, profile: Profile) -> Option<FetchReport> {
    serve(page, call, read, policy, profile).ok()
}

fn serve(page: &Page, call: &Call, read: &[String], policy: &Policy, profile: Profile) -> Result<FetchReport, ScenarioError> {
    let mut scenario = Scenario::new(page.clone(), vec![Fetch::new(call.clone())]);
    loop {
        let report = evaluate_as(&scenario, profile, Tracing::Off)?.fetches.swap_remove(0);
        let Outcome::NeedsAnswer(needs) = &report.outcome else { return Ok(report) };
        let asked = PolicyRequest::of(&needs.request);
        let mut headers = policy.answer(&asked);
        let status = match needs.request.purpose {
            Purpose::Preflight => PREFLIGHT_STATUS,
            Purpose::Actual => {
                headers.extend(read.iter().map(|name| Header(name.as_bytes().into(), ByteString::default())));
                200
            }
        };
        let Some(fetch) = scenario.fetches.first_mut() else { return Ok(report) };
        if fetch.answers.len() > 8 {
            return Ok(report);
        }
        fetch.answers.push(Answer::Response(WireResponse { status, headers: headers.into(), ..WireResponse::default() }));
    }
}
