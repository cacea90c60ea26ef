//! What elements and other APIs make of how their fetch ended: the part that HTML and its neighbours add.
//!
//! OUT OF SCOPE: the body's bytes. Whether they are an image, a font or a module is for others to say; where that alone is
//! left to decide, [`Loads::IfValid`] says so.

use url::Url;

use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::Failure;
use crate::fetch::opaque_blocking::is_kept_from;
use crate::http::extract::extract_mime_type;
use crate::http::header_list::{Fields, lines_named};
use crate::http::modes::Tainting;
use crate::http::response::{Location, Response, ResponseBody};
use crate::http::status;
use crate::profile::Profile;
use crate::report::{Consequence, FailedCheck, Loads, MutedErrors};
use crate::scenario::Call;

/// How the fetch of a call ended.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending<'a> {
    /// There was no request.
    Threw,
    /// There was no response, to a request with this tainting, at its first URL or after a redirect.
    NetworkError { code: NetworkErrorCode, tainting: Tainting, is_redirected: bool },
    /// A redirect led to a bad port, or its `Location` was empty, which ended the fetch with this code.
    DeadRedirect(NetworkErrorCode),
    /// A redirect led to what no network has: `about:`, `blob:`, `data:` or `file:`.
    UnsafeRedirect,
    /// There was a response, to a request with this tainting.
    Response(&'a Response, Tainting),
    /// There was one that is kept from whoever wanted it, because it is opaque.
    Blocked,
}

