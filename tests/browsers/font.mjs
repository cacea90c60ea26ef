// A TrueType font with one glyph, so that a browser that was allowed to have it takes it.

/** Big-endian numbers: each is `[bytes, value]`, or a bare value of two bytes. */
function pack(...numbers) {
  const parts = numbers.map((number) => (Array.isArray(number) ? number : [2, number]));
  const bytes = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of parts) {
    bytes.writeUIntBE(value < 0 ? value + 2 ** (8 * size) : value, at, size);
    at += size;
  }
  return bytes;
}

const zeros = (count) => Array(count).fill(0);

/** A square. */
const GLYPH = Buffer.concat([
  pack(1, 0, 0, 1000, 1000, 3, 0),
  Buffer.from([0x01, 0x01, 0x01, 0x01]),
  pack(0, 1000, 0, -1000, 0, 0, 1000, 0),
]);

const NAME = Buffer.from("corscope", "utf16le").swap16();

const TABLES = {
  "OS/2": pack(3, 500, 400, 5, 0, ...zeros(11), ...zeros(5), ...zeros(8), [4, 0x636f7273], 0x40, 65, 65, 800, -200, 0, 800, 200, [4, 1], [4, 0], 500, 700, 0, 32, 0),
  cmap: pack(0, 1, 3, 1, [4, 12], 4, 32, 0, 4, 4, 1, 0, 65, 0xffff, 0, 65, 0xffff, 1 - 65, 1, 0, 0),
  glyf: Buffer.concat([GLYPH, Buffer.alloc(-GLYPH.length & 3), GLYPH]),
  head: pack([4, 0x10000], [4, 0x10000], [4, 0], [4, 0x5f0f3cf5], 0x0b, 1000, [4, 0], [4, 0], [4, 0], [4, 0], 0, 0, 1000, 1000, 0, 8, 2, 0, 0),
  hhea: pack([4, 0x10000], 800, -200, 0, 1000, 0, 0, 1000, 1, 0, ...zeros(6), 2),
  hmtx: pack(1000, 0, 1000, 0),
  loca: pack(0, (GLYPH.length + (-GLYPH.length & 3)) / 2, (2 * GLYPH.length + (-GLYPH.length & 3)) / 2),
  maxp: pack([4, 0x10000], 2, 4, 1, 0, 0, 1, ...zeros(8)),
  name: Buffer.concat([pack(0, 4, 54, ...[1, 2, 4, 6].flatMap((id) => [3, 1, 0x409, id, NAME.length, 0])), NAME]),
  post: pack([4, 0x30000], [4, 0], -100, 50, [4, 0], [4, 0], [4, 0], [4, 0], [4, 0]),
};

function checksum(bytes) {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

function build() {
  const names = Object.keys(TABLES);
  const entries = [];
  const bodies = [];
  let offset = 12 + 16 * names.length;
  for (const name of names) {
    const table = TABLES[name];
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    entries.push(Buffer.concat([Buffer.from(name, "latin1"), pack([4, checksum(padded)], [4, offset], [4, table.length])]));
    bodies.push(padded);
    offset += padded.length;
  }
  const power = Math.floor(Math.log2(names.length));
  const header = pack([4, 0x10000], names.length, 16 * 2 ** power, power, 16 * (names.length - 2 ** power));
  const font = Buffer.concat([header, ...entries, ...bodies]);
  const head = 12 + 16 * names.length + bodies.slice(0, names.indexOf("head")).reduce((sum, body) => sum + body.length, 0);
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, head + 8);
  return font;
}

/** The bytes of the font. */
export const FONT = build();
