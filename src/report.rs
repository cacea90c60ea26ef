//! What the engine answers.

use serde::Serialize;

use crate::cors::check::CorsFailed;
use crate::cors::corp::CorpBlocked;
use crate::cors::expose::Visibility;
use crate::cors::preflight::PreflightFailed;
use crate::error_code::NetworkErrorCode;
use crate::http::header_list::HeaderList;
use crate::http::modes::{CacheMode, CredentialsMode, Destination, RedirectMode, RequestMode, ResponseType, Tainting};
use crate::infra::bytes::ByteString;
use crate::network::{WireRequest, WireResponse};
use crate::spec::Step;
use crate::state::BrowserState;
use crate::trace::{Event, PreflightReason, ThrowCheck};

/// The answer to a [`Scenario`](crate::Scenario).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Report {
    /// The version of this format: 1.
    pub version: u32,
    /// One for each fetch of the scenario.
    pub fetches: Vec<FetchReport>,
    /// What the browser remembers after the last fetch that ended.
    pub state: BrowserState,
}

/// What became of one fetch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FetchReport {
    /// The request that the API made, unless it threw.
    #[cfg_attr(feature = "wasm", tsify(type = "RequestReport | null"))]
    pub request: Option<RequestReport>,
    /// How it ended.
    pub outcome: Outcome,
    /// What the element or API makes of that. Nothing for `fetch()` and XHR, where script gets the response itself, and as
    /// long as the fetch has not ended.
    #[cfg_attr(feature = "wasm", tsify(type = "Consequence | null"))]
    pub consequence: Option<Consequence>,
    /// Every request on the wire or answered from the HTTP cache, in order.
    pub exchanges: Vec<Exchange>,
    /// Every header of the final response, readable or not.
    pub response_headers: Vec<HeaderReport>,
    /// How many of the fetch's answers no request asked for.
    pub unused_answers: usize,
    /// What happened, in order. Empty where no trace was wanted.
    pub events: Vec<Event>,
}

/// The request as the API made it, and what kind of request that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RequestReport {
    /// The method.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub method: ByteString,
    /// The URL.
    pub url: String,
    /// The mode.
    pub mode: RequestMode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The cache mode.
    pub cache: CacheMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// The destination.
    pub destination: Destination,
    /// The headers as script sees them: after forbidden ones were dropped, before the browser adds its own.
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    pub headers: HeaderList,
    /// Whether the URL is same-origin with the page.
    pub same_origin: bool,
    /// Every reason that alone would force a preflight, were the URL cross-origin; whether one is sent is in the exchanges.
    pub preflight_reasons: Vec<PreflightReason>,
}

/// How a fetch ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Outcome {
    /// The API threw; nothing was sent.
    Threw(Threw),
    /// A network error: `fetch()` rejects with a `TypeError`, XHR fires `error`.
    NetworkError(Box<NetworkError>),
    /// A response.
    Response(Box<ResponseReport>),
    /// The answer to the last exchange is not known yet: send it, add the answer to the fetch, and evaluate again.
    NeedsAnswer(NeedsAnswer),
    /// An earlier fetch of the scenario still needs an answer.
    NotReached,
}

/// The API threw.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Threw {
    /// The name of the exception, such as `TypeError`; nothing where an element fires `error` instead.
    #[cfg_attr(feature = "wasm", tsify(type = "ExceptionName | null"))]
    pub error: Option<ExceptionName>,
    /// The check that threw.
    pub because: ThrowCheck,
    /// Where it is in the standard.
    #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
    pub step: Step,
}

/// The names of the exceptions that APIs throw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
#[allow(clippy::enum_variant_names, reason = "these are their names")]
pub enum ExceptionName {
    /// `TypeError`
    TypeError,
    /// `SyntaxError` (a `DOMException`)
    SyntaxError,
    /// `SecurityError` (a `DOMException`)
    SecurityError,
    /// `NetworkError` (a `DOMException`): a synchronous XHR, an `importScripts()` or the `load()` of a font that failed.
    NetworkError,
    /// `NotSupportedError` (a `DOMException`): a `fetch()` of a stream that the browser cannot send.
    NotSupportedError,
    /// `AbortError` (a `DOMException`): script aborted a `fetch()`, and gave no reason of its own.
    AbortError,
}

