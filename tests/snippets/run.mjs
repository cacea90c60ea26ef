// npm run snippets: starts each server that is here with its snippets, and asks it what browsers ask. With --save it writes down
// with which versions that went well, which the snippets then say.

import { run } from "../../scripts/install.mjs";

const args = process.argv.slice(2);
if (args.some((arg) => arg !== "--save")) {
  console.error("usage: npm run snippets [-- --save]");
  process.exit(2);
}
run(process.execPath, ["--test", "tests/snippets/snippets.test.mjs"], args.length > 0 ? { SNIPPETS_SAVE: "1" } : {});
