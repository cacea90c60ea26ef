//! The verdict alone: no report, no trace, no allocation, over header lines wherever they live.
//!
//! One hop, decided by the algorithms that [`evaluate`](crate::evaluate()) is built on: what kind of request it is and whether
//! it needs a preflight, whether the preflight's answer lets it go out, whether the CORS check of the real answer succeeds, and
//! which of its headers script can read. For thousands of exchanges at a time, such as those of a HAR file.
//!
//! ```text
//!  Request ── branch ─┬─ same-origin, data:, navigation, no-cors ──────────────▶ allowed, and its tainting
//!                     ├─ mode same-origin, scheme not HTTP(S) ────────────────▶ blocked
//!                     ├─ cors ─────────────────────────────────┬─ CORS check ─▶ allowed or blocked
//!                     └─ cors with preflight ─ its answer ─────┘
//!                                                └─▶ blocked, or wanted where none is given
//! ```
//!
//! What comes before and after is not looked at: bad ports, mixed content and other policies, caches, redirects (the CORS check
//! of a redirect's answer is the same one; where it leads is another hop), `Cross-Origin-Resource-Policy`.
//!
//! ```
//! use corscope::decide::{Answer, Blocked, CorsFailed, Outcome, Request, decide, readable_lines};
//! use corscope::modes::{CredentialsMode, RequestMode};
//! use corscope::profile::SPEC;
//!
//! let request = Request {
//!     origin: "https://app.example",
//!     url: "https://api.example/items",
//!     method: b"GET",
//!     headers: &[("Accept", "application/json")][..],
//!     mode: RequestMode::Cors,
//!     credentials: CredentialsMode::SameOrigin,
//!     use_cors_preflight: false,
//!     profile: SPEC,
//! };
//! let lines = [("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/json"), ("ETag", "\"1\"")];
//! let answer = Answer { status: 200, headers: &lines[..] };
//!
//! let decision = decide(&request, None, answer)?;
//! assert!(matches!(decision.outcome, Outcome::Allowed(_)));
//! assert_eq!(readable_lines(&request, &decision, answer).collect::<Vec<_>>(), [1]);
//!
//! let refused = decide(&request, None, Answer { status: 200, headers: &lines[1..] })?;
//! assert_eq!(refused.outcome, Outcome::Blocked(Blocked::CorsCheck(CorsFailed::AllowOriginMissing)));
//! # Ok::<(), corscope::decide::Unreadable>(())
//! ```

use url::Url;

pub use crate::cors::check::{CorsFailed, CorsPassed, cors_check};
pub use crate::cors::expose::Visibility;
pub use crate::cors::preflight::PreflightFailed;
pub use crate::http::header_list::Fields;
pub use crate::trace::MainFetchBranch;

use crate::cors::classify::{Scheme, Target, main_fetch_branch};
use crate::cors::expose::{Exposure, basic_visibility};
use crate::cors::preflight::{Question, check_answer};
use crate::cors::safelist::UnsafeLines;
use crate::http::method;
use crate::http::modes::{CredentialsMode, RequestMode, Tainting};
use crate::infra::origin::{Origin, evident_origin};
use crate::profile::Profile;

/// A request of `fetch()` or XHR, before any redirect.
#[derive(Debug)]
pub struct Request<'a, F: Fields + ?Sized> {
    /// The page's origin as browsers serialize it: `https://app.example`, or `null`.
    pub origin: &'a str,
    /// The absolute URL.
    pub url: &'a str,
    /// The method as it goes over the wire.
    pub method: &'a [u8],
    /// The header lines that script set, and the `Accept` and `Accept-Language` of the browser where their lengths may matter.
    pub headers: &'a F,
    /// The mode.
    pub mode: RequestMode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// Whether a listener on `xhr.upload` or a stream as the body forces a preflight.
    pub use_cors_preflight: bool,
    /// Whose answer is asked for: the standard's, or a browser's.
    pub profile: Profile,
}

/// What a server answered: the status and the header **lines**, never joined.
#[derive(Debug)]
pub struct Answer<'a, F: Fields + ?Sized> {
    /// The status.
    pub status: u16,
    /// The header lines.
    pub headers: &'a F,
}

impl<F: Fields + ?Sized> Clone for Answer<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Fields + ?Sized> Copy for Answer<'_, F> {}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// What kind of request it is, and so whether it needs a preflight.
    pub branch: MainFetchBranch,
    /// How it ends.
    pub outcome: Outcome,
}

