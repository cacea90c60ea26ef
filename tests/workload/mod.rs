//! 10,000 synthetic exchanges, and what is right for each by the standard: `tests/bench/`.

use std::io::{BufRead, BufReader};

use corscope::modes::{CredentialsMode, RequestMode};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
