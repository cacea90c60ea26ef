// The engine comes in two modules: a small one that answers soon, and the whole one, which takes over.

import { EDITOR, expect, paste, test } from "./fixture.ts";

const ASKED = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\n";

test("the first answer does not wait for the whole engine, which then says the rest", async ({ chromiumBrowser, origin }) => {
  const page = await chromiumBrowser.newPage();
  let come = (): void => {};
  const wanted = new Promise<void>((resolve) => (come = resolve));
  let asked = 0;
  await page.route("**/engine*.wasm", async (route) => {
    asked += 1;
    await wanted;
    await route.continue();
  });
  await page.goto(origin);
  await expect(page.locator(EDITOR)).toBeVisible();
  await paste(page, ASKED);
  await expect(page.locator("#results")).toContainText("Blocked:");
  await expect.poll(() => asked).toBe(1);
  await expect(page.locator("#results")).not.toContainText("has been blocked by CORS policy");
  come();
  await expect(page.locator("#results")).toContainText("has been blocked by CORS policy");
  await page.close();
});

test("where the whole engine does not come, the first one goes on, and the page says so", async ({ chromiumBrowser, origin }) => {
  const page = await chromiumBrowser.newPage();
  await page.route("**/engine*.wasm", (route) => route.fulfill({ status: 404 }));
  await page.goto(origin);
  await expect(page.locator("#tools-remark")).toContainText("The engine did not load.");
  await expect(page.locator(EDITOR)).toBeVisible();
  await paste(page, ASKED);
  await expect(page.locator("#results")).toContainText("Blocked:");
  await page.close();
});
