// The box for the paste, whichever editor is in it. The textarea always holds the text: for the browser, which restores it,
// and for whoever looks for it.

import type { Mark } from "../../engine/engine.js";

/** A change of the text: what stands from `start` to `end` becomes `insert`. All places are those before any change. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
}

/** What a mark offers: a press of `label` makes the edits. */
export interface QuickFix {
  start: number;
  end: number;
  label: string;
  edits: readonly Edit[];
}

/** What an editor can do. */
export interface Surface {
  text: string;
  /** Makes changes that can be undone at once. */
  edit(edits: readonly Edit[]): void;
  mark(marks: Mark[], fixes: readonly QuickFix[]): void;
  focus(): void;
  select(start: number, end: number): void;
  /** Another editor takes its place. */
  leave(): void;
}

export class EditorHost {
  #surface: Surface;
  readonly #mirror: HTMLTextAreaElement;
  #marks: Mark[] = [];
  #fixes: readonly QuickFix[] = [];

  constructor(surface: Surface, mirror: HTMLTextAreaElement) {
    this.#surface = surface;
    this.#mirror = mirror;
  }

  get text(): string {
    return this.#surface.text;
  }

  set text(text: string) {
    this.#surface.text = text;
    this.mirror();
  }

  edit(edits: readonly Edit[]): void {
    this.#surface.edit(edits);
    this.mirror();
  }

  mark(marks: Mark[], fixes: readonly QuickFix[] = []): void {
    this.#marks = marks;
    this.#fixes = fixes;
    this.#surface.mark(marks, fixes);
  }

  /** Takes the marks away, until those of the present text are known. */
  unmark(): void {
    if (this.#marks.length > 0) this.mark([]);
  }

  focus(): void {
    this.#surface.focus();
  }

  select(start: number, end: number): void {
    this.#surface.select(start, end);
  }

  /** Puts another editor into the place of the present one. */
  become(surface: Surface): void {
    surface.text = this.#surface.text;
    this.#surface.leave();
    this.#surface = surface;
    this.mark(this.#marks, this.#fixes);
  }

  /** Lets the textarea hold what the editor holds. */
  mirror(): void {
    if (this.#mirror.value !== this.#surface.text) this.#mirror.value = this.#surface.text;
  }
}
