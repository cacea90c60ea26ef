// Chromium, driven through the pipe of its DevTools protocol.

import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { HOSTS, PAGE_ADDRESSES, PAGE_ORIGINS } from "./origins.mjs";
import { bounded, sleep, startProgram } from "./program.mjs";

const COMMAND_LIMIT = 30_000;
/** How long after a case lines may still come, in milliseconds. */
const SETTLE = 60;

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
];

/** What a page may be let reach, by the names of the permissions. */
const LOCAL_NETWORK = ["local-network", "loopback-network"];

/** Starts Chromium: `{ version, open(url), console(), stop() }`. With `localNetwork` its pages count as public ones, and it is the
 * answer to the question whether they may reach this machine. */
export async function startChromium({ directory, certificates, ownNetwork, localNetwork }) {
  const command = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const mapping = `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(",")},MAP * ~NOTFOUND,EXCLUDE localhost,EXCLUDE 127.0.0.1`;
  // NB: not --ignore-certificate-errors, with which nothing that came over TLS is kept in the HTTP cache.
  const trust = `--ignore-certificate-errors-spki-list=${certificates.keyHash}`;
  const spaces = localNetwork === undefined ? [] : [`--ip-address-space-overrides=${PAGE_ADDRESSES.map((address) => `${address}=public`).join(",")}`];
  const program = await startProgram(
    command,
    [...FLAGS, trust, ...spaces, `--user-data-dir=${mkdtempSync(join(directory, "chromium-"))}`, ...(ownNetwork ? [] : [mapping]), "about:blank"],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], missing: "install the Debian package chromium, or set CHROMIUM" },
  );
  const connection = new Connection(program.child.stdio[3], program.child.stdio[4]);
  program.ended.then((how) => connection.close(new Error(`Chromium ended with ${how}`)));
  try {
    const { product } = await connection.send("Browser.getVersion");
    const { targetInfos } = await connection.send("Target.getTargets");
    const { targetId } = targetInfos.find((target) => target.type === "page");
    const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: true });
    if (localNetwork !== undefined) {
      const answers = PAGE_ORIGINS.filter((origin) => origin.startsWith("https:")).flatMap((origin) => LOCAL_NETWORK.map((name) => ({ permission: { name }, setting: localNetwork, origin })));
      await Promise.all(answers.map((answer) => connection.send("Browser.setPermission", answer)));
    }
    const page = new Page(connection, sessionId);
    await page.watch(sessionId);
    return { version: product, open: (url) => page.open(url), console: () => page.console(), stop: program.stop };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** The page, and every frame and worker of it. */
class Page {
  #connection;
  #sessionId;
  #lines = [];

  constructor(connection, sessionId) {
    this.#connection = connection;
    this.#sessionId = sessionId;
    connection.onEvent = (method, parameters) => this.#take(method, parameters);
  }

  async watch(sessionId) {
    const send = (method, parameters) => this.#connection.send(method, parameters, sessionId);
    await Promise.all([
      send("Log.enable"),
      send("Network.enable"),
      send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ]);
  }

  async open(url) {
    await this.#connection.send("Page.navigate", { url }, this.#sessionId);
  }

  /** The lines since the last call. */
  async console() {
    await sleep(SETTLE);
    await this.#connection.send("Runtime.evaluate", { expression: "0" }, this.#sessionId);
    return this.#lines.splice(0);
  }

  #take(method, parameters) {
    if (method === "Log.entryAdded") this.#lines.push({ text: parameters.entry.text });
    const status = method === "Network.loadingFailed" ? parameters.corsErrorStatus : undefined;
    if (status !== undefined) this.#lines.push({ code: status.corsError, parameter: status.failedParameter });
    if (method !== "Target.attachedToTarget") return;
    // A frame or a worker may be gone before it answers.
    this.watch(parameters.sessionId)
      .then(() => this.#connection.send("Runtime.runIfWaitingForDebugger", {}, parameters.sessionId))
      .catch(() => {});
  }
}

/** Messages are JSON, each ended by a NUL. */
class Connection {
  #out;
  #waiting = new Map();
  #number = 0;
  #closed;
  onEvent = () => {};

  constructor(out, into) {
    this.#out = out;
    out.on("error", (error) => this.close(error));
    let rest = "";
    into.setEncoding("utf8");
    into.on("data", (text) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop();
      for (const message of messages) this.#take(JSON.parse(message));
    });
  }

  send(method, params = {}, sessionId = undefined) {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = (this.#number += 1);
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return bounded(answer, COMMAND_LIMIT, `Chromium did not answer ${method}`);
  }

  close(error) {
    this.#closed = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #take(message) {
    if (message.id === undefined) return this.onEvent(message.method, message.params);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error.message));
  }
}
