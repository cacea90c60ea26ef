//! How a fetch ended, who has to change something, and what; and what script sees of an error.

use super::case::{Case, exchange_method, lines, server};
use super::catalogue::{Slot, TextId, fill};
use super::diagnose::{
    self, AllowCredentials, AllowOrigin, Checked, HeaderNotAllowed, Library, MethodNotAllowed, Place, PreflightStatus,
};
use super::shown::{shown, shown_line, shown_text};
use super::steps;
use super::{ErrorExplanation, Verdict, VerdictKind, Who};
use crate::cors::check::CorsFailed;
use crate::cors::corp::CorpBlocked;
use crate::cors::preflight::{AllowList, PreflightFailed};
use crate::error_code::NetworkErrorCode;
use crate::http::header_list::{Header, joined, value_is};
use crate::http::modes::{CredentialsMode, RequestMode, ResponseType, Tainting};
use crate::http::status;
use crate::network::{FailureKind, Purpose, WireResponse};
use crate::report::{
    AnswerSource, Consequence, ExceptionName, Exchange, FailedCheck, Loads, NeedsAnswer, NetworkError, Outcome, ResponseReport,
    Threw,
};
use crate::scenario::{Call, HeaderEdit};
use crate::trace::ThrowCheck;

/// How the fetch ended, and what to do.
pub(super) fn verdict(case: &Case) -> Verdict {
    match &case.report.outcome {
        Outcome::Response(response) => response_verdict(case, response),
        Outcome::NetworkError(error) => network_error_verdict(case, error),
        Outcome::Threw(threw) => threw_verdict(case, threw),
        Outcome::NeedsAnswer(needs) => needs_answer_verdict(case, needs),
        Outcome::NotReached => finding(VerdictKind::NotReached, TextId::NotReached, &[], Vec::new()),
    }
}

/// What script sees of an exception or a network error.
pub(super) fn error(case: &Case) -> Option<ErrorExplanation> {
    match &case.report.outcome {
        Outcome::Threw(threw) => {
            let slots = [("api", api(&case.fetch.call).say(&[])), ("throws", throws(case, threw.error))];
            Some(ErrorExplanation {
                seen: TextId::SeenThrown.say(&slots),
                check: threw_sentence(case, threw),
                algorithm: threw.step.algorithm.name(),
                step: threw.step,
            })
        }
        Outcome::NetworkError(error) => {
            let exchange = error.exchange.unwrap_or_default();
            let (check, step) = match error.failed {
                Some(FailedCheck::CorsCheck { step, failed }) => (steps::cors_failed(case, exchange, failed).1, step),
                Some(FailedCheck::Preflight { step, failed }) => (steps::preflight_failed(case, exchange, failed).1, step),
                Some(FailedCheck::Corp { step, failed }) => (steps::corp_failed(failed, case.embedder_policy).1, step),
                Some(FailedCheck::Preload { .. } | FailedCheck::Module { .. }) | None => (verdict(case).sentence, error.step),
            };
            Some(ErrorExplanation {
                seen: seen(&case.fetch.call, error.code).say(&[]),
                check,
                algorithm: step.algorithm.name(),
                step,
            })
        }
        Outcome::Response(_) | Outcome::NeedsAnswer(_) | Outcome::NotReached => None,
    }
}

/// The finding under `id`, with its slots filled.
fn finding(kind: VerdictKind, id: TextId, slots: &[Slot], send: Vec<Header>) -> Verdict {
    Verdict {
        kind,
        id,
        sentence: id.say(slots),
        why: fill(id.why(), slots),
        who: id.who(),
        remedy: fill(id.remedy(), slots),
        send: if id.who() == Who::Server { send } else { Vec::new() },
    }
}

fn response_verdict(case: &Case, response: &ResponseReport) -> Verdict {
    let hop = case.last_hop();
    let exchange = case.report.exchanges.last();
    let origin = exchange.map_or_else(|| case.origin.clone().into_bytes(), |exchange| case.origin_sent(&exchange.request));
    let id = match response.response_type {
        ResponseType::Opaque => opaque(&case.fetch.call),
        ResponseType::OpaqueRedirect => TextId::OpaqueRedirect,
        ResponseType::Basic | ResponseType::Cors | ResponseType::Default | ResponseType::Error => {
            allowed(case, response, &origin)
        }
    };
    let answer = exchange.and_then(|exchange| exchange.response.as_ref());
    let credentials = credentials_with_cors(case);
    let url = case.url(hop);
    let scheme = url.split(':').next().unwrap_or_default();
    let mut slots = case.slots(hop);
    slots.push(("status", response.status.to_string()));
    slots.push(("origin", shown(&origin)));
    slots.push(("scheme", [&*shown_text(scheme), ":"].concat()));
    slots.push(("lines", lines(&case.cors_lines(case.origin.as_bytes(), credentials, answer), credentials)));
    let kind = match id {
        TextId::OpaqueBeacon => VerdictKind::Opaque,
        _ if matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect) => VerdictKind::Opaque,
        _ => VerdictKind::Allowed,
    };
    finding(kind, id, &slots, Vec::new())
}

