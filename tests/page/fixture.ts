// The page as it is served, in the machine's own Chromium, under watch: any word on the console, any violation of the
// Content Security Policy and any request to another host fails the test in which it happens.

import { existsSync } from "node:fs";
import { chromium, expect, test as base, type Browser, type Page } from "@playwright/test";
import { serve } from "../../www/serve.mjs";

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const test = base.extend<{ browserIsThere: void; watched: Page; wrong: string[] }, { origin: string; chromiumBrowser: Browser }>({
  browserIsThere: [
    async ({}, use, { skip }) => {
      // Where tests have to run, a machine without the browser must not pass.
      skip(!existsSync(CHROMIUM) && process.env["CI"] === undefined, `${CHROMIUM} is not installed`);
      await use();
    },
    { auto: true },
  ],

  origin: [
    async ({}, use) => {
      const { server, url } = await serve({ port: 0 });
      await use(url);
      server.close();
    },
    { scope: "worker" },
  ],

  chromiumBrowser: [
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  // What should not happen, as it happens.
  wrong: async ({}, use) => use([]),

  watched: async ({ chromiumBrowser, origin, wrong }, use) => {
    const context = await chromiumBrowser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    const page = await context.newPage();
    page.on("console", (message) => wrong.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => wrong.push(`dialog: ${dialog.message()}`)));
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) wrong.push(`request: ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
      // Whoever leaves a page stops what its tab still wanted to show, and what it loads while nothing else is to do.
      const left = request.failure()?.errorText === "net::ERR_ABORTED" && /\/(favicon\.svg|assets\/.*)$/.test(request.url());
      if (!left) wrong.push(`failed: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (!response.ok()) wrong.push(`${response.status()}: ${response.url()}`);
    });
    await page.goto(origin);
    // Whoever leaves before everything is loaded makes loads fail.
    await page.waitForLoadState("networkidle");
    await expect(page.locator(EDITOR)).toBeVisible();
    await expect(page.locator("body")).toHaveAttribute("data-engine", "whole");
    await use(page);
    expect(wrong).toEqual([]);
    await context.close();
  },
});

export { expect };

export const PAGE = "#page";
/** The plain box, which holds the text as well where the larger editor is in its place. */
export const PASTE = "#paste";
/** The larger editor. */
export const EDITOR = ".cm-content";

/** Pastes a text in place of the one that is there, and says which page asks. */
export async function ask(page: Page, origin: string, text: string): Promise<void> {
  await paste(page, text);
  await page.fill(PAGE, origin);
}

/** Pastes a text in place of the one that is there, as a person does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator(EDITOR).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.locator(EDITOR).evaluate((content, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The text in the box. */
export async function textOf(page: Page): Promise<string> {
  return page.inputValue(PASTE);
}

/** Opens a panel below the verdict. */
export async function open(page: Page, panel: string): Promise<void> {
  await page.click(`#tab-${panel}`);
}

/** Waits for the one verdict to be this. */
export async function expectVerdict(page: Page, sentence: string | RegExp): Promise<void> {
  await expect(page.locator(".verdict .sentence")).toHaveText(sentence);
}

/** Of each verdict: the sentence, who must change what, and what script sees. */
export async function verdicts(page: Page): Promise<{ sentence: string; who: string; seen: string }[]> {
  return page.locator(".verdict").evaluateAll((cards) =>
    cards.map((card) => {
      const text = (part: string) => card.querySelector(part)?.textContent ?? "";
      return { sentence: text(".sentence"), who: text(".who"), seen: text(".seen") };
    }),
  );
}
