// What a browser did with a call: the message from the frame that makes the call to the page that shows it.

import type { Call } from "../../engine/engine.js";

/** How the call ended, as far as script can see. */
export type Observed =
  | { kind: "response"; type: string; status: number; url: string; redirected: boolean; headers: string[] }
  | { kind: "xhr"; status: number; url: string; headers: string[] }
  | { kind: "image"; loads: boolean; taintsCanvas: boolean }
  | { kind: "eventSource"; opens: boolean; readyState: number }
  | { kind: "beacon"; queued: boolean }
  | { kind: "error"; name: string; message: string }
  | { kind: "timeout" };

/** From the page to its frame. */
export interface Job {
  call: Call;
  base: string;
}

/** How long a call may take, in milliseconds. */
export const PATIENCE_MS = 20_000;

/** Why a call is not made here, as a sentence; null where it is. */
export function refusal(call: Call): string | null {
  switch (call.api) {
    case "fetch":
    case "xhr":
    case "img":
    case "eventSource":
    case "beacon":
      return null;
    case "script":
    case "import":
    case "worker":
    case "importScripts":
      return "It would run the other server’s script in this page.";
    case "stylesheet":
    case "font":
    case "preload":
    case "track":
    case "media":
    case "iframe":
      return "It would load the other server’s content into this page.";
    case "webSocket":
      return "A WebSocket stays open, and CORS does not decide about it.";
    default:
      return call satisfies never;
  }
}
