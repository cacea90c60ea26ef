// The link to a question, without its secrets.

import { masked } from "../engine.ts";
import { LONGEST, write } from "../link.ts";
import type { Question } from "../question.ts";

export interface Link {
  /** The whole address; null where it is too long for one. */
  url: string | null;
  /** What it holds: the question with its secrets masked. */
  question: Question;
  /** How many secrets that are. */
  masked: number;
}

/** Rejects with a sentence for the person where the engine, which knows secrets, does not load. */
export async function linkTo(asked: Question): Promise<Link> {
  const [paste, page] = [await masked(asked.paste), await masked(asked.page)];
  const question = { ...asked, paste: paste.text, page: page.text };
  const fragment = `#${await write(question)}`;
  return { url: fragment.length > LONGEST ? null : new URL(fragment, location.href).href, question, masked: paste.count + page.count };
}

/** What to say of secrets that are not in a link; empty where there are none. */
export function maskedNotice({ masked }: Link): string {
  if (masked === 0) return "";
  return masked === 1 ? "One secret of the text is masked in what you share." : `${masked} secrets of the text are masked in what you share.`;
}
