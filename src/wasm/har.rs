//! A HAR of any size, given piece by piece.

use wasm_bindgen::prelude::*;

use super::give;
use crate::har::{HarReader, HarReport};
use crate::profile::ProfileName;

/// Reads a HAR piece by piece: a file's stream gives them, and a megabyte is a good size. To stop, stop, and call `free()`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct HarTriage {
    /// As long as there is something to read.
    reader: Option<HarReader>,
    report: HarReport,
}

#[wasm_bindgen]
impl HarTriage {
    /// Of a file of which nothing was read, by the standard.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { reader: Some(HarReader::new(ProfileName::Spec)), report: HarReport::default() }
    }

    /// Reads the next bytes. After `finish()` it does nothing.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(reader) = &mut self.reader {
            reader.push(bytes);
        }
    }

    /// How many bytes were read.
    #[wasm_bindgen(getter, js_name = bytesRead)]
    pub fn bytes_read(&self) -> f64 {
        self.reader.as_ref().map_or(self.report.bytes, HarReader::bytes_read) as f64
    }

    /// How many entries were read.
    #[wasm_bindgen(getter, js_name = entriesRead)]
    pub fn entries_read(&self) -> f64 {
        self.reader.as_ref().map_or(self.report.entries, HarReader::entries_read) as f64
    }

    /// What the file comes to. Nothing is read after it.
    #[wasm_bindgen(unchecked_return_type = "HarReport")]
    pub fn finish(&mut self) -> JsValue {
        give(self.finished())
    }

    /// The same for other tools, as SARIF 2.1.0: a value to be written as JSON. `uri` names the file.
    #[wasm_bindgen(unchecked_return_type = "object")]
    pub fn sarif(&mut self, uri: &str) -> JsValue {
        give(&self.finished().sarif(uri))
    }

    fn finished(&mut self) -> &HarReport {
        if let Some(reader) = self.reader.take() {
            self.report = reader.finish();
        }
        &self.report
    }
}
