// The way of one fetch as data: who takes part, what goes from one to the other, and where it stopped.

import type { EvidenceView, ExchangeView, FetchView, LineView } from "../../engine/engine.js";

export interface Lane {
  kind: "page" | "browser" | "cache" | "server";
  name: string;
  detail: string;
}

export interface Line {
  name: string;
  value: string;
  /** `bad`: this decided against it; `missing`: that it is not there did; `good`: it speaks of CORS and did no harm; `compared`: what decided was compared with this. */
  state: "" | "good" | "bad" | "missing" | "compared";
}

export interface Arrow {
  /** Indexes of lanes. */
  from: number;
  to: number;
  title: string;
  lines: Line[];
  /** How it looks: it went through, it ended the fetch, it did not come, or nobody knows. */
  state: "" | "good" | "stopped" | "lost" | "open" | "sealed";
}

/** Something that happens at one lane. */
export interface Stop {
  at: number;
  title: string;
  state: "stopped" | "open" | "note";
}

export type Event = ({ type: "arrow" } & Arrow) | ({ type: "stop" } & Stop);

export interface Journey {
  lanes: Lane[];
  events: Event[];
}

const BROWSER = 1;

/** Request headers that decide. */
const ASKED = ["origin", "access-control-request-method", "access-control-request-headers", "access-control-request-private-network", "cookie", "authorization", "range", "content-type", "sec-fetch-mode"];
const ASKED_BY_PREFLIGHT = ASKED.slice(0, 4);
/** Answer headers that decide. */
const ANSWERED = /^(access-control-.*|location|vary|cross-origin-resource-policy|set-cookie|timing-allow-origin)$/i;
/** More lines than fit on an arrow. */
const MOST_LINES = 6;

/** The journey of a fetch from a page of this origin. */
export function journey(fetch: FetchView, origin: string | null): Journey {
  const lanes: Lane[] = [
    { kind: "page", name: "Page", detail: origin ?? "" },
    { kind: "browser", name: "Browser", detail: "" },
  ];
  const events: Event[] = [];
  const cached = fetch.exchanges.some(({ source }) => source === "cache" || source === "revalidated");
  const cache = cached ? lanes.push({ kind: "cache", name: "HTTP cache", detail: "in the browser" }) - 1 : -1;
  const servers = new Map<string, number>();
  for (const { server } of fetch.exchanges) {
    if (!servers.has(server)) servers.set(server, lanes.push({ kind: "server", name: host(server), detail: server.startsWith("https:") ? "" : server.replace(/:.*/s, "") }) - 1);
  }

  events.push({ type: "arrow", from: 0, to: BROWSER, title: `${fetch.api} ${short(fetch.title)}`, lines: [], state: "" });
  if (fetch.steps.some(({ id }) => id === "preflight-cache-hit")) events.push({ type: "stop", at: BROWSER, title: "An earlier preflight is remembered: no need to ask.", state: "note" });

  const stoppedAt = stopped(fetch);
  for (const [index, exchange] of fetch.exchanges.entries()) {
    const lane = exchange.source === "cache" ? cache : (servers.get(exchange.server) ?? BROWSER);
    events.push({ type: "arrow", from: BROWSER, to: lane, title: asks(exchange), lines: exchange.source === "cache" ? [] : requestLines(exchange, fetch.evidence, index), state: "" });
    const stops = index === stoppedAt;
    if (exchange.source === "unknown") {
      events.push({ type: "arrow", from: lane, to: BROWSER, title: "answer not known yet", lines: [], state: "open" });
    } else if (exchange.source === "failure") {
      events.push({ type: "arrow", from: lane, to: BROWSER, title: "no answer", lines: [], state: "lost" });
    } else {
      const title = exchange.source === "cache" ? `${exchange.status ?? ""} (stored)` : exchange.source === "revalidated" ? `304, so the stored ${exchange.status ?? ""}` : (exchange.status ?? "");
      events.push({ type: "arrow", from: lane, to: BROWSER, title, lines: answerLines(exchange, fetch.evidence, index), state: stops ? "stopped" : "good" });
    }
  }

  const { verdict, error } = fetch;
  const where = error === null ? "" : `${error.algorithm}${error.step.number === "" ? "" : `, step ${error.step.number}`}`;
  if (verdict.kind === "blocked" || verdict.kind === "threw") {
    events.push({ type: "stop", at: BROWSER, title: `Stopped here${where === "" ? "" : `: ${where}`}`, state: "stopped" });
    events.push({ type: "arrow", from: BROWSER, to: 0, title: plain(error?.seen ?? "an error"), lines: [], state: "stopped" });
  } else if (verdict.kind === "needsAnswer" || verdict.kind === "notReached") {
    events.push({ type: "stop", at: BROWSER, title: "One answer is missing", state: "open" });
  } else if (verdict.kind === "opaque") {
    events.push({ type: "arrow", from: BROWSER, to: 0, title: "a sealed answer: script cannot look into it", lines: [], state: "sealed" });
  } else {
    const readable = fetch.headers.filter((header) => header.readable).length;
    const title = fetch.response === null ? "it loads" : `the answer: status ${fetch.response.status}, ${readable} of ${fetch.headers.length} headers`;
    events.push({ type: "arrow", from: BROWSER, to: 0, title, lines: [], state: "good" });
  }
  return { lanes, events };
}

