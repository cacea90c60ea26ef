//! [Referrer Policy](https://w3c.github.io/webappsec-referrer-policy/)

use std::sync::Arc;

use url::Url;

use crate::fetch::environment::Environment;
use crate::http::header_list::{Fields, joined};
use crate::http::modes::ReferrerPolicy;
use crate::http::request::{Referrer, Request};
use crate::infra::bytes::{is_http_tab_or_space, trim};
use crate::infra::origin::{are_same_origin, url_is_potentially_trustworthy};
use crate::scenario::Global;

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
        Referrer::Client if environment.global == Global::Window && environment.origin.is_opaque() => {
            return Referrer::NoReferrer;
        }
        // NB: a srcdoc document counts as the one around it, whose URL is its base URL unless there is a `<base>`.
        Referrer::Client if environment.url.scheme() == "about" && environment.url.path() == "srcdoc" => &environment.base_url,
        Referrer::Client => &environment.url,
        Referrer::Url(url) => url,
    };
    // 8. OPTIMIZATION: which part is sent is known before either is made.
    let is_same_origin = are_same_origin(source, request.current_url());
    let is_downgrade = || url_is_potentially_trustworthy(source) && !url_is_potentially_trustworthy(request.current_url());
    let part = match request.referrer_policy {
        ReferrerPolicy::NoReferrer => None,
        ReferrerPolicy::Origin => Some(Part::Origin),
        ReferrerPolicy::UnsafeUrl => Some(Part::Whole),
        ReferrerPolicy::StrictOrigin => (!is_downgrade()).then_some(Part::Origin),
        ReferrerPolicy::SameOrigin => is_same_origin.then_some(Part::Whole),
        ReferrerPolicy::OriginWhenCrossOrigin => Some(if is_same_origin { Part::Whole } else { Part::Origin }),
        ReferrerPolicy::NoReferrerWhenDowngrade => (!is_downgrade()).then_some(Part::Whole),
        // NB: no policy anywhere means the default policy.
        ReferrerPolicy::StrictOriginWhenCrossOrigin | ReferrerPolicy::Empty => match is_same_origin {
            true => Some(Part::Whole),
            false => (!is_downgrade()).then_some(Part::Origin),
        },
    };
    // 4.-6.
    let stripped = part.and_then(|part| {
        let whole = strip(source, part)?;
        if part == Part::Whole && whole.as_str().len() > LENGTH_LIMIT { strip(source, Part::Origin) } else { Some(whole) }
    });
    stripped.map_or(Referrer::NoReferrer, |url| Referrer::Url(Arc::new(url)))
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
///
/// NB: elements that are no policy are passed over, also those that the grammar would not allow, and letter case does not
/// count, as in the grammar and every browser.
pub(crate) fn referrer_policy_on_redirect(headers: &(impl Fields + ?Sized)) -> Option<ReferrerPolicy> {
    let is_named = |policy: &ReferrerPolicy, token: &[u8]| policy.as_str().as_bytes().eq_ignore_ascii_case(token);
    let policy = |token: &[u8]| ReferrerPolicy::ALL.iter().copied().find(|policy| is_named(policy, token));
    let value = joined(headers, b"Referrer-Policy")?;
    let tokens = value.split(|&byte| byte == b',').map(|token| trim(token, is_http_tab_or_space));
    tokens.filter_map(policy).rfind(|&policy| policy != ReferrerPolicy::Empty)
}

#[cfg(test)]
mod tests {
    use crate::profile::SPEC;
    use proptest::prelude::*;

    use super::*;
    use crate::infra::origin::Origin;
    use crate::scenario::Page;

    fn page(json: &str) -> Page {
        serde_json::from_str(json).unwrap()
    }

    fn request(url: &str, referrer: Referrer, referrer_policy: ReferrerPolicy) -> Request {
        let origin = Origin::parse("https://a.example").unwrap();
        Request { referrer, referrer_policy, ..Request::new(Url::parse(url).unwrap(), origin) }
    }

    fn url(referrer: Referrer) -> Option<String> {
        match referrer {
            Referrer::NoReferrer => None,
            Referrer::Client => panic!("the client is not a result"),
            Referrer::Url(url) => Some(url.as_str().into()),
        }
    }

