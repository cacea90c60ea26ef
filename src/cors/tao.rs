//! <https://fetch.spec.whatwg.org/#tao-check>: whether the page may see how long things took.

use crate::http::header_list::{Fields, get_decode_split};
use crate::http::modes::{RequestMode, Tainting};

/// What of a request the TAO check looks at.
#[derive(Debug, Clone, Copy)]
pub struct TaoRequest<'a> {
    /// Whether an earlier response failed the check: its timing allow failed flag.
    pub timing_allow_failed: bool,
    /// Its origin, serialized as [a request origin](https://fetch.spec.whatwg.org/#serializing-a-request-origin).
    pub origin: &'a str,
    /// Its mode.
    pub mode: RequestMode,
    /// Whether its current URL's origin is same origin with its origin.
    pub current_url_is_same_origin: bool,
    /// Its response tainting.
    pub tainting: Tainting,
}

/// Why a TAO check succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaoPassed {
    /// Step 4: `*`.
    Wildcard,
    /// Step 5: the origin.
    Origin,
    /// Step 7: same-origin so far.
    Basic,
}

/// Why a TAO check failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaoFailed {
    /// Step 2: it did before.
    Before,
    /// Step 6: a navigation to another origin.
    Navigation,
    /// Step 8: neither `*` nor the origin is there.
    NotAllowed,
}

/// <https://fetch.spec.whatwg.org/#concept-tao-check>
///
/// # Errors
/// Why it fails.
pub fn tao_check(request: TaoRequest<'_>, response: &(impl Fields + ?Sized)) -> Result<TaoPassed, TaoFailed> {
    // 1.-2. Once failed, always failed.
    if request.timing_allow_failed {
        return Err(TaoFailed::Before);
    }
    // 3. The values; none where the header is absent.
    let values = timing_allow_values(response);
    // 4. A wildcard.
    if allows(&values, "*") {
        return Ok(TaoPassed::Wildcard);
    }
    // 5. The origin, character for character. NB: `null` counts.
    if allows(&values, request.origin) {
        return Ok(TaoPassed::Origin);
    }
    // 6. A navigation to another origin.
    if request.mode == RequestMode::Navigate && !request.current_url_is_same_origin {
        return Err(TaoFailed::Navigation);
    }
    // 7. Same-origin so far.
    if request.tainting == Tainting::Basic {
        return Ok(TaoPassed::Basic);
    }
    // 8.
    Err(TaoFailed::NotAllowed)
}

/// The values that are appended to a request's navigation timing allow values list:
/// <https://fetch.spec.whatwg.org/#append-to-a-requests-navigation-timing-allow-values-list>
pub fn timing_allow_values(response: &(impl Fields + ?Sized)) -> Vec<String> {
    get_decode_split(response, b"timing-allow-origin").unwrap_or_default()
}

/// <https://fetch.spec.whatwg.org/#navigation-tao-check> over the values of each redirect of a navigation.
///
/// # Errors
/// The index of the first redirect that does not allow the destination's origin.
pub fn navigation_tao_check(navigation_timing_allow_values: &[Vec<String>], destination_origin: &str) -> Result<(), usize> {
    // 1. Each of them has a wildcard or the origin.
    let refused = |values: &Vec<String>| !allows(values, "*") && !allows(values, destination_origin);
    // 2. Otherwise it succeeds.
    navigation_timing_allow_values.iter().position(refused).map_or(Ok(()), Err)
}

fn allows(values: &[String], origin: &str) -> bool {
    values.iter().any(|value| value == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "https://a.example";

    #[test]
    fn checks() {
        use TaoFailed::{Before, Navigation, NotAllowed};
        use TaoPassed::{Basic, Origin, Wildcard};
        let cors = TaoRequest {
            timing_allow_failed: false,
            origin: A,
            mode: RequestMode::Cors,
            current_url_is_same_origin: false,
            tainting: Tainting::Cors,
        };
        let basic = TaoRequest { current_url_is_same_origin: true, tainting: Tainting::Basic, ..cors };
        let navigation = TaoRequest { mode: RequestMode::Navigate, tainting: Tainting::Basic, ..cors };
        let navigation_home = TaoRequest { current_url_is_same_origin: true, ..navigation };
        for (request, lines, expected) in [
            (cors, &["*"][..], Ok(Wildcard)),
            (cors, &[A], Ok(Origin)),
            (cors, &["https://b.example, https://a.example"], Ok(Origin)),
            (cors, &["https://b.example", A], Ok(Origin)),
            (cors, &["x,*"], Ok(Wildcard)),
            (cors, &["HTTPS://A.EXAMPLE"], Err(NotAllowed)),
            (cors, &["https://a.example/"], Err(NotAllowed)),
            (cors, &["\"*\""], Err(NotAllowed)),
            (cors, &[""], Err(NotAllowed)),
            (cors, &[], Err(NotAllowed)),
            (cors, &["null"], Err(NotAllowed)),
            (TaoRequest { origin: "null", ..cors }, &["null"], Ok(Origin)),
            (TaoRequest { timing_allow_failed: true, ..cors }, &["*"], Err(Before)),
            (basic, &[], Ok(Basic)),
            (TaoRequest { timing_allow_failed: true, ..basic }, &[], Err(Before)),
            (navigation, &[], Err(Navigation)),
            (navigation, &["*"], Ok(Wildcard)),
            (navigation_home, &[], Ok(Basic)),
        ] {
            let response: Vec<_> = lines.iter().map(|value| ("Timing-Allow-Origin", *value)).collect();
            assert_eq!(tao_check(request, &response[..]), expected, "{request:?} {lines:?}");
        }
    }

    #[test]
    fn navigations() {
        for (redirects, expected) in [
            (&[][..], Ok(())),
            (&["*"], Ok(())),
            (&["*", "https://b.example, https://a.example"], Ok(())),
            (&["*", "https://b.example"], Err(1)),
            (&[""], Err(0)),
        ] {
            let values: Vec<_> =
                redirects.iter().map(|value| timing_allow_values(&[("timing-allow-origin", *value)][..])).collect();
            assert_eq!(navigation_tao_check(&values, A), expected, "{redirects:?}");
        }
        assert_eq!(navigation_tao_check(&[timing_allow_values(&[("x", "*")][..])], A), Err(0));
    }
}
