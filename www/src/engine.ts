// The engine, as WebAssembly beside this page.

import init, { inspect } from "corscope/slim";
import wasmUrl from "corscope/slim/wasm?url";
import type { Inspection } from "./inspection.ts";
import type { Question } from "./question.ts";

export type Inspect = (question: Question) => Inspection;

/** Loads the engine. Rejects with a sentence for the person. */
export async function load(): Promise<Inspect> {
  if (typeof WebAssembly !== "object") {
    throw new Error("This browser does not run WebAssembly (or it is switched off), and without it nothing can be decided here. Any browser of the last years does.");
  }
  try {
    await init({ module_or_path: wasmUrl });
  } catch (error) {
    throw new Error(`The engine did not load. Reload the page; if that does not help, the server must send the .wasm file beside it. (${String(error)})`);
  }
  return ({ page, paste, credentials, mode }) => inspect(page, paste, { credentials: credentials || null, mode: mode || null });
}
