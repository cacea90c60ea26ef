// A journey as a drawing: pure, from data and a width to shapes. Wide, each takes part in a column of its own and the words
// stand on the arrows; narrow, the columns become rails and the words stand beside them.

import type { Event, Journey, Lane, Line } from "./model.ts";

export interface Shape {
  tag: string;
  at: Record<string, string | number>;
  children: (Shape | string)[];
}

export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

/** Below this there is no room for columns. */
const NARROW = 560;
const TITLE = 13;
const MONO = 11.5;
const LEADING = 16;
/** How wide a character is, in shares of the size: as wide as in the widest of the fonts that browsers take for these. */
const SANS_WIDTH = 0.63;
const MONO_WIDTH = 0.61;

const ICONS: Record<Lane["kind"], string> = {
  page: "M3 1h7l3 3v11h-10zM10 1v3h3M5.500 8h5M5.500 11h5",
  browser: "M1 2.500h14v11h-14zM1 6h14M3.500 4.250h.01M6 4.250h.01",
  cache: "M2 4c0-3 12-3 12 0v8c0 3-12 3-12 0zM2 4c0 3 12 3 12 0",
  server: "M2 2h12v5h-12zM2 9h12v5h-12zM4.500 4.500h.01M4.500 11.500h.01",
};

export function draw(journey: Journey, width: number): Drawing {
  return width < NARROW ? rails(journey, width) : columns(journey, width);
}

function columns({ lanes, events }: Journey, width: number): Drawing {
  const xs = positions(lanes.length, width);
  const shapes: Shape[] = [];
  const headWidth = Math.min(...xs.slice(1).map((x, index) => x - (xs[index] ?? 0)), 260) - 12;
  let top = 0;
  for (const [index, lane] of lanes.entries()) {
    const x = xs[index] ?? 0;
    const names = wrap(lane.name, Math.max(headWidth, 90), TITLE, SANS_WIDTH).slice(0, 2);
    const details = lane.detail === "" ? [] : wrap(lane.detail, Math.max(headWidth, 90), MONO, MONO_WIDTH).slice(0, 2);
    const anchor = index === 0 ? "start" : index === lanes.length - 1 ? "end" : "middle";
    const edge = index === 0 ? x - 10 : index === lanes.length - 1 ? x + 10 : x;
    shapes.push(glyph(lane.kind, x, 10));
    for (const [row, text] of names.entries()) shapes.push(words(text, edge, 36 + row * LEADING, "lane-name", anchor));
    for (const [row, text] of details.entries()) shapes.push(words(text, edge, 36 + (names.length + row) * LEADING, "lane-detail", anchor));
    top = Math.max(top, 36 + (names.length + details.length) * LEADING);
  }
  let y = top + 6;
  const from = y - 8;
  const drawn: Shape[] = [];
  for (const event of events) {
    if (event.type === "stop") {
      const x = xs[event.at] ?? 0;
      const lines = wrap(event.title, Math.max(x - 30, width - x - 40), TITLE, SANS_WIDTH);
      y += 26;
      drawn.push(sign(event.state, x, y));
      for (const [row, text] of lines.entries()) drawn.push(words(text, x + 18, y + 4 + row * LEADING, `stop ${event.state}`, "start"));
      y += 12 + (lines.length - 1) * LEADING;
      continue;
    }
    const [start, end] = [xs[event.from] ?? 0, xs[event.to] ?? 0];
    const [left, right] = [Math.min(start, end), Math.max(start, end)];
    const middle = (left + right) / 2;
    const room = right - left - 24;
    const title = wrap(event.title, room, TITLE, SANS_WIDTH);
    y += 12;
    for (const text of title) {
      y += LEADING;
      drawn.push(words(text, middle, y, "arrow-title", "middle"));
    }
    y += 8;
    drawn.push(...arrow(start, end, y, event.state));
    y += 3;
    for (const line of event.lines) {
      for (const [row, parts] of cut(line, room).entries()) {
        y += LEADING - 1;
        drawn.push(headerWords(parts, middle, y, line.state, row === 0, "middle"));
      }
    }
  }
  const height = Math.ceil(y + 22);
  const lines = lanes.map((_, index) => shape("line", { x1: xs[index] ?? 0, x2: xs[index] ?? 0, y1: from, y2: height - 4, class: "lane" }));
  return { width, height, shapes: [...lines, ...shapes, ...drawn] };
}

