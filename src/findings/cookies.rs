//! What becomes of cookies, apart from CORS.

use super::catalogue::{FindingId, not_sent, refusal};
use super::cookie_lane::{CookieSet, Taken, lane};
use super::subject::{Answered, Subject};
use super::{Finding, Found};
use crate::explain::shown;
use crate::http::header_list::{Header, lines_named};
use crate::infra::bytes::{is_http_tab_or_space, trim};
use crate::report::Evidence;
use crate::trace::{CookieRefusal, CookieVerdict};

/// The cookies that were refused, not sent, or not looked at.
pub(super) fn check(subject: &Subject, found: &mut Found) {
    for exchange in lane(subject.index, subject.report) {
        for cookie in &exchange.considered {
            left_out(subject, exchange.exchange, cookie.name.as_bytes(), cookie.verdict, found);
        }
        let Some(answered) = subject.answers().find(|answered| answered.index == exchange.exchange) else { continue };
        for set in &exchange.set {
            match set.taken {
                Taken::Yes => {}
                Taken::No { reason } => refused(&answered, set.line, reason, found),
                Taken::Ignored => ignored(&answered, set, found),
            }
        }
    }
}

fn left_out(subject: &Subject, exchange: usize, name: &[u8], verdict: CookieVerdict, found: &mut Found) {
    let Some((reason, remedy)) = not_sent(verdict) else { return };
    let Some(sent) = subject.report.exchanges.get(exchange) else { return };
    let server = url::Url::parse(&sent.request.url)
        .map_or_else(|_| sent.request.url.clone(), |url| crate::infra::origin::Origin::of_url(&url).serialize());
    let evidence = match lines_named(&sent.request.headers, b"cookie").next() {
        Some(line) => {
            let end = sent.request.headers.as_slice().get(line).map_or(0, |header| header.1.as_bytes().len());
            Evidence::RequestHeader { exchange, line, start: 0, end }
        }
        None => Evidence::Url { hop: sent.hop },
    };
    let slots =
        [("name", shown(name)), ("server", shown(server.as_bytes())), ("reason", reason.into()), ("remedy", remedy.into())];
    found.push(Finding::new(FindingId::CookieNotSent, subject.index, &slots, vec![evidence], Vec::new()));
}

fn refused(answered: &Answered, line: usize, reason: CookieRefusal, found: &mut Found) {
    let Some(header) = answered.response.headers.as_slice().get(line) else { return };
    let (why, remedy) = refusal(reason);
    let slots = [
        ("name", shown(name_of(header.1.as_bytes()))),
        ("server", answered.server()),
        ("reason", why.into()),
        ("remedy", remedy.into()),
    ];
    let changes = mended(answered, header, reason).map(|value| answered.replace(line, Header(header.0.clone(), value.into())));
    found.add(answered, FindingId::CookieRefused, &slots, vec![answered.line(line)], changes.unwrap_or_default());
}

/// The line with other attributes, where that is all it takes.
fn mended(answered: &Answered, header: &Header, reason: CookieRefusal) -> Option<Vec<u8>> {
    let is_secure = answered.url().is_some_and(|url| url.scheme() == "https");
    let value = header.1.as_bytes();
    let is_host = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"__Host-"));
    let (without, with): (&[&[u8]], &[&[u8]]) = match reason {
        CookieRefusal::NoneWithoutSecure if is_secure => (&[], &[b"Secure"]),
        CookieRefusal::SameSite if is_secure => (&[b"samesite", b"secure"], &[b"SameSite=None", b"Secure"]),
        CookieRefusal::Domain => (&[b"domain"], &[]),
        CookieRefusal::Prefix if is_secure && is_host => (&[b"domain", b"path", b"secure"], &[b"Path=/", b"Secure"]),
        CookieRefusal::Prefix if is_secure => (&[b"secure"], &[b"Secure"]),
        _ => return None,
    };
    let mut parts = value.split(|&byte| byte == b';').map(|part| trim(part, is_http_tab_or_space));
    let pair = parts.next().unwrap_or_default();
    let stays = |part: &&[u8]| {
        let name = trim(part.split(|&byte| byte == b'=').next().unwrap_or_default(), is_http_tab_or_space);
        !without.iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    let parts: Vec<&[u8]> = std::iter::once(pair).chain(parts.filter(stays)).chain(with.iter().copied()).collect();
    Some(parts.join(&b"; "[..]))
}

/// The name of the cookie that a `Set-Cookie` line sets.
pub(super) fn name_of(value: &[u8]) -> &[u8] {
    let pair = value.split(|&byte| byte == b';').next().unwrap_or_default();
    let name = if pair.contains(&b'=') { pair.split(|&byte| byte == b'=').next().unwrap_or_default() } else { b"" };
    trim(name, is_http_tab_or_space)
}

/// What an answer sets to which no credentials belong. A preflight's never has any.
fn ignored(answered: &Answered, set: &CookieSet, found: &mut Found) {
    if answered.is_preflight() || answered.is_same_origin() {
        return;
    }
    let slots = [("server", answered.server()), ("name", shown(set.name.as_bytes()))];
    found.add(answered, FindingId::CookieIgnored, &slots, vec![answered.line(set.line)], Vec::new());
}
