// All checks: what the page does for a person in every browser. Each is a name and what is done on a page that was just opened.

import axe from "./axe.mjs";
import form from "./form.mjs";
import har from "./har.mjs";
import hostile from "./hostile.mjs";
import keyboard from "./keyboard.mjs";
import kinds from "./kinds.mjs";
import lanes from "./lanes.mjs";
import link from "./link.mjs";
import narrow from "./narrow.mjs";
import offline from "./offline.mjs";
import repairs from "./repairs.mjs";

export const CHECKS = [...kinds, ...repairs, ...form, ...link, ...lanes, ...keyboard, ...narrow, ...hostile, ...har, ...offline, ...axe];
