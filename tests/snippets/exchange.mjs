// A scenario's exchange with a real server: the engine says what the browser sends, it is sent, and the engine is given the answer.

import { Agent, request as send } from "node:http";
import { evaluate } from "../../pkg/index.js";

/** How long a server may take for an answer, in milliseconds. */
const PATIENCE = 10_000;

/** How often the engine may ask for one more answer. */
const LONGEST = 8;

/** The request header lines of `request` as its server sees them, with what HTTP adds. */
function lines({ url, headers, hasBody }) {
  const { host } = new URL(url);
  const length = hasBody && !headers.some(([name]) => name.toLowerCase() === "content-length") ? [["Content-Length", "2"]] : [];
  return [["Host", host], ...headers, ...length];
}

/** A connection to the server on `port` that stays open from one request to the next: `{ send(request), close() }`. */
export function connect(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const once = (request) =>
    new Promise((resolve, reject) => {
      const { pathname, search } = new URL(request.url);
      const options = { host: "127.0.0.1", port, agent, method: request.method, path: pathname + search, headers: lines(request).flat(), timeout: PATIENCE };
      const sent = send(options, (response) => {
        const headers = [];
        for (let at = 0; at < response.rawHeaders.length; at += 2) headers.push(response.rawHeaders.slice(at, at + 2));
        response.resume();
        response.once("end", () => resolve({ status: response.statusCode, headers }));
        response.once("error", reject);
      });
      sent.once("timeout", () => sent.destroy(new Error(`no answer to ${request.method} ${request.url} within ${PATIENCE} ms`)));
      sent.once("error", (error) => (sent.reusedSocket && error.code === "ECONNRESET" ? once(request).then(resolve, reject) : reject(error)));
      sent.end(request.hasBody ? "{}" : undefined);
    });
  return { send: once, close: () => agent.destroy() };
}

/** The report of the first fetch of `scenario`, whose answers come from `answer(request)`. */
export async function ask(scenario, answer) {
  const [fetch] = scenario.fetches;
  const answers = [];
  for (let round = 0; round < LONGEST; round++) {
    const report = evaluate({ ...scenario, fetches: [{ ...fetch, answers }] }).fetches[0];
    if (report.outcome.type !== "needsAnswer") return report;
    answers.push(await answer(report.outcome.request));
  }
  throw new Error(`no end after ${LONGEST} answers: ${JSON.stringify(fetch.call)}`);
}

/** How a fetch ended, in one line: the status and the headers that script reads, or the code of the error. */
export function verdict({ outcome }) {
  if (outcome.type !== "response") return outcome.code ?? outcome.type;
  const names = outcome.headers.map(([name]) => name.toLowerCase()).sort();
  return [outcome.status, ...new Set(names)].join(" ");
}
