// HAR triage: a recording of a whole session, its failed cross-origin requests grouped by what is wrong with them.

import type { HarExchange, HarGroup, HarReport } from "../../engine/engine.js";
import { button, byId, h, inside } from "../dom.ts";
import type { Question } from "../question.ts";
import { prose, visible } from "../text.ts";
import { WHO } from "../views/words.ts";
import { Reading, type Progress } from "./reading.ts";

/** How many requests of a group are listed at once. */
const LISTED = 20;

/** What was read last outlives its view: whoever explains one request comes back for the next. */
let shown: { reading: Reading; report: HarReport } | null = null;

/** The place. `open` puts a question into the boxes; `given` is a file that was dropped or pasted elsewhere. */
export function triage(open: (question: Question) => void, given: File | null): HTMLElement {
  const output = h("div", { class: "triage-output" });
  const choose = h("input", { type: "file", id: "har-file", "aria-describedby": "har-hint" });
  choose.accept = ".har,.json,application/json";
  choose.addEventListener("change", () => {
    const [file] = choose.files ?? [];
    if (file !== undefined) void read(file, output, open);
  });
  const place = h(
    "div",
    { class: "triage" },
    h("p", { class: "crumbs" }, inside("ask", {}, "‹ Back to the box")),
    h("h1", { id: "place-heading", tabindex: "-1" }, "A whole session"),
    h("p", {}, "Save the network panel of your developer tools as a HAR file, and drop it here: every request to another origin is judged, and those that fail are grouped by what is wrong. Files of hundreds of megabytes are fine."),
    h("p", { class: "drop" }, h("label", { for: "har-file" }, "HAR file "), choose),
    h("p", { class: "hint", id: "har-hint" }, "The file is read in this tab, and nothing of it leaves it."),
    output,
  );
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) void read(file, output, open);
  });
  if (given !== null) void read(given, output, open);
  else if (shown !== null) output.replaceChildren(...found(shown.reading, shown.report, open));
  return place;
}

/** Reads a file into the place, if it is open. */
async function read(file: File, output: HTMLElement, open: (question: Question) => void): Promise<void> {
  shown?.reading.stop();
  shown = null;
  const reading = new Reading(file);
  const bar = h("progress", { "aria-label": "How much of the file is read" });
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  const said = h("p", { role: "status" }, `Reading ${megabytes(file.size)} …`);
  let stopped = false;
  const stop = button({ id: "har-stop" }, () => {
    stopped = true;
    reading.stop();
    output.replaceChildren(h("p", { role: "status" }, "Stopped. Nothing of the file was kept."));
  }, "Stop");
  output.replaceChildren(h("div", { class: "reading" }, said, bar, stop));
  const progress = ({ bytes, entries }: Progress) => {
    bar.value = bytes;
    said.textContent = `Read ${megabytes(bytes)} of ${megabytes(file.size)}: ${count(entries, "request")}`;
  };
  try {
    const report = await reading.report(progress);
    if (stopped) return;
    shown = { reading, report };
    output.replaceChildren(...found(reading, report, open));
  } catch (error) {
    reading.stop();
    output.replaceChildren(h("p", { class: "card problem" }, `${file.name} could not be read. `, visible(error instanceof Error ? error.message : String(error), 500)));
  }
}

function found(reading: Reading, report: HarReport, open: (question: Question) => void): Node[] {
  const { problem, groups } = report;
  const list = h("div", { class: "groups" });
  const filter = h("input", { type: "search", id: "har-filter", placeholder: "Filter: a server, a page, a word …", autocomplete: "off", spellcheck: "false" });
  const draw = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const chosen = groups.filter((group) => words.every((word) => searched(group).includes(word)));
    list.replaceChildren(...chosen.map((one) => group(one, reading, open)), ...(chosen.length === 0 && groups.length > 0 ? [h("p", { class: "hint" }, "Nothing fits.")] : []));
  };
  filter.addEventListener("input", draw);
  draw();
  return [
    h("h2", {}, groups.length === 0 ? "Nothing is blocked" : `${count(report.blocked, "blocked request")}, ${count(groups.length, "cause")}`),
    h(
      "p",
      { role: "status" },
      `${count(report.entries, "request")} in ${megabytes(report.bytes)}: ${number(report.allowed)} allowed, ${number(report.blocked)} blocked, ${number(report.sameOrigin)} to the page’s own origin, ${number(report.notJudged)} that no script reads.`,
    ),
    ...(problem === null ? [] : [h("p", { class: "card problem" }, `At byte ${number(problem.at)}: `, prose(`${problem.what} ${problem.remedy}`))]),
    h(
      "p",
      { class: "buttons" },
      button({}, () => save(`${base(reading.file.name)}.corscope.json`, JSON.stringify(withoutExamples(report), null, 2), "application/json"), "Save as JSON"),
      button({}, () => void reading.sarif().then((text) => save(`${base(reading.file.name)}.sarif`, text, "application/sarif+json")), "Save as SARIF"),
    ),
    ...(groups.length > 1 ? [h("p", {}, h("label", { for: "har-filter", class: "hidden" }, "Filter the causes"), filter)] : []),
    list,
  ];
}

function searched({ id, server, pages, verdict: { sentence } }: HarGroup): string {
  return [id, server, ...pages, sentence].join(" ").toLowerCase();
}

function group({ verdict, server, count: many, pages, exchanges }: HarGroup, reading: Reading, open: (question: Question) => void): HTMLElement {
  let listed = LISTED;
  const list = h("ul", { class: "exchanges" });
  const more = button({ class: "quiet" }, () => draw((listed += 10 * LISTED)), "Show more");
  const draw = (most: number) => {
    list.replaceChildren(...exchanges.slice(0, most).map(row));
    more.hidden = exchanges.length <= most;
  };
  const row = (exchange: HarExchange) =>
    h("li", {}, button({ class: "link" }, () => void explain(exchange, reading, open), "Explain"), " ", h("code", { dir: "ltr" }, visible(`${exchange.method} ${exchange.url}`, 200)));
  draw(listed);
  return h(
    "details",
    { class: "card group" },
    h("summary", {}, h("span", { class: "count" }, number(many)), " ", h("strong", {}, visible(server, 200)), " ", prose(verdict.sentence)),
    h("p", {}, h("strong", {}, WHO[verdict.who]), " ", prose(verdict.remedy)),
    h("p", { class: "hint" }, `Asked by ${pages.join(", ")}.`),
    list,
    more,
    many > exchanges.length && h("p", { class: "hint" }, `The first ${number(exchanges.length)} of ${number(many)} are listed.`),
  );
}

async function explain(exchange: HarExchange, reading: Reading, open: (question: Question) => void): Promise<void> {
  open({ page: exchange.page, paste: await reading.excerpt(exchange), credentials: "", mode: "" });
  byId("verdict-heading", HTMLElement).focus();
}

/** A whole exchange, cookies and all, does not go into a file that is made to be sent to others. */
function withoutExamples(report: HarReport): object {
  return { ...report, groups: report.groups.map(({ example: _, ...rest }) => rest) };
}

function save(name: string, text: string, type: string): void {
  const link = h("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function base(name: string): string {
  return name.replace(/\.(har|json)$/i, "");
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${number(Math.ceil(bytes / 1000))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`;
}

function count(many: number, noun: string): string {
  return `${number(many)} ${noun}${many === 1 ? "" : "s"}`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
