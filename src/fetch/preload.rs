//! [Preloaded resources](https://html.spec.whatwg.org/#preloaded-resources) of the page, as long as the scenario lasts.

use url::Position;

use crate::fetch::Fetching;
use crate::http::modes::{CredentialsMode, Destination, RequestMode};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::spec::Algorithm;
use crate::trace::{EventKind, PreloadKey, Trace};

/// What the page's preloads brought.
#[derive(Debug, Default)]
pub(crate) struct Preloads(Vec<Preloaded>);

/// A [preload key](https://html.spec.whatwg.org/#preload-key) and its response.
#[derive(Debug)]
struct Preloaded {
    /// The index of the fetch that preloaded it.
    fetch: usize,
    url: String,
    destination: Destination,
    mode: RequestMode,
    credentials_mode: CredentialsMode,
    response: Response,
}

impl Preloads {
    /// Keeps the response of the preload `fetch`.
    pub(crate) fn keep(&mut self, fetch: usize, request: &Request, mut response: Response) {
        // NB: the key is the request as it started; only the URL list has grown since.
        let Some(url) = request.url_list.first() else { return };
        // Its exchange is one of another fetch than the one that will use it.
        response.exchange = None;
        self.0.push(Preloaded {
            fetch,
            url: url[..Position::AfterQuery].to_owned(),
            destination: request.destination,
            mode: request.mode,
            credentials_mode: request.credentials_mode,
            response,
        });
    }
}

impl Preloaded {
    /// The first thing besides the URL in which the request differs.
    fn differs(&self, request: &Request) -> Option<PreloadKey> {
        if self.destination != request.destination {
            Some(PreloadKey::Destination)
        } else if self.mode != request.mode {
            Some(PreloadKey::Mode)
        } else if self.credentials_mode != request.credentials_mode {
            Some(PreloadKey::Credentials)
        } else if !request.integrity_metadata.is_empty() {
            // NB: a preload has none.
            Some(PreloadKey::Integrity)
        } else {
            None
        }
    }
}

impl<T: Trace> Fetching<'_, T> {
    /// Step 11 of fetch, and <https://html.spec.whatwg.org/#consume-a-preloaded-resource>.
    pub(crate) fn consume_preload(&mut self, request: &Request) -> Option<Response> {
        let is_eligible = matches!(request.current_url().scheme(), "http" | "https")
            && matches!(request.mode, RequestMode::SameOrigin | RequestMode::Cors | RequestMode::NoCors)
            && request.method.as_bytes() == b"GET"
            && (!request.unsafe_request || request.header_list.is_empty());
        if !is_eligible {
            return None;
        }
        let url = &request.current_url()[..Position::AfterQuery];
        let of_url = |preload: &&Preloaded| preload.url == url;
        let matching = self.preloads.0.iter().rposition(|preload| of_url(&preload) && preload.differs(request).is_none());
        let Some(index) = matching else {
            // The last one of the same URL shows best what is missing.
            let near = self.preloads.0.iter().rfind(of_url)?;
            let (preload, differs) = (near.fetch, near.differs(request)?);
            let step = Algorithm::ConsumePreload.step("");
            self.record(step, request, || EventKind::PreloadNotMatched { preload, differs });
            return None;
        };
        // NB: a preload is consumed once.
        let Preloaded { fetch: preload, response, .. } = self.preloads.0.remove(index);
        self.record(Algorithm::Fetch.step("11.3"), request, || EventKind::PreloadConsumed { preload });
        Some(response)
    }
}