/// What an element or another API makes of how its fetch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Consequence {
    /// `<img>`
    Image {
        /// Which event it fires.
        loads: Loads,
        /// Whether drawing it on a canvas makes the canvas unreadable.
        taints_canvas: bool,
    },
    /// `<audio>` or `<video>`
    Media {
        /// Whether it plays.
        loads: Loads,
        /// Whether drawing it on a canvas makes the canvas unreadable.
        taints_canvas: bool,
    },
    /// `<script>`
    Script {
        /// Which event it fires.
        loads: Loads,
        /// What `window.onerror` learns of errors that it throws.
        muted_errors: MutedErrors,
    },
    /// `<script type=module>`, or `import()`
    Module {
        /// Which event it fires, or whether the promise is fulfilled.
        loads: Loads,
    },
    /// `<link rel=stylesheet>`
    StyleSheet {
        /// Which event it fires.
        loads: Loads,
        /// Whether `sheet.cssRules` can be read, and does not throw a `SecurityError`.
        rules_readable: bool,
    },
    /// `@font-face`
    Font {
        /// Whether the font is used.
        loads: Loads,
    },
    /// `<track>`
    Track {
        /// Which event it fires.
        loads: Loads,
    },
    /// `<link rel=preload>`
    Preload {
        /// Which event it fires.
        loads: Loads,
    },
    /// `new EventSource()`
    EventSource {
        /// Whether it fires `open`, and not `error`.
        opens: bool,
        /// Whether it fires neither of them, ever.
        silent: bool,
        /// `readyState` after that: 1 for open, 2 for closed for good, 0 where it is tried again.
        ready_state: u8,
    },
    /// `navigator.sendBeacon()`
    Beacon {
        /// What it returns.
        queued: bool,
    },
    /// `new Worker()`
    Worker {
        /// Whether it runs, and does not fire `error`.
        loads: Loads,
    },
    /// `importScripts()`
    ImportScripts {
        /// Whether it returns, and does not throw.
        loads: Loads,
    },
    /// `<iframe>`
    Iframe {
        /// Whether it shows the response, and not a page of the browser's own.
        shows_response: bool,
    },
}

/// Whether an element fires `load` or `error`, or what stands for these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Loads {
    /// `load`
    Yes,
    /// `error`
    No,
    /// Neither of them, ever.
    Never,
    /// `load` if the body is what it should be, such as an image that can be decoded; else `error`.
    IfValid,
}

/// What `window.onerror` learns of an error that a script throws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum MutedErrors {
    /// Everything.
    No,
    /// `Script error.`, and nothing more.
    Yes,
    /// Everything where the script made an `Error` object and threw it, and nothing of other errors.
    UnlessObjects,
}

/// The last exchange waits for its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct NeedsAnswer {
    /// The index of the exchange.
    pub exchange: usize,
    /// The request to send.
    pub request: WireRequest,
}

/// A network error, and what only the engine knows about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct NetworkError {
    /// The stable code.
    #[cfg_attr(feature = "wasm", tsify(type = "NetworkErrorCode"))]
    pub code: NetworkErrorCode,
    /// The step that returned it.
    #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
    pub step: Step,
    /// The check that failed, where it was one with reasons of its own.
    #[cfg_attr(feature = "wasm", tsify(type = "FailedCheck | null"))]
    pub failed: Option<FailedCheck>,
    /// The exception that script sees; nothing where an `error` event is fired instead (XHR, elements).
    #[cfg_attr(feature = "wasm", tsify(type = "ExceptionName | null"))]
    pub error: Option<ExceptionName>,
    /// The index in the URL list: 0 before the first redirect.
    pub hop: usize,
    /// The exchange whose answer decided, where one did.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub exchange: Option<usize>,
    /// What was compared or found, the deciding place first.
    pub evidence: Vec<Evidence>,
}

