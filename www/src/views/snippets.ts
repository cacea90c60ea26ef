// Settings for a server, by the server: to choose, to read and to copy.

import type { Policy, Snippet } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { snippetsOf } from "../engine.ts";
import { prose } from "../text.ts";
import { code } from "./words.ts";

/** The server that was chosen last is the first choice of the next picker. */
let last = "nginx";

export function snippetPicker(policy: Policy): HTMLElement {
  const box = h("div", { class: "picker-box" }, h("p", { class: "hint" }, "One moment …"));
  snippetsOf(policy).then(
    (list) => box.replaceChildren(chooser(list)),
    (error: unknown) => box.replaceChildren(h("p", { class: "problem" }, error instanceof Error ? error.message : String(error))),
  );
  return box;
}

function chooser(list: Snippet[]): HTMLElement {
  const shown = h("div", { class: "snippet" });
  const options = list.map(({ id, server, tested }) => h("option", { value: id }, `${server}${tested.type === "run" ? " ✓" : ""}`));
  const select = h("select", { id: "snippet-server" }, ...options);
  const show = () => {
    const snippet = list.find(({ id }) => id === select.value) ?? list[0];
    if (snippet === undefined) return;
    last = snippet.id;
    shown.replaceChildren(...one(snippet));
  };
  select.addEventListener("change", show);
  if (list.some(({ id }) => id === last)) select.value = last;
  show();
  return h("div", {}, h("div", { class: "row" }, h("label", { for: "snippet-server" }, "Server"), select), shown);
}

function one({ files, tested, notes }: Snippet): HTMLElement[] {
  return [
    h("p", { class: "hint" }, tested.type === "run" ? `✓ Run in our tests, with ${tested.with}.` : `Not run here: ${tested.why}`),
    ...files.map(({ name, goes, text }) => h("div", {}, code(name, text), h("p", { class: "hint" }, prose(goes)))),
    ...notes.map(({ text }) => h("p", { class: "hint" }, prose(text))),
  ];
}
