// Who can read the answer, besides the page that asked: a table of pages and browsers. Loaded when somebody looks.

import "./lanes.css";
import type { FetchView, PossibleReader, Reading } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { readersOf } from "../engine.ts";
import type { Question } from "../question.ts";
import { prose, visible } from "../text.ts";
import { alike, whose } from "./alike.ts";
import { LONGEST, TOO_LONG } from "./too-long.ts";
import { code } from "./words.ts";

const WITHOUT = "without credentials";
const WITH = "with credentials";

type Readable = Reading["withCredentials"];

/** A stranger who reads is no good news, above all where it is what the person sees who is logged in. */
function word(readable: Readable, isPage: boolean, withCredentials: boolean): { sign: string; said: string; shape: string } {
  if (readable === "unknown") return { sign: "?", said: "not known: its answer is missing here", shape: "maybe" };
  if (readable === "no") return { sign: "–", said: "cannot", shape: "" };
  return isPage ? { sign: "✓", said: "reads it", shape: "yes" } : { sign: "!", said: "reads it", shape: withCredentials ? "no" : "maybe" };
}

export function readers(question: Question, fetch: FetchView, index: number): HTMLElement {
  if (question.paste.length > LONGEST) return h("p", { class: "hint" }, TOO_LONG);
  const who = readersOf(question, index);
  if (who === null) return h("p", { class: "hint" }, "There is no request here.");
  const { readers, namesOrigin } = who;
  return h(
    "div",
    { class: "lanes" },
    h(
      "section",
      { class: "lane who" },
      h("h4", {}, "If the server answers everybody as it answered here"),
      table(readers, ({ sameAnswers }) => sameAnswers),
    ),
    namesOrigin &&
      h(
        "section",
        { class: "lane who" },
        h("h4", {}, "If it repeats whatever origin asks"),
        h("p", {}, "The answer names the page’s origin. One answer does not tell whether the server compares that with a list, or just repeats what it is sent. If it repeats it:"),
        table(readers.filter(({ ifRepeated }) => ifRepeated.length > 0), ({ ifRepeated }) => ifRepeated),
        probe(fetch),
      ),
    h("p", { class: "hint" }, "“Reads it” is what CORS allows to a script of that page. Whether a cookie goes along with it, SameSite decides: that is under “Cookies and caches”."),
  );
}

/** How to find out. */
function probe({ exchanges }: FetchView): HTMLElement | false {
  const last = exchanges.at(-1);
  if (last === undefined) return false;
  const curl = last.curl.replace(/(-H\s+'Origin: )[^']*'/, "$1https://evil.example'");
  return curl !== last.curl && code("This tells: if the answer names https://evil.example, the server repeats", curl);
}

function table(list: PossibleReader[], of: (reader: PossibleReader) => Reading[]): HTMLElement {
  const cell = (reader: PossibleReader, withCredentials: boolean) =>
    h("td", { "data-label": withCredentials ? WITH : WITHOUT }, h("ul", {}, ...alike(of(reader), (reading) => (withCredentials ? reading.withCredentials : reading.withoutCredentials)).map((group) => {
      const { sign, said, shape } = word(group.value ?? "unknown", reader.kind === "page", withCredentials);
      return h("li", { class: shape }, h("span", { class: "sign", "aria-hidden": "true" }, sign), whose(group), said);
    })));
  const row = (reader: PossibleReader) =>
    h("tr", {}, h("th", { scope: "row" }, h("code", { dir: "ltr" }, visible(reader.origin, 200)), " ", h("span", { class: "hint" }, prose(reader.who))), cell(reader, false), cell(reader, true));
  return h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "A page of"), h("th", { scope: "col" }, WITHOUT), h("th", { scope: "col" }, WITH))), h("tbody", {}, ...list.map(row)));
}
