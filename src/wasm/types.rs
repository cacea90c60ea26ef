//! The TypeScript types that no Rust type stands for.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const PLATFORM_TYPES: &str = r#"
/** The platform's `URL`, where it has one. */
export type PlatformURL = typeof globalThis extends { URL: { prototype: infer T } } ? T : never;
/** The platform's `Headers`, where it has them. */
export type PlatformHeaders = typeof globalThis extends { Headers: { prototype: infer T } } ? T : never;
/** The platform's `Request`, where it has one. */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer T } } ? T : never;
/** The platform's `Response`, where it has one. */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : never;

/** A URL, relative to the page where script may write it so. */
export type UrlInput = string | PlatformURL;

/**
 * Header lines in order, or what `new Headers()` takes. Only the pairs say all: a `Headers` object has joined the lines of
 * one name, put all names in lower case and sorted them, and dropped those that its guard forbids.
 */
export type HeadersInput = [name: string, value: string][] | Record<string, string> | PlatformHeaders;

/**
 * What came back for one request: a response, or nothing.
 *
 * A `Response` is taken for its status and headers. What its `Headers` object has lost stays lost, and a `Response` that
 * a page got from `fetch()` has lost the headers that are not exposed, `Access-Control-Allow-Origin` among them: write
 * `{ status, headers }` with the lines that the server sent.
 */
export type Answer = (Omit<WireResponse, "headers"> & { headers?: HeadersInput }) | WireFailure | PlatformResponse;

/** A request, the answer to its preflight if there was one, and its own. */
export interface DecideExchange {
  request: DecideRequest;
  /** Not looked at where no preflight is needed. */
  preflight?: DecideAnswer | null;
  response: DecideAnswer;
}

/** A request of `fetch()` or XHR, before any redirect. */
export interface DecideRequest {
  /** The page's origin as browsers serialize it: `https://app.example`, or `null`. */
  origin: string;
  /** The absolute URL. */
  url: UrlInput;
  /** The method as it goes over the wire; `GET` if absent. */
  method?: string;
  /** The header lines that script set, and the `Accept` and `Accept-Language` of the browser where their lengths may matter. */
  headers?: HeadersInput;
  /** `cors` if absent. */
  mode?: RequestMode;
  /** `same-origin` if absent. */
  credentials?: CredentialsMode;
  /** Whether a listener on `xhr.upload` or a stream as the body forces a preflight. */
  useCorsPreflight?: boolean;
  /** Whose answer is asked for: the standard's, or a browser's; `spec` if absent. */
  profile?: ProfileName;
}

/** What a server answered: the status and the header **lines**, never joined. */
export type DecideAnswer = { status: number; statusText?: string; headers?: HeadersInput } | PlatformResponse;

/** What `evaluate`, `decide` and `Browser` throw when what they are given makes no sense. */
export interface ScenarioError extends Error {
  name: "ScenarioError";
  /** Where, such as `fetches[0].call.url`. */
  place: string;
}
"#;
