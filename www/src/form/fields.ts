// The fields of the form: each shows a value, and tells when a person has changed it.

import { button, h, type Child } from "../dom.ts";

export type Pairs = [string, string][];

let ids = 0;

export function field(label: string, input: HTMLElement, width = "", ...more: Child[]): HTMLElement {
  ids += 1;
  input.id = `form-${ids}`;
  return h("div", { class: `field ${width}` }, h("label", { for: input.id }, label), input, ...more);
}

export function text(value: string, placeholder: string, changed: (value: string) => void): HTMLInputElement {
  const input = h("input", { type: "text", class: "mono", placeholder, autocomplete: "off", spellcheck: "false", dir: "ltr" });
  input.value = value;
  input.addEventListener("input", () => changed(input.value.trim()));
  return input;
}

export function number(value: number, changed: (value: number) => void): HTMLInputElement {
  const input = h("input", { type: "number", min: "0" });
  input.value = String(value);
  input.addEventListener("input", () => changed(Math.max(0, Math.trunc(Number(input.value)) || 0)));
  return input;
}

export function select(value: string, values: string[], changed: (value: string) => void): HTMLSelectElement {
  const element = h("select", {}, ...(values.includes(value) ? values : [...values, value]).map((name) => h("option", { value: name }, name === "" ? "not set" : name)));
  element.value = value;
  element.addEventListener("change", () => changed(element.value));
  return element;
}

export function check(label: string, on: boolean, changed: (on: boolean) => void): HTMLElement {
  const input = h("input", { type: "checkbox" });
  input.checked = on;
  input.addEventListener("change", () => changed(input.checked));
  return h("label", { class: "check" }, input, " ", h("code", {}, label));
}

/** Words as text, one a line. */
export function words(list: string[], placeholder: string, changed: (list: string[]) => void): HTMLTextAreaElement {
  const area = h("textarea", { class: "boxed", rows: String(Math.max(2, list.length + 1)), placeholder, spellcheck: "false", dir: "ltr" });
  area.value = list.join("\n");
  area.addEventListener("input", () => changed(area.value.split("\n").map((line) => line.trim()).filter((line) => line !== "")));
  return area;
}

/** What was unfolded stays so while the form is drawn anew. */
const opened = new Set<string>();

/** A part of the form that few need: folded, unless there is something in it. */
export function fold(key: string, title: string, isFilled: boolean, ...children: Child[]): HTMLElement {
  const details = h("details", { class: "fold" }, h("summary", {}, title), h("div", { class: "folded" }, ...children));
  details.open = isFilled || opened.has(key);
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(key);
    else opened.delete(key);
  });
  return details;
}

/** Several of a kind: each with a button that removes it, and one that adds another. */
export function several<T>(list: T[], name: string, fresh: () => T, draw: (one: T) => Child[], again: () => void): HTMLElement[] {
  const item = (one: T, at: number) =>
    h("fieldset", { class: "one" }, h("legend", {}, `${name} ${at + 1}`), ...draw(one), button({ class: "quiet" }, () => {
      list.splice(at, 1);
      again();
    }, `Remove ${name.toLowerCase()} ${at + 1}`));
  const add = button({}, () => {
    list.push(fresh());
    again();
  }, `Add: ${name.toLowerCase()}`);
  return [...list.map(item), h("div", { class: "row" }, add)];
}

/** Header lines as text, one a line; a line without a colon is a name without a value. */
export function lines(pairs: Pairs, placeholder: string, changed: (pairs: Pairs) => void): HTMLTextAreaElement {
  const area = h("textarea", { class: "boxed", rows: String(Math.max(2, pairs.length + 1)), placeholder, spellcheck: "false", dir: "ltr" });
  area.value = pairs.map(([name, value]) => `${name}: ${value}`).join("\n");
  area.addEventListener("input", () => changed(area.value.split("\n").filter((line) => line.trim() !== "").map(pair)));
  return area;
}

function pair(line: string): [string, string] {
  const colon = line.indexOf(":");
  return colon === -1 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
