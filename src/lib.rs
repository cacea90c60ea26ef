//! The browser's answer to a cross-origin request.
mod cache;
mod cookies;
mod cors;
mod error_code;
mod evaluate;
mod fetch;
mod http;
mod infra;
mod network;
mod report;
mod scenario;
mod spec;
mod state;
mod trace;
#[cfg(feature = "wasm")]
mod wasm;

pub use error_code::NetworkErrorCode;
pub use evaluate::{Browser, evaluate};
pub use http::header_list::{Header, HeaderList};
pub use infra::bytes::ByteString;
pub use network::{Answer, Purpose, WireRequest, WireResponse};
pub use report::{AnswerSource, Exchange, FetchReport, Outcome, Report, ResponseReport};
pub use scenario::{Call, Fetch, Page, Scenario, ScenarioError};
pub use state::BrowserState;
