// Two lanes beside that of CORS: what becomes of each cookie, and what caches give and keep. Loaded when somebody looks.

import "./lanes.css";
import type { CacheUse, CacheVisit, CookieExchange, FetchView, KeptPreflight, KeptResponse, LaneView, LaterRequest } from "../../engine/engine.js";
import { h, type Child } from "../dom.ts";
import { lanesOf } from "../engine.ts";
import type { Question } from "../question.ts";
import { prose, visible } from "../text.ts";
import { alike, named, whose } from "./alike.ts";
import { TOO_LONG, LONGEST } from "./too-long.ts";
import { listed } from "./words.ts";

/** Of more fetches nobody compares the caches in one sitting. */
const MOST_FETCHES = 20;

const TIMES: [seconds: number, name: string][] = [
  [10, "10 seconds"],
  [60, "1 minute"],
  [600, "10 minutes"],
  [3_600, "1 hour"],
  [7_200, "2 hours"],
  [86_400, "1 day"],
];

export interface Shown {
  question: Question;
  fetches: readonly FetchView[];
  /** Which of the fetches. */
  index: number;
  /** How much later, in seconds. */
  after: number;
  /** Another time was chosen. */
  choose(after: number): void;
}

export function lanes({ question, fetches, index, after, choose }: Shown): HTMLElement {
  const fetch = fetches[index];
  if (question.paste.length > LONGEST) return h("p", { class: "hint" }, TOO_LONG);
  const found = lanesOf(question, index, after);
  if (fetch === undefined || found.length === 0) return h("p", { class: "hint" }, "There is no request here.");
  return h("div", { class: "lanes" }, cookies(fetch, found), caches(fetch, found, index), scenario(fetches, found, index), later(found, after, choose));
}

// Cookies

const WHY_NOT: Record<NonNullable<CookieExchange["credentials"]>, string> = {
  include: "",
  sameOrigin: "",
  sameOriginFirst: "",
  crossOrigin: "The request leaves the page’s origin, and its credentials mode is same-origin: no cookie is sent, and none is taken.",
  redirectedBeacon: "A redirect led the beacon to another origin: no cookie is sent, and none is taken.",
  omit: "Its credentials mode is omit: no cookie is sent, and none is taken.",
  preflight: "A preflight never carries cookies, and sets none.",
  credentialless: "The page’s embedder policy is credentialless: no cookie is sent, and none is taken.",
};

/** A request on the wire, whichever browser sends it: the first preflight, the second request ... */
type Key = `${"preflight" | "request"} ${number}`;

function keyed<T>(list: readonly T[], isPreflight: (one: T) => boolean): Map<Key, T> {
  const counts = { preflight: 0, request: 0 };
  return new Map(list.map((one) => {
    const purpose = isPreflight(one) ? "preflight" : "request";
    return [`${purpose} ${counts[purpose]++}`, one];
  }));
}

interface CookieRows {
  profile: LaneView["profile"];
  exchanges: Map<Key, CookieExchange>;
}

function cookies({ exchanges, verdict }: FetchView, found: LaneView[]): HTMLElement {
  const rows = found.map(({ profile, cookies }) => ({ profile, exchanges: keyed(cookies, ({ credentials }) => credentials === "preflight") }));
  const views = keyed(exchanges.filter(({ source }) => source !== "cache"), ({ purpose }) => purpose === "preflight");
  const keys = [...new Set([...views.keys(), ...rows.flatMap((row) => [...row.exchanges.keys()])])].filter((key) => rows.some((row) => row.exchanges.has(key)));
  const isUnknown = found.every(({ cookies }) => cookies.every(({ considered }) => considered.length === 0));
  return h(
    "section",
    { class: "lane cookies" },
    h("h4", {}, "Cookies"),
    ...(keys.length === 0 ? [h("p", { class: "hint" }, "Nothing goes over the wire, and no cookie with it.")] : keys.map((key) => exchange(key, views.get(key), verdict.kind === "blocked", rows))),
    isUnknown && keys.length > 0 && h("p", { class: "hint" }, "Which cookies the browser has is not known from this text. Add them in the form, under “What the browser remembers”, and see which go along."),
  );
}

