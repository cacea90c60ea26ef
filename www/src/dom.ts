// Elements from data. Text goes in as text nodes only, and no attribute that could run anything can be set.

export type Child = Node | string | null | undefined | false;

type Attributes = Partial<
  Record<
    | "id" | "class" | "type" | "role" | "title" | "scope" | "for" | "rel" | "tabindex" | "lang" | "dir" | "rows" | "start" | "placeholder" | "name" | "value" | "min" | "max" | "list" | "inputmode" | "colspan"
    | "autocomplete" | "spellcheck" | "aria-label" | "aria-labelledby" | "aria-hidden" | "aria-describedby" | "aria-selected" | "aria-controls" | "aria-expanded" | "aria-current" | "aria-pressed" | "aria-live"
    | `data-${string}`,
    string
  >
>;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...present(children));
  return element;
}

/** A button that does something. */
export function button(attributes: Attributes, act: (button: HTMLButtonElement) => void, ...children: Child[]): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", () => act(element));
  return element;
}

/** A link to a standard. Anything but https is shown as text. */
export function link(url: string, ...children: Child[]): HTMLElement {
  if (!url.startsWith("https://")) return h("span", {}, ...children);
  const element = h("a", { rel: "noreferrer" }, ...children);
  element.href = url;
  return element;
}

/** A link within the page: to `#fragment`. */
export function inside(fragment: string, attributes: Attributes, ...children: Child[]): HTMLAnchorElement {
  const element = h("a", attributes, ...children);
  element.href = `#${fragment}`;
  return element;
}

export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id ${id}`);
  return element;
}

export function svg(tag: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const SHAPES = {
  // A tick in a circle, a bar in an octagon, three dots in a diamond, a crossed eye: told apart without colour.
  allowed: ["M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z", "M7.5 12.4l3 3l6-6.6"],
  blocked: ["M8 2h8l6 6v8l-6 6h-8l-6-6v-8z", "M7.5 12h9"],
  waiting: ["M12 1.5l10.5 10.5l-10.5 10.5l-10.5-10.5z", "M8 12h.01M12 12h.01M16 12h.01"],
  unreadable: ["M2 12c3-5 6.5-7 10-7s7 2 10 7c-3 5-6.500 7-10 7s-7-2-10-7z", "M5 20l14-16"],
} as const;

export type Shape = keyof typeof SHAPES;

export function icon(shape: Shape): SVGElement {
  const [outline, sign] = SHAPES[shape];
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: outline, class: "outline" }), svg("path", { d: sign, class: "sign" }));
}

function present(children: Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false);
}
