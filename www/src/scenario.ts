// A scenario as text: HTTP where HTTP can say it, else JSON.

import type { Answer, Call, Inspection, Scenario } from "../engine/engine.js";
import { EMPTY, type Question } from "./question.ts";

/** Like `JSON.stringify`, with what is short on one line: a header is read as one. */
export function written(value: unknown): string {
  return `${write(value, "")}\n`;
}

const SHORT = 100;

function write(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]") ?? "null";
  if (typeof value !== "object" || value === null || (flat.length + indent.length <= SHORT && !nested(value))) return typeof value === "object" ? flat : JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => deeper + write(item, deeper)).join(",\n")}\n${indent}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{\n${members.map(([name, member]) => `${deeper}${JSON.stringify(name)}: ${write(member, deeper)}`).join(",\n")}\n${indent}}`;
}

/** Whether anything in it has members of its own. */
function nested(value: object): boolean {
  return Object.values(value).some((member) => typeof member === "object" && member !== null);
}

/** What the engine fills in where nothing is said. */
const DEFAULTS: Record<string, unknown> = {
  version: 1,
  profile: "spec",
  global: "window",
  referrerPolicy: "",
  embedderPolicy: "unsafe-none",
  upgradeInsecureRequests: false,
  acceptLanguage: "en",
  noPrompts: false,
  thirdPartyCookies: "allowed",
  localNetwork: "unknown",
  at: 0,
  keepaliveBytesInFlight: 0,
  withCredentials: false,
  uploadListener: false,
  sync: false,
  srcset: false,
  module: false,
};

/** A scenario without what is so anyhow. */
export function bare<T>(value: T): T {
  if (Array.isArray(value)) return value.map(bare) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .filter(([name, member]) => member !== undefined && !(name in DEFAULTS && DEFAULTS[name] === member))
    .map(([name, member]) => [name, bare(member)] as const)
    .filter(([name, member]) => !((name === "state" || name === "init") && Object.keys(member as object).length === 0));
  return Object.fromEntries(members) as T;
}

/** What the engine is asked for while a text is made. */
export interface Reader {
  inspect(question: Question): Inspection;
  scenarioOf(question: Question): Scenario | null;
}

/** The question that asks what `scenario` says: as HTTP where that, read again, comes to the same, else as JSON. */
export function question(scenario: Scenario, reader: Reader): Question {
  const json: Question = { ...EMPTY, paste: written(bare(scenario)) };
  const http = asHttp(scenario, reader.inspect(json));
  if (http === null) return json;
  const read = reader.scenarioOf(http);
  return read !== null && alike(read, scenario) ? http : json;
}

function asHttp(scenario: Scenario, inspection: Inspection): Question | null {
  const [fetch, ...others] = scenario.fetches;
  const view = inspection.fetches[0];
  if (fetch === undefined || others.length > 0 || view === undefined) return null;
  const { call } = fetch as { call: Call };
  if (!("api" in call) || call.api !== "fetch") return null;
  const answers = (fetch.answers ?? []) as Answer[];
  const parts: string[] = [];
  let used = 0;
  const answer = () => {
    const given = answers[used];
    used += 1;
    if (given === undefined) return true;
    if (!("status" in given)) return false;
    const lines = (given.headers ?? []) as [string, string][];
    parts.push([`HTTP/1.1 ${given.status}${"statusText" in given && given.statusText ? ` ${given.statusText}` : ""}`, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join("\n"));
    return true;
  };
  const last = view.exchanges.at(-1);
  for (const exchange of view.exchanges) {
    parts.push(exchange.purpose === "preflight" || exchange.hop > 0 ? `${lean(exchange.request)}\n\n` : own(call, scenario));
    if (!answer()) return null;
  }
  if (last === undefined || last.purpose === "preflight") {
    parts.push(own(call, scenario));
    if (!answer()) return null;
  }
  if (used < answers.length) return null;
  const { origin } = inspection;
  const { credentials, mode } = call.init ?? {};
  return {
    page: origin ?? "",
    paste: parts.join("\n").replace(/\n{3,}/g, "\n\n"),
    credentials: credentials === "omit" || credentials === "include" || credentials === "same-origin" ? credentials : "",
    mode: mode === "no-cors" || mode === "same-origin" ? mode : "",
  };
}

/** What a browser adds to every request, and nobody needs to read. */
function lean(request: string): string {
  return request.replace(/^(Accept|Referer|Sec-Fetch-\w+|User-Agent|Accept-Language): .*\n?/gim, "").trimEnd();
}

/** The request that script makes, as it wrote it. */
function own({ url, init }: Extract<Call, { api: "fetch" }>, { page }: Scenario): string {
  let parsed: URL;
  try {
    parsed = new URL(String(url), String(page.url));
  } catch {
    return "";
  }
  const headers = (init?.headers ?? []) as [string, string][];
  const { body } = init ?? {};
  const method = init?.method ?? "GET";
  const lines = [`${method} ${parsed.pathname}${parsed.search} HTTP/1.1`, `Host: ${parsed.host}`, `Origin: ${page.origin ?? new URL(String(page.url)).origin}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const text = body === undefined || body === null ? "" : body.type === "text" || body.type === "urlSearchParams" ? `${body.text}\n` : body.type === "bytes" ? `(a body of ${body.length} bytes)\n` : "";
  return `${lines.join("\n")}\n\n${text}\n`;
}

/** Whether two scenarios say the same, but for what HTTP adds and a browser says anyhow. */
function alike(one: Scenario, other: Scenario): boolean {
  return JSON.stringify(essence(one)) === JSON.stringify(essence(other));
}

function essence(scenario: Scenario): unknown {
  const { page, fetches, state } = bare(scenario);
  const { url, origin, ...rest } = page;
  return [
    { ...rest, origin: origin ?? new URL(String(url)).origin },
    state ?? {},
    fetches.map((fetch) => {
      const { call, answers, ...others } = fetch as { call: Extract<Call, { api: "fetch" }>; answers?: Answer[] };
      const { method, headers, body, mode, credentials, ...init } = call.init ?? {};
      const said = (answers ?? []).map((answer) => ("status" in answer ? [answer.status, answer.headers ?? []] : answer));
      return [call.api, String(call.url), method ?? "GET", headers ?? [], body === undefined || body === null ? 0 : 1, mode ?? "cors", credentials ?? "same-origin", init, call.headerEdits ?? [], said, others];
    }),
  ];
}
