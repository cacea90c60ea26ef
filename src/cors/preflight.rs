//! The pure half of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0): whether an answer lets
//! the real request go out.

use serde::Serialize;

use super::check::{CorsFailed, cors_check};
use super::safelist::{UnsafeLines, WORD, bits};
use crate::deviations::Deviation;
use crate::http::extract::{NotToken, extract_digits, tokens};
use crate::http::header_list::{Fields, contains, joined, lines_named};
use crate::http::modes::CredentialsMode;
use crate::http::request_header::is_non_wildcard_name;
use crate::http::{method, status};
use crate::infra::bytes::{ByteString, matches_ignoring_case};
use crate::profile::Profile;

/// Why a preflight's answer does not let the request go out. Lines are indexes into the answer's header lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PreflightFailed {
    /// Step 7: the CORS check failed.
    CorsCheck {
        /// How.
        failed: CorsFailed,
    },
    /// Step 7: the status is not 200 to 299.
    Status {
        /// What it is.
        status: u16,
    },
    /// Step 7.3: `Access-Control-Allow-Methods` or `-Headers` has an element that is no token.
    NotTokens {
        /// Which of the two.
        header: AllowList,
        /// The line.
        line: usize,
        /// Where in the value the bad element starts.
        start: usize,
        /// Where it ends.
        end: usize,
    },
    /// Step 7.5: the method is neither safelisted nor allowed.
    Method {
        /// Whether a `*` was there, which credentials make literal.
        wildcard_ignored: bool,
    },
    /// Step 7.6: `Authorization` is not allowed by name, which it must be.
    Authorization {
        /// Whether a `*` was there, which does not cover it.
        wildcard_ignored: bool,
    },
    /// Step 7.7: an unsafe header name is not allowed.
    Header {
        /// The index of the request header, the first in the order of the sorted names.
        request_line: usize,
        /// Whether a `*` was there, which credentials make literal.
        wildcard_ignored: bool,
    },
}

/// The two lists of a preflight's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum AllowList {
    /// `Access-Control-Allow-Methods`
    Methods,
    /// `Access-Control-Allow-Headers`
    Headers,
}

impl PreflightFailed {
    /// The step of CORS-preflight fetch that failed.
    pub const fn step(self) -> &'static str {
        match self {
            Self::CorsCheck { .. } | Self::Status { .. } => "7",
            Self::NotTokens { .. } => "7.3",
            Self::Method { .. } => "7.5",
            Self::Authorization { .. } => "7.6",
            Self::Header { .. } => "7.7",
        }
    }
}

/// What of a request a preflight's answer is held against.
#[derive(Debug)]
pub struct Question<'a, F: Fields + ?Sized> {
    /// Its origin, byte-serialized.
    pub origin: &'a [u8],
    /// Its method.
    pub method: &'a [u8],
    /// Its header list.
    pub headers: &'a F,
    /// Its credentials mode, and not that of the preflight.
    pub credentials: CredentialsMode,
    /// Its use-CORS-preflight flag.
    pub use_cors_preflight: bool,
    /// Whether the preflight goes to the page's own origin, after redirects.
    pub same_origin: bool,
    /// Whose answer it is.
    pub profile: Profile,
}

impl<F: Fields + ?Sized> Question<'_, F> {
    /// Whether an answer without a list of methods allows the request's own: step 7.4.
    fn implies_method(&self) -> bool {
        self.use_cors_preflight && !self.profile.has(Deviation::FlagImpliesNoMethod)
    }
}

/// A preflight's answer that lets the request go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreflightPassed {
    /// For how many seconds it may be remembered, before any limit of the browser's own.
    pub max_age: u64,
}

/// For how many seconds an answer without a valid `Access-Control-Max-Age` is remembered: step 7.9.
const DEFAULT_MAX_AGE: u64 = 5;

const ALLOW_METHODS: &[u8] = b"access-control-allow-methods";
const ALLOW_HEADERS: &[u8] = b"access-control-allow-headers";

