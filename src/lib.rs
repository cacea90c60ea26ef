//! The browser's answer to a cross-origin request: the [Fetch Standard](https://fetch.spec.whatwg.org/)'s rules as software.
//!
//! Given a page, what it asks for, and what servers answered, [`evaluate`] says what the browser does, what goes over the wire,
//! what script can see, and why, step by step. It is a pure function: no I/O, no clock, no globals.
//!
//! ```text
//!  Scenario: a page, its fetches, the answers known so far
//!     │
//!     ▼
//!  construct ─▶ main fetch ◀─────────────────────────────────────────────────────────────────┐
//!  (throws?)      │ same-origin, CORS, no-cors; is a preflight called for, and why           │
//!                 ▼                                                                          │
//!             HTTP fetch ─▶ preflight cache ─▶ CORS-preflight fetch                          │
//!                 │                                │                                         │
//!                 ▼                                ▼                                         │
//!          HTTP-network-or-cache fetch ─▶ an answer of the scenario, or: send this request   │
//!                 ▼                                                                          │
//!          CORS check, Cross-Origin-Resource-Policy ─▶ a redirect? ─▶ HTTP-redirect fetch ───┘
//!                 ▼ no
//!          filtered response: what script can see
//!     │
//!     ▼
//!  Report ─▶ explain: the same in plain words
//! ```
//!
//! # A fetch that is blocked, and one that is allowed
//!
//! A [`Scenario`] is plain data. Here it is read from JSON; [`Page::new`], [`Fetch::new`] and [`Call::fetch`] make one in Rust.
//!
//! ```
//! use corscope::explain::{Who, explain};
//! use corscope::{Outcome, Scenario, evaluate};
//!
//! let scenario: Scenario = serde_json::from_str(r#"{
//!     "page": { "url": "https://app.example/" },
//!     "fetches": [
//!         {
//!             "call": { "api": "fetch", "url": "https://api.example/me" },
//!             "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example/"]] }]
//!         },
//!         {
//!             "call": { "api": "fetch", "url": "https://api.example/me" },
//!             "answers": [{ "status": 200, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["ETag", "1"]] }]
//!         }
//!     ]
//! }"#).unwrap();
//! let report = evaluate(&scenario).unwrap();
//!
//! // Blocked: where in the standard, and by which bytes of which answer.
//! let Outcome::NetworkError(error) = &report.fetches[0].outcome else { panic!() };
//! assert_eq!(error.code.as_str(), "HF-CORS");
//! assert_eq!(error.step.algorithm.name(), "HTTP fetch");
//!
//! // Allowed: what script sees of it. ETag is not among the headers that every page sees.
//! let Outcome::Response(response) = &report.fetches[1].outcome else { panic!() };
//! assert_eq!(response.status, 200);
//! assert!(response.headers.is_empty());
//!
//! // The same for people.
//! let explanation = explain(&scenario, &report);
//! let verdict = &explanation.fetches[0].verdict;
//! assert_eq!(verdict.who, Who::Server);
//! assert_eq!(
//!     verdict.sentence,
//!     "Blocked: the answer of https://api.example allows `https://app.example/`, with a slash at the end, \
//!      and the page's origin is `https://app.example`."
//! );
//! assert!(explanation.fetches[1].verdict.sentence.starts_with("Allowed: "));
//! ```
//!
//! # An answer that is not known yet
//!
//! Where a scenario lacks an answer, the outcome is the request to send. Send it, add the answer, and evaluate again: so one
//! function serves a page that asks a person, a client that asks a server, and a recording that is replayed.
//!
//! ```
//! use corscope::{Answer, Call, Fetch, Outcome, Page, RequestInit, Scenario, evaluate};
//!
//! let init = RequestInit { method: Some("PUT".into()), ..RequestInit::default() };
//! let put = Fetch::new(Call::fetch("https://api.example/me", init));
//! let mut scenario = Scenario::new(Page::new("https://app.example/"), vec![put]);
//!
//! let report = evaluate(&scenario).unwrap();
//! let Outcome::NeedsAnswer(needs) = &report.fetches[0].outcome else { panic!() };
//! assert_eq!(needs.request.method, b"OPTIONS");
//!
//! let allows = r#"{ "status": 204, "headers": [["Access-Control-Allow-Origin", "*"], ["Access-Control-Allow-Methods", "PUT"]] }"#;
//! scenario.fetches[0].answers.push(serde_json::from_str::<Answer>(allows).unwrap());
//! let report = evaluate(&scenario).unwrap();
//! let Outcome::NeedsAnswer(needs) = &report.fetches[0].outcome else { panic!() };
//! assert_eq!(needs.request.method, b"PUT");
//! ```
//!
//! # What is where
//!
//! | | |
//! |---|---|
//! | [`scenario`], [`network`], [`state`] | what goes in: a page, its fetches, answers, caches and cookies |
//! | [`report`], [`trace`], [`reasons`], [`spec`] | what comes out: outcomes, exchanges, events, the steps of the standards |
//! | [`evaluate`], [`Browser`] | the engine: one scenario, or a browser that remembers |
//! | [`mod@explain`] | a report in plain words: verdict, steps, headers, what to change |
//! | [`mod@explain::console`] | what a browser's console prints, and what its script catches, word for word |
//! | [`mod@findings`] | what is worth knowing beyond the verdict: security, caching, cost, cookies, headers that do nothing |
//! | [`decide`] | the verdict alone, without allocation, for thousands of exchanges at a time |
//! | [`har`] | a HAR of any size: what fails in it, grouped by what is wrong and whose server it is |
//! | [`paste`], [`render`] | text that people copy, read as a scenario; requests written as raw HTTP and `curl` |
//! | [`repair`] | what to change so that a page gets its answer: the smallest repairs, each seen to work |
//! | [`policy`] | a server's CORS policy as plain data, and what a server that follows it sends |
//! | [`inspect`] | all that a page shows of a pasted exchange, in one call |
//! | [`algorithms`] | the standards' small algorithms, each under its own name |
//!
//! # What is out of scope
//!
//! What the engine does not model it says: as an event of kind [`NotChecked`](trace::NotChecked), or by taking the verdict
//! of another as part of the scenario. There are no sockets, no HTTP parser and no bodies: whether a body matches its integrity
//! metadata is for the scenario to say. Content Security Policy and Integrity-Policy are given as verdicts
//! ([`scenario::OutsidePolicy`]), what a service worker answers is given as a response. Opaque Response Blocking is
//! decided as far as Chromium and Firefox decide it by headers; Local Network Access is not, under the standard's own profile.

