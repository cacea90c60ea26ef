//! What a recording holds of a browser's console, and the engine's lines as the recorder would have taken them down.
//!
//! Lines and codes are compared each in their own order: Chromium's protocol tells them in two streams, whose order
//! towards each other is chance. Besides:
//!
//! - The recorder listened to Chromium's page, which repeats what its worker prints, and to the worker, but not to the
//!   worker's network: a worker's line is there twice, in two streams whose order towards each other is chance, and none of its
//!   `Failed to load resource`. Every second line of those that are alike is left out.
//! - WebKitGTK writes the console to its standard output, but not what a worker's script is told; and the recorder read
//!   its UTF-8 as one character a byte.
//! - Firefox has one log for all pages: a line belongs to the case whose paths it names. Lines that name none are left out.
//!   Of a long line the recorder did not always keep the end: the first 900 characters are compared.
//! - That Firefox refuses a redirect to mixed content, and keeps the answer back because of that, two processes say, whose order is
//!   chance.
//! - An image was painted on a canvas and read back, of which WebKit complains where the canvas is tainted.
//! - Some lines of Chromium are about fonts that are slow or broken, and come or not by chance.

use corscope::explain::console::{ConsoleLine, MESSAGES, console_of, get_response_header};
use corscope::modes::ResponseType;
use corscope::{Fetch, FetchReport, NetworkErrorCode as Code, Outcome, Page, ProfileName};

use super::hosts::ID;
use super::recording::{Api, Case, Context, Ending, Printed, SeenStep, Step};
use super::scenario::BLOB;
use super::tally::Engine;

/// How many characters of a line of Firefox are compared.
const KEPT: usize = 900;

/// What comes in Chromium by chance.
const BY_CHANCE: [&str; 3] = ["Slow network is detected.", "Failed to decode downloaded font:", "OTS parsing error:"];

/// Two lines of Firefox about one redirect: of the process that fetches, and of that which has the page.
const MIXED: &str = "Blocked loading mixed active content";
const ORB: &str = "was blocked by OpaqueResponseBlocking";

/// What Firefox says besides of the local network: with an address, and how script came to ask. It is not modelled.
const LOCAL_NETWORK: &str = "Local Network Access detected";

/// What was recorded of the console of a browser. Nothing is known of all browsers together.
pub(super) fn recorded(case: &Case, engine: Engine) -> Option<Printed> {
    let entries = case.console.get(engine.name())?;
    let is_by_chance = |line: &str| BY_CHANCE.iter().any(|start| line.starts_with(start));
    let is_taken = |line: &&str| {
        !is_by_chance(line) && !line.starts_with(LOCAL_NETWORK) && (engine != Engine::Firefox || line.contains(&prefix()))
    };
    let lines = entries.iter().filter_map(|entry| entry.text.as_deref()).filter(is_taken);
    let codes =
        entries.iter().filter_map(|entry| Some(code(entry.code.as_deref()?, entry.parameter.as_deref().unwrap_or_default())));
    let lines = lines.map(|line| start(engine.profile().name(), &with_known_blob(line.trim_end())));
    let lines: Vec<String> = lines.collect();
    let is_twice = engine == Engine::Chromium && case.ctx == Context::Worker;
    let is_first = |index: usize, line: &String| lines[..index].iter().filter(|other| *other == line).count() % 2 == 0;
    let kept = lines.iter().enumerate().filter(|(index, line)| !is_twice || is_first(*index, line)).map(|(_, line)| line.clone());
    Some(Printed { lines: kept.collect(), codes: codes.collect(), has_foreign_codes: false })
}

fn code(name: &str, parameter: &str) -> String {
    format!("{name} {parameter:?}")
}

impl Printed {
    /// Its lines, each run of those whose order is chance in one order.
    pub(super) fn in_one_order(&self) -> Vec<String> {
        let mut lines = self.lines.clone();
        let is_by_chance = |line: &String| line.starts_with(MIXED) || line.contains(ORB);
        lines
            .chunk_by_mut(|one, other| is_by_chance(one) && is_by_chance(other))
            .for_each(|run| run.sort_by_key(|line| line.contains(ORB)));
        lines
    }

