// What a browser does otherwise than it was recorded to do.

import { isDeepStrictEqual } from "node:util";
import { expand, mapStrings } from "./origins.mjs";
import { seenBy } from "./recording.mjs";

/** Lines that say in which cases, and where in them, `now` is not what `before` has for `engine`. */
export function differences(before, now, engine) {
  const earlier = new Map(before.map((recording) => [recording.id, recording]));
  const lines = [];
  let compared = 0;
  let same = 0;
  for (const recording of now) {
    const old = seenBy(earlier.get(recording.id), engine);
    if (old === undefined) continue;
    compared += 1;
    const parts = [...compare(old, recording.expect[engine]), ...compareConsole(earlier.get(recording.id), recording, engine)];
    if (parts.length === 0) same += 1;
    else lines.push(`${recording.id}\n${parts.map(([where, was, is]) => `  ${where}\n    was ${JSON.stringify(was)}\n    is  ${JSON.stringify(is)}`).join("\n")}`);
  }
  return [...lines, `${same} of ${compared} cases as recorded before`];
}

/** The parts of OBSERVED in which two observations differ. */
function compare(old, recent) {
  const parts = [];
  const note = (where, was, is) => {
    if (!isDeepStrictEqual(plain(was), plain(is))) parts.push([where, was, is]);
  };
  for (let index = 0; index < Math.max(old.steps.length, recent.steps.length); index += 1) {
    const [was, is] = [old.steps[index] ?? {}, recent.steps[index] ?? {}];
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) note(`steps[${index}].${name}`, was[name], is[name]);
  }
  if (old.wire.length !== recent.wire.length) note("wire", old.wire.map(brief), recent.wire.map(brief));
  else old.wire.forEach((was, index) => note(`wire[${index}]`, was, recent.wire[index]));
  return parts;
}

function compareConsole(before, now, engine) {
  const [was, is] = [before.console?.[engine], now.console[engine]];
  return was === undefined || isDeepStrictEqual(plain(was), plain(is)) ? [] : [["console", was, is]];
}

/** The same with placeholders replaced, since not every place has them. */
function plain(value) {
  return mapStrings(value, (text) => expand(text, "case"));
}

function brief({ step, to, method, path }) {
  return `${step} ${method} ${to} ${path}`;
}
