// The question as a form: page, calls and answers. The text stays the truth; the form writes it, and reads it again when it is
// changed elsewhere.

import "./form.css";
import type { Answer, Call, Fetch, Inspection, Scenario } from "../../engine/engine.js";
import { button, h, type Child } from "../dom.ts";
import { bare } from "../scenario.ts";
import { check, field, lines, number, select, text, type Pairs } from "./fields.ts";
import { outside, person } from "./outside.ts";
import { remembered } from "./remembered.ts";

type Api = Call["api"];

/** What a form can change of a call, whichever API makes it. */
type Loose = { api: Api; url: string; [member: string]: unknown };

const PRESETS: { name: string; call: Loose }[] = [
  { name: "fetch()", call: { api: "fetch", url: "https://api.example/items", init: {} } },
  { name: "XMLHttpRequest", call: { api: "xhr", method: "GET", url: "https://api.example/items", headers: [] } },
  { name: "<img>", call: { api: "img", url: "https://cdn.example/photo.jpg" } },
  { name: "<img crossorigin>", call: { api: "img", url: "https://cdn.example/photo.jpg", crossOrigin: "anonymous" } },
  { name: "@font-face", call: { api: "font", url: "https://cdn.example/text.woff2" } },
  { name: "<script>", call: { api: "script", url: "https://cdn.example/lib.js" } },
  { name: "module script", call: { api: "script", url: "https://cdn.example/lib.js", module: true } },
  { name: "<link rel=stylesheet>", call: { api: "stylesheet", url: "https://cdn.example/style.css" } },
  { name: "<link rel=preload>", call: { api: "preload", url: "https://api.example/items", as: "fetch", crossOrigin: "anonymous" } },
  { name: "EventSource", call: { api: "eventSource", url: "https://api.example/events" } },
  { name: "WebSocket", call: { api: "webSocket", url: "wss://api.example/socket" } },
  { name: "sendBeacon()", call: { api: "beacon", url: "https://stats.example/hit", body: { type: "text", text: "{}" } } },
];

const NAMES: Partial<Record<Api, string>> = { fetch: "fetch()", xhr: "XMLHttpRequest", img: "<img>", font: "@font-face", script: "<script>", stylesheet: "<link rel=stylesheet>", preload: "<link rel=preload>", eventSource: "EventSource", webSocket: "WebSocket", beacon: "sendBeacon()" };

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What a new answer begins with. */
const FRESH: Answer = { status: 200, headers: [["Content-Type", "application/json"]] };

export class Form {
  readonly element = h("div", { class: "form" });
  readonly #changed: (scenario: Scenario) => void;
  #scenario: Scenario = blank();
  /** Where the names of the answers stand, which the engine knows. */
  #roles: HTMLElement[][] = [];

  constructor(changed: (scenario: Scenario) => void) {
    this.#changed = changed;
  }

  /** Shows a scenario, or an empty one. */
  load(scenario: Scenario | null): void {
    this.#scenario = scenario === null ? blank() : structuredClone(bare(scenario));
    this.#draw();
  }

  /** Says of each answer which request it answers. */
  name({ fetches }: Inspection): void {
    for (const [index, roles] of this.#roles.entries()) {
      const exchanges = (fetches[index]?.exchanges ?? []).filter(({ source }) => source !== "cache");
      for (const [at, role] of roles.entries()) {
        const exchange = exchanges[at];
        role.textContent = exchange === undefined ? "Answer that no request asks for" : `Answer to ${exchange.purpose === "preflight" ? "the preflight " : ""}${exchange.title}`;
      }
    }
  }

