// The engine through JavaScript: what goes in as an object comes out as one, byte for byte.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { ENTRIES } from "./entries.mjs";

const PAGE = { url: "https://app.example/" };
const PUT = { api: "fetch", url: "https://api.example/items", init: { method: "PUT", headers: [["X-One", "1"]] } };
const ALLOW = ["Access-Control-Allow-Origin", "https://app.example"];
const PREFLIGHT = { status: 204, headers: [ALLOW, ["Access-Control-Allow-Methods", "PUT"], ["Access-Control-Allow-Headers", "x-one"], ["Access-Control-Max-Age", "60"]] };
const ANSWER = { status: 200, headers: [ALLOW, ["Content-Type", "text/plain"], ["X-Secret", "1"]] };

/** A GET that is simple, and its answer. */
const get = (answer, call = { api: "fetch", url: "https://api.example/" }) => ({ page: PAGE, fetches: [{ call, answers: answer ? [answer] : [] }] });

for (const [entry, { decide, evaluate, Browser }] of Object.entries(ENTRIES)) {
  const first = (scenario) => evaluate(scenario).fetches[0];

  describe(entry, () => {
    test("a preflighted exchange, known in full", () => {
      const { outcome, exchanges, request, responseHeaders } = first({ page: PAGE, fetches: [{ call: PUT, answers: [PREFLIGHT, ANSWER] }] });
      assert.deepEqual(outcome, {
        type: "response",
        responseType: "cors",
        status: 200,
        statusText: "",
        url: "https://api.example/items",
        redirected: false,
        headers: [["content-type", "text/plain"]],
        nullBody: false,
        tainting: "cors",
        timingAllowed: false,
      });
      assert.deepEqual(exchanges.map(({ request: { purpose, method }, source, answer }) => [purpose, method, source, answer]), [
        ["preflight", "OPTIONS", "network", 0],
        ["actual", "PUT", "network", 1],
      ]);
      assert.deepEqual(request.preflightReasons, [
        { type: "method", method: "PUT" },
        { type: "header", line: 0, name: "X-One", value: "1", unsafeBecause: { reason: "name" } },
      ]);
      assert.deepEqual(responseHeaders.map(({ name, readable, why }) => [name, readable, why]), [
        ["Access-Control-Allow-Origin", false, "notExposed"],
        ["Content-Type", true, "safelisted"],
        ["X-Secret", false, "notExposed"],
      ]);
    });

    test("a CORS check that fails", () => {
      const { outcome } = first(get({ status: 200, headers: [["access-control-allow-origin", "https://app.example/"]] }));
      assert.deepEqual(outcome, {
        type: "networkError",
        code: "HF-CORS",
        step: { algorithm: "httpFetch", number: "4.4", url: "https://fetch.spec.whatwg.org/#concept-http-fetch" },
        failed: {
          type: "corsCheck",
          step: { algorithm: "corsCheck", number: "4", url: "https://fetch.spec.whatwg.org/#concept-cors-check" },
          failed: { reason: "originMismatch", line: 0, lines: 1 },
        },
        error: "TypeError",
        hop: 0,
        exchange: 0,
        evidence: outcome.evidence,
      });
      assert.deepEqual(outcome.evidence[0], { type: "answerHeader", exchange: 0, line: 0, start: 0, end: 20 });
    });

    test("one answer at a time", () => {
      const answers = [];
      const asked = [];
      for (;;) {
        const { outcome } = first({ page: PAGE, fetches: [{ call: PUT, answers }] });
        if (outcome.type !== "needsAnswer") {
          assert.equal(outcome.type, "response");
          break;
        }
        assert.equal(outcome.exchange, answers.length);
        asked.push(outcome.request.method);
        answers.push([PREFLIGHT, ANSWER][answers.length]);
      }
      assert.deepEqual(asked, ["OPTIONS", "PUT"]);
    });

    test("a report is plain data, without undefined", () => {
      for (const answers of [[], [PREFLIGHT], [PREFLIGHT, ANSWER], [{ failure: "connection" }]]) {
        const report = evaluate({ page: PAGE, fetches: [{ call: PUT, answers }] });
        assert.deepEqual(report, JSON.parse(JSON.stringify(report)));
        assert.equal(report.version, 1);
      }
    });

    test("a Browser remembers, and its state is data", () => {
      const browser = new Browser();
      const fetch = (answers, at) => browser.fetch(PAGE, { call: PUT, answers, at });
      assert.deepEqual(browser.state, {});
      assert.equal(fetch([], 0).outcome.type, "needsAnswer");
      assert.deepEqual(browser.state, {});
      assert.deepEqual(fetch([PREFLIGHT, ANSWER], 0).exchanges.map(({ request }) => request.method), ["OPTIONS", "PUT"]);
      assert.deepEqual(browser.state.preflightCache.map(({ allows }) => allows), [{ method: "PUT" }, { headerName: "x-one" }]);
      assert.deepEqual(fetch([ANSWER], 1).exchanges.map(({ request }) => request.method), ["PUT"]);

      const again = new Browser(structuredClone(browser.state));
      assert.deepEqual(again.state, browser.state);
      assert.equal(again.fetch(PAGE, { call: PUT, at: 59 }).outcome.request.method, "PUT");
      assert.equal(again.fetch(PAGE, { call: PUT, at: 61 }).outcome.request.method, "OPTIONS");
      assert.deepEqual(evaluate({ page: PAGE, fetches: [{ call: PUT, at: 59 }], state: browser.state }).fetches[0].outcome.request.method, "PUT");
      for (const nothing of [undefined, null]) {
        assert.deepEqual(new Browser(nothing).state, {});
      }
      browser.free();
      again.free();
    });

    test("the verdict alone", () => {
      const request = { origin: "https://app.example", url: "https://api.example/items" };
      const response = { status: 200, headers: [["Vary", "Origin"], ALLOW, ["Content-Type", "text/plain"]] };
      const put = { ...request, method: "PUT", headers: [["X-One", "1"]] };
      const failed = (failed) => ({ type: "blocked", failed });
      for (const [exchange, branch, outcome, readable] of [
        [{ request, response }, "cors", { type: "allowed", tainting: "cors" }, [2]],
        [{ request: { ...request, url: new URL(request.url) }, response: new Response(null, { headers: response.headers }) }, "cors", { type: "allowed", tainting: "cors" }, [1]],
        [{ request: { ...request, mode: "no-cors" }, response }, "noCors", { type: "allowed", tainting: "opaque" }, []],
        [{ request: { ...request, origin: "https://api.example" }, response }, "sameOrigin", { type: "allowed", tainting: "basic" }, [0, 1, 2]],
        [{ request: { ...request, mode: "same-origin" }, response }, "sameOriginMode", failed({ type: "sameOriginMode" }), []],
        [{ request: { ...request, url: "ftp://api.example/" }, response }, "schemeNotHttp", failed({ type: "schemeNotHttp" }), []],
        [{ request: { ...request, credentials: "include" }, response }, "cors", failed({ type: "corsCheck", failed: { reason: "allowCredentialsMissing" } }), []],
        [{ request, response: { status: 200 } }, "cors", failed({ type: "corsCheck", failed: { reason: "allowOriginMissing" } }), []],
        [{ request: put, response }, "corsWithPreflight", { type: "preflightWanted" }, []],
        [{ request: put, preflight: null, response }, "corsWithPreflight", { type: "preflightWanted" }, []],
        [{ request: put, preflight: PREFLIGHT, response }, "corsWithPreflight", { type: "allowed", tainting: "cors" }, [2]],
        [{ request: put, preflight: { status: 204, headers: { "access-control-allow-origin": "*", "access-control-allow-methods": "put" } }, response }, "corsWithPreflight", failed({ type: "preflight", failed: { reason: "method", wildcardIgnored: false } }), []],
        [{ request: put, preflight: { status: 500, headers: [ALLOW] }, response }, "corsWithPreflight", failed({ type: "preflight", failed: { reason: "status", status: 500 } }), []],
        [{ request: { ...request, useCorsPreflight: true }, preflight: { status: 200 }, response }, "corsWithPreflight", failed({ type: "preflight", failed: { reason: "corsCheck", failed: { reason: "allowOriginMissing" } } }), []],
      ]) {
        assert.deepEqual(decide(exchange), { branch, outcome, readable });
      }
    });

    test("bytes survive", () => {
      const bytes = Array.from({ length: 0x80 }, (_, index) => String.fromCharCode(0x80 + index)).join("");
      const value = `caf\u00e9 ${bytes}`;
      const { outcome, responseHeaders, exchanges } = first(get({ status: 200, statusText: "\u00e9", headers: [ALLOW, ["Content-Language", value]] }, { api: "fetch", url: "https://api.example/", init: { headers: [["X-Bytes", value]] } }));
      assert.equal(outcome.type, "networkError");
      assert.equal(exchanges[0].request.headers.find(([name]) => name === "Access-Control-Request-Headers")[1], "x-bytes");

      const simple = first(get({ status: 200, statusText: "\u00e9", headers: [ALLOW, ["Content-Language", value]] }));
      assert.deepEqual(simple.outcome.headers, [["content-language", value]]);
      assert.equal(simple.outcome.statusText, "\u00e9");
      assert.equal(simple.responseHeaders[1].value, value);
      assert.equal(simple.exchanges[0].response.headers[1][1], value);

      const same = first({ page: PAGE, fetches: [{ call: { api: "fetch", url: "/", init: { headers: [["X-Bytes", value]] } } }] });
      assert.equal(same.outcome.request.headers.find(([name]) => name === "X-Bytes")[1], value);
    });

    test("undefined and null count as absent", () => {
      const bare = get(ANSWER);
      const padded = (nothing) => ({
        version: nothing,
        page: { ...PAGE, origin: nothing, ancestors: nothing, referrerPolicy: nothing, acceptLanguage: nothing, noPrompts: nothing },
        fetches: [{ call: { api: "fetch", url: "https://api.example/", init: { method: nothing, headers: nothing, body: nothing, keepalive: nothing }, headerEdits: nothing }, at: nothing, answers: [{ ...ANSWER, statusText: nothing, at: nothing, failure: nothing }], serviceWorker: nothing, blockedBy: nothing }],
        state: nothing,
      });
      assert.deepEqual(evaluate(padded(undefined)), evaluate(bare));
      assert.deepEqual(evaluate(padded(null)), evaluate(bare));
    });

    test("objects of a class, of another realm and without a prototype are objects", () => {
      class Answer {
        status = 200;
        headers = [ALLOW];
      }
      const expected = evaluate(get({ status: 200, headers: [ALLOW] }));
      assert.deepEqual(evaluate(get(new Answer())), expected);
      assert.deepEqual(evaluate(get(Object.assign(Object.create(null), new Answer()))), expected);
      assert.deepEqual(evaluate(runInNewContext(`(${JSON.stringify(get(new Answer()))})`)), expected);
    });

    test("what is given is not changed", () => {
      const scenario = get(ANSWER);
      const before = structuredClone(scenario);
      evaluate(scenario);
      assert.deepEqual(scenario, before);
    });

    test("the platform's URL, Headers, Request and Response stand for plain objects", () => {
      const url = "https://api.example/a?b#c";
      const same = (given, plain) => assert.deepEqual(evaluate(given), evaluate(plain));
      same(
        { page: { url: new URL(PAGE.url) }, fetches: [{ call: { api: "fetch", url: new URL(url) } }] },
        { page: PAGE, fetches: [{ call: { api: "fetch", url } }] },
      );
      for (const headers of [new Headers({ "X-One": "1", Accept: "*/*" }), { accept: "*/*", "x-one": "1" }, new Map([["accept", "*/*"], ["x-one", "1"]])]) {
        same(get(null, { api: "fetch", url, init: { headers } }), get(null, { api: "fetch", url, init: { headers: [["accept", "*/*"], ["x-one", "1"]] } }));
      }
      const init = { method: "DELETE", mode: "cors", credentials: "include", cache: "no-store", redirect: "manual", referrerPolicy: "origin", keepalive: true };
      same(
        get(null, new Request(url, { ...init, headers: { "X-One": "1" } })),
        get(null, { api: "fetch", url, init: { ...init, headers: [["x-one", "1"]], referrer: "about:client", integrity: "" } }),
      );
      const headers = new Headers([["X-Bytes", "caf\u00e9"], ["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"], ["Vary", "A"], ["Vary", "B"], ALLOW]);
      const response = new Response("body", { status: 201, statusText: "Made", headers });
      same(get(response), get({ status: 201, statusText: "Made", headers: [...response.headers] }));
      assert.deepEqual([...response.headers].filter(([name]) => name === "vary"), [["vary", "A, B"]]);
      assert.equal(first(get(response)).outcome.type, "response");
    });
  });
}

