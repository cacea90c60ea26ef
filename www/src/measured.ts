// What the recordings of real browsers say of the engine: the figures that `npm run corpus -- --save` wrote.

import results from "../../tests/corpus/results.json";

/** How far each browser's profile agrees with its recordings, in a sentence. */
export function measured(): string {
  const share = ({ version, agreement }: (typeof results.browsers)[number]) => {
    const [outcome, wire] = ["outcome", "wire"].map((name) => agreement.find(({ dimension }) => dimension === name));
    return `${version} (${percent(outcome)} of the outcomes, ${percent(wire)} of the requests)`;
  };
  const date = new Date(`${results.recordedOn}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return `What browsers do follows ${results.recordings.toLocaleString("en")} recordings of ${date}; as recorded are ${results.browsers.map(share).join(", ")}.`;
}

/** Rounded down, so that 100 % means every one. */
function percent(count: { agree: number; total: number } | undefined): string {
  if (count === undefined || count.total === 0) return "none";
  return `${(Math.floor((count.agree / count.total) * 10_000) / 100).toFixed(2)} %`;
}
