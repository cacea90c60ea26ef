//! Reports in plain words.

use wasm_bindgen::prelude::*;

use super::{give, refusal, take};

/// Runs every fetch of the scenario as far as its answers go, and says in plain words what became of each.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn explain(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    let scenario = take(&scenario, "")?;
    let report = crate::evaluate(&scenario).map_err(refusal)?;
    Ok(give(&crate::explain::explain(&scenario, &report)))
}
