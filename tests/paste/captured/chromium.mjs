// What Chromium's developer tools copy. Chromium serves them itself, where it listens for them: a second page has them opened on the first.

import { join } from "node:path";
import { chromium } from "@playwright/test";
import { startChromium } from "../../browsers/chromium.mjs";
import { sleep, startProgram } from "../../browsers/program.mjs";
import { ASK, PAGE } from "./servers.mjs";

const PORT = 9222;
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-dev-shm-usage", `--remote-debugging-port=${PORT}`, "--remote-allow-origins=*",
];

/** How long what was asked may take to show, in milliseconds. */
const SETTLE = 3000;
const LINES = 2000;

export async function copiedByChromium({ directory, certificates }) {
  const trust = `--ignore-certificate-errors-spki-list=${certificates.keyHash}`;
  const program = await startProgram(process.env.CHROMIUM ?? "/usr/bin/chromium", [...FLAGS, trust, `--user-data-dir=${join(directory, "profile")}`, "about:blank"], {
    stdio: "ignore",
    missing: "install the Debian package chromium, or set CHROMIUM",
  });
  const listening = `http://127.0.0.1:${PORT}`;
  try {
    for (let tries = 0; !(await fetch(`${listening}/json/version`).then(() => true, () => false)) && tries < 200; tries += 1) await sleep(200);
    const browser = await chromium.connectOverCDP(listening);
    const [context] = browser.contexts();
    const [page] = context.pages();
    await page.goto(PAGE);
    const targets = await (await fetch(`${listening}/json/list`)).json();
    const { id } = targets.find(({ type }) => type === "page");
    const tools = await context.newPage();
    await tools.goto(`${listening}/devtools/inspector.html?ws=127.0.0.1:${PORT}/devtools/page/${id}&panel=network`);
    await tools.waitForFunction(() => import("/devtools/panels/network/network.js").then(({ NetworkPanel }) => NetworkPanel.NetworkPanel.instance() !== undefined, () => false));
    await sleep(SETTLE);
    await page.evaluate(ASK);
    await sleep(SETTLE);
    return await tools.evaluate(copyAll);
  } finally {
    await program.stop();
  }
}

/** In the developer tools: what their own commands put on the clipboard. */
async function copyAll() {
  const { NetworkLog } = await import("/devtools/models/logs/logs.js");
  const { NetworkPanel } = await import("/devtools/panels/network/network.js");
  const { InspectorFrontendHost } = await import("/devtools/core/host/host.js");
  const requests = NetworkLog.NetworkLog.instance().requests();
  const request = (method, path) => requests.find((request) => request.requestMethod === method && request.url().includes(path));
  const view = NetworkPanel.NetworkPanel.instance().networkLogView;
  const copied = [];
  InspectorFrontendHost.InspectorFrontendHostInstance.copyText = (text) => void copied.push(text);
  const copy = async (command) => {
    await command();
    for (let tries = 0; copied.length === 0 && tries < 50; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    return copied.splice(0).join("\n");
  };
  const put = request("PUT", "/items");
  const { ConsoleView } = await import("/devtools/panels/console/console.js");
  const { ViewManager } = await import("/devtools/ui/legacy/legacy.js");
  await ViewManager.ViewManager.instance().showView("console");
  const panel = ConsoleView.ConsoleView.instance();
  return {
    curl: await copy(() => view.copyCurlCommand(put, "unix")),
    "curl-cmd": await copy(() => view.copyCurlCommand(put, "win")),
    fetch: await copy(() => view.copyFetchCall(put, 0)),
    "fetch-node": await copy(() => view.copyFetchCall(put, 1)),
    powershell: await copy(() => view.copyPowerShellCommand(put)),
    "curl-credentials": await copy(() => view.copyCurlCommand(request("GET", "/star"), "unix")),
    console: await copy(() => panel.copyConsole()),
    har: await copy(() => view.copyAllAsHAR({ sanitize: false })),
  };
}

export async function printedByChromium({ directory, certificates }) {
  const browser = await startChromium({ directory, certificates, ownNetwork: true });
  try {
    await browser.open(`${PAGE}/ask`);
    await sleep(SETTLE + LINES);
    const lines = await browser.console();
    return { "": lines.flatMap(({ text }) => (text === undefined ? [] : [text])).join("\n") };
  } finally {
    await browser.stop();
  }
}
