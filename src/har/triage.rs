//! Joins entries to exchanges, judges them, and groups those that came to nothing.

use std::collections::{HashMap, VecDeque};

use url::Url;

use super::entry::{self, Entry, Line, value};
use super::{FirstExchange, HarExchange, HarGroup, HarPlace, HarReport};
use crate::decide::{self, Outcome, decide};
use crate::explain::{VerdictKind, explain};
use crate::http::modes::{CredentialsMode, RequestMode};
use crate::infra::json::Malformed;
use crate::infra::origin::evident_origin;
use crate::paste::{self, Span};
use crate::profile::{Profile, ProfileName};

/// How many entries wait for another one at the most: the oldest is judged without.
const MOST_WAITING: usize = 512;
/// How far apart a preflight and its request start at the most, in milliseconds.
const FARTHEST: f64 = 120_000.0;
/// How many verdicts are remembered.
const MOST_REMEMBERED: usize = 10_000;
const MOST_EXCHANGES: usize = 1_000;
const MOST_PAGES: usize = 10;
const LONGEST_URL: usize = 2_000;
/// The most redirects, as the standard has it.
const MOST_HOPS: usize = 20;

#[derive(Debug)]
pub(super) struct Triage {
    profile: ProfileName,
    /// Ids and titles.
    pages: Vec<(String, String)>,
    report: HarReport,
    preflights: VecDeque<Held>,
    /// Requests that need a preflight and have none yet.
    waiting: VecDeque<Held>,
    /// Requests that were redirected, by what comes next.
    redirected: VecDeque<(String, Held)>,
    /// What was wrong with exchanges that are alike: the group, or nothing.
    known: HashMap<String, Option<usize>>,
}

/// An entry that waits, and those that it has joined already.
#[derive(Debug)]
struct Held {
    page: String,
    url: String,
    /// Of the request; for a preflight, of the one that it asks for.
    method: String,
    started: Option<f64>,
    texts: Vec<Vec<u8>>,
    places: Vec<HarPlace>,
}

impl Held {
    fn is_for(&self, other: &Self) -> bool {
        self.page == other.page && self.url == other.url && self.method == other.method && self.apart(other) <= FARTHEST
    }

    /// How far apart they start.
    fn apart(&self, other: &Self) -> f64 {
        self.started.zip(other.started).map_or(0.0, |(one, other)| (one - other).abs())
    }
}

/// What a request is to its page.
enum Asked {
    SameOrigin,
    NotJudged,
    Preflight,
    /// A request to another origin whose answer script may read.
    Cors,
}

impl Triage {
    pub(super) fn new(profile: ProfileName) -> Self {
        Self {
            profile,
            pages: Vec::new(),
            report: HarReport::default(),
            preflights: VecDeque::new(),
            waiting: VecDeque::new(),
            redirected: VecDeque::new(),
            known: HashMap::new(),
        }
    }

    pub(super) const fn entries(&self) -> u64 {
        self.report.entries
    }

    pub(super) fn page(&mut self, id: String, title: String) {
        if self.pages.len() < MOST_REMEMBERED {
            self.pages.push((id, title));
        }
    }

