// What several browsers have in common is said once.

import type { ProfileName } from "../../engine/engine.js";
import { h } from "../dom.ts";
import { listed } from "./words.ts";

const NAMES: Record<ProfileName, string> = { spec: "the standard", chromium: "Chromium", firefox: "Firefox", webkit: "WebKit" };

/** What was found for each profile, with those together that have the same. Null where a profile has nothing to it. */
export function alike<T extends { profile: ProfileName }, V>(lanes: readonly T[], find: (lane: T) => V | null): { profiles: ProfileName[]; value: V | null; everywhere: boolean }[] {
  const groups: { profiles: ProfileName[]; value: V | null; key: string }[] = [];
  for (const lane of lanes) {
    const value = find(lane);
    const key = JSON.stringify(value);
    const group = groups.find((one) => one.key === key);
    if (group === undefined) groups.push({ profiles: [lane.profile], value, key });
    else group.profiles.push(lane.profile);
  }
  return groups.map(({ profiles, value }) => ({ profiles, value, everywhere: groups.length === 1 }));
}

/** “Chromium and Firefox” */
export function named(profiles: ProfileName[]): string {
  return listed(profiles.map((profile) => NAMES[profile]));
}

/** Whose it is, where it is not everybody's. */
export function whose({ profiles, everywhere }: { profiles: ProfileName[]; everywhere: boolean }): HTMLElement | null {
  if (everywhere) return null;
  const names = named(profiles);
  return h("span", { class: "whose" }, `${names.charAt(0).toUpperCase()}${names.slice(1)}: `);
}
