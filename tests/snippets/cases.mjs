// What is asked of each server, and what becomes of it under each policy: the status and which of X-Version, X-Total and X-Secret script
// reads, or the code of the error.

const APP = "https://app.example";
const LOGIN = ["Authorization", "Basic dTpw"];
const BODY = { type: "text", text: "{}" };
const JSON_TYPE = ["Content-Type", "application/json"];

/** The origins that no policy lists. */
export const FOREIGN = [
  "https://evil.example",
  "null",
  "https://app.example.evil.example",
  "https://evilapp.example",
  "http://app.example",
  "https://app.example:8443",
  "https://appxexample",
];

const row = (name, origin, path, init, [open, bare, one, several, reading]) => ({
  name,
  origin,
  path,
  init,
  expected: { public: open, bare, one, several, reading },
});

export const CASES = [
  row("a page that may read", APP, "/ok", {}, ["200 x-version", "200", "200 x-total x-version", "200 x-total", "200"]),
  row("the same with cookies", APP, "/ok", { credentials: "include" }, ["HF-CORS", "HF-CORS", "200 x-total x-version", "200 x-total", "HF-CORS"]),
  row("another page right after it", "http://localhost:3000", "/ok", { credentials: "include" }, ["HF-CORS", "HF-CORS", "HF-CORS", "200 x-total", "HF-CORS"]),
  row("a page of an address", "http://[::1]:3000", "/ok", {}, ["200 x-version", "200", "HF-CORS", "200 x-total", "HF-CORS"]),
  row("a page with a long name", "https://a-rather-long-name.of-some-team.staging.example", "/ok", {}, ["200 x-version", "200", "HF-CORS", "200 x-total", "HF-CORS"]),
  row("a stranger right after it", "https://evil.example", "/ok", { credentials: "include" }, ["HF-CORS", "HF-CORS", "HF-CORS", "HF-CORS", "HF-CORS"]),
  row("the first page again", APP, "/ok", {}, ["200 x-version", "200", "200 x-total x-version", "200 x-total", "200"]),
  ...FOREIGN.map((origin) => row(`a stranger, ${origin}`, origin, "/ok", {}, ["200 x-version", "200", "HF-CORS", "HF-CORS", "HF-CORS"])),
  row("a stranger's change", "https://evil.example", "/ok", { method: "PUT" }, ["200 x-version", "PF-METHOD", "PF-CORS", "PF-CORS", "PF-CORS"]),
  row("a stranger's login", "https://evil.example", "/private", { headers: [LOGIN], credentials: "include" }, ["PF-CORS", "PF-CORS", "PF-CORS", "PF-CORS", "PF-CORS"]),
  row("a stranger at an error", "https://evil.example", "/fail", {}, ["500", "500", "HF-CORS", "HF-CORS", "HF-CORS"]),
  row("a stranger at what is missing", "https://evil.example", "/missing", {}, ["404", "404", "HF-CORS", "HF-CORS", "HF-CORS"]),
  row("a simple POST", APP, "/ok", { method: "POST", body: BODY }, ["200 x-version", "200", "200 x-total x-version", "200 x-total", "200"]),
  row("a POST of JSON", APP, "/ok", { method: "POST", headers: [JSON_TYPE], body: BODY }, ["200 x-version", "PF-HEADER", "200 x-total x-version", "200 x-total", "PF-HEADER"]),
  row("a PUT", APP, "/ok", { method: "PUT", body: BODY }, ["200 x-version", "PF-METHOD", "200 x-total x-version", "200 x-total", "PF-METHOD"]),
  row("a PUT of another page", "http://localhost:3000", "/ok", { method: "PUT", body: BODY, credentials: "include" }, ["PF-CORS", "PF-CORS", "PF-CORS", "200 x-total", "PF-CORS"]),
  row("a PATCH", APP, "/ok", { method: "PATCH", body: BODY }, ["PF-METHOD", "PF-METHOD", "200 x-total x-version", "PF-METHOD", "PF-METHOD"]),
  row("a DELETE", APP, "/ok", { method: "DELETE" }, ["PF-METHOD", "PF-METHOD", "PF-METHOD", "200 x-total", "PF-METHOD"]),
  row("a method that is rare", APP, "/ok", { method: "PROPFIND" }, ["PF-METHOD", "PF-METHOD", "PF-METHOD", "200 x-total", "PF-METHOD"]),
  row("a header of its own", APP, "/ok", { headers: [["X-Token", "1"]] }, ["PF-HEADER", "PF-HEADER", "200 x-total x-version", "PF-HEADER", "PF-HEADER"]),
  row("a header that nobody allows", APP, "/ok", { headers: [["X-Other", "1"]] }, ["PF-HEADER", "PF-HEADER", "PF-HEADER", "PF-HEADER", "PF-HEADER"]),
  row("a page with its login", APP, "/private", { headers: [LOGIN] }, ["PF-AUTH", "PF-AUTH", "200", "200", "PF-AUTH"]),
  row("a page with its login, and cookies", APP, "/private", { headers: [LOGIN], credentials: "include" }, ["PF-CORS", "PF-CORS", "200", "200", "PF-CORS"]),
  row("a page without its login", APP, "/private", {}, ["401", "401", "401", "401", "401"]),
  row("a PUT without a login, whose preflight has none either", APP, "/private", { method: "PUT", body: BODY }, ["401", "PF-METHOD", "401", "401", "PF-METHOD"]),
  row("what is missing", APP, "/missing", {}, ["404", "404", "404", "404", "404"]),
  row("a PUT of what is missing", APP, "/missing", { method: "PUT", body: BODY }, ["404", "PF-METHOD", "404", "404", "PF-METHOD"]),
  row("an unexpected error", APP, "/fail", {}, ["500", "500", "500", "500", "500"]),
  row("an unexpected error after a preflight", APP, "/fail", { method: "PUT", body: BODY }, ["500", "PF-METHOD", "500", "500", "PF-METHOD"]),
  row("a server that is down", APP, "/down", {}, ["503", "503", "503", "503", "503"]),
  row("a redirect", APP, "/moved", {}, ["200 x-version", "200", "200 x-total x-version", "200 x-total", "200"]),
  row("a redirect after a preflight", APP, "/moved", { method: "PUT", body: BODY }, ["200 x-version", "PF-METHOD", "200 x-total x-version", "200 x-total", "PF-METHOD"]),
];

/** What whoever is no browser gets, who sends no `Origin`: what a snippet adds changes nothing for them. */
export const WITHOUT_ORIGIN = [
  ["/ok", "200"],
  ["/private", "401"],
  ["/missing", "404"],
  ["/fail", "500"],
  ["/down", "503"],
  ["/moved", "302"],
];
