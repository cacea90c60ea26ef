//! [Fetch Metadata](https://w3c.github.io/webappsec-fetch-metadata/): what the browser says about a request by itself.

use crate::http::modes::Destination;
use crate::http::request::Request;
use crate::infra::bytes::ByteString;
use crate::infra::origin::url_is_potentially_trustworthy;

/// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request>
pub(crate) fn append_fetch_metadata(request: &mut Request) {
    // 1. Only a secure server is told. NB: the text looks at the first URL; what counts is where the request goes now.
    if !url_is_potentially_trustworthy(request.current_url()) {
        return;
    }
    // 2.-5.
    let site = site(request);
    let destination = match request.destination {
        Destination::Empty => "empty",
        destination => destination.as_str(),
    };
    // NB: Sec-Fetch-User needs a person's click on a link, which is no fetch that is modelled here.
    for (name, value) in [("Sec-Fetch-Dest", destination), ("Sec-Fetch-Mode", request.mode.as_str()), ("Sec-Fetch-Site", site)] {
        request.header_list.set(ByteString::from_static(name.as_bytes()), ByteString::from_static(value.as_bytes()));
    }
}

/// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
fn site(request: &Request) -> &'static str {
    let mut site = "same-origin";
    for url in request.url_list.iter() {
        if request.origin.is_of_url(url) {
            continue;
        }
        // Once cross-site, always cross-site.
        if !request.origin.is_same_site_with_url(url) {
            return "cross-site";
        }
        site = "same-site";
    }
    site
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::http::modes::RequestMode;
    use crate::infra::origin::Origin;

    #[test]
    fn headers() {
        let (cors, empty) = (RequestMode::Cors, Destination::Empty);
        // the page, the URL list, mode and destination; Dest, Mode, Site
        for (page, urls, mode, destination, expected) in [
            ("https://a.example", &["https://a.example/"][..], cors, empty, Some("empty cors same-origin")),
            ("https://a.example", &["https://a.example:8443/"], cors, empty, Some("empty cors same-site")),
            ("https://a.example", &["https://w.a.example/"], cors, empty, Some("empty cors same-site")),
            ("https://a.example", &["https://b.example/"], cors, empty, Some("empty cors cross-site")),
            ("http://a.example", &["https://a.example/"], cors, empty, Some("empty cors cross-site")),
            ("https://alice.github.io", &["https://bob.github.io/"], cors, empty, Some("empty cors cross-site")),
            ("null", &["https://a.example/"], cors, empty, Some("empty cors cross-site")),
            ("https://a.example", &["http://b.example/"], cors, empty, None),
            ("http://a.example", &["http://a.example/"], cors, empty, None),
            ("http://localhost:3000", &["http://localhost:8080/"], cors, empty, Some("empty cors same-site")),
            ("http://127.0.0.1", &["http://127.0.0.1/"], cors, empty, Some("empty cors same-origin")),
            // Redirects.
            ("https://a.example", &["https://a.example/", "https://w.a.example/"], cors, empty, Some("empty cors same-site")),
            ("https://a.example", &["https://w.a.example/", "https://a.example/"], cors, empty, Some("empty cors same-site")),
            ("https://a.example", &["https://b.example/", "https://a.example/"], cors, empty, Some("empty cors cross-site")),
            ("https://a.example", &["https://a.example/", "http://b.example/"], cors, empty, None),
            ("http://a.example", &["http://b.example/", "https://b.example/"], cors, empty, Some("empty cors cross-site")),
            // Modes and destinations.
            (
                "https://a.example",
                &["https://b.example/"],
                RequestMode::NoCors,
                Destination::Image,
                Some("image no-cors cross-site"),
            ),
            (
                "https://a.example",
                &["https://a.example/"],
                RequestMode::Navigate,
                Destination::Iframe,
                Some("iframe navigate same-origin"),
            ),
            ("https://a.example", &["https://a.example/"], RequestMode::WebSocket, empty, Some("empty websocket same-origin")),
            (
                "https://a.example",
                &["https://a.example/"],
                RequestMode::SameOrigin,
                Destination::Worker,
                Some("worker same-origin same-origin"),
            ),
        ] {
            let url_list: Vec<_> = urls.iter().map(|url| Url::parse(url).unwrap()).collect();
            let mut request = Request::new(url_list[0].clone(), Origin::parse(page).unwrap());
            (request.url_list, request.mode, request.destination) = (url_list.into(), mode, destination);
            // What was there before the redirect is replaced.
            request.header_list.append(b"Sec-Fetch-Site", b"none");
            append_fetch_metadata(&mut request);
            let values =
                ["Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site"].map(|name| request.header_list.get(name.as_bytes()));
            let [Some(destination), Some(mode), Some(site)] = values else {
                assert_eq!(expected, None, "{page} {urls:?}");
                continue;
            };
            assert_eq!(Some(&*format!("{destination} {mode} {site}")), expected, "{page} {urls:?}");
        }
    }
}