/// How a request ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Script gets a response, filtered by this tainting.
    Allowed(Tainting),
    /// Script gets a network error.
    Blocked(Blocked),
    /// It needs a preflight, and no answer to one was given.
    PreflightWanted,
}

/// Why script gets a network error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// Mode same-origin, and the URL is not.
    SameOriginMode,
    /// Mode cors, and the scheme is not HTTP(S).
    SchemeNotHttp,
    /// The preflight's answer does not let the request go out.
    Preflight(PreflightFailed),
    /// The CORS check of the real answer fails.
    CorsCheck(CorsFailed),
}

/// A request about which nothing can be decided: the caller's fault, and never an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The URL does not parse.
    #[error("url: it is not an absolute URL ({0}); write it with its scheme, such as https://api.example/")]
    Url(url::ParseError),
    /// The origin is not one as browsers serialize it.
    #[error(
        "origin: it is not a serialized origin; write scheme://host in lower case, a port only if it is not the default, and nothing after it; or null"
    )]
    Origin,
}

/// What kind of request this is: step 12 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch).
///
/// # Errors
/// A URL or an origin that cannot be read.
pub fn branch<F: Fields + ?Sized>(request: &Request<'_, F>) -> Result<MainFetchBranch, Unreadable> {
    classify(request).map(|(branch, _)| branch)
}

/// The branch, and the unsafe lines where they decided it.
fn classify<F: Fields + ?Sized>(request: &Request<'_, F>) -> Result<(MainFetchBranch, UnsafeLines), Unreadable> {
    let target = target(request.origin, request.url)?;
    // OPTIMIZATION: which headers are unsafe is found out once, for the branch and for the preflight's answer.
    let mut unsafe_lines = UnsafeLines::default();
    let branch = main_fetch_branch(request.mode, Tainting::Basic, target, || {
        unsafe_lines = UnsafeLines::of(request.profile, request.headers);
        request.use_cors_preflight
            || !method::is_cors_safelisted(request.method)
            || !unsafe_lines.is_empty(request.profile, request.headers)
    });
    Ok((branch, unsafe_lines))
}

/// Decides `request`, given the answer to its preflight, if there was one, and its own.
///
/// A preflight's answer that is not needed is not looked at.
///
/// # Errors
/// A URL or an origin that cannot be read.
pub fn decide<F: Fields + ?Sized, R: Fields + ?Sized>(
    request: &Request<'_, F>,
    preflight: Option<Answer<'_, R>>,
    response: Answer<'_, R>,
) -> Result<Decision, Unreadable> {
    let (branch, unsafe_lines) = classify(request)?;
    let outcome = match branch {
        MainFetchBranch::SameOrigin | MainFetchBranch::Data | MainFetchBranch::Navigate => Outcome::Allowed(Tainting::Basic),
        MainFetchBranch::NoCors => Outcome::Allowed(Tainting::Opaque),
        MainFetchBranch::SameOriginMode => Outcome::Blocked(Blocked::SameOriginMode),
        MainFetchBranch::SchemeNotHttp => Outcome::Blocked(Blocked::SchemeNotHttp),
        MainFetchBranch::Cors => check_response(request, response),
        MainFetchBranch::CorsWithPreflight => match preflight {
            None => Outcome::PreflightWanted,
            Some(answer) => match check_answer(&request.question(), unsafe_lines, answer.status, answer.headers) {
                Err(failed) => Outcome::Blocked(Blocked::Preflight(failed)),
                Ok(()) => check_response(request, response),
            },
        },
    };
    Ok(Decision { branch, outcome })
}

fn check_response<F: Fields + ?Sized, R: Fields + ?Sized>(request: &Request<'_, F>, response: Answer<'_, R>) -> Outcome {
    match cors_check(request.origin.as_bytes(), request.credentials, response.headers) {
        Ok(_) => Outcome::Allowed(Tainting::Cors),
        Err(failed) => Outcome::Blocked(Blocked::CorsCheck(failed)),
    }
}

/// The lines of the real answer that script can read, in order.
pub fn readable_lines<'a, F: Fields + ?Sized, R: Fields + ?Sized>(
    request: &Request<'_, F>,
    decision: &Decision,
    response: Answer<'a, R>,
) -> impl Iterator<Item = usize> + use<'a, F, R> {
    visibilities(request, decision, response).filter(|(_, visibility)| visibility.is_readable()).map(|(line, _)| line)
}

