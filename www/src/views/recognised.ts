// What kind of text was pasted, in words.

import type { Inspection } from "../../engine/engine.js";

export const RECOGNISED: Record<Inspection["recognised"], string> = {
  nothing: "",
  rawHttp: "Raw HTTP",
  curlInclude: "Answers, as curl -i prints them",
  curlVerbose: "The output of curl -v",
  curlCommand: "A curl command",
  console: "A browser’s console",
  script: "A call in a script",
  scenario: "A scenario as JSON",
  mixed: "Several kinds of text",
};
