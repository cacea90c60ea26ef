//! The engine alone: what an entry of the package gives that knows verdicts and no sentences.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::plain::{Misfit, Shape};
use super::{give, packed};
use crate::scenario::ScenarioError;
use crate::state::BrowserState;

/// Runs every fetch of the scenario as far as its answers go.
///
/// Throws a `ScenarioError` where the scenario makes no sense.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn evaluate(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    let scenario = take(&scenario, "")?;
    Ok(give(&crate::evaluate(&scenario).map_err(refusal)?))
}

/// A browser that lives longer than one scenario: it keeps caches and cookies between fetches.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Browser(crate::Browser);

#[wasm_bindgen]
impl Browser {
    /// A browser that remembers `state`, or nothing yet.
    ///
    /// Throws a `ScenarioError` where the state makes no sense.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_optional_param_type = "BrowserState")] state: JsValue) -> Result<Self, JsValue> {
        let state: Option<BrowserState> = take(&state, "state")?;
        Ok(Self(crate::Browser::with_state(state.unwrap_or_default())))
    }

    /// What it remembers, as a copy.
    #[wasm_bindgen(getter, unchecked_return_type = "BrowserState")]
    pub fn state(&self) -> JsValue {
        give(self.0.state())
    }

    /// Runs one fetch of `page` as far as its answers go. Once it has ended, the browser remembers what it left behind;
    /// while it needs an answer, nothing is remembered: add the answer, and call again.
    ///
    /// Throws a `ScenarioError` where the page or the fetch makes no sense.
    #[wasm_bindgen(unchecked_return_type = "FetchReport")]
    pub fn fetch(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Page")] page: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Fetch")] fetch: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (page, fetch) = (take(&page, "page")?, take(&fetch, "fetch")?);
        Ok(give(&self.0.fetch(&page, &fetch).map_err(refusal)?))
    }
}

/// `value` as a boundary type. `name` is what an error calls it.
pub(super) fn take<T: for<'a> Shape<'a>>(value: &JsValue, name: &str) -> Result<T, JsValue> {
    packed::read(&packed::text_of(value)?).and_then(T::read).map_err(|misfit| misfitting(misfit, name))
}

pub(super) fn misfitting(misfit: Misfit, name: &str) -> JsValue {
    let place = format!("{name}{}", misfit.place());
    let place = match place.trim_start_matches('.') {
        "" => "scenario",
        place => place,
    };
    error(place, &format!("{place}: {}", misfit.message()))
}

pub(super) fn refusal(refused: ScenarioError) -> JsValue {
    error(refused.place(), &refused.to_string())
}

pub(super) fn error(place: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name("ScenarioError");
    // NB: an `Error` just made takes every property.
    let _ = Reflect::set(&error, &"place".into(), &place.into());
    error.into()
}
