// Random cases in the format of tests/corpus/README.md. The same seed and index make the same case.
//
// A case starts as one in which everything works. A few dimensions, drawn for each case, are then made odd in most of their
// places, and the others seldom: so there is mostly one thing that decides, and sometimes a mixture.

import { Random } from "./random.mjs";
import {
  BODIES, CACHING, CORP, EXPOSED, FINAL_STATUSES, HEADERS, LENGTHS, LENGTH_HEADERS, MAX_AGES, METHODS, NEAR_BODIES, NEAR_CREDENTIALS, NEAR_HEADERS, NEAR_METHODS,
  NEAR_REDIRECT_STATUSES, PREFLIGHT_STATUSES, REDIRECT_STATUSES, RESPONSE_HEADERS, goodHeaders, goodMethods, nearHeaders, nearLocations, nearMethods, nearOrigins, valueOfLength,
} from "./values.mjs";

/** What can be made odd. */
export const DIMENSIONS = [
  "origin", "credentials", "methods", "headers", "maxAge", "preflightStatus", "status", "location", "redirectStatus", "method", "header", "length", "byte", "body", "mode", "cache", "redirect", "referrer",
  "expose", "sequence", "httpCache", "response", "corp", "missing", "connection", "url", "upgrade",
];

/** What cases can be about that is made only where it is asked for. */
export const ASKED_FOR = ["preload"];

const ODD_IN_FOCUS = 0.6;
const ODD_ELSEWHERE = 0.03;

