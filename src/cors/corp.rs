//! [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check)

use serde::Serialize;
use url::Url;

use crate::http::header_list::{Fields, value_is};
use crate::http::modes::EmbedderPolicy;
use crate::infra::origin::Origin;

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

/// The response that is about to be used without CORS.
#[derive(Debug)]
pub struct CorpResponse<'a, F: Fields + ?Sized> {
    /// Its URL.
    pub url: &'a Url,
    /// Whether the request for it had credentials.
    pub request_includes_credentials: bool,
    /// Its header list.
    pub headers: &'a F,
}

/// Whether a nested navigable is navigated, or a resource is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForNavigation {
    /// A nested navigable is navigated.
    Yes,
    /// A resource is fetched.
    No,
}

/// [Cross-origin resource policy check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check), without its reports.
///
/// # Errors
/// Why the response may not be used.
pub fn corp_check<F: Fields + ?Sized>(
    origin: &Origin,
    embedder_policy: EmbedderPolicy,
    response: &CorpResponse<'_, F>,
    for_navigation: ForNavigation,
) -> Result<(), CorpBlocked> {
    // 1.-3. What blocks without any embedder policy.
    corp_internal_check(origin, EmbedderPolicy::UnsafeNone, response, for_navigation)?;
    // 4. OUT OF SCOPE: the report-only policy, which only reports.
    // 5.-7. What blocks with it.
    corp_internal_check(origin, embedder_policy, response, for_navigation)
}

/// [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check)
///
/// # Errors
/// Why the response may not be used.
pub fn corp_internal_check<F: Fields + ?Sized>(
    origin: &Origin,
    embedder_policy: EmbedderPolicy,
    response: &CorpResponse<'_, F>,
    for_navigation: ForNavigation,
) -> Result<(), CorpBlocked> {
    let navigation = for_navigation == ForNavigation::Yes;
    // 1. A navigation without an embedder policy is allowed.
    if navigation && embedder_policy == EmbedderPolicy::UnsafeNone {
        return Ok(());
    }
    // 2.-3. The policy, all lines joined, byte for byte; anything else is none.
    let policy_is = |policy: &[u8]| value_is(response.headers, b"cross-origin-resource-policy", policy);
    let response_origin = || Origin::of_url(response.url);
    // 5. What it asks for.
    if policy_is(b"same-origin") {
        return origin.same_origin(&response_origin()).then_some(()).ok_or(CorpBlocked::SameOrigin);
    }
    if policy_is(b"same-site") {
        let secure_enough = origin.scheme() == Some("https") || response.url.scheme() != "https";
        let same_site = secure_enough && origin.schemelessly_same_site(&response_origin());
        return same_site.then_some(()).ok_or(CorpBlocked::SameSite);
    }
    if policy_is(b"cross-origin") {
        return Ok(());
    }
    // 4. Without one the embedder policy may stand in: same-origin.
    let stands_in = match embedder_policy {
        EmbedderPolicy::UnsafeNone => false,
        EmbedderPolicy::Credentialless => response.request_includes_credentials || navigation,
        EmbedderPolicy::RequireCorp => true,
    };
    (!stands_in || origin.same_origin(&response_origin())).then_some(()).ok_or(CorpBlocked::EmbedderPolicy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks() {
        use CorpBlocked::{EmbedderPolicy as Embedder, SameOrigin, SameSite};
        use EmbedderPolicy::{Credentialless, RequireCorp, UnsafeNone};
        const A: &str = "https://a.example";
        const HTTP_A: &str = "http://a.example";
        const WA: &str = "https://w.a.example/";
        const B: &str = "https://b.example/";
        // page, policy, response, lines, then: with credentials, without, for a navigation with credentials
        for (origin, policy, url, lines, expected) in [
            (A, UnsafeNone, B, &[][..], [None, None, None]),
            (A, UnsafeNone, B, &["same-origin"], [Some(SameOrigin), Some(SameOrigin), None]),
            (A, UnsafeNone, WA, &["same-origin"], [Some(SameOrigin), Some(SameOrigin), None]),
            (A, UnsafeNone, "https://a.example/", &["same-origin"], [None, None, None]),
            (A, UnsafeNone, B, &["same-site"], [Some(SameSite), Some(SameSite), None]),
            (A, UnsafeNone, WA, &["same-site"], [None, None, None]),
            (HTTP_A, UnsafeNone, WA, &["same-site"], [Some(SameSite), Some(SameSite), None]),
            (HTTP_A, UnsafeNone, "http://w.a.example/", &["same-site"], [None, None, None]),
            (A, UnsafeNone, "http://w.a.example/", &["same-site"], [None, None, None]),
            (A, UnsafeNone, B, &["cross-origin"], [None, None, None]),
            (A, UnsafeNone, B, &["Same-Origin"], [None, None, None]),
            (A, UnsafeNone, B, &["same-site, same-origin"], [None, None, None]),
            (A, UnsafeNone, B, &["same-origin", "same-origin"], [None, None, None]),
            (A, UnsafeNone, B, &[""], [None, None, None]),
            (A, RequireCorp, B, &[], [Some(Embedder), Some(Embedder), Some(Embedder)]),
            (A, RequireCorp, WA, &[], [Some(Embedder), Some(Embedder), Some(Embedder)]),
            (A, RequireCorp, "https://a.example/", &[], [None, None, None]),
            (A, RequireCorp, B, &["cross-origin"], [None, None, None]),
            (A, RequireCorp, B, &["same-origin"], [Some(SameOrigin), Some(SameOrigin), Some(SameOrigin)]),
            (A, RequireCorp, WA, &["same-site"], [None, None, None]),
            (A, RequireCorp, B, &["same-site, same-origin"], [Some(Embedder), Some(Embedder), Some(Embedder)]),
            (A, RequireCorp, B, &["same-origin", "same-origin"], [Some(Embedder), Some(Embedder), Some(Embedder)]),
            (A, Credentialless, B, &[], [Some(Embedder), None, Some(Embedder)]),
            (A, Credentialless, "https://a.example/", &[], [None, None, None]),
            ("null", UnsafeNone, B, &["same-site"], [Some(SameSite), Some(SameSite), None]),
            ("null", RequireCorp, B, &[], [Some(Embedder), Some(Embedder), Some(Embedder)]),
        ] {
            let headers: Vec<_> = lines.iter().map(|value| ("Cross-Origin-Resource-Policy", *value)).collect();
            let (origin, url) = (Origin::parse(origin).unwrap(), Url::parse(url).unwrap());
            let check = |request_includes_credentials, for_navigation| {
                let response = CorpResponse { url: &url, request_includes_credentials, headers: &headers[..] };
                corp_check(&origin, policy, &response, for_navigation).err()
            };
            let found = [check(true, ForNavigation::No), check(false, ForNavigation::No), check(true, ForNavigation::Yes)];
            assert_eq!(found, expected, "{origin:?} {policy:?} {url} {lines:?}");
        }
    }
}
