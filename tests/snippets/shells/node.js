import { createServer } from "node:http";
import { cors } from "./cors.js";

const ROUTES = {
  "/ok": [200, { "X-Version": "1", "X-Total": "2", "X-Secret": "3", "Content-Type": "text/plain" }],
  "/private": [200, { "Content-Type": "text/plain" }],
  "/fail": [500],
  "/down": [503],
  "/moved": [302, { Location: "/ok" }],
};

const server = createServer((request, response) => {
  if (cors(request, response)) return;
  const isOut = request.url === "/private" && request.headers.authorization !== "@login@";
  const [status, headers] = isOut ? [401] : (ROUTES[request.url] ?? [404]);
  response.writeHead(status, headers).end();
});
server.listen(Number(process.argv[2]), "127.0.0.1");
