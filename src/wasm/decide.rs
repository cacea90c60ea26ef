//! The verdict alone, over plain data: what [`decide`](crate::decide::decide()) says of it.

mod direct;

use std::borrow::Cow;

use js_sys::Array;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::plain::{Misfit, Plain, Shape};
use super::{error, misfitting, packed};
use crate::cors::check::CorsFailed;
use crate::cors::preflight::PreflightFailed;
use crate::decide::{Answer, Blocked, Fields, Outcome, Request, Unreadable, decide as decided, readable_lines};
use crate::http::modes::{CredentialsMode, RequestMode, Tainting};
use crate::infra::bytes::{is_http_tab_or_space, isomorphic_encode, trim};
use crate::profile::{Profile, ProfileName};
use crate::trace::MainFetchBranch;

/// The verdict alone: what becomes of a request, and which headers of its answer script can read.
///
/// For thousands of exchanges at a time. What comes before and after is not looked at: bad ports, mixed content and other
/// policies, caches, redirects, `Cross-Origin-Resource-Policy`. `evaluate` looks at all of these.
///
/// Throws a `ScenarioError` where the exchange makes no sense.
#[wasm_bindgen(unchecked_return_type = "Decision")]
pub fn decide(#[wasm_bindgen(unchecked_param_type = "DecideExchange")] exchange: JsValue) -> Result<JsValue, JsValue> {
    one(&exchange, "")
}

/// `decide` of each, in order. An error names the index of the exchange that makes no sense.
#[wasm_bindgen(js_name = decideAll, unchecked_return_type = "Decision[]")]
pub fn decide_all(
    #[wasm_bindgen(unchecked_param_type = "readonly DecideExchange[]")] exchanges: JsValue,
) -> Result<JsValue, JsValue> {
    if !Array::is_array(&exchanges) {
        return Err(error("exchanges", "exchanges: this is no list; write a list of exchanges"));
    }
    let decisions = Array::new();
    for (index, exchange) in Array::from(&exchanges).iter().enumerate() {
        decisions.push(&one(&exchange, &format!("[{index}]"))?);
    }
    Ok(decisions.into())
}

/// What becomes of one exchange. `place` is where it stands, or nothing.
fn one(exchange: &JsValue, place: &str) -> Result<JsValue, JsValue> {
    if let Some(decision) = direct::decide(exchange)? {
        return Ok(decision);
    }
    let text = packed::text_of(exchange)?;
    let exchange = packed::read(&text).and_then(Exchange::read).map_err(|misfit| {
        let name = if misfit.place().is_empty() && place.is_empty() { "exchange" } else { place };
        misfitting(misfit, name)
    })?;
    let headers = exchange.request.headers.lines();
    let request = exchange.request.borrowed(&headers);
    let preflight = exchange.preflight.as_ref().map(|reply| (reply.status, reply.headers.lines()));
    let preflight = preflight.as_ref().map(|(status, headers)| Answer { status: *status, headers });
    let headers = exchange.response.headers.lines();
    let response = Answer { status: exchange.response.status, headers: &headers };
    let decision = decided(&request, preflight, response).map_err(|unreadable| {
        let member = match unreadable {
            Unreadable::Url(_) => "request.url",
            Unreadable::Origin => "request.origin",
        };
        let dot = if place.is_empty() { "" } else { "." };
        // NB: the message has the member's own name.
        error(&format!("{place}{dot}{member}"), &format!("{place}{dot}request.{unreadable}"))
    })?;
    Ok(packed::give(&Decision {
        branch: decision.branch,
        outcome: decision.outcome.into(),
        readable: readable_lines(&request, &decision, response).collect(),
    }))
}

/// What `decide` says.
#[derive(Serialize, Tsify)]
struct Decision {
    /// What kind of request it is, and so whether it needs a preflight.
    branch: MainFetchBranch,
    /// How it ends.
    outcome: DecisionOutcome,
    /// The header lines of the response that script can read, in order.
    readable: Vec<usize>,
}

/// How a request ends.
#[derive(Serialize, Tsify)]
#[serde(tag = "type", rename_all = "camelCase")]
enum DecisionOutcome {
    /// Script gets a response, filtered by this tainting.
    Allowed {
        /// The request's response tainting.
        tainting: Tainting,
    },
    /// Script gets a network error.
    Blocked {
        /// Why.
        failed: DecisionFailed,
    },
    /// It needs a preflight, and no answer to one was given.
    PreflightWanted,
}

/// Why script gets a network error.
#[derive(Serialize, Tsify)]
#[serde(tag = "type", rename_all = "camelCase")]
enum DecisionFailed {
    /// Mode same-origin, and the URL is not.
    SameOriginMode,
    /// Mode cors, and the scheme is not HTTP(S).
    SchemeNotHttp,
    /// The preflight's answer does not let the request go out.
    Preflight {
        /// Why.
        failed: PreflightFailed,
    },
    /// The CORS check of the response fails.
    CorsCheck {
        /// Why.
        failed: CorsFailed,
    },
}