test("decide is right about every pair of the workload", async () => {
  const [{ readFile }, { gunzipSync }] = await Promise.all([import("node:fs/promises"), import("node:zlib")]);
  const read = async (name) => gunzipSync(await readFile(new URL(`../bench/${name}.jsonl.gz`, import.meta.url))).toString().trim().split("\n").map((line) => JSON.parse(line));
  const [pairs, expected] = await Promise.all([read("workload"), read("expected")]);
  assert.equal(pairs.length, 10_000);
  const { decide } = ENTRIES["import corscope"];
  for (const [index, { id, origin, url, method, headers, credentials, mode, preflight, response }] of pairs.entries()) {
    const { branch, outcome, readable } = decide({ request: { origin, url, method, headers, credentials, mode }, preflight, response });
    const found = { id, preflight: branch === "corsWithPreflight", ok: outcome.type === "allowed", exposed: readable };
    const { cls, code, ...right } = expected[index];
    assert.deepEqual(found, right);
  }
});

test("decideAll is decide of each, however it is written", () => {
  const { decide, decideAll } = ENTRIES["import corscope"];
  const request = { origin: "https://app.example", url: "https://api.example/me" };
  const star = [["Access-Control-Allow-Origin", "*"], ["X-One", " a "], ["X-Tw\u00f6", "\u00e9"]];
  const all = [
    { request, response: { status: 200, headers: star.slice(0, 2) } },
    { request, response: { status: 200, headers: star } },
    { request: { ...request, method: "PUT", profile: "firefox", mode: "cors", credentials: "omit" }, preflight: null, response: { status: 200, statusText: "OK", headers: star.slice(0, 1) } },
    { request: { ...request, method: "PUT" }, preflight: { status: 500, headers: star.slice(0, 1) }, response: { status: 200 } },
    { request: { ...request, method: "" }, response: { status: 200, headers: star.slice(0, 1) } },
    { request: { ...request, mode: "no-cors", useCorsPreflight: true }, response: { status: 65535 } },
    { request: { ...request, url: new URL(request.url), headers: { Authorization: "x" } }, response: new Response(null, { headers: { "Access-Control-Allow-Origin": "https://other.example" } }) },
    { request, response: { status: 200, headers: [["X-Long", "x".repeat(40_000)], ...star.slice(0, 1)] } },
    { request, response: { status: 200, headers: [...Array.from({ length: 2000 }, (_, index) => [`x-${index}`, "y"]), ...star.slice(0, 1)] } },
  ];
  const decisions = decideAll(all);
  assert.deepEqual(decisions, all.map((exchange) => decide(exchange)));
  assert.deepEqual(decisions.map(({ outcome, readable }) => [outcome.type, readable]), [
    ["allowed", []],
    ["allowed", []],
    ["preflightWanted", []],
    ["blocked", []],
    ["preflightWanted", []],
    ["allowed", []],
    ["preflightWanted", []],
    ["allowed", []],
    ["allowed", []],
  ]);
  // What crosses as it is, and what is packed because of one letter, are decided alike.
  for (const exchange of all) {
    const packed = { ...exchange, response: exchange.response instanceof Response ? exchange.response : { ...exchange.response, headers: [...(exchange.response.headers ?? []), ["X-P\u00e4cked", "1"]] } };
    assert.deepEqual(decide(packed).outcome, decide(exchange).outcome);
  }
  // What is given is nobody else's.
  decide(all[0]).outcome.type = "mine";
  assert.equal(decide(all[0]).outcome.type, "allowed");
  assert.deepEqual(decideAll([]), []);
  assert.throws(() => decideAll([all[0], { request, response: { status: "200" } }]), { name: "ScenarioError", place: "[1].response.status" });
  assert.throws(() => decideAll([{ request: { ...request, url: "/me" }, response: { status: 200 } }]), { place: "[0].request.url" });
  assert.throws(() => decideAll({}), { name: "ScenarioError", place: "exchanges" });
  const getter = { request: { ...request, get url() { return decide(all[0]).outcome.type === "allowed" ? request.url : ""; } }, response: all[0].response };
  assert.deepEqual(decide(getter), decide(all[0]));
});

test("nothing works in corscope/slim before init, and the error says so", async () => {
  const slim = await import(`${import.meta.resolve("corscope/slim")}?fresh`);
  assert.throws(() => slim.evaluate(get(ANSWER)), { name: "Error", message: /await init\(/ });
  await assert.rejects(slim.init(new Response("no", { status: 404 })), { message: "corscope/slim:  answered with status 404 instead of the WebAssembly module" });
  const [{ readFile }, { createRequire }] = await Promise.all([import("node:fs/promises"), import("node:module")]);
  const module = await readFile(createRequire(import.meta.url).resolve("corscope/corscope.wasm"));
  await Promise.all([slim.init(new Response(module, { headers: { "content-type": "application/wasm" } })), slim.init(new Response(module))]);
  const browser = new slim.Browser();
  await slim.init("https://nobody.invalid/");
  assert.deepEqual(browser.state, {});
  assert.equal(slim.evaluate(get(ANSWER)).fetches[0].outcome.type, "response");
});
