// “Try it here”: sends the pasted request from the visitor's own browser, and compares. Nothing is sent before a press.

import type { Trial } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { trialsOf } from "../engine.ts";
import type { Question } from "../question.ts";
import { prose, visible } from "../text.ts";
import { thisBrowser } from "./browser.ts";
import { compare, type Comparison } from "./compare.ts";
import { PATIENCE_MS, refusal, type Job, type Observed } from "./observed.ts";

const FRAME = new URL("./try.html", document.baseURI).href;
const SAFE_METHODS = /^(GET|HEAD|OPTIONS)$/i;

/** The panel for the fetch at `index` of a question. */
export function tryIt(question: Question, index: number): HTMLElement {
  const { profile, name } = thisBrowser();
  if (location.origin === "null" || !location.protocol.startsWith("http")) {
    return h("div", { class: "try-it" }, h("p", { class: "hint" }, "A page that was opened from a file has no origin to ask from. Serve it over http or https, and your browser can send the request itself."));
  }
  const trial = trialsOf(question, FRAME, profile)[index];
  if (trial === undefined) return h("div", { class: "try-it" }, h("p", { class: "hint" }, "There is no request here that a page could send."));
  return h(
    "div",
    { class: "try-it" },
    h("p", {}, "Your browser can send the request itself, from this page, and what it does is compared with what Corscope expects of it. Nothing is sent before you press the button."),
    h("p", { class: "hint" }, "It asks as ", h("code", {}, location.origin), " and not as your page, and the server may answer that otherwise. If you are logged in there, its cookies may go along, as from any page."),
    one(trial, name),
  );
}

function one(trial: Trial, name: string): HTMLElement {
  const { call } = trial;
  const title = `${methodOf(call)} ${String(call.url)}`;
  const refused = refusal(call);
  if (refused !== null) return h("p", { class: "hint" }, "Not tried: ", h("code", {}, visible(title, 200)), ". ", refused);
  const results = h("div", { class: "tried", role: "status" });
  const button = h("button", { type: "button" }, "Send ", visible(title, 80), " from here");
  const stop = h("button", { type: "button" }, "Stop");
  stop.hidden = true;
  const warning = !SAFE_METHODS.test(methodOf(call)) && h("p", { class: "hint" }, "This request may change something on the server: CORS does not hold the browser back from sending it.");
  button.addEventListener("click", () => {
    const running = run({ call, base: trial.base });
    button.disabled = true;
    stop.hidden = false;
    stop.onclick = () => running.cancel();
    results.replaceChildren(h("p", {}, "Waiting for an answer …"));
    void running.done.then((observed) => {
      button.disabled = false;
      stop.hidden = true;
      results.replaceChildren(...(observed === null ? [h("p", {}, "Stopped. The request may have reached the server.")] : shown(compare(trial, observed), trial, name)));
    });
  });
  return h("div", { class: "trial" }, warning, h("p", { class: "buttons" }, button, " ", stop), results);
}

function methodOf(call: Trial["call"]): string {
  if (call.api === "fetch") return call.init?.method ?? "GET";
  if (call.api === "xhr") return call.method ?? "GET";
  return call.api === "beacon" ? "POST" : "GET";
}

function shown({ agrees, seen, differences }: Comparison, { verdict }: Trial, name: string): HTMLElement[] {
  const did = h("p", { class: "seen" }, h("strong", {}, `${name}: `), prose(seen));
  if (agrees === null) return [did, h("p", { class: "hint" }, "There was nothing to compare it with: the text does not have the answer.")];
  if (agrees) return [did, h("p", { class: "agrees" }, h("strong", {}, "As expected. "), prose(verdict.sentence))];
  return [
    did,
    h("p", { class: "differs" }, h("strong", {}, "Not as expected. "), "From the answers in the text, asked from here: ", prose(verdict.sentence)),
    h("ul", {}, ...differences.map((difference) => h("li", {}, prose(difference)))),
    h("p", { class: "hint" }, "Most often the server has answered otherwise than in the text: it may look at the origin, at cookies, or have changed. An extension, a cache or another version of the browser may also be the reason. The network panel of the developer tools shows what really came."),
  ];
}

/** Makes the call in a frame of its own, which is gone afterwards. */
function run(job: Job): { done: Promise<Observed | null>; cancel: () => void } {
  const frame = h("iframe", { title: "Sends the request", "aria-hidden": "true" });
  frame.hidden = true;
  let finish: (observed: Observed | null) => void = () => {};
  const done = new Promise<Observed | null>((resolve) => (finish = resolve)).finally(() => {
    clearTimeout(limit);
    window.removeEventListener("message", take);
    frame.remove();
  });
  const limit = setTimeout(() => finish({ kind: "timeout" }), PATIENCE_MS + 5000);
  const take = (event: MessageEvent<Observed | "ready">) => {
    if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
    if (event.data === "ready") frame.contentWindow?.postMessage(job, location.origin);
    else finish(event.data);
  };
  window.addEventListener("message", take);
  frame.src = FRAME;
  document.body.append(frame);
  return { done, cancel: () => finish(null) };
}
