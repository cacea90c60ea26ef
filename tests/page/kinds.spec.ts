// Each kind of text that people paste is recognised, said to be what it is, and has a verdict.

import { readFileSync } from "node:fs";
import { expect, ask, test } from "./fixture.ts";

for (const [file, kind] of [
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
] as const) {
  test(`${file} is recognised`, async ({ watched: page }) => {
    await ask(page, "https://app.example", readFileSync(new URL(`../paste/${file}.txt`, import.meta.url), "utf8"));
    await expect(page.locator("#recognised")).toHaveText(kind);
    await expect(page.locator(".verdict")).toHaveCount(1);
    await expect(page.locator(".card.problem")).toHaveCount(0);
  });
}
