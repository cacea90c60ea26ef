//! <https://fetch.spec.whatwg.org/#concept-scheme-fetch>

use data_url::DataUrl;
use url::{Position, Url};

use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::http_fetch::CorsPreflight;
use crate::fetch::{Fetching, Interrupted};
use crate::http::header_list::{Header, HeaderList};
use crate::http::modes::{Destination, RequestMode};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::infra::bytes::ByteString;
use crate::infra::range::{Whitespace, parse_single_range};
use crate::report::Evidence;
use crate::scenario::Call;
use crate::trace::Trace;

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>
    pub(crate) fn scheme_fetch(&mut self, request: &mut Request) -> Result<Response, Interrupted> {
        let list = |headers: Vec<Header>| HeaderList::from(headers);
        let content_type = |value: &[u8]| Header(ByteString::from(b"Content-Type"), value.into());
        // 3.
        let code = match request.current_url().scheme() {
            "http" | "https" => return self.http_fetch(request, CorsPreflight::Skip),
            "about" if request.current_url().path() == "blank" && !self.is_about_blank_refused(request) => {
                return Ok(Response::local(200, b"OK", list(vec![content_type(b"text/html;charset=utf-8")])));
            }
            "about" => NetworkErrorCode::AboutUrl,
            "blob" => return self.blob(request),
            "data" => match data_url(request.current_url()) {
                Some((mime_type, length)) => {
                    let mut headers = vec![content_type(mime_type.as_bytes())];
                    let is_of_fetch = matches!(self.fetch.call, Call::Fetch { .. });
                    if is_of_fetch && self.environment.profile.has(Deviation::DataUrlLength) {
                        headers.push(Header(ByteString::from(b"Content-Length"), length.to_string().into_bytes().into()));
                    }
                    return Ok(Response::local(200, b"OK", list(headers)));
                }
                None => NetworkErrorCode::DataUrl,
            },
            "file" => NetworkErrorCode::FileUrl,
            // 4.
            _ => NetworkErrorCode::UnknownScheme,
        };
        let hop = request.hop();
        Err(self.network_error(request, code).evidence([Evidence::Url { hop }]).into())
    }

    fn is_about_blank_refused(&self, request: &Request) -> bool {
        request.mode != RequestMode::Navigate && self.environment.profile.has(Deviation::AboutBlankRefused)
    }

    /// The steps for `blob`.
    fn blob(&mut self, request: &Request) -> Result<Response, Interrupted> {
        let evidence = [Evidence::Url { hop: request.hop() }];
        let url = &request.current_url()[..Position::AfterQuery];
        let entry = self.environment.blobs.iter().find(|blob| blob.url == url);
        // 3.2.
        let Some(blob) = entry.filter(|_| request.method.as_bytes() == b"GET") else {
            return Err(self.network_error(request, NetworkErrorCode::BlobUrl).evidence(evidence).into());
        };
        // 3.3.-3.8. Another partition's blob can only be navigated to.
        if blob.other_partition && request.destination != Destination::Document {
            return Err(self.network_error(request, NetworkErrorCode::BlobPartition).evidence(evidence).into());
        }
        let header = |name: &[u8], value: ByteString| Header(name.into(), value);
        let length = |length: u64| ByteString::from(length.to_string().into_bytes());
        let Some(range) = request.header_list.get(b"Range") else {
            // 3.13.
            let headers = vec![header(b"Content-Length", length(blob.length)), header(b"Content-Type", blob.mime_type.clone())];
            return Ok(Response::local(200, b"OK", HeaderList::from(headers)));
        };
        // 3.14.
        let slice = parse_single_range(range.as_bytes(), Whitespace::Allow).and_then(|range| range.within(blob.length));
        let Some(slice) = slice else {
            return Err(self.network_error(request, NetworkErrorCode::BlobRange).evidence(evidence).into());
        };
        let headers = vec![
            header(b"Content-Length", length(slice.length)),
            header(b"Content-Type", blob.mime_type.clone()),
            header(b"Content-Range", slice.content_range().into_bytes().into()),
        ];
        // OUT OF SCOPE: the range-requested flag; the request that this answers has a range.
        Ok(Response::local(206, b"Partial Content", HeaderList::from(headers)))
    }
}

/// The MIME type that the [`data:` URL processor](https://fetch.spec.whatwg.org/#data-url-processor) finds and the length of
/// the body, or nothing where the URL has no comma or a body that is not the base64 it says it is.
fn data_url(url: &Url) -> Option<(String, usize)> {
    let processed = DataUrl::process(&url[..Position::AfterQuery]).ok()?;
    let (body, _) = processed.decode_to_vec().ok()?;
    Some((processed.mime_type().to_string(), body.len()))
}