/// The credentials mode that the call would have with CORS: an element, with the attribute `crossorigin`, leaves them out.
fn credentials_with_cors(case: &Case) -> CredentialsMode {
    match case.fetch.call {
        Call::Fetch { .. } | Call::Xhr { .. } => case.credentials(),
        _ => CredentialsMode::SameOrigin,
    }
}

/// Why script can read the answer.
fn allowed(case: &Case, response: &ResponseReport, origin: &[u8]) -> TextId {
    let answer = case.report.exchanges.last().and_then(|exchange| exchange.response.as_ref());
    let names_origin = answer.is_some_and(|answer| value_is(answer.headers.as_slice(), b"access-control-allow-origin", origin));
    match case.report.request.as_ref().map(|request| request.mode) {
        _ if matches!(case.fetch.call, Call::Beacon { .. }) => TextId::OpaqueBeacon,
        Some(RequestMode::Navigate) => TextId::AllowedNavigation,
        Some(RequestMode::WebSocket | RequestMode::WebTransport) => TextId::AllowedWebSocket,
        _ if case.report.exchanges.is_empty() && case.fetch.service_worker.is_some() => TextId::AllowedServiceWorker,
        _ if case.report.exchanges.is_empty() && is_local(&case.url(0)) => TextId::AllowedInside,
        _ if case.report.exchanges.is_empty() => TextId::AllowedPreloaded,
        _ if response.tainting != Tainting::Cors => TextId::AllowedSameOrigin,
        _ if !names_origin => TextId::AllowedWildcard,
        _ if case.credentials() == CredentialsMode::Include => TextId::AllowedOriginWithCredentials,
        _ => TextId::AllowedOrigin,
    }
}

/// Whether a URL is one that no server is asked for.
fn is_local(url: &str) -> bool {
    ["about:", "blob:", "data:"].iter().any(|scheme| url.starts_with(scheme))
}

/// What is lost where script cannot read the answer.
const fn opaque(call: &Call) -> TextId {
    match call {
        Call::Fetch { .. } => TextId::OpaqueFetch,
        Call::Img { .. } => TextId::OpaqueImage,
        Call::Media { .. } => TextId::OpaqueMedia,
        Call::Script { .. } => TextId::OpaqueScript,
        Call::Stylesheet { .. } => TextId::OpaqueStylesheet,
        Call::Preload { .. } => TextId::OpaquePreload,
        Call::Beacon { .. } => TextId::OpaqueBeacon,
        Call::ImportScripts { .. } => TextId::OpaqueImportScripts,
        Call::Xhr { .. }
        | Call::Font { .. }
        | Call::Track { .. }
        | Call::Import { .. }
        | Call::EventSource { .. }
        | Call::WebSocket { .. }
        | Call::Worker { .. }
        | Call::Iframe { .. } => TextId::OpaqueOther,
    }
}

fn needs_answer_verdict(case: &Case, needs: &NeedsAnswer) -> Verdict {
    let id = match needs.request.purpose {
        Purpose::Preflight => TextId::NeedsPreflightAnswer,
        Purpose::Actual => TextId::NeedsAnswer,
    };
    finding(VerdictKind::NeedsAnswer, id, &case.slots(case.last_hop()), Vec::new())
}

fn threw_verdict(case: &Case, threw: &Threw) -> Verdict {
    let (id, slots) = because(case, &threw.because, None);
    Verdict { sentence: threw_sentence(case, threw), ..finding(VerdictKind::Threw, id, &slots, Vec::new()) }
}

fn threw_sentence(case: &Case, threw: &Threw) -> String {
    let (id, slots) = because(case, &threw.because, None);
    let api = api(&case.fetch.call).say(&[]);
    TextId::Threw.say(&[("api", api), ("throws", throws(case, threw.error)), ("because", id.say(&slots))])
}

/// What an API does when it refuses.
fn throws(case: &Case, error: Option<ExceptionName>) -> String {
    // NB: a link whose request cannot be made says nothing.
    let is_silent = matches!(
        case.report.consequence,
        Some(Consequence::Preload { loads: Loads::Never } | Consequence::StyleSheet { loads: Loads::Never, .. })
    );
    let name = match error {
        None if is_silent => return TextId::DoesNothing.say(&[]),
        None => return TextId::FiresError.say(&[]),
        Some(ExceptionName::TypeError) => "TypeError",
        Some(ExceptionName::SyntaxError) => "SyntaxError",
        Some(ExceptionName::SecurityError) => "SecurityError",
        Some(ExceptionName::NetworkError) => "NetworkError",
        Some(ExceptionName::AbortError) => "AbortError",
        Some(ExceptionName::NotSupportedError) => "NotSupportedError",
    };
    let rejects = matches!(case.fetch.call, Call::Fetch { .. } | Call::Import { .. });
    let text = if rejects { TextId::RejectsWith } else { TextId::ThrowsError };
    text.say(&[("error", name.into())])
}

