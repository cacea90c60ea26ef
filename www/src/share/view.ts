// The panel for whoever has to tell somebody else: a link, the answer as Markdown, a note to the owner of the API.

import type { Inspection } from "../../engine/engine.js";
import { copyAndSay } from "../copy.ts";
import { button, h } from "../dom.ts";
import type { Question } from "../question.ts";
import { code } from "../views/words.ts";
import { LONGEST } from "../link.ts";
import { linkTo, maskedNotice, type Link } from "./link.ts";
import { markdown } from "./markdown.ts";
import { note } from "./note.ts";

export const TOO_LONG = `This text is too long for a link (more than ${LONGEST.toLocaleString("en")} characters). It is kept in this tab.`;

export function share(question: Question, inspection: Inspection): HTMLElement {
  const remark = h("p", { class: "hint" });
  const letter = h("div", {});
  const link = linkTo(question);
  const copy = (text: (link: Link) => string | null) => (pressed: HTMLButtonElement) =>
    void link.then((found) => {
      const written = text(found);
      if (written !== null) return copyAndSay(pressed, written);
      remark.textContent = TOO_LONG;
      return undefined;
    });
  link.catch((error: unknown) => (remark.textContent = String(error)));
  void link.then((found) => {
    remark.textContent = maskedNotice(found);
    const written = note(inspection, question.page || (inspection.origin ?? ""), found.url);
    if (written !== null) letter.replaceChildren(code("A note to whoever owns the API", written));
  });
  return h(
    "div",
    { class: "share" },
    h("p", {}, "A link holds the whole text, compressed, in the part of the address that browsers do not send. Whoever opens it sees what you see."),
    h(
      "p",
      { class: "buttons" },
      button({ id: "share-link" }, copy(({ url }) => url), "Copy link"),
      button({ id: "share-markdown" }, copy((found) => markdown(inspection, found.question.paste, found.url)), "Copy as Markdown"),
    ),
    remark,
    letter,
  );
}
