// The gallery: situations that people run into, to search, to predict and to learn from.

import sections, { type Case, type Situation } from "virtual:situations";
import { button, h, inside } from "../dom.ts";
import type { Question } from "../question.ts";
import { written } from "../scenario.ts";
import { prose, visible } from "../text.ts";

/** What a case asks, as the boxes take it. */
export function asked({ page, text, scenario }: Case): Question {
  return { page: page ?? "", paste: text ?? written(scenario), credentials: "", mode: "" };
}

export function find(id: string): Situation | undefined {
  return ALL.find((situation) => situation.id === id);
}

const ALL: Situation[] = sections.flatMap(({ situations }) => situations);

const GROUPS: Record<string, string> = {
  images: "Images and caches",
  console: "Console messages",
  origins: "What an origin is",
  preflight: "Preflights",
  headers: "Headers",
  cookies: "Cookies",
  redirects: "Redirects",
  network: "Network",
  errors: "Errors that hide",
  security: "Security",
  server: "A server, step by step",
};

/** The list, with a search box and groups to choose from. */
export function gallery(): HTMLElement {
  const search = h("input", { type: "search", id: "gallery-search", placeholder: "Search: preflight, cookie, nginx …", autocomplete: "off", spellcheck: "false" });
  const groups = [...new Set(ALL.map(({ group }) => group))];
  const list = h("div", { class: "shelves" });
  const count = h("p", { class: "hint", role: "status" });
  let chosen = "";
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const fits = (situation: Situation) => (chosen === "" || situation.group === chosen) && words.every((word) => haystack(situation).includes(word));
    const found = ALL.filter(fits);
    count.textContent = found.length === ALL.length ? `${ALL.length} situations` : `${found.length} of ${ALL.length} situations`;
    const shelf = (group: string) => {
      const here = found.filter((situation) => situation.group === group);
      return here.length > 0 && h("section", { "aria-label": named(group) }, h("h2", {}, named(group)), h("ul", { class: "cards" }, ...here.map(card)));
    };
    list.replaceChildren(...groups.map(shelf).filter((section) => section !== false));
    if (found.length === 0) list.append(h("p", { class: "card empty" }, "Nothing here has all of these words. Paste what you have on the first page instead."));
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset["group"] === chosen));
  };
  const chip = (group: string, label: string) =>
    button({ "data-group": group, "aria-pressed": "false" }, () => {
      chosen = group;
      show();
    }, label);
  const chips = [chip("", "All"), ...groups.map((group) => chip(group, named(group)))];
  search.addEventListener("input", show);
  show();
  return h(
    "div",
    { class: "gallery" },
    h("h1", { id: "place-heading", tabindex: "-1" }, "Situations"),
    h("p", { class: "hint" }, "What people run into, each to try and to change. Predict first what the browser does, then look."),
    h("div", { class: "find" }, h("label", { class: "hidden", for: "gallery-search" }, "Search the situations"), search, count),
    h("div", { class: "segments", role: "group", "aria-label": "Groups" }, ...chips),
    list,
  );
}

function named(group: string): string {
  return GROUPS[group] ?? group;
}

function haystack({ id, title, teaches, group, cases }: Situation): string {
  return [id, title, teaches, named(group), ...cases.map(({ title }) => title)].join(" ").toLowerCase();
}

function card({ id, title, predict }: Situation): HTMLElement {
  return h("li", {}, inside(`gallery/${id}`, { class: "card" }, h("strong", {}, prose(title)), predict !== undefined && h("span", { class: "hint" }, prose(predict.question))));
}

/** A situation above the boxes: what to predict, and when that is done, what it teaches. */
export function lesson(situation: Situation, open: (question: Question) => void, reveal: () => void): HTMLElement {
  const { id, title, group, teaches, predict, cases } = situation;
  const at = ALL.indexOf(situation);
  const beside = (index: number, label: string) => {
    const other = ALL[(index + ALL.length) % ALL.length];
    return other !== undefined && inside(`gallery/${other.id}`, { class: "button" }, label);
  };
  const taught = h("p", { class: "teaches", role: "status" });
  const choices = h("div", { class: "choices", role: "group", "aria-labelledby": "predict-question" });
  const done = () => {
    taught.replaceChildren(prose(teaches));
    choices.querySelectorAll("button").forEach((choice) => (choice.disabled = true));
    for (const look of choices.querySelectorAll(".look")) look.remove();
    reveal();
  };
  if (predict !== undefined) {
    for (const [index, text] of predict.choices.entries()) {
      choices.append(
        button({}, (chosen) => {
          const right = index === predict.answer;
          chosen.classList.add(right ? "right" : "wrong");
          chosen.append(right ? " ✓ right" : " ✗ not so");
          if (!right) {
            const answer = choices.children[predict.answer];
            answer?.classList.add("right");
            answer?.append(" ✓ this");
          }
          done();
        }, prose(text)),
      );
    }
    choices.append(button({ class: "quiet look" }, done, "Just show me"));
  }
  const forms = cases.map((one, index) =>
    button({ "aria-pressed": String(index === 0) }, (pressed) => {
      for (const form of forms) form.setAttribute("aria-pressed", String(form === pressed));
      open(asked(one));
    }, visible(one.title)),
  );
  const first = cases[0];
  if (first !== undefined) open(asked(first));
  if (predict === undefined) done();
  return h(
    "div",
    { class: "card lesson", "data-situation": id },
    h("div", { class: "console-bar" }, h("p", { class: "crumbs" }, inside("gallery", {}, "Situations"), ` › ${named(group)}`), h("div", { class: "beside" }, beside(at - 1, "‹ Previous"), beside(at + 1, "Next ›"))),
    h("h2", { id: "lesson-heading", tabindex: "-1" }, prose(title)),
    predict !== undefined && h("p", { class: "question", id: "predict-question" }, prose(predict.question)),
    predict !== undefined && choices,
    taught,
    forms.length > 1 && h("div", { class: "segments forms", role: "group", "aria-label": "Forms of it" }, ...forms),
  );
}
