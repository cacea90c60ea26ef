//! What is worth knowing beyond the verdict, for JavaScript.

use wasm_bindgen::prelude::*;

use super::plain::{Misfit, Plain, Shape};
use super::{error, give, refusal, take};
use crate::findings::{self as of, Observation, Observed};
use crate::inspect::Overrides;
use crate::scenario::Fetch;

/// What is worth knowing about the scenario beyond its verdicts.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(unchecked_return_type = "Finding[]")]
pub fn findings(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    let scenario = take(&scenario, "")?;
    let report = crate::evaluate(&scenario).map_err(refusal)?;
    Ok(give(&of::findings(&scenario, &report)))
}

/// What a server's answers to pages of several origins say of it, taken together.
///
/// Throws a `ScenarioError` where they make no sense.
#[wasm_bindgen(js_name = findingsOfObserved, unchecked_return_type = "Finding[]")]
pub fn findings_of_observed(#[wasm_bindgen(unchecked_param_type = "Observed")] observed: JsValue) -> Result<JsValue, JsValue> {
    Ok(give(&of::findings_of_observed(&take(&observed, "observed")?).map_err(refusal)?))
}

/// Who of the pages can read what it was answered, with and without credentials, in the standard and in each browser.
///
/// Throws a `ScenarioError` where they make no sense.
#[wasm_bindgen(js_name = whoCanRead, unchecked_return_type = "Reader[]")]
pub fn who_can_read(#[wasm_bindgen(unchecked_param_type = "Observed")] observed: JsValue) -> Result<JsValue, JsValue> {
    Ok(give(&of::who_can_read(&take(&observed, "observed")?).map_err(refusal)?))
}

/// What each page gets from a cache that all of them share, one after the other.
///
/// Throws a `ScenarioError` where they make no sense.
#[wasm_bindgen(js_name = sharedCache, unchecked_return_type = "SharedCacheReport")]
pub fn shared_cache(#[wasm_bindgen(unchecked_param_type = "Observed")] observed: JsValue) -> Result<JsValue, JsValue> {
    Ok(give(&of::shared_cache(&take(&observed, "observed")?).map_err(refusal)?))
}

/// Who gets in by a list of allowed origins, as people write it, that should not.
///
/// Throws a `ScenarioError` where the text is not understood.
#[wasm_bindgen(js_name = judgeAllowList, unchecked_return_type = "AllowListReport")]
pub fn judge_allow_list(text: &str) -> Result<JsValue, JsValue> {
    let report = of::judge_allow_list(text).map_err(|unread| error("text", &unread.to_string()))?;
    Ok(give(&report))
}

/// What becomes of the scenario's cookies in the standard and in each browser.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(js_name = cookieLanes, unchecked_return_type = "CookieLane[]")]
pub fn cookie_lanes(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    Ok(give(&of::cookie_lanes(&take(&scenario, "")?).map_err(refusal)?))
}

/// What each fetch of the scenario takes from caches and leaves there, in the standard and in each browser.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(js_name = cacheLanes, unchecked_return_type = "CacheLane[]")]
pub fn cache_lanes(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    Ok(give(&of::cache_lanes(&take(&scenario, "")?).map_err(refusal)?))
}

/// What requests find in caches that follow the fetch at `index` after so many seconds, each by itself, in the standard and in each
/// browser.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(js_name = laterRequests, unchecked_return_type = "LaterLane[]")]
pub fn later_requests(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    index: usize,
    after: f64,
) -> Result<JsValue, JsValue> {
    Ok(give(&of::later_requests(&take(&scenario, "")?, index, after).map_err(refusal)?))
}

/// Who could read the answer to the fetch at `index`: the page that asked, and pages of other origins that get the same answers.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(js_name = whoCouldRead, unchecked_return_type = "WhoCouldRead")]
pub fn who_could_read(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    index: usize,
) -> Result<JsValue, JsValue> {
    Ok(give(&of::who_could_read(&take(&scenario, "")?, index).map_err(refusal)?))
}

/// How many preflights the calls cost, made one after the other, if the server follows the policy.
///
/// Throws a `ScenarioError` where the page or a call makes no sense.
#[wasm_bindgen(js_name = preflightBudget, unchecked_return_type = "PreflightBudget[]")]
pub fn preflight_budget(
    #[wasm_bindgen(unchecked_param_type = "Page")] page: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Fetch[]")] calls: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Policy")] policy: JsValue,
) -> Result<JsValue, JsValue> {
    let (page, calls, policy): (_, Vec<Fetch>, _) = (take(&page, "page")?, take(&calls, "calls")?, take(&policy, "policy")?);
    Ok(give(&of::preflight_budget(&page, &calls, &policy).map_err(refusal)?))
}

/// The findings about a pasted exchange as a SARIF 2.1.0 log. `uri` is how the text is called in it; the other arguments are
/// those of `inspect`.
#[wasm_bindgen(js_name = findingsAsSarif, unchecked_return_type = "object")]
pub fn findings_as_sarif(page: &str, text: &str, credentials: Option<String>, mode: Option<String>, uri: &str) -> JsValue {
    give(&crate::inspect::findings_as_sarif(page, text, &Overrides { credentials, mode }, uri))
}

impl<'a> Shape<'a> for Observed {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|observed| {
            Ok(Self {
                call: observed.required("call")?,
                observations: observed.required("observations")?,
                trusted: observed.or_default("trusted")?,
            })
        })
    }
}

impl<'a> Shape<'a> for Observation {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|observation| {
            Ok(Self { origin: observation.required("origin")?, answers: observation.or_default("answers")? })
        })
    }
}
