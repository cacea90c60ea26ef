// Chromium as the checks see it, driven by Playwright.

import AxeBuilder from "@axe-core/playwright";
import { Driver } from "./driver.mjs";

export class ChromiumDriver extends Driver {
  name = "chromium";
  #page;
  #wrong;
  #mine = [];

  constructor(page, url, wrong) {
    super(url);
    this.#page = page;
    this.#wrong = wrong;
  }

  async go(url) {
    this.#mine.push(`request: ${new URL(url).origin}/`);
    await this.#page.goto(url);
    // Whoever leaves before everything is loaded makes loads fail.
    await this.#page.waitForLoadState("networkidle");
  }

  async leave() {
    await this.#page.goto("about:blank");
  }

  run(code, ...args) {
    return this.#page.evaluate(`(${code})(...${JSON.stringify(args)})`);
  }

  async paste(text) {
    await this.run((text) => navigator.clipboard.writeText(text), text);
    await this.focusEditor();
    await this.press("Control+A", "Control+V");
  }

  async press(...combinations) {
    for (const combination of combinations) await this.#page.keyboard.press(combination);
  }

  async type(text) {
    await this.#page.keyboard.type(text);
  }

  async file(selector, path) {
    await this.#page.setInputFiles(selector, path);
  }

  async size(width, height) {
    await this.#page.setViewportSize({ width, height });
  }

  async scheme(colorScheme) {
    await this.#page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  }

  async axe(tags) {
    return (await new AxeBuilder({ page: this.#page }).withTags(tags).analyze()).violations;
  }

  async wrong() {
    return this.#wrong.splice(0).filter((line) => !this.#mine.some((origin) => line.startsWith(origin)));
  }
}
