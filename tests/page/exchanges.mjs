// Exchanges that a real browser makes from the page, and what the servers answer: "Try it here" is held against them.
//
// {page} is the origin of the page, {api} that of a server on another site, {near} that of one on the same site.

import { createServer } from "node:net";
import { RequestReader } from "../browsers/request.mjs";
import { answerBytes } from "../browsers/script.mjs";

const ok = (headers, others = {}) => ({ s: 200, h: headers, ...others });
const preflight = (headers, status = 204) => ({ s: status, h: headers, preflight: true });
const to = (location, headers = [], status = 302) => ({ s: status, h: [["Location", location], ...headers], b: "" });

const ANY = ["Access-Control-Allow-Origin", "*"];
const PAGE = ["Access-Control-Allow-Origin", "{page}"];
const OTHER = ["Access-Control-Allow-Origin", "https://app.example"];
const CREDENTIALS = ["Access-Control-Allow-Credentials", "true"];
const methods = (list) => ["Access-Control-Allow-Methods", list];
const headers = (list) => ["Access-Control-Allow-Headers", list];
const exposes = (list) => ["Access-Control-Expose-Headers", list];

const get = (init = {}, path = "{api}/x") => ({ api: "fetch", url: path, init });
const xhr = (others = {}) => ({ api: "xhr", url: "{api}/x", ...others });
const img = (others = {}) => ({ api: "img", url: "{api}/x", ...others });
const png = (lines) => ok([["Content-Type", "image/png"], ...lines], { b: "@png" });
const stream = (lines) => ok([["Content-Type", "text/event-stream"], ...lines], { b: "data: 1\n\n" });
const json = { "content-type": "application/json" };

/** Each row: what is asked, and the answers in order. */
export const EXCHANGES = [
  ["no Allow-Origin", get(), [ok([])]],
  ["any origin", get(), [ok([ANY])]],
  ["this origin", get(), [ok([PAGE])]],
  ["another origin", get(), [ok([OTHER])]],
  ["a slash too much", get(), [ok([["Access-Control-Allow-Origin", "{page}/"]])]],
  ["null", get(), [ok([["Access-Control-Allow-Origin", "null"]])]],
  ["an empty value", get(), [ok([["Access-Control-Allow-Origin", ""]])]],
  ["the header twice", get(), [ok([PAGE, PAGE])]],
  ["a list of origins", get(), [ok([["Access-Control-Allow-Origin", "{page}, https://app.example"]])]],
  ["same site, another origin", get({}, "{near}/x"), [ok([])]],
  ["an error that may be read", get(), [ok([ANY], { s: 404 })]],
  ["an error that may not", get(), [ok([], { s: 500 })]],
  ["any origin, with credentials", get({ credentials: "include" }), [ok([ANY, CREDENTIALS])]],
  ["this origin, with credentials", get({ credentials: "include" }), [ok([PAGE, CREDENTIALS])]],
  ["credentials not allowed", get({ credentials: "include" }), [ok([PAGE])]],
  ["credentials allowed as True", get({ credentials: "include" }), [ok([PAGE, ["Access-Control-Allow-Credentials", "True"]])]],
  ["no-cors", get({ mode: "no-cors" }), [ok([])]],
  ["no-cors with a forbidden method", get({ mode: "no-cors", method: "PUT" }), []],
  ["same-origin to another origin", get({ mode: "same-origin" }), []],
  ["a simple POST", get({ method: "POST", body: { type: "text", text: "a=1" } }), [ok([ANY])]],
  ["PUT, allowed", get({ method: "PUT" }), [preflight([ANY, methods("PUT")]), ok([ANY])]],
  ["PUT, not named", get({ method: "PUT" }), [preflight([ANY])]],
  ["PUT, preflight without Allow-Origin", get({ method: "PUT" }), [preflight([methods("PUT")])]],
  ["PUT, preflight refused", get({ method: "PUT" }), [preflight([ANY, methods("PUT")], 403)]],
  ["PUT, preflight redirected", get({ method: "PUT" }), [preflight([ANY, methods("PUT"), ["Location", "{api}/y"]], 302)]],
  ["PUT, answer without Allow-Origin", get({ method: "PUT" }), [preflight([ANY, methods("PUT")]), ok([])]],
  ["DELETE under a wildcard", get({ method: "DELETE" }), [preflight([ANY, methods("*")]), ok([ANY])]],
  ["DELETE under a wildcard, with credentials", get({ method: "DELETE", credentials: "include" }), [preflight([PAGE, CREDENTIALS, methods("*")])]],
  ["patch in lower case", get({ method: "patch" }), [preflight([ANY, methods("PATCH")])]],
  ["JSON, allowed", get({ method: "POST", headers: [["Content-Type", json["content-type"]]], body: { type: "text", text: "{}" } }), [preflight([ANY, headers("content-type")]), ok([ANY])]],
  ["JSON, not allowed", get({ method: "POST", headers: [["Content-Type", json["content-type"]]], body: { type: "text", text: "{}" } }), [preflight([ANY])]],
  ["a header, allowed in other letters", get({ headers: [["X-Token", "1"]] }), [preflight([ANY, headers("x-TOKEN")]), ok([ANY])]],
  ["a header, nearly allowed", get({ headers: [["X-Token", "1"]] }), [preflight([ANY, headers("X_Token")])]],
  ["headers that may be read", get(), [ok([ANY, exposes("x-a, ETag"), ["X-A", "1"], ["X-B", "2"], ["ETag", "e"], ["Cache-Control", "no-store"]])]],
  ["headers under a wildcard", get(), [ok([ANY, exposes("*"), ["X-A", "1"], ["Set-Cookie", "a=1"]])]],
  ["a wildcard that is a name", get({ credentials: "include" }), [ok([PAGE, CREDENTIALS, exposes("*"), ["X-A", "1"]])]],
  ["redirect, each allowed", get(), [to("{api}/y", [ANY]), ok([ANY])]],
  ["redirect, the first not allowed", get(), [to("{api}/y")]],
  ["redirect to a third origin, this origin", get(), [to("{near}/y", [ANY]), ok([PAGE])]],
  ["redirect to a third origin, any", get(), [to("{near}/y", [ANY]), ok([ANY])]],
  ["redirect not followed", get({ redirect: "manual" }), [to("{api}/y", [ANY])]],
  ["redirect as an error", get({ redirect: "error" }), [to("{api}/y", [ANY])]],
  ["XHR, allowed", xhr(), [ok([ANY, exposes("x-a"), ["X-A", "1"]])]],
  ["XHR, blocked", xhr(), [ok([])]],
  ["XHR with a listener", xhr({ method: "POST", uploadListener: true, body: { type: "text", text: "a" } }), [preflight([ANY]), ok([ANY])]],
  ["an image", img(), [png([])]],
  ["an image with CORS", img({ crossOrigin: "anonymous" }), [png([ANY])]],
  ["an image with CORS, blocked", img({ crossOrigin: "anonymous" }), [png([])]],
  ["an event stream", { api: "eventSource", url: "{api}/x" }, [stream([ANY])]],
  ["an event stream, blocked", { api: "eventSource", url: "{api}/x" }, [stream([])]],
  ["a beacon", { api: "beacon", url: "{api}/x", body: { type: "text", text: "a" } }, [ok([])]],
];