/// The clause after "because" for a check that threw, and its slots: of the call, or of one of its header edits.
pub(super) fn because(case: &Case, check: &ThrowCheck, edit: Option<usize>) -> (TextId, Vec<Slot>) {
    let mut slots = case.slots(0);
    slots.push(("written", shown_text(case.fetch.call.url())));
    slots.push(("written_method", shown_text(case.written_method())));
    let header = |line: usize| -> [Slot; 2] {
        let (name, value) = match edit {
            None => case.written_header(line).map_or(("", ""), |(name, value)| (name, value)),
            Some(edit) => edited_header(case, edit),
        };
        [("name", shown_text(name)), ("value", shown_text(value))]
    };
    let id = match check {
        ThrowCheck::Url => TextId::ThrowUrl,
        ThrowCheck::UrlCredentials => TextId::ThrowUrlCredentials,
        ThrowCheck::Window => TextId::ThrowWindow,
        ThrowCheck::Referrer => {
            slots.push(("value", shown_text(init_member(case, "referrer"))));
            TextId::ThrowReferrer
        }
        ThrowCheck::ModeNavigate => TextId::ThrowModeNavigate,
        ThrowCheck::Enumeration { member } => {
            slots.push(("member", shown_text(member)));
            slots.push(("value", shown_text(init_member(case, member))));
            TextId::ThrowEnumeration
        }
        ThrowCheck::OnlyIfCached => TextId::ThrowOnlyIfCached,
        ThrowCheck::MethodNotToken => TextId::ThrowMethodNotToken,
        ThrowCheck::MethodForbidden => TextId::ThrowMethodForbidden,
        ThrowCheck::MethodNoCors => TextId::ThrowMethodNoCors,
        ThrowCheck::HeaderName { line } => {
            slots.extend(header(*line));
            TextId::ThrowHeaderName
        }
        ThrowCheck::HeaderValue { line } => {
            slots.extend(header(*line));
            TextId::ThrowHeaderValue
        }
        ThrowCheck::NotByteString { member } => {
            slots.push(("member", shown_text(member)));
            TextId::ThrowNotByteString
        }
        ThrowCheck::BodyWithGetOrHead => TextId::ThrowBodyWithGetOrHead,
        ThrowCheck::StreamKeepalive => TextId::ThrowStreamKeepalive,
        ThrowCheck::StreamDisturbed => TextId::ThrowStreamDisturbed,
        ThrowCheck::StreamDuplex => TextId::ThrowStreamDuplex,
        ThrowCheck::StreamMode => TextId::ThrowStreamMode,
        ThrowCheck::WebSocketScheme => TextId::ThrowWebSocketScheme,
        ThrowCheck::WebSocketFragment => TextId::ThrowWebSocketFragment,
        ThrowCheck::BeaconScheme => TextId::ThrowBeaconScheme,
        ThrowCheck::PreloadDestination => {
            let Call::Preload { destination, .. } = &case.fetch.call else { return (TextId::ThrowPreloadDestination, slots) };
            slots.push(("as", shown_text(destination)));
            TextId::ThrowPreloadDestination
        }
    };
    (id, slots)
}

/// What script wrote for a member of `init`.
fn init_member<'a>(case: &Case<'a>, member: &str) -> &'a str {
    let Call::Fetch { init, .. } = &case.fetch.call else { return "" };
    let value = match member {
        "mode" => &init.mode,
        "credentials" => &init.credentials,
        "cache" => &init.cache,
        "redirect" => &init.redirect,
        "referrer" => &init.referrer,
        "referrerPolicy" => &init.referrer_policy,
        "duplex" => &init.duplex,
        _ => &None,
    };
    value.as_deref().unwrap_or_default()
}

/// The name and the value of a change to `request.headers`.
fn edited_header<'a>(case: &Case<'a>, edit: usize) -> (&'a str, &'a str) {
    let Call::Fetch { header_edits, .. } = &case.fetch.call else { return ("", "") };
    match header_edits.get(edit) {
        Some(HeaderEdit::Append { name, value } | HeaderEdit::Set { name, value }) => (name, value),
        Some(HeaderEdit::Delete { name }) => (name, ""),
        None => ("", ""),
    }
}

fn network_error_verdict(case: &Case, error: &NetworkError) -> Verdict {
    let exchange = error.exchange.and_then(|exchange| case.report.exchanges.get(exchange));
    let answered = exchange.and_then(|exchange| exchange.response.as_ref().map(|answer| (exchange, answer)));
    match (error.failed, answered) {
        (Some(FailedCheck::CorsCheck { failed, .. }), Some((exchange, answer))) => {
            let place = Place::Actual(case.preflight_answer(exchange.hop));
            cors_verdict(case, exchange, answer, failed, place)
        }
        (Some(FailedCheck::Preflight { failed, .. }), Some((exchange, answer))) => {
            preflight_verdict(case, exchange, answer, failed)
        }
        (Some(FailedCheck::Corp { failed, .. }), _) => corp_verdict(case, error, failed),
        (Some(_), None) | (Some(FailedCheck::Preload { .. } | FailedCheck::Module { .. }) | None, _) => {
            code_verdict(case, error, answered.map(|(_, answer)| answer))
        }
    }
}

