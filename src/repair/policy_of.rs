//! The policy that a repaired server follows: what it allowed before, and what the repair adds.

use super::book::{Book, Run, tokens};
use super::candidates::origins_named;
use super::goal::Goal;
use super::minimal::served;
use super::search::Found;
use crate::http::extract::extract_digits;
use crate::http::header_list::{Header, joined};
use crate::http::method;
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::network::{Purpose, WireResponse};
use crate::policy::{AllowedOrigins, Policy};
use crate::profile::{Profile, ProfileName};
use crate::report::Exchange;

/// Whether the answers let every page read.
pub(super) fn is_public(run: &Run) -> bool {
    let mut answers = cross_origin_answers(run).peekable();
    answers.peek().is_some()
        && answers.all(|(_, answer)| joined(answer.headers.as_slice(), b"access-control-allow-origin").as_deref() == Some(b"*"))
}

/// The answers to requests that asked for permission.
fn cross_origin_answers(run: &Run) -> impl Iterator<Item = (&Exchange, &WireResponse)> {
    let is_cors = run.report.request.as_ref().is_some_and(|request| request.mode == RequestMode::Cors && !request.same_origin);
    let answered = run.report.exchanges.iter().filter_map(|exchange| Some((exchange, exchange.response.as_ref()?)));
    answered.filter(move |_| is_cors)
}

/// The policy of a server that makes the changes, if with it this call reaches its goal.
pub(super) fn policy_of(book: &Book, found: &Found, origin: &str, goal: Goal) -> Option<Policy> {
    let run = &found.run;
    let of = |purpose: Purpose| cross_origin_answers(run).filter(move |(exchange, _)| exchange.request.purpose == purpose).last();
    let (_, actual) = of(Purpose::Actual)?;
    let preflight = of(Purpose::Preflight);
    let credentials = run.report.request.as_ref()?.credentials == CredentialsMode::Include
        || joined(actual.headers.as_slice(), b"access-control-allow-credentials").as_deref() == Some(b"true");
    let origins = if is_public(run) {
        AllowedOrigins::Any
    } else {
        let mut origins = vec![origin.to_owned()];
        let answers = book.scenario.fetches.get(book.index)?.answers.iter();
        for answer in answers {
            let crate::Answer::Response(response) = answer else { continue };
            let new = origins_named(&response.headers).into_iter().filter(|named| !origins.contains(named)).collect::<Vec<_>>();
            origins.extend(new);
        }
        AllowedOrigins::List(origins)
    };
    let credentials = credentials && origins != AllowedOrigins::Any;
    let headers = preflight.map_or(&[][..], |(_, answer)| answer.headers.as_slice());
    let list = |headers: &[Header], name: &str| {
        let mut names: Vec<String> = Vec::new();
        for name in tokens(headers, name) {
            let is_new = !names.iter().any(|known| known.eq_ignore_ascii_case(&name));
            if is_new && !(credentials && name == "*") {
                names.push(name);
            }
        }
        names
    };
    let mut methods = list(headers, "access-control-allow-methods");
    // NB: a request with an unsafe method that got through without the list, which not every browser lets it, is named there.
    let asked = preflight.and_then(|(exchange, _)| joined(&exchange.request.headers, b"access-control-request-method"));
    if let Some(asked) = asked.filter(|asked| !method::is_cors_safelisted(asked)) {
        let asked = crate::infra::bytes::isomorphic_decode(&asked);
        if !methods.iter().any(|known| *known == asked || known == "*") {
            methods.push(asked);
        }
    }
    let mut policy = Policy {
        origins,
        methods,
        request_headers: list(headers, "access-control-allow-headers"),
        exposed_headers: list(&actual.headers, "access-control-expose-headers"),
        credentials,
        max_age: extract_digits(headers, b"access-control-max-age").ok().flatten().and_then(|age| u32::try_from(age).ok()),
    };
    remove_faults(&mut policy);
    let fetch = run.scenario.fetches.get(book.index)?;
    let works = |&name: &ProfileName| {
        let read = match goal {
            Goal::Header(name) => vec![name.to_owned()],
            Goal::Read | Goal::Load => Vec::new(),
        };
        served(&run.scenario.page, &fetch.call, &read, &policy, Profile::of(name)).is_some_and(|report| goal.is_reached(&report))
    };
    ProfileName::ALL.iter().all(works).then_some(policy)
}

/// Takes out what the server sent before and what [`Policy::check`] finds wrong.
fn remove_faults(policy: &mut Policy) {
    let faults: Vec<String> = policy.check().iter().map(|problem| problem.place().to_owned()).collect();
    let keep = |member: &str, names: &mut Vec<String>| {
        let mut index = 0;
        names.retain(|_| {
            let place = format!("{member}[{index}]");
            index += 1;
            !faults.contains(&place)
        });
    };
    keep("methods", &mut policy.methods);
    keep("requestHeaders", &mut policy.request_headers);
    keep("exposedHeaders", &mut policy.exposed_headers);
}
