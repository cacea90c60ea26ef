// What the page and the worker that reads a HAR say to each other.

import type { HarReport } from "../../engine/engine.js";

export type ToWorker = { type: "read"; file: File } | { type: "sarif"; name: string };

export type FromWorker =
  | { type: "progress"; bytes: number; entries: number }
  | { type: "report"; report: HarReport }
  | { type: "sarif"; text: string }
  | { type: "failed"; message: string };
