// What curl prints, in the ways in which people ask it.

import { spawn } from "node:child_process";
import { API, PAGE, PLAIN, PLAIN_HTTP2 } from "./servers.mjs";

const ORIGIN = ["-H", `Origin: ${PAGE}`];
const PREFLIGHT = ["-X", "OPTIONS", ...ORIGIN, "-H", "Access-Control-Request-Method: PUT", "-H", "Access-Control-Request-Headers: content-type,x-trace"];

/** Each by its name; what stands before it is typed, as at a prompt. */
const COMMANDS = {
  verbose: ["-v", ...ORIGIN, `${PLAIN}/closed`],
  "verbose-http2": ["-v", "--http2-prior-knowledge", ...ORIGIN, `${PLAIN_HTTP2}/named`],
  "verbose-tls": ["-vk", ...ORIGIN, "-H", "Cookie: sid=s3cr3t-c00kie", `${API}/star`],
  "verbose-tls-http1": ["-vk", "--http1.1", ...ORIGIN, "-d", "user=joe&password=hunter2!", `${API}/closed`],
  "verbose-untrusted": ["-v", ...ORIGIN, `${API}/named`],
  "verbose-refused": ["-v", ...ORIGIN, "http://b.test:8199/"],
  "verbose-preflight": ["-v", ...PREFLIGHT, `${PLAIN}/items?page=2`],
  "verbose-redirect": ["-vkL", ...ORIGIN, `${API}/moved`],
  include: ["-i", ...ORIGIN, `${PLAIN}/named`],
  "include-preflight": ["-ik", ...PREFLIGHT, `${API}/refused`],
  "include-redirect": ["-ikL", ...ORIGIN, `${API}/moved`],
  head: ["-I", ...ORIGIN, `${PLAIN}/star`],
  "head-redirect": ["-ILk", ...ORIGIN, `${API}/moved`],
};

export async function printedByCurl() {
  const texts = {};
  for (const [name, args] of Object.entries(COMMANDS)) texts[name] = `$ curl ${args.map(shown).join(" ")}\n${await printed(args)}`;
  return texts;
}

const shown = (word) => (/^[\w./:?=-]+$/.test(word) ? word : `'${word}'`);

/** Both streams in the order in which they come, as a terminal shows them. The meter is not for terminals. */
function printed(args) {
  return new Promise((resolve, reject) => {
    const child = spawn("curl", ["--no-progress-meter", "--max-time", "20", ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (text += part));
    child.once("error", reject).once("close", () => resolve(text));
  });
}
