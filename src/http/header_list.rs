//! <https://fetch.spec.whatwg.org/#concept-header-list>

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::infra::bytes::{ByteString, is_http_tab_or_space, isomorphic_decode, matches_ignoring_case, trim};
use crate::infra::sort::{sort, sort_by};

/// A header: its name and its value. Outside Rust it is a pair, `["Accept", "text/plain"]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Header(
    #[cfg_attr(feature = "wasm", tsify(type = "string"))] pub ByteString,
    #[cfg_attr(feature = "wasm", tsify(type = "string"))] pub ByteString,
);

/// Header lines in order, wherever they live: what the leaf algorithms read, so that the same code serves an
/// owned [`HeaderList`] and borrowed slices.
pub trait Fields {
    /// How many header lines there are.
    fn count(&self) -> usize;
    /// The name of the line at `index`, as it was written.
    fn name(&self, index: usize) -> &[u8];
    /// The value of the line at `index`, without tabs and spaces around it.
    fn value(&self, index: usize) -> &[u8];
}

/// Pairs as they were read from anywhere: tabs and spaces around a value are still there, and are left out here.
impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Fields for [(N, V)] {
    fn count(&self) -> usize {
        self.len()
    }
    fn name(&self, index: usize) -> &[u8] {
        self[index].0.as_ref()
    }
    fn value(&self, index: usize) -> &[u8] {
        let value = self[index].1.as_ref();
        // OPTIMIZATION: most values have none, which shows at once.
        match value {
            [first, .., last] if *first > b' ' && *last > b' ' => value,
            _ => trim(value, is_http_tab_or_space),
        }
    }
}

impl Fields for [Header] {
    fn count(&self) -> usize {
        self.len()
    }
    fn name(&self, index: usize) -> &[u8] {
        self[index].0.as_bytes()
    }
    fn value(&self, index: usize) -> &[u8] {
        self[index].1.as_bytes()
    }
}

impl Fields for HeaderList {
    fn count(&self) -> usize {
        self.0.len()
    }
    fn name(&self, index: usize) -> &[u8] {
        self.0.name(index)
    }
    fn value(&self, index: usize) -> &[u8] {
        self.0.value(index)
    }
}

/// <https://fetch.spec.whatwg.org/#concept-header-list>: an ordered multimap; lines are never joined in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct HeaderList(
    /// OPTIMIZATION: lists go from request to request and into reports, so a copy shares its headers until it is changed.
    #[cfg_attr(feature = "wasm", tsify(type = "Header[]"))]
    Arc<Vec<Header>>,
);