    #[test]
    fn the_policy_table() {
        use ReferrerPolicy as P;
        const WHOLE: Option<&str> = Some("https://a.example/p?q");
        const ORIGIN: Option<&str> = Some("https://a.example/");
        // to the same origin, to another one, to another one that is not secure
        for (policy, expected) in [
            (P::Empty, [WHOLE, ORIGIN, None]),
            (P::NoReferrer, [None, None, None]),
            (P::NoReferrerWhenDowngrade, [WHOLE, WHOLE, None]),
            (P::SameOrigin, [WHOLE, None, None]),
            (P::Origin, [ORIGIN, ORIGIN, ORIGIN]),
            (P::StrictOrigin, [ORIGIN, ORIGIN, None]),
            (P::OriginWhenCrossOrigin, [WHOLE, ORIGIN, ORIGIN]),
            (P::StrictOriginWhenCrossOrigin, [WHOLE, ORIGIN, None]),
            (P::UnsafeUrl, [WHOLE, WHOLE, WHOLE]),
        ] {
            let page = page(r#"{ "url": "https://u:p@a.example/p?q#f" }"#);
            let environment = Environment::new(&page, SPEC).unwrap();
            let found = ["https://a.example/x", "https://b.example/", "http://a.example/"]
                .map(|to| url(determine_referrer(&environment, &request(to, Referrer::Client, policy))));
            assert_eq!(found, expected.map(|url| url.map(String::from)), "{policy:?}");
            // A URL that script chose is treated like the page's.
            let chosen = Referrer::Url(Url::parse("https://u:p@a.example/p?q#f").unwrap().into());
            let found = ["https://a.example/x", "https://b.example/", "http://a.example/"]
                .map(|to| url(determine_referrer(&environment, &request(to, chosen.clone(), policy))));
            assert_eq!(found, expected.map(|url| url.map(String::from)), "{policy:?}");
        }
    }

    #[test]
    fn sources() {
        let long = format!(r#"{{ "url": "https://a.example/{}" }}"#, "x".repeat(4096 - 18));
        let too_long = format!(r#"{{ "url": "https://a.example/{}" }}"#, "x".repeat(4097 - 18));
        for (json, to, expected) in [
            (r#"{ "url": "http://a.example/p" }"#, "http://a.example/", Some("http://a.example/p")),
            (r#"{ "url": "http://a.example/p" }"#, "http://b.example/", Some("http://a.example/")),
            (r#"{ "url": "http://localhost:1/p" }"#, "http://b.example/", None),
            (r#"{ "url": "https://a.example/p" }"#, "http://127.0.0.1/", Some("https://a.example/")),
            // Sandboxed, or from a data: or blob: URL.
            (r#"{ "url": "https://a.example/p", "origin": "null" }"#, "https://a.example/", None),
            (r#"{ "url": "data:text/html,x" }"#, "https://a.example/", None),
            (r#"{ "url": "blob:https://a.example/0a", "origin": "https://a.example" }"#, "https://a.example/", None),
            (r#"{ "url": "data:text/javascript,x", "global": "worker" }"#, "https://a.example/", None),
            (r#"{ "url": "https://a.example/w.js", "global": "worker" }"#, "https://a.example/", Some("https://a.example/w.js")),
            (
                r#"{ "url": "https://a.example/w.js", "global": "worker", "origin": "null" }"#,
                "https://a.example/",
                Some("https://a.example/w.js"),
            ),
            // srcdoc.
            (
                r#"{ "url": "about:srcdoc", "origin": "https://a.example", "baseUrl": "https://a.example/p" }"#,
                "https://a.example/",
                Some("https://a.example/p"),
            ),
            (r#"{ "url": "about:srcdoc", "origin": "null", "baseUrl": "https://a.example/p" }"#, "https://a.example/", None),
            (
                r#"{ "url": "about:blank", "origin": "https://a.example", "baseUrl": "https://a.example/p" }"#,
                "https://a.example/",
                None,
            ),
            (&too_long, "https://a.example/", Some("https://a.example/")),
        ] {
            let page = page(json);
            let environment = Environment::new(&page, SPEC).unwrap();
            let found = url(determine_referrer(&environment, &request(to, Referrer::Client, ReferrerPolicy::Empty)));
            assert_eq!(found.as_deref(), expected, "{json} {to}");
        }
        let page = page(&long);
        let environment = Environment::new(&page, SPEC).unwrap();
        let request = request("https://a.example/", Referrer::Client, ReferrerPolicy::Empty);
        assert_eq!(url(determine_referrer(&environment, &request)).map(|url| url.len()), Some(4096));
    }

    #[test]
    fn policies_of_redirects() {
        use ReferrerPolicy as P;
        for (lines, expected) in [
            (&[][..], None),
            (&[""], None),
            (&["no-referrer"], Some(P::NoReferrer)),
            (&["No-Referrer"], Some(P::NoReferrer)),
            (&[" unsafe-url\t"], Some(P::UnsafeUrl)),
            (&["no-referrer, unsafe-url"], Some(P::UnsafeUrl)),
            (&["unsafe-url", "origin"], Some(P::Origin)),
            (&["origin, future-policy"], Some(P::Origin)),
            (&["origin,"], Some(P::Origin)),
            (&["origin, \"x\""], Some(P::Origin)),
            (&["never"], None),
            (&["no-referrer origin"], None),
        ] {
            let fields: Vec<_> = lines.iter().map(|line| ("referrer-policy", line)).collect();
            assert_eq!(referrer_policy_on_redirect(fields.as_slice()), expected, "{lines:?}");
        }
    }

    proptest! {
        #[test]
        fn a_referrer_never_says_more_than_it_may(
            source in "(https?|ftp|about|data|blob|file|x)://?([a-z]{1,2}(:[a-z]+)?@)?(a|b)\\.example(:[0-9]{1,4})?(/[a-z#?]{0,9})?",
            to in "https?://(a|b)\\.example(/[a-z]{0,3})?",
            policy in 0..ReferrerPolicy::ALL.len(),
            value in proptest::collection::vec(any::<u8>(), 0..20),
        ) {
            prop_assume!(Url::parse(&source).is_ok());
            let source = Url::parse(&source).unwrap();
            let page = page(r#"{ "url": "https://a.example/" }"#);
            let environment = Environment::new(&page, SPEC).unwrap();
            let request = request(&to, Referrer::Url(source.clone().into()), ReferrerPolicy::ALL[policy]);
            if let Some(found) = url(determine_referrer(&environment, &request)) {
                let found = Url::parse(&found).unwrap();
                prop_assert_eq!((found.username(), found.password(), found.fragment()), ("", None, None));
                prop_assert_eq!(found.scheme(), source.scheme());
                let is_whole = (found.path(), found.query()) == (source.path(), source.query());
                prop_assert!(is_whole || matches!((found.path(), found.query()), ("" | "/", None)));
            }
            let _ = referrer_policy_on_redirect(&[("Referrer-Policy", value)][..]);
        }
    }
}
