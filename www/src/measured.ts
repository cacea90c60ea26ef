// What the recordings of real browsers say of the engine: the figures that `npm run corpus -- --save` wrote.

import results from "../../tests/corpus/results.json";

/** How far each browser's profile agrees with its recordings, in a sentence. */
export function measured(): string {
  const share = ({ version, agreement }: (typeof results.browsers)[number]) => {
    const [outcome, wire] = ["outcome", "wire"].map((name) => agreement.find(({ dimension }) => dimension === name));
    return `${version} (${percent(outcome)} of the outcomes, ${percent(wire)} of the requests)`;
  };
  const date = new Date(`${results.recordedOn}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return `What browsers do follows ${results.recordings.toLocaleString("en")} recordings, the newest of ${date}; as recorded are ${results.browsers.map(share).join(", ")}.`;
}

/** Rounded down, so that 100 % means every one. */
function percent(count: { agree: number; total: number } | undefined): string {
  if (count === undefined || count.total === 0) return "none";
  return `${(Math.floor((count.agree / count.total) * 10_000) / 100).toFixed(2)} %`;
}

/** How many recordings of a browser show a deviation, in words; empty where none does. */
export function recordingsBehind(deviation: string, profile: string): string {
  const explains: Record<string, number | undefined> = results.deviations.find(({ name }) => name === deviation)?.explains ?? {};
  const count = explains[profile] ?? 0;
  if (count === 0) return "Known from its source; no recording shows it.";
  return `${count.toLocaleString("en")} ${count === 1 ? "recording shows" : "recordings show"} it.`;
}
