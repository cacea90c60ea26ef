//! <https://fetch.spec.whatwg.org/#concept-response>

use std::sync::Arc;

use url::Url;

use crate::deviations::Deviation;
use crate::http::header_list::{Fields, HeaderList};
use crate::http::modes::ResponseType;
use crate::http::status;
use crate::infra::bytes::{ByteString, isomorphic_decode};
use crate::infra::url_parser;
use crate::profile::Profile;

/// A response that is not a network error; those end the algorithms by themselves.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// `Default` until it is filtered.
    pub(crate) response_type: ResponseType,
    pub(crate) url_list: Arc<Vec<Url>>,
    pub(crate) status: u16,
    pub(crate) status_message: ByteString,
    /// All headers, whatever the type: the internal response's.
    pub(crate) header_list: HeaderList,
    pub(crate) body: ResponseBody,
    pub(crate) range_requested: bool,
    pub(crate) request_includes_credentials: bool,
    pub(crate) timing_allow_passed: bool,
    /// Whether its request's first URL was upgraded.
    pub(crate) is_upgraded: bool,
    /// The exchange that it came from; a service worker's or a `data:` response has none.
    pub(crate) exchange: Option<usize>,
    /// Whether the body matches the integrity metadata, where the scenario says.
    pub(crate) integrity_matches: Option<bool>,
}

/// Whether a response has a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseBody {
    Some,
    Null,
}

/// What a response's `Location` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// There is none, or the status is no redirect status.
    Null,
    /// It is there, but does not lead anywhere; the header lines show why.
    Failure(Vec<usize>),
    Url(Url),
}

impl Response {
    /// A response from inside the browser (`data:`, `blob:`, `about:`).
    pub(crate) fn local(status: u16, status_message: impl Into<ByteString>, header_list: HeaderList) -> Self {
        Self {
            response_type: ResponseType::Default,
            url_list: Arc::default(),
            status,
            status_message: status_message.into(),
            header_list,
            body: ResponseBody::Some,
            range_requested: false,
            request_includes_credentials: true,
            timing_allow_passed: false,
            is_upgraded: false,
            exchange: None,
            integrity_matches: None,
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-response-location-url>
    pub(crate) fn location_url(&self, profile: Profile, request_fragment: Option<&str>) -> Location {
        // 1. Only redirects lead anywhere.
        if !status::is_redirect_of(profile, self.status) {
            return Location::Null;
        }
        // 2. One line or none.
        let lines: Vec<usize> =
            (0..self.header_list.count()).filter(|&line| self.header_list.name(line).eq_ignore_ascii_case(b"Location")).collect();
        let values = || lines.iter().map(|&line| self.header_list.value(line));
        let value = match lines[..] {
            [] => return Location::Null,
            [line] => self.header_list.value(line).to_vec(),
            _ if profile.has(Deviation::LocationLinesJoined) => values().collect::<Vec<_>>().join(&b", "[..]),
            [line, ..]
                if profile.has(Deviation::LocationLinesAlike) && values().all(|value| value == self.header_list.value(line)) =>
            {
                self.header_list.value(line).to_vec()
            }
            _ => return Location::Failure(lines),
        };
        if value.is_empty() && profile.has(Deviation::EmptyLocationIsNone) {
            return Location::Null;
        }
        if value.is_empty() && profile.has(Deviation::EmptyLocationFails) {
            // NB: nobody follows it, and with these statuses nobody takes it for an answer.
            return if status::is_redirect(self.status) { Location::Failure(lines) } else { Location::Null };
        }
        // 3. Relative to the response's own URL.
        // NB: the standard does not say how bytes become text here; browsers read UTF-8, and single bytes where it is none.
        let escape = |is_kept: fn(u8) -> bool| {
            let byte = |&byte: &u8| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            value.iter().map(byte).collect::<String>()
        };
        let text = match () {
            () if profile.has(Deviation::LocationEscapedBytes) => escape(|byte| byte < 0x80),
            () if profile.has(Deviation::LocationEscapedBytesAndControls) => escape(|byte| matches!(byte, 0x21..=0x7e)),
            () if profile.has(Deviation::LocationReadTwice) => isomorphic_decode(String::from_utf8_lossy(&value).as_bytes()),
            () => String::from_utf8(value).unwrap_or_else(|error| isomorphic_decode(error.as_bytes())),
        };
        let parsed = match self.url_list.last() {
            Some(base) => url_parser::join(base, &text),
            None => url_parser::parse(&text),
        };
        let Ok(mut location) = parsed else { return Location::Failure(lines) };
        // 4. A fragment is inherited.
        if location.fragment().is_none() {
            location.set_fragment(request_fragment);
        }
        // 5.
        Location::Url(location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::header_list::Header;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    /// The location URL of a 302 with these lines, `-` where there is none, and `!` for failure.
    fn location(profile: Profile, lines: &[&[u8]]) -> String {
        let lines: Vec<Header> = lines.iter().map(|&line| Header(b"Location".into(), line.into())).collect();
        let mut response = Response::local(302, b"", HeaderList::from(lines));
        response.url_list = Arc::new(Url::parse("https://b.example/x").into_iter().collect());
        match response.location_url(profile, None) {
            Location::Null => "-".into(),
            Location::Failure(_) => "!".into(),
            Location::Url(url) => url[url::Position::BeforePath..].into(),
        }
    }

    #[test]
    fn locations_of_browsers() {
        // by the standard, by Chromium, by Firefox, by WebKit
        for (lines, expected) in [
            (&[&b"n"[..]][..], ["/n"; 4]),
            (&[], ["-"; 4]),
            (&[b""], ["/x", "-", "/x", "!"]),
            (&[b"n", b"n"], ["!", "/n", "/n", "/n,%20n"]),
            (&[b"n", b"m"], ["!", "!", "!", "/n,%20m"]),
            (&[b"n?\xe9"], ["/n?%C3%A9", "/n?%E9", "/n?%E9", "/n?%C3%AF%C2%BF%C2%BD"]),
            (&[b"n?\xc3\xa9"], ["/n?%C3%A9", "/n?%C3%A9", "/n?%C3%A9", "/n?%C3%83%C2%A9"]),
            (&[b"n\x01"], ["/n", "/n", "/n%01", "/n"]),
        ] {
            assert_eq!([SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| location(profile, lines)), expected, "{lines:?}");
        }
    }
}
