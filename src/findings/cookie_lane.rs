//! A lane of cookies beside that of CORS: for each exchange which are sent, which are taken, and why not.

use serde::Serialize;

use super::catalogue::{COOKIE_IGNORED, COOKIE_SENT, COOKIE_STORED, not_sent, refusal};
use super::cookies::name_of;
use crate::evaluate::evaluate;
use crate::http::header_list::lines_named;
use crate::infra::bytes::ByteString;
use crate::profile::ProfileName;
use crate::report::FetchReport;
use crate::scenario::{Scenario, ScenarioError};
use crate::trace::{CookieRefusal, CookieVerdict, CredentialsReason, EventKind};

/// What becomes of cookies in one profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CookieLane {
    /// The profile.
    pub profile: ProfileName,
    /// Each request on the wire, in order.
    pub exchanges: Vec<CookieExchange>,
}

/// What becomes of cookies in one exchange.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CookieExchange {
    /// The index of the fetch.
    pub fetch: usize,
    /// The index of the exchange in the fetch's report.
    pub exchange: usize,
    /// Why credentials go along or not: where they do not, no cookie is sent and none is taken.
    #[cfg_attr(feature = "page", tsify(type = "CredentialsReason | null"))]
    pub credentials: Option<CredentialsReason>,
    /// The cookies that the browser has for the host, in the order in which they are sent.
    pub considered: Vec<CookieConsidered>,
    /// The `Set-Cookie` lines of the answer.
    pub set: Vec<CookieSet>,
}

/// A cookie that the browser has, and whether it goes along.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CookieConsidered {
    /// Its name.
    #[cfg_attr(feature = "page", tsify(type = "string"))]
    pub name: ByteString,
    /// Whether it goes along, or why not.
    pub verdict: CookieVerdict,
    /// The same in a sentence.
    pub sentence: &'static str,
}

/// A `Set-Cookie` line, and whether the browser takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CookieSet {
    /// The line of the answer.
    pub line: usize,
    /// The cookie's name.
    #[cfg_attr(feature = "page", tsify(type = "string"))]
    pub name: ByteString,
    /// What becomes of it.
    #[cfg_attr(feature = "page", tsify(type = "Taken"))]
    pub taken: Taken,
    /// The same in a sentence.
    pub sentence: &'static str,
}

/// What becomes of a `Set-Cookie` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum Taken {
    /// The browser takes it, whatever CORS says of the answer.
    Yes,
    /// It is refused.
    No {
        /// Why.
        reason: CookieRefusal,
    },
    /// It is not looked at: the request has no credentials.
    Ignored,
}

/// What becomes of the scenario's cookies in the standard and in each browser.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
///
/// # Example
/// ```
/// use corscope::findings::cookie_lanes;
/// use corscope::Scenario;
///
/// let scenario: Scenario = serde_json::from_str(r#"{
///     "page": { "url": "https://app.example/" },
///     "fetches": [{
///         "call": { "api": "fetch", "url": "https://api.example/", "init": { "credentials": "include" } },
///         "answers": [{ "status": 200, "headers": [["Set-Cookie", "a=1; SameSite=None; Secure"]] }]
///     }]
/// }"#).unwrap();
/// let lanes = cookie_lanes(&scenario).unwrap();
/// let said: Vec<_> = lanes.iter().map(|lane| lane.exchanges[0].set[0].sentence).collect();
/// // What CORS hides from script is taken all the same; but WebKitGTK takes no cookies of third parties.
/// assert!(said[0].starts_with("it is taken"));
/// assert!(said[3].starts_with("cookies of other sites"));
/// ```
pub fn cookie_lanes(scenario: &Scenario) -> Result<Vec<CookieLane>, ScenarioError> {
    let of_profile = |profile: ProfileName| {
        let mut scenario = scenario.clone();
        scenario.profile = profile;
        let report = evaluate(&scenario)?;
        let exchanges = report.fetches.iter().enumerate().flat_map(|(index, fetch)| lane(index, fetch)).collect();
        Ok(CookieLane { profile, exchanges })
    };
    ProfileName::ALL.into_iter().map(of_profile).collect()
}

