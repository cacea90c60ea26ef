//! The JavaScript surface inside a JavaScript engine: `npm run test:wasm` runs this in Node and in headless Chromium.
#![cfg(all(test, target_arch = "wasm32"))]

use corscope::Scenario;
use corscope::wasm::{Browser, evaluate, explain, minimal_policy, repaired, repairs, what_not_to_do};
use js_sys::{Function, JSON, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const VECTORS: [&str; 10] = [
    include_str!("../../vectors/2.1-classification.json"),
    include_str!("../../vectors/2.2-origin.json"),
    include_str!("../../vectors/2.3-cors-check.json"),
    include_str!("../../vectors/2.4-preflight.json"),
    include_str!("../../vectors/2.5-redirects.json"),
    include_str!("../../vectors/2.6-credentials.json"),
    include_str!("../../vectors/2.7-exposure.json"),
    include_str!("../../vectors/2.8-policies.json"),
    include_str!("../../vectors/extra-algorithms.json"),
    include_str!("../../vectors/extra-errors.json"),
];

fn scenarios() -> Vec<Value> {
    let vectors = VECTORS.iter().flat_map(|file| serde_json::from_str::<Vec<Value>>(file).unwrap());
    let scenarios: Vec<Value> = vectors.filter_map(|vector| vector.get("scenario").cloned()).collect();
    assert!(scenarios.len() > 158, "{}", scenarios.len());
    scenarios
}

fn parse(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// As JavaScript writes it, where 1.0 is 1.
fn written(value: &impl serde::Serialize) -> String {
    text(&parse(&serde_json::to_string(value).unwrap()))
}

fn script(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::NULL).unwrap()
}

fn message(error: &JsValue) -> String {
    js_sys::Error::from(error.clone()).message().into()
}

#[wasm_bindgen_test]
fn javascript_and_json_say_the_same() {
    for scenario in scenarios() {
        let given = scenario.to_string();
        let native: Scenario = serde_json::from_value(scenario).unwrap();
        match corscope::evaluate(&native) {
            Ok(report) => {
                assert_eq!(text(&evaluate(parse(&given)).unwrap()), written(&report), "{given}");
                assert_eq!(
                    text(&explain(parse(&given)).unwrap()),
                    written(&corscope::explain::explain(&native, &report)),
                    "{given}"
                );
                let state = evaluate(parse(&given)).and_then(|report| Reflect::get(&report, &"state".into())).unwrap();
                assert_eq!(text(&Browser::new(state).unwrap().state()), written(&report.state), "{given}");
            }
            Err(error) => assert_eq!(message(&evaluate(parse(&given)).unwrap_err()), error.to_string(), "{given}"),
        }
    }
}

#[wasm_bindgen_test]
fn repairs_and_policies() {
    let call = json!({ "api": "fetch", "url": "https://b.example/", "init": { "credentials": "include" } });
    let answer = json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] });
    let page = json!({ "url": "https://a.example/" });
    let scenario = json!({ "page": page, "fetches": [{ "call": call, "answers": [answer] }] });
    let given = || parse(&scenario.to_string());
    let native: Scenario = serde_json::from_value(scenario.clone()).unwrap();
    assert_eq!(text(&repairs(given(), None, None).unwrap()), written(&corscope::repair::repairs(&native, 0).unwrap()));
    assert_eq!(text(&what_not_to_do(given(), None).unwrap()), written(&corscope::repair::what_not_to_do(&native, 0).unwrap()));
    let report: Value = serde_json::from_str(&text(&evaluate(repaired(given(), 0, None, None).unwrap()).unwrap())).unwrap();
    assert_eq!(report["fetches"][0]["outcome"]["type"], "response");
    let error = repaired(given(), 9, None, None).unwrap_err();
    assert_eq!(message(&error), "repair: there is no repair 9, there are 2; `repairs` lists them");

    let planned = json!([{ "page": page, "call": call, "read": ["ETag"] }]);
    let policy: Value = serde_json::from_str(&text(&minimal_policy(parse(&planned.to_string())).unwrap())).unwrap();
    let expected = json!({
        "origins": { "list": ["https://a.example"] }, "methods": [], "requestHeaders": [], "exposedHeaders": ["ETag"],
        "credentials": true, "maxAge": null,
    });
    assert_eq!(policy, expected);
    let hopeless = json!([{ "page": page, "call": { "api": "fetch", "url": "http://b.example/" } }]);
    let error = minimal_policy(parse(&hopeless.to_string())).unwrap_err();
    assert_eq!(Reflect::get(&error, &"place".into()).unwrap().as_string().as_deref(), Some("requests[0].call"));
}

#[wasm_bindgen_test]
fn every_byte_survives() {
    // NUL, line feed and carriage return cannot be in a header value.
    let bytes: String = (1..=255).map(char::from).filter(|char| !"\n\r".contains(*char)).collect();
    let value = format!("a{bytes}a");
    let answer = json!({ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"], ["Content-Language", value]] });
    let call = json!({ "api": "fetch", "url": "https://b.example/" });
    let scenario = json!({ "page": { "url": "https://a.example/" }, "fetches": [{ "call": call, "answers": [answer] }] });
    let report: Value = serde_json::from_str(&text(&evaluate(parse(&scenario.to_string())).unwrap())).unwrap();
    assert_eq!(report["fetches"][0]["outcome"]["headers"], json!([["content-language", value]]));
}

#[wasm_bindgen_test]
fn objects_of_the_platform_stand_for_plain_ones() {
    let scenario = script(
        r#"return {
            page: { url: new URL("https://a.example/") },
            fetches: [
                {
                    call: new Request("https://b.example/x", { method: "PUT", credentials: "include", headers: { "X-One": "1" } }),
                    answers: [new Response(null, { status: 204, statusText: "None", headers: { Vary: "Origin" } })],
                },
                { call: { api: "fetch", url: new URL("https://b.example/"), init: { headers: new Headers({ "X-Two": "2" }) } } },
            ],
        }"#,
    );
    let report: Value = serde_json::from_str(&text(&evaluate(scenario).unwrap())).unwrap();
    let [first, second] = &report["fetches"].as_array().unwrap()[..] else { panic!("{report}") };
    assert_eq!(first["request"]["method"], "PUT");
    assert_eq!(first["request"]["credentials"], "include");
    assert_eq!(first["request"]["headers"], json!([["x-one", "1"]]));
    assert_eq!(
        first["exchanges"][0]["response"],
        json!({ "status": 204, "statusText": "None", "headers": [["vary", "Origin"]] })
    );
    assert_eq!(first["outcome"]["code"], "PF-CORS");
    assert_eq!(second["request"]["headers"], json!([["x-two", "2"]]));
}

#[wasm_bindgen_test]
fn an_error_is_an_error_with_its_place() {
    let error =
        evaluate(script("return { page: { url: 'https://a.example/' }, fetches: [{ call: { api: 'font' } }] }")).unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(message(&error), "fetches[0].call.url: this is missing; write a string");
    assert_eq!(Reflect::get(&error, &"name".into()).unwrap(), "ScenarioError");
    assert_eq!(Reflect::get(&error, &"place".into()).unwrap(), "fetches[0].call.url");
}

#[wasm_bindgen_test]
fn what_a_getter_throws_is_thrown_on() {
    let thrown = evaluate(script("return { get page() { throw 5 } }")).unwrap_err();
    assert_eq!(thrown, 5);
}