/// What was checked, and what is around it.
pub(super) fn checked<'a>(
    case: &'a Case,
    exchange: &'a Exchange,
    origin: &'a [u8],
    answer: &'a WireResponse,
    place: Place<'a>,
) -> Checked<'a> {
    let Exchange { request, source, hop, .. } = exchange;
    Checked { origin, page: &case.origin, url: &request.url, hop: *hop, answer, source: *source, place }
}

/// A CORS check that failed, of a preflight's answer or of another.
fn cors_verdict(case: &Case, exchange: &Exchange, answer: &WireResponse, failed: CorsFailed, place: Place) -> Verdict {
    let origin = case.origin_sent(&exchange.request);
    let checked = checked(case, exchange, &origin, answer, place);
    let mut slots = exchange_slots(case, exchange, answer);
    let headers = answer.headers.as_slice();
    let mut named = |line: usize| {
        slots.push(("name", headers.get(line).map_or_else(String::new, |header| shown(header.0.as_bytes()))));
    };
    let id = match failed {
        CorsFailed::AllowOriginMissing | CorsFailed::WildcardWithCredentials { .. } | CorsFailed::OriginMismatch { .. } => {
            let mistake = match failed {
                CorsFailed::AllowOriginMissing => diagnose::missing_allow_origin(&checked),
                CorsFailed::WildcardWithCredentials { .. } => diagnose::wildcard_with_credentials(&checked),
                _ => diagnose::wrong_allow_origin(&checked),
            };
            match &mistake {
                AllowOrigin::Misspelt(line) => named(*line),
                AllowOrigin::MissingOnRedirectSlash(to)
                | AllowOrigin::MissingOnRedirectScheme(to)
                | AllowOrigin::MissingOnRedirectLogin(to) => slots.push(("location", shown_line(to.as_str().as_bytes()))),
                _ => {}
            }
            allow_origin(&mistake, place)
        }
        CorsFailed::AllowCredentialsMissing | CorsFailed::AllowCredentialsNotTrue { .. } => {
            let mistake = diagnose::allow_credentials(&checked);
            if let AllowCredentials::Misspelt(line) = mistake {
                named(line);
            }
            allow_credentials(mistake)
        }
    };
    let header = match failed {
        CorsFailed::AllowOriginMissing | CorsFailed::WildcardWithCredentials { .. } | CorsFailed::OriginMismatch { .. } => {
            "access-control-allow-origin"
        }
        CorsFailed::AllowCredentialsMissing | CorsFailed::AllowCredentialsNotTrue { .. } => "access-control-allow-credentials",
    };
    // NB: all that a preflight's answer lacks is said at once; what comes after the CORS check has not been looked at.
    let send = match place {
        _ if id == TextId::AllowOriginAtLoginPage => Vec::new(),
        Place::Preflight if case.can_pass(&exchange.request) => case.preflight_lines(&exchange.request, answer),
        Place::Preflight | Place::Actual(_) => case.cors_lines(&origin, case.credentials(), Some(answer)),
    };
    slots.push(("origin", shown(&origin)));
    slots.push(("value", shown(&joined(headers, header.as_bytes()).unwrap_or_default())));
    slots.push(("count", diagnose::all(headers, header).count().to_string()));
    slots.push(("lines", lines(&send, case.credentials())));
    slots.push(("answer", the_answer(place, answer).say(&slots)));
    let verdict = finding(VerdictKind::Blocked, id, &slots, send);
    with_what_was_sent(verdict, exchange)
}

/// How a sentence names the answer that was checked.
const fn the_answer(place: Place, answer: &WireResponse) -> TextId {
    match place {
        Place::Preflight => TextId::ThePreflightAnswer,
        Place::Actual(_) if status::is_redirect(answer.status) => TextId::TheRedirect,
        Place::Actual(_) => TextId::TheAnswer,
    }
}

/// Adds to the reason whether the request had been sent by then, where that is known.
fn with_what_was_sent(mut verdict: Verdict, exchange: &Exchange) -> Verdict {
    let sent = match (exchange.request.purpose, exchange.source) {
        (Purpose::Preflight, _) => TextId::NotSent,
        (Purpose::Actual, AnswerSource::Network | AnswerSource::Revalidated) => TextId::WasSent,
        (Purpose::Actual, AnswerSource::Cache | AnswerSource::Failure | AnswerSource::Unknown) => return verdict,
    };
    verdict.why = [&*verdict.why, &sent.say(&[])].join(" ");
    verdict
}

/// The slots of a text about an exchange and its answer.
fn exchange_slots(case: &Case, exchange: &Exchange, answer: &WireResponse) -> Vec<Slot> {
    let url = &exchange.request.url;
    vec![
        ("page", case.page()),
        ("server", server(url)),
        ("url", shown_text(url)),
        ("method", shown(&exchange_method(exchange))),
        ("status", answer.status.to_string()),
    ]
}

