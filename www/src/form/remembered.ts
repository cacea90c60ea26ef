// What the browser remembers from before: cookies, caches, hosts that want HTTPS.

import type { Allows, BrowserState, CacheEntry, Cookie, HstsHost, SameSite, Scenario, StoredResponse } from "../../engine/engine.js";
import { h, type Child } from "../dom.ts";
import { check, field, fold, lines, number, select, several, text, words, type Pairs } from "./fields.ts";

/** What the browser has when it starts. `say` tells of a change, `again` of one that changes the form as well. */
export function remembered(scenario: Scenario, say: () => void, again: () => void): HTMLElement {
  // NB: it is there only once there is something in it, so that an exchange that HTTP can say stays one.
  const state: BrowserState = scenario.state ?? {};
  const list = <K extends "cookies" | "preflightCache" | "httpCache">(name: K): NonNullable<BrowserState[K]> => (state[name] ?? []) as NonNullable<BrowserState[K]>;
  const keep = <K extends keyof BrowserState>(name: K, value: NonNullable<BrowserState[K]>) => {
    if (value.length === 0) delete state[name];
    else state[name] = value;
    if (Object.keys(state).length === 0) delete scenario.state;
    else scenario.state = state;
  };
  const [cookies, preflights, responses] = [list("cookies"), list("preflightCache"), list("httpCache")];
  const changed = (then: () => void) => () => {
    keep("cookies", cookies);
    keep("preflightCache", preflights);
    keep("httpCache", responses);
    then();
  };
  return fold(
    "remembered",
    "What the browser remembers",
    Object.keys(state).length > 0,
    h("h3", {}, "Cookies"),
    ...several(cookies, "Cookie", () => freshCookie(scenario), (cookie) => cookieFields(cookie, changed(say)), changed(again)),
    h("h3", {}, "Preflights"),
    ...several(preflights, "Remembered preflight", () => freshPreflight(scenario), (entry) => preflightFields(entry, changed(say), changed(again)), changed(again)),
    h("h3", {}, "Answers in the HTTP cache"),
    ...several(responses, "Stored answer", () => freshResponse(scenario), (stored) => responseFields(stored, changed(say)), changed(again)),
    field("Hosts that want HTTPS (HSTS), one a line; *. for subdomains too", words((state.hsts ?? []).map(hostLine), "*.api.example", (list) => {
      keep("hsts", list.map(host));
      say();
    }), "wide"),
  );
}

/** The URL of the first fetch, which what is remembered is mostly about. */
function first({ page, fetches }: Scenario): { site: string; origin: string; url: URL } {
  const parse = (text: string, base?: string) => (URL.canParse(text, base) ? new URL(text, base) : new URL("https://api.example/"));
  const own = parse(String(page.url));
  const [fetch] = fetches as { call: { url?: unknown } }[];
  const url = parse(String(fetch?.call.url ?? ""), own.href);
  return { site: own.origin, origin: page.origin ?? own.origin, url };
}

// NB: for a preflight and an answer the site is what the tab shows: without a list of public suffixes its origin stands for it.

function freshCookie(scenario: Scenario): Cookie {
  return { name: "sid", value: "1", domain: first(scenario).url.hostname, secure: true, sameSite: "none" };
}

function freshPreflight(scenario: Scenario): CacheEntry {
  const { site, origin, url } = first(scenario);
  return { key: site, origin, url: url.href, maxAge: 600, storedAt: 0, credentials: false, allows: { method: "PUT" } };
}

function freshResponse(scenario: Scenario): StoredResponse {
  const { site, origin, url } = first(scenario);
  return { partition: site, url: url.href, requestHeaders: [], response: { status: 200, headers: [["Access-Control-Allow-Origin", origin], ["Cache-Control", "max-age=600"]] }, storedAt: 0 };
}

