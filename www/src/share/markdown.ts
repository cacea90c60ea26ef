// An answer as Markdown, for an issue tracker or a chat: what happened, why, who has to change what, and how to see it again.
//
// What strangers wrote stands in code alone, between fences that it cannot close, with invisible characters named.

import type { BrowserView, ExchangeView, FetchView, Inspection, RequestText, Verdict } from "../../engine/engine.js";
import { named } from "../text.ts";
import * as WORDS from "../views/words.ts";

/** Who has to change something. Nobody presses anything in a file, so it does not say that. */
const WHO: Record<Verdict["who"], string> = { ...WORDS.WHO, caller: "An answer is missing." };

/** More of one text than this belongs into a file. */
const MOST = 20_000;
const MOST_FETCHES = 10;

/** The whole answer. `text` is what was asked, masked; `link` leads to it, or is null where it is too long for a link. */
export function markdown(inspection: Inspection, text: string, link: string | null): string {
  const fetches = inspection.fetches.slice(0, MOST_FETCHES);
  const parts = fetches.flatMap((fetch, index) => section(fetch, fetches.length > 1 ? `${index + 1}. ` : ""));
  const left = inspection.fetches.length - fetches.length;
  if (left > 0) parts.push(`… and ${left} more.`);
  if (inspection.assumptions.length > 0) parts.push("#### Taken for granted", bullets(inspection.assumptions));
  parts.push(details("What was asked", fenced(text, "http")));
  if (link !== null) parts.push(`[Open it in Corscope](${link})`);
  return `${parts.join("\n\n")}\n`;
}

function section(fetch: FetchView, number: string): string[] {
  const { verdict, error } = fetch;
  const parts = [`### ${number}${inline(fetch.title)}`, `**${sentence(verdict.sentence)}**`];
  if (verdict.why !== "") parts.push(sentence(verdict.why));
  const who = [WHO[verdict.who], verdict.remedy].filter((text) => text !== "").map(sentence);
  if (who.length > 0) parts.push(who.join(" "));
  if (error !== null) parts.push(`${sentence(error.check)} ([${sentence(WORDS.stepName(error.algorithm, error.step.number))}](${error.step.url}))`);
  if (verdict.send.length > 0) parts.push("The answer needs:", fenced(verdict.send.map(([name, value]) => `${name}: ${value}`).join("\n"), "http"));
  const printed = fetch.browsers.filter(({ console, exception }) => console.length > 0 || exception !== null);
  if (fetch.browsers.length > 0) parts.push("#### Browsers", bullets(fetch.browsers.map((browser) => inBrowser(browser, verdict))));
  if (printed.length > 0) parts.push(details("What their consoles print", printed.map(consoleOf).join("\n\n")));
  if (fetch.exchanges.length > 0) parts.push(details("What goes over the wire", fetch.exchanges.map(exchange).join("\n\n")));
  if (fetch.steps.length > 0) {
    const signs = { ok: "✓", failed: "✗", info: "·" } as const;
    const decisive = fetch.steps.filter((step) => step.decisive || step.status === "failed");
    parts.push(details("What decided", bullets(decisive.map((step) => `${signs[step.status]} ${step.sentence} (${WORDS.stepName(step.algorithm, step.step.number)})`))));
  }
  if (fetch.missing !== null) parts.push(...missing(fetch.missing));
  return parts;
}

function inBrowser({ version, verdict, differs, because }: BrowserView, standard: Verdict): string {
  if (!differs) return `${version}: as the standard says.`;
  const said = verdict.sentence === standard.sentence ? "the same verdict, by other requests." : verdict.sentence;
  return [`${version}: ${said}`, ...because].join(" ");
}

function consoleOf({ version, console, exception }: BrowserView): string {
  const lines = console.map((line) => line.trimEnd());
  if (exception !== null) lines.push(`(script catches) ${exception}`);
  return `${sentence(version)}\n\n${fenced(lines.join("\n"), "text")}`;
}

function exchange({ request, status }: ExchangeView): string {
  return fenced(status === null ? request : `${request.trimEnd()}\n\n${status}`, "http");
}

function missing({ http, curl }: RequestText): string[] {
  return ["#### The request to send", fenced(http, "http"), "The same with curl:", fenced(curl, "sh")];
}

function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function bullets(sentences: string[]): string {
  return sentences.map((text) => `- ${sentence(text)}`).join("\n");
}

/** A block of code whose fence is longer than any in its text. */
export function fenced(text: string, language: string): string {
  const shown = text.length > MOST ? `${text.slice(0, MOST)}\n… and ${text.length - MOST} more characters` : text;
  const clean = named(shown.replaceAll("\r\n", "\n")).replace(/\n+$/, "");
  const fence = "`".repeat(Math.max(3, longestRun(clean) + 1));
  return `${fence}${language}\n${clean}\n${fence}`;
}

/** A sentence of the engine: what stands between its backticks stays code, the rest cannot be markup. */
export function sentence(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? inline(part) : escaped(part)))
    .join("");
}

/** A value as code in a line. */
function inline(value: string): string {
  const clean = named(value).replace(/\s+/g, " ");
  if (clean.trim() === "") return "(empty)";
  const fence = "`".repeat(longestRun(clean) + 1);
  const space = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
  return `${fence}${space}${clean}${space}${fence}`;
}

function escaped(text: string): string {
  return named(text).replace(/[\\*_{}[\]<>#|~&@]/g, (character) => `\\${character}`);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
