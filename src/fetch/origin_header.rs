//! <https://fetch.spec.whatwg.org/#append-a-request-origin-header>

use crate::deviations::Deviation;
use crate::fetch::Fetching;
use crate::fetch::http_network_or_cache_fetch::IncludeCredentials;
use crate::http::header_list::Fields;
use crate::http::modes::{Destination, ReferrerPolicy, RequestMode, Tainting};
use crate::http::request::Request;
use crate::infra::bytes::ByteString;
use crate::infra::origin::{Origin, are_same_origin, url_is_potentially_trustworthy};
use crate::network::{Purpose, WireRequest};
use crate::profile::Profile;
use crate::scenario::Call;
use crate::spec::Algorithm;
use crate::trace::{EventKind, OriginReason, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
    pub(crate) fn append_origin(&mut self, request: &Request, http_request: &mut Request, credentials: IncludeCredentials) {
        let around = Around {
            before: before_redirect(request, self.exchanges.iter().map(|exchange| (exchange.hop, &exchange.request))),
            frame: match credentials {
                IncludeCredentials::Yes if self.is_frame_of_tabs_site(request) => Frame::CrossSiteInOwnSite,
                IncludeCredentials::Yes | IncludeCredentials::No => Frame::Other,
            },
            is_preload: matches!(self.fetch.call, Call::Preload { .. }),
            beacon_referrer: (request.hop() == 0 && matches!(self.fetch.call, Call::Beacon { .. }))
                .then(|| self.environment.referrer_source()),
        };
        let (number, value, reason) = origin_header(self.environment.profile, request, &around);
        if let Some(value) = &value {
            http_request.header_list.append(b"Origin", value.clone());
        }
        self.record(Algorithm::AppendOrigin.step(number), request, || EventKind::OriginHeader { value, reason });
    }

    /// Whether the request goes to the site of the tab from the start, and from a document in it that counts as cross-site.
    fn is_frame_of_tabs_site(&self, request: &Request) -> bool {
        let (environment, target) = (self.environment, Origin::of_url(request.current_url()));
        if environment.profile.has(Deviation::OriginWithStorageAccessIfSecure) {
            let is_first_party = target.schemelessly_same_site(&environment.site_for_cookies);
            let is_secure = url_is_potentially_trustworthy(request.current_url());
            // NB: what the first request had stays, whatever becomes of the method.
            let is_within_origin = request.url_list.iter().all(|url| target.is_of_url(url));
            return is_within_origin && is_secure && !is_first_party && target.schemelessly_same_site(&environment.top);
        }
        request.hop() == 0 && target.same_site(&environment.top) && !target.same_site(&environment.site_for_cookies)
    }
}

/// What else decides, besides the request.
#[derive(Debug)]
struct Around {
    before: Before,
    frame: Frame,
    /// Whether this is a preload, which an element asks for whatever it is to be used for.
    is_preload: bool,
    /// What the page would name as its referrer, where this is a beacon.
    beacon_referrer: Option<Origin>,
}

/// The `Origin` that the request had before the last redirect.
#[derive(Debug, PartialEq, Eq)]
enum Before {
    /// There was no redirect, or no `Origin`.
    None,
    /// The redirect stayed within an origin and kept the method.
    Kept(ByteString),
    /// The redirect stayed within an origin and changed the method.
    MethodChanged(ByteString),
    /// The redirect led to another origin, and kept the method.
    OriginChanged,
}

/// Where the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Cross-site by its ancestors or by being sandboxed; but the request goes, with credentials and from the start, to the site
    /// of the tab.
    CrossSiteInOwnSite,
    Other,
}

