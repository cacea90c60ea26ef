// The page without a network, after it was there once; under a path of its own as well.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";

const DIST = fileURLToPath(new URL("../../../www/dist", import.meta.url));
const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

/** What the page loads by itself once it is there. A page that is left meanwhile makes Firefox say that its service worker failed. */
const PREPARED = ["lanes", "readers", "too-long"];

/** Waits for the page and for what it has prepared. */
async function settled(page) {
  await page.ready();
  await page.until("what is prepared", (names) => {
    const loaded = performance.getEntriesByType("resource").filter(({ responseEnd }) => responseEnd > 0);
    return names.every((name) => loaded.some(({ name: url }) => url.includes(`/assets/${name}-`)));
  }, PREPARED);
}

export default [
  [
    "once it was loaded, it works without a network",
    async (page) => {
      const root = mkdtempSync(join(tmpdir(), "corscope-offline-"));
      cpSync(DIST, join(root, "some/where"), { recursive: true });
      cpSync(DIST, root, { recursive: true });
      const { server, url } = await serve({ port: 0, root });
      try {
        await page.leave();
        await page.go(`${url}some/where/`);
        const kept = await page.until("the service worker", async () => {
          const { scope } = await navigator.serviceWorker.ready;
          if (navigator.serviceWorker.controller === null) return null;
          const names = await caches.keys();
          const keys = await (await caches.open(names[0])).keys();
          return { scope, names, outside: keys.filter(({ url }) => !url.startsWith(scope)).length };
        });
        assert.equal(kept.scope, `${url}some/where/`);
        assert.equal(kept.names.length, 1);
        assert.match(kept.names[0], /^corscope \/some\/where\/ [0-9a-f]{16}$/);
        assert.equal(kept.outside, 0);
        await settled(page);
        server.close();
        server.closeAllConnections();
        await page.leave();
        await page.go(`${url}some/where/`);
        await settled(page);
        await page.ask("https://app.example", BLOCKED);
        await page.verdict(/^Blocked: /);
        for (const [place, heading] of [["gallery", "Situations"], ["har", "A whole session"], ["findings", "Findings"]]) {
          await page.place(place);
          await page.sees(place, heading, () => document.querySelector("#place-heading")?.textContent);
        }
      } finally {
        server.close();
        server.closeAllConnections();
        await page.leave();
        rmSync(root, { recursive: true });
      }
    },
  ],
];
