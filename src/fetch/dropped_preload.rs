//! Preloads of which nothing is left: what needs them asks by itself.

use url::Url;

use crate::cors::check::cors_check;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::Failure;
use crate::fetch::environment::Environment;
use crate::fetch::http_network_or_cache_fetch::response_of;
use crate::http::header_list::joined;
use crate::http::modes::RequestMode;
use crate::http::request::Request;
use crate::http::response::Location;
use crate::profile::Profile;
use crate::report::Exchange;

/// Whether nothing is left of a preload that failed, so that what needs it asks by itself: where it was refused before anything
/// was sent, or by the page's process, which knows where redirects lead, and not by the one that speaks to the network.
pub(crate) fn is_given_up(environment: &Environment<'_>, request: &Request, failure: &Failure, exchanges: &[Exchange]) -> bool {
    let profile = environment.profile;
    // NB: what has used another preload leaves that one.
    if failure.code == NetworkErrorCode::Preload {
        return profile.has(Deviation::PreloadOnePerUrl);
    }
    if is_refused_by_page(profile, request, failure.code) {
        return true;
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
            Location::Url(target) => !is_checked && is_refused_scheme(environment, request, &target),
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
fn is_refused_scheme(environment: &Environment<'_>, request: &Request, target: &Url) -> bool {
    let is_foreign = !request.origin.is_of_url(target);
    match target.scheme() {
        "ftp" | "ftps" => false,
        "file" => true,
        "blob" => is_foreign,
        "about" | "data" | "wss" => is_foreign && request.mode == RequestMode::Cors,
        // NB: to a secure page all others are mixed content.
        _ => is_foreign && request.mode == RequestMode::Cors || environment.security.prohibits_mixed_content,
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