function rails({ lanes, events }: Journey, width: number): Drawing {
  const gap = lanes.length > 4 ? 18 : 26;
  const xs = lanes.map((_, index) => 10 + index * gap);
  const beside = (xs.at(-1) ?? 10) + 18;
  const room = width - beside - 4;
  const shapes: Shape[] = [];
  const tops: number[] = [];
  let y = 0;
  // Who takes part, one below the other, each at the head of a rail.
  for (const [index, lane] of lanes.entries()) {
    const text = lane.detail === "" ? lane.name : `${lane.name}, ${lane.detail}`;
    const lines = wrap(text, room, TITLE, SANS_WIDTH);
    y += 20;
    shapes.push(glyph(lane.kind, xs[index] ?? 0, y - 4));
    shapes.push(shape("line", { x1: (xs[index] ?? 0) + 12, x2: beside - 4, y1: y - 4, y2: y - 4, class: "leader" }));
    for (const [row, part] of lines.entries()) shapes.push(words(part, beside, y + row * LEADING, row === 0 ? "lane-name" : "lane-detail", "start"));
    tops.push(y + 8);
    y += (lines.length - 1) * LEADING;
  }
  y += 14;
  for (const event of events) {
    y += 18;
    if (event.type === "stop") {
      const lines = wrap(event.title, room, TITLE, SANS_WIDTH);
      y += 4;
      shapes.push(sign(event.state, xs[event.at] ?? 0, y));
      for (const [row, text] of lines.entries()) shapes.push(words(text, beside, y + 4 + row * LEADING, `stop ${event.state}`, "start"));
      y += (lines.length - 1) * LEADING + 6;
      continue;
    }
    shapes.push(...arrow(xs[event.from] ?? 0, xs[event.to] ?? 0, y, event.state));
    const title = wrap(event.title, room, TITLE, SANS_WIDTH);
    for (const [row, text] of title.entries()) shapes.push(words(text, beside, y + 4 + row * LEADING, "arrow-title", "start"));
    y += (title.length - 1) * LEADING + 4;
    for (const line of event.lines) {
      for (const [row, parts] of cut(line, room).entries()) {
        y += LEADING - 1;
        shapes.push(headerWords(parts, beside, y, line.state, row === 0, "start"));
      }
    }
  }
  const height = Math.ceil(y + 18);
  const lines = lanes.map((_, index) => shape("line", { x1: xs[index] ?? 0, x2: xs[index] ?? 0, y1: tops[index] ?? 0, y2: height - 4, class: "lane" }));
  return { width, height, shapes: [...lines, ...shapes] };
}

/** Page and browser stand closer together than browser and servers, between which the headers go. */
function positions(lanes: number, width: number): number[] {
  const margin = 12;
  const inner = width - 2 * margin;
  if (lanes <= 2) return [margin, margin + inner * 0.5];
  const first = inner * (lanes === 3 ? 0.36 : lanes === 4 ? 0.26 : 0.2);
  const rest = (inner - first) / (lanes - 2);
  return Array.from({ length: lanes }, (_, index) => (index === 0 ? margin : margin + first + (index - 1) * rest));
}

function arrow(start: number, end: number, y: number, state: Event["state"]): Shape[] {
  const direction = Math.sign(end - start) || 1;
  const lost = state === "lost";
  const tip = lost ? start + (end - start) * 0.5 : end - direction * 2;
  const kind = state === "" ? "asks" : state;
  const head =
    lost || state === "open"
      ? shape("path", { d: `M${tip - 5} ${y - 5}l10 10m0 -10l-10 10`, class: `arrow ${kind}` })
      : shape("path", { d: `M${tip} ${y}l${-direction * 9} -5v10z`, class: `head ${kind}` });
  const line = shape("line", { x1: start + direction * 2, x2: state === "open" ? start + (end - start) * 0.5 : tip - (lost ? 0 : direction * 6), y1: y, y2: y, class: `arrow ${kind}` });
  if (state === "open") return [line, words("?", start + (end - start) * 0.5 - direction * -8, y + 5, "stop open", "middle")];
  return [line, head];
}