function exchange(key: Key, view: FetchView["exchanges"][number] | undefined, isBlocked: boolean, rows: CookieRows[]): HTMLElement {
  const all = rows.flatMap(({ exchanges }) => exchanges.get(key) ?? []);
  const why = alike(rows.filter(({ exchanges }) => exchanges.has(key)), ({ exchanges }) => {
    const credentials = exchanges.get(key)?.credentials ?? null;
    return credentials === null ? "" : WHY_NOT[credentials];
  }).filter(({ value }) => value !== null && value !== "");
  const considered = [...new Set(all.flatMap((one) => one.considered.map(({ name }) => name)))];
  const set = new Map(all.flatMap((one) => one.set.map(({ line, name }) => [line, name] as const)));
  const row = (name: string, what: string, cell: Child) => h("tr", {}, h("th", { scope: "row" }, h("code", { dir: "ltr" }, visible(name, 100)), " ", h("span", { class: "hint" }, what)), h("td", {}, cell));
  const sent = (name: string) => verdicts(rows, ({ exchanges }) => {
    const cookie = exchanges.get(key)?.considered.find((one) => one.name === name);
    return cookie === undefined ? null : { good: cookie.verdict === "sent", said: cookie.verdict === "sent" ? cookie.sentence : `it does not go along: ${cookie.sentence}` };
  });
  const line = ({ exchanges }: CookieRows, line: number) => exchanges.get(key)?.set.find((one) => one.line === line);
  const taken = (at: number) => verdicts(rows, (one) => {
    const found = line(one, at);
    if (found === undefined) return null;
    const good = found.taken.type === "yes";
    return { good, said: found.taken.type === "no" ? `it is not taken: ${found.sentence}` : found.sentence };
  });
  const inSpite = (at: number) => isBlocked && rows.some((one) => line(one, at)?.taken.type === "yes") && h("p", { class: "hint" }, "Script may not read this answer; its cookie is set all the same.");
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Cookie"), h("th", { scope: "col" }, "What becomes of it")));
  return h(
    "div",
    { class: "exchange" },
    h("h5", {}, ...(view === undefined ? [`A ${key.split(" ")[0]} that ${named(rows.filter(({ exchanges }) => exchanges.has(key)).map(({ profile }) => profile))} alone would send`] : [key.startsWith("preflight") && "Preflight ", h("code", { dir: "ltr" }, visible(view.title, 200))])),
    ...why.map((group) => h("p", { class: "hint" }, whose(group), group.value ?? "")),
    considered.length + set.size > 0 && h("table", {}, head, h("tbody", {}, ...considered.map((name) => row(name, "the browser has it", sent(name))), ...Array.from(set, ([at, name]) => row(name, "the answer sets it", h("div", {}, taken(at), inSpite(at)))))),
    considered.length + set.size === 0 && why.length === 0 && h("p", { class: "hint" }, "Cookies would go along. None is known here, and the answer sets none."),
  );
}

/** A line for each verdict, with the browsers that share it. */
function verdicts<T extends { profile: LaneView["profile"] }>(found: readonly T[], of: (lane: T) => { good: boolean; said: string } | null): HTMLElement {
  const groups = alike(found, of);
  return h("ul", {}, ...groups.map((group) => {
    const good = group.value?.good === true;
    return h("li", { class: group.value === null ? "" : good ? "yes" : "no" }, group.value !== null && h("span", { class: "sign", "aria-hidden": "true" }, good ? "✓" : "✗"), whose(group), prose(group.value?.said ?? "it does not come to that."));
  }));
}

// Caches

function caches(fetch: FetchView, found: LaneView[], index: number): HTMLElement {
  const visits = found.map(({ profile, caches }) => ({ profile, visit: caches[index] ?? NOTHING }));
  const preflights = visits.map(({ profile, visit }) => ({ profile, kept: visit.preflights }));
  const responses = visits.map(({ profile, visit }) => ({ profile, kept: visit.responses }));
  const remembered = cards(preflights, ({ url, origin, partition, credentials }) => [url, origin, partition, credentials], preflight);
  const stored = cards(responses, ({ url, status }) => [url, status], response);
  const asked = fetch.exchanges.some(({ purpose }) => purpose === "preflight");
  return h(
    "section",
    { class: "lane caches" },
    h("h4", {}, "Caches"),
    h("h5", {}, "What this fetch finds there"),
    h("ul", {}, ...alike(visits, ({ visit }) => visit.requests).map((group) => h("li", {}, whose(group), uses(group.value ?? [], (found[0]?.caches.length ?? 0) > 1)))),
    remembered.length > 0 ? h("h5", {}, "What it leaves in the preflight cache") : asked && h("p", { class: "hint" }, "No preflight is remembered."),
    ...remembered,
    stored.length > 0 ? h("h5", {}, "What it leaves in the HTTP cache") : h("p", { class: "hint" }, "Nothing of it stays in the HTTP cache."),
    ...stored,
  );
}

