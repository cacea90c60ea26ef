// npm run bench: what verdicts cost, natively (instructions and nanoseconds) and through the WebAssembly boundary in Node
// (microseconds, over the 10,000 pairs of tests/bench). Times are of this machine, now: compare them within one run only.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { install, run } from "./install.mjs";

/** The scenario of a pair of the workload: its preflight's answer, where one is asked for, and its real one. */
function scenario({ origin, url, method, headers, credentials, mode, preflight, response }) {
  const call = { api: "fetch", url, init: { method, headers, credentials, mode } };
  const answers = preflight ? [preflight, response] : [response];
  return { page: { url: `${origin}/` }, fetches: [{ call, answers }] };
}

/** Microseconds a pair that `work` takes over all of `pairs`, the best of some rounds. */
function cost(pairs, work) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint();
    for (const pair of pairs) work(pair);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / pairs.length);
  }
  return best;
}

install();
run("cargo", ["run", "--quiet", "--locked", "--package", "xtask", "--", "bench"]);
run("npm", ["run", "--silent", "build"]);
const { evaluate, explain } = await import("../pkg/index.js");
const lines = gunzipSync(readFileSync(new URL("../tests/bench/workload.jsonl.gz", import.meta.url))).toString().trim().split("\n");
const pairs = lines.map((line) => scenario(JSON.parse(line)));
console.log(`\nthrough WebAssembly in Node ${process.version}, ${pairs.length} pairs, microseconds a pair`);
console.log(`evaluate              ${cost(pairs, evaluate).toFixed(1)}`);
console.log(`evaluate and explain  ${cost(pairs, explain).toFixed(1)}`);
console.log(`JSON.stringify        ${cost(pairs, JSON.stringify).toFixed(1)}  (of the scenario, for comparison)`);
