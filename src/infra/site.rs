//! The registrable domain of a host, by the [Public Suffix List](https://publicsuffix.org/list/).
//!
//! NB: the list (Mozilla Public License 2.0) is that of the crate `psl`, laid out as a table by `cargo run -p xtask -- suffixes`:
//! the crate itself is code, which weighs more in WebAssembly than everything else together.

use std::cmp::Ordering;

/// A line for each name with suffixes below it, sorted: its labels from the right, a space, and the labels below it, sorted.
/// `*` stands for every label; a label with `!` is none although `*` is there. The top-level domains are not there: each
/// last label is a suffix.
#[cfg(not(all(feature = "page-first", not(feature = "wasm"))))]
static TABLE: &str = include_str!("public_suffixes.txt");
/// The module for first answers does without, and leaves what hangs on it to the whole one: `src/inspect/sites.rs`.
#[cfg(all(feature = "page-first", not(feature = "wasm")))]
static TABLE: &str = "";

/// How long each line is, with its end: smaller numbers than where each of them starts, and so fewer bytes.
static LENGTHS: [u16; LINES] = lengths();
/// Where every so many-th line starts.
static STARTS: [u32; LINES.div_ceil(STRIDE)] = starts();
const STRIDE: usize = 8;
const LINES: usize = count(b'\n');

/// No name in the table has more labels.
const MOST_LABELS: usize = 6;

/// <https://url.spec.whatwg.org/#host-registrable-domain> of a domain in ASCII: the public suffix and one label more.
/// None for a public suffix itself. A trailing dot is kept.
pub fn registrable_domain(domain: &str) -> Option<&str> {
    let suffix = public_suffix(domain)?;
    let before = domain.strip_suffix(suffix)?.strip_suffix('.')?;
    let label = before.rsplit('.').next().filter(|label| !label.is_empty())?;
    domain.get(before.len() - label.len()..)
}

/// <https://url.spec.whatwg.org/#host-public-suffix> of a domain in ASCII. A trailing dot is kept.
pub fn public_suffix(domain: &str) -> Option<&str> {
    let bare = domain.strip_suffix('.').unwrap_or(domain);
    domain.get(suffix_start(bare.as_bytes())?..)
}

/// Where the public suffix of a domain without a trailing dot starts: <https://publicsuffix.org/list/#algorithm>
fn suffix_start(domain: &[u8]) -> Option<usize> {
    // The rule `*` holds where no other does: the last label.
    let mut suffix = label_start(domain, domain.len());
    if suffix == domain.len() {
        return None;
    }
    let mut parent = suffix;
    for _ in 0..MOST_LABELS {
        let Some(end) = parent.checked_sub(1) else { break };
        let start = label_start(domain, end);
        let label = &domain[start..end];
        if label.is_empty() {
            break;
        }
        if let Some(line) = children(&domain[parent..]) {
            // OPTIMIZATION: `!` and `*` sort before every label, so they are found at the front.
            let mut marked = line.split(|byte| *byte == b' ').take_while(|entry| matches!(entry, [b'!' | b'*', ..]));
            // An exception is the suffix without its own label.
            if marked.clone().any(|entry| entry.strip_prefix(b"!") == Some(label)) {
                return Some(parent);
            }
            if marked.any(|entry| entry == b"*") || has_label(line, label) {
                suffix = start;
            }
        }
        parent = start;
    }
    Some(suffix)
}

/// Where the label that ends at `end` starts.
fn label_start(domain: &[u8], end: usize) -> usize {
    domain[..end].iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1)
}

/// The labels below `parent` in which suffixes end or go on, if there are any.
fn children(parent: &[u8]) -> Option<&'static [u8]> {
    let from = |start: usize| TABLE.get(start..).unwrap_or_default().as_bytes();
    let last = label_start(parent, parent.len());
    let after = STARTS.partition_point(|start| order(from(*start as usize), parent, last) != Ordering::Greater);
    let group = after.checked_sub(1)?;
    let mut start = *STARTS.get(group)? as usize;
    for length in LENGTHS.iter().skip(group * STRIDE).take(STRIDE) {
        let end = start + usize::from(*length);
        match order(from(start), parent, last) {
            Ordering::Less => start = end,
            Ordering::Equal => {
                let line = TABLE.get(start..end)?.as_bytes().trim_ascii_end();
                return line.get(line.iter().position(|byte| *byte == b' ')? + 1..);
            }
            Ordering::Greater => break,
        }
    }
    None
}

/// How the name that `table` starts with stands to `domain`, whose last label starts at `last`: label by label, from the right of
/// the domain.
///
/// OPTIMIZATION: neither the end of the line nor that of the name is looked for: most names differ in their first bytes.
fn order(mut table: &[u8], domain: &[u8], last: usize) -> Ordering {
    let (mut start, mut end) = (last, domain.len());
    loop {
        for &byte in &domain[start..end] {
            // A label that ends here is the start of the domain's, and less.
            match table.split_first() {
                Some((&found, rest)) if found == byte => table = rest,
                Some((b'.' | b' ', _)) | None => return Ordering::Less,
                Some((found, _)) => return found.cmp(&byte),
            }
        }
        match (table, start.checked_sub(1)) {
            ([b' ', ..] | [], None) => return Ordering::Equal,
            ([b' ', ..] | [], Some(_)) => return Ordering::Less,
            ([b'.', rest @ ..], Some(dot)) => (table, start, end) = (rest, label_start(domain, dot), dot),
            // The name goes on, or its label does.
            _ => return Ordering::Greater,
        }
    }
}

