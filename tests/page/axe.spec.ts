// What axe finds wrong for people who use the page otherwise than by eye and mouse: nothing, in any state, light or dark,
// narrow or wide.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ask, expect, test } from "./fixture.ts";

const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";
const ALLOWED = BLOCKED.replace("app.example/", "app.example");
const PREFLIGHTED = "fetch('https://api.example/me', { method: 'PUT', headers: { 'X-Token': '1' } })";
const RED_LINE = "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";

const STATES: [name: string, prepare: (page: Page) => Promise<void>][] = [
  ["empty", async () => {}],
  ["blocked", (page) => ask(page, "https://app.example", BLOCKED)],
  ["allowed", (page) => ask(page, "https://app.example", ALLOWED)],
  ["an answer is missing", (page) => ask(page, "https://app.example", PREFLIGHTED)],
  ["a line of a console", (page) => ask(page, "", RED_LINE)],
  ["nothing to read", (page) => ask(page, "https://app.example", "hello")],
  ["the situations", (page) => page.evaluate(() => void (location.hash = "gallery"))],
  ["HAR files", (page) => page.evaluate(() => void (location.hash = "har"))],
  ["a panel to share", async (page) => { await ask(page, "https://app.example", BLOCKED); await page.click("#tab-share"); }],
  ["a panel to try", async (page) => { await ask(page, "https://app.example", BLOCKED); await page.click("#tab-try"); }],
  ["a wrong page", (page) => ask(page, "app.example", BLOCKED)],
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1280]) {
    for (const [name, prepare] of STATES) {
      test(`${name}, ${colorScheme}, ${width} pixels`, async ({ watched: page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        await prepare(page);
        await page.waitForTimeout(300);
        await page.locator("details").evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
      });
    }
  }
}
