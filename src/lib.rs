//! The browser's answer to a cross-origin request.
mod cache;
mod cookies;
mod cors;
mod error_code;
mod evaluate;
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

pub use evaluate::{Browser, evaluate};
pub use infra::bytes::ByteString;
pub use report::Report;
pub use scenario::{Scenario, ScenarioError};
