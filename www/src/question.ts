// What the person asks: all that the page holds.

export const CREDENTIALS = ["", "omit", "same-origin", "include"] as const;
export const MODES = ["", "cors", "no-cors", "same-origin"] as const;

export interface Question {
  /** The origin of the page, as it is written. */
  page: string;
  /** The exchange, as it was pasted. */
  paste: string;
  /** Empty: as the paste suggests. */
  credentials: (typeof CREDENTIALS)[number];
  /** Empty: as the paste suggests. */
  mode: (typeof MODES)[number];
}

export const EMPTY: Question = { page: "", paste: "", credentials: "", mode: "" };

export function same(a: Question, b: Question): boolean {
  return a.page === b.page && a.paste === b.paste && a.credentials === b.credentials && a.mode === b.mode;
}
