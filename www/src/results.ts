// The answer of the engine as headings, lists and tables.

import { copyButton } from "./copy.ts";
import { h, icon, link } from "./dom.ts";
import type { ExchangeView, FetchView, HeaderView, Missing, StepView, Verdict } from "./inspection.ts";
import { visible } from "./text.ts";

/** More fetches than anybody reads in one sitting. */
const MOST_FETCHES = 20;

const WORDS = { allowed: "Allowed", blocked: "Blocked", hidden: "Sent, but not readable", waiting: "An answer is missing" } as const;

/** What outlives a rendering: which details are open, and the box for an answer that is missing. */
export interface Kept {
  opened: Set<string>;
  answerBox: HTMLElement;
}

/** The verdicts and all that led to them. */
export function results(fetches: FetchView[], kept: Kept): Node[] {
  const several = fetches.length > 1;
  const nodes = fetches
    .slice(0, MOST_FETCHES)
    .map((fetch, index) => h("article", { class: "fetch" }, several && h("h3", { class: "title" }, `${index + 1}. `, visible(fetch.title, 300)), ...one(fetch, `${index}`, kept)));
  if (fetches.length > MOST_FETCHES) nodes.push(h("article", {}, h("p", { class: "card" }, `… and ${fetches.length - MOST_FETCHES} more. Remove the first ones from the text to see them.`)));
  return nodes;
}

/** What is read aloud when the verdict has changed. */
export function spoken(fetches: FetchView[]): string {
  return fetches
    .slice(0, 3)
    .map(({ verdict }) => `${WORDS[verdict.kind]}. ${verdict.sentence} ${verdict.who ?? ""}`)
    .join(" ");
}

/** The first verdict in a line. */
export function peek([first]: FetchView[]): Node[] {
  if (first === undefined) return [];
  const { kind, sentence } = first.verdict;
  const shape = h("span", { class: className(kind) }, icon(kind));
  return [shape, h("span", { class: `word ${className(kind)}` }, `${WORDS[kind]}:`), h("span", { class: "rest" }, visible(sentence, 200))];
}

function className(kind: Verdict["kind"]): string {
  return kind === "hidden" ? "hidden-answer" : kind;
}

function one(fetch: FetchView, key: string, { opened, answerBox }: Kept): (Node | false)[] {
  return [
    verdict(fetch.verdict),
    fetch.missing !== null && missing(fetch.missing, answerBox),
    wire(fetch, key, opened),
    fetch.headers.length > 0 && headers(fetch.headers),
    fetch.steps.length > 0 && steps(fetch.steps),
  ];
}

function verdict({ kind, sentence, who }: Verdict): HTMLElement {
  return h(
    "div",
    { class: `card verdict ${className(kind)}` },
    icon(kind),
    h("div", {}, h("p", { class: "word" }, WORDS[kind]), h("p", { class: "sentence" }, visible(sentence)), who !== null && h("p", { class: "who" }, visible(who))),
  );
}

function missing({ sentence, http, curl }: Missing, answerBox: HTMLElement): HTMLElement {
  return h(
    "section",
    { class: "card missing" },
    h("h3", {}, "The answer that is missing"),
    h("p", {}, visible(sentence)),
    code("The request, as the browser would send it", http),
    code("The same with curl", curl),
    answerBox,
  );
}

function wire({ exchanges, preflightReasons }: FetchView, key: string, opened: Set<string>): HTMLElement | false {
  if (exchanges.length === 0) return false;
  const asked = exchanges.some(({ purpose }) => purpose === "preflight");
  return h(
    "section",
    { class: "card wire" },
    h("h3", {}, "What goes over the wire"),
    asked && preflightReasons.length > 0 && h("div", { class: "reasons" }, h("p", {}, "The browser asks first, with a preflight, because"), h("ul", {}, ...preflightReasons.map((reason) => h("li", {}, visible(reason))))),
    !asked && h("p", {}, "No preflight: the browser sends the request at once."),
    h("ol", { class: "exchanges" }, ...exchanges.map((exchange, index) => exchangeItem(exchange, `${key}.${index}`, opened))),
  );
}

function exchangeItem(exchange: ExchangeView, key: string, opened: Set<string>): HTMLElement {
  const details = h(
    "details",
    {},
    h("summary", {}, h("span", { class: `purpose ${exchange.purpose}` }, exchange.purpose === "preflight" ? "Preflight" : "Request"), " ", h("code", { dir: "ltr" }, visible(exchange.title, 300))),
    h("pre", { tabindex: "0", dir: "ltr", "aria-label": `${exchange.purpose === "preflight" ? "Preflight" : "Request"} as the browser would write it` }, visible(exchange.request, 20_000)),
  );
  details.open = opened.has(key) || (exchange.purpose === "preflight" && !opened.has(`closed ${key}`));
  details.addEventListener("toggle", () => {
    if (details.open) {
      opened.add(key);
      opened.delete(`closed ${key}`);
    } else {
      opened.delete(key);
      opened.add(`closed ${key}`);
    }
  });
  return h("li", {}, details, h("p", { class: "arrow" }, visible(exchange.answer, 300)));
}

function headers(list: HeaderView[]): HTMLElement {
  return h(
    "section",
    { class: "card" },
    h("h3", {}, "What script can read of the answer’s headers"),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Response headers" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Header"), h("th", { scope: "col" }, "Readable"), h("th", { scope: "col" }, "Why"))),
        h(
          "tbody",
          {},
          ...list.map(({ name, value, readable, why }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, h("code", { dir: "ltr" }, h("span", { class: "name" }, visible(name, 200)), ": ", visible(value, 500))),
              h("td", { class: readable ? "yes" : "no" }, readable ? "✓ yes" : "– no"),
              h("td", {}, visible(why)),
            ),
          ),
        ),
      ),
    ),
  );
}

function steps(list: StepView[]): HTMLElement {
  const signs = { passed: "✓", failed: "✗", note: "·" } as const;
  const words = { passed: "passed: ", failed: "failed: ", note: "" } as const;
  return h(
    "section",
    { class: "card" },
    h("h3", {}, "Step by step"),
    h(
      "ol",
      { class: "steps" },
      ...list.map(({ sentence, kind, label, url }) =>
        h("li", { class: kind }, h("span", { class: "sign", "aria-hidden": "true" }, signs[kind]), h("div", {}, h("span", { class: "hidden" }, words[kind]), visible(sentence), " ", link(url, label))),
      ),
    ),
  );
}

function code(title: string, text: string): HTMLElement {
  return h("figure", { class: "code" }, h("figcaption", {}, title, copyButton(title, () => text)), h("pre", { tabindex: "0", dir: "ltr", "aria-label": title }, visible(text, 20_000)));
}
