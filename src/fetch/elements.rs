//! Elements and other APIs: each is a fixed set of request parameters.

use url::Url;

use crate::cors::safelist::cors_safelisted_request_header;
use crate::deviations::Deviation;
use crate::fetch::construct::extract;
use crate::fetch::environment::Environment;
use crate::fetch::preload::translate_preload_destination;
use crate::http::header_list::HeaderList;
use crate::http::modes::{CacheMode, CredentialsMode, Destination, RedirectMode, RequestMode};
use crate::http::request::{Initiator, Request, ServiceWorkersMode};
use crate::infra::bytes::ByteString;
use crate::infra::{mime, url_parser};
use crate::report::{ExceptionName, Threw};
use crate::scenario::{Body, Call};
use crate::spec::{Algorithm, Step};
use crate::trace::ThrowCheck;

/// A [CORS settings attribute](https://html.spec.whatwg.org/#cors-settings-attribute)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CorsSettings {
    NoCors,
    Anonymous,
    UseCredentials,
}

impl CorsSettings {
    /// Absent is No CORS; whatever is no keyword is Anonymous.
    pub(super) fn of(attribute: Option<&str>) -> Self {
        match attribute {
            None => Self::NoCors,
            Some(value) if value.eq_ignore_ascii_case("use-credentials") => Self::UseCredentials,
            Some(_) => Self::Anonymous,
        }
    }

    /// <https://html.spec.whatwg.org/#cors-settings-attribute-credentials-mode>
    fn credentials_mode(self) -> CredentialsMode {
        match self {
            Self::NoCors | Self::Anonymous => CredentialsMode::SameOrigin,
            Self::UseCredentials => CredentialsMode::Include,
        }
    }
}

/// What a potential-CORS request without `crossorigin` becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fallback {
    NoCors,
    SameOrigin,
}

