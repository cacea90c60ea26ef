// Where the platform has `URL`, `Headers`, `Request` and `Response`, they are taken. (Elsewhere, exact.ts does without.)

import { decide, evaluate, type Answer, type Page, type PlatformResponse } from "corscope";
import { init, initSync } from "corscope/slim";

const page: Page = { url: new URL("https://app.example/") };
const headers = new Headers({ "X-One": "1" });
evaluate({
  page,
  fetches: [
    { call: new Request("https://api.example/"), answers: [new Response(), { status: 200, headers }] },
    { call: { api: "fetch", url: new URL("https://api.example/"), init: { headers, referrer: new URL("https://app.example/") } } },
  ],
});
decide({ request: { origin: "https://app.example", url: new URL("https://api.example/"), headers }, preflight: new Response(), response: new Response() });
// @ts-expect-error
evaluate({ page, fetches: [{ call: new Response() }] });
// @ts-expect-error
evaluate({ page, fetches: [{ call: { api: "fetch", url: new Headers() } }] });
// @ts-expect-error
evaluate({ page: { url: document }, fetches: [] });

export const answer: Answer = new Response() satisfies PlatformResponse;
export async function slim(module: WebAssembly.Module): Promise<void> {
  await init(module);
  await init(fetch("/corscope.wasm"));
  await init(new URL("https://app.example/corscope.wasm"));
  initSync(module);
}
