//! Who else could read it.

use std::sync::Arc;

use url::Host;

use super::catalogue::{EVERYTHING, FindingId, NO_HEADER, SO_MANY};
use super::subject::{Answered, Named, Subject, Trust, domain};
use super::{Finding, Found};
use crate::error_code::NetworkErrorCode;
use crate::explain::{fill, shown, shown_line};
use crate::http::extract::{Token, extract_tokens};
use crate::http::header_list::joined;
use crate::infra::address_space::IpAddressSpace;
use crate::infra::origin::{Origin, TupleOrigin};
use crate::infra::site::registrable_domain;
use crate::network::Purpose;
use crate::report::{Evidence, Outcome};

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";

/// More methods than this are a long list: it is all that there are but CONNECT and TRACE.
const MANY_METHODS: usize = 7;
/// More header names than this are a long list.
const MANY_HEADERS: usize = 20;

/// What people call an origin that nobody would list, when they try whether it is let in.
const MADE_UP: [&str; 6] = ["evil", "attacker", "hacker", "malicious", "phishing", "invalid"];

/// What one answer says about who can read.
pub(super) fn check(answered: &Answered, found: &mut Found) {
    if answered.is_same_origin() {
        return;
    }
    null_origin(answered, found);
    if let Some(named) = answered.named_origin()
        && let Some(tuple) = named.tuple()
    {
        foreign_origin(answered, named, &tuple, found);
        insecure_origin(answered, named, &tuple, found);
    }
    private_network(answered, found);
    if answered.is_preflight() {
        wide_methods(answered, found);
        wide_headers(answered, found);
    }
}

fn null_origin(answered: &Answered, found: &mut Found) {
    let Some((line, b"null")) = answered.only(ALLOW_ORIGIN) else { return };
    let id = if answered.allows_credentials() { FindingId::NullOriginWithCredentials } else { FindingId::NullOrigin };
    let mut evidence = vec![answered.line(line)];
    evidence.extend(answered.origin_sent().filter(|(_, origin)| *origin == b"null").map(|(line, _)| answered.request_line(line)));
    let slots = [("server", answered.server())];
    found.add(answered, id, &slots, evidence, answered.remove(&[ALLOW_ORIGIN, ALLOW_CREDENTIALS]));
}

fn foreign_origin(answered: &Answered, named: Named, origin: &TupleOrigin, found: &mut Found) {
    let alike = answered.url().and_then(|url| looks_like(&origin.host, &url.host()?).map(str::to_owned));
    let id = match answered.subject.trust {
        Trust::Trusted => return,
        Trust::Unknown if !is_made_up(&origin.host) => match alike {
            Some(_) => FindingId::LookAlikeOrigin,
            None => return,
        },
        Trust::Unknown | Trust::Foreign if answered.allows_credentials() => FindingId::AnyOriginWithCredentials,
        Trust::Unknown | Trust::Foreign => FindingId::AnyOrigin,
    };
    let slots =
        [("server", answered.server()), ("origin", shown(named.origin)), ("site", shown(alike.unwrap_or_default().as_bytes()))];
    found.add(answered, id, &slots, named.evidence(*answered), answered.remove(&[ALLOW_ORIGIN, ALLOW_CREDENTIALS]));
}

/// Whether a host is called so that nobody would list it. A name is all that there is to tell by.
fn is_made_up(host: &Host<String>) -> bool {
    let words = |label: &str| label.split('-').any(|word| MADE_UP.iter().any(|made_up| word.eq_ignore_ascii_case(made_up)));
    domain(host).is_some_and(|domain| domain.split('.').any(words))
}

/// The domain of `server` that `host` is written like, if it is of another site: the whole of it stands at the start, or at the
/// end without a dot before it, or other characters stand in place of its dots.
fn looks_like<'a>(host: &Host<String>, server: &Host<&'a str>) -> Option<&'a str> {
    let (host, server) = (domain(host)?, *domain(server)?);
    let site = registrable_domain(server)?;
    if registrable_domain(host)? == site {
        return None;
    }
    let with_other_dots = |name: &str| {
        host.len() == name.len() && host.bytes().zip(name.bytes()).all(|(found, meant)| found == meant || meant == b'.')
    };
    let is_alike = |name: &str| {
        let starts = host.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let inside = host.split_once(&format!(".{name}.")).is_some();
        let ends = host.strip_suffix(name).is_some_and(|rest| !rest.is_empty() && !rest.ends_with('.'));
        starts || inside || ends || with_other_dots(name)
    };
    [server, site].into_iter().find(|name| is_alike(name))
}

fn insecure_origin(answered: &Answered, named: Named, origin: &TupleOrigin, found: &mut Found) {
    let is_secure = answered.url().is_some_and(|url| url.scheme() == "https");
    if origin.scheme != "http" || !is_secure || !answered.allows_credentials() {
        return;
    }
    let id = if Origin::Tuple(Arc::new(origin.clone())).is_potentially_trustworthy() {
        FindingId::LocalOriginWithCredentials
    } else {
        FindingId::InsecureOriginWithCredentials
    };
    let slots = [("server", answered.server()), ("origin", shown(named.origin))];
    found.add(answered, id, &slots, named.evidence(*answered), answered.remove(&[ALLOW_ORIGIN, ALLOW_CREDENTIALS]));
}

