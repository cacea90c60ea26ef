// All that the page holds: what is asked, and what the engine says of it. Views are functions of this.

import type { Inspection } from "../engine/engine.js";
import { EMPTY, same, type Question } from "./question.ts";

export interface State {
  question: Question;
  /** The answer to `question`, or to an earlier one as long as `pending` is true. Null before the first. */
  inspection: Inspection | null;
  /** Whether the answer to the present question is still being made. */
  pending: boolean;
  /** What went wrong with the engine itself. */
  failure: string | null;
  /** Which of several fetches is shown. */
  selected: number;
  /** Which panel below the verdict is open; empty for the one that suits the verdict. */
  panel: string;
}

export type Listener = (state: Readonly<State>, before: Readonly<State>) => void;

export class Store {
  #state: State = { question: EMPTY, inspection: null, pending: false, failure: null, selected: 0, panel: "" };
  readonly #listeners: Listener[] = [];

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Calls `listener` after every change. */
  subscribe(listener: Listener): void {
    this.#listeners.push(listener);
  }

  set(change: Partial<State>): void {
    const before = this.#state;
    this.#state = { ...before, ...change };
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  /** Asks another question, or does nothing where it is the same. */
  ask(question: Question): void {
    if (!same(question, this.#state.question)) this.set({ question });
  }
}

/** The page's one store. */
export const store = new Store();
