use std::collections::BTreeSet;

use super::*;
use crate::explain::tests::rows;
use crate::explain::{VerdictKind, explain};
use crate::modes::ResponseType;
use crate::profile::ProfileName;
use crate::{FetchReport, Outcome, evaluate};

/// A change in a few signs: what, and after `@` in which answer of the fetch.
fn brief(change: &Change, index: usize) -> String {
    let at = |fetch: &usize, answer: &usize| if *fetch == index { format!("@{answer}") } else { format!("@{fetch}.{answer}") };
    match change {
        Change::SetHeader { fetch, answer, name, value } => format!("{name}: {value} {}", at(fetch, answer)),
        Change::RemoveHeader { fetch, answer, name } => format!("no {name} {}", at(fetch, answer)),
        Change::ReplaceLine { fetch, answer, line, name, value } => format!("{name}: {value} {}:{line}", at(fetch, answer)),
        Change::SetStatus { fetch, answer, status } => format!("status {status} {}", at(fetch, answer)),
        Change::SetUrl { url } => format!("ask {url}"),
        Change::SetMethod { method } => format!("method {method}"),
        Change::SetRequestHeader { name, value } => format!("send {name}: {value}"),
        Change::RenameRequestHeader { name, to } => format!("send {to} for {name}"),
        Change::RemoveRequestHeader { name } => format!("without {name}"),
        Change::MoveHeaderToQuery { name } => format!("{name} in the URL"),
        Change::DropUploadListener => "no upload listener".into(),
        Change::DropCredentials => "without credentials".into(),
        Change::AddCrossOrigin => "crossorigin".into(),
        Change::SetMember { member, value } => format!("{}: {value}", member.as_str()),
        Change::LeaveOut { member } => format!("no {}", member.as_str()),
        Change::WholeBody => "whole body".into(),
        Change::FreshStream => "fresh stream".into(),
        Change::AllowInPolicy { policy } => format!("allow in {policy:?}"),
    }
}

fn brief_repair(repair: &Repair) -> String {
    let changes: Vec<String> = repair.changes.iter().map(|change| brief(change, repair.fetch)).collect();
    let assumed = if repair.assumed.is_empty() { String::new() } else { format!(" ~{}", repair.assumed.len()) };
    format!("{:?}/{:?}{assumed} | {}", repair.by, repair.safety, changes.join(" | "))
}

/// The scenarios of the explanations that ended badly: each id with its scenario and its repairs.
fn cases() -> Vec<(&'static str, Scenario, Vec<Repair>)> {
    let case = |row: crate::explain::tests::Row| {
        let scenario: Scenario = serde_json::from_value(row.scenario).unwrap();
        let report = evaluate(&scenario).unwrap();
        let index = scenario.fetches.len() - 1;
        let kind = explain(&scenario, &report).fetches[index].verdict.kind;
        let is_bad = matches!(kind, VerdictKind::Blocked | VerdictKind::Threw | VerdictKind::Opaque);
        let repairs = repairs(&scenario, index).unwrap();
        assert!(is_bad || repairs.is_empty(), "{} {repairs:?}", row.id);
        is_bad.then_some((row.id, scenario, repairs))
    };
    rows().into_iter().filter_map(case).collect()
}