/// The request of `call`, which is neither `fetch()` nor XHR.
pub(crate) fn request(environment: &Environment<'_>, call: &Call) -> Result<Request, Threw> {
    let potential = |url: &str, destination, attribute: &Option<String>, fallback| {
        let url = parse(environment, url, None, Algorithm::PotentialCorsRequest.step(""))?;
        Ok(potential_cors_request(environment, url, destination, CorsSettings::of(attribute.as_deref()), fallback))
    };
    match call {
        Call::Img { url, cross_origin, srcset } => {
            let mut request = potential(url, Destination::Image, cross_origin, Fallback::NoCors)?;
            if *srcset {
                request.initiator = Initiator::ImageSet;
            }
            Ok(request)
        }
        Call::Media { url, cross_origin } => potential(url, Destination::Video, cross_origin, Fallback::NoCors),
        Call::Stylesheet { url, cross_origin } => potential(url, Destination::Style, cross_origin, Fallback::NoCors),
        Call::Preload { url, destination, cross_origin } => {
            let destination = translate_preload_destination(environment.profile, destination).ok_or_else(|| Threw {
                error: None,
                because: ThrowCheck::PreloadDestination,
                step: Algorithm::TranslatePreloadDestination.step(""),
            })?;
            let mut request = potential(url, destination, cross_origin, Fallback::NoCors)?;
            if destination == Destination::Font && environment.profile.has(Deviation::PreloadOfFontsByCors) {
                (request.mode, request.credentials_mode) = (RequestMode::Cors, CredentialsMode::SameOrigin);
            }
            Ok(request)
        }
        Call::Track { url, cross_origin } => potential(url, Destination::Track, cross_origin, Fallback::SameOrigin),
        Call::Script { url, cross_origin, module: false } => potential(url, Destination::Script, cross_origin, Fallback::NoCors),
        // <https://html.spec.whatwg.org/#fetch-a-module-script-tree>: always CORS.
        Call::Script { url, cross_origin, module: true } => {
            let url = parse(environment, url, None, Algorithm::PotentialCorsRequest.step(""))?;
            let settings = CorsSettings::of(cross_origin.as_deref());
            Ok(cors(environment, url, Destination::Script, settings.credentials_mode()))
        }
        // <https://html.spec.whatwg.org/#hostloadimportedmodule>
        Call::Import { url } => {
            let url = parse(environment, url, Some(ExceptionName::TypeError), Algorithm::PotentialCorsRequest.step(""))?;
            Ok(cors(environment, url, Destination::Script, CredentialsMode::SameOrigin))
        }
        // <https://drafts.csswg.org/css-fonts/#font-fetching-requirements>
        Call::Font { url } => {
            let url = parse(environment, url, None, Algorithm::PotentialCorsRequest.step(""))?;
            let mut request = cors(environment, url, Destination::Font, CredentialsMode::SameOrigin);
            if environment.profile.has(Deviation::FontsWithoutCors) {
                (request.mode, request.credentials_mode) = (RequestMode::NoCors, CredentialsMode::Include);
            }
            Ok(request)
        }
        Call::EventSource { url, with_credentials, last_event_id } => {
            event_source(environment, url, *with_credentials, last_event_id.as_deref())
        }
        Call::Beacon { url, body } => beacon(environment, url, body.as_ref()),
        Call::WebSocket { url } => web_socket(environment, url),
        // <https://html.spec.whatwg.org/#fetch-a-classic-worker-script>
        Call::Worker { url } => {
            let url = parse(environment, url, Some(ExceptionName::SyntaxError), Algorithm::PotentialCorsRequest.step(""))?;
            let mut request = Request::new(url, environment.origin.clone());
            request.destination = Destination::Worker;
            request.mode = RequestMode::SameOrigin;
            Ok(request)
        }
        // <https://html.spec.whatwg.org/#fetch-a-classic-worker-imported-script>
        Call::ImportScripts { url } => {
            let url = parse(environment, url, Some(ExceptionName::SyntaxError), Algorithm::PotentialCorsRequest.step(""))?;
            let mut request = Request::new(url, environment.origin.clone());
            request.destination = Destination::Script;
            Ok(request)
        }
        // <https://html.spec.whatwg.org/#create-navigation-params-by-fetching>
        Call::Iframe { url } => {
            let url = parse(environment, url, None, Algorithm::PotentialCorsRequest.step(""))?;
            let mut request = Request::new(url, environment.origin.clone());
            request.destination = Destination::Iframe;
            request.mode = RequestMode::Navigate;
            request.credentials_mode = CredentialsMode::Include;
            request.redirect_mode = RedirectMode::Manual;
            Ok(request)
        }
        Call::Fetch { url, .. } | Call::Xhr { url, .. } => {
            // NB: these have constructors of their own, and never come here; their plainest request is the safe answer.
            let url = parse(environment, url, Some(ExceptionName::TypeError), Algorithm::NewRequest.step("5.2"))?;
            Ok(cors(environment, url, Destination::Empty, CredentialsMode::SameOrigin))
        }
    }
}

fn parse(environment: &Environment<'_>, url: &str, error: Option<ExceptionName>, step: Step) -> Result<Url, Threw> {
    url_parser::join(&environment.base_url, url).map_err(|_| Threw { error, because: ThrowCheck::Url, step })
}

/// <https://html.spec.whatwg.org/#create-a-potential-cors-request>
fn potential_cors_request(
    environment: &Environment<'_>,
    url: Url,
    destination: Destination,
    settings: CorsSettings,
    fallback: Fallback,
) -> Request {
    let mut request = Request::new(url, environment.origin.clone());
    request.destination = destination;
    // 1. 2. The mode is cors if the attribute is there, else no-cors or what replaces it.
    request.mode = match (settings, fallback) {
        (CorsSettings::NoCors, Fallback::NoCors) => RequestMode::NoCors,
        (CorsSettings::NoCors, Fallback::SameOrigin) => RequestMode::SameOrigin,
        (CorsSettings::Anonymous | CorsSettings::UseCredentials, _) => RequestMode::Cors,
    };
    // 3. 4. Credentials go along, unless the attribute says anonymous.
    request.credentials_mode = match settings {
        CorsSettings::Anonymous => CredentialsMode::SameOrigin,
        CorsSettings::NoCors | CorsSettings::UseCredentials => CredentialsMode::Include,
    };
    request
}

/// A request under the CORS protocol that cannot have a preflight.
fn cors(environment: &Environment<'_>, url: Url, destination: Destination, credentials_mode: CredentialsMode) -> Request {
    let mut request = Request::new(url, environment.origin.clone());
    request.destination = destination;
    request.mode = RequestMode::Cors;
    request.credentials_mode = credentials_mode;
    request
}

