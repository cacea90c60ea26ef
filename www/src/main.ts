// Wires the boxes, the engine, the answer and the address together.

import { Asker, type Answered } from "./asking.ts";
import { copyAndSay } from "./copy.ts";
import { button, byId, h, inside } from "./dom.ts";
import { fixes } from "./editor/fixes.ts";
import { EditorHost, type Edit } from "./editor/host.ts";
import { PlainEditor } from "./editor/plain.ts";
import { loadFirst, reader } from "./engine.ts";
import { EXAMPLES } from "./examples.ts";
import * as address from "./link.ts";
import type { Form } from "./form/form.ts";
import { hand, isRecording, isSession, LARGEST, START } from "./har/recording.ts";
import { measured } from "./measured.ts";
import { keepForOffline } from "./offline/register.ts";
import { PLACES, placeOf, type Desk } from "./places.ts";
import { EMPTY, same, type Question } from "./question.ts";
import { linkTo, maskedNotice, type Link } from "./share/link.ts";
import { TOO_LONG } from "./share/view.ts";
import { store, type State } from "./store.ts";
import { prose, visible } from "./text.ts";
import { answer, mostWanted, selected } from "./views/answer.ts";
import { answerBox } from "./views/missing.ts";
import { prepare } from "./views/panels.ts";
import { places, summary } from "./views/places.ts";
import { peek, spoken } from "./views/verdict.ts";
import { recognised } from "./views/recognised.ts";

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
const marks = byId("marks", HTMLElement);
const verdictHeading = byId("verdict-heading", HTMLElement);
const peekLink = byId("peek", HTMLAnchorElement);
const bringBack = byId("bring-back", HTMLButtonElement);
const textarea = byId("paste", HTMLTextAreaElement);

export const editor = new EditorHost(new PlainEditor(textarea, byId("backdrop", HTMLElement)), textarea);

/** Puts the larger editor in the place of the plain one, as soon as there is time. Where it does not load, the plain one stays. */
async function upgrade(): Promise<void> {
  const { CodeEditor } = await import("./editor/code.ts");
  const into = h("div", { class: "code-editor", id: "code" });
  byId("editor", HTMLElement).append(into);
  const focused = document.activeElement === textarea;
  const { selectionStart, selectionEnd } = textarea;
  const typed = () => {
    editor.mirror();
    changed();
  };
  const code = new CodeEditor(into, { label: "Request and answers", placeholder: textarea.placeholder, changed: typed });
  editor.become(code);
  byId("editor", HTMLElement).dataset["editor"] = "code";
  textarea.tabIndex = -1;
  if (focused && editor.text === "") code.focus();
  else if (focused) code.select(selectionStart, selectionEnd);
}

/** What was in the boxes before an example, a link or “Clear” replaced it. */
let replaced: Question | null = null;
/** What a situation put into the boxes: nobody typed it. */
let opened: Question | null = null;
let asker: Asker | null = null;
let saving = 0;
/** Whether the address still says something else than the boxes. */
let unsaved = false;
let speaking = 0;
let verdictInView = false;
const kept = new Map<string, string>();
/** How wide the answer may be. Asked for while the page is being changed, it would be laid out twice. */
let room: number | null = null;
/** What the answer box adds to the text before the answer: the request that it belongs to. */
let missingRequest = "";
const box = answerBox((given) => {
  // With its request before it, there is no doubt which one it answers.
  const added = /^HTTP\//i.test(given) ? `${missingRequest.trim()}\n\n${given}` : given;
  const text = editor.text;
  const end = text.trimEnd().length;
  editor.edit([{ start: end, end: text.length, insert: `${end === 0 ? "" : "\n\n"}${added}\n` }]);
  changed();
  verdictHeading.focus({ preventScroll: true });
  verdictHeading.scrollIntoView({ block: "nearest" });
});

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
export function replace(asked: Question): void {
  const before = question();
  const given = [EMPTY, ...EXAMPLES.map((example) => example.question), ...(opened === null ? [] : [opened])];
  const typed = !given.some((one) => same(one, before));
  if (typed) replaced = before;
  fill(asked);
  bringBack.hidden = replaced === null || same(replaced, asked);
  store.set({ panel: "" });
  changed();
}

/** Changes the text by edits that can be undone, and asks again. */
export function apply(edits: readonly Edit[]): void {
  editor.edit(edits);
  changed();
}

