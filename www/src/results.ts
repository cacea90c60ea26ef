// The answer of the engine as headings, lists and tables.

import type { BrowserView, ExchangeView, FetchView, HeaderView, RequestText, StepLine, Verdict } from "../engine/engine.js";
import { copyButton } from "./copy.ts";
import { h, icon, link, type Shape } from "./dom.ts";
import { prose, visible } from "./text.ts";

/** More fetches than anybody reads in one sitting. */
const MOST_FETCHES = 20;
const MOST_HEADERS = 200;
const MOST_STEPS = 500;

/** The shape and colour of each kind of verdict; its sentence says it in words. */
const SHAPES: Record<Verdict["kind"], Shape> = {
  allowed: "allowed",
  opaque: "unreadable",
  blocked: "blocked",
  threw: "blocked",
  needsAnswer: "waiting",
  notReached: "waiting",
};

const WHO: Record<Verdict["who"], string> = {
  server: "The server has to change.",
  page: "The page has to change.",
  network: "Neither page nor server: look at the network.",
  caller: "What to do now:",
  nobody: "",
};

const SOURCES: Record<ExchangeView["source"], string> = {
  network: "",
  cache: "(from the browser’s cache, nothing is sent)",
  revalidated: "(from the browser’s cache, after the server said 304)",
  failure: "no answer",
  unknown: "not known yet",
};

/** What outlives a rendering: which details are open, and the box for an answer that is missing. */
export interface Kept {
  opened: Map<string, boolean>;
  answerBox: HTMLElement;
}

/** The verdicts and all that led to them. */
export function results(fetches: FetchView[], kept: Kept): Node[] {
  const several = fetches.length > 1;
  const nodes: Node[] = fetches
    .slice(0, MOST_FETCHES)
    .map((fetch, index) => h("article", { class: "fetch" }, several && h("h3", { class: "title" }, `${index + 1}. `, visible(fetch.title, 300)), ...one(fetch, `${index}`, kept)));
  if (fetches.length > MOST_FETCHES) nodes.push(h("p", { class: "card" }, `… and ${fetches.length - MOST_FETCHES} more. Remove the first ones from the text to see them.`));
  return nodes;
}

/** What is read aloud when the verdict has changed. */
export function spoken(fetches: FetchView[]): string {
  return fetches
    .slice(0, 3)
    .map(({ verdict: { sentence, who, remedy } }) => [sentence, WHO[who], remedy].join(" ").replaceAll("`", ""))
    .join(" ");
}

/** The first verdict in a line. */
export function peek([first]: FetchView[]): Node[] {
  if (first === undefined) return [];
  const shape = SHAPES[first.verdict.kind];
  return [h("span", { class: shape }, icon(shape)), h("span", { class: `rest ${shape}` }, headline(first.verdict.sentence))];
}

function one(fetch: FetchView, key: string, { opened, answerBox }: Kept): (Node | false)[] {
  return [
    verdict(fetch),
    fetch.missing !== null && missing(fetch.missing, answerBox),
    fetch.browsers.length > 0 && browsers(fetch),
    wire(fetch, key, opened),
    fetch.headers.length > 0 && headers(fetch.headers),
    fetch.steps.length > 0 && steps(fetch.steps),
  ];
}

function verdict({ verdict: { kind, sentence, why, who, remedy }, error, notes, notChecked }: FetchView): HTMLElement {
  const shape = SHAPES[kind];
  return h(
    "div",
    { class: `card verdict ${shape}` },
    icon(shape),
    h(
      "div",
      {},
      h("p", { class: "sentence" }, headline(sentence)),
      why !== "" && h("p", { class: "why" }, prose(why)),
      (who !== "nobody" || remedy !== "") && h("p", { class: "who" }, who !== "nobody" && h("strong", {}, `${WHO[who]} `), prose(remedy)),
      error !== null && h("p", { class: "seen" }, prose(error.seen)),
      ...[...notes, ...notChecked].map((note) => h("p", { class: "seen" }, prose(note))),
    ),
  );
}

