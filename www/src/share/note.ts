// A note to whoever owns the API: polite, complete, and ready to be sent.

import type { FetchView, Inspection } from "../../engine/engine.js";
import { named } from "../text.ts";

/** The note as plain text, where there is something that a server has to change; else null. `link` leads to the whole of it. */
export function note({ fetches }: Inspection, page: string, link: string | null): string | null {
  const fetch = fetches.find(({ verdict }) => verdict.who === "server");
  return fetch === undefined ? null : written(fetch, page, link);
}

function written({ title, verdict, error, exchanges }: FetchView, page: string, link: string | null): string {
  const asks = page.trim() === "" ? "A web page" : `The web page ${page.trim()}`;
  const paragraphs = [
    "Hello,",
    `${asks} calls your API, and browsers do not let it read the answer. A client such as curl works, because only browsers check this.`,
    `The request: ${title}`,
    plain(verdict.sentence),
  ];
  if (error !== null) paragraphs.push(`The rule: ${plain(error.check)} ${error.step.url}`);
  if (verdict.remedy !== "") paragraphs.push(`What would help: ${plain(verdict.remedy)}`);
  if (verdict.send.length > 0) paragraphs.push(verdict.send.map(([name, value]) => `    ${name}: ${value}`).join("\n"));
  const preflight = exchanges.find(({ purpose }) => purpose === "preflight");
  if (preflight !== undefined) paragraphs.push(`Before the request itself the browser asks by OPTIONS whether it may send it:`, indented(preflight.request));
  if (link !== null) paragraphs.push(`Every step, with its place in the Fetch Standard: ${link}`);
  paragraphs.push("Thank you!");
  return `${named(paragraphs.join("\n\n"))}\n`;
}

function plain(sentence: string): string {
  return sentence.replaceAll("`", "");
}

function indented(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => `    ${line}`)
    .join("\n");
}
