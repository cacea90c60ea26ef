// What becomes of cookies and caches, who else can read, and what the documentation says of a finding.

import assert from "node:assert/strict";

const GET = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\nSet-Cookie: n=1; SameSite=None; Secure\nSet-Cookie: l=1; SameSite=Lax\nCache-Control: max-age=60\n";

const PUT = {
  page: { url: "https://app.example/" },
  state: { cookies: [{ name: "sid", value: "1", domain: "api.example", secure: true, sameSite: "none" }, { name: "old", value: "1", domain: "api.example" }] },
  fetches: [
    {
      call: { api: "fetch", url: "https://api.example/a", init: { method: "PUT", credentials: "include" } },
      answers: [
        { status: 204, headers: [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"], ["Access-Control-Allow-Methods", "PUT"], ["Access-Control-Max-Age", "3600"]] },
        { status: 204, headers: [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"]] },
      ],
    },
    { call: { api: "fetch", url: "https://api.example/a", init: { method: "PUT", credentials: "include" } }, at: 900, answers: [{ status: 204, headers: [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"]] }] },
  ],
};

/** The rows of a table in a part of the panel: each its cells, as lines. */
const rows = (selector) => [...document.querySelectorAll(`${selector} tbody tr`)].map((row) => [...row.children].map((cell) => (cell.querySelector("li") === null ? cell.textContent : [...cell.querySelectorAll("li, p")].map((line) => line.textContent).join(" | "))));

const SAME_SITE = "it is not taken: the request is cross-site, and without SameSite=None such a cookie is not taken.";
const THIRD_PARTY = "it is not taken: cookies of other sites than the tab's are not taken.";

export default [
  [
    "each cookie has its lane: set although CORS fails, refused, ignored, sent or not, in each browser",
    async (page) => {
      await page.ask("https://app.example", GET);
      await page.panel("lanes");
      const ignored = "it is not looked at: the request has no credentials.";
      await page.sees("without credentials", [["n the answer sets it", `✗${ignored}`], ["l the answer sets it", `✗${ignored}`]], rows, ".cookies");
      await page.fill("#credentials", "include");
      await page.verdict(/^Blocked: /);
      await page.sees(
        "with credentials, blocked",
        [
          ["n the answer sets it", `✓The standard, Chromium and Firefox: it is taken, whatever CORS says of the answer. | ✗WebKit: ${THIRD_PARTY} | Script may not read this answer; its cookie is set all the same.`],
          ["l the answer sets it", `✗The standard, Chromium and Firefox: ${SAME_SITE} | ✗WebKit: ${THIRD_PARTY}`],
        ],
        rows,
        ".cookies",
      );
      await page.ask("", JSON.stringify(PUT));
      await page.click(".picker button");
      await page.panel("lanes");
      await page.sees("hop by hop", ["Preflight OPTIONS https://api.example/a", "PUT https://api.example/a"], () => [...document.querySelectorAll(".cookies h5")].map((one) => one.textContent));
      const [sid, old] = await page.run(rows, ".cookies");
      assert.match(sid.join(": "), /^sid the browser has it: ✓The standard, Chromium and WebKit: it goes along\. \| ✗Firefox: it does not go along: this browser keeps cookies of other sites apart/);
      assert.match(old.join(": "), /^old the browser has it: ✗The standard.*: it does not go along: it has no SameSite/);
    },
  ],
  [
    "caches have a lane: what stays, under which key and how long, and which later requests it serves",
    async (page) => {
      await page.ask("https://app.example", GET);
      await page.panel("lanes");
      const kept = () => [...document.querySelectorAll(".caches .kept")].map((card) => Object.fromEntries([...card.children].map((row) => [row.children[0].textContent, row.querySelector("li") === null ? row.children[1].textContent : [...row.querySelectorAll("li")].map((line) => line.textContent).join(" | ")])));
      await page.sees(
        "what stays",
        [{ "answer to": "https://api.example/me", status: "200", "tab’s site": "The standard, Chromium and WebKit: https://app.example | Firefox: https://app.example, for requests without credentials", "selected by": "the URL alone (no Vary): pages of other origins get this answer too", "lets read": "https://app.example", "is used": "for 1 minute; then the server is asked for a new one" }],
        kept,
      );
      const used = "the kept answer is used, nothing is sent.";
      const all = Object.fromEntries(await page.run(rows, ".later"));
      assert.equal(all["The same request again"], `✓${used}`);
      assert.match(all["The same from https://app.example:8443: another origin, the same site"], /^✗.*the kept answer is used, nothing is sent\. Blocked: .*the port differs\./);
      assert.equal(all["The same from https://another-site.example: another site"], "→the server is asked.");
      await page.fill("#later-after", "3600");
      await page.until("an hour later", () => document.querySelector(".later tbody td").textContent.startsWith("→"));

      await page.ask("", JSON.stringify(PUT));
      await page.click(".picker button");
      await page.panel("lanes");
      await page.sees("who remembers it for how long", ["The standard: PUT for 1 hour", "Chromium: GET, HEAD, POST, PUT for 1 hour", "Firefox: GET, POST for 1 day; PUT for 1 hour", "WebKit: GET, HEAD, POST, PUT for 10 minutes"], () => [...document.querySelectorAll(".caches .kept > div:last-child li")].map((one) => one.textContent));
      const scenario = await page.run(rows, ".lane:not(.cookies, .caches, .later)");
      assert.deepEqual(scenario, [
        ["1. PUT https://api.example/athis one", "a preflight is sent and the server is asked."],
        ["2. PUT https://api.example/a", "The standard, Chromium and Firefox: no preflight: an earlier one allows it and the server is asked. | WebKit: a preflight is sent."],
      ]);
    },
  ],
  [
    "who else could read the answer is a table, with what would tell",
    async (page) => {
      await page.ask("https://app.example", GET.replace("Cache", "Access-Control-Allow-Credentials: true\nCache"));
      await page.panel("readers");
      const table = (which) => page.run(rows, `.who:nth-of-type(${which})`);
      assert.deepEqual((await table(1)).map(([who, without, with_]) => [who.split(" ")[0], without, with_]), [
        ["https://app.example", "✓reads it", "✓reads it"],
        ["http://app.example", "–cannot", "–cannot"],
        ["https://other.app.example", "–cannot", "–cannot"],
        ["https://app.example.evil.example", "–cannot", "–cannot"],
        ["https://evil.example", "–cannot", "–cannot"],
        ["null", "–cannot", "–cannot"],
      ]);
      assert.deepEqual(new Set((await table(2)).map(([, without, with_]) => `${without} ${with_}`)), new Set(["!reads it !reads it"]));
      assert.match(await page.run(() => document.querySelector(".who .code pre").textContent), /-H 'Origin: https:\/\/evil\.example'/);
      await page.ask("https://app.example", GET.replace("Origin: https://app.example\nSet", "Origin: *\nSet"));
      await page.sees("everybody, without credentials", ["✓reads it –cannot", "!reads it –cannot"], () => [...new Set([...document.querySelectorAll(".who tbody tr")].map((row) => [...row.querySelectorAll("li")].map((one) => one.textContent).join(" ")))]);
    },
  ],
  [
    "a finding has its examples beside it, and a page under an address that stays",
    async (page) => {
      await page.ask("https://app.example", GET);
      await page.panel("findings");
      await page.click(".finding .about summary");
      await page.sees("its examples", ["An example", "The same, mended", "Nearly the same", "In the standard"], () => [...document.querySelectorAll(".about h4")].map((one) => one.textContent));
      await page.fill("#page", "https://app.example/x");
      await page.counts(".about[open] .example", 3);
      await page.open("#findings/vary-origin-missing");
      await page.shows("#place-heading", "Vary: Origin is missing");
      await page.counts("#place .example button", 3);
      await page.click("#place .example button");
      await page.verdict(/^Allowed: /);
      assert.match(await page.text(), /^GET \/me HTTP\/1\.1\n/);
      await page.run(() => history.back());
      await page.shows("#place-heading", "Vary: Origin is missing");
      await page.click("#places [data-place=findings]");
      await page.shows("#place-heading", "Findings");
      const ids = await page.run(() => [...document.querySelectorAll(".cards a")].map((link) => link.getAttribute("href")));
      assert.equal(ids.length, 33);
      for (const id of ids) {
        await page.place(id);
        await page.sees(id, id.slice("#findings/".length), () => document.querySelector("#place .crumbs code")?.textContent ?? null);
        assert.ok((await page.run(() => document.querySelectorAll("#place .document > *").length)) > 4, id);
      }
    },
  ],
];