/// The step, the value if there is one, and why.
fn origin_header(profile: Profile, request: &Request, around: &Around) -> (&'static str, Option<ByteString>, OriginReason) {
    let null = || Some(ByteString::from(b"null"));
    // 2.
    let origin = || Some(ByteString::from(request.serialized_origin().as_bytes()));
    let is_get_or_head = matches!(request.method.as_bytes(), b"GET" | b"HEAD");
    // 3.
    if request.response_tainting == Tainting::Cors {
        return ("3", origin(), OriginReason::Cors);
    }
    if matches!(request.mode, RequestMode::WebSocket | RequestMode::WebTransport) {
        return ("3", origin(), OriginReason::WebSocket);
    }
    let is_element = request.destination != Destination::Empty || around.is_preload;
    let is_cors_element = request.mode == RequestMode::Cors && is_element;
    if is_cors_element && profile.has(Deviation::OriginOfElements) {
        return ("4", origin(), OriginReason::Element);
    }
    let carried = match &around.before {
        Before::Kept(value) if profile.has(Deviation::OriginCarriedOrNull) => Some(value.clone()),
        Before::OriginChanged if profile.has(Deviation::OriginCarriedOrNull) => null(),
        Before::Kept(value) | Before::MethodChanged(value) if profile.has(Deviation::OriginCarriedWithinOrigin) => {
            Some(value.clone())
        }
        _ => None,
    };
    if carried.is_some() {
        return ("4", carried, OriginReason::Redirected);
    }
    if is_get_or_head {
        return match around.frame {
            Frame::CrossSiteInOwnSite
                if profile.has(Deviation::OriginWithStorageAccess) || profile.has(Deviation::OriginWithStorageAccessIfSecure) =>
            {
                ("4", origin(), OriginReason::StorageAccess)
            }
            Frame::CrossSiteInOwnSite | Frame::Other => ("4", None, OriginReason::NotNeeded),
        };
    }
    if let Some(referrer @ Origin::Tuple(_)) = &around.beacon_referrer
        && request.mode == RequestMode::NoCors
        && profile.has(Deviation::BeaconOriginOfReferrer)
    {
        return ("4.2", Some(ByteString::from(referrer.serialized().as_bytes())), OriginReason::Method);
    }
    // 4.1. Who did not opt in to CORS keeps the say about the referrer.
    let has_say = request.mode != RequestMode::Cors && !profile.has(Deviation::OriginIgnoresReferrerPolicy);
    if has_say && is_origin_hidden(profile, request) {
        return ("4.1", null(), OriginReason::ReferrerPolicy);
    }
    // 4.2.
    ("4.2", origin(), OriginReason::Method)
}

/// What the last request of the hop before this one said.
fn before_redirect<'a>(request: &Request, sent: impl DoubleEndedIterator<Item = (usize, &'a WireRequest)>) -> Before {
    let [.., previous, current] = request.url_list.as_slice() else { return Before::None };
    let is_before = |(hop, sent): &(usize, &WireRequest)| hop + 1 == request.hop() && sent.purpose == Purpose::Actual;
    let Some((_, sent)) = sent.rev().find(is_before) else { return Before::None };
    let line = (0..sent.headers.count()).find(|&line| sent.headers.name(line) == b"Origin");
    let Some(value) = line.map(|line| ByteString::from(sent.headers.value(line))) else { return Before::None };
    let is_same_origin = are_same_origin(previous, current);
    match (is_same_origin, sent.method == request.method) {
        (true, true) => Before::Kept(value),
        (true, false) => Before::MethodChanged(value),
        (false, true) => Before::OriginChanged,
        (false, false) => Before::None,
    }
}

