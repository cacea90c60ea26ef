// The box for the paste: a plain textarea over a backdrop that repeats its text, where the marks are drawn. The same
// marks stand below as a list, for everybody who does not see colours or lines.

import type { Mark } from "../engine/engine.js";
import { h } from "./dom.ts";
import { place, prose, visible } from "./text.ts";

/** Above this the backdrop costs more than it shows; the list of places still says everything. */
const LARGEST_BACKDROP = 100_000;
/** More marks than anybody reads. */
const MOST_MARKS = 30;
/** Of a long line, this much around the marked bytes is shown. */
const AROUND = 60;

const KINDS: Record<Mark["kind"], string> = { blocked: "Blocked here", error: "Not read", warning: "Look here", note: "Note" };

export class Editor {
  readonly #textarea: HTMLTextAreaElement;
  readonly #backdrop: HTMLElement;
  readonly #list: HTMLElement;
  readonly #summary: HTMLElement;
  #marks: Mark[] = [];
  /** The marks that the backdrop shows; those within others it does not. */
  readonly #drawn = new Map<Mark, HTMLElement>();

  constructor(parts: { textarea: HTMLTextAreaElement; backdrop: HTMLElement; list: HTMLElement; summary: HTMLElement }) {
    this.#textarea = parts.textarea;
    this.#backdrop = parts.backdrop;
    this.#list = parts.list;
    this.#summary = parts.summary;
    this.#textarea.addEventListener("scroll", () => this.#scroll(), { passive: true });
  }

  get text(): string {
    return this.#textarea.value;
  }

  /** Replaces the text, if it is another one: the caret and the browser's undo survive otherwise. */
  set text(text: string) {
    if (this.#textarea.value !== text) this.#textarea.value = text;
  }

  /** Shows the marks of the present text. */
  mark(marks: Mark[]): void {
    this.#marks = marks;
    this.#paint();
    // What decides stands first, the others in the order of the text.
    const sorted = [...marks].sort((one, other) => Number(other.kind === "blocked") - Number(one.kind === "blocked"));
    const shown = sorted.slice(0, MOST_MARKS);
    this.#list.replaceChildren(...shown.map((mark) => this.#item(mark)));
    if (shown.length < marks.length) this.#list.append(h("li", { class: "more" }, `… and ${marks.length - shown.length} more places`));
    this.#list.hidden = marks.length === 0;
    this.#textarea.setAttribute("aria-invalid", String(marks.some((mark) => mark.kind !== "note")));
    this.#summary.textContent = marks.length === 0 ? "" : `${marks.length === 1 ? "One place is" : `${marks.length} places are`} marked; the list below the box names them.`;
  }

  /** Takes the marks away, until those of the present text are known. */
  unmark(): void {
    if (this.#marks.length === 0) this.#paint();
    else this.mark([]);
  }

  #paint(): void {
    const text = this.text;
    this.#drawn.clear();
    if (text.length > LARGEST_BACKDROP) {
      this.#backdrop.replaceChildren();
      return;
    }
    const nodes: Node[] = [];
    let from = 0;
    for (const mark of this.#marks) {
      const { start, end, kind } = mark;
      if (start < from || end > text.length) continue;
      const drawn = h("mark", { class: kind }, text.slice(start, end));
      this.#drawn.set(mark, drawn);
      nodes.push(document.createTextNode(text.slice(from, start)), drawn);
      from = end;
    }
    // A newline at the very end has no height of its own unless something follows.
    nodes.push(document.createTextNode(`${text.slice(from)}\n`));
    this.#backdrop.replaceChildren(...nodes);
    this.#scroll();
  }

  #scroll(): void {
    this.#backdrop.scrollTop = this.#textarea.scrollTop;
    this.#backdrop.scrollLeft = this.#textarea.scrollLeft;
  }

  #item(mark: Mark): HTMLElement {
    const { line, column, text, start, end } = place(this.text, mark.start, mark.end);
    const go = h("button", { type: "button", class: "place" }, `Line ${line}, column ${column}`);
    go.addEventListener("click", () => this.#select(mark));
    const left = Math.max(0, start - AROUND);
    const right = Math.min(text.length, end + AROUND);
    return h(
      "li",
      { class: mark.kind },
      h("p", { class: "where" }, h("span", { class: "kind" }, KINDS[mark.kind]), " ", go),
      text.trim() !== "" &&
        h(
          "p",
          { class: "excerpt", dir: "ltr" },
          left > 0 && "…",
          visible(text.slice(left, start)),
          h("mark", { class: mark.kind }, visible(text.slice(start, end), 200)),
          visible(text.slice(end, right)),
          right < text.length && "…",
        ),
      h("p", { class: "message" }, prose(mark.message)),
    );
  }

  #select(mark: Mark): void {
    this.#textarea.focus();
    this.#textarea.setSelectionRange(mark.start, Math.max(mark.end, mark.start));
    // Chromium scrolls a selection into view only for typing, so the line is put into the middle by the backdrop's measure.
    const top = this.#drawn.get(mark)?.offsetTop;
    if (top !== undefined) this.#textarea.scrollTop = Math.max(0, top - this.#textarea.clientHeight / 2);
  }
}
