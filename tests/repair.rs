//! What holds for the repairs of every scenario, whatever is in it.
//!
//! `PROPTEST_CASES=20000 cargo test --test repair` tries more of them.

#[allow(dead_code, reason = "the other properties use more of it")]
#[path = "properties/arbitrary.rs"]
mod arbitrary;

use corscope::modes::{ResponseType, Tainting};
use corscope::repair::{Change, Repair, repairs, what_not_to_do};
use corscope::{Answer, FetchReport, Outcome, Scenario, evaluate};
use proptest::prelude::*;
use serde_json::json;

proptest! {
    // NB: a search evaluates a scenario up to some hundred times.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_repair_works_and_lets_nobody_else_read(scenario in arbitrary::scenarios()) {
        let Ok(report) = evaluate(&scenario) else {
            prop_assert!(repairs(&scenario, 0).is_err() && what_not_to_do(&scenario, 0).is_err());
            return Ok(());
        };
        for (index, before) in report.fetches.iter().enumerate() {
            prop_assert!(what_not_to_do(&scenario, index).is_ok());
            let found = repairs(&scenario, index).unwrap();
            if matches!(before.outcome, Outcome::NeedsAnswer(_) | Outcome::NotReached) {
                prop_assert_eq!(&found, &Vec::new());
            }
            for repair in &found {
                let mut repaired = scenario.clone();
                repair.apply(&mut repaired).unwrap();
                let after = evaluate(&repaired).unwrap().fetches.swap_remove(index);
                prop_assert!(matches!(after.outcome, Outcome::Response(_)), "{:#?}\n{:#?}", repair, after.outcome);
                nobody_else_reads(&scenario, &repaired, index, &after, repair)?;
            }
        }
    }
}

/// Gives the answers of a repaired fetch to the same call of pages of other origins.
fn nobody_else_reads(
    scenario: &Scenario,
    repaired: &Scenario,
    index: usize,
    after: &FetchReport,
    repair: &Repair,
) -> Result<(), TestCaseError> {
    let Some(request) = &after.request else { return Ok(()) };
    let sets_origin =
        |change: &Change| matches!(change, Change::SetHeader { name, .. } if *name == b"Access-Control-Allow-Origin");
    for (url, origin) in [("https://evil.example/", None), ("https://evil.example/", Some("null"))] {
        let mut text = serde_json::to_value(&repaired.fetches[index]).unwrap();
        text["call"]["url"] = json!(request.url);
        text["at"] = json!(0);
        // NB: a service worker is the page's own.
        text["serviceWorker"] = json!(null);
        // NB: all else about the page stays, so that the same requests go out.
        let mut page = serde_json::to_value(&repaired.page).unwrap();
        (page["url"], page["baseUrl"], page["origin"]) = (json!(url), json!(null), json!(origin));
        let other = json!({ "profile": repaired.profile, "page": page, "fetches": [text] });
        let Ok(other) = serde_json::from_value::<Scenario>(other) else { continue };
        let Ok(report) = evaluate(&other) else { continue };
        let Outcome::Response(response) = &report.fetches[0].outcome else { continue };
        if response.tainting != Tainting::Cors || response.response_type != ResponseType::Cors {
            continue;
        }
        let sent = origin.unwrap_or("https://evil.example").as_bytes();
        let allows = |answer: &Answer| match answer {
            Answer::Response(response) => response.headers.iter().any(|header| {
                header.0.as_bytes().eq_ignore_ascii_case(b"access-control-allow-origin")
                    && (header.1 == b"*" || header.1.as_bytes() == sent)
            }),
            Answer::Failure(_) => false,
        };
        let allowed_before = scenario.fetches[index].answers.iter().any(allows);
        prop_assert!(allowed_before && !repair.changes.iter().any(sets_origin), "{:?} {:#?}", origin, repair);
    }
    Ok(())
}
