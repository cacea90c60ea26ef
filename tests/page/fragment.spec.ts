// What a link holds, without a browser: every text comes back, and a damaged link gives what is left of it.

import { expect, test } from "@playwright/test";
import { read, write } from "../../www/src/link.ts";
import type { Question } from "../../www/src/question.ts";

const EXCHANGE = "GET /items HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";

const asked = (paste: string, others: Partial<Question> = {}): Question => ({ page: "https://app.example", paste, credentials: "", mode: "", ...others });

for (const [name, question] of [
  ["an exchange", asked(EXCHANGE)],
  ["settings", asked(EXCHANGE, { credentials: "include", mode: "no-cors" })],
  ["nothing but a page", asked("")],
  ["quotes and backslashes", asked('"\\"\\\\"\\u0041", "]', { page: '"\\' })],
  ["wide characters", asked("b\u00fccher.example \u{1F600} \u4e16")],
  ["controls, NULs and marks that turn text", asked("\u0000\u0001\u202e\u2066\ufeff\r\n\t\u007f", { page: "\u0000" })],
  ["halves of surrogate pairs", asked("a\ud800b\udc00c\ud83d")],
  ["a megabyte", asked("0123456789abcdef".repeat(65_536))],
] as const) {
  test(`${name} comes back from a link`, async () => {
    const fragment = await write(question);
    expect(fragment).toMatch(/^z=[A-Za-z0-9_-]+&v=2$/);
    expect(await read(`#${fragment}`)).toEqual({ question, problem: null });
  });
}

test("a link is shorter than its text", async () => {
  const text = EXCHANGE.repeat(20);
  expect((await write(asked(text))).length).toBeLessThan(text.length / 8);
});

test("what names a place on the page is no question", async () => {
  for (const fragment of ["", "#", "#ask", "#verdict-heading", "#gallery/no-acao"]) expect(await read(fragment), fragment).toBeNull();
});

const lines = Array.from({ length: 400 }, (_, index) => `X-Line-${index}: ${Math.imul(index, 2654435761) >>> 0}`).join("\n");

test("a link that was cut off gives its beginning, and says so", async () => {
  const fragment = await write(asked(lines, { credentials: "omit" }));
  for (const share of [0.4, 0.6, 0.9, 0.99]) {
    const found = await read(fragment.slice(0, Math.floor(fragment.length * share)));
    expect(found?.problem).toBe("This link is damaged: a part of it is missing or changed; its end is missing. What could be read of it is shown.");
    expect(found?.question.page).toBe("https://app.example");
    expect(found?.question.credentials).toBe("omit");
    expect(lines.startsWith(found?.question.paste ?? "-")).toBe(true);
  }
  const most = await read(fragment.slice(0, Math.floor(fragment.length * 0.9)));
  expect(most?.question.paste.length).toBeGreaterThan(lines.length / 2);
});

for (const [name, damaged, problem] of [
  ["a later version", (fragment: string) => fragment.replace("v=2", "v=9"), "it is of version 9, this page writes version 2"],
  ["characters that no link has", (fragment: string) => fragment.replace("z=", "z=%*"), "it has characters that no link has"],
  ["no version", (fragment: string) => fragment.replace("&v=2", ""), "its end is missing"],
] as const) {
  test(`a link with ${name} is read, and says so`, async () => {
    const question = asked(EXCHANGE);
    expect(await read(damaged(await write(question)))).toEqual({ question, problem: `This link is damaged: ${problem}. What could be read of it is shown.` });
  });
}

test("a link that says nothing gives nothing, and says so", async () => {
  for (const fragment of ["z=&v=2", "z=A&v=2", "z=AAAA&v=2", "z=_____w&v=2"]) {
    const found = await read(fragment);
    expect(found?.question, fragment).toEqual({ page: "", paste: "", credentials: "", mode: "" });
    expect(found?.problem, fragment).toContain("a part of it is missing or changed");
  }
});

test("a link that unfolds without end is stopped", async () => {
  const found = await read(await write(asked("a".repeat(20 * 1024 * 1024))));
  expect(found?.problem).toBe("This link is damaged: it unfolds into more text than this page reads. What could be read of it is shown.");
  expect(found?.question.paste.length).toBeLessThan(17 * 1024 * 1024);
});

test("links of version 1 still open", async () => {
  expect(await read("#page=https://app.example&paste=GET+/a%2Bb+HTTP/1.1%0AHost:+b%C3%BCcher.example&credentials=include&mode=cors&v=1")).toEqual({
    question: { page: "https://app.example", paste: "GET /a+b HTTP/1.1\nHost: bücher.example", credentials: "include", mode: "cors" },
    problem: null,
  });
});