const NOTHING: CacheVisit = { requests: [], preflights: [], responses: [] };

/** What is kept, by what it is kept under: a card for each key, with what the browsers say of it. */
function cards<K>(lanes: { profile: LaneView["profile"]; kept: K[] }[], key: (kept: K) => unknown[], draw: (one: K, kept: { profile: LaneView["profile"]; kept: K[] }[]) => HTMLElement): HTMLElement[] {
  const first = new Map(lanes.flatMap(({ kept }) => kept.map((one) => [JSON.stringify(key(one)), one] as const)).reverse());
  return Array.from(first, ([name, one]) => draw(one, lanes.map(({ profile, kept }) => ({ profile, kept: kept.filter((other) => JSON.stringify(key(other)) === name) }))));
}

/** What the browsers say of what they keep, those that say the same together. */
function each<K, V>(lanes: { profile: LaneView["profile"]; kept: K[] }[], of: (one: K) => V, say: (value: V) => Child): HTMLElement {
  const keeping = lanes.filter(({ kept }) => kept.length > 0);
  return h("ul", {}, ...alike(keeping, ({ kept }) => kept.map(of)).map((group) => h("li", {}, whose(group), ...(group.value ?? []).flatMap((value, index) => [index > 0 && "; ", say(value)]))));
}

/** What some browsers put before the site of a tab: they keep answers apart by that as well. */
const APART: Record<string, string> = { anonymous: "for requests without credentials", "anonymous image": "for images without credentials" };

function site(partition: string): HTMLElement {
  const space = partition.lastIndexOf(" ");
  const kind = partition.slice(0, Math.max(0, space));
  return h("span", {}, codes([partition.slice(space + 1)]), kind === "" ? "" : `, ${APART[kind] ?? `for ${kind}`}`);
}

/** Who keeps it, where not everybody does. */
function keepers(lanes: { profile: LaneView["profile"]; kept: unknown[] }[]): [string, Child][] {
  const keeping = lanes.filter(({ kept }) => kept.length > 0).map(({ profile }) => profile);
  return keeping.length === lanes.length ? [] : [["kept by", `${named(keeping)} alone`]];
}

function preflight({ url, origin, partition, credentials }: KeptPreflight, lanes: { profile: LaneView["profile"]; kept: KeptPreflight[] }[]): HTMLElement {
  return card([
    ...keepers(lanes),
    ["asks for", codes([url])],
    ["page", codes([origin])],
    ["tab’s site", codes([partition])],
    ["serves", credentials ? "requests with credentials" : "requests without credentials"],
    ["allows", each(lanes, ({ methods, headerNames, seconds }) => ({ allowed: [...methods, ...headerNames], seconds }), ({ allowed, seconds }) => h("span", {}, codes(allowed), ` for ${duration(seconds)}`))],
  ]);
}

function response({ url, status }: KeptResponse, lanes: { profile: LaneView["profile"]; kept: KeptResponse[] }[]): HTMLElement {
  const used = ({ freshFor, canBeAskedAbout }: KeptResponse) => {
    const asks = canBeAskedAbout ? "whether it is still good" : "for a new one";
    if (freshFor === null) return "for ever";
    return freshFor === 0 ? `never unasked: the server is asked each time ${asks}` : `for ${duration(freshFor)}; then the server is asked ${asks}`;
  };
  const selected = ({ selectedBy }: KeptResponse) => selectedBy.map(({ name, value }) => (value === null ? `${name}, not sent` : `${name}: ${value}`));
  return card([
    ...keepers(lanes),
    ["answer to", codes([url])],
    ["status", String(status)],
    ["tab’s site", each(lanes, ({ partition }) => partition, site)],
    ["selected by", each(lanes, selected, (names) => (names.length === 0 ? "the URL alone (no Vary): pages of other origins get this answer too" : codes(names)))],
    ["lets read", each(lanes, ({ allowOrigin }) => allowOrigin, (value) => (value === null ? "nobody (no Access-Control-Allow-Origin)" : codes([value])))],
    ["is used", each(lanes, used, (sentence) => sentence)],
  ]);
}

