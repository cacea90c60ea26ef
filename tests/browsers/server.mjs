// The scripted servers: every port of the recordings, over raw sockets, with a log of what arrived.

import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { HTTP_PORTS, HTTPS_PORTS, originName } from "./origins.mjs";
import { RequestReader } from "./request.mjs";
import { Script, answerBytes } from "./script.mjs";

/** Below this path lies what the recorder itself needs: the page, and how it gets its cases. */
const OWN = "/__/";

/** What is answered where no case is meant. */
const NOTHING = { s: 404, h: [["Cache-Control", "no-store"]] };

export class Servers {
  #listeners = [];
  #sockets = new Set();
  #cases = new Map();
  #own;

  /** `own(path, body)` gives, perhaps later, `{ type, headers, body }` for a path of the recorder's own, or undefined. */
  constructor(own) {
    this.#own = own;
  }

  /** Opens every port. `certificate` is `{ key, cert }`. */
  async listen(certificate) {
    for (const port of HTTP_PORTS) await this.#open(createServer, {}, port, "http");
    for (const port of HTTPS_PORTS) await this.#open(createTlsServer, { ...certificate, ALPNProtocols: ["http/1.1"] }, port, "https");
  }

  /** From now on requests below `/id/` are answered as `answers` says, and logged. */
  add(id, answers) {
    this.#cases.set(id, { script: new Script(answers), log: [] });
  }

  /** Forgets a case, and gives the log of what arrived. */
  take(id) {
    const log = this.#cases.get(id)?.log ?? [];
    this.#cases.delete(id);
    return log;
  }

  /** Closes every port and every connection. */
  close() {
    for (const listener of this.#listeners) listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #open(create, options, port, scheme) {
    await this.#openAt(create, options, port, scheme, "127.0.0.1");
    // `localhost` may mean this one first; a machine without it is no obstacle.
    await this.#openAt(create, options, port, scheme, "::1").catch((error) => {
      if (!["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(error.code)) throw error;
    });
  }

  #openAt(create, options, port, scheme, host) {
    const listener = create(options, (socket) => this.#serve(socket, scheme, port));
    // A browser that does not like the certificate, or goes away in the handshake, is its own affair.
    listener.on("tlsClientError", () => {});
    return new Promise((resolve, reject) => {
      listener.once("error", (error) => {
        const why = {
          EACCES: "only a privileged user may open it; run as root, or where user namespaces are allowed",
          EADDRINUSE: "another program has it; end that program, or run as root so that the recorder gets a network of its own",
        };
        reject(Object.assign(new Error(`cannot listen at port ${port}: ${why[error.code] ?? error.message}`), { code: error.code }));
      });
      listener.listen(port, host, () => {
        this.#listeners.push(listener);
        resolve();
      });
    });
  }

  #serve(socket, scheme, port) {
    const reader = new RequestReader();
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
    let busy = Promise.resolve();
    socket.on("data", (bytes) => {
      reader.add(bytes);
      busy = busy.then(async () => {
        for (;;) {
          if (socket.destroyed) return;
          const request = reader.next();
          if (request === undefined) return;
          await this.#answer(socket, request, scheme, port);
        }
      }).catch(() => socket.destroy());
    });
  }

  async #answer(socket, request, scheme, port) {
    const path = request.target.split("?", 1)[0];
    if (path.startsWith(OWN)) return this.#answerOwn(socket, request, path);
    // A path that is no percent-encoding is answered by nobody, as in the recordings.
    decodeURIComponent(path);
    const [, id, name] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const found = this.#cases.get(id);
    const header = (name) => request.headers.find(([given]) => given === name)?.[1];
    const isPreflight = request.method === "OPTIONS" && header("access-control-request-method") !== undefined;
    found?.log.push({
      at: Date.now(),
      to: originName(`${scheme}://${header("host") ?? `localhost:${port}`}`),
      method: request.method,
      path: request.target,
      headers: request.headers,
      isPreflight,
      bodyLength: request.body.length,
    });
    const answer = found?.script.next(name, isPreflight) ?? NOTHING;
    if (answer.d > 0) await new Promise((resolve) => setTimeout(resolve, answer.d));
    if (answer.drop) return socket.destroy();
    send(socket, answerBytes(answer, { method: request.method, isPreflight }));
  }

  async #answerOwn(socket, request, path) {
    const own = await this.#own(path, request.body.toString("utf8"));
    const answer = own === undefined ? NOTHING : { h: [["Content-Type", own.type], ["Cache-Control", "no-store"], ...(own.headers ?? [])], b: Buffer.from(own.body, "utf8").toString("latin1") };
    if (!socket.destroyed) send(socket, answerBytes(answer, { method: request.method, isPreflight: false }));
  }
}

function send(socket, { bytes, closes }) {
  if (closes) socket.end(bytes);
  else socket.write(bytes);
}
