//! [Preloaded resources](https://html.spec.whatwg.org/#preloaded-resources) of a document.

use url::{Position, Url};

use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::extent::HAS_CACHES;
use crate::fetch::consequence::{has_body, is_css};
use crate::fetch::elements::CorsSettings;
use crate::fetch::preload_key::Asked;
use crate::fetch::{Fetching, Interrupted};
use crate::http::modes::{CredentialsMode, Destination, RequestMode, ResponseType, Tainting};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::status;
use crate::profile::Profile;
use crate::report::FailedCheck;
use crate::scenario::Call;
use crate::spec::Algorithm;
use crate::trace::{EventKind, NotChecked, PreloadKey, Trace};

/// <https://html.spec.whatwg.org/#translate-a-preload-destination>: what the attribute `as` asks for, if that can be preloaded.
pub(crate) fn translate_preload_destination(profile: Profile, attribute: &str) -> Option<Destination> {
    const ALL: &[Destination] =
        &[Destination::Font, Destination::Image, Destination::Script, Destination::Style, Destination::Track];
    const WORKERS: &[Destination] = &[
        Destination::AudioWorklet,
        Destination::PaintWorklet,
        Destination::ServiceWorker,
        Destination::SharedWorker,
        Destination::Worker,
    ];
    if attribute.eq_ignore_ascii_case("fetch") {
        return Some(Destination::Empty);
    }
    let workers = if profile.has(Deviation::PreloadOfWorkers) { WORKERS } else { &[] };
    let is_exact = profile.has(Deviation::PreloadNameExact);
    let is_meant = |destination: &&Destination| {
        let name = destination.as_str();
        name == attribute || !is_exact && name.eq_ignore_ascii_case(attribute)
    };
    let is_refused = |destination: &Destination| *destination == Destination::Track && profile.has(Deviation::PreloadOddNames);
    ALL.iter().chain(workers).find(is_meant).copied().filter(|destination| !is_refused(destination))
}

/// What the document's preloads brought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preloads(Vec<Preloaded>);

/// A [preload key](https://html.spec.whatwg.org/#preload-key), and how its fetch ended.
#[derive(Debug, Clone)]
pub(super) struct Preloaded {
    /// The index of the fetch that preloaded it.
    fetch: usize,
    pub(super) url: Url,
    pub(super) destination: Destination,
    /// The attribute `crossorigin` that its link has.
    pub(super) settings: CorsSettings,
    pub(super) mode: RequestMode,
    pub(super) credentials_mode: CredentialsMode,
    response_tainting: Tainting,
    /// The response, or the code of the network error.
    pub(super) ending: Result<Response, NetworkErrorCode>,
    /// What was refused because of its type alone.
    refused: Option<Response>,
}

impl Preloads {
    /// Keeps how the preload `fetch` ended.
    pub(crate) fn keep(
        &mut self,
        profile: Profile,
        fetch: usize,
        cross_origin: Option<&str>,
        request: &Request,
        ending: Result<Response, NetworkErrorCode>,
        refused: Option<Response>,
    ) {
        let is_no_picture = |response: &Response| request.destination == Destination::Image && !has_body(profile, response);
        if ending.as_ref().is_ok_and(is_no_picture) && profile.has(Deviation::PreloadRedirectsChecked) {
            return;
        }
        let is_at_fragment = request.hop() > 0 && request.current_url().fragment().is_some();
        if is_at_fragment && profile.has(Deviation::PreloadLostAtFragment) {
            return;
        }
        // NB: the key is the request as it started; only the URL list has changed since.
        let Some(mut url) = request.url_list.first().cloned() else { return };
        if request.is_upgraded && !profile.has(Deviation::UpgradeBeforePreload) {
            // NB: this fails for no URL that was upgraded.
            let _ = url.set_scheme("http");
        }
        let is_there = |other: &Preloaded| other.destination == request.destination && other.is_of(profile, &url);
        if !(profile.has(Deviation::PreloadOnePerUrl) && self.0.iter().any(is_there)) {
            self.0.push(Preloaded {
                fetch,
                url,
                destination: request.destination,
                settings: CorsSettings::of(cross_origin),
                mode: request.mode,
                credentials_mode: request.credentials_mode,
                response_tainting: request.response_tainting,
                refused,
                ending,
            });
        }
    }
}

