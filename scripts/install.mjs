// What the npm scripts need before they run: the development dependencies, if they are not there or are out of date.

import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the project's folder, and ends this program as soon as one fails. */
export function run(command, args, env = {}) {
  // npm is a script of the shell on Windows.
  const shell = process.platform === "win32";
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", shell, env: { ...process.env, ...env } });
  if (status === 0) return;
  const how = error !== undefined ? `did not start: ${error.message}` : `ended with ${signal ?? `status ${status}`}; what it said stands above.`;
  console.error(`\n${command} ${args.join(" ")} ${how}`);
  process.exit(1);
}

/** Installs the development dependencies. */
export function install() {
  const installed = `${ROOT}/node_modules/.package-lock.json`;
  const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${ROOT}/package-lock.json`).mtimeMs;
  // NB: not `npm ci`, which refuses a lock file without the packages of other platforms that a registry may lack.
  if (!isCurrent) run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
}
