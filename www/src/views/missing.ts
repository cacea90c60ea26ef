// The request whose answer the text does not have: to copy, and a box for what comes back.

import type { RequestText } from "../../engine/engine.js";
import { button, h } from "../dom.ts";
import { code } from "./words.ts";

/** `answer` takes what was pasted as the answer; false where there is nothing in it. */
export function missing({ http, curl, hasBody, credentials }: RequestText, box: HTMLElement): HTMLElement {
  return h(
    "section",
    { class: "card missing", "aria-labelledby": "missing-heading" },
    h("h3", { id: "missing-heading" }, "The request to send"),
    code("As the browser would send it", http),
    code("The same with curl", curl),
    hasBody && h("p", { class: "hint" }, "curl reads the body from a file named ", h("code", {}, "body"), ", which you have to write."),
    credentials && h("p", { class: "hint" }, "The browser adds its cookies for this server. If the answer hangs on them, add yours with ", h("code", {}, "-b 'name=value'"), "."),
    box,
  );
}

/** The box that takes the missing answer. It outlives renderings, so that nothing typed is lost. */
export function answerBox(take: (answer: string) => void): HTMLElement {
  const box = h("textarea", { id: "answer-paste", rows: "5", dir: "ltr", "aria-describedby": "answer-hint", spellcheck: "false" });
  const add = button({ class: "primary" }, () => {
    const answer = box.value.trim();
    if (answer === "") {
      box.focus();
      return;
    }
    box.value = "";
    take(answer);
  }, "Add it to the text");
  return h(
    "div",
    { class: "paste-answer" },
    h("label", { for: "answer-paste" }, "Its answer"),
    h("p", { class: "hint", id: "answer-hint" }, "Send it with curl, and paste here all that comes back."),
    box,
    add,
  );
}
