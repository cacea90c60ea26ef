// All of it by the keys alone.

import assert from "node:assert/strict";

export default [
  [
    "everything works from the keyboard",
    async (page) => {
      // What has the focus within the larger editor is told from outside by its host.
      const isEditor = () => page.sees("the editor has the focus", "code", () => document.activeElement?.id);
      await isEditor();
      await page.press("Escape"); // Tab leaves the editor, and is not typed.
      for (let example = 0; example < 5; example += 1) await page.press("Tab");
      assert.equal(await page.focused(), "Allowed, but a header is hidden");
      await page.press("Enter");
      await page.verdict(/^Allowed: /);
      await page.focusEditor();
      await page.press("Escape", "Tab");
      assert.equal(await page.focused(), "page");
      await page.press("Control+A");
      await page.type("https://other.example");
      await page.verdict(/^Blocked: /);
      for (let tab = 0; tab < 3; tab += 1) await page.press("Tab");
      assert.match(await page.focused(), /^Line \d+, column \d+$/);
      await page.press("Enter");
      await isEditor();
      // What is selected is what is typed over.
      await page.type("x");
      assert.match(await page.text(), /^Access-Control-Allow-Origin: x$/m);
      await page.press("Control+Z");
      await page.sees("the text again", true, () => document.querySelector("#paste").value.includes("Access-Control-Allow-Origin: https://app.example"));

      await page.run(() => document.querySelector(".tabs [aria-selected=true]").focus());
      await page.press("End");
      const tabs = () => {
        const all = [...document.querySelectorAll(".tabs [role=tab]")];
        const at = all.indexOf(document.activeElement);
        return [at === 0 ? "first" : at === all.length - 1 ? "last" : String(at), document.activeElement.getAttribute("aria-selected"), document.querySelector("[role=tabpanel]").getAttribute("aria-labelledby") === document.activeElement.id];
      };
      await page.sees("the last tab", ["last", "true", true], tabs);
      await page.press("ArrowRight");
      await page.sees("the first tab", ["first", "true", true], tabs);
    },
  ],
  [
    "what is marked is explained by keyboard, and changes can be undone",
    async (page) => {
      const text = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";
      await page.ask("https://app.example", text);
      await page.verdict(/^Blocked: /);
      await page.focusEditor();
      await page.press("Control+Home", "F8", "F8");
      await page.sees("the explanation", /Access-Control-Allow-Origin is https:\/\/app\.example\//, () => document.querySelector("#code").shadowRoot.querySelector(".cm-tooltip")?.textContent);
      await page.press("Control+End");
      await page.type("X-Typed: 1");
      await page.hasText(`${text}X-Typed: 1`);
      await page.press("Control+Z");
      await page.hasText(text);
    },
  ],
];
