// The question as a form, in step with the text.

import { ask, EDITOR, expect, expectVerdict, paste, PASTE, test } from "./fixture.ts";

const PRESETS = [
  ["fetch()", "Open: the answer of https://api.example to GET https://api.example/items is not known yet.", "GET /items HTTP/1.1"],
  ["XMLHttpRequest", "Open: the answer of https://api.example to GET https://api.example/items is not known yet.", '"api": "xhr"'],
  ["<img>", "Open: the answer of https://cdn.example to GET https://cdn.example/photo.jpg is not known yet.", '"api": "img"'],
  ["<img crossorigin>", "Open: the answer of https://cdn.example to GET https://cdn.example/photo.jpg is not known yet.", '"crossOrigin": "anonymous"'],
  ["@font-face", "Open: the answer of https://cdn.example to GET https://cdn.example/text.woff2 is not known yet.", '"api": "font"'],
  ["<script>", "Open: the answer of https://cdn.example to GET https://cdn.example/lib.js is not known yet.", '"api": "script"'],
  ["module script", "Open: the answer of https://cdn.example to GET https://cdn.example/lib.js is not known yet.", '"module": true'],
  ["<link rel=stylesheet>", "Open: the answer of https://cdn.example to GET https://cdn.example/style.css is not known yet.", '"api": "stylesheet"'],
  ["EventSource", "Open: the answer of https://api.example to GET https://api.example/events is not known yet.", '"api": "eventSource"'],
  ["WebSocket", /^Open: /, '"api": "webSocket"'],
  ["sendBeacon()", "Open: the answer of https://stats.example to POST https://stats.example/hit is not known yet.", '"api": "beacon"'],
] as const;

test("every preset writes a text that is read as what it is", async ({ watched: page }) => {
  await page.click("#mode-form");
  for (const [name, sentence, text] of PRESETS) {
    await page.getByRole("group", { name: "Add a request" }).getByRole("button", { name, exact: true }).click();
    await expectVerdict(page, sentence);
    expect(await page.inputValue(PASTE), name).toContain(text);
  }
});

test("the form shows the text, and a change of the form is one of the text", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  await expectVerdict(page, /^Blocked: /);
  await page.click("#mode-form");
  await expect(page.getByLabel("Method")).toHaveValue("PUT");
  await expect(page.locator(".form").getByLabel("URL")).toHaveValue("https://api.example/items/1");
  await expect(page.getByLabel("Headers that script sets")).toHaveValue("Content-Type: application/json");
  await expect(page.locator(".role")).toHaveText(["Answer to the preflight OPTIONS https://api.example/items/1"]);
  await page.locator(".form").getByLabel("Header lines").fill("Access-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: content-type");
  await expectVerdict(page, "Open: the answer of https://api.example to PUT https://api.example/items/1 is not known yet.");
  await page.getByRole("button", { name: "Add an answer" }).click();
  await page.locator(".form").getByLabel("Header lines").nth(1).fill("Access-Control-Allow-Origin: https://app.example");
  await expectVerdict(page, "Allowed: https://api.example lets https://app.example read its answer (status 200).");
  await expect(page.locator(".role")).toHaveText(["Answer to the preflight OPTIONS https://api.example/items/1", "Answer to PUT https://api.example/items/1"]);
  const text = await page.inputValue(PASTE);
  expect(text).toContain("PUT /items/1 HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nContent-Type: application/json\n");
  expect(text).toContain("HTTP/1.1 200\nAccess-Control-Allow-Origin: https://app.example\n");

  // What was typed before is not lost, and the text that is changed by hand is what the form shows.
  await page.click("#mode-text");
  await expect(page.locator(EDITOR)).toContainText("Access-Control-Allow-Methods: PUT");
  await paste(page, text.replace("PUT /items/1", "PUT /items/2"));
  await page.click("#mode-form");
  await expect(page.locator(".form").getByLabel("URL")).toHaveValue("https://api.example/items/2");
});

test("what HTTP cannot say is written as a scenario, and nothing typed is lost for it", async ({ watched: page }) => {
  const typed = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";
  await ask(page, "https://app.example", typed);
  await expectVerdict(page, /^Allowed: /);
  await page.click("#mode-form");
  await page.locator(".form").getByLabel("credentials").selectOption("include");
  await expectVerdict(page, /^Blocked: the answer of https:\/\/api\.example allows everybody/);
  expect(await page.inputValue(PASTE)).toContain("GET /me HTTP/1.1");
  await expect(page.locator("#credentials")).toHaveValue("include");
  await page.getByLabel("cache").selectOption("no-store");
  await expectVerdict(page, /^Blocked: the answer of https:\/\/api\.example allows everybody/);
  expect(JSON.parse(await page.inputValue(PASTE)).fetches[0].call.init).toEqual({ mode: "cors", credentials: "include", cache: "no-store" });
  await page.getByRole("button", { name: "Nobody answers" }).click();
  await expectVerdict(page, /^Failed|^Blocked: /);
  expect(JSON.parse(await page.inputValue(PASTE)).fetches[0].answers).toEqual([{ failure: "connection" }]);
  await page.getByRole("group", { name: "Add a request" }).getByRole("button", { name: "<img>", exact: true }).click();
  await expect(page.locator(".picker li")).toHaveCount(2);
  await page.getByRole("button", { name: "Remove request 2" }).click();
  await expect(page.locator(".picker")).toHaveCount(0);
  await page.click("#bring-back");
  await expect(page.locator(PASTE)).toHaveValue(typed);
});
