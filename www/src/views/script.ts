// What script can see of the answer: type, status, body, and each header with its reason.

import type { FetchView, HeaderView } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { prose, visible } from "../text.ts";
import { headline } from "./words.ts";

const MOST_HEADERS = 200;

export function script({ api, response, headers: list, error }: FetchView): HTMLElement | null {
  if (response === null && error === null && list.length === 0) return null;
  // An element does not hand its response to script.
  const given = response !== null && (api === "fetch()" || api === "XMLHttpRequest");
  return h("div", { class: "script" }, error !== null && h("p", { class: "lead" }, prose(error.seen)), given && facts(response), list.length > 0 && headers(list));
}

function facts(response: NonNullable<FetchView["response"]>): HTMLElement {
  const { type, status, url, redirected, nullBody, timingAllowed } = response;
  const fact = (name: string, value: string, hint = "") => h("div", {}, h("dt", {}, h("code", {}, name)), h("dd", {}, h("code", { dir: "ltr" }, visible(value, 300)), hint !== "" && h("span", { class: "hint" }, ` ${hint}`)));
  const closed = type === "opaque" || type === "opaqueredirect";
  return h(
    "dl",
    { class: "facts" },
    fact("response.type", `"${type}"`, closed ? "a sealed box: it came, and script cannot look into it" : ""),
    fact("response.status", String(status), closed ? "whatever the server said" : ""),
    fact("response.url", `"${url}"`),
    fact("response.redirected", String(redirected)),
    fact("response.body", nullBody ? "null" : "a stream", nullBody ? "" : "readable"),
    fact("timing details", timingAllowed ? "yes" : "no", timingAllowed ? "" : "Timing-Allow-Origin does not allow them"),
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
      shared === undefined && h("td", { class: readable ? "readable" : "not-readable" }, h("span", { class: "tick", "aria-hidden": "true" }, readable ? "✓ " : "– "), headline(sentence)),
    );
  const count = list.filter(({ readable }) => readable).length;
  return h(
    "div",
    {},
    h("h4", {}, "The answer’s headers"),
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
