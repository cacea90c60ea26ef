//! Headers that do nothing where they are, or as they are written.

use super::catalogue::{FindingId, REMOVE, RENAME};
use super::subject::{Answered, Subject};
use super::{Finding, Found};
use crate::explain::{fill, shown, shown_line};
use crate::http::extract::{NotToken, extract_tokens};
use crate::http::header_list::{Header, joined, lines_named};
use crate::infra::bytes::{is_token, matches_ignoring_case};
use crate::infra::origin::Origin;
use crate::network::Purpose;
use crate::repair::Change;
use crate::report::Evidence;

/// What is read in a preflight's answer only.
const OF_PREFLIGHTS: [&str; 3] = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age"];
/// What is read in an answer.
const OF_RESPONSES: [&str; 6] = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Max-Age",
];
/// What browsers send.
const OF_REQUESTS: [&str; 3] = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];
/// What no browser reads any more.
const OF_PRIVATE_NETWORKS: [&str; 4] = [
    "Access-Control-Allow-Private-Network",
    "Access-Control-Request-Private-Network",
    "Private-Network-Access-ID",
    "Private-Network-Access-Name",
];

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";

fn is_among(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|other| matches_ignoring_case(name, other.as_bytes()))
}

/// What of one answer does nothing.
pub(super) fn check(answered: &Answered, found: &mut Found) {
    if answered.is_same_origin() {
        return;
    }
    for (line, header) in answered.response.headers.iter().enumerate() {
        let name = header.0.as_bytes();
        let id = match () {
            () if is_among(name, &OF_PREFLIGHTS) && !answered.is_preflight() => FindingId::PreflightHeaderOnAnswer,
            () if is_among(name, &["Access-Control-Expose-Headers"]) && answered.is_preflight() => {
                FindingId::ExposeHeadersOnPreflight
            }
            () if is_among(name, &OF_REQUESTS) => FindingId::RequestHeaderOnResponse,
            () if is_among(name, &OF_PRIVATE_NETWORKS) => FindingId::PrivateNetworkHeader,
            () => {
                unknown(answered, line, header, found);
                continue;
            }
        };
        let name = String::from_utf8_lossy(name);
        found.add(answered, id, &[("header", as_line(header))], vec![answered.line(line)], answered.remove(&[&name]));
    }
    allow_credentials(answered, found);
    allow_origin(answered, found);
    lists(answered, found);
}

fn as_line(header: &Header) -> String {
    shown_line(&[header.0.as_bytes(), b": ", header.1.as_bytes()].concat())
}

/// A header that is called like one of the protocol, and is none.
fn unknown(answered: &Answered, line: usize, header: &Header, found: &mut Found) {
    let name = header.0.as_bytes();
    let is_of_protocol =
        name.get(..b"access-control-".len()).is_some_and(|start| matches_ignoring_case(&hyphens(start), b"access-control-"));
    if !is_of_protocol || is_among(name, &OF_RESPONSES) {
        return;
    }
    let meant = OF_RESPONSES
        .iter()
        .find(|meant| distance(&hyphens(name).to_ascii_lowercase(), meant.to_ascii_lowercase().as_bytes()) <= SLIPS);
    let (remedy, changes) = match meant {
        Some(meant) => {
            // NB: what would let somebody in who is not let in now is for a person to do.
            let opens = matches!(*meant, "Access-Control-Allow-Origin" | "Access-Control-Allow-Credentials");
            let renamed = Header(meant.as_bytes().into(), header.1.clone());
            let changes = if opens { Vec::new() } else { answered.replace(line, renamed) };
            (fill(RENAME, &[("name", (*meant).to_owned())]), changes)
        }
        None => (REMOVE.to_owned(), answered.remove(&[&String::from_utf8_lossy(name)])),
    };
    let slots = [("header", as_line(header)), ("remedy", remedy)];
    found.add(answered, FindingId::UnknownAccessControlHeader, &slots, vec![answered.line(line)], changes);
}

/// How many letters may be wrong, missing or too many.
const SLIPS: usize = 2;

fn hyphens(name: &[u8]) -> Vec<u8> {
    name.iter().map(|&byte| if byte == b'_' { b'-' } else { byte }).collect()
}

/// In how many letters two names differ (Levenshtein).
fn distance(a: &[u8], b: &[u8]) -> usize {
    if a.len().abs_diff(b.len()) > SLIPS {
        return usize::MAX;
    }
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.iter().enumerate() {
        let mut left = row + 1;
        let mut corner = row;
        for (cost, y) in costs.iter_mut().skip(1).zip(b) {
            let above = *cost;
            *cost = (corner + usize::from(x != y)).min(above + 1).min(left + 1);
            (corner, left) = (above, *cost);
        }
        if let Some(first) = costs.first_mut() {
            *first = row + 1;
        }
    }
    costs.last().copied().unwrap_or_default()
}

fn allow_credentials(answered: &Answered, found: &mut Found) {
    let headers = answered.response.headers.as_slice();
    let Some(value) = joined(headers, ALLOW_CREDENTIALS.as_bytes()) else { return };
    let wildcard = answered.only(ALLOW_ORIGIN).filter(|(_, value)| *value == b"*");
    let places = || answered.lines(ALLOW_CREDENTIALS).map(|(line, _)| answered.line(line));
    match &value[..] {
        b"true" => {
            let Some((line, _)) = wildcard else { return };
            let evidence = std::iter::once(answered.line(line)).chain(places()).collect();
            let slots = [("server", answered.server())];
            let changes = answered.remove(&[ALLOW_CREDENTIALS]);
            found.add(answered, FindingId::AllowCredentialsWithWildcard, &slots, evidence, changes);
        }
        // NB: who says no says nothing, and means it.
        value if value.eq_ignore_ascii_case(b"false") => {}
        value => {
            let slots = [("value", shown(value)), ("lines", "Access-Control-Allow-Credentials: true".into())];
            let evidence = places().collect();
            let changes = answered.remove(&[ALLOW_CREDENTIALS]);
            found.add(answered, FindingId::AllowCredentialsNotTrue, &slots, evidence, changes);
        }
    }
}

