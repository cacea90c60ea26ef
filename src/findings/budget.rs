//! How many preflights a list of planned calls costs, in the standard and in each browser.

use serde::Serialize;

use crate::evaluate::Browser;
use crate::network::WireResponse;
use crate::network::{Answer, Purpose};
use crate::policy::{PREFLIGHT_STATUS, Policy, PolicyRequest};
use crate::profile::{Profile, ProfileName};
use crate::report::{FetchReport, Outcome};
use crate::scenario::{Fetch, Page, ScenarioError};

/// What a list of calls costs in one profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PreflightBudget {
    /// The profile.
    pub profile: ProfileName,
    /// How many preflights are sent.
    pub preflights: usize,
    /// One for each call.
    pub calls: Vec<CallCost>,
}

/// What one call costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum CallCost {
    /// It needs no preflight.
    Simple,
    /// It needs one, and the browser remembers an answer that allows it.
    Remembered,
    /// It needs one, which is sent first.
    Preflight,
    /// The server's policy does not let it through.
    Blocked,
    /// It never gets to the network.
    NotSent,
}

/// How many answers one call takes at the most: its preflight's and its own.
const ANSWERS: usize = 4;

/// How many preflights the calls of `page` cost, made one after the other at the times that they say, if the server follows `policy`.
/// The answers that the fetches have already do not count.
///
/// # Errors
/// A page or a fetch that makes no sense; the error names the place.
///
/// # Example
/// ```
/// use corscope::findings::preflight_budget;
/// use corscope::policy::{AllowedOrigins, Policy};
/// use corscope::{Call, Fetch, Page, RequestInit};
///
/// let put = |at: f64| {
///     let init = RequestInit { method: Some("PUT".into()), ..RequestInit::default() };
///     let mut fetch = Fetch::new(Call::fetch("https://api.example/1", init));
///     fetch.at = at;
///     fetch
/// };
/// let policy: Policy = serde_json::from_str(r#"{ "origins": { "list": ["https://app.example"] }, "methods": ["PUT"], "maxAge": 7200 }"#).unwrap();
/// let calls = [put(0.0), put(60.0), put(1_000.0)];
/// let budgets = preflight_budget(&Page::new("https://app.example/"), &calls, &policy).unwrap();
/// let counts: Vec<_> = budgets.iter().map(|budget| (budget.profile.as_str(), budget.preflights)).collect();
/// assert_eq!(counts, [("spec", 1), ("chromium", 1), ("firefox", 1), ("webkit", 2)]);
/// ```
pub fn preflight_budget(page: &Page, calls: &[Fetch], policy: &Policy) -> Result<Vec<PreflightBudget>, ScenarioError> {
    let of_profile = |profile: ProfileName| {
        let mut browser = Browser::new().with_profile(Profile::of(profile));
        let calls = calls.iter().map(|call| cost(&mut browser, page, call, policy)).collect::<Result<Vec<_>, _>>()?;
        let preflights = calls.iter().map(|(_, preflights)| preflights).sum();
        Ok(PreflightBudget { profile, preflights, calls: calls.into_iter().map(|(cost, _)| cost).collect() })
    };
    ProfileName::ALL.into_iter().map(of_profile).collect()
}

/// What a call costs, and how many preflights it sends.
fn cost(browser: &mut Browser, page: &Page, call: &Fetch, policy: &Policy) -> Result<(CallCost, usize), ScenarioError> {
    let mut call = call.clone();
    call.answers.clear();
    for _ in 0..ANSWERS {
        let report = browser.fetch(page, &call)?;
        let Outcome::NeedsAnswer(needs) = &report.outcome else { return Ok(counted(&report)) };
        let request = PolicyRequest::of(&needs.request);
        let status = if request.is_preflight() { PREFLIGHT_STATUS } else { 200 };
        let headers = policy.answer(&request);
        call.answers.push(Answer::Response(WireResponse { status, headers: headers.into(), ..WireResponse::default() }));
    }
    // NB: a policy answers with no redirect and no login, so there is nothing more to ask.
    Ok((CallCost::Blocked, 0))
}

