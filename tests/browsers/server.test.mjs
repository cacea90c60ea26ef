import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestReader } from "./request.mjs";
import { Script, answerBytes } from "./script.mjs";

const bytes = (answer, request = {}) => answerBytes(answer, { method: "GET", isPreflight: false, ...request });

test("an answer is these bytes", () => {
  const table = [
    [{}, {}, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok", false],
    [{ h: [["X-é", " a\t"]], b: "é" }, {}, "HTTP/1.1 200 OK\r\nX-é:  a\t\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\né", false],
    [{ s: 204 }, { method: "OPTIONS", isPreflight: true }, "HTTP/1.1 204 No Content\r\n\r\n", false],
    [{}, { method: "OPTIONS", isPreflight: true }, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false],
    [{}, { method: "HEAD" }, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n", false],
    [{ s: 304, h: [["content-type", "a/b"]] }, {}, "HTTP/1.1 304 Status\r\ncontent-type: a/b\r\nContent-Length: 0\r\n\r\n", false],
    [{ s: 418, r: "short and stout", b: "" }, {}, "HTTP/1.1 418 short and stout\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", true],
    [{ close: true, h: [["Content-Length", "9"]] }, {}, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nok", true],
    [{ s: 103 }, {}, "HTTP/1.1 103 Status\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n", true],
    [
      { s: 103, then: { s: 204 } },
      {},
      "HTTP/1.1 103 Status\r\nContent-Type: text/plain\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Type: text/plain\r\n\r\n",
      false,
    ],
  ];
  for (const [answer, request, expected, closes] of table) {
    const made = bytes(answer, request);
    assert.equal(made.bytes.toString("latin1"), expected);
    assert.equal(made.closes, closes, expected);
  }
});

test("a picture and a font are what they say", () => {
  assert.equal(bytes({ b: "@png" }).bytes.toString("latin1").split("\r\n\r\n")[1].slice(1, 4), "PNG");
  // NB: the replay of recordings knows these lengths.
  for (const [body, length] of [["@png", 70], ["@font", 628]]) assert.match(bytes({ b: body }).bytes.toString("latin1"), new RegExp(`Content-Length: ${length}\r\n`));
  assert.deepEqual([...bytes({ b: "@font" }).bytes.toString("latin1").split("\r\n\r\n")[1].slice(0, 4)], ["\0", "\x01", "\0", "\0"]);
});

test("lists are consumed in order and the last one repeats", () => {
  const script = new Script({ m: { main: [{ s: 301 }, { s: 302 }], pf: { s: 204 } }, "*": { main: { s: 500 } } });
  const asked = [["m", false], ["m", true], ["m", false], ["m", false], ["m", true], ["other", false], ["other", true]];
  assert.deepEqual(asked.map(([name, isPreflight]) => script.next(name, isPreflight)?.s), [301, 204, 302, 302, 204, 500, undefined]);
  assert.equal(new Script({ m: {} }).next("n", false), undefined);
  assert.equal(new Script({}).next("constructor", false), undefined);
});

test("requests are read however they are cut", () => {
  const text = "POST /id/m?q HTTP/1.1\r\nHost: b.test:8103\r\nX-A:\t é \r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n";
  for (const size of [1, 7, 1000]) {
    const reader = new RequestReader();
    const requests = [];
    for (let at = 0; at < text.length; at += size) {
      reader.add(Buffer.from(text.slice(at, at + size), "latin1"));
      for (let request = reader.next(); request !== undefined; request = reader.next()) requests.push(request);
    }
    assert.deepEqual(
      requests.map(({ method, target, headers, body }) => [method, target, headers, body.toString()]),
      [
        ["POST", "/id/m?q", [["host", "b.test:8103"], ["x-a", "\t é "], ["content-length", "3"]], "abc"],
        ["GET", "/x", [["transfer-encoding", "chunked"]], "abc"],
      ],
    );
  }
});

test("what is no request is refused", () => {
  for (const text of ["\x16\x03\x01", "GET /\r\n\r\n", "GET / HTTP/2\r\n\r\n"]) {
    const reader = new RequestReader();
    reader.add(Buffer.from(text, "latin1"));
    assert.throws(() => reader.next(), /not a request/);
  }
});
