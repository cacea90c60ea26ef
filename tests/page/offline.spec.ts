// The page as an application of its own.

import { expect, test } from "./fixture.ts";

test("it can be installed", async ({ watched: page, origin }) => {
  const manifest = await (await fetch(`${origin}manifest.webmanifest`)).json();
  expect([manifest.name, manifest.start_url, manifest.display]).toEqual(["Corscope", "./", "standalone"]);
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A window that leaves no traces installs nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});
