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
