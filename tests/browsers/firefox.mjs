// Firefox, driven by Marionette: JSON over a socket, each message with its length before it.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { join } from "node:path";
import { HOSTS, PAGE_ADDRESSES, PAGE_ORIGINS } from "./origins.mjs";
import { bounded, sleep, startProgram } from "./program.mjs";

const START_LIMIT = 60_000;
const COMMAND_LIMIT = 60_000;
/** How long after a case lines may still come, in milliseconds. */
const SETTLE = 60;

/** Preferences: no traffic of its own, nothing that asks, exact clocks so that requests belong to the right step. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.blockedURIs.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "captivedetect.canonicalURL": "",
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.connection.enabled": false,
  "extensions.update.enabled": false,
  "media.gmp-manager.updateEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disableIPv6": true,
  "network.http.speculative-parallel-limit": 0,
  "network.manage-offline-status": false,
  "network.prefetch-next": false,
  "network.trr.mode": 5,
  "privacy.reduceTimerPrecision": false,
  "security.OCSP.enabled": 0,
  "services.settings.server": "",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
  "toolkit.telemetry.unified": false,
};

/** In the browser itself: trusts the authority, and collects what is printed. */
const PREPARE = `
  const [authority] = arguments;
  Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(authority, "C,,");
  const lines = globalThis.corscopeLines = [];
  Services.console.registerListener({
    QueryInterface: ChromeUtils.generateQI(["nsIConsoleListener"]),
    observe(message) {
      if (message instanceof Ci.nsIScriptError) lines.push({ text: message.errorMessage, category: message.category, source: message.sourceName });
    },
  });
  return Services.appinfo.name + " " + Services.appinfo.version;
`;
/** The question whether a page may reach this machine is asked, and the pages count as public ones. */
const LOCAL_NETWORK = {
  "network.lna.enabled": true,
  "network.lna.blocking": true,
  "network.lna.address_space.public.override": PAGE_ADDRESSES.join(","),
};
/** What is answered. */
const ANSWER = `
  const [origins, answer] = arguments;
  for (const origin of origins) {
    const principal = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
    for (const name of ["loopback-network", "local-network", "localhost"]) {
      Services.perms.addFromPrincipal(principal, name, answer === "granted" ? Services.perms.ALLOW_ACTION : Services.perms.DENY_ACTION);
    }
  }
`;
const COPY = `Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString(arguments[0]);`;
const TAKE = "return globalThis.corscopeLines.splice(0);";

/** The categories of lines that recordings keep: what the network and its security say. */
const KEPT = /^(CORS.*|COEP|CSP_.*|Mixed Content.*|ORB|Security)$/;

/** Starts Firefox: `{ version, open(url), run(code, ...args), privileged(code, ...args), chrome(code, ...args), keys(actions), paste(text),
 * file(selector, path), console(), stop() }`. `run` gives what a script in the page returns, `privileged` what one beside it that may do all,
 * and `chrome` what one in the browser itself; `paste` puts a text
 * in place of all that is in the box that has the focus, as a person does. */
