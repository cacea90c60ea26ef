// A drawing as elements of the page, and as a file of its own.

import { svg } from "../dom.ts";
import { named } from "../text.ts";
import type { Drawing, Shape } from "./draw.ts";

/** The drawing in this document; its colours are those of the page. */
export function element({ width, height, shapes }: Drawing): SVGElement {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width: String(width), height: String(height), class: "journey", "aria-hidden": "true" }, ...shapes.map(node));
}

function node({ tag, at, children }: Shape): SVGElement {
  return svg(tag, Object.fromEntries(Object.entries(at).map(([name, value]) => [name, String(value)])), ...children.map((child) => (typeof child === "string" ? named(child) : node(child))));
}

/** The drawing as a file that stands alone, with its colours and the story in words. */
export function file({ width, height, shapes }: Drawing, title: string, told: string[]): string {
  const style = `text{font-family:system-ui,sans-serif;font-size:13px;fill:#161a22}
.lane{stroke:#c3c8d2;stroke-width:2}.leader{stroke:#c3c8d2;stroke-dasharray:1 4}.lane-name,.arrow-title,.stop{font-weight:600}
.lane-detail,.header{font-family:ui-monospace,monospace;font-size:11.5px;fill:#565e6c}.header-name{font-weight:600}
.header.good{fill:#146239}.header.compared{fill:#3446c8}.header.bad,.header.missing,.stop.stopped{fill:#b01e24}.stop.open{fill:#7a4b00}.stop.note{fill:#42516b;font-weight:400}
.arrow{stroke:#42516b;stroke-width:2;fill:none}.head{fill:#42516b}.arrow.good{stroke:#146239}.head.good{fill:#146239}
.arrow.stopped,.arrow.lost{stroke:#b01e24;stroke-dasharray:6 4}.head.stopped{fill:#b01e24}.arrow.open{stroke:#7a4b00;stroke-dasharray:2 4}
.arrow.sealed{stroke:#42516b;stroke-dasharray:8 3}.head.sealed{fill:#42516b}.sign.stopped{fill:#b01e24}.sign.open{fill:#7a4b00}.sign.note{fill:#42516b}
.bar{stroke:#fff;stroke-width:2.5;stroke-linecap:round}.glyph{fill:none;stroke:#161a22;stroke-width:1.400;stroke-linejoin:round;stroke-linecap:round}.glyph-ground{fill:#fff}
text{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -16 ${width + 32} ${height + 32}" width="${width + 32}" height="${height + 32}" role="img">`;
  const ground = `<rect x="-16" y="-16" width="${width + 32}" height="${height + 32}" fill="#fff"/>`;
  return `${head}<title>${escaped(title)}</title><desc>${escaped(told.join("\n"))}</desc><style>${style}</style>${ground}${shapes.map(text).join("")}</svg>\n`;
}

function text({ tag, at, children }: Shape): string {
  const attributes = Object.entries(at).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${tag}${attributes.join("")}>${children.map((child) => (typeof child === "string" ? escaped(child) : text(child))).join("")}</${tag}>`;
}

function escaped(words: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return named(words).replace(/[&<>"]/g, (sign) => signs[sign] ?? "");
}
