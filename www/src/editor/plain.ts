// The box for the paste as a plain textarea, over a backdrop that repeats its text, where the marks are drawn. It is there at
// once, and stays where the larger editor does not load.

import type { Mark } from "../../engine/engine.js";
import { h } from "../dom.ts";
import type { Edit, Surface } from "./host.ts";

/** Above this the backdrop costs more than it shows; the list of places still says everything. */
const LARGEST_BACKDROP = 100_000;

export class PlainEditor implements Surface {
  readonly #textarea: HTMLTextAreaElement;
  readonly #backdrop: HTMLElement;
  #marks: Mark[] = [];
  /** The marks that the backdrop shows; those within others it does not. */
  readonly #drawn = new Map<string, HTMLElement>();
  readonly #scrolled = () => this.#scroll();

  constructor(textarea: HTMLTextAreaElement, backdrop: HTMLElement) {
    this.#textarea = textarea;
    this.#backdrop = backdrop;
    textarea.addEventListener("scroll", this.#scrolled, { passive: true });
  }

  get text(): string {
    return this.#textarea.value;
  }

  /** Replaces the text, if it is another one: the caret and the browser's undo survive otherwise. */
  set text(text: string) {
    if (this.#textarea.value !== text) this.#textarea.value = text;
  }

  edit(edits: readonly Edit[]): void {
    // From the end, so that the places before stay where they are. `insertText` is what browsers can undo.
    this.#textarea.focus();
    for (const { start, end, insert } of [...edits].sort((one, other) => other.start - one.start)) {
      this.#textarea.setSelectionRange(start, end);
      if (!document.execCommand("insertText", false, insert)) this.#textarea.setRangeText(insert, start, end, "end");
    }
  }

  mark(marks: Mark[]): void {
    this.#marks = marks;
    this.#paint();
    this.#textarea.setAttribute("aria-invalid", String(marks.some((mark) => mark.kind !== "note")));
  }

  focus(): void {
    this.#textarea.focus();
  }

  select(start: number, end: number): void {
    this.#textarea.focus();
    this.#textarea.setSelectionRange(start, Math.max(end, start));
    // Chromium scrolls a selection into view only for typing, so the line is put into the middle by the backdrop's measure.
    const top = this.#drawn.get(`${start}-${end}`)?.offsetTop;
    if (top !== undefined) this.#textarea.scrollTop = Math.max(0, top - this.#textarea.clientHeight / 2);
  }

  leave(): void {
    this.#textarea.removeEventListener("scroll", this.#scrolled);
    this.#backdrop.replaceChildren();
  }

  #paint(): void {
    const text = this.text;
    this.#drawn.clear();
    if (text.length > LARGEST_BACKDROP || this.#marks.length === 0) {
      this.#backdrop.replaceChildren();
      return;
    }
    const nodes: Node[] = [];
    let from = 0;
    for (const { start, end, kind } of this.#marks) {
      if (start < from || end > text.length) continue;
      const drawn = h("mark", { class: kind }, text.slice(start, end));
      this.#drawn.set(`${start}-${end}`, drawn);
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
}
