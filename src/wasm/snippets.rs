//! Policies as configuration and code, for JavaScript.

use wasm_bindgen::prelude::*;

use super::plain::{Misfit, Plain, Shape};
use super::{error, give, take};
use crate::policy::{AllowedOrigins, Policy};
use crate::snippets::SnippetProblem;

/// A server's policy as that server's own configuration or code: one snippet for each server that is known.
///
/// Throws a `ScenarioError` where the policy makes no sense, or has a value that cannot be written safely: its place is that of
/// the first problem, and its message has a line for each.
#[wasm_bindgen(unchecked_return_type = "Snippet[]")]
pub fn snippets(#[wasm_bindgen(unchecked_param_type = "Policy")] policy: JsValue) -> Result<JsValue, JsValue> {
    let policy: Policy = take(&policy, "policy")?;
    crate::snippets::snippets(&policy).map(|written| give(&written)).map_err(|problems| {
        let (place, message) = told(&problems);
        error(&place, &message)
    })
}

/// Where the first problem is, and what is wrong, each on a line.
fn told(problems: &[SnippetProblem]) -> (String, String) {
    let place = problems.first().map_or_else(String::new, |problem| format!("policy.{}", problem.place()));
    let lines: Vec<String> = problems.iter().map(|problem| format!("policy.{problem}")).collect();
    (place, lines.join("\n"))
}

impl<'a> Shape<'a> for Policy {
    const WANTED: &'static str = "an object";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        plain.object(|policy| {
            Ok(Self {
                origins: policy.required("origins")?,
                methods: policy.or_default("methods")?,
                request_headers: policy.or_default("requestHeaders")?,
                exposed_headers: policy.or_default("exposedHeaders")?,
                credentials: policy.or_default("credentials")?,
                max_age: policy.optional("maxAge")?,
            })
        })
    }
}

impl<'a> Shape<'a> for AllowedOrigins {
    const WANTED: &'static str = "\"any\" or { list }";

    fn read(plain: Plain<'a>) -> Result<Self, Misfit> {
        if let Plain::Text(_) = plain {
            return plain.word(&[("any", ())]).map(|()| Self::Any);
        }
        plain.object(|origins| Ok(Self::List(origins.required("list")?)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn policies_are_read_as_serde_reads_them() {
        let list = json!({ "list": ["https://app.example"] });
        let full = json!({
            "origins": list, "methods": ["PUT"], "requestHeaders": ["X-A"], "exposedHeaders": ["ETag"], "credentials": true, "maxAge": 600,
        });
        for value in [json!({ "origins": "any" }), json!({ "origins": list }), full, json!({ "origins": { "list": [] } })] {
            let read = Policy::read((&value).into());
            assert_eq!(read.ok(), serde_json::from_value(value.clone()).ok(), "{value}");
            assert!(Policy::read((&value).into()).is_ok(), "{value}");
        }
    }

    #[test]
    fn what_is_no_policy_is_said_with_its_place() {
        let rows: [(Value, &str, &str); 6] = [
            (json!("any"), "", "a string stands here; write an object"),
            (json!({}), ".origins", "this is missing; write \"any\" or { list }"),
            (json!({ "origins": "all" }), ".origins", "\"all\" is none of \"any\""),
            (json!({ "origins": { "list": [1] } }), ".origins.list[0]", "a number stands here; write a string"),
            (json!({ "origins": "any", "maxAge": -1 }), ".maxAge", "this is not a whole number from 0 to 4294967295"),
            (
                json!({ "origins": "any", "method": [] }),
                ".method",
                "nothing of this name is read; known are origins, methods, requestHeaders, exposedHeaders, credentials, maxAge",
            ),
        ];
        for (value, place, message) in rows {
            let misfit = Policy::read((&value).into()).unwrap_err();
            assert_eq!((misfit.place(), misfit.message()), (place, message), "{value}");
        }
    }

    #[test]
    fn every_problem_has_a_line() {
        let policy: Policy =
            serde_json::from_value(json!({ "origins": { "list": ["null"] }, "methods": ["*", "patch"] })).unwrap();
        let (place, message) = told(&crate::snippets::snippets(&policy).unwrap_err());
        assert_eq!(place, "policy.origins[0]");
        let lines: Vec<&str> = message.lines().map(|line| line.split(": ").next().unwrap_or_default()).collect();
        assert_eq!(lines, ["policy.origins[0]", "policy.methods[1]", "policy.methods[0]"]);
    }
}