impl HeaderList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its headers in order.
    pub fn as_slice(&self) -> &[Header] {
        &self.0
    }

    /// Its headers in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Header> {
        self.0.iter()
    }

    /// How many headers it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// <https://fetch.spec.whatwg.org/#header-list-contains>
    pub fn contains(&self, name: &[u8]) -> bool {
        contains(self, name)
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-get>: an empty value is not an absent one.
    pub fn get(&self, name: &[u8]) -> Option<ByteString> {
        let mut lines = lines_named(self, name);
        let first = lines.next()?;
        // OPTIMIZATION: one value is shared, not joined.
        match lines.next() {
            None => self.0.get(first).map(|header| header.1.clone()),
            Some(_) => joined(self, name).map(|value| value.into_owned().into()),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-append>
    pub fn append(&mut self, name: impl Into<ByteString>, value: impl Into<ByteString>) {
        let name = name.into();
        // 1. The name is written as it is already, if it is there.
        let written = lines_named(self, name.as_bytes()).next().and_then(|line| self.0.get(line)).map(|header| header.0.clone());
        // 2.
        self.changed().push(Header(written.unwrap_or(name), value.into()));
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-delete>
    pub fn delete(&mut self, name: &[u8]) {
        if self.contains(name) {
            self.changed().retain(|header| !matches_ignoring_case(header.0.as_bytes(), name));
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-set>
    pub fn set(&mut self, name: impl Into<ByteString>, value: impl Into<ByteString>) {
        let name = name.into();
        let Some(first) = lines_named(self, name.as_bytes()).next() else {
            // 2. It is not there: append it.
            return self.changed().push(Header(name, value.into()));
        };
        // 1. The first one gets the value, the others go.
        let mut line = 0..;
        let headers = self.changed();
        headers.retain(|header| line.next() <= Some(first) || !matches_ignoring_case(header.0.as_bytes(), name.as_bytes()));
        if let Some(header) = headers.get_mut(first) {
            header.1 = value.into();
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-combine>
    pub fn combine(&mut self, name: impl Into<ByteString>, value: impl Into<ByteString>) {
        let (name, value) = (name.into(), value.into());
        match self.first_mut(name.as_bytes()) {
            // 1. It is there: its first value, a comma, a space and this value.
            Some(header) => header.1 = [header.1.as_bytes(), value.as_bytes()].join(&SEPARATOR[..]).into(),
            // 2. It is not: append it.
            None => self.changed().push(Header(name, value)),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine>: what script sees when it iterates.
    pub fn sort_and_combine(&self) -> Self {
        // 1.-2. The names in lower case, sorted. What is equal stays in its order.
        let header = |Header(name, value): &Header| Header(name.as_bytes().to_ascii_lowercase().into(), value.clone());
        let mut headers: Vec<Header> = self.iter().map(header).collect();
        sort_by(&mut headers, |one, other| one.0.cmp(&other.0));
        // 3.-4. A header for each name; one for each value of `set-cookie`, which cannot be combined.
        headers.dedup_by(|header, combined| {
            let is_combined = header.0 == combined.0 && header.0.as_bytes() != b"set-cookie";
            if is_combined {
                combined.1 = [combined.1.as_bytes(), header.1.as_bytes()].join(&SEPARATOR[..]).into();
            }
            is_combined
        });
        headers.into()
    }

    /// Its headers to be changed. Who shares them keeps them as they were.
    ///
    /// OPTIMIZATION: a copy that is made for it has room for what the browser adds to a request, so that it need not move at once.
    pub fn changed(&mut self) -> &mut Vec<Header> {
        match Arc::get_mut(&mut self.0) {
            Some(headers) if headers.capacity() > 0 => {}
            _ => {
                let mut headers = Vec::with_capacity(self.len() + ROOM);
                headers.extend_from_slice(&self.0);
                self.0 = Arc::new(headers);
            }
        }
        Arc::make_mut(&mut self.0)
    }

    fn first_mut(&mut self, name: &[u8]) -> Option<&mut Header> {
        self.changed().iter_mut().find(|header| matches_ignoring_case(header.0.as_bytes(), name))
    }
}

impl Deref for HeaderList {
    type Target = [Header];

    fn deref(&self) -> &[Header] {
        &self.0
    }
}

impl FromIterator<Header> for HeaderList {
    fn from_iter<I: IntoIterator<Item = Header>>(headers: I) -> Self {
        Self::from(Vec::from_iter(headers))
    }
}

impl From<Vec<Header>> for HeaderList {
    fn from(headers: Vec<Header>) -> Self {
        Self(Arc::new(headers))
    }
}

impl From<HeaderList> for Vec<Header> {
    fn from(list: HeaderList) -> Self {
        Arc::unwrap_or_clone(list.0)
    }
}

impl<'a> IntoIterator for &'a HeaderList {
    type Item = &'a Header;
    type IntoIter = std::slice::Iter<'a, Header>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// How many headers a browser adds to a request, at the most as a rule.
const ROOM: usize = 8;

/// What stands between the values of several lines when they are joined.
const SEPARATOR: [u8; 2] = *b", ";

/// The lines whose name is a byte-case-insensitive match for `name`, in order.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub fn lines_named<'a, F: Fields + ?Sized>(fields: &'a F, name: &'a [u8]) -> LinesNamed<'a, F> {
    LinesNamed { fields, name, line: 0 }
}

/// What [`lines_named`] gives.
#[derive(Debug)]
pub struct LinesNamed<'a, F: Fields + ?Sized> {
    fields: &'a F,
    name: &'a [u8],
    line: usize,
}

impl<F: Fields + ?Sized> Iterator for LinesNamed<'_, F> {
    type Item = usize;

    // OPTIMIZATION: inlined, so that the name is a constant where the caller's is.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn next(&mut self) -> Option<usize> {
        while self.line < self.fields.count() {
            let line = self.line;
            self.line += 1;
            if matches_ignoring_case(self.fields.name(line), self.name) {
                return Some(line);
            }
        }
        None
    }
}

impl<F: Fields + ?Sized> Clone for LinesNamed<'_, F> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

/// <https://fetch.spec.whatwg.org/#header-list-contains>
pub fn contains(fields: &(impl Fields + ?Sized), name: &[u8]) -> bool {
    lines_named(fields, name).next().is_some()
}

/// <https://fetch.spec.whatwg.org/#concept-header-list-get>, copying only where there are several lines to join.
pub fn joined<'a, F: Fields + ?Sized>(fields: &'a F, name: &[u8]) -> Option<Cow<'a, [u8]>> {
    let mut lines = lines_named(fields, name);
    // 1. Null if it is not there.
    let mut value = Cow::Borrowed(fields.value(lines.next()?));
    // 2. The values of all lines, with a comma and a space between them.
    for line in lines {
        let value = value.to_mut();
        value.extend_from_slice(&SEPARATOR);
        value.extend_from_slice(fields.value(line));
    }
    Some(value)
}

/// Whether [getting](https://fetch.spec.whatwg.org/#concept-header-list-get) `name` gives `expected`.
pub fn value_is(fields: &(impl Fields + ?Sized), name: &[u8], expected: &[u8]) -> bool {
    FieldLines::find(fields, name).is_some_and(|lines| lines.are(expected))
}

/// The lines of one name, of which there is at least one.
#[derive(Debug)]
pub struct FieldLines<'a, F: Fields + ?Sized> {
    fields: &'a F,
    name: &'a [u8],
    /// The first of them.
    pub first: usize,
    /// How many there are.
    pub count: usize,
}

impl<'a, F: Fields + ?Sized> FieldLines<'a, F> {
    /// The lines whose name is a byte-case-insensitive match for `name`.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn find(fields: &'a F, name: &'a [u8]) -> Option<Self> {
        let mut lines = lines_named(fields, name);
        let first = lines.next()?;
        let mut count = 1;
        while lines.next().is_some() {
            count += 1;
        }
        Some(Self { fields, name, first, count })
    }

    /// Whether their values, joined, are `expected`.
    ///
    /// OPTIMIZATION: they are compared line by line instead of being joined first.
    #[inline]
    pub fn are(&self, expected: &[u8]) -> bool {
        if self.count == 1 { self.fields.value(self.first) == expected } else { self.several_are(expected) }
    }

    #[cold]
    fn several_are(&self, expected: &[u8]) -> bool {
        let mut rest = Some(expected);
        for line in lines_named(self.fields, self.name) {
            let rest_of_line = if line == self.first { rest } else { rest.and_then(|rest| rest.strip_prefix(&SEPARATOR)) };
            rest = rest_of_line.and_then(|rest| rest.strip_prefix(self.fields.value(line)));
        }
        rest == Some(b"")
    }
}

/// <https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split>
pub fn get_decode_split(fields: &(impl Fields + ?Sized), name: &[u8]) -> Option<Vec<String>> {
    joined(fields, name).map(|value| split_value(&value).map(isomorphic_decode).collect())
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split) a header value, but not
/// decoded: the bytes between the commas that are not in quoted strings. There is always at least one piece.
pub fn split_value(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    // NB: a quoted string keeps its quotation marks and backslashes, so every piece is a part of the value.
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let input = rest?;
        let mut quoted = false;
        let mut end = 0;
        while let Some(byte) = input.get(end) {
            match byte {
                b'"' => quoted = !quoted,
                b'\\' if quoted => end += 1,
                b',' if !quoted => break,
                _ => {}
            }
            end += 1;
        }
        rest = input.get(end + 1..).filter(|_| end < input.len());
        Some(trim(input.get(..end).unwrap_or(input), is_http_tab_or_space))
    })
}

