//! A HAR of any size, given piece by piece.

use wasm_bindgen::prelude::*;

use super::give;
use crate::har::HarReader;
use crate::profile::ProfileName;

/// Reads a HAR piece by piece: a file's stream gives them, and a megabyte is a good size. To stop, stop, and call `free()`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct HarTriage(HarReader);

#[wasm_bindgen]
impl HarTriage {
    /// Of a file of which nothing was read, by the standard.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(HarReader::new(ProfileName::Spec))
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// How many bytes were read.
    #[wasm_bindgen(getter, js_name = bytesRead)]
    pub fn bytes_read(&self) -> f64 {
        self.0.bytes_read() as f64
    }

    /// How many entries were read.
    #[wasm_bindgen(getter, js_name = entriesRead)]
    pub fn entries_read(&self) -> f64 {
        self.0.entries_read() as f64
    }

    /// What the file comes to. Nothing can be read after it.
    #[wasm_bindgen(unchecked_return_type = "HarReport")]
    pub fn finish(self) -> JsValue {
        give(&self.0.finish())
    }
}
