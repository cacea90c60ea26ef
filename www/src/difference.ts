// In what two texts differ.

/** `text` in three parts: what both begin with, what only it has, what both end with. */
export function difference(text: string, other: string): [before: string, changed: string, after: string] {
  const [one, two] = [[...text], [...other]];
  let start = 0;
  while (start < one.length && start < two.length && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < two.length - start && one.at(-1 - end) === two.at(-1 - end)) end += 1;
  const part = (from: number, to: number) => one.slice(from, to).join("");
  return [part(0, start), part(start, one.length - end), part(one.length - end, one.length)];
}
