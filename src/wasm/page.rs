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

/// The scenario that a pasted exchange is read as, with the answers that were found in it; nothing where it is none.
#[wasm_bindgen(js_name = scenarioOf, unchecked_return_type = "Scenario | null")]
pub fn scenario_of(page: &str, text: &str, credentials: Option<String>, mode: Option<String>) -> JsValue {
    crate::inspect::read(page, text, &Overrides { credentials, mode }).map_or(JsValue::NULL, |scenario| give(&scenario))
}

/// What becomes of cookies and caches, for the fetch at `index`, and of requests that follow it after so many seconds: in the
/// standard and in each browser. The other arguments are those of `inspect`.
#[wasm_bindgen(unchecked_return_type = "LaneView[]")]
pub fn lanes(page: &str, text: &str, credentials: Option<String>, mode: Option<String>, index: usize, after: f64) -> JsValue {
    give(&crate::inspect::lanes(page, text, &Overrides { credentials, mode }, index, after))
}

/// Who could read the answer to the fetch at `index`; nothing where there is none. The other arguments are those of `inspect`.
#[wasm_bindgen(unchecked_return_type = "WhoCouldRead | null")]
pub fn readers(page: &str, text: &str, credentials: Option<String>, mode: Option<String>, index: usize) -> JsValue {
    crate::inspect::readers(page, text, &Overrides { credentials, mode }, index).map_or(JsValue::NULL, |who| give(&who))
}

/// Masks the secrets of a pasted text, whichever its format: what is shared or saved has none.
#[wasm_bindgen(unchecked_return_type = "Masked")]
pub fn mask(text: &str) -> JsValue {
    give(&crate::paste::InUtf16::new(crate::paste::mask(text), text))
}