const fn allow_origin(mistake: &AllowOrigin, place: Place) -> TextId {
    match mistake {
        AllowOrigin::Missing => match place {
            Place::Preflight => TextId::AllowOriginMissingOnPreflight,
            Place::Actual(_) => TextId::AllowOriginMissing,
        },
        AllowOrigin::MissingInCache => TextId::AllowOriginMissingInCache,
        AllowOrigin::Misspelt(_) => TextId::AllowOriginMisspelt,
        AllowOrigin::MissingOnRedirectSlash(_) => TextId::AllowOriginMissingOnRedirectSlash,
        AllowOrigin::MissingOnRedirectScheme(_) => TextId::AllowOriginMissingOnRedirectScheme,
        AllowOrigin::MissingOnRedirectLogin(_) => TextId::AllowOriginMissingOnRedirectLogin,
        AllowOrigin::MissingOnRedirect => TextId::AllowOriginMissingOnRedirect,
        AllowOrigin::AtLoginPage => TextId::AllowOriginAtLoginPage,
        AllowOrigin::MissingOnServerError => TextId::AllowOriginMissingOnServerError,
        AllowOrigin::MissingOnError => TextId::AllowOriginMissingOnError,
        AllowOrigin::OnlyOnPreflight => TextId::AllowOriginOnlyOnPreflight,
        AllowOrigin::WildcardWithCredentials => TextId::AllowOriginWildcardWithCredentials,
        AllowOrigin::SeveralLines => TextId::AllowOriginSeveralLines,
        AllowOrigin::Empty => TextId::AllowOriginEmpty,
        AllowOrigin::Repeated => TextId::AllowOriginRepeated,
        AllowOrigin::List => TextId::AllowOriginList,
        AllowOrigin::Null => TextId::AllowOriginNull,
        AllowOrigin::TaintedByRedirect => TextId::AllowOriginTaintedByRedirect,
        AllowOrigin::PageWithout => TextId::AllowOriginForPageWithout,
        AllowOrigin::Wrapped => TextId::AllowOriginWrapped,
        AllowOrigin::Pattern => TextId::AllowOriginPattern,
        AllowOrigin::TrailingSlash => TextId::AllowOriginTrailingSlash,
        AllowOrigin::Path => TextId::AllowOriginPath,
        AllowOrigin::Case => TextId::AllowOriginCase,
        AllowOrigin::DefaultPort => TextId::AllowOriginDefaultPort,
        AllowOrigin::WithoutScheme => TextId::AllowOriginWithoutScheme,
        AllowOrigin::Spelling => TextId::AllowOriginSpelling,
        AllowOrigin::Scheme => TextId::AllowOriginScheme,
        AllowOrigin::Port => TextId::AllowOriginPort,
        AllowOrigin::Loopback => TextId::AllowOriginLoopback,
        AllowOrigin::Www => TextId::AllowOriginWww,
        AllowOrigin::Subdomain => TextId::AllowOriginSubdomain,
        AllowOrigin::OtherInCache => TextId::AllowOriginOtherInCache,
        AllowOrigin::Other => TextId::AllowOriginOther,
        AllowOrigin::Placeholder => TextId::AllowOriginPlaceholder,
        AllowOrigin::NoOrigin => TextId::AllowOriginNoOrigin,
    }
}

const fn allow_credentials(mistake: AllowCredentials) -> TextId {
    match mistake {
        AllowCredentials::Missing => TextId::AllowCredentialsMissing,
        AllowCredentials::Misspelt(_) => TextId::AllowCredentialsMisspelt,
        AllowCredentials::OnlyOnPreflight => TextId::AllowCredentialsOnlyOnPreflight,
        AllowCredentials::ForNull => TextId::AllowCredentialsForNull,
        AllowCredentials::SeveralLines => TextId::AllowCredentialsSeveralLines,
        AllowCredentials::Case => TextId::AllowCredentialsCase,
        AllowCredentials::NotTrue => TextId::AllowCredentialsNotTrue,
    }
}

