//! The browser's answer to a cross-origin request.

mod cache;
mod cookies;
mod cors;
pub mod decide;
mod error_code;
mod evaluate;
mod fetch;
mod http;
mod infra;
pub mod network;
pub mod report;
pub mod scenario;
pub mod spec;
pub mod state;
pub mod trace;
#[cfg(feature = "wasm")]
mod wasm;

pub use error_code::NetworkErrorCode;
pub use evaluate::{Browser, Tracing, evaluate, evaluate_with};
pub use http::header_list::{Header, HeaderList};
pub use http::modes;
pub use infra::bytes::{ByteString, NotBytes};
pub use network::{Answer, Purpose, WireRequest, WireResponse};
pub use report::{AnswerSource, Evidence, Exchange, FetchReport, NetworkError, Outcome, Report, ResponseReport};
pub use scenario::{Body, Call, Fetch, Page, RequestInit, Scenario, ScenarioError};
pub use state::BrowserState;

/// Why a check passed or failed: the enumerations that reports and events are made of.
pub mod reasons {
    pub use crate::cors::check::{CorsFailed, CorsPassed};
    pub use crate::cors::corp::CorpBlocked;
    pub use crate::cors::expose::Visibility;
    pub use crate::cors::preflight::{AllowList, PreflightFailed};
    pub use crate::cors::safelist::UnsafeHeader;
}
