// What a scripted server answers, to the byte.

import { FONT } from "./font.mjs";

/** A picture of one pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The statuses after which a connection is kept. With any other it is closed: browsers differ in what they read next. */
const KEEPS_CONNECTION = new Set([200, 204, 206, 301, 302, 303, 304, 307, 308, 403, 404, 500]);

const REASONS = new Map([[200, "OK"], [204, "No Content"], [404, "Not Found"]]);

/** The answers of one case. Lists are consumed in order, and the last answer repeats. */
export class Script {
  #answers;
  #asked = new Map();

  /** `answers` is the `server` of a case, its placeholders replaced. */
  constructor(answers) {
    this.#answers = answers;
  }

  /** The answer to a request for `name` (what follows the case's prefix), or undefined where the script says nothing. */
  next(name, isPreflight) {
    const key = Object.hasOwn(this.#answers, name) ? name : "*";
    if (!Object.hasOwn(this.#answers, key)) return undefined;
    const kind = isPreflight ? "pf" : "main";
    const list = [this.#answers[key][kind] ?? {}].flat();
    const asked = this.#asked.get(`${kind} ${key}`) ?? 0;
    this.#asked.set(`${kind} ${key}`, asked + 1);
    return list[Math.min(asked, list.length - 1)] ?? {};
  }
}

/** The bytes of an answer and of what follows it, and whether the connection ends with them. */
export function answerBytes(answer, request) {
  const { bytes, closes } = bytesOfOne(answer, request);
  if (answer.then === undefined) return { bytes, closes };
  const rest = answerBytes(answer.then, request);
  return { bytes: Buffer.concat([bytes, rest.bytes]), closes: rest.closes };
}

function bytesOfOne(answer, { method, isPreflight }) {
  const status = answer.s ?? 200;
  const headers = [...(answer.h ?? [])];
  const has = (name) => headers.some(([given]) => given.toLowerCase() === name);
  const isBodiless = (status >= 100 && status <= 199) || status === 204;
  const body = isBodiless || status === 304 ? Buffer.alloc(0) : bodyBytes(answer.b);
  if (!isPreflight && !has("content-type")) headers.push(["Content-Type", "text/plain"]);
  if (!isBodiless && !has("content-length")) headers.push(["Content-Length", String(body.length)]);
  const closes = answer.close === true || (!KEEPS_CONNECTION.has(status) && answer.then === undefined);
  if (closes && !has("connection")) headers.push(["Connection", "close"]);
  const lines = [`HTTP/1.1 ${status} ${answer.r ?? REASONS.get(status) ?? "Status"}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return { bytes: method === "HEAD" ? head : Buffer.concat([head, body]), closes };
}

function bodyBytes(body) {
  if (body === "@png") return PNG;
  if (body === "@font") return FONT;
  return Buffer.from(body ?? "ok", "latin1");
}