/// A check that failed, with its own step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum FailedCheck {
    /// The CORS check.
    CorsCheck {
        /// The step of it that failed.
        #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
        step: Step,
        /// Why.
        failed: CorsFailed,
    },
    /// The answer of a preflight.
    Preflight {
        /// The step that failed: of the CORS check if that was it, else of CORS-preflight fetch.
        #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
        step: Step,
        /// Why.
        failed: PreflightFailed,
    },
    /// Cross-Origin-Resource-Policy.
    Corp {
        /// The step that failed.
        #[cfg_attr(feature = "wasm", tsify(type = "Step"))]
        step: Step,
        /// Why.
        failed: CorpBlocked,
    },
    /// The preload that was used.
    Preload {
        /// The index of the fetch that preloaded it.
        preload: usize,
        /// What it had ended with.
        code: NetworkErrorCode,
    },
    /// The module that the document had asked for before.
    Module {
        /// The index of the fetch that asked for it.
        fetch: usize,
        /// What it had ended with.
        code: NetworkErrorCode,
    },
}

/// A place that shows why. Byte ranges are half open, and count from the start of the value without the tabs and
/// spaces around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum Evidence {
    /// Bytes in the value of a header of an answer.
    AnswerHeader {
        /// The index of the exchange.
        exchange: usize,
        /// The header line.
        line: usize,
        /// The first byte.
        start: usize,
        /// One after the last byte.
        end: usize,
    },
    /// A header that an answer does not have.
    AnswerHeaderMissing {
        /// The index of the exchange.
        exchange: usize,
        /// Its name.
        name: &'static str,
    },
    /// The status of an answer.
    AnswerStatus {
        /// The index of the exchange.
        exchange: usize,
    },
    /// Bytes in the value of a header of a request on the wire.
    RequestHeader {
        /// The index of the exchange.
        exchange: usize,
        /// The header line.
        line: usize,
        /// The first byte.
        start: usize,
        /// One after the last byte.
        end: usize,
    },
    /// The URL at a hop.
    Url {
        /// The index in the URL list.
        hop: usize,
    },
}

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Exchange {
    /// The request. It was on the wire unless `source` is `cache`.
    pub request: WireRequest,
    /// Where the answer came from.
    pub source: AnswerSource,
    /// The index in the fetch's answers, where it is one of them.
    #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
    pub answer: Option<usize>,
    /// The answer, header lines without the tabs and spaces around values; nothing where none came or none is known.
    #[cfg_attr(feature = "wasm", tsify(type = "WireResponse | null"))]
    pub response: Option<WireResponse>,
    /// The index in the URL list.
    pub hop: usize,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum AnswerSource {
    /// From the server.
    Network,
    /// From the HTTP cache; nothing was sent.
    Cache,
    /// From the HTTP cache after the server said 304. `response` is the stored one with the 304's headers.
    Revalidated,
    /// From nobody: the connection failed.
    Failure,
    /// It is not known yet.
    Unknown,
}

/// A response as script sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ResponseReport {
    /// `response.type`
    pub response_type: ResponseType,
    /// `response.status`
    pub status: u16,
    /// `response.statusText`
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub status_text: ByteString,
    /// `response.url`
    pub url: String,
    /// `response.redirected`
    pub redirected: bool,
    /// The headers that script can read: names in lower case and sorted, values joined, as `for (const h of headers)` gives them.
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    pub headers: HeaderList,
    /// Whether `response.body` is null.
    pub null_body: bool,
    /// The request's response tainting at the end.
    pub tainting: Tainting,
    /// Whether Resource Timing may show details.
    pub timing_allowed: bool,
}

/// A header line of the final response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct HeaderReport {
    /// Its name as it came.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub name: ByteString,
    /// Its value.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub value: ByteString,
    /// Whether script can read it.
    pub readable: bool,
    /// Why.
    pub why: Visibility,
}
