// How it ended, as a sentence; who must change what.

import type { FetchView } from "../../engine/engine.js";
import { copyButton } from "../copy.ts";
import { h, icon } from "../dom.ts";
import { prose, visible } from "../text.ts";
import { headline, SHAPES, WHO } from "./words.ts";

export function verdict({ verdict: { kind, sentence, why, who, remedy, send }, error, notes, notChecked }: FetchView): HTMLElement {
  const shape = SHAPES[kind];
  const lines = send.map(([name, value]) => `${name}: ${value}`);
  return h(
    "section",
    { class: `card verdict ${shape}`, "aria-label": "Verdict" },
    icon(shape),
    h(
      "div",
      { class: "says" },
      h("p", { class: "sentence" }, headline(sentence)),
      why !== "" && h("p", { class: "why" }, prose(why)),
      (who !== "nobody" || remedy !== "") && h("p", { class: "who" }, who !== "nobody" && h("strong", {}, `${WHO[who]} `), prose(remedy)),
      lines.length > 0 && h("div", { class: "send" }, h("pre", { dir: "ltr", tabindex: "0", role: "region", "aria-label": "Header lines to send" }, visible(lines.join("\n"))), copyButton("the header lines to send", lines.join("\n"))),
      error !== null && h("p", { class: "seen" }, prose(error.seen)),
      ...notes.map((note) => h("p", { class: "seen" }, prose(note))),
      ...notChecked.map((note) => h("p", { class: "seen" }, prose(note))),
    ),
  );
}

/** What is read aloud when the verdict has changed. */
export function spoken(fetches: FetchView[]): string {
  return fetches
    .slice(0, 3)
    .map(({ verdict: { sentence, who, remedy } }) => [sentence, WHO[who], remedy].join(" ").replaceAll("`", ""))
    .join(" ");
}

/** A verdict in a line. */
export function peek(fetch: FetchView | undefined): Node[] {
  if (fetch === undefined) return [];
  const shape = SHAPES[fetch.verdict.kind];
  return [h("span", { class: shape }, icon(shape)), h("span", { class: `rest ${shape}` }, headline(fetch.verdict.sentence))];
}
