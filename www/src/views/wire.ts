// What goes over the wire, request by request, as the browser writes it.

import type { ExchangeView, FetchView } from "../../engine/engine.js";
import { copyButton } from "../copy.ts";
import { h } from "../dom.ts";
import { prose, visible } from "../text.ts";
import { SOURCES } from "./words.ts";

export function wire({ exchanges, preflightReasons }: FetchView): HTMLElement | null {
  if (exchanges.length === 0) return null;
  const asked = exchanges.some(({ purpose }) => purpose === "preflight");
  return h(
    "div",
    { class: "wire" },
    asked &&
      h(
        "div",
        { class: "reasons" },
        h("p", {}, "The browser asks first, by OPTIONS, whether it may send the request (a preflight)."),
        preflightReasons.length > 0 && h("ul", {}, ...preflightReasons.map((reason) => h("li", {}, prose(reason)))),
      ),
    h("ol", { class: "exchanges" }, ...exchanges.map(exchangeItem)),
  );
}

function exchangeItem({ purpose, title, request, curl, source, status, answer, caveats }: ExchangeView): HTMLElement {
  const word = purpose === "preflight" ? "Preflight" : "Request";
  const details = h(
    "details",
    {},
    h("summary", {}, h("span", { class: "purpose" }, word), " ", h("code", { dir: "ltr" }, visible(title, 300))),
    h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": `${word}, as the browser writes it` }, visible(request, 20_000)),
    h("p", { class: "links" }, copyButton(`${word.toLowerCase()} as a curl command`, curl, "Copy as curl")),
    answer.length > 0 && h("pre", { class: "back", tabindex: "0", dir: "ltr", role: "region", "aria-label": "Its answer" }, visible([status ?? "", ...answer.map(({ name, value }) => `${name}: ${value}`)].join("\n"), 20_000)),
  );
  details.open = true;
  return h("li", {}, details, h("p", { class: "arrow" }, status !== null && visible(`${status} `, 300), SOURCES[source]), ...caveats.map((caveat) => h("p", { class: "caveat" }, prose(caveat))));
}