/** The exchange whose answer ended the fetch, if one did. */
function stopped({ verdict, evidence, exchanges }: FetchView): number {
  if (verdict.kind !== "blocked") return -1;
  const [first] = evidence;
  if (first !== undefined && first.place !== "url") return first.index;
  return first === undefined ? -1 : exchanges.length - 1;
}

function asks({ purpose, title }: ExchangeView): string {
  const [method = "", ...url] = title.split(" ");
  return `${purpose === "preflight" ? "preflight: " : ""}${method} ${path(url.join(" "))}`;
}

function requestLines({ sent, purpose }: ExchangeView, evidence: EvidenceView[], index: number): Line[] {
  const wanted = purpose === "preflight" ? ASKED_BY_PREFLIGHT : ASKED.filter((name) => name !== "sec-fetch-mode");
  const deciding = evidence[0]?.place === "answer" ? evidence.find(({ place, index: at }) => place === "request" && at === index) : undefined;
  const lines = sent.filter(({ name }) => wanted.includes(name.toLowerCase()));
  return lines.slice(0, MOST_LINES).map((line) => ({ ...shown(line), state: deciding?.name.toLowerCase() === line.name.toLowerCase() ? "compared" : "" }));
}

function answerLines({ answer }: ExchangeView, evidence: EvidenceView[], index: number): Line[] {
  const here = evidence.filter((one) => one.index === index);
  const decided = new Set(here.filter(({ place }) => place === "answer").map(({ name }) => name.toLowerCase()));
  const lines: Line[] = answer
    .filter(({ name }) => ANSWERED.test(name) || decided.has(name.toLowerCase()))
    .slice(0, MOST_LINES)
    .map((line) => ({ ...shown(line), state: decided.has(line.name.toLowerCase()) ? "bad" : /^access-control-/i.test(line.name) ? "good" : "" }));
  for (const { place, name } of here) if (place === "missing") lines.unshift({ name: canonical(name), value: "", state: "missing" });
  return lines;
}

function shown({ name, value }: LineView): { name: string; value: string } {
  return { name, value: /^(cookie|set-cookie|authorization)$/i.test(name) ? "…" : value };
}

/** A header's name as people write it. */
function canonical(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function host(origin: string): string {
  return origin.replace(/^[a-z]+:\/\//, "") || "server";
}

function path(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}

function short(title: string): string {
  const [method = "", url = ""] = title.split(" ");
  return `${method} ${url.replace(/^https?:\/\//, "")}`.trim();
}

function plain(sentence: string): string {
  return sentence.replaceAll("`", "");
}

/** The journey in sentences, for those who do not see the picture. */
export function told({ lanes, events }: Journey): string[] {
  const name = (index: number) => lanes[index]?.name ?? "";
  return events.map((event) => {
    if (event.type === "stop") return `${name(event.at)}: ${event.title}`;
    const lines = event.lines.map(({ name, value, state }) => (state === "missing" ? `${name} is missing` : `${name}: ${value}${{ bad: " (this decided)", compared: " (compared with this)", good: "", "": "" }[state]}`));
    return `${name(event.from)} to ${name(event.to)}: ${[event.title, ...lines].filter((part) => part !== "").join("; ")}`;
  });
}
