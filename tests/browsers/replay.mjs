// The engine's verdicts against what was seen. A case that disagrees is recorded again, alone in a browser of its own, so that what
// the browser does is told from what a machine under load, or a case before, has left in the recording.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readRecordings, writeRecordings } from "./recording.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** How often a case is recorded again that goes on to disagree. */
const ROUNDS = 2;
/** When more cases than these disagree, it is no noise. */
const MOST = 40;

/** Replays what was recorded, and prints what disagrees. `recordAlone(cases, file)` records the cases of one file into another and
 * gives an exit code, as `run` does, which runs the corpus command. */
export async function replay({ out, engine }, recordAlone, run = runCorpus) {
  const again = [];
  const corpus = (...args) => run([out, "--engine", engine, ...again.flatMap((file) => ["--again", file]), ...args]);
  const path = (name) => `${out.replace(/\.jsonl(\.gz)?$/, "")}-${name}`;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const code = await corpus("--left", path("left.txt"));
    if (code !== 0) return code;
    const left = new Set(readFileSync(path("left.txt"), "utf8").split("\n"));
    const cases = readRecordings(out).filter(({ id }) => left.has(id));
    if (cases.length === 0 || cases.length > MOST) break;
    console.error(`${cases.length} cases disagree: each is recorded again, alone`);
    writeRecordings(path("left.jsonl"), cases);
    const failed = await recordAlone(path("left.jsonl"), path(`again-${round}.jsonl.gz`));
    if (failed !== 0) return failed;
    again.push(path(`again-${round}.jsonl.gz`));
  }
  const code = await corpus();
  if (code === 1) console.error(`One case in full: npm run corpus -- ${out} --engine ${engine} --case ID`);
  return code;
}

function runCorpus(args) {
  return new Promise((resolve, reject) => {
    const child = spawn("cargo", ["run", "--quiet", "--locked", "--package", "xtask", "--", "corpus", ...args], { cwd: ROOT, stdio: "inherit" });
    child.once("error", (error) => reject(new Error(`cargo did not start: ${error.message}; --no-replay only records`)));
    child.once("exit", (status) => resolve(status ?? 2));
  });
}