/// Step 4.1: whether the referrer policy hides the origin.
fn is_origin_hidden(profile: Profile, request: &Request) -> bool {
    let is_secure =
        request.current_url().scheme() == "https" && !(request.upgraded_here && profile.has(Deviation::TaintingBeforeUpgrade));
    match request.referrer_policy {
        ReferrerPolicy::NoReferrer => true,
        ReferrerPolicy::SameOrigin => !request.is_same_origin(),
        ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin
        // NB: no policy anywhere means the default policy.
        | ReferrerPolicy::Empty => {
            matches!(&request.origin, Origin::Tuple(origin) if origin.scheme == "https") && !is_secure
        }
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::http::header_list::{Header, HeaderList};
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    const PAGE: &str = "https://a.example";

    fn request(method: &str, mode: RequestMode, urls: &[&str]) -> Request {
        let mut request = Request::new(Url::parse(urls[0]).unwrap(), Origin::parse(PAGE).unwrap());
        urls[1..].iter().for_each(|url| request.redirect_to(Url::parse(url).unwrap()));
        (request.method, request.mode) = (ByteString::from(method.as_bytes()), mode);
        request
    }

    fn values(request: &Request, around: &Around) -> [Option<String>; 4] {
        [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| Some(origin_header(profile, request, around).1?.to_string()))
    }

    #[test]
    fn by_browser() {
        use RequestMode::{Cors, NoCors, SameOrigin};
        const A: &str = "https://a.example/";
        const B: &str = "https://b.example/";
        let (own, null) = (Some(PAGE), Some("null"));
        let kept = |value: &str| Before::Kept(value.as_bytes().into());
        let changed = || Before::MethodChanged(PAGE.as_bytes().into());
        let no_referrer = |request: Request| Request { referrer_policy: ReferrerPolicy::NoReferrer, ..request };
        let of_image = |request: Request| Request { destination: Destination::Image, ..request };
        let tainted = |request: Request| Request { response_tainting: Tainting::Cors, ..request };
        // the request, what came before, where the page is; the value in the standard, Chromium, Firefox, WebKit
        for (request, before, frame, expected) in [
            (request("GET", Cors, &[A]), Before::None, Frame::Other, [None; 4]),
            (request("POST", NoCors, &[B]), Before::None, Frame::Other, [own; 4]),
            (tainted(request("GET", Cors, &[B])), Before::None, Frame::Other, [own; 4]),
            (of_image(request("GET", Cors, &[A])), Before::None, Frame::Other, [None, own, None, own]),
            (of_image(request("GET", NoCors, &[A])), Before::None, Frame::Other, [None; 4]),
            // Redirects.
            (tainted(request("GET", Cors, &[B, A])), Before::OriginChanged, Frame::Other, [null; 4]),
            (request("POST", NoCors, &[A, A]), kept(PAGE), Frame::Other, [own; 4]),
            (request("POST", NoCors, &[A, B]), Before::OriginChanged, Frame::Other, [own, null, own, own]),
            (request("POST", NoCors, &[A, B, B]), kept("null"), Frame::Other, [own, null, own, null]),
            (request("GET", Cors, &[A, A]), changed(), Frame::Other, [None, None, None, own]),
            (request("GET", NoCors, &[A, B]), Before::None, Frame::Other, [None; 4]),
            // Referrer policies.
            (no_referrer(request("POST", NoCors, &[B])), Before::None, Frame::Other, [null, own, null, null]),
            (no_referrer(request("POST", SameOrigin, &[A])), Before::None, Frame::Other, [null, own, null, null]),
            (no_referrer(request("POST", Cors, &[A])), Before::None, Frame::Other, [own; 4]),
            // Frames.
            (request("GET", NoCors, &[A]), Before::None, Frame::CrossSiteInOwnSite, [None, own, own, None]),
        ] {
            let around = Around { before, frame, is_preload: false, beacon_referrer: None };
            let expected = expected.map(|value| value.map(str::to_owned));
            assert_eq!(values(&request, &around), expected, "{:?} {:?} {around:?}", request.method, request.url_list);
        }
    }

    #[test]
    fn beacons() {
        let opaque =
            Request { origin: Origin::parse("null").unwrap(), ..request("POST", RequestMode::NoCors, &["https://b.example/"]) };
        let (referrer, own, null) = (Origin::parse(PAGE), Some(PAGE.to_owned()), Some("null".to_owned()));
        let around = |beacon_referrer| Around { before: Before::None, frame: Frame::Other, is_preload: false, beacon_referrer };
        assert_eq!(values(&opaque, &around(referrer)), [null.clone(), null.clone(), null.clone(), own]);
        assert_eq!(values(&opaque, &around(Origin::parse("null"))), [null.clone(), null.clone(), null.clone(), null]);
    }

    #[test]
    fn before_the_redirect() {
        let sent = |purpose, method: &[u8], origin: Option<&str>| WireRequest {
            purpose,
            method: method.into(),
            url: String::new(),
            headers: HeaderList::from(
                origin.map(|origin| Header(b"Origin".into(), origin.as_bytes().into())).into_iter().collect::<Vec<_>>(),
            ),
            credentials: false,
            has_body: false,
        };
        let (actual, preflight) = (Purpose::Actual, Purpose::Preflight);
        for (urls, sent, expected) in [
            (&["https://a.example/"][..], sent(actual, b"GET", Some("x")), Before::None),
            (
                &["https://a.example/", "https://a.example/2"],
                sent(actual, b"GET", Some("x")),
                Before::Kept("x".as_bytes().into()),
            ),
            (
                &["https://a.example/", "https://a.example/2"],
                sent(actual, b"POST", Some("x")),
                Before::MethodChanged("x".as_bytes().into()),
            ),
            (&["https://a.example/", "https://b.example/"], sent(actual, b"GET", Some("x")), Before::OriginChanged),
            (&["https://a.example/", "https://b.example/"], sent(actual, b"POST", Some("x")), Before::None),
            (&["https://a.example/", "https://b.example/"], sent(actual, b"GET", None), Before::None),
            (&["https://a.example/", "https://b.example/"], sent(preflight, b"GET", Some("x")), Before::None),
        ] {
            let request = request("GET", RequestMode::NoCors, urls);
            assert_eq!(before_redirect(&request, [(0, &sent)].into_iter()), expected, "{urls:?} {sent:?}");
        }
    }
}
