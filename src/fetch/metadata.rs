//! [Fetch Metadata](https://w3c.github.io/webappsec-fetch-metadata/): what the browser says about a request by itself.

use crate::http::modes::Destination;
use crate::http::request::Request;
use crate::infra::origin::{Origin, url_is_potentially_trustworthy};

/// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request>
pub(crate) fn append_fetch_metadata(request: &mut Request) {
    // 1. Only a secure server is told.
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
    for (name, value) in [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", request.mode.as_str()), ("Sec-Fetch-Dest", destination)] {
        request.header_list.set(name.as_bytes(), value.as_bytes());
    }
}

/// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
fn site(request: &Request) -> &'static str {
    let mut site = "same-origin";
    for url in &request.url_list {
        let origin = Origin::of_url(url);
        if request.origin.same_origin(&origin) {
            continue;
        }
        // Once cross-site, always cross-site.
        if !request.origin.same_site(&origin) {
            return "cross-site";
        }
        site = "same-site";
    }
    site
}
