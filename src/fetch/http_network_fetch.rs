//! <https://fetch.spec.whatwg.org/#concept-http-network-fetch>: where the scenario's answers come in, and where it halts
//! for want of one.

use std::borrow::Cow;

use crate::cookies;
use crate::deviations::Deviation;
use crate::error_code::NetworkErrorCode;
use crate::fetch::http_network_or_cache_fetch::{IncludeCredentials, cookie_rules, response_of};
use crate::fetch::{Fetching, Interrupted};
use crate::http::date::Received;
use crate::http::header_list::{Fields, Header};
use crate::http::modes::RequestMode;
use crate::http::request::{BodySource, Request};
use crate::http::response::Response;
use crate::infra::bytes::{ByteString, is_http_tab_or_space, is_token, trim};
use crate::network::{Answer, FailureKind, HttpVersion, WireResponse};
use crate::profile::Profile;
use crate::report::AnswerSource;
use crate::spec::Algorithm;
use crate::trace::{EventKind, Trace};

impl<T: Trace> Fetching<'_, T> {
    /// <https://fetch.spec.whatwg.org/#concept-http-network-fetch>
    pub(crate) fn http_network_fetch(
        &mut self,
        http_request: &Request,
        credentials: IncludeCredentials,
    ) -> Result<Response, Interrupted> {
        let is_stream = http_request.body.is_some_and(|body| body.source == BodySource::Null);
        if is_stream
            && http_request.current_url().scheme() == "http"
            && self.environment.profile.has(Deviation::StreamNeedsNegotiation)
        {
            return Err(self.network_error(http_request, NetworkErrorCode::Http1Stream).into());
        }
        self.check_local_network_access(http_request)?;
        let profile = self.environment.profile;
        let mut attempts = attempts(profile, http_request.method.as_bytes());
        // 2. 8.1. 8.5.
        let (exchange, wire) = loop {
            let exchange = self.push_exchange(http_request, credentials, AnswerSource::Unknown, None, None);
            self.record(Algorithm::HttpNetworkFetch.step("8.5"), http_request, || EventKind::RequestSent { exchange });
            attempts = attempts.saturating_sub(1);
            match self.answer(http_request, exchange) {
                Err(Interrupted::NetworkError(_)) if attempts > 0 && self.is_sent_again(http_request, exchange) => {
                    self.record(Algorithm::HttpNetworkFetch.step("8.1"), http_request, || EventKind::Retried);
                }
                answer => break (exchange, answer?),
            }
        };
        // 8.3.
        if is_stream && wire.http_version == Some(HttpVersion::Http1) {
            return Err(self.network_error(http_request, NetworkErrorCode::Http1Stream).at(Some(exchange)).into());
        }
        let status = wire.status;
        self.record(Algorithm::HttpNetworkFetch.step("8.5"), http_request, || EventKind::AnswerReceived { exchange, status });
        let response = response_of(&wire, Some(exchange));
        self.exchanges[exchange].response = Some(wire);
        // NB: cookies are taken here, before anything is checked: what CORS hides from script still sets cookies.
        if credentials == IncludeCredentials::Yes {
            self.store_cookies(http_request, &response);
        }
        Ok(response)
    }

    /// Whether the connection of an exchange was closed without an answer in a way after which the browser sends once more.
    fn is_sent_again(&self, http_request: &Request, exchange: usize) -> bool {
        let profile = self.environment.profile;
        let Some(last) = self.exchanges.get(exchange).and_then(|sent| sent.answer) else { return false };
        let Some(Answer::Failure(failure)) = self.fetch.answers.get(last) else { return false };
        let before = last.checked_sub(1).and_then(|before| self.fetch.answers.get(before));
        let is_after_interim = matches!(before, Some(Answer::Response(wire)) if is_interim(profile, wire.status, http_request));
        // NB: what has answered at all, if only for the time being, is not asked again by Firefox.
        let is_ruled_out = is_after_interim && profile.has(Deviation::LostConnectionTriedTenTimes);
        let is_new_one_enough = profile.has(Deviation::LostConnectionTriedTenTimes) && is_safe(http_request.method.as_bytes());
        let is_closed = match failure.failure {
            FailureKind::Lost => true,
            FailureKind::Closed => is_new_one_enough,
            _ => false,
        };
        is_closed && !is_ruled_out
    }

    /// The next answer of the scenario that is not an interim one.
    fn answer(&mut self, http_request: &Request, exchange: usize) -> Result<WireResponse, Interrupted> {
        let mut has_interim = false;
        let mut interim_types = Vec::new();
        loop {
            let Some(answer) = self.fetch.answers.get(self.answers_used) else { return Err(Interrupted::NeedsAnswer) };
            self.exchanges[exchange].answer = Some(self.answers_used);
            self.answers_used += 1;
            let sent = &mut self.exchanges[exchange];
            let code = match answer {
                Answer::Response(wire) if is_interim(self.environment.profile, wire.status, http_request) => {
                    let status = wire.status;
                    self.record(Algorithm::HttpNetworkFetch.step("8.5"), http_request, || EventKind::InterimAnswer { status });
                    has_interim = true;
                    if self.environment.profile.has(Deviation::InterimTypeStays) {
                        let lines = Vec::from(trimmed(self.environment.profile, wire).headers).into_iter();
                        interim_types.extend(lines.filter(|line| {
                            line.0.as_bytes().eq_ignore_ascii_case(b"Content-Type") && !line.1.as_bytes().is_empty()
                        }));
                    }
                    continue;
                }
                Answer::Response(wire) => {
                    let mut wire = trimmed(self.environment.profile, wire);
                    if self.environment.profile.has(Deviation::HeaderBytesRepaired) {
                        let repaired = |Header(name, value): &Header| match String::from_utf8_lossy(value.as_bytes()) {
                            Cow::Borrowed(_) => Header(name.clone(), value.clone()),
                            Cow::Owned(text) => Header(name.clone(), text.into_bytes().into()),
                        };
                        wire.headers = wire.headers.iter().map(repaired).collect();
                    }
                    if self.environment.profile.has(Deviation::EmptyLinesAddNothing) {
                        wire.headers = without_empty_lines(&wire.headers).into();
                    }
                    sent.source = AnswerSource::Network;
                    self.now = wire.at.unwrap_or(self.now);
                    if !interim_types.is_empty() {
                        wire.headers.changed().splice(0..0, interim_types);
                    }
                    let may_differ = !self.environment.profile.has(Deviation::LocationLinesMayNotDiffer)
                        || are_alike(&wire.headers, b"Content-Disposition") && are_alike(&wire.headers, b"Location");
                    if self.environment.profile.has(Deviation::DispositionLinesAlike) {
                        count_once(wire.headers.changed(), b"Content-Disposition");
                    }
                    let is_status = (wire.status >= 100 || !self.environment.profile.has(Deviation::StatusFrom100))
                        && (wire.status <= 999 || self.environment.profile.has(Deviation::StatusOfFourDigits));
                    if is_status && is_well_formed(&wire) && may_differ {
                        return Ok(wire);
                    }
                    sent.response = Some(wire);
                    NetworkErrorCode::Malformed
                }
                // NB: the headers of the interim answer have been taken out again, and the empty ones that are left count as some.
                Answer::Failure(failure)
                    if has_interim
                        && failure.failure == FailureKind::Lost
                        && self.environment.profile.has(Deviation::LostAfterInterimIsEmpty) =>
                {
                    sent.source = AnswerSource::Network;
                    return Ok(WireResponse { status: 200, ..WireResponse::default() });
                }
                Answer::Failure(failure) => {
                    sent.source = AnswerSource::Failure;
                    match failure.failure {
                        FailureKind::Offline => NetworkErrorCode::Offline,
                        FailureKind::Connection
                        | FailureKind::NameNotFound
                        | FailureKind::Refused
                        | FailureKind::Certificate
                        | FailureKind::Closed
                        | FailureKind::Lost => NetworkErrorCode::Connection,
                        FailureKind::ClientCertificate => NetworkErrorCode::ClientCertificate,
                        FailureKind::Malformed => NetworkErrorCode::Malformed,
                        FailureKind::Aborted => NetworkErrorCode::Aborted,
                    }
                }
            };
            return Err(self.network_error(http_request, code).at(Some(exchange)).into());
        }
    }

    /// [Parse and store response `Set-Cookie` headers](https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers)
    fn store_cookies(&mut self, http_request: &Request, response: &Response) {
        let headers = &response.header_list;
        // OPTIMIZATION: most answers set none.
        if !headers.contains(b"Set-Cookie") {
            return;
        }
        let rules = cookie_rules(self.environment, http_request);
        let received = Received::new(self.now, headers);
        for line in 0..headers.count() {
            if !headers.name(line).eq_ignore_ascii_case(b"Set-Cookie") {
                continue;
            }
            let stored =
                cookies::store(&mut self.state.cookies, headers.value(line), http_request.current_url(), &rules, received);
            self.record(Algorithm::StoreCookie.step(""), http_request, || match stored {
                Ok(name) => EventKind::CookieStored { name },
                Err(reason) => EventKind::CookieRefused { line, reason },
            });
        }
    }
}

