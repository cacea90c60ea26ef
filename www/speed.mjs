// How fast the page is, in Chromium: node www/speed.mjs [SLOWDOWN], after a build. Milliseconds, of this machine, now.

import { setTimeout } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { serve } from "./serve.mjs";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const EXCHANGE = "OPTIONS /items/1 HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: content-type\n\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: https://app.example\nAccess-Control-Allow-Methods: GET, POST\n\nPUT /items/1 HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nContent-Type: application/json\n\n{}\n";

const slowdown = Number(process.argv[2] ?? 1);
const { server, url } = await serve({ port: 0 });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });

/** A fresh page on a processor that is `slowdown` times slower. */
async function fresh(fragment = "") {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.goto(url + fragment, { waitUntil: "commit" });
  return page;
}

const middle = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];

const loads = [];
for (let round = 0; round < 5; round += 1) {
  const page = await fresh(`#page=https://app.example&paste=${encodeURIComponent(EXCHANGE)}&v=1`);
  // Looking for the answer while the page makes it would take the time that is measured.
  await setTimeout(500 + 1000 * slowdown);
  await page.locator(".verdict").waitFor();
  loads.push(await page.evaluate(() => performance.getEntriesByName("answer")[0]?.startTime ?? performance.now()));
  await page.context().close();
}
console.log(`from the address to the first answer: ${middle(loads).toFixed(0)} (${loads.map((load) => load.toFixed(0)).join(", ")})`);

const page = await fresh();
await page.locator(".cm-content").waitFor();
await page.evaluate((text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector("#code").shadowRoot.querySelector(".cm-content").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, EXCHANGE);
await page.locator(".verdict").waitFor();
await page.locator(".cm-content").focus();
await page.keyboard.press("Control+End");
const keys = [];
for (let key = 0; key < 40; key += 1) {
  await page.keyboard.type("x");
  keys.push(await page.evaluate(() => performance.getEntriesByName("asked").at(-1)?.duration ?? NaN));
}
console.log(`from a key to its answer: ${middle(keys).toFixed(1)} (best ${Math.min(...keys).toFixed(1)}, worst ${Math.max(...keys).toFixed(1)})`);
await browser.close();
server.close();
