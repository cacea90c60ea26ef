// The answer: the verdict at once, and all that led to it below.

import type { FetchView, Inspection } from "../../engine/engine.js";
import { button, h, icon } from "../dom.ts";
import { store } from "../store.ts";
import { prose, visible } from "../text.ts";
import { consoles, strip } from "./browsers.ts";
import { picture } from "./journey.ts";
import { lead } from "./lead.ts";
import { missing } from "./missing.ts";
import { panels, type Context } from "./panels.ts";
import { verdict } from "./verdict.ts";
import { headline, SHAPES } from "./words.ts";

/** More fetches than anybody reads in one sitting. */
const MOST_FETCHES = 200;

/** Draws `inspection`. `box` takes an answer that is missing. */
export function answer(inspection: Inspection, context: Context, box: HTMLElement, printing = false): Node[] {
  const { fetches, problems } = inspection;
  const fetch = fetches[selected(fetches, context.state.selected)];
  return [
    ...problems.map((problem) => h("p", { class: "card problem" }, prose(problem))),
    ...(fetches.length > 1 ? [picker(fetches, context.state.selected)] : []),
    ...(fetch === undefined ? [nothingYet(inspection)] : one(fetch, inspection, context, box, printing)),
  ];
}

/** The index of the fetch that is shown. */
export function selected(fetches: FetchView[], wanted: number): number {
  return Math.min(Math.max(wanted, 0), Math.max(fetches.length - 1, 0));
}

/** The fetch that people look for first: one that was blocked, else one that is open, else the last. */
export function mostWanted(fetches: FetchView[]): number {
  const first = (kinds: string[]) => fetches.findIndex(({ verdict: { kind } }) => kinds.includes(kind));
  return [first(["blocked", "threw"]), first(["needsAnswer"]), fetches.length - 1, 0].find((index) => index >= 0) ?? 0;
}

function one(fetch: FetchView, { origin, lead: left }: Inspection, context: Context, box: HTMLElement, printing: boolean): Node[] {
  const { kept, redraw } = context;
  const open = (panel: string) => store.set({ panel });
  const nodes = [
    verdict(fetch),
    left !== null && lead(left),
    fetch.missing !== null && missing(fetch.missing, box),
    strip(fetch, () => open("browsers")),
    consoles(fetch, kept.get("console") ?? "", (profile) => {
      kept.set("console", profile);
      redraw();
    }),
    picture(fetch, origin, kept.get("room") === undefined ? 600 : Number(kept.get("room"))),
    panels(fetch, context, context.state.panel, open, printing),
  ];
  return [h("article", { class: "fetch" }, ...nodes)];
}

function picker(fetches: FetchView[], wanted: number): HTMLElement {
  const shown = selected(fetches, wanted);
  const row = ({ title, api, verdict: { kind, sentence } }: FetchView, index: number) =>
    h("li", { class: SHAPES[kind] }, button({ "aria-pressed": String(index === shown) }, () => store.set({ selected: index }), icon(SHAPES[kind]), h("span", { class: "title" }, `${index + 1}. `, api !== "fetch()" && `${api} `, visible(title, 120)), h("span", { class: "rest" }, headline(sentence))));
  return h(
    "section",
    { class: "picker", "aria-label": "What was asked for" },
    h("ol", {}, ...fetches.slice(0, MOST_FETCHES).map(row)),
    fetches.length > MOST_FETCHES && h("p", { class: "more" }, `… and ${fetches.length - MOST_FETCHES} more. Remove the first ones from the text to see them.`),
  );
}

function nothingYet({ pageProblem, extent }: Inspection): HTMLElement {
  if (extent === "later") return h("p", { class: "card empty" }, "One moment: this kind of text is read by the rest of the engine, which is on its way.");
  return h(
    "p",
    { class: "card empty" },
    "No verdict yet: ",
    pageProblem !== null ? "which page asks is missing or wrong. Say it in the field below the box." : "there is no request and no answer in this text that could be read.",
  );
}
