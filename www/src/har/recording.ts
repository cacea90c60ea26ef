// A recording of a session goes to a place of its own, wherever it was dropped or pasted: the box is for an exchange or two.

/** A larger text is not put into the box, in bytes. */
export const LARGEST = 5e6;
/** With more requests than this it is a session. */
const MOST_REQUESTS = 20;
/** So much of a file says whether it is a recording. */
export const START = 4096;

/** Whether a text begins as a HAR does. */
export function isRecording(text: string): boolean {
  return /^\ufeff?\s*\{\s*"log"\s*:/.test(text.slice(0, START));
}

/** Whether a recording has more than anybody reads in the box. */
export function isSession(text: string): boolean {
  if (!isRecording(text)) return false;
  if (text.length > LARGEST) return true;
  let count = 0;
  for (let at = text.indexOf('"startedDateTime"'); at !== -1 && count <= MOST_REQUESTS; at = text.indexOf('"startedDateTime"', at + 1)) count += 1;
  return count > MOST_REQUESTS;
}

let waiting: File | null = null;

/** Keeps a recording for the place that reads it, and goes there. */
export function hand(file: File): void {
  waiting = file;
  location.hash = "har";
}

/** The recording that waits, once. */
export function take(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}