/// A preflight's answer that does not let the request go out.
fn preflight_verdict(case: &Case, exchange: &Exchange, answer: &WireResponse, failed: PreflightFailed) -> Verdict {
    let mut slots = exchange_slots(case, exchange, answer);
    let headers = answer.headers.as_slice();
    let send = case.preflight_lines(&exchange.request, answer);
    let status_text = |slots: &mut Vec<Slot>| match diagnose::preflight_status(&exchange.request.url, answer) {
        PreflightStatus::RedirectSlash(to) => {
            slots.push(("location", shown_line(to.as_str().as_bytes())));
            TextId::PreflightRedirectSlash
        }
        PreflightStatus::RedirectScheme(to) => {
            slots.push(("location", shown_line(to.as_str().as_bytes())));
            TextId::PreflightRedirectScheme
        }
        PreflightStatus::RedirectLogin(to) => {
            slots.push(("location", shown_line(to.as_str().as_bytes())));
            TextId::PreflightRedirectLogin
        }
        PreflightStatus::Redirect => TextId::PreflightRedirect,
        PreflightStatus::Unauthorized => TextId::PreflightUnauthorized,
        PreflightStatus::Forbidden => TextId::PreflightForbidden,
        PreflightStatus::NotFound => TextId::PreflightNotFound,
        PreflightStatus::MethodNotAllowed => TextId::PreflightMethodNotAllowed,
        PreflightStatus::ServerError => TextId::PreflightServerError,
        PreflightStatus::Other => TextId::PreflightStatus,
    };
    let name_of = |line: usize| headers.get(line).map_or_else(String::new, |header| shown(header.0.as_bytes()));
    let listed = |list| shown(&joined(headers, diagnose::list_name(list).as_bytes()).unwrap_or_default());
    let later = case.answer_after(exchange);
    let header_text = |slots: &mut Vec<Slot>, name: &[u8], wildcard_ignored| {
        slots.push(("name", shown(name)));
        match diagnose::header_not_allowed(name, exchange.request.headers.as_slice(), wildcard_ignored, answer, later) {
            HeaderNotAllowed::OfResponse => TextId::PreflightHeaderOfResponse,
            HeaderNotAllowed::OfLibrary(added_by) => {
                let setting = setting(added_by).say(slots);
                slots.push(("library", library(added_by).say(&[])));
                slots.push(("setting", setting));
                TextId::PreflightHeaderOfLibrary
            }
            HeaderNotAllowed::RequestedWith => TextId::PreflightHeaderRequestedWith,
            HeaderNotAllowed::Exposed => TextId::PreflightHeaderExposed,
            HeaderNotAllowed::OnActual => TextId::PreflightHeaderOnActual,
            HeaderNotAllowed::Similar(similar) => {
                slots.push(("value", shown(&similar)));
                TextId::PreflightHeaderSimilar
            }
            HeaderNotAllowed::Wildcard => TextId::PreflightHeaderWildcard,
            HeaderNotAllowed::Misspelt(line) => {
                slots.push(("value", name_of(line)));
                TextId::PreflightHeadersMisspelt
            }
            HeaderNotAllowed::Missing => TextId::PreflightHeadersMissing,
            HeaderNotAllowed::NotListed => {
                slots.push(("value", listed(AllowList::Headers)));
                TextId::PreflightHeaderNotListed
            }
        }
    };
    let id = match failed {
        // NB: an answer without any CORS header and with a status of its own was not meant as an answer to a preflight at all.
        PreflightFailed::CorsCheck { failed: CorsFailed::AllowOriginMissing }
            if !status::is_ok(answer.status) && case.can_pass(&exchange.request) =>
        {
            status_text(&mut slots)
        }
        PreflightFailed::CorsCheck { failed } => return cors_verdict(case, exchange, answer, failed, Place::Preflight),
        PreflightFailed::Status { .. } => status_text(&mut slots),
        PreflightFailed::NotTokens { header, line, start, end } => {
            let value = headers.get(line).and_then(|header| header.1.as_bytes().get(start..end)).unwrap_or_default();
            slots.push(("header", steps::list_title(header).into()));
            slots.push(("value", shown(value)));
            TextId::PreflightNotTokens
        }
        PreflightFailed::Method { wildcard_ignored } => {
            let method = exchange_method(exchange);
            match diagnose::method_not_allowed(&method, wildcard_ignored, answer, later) {
                MethodNotAllowed::PageCase(listed) => {
                    slots.push(("value", shown(&listed)));
                    TextId::PreflightMethodCase
                }
                MethodNotAllowed::ListCase(listed) => {
                    slots.push(("value", shown(&listed)));
                    TextId::PreflightMethodListCase
                }
                MethodNotAllowed::Wildcard => TextId::PreflightMethodWildcard,
                MethodNotAllowed::Misspelt(line) => {
                    slots.push(("name", name_of(line)));
                    TextId::PreflightMethodsMisspelt
                }
                MethodNotAllowed::OnActual => TextId::PreflightMethodOnActual,
                MethodNotAllowed::Missing => TextId::PreflightMethodsMissing,
                MethodNotAllowed::NotListed => {
                    slots.push(("value", listed(AllowList::Methods)));
                    TextId::PreflightMethodNotListed
                }
            }
        }
        PreflightFailed::Authorization { wildcard_ignored: true } => TextId::PreflightAuthorizationWildcard,
        PreflightFailed::Authorization { wildcard_ignored: false } => header_text(&mut slots, b"authorization", false),
        PreflightFailed::Header { wildcard_ignored, .. } => {
            header_text(&mut slots, case.header_not_allowed(&exchange.request, answer), wildcard_ignored)
        }
    };
    slots.push(("lines", lines(&send, case.credentials())));
    with_what_was_sent(finding(VerdictKind::Blocked, id, &slots, send), exchange)
}

/// What a library is called.
const fn library(library: Library) -> TextId {
    match library {
        Library::Sentry => TextId::LibrarySentry,
        Library::TraceContext => TextId::LibraryTraceContext,
        Library::NewRelic => TextId::LibraryNewRelic,
        Library::Datadog => TextId::LibraryDatadog,
        Library::ApplicationInsights => TextId::LibraryApplicationInsights,
        Library::Elastic => TextId::LibraryElastic,
        Library::B3 => TextId::LibraryB3,
        Library::Jaeger => TextId::LibraryJaeger,
        Library::XRay => TextId::LibraryXRay,
        Library::Dynatrace => TextId::LibraryDynatrace,
        Library::Instana => TextId::LibraryInstana,
    }
}

