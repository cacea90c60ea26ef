// What a line of a console leaves open: what is sure, what may be behind it, and how to tell.

import type { Inspection } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { prose } from "../text.ts";
import { code } from "./words.ts";

export function lead({ known, causes, next, curl }: NonNullable<Inspection["lead"]>): HTMLElement {
  return h(
    "section",
    { class: "card lead-card", "aria-labelledby": "lead-heading" },
    h("h3", { id: "lead-heading" }, "What the console’s line leaves open"),
    known.length > 0 && h("div", {}, h("h4", {}, "It says for sure"), h("ul", {}, ...known.map((sentence) => h("li", {}, prose(sentence))))),
    causes.length > 0 &&
      h("div", {}, h("h4", {}, "What may be behind it, the likeliest first"), h("ol", {}, ...causes.map(({ sentence, howToTell }) => h("li", {}, prose(sentence), " ", h("span", { class: "hint" }, prose(howToTell)))))),
    next !== "" && h("p", { class: "next" }, h("strong", {}, "Next: "), prose(next)),
    curl !== null && code("This tells the causes apart", curl),
  );
}
