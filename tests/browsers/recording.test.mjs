import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { differences } from "./differences.mjs";
import { observation } from "./observation.mjs";
import { parseOptions } from "./options.mjs";
import { contract, expand } from "./origins.mjs";
import { instructions, readRecordings, writeRecordings } from "./recording.mjs";
import { replay } from "./replay.mjs";

test("placeholders are replaced, and put back", () => {
  for (const [text, expanded] of [
    ["{{A}}/{{ID}}/m", "http://a.test:8101/zq1/m"],
    ["'{{P}}'", "'http://a.test'"],
    ["{{A2}}, {{S2}}", "http://a.test:8102, https://a.test:8204"],
  ]) {
    assert.equal(expand(text, "zq1"), expanded);
    assert.equal(contract(expanded, "zq1"), text);
  }
  assert.equal(expand("http://u@{{B.host}}/{{Z}}", "zq1"), "http://u@b.test:8103/{{Z}}");
  for (const kept of ["https://a.test", "http://a.test:8101.", "http://b.test:9/", "http://u@b.test:8103/"]) assert.equal(contract(kept, "zq1"), kept);
});

test("an observation has the kept headers, sorted, and the step of each request", () => {
  const recording = { steps: [{ init: { headers: [["X-A", "1"]] } }, { api: "xhr", headers: [["Accept", "x"]] }] };
  const seen = [{ at: 10, outcome: { out: "resolved" } }, { at: 20, outcome: { out: "rejected", err: "http://a.test:8101/zq1" } }];
  const request = (at, headers, more) => ({ at, to: "B", method: "GET", path: "/zq1/m", headers, isPreflight: false, bodyLength: 0, ...more });
  const log = [
    request(12, [["x-a", "1"], ["user-agent", "x"], ["origin", "http://a.test:8101"], ["if-range", "y"]]),
    request(20, [["accept", "x"], ["sec-fetch-mode", "cors"], ["access-control-request-method", "PUT"]], { isPreflight: true, bodyLength: 3 }),
  ];
  assert.deepEqual(observation(recording, "zq1", seen, log), {
    steps: [{ out: "resolved" }, { out: "rejected", err: "{{A}}/{{ID}}" }],
    wire: [
      { step: 0, to: "B", method: "GET", path: "/{{ID}}/m", headers: [["if-range", "y"], ["origin", "{{A}}"], ["x-a", "1"]], bodyLength: 0 },
      { step: 1, to: "B", method: "GET", path: "/{{ID}}/m", headers: [["accept", "x"], ["access-control-request-method", "PUT"]], preflight: true, bodyLength: 3 },
    ],
  });
});

test("files are read as they are written", () => {
  const directory = mkdtempSync(join(tmpdir(), "corscope-recording-"));
  const recording = { id: "a/b", steps: [{ url: "é" }], server: {}, expect: { firefox: { steps: [], wire: [] } }, console: {} };
  for (const name of ["plain.jsonl", "packed.jsonl.gz"]) {
    writeRecordings(join(directory, name), [recording, recording]);
    assert.deepEqual(readRecordings(join(directory, name)), [recording, recording]);
  }
  writeRecordings(join(directory, "broken.jsonl"), [{ id: 1 }]);
  assert.throws(() => readRecordings(join(directory, "broken.jsonl")), /broken\.jsonl:1: not a case/);
  rmSync(directory, { recursive: true });
  assert.deepEqual(instructions(recording), { id: "a/b", steps: [{ url: "é" }], server: {} });
});

test("differences are named, and placeholders make none", () => {
  const seen = (out, to) => ({ steps: [{ out }], wire: [{ step: 0, to, method: "GET", path: "/", headers: [["origin", "{{A}}"]] }] });
  const before = [
    { id: "a/same", expect: { all: seen("resolved", "B") } },
    { id: "a/other", expect: { chromium: seen("resolved", "B"), firefox: seen("rejected", "B") }, console: { firefox: [{ text: "x" }] } },
  ];
  const spelled = JSON.parse(JSON.stringify(seen("resolved", "B")).replace("{{A}}", "http://a.test:8101"));
  const now = [
    { id: "a/same", expect: { firefox: spelled }, console: { firefox: [] } },
    { id: "a/other", expect: { firefox: seen("rejected", "C") }, console: { firefox: [{ text: "y" }] } },
  ];
  const [first, last] = differences(before, now, "firefox");
  assert.match(first, /^a\/other\n {2}wire\[0\]\n[^]*"C"[^]*\n {2}console\n/);
  assert.equal(last, "1 of 2 cases as recorded before");
});

test("the command line is understood", () => {
  const options = parseOptions(["--engine", "firefox", "--from", "a.gz", "/b", "--out", "c", "--only", "x/", "--no-replay"], "/here");
  assert.deepEqual(options, { engine: "firefox", from: ["/here/a.gz", "/b"], out: "/here/c", only: "x/", alone: false, replay: false, cases: 500 });
  for (const [args, message] of [
    [["--seed", "1"], /--engine has to be one of chromium, firefox, webkit/],
    [["--engine", "chromium"], /either --seed or --from/],
    [["--engine", "chromium", "--seed", "x"], /--seed needs a whole number, not x/],
    [["--engine", "chromium", "--seed"], /--seed needs a value/],
    [["--engine", "chromium", "--from", "--seed", "1"], /--from needs a value/],
    [["-x"], /-x is no option/],
  ]) {
    assert.throws(() => parseOptions(args, "/"), message);
  }
});

test("what disagrees is recorded again, alone, as long as it goes on to disagree", async () => {
  const directory = mkdtempSync(join(tmpdir(), "corscope-replay-"));
  const path = (name) => join(directory, name);
  const recording = (id) => ({ id, steps: [], server: {} });
  writeRecordings(path("seen.jsonl.gz"), ["a/1", "a/2", "a/3"].map(recording));
  const [first, second] = [path("seen-again-1.jsonl.gz"), path("seen-again-2.jsonl.gz")];
  for (const [left, recorded, again] of [
    [[[]], [], []],
    [[["a/1", "a/3"], []], [["a/1", "a/3"]], ["--again", first]],
    [[["a/1", "a/3"], ["a/3"]], [["a/1", "a/3"], ["a/3"]], ["--again", first, "--again", second]],
  ]) {
    const taken = [];
    const rounds = [...left];
    const recordAlone = async (from, to) => {
      taken.push(readRecordings(from).map(({ id }) => id));
      assert.equal(to, [first, second][taken.length - 1]);
      return 0;
    };
    const code = await replay({ out: path("seen.jsonl.gz"), engine: "webkit" }, recordAlone, async (args) => {
      const at = args.indexOf("--left");
      if (at < 0) {
        assert.deepEqual(args, [path("seen.jsonl.gz"), "--engine", "webkit", ...again]);
        return 1;
      }
      writeFileSync(args[at + 1], rounds.shift().map((id) => `${id}\n`).join(""));
      return 0;
    });
    assert.deepEqual([code, taken, rounds], [1, recorded, []]);
  }
  rmSync(directory, { recursive: true });
});
