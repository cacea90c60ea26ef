// The question as a form, in step with the text.

import assert from "node:assert/strict";

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
];

const roles = () => [...document.querySelectorAll(".role")].map((role) => role.textContent);
const json = async (page) => JSON.parse(await page.text());

export default [
  [
    "every preset writes a text that is read as what it is",
    async (page) => {
      await page.click("#mode-form");
      for (const [name, sentence, text] of PRESETS) {
        await page.click(".presets button", name);
        await page.verdict(sentence);
        assert.ok((await page.text()).includes(text), name);
      }
    },
  ],
  [
    "the form shows the text, and a change of the form is one of the text",
    async (page) => {
      await page.click("#examples button", "Preflight refused");
      await page.verdict(/^Blocked: /);
      await page.click("#mode-form");
      await page.sees("the answers", ["Answer to the preflight OPTIONS https://api.example/items/1"], roles);
      assert.deepEqual(await Promise.all(["Method", "URL", "Headers that script sets"].map((label) => page.valueOf(label))), ["PUT", "https://api.example/items/1", "Content-Type: application/json"]);
      await page.fillLabel("Header lines", "Access-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: content-type");
      await page.verdict("Open: the answer of https://api.example to PUT https://api.example/items/1 is not known yet.");
      await page.click(".form button", "Add an answer");
      await page.fillLabel("Header lines", "Access-Control-Allow-Origin: https://app.example", 1);
      await page.verdict("Allowed: https://api.example lets https://app.example read its answer (status 200).");
      await page.sees("the answers", ["Answer to the preflight OPTIONS https://api.example/items/1", "Answer to PUT https://api.example/items/1"], roles);
      const text = await page.text();
      assert.ok(text.includes("PUT /items/1 HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nContent-Type: application/json\n"));
      assert.ok(text.includes("HTTP/1.1 200\nAccess-Control-Allow-Origin: https://app.example\n"));

      // What was typed before is not lost, and the text that is changed by hand is what the form shows.
      await page.click("#mode-text");
      await page.paste(text.replace("PUT /items/1", "PUT /items/2"));
      await page.hasText(text.replace("PUT /items/1", "PUT /items/2"));
      await page.click("#mode-form");
      await page.sees("the URL", "https://api.example/items/2", () => document.getElementById([...document.querySelectorAll(".form label")].find((label) => label.textContent === "URL")?.htmlFor ?? "")?.value);
    },
  ],
  [
    "what HTTP cannot say is written as a scenario, and nothing typed is lost for it",
    async (page) => {
      const typed = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";
      await page.ask("https://app.example", typed);
      await page.verdict(/^Allowed: /);
      await page.click("#mode-form");
      await page.fillLabel("credentials", "include");
      await page.verdict(/^Blocked: the answer of https:\/\/api\.example allows everybody/);
      assert.ok((await page.text()).includes("GET /me HTTP/1.1"));
      assert.equal(await page.run(() => document.querySelector("#credentials").value), "include");
      await page.fillLabel("cache", "no-store");
      await page.verdict(/^Blocked: the answer of https:\/\/api\.example allows everybody/);
      assert.deepEqual((await json(page)).fetches[0].call.init, { mode: "cors", credentials: "include", cache: "no-store" });
      await page.click(".form button", "Nobody answers");
      await page.verdict(/^Failed|^Blocked: /);
      assert.deepEqual((await json(page)).fetches[0].answers, [{ failure: "connection" }]);
      await page.click(".presets button", "<img>");
      await page.counts(".picker li", 2);
      await page.click(".form button", "Remove request 2");
      await page.counts(".picker", 0);
      await page.click("#bring-back");
      await page.hasText(typed);
    },
  ],
  [
    "what the browser remembers, a service worker, policies and permissions are in the form, both ways",
    async (page) => {
      await page.ask("https://app.example", "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\nAccess-Control-Allow-Credentials: true\n");
      await page.fill("#credentials", "include");
      await page.verdict(/^Allowed: /);
      await page.click("#mode-form");
      await page.until("the form", () => Boolean(document.querySelector(".form .role")?.textContent));
      await page.run(() => document.querySelectorAll(".fold").forEach((fold) => (fold.open = true)));

      await page.click(".form button", "Add: cookie");
      await page.fillLabel("name", "token");
      await page.fillLabel("SameSite", "strict");
      assert.deepEqual((await json(page)).state, { cookies: [{ name: "token", value: "1", domain: "api.example", secure: true, sameSite: "strict" }] });
      await page.panel("lanes");
      await page.sees("the cookie's lane", /SameSite=Strict/, () => document.querySelector(".cookies tbody")?.textContent);

      await page.click(".form button", "Add: remembered preflight");
      await page.fillLabel("allows", "header");
      await page.fillLabel("header that is allowed", "x-token");
      await page.click(".form button", "Add: stored answer");
      await page.fillLabel("Hosts that want HTTPS (HSTS), one a line; *. for subdomains too", "*.api.example\nother.example");
      const { state } = await json(page);
      assert.deepEqual(state.preflightCache, [{ key: "https://app.example", origin: "https://app.example", url: "https://api.example/me", maxAge: 600, storedAt: 0, credentials: false, allows: { headerName: "x-token" } }]);
      assert.deepEqual(state.hsts, [{ host: "api.example", includeSubDomains: true }, { host: "other.example" }]);
      // The stored answer is fresh, and does not allow credentials.
      await page.verdict(/^Blocked: the browser takes a stored answer|^Blocked: the answer of https:\/\/api\.example allows https:\/\/app\.example, but not with credentials/);
      await page.click(".form button", "Remove stored answer 1");
      await page.verdict(/^Allowed: /);

      await page.click(".form .check", "Content Security Policy, before the request");
      await page.verdict(/^Blocked: /);
      assert.deepEqual((await json(page)).fetches[0].blockedBy, ["contentSecurityPolicy"]);
      await page.click(".form .check", "Content Security Policy, before the request");
      await page.verdict(/^Allowed: /);
      await page.click(".form button", "A service worker answers");
      assert.deepEqual((await json(page)).fetches[0].serviceWorker, { type: "default", status: 200, headers: [["Content-Type", "application/json"]] });
      await page.sees("nothing is asked for", /no request asks for/, () => document.querySelector(".role")?.textContent);
      await page.click(".form button", "No service worker answers");
      await page.fillLabel("third-party cookies", "blocked");
      await page.fillLabel("local network permission", "denied");
      await page.fillLabel("The server’s address is", "loopback");
      const scenario = await json(page);
      assert.deepEqual([scenario.page.thirdPartyCookies, scenario.page.localNetwork, scenario.fetches[0].addressSpace], ["blocked", "denied", "loopback"]);
      await page.sees("Chromium asks for permission", /Chromium blocked/, () => document.querySelector(".strip")?.textContent);

      // And back: what is changed in the text is what the form shows.
      const text = (await page.text()).replace('"name": "token"', '"name": "session"').replace('"denied"', '"granted"');
      await page.click("#mode-text");
      await page.paste(text);
      await page.hasText(text);
      await page.click("#mode-form");
      await page.sees("the cookie", "session", () => document.getElementById([...document.querySelectorAll(".form label")].find((label) => label.textContent === "name")?.htmlFor ?? "")?.value);
      assert.equal(await page.valueOf("local network permission"), "granted");
      assert.equal(await page.run(() => document.querySelectorAll(".fold[open]").length), 3);
    },
  ],
];
