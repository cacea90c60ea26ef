// Keyboard, screen readers, small windows, browsers that lack something.

import { ask, EDITOR, expect, expectVerdict, PAGE, PASTE, test } from "./fixture.ts";

const BLOCKED = "GET /items HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example/\n\n";

test("focus is always to be seen", async ({ watched: page }) => {
  await page.locator("#examples button").first().click();
  await page.locator("#skip").focus();
  const seen = new Set<string>();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const [name, outlined] = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return ["", true] as const;
      const drawn = (candidate: Element | null) => candidate !== null && getComputedStyle(candidate).outlineStyle !== "none";
      return [`${element.tagName}#${element.id} ${element.textContent?.slice(0, 30)}`, drawn(element) || drawn(element.closest(".pane"))] as const;
    });
    if (name === "") break;
    expect(outlined, name).toBe(true);
    seen.add(name);
  }
  expect(seen.size).toBeGreaterThan(12);
});

test("the verdict is spoken once typing stops, and a mark is words too", async ({ watched: page }) => {
  await ask(page, "https://app.example", BLOCKED);
  await expect(page.locator("#spoken")).toHaveText(/^Blocked: /);
  const spoken: string[] = [];
  await page.exposeFunction("spoke", (text: string) => spoken.push(text));
  await page.evaluate(() => {
    const region = document.querySelector("#spoken");
    if (region === null) throw new Error("no live region");
    new MutationObserver(() => (window as unknown as { spoke(text: string): void }).spoke(region.textContent ?? "")).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await page.locator(EDITOR).focus();
  await page.keyboard.press("Control+Home");
  await page.locator(EDITOR).pressSequentially("\n\n", { delay: 20 });
  await page.locator(PAGE).fill("https://api.example");
  await expect(page.locator("#spoken")).toHaveText(/^Allowed: /);
  expect(spoken.length).toBe(1);

  await page.locator(PAGE).fill("https://app.example");
  await expect(page.locator("#marks li.blocked .where")).toHaveText("Blocked here Line 8, column 30");
  await expect(page.locator("#marks li.blocked .excerpt")).toHaveText("Access-Control-Allow-Origin: https://app.example/");
  await expect(page.locator("#marks-summary")).toHaveText("2 places are marked; the list below the box names them.");
});

test("one heading of the first order, landmarks, and a name for every control", async ({ watched: page }) => {
  await page.locator("#examples button").nth(1).click();
  await expect(page.locator("h1")).toHaveCount(1);
  for (const landmark of ["banner", "main", "contentinfo", "form", "region"] as const) expect(await page.getByRole(landmark).count(), landmark).toBeGreaterThan(0);
  const nameless = await page.locator("button, input, select, textarea, a[href], summary").evaluateAll((controls) =>
    controls.filter((control) => {
      const labels = (control as HTMLInputElement).labels?.length ?? 0;
      return labels === 0 && !control.hasAttribute("aria-label") && (control.textContent ?? "").trim() === "" && !control.hasAttribute("hidden");
    }).length,
  );
  expect(nameless).toBe(0);
  const levels = await page.locator("h1, h2, h3, h4").evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0), `heading ${index}`).toBeLessThanOrEqual(1);
});

test("on a small window the verdict is in view at once, and leads to the whole of it", async ({ watched: page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.locator("#examples button").first().click();
  await expect(page.locator("#peek")).toHaveText(/^Blocked:/);
  await page.locator("#peek").click();
  await expect(page.locator("#verdict-heading")).toBeFocused();
  await expect(page.locator(".verdict .sentence")).toBeInViewport();
  await expect(page.locator("#peek")).toBeHidden();
  await expect.poll(() => page.url()).toContain("#z=");
});

test("where the larger editor does not load, the plain one does all, with marks exactly under their text", async ({ chromiumBrowser, origin }) => {
  const page = await chromiumBrowser.newPage();
  await page.route("**/code-*.js", (route) => route.fulfill({ status: 404 }));
  await page.goto(origin);
  const text = BLOCKED.replace("200 OK\n", `200 OK\n${"X-Filler: a long value that needs more than one line in the box, so that lines are broken\n".repeat(60)}`);
  await page.fill(PASTE, text);
  await page.fill(PAGE, "https://app.example");
  await expectVerdict(page, /^Blocked: /);
  await expect(page.locator("#backdrop mark.blocked")).toHaveText("https://app.example/");
  await page.locator("#marks button").first().click();
  // The marks follow a scroll with the next frame.
  await expect(async () => {
    const [textarea, backdrop] = await page.evaluate(() =>
      ["#paste", "#backdrop"].map((selector) => {
        const element = document.querySelector(selector);
        if (element === null) throw new Error(selector);
        const { clientWidth, scrollHeight, scrollTop } = element;
        const { font, lineHeight, padding, letterSpacing, whiteSpace, overflowWrap, tabSize } = getComputedStyle(element);
        return { clientWidth, scrollHeight, scrollTop, font, lineHeight, padding, letterSpacing, whiteSpace, overflowWrap, tabSize };
      }),
    );
    expect(textarea?.scrollTop).toBeGreaterThan(100);
    expect(textarea).toEqual(backdrop);
  }).toPass({ timeout: 5000 });
  await page.close();
});

test("without WebAssembly, or without the engine's file, the page says so", async ({ chromiumBrowser, origin }) => {
  for (const [prepare, sentence] of [
    ["delete globalThis.WebAssembly", /^This browser does not run WebAssembly/],
    ["", /^The engine did not load\. Reload the page/],
  ] as const) {
    const page = await chromiumBrowser.newPage();
    if (prepare !== "") await page.addInitScript(prepare);
    else await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto(origin);
    await expect(page.locator(".card.problem")).toHaveText(sentence);
    await page.fill(PASTE, "GET / HTTP/1.1");
    await expect(page.locator(".card.problem")).toHaveText(sentence);
    await page.close();
  }
});

test("a text file that is dropped on the box is read in place of what is there", async ({ watched: page }) => {
  await page.locator(EDITOR).evaluate((box, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "exchange.txt"));
    box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }));
  }, BLOCKED);
  await expectVerdict(page, /^Blocked: /);
  await expect(page.locator(PASTE)).toHaveValue(BLOCKED);
});