/** A shape for what happens at a lane: an octagon where it stops, a diamond where something is missing, a dot for a note. */
function sign(state: "stopped" | "open" | "note", x: number, y: number): Shape {
  if (state === "stopped") return group([shape("path", { d: `M${x - 4} ${y - 10}h8l6 6v8l-6 6h-8l-6 -6v-8z`, class: "sign stopped" }), shape("path", { d: `M${x - 5} ${y}h10`, class: "bar" })]);
  if (state === "open") return group([shape("path", { d: `M${x} ${y - 11}l11 11l-11 11l-11 -11z`, class: "sign open" }), shape("path", { d: `M${x - 4} ${y}h.01M${x} ${y}h.01M${x + 4} ${y}h.01`, class: "bar" })]);
  return shape("circle", { cx: x, cy: y, r: 5, class: "sign note" });
}

function glyph(kind: Lane["kind"], x: number, y: number): Shape {
  return group([shape("circle", { cx: x, cy: y, r: 12, class: "glyph-ground" }), shape("path", { d: ICONS[kind], class: "glyph", transform: `translate(${x - 8} ${y - 8})` })]);
}

function words(text: string, x: number, y: number, className: string, anchor: string): Shape {
  return { tag: "text", at: { x, y, class: className, "text-anchor": anchor }, children: [text] };
}

/** A line of a header: its name, where it begins, stands out. */
function headerWords(text: string, x: number, y: number, state: Line["state"], first: boolean, anchor: string): Shape {
  const colon = first ? text.indexOf(":") : -1;
  const sign = first ? { "": "", good: "✓ ", bad: "✗ ", missing: "✗ ", compared: "" }[state] : "";
  const children: (Shape | string)[] = colon === -1 ? [sign + text] : [sign, { tag: "tspan", at: { class: "header-name" }, children: [text.slice(0, colon)] }, text.slice(colon)];
  return { tag: "text", at: { x, y, class: `header ${state}`, "text-anchor": anchor }, children };
}

/** A header line in as many rows as it needs. */
function cut({ name, value, state }: Line, room: number): string[] {
  const whole = state === "missing" ? `no ${name}` : `${name}: ${value}`;
  if (length(whole) * MONO * MONO_WIDTH <= room - 14) return [whole];
  const rows = [...wrap(state === "missing" ? whole : `${name}:`, room - 14, MONO, MONO_WIDTH), ...(state === "missing" ? [] : wrap(value, room, MONO, MONO_WIDTH))];
  return rows.length > 4 ? [...rows.slice(0, 3), `${rows[3]?.slice(0, -1) ?? ""}…`] : rows;
}

/** Breaks a text into rows of at most `room`, at spaces where there are some, else within words. At most four rows. */
export function wrap(text: string, room: number, size: number, share: number): string[] {
  const most = Math.max(4, Math.floor(room / (size * share)));
  const rows: string[] = [];
  let row = "";
  for (const word of text.split(" ")) {
    let rest = [...word];
    if (row !== "" && length(row) + 1 + rest.length <= most) {
      row += ` ${word}`;
      continue;
    }
    if (row !== "") rows.push(row);
    while (rest.length > most) {
      const at = breakable(rest, most);
      rows.push(rest.slice(0, at).join(""));
      rest = rest.slice(at);
      if (rows.length > 4) break;
    }
    row = rest.join("");
    if (rows.length > 4) break;
  }
  rows.push(row);
  return rows.length > 4 ? [...rows.slice(0, 3), `${[...(rows[3] ?? "")].slice(0, most - 1).join("")}…`] : rows;
}

/** Where a long word is broken: behind a sign between its parts if one is near, else where the room ends. */
function breakable(characters: string[], most: number): number {
  for (let at = most; at > most / 2; at -= 1) if (/[/.\-?&=_,:]/.test(characters[at - 1] ?? "")) return at;
  return most;
}

function length(text: string): number {
  return [...text].length;
}

function shape(tag: string, at: Shape["at"]): Shape {
  return { tag, at, children: [] };
}

function group(children: Shape[]): Shape {
  return { tag: "g", at: {}, children };
}
