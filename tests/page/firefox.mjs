// Firefox as the checks see it: the page, a keyboard, and a watch over everything that should not happen.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Driver } from "./driver.mjs";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** WebDriver's names of keys: <https://www.w3.org/TR/webdriver2/#keyboard-actions>. */
const KEYS = { Control: "\uE009", Shift: "\uE008", Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", Delete: "\uE017", End: "\uE010", Home: "\uE011", ArrowLeft: "\uE012", ArrowRight: "\uE014", F8: "\uE038" };

/** In the browser itself: which hosts are asked, and every error and violation that is printed about the page. */
const WATCH = `
  const asked = globalThis.corscopeAsked = [];
  // What the browser asks for itself is none of the page's.
  const ask = ({ URI, loadInfo }) => loadInfo?.triggeringPrincipal?.isContentPrincipal && asked.push(URI.spec);
  Services.obs.addObserver({ observe: (channel) => ask(channel.QueryInterface(Ci.nsIHttpChannel)) }, "http-on-modify-request");
  const printed = globalThis.corscopePrinted = [];
  Services.console.registerListener({
    QueryInterface: ChromeUtils.generateQI(["nsIConsoleListener"]),
    observe(message) {
      if (message instanceof Ci.nsIScriptError) printed.push({ text: message.errorMessage, source: message.sourceName, category: message.category });
    },
  });
`;
const TAKE = `return { asked: globalThis.corscopeAsked.splice(0), printed: globalThis.corscopePrinted.splice(0) };`;
/** In the process of the page: what it has said in its console. */
const SAID = `
  const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
  const id = String(window.windowGlobalChild.innerWindowId);
  const events = storage.getEvents(id).map(({ level, arguments: said }) => "console " + level + ": " + Array.from(said, String).join(" "));
  storage.clearEvents(id);
  return events;
`;
const SET = `
  const [name, value] = arguments;
  if (typeof value === "boolean") Services.prefs.setBoolPref(name, value);
  else Services.prefs.setIntPref(name, value);
`;
/** A window narrower than the browser's own bars is zoomed into. */
const NARROWEST = 500;

export class FirefoxDriver extends Driver {
  name = "firefox";
  #firefox;
  #mine = [];
  /** What was said by pages that were left. */
  #said = [];

  constructor(firefox, url) {
    super(url);
    this.#firefox = firefox;
  }

  /** Starts to watch. */
  async watch() {
    await this.#firefox.chrome(WATCH);
    await this.#firefox.chrome(SET, "ui.prefersReducedMotion", 1);
  }

  async go(url) {
    this.#mine.push(new URL(url).origin);
    await this.#firefox.open(url);
  }

  async leave() {
    this.#said.push(...(await this.#firefox.privileged(SAID)));
    await this.#firefox.open("about:blank");
    await this.until("leaving", () => location.href === "about:blank");
  }

  run(code, ...args) {
    return this.#firefox.run(`return (${code})(...arguments);`, ...args);
  }

  async paste(text) {
    await this.focusEditor();
    await this.#firefox.paste(text);
  }

  async press(...combinations) {
    for (const combination of combinations) {
      const keys = combination.split("+").map((key) => KEYS[key] ?? key.toLowerCase());
      await this.#firefox.keys([...keys.map((value) => ({ type: "keyDown", value })), ...keys.toReversed().map((value) => ({ type: "keyUp", value }))]);
    }
  }

  async type(text) {
    await this.#firefox.keys([...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
  }

  async file(selector, path) {
    await this.#firefox.file(selector, path);
  }

  async size(width, height) {
    const zoom = width < NARROWEST ? 2 : 1;
    await this.#firefox.chrome(`
      const [width, height, zoom] = arguments;
      ZoomManager.useFullZoom = true;
      ZoomManager.zoom = zoom;
      const { innerWidth, innerHeight } = gBrowser.selectedBrowser;
      const box = gBrowser.selectedBrowser.getBoundingClientRect();
      window.resizeTo(width * zoom + window.outerWidth - box.width, height * zoom + window.outerHeight - box.height);`, width, height, zoom);
    await this.until(`a window of ${width} pixels`, (width) => innerWidth === width, width);
  }

  async scheme(scheme) {
    await this.#firefox.chrome(SET, "layout.css.prefers-color-scheme.content-override", scheme === "dark" ? 0 : 1);
    await this.until(scheme, (scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, scheme);
  }

  axe(tags) {
    return this.#firefox.run(`${AXE}; return axe.run(document, { runOnly: arguments[0] }).then(({ violations }) => violations);`, tags);
  }

  async wrong() {
    await sleep(50);
    const { asked, printed } = await this.#firefox.chrome(TAKE);
    const isMine = (url) => this.#mine.some((origin) => url.startsWith(origin));
    // NB: the editor moves its line numbers as it is scrolled, of which Firefox warns whoever does so.
    // A page that is left stops in the middle of what its scripts were doing: no script is ended for being slow, Marionette sets that limit off.
    const isOfLeaving = (text) => text.startsWith("Script terminated by timeout at:");
    const isOfPage = ({ source, category, text }) => category !== "Async Pan/Zoom" && !isOfLeaving(text) && (isMine(source ?? "") || category.includes("Content-Security-Policy") || category.startsWith("CSP") || this.#mine.some((origin) => text.includes(origin)));
    return [
      ...this.#said.splice(0),
      ...(await this.#firefox.privileged(SAID)),
      ...asked.filter((url) => /^https?:/.test(url) && !isMine(url)).map((url) => `request: ${url}`),
      ...printed.filter(isOfPage).map(({ category, text }) => `${category}: ${text}`),
    ];
  }
}
