//! Lists of allowed origins as people write them, and who gets in by them that should not.
//!
//! What is found is shown by an origin that browsers can send and anybody can have. Each was asked of the pattern itself, and
//! evaluated: with a server that repeats what the pattern lets in, a page of that origin reads the answer.

mod regex;
mod written;

use serde::Serialize;
use url::Host;

use super::catalogue::{COMPARE, FindingId, INSTEAD, hole};
use super::{Finding, FindingSeverity};
use crate::evaluate::{Tracing, evaluate_with};
use crate::explain::fill;
use crate::http::header_list::Header;
use crate::infra::origin::{Origin, is_localhost_name};
use crate::infra::site::registrable_domain;
use crate::network::{Answer, WireResponse};
use crate::profile::ProfileName;
use crate::report::Outcome;
use crate::scenario::{Call, Fetch, Page, RequestInit, Scenario};
use regex::Sample;
use written::Written;

pub use written::AllowListKind;

/// What is known of a list of allowed origins.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct AllowListReport {
    /// What the text was read as.
    pub kind: AllowListKind,
    /// An origin that is meant to get in, for each name that the text has.
    pub meant: Vec<String>,
    /// Whether any name below those gets in: then every one of them has to be in good hands.
    pub any_subdomain: bool,
    /// Who gets in that should not, one for each kind of hole that was found.
    pub holes: Vec<Hole>,
    /// A regular expression that lets in what is meant, and has none of these holes.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub instead: Option<String>,
    /// The same as findings.
    pub findings: Vec<Finding>,
}

/// An origin that gets in, and should not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Hole {
    /// What kind of hole it is.
    pub kind: HoleKind,
    /// The origin.
    pub origin: String,
    /// The browsers, and the standard, in which a page of that origin reads an answer with credentials from a server that repeats
    /// every origin which the list lets in.
    pub reads_in: Vec<ProfileName>,
}

/// What a hole in an allow-list is, the widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum HoleKind {
    /// Everybody gets in.
    Anybody,
    /// Nothing says what stands before the name: `https://evilexample.com`.
    OpenStart,
    /// Nothing says that the name ends: `https://example.com.evil.test`.
    OpenEnd,
    /// A dot stands for any character: `https://appxexample.com`.
    AnyCharacter,
    /// What is left open can be a name that anybody can register: `https://evil.github.io`.
    OpenName,
    /// `null`
    Null,
    /// `http://` beside `https://`.
    Insecure,
}

/// A text that is not understood as a list of allowed origins. Nothing is said about it, then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not understood from byte {at} on; write one condition: a regular expression without lookaround or backreferences, \
     endsWith(\"...\"), startsWith(\"...\"), includes(\"...\"), a pattern with `*`, or origins"
)]
pub struct NotUnderstood {
    /// Where, in bytes.
    pub at: usize,
}

/// Who gets in by a list of allowed origins that should not.
///
/// Where no hole is found, none of those that were tried is there: that is no proof that there is none.
///
/// # Errors
/// A text that is not understood.
///
/// # Example
/// ```
/// use corscope::findings::{HoleKind, judge_allow_list};
///
/// let report = judge_allow_list("origin.endsWith('example.com')").unwrap();
/// let holes: Vec<_> = report.holes.iter().map(|hole| (hole.kind, &*hole.origin)).collect();
/// assert_eq!(holes, [(HoleKind::OpenStart, "https://evilexample.com"), (HoleKind::Insecure, "http://example.com")]);
/// assert_eq!(report.instead.as_deref(), Some(r"^https://([a-z0-9-]+\.)*example\.com$"));
///
/// assert!(judge_allow_list(r"/^https:\/\/example\.com$/").unwrap().holes.is_empty());
/// ```
pub fn judge_allow_list(text: &str) -> Result<AllowListReport, NotUnderstood> {
    let written = Written::read(text)?;
    let meant = Meant::of(&written);
    let holes: Vec<Hole> = holes(&written, &meant)?.into_iter().map(|(kind, origin)| evaluated(kind, origin)).collect();
    let any_subdomain = meant.any_subdomain(&written);
    let instead = if holes.is_empty() { None } else { meant.instead(&written, any_subdomain) };
    let findings = findings(text.trim(), &holes, instead.as_deref(), meant.is_nobody(&written, &holes));
    let meant = meant.origins(&written);
    Ok(AllowListReport { kind: written.kind, meant, any_subdomain, holes, instead, findings })
}

