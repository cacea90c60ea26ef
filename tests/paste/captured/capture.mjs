// Makes the captured pastes again: what curl prints, what developer tools copy, and what consoles print, of the same few requests.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCertificates } from "../../browsers/certificates.mjs";
import { isInside, runInside } from "../../browsers/network.mjs";
import { copiedByChromium, printedByChromium } from "./chromium.mjs";
import { printedByCurl } from "./curl.mjs";
import { copiedByFirefox, printedByFirefox } from "./firefox.mjs";
import { startServers } from "./servers.mjs";
import { printedByWebkit } from "./webkit.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PARTS = { curl: printedByCurl, chromium: copiedByChromium, firefox: copiedByFirefox, "console-chromium": printedByChromium, "console-firefox": printedByFirefox, "console-webkit": printedByWebkit };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. There are: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
if (isInside()) {
  await capture();
  process.exit();
}
const code = await runInside(fileURLToPath(import.meta.url), wanted);
if (code === undefined) console.error("This needs a network of its own: run it as root, or where unshare --user --net works.");
process.exit(code ?? 1);

async function capture() {
  const directory = mkdtempSync(join(tmpdir(), "corscope-captured-"));
  const certificates = makeCertificates(directory);
  const servers = await startServers(certificates);
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const own = mkdtempSync(join(directory, `${name}-`));
      const texts = await part({ directory: own, certificates });
      mkdirSync(HERE, { recursive: true });
      for (const old of readdirSync(HERE).filter((file) => file.startsWith(`${name}-`) && file.endsWith(".txt"))) rmSync(join(HERE, old));
      for (const [key, text] of Object.entries(texts)) {
        writeFileSync(join(HERE, `${key === "" ? name : `${name}-${key}`}.txt`), text.endsWith("\n") ? text : `${text}\n`);
      }
      console.log(`${name}: ${Object.keys(texts).length}`);
    }
  } finally {
    servers.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
