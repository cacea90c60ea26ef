// Copying to the clipboard, and saying so.

import { h } from "./dom.ts";

/** How long a button says that it has copied. */
const SAID_FOR_MS = 2000;

export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const button = h("button", { type: "button", class: "copy", "aria-label": `Copy: ${what}` }, "Copy");
  button.addEventListener("click", () => void copyAndSay(button, text()));
  return button;
}

/** Copies, and lets the button say how that went. */
export async function copyAndSay(button: HTMLButtonElement, text: string): Promise<void> {
  const before = button.dataset["label"] ?? button.textContent ?? "";
  button.dataset["label"] = before;
  button.textContent = (await copy(text)) ? "Copied" : "Not allowed: select and copy";
  setTimeout(() => (button.textContent = before), SAID_FOR_MS);
}

async function copy(text: string): Promise<boolean> {
  try {
    // Absent where the page came over plain HTTP from another machine.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