/// What others call a name of their own.
const EVIL: &str = "evil.test";
/// What is left open is filled with these.
const FILLERS: [&str; 5] = ["", "app", "evil", EVIL, "evil.com"];

/// The names that a list is meant for: what it says without what it leaves open.
struct Meant {
    hosts: Vec<String>,
}

impl Meant {
    fn of(written: &Written) -> Self {
        let mut hosts = Vec::new();
        for sample in written.samples("") {
            let host = Parts::of(&sample.text).host.trim_matches('.').to_owned();
            if host_is_valid(&host) && !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        Self { hosts }
    }

    /// Whether `host` is of a site that is meant.
    fn has(&self, host: &str) -> bool {
        let site = |host: &str| registrable_domain(host).map(str::to_owned);
        site(host).is_some_and(|of_host| self.hosts.iter().any(|meant| site(meant).as_ref() == Some(&of_host)))
            || self.hosts.iter().any(|meant| meant == host)
    }

    /// What it lets in of what it is meant for, by https if it can be.
    fn origins(&self, written: &Written) -> Vec<String> {
        let by = |host: &String| {
            let hosts = [host.clone(), format!("app.{host}")];
            let all = ["https", "http"].iter().flat_map(|scheme| hosts.iter().map(move |host| format!("{scheme}://{host}")));
            let mut all = all.collect::<Vec<_>>();
            all.extend(written.samples("").into_iter().chain(written.samples("app")).map(|sample| sample.text));
            all.into_iter().find(|origin| written.lets_in(origin) == Some(true) && is_origin_of(origin, host))
        };
        self.hosts.iter().filter_map(by).collect()
    }

    fn any_subdomain(&self, written: &Written) -> bool {
        let below = |host: &String| ["https", "http"].map(|scheme| format!("{scheme}://any-name.{host}"));
        self.hosts.iter().flat_map(below).any(|origin| written.lets_in(&origin) == Some(true))
    }

    /// Whether nobody that it could be meant for gets in.
    fn is_nobody(&self, written: &Written, holes: &[Hole]) -> bool {
        holes.is_empty() && self.origins(written).is_empty()
    }

    /// A pattern for what is meant, that has no hole.
    fn instead(&self, written: &Written, any_subdomain: bool) -> Option<String> {
        let escaped = |host: &String| host.replace('.', "\\.");
        let names: Vec<String> = self.hosts.iter().map(escaped).collect();
        let names = match &names[..] {
            [] => return None,
            [name] => name.clone(),
            names => format!("({})", names.join("|")),
        };
        let is_bare =
            |host: &String| ["https", "http"].iter().any(|scheme| written.lets_in(&format!("{scheme}://{host}")) == Some(true));
        let below = match (any_subdomain, self.hosts.iter().any(is_bare)) {
            (true, true) => "([a-z0-9-]+\\.)*",
            (true, false) => "([a-z0-9-]+\\.)+",
            (false, _) => "",
        };
        let pattern = format!("^https://{below}{names}$");
        let better = Written::read(&pattern).ok()?;
        let is_good = holes(&better, &Self::of(&better)).ok()?.is_empty() && !self.origins(&better).is_empty();
        is_good.then_some(pattern)
    }
}

/// A text taken for an origin, or for a part of one.
struct Parts<'a> {
    scheme: Option<&'a str>,
    host: &'a str,
    port: &'a str,
    /// Where the host starts in the text.
    start: usize,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (scheme, start) = match text.find("://") {
            Some(at) => (text.get(..at), at + 3),
            None => (None, text.len() - text.trim_start_matches('/').len()),
        };
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find([':', '/', '?', '#']).unwrap_or(rest.len());
        let host = rest.get(..end).unwrap_or_default();
        let port = rest.get(end..).filter(|rest| rest.starts_with(':')).unwrap_or_default();
        Self { scheme, host, port: port.trim_end_matches('/'), start }
    }
}

