// "Try it here": a press sends the request from this browser, and what it does is what the engine expects of it.

import { expect, open, paste, test } from "./fixture.ts";
import { EXCHANGES, startServers } from "./exchanges.mjs";

test("fifty exchanges end as expected", async ({ chromiumBrowser, origin }) => {
  test.setTimeout(240_000);
  expect(EXCHANGES.length).toBeGreaterThanOrEqual(50);
  const servers = await startServers(new URL(origin).origin);
  const page = await chromiumBrowser.newPage();
  await page.goto(origin);
  await page.waitForLoadState("networkidle");
  const others: string[] = [];
  for (const [index, exchange] of EXCHANGES.entries()) {
    const name = String(exchange[0]);
    await paste(page, servers.row(index));
    await open(page, "try");
    await page.locator(".try-it .trial button").first().click();
    const ending = page.locator(".tried .agrees, .tried .differs");
    await expect(ending, name).toHaveCount(1, { timeout: 30_000 });
    if ((await ending.getAttribute("class")) !== "agrees") others.push(`${name}: ${await page.locator(".tried").innerText()}`);
  }
  servers.stop();
  await page.close();
  expect(others).toEqual([]);
});
