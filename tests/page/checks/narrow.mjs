// Nothing is wider than the window, from the smallest telephone to the largest screen.

import assert from "node:assert/strict";

const LONG = `GET /${"long".repeat(300)} HTTP/1.1\nHost: ${"sub.".repeat(30)}example\n\nHTTP/1.1 200 OK\nX-${"Long".repeat(100)}: ${"value".repeat(200)}\nAccess-Control-Allow-Origin: ${"o".repeat(500)}\nCache-Control: max-age=60\nSet-Cookie: ${"n".repeat(200)}=1\n\n`;

export default [320, 375, 640, 1023, 1024, 2560].map((width) => [
  `nothing is wider than a window of ${width} pixels`,
  async (page) => {
    await page.size(width, 700);
    assert.equal(await page.over(), 0, "empty");
    const panels = async (name) => {
      await page.counts(".verdict", 1);
      await page.run(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      for (const id of await page.run(() => [...document.querySelectorAll(".tabs [role=tab]")].map((tab) => tab.id))) {
        await page.panel(id.slice("tab-".length));
        assert.equal(await page.over(), 0, `${name}, ${id}`);
      }
    };
    for (const example of await page.run(() => [...document.querySelectorAll("#examples button")].map((button) => button.textContent))) {
      await page.click("#examples button", example);
      await panels(example);
      await page.click("#clear");
    }
    await page.ask("https://app.example", LONG);
    await panels("long words");
    await page.click("#mode-form");
    await page.until("the form", () => document.querySelector(".form") !== null);
    await page.run(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    assert.equal(await page.over(), 0, "the form");
    for (const place of ["gallery", "gallery/no-acao", "har", "findings", "findings/vary-origin-missing"]) {
      await page.place(place);
      await page.until(place, () => document.querySelector("#place:not([hidden]), #lesson:not([hidden])") !== null);
      assert.equal(await page.over(), 0, place);
    }
    await page.size(1280, 900);
  },
]);
