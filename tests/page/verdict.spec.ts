// What people come for: the verdict, why, who, and where.

import { readFileSync } from "node:fs";
import { ask, EDITOR, expect, expectVerdict, open, PAGE, paste, test, textOf, verdicts } from "./fixture.ts";

const SEEN_BY_SCRIPT = "fetch() rejects with a TypeError that does not say why.";

const EXAMPLES = [
  {
    name: "No Allow-Origin",
    sentence: "Blocked: https://api.example does not allow https://app.example to read its answer.",
    who: "The server has to change. Let https://api.example send Access-Control-Allow-Origin: https://app.example (or *, if every page may read it) with this answer.",
    marks: ["Blocked here Line 5, column 1|HTTP/1.1 200 OK|CORS check failed: there is no Access-Control-Allow-Origin."],
    wire: ["Request GET https://api.example/items|200 OK"],
    step: "CORS check, step 2",
    readable: 0,
  },
  {
    name: "Preflight refused",
    sentence: "Blocked: https://api.example does not allow PUT: Access-Control-Allow-Methods in the preflight's answer does not name it.",
    who: "The server has to change. Let https://api.example send Access-Control-Allow-Methods: GET, POST, PUT with its answer to OPTIONS.",
    marks: [
      "Blocked here Line 9, column 31|Access-Control-Allow-Methods: GET, POST|The preflight's answer does not allow the method PUT.",
      "Note Line 4, column 32|Access-Control-Request-Method: PUT|The marked part of the answer is compared with this.",
    ],
    wire: ["Preflight OPTIONS https://api.example/items/1|204 No Content"],
    step: "CORS-preflight fetch, step 7.5",
    readable: 0,
  },
  {
    name: "* with credentials",
    sentence: "Blocked: the answer of https://api.example allows everybody (*), which does not count for a request with credentials.",
    who: "The server has to change. Let https://api.example send Access-Control-Allow-Origin: https://app.example, the origin taken from a list of origins that it trusts, and Vary: Origin. If no cookies are needed, ask without credentials instead.",
    marks: [
      "Blocked here Line 8, column 30|Access-Control-Allow-Origin: *|CORS check failed: Access-Control-Allow-Origin is *, which does not count for a request with credentials.",
      "Note Line 3, column 9|Origin: https://app.example|The marked part of the answer is compared with this.",
    ],
    wire: ["Request GET https://api.example/me|200 OK"],
    step: "CORS check, step 4",
    readable: 0,
  },
  {
    name: "Redirect to another origin",
    sentence: "Blocked: after redirects over several origins the browser sends the origin null, and the answer of https://files.example does not allow that.",
    who: "The server has to change. Request the final URL right away, or redirect within one origin. Where no credentials are needed, ask without them, and let https://files.example send Access-Control-Allow-Origin: *.",
    marks: [
      "Blocked here Line 15, column 30|Access-Control-Allow-Origin: https://app.example|CORS check failed: Access-Control-Allow-Origin is https://app.example, and must be null.",
      "Note Line 11, column 9|Origin: null|The marked part of the answer is compared with this.",
    ],
    wire: ["Request GET https://api.example/report|302 Found", "Request GET https://files.example/report.json|200 OK"],
    step: "CORS check, step 4",
    readable: 0,
  },
  {
    name: "Allowed, but a header is hidden",
    sentence: "Allowed: https://api.example lets https://app.example read its answer (status 200).",
    who: "Nothing has to change.",
    marks: [],
    wire: ["Request GET https://api.example/items?page=2|200 OK"],
    step: "CORS check, step 5",
    readable: 1,
  },
];

