use super::*;
use crate::evaluate;

#[test]
fn a_server_that_says_nothing() {
    let scenario: Scenario = serde_json::from_str(
        r#"{ "page": { "url": "https://a.example/" }, "fetches": [
            { "call": { "api": "fetch", "url": "https://b.example/" }, "answers": [{ "status": 200, "headers": [] }] }] }"#,
    )
    .unwrap();
    let explanation = explain(&scenario, &evaluate(&scenario).unwrap());
    let verdict = &explanation.fetches[0].verdict;
    assert_eq!(verdict.sentence, "Blocked: https://b.example does not allow https://a.example to read its answer.");
    assert_eq!(
        verdict.remedy,
        "Let https://b.example send `Access-Control-Allow-Origin: https://a.example` (or `*`, if every page may read it) with \
         this answer."
    );
}