/** A verdict's sentence, with the word that it begins with (“Blocked:”) set off. */
function headline(sentence: string): DocumentFragment {
  const [, word, rest] = /^([^`:]{1,30}:)(.*)$/su.exec(sentence) ?? [null, "", sentence];
  const fragment = document.createDocumentFragment();
  if (word !== undefined && word !== "") fragment.append(h("strong", { class: "word" }, word));
  fragment.append(prose(rest ?? ""));
  return fragment;
}

/** What each browser makes of it, where that is not what the standard says. */
function browsers({ browsers, verdict }: FetchView): HTMLElement {
  const same = browsers.filter(({ differs }) => !differs).map(({ version }) => version);
  const others = browsers.filter(({ differs }) => differs);
  return h(
    "section",
    { class: "card browsers" },
    h("h3", {}, "Browsers"),
    same.length > 0 && h("p", {}, `${listed(same)}: as the standard says.`),
    ...others.map((browser) => browserDifference(browser, verdict)),
    browsers.some(printed) && consoles(browsers),
  );
}

function browserDifference({ version, verdict, because }: BrowserView, standard: Verdict): HTMLElement {
  const shape = SHAPES[verdict.kind];
  return h(
    "div",
    { class: `browser ${shape}` },
    h("h4", {}, icon(shape), " ", version),
    h("p", { class: "sentence" }, headline(verdict.sentence === standard.sentence ? "The same verdict, by other requests." : verdict.sentence)),
    verdict.remedy !== "" && verdict.sentence !== standard.sentence && h("p", { class: "who" }, prose(verdict.remedy)),
    because.length > 0 && h("ul", { "aria-label": `In what ${version} deviates` }, ...because.map((text) => h("li", {}, prose(text)))),
  );
}

function printed({ console, exception }: BrowserView): boolean {
  return console.length > 0 || exception !== null;
}

/** What each console prints, word for word. */
function consoles(browsers: BrowserView[]): HTMLElement {
  const one = ({ version, console, exception }: BrowserView) =>
    h(
      "div",
      { class: "printed" },
      h("h4", {}, version),
      console.length > 0 ? h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": `The console of ${version}` }, ...console.flatMap((line) => [visible(line.trimEnd(), 5_000), "\n"])) : h("p", {}, "prints nothing."),
      exception !== null && h("p", { class: "hint" }, "Script catches ", h("code", {}, visible(exception, 1_000))),
    );
  return h("details", { class: "consoles" }, h("summary", {}, "What the console prints"), ...browsers.map(one));
}

/** “a, b and c” */
function listed(names: string[]): string {
  const [last, ...before] = names.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last}`;
}

function missing({ http, curl, hasBody, credentials }: RequestText, answerBox: HTMLElement): HTMLElement {
  return h(
    "section",
    { class: "card missing" },
    h("h3", {}, "The request to send"),
    code("As the browser would send it", http),
    code("The same with curl", curl),
    hasBody && h("p", { class: "hint" }, "curl reads the body from a file named ", h("code", {}, "body"), ", which you have to write."),
    credentials && h("p", { class: "hint" }, "The browser adds its cookies for this server. If the answer hangs on them, add yours with ", h("code", {}, "-b 'name=value'"), "."),
    answerBox,
  );
}

function wire({ exchanges, preflightReasons }: FetchView, key: string, opened: Map<string, boolean>): HTMLElement | false {
  if (exchanges.length === 0) return false;
  const asked = exchanges.some(({ purpose }) => purpose === "preflight");
  return h(
    "section",
    { class: "card wire" },
    h("h3", {}, "What goes over the wire"),
    asked &&
      h(
        "div",
        { class: "reasons" },
        h("p", {}, "The browser asks first, by OPTIONS, whether it may send the request (a preflight)."),
        preflightReasons.length > 0 && h("ul", {}, ...preflightReasons.map((reason) => h("li", {}, prose(reason)))),
      ),
    h("ol", { class: "exchanges" }, ...exchanges.map((exchange, index) => exchangeItem(exchange, `${key}.${index}`, opened))),
  );
}

function exchangeItem({ purpose, title, request, source, status, caveats }: ExchangeView, key: string, opened: Map<string, boolean>): HTMLElement {
  const word = purpose === "preflight" ? "Preflight" : "Request";
  const details = h(
    "details",
    {},
    h("summary", {}, h("span", { class: "purpose" }, word), " ", h("code", { dir: "ltr" }, visible(title, 300))),
    h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": `${word}, as the browser writes it` }, visible(request, 20_000)),
  );
  details.open = opened.get(key) ?? (purpose === "preflight" && source !== "unknown"); // That one is shown above already.
  details.addEventListener("toggle", () => opened.set(key, details.open));
  return h(
    "li",
    {},
    details,
    h("p", { class: "arrow" }, status !== null && visible(`${status} `, 300), SOURCES[source]),
    ...caveats.map((caveat) => h("p", { class: "caveat" }, prose(caveat))),
  );
}

function headers(list: HeaderView[]): HTMLElement {
  // Where all have one reason, it is said once.
  const [reason, ...others] = new Set(list.map(({ sentence }) => sentence));
  const shared = list.length > 1 && others.length === 0 ? reason : undefined;
  const row = ({ name, value, readable, sentence }: HeaderView) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("code", { dir: "ltr" }, h("span", { class: "name" }, visible(name, 200)), ": ", visible(value, 500))),
      shared === undefined && h("td", { class: readable ? "readable" : "not-readable" }, readable ? "✓ " : "– ", headline(sentence)),
    );
  const count = list.filter(({ readable }) => readable).length;
  return h(
    "section",
    { class: "card" },
    h("h3", {}, "The answer’s headers"),
    h("p", { class: "reason" }, shared === undefined ? `Script can read ${count} of ${list.length}.` : prose(shared)),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Header"), shared === undefined && h("th", { scope: "col" }, "For script"))),
      h("tbody", {}, ...list.slice(0, MOST_HEADERS).map(row)),
    ),
    list.length > MOST_HEADERS && h("p", { class: "more" }, `… and ${list.length - MOST_HEADERS} more headers`),
  );
}

function steps(steps: StepLine[]): HTMLElement {
  const signs = { ok: "✓", failed: "✗", info: "·" } as const;
  const words = { ok: "Passed: ", failed: "Failed: ", info: "" } as const;
  const item = ({ sentence, status, decisive, algorithm, step: { number, url } }: StepLine) =>
    h(
      "li",
      { class: decisive ? `${status} decisive` : status },
      h("span", { class: "sign", "aria-hidden": "true" }, signs[status]),
      h("div", {}, h("span", { class: "hidden" }, words[status]), prose(sentence), " ", link(url, prose(number === "" ? algorithm : `${algorithm}, step ${number}`))),
    );
  return h(
    "section",
    { class: "card" },
    h("h3", {}, "Step by step"),
    h("ol", { class: "steps" }, ...steps.slice(0, MOST_STEPS).map(item)),
    steps.length > MOST_STEPS && h("p", { class: "more" }, `… and ${steps.length - MOST_STEPS} more steps`),
  );
}

function code(title: string, text: string): HTMLElement {
  return h("figure", { class: "code" }, h("figcaption", {}, title, copyButton(title, text)), h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": title }, visible(text, 20_000)));
}