for (const [index, example] of EXAMPLES.entries()) {
  test(`example: ${example.name}`, async ({ watched: page }) => {
    await page.getByRole("button", { name: example.name, exact: true }).click();
    await expectVerdict(page, example.sentence);
    expect(await verdicts(page)).toEqual([{ sentence: example.sentence, who: example.who, seen: index < 4 ? SEEN_BY_SCRIPT : "" }]);
    const marks = await page.locator("#marks > li").evaluateAll((items) => items.map((item) => [".where", ".excerpt", ".message"].map((part) => item.querySelector(part)?.textContent ?? "").join("|")));
    expect(marks).toEqual(example.marks);
    await open(page, "wire");
    const wire = await page.locator(".exchanges > li").evaluateAll((items) => items.map((item) => `${item.querySelector("summary")?.textContent}|${item.querySelector(".arrow")?.textContent?.trim()}`));
    expect(wire).toEqual(example.wire);
    await open(page, "steps");
    const decisive = page.locator(".steps .decisive");
    await expect(decisive).toHaveCount(1);
    await expect(decisive.getByRole("link")).toHaveText(example.step);
    for (const link of await page.locator(".steps a").all()) expect(await link.getAttribute("href")).toMatch(/^https:\/\/(fetch|url|html|mimesniff)\.spec\.whatwg\.org\/#/);
    await open(page, "script");
    expect(await page.locator("#panel-script tbody tr").count()).toBeGreaterThan(1);
    await expect(page.locator("td.readable")).toHaveCount(example.readable);
    await expect(page.locator(".reason")).toHaveText(index < 4 ? "Hidden: the fetch ended in a network error, of which script sees nothing." : "Script can read 1 of 3.");
  });
}

test("the preflight is shown as the browser writes it, with every reason", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Preflight refused" }).click();
  await open(page, "wire");
  await expect(page.locator(".reasons li")).toHaveText([
    "The method PUT is none of GET, HEAD and POST.",
    "The Content-Type application/json is none of the three that a form can send: application/x-www-form-urlencoded, multipart/form-data, text/plain.",
  ]);
  const preflight = page.getByRole("region", { name: "Preflight, as the browser writes it" });
  await expect(preflight).toContainText("OPTIONS /items/1 HTTP/1.1\nHost: api.example\n");
  await expect(preflight).toContainText("Origin: https://app.example");
  await expect(preflight).toContainText("Access-Control-Request-Method: PUT\nAccess-Control-Request-Headers: content-type");
});

test("a header is readable once it is exposed", async ({ watched: page }) => {
  await page.getByRole("button", { name: "Allowed, but a header is hidden" }).click();
  const row = page.getByRole("row", { name: /X-Total-Count: 42/ });
  await expect(row.locator("td")).toHaveText("– Hidden: Access-Control-Expose-Headers does not name it. To show it, let https://api.example send Access-Control-Expose-Headers: X-Total-Count.");
  await paste(page, (await textOf(page)).replace("X-Total-Count: 42", "X-Total-Count: 42\nAccess-Control-Expose-Headers: X-Total-Count"));
  await expect(row.locator("td")).toHaveText(/^✓ Readable: /);
});

test("a real run of curl -v is understood, and the mark is under the very bytes", async ({ watched: page }) => {
  // Recorded with: curl -v -L -H 'Origin: https://app.example' http://127.0.0.1:8899/old > curl-v.txt 2>&1
  await ask(page, "https://app.example", readFileSync(new URL("./curl-v.txt", import.meta.url), "utf8"));
  await expect(page.locator(".verdict")).toHaveCount(1);
  expect(await verdicts(page)).toEqual([
    {
      sentence: "Blocked: the answer of http://127.0.0.1:8899 allows https://app.example/, with a slash at the end, and the page's origin is https://app.example.",
      who: "The server has to change. Let http://127.0.0.1:8899 send Access-Control-Allow-Origin: https://app.example (or *, if every page may read it).",
      seen: SEEN_BY_SCRIPT,
    },
  ]);
  await expect(page.locator(".cm-lintRange.blocked")).toHaveText("https://app.example/");
  await expect(page.locator("#marks li.blocked .excerpt")).toHaveText("< Access-Control-Allow-Origin: https://app.example/");
  await expect(page.locator("#marks li:is(.error, .warning)")).toHaveCount(0);
  await open(page, "wire");
  await expect(page.locator(".exchanges summary")).toHaveText(["Request GET http://127.0.0.1:8899/old", "Request GET http://127.0.0.1:8899/items"]);
});

