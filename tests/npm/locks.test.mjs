// There are two lock files, because wasm/ is a workspace of its own: what ships is what is tested only where they name the same versions.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

/** The names and versions of a lock file, with where they are from; those without are of this repository. */
async function locked(path) {
  const text = await readFile(new URL(`../../${path}`, import.meta.url), "utf8");
  const member = (block, name) => block.match(new RegExp(`^${name} = "(.*)"$`, "m"))?.[1];
  return text.split("[[package]]\n").slice(1).map((block) => ({ name: member(block, "name"), version: member(block, "version"), source: member(block, "source") }));
}

test("what is compiled to WebAssembly has the versions that everything else has", async () => {
  const whole = await locked("Cargo.lock");
  const shipped = await locked("wasm/Cargo.lock");
  const versions = (name) => whole.filter((other) => other.name === name).map(({ version }) => version);
  const common = shipped.filter(({ name }) => versions(name).length > 0);
  assert.ok(common.length > 20, `the two have only ${common.length} packages in common`);
  const differing = common.filter(({ name, version }) => !versions(name).includes(version));
  assert.deepEqual(differing.map(({ name, version }) => `${name} ${version}, not ${versions(name)}`), []);
  // NB: `idna` is the one that is replaced there, under the version that it stands for.
  const ours = shipped.filter(({ source }) => source === undefined).map(({ name }) => name);
  assert.deepEqual(ours, ["corscope", "corscope-wasm", "idna"]);
});