impl Preloaded {
    /// The response that a browser has which looks at its type only where it is used.
    pub(super) fn response(&self) -> Option<&Response> {
        self.ending.as_ref().ok().or(self.refused.as_ref())
    }

    /// Whether it is there for this call: what came to nothing may only spare another preload.
    fn is_for(&self, profile: Profile, call: &Call) -> bool {
        let is_code = matches!(self.destination, Destination::Script | Destination::Style);
        let is_style = self.destination == Destination::Style && self.response_tainting != Tainting::Opaque;
        let is_loaded = self
            .ending
            .as_ref()
            .is_ok_and(|response| status::is_ok(response.status) && (!is_style || is_css(profile, &response.header_list)));
        let is_dropped = is_code && !is_loaded && profile.has(Deviation::PreloadOfCodeDropped);
        matches!(call, Call::Preload { .. }) || !is_dropped && !self.is_not_modified(profile)
    }

    /// Whether it has brought a 304, which is of no use.
    fn is_not_modified(&self, profile: Profile) -> bool {
        self.ending.as_ref().is_ok_and(|response| response.status == 304) && profile.has(Deviation::PreloadNotModifiedUnused)
    }

    /// Whether its URL is this one, but for the fragment.
    fn is_of(&self, profile: Profile, url: &Url) -> bool {
        let start = compared_from(profile);
        self.url[start..Position::AfterQuery] == url[start..Position::AfterQuery] && self.url.scheme() == url.scheme()
    }
}

/// Where what is compared of a URL begins, besides the scheme. NB: CORS may have dropped the user name by then.
pub(super) fn compared_from(profile: Profile) -> Position {
    if profile.has(Deviation::CorsDropsUserinfo) { Position::BeforeHost } else { Position::AfterScheme }
}