function card(rows: [string, Child][]): HTMLElement {
  return h("dl", { class: "kept" }, ...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function codes(list: string[]): HTMLElement {
  return h("span", {}, ...list.flatMap((text, index) => [index > 0 && ", ", h("code", { dir: "ltr" }, visible(text, 300))]));
}

/** What caches had for requests, in a line. */
function uses(requests: CacheUse[], several = false): HTMLElement {
  if (requests.length === 0) return h("span", {}, "nothing is asked for.");
  const hops = new Set(requests.map(({ hop }) => hop)).size > 1;
  const sentences = requests.map(({ hop, sentence, storedBy }) => `${hops && hop > 0 ? "after the redirect " : ""}${sentence}${storedBy === null || !several ? "" : ` (stored by fetch ${storedBy + 1})`}`);
  return h("span", {}, prose(`${listed(sentences)}.`));
}

/** The fetches of the scenario, one after the other, and what caches had for each. */
function scenario(fetches: readonly FetchView[], found: LaneView[], index: number): HTMLElement | null {
  if (fetches.length < 2) return null;
  const row = ({ title }: FetchView, at: number) =>
    h("tr", {}, h("th", { scope: "row" }, `${at + 1}. `, h("code", { dir: "ltr" }, visible(title, 120)), at === index && h("span", { class: "tag" }, "this one")), h("td", {}, h("ul", {}, ...alike(found, ({ caches }) => caches[at]?.requests ?? []).map((group) => h("li", {}, whose(group), uses(group.value ?? [], true))))));
  return h(
    "section",
    { class: "lane" },
    h("h4", {}, "One fetch after the other"),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Fetch"), h("th", { scope: "col" }, "What caches had for it"))), h("tbody", {}, ...fetches.slice(0, MOST_FETCHES).map(row))),
    fetches.length > MOST_FETCHES && h("p", { class: "more" }, `… and ${fetches.length - MOST_FETCHES} more.`),
  );
}

/** What requests find that follow. */
function later(found: LaneView[], after: number, choose: (after: number) => void): HTMLElement | null {
  const kinds = [...new Set(found.flatMap((lane) => lane.later.map(({ kind }) => kind)))];
  if (kinds.length === 0) return null;
  const times = TIMES.some(([seconds]) => seconds === after) ? TIMES : [...TIMES, [after, duration(after)] as const];
  const select = h("select", { id: "later-after" }, ...times.map(([seconds, name]) => h("option", { value: String(seconds) }, name)));
  select.value = String(after);
  select.addEventListener("change", () => choose(Number(select.value)));
  const row = (kind: LaterRequest["kind"]) => {
    const title = found.flatMap((lane) => lane.later).find((one) => one.kind === kind)?.title ?? "";
    const groups = alike(found, (lane) => {
      const one = lane.later.find((one) => one.kind === kind);
      return one === undefined ? null : { requests: one.requests, ends: one.ends, verdict: one.verdict };
    });
    return h("tr", {}, h("th", { scope: "row" }, prose(title)), h("td", {}, h("ul", {}, ...groups.map((group) => {
      if (group.value === null) return h("li", {}, whose(group), "it cannot be made.");
      const { requests, ends, verdict } = group.value;
      return h("li", { class: ends === "blocked" ? "no" : ends === "given" ? "yes" : "maybe" }, h("span", { class: "sign", "aria-hidden": "true" }, ends === "blocked" ? "✗" : ends === "given" ? "✓" : "→"), whose(group), uses(requests), ends === "blocked" && h("span", {}, " ", prose(verdict ?? "The browser blocks it.")));
    }))));
  };
  return h(
    "section",
    { class: "lane later" },
    h("h4", {}, "Which later requests that serves"),
    h("p", { class: "row" }, h("label", { for: "later-after" }, "How much later"), select),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Request"), h("th", { scope: "col" }, "What caches have for it"))), h("tbody", {}, ...kinds.map(row))),
    h("p", { class: "hint" }, "Each by itself, in the same browser. A preflight that is sent is taken to be allowed; → is for the server to decide."),
  );
}

function duration(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10;
  for (const [size, name] of [[86_400, "day"], [3_600, "hour"], [60, "minute"]] as const) {
    if (rounded >= size && rounded % size === 0) return `${(rounded / size).toLocaleString("en")} ${name}${rounded === size ? "" : "s"}`;
  }
  return `${rounded.toLocaleString("en")} second${rounded === 1 ? "" : "s"}`;
}
