// The command line of the recorder.

import { resolve } from "node:path";
import { ASKED_FOR, DIMENSIONS } from "./generator.mjs";

export const USAGE = `\
usage: npm run record -- --engine chromium|firefox|webkit (--seed N --cases N | --from FILES) [--out FILE] [--no-replay]
  --engine NAME   which browser
  --seed N        which random cases are made: the same number makes the same cases
  --cases N       how many (500)
  --about WHAT    what all of them are about: ${ASKED_FOR.join(", ")}, or a dimension as httpCache
  --from FILES    the cases of these recordings instead; what was seen before is compared with what is seen now
  --only TEXT     of these cases, those whose id contains TEXT
  --out FILE      where the recordings go, compressed if it ends in .gz (target/recordings/ENGINE-SEED.jsonl.gz)
  --alone         every case in a browser of its own
  --no-replay     only record; else the engine replays them, and its disagreements are printed
`;

const ENGINES = ["chromium", "firefox", "webkit"];

/** What was asked for. Throws where it cannot be done. Paths are relative to `directory`. */
export function parseOptions(args, directory) {
  const options = { cases: 500, from: [], only: "", alone: false, replay: true };
  const rest = [...args];
  while (rest.length > 0) {
    const name = rest.shift();
    const value = () => {
      if (rest.length === 0 || rest[0].startsWith("--")) throw new Error(`${name} needs a value`);
      return rest.shift();
    };
    const number = () => {
      const text = value();
      if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} needs a whole number, not ${text}`);
      return Number(text);
    };
    if (name === "--engine") options.engine = value();
    else if (name === "--seed") options.seed = number();
    else if (name === "--cases") options.cases = number();
    else if (name === "--about") {
      options.about = value();
      if (![...ASKED_FOR, ...DIMENSIONS].includes(options.about)) throw new Error(`--about is one of ${[...ASKED_FOR, ...DIMENSIONS].join(", ")}, not ${options.about}`);
    }
    else if (name === "--only") options.only = value();
    else if (name === "--out") options.out = resolve(directory, value());
    else if (name === "--alone") options.alone = true;
    else if (name === "--no-replay") options.replay = false;
    else if (name === "--help") options.help = true;
    else if (name === "--from") {
      do options.from.push(resolve(directory, value()));
      while (rest.length > 0 && !rest[0].startsWith("--"));
    } else throw new Error(`${name} is no option`);
  }
  if (options.help) return options;
  if (!ENGINES.includes(options.engine)) throw new Error(`--engine has to be one of ${ENGINES.join(", ")}`);
  if ((options.seed === undefined) === (options.from.length === 0)) throw new Error("give either --seed or --from");
  return options;
}
