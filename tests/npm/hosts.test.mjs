// What becomes of hosts: the same as by the crate's own tables (tests/hosts.rs), although the platform's URL maps them here.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { evaluate } from "corscope";

test("hosts become what the table says", async () => {
  const table = JSON.parse(await readFile(new URL("../hosts.json", import.meta.url), "utf8"));
  for (const [host, expected] of table) {
    const { outcome } = evaluate({ page: { url: "https://app.example/" }, fetches: [{ call: { api: "fetch", url: `https://${host}/` } }] }).fetches[0];
    const found = outcome.type === "needsAnswer" ? new URL(outcome.request.url).hostname : null;
    assert.equal(found, expected, host);
    if (outcome.type === "needsAnswer") assert.equal(outcome.request.url, `https://${expected}/`);
    else assert.equal(outcome.type, "threw", host);
  }
});
