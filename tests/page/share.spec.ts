// What leaves the page as text: an answer as Markdown, a note to the API's owner.

import { fenced, sentence } from "../../www/src/share/markdown.ts";
import { read } from "../../www/src/link.ts";
import { ask, expect, test } from "./fixture.ts";

const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

test("an answer as Markdown has all that an issue needs", async ({ watched: page, origin }) => {
  await ask(page, "https://app.example", BLOCKED);
  await page.locator("#tab-share").click();
  await page.click("#share-markdown");
  await expect(page.locator("#share-markdown")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    "### `GET https://api.example/items`",
    "**Blocked: the answer of https://api.example allows `https://app.example/`, with a slash at the end, and the page's origin is `https://app.example`.**",
    "The server has to change.",
    "```http\nAccess-Control-Allow-Origin: https://app.example\n```",
    "#### Browsers\n\n- Chromium ",
    "<details><summary>What their consoles print</summary>",
    "has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://app.example/' that is not equal to the supplied origin.",
    `<details><summary>What was asked</summary>\n\n\`\`\`http\n${BLOCKED.trimEnd()}\n\`\`\``,
  ]) {
    expect(copied).toContain(part);
  }
  const link = /\[Open it in Corscope\]\((.*)\)\n$/.exec(copied)?.[1] ?? "";
  expect(link.startsWith(`${origin}#`)).toBe(true);
  expect((await read(new URL(link).hash))?.question.paste).toBe(BLOCKED);
});

test("a note to whoever owns the API says what to send", async ({ watched: page }) => {
  await ask(page, "https://app.example", BLOCKED);
  await page.locator("#tab-share").click();
  const note = page.locator(".share pre");
  await expect(note).toContainText("The web page https://app.example calls your API");
  await expect(note).toContainText("Access-Control-Allow-Origin: https://app.example\n");
  await ask(page, "https://app.example", BLOCKED.replace("app.example/", "app.example"));
  await expect(page.locator(".verdict .sentence")).toHaveText(/^Allowed/);
  await expect(note).toHaveCount(0);
});

test("no text gets out of its fence or its sentence", () => {
  for (const [text, expected] of [
    ["a", "```http\na\n```"],
    ["```\n# big\n```", "````http\n```\n# big\n```\n````"],
    ["`````", "``````http\n`````\n``````"],
    ["\u202eb\u0000\ud800\r\nc\n\n", "```http\n⟨U+202E⟩b⟨U+0000⟩⟨U+D800⟩\nc\n```"],
  ] as const) {
    expect(fenced(text, "http")).toBe(expected);
  }
  for (const [text, expected] of [
    ["Plain.", "Plain."],
    ["<img> [a](b) *c* _d_ #1 @all", "\\<img\\> \\[a\\](b) \\*c\\* \\_d\\_ \\#1 \\@all"],
    ["It is `a*b` here.", "It is `a*b` here."],
    ["It is `` here.", "It is (empty) here."],
    ["It is `\u202e` here.", "It is `⟨U+202E⟩` here."],
  ] as const) {
    expect(sentence(text)).toBe(expected);
  }
});
