// The page without a network, after it was there once; under a path of its own as well.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../www/serve.mjs";
import { ask, expect, expectVerdict, test } from "./fixture.ts";

const DIST = fileURLToPath(new URL("../../www/dist", import.meta.url));
const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

test("once it was loaded, it works without a network", async ({ chromiumBrowser }) => {
  const root = mkdtempSync(join(tmpdir(), "corscope-offline-"));
  cpSync(DIST, join(root, "some/where"), { recursive: true });
  cpSync(DIST, root, { recursive: true });
  const { server, url } = await serve({ port: 0, root });
  const context = await chromiumBrowser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}some/where/`);
  const kept = await page.evaluate(async () => {
    const { scope } = await navigator.serviceWorker.ready;
    for (let tries = 0; navigator.serviceWorker.controller === null && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    return { scope, caches: await caches.keys(), outside: (await (await caches.open((await caches.keys())[0] ?? "")).keys()).filter(({ url }) => !url.startsWith(scope)).length };
  });
  expect(kept.scope).toBe(`${url}some/where/`);
  expect(kept.caches).toEqual([expect.stringMatching(/^corscope \/some\/where\/ [0-9a-f]{16}$/)]);
  expect(kept.outside).toBe(0);

  server.close();
  server.closeAllConnections();
  await page.reload();
  await ask(page, "https://app.example", BLOCKED);
  await expectVerdict(page, /^Blocked: /);
  await page.locator(".places a", { hasText: "Situations" }).click();
  await expect(page.locator("#place-heading")).toBeVisible();
  await context.close();
  rmSync(root, { recursive: true });
});

test("it can be installed", async ({ watched: page, origin }) => {
  const manifest = await (await fetch(`${origin}manifest.webmanifest`)).json();
  expect([manifest.name, manifest.start_url, manifest.display]).toEqual(["Corscope", "./", "standalone"]);
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A window that leaves no traces installs nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});
