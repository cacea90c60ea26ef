//! A line for each event, for each reason for a preflight, and for each thing that is not checked.

use super::case::Case;
use super::catalogue::{LineId, Slot, TextId};
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
    CookieRefusal, CookieVerdict, CredentialsReason, DocumentResource, DropReason, Event, EventKind, MainFetchBranch, NotChecked,
    OriginReason, PreflightReason, PreloadKey, RedirectTaint, StoredResponseUse, Upgrade,
};

/// A text, and what it says here.
pub(super) type Line = (LineId, String);

/// The line for `id` with these values in its slots.
fn say(id: LineId, slots: &[Slot]) -> Line {
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
        let (id, sentence) = say(LineId::CallThrew, &[("sentence", super::verdict::verdict(case).sentence)]);
        lines.push(StepLine {
            id,
            sentence,
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
                        | EventKind::ResourceReused { .. }
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
        | EventKind::PreloadNotMatched { .. }
        | EventKind::ResourceReused { .. } => StepStatus::Info,
    }
}

/// What an event says.
fn line(case: &Case, event: &Event) -> Line {
    match &event.what {
        EventKind::HeaderDropped { name, reason, .. } => say(dropped(*reason), &[("name", shown(name.as_bytes()))]),
        EventKind::HeaderEditThrew { edit, check } => {
            let (id, slots) = because(case, check, Some(*edit));
            say(LineId::HeaderEditThrew, &[("number", (edit + 1).to_string()), ("because", id.say(&slots))])
        }
        EventKind::MethodNormalized { from, to } => {
            say(LineId::MethodNormalized, &[("from", shown(from.as_bytes())), ("to", shown(to.as_bytes()))])
        }
        EventKind::ContentTypeImplied { value } => say(LineId::ContentTypeImplied, &[("value", shown(value.as_bytes()))]),
        EventKind::Upgraded { by, url } => say(upgraded(*by), &[("url", shown_text(url))]),
        EventKind::Branch { branch, .. } => say(branch_text(*branch), &[]),
        EventKind::PreflightRequired { reasons } => {
            let reasons: Vec<String> = reasons.iter().map(reason).collect();
            say(LineId::PreflightRequired, &[("reasons", reasons.join(" "))])
        }
        EventKind::PreflightCacheHit => say(LineId::PreflightCacheHit, &[]),
        EventKind::PreflightCacheMiss { method, header_names } => {
            let sent = case.method(event.hop);
            let names: Vec<String> =
                header_names.iter().map(|name| TextId::Name.say(&[("name", shown(name.as_bytes()))])).collect();
            let id = match (*method, header_names.is_empty()) {
                (true, true) => LineId::PreflightCacheMissMethod,
                (true, false) => LineId::PreflightCacheMissBoth,
                (false, false) => LineId::PreflightCacheMissHeaders,
                (false, true) => LineId::PreflightCacheMiss,
            };
            say(id, &[("method", shown(&sent)), ("names", names.join(&TextId::Comma.say(&[])))])
        }
        EventKind::PreflightCached { max_age, entries } => {
            say(LineId::PreflightCached, &[("seconds", max_age.to_string()), ("count", entries.to_string())])
        }
        EventKind::PreflightCacheCleared { entries } => say(LineId::PreflightCacheCleared, &[("count", entries.to_string())]),
        EventKind::RequestSent { exchange } => request_sent(case.report.exchanges.get(*exchange)),
        EventKind::AnswerReceived { status, .. } => say(LineId::AnswerReceived, &[("status", status.to_string())]),
        EventKind::InterimAnswer { status } => say(LineId::InterimAnswer, &[("status", status.to_string())]),
        EventKind::Credentials { reason, .. } => say(credentials(*reason), &[]),
        EventKind::OriginHeader { value, reason } => {
            let sent = value.as_ref().map_or(&b""[..], |value| value.as_bytes());
            say(origin_header(*reason), &[("value", shown(sent))])
        }
        EventKind::Cookie { name, verdict } => say(cookie(*verdict), &[("name", shown(name.as_bytes()))]),
        EventKind::CookieStored { name } => say(LineId::CookieStored, &[("name", shown(name.as_bytes()))]),
        EventKind::CookieRefused { line, reason } => say(cookie_refused(*reason), &[("number", (line + 1).to_string())]),
        EventKind::StoredResponse { used, stored_by } => {
            let by = |fetch: usize| TextId::StoredByFetch.say(&[("number", (fetch + 1).to_string())]);
            say(stored(*used), &[("by", stored_by.map_or_else(String::new, by))])
        }
        EventKind::ResponseStored => say(LineId::ResponseStored, &[]),
        EventKind::ServiceWorkerAnswered => say(LineId::ServiceWorkerAnswered, &[]),
        EventKind::CorsCheckPassed { exchange, passed } => cors_passed(case, *exchange, *passed),
        EventKind::CorsCheckFailed { exchange, failed } => cors_failed(case, *exchange, *failed),
        EventKind::PreflightPassed { .. } => say(LineId::PreflightPassed, &[]),
        EventKind::PreflightFailed { exchange, failed } => preflight_failed(case, *exchange, *failed),
        EventKind::CorpCheck { blocked: Some(blocked), embedder_policy } => corp_failed(*blocked, *embedder_policy),
        EventKind::CorpCheck { blocked: None, .. } => say(LineId::CorpPassed, &[]),
        EventKind::TimingHidden => say(LineId::TimingHidden, &[]),
        EventKind::Redirect { status, location, taint } => {
            say(redirect(*taint), &[("status", status.to_string()), ("location", shown_text(location))])
        }
        EventKind::RedirectWithoutLocation => say(LineId::RedirectWithoutLocation, &[]),
        EventKind::MethodBecameGet => say(LineId::MethodBecameGet, &[]),
        EventKind::HeaderRemoved { name } => {
            let with_body = is_request_body_header_name(name.as_bytes());
            let id = if with_body { LineId::HeaderRemovedWithBody } else { LineId::HeaderRemoved };
            say(id, &[("name", shown(name.as_bytes()))])
        }
        EventKind::ReferrerPolicyChanged { policy } => say(LineId::ReferrerPolicyChanged, &[("value", policy.as_str().into())]),
        EventKind::ExposeHeaders { unparsable: true, .. } => say(LineId::ExposeUnparsable, &[]),
        EventKind::ExposeHeaders { names: None, .. } => say(LineId::ExposeNone, &[]),
        EventKind::ExposeHeaders { names: Some(names), .. } => say(LineId::ExposeNames, &[("count", names.to_string())]),
        EventKind::Filtered { response_type } => say(filtered(*response_type), &[]),
        EventKind::WouldPrompt => say(LineId::WouldPrompt, &[]),
        EventKind::Retried => say(LineId::Retried, &[]),
        EventKind::NotChecked { what } => say(not_checked_text(*what), &[]),
        EventKind::PreloadConsumed { preload } => say(LineId::PreloadConsumed, &[("number", (preload + 1).to_string())]),
        EventKind::PreloadNotMatched { preload, differs } => {
            say(preload_differs(*differs), &[("number", (preload + 1).to_string())])
        }
        EventKind::ResourceReused { fetch, what } => say(reused(*what), &[("number", (fetch + 1).to_string())]),
        EventKind::NetworkError => {
            let code = match &case.report.outcome {
                Outcome::NetworkError(error) => error.code.as_str(),
                _ => "",
            };
            say(LineId::NetworkError, &[("code", code.into())])
        }
    }
}

const fn reused(what: DocumentResource) -> LineId {
    match what {
        DocumentResource::Image => LineId::ImageReused,
        DocumentResource::Module => LineId::ModuleReused,
        DocumentResource::StyleSheet => LineId::StyleSheetReused,
        DocumentResource::Response => LineId::ResponseReused,
    }
}

const fn dropped(reason: DropReason) -> LineId {
    match reason {
        DropReason::Forbidden => LineId::DroppedForbidden,
        DropReason::NoCors => LineId::DroppedNoCors,
        DropReason::Privileged => LineId::DroppedPrivileged,
    }
}

const fn upgraded(by: Upgrade) -> LineId {
    match by {
        Upgrade::UpgradeInsecureRequests => LineId::UpgradedByPolicy,
        Upgrade::MixedContent => LineId::UpgradedMixedContent,
        Upgrade::Hsts => LineId::UpgradedHsts,
    }
}

const fn branch_text(branch: MainFetchBranch) -> LineId {
    match branch {
        MainFetchBranch::SameOrigin => LineId::BranchSameOrigin,
        MainFetchBranch::Data => LineId::BranchData,
        MainFetchBranch::Navigate => LineId::BranchNavigate,
        MainFetchBranch::SameOriginMode => LineId::BranchSameOriginMode,
        MainFetchBranch::NoCors => LineId::BranchNoCors,
        MainFetchBranch::SchemeNotHttp => LineId::BranchSchemeNotHttp,
        MainFetchBranch::CorsWithPreflight => LineId::BranchCorsWithPreflight,
        MainFetchBranch::Cors => LineId::BranchCors,
    }
}

/// One reason that alone would call for a preflight.
fn reason(reason: &PreflightReason) -> String {
    match reason {
        PreflightReason::Method { method } => LineId::ReasonMethod.say(&[("method", shown(method.as_bytes()))]),
        PreflightReason::Header { name, value, unsafe_because, .. } => {
            unsafe_header(name.as_bytes(), value.as_bytes(), *unsafe_because)
        }
        PreflightReason::UploadListener => LineId::ReasonUploadListener.say(&[]),
        PreflightReason::StreamBody => LineId::ReasonStreamBody.say(&[]),
        PreflightReason::PreflightBefore => LineId::ReasonPreflightBefore.say(&[]),
    }
}

fn unsafe_header(name: &[u8], value: &[u8], because: UnsafeHeader) -> String {
    let mut slots = vec![("name", shown(name)), ("value", shown(value))];
    let id = match because {
        UnsafeHeader::Name => LineId::ReasonHeaderName,
        UnsafeHeader::TooLong { length } => {
            slots.push(("length", length.to_string()));
            LineId::ReasonHeaderTooLong
        }
        UnsafeHeader::Byte { at, byte } => {
            slots.push(("byte", TextId::Byte.say(&[("value", shown(&[byte]))])));
            slots.push(("number", (at + 1).to_string()));
            LineId::ReasonHeaderByte
        }
        UnsafeHeader::NotMimeType => LineId::ReasonNotMimeType,
        UnsafeHeader::MimeType => LineId::ReasonMimeType,
        UnsafeHeader::NotRange => LineId::ReasonNotRange,
        UnsafeHeader::RangeWithoutStart => LineId::ReasonRangeWithoutStart,
        UnsafeHeader::NotClientHint => LineId::ReasonNotClientHint,
        UnsafeHeader::TotalTooLong { total } => {
            slots.push(("length", total.to_string()));
            LineId::ReasonTotalTooLong
        }
    };
    id.say(&slots)
}

fn request_sent(exchange: Option<&Exchange>) -> Line {
    let Some(Exchange { request, .. }) = exchange else {
        return say(LineId::RequestSent, &[("method", String::new()), ("url", String::new())]);
    };
    let id = match request.purpose {
        Purpose::Preflight => LineId::PreflightSent,
        Purpose::Actual => LineId::RequestSent,
    };
    say(id, &[("method", shown(request.method.as_bytes())), ("url", shown_text(&request.url))])
}

const fn credentials(reason: CredentialsReason) -> LineId {
    match reason {
        CredentialsReason::Include => LineId::CredentialsInclude,
        CredentialsReason::SameOrigin => LineId::CredentialsSameOrigin,
        CredentialsReason::SameOriginFirst => LineId::CredentialsSameOriginFirst,
        CredentialsReason::CrossOrigin => LineId::CredentialsCrossOrigin,
        CredentialsReason::RedirectedBeacon => LineId::CredentialsRedirectedBeacon,
        CredentialsReason::Omit => LineId::CredentialsOmit,
        CredentialsReason::Preflight => LineId::CredentialsPreflight,
        CredentialsReason::Credentialless => LineId::CredentialsCredentialless,
    }
}

const fn origin_header(reason: OriginReason) -> LineId {
    match reason {
        OriginReason::Cors => LineId::OriginCors,
        OriginReason::WebSocket => LineId::OriginWebSocket,
        OriginReason::Method => LineId::OriginMethod,
        OriginReason::ReferrerPolicy => LineId::OriginReferrerPolicy,
        OriginReason::Element => LineId::OriginElement,
        OriginReason::Redirected => LineId::OriginRedirected,
        OriginReason::StorageAccess => LineId::OriginStorageAccess,
        OriginReason::NotNeeded => LineId::OriginNone,
    }
}

const fn cookie(verdict: CookieVerdict) -> LineId {
    match verdict {
        CookieVerdict::Sent => LineId::CookieSent,
        CookieVerdict::SameSiteStrict => LineId::CookieSameSiteStrict,
        CookieVerdict::SameSiteLax => LineId::CookieSameSiteLax,
        CookieVerdict::SameSiteDefault => LineId::CookieSameSiteDefault,
        CookieVerdict::Partition => LineId::CookiePartition,
        CookieVerdict::ThirdParty => LineId::CookieThirdParty,
        CookieVerdict::Secure => LineId::CookieSecure,
        CookieVerdict::Path => LineId::CookiePath,
        CookieVerdict::Expired => LineId::CookieExpired,
    }
}

const fn cookie_refused(reason: CookieRefusal) -> LineId {
    match reason {
        CookieRefusal::Syntax => LineId::CookieRefusedSyntax,
        CookieRefusal::Domain => LineId::CookieRefusedDomain,
        CookieRefusal::ThirdParty => LineId::CookieRefusedThirdParty,
        CookieRefusal::Secure => LineId::CookieRefusedSecure,
        CookieRefusal::HidesSecure => LineId::CookieRefusedHidesSecure,
        CookieRefusal::SameSite => LineId::CookieRefusedSameSite,
        CookieRefusal::NoneWithoutSecure => LineId::CookieRefusedNone,
        CookieRefusal::Prefix => LineId::CookieRefusedPrefix,
    }
}

const fn stored(used: StoredResponseUse) -> LineId {
    match used {
        StoredResponseUse::Used => LineId::StoredUsed,
        StoredResponseUse::UsedStale => LineId::StoredUsedStale,
        StoredResponseUse::Revalidating => LineId::StoredRevalidating,
        StoredResponseUse::Validated => LineId::StoredValidated,
        StoredResponseUse::VaryMismatch => LineId::StoredVaryMismatch,
    }
}

fn cors_passed(case: &Case, exchange: usize, passed: CorsPassed) -> Line {
    let null = case.report.exchanges.get(exchange).is_some_and(|exchange| case.origin_sent(&exchange.request) == b"null");
    let id = match passed {
        CorsPassed::Wildcard => LineId::CorsPassedWildcard,
        CorsPassed::Origin if null => LineId::CorsPassedOriginNull,
        CorsPassed::Origin => LineId::CorsPassedOrigin,
        CorsPassed::OriginWithCredentials => LineId::CorsPassedCredentials,
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
        CorsFailed::AllowOriginMissing => say(LineId::CorsFailedMissing, &[]),
        CorsFailed::WildcardWithCredentials { .. } => say(LineId::CorsFailedWildcard, &[]),
        CorsFailed::OriginMismatch { .. } => {
            let origin = exchange.map_or_else(Vec::new, |exchange| case.origin_sent(&exchange.request));
            say(LineId::CorsFailedMismatch, &[("value", value(b"access-control-allow-origin")), ("origin", shown(&origin))])
        }
        CorsFailed::AllowCredentialsMissing => say(LineId::CorsFailedCredentialsMissing, &[]),
        CorsFailed::AllowCredentialsNotTrue { .. } => {
            say(LineId::CorsFailedCredentialsNotTrue, &[("value", value(b"access-control-allow-credentials"))])
        }
    }
}

/// An answer to a preflight that does not let the request go out.
pub(super) fn preflight_failed(case: &Case, exchange: usize, failed: PreflightFailed) -> Line {
    let found = case.report.exchanges.get(exchange);
    let answer = found.and_then(|exchange| exchange.response.as_ref());
    match failed {
        PreflightFailed::CorsCheck { failed } => cors_failed(case, exchange, failed),
        PreflightFailed::Status { status } => say(LineId::PreflightFailedStatus, &[("status", status.to_string())]),
        PreflightFailed::NotTokens { header, line, start, end } => {
            let value = answer
                .and_then(|answer| answer.headers.as_slice().get(line))
                .and_then(|header| header.1.as_bytes().get(start..end));
            let slots = [("header", list_title(header).into()), ("value", shown(value.unwrap_or_default()))];
            say(LineId::PreflightFailedTokens, &slots)
        }
        PreflightFailed::Method { wildcard_ignored } => {
            let method = found.and_then(|exchange| joined(&exchange.request.headers, b"access-control-request-method"));
            let id = if wildcard_ignored { LineId::PreflightFailedMethodWildcard } else { LineId::PreflightFailedMethod };
            say(id, &[("method", shown(&method.unwrap_or_default()))])
        }
        PreflightFailed::Authorization { wildcard_ignored: true } => say(LineId::PreflightFailedAuthorizationWildcard, &[]),
        PreflightFailed::Authorization { wildcard_ignored: false } => say(LineId::PreflightFailedAuthorization, &[]),
        PreflightFailed::Header { wildcard_ignored, .. } => {
            let name = match (found, answer) {
                (Some(exchange), Some(answer)) => case.header_not_allowed(&exchange.request, answer),
                _ => b"",
            };
            let id = if wildcard_ignored { LineId::PreflightFailedHeaderWildcard } else { LineId::PreflightFailedHeader };
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
        CorpBlocked::SameOrigin => say(LineId::CorpFailedSameOrigin, &[]),
        CorpBlocked::SameSite => say(LineId::CorpFailedSameSite, &[]),
        CorpBlocked::EmbedderPolicy => say(LineId::CorpFailedEmbedder, &[("value", policy.as_str().into())]),
    }
}

const fn redirect(taint: RedirectTaint) -> LineId {
    match taint {
        RedirectTaint::SameOrigin => LineId::Redirect,
        RedirectTaint::SameSite | RedirectTaint::CrossSite => LineId::RedirectTainted,
    }
}

const fn filtered(response_type: ResponseType) -> LineId {
    match response_type {
        ResponseType::Basic => LineId::FilteredBasic,
        ResponseType::Cors => LineId::FilteredCors,
        ResponseType::Default => LineId::FilteredDefault,
        ResponseType::Error => LineId::FilteredError,
        ResponseType::Opaque => LineId::FilteredOpaque,
        ResponseType::OpaqueRedirect => LineId::FilteredOpaqueRedirect,
    }
}

const fn preload_differs(key: PreloadKey) -> LineId {
    match key {
        PreloadKey::Destination => LineId::PreloadDiffersDestination,
        PreloadKey::Mode => LineId::PreloadDiffersMode,
        PreloadKey::Credentials => LineId::PreloadDiffersCredentials,
        PreloadKey::Integrity => LineId::PreloadDiffersIntegrity,
        PreloadKey::Method => LineId::PreloadDiffersMethod,
        PreloadKey::Headers => LineId::PreloadDiffersHeaders,
        PreloadKey::Synchronous => LineId::PreloadDiffersSynchronous,
        PreloadKey::Keepalive => LineId::PreloadDiffersKeepalive,
        PreloadKey::Fragment => LineId::PreloadDiffersFragment,
        PreloadKey::CacheMode => LineId::PreloadDiffersCacheMode,
        PreloadKey::RedirectMode => LineId::PreloadDiffersRedirectMode,
        PreloadKey::Vary => LineId::PreloadDiffersVary,
    }
}

const fn not_checked_text(what: NotChecked) -> LineId {
    match what {
        NotChecked::Integrity => LineId::NotCheckedIntegrity,
        NotChecked::OpaqueResponseBlocking => LineId::NotCheckedOrb,
        NotChecked::LocalNetworkAccess => LineId::NotCheckedLna,
        NotChecked::WebSocketHandshake => LineId::NotCheckedWebSocket,
        NotChecked::Consumer => LineId::NotCheckedConsumer,
    }
}
