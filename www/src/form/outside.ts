// What decides beside page and server: a service worker, policies that the engine does not know, where addresses lead, what the
// person has allowed.

import type { Fetch, IpAddressSpace, OutsidePolicy, Scenario, ServiceWorkerAnswer } from "../../engine/engine.js";
import { button, h, type Child } from "../dom.ts";
import { check, field, fold, lines, number, select, words, type Pairs } from "./fields.ts";

const POLICIES: [policy: OutsidePolicy, label: string][] = [
  ["contentSecurityPolicy", "Content Security Policy, before the request"],
  ["contentSecurityPolicyResponse", "Content Security Policy, after the answer"],
  ["integrityPolicy", "Integrity-Policy"],
];

const SPACES = ["", "loopback", "local", "public"];
const TYPES: ServiceWorkerAnswer["type"][] = ["default", "basic", "cors", "opaque", "opaqueredirect", "error"];

/** Of the fetch at `index`. */
export function outside(fetch: Fetch, index: number, say: () => void, again: () => void): HTMLElement {
  const blocked = (fetch.blockedBy ?? []) as OutsidePolicy[];
  const policy = ([name, label]: (typeof POLICIES)[number]) =>
    check(label, blocked.includes(name), (on) => {
      const others = ((fetch.blockedBy ?? []) as OutsidePolicy[]).filter((other) => other !== name);
      const now = on ? [...others, name] : others;
      if (now.length === 0) delete fetch.blockedBy;
      else fetch.blockedBy = now;
      say();
    });
  const worker = fetch.serviceWorker as ServiceWorkerAnswer | undefined;
  return fold(
    `outside ${index}`,
    "Service worker, other policies, addresses",
    worker !== undefined || blocked.length > 0 || fetch.addressSpace !== undefined,
    h("div", { class: "row", role: "group", "aria-label": "Blocked by" }, h("span", { class: "hint" }, "Blocked by:"), ...POLICIES.map(policy)),
    space(fetch, "The server’s address is", say),
    ...(worker === undefined ? [] : workerFields(worker, say)),
    h("div", { class: "row" }, button({ class: worker === undefined ? "" : "quiet" }, () => {
      if (worker === undefined) fetch.serviceWorker = { type: "default", status: 200, headers: [["Content-Type", "application/json"]] };
      else delete fetch.serviceWorker;
      again();
    }, worker === undefined ? "A service worker answers" : "No service worker answers")),
  );
}

function workerFields(worker: ServiceWorkerAnswer, say: () => void): Child[] {
  return [
    h("p", { class: "role" }, "The service worker’s answer"),
    h(
      "div",
      { class: "row" },
      field("type of response", select(worker.type, TYPES, (value) => {
        worker.type = value as ServiceWorkerAnswer["type"];
        say();
      })),
      field("its status", number(worker.status ?? 200, (value) => {
        worker.status = value;
        say();
      }), "narrow"),
    ),
    field("its header lines", lines((worker.headers ?? []) as Pairs, "", (pairs) => {
      worker.headers = pairs;
      say();
    }), "wide"),
    field("URLs that it came from, one a line", words(worker.urlList ?? [], "https://api.example/items", (urls) => {
      if (urls.length === 0) delete worker.urlList;
      else worker.urlList = urls;
      say();
    }), "wide"),
  ];
}

/** Where an address leads: to this machine, the local network, or the internet. */
function space(holder: { addressSpace?: IpAddressSpace }, label: string, say: () => void): HTMLElement {
  return field(label, select(holder.addressSpace ?? "", SPACES, (value) => {
    if (value === "") delete holder.addressSpace;
    else holder.addressSpace = value as IpAddressSpace;
    say();
  }));
}

/** Of the page, and of the person before it. */
export function person(page: Scenario["page"], say: () => void): HTMLElement {
  const choice = <K extends "thirdPartyCookies" | "localNetwork" | "embedderPolicy" | "referrerPolicy">(label: string, name: K, values: NonNullable<Scenario["page"][K]>[]) =>
    field(label, select(page[name] ?? values[0] ?? "", values, (value) => {
      if (value === values[0]) delete page[name];
      else page[name] = value as NonNullable<Scenario["page"][K]>;
      say();
    }));
  const isFilled = ["thirdPartyCookies", "localNetwork", "embedderPolicy", "referrerPolicy", "upgradeInsecureRequests", "addressSpace"].some((name) => name in page);
  return fold(
    "person",
    "The page’s policies, and what the person allows",
    isFilled,
    h(
      "div",
      { class: "row" },
      choice("third-party cookies", "thirdPartyCookies", ["allowed", "blocked"]),
      choice("local network permission", "localNetwork", ["unknown", "granted", "denied"]),
      space(page, "The page’s address is", say),
    ),
    h(
      "div",
      { class: "row" },
      choice("Cross-Origin-Embedder-Policy", "embedderPolicy", ["unsafe-none", "require-corp", "credentialless"]),
      choice("Referrer-Policy", "referrerPolicy", ["", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"]),
      check("upgrade-insecure-requests", page.upgradeInsecureRequests === true, (on) => {
        if (on) page.upgradeInsecureRequests = true;
        else delete page.upgradeInsecureRequests;
        say();
      }),
    ),
  );
}