const PAGES = { A: 80, P: 9, S: 11 };
const CONTEXTS = { page: 64, sandbox: 9, worker: 10, data: 6, blob: 4, srcdoc: 4, "sandbox-srcdoc": 3 };
const PLAINLY_WRONG = ["*", "*", "null", "{{B}}", "{{A}}"];
const OPAQUE = new Set(["sandbox", "data", "sandbox-srcdoc"]);
/** Those that speak TLS, whose URLs can be written without. */
const SECURE = new Set(["S", "S2", "T", "U"]);
const UPGRADING = [["Content-Security-Policy", "upgrade-insecure-requests"]];
const APIS = { fetch: 60, xhr: 17, img: 4, script: 4, css: 3, font: 2, eventsource: 4, beacon: 3, import: 3 };
const WORKER_APIS = { fetch: 70, xhr: 22, eventsource: 8 };
const TARGETS = {
  A: { B: 42, X: 12, C: 10, A2: 12, A: 12, T: 4, U: 1, Q: 3, P: 2, S: 1, S2: 1 },
  P: { B: 30, Q: 20, X: 8, C: 8, A: 12, P: 14, T: 4, S: 4 },
  S: { T: 45, U: 12, S2: 18, S: 16, B: 5, A: 4 },
};
const HOPS = { 1: 54, 2: 25, 3: 14, 4: 7 };
const CREDENTIALS = ["omit", "same-origin", "include", undefined];
const CROSSORIGIN = { none: 40, anonymous: 28, "use-credentials": 22, "": 5, bogus: 5 };
const CACHE_MODES = ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"];
const REFERRER_POLICIES = ["", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"];
const ELEMENTS = new Set(["img", "script", "css", "font", "import", "preload"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "POST"]);
const NORMALIZED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** What each kind of element needs in order to work. */
const CONTENT = {
  img: ["image/png", ["@png"]],
  script: ["text/javascript", ["1", "throw new Error(\"secret\")", "undefined_name", ""]],
  css: ["text/css", ["a{}", "a{color:red}b{}", ""]],
  font: ["font/ttf", ["@font"]],
  eventsource: ["text/event-stream", ["data: 1\n\n"]],
  import: ["text/javascript", ["export let a=1", "export default 1;export let b=2"]],
};

/** What is preloaded, and what uses it. */
const PRELOADS = { image: "img", script: "script", style: "css", font: "font", fetch: "fetch" };

/** The case number `index` of a seed, about preloads if these are asked for. */
export function randomCase(seed, index, about) {
  return new Draft(new Random(`${seed}/${index}`), about).finish(`random-${seed}/${String(index).padStart(5, "0")}`);
}

class Draft {
  #random;
  #focus;
  #isUsed = false;

  constructor(random, about) {
    this.#random = random;
    this.#focus = new Set(random.some(DIMENSIONS, random.pick([1, 1, 1, 2, 2, 3])));
    if (about !== undefined) this.#focus.add(about);
    this.page = random.weighted(PAGES);
    this.ctx = random.weighted(CONTEXTS);
    if (this.page === "S" && this.ctx === "page" && this.#odd("upgrade")) Object.assign(this, { ctx: "frame", policy: UPGRADING });
    this.own = OPAQUE.has(this.ctx) ? "null" : `{{${this.page}}}`;
    this.route = this.#route();
  }

  finish(id) {
    const steps = this.#steps();
    return {
      id,
      ...(this.page === "A" ? {} : { page: this.page }),
      ...(this.ctx === "page" ? {} : { ctx: this.ctx }),
      ...(this.policy === undefined ? {} : { policy: this.policy }),
      steps,
      server: this.#server(steps),
    };
  }

  #odd(dimension) {
    return this.#random.chance(this.#focus.has(dimension) ? ODD_IN_FOCUS : ODD_ELSEWHERE);
  }

  /** The servers that the request passes through. */
  #route() {
    const random = this.#random;
    const isAbout = ["location", "redirectStatus", "redirect"].some((dimension) => this.#focus.has(dimension));
    const hops = Math.max(Number(random.weighted(HOPS)), isAbout ? 2 : 1);
    const route = [random.weighted(TARGETS[this.page])];
    while (route.length < hops) route.push(random.chance(0.3) ? route.at(-1) : random.weighted(TARGETS[this.page]));
    return route;
  }

  #steps() {
    const random = this.#random;
    const isAbout = ["sequence", "httpCache", "maxAge", "preload"].some((dimension) => this.#focus.has(dimension));
    const count = Number(isAbout ? random.weighted({ 2: 60, 3: 30, 4: 10 }) : random.weighted({ 1: 82, 2: 13, 3: 5 }));
    const steps = [this.#step()];
    while (steps.length < count) steps.push(this.#nextStep(random.pick(steps)));
    return steps;
  }

  #step() {
    const random = this.#random;
    const weights = this.ctx === "worker" ? WORKER_APIS : APIS;
    const isPreload = this.ctx !== "worker" && this.#focus.has("preload") && random.chance(ODD_IN_FOCUS);
    const api = isPreload ? "preload" : random.weighted(weights);
    const url = isPreload ? this.#at(this.route[0], "h0") : this.#url();
    if (isPreload) {
      const attribute = random.chance(0.4) ? undefined : random.pick(["anonymous", "use-credentials"]);
      return { api, as: random.pick(Object.keys(PRELOADS)), url, ...(attribute === undefined ? {} : { crossorigin: attribute }) };
    }
    if (api === "fetch") return { api, url, ...this.#fetch() };
    if (api === "xhr") return { api, url, ...this.#xhr() };
    if (api === "eventsource") return { api, url, wc: random.chance(0.5) };
    if (api === "beacon") return { api, url, ...(random.chance(0.8) ? { body: this.#body() } : {}) };
    if (api === "font" || api === "import") return { api, url };
    const crossorigin = random.weighted(CROSSORIGIN);
    return { api, url, ...(crossorigin === "none" ? {} : { crossorigin }), ...(api === "script" && random.chance(0.35) ? { module: true } : {}) };
  }

  #url() {
    const start = this.#at(this.route[0], "h0");
    if (!this.#odd("url")) return start;
    const scheme = ["S", "S2", "T", "U"].includes(this.route[0]) ? "https" : "http";
    const host = `{{${this.route[0]}.host}}/{{ID}}/h0`;
    const odd = [`${start}?q=1`, `${start}#f`, `${start}?#`, `${start}?a b"é`, `${scheme}://u:p@${host}`, `${scheme}://u@${host}`, `${scheme}://@${host}`];
    return this.#random.pick([...odd, "data:text/plain,hi", "about:blank", "blob:{{A}}/x", "http://b.test:9/", "foo:bar", "http://["]);
  }

  /** The URL of a path, sometimes without the security that the page has. */
  #at(name, path) {
    const isUpgraded = this.page === "S" && SECURE.has(name) && this.#odd("upgrade");
    return `${isUpgraded ? `http://{{${name}.host}}` : `{{${name}}}`}/{{ID}}/${path}`;
  }

  /** What uses a preload: most often as it was meant. */
  #use({ as, url, crossorigin }) {
    const random = this.#random;
    const api = PRELOADS[as];
    this.#isUsed = true;
    if (api === "fetch") return random.chance(0.5) ? { api, url, ...this.#fetch() } : { api, url, init: { method: "GET", mode: "cors" } };
    if (api === "font") return { api, url };
    const attribute = random.chance(0.8) ? crossorigin : random.pick(["anonymous", "use-credentials"]);
    return { api, url, ...(attribute === undefined ? {} : { crossorigin: attribute }) };
  }

  /** A step that differs from an earlier one in one thing, or in nothing. */
  #nextStep(earlier) {
    const random = this.#random;
    if (earlier.api === "preload" && !this.#isUsed) return this.#use(earlier);
    const step = structuredClone(earlier);
    if (random.chance(0.12)) step.wait = random.pick([50, 1300, 2600]);
    if (random.chance(0.1)) {
      const other = this.#step();
      const url = random.chance(0.2) ? `{{${this.route[0]}}}/{{ID}}/other` : earlier.url;
      return { ...other, ...(step.wait === undefined ? {} : { wait: step.wait }), url };
    }
    if (ELEMENTS.has(step.api)) return random.chance(0.5) ? this.#again(step) : { api: "fetch", url: earlier.url, ...this.#fetch(), ...(step.wait === undefined ? {} : { wait: step.wait }) };
    const change = random.pick(["nothing", "credentials", "method", "headers", "fewerHeaders", "cache", "mode", "url"]);
    if (change === "url") step.url = random.pick([`${earlier.url}?2`, `${earlier.url}#2`, `{{${random.weighted(TARGETS[this.page])}}}/{{ID}}/h0`]);
    if (step.api === "fetch") {
      if (change === "credentials") step.init.credentials = random.pick(["omit", "same-origin", "include"]);
      if (change === "method" && step.init.mode !== "no-cors") step.init.method = this.#method();
      if (change === "headers") step.init.headers = this.#headers(1);
      if (change === "fewerHeaders") delete step.init.headers;
      if (change === "cache") step.init.cache = random.pick(CACHE_MODES.slice(0, -1));
      if (change === "mode") step.init.mode = step.init.mode === "cors" ? random.pick(["no-cors", "same-origin"]) : "cors";
      if (["GET", "HEAD", "get", "head"].includes(step.init.method ?? "GET")) delete step.init.body;
      if (step.init.headers === undefined) delete step.via;
    } else if (step.api === "xhr") {
      if (change === "credentials") step.wc = !step.wc;
      if (change === "method") step.method = this.#method();
      if (change === "headers") step.headers = this.#headers(1);
      if (change === "fewerHeaders") delete step.headers;
    } else if (step.api === "eventsource") {
      if (change === "credentials") step.wc = !step.wc;
    }
    return step;
  }

  /** The same once more, or nearly: a document keeps pictures, styles and modules that it has, beside every cache. */
  #again(step) {
    const random = this.#random;
    const change = random.pick(["nothing", "nothing", "crossorigin", "fragment", "query"]);
    if (change === "fragment") step.url += "#2";
    if (change === "query") step.url += "?2";
    if (change === "crossorigin" && step.api !== "font" && step.api !== "import") {
      const crossorigin = random.weighted(CROSSORIGIN);
      if (crossorigin === "none") delete step.crossorigin;
      else step.crossorigin = crossorigin;
    }
    return step;
  }

  #fetch() {
    const random = this.#random;
    const init = {};
    const mode = this.#odd("mode") ? random.weighted({ "no-cors": 55, "same-origin": 40, navigate: 2, foo: 1, websocket: 1 }) : random.chance(0.08) ? "no-cors" : "cors";
    init.method = mode === "no-cors" && random.chance(0.9) ? random.pick(["GET", "GET", "POST", "HEAD"]) : this.#method();
    init.mode = mode;
    const credentials = random.pick(CREDENTIALS);
    if (credentials !== undefined) init.credentials = credentials;
    const headers = this.#headers();
    if (headers.length > 0) init.headers = headers;
    const takesBody = !["GET", "HEAD"].includes(init.method.toUpperCase());
    if (takesBody ? random.chance(0.5) || this.#focus.has("body") : random.chance(0.01)) init.body = this.#body();
    if (takesBody && this.#focus.has("body") && random.chance(0.06)) Object.assign(init, { body: { stream: "x" }, duplex: "half" });
    if (this.#odd("cache") || (this.#focus.has("httpCache") && random.chance(0.3))) init.cache = random.pick(mode === "same-origin" ? CACHE_MODES : CACHE_MODES.slice(0, -1));
    if (this.#odd("redirect")) init.redirect = random.pick(["follow", "manual", "error"]);
    if (this.#odd("referrer")) init.referrerPolicy = random.pick(REFERRER_POLICIES);
    if (random.chance(0.03)) init.keepalive = true;
    const via = random.weighted({ init: 70, Headers: 10, append: 10, set: 10 });
    return { init, ...(headers.length > 0 && via !== "init" ? { via } : {}) };
  }

  #xhr() {
    const random = this.#random;
    const method = this.#method();
    const headers = this.#headers();
    return {
      method,
      ...(headers.length > 0 ? { headers } : {}),
      ...(random.chance(0.75) ? { wc: random.chance(0.45) } : {}),
      ...(random.chance(0.22) ? { upload: true } : {}),
      ...(random.chance(0.06) ? { sync: true } : {}),
      ...(random.chance(0.4) || this.#focus.has("body") ? { body: this.#body() } : {}),
      ...(random.chance(0.02) ? { get: ["x-one", "X-TWO", "set-cookie", "content-type", "etag", "x-none"] } : {}),
    };
  }

  #method() {
    return this.#odd("method") ? this.#random.pick(NEAR_METHODS) : this.#random.weighted(METHODS);
  }

  #headers(least = 0) {
    const random = this.#random;
    const isAbout = ["header", "headers", "length", "byte"].some((dimension) => this.#focus.has(dimension));
    const count = Math.max(least, isAbout ? random.pick([1, 1, 2, 3]) : random.pick([0, 0, 0, 0, 1, 1, 2]));
    const headers = [];
    for (let index = 0; index < count; index += 1) {
      if (this.#odd("length")) {
        const name = random.pick(LENGTH_HEADERS);
        const value = valueOfLength(name, random.pick(LENGTHS));
        const times = random.weighted({ 1: 70, 2: 20, 8: 5, 9: 5 });
        for (let time = 0; time < Number(times); time += 1) headers.push([name, value]);
      } else if (this.#odd("byte")) {
        const name = random.pick(LENGTH_HEADERS);
        const byte = String.fromCharCode(random.chance(0.6) ? random.below(128) : 128 + random.below(128));
        headers.push([name, random.pick([`${name === "Content-Type" ? "text/plain;x=" : "a"}${byte}b`, `${byte}${valueOfLength(name, 3)}`, `${valueOfLength(name, 3)}${byte}`])]);
      } else {
        headers.push([...random.pick(this.#odd("header") ? NEAR_HEADERS : HEADERS)]);
      }
    }
    if (headers.length > 0 && random.chance(0.05)) headers.push([...random.pick(headers)]);
    return headers;
  }

  #body() {
    return structuredClone(this.#random.pick(this.#odd("body") ? NEAR_BODIES : BODIES));
  }

  #server(steps) {
    const random = this.#random;
    const request = { methods: new Set(), names: new Set(), isCredentialed: false };
    for (const step of steps) {
      const method = step.init?.method ?? step.method ?? "GET";
      request.methods.add(NORMALIZED.has(method.toUpperCase()) ? method.toUpperCase() : method);
      for (const [name] of step.init?.headers ?? step.headers ?? []) request.names.add(name.toLowerCase());
      const body = step.init?.body ?? step.body;
      if (body !== undefined) request.names.add("content-type");
      request.isCredentialed ||= step.init?.credentials === "include" || step.wc === true || step.crossorigin === "use-credentials" || step.api === "beacon";
    }
    const server = {};
    let isTainted = false;
    this.route.forEach((name, index) => {
      const before = this.route[index - 1];
      if (before !== undefined && before !== name && `{{${before}}}` !== this.own) isTainted = true;
      const origin = isTainted ? "null" : this.own;
      const isLast = index === this.route.length - 1;
      const main = () => (isLast ? this.#last(steps, origin, request) : this.#redirect(index, origin, request));
      const pf = () => this.#preflight(origin, request);
      const several = (make, probability) => (steps.length > 1 && random.chance(probability) ? [make(), make()] : make());
      const isCached = this.#focus.has("httpCache") && isLast;
      server[`h${index}`] = { main: isCached ? this.#cached(steps, origin, request) : several(main, 0.25), pf: several(pf, 0.3) };
    });
    if (this.route.length > 1 && random.chance(0.02)) this.#loop(server, steps);
    if (JSON.stringify(steps).includes("/other")) server["*"] = { main: this.#last(steps, this.own, request), pf: this.#preflight(this.own, request) };
    return server;
  }

  /** A redirect to itself, about as often as browsers follow. */
  #loop(server, steps) {
    const again = { ...[server.h0.main].flat()[0], s: 302 };
    const [type, bodies] = content(steps);
    again.h = [...again.h.filter(([name]) => name !== "Location"), ["Location", "h0"]];
    server.h0.main = [...Array(this.#random.pick([18, 19, 20, 21])).fill(again), { h: [["Access-Control-Allow-Origin", "*"], ...(type === undefined ? [] : [["Content-Type", type]])], ...(bodies === undefined ? {} : { b: bodies[0] }) }];
  }

  /** The headers that let a response through: whose origin, and with credentials. */
  #permission(origin, request) {
    const random = this.#random;
    const lines = [];
    if (this.#odd("origin")) addLines(lines, "Access-Control-Allow-Origin", random.pick(random.chance(0.3) ? PLAINLY_WRONG : nearOrigins(origin)));
    else if (!this.#odd("missing")) lines.push(["Access-Control-Allow-Origin", !request.isCredentialed && random.chance(0.45) ? "*" : origin]);
    if (this.#odd("credentials")) addLines(lines, "Access-Control-Allow-Credentials", random.pick(NEAR_CREDENTIALS));
    else if (request.isCredentialed ? !this.#odd("missing") : random.chance(0.3)) lines.push(["Access-Control-Allow-Credentials", "true"]);
    if (random.chance(0.03)) lines.forEach((line) => (line[0] = random.pick([line[0].toLowerCase(), line[0].toUpperCase()])));
    if (this.#focus.has("origin") && random.chance(0.01) && lines.length > 0) lines[0][0] += " ";
    return lines;
  }

  #preflight(origin, request) {
    const random = this.#random;
    const s = this.#odd("preflightStatus") ? random.pick(PREFLIGHT_STATUSES) : random.pick([200, 204]);
    const lines = this.#permission(origin, request);
    const methods = [...request.methods];
    const names = [...request.names].filter((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name));
    const isWild = !request.isCredentialed && random.chance(0.12);
    if (this.#odd("methods")) addLines(lines, "Access-Control-Allow-Methods", random.pick(nearMethods(random.pick(methods))));
    else if (isWild) lines.push(["Access-Control-Allow-Methods", "*"]);
    else if (methods.some((method) => !SAFE_METHODS.has(method)) || random.chance(0.4)) {
      lines.push(["Access-Control-Allow-Methods", methods.length === 1 ? random.pick(goodMethods(methods[0])) : methods.join(", ")]);
    }
    if (this.#odd("headers")) addLines(lines, "Access-Control-Allow-Headers", random.pick(nearHeaders(names.length === 0 ? ["x-a"] : names)));
    else if (isWild) lines.push(["Access-Control-Allow-Headers", "*"]);
    else if (names.length > 0) lines.push(["Access-Control-Allow-Headers", random.pick(goodHeaders(names))]);
    if (this.#odd("maxAge") || random.chance(this.#focus.has("sequence") ? 0.5 : 0.05)) addLines(lines, "Access-Control-Max-Age", random.pick(MAX_AGES));
    if (s >= 300 && s <= 310) lines.push(["Location", `{{${random.pick(["A", "B"])}}}/{{ID}}/h0`]);
    return { s, h: lines };
  }

  #redirect(index, origin, request) {
    const random = this.#random;
    const to = this.route[index + 1];
    const path = `h${index + 1}`;
    const s = this.#odd("redirectStatus") ? random.pick(NEAR_REDIRECT_STATUSES) : random.pick(REDIRECT_STATUSES);
    const lines = this.#permission(origin, request);
    if (this.#odd("location")) addLines(lines, "Location", random.pick(nearLocations(to, path)));
    else lines.push(["Location", this.#at(to, path)]);
    if (random.chance(0.08)) lines.push(["Cache-Control", random.pick(["max-age=600", "no-store"])]);
    if (random.chance(0.04)) lines.push(["Set-Cookie", "rr=1; path=/{{ID}}"]);
    return { s, h: lines };
  }

  #last(steps, origin, request) {
    const random = this.#random;
    if (this.#focus.has("connection") && random.chance(0.04)) return { drop: true };
    const lines = this.#permission(origin, request);
    const [type, bodies] = content(steps);
    const isPreloaded = steps.some(({ api }) => api === "preload");
    if (type !== undefined && !random.chance(isPreloaded ? 0.1 : 0.02)) lines.push(["Content-Type", isPreloaded && random.chance(0.05) ? "application/octet-stream" : type]);
    for (const [name, value] of random.some(RESPONSE_HEADERS, this.#focus.has("response") || this.#focus.has("expose") ? 6 : random.pick([0, 0, 1, 2]))) {
      if (type === undefined || name !== "Content-Type" || random.chance(0.05)) lines.push([name, value]);
    }
    if (this.#odd("expose") || random.chance(0.05)) addLines(lines, "Access-Control-Expose-Headers", random.pick(EXPOSED));
    if (this.#odd("corp")) addLines(lines, "Cross-Origin-Resource-Policy", random.pick(CORP));
    return {
      s: this.#odd("status") || (isPreloaded && random.chance(0.15)) ? random.pick(FINAL_STATUSES) : 200,
      h: lines,
      ...(bodies === undefined ? {} : { b: random.pick(bodies) }),
      ...(this.#focus.has("connection") && random.chance(0.3) ? { d: random.pick([40, 120]) } : {}),
    };
  }

  /** Answers of which the first may be kept, and the next differ in what they allow, or say that nothing changed. */
  #cached(steps, origin, request) {
    const random = this.#random;
    const caching = random.pick(CACHING);
    return Array.from({ length: random.pick([2, 2, 3]) }, (_, index) => {
      const answer = this.#last(steps, origin, request);
      answer.h = [...(answer.h ?? []).filter(([name]) => !["Cache-Control", "ETag", "Vary", "Expires", "Last-Modified"].includes(name)), ...caching.map((line) => [...line])];
      if (index > 0 && caching.some(([name]) => name === "ETag" || name === "Last-Modified") && random.chance(0.5)) Object.assign(answer, { s: 304 });
      if (random.chance(0.25)) answer.h = answer.h.filter(([name]) => !name.startsWith("Access-Control-Allow-"));
      return answer;
    });
  }
}

/** What the elements among the steps need, if there are any: a type, and bodies of it. */
function content(steps) {
  const apis = steps.map(({ api, as }) => PRELOADS[as] ?? api);
  return CONTENT[apis.find((api) => CONTENT[api] !== undefined)] ?? [];
}

/** One line, several, or none. */
function addLines(lines, name, value) {
  if (value === null) return;
  for (const line of [value].flat()) lines.push([name, line]);
}