export async function startFirefox({ directory, certificates, ownNetwork, localNetwork }) {
  const profile = mkdtempSync(join(directory, "firefox-"));
  const port = await freePort();
  const preferences = { ...PREFERENCES, ...(localNetwork === undefined ? {} : LOCAL_NETWORK), "marionette.port": port, ...(ownNetwork ? {} : { "network.dns.localDomains": HOSTS.join(",") }) };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), lines.join(""));
  const home = join(directory, "home");
  mkdirSync(home, { recursive: true });
  const program = await startProgram(
    process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    ["--headless", "-marionette", "-remote-allow-system-access", "-no-remote", "-profile", profile],
    {
      stdio: "ignore",
      env: { ...process.env, HOME: home, MOZ_DISABLE_CONTENT_SANDBOX: "1", MOZ_CRASHREPORTER_DISABLE: "1" },
      missing: "install the Debian package firefox-esr, or set FIREFOX",
    },
  );
  try {
    const marionette = await Marionette.connect(port, program);
    await marionette.send("WebDriver:NewSession", { capabilities: { alwaysMatch: { pageLoadStrategy: "none" } } });
    const script = async (code, args = []) => {
      await marionette.send("Marionette:SetContext", { value: "chrome" });
      const { value } = await marionette.send("WebDriver:ExecuteScript", { script: code, args, newSandbox: false, sandbox: "system" });
      return value;
    };
    const keys = async (actions) => {
      await marionette.send("Marionette:SetContext", { value: "content" });
      await marionette.send("WebDriver:PerformActions", { actions: [{ type: "key", id: "keyboard", actions }] });
    };
    const authority = certificates.authority.replace(/-----[A-Z ]+-----|\s/g, "");
    const version = await script(PREPARE, [authority]);
    if (localNetwork !== undefined) await script(ANSWER, [PAGE_ORIGINS, localNetwork]);
    return {
      version,
      async open(url) {
        await marionette.send("Marionette:SetContext", { value: "content" });
        await marionette.send("WebDriver:Navigate", { url });
      },
      async run(code, ...args) {
        await marionette.send("Marionette:SetContext", { value: "content" });
        const { value } = await marionette.send("WebDriver:ExecuteScript", { script: code, args });
        return value;
      },
      chrome: (code, ...args) => script(code, args),
      async privileged(code, ...args) {
        await marionette.send("Marionette:SetContext", { value: "content" });
        const { value } = await marionette.send("WebDriver:ExecuteScript", { script: code, args, newSandbox: false, sandbox: "system" });
        return value;
      },
      keys,
      async paste(text) {
        await script(COPY, [text]);
        await keys([...pressed("a"), ...pressed("v")]);
      },
      async file(selector, path) {
        await marionette.send("Marionette:SetContext", { value: "content" });
        const { value } = await marionette.send("WebDriver:FindElement", { using: "css selector", value: selector });
        await marionette.send("WebDriver:ElementSendKeys", { id: Object.values(value)[0], text: path });
      },
      async console() {
        await sleep(SETTLE);
        const taken = await script(TAKE);
        return taken.filter(({ category }) => KEPT.test(category)).map(({ text, category }) => ({ text, category }));
      },
      stop: async () => {
        marionette.close();
        await program.stop();
      },
    };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** Pressing a key together with Control. */
function pressed(key) {
  const control = "\uE009";
  return [{ type: "keyDown", value: control }, { type: "keyDown", value: key }, { type: "keyUp", value: key }, { type: "keyUp", value: control }];
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

class Marionette {
  #socket;
  #waiting = new Map();
  #number = 0;
  #bytes = Buffer.alloc(0);
  #closed;

  /** Waits until Firefox listens. */
  static async connect(port, program) {
    let how;
    program.ended.then((ending) => (how = ending));
    for (const end = Date.now() + START_LIMIT; Date.now() < end; ) {
      if (how !== undefined) throw new Error(`Firefox ended with ${how} before it listened`);
      const socket = await new Promise((resolve) => {
        const trial = connect(port, "127.0.0.1");
        trial.once("connect", () => resolve(trial));
        trial.once("error", () => resolve(undefined));
      });
      if (socket !== undefined) return new Marionette(socket);
      await sleep(100);
    }
    throw new Error("Firefox does not listen for Marionette");
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#end(new Error("Firefox closed its connection")));
    socket.on("data", (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#read();
    });
  }

  send(command, parameters) {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = (this.#number += 1);
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return bounded(answer, COMMAND_LIMIT, `Firefox did not answer ${command}`);
  }

  close() {
    this.#socket.destroy();
  }

  #end(error) {
    this.#closed = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #read() {
    for (;;) {
      const colon = this.#bytes.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#bytes.toString("latin1", 0, colon));
      if (this.#bytes.length < end) return;
      const message = JSON.parse(this.#bytes.toString("utf8", colon + 1, end));
      this.#bytes = this.#bytes.subarray(end);
      // The first message is a greeting and no answer.
      if (!Array.isArray(message)) continue;
      const [, id, error, value] = message;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === null) waiting?.resolve(value);
      else waiting?.reject(new Error(`${error.error}: ${error.message}`));
    }
  }
}
