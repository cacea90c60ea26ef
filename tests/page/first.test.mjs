// The small module of the page says nothing that the whole one does not say: over every paste of the tests and every situation.
// It is built without the list of public suffixes, so this cannot be seen in Rust.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";

const file = (path) => new URL(`../../${path}`, import.meta.url);
let first, whole;

before(async () => {
  first = await import(file("www/engine/first.js"));
  whole = await import(file("www/engine/engine.js"));
  first.initSync(readFileSync(file("www/engine/first.wasm")));
  whole.initSync(readFileSync(file("www/engine/engine.wasm")));
});

/** Every text that is asked about, with its page. */
function* questions() {
  for (const name of readdirSync(file("tests/paste")).filter((name) => name.endsWith(".txt"))) {
    for (const page of ["", "https://app.example", "https://www.app.example"]) yield [name, page, readFileSync(file(`tests/paste/${name}`), "utf8")];
  }
  for (const name of readdirSync(file("tests/situations")).filter((name) => name.endsWith(".json"))) {
    for (const { id, cases } of JSON.parse(readFileSync(file(`tests/situations/${name}`), "utf8")).situations) {
      for (const { title, page, text } of cases) if (text !== undefined) yield [`${id}: ${title}`, page, text];
    }
  }
  // Sites that only the list tells apart.
  for (const [page, host] of [["https://a.github.io", "b.github.io"], ["https://a.co.uk", "b.co.uk"], ["https://a.example.co.uk", "b.example.co.uk"]]) {
    const answer = `HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nCross-Origin-Resource-Policy: same-site\n`;
    yield [`${page} asks`, page, `GET / HTTP/1.1\nHost: ${host}\n`];
    yield [`${page} is answered`, page, `GET / HTTP/1.1\nHost: ${host}\n\n${answer}`];
  }
}

/** Fails unless `part` is `all`, or nothing where that has something. */
function isPart(place, part, all) {
  if (part === null || (Array.isArray(part) && part.length === 0)) return;
  if (typeof part !== "object") return assert.equal(part, all, place);
  assert.deepEqual(Object.keys(part), Object.keys(all), place);
  for (const [name, value] of Object.entries(part)) isPart(`${place}.${name}`, value, all[name]);
}

test("a first answer is part of the whole one", () => {
  const extents = { first: 0, later: 0, whole: 0 };
  for (const [name, page, text] of questions()) {
    const part = first.inspectFirst(page, text, null, null);
    extents[part.extent] += 1;
    if (part.extent === "later") continue;
    const { extent, ...all } = whole.inspect(page, text, null, null);
    const { extent: _, ...said } = part;
    assert.equal(extent, "whole");
    isPart(name, said, all);
    for (const [index, fetch] of part.fetches.entries()) {
      assert.deepEqual([fetch.verdict, fetch.missing, fetch.browsers.map(({ verdict }) => verdict)], [all.fetches[index].verdict, all.fetches[index].missing, all.fetches[index].browsers.map(({ verdict }) => verdict)], name);
    }
  }
  assert.equal(extents.whole, 0);
  assert.ok(extents.first > 150, `${extents.first} first answers`);
  assert.ok(extents.later > 20, `${extents.later} were left to the whole`);
});
