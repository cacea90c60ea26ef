//! What a document has already, so that the next element of the kind asks for nothing, whatever the HTTP cache would say: its
//! [list of available images](https://html.spec.whatwg.org/#list-of-available-images) and its
//! [module map](https://html.spec.whatwg.org/#module-map), and the style sheets that one browser keeps beside its caches.

use url::Position;

use crate::cache::has_no_store;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::extent::HAS_CACHES;
use crate::fetch::elements::CorsSettings;
use crate::fetch::preload::compared_from;
use crate::fetch::xhr_memory::is_past_memory;
use crate::fetch::{Fetching, Interrupted};
use crate::http::modes::Tainting;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::profile::Profile;
use crate::report::{Consequence, FailedCheck, Loads};
use crate::scenario::Call;
use crate::spec::Algorithm;
use crate::trace::{DocumentResource, EventKind, Trace};

/// What the fetches of a document have brought for good.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentResources(Vec<Resource>);

#[derive(Debug, Clone)]
struct Resource {
    /// The index of the fetch that brought it.
    fetch: usize,
    key: Key,
    response_tainting: Tainting,
    /// The response, or the code of the network error.
    ending: Result<Response, NetworkErrorCode>,
}

/// By what a document finds a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    kind: DocumentResource,
    url: String,
    /// The attribute `crossorigin`; a module is the same with any.
    settings: CorsSettings,
}

impl Key {
    /// The key of what `call` asks for by `request`, if documents keep such.
    fn of(profile: Profile, call: &Call, request: &Request) -> Option<Self> {
        let (kind, attribute) = match call {
            Call::Img { cross_origin, .. } => (DocumentResource::Image, cross_origin.as_deref()),
            Call::Script { module: true, .. } | Call::Import { .. } => (DocumentResource::Module, None),
            Call::Stylesheet { cross_origin, .. } if profile.has(Deviation::StyleSheetsKept) => {
                (DocumentResource::StyleSheet, cross_origin.as_deref())
            }
            // NB: what is there needs no preload.
            Call::Preload { cross_origin, .. } if call.preloads_as("image") && profile.has(Deviation::ImagesSparePreloads) => {
                (DocumentResource::Image, cross_origin.as_deref())
            }
            Call::Preload { cross_origin, .. } if call.preloads_as("style") && profile.has(Deviation::StyleSheetsKept) => {
                (DocumentResource::StyleSheet, cross_origin.as_deref())
            }
            _ => return None,
        };
        Some(Self { kind, url: found_by(profile, kind, request)?, settings: CorsSettings::of(attribute) })
    }
}

/// The URL by which it is found: as the document has it, with its fragment and before an upgrade, or as a cache of responses does.
fn found_by(profile: Profile, kind: DocumentResource, request: &Request) -> Option<String> {
    let url = request.url_list.first()?;
    let (scheme, end) = if kind == DocumentResource::Image && profile.has(Deviation::ImagesOnePerUrl) {
        (url.scheme(), Position::AfterQuery)
    } else {
        (if request.is_upgraded { "http" } else { url.scheme() }, Position::AfterFragment)
    };
    Some(format!("{scheme}:{}", &url[compared_from(profile)..end]))
}

impl DocumentResources {
    /// Keeps how a fetch ended, and what its element made of that; `is_sent` says that it had to ask.
    pub(crate) fn keep(
        &mut self,
        profile: Profile,
        fetch: (usize, &Call),
        request: &Request,
        ending: Result<Response, NetworkErrorCode>,
        consequence: Option<&Consequence>,
        is_sent: bool,
    ) {
        let (index, call) = fetch;
        if !HAS_CACHES || matches!(call, Call::Preload { .. }) {
            return;
        }
        let Some(key) = Key::of(profile, call, request) else { return };
        // NB: a preload, then.
        let is_given_once = !is_sent && key.kind == DocumentResource::Image && profile.has(Deviation::PreloadedOnceByNoStore);
        if is_given_once && ending.as_ref().is_ok_and(|response| has_no_store(profile, &response.header_list)) {
            return;
        }
        let is_loaded = consequence.is_some_and(is_loaded);
        // NB: what is refused before anything is sent has not come into the map.
        let is_failure_kept = key.kind == DocumentResource::Module && is_sent && profile.has(Deviation::FailedModulesKept);
        let is_kept = is_loaded || is_failure_kept;
        if is_kept && self.find(&key).is_none() {
            // NB: the exchange that it came from is another fetch's.
            let ending = ending.map(|response| Response { exchange: None, ..response });
            self.0.push(Resource { fetch: index, key, response_tainting: request.response_tainting, ending });
        }
    }

    fn find(&self, key: &Key) -> Option<&Resource> {
        self.0.iter().find(|resource| resource.key == *key)
    }

    /// Whether they have what `call` asks for.
    pub(crate) fn has(&self, profile: Profile, call: &Call, request: &Request) -> bool {
        HAS_CACHES && Key::of(profile, call, request).is_some_and(|key| self.find(&key).is_some())
    }

    /// Forgets the image whose place a request takes that was answered, or went out at least.
    pub(crate) fn replace(&mut self, profile: Profile, call: &Call, request: &Request) {
        if !HAS_CACHES || self.0.is_empty() || !profile.has(Deviation::ImagesOnePerUrl) {
            return;
        }
        // NB: what does not come into its memory leaves that alone.
        if is_past_memory(call, request) && profile.has(Deviation::ImagesReplacedInMemory) {
            return;
        }
        let url = found_by(profile, DocumentResource::Image, request);
        self.0.retain(|resource| resource.key.kind != DocumentResource::Image || Some(&resource.key.url) != url.as_ref());
    }
}

/// The algorithm that asks whether there is such a resource already.
pub(super) const fn asked_in(what: DocumentResource) -> Algorithm {
    match what {
        DocumentResource::Image => Algorithm::UpdateImageData,
        DocumentResource::Module => Algorithm::FetchSingleModuleScript,
        DocumentResource::StyleSheet => Algorithm::FetchLinkedResource,
        // NB: as a cache would be.
        DocumentResource::Response => Algorithm::HttpNetworkOrCacheFetch,
    }
}

/// Whether an element has what it asked for.
fn is_loaded(consequence: &Consequence) -> bool {
    match consequence {
        Consequence::Image { loads, .. } | Consequence::Module { loads } | Consequence::StyleSheet { loads, .. } => {
            matches!(loads, Loads::Yes | Loads::IfValid)
        }
        _ => false,
    }
}

impl<T: Trace> Fetching<'_, T> {
    /// How the fetch ended that has brought the document what is asked for. In HTML this comes before the fetch.
    pub(super) fn reuse_resource(&mut self, request: &mut Request) -> Option<Result<Response, Interrupted>> {
        if !HAS_CACHES || self.document.resources.0.is_empty() {
            return None;
        }
        let key = Key::of(self.environment.profile, &self.fetch.call, request)?;
        let resource = self.document.resources.find(&key)?.clone();
        let Resource { fetch, response_tainting, ending, .. } = resource;
        request.response_tainting = response_tainting;
        self.record(asked_in(key.kind).step(""), request, || EventKind::ResourceReused { fetch, what: key.kind });
        Some(ending.map_err(|code| {
            self.network_error(request, NetworkErrorCode::Module).failed(FailedCheck::Module { fetch, code }).into()
        }))
    }
}
