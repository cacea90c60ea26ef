import { defineConfig } from "vite";
import { META_CSP } from "./csp.mjs";

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
    {
      name: "content-security-policy",
      transformIndexHtml: (html) => html.replace("%CSP%", META_CSP),
    },
  ],
});
