//! The HTTP cache of a browser, which is a private one: <https://www.rfc-editor.org/rfc/rfc9111>, as far as a verdict
//! needs it.
//!
//! OUT OF SCOPE: `HEAD` requests, parts of responses (`Range`, 206), `Location` and `Content-Location` of unsafe requests,
//! and how much a cache holds.

mod control;
mod freshness;
mod store;

pub(crate) use control::has_no_store;
pub use freshness::{Freshness, fresh_for, has_no_cache};
pub(crate) use store::vary;
pub use store::{Selected, freshen, invalidate, is_of_use, may_store, select, selected_by, store};

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
    /// Whether it is kept in memory alone, which counts in browsers that keep some responses there and others on a disk.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub in_memory: bool,
    /// Whether an `<img>` asked for it, which counts in browsers whose pictures take nothing else from the cache.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub by_picture: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::header_list::Header;

    pub(super) const PARTITION: &str = "https://a.example";

    /// A header list from lines as HTTP/1.1 writes them.
    pub(super) fn headers(lines: &[&str]) -> HeaderList {
        let header = |line: &&str| {
            let (name, value) = line.split_once(':').unwrap();
            Header(name.as_bytes().into(), value.trim().as_bytes().into())
        };
        lines.iter().map(header).collect::<Vec<_>>().into()
    }

    /// A response stored at second 0.
    pub(super) fn stored(url: &str, status: u16, response: &[&str], request: &[&str]) -> StoredResponse {
        StoredResponse {
            partition: PARTITION.into(),
            url: url.into(),
            request_headers: headers(request),
            response: WireResponse { status, headers: headers(response), ..WireResponse::default() },
            stored_at: 0.0,
            stored_by: None,
            in_memory: false,
            by_picture: false,
        }
    }
}
