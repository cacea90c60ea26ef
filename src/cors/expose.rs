//! Which response headers script can see: the basic and the CORS
//! [filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response).

use serde::Serialize;

use crate::http::extract::{NotToken, tokens};
use crate::http::header_list::{Fields, lines_named};
use crate::http::modes::CredentialsMode;
use crate::http::response_header::{ResponseHeaderName, is_forbidden_response_header_name};
use crate::infra::bytes::matches_ignoring_case;

/// Whether script can see a response header, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Visibility {
    /// Readable: the response is same-origin.
    SameOrigin,
    /// Readable: one of the seven CORS-safelisted response-header names.
    Safelisted,
    /// Readable: named by `Access-Control-Expose-Headers`.
    Exposed,
    /// Readable: `Access-Control-Expose-Headers: *`, without credentials.
    ExposedByWildcard,
    /// Hidden: `Set-Cookie` and `Set-Cookie2` always are.
    Forbidden,
    /// Hidden: not exposed.
    NotExposed,
    /// Hidden: not exposed, because `*` is a literal name when credentials mode is `include`.
    WildcardWithCredentials,
    /// Hidden: not exposed, because `Access-Control-Expose-Headers` does not parse.
    ExposeUnparsable,
    /// Hidden: the response is opaque.
    Opaque,
    /// Hidden: the fetch ended in a network error.
    NetworkError,
}

impl Visibility {
    /// Whether script can read the header.
    pub const fn is_readable(self) -> bool {
        matches!(self, Self::SameOrigin | Self::Safelisted | Self::Exposed | Self::ExposedByWildcard)
    }
}

/// What `Access-Control-Expose-Headers` exposes to script: steps 14.1.1 to 14.1.3 of
/// [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch).
#[derive(Debug, Clone)]
pub struct Exposure<'a, F: Fields + ?Sized> {
    response: &'a F,
    /// The first elements.
    names: [&'a [u8]; KEPT],
    kind: Kind,
}

/// OPTIMIZATION: so many names are kept; where there are more, the header is read again for each question.
const KEPT: usize = 8;

const EXPOSE_HEADERS: &[u8] = b"access-control-expose-headers";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The header is absent.
    Absent,
    /// It does not parse, and this stood before what is wrong.
    Unparsable { element: NotToken, before: Wildcard },
    /// It has so many names.
    Names { count: usize, wildcard: Wildcard },
}

/// What a `*` among the names means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wildcard {
    /// There is none.
    Absent,
    /// Every header.
    Everything,
    /// The header `*`.
    Literal,
}

impl<'a, F: Fields + ?Sized> Exposure<'a, F> {
    /// What this response exposes to a request with this credentials mode.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn of(response: &'a F, credentials: CredentialsMode) -> Self {
        let mut exposure = Self { response, names: [&[]; KEPT], kind: Kind::Absent };
        exposure.kind = exposure.read(credentials);
        exposure
    }

    /// The same where a `*` that stands before an element that does not parse has exposed everything already.
    #[must_use]
    pub fn up_to_error(self) -> Self {
        let kind = match self.kind {
            Kind::Unparsable { before: wildcard @ Wildcard::Everything, .. } => Kind::Names { count: 0, wildcard },
            kind => kind,
        };
        Self { kind, ..self }
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn read(&mut self, credentials: CredentialsMode) -> Kind {
        // 14.1.1. Extract the names.
        let mut found = None;
        let mut wildcard = Wildcard::Absent;
        for line in lines_named(self.response, EXPOSE_HEADERS) {
            let count = found.get_or_insert(0);
            for token in tokens(self.response.value(line), line) {
                let name = match token {
                    Ok(token) => token.bytes,
                    Err(element) => return Kind::Unparsable { element, before: wildcard },
                };
                // 14.1.2. A wildcard exposes all names without credentials.
                // 14.1.3. With them it is a name like any other.
                if name == b"*" {
                    wildcard = if credentials == CredentialsMode::Include { Wildcard::Literal } else { Wildcard::Everything };
                }
                if let Some(kept) = self.names.get_mut(*count) {
                    *kept = name;
                }
                *count += 1;
            }
        }
        found.map_or(Kind::Absent, |count| Kind::Names { count, wildcard })
    }

    /// How many names the header has: None where it is absent or does not parse.
    pub const fn count(&self) -> Option<usize> {
        match self.kind {
            Kind::Names { count, .. } => Some(count),
            Kind::Absent | Kind::Unparsable { .. } => None,
        }
    }

    /// The element because of which the header does not parse, and so exposes nothing.
    pub const fn unparsable(&self) -> Option<NotToken> {
        match self.kind {
            Kind::Unparsable { element, .. } => Some(element),
            Kind::Absent | Kind::Names { .. } => None,
        }
    }

    /// Whether script sees the header `name` of a
    /// [CORS filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-cors), and why.
    pub fn visibility(&self, name: &[u8]) -> Visibility {
        match ResponseHeaderName::of(name) {
            ResponseHeaderName::Forbidden => return Visibility::Forbidden,
            ResponseHeaderName::Safelisted => return Visibility::Safelisted,
            ResponseHeaderName::Other => {}
        }
        match self.kind {
            Kind::Absent => Visibility::NotExposed,
            Kind::Unparsable { .. } => Visibility::ExposeUnparsable,
            Kind::Names { wildcard: Wildcard::Everything, .. } => Visibility::ExposedByWildcard,
            Kind::Names { count, .. } if self.has(name, count) => Visibility::Exposed,
            Kind::Names { wildcard: Wildcard::Literal, .. } => Visibility::WildcardWithCredentials,
            Kind::Names { wildcard: Wildcard::Absent, .. } => Visibility::NotExposed,
        }
    }

    fn has(&self, name: &[u8], count: usize) -> bool {
        let is = |known: &[u8]| matches_ignoring_case(known, name);
        match self.names.get(..count) {
            Some(names) => names.iter().copied().any(is),
            None => lines_named(self.response, EXPOSE_HEADERS)
                .any(|line| tokens(self.response.value(line), line).flatten().any(|token| is(token.bytes))),
        }
    }
}

