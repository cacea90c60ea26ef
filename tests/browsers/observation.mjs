// Puts together what a recording holds of a case: what script saw, what was on the wire, what the browser printed.

import { contract, mapStrings } from "./origins.mjs";

/** Headers that are kept whoever set them. */
const KEPT = new Set(["origin", "cookie", "authorization", "content-type", "content-language", "cache-control", "pragma", "range", "referer"]);
const KEPT_PREFIXES = ["access-control-request-", "if-"];

/** OBSERVED, as tests/corpus/README.md has it. `seen` is what the page tells, `log` what the servers tell. */
export function observation(recording, id, seen, log) {
  const own = new Set(recording.steps.flatMap((step) => (step.init?.headers ?? step.headers ?? []).map(([name]) => name.toLowerCase())));
  const isKept = (name) => own.has(name) || KEPT.has(name) || KEPT_PREFIXES.some((prefix) => name.startsWith(prefix));
  const wire = log.map((request) => ({
    step: Math.max(0, seen.findLastIndex((step) => step.at <= request.at)),
    to: request.to,
    method: request.method,
    path: request.path,
    headers: request.headers.filter(([name]) => isKept(name)).sort(byNameAndValue),
    ...(request.isPreflight ? { preflight: true } : {}),
    bodyLength: request.bodyLength,
  }));
  return mapStrings({ steps: seen.map((step) => step.outcome), wire }, (text) => contract(text, id));
}

/** The lines of the console, with placeholders. */
export function consoleLines(lines, id) {
  return mapStrings(lines, (text) => contract(text, id));
}

function byNameAndValue(a, b) {
  for (const [left, right] of [[a[0], b[0]], [a[1], b[1]]]) {
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