/// Whether script can read each line of the real answer, and why.
pub fn visibilities<'a, F: Fields + ?Sized, R: Fields + ?Sized>(
    request: &Request<'_, F>,
    decision: &Decision,
    response: Answer<'a, R>,
) -> impl Iterator<Item = (usize, Visibility)> + use<'a, F, R> {
    let headers = response.headers;
    let outcome = decision.outcome;
    let exposure = (outcome == Outcome::Allowed(Tainting::Cors)).then(|| Exposure::of(headers, request.credentials));
    (0..headers.count()).map(move |line| {
        let visibility = match (outcome, &exposure) {
            (_, Some(exposure)) => exposure.visibility(headers.name(line)),
            (Outcome::Allowed(Tainting::Opaque), _) => Visibility::Opaque,
            (Outcome::Allowed(_), None) => basic_visibility(headers.name(line)),
            (Outcome::Blocked(_) | Outcome::PreflightWanted, None) => Visibility::NetworkError,
        };
        (line, visibility)
    })
}

impl<'a, F: Fields + ?Sized> Request<'a, F> {
    fn question(&self) -> Question<'a, F> {
        Question {
            origin: self.origin.as_bytes(),
            method: self.method,
            headers: self.headers,
            credentials: self.credentials,
            use_cors_preflight: self.use_cors_preflight,
            same_origin: false,
            profile: self.profile,
        }
    }
}

/// Where `url` leads, seen from `origin`.
fn target(origin: &str, url: &str) -> Result<Target, Unreadable> {
    // OPTIMIZATION: origins that show in the text as they are need not be parsed.
    match evident_origin(url) {
        Some(target) if origin == "null" || evident_origin(origin).is_some_and(|page| page.len() == origin.len()) => {
            Ok(Target { same_origin: origin == target, scheme: Scheme::Http })
        }
        _ => parsed_target(origin, url),
    }
}

/// The same by the URL parser.
#[cold]
fn parsed_target(origin: &str, url: &str) -> Result<Target, Unreadable> {
    let page = Origin::parse(origin).filter(|page| page.serialize() == origin).ok_or(Unreadable::Origin)?;
    let url = Url::parse(url).map_err(Unreadable::Url)?;
    Ok(Target { same_origin: page.same_origin(&Origin::of_url(&url)), scheme: Scheme::of(url.scheme()) })
}

#[cfg(test)]
mod tests {
    use crate::profile::SPEC;
    use proptest::prelude::*;

    use super::*;

    const A: &str = "https://a.example";

    #[test]
    fn targets() {
        let found = |same_origin, scheme| Ok(Target { same_origin, scheme });
        for (origin, url, expected) in [
            (A, "https://a.example/x", found(true, Scheme::Http)),
            (A, "https://a.example:443/x", found(true, Scheme::Http)),
            (A, "HTTPS://A.EXAMPLE/x", found(true, Scheme::Http)),
            (A, "https://u:p@a.example/x", found(true, Scheme::Http)),
            (A, "https://a.example:8443/x", found(false, Scheme::Http)),
            (A, "https://a.example./x", found(false, Scheme::Http)),
            (A, "http://a.example/x", found(false, Scheme::Http)),
            (A, "https://a.example.evil/x", found(false, Scheme::Http)),
            (A, "blob:https://a.example/0a", found(true, Scheme::Other)),
            (A, "data:,x", found(false, Scheme::Data)),
            (A, "about:blank", found(false, Scheme::Other)),
            ("null", "https://a.example/x", found(false, Scheme::Http)),
            ("null", "data:,x", found(false, Scheme::Data)),
            ("https://xn--bcher-kva.example", "https://bücher.example/x", found(true, Scheme::Http)),
            ("http://[::1]:3000", "http://[0::1]:3000/x", found(true, Scheme::Http)),
            ("capacitor://localhost", "https://a.example/x", found(false, Scheme::Http)),
            ("https://a.example/", "https://a.example/x", Err(Unreadable::Origin)),
            ("https://a.example:443", "https://a.example/x", Err(Unreadable::Origin)),
            ("https://A.example", "https://a.example/x", Err(Unreadable::Origin)),
            ("https://a.example/x", "https://a.example/x", Err(Unreadable::Origin)),
            ("*", "https://a.example/x", Err(Unreadable::Origin)),
            ("", "https://a.example/x", Err(Unreadable::Origin)),
            (A, "/x", Err(Unreadable::Url(url::ParseError::RelativeUrlWithoutBase))),
            (A, "https://", Err(Unreadable::Url(url::ParseError::EmptyHost))),
        ] {
            assert_eq!(target(origin, url), expected, "{origin} {url}");
        }
    }