/// The value of `Access-Control-Request-Headers` for these names: steps 5.1 and 5.2 of
/// [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0). None where there are none.
pub fn access_control_request_headers(names: &[ByteString]) -> Option<ByteString> {
    // NB: a comma without a space.
    (!names.is_empty()).then(|| names.iter().map(ByteString::as_bytes).collect::<Vec<_>>().join(&b',').into())
}

/// Step 7 of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0), up to the max-age.
///
/// # Errors
/// Why the request must not go out.
pub fn check_preflight<F: Fields + ?Sized>(
    question: &Question<'_, F>,
    status: u16,
    answer: &(impl Fields + ?Sized),
) -> Result<PreflightPassed, PreflightFailed> {
    // 7.-7.7.
    check_answer(question, UnsafeLines::of(question.profile, question.headers), status, answer)?;
    // 7.8.-7.9. The max-age.
    Ok(PreflightPassed { max_age: max_age(question.profile, answer) })
}

/// For how many seconds an answer may be remembered: steps 7.8 and 7.9.
pub fn max_age(profile: Profile, answer: &(impl Fields + ?Sized)) -> u64 {
    let name = b"access-control-max-age";
    if profile.has(Deviation::MaxAgeMalformedKeepsNothing) {
        // NB: an empty value counts as none.
        return match joined(answer, name).filter(|value| !value.is_empty()) {
            None => DEFAULT_MAX_AGE,
            Some(_) => extract_digits(answer, name).ok().flatten().unwrap_or(0),
        };
    }
    if profile.has(Deviation::MaxAgeWithSign) {
        let value = joined(answer, name).and_then(|value| str::from_utf8(&value).ok()?.parse::<i64>().ok());
        return value.map_or(DEFAULT_MAX_AGE, |seconds| u64::try_from(seconds).unwrap_or(0));
    }
    extract_digits(answer, name).ok().flatten().unwrap_or(DEFAULT_MAX_AGE)
}

/// The same without the max-age, where the unsafe lines of the request are known already.
///
/// # Errors
/// Why the request must not go out.
pub fn check_answer<F: Fields + ?Sized>(
    question: &Question<'_, F>,
    unsafe_lines: UnsafeLines,
    status: u16,
    answer: &(impl Fields + ?Sized),
) -> Result<(), PreflightFailed> {
    let with_credentials = question.credentials == CredentialsMode::Include;
    // 7. The CORS check of the request itself, and an ok status.
    let check_status = || if status::is_ok(status) { Ok(()) } else { Err(PreflightFailed::Status { status }) };
    if question.profile.has(Deviation::PreflightStatusFirst) {
        check_status()?;
    }
    // NB: what goes to the page's own origin, and under its own name, is under no CORS protocol.
    if !(question.same_origin && question.profile.has(Deviation::PreflightWithPageOrigin)) {
        cors_check(question.origin, question.credentials, answer).map_err(|failed| PreflightFailed::CorsCheck { failed })?;
    }
    check_status()?;
    // 7.1.-7.3. Both lists, to their ends: one element that is no token spoils everything.
    let methods = Methods::read(question.method, answer)?;
    let names = HeaderNames::read(question, unsafe_lines, answer)?;
    // 7.4. The flag stands in for a list that is absent.
    let implied = question.implies_method() && methods.absent;
    // 7.5. The method, case-sensitively.
    let by_wildcard = methods.wildcard && !with_credentials;
    if !(methods.listed || implied || method::is_cors_safelisted(question.method) || by_wildcard) {
        return Err(PreflightFailed::Method { wildcard_ignored: methods.wildcard });
    }
    // 7.6. `Authorization` by its name.
    let is_covered = names.wildcard && !with_credentials && question.profile.has(Deviation::AuthorizationUnderWildcard);
    if names.authorization_missing && !is_covered {
        return Err(PreflightFailed::Authorization { wildcard_ignored: names.wildcard });
    }
    // 7.7. Every unsafe name, case-insensitively.
    match names.missing {
        Some(request_line) if with_credentials || !names.wildcard => {
            Err(PreflightFailed::Header { request_line, wildcard_ignored: names.wildcard })
        }
        _ => Ok(()),
    }
}

