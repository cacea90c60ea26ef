// The engine beside the tests: the snippets of a policy, and what a right server adds to an answer.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startProgram } from "../browsers/program.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** `{ snippets(policy), answer(policy, request), stop() }`. */
export async function startEngine() {
  const options = { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"], missing: "install Rust" };
  const { child, ended, stop } = await startProgram("cargo", ["run", "--quiet", "--locked", "--example", "snippets"], options);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last = Promise.resolve();
  const ask = (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    last = last.then(async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the engine ended with ${await ended} at ${JSON.stringify(question)}`);
      return JSON.parse(value);
    });
    return last;
  };
  return { snippets: (policy) => ask({ policy }), answer: (policy, request) => ask({ policy, request }), stop };
}
