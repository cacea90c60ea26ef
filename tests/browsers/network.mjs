// A network of the recorder's own: no way out of the machine, no port that is taken, and the names of the recordings.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOSTS } from "./origins.mjs";

/** Set for the program that runs inside. */
const INSIDE = "CORSCOPE_RECORDER_INSIDE";

/** The ways in: a privileged user's, and everybody's where the system allows it. */
const WAYS = [[], ["--user", "--map-root-user"]].map((user) => [...user, "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]);

export function isInside() {
  return process.env[INSIDE] !== undefined;
}

/** Runs this program again in a network of its own, and gives its exit code; undefined where the system has no such thing. */
export async function runInside(script, args) {
  const way = WAYS.find(works);
  if (way === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "corscope-network-"));
  const hosts = join(directory, "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost ${HOSTS.join(" ")}\n::1 localhost\n`);
  // The second address leads nowhere. Without it names are not looked up: there seems to be no network.
  const enter = 'ip link set lo up && ip address add 192.0.2.1/32 dev lo && mount --bind "$0" /etc/hosts && exec "$@"';
  const child = spawn("unshare", [...way, "sh", "-c", enter, hosts, process.execPath, script, ...args], {
    stdio: "inherit",
    // What the inner program leaves behind lies in this directory, and goes with it.
    env: { ...process.env, [INSIDE]: "1", TMPDIR: directory },
  });
  // The inner program hears of Ctrl-C itself, and writes what it has.
  const wait = () => {};
  const end = () => child.kill("SIGKILL");
  process.on("SIGINT", wait).on("SIGTERM", end);
  const code = await new Promise((resolve) => child.once("exit", (status) => resolve(status ?? 143)));
  process.off("SIGINT", wait).off("SIGTERM", end);
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return code;
}

function works(way) {
  try {
    execFileSync("unshare", [...way, "sh", "-c", "ip link set lo up && mount --bind /etc/hosts /etc/hosts"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
