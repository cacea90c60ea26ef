// The gallery: every situation opens by its link, in every form of it, and comes to what the tests of the engine expect of it.

import { readdirSync, readFileSync } from "node:fs";
import { expect, expectVerdict, PASTE, test } from "./fixture.ts";

interface Situation {
  id: string;
  title: string;
  teaches: string;
  predict?: { choices: string[]; answer: number };
  cases: { title: string; expect: { answers: Record<string, { sentence?: string }> }[] }[];
}

const FOLDER = new URL("../situations/", import.meta.url);
const SECTIONS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as { section: string; situations: Situation[] });
const ALL = SECTIONS.flatMap(({ situations }) => situations);

/** The standard's sentence for a fetch, as text. */
function sentence(answers: Record<string, { sentence?: string }>): string | undefined {
  const row = Object.entries(answers).find(([profiles]) => profiles === "every" || profiles.split(", ").includes("spec"));
  return row?.[1].sentence?.replaceAll("`", "");
}

for (const { section, situations } of SECTIONS) {
  test(`every situation of “${section}” comes to its verdicts`, async ({ watched: page }) => {
    test.setTimeout(180_000);
    for (const { id, title, teaches, predict, cases } of situations) {
      await page.evaluate((link) => (location.hash = `#gallery/${link}`), id);
      await expect(page.locator(".lesson"), id).toHaveAttribute("data-situation", id);
      await expect(page.locator("#lesson-heading"), id).toHaveText(title.replaceAll("`", ""));
      if (predict !== undefined) {
        await expect(page.locator("#results"), id).toBeHidden();
        await page.locator(".choices button").nth(predict.answer).click();
        await expect(page.locator(".choices .right"), id).toHaveText(`${predict.choices[predict.answer]?.replaceAll("`", "")} ✓ right`);
      }
      await expect(page.locator(".teaches"), id).toHaveText(teaches.replaceAll("`", ""));
      for (const [index, one] of cases.entries()) {
        if (cases.length > 1) await page.locator(".forms button").nth(index).click();
        const wanted = one.expect.map(({ answers }) => sentence(answers));
        if (wanted.length > 1) await expect(page.locator(".picker .rest"), `${id}: ${one.title}`).toHaveText(wanted.map((text) => text ?? /./));
        else if (wanted[0] !== undefined) await expectVerdict(page, wanted[0]);
        else await expect(page.locator(".verdict"), `${id}: ${one.title}`).toHaveCount(1);
        await expect(page.locator(".card.problem"), id).toHaveCount(0);
      }
    }
  });
}

test("the gallery is searched and grouped, and a wrong guess is told the right one", async ({ watched: page }) => {
  await page.getByRole("navigation").getByRole("link", { name: "Situations" }).click();
  await expect(page.locator(".gallery [role=status]")).toHaveText(`${ALL.length} situations`);
  await expect(page.locator(".gallery .cards li")).toHaveCount(ALL.length);
  await expect(page.locator("#place-heading")).toBeFocused();
  await page.getByLabel("Search the situations").fill("no such words");
  await expect(page.locator(".gallery .empty")).toContainText("Nothing here has all of these words.");
  await page.getByLabel("Search the situations").fill("image canvas");
  await expect(page.locator(".gallery .cards strong")).toContainText(["The same image works in the page"]);
  await page.getByLabel("Search the situations").fill("");
  await page.getByRole("group", { name: "Groups" }).getByRole("button", { name: "Redirects" }).click();
  await expect(page.locator(".gallery h2")).toHaveText(["Redirects"]);

  await page.evaluate(() => (location.hash = "#gallery/img-then-cors-img"));
  await page.locator(".choices button").first().click();
  await expect(page.locator(".choices .wrong")).toHaveText("It loads: the server allows it ✗ not so");
  await expect(page.locator(".choices .right")).toHaveText("It fails, without a request ✓ this");
  await expectVerdict(page, /^Blocked: the browser takes a stored answer/);
  await expect(page.locator(".journey .lane-name")).toHaveText(["Page", "Browser", "HTTP cache", "cdn.example"]);
});

test("a situation that is changed becomes a text of one's own, with its own address", async ({ watched: page }) => {
  await page.evaluate(() => (location.hash = "#gallery/no-acao"));
  await page.getByRole("button", { name: "Just show me" }).click();
  await expectVerdict(page, /^Blocked: /);
  expect(page.url()).toMatch(/#gallery\/no-acao$/);
  await page.selectOption("#mode", "no-cors");
  await expectVerdict(page, /^Sent, but unreadable: /);
  await expect(page.locator(".lesson")).toHaveCount(0);
  await expect.poll(() => page.url()).not.toContain("#gallery");
  await expect(page.locator(PASTE)).not.toHaveValue("");
});
