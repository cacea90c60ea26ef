// The page in a browser, as far as a check needs it. One list of checks runs in every browser by this.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** How long anything may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * What each browser gives itself:
 *
 * - `go(url)`, `leave()`: opens a page, and an empty one
 * - `run(code, ...args)`: what a function comes to in the page; what it returns is plain data
 * - `paste(text)`: in place of all that is in the editor, as a person does
 * - `press(...combinations)`: keys such as `Tab` or `Control+A`; `type(text)`
 * - `file(selector, path)`: chooses a file
 * - `size(width, height)`, `scheme(scheme)`: the window, and whether it is light or dark
 * - `axe(tags)`: what axe finds wrong
 * - `wrong()`: what should never happen: requests to others, violations of the policy, anything in the console
 */
export class Driver {
  constructor(url) {
    this.url = url;
  }

  /** Opens the page anew, and waits for all of it. */
  async open(fragment = "") {
    await this.leave();
    await this.go(`${this.url}${fragment}`);
    await this.ready();
  }

  /** Waits for the editor and for the whole engine. */
  async ready() {
    await this.until("the page", () => document.readyState === "complete" && document.body.dataset["engine"] === "whole" && document.querySelector("#code")?.shadowRoot?.querySelector(".cm-content") != null);
  }

  /** What a function comes to in the page, once that is something. */
  async until(what, code, ...args) {
    for (const end = Date.now() + PATIENCE; ; ) {
      const value = await this.run(code, ...args).catch((error) => error);
      if (value !== null && value !== undefined && value !== false && !(value instanceof Error)) return value;
      if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE} ms${value instanceof Error ? ` (${value.message})` : ""}`);
      await sleep(30);
    }
  }

  /** Waits until what a function comes to is `wanted`, or for text fits a pattern. */
  async sees(what, wanted, code, ...args) {
    let seen;
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      seen = await this.run(code, ...args).catch((error) => error);
      try {
        if (wanted instanceof RegExp) assert.match(String(seen), wanted);
        else assert.deepEqual(seen, wanted);
        return;
      } catch {
        await sleep(30);
      }
    }
    if (wanted instanceof RegExp) assert.match(String(seen), wanted, what);
    else assert.deepEqual(seen, wanted, what);
  }

  /** Waits until the first element of a selector has this text. */
  async shows(selector, wanted) {
    await this.sees(selector, wanted, (selector) => document.querySelector(selector)?.textContent ?? null, selector);
  }

  /** Waits until a selector has so many elements. */
  async counts(selector, wanted) {
    await this.sees(selector, wanted, (selector) => document.querySelectorAll(selector).length, selector);
  }

  /** Waits for the verdict. */
  async verdict(wanted) {
    await this.shows(".verdict .sentence", wanted);
  }

  /** Presses what a selector finds, with this text where one is given, once it can be pressed. */
  async click(selector, text = "") {
    await this.until(`${selector} ${text}`, (selector, text) => {
      const found = [...document.querySelectorAll(selector)].find((one) => (text === "" || one.textContent.trim() === text) && !one.disabled && one.checkVisibility());
      found?.click();
      return found !== undefined;
    }, selector, text);
  }

  /** Puts a value into a field, as typing or choosing does. */
  async fill(selector, value, index = 0) {
    await this.until(selector, (selector, value, index) => {
      const field = document.querySelectorAll(selector)[index];
      if (field === undefined) return false;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }, selector, value, index);
  }

  /** The field that a label of the form names. */
  async fillLabel(label, value, index = 0) {
    const id = await this.until(label, (label, index) => [...document.querySelectorAll(".form label")].filter((one) => one.textContent === label)[index]?.htmlFor, label, index);
    await this.fill(`#${id}`, value);
  }

  async valueOf(label, index = 0) {
    return this.run((label, index) => {
      const found = [...document.querySelectorAll(".form label")].filter((one) => one.textContent === label)[index];
      return document.getElementById(found?.htmlFor ?? "")?.value ?? null;
    }, label, index);
  }

  /** The text in the box. */
  text() {
    return this.run(() => document.querySelector("#paste").value);
  }

  /** Waits until this is the text in the box, whose lines end as those of every box do. */
  async hasText(wanted) {
    await this.sees("the text", wanted.replaceAll(/\r\n?/g, "\n"), () => document.querySelector("#paste").value);
  }

  async focusEditor() {
    await this.until("the editor", () => {
      const content = document.querySelector("#code")?.shadowRoot?.querySelector(".cm-content");
      content?.focus();
      return content != null;
    });
  }

  /** Pastes a text, and says which page asks. */
  async ask(page, text) {
    await this.paste(text);
    await this.hasText(text);
    await this.fill("#page", page);
  }

  /** Opens a panel below the verdict. */
  async panel(id) {
    await this.click(`#tab-${id}`);
    await this.until(id, (id) => document.querySelector(`#panel-${id}`)?.textContent.includes("One moment") === false, id);
  }

  /** Opens another place of the page. */
  async place(fragment) {
    await this.run((fragment) => void (location.hash = fragment), fragment);
  }

  /** What has the focus: its id, or its text. */
  focused() {
    return this.run(() => document.activeElement?.id || document.activeElement?.textContent || "");
  }

  /** By how many pixels the page is wider than its window. */
  over() {
    return this.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
