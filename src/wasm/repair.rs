//! Repairs and policies: what to change, what not to do, and the smallest policy.

use wasm_bindgen::prelude::*;

use super::packed::give;
use super::plain::{Misfit, Plain, Shape};
use super::{error, refusal, take};
use crate::repair::{self, PlannedRequest};

/// What to change so that a fetch of the scenario gets its answer: the smallest repairs, the best first, each evaluated under the
/// standard and three browsers. `fetch` is its index, that of the last one if absent; `header` is a header of the answer that
/// script wants to read.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(unchecked_return_type = "Repair[]")]
pub fn repairs(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    fetch: Option<usize>,
    header: Option<String>,
) -> Result<JsValue, JsValue> {
    let scenario: crate::Scenario = take(&scenario, "")?;
    let index = fetch.unwrap_or(scenario.fetches.len().saturating_sub(1));
    let found = match header {
        Some(name) => repair::header_repairs(&scenario, index, &name),
        None => repair::repairs(&scenario, index),
    };
    Ok(give(&found.map_err(refusal)?))
}

/// The scenario with a repair made in it: the one of this place among what `repairs` finds for the same arguments.
///
/// Throws a `ScenarioError` where the scenario makes no sense, or there is no such repair.
#[wasm_bindgen(unchecked_return_type = "Scenario")]
pub fn repaired(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    repair: usize,
    fetch: Option<usize>,
    header: Option<String>,
) -> Result<JsValue, JsValue> {
    let mut scenario: crate::Scenario = take(&scenario, "")?;
    let index = fetch.unwrap_or(scenario.fetches.len().saturating_sub(1));
    let found = match header {
        Some(name) => repair::header_repairs(&scenario, index, &name),
        None => repair::repairs(&scenario, index),
    };
    let found = found.map_err(refusal)?;
    let Some(chosen) = found.get(repair) else {
        let message = format!("repair: there is no repair {repair}, there are {}; `repairs` lists them", found.len());
        return Err(error("repair", &message));
    };
    chosen.apply(&mut scenario).map_err(refusal)?;
    Ok(give(&scenario))
}

/// What not to do about a fetch of the scenario, though it is often advised. `fetch` is its index, that of the last one if absent.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(js_name = whatNotToDo, unchecked_return_type = "Avoid[]")]
pub fn what_not_to_do(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    fetch: Option<usize>,
) -> Result<JsValue, JsValue> {
    let scenario: crate::Scenario = take(&scenario, "")?;
    let index = fetch.unwrap_or(scenario.fetches.len().saturating_sub(1));
    Ok(give(&repair::what_not_to_do(&scenario, index).map_err(refusal)?))
}

/// The smallest policy of a server with which all of these requests work, under the standard and three browsers.
///
/// Throws a `ScenarioError` that names the first request that no policy can help, and says why.
#[wasm_bindgen(js_name = minimalPolicy, unchecked_return_type = "Policy")]
pub fn minimal_policy(#[wasm_bindgen(unchecked_param_type = "PlannedRequest[]")] requests: JsValue) -> Result<JsValue, JsValue> {
    let requests: Vec<PlannedRequest> = take(&requests, "requests")?;
    let policy = repair::minimal_policy(&requests);
    Ok(give(&policy.map_err(|refused| error(&refused.place(), &refused.to_string()))?))
}

impl<'a> Shape<'a> for PlannedRequest {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|planned| {
            Ok(Self { page: planned.required("page")?, call: planned.required("call")?, read: planned.or_default("read")? })
        })
    }
}
