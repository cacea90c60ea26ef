//! In which order Chromium looks at the headers of a request.
//!
//! Its renderer keeps them in a hash table and hands them to the network service as they lie there: by the hash of the
//! name, and not as script set them or as `Access-Control-Request-Headers` lists them. The first one that a preflight's
//! answer does not allow is the one that the message names.

use crate::infra::bytes::ByteString;

/// These names as they lie in the table. Together with them it holds one header of the browser's own, `Accept` where
/// script has set none.
pub(super) fn in_table(names: &[&[u8]]) -> Vec<ByteString> {
    let mut keys: Vec<Vec<u8>> = Vec::with_capacity(names.len() + 1);
    for name in names.iter().copied().chain([&b"accept"[..]]) {
        let name = name.to_ascii_lowercase();
        if !keys.contains(&name) {
            keys.push(name);
        }
    }
    let has_accept = names.iter().any(|name| name.eq_ignore_ascii_case(b"accept"));
    let buckets = capacity(keys.len() + usize::from(has_accept));
    let mut table: Table = vec![None; capacity(0)];
    for (before, key) in keys.into_iter().enumerate() {
        insert(&mut table, key);
        if capacity(before + 1) > table.len() {
            table = twice_as_large(table);
        }
    }
    while table.len() < buckets {
        table = twice_as_large(table);
    }
    table.into_iter().flatten().map(ByteString::from).collect()
}

type Table = Vec<Option<Vec<u8>>>;

/// Puts a name into its bucket, or into the next free one of those that it tries then.
fn insert(table: &mut Table, key: Vec<u8>) {
    let mask = table.len() - 1;
    let mut bucket = hash(&key) as usize & mask;
    let mut step = 0;
    while table.get(bucket).is_some_and(Option::is_some) {
        step += 1;
        bucket = (bucket + step) & mask;
    }
    if let Some(free) = table.get_mut(bucket) {
        *free = Some(key);
    }
}

/// The names in a table of twice as many buckets, into which they go as they lay: so whoever had to give way may come first now.
fn twice_as_large(table: Table) -> Table {
    let mut larger = vec![None; table.len() * 2];
    table.into_iter().flatten().for_each(|key| insert(&mut larger, key));
    larger
}

/// How many buckets a table of so many entries has: more than twice as many, and at least 8.
fn capacity(entries: usize) -> usize {
    ((entries + 1).next_power_of_two() * 2).max(8)
}

/// The hash of a name in lower case: rapidhash of its UTF-16, of which the low 24 bits are kept, and never zero.
fn hash(name: &[u8]) -> u32 {
    let utf16: Vec<u8> = name.iter().flat_map(|&byte| [byte, 0]).collect();
    match rapidhash(&utf16) as u32 & 0x00ff_ffff {
        0 => 0x0080_0000,
        hash => hash,
    }
}

const SEED: u64 = 0xbdd8_9aa9_8270_4029;
const SECRET: [u64; 3] = [0x2d35_8dcc_aa6c_78a5, 0x8bb8_4b93_962e_acc9, 0x4b33_a62e_d433_d4a3];