/// What `call` makes of it; nothing where script gets the response itself.
pub(crate) fn consequence(profile: Profile, call: &Call, ending: Ending<'_>) -> Option<Consequence> {
    let is_opaque = matches!(ending, Ending::Response(_, Tainting::Opaque));
    let ending = match ending {
        Ending::Response(response, Tainting::Opaque) if is_kept_from(profile, call, &response.header_list) => Ending::Blocked,
        ending => ending,
    };
    Some(match call {
        Call::Fetch { .. } | Call::Xhr { .. } => return None,
        Call::Img { .. } if matches!(ending, Ending::DeadRedirect(_)) && profile.has(Deviation::CancelledWithoutEvents) => {
            Consequence::Image { loads: Loads::Never, taints_canvas: is_opaque }
        }
        // <https://html.spec.whatwg.org/#update-the-image-data>: the status plays no part.
        Call::Img { .. } => Consequence::Image { loads: ending.if_valid(profile, |_| true), taints_canvas: is_opaque },
        // <https://html.spec.whatwg.org/#concept-media-load-resource>
        Call::Media { .. } => Consequence::Media { loads: ending.if_valid(profile, is_ok), taints_canvas: is_opaque },
        // <https://html.spec.whatwg.org/#fetch-a-classic-script>: a script that does not parse has loaded all the same.
        Call::Script { module: false, .. } => Consequence::Script {
            loads: ending.loads(|response| {
                let is_below_400 = profile.has(Deviation::ScriptsLoadBelow400) && (200..400).contains(&response.status);
                is_ok(response) || is_below_400
            }),
            muted_errors: match is_opaque {
                false => MutedErrors::No,
                true if profile.has(Deviation::ErrorObjectsUnmuted) => MutedErrors::UnlessObjects,
                true => MutedErrors::Yes,
            },
        },
        // <https://html.spec.whatwg.org/#fetch-a-single-module-script>
        Call::Script { module: true, .. } => Consequence::Module { loads: ending.loads(|response| is_module(profile, response)) },
        // NB: by the standard a null body is no module; every browser takes it for an empty one, as it does with `<script>`.
        Call::Import { .. } => Consequence::Module {
            loads: match ending.loads(|response| is_module(profile, response)) {
                Loads::Yes => Loads::IfValid,
                other => other,
            },
        },
        // <https://html.spec.whatwg.org/#link-type-stylesheet>
        // OUT OF SCOPE: the quirk that takes a same-origin style sheet of any type.
        Call::Stylesheet { .. } => Consequence::StyleSheet {
            // NB: a link whose URL does not parse does nothing, and says nothing.
            loads: if matches!(ending, Ending::Threw) {
                Loads::Never
            } else {
                ending.loads(|response| {
                    let is_below_400 = profile.has(Deviation::StyleSheetsLoadAnyway) && (200..400).contains(&response.status);
                    is_below_400 || is_ok(response) && is_css(profile, &response.header_list)
                })
            },
            rules_readable: !is_opaque,
        },
        // <https://drafts.csswg.org/css-fonts/#font-fetching-requirements>
        Call::Font { .. } if matches!(ending, Ending::Threw) && profile.has(Deviation::FontsWithoutUrlWait) => {
            Consequence::Font { loads: Loads::Never }
        }
        Call::Font { .. } => Consequence::Font {
            loads: ending.if_valid(profile, |response| {
                let is_below_400 = profile.has(Deviation::FontsLoadBelow400) && (200..400).contains(&response.status);
                is_ok(response) || is_below_400
            }),
        },
        // <https://html.spec.whatwg.org/#start-the-track-processing-model>
        Call::Track { .. } => Consequence::Track { loads: ending.if_valid(profile, |_| true) },
        Call::Preload { destination, cross_origin, .. } => {
            let is_raw = cross_origin.is_none() && (call.preloads_as("fetch") || call.preloads_as("style"));
            let is_at_bad_port =
                matches!(ending, Ending::NetworkError { code: NetworkErrorCode::BadPort, is_redirected: false, .. });
            let loads_anyway = is_raw && is_at_bad_port && profile.has(Deviation::PreloadAtBadPortLoads);
            Consequence::Preload { loads: if loads_anyway { Loads::Yes } else { preload(profile, destination, ending) } }
        }
        // <https://html.spec.whatwg.org/#dom-eventsource>: anything else than a stream ends it for good.
        Call::EventSource { .. } => event_source(profile, ending),
        // <https://w3c.github.io/beacon/#sendbeacon-method>: what becomes of the request, nobody learns.
        Call::Beacon { .. } if matches!(ending, Ending::Threw) => return None,
        Call::Beacon { .. } => {
            let is_refused =
                matches!(ending, Ending::NetworkError { code, is_redirected: false, .. } if is_refused(profile, code));
            Consequence::Beacon { queued: !is_refused }
        }
        // <https://html.spec.whatwg.org/#fetch-a-classic-worker-script>
        Call::Worker { .. } => Consequence::Worker { loads: ending.if_valid(profile, is_ok) },
        // <https://html.spec.whatwg.org/#fetch-a-classic-worker-imported-script>
        Call::ImportScripts { .. } => Consequence::ImportScripts {
            loads: ending.if_valid(profile, |response| is_ok(response) && has_javascript_type(response)),
        },
        // <https://websockets.spec.whatwg.org/#feedback-from-the-protocol>, <https://html.spec.whatwg.org/#iframe-load-event-steps>:
        // what opens a WebSocket is no part of Fetch, and a frame fires `load` whatever it shows.
        Call::WebSocket { .. } => return None,
        Call::Iframe { .. } => Consequence::Iframe { shows_response: matches!(ending, Ending::Response(..)) },
    })
}

/// <https://html.spec.whatwg.org/#link-type-preload>: only a network error is an error.
fn preload(profile: Profile, attribute: &str, ending: Ending<'_>) -> Loads {
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(attribute));
    match ending {
        Ending::Threw if profile.has(Deviation::PreloadOddNames) && is(&["track"]) => Loads::No,
        Ending::Threw if profile.has(Deviation::PreloadOddNames) && is(&["audio", "video", "json", "text"]) => Loads::Yes,
        // NB: nothing is fetched for what cannot be preloaded, and nothing is said.
        Ending::Threw => Loads::Never,
        Ending::Blocked if profile.has(Deviation::PreloadLoadsAnyway) => Loads::Yes,
        // NB: what is no image is kept from it by Opaque Response Blocking.
        Ending::Response(_, Tainting::Opaque) if profile.has(Deviation::PreloadLoadsAnyway) => Loads::Yes,
        _ if is(&["image"]) && profile.has(Deviation::PreloadOfImagesLooked) => ending.if_valid(profile, |_| true),
        _ => ending.loads(|response| {
            let needs_ok = profile.has(Deviation::PreloadNeedsOk);
            let is_useless = needs_ok && is(&["style"]) && !is_css(profile, &response.header_list);
            let is_refused = profile.has(Deviation::PreloadOfCodeErrors) && is(&["script", "style", "font"]);
            !is_useless && (!needs_ok || is_ok(response)) && (!is_refused || response.status < 400)
        }),
    }
}

