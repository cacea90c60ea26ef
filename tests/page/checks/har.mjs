// HAR triage: a file of a hundred thousand requests is read beside the page, can be stopped, and comes to causes. It goes to
// its place from wherever it is dropped or pasted.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ENTRIES = 100_000;
/** Of every ten requests three fail, for two causes. */
const BLOCKED = (ENTRIES / 10) * 3;

function entry(index) {
  const kind = index % 10;
  const [server, allowed] = kind < 6 ? ["https://open.example", "*"] : kind < 7 ? ["https://app.example", ""] : kind < 9 ? ["https://api.example", ""] : ["https://cdn.example", "https://app.example/"];
  const time = new Date(1_790_000_000_000 + index * 10).toISOString();
  const headers = [["Content-Type", "application/json"], ...(allowed === "" ? [] : [["Access-Control-Allow-Origin", allowed]])].map(([name, value]) => ({ name, value }));
  return JSON.stringify({
    startedDateTime: time, time: 12.3, _resourceType: "fetch",
    request: { method: "GET", url: `${server}/items/${index}`, httpVersion: "http/2.0", headers: [{ name: "Origin", value: "https://app.example" }, { name: "Sec-Fetch-Mode", value: "cors" }, { name: "Referer", value: "https://app.example/" }, { name: "User-Agent", value: "x".repeat(300) }], queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
    response: { status: 200, statusText: "", httpVersion: "http/2.0", headers, cookies: [], content: { size: 10, mimeType: "application/json" }, redirectURL: "", headersSize: -1, bodySize: -1 },
    cache: {}, timings: { send: 0, wait: 1, receive: 1 },
  });
}

/** A HAR with so many requests: 100,000 of them are about 90 MB. */
export function har(entries) {
  const all = Array.from({ length: entries }, (_, index) => entry(index));
  return `{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"pages":[],"entries":[${all.join(",")}]}}`;
}

const CAUSES = (count) => `${((count / 10) * 3).toLocaleString("en")} blocked requests, 2 causes`;
const HEADING = ".triage-output h2";
const TYPED = "GET /typed HTTP/1.1\nHost: api.example\n";

/** Drops a file on the box, as the browser gives it to the page. */
const drop = (text, name, filler) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text, "x".repeat(filler)], name));
  document.querySelector("#code").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }));
};

export default [
  [
    "a HAR of 100,000 requests comes to its causes, the page goes on answering, and reading can be stopped",
    async (page) => {
      const folder = mkdtempSync(join(tmpdir(), "corscope-har-"));
      try {
        const path = join(folder, "session.har");
        writeFileSync(path, har(ENTRIES));
        await page.place("har");
        await page.until("the field", () => document.querySelector("#har-file") !== null);
        await page.file("#har-file", path);
        await page.click("#har-stop");
        await page.shows(".triage-output", "Stopped. Nothing of the file was kept.");
        // From here on the page must go on answering.
        await page.run(() => {
          let last = performance.now();
          Object.assign(document.body.dataset, { longest: "0", ticks: "0" });
          setInterval(() => {
            const now = performance.now();
            document.body.dataset["longest"] = String(Math.max(Number(document.body.dataset["longest"]), now - last));
            document.body.dataset["ticks"] = String(Number(document.body.dataset["ticks"]) + 1);
            last = now;
          }, 20);
          // The same file is chosen anew.
          document.querySelector("#har-file").value = "";
        });
        await page.file("#har-file", path);
        await page.until("the bar", () => document.querySelector(".reading progress") !== null);
        for (let waits = 0; waits < 4 && (await page.run(() => document.querySelector(".reading") !== null)); waits += 1) {
          await page.until("the end", () => new Promise((resolve) => setTimeout(() => resolve(true), 5_000)));
        }
        await page.shows(HEADING, CAUSES(ENTRIES));
        await page.shows(".triage-output > p[role=status]", /^100,000 requests in .*: 60,000 allowed, 30,000 blocked, 10,000 to the page’s own origin, 0 that no script reads\.$/);
        const [longest, ticks] = await page.run(() => [Number(document.body.dataset["longest"]), Number(document.body.dataset["ticks"])]);
        // A page that reads on its own thread stands still for many seconds and ticks hardly at all.
        assert.ok(ticks > 20, `${ticks} ticks`);
        assert.ok(longest < 2_000, `it stood still for ${longest} ms`);
        await page.sees("the groups", [["20,000", "https://api.example"], ["10,000", "https://cdn.example"]], () => [...document.querySelectorAll(".group summary")].map((one) => [".count", "strong"].map((part) => one.querySelector(part).textContent)));
        await page.fill("#har-filter", "cdn");
        await page.counts(".group", 1);
        await page.click(".group summary");
        await page.counts(".group .exchanges li", 20);
        await page.click(".group .exchanges button");
        await page.verdict(/^Blocked: the answer of https:\/\/cdn\.example allows https:\/\/app\.example\/, with a slash at the end/);
        assert.match(await page.text(), /"url": "https:\/\/cdn\.example\/items\/9"/);
        await page.run(() => history.back());
        await page.counts(".group", 2);
        assert.equal(BLOCKED, 30_000);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  ],
  [
    "a HAR of a session that is dropped on the box or pasted into it goes to its place, and what was typed stays",
    async (page) => {
      await page.paste(TYPED);
      await page.hasText(TYPED);
      await page.run(drop, har(100), "session.har", 0);
      await page.shows(HEADING, CAUSES(100));
      assert.equal(await page.text(), TYPED);
      await page.click(".triage .crumbs a");
      await page.until("the box", () => document.querySelector("#ask").checkVisibility());
      await page.hasText(TYPED);
      // What is in the box has an address of its own again.
      await page.sees("the address", /&v=2$/, () => location.hash);

      await page.paste(har(50));
      await page.shows(HEADING, CAUSES(50));
      assert.equal(await page.text(), TYPED);
      await page.run(() => history.back());
      await page.hasText(TYPED);

      // One of more than five megabytes is not read before its place has it.
      await page.run(drop, har(10).replace("}]}}", `}]},"x":"`), "large.har", 6_000_000);
      await page.until("what was read of it", () => document.querySelector(".triage-output .problem, .triage-output h2") !== null);
      await page.run(() => history.back());
      await page.until("the box", () => document.querySelector("#ask").checkVisibility());
      // An exchange or two belong into the box, and what is no HAR and too large nowhere.
      await page.run(drop, har(2), "two.har", 0);
      await page.shows("#recognised", "A HAR");
      await page.run(drop, "GET / HTTP/1.1\n", "exchange.txt", 6_000_000);
      await page.shows("#tools-remark", "exchange.txt has more than 5 MB, and is no HAR: paste the exchange that matters.");
      assert.equal(await page.text(), har(2));
    },
  ],
];
