//! What kind of request this is: step 12 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch).

use super::safelist::unsafe_request_headers;
use crate::http::header_list::Fields;
use crate::http::method;
use crate::http::modes::{RequestMode, Tainting};
use crate::profile::Profile;
use crate::trace::MainFetchBranch;

/// Where a request goes, as far as step 12 asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Whether the current URL's origin is same origin with the request's origin.
    pub same_origin: bool,
    /// The current URL's scheme.
    pub scheme: Scheme,
}

/// A scheme, as far as step 12 tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `http` and `https`.
    Http,
    /// `data`.
    Data,
    /// Any other.
    Other,
}

impl Scheme {
    /// What `scheme` is.
    pub fn of(scheme: &str) -> Self {
        match scheme {
            "http" | "https" => Self::Http,
            "data" => Self::Data,
            _ => Self::Other,
        }
    }
}

/// The branch of step 12 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch) that a request takes; whether it
/// calls for a preflight is asked only if it matters.
pub fn main_fetch_branch(
    mode: RequestMode,
    tainting: Tainting,
    target: Target,
    calls_for_preflight: impl FnOnce() -> bool,
) -> MainFetchBranch {
    // NB: the first one that fits, in the order of the standard, but for a preloaded response, which is no branch here.
    if target.same_origin && tainting == Tainting::Basic {
        return MainFetchBranch::SameOrigin;
    }
    if target.scheme == Scheme::Data {
        return MainFetchBranch::Data;
    }
    match mode {
        RequestMode::Navigate | RequestMode::WebSocket | RequestMode::WebTransport => MainFetchBranch::Navigate,
        RequestMode::SameOrigin => MainFetchBranch::SameOriginMode,
        RequestMode::NoCors => MainFetchBranch::NoCors,
        RequestMode::Cors if target.scheme != Scheme::Http => MainFetchBranch::SchemeNotHttp,
        RequestMode::Cors if calls_for_preflight() => MainFetchBranch::CorsWithPreflight,
        RequestMode::Cors => MainFetchBranch::Cors,
    }
}

/// Whether the method or a header of an unsafe request calls for a preflight.
pub fn calls_for_preflight(profile: Profile, method: &[u8], headers: &(impl Fields + ?Sized)) -> bool {
    !method::is_cors_safelisted(method) || unsafe_request_headers(profile, headers).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::SPEC;

    #[test]
    fn branches() {
        use MainFetchBranch as Branch;
        use Tainting::{Basic, Opaque};
        let home = Target { same_origin: true, scheme: Scheme::Http };
        let away = Target { same_origin: false, scheme: Scheme::Http };
        let data = Target { same_origin: false, scheme: Scheme::Data };
        let blob = Target { same_origin: true, scheme: Scheme::Other };
        let other = Target { same_origin: false, scheme: Scheme::Other };
        // target, tainting, then the branch by mode: cors, no-cors, same-origin, navigate, websocket
        for (target, tainting, expected) in [
            (home, Basic, [Branch::SameOrigin; 5]),
            (blob, Basic, [Branch::SameOrigin; 5]),
            (
                away,
                Basic,
                [Branch::CorsWithPreflight, Branch::NoCors, Branch::SameOriginMode, Branch::Navigate, Branch::Navigate],
            ),
            (
                home,
                Tainting::Cors,
                [Branch::CorsWithPreflight, Branch::NoCors, Branch::SameOriginMode, Branch::Navigate, Branch::Navigate],
            ),
            (
                home,
                Opaque,
                [Branch::CorsWithPreflight, Branch::NoCors, Branch::SameOriginMode, Branch::Navigate, Branch::Navigate],
            ),
            (data, Basic, [Branch::Data; 5]),
            (data, Opaque, [Branch::Data; 5]),
            (other, Basic, [Branch::SchemeNotHttp, Branch::NoCors, Branch::SameOriginMode, Branch::Navigate, Branch::Navigate]),
        ] {
            use RequestMode::{Cors, Navigate, NoCors, SameOrigin, WebSocket};
            let modes = [Cors, NoCors, SameOrigin, Navigate, WebSocket];
            let found = modes.map(|mode| main_fetch_branch(mode, tainting, target, || true));
            assert_eq!(found, expected, "{target:?} {tainting:?}");
        }
        assert_eq!(main_fetch_branch(RequestMode::Cors, Basic, away, || false), Branch::Cors);
    }

    #[test]
    fn what_calls_for_a_preflight() {
        for (method, headers, calls) in [
            ("GET", &[][..], false),
            ("POST", &[("Content-Type", "text/plain")], false),
            ("POST", &[("Content-Type", "application/json")], true),
            ("HEAD", &[("X-A", "")], true),
            ("PUT", &[], true),
            ("get", &[], true),
        ] {
            assert_eq!(calls_for_preflight(SPEC, method.as_bytes(), headers), calls, "{method} {headers:?}");
        }
    }
}
