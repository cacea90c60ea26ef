// A project of somebody else: the package as npm packs it, in a node_modules of its own.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Packs the package, as `npm publish` would, and says where. */
export async function pack(folder) {
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: ROOT, shell: process.platform === "win32" });
  return join(folder, JSON.parse(stdout)[0].filename);
}

/** A folder with the packed package installed and these files; `remove` removes it. */
export async function consumer(files) {
  const folder = await mkdtemp(join(tmpdir(), "corscope-"));
  await run("tar", ["-xf", await pack(folder), "-C", folder]);
  await mkdir(join(folder, "node_modules"));
  await cp(join(folder, "package"), join(folder, "node_modules", "corscope"), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** What a script prints in Node. */
export async function node(folder, script) {
  const { stdout } = await run(process.execPath, [script], { cwd: folder });
  return stdout.trim();
}
