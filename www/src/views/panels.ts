// The panels below the verdict, deeper and deeper: a row of tabs, and the one that is open. Add a panel by a row of `PANELS`.

import type { FetchView, FindingView } from "../../engine/engine.js";
import { button, h } from "../dom.ts";
import type { Question } from "../question.ts";
import type { State } from "../store.ts";
import { share } from "../share/view.ts";
import { tryIt } from "../tryit/view.ts";
import { browsers } from "./browsers.ts";
import type { Edit } from "../editor/host.ts";
import { findings, of } from "./findings.ts";
import { Lazy } from "./lazy.ts";
import { repairs } from "./repairs.ts";
import { script } from "./script.ts";
import { steps } from "./steps.ts";
import { wire } from "./wire.ts";

export interface Context {
  state: Readonly<State>;
  /** What outlives renderings, by a name of the view's own. */
  kept: Map<string, string>;
  /** Draws the answer anew. */
  redraw(): void;
  /** Shows a part of the text. */
  select(start: number, end: number): void;
  /** Changes the text, and asks again. */
  apply(edits: readonly Edit[]): void;
  /** Puts another question into the boxes. */
  ask(question: Question): void;
}

export interface Panel {
  id: string;
  title: string;
  /** Null where the fetch has nothing for it: then there is no tab. */
  draw(fetch: FetchView, context: Context): HTMLElement | null;
  /** Whether it is made only when it is opened: work that no key should wait for. `there` says whether there is a tab. */
  later?: true;
  there?(fetch: FetchView, context: Context): boolean;
  /** How many things are in it, for the tab; 0 shows none. */
  count?(fetch: FetchView, context: Context): number;
}

const lanes = new Lazy(() => import("./lanes.ts"));
const readers = new Lazy(() => import("./readers.ts"));

/** After how many seconds the later requests of the cache lane are made, if nobody chose. */
const LATER = 10;

/** Loads what panels are drawn by, while nothing else is to do: then a press is enough. */
export function prepare(): void {
  for (const part of [lanes, readers]) void part.load().catch(() => undefined);
}

export const PANELS: Panel[] = [
  { id: "repairs", title: "Fix it", draw: (fetch, { apply }) => repairs(fetch, apply), count: ({ repairs }) => repairs.length },
  { id: "script", title: "What script sees", draw: script },
  {
    id: "steps",
    title: "Steps",
    draw: (fetch, { kept, redraw }) =>
      steps(fetch, kept.get("decided") === "yes", (decided) => {
        kept.set("decided", decided ? "yes" : "no");
        redraw();
      }),
  },
  { id: "wire", title: "Wire", draw: wire },
  {
    id: "lanes",
    title: "Cookies and caches",
    later: true,
    there: ({ exchanges }, { state }) => isWhole(state) && exchanges.length > 0,
    draw: (_, { state, kept, redraw }) =>
      lanes.draw((part) =>
        part.lanes({
          question: state.question,
          fetches: state.inspection?.fetches ?? [],
          index: shown(state),
          after: Number(kept.get("after") ?? LATER),
          choose: (after) => {
            kept.set("after", String(after));
            redraw();
          },
        }),
      ),
  },
  {
    id: "readers",
    title: "Who can read it",
    later: true,
    there: ({ exchanges, api }, { state }) => isWhole(state) && exchanges.some(({ status }) => status !== null) && api !== "WebSocket",
    draw: (fetch, { state }) => readers.draw((part) => part.readers(state.question, fetch, shown(state))),
  },
  {
    id: "findings",
    title: "Worth knowing",
    draw: (_, { state, select, apply, ask }) => findings(found(state), select, apply, ask),
    count: (_, { state }) => found(state).length,
  },
  { id: "browsers", title: "Browsers", draw: browsers, count: ({ browsers }) => browsers.filter(({ differs }) => differs).length },
  { id: "try", title: "Try it here", later: true, draw: (_, { state }) => tryIt(state.question, state.selected) },
  { id: "share", title: "Share", later: true, draw: (_, { state }) => (state.inspection === null ? null : share(state.question, state.inspection)) },
];

/** Whether the engine is there that knows of more than verdicts. */
function isWhole({ inspection }: Readonly<State>): boolean {
  return inspection?.extent === "whole";
}

/** The index of the fetch that is shown. */
function shown({ inspection, selected }: Readonly<State>): number {
  return Math.max(0, Math.min(selected, (inspection?.fetches.length ?? 0) - 1));
}

function found(state: Readonly<State>): FindingView[] {
  return state.inspection === null ? [] : of(state.inspection, shown(state));
}

/** The tabs of a fetch. All panels are drawn where the page is printed. */
export function panels(fetch: FetchView, context: Context, wanted: string, choose: (id: string) => void, printing: boolean): HTMLElement | null {
  const there = PANELS.map((panel) => ({ panel, content: null as HTMLElement | null })).filter((row) => {
    if (row.panel.later === true) {
      const there = row.panel.there?.(fetch, context) ?? true;
      // On paper all is drawn that has something to read.
      if (there && printing && row.panel.there !== undefined) row.content = row.panel.draw(fetch, context);
      return there;
    }
    row.content = row.panel.draw(fetch, context);
    return row.content !== null;
  });
  const [first] = there;
  if (first === undefined) return null;
  const open = there.find(({ panel }) => panel.id === wanted) ?? first;
  open.content ??= open.panel.draw(fetch, context);
  const tab = ({ panel: { id, title, count } }: (typeof there)[number], index: number) => {
    const selected = id === open.panel.id;
    const number = count?.(fetch, context) ?? 0;
    const element = button(
      { role: "tab", id: `tab-${id}`, "aria-selected": String(selected), "aria-controls": `panel-${id}`, tabindex: selected ? "0" : "-1" },
      () => choose(id),
      title,
      number > 0 && h("span", { class: "count" }, String(number)),
    );
    element.addEventListener("keydown", (event) => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: there.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = there[(to + there.length) % there.length];
      if (next === undefined) return;
      choose(next.panel.id);
      document.getElementById(`tab-${next.panel.id}`)?.focus();
    });
    return element;
  };
  const panel = ({ panel: { id, title }, content }: (typeof there)[number]) =>
    h("section", { class: "card panel", role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` }, h("h3", { class: printing ? "" : "hidden" }, title), content);
  return h("div", { class: "deeper" }, h("div", { class: "tabs", role: "tablist", "aria-label": "More about it" }, ...there.map(tab)), ...there.filter((row) => row === open || (printing && row.content !== null)).map(panel));
}