function cookieFields(cookie: Cookie, say: () => void): Child[] {
  const flag = (label: string, name: "secure" | "httpOnly") => check(label, cookie[name] === true, (on) => {
    if (on) cookie[name] = true;
    else delete cookie[name];
    say();
  });
  const word = (name: "name" | "value" | "domain") => text(cookie[name], "", (value) => {
    cookie[name] = value;
    say();
  });
  return [
    h("div", { class: "row" }, field("name", word("name"), "narrow"), field("value", word("value"), "narrow"), field("host that set it", word("domain"), "wide")),
    h(
      "div",
      { class: "row" },
      field("path", text(cookie.path ?? "/", "/", (value) => {
        cookie.path = value === "" ? "/" : value;
        say();
      }), "narrow"),
      field("SameSite", select(cookie.sameSite ?? "default", ["default", "none", "lax", "strict"], (value) => {
        cookie.sameSite = value as SameSite;
        say();
      })),
      flag("Secure", "secure"),
      flag("HttpOnly", "httpOnly"),
      check("subdomains too", cookie.hostOnly === false, (on) => {
        if (on) cookie.hostOnly = false;
        else delete cookie.hostOnly;
        say();
      }),
    ),
  ];
}

const ALLOWS = ["method", "any method", "header", "any header"] as const;

function preflightFields(entry: CacheEntry, say: () => void, again: () => void): Child[] {
  const { allows } = entry;
  const kind = allows === "anyMethod" ? "any method" : allows === "anyHeaderName" ? "any header" : "method" in allows ? "method" : "header";
  const name = typeof allows === "string" ? null : "method" in allows ? allows.method : allows.headerName;
  const made = (kind: string, name: string): Allows => (kind === "any method" ? "anyMethod" : kind === "any header" ? "anyHeaderName" : kind === "method" ? { method: name } : { headerName: name });
  const word = (label: string, name: "key" | "origin" | "url", width = "wide") => field(label, text(entry[name], "", (value) => {
    entry[name] = value;
    say();
  }), width);
  const seconds = (label: string, name: "maxAge" | "storedAt") => field(label, number(entry[name], (value) => {
    entry[name] = value;
    say();
  }));
  return [
    h(
      "div",
      { class: "row" },
      field("allows", select(kind, [...ALLOWS], (value) => {
        entry.allows = made(value, value === "header" ? "x-token" : "PUT");
        again();
      })),
      name !== null && field(kind === "method" ? "method that is allowed" : "header that is allowed", text(name, "", (value) => {
        entry.allows = made(kind, value);
        say();
      }), "narrow"),
      seconds("for (seconds)", "maxAge"),
      seconds("since (seconds)", "storedAt"),
      check("with credentials", entry.credentials, (on) => {
        entry.credentials = on;
        say();
      }),
    ),
    h("div", { class: "row" }, word("for the URL", "url"), word("of a page of", "origin"), word("in a tab of the site", "key")),
  ];
}

function responseFields(stored: StoredResponse, say: () => void): Child[] {
  const word = (label: string, name: "partition" | "url") => field(label, text(stored[name], "", (value) => {
    stored[name] = value;
    say();
  }), "wide");
  return [
    h("div", { class: "row" }, word("answer to", "url"), word("in a tab of the site", "partition")),
    h(
      "div",
      { class: "row" },
      field("status", number(stored.response.status, (value) => {
        stored.response.status = value;
        say();
      }), "narrow"),
      field("stored at (seconds)", number(stored.storedAt, (value) => {
        stored.storedAt = value;
        say();
      })),
    ),
    field("header lines of the answer", lines(stored.response.headers as Pairs, "", (pairs) => {
      stored.response.headers = pairs;
      say();
    }), "wide"),
    field("header lines of its request, for Vary", lines(stored.requestHeaders as Pairs, "Origin: https://app.example", (pairs) => {
      stored.requestHeaders = pairs;
      say();
    }), "wide"),
  ];
}

function hostLine({ host, includeSubDomains }: HstsHost): string {
  return includeSubDomains === true ? `*.${host}` : host;
}

function host(line: string): HstsHost {
  return line.startsWith("*.") ? { host: line.slice(2), includeSubDomains: true } : { host: line };
}
