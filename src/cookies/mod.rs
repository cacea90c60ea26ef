//! Cookies, as RFC 6265bis keeps and sends them.
//!
//! OUT OF SCOPE: `document.cookie`, the `Partitioned` attribute, limits to the number of cookies, and the exception for recent
//! cookies without `SameSite` on a cross-site `POST`.

mod jar;
mod same_site;
mod set_cookie;

pub use jar::{Rules, cookie_header, evict_expired, retrieve, store};
pub use same_site::{same_site_context, site_for_cookies};

use serde::{Deserialize, Serialize};

use crate::infra::bytes::ByteString;

/// A cookie in the jar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Cookie {
    /// Its name.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub name: ByteString,
    /// Its value.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub value: ByteString,
    /// The host that set it, or its `Domain` without a leading dot.
    pub domain: String,
    /// Whether only that host itself gets it: it had no `Domain`.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub host_only: bool,
    /// Its path.
    #[serde(default = "root")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub path: String,
    /// Only over secure connections.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub secure: bool,
    /// Invisible to `document.cookie`.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub http_only: bool,
    /// Its `SameSite` attribute.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub same_site: SameSite,
    /// When it expires, in seconds on the scenario's clock; a session cookie never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub expires_at: Option<f64>,
    /// The site of the tab, where it was set by a third party and the browser keeps it for that site alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub partition: Option<String>,
}

fn yes() -> bool {
    true
}

fn root() -> String {
    "/".into()
}

/// The `SameSite` attribute of a cookie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum SameSite {
    /// Absent or unknown: RFC 6265bis treats it as `Lax`.
    #[default]
    Default,
    /// `None`
    None,
    /// `Lax`
    Lax,
    /// `Strict`
    Strict,
}