  #say(): void {
    this.#changed(structuredClone(this.#scenario));
  }

  /** After what changes the form itself. */
  #again(): void {
    this.#draw();
    this.#say();
  }

  #draw(): void {
    const { page, fetches } = this.#scenario;
    this.#roles = [];
    const url = field("Page", text(String(page.url), "https://app.example/", (value) => {
      page.url = value;
      this.#say();
    }));
    const preset = ({ name, call }: (typeof PRESETS)[number]) =>
      button({}, () => {
        const call_ = structuredClone(call) as Call;
        const only = fetches[0];
        if (fetches.length === 1 && only !== undefined && untouched(only)) fetches[0] = { ...only, call: call_ };
        else fetches.push({ call: call_, at: fetches.length === 0 ? 0 : Number(fetches.at(-1)?.at ?? 0) + 1, answers: [] });
        this.#again();
      }, name);
    this.element.replaceChildren(
      url,
      h("div", { class: "presets", role: "group", "aria-label": "Add a request" }, h("span", { class: "hint" }, "Add:"), ...PRESETS.map(preset)),
      ...fetches.map((fetch, index) => this.#fetch(fetch as { call: Call } & Fetch, index)),
      remembered(this.#scenario, () => this.#say(), () => this.#again()),
      person(page, () => this.#say()),
    );
  }

  #fetch(fetch: { call: Call } & Fetch, index: number): HTMLElement {
    const { fetches } = this.#scenario;
    const call = fetch.call as unknown as Loose;
    const answers = (fetch.answers ??= []);
    this.#roles.push(answers.map(() => h("p", { class: "role" })));
    return h(
      "fieldset",
      { class: "boxed" },
      h("legend", {}, `${index + 1}. ${NAMES[call.api] ?? call.api}${call["module"] === true ? " (module)" : ""}`),
      h(
        "div",
        { class: "row" },
        this.#method(call),
        field("URL", text(String(call.url), "https://api.example/items", (value) => {
          call.url = value;
          this.#say();
        }), "wide"),
      ),
      h("div", { class: "row" }, ...this.#settings(call), fetches.length > 1 && field("at (seconds)", number(Number(fetch.at ?? 0), (value) => {
        fetch.at = value;
        this.#say();
      }))),
      this.#requestHeaders(call),
      ...answers.map((answer, at) => this.#answer(answers as Answer[], answer as Answer, at, this.#roles[index]?.[at])),
      outside(fetch, index, () => this.#say(), () => this.#again()),
      h(
        "div",
        { class: "row" },
        button({}, () => {
          answers.push(structuredClone(FRESH));
          this.#again();
        }, "Add an answer"),
        fetches.length > 1 &&
          button({ class: "quiet" }, () => {
            fetches.splice(index, 1);
            this.#again();
          }, `Remove request ${index + 1}`),
      ),
    );
  }

  #method(call: Loose): Child {
    if (call.api !== "fetch" && call.api !== "xhr") return null;
    const holder = call.api === "fetch" ? member(call, "init") : call;
    const input = text(String(holder["method"] ?? "GET"), "GET", (value) => {
      if (value === "" || (value === "GET" && call.api === "fetch")) delete holder["method"];
      else holder["method"] = value;
      this.#say();
    });
    input.setAttribute("list", "form-methods");
    return field("Method", input, "narrow", h("datalist", { id: "form-methods" }, ...METHODS.map((name) => h("option", { value: name }))));
  }

  #settings(call: Loose): Child[] {
    const choice = (label: string, holder: Record<string, unknown>, name: string, values: string[]) =>
      field(label, select(String(holder[name] ?? ""), values, (value) => {
        if (value === "") delete holder[name];
        else holder[name] = value;
        this.#say();
      }));
    const tick = (label: string, name: string) => check(label, call[name] === true, (on) => {
      if (on) call[name] = true;
      else delete call[name];
      this.#say();
    });
    switch (call.api) {
      case "fetch": {
        const init = member(call, "init");
        return [
          choice("credentials", init, "credentials", ["", "omit", "same-origin", "include"]),
          choice("mode", init, "mode", ["", "cors", "no-cors", "same-origin"]),
          choice("cache", init, "cache", ["", "default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]),
          choice("redirect", init, "redirect", ["", "follow", "error", "manual"]),
          this.#body(init),
        ];
      }
      case "xhr":
        return [tick("withCredentials", "withCredentials"), tick("upload listener", "uploadListener"), this.#body(call)];
      case "eventSource":
        return [tick("withCredentials", "withCredentials")];
      case "beacon":
        return [this.#body(call)];
      case "img":
      case "media":
      case "script":
      case "stylesheet":
      case "track":
        return [choice("crossorigin", call, "crossOrigin", ["", "anonymous", "use-credentials"])];
      case "preload":
        return [
          choice("as", call, "as", ["fetch", "font", "image", "script", "style", "track"]),
          choice("crossorigin", call, "crossOrigin", ["", "anonymous", "use-credentials"]),
        ];
      default:
        return [];
    }
  }

  #body(holder: Record<string, unknown>): Child {
    const body = holder["body"] as { type: string; text?: string; mimeType?: string } | undefined;
    const kinds: Record<string, unknown> = {
      "": undefined,
      text: { type: "text", text: "{}" },
      form: { type: "urlSearchParams", text: "a=1" },
      files: { type: "formData" },
      "json blob": { type: "blob", mimeType: "application/json", length: 2 },
      bytes: { type: "bytes", length: 16 },
      stream: { type: "stream" },
    };
    const types: Record<string, string> = { text: "text", urlSearchParams: "form", formData: "files", blob: "json blob", bytes: "bytes", stream: "stream" };
    return field("body", select(body === undefined ? "" : (types[body.type] ?? ""), Object.keys(kinds), (kind) => {
      if (kind === "") delete holder["body"];
      else holder["body"] = structuredClone(kinds[kind]);
      this.#say();
    }));
  }

  #requestHeaders(call: Loose): Child {
    if (call.api !== "fetch" && call.api !== "xhr") return null;
    const holder = call.api === "fetch" ? member(call, "init") : call;
    return field("Headers that script sets", lines((holder["headers"] ?? []) as Pairs, "Content-Type: application/json", (pairs) => {
      if (pairs.length === 0) delete holder["headers"];
      else holder["headers"] = pairs;
      this.#say();
    }), "wide");
  }

  #answer(answers: Answer[], answer: Answer, at: number, role: HTMLElement | undefined): HTMLElement {
    const failed = "failure" in answer;
    const given = answer as { status: number; headers?: Pairs };
    return h(
      "div",
      { class: "answer-fields" },
      h("div", { class: "console-bar" }, role ?? h("p", { class: "role" }), button({ class: "quiet" }, () => {
        answers.splice(at, 1);
        this.#again();
      }, "Remove")),
      h(
        "div",
        { class: "row" },
        failed
          ? field("No answer", select(answer.failure, ["connection", "offline", "refused", "nameNotFound", "closed", "malformed", "aborted"], (value) => {
              answer.failure = value as typeof answer.failure;
              this.#say();
            }))
          : field("Status", number(given.status, (value) => {
              given.status = value;
              this.#say();
            }), "narrow"),
        button({ class: "quiet" }, () => {
          answers[at] = failed ? structuredClone(FRESH) : { failure: "connection" };
          this.#again();
        }, failed ? "The server answers" : "Nobody answers"),
      ),
      !failed && field("Header lines", lines(given.headers ?? [], "Access-Control-Allow-Origin: https://app.example", (pairs) => {
        given.headers = pairs;
        this.#say();
      }), "wide"),
    );
  }
}

function blank(): Scenario {
  return { page: { url: "https://app.example/" }, fetches: [{ call: { api: "fetch", url: "https://api.example/items", init: {} }, answers: [] }] } as unknown as Scenario;
}

/** Whether nothing was written into a call yet that a preset would take away. */
function untouched(fetch: Fetch): boolean {
  return (fetch.answers ?? []).length === 0;
}

function member(holder: Loose, name: string): Record<string, unknown> {
  return (holder[name] ??= {}) as Record<string, unknown>;
}

