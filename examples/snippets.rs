//! Answers the tests of the snippets, which start servers and are not in Rust: a line of JSON in, a line of JSON out.
//!
//! `{ "policy": ... }` gets the policy's snippets, and with `"request": { "method", "origin", "requestedMethod" }` the header lines
//! that a right server adds to its answer to that request: `cargo run --example snippets`.

use std::error::Error;
use std::io::{self, BufRead, Write};

use corscope::Policy;
use corscope::policy::PolicyRequest;
use corscope::snippets::snippets;
use serde::Deserialize;

#[derive(Deserialize)]
struct Question {
    policy: Policy,
    request: Option<Asked>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    method: String,
    origin: Option<String>,
    requested_method: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let Question { policy, request } = serde_json::from_str(&line?)?;
        let answer = match &request {
            Some(request) => serde_json::to_string(&policy.answer(&PolicyRequest {
                method: request.method.as_bytes(),
                origin: request.origin.as_deref().map(str::as_bytes),
                access_control_request_method: request.requested_method.as_deref().map(str::as_bytes),
            }))?,
            None => serde_json::to_string(&snippets(&policy).map_err(|problems| format!("{problems:?}"))?)?,
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