/// How to keep a library from adding its header.
const fn setting(library: Library) -> TextId {
    match library {
        Library::Sentry => TextId::SettingSentry,
        Library::TraceContext => TextId::SettingTraceContext,
        Library::NewRelic => TextId::SettingNewRelic,
        Library::Datadog => TextId::SettingDatadog,
        Library::ApplicationInsights => TextId::SettingApplicationInsights,
        Library::Elastic => TextId::SettingElastic,
        Library::B3 | Library::Jaeger | Library::XRay | Library::Dynatrace | Library::Instana => TextId::SettingOther,
    }
}

fn corp_verdict(case: &Case, error: &NetworkError, blocked: CorpBlocked) -> Verdict {
    let id = match blocked {
        CorpBlocked::SameOrigin => TextId::CorpSameOrigin,
        CorpBlocked::SameSite => TextId::CorpSameSite,
        CorpBlocked::EmbedderPolicy => TextId::CorpEmbedderPolicy,
    };
    let send = vec![Header(b"Cross-Origin-Resource-Policy".into(), b"cross-origin".into())];
    let mut slots = case.slots(error.hop);
    slots.push((
        "lines",
        lines(&case.cors_lines(case.origin.as_bytes(), CredentialsMode::SameOrigin, None), CredentialsMode::SameOrigin),
    ));
    finding(VerdictKind::Blocked, id, &slots, send)
}

/// A network error that its code explains.
fn code_verdict(case: &Case, error: &NetworkError, answer: Option<&WireResponse>) -> Verdict {
    let written = case.fetch.call.url();
    let id = match error.code {
        NetworkErrorCode::BadPort => TextId::BadPort,
        NetworkErrorCode::Preload => match error.failed {
            Some(FailedCheck::Preload { code: NetworkErrorCode::Preload, .. }) => TextId::PreloadAsAnother,
            _ if !case.report.exchanges.is_empty() => TextId::PreloadDenied,
            _ => TextId::Preload,
        },
        NetworkErrorCode::Module => TextId::Module,
        NetworkErrorCode::ContentSecurityPolicy => TextId::ContentSecurityPolicy,
        NetworkErrorCode::IntegrityPolicy => TextId::IntegrityPolicy,
        NetworkErrorCode::SameOriginMode => TextId::SameOriginMode,
        NetworkErrorCode::NoCorsRedirectMode => TextId::NoCorsRedirectMode,
        NetworkErrorCode::SchemeNotHttp | NetworkErrorCode::UnknownScheme
            if error.hop == 0 && diagnose::is_url_without_scheme(written) =>
        {
            TextId::UrlWithoutScheme
        }
        NetworkErrorCode::MixedContent => TextId::MixedContent,
        NetworkErrorCode::LocalNetworkInsecure => TextId::LocalNetworkInsecure,
        NetworkErrorCode::LocalNetworkDenied => TextId::LocalNetworkDenied,
        NetworkErrorCode::UrlCredentials => TextId::UrlCredentials,
        NetworkErrorCode::StreamNotSupported => TextId::StreamNotSupported,
        NetworkErrorCode::SchemeNotHttp => TextId::SchemeNotHttp,
        NetworkErrorCode::ResponseMixedContent => TextId::ResponseMixedContent,
        NetworkErrorCode::ResponseContentSecurityPolicy => TextId::ResponseContentSecurityPolicy,
        NetworkErrorCode::MimeType => TextId::MimeType,
        NetworkErrorCode::Nosniff => TextId::Nosniff,
        NetworkErrorCode::RangeNotRequested => TextId::RangeNotRequested,
        NetworkErrorCode::IntegrityWithoutBody => TextId::IntegrityWithoutBody,
        NetworkErrorCode::Integrity => TextId::Integrity,
        NetworkErrorCode::Aborted => TextId::Aborted,
        NetworkErrorCode::AboutUrl => TextId::AboutUrl,
        NetworkErrorCode::BlobUrl => TextId::BlobUrl,
        NetworkErrorCode::BlobPartition => TextId::BlobPartition,
        NetworkErrorCode::BlobRange => TextId::BlobRange,
        NetworkErrorCode::DataUrl => TextId::DataUrl,
        NetworkErrorCode::FileUrl => TextId::FileUrl,
        NetworkErrorCode::UnknownScheme => TextId::UnknownScheme,
        NetworkErrorCode::ServiceWorker => TextId::ServiceWorkerResponse,
        NetworkErrorCode::CorsCheck => TextId::CorsCheck,
        NetworkErrorCode::Corp => TextId::Corp,
        NetworkErrorCode::RedirectModeError => TextId::RedirectModeError,
        NetworkErrorCode::Location => TextId::Location,
        NetworkErrorCode::LocationScheme => TextId::LocationScheme,
        NetworkErrorCode::RedirectCount => TextId::RedirectCount,
        NetworkErrorCode::LocationCredentials => TextId::LocationCredentials,
        NetworkErrorCode::LocationCredentialsTainted => TextId::LocationCredentialsTainted,
        NetworkErrorCode::StreamBodyRedirect => TextId::StreamBodyRedirect,
        NetworkErrorCode::Keepalive => TextId::Keepalive,
        NetworkErrorCode::OnlyIfCached => TextId::OnlyIfCached,
        NetworkErrorCode::AuthenticationStream => TextId::AuthenticationStream,
        NetworkErrorCode::ProxyAuthentication => TextId::ProxyAuthentication,
        NetworkErrorCode::Offline => TextId::Offline,
        NetworkErrorCode::Connection => connection(case.failure(error)),
        NetworkErrorCode::Http1Stream => TextId::Http1Stream,
        NetworkErrorCode::ClientCertificate => TextId::ClientCertificate,
        NetworkErrorCode::Malformed => TextId::Malformed,
        NetworkErrorCode::PreflightCors
        | NetworkErrorCode::PreflightStatus
        | NetworkErrorCode::PreflightParse
        | NetworkErrorCode::PreflightMethod
        | NetworkErrorCode::PreflightAuthorization
        | NetworkErrorCode::PreflightHeader => TextId::Preflight,
    };
    // The header that the text shows, if it shows one.
    let header = match error.code {
        NetworkErrorCode::Location | NetworkErrorCode::LocationScheme => "location",
        _ => "content-type",
    };
    let credentials = credentials_with_cors(case);
    let url = case.url(error.hop);
    let port = url::Url::parse(&url).ok().and_then(|url| url.port_or_known_default());
    let value = answer.and_then(|answer| joined(answer.headers.as_slice(), header.as_bytes())).unwrap_or_default();
    let mut slots = case.slots(error.hop);
    slots.push(("status", answer.map_or_else(String::new, |answer| answer.status.to_string())));
    slots.push(("value", shown(&value)));
    slots.push(("port", port.map_or_else(String::new, |port| port.to_string())));
    slots.push(("written", shown_text(written)));
    slots.push(("scheme", shown_text(written.split_once(':').map_or("", |(scheme, _)| scheme))));
    if let Some(FailedCheck::Preload { preload: fetch, .. } | FailedCheck::Module { fetch, .. }) = error.failed {
        slots.push(("number", (fetch + 1).to_string()));
    }
    slots.push(("lines", lines(&case.cors_lines(case.origin.as_bytes(), credentials, answer), credentials)));
    finding(VerdictKind::Blocked, id, &slots, Vec::new())
}

