// What is asked, as the fragment of the page's address: readable while it is small, and nothing of it leaves the browser.
//
//   #page=https://app.example&paste=GET+/items+HTTP/1.1%0A...&credentials=include&v=1
//
// The version stands last, so that a link that was cut off is noticed.

import { CREDENTIALS, MODES, type Question } from "./question.ts";

const VERSION = "1";

/** Browsers and chat programs cut longer addresses off. */
export const LONGEST = 60_000;

export type Read = { question: Question; problem: string | null };

/** The fragment without its `#`. */
export function write(question: Question): string {
  const parts = [`page=${encode(question.page)}`, `paste=${encode(question.paste)}`];
  if (question.credentials !== "") parts.push(`credentials=${question.credentials}`);
  if (question.mode !== "") parts.push(`mode=${question.mode}`);
  parts.push(`v=${VERSION}`);
  return parts.join("&");
}

/** Reads a fragment, with or without its `#`: as much as can be read, and what is wrong with the rest. Null where there is none. */
export function read(fragment: string): Read | null {
  const text = fragment.replace(/^#/, "");
  if (text === "" || /^[a-z-]+$/.test(text)) return null; // Nothing, or the id of a place on the page.
  const question: Question = { page: "", paste: "", credentials: "", mode: "" };
  const problems: string[] = [];
  let version: string | null = null;
  for (const part of text.split("&")) {
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = decode(equals === -1 ? "" : part.slice(equals + 1));
    if (value.damaged) problems.push(`“${name.slice(0, 20)}” has a % that begins no character`);
    if (name === "page" || name === "paste") question[name] = value.text;
    else if (name === "credentials" && isOneOf(value.text, CREDENTIALS)) question.credentials = value.text;
    else if (name === "mode" && isOneOf(value.text, MODES)) question.mode = value.text;
    else if (name === "v") version = value.text;
    else problems.push(`“${part.slice(0, 40)}” means nothing here`);
  }
  if (version === null) problems.push("its end is missing");
  else if (version !== VERSION) problems.push(`it is of version ${version.slice(0, 10)}, this page writes version ${VERSION}`);
  return { question, problem: problems.length === 0 ? null : `This link is damaged: ${problems.join("; ")}. What could be read of it is shown.` };
}

/** Percent-encodes what an address cannot hold, and what programs that find links in text stumble over; keeps the rest readable. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%20/g, "+")
    .replace(/%(2F|3A|3F|40|2C|3B|3D)/g, decodeURIComponent)
    .replace(/['()*!~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Undoes `encode`; what is not valid stays as it is written. */
function decode(text: string): { text: string; damaged: boolean } {
  let damaged = false;
  const decoded = text.replace(/\+/g, " ").replace(/(?:%[0-9a-fA-F]{2})+|%/g, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      damaged = true;
      return escaped;
    }
  });
  return { text: decoded, damaged };
}

function isOneOf<T extends string>(text: string, words: readonly T[]): text is T {
  return (words as readonly string[]).includes(text);
}
