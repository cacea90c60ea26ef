// What the browser did, held against what was expected of it.

import type { Loads, Trial } from "../../engine/engine.js";
import type { Observed } from "./observed.ts";

export interface Comparison {
  /** Null where nothing was expected: the paste has no answer. */
  agrees: boolean | null;
  /** What the browser did, in a sentence. */
  seen: string;
  /** In what it differs, a sentence each. */
  differences: string[];
}

export function compare(trial: Trial, observed: Observed): Comparison {
  const seen = sentence(observed);
  if (trial.outcome.type === "needsAnswer" || trial.outcome.type === "notReached") return { agrees: null, seen, differences: [] };
  const differences = found(trial, observed);
  return { agrees: differences.length === 0, seen, differences };
}

function found({ outcome, consequence }: Trial, observed: Observed): string[] {
  switch (observed.kind) {
    case "timeout":
      return ["No answer came in time."];
    case "image":
      return consequence?.type === "image" ? image(consequence, observed) : [];
    case "eventSource":
      return consequence?.type === "eventSource" ? differing([["whether it opens", consequence.opens, observed.opens], ["`readyState`", consequence.readyState, observed.readyState]]) : [];
    case "beacon":
      return consequence?.type === "beacon" ? differing([["whether it was queued", consequence.queued, observed.queued]]) : [];
    case "error":
      if (outcome.type === "response") return ["It was expected to get an answer, and failed."];
      return outcome.type === "threw" && outcome.error !== null ? differing([["the exception", outcome.error, observed.name]]) : [];
    case "response":
    case "xhr": {
      if (outcome.type !== "response") return ["It was expected to fail, and got an answer."];
      const rows: Row[] = [
        ["`status`", outcome.status, observed.status],
        ["`url`", outcome.url, observed.url],
        ["readable headers", names(outcome.headers.map(([name]) => name)), names(observed.headers)],
      ];
      if (observed.kind === "response") rows.unshift(["`type`", outcome.responseType, observed.type], ["`redirected`", outcome.redirected, observed.redirected]);
      return differing(rows);
    }
    default:
      return observed satisfies never;
  }
}

function image(expected: { loads: Loads; taintsCanvas: boolean }, seen: { loads: boolean; taintsCanvas: boolean }): string[] {
  // Whether what came is an image is not known before.
  if (expected.loads === "ifValid" && !seen.loads) return [];
  const loads = expected.loads === "yes" || expected.loads === "ifValid";
  return differing([
    ["whether it loads", loads, seen.loads],
    ["whether it taints a canvas", loads && expected.taintsCanvas, seen.taintsCanvas],
  ]);
}

type Row = [what: string, expected: string | number | boolean, seen: string | number | boolean];

function differing(rows: Row[]): string[] {
  return rows.filter(([, expected, seen]) => expected !== seen).map(([what, expected, seen]) => `Expected of ${what}: \`${word(expected)}\`; seen: \`${word(seen)}\`.`);
}

function word(value: string | number | boolean): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  return value === "" ? "(nothing)" : String(value);
}

function names(list: string[]): string {
  return [...new Set(list.map((name) => name.toLowerCase()))].sort().join(", ");
}

function sentence(observed: Observed): string {
  switch (observed.kind) {
    case "response":
      return `Script got an answer: \`type\` ${observed.type}, \`status\` ${observed.status}, ${counted(observed.headers.length)}.`;
    case "xhr":
      return `Script got an answer: \`status\` ${observed.status}, ${counted(observed.headers.length)}.`;
    case "image":
      if (!observed.loads) return "The image did not load.";
      return observed.taintsCanvas ? "The image loaded, and a canvas on which it is drawn cannot be read." : "The image loaded, and a canvas on which it is drawn can be read.";
    case "eventSource":
      return observed.opens ? "The stream opened." : "The stream did not open.";
    case "beacon":
      return observed.queued ? "The browser took it for sending; what becomes of it no script learns." : "The browser did not take it for sending.";
    case "error":
      return `Script got an error: \`${observed.name}: ${observed.message}\``;
    case "timeout":
      return "No answer came in time, and it was given up.";
    default:
      return observed satisfies never;
  }
}

function counted(headers: number): string {
  return headers === 1 ? "1 readable header" : `${headers} readable headers`;
}
