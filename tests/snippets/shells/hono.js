import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();
@snippet@
app.use(async (c, next) => {
  if (c.req.path === "/private" && c.req.header("Authorization") !== "@login@") return c.text("log in", 401);
  await next();
});
app.all("/ok", (c) => c.text("ok", 200, { "X-Version": "1", "X-Total": "2", "X-Secret": "3" }));
app.all("/private", (c) => c.text("ok"));
app.all("/moved", (c) => c.redirect("/ok", 302));
app.all("/down", (c) => c.text("down", 503));
app.all("/fail", () => {
  throw new Error("fail");
});
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: "127.0.0.1" });
