// The place of findings: a list of all, and a page for each under an address that stays.

import { h, inside } from "../dom.ts";
import { ALL, body, find, type Document, type Open } from "./documents.ts";
import { prose } from "../text.ts";

const WORDS: Record<string, string> = { error: "Danger", warning: "Careful", info: "Good to know" };

const TOPICS: Record<string, string> = {
  security: "Security: who else can read it",
  caching: "Caching: what the next one gets",
  cost: "Cost: what could be left out",
  cookies: "Cookies",
  "headers that do nothing": "Headers that do nothing",
};

export function place(id: string, open: Open): HTMLElement {
  const document = find(id);
  return document === undefined ? list(id) : page(document, open);
}

function list(id: string): HTMLElement {
  const topics = [...new Set(ALL.map(({ topic }) => topic))];
  return h(
    "div",
    { class: "gallery" },
    h("h1", { id: "place-heading", tabindex: "-1" }, "Findings"),
    id !== "" && h("p", { class: "card problem" }, `No finding is called ${id}. These are all there are.`),
    h("p", { class: "hint" }, "What Corscope says beyond the verdict: who else can read an answer, what caches make of it, what could be left out, what does nothing. Each with an example."),
    h("div", { class: "shelves" }, ...topics.map((topic) => h("section", { "aria-label": TOPICS[topic] ?? topic }, h("h2", {}, TOPICS[topic] ?? topic), h("ul", { class: "cards" }, ...ALL.filter((one) => one.topic === topic).map(card))))),
  );
}

function card({ id, title, severity }: Document): HTMLElement {
  return h("li", {}, inside(`findings/${id}`, { class: "card" }, h("strong", {}, prose(title)), badge(severity), h("code", { class: "hint" }, id)));
}

function badge(severity: string): HTMLElement {
  return h("span", { class: `severity ${severity}` }, WORDS[severity] ?? severity);
}

function page(document: Document, open: Open): HTMLElement {
  const { id, title, severity } = document;
  return h(
    "div",
    { class: "gallery reference" },
    h("p", { class: "crumbs" }, inside("findings", {}, "Findings"), " › ", h("code", {}, id)),
    h("h1", { id: "place-heading", tabindex: "-1" }, prose(title)),
    h("div", { class: "card" }, badge(severity), body(document, open)),
  );
}
