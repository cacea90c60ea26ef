// Files of recordings: JSON Lines, gzip-compressed or plain; tests/corpus/README.md describes a line.

import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

/** The members of a case that say what to do, and not what was seen. */
const INSTRUCTIONS = ["id", "page", "ctx", "policy", "localNetwork", "steps", "server"];

/** The cases in a file, with what was seen. */
export function readRecordings(path) {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      const recording = JSON.parse(line);
      if (typeof recording.id !== "string" || !Array.isArray(recording.steps)) throw new Error("it has no id or no steps");
      return [recording];
    } catch (error) {
      throw new Error(`${path}:${index + 1}: not a case of a recording: ${error.message}`);
    }
  });
}

/** A case without what was seen. */
export function instructions(recording) {
  return Object.fromEntries(INSTRUCTIONS.filter((name) => recording[name] !== undefined).map((name) => [name, recording[name]]));
}

/** What one browser was seen to do in a case, or undefined where the recording has none. */
export function seenBy(recording, engine) {
  return recording.expect?.[engine] ?? recording.expect?.all;
}

/** Writes recordings; a name that ends in `.gz` asks for compression. */
export function writeRecordings(path, recordings) {
  const text = recordings.map((recording) => `${JSON.stringify(recording)}\n`).join("");
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text) : text);
}
