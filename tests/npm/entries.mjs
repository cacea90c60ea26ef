// Every way into the package as it was built: the tests of the engine's JavaScript surface run once through each.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as imported from "corscope";
import * as explainImported from "corscope/explain";
import * as explainSlimImported from "corscope/explain/slim";
import * as slimImported from "corscope/slim";

const require = createRequire(import.meta.url);
const module = readFile(require.resolve("corscope/corscope.wasm"));
const explainModule = readFile(require.resolve("corscope/explain.wasm"));

const slimRequired = require("corscope/slim");
await slimImported.init(module);
slimRequired.initSync(await module);
const explainSlimRequired = require("corscope/explain/slim");
await explainSlimImported.init(explainModule);
explainSlimRequired.initSync(await explainModule);

export const ENTRIES = {
  "import corscope": imported,
  'require("corscope")': require("corscope"),
  "import corscope/slim": slimImported,
  'require("corscope/slim")': slimRequired,
  "import corscope/explain": explainImported,
  'require("corscope/explain")': require("corscope/explain"),
  "import corscope/explain/slim": explainSlimImported,
  'require("corscope/explain/slim")': explainSlimRequired,
};
