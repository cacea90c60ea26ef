// The question lives in the address.

import { read } from "../../www/src/link.ts";
import { ask, expect, PAGE, PASTE, test } from "./fixture.ts";

test("“Copy link” copies what stands in the boxes now", async ({ watched: page, origin }) => {
  await ask(page, "https://app.example", "GET / HTTP/1.1");
  await page.click("#copy-link");
  await expect(page.locator("#copy-link")).toHaveText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${origin}#`)).toBe(true);
  expect(await read(new URL(link).hash)).toEqual({ question: { page: "https://app.example", paste: "GET / HTTP/1.1", credentials: "", mode: "" }, problem: null });
});

for (const [name, fragment, text, remark] of [
  ["cut off", "page=https://app.example&paste=GET+/+HTTP/1.1%0AHo", "GET / HTTP/1.1\nHo", "its end is missing"],
  ["of a later version", "page=https://app.example&paste=GET&v=9", "GET", "it is of version 9, this page writes version 2"],
  ["badly encoded", "page=https://app.example&paste=GET+%E0%A4%A+50%&v=1", "GET %E0%A4%A 50%", "“paste” has a % that begins no character"],
  ["with words that mean nothing", "paste=GET&credentials=always&constructor=x&v=1", "GET", "“credentials=always” means nothing here; “constructor=x” means nothing here"],
] as const) {
  test(`a link that is ${name} shows what can be read of it, and says so`, async ({ watched: page, origin }) => {
    await page.goto("about:blank");
    await page.goto(`${origin}#${fragment}`);
    await expect(page.locator(PASTE)).toHaveValue(text);
    await expect(page.locator("#tools-remark")).toHaveText(`This link is damaged: ${remark}. What could be read of it is shown.`);
  });
}

test("a link that says nothing leaves typed text alone", async ({ watched: page }) => {
  await ask(page, "https://app.example", "GET / HTTP/1.1");
  await expect.poll(() => page.url()).toContain("&v=2");
  await page.evaluate(() => (location.hash = "#%%%&&&=&"));
  await expect(page.locator("#tools-remark")).toContainText("This link is damaged");
  await expect(page.locator(PASTE)).toHaveValue("GET / HTTP/1.1");
  await page.evaluate(() => (location.hash = "#ask"));
  await expect(page.locator(PASTE)).toHaveValue("GET / HTTP/1.1");
});

test("an example or a link that takes the place of typed text gives it back", async ({ watched: page }) => {
  await ask(page, "https://mine.example", "GET /mine HTTP/1.1");
  await expect(page.locator("#bring-back")).toBeHidden();
  await page.evaluate(() => (location.hash = "#page=https://first.example&paste=GET+/first+HTTP/1.1&v=1"));
  await expect(page.locator(PASTE)).toHaveValue("GET /first HTTP/1.1");
  await page.click("#bring-back");
  await expect(page.locator(PAGE)).toHaveValue("https://mine.example");
  await expect(page.locator(PASTE)).toHaveValue("GET /mine HTTP/1.1");
  await page.evaluate(() => (location.hash = "#page=https://other.example&paste=GET+/other+HTTP/1.1&v=1"));
  await expect(page.locator(PASTE)).toHaveValue("GET /other HTTP/1.1");
  await page.click("#bring-back");
  await expect(page.locator(PASTE)).toHaveValue("GET /mine HTTP/1.1");
  await page.click("#clear");
  await expect(page.locator(PASTE)).toHaveValue("");
  await page.click("#bring-back");
  await expect(page.locator(PASTE)).toHaveValue("GET /mine HTTP/1.1");
});

test("secrets are masked in a link, and stay in the tab", async ({ watched: page, origin }) => {
  const secret = "GET /me?token=abc HTTP/1.1\nHost: api.example\nCookie: sid=1234\nAuthorization: Bearer xyz\n";
  await ask(page, "https://app.example", secret);
  await page.click("#copy-link");
  await expect(page.locator("#copy-link")).toHaveText("Copied");
  await expect(page.locator("#tools-remark")).toHaveText("3 secrets of the text are masked in what you share.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect((await read(new URL(link).hash))?.question.paste).toBe("GET /me?token=masked1 HTTP/1.1\nHost: api.example\nCookie: sid=masked2\nAuthorization: Bearer masked3\n");
  await expect.poll(() => page.url()).toBe(link);
  await page.reload();
  await expect(page.locator(PASTE)).toHaveValue(secret);
  // Whoever leaves before everything is loaded makes loads fail.
  await expect(page.locator("body")).toHaveAttribute("data-engine", "whole");
  await page.waitForLoadState("networkidle");
  await page.goto("about:blank");
  await page.goto(`${origin}${new URL(link).hash}`);
  await expect(page.locator(PASTE)).toHaveValue(/masked1/);
  await expect(page.locator("body")).toHaveAttribute("data-engine", "whole");
});

test("a text too long for an address survives a reload, and “Copy link” says that it is too long", async ({ watched: page, origin }) => {
  // Digits that no compression makes short.
  const digits = Array.from({ length: 20_000 }, (_, index) => (Math.imul(index + 1, 2654435761) >>> 0).toString(36)).join("");
  const long = `GET /${digits} HTTP/1.1\nHost: api.example\n`;
  await ask(page, "https://app.example", long);
  await page.click("#copy-link");
  await expect(page.locator("#tools-remark")).toHaveText("This text is too long for a link (more than 60,000 characters). It is kept in this tab.");
  expect(page.url()).toBe(origin);
  await page.reload();
  await expect(page.locator(PASTE)).toHaveValue(long);
  await expect(page.locator(PAGE)).toHaveValue("https://app.example");
});
