// The link to a question.

import { LONGEST, write } from "../link.ts";
import type { Question } from "../question.ts";

export interface Link {
  /** The whole address; null where it is too long for one. */
  url: string | null;
  /** The fragment, with its `#`. */
  fragment: string;
  /** What it holds. */
  question: Question;
}

export async function linkTo(question: Question): Promise<Link> {
  const fragment = `#${await write(question)}`;
  return { url: fragment.length > LONGEST ? null : new URL(fragment, location.href).href, fragment, question };
}