/// How often a request is sent while connections are lost.
const fn attempts(profile: Profile, method: &[u8]) -> usize {
    if profile.has(Deviation::LostConnectionTriedTenTimes) {
        return if is_safe(method) { 10 } else { 2 };
    }
    let tries_again = profile.has(Deviation::LostConnectionTriedTwice)
        || is_idempotent(method) && profile.has(Deviation::LostConnectionTriedTwiceIfIdempotent);
    if tries_again { 2 } else { 1 }
}

const fn is_safe(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"OPTIONS")
}

const fn is_idempotent(method: &[u8]) -> bool {
    is_safe(method) || matches!(method, b"PUT" | b"DELETE")
}

/// Whether the real answer is still to come. 101 is the real answer to a WebSocket.
fn is_interim(profile: Profile, status: u16, request: &Request) -> bool {
    let is_switch = request.mode == RequestMode::WebSocket || profile.has(Deviation::SwitchingProtocolsFinal);
    (100..200).contains(&status) && !(status == 101 && is_switch)
}

/// The answer with the tabs and spaces around its values gone, as an HTTP parser leaves it.
fn trimmed(profile: Profile, wire: &WireResponse) -> WireResponse {
    let trim_name = |name: &ByteString| match profile.has(Deviation::BlanksAfterHeaderNames) {
        true => name.as_bytes().trim_ascii_end().len(),
        false => name.len(),
    };
    let is_left_out = |name: &ByteString| profile.has(Deviation::OddNamesLeftOut) && !is_token(name.as_bytes());
    let trim_value = |value: &'_ ByteString| trim(value.as_bytes(), is_http_tab_or_space).len();
    let is_as_it_was =
        |Header(name, value): &Header| trim_name(name) == name.len() && trim_value(value) == value.len() && !is_left_out(name);
    // OPTIMIZATION: nearly every answer is as it was, and shares its headers.
    if wire.headers.iter().all(is_as_it_was) {
        return wire.clone();
    }
    let lines = wire.headers.iter().map(|Header(name, value)| {
        let value = trim(value.as_bytes(), is_http_tab_or_space);
        Header(name.as_bytes()[..trim_name(name)].into(), value.into())
    });
    let headers = lines.filter(|Header(name, _)| !is_left_out(name)).collect();
    WireResponse { headers, ..wire.clone() }
}

