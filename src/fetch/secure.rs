//! Schemes that become `https`, and insecure requests that a secure page may not make.

use url::{Host, Url};

use crate::deviations::Deviation;
use crate::http::modes::Destination;
use crate::http::request::{Client, Initiator, Request};
use crate::infra::origin::{Origin, url_is_potentially_trustworthy};
use crate::infra::site::public_suffix;
use crate::profile::Profile;
use crate::scenario::Global;
use crate::state::HstsHost;

/// What a page demands of the connections that it leads to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageSecurity {
    /// <https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object>
    pub(crate) prohibits_mixed_content: bool,
    /// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#insecure-requests-policy>
    upgrades_insecure_requests: bool,
    localhost: Localhost,
}

/// What `http` to this machine itself is for a page that prohibits mixed content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Localhost {
    /// As trustworthy as `https`.
    Trustworthy,
    /// As insecure as any other, but for images, audio and video.
    Insecure,
}

impl PageSecurity {
    /// What follows for a page from its origin and those of the documents around it.
    ///
    /// CORRECTION 11: by the text a page on `http://localhost` prohibits mixed content, because its origin is trustworthy. No
    /// browser does that, and it would block what is the most common page of a developer:
    /// <https://github.com/w3c/webappsec-mixed-content/issues/73>. So only an origin that came securely counts.
    pub(crate) fn new(
        profile: Profile,
        global: Global,
        origin: &Origin,
        ancestors: &[Origin],
        upgrades_insecure_requests: bool,
    ) -> Self {
        let came_securely = |origin: &Origin| origin.is_potentially_trustworthy() && origin.scheme() != Some("http");
        // 1. A trustworthy origin prohibits mixed content. 2. So does that of any document around a document.
        let is_in_secure_document = global == Global::Window && ancestors.iter().any(came_securely);
        let prohibits_mixed_content = came_securely(origin) || is_in_secure_document;
        let localhost = match profile.has(Deviation::LocalhostIsMixedContent) {
            true => Localhost::Insecure,
            false => Localhost::Trustworthy,
        };
        Self { prohibits_mixed_content, upgrades_insecure_requests, localhost }
    }
}

