// Serves www/dist on this machine only: node www/serve.mjs [PORT]

import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { HEADER_CSP, TRY_HEADER_CSP } from "./csp.mjs";

const PORT = 8321;
const ROOT = fileURLToPath(new URL("./dist", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};

/** What is otherwise about the document that sends requests: as any page it says where it is, to the servers it asks. */
const TRY = { "Content-Security-Policy": TRY_HEADER_CSP, "Referrer-Policy": "strict-origin-when-cross-origin" };

/** Starts the server on `port`, or on a free one if that is taken. Resolves with the server and its address. */
export async function serve({ port = PORT, root = ROOT } = {}) {
  const home = await realpath(root);
  await stat(join(home, "index.html"));
  const server = createServer((request, response) => {
    answer(home, request, response).catch(() => fail(response, 500, "The file could not be read."));
  });
  const taken = await listen(server, port).then(
    () => false,
    (error) => {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
      return true;
    },
  );
  if (taken) await listen(server, 0);
  return { server, taken, url: `http://localhost:${server.address().port}/` };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(home, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return fail(response, 405, "Only GET and HEAD.", { Allow: "GET, HEAD" });
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  } catch {
    return fail(response, 400, "This path is not well encoded.");
  }
  if (path.includes("\0")) return fail(response, 400, "This path is not well encoded.");
  let file;
  try {
    file = await realpath(join(home, path.endsWith("/") ? `${path}index.html` : path));
  } catch {
    return fail(response, 404, "There is no such file.");
  }
  const found = await stat(file);
  if (!file.startsWith(home + sep) || !found.isFile()) return fail(response, 404, "There is no such file.");
  response.writeHead(200, {
    ...common(),
    ...(basename(file) === "try.html" ? TRY : {}),
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Length": found.size,
  });
  if (request.method === "HEAD") return response.end();
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}

function fail(response, status, message, headers = {}) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { ...common(), ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}

function common() {
  return {
    "Content-Security-Policy": HEADER_CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
  };
}

/** Serves on the port that a person wrote, and says where. */
export async function main(argument) {
  const wanted = argument === undefined ? PORT : Number(argument);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
    console.error(`${argument} is no port; write a number from 0 (any free one) to 65535.`);
    process.exit(2);
  }
  try {
    const { taken, url } = await serve({ port: wanted });
    if (taken) console.log(`Port ${wanted} is taken, so another one is used.`);
    console.log(`Corscope is at ${url} (Ctrl+C ends it)`);
  } catch (error) {
    console.error(error.code === "ENOENT" ? "www/dist is not built: npm start builds it and serves it." : `The server did not start: ${error.message}`);
    process.exit(1);
  }
}

if (process.argv[1] !== undefined && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) await main(process.argv[2]);