/** Starts the two servers: `{ origins, row(index), stop() }`. `row` gives the text to paste for a row of the table. */
export async function startServers(page) {
  const waiting = new Map();
  const sockets = new Set();
  const listeners = [await listen("127.0.0.1"), await listen("127.0.0.1")];
  const [api, near] = listeners.map((listener) => listener.address().port);
  const origins = { page, api: `http://127.0.0.1:${api}`, near: `http://localhost:${near}` };

  function listen(host) {
    const listener = createServer((socket) => {
      const reader = new RequestReader();
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        try {
          reader.add(bytes);
          for (let request = reader.next(); request !== undefined; request = reader.next()) socket.write(next(request));
        } catch {
          socket.destroy();
        }
      });
    });
    return new Promise((resolve) => listener.listen(0, host, () => resolve(listener)));
  }

  function next({ method, target }) {
    const answers = waiting.get(/^\/([^/]+)/.exec(target)?.[1]) ?? [];
    const answer = answers.shift() ?? { s: 404 };
    return answerBytes(answer, { method, isPreflight: answer.preflight === true }).bytes;
  }

  let count = 0;
  return {
    origins,
    row(index) {
      const [, call, answers] = EXCHANGES[index];
      // A path of its own, so that no cache of one row touches another.
      const id = `r${(count += 1)}`;
      const filled = (value) =>
        JSON.parse(
          JSON.stringify(value).replaceAll(/\{(page|api|near)\}(\/)?(?=([^"]*))/g, (_, name, slash, rest) => {
            const isOwn = name === "page" || slash === undefined;
            return `${origins[name]}${slash ?? ""}${isOwn ? "" : `${id}/`}`;
          }),
        );
      const served = filled(answers);
      waiting.set(id, served.slice());
      const said = served.map((answer) => message(answerBytes(answer, { method: "GET", isPreflight: answer.preflight === true }).bytes));
      return JSON.stringify({ page: { url: `${page}/` }, fetches: [{ call: filled(call), answers: said }] }, null, 2);
    },
    stop() {
      for (const listener of listeners) listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** An answer of a scenario, from its bytes. */
function message(bytes) {
  const [line, ...lines] = bytes.toString("latin1").split("\r\n\r\n", 1)[0].split("\r\n");
  return {
    status: Number(line.split(" ")[1]),
    statusText: line.split(" ").slice(2).join(" "),
    headers: lines.map((header) => [header.slice(0, header.indexOf(":")), header.slice(header.indexOf(":") + 1).trim()]),
  };
}