    proptest! {
        #[test]
        fn the_fast_way_finds_what_the_parser_finds(
            origin in "(null|https?://[a-c]{1,2}(\\.[a-c]|\\.|\\.1)?(:[48]4?3?)?/?)",
            url in "(https?|HTTPS|ws|blob:http)://[a-cA]{1,2}(\\.[a-c]|\\.|\\.1)?(:[48]4?3?)?(|/|\\?|#|\\\\|@)[a-c:/]{0,4}",
        ) {
            prop_assert_eq!(target(&origin, &url), parsed_target(&origin, &url));
        }
    }

    #[test]
    fn outcomes() {
        use Outcome::{Allowed, PreflightWanted};
        use RequestMode::{Cors, NoCors, SameOrigin};
        let here = "https://a.example/x";
        let there = "https://b.example/x";
        let missing = Outcome::Blocked(Blocked::CorsCheck(CorsFailed::AllowOriginMissing));
        let no_method = Outcome::Blocked(Blocked::Preflight(PreflightFailed::Method { wildcard_ignored: false }));
        let allow = ("access-control-allow-origin", "*");
        // mode, method, URL, the preflight's lines, the answer's lines, then the outcome and what is readable
        for (mode, method, url, preflight, answer, outcome, readable) in [
            (Cors, "PUT", here, None, &[("ETag", "1"), ("Set-Cookie", "a")][..], Allowed(Tainting::Basic), &[0][..]),
            (Cors, "GET", "data:,x", None, &[("Content-Type", "text/plain")], Allowed(Tainting::Basic), &[0]),
            (Cors, "GET", there, None, &[("ETag", "1")], missing, &[]),
            (Cors, "GET", there, None, &[("ETag", "1"), allow, ("Pragma", "")], Allowed(Tainting::Cors), &[2]),
            (Cors, "PUT", there, None, &[allow], PreflightWanted, &[]),
            (Cors, "PUT", there, Some(&[allow][..]), &[allow], no_method, &[]),
            (Cors, "PUT", there, Some(&[allow, ("Access-Control-Allow-Methods", "PUT")]), &[], missing, &[]),
            (
                Cors,
                "PUT",
                there,
                Some(&[allow, ("Access-Control-Allow-Methods", "PUT")]),
                &[allow, ("Expires", "0")],
                Allowed(Tainting::Cors),
                &[1],
            ),
            (Cors, "GET", there, Some(&[]), &[allow], Allowed(Tainting::Cors), &[]),
            (NoCors, "GET", there, None, &[allow, ("Expires", "0")], Allowed(Tainting::Opaque), &[]),
            (SameOrigin, "GET", there, None, &[allow], Outcome::Blocked(Blocked::SameOriginMode), &[]),
            (Cors, "GET", "about:blank", None, &[allow], Outcome::Blocked(Blocked::SchemeNotHttp), &[]),
        ] {
            let request = Request {
                origin: A,
                url,
                method: method.as_bytes(),
                headers: &[("Accept", "*/*")][..],
                mode,
                credentials: CredentialsMode::SameOrigin,
                use_cors_preflight: false,
                profile: SPEC,
            };
            let preflight = preflight.map(|headers: &[(&str, &str)]| Answer { status: 204, headers });
            let answer = Answer { status: 200, headers: answer };
            let decision = decide(&request, preflight, answer).unwrap();
            assert_eq!(decision.outcome, outcome, "{mode:?} {method} {url}");
            assert_eq!(readable_lines(&request, &decision, answer).collect::<Vec<_>>(), readable, "{mode:?} {method} {url}");
        }
    }

    #[test]
    fn the_flag_calls_for_a_preflight() {
        let flagged = |use_cors_preflight| Request {
            origin: A,
            url: "https://b.example/x",
            method: b"POST",
            headers: &[("Accept", "*/*")][..],
            mode: RequestMode::Cors,
            credentials: CredentialsMode::SameOrigin,
            use_cors_preflight,
            profile: SPEC,
        };
        assert_eq!(branch(&flagged(false)), Ok(MainFetchBranch::Cors));
        assert_eq!(branch(&flagged(true)), Ok(MainFetchBranch::CorsWithPreflight));
    }
}