/// The methods that the answer lists, after step 7.4; only of use once [`check_preflight`] has let the request go out.
pub fn allowed_methods<'a, F: Fields + ?Sized>(
    question: &Question<'a, F>,
    answer: &'a (impl Fields + ?Sized),
) -> impl Iterator<Item = &'a [u8]> {
    let implied = question.implies_method() && !contains(answer, ALLOW_METHODS);
    implied.then_some(question.method).into_iter().chain(elements(answer, ALLOW_METHODS))
}

/// The header names that the answer lists; only of use once [`check_preflight`] has let the request go out.
pub fn allowed_header_names(answer: &(impl Fields + ?Sized)) -> impl Iterator<Item = &[u8]> {
    elements(answer, ALLOW_HEADERS)
}

fn elements<'a>(answer: &'a (impl Fields + ?Sized), name: &'static [u8]) -> impl Iterator<Item = &'a [u8]> {
    let elements = move |line| tokens(answer.value(line), line).flatten().map(|token| token.bytes);
    lines_named(answer, name).flat_map(elements)
}

/// Hands every element of the list `name` to `each`, and says whether the list is there at all.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
fn each_element<'a>(
    answer: &'a (impl Fields + ?Sized),
    list: AllowList,
    mut each: impl FnMut(&'a [u8]),
) -> Result<bool, PreflightFailed> {
    let name = match list {
        AllowList::Methods => ALLOW_METHODS,
        AllowList::Headers => ALLOW_HEADERS,
    };
    let bad = |NotToken { line, start, end }| PreflightFailed::NotTokens { header: list, line, start, end };
    let mut found = false;
    for line in lines_named(answer, name) {
        found = true;
        for token in tokens(answer.value(line), line) {
            each(token.map_err(bad)?.bytes);
        }
    }
    Ok(found)
}

/// What `Access-Control-Allow-Methods` says of a method.
struct Methods {
    absent: bool,
    listed: bool,
    wildcard: bool,
}

impl Methods {
    fn read(method: &[u8], answer: &(impl Fields + ?Sized)) -> Result<Self, PreflightFailed> {
        let (mut listed, mut wildcard) = (false, false);
        let found = each_element(answer, AllowList::Methods, |element| {
            listed |= element == method;
            wildcard |= element == b"*";
        })?;
        Ok(Self { absent: !found, listed, wildcard })
    }
}

/// What `Access-Control-Allow-Headers` says of a header list.
struct HeaderNames {
    /// Whether there is an `Authorization` that is not listed.
    authorization_missing: bool,
    /// The unsafe header that is not listed and whose name is the first in the order of the sorted names.
    missing: Option<usize>,
    wildcard: bool,
}

impl HeaderNames {
    fn read<F: Fields + ?Sized>(
        question: &Question<'_, F>,
        unsafe_lines: UnsafeLines,
        answer: &(impl Fields + ?Sized),
    ) -> Result<Self, PreflightFailed> {
        let Question { headers, profile, .. } = *question;
        // OPTIMIZATION: the list is read once for 64 headers, and what it does not name stays a bit in a word.
        let mut names = Self { authorization_missing: false, missing: None, wildcard: false };
        for (start, mut missing) in unsafe_lines.words(profile, headers) {
            // OPTIMIZATION: most elements have a length that none of the names has, which shows at once.
            let length = |name: &[u8]| 1u64 << (name.len() % WORD);
            let lengths = bits(missing).fold(0, |lengths, bit| lengths | length(headers.name(start + bit)));
            each_element(answer, AllowList::Headers, |element| {
                names.wildcard |= element == b"*";
                if lengths & length(element) != 0 {
                    for bit in bits(missing) {
                        if matches_ignoring_case(headers.name(start + bit), element) {
                            missing &= !(1 << bit);
                        }
                    }
                }
            })?;
            bits(missing).for_each(|bit| names.add_missing(headers, start + bit));
        }
        Ok(names)
    }

