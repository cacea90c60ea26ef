// A repair that is tried in the text turns the verdict, and can be undone.

export default ["No Allow-Origin", "* with credentials", "Redirect to another origin"].map((example) => [
  `the first repair of “${example}” turns the verdict, and can be undone`,
  async (page) => {
    await page.click("#examples button", example);
    await page.verdict(/^Blocked: /);
    const before = await page.text();
    await page.sees("the panel", "true", () => document.querySelector("#tab-repairs")?.getAttribute("aria-selected"));
    await page.click(".repair button", "Try it in the text");
    await page.verdict(/^Allowed: /);
    await page.focusEditor();
    await page.press("Control+Z");
    await page.verdict(/^Blocked: /);
    await page.hasText(before);
  },
]);
