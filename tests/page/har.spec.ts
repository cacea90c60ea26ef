// HAR triage: what is saved of it, and files that are none.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { har } from "./checks/har.mjs";
import { expect, test } from "./fixture.ts";

/** Gives a HAR of ten requests to the place. */
async function choose(page: Page): Promise<void> {
  await page.setInputFiles("#har-file", { name: "session.har", mimeType: "application/json", buffer: Buffer.from(har(10)) });
}

test("what was found is saved as JSON and as SARIF", async ({ watched: page, origin }) => {
  await page.goto(`${origin}#har`);
  await choose(page);
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