impl From<Outcome> for DecisionOutcome {
    fn from(outcome: Outcome) -> Self {
        let failed = match outcome {
            Outcome::Allowed(tainting) => return Self::Allowed { tainting },
            Outcome::PreflightWanted => return Self::PreflightWanted,
            Outcome::Blocked(Blocked::SameOriginMode) => DecisionFailed::SameOriginMode,
            Outcome::Blocked(Blocked::SchemeNotHttp) => DecisionFailed::SchemeNotHttp,
            Outcome::Blocked(Blocked::Preflight(failed)) => DecisionFailed::Preflight { failed },
            Outcome::Blocked(Blocked::CorsCheck(failed)) => DecisionFailed::CorsCheck { failed },
        };
        Self::Blocked { failed }
    }
}

/// What `decide` is asked about.
struct Exchange<'a> {
    request: Asked<'a>,
    preflight: Option<Reply>,
    response: Reply,
}

/// A [`Request`].
struct Asked<'a> {
    origin: &'a str,
    url: &'a str,
    method: Cow<'a, [u8]>,
    headers: Written,
    mode: RequestMode,
    credentials: CredentialsMode,
    use_cors_preflight: bool,
    profile: ProfileName,
}

/// An [`Answer`].
struct Reply {
    status: u16,
    headers: Written,
}

/// Header lines, name by value, one behind the other, and where each of these ends.
#[derive(Default)]
struct Written {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

/// Header lines among other texts.
///
/// NB: whatever way they came, it is this that is decided on: the algorithms would be there once for each kind of lines.
#[derive(Clone, Copy)]
struct Lines<'a> {
    bytes: &'a [u8],
    ends: &'a [u32],
    /// The index of the first name.
    first: usize,
    count: usize,
}

impl Written {
    fn lines(&self) -> Lines<'_> {
        Lines { bytes: &self.bytes, ends: &self.ends, first: 0, count: self.ends.len() / 2 }
    }
}

impl<'a> Lines<'a> {
    /// The bytes of one name or value.
    fn text(&self, index: usize) -> &'a [u8] {
        let end = |index: usize| self.ends.get(index).map_or(0, |end| *end as usize);
        let start = index.checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(index)).unwrap_or_default()
    }
}

impl Fields for Lines<'_> {
    fn count(&self) -> usize {
        self.count
    }

    fn name(&self, index: usize) -> &[u8] {
        self.text(self.first + 2 * index)
    }

    fn value(&self, index: usize) -> &[u8] {
        trim(self.text(self.first + 2 * index + 1), is_http_tab_or_space)
    }
}

impl Asked<'_> {
    fn borrowed<'b>(&'b self, headers: &'b Lines<'b>) -> Request<'b, Lines<'b>> {
        Request {
            origin: self.origin,
            url: self.url,
            method: &self.method,
            headers,
            mode: self.mode,
            credentials: self.credentials,
            use_cors_preflight: self.use_cors_preflight,
            profile: Profile::of(self.profile),
        }
    }
}

impl<'a> Shape<'a> for Exchange<'a> {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|exchange| {
            Ok(Self {
                request: exchange.required("request")?,
                preflight: exchange.optional("preflight")?,
                response: exchange.required("response")?,
            })
        })
    }
}

impl<'a> Shape<'a> for Asked<'a> {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|request| {
            Ok(Self {
                origin: request.required("origin")?,
                url: request.required("url")?,
                method: request.optional("method")?.unwrap_or(Cow::Borrowed(b"GET")),
                headers: request.or_default("headers")?,
                mode: request.optional("mode")?.unwrap_or(RequestMode::Cors),
                credentials: request.optional("credentials")?.unwrap_or(CredentialsMode::SameOrigin),
                use_cors_preflight: request.or_default("useCorsPreflight")?,
                profile: request.or_default("profile")?,
            })
        })
    }
}

impl<'a> Shape<'a> for Reply {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|answer| {
            // Nothing depends on it, but every `Response` has one.
            answer.optional::<&str>("statusText")?;
            Ok(Self { status: answer.required("status")?, headers: answer.or_default("headers")? })
        })
    }
}

impl<'a> Shape<'a> for Cow<'a, [u8]> {
    const WANTED: &'static str = <&str>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        isomorphic_encode(<&str>::read(plain)?).map_err(|error| Misfit::new(error.to_string()))
    }
}

/// Name and value as they were read.
type Line<'a> = (Cow<'a, [u8]>, Cow<'a, [u8]>);

impl<'a> Shape<'a> for Written {
    const WANTED: &'static str = Vec::<(&str, &str)>::WANTED;

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        let lines: Vec<Line<'a>> = Vec::read(plain)?;
        let mut written = Self::default();
        for text in lines.iter().flat_map(|(name, value)| [name, value]) {
            written.bytes.extend_from_slice(text);
            written.ends.push(written.bytes.len() as u32);
        }
        Ok(written)
    }
}