/// The tainting by which a browser judges what an element has got from its last URL. `is_back` says that it is of the page's
/// origin.
pub(crate) fn judged_tainting(profile: Profile, call: &Call, tainting: Tainting, last: Option<&Url>, is_back: bool) -> Tainting {
    let is_classic_script = matches!(call, Call::Script { module: false, .. });
    let is_data = last.is_some_and(|url| url.scheme() == "data");
    let is_own = is_back && profile.has(Deviation::MutedByLastUrl) || is_data && profile.has(Deviation::RedirectsToDataFollowed);
    if is_classic_script && is_own { Tainting::Basic } else { tainting }
}

impl<'a> Ending<'a> {
    /// How a fetch ended that failed with this code, maybe because of this response, which redirected there.
    pub(crate) fn of_failure(
        profile: Profile,
        call: &Call,
        failure: &Failure,
        response: Option<(&'a Response, Location)>,
        tainting: Tainting,
    ) -> Self {
        let code = failure.code;
        let is_empty =
            |response: &Response| response.header_list.get(b"Location").is_some_and(|value| value.as_bytes().is_empty());
        let is_untyped = call.preloads_as("script") && profile.has(Deviation::PreloadOfScriptsUntyped)
            || call.preloads_as("style") && profile.has(Deviation::PreloadOfStylesUntyped);
        match (code, response) {
            (NetworkErrorCode::MimeType | NetworkErrorCode::Nosniff, Some((response, _))) if is_untyped => {
                Self::Response(response, tainting)
            }
            // NB: what is preloaded as something else already is not asked for.
            (NetworkErrorCode::Preload, _)
                if matches!(failure.failed, Some(FailedCheck::Preload { code: NetworkErrorCode::Preload, .. })) =>
            {
                Self::Threw
            }
            // NB: what no network has.
            (NetworkErrorCode::LocationScheme, Some((_, Location::Url(url))))
                if matches!(url.scheme(), "about" | "blob" | "data" | "file") =>
            {
                Self::UnsafeRedirect
            }
            (NetworkErrorCode::Location, Some((response, _))) if is_empty(response) => Self::DeadRedirect(code),
            (NetworkErrorCode::BadPort, Some(_)) => Self::DeadRedirect(code),
            _ => Self::NetworkError { code, tainting, is_redirected: failure.hop > 0 },
        }
    }

    /// Loads if there is a response that is `acceptable`.
    fn loads(self, acceptable: impl Fn(&Response) -> bool) -> Loads {
        match self {
            Self::Response(response, _) if acceptable(response) => Loads::Yes,
            Self::Response(..)
            | Self::NetworkError { .. }
            | Self::DeadRedirect(_)
            | Self::UnsafeRedirect
            | Self::Threw
            | Self::Blocked => Loads::No,
        }
    }

    /// Loads if there is a response that is `acceptable`, and its body is of use.
    fn if_valid(self, profile: Profile, acceptable: impl Fn(&Response) -> bool) -> Loads {
        match self.loads(|response| acceptable(response) && has_body(profile, response)) {
            Loads::Yes => Loads::IfValid,
            other => other,
        }
    }
}

fn event_source(profile: Profile, ending: Ending<'_>) -> Consequence {
    let is_stream = |response: &Response| {
        let mime_type = extract_mime_type(&response.header_list);
        response.status == 200 && mime_type.is_some_and(|mime_type| mime_type.essence() == "text/event-stream")
    };
    let opens = ending.loads(is_stream) == Loads::Yes;
    // NB: only where the network failed is it of any use to try again.
    let tries_again = match ending {
        Ending::NetworkError { code: NetworkErrorCode::Location, tainting: Tainting::Basic, .. }
            if profile.has(Deviation::EventSourceTriesAgainAtHome) =>
        {
            true
        }
        Ending::NetworkError { code, .. } | Ending::DeadRedirect(code) => match code {
            NetworkErrorCode::Offline
            | NetworkErrorCode::Connection
            | NetworkErrorCode::Malformed
            | NetworkErrorCode::BlobUrl => !profile.has(Deviation::EventSourceGivesUp),
            NetworkErrorCode::RedirectCount
            | NetworkErrorCode::BadPort
            | NetworkErrorCode::Location
            | NetworkErrorCode::ProxyAuthentication => profile.has(Deviation::EventSourceTriesAgain),
            _ => false,
        },
        Ending::UnsafeRedirect => profile.has(Deviation::EventSourceTriesAgain),
        Ending::Response(..) | Ending::Threw | Ending::Blocked => false,
    };
    let is_cancelled = matches!(ending, Ending::DeadRedirect(_) | Ending::NetworkError { code: NetworkErrorCode::BadPort, .. });
    let silent = is_cancelled && profile.has(Deviation::CancelledWithoutEvents);
    let ready_state = match (opens, tries_again || silent) {
        (true, _) => 1,
        (false, true) => 0,
        (false, false) => 2,
    };
    Consequence::EventSource { opens, silent, ready_state }
}

/// Whether a network error is known before anything is queued. NB: Beacon names the limit only; browsers the others, too.
fn is_refused(profile: Profile, code: NetworkErrorCode) -> bool {
    match code {
        NetworkErrorCode::UrlCredentials | NetworkErrorCode::MixedContent | NetworkErrorCode::Keepalive => true,
        NetworkErrorCode::ContentSecurityPolicy => profile.has(Deviation::BeaconRefusedByPolicy),
        NetworkErrorCode::BadPort => profile.has(Deviation::BeaconRefusesBadPort),
        _ => false,
    }
}

/// <https://fetch.spec.whatwg.org/#ok-status>; a `data:` response has the status 200.
fn is_ok(response: &Response) -> bool {
    status::is_ok(response.status)
}

pub(crate) fn has_body(profile: Profile, response: &Response) -> bool {
    let is_read = response.status == 205 && profile.has(Deviation::ResetContentHasBody);
    is_read || response.body == ResponseBody::Some && !status::is_null_body(response.status)
}

fn has_javascript_type(response: &Response) -> bool {
    extract_mime_type(&response.header_list).is_some_and(|mime_type| mime_type.is_javascript())
}

fn is_module(profile: Profile, response: &Response) -> bool {
    let is_below_400 = profile.has(Deviation::ModulesLoadBelow400) && (200..400).contains(&response.status);
    (is_ok(response) || is_below_400) && has_javascript_type(response)
}

/// Whether a response is a style sheet by its type. <https://html.spec.whatwg.org/#link-type-stylesheet>: one without any is.
pub(crate) fn is_css(profile: Profile, headers: &(impl Fields + ?Sized)) -> bool {
    let mut lines = lines_named(headers, b"Content-Type").map(|line| headers.value(line));
    if lines.clone().all(|value| value.is_empty()) {
        return true;
    }
    if let Some(first) = lines.next().filter(|_| profile.has(Deviation::StyleSheetTypeFirst)) {
        let mut parts = first.trim_ascii_start().split(|byte| matches!(byte, b',' | b';' | b' ' | b'\t'));
        return parts.next().is_some_and(|essence| essence.is_empty() || essence.eq_ignore_ascii_case(b"text/css"));
    }
    let mime_type = extract_mime_type(headers);
    mime_type.is_some_and(|mime_type| mime_type.essence() == "text/css")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::header_list::{Header, HeaderList};
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    fn call(json: &str) -> Call {
        serde_json::from_str(json).unwrap()
    }

    /// The end of a fetch that failed at its first URL.
    const fn failed(code: NetworkErrorCode, tainting: Tainting) -> Ending<'static> {
        Ending::NetworkError { code, tainting, is_redirected: false }
    }

