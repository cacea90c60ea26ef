// What is asked, as the fragment of the page's address: compressed, with its version, and nothing of it leaves the browser.
//
//   #z=eJyLVkooSExPVdJRSkktTi7KLChJBTLSMnNSlWJjAZ...&v=2
//
// `z` is base64url of zlib's form of the text, whose checksum shows damage. The version stands last, so that a link that was
// cut off is noticed. Version 1 was the same in the open, percent-encoded: it can still be read.

import { CREDENTIALS, MODES, type Question } from "./question.ts";

const VERSION = "2";

/** Browsers and chat programs cut longer addresses off. */
export const LONGEST = 60_000;

/** More than this nobody wrote by hand: a small link can be made to unfold into gigabytes. */
const MOST_BYTES = 16 * 1024 * 1024;

export type Read = { question: Question; problem: string | null };

/** The fragment without its `#`. */
export async function write(question: Question): Promise<string> {
  const { page, credentials, mode, paste } = question;
  // The text stands last, so that a link that was cut off still has its beginning.
  const written = JSON.stringify([page, credentials, mode, paste]);
  const packed = await through(new Blob([written]).stream().pipeThrough(new CompressionStream("deflate")));
  return `z=${base64url(packed.bytes)}&v=${VERSION}`;
}

/** Reads a fragment, with or without its `#`: as much as can be read, and what is wrong with the rest. Null where there is none. */
export async function read(fragment: string): Promise<Read | null> {
  const text = fragment.replace(/^#/, "");
  if (text === "" || /^[a-z-]+(\/[a-z0-9-]*)?$/.test(text)) return null; // Nothing, or the id of a place on the page.
  const packed = /^z=([^&]*)(?:&(.*))?$/s.exec(text);
  return packed === null ? readOpen(text) : readPacked(packed[1] ?? "", packed[2] ?? "");
}

async function readPacked(packed: string, rest: string): Promise<Read> {
  const problems: string[] = [];
  const bytes = fromBase64url(packed);
  if (bytes.damaged) problems.push("it has characters that no link has");
  const unpacked = await unpack(bytes.bytes);
  if (unpacked.problem !== null) problems.push(unpacked.problem);
  const version = /^v=([^&]*)$/.exec(rest)?.[1];
  if (version === undefined) problems.push("its end is missing");
  else if (version !== VERSION) problems.push(`it is of version ${version.slice(0, 10)}, this page writes version ${VERSION}`);
  return { question: fromJson(new TextDecoder().decode(unpacked.bytes)), problem: damage(problems) };
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<{ bytes: Uint8Array; problem: string | null }> {
  const { bytes: unpacked, ended } = await through(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")), MOST_BYTES);
  const problem = { whole: null, damaged: "a part of it is missing or changed", long: "it unfolds into more text than this page reads" }[ended];
  return { bytes: unpacked, problem };
}

/** What of `[page, credentials, mode, paste]` is there: its end may be missing. */
function fromJson(text: string): Question {
  const strings = [...text.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)"?/gs)].map(([, escaped = ""]) => unescaped(escaped));
  const [page = "", credentials = "", mode = "", paste = ""] = strings;
  return { page, paste, credentials: isOneOf(credentials, CREDENTIALS) ? credentials : "", mode: isOneOf(mode, MODES) ? mode : "" };
}

/** The characters of a JSON string, of which the last escape may be cut off. */
function unescaped(escaped: string): string {
  const whole = escaped.replace(/\\(?:u[0-9a-f]{0,3})?$/i, (end, at: number) => (isEscaped(escaped, at) ? end : ""));
  try {
    return JSON.parse(`"${whole}"`) as string;
  } catch {
    return whole;
  }
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}

/** Version 1: `page=…&paste=…&credentials=…&mode=…&v=1`. */
function readOpen(text: string): Read {
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
  else if (version !== "1") problems.push(`it is of version ${version.slice(0, 10)}, this page writes version ${VERSION}`);
  return { question, problem: damage(problems) };
}

function damage(problems: string[]): string | null {
  return problems.length === 0 ? null : `This link is damaged: ${problems.join("; ")}. What could be read of it is shown.`;
}

/** Undoes percent-encoding; what is not valid stays as it is written. */
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

/** All bytes of a stream, or those before it broke or grew too long. */
async function through(stream: ReadableStream<Uint8Array>, most = Infinity): Promise<{ bytes: Uint8Array; ended: "whole" | "damaged" | "long" }> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let ended: "whole" | "damaged" | "long" = "whole";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(new Uint8Array(value));
      length += value.length;
      if (length <= most) continue;
      ended = "long";
      await reader.cancel();
      break;
    }
  } catch {
    ended = "damaged";
  }
  return { bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()), ended };
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text: string): { bytes: Uint8Array<ArrayBuffer>; damaged: boolean } {
  const clean = text.replaceAll("-", "+").replaceAll("_", "/").replace(/[^A-Za-z0-9+/]/g, "");
  // A single character of four says nothing.
  const binary = atob(clean.length % 4 === 1 ? clean.slice(0, -1) : clean);
  return { bytes: Uint8Array.from(binary, (character) => character.charCodeAt(0)), damaged: clean.length !== text.length };
}

function isOneOf<T extends string>(text: string, words: readonly T[]): text is T {
  return (words as readonly string[]).includes(text);
}
