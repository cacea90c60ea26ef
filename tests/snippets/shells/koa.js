import Koa from "koa";

const app = new Koa();
app.silent = true;
@snippet@
app.use(async (ctx) => {
  if (ctx.path === "/private" && ctx.get("Authorization") !== "@login@") ctx.throw(401);
  if (ctx.path === "/fail") throw new Error("fail");
  if (ctx.path === "/down") ctx.status = 503;
  else if (ctx.path === "/moved") ctx.redirect("/ok");
  else if (ctx.path === "/ok" || ctx.path === "/private") ctx.body = "ok";
  if (ctx.path === "/ok") ctx.set({ "X-Version": "1", "X-Total": "2", "X-Secret": "3" });
});
app.listen(Number(process.argv[2]), "127.0.0.1");