/// The headers without the empty lines that stand beside others of the same name.
///
/// `Access-Control-Allow-Origin` is left as it is where several lines are spelled so: each of them counts. So are `Location` and
/// others whose lines may not differ.
fn without_empty_lines(headers: &[Header]) -> Vec<Header> {
    let allow_origin = b"Access-Control-Allow-Origin";
    let is_counted = headers.iter().filter(|Header(name, _)| name.as_bytes() == allow_origin).count() > 1;
    let is_kept = |&(index, Header(name, value)): &(usize, &Header)| {
        let others = || headers.iter().enumerate().filter(|(_, other)| other.0.as_bytes().eq_ignore_ascii_case(name.as_bytes()));
        let is_first = || others().next().is_some_and(|(first, _)| first == index);
        let are_empty = || others().all(|(_, other)| other.1.as_bytes().is_empty());
        let may_not_differ: [&[u8]; 3] = [b"Content-Disposition", b"Content-Length", b"Location"];
        !value.as_bytes().is_empty()
            || may_not_differ.iter().any(|other| other.eq_ignore_ascii_case(name.as_bytes()))
            || is_counted && name.as_bytes().eq_ignore_ascii_case(allow_origin)
            || is_first() && are_empty()
    };
    headers.iter().enumerate().filter(is_kept).map(|(_, header)| header.clone()).collect()
}