/// The repairs of the first scenario of each way to end badly: who and how safe, how many answers are taken for granted after
/// `~`, and the changes.
const REPAIRS: &[(&str, &[&str])] = &[
    ("opaque-fetch", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | no mode"]),
    ("opaque-image", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin"]),
    ("opaque-media", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin"]),
    ("opaque-script", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin"]),
    ("opaque-stylesheet", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin"]),
    ("opaque-preload", &["Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin"]),
    ("opaque-redirect", &["Page/NothingNew ~1 | no redirect"]),
    ("throw-url-credentials", &["Page/NothingNew ~1 | ask https://b.example/"]),
    ("throw-window", &["Page/NothingNew ~1 | no window"]),
    ("throw-referrer", &["Page/NothingNew ~1 | no referrer"]),
    ("throw-mode-navigate", &["Page/NothingNew ~1 | no mode"]),
    ("throw-enumeration", &["Page/NothingNew ~1 | credentials: include", "Page/NothingNew ~1 | no credentials"]),
    ("throw-only-if-cached", &["Page/NothingNew ~1 | no cache"]),
    ("throw-method-not-token", &["Page/NothingNew ~1 | method GET"]),
    ("throw-method-no-cors", &["Page/NothingNew ~2 | no mode"]),
    ("throw-header-name", &["Page/NothingNew ~2 | send X-Token for X Token"]),
    ("throw-header-value", &["Page/NothingNew ~2 | send X-Token: ab"]),
    ("throw-not-byte-string", &["Page/NothingNew ~2 | send X-Token: %E2%82%AC"]),
    ("throw-body-with-get-or-head", &["Page/NothingNew ~1 | method POST", "Page/NothingNew ~1 | no body"]),
    ("throw-stream-keepalive", &["Page/NothingNew ~1 | whole body"]),
    ("throw-stream-disturbed", &["Page/NothingNew ~1 | whole body"]),
    ("throw-stream-duplex", &["Page/NothingNew ~1 | whole body"]),
    ("throw-stream-mode", &["Page/NothingNew ~1 | no mode | whole body"]),
    ("throw-web-socket-fragment", &["Page/NothingNew ~1 | ask wss://b.example/"]),
    ("allow-origin-missing", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    (
        "allow-origin-missing-on-preflight",
        &["Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0"],
    ),
    ("allow-origin-missing-in-cache", &["Server/NothingNew ~1 | Vary: Origin @0.0"]),
    ("allow-origin-only-on-preflight", &["Server/Named | Access-Control-Allow-Origin: https://a.example @1"]),
    ("allow-origin-misspelt", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-empty", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    (
        "allow-origin-wildcard-with-credentials",
        &[
            "Server/NamedWithCredentials | Access-Control-Allow-Origin: https://a.example @0",
            "Page/NothingNew | without credentials",
        ],
    ),
    ("allow-origin-several-lines", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-list", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-null", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-tainted-by-redirect", &["Server/NothingNew | status 200 @0", "Page/NothingNew | ask https://c.example/"]),
    ("allow-origin-trailing-slash", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-path", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-case", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-default-port", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-wrapped", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-without-scheme", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-spelling", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-pattern", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-scheme", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-port", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-loopback", &["Server/Named | Access-Control-Allow-Origin: http://localhost:3000 @0 | Vary: Origin @0"]),
    ("allow-origin-subdomain", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-other", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-other-in-cache", &["Server/NothingNew ~1 | Vary: Origin @0.0", "Page/NothingNew ~1 | cache: reload"]),
    ("allow-origin-no-origin", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    (
        "allow-credentials-missing",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @0", "Page/NothingNew | without credentials"],
    ),
    (
        "allow-credentials-only-on-preflight",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @1", "Page/NothingNew | without credentials"],
    ),
    ("allow-credentials-for-null", &["Page/NothingNew | without credentials"]),
    (
        "allow-credentials-case",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @0", "Page/NothingNew | without credentials"],
    ),
    (
        "allow-credentials-several-lines",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @0", "Page/NothingNew | without credentials"],
    ),
    (
        "allow-credentials-not-true",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @0", "Page/NothingNew | without credentials"],
    ),
    (
        "preflight-redirect-slash",
        &[
            "Page/NothingNew ~2 | ask https://b.example/x/",
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    (
        "preflight-redirect-scheme",
        &[
            "Page/NothingNew ~2 | ask https://b.example/x",
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: http://a.example @0 | status 204 @0",
        ],
    ),
    (
        "preflight-unauthorized",
        &[
            "Server/Named ~1 | Access-Control-Allow-Headers: x-token @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
            "Page/NothingNew ~1 | without X-Token",
        ],
    ),
    (
        "preflight-forbidden",
        &[
            "Server/Named ~1 | Access-Control-Allow-Headers: content-type, x-token @0 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    (
        "preflight-not-found",
        &[
            "Server/NamedWithCredentials ~1 | Access-Control-Allow-Credentials: true @0 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    (
        "preflight-method-not-allowed",
        &[
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    (
        "preflight-server-error",
        &[
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    ("preflight-status", &["Server/Named ~1 | status 204 @0"]),
    ("preflight-not-tokens", &["Server/Named ~1 | Access-Control-Allow-Methods: PUT @0"]),
    (
        "preflight-method-case",
        &["Page/NothingNew ~1 | method PATCH", "Server/Named ~1 | Access-Control-Allow-Methods: GET, patch @0"],
    ),
    ("preflight-method-list-case", &["Server/Named ~1 | Access-Control-Allow-Methods: get, PUT @0"]),
    (
        "preflight-method-wildcard",
        &["Server/NamedWithCredentials ~1 | Access-Control-Allow-Methods: PUT @0", "Page/NothingNew ~1 | without credentials"],
    ),
    ("preflight-methods-misspelt", &["Server/Named ~1 | Access-Control-Allow-Methods: PUT @0"]),
    ("preflight-methods-missing", &["Server/Named ~1 | Access-Control-Allow-Methods: PUT @0"]),
    ("preflight-method-not-listed", &["Server/Named ~1 | Access-Control-Allow-Methods: GET, POST, PUT @0"]),
    (
        "preflight-header-similar",
        &[
            "Server/Named ~1 | Access-Control-Allow-Headers: X_Token, x-token @0",
            "Page/NothingNew ~1 | send X_Token for x-token",
            "Page/NothingNew ~1 | without x-token",
        ],
    ),
    (
        "preflight-header-wildcard",
        &[
            "Server/NamedWithCredentials ~1 | Access-Control-Allow-Headers: x-token @0",
            "Page/NothingNew ~1 | without x-token",
            "Page/NothingNew ~1 | without credentials",
        ],
    ),
    ("preflight-header-of-response", &["Page/NothingNew ~1 | without access-control-allow-origin"]),
    (
        "preflight-headers-misspelt",
        &["Server/Named ~1 | Access-Control-Allow-Headers: x-token @0", "Page/NothingNew ~1 | without x-token"],
    ),
    (
        "preflight-headers-missing",
        &["Server/Named ~1 | Access-Control-Allow-Headers: x-token @0", "Page/NothingNew ~1 | without x-token"],
    ),
    (
        "preflight-header-not-listed",
        &[
            "Server/Named ~1 | Access-Control-Allow-Headers: content-type, x-b, x-token @0",
            "Page/NothingNew ~1 | without x-b | without x-token",
        ],
    ),
    ("preflight-authorization-wildcard", &["Server/Named ~1 | Access-Control-Allow-Headers: *, authorization, x-token @0"]),
    (
        "corp-same-origin",
        &[
            "Server/EverybodyLoads | Cross-Origin-Resource-Policy: cross-origin @0",
            "Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin",
        ],
    ),
    (
        "corp-same-site",
        &[
            "Server/EverybodyLoads | Cross-Origin-Resource-Policy: cross-origin @0",
            "Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin",
        ],
    ),
    (
        "corp-embedder-policy",
        &[
            "Server/EverybodyLoads | Cross-Origin-Resource-Policy: cross-origin @0",
            "Both/Named | Access-Control-Allow-Origin: https://a.example @0 | crossorigin",
        ],
    ),
    ("mixed-content", &["Page/NothingNew ~1 | ask https://b.example/x"]),
    ("content-security-policy", &["Page/NothingNew ~1 | allow in ContentSecurityPolicy"]),
    ("integrity-policy", &["Page/NothingNew ~1 | allow in IntegrityPolicy"]),
    ("no-cors-redirect-mode", &["Page/NothingNew ~1 | no mode", "Page/NothingNew ~1 | no redirect"]),
    ("response-content-security-policy", &["Page/NothingNew | allow in ContentSecurityPolicyResponse"]),
    ("mime-type", &["Server/NothingNew | Content-Type: text/javascript @0"]),
    ("nosniff", &["Server/NothingNew | Content-Type: text/css @0"]),
    ("integrity-without-body", &["Page/NothingNew | no integrity"]),
    ("blob-range", &["Page/NothingNew | without Range"]),
    ("redirect-mode-error", &["Page/NothingNew ~1 | ask https://b.example/y", "Page/NothingNew ~1 | no redirect"]),
    ("location", &["Server/NothingNew | status 200 @0"]),
    ("location-scheme", &["Server/NothingNew | status 200 @0"]),
    ("redirect-count", &["Server/NothingNew | status 200 @0"]),
    (
        "location-credentials",
        &[
            "Server/NothingNew ~1 | Location: https://b.example/ @0",
            "Server/NothingNew | status 200 @0",
            "Page/NothingNew ~1 | ask https://b.example/",
        ],
    ),
    ("location-credentials-tainted", &["Server/NothingNew | status 200 @0", "Page/NothingNew ~1 | ask https://a.example/"]),
    ("stream-body-redirect", &["Page/NothingNew ~1 | whole body"]),
    ("keepalive", &["Page/NothingNew ~1 | no keepalive"]),
    ("only-if-cached", &["Page/NothingNew ~1 | no cache"]),
    ("authentication-stream", &["Page/NothingNew | whole body"]),
    ("url-credentials", &["Page/NothingNew ~1 | ask https://b.example/x"]),
    ("stream-not-supported", &["Page/NothingNew ~1 | whole body"]),
    ("http1-stream", &["Page/NothingNew | whole body"]),
    (
        "allow-origin-missing-on-redirect",
        &[
            "Server/Named | Access-Control-Allow-Origin: https://a.example @0 | status 200 @0",
            "Page/NothingNew ~1 | ask https://c.example/",
        ],
    ),
    (
        "allow-origin-missing-on-redirect-slash",
        &["Page/NothingNew ~1 | ask https://b.example/x/", "Server/Named ~1 | Access-Control-Allow-Origin: https://a.example @0"],
    ),
    (
        "allow-origin-missing-on-redirect-scheme",
        &[
            "Page/NothingNew ~1 | ask https://b.example/x",
            "Server/Named | Access-Control-Allow-Origin: http://a.example @0 | status 200 @0",
        ],
    ),
    (
        "allow-origin-missing-on-redirect-login",
        &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | status 401 @0"],
    ),
    ("allow-origin-at-login-page", &["Server/NothingNew | status 401 @0"]),
    ("allow-origin-missing-on-server-error", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-missing-on-error", &["Server/Named | Access-Control-Allow-Origin: https://a.example @1"]),
    ("allow-origin-repeated", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    ("allow-origin-www", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0 | Vary: Origin @0"]),
    ("allow-origin-placeholder", &["Server/Named | Access-Control-Allow-Origin: https://a.example @0"]),
    (
        "allow-credentials-misspelt",
        &["Server/NamedWithCredentials | Access-Control-Allow-Credentials: true @0", "Page/NothingNew | without credentials"],
    ),
    (
        "preflight-redirect-login",
        &[
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | Access-Control-Allow-Origin: https://a.example @0 | status 204 @0",
        ],
    ),
    ("preflight-method-on-actual", &["Server/Named | Access-Control-Allow-Methods: PUT @0"]),
    (
        "preflight-header-on-actual",
        &["Server/Named | Access-Control-Allow-Headers: x-token @0", "Page/NothingNew | without x-token"],
    ),
    (
        "preflight-header-of-library",
        &["Page/NothingNew ~1 | without sentry-trace", "Server/Named ~1 | Access-Control-Allow-Headers: sentry-trace @0"],
    ),
    (
        "preflight-header-exposed",
        &["Server/Named ~1 | Access-Control-Allow-Headers: x-token @0", "Page/NothingNew ~1 | without x-token"],
    ),
    (
        "preflight-header-requested-with",
        &["Page/NothingNew ~1 | without x-requested-with", "Server/Named ~1 | Access-Control-Allow-Headers: x-requested-with @0"],
    ),
    (
        "preflight-redirect",
        &[
            "Server/Named ~1 | Access-Control-Allow-Methods: PUT @0 | status 204 @0",
            "Page/NothingNew ~2 | ask https://c.example/",
        ],
    ),
];

/// The ways to end badly for which there is none, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("opaque-beacon", "the answer to a beacon is for nobody"),
    ("opaque-import-scripts", "importScripts() takes no permission"),
    ("throw-url", "only who wrote it knows which URL was meant"),
    ("throw-method-forbidden", "no page may send it, and no other method stands for it"),
    ("throw-web-socket-scheme", "a WebSocket is not to be had under that scheme"),
    ("throw-preload-destination", "only who wrote it knows what it is for"),
    ("preload-failed", "the preload has its own repairs"),
    ("module-failed", "the earlier fetch has its own repairs"),
    ("preload-as-another", "only who wrote it knows what it is for"),
    ("preload-denied", "the preload has its own repairs"),
    ("throw-beacon-scheme", "a beacon is not to be had under that scheme"),
    ("same-origin-mode", "here it is a worker's, whose script has to be of the page's origin"),
    ("allow-origin-for-page-without", "what lets `null` read lets everybody read"),
    ("bad-port", "only who runs the server knows another port"),
    ("scheme-not-http", "only who wrote it knows which URL was meant"),
    ("url-without-scheme", "here from a page that is not secure, and Chromium lets only secure ones reach this machine"),
    ("response-mixed-content", "what a service worker answers is script"),
    ("range-not-requested", "what a service worker answers is script"),
    ("integrity", "only who knows the content can say whether it is the right one"),
    ("aborted", "script wanted it"),
    ("about-url", "there is no other URL for it"),
    ("blob-url", "the blob is gone"),
    ("blob-partition", "the blob is elsewhere"),
    ("data-url", "only who wrote it knows which data were meant"),
    ("file-url", "files are closed to pages"),
    ("unknown-scheme", "only who wrote it knows which URL was meant"),
    ("service-worker-response", "what a service worker answers is script"),
    ("proxy-authentication", "a proxy between the two"),
    ("offline", "the network"),
    ("connection", "the network, TLS, or a server that does not run"),
    ("connection-name", "the name of the server"),
    ("connection-refused", "a server that does not run, or a firewall"),
    ("connection-closed", "the server breaks off"),
    ("connection-certificate", "the certificate of the server"),
    ("local-network-insecure", "the page would have to come from another origin"),
    ("local-network-denied", "the permission of a person"),
    ("client-certificate", "the choice of a person"),
    ("malformed", "what is there is no HTTP"),
];

#[test]
fn every_way_to_end_badly_has_its_repairs() {
    let mut seen = BTreeSet::new();
    let mut wrong = String::new();
    for (id, _, repairs) in cases() {
        if !seen.insert(id) {
            continue;
        }
        let found: Vec<String> = repairs.iter().map(brief_repair).collect();
        let expected = REPAIRS.iter().find(|row| row.0 == id).map(|row| row.1);
        let is_without = WITHOUT.iter().any(|row| row.0 == id);
        if found != expected.unwrap_or_default() || expected.is_some() == is_without {
            wrong.push_str(&format!("({id:?}, &{found:?}),\n"));
        }
    }
    assert!(wrong.is_empty(), "not as REPAIRS and WITHOUT have it:\n{wrong}");
    let listed: BTreeSet<&str> = REPAIRS.iter().map(|row| row.0).chain(WITHOUT.iter().map(|row| row.0)).collect();
    assert_eq!(listed, seen);
}

/// How the fetch at `index` ended under a profile.
fn ended(scenario: &Scenario, index: usize, profile: ProfileName) -> FetchReport {
    let mut scenario = scenario.clone();
    scenario.profile = profile;
    evaluate(&scenario).unwrap().fetches.swap_remove(index)
}

fn is_readable(report: &FetchReport) -> bool {
    matches!(&report.outcome, Outcome::Response(response)
        if !matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect))
}

/// Applies every repair of every scenario, and evaluates again: it works under each profile, no part of it is needless, and its
/// policy has no fault and works as well.
#[test]
fn every_repair_is_seen_to_work() {
    let mut count = 0;
    for (id, scenario, repairs) in cases() {
        let index = scenario.fetches.len() - 1;
        let before = ended(&scenario, index, scenario.profile);
        let goal = Goal::of(&scenario.fetches[index].call, &before);
        assert!(!goal.is_reached(&before) || repairs.is_empty(), "{id}");
        for repair in &repairs {
            count += 1;
            for profile in ProfileName::ALL {
                let mut repaired = scenario.clone();
                repaired.profile = profile;
                // NB: which answer is for which request is known of the scenario as it was recorded.
                let run =
                    Book::new(&scenario, index).unwrap().unwrap().0.run(&repair.changes, profile.into(), None).unwrap().unwrap();
                repaired.fetches = run.scenario.fetches;
                assert!(goal.is_reached(&ended(&repaired, index, profile)), "{id} {profile:?} {repair:#?}");
            }
            let mut repaired = scenario.clone();
            repair.apply(&mut repaired).unwrap();
            assert!(goal.is_reached(&ended(&repaired, index, repaired.profile)), "{id} {repair:#?}");
            let verdict = explain(&repaired, &evaluate(&repaired).unwrap()).fetches.swap_remove(index).verdict;
            let is_well = match goal {
                Goal::Read | Goal::Header(_) => verdict.kind == VerdictKind::Allowed,
                Goal::Load => matches!(verdict.kind, VerdictKind::Allowed | VerdictKind::Opaque),
            };
            assert!(is_well, "{id} {verdict:?}");
            no_part_is_needless(id, &scenario, index, goal, repair);
            if let Some(policy) = &repair.policy {
                assert_eq!(policy.check(), [], "{id}");
                let call = &repaired.fetches[index].call;
                for profile in ProfileName::ALL {
                    let served = minimal::served(&scenario.page, call, &[], policy, profile.into()).unwrap();
                    assert!(goal.is_reached(&served), "{id} {profile:?} {policy:?}");
                }
            }
            assert!(!repair.what.is_empty() && !repair.title.is_empty() && !repair.why.is_empty());
            assert_eq!(repair.what.len(), repair.changes.len(), "{id}");
        }
    }
    assert!(count > 150, "{count}");
}

fn no_part_is_needless(id: &str, scenario: &Scenario, index: usize, goal: Goal, repair: &Repair) {
    let (book, _) = Book::new(scenario, index).unwrap().unwrap();
    for left_out in 0..repair.changes.len() {
        let is_for_caches = matches!(&repair.changes[left_out], Change::SetHeader { name, .. } if *name == b"Vary");
        if is_for_caches && repair.changes.len() > 1 {
            continue;
        }
        let mut fewer = repair.changes.clone();
        fewer.remove(left_out);
        let reaches = |profile: ProfileName| goal.is_reached(&book.run(&fewer, profile.into(), None).unwrap().unwrap().report);
        assert!(!ProfileName::ALL.into_iter().all(reaches), "{id}: {:?} is needless in {repair:#?}", repair.changes[left_out]);
    }
}

/// The answers of every repaired scenario, given to pages of other origins: they read nothing that they did not read before.
#[test]
fn no_repair_lets_others_read() {
    let mut count = 0;
    for (id, scenario, repairs) in cases() {
        let index = scenario.fetches.len() - 1;
        for repair in &repairs {
            let mut repaired = scenario.clone();
            repair.apply(&mut repaired).unwrap();
            let report = ended(&repaired, index, repaired.profile);
            let Some(url) = report.request.as_ref().map(|request| request.url.clone()) else { panic!("{id}") };
            for origin in ["https://evil.example", "null", "https://a.example.evil.example", "https://evil-a.example"] {
                for profile in ProfileName::ALL {
                    let mut other = repaired.clone();
                    other.profile = profile;
                    other.page = match origin {
                        "null" => Page { origin: Some("null".into()), ..Page::new("https://evil.example/") },
                        origin => Page::new(format!("{origin}/")),
                    };
                    other.fetches[index].call.url_mut().clone_from(&url);
                    let after = ended(&other, index, profile);
                    let is_cors = matches!(&after.outcome, Outcome::Response(response) if response.tainting == crate::modes::Tainting::Cors);
                    // What a server allows by itself already is no doing of a repair that leaves that line alone.
                    let allows_already = scenario.fetches[index].answers.iter().any(|answer| {
                        let crate::Answer::Response(response) = answer else { return false };
                        let allowed = crate::http::header_list::joined(&response.headers[..], b"access-control-allow-origin");
                        allowed.is_some_and(|allowed| *allowed == *b"*" || *allowed == *origin.as_bytes())
                    });
                    let is_left = !repair.changes.iter().any(
                        |change| matches!(change, Change::SetHeader { name, .. } if *name == b"Access-Control-Allow-Origin"),
                    );
                    assert!(
                        !(is_cors && is_readable(&after)) || allows_already && is_left,
                        "{id} {origin} {profile:?} {repair:#?}"
                    );
                    count += usize::from(!is_cors);
                }
            }
        }
    }
    assert!(count > 1000, "{count}");
}

fn scenario(text: &str) -> Scenario {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A fetch of `https://api.example/me` by `https://app.example`, and its answers.
fn app(init: &str, answers: &str) -> Scenario {
    scenario(&format!(
        r#"{{ "page": {{ "url": "https://app.example/" }}, "fetches": [{{
            "call": {{ "api": "fetch", "url": "https://api.example/me", "init": {init} }}, "answers": {answers} }}] }}"#
    ))
}

#[test]
fn a_repair_in_plain_words() {
    let scenario = app(
        r#"{ "method": "PATCH", "headers": [["X-Requested-With", "XMLHttpRequest"]], "credentials": "include" }"#,
        r#"[{ "status": 401, "headers": [["Access-Control-Allow-Origin", "https://staging.app.example"], ["Vary", "Accept"]] }]"#,
    );
    let repairs = repairs(&scenario, 0).unwrap();
    let [repair] = &repairs[..] else { panic!("{repairs:#?}") };
    assert_eq!(
        (repair.by, repair.safety, &*repair.title),
        (RepairBy::Server, Safety::NamedWithCredentials, "Answer the preflight")
    );
    let with = "with its answer to the preflight (OPTIONS https://api.example/me)";
    assert_eq!(
        repair.what,
        [
            "Let https://api.example answer OPTIONS requests to this URL with status 204, before it checks any login, and without a redirect.".into(),
            format!("Let https://api.example send `Access-Control-Allow-Origin: https://app.example` {with}."),
            format!("Let https://api.example send `Access-Control-Allow-Credentials: true` {with}."),
            format!("Let https://api.example send `Access-Control-Allow-Methods: PATCH` {with}."),
            format!("Let https://api.example send `Access-Control-Allow-Headers: x-requested-with` {with}."),
            format!("Let https://api.example send `Vary: Accept, Origin` {with}, and with the answers to all others."),
        ]
    );
    assert_eq!(
        repair.safety_note,
        "Pages of https://app.example may then read what is meant for the person who is logged in. \
         Do this only if you trust everything that runs there."
    );
    assert_eq!(
        repair.assumed,
        ["The answer of https://api.example to PATCH https://api.example/me is not known. \
             It is taken to be right: status 200, with what this page needs."]
    );
    let policy = r#"{"origins":{"list":["https://app.example","https://staging.app.example"]},"methods":["PATCH"],"requestHeaders":["x-requested-with"],"exposedHeaders":[],"credentials":true,"maxAge":null}"#;
    assert_eq!(serde_json::to_string(&repair.policy).unwrap(), policy);
}

#[test]
fn what_else_a_repair_may_be() {
    let preflight = r#"{ "status": 204, "headers": [["Access-Control-Allow-Origin", "*"]] }"#;
    let public = r#"{ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] }"#;
    let refused = r#"{ "status": 204, "headers": [] }"#;
    let image = |policy: &str| {
        scenario(&format!(
            r#"{{ "page": {{ "url": "https://app.example/" }}, "fetches": [{{ "call": {{ "api": "img", "url": "https://cdn.app.example/x" }},
                "answers": [{{ "status": 200, "headers": [["Cross-Origin-Resource-Policy", "{policy}"]] }}] }}] }}"#
        ))
    };
    for (scenario, expected) in [
        // What every page may read stays so, and the policy says it.
        (
            app(r#"{ "method": "PUT" }"#, &format!("[{preflight}, {public}]")),
            &["Server/Public | Access-Control-Allow-Methods: PUT @0"][..],
        ),
        // A type that needs no preflight, and the answer that is known for it.
        (
            app(
                r#"{ "method": "POST", "headers": [["Content-Type", "application/json"]], "body": { "type": "text", "text": "{}" } }"#,
                &format!("[{refused}, {public}]"),
            ),
            &[
                "Server/Named | Access-Control-Allow-Headers: content-type @0 | Access-Control-Allow-Origin: https://app.example @0",
                "Page/NothingNew | send Content-Type: text/plain",
            ],
        ),
        // A page that was refused is not taken to be allowed elsewhere at the same server's word.
        (
            app(r#"{ "headers": [["X-Requested-With", "x"]] }"#, &format!("[{refused}]")),
            &[
                "Server/Named ~1 | Access-Control-Allow-Headers: x-requested-with @0 | Access-Control-Allow-Origin: https://app.example @0",
            ],
        ),
        // A listener alone may call for a preflight.
        (
            scenario(&format!(
                r#"{{ "page": {{ "url": "https://app.example/" }}, "fetches": [{{
                    "call": {{ "api": "xhr", "url": "https://api.example/", "method": "POST", "uploadListener": true }},
                    "answers": [{{ "status": 405, "headers": [["Access-Control-Allow-Origin", "*"]] }}, {public}] }}] }}"#
            )),
            &["Server/Public | status 204 @0", "Page/NothingNew | no upload listener"],
        ),
        // A login stays.
        (
            app(r#"{ "headers": [["Authorization", "Bearer x"]] }"#, &format!("[{preflight}, {public}]")),
            &["Server/Public | Access-Control-Allow-Headers: authorization @0"],
        ),
        // Pages of the same site are fewer than all.
        (
            image("same-origin"),
            &[
                "Server/SameSiteLoads | Cross-Origin-Resource-Policy: same-site @0",
                "Server/EverybodyLoads | Cross-Origin-Resource-Policy: cross-origin @0",
            ],
        ),
        (image("cross-origin"), &["Both/Named | Access-Control-Allow-Origin: https://app.example @0 | crossorigin"]),
    ] {
        let found: Vec<String> = repairs(&scenario, 0).unwrap().iter().map(brief_repair).collect();
        assert_eq!(found, expected);
    }
    assert_eq!(repairs(&image("same-origin"), 1), Ok(Vec::new()));
    let nonsense = Scenario { version: 2, ..image("same-origin") };
    assert_eq!(repairs(&nonsense, 0), Err(ScenarioError::Version { found: 2 }));
}

#[test]
fn a_header_that_script_cannot_read() {
    let answer =
        |headers: &str| format!(r#"[{{ "status": 200, "headers": [["X-Total", "1"], ["Set-Cookie", "a=b"], {headers}] }}]"#);
    let allow = r#"["Access-Control-Allow-Origin", "*"]"#;
    let strict = r#"["Access-Control-Allow-Origin", "https://app.example"], ["Access-Control-Allow-Credentials", "true"]"#;
    let include = r#"{ "credentials": "include" }"#;
    for (init, headers, name, expected) in [
        ("{}", allow.to_owned(), "X-Total", &["Server/Public | Access-Control-Expose-Headers: X-Total @0"][..]),
        (
            "{}",
            format!(r#"{allow}, ["Access-Control-Expose-Headers", "ETag"]"#),
            "x-total",
            &["Server/Public | Access-Control-Expose-Headers: ETag, x-total @0"],
        ),
        (
            include,
            format!(r#"{strict}, ["Access-Control-Expose-Headers", "*"]"#),
            "X-Total",
            &["Server/NamedWithCredentials | Access-Control-Expose-Headers: X-Total @0", "Page/NothingNew | without credentials"],
        ),
        ("{}", allow.to_owned(), "Set-Cookie", &[]),
        ("{}", allow.to_owned(), "X-Missing", &[]),
        ("{}", format!(r#"{allow}, ["Access-Control-Expose-Headers", "X-Total"]"#), "X-Total", &[]),
    ] {
        let scenario = app(init, &answer(&headers));
        let repairs = header_repairs(&scenario, 0, name).unwrap();
        assert_eq!(repairs.iter().map(brief_repair).collect::<Vec<_>>(), expected, "{headers} {name}");
        for repair in &repairs {
            let mut repaired = scenario.clone();
            repair.apply(&mut repaired).unwrap();
            for profile in ProfileName::ALL {
                let Outcome::Response(response) = ended(&repaired, 0, profile).outcome else { panic!("{repair:#?}") };
                assert!(response.headers.contains(name.as_bytes()), "{profile:?} {repair:#?}");
            }
        }
    }
}

#[test]
fn what_is_better_not_done() {
    use AvoidId::{AllowNull, EchoAnyOrigin, Extension, NoCors, PublicProxy};
    let open = r#"[{ "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]] }]"#;
    let redirects = r#"[{ "status": 302, "headers": [["Access-Control-Allow-Origin", "*"], ["Location", "https://c.example/"]] },
        { "status": 200, "headers": [] }]"#;
    let by_xhr = |answers: &str| {
        scenario(&format!(
            r#"{{ "page": {{ "url": "https://app.example/" }}, "fetches": [{{
                "call": {{ "api": "xhr", "url": "https://api.example/me" }}, "answers": {answers} }}] }}"#
        ))
    };
    let nothing = r#"[{ "status": 200, "headers": [] }]"#;
    for (scenario, expected) in [
        (app(r#"{ "credentials": "include" }"#, open), &[EchoAnyOrigin, NoCors, PublicProxy, Extension][..]),
        (app("{}", nothing), &[NoCors, PublicProxy, Extension]),
        (app("{}", redirects), &[AllowNull, NoCors, PublicProxy, Extension]),
        (app(r#"{ "method": "PUT" }"#, open), &[NoCors, PublicProxy, Extension]),
        (by_xhr(nothing), &[PublicProxy, Extension]),
        (app("{}", open), &[]),
        (app("{}", r#"[{ "failure": "connection" }]"#), &[]),
        (app(r#"{ "method": "T R" }"#, "[]"), &[]),
    ] {
        let found: Vec<AvoidId> = what_not_to_do(&scenario, 0).unwrap().iter().map(|avoid| avoid.id).collect();
        assert_eq!(found, expected, "{scenario:?}");
    }
}

fn planned(page: &str, call: serde_json::Value, read: &[&str]) -> PlannedRequest {
    let page = if page == "null" {
        serde_json::json!({ "url": "https://a.example/", "origin": "null" })
    } else {
        serde_json::json!({ "url": page })
    };
    serde_json::from_value(serde_json::json!({ "page": page, "call": call, "read": read })).unwrap()
}

#[test]
fn the_smallest_policy_has_no_needless_part() {
    use serde_json::json;
    let fetch = |init: serde_json::Value| json!({ "api": "fetch", "url": "https://api.example/me", "init": init });
    let (app, admin) = ("https://app.example/", "https://admin.example/");
    let rows = [
        (
            vec![],
            r#"{"origins":{"list":[]},"methods":[],"requestHeaders":[],"exposedHeaders":[],"credentials":false,"maxAge":null}"#,
        ),
        (
            vec![planned("https://api.example/", fetch(json!({ "method": "PUT", "credentials": "include" })), &["X-Total"])],
            r#"{"origins":{"list":[]},"methods":[],"requestHeaders":[],"exposedHeaders":[],"credentials":false,"maxAge":null}"#,
        ),
        (
            vec![planned(app, fetch(json!({})), &["Content-Type"])],
            r#"{"origins":{"list":["https://app.example"]},"methods":[],"requestHeaders":[],"exposedHeaders":[],"credentials":false,"maxAge":null}"#,
        ),
        (
            vec![
                planned(
                    app,
                    fetch(json!({ "method": "POST", "headers": [["Content-Type", "application/json"], ["Authorization", "x"]] })),
                    &["ETag"],
                ),
                planned(app, fetch(json!({ "method": "delete" })), &["etag", "X-Total"]),
                planned(
                    admin,
                    fetch(
                        json!({ "method": "PATCH", "credentials": "include", "headers": [["content-type", "application/json"]] }),
                    ),
                    &[],
                ),
            ],
            r#"{"origins":{"list":["https://app.example","https://admin.example"]},"methods":["DELETE","PATCH"],"requestHeaders":["authorization","content-type"],"exposedHeaders":["ETag","X-Total"],"credentials":true,"maxAge":null}"#,
        ),
        (
            vec![
                planned(app, json!({ "api": "img", "url": "https://api.example/x", "crossOrigin": "" }), &[]),
                planned(
                    admin,
                    json!({ "api": "xhr", "method": "PUT", "url": "https://api.example/x", "uploadListener": true }),
                    &[],
                ),
                planned(admin, json!({ "api": "eventSource", "url": "https://api.example/x", "withCredentials": true }), &[]),
                planned(
                    admin,
                    json!({ "api": "beacon", "url": "https://api.example/x", "body": { "type": "blob", "mimeType": "application/json", "length": 2 } }),
                    &[],
                ),
            ],
            r#"{"origins":{"list":["https://app.example","https://admin.example"]},"methods":["PUT"],"requestHeaders":["content-type"],"exposedHeaders":[],"credentials":true,"maxAge":null}"#,
        ),
    ];
    for (requests, expected) in rows {
        let policy = minimal_policy(&requests).unwrap();
        assert_eq!(serde_json::to_string(&policy).unwrap(), expected);
        assert_eq!(policy.check(), []);
        assert!(works(&requests, &policy));
        for smaller in smaller(&policy) {
            assert!(!works(&requests, &smaller), "{smaller:?} is enough for {requests:?}");
        }
    }
}

/// Whether each of the requests gets and reads what it wants under every profile.
fn works(requests: &[PlannedRequest], policy: &Policy) -> bool {
    requests.iter().all(|PlannedRequest { page, call, read }| {
        ProfileName::ALL.into_iter().all(|profile| {
            let report = minimal::served(page, call, read, policy, profile.into()).unwrap();
            let Outcome::Response(response) = &report.outcome else { return false };
            Goal::of(call, &report).is_reached(&report) && read.iter().all(|name| response.headers.contains(name.as_bytes()))
        })
    })
}

/// The policy with each of its parts taken away in turn.
fn smaller(policy: &Policy) -> Vec<Policy> {
    let mut all = Vec::new();
    let crate::policy::AllowedOrigins::List(origins) = &policy.origins else { panic!("{policy:?}") };
    let without = |list: &[String], index: usize| [&list[..index], &list[index + 1..]].concat();
    for index in 0..origins.len() {
        all.push(Policy { origins: crate::policy::AllowedOrigins::List(without(origins, index)), ..policy.clone() });
    }
    for index in 0..policy.methods.len() {
        all.push(Policy { methods: without(&policy.methods, index), ..policy.clone() });
    }
    for index in 0..policy.request_headers.len() {
        all.push(Policy { request_headers: without(&policy.request_headers, index), ..policy.clone() });
    }
    for index in 0..policy.exposed_headers.len() {
        all.push(Policy { exposed_headers: without(&policy.exposed_headers, index), ..policy.clone() });
    }
    if policy.credentials {
        all.push(Policy { credentials: false, ..policy.clone() });
    }
    all
}

#[test]
fn what_no_policy_can_do() {
    use serde_json::json;
    let fetch = |init: serde_json::Value| json!({ "api": "fetch", "url": "https://api.example/me", "init": init });
    let app = "https://app.example/";
    for (request, expected) in [
        (
            planned("null", fetch(json!({})), &[]),
            "requests[0].page: it has no origin of its own and sends `null`, which any page can; serve it over http or https, and without a sandbox",
        ),
        (
            planned(app, fetch(json!({})), &["ETag", "Set-Cookie"]),
            "requests[0].read: no script ever sees \"Set-Cookie\"; leave it out",
        ),
        (
            planned(app, json!({ "api": "fetch", "url": "http://api.example/" }), &[]),
            "requests[0].call: no policy of a server lets it work (spec: MF-MIX); evaluate it by itself to see why, and change the call",
        ),
        (
            planned(app, fetch(json!({ "mode": "no-cors" })), &[]),
            "requests[0].call: no policy of a server lets it work (spec: opaque); evaluate it by itself to see why, and change the call",
        ),
        (
            planned(app, fetch(json!({ "method": "TRACE" })), &[]),
            "requests[0].call: no policy of a server lets it work (spec: throws); evaluate it by itself to see why, and change the call",
        ),
        (
            planned("app.example", fetch(json!({})), &[]),
            "requests[0]: page.url: \"app.example\" is not an absolute URL (relative URL without a base); write it with its scheme, such as https://app.example/",
        ),
    ] {
        let error = minimal_policy(&[request]).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(expected.starts_with(&format!("{}: ", error.place())), "{error:?}");
    }
}
