import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { META_CSP } from "./csp.mjs";

const SITUATIONS = new URL("../tests/situations/", import.meta.url);

/** The situations of the tests as the page's gallery: without what they are expected to come to, which the engine says. */
function situations(): Plugin {
  const name = "virtual:situations";
  return {
    name: "situations",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const files = readdirSync(SITUATIONS).filter((file) => file.endsWith(".json")).sort();
      const sections = files.map((file) => {
        const url = new URL(file, SITUATIONS);
        this.addWatchFile(url.pathname);
        const { section, situations } = JSON.parse(readFileSync(url, "utf8"));
        const bare = situations.map(({ cases, ...rest }: { cases: { expect: unknown }[] }) => ({ ...rest, cases: cases.map(({ expect: _, ...shown }) => shown) }));
        return { section, situations: bare };
      });
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(sections))});`;
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./", // Works under any path.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  plugins: [
    situations(),
    {
      name: "content-security-policy",
      transformIndexHtml: (html) => html.replace("%CSP%", META_CSP),
    },
  ],
});
