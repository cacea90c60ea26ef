//! What a browser remembers between fetches, as plain data: state goes into an evaluation and comes out of its report.

use serde::{Deserialize, Serialize};

pub use crate::cache::StoredResponse;
pub use crate::cookies::{Cookie, SameSite};
pub use crate::cors::preflight_cache::{Allows, CacheEntry};

/// Caches, cookies and HSTS hosts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BrowserState {
    /// The CORS-preflight cache.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub preflight_cache: Vec<CacheEntry>,
    /// The HTTP cache.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub http_cache: Vec<StoredResponse>,
    /// The cookie jar.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub cookies: Vec<Cookie>,
    /// The hosts that are known to want HTTPS.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub hsts: Vec<HstsHost>,
}

/// A known HSTS host: <https://www.rfc-editor.org/rfc/rfc6797#section-8.2>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct HstsHost {
    /// A domain, in ASCII.
    pub host: String,
    /// Whether `includeSubDomains` was asserted.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub include_sub_domains: bool,
}
