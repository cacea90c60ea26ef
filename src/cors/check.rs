//! <https://fetch.spec.whatwg.org/#concept-cors-check>

use serde::Serialize;

/// Why a CORS check succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CorsPassed {
    /// Step 3: `*`, and the credentials mode is not `include`.
    Wildcard,
    /// Step 5: the origin, byte for byte, and the credentials mode is not `include`.
    Origin,
    /// Step 7: the origin, byte for byte, and `Access-Control-Allow-Credentials: true`.
    OriginWithCredentials,
}

/// Why a CORS check failed. Lines are indexes into the response's header lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CorsFailed {
    /// Step 2: there is no `Access-Control-Allow-Origin`.
    AllowOriginMissing,
    /// Step 4: the joined value is `*`, which credentials mode `include` does not accept.
    WildcardWithCredentials {
        /// The line with the `*`.
        line: usize,
    },
    /// Step 4: the joined value is not the request's origin.
    OriginMismatch {
        /// The first line of that name.
        line: usize,
        /// How many lines of that name there are.
        lines: usize,
    },
    /// Step 8: there is no `Access-Control-Allow-Credentials`.
    AllowCredentialsMissing,
    /// Step 8: the joined value is not `true`.
    AllowCredentialsNotTrue {
        /// The first line of that name.
        line: usize,
        /// How many lines of that name there are.
        lines: usize,
    },
}

impl CorsFailed {
    /// The step of the CORS check that failed.
    pub const fn step(self) -> &'static str {
        match self {
            Self::AllowOriginMissing => "2",
            Self::WildcardWithCredentials { .. } | Self::OriginMismatch { .. } => "4",
            Self::AllowCredentialsMissing | Self::AllowCredentialsNotTrue { .. } => "8",
        }
    }
}

impl CorsPassed {
    /// The step of the CORS check that succeeded.
    pub const fn step(self) -> &'static str {
        match self {
            Self::Wildcard => "3",
            Self::Origin => "5",
            Self::OriginWithCredentials => "7",
        }
    }
}
