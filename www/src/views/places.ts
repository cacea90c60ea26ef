// The marks as a list, for everybody who does not see colours or lines.

import type { Mark } from "../../engine/engine.js";
import { button, h } from "../dom.ts";
import { place, prose, visible } from "../text.ts";
import type { QuickFix } from "../editor/host.ts";

/** More marks than anybody reads. */
const MOST_MARKS = 30;
/** Of a long line, this much around the marked bytes is shown. */
const AROUND = 60;

const KINDS: Record<Mark["kind"], string> = { blocked: "Blocked here", error: "Not read", warning: "Look here", note: "Note" };

/** What decides first, the others in the order of the text. */
export function places(text: string, marks: Mark[], fixes: readonly QuickFix[], select: (mark: Mark) => void, fix: (fix: QuickFix) => void): HTMLElement[] {
  const sorted = [...marks].sort((one, other) => Number(other.kind === "blocked") - Number(one.kind === "blocked"));
  const shown = sorted.slice(0, MOST_MARKS).map((mark) => item(text, mark, fixes.filter(({ start, end }) => start === mark.start && end === mark.end), select, fix));
  if (shown.length < marks.length) shown.push(h("li", { class: "more" }, `… and ${marks.length - shown.length} more places`));
  return shown;
}

function item(whole: string, mark: Mark, fixes: readonly QuickFix[], select: (mark: Mark) => void, apply: (fix: QuickFix) => void): HTMLLIElement {
  const { line, column, text, start, end } = place(whole, mark.start, mark.end);
  const left = Math.max(0, start - AROUND);
  const right = Math.min(text.length, end + AROUND);
  return h(
    "li",
    { class: mark.kind },
    h("p", { class: "where" }, h("span", { class: "kind" }, KINDS[mark.kind]), " ", button({ class: "place" }, () => select(mark), `Line ${line}, column ${column}`)),
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
    ...fixes.map((fix) => button({ class: "fix" }, () => apply(fix), prose(fix.label))),
  );
}

/** What the box says of its marks to those who cannot see them. */
export function summary(marks: Mark[]): string {
  if (marks.length === 0) return "";
  return `${marks.length === 1 ? "One place is" : `${marks.length} places are`} marked; the list below the box names them.`;
}
