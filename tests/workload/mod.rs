//! 10,000 synthetic exchanges, and what is right for each by the standard: `tests/bench/`.

use std::io::{BufRead, BufReader};

use corscope::Scenario;
use corscope::decide::{Answer, Request};
use corscope::modes::{CredentialsMode, RequestMode};
use corscope::profile::SPEC;
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A page's request, and the answers to it.
#[derive(Deserialize)]
pub struct Pair {
    pub id: u32,
    pub origin: String,
    pub url: String,
    pub method: String,
    pub headers: Vec<(String, String)>,
    pub credentials: CredentialsMode,
    pub mode: RequestMode,
    pub preflight: Option<Reply>,
    pub response: Reply,
}

#[derive(Deserialize)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
}

/// What is right.
#[derive(Deserialize, Debug, PartialEq)]
pub struct Expected {
    pub id: u32,
    pub preflight: bool,
    pub ok: bool,
    pub code: String,
    pub exposed: Vec<usize>,
}

/// Header lines as the workload has them.
pub type Lines = [(String, String)];

impl Reply {
    /// The same for [`decide`](corscope::decide::decide()).
    pub fn answer(&self) -> Answer<'_, Lines> {
        Answer { status: self.status, headers: &self.headers[..] }
    }
}

impl Pair {
    /// The request for [`decide`](corscope::decide::decide()).
    pub fn request(&self) -> Request<'_, Lines> {
        Request {
            origin: &self.origin,
            url: &self.url,
            method: self.method.as_bytes(),
            headers: &self.headers[..],
            mode: self.mode,
            credentials: self.credentials,
            use_cors_preflight: false,
            profile: SPEC,
        }
    }

    /// The same for [`evaluate`](corscope::evaluate()); the preflight's answer is the first one, where it is wanted.
    pub fn scenario(&self, preflight: bool) -> Scenario {
        let reply = |reply: &Reply| json!({ "status": reply.status, "headers": reply.headers });
        let preflight = self.preflight.as_ref().filter(|_| preflight);
        let answers = preflight.into_iter().chain([&self.response]).map(reply).collect::<Vec<_>>();
        // NB: no language is added, because its length would count.
        let scenario = json!({
            "page": { "url": format!("{}/", self.origin), "acceptLanguage": "" },
            "fetches": [{ "answers": answers, "call": { "api": "fetch", "url": self.url, "init": {
                "method": self.method, "headers": self.headers, "credentials": self.credentials, "mode": self.mode
            } } }]
        });
        serde_json::from_value(scenario).expect("a scenario")
    }

    /// Whether the request would be blocked as mixed content before anything else is looked at.
    pub fn is_mixed_content(&self) -> bool {
        let trustworthy = ["http://localhost", "http://127."].iter().any(|start| self.url.starts_with(start));
        self.origin.starts_with("https:") && self.url.starts_with("http:") && !trustworthy
    }
}

pub fn pairs() -> Vec<Pair> {
    read(include_bytes!("../bench/workload.jsonl.gz"))
}

pub fn expected() -> Vec<Expected> {
    read(include_bytes!("../bench/expected.jsonl.gz"))
}

fn read<T: DeserializeOwned>(gz: &'static [u8]) -> Vec<T> {
    let lines = BufReader::new(GzDecoder::new(gz)).lines();
    lines.map(|line| serde_json::from_str(&line.expect("gzip of UTF-8 lines")).expect("a line of the workload")).collect()
}
