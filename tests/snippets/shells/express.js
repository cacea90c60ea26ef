import express from "express";

const app = express();
app.set("env", "test");
@snippet@
app.use((request, response, next) => {
  if (request.path !== "/private" || request.get("Authorization") === "@login@") next();
  else response.status(401).send("log in");
});
app.all("/ok", (request, response) => response.set({ "X-Version": "1", "X-Total": "2", "X-Secret": "3" }).type("text").send("ok"));
app.all("/private", (request, response) => response.type("text").send("ok"));
app.all("/moved", (request, response) => response.redirect(302, "/ok"));
app.all("/down", (request, response) => response.status(503).send("down"));
app.all("/fail", () => {
  throw new Error("fail");
});
app.listen(Number(process.argv[2]), "127.0.0.1");