    fn add_missing(&mut self, headers: &(impl Fields + ?Sized), line: usize) {
        let name = headers.name(line);
        self.authorization_missing |= is_non_wildcard_name(name);
        let sorts_before = |other: &[u8]| name.iter().map(u8::to_ascii_lowercase).lt(other.iter().map(u8::to_ascii_lowercase));
        if self.missing.is_none_or(|first| sorts_before(headers.name(first))) {
            self.missing = Some(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};
    use CredentialsMode::{Include, Omit, SameOrigin};

    const A: &str = "https://a.example";
    const JSON: (&str, &str) = ("Content-Type", "application/json");

    /// An answer that passes the CORS check in every credentials mode, so that a list of it starts at line 2.
    fn answer<'a>(lists: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut answer = vec![("access-control-allow-origin", A), ("access-control-allow-credentials", "true")];
        let name = |name| match name {
            "M" => "Access-Control-Allow-Methods",
            "H" => "Access-Control-Allow-Headers",
            "A" => "Access-Control-Max-Age",
            other => other,
        };
        answer.extend(lists.iter().map(|(list, value)| (name(list), *value)));
        answer
    }

    fn question<'a>(
        method: &'a str,
        headers: &'a [(&'a str, &'a str)],
        credentials: CredentialsMode,
    ) -> Question<'a, [(&'a str, &'a str)]> {
        Question {
            origin: A.as_bytes(),
            method: method.as_bytes(),
            headers,
            credentials,
            use_cors_preflight: false,
            same_origin: false,
            profile: SPEC,
        }
    }

    #[test]
    fn answers() {
        use AllowList::{Headers, Methods};
        let method = |wildcard_ignored| Some(PreflightFailed::Method { wildcard_ignored });
        let authorization = |wildcard_ignored| Some(PreflightFailed::Authorization { wildcard_ignored });
        let header = |request_line, wildcard_ignored| Some(PreflightFailed::Header { request_line, wildcard_ignored });
        let bad = |header, line, start, end| Some(PreflightFailed::NotTokens { header, line, start, end });
        let auth = ("Authorization", "x");
        for (verb, headers, credentials, lists, failed) in [
            ("PUT", &[][..], SameOrigin, &[("M", "PUT")][..], None),
            ("PUT", &[], SameOrigin, &[("M", "GET"), ("M", "PUT")], None),
            ("PUT", &[], SameOrigin, &[("M", "put")], method(false)),
            ("patch", &[], SameOrigin, &[("M", "PATCH")], method(false)),
            ("PUT", &[], SameOrigin, &[], method(false)),
            ("PUT", &[], SameOrigin, &[("M", "")], method(false)),
            ("PUT", &[], SameOrigin, &[("M", "*")], None),
            ("PUT", &[], Omit, &[("M", "GET, *")], None),
            ("PUT", &[], Include, &[("M", "*")], method(true)),
            ("*", &[], Include, &[("M", "*")], None),
            ("GET", &[], SameOrigin, &[("M", "PUT, Bad method")], bad(Methods, 2, 5, 15)),
            ("POST", &[("X-A", "1")], SameOrigin, &[("M", "GET"), ("H", "x-a")], None),
            ("POST", &[("X-A", "1")], SameOrigin, &[("H", "x-a")], None),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "X-A")], None),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "x-b, ,x-a,")], None),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "")], header(0, false)),
            ("GET", &[("x-a", "1")], SameOrigin, &[], header(0, false)),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "x-a"), ("H", "x b")], bad(Headers, 3, 0, 3)),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "x-a"), ("M", "a/b")], bad(Methods, 3, 0, 3)),
            ("PUT", &[("x-a", "1")], SameOrigin, &[("H", "x b"), ("M", "GET")], bad(Headers, 2, 0, 3)),
            ("GET", &[("x-c", "1"), ("X-b", "1"), JSON, ("x-B", "2")], SameOrigin, &[("H", "content-type")], header(1, false)),
            ("GET", &[("Accept", "*/*"), JSON], SameOrigin, &[("H", "accept")], header(1, false)),
            ("GET", &[("x-a", "1")], SameOrigin, &[("H", "*")], None),
            ("GET", &[("x-a", "1")], Include, &[("H", "*")], header(0, true)),
            ("GET", &[("*", "1")], Include, &[("H", "*")], None),
            ("GET", &[("x-a", "1"), auth], SameOrigin, &[("H", "*")], authorization(true)),
            ("GET", &[auth], Omit, &[("H", "*, authorization")], None),
            ("GET", &[("x-a", "1"), auth], Include, &[("H", "*, AUTHORIZATION")], header(0, true)),
            ("GET", &[auth], Omit, &[("H", "x-a")], authorization(false)),
            ("PUT", &[auth], Omit, &[], method(false)),
        ] {
            let found = check_preflight(&question(verb, headers, credentials), 204, &answer(lists)[..]);
            assert_eq!(found.err(), failed, "{verb} {headers:?} {credentials:?} {lists:?}");
        }
    }

    #[test]
    fn statuses_and_the_cors_check() {
        let lists = answer(&[("M", "PUT")]);
        for (status, passes) in [
            (200, true),
            (204, true),
            (299, true),
            (304, false),
            (301, false),
            (400, false),
            (401, false),
            (500, false),
            (199, false),
            (0, false),
        ] {
            let failed = check_preflight(&question("PUT", &[], Include), status, &lists[..]).err();
            assert_eq!(failed, (!passes).then_some(PreflightFailed::Status { status }));
        }
        let wildcard = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT")];
        let failed = PreflightFailed::CorsCheck { failed: CorsFailed::WildcardWithCredentials { line: 0 } };
        assert_eq!(check_preflight(&question("PUT", &[], Include), 500, &wildcard[..]), Err(failed));
        assert_eq!(check_preflight(&question("PUT", &[], Omit), 200, &wildcard[..]), Ok(PreflightPassed { max_age: 5 }));
    }

    #[test]
    fn max_ages_of_browsers() {
        // by Chromium and WebKit, and by Firefox
        for (values, signed, digits) in [
            (&[][..], 5, 5),
            (&[""], 5, 5),
            (&["abc"], 5, 0),
            (&["600,"], 5, 0),
            (&["600", "600"], 5, 0),
            (&["+600"], 600, 0),
            (&["-1"], 0, 0),
            (&["-0"], 0, 0),
            (&["0"], 0, 0),
            (&["600"], 600, 600),
            (&["99999999999999999999"], 5, u64::MAX),
        ] {
            let lists: Vec<_> = values.iter().map(|value| ("A", *value)).collect();
            let found = [CHROMIUM, WEBKIT, FIREFOX].map(|profile| max_age(profile, &answer(&lists)[..]));
            assert_eq!(found, [signed, signed, digits], "{values:?}");
        }
    }

    #[test]
    fn answers_to_browsers() {
        let auth = ("Authorization", "x");
        let status = |status| Err(PreflightFailed::Status { status });
        let missing = Err(PreflightFailed::CorsCheck { failed: CorsFailed::AllowOriginMissing });
        for profile in [CHROMIUM, FIREFOX, WEBKIT] {
            let asked = Question { profile, ..question("GET", std::slice::from_ref(&auth), Omit) };
            assert_eq!(check_answer(&asked, UnsafeLines::of(profile, asked.headers), 200, &answer(&[("H", "*")])[..]), Ok(()));
            let flagged = Question { profile, use_cors_preflight: true, ..question("PUT", &[], Omit) };
            let found = check_answer(&flagged, UnsafeLines::default(), 200, &answer(&[])[..]);
            assert_eq!(found, Err(PreflightFailed::Method { wildcard_ignored: false }), "{profile:?}");
            let no_headers: [(&str, &str); 0] = [];
            let found = check_answer(&flagged, UnsafeLines::default(), 404, &no_headers[..]);
            assert_eq!(found, if profile == WEBKIT { status(404) } else { missing }, "{profile:?}");
            let home = Question { profile, same_origin: true, ..question("GET", &[], Omit) };
            let found = check_answer(&home, UnsafeLines::default(), 200, &no_headers[..]);
            assert_eq!(found, if profile == FIREFOX { Ok(()) } else { missing }, "{profile:?}");
        }
    }

    #[test]
    fn max_ages() {
        for (values, max_age) in [
            (&[][..], 5),
            (&["abc"], 5),
            (&["-1"], 5),
            (&["1.5"], 5),
            (&[""], 5),
            (&["600, 600"], 5),
            (&["600", "600"], 5),
            (&["0"], 0),
            (&["600"], 600),
            (&["99999999999999999999"], u64::MAX),
        ] {
            let lists: Vec<_> = values.iter().map(|value| ("A", *value)).collect();
            let found = check_preflight(&question("GET", &[], SameOrigin), 200, &answer(&lists)[..]);
            assert_eq!(found, Ok(PreflightPassed { max_age }), "{values:?}");
        }
    }

    #[test]
    fn the_flag_stands_in_for_absent_methods() {
        for (flag, lists, passes, methods) in [
            (true, &[][..], true, &["PUT"][..]),
            (true, &[("M", "")], false, &[]),
            (true, &[("M", "GET")], false, &["GET"]),
            (true, &[("M", "GET,PUT")], true, &["GET", "PUT"]),
            (false, &[], false, &[]),
        ] {
            let question = Question { use_cors_preflight: flag, ..question("PUT", &[], SameOrigin) };
            let answer = answer(lists);
            assert_eq!(check_preflight(&question, 200, &answer[..]).is_ok(), passes, "{flag} {lists:?}");
            let found: Vec<_> = allowed_methods(&question, &answer[..]).collect();
            assert_eq!(found, methods.iter().map(|method| method.as_bytes()).collect::<Vec<_>>(), "{flag} {lists:?}");
        }
        let answer = answer(&[("H", "X-A,, *"), ("H", "x-b")]);
        assert_eq!(allowed_header_names(&answer[..]).collect::<Vec<_>>(), [&b"X-A"[..], b"*", b"x-b"]);
    }

    #[test]
    fn more_headers_than_bits() {
        let names: Vec<String> = (0..200).map(|index| format!("x-{index:03}")).collect();
        let headers: Vec<_> = names.iter().rev().map(|name| (&**name, "1")).collect();
        let without = |left_out: &[usize]| {
            let kept = names.iter().enumerate().filter(|(index, _)| !left_out.contains(index));
            kept.map(|(_, name)| &**name).collect::<Vec<_>>().join(",")
        };
        for (left_out, request_line) in
            [(&[][..], None), (&[0], Some(199)), (&[199], Some(0)), (&[63, 100], Some(136)), (&[72, 135, 136], Some(127))]
        {
            let found = check_preflight(&question("GET", &headers, Omit), 200, &answer(&[("H", &without(left_out))])[..]);
            let failed = request_line.map(|request_line| PreflightFailed::Header { request_line, wildcard_ignored: false });
            assert_eq!(found.err(), failed, "{left_out:?}");
        }
    }

    #[test]
    fn requested_headers() {
        let names = |names: &[&[u8]]| access_control_request_headers(&names.iter().map(|&name| name.into()).collect::<Vec<_>>());
        assert_eq!(names(&[]), None);
        assert_eq!(names(&[b"x-a"]), Some(b"x-a".into()));
        assert_eq!(names(&[b"x-a", b"x-b"]), Some(b"x-a,x-b".into()));
    }
}
