// The page in Firefox: the checks that every browser has to pass, the situations, and "Try it here", which does what the engine
// expects of Firefox.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeCertificates } from "../browsers/certificates.mjs";
import { startFirefox } from "../browsers/firefox.mjs";
import { serve } from "../../www/serve.mjs";
import { CHECKS } from "./checks/index.mjs";
import { EXCHANGES, startServers } from "./exchanges.mjs";
import { FirefoxDriver } from "./firefox.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
// Where tests have to run, a machine without the browser must not pass.
const skip = !existsSync(FIREFOX) && process.env.CI === undefined ? `${FIREFOX} is not installed` : false;

let directory, firefox, served, page;

before(async () => {
  if (skip) return;
  directory = mkdtempSync(join(tmpdir(), "corscope-firefox-"));
  served = await serve({ port: 0 });
  firefox = await startFirefox({ directory, certificates: makeCertificates(directory), ownNetwork: false });
  page = new FirefoxDriver(firefox, served.url);
  await page.watch();
});

after(async () => {
  await firefox?.stop();
  served?.server.close();
  served?.server.closeAllConnections();
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

for (const [name, check] of CHECKS) {
  test(name, { skip, timeout: 120_000 }, async () => {
    await page.wrong();
    await page.open();
    await check(page);
    assert.deepEqual(await page.wrong(), []);
  });
}

test("the watch sees what should not happen", { skip }, async () => {
  await page.open();
  await page.wrong();
  await page.run(() => {
    const style = document.createElement("style");
    style.textContent = "* {}";
    document.head.append(style);
    fetch("http://localhost:1/").catch(() => undefined);
    window.console.error("said");
  });
  const seen = await page.wrong();
  for (const wanted of [/style-src|inline style/i, /localhost:1/, /said/]) assert.ok(seen.some((line) => wanted.test(line)), `${wanted}: ${seen.join("\n")}`);
});

test("every situation comes to its verdict", { skip, timeout: 240_000 }, async () => {
  const folder = new URL("../situations/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const situations = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).situations);
  assert.equal(situations.length, 64);
  await page.wrong();
  await page.open("#gallery");
  await page.counts("#place a[href^='#gallery/']", 64);
  for (const { id, title, predict, cases } of situations) {
    await page.place(`gallery/${id}`);
    await page.sees(id, [id, title.replaceAll("`", "")], () => [document.querySelector(".lesson")?.dataset.situation, document.querySelector("#lesson-heading")?.textContent]);
    if (predict !== undefined) await page.click(`.choices button:nth-child(${predict.answer + 1})`);
    const wanted = cases[0].expect.map(({ answers }) => Object.entries(answers).find(([profiles]) => profiles === "every" || profiles.split(", ").includes("spec"))?.[1].sentence?.replaceAll("`", "") ?? null);
    // Where there are several fetches each has its row.
    const shown = wanted.length > 1 ? ".picker .rest" : ".verdict .sentence";
    await page.sees(`the verdict of ${id}`, wanted, (shown, wanted) => [...document.querySelectorAll(shown)].map((one, index) => (wanted[index] === null ? null : one.textContent)), shown, wanted);
  }
  assert.deepEqual(await page.wrong(), []);
});

test("fifty exchanges end as expected", { skip, timeout: 240_000 }, async () => {
  await page.open();
  const servers = await startServers(new URL(served.url).origin);
  const others = [];
  try {
    for (const [index, [name]] of EXCHANGES.entries()) {
      const row = servers.row(index);
      await page.paste(row);
      await page.hasText(row);
      await page.counts(".verdict", 1);
      await page.click("#tab-try");
      await page.click(".try-it .trial button");
      const [ending, said] = await page.until(name, () => {
        const ending = document.querySelector(".tried .agrees, .tried .differs");
        return ending && [ending.className, document.querySelector(".tried").innerText];
      });
      if (ending !== "agrees") others.push(`${name}: ${said}`);
    }
  } finally {
    servers.stop();
  }
  assert.deepEqual(others, []);
});
