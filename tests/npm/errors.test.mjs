// What makes no sense throws an Error that names the place and what to write instead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, decide, evaluate } from "corscope";

const PAGE = { url: "https://app.example/" };
const scenario = (fetch) => ({ page: PAGE, fetches: [{ call: { api: "fetch", url: "/" }, answers: [{ status: 200, headers: [] }] }, fetch] });
const call = (call) => scenario({ call });
const init = (init) => call({ api: "fetch", url: "/", init });
const answer = (answer) => scenario({ call: { api: "fetch", url: "/" }, answers: [answer] });
const itself = {};
itself.itself = itself;

const CASES = [
  [undefined, "scenario", "nothing stands here; write an object"],
  ["{}", "scenario", "a string stands here; write an object"],
  [{}, "page", "this is missing; write an object"],
  [{ page: PAGE }, "fetches", "this is missing; write a list"],
  [{ page: PAGE, fetches: {} }, "fetches", "an object stands here; write a list"],
  [{ page: {}, fetches: [] }, "page.url", "this is missing; write a string"],
  [{ page: ["https://app.example/"], fetches: [] }, "page", "a list stands here; write an object"],
  [{ page: { url: "app.example" }, fetches: [] }, "page.url", /is not an absolute URL/],
  [{ page: { ...PAGE, noPrompts: "yes" }, fetches: [] }, "page.noPrompts", "a string stands here; write true or false"],
  [{ page: { ...PAGE, refererPolicy: "origin" }, fetches: [] }, "page.refererPolicy", /^nothing of this name is read; known are url, origin, baseUrl, .*referrerPolicy/],
  [{ page: { ...PAGE, referrerPolicy: "orign" }, fetches: [] }, "page.referrerPolicy", /^"orign" is none of "", "no-referrer", /],
  [{ page: PAGE, fetches: [], version: 2 }, "version", /^2 is not known, this is version 1/],
  [{ page: PAGE, fetches: [], version: 1.5 }, "version", "this is not a whole number from 0 to 4294967295"],
  [{ page: PAGE, fetches: [], state: { cookies: [{ name: "a", value: "b" }] } }, "state.cookies[0].domain", "this is missing; write a string"],
  [{ page: PAGE, fetches: [], state: { preflightCache: [{ key: "", origin: "", url: "", maxAge: 1, storedAt: 1, credentials: false, allows: "any" }] } }, "state.preflightCache[0].allows", '"any" is none of "anyMethod", "anyHeaderName"'],
  [call({ url: "/" }), "fetches[1].call.api", /^write one of "fetch", "xhr", /],
  [call({ api: "ftch", url: "/" }), "fetches[1].call.api", /^"ftch" is none of "fetch", "xhr", /],
  [call({ api: "font" }), "fetches[1].call.url", "this is missing; write a string"],
  [call({ api: "font", url: "/", crossOrigin: "" }), "fetches[1].call.crossOrigin", "nothing of this name is read; known are api, url"],
  [init({ method: 5 }), "fetches[1].call.init.method", "a number stands here; write a string"],
  [init({ headers: [["a", "b"], ["c"]] }), "fetches[1].call.init.headers[1]", "1 items stand here; write a pair: [name, value]"],
  [init({ headers: { a: "b", c: 5 } }), "fetches[1].call.init.headers[1][1]", "a number stands here; write a string"],
  [init({ body: "text" }), "fetches[1].call.init.body", "a string stands here; write an object"],
  [init({ body: { type: "text", txt: "a" } }), "fetches[1].call.init.body.text", "this is missing; write a string"],
  [answer({ status: 99999 }), "fetches[1].answers[0].status", "this is not a whole number from 0 to 65535"],
  [answer({ headers: [] }), "fetches[1].answers[0]", "an answer needs a `status` (and `headers`), or a `failure`"],
  [answer({ status: 200, failure: "offline" }), "fetches[1].answers[0]", "an answer has either a `status` or a `failure`, not both"],
  [answer({ failure: "gone" }), "fetches[1].answers[0].failure", '"gone" is none of "offline", "connection", "nameNotFound", "refused", "certificate", "closed", "lost", "clientCertificate", "malformed", "aborted"'],
  [answer({ status: 200, headers: [["X", "\u20ac"]] }), "fetches[1].answers[0].headers[0][1]", "'€' at character 0 is not a byte: here every character stands for one byte, U+0000 to U+00FF"],
  [answer(Response.error()), "fetches[1].answers[0]", /^a Response of type error does not show what the server sent/],
  [call(new Request("https://api.example/", { method: "POST", body: "a" })), "fetches[1].call", /^a Request does not say what its body was made of.* init\.body instead$/],
  [scenario({ call: { api: "fetch", url: "/" }, at: Number.NaN }), "fetches[1].at", /is no time/],
  [scenario({ call: { api: "fetch", url: "/" }, at: new Date(0) }), "fetches[1].at", "an object stands here; write a number"],
  [scenario({ call: { api: "fetch", url: "/" }, at: 1n }), "fetches[1].at", "a bigint stands here; only plain data is read"],
  [scenario({ call: { api: "fetch", url() {} } }), "fetches[1].call.url", "a function stands here; only plain data is read"],
  [call(itself), `fetches[1].call${".itself".repeat(13)}`, "this is nested deeper than 16 levels; does an object hold itself?"],
];

