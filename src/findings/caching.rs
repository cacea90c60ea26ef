//! What a cache makes of an answer, and for how long a preflight is remembered.

use std::collections::BTreeSet;

use url::Url;

use super::Found;
use super::catalogue::{FindingId, SECONDS};
use super::subject::Answered;
use crate::cache::may_store;
use crate::cors::preflight_cache::MAX_AGE_LIMIT;
use crate::explain::{fill, shown};
use crate::http::extract::extract_digits;
use crate::http::header_list::{Fields, joined, lines_named, split_value};
use crate::http::status::is_ok;
use crate::infra::origin::Origin;
use crate::network::WireResponse;
use crate::profile::SPEC;
use crate::repair::Change;
use crate::report::Exchange;

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const MAX_AGE: &str = "access-control-max-age";

/// What an answer is good for where nothing says so, in seconds: CORS-preflight fetch, step 7.9.
const DEFAULT_MAX_AGE: u64 = 5;
/// What every browser but WebKit, which keeps it for less, remembers a preflight for at the least, in seconds.
const GOOD_MAX_AGE: &[u8] = b"7200";
/// The most that any browser remembers a preflight for.
const GREATEST_MAX_AGE: &[u8] = b"86400";

/// The servers that allow an origin by name somewhere, and so may answer others otherwise.
pub(super) fn servers_that_name_origins<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> BTreeSet<String> {
    let naming = exchanges.filter(|exchange| exchange.response.as_ref().is_some_and(names_an_origin));
    naming.filter_map(|exchange| server(&exchange.request.url)).collect()
}

/// Whether the answer allows one origin.
fn names_an_origin(response: &WireResponse) -> bool {
    joined(response.headers.as_slice(), ALLOW_ORIGIN.as_bytes()).is_some_and(|value| is_origin(&value))
}

fn is_origin(value: &[u8]) -> bool {
    let origin = std::str::from_utf8(value).ok().and_then(Origin::parse);
    origin.is_some_and(|origin| !origin.is_opaque() && origin.serialize().as_bytes() == value)
}

fn server(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| Origin::of_url(&url).serialize())
}

/// What one answer says to caches. `naming` are the servers that allow origins by name.
pub(super) fn check(answered: &Answered, naming: &BTreeSet<String>, found: &mut Found) {
    if answered.is_same_origin() {
        return;
    }
    if answered.is_preflight() {
        max_age(answered, found);
    } else {
        vary(answered, naming, found);
    }
}

fn vary(answered: &Answered, naming: &BTreeSet<String>, found: &mut Found) {
    let (request, response) = (&answered.exchange.request, answered.response);
    let headers = response.headers.as_slice();
    let is_kept = may_store(SPEC, request.method.as_bytes(), response.status, &request.headers, headers);
    if !is_kept || varies_by_origin(headers) {
        return;
    }
    let allow_origin = answered.lines(ALLOW_ORIGIN).next();
    let slots = |origin: &[u8]| [("server", answered.server()), ("origin", shown(origin))];
    match (answered.named_origin(), allow_origin) {
        (Some(named), _) if is_origin(named.origin) => {
            let evidence = vec![answered.line(named.line), answered.missing("Vary")];
            found.add(answered, FindingId::VaryOriginMissing, &slots(named.origin), evidence, vary_by_origin(answered));
        }
        (None, None) if server(&request.url).is_some_and(|server| naming.contains(&server)) => {
            let evidence = vec![answered.missing("Vary")];
            found.add(answered, FindingId::VaryOriginMissingOnRefusal, &slots(b""), evidence, vary_by_origin(answered));
        }
        _ => {}
    }
}

/// Whether a cache keeps the answer for requests of the same origin only, or not at all.
pub(super) fn varies_by_origin(headers: &(impl Fields + ?Sized)) -> bool {
    let mut names = lines_named(headers, b"vary").flat_map(|line| split_value(headers.value(line)));
    names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin"))
}

/// The change that adds `Origin` to what the answer depends on.
pub(super) fn vary_by_origin(answered: &Answered) -> Vec<Change> {
    let headers = answered.response.headers.as_slice();
    match joined(headers, b"vary") {
        _ if varies_by_origin(headers) => Vec::new(),
        Some(value) if !value.is_empty() => answered.set("Vary", &[&value[..], b", Origin"].concat()),
        _ => answered.set("Vary", b"Origin"),
    }
}

fn max_age(answered: &Answered, found: &mut Found) {
    let headers = answered.response.headers.as_slice();
    if !is_ok(answered.response.status) || answered.lines(ALLOW_ORIGIN).next().is_none() {
        return;
    }
    let places = || answered.lines(MAX_AGE).map(|(line, _)| answered.line(line)).collect::<Vec<_>>();
    let value = || shown(&joined(headers, MAX_AGE.as_bytes()).unwrap_or_default());
    let line = |value: &[u8]| ("lines", format!("Access-Control-Max-Age: {}", String::from_utf8_lossy(value)));
    let set = |value: &[u8]| answered.set("Access-Control-Max-Age", value);
    let seconds = |seconds: u64| ("seconds", fill(SECONDS, &[("seconds", seconds.to_string())]));
    match extract_digits(headers, MAX_AGE.as_bytes()) {
        Err(_) => {
            let slots = [("value", value()), line(GOOD_MAX_AGE)];
            found.add(answered, FindingId::MaxAgeUnreadable, &slots, places(), set(GOOD_MAX_AGE));
        }
        Ok(None) => {
            let slots = [seconds(DEFAULT_MAX_AGE), line(GOOD_MAX_AGE)];
            let evidence = vec![answered.missing("Access-Control-Max-Age")];
            found.add(answered, FindingId::PreflightNotKept, &slots, evidence, set(GOOD_MAX_AGE));
        }
        Ok(Some(kept)) if kept <= DEFAULT_MAX_AGE => {
            let slots = [seconds(kept), line(GOOD_MAX_AGE)];
            found.add(answered, FindingId::PreflightNotKept, &slots, places(), set(GOOD_MAX_AGE));
        }
        #[allow(clippy::cast_precision_loss, reason = "a day is far below where that begins")]
        Ok(Some(kept)) if kept as f64 > MAX_AGE_LIMIT => {
            let slots = [("value", value()), line(GREATEST_MAX_AGE)];
            found.add(answered, FindingId::MaxAgeOverLimit, &slots, places(), set(GREATEST_MAX_AGE));
        }
        Ok(Some(_)) => {}
    }
}
