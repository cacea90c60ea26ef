//! The browser's answer to a cross-origin request.

mod cache;
mod cookies;
mod cors;
pub mod decide;
mod error_code;
mod evaluate;
pub mod explain;
mod fetch;
mod http;
mod infra;
pub mod network;
pub mod paste;
pub mod render;
pub mod report;
pub mod scenario;
pub mod spec;
pub mod state;
pub mod trace;
#[cfg(test)]
mod vectors;
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