impl<T: Trace> Fetching<'_, T> {
    /// Step 11 of fetch, and <https://html.spec.whatwg.org/#consume-a-preloaded-resource>: how an earlier preload ended, if it is
    /// one for this request.
    pub(crate) fn consume_preload(&mut self, request: &mut Request) -> Option<Result<Response, Interrupted>> {
        let is_eligible = HAS_CACHES
            && !self.document.preloads.0.is_empty()
            && matches!(request.current_url().scheme(), "http" | "https")
            && matches!(request.mode, RequestMode::SameOrigin | RequestMode::Cors | RequestMode::NoCors)
            && self.refused_by_modes(request).is_none();
        if !is_eligible {
            return None;
        }
        let (profile, call) = (self.environment.profile, &self.fetch.call);
        if let Some(preload) = self.preloaded_as_another(request) {
            let failed = FailedCheck::Preload { preload, code: NetworkErrorCode::Preload };
            return Some(Err(self.network_error(request, NetworkErrorCode::Preload).failed(failed).into()));
        }
        let asked = Asked { environment: self.environment, call, request };
        let url = request.current_url();
        let is_matching = |preload: &Preloaded| {
            preload.is_of(profile, url) && preload.is_for(profile, call) && asked.differs(preload).is_none()
        };
        let matching = self.document.preloads.0.iter().rposition(is_matching);
        let Some(index) = matching else {
            self.leave_preload(request);
            return None;
        };
        let is_kept = profile.has(Deviation::PreloadKept)
            || matches!(call, Call::Preload { .. }) && profile.has(Deviation::PreloadOnePerUrl);
        let tainting_anew = asked.tainting(&self.document.preloads.0[index]);
        // NB: a preload is consumed once.
        let Preloaded { fetch: preload, mut ending, response_tainting, .. } =
            if is_kept { self.document.preloads.0[index].clone() } else { self.document.preloads.0.remove(index) };
        request.response_tainting = tainting_anew.unwrap_or(response_tainting);
        if let (Some(tainting), Ok(response)) = (tainting_anew, &mut ending) {
            response.response_type = match tainting {
                Tainting::Basic => ResponseType::Basic,
                Tainting::Cors => ResponseType::Cors,
                Tainting::Opaque => ResponseType::Opaque,
            };
        }
        self.record(Algorithm::Fetch.step("11.3"), request, || EventKind::PreloadConsumed { preload });
        if !request.integrity_metadata.is_empty() {
            self.record(Algorithm::MainFetch.step("23"), request, || EventKind::NotChecked { what: NotChecked::Integrity });
        }
        let ending = ending.map_err(|code| {
            self.network_error(request, NetworkErrorCode::Preload).failed(FailedCheck::Preload { preload, code }).into()
        });
        Some(ending.and_then(|response| self.check_preload_anew(request, response)))
    }

    /// The preload of the same URL as something else, because of which another one is not made.
    fn preloaded_as_another(&self, request: &Request) -> Option<usize> {
        let profile = self.environment.profile;
        let is_another =
            |preload: &&Preloaded| preload.destination != request.destination && preload.is_of(profile, request.current_url());
        let is_asked = matches!(self.fetch.call, Call::Preload { .. }) && profile.has(Deviation::PreloadOneForAllKinds);
        self.document.preloads.0.iter().rev().filter(|_| is_asked).find(is_another).map(|preload| preload.fetch)
    }

    /// The response of a preload, if `Cross-Origin-Resource-Policy` does not keep it from who uses it without CORS.
    fn check_preload_anew(&mut self, request: &Request, response: Response) -> Result<Response, Interrupted> {
        if request.mode == RequestMode::NoCors && self.environment.profile.has(Deviation::PreloadCheckedAnew) {
            // NB: the exchange that it came from is another fetch's.
            self.check_corp(request, &Response { exchange: None, ..response.clone() })?;
        }
        Ok(response)
    }

    /// What becomes of a fetch whose preload had failed the CORS check that was due to the element: in WebKit the element is told
    /// of that error although it has asked again.
    pub(crate) fn deny_for_preload(
        &mut self,
        request: &mut Request,
        preload: usize,
        fetched: Result<Response, Interrupted>,
    ) -> Result<Response, Interrupted> {
        match fetched {
            Err(Interrupted::NetworkError(failure))
                if !matches!(failure.code, NetworkErrorCode::MimeType | NetworkErrorCode::Nosniff) =>
            {
                Err(Interrupted::NetworkError(failure))
            }
            Err(Interrupted::NeedsAnswer) => Err(Interrupted::NeedsAnswer),
            // NB: a style sheet does not look at the error, but keeps its rules from script.
            Ok(mut response) if request.destination == Destination::Style => {
                (request.response_tainting, response.response_type) = (Tainting::Opaque, ResponseType::Opaque);
                Ok(response)
            }
            Ok(_) | Err(Interrupted::NetworkError(_)) => {
                let failed = FailedCheck::Preload { preload, code: NetworkErrorCode::CorsCheck };
                Err(self.network_error(request, NetworkErrorCode::Preload).failed(failed).into())
            }
        }
    }

    /// Puts on record what a preload of the same URL lacks: of the last one, which shows best what is missing, and rather one of the
    /// same kind.
    pub(super) fn leave_preload(&mut self, request: &mut Request) {
        let asked = Asked { environment: self.environment, call: &self.fetch.call, request };
        let is_of_url = |preload: &Preloaded| preload.is_of(self.environment.profile, request.current_url());
        let is_of_kind = |preload: &Preloaded| preload.destination == request.destination && is_of_url(preload);
        let preloads = self.document.preloads.0.iter();
        let Some(index) = preloads.clone().rposition(is_of_kind).or_else(|| preloads.clone().rposition(is_of_url)) else {
            return;
        };
        let near = &self.document.preloads.0[index];
        let is_unused = near.is_not_modified(self.environment.profile);
        let (preload, Some(differs)) = (near.fetch, asked.differs(near)) else {
            // NB: what is asked for anew takes its place.
            if is_unused {
                self.document.preloads.0.remove(index);
            }
            return;
        };
        // NB: what is asked for anew takes its place, but where that is the same in another mode.
        let is_replaced = self.environment.profile.has(Deviation::PreloadKept)
            && !matches!(self.fetch.call, Call::Preload { .. })
            && match differs {
                PreloadKey::Vary => true,
                PreloadKey::Method | PreloadKey::Headers | PreloadKey::Mode | PreloadKey::Credentials => asked.is_raw(),
                PreloadKey::Destination => near.destination != request.destination && asked.is_kept_in_memory(),
                _ => false,
            };
        let is_denied = differs == PreloadKey::Mode && asked.is_denied(near);
        if is_replaced {
            self.document.preloads.0.remove(index);
        }
        request.denied_for_preload = Some(preload).filter(|_| is_denied);
        self.record(Algorithm::ConsumePreload.step(""), request, || EventKind::PreloadNotMatched { preload, differs });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, ProfileName, SPEC, WEBKIT};
    use crate::report::{Consequence, Loads, Outcome};
    use crate::{FetchReport, Scenario, evaluate};

    #[test]
    fn what_can_be_preloaded() {
        use Destination::{AudioWorklet, Empty, Font, Image, ServiceWorker, Track};
        for (attribute, expected) in [
            ("fetch", [Some(Empty); 4]),
            ("FETCH", [Some(Empty); 4]),
            ("font", [Some(Font); 4]),
            ("Font", [Some(Font), Some(Font), Some(Font), None]),
            ("image", [Some(Image); 4]),
            ("track", [Some(Track), Some(Track), None, Some(Track)]),
            ("serviceworker", [None, None, None, Some(ServiceWorker)]),
            ("audioworklet", [None, None, None, Some(AudioWorklet)]),
            ("video", [None; 4]),
            ("", [None; 4]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| translate_preload_destination(profile, attribute));
            assert_eq!(found, expected, "{attribute}");
        }
    }

    /// What a page does in each profile that preloads something, answered with `answer`, and then makes `call`.
    fn after_preload(preload: &Value, answer: &Value, call: &Value) -> [FetchReport; 4] {
        [ProfileName::Spec, ProfileName::Chromium, ProfileName::Firefox, ProfileName::Webkit].map(|profile| {
            let scenario: Scenario = serde_json::from_value(json!({
                "profile": profile, "page": { "url": "https://a.example/" },
                "fetches": [{ "call": preload, "answers": [answer] }, { "call": call, "answers": [answer, answer] }],
            }))
            .unwrap();
            evaluate(&scenario).unwrap().fetches.pop().unwrap()
        })
    }

    fn preload(destination: &str, cross_origin: Option<&str>, url: &str) -> Value {
        match cross_origin {
            Some(value) => json!({ "api": "preload", "url": url, "as": destination, "crossOrigin": value }),
            None => json!({ "api": "preload", "url": url, "as": destination }),
        }
    }

    fn fetch(init: &Value) -> Value {
        json!({ "api": "fetch", "url": "https://b.example/x", "init": init })
    }

    /// Whether a request used the preload, or why it did not.
    #[derive(Debug, PartialEq)]
    enum Found {
        Used,
        Not(PreloadKey),
        Nothing,
    }

    fn found(report: &FetchReport) -> Found {
        let found = report.events.iter().find_map(|event| match event.what {
            EventKind::PreloadConsumed { .. } => Some(Found::Used),
            EventKind::PreloadNotMatched { differs, .. } => Some(Found::Not(differs)),
            _ => None,
        });
        let found = found.unwrap_or(Found::Nothing);
        assert_eq!(found == Found::Used, report.exchanges.is_empty(), "{report:?}");
        found
    }

    #[test]
    fn what_a_preload_is_used_for() {
        use Found::{Not, Nothing, Used};
        use PreloadKey as K;
        const ALL: [Found; 4] = [Used, Used, Used, Used];
        let not = |key| [Not(key), Not(key), Not(key), Not(key)];
        let (anonymous, credentials) = (Some(""), Some("use-credentials"));
        let xhr = |members: Value| {
            let mut call = json!({ "api": "xhr", "method": "GET", "url": "https://b.example/x" });
            call.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            call
        };
        let element = |api: &str| json!({ "api": api, "url": "https://b.example/x" });
        for (attribute, cross_origin, call, expected) in [
            ("fetch", anonymous, fetch(&json!({})), ALL),
            ("fetch", anonymous, fetch(&json!({ "cache": "force-cache" })), [Used, Used, Not(K::CacheMode), Used]),
            ("fetch", anonymous, fetch(&json!({ "cache": "reload" })), [Used, Used, Not(K::CacheMode), Not(K::CacheMode)]),
            ("fetch", anonymous, fetch(&json!({ "redirect": "error" })), [Used, Used, Not(K::RedirectMode), Used]),
            ("fetch", anonymous, fetch(&json!({ "keepalive": true })), [Used, Not(K::Keepalive), Used, Used]),
            ("fetch", anonymous, fetch(&json!({ "method": "HEAD" })), not(K::Method)),
            (
                "fetch",
                anonymous,
                fetch(&json!({ "credentials": "include" })),
                [Not(K::Credentials), Not(K::Credentials), Not(K::Credentials), Not(K::Credentials)],
            ),
            (
                "fetch",
                anonymous,
                fetch(&json!({ "credentials": "omit" })),
                [Not(K::Credentials), Not(K::Credentials), Used, Used],
            ),
            ("fetch", credentials, fetch(&json!({ "credentials": "include" })), ALL),
            ("fetch", None, fetch(&json!({})), [Not(K::Mode), Not(K::Credentials), Not(K::Mode), Not(K::Mode)]),
            (
                "fetch",
                None,
                fetch(&json!({ "mode": "no-cors" })),
                [Not(K::Credentials), Not(K::Credentials), Used, Not(K::Credentials)],
            ),
            ("fetch", None, fetch(&json!({ "mode": "no-cors", "credentials": "include" })), ALL),
            (
                "fetch",
                anonymous,
                fetch(&json!({ "headers": [["X-A", "1"]] })),
                [Not(K::Headers), Used, Not(K::Headers), Not(K::Headers)],
            ),
            ("fetch", anonymous, fetch(&json!({ "headers": [["If-Match", "x"]] })), not(K::Headers)),
            ("fetch", anonymous, fetch(&json!({ "headers": [["Accept", "x/y"]] })), [Not(K::Headers), Used, Used, Used]),
            (
                "fetch",
                anonymous,
                fetch(&json!({ "headers": [["Accept-Language", "de"]] })),
                [Not(K::Headers), Used, Used, Not(K::Headers)],
            ),
            ("fetch", anonymous, fetch(&json!({ "headers": [["Pragma", "x"]] })), [Not(K::Headers), Used, Not(K::Headers), Used]),
            ("fetch", anonymous, xhr(json!({})), ALL),
            ("fetch", anonymous, xhr(json!({ "headers": [["Accept", "x/y"]] })), [Not(K::Headers), Used, Not(K::Headers), Used]),
            ("fetch", anonymous, xhr(json!({ "sync": true })), [Used, Not(K::Synchronous), Used, Not(K::Synchronous)]),
            ("fetch", anonymous, element("eventSource"), [Used, Used, Not(K::Destination), Not(K::Destination)]),
            ("fetch", anonymous, element("font"), not(K::Destination)),
            ("fetch", anonymous, json!({ "api": "fetch", "url": "https://b.example/y" }), [Nothing, Nothing, Nothing, Nothing]),
            ("fetch", anonymous, json!({ "api": "fetch", "url": "https://b.example/x#y" }), [Used, Used, Not(K::Fragment), Used]),
            ("font", anonymous, element("font"), ALL),
            ("font", None, element("font"), [Not(K::Mode), Not(K::Credentials), Not(K::Credentials), Used]),
            ("script", None, element("script"), ALL),
            ("script", anonymous, element("script"), [Not(K::Mode), Not(K::Credentials), Not(K::Mode), Used]),
            ("script", anonymous, element("import"), [Used, Used, Not(K::Destination), Used]),
            (
                "image",
                None,
                json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": "" }),
                [Not(K::Mode), Not(K::Credentials), Not(K::Mode), Used],
            ),
            (
                "image",
                None,
                json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": "use-credentials" }),
                [Not(K::Mode), Not(K::Mode), Not(K::Mode), Used],
            ),
        ] {
            let answer = json!({ "status": 200, "headers": [
                ["Access-Control-Allow-Origin", "https://a.example"], ["Access-Control-Allow-Credentials", "true"],
                ["Access-Control-Allow-Headers", "x-a, pragma, if-match"], ["Content-Type", "text/javascript"],
            ] });
            let preload = preload(attribute, cross_origin, "https://b.example/x");
            let found = after_preload(&preload, &answer, &call).map(|report| found(&report));
            assert_eq!(found, expected, "{preload} {call}");
        }
    }

    #[test]
    fn of_the_pages_own_origin() {
        use Found::{Not, Used};
        use PreloadKey as K;
        let own = |init: &Value| json!({ "api": "fetch", "url": "https://a.example/x", "init": init });
        let same_origin = json!({ "mode": "same-origin" });
        for (cross_origin, call, expected) in [
            (Some(""), own(&json!({})), [Used, Used, Used, Not(K::Mode)]),
            (Some(""), own(&same_origin), [Not(K::Mode), Not(K::Mode), Not(K::Mode), Not(K::Mode)]),
            (Some(""), own(&json!({ "credentials": "omit" })), [Not(K::Credentials), Not(K::Credentials), Used, Not(K::Mode)]),
            (None, own(&json!({ "mode": "no-cors" })), [Not(K::Credentials), Not(K::Credentials), Used, Used]),
        ] {
            let preload = preload("fetch", cross_origin, "https://a.example/x");
            let found = after_preload(&preload, &json!({ "status": 200 }), &call).map(|report| found(&report));
            assert_eq!(found, expected, "{preload} {call}");
        }
    }

    #[test]
    fn what_was_opaque_stays_opaque() {
        let (image, answer) = (json!({ "api": "img", "url": "https://b.example/x" }), json!({ "status": 200 }));
        for report in after_preload(&preload("image", None, "https://b.example/x"), &answer, &image) {
            assert_eq!(found(&report), Found::Used);
            assert_eq!(report.consequence, Some(Consequence::Image { loads: Loads::IfValid, taints_canvas: true }));
        }
        // What was loaded with CORS, and is used without it.
        let answer = json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] });
        let [.., report] = after_preload(&preload("image", Some(""), "https://b.example/x"), &answer, &image);
        assert_eq!(found(&report), Found::Used);
        assert_eq!(report.consequence, Some(Consequence::Image { loads: Loads::IfValid, taints_canvas: true }));
        let [.., report] = after_preload(&preload("image", None, "https://b.example/x"), &answer, &{
            json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": "" })
        });
        assert_eq!(report.consequence, Some(Consequence::Image { loads: Loads::IfValid, taints_canvas: false }));
    }

    #[test]
    fn what_failed_fails_again() {
        use Found::{Not, Used};
        let answer = json!({ "status": 200 });
        let anonymous = |api: &str| json!({ "api": api, "url": "https://b.example/x", "crossOrigin": "" });
        for (attribute, call, expected) in [
            ("fetch", fetch(&json!({})), [true; 4]),
            ("image", anonymous("img"), [true; 4]),
            ("script", anonymous("script"), [true, true, false, true]),
            ("style", anonymous("stylesheet"), [true, true, false, true]),
        ] {
            let preload = preload(attribute, Some(""), "https://b.example/x");
            let reports = after_preload(&preload, &answer, &call);
            assert_eq!(reports.each_ref().map(|report| found(report) == Used), expected, "{attribute}");
            for (report, is_used) in reports.iter().zip(expected) {
                let Outcome::NetworkError(error) = &report.outcome else { panic!("{report:?}") };
                let failed = FailedCheck::Preload { preload: 0, code: NetworkErrorCode::CorsCheck };
                assert_eq!(error.failed == Some(failed), is_used, "{attribute}");
                assert_eq!(error.code == NetworkErrorCode::Preload, is_used, "{attribute}");
            }
        }
        // In the other mode WebKit asks again.
        let [.., report] = after_preload(&preload("image", Some(""), "https://b.example/x"), &answer, &{
            json!({ "api": "img", "url": "https://b.example/x" })
        });
        assert_eq!(found(&report), Not(PreloadKey::Mode));
        let [.., report] = after_preload(&preload("image", None, "https://b.example/x"), &answer, &anonymous("img"));
        assert_eq!(found(&report), Not(PreloadKey::Mode));
    }

    #[test]
    fn what_varies() {
        use Found::{Not, Used};
        let element = |cross_origin: Option<&str>| match cross_origin {
            Some(value) => json!({ "api": "script", "url": "https://b.example/x", "crossOrigin": value }),
            None => json!({ "api": "script", "url": "https://b.example/x" }),
        };
        for (vary, first, second, expected) in [
            ("Origin", None, Some(""), Not(PreloadKey::Vary)),
            ("accept, ORIGIN", Some(""), None, Not(PreloadKey::Vary)),
            ("Origin", Some(""), Some(""), Used),
            ("Accept", Some(""), None, Used),
            ("*", Some(""), Some(""), Not(PreloadKey::Vary)),
        ] {
            let answer = json!({ "status": 200, "headers": [
                ["Access-Control-Allow-Origin", "*"], ["Content-Type", "text/javascript"], ["Vary", vary],
            ] });
            let preload = preload("script", first, "https://b.example/x");
            let [.., report] = after_preload(&preload, &answer, &element(second));
            assert_eq!(found(&report), expected, "{vary} {first:?} {second:?}");
        }
        // Before the mode of what an element asks for, and after that of what script asks for.
        let answer = json!({ "status": 200, "headers": [["Vary", "Origin"]] });
        let image = json!({ "api": "img", "url": "https://b.example/x", "crossOrigin": "" });
        let [.., report] = after_preload(&preload("image", None, "https://b.example/x"), &answer, &image);
        assert_eq!(found(&report), Not(PreloadKey::Vary));
        let answer = json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"], ["Vary", "Accept"]] });
        let accept = json!([["Accept", "x/y"]]);
        for (init, expected) in [
            (json!({}), Used),
            (json!({ "headers": accept }), Not(PreloadKey::Vary)),
            (json!({ "mode": "no-cors", "headers": accept }), Not(PreloadKey::Mode)),
        ] {
            let [.., report] = after_preload(&preload("fetch", Some(""), "https://b.example/x"), &answer, &fetch(&init));
            assert_eq!(found(&report), expected, "{init}");
        }
    }

    #[test]
    fn what_status_a_script_may_have() {
        // For who asks in the other mode, under CORS and without it.
        for (status, first, second, expected) in [
            (399, None, Some(""), Found::Used),
            (400, None, Some(""), Found::Not(PreloadKey::Mode)),
            (399, Some(""), None, Found::Used),
            (400, Some(""), None, Found::Not(PreloadKey::Mode)),
        ] {
            let headers = json!([["Access-Control-Allow-Origin", "*"], ["Content-Type", "text/javascript"]]);
            let answer = json!({ "status": status, "headers": headers });
            let mut script = json!({ "api": "script", "url": "https://b.example/x" });
            if let Some(value) = second {
                script["crossOrigin"] = json!(value);
            }
            let [.., report] = after_preload(&preload("script", first, "https://b.example/x"), &answer, &script);
            assert_eq!(found(&report), expected, "{status} {first:?} {second:?}");
        }
    }

    #[test]
    fn what_the_resource_policy_keeps_back() {
        for (policy, mode, expected) in
            [("same-origin", None, Some(NetworkErrorCode::Corp)), ("cross-origin", None, None), ("same-origin", Some(""), None)]
        {
            let answer = json!({ "status": 200, "headers": [
                ["Access-Control-Allow-Origin", "*"], ["Cross-Origin-Resource-Policy", policy],
            ] });
            let mut image = json!({ "api": "img", "url": "https://b.example/x" });
            if let Some(value) = mode {
                image["crossOrigin"] = json!(value);
            }
            let [.., report] = after_preload(&preload("image", Some(""), "https://b.example/x"), &answer, &image);
            let refused =
                if let Outcome::NetworkError(error) = &report.outcome { Some((error.code, error.exchange)) } else { None };
            // The exchange that it came from is another fetch's.
            let expected = expected.map(|code| (code, None));
            assert_eq!((refused, report.exchanges.len()), (expected, 0), "{policy} {mode:?}");
        }
    }

    #[test]
    fn the_nearest_is_one_of_the_same_kind() {
        let answer = json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] });
        let raw = preload("fetch", Some("use-credentials"), "https://b.example/x");
        let script = preload("script", Some(""), "https://b.example/x");
        for (first, second, expected) in [
            (&raw, &script, PreloadKey::Credentials),
            (&script, &raw, PreloadKey::Credentials),
            (&script, &script, PreloadKey::Destination),
        ] {
            let fetches = [first, second, &fetch(&json!({}))].map(|call| json!({ "call": call, "answers": [answer] }));
            let scenario: Scenario =
                serde_json::from_value(json!({ "page": { "url": "https://a.example/" }, "fetches": fetches })).unwrap();
            let report = evaluate(&scenario).unwrap().fetches.pop().unwrap();
            assert_eq!(found(&report), Found::Not(expected), "{first} {second}");
        }
    }

    #[test]
    fn one_after_the_other() {
        // Which of a page's fetches use a preload: those that send nothing.
        let (anonymous, plain, opaque) = (
            preload("fetch", Some(""), "https://b.example/x"),
            fetch(&json!({})),
            fetch(&json!({ "mode": "no-cors", "credentials": "include" })),
        );
        let none = preload("fetch", None, "https://b.example/x");
        let (picture, other) =
            (preload("image", Some(""), "https://b.example/x"), preload("fetch", Some(""), "https://b.example/y"));
        for (calls, expected) in [
            (vec![&anonymous, &plain, &plain], ["sus", "sus", "sus", "suu"]),
            (vec![&anonymous, &anonymous, &plain, &plain], ["suus", "suus", "suus", "suuu"]),
            (vec![&none, &anonymous, &plain, &opaque], ["ssuu", "susu", "ssuu", "ssss"]),
            (vec![&picture, &anonymous, &plain], ["ssu", "ssu", "ssu", "sus"]),
            (vec![&other, &anonymous, &plain], ["ssu", "ssu", "ssu", "ssu"]),
        ] {
            let names = [ProfileName::Spec, ProfileName::Chromium, ProfileName::Firefox, ProfileName::Webkit];
            for (profile, expected) in names.into_iter().zip(expected) {
                let answer =
                    json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"], ["Cache-Control", "no-store"]] });
                let fetches: Vec<_> = calls.iter().map(|call| json!({ "call": call, "answers": [answer] })).collect();
                let scenario: Scenario = serde_json::from_value(json!({
                    "profile": profile, "page": { "url": "https://a.example/" }, "fetches": fetches,
                }))
                .unwrap();
                let report = evaluate(&scenario).unwrap();
                let used: String =
                    report.fetches.iter().map(|fetch| if fetch.exchanges.is_empty() { 'u' } else { 's' }).collect();
                assert_eq!(used, expected, "{profile:?} {calls:?}");
            }
        }
    }
}
