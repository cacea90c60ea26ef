// What Firefox's developer tools copy: their own menu is asked, in the browser's own context.

import { startFirefox } from "../../browsers/firefox.mjs";
import { sleep } from "../../browsers/program.mjs";
import { ASK, PAGE } from "./servers.mjs";

/** How long what was asked may take to show, in milliseconds. */
const SETTLE = 5000;

const TOOLS = `
  const { require } = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = require("devtools/client/framework/devtools");
  const tab = Services.wm.getMostRecentWindow("navigator:browser").gBrowser.selectedTab;
`;

const OPEN = `${TOOLS} return gDevTools.showToolboxForTab(tab, { toolId: "netmonitor" }).then(() => true);`;

const CONSOLE = `${TOOLS} return (async () => {
  const toolbox = await gDevTools.showToolboxForTab(tab, { toolId: "webconsole" });
  const { ui } = toolbox.getCurrentPanel().hud;
  await new Promise((resolve) => toolbox.win.setTimeout(resolve, 2000));
  const { getElementText } = require("devtools/client/webconsole/utils/clipboard");
  return [...ui.document.querySelectorAll(".message")].map((message) => getElementText(message)).join("\\n");
})();`;

const COPY = `${TOOLS}
  const panel = gDevTools.getToolboxForTab(tab).getCurrentPanel().panelWin;
  const { getDisplayedRequests } = panel.windowRequire("devtools/client/netmonitor/src/selectors/index");
  const { HarMenuUtils } = panel.windowRequire("devtools/client/netmonitor/src/har/har-menu-utils");
  const Menu = panel.windowRequire("devtools/client/netmonitor/src/widgets/RequestListContextMenu");
  const menu = new Menu({ connector: panel.connector });
  const requests = getDisplayedRequests(panel.store.getState()).filter(({ url }) => !url.endsWith("favicon.ico"));
  const request = (method, path) => requests.find((request) => request.method === method && request.url.includes(path));
  const clipboard = () => {
    const transferable = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
    transferable.init(null);
    transferable.addDataFlavor("text/plain");
    Services.clipboard.getData(transferable, Ci.nsIClipboard.kGlobalClipboard);
    const text = {};
    transferable.getTransferData("text/plain", text);
    return text.value.QueryInterface(Ci.nsISupportsString).data;
  };
  const put = request("PUT", "/items"), star = request("GET", "/star");
  const curl = ({ id, url, method, httpVersion, requestHeaders, requestPostData, responseHeaders }, platform) =>
    menu.copyAsCurl(id, url, method, httpVersion, requestHeaders, requestPostData, responseHeaders, platform);
  const commands = {
    curl: () => curl(put, "Linux"),
    "curl-cmd": () => curl(put, "WINNT"),
    fetch: () => menu.copyAsFetch(put.id, put.url, put.method, put.requestHeaders, put.requestPostData),
    powershell: () => menu.copyAsPowerShell(put),
    "curl-credentials": () => curl(star, "Linux"),
    "request-headers": () => menu.copyRequestHeaders(star.id, star),
    "response-headers": () => menu.copyResponseHeaders(star.id, star.responseHeaders),
    har: () => HarMenuUtils.copyAllAsHar(requests, panel.connector),
  };
  return (async () => {
    const texts = {};
    for (const [name, command] of Object.entries(commands)) {
      await command();
      texts[name] = clipboard();
    }
    return texts;
  })();
`;

export async function copiedByFirefox({ directory, certificates }) {
  const browser = await startFirefox({ directory, certificates, ownNetwork: true });
  try {
    await browser.open(PAGE);
    await sleep(SETTLE);
    await browser.chrome(OPEN);
    await browser.run(`return ${ASK};`);
    await sleep(SETTLE);
    const copied = await browser.chrome(COPY);
    return { ...copied, console: await browser.chrome(CONSOLE) };
  } finally {
    await browser.stop();
  }
}

export async function printedByFirefox({ directory, certificates }) {
  const browser = await startFirefox({ directory, certificates, ownNetwork: true });
  try {
    await browser.open(`${PAGE}/ask`);
    await sleep(SETTLE + SETTLE);
    const lines = await browser.console();
    return { "": lines.map(({ text }) => text).join("\n") };
  } finally {
    await browser.stop();
  }
}
