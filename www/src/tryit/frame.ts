// The document that makes the call. It exists only from a press of “Send it from here” to the answer; its own policy allows
// requests to other hosts, which that of the page around it does not.

import type { Body, Call } from "../../engine/engine.js";
import { PATIENCE_MS, type Job, type Observed } from "./observed.ts";

/** More than this is not made up to be sent. */
const MOST_BYTES = 1_000_000;

window.addEventListener("message", (event: MessageEvent<Job>) => {
  if (event.origin !== location.origin || event.source !== window.parent) return;
  void perform(event.data).then((observed) => window.parent.postMessage(observed, location.origin));
});
window.parent.postMessage("ready", location.origin);

async function perform({ call, base }: Job): Promise<Observed> {
  const timeout = new Promise<Observed>((resolve) => setTimeout(() => resolve({ kind: "timeout" }), PATIENCE_MS));
  try {
    const url = new URL(String(call.url), base).href;
    return await Promise.race([made(call, url), timeout]);
  } catch (error) {
    return failed(error);
  }
}

function made(call: Call, url: string): Promise<Observed> {
  switch (call.api) {
    case "fetch":
      return fetched(call, url);
    case "xhr":
      return byXhr(call, url);
    case "img":
      return image(call, url);
    case "eventSource":
      return eventSource(call, url);
    case "beacon":
      return Promise.resolve({ kind: "beacon", queued: navigator.sendBeacon(url, body(call.body) as XMLHttpRequestBodyInit | undefined) });
    default:
      throw new Error(`a page does not try ${call.api}`);
  }
}

async function fetched({ init = {}, headerEdits = [] }: Extract<Call, { api: "fetch" }>, url: string): Promise<Observed> {
  const { body: given, window: _, headers, ...others } = init;
  const options = { ...others, headers: headers as HeadersInit | undefined, body: body(given), duplex: given?.type === "stream" ? "half" : undefined };
  const request = new Request(url, withoutUndefined(options));
  for (const edit of headerEdits) {
    if (edit.edit === "delete") request.headers.delete(edit.name);
    else request.headers[edit.edit](edit.name, edit.value);
  }
  const response = await fetch(request);
  const { type, status, redirected } = response;
  void response.body?.cancel();
  return { kind: "response", type, status, url: response.url, redirected, headers: [...response.headers.keys()] };
}

function byXhr({ method = "GET", headers = [], withCredentials, uploadListener, body: given, username, password }: Extract<Call, { api: "xhr" }>, url: string): Promise<Observed> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url, true, username ?? null, password ?? null);
    xhr.withCredentials = withCredentials ?? false;
    for (const [name, value] of headers) xhr.setRequestHeader(name, value);
    if (uploadListener === true) xhr.upload.addEventListener("progress", () => {});
    xhr.addEventListener("load", () => {
      const names = xhr.getAllResponseHeaders().split("\r\n").map((line) => line.split(":")[0] ?? "");
      resolve({ kind: "xhr", status: xhr.status, url: xhr.responseURL, headers: names.filter((name) => name !== "") });
    });
    for (const event of ["error", "abort", "timeout"]) xhr.addEventListener(event, () => reject(new Error(`the event ${event}`)));
    xhr.send(body(given) as XMLHttpRequestBodyInit | null | undefined ?? null);
  });
}

function image({ crossOrigin, srcset }: Extract<Call, { api: "img" }>, url: string): Promise<Observed> {
  return new Promise((resolve) => {
    const element = new Image();
    if (crossOrigin !== undefined) element.crossOrigin = crossOrigin;
    element.addEventListener("error", () => resolve({ kind: "image", loads: false, taintsCanvas: false }));
    element.addEventListener("load", () => resolve({ kind: "image", loads: true, taintsCanvas: taints(element) }));
    if (srcset === true) element.srcset = url;
    else element.src = url;
  });
}

function taints(element: HTMLImageElement): boolean {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context?.drawImage(element, 0, 0);
  try {
    context?.getImageData(0, 0, 1, 1);
    return false;
  } catch {
    return true;
  }
}

function eventSource({ withCredentials = false }: Extract<Call, { api: "eventSource" }>, url: string): Promise<Observed> {
  return new Promise((resolve) => {
    const source = new EventSource(url, { withCredentials });
    const end = (opens: boolean) => {
      const { readyState } = source;
      source.close();
      resolve({ kind: "eventSource", opens, readyState });
    };
    source.addEventListener("open", () => end(true));
    source.addEventListener("error", () => end(false));
  });
}

/** A body of the kind and the length that the paste says; its bytes decide nothing. */
function body(given: Body | undefined): BodyInit | Document | undefined {
  if (given === undefined) return undefined;
  switch (given.type) {
    case "text":
      return given.text;
    case "bytes":
      return bytes(given.length);
    case "blob":
      return new Blob([bytes(given.length)], { type: given.mimeType ?? "" });
    case "formData":
      return new FormData();
    case "urlSearchParams":
      return new URLSearchParams(given.text);
    case "stream":
      return new Blob(["stream"]).stream();
    case "document":
      return document.implementation.createHTMLDocument();
    default:
      return given satisfies never;
  }
}

function bytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Math.min(length, MOST_BYTES));
}

function failed(error: unknown): Observed {
  return error instanceof Error || error instanceof DOMException ? { kind: "error", name: error.name, message: error.message } : { kind: "error", name: "", message: String(error) };
}

function withoutUndefined(options: object): RequestInit {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
