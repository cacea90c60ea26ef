// The machine's own Chromium, and a server that gives it the files of a folder.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "@playwright/test";

const EXECUTABLE = "/usr/bin/chromium";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Why tests that need Chromium cannot run, or false. Where tests have to run, they fail instead. */
export const MISSING = !existsSync(EXECUTABLE) && process.env.CI === undefined && `${EXECUTABLE} is not installed`;

/** Serves the files of `folder` on a free port of this machine. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = join(folder, normalize(new URL(request.url, "http://localhost").pathname));
    try {
      const content = await readFile(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** What the page at `url` writes into its title when it is done. Anything that goes wrong on it is thrown. */
export async function title(url) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    const wrong = new Promise((_, reject) => {
      page.on("pageerror", reject);
      page.on("requestfailed", (request) => reject(new Error(`${request.url()} failed: ${request.failure()?.errorText}`)));
      page.on("response", (response) => response.status() >= 400 && reject(new Error(`${response.url()} answered ${response.status()}`)));
    });
    const done = page.goto(url).then(() => page.waitForFunction("document.title"));
    await Promise.race([done, wrong]);
    return await page.title();
  } finally {
    await browser.close();
  }
}
