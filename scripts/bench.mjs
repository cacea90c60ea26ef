// npm run bench: what verdicts cost, natively (instructions and nanoseconds) and through the WebAssembly boundary in Node
// (microseconds of the processor, over the 10,000 pairs of tests/bench). Times are of this machine, now: compare them within one run only.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { install, run } from "./install.mjs";

/** The scenario of a pair of the workload: its preflight's answer, where one is asked for, and its real one. */
function scenario({ origin, url, method, headers, credentials, mode, preflight, response }) {
  const call = { api: "fetch", url, init: { method, headers, credentials, mode } };
  const answers = preflight ? [preflight, response] : [response];
  return { page: { url: `${origin}/` }, fetches: [{ call, answers }] };
}

/** The same for `decide`, which looks at the preflight's answer only where there has to be one. */
function exchange({ origin, url, method, headers, credentials, mode, preflight, response }) {
  return { request: { origin, url, method, headers, credentials, mode }, preflight, response };
}

/** Fails unless `decide` says of every pair what is right. */
function check(exchanges, expected) {
  exchanges.forEach((exchange, index) => {
    const { branch, outcome, readable } = decide(exchange);
    const found = [branch === "corsWithPreflight", outcome.type === "allowed", readable];
    const { id, preflight, ok, exposed } = expected[index];
    if (JSON.stringify(found) !== JSON.stringify([preflight, ok, exposed])) throw new Error(`pair ${id}: decide says ${JSON.stringify(found)}`);
  });
}

function read(name) {
  const text = gunzipSync(readFileSync(new URL(`../tests/bench/${name}.jsonl.gz`, import.meta.url))).toString();
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

/** Microseconds of the processor that `work` takes a pair over all of `pairs`, the best of some rounds. */
function cost(pairs, work, units = pairs.length) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    for (const pair of pairs) work(pair);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / units);
  }
  return best;
}

install();
run("cargo", ["run", "--quiet", "--locked", "--package", "xtask", "--", "bench"]);
run("npm", ["run", "--silent", "build"]);
const { decide, decideAll, evaluate } = await import("../pkg/index.js");
const { explain } = await import("../pkg/explain.js");
const workload = read("workload");
const exchanges = workload.map(exchange);
const pairs = workload.map(scenario);
check(exchanges, read("expected"));
console.log(`\nthrough WebAssembly in Node ${process.version}, ${pairs.length} pairs, microseconds of the processor a pair`);
console.log(`decide                ${cost(exchanges, decide).toFixed(1)}`);
console.log(`decideAll             ${cost([exchanges], decideAll, pairs.length).toFixed(1)}`);
console.log(`evaluate              ${cost(pairs, evaluate).toFixed(1)}`);
console.log(`evaluate and explain  ${cost(pairs, explain).toFixed(1)}`);
console.log(`JSON.stringify        ${cost(pairs, JSON.stringify).toFixed(1)}  (of the scenario, for comparison)`);