/** Something in the boxes is another than before. */
export function changed(): void {
  remark.textContent = "";
  clearTimeout(saving);
  unsaved = true;
  const there = location.href;
  // Another address may be there by then, of whose coming nobody has been told yet. Without the engine it stands beside the address.
  saving = window.setTimeout(() => location.href === there && void save().catch(() => undefined), SAVE_AFTER_MS);
  const asked = question();
  if (same(asked, store.state.question) && store.state.inspection !== null) return;
  const typed = asked.paste !== store.state.question.paste;
  store.set({ question: asked, pending: true });
  // Marks of another text would lie.
  const from = performance.now();
  if (asker === null) return;
  // With its answer on the page: `www/speed.mjs` reads how long that took.
  if (asker.ask(asked)) performance.measure("asked", { start: from });
  else if (typed) editor.unmark();
}

function answered(asked: Question, result: Answered): void {
  if (!same(asked, question())) return;
  if ("failure" in result) {
    store.set({ inspection: null, failure: result.failure, pending: false });
    return;
  }
  const { inspection } = result;
  const count = store.state.inspection?.fetches.length;
  const wanted = count === inspection.fetches.length ? store.state.selected : mostWanted(inspection.fetches);
  store.set({ inspection, failure: null, pending: false, selected: wanted });
  if (inspection.fetches.length > 0 && performance.getEntriesByName("answer").length === 0) performance.mark("answer");
}

function draw(state: Readonly<State>, before: Readonly<State>): void {
  document.body.dataset["state"] = state.question.paste.trim() === "" && !document.body.hasAttribute("data-building") ? "empty" : "asked";
  output.toggleAttribute("data-pending", state.pending);
  const { inspection, failure } = state;
  if (failure !== null) {
    editor.mark([]);
    output.replaceChildren(h("p", { class: "card problem" }, "This should not have happened: the engine stopped at this text. Your text is untouched. ", visible(failure, 500)));
    return;
  }
  if (inspection === null) return;
  if (inspection !== before.inspection) inspected(inspection);
  if (inspection !== before.inspection || state.selected !== before.selected || state.panel !== before.panel) redraw();
}

/** What stands beside the box. */
function inspected(inspection: NonNullable<State["inspection"]>): void {
  pageProblem.replaceChildren(prose(inspection.pageProblem ?? ""));
  pageProblem.hidden = inspection.pageProblem === null;
  page.setAttribute("aria-invalid", String(inspection.pageProblem !== null));
  page.placeholder = inspection.origin === null ? "https://app.example" : inspection.origin;
  byId("recognised", HTMLElement).textContent = recognised(inspection.recognised);
  assumed.replaceChildren(...inspection.assumptions.map((sentence) => h("li", {}, prose(sentence))));
  byId("assumed-box", HTMLElement).hidden = inspection.assumptions.length === 0;
  byId("assumed-count", HTMLElement).textContent = `Taken for granted (${inspection.assumptions.length})`;
  const quick = fixes(inspection);
  editor.mark(inspection.marks, quick);
  marks.hidden = inspection.marks.length === 0;
  marks.replaceChildren(...places(editor.text, inspection.marks, quick, ({ start, end }) => editor.select(start, end), ({ edits }) => apply(edits)));
  byId("marks-summary", HTMLElement).textContent = summary(inspection.marks);
  missingRequest = inspection.fetches.find(({ missing }) => missing !== null)?.missing?.http ?? "";
  clearTimeout(speaking);
  speaking = window.setTimeout(() => {
    const sentence = spoken(inspection.fetches);
    if (said.textContent !== sentence) said.textContent = sentence;
  }, SPEAK_AFTER_MS);
}