mod cache;
mod cookies;
mod cors;
pub mod decide;
pub mod deviations;
mod error_code;
mod evaluate;
pub mod explain;
mod extent;
mod fetch;
pub mod findings;
pub mod har;
mod http;
mod infra;
pub mod inspect;
pub mod network;
pub mod paste;
pub mod policy;
pub mod profile;
pub mod render;
pub mod repair;
pub mod report;
pub mod scenario;
pub mod snippets;
pub mod spec;
pub mod state;
pub mod trace;
#[cfg(test)]
mod vectors;
#[cfg(any(feature = "wasm", feature = "page-first"))]
pub mod wasm;

pub use deviations::Deviation;
pub use error_code::NetworkErrorCode;
pub use evaluate::{Browser, Tracing, evaluate, evaluate_with};
pub use http::header_list::{Header, HeaderList};
pub use http::modes;
pub use infra::bytes::{ByteString, NotBytes};
pub use network::{Answer, Purpose, WireRequest, WireResponse};
pub use policy::Policy;
pub use profile::{Profile, ProfileName};
pub use report::{AnswerSource, Evidence, Exchange, FetchReport, NetworkError, Outcome, Report, ResponseReport};
pub use scenario::{Body, Call, Fetch, Page, RequestInit, Scenario, ScenarioError};
pub use state::BrowserState;

/// The standards' small algorithms, each under its own name, for whoever builds a client or a server on them.
pub mod algorithms {
    pub use crate::cors::check::cors_check;
    pub use crate::cors::corp::{CorpResponse, ForNavigation, corp_check};
    pub use crate::cors::expose::Exposure;
    pub use crate::cors::preflight::{PreflightPassed, Question, access_control_request_headers, check_preflight};
    pub use crate::cors::safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names, unsafe_request_headers};
    pub use crate::cors::tao::{TaoFailed, TaoPassed, TaoRequest, navigation_tao_check, tao_check};
    pub use crate::http::blocking::{MimeTypeBlocked, NosniffBlocked, check_mime_type, check_nosniff, determine_nosniff};
    pub use crate::http::extract::{NotSingle, NotToken, Token, extract_digits, extract_mime_type, extract_tokens};
    pub use crate::http::header_list::{Fields, get_decode_split};
    pub use crate::http::headers_guard::{Edited, Guard, HeaderError, Headers};
    pub use crate::http::method;
    pub use crate::http::request_header::is_forbidden_request_header;
    pub use crate::http::response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name};
    pub use crate::http::status;
    pub use crate::infra::address_space::IpAddressSpace;
    pub use crate::infra::mime::MimeType;
    pub use crate::infra::origin::{OpaqueOrigin, Origin, TupleOrigin};
    pub use crate::infra::port::is_bad_port;
    pub use crate::infra::range::{Digits, SingleRange, Whitespace, parse_single_range};
}

/// Why a check passed or failed: the enumerations that reports and events are made of.
pub mod reasons {
    pub use crate::cors::check::{CorsFailed, CorsPassed};
    pub use crate::cors::corp::CorpBlocked;
    pub use crate::cors::expose::Visibility;
    pub use crate::cors::preflight::{AllowList, PreflightFailed};
    pub use crate::cors::safelist::UnsafeHeader;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
