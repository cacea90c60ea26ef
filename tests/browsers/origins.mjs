// The hosts and ports of the recordings, and what their placeholders stand for.

/** The origin that each placeholder stands for. */
export const ORIGINS = {
  A: "http://a.test:8101",
  A2: "http://a.test:8102",
  X: "http://x.a.test:8101",
  B: "http://b.test:8103",
  C: "http://c.test:8104",
  P: "http://a.test",
  Q: "http://b.test",
  S: "https://a.test:8201",
  S2: "https://a.test:8204",
  T: "https://b.test:8202",
  U: "https://c.test:8203",
};

/** The names that have to lead to this machine. */
export const HOSTS = ["a.test", "x.a.test", "b.test", "c.test"];

/** The ports at which plain HTTP is spoken. */
export const HTTP_PORTS = [80, 8101, 8102, 8103, 8104];

/** The ports at which TLS is spoken. */
export const HTTPS_PORTS = [8201, 8202, 8203, 8204];

/** The addresses of the pages, which count as public ones in a case about the local network. */
export const PAGE_ADDRESSES = [80, 8101, 8201].map((port) => `127.0.0.1:${port}`);

/** The origins of the pages. */
export const PAGE_ORIGINS = [ORIGINS.A, ORIGINS.P, ORIGINS.S];

const NAMES = new Map(Object.entries(ORIGINS).map(([name, origin]) => [origin, name]));

/** How a recording names an origin: by its placeholder's name where it has one. */
export function originName(origin) {
  return NAMES.get(origin) ?? origin;
}

/** `text` with its placeholders replaced, for the case whose paths start with `id`. What is no placeholder stays. */
export function expand(text, id) {
  return text.replace(/\{\{(\w+)(\.host)?\}\}/g, (whole, name, host) => {
    if (name === "ID" && host === undefined) return id;
    const origin = ORIGINS[name];
    if (origin === undefined) return whole;
    return host === undefined ? origin : origin.split("://")[1];
  });
}

/** The reverse of `expand`. An origin that goes on, as a.test does in a.test:8101 or at the end of a sentence, is another one. */
export function contract(text, id) {
  const named = text.replace(/https?:\/\/[a-z.]+\.test(?::\d+)?(?![\w.:-])/g, (origin) => {
    const name = NAMES.get(origin);
    return name === undefined ? origin : `{{${name}}}`;
  });
  return named.replaceAll(id, "{{ID}}");
}

/** `expand` or `contract`, on every string in `value`. */
export function mapStrings(value, map) {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((member) => mapStrings(member, map));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapStrings(member, map)]));
}
