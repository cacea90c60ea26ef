// npm test: everything that can be tested here. Where there is no browser its tests are skipped, and said to be, and so with servers;
// with CI set a missing one is a failure.

import { readdirSync } from "node:fs";
import { install, run } from "./install.mjs";

function stage(name) {
  console.log(`\n== ${name}`);
}

function testFolder(folder) {
  const tests = readdirSync(new URL(`../${folder}`, import.meta.url)).filter((name) => name.endsWith(".test.mjs"));
  run(process.execPath, ["--test", ...tests.map((name) => `${folder}/${name}`)]);
}

install();

stage("the crate, its documentation, the recordings, the vectors");
run("cargo", ["test", "--locked", "--package", "corscope", "--package", "xtask", "--features", "corscope/page", "--quiet"]);

stage("the recorder");
testFolder("tests/browsers");

stage("the npm package");
run("npm", ["run", "--silent", "build"]);
testFolder("tests/npm");

stage("the snippets, in the servers that are here");
testFolder("tests/snippets");

stage("the JavaScript surface, in Node and in a browser");
run("npm", ["run", "--silent", "test:wasm"]);

stage("the page");
run("npm", ["run", "--silent", "build:page"]);
run(process.execPath, ["www/sizes.mjs", "--check"]);
run("npm", ["run", "--silent", "test:page"]);
testFolder("tests/page");
