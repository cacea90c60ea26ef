// What is asked in the captures: a page, and an API of another origin that answers each path in its own way.

import { createServer } from "node:http";
import { createServer as createHttp2Server, createSecureServer } from "node:http2";

export const PAGE = "https://a.test:8201";
export const API = "https://b.test:8202";
/** The same API without TLS: over HTTP/1.1, and over HTTP/2 for those who know. */
export const PLAIN = "http://b.test:8103";
export const PLAIN_HTTP2 = "http://b.test:8104";

/** Script of the page: each request, one after the other. */
export const ASK = `(async () => {
  const ask = (path, init) => fetch("${API}" + path, init).then((answer) => answer.text(), () => "");
  await ask("/named");
  await ask("/star", { credentials: "include" });
  await ask("/closed?token=s3cr3t-t0ken");
  await ask("/items?page=2", { method: "PUT", headers: { "Content-Type": "application/json", "X-Trace": "1" }, body: '{"name":"it\\'s","password":"hunter2!"}' });
  await ask("/refused", { method: "DELETE" });
  await ask("/moved");
  return "asked";
})()`;

const NAMED = { "access-control-allow-origin": PAGE, vary: "Origin" };

function answer(request, response) {
  // NB: without a date, the same capture is the same text.
  response.sendDate = false;
  const say = (status, headers, body = "") => {
    response.writeHead(status, headers);
    response.end(body);
  };
  const path = new URL(request.url, API).pathname;
  const json = { "content-type": "application/json" };
  if (request.method === "OPTIONS") {
    const allowed = { ...NAMED, "access-control-allow-methods": "PUT", "access-control-allow-headers": "content-type, x-trace", "access-control-max-age": "600" };
    return path === "/items" ? say(204, allowed) : say(405, { allow: "GET, HEAD" });
  }
  if (path === "/star") return say(200, { ...json, "access-control-allow-origin": "*" }, "{}");
  if (path === "/closed" || path === "/refused") return say(200, json, "{}");
  if (path === "/moved") return say(301, { location: `${API}/moved/` });
  return say(200, { ...json, ...NAMED, "set-cookie": "sid=s3cr3t-c00kie; Path=/; Secure; SameSite=None" }, '{"ok":true}');
}

function page(request, response) {
  response.sendDate = false;
  const asks = new URL(request.url, PAGE).pathname === "/ask";
  response.writeHead(200, { "content-type": "text/html" });
  response.end(`<!doctype html><title>Page</title>${asks ? `<script>${ASK}</script>` : ""}\n`);
}

export async function startServers({ key, cert }) {
  const secure = (listener) => createSecureServer({ key, cert, allowHTTP1: true }, listener);
  const servers = [
    [secure(page), 8201],
    [secure(answer), 8202],
    [createServer(answer), 8103],
    [createHttp2Server(answer), 8104],
  ];
  await Promise.all(servers.map(([server, port]) => new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve))));
  return {
    stop() {
      for (const [server] of servers) server.close();
    },
  };
}
