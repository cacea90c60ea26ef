// npm start: builds everything that is not built yet, and serves it: node www/start.mjs [PORT]

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "./serve.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function npm(...args) {
  // npm is a script of the shell on Windows.
  const { status, error } = spawnSync("npm", args, { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });
  if (status === 0) return;
  console.error(`npm ${args.join(" ")} ${error === undefined ? `ended with status ${status}` : `did not start: ${error.message}`}; what it said stands above.`);
  process.exit(1);
}

if (!existsSync(new URL("../node_modules/vite", import.meta.url))) npm("ci");
npm("run", "build:page");
await main(process.argv[2]);
