// One HAR, from the file to what it comes to: it can be watched, and stopped.

import type { HarExchange, HarReport } from "../../engine/engine.js";
import { scriptUrl } from "../trusted.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import workerUrl from "./worker.ts?worker&url";

export interface Progress {
  bytes: number;
  entries: number;
}

export class Reading {
  readonly file: File;
  readonly #worker: Worker;

  constructor(file: File) {
    this.file = file;
    this.#worker = new Worker(scriptUrl(new URL(workerUrl, import.meta.url)), { type: "module" });
  }

  /** Reads it all. Rejects with a sentence for the person. */
  report(progress: (progress: Progress) => void): Promise<HarReport> {
    return this.#ask({ type: "read", file: this.file }, (answer) => {
      if (answer.type === "progress") progress(answer);
      return answer.type === "report" ? answer.report : undefined;
    });
  }

  /** What was found, as SARIF. */
  sarif(): Promise<string> {
    return this.#ask({ type: "sarif", name: this.file.name }, (answer) => (answer.type === "sarif" ? answer.text : undefined));
  }

  /** The entries of an exchange as a HAR of their own. */
  async excerpt({ places }: HarExchange): Promise<string> {
    const entries = await Promise.all(places.map(({ start, end }) => this.file.slice(start, end).text()));
    const text = `{ "log": { "entries": [${entries.join(",")}] } }`;
    try {
      return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
    } catch {
      // The file has changed since: it is shown as it is now.
      return text;
    }
  }

  /** Ends it, wherever it is. */
  stop(): void {
    this.#worker.terminate();
  }

  #ask<T>(question: ToWorker, take: (answer: FromWorker) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === "failed") return reject(new Error(data.message));
        const answer = take(data);
        if (answer !== undefined) resolve(answer);
      };
      this.#worker.onerror = ({ message }) => reject(new Error(message === "" ? "The worker that reads it did not start." : message));
      this.#worker.postMessage(question);
    });
  }
}