/** Draws the answer. */
export function redraw(printing = false): void {
  const { state } = store;
  if (state.inspection === null) return;
  const focused = document.activeElement?.id ?? "";
  kept.set("room", String((room ?? output.clientWidth) - 40));
  output.replaceChildren(...(state.question.paste.trim() === "" ? [] : answer(state.inspection, { state, kept, redraw, select: (start, end) => editor.select(start, end), apply, ask: replace }, box, printing)));
  if (focused !== "" && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  const { fetches } = state.inspection;
  peekLink.replaceChildren(...peek(fetches[selected(fetches, state.selected)]));
  showPeek();
}

function showPeek(): void {
  peekLink.hidden = verdictInView || !peekLink.hasChildNodes();
}

/** Keeps the question in the address, or where it is too long for one, beside it; and gives the link that leads to it. */
async function save(): Promise<Link> {
  const asked = question();
  if (!byId("lesson", HTMLElement).hidden) leave();
  // As long as it is being compressed, it stands beside the address.
  const here = location.href;
  keep(asked, here);
  const link = await linkTo(asked);
  const { url, masked } = link;
  // What was typed on meanwhile is kept in its turn, and what was left has its own address. Secrets are for this tab alone.
  if (location.href === here && same(asked, question())) keep(url === null || masked > 0 ? asked : null, same(asked, EMPTY) || url === null ? HERE() : url);
  return link;
}

const HERE = (): string => location.pathname + location.search;

function keep(state: Question | null, url: string): void {
  unsaved = false;
  try {
    history.replaceState(state, "", url);
  } catch {
    // A browser that refuses has been asked too often, or for too much: the boxes still hold everything.
  }
}

const desk: Desk = {
  open(asked) {
    replace(asked);
    opened = asked;
    clearTimeout(saving); // The address stays that of the place.
    unsaved = false;
  },
  ask(asked) {
    location.hash = "ask";
    replace(asked);
    void save().catch(() => undefined);
  },
  conceal: (hidden) => void document.body.toggleAttribute("data-concealed", hidden),
};

let form: Form | null = null;
/** What the form wrote last: only another question is read into it. */
let formWrote: Question | null = null;
/** The text that was read into the form and not changed by it yet: what it takes the place of can be brought back. */
let formRead: Question | null = null;
const modes = [button({ id: "mode-text", "aria-pressed": "true" }, () => build(false), "Text"), button({ id: "mode-form", "aria-pressed": "false" }, () => build(true), "Form")];

/** Shows the form in place of the text, or the text. */
async function build(shown: boolean): Promise<void> {
  const [text, built] = modes;
  text?.setAttribute("aria-pressed", String(!shown));
  built?.setAttribute("aria-pressed", String(shown));
  byId("editor", HTMLElement).hidden = shown;
  byId("built", HTMLElement).hidden = !shown;
  document.body.toggleAttribute("data-building", shown);
  draw(store.state, store.state);
  if (!shown) return;
  const [{ Form }, { question: writeScenario }, asks] = await Promise.all([import("./form/form.ts"), import("./scenario.ts"), reader()]);
  const fillForm = () => {
    if (form === null || byId("built", HTMLElement).hidden) return;
    const asked = question();
    if (formWrote === null || !same(asked, formWrote)) {
      form.load(asked.paste.trim() === "" ? null : asks.scenarioOf(asked));
      formRead = asked;
    }
    formWrote = asked;
    if (store.state.inspection !== null) form.name(store.state.inspection);
  };
  if (form === null) {
    form = new Form((scenario) => {
      const before = question();
      if (before.paste.trim() !== "" && formRead !== null && same(before, formRead)) replaced = before;
      formRead = null;
      formWrote = writeScenario(scenario, asks);
      fill(formWrote);
      bringBack.hidden = replaced === null;
      changed();
    });
    byId("built", HTMLElement).append(form.element);
    store.subscribe((state, before) => {
      if (state.inspection !== before.inspection) fillForm();
    });
  }
  fillForm();
}

/** Opens another place of the page, or leaves it. */
async function go(): Promise<void> {
  const named = placeOf(location.hash);
  for (const link of byId("places", HTMLElement).querySelectorAll("a")) {
    if (link.dataset["place"] === named?.place.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const before = location.hash;
  const shown = named === null ? {} : await named.place.show(named.rest, desk).catch((error: unknown) => ({ instead: h("p", { class: "card problem" }, "This part of the page did not load. Reload the page. ", visible(String(error), 300)) }));
  if (location.hash !== before) return;
  const [instead, above] = [byId("place", HTMLElement), byId("lesson", HTMLElement)];
  instead.replaceChildren(...("instead" in shown && shown.instead !== undefined ? [shown.instead] : []));
  above.replaceChildren(...("above" in shown && shown.above !== undefined ? [shown.above] : []));
  instead.hidden = !instead.hasChildNodes();
  above.hidden = !above.hasChildNodes();
  if (above.hidden) desk.conceal(false);
  if (named === null) return;
  window.scrollTo(0, 0);
  document.getElementById(above.hidden ? "place-heading" : "lesson-heading")?.focus({ preventScroll: true });
}

/** The text is another one than the situation's: its card goes. */
function leave(): void {
  byId("lesson", HTMLElement).hidden = true;
  byId("lesson", HTMLElement).replaceChildren();
  for (const link of byId("places", HTMLElement).querySelectorAll("a")) link.removeAttribute("aria-current");
  desk.conceal(false);
}

/** Reads the address. What stands in the boxes is replaced only by something that could be read. */
async function restore(): Promise<void> {
  void go();
  if (placeOf(location.hash) !== null) return;
  const state: unknown = history.state;
  if (isQuestion(state)) {
    fill(state);
    changed();
    return;
  }
  const [before, here] = [question(), location.href];
  const link = await address.read(location.hash);
  // What was typed or dropped meanwhile is newer than the address, and another address has its own turn.
  if (location.href !== here || !same(before, question())) return;
  if (link === null) {
    // Back from a place: what is in the boxes has an address of its own.
    if (location.hash === "#ask") await save().catch(() => undefined);
    return;
  }
  if (!same(link.question, EMPTY)) {
    replace(link.question);
    clearTimeout(saving); // The address says it already, and a damaged one stays to be looked at.
    unsaved = false;
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
}, { rootMargin: "0px 0px -35% 0px" }).observe(output);

new ResizeObserver(([entry]) => {
  // What is concealed for now has no width.
  if (entry !== undefined && entry.contentRect.width > 0) room = Math.round(entry.contentRect.width);
}).observe(output);

for (const { name, question: asked } of EXAMPLES) byId("examples", HTMLElement).append(button({}, () => replace(asked), name));
byId("examples", HTMLElement).append(inside("gallery", {}, "More situations"));

byId("modes", HTMLElement).append(h("div", { class: "segments" }, ...modes));
for (const { id, title } of PLACES) byId("places", HTMLElement).append(inside(id, { "data-place": id }, title));
byId("ask", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
byId("ask", HTMLFormElement).addEventListener("input", changed);
byId("clear", HTMLButtonElement).addEventListener("click", () => {
  replace(EMPTY);
  editor.focus();
});
// A file that is dropped on the box is its text, in place of the one that is there; a large recording has a place of its own.
const ask = byId("ask", HTMLFormElement);
ask.addEventListener("dragover", (event) => event.preventDefault());
ask.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (file === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  void takeFile(file);
}, { capture: true });
ask.addEventListener("paste", (event) => {
  if (!event.composedPath().includes(byId("editor", HTMLElement))) return;
  const [file] = event.clipboardData?.files ?? [];
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!isSession(text) && (file === undefined || text !== "")) return;
  event.preventDefault();
  event.stopPropagation();
  if (text !== "") hand(new File([text], "pasted.har", { type: "application/json" }));
  else if (file !== undefined) void takeFile(file);
}, { capture: true });

/** Takes a file: what is in it, or where it is a whole session, to the place for these. */
async function takeFile(file: File): Promise<void> {
  try {
    if (file.size > LARGEST) {
      if (isRecording(await file.slice(0, START).text())) return hand(file);
      remark.textContent = `${file.name} has more than ${LARGEST / 1e6} MB, and is no HAR: paste the exchange that matters.`;
      return;
    }
    const text = await file.text();
    if (isSession(text)) hand(file);
    else replace({ ...EMPTY, paste: text });
  } catch (error) {
    remark.textContent = `${file.name} could not be read: ${String(error)}`;
  }
}

bringBack.addEventListener("click", () => {
  if (replaced !== null) replace(replaced);
});
byId("tools", HTMLElement).append(
  button({ class: "quiet", id: "copy-link" }, (copy) => {
    const copyLink = async (): Promise<void> => {
      const link = await save();
      remark.textContent = link.url === null ? TOO_LONG : maskedNotice(link);
      if (link.url !== null) await copyAndSay(copy, link.url);
    };
    copyLink().catch((error: unknown) => (remark.textContent = error instanceof Error ? error.message : String(error)));
  }, "Copy link"),
);
window.addEventListener("hashchange", () => {
  // What was to be written belongs to the address that was left.
  if (location.hash !== "#ask") clearTimeout(saving);
  void restore();
});
window.addEventListener("pagehide", () => {
  // There is no time left to compress it.
  if (unsaved) keep(question(), HERE());
});
window.addEventListener("beforeprint", () => redraw(true));
window.addEventListener("afterprint", () => redraw());

byId("measured", HTMLElement).textContent = measured();
store.subscribe(draw);
keepForOffline();
void restore();

/** Asks what is in the boxes, whether it has been asked or not. */
function askAgain(): void {
  const asked = question();
  store.set({ question: asked, pending: true });
  asker?.ask(asked);
}

/** The whole engine has come. */
function whole(): void {
  document.body.dataset["engine"] = "whole";
  askAgain();
  prepare();
}

loadFirst({ over: whole, failed: (message) => (remark.textContent = message) }).then(
  (inspect) => {
    asker = new Asker(inspect, answered);
    askAgain();
    const later = "requestIdleCallback" in window ? (act: () => void) => requestIdleCallback(act, { timeout: 2000 }) : setTimeout;
    later(() => void upgrade().catch(() => undefined));
  },
  (error: unknown) => output.replaceChildren(h("p", { class: "card problem" }, error instanceof Error ? error.message : String(error))),
);
