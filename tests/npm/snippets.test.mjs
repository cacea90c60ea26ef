// Snippets through JavaScript: a policy goes in as an object, and what is wrong with it is said with its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { snippets } from "corscope/explain";

test("a policy as the configuration of a server", () => {
  const written = snippets({ origins: { list: ["https://app.example"] }, methods: ["PUT"], maxAge: 60 });
  const { server, files, tested, notes } = written.find(({ id }) => id === "express");
  assert.equal(server, "Express, with cors");
  assert.deepEqual(files, [
    {
      name: "app.js",
      language: "javascript",
      goes: "Right after `const app = express()`, before every other `app.use`.",
      text: [
        'import cors from "cors";',
        "",
        "app.use(",
        "  cors({",
        '    origin: "https://app.example",',
        '    methods: ["GET", "HEAD", "POST", "PUT"],',
        "    allowedHeaders: [],",
        "    maxAge: 60,",
        "  }),",
        ");",
        "",
      ].join("\n"),
    },
  ]);
  assert.equal(tested.type, "run");
  assert.match(tested.with, /^express \d+\.\d+\.\d+, cors \d/);
  assert.deepEqual(notes.map(({ id }) => id), ["first", "onePlace", "installNpm"]);
  assert.equal(written.find(({ id }) => id === "spring").tested.type, "notRun");
});

test("what is wrong with a policy", () => {
  const rows = [
    [{ origins: "all" }, "policy.origins", /"all" is none of "any"/],
    [{ origins: { list: [] } }, "policy.origins", /nobody is listed/],
    [{ origins: { list: ["https://app.example/"] } }, "policy.origins[0]", /write "https:\/\/app\.example"/],
    [{ origins: "any", requestHeaders: ["$host"] }, "policy.requestHeaders[0]", /cannot be written safely/],
  ];
  for (const [policy, place, message] of rows) assert.throws(() => snippets(policy), { name: "ScenarioError", place, message });
});
