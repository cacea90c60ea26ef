// Whatever is pasted, or comes with a link, is text, is shown as text, and does not stop the page.

import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";

const MARKUP = `<img src=x onerror=alert(1)><script>alert(2)</script><style>*{display:none}</style>`;

function exchange(value) {
  return `GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: ${value}\nX-Value: ${value}\n\n${value}\n`;
}

/** A link, which can bring what no clipboard holds. */
function link(page, text) {
  return `#z=${deflateSync(JSON.stringify([page, "", "", text])).toString("base64url")}&v=2`;
}

const alive = () => document.querySelectorAll("img, script, style, iframe, object").length;

const LARGE = [
  ["four megabytes in one line", `GET / HTTP/1.1\nHost: api.example\nX-Long: ${"a".repeat(4_000_000)}\n`],
  ["a hundred thousand lines", "a\n".repeat(100_000)],
  ["a hundred thousand header lines", exchange("*").replace("X-Value", `${"X-Many: 1\n".repeat(100_000)}X-Value`)],
  ["fifty thousand requests", "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\n\n".repeat(50_000)],
  ["a megabyte of colons", ":".repeat(1_000_000)],
  ["a megabyte of curl's marks", "> < * ".repeat(170_000)],
];

export default [
  [
    "markup stays text",
    async (page) => {
      const before = await page.run(alive);
      await page.ask("https://app.example", exchange(MARKUP));
      await page.panel("script");
      await page.sees("the value", true, (text) => document.querySelector("#panel-script table").textContent.includes(text), `X-Value: ${MARKUP}`);
      for (const panel of ["lanes", "readers", "wire", "steps"]) await page.panel(panel);
      assert.equal(await page.run(alive), before);
      await page.fill("#page", MARKUP);
      await page.sees("what is wrong with the page", true, () => document.querySelector("#page-problem").textContent.includes("<img src=x"));
      await page.fill("#page", "https://app.example");
      await page.paste(`GET ${MARKUP} HTTP/1.1\n${MARKUP}\n`);
      await page.hasText(`GET ${MARKUP} HTTP/1.1\n${MARKUP}\n`);
      await page.place(`findings/${encodeURIComponent(MARKUP)}`);
      await page.place("findings/constructor");
      await page.until("no such finding", () => document.querySelector("#place .problem")?.textContent.startsWith("No finding is called constructor."));
      assert.equal(await page.run(alive), before);
    },
  ],
  [
    "characters that hide or turn text are named",
    async (page) => {
      await page.ask("https://app.example", exchange("a\u202eb\u200bc\u2066d\ufeffe"));
      await page.panel("script");
      await page.sees("the value", true, () => document.querySelector("#panel-script tbody").textContent.includes("aU+202EbU+200BcU+2066dU+FEFFe"));
      for (const panel of ["script", "lanes", "readers"]) {
        await page.panel(panel);
        assert.doesNotMatch(await page.run(() => document.querySelector("#results").textContent), /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/, panel);
      }
    },
  ],
  [
    "NULs, other controls and halves of characters do not stop it",
    async (page) => {
      for (const value of ["\u0000", "a\u0000b", "\u0007\u001b[31m", "\ud800", "\udc00x", "\ud83d", "\u2028\u2029", "\uffff", "\u{1F600}"]) {
        await page.place(link("https://app.example", exchange(value)));
        await page.sees(JSON.stringify(value), [1, 0], (value) => (document.querySelector("#paste").value.includes(value) ? [".verdict", ".card.problem"].map((selector) => document.querySelectorAll(selector).length) : null), value);
      }
      await page.place(link("\u0000\ud800", "\u0000\ud800\u202e"));
      await page.until("what is wrong with the page", () => !document.querySelector("#page-problem").hidden);
      await page.counts(".card.problem", 0);
    },
  ],
  [
    "marks stand under the right characters behind wide ones",
    async (page) => {
      await page.place(link("https://app.example", `GET /?\u{1F600}é\ud800 HTTP/1.1\nHost: api.example\nX-\u{1F600}: é\n\nHTTP/1.1 200 OK\nX-Note: \u{1F600}é\nAccess-Control-Allow-Origin: https://app.example/\n\n`));
      await page.sees("the mark", "https://app.example/", () => document.querySelector("#code").shadowRoot.querySelector(".cm-lintRange.blocked")?.textContent ?? null);
    },
  ],
  ...LARGE.map(([name, text]) => [
    `${name}: the page answers at once and keeps the text`,
    async (page) => {
      // What is waited for is far from instant, so that a busy machine does not fail it; a page that hangs takes minutes.
      await page.paste(text);
      await page.sees("the text", text.length, () => document.querySelector("#paste").value.length);
      await page.counts(".card.problem", 0);
      assert.ok((await page.run(() => document.querySelectorAll("*").length)) < 20_000);
    },
  ]),
];
