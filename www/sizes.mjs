// What the page weighs: node www/sizes.mjs [--check [BUDGET]], after a build. With --check it fails where a budget, or the one that
// is named, is overdrawn.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("./dist/", import.meta.url));

/** In bytes after brotli. */
const BUDGETS = {
  /** HTML, CSS and JavaScript that the first answer needs. */
  "page": 45_000,
  /** All of that, with the engine that gives the first answer. */
  "first answer": 250_000,
};

const brotli = (file) => brotliCompressSync(readFileSync(DIST + file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The files that the first answer needs: those that index.html names, and what they import at once. */
function first() {
  const html = readFileSync(`${DIST}index.html`, "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"#]+\.(?:js|css|wasm|svg))"/g)].map(([, file]) => file);
  const files = new Set(["index.html"]);
  const take = (file) => {
    if (files.has(file) || !existsSync(DIST + file)) return;
    files.add(file);
    if (!file.endsWith(".js")) return;
    for (const [, other] of readFileSync(DIST + file, "utf8").matchAll(/(?:\bimport|\bfrom)\s*"\.\/([^"]+\.js)"/g)) take(`assets/${other}`);
  };
  for (const file of named) take(file);
  return [...files];
}

const needed = first();
const rows = needed.map((file) => [file, brotli(file)]);
const later = readdirSync(`${DIST}assets`).map((file) => `assets/${file}`).filter((file) => !needed.includes(file));
const sum = (list) => list.reduce((total, [, size]) => total + size, 0);
const totals = { "page": sum(rows.filter(([file]) => !file.endsWith(".wasm"))), "first answer": sum(rows) };

const line = (name, size, note = "") => console.log(`${name.padEnd(44)}${size.toLocaleString("en").padStart(12)}  ${note}`);
console.log("bytes after brotli");
for (const [file, size] of rows) line(file, size);
for (const file of later) line(file, brotli(file), "later");
const check = process.argv.indexOf("--check");
const checked = check === -1 ? [] : process.argv.slice(check + 1);
let over = false;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const size = totals[name];
  const fits = size <= budget;
  over ||= !fits && (checked.length === 0 || checked.includes(name));
  line(`all for the ${name}`, size, fits ? `of ${budget.toLocaleString("en")}` : `MORE than the ${budget.toLocaleString("en")} that it may have`);
}
if (over && check !== -1) process.exitCode = 1;
