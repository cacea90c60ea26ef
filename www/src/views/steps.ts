// The steps of the standard that were taken, and the bytes that were compared where it stopped.

import type { EvidenceView, FetchView, StepLine } from "../../engine/engine.js";
import { button, h, link } from "../dom.ts";
import { difference } from "../difference.ts";
import { prose, visible } from "../text.ts";
import { stepName } from "./words.ts";

const MOST_STEPS = 500;

const SIGNS = { ok: "✓", failed: "✗", info: "·" } as const;
const WORDS = { ok: "Passed: ", failed: "Failed: ", info: "" } as const;

export function steps({ steps: list, evidence }: FetchView, decided: boolean, choose: (decided: boolean) => void): HTMLElement | null {
  if (list.length === 0) return null;
  const shown = decided ? list.filter(({ decisive, status }) => decisive || status === "failed") : list;
  return h(
    "div",
    {},
    compared(evidence),
    h(
      "div",
      { class: "segments", role: "group", "aria-label": "Which steps" },
      button({ "aria-pressed": String(!decided) }, () => choose(false), `All ${list.length} steps`),
      button({ "aria-pressed": String(decided) }, () => choose(true), "Only what decided"),
    ),
    h("ol", { class: "steps" }, ...shown.slice(0, MOST_STEPS).map(item)),
    shown.length > MOST_STEPS && h("p", { class: "more" }, `… and ${shown.length - MOST_STEPS} more steps`),
  );
}

function item({ sentence, status, decisive, algorithm, step: { number, url } }: StepLine): HTMLElement {
  return h(
    "li",
    { class: decisive ? `${status} decisive` : status },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status]),
    h("div", {}, h("span", { class: "hidden" }, WORDS[status]), prose(sentence), " ", link(url, prose(stepName(algorithm, number)))),
  );
}

/** The bytes that were compared, one below the other, with what differs marked. */
export function compared(evidence: EvidenceView[]): HTMLElement | null {
  const [first, second] = evidence;
  if (first === undefined) return null;
  const other = second !== undefined && first.place === "answer" && (second.place === "request" || second.place === "url") ? second : undefined;
  const rows = other === undefined ? [row(first, null)] : [row(other, first.marked), row(first, other.marked)];
  return h("div", { class: "compared" }, h("h4", {}, other === undefined ? "What decided" : "What was compared"), h("table", {}, h("tbody", {}, ...rows)));
}

const PLACES: Record<EvidenceView["place"], string> = { answer: "The answer has", missing: "The answer lacks", status: "The answer’s status", request: "The request has", url: "The URL" };

function row({ place, name, before, marked, after }: EvidenceView, against: string | null): HTMLElement {
  const value = place === "missing" ? [] : [h("span", { class: "around" }, visible(before, 200)), ...(against === null ? [h("mark", { class: "blocked" }, visible(marked, 300))] : differing(marked, against)), h("span", { class: "around" }, visible(after, 200))];
  return h("tr", {}, h("th", { scope: "row" }, PLACES[place]), h("td", {}, h("code", { dir: "ltr" }, name !== "" && h("span", { class: "name" }, visible(name, 100)), name !== "" && place !== "missing" && ": ", ...value)));
}

/** `text` with the part marked in which it differs from `other`. */
function differing(text: string, other: string): Node[] {
  const [before, changed, after] = difference(text, other);
  return [
    h("span", {}, visible(before, 300)),
    changed === "" ? h("span", { class: "gap", title: "The other one has more here." }) : h("mark", { class: "blocked" }, visible(changed, 300)),
    h("span", {}, visible(after, 300)),
  ];
}
