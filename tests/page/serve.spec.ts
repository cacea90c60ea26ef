// The small server, and the page wherever it is put.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HEADER_CSP, META_CSP } from "../../www/csp.mjs";
import { serve } from "../../www/serve.mjs";
import { expect, expectVerdict, test } from "./fixture.ts";

const DIST = fileURLToPath(new URL("../../www/dist", import.meta.url));

test("the page works under any path", async ({ chromiumBrowser }) => {
  const root = mkdtempSync(join(tmpdir(), "corscope-page-"));
  cpSync(DIST, root, { recursive: true });
  cpSync(DIST, join(root, "some/where"), { recursive: true });
  const { server, url } = await serve({ port: 0, root });
  const page = await chromiumBrowser.newPage();
  const outside: string[] = [];
  page.on("request", (sent) => {
    if (!sent.url().startsWith(`${url}some/where/`)) outside.push(sent.url());
  });
  await page.goto(`${url}some/where/`);
  await page.locator("#examples button").first().click();
  await expectVerdict(page, /^Blocked: /);
  expect(outside).toEqual([]);
  await page.close();
  server.close();
  rmSync(root, { recursive: true });
});

test("the policy stands in the page and in the header", async ({ origin }) => {
  const response = await fetch(origin);
  expect(response.headers.get("content-security-policy")).toBe(HEADER_CSP);
  expect(await response.text()).toContain(`<meta http-equiv="Content-Security-Policy" content="${META_CSP}">`);
  for (const directive of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "require-trusted-types-for 'script'"]) {
    expect(META_CSP.split("; ")).toContain(directive);
  }
  expect(META_CSP).not.toMatch(/'unsafe-|\*|https?:/);
});

test("files have their types, and nothing else is served", async ({ origin }) => {
  const html = await (await fetch(origin)).text();
  const types: Record<string, string> = { wasm: "application/wasm", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", svg: "image/svg+xml" };
  for (const [ending, type] of Object.entries(types)) {
    const path = new RegExp(`(?:href|src)="\\./([^"]+\\.${ending})"`).exec(html)?.[1];
    const response = await fetch(origin + path);
    expect([response.status, response.headers.get("content-type")], ending).toEqual([200, type]);
  }
  const status = (path: string, method = "GET") =>
    new Promise<number | undefined>((resolve, reject) => {
      // `fetch()` would tidy the path up.
      request(origin, { path, method }, (response) => resolve(response.resume().statusCode)).on("error", reject).end();
    });
  for (const path of ["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json", "/assets", "/no", "/no/"]) expect(await status(path), path).toBe(404);
  for (const path of ["/%", "/%00", "/%e0"]) expect(await status(path), path).toBe(400);
  expect(await status("/", "POST")).toBe(405);
  expect(await status("/", "HEAD")).toBe(200);
});

test("where the port is taken another one is used, on this machine only", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const { server, taken, url } = await serve({ port });
  expect(taken).toBe(true);
  expect(url).not.toContain(`:${port}/`);
  expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
  expect((await fetch(url)).status).toBe(200);
  server.close();
  other.close();
});
