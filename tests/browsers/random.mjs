// Numbers that look random and are the same for the same seed, everywhere.

export class Random {
  #state;

  /** `seed` is any text. */
  constructor(seed) {
    // FNV-1a, so that neighbouring seeds start far apart.
    this.#state = 0x811c9dc5;
    for (const character of seed) this.#state = Math.imul(this.#state ^ character.codePointAt(0), 0x01000193) >>> 0;
  }

  /** A number from 0 up to, and without, 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `end`. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of the keys of `weights`, by weight. */
  weighted(weights) {
    let left = this.next() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    for (const [key, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return key;
    }
    return Object.keys(weights)[0];
  }

  /** `count` different members. */
  some(list, count) {
    const rest = [...list];
    return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(this.below(rest.length), 1)[0]);
  }
}
