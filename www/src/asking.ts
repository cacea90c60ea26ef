// Asks the engine: at once while that is instant, later and in a worker where it is not. What comes too late is dropped.

import type { Inspection } from "../engine/engine.js";
import type { Inspect } from "./engine.ts";
import type { Question } from "./question.ts";
import { scriptUrl } from "./trusted.ts";
import workerUrl from "./worker.ts?worker&url";

/** Inspections that take longer than this are not made on the page's own thread. */
const INSTANT_MS = 30;
/** The best of so many counts: what else the machine does makes any of them slow. */
const RECENT = 3;
/** One that took so long is enough to know. */
const FAR_TOO_LONG_MS = 250;
/** A text longer than this is never. */
const LONGEST_HERE = 200_000;
/** Not every key is worth a question to the worker. */
const WAIT_MS = 120;

export type Answered = { inspection: Inspection } | { failure: string };

export class Asker {
  readonly #inspect: Inspect;
  readonly #answered: (question: Question, answered: Answered) => void;
  #worker: Worker | null = null;
  /** Whether the worker is at work, and on what. */
  #working: { id: number; question: Question } | null = null;
  #next: Question | null = null;
  #id = 0;
  #timer = 0;
  /** How long the last inspections took. */
  #recent: number[] = [];

  constructor(inspect: Inspect, answered: (question: Question, answered: Answered) => void) {
    this.#inspect = inspect;
    this.#answered = answered;
  }

  /** Asks. Returns whether the answer was given before this returned. */
  ask(question: Question): boolean {
    clearTimeout(this.#timer);
    if (question.paste.length <= LONGEST_HERE && this.#isInstant()) {
      this.#next = null;
      this.#here(question);
      return true;
    }
    this.#next = question;
    this.#timer = window.setTimeout(() => this.#there(), WAIT_MS);
    return false;
  }

  #here(question: Question): void {
    const from = performance.now();
    let answered: Answered;
    try {
      answered = { inspection: this.#inspect(question) };
    } catch (error) {
      answered = { failure: String(error) };
    }
    this.#took(performance.now() - from);
    this.#answered(question, answered);
  }

  #took(milliseconds: number): void {
    this.#recent = [...this.#recent, milliseconds].slice(-RECENT);
  }

  #isInstant(): boolean {
    const last = this.#recent.at(-1) ?? 0;
    return this.#recent.length < RECENT ? last <= FAR_TOO_LONG_MS : Math.min(...this.#recent) <= INSTANT_MS;
  }

  #there(): void {
    // One that is still busy with an older text is of no use any more.
    if (this.#working !== null) this.#end();
    const question = this.#next;
    if (question === null) return;
    this.#next = null;
    this.#id += 1;
    this.#working = { id: this.#id, question };
    this.#start().postMessage({ id: this.#id, question });
  }

  #start(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(scriptUrl(new URL(workerUrl, import.meta.url)), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; took: number; answered: Answered }>) => {
      if (data.id !== this.#working?.id) return;
      const { question } = this.#working;
      this.#working = null;
      if (question.paste.length <= LONGEST_HERE) this.#took(data.took);
      this.#answered(question, data.answered);
    });
    worker.addEventListener("error", (event) => {
      const question = this.#working?.question;
      this.#end();
      if (question !== undefined) this.#answered(question, { failure: event.message });
    });
    this.#worker = worker;
    return worker;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#working = null;
  }
}