/// What is known of a connection that failed.
const fn connection(failure: Option<FailureKind>) -> TextId {
    match failure {
        Some(FailureKind::NameNotFound) => TextId::ConnectionName,
        Some(FailureKind::Refused) => TextId::ConnectionRefused,
        Some(FailureKind::Closed | FailureKind::Lost) => TextId::ConnectionClosed,
        Some(FailureKind::Certificate) => TextId::ConnectionCertificate,
        _ => TextId::Connection,
    }
}

/// What an API is called.
pub(super) const fn api(call: &Call) -> TextId {
    match call {
        Call::Fetch { .. } => TextId::ApiFetch,
        Call::Xhr { .. } => TextId::ApiXhr,
        Call::Img { .. } => TextId::ApiImg,
        Call::Media { .. } => TextId::ApiMedia,
        Call::Script { .. } => TextId::ApiScript,
        Call::Stylesheet { .. } => TextId::ApiStylesheet,
        Call::Font { .. } => TextId::ApiFont,
        Call::Track { .. } => TextId::ApiTrack,
        Call::Preload { .. } => TextId::ApiPreload,
        Call::Import { .. } => TextId::ApiImport,
        Call::EventSource { .. } => TextId::ApiEventSource,
        Call::Beacon { .. } => TextId::ApiBeacon,
        Call::WebSocket { .. } => TextId::ApiWebSocket,
        Call::Worker { .. } => TextId::ApiWorker,
        Call::ImportScripts { .. } => TextId::ApiImportScripts,
        Call::Iframe { .. } => TextId::ApiIframe,
    }
}

/// What script sees of a network error.
const fn seen(call: &Call, code: NetworkErrorCode) -> TextId {
    match call {
        Call::Fetch { .. } if matches!(code, NetworkErrorCode::Aborted) => TextId::SeenByAbortedFetch,
        Call::Xhr { .. } if matches!(code, NetworkErrorCode::Aborted) => TextId::SeenByAbortedXhr,
        Call::Fetch { .. } if matches!(code, NetworkErrorCode::StreamNotSupported) => TextId::SeenByStreamFetch,
        Call::Fetch { .. } => TextId::SeenByFetch,
        Call::Xhr { sync: true, .. } => TextId::SeenBySyncXhr,
        Call::Xhr { sync: false, .. } => TextId::SeenByXhr,
        Call::Img { .. }
        | Call::Media { .. }
        | Call::Script { .. }
        | Call::Stylesheet { .. }
        | Call::Track { .. }
        | Call::Preload { .. } => TextId::SeenByElement,
        Call::Font { .. } => TextId::SeenByFont,
        Call::Import { .. } => TextId::SeenByImport,
        Call::EventSource { .. } => TextId::SeenByEventSource,
        Call::Beacon { .. } => TextId::SeenByBeacon,
        Call::WebSocket { .. } => TextId::SeenByWebSocket,
        Call::Worker { .. } => TextId::SeenByWorker,
        Call::ImportScripts { .. } => TextId::SeenByImportScripts,
        Call::Iframe { .. } => TextId::SeenByIframe,
    }
}
