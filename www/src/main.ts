// Wires the boxes, the engine, the results and the address together.

import type { Inspection } from "../engine/engine.js";
import { copyAndSay } from "./copy.ts";
import { byId, h } from "./dom.ts";
import { Editor } from "./editor.ts";
import { load, type Inspect } from "./engine.ts";
import { EXAMPLES } from "./examples.ts";
import * as address from "./link.ts";
import { EMPTY, same, type Question } from "./question.ts";
import { peek, results, spoken } from "./results.ts";
import { prose, visible } from "./text.ts";
import { measured } from "./measured.ts";

/** An inspection that took longer than this is not repeated on every key. */
const INSTANT_MS = 30;
const LONGEST_WAIT_MS = 1000;
/** Browsers limit how often a page may change its address. */
const SAVE_AFTER_MS = 400;
/** Typing should not be talked over. */
const SPEAK_AFTER_MS = 1200;

const page = byId("page", HTMLInputElement);
const pageProblem = byId("page-problem", HTMLElement);
const credentials = byId("credentials", HTMLSelectElement);
const mode = byId("mode", HTMLSelectElement);
const assumed = byId("assumed", HTMLElement);
const output = byId("results", HTMLElement);
const said = byId("spoken", HTMLElement);
const remark = byId("tools-remark", HTMLElement);
const verdictHeading = byId("verdict-heading", HTMLElement);
const peekLink = byId("peek", HTMLAnchorElement);
const bringBack = byId("bring-back", HTMLButtonElement);
const editor = new Editor({
  textarea: byId("paste", HTMLTextAreaElement),
  backdrop: byId("backdrop", HTMLElement),
  list: byId("marks", HTMLElement),
  summary: byId("marks-summary", HTMLElement),
});

/** What was in the boxes before an example, a link or “Clear” replaced it. */
let replaced: Question | null = null;
let inspect: Inspect | null = null;
let inspecting = 0;
/** How long the last inspection took; the first one, which also warms the engine up, does not count. */
let lastTook = 0;
let inspectedText: string | null = null;
let saving = 0;
let speaking = 0;
let verdictInView = false;
const kept = { opened: new Map<string, boolean>(), answerBox: answerBox() };
/** What the answer box adds to the text before the answer: the request that it belongs to. */
let missingRequest = "";

function question(): Question {
  return {
    page: page.value,
    paste: editor.text,
    credentials: credentials.value as Question["credentials"],
    mode: mode.value as Question["mode"],
  };
}

/** Puts a question into the boxes. */
function fill(asked: Question): void {
  page.value = asked.page;
  editor.text = asked.paste;
  credentials.value = asked.credentials;
  mode.value = asked.mode;
}

/** Replaces what is in the boxes, and keeps it where it can be brought back. */
function replace(asked: Question): void {
  const before = question();
  const typed = !same(before, EMPTY) && !EXAMPLES.some((example) => same(example.question, before));
  if (typed) replaced = before;
  fill(asked);
  bringBack.hidden = replaced === null || same(replaced, asked);
  kept.opened.clear();
  changed();
}

/** Something in the boxes is another than before. */
function changed(): void {
  remark.textContent = "";
  clearTimeout(saving);
  saving = window.setTimeout(save, SAVE_AFTER_MS);
  clearTimeout(inspecting);
  if (lastTook <= INSTANT_MS) update();
  else {
    // Marks of another text would lie.
    if (editor.text !== inspectedText) editor.unmark();
    inspecting = window.setTimeout(update, Math.min(lastTook * 3, LONGEST_WAIT_MS));
  }
}

function update(): void {
  if (inspect === null) return;
  const asked = question();
  const from = performance.now();
  try {
    show(asked, inspect(asked));
  } catch (error) {
    editor.mark([]);
    output.replaceChildren(h("p", { class: "card problem" }, "This should not have happened: the engine stopped at this text. Your text is untouched. ", visible(String(error), 500)));
  }
  lastTook = inspectedText === null ? 0 : performance.now() - from;
  inspectedText = asked.paste;
}

function show(asked: Question, inspection: Inspection): void {
  pageProblem.replaceChildren(prose(inspection.pageProblem ?? ""));
  pageProblem.hidden = inspection.pageProblem === null;
  page.setAttribute("aria-invalid", String(inspection.pageProblem !== null));
  assumed.replaceChildren(...inspection.assumptions.map((sentence) => h("li", {}, prose(sentence))));
  editor.mark(inspection.marks);
  output.replaceChildren(
    ...inspection.problems.map((problem) => h("p", { class: "card problem" }, prose(problem))),
    ...(inspection.fetches.length > 0 ? results(inspection.fetches, kept) : [nothingYet(asked, inspection)]),
  );
  peekLink.replaceChildren(...peek(inspection.fetches));
  showPeek();
  missingRequest = inspection.fetches.find(({ missing }) => missing !== null)?.missing?.http ?? "";
  clearTimeout(speaking);
  speaking = window.setTimeout(() => {
    const sentence = spoken(inspection.fetches);
    if (said.textContent !== sentence) said.textContent = sentence;
  }, SPEAK_AFTER_MS);
}

