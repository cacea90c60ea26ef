//! Domains in ASCII as the platform's `URL` has them: what the crate `url` asks of the crate `idna`, without its tables.
//!
//! Whoever runs WebAssembly beside JavaScript has a URL parser already, and with it the tables of Unicode: in a page those of
//! the browser whose answer is asked for. Only domains that are not plain ASCII go there.

use std::borrow::Cow;
use std::fmt;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URL)]
    type PlatformUrl;

    #[wasm_bindgen(constructor, catch, js_class = "URL")]
    fn new(url: &str) -> Result<PlatformUrl, JsValue>;

    #[wasm_bindgen(method, getter, js_class = "URL")]
    fn hostname(this: &PlatformUrl) -> String;
}

/// Which ASCII characters no domain has. There is one such list here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AsciiDenyList {
    /// The forbidden domain code points of the URL standard.
    URL,
}

/// Why there is no such domain: the platform does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Errors;

impl fmt::Display for Errors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("invalid domain")
    }
}

impl std::error::Error for Errors {}

/// <https://url.spec.whatwg.org/#concept-domain-to-ascii> without `beStrict`.
///
/// # Errors
/// There is no such domain.
pub fn domain_to_ascii_from_cow(domain: Cow<'_, [u8]>, _: AsciiDenyList) -> Result<Cow<'_, str>, Errors> {
    let domain = match domain {
        Cow::Borrowed(bytes) => Cow::Borrowed(str::from_utf8(bytes).map_err(|_| Errors)?),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|_| Errors)?),
    };
    // NB: so nothing ends the host of the URL below before its end.
    if domain.bytes().any(is_forbidden) {
        return Err(Errors);
    }
    if !domain.is_ascii() || domain.split('.').any(is_punycode) {
        let url = PlatformUrl::new(&format!("https://{domain}/")).map_err(|_| Errors)?;
        return Ok(Cow::Owned(url.hostname()));
    }
    Ok(if domain.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(domain.to_ascii_lowercase()) } else { domain })
}

/// `domain`, and whether that is its form in Unicode: the platform has no way to decode one.
pub fn domain_to_unicode(domain: &str) -> (String, Result<(), Errors>) {
    (domain.to_owned(), if domain.split('.').any(is_punycode) { Err(Errors) } else { Ok(()) })
}

fn is_punycode(label: &str) -> bool {
    label.as_bytes().first_chunk().is_some_and(|start: &[u8; 4]| start.eq_ignore_ascii_case(b"xn--"))
}

/// <https://url.spec.whatwg.org/#forbidden-domain-code-point>
fn is_forbidden(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f || b"#%/:<>?@[\\]^|".contains(&byte)
}
