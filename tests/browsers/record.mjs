// npm run record: random cases, or those of given recordings, in a real browser. README.md says how.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCertificates } from "./certificates.mjs";
import { startChromium } from "./chromium.mjs";
import { differences } from "./differences.mjs";
import { randomCase } from "./generator.mjs";
import { isInside, runInside } from "./network.mjs";
import { USAGE, parseOptions } from "./options.mjs";
import { readRecordings, writeRecordings } from "./recording.mjs";
import { replay } from "./replay.mjs";
import { Session } from "./session.mjs";
import { startFirefox } from "./firefox.mjs";
import { startWebkit } from "./webkit.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BROWSERS = { chromium: startChromium, firefox: startFirefox, webkit: startWebkit };
const INTERRUPTED = 130;

async function main(args) {
  const options = understand(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  options.out ??= join(ROOT, "target/recordings", `${options.engine}-${options.seed ?? "again"}.jsonl.gz`);
  if (isInside()) return record(options, { ownNetwork: true });
  const code = await recordInside(options, args);
  if (code !== 0 || !options.replay) return code;
  return replay(options, (from, out) => {
    const again = ["--engine", options.engine, "--from", from, "--alone", "--no-replay", "--out", out];
    return recordInside(understand(again), again);
  });
}

/** Records in a network of its own, where there can be one. */
async function recordInside(options, args) {
  return (await runInside(fileURLToPath(import.meta.url), args)) ?? record(options, { ownNetwork: false });
}

function understand(args) {
  try {
    return parseOptions(args, process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`);
  }
}

/** Records, and writes what was seen. */
async function record(options, { ownNetwork }) {
  const cases = casesOf(options);
  const directory = mkdtempSync(join(tmpdir(), "corscope-recorder-"));
  const certificates = makeCertificates(directory);
  let version;
  const session = new Session(options.engine, async (localNetwork) => {
    const browser = await BROWSERS[options.engine]({ directory, certificates, ownNetwork, localNetwork });
    if (version === undefined) console.error(`${(version = browser.version)}, ${cases.length} cases`);
    return browser;
  }, options);
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
    session.stop();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const recordings = new Map();
  const failures = [];
  mkdirSync(dirname(options.out), { recursive: true });
  try {
    await session.listen(certificates);
    for (const recording of byPage(cases)) {
      try {
        recordings.set(recording.id, await session.record(recording));
      } catch (error) {
        if (isInterrupted) break;
        failures.push(error.message);
        console.error(`not recorded: ${error.message}`);
        // A browser that does not even start is not tried again for every case.
        if (recordings.size === 0 && failures.length === 3) break;
      }
      if (recordings.size % 100 === 0) console.error(`${recordings.size} of ${cases.length}`);
    }
  } finally {
    await session.stop();
    discard(directory);
  }
  const seen = cases.flatMap((recording) => recordings.get(recording.id) ?? []);
  writeRecordings(options.out, seen);
  console.error(`${seen.length} of ${cases.length} cases recorded in ${options.out}`);
  if (options.from.length > 0) differences(cases, seen, options.engine).forEach((line) => console.log(line));
  if (isInterrupted) return INTERRUPTED;
  return failures.length === 0 ? 0 : 1;
}

/** Removes what browsers have written. One that is still on its way out must not cost the recordings. */
function discard(directory) {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  } catch (error) {
    console.error(`not removed: ${error.message}`);
  }
}

function casesOf(options) {
  const cases = options.from.length > 0
    ? options.from.flatMap(readRecordings)
    : Array.from({ length: options.cases }, (_, index) => randomCase(options.seed, index, options.about));
  return cases.filter(({ id }) => id.includes(options.only));
}

/** The cases of one page stand together, and before that those of one browser: it goes to each page once. */
function byPage(cases) {
  const key = ({ page = "A", localNetwork = "" }) => `${localNetwork} ${page}`;
  return [...cases].sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(`record: ${error.message}`);
    process.exit(2);
  },
);
