// What the documentation says of a finding: `docs/findings/`, which the build writes into a file of the page. Loaded when it is read.

import "./findings.css";
import documents from "virtual:findings";
import { button, h, inside, link, type Child } from "../dom.ts";
import type { Question } from "../question.ts";
import { visible } from "../text.ts";

/** Puts a question into the boxes. */
export type Open = (question: Question) => void;

export interface Document {
  id: string;
  title: string;
  severity: string;
  topic: string;
  /** What stands below its first lines. */
  body: string;
}

const HEAD = /^# (.*)\n\n`([a-z0-9-]+)`: ([a-z]+), ([^.]*)\. \[All findings\]\(README\.md\)\n\n/;

export const ALL: readonly Document[] = documents.map((text) => {
  const [head = "", title = "", id = "", severity = "", topic = ""] = HEAD.exec(text) ?? [];
  return { id, title, severity, topic, body: text.slice(head.length) };
});

export function find(id: string): Document | undefined {
  return ALL.find((one) => one.id === id);
}

/** The whole of a document: headings, paragraphs, examples with a button that opens them. */
export function body({ body: text }: Document, open: Open): HTMLElement {
  return drawn(text, 2, open);
}

/** The examples of a document, for whoever has read already what it is about. */
export function examples({ body: text }: Document, open: Open): HTMLElement {
  return drawn(text.slice(Math.max(0, text.indexOf("\n## "))), 4, open);
}

function drawn(text: string, level: 2 | 4, open: Open): HTMLElement {
  const parts = text.split(/^```text\n([^]*?)^```\n/m);
  // An example is called as its heading is, which is the last one before it.
  const nodes = parts.flatMap((part, index) => (index % 2 === 1 ? [example(part, /^## (.*)$/m.exec(parts[index - 1] ?? "")?.[1] ?? "Example", open)] : paragraphs(part, level)));
  return h("div", { class: "document" }, ...nodes);
}

function paragraphs(text: string, level: 2 | 4): HTMLElement[] {
  const blocks = text.split(/\n{2,}/).map((block) => block.trim());
  return blocks.filter((block) => block !== "").map((block) => (block.startsWith("## ") ? h(`h${level}`, {}, ...inline(block.slice(3))) : h("p", {}, ...inline(block))));
}

/** Text with code, links and what is bold. */
function inline(text: string): Child[] {
  const parts = text.matchAll(/\[`([a-z0-9-]+)`\]\(([a-z0-9-]+)\.md\)|`([^`]*)`|\*\*([^*]*)\*\*|<(https:[^>]*)>|([^`*<[]+|.)/gs);
  return Array.from(parts, ([, name, id, exact, bold, url, plain]) => {
    if (name !== undefined && id !== undefined) return inside(`findings/${id}`, {}, h("code", {}, name));
    if (exact !== undefined) return h("code", { dir: "ltr" }, visible(exact));
    if (bold !== undefined) return h("strong", {}, visible(bold));
    return url !== undefined ? link(url, visible(url)) : h("span", {}, visible(plain ?? ""));
  });
}

function example(text: string, name: string, open: Open): HTMLElement {
  const isExchange = / HTTP\/1\.1$/m.test(text);
  const page = /^Origin: (\S+)/im.exec(text)?.[1] ?? "";
  return h(
    "div",
    { class: "example" },
    h("pre", { tabindex: "0", dir: "ltr", role: "region", "aria-label": name }, visible(text.trimEnd())),
    isExchange && button({}, () => open({ page, paste: text, credentials: "", mode: "" }), "Open it in the box"),
  );
}
