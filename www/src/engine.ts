// The engine, as WebAssembly beside this page: a small module that is there soon, and then the whole one.

import { init as initFirst, inspectFirst } from "../engine/first.js";
import firstUrl from "../engine/first.wasm?url";
import wholeUrl from "../engine/engine.wasm?url";
import type { Inspection, LaneView, Policy, ProfileName, Snippet, Trial, WhoCouldRead } from "../engine/engine.js";
import type { Question } from "./question.ts";
import type { Reader } from "./scenario.ts";

/** What the engine says, by the best module that is there. `extent` says whether that is all there is to say. */
export type Inspect = (question: Question) => Inspection;

/** What becomes of the whole engine, after the first answers. */
export interface Taking {
  /** It has come: asking again gives all there is to say. */
  over(): void;
  /** It did not come; the first module goes on answering. */
  failed(message: string): void;
}

/** Loads the module for first answers, and while nothing else is to do the whole one. Rejects with a sentence for the person. */
export async function loadFirst(taking: Taking): Promise<Inspect> {
  let inspect = await loaded(async () => {
    await initFirst(firstUrl);
    return asking(inspectFirst);
  });
  whenIdle(() => {
    load().then(
      (whole) => {
        inspect = whole;
        taking.over();
      },
      (error: Error) => taking.failed(error.message),
    );
  });
  return (question) => inspect(question);
}

/** Loads the whole engine at once, as a worker does. Rejects with a sentence for the person. */
export function load(): Promise<Inspect> {
  return loaded(async () => {
    const engine = await import("../engine/engine.js");
    await engine.init(wholeUrl);
    whole = engine;
    return asking(engine.inspect);
  });
}

/** The whole engine, once it is there. */
let whole: typeof import("../engine/engine.js") | null = null;

type Asked = (page: string, text: string, credentials: string | null, mode: string | null) => Inspection;

function asking(inspect: Asked): Inspect {
  return ({ page, paste, credentials, mode }) => inspect(page, paste, credentials || null, mode || null);
}

async function loaded(load: () => Promise<Inspect>): Promise<Inspect> {
  if (typeof WebAssembly !== "object") {
    throw new Error("This browser does not run WebAssembly (or it is switched off), and without it nothing can be decided here. Any browser of the last years does.");
  }
  try {
    return await load();
  } catch (error) {
    throw new Error(`The engine did not load. Reload the page; if that does not help, its files (.js, .wasm) are not where the page expects them. (${String(error)})`);
  }
}

function whenIdle(work: () => void): void {
  // NB: Safari knows no idle callbacks.
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 200);
}

/** What the form asks of the whole engine. */
export async function reader(): Promise<Reader> {
  const [inspect, { scenarioOf }] = await Promise.all([load(), import("../engine/engine.js")]);
  return { inspect, scenarioOf: ({ page, paste, credentials, mode }) => scenarioOf(page, paste, credentials || null, mode || null) };
}

/**
 * The calls of a question, and how they end when the document at `here` makes them in a browser of this profile. None as long
 * as the whole engine is not there.
 */
export function trialsOf({ page, paste, credentials, mode }: Question, here: string, profile: ProfileName): Trial[] {
  return whole?.trials(page, paste, credentials || null, mode || null, here, profile) ?? [];
}

/** What becomes of cookies and caches, for the fetch at `index`, and of requests so many seconds later. None as with `trialsOf`. */
export function lanesOf({ page, paste, credentials, mode }: Question, index: number, after: number): LaneView[] {
  return whole?.lanes(page, paste, credentials || null, mode || null, index, after) ?? [];
}

/** Who could read the answer to the fetch at `index`. */
export function readersOf({ page, paste, credentials, mode }: Question, index: number): WhoCouldRead | null {
  return whole?.readers(page, paste, credentials || null, mode || null, index) ?? null;
}

/** A policy as the settings of each server that is known. */
export async function snippetsOf(policy: Policy): Promise<Snippet[]> {
  const [{ snippets }] = await Promise.all([import("../engine/engine.js"), load()]);
  return snippets(policy);
}

/** A text without its secrets, and how many it had. */
export async function masked(text: string): Promise<{ text: string; count: number }> {
  await load();
  const { mask } = await import("../engine/engine.js");
  const { text: clean, secrets } = mask(text);
  return { text: clean, count: secrets.length };
}
