// Asks the engine: at once while that is instant, later and in a worker where it is not. What comes too late is dropped.

import type { Inspection } from "../engine/engine.js";
import type { Inspect } from "./engine.ts";
import type { Question } from "./question.ts";
import { scriptUrl } from "./trusted.ts";
import workerUrl from "./worker.ts?worker&url";

/** An inspection that took longer than this is not made on the page's own thread again. */
const INSTANT_MS = 30;
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
  #lastTook = 0;
  #first = true;

  constructor(inspect: Inspect, answered: (question: Question, answered: Answered) => void) {
    this.#inspect = inspect;
    this.#answered = answered;
  }

  /** Asks. Returns whether the answer was given before this returned. */
  ask(question: Question): boolean {
    clearTimeout(this.#timer);
    if (question.paste.length <= LONGEST_HERE && this.#lastTook <= INSTANT_MS) {
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
    // The first one also warms the engine up, and does not count.
    this.#lastTook = this.#first ? 0 : performance.now() - from;
    this.#first = false;
    this.#answered(question, answered);
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
      this.#lastTook = question.paste.length <= LONGEST_HERE ? data.took : 0;
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
