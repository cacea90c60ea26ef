// A scenario as text.

/** Like `JSON.stringify`, with what is short on one line: a header is read as one. */
export function written(value: unknown): string {
  return `${write(value, "")}\n`;
}

const SHORT = 100;

function write(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, " ").replace(/^(\[) | (\])$/g, "$1$2") ?? "null";
  if (typeof value !== "object" || value === null || (flat.length + indent.length <= SHORT && !nested(value))) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => deeper + write(item, deeper)).join(",\n")}\n${indent}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{\n${members.map(([name, member]) => `${deeper}${JSON.stringify(name)}: ${write(member, deeper)}`).join(",\n")}\n${indent}}`;
}

/** Whether lists of lists or of objects are inside. */
function nested(value: object): boolean {
  return Object.values(value).some((member) => typeof member === "object" && member !== null && Object.values(member).some((inner) => typeof inner === "object" && inner !== null));
}
