//! <https://fetch.spec.whatwg.org/#concept-cache>

use serde::{Deserialize, Serialize};

use crate::infra::bytes::ByteString;

/// A [cache entry](https://fetch.spec.whatwg.org/#concept-cache): one method or one header name that a server allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CacheEntry {
    /// The network partition key: the site of the top-level page.
    pub key: String,
    /// The byte-serialized origin.
    pub origin: String,
    /// The URL.
    pub url: String,
    /// In seconds.
    pub max_age: f64,
    /// When it was stored, in seconds on the scenario's clock.
    pub stored_at: f64,
    /// Whether the credentials mode was `include`.
    pub credentials: bool,
    /// What is allowed.
    pub allows: Allows,
}

/// The method or the header name of a cache entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Allows {
    /// This method.
    Method(#[cfg_attr(feature = "wasm", tsify(type = "string"))] ByteString),
    /// Any method: `*` from a preflight without credentials (CORRECTION 5: never from one with them).
    AnyMethod,
    /// This header name.
    HeaderName(#[cfg_attr(feature = "wasm", tsify(type = "string"))] ByteString),
    /// Any header name but `Authorization`: `*` from a preflight without credentials.
    AnyHeaderName,
}
