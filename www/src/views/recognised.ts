// What kind of text was pasted, in words.

import type { Inspection } from "../../engine/engine.js";

const WORDS: Partial<Record<Inspection["recognised"], string>> = {
  nothing: "",
  rawHttp: "Raw HTTP",
  curlInclude: "Answers, as curl -i prints them",
  curlVerbose: "The output of curl -v",
  curlCommand: "A curl command",
  console: "A browser’s console",
  script: "A call in a script",
  devTools: "A panel of developer tools",
  powerShell: "A PowerShell command",
  scenario: "A scenario as JSON",
  har: "A HAR",
  postman: "A Postman collection",
  bruno: "A Bruno request",
  mixed: "Several kinds of text",
};

/** What was recognised; a kind that has no words yet is called a text that can be read. */
export function recognised(kind: Inspection["recognised"]): string {
  return WORDS[kind] ?? "Recognised";
}
