// Whatever is pasted is text, is shown as text, and does not stop the page.

import { ask, EDITOR, expect, open, paste, PASTE, test } from "./fixture.ts";

const MARKUP = `<img src=x onerror=alert(1)><script>alert(2)</script><style>*{display:none}</style>`;

function exchange(value: string): string {
  return `GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: ${value}\nX-Value: ${value}\n\n${value}\n`;
}

test("markup stays text", async ({ watched: page }) => {
  const before = await page.evaluate(() => document.querySelectorAll("img, script, style, iframe, object").length);
  await ask(page, "https://app.example", exchange(MARKUP));
  await open(page, "script");
  await expect(page.locator("#panel-script table")).toContainText(`X-Value: ${MARKUP}`);
  expect(await page.evaluate(() => document.querySelectorAll("img, script, style, iframe, object").length)).toBe(before);
  await page.fill("#page", MARKUP);
  await expect(page.locator("#page-problem")).toContainText("<img src=x");
  await page.fill("#page", "https://app.example");
  await paste(page, `GET ${MARKUP} HTTP/1.1\n${MARKUP}\n`);
  expect(await page.evaluate(() => document.querySelectorAll("img, script, style, iframe, object").length)).toBe(before);
});

test("characters that hide or turn text are named", async ({ watched: page }) => {
  await ask(page, "https://app.example", exchange("a\u202eb\u200bc\u2066d\ufeffe"));
  await open(page, "script");
  const row = page.locator("tbody tr", { hasText: "X-Value" });
  await expect(row).toContainText("aU+202EbU+200BcU+2066dU+FEFFe");
  const output = (await page.locator("#results").textContent()) ?? "";
  expect(output).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
});

test("NULs, other controls and halves of characters do not stop it", async ({ watched: page }) => {
  for (const value of ["\u0000", "a\u0000b", "\u0007\u001b[31m", "\ud800", "\udc00x", "\ud83d", "\u2028\u2029", "\uffff", "\u{1F600}"]) {
    await ask(page, "https://app.example", exchange(value));
    await expect(page.locator(".verdict"), JSON.stringify(value)).toHaveCount(1);
    await expect(page.locator(".card.problem")).toHaveCount(0);
  }
  await ask(page, "\u0000\ud800", "\u0000\ud800\u202e");
  await expect(page.locator(".card.problem")).toHaveCount(0);
  await expect(page.locator("#page-problem")).toBeVisible();
});

test("marks stand under the right characters behind wide ones", async ({ watched: page }) => {
  await ask(page, "https://app.example", `GET /?\u{1F600}é\ud800 HTTP/1.1\nHost: api.example\nX-\u{1F600}: é\n\nHTTP/1.1 200 OK\nX-Note: \u{1F600}é\nAccess-Control-Allow-Origin: https://app.example/\n\n`);
  await expect(page.locator(".cm-lintRange.blocked")).toHaveText("https://app.example/");
});

for (const [name, text] of [
  ["four megabytes in one line", `GET / HTTP/1.1\nHost: api.example\nX-Long: ${"a".repeat(4_000_000)}\n`],
  // A bare textarea takes minutes over millions of lines; that is the browser's own business.
  ["a hundred thousand lines", "a\n".repeat(100_000)],
  ["a hundred thousand header lines", exchange("*").replace("X-Value", `${"X-Many: 1\n".repeat(100_000)}X-Value`)],
  ["fifty thousand requests", "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\n\n".repeat(50_000)],
  ["a megabyte of colons", ":".repeat(1_000_000)],
  ["a megabyte of curl's marks", "> < * ".repeat(170_000)],
] as const) {
  test(`${name}: the page answers at once and keeps the text`, async ({ watched: page }) => {
    test.slow();
    await page.locator(EDITOR).focus();
    const took = await page.locator(EDITOR).evaluate((content, pasted) => {
      const from = performance.now();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      return performance.now() - from;
    }, text);
    // Far from instant, so that a busy machine does not fail it; a page that hangs takes minutes.
    expect(took).toBeLessThan(10_000);
    await expect(page.locator(".card.problem")).toHaveCount(0);
    expect(await page.locator(PASTE).inputValue()).toBe(text);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(20_000);
  });
}
