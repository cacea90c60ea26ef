//! <https://fetch.spec.whatwg.org/#concept-header-list>

use serde::{Deserialize, Serialize};

use crate::infra::bytes::ByteString;

/// A header: its name and its value. Outside Rust it is a pair, `["Accept", "*/*"]`.
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

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Fields for [(N, V)] {
    fn count(&self) -> usize {
        self.len()
    }
    fn name(&self, index: usize) -> &[u8] {
        self[index].0.as_ref()
    }
    fn value(&self, index: usize) -> &[u8] {
        self[index].1.as_ref()
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
pub struct HeaderList(Vec<Header>);
