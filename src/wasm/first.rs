//! What the page calls until the module with everything has come.

use wasm_bindgen::prelude::*;

use super::give;
use crate::inspect::Overrides;

/// What `inspect` says, as far as a first answer needs it.
#[wasm_bindgen(js_name = inspectFirst, skip_typescript)]
pub fn inspect_first(page: &str, text: &str, credentials: Option<String>, mode: Option<String>) -> JsValue {
    give(&crate::inspect::inspect_first(page, text, &Overrides { credentials, mode }))
}
