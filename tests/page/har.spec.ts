// HAR triage: a file of a hundred thousand requests is read beside the page, can be stopped, and comes to causes.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectVerdict, test, textOf } from "./fixture.ts";

const ENTRIES = 100_000;
/** Of every ten requests three fail, for two causes. */
const BLOCKED = (ENTRIES / 10) * 3;

/** Makes a HAR in the page, of about 90 MB, and gives it to the place as a person who chooses it. */
async function choose(page: Page, entries: number): Promise<void> {
  await page.locator("#har-file").waitFor();
  await page.evaluate((entries) => {
    const entry = (index: number) => {
      const kind = index % 10;
      const [server, allowed] = kind < 6 ? ["https://open.example", "*"] : kind < 7 ? ["https://app.example", ""] : kind < 9 ? ["https://api.example", ""] : ["https://cdn.example", "https://app.example/"];
      const time = new Date(1_790_000_000_000 + index * 10).toISOString();
      const headers = [["Content-Type", "application/json"], ...(allowed === "" ? [] : [["Access-Control-Allow-Origin", allowed]])].map(([name, value]) => ({ name, value }));
      return JSON.stringify({
        startedDateTime: time, time: 12.3, _resourceType: "fetch",
        request: { method: "GET", url: `${server}/items/${index}`, httpVersion: "http/2.0", headers: [{ name: "Origin", value: "https://app.example" }, { name: "Sec-Fetch-Mode", value: "cors" }, { name: "Referer", value: "https://app.example/" }, { name: "User-Agent", value: "x".repeat(300) }], queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
        response: { status: 200, statusText: "", httpVersion: "http/2.0", headers, cookies: [], content: { size: 10, mimeType: "application/json" }, redirectURL: "", headersSize: -1, bodySize: -1 },
        cache: {}, timings: { send: 0, wait: 1, receive: 1 },
      });
    };
    const parts = ['{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"pages":[],"entries":['];
    for (let from = 0; from < entries; from += 1000) {
      const some = Array.from({ length: Math.min(1000, entries - from) }, (_, index) => entry(from + index));
      parts.push(`${from === 0 ? "" : ","}${some.join(",")}`);
    }
    parts.push("]}}");
    const transfer = new DataTransfer();
    transfer.items.add(new File(parts, "session.har", { type: "application/json" }));
    const input = document.querySelector<HTMLInputElement>("#har-file");
    if (input === null) throw new Error("no field for the file");
    // From here on the page must go on answering.
    let last = performance.now();
    const measured = ((window as unknown as { measured: { longest: number; ticks: number } }).measured = { longest: 0, ticks: 0 });
    setInterval(() => {
      const now = performance.now();
      measured.longest = Math.max(measured.longest, now - last);
      measured.ticks += 1;
      last = now;
    }, 20);
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, entries);
}

test("a hundred thousand requests come to their causes, and the page goes on answering", async ({ watched: page, origin }) => {
  test.setTimeout(180_000);
  await page.goto(`${origin}#har`);
  await choose(page, ENTRIES);
  await expect(page.locator(".reading progress")).toBeVisible();
  await expect(page.locator(".triage h2")).toHaveText(`${BLOCKED.toLocaleString("en")} blocked requests, 2 causes`, { timeout: 120_000 });
  await expect(page.locator(".triage-output > p[role=status]")).toContainText("100,000 requests in ");
  await expect(page.locator(".triage-output > p[role=status]")).toContainText(": 60,000 allowed, 30,000 blocked, 10,000 to the page’s own origin, 0 that no script reads.");
  const { longest, ticks } = await page.evaluate(() => (window as unknown as { measured: { longest: number; ticks: number } }).measured);
  // A page that reads on its own thread stands still for many seconds and ticks hardly at all.
  expect(ticks).toBeGreaterThan(20);
  expect(longest).toBeLessThan(2000);

  const groups = page.locator(".group");
  await expect(groups.locator("summary .count")).toHaveText(["20,000", "10,000"]);
  await expect(groups.locator("summary strong")).toHaveText(["https://api.example", "https://cdn.example"]);
  await page.fill("#har-filter", "cdn");
  await expect(groups).toHaveCount(1);
  await groups.locator("summary").click();
  await expect(groups.locator(".exchanges li")).toHaveCount(20);
  await groups.locator(".exchanges button").first().click();
  await expectVerdict(page, /^Blocked: the answer of https:\/\/cdn\.example allows https:\/\/app\.example\/, with a slash at the end/);
  expect(await textOf(page)).toContain('"url": "https://cdn.example/items/9"');
  await page.goBack();
  await expect(page.locator(".group")).toHaveCount(2);
});

test("reading can be stopped", async ({ watched: page, origin }) => {
  test.setTimeout(120_000);
  await page.goto(`${origin}#har`);
  await choose(page, ENTRIES);
  await page.click("#har-stop");
  await expect(page.locator(".triage-output")).toHaveText("Stopped. Nothing of the file was kept.");
  await choose(page, 10);
  await expect(page.locator(".triage h2")).toHaveText("3 blocked requests, 2 causes", { timeout: 30_000 });
});

test("what was found is saved as JSON and as SARIF", async ({ watched: page, origin }) => {
  await page.goto(`${origin}#har`);
  await choose(page, 10);
  await expect(page.locator(".triage h2")).toHaveText("3 blocked requests, 2 causes", { timeout: 30_000 });
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: download.suggestedFilename(), content: JSON.parse(readFileSync(await download.path(), "utf8")) };
  };
  const json = await saved("Save as JSON");
  expect(json.name).toBe("session.corscope.json");
  expect(json.content.groups.map(({ id, server, count }: { id: string; server: string; count: number }) => [id, server, count])).toEqual([
    ["allow-origin-missing", "https://api.example", 2],
    ["allow-origin-trailing-slash", "https://cdn.example", 1],
  ]);
  const sarif = await saved("Save as SARIF");
  expect(sarif.name).toBe("session.sarif");
  expect(sarif.content.version).toBe("2.1.0");
  expect(sarif.content.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["allow-origin-missing", "allow-origin-missing", "allow-origin-trailing-slash"]);
});

for (const [name, content, said] of [
  ["no JSON", "hello", "At byte 0: "],
  ["no HAR", '{"a":1}', "This is no HAR: it has no list of entries."],
  ["cut off", '{"log":{"entries":[{"request":', "The file ends in the middle."],
] as const) {
  test(`a file that is ${name} is said to be`, async ({ watched: page, origin }) => {
    await page.goto(`${origin}#har`);
    await page.setInputFiles("#har-file", { name: "x.har", mimeType: "application/json", buffer: Buffer.from(content) });
    await expect(page.locator(".triage-output .problem")).toContainText(said, { timeout: 30_000 });
  });
}
