// The package as others get it: packed, installed, and consumed by Node, by bundlers without plugins and by a plain page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import * as esbuild from "esbuild";
import { publint } from "publint";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { MISSING, serve, title } from "./chromium.mjs";
import { consumer, node, pack } from "./consumer.mjs";

const VERDICT = "response cors 200";
/** Says the verdict, as `say` does it: a bundle must run, not only be made. */
const use = (say) => `
  const report = evaluate({
    page: { url: "https://app.example/" },
    fetches: [{
      call: { api: "fetch", url: "https://b\\u00fccher.example/", init: { credentials: "include" } },
      answers: [{ status: 200, headers: [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"]] }],
    }],
  });
  const { type, responseType, status, url } = report.fetches[0].outcome;
  if (url !== "https://xn--bcher-kva.example/") throw new Error(url);
  new Browser().free();
  ${say}(type + " " + responseType + " " + status);`;
const PRINT = "console.log";
const SHOW = "((verdict) => { document.title = verdict })";
const INIT = `await init(fetch(new URL("./node_modules/corscope/pkg/corscope.wasm", location.href)));`;
const html = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${script}`;

let project;
const at = (...path) => join(project.folder, ...path);

before(async () => {
  project = await consumer({
    "package.json": `{ "name": "consumer", "private": true }`,
    "node.mjs": `import { Browser, evaluate } from "corscope";${use(PRINT)}`,
    "node.cjs": `const { Browser, evaluate } = require("corscope");${use(PRINT)}`,
    "explain.mjs": `import { Browser, evaluate } from "corscope/explain";${use(PRINT)}`,
    "explain.cjs": `const { Browser, evaluate } = require("corscope/explain");${use(PRINT)}`,
    "explain-slim.mjs": `import { readFile } from "node:fs/promises";
      import { Browser, evaluate, init } from "corscope/explain/slim";
      await init(readFile(new URL(import.meta.resolve("corscope/explain.wasm"))));${use(PRINT)}`,
    "explain-slim.cjs": `const { Browser, evaluate, initSync } = require("corscope/explain/slim");
      initSync(require("node:fs").readFileSync(require.resolve("corscope/explain.wasm")));${use(PRINT)}`,
    "slim.mjs": `import { readFile } from "node:fs/promises";
      import { Browser, evaluate, init } from "corscope/slim";
      await init(readFile(new URL(import.meta.resolve("corscope/corscope.wasm"))));${use(PRINT)}`,
    "slim.cjs": `const { Browser, evaluate, initSync } = require("corscope/slim");
      initSync(require("node:fs").readFileSync(require.resolve("corscope/corscope.wasm")));${use(PRINT)}`,
    "show.mjs": `import { Browser, evaluate } from "corscope";${use(SHOW)}`,
    "relative.mjs": `import { Browser, evaluate } from "./node_modules/corscope/pkg/index.js";${use(PRINT)}`,
    "slim-vite.mjs": `import wasm from "corscope/corscope.wasm?url";
      import { Browser, evaluate, init } from "corscope/slim";
      init(wasm).then(() => {${use(SHOW)} });`,
    "vite.html": html(`<script type="module" src="./show.mjs"></script>`),
    "vite-slim.html": html(`<script type="module" src="./slim-vite.mjs"></script>`),
    "plain.html": html(`<script type="module">import { Browser, evaluate } from "./node_modules/corscope/pkg/index.js";${use(SHOW)}</script>`),
    "plain-slim.html": html(`<script type="module">import { Browser, evaluate, init } from "./node_modules/corscope/pkg/slim.js";${INIT}${use(SHOW)}</script>`),
  });
});
after(() => project.remove());

describe("Node", () => {
  for (const script of ["node.mjs", "node.cjs", "slim.mjs", "slim.cjs", "explain.mjs", "explain.cjs", "explain-slim.mjs", "explain-slim.cjs"]) {
    test(script, async () => assert.equal(await node(project.folder, script), VERDICT));
  }

  test("names of the CommonJS entries can be imported", async () => {
    for (const entry of ["index", "slim", "explain", "explain-slim"]) {
      const [esm, cjs] = await Promise.all(["js", "cjs"].map((kind) => import(at("node_modules/corscope/pkg", `${entry}.${kind}`))));
      const names = Object.keys(cjs).filter((name) => name !== "default" && name !== "module.exports");
      assert.deepEqual(names, Object.keys(esm));
    }
  });
});

describe("bundlers", () => {
  for (const [format, extension, platform] of [["esm", "mjs", "neutral"], ["iife", "cjs", "browser"], ["cjs", "cjs", "node"]]) {
    for (const source of ["node.mjs", "node.cjs"]) {
      test(`esbuild: ${source} to ${format} for ${platform}`, async () => {
        const outfile = at("esbuild", `${source}.${format}.${extension}`);
        const { warnings } = await esbuild.build({ absWorkingDir: project.folder, entryPoints: [source], outfile, format, platform, bundle: true, minify: true, logLevel: "silent" });
        assert.deepEqual(warnings, []);
        assert.equal(await node(project.folder, outfile), VERDICT);
      });
    }
  }

  for (const source of ["node.mjs", "node.cjs"]) {
    for (const target of ["web", "node"]) {
      test(`webpack: ${source} for ${target}`, async () => {
        const filename = `${source}.${target}.cjs`;
        const stats = await new Promise((resolve, reject) => {
          const options = { context: project.folder, mode: "production", entry: `./${source}`, target, output: { path: at("webpack"), filename } };
          webpack({ ...options, performance: false }, (error, stats) => (error ? reject(error) : resolve(stats)));
        });
        const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
        assert.deepEqual([errors, warnings], [[], []]);
        assert.equal(await node(project.folder, at("webpack", filename)), VERDICT);
      });
    }
  }

  for (const format of ["es", "cjs", "iife"]) {
    test(`rollup: ${format}`, async () => {
      const bundle = await rollup({ input: at("relative.mjs"), onwarn: (warning) => assert.fail(warning.message) });
      const file = at("rollup", `${format}.${format === "es" ? "mjs" : "cjs"}`);
      await bundle.write({ file, format });
      assert.equal(await node(project.folder, file), VERDICT);
    });
  }

  test("a bundle that uses nothing holds nothing", async () => {
    const { outputFiles } = await esbuild.build({ stdin: { contents: `import "corscope";`, resolveDir: project.folder }, bundle: true, write: false, logLevel: "silent", format: "esm" });
    assert.ok(outputFiles[0].contents.length < 200, `${outputFiles[0].contents.length} bytes`);
  });

  for (const page of ["vite.html", "vite-slim.html"]) {
    test(`Vite: ${page}, built`, { skip: MISSING }, async () => {
      const outDir = at("dist", page);
      await vite.build({ root: project.folder, configFile: false, logLevel: "error", build: { outDir, rollupOptions: { input: at(page) } } });
      await shows(outDir, page);
    });

    test(`Vite: ${page}, from its development server`, { skip: MISSING }, async () => {
      const server = await vite.createServer({ root: project.folder, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
      try {
        await server.listen();
        assert.equal(await title(new URL(page, server.resolvedUrls.local[0]).href), VERDICT);
      } finally {
        await server.close();
      }
    });
  }
});

describe("a page without a bundler", { skip: MISSING }, () => {
  for (const page of ["plain.html", "plain-slim.html"]) {
    test(page, () => shows(project.folder, page));
  }
});

describe("what is published", () => {
  test("publint finds nothing", async () => {
    const { messages } = await publint({ pkgDir: at("node_modules/corscope"), pack: false, strict: true });
    assert.deepEqual(messages, []);
  });

  test("attw finds nothing", async () => {
    const tarball = await readFile(await pack(project.folder));
    const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    assert.deepEqual(problems, []);
  });

  test("the files are those of the package and no others", async () => {
    const require = createRequire(import.meta.url);
    const { files } = require("../../package.json");
    assert.ok(files.includes("pkg"));
    const types = await readFile(at("node_modules/corscope/pkg/index.d.ts"), "utf8");
    assert.doesNotMatch(types, /\bany\b(?=[;,)\]|>])/);
  });
});

async function shows(folder, page) {
  const server = await serve(folder);
  try {
    assert.equal(await title(`${server.url}/${page}`), VERDICT);
  } finally {
    server.close();
  }
}