    pub(super) fn entry(&mut self, text: &[u8], place: HarPlace) -> Result<(), Malformed> {
        self.report.entries += 1;
        let entry = entry::read(text)?;
        let Some(page) = self.page_of(&entry) else {
            self.report.not_judged += 1;
            return Ok(());
        };
        if let Some(at) = self.redirected.iter().position(|(target, held)| *target == *entry.url && held.page == page) {
            if let Some((_, mut held)) = self.redirected.remove(at) {
                held.texts.push(text.to_vec());
                held.places.push(place);
                self.answered(held, &entry);
            }
            return Ok(());
        }
        match asked(&entry, &page) {
            Asked::SameOrigin => self.report.same_origin += 1,
            Asked::NotJudged => self.report.not_judged += 1,
            Asked::Preflight => {
                let method = value(&entry.request, b"access-control-request-method").unwrap_or_default();
                let held = self.hold(&entry, page, String::from_utf8_lossy(method).into_owned(), text, place);
                self.preflight(held);
            }
            Asked::Cors => self.request(&entry, page, text, place),
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> HarReport {
        for held in std::mem::take(&mut self.waiting) {
            self.judge(held);
        }
        for (_, held) in std::mem::take(&mut self.redirected) {
            self.judge(held);
        }
        for held in std::mem::take(&mut self.preflights) {
            self.judge(held);
        }
        self.report.groups.sort_by(|one, other| other.count.cmp(&one.count).then(one.server.cmp(&other.server)));
        self.report
    }

    fn hold(&self, entry: &Entry<'_>, page: String, method: String, text: &[u8], place: HarPlace) -> Held {
        let (url, started) = (entry.url.clone().into_owned(), entry.started);
        Held { page, url, method, started, texts: vec![text.to_vec()], places: vec![place] }
    }

    /// The origin of the page that asked.
    fn page_of(&self, entry: &Entry<'_>) -> Option<String> {
        let origin = value(&entry.request, b"origin").filter(|origin| *origin != b"null");
        let said = origin.or_else(|| value(&entry.request, b"referer")).and_then(|said| std::str::from_utf8(said).ok());
        let title = || Some(&*self.pages.iter().find(|(id, _)| *id == entry.page)?.1);
        origin_of(said.or_else(title)?)
    }

    /// A preflight: its request is here already, or comes later.
    fn preflight(&mut self, held: Held) {
        let fits = self.waiting.iter().enumerate().filter(|(_, request)| held.is_for(request));
        let nearest = fits.min_by(|(_, one), (_, other)| held.apart(one).total_cmp(&held.apart(other))).map(|(at, _)| at);
        match nearest.and_then(|at| self.waiting.remove(at)) {
            Some(request) => self.join(held, request),
            None => {
                self.preflights.push_back(held);
                if self.preflights.len() > MOST_WAITING
                    && let Some(oldest) = self.preflights.pop_front()
                {
                    self.judge(oldest);
                }
            }
        }
    }

    fn request(&mut self, entry: &Entry<'_>, page: String, text: &[u8], place: HarPlace) {
        // OPTIMIZATION: most are allowed, and wait for nothing.
        let decision = self.decide(entry, &page, None);
        let is_redirect = matches!(entry.status, 301..=303 | 307 | 308);
        if decision == Some(Outcome::Allowed(crate::modes::Tainting::Cors)) && entry.status != 0 && !is_redirect {
            self.report.allowed += 1;
            return;
        }
        let method = entry.method.clone().into_owned();
        let held = self.hold(entry, page, method, text, place);
        if decision != Some(Outcome::PreflightWanted) {
            return self.answered(held, entry);
        }
        let fits = self.preflights.iter().enumerate().filter(|(_, preflight)| preflight.is_for(&held));
        let nearest = fits.min_by(|(_, one), (_, other)| held.apart(one).total_cmp(&held.apart(other))).map(|(at, _)| at);
        match nearest.and_then(|at| self.preflights.remove(at)) {
            Some(preflight) => self.join(preflight, held),
            None => {
                self.waiting.push_back(held);
                if self.waiting.len() > MOST_WAITING
                    && let Some(oldest) = self.waiting.pop_front()
                {
                    self.judge(oldest);
                }
            }
        }
    }

    /// A request and its preflight.
    fn join(&mut self, preflight: Held, mut request: Held) {
        let text = request.texts.last().cloned().unwrap_or_default();
        request.texts.splice(0..0, preflight.texts);
        request.places.splice(0..0, preflight.places);
        if let Ok(entry) = entry::read(&text) {
            self.answered(request, &entry);
        }
    }

    /// A request that has all that goes before its answer, which is that of `entry`: judged, unless it leads on.
    fn answered(&mut self, held: Held, entry: &Entry<'_>) {
        let location = value(&entry.response, b"location").filter(|_| matches!(entry.status, 301..=303 | 307 | 308));
        let target = location.and_then(|location| {
            let mut target = Url::parse(&entry.url).ok()?.join(std::str::from_utf8(location).ok()?).ok()?;
            target.set_fragment(None);
            Some(String::from(target))
        });
        match target {
            Some(target) if held.texts.len() <= MOST_HOPS => {
                self.redirected.push_back((target, held));
                if self.redirected.len() > MOST_WAITING
                    && let Some((_, oldest)) = self.redirected.pop_front()
                {
                    self.judge(oldest);
                }
            }
            _ => self.judge(held),
        }
    }

    /// The verdict alone on one request, without redirects.
    fn decide(&self, entry: &Entry<'_>, page: &str, preflight: Option<&Entry<'_>>) -> Option<Outcome> {
        let author: Vec<&Line<'_>> = entry.request.iter().filter(|(name, value)| paste::is_author_header(name, value)).collect();
        let author: Vec<(&[u8], &[u8])> = author.into_iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        let has_cookies = value(&entry.request, b"cookie").is_some();
        let request = decide::Request {
            origin: page,
            url: &entry.url,
            method: entry.method.as_bytes(),
            headers: &author[..],
            mode: RequestMode::Cors,
            credentials: if has_cookies { CredentialsMode::Include } else { CredentialsMode::SameOrigin },
            use_cors_preflight: false,
            profile: Profile::of(self.profile),
        };
        let answer = decide::Answer { status: entry.status, headers: &entry.response[..] };
        let preflight = preflight.map(|it| decide::Answer { status: it.status, headers: &it.response[..] });
        decide(&request, preflight, answer).ok().map(|decision| decision.outcome)
    }

    /// Judges an exchange, and counts it.
    fn judge(&mut self, held: Held) {
        let entries: Vec<Entry<'_>> = held.texts.iter().filter_map(|text| entry::read(text).ok()).collect();
        if let [preflight, request] = &entries[..]
            && is_preflight(preflight)
            && request.status != 0
            && self.decide(request, &held.page, Some(preflight)) == Some(Outcome::Allowed(crate::modes::Tainting::Cors))
        {
            self.report.allowed += 1;
            return;
        }
        let server = origin_of(&held.url).unwrap_or_else(|| held.url.chars().take(LONGEST_URL).collect());
        let alike = alike(&held, &server, &entries);
        let group = match self.known.get(&alike) {
            Some(known) => *known,
            None => {
                let group = self.explain(&held, server);
                if self.known.len() < MOST_REMEMBERED {
                    self.known.insert(alike, group);
                }
                group
            }
        };
        let Some(group) = group.and_then(|group| self.report.groups.get_mut(group)) else {
            self.report.allowed += 1;
            return;
        };
        self.report.blocked += 1;
        group.count += 1;
        if group.pages.len() < MOST_PAGES && !group.pages.contains(&held.page) {
            group.pages.push(held.page.clone());
        }
        if group.exchanges.len() < MOST_EXCHANGES {
            group.exchanges.push(HarExchange {
                method: held.method,
                url: paste::mask_urls(&held.url).chars().take(LONGEST_URL).collect(),
                page: held.page,
                places: held.places,
            });
        }
    }

    /// The group that an exchange belongs to, by the full verdict on it; nothing where script gets an answer.
    fn explain(&mut self, held: &Held, server: String) -> Option<usize> {
        let mut text = String::from("{\"log\":{\"entries\":[");
        let mut entries = Vec::new();
        for (index, entry) in held.texts.iter().enumerate() {
            text.push_str(if index > 0 { ",\n" } else { "\n" });
            let start = text.len();
            text.push_str(&String::from_utf8_lossy(entry));
            entries.push(Span { start, end: text.len() });
        }
        text.push_str("\n]}}\n");
        // NB: what is said of it has to be as free of secrets.
        let example = paste::mask(&text).text;
        let pasted = paste::parse(&example, &held.page);
        let replay = paste::replay_as(&pasted, pasted.scenario.clone()?, Profile::of(self.profile)).ok()?;
        // NB: after a redirect, it is the server that it leads to which decides.
        let last = replay.report.fetches.first()?.exchanges.last();
        let server = last.and_then(|exchange| origin_of(&exchange.request.url)).unwrap_or(server);
        let verdict = explain(&replay.scenario, &replay.report).fetches.into_iter().next()?.verdict;
        if !matches!(verdict.kind, VerdictKind::Blocked | VerdictKind::Threw | VerdictKind::NeedsAnswer) {
            return None;
        }
        let id = verdict.id.id();
        if let Some(known) = self.report.groups.iter().position(|group| group.id == id && group.server == server) {
            return Some(known);
        }
        let (pages, exchanges) = (Vec::new(), Vec::new());
        let first = FirstExchange { text, entries };
        self.report.groups.push(HarGroup { id, server, pages, count: 0, verdict, exchanges, example, first });
        Some(self.report.groups.len() - 1)
    }
}

fn origin_of(url: &str) -> Option<String> {
    if let Some(origin) = evident_origin(url) {
        return Some(origin.to_owned());
    }
    Url::parse(url).ok().map(|url| url.origin()).filter(url::Origin::is_tuple).map(|origin| origin.ascii_serialization())
}

fn is_preflight(entry: &Entry<'_>) -> bool {
    entry.method == "OPTIONS" && value(&entry.request, b"access-control-request-method").is_some()
}

fn asked(entry: &Entry<'_>, page: &str) -> Asked {
    if is_preflight(entry) {
        return Asked::Preflight;
    }
    let is_cors = match (value(&entry.request, b"sec-fetch-mode"), &*entry.kind) {
        (Some(mode), _) => mode == b"cors",
        (None, "fetch" | "xhr" | "font" | "eventsource") => true,
        (None, "") => value(&entry.request, b"origin").is_some(),
        (None, _) => false,
    };
    if !is_cors || !(entry.url.starts_with("https:") || entry.url.starts_with("http:")) {
        return Asked::NotJudged;
    }
    if origin_of(&entry.url).is_some_and(|origin| origin == page) { Asked::SameOrigin } else { Asked::Cors }
}

/// What two exchanges have in common that come to the same.
fn alike(held: &Held, server: &str, entries: &[Entry<'_>]) -> String {
    use std::fmt::Write as _;
    let mut key = format!("{} {server} {}", held.page, held.method);
    if entries.len() > 1 && !entries.first().is_some_and(is_preflight) || entries.len() > 2 {
        // NB: where redirects lead decides too.
        let _ = write!(key, " {}", held.url);
    }
    for entry in entries {
        let _ = write!(key, "\n{}", entry.status);
        for (name, _) in &entry.request {
            let _ = write!(key, " {}", name.escape_ascii());
        }
        for (name, value) in &entry.response {
            let _ = write!(key, "\n{}", name.escape_ascii());
            let start = name.get(..15).unwrap_or_default();
            if start.eq_ignore_ascii_case(b"access-control-") || name.eq_ignore_ascii_case(b"location") {
                let _ = write!(key, ":{}", value.escape_ascii());
            }
        }
    }
    key
}
