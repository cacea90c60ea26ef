// What the types allow is what the engine takes, and what it gives back fits them.

import { Browser, decide, decideAll, evaluate, type Algorithm, type BrowserState, type DecideExchange, type Decision, type Fetch, type FetchReport, type Header, type Page, type Report, type Scenario, type ScenarioError, type Step } from "corscope";
import {
  cookieLanes,
  explain,
  evaluate as explainedEvaluate,
  findings,
  findingsOfObserved,
  judgeAllowList,
  sharedCache,
  whoCanRead,
  type AllowListReport,
  type Change,
  type CookieLane,
  type Explanation,
  type Finding,
  type FindingId,
  type FindingView,
  type Inspection,
  type Observed,
  type Reader,
  type Repair,
  type SharedCacheReport,
  type TextEdit,
} from "corscope/explain";
import { init as initExplain, explain as slimExplain } from "corscope/explain/slim";
import { init, initSync, evaluate as slimEvaluate } from "corscope/slim";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T => true as T;

// Nothing is `any`, and nothing is a wider type than it says.
holds<Same<ReturnType<typeof evaluate>, Report>>();
holds<Same<Parameters<typeof evaluate>, [scenario: Scenario]>>();
holds<Same<ReturnType<typeof decide>, Decision>>();
holds<Same<Parameters<typeof decide>, [exchange: DecideExchange]>>();
holds<Same<ReturnType<typeof decideAll>, Decision[]>>();
holds<Same<Parameters<typeof decideAll>, [exchanges: readonly DecideExchange[]]>>();
holds<Same<Decision["readable"], number[]>>();
holds<Same<typeof slimEvaluate, typeof evaluate>>();
holds<Same<typeof explainedEvaluate, typeof evaluate>>();
holds<Same<ReturnType<typeof explain>, Explanation>>();
holds<Same<typeof slimExplain, typeof explain>>();
holds<Same<typeof findings, (scenario: Scenario) => Finding[]>>();
holds<Same<typeof findingsOfObserved, (observed: Observed) => Finding[]>>();
holds<Same<typeof whoCanRead, (observed: Observed) => Reader[]>>();
holds<Same<typeof sharedCache, (observed: Observed) => SharedCacheReport>>();
holds<Same<typeof judgeAllowList, (text: string) => AllowListReport>>();
holds<Same<typeof cookieLanes, (scenario: Scenario) => CookieLane[]>>();
holds<Same<Finding["changes"], Change[]>>();
holds<Same<Repair["changes"], Change[]>>();
holds<Same<Finding["id"] & "null-origin", FindingId & "null-origin">>();
holds<Same<Inspection["findings"], FindingView[]>>();
holds<Same<FindingView["edits"], TextEdit[]>>();
holds<Same<typeof initExplain, typeof init>>();
holds<Same<Report["fetches"], FetchReport[]>>();
holds<Same<Browser["state"], BrowserState>>();
holds<Same<Header, [string, string]>>();
holds<Same<Step, { algorithm: Algorithm; number: string; url: string }>>();
holds<Same<FetchReport["exchanges"][number]["answer"], number | null>>();
holds<Same<Step["algorithm"] & "corsCheck", "corsCheck">>();

const page: Page = { url: "https://app.example/" };
const fetch: Fetch = { call: { api: "fetch", url: "/" } };
const scenario: Scenario = { page, fetches: [fetch] };
const report: Report = evaluate(scenario);
// What a report gives is what a scenario takes.
evaluate({ ...scenario, state: report.state });
new Browser(report.state).fetch(page, { ...fetch, answers: [{ status: 200 }, { status: 200, headers: { Vary: "Origin" } }, { failure: "offline" }] }).outcome.type;
new Browser().free();
for (const { response } of report.fetches.flatMap(({ exchanges }) => exchanges)) {
  if (response !== null) evaluate({ page, fetches: [{ ...fetch, answers: [response] }] });
}

const request: DecideExchange["request"] = { origin: "https://app.example", url: "https://api.example/" };
decide({ request, response: { status: 200 } });
decide({ request: { ...request, method: "PUT", headers: { "X-One": "1" }, mode: "cors", useCorsPreflight: true }, preflight: null, response: { status: 200, headers: [["Vary", "Origin"]] } });
// @ts-expect-error
decide({ request });
// @ts-expect-error
decide({ request: { ...request, credentials: true }, response: { status: 200 } });

// A member that may be absent may be undefined only where a project says so.
// @ts-expect-error
evaluate({ page, fetches: [fetch], version: "1" });
// @ts-expect-error
evaluate({ page });
// @ts-expect-error
evaluate({ page: { ...page, refererPolicy: "origin" }, fetches: [] });
// @ts-expect-error
evaluate({ page: { ...page, referrerPolicy: "orign" }, fetches: [] });
// @ts-expect-error
evaluate({ page, fetches: [{ call: { api: "ftch", url: "/" } }] });
// @ts-expect-error
evaluate({ page, fetches: [{ call: { api: "font", url: "/", crossOrigin: "" } }] });
// @ts-expect-error
evaluate({ page, fetches: [{ ...fetch, answers: [{}] }] });
// @ts-expect-error
evaluate({ page, fetches: [{ ...fetch, answers: [{ failure: "gone" }] }] });
// @ts-expect-error
new Browser().state = {};
// @ts-expect-error
new Browser().fetch(page);

export async function slim(): Promise<Report> {
  await init(new Uint8Array());
  await init(Promise.resolve("https://app.example/corscope.wasm"));
  initSync(new ArrayBuffer(0));
  // @ts-expect-error
  await init();
  // @ts-expect-error
  initSync("https://app.example/corscope.wasm");
  return slimEvaluate(scenario);
}

export const place = (error: ScenarioError): string => `${error.name satisfies "ScenarioError"} ${error.place} ${error.message}`;