/// The lane of one fetch, whose report has events.
pub(crate) fn lane(fetch: usize, report: &FetchReport) -> Vec<CookieExchange> {
    let mut all: Vec<CookieExchange> = Vec::new();
    let (mut credentials, mut considered) = (None, Vec::new());
    for event in &report.events {
        match &event.what {
            EventKind::Credentials { reason, .. } => {
                credentials = Some(*reason);
                considered.clear();
            }
            EventKind::Cookie { name, verdict } => {
                let sentence = not_sent(*verdict).map_or(COOKIE_SENT, |(reason, _)| reason);
                considered.push(CookieConsidered { name: name.clone(), verdict: *verdict, sentence });
            }
            EventKind::RequestSent { exchange } => all.push(CookieExchange {
                fetch,
                exchange: *exchange,
                credentials,
                considered: considered.clone(),
                set: Vec::new(),
            }),
            EventKind::AnswerReceived { exchange, .. } => {
                if let Some(last) = all.last_mut() {
                    last.set = set_lines(report, *exchange);
                }
            }
            // NB: the lines are looked at one after the other, from the first that nothing is known of yet.
            EventKind::CookieStored { .. } => next(&mut all, Taken::Yes, COOKIE_STORED),
            EventKind::CookieRefused { reason, .. } => next(&mut all, Taken::No { reason: *reason }, refusal(*reason).0),
            _ => {}
        }
    }
    all
}

/// The `Set-Cookie` lines of an answer, as if nobody looked at them.
fn set_lines(report: &FetchReport, exchange: usize) -> Vec<CookieSet> {
    let Some(response) = report.exchanges.get(exchange).and_then(|exchange| exchange.response.as_ref()) else {
        return Vec::new();
    };
    let headers = response.headers.as_slice();
    let line = |line: usize| {
        let name = name_of(headers.get(line)?.1.as_bytes()).into();
        Some(CookieSet { line, name, taken: Taken::Ignored, sentence: COOKIE_IGNORED })
    };
    lines_named(headers, b"set-cookie").filter_map(line).collect()
}

fn next(all: &mut [CookieExchange], taken: Taken, sentence: &'static str) {
    let lines = all.last_mut().map(|exchange| &mut exchange.set);
    if let Some(line) = lines.into_iter().flatten().find(|line| line.taken == Taken::Ignored) {
        (line.taken, line.sentence) = (taken, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_cookies() {
        let text = r#"{
            "page": { "url": "https://app.example/" },
            "state": { "cookies": [
                { "name": "n", "value": "1", "domain": "api.example", "hostOnly": true, "path": "/", "secure": true, "httpOnly": false, "sameSite": "none" },
                { "name": "l", "value": "1", "domain": "api.example", "hostOnly": true, "path": "/", "secure": true, "httpOnly": false, "sameSite": "lax" },
                { "name": "p", "value": "1", "domain": "api.example", "hostOnly": true, "path": "/x", "secure": true, "httpOnly": false, "sameSite": "none" }
            ] },
            "fetches": [{
                "call": { "api": "fetch", "url": "https://api.example/", "init": { "method": "PUT", "credentials": "include" } },
                "answers": [
                    { "status": 204, "headers": [["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"],
                        ["Access-Control-Allow-Methods", "PUT"], ["Set-Cookie", "x=1"]] },
                    { "status": 200, "headers": [["Set-Cookie", "a=1; SameSite=None; Secure"], ["Set-Cookie", "b=1"], ["Set-Cookie", "c=1; Secure; SameSite=None"]] }
                ]
            }, {
                "call": { "api": "fetch", "url": "https://api.example/", "init": { "credentials": "omit" } },
                "answers": [{ "status": 200, "headers": [["Set-Cookie", "d=1"]] }]
            }]
        }"#;
        let lanes = cookie_lanes(&serde_json::from_str(text).unwrap()).unwrap();
        let shown = |exchange: &CookieExchange| {
            let considered: Vec<String> =
                exchange.considered.iter().map(|cookie| format!("{} {:?}", cookie.name, cookie.verdict)).collect();
            let set: Vec<String> = exchange.set.iter().map(|set| format!("{} {} {:?}", set.line, set.name, set.taken)).collect();
            (exchange.fetch, exchange.exchange, exchange.credentials, considered.join(", "), set.join(", "))
        };
        let of = |lane: &CookieLane| lane.exchanges.iter().map(shown).collect::<Vec<_>>();
        use CredentialsReason::{Include, Omit, Preflight};
        let row = |fetch, exchange, credentials, considered: &str, set: &str| {
            (fetch, exchange, Some(credentials), considered.to_owned(), set.to_owned())
        };
        let third_party = "p Path, n Sent, l SameSiteLax";
        let same_site = "0 a Yes, 1 b No { reason: SameSite }, 2 c Yes";
        assert_eq!(
            of(&lanes[0]),
            [
                row(0, 0, Preflight, "", "3 x Ignored"),
                row(0, 1, Include, third_party, same_site),
                row(1, 0, Omit, "", "0 d Ignored"),
            ]
        );
        assert_eq!(of(&lanes[1]), of(&lanes[0]), "Chromium");
        for (lane, name) in lanes.iter().zip(["spec", "chromium", "firefox", "webkit"]) {
            assert_eq!((lane.profile.as_str(), lane.exchanges.len()), (name, 3));
        }
        assert!(of(&lanes[3])[1].4.starts_with("0 a No { reason: ThirdParty }"), "{:?}", of(&lanes[3]));
    }
}
