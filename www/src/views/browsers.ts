// The standard and three browsers side by side, and what their consoles print.

import type { BrowserView, FetchView, Verdict } from "../../engine/engine.js";
import { copyButton } from "../copy.ts";
import { button, h, icon } from "../dom.ts";
import { recordingsBehind } from "../measured.ts";
import { prose, visible } from "../text.ts";
import { headline, KINDS, SHAPES } from "./words.ts";

/** How each one ends, in a line: what differs is said to. */
export function strip({ browsers, verdict }: FetchView, open: () => void): HTMLElement | null {
  if (browsers.length === 0) return null;
  const chip = (name: string, kind: Verdict["kind"], differs: boolean) =>
    h("li", { class: `${SHAPES[kind]}${differs ? " differs" : ""}` }, icon(SHAPES[kind]), h("span", {}, h("strong", {}, name), " ", KINDS[kind], differs && verdict.kind === kind && h("span", { class: "hint" }, " otherwise")));
  const differing = browsers.some(({ differs }) => differs);
  return h(
    "div",
    { class: "strip" },
    h("ul", { "aria-label": "The standard, and browsers" }, chip("Standard", verdict.kind, false), ...browsers.map(({ version, verdict: { kind }, differs }) => chip(short(version), kind, differs))),
    differing && button({ class: "link" }, open, "Why they differ"),
  );
}

/** What each console prints, word for word: a choice of browsers, and the lines of the chosen one. */
export function consoles({ browsers }: FetchView, chosen: string, choose: (version: string) => void): HTMLElement | null {
  const printing = browsers.filter(({ console, exception, notModelled }) => console.length + notModelled.length > 0 || exception !== null);
  if (printing.length === 0) return null;
  const shown = browsers.find(({ profile }) => profile === chosen) ?? browsers[0];
  if (shown === undefined) return null;
  const text = shown.console.map((line) => line.trimEnd()).join("\n");
  return h(
    "section",
    { class: "console", "aria-labelledby": "console-heading" },
    h(
      "div",
      { class: "console-bar" },
      h("h3", { id: "console-heading" }, "The console prints"),
      h("div", { class: "segments", role: "group", "aria-label": "Whose console" }, ...browsers.map(({ profile, version }) => button({ "aria-pressed": String(profile === shown.profile) }, () => choose(profile), short(version)))),
    ),
    text !== ""
      ? h("div", { class: "printed" }, h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": `The console of ${shown.version}` }, visible(text, 5_000)), copyButton("what the console prints", text))
      : shown.notModelled.length === 0 && h("p", { class: "hint" }, `${shown.version} prints nothing.`),
    ...shown.notModelled.map((text) => h("p", { class: "hint" }, text)),
    shown.exception !== null && h("p", { class: "hint" }, "Script catches ", h("code", { dir: "ltr" }, visible(shown.exception, 1_000))),
  );
}

/** A column for each: verdict, difference, reason. */
export function browsers({ browsers, verdict }: FetchView): HTMLElement | null {
  if (browsers.length === 0) return null;
  return h(
    "div",
    { class: "browsers" },
    h("div", { class: `browser ${SHAPES[verdict.kind]}` }, h("h4", {}, icon(SHAPES[verdict.kind]), "The standard"), h("p", { class: "sentence" }, headline(verdict.sentence))),
    ...browsers.map((browser) => column(browser, verdict)),
  );
}

function column({ profile, version, verdict, differs, because }: BrowserView, standard: Verdict): HTMLElement {
  const shape = SHAPES[verdict.kind];
  const same = verdict.sentence === standard.sentence;
  return h(
    "div",
    { class: `browser ${shape}${differs ? " differs" : ""}` },
    h("h4", {}, icon(shape), version),
    h("p", { class: "sentence" }, differs ? headline(same ? "The same verdict, by other requests." : verdict.sentence) : "As the standard says."),
    differs && !same && verdict.remedy !== "" && h("p", { class: "hint" }, prose(verdict.remedy)),
    because.length > 0 && h("ul", { "aria-label": `In what ${version} deviates` }, ...because.map(({ name, what }) => h("li", {}, prose(what), h("span", { class: "hint" }, ` ${recordingsBehind(name, profile)}`)))),
  );
}

/** “Chromium” of “Chromium 156.0.8078.79” */
function short(version: string): string {
  return version.replace(/ (?:ESR )?\d.*$/, "").replace("WebKitGTK", "WebKit");
}
