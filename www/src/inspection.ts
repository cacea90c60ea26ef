// What the engine says about a question: the shape of `src/inspect.rs`. Ranges count UTF-16 code units of the paste. In
// sentences, what stands between backticks is exact: a header line, a value, a name.

export interface Inspection {
  /** What is wrong with the origin of the page, and what to write instead. */
  pageProblem: string | null;
  /** Places in the paste, in order. */
  marks: Mark[];
  /** What the paste cannot show and was assumed, in sentences. */
  assumptions: string[];
  /** What was asked for and what became of it; more than one where the paste holds more than one fetch. */
  fetches: FetchView[];
}

export interface Mark {
  start: number;
  end: number;
  kind: "blocked" | "error" | "warning" | "note";
  message: string;
}

export interface FetchView {
  /** Such as `PUT https://api.example/items/1`. */
  title: string;
  verdict: Verdict;
  /** What script sees of an error; it never sees why. */
  seen: string | null;
  /** Every reason that alone would call for a preflight, in sentences. */
  preflightReasons: string[];
  exchanges: ExchangeView[];
  steps: StepView[];
  headers: HeaderView[];
  /** What may decide as well, and was not looked at. */
  notChecked: string[];
  missing: Missing | null;
}

export interface Verdict {
  kind: "allowed" | "opaque" | "blocked" | "threw" | "needsAnswer" | "notReached";
  sentence: string;
  why: string;
  /** Who must change something. */
  who: "server" | "page" | "network" | "caller" | "nobody";
  /** What to change. */
  remedy: string;
}

export interface ExchangeView {
  purpose: "preflight" | "actual";
  /** Such as `OPTIONS https://api.example/items/1`. */
  title: string;
  /** As the browser would write it. */
  request: string;
  /** Its status line, or why there is no answer. */
  answer: string;
}

export interface StepView {
  sentence: string;
  status: "ok" | "failed" | "info";
  /** Whether it decided how the fetch ended. */
  decisive: boolean;
  /** The name and number of the step in its standard. */
  label: string;
  url: string;
}

export interface HeaderView {
  name: string;
  value: string;
  readable: boolean;
  why: string;
}

export interface Missing {
  http: string;
  curl: string;
}