/// The origins that get in and should not: of each kind the first.
fn holes(written: &Written, meant: &Meant) -> Result<Vec<(HoleKind, String)>, NotUnderstood> {
    let mut found: Vec<(HoleKind, String)> = Vec::new();
    for (kind, origin) in candidates(written, meant) {
        let says_nothing_new = |(other, known): &(HoleKind, String)| {
            let is_wider = match kind {
                HoleKind::OpenName => matches!(other, HoleKind::Anybody | HoleKind::OpenStart | HoleKind::OpenEnd),
                HoleKind::Null => false,
                _ => *other == HoleKind::Anybody,
            };
            is_wider || *other == kind || *known == origin
        };
        if found.iter().any(says_nothing_new) {
            continue;
        }
        // NB: what takes too long to match is not understood: nothing could be said about it.
        if written.lets_in(&origin).ok_or(NotUnderstood { at: 0 })? {
            found.push((kind, origin));
        }
    }
    Ok(found)
}

/// Origins that might get in, the widest hole first. Each is one that a browser can send, and none is meant.
fn candidates(written: &Written, meant: &Meant) -> Vec<(HoleKind, String)> {
    let mut all = vec![(HoleKind::Anybody, format!("https://{EVIL}")), (HoleKind::Anybody, format!("http://{EVIL}"))];
    for filler in FILLERS {
        for sample in written.samples(filler) {
            from_sample(&sample, filler, &mut all);
        }
    }
    all.retain(|(kind, origin)| {
        let host = Parts::of(origin).host;
        // NB: by http even those who are meant to get in are others.
        is_serialized(origin)
            && match kind {
                HoleKind::Insecure => meant.has(host) && !is_localhost_name(host),
                _ => registrable_domain(host).is_some() && host_is_valid(host) && !meant.has(host),
            }
    });
    all.push((HoleKind::Null, "null".into()));
    all.sort_by_key(|(kind, _)| *kind);
    all
}

fn from_sample(sample: &Sample, filler: &str, all: &mut Vec<(HoleKind, String)>) {
    let Parts { scheme, host, port, start } = Parts::of(&sample.text);
    let name = host.trim_matches('.');
    let schemes = scheme.map_or(&["https", "http"][..], |scheme| if scheme == "http" { &["http"] } else { &["https"] });
    for scheme in schemes {
        let mut add = |kind, host: &str| {
            all.push((kind, format!("{scheme}://{host}{port}")));
            if !port.is_empty() {
                all.push((kind, format!("{scheme}://{host}")));
            }
        };
        if !name.is_empty() && filler.is_empty() {
            add(HoleKind::OpenStart, &format!("evil{name}"));
            add(HoleKind::OpenEnd, &format!("{name}.{EVIL}"));
            add(HoleKind::OpenEnd, &format!("{name}{EVIL}"));
        }
        for dot in &sample.dots {
            if let Some(at) = dot.checked_sub(start).filter(|at| *at < host.len()) {
                let mut other = host.to_owned();
                other.replace_range(at..=at, "x");
                add(HoleKind::AnyCharacter, other.trim_matches('.'));
            }
        }
        if filler.starts_with("evil") {
            add(HoleKind::OpenName, name);
        }
        if *scheme == "http" {
            add(HoleKind::Insecure, name);
            add(HoleKind::Insecure, &format!("app.{name}"));
        }
    }
}

/// Whether a browser can send it as an `Origin`.
fn is_serialized(text: &str) -> bool {
    Origin::parse(text).is_some_and(|origin| origin.serialize() == text)
}

fn is_origin_of(text: &str, host: &str) -> bool {
    let found = Parts::of(text).host;
    is_serialized(text) && (found == host || found.strip_suffix(host).is_some_and(|below| below.ends_with('.')))
}

/// Whether it is a name, in small letters, that a server could have: with no label that is empty, too long, or no label at all.
fn host_is_valid(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len()) && label.bytes().all(is_allowed) && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_name = matches!(Host::parse(host), Ok(Host::Domain(domain)) if domain == host);
    let is_known = is_localhost_name(host) || registrable_domain(host).is_some();
    host.len() <= 253 && host.split('.').all(is_label) && is_name && is_known
}

/// The hole, with who can read by it.
fn evaluated(kind: HoleKind, origin: String) -> Hole {
    let reads_in = ProfileName::ALL.into_iter().filter(|profile| reads(*profile, &origin)).collect();
    Hole { kind, origin, reads_in }
}

