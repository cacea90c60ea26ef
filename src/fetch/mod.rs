//! [Fetching](https://fetch.spec.whatwg.org/#fetching): the algorithms as straight-line functions, in the standard's order.
//!
//! ```text
//! construct | xhr | elements ─▶ fetch ─▶ main fetch ◀──────────────────────────────┐
//!                                          │ scheme fetch                            │
//!                                          ▼                                         │
//!                                      HTTP fetch ─▶ CORS-preflight fetch            │
//!                                          │              │                          │
//!                                          ▼              ▼                          │
//!                               HTTP-network-or-cache fetch ─▶ HTTP-network fetch    │
//!                                          │                     (answer, or halt)   │
//!                                          ▼                                         │
//!                                 CORS check, CORP check ─▶ HTTP-redirect fetch ─────┘
//! ```
//!
//! A network error and a missing answer both unwind with `?`, as [`Interrupted`]. Only this module records events.

pub(crate) mod consequence;
pub(crate) mod construct;
pub(crate) mod cors_preflight_fetch;
pub(crate) mod document_resources;
pub(crate) mod dropped_preload;
pub(crate) mod elements;
pub(crate) mod environment;
pub(crate) mod filter;
pub(crate) mod http_fetch;
pub(crate) mod http_network_fetch;
pub(crate) mod http_network_or_cache_fetch;
pub(crate) mod http_redirect_fetch;
pub(crate) mod main_fetch;
pub(crate) mod metadata;
pub(crate) mod not_checked;
pub(crate) mod opaque_blocking;
pub(crate) mod origin_header;
pub(crate) mod outgoing_headers;
pub(crate) mod preflight_headers;
pub(crate) mod preload;
mod preload_key;
pub(crate) mod referrer;
pub(crate) mod scheme_fetch;
pub(crate) mod secure;
mod upgrade;
pub(crate) mod xhr;
pub(crate) mod xhr_memory;

use crate::cors::check::CorsFailed;
use crate::error_code::NetworkErrorCode;
use crate::fetch::document_resources::DocumentResources;
use crate::fetch::environment::Environment;
use crate::fetch::preload::Preloads;
use crate::fetch::xhr_memory::{MemoryUse, XhrMemory};
use crate::http::header_list::Fields;
use crate::http::request::Request;
use crate::report::{Evidence, Exchange, FailedCheck};
use crate::scenario::Fetch;
use crate::spec::Step;
use crate::state::BrowserState;
use crate::trace::{Event, EventKind, Trace};

/// Everything that one fetch reads and writes besides its request: [fetch params](https://fetch.spec.whatwg.org/#fetch-params),
/// the answers of the scenario, and the browser.
pub(crate) struct Fetching<'a, T> {
    pub(crate) environment: &'a Environment<'a>,
    /// The fetch of the scenario, and its index.
    pub(crate) fetch: &'a Fetch,
    pub(crate) index: usize,
    pub(crate) document: &'a mut DocumentState,
    /// How many answers were used.
    pub(crate) answers_used: usize,
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) state: BrowserState,
    /// In seconds on the scenario's clock.
    pub(crate) now: f64,
    pub(crate) memory_use: MemoryUse,
    pub(crate) trace: &'a mut T,
}

/// What the fetches of a document leave to its later ones, beside every cache.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentState {
    pub(crate) preloads: Preloads,
    pub(crate) resources: DocumentResources,
    pub(crate) xhr_memory: XhrMemory,
}

/// Why an algorithm did not get to its end.
#[derive(Debug)]
pub(crate) enum Interrupted {
    /// It returned a network error.
    NetworkError(Box<Failure>),
    /// The answer to the last exchange is not known.
    NeedsAnswer,
}

/// A network error with its reasons.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: NetworkErrorCode,
    pub(crate) failed: Option<FailedCheck>,
    pub(crate) hop: usize,
    pub(crate) exchange: Option<usize>,
    pub(crate) evidence: Vec<Evidence>,
}

impl<T: Trace> Fetching<'_, T> {
    /// Puts an event on record.
    fn record(&mut self, step: Step, request: &Request, what: impl FnOnce() -> EventKind) {
        self.trace.record(|| Event { step, hop: request.hop(), what: what() });
    }

    /// A network error.
    fn network_error(&mut self, request: &Request, code: NetworkErrorCode) -> NetworkErrorBuilder {
        self.record(code.step(), request, || EventKind::NetworkError);
        NetworkErrorBuilder(Failure { code, failed: None, hop: request.hop(), exchange: None, evidence: Vec::new() })
    }
}

/// Adds to a network error what is known of its cause.
struct NetworkErrorBuilder(Failure);

impl NetworkErrorBuilder {
    fn failed(mut self, check: FailedCheck) -> Self {
        self.0.failed = Some(check);
        self
    }

    fn at(mut self, exchange: Option<usize>) -> Self {
        self.0.exchange = exchange;
        self
    }

    fn evidence(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.0.evidence.extend(evidence);
        self
    }
}

impl From<NetworkErrorBuilder> for Interrupted {
    fn from(error: NetworkErrorBuilder) -> Self {
        Self::NetworkError(Box::new(error.0))
    }
}

/// The whole value of a header line of an answer.
fn answer_header(headers: &impl Fields, exchange: usize, line: usize) -> Evidence {
    Evidence::AnswerHeader { exchange, line, start: 0, end: headers.value(line).len() }
}

/// The header lines of an answer that are called `name`.
fn answer_headers<'a>(headers: &'a impl Fields, exchange: usize, name: &'a [u8]) -> impl Iterator<Item = Evidence> + 'a {
    (0..headers.count())
        .filter(move |&line| headers.name(line).eq_ignore_ascii_case(name))
        .map(move |line| answer_header(headers, exchange, line))
}

/// What a failed CORS check looked at: the answer's header or its absence, and the `Origin` that was sent.
fn cors_evidence(headers: &impl Fields, exchange: &Exchange, index: usize, failed: CorsFailed) -> Vec<Evidence> {
    let sent = &exchange.request.headers;
    let origin = (0..sent.count()).find(|&line| sent.name(line) == b"Origin").map(|line| Evidence::RequestHeader {
        exchange: index,
        line,
        start: 0,
        end: sent.value(line).len(),
    });
    let allow_origin = || answer_headers(headers, index, b"Access-Control-Allow-Origin");
    let missing = |name| Evidence::AnswerHeaderMissing { exchange: index, name };
    let mut evidence = match failed {
        CorsFailed::AllowOriginMissing => vec![missing("Access-Control-Allow-Origin")],
        CorsFailed::WildcardWithCredentials { .. } | CorsFailed::OriginMismatch { .. } => allow_origin().collect(),
        CorsFailed::AllowCredentialsMissing => vec![missing("Access-Control-Allow-Credentials")],
        CorsFailed::AllowCredentialsNotTrue { .. } => {
            answer_headers(headers, index, b"Access-Control-Allow-Credentials").collect()
        }
    };
    evidence.extend(origin);
    evidence
}