/// <https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request>
pub(crate) fn upgrade_insecure_request(page: &PageSecurity, request: &Request) -> bool {
    // 1. The header that tells a server that the browser upgrades is set elsewhere.
    // 2. OUT OF SCOPE: navigations of the tab, which are upgraded to some hosts only. Those of frames always are.
    // 3.-5. The page decides.
    page.upgrades_insecure_requests && request.current_url().scheme() == "http"
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
///
/// CORRECTION 10: the prose fails upgradeable requests under the CORS protocol by force, but neither algorithm asks for the
/// mode; the algorithms are followed.
pub(crate) fn blocked_as_mixed_content(page: &PageSecurity, request: &Request) -> bool {
    response_blocked_as_mixed_content(page, request, request.current_url())
}

/// <https://w3c.github.io/webappsec-mixed-content/#should-block-response>
pub(crate) fn response_blocked_as_mixed_content(page: &PageSecurity, request: &Request, url: &Url) -> bool {
    // 1. What has no client (a preflight, whose request was checked), whose page does not mind, or what came securely.
    // OUT OF SCOPE: navigations of the tab, which are allowed.
    // CORRECTION 12: a scheme that nothing is known of (`localhost:8080/api` has the scheme `localhost`) makes no insecure
    // connection. It fails a few steps later all the same, and there the reason is the true one.
    let is_known = matches!(url.scheme(), "about" | "blob" | "data" | "file" | "ftp" | "http" | "https" | "ws" | "wss");
    let is_media = matches!(request.destination, Destination::Image | Destination::Audio | Destination::Video);
    let is_insecure_localhost = page.localhost == Localhost::Insecure && matches!(url.scheme(), "http" | "ws") && !is_media;
    let is_secure = url_is_potentially_trustworthy(url) && !is_insecure_localhost;
    request.client == Client::Page && page.prohibits_mixed_content && is_known && !is_secure
}

/// Step 10 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch): whether the host wants HTTPS.
///
/// OUT OF SCOPE: HTTPS records of the DNS.
pub(crate) fn hsts_applies(hosts: &[HstsHost], url: &Url) -> bool {
    let Some(Host::Domain(domain)) = url.host() else { return false };
    // OPTIMIZATION: the public suffix is looked up last; it is needed least often, and costs most.
    let is_localhost = || matches!(public_suffix(domain), Some("localhost" | "localhost."));
    url.scheme() == "http" && hosts.iter().any(|known| known.covers(domain)) && !is_localhost()
}

impl HstsHost {
    /// [Known HSTS Host Domain Name Matching](https://www.rfc-editor.org/rfc/rfc6797#section-8.2): a congruent match, or a
    /// superdomain match with `includeSubDomains`.
    fn covers(&self, domain: &str) -> bool {
        let known = self.host.to_ascii_lowercase();
        let is_sub_domain = || domain.strip_suffix(&known).is_some_and(|rest| rest.ends_with('.'));
        domain == known || (self.include_sub_domains && is_sub_domain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    const SECURE: PageSecurity =
        PageSecurity { prohibits_mixed_content: true, upgrades_insecure_requests: false, localhost: Localhost::Trustworthy };
    const INSECURE: PageSecurity = PageSecurity { prohibits_mixed_content: false, ..SECURE };
    const UPGRADING: PageSecurity = PageSecurity { upgrades_insecure_requests: true, ..INSECURE };

    fn request(url: &str, destination: Destination) -> Request {
        let page = Origin::parse("https://a.example").unwrap();
        Request { destination, ..Request::new(Url::parse(url).unwrap(), page) }
    }

    #[test]
    fn pages() {
        let (window, worker) = (Global::Window, Global::Worker);
        for (global, origin, ancestors, prohibits) in [
            (window, "https://a.example", &[][..], true),
            (window, "http://a.example", &[], false),
            (window, "http://127.0.0.1:3000", &[], false),
            (window, "http://localhost:3000", &[], false),
            (window, "https://localhost:3000", &[], true),
            (window, "null", &[], false),
            (window, "null", &["https://a.example"], true),
            (window, "http://b.example", &["https://a.example"], true),
            (window, "http://b.example", &["https://c.example", "http://a.example"], true),
            (window, "http://b.example", &["http://c.example", "null"], false),
            (worker, "https://a.example", &[], true),
            (worker, "http://b.example", &["https://a.example"], false),
        ] {
            let ancestors: Vec<_> = ancestors.iter().map(|origin| Origin::parse(origin).unwrap()).collect();
            let page = PageSecurity::new(SPEC, global, &Origin::parse(origin).unwrap(), &ancestors, false);
            assert_eq!(page.prohibits_mixed_content, prohibits, "{global:?} {origin} {ancestors:?}");
        }
    }

    #[test]
    fn upgrades_and_blocks() {
        let (empty, image, frame) = (Destination::Empty, Destination::Image, Destination::Iframe);
        // upgrade-insecure-requests, mixed content upgrade, block of the request if it is not upgraded
        for (page, url, destination, expected) in [
            (SECURE, "http://b.example/", empty, [false, false, true]),
            (SECURE, "http://b.example/", frame, [false, false, true]),
            (SECURE, "http://b.example/", image, [false, true, true]),
            (SECURE, "http://b.example/", Destination::Audio, [false, true, true]),
            (SECURE, "http://b.example/", Destination::Video, [false, true, true]),
            (SECURE, "http://b.example/", Destination::Script, [false, false, true]),
            (SECURE, "http://b.example/", Destination::Font, [false, false, true]),
            (SECURE, "http://1.2.3.4/", image, [false, false, true]),
            (SECURE, "http://[2001:db8::1]/", image, [false, false, true]),
            (SECURE, "https://b.example/", image, [false, false, false]),
            (SECURE, "http://localhost:8080/", image, [false, false, false]),
            (SECURE, "http://127.0.0.1:8080/", empty, [false, false, false]),
            (SECURE, "http://x.localhost/", empty, [false, false, false]),
            (SECURE, "http://192.168.0.1/", empty, [false, false, true]),
            (SECURE, "data:,x", image, [false, false, false]),
            (SECURE, "ftp://b.example/", image, [false, false, true]),
            (INSECURE, "http://b.example/", image, [false, false, false]),
            (UPGRADING, "http://b.example/", empty, [true, false, false]),
            (UPGRADING, "http://1.2.3.4/", empty, [true, false, false]),
            (UPGRADING, "http://localhost/", frame, [true, false, false]),
            (UPGRADING, "https://b.example/", empty, [false, false, false]),
            (UPGRADING, "data:,x", empty, [false, false, false]),
        ] {
            let request = request(url, destination);
            let found = [
                upgrade_insecure_request(&page, &request),
                upgrade_mixed_content(&page, &request),
                blocked_as_mixed_content(&page, &request),
            ];
            assert_eq!(found, expected, "{page:?} {url} {destination:?}");
        }
        let srcset = Request { initiator: Initiator::ImageSet, ..request("http://b.example/", image) };
        assert!(!upgrade_mixed_content(&SECURE, &srcset));
        let preflight = Request { client: Client::Null, ..request("http://b.example/", empty) };
        assert!(!blocked_as_mixed_content(&SECURE, &preflight));
    }

    #[test]
    fn this_machine_by_browser() {
        let page = Origin::parse("https://a.example").unwrap();
        for (url, destination, expected) in [
            ("http://localhost:8080/", Destination::Empty, [false, false, false, true]),
            ("http://127.0.0.1/", Destination::Script, [false, false, false, true]),
            ("http://x.localhost/", Destination::Empty, [false, false, false, true]),
            ("http://localhost/", Destination::Image, [false; 4]),
            ("https://localhost/", Destination::Empty, [false; 4]),
            ("data:,x", Destination::Empty, [false; 4]),
            ("http://b.example/", Destination::Empty, [true; 4]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| {
                let security = PageSecurity::new(profile, Global::Window, &page, &[], false);
                blocked_as_mixed_content(&security, &request(url, destination))
            });
            assert_eq!(found, expected, "{url} {destination:?}");
        }
    }

    #[test]
    fn the_current_url_counts_and_the_url_of_the_response() {
        let mut redirected = request("https://b.example/", Destination::Image);
        redirected.redirect_to(Url::parse("http://c.example/").unwrap());
        assert!(blocked_as_mixed_content(&SECURE, &redirected));
        assert!(upgrade_mixed_content(&SECURE, &redirected));
        assert!(upgrade_insecure_request(&UPGRADING, &redirected));
        for (url, blocked) in [("http://b.example/", true), ("https://b.example/", false)] {
            assert_eq!(response_blocked_as_mixed_content(&SECURE, &redirected, &Url::parse(url).unwrap()), blocked, "{url}");
            assert!(!response_blocked_as_mixed_content(&INSECURE, &redirected, &Url::parse(url).unwrap()), "{url}");
        }
    }

    #[test]
    fn hosts_that_want_https() {
        let known = |host: &str, include_sub_domains| HstsHost { host: host.into(), include_sub_domains };
        let hosts = [known("own.example", false), known("All.Example", true), known("localhost", true), known("1.2.3.4", true)];
        for (url, expected) in [
            ("http://own.example/", true),
            ("http://own.example:8080/", true),
            ("http://w.own.example/", false),
            ("http://all.example/", true),
            ("http://w.all.example/", true),
            ("http://v.w.all.example/", true),
            ("http://small.example/", false),
            ("http://overall.example/", false),
            ("http://example/", false),
            ("https://own.example/", false),
            ("ws://own.example/", false),
            ("http://localhost/", false),
            ("http://x.localhost/", false),
            ("http://1.2.3.4/", false),
            ("http://[::1]/", false),
        ] {
            assert_eq!(hsts_applies(&hosts, &Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