/// Whether a page of `origin` reads an answer with credentials that names it.
fn reads(profile: ProfileName, origin: &str) -> bool {
    let mut page = match origin {
        "null" => Page::new("https://evil.test/"),
        origin => Page::new(format!("{origin}/")),
    };
    page.origin = Some(origin.into());
    let init = RequestInit { credentials: Some("include".into()), ..RequestInit::default() };
    let mut fetch = Fetch::new(Call::fetch("https://api.example/", init));
    let header = |name: &[u8], value: &[u8]| Header(name.into(), value.into());
    let headers =
        vec![header(b"Access-Control-Allow-Origin", origin.as_bytes()), header(b"Access-Control-Allow-Credentials", b"true")];
    fetch.answers = vec![Answer::Response(WireResponse { status: 200, headers: headers.into(), ..WireResponse::default() })];
    let mut scenario = Scenario::new(page, vec![fetch]);
    scenario.profile = profile;
    let report = evaluate_with(&scenario, Tracing::Off);
    report.is_ok_and(|report| matches!(report.fetches.first().map(|fetch| &fetch.outcome), Some(Outcome::Response(_))))
}

/// How much of a pattern a sentence repeats, in characters.
const REPEATED: usize = 200;

/// A pattern as it may stand in a sentence: with its backslashes as they are.
fn shown_pattern(pattern: &str) -> String {
    let shown = |character: char| match character {
        ' '..='_' | 'a'..='~' => character.to_string(),
        other => other.escape_unicode().to_string(),
    };
    pattern.chars().take(REPEATED).map(shown).collect()
}