    /// Adds what `step` would have left in the recording.
    pub(super) fn add(&mut self, browser: ProfileName, case: &Case, page: &Page, done: Done<'_>) {
        let Done { step, fetch, report, seen, before } = done;
        let console = console_of(browser, page, fetch, report, before);
        let asked = step.get.iter().filter_map(|name| get_response_header(browser, report, name));
        let is_foreign = |line: &ConsoleLine| line.id.starts_with("CorsError.") && !line.text.contains(&prefix());
        self.has_foreign_codes |= console.cors_error.is_some() && console.lines.iter().any(is_foreign);
        for line in console.lines.into_iter().chain(asked) {
            self.take(browser, case, &line);
        }
        if let Some(error) = console.cors_error {
            // NB: a preflight that may not go out is told of as well.
            let is_told_twice = matches!(&report.outcome, Outcome::NetworkError(error) if is_of_local_network(error.code))
                && report.request.as_ref().is_some_and(|request| !request.preflight_reasons.is_empty());
            for _ in 0..1 + usize::from(is_told_twice) {
                self.codes.push(code(error.code, &error.failed_parameter));
            }
        }
        let is_tainted = matches!(&report.outcome, Outcome::Response(response) if response.response_type == ResponseType::Opaque);
        if browser == ProfileName::Webkit && step.api == Api::Img && seen.out == Ending::Resolved && is_tainted {
            let message = MESSAGES.iter().find(|message| message.browser == browser && message.id == "canvas");
            self.lines.extend(message.map(|message| message.template()));
        }
    }

    fn take(&mut self, browser: ProfileName, case: &Case, line: &ConsoleLine) {
        let text = line.text.trim_end();
        let is_worker = case.ctx == Context::Worker;
        match browser {
            // NB: the first recorder did not know of these.
            ProfileName::Firefox if case.recorder == 1 && (line.source == "COEP" || line.source.starts_with("CSP_")) => {}
            ProfileName::Webkit if is_worker && line.id.starts_with("csp.") => {}
            ProfileName::Chromium if is_worker && line.source == "network" => {}
            ProfileName::Webkit if is_worker && line.source == "js" => {}
            ProfileName::Webkit => self.lines.push(text.chars().flat_map(as_printed).collect()),
            ProfileName::Firefox if !text.contains(&prefix()) => {}
            ProfileName::Firefox => self.lines.push(start(browser, text)),
            ProfileName::Spec | ProfileName::Chromium => self.lines.push(text.to_owned()),
        }
    }
}

/// A character of a line as WebKit prints it, which takes bytes that servers sent for characters, and its own words for what they
/// are.
fn as_printed(letter: char) -> Vec<char> {
    if letter == '’' { vec![letter] } else { letter.to_string().bytes().map(char::from).collect() }
}

fn is_of_local_network(code: Code) -> bool {
    matches!(code, Code::LocalNetworkInsecure | Code::LocalNetworkDenied)
}

/// A step that was replayed.
#[derive(Clone, Copy)]
pub(super) struct Done<'a> {
    pub(super) step: &'a Step,
    pub(super) fetch: &'a Fetch,
    pub(super) report: &'a FetchReport,
    pub(super) seen: &'a SeenStep,
    /// The fetches before it, and their reports.
    pub(super) before: (&'a [Fetch], &'a [FetchReport]),
}

/// What is compared of a line: of one of Firefox's the start, since the ends of long ones were not always kept.
fn start(browser: ProfileName, line: &str) -> String {
    let most = if browser == ProfileName::Firefox { KEPT } else { usize::MAX };
    line.chars().take(most).collect()
}

/// A line in which the URL of a `blob:` document, whose end is new each time, has the end that a scenario gives it.
fn with_known_blob(line: &str) -> String {
    let end_of_url = || {
        let after_scheme = line.find("blob:http")? + line[line.find("blob:http")?..].find("//")? + 2;
        Some(after_scheme + line[after_scheme..].find('/')? + 1)
    };
    let is_new = |end: &str| end.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let parts =
        end_of_url().and_then(|end| Some((line.get(..end)?, line.get(end..end + BLOB.len())?, line.get(end + BLOB.len()..)?)));
    match parts {
        Some((start, end, rest)) if is_new(end) => [start, BLOB, rest].concat(),
        _ => line.to_owned(),
    }
}

/// What the paths of a case start with.
fn prefix() -> String {
    format!("/{ID}/")
}
