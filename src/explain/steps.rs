//! A line for each event, for each reason for a preflight, and for each thing that is not checked.

use super::case::Case;
use super::catalogue::{Slot, TextId};
use super::shown::{shown, shown_text};
use super::verdict::because;
use super::{StepLine, StepStatus};
use crate::cors::check::{CorsFailed, CorsPassed};
use crate::cors::corp::CorpBlocked;
use crate::cors::preflight::{AllowList, PreflightFailed};
use crate::cors::safelist::UnsafeHeader;
use crate::http::header_list::joined;
use crate::http::modes::{EmbedderPolicy, ResponseType};
use crate::http::request_header::is_request_body_header_name;
use crate::network::Purpose;
use crate::report::{Exchange, Outcome};
use crate::trace::{
    CookieRefusal, CookieVerdict, CredentialsReason, DropReason, Event, EventKind, MainFetchBranch, NotChecked, OriginReason,
    PreflightReason, PreloadKey, RedirectTaint, StoredResponseUse, Upgrade,
};

/// A text, and what it says here.
pub(super) type Line = (TextId, String);

/// The line for `id` with these values in its slots.
fn say(id: TextId, slots: &[Slot]) -> Line {
    (id, id.say(slots))
}

/// What happened, in order.
pub(super) fn steps(case: &Case) -> Vec<StepLine> {
    let decisive = decisive(case);
    let mut lines: Vec<StepLine> = Vec::with_capacity(case.report.events.len());
    for (index, event) in case.report.events.iter().enumerate() {
        let (id, sentence) = line(case, event);
        lines.push(StepLine {
            id,
            sentence,
            status: status(&event.what),
            decisive: decisive.contains(&index),
            hop: event.hop,
            algorithm: event.step.algorithm.name(),
            step: event.step,
        });
    }
    // NB: that an API threw is no event, because no fetch was there to record it.
    if let Outcome::Threw(threw) = &case.report.outcome {
        let verdict = super::verdict::verdict(case);
        lines.push(StepLine {
            id: verdict.id,
            sentence: verdict.sentence,
            status: StepStatus::Failed,
            decisive: true,
            hop: 0,
            algorithm: threw.step.algorithm.name(),
            step: threw.step,
        });
    }
    lines
}

