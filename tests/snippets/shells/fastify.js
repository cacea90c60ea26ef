import fastify from "fastify";

const app = fastify();
@snippet@
app.addContentTypeParser("*", (request, payload, done) => done(null));
app.addHook("onRequest", async (request, reply) => {
  if (request.url === "/private" && request.headers.authorization !== "@login@") return reply.code(401).send("log in");
});
app.addHttpMethod("PROPFIND", { hasBody: true });
const all = (url, handler) => app.route({ method: ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"], url, handler });
all("/ok", async (request, reply) => reply.headers({ "X-Version": "1", "X-Total": "2", "X-Secret": "3" }).type("text/plain").send("ok"));
all("/private", async (request, reply) => reply.type("text/plain").send("ok"));
all("/moved", async (request, reply) => reply.redirect("/ok", 302));
all("/down", async (request, reply) => reply.code(503).send("down"));
all("/fail", async () => {
  throw new Error("fail");
});
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
