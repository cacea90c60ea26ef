// WebKitGTK: its MiniBrowser, on a screen that is not there, with the console in what it prints.

import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { bounded, sleep, startProgram } from "./program.mjs";

const SCREEN_LIMIT = 15_000;
/** How long after a case lines may still come, in milliseconds. */
const SETTLE = 80;

const MINI_BROWSERS = ["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

const MISSING = "install the Debian package libwebkit2gtk-4.1-0, or set MINIBROWSER";

/** A line of the console: perhaps a place, a source, a level, and the text. */
const LINE = /^(?:\S+:\d+:\d+: )?CONSOLE (?:[A-Z]+ )?(?:LOG|INFO|DEBUG|WARN|ERROR) (.*)$/;

/** An exception of a case's own script: nothing of the browser's. */
const EXCEPTION = /^\w*Error: /;

/** Starts WebKitGTK: `{ version, open(url), console(), stop() }`. It has no way to be told of another page, and so is started anew for each. */
export async function startWebkit({ directory, certificates: _trustsAll, ownNetwork }) {
  if (!ownNetwork) throw new Error("WebKitGTK cannot be told where the hosts are: run as root, or where unshare --user --net works");
  const command = process.env.MINIBROWSER ?? MINI_BROWSERS.find((path) => existsSync(path)) ?? MINI_BROWSERS[0];
  const screen = await startScreen();
  let browser;
  let lines = [];
  const open = async (url) => {
    await browser?.stop();
    const home = mkdtempSync(join(directory, "webkit-"));
    browser = await startProgram(command, ["--enable-write-console-messages-to-stdout=true", "--ignore-tls-errors", url], {
      stdio: ["ignore", "pipe", "pipe"],
      env: environment(home, screen.display),
      missing: MISSING,
    });
    lines = [];
    // NB: the setting says stdout, and the lines come on stderr.
    for (const stream of [browser.child.stdout, browser.child.stderr]) collectLines(stream, lines);
  };
  const console = async () => {
    await sleep(SETTLE);
    return lines.splice(0).filter((text) => !EXCEPTION.test(text)).map((text) => ({ text }));
  };
  const stop = async () => {
    await browser?.stop();
    await screen.stop();
  };
  try {
    return { version: await versionOf(command, environment(mkdtempSync(join(directory, "webkit-")), screen.display)), open, console, stop };
  } catch (error) {
    await screen.stop();
    throw error;
  }
}

async function versionOf(command, env) {
  const program = await startProgram(command, ["--version"], { stdio: ["ignore", "pipe", "ignore"], env, missing: MISSING });
  let text = "";
  program.child.stdout.setEncoding("utf8").on("data", (part) => (text += part));
  await bounded(program.ended, SCREEN_LIMIT, `${command} does not say its version`).finally(program.stop);
  return text.trim();
}

async function startScreen() {
  const program = await startProgram("Xvfb", ["-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    missing: "install the Debian package xvfb",
  });
  const number = new Promise((resolve) => program.child.stdio[3].once("data", (bytes) => resolve(bytes.toString().trim())));
  const failed = program.ended.then((how) => Promise.reject(new Error(`Xvfb ended with ${how}`)));
  failed.catch(() => {});
  try {
    return { display: `:${await bounded(Promise.race([number, failed]), SCREEN_LIMIT, "Xvfb gives no screen")}`, stop: program.stop };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

function environment(home, display) {
  const folders = Object.fromEntries(["CACHE", "CONFIG", "DATA", "STATE"].map((kind) => [`XDG_${kind}_HOME`, join(home, kind.toLowerCase())]));
  const run = join(home, "run");
  mkdirSync(run, { mode: 0o700 });
  return {
    ...process.env,
    ...folders,
    HOME: home,
    XDG_RUNTIME_DIR: run,
    DISPLAY: display,
    GDK_BACKEND: "x11",
    NO_AT_BRIDGE: "1",
    LIBGL_ALWAYS_SOFTWARE: "1",
    WEBKIT_DISABLE_COMPOSITING_MODE: "1",
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  };
}

/** Adds what the console prints to `lines`; a text of several lines is one entry. */
function collectLines(stream, lines) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop();
    for (const part of parts) {
      const [, line] = LINE.exec(part) ?? [];
      if (line !== undefined) lines.push(line);
      else if (lines.length > 0 && part !== "") lines.push(`${lines.pop()}\n${part}`);
    }
  });
}
