// Reads a HAR of any size, beside the page. To stop it, end it.

import { HarTriage } from "../../engine/engine.js";
import { load } from "../engine.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** How often the page is told how far it is, in milliseconds. */
const TELL_EVERY_MS = 100;

let triage: HarTriage | null = null;

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  void (data.type === "read" ? read(data.file) : sarif(data.name)).catch((error: unknown) => tell({ type: "failed", message: error instanceof Error ? error.message : String(error) }));
});

async function read(file: File): Promise<void> {
  await load();
  triage?.free();
  const reading = (triage = new HarTriage());
  let told = 0;
  for await (const chunk of chunks(file)) {
    reading.push(chunk);
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    tell({ type: "progress", bytes: reading.bytesRead, entries: reading.entriesRead });
  }
  tell({ type: "report", report: reading.finish() });
}

async function sarif(name: string): Promise<void> {
  if (triage !== null) tell({ type: "sarif", text: JSON.stringify(triage.sarif(name), null, 2) });
}

/** NB: a stream cannot be iterated in every browser. */
async function* chunks(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
