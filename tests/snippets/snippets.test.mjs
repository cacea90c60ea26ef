// The snippets, run: each server that is here is started with its snippet for each policy, and asked what browsers would ask. What
// comes back has to have the verdicts that the policy promises, under every profile. With CI set, every server has to be here.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { CASES, FOREIGN, WITHOUT_ORIGIN } from "./cases.mjs";
import { startEngine } from "./engine.mjs";
import { ask, connect, verdict } from "./exchange.mjs";
import { POLICIES } from "./policies.mjs";
import { buildRust, linkPackages, SERVERS, startServer } from "./servers.mjs";
import { SHORTFALLS } from "./shortfalls.mjs";
import { startUpstream } from "./upstream.mjs";

/** With what the snippets were run: what they say of themselves. */
const RUNS = new URL("../../src/snippets/runs.txt", import.meta.url);

const PROFILES = ["spec", "chromium", "firefox", "webkit"];

/** The headers of the routes that script reads where they are exposed. */
const EXPOSABLE = ["x-version", "x-total", "x-secret"];

/** What script reads whatever a server exposes, and differs from one server to the next. */
const isExposable = (word) => /^\d+$/.test(word) || EXPOSABLE.includes(word) || /^[A-Z]/.test(word);

const names = (headers, wanted) =>
  headers.flatMap(([name, value]) => (name.toLowerCase() === wanted ? value.split(",").map((item) => item.trim().toLowerCase()) : []));

const versions = new Map();
for (const server of SERVERS) versions.set(server.id, await server.version());

/** Which servers kept every promise. */
const kept = new Map();

let engine;
let upstream;
const written = new Map();

/** Writes down with what the snippets were run. The servers that are not here, or did not keep every promise, keep their line. */
async function save() {
  const before = new Map((await readFile(RUNS, "utf8")).trim().split("\n").map((line) => [line.split(" ")[0], line]));
  const isKept = ({ id }) => kept.get(id) === Object.keys(POLICIES).length;
  const lines = SERVERS.map((server) => (isKept(server) ? `${server.id} ${versions.get(server.id)}` : before.get(server.id)));
  await writeFile(RUNS, lines.filter((line) => line !== undefined).map((line) => `${line}\n`).join(""));
}

/** Whether caches may give an answer that is for one origin to another. */
const lacksVary = (answer, right) =>
  names(right.headers, "vary").includes("origin") && !names(answer.headers, "vary").some((item) => item === "origin" || item === "*");

/** For how many seconds the answer to a preflight is remembered. */
const remembered = (answer) => Number(names(answer.headers, "access-control-max-age")[0] ?? 5);

/** The scenario of a case, as `profile` sees it. */
function scenario({ origin, path, init }, profile) {
  const page = origin === "null" ? { url: "https://app.example/", origin: "null" } : { url: `${origin}/` };
  return { profile, page, fetches: [{ call: { api: "fetch", url: `https://api.example${path}`, init } }] };
}

/** What a right server would have answered where this one answered `answer`. */
async function promised(policy, request, answer) {
  const value = (wanted) => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const asked = { method: request.method, origin: value("origin"), requestedMethod: value("access-control-request-method") };
  const own = answer.headers.filter(([name]) => !/^(access-control-.*|vary)$/i.test(name));
  const lines = await engine.answer(policy, asked);
  const status = request.purpose === "preflight" ? 204 : answer.status;
  return { status, headers: [...own, ...lines] };
}

