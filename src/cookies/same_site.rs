//! What `SameSite` looks at: <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.2>.
//!
//! CORRECTION 2: Fetch has a text of its own for this (`determine the same-site mode`), which lets a page of another site
//! set and get `SameSite=Strict` cookies, and asserts that there are no methods but GET and POST.

use url::Url;

use crate::deviations::Deviation;
use crate::http::modes::Destination;
use crate::infra::origin::{OpaqueOrigin, Origin};
use crate::profile::Profile;

/// How a request stands to the site that it goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameSiteContext {
    /// Whether the request is same-site.
    pub same_site: bool,
    /// Whether it navigates a tab.
    pub top_level_navigation: bool,
    /// Whether its method is safe.
    pub safe_method: bool,
}

/// How a request stands to the site of its current URL. `site_for_cookies` is that of its client, where it has one.
/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.2>
///
/// NB: redirects do not count, only where they led to. Fetch's text and some browsers count them.
pub fn same_site_context(
    profile: Profile,
    site_for_cookies: Option<&Origin>,
    current_url: &Url,
    destination: Destination,
    method: &[u8],
) -> SameSiteContext {
    SameSiteContext {
        // 1. A reload that a person asked for does not occur here. 2. The client's site for cookies decides.
        same_site: site_for_cookies.is_none_or(|site| match profile.has(Deviation::SameSiteSchemeless) {
            true => Origin::of_url(current_url).schemelessly_same_site(site),
            false => Origin::of_url(current_url).same_site(site),
        }),
        top_level_navigation: destination == Destination::Document,
        // https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
        safe_method: matches!(method, b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE"),
    }
}

/// The site for cookies of a page: the top-level origin if every document in between is of its site, else an opaque one.
/// `ancestors` are the origins of the documents around it, the top-level one last.
/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.2.1>
pub fn site_for_cookies(profile: Profile, origin: &Origin, url: &Url, ancestors: &[Origin]) -> Origin {
    if origin.is_opaque() && profile.has(Deviation::SandboxedPageCrossSite) {
        return Origin::Opaque(OpaqueOrigin::Unique);
    }
    // 2. and 4.1 A sandboxed document counts as what its URL is. NB: of the documents around it only the origin is known.
    let own = if origin.is_opaque() { Origin::of_url(url) } else { origin.clone() };
    // 1. The top-level document.
    let top = ancestors.last().unwrap_or(&own);
    // 3. and 4. All must be of its site.
    let all_same_site = std::iter::once(&own).chain(ancestors).all(|origin| origin.same_site(top));
    // 5.
    if all_same_site { top.clone() } else { Origin::Opaque(OpaqueOrigin::Unique) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    fn origin(text: &str) -> Origin {
        Origin::parse(text).unwrap()
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn sites_for_cookies() {
        // origin, URL and ancestors of the page
        for (own, page, ancestors, expected) in [
            ("https://a.example", "https://a.example/", &[][..], "https://a.example"),
            ("https://x.a.example", "https://x.a.example/", &["https://a.example"][..], "https://a.example"),
            ("https://b.example", "https://b.example/", &["https://a.example"][..], "null"),
            ("https://a.example", "https://a.example/", &["https://b.example", "https://a.example"][..], "null"),
            ("https://a.example", "https://a.example/", &["http://a.example"][..], "null"),
            ("https://a.example", "https://a.example/", &["null"][..], "null"),
            // Sandboxed.
            ("null", "https://a.example/frame", &["https://a.example"][..], "https://a.example"),
            ("null", "https://b.example/frame", &["https://a.example"][..], "null"),
            ("null", "https://a.example/", &[][..], "https://a.example"),
            ("null", "data:text/html,x", &["https://a.example"][..], "null"),
        ] {
            let ancestors: Vec<_> = ancestors.iter().map(|text| origin(text)).collect();
            let found = site_for_cookies(SPEC, &origin(own), &url(page), &ancestors);
            assert_eq!(found.serialize(), expected, "{own} {page} {ancestors:?}");
            for (profile, sandboxed) in [(CHROMIUM, "null"), (FIREFOX, "null"), (WEBKIT, expected)] {
                let found = site_for_cookies(profile, &origin(own), &url(page), &ancestors);
                let expected = if own == "null" { sandboxed } else { expected };
                assert_eq!(found.serialize(), expected, "{:?} {own} {page} {ancestors:?}", profile.name());
            }
        }
    }

    #[test]
    fn contexts() {
        let empty = Destination::Empty;
        for (site, current, destination, method, expected) in [
            (Some("https://a.example"), "https://a.example/", empty, "GET", [true, false, true]),
            (Some("https://a.example"), "https://x.a.example:8443/", empty, "POST", [true, false, false]),
            (Some("http://a.example"), "https://a.example/", empty, "GET", [false, false, true]),
            (Some("https://a.example"), "https://b.example/", empty, "HEAD", [false, false, true]),
            (Some("null"), "https://a.example/", empty, "OPTIONS", [false, false, true]),
            (Some("https://alice.github.io"), "https://bob.github.io/", empty, "GET", [false, false, true]),
            (Some("https://a.example"), "https://b.example/", Destination::Document, "GET", [false, true, true]),
            (Some("https://a.example"), "https://b.example/", Destination::Iframe, "GET", [false, false, true]),
            (Some("https://a.example"), "https://b.example/", Destination::Document, "get", [false, true, false]),
            (None, "https://b.example/", empty, "GET", [true, false, true]),
        ] {
            let site = site.map(origin);
            let found = same_site_context(SPEC, site.as_ref(), &url(current), destination, method.as_bytes());
            let [same_site, top_level_navigation, safe_method] = expected;
            let expected = SameSiteContext { same_site, top_level_navigation, safe_method };
            assert_eq!(found, expected, "{site:?} {current} {destination:?} {method}");
            let schemes_differ = site.as_ref().and_then(Origin::scheme) == Some("http") && current.starts_with("https://a.");
            for (profile, same_site) in [(CHROMIUM, expected.same_site), (FIREFOX, expected.same_site || schemes_differ)] {
                let found = same_site_context(profile, site.as_ref(), &url(current), destination, method.as_bytes());
                assert_eq!(found.same_site, same_site, "{:?} {site:?} {current}", profile.name());
            }
        }
    }
}
