// What is worth knowing beyond the verdict, through JavaScript: exact objects, and SARIF that its schema takes.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { ENTRIES } from "./entries.mjs";

const require = createRequire(import.meta.url);

const PAGE = { url: "https://app.example/" };
const ALLOW = ["Access-Control-Allow-Origin", "https://app.example"];
const VARY = ["Vary", "Origin"];
const EVERY = ["spec", "chromium", "firefox", "webkit"];

const scenario = (init, answers) => ({ page: PAGE, fetches: [{ call: { api: "fetch", url: "https://api.example/me", init }, answers }] });
const answer = (...headers) => ({ status: 200, headers });
const observed = (answers, trusted = []) => ({
  call: { api: "fetch", url: "https://api.example/" },
  trusted,
  observations: answers.map(([origin, ...headers]) => ({ origin, answers: [answer(...headers)] })),
});

/** What is asked of a function, and its whole answer. */
const ROWS = [
  [
    "findings",
    [scenario({}, [answer(ALLOW)])],
    [
      {
        id: "vary-origin-missing",
        severity: "warning",
        topic: "caching",
        what: "https://api.example names the origin `https://app.example` in an answer that caches may keep, and does not say `Vary: Origin`.",
        why: "A cache may give this answer to another page of another origin, where it does not fit, and so blocks what the server would have allowed.",
        remedy: "Add `Vary: Origin` to every answer of this URL. Only a server that names this one origin whoever asks does without.",
        fetch: 0,
        evidence: [
          { type: "answerHeader", exchange: 0, line: 0, start: 0, end: 19 },
          { type: "answerHeaderMissing", exchange: 0, name: "Vary" },
        ],
        changes: [{ type: "setHeader", fetch: 0, answer: 0, name: "Vary", value: "Origin" }],
        link: "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
        page: "docs/findings/vary-origin-missing.md",
      },
    ],
  ],
  [
    "findings",
    [
      scenario({ headers: [["X-Requested-With", "x"]] }, [
        { status: 204, headers: [ALLOW, ["Access-Control-Allow-Headers", "x-requested-with"], ["Access-Control-Max-Age", "7200"]] },
        answer(ALLOW, VARY),
      ]),
    ],
    [
      {
        id: "avoidable-preflight",
        severity: "info",
        topic: "cost",
        what: "This request needs a preflight because of the header `X-Requested-With`, and could do without.",
        why: "A preflight costs a round trip before the request, for each URL.",
        remedy: "Drop `X-Requested-With`: libraries add it, and hardly any server reads it. (Where one does, as protection against forged requests, it has to stay.)",
        fetch: 0,
        evidence: [{ type: "requestHeader", exchange: 1, line: 0, start: 0, end: 1 }],
        changes: [{ type: "removeRequestHeader", name: "X-Requested-With" }],
        link: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
        page: "docs/findings/avoidable-preflight.md",
      },
    ],
  ],
  [
    "findings",
    [scenario({}, [answer(ALLOW, VARY, ["Access-Control-Allow-Method", "PUT"])])],
    [
      {
        id: "unknown-access-control-header",
        severity: "warning",
        topic: "noEffect",
        what: "No browser knows the header `Access-Control-Allow-Method: PUT`.",
        why: "A name that is nearly right is another name, and what it says is not read.",
        remedy: "It seems that `Access-Control-Allow-Methods` is meant: call it that.",
        fetch: 0,
        evidence: [{ type: "answerHeader", exchange: 0, line: 2, start: 0, end: 3 }],
        changes: [{ type: "replaceLine", fetch: 0, answer: 0, line: 2, name: "Access-Control-Allow-Methods", value: "PUT" }],
        link: "https://fetch.spec.whatwg.org/#http-responses",
        page: "docs/findings/unknown-access-control-header.md",
      },
    ],
  ],
  ["findings", [scenario({}, [answer(ALLOW, VARY)])], []],
  [
    "findingsOfObserved",
    [observed([["https://evil.example", ["Access-Control-Allow-Origin", "https://evil.example"], VARY]], ["https://app.example"])],
    [
      {
        id: "any-origin",
        severity: "info",
        topic: "security",
        what: "https://api.example lets `https://evil.example` read its answers, and nobody has a reason to list that origin.",
        why: "Without credentials this is as good as `*`: every page can read what the server gives to everybody who can reach it.",
        remedy: "If everybody may read it, send `Access-Control-Allow-Origin: *`, which is plainer and needs no Vary. If not, compare the whole Origin with a list.",
        fetch: 0,
        evidence: [
          { type: "answerHeader", exchange: 0, line: 0, start: 0, end: 20 },
          { type: "requestHeader", exchange: 0, line: 3, start: 0, end: 20 },
        ],
        changes: [{ type: "removeHeader", fetch: 0, answer: 0, name: "Access-Control-Allow-Origin" }],
        link: "https://fetch.spec.whatwg.org/#http-access-control-allow-origin",
        page: "docs/findings/any-origin.md",
      },
    ],
  ],
  [
    "whoCanRead",
    [observed([["https://evil.example", ["Access-Control-Allow-Origin", "*"]]])],
    [{ origin: "https://evil.example", trusted: null, readings: EVERY.map((profile) => ({ profile, withoutCredentials: "yes", withCredentials: "no" })) }],
  ],
  [
    "judgeAllowList",
    ["https://app.example"],
    { kind: "origins", meant: ["https://app.example"], anySubdomain: false, holes: [], instead: null, findings: [] },
  ],
  ["cookieLanes", [{ page: PAGE, fetches: [] }], EVERY.map((profile) => ({ profile, exchanges: [] }))],
];

