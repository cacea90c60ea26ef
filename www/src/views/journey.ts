// The picture of the way of a fetch, with its story in words and a button that saves it.

import type { FetchView } from "../../engine/engine.js";
import { button, h } from "../dom.ts";
import { draw } from "../journey/draw.ts";
import { journey, told } from "../journey/model.ts";
import { element, file } from "../journey/svg.ts";
import { prose } from "../text.ts";
import { save } from "../copy.ts";

/** Wider than this the arrows only grow longer. */
const WIDEST = 880;
/** What a saved picture measures. */
const SAVED = 880;

export function picture(fetch: FetchView, origin: string | null, room: number): HTMLElement {
  const way = journey(fetch, origin);
  const story = told(way);
  const canvas = h("div", { class: "canvas" });
  const show = (width: number) => canvas.replaceChildren(element(draw(way, Math.max(240, Math.min(Math.floor(width), WIDEST)))));
  show(room);
  let shown = room;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width > 0 && width !== shown) {
      shown = width;
      show(width);
    }
  }).observe(canvas);
  const title = fetch.verdict.sentence.replaceAll("`", "");
  return h(
    "figure",
    { class: "card way", "aria-labelledby": "way-heading" },
    h("div", { class: "console-bar" }, h("h3", { id: "way-heading" }, "The journey"), button({ class: "copy" }, () => save("journey.svg", "image/svg+xml", file(draw(way, SAVED), title, story)), "Save as SVG")),
    canvas,
    h("ol", { class: "hidden", "aria-label": "The journey in words" }, ...story.map((sentence) => h("li", {}, prose(sentence)))),
  );
}
