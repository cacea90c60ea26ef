// Text that strangers wrote: shown whole where it is short, and never able to disguise itself.

import { h } from "./dom.ts";

/** How much of one value is shown; more of it helps nobody and slows the page down. */
const SHOWN = 2000;

// Controls but tab and newline, what changes the direction of text, what has no width, halves of surrogate pairs.
const DISGUISES =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** The text as nodes, with invisible characters named. */
export function visible(text: string, limit = SHOWN): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const shown = text.length > limit ? text.slice(0, limit) : text;
  let from = 0;
  for (const match of shown.matchAll(DISGUISES)) {
    if (match.index > from) fragment.append(shown.slice(from, match.index));
    fragment.append(h("span", { class: "invisible" }, codePoint(match[0])));
    from = match.index + match[0].length;
  }
  if (from < shown.length) fragment.append(shown.slice(from));
  if (shown.length < text.length) {
    fragment.append(h("span", { class: "more" }, ` … and ${(text.length - shown.length).toLocaleString("en")} more characters`));
  }
  return fragment;
}

/** The text as a string, with invisible characters named. */
export function named(text: string): string {
  return text.replace(DISGUISES, (character) => `⟨${codePoint(character)}⟩`);
}

/** A sentence of the engine, with what stands between backticks as code. */
export function prose(sentence: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [index, part] of sentence.split("`").entries()) {
    if (part !== "") fragment.append(index % 2 === 0 ? visible(part) : h("code", { dir: "ltr" }, visible(part)));
  }
  return fragment;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

export interface Place {
  line: number;
  column: number;
  /** The line itself, and where in it the range is. */
  text: string;
  start: number;
  end: number;
}

/** Where a range of a text is, in lines and columns from 1. A range over several lines is cut at the end of its first. */
export function place(text: string, start: number, end: number): Place {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const lineEnd = newline === -1 ? text.length : newline;
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < lineStart; at = text.indexOf("\n", at + 1)) line += 1;
  return {
    line,
    column: start - lineStart + 1,
    text: text.slice(lineStart, lineEnd),
    start: start - lineStart,
    end: Math.max(start, Math.min(end, lineEnd)) - lineStart,
  };
}
