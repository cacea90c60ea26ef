//! The pure half of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0): whether an answer lets
//! the real request go out.

use serde::Serialize;

use super::check::CorsFailed;

/// Why a preflight's answer does not let the request go out. Lines are indexes into the answer's header lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PreflightFailed {
    /// Step 7: the CORS check failed.
    CorsCheck {
        /// How.
        failed: CorsFailed,
    },
    /// Step 7: the status is not 200 to 299.
    Status {
        /// What it is.
        status: u16,
    },
    /// Step 7.3: `Access-Control-Allow-Methods` or `-Headers` has an element that is no token.
    NotTokens {
        /// Which of the two.
        header: AllowList,
        /// The line.
        line: usize,
        /// Where in the value the bad element starts.
        start: usize,
        /// Where it ends.
        end: usize,
    },
    /// Step 7.5: the method is neither safelisted nor allowed.
    Method {
        /// Whether a `*` was there, which credentials make literal.
        wildcard_ignored: bool,
    },
    /// Step 7.6: `Authorization` is not allowed by name, which it must be.
    Authorization {
        /// Whether a `*` was there, which does not cover it.
        wildcard_ignored: bool,
    },
    /// Step 7.7: an unsafe header name is not allowed.
    Header {
        /// The index of the request header, the first in the order of the sorted names.
        request_line: usize,
        /// Whether a `*` was there, which credentials make literal.
        wildcard_ignored: bool,
    },
}

/// The two lists of a preflight's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum AllowList {
    /// `Access-Control-Allow-Methods`
    Methods,
    /// `Access-Control-Allow-Headers`
    Headers,
}

impl PreflightFailed {
    /// The step of CORS-preflight fetch that failed.
    pub const fn step(self) -> &'static str {
        match self {
            Self::CorsCheck { .. } | Self::Status { .. } => "7",
            Self::NotTokens { .. } => "7.3",
            Self::Method { .. } => "7.5",
            Self::Authorization { .. } => "7.6",
            Self::Header { .. } => "7.7",
        }
    }
}
