//! <https://fetch.spec.whatwg.org/#concept-cors-check>

use serde::Serialize;

use crate::http::header_list::{FieldLines, Fields};
use crate::http::modes::CredentialsMode;

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

/// <https://fetch.spec.whatwg.org/#concept-cors-check> of a request whose origin, byte-serialized, is `origin`.
///
/// # Errors
/// Why it fails.
pub fn cors_check(
    origin: &[u8],
    credentials: CredentialsMode,
    response: &(impl Fields + ?Sized),
) -> Result<CorsPassed, CorsFailed> {
    // 1.-2. The value, all lines joined. None is not `null`.
    let Some(allowed) = FieldLines::find(response, b"access-control-allow-origin") else {
        return Err(CorsFailed::AllowOriginMissing);
    };
    // 3. A wildcard, which is enough without credentials.
    let with_credentials = credentials == CredentialsMode::Include;
    let wildcard = allowed.are(b"*");
    if !with_credentials && wildcard {
        return Ok(CorsPassed::Wildcard);
    }
    // 4. The origin, byte for byte: nothing is parsed here.
    if !allowed.are(origin) {
        return Err(match allowed {
            FieldLines { first: line, .. } if wildcard => CorsFailed::WildcardWithCredentials { line },
            FieldLines { first: line, count: lines, .. } => CorsFailed::OriginMismatch { line, lines },
        });
    }
    // 5. Enough without credentials.
    if !with_credentials {
        return Ok(CorsPassed::Origin);
    }
    // 6. The other value, all lines joined.
    match FieldLines::find(response, b"access-control-allow-credentials") {
        // 7. `true`, byte for byte.
        Some(allowed) if allowed.are(b"true") => Ok(CorsPassed::OriginWithCredentials),
        // 8. Anything else fails.
        Some(FieldLines { first: line, count: lines, .. }) => Err(CorsFailed::AllowCredentialsNotTrue { line, lines }),
        None => Err(CorsFailed::AllowCredentialsMissing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "https://a.example";

    #[test]
    fn checks() {
        use CorsFailed::{
            AllowCredentialsMissing, AllowCredentialsNotTrue, AllowOriginMissing, OriginMismatch, WildcardWithCredentials,
        };
        use CorsPassed::{Origin, OriginWithCredentials, Wildcard};
        use CredentialsMode::{Include, Omit, SameOrigin};
        let mismatch = Err(OriginMismatch { line: 1, lines: 1 });
        let not_true = Err(AllowCredentialsNotTrue { line: 2, lines: 1 });
        let allow_origin = |value| ("Access-Control-Allow-Origin", value);
        let allow_credentials = |value| ("access-control-allow-credentials", value);
        for (origin, credentials, allow, expected) in [
            (A, SameOrigin, &[][..], Err(AllowOriginMissing)),
            (A, SameOrigin, &[allow_origin("*")], Ok(Wildcard)),
            (A, SameOrigin, &[allow_origin("\t* ")], Ok(Wildcard)),
            (A, Omit, &[allow_origin("*"), allow_credentials("false")], Ok(Wildcard)),
            (A, SameOrigin, &[allow_origin(A)], Ok(Origin)),
            (A, SameOrigin, &[allow_origin(A), allow_credentials("nonsense")], Ok(Origin)),
            (A, SameOrigin, &[allow_origin("*"), allow_origin("*")], Err(OriginMismatch { line: 1, lines: 2 })),
            (A, SameOrigin, &[allow_origin(A), allow_origin(A)], Err(OriginMismatch { line: 1, lines: 2 })),
            (A, SameOrigin, &[allow_origin("")], mismatch),
            (A, SameOrigin, &[allow_origin("*\0")], mismatch),
            (A, SameOrigin, &[allow_origin("\"*\"")], mismatch),
            (A, SameOrigin, &[allow_origin("**")], mismatch),
            (A, SameOrigin, &[allow_origin("* null")], mismatch),
            (A, SameOrigin, &[allow_origin("https://a.example/")], mismatch),
            (A, SameOrigin, &[allow_origin("https://a.example:443")], mismatch),
            (A, SameOrigin, &[allow_origin("HTTPS://a.example")], mismatch),
            (A, SameOrigin, &[allow_origin("https://A.example")], mismatch),
            (A, SameOrigin, &[allow_origin("http://a.example")], mismatch),
            (A, SameOrigin, &[allow_origin("https://a.example.")], mismatch),
            (A, SameOrigin, &[allow_origin("https://*.example")], mismatch),
            (A, SameOrigin, &[allow_origin("https://a.example, https://c.example")], mismatch),
            (A, SameOrigin, &[allow_origin("null")], mismatch),
            ("null", SameOrigin, &[allow_origin("null")], Ok(Origin)),
            ("null", Include, &[allow_origin("null"), allow_credentials("true")], Ok(OriginWithCredentials)),
            ("http://a_b.example", SameOrigin, &[allow_origin("http://a_b.example")], Ok(Origin)),
            ("https://xn--bcher-kva.example", SameOrigin, &[allow_origin("https://bücher.example")], mismatch),
            (A, Include, &[allow_origin("*"), allow_credentials("true")], Err(WildcardWithCredentials { line: 1 })),
            (A, Include, &[allow_origin("*"), allow_origin("*")], Err(OriginMismatch { line: 1, lines: 2 })),
            (A, Include, &[allow_origin(A), allow_credentials("true")], Ok(OriginWithCredentials)),
            (A, Include, &[allow_origin(A), allow_credentials(" true ")], Ok(OriginWithCredentials)),
            (A, Include, &[allow_origin(A)], Err(AllowCredentialsMissing)),
            (A, Include, &[allow_origin(A), allow_credentials("True")], not_true),
            (A, Include, &[allow_origin(A), allow_credentials("TRUE")], not_true),
            (A, Include, &[allow_origin(A), allow_credentials("\"true\"")], not_true),
            (A, Include, &[allow_origin(A), allow_credentials("1")], not_true),
            (A, Include, &[allow_origin(A), allow_credentials("")], not_true),
            (A, Include, &[allow_origin(A), allow_credentials("true, true")], not_true),
            (
                A,
                Include,
                &[allow_origin(A), allow_credentials("true"), allow_credentials("true")],
                Err(AllowCredentialsNotTrue { line: 2, lines: 2 }),
            ),
        ] {
            let response = [&[("Vary", "Origin")], allow].concat();
            assert_eq!(cors_check(origin.as_bytes(), credentials, &response[..]), expected, "{origin} {credentials:?} {allow:?}");
        }
    }
}
