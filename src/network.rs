//! What crosses the network: the request that goes out, and the answer that comes back.

use serde::{Deserialize, Serialize};

use crate::http::header_list::HeaderList;
use crate::infra::bytes::ByteString;

/// What a request on the wire is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Purpose {
    /// The browser's own question, before the real request.
    Preflight,
    /// The request that script asked for, at its first URL or after a redirect.
    Actual,
}

/// A request as it goes out: all that the Fetch Standard decides about it.
///
/// What HTTP itself adds is not here: `Host`, `User-Agent` (unless script set it), `Accept-Encoding` (but for ranges),
/// `Connection`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct WireRequest {
    /// Preflight or actual.
    pub purpose: Purpose,
    /// The method, byte for byte.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub method: ByteString,
    /// The URL, without a fragment, a user name and a password, none of which is sent.
    pub url: String,
    /// The header lines in the order in which they are written.
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    pub headers: HeaderList,
    /// Whether cookies, authentication entries and client certificates go along.
    pub credentials: bool,
    /// Whether there is a body.
    pub has_body: bool,
}

/// What came back for one request: a response, or nothing.
///
/// Outside Rust it is `{ status, headers, ... }` or `{ failure }`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawAnswer", untagged)]
pub enum Answer {
    /// The server answered.
    Response(WireResponse),
    /// Nobody did.
    Failure(WireFailure),
}

/// A response as it came in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct WireResponse {
    /// The status code. What has more than three digits is no HTTP, but to Chromium.
    pub status: u16,
    /// The reason phrase; empty over HTTP/2 and HTTP/3.
    #[serde(default, skip_serializing_if = "ByteString::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(type = "string", optional))]
    pub status_text: ByteString,
    /// The header **lines** in order, never joined. Tabs and spaces around a value do not count.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    pub headers: HeaderList,
    /// Major version of HTTP; decides only whether a streamed body could be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub http_version: Option<HttpVersion>,
    /// When it came, in seconds on the scenario's clock; when the fetch started, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub at: Option<f64>,
    /// Whether the body's bytes match the request's integrity metadata, which the engine cannot see. Assumed if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub integrity_matches: Option<bool>,
}

/// Major version of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum HttpVersion {
    /// HTTP/1.0 or HTTP/1.1
    #[serde(rename = "1")]
    Http1,
    /// HTTP/2
    #[serde(rename = "2")]
    Http2,
    /// HTTP/3
    #[serde(rename = "3")]
    Http3,
}

/// No response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct WireFailure {
    /// Why not.
    pub failure: FailureKind,
}

/// Why no response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum FailureKind {
    /// No network at all.
    Offline,
    /// Name not found, refused, reset, timed out, TLS failed, or closed without an answer.
    Connection,
    /// The name was not found: a connection that failed, of which more is known.
    NameNotFound,
    /// The server refused: a connection that failed, of which more is known.
    Refused,
    /// The browser does not trust the server's certificate: a connection that failed, of which more is known.
    Certificate,
    /// The server closed it without an answer: a connection that failed, of which more is known.
    Closed,
    /// The connection, which had been used before, was closed without an answer. Some browsers try again.
    Lost,
    /// The server wanted a client certificate and nobody could be asked for one.
    ClientCertificate,
    /// What came back was not HTTP.
    Malformed,
    /// Script aborted the fetch while it waited.
    Aborted,
}

/// An answer as it is written, before it is known which kind it is: this gives better messages than trying both.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RawAnswer {
    status: Option<u16>,
    #[serde(default)]
    status_text: ByteString,
    headers: Option<HeaderList>,
    http_version: Option<HttpVersion>,
    at: Option<f64>,
    integrity_matches: Option<bool>,
    failure: Option<FailureKind>,
}

impl TryFrom<RawAnswer> for Answer {
    type Error = &'static str;

    fn try_from(raw: RawAnswer) -> Result<Self, Self::Error> {
        match (raw.status, raw.failure) {
            (Some(_), Some(_)) => Err("an answer has either a `status` or a `failure`, not both"),
            (None, None) => Err("an answer needs a `status` (and `headers`), or a `failure`"),
            (None, Some(failure)) => Ok(Self::Failure(WireFailure { failure })),
            (Some(status), None) => Ok(Self::Response(WireResponse {
                status,
                status_text: raw.status_text,
                headers: raw.headers.unwrap_or_default(),
                http_version: raw.http_version,
                at: raw.at,
                integrity_matches: raw.integrity_matches,
            })),
        }
    }
}
