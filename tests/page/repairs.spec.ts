// A repair that is tried in the text turns the verdict, and can be undone.

import { ask, EDITOR, expect, expectVerdict, PASTE, test } from "./fixture.ts";

const SLASH = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

test("a repaired preflight leads on to the answer that is not known yet", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  await page.getByRole("button", { name: "Try it in the text" }).first().click();
  await expectVerdict(page, "Open: the answer of https://api.example to PUT https://api.example/items/1 is not known yet.");
});

test("a quick fix is offered where the text is marked, by mouse and by keyboard", async ({ watched: page }) => {
  await ask(page, "https://app.example", SLASH);
  await page.locator("#marks li.blocked .fix").first().click();
  await expectVerdict(page, /^Allowed: /);
  expect(await page.inputValue(PASTE)).toBe(SLASH.replace("app.example/\n", "app.example\n"));
  await page.locator(EDITOR).focus();
  await page.keyboard.press("Control+Z");
  await expectVerdict(page, /^Blocked: /);
  await page.locator("#marks li.blocked .place").click();
  await page.keyboard.press("F8");
  await page.keyboard.press("F8");
  await page.locator(".cm-diagnosticAction").first().click();
  await expectVerdict(page, /^Allowed: /);
});

test("what not to do is said with its reason", async ({ watched: page }) => {
  await page.getByRole("button", { name: "* with credentials", exact: true }).click();
  await page.getByText(/^What not to do/).click();
  expect(await page.locator(".avoid li").count()).toBeGreaterThan(1);
  for (const item of await page.locator(".avoid li").all()) await expect(item).toHaveText(/\. /);
});

test("a repair of the server comes as settings for servers, to choose and to copy", async ({ watched: page }) => {
  await page.getByRole("button", { name: "No Allow-Origin", exact: true }).click();
  await page.getByText("Settings for your server").first().click();
  await expect(page.locator(".snippet pre").first()).toContainText("https://app.example");
  await expect(page.locator("#snippet-server")).toHaveValue("nginx");
  const servers = await page.locator("#snippet-server option").allTextContents();
  expect(servers.length).toBeGreaterThan(15);
  for (const server of await page.locator("#snippet-server option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value))) {
    await page.selectOption("#snippet-server", server);
    await expect(page.locator(".snippet pre").first(), server).toContainText("app.example");
    await expect(page.locator(".snippet > .hint").first(), server).toHaveText(/^(✓ Run in our tests, with .+\.|Not run here: .+)$/);
  }
  await page.locator(".snippet .copy").first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator(".snippet pre").first().textContent());
});

test("a line of a console alone leads on: what is sure, what may be behind it, and how to tell", async ({ watched: page }) => {
  await ask(page, "", "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.");
  const card = page.getByRole("region", { name: "What the console’s line leaves open" });
  expect(await card.locator("ol > li").count()).toBeGreaterThan(1);
  await expect(card.locator(".next")).toHaveText(/^Next: /);
  await expect(card.getByRole("region", { name: "This tells the causes apart" })).toContainText("curl");
  await ask(page, "https://app.example", SLASH);
  await expect(card).toHaveCount(0);
});

test("a finding is mended in the text, and can be undone", async ({ watched: page }) => {
  const text = SLASH.replace("app.example/\n", "app.example\n");
  await ask(page, "https://app.example", text);
  await page.getByRole("tab", { name: /^Worth knowing/ }).click();
  await page.locator(".finding").filter({ hasText: "Vary: Origin" }).getByRole("button", { name: "Try it in the text" }).click();
  await expect.poll(() => page.inputValue(PASTE)).toBe(text.replace(/\n\n$/, "\nVary: Origin\n\n"));
  await expect(page.locator(".finding").filter({ hasText: "Vary: Origin" })).toHaveCount(0);
  await page.locator(EDITOR).focus();
  await page.keyboard.press("Control+Z");
  await expect.poll(() => page.inputValue(PASTE)).toBe(text);
});
