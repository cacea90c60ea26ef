//! What else is worth knowing of a fetch.

use url::{Host, Url};

use super::case::{Case, server};
use super::catalogue::{LineId, Slot, TextId};
use super::diagnose::{self, Checked, Place, elements, first};
use super::shown::{shown, shown_text};
use super::verdict::{self, checked};
use crate::cors::preflight::PreflightFailed;
use crate::http::header_list::value_is;
use crate::network::{Purpose, WireResponse};
use crate::profile::ProfileName;
use crate::report::{AnswerSource, Exchange, FailedCheck, FetchReport, Outcome};
use crate::scenario::Fetch;
use crate::trace::EventKind;

/// What else is worth knowing; `others` are the fetches of the scenario and their reports, where they are known.
pub(super) fn notes(case: &Case, profile: ProfileName, others: (&[Fetch], &[FetchReport])) -> Vec<String> {
    let unused = match case.report.unused_answers {
        0 => None,
        count => Some(LineId::UnusedAnswers.say(&[("count", count.to_string())])),
    };
    let twice = if profile == ProfileName::Chromium { origin_shown_twice(case) } else { None };
    [stored(case, others), origins(case), through_proxy(case), by_extension(case), twice, unused].into_iter().flatten().collect()
}

/// What there is to say of a message in which two origins look equal.
fn origin_shown_twice(case: &Case) -> Option<String> {
    let Outcome::NetworkError(error) = &case.report.outcome else { return None };
    let place = match error.failed? {
        FailedCheck::CorsCheck { .. } => Place::Actual(None),
        FailedCheck::Preflight { failed: PreflightFailed::CorsCheck { .. }, .. } => Place::Preflight,
        FailedCheck::Preflight { .. } | FailedCheck::Corp { .. } | FailedCheck::Preload { .. } | FailedCheck::Module { .. } => {
            return None;
        }
    };
    let exchange = case.report.exchanges.get(error.exchange?)?;
    let origin = case.origin_sent(&exchange.request);
    let answer = exchange.response.as_ref()?;
    let checked: Checked = checked(case, exchange, &origin, answer, place);
    let slots = [("origin", shown(&origin)), ("page", shown_text(&case.origin))];
    diagnose::shows_origin_twice(&checked).then(|| LineId::ConsoleShowsOriginTwice.say(&slots))
}

/// Whose answer it was that the cache gave, and why it was chosen.
fn stored(case: &Case, (fetches, reports): (&[Fetch], &[FetchReport])) -> Option<String> {
    if !matches!(verdict::verdict(case).id, TextId::AllowOriginMissingInCache | TextId::AllowOriginOtherInCache) {
        return None;
    }
    let stored_by = case.report.events.iter().rev().find_map(|event| match event.what {
        EventKind::StoredResponse { stored_by, .. } => Some(stored_by),
        _ => None,
    })?;
    let Some(index) = stored_by else { return Some(LineId::NoteStoredBefore.say(&[])) };
    let mut slots: Vec<Slot> = vec![("number", (index + 1).to_string())];
    let (Some(fetch), Some(report)) = (fetches.get(index), reports.get(index)) else {
        return Some(LineId::NoteStored.say(&slots));
    };
    slots.push(("api", verdict::api(&fetch.call).say(&[])));
    let sent = report.exchanges.last().and_then(|exchange| first(exchange.request.headers.as_slice(), "origin"));
    Some(match sent {
        None => LineId::NoteStoredWithoutOrigin.say(&slots),
        Some(origin) => {
            slots.push(("origin", shown(origin)));
            LineId::NoteStoredWithOrigin.say(&slots)
        }
    })
}

/// What makes the page's origin and that of the URL two, or one, where it is easily mistaken.
fn origins(case: &Case) -> Option<String> {
    let request = case.report.request.as_ref()?;
    let url = Url::parse(&request.url).ok()?;
    let page = Url::parse(&case.origin).ok()?;
    let port = |url: &Url| url.port_or_known_default().map(|port| port.to_string());
    if request.same_origin {
        let port = port(&url)?;
        let written = [":", &port].concat();
        let authority =
            case.fetch.call.url().split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        let slots = [("port", port), ("scheme", shown_text(url.scheme()))];
        return (url.port().is_none() && authority?.ends_with(&written)).then(|| LineId::NoteDefaultPort.say(&slots));
    }
    if !diagnose::are_near(&page, &url) {
        return None;
    }
    let host = |host: Option<Host<&str>>| host.map(|host| shown_text(&host.to_string()));
    let slots = [
        ("page_scheme", shown_text(page.scheme())),
        ("page_host", host(page.host())?),
        ("page_port", port(&page)?),
        ("scheme", shown_text(url.scheme())),
        ("host", host(url.host())?),
        ("port", port(&url)?),
    ];
    Some(LineId::NoteOrigins.say(&slots))
}

/// That the request goes through what looks like a public proxy.
fn through_proxy(case: &Case) -> Option<String> {
    let request = case.report.request.as_ref().filter(|request| !request.same_origin)?;
    let url = Url::parse(&request.url).ok()?;
    diagnose::is_through_proxy(&url).then(|| LineId::NoteThroughProxy.say(&[("server", server(&request.url))]))
}

/// That the headers look like those of a browser extension.
fn by_extension(case: &Case) -> Option<String> {
    let is_actual = |exchange: &&Exchange| {
        exchange.request.purpose == Purpose::Actual
            && matches!(exchange.source, AnswerSource::Network | AnswerSource::Revalidated)
    };
    let answer = case.report.exchanges.iter().rev().find(is_actual)?.response.as_ref()?;
    let method = extension_method(answer)?;
    Some(LineId::NoteExtension.say(&[("method", shown(method))]))
}

/// The method by which the answer shows it: one that nobody allows pages, in an answer where it has no effect.
fn extension_method(answer: &WireResponse) -> Option<&[u8]> {
    let is_strange = |method: &&[u8]| matches!(*method, b"PROPFIND" | b"PROPPATCH" | b"MKCOL" | b"LOCK");
    let for_all = value_is(answer.headers.as_slice(), b"access-control-allow-origin", b"*");
    elements(&answer.headers, "access-control-allow-methods").find(is_strange).filter(|_| for_all)
}