// NB: hooks outside of every suite run only once nothing keeps the process alive, which the engine does.
describe("the snippets", () => {
  before(async () => {
    await linkPackages();
    engine = await startEngine();
    upstream = await startUpstream();
    for (const [policy, value] of Object.entries(POLICIES)) written.set(policy, await engine.snippets(value));
    if (versions.get("axum")) await buildRust(written);
  });

  after(async () => {
    if (process.env.SNIPPETS_SAVE) await save();
    await engine?.stop();
    await upstream?.stop();
  });

  for (const server of SERVERS) {
    const version = versions.get(server.id);
    const skip = version === undefined && !process.env.CI ? `${server.id} is not here` : false;

    describe(`${server.id}${version ? ` (${version})` : ""}`, { skip }, () => {
      test("what it was run with is written down", { skip: process.env.SNIPPETS_SAVE ? "it is written anew" : false }, async (t) => {
        const { tested } = written.get("bare").find(({ id }) => id === server.id);
        assert.equal(tested.type, "run", "npm run snippets -- --save writes it down");
        // Another version that keeps its promise is good news, and not a failure.
        if (tested.with !== version) t.diagnostic(`the snippet says that it was run with ${tested.with}; this is ${version}`);
      });

      for (const [name, policy] of Object.entries(POLICIES)) {
        test(`the policy "${name}"`, async () => {
          assert.ok(version, `${server.id} has to be here: .ci/run installs it`);
          const snippet = written.get(name).find(({ id }) => id === server.id);
          const started = await startServer(server, { snippet, policy: name, upstream: upstream.port });
          const connection = connect(started.port);
          const seen = new Set();
          const wrong = [];
          try {
            for (const row of CASES) wrong.push(...(await differences({ server, row, name, policy, connection, seen, snippet })));
          for (const [path, status] of WITHOUT_ORIGIN) {
            const request = { method: "GET", url: `https://api.example${path}`, headers: [] };
            const answer = await connection.send(request);
            const expected = status.replace("503", server.down ?? "503");
            if (String(answer.status) !== expected || lacksVary(answer, await promised(policy, request, answer))) {
              wrong.push({ case: `without an origin, ${path}`, expected, ...answer });
            }
          }
          } finally {
            connection.close();
            await started.stop();
          }
          assert.equal(wrong.map((difference) => JSON.stringify(difference)).join("\n"), "");
          const noted = snippet.notes.map(({ id }) => id).filter((id) => id in SHORTFALLS);
          assert.deepEqual([...seen].sort(), noted.sort(), "the notes name the differences that there are");
        kept.set(server.id, (kept.get(server.id) ?? 0) + 1);
        });
      }
    });
  }
});

/** In what the server's answers to a case differ from the promise, but for what the notes say, which is added to `seen`. */
async function differences({ server, row, name, policy, connection, seen, snippet }) {
  const wrong = [];
  const answers = new Map();
  const differs = (difference) => {
    const noted = snippet.notes.map(({ id }) => id).find((id) => SHORTFALLS[id]?.(difference));
    if (noted !== undefined) seen.add(noted);
    else wrong.push({ case: row.name, ...difference, row: undefined });
  };
  const answer = async (request) => {
    const key = JSON.stringify(request);
    if (answers.has(key)) return answers.get(key);
    const received = await connection.send(request);
    answers.set(key, received);
    const isPreflight = request.purpose === "preflight";
    const right = await promised(policy, request, received);
    if (lacksVary(received, right)) differs({ kind: "vary", row, isPreflight, ...received });
    if (isPreflight && names(received.headers, "access-control-allow-origin").length > 0) {
      const [is, promised] = [remembered(received), remembered(right)];
      if (is !== promised) differs({ kind: "maxAge", row, is, promised });
    }
    return received;
  };
  for (const profile of PROFILES) {
    const real = await ask(scenario(row, profile), answer);
    const right = await ask(scenario(row, profile), async (request) => promised(policy, request, await answer(request)));
    const found = verdict(right).split(" ").filter(isExposable).join(" ");
    // A proxy says that what is behind it is down with one of two numbers.
    const expected = row.expected[name].replace("503", server.down ?? "503");
    if (found !== expected) wrong.push({ case: row.name, profile, promised: found, expected });
    if (verdict(real) !== verdict(right)) {
      differs({ kind: "verdict", row, profile, is: verdict(real), promised: verdict(right), exchanges: real.exchanges.map((exchange) => exchange.response) });
    }
    const isForeign = FOREIGN.includes(row.origin) && policy.origins !== "any";
    if (isForeign && real.outcome.type === "response") wrong.push({ case: row.name, profile, foreign: verdict(real) });
  }
  return wrong;
}
