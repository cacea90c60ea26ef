// Other places of the page than the boxes, each opened by its own link: `#gallery`, `#gallery/no-acao`. Their code is loaded
// when they are. Add a place by a row of `PLACES`.

import { take } from "./har/recording.ts";
import type { Question } from "./question.ts";

/** What a place may do with the rest of the page. */
export interface Desk {
  /** Puts a question into the boxes. The address stays that of the place, until the text is changed. */
  open(question: Question): void;
  /** Leaves the place for the boxes, with another question in them. */
  ask(question: Question): void;
  /** Hides the answer, or shows it. */
  conceal(hidden: boolean): void;
}

export interface Place {
  id: string;
  /** For the navigation. */
  title: string;
  /** What to show instead of the boxes, or above them. `rest` is what stands in the address behind `#id/`. */
  show(rest: string, desk: Desk): Promise<{ instead?: HTMLElement; above?: HTMLElement }>;
}

export const PLACES: Place[] = [
  {
    id: "gallery",
    title: "Situations",
    async show(rest, desk) {
      const { find, gallery, lesson } = await import("./gallery/gallery.ts");
      const situation = find(rest);
      if (situation === undefined) return { instead: gallery() };
      desk.conceal(situation.predict !== undefined);
      return { above: lesson(situation, desk.open, () => desk.conceal(false)) };
    },
  },
  {
    id: "har",
    title: "HAR files",
    async show(_, desk) {
      const { triage } = await import("./har/view.ts");
      // Going back leads to the list again.
      return { instead: triage(desk.ask, take()) };
    },
  },
  {
    id: "findings",
    title: "Findings",
    async show(rest, desk) {
      const { place } = await import("./findings/place.ts");
      return { instead: place(rest, desk.ask) };
    },
  },
];

/** The place that an address names, and what stands behind it. */
export function placeOf(fragment: string): { place: Place; rest: string } | null {
  const [, id, rest] = /^#?([a-z]+)(?:\/([a-zA-Z0-9-]*))?$/.exec(fragment) ?? [];
  const place = PLACES.find((one) => one.id === id);
  return place === undefined ? null : { place, rest: rest ?? "" };
}
