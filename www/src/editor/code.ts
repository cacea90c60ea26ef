// The editor with line numbers, marks under the exact bytes, explanations on hover and by keyboard (F8), quick fixes and undo.
// It lives in a shadow root, where its style sheets are adopted ones, which the Content Security Policy lets it have.

import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorSelection, EditorState, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import type { Mark } from "../../engine/engine.js";
import { named, prose } from "../text.ts";
import type { Edit, QuickFix, Surface } from "./host.ts";

const SEVERITIES: Record<Mark["kind"], Diagnostic["severity"]> = { blocked: "error", error: "warning", warning: "warning", note: "info" };

const THEME = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", fontVariantLigatures: "none", overflow: "auto" },
  ".cm-content": { padding: "0.625rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.875rem 0 0.375rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0", paddingLeft: "0.25rem" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.75rem", fontSize: "0.75rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-placeholder": { color: "var(--soft)", whiteSpace: "pre-wrap" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0", borderRadius: "3px" },
  ".cm-lintRange-error": { backgroundColor: "var(--mark)", textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "0.25em" },
  ".cm-lintRange-warning": { backgroundColor: "var(--mark-warning)", textDecoration: "underline dashed var(--ask) 1.5px", textUnderlineOffset: "0.25em" },
  ".cm-lintRange-info": { backgroundColor: "var(--mark-note)", textDecoration: "underline dotted var(--calm) 1.5px", textUnderlineOffset: "0.25em" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "8px", boxShadow: "var(--shadow)", maxWidth: "min(34rem, 90vw)", overflow: "hidden" },
  ".cm-diagnostic": { borderLeft: "4px solid var(--calm)", padding: "0.5rem 0.75rem", fontFamily: "var(--text)", fontSize: "0.875rem", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--ask)" },
  ".cm-diagnosticAction": { font: "inherit", fontSize: "0.8125rem", backgroundColor: "var(--accent)", color: "var(--on-accent)", border: "0", borderRadius: "6px", padding: "0.25rem 0.625rem", margin: "0.375rem 0.375rem 0 0", cursor: "pointer" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--accent-ground)", color: "var(--ink)" },
});

export interface CodeOptions {
  label: string;
  placeholder: string;
  changed(): void;
}

export class CodeEditor implements Surface {
  readonly #view: EditorView;
  #fixes: readonly QuickFix[] = [];

  constructor(into: HTMLElement, options: CodeOptions) {
    const root = into.attachShadow({ mode: "open" });
    const state = EditorState.create({
      extensions: [
        lineNumbers(),
        highlightSpecialChars({ addSpecialChars: /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufff9-\ufffb]/g }),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        EditorState.tabSize.of(8),
        placeholder(options.placeholder),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": options.label, spellcheck: "false", autocorrect: "off", autocapitalize: "off", dir: "ltr" }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        THEME,
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(Transaction.remote) === true)) options.changed();
        }),
      ],
    });
    this.#view = new EditorView({ state, root, parent: root });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text, if it is another one. It can be undone, and is not told to who set it. */
  set text(text: string) {
    if (this.text === text) return;
    const { doc } = this.#view.state;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, selection: EditorSelection.cursor(0), annotations: [Transaction.remote.of(true), isolateHistory.of("full")], scrollIntoView: true });
  }

  edit(edits: readonly Edit[]): void {
    const changes = edits.map(({ start, end, insert }) => ({ from: start, to: end, insert }));
    this.#view.dispatch({ changes, annotations: [Transaction.remote.of(true), isolateHistory.of("full")] });
    const [first] = edits;
    if (first !== undefined) this.#view.dispatch({ effects: EditorView.scrollIntoView(Math.min(first.start, this.#view.state.doc.length), { y: "center" }) });
  }

  mark(marks: Mark[], fixes: readonly QuickFix[]): void {
    this.#fixes = fixes;
    const { length } = this.#view.state.doc;
    const diagnostics = marks
      .filter(({ end }) => end <= length)
      .map((mark): Diagnostic => {
        const { start, end, kind, message } = mark;
        const actions = this.#fixes.filter((fix) => fix.start === start && fix.end === end).map(({ label, edits }) => ({ name: named(label.replaceAll("`", "")), apply: () => this.#apply(edits) }));
        return { from: start, to: end, severity: SEVERITIES[kind], message, renderMessage: () => prose(message), actions, markClass: kind };
      });
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  focus(): void {
    this.#view.focus();
  }

  select(start: number, end: number): void {
    const { length } = this.#view.state.doc;
    const selection = EditorSelection.range(Math.min(start, length), Math.min(end, length));
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection, { y: "center" }) });
    this.#view.focus();
  }

  leave(): void {
    this.#view.destroy();
  }

  /** A fix that is chosen here is as if it was typed. */
  #apply(edits: readonly Edit[]): void {
    this.#view.dispatch({ changes: edits.map(({ start, end, insert }) => ({ from: start, to: end, insert })), annotations: isolateHistory.of("full") });
  }
}
