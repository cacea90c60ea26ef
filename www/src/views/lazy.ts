// Views whose code comes when somebody looks at them.

import { h } from "../dom.ts";

/** A view that is drawn by a part of the page that is loaded once. After that it is drawn at once. */
export class Lazy<T> {
  readonly #load: () => Promise<T>;
  #loaded: T | null = null;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  draw(view: (part: T) => Node): HTMLElement {
    const box = h("div", { class: "lazy" });
    if (this.#loaded !== null) box.append(view(this.#loaded));
    else {
      box.append(h("p", { class: "hint" }, "One moment …"));
      this.load().then(
        (part) => box.replaceChildren(view(part)),
        (error: unknown) => box.replaceChildren(h("p", { class: "problem" }, `This part of the page did not load. Reload the page. (${String(error)})`)),
      );
    }
    return box;
  }

  /** Loads it, where it is not there yet. */
  async load(): Promise<T> {
    return (this.#loaded ??= await this.#load());
  }
}
