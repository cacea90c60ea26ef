// The panels below the verdict, and paper.

import { ask, EDITOR, expect, expectVerdict, open, test } from "./fixture.ts";

const ALLOWED = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\nSet-Cookie: a=b; SameSite=Lax\nCache-Control: max-age=60\n\n";

test("what is worth knowing beyond the verdict is listed, and leads to its place in the text", async ({ watched: page }) => {
  await ask(page, "https://app.example", ALLOWED);
  await expectVerdict(page, /^Allowed: /);
  await open(page, "findings");
  const items = page.locator(".finding");
  await expect(items.first()).toContainText("Vary");
  expect(await items.count()).toBe(Number(await page.locator("#tab-findings .count").textContent()));
  for (const link of await items.getByRole("link").all()) expect(await link.getAttribute("href")).toMatch(/^https:\/\//);
  await items.getByRole("button", { name: "Show it in the text" }).first().click();
  await expect(page.locator(EDITOR)).toBeFocused();
  await page.keyboard.press("Control+C");
  expect(ALLOWED).toContain(await page.evaluate(() => navigator.clipboard.readText()));
});

test("every request on the wire can be copied as a curl command", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  await open(page, "wire");
  await page.getByRole("button", { name: "Copy: preflight as a curl command" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl -i -X OPTIONS https:\/\/api\.example\/items\/1 \\\n {2}-H /);
  await expect(page.getByRole("region", { name: "Its answer" })).toContainText("204 No Content\nAccess-Control-Allow-Origin: https://app.example\n");
});

test("on paper every panel is there that has something to read, and no button", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  const titles = await page.locator(".tabs [role=tab]").evaluateAll((tabs) => tabs.map((tab) => tab.firstChild?.textContent ?? "").filter((title) => title !== "Try it here" && title !== "Share"));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".panel > h3")).toHaveText(titles);
  await expect(page.locator("button:visible")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: null });
  await expect(page.locator(".panel")).toHaveCount(1);
});

test("of several fetches the one that failed is shown, and the others are a press away", async ({ watched: page }) => {
  const scenario = {
    page: { url: "https://app.example/" },
    fetches: [
      { call: { api: "fetch", url: "https://api.example/one" }, answers: [{ status: 200, headers: [["Access-Control-Allow-Origin", "*"]] }] },
      { call: { api: "fetch", url: "https://api.example/two" }, answers: [{ status: 200, headers: [] }] },
      { call: { api: "fetch", url: "https://api.example/three" }, answers: [{ status: 204, headers: [["Access-Control-Allow-Origin", "*"]] }] },
    ],
  };
  await ask(page, "", JSON.stringify(scenario));
  await expectVerdict(page, /^Blocked: /);
  await expect(page.locator(".picker [aria-pressed=true]")).toContainText("2. GET https://api.example/two");
  await page.locator(".picker button").nth(2).press("Enter");
  await expectVerdict(page, /^Allowed: .*204/);
  await expect(page.locator(".picker [aria-pressed=true]")).toContainText("3. ");
});
