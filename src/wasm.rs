//! The JavaScript surface: carries scenarios in and reports out. No logic.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::state::BrowserState;

/// Runs every fetch of the scenario as far as its answers go.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn evaluate(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    let report = crate::evaluate(&read(scenario)?).map_err(|error| JsError::new(&error.to_string()))?;
    write(&report)
}

/// A browser that lives longer than one scenario: it keeps caches and cookies between fetches.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Browser(crate::Browser);

#[wasm_bindgen]
impl Browser {
    /// A browser that remembers `state`, or nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_optional_param_type = "BrowserState")] state: JsValue) -> Result<Self, JsValue> {
        let state: Option<BrowserState> = read(state)?;
        Ok(Self(crate::Browser::with_state(state.unwrap_or_default())))
    }

    /// What it remembers.
    #[wasm_bindgen(getter, unchecked_return_type = "BrowserState")]
    pub fn state(&self) -> Result<JsValue, JsValue> {
        write(self.0.state())
    }

    /// Runs one fetch of `page` as far as its answers go. Once it has ended, the browser remembers what it left behind;
    /// while it needs an answer, nothing is remembered: add the answer, and call again.
    #[wasm_bindgen(unchecked_return_type = "FetchReport")]
    pub fn fetch(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Page")] page: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Fetch")] fetch: JsValue,
    ) -> Result<JsValue, JsValue> {
        let report = self.0.fetch(&read(page)?, &read(fetch)?).map_err(|error| JsError::new(&error.to_string()))?;
        write(&report)
    }
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
