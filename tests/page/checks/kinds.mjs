// Each kind of text that people paste is recognised, said to be what it is, and has a verdict.

import { readFileSync } from "node:fs";

const KINDS = [
  ["raw-browser-preflight", "Raw HTTP"],
  ["include-redirect", "Answers, as curl -i prints them"],
  ["verbose-preflight", "The output of curl -v"],
  ["command-copied", "A curl command"],
  ["command-cmd", "Answers, as curl -i prints them"],
  ["powershell-chromium", "Several kinds of text"],
  ["powershell-written", "A PowerShell command"],
  ["script-copied-chromium", "A call in a script"],
  ["script-copied-node", "A call in a script"],
  ["script-axios", "A call in a script"],
  ["script-xhr", "A call in a script"],
  ["panel-chromium", "A panel of developer tools"],
  ["panel-firefox", "A panel of developer tools"],
  ["panel-safari", "A panel of developer tools"],
  ["console-chromium", "A browser’s console"],
  ["console-firefox", "A browser’s console"],
  ["console-webkit", "A browser’s console"],
  ["har-chromium", "A HAR"],
  ["postman", "A Postman collection"],
  ["bruno", "Several kinds of text"],
  ["bruno-variable", "A Bruno request"],
  ["scenario", "A scenario as JSON"],
];

export default [
  [
    "each kind of text that is pasted is recognised, and has a verdict",
    async (page) => {
      for (const [file, kind] of KINDS) {
        await page.ask("https://app.example", readFileSync(new URL(`../../paste/${file}.txt`, import.meta.url), "utf8"));
        await page.shows("#recognised", kind);
        await page.counts(".verdict", 1);
        await page.counts(".card.problem", 0);
      }
    },
  ],
];