    fn response(status: u16, content_type: &str) -> Response {
        Response::local(status, b"", HeaderList::from(vec![Header(b"content-type".into(), content_type.as_bytes().into())]))
    }

    #[test]
    fn what_loads() {
        use Loads::{IfValid, Never, No, Yes};
        let loads = |json: &str, ending: Ending<'_>| match consequence(SPEC, &call(json), ending) {
            Some(
                Consequence::Image { loads, .. }
                | Consequence::Media { loads, .. }
                | Consequence::Script { loads, .. }
                | Consequence::Module { loads }
                | Consequence::StyleSheet { loads, .. }
                | Consequence::Font { loads }
                | Consequence::Track { loads }
                | Consequence::Preload { loads }
                | Consequence::Worker { loads }
                | Consequence::ImportScripts { loads },
            ) => loads,
            other => panic!("{json}: {other:?}"),
        };
        for (api, status, content_type, expected) in [
            (r#""img""#, 200, "text/plain", IfValid),
            (r#""img""#, 404, "image/png", IfValid),
            (r#""img""#, 204, "image/png", No),
            (r#""img""#, 304, "image/png", No),
            (r#""media""#, 206, "video/mp4", IfValid),
            (r#""media""#, 404, "video/mp4", No),
            (r#""script""#, 200, "text/plain", Yes),
            (r#""script""#, 204, "", Yes),
            (r#""script""#, 404, "text/javascript", No),
            (r#""script", "module": true"#, 200, "text/plain", No),
            (r#""script", "module": true"#, 200, "text/javascript;charset=x", Yes),
            (r#""script", "module": true"#, 500, "text/javascript", No),
            (r#""import""#, 200, "application/ecmascript", IfValid),
            (r#""import""#, 200, "text/html", No),
            (r#""stylesheet""#, 200, "text/css", Yes),
            (r#""stylesheet""#, 200, "text/plain", No),
            (r#""stylesheet""#, 404, "text/css", No),
            (r#""font""#, 200, "text/plain", IfValid),
            (r#""font""#, 204, "font/ttf", No),
            (r#""font""#, 404, "font/ttf", No),
            (r#""track""#, 200, "text/vtt", IfValid),
            (r#""preload", "as": "image""#, 404, "text/plain", Yes),
            (r#""worker""#, 200, "text/javascript", IfValid),
            (r#""importScripts""#, 200, "text/plain", No),
        ] {
            let json = format!(r#"{{ "api": {api}, "url": "https://b.example/" }}"#);
            let response = response(status, content_type);
            assert_eq!(loads(&json, Ending::Response(&response, Tainting::Cors)), expected, "{json} {status} {content_type}");
            assert_eq!(loads(&json, failed(NetworkErrorCode::CorsCheck, Tainting::Cors)), No, "{json}");
            let without_request = if api.contains("stylesheet") || api.contains("preload") { Never } else { No };
            assert_eq!(loads(&json, Ending::Threw), without_request, "{json}");
        }
    }

    #[test]
    fn by_browser() {
        use Loads::{IfValid, No, Yes};
        for (api, status, content_type, expected) in [
            ("script", 305, "text/javascript", [No, Yes, No, Yes]),
            ("script", 304, "text/javascript", [No, Yes, No, Yes]),
            ("script", 400, "text/javascript", [No; 4]),
            ("font", 310, "font/ttf", [No, IfValid, No, IfValid]),
            ("font", 400, "font/ttf", [No; 4]),
            ("stylesheet", 305, "text/css", [No, Yes, No, No]),
            ("stylesheet", 200, "text/plain", [No, Yes, No, No]),
            ("stylesheet", 200, "", [Yes; 4]),
            ("stylesheet", 404, "text/css", [No; 4]),
        ] {
            let call = call(&format!(r#"{{ "api": "{api}", "url": "https://b.example/" }}"#));
            let response = response(status, content_type);
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| {
                match consequence(profile, &call, Ending::Response(&response, Tainting::Cors)) {
                    Some(
                        Consequence::Script { loads, .. } | Consequence::StyleSheet { loads, .. } | Consequence::Font { loads },
                    ) => loads,
                    other => panic!("{other:?}"),
                }
            });
            assert_eq!(found, expected, "{api} {status} {content_type}");
        }
    }

    #[test]
    fn preloads_by_browser() {
        use Loads::{No, Yes};
        for (attribute, status, expected) in [
            ("script", 399, [Yes, Yes, No, Yes]),
            ("script", 400, [Yes, No, No, No]),
            ("font", 400, [Yes, No, No, No]),
            ("fetch", 400, [Yes, Yes, No, Yes]),
        ] {
            let call = call(&format!(r#"{{ "api": "preload", "as": "{attribute}", "url": "https://b.example/" }}"#));
            let response = response(status, "");
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT]
                .map(|profile| consequence(profile, &call, Ending::Response(&response, Tainting::Cors)));
            assert_eq!(found, expected.map(|loads| Some(Consequence::Preload { loads })), "{attribute} {status}");
        }
    }

    #[test]
    fn what_redirects_have_brought_back() {
        for (profile, api, last, is_back, expected) in [
            (SPEC, "script", "https://a.example/", true, Tainting::Opaque),
            (FIREFOX, "script", "https://a.example/", true, Tainting::Basic),
            (FIREFOX, "script", "https://c.example/", false, Tainting::Opaque),
            (FIREFOX, "img", "https://a.example/", true, Tainting::Opaque),
            (FIREFOX, "script", "data:,", false, Tainting::Opaque),
            (WEBKIT, "script", "https://a.example/", true, Tainting::Opaque),
            (WEBKIT, "script", "data:,", false, Tainting::Basic),
            (WEBKIT, "img", "data:,", false, Tainting::Opaque),
        ] {
            let call = call(&format!(r#"{{ "api": "{api}", "url": "https://b.example/" }}"#));
            let last = Url::parse(last).unwrap();
            let found = judged_tainting(profile, &call, Tainting::Opaque, Some(&last), is_back);
            assert_eq!(found, expected, "{:?} {api} {last}", profile.name());
        }
    }

    #[test]
    fn what_script_may_do() {
        let response = response(200, "text/css");
        for (tainting, is_opaque) in [(Tainting::Basic, false), (Tainting::Cors, false), (Tainting::Opaque, true)] {
            for profile in [SPEC, CHROMIUM, FIREFOX, WEBKIT] {
                let made = |api: &str| {
                    let call = call(&format!(r#"{{ "api": "{api}", "url": "https://b.example/" }}"#));
                    consequence(profile, &call, Ending::Response(&response, tainting)).unwrap()
                };
                assert_eq!(made("img"), Consequence::Image { loads: Loads::IfValid, taints_canvas: is_opaque });
                assert_eq!(made("media"), Consequence::Media { loads: Loads::IfValid, taints_canvas: is_opaque });
                assert_eq!(made("stylesheet"), Consequence::StyleSheet { loads: Loads::Yes, rules_readable: !is_opaque });
                let muted_errors = match (is_opaque, profile == FIREFOX) {
                    (false, _) => MutedErrors::No,
                    (true, true) => MutedErrors::UnlessObjects,
                    (true, false) => MutedErrors::Yes,
                };
                assert_eq!(made("script"), Consequence::Script { loads: Loads::Yes, muted_errors });
            }
        }
    }

    #[test]
    fn streams_beacons_and_frames() {
        let event_source = call(r#"{ "api": "eventSource", "url": "https://b.example/" }"#);
        for (status, content_type, opens) in [
            (200, "text/event-stream", true),
            (200, "Text/Event-Stream; charset=utf-8", true),
            (200, "text/plain", false),
            (204, "text/event-stream", false),
            (201, "text/event-stream", false),
        ] {
            let response = response(status, content_type);
            let found = consequence(SPEC, &event_source, Ending::Response(&response, Tainting::Cors));
            let ready_state = if opens { 1 } else { 2 };
            assert_eq!(found, Some(Consequence::EventSource { opens, silent: false, ready_state }), "{status} {content_type}");
        }
        for (profile, code, ready_state) in [
            (SPEC, NetworkErrorCode::CorsCheck, 2),
            (SPEC, NetworkErrorCode::Connection, 0),
            (SPEC, NetworkErrorCode::RedirectCount, 2),
            (CHROMIUM, NetworkErrorCode::RedirectCount, 0),
            (FIREFOX, NetworkErrorCode::Connection, 2),
            (WEBKIT, NetworkErrorCode::BlobUrl, 0),
            (FIREFOX, NetworkErrorCode::RedirectCount, 2),
            (WEBKIT, NetworkErrorCode::RedirectCount, 2),
            (CHROMIUM, NetworkErrorCode::BadPort, 0),
            (CHROMIUM, NetworkErrorCode::Location, 0),
            (CHROMIUM, NetworkErrorCode::ProxyAuthentication, 0),
            (FIREFOX, NetworkErrorCode::Location, 2),
            (CHROMIUM, NetworkErrorCode::LocationScheme, 2),
            (FIREFOX, NetworkErrorCode::BadPort, 2),
        ] {
            let found = consequence(profile, &event_source, failed(code, Tainting::Cors));
            assert_eq!(
                found,
                Some(Consequence::EventSource { opens: false, silent: false, ready_state }),
                "{:?} {code:?}",
                profile.name()
            );
        }
        let image = call(r#"{ "api": "img", "url": "https://b.example/" }"#);
        let (port, nowhere) = (NetworkErrorCode::BadPort, NetworkErrorCode::Location);
        for (profile, ending, loads, silent, ready_state) in [
            (SPEC, Ending::DeadRedirect(port), Loads::No, false, 2),
            (CHROMIUM, Ending::DeadRedirect(port), Loads::No, false, 0),
            (FIREFOX, Ending::DeadRedirect(port), Loads::No, false, 2),
            (WEBKIT, Ending::DeadRedirect(port), Loads::Never, true, 0),
            (WEBKIT, Ending::DeadRedirect(nowhere), Loads::Never, true, 0),
            (WEBKIT, failed(port, Tainting::Basic), Loads::No, true, 0),
            (WEBKIT, failed(nowhere, Tainting::Basic), Loads::No, false, 0),
            (WEBKIT, failed(nowhere, Tainting::Cors), Loads::No, false, 2),
        ] {
            let name = profile.name();
            let found = consequence(profile, &event_source, ending);
            assert_eq!(found, Some(Consequence::EventSource { opens: false, silent, ready_state }), "{name:?} {ending:?}");
            let found = consequence(profile, &image, ending);
            assert_eq!(found, Some(Consequence::Image { loads, taints_canvas: false }), "{name:?} {ending:?}");
        }
        let beacon = call(r#"{ "api": "beacon", "url": "https://b.example/" }"#);
        for (code, queued) in [
            (NetworkErrorCode::CorsCheck, [true; 4]),
            (NetworkErrorCode::UrlCredentials, [false; 4]),
            (NetworkErrorCode::MixedContent, [false; 4]),
            (NetworkErrorCode::BadPort, [true, true, false, false]),
            (NetworkErrorCode::ContentSecurityPolicy, [true, true, false, true]),
        ] {
            for (profile, queued) in [SPEC, CHROMIUM, FIREFOX, WEBKIT].into_iter().zip(queued) {
                assert_eq!(consequence(profile, &beacon, failed(code, Tainting::Cors)), Some(Consequence::Beacon { queued }));
            }
        }
        // What a redirect led to, nobody waits for.
        let ending =
            Ending::NetworkError { code: NetworkErrorCode::MixedContent, tainting: Tainting::Basic, is_redirected: true };
        assert_eq!(consequence(SPEC, &beacon, ending), Some(Consequence::Beacon { queued: true }));
        assert_eq!(consequence(SPEC, &beacon, Ending::Threw), None);
        let frame = call(r#"{ "api": "iframe", "url": "https://b.example/" }"#);
        assert_eq!(
            consequence(SPEC, &frame, failed(NetworkErrorCode::CorsCheck, Tainting::Cors)),
            Some(Consequence::Iframe { shows_response: false })
        );
        assert_eq!(consequence(SPEC, &call(r#"{ "api": "fetch", "url": "/" }"#), Ending::Threw), None);
    }
}
