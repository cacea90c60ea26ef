//! The HTTP cache (RFC 9111), as far as a verdict needs it.

use serde::{Deserialize, Serialize};

use crate::http::header_list::HeaderList;
use crate::network::WireResponse;

/// A stored response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct StoredResponse {
    /// The HTTP cache partition: the site of the top-level page.
    pub partition: String,
    /// The URL, without a fragment.
    pub url: String,
    /// The request headers, which `Vary` selects by.
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    pub request_headers: HeaderList,
    /// The response.
    pub response: WireResponse,
    /// When the response was stored or last validated, in seconds on the scenario's clock.
    pub stored_at: f64,
    /// The index of the fetch that stored it, where it was stored during this scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub stored_by: Option<usize>,
}

/// How old a stored response is for its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It may be used.
    Fresh,
    /// It may be used while the server is asked.
    StaleWhileRevalidate,
    /// The server must be asked.
    Stale,
}

/// What the cache has for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selected {
    /// Nothing.
    None,
    /// Only a response that `Vary` does not let it use.
    VaryMismatch {
        /// Its index.
        index: usize,
    },
    /// A response.
    Found {
        /// Its index.
        index: usize,
        /// How old it is.
        freshness: Freshness,
    },
}

/// What the cache has for a GET of `url`.
pub fn select(_: &[StoredResponse], _: &str, _: &str, _: &HeaderList, _: f64) -> Selected {
    Selected::None
}

/// Whether a response may be stored.
pub fn may_store(_: &[u8], _: u16, _: &HeaderList, _: &HeaderList) -> bool {
    false
}

/// Stores a response.
pub fn store(_: &mut Vec<StoredResponse>, _: StoredResponse) {}

/// Updates a stored response with the headers of a 304.
pub fn freshen(_: &mut StoredResponse, _: &HeaderList, _: f64) {}

/// Forgets what an unsafe method may have changed.
pub fn invalidate(_: &mut Vec<StoredResponse>, _: &str, _: &str) {}
