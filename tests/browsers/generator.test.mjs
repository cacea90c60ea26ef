import assert from "node:assert/strict";
import { test } from "node:test";
import { DIMENSIONS, randomCase } from "./generator.mjs";

const CASES = [
  ...Array.from({ length: 6000 }, (_, index) => randomCase(7, index)),
  ...Array.from({ length: 500 }, (_, index) => randomCase(7, 6000 + index, "preload")),
];
const STEPS = CASES.flatMap(({ steps }) => steps);
const ANSWERS = CASES.flatMap(({ server }) => Object.values(server)).flatMap(({ main, pf }) => [main, pf].flat());

test("the same seed and index make the same case, others make others", () => {
  assert.deepEqual(randomCase(7, 12), CASES[12]);
  assert.equal(new Set(CASES.slice(0, 1000).map(({ steps, server }) => JSON.stringify([steps, server]))).size, 1000);
  assert.notDeepEqual(randomCase(8, 12).server, CASES[12].server);
  assert.equal(CASES[12].id, "random-7/00012");
});

test("every value of every dimension appears", () => {
  const table = {
    page: [CASES.map(({ page }) => page ?? "A"), ["A", "P", "S"]],
    context: [CASES.map(({ ctx }) => ctx ?? "page"), ["page", "sandbox", "data", "sandbox-srcdoc", "srcdoc", "blob", "worker", "frame"]],
    policy: [CASES.map(({ policy }) => policy?.[0][1]), ["upgrade-insecure-requests", undefined]],
    api: [STEPS.map(({ api }) => api), ["fetch", "xhr", "img", "script", "css", "font", "eventsource", "beacon", "import", "preload"]],
    as: [STEPS.map(({ as }) => as), ["image", "script", "style", "font", "fetch", undefined]],
    insecure: [STEPS.map(({ url }) => /^http:\/\/\{\{(\w+)\.host/.exec(url)?.[1]), ["S", "S2", "T", "U", undefined]],
    steps: [CASES.map(({ steps }) => steps.length), [1, 2, 3, 4]],
    hops: [CASES.map(({ server }) => Object.keys(server).length), [1, 2, 3, 4]],
    target: [STEPS.map(({ url }) => /^\{\{(\w+)\}\}/.exec(url)?.[1]), ["A", "A2", "X", "B", "C", "P", "Q", "S", "S2", "T", "U"]],
    via: [STEPS.map(({ via }) => via), ["Headers", "append", "set", undefined]],
    method: [STEPS.map(({ init, method }) => init?.method ?? method), ["GET", "HEAD", "POST", "PUT", "DELETE", "patch", "PATCH", "TRACE", "G@T", "FOO", "QUERY"]],
    mode: [STEPS.map(({ init }) => init?.mode), ["cors", "no-cors", "same-origin", "navigate"]],
    credentials: [STEPS.map(({ init }) => init?.credentials), ["omit", "same-origin", "include", undefined]],
    cache: [STEPS.map(({ init }) => init?.cache), ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]],
    redirect: [STEPS.map(({ init }) => init?.redirect), ["follow", "manual", "error"]],
    referrer: [STEPS.map(({ init }) => init?.referrerPolicy), ["", "no-referrer", "unsafe-url", "same-origin", "strict-origin-when-cross-origin"]],
    again: [CASES.flatMap(({ steps }) => steps.filter(({ api, url }, index) => steps.slice(0, index).some((earlier) => earlier.api === api && earlier.url === url)).map(({ api }) => api)), ["img", "script", "css", "font", "import", "preload"]],
    crossorigin: [STEPS.map(({ crossorigin }) => crossorigin), [undefined, "", "anonymous", "use-credentials", "bogus"]],
    xhr: [STEPS.flatMap(({ upload, sync, wc }) => [upload && "upload", sync && "sync", wc === true && "credentials"]), ["upload", "sync", "credentials"]],
    wait: [STEPS.map(({ wait }) => wait !== undefined), [true, false]],
    status: [ANSWERS.map(({ s }) => s), [200, 204, 299, 301, 302, 303, 304, 307, 308, 404, 407, 500, 999]],
    drop: [ANSWERS.map(({ drop }) => drop), [true, undefined]],
    delay: [ANSWERS.map(({ d }) => d !== undefined), [true, false]],
    response: [ANSWERS.flatMap(({ h }) => (h ?? []).map(([name]) => name)), ["Access-Control-Max-Age", "Access-Control-Expose-Headers", "Vary", "ETag", "Cache-Control", "Set-Cookie", "Location", "Cross-Origin-Resource-Policy"]],
  };
  for (const [dimension, [found, expected]] of Object.entries(table)) {
    const seen = new Set(found);
    for (const value of expected) assert.ok(seen.has(value), `${dimension}: ${value} is never made`);
  }
});

test("bytes, lengths and repeated lines are made", () => {
  const headers = STEPS.flatMap(({ init, headers: own }) => init?.headers ?? own ?? []);
  assert.ok(headers.some(([, value]) => /[\x80-\xff]/.test(value)));
  for (const length of [127, 128, 129, 1024]) assert.ok(headers.some(([, value]) => value.length === length), `${length}`);
  const origins = ({ h }) => (h ?? []).filter(([name]) => name.toLowerCase() === "access-control-allow-origin");
  assert.ok(ANSWERS.some((answer) => origins(answer).length === 2));
  assert.ok(ANSWERS.some((answer) => origins(answer).length === 0));
});

test("every string is latin-1, but for what a browser has to refuse", () => {
  for (const { server } of CASES) assert.doesNotMatch(JSON.stringify(server), /[^\0-\xff]/);
});

test("the dimensions have different names", () => {
  assert.equal(new Set(DIMENSIONS).size, DIMENSIONS.length);
});
