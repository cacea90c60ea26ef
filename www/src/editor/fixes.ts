// The repairs that the text itself can have, offered where it is marked.

import type { Inspection } from "../../engine/engine.js";
import type { QuickFix } from "./host.ts";

/** More choices than these belong into the panel. */
const MOST_FIXES = 3;

/** A fix for each repair with edits, at the mark of the fetch that it repairs: both stand in the order of the text. */
export function fixes({ marks, fetches }: Inspection): QuickFix[] {
  const blocked = marks.filter(({ kind }) => kind === "blocked");
  const repaired = fetches.filter(({ evidence }) => evidence.length > 0);
  return blocked.flatMap(({ start, end }, index) => {
    const fetch = repaired.length === blocked.length ? repaired[index] : undefined;
    return (fetch?.repairs ?? []).filter(({ edits }) => edits.length > 0).slice(0, MOST_FIXES).map(({ repair, edits }) => ({ start, end, label: repair.title, edits }));
  });
}