/// Whether `line`, which is sorted, has `label`.
fn has_label(mut line: &[u8], label: &[u8]) -> bool {
    while !line.is_empty() {
        let middle = line.len() / 2;
        let start = line[..middle].iter().rposition(|byte| *byte == b' ').map_or(0, |space| space + 1);
        let end = line[middle..].iter().position(|byte| *byte == b' ').map_or(line.len(), |space| middle + space);
        match line[start..end].cmp(label) {
            Ordering::Less => line = line.get(end + 1..).unwrap_or_default(),
            Ordering::Equal => return true,
            Ordering::Greater => line = &line[..start.saturating_sub(1)],
        }
    }
    false
}

const fn lengths() -> [u16; LINES] {
    let mut lengths = [0; LINES];
    let (mut line, mut at) = (0, 0);
    while line < LINES {
        lengths[line] += 1;
        if TABLE.as_bytes()[at] == b'\n' {
            line += 1;
        }
        at += 1;
    }
    lengths
}

const fn starts() -> [u32; LINES.div_ceil(STRIDE)] {
    let lengths = lengths();
    let mut starts = [0; LINES.div_ceil(STRIDE)];
    let (mut line, mut at) = (0, 0);
    while line < LINES {
        if line.is_multiple_of(STRIDE) {
            starts[line / STRIDE] = at;
        }
        at += lengths[line] as u32;
        line += 1;
    }
    starts
}

const fn count(byte: u8) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < TABLE.len() {
        if TABLE.as_bytes()[at] == byte {
            count += 1;
        }
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrable_domains() {
        for (domain, registrable) in [
            ("example.com", Some("example.com")),
            ("www.example.com", Some("example.com")),
            ("a.b.www.example.co.uk", Some("example.co.uk")),
            ("co.uk", None),
            ("com", None),
            ("localhost", None),
            ("a.localhost", Some("a.localhost")),
            ("b.a.localhost", Some("a.localhost")),
            ("a.example", Some("a.example")),
            ("w.a.example", Some("a.example")),
            ("alice.github.io", Some("alice.github.io")),
            ("github.io", None),
            ("www.example.com.", Some("example.com.")),
            ("com.", None),
            ("example.com..", None),
            ("", None),
            (".", None),
            ("www.xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
            ("xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
            ("xn--55qx5d.cn", None),
            ("www.ck", Some("www.ck")),
            ("a.b.ck", Some("a.b.ck")),
            ("b.ck", None),
        ] {
            assert_eq!(registrable_domain(domain), registrable, "{domain}");
        }
    }

    #[test]
    fn public_suffixes() {
        for (domain, suffix) in [
            ("example.com", "com"),
            ("example.com.", "com."),
            ("localhost", "localhost"),
            ("localhost.", "localhost."),
            ("a.localhost", "localhost"),
            ("alice.github.io", "github.io"),
        ] {
            assert_eq!(public_suffix(domain), Some(suffix), "{domain}");
        }
    }

    /// What the crate `psl` says, of which the table is made.
    fn by_psl(domain: &str, find: impl Fn(&str) -> Option<&str>) -> Option<&str> {
        let bare = domain.strip_suffix('.').unwrap_or(domain);
        let before = bare.strip_suffix(find(bare)?)?;
        domain.get(before.len()..)
    }

    fn agrees(domain: &str) {
        assert_eq!(registrable_domain(domain), by_psl(domain, psl::domain_str), "{domain}");
        assert_eq!(public_suffix(domain), by_psl(domain, psl::suffix_str), "{domain}");
    }

    #[test]
    fn no_name_has_more_labels() {
        let most = TABLE.lines().filter_map(|line| Some(line.split_once(' ')?.0.split('.').count())).max();
        assert_eq!(most, Some(MOST_LABELS));
    }

    #[test]
    fn every_rule_is_read_as_psl_reads_it() {
        for line in TABLE.lines() {
            let (name, below) = line.split_once(' ').unwrap();
            let name: String = name.split('.').rev().filter(|label| !label.is_empty()).map(|label| format!(".{label}")).collect();
            for label in below.split(' ').filter(|label| !label.is_empty()).chain(["no-rule-has-this", "aaaa", "zzzz", "0"]) {
                let label = label.trim_start_matches('!').replace('*', "any");
                for above in ["", "a.", "b.a."] {
                    agrees(&format!("{above}{label}{name}"));
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_domain_is_read_as_psl_reads_it(domain in "([a-z!*-]{1,3}|com|uk|co|jp|kobe|city|ck|www|amazonaws|s3)(\\.([a-z]{1,3}|com|uk|co|jp|kobe|city|ck|www|amazonaws|s3)){0,6}\\.?") {
            agrees(&domain);
        }
    }
}
