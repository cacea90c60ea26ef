// The checks that every browser has to pass, in Chromium. firefox.test.mjs runs the same ones.

import { CHECKS } from "./checks/index.mjs";
import { ChromiumDriver } from "./chromium.mjs";
import { expect, test } from "./fixture.ts";

for (const [name, check] of CHECKS as [string, (page: ChromiumDriver) => Promise<void>][]) {
  test(name, async ({ watched, origin, wrong }) => {
    test.setTimeout(180_000);
    const page = new ChromiumDriver(watched, origin, wrong);
    await check(page);
    expect(await page.wrong()).toEqual([]);
  });
}