test("an answer that is missing is asked for, can be copied, and takes its place", async ({ watched: page }) => {
  const put = 'PUT /items/1 HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nContent-Type: application/json\n\n{"name": "lamp"}\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n';
  await ask(page, "https://app.example", put);
  await expectVerdict(page, "Open: the browser first asks https://api.example by OPTIONS whether PUT is allowed (a preflight), and the answer to that is not known yet.");
  await expect(page.locator("#marks li .message")).toHaveText(["The browser does not get to this answer yet."]);

  const raw = page.getByRole("region", { name: "As the browser would send it" });
  await expect(raw).toContainText("OPTIONS /items/1 HTTP/1.1");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy: As the browser would send it" }).click();
  expect(await clipboard()).toBe(await raw.textContent());
  await page.getByRole("button", { name: "Copy: The same with curl" }).click();
  expect(await clipboard()).toMatch(/^curl -i -X OPTIONS https:\/\/api\.example\/items\/1 \\\n {2}-H /);
  await expect(page.locator("#said")).toHaveText("Copied.");

  await page.getByLabel("Its answer").fill("HTTP/2 204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-allow-headers: content-type\n");
  await page.getByRole("button", { name: "Add it to the text" }).click();
  await expectVerdict(page, "Allowed: https://api.example lets https://app.example read its answer (status 200).");
  await expect(page.locator("#verdict-heading")).toBeFocused();
  expect(await textOf(page)).toContain(put.trim());
  await open(page, "wire");
  await expect(page.locator(".exchanges summary")).toHaveText(["Preflight OPTIONS https://api.example/items/1", "Request PUT https://api.example/items/1"]);
});

test("what the paste does not show can be said, and what was assumed is in words", async ({ watched: page }) => {
  await ask(page, "https://app.example", "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n");
  await expect(page.locator("#assumed li")).toHaveText([
    "The request went to https://api.example/me; the paste does not say http or https.",
    "Script did not set credentials: cookies go along within the page's own origin only.",
    "Script did not set mode, which makes it cors.",
  ]);
  await expectVerdict(page, /^Allowed: /);
  await page.selectOption("#credentials", "include");
  await expectVerdict(page, /^Blocked: the answer of https:\/\/api\.example allows everybody/);
  await expect(page.locator("#assumed li")).toHaveCount(2);
  await page.selectOption("#credentials", "omit");
  await expectVerdict(page, /^Allowed: /);
  await page.selectOption("#mode", "no-cors");
  await expectVerdict(page, /^Sent, but unreadable: /);
  await page.selectOption("#mode", "same-origin");
  await expectVerdict(page, /^Blocked: /);
  await expect(page.locator("#assumed li")).toHaveCount(1);
});

for (const [written, problem] of [
  ["app.example", "app.example does not say http or https. Write https://app.example (or http://app.example)."],
  ["localhost:3000", "localhost:3000 does not say http or https. Write http://localhost:3000 (or https://localhost:3000)."],
  ["https://*.example", "https://*.example is not one page. Write the origin of the one whose script asks, such as https://app.example."],
  ["file:///home/me/index.html", "A page of the scheme file has no origin of its own: write null."],
  ["my page", "my page is not an origin. Write scheme, host and, where there is one, the port: https://app.example."],
  ["", "Nothing says which page makes the request. Give the page's origin, or paste a request that has an Origin line."],
] as const) {
  test(`the origin “${written}” gets a message that says what to write`, async ({ watched: page }) => {
    await ask(page, written, "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\n\n");
    await expect(page.locator("#page-problem")).toHaveText(problem);
    await expect(page.locator(PAGE)).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(PAGE)).toHaveAccessibleDescription(new RegExp(problem.slice(0, 20).replace(/[.*+?()]/g, "\\$&")));
    await page.fill(PAGE, "https://app.example");
    await expect(page.locator("#page-problem")).toBeHidden();
  });
}

