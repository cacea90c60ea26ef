//! Schemes that become `https`, and insecure requests that a secure page may not make.

use url::{Host, Url};

use crate::http::modes::Destination;
use crate::http::request::{Client, Initiator, Request};
use crate::infra::origin::{Origin, is_localhost_name, url_is_potentially_trustworthy};
use crate::state::HstsHost;

/// What a page demands of the connections that it leads to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageSecurity {
    /// <https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object>
    prohibits_mixed_content: bool,
    /// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#insecure-requests-policy>
    upgrades_insecure_requests: bool,
}

impl PageSecurity {
    /// A page prohibits mixed content if it, or a document around it, came securely.
    pub(crate) fn new(origin: &Origin, ancestors: &[Origin], upgrades_insecure_requests: bool) -> Self {
        let mut origins = std::iter::once(origin).chain(ancestors);
        Self { prohibits_mixed_content: origins.any(Origin::is_potentially_trustworthy), upgrades_insecure_requests }
    }
}

/// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request>
pub(crate) fn upgrade_insecure_request(page: &PageSecurity, request: &Request) -> bool {
    // 1. OUT OF SCOPE: the request header that asks for a secure version, which top-level navigations send.
    // 2.-4. Everything that is not a navigation to another site is upgraded.
    let is_foreign_navigation = request.destination == Destination::Document && !request.is_same_origin();
    page.upgrades_insecure_requests && request.current_url().scheme() == "http" && !is_foreign_navigation
}

/// <https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm>
pub(crate) fn upgrade_mixed_content(page: &PageSecurity, request: &Request) -> bool {
    let url = request.current_url();
    // 1. Not what is secure already, not an IP address, not for a page that does not mind, and only images, audio and video
    //    that do not come from srcset.
    url.scheme() == "http"
        && !url_is_potentially_trustworthy(url)
        && matches!(url.host(), Some(Host::Domain(_)))
        && page.prohibits_mixed_content
        && matches!(request.destination, Destination::Image | Destination::Audio | Destination::Video)
        && request.initiator != Initiator::ImageSet
}

/// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>
pub(crate) fn blocked_as_mixed_content(page: &PageSecurity, request: &Request) -> bool {
    response_blocked_as_mixed_content(page, request, request.current_url())
}

/// <https://w3c.github.io/webappsec-mixed-content/#should-block-response>
pub(crate) fn response_blocked_as_mixed_content(page: &PageSecurity, request: &Request, url: &Url) -> bool {
    // NB: a preflight has no client, and its request was checked.
    request.client == Client::Page && page.prohibits_mixed_content && !url_is_potentially_trustworthy(url)
}

/// Step 10 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch): whether the host wants HTTPS.
pub(crate) fn hsts_applies(hosts: &[HstsHost], url: &Url) -> bool {
    let Some(Host::Domain(domain)) = url.host() else { return false };
    let is_known = |known: &HstsHost| {
        let is_sub_domain = domain.strip_suffix(known.host.as_str()).is_some_and(|rest| rest.ends_with('.'));
        domain == known.host || known.include_sub_domains && is_sub_domain
    };
    url.scheme() == "http" && !is_localhost_name(domain) && hosts.iter().any(is_known)
}