fn allow_origin(answered: &Answered, found: &mut Found) {
    let headers = answered.response.headers.as_slice();
    let Some(value) = joined(headers, ALLOW_ORIGIN.as_bytes()) else { return };
    let text = std::str::from_utf8(&value).ok();
    let is_possible = matches!(&value[..], b"*" | b"null")
        || text.is_some_and(|text| Origin::parse(text).is_some_and(|origin| origin.serialize() == text));
    if is_possible {
        return;
    }
    // The origin that was sent, if that is what the value means: no other gets in by it.
    let sent = answered.origin_sent().map(|(_, origin)| origin).filter(|origin| *origin != b"null");
    let is_meant = |origin: &&[u8]| {
        let pieces = text.into_iter().flat_map(|text| text.split([',', ' ', ';', '|', '"', '\'', '[', ']']));
        pieces
            .filter(|piece| !piece.is_empty())
            .any(|piece| url::Url::parse(piece).is_ok_and(|url| Origin::of_url(&url).serialize().as_bytes() == *origin))
    };
    let changes = sent.filter(is_meant).map(|origin| {
        let mut changes = answered.set("Access-Control-Allow-Origin", origin);
        changes.extend(super::caching::vary_by_origin(answered));
        changes
    });
    let evidence = answered.lines(ALLOW_ORIGIN).map(|(line, _)| answered.line(line));
    let evidence = evidence.chain(answered.origin_sent().map(|(line, _)| answered.request_line(line))).collect();
    let slots = [("value", shown(&value))];
    found.add(answered, FindingId::AllowOriginNeverMatches, &slots, evidence, changes.unwrap_or_default());
}

/// The lists that are read where the answer stands.
fn lists(answered: &Answered, found: &mut Found) {
    let names: &[&str] = if answered.is_preflight() {
        &["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"]
    } else {
        &["Access-Control-Expose-Headers"]
    };
    let headers = answered.response.headers.as_slice();
    for name in names {
        let Err(NotToken { line, start, end }) = extract_tokens(headers, name.as_bytes()) else { continue };
        let Some(header) = headers.get(line) else { continue };
        let bad = header.1.as_bytes().get(start..end).unwrap_or_default();
        let value = joined(headers, name.as_bytes()).unwrap_or_default();
        let is_between = |byte: &u8| matches!(byte, b',' | b';' | b' ' | b'\t' | b'"' | b'\'' | b'[' | b']' | b'|');
        let good: Vec<&[u8]> = value.split(is_between).filter(|name| is_token(name) && *name != b"*").collect();
        let changes = answered.set(name, &good.join(&b", "[..]));
        let slots = [("header", as_line(header)), ("value", shown(bad))];
        found.add(answered, FindingId::ListUnreadable, &slots, vec![answered.part(line, start, end)], changes);
    }
}

/// What of the request does nothing but cost a preflight.
pub(super) fn check_request(subject: &Subject, found: &mut Found) {
    let Some(request) = &subject.report.request else { return };
    for header in &request.headers {
        if !is_among(header.0.as_bytes(), &OF_RESPONSES) {
            continue;
        }
        let name = String::from_utf8_lossy(header.0.as_bytes()).into_owned();
        let evidence = place(subject, header.0.as_bytes()).into_iter().collect();
        let changes = vec![Change::RemoveRequestHeader { name }];
        let slots = [("header", as_line(header))];
        found.push(Finding::new(FindingId::ResponseHeaderOnRequest, subject.index, &slots, evidence, changes));
    }
}

/// Where a header that script set shows on the wire: in the request, or by its name in the preflight.
pub(super) fn place(subject: &Subject, name: &[u8]) -> Option<Evidence> {
    let exchanges = subject.report.exchanges.iter().enumerate();
    let on_wire = exchanges.clone().find_map(|(exchange, sent)| {
        let headers = &sent.request.headers;
        let line = lines_named(headers, name).next().filter(|_| sent.request.purpose == Purpose::Actual)?;
        let end = headers.as_slice().get(line)?.1.as_bytes().len();
        Some(Evidence::RequestHeader { exchange, line, start: 0, end })
    });
    on_wire.or_else(|| {
        exchanges.clone().find_map(|(exchange, sent)| {
            let headers = &sent.request.headers;
            let line = lines_named(headers, b"access-control-request-headers").next()?;
            let value = headers.as_slice().get(line)?.1.as_bytes();
            let mut start = 0;
            for piece in value.split(|&byte| byte == b',') {
                if piece.eq_ignore_ascii_case(name) {
                    return Some(Evidence::RequestHeader { exchange, line, start, end: start + piece.len() });
                }
                start += piece.len() + 1;
            }
            None
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_names_are_apart() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ab", 1),
            ("ab", "abc", 1),
            ("abc", "bac", 2),
            ("abcd", "a", usize::MAX),
            ("access-control-allow-method", "access-control-allow-methods", 1),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }
}
