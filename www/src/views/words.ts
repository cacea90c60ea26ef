// Words and shapes that several views share.

import type { ExchangeView, Verdict } from "../../engine/engine.js";
import { copyButton } from "../copy.ts";
import { h, type Shape } from "../dom.ts";
import { prose, visible } from "../text.ts";

/** The shape and colour of each kind of verdict; its sentence says it in words. */
export const SHAPES: Record<Verdict["kind"], Shape> = {
  allowed: "allowed",
  opaque: "unreadable",
  blocked: "blocked",
  threw: "blocked",
  needsAnswer: "waiting",
  notReached: "waiting",
};

export const KINDS: Record<Verdict["kind"], string> = {
  allowed: "allowed",
  opaque: "unreadable",
  blocked: "blocked",
  threw: "refused",
  needsAnswer: "open",
  notReached: "not reached",
};

export const WHO: Record<Verdict["who"], string> = {
  server: "The server has to change.",
  page: "The page has to change.",
  network: "Neither page nor server: look at the network.",
  caller: "What to do now:",
  nobody: "",
};

export const SOURCES: Record<ExchangeView["source"], string> = {
  network: "",
  cache: "(from the browser’s cache, nothing is sent)",
  revalidated: "(from the browser’s cache, after the server said 304)",
  failure: "no answer",
  unknown: "not known yet",
};

/** A verdict's sentence, with the word that it begins with (“Blocked:”) set off. */
export function headline(sentence: string): DocumentFragment {
  const [, word, rest] = /^([^`:]{1,30}:)(.*)$/su.exec(sentence) ?? [null, "", sentence];
  const fragment = document.createDocumentFragment();
  if (word !== undefined && word !== "") fragment.append(h("strong", { class: "word" }, word));
  fragment.append(prose(rest ?? ""));
  return fragment;
}

/** A step of an algorithm: “CORS check, step 4”. */
export function stepName(algorithm: string, number: string): string {
  return number === "" ? algorithm : `${algorithm}, step ${number}`;
}

/** “a, b and c” */
export function listed(names: string[]): string {
  const [last, ...before] = names.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last}`;
}

/** Text to copy, under a title. */
export function code(title: string, text: string): HTMLElement {
  return h("figure", { class: "code" }, h("figcaption", {}, h("span", {}, title), copyButton(title, text)), h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": title }, visible(text, 20_000)));
}
