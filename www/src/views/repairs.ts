// How to mend it: the smallest repairs, each with a button that makes it in the text, and with settings for the server.

import type { FetchView, Policy, RepairView } from "../../engine/engine.js";
import { button, h } from "../dom.ts";
import { prose } from "../text.ts";
import type { Edit } from "../editor/host.ts";
import { snippetPicker } from "./snippets.ts";

const BY: Record<RepairView["repair"]["by"], string> = { server: "Server", page: "Page", both: "Server and page" };

export function repairs({ repairs: list, avoid }: FetchView, apply: (edits: readonly Edit[]) => void): HTMLElement | null {
  if (list.length === 0 && avoid.length === 0) return null;
  return h(
    "div",
    { class: "repairs" },
    ...list.map((view, index) => card(view, index, apply)),
    avoid.length > 0 &&
      h("details", { class: "avoid" }, h("summary", {}, `What not to do (${avoid.length})`), h("ul", {}, ...avoid.map(({ what, why }) => h("li", {}, h("strong", {}, prose(what)), " ", prose(why))))),
  );
}

function card({ repair, edits }: RepairView, index: number, apply: (edits: readonly Edit[]) => void): HTMLElement {
  const { by, title, what, why, safetyNote, assumed, policy } = repair;
  return h(
    "section",
    { class: `repair ${by}`, "aria-label": `Repair ${index + 1}` },
    h("div", { class: "console-bar" }, h("h4", {}, prose(title)), h("span", { class: "badge" }, BY[by])),
    h("ul", { class: "what" }, ...what.map((sentence) => h("li", {}, prose(sentence)))),
    why !== "" && h("p", { class: "hint" }, prose(why)),
    safetyNote !== "" && h("p", { class: "hint" }, prose(safetyNote)),
    ...assumed.map((sentence) => h("p", { class: "hint" }, prose(sentence))),
    h("div", { class: "row" }, edits.length > 0 && button({ class: index === 0 ? "primary" : "" }, () => apply(edits), "Try it in the text")),
    policy !== null && snippets(policy),
  );
}

/** The settings, drawn when they are asked for. */
function snippets(policy: Policy): HTMLElement {
  const details = h("details", { class: "snippets" }, h("summary", {}, "Settings for your server"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(snippetPicker(policy));
  });
  return details;
}