/// Whether script sees the header `name` of a
/// [basic filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-basic).
pub fn basic_visibility(name: &[u8]) -> Visibility {
    if is_forbidden_response_header_name(name) { Visibility::Forbidden } else { Visibility::SameOrigin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visibilities() {
        use CredentialsMode::{Include, Omit, SameOrigin};
        use Visibility::{
            ExposeUnparsable, Exposed, ExposedByWildcard, Forbidden, NotExposed, Safelisted, WildcardWithCredentials,
        };
        let many = (0..30).map(|index| format!("x-{index}")).collect::<Vec<_>>().join(", ");
        let many_and_wildcard = format!("{many}, *");
        // credentials, Access-Control-Expose-Headers, then Content-Type, Set-Cookie, X-A, ETag, `*`, X-29
        for (credentials, lines, expected) in [
            (SameOrigin, &[][..], [Safelisted, Forbidden, NotExposed, NotExposed, NotExposed, NotExposed]),
            (SameOrigin, &[""], [Safelisted, Forbidden, NotExposed, NotExposed, NotExposed, NotExposed]),
            (SameOrigin, &["x-a"], [Safelisted, Forbidden, Exposed, NotExposed, NotExposed, NotExposed]),
            (SameOrigin, &["etag", "X-A,"], [Safelisted, Forbidden, Exposed, Exposed, NotExposed, NotExposed]),
            (Omit, &["*"], [Safelisted, Forbidden, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard]),
            (
                SameOrigin,
                &["X-A, *"],
                [Safelisted, Forbidden, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard],
            ),
            (
                Include,
                &["*"],
                [Safelisted, Forbidden, WildcardWithCredentials, WildcardWithCredentials, Exposed, WildcardWithCredentials],
            ),
            (Include, &["X-A, *"], [Safelisted, Forbidden, Exposed, WildcardWithCredentials, Exposed, WildcardWithCredentials]),
            (Include, &["Set-Cookie, X-A"], [Safelisted, Forbidden, Exposed, NotExposed, NotExposed, NotExposed]),
            (
                SameOrigin,
                &["X-A, bad name"],
                [Safelisted, Forbidden, ExposeUnparsable, ExposeUnparsable, ExposeUnparsable, ExposeUnparsable],
            ),
            (
                SameOrigin,
                &["*", "bad name"],
                [Safelisted, Forbidden, ExposeUnparsable, ExposeUnparsable, ExposeUnparsable, ExposeUnparsable],
            ),
            (SameOrigin, &[&many], [Safelisted, Forbidden, NotExposed, NotExposed, NotExposed, Exposed]),
            (
                SameOrigin,
                &[&many_and_wildcard],
                [Safelisted, Forbidden, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard, ExposedByWildcard],
            ),
            (
                Include,
                &[&many_and_wildcard],
                [Safelisted, Forbidden, WildcardWithCredentials, WildcardWithCredentials, Exposed, Exposed],
            ),
        ] {
            let response: Vec<_> = lines.iter().map(|value| ("Access-Control-Expose-Headers", *value)).collect();
            let exposure = Exposure::of(&response[..], credentials);
            let names = ["Content-Type", "Set-Cookie", "X-A", "ETag", "*", "X-29"];
            assert_eq!(names.map(|name| exposure.visibility(name.as_bytes())), expected, "{credentials:?} {lines:?}");
        }
    }

    #[test]
    fn counts_and_what_does_not_parse() {
        for (lines, count, unparsable) in [
            (&[][..], None, None),
            (&[""], Some(0), None),
            (&["a,,b", "c"], Some(3), None),
            (&["a", "b, c d"], None, Some(NotToken { line: 1, start: 3, end: 6 })),
        ] {
            let response: Vec<_> = lines.iter().map(|value| ("Access-Control-Expose-Headers", *value)).collect();
            let exposure = Exposure::of(&response[..], CredentialsMode::Omit);
            assert_eq!((exposure.count(), exposure.unparsable()), (count, unparsable), "{lines:?}");
        }
    }

    #[test]
    fn what_stands_before_an_error() {
        for (value, credentials, expected) in [
            ("*, x y", CredentialsMode::Omit, Visibility::ExposedByWildcard),
            ("x y, *", CredentialsMode::Omit, Visibility::ExposeUnparsable),
            ("x-a, x y", CredentialsMode::Omit, Visibility::ExposeUnparsable),
            ("*, x y", CredentialsMode::Include, Visibility::ExposeUnparsable),
            ("*, x-a", CredentialsMode::Omit, Visibility::ExposedByWildcard),
            ("x-a", CredentialsMode::Omit, Visibility::Exposed),
        ] {
            let response = [("Access-Control-Expose-Headers", value)];
            let exposure = Exposure::of(&response[..], credentials);
            assert_eq!(exposure.up_to_error().visibility(b"X-A"), expected, "{value} {credentials:?}");
        }
    }

    #[test]
    fn same_origin_shows_everything_but_cookies() {
        for (name, visibility) in [
            ("ETag", Visibility::SameOrigin),
            ("Content-Type", Visibility::SameOrigin),
            ("SET-COOKIE", Visibility::Forbidden),
            ("Set-Cookie2", Visibility::Forbidden),
        ] {
            assert_eq!(basic_visibility(name.as_bytes()), visibility);
        }
    }
}
