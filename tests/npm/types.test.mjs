// The types hold in a strict project, with and without those of a platform.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

for (const [name, project] of [["ES2022 alone", "tsconfig.json"], ["with the DOM", "platform.tsconfig.json"]]) {
  test(`tsc --strict, ${name}`, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [TSC, "-p", fileURLToPath(new URL(`types/${project}`, import.meta.url))], { encoding: "utf8" });
    assert.equal(stdout + stderr, "");
    assert.equal(status, 0);
  });
}
