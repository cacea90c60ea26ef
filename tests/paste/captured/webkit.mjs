// What WebKitGTK's console prints. Its inspector is a window of its own, which nothing here can press.

import { startWebkit } from "../../browsers/webkit.mjs";
import { sleep } from "../../browsers/program.mjs";
import { PAGE } from "./servers.mjs";

/** How long the page may take, in milliseconds. */
const SETTLE = 10_000;

export async function printedByWebkit({ directory, certificates }) {
  const browser = await startWebkit({ directory, certificates, ownNetwork: true });
  try {
    await browser.open(`${PAGE}/ask`);
    await sleep(SETTLE);
    const lines = await browser.console();
    return { "": lines.map(({ text }) => text).join("\n") };
  } finally {
    await browser.stop();
  }
}
