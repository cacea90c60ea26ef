//! What the page asks before it sends a pasted request itself.

use wasm_bindgen::prelude::*;

use super::give;
use crate::inspect::{Overrides, trials as of};
use crate::profile::ProfileName;

/// The calls of a pasted text, and how they end when the document at the URL `here` makes them in the browser of the profile
/// `profile`. The other arguments are those of `inspect`.
#[wasm_bindgen(unchecked_return_type = "Trial[]")]
pub fn trials(
    page: &str,
    text: &str,
    credentials: Option<String>,
    mode: Option<String>,
    here: &str,
    #[wasm_bindgen(unchecked_param_type = "ProfileName")] profile: &str,
) -> JsValue {
    let named = ProfileName::ALL.into_iter().find(|name| name.as_str() == profile).unwrap_or_default();
    give(&of(page, text, &Overrides { credentials, mode }, here, named))
}