fn findings(pattern: &str, holes: &[Hole], instead: Option<&str>, is_nobody: bool) -> Vec<Finding> {
    let remedy = instead.map_or_else(|| COMPARE.to_owned(), |pattern| fill(INSTEAD, &[("pattern", shown_pattern(pattern))]));
    let finding = |one: &Hole| {
        let slots = [
            ("pattern", shown_pattern(pattern)),
            ("origin", one.origin.clone()),
            ("hole", hole(one.kind).to_owned()),
            ("instead", remedy.clone()),
        ];
        let found = Finding::new(FindingId::AllowListHole, 0, &slots, Vec::new(), Vec::new());
        // NB: a page that comes by http is a smaller hole than one that anybody can make.
        let severity = if one.kind == HoleKind::Insecure { FindingSeverity::Warning } else { found.severity };
        Finding { severity, ..found }
    };
    let nobody = is_nobody.then(|| {
        let slots = [("pattern", shown_pattern(pattern))];
        Finding::new(FindingId::AllowListMatchesNobody, 0, &slots, Vec::new(), Vec::new())
    });
    holes.iter().map(finding).chain(nobody).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each list is meant for, who gets in, and what to write instead.
    #[test]
    fn who_gets_in() {
        use HoleKind::{AnyCharacter, Anybody, Insecure, Null, OpenEnd, OpenName, OpenStart};
        type Row = (&'static str, &'static [&'static str], &'static [(HoleKind, &'static str)], Option<&'static str>);
        let rows: &[Row] = &[
            (
                "origin.endsWith('example.com')",
                &["https://example.com"],
                &[(OpenStart, "https://evilexample.com"), (Insecure, "http://example.com")],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            (
                "origin.endsWith('.example.com')",
                &["https://app.example.com"],
                &[(Insecure, "http://app.example.com")],
                Some(r"^https://([a-z0-9-]+\.)+example\.com$"),
            ),
            (
                "origin.includes('example.com')",
                &["https://example.com"],
                &[
                    (OpenStart, "https://evilexample.com"),
                    (OpenEnd, "https://example.com.evil.test"),
                    (Insecure, "http://example.com"),
                ],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            (
                "origin.startsWith('https://example.com')",
                &["https://example.com"],
                &[(OpenEnd, "https://example.com.evil.test")],
                Some(r"^https://example\.com$"),
            ),
            ("origin.startsWith('https://')", &[], &[(Anybody, "https://evil.test")], None),
            ("origin.startsWith('https://example')", &[], &[(OpenEnd, "https://example.evil.test")], None),
            (
                r"/^https:\/\/app.example\.com$/",
                &["https://app.example.com"],
                &[(AnyCharacter, "https://appxexample.com")],
                Some(r"^https://app\.example\.com$"),
            ),
            (r"/^https:\/\/app\.example\.com$/", &["https://app.example.com"], &[], None),
            (
                r"/^https:\/\/app\.example\.com/",
                &["https://app.example.com"],
                &[(OpenEnd, "https://app.example.com.evil.test")],
                Some(r"^https://app\.example\.com$"),
            ),
            (
                r"/example\.com$/",
                &["https://example.com"],
                &[(OpenStart, "https://evilexample.com"), (Insecure, "http://example.com")],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            (r"/^https:\/\/([a-z0-9-]+\.)*example\.com$/", &["https://example.com"], &[], None),
            (
                r"/^https:\/\/.*example\.com$/",
                &["https://example.com"],
                &[(OpenStart, "https://evilexample.com")],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            (
                r"/^https?:\/\/app\.example\.com(:\d+)?$/",
                &["https://app.example.com"],
                &[(Insecure, "http://app.example.com")],
                Some(r"^https://app\.example\.com$"),
            ),
            (r"/^https?:\/\/localhost(:\d+)?$/", &["https://localhost"], &[], None),
            (
                r"/^https:\/\/(app|www).example.com$/i",
                &["https://app.example.com", "https://www.example.com"],
                &[(AnyCharacter, "https://appxexample.com")],
                Some(r"^https://(app\.example\.com|www\.example\.com)$"),
            ),
            (
                r"re.match(r'https://example\.com', origin)",
                &["https://example.com"],
                &[(OpenEnd, "https://example.com.evil.test")],
                Some(r"^https://example\.com$"),
            ),
            (r"re.fullmatch(r'https://example\.com', origin)", &["https://example.com"], &[], None),
            (
                r"~*^https?://(.+\.)?example\.com$",
                &["https://example.com"],
                &[(Insecure, "http://example.com")],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            ("https://*.example.com", &["https://app.example.com"], &[], None),
            (
                "https://*example.com",
                &["https://example.com"],
                &[(OpenStart, "https://evilexample.com")],
                Some(r"^https://([a-z0-9-]+\.)*example\.com$"),
            ),
            ("https://example.*", &[], &[(OpenEnd, "https://example.evil.test")], None),
            ("https://*.github.io", &[], &[(OpenName, "https://evil.github.io")], None),
            ("https://shop-*.vercel.app", &[], &[(OpenName, "https://shop-evil.vercel.app")], None),
            ("*", &[], &[(Anybody, "https://evil.test"), (Null, "null")], None),
            (".*", &[], &[(Anybody, "https://evil.test"), (Null, "null")], None),
            ("https://example.com", &["https://example.com"], &[], None),
            ("[\"https://example.com\", \"null\"]", &["https://example.com"], &[(Null, "null")], Some(r"^https://example\.com$")),
            ("http://example.com", &["http://example.com"], &[(Insecure, "http://example.com")], Some(r"^https://example\.com$")),
            ("https://example.com/", &[], &[], None),
            ("https://Example.com", &[], &[], None),
        ];
        for (text, meant, holes, instead) in rows {
            let report = judge_allow_list(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(report.meant, *meant, "{text}");
            let found: Vec<(HoleKind, &str)> = report.holes.iter().map(|hole| (hole.kind, &*hole.origin)).collect();
            assert_eq!(found, *holes, "{text}");
            assert_eq!(report.instead.as_deref(), *instead, "{text}");
            for hole in &report.holes {
                assert_eq!(hole.reads_in, ProfileName::ALL, "{text} {}", hole.origin);
            }
            let nobody = usize::from(meant.is_empty() && holes.is_empty());
            assert_eq!(report.findings.len(), holes.len() + nobody, "{text}");
        }
    }

    #[test]
    fn what_it_says() {
        let says = |text: &str| {
            judge_allow_list(text).unwrap().findings.into_iter().map(|finding| (finding.what, finding.remedy)).collect::<Vec<_>>()
        };
        assert_eq!(
            says("origin.startsWith('https://example.com')"),
            [(
                "The pattern `origin.startsWith('https://example.com')` lets `https://example.com.evil.test` in: nothing says that the name ends there, so a name that only begins like it will do.".to_owned(),
                r"Compare the whole Origin with a list. If it has to be a pattern, this one has no such hole: `^https://example\.com$`.".to_owned()
            )]
        );
        assert_eq!(says("https://*.github.io")[0].1, "Compare the whole Origin with a list.");
        assert_eq!(says("https://example.com/")[0].0, "The pattern `https://example.com/` lets in no origin that browsers send.");
    }

    #[test]
    fn what_takes_too_long_is_not_understood() {
        assert_eq!(judge_allow_list("/^(.+)+(.+)+(.+)+(.+)+z$/"), Err(NotUnderstood { at: 0 }));
    }
}