test("a problem of the paste is shown at its place, and nothing else is lost for it", async ({ watched: page }) => {
  await ask(page, "https://app.example", "GET /items HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin *\nContent-Type: text/plain\n\n");
  const problem = page.locator("#marks li:is(.error, .warning)").first();
  await expect(problem.locator(".place")).toHaveText("Line 5, column 1");
  await expect(problem.locator(".excerpt")).toHaveText("Access-Control-Allow-Origin *");
  await expectVerdict(page, /^Blocked: /);
  await open(page, "script");
  await expect(page.getByRole("row", { name: /Content-Type: text\/plain/ })).toBeVisible();
});

test("the first screen is one box, and says what to paste", async ({ watched: page }) => {
  await expect(page.locator("h1")).toHaveText("Why did the browser block it?");
  await expect(page.locator(EDITOR)).toBeFocused();
  await expect(page.locator("#paste-hint")).toHaveText("Nothing that you paste leaves this tab.");
  await expect(page.locator("input:visible, select:visible, textarea:visible")).toHaveCount(0);
  await expect(page.locator("#examples button")).toHaveText(EXAMPLES.map(({ name }) => name));
});

test("where browsers do otherwise than the standard, they are said to, and why", async ({ watched: page }) => {
  const exchange = (allowed: string) =>
    `OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: authorization\n\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: ${allowed}\n\nGET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAuthorization: Bearer x\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n`;
  await ask(page, "https://app.example", exchange("*"));
  await expectVerdict(page, "Blocked: https://api.example allows request headers by *, which does not cover authorization.");
  await open(page, "browsers");
  await expect(page.locator(".browser h4")).toHaveText([/^The standard/, /^Chromium 156/, /^Firefox ESR 153/, /^WebKitGTK 2\.50/]);
  await expect(page.locator(".browser.differs")).toHaveCount(3);
  await expect(page.locator(".browser.differs .sentence").first()).toHaveText("Allowed: https://api.example lets https://app.example read its answer (status 200).");
  await expect(page.locator(".browser li").first()).toHaveText(/^Access-Control-Allow-Headers: \* covers Authorization as well.* \d+ recordings show it\.$/);
  await expect(page.locator(".strip li")).toHaveText(["Standard blocked", "Chromium allowed", "Firefox allowed", "WebKit allowed"]);
  await ask(page, "https://app.example", exchange("authorization"));
  await expect(page.locator(".browser.differs, .strip .differs")).toHaveCount(0);
  await expect(page.locator(".browser .sentence")).toHaveText([/^Allowed: /, "As the standard says.", "As the standard says.", "As the standard says."]);
});

test("what was measured is said with its date", async ({ watched: page }) => {
  const { recordings, recordedOn } = JSON.parse(readFileSync(new URL("../corpus/results.json", import.meta.url), "utf8")) as { recordings: number; recordedOn: string };
  const [year, month, day] = recordedOn.split("-").map(Number) as [number, number, number];
  const date = `${day} ${new Date(Date.UTC(year, month - 1, day)).toLocaleString("en", { month: "long", timeZone: "UTC" })} ${year}`;
  const counted = `What browsers do follows ${recordings.toLocaleString("en")} recordings, the newest of ${date}; as recorded are Chromium `;
  await expect(page.locator("#measured")).toHaveText(new RegExp(`^${counted}.* \\(\\d+\\.\\d\\d % of the outcomes, `));
});

test("the red line of a console is enough", async ({ watched: page }) => {
  const line = (origin: string) => `app.js:7 Access to fetch at 'https://api.example/me' from origin '${origin}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
  await ask(page, "", line("https://app.example"));
  await expectVerdict(page, "Blocked: https://api.example does not allow https://app.example to read its answer.");
  await expect(page.locator("#assumed")).toContainText("The page is https://app.example, as the console says.");
  await expect(page.getByRole("region", { name: /The console of Chromium/ })).toContainText(line("https://app.example").slice("app.js:7 ".length));
  await page.getByRole("group", { name: "Whose console" }).getByRole("button", { name: "Firefox" }).click();
  await expect(page.getByRole("region", { name: /The console of Firefox/ })).toContainText("(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.");
});
