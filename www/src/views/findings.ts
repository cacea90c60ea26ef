// What is worth knowing beyond the verdict: the gravest first, each with its places in the text.

import type { FindingView, Inspection } from "../../engine/engine.js";
import { button, h, inside, link } from "../dom.ts";
import type { Edit } from "../editor/host.ts";
import type { Question } from "../question.ts";
import { prose } from "../text.ts";
import { Lazy } from "./lazy.ts";

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

export function findings(list: FindingView[], select: (start: number, end: number) => void, apply: (edits: readonly Edit[]) => void, ask: (question: Question) => void): HTMLElement | null {
  if (list.length === 0) return null;
  return h("ul", { class: "findings" }, ...list.map((view) => item(view, select, apply, ask)));
}

function item(
  { finding: { id, severity, what, why, remedy, link: url }, places, edits }: FindingView,
  select: (start: number, end: number) => void,
  apply: (edits: readonly Edit[]) => void,
  ask: (question: Question) => void,
): HTMLElement {
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
      h("p", { class: "links" }, ...here.slice(0, 3).map(({ start, end }, index) => button({ class: "link" }, () => select(start, end), index === 0 ? "Show it in the text" : "and this")), link(url, "What the standard says")),
      edits.length > 0 && h("div", { class: "row" }, button({}, () => apply(edits), "Try it in the text")),
      about(id, ask),
    ),
  );
}

/** What was unfolded stays so while the answer is drawn anew. */
const opened = new Set<string>();
const documents = new Lazy(() => import("../findings/documents.ts"));

/** Its page of the documentation, which is loaded when it is opened; and the address of that page. */
function about(id: FindingView["finding"]["id"], ask: (question: Question) => void): HTMLElement {
  const details = h("details", { class: "about" }, h("summary", {}, "Examples of it, and of what is mended"));
  details.open = opened.has(id);
  details.addEventListener("toggle", () => {
    if (!details.isConnected) return;
    if (details.open) opened.add(id);
    else opened.delete(id);
    if (!details.open || details.childElementCount > 1) return;
    const shown = (part: typeof import("../findings/documents.ts")) => {
      const document = part.find(id);
      return document === undefined ? h("p", {}, "There is no more to say.") : part.examples(document, ask);
    };
    details.append(documents.draw(shown), h("p", { class: "hint" }, "Its own page, to link to: ", inside(`findings/${id}`, {}, h("code", {}, id))));
  });
  return details;
}
