//! What the page alone calls.

use wasm_bindgen::prelude::*;

use super::give;
use crate::inspect::Overrides;

/// Reads a pasted exchange, asks the engine, and explains. `page` is the origin or the URL of the page that asks, as a person
/// writes it; `credentials` and `mode` are what the paste cannot show.
#[wasm_bindgen(unchecked_return_type = "Inspection")]
pub fn inspect(page: &str, text: &str, credentials: Option<String>, mode: Option<String>) -> JsValue {
    give(&crate::inspect::inspect(page, text, &Overrides { credentials, mode }))
}
