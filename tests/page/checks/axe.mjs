// What axe finds wrong for people who use the page otherwise than by eye and mouse: nothing, in any state, light or dark,
// narrow or wide.

import assert from "node:assert/strict";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\nSet-Cookie: a=1; SameSite=None; Secure\nSet-Cookie: b=1\nCache-Control: max-age=60\n\n";
const ALLOWED = BLOCKED.replace("app.example/", "app.example");
const PREFLIGHTED = "fetch('https://api.example/me', { method: 'PUT', headers: { 'X-Token': '1' } })";
const RED_LINE = "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";

const asked = (page, text, panel = "") => async (driver) => {
  await driver.ask(page, text);
  if (panel !== "") await driver.panel(panel);
};
const place = (fragment) => async (driver) => {
  await driver.place(fragment);
  await driver.until(fragment, () => document.querySelector("#place:not([hidden]), #lesson:not([hidden])") !== null);
};

const STATES = [
  ["empty", async () => {}],
  ["blocked", asked("https://app.example", BLOCKED)],
  ["allowed", asked("https://app.example", ALLOWED)],
  ["an answer is missing", asked("https://app.example", PREFLIGHTED)],
  ["a line of a console", asked("", RED_LINE)],
  ["nothing to read", asked("https://app.example", "hello")],
  ["a wrong page", asked("app.example", BLOCKED)],
  ["cookies and caches", async (driver) => {
    await driver.ask("https://app.example", ALLOWED);
    await driver.fill("#credentials", "include");
    await driver.panel("lanes");
  }],
  ["who can read it", asked("https://app.example", ALLOWED, "readers")],
  ["findings", async (driver) => {
    await driver.ask("https://app.example", ALLOWED);
    await driver.panel("findings");
    await driver.run(() => (document.querySelector(".about").open = true));
    await driver.until("the examples", () => document.querySelector(".about .example") !== null);
  }],
  ["a panel to share", asked("https://app.example", BLOCKED, "share")],
  ["a panel to try", asked("https://app.example", BLOCKED, "try")],
  ["the form", async (driver) => {
    await driver.ask("https://app.example", BLOCKED);
    await driver.click("#mode-form");
    await driver.until("the form", () => Boolean(document.querySelector(".form .role")?.textContent));
  }],
  ["the situations", place("gallery")],
  ["a situation", place("gallery/img-then-cors-img")],
  ["HAR files", place("har")],
  ["all findings", place("findings")],
  ["a finding", place("findings/vary-origin-missing")],
];

/** In each browser one look is enough at what the other sees in all four. */
const LOOKS = [
  ["light", 360],
  ["light", 1280],
  ["dark", 360],
  ["dark", 1280],
];

export default LOOKS.map(([scheme, width], look) => [
  `axe finds nothing, ${scheme}, ${width} pixels`,
  async (page) => {
    await page.scheme(scheme);
    await page.size(width, 800);
    const wrong = [];
    for (const [index, [name, prepare]] of STATES.entries()) {
      if (page.name === "firefox" && index % LOOKS.length !== look) continue;
      await page.open();
      await prepare(page);
      await page.run(() => document.querySelectorAll("details:not(.about)").forEach((details) => (details.open = true)));
      await page.until("the last of it", () => new Promise((resolve) => setTimeout(() => resolve(true), 150)));
      for (const { id, nodes } of await page.axe(TAGS)) wrong.push(`${name}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    }
    await page.size(1280, 900);
    await page.scheme("light");
    assert.deepEqual(wrong, []);
  },
]);
