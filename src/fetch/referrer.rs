//! [Referrer Policy](https://w3c.github.io/webappsec-referrer-policy/)

use url::Url;

use crate::fetch::environment::Environment;
use crate::http::header_list::{Fields, joined};
use crate::http::modes::ReferrerPolicy;
use crate::http::request::{Referrer, Request};
use crate::infra::bytes::{is_http_tab_or_space, trim};
use crate::infra::origin::{Origin, url_is_potentially_trustworthy};

/// The longest referrer that is sent whole: <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>, step 6.
const LENGTH_LIMIT: usize = 4096;

/// How much of a referrer is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Origin,
}

/// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>
pub(crate) fn determine_referrer(environment: &Environment<'_>, request: &Request) -> Referrer {
    // 3. Where it comes from: the page, unless it is opaque, or a URL of script's choice.
    let source = match &request.referrer {
        Referrer::NoReferrer => return Referrer::NoReferrer,
        Referrer::Client if matches!(environment.origin, Origin::Opaque(_)) => return Referrer::NoReferrer,
        // NB: a srcdoc document has the URL of the one around it, which its base URL is.
        Referrer::Client if environment.url.as_str() == "about:srcdoc" => &environment.base_url,
        Referrer::Client => &environment.url,
        Referrer::Url(url) => url,
    };
    // 4.-6.
    let Some(url) = strip(source, Part::Whole) else { return Referrer::NoReferrer };
    let Some(origin) = strip(source, Part::Origin) else { return Referrer::NoReferrer };
    let url = if url.as_str().len() > LENGTH_LIMIT { origin.clone() } else { url };
    // 8.
    let is_same_origin = Origin::of_url(source).same_origin(&Origin::of_url(request.current_url()));
    let is_downgrade = url_is_potentially_trustworthy(source) && !url_is_potentially_trustworthy(request.current_url());
    let sent = match request.referrer_policy {
        ReferrerPolicy::NoReferrer => None,
        ReferrerPolicy::Origin => Some(origin),
        ReferrerPolicy::UnsafeUrl => Some(url),
        ReferrerPolicy::StrictOrigin => (!is_downgrade).then_some(origin),
        ReferrerPolicy::SameOrigin => is_same_origin.then_some(url),
        ReferrerPolicy::OriginWhenCrossOrigin => Some(if is_same_origin { url } else { origin }),
        ReferrerPolicy::NoReferrerWhenDowngrade => (!is_downgrade).then_some(url),
        // NB: no policy anywhere means the default policy.
        ReferrerPolicy::StrictOriginWhenCrossOrigin | ReferrerPolicy::Empty => match (is_same_origin, is_downgrade) {
            (true, _) => Some(url),
            (false, true) => None,
            (false, false) => Some(origin),
        },
    };
    sent.map_or(Referrer::NoReferrer, Referrer::Url)
}

/// <https://w3c.github.io/webappsec-referrer-policy/#strip-url>
fn strip(url: &Url, part: Part) -> Option<Url> {
    // 2. about:, blob: and data: are nobody's business.
    if matches!(url.scheme(), "about" | "blob" | "data") {
        return None;
    }
    // 3.-6. NB: setting these fails only for URLs that cannot have them.
    let mut stripped = url.clone();
    let _ = stripped.set_username("");
    let _ = stripped.set_password(None);
    stripped.set_fragment(None);
    if part == Part::Origin {
        stripped.set_path("");
        stripped.set_query(None);
    }
    // 7.
    Some(stripped)
}

/// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>: the last valid policy of the
/// answer's `Referrer-Policy`, if it has one.
pub(crate) fn referrer_policy_on_redirect(headers: &(impl Fields + ?Sized)) -> Option<ReferrerPolicy> {
    let value = joined(headers, b"Referrer-Policy")?;
    let token = |part: &[u8]| ReferrerPolicy::parse(std::str::from_utf8(trim(part, is_http_tab_or_space)).ok()?);
    value.split(|&byte| byte == b',').filter_map(token).rfind(|&policy| policy != ReferrerPolicy::Empty)
}