/** The schema is of a draft that Ajv reads by an addition. */
// NB: a pattern of the schema makes no sense to Unicode.
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

const TEXT = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nX-\u{1f600}: 1\nAccess-Control-Allow-Origin: https://app.example\n";
const HAR = JSON.stringify({
  log: {
    entries: [
      {
        request: { method: "GET", url: "https://api.example/me?token=s3cr3t", headers: [{ name: "Origin", value: "https://app.example" }, { name: "Sec-Fetch-Mode", value: "cors" }] },
        response: { status: 200, headers: [{ name: "X-A", value: "1" }] },
      },
    ],
  },
});

/** The text after the edits of a log's first fix. */
function fixed(log, text) {
  const [{ replacements }] = log.runs[0].results[0].fixes[0].artifactChanges;
  let bytes = Buffer.from(text);
  for (const { deletedRegion, insertedContent } of [...replacements].reverse()) {
    const { byteOffset, byteLength } = deletedRegion;
    bytes = Buffer.concat([bytes.subarray(0, byteOffset), Buffer.from(insertedContent.text), bytes.subarray(byteOffset + byteLength)]);
  }
  return bytes.toString();
}

test("the schema of SARIF refuses what is none", () => {
  assert.equal(isSarif({ version: "2.1.0" }), false);
  assert.equal(isSarif({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{ message: {} }] }] }), false);
});

for (const [name, entry] of Object.entries(ENTRIES).filter(([name]) => name.includes("explain"))) {
  describe(name, () => {
    for (const [index, [call, args, expected]] of ROWS.entries()) {
      test(`${call} (row ${index})`, () => assert.deepEqual(entry[call](...args), expected));
    }

    test("findings as SARIF, with a fix that mends", () => {
      const log = entry.findingsAsSarif("https://app.example", TEXT, undefined, undefined, "answer.txt");
      assert.equal(isSarif(log), true, ajv.errorsText(isSarif.errors));
      assert.deepEqual(log.runs[0].results.map(({ ruleId }) => ruleId), ["vary-origin-missing"]);
      assert.equal(fixed(log, TEXT), `${TEXT}Vary: Origin\n`);
    });

    test("a HAR as SARIF, with a fix that repairs", () => {
      const triage = new entry.HarTriage();
      triage.push(Buffer.from(HAR));
      const log = triage.sarif("session.har");
      triage.free();
      assert.equal(isSarif(log), true, ajv.errorsText(isSarif.errors));
      assert.deepEqual(log.runs[0].results.map(({ ruleId }) => ruleId), ["allow-origin-missing"]);
      assert.ok(!JSON.stringify(log).includes("s3cr3t"));
      const headers = JSON.parse(fixed(log, HAR)).log.entries[0].response.headers;
      assert.deepEqual(headers, [{ name: "X-A", value: "1" }, { name: "Access-Control-Allow-Origin", value: "https://app.example" }]);
    });

    test("what makes no sense is refused with its place", () => {
      assert.throws(() => entry.findings({ page: PAGE, fetches: 1 }), /fetches/);
      assert.throws(() => entry.whoCanRead({ call: { api: "fetch", url: "https://api.example/" }, observations: [{ origin: "app.example", answers: [] }] }), /page\.url/);
    });
  });
}
