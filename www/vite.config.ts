import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { META_CSP, TRY_META_CSP } from "./csp.mjs";

const HERE = import.meta.dirname;

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

const FINDINGS = new URL("../docs/findings/", import.meta.url);

/** The documentation of findings, so that the page can show it without a network. */
function findings(): Plugin {
  const name = "virtual:findings";
  return {
    name: "findings",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const index = new URL("README.md", FINDINGS);
      this.addWatchFile(index.pathname);
      const files = [...readFileSync(index, "utf8").matchAll(/\]\(([a-z0-9-]+\.md)\)/g)].map(([, file = ""]) => new URL(file, FINDINGS));
      for (const { pathname } of files) this.addWatchFile(pathname);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(files.map((file) => readFileSync(file, "utf8"))))});`;
    },
  };
}

export default defineConfig({
  root: HERE,
  base: "./", // Works under any path.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [`${HERE}/index.html`, `${HERE}/try.html`] },
  },
  worker: { format: "es" },
  plugins: [
    situations(),
    findings(),
    {
      name: "content-security-policy",
      transformIndexHtml: (html) => html.replace("%CSP%", META_CSP).replace("%TRY_CSP%", TRY_META_CSP),
    },
    offline(),
  ],
});

/** Writes the service worker: offline.js with the names of all files of this build, and one name for all of them together. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const published = readdirSync(`${HERE}/public`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        const copied = published.map((entry) => `${entry.parentPath}/${entry.name}`);
        const hash = createHash("sha256");
        for (const [name, file] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          hash.update(name).update(file.type === "chunk" ? file.code : file.source);
        }
        for (const path of copied.sort()) hash.update(path.slice(HERE.length)).update(readFileSync(path));
        const files = [...Object.keys(bundle), ...copied.map((path) => path.slice(`${HERE}/public/`.length))].sort();
        const source = readFileSync(`${HERE}/offline.js`, "utf8")
          .replace('"%VERSION%"', JSON.stringify(hash.digest("hex").slice(0, 16)))
          .replace('["%FILES%"]', JSON.stringify(files));
        this.emitFile({ type: "asset", fileName: "offline.js", source });
      },
    },
  };
}
