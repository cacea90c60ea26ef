//! What each browser makes of the same paste, beside the standard's answer.

use serde::Serialize;

use crate::NetworkErrorCode;
use crate::deviations::Deviation;
use crate::explain::console::NotModelled;
use crate::explain::{self, Verdict};
use crate::extent::Extent;
use crate::infra::bytes::ByteString;
use crate::network::Purpose;
use crate::paste::{self, Paste, Replay};
use crate::profile::{Profile, ProfileName, SPEC};
use crate::report::{AnswerSource, FetchReport, Outcome};
use crate::scenario::Scenario;

/// More fetches than anybody compares in one sitting.
const MOST_FETCHES: usize = 20;

/// What a browser makes of a fetch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BrowserView {
    /// Which one.
    pub profile: ProfileName,
    /// Its name, and the version that was measured.
    pub version: &'static str,
    /// How the fetch ends in it, and what to do.
    pub verdict: Verdict,
    /// Whether it ends otherwise than by the standard, or something else goes over the wire.
    pub differs: bool,
    /// In what the browser deviates here.
    pub because: Vec<DeviationView>,
    /// What its console prints, line by line.
    pub console: Vec<String>,
    /// The message of the exception that script catches, where one is known.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub exception: Option<String>,
    /// What its console prints besides, and is not modelled, in words.
    pub not_modelled: Vec<String>,
}

/// In what a browser deviates from the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct DeviationView {
    /// Its name in tables.
    pub name: &'static str,
    /// What is different.
    pub what: &'static str,
}

impl From<Deviation> for DeviationView {
    fn from(deviation: Deviation) -> Self {
        Self { name: deviation.name(), what: deviation.what() }
    }
}

/// The three browsers' answers to each fetch of a scenario whose answers the paste has; `replay` is that of the scenario's own
/// profile.
pub(super) fn browsers<E: Extent>(paste: &Paste, scenario: &Scenario, replay: &Replay) -> Vec<Vec<BrowserView>> {
    let mut views: Vec<Vec<BrowserView>> = vec![Vec::new(); scenario.fetches.len()];
    if views.len() > MOST_FETCHES {
        return views;
    }
    let own;
    let standard = if scenario.profile == ProfileName::Spec {
        replay
    } else {
        let Ok(replay) = paste::replay_to::<E>(paste, scenario.clone(), SPEC) else { return views };
        own = replay;
        &own
    };
    for name in ProfileName::BROWSERS {
        let profile = Profile::of(name);
        let Ok(replay) = paste::replay_to::<E>(paste, scenario.clone(), profile) else { continue };
        let explained = explain::explain_as::<E>(&replay.scenario, &replay.report);
        for (index, (view, explained)) in views.iter_mut().zip(explained).enumerate() {
            let shapes = |replay: &Replay| replay.report.fetches.get(index).map(Shape::of);
            let differs = shapes(&replay) != shapes(standard);
            let because = if E::WHOLE && differs { deciding(paste, scenario, profile, index) } else { Vec::new() };
            let console = explained.console.unwrap_or_default();
            let version = name.version().unwrap_or_default();
            view.push(BrowserView {
                profile: name,
                version,
                verdict: explained.verdict,
                differs,
                because,
                console: console.lines.into_iter().map(|line| line.text).collect(),
                exception: console.exception.map(|exception| exception.message),
                not_modelled: console.not_modelled.into_iter().map(NotModelled::text).collect(),
            });
        }
    }
    views
}

/// The deviations without which the fetch at `index` would go otherwise.
fn deciding(paste: &Paste, scenario: &Scenario, profile: Profile, index: usize) -> Vec<DeviationView> {
    let shape = |profile| {
        let replay = paste::replay_as(paste, scenario.clone(), profile).ok()?;
        replay.report.fetches.get(index).map(Shape::of)
    };
    let with_all = shape(profile);
    profile.deviations().filter(|deviation| shape(profile.without(*deviation)) != with_all).map(DeviationView::from).collect()
}

/// What of a fetch two browsers can have in common.
#[derive(Debug, PartialEq)]
struct Shape {
    ending: Ending,
    wire: Vec<(Purpose, ByteString, String)>,
}

#[derive(Debug, PartialEq)]
enum Ending {
    Response { readable: Vec<ByteString> },
    NetworkError(NetworkErrorCode),
    Threw,
    Open,
}

impl Shape {
    fn of(report: &FetchReport) -> Self {
        let ending = match &report.outcome {
            Outcome::Response(response) => {
                Ending::Response { readable: response.headers.iter().map(|header| header.0.clone()).collect() }
            }
            Outcome::NetworkError(error) => Ending::NetworkError(error.code),
            Outcome::Threw(_) => Ending::Threw,
            Outcome::NeedsAnswer(_) | Outcome::NotReached => Ending::Open,
        };
        let sent = report.exchanges.iter().filter(|exchange| exchange.source != AnswerSource::Cache);
        let wire = sent.map(|exchange| {
            let request = &exchange.request;
            (request.purpose, ByteString::clone(&request.method), request.url.clone())
        });
        Self { ending, wire: wire.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, inspect};
    use super::*;
    use crate::explain::VerdictKind;

    #[test]
    fn what_differs_is_said_with_its_reason() {
        let text = |allowed: &str| {
            format!(
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\n\
                Access-Control-Request-Headers: authorization\n\n\
                HTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: {allowed}\n\n\
                GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAuthorization: Bearer x\n\n\
                HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n"
            )
        };
        let browsers = |allowed: &str| {
            let mut inspection = inspect("https://app.example", &text(allowed), &Overrides::default());
            inspection.fetches.swap_remove(0).browsers
        };
        for (allowed, differs, because) in [
            ("*", true, vec![DeviationView::from(Deviation::AuthorizationUnderWildcard)]),
            ("authorization", false, vec![]),
            ("x-a", false, vec![]),
        ] {
            let views = browsers(allowed);
            assert_eq!(views.iter().map(|view| view.profile).collect::<Vec<_>>(), ProfileName::BROWSERS, "{allowed}");
            for view in views {
                assert_eq!((view.differs, &view.because), (differs, &because), "{allowed} {:?}", view.profile);
                let kind = if allowed == "x-a" { VerdictKind::Blocked } else { VerdictKind::Allowed };
                assert_eq!(view.verdict.kind, kind, "{allowed} {:?}", view.profile);
            }
        }
    }
}
