// Two lanes beside that of CORS: what becomes of cookies, and what caches keep and give.

import type { FetchView, StepLine } from "../../engine/engine.js";
import { h, link } from "../dom.ts";
import { prose } from "../text.ts";

const COOKIES = /cookie|same-site/;
const CACHES = /cache|stored|revalidat|not-modified/;

export function lanes({ steps, exchanges }: FetchView): HTMLElement | null {
  const cookies = steps.filter(({ id }) => COOKIES.test(id));
  const caches = steps.filter(({ id }) => CACHES.test(id));
  if (cookies.length + caches.length === 0) return null;
  const sent = exchanges.flatMap(({ sent }) => sent.filter(({ name }) => name.toLowerCase() === "cookie")).length;
  return h(
    "div",
    { class: "lanes" },
    h("section", {}, h("h4", {}, "Cookies"), cookies.length === 0 ? h("p", { class: "hint" }, sent === 0 ? "None is known, sent or set here." : "Sent as pasted.") : list(cookies)),
    h("section", {}, h("h4", {}, "Caches"), caches.length === 0 ? h("p", { class: "hint" }, "Nothing was stored, and nothing came from one.") : list(caches)),
  );
}

function list(lines: StepLine[]): HTMLElement {
  return h("ol", { class: "steps" }, ...lines.map(({ sentence, status, step }) => h("li", { class: status }, h("span", { class: "sign", "aria-hidden": "true" }, status === "ok" ? "✓" : status === "failed" ? "✗" : "·"), h("div", {}, prose(sentence), " ", link(step.url, "why")))));
}