fn private_network(answered: &Answered, found: &mut Found) {
    let Some((line, b"*")) = answered.only(ALLOW_ORIGIN) else { return };
    let host = || answered.url()?.host().map(|host| IpAddressSpace::of_host(&host));
    let space = answered.subject.fetch.address_space.or_else(host);
    if space.is_none_or(|space| space == IpAddressSpace::Public) {
        return;
    }
    let mut changes = Vec::new();
    if let Some((_, origin)) = answered.origin_sent().filter(|(_, origin)| *origin != b"null") {
        changes = answered.set("Access-Control-Allow-Origin", origin);
        changes.extend(super::caching::vary_by_origin(answered));
    }
    let slots = [("server", answered.server())];
    found.add(answered, FindingId::WildcardOnPrivateNetwork, &slots, vec![answered.line(line)], changes);
}

fn wide_methods(answered: &Answered, found: &mut Found) {
    let Some(width) = width(answered, "access-control-allow-methods", MANY_METHODS) else { return };
    let Some(method) = joined(&answered.exchange.request.headers, b"access-control-request-method") else { return };
    let slots = [("allowed", width.allowed), ("method", shown(&method))];
    let changes = answered.set("Access-Control-Allow-Methods", &method);
    found.add(answered, FindingId::WideMethods, &slots, width.evidence, changes);
}

fn wide_headers(answered: &Answered, found: &mut Found) {
    let Some(width) = width(answered, "access-control-allow-headers", MANY_HEADERS) else { return };
    let names = joined(&answered.exchange.request.headers, b"access-control-request-headers");
    let (shown_names, changes) = match &names {
        Some(names) => (format!("`{}`", shown_line(names)), answered.set("Access-Control-Allow-Headers", names)),
        None => (NO_HEADER.into(), answered.remove(&["access-control-allow-headers"])),
    };
    let slots = [("allowed", width.allowed), ("names", shown_names)];
    found.add(answered, FindingId::WideHeaders, &slots, width.evidence, changes);
}

/// A list that allows more than anybody needs.
struct Width {
    allowed: String,
    evidence: Vec<Evidence>,
}

fn width(answered: &Answered, name: &'static str, many: usize) -> Option<Width> {
    let tokens = extract_tokens(answered.response.headers.as_slice(), name.as_bytes()).ok()??;
    let place = |token: &Token| answered.part(token.line, token.start, token.start + token.bytes.len());
    if let Some(token) = tokens.iter().find(|token| token.bytes == b"*") {
        return Some(Width { allowed: EVERYTHING.into(), evidence: vec![place(token)] });
    }
    let is_long = tokens.len() > many;
    let evidence = || answered.lines(name).map(|(line, _)| answered.line(line)).collect();
    is_long.then(|| Width { allowed: fill(SO_MANY, &[("count", tokens.len().to_string())]), evidence: evidence() })
}

/// What the end of a fetch says: a request that needed no permission has had its effect.
pub(super) fn check_fetch(subject: &Subject, found: &mut Found) {
    let Outcome::NetworkError(error) = &subject.report.outcome else { return };
    let is_of_hop = |answered: &Answered| answered.exchange.hop == error.hop;
    let Some(last) = subject.answers().filter(is_of_hop).last() else { return };
    let was_asked = subject.answers().any(|answered| is_of_hop(&answered) && answered.is_preflight());
    let request = &last.exchange.request;
    let changes_something = !matches!(request.method.as_bytes(), b"GET" | b"HEAD" | b"OPTIONS");
    if error.code != NetworkErrorCode::CorsCheck
        || was_asked
        || request.purpose != Purpose::Actual
        || !changes_something
        || last.is_same_origin()
    {
        return;
    }
    let slots = [("method", shown(request.method.as_bytes())), ("server", last.server())];
    let evidence = vec![Evidence::Url { hop: error.hop }];
    found.push(Finding::new(FindingId::BlockedButSent, subject.index, &slots, evidence, Vec::new()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_nobody_lists() {
        for (host, expected) in [
            ("evil.example", true),
            ("x.evil-shop.example", true),
            ("x.invalid", true),
            ("Attacker.example", true),
            ("devil.example", false),
            ("evilla.example", false),
            ("app.example", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(is_made_up(&Host::parse(host).unwrap()), expected, "{host}");
        }
    }

    #[test]
    fn names_that_look_alike() {
        for (host, server, expected) in [
            ("evilexample.com", "example.com", Some("example.com")),
            ("my-example.com", "api.example.com", Some("example.com")),
            ("example.com.x.test", "example.com", Some("example.com")),
            ("a.example.com.x.test", "api.example.com", Some("example.com")),
            ("api.example.com.x.test", "api.example.com", Some("api.example.com")),
            ("apixexample.com", "api.example.com", Some("api.example.com")),
            ("app.example.com", "api.example.com", None),
            ("example.com", "api.example.com", None),
            ("example.org", "example.com", None),
            ("app.example", "api.example", None),
            ("bob.github.io", "alice.github.io", None),
            ("10.0.0.1", "example.com", None),
            ("example.com", "10.0.0.1", None),
            ("localhost", "localhost", None),
        ] {
            let (host, url) = (Host::parse(host).unwrap(), url::Url::parse(&format!("https://{server}/")).unwrap());
            assert_eq!(looks_like(&host, &url.host().unwrap()), expected, "{host} {server}");
        }
    }
}
