// Copying to the clipboard, and saying so.

import { byId, h } from "./dom.ts";

/** How long a button says that it has copied. */
const SAID_FOR_MS = 2000;

/** A button that copies `text`; `what` is what it copies, for those who do not see where it stands. */
export function copyButton(what: string, text: string, label = "Copy"): HTMLButtonElement {
  const button = h("button", { type: "button", class: "copy", "aria-label": `Copy: ${what}` }, label);
  button.addEventListener("click", () => void copyAndSay(button, text));
  return button;
}

/** Copies, and lets the button and the page's live region say how that went. */
export async function copyAndSay(button: HTMLButtonElement, text: string): Promise<void> {
  button.dataset["label"] ??= button.textContent ?? "";
  const copied = await copy(text);
  button.textContent = copied ? "Copied" : "Not allowed here";
  byId("said", HTMLElement).textContent = copied ? "Copied." : "The browser does not allow copying here: select the text and copy it.";
  setTimeout(() => {
    button.textContent = button.dataset["label"] ?? "";
    byId("said", HTMLElement).textContent = "";
  }, SAID_FOR_MS);
}

async function copy(text: string): Promise<boolean> {
  try {
    // There is no clipboard where the page came over plain HTTP from another machine.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves a text as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", {});
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
