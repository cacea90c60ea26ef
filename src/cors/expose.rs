//! Which response headers script can see: the basic and the CORS
//! [filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response).

use serde::Serialize;

/// Whether script can see a response header, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Visibility {
    /// Readable: the response is same-origin.
    SameOrigin,
    /// Readable: one of the seven CORS-safelisted response-header names.
    Safelisted,
    /// Readable: named by `Access-Control-Expose-Headers`.
    Exposed,
    /// Readable: `Access-Control-Expose-Headers: *`, without credentials.
    ExposedByWildcard,
    /// Hidden: `Set-Cookie` and `Set-Cookie2` always are.
    Forbidden,
    /// Hidden: not exposed.
    NotExposed,
    /// Hidden: not exposed, because `*` is a literal name when credentials mode is `include`.
    WildcardWithCredentials,
    /// Hidden: not exposed, because `Access-Control-Expose-Headers` does not parse.
    ExposeUnparsable,
    /// Hidden: the response is opaque.
    Opaque,
    /// Hidden: the fetch ended in a network error.
    NetworkError,
}

impl Visibility {
    /// Whether script can read the header.
    pub const fn is_readable(self) -> bool {
        matches!(self, Self::SameOrigin | Self::Safelisted | Self::Exposed | Self::ExposedByWildcard)
    }
}
