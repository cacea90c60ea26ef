// Every way into the package as it was built: the tests of the engine's JavaScript surface run once through each.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as imported from "corscope";
import * as slimImported from "corscope/slim";

const require = createRequire(import.meta.url);
const module = readFile(require.resolve("corscope/corscope.wasm"));

const slimRequired = require("corscope/slim");
await slimImported.init(module);
slimRequired.initSync(await module);

export const ENTRIES = {
  "import corscope": imported,
  'require("corscope")': require("corscope"),
  "import corscope/slim": slimImported,
  'require("corscope/slim")': slimRequired,
};