/** The box that takes the missing answer and puts it below the text. */
function answerBox(): HTMLElement {
  const box = h("textarea", { id: "answer-paste", rows: "5", dir: "ltr", "aria-describedby": "answer-hint" });
  box.spellcheck = false;
  const add = h("button", { type: "button" }, "Add it to the text");
  add.addEventListener("click", () => {
    const answer = box.value.trim();
    if (answer === "") {
      box.focus();
      return;
    }
    // With its request before it, there is no doubt which one it answers.
    const added = /^HTTP\//i.test(answer) ? `${missingRequest.trim()}\n\n${answer}` : answer;
    editor.text = `${editor.text.trimEnd()}\n\n${added}\n`.trimStart();
    box.value = "";
    changed();
    verdictHeading.focus({ preventScroll: true });
    verdictHeading.scrollIntoView({ block: "nearest" });
  });
  return h(
    "div",
    { class: "paste-answer" },
    h("label", { for: "answer-paste" }, "Its answer"),
    h("p", { class: "hint", id: "answer-hint" }, "Send it with curl, and paste here all that comes back."),
    box,
    add,
  );
}

function showPeek(): void {
  peekLink.hidden = verdictInView || !peekLink.hasChildNodes();
}

function nothingYet({ paste }: Question, inspection: Inspection | null): HTMLElement {
  if (paste.trim() === "") {
    return h(
      "div",
      { class: "card empty" },
      h("p", {}, "Nothing to decide yet. The verdict stands here as you type."),
      h(
        "ol",
        {},
        h("li", {}, "Write the origin of the page whose script makes the request."),
        h("li", {}, "Paste the request and, below it, what the server answered. If you have no answer, you are told what to send."),
      ),
      h("p", {}, "Or press one of the examples."),
    );
  }
  return h("p", { class: "card empty" }, "No verdict yet: ", inspection?.pageProblem != null ? "the origin of the page is missing or wrong." : "there is no request and no answer in this text that could be read.");
}

/** Keeps the question in the address, or where it is too long for one, beside it. */
function save(): void {
  clearTimeout(saving);
  saving = 0;
  const asked = question();
  const fragment = address.write(asked);
  const fits = fragment.length <= address.LONGEST;
  const url = same(asked, EMPTY) || !fits ? location.pathname + location.search : `#${fragment}`;
  try {
    history.replaceState(fits ? null : asked, "", url);
  } catch {
    // A browser that refuses has been asked too often, or for too much: the boxes still hold everything.
  }
}

/** Reads the address. What stands in the boxes is replaced only by something that could be read. */
function restore(): void {
  const state: unknown = history.state;
  if (isQuestion(state)) {
    fill(state);
    update();
    return;
  }
  const link = address.read(location.hash);
  if (link === null) return;
  if (!same(link.question, EMPTY)) {
    replace(link.question);
    clearTimeout(saving); // The address says it already, and a damaged one stays to be looked at.
    saving = 0;
  }
  remark.textContent = link.problem ?? "";
}

function isQuestion(state: unknown): state is Question {
  if (typeof state !== "object" || state === null) return false;
  return Object.keys(EMPTY).every((key) => typeof (state as Record<string, unknown>)[key] === "string");
}

// A link to a place on the page would take the question out of the address.
for (const skip of [peekLink, byId("skip", HTMLAnchorElement)]) {
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    verdictHeading.focus({ preventScroll: true });
    verdictHeading.scrollIntoView();
  });
}
new IntersectionObserver(([entry]) => {
  verdictInView = entry !== undefined && (entry.isIntersecting || entry.boundingClientRect.top < 0);
  showPeek();
}).observe(verdictHeading);

for (const { name, question: asked } of EXAMPLES) {
  const button = h("button", { type: "button" }, name);
  button.addEventListener("click", () => replace(asked));
  byId("examples", HTMLElement).append(button);
}

byId("ask", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
byId("ask", HTMLFormElement).addEventListener("input", changed);
byId("clear", HTMLButtonElement).addEventListener("click", () => {
  replace(EMPTY);
  page.focus();
});
bringBack.addEventListener("click", () => {
  if (replaced !== null) replace(replaced);
});
byId("copy-link", HTMLButtonElement).addEventListener("click", (event) => {
  save();
  if (history.state !== null) remark.textContent = `This text is too long for a link (more than ${address.LONGEST.toLocaleString("en")} characters). It is kept in this tab.`;
  else void copyAndSay(event.currentTarget as HTMLButtonElement, location.href);
});
window.addEventListener("hashchange", restore);
window.addEventListener("pagehide", () => {
  if (saving !== 0) save();
});

byId("measured", HTMLElement).textContent = measured();
output.replaceChildren(nothingYet(EMPTY, null));
restore();
load().then(
  (loaded) => {
    inspect = loaded;
    update();
  },
  (error: unknown) => output.replaceChildren(h("p", { class: "card problem" }, error instanceof Error ? error.message : String(error))),
);
