// Reads HTTP/1.1 requests from the bytes of a connection.

/** A request's head may be this long: the longest that a case makes is far below it. */
const LONGEST_HEAD = 1 << 20;

/** Takes the bytes of a connection and gives whole requests. */
export class RequestReader {
  #bytes = Buffer.alloc(0);

  /** Adds what arrived. */
  add(bytes) {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** The next whole request, undefined if it has not arrived in full. Throws on what is no request. */
  next() {
    // The first bytes of TLS at a port of plain HTTP would never become a request.
    if (this.#bytes.length > 0 && this.#bytes[0] < 0x21) throw new Error("not a request: it starts with a control character");
    const end = this.#bytes.indexOf("\r\n\r\n");
    if (end < 0) {
      if (this.#bytes.length > LONGEST_HEAD) throw new Error("a request's head has no end");
      return undefined;
    }
    const [line, ...lines] = this.#bytes.toString("latin1", 0, end).split("\r\n");
    const [, method, target] = /^([^ ]+) ([^ ]+) HTTP\/1\.1$/.exec(line) ?? [];
    if (method === undefined) throw new Error(`not a request: ${line}`);
    // The value is kept as it was written, but for the one space that everybody writes.
    const headers = lines.map((header) => {
      const colon = header.indexOf(":");
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).replace(/^ /, "")];
    });
    const value = (name) => headers.find(([given]) => given === name)?.[1];
    const rest = this.#bytes.subarray(end + 4);
    const body = /chunked/i.test(value("transfer-encoding") ?? "") ? chunks(rest) : sized(rest, Number(value("content-length") ?? 0));
    if (body === undefined) return undefined;
    this.#bytes = rest.subarray(body.consumed);
    return { method, target, headers, body: body.bytes };
  }
}

function sized(bytes, length) {
  return bytes.length < length ? undefined : { bytes: bytes.subarray(0, length), consumed: length };
}

function chunks(bytes) {
  const parts = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (Number.isNaN(size)) throw new Error("a chunk has no size");
    const next = end + 2 + size + 2;
    if (bytes.length < next) return undefined;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = next;
    if (size === 0) return { bytes: Buffer.concat(parts), consumed: at };
  }
}
