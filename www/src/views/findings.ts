// What is worth knowing beyond the verdict: the gravest first, each with its places in the text.

import type { FindingView, Inspection } from "../../engine/engine.js";
import { button, h, link } from "../dom.ts";
import { prose } from "../text.ts";

const SEVERITIES: Record<FindingView["finding"]["severity"], { word: string; sign: string }> = {
  error: { word: "Danger", sign: "!" },
  warning: { word: "Careful", sign: "△" },
  info: { word: "Good to know", sign: "i" },
};
const ORDER = ["error", "warning", "info"];

export function of({ findings }: Inspection, fetch: number): FindingView[] {
  const here = findings.filter(({ finding }) => finding.fetch === fetch);
  return here.toSorted((one, other) => ORDER.indexOf(one.finding.severity) - ORDER.indexOf(other.finding.severity));
}

export function findings(list: FindingView[], select: (start: number, end: number) => void): HTMLElement | null {
  if (list.length === 0) return null;
  return h("ul", { class: "findings" }, ...list.map((view) => item(view, select)));
}

function item({ finding: { severity, what, why, remedy, link: url, changes }, places }: FindingView, select: (start: number, end: number) => void): HTMLElement {
  const { word, sign } = SEVERITIES[severity];
  const here = places.filter((place) => place !== null);
  return h(
    "li",
    { class: `finding ${severity}` },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h(
      "div",
      {},
      h("p", {}, h("strong", { class: "word" }, `${word}: `), prose(what)),
      why !== "" && h("p", { class: "hint" }, prose(why)),
      remedy !== "" && h("p", {}, prose(remedy)),
      h("p", { class: "links" }, ...here.slice(0, 3).map(({ start, end }, index) => button({ class: "link" }, () => select(start, end), index === 0 ? "Show it in the text" : "and this")), changes.length === 0 ? "" : null, link(url, "What the standard says")),
    ),
  );
}