/// Whether all lines of a name say the same.
fn are_alike(headers: &[Header], wanted: &[u8]) -> bool {
    let mut lines = headers.iter().filter(|Header(name, _)| name.as_bytes().eq_ignore_ascii_case(wanted));
    let first = lines.next();
    lines.all(|Header(_, value)| first.is_some_and(|first| first.1 == *value))
}

/// Leaves the first line of a name alone.
fn count_once(headers: &mut Vec<Header>, wanted: &[u8]) {
    let mut is_first = true;
    headers.retain(|Header(name, _)| !name.as_bytes().eq_ignore_ascii_case(wanted) || std::mem::take(&mut is_first));
}

/// Whether no header line has a byte that no HTTP parser lets through.
fn is_well_formed(wire: &WireResponse) -> bool {
    let is_forbidden = |byte: &u8| matches!(byte, 0 | b'\r' | b'\n');
    // OPTIMIZATION: most have no byte that is as low as these. Eight are asked at once: where a byte of `eight` is lower, a bit is
    // borrowed, and the highest of its own is left.
    let has_low = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        eight.wrapping_sub(u64::from_le_bytes([b'\r' + 1; 8])) & !eight & u64::from_le_bytes([0x80; 8]) != 0
    };
    let has_forbidden = |bytes: &[u8]| {
        let (eights, others) = bytes.as_chunks();
        others.iter().any(is_forbidden) || eights.iter().any(has_low) && bytes.iter().any(is_forbidden)
    };
    !wire.headers.iter().any(|Header(name, value)| has_forbidden(name.as_bytes()) || has_forbidden(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn how_often_a_lost_request_is_sent() {
        for (method, expected) in [
            ("GET", [1, 2, 10, 2]),
            ("HEAD", [1, 2, 10, 2]),
            ("POST", [1, 2, 2, 1]),
            ("OPTIONS", [1, 2, 10, 2]),
            ("PUT", [1, 2, 2, 2]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| attempts(profile, method.as_bytes()));
            assert_eq!(found, expected, "{method}");
        }
    }

    #[test]
    fn what_no_parser_lets_through() {
        let is_well_formed = |value: &[u8]| {
            let headers = vec![Header(b"X-A".into(), value.into())];
            is_well_formed(&WireResponse { headers: headers.into(), ..WireResponse::default() })
        };
        for filling in [b'a', b'\t', 0x0e, 0x7f, 0x80, 0xff] {
            for length in 0..20 {
                assert!(is_well_formed(&vec![filling; length]), "{filling} {length}");
                for (place, byte) in (0..length).flat_map(|place| [0, b'\r', b'\n'].map(|byte| (place, byte))) {
                    let mut value = vec![filling; length];
                    value[place] = byte;
                    assert!(!is_well_formed(&value), "{value:?}");
                }
            }
        }
        assert!(!is_well_formed(&[b'\n'; 8]));
    }

    fn lines(lines: &[(&str, &str)]) -> Vec<Header> {
        lines.iter().map(|(name, value)| Header(name.as_bytes().into(), value.as_bytes().into())).collect()
    }

    #[test]
    fn empty_lines() {
        for (given, expected) in [
            (&[("X", "1"), ("x", "")][..], &[("X", "1")][..]),
            (&[("X", ""), ("x", "1")], &[("x", "1")]),
            (&[("X", ""), ("x", "")], &[("X", "")]),
            (
                &[("access-control-allow-origin", "*"), ("access-control-allow-origin", "")],
                &[("access-control-allow-origin", "*")],
            ),
            (
                &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Origin", "")],
                &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Origin", "")],
            ),
            (
                &[("Access-Control-Allow-Origin", "*"), ("access-control-allow-origin", "")],
                &[("Access-Control-Allow-Origin", "*")],
            ),
            (&[("Location", ""), ("Location", "n")], &[("Location", ""), ("Location", "n")]),
        ] {
            assert_eq!(without_empty_lines(&lines(given)), lines(expected), "{given:?}");
        }
    }

    #[test]
    fn locations_that_differ() {
        for (given, alike) in [
            (&[][..], true),
            (&[("Location", "n"), ("LOCATION", "n")], true),
            (&[("Location", "n"), ("X", ""), ("Location", "")], false),
        ] {
            assert_eq!(are_alike(&lines(given), b"Location"), alike, "{given:?}");
        }
    }
}
