// The question lives in the address.

import assert from "node:assert/strict";

const QUESTION = "GET /a+b?c=d&e=%41#f HTTP/1.1\nHost: bücher.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n100 % \u{1F600} (a) 'b' \"c\"\n";

export default [
  [
    "what was asked comes back from the address",
    async (page) => {
      await page.ask("https://app.example", QUESTION);
      await page.fill("#credentials", "include");
      await page.fill("#mode", "cors");
      await page.verdict(/^Blocked: /);
      const answer = () => document.querySelector("#results").innerText;
      const shown = await page.run(answer);
      const fragment = await page.until("the address", () => {
        // It is written a moment after the last change: when it stays the same.
        const before = document.body.dataset["seen"];
        document.body.dataset["seen"] = location.hash;
        return location.hash.endsWith("&v=2") && before === location.hash && performance.now() > 1500 && location.hash;
      });
      await page.open(fragment);
      await page.hasText(QUESTION);
      const fields = () => ["page", "credentials", "mode"].map((id) => document.getElementById(id).value);
      assert.deepEqual(await page.run(fields), ["https://app.example", "include", "cors"]);
      await page.sees("the same answer", shown, answer);
      await page.shows("#tools-remark", "");

      // What changes while the address is being read is newer than the address.
      await page.run(() => (location.hash = "findings"));
      await page.until("the place", () => document.querySelector("#place-heading") !== null);
      await page.run(() => {
        const type = () => {
          const field = document.querySelector("#page");
          field.value = "https://typed.example";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        };
        addEventListener("hashchange", type, { once: true });
        history.back();
      });
      await page.until("an address of its own", (fragment) => location.hash.endsWith("&v=2") && location.hash !== fragment, fragment);
      assert.deepEqual(await page.run(fields), ["https://typed.example", "include", "cors"]);
      await page.hasText(QUESTION);
    },
  ],
];