/// <https://html.spec.whatwg.org/#dom-eventsource>
fn event_source(
    environment: &Environment<'_>,
    url: &str,
    with_credentials: bool,
    last_event_id: Option<&str>,
) -> Result<Request, Threw> {
    let url = parse(environment, url, Some(ExceptionName::SyntaxError), Algorithm::PotentialCorsRequest.step(""))?;
    let settings = if with_credentials { CorsSettings::UseCredentials } else { CorsSettings::Anonymous };
    let mut request = potential_cors_request(environment, url, Destination::Empty, settings, Fallback::NoCors);
    request.header_list.set(b"Accept", b"text/event-stream");
    request.cache_mode = CacheMode::NoStore;
    // NB: set by HTML, not by script, and without the unsafe-request flag: so no preflight.
    if let Some(id) = last_event_id.filter(|id| !id.is_empty()) {
        request.header_list.set(b"Last-Event-ID", id.as_bytes());
    }
    Ok(request)
}

/// <https://w3c.github.io/beacon/#sendbeacon-method>
fn beacon(environment: &Environment<'_>, url: &str, body: Option<&Body>) -> Result<Request, Threw> {
    let step = Algorithm::PotentialCorsRequest.step("");
    let url = parse(environment, url, Some(ExceptionName::TypeError), step)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Threw { error: Some(ExceptionName::TypeError), because: ThrowCheck::BeaconScheme, step });
    }
    let mut headers = HeaderList::default();
    let mut mode = RequestMode::NoCors;
    let beacon_body = body;
    let body = body.map(|body| extract(body, true)).transpose()?;
    // NB: a Blob whose type does not parse has none.
    let is_dropped = |content_type: &[u8]| {
        matches!(beacon_body, Some(Body::Blob { .. }))
            && environment.profile.has(Deviation::BeaconTypeParsed)
            && !mime::is_media_type(content_type)
    };
    if let Some((_, Some(content_type))) = &body
        && !is_dropped(content_type.as_bytes())
    {
        headers.append(b"Content-Type", content_type.as_bytes());
        if cors_safelisted_request_header(environment.profile, b"Content-Type", content_type.as_bytes()).is_err() {
            mode = RequestMode::Cors;
        }
    }
    let mut request = Request::new(url, environment.origin.clone());
    request.method = ByteString::from(b"POST");
    request.header_list = headers;
    request.body = body.map(|(body, _)| body);
    request.mode = mode;
    // CORRECTION 6: Beacon sets the mode but not this flag; its own notes and browsers send a preflight.
    request.unsafe_request = mode == RequestMode::Cors;
    request.keepalive = true;
    request.credentials_mode = CredentialsMode::Include;
    Ok(request)
}

/// <https://websockets.spec.whatwg.org/#dom-websocket-websocket> and
/// <https://websockets.spec.whatwg.org/#concept-websocket-establish>
fn web_socket(environment: &Environment<'_>, url: &str) -> Result<Request, Threw> {
    let step = Algorithm::EstablishWebSocket.step("");
    let syntax_error = |because| Threw { error: Some(ExceptionName::SyntaxError), because, step };
    let mut url = parse(environment, url, Some(ExceptionName::SyntaxError), step)?;
    // NB: the scheme of a special URL can become another special one, so this cannot fail.
    match url.scheme() {
        "http" | "https" => {}
        "ws" => drop(url.set_scheme("http")),
        "wss" => drop(url.set_scheme("https")),
        _ => return Err(syntax_error(ThrowCheck::WebSocketScheme)),
    }
    if url.fragment().is_some() {
        return Err(syntax_error(ThrowCheck::WebSocketFragment));
    }
    let mut request = Request::new(url, environment.origin.clone());
    request.service_workers_mode = ServiceWorkersMode::None;
    request.mode = RequestMode::WebSocket;
    request.credentials_mode = CredentialsMode::Include;
    request.cache_mode = CacheMode::NoStore;
    request.redirect_mode = RedirectMode::Error;
    // NB: the key is random and decides nothing here, so it is left out.
    request.header_list.append(b"Upgrade", b"websocket");
    request.header_list.append(b"Connection", b"Upgrade");
    request.header_list.append(b"Sec-WebSocket-Version", b"13");
    Ok(request)
}
