//! What not to do, though it is often advised.

use serde::Serialize;

use super::texts::LineText;
use super::words::say;
use crate::evaluate::{Tracing, evaluate_as};
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::profile::Profile;
use crate::report::{FailedCheck, Outcome};
use crate::scenario::{Call, Scenario, ScenarioError};

/// Something not to do, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Avoid {
    /// What it is.
    pub id: AvoidId,
    /// What not to do.
    pub what: String,
    /// Why not.
    pub why: String,
}

/// Something not to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "repair", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum AvoidId {
    /// The server sends back whichever origin asks.
    EchoAnyOrigin,
    /// The server allows the origin `null`.
    AllowNull,
    /// Mode no-cors.
    NoCors,
    /// A proxy that somebody else runs for everybody.
    PublicProxy,
    /// An extension of the browser, or a switch of its command line.
    Extension,
}

impl Avoid {
    fn of(id: AvoidId) -> Self {
        let (what, why) = match id {
            AvoidId::EchoAnyOrigin => (LineText::AvoidEchoWhat, LineText::AvoidEchoWhy),
            AvoidId::AllowNull => (LineText::AvoidNullWhat, LineText::AvoidNullWhy),
            AvoidId::NoCors => (LineText::AvoidNoCorsWhat, LineText::AvoidNoCorsWhy),
            AvoidId::PublicProxy => (LineText::AvoidProxyWhat, LineText::AvoidProxyWhy),
            AvoidId::Extension => (LineText::AvoidExtensionWhat, LineText::AvoidExtensionWhy),
        };
        Self { id, what: say(what, &[]), why: say(why, &[]) }
    }
}

/// What not to do about the fetch at `index`: only what somebody might be tempted to do in this case.
///
/// # Errors
/// A scenario that makes no sense, as in [`evaluate`](crate::evaluate).
pub fn what_not_to_do(scenario: &Scenario, index: usize) -> Result<Vec<Avoid>, ScenarioError> {
    let report = evaluate_as(scenario, Profile::of(scenario.profile), Tracing::Off)?;
    let (Some(fetch), Some(report)) = (scenario.fetches.get(index), report.fetches.get(index)) else { return Ok(Vec::new()) };
    let (Outcome::NetworkError(error), Some(request)) = (&report.outcome, &report.request) else { return Ok(Vec::new()) };
    let is_cors = matches!(error.failed, Some(FailedCheck::CorsCheck { .. } | FailedCheck::Preflight { .. }));
    if !is_cors || request.mode != RequestMode::Cors {
        return Ok(Vec::new());
    }
    let exchange = error.exchange.and_then(|exchange| report.exchanges.get(exchange));
    let sent_null = exchange.and_then(|exchange| exchange.request.headers.get(b"origin")).is_some_and(|origin| origin == b"null");
    let is_origin = exchange.is_some_and(|exchange| {
        !matches!(error.failed, Some(FailedCheck::Preflight { failed, .. }) if failed.step() != "7")
            && exchange.response.is_some()
    });
    let chosen = [
        (AvoidId::EchoAnyOrigin, is_origin && request.credentials == CredentialsMode::Include && !sent_null),
        (AvoidId::AllowNull, sent_null),
        (AvoidId::NoCors, matches!(fetch.call, Call::Fetch { .. })),
        (AvoidId::PublicProxy, true),
        (AvoidId::Extension, true),
    ];
    Ok(chosen.into_iter().filter(|(_, fits)| *fits).map(|(id, _)| Avoid::of(id)).collect())
}