/// What may decide as well, and is not checked.
pub(super) fn not_checked(case: &Case) -> Vec<String> {
    let mut sentences = Vec::new();
    for event in &case.report.events {
        if let EventKind::NotChecked { what } = &event.what {
            let sentence = not_checked_text(*what).say(&[]);
            // NB: each hop may leave the same thing open, which is worth saying once.
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    sentences
}

/// A sentence for each of the request's reasons for a preflight.
pub(super) fn preflight_reasons(case: &Case) -> Vec<String> {
    case.report.request.iter().flat_map(|request| &request.preflight_reasons).map(reason).collect()
}

/// The indexes of the events that decided how the fetch ended.
fn decisive(case: &Case) -> Vec<usize> {
    let events = &case.report.events;
    let last = |wanted: &dyn Fn(&Event) -> bool| events.iter().rposition(wanted);
    match &case.report.outcome {
        Outcome::NetworkError(error) => {
            let check =
                last(&|event| status(&event.what) == StepStatus::Failed && !matches!(event.what, EventKind::NetworkError));
            let end = last(&|event| matches!(event.what, EventKind::NetworkError));
            if error.failed.is_some() { check.or(end) } else { end.or(check) }.into_iter().collect()
        }
        Outcome::Response(_) => {
            // At the last hop: every check that could have stopped the fetch and did not, or what made checks needless.
            let hop = case.last_hop();
            let checks = |event: &Event| {
                matches!(
                    event.what,
                    EventKind::CorsCheckPassed { .. }
                        | EventKind::PreflightPassed { .. }
                        | EventKind::PreflightCacheHit
                        | EventKind::CorpCheck { .. }
                        | EventKind::ServiceWorkerAnswered
                        | EventKind::PreloadConsumed { .. }
                )
            };
            let passed: Vec<usize> = events
                .iter()
                .enumerate()
                .filter(|(_, event)| event.hop == hop && checks(event))
                .map(|(index, _)| index)
                .collect();
            let branch = || last(&|event| matches!(event.what, EventKind::Branch { .. })).into_iter().collect();
            if passed.is_empty() { branch() } else { passed }
        }
        Outcome::Threw(_) | Outcome::NeedsAnswer(_) | Outcome::NotReached => Vec::new(),
    }
}

const fn status(what: &EventKind) -> StepStatus {
    match what {
        EventKind::CorsCheckPassed { .. }
        | EventKind::PreflightPassed { .. }
        | EventKind::PreflightCacheHit
        | EventKind::CorpCheck { blocked: None, .. } => StepStatus::Ok,
        EventKind::CorsCheckFailed { .. }
        | EventKind::PreflightFailed { .. }
        | EventKind::CorpCheck { blocked: Some(_), .. }
        | EventKind::Branch { branch: MainFetchBranch::SameOriginMode | MainFetchBranch::SchemeNotHttp, .. }
        | EventKind::NetworkError => StepStatus::Failed,
        EventKind::HeaderDropped { .. }
        | EventKind::HeaderEditThrew { .. }
        | EventKind::MethodNormalized { .. }
        | EventKind::ContentTypeImplied { .. }
        | EventKind::Upgraded { .. }
        | EventKind::Branch { .. }
        | EventKind::PreflightRequired { .. }
        | EventKind::PreflightCacheMiss { .. }
        | EventKind::PreflightCached { .. }
        | EventKind::PreflightCacheCleared { .. }
        | EventKind::RequestSent { .. }
        | EventKind::AnswerReceived { .. }
        | EventKind::InterimAnswer { .. }
        | EventKind::Credentials { .. }
        | EventKind::OriginHeader { .. }
        | EventKind::Cookie { .. }
        | EventKind::CookieStored { .. }
        | EventKind::CookieRefused { .. }
        | EventKind::StoredResponse { .. }
        | EventKind::ResponseStored
        | EventKind::ServiceWorkerAnswered
        | EventKind::TimingHidden
        | EventKind::Redirect { .. }
        | EventKind::RedirectWithoutLocation
        | EventKind::MethodBecameGet
        | EventKind::HeaderRemoved { .. }
        | EventKind::ReferrerPolicyChanged { .. }
        | EventKind::ExposeHeaders { .. }
        | EventKind::Filtered { .. }
        | EventKind::WouldPrompt
        | EventKind::Retried
        | EventKind::NotChecked { .. }
        | EventKind::PreloadConsumed { .. }
        | EventKind::PreloadNotMatched { .. } => StepStatus::Info,
    }
}

/// What an event says.
fn line(case: &Case, event: &Event) -> Line {
    match &event.what {
        EventKind::HeaderDropped { name, reason, .. } => say(dropped(*reason), &[("name", shown(name.as_bytes()))]),
        EventKind::HeaderEditThrew { edit, check } => {
            let (id, slots) = because(case, check, Some(*edit));
            say(TextId::HeaderEditThrew, &[("number", (edit + 1).to_string()), ("because", id.say(&slots))])
        }
        EventKind::MethodNormalized { from, to } => {
            say(TextId::MethodNormalized, &[("from", shown(from.as_bytes())), ("to", shown(to.as_bytes()))])
        }
        EventKind::ContentTypeImplied { value } => say(TextId::ContentTypeImplied, &[("value", shown(value.as_bytes()))]),
        EventKind::Upgraded { by, url } => say(upgraded(*by), &[("url", shown_text(url))]),
        EventKind::Branch { branch, .. } => say(branch_text(*branch), &[]),
        EventKind::PreflightRequired { reasons } => {
            let reasons: Vec<String> = reasons.iter().map(reason).collect();
            say(TextId::PreflightRequired, &[("reasons", reasons.join(" "))])
        }
        EventKind::PreflightCacheHit => say(TextId::PreflightCacheHit, &[]),
        EventKind::PreflightCacheMiss { method, header_names } => {
            let sent = case.method(event.hop);
            let names: Vec<String> =
                header_names.iter().map(|name| TextId::Name.say(&[("name", shown(name.as_bytes()))])).collect();
            let id = match (*method, header_names.is_empty()) {
                (true, true) => TextId::PreflightCacheMissMethod,
                (true, false) => TextId::PreflightCacheMissBoth,
                (false, false) => TextId::PreflightCacheMissHeaders,
                (false, true) => TextId::PreflightCacheMiss,
            };
            say(id, &[("method", shown(&sent)), ("names", names.join(&TextId::Comma.say(&[])))])
        }
        EventKind::PreflightCached { max_age, entries } => {
            say(TextId::PreflightCached, &[("seconds", max_age.to_string()), ("count", entries.to_string())])
        }
        EventKind::PreflightCacheCleared { entries } => say(TextId::PreflightCacheCleared, &[("count", entries.to_string())]),
        EventKind::RequestSent { exchange } => request_sent(case.report.exchanges.get(*exchange)),
        EventKind::AnswerReceived { status, .. } => say(TextId::AnswerReceived, &[("status", status.to_string())]),
        EventKind::InterimAnswer { status } => say(TextId::InterimAnswer, &[("status", status.to_string())]),
        EventKind::Credentials { reason, .. } => say(credentials(*reason), &[]),
        EventKind::OriginHeader { value, reason } => {
            let sent = value.as_ref().map_or(&b""[..], |value| value.as_bytes());
            say(origin_header(*reason), &[("value", shown(sent))])
        }
        EventKind::Cookie { name, verdict } => say(cookie(*verdict), &[("name", shown(name.as_bytes()))]),
        EventKind::CookieStored { name } => say(TextId::CookieStored, &[("name", shown(name.as_bytes()))]),
        EventKind::CookieRefused { line, reason } => say(cookie_refused(*reason), &[("number", (line + 1).to_string())]),
        EventKind::StoredResponse { used, stored_by } => {
            let by = |fetch: usize| TextId::StoredByFetch.say(&[("number", (fetch + 1).to_string())]);
            say(stored(*used), &[("by", stored_by.map_or_else(String::new, by))])
        }
        EventKind::ResponseStored => say(TextId::ResponseStored, &[]),
        EventKind::ServiceWorkerAnswered => say(TextId::ServiceWorkerAnswered, &[]),
        EventKind::CorsCheckPassed { exchange, passed } => cors_passed(case, *exchange, *passed),
        EventKind::CorsCheckFailed { exchange, failed } => cors_failed(case, *exchange, *failed),
        EventKind::PreflightPassed { .. } => say(TextId::PreflightPassed, &[]),
        EventKind::PreflightFailed { exchange, failed } => preflight_failed(case, *exchange, *failed),
        EventKind::CorpCheck { blocked: Some(blocked), embedder_policy } => corp_failed(*blocked, *embedder_policy),
        EventKind::CorpCheck { blocked: None, .. } => say(TextId::CorpPassed, &[]),
        EventKind::TimingHidden => say(TextId::TimingHidden, &[]),
        EventKind::Redirect { status, location, taint } => {
            say(redirect(*taint), &[("status", status.to_string()), ("location", shown_text(location))])
        }
        EventKind::RedirectWithoutLocation => say(TextId::RedirectWithoutLocation, &[]),
        EventKind::MethodBecameGet => say(TextId::MethodBecameGet, &[]),
        EventKind::HeaderRemoved { name } => {
            let with_body = is_request_body_header_name(name.as_bytes());
            let id = if with_body { TextId::HeaderRemovedWithBody } else { TextId::HeaderRemoved };
            say(id, &[("name", shown(name.as_bytes()))])
        }
        EventKind::ReferrerPolicyChanged { policy } => say(TextId::ReferrerPolicyChanged, &[("value", policy.as_str().into())]),
        EventKind::ExposeHeaders { unparsable: true, .. } => say(TextId::ExposeUnparsable, &[]),
        EventKind::ExposeHeaders { names: None, .. } => say(TextId::ExposeNone, &[]),
        EventKind::ExposeHeaders { names: Some(names), .. } => say(TextId::ExposeNames, &[("count", names.to_string())]),
        EventKind::Filtered { response_type } => say(filtered(*response_type), &[]),
        EventKind::WouldPrompt => say(TextId::WouldPrompt, &[]),
        EventKind::Retried => say(TextId::Retried, &[]),
        EventKind::NotChecked { what } => say(not_checked_text(*what), &[]),
        EventKind::PreloadConsumed { preload } => say(TextId::PreloadConsumed, &[("number", (preload + 1).to_string())]),
        EventKind::PreloadNotMatched { preload, differs } => {
            say(preload_differs(*differs), &[("number", (preload + 1).to_string())])
        }
        EventKind::NetworkError => {
            let code = match &case.report.outcome {
                Outcome::NetworkError(error) => error.code.as_str(),
                _ => "",
            };
            say(TextId::NetworkError, &[("code", code.into())])
        }
    }
}

const fn dropped(reason: DropReason) -> TextId {
    match reason {
        DropReason::Forbidden => TextId::DroppedForbidden,
        DropReason::NoCors => TextId::DroppedNoCors,
        DropReason::Privileged => TextId::DroppedPrivileged,
    }
}

const fn upgraded(by: Upgrade) -> TextId {
    match by {
        Upgrade::UpgradeInsecureRequests => TextId::UpgradedByPolicy,
        Upgrade::MixedContent => TextId::UpgradedMixedContent,
        Upgrade::Hsts => TextId::UpgradedHsts,
    }
}

const fn branch_text(branch: MainFetchBranch) -> TextId {
    match branch {
        MainFetchBranch::SameOrigin => TextId::BranchSameOrigin,
        MainFetchBranch::Data => TextId::BranchData,
        MainFetchBranch::Navigate => TextId::BranchNavigate,
        MainFetchBranch::SameOriginMode => TextId::BranchSameOriginMode,
        MainFetchBranch::NoCors => TextId::BranchNoCors,
        MainFetchBranch::SchemeNotHttp => TextId::BranchSchemeNotHttp,
        MainFetchBranch::CorsWithPreflight => TextId::BranchCorsWithPreflight,
        MainFetchBranch::Cors => TextId::BranchCors,
    }
}

/// One reason that alone would call for a preflight.
fn reason(reason: &PreflightReason) -> String {
    match reason {
        PreflightReason::Method { method } => TextId::ReasonMethod.say(&[("method", shown(method.as_bytes()))]),
        PreflightReason::Header { name, value, unsafe_because, .. } => {
            unsafe_header(name.as_bytes(), value.as_bytes(), *unsafe_because)
        }
        PreflightReason::UploadListener => TextId::ReasonUploadListener.say(&[]),
        PreflightReason::StreamBody => TextId::ReasonStreamBody.say(&[]),
        PreflightReason::PreflightBefore => TextId::ReasonPreflightBefore.say(&[]),
    }
}

fn unsafe_header(name: &[u8], value: &[u8], because: UnsafeHeader) -> String {
    let mut slots = vec![("name", shown(name)), ("value", shown(value))];
    let id = match because {
        UnsafeHeader::Name => TextId::ReasonHeaderName,
        UnsafeHeader::TooLong { length } => {
            slots.push(("length", length.to_string()));
            TextId::ReasonHeaderTooLong
        }
        UnsafeHeader::Byte { at, byte } => {
            slots.push(("byte", TextId::Byte.say(&[("value", shown(&[byte]))])));
            slots.push(("number", (at + 1).to_string()));
            TextId::ReasonHeaderByte
        }
        UnsafeHeader::NotMimeType => TextId::ReasonNotMimeType,
        UnsafeHeader::MimeType => TextId::ReasonMimeType,
        UnsafeHeader::NotRange => TextId::ReasonNotRange,
        UnsafeHeader::RangeWithoutStart => TextId::ReasonRangeWithoutStart,
        UnsafeHeader::NotClientHint => TextId::ReasonNotClientHint,
        UnsafeHeader::TotalTooLong { total } => {
            slots.push(("length", total.to_string()));
            TextId::ReasonTotalTooLong
        }
    };
    id.say(&slots)
}

fn request_sent(exchange: Option<&Exchange>) -> Line {
    let Some(Exchange { request, .. }) = exchange else {
        return say(TextId::RequestSent, &[("method", String::new()), ("url", String::new())]);
    };
    let id = match request.purpose {
        Purpose::Preflight => TextId::PreflightSent,
        Purpose::Actual => TextId::RequestSent,
    };
    say(id, &[("method", shown(request.method.as_bytes())), ("url", shown_text(&request.url))])
}

const fn credentials(reason: CredentialsReason) -> TextId {
    match reason {
        CredentialsReason::Include => TextId::CredentialsInclude,
        CredentialsReason::SameOrigin => TextId::CredentialsSameOrigin,
        CredentialsReason::SameOriginFirst => TextId::CredentialsSameOriginFirst,
        CredentialsReason::CrossOrigin => TextId::CredentialsCrossOrigin,
        CredentialsReason::Omit => TextId::CredentialsOmit,
        CredentialsReason::Preflight => TextId::CredentialsPreflight,
        CredentialsReason::Credentialless => TextId::CredentialsCredentialless,
    }
}

const fn origin_header(reason: OriginReason) -> TextId {
    match reason {
        OriginReason::Cors => TextId::OriginCors,
        OriginReason::WebSocket => TextId::OriginWebSocket,
        OriginReason::Method => TextId::OriginMethod,
        OriginReason::ReferrerPolicy => TextId::OriginReferrerPolicy,
        OriginReason::Element => TextId::OriginElement,
        OriginReason::Redirected => TextId::OriginRedirected,
        OriginReason::StorageAccess => TextId::OriginStorageAccess,
        OriginReason::NotNeeded => TextId::OriginNone,
    }
}

const fn cookie(verdict: CookieVerdict) -> TextId {
    match verdict {
        CookieVerdict::Sent => TextId::CookieSent,
        CookieVerdict::SameSiteStrict => TextId::CookieSameSiteStrict,
        CookieVerdict::SameSiteLax => TextId::CookieSameSiteLax,
        CookieVerdict::SameSiteDefault => TextId::CookieSameSiteDefault,
        CookieVerdict::Partition => TextId::CookiePartition,
        CookieVerdict::ThirdParty => TextId::CookieThirdParty,
        CookieVerdict::Secure => TextId::CookieSecure,
        CookieVerdict::Path => TextId::CookiePath,
        CookieVerdict::Expired => TextId::CookieExpired,
    }
}

const fn cookie_refused(reason: CookieRefusal) -> TextId {
    match reason {
        CookieRefusal::Syntax => TextId::CookieRefusedSyntax,
        CookieRefusal::Domain => TextId::CookieRefusedDomain,
        CookieRefusal::ThirdParty => TextId::CookieRefusedThirdParty,
        CookieRefusal::Secure => TextId::CookieRefusedSecure,
        CookieRefusal::HidesSecure => TextId::CookieRefusedHidesSecure,
        CookieRefusal::SameSite => TextId::CookieRefusedSameSite,
        CookieRefusal::NoneWithoutSecure => TextId::CookieRefusedNone,
        CookieRefusal::Prefix => TextId::CookieRefusedPrefix,
    }
}

const fn stored(used: StoredResponseUse) -> TextId {
    match used {
        StoredResponseUse::Used => TextId::StoredUsed,
        StoredResponseUse::UsedStale => TextId::StoredUsedStale,
        StoredResponseUse::Revalidating => TextId::StoredRevalidating,
        StoredResponseUse::Validated => TextId::StoredValidated,
        StoredResponseUse::VaryMismatch => TextId::StoredVaryMismatch,
    }
}

fn cors_passed(case: &Case, exchange: usize, passed: CorsPassed) -> Line {
    let null = case.report.exchanges.get(exchange).is_some_and(|exchange| case.origin_sent(&exchange.request) == b"null");
    let id = match passed {
        CorsPassed::Wildcard => TextId::CorsPassedWildcard,
        CorsPassed::Origin if null => TextId::CorsPassedOriginNull,
        CorsPassed::Origin => TextId::CorsPassedOrigin,
        CorsPassed::OriginWithCredentials => TextId::CorsPassedCredentials,
    };
    say(id, &[])
}

/// A CORS check that failed.
pub(super) fn cors_failed(case: &Case, exchange: usize, failed: CorsFailed) -> Line {
    let exchange = case.report.exchanges.get(exchange);
    let value = |name: &[u8]| {
        let answer = exchange.and_then(|exchange| exchange.response.as_ref());
        shown(&answer.and_then(|answer| joined(answer.headers.as_slice(), name)).unwrap_or_default())
    };
    match failed {
        CorsFailed::AllowOriginMissing => say(TextId::CorsFailedMissing, &[]),
        CorsFailed::WildcardWithCredentials { .. } => say(TextId::CorsFailedWildcard, &[]),
        CorsFailed::OriginMismatch { .. } => {
            let origin = exchange.map_or_else(Vec::new, |exchange| case.origin_sent(&exchange.request));
            say(TextId::CorsFailedMismatch, &[("value", value(b"access-control-allow-origin")), ("origin", shown(&origin))])
        }
        CorsFailed::AllowCredentialsMissing => say(TextId::CorsFailedCredentialsMissing, &[]),
        CorsFailed::AllowCredentialsNotTrue { .. } => {
            say(TextId::CorsFailedCredentialsNotTrue, &[("value", value(b"access-control-allow-credentials"))])
        }
    }
}

/// An answer to a preflight that does not let the request go out.
pub(super) fn preflight_failed(case: &Case, exchange: usize, failed: PreflightFailed) -> Line {
    let found = case.report.exchanges.get(exchange);
    let answer = found.and_then(|exchange| exchange.response.as_ref());
    match failed {
        PreflightFailed::CorsCheck { failed } => cors_failed(case, exchange, failed),
        PreflightFailed::Status { status } => say(TextId::PreflightFailedStatus, &[("status", status.to_string())]),
        PreflightFailed::NotTokens { header, line, start, end } => {
            let value = answer
                .and_then(|answer| answer.headers.as_slice().get(line))
                .and_then(|header| header.1.as_bytes().get(start..end));
            let slots = [("header", list_title(header).into()), ("value", shown(value.unwrap_or_default()))];
            say(TextId::PreflightFailedTokens, &slots)
        }
        PreflightFailed::Method { wildcard_ignored } => {
            let method = found.and_then(|exchange| joined(&exchange.request.headers, b"access-control-request-method"));
            let id = if wildcard_ignored { TextId::PreflightFailedMethodWildcard } else { TextId::PreflightFailedMethod };
            say(id, &[("method", shown(&method.unwrap_or_default()))])
        }
        PreflightFailed::Authorization { wildcard_ignored: true } => say(TextId::PreflightFailedAuthorizationWildcard, &[]),
        PreflightFailed::Authorization { wildcard_ignored: false } => say(TextId::PreflightFailedAuthorization, &[]),
        PreflightFailed::Header { wildcard_ignored, .. } => {
            let name = match (found, answer) {
                (Some(exchange), Some(answer)) => case.header_not_allowed(&exchange.request, answer),
                _ => b"",
            };
            let id = if wildcard_ignored { TextId::PreflightFailedHeaderWildcard } else { TextId::PreflightFailedHeader };
            say(id, &[("name", shown(name))])
        }
    }
}

/// The two lists of a preflight's answer, as they are usually written.
pub(super) const fn list_title(list: AllowList) -> &'static str {
    match list {
        AllowList::Methods => "Access-Control-Allow-Methods",
        AllowList::Headers => "Access-Control-Allow-Headers",
    }
}

/// A response that the page may not use without CORS.
pub(super) fn corp_failed(blocked: CorpBlocked, policy: EmbedderPolicy) -> Line {
    match blocked {
        CorpBlocked::SameOrigin => say(TextId::CorpFailedSameOrigin, &[]),
        CorpBlocked::SameSite => say(TextId::CorpFailedSameSite, &[]),
        CorpBlocked::EmbedderPolicy => say(TextId::CorpFailedEmbedder, &[("value", policy.as_str().into())]),
    }
}

const fn redirect(taint: RedirectTaint) -> TextId {
    match taint {
        RedirectTaint::SameOrigin => TextId::Redirect,
        RedirectTaint::SameSite | RedirectTaint::CrossSite => TextId::RedirectTainted,
    }
}

const fn filtered(response_type: ResponseType) -> TextId {
    match response_type {
        ResponseType::Basic => TextId::FilteredBasic,
        ResponseType::Cors => TextId::FilteredCors,
        ResponseType::Default => TextId::FilteredDefault,
        ResponseType::Error => TextId::FilteredError,
        ResponseType::Opaque => TextId::FilteredOpaque,
        ResponseType::OpaqueRedirect => TextId::FilteredOpaqueRedirect,
    }
}

const fn preload_differs(key: PreloadKey) -> TextId {
    match key {
        PreloadKey::Destination => TextId::PreloadDiffersDestination,
        PreloadKey::Mode => TextId::PreloadDiffersMode,
        PreloadKey::Credentials => TextId::PreloadDiffersCredentials,
        PreloadKey::Integrity => TextId::PreloadDiffersIntegrity,
        PreloadKey::Method => TextId::PreloadDiffersMethod,
        PreloadKey::Headers => TextId::PreloadDiffersHeaders,
        PreloadKey::Synchronous => TextId::PreloadDiffersSynchronous,
        PreloadKey::Keepalive => TextId::PreloadDiffersKeepalive,
        PreloadKey::Fragment => TextId::PreloadDiffersFragment,
        PreloadKey::CacheMode => TextId::PreloadDiffersCacheMode,
        PreloadKey::RedirectMode => TextId::PreloadDiffersRedirectMode,
    }
}

const fn not_checked_text(what: NotChecked) -> TextId {
    match what {
        NotChecked::Integrity => TextId::NotCheckedIntegrity,
        NotChecked::OpaqueResponseBlocking => TextId::NotCheckedOrb,
        NotChecked::LocalNetworkAccess => TextId::NotCheckedLna,
        NotChecked::WebSocketHandshake => TextId::NotCheckedWebSocket,
        NotChecked::Consumer => TextId::NotCheckedConsumer,
    }
}