fn counted(report: &FetchReport) -> (CallCost, usize) {
    let sent = report.exchanges.iter().filter(|exchange| exchange.request.purpose == Purpose::Preflight).count();
    let needs = report.request.as_ref().is_some_and(|request| !request.preflight_reasons.is_empty() && !request.same_origin);
    let cost = match &report.outcome {
        _ if report.exchanges.is_empty() => CallCost::NotSent,
        Outcome::Response(_) if sent > 0 => CallCost::Preflight,
        Outcome::Response(_) if needs => CallCost::Remembered,
        Outcome::Response(_) => CallCost::Simple,
        _ => CallCost::Blocked,
    };
    (cost, sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Call, RequestInit};

    fn call(at: f64, url: &str, method: &str, header: Option<&str>) -> Fetch {
        let headers = header.map(|name| vec![(name.to_owned(), "1".to_owned())]);
        let init = RequestInit { method: Some(method.into()), headers, ..RequestInit::default() };
        let mut fetch = Fetch::new(Call::fetch(url, init));
        fetch.at = at;
        fetch
    }

    #[test]
    fn what_calls_cost() {
        const A: &str = "https://api.example/a";
        const B: &str = "https://api.example/b";
        // max-age, calls, how many preflights the standard, Chromium, Firefox and WebKit send
        type Row<'a> = (Option<u32>, &'a [(f64, &'a str, &'a str, Option<&'a str>)], [usize; 4]);
        let rows: &[Row] = &[
            (None, &[(0.0, A, "GET", None), (1.0, A, "POST", None)], [0; 4]),
            // Without a max-age: five seconds.
            (None, &[(0.0, A, "PUT", None), (4.0, A, "PUT", None), (6.0, A, "PUT", None)], [2; 4]),
            (Some(0), &[(0.0, A, "PUT", None), (1.0, A, "PUT", None)], [2; 4]),
            // Each URL for itself.
            (Some(600), &[(0.0, A, "PUT", None), (1.0, B, "PUT", None), (2.0, A, "PUT", None)], [2; 4]),
            // Another header is allowed by the same answer.
            (Some(600), &[(0.0, A, "GET", Some("X-A")), (1.0, A, "GET", Some("X-B"))], [1; 4]),
            // The limits: ten minutes in WebKit, two hours in Chromium, a day in Firefox.
            (Some(100_000), &[(0.0, A, "PUT", None), (601.0, A, "PUT", None)], [1, 1, 1, 2]),
            (Some(100_000), &[(0.0, A, "PUT", None), (7_201.0, A, "PUT", None)], [1, 2, 1, 2]),
            (Some(100_000), &[(0.0, A, "PUT", None), (86_401.0, A, "PUT", None)], [2; 4]),
        ];
        for (max_age, calls, expected) in rows {
            let policy: Policy = serde_json::from_value(serde_json::json!({
                "origins": { "list": ["https://app.example"] }, "methods": ["PUT"], "requestHeaders": ["X-A", "X-B"], "maxAge": max_age
            }))
            .unwrap();
            let calls: Vec<Fetch> = calls.iter().map(|(at, url, method, header)| call(*at, url, method, *header)).collect();
            let found = preflight_budget(&Page::new("https://app.example/"), &calls, &policy).unwrap();
            assert_eq!(found.iter().map(|budget| budget.preflights).collect::<Vec<_>>(), expected, "{max_age:?} {calls:?}");
            assert_eq!(found.iter().map(|budget| budget.profile).collect::<Vec<_>>(), ProfileName::ALL);
        }
    }

    #[test]
    fn what_one_call_costs() {
        let policy: Policy = serde_json::from_value(
            serde_json::json!({ "origins": { "list": ["https://app.example"] }, "methods": ["PUT"], "maxAge": 60 }),
        )
        .unwrap();
        let calls = [
            call(0.0, "https://api.example/", "GET", None),
            call(0.0, "https://api.example/", "PUT", None),
            call(1.0, "https://api.example/", "PUT", None),
            call(2.0, "https://api.example/", "DELETE", None),
            call(3.0, "https://app.example/", "DELETE", None),
            call(4.0, "https://api.example:22/", "GET", None),
        ];
        let found = preflight_budget(&Page::new("https://app.example/"), &calls, &policy).unwrap();
        for budget in found {
            let expected = [
                CallCost::Simple,
                CallCost::Preflight,
                CallCost::Remembered,
                CallCost::Blocked,
                CallCost::Simple,
                CallCost::NotSent,
            ];
            assert_eq!(budget.calls, expected, "{:?}", budget.profile);
            assert_eq!(budget.preflights, 2, "{:?}", budget.profile);
        }
    }
}
