//! [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check)

use serde::Serialize;

/// Why a no-cors response may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CorpBlocked {
    /// `Cross-Origin-Resource-Policy: same-origin`, and it is not.
    SameOrigin,
    /// `Cross-Origin-Resource-Policy: same-site`, and it is not.
    SameSite,
    /// No valid policy, and the page's embedder policy asks for one.
    EmbedderPolicy,
}
