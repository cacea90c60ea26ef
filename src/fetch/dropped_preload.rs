//! Preloads of which nothing is left: what needs them asks by itself.

use url::Url;

use crate::cors::check::cors_check;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::Failure;
use crate::fetch::environment::Environment;
use crate::fetch::http_network_or_cache_fetch::response_of;
use crate::http::header_list::joined;
use crate::http::modes::{Destination, RequestMode};
use crate::http::request::Request;
use crate::http::response::Location;
use crate::profile::Profile;
use crate::report::Exchange;

/// Whether nothing is left of a preload that failed, so that what needs it asks by itself: where it was refused before anything
/// was sent, or by the page's process, which knows where redirects lead, and not by the one that speaks to the network.
/// `is_kept_back` says that Opaque Response Blocking kept it from the page.
pub(crate) fn is_given_up(
    environment: &Environment<'_>,
    request: &Request,
    failure: &Failure,
    exchanges: &[Exchange],
    is_kept_back: bool,
) -> bool {
    let profile = environment.profile;
    // NB: what has used another preload leaves that one.
    if failure.code == NetworkErrorCode::Preload {
        return profile.has(Deviation::PreloadOnePerUrl);
    }
    if is_refused_by_page(profile, request, failure.code) {
        return true;
    }
    if failure.code == NetworkErrorCode::Nosniff && request.destination == Destination::Style && !is_kept_back {
        return profile.has(Deviation::PreloadOfStylesDropped);
    }
    if !profile.has(Deviation::PreloadRedirectsChecked) {
        return false;
    }
    let Some(last) = exchanges.last() else { return true };
    let Some(answer) = &last.response else { return false };
    let response = response_of(answer, None);
    let was_cross_origin = request.url_list.iter().take(last.hop + 1).any(|url| !request.origin.is_of_url(url));
    // NB: what is under the CORS protocol already the network's process checks.
    let is_checked = request.mode == RequestMode::Cors && was_cross_origin;
    match failure.code {
        NetworkErrorCode::BadPort => true,
        NetworkErrorCode::Location => !is_checked || response.header_list.get(b"Location").is_some_and(|value| value.is_empty()),
        NetworkErrorCode::LocationCredentials => !is_checked,
        NetworkErrorCode::LocationScheme => match response.location_url(profile, None) {
            Location::Url(target) => {
                !is_checked && is_refused_scheme(request, &target, environment.security.prohibits_mixed_content)
            }
            Location::Null | Location::Failure(_) => false,
        },
        // NB: it would have passed without the credentials of the first request.
        NetworkErrorCode::CorsCheck => {
            let origin = joined(&last.request.headers, b"origin").unwrap_or_default();
            cors_check(&origin, request.credentials_mode, &response.header_list).is_ok()
        }
        _ => false,
    }
}

/// Whether the page's process refuses to follow a redirect to a URL that is not HTTP(S): what documents may not show, and what CORS
/// does not know.
fn is_refused_scheme(request: &Request, target: &Url, is_secure_page: bool) -> bool {
    let is_under_cors = request.mode == RequestMode::Cors;
    match target.scheme() {
        "ftp" | "ftps" => false,
        "file" => true,
        "blob" => !request.origin.is_of_url(target),
        "about" | "data" | "wss" => is_under_cors,
        // NB: to a secure page all others are mixed content.
        _ => is_under_cors || is_secure_page,
    }
}

/// Whether the page itself refused it, because of a policy or of a user name in the URL.
fn is_refused_by_page(profile: Profile, request: &Request, code: NetworkErrorCode) -> bool {
    let is_refused = matches!(
        code,
        NetworkErrorCode::MixedContent | NetworkErrorCode::ContentSecurityPolicy | NetworkErrorCode::UrlCredentials
    );
    let is_late = request.hop() > 0;
    is_refused && profile.has(if is_late { Deviation::PreloadRefusedLaterDropped } else { Deviation::PreloadRefusedDropped })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::origin::Origin;

    #[test]
    fn schemes_that_the_page_refuses() {
        // For a page that came insecurely and one that came securely: without CORS, and under it.
        for (target, insecure, secure) in [
            ("ftp://a.example/", [false, false], [false, false]),
            ("ftps://a.example/", [false, false], [false, false]),
            ("file:///x", [true, true], [true, true]),
            ("blob:https://a.example/x", [false, false], [false, false]),
            ("blob:https://b.example/x", [true, true], [true, true]),
            ("about:blank", [false, true], [false, true]),
            ("data:,x", [false, true], [false, true]),
            ("wss://a.example/", [false, true], [false, true]),
            ("ws://a.example/", [false, true], [true, true]),
            ("x:y", [false, true], [true, true]),
        ] {
            let target = Url::parse(target).unwrap();
            let refused = |is_secure_page| {
                [RequestMode::NoCors, RequestMode::Cors].map(|mode| {
                    let url = Url::parse("https://b.example/").unwrap();
                    let mut request = Request::new(url, Origin::parse("https://a.example").unwrap());
                    request.mode = mode;
                    is_refused_scheme(&request, &target, is_secure_page)
                })
            };
            assert_eq!((refused(false), refused(true)), (insecure, secure), "{target}");
        }
    }
}
