// The page in Firefox: it answers, its links open, and "Try it here" does what the engine expects of Firefox.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeCertificates } from "../browsers/certificates.mjs";
import { startFirefox } from "../browsers/firefox.mjs";
import { serve } from "../../www/serve.mjs";
import { EXCHANGES, startServers } from "./exchanges.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const PATIENCE = 30_000;
// Where tests have to run, a machine without the browser must not pass.
const skip = !existsSync(FIREFOX) && process.env.CI === undefined ? `${FIREFOX} is not installed` : false;

let directory, firefox, page;

before(async () => {
  if (skip) return;
  directory = mkdtempSync(join(tmpdir(), "corscope-firefox-"));
  page = await serve({ port: 0 });
  firefox = await startFirefox({ directory, certificates: makeCertificates(directory), ownNetwork: false });
});

after(async () => {
  await firefox?.stop();
  page?.server.close();
  page?.server.closeAllConnections();
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

/** What `code` returns, once it returns something. */
async function until(what, code, ...args) {
  for (const end = Date.now() + PATIENCE; ; ) {
    const value = await firefox.run(code, ...args).catch((error) => error);
    if (value !== null && value !== undefined && value !== false && !(value instanceof Error)) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE} ms${value instanceof Error ? ` (${value.message})` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Pastes into the editor, which takes the place of the plain box once it has loaded. */
async function paste(text) {
  await until("the editor", `const code = document.querySelector("#code")?.shadowRoot?.querySelector(".cm-content"); code?.focus(); return code != null;`);
  await firefox.paste(text);
  await until("the text", `return document.querySelector("#paste").value === arguments[0];`, text);
}

const CLICK = `const found = document.querySelector(arguments[0]); if (found === null || found.disabled) return false; found.click(); return true;`;
const TEXT = `return document.querySelector(arguments[0])?.textContent || null;`;

async function open(fragment = "") {
  await firefox.open("about:blank");
  await until("leaving", `return location.href === "about:blank";`);
  await firefox.open(`${page.url}${fragment}`);
  await until("the page", `return document.readyState === "complete" && document.querySelector("#paste") !== null;`);
}

const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

test("a paste has its verdict, and its link opens it again", { skip }, async () => {
  await open();
  await paste(BLOCKED);
  const verdict = await until("a verdict", TEXT, ".verdict .sentence");
  assert.match(verdict, /^Blocked: the answer of https:\/\/api\.example allows https:\/\/app\.example\/, with a slash/);
  const fragment = await until("a link", `return location.hash.endsWith("&v=2") && location.hash;`);
  await open(fragment);
  assert.equal(await until("the verdict again", TEXT, ".verdict .sentence"), verdict);
  assert.equal(await firefox.run(`return document.querySelector("#paste").value;`), BLOCKED);
});

test("the gallery lists every situation", { skip }, async () => {
  await open("#gallery");
  assert.equal(await until("the list", `return document.querySelectorAll("#place a[href^='#gallery/']").length;`), 64);
});

test("every situation comes to its verdict", { skip, timeout: 240_000 }, async () => {
  const folder = new URL("../situations/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const situations = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).situations);
  assert.equal(situations.length, 64);
  await open();
  for (const { id, title, predict, cases } of situations) {
    await firefox.run(`location.hash = arguments[0];`, `#gallery/${id}`);
    await until(id, `return document.querySelector(".lesson")?.dataset.situation === arguments[0];`, id);
    assert.equal(await firefox.run(TEXT, "#lesson-heading"), title.replaceAll("`", ""));
    if (predict !== undefined) await until(`the choices of ${id}`, CLICK, `.choices button:nth-child(${predict.answer + 1})`);
    const wanted = cases[0].expect.map(({ answers }) => Object.entries(answers).find(([profiles]) => profiles === "every" || profiles.split(", ").includes("spec"))?.[1].sentence?.replaceAll("`", "") ?? null);
    // Where there are several fetches each has its row.
    const shown = wanted.length > 1 ? ".picker .rest" : ".verdict .sentence";
    await until(`the verdict of ${id}`, `
      const [shown, wanted] = arguments;
      const seen = [...document.querySelectorAll(shown)].map((one) => one.textContent);
      return seen.length === wanted.length && wanted.every((sentence, index) => sentence === null || sentence === seen[index]);`, shown, wanted);
  }
});

test("fifty exchanges end as expected", { skip, timeout: 240_000 }, async () => {
  await open();
  const servers = await startServers(new URL(page.url).origin);
  const others = [];
  try {
    for (const [index, [name]] of EXCHANGES.entries()) {
      await paste(servers.row(index));
      await until("a verdict", TEXT, ".verdict .sentence");
      await until("the panel", CLICK, "#tab-try");
      await until(`the button: ${name}`, CLICK, ".try-it .trial button");
      const [ending, said] = await until(name, `const ending = document.querySelector(".tried .agrees, .tried .differs"); return ending && [ending.className, document.querySelector(".tried").innerText];`);
      if (ending !== "agrees") others.push(`${name}: ${said}`);
    }
  } finally {
    servers.stop();
  }
  assert.deepEqual(others, []);
});
