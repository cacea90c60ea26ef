// The engine beside the page, for texts that take long.

import type { Answered } from "./asking.ts";
import { load } from "./engine.ts";
import type { Question } from "./question.ts";

const engine = load();

self.addEventListener("message", ({ data: { id, question } }: MessageEvent<{ id: number; question: Question }>) => {
  void engine.then(
    (inspect) => {
      const from = performance.now();
      let answered: Answered;
      try {
        answered = { inspection: inspect(question) };
      } catch (error) {
        answered = { failure: String(error) };
      }
      self.postMessage({ id, took: performance.now() - from, answered });
    },
    (error: unknown) => self.postMessage({ id, took: 0, answered: { failure: String(error) } satisfies Answered }),
  );
});
