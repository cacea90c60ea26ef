// The application behind the proxies. It sends CORS headers of its own, which a proxy that adds them has to remove.

import { createServer } from "node:http";

const OWN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": "X-Secret",
  "Access-Control-Allow-Methods": "*",
  "Access-Control-Allow-Headers": "*",
  Vary: "Accept-Encoding",
};

const ROUTES = {
  "/ok": [200, { "X-Version": "1", "X-Total": "2", "X-Secret": "3", "Content-Type": "text/plain" }],
  "/private": [200, { "Content-Type": "text/plain" }],
  "/fail": [500, {}],
  "/moved": [302, { Location: "/ok" }],
};

/** `{ port, stop() }`. */
export async function startUpstream() {
  const server = createServer((request, response) => {
    const [status, headers] = ROUTES[request.url] ?? [404, {}];
    response.writeHead(status, { ...OWN, ...headers }).end(status === 200 ? "ok" : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { port: server.address().port, stop };
}