/// <https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set>
pub fn sorted_lowercase_set<'a>(names: impl Iterator<Item = &'a [u8]>) -> Vec<ByteString> {
    let mut set: Vec<ByteString> = names.map(|name| name.to_ascii_lowercase().into()).collect();
    sort(&mut set);
    set.dedup();
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(headers: &[(&str, &str)]) -> HeaderList {
        let header = |(name, value): &(&str, &str)| Header(name.as_bytes().into(), value.as_bytes().into());
        headers.iter().map(header).collect::<Vec<_>>().into()
    }

    #[test]
    fn getting() {
        let fields = [("A", "1"), ("b", ""), ("a", "2"), ("C", "x, y"), ("c", "")];
        for (name, value) in [("a", Some("1, 2")), ("B", Some("")), ("c", Some("x, y, ")), ("d", None), ("", None)] {
            assert_eq!(list(&fields).get(name.as_bytes()), value.map(|value| value.as_bytes().into()), "{name}");
            assert_eq!(list(&fields).contains(name.as_bytes()), value.is_some(), "{name}");
            for other in ["", "1", "2", "1,2", "1, 2", "1, 2, ", "x, y, ", "x, y", "x, y,"] {
                assert_eq!(value_is(&fields[..], name.as_bytes(), other.as_bytes()), value == Some(other), "{name} {other}");
            }
        }
        assert_eq!(lines_named(&fields[..], b"a").collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn getting_decoding_and_splitting() {
        for (lines, expected) in [
            (&[][..], None),
            (&[" \ta "], Some(&["a"][..])),
            (&["nosniff,"], Some(&["nosniff", ""])),
            (&[""], Some(&[""])),
            (&["", ""], Some(&["", ""])),
            (&["a,,b"], Some(&["a", "", "b"])),
            (&["text/html;\", x/x"], Some(&["text/html;\", x/x"])),
            (&["text/html;\"", "x/x"], Some(&["text/html;\", x/x"])),
            (&["x/x;test=\"hi\",y/y"], Some(&["x/x;test=\"hi\"", "y/y"])),
            (&["x/x;test=\"hi\"", "y/y"], Some(&["x/x;test=\"hi\"", "y/y"])),
            (&["x / x,,,1"], Some(&["x / x", "", "", "1"])),
            (&["x / x", ",", "1"], Some(&["x / x", "", "", "1"])),
            (&["\"1,2\", 3"], Some(&["\"1,2\"", "3"])),
            (&["\"a,b\",c"], Some(&["\"a,b\"", "c"])),
            (&["a\"b,c\"d\"e,f\",g"], Some(&["a\"b,c\"d\"e,f\"", "g"])),
            (&["\"a\\\",b\",c"], Some(&["\"a\\\",b\"", "c"])),
            (&["\"a\\"], Some(&["\"a\\"])),
            (&["\"a\\", "b"], Some(&["\"a\\, b"])),
            (&["a\\,b"], Some(&["a\\", "b"])),
            (&[" \ta\t ,\x0bb "], Some(&["a", "\x0bb"])),
        ] {
            let fields: Vec<_> = lines.iter().map(|value| ("X", *value)).collect();
            let expected = expected.map(|pieces| pieces.iter().map(|&piece| String::from(piece)).collect::<Vec<_>>());
            assert_eq!(get_decode_split(&fields[..], b"x"), expected, "{lines:?}");
        }
        assert_eq!(get_decode_split(&[("x", b"\xe9")][..], b"x"), Some(vec!["\u{e9}".into()]));
    }

    #[test]
    fn appending_setting_combining_deleting() {
        let before = list(&[("X-A", "1"), ("b", "2"), ("X-A", "3")]);
        for (name, appended, set, combined, deleted) in [
            (
                "x-a",
                &[("X-A", "1"), ("b", "2"), ("X-A", "3"), ("X-A", "v")][..],
                &[("X-A", "v"), ("b", "2")][..],
                &[("X-A", "1, v"), ("b", "2"), ("X-A", "3")][..],
                &[("b", "2")][..],
            ),
            (
                "C",
                &[("X-A", "1"), ("b", "2"), ("X-A", "3"), ("C", "v")],
                &[("X-A", "1"), ("b", "2"), ("X-A", "3"), ("C", "v")],
                &[("X-A", "1"), ("b", "2"), ("X-A", "3"), ("C", "v")],
                &[("X-A", "1"), ("b", "2"), ("X-A", "3")],
            ),
            (
                "B",
                &[("X-A", "1"), ("b", "2"), ("X-A", "3"), ("b", "v")],
                &[("X-A", "1"), ("b", "v"), ("X-A", "3")],
                &[("X-A", "1"), ("b", "2, v"), ("X-A", "3")],
                &[("X-A", "1"), ("X-A", "3")],
            ),
        ] {
            let edited = |edit: &dyn Fn(&mut HeaderList)| {
                let mut list = before.clone();
                edit(&mut list);
                list
            };
            assert_eq!(edited(&|list| list.append(name.as_bytes(), b"v")), list(appended), "append {name}");
            assert_eq!(edited(&|list| list.set(name.as_bytes(), b"v")), list(set), "set {name}");
            assert_eq!(edited(&|list| list.combine(name.as_bytes(), b"v")), list(combined), "combine {name}");
            assert_eq!(edited(&|list| list.delete(name.as_bytes())), list(deleted), "delete {name}");
        }
    }

    #[test]
    fn sorting_and_combining() {
        let headers = [("X-B", "1"), ("Set-Cookie", "a=1"), ("accept", "x"), ("x-b", "2"), ("set-cookie", "b=2"), ("A", "")];
        let sorted = [("a", ""), ("accept", "x"), ("set-cookie", "a=1"), ("set-cookie", "b=2"), ("x-b", "1, 2")];
        assert_eq!(list(&headers).sort_and_combine(), list(&sorted));
    }
}
