// The engine, as WebAssembly beside this page.

import { init, inspect, scenarioOf, trials, type Inspection, type ProfileName, type Trial } from "../engine/engine.js";
import wasmUrl from "../engine/engine.wasm?url";
import type { Question } from "./question.ts";
import type { Reader } from "./scenario.ts";

export type Inspect = (question: Question) => Inspection;

/** Loads the engine. Rejects with a sentence for the person. */
export async function load(): Promise<Inspect> {
  if (typeof WebAssembly !== "object") {
    throw new Error("This browser does not run WebAssembly (or it is switched off), and without it nothing can be decided here. Any browser of the last years does.");
  }
  try {
    await init(wasmUrl);
  } catch (error) {
    throw new Error(`The engine did not load. Reload the page; if that does not help, its .wasm file is not where the page expects it. (${String(error)})`);
  }
  return ({ page, paste, credentials, mode }) => inspect(page, paste, credentials || null, mode || null);
}

/** What the form asks of the engine. */
export async function reader(): Promise<Reader> {
  const ask = await load();
  return { inspect: ask, scenarioOf: ({ page, paste, credentials, mode }) => scenarioOf(page, paste, credentials || null, mode || null) };
}

/** The calls of a question, and how they end when the document at `here` makes them in a browser of this profile. */
export function trialsOf({ page, paste, credentials, mode }: Question, here: string, profile: ProfileName): Trial[] {
  return trials(page, paste, credentials || null, mode || null, here, profile);
}