/// The first version of [rapidhash](https://github.com/Nicoshev/rapidhash), with the seed that it has by default.
fn rapidhash(bytes: &[u8]) -> u64 {
    let length = bytes.len() as u64;
    let mut seed = SEED ^ mix(SEED ^ SECRET[0], SECRET[1]) ^ length;
    let (a, b) = match bytes.len() {
        0 => (0, 0),
        // NB: a name in UTF-16 has an even length, and the second byte of a single letter is zero.
        1..=3 => (word(bytes, 0, 1) << 56, 0),
        4..=16 => {
            let last = bytes.len() - 4;
            let delta = (bytes.len() & 24) >> (bytes.len() >> 3);
            let pair = |first, second| word(bytes, first, 4) << 32 | word(bytes, second, 4);
            (pair(0, last), pair(delta, last - delta))
        }
        _ => {
            let mut start = 0;
            let read = |at| word(bytes, at, 8);
            if bytes.len() > 48 {
                let (mut second, mut third) = (seed, seed);
                while bytes.len() - start >= 48 {
                    seed = mix(read(start) ^ SECRET[0], read(start + 8) ^ seed);
                    second = mix(read(start + 16) ^ SECRET[1], read(start + 24) ^ second);
                    third = mix(read(start + 32) ^ SECRET[2], read(start + 40) ^ third);
                    start += 48;
                }
                seed ^= second ^ third;
            }
            if bytes.len() - start > 16 {
                seed = mix(read(start) ^ SECRET[2], read(start + 8) ^ seed ^ SECRET[1]);
                if bytes.len() - start > 32 {
                    seed = mix(read(start + 16) ^ SECRET[2], read(start + 24) ^ seed);
                }
            }
            (read(bytes.len() - 16), read(bytes.len() - 8))
        }
    };
    let product = u128::from(a ^ SECRET[1]) * u128::from(b ^ seed);
    mix(product as u64 ^ SECRET[0] ^ length, (product >> 64) as u64 ^ SECRET[1])
}

/// Both halves of a product, folded into one.
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A little-endian number of `length` bytes at `start`.
fn word(bytes: &[u8], start: usize, length: usize) -> u64 {
    let taken = bytes.iter().skip(start).take(length).rev();
    taken.fold(0, |word, &byte| word << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hashed() {
        for (name, expected) in [
            ("", 15_452_235),
            ("x", 13_758_490),
            ("accept", 5_841_433),
            ("content-type", 8_182_171),
            ("x-requested-with", 1_018_967),
            ("x-http-method-override", 8_299_017),
            ("x-twenty-four-characters", 12_915_293),
            ("x-has-thirty-two-characters-here", 11_620_183),
            ("x-a-very-long-header-name-of-more", 14_950_984),
        ] {
            assert_eq!(hash(name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn tables_have_at_most_half_of_their_buckets_full() {
        for (entries, buckets) in [(1, 8), (3, 8), (4, 16), (7, 16), (8, 32), (20, 64)] {
            assert_eq!(capacity(entries), buckets, "{entries}");
        }
    }

    #[test]
    fn names_of_one_bucket_lie_one_after_the_other() {
        // Both belong into the last of eight, and what follows the last is the first.
        let expected: [&[u8]; 3] = [b"x-requested-with", b"accept", b"x-b"];
        assert_eq!(in_table(&[b"X-B", b"X-Requested-With"]), expected.map(ByteString::from));
    }

    #[test]
    fn names_lie_as_chromium_was_seen_to_look_at_them() {
        for (set, first, then) in [
            (&["Accept", "Accept-Language"][..], "accept-language", "accept"),
            (&["X-A", "Authorization"], "authorization", "x-a"),
            (&["Cache-Control", "X-Empty", "Accept"], "cache-control", "accept"),
            (&["Content-Type", "X-Empty", "X-Requested-With"], "x-requested-with", "content-type"),
            (&["Range", "Content-Type"], "range", "content-type"),
            (&["Range", "X-HTTP-Method-Override", "Priority"], "x-http-method-override", "priority"),
            (&["Range", "Content-Language", "Last-Event-ID"], "last-event-id", "content-language"),
            (&["Last-Event-ID", "X-A", "X-Requested-With"], "x-requested-with", "last-event-id"),
            (&["Last-Event-ID", "If-Modified-Since", "X-Requested-With"], "x-requested-with", "last-event-id"),
            (&["X-Bf", "X-Ju", "X-Oq", "X-Rx", "X-Vl", "X-Xw"], "x-vl", "x-oq"),
            (&["X-Dp", "X-Ln", "X-Mt", "X-Ob", "X-Yb"], "x-yb", "x-dp"),
        ] {
            let names: Vec<&[u8]> = set.iter().map(|name| name.as_bytes()).collect();
            let order = in_table(&names);
            let place = |name: &str| order.iter().position(|known| known.as_bytes() == name.as_bytes());
            assert!(place(first).is_some() && place(first) < place(then), "{set:?}: {order:?}");
        }
    }
}
