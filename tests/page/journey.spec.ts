// The picture: what it tells, and that it can be read.

import { expect, ask, open, test } from "./fixture.ts";
import { draw, wrap } from "../../www/src/journey/draw.ts";
import type { Journey } from "../../www/src/journey/model.ts";
import { difference } from "../../www/src/difference.ts";

const STORIES: [example: string, told: string[]][] = [
  ["No Allow-Origin", [
    "Page to Browser: fetch() GET api.example/items",
    "Browser to api.example: GET /items; Origin: https://app.example",
    "api.example to Browser: 200 OK; Access-Control-Allow-Origin is missing",
    "Browser: Stopped here: CORS check, step 2",
    "Browser to Page: fetch() rejects with a TypeError that does not say why.",
  ]],
  ["Preflight refused", [
    "Page to Browser: fetch() PUT api.example/items/1",
    "Browser to api.example: preflight: OPTIONS /items/1; Access-Control-Request-Method: PUT (compared with this); Access-Control-Request-Headers: content-type; Origin: https://app.example",
    "api.example to Browser: 204 No Content; Access-Control-Allow-Origin: https://app.example; Access-Control-Allow-Methods: GET, POST (this decided); Access-Control-Allow-Headers: content-type",
    "Browser: Stopped here: CORS-preflight fetch, step 7.5",
    "Browser to Page: fetch() rejects with a TypeError that does not say why.",
  ]],
  ["Redirect to another origin", [
    "Page to Browser: fetch() GET api.example/report",
    "Browser to api.example: GET /report; Origin: https://app.example",
    "api.example to Browser: 302 Found; Location: https://files.example/report.json; Access-Control-Allow-Origin: https://app.example",
    "Browser to files.example: GET /report.json; Origin: null (compared with this)",
    "files.example to Browser: 200 OK; Access-Control-Allow-Origin: https://app.example (this decided)",
    "Browser: Stopped here: CORS check, step 4",
    "Browser to Page: fetch() rejects with a TypeError that does not say why.",
  ]],
  ["Allowed, but a header is hidden", [
    "Page to Browser: fetch() GET api.example/items?page=2",
    "Browser to api.example: GET /items?page=2; Origin: https://app.example",
    "api.example to Browser: 200 OK; Access-Control-Allow-Origin: https://app.example",
    "Browser to Page: the answer: status 200, 1 of 3 headers",
  ]],
];

for (const [example, told] of STORIES) {
  test(`the journey of “${example}” in words`, async ({ watched: page }) => {
    await page.getByRole("button", { name: example, exact: true }).click();
    await expect(page.locator(".way ol li")).toHaveText(told);
  });
}

test("an answer that is missing is open in the picture, and no answer is lost", async ({ watched: page }) => {
  await ask(page, "https://app.example", 'fetch("https://api.example/items", { method: "DELETE" })');
  await expect(page.locator(".way ol li")).toHaveText(["Page to Browser: fetch() DELETE api.example/items", /^Browser to api\.example: preflight: OPTIONS \/items; /, "api.example to Browser: answer not known yet", "Browser: One answer is missing"]);
  await expect(page.locator(".journey .sign.open")).toHaveCount(1);
});

for (const width of [320, 375, 768, 1280, 2560]) {
  test(`in a window of ${width} pixels every word of the picture is inside it, and none lies on another`, async ({ watched: page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const [example] of STORIES) {
      await page.getByRole("button", { name: example, exact: true }).click();
      await expect(page.locator(".journey")).toHaveCount(1);
      await page.waitForTimeout(50);
      const wrong = await page.locator(".journey").evaluate((picture) => {
        const frame = picture.getBoundingClientRect();
        const boxes = [...picture.querySelectorAll("text")].map((text) => ({ words: text.textContent ?? "", box: text.getBoundingClientRect() }));
        const outside = boxes.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.top < frame.top - 1).map(({ words }) => `outside: ${words}`);
        const over = boxes.flatMap((one, index) =>
          boxes.slice(index + 1).filter(({ box }) => one.box.left < box.right - 1 && box.left < one.box.right - 1 && one.box.top < box.bottom - 4 && box.top < one.box.bottom - 4).map(({ words }) => `${one.words} over ${words}`),
        );
        return [...outside, ...over];
      });
      expect(wrong, example).toEqual([]);
      await page.click("#clear");
    }
  });
}

test("the picture is saved as a file that stands alone", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as SVG" }).click()]);
  expect(download.suggestedFilename()).toBe("journey.svg");
  const stream = await download.createReadStream();
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(text).toContain("<title>Blocked: https://api.example does not allow PUT");
  expect(text).toContain("Access-Control-Allow-Methods");
  expect(text).not.toMatch(/href|script|http:\/\/(?!www\.w3\.org)/);
});

test("a picture is drawn from data alone, the same each time, whatever is in it", () => {
  const journey: Journey = {
    lanes: [
      { kind: "page", name: "Page", detail: "https://app.example" },
      { kind: "browser", name: "Browser", detail: "" },
      { kind: "server", name: "sub.".repeat(40), detail: "http" },
    ],
    events: [
      { type: "arrow", from: 1, to: 2, title: `GET /${"long".repeat(200)}`, lines: [{ name: "Origin", value: "o".repeat(900), state: "bad" }], state: "" },
      { type: "arrow", from: 2, to: 1, title: "", lines: [], state: "lost" },
      { type: "stop", at: 1, title: "Stopped", state: "stopped" },
    ],
  };
  for (const width of [240, 559, 560, 880]) {
    const drawing = draw(journey, width);
    expect(draw(structuredClone(journey), width)).toEqual(drawing);
    expect(drawing.width).toBe(width);
    expect(drawing.height).toBeLessThan(700);
  }
});

for (const [text, room, rows] of [
  ["", 100, [""]],
  ["a b", 100, ["a b"]],
  ["one two three", 45, ["one", "two", "three"]],
  ["https://files.example/report.json", 130, ["https://files.", "example/report.", "json"]],
  ["x".repeat(100), 60, ["xxxxxxxx", "xxxxxxxx", "xxxxxxxx", "xxxxxxx…"]],
] as const) {
  test(`“${text.slice(0, 20)}” is broken into rows of ${room}`, () => {
    expect(wrap(text, room, 12, 0.6)).toEqual(rows);
  });
}

for (const [text, other, parts] of [
  ["https://app.example/", "https://app.example", ["https://app.example", "/", ""]],
  ["https://app.example", "https://app.example/", ["https://app.example", "", ""]],
  ["http://app.example", "https://app.example", ["http", "", "://app.example"]],
  ["abc", "abc", ["abc", "", ""]],
  ["aXc", "aYc", ["a", "X", "c"]],
  ["😀a", "😁a", ["", "😀", "a"]],
] as const) {
  test(`what “${text}” has that “${other}” has not`, () => {
    expect(difference(text, other)).toEqual(parts);
  });
}

test("compared bytes stand side by side, with the difference marked", async ({ watched: page }) => {
  await ask(page, "https://app.example", "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n");
  await open(page, "steps");
  await expect(page.locator(".compared tr")).toHaveText(["The request hasOrigin: https://app.example", "The answer hasAccess-Control-Allow-Origin: https://app.example/"]);
  await expect(page.locator(".compared mark")).toHaveText("/");
  const all = await page.locator(".steps li").count();
  await page.getByRole("button", { name: "Only what decided" }).click();
  expect(await page.locator(".steps li").count()).toBeLessThan(all);
  await expect(page.locator(".steps .decisive")).toHaveCount(1);
});
