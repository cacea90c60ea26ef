//! Exchanges that are as plain as can be, decided where they are handed over: without a tree of what came in, and without
//! a serializer for what goes out.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{Decision, DecisionOutcome, Lines};
use crate::decide::{Answer, Decision as Decided, Outcome, Request, decide as decided, readable_lines};
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::profile::{Profile, ProfileName};
use crate::wasm::packed::give;

#[wasm_bindgen(module = "/js/plain.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn gather(exchange: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_name = handOver)]
    fn hand_over(words: &mut [u32], bytes: &mut [u8]) -> i32;
    #[wasm_bindgen(js_name = decided)]
    fn like(decision: &JsValue, lines: &[u32]) -> JsValue;
}

/// What is handed over, and the decisions that were given, without their lines.
struct Room {
    words: Vec<u32>,
    bytes: Vec<u8>,
    lines: Vec<u32>,
    given: Vec<(Decided, JsValue)>,
}

/// As many as `js/plain.js` gathers at most.
const WORDS: usize = 2048;
const BYTES: usize = 32 * 1024;

thread_local! {
    static ROOM: RefCell<Room> =
        RefCell::new(Room { words: vec![0; WORDS], bytes: vec![0; BYTES], lines: Vec::new(), given: Vec::new() });
}

/// The decision, where the exchange is plain and can be decided.
///
/// # Errors
/// What a getter threw.
pub(super) fn decide(exchange: &JsValue) -> Result<Option<JsValue>, JsValue> {
    if !gather(exchange)? {
        return Ok(None);
    }
    // NB: nothing of the caller's runs from here on, so nobody else has the room.
    Ok(ROOM.with_borrow_mut(Room::decide))
}

impl Room {
    fn decide(&mut self) -> Option<JsValue> {
        let size = usize::try_from(hand_over(&mut self.words, &mut self.bytes)).ok()?;
        let bytes = self.bytes.get(..size)?;
        let (head, ends) = self.words.split_first_chunk()?;
        let [preflight_status, preflight_lines, status, lines, request_lines, use_cors_preflight] = *head;
        let mut rest = Lines { bytes, ends, first: 0, count: 0 };
        let mut asked = [""; 6];
        for (index, member) in asked.iter_mut().enumerate() {
            *member = str::from_utf8(rest.text(index)).ok()?;
        }
        let [origin, url, method, mode, credentials, profile] = asked;
        rest.first = asked.len();
        let headers = rest.take(request_lines);
        let preflight_headers = rest.take(preflight_lines);
        let response_headers = rest.take(lines);
        let request = Request {
            origin,
            url,
            method: if method.is_empty() { b"GET" } else { method.as_bytes() },
            headers: &headers,
            mode: word(mode, RequestMode::Cors, RequestMode::parse)?,
            credentials: word(credentials, CredentialsMode::SameOrigin, CredentialsMode::parse)?,
            use_cors_preflight: use_cors_preflight != 0,
            profile: Profile::of(word(profile, ProfileName::Spec, |word| {
                ProfileName::ALL.into_iter().find(|name| name.as_str() == word)
            })?),
        };
        let preflight =
            preflight_status.checked_sub(1).map(|status| Answer { status: status as u16, headers: &preflight_headers });
        let response = Answer { status: status.checked_sub(1)? as u16, headers: &response_headers };
        let decision = decided(&request, preflight, response).ok()?;
        self.lines.clear();
        self.lines.extend(readable_lines(&request, &decision, response).map(|line| line as u32));
        if let Some((_, given)) = self.given.iter().find(|(given, _)| *given == decision) {
            return Some(like(given, &self.lines));
        }
        let outcome = DecisionOutcome::from(decision.outcome);
        let given = give(&Decision { branch: decision.branch, outcome, readable: Vec::new() });
        // NB: of what is blocked script can read no line, and its reasons are of too many kinds to keep them.
        if matches!(decision.outcome, Outcome::Blocked(_)) {
            return Some(given);
        }
        let answer = like(&given, &self.lines);
        self.given.push((decision, given));
        Some(answer)
    }
}

/// The value of a word, `default` where there is none. Nothing for a word that is not known.
fn word<T>(word: &str, default: T, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if word.is_empty() { Some(default) } else { parse(word) }
}

impl Lines<'_> {
    /// The next lines.
    fn take(&mut self, count: u32) -> Self {
        let lines = Self { count: count as usize, ..*self };
        self.first += 2 * lines.count;
        lines
    }
}