const REQUEST = { origin: "https://app.example", url: "https://api.example/" };
const RESPONSE = { status: 200 };
const DECIDE_CASES = [
  [null, "exchange", "nothing stands here; write an object"],
  [{ request: REQUEST }, "response", "this is missing; write an object"],
  [{ request: {}, response: RESPONSE }, "request.origin", "this is missing; write a string"],
  [{ request: { ...REQUEST, method: "\u20ac" }, response: RESPONSE }, "request.method", /^'€' at character 0 is not a byte/],
  [{ request: { ...REQUEST, credentials: true }, response: RESPONSE }, "request.credentials", "true or false stands here; write a string"],
  [{ request: { ...REQUEST, mode: "CORS" }, response: RESPONSE }, "request.mode", /^"CORS" is none of "same-origin", "cors", /],
  [{ request: { ...REQUEST, headers: [["a", "b"], ["c", 5]] }, response: RESPONSE }, "request.headers[1][1]", "a number stands here; write a string"],
  [{ request: { ...REQUEST, body: "a" }, response: RESPONSE }, "request.body", /^nothing of this name is read; known are origin, url, method, headers, /],
  [{ request: { ...REQUEST, origin: "https://app.example/" }, response: RESPONSE }, "request.origin", /^it is not a serialized origin; /],
  [{ request: { ...REQUEST, url: "/x" }, response: RESPONSE }, "request.url", /^it is not an absolute URL /],
  [{ request: REQUEST, response: RESPONSE, preflight: { status: -1 } }, "preflight.status", "this is not a whole number from 0 to 65535"],
];

for (const [call, given, place, message] of [...CASES.map((row) => [evaluate, ...row]), ...DECIDE_CASES.map((row) => [decide, ...row])]) {
  test(`${place}: ${message}`, () => {
    assert.throws(
      () => call(given),
      (error) => {
        assert.ok(error instanceof Error);
        assert.equal(error.name, "ScenarioError");
        assert.equal(error.place, place);
        const rest = error.message.slice(`${place}: `.length);
        assert.equal(error.message, `${place}: ${rest}`);
        typeof message === "string" ? assert.equal(rest, message) : assert.match(rest, message);
        return true;
      },
    );
  });
}

test("a Browser says which argument makes no sense, and works on", () => {
  const browser = new Browser();
  const fetch = { call: { api: "fetch", url: "/" } };
  assert.throws(() => browser.fetch({}, fetch), { name: "ScenarioError", place: "page.url" });
  assert.throws(() => browser.fetch(PAGE, {}), { name: "ScenarioError", place: "fetch.call" });
  assert.throws(() => new Browser({ cookie: [] }), { name: "ScenarioError", place: "state.cookie" });
  assert.throws(() => browser.fetch({ url: "app.example" }, fetch), { name: "ScenarioError", place: "page.url" });
  assert.equal(browser.fetch(PAGE, fetch).outcome.type, "needsAnswer");
});

test("what a getter throws is thrown on, and a Browser works on", () => {
  const mine = new RangeError("mine");
  const fetch = {
    get call() {
      throw mine;
    },
  };
  const browser = new Browser();
  assert.throws(() => browser.fetch(PAGE, fetch), (error) => error === mine);
  assert.throws(() => evaluate(new Proxy({}, { ownKeys() { throw mine; } })), (error) => error === mine);
  assert.equal(browser.fetch(PAGE, { call: { api: "fetch", url: "/" } }).outcome.type, "needsAnswer");
});
