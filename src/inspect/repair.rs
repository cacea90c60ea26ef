//! What to change so that a pasted exchange works, and the edits of the text that do it.

use serde::Serialize;

use super::Overrides;
use super::edits::{Edit, Edited, Editing, MOST_FETCHES, TextEdit};
use crate::http::modes::ResponseType;
use crate::paste::{self, Utf16};
use crate::repair::{Avoid, Repair, repairs, what_not_to_do};
use crate::report::Outcome;

/// A repair, and how to make it in the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RepairView {
    /// The repair.
    pub repair: Repair,
    /// The edits of the text after which the fetch works, or waits for an answer that was taken for granted; in the order of the
    /// text, none over another. Empty where the text does not have the places, or the text does not say what is to change.
    pub edits: Vec<TextEdit>,
}

/// What to change, and what not to do, for each fetch of a paste.
pub(super) fn of_paste(editing: &Editing) -> Vec<(Vec<RepairView>, Vec<Avoid>)> {
    let scenario = &editing.replay.scenario;
    let fetches = scenario.fetches.len();
    if fetches > MOST_FETCHES {
        return vec![Default::default(); fetches];
    }
    let utf16 = Utf16::new(editing.text);
    let of_fetch = |index: usize| {
        let views = repairs(scenario, index).unwrap_or_default().into_iter().map(|repair| {
            let edits = editing.edits(&repair.changes, index, |edited| works(&repair, edited)).unwrap_or_default();
            RepairView { repair, edits: edits.into_iter().map(|edit| edit.in_utf16(&utf16)).collect() }
        });
        (views.collect(), what_not_to_do(scenario, index).unwrap_or_default())
    };
    (0..fetches).map(of_fetch).collect()
}

/// The first repair of a text's first fetch that the text has the places for: what to do, and the edits.
pub(crate) fn best_edits(page: &str, text: &str) -> Option<(String, Vec<Edit>)> {
    let (paste, overrides) = (paste::parse(text, page), Overrides::default());
    let replay = paste::replay(&paste, paste.scenario.clone()?).ok()?;
    let editing = Editing { paste: &paste, replay: &replay, page, text, overrides: &overrides };
    repairs(&replay.scenario, 0).ok()?.into_iter().find_map(|repair| {
        let edits = editing.edits(&repair.changes, repair.fetch, |edited| works(&repair, edited))?;
        Some((repair.what.join(" "), edits))
    })
}

/// Whether the fetch gets its answer in the edited text, or waits for one that was taken for granted.
fn works(repair: &Repair, edited: &Edited) -> bool {
    match edited.replay.report.fetches.get(repair.fetch).map(|fetch| &fetch.outcome) {
        Some(Outcome::Response(response)) => {
            !matches!(response.response_type, ResponseType::Opaque | ResponseType::OpaqueRedirect)
        }
        Some(Outcome::NeedsAnswer(_)) => !repair.assumed.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FetchView, inspect};
    use super::*;
    use crate::explain::VerdictKind;
    use crate::repair::RepairBy;

    const PAGE: &str = "https://app.example";

    fn inspected(text: &str) -> FetchView {
        inspect(PAGE, text, &Overrides::default()).fetches.swap_remove(0)
    }

    /// What JavaScript does with the edits.
    fn in_javascript(text: &str, edits: &[TextEdit]) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut edited: Vec<u16> = Vec::new();
        let mut from = 0;
        for edit in edits {
            edited.extend(&units[from..edit.start]);
            edited.extend(edit.insert.encode_utf16());
            from = edit.end;
        }
        edited.extend(&units[from..]);
        String::from_utf16(&edited).unwrap()
    }

    /// Each text with what its first repair makes of it, and how the fetch ends then.
    #[test]
    fn the_edits_turn_the_verdict() {
        use VerdictKind::{Allowed, NeedsAnswer};
        let rows: &[(&str, &str, VerdictKind)] = &[
            (
                "GET /me HTTP/1.1\nHost: api.example\nX-😀: 1\n\nHTTP/1.1 200 OK\nX-Note: 😀\nAccess-Control-Allow-Origin: https://app.example/\nDate: 1\n",
                "GET /me HTTP/1.1\nHost: api.example\nX-😀: 1\n\nHTTP/1.1 200 OK\nX-Note: 😀\nAccess-Control-Allow-Origin: https://app.example\nDate: 1\n",
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 500 Oh\r\nX-Note: 1\r\n\r\nbody\r\n",
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 500 Oh\r\nX-Note: 1\r\nAccess-Control-Allow-Origin: https://app.example\r\n\r\nbody\r\n",
                Allowed,
            ),
            (
                "> GET /me HTTP/1.1\n> Host: api.example\n> Cookie: a=b\n>\n< HTTP/1.1 200 OK\n< Access-Control-Allow-Origin: *\n<\n",
                "> GET /me HTTP/1.1\n> Host: api.example\n> Cookie: a=b\n>\n< HTTP/1.1 200 OK\n< Access-Control-Allow-Origin: https://app.example\n< Access-Control-Allow-Credentials: true\n<\n",
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\naccess-control-allow-origin: *\nX-A: 1\nAccess-Control-Allow-Origin: https://c.example\n",
                "GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\naccess-control-allow-origin: https://app.example\nX-A: 1\nVary: Origin\n",
                Allowed,
            ),
            (
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: patch\n\n\
                 HTTP/1.1 405 Method Not Allowed\nAllow: GET\n\npatch /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n\
                 HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\n",
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: patch\n\n\
                 HTTP/1.1 204 No Content\nAllow: GET\nAccess-Control-Allow-Methods: patch\nAccess-Control-Allow-Origin: https://app.example\n\n\
                 patch /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n\
                 HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\n",
                Allowed,
            ),
            (
                "OPTIONS /me HTTP/2\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: x-a\n\nHTTP/2 302\nlocation: /login\n",
                "OPTIONS /me HTTP/2\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: x-a\n\nHTTP/2 204\nAccess-Control-Allow-Headers: x-a\nAccess-Control-Allow-Origin: https://app.example\n",
                NeedsAnswer,
            ),
        ];
        for (text, expected, kind) in rows {
            let fetch = inspected(text);
            let [view, ..] = &fetch.repairs[..] else { panic!("{text}") };
            let edited = in_javascript(text, &view.edits);
            assert_eq!(&edited, expected, "{:#?}", view.edits);
            assert_eq!(inspected(&edited).verdict.kind, *kind, "{edited}");
        }
        let asks = "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n";
        let fine = inspected(&format!("{asks}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n"));
        assert_eq!((fine.repairs, fine.avoid), (Vec::new(), Vec::new()));
    }

    /// Each text with how the first repair that the page makes changes it, and how the fetch ends then.
    #[test]
    fn the_edits_of_the_page() {
        use VerdictKind::{Allowed, NeedsAnswer};
        const OK: &str = "\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";
        const LISTED: &str = "\n\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Headers: X-Token";
        const MOVED: &str = "\n\nHTTP/1.1 301 Moved\nLocation: https://api.example/me/";
        // What is asked, what is answered; what is asked then, what is answered.
        type Row<'a> = (&'a str, &'a [&'a str], &'a str, &'a [&'a str], VerdictKind);
        let rows: &[Row] = &[
            // Credentials.
            (
                "fetch('https://api.example/me', { credentials: 'include' })",
                &[OK],
                "fetch('https://api.example/me', { })",
                &[OK],
                Allowed,
            ),
            (
                "fetch('https://api.example/me', {\n  method: 'GET',\n  credentials: 'include',\n})",
                &[OK],
                "fetch('https://api.example/me', {\n  method: 'GET',\n})",
                &[OK],
                Allowed,
            ),
            (
                "axios.get('https://api.example/me', { withCredentials: true, headers: { accept: 'a/b' } })",
                &[OK],
                "axios.get('https://api.example/me', { headers: { accept: 'a/b' } })",
                &[OK],
                Allowed,
            ),
            (
                "x.open('GET', 'https://api.example/me');\nx.withCredentials = true;\nx.send();",
                &[OK],
                "x.open('GET', 'https://api.example/me');\nx.send();",
                &[OK],
                Allowed,
            ),
            ("curl https://api.example/me -b 'a=b' -i", &[OK], "curl https://api.example/me -i", &[OK], Allowed),
            (
                "curl https://api.example/me \\\n  -H 'Accept: a/b' \\\n  -H 'Cookie: a=b'",
                &[OK],
                "curl https://api.example/me \\\n  -H 'Accept: a/b'",
                &[OK],
                Allowed,
            ),
            ("GET /me HTTP/1.1\nHost: api.example\nCookie: a=b", &[OK], "GET /me HTTP/1.1\nHost: api.example", &[OK], Allowed),
            (
                r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://api.example/me","headers":[{"name":"Cookie","value":"a=b"}]},"response":{"status":200,"headers":[{"name":"Access-Control-Allow-Origin","value":"*"}]}}]}}"#,
                &[],
                r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://api.example/me","headers":[]},"response":{"status":200,"headers":[{"name":"Access-Control-Allow-Origin","value":"*"}]}}]}}"#,
                &[],
                Allowed,
            ),
            (
                r#"{"page":{"url":"https://app.example/"},"fetches":[{"call":{"api":"fetch","url":"https://api.example/me","init":{"method":"GET","credentials":"include"}},"answers":[{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}]}]}"#,
                &[],
                r#"{"page":{"url":"https://app.example/"},"fetches":[{"call":{"api":"fetch","url":"https://api.example/me","init":{"method":"GET"}},"answers":[{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}]}]}"#,
                &[],
                Allowed,
            ),
            // Headers: renamed, left out, with another value.
            (
                "fetch('https://api.example/me', { headers: { 'X_Token': '1' } })",
                &[LISTED, OK],
                "fetch('https://api.example/me', { headers: { 'X-Token': '1' } })",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "fetch('https://api.example/me', { headers: { X_Token: '1' } })",
                &[LISTED, OK],
                "fetch('https://api.example/me', { headers: { 'X-Token': '1' } })",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "curl https://api.example/me -H 'X_Token: 1'",
                &[LISTED, OK],
                "curl https://api.example/me -H 'X-Token: 1'",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\nX_Token: 1",
                &[LISTED, OK],
                "GET /me HTTP/1.1\nHost: api.example\nX-Token: 1",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: x_token",
                &[LISTED],
                "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Headers: X-Token",
                &[LISTED],
                NeedsAnswer,
            ),
            (
                "fetch('https://api.example/me', { headers: { 'X-Requested-With': 'x', 'X-Token': '1' } })",
                &[LISTED, OK],
                "fetch('https://api.example/me', { headers: { 'X-Token': '1' } })",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "x.open('GET', 'https://api.example/me');\nx.setRequestHeader('X-Requested-With', 'x');\nx.send();",
                &[LISTED, OK],
                "x.open('GET', 'https://api.example/me');\nx.send();",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "Invoke-WebRequest -Uri \"https://api.example/me\" -Headers @{\n\"X-Requested-With\"=\"x\"\n  \"X-Token\"=\"1\"\n}",
                &[LISTED, OK],
                "Invoke-WebRequest -Uri \"https://api.example/me\" -Headers @{\n  \"X-Token\"=\"1\"\n}",
                &[LISTED, OK],
                Allowed,
            ),
            (
                "fetch('https://api.example/me', { method: 'POST', body: 'x', headers: { 'Content-Type': 'application/json' } })",
                &["\n\nHTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 5", OK],
                "fetch('https://api.example/me', { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/plain' } })",
                &["\n\nHTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 5", OK],
                Allowed,
            ),
            (
                "curl https://api.example/me --json '{}'",
                &["\n\nHTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 5", OK],
                "curl -H \"content-type: text/plain\" https://api.example/me --json '{}'",
                &["\n\nHTTP/1.1 204\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 5", OK],
                Allowed,
            ),
            // Another URL: what answered the first goes, where the text has it.
            ("fetch('https://user:pw@api.example/me')", &[], "fetch('https://api.example/me')", &[], NeedsAnswer),
            ("fetch('localhost:8080/api')", &[], "fetch('https://localhost:8080/api')", &[], NeedsAnswer),
            ("fetch('https://api.example/me')", &[MOVED, OK], "fetch('https://api.example/me/')", &[OK], Allowed),
            ("curl -L https://api.example/me", &[MOVED, OK], "curl -L https://api.example/me/", &[OK], Allowed),
            (
                "GET /me HTTP/1.1\nHost: api.example",
                &[MOVED, "\n\nGET /me/ HTTP/1.1\nHost: api.example", OK],
                "GET /me/ HTTP/1.1\nHost: api.example",
                &[OK],
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example",
                &[MOVED, "\n"],
                "GET /me/ HTTP/1.1\nHost: api.example",
                &["\n\n"],
                NeedsAnswer,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example",
                &["\n\nHTTP/1.1 301 Moved\nLocation: https://other.example:8443/you?a", "\n"],
                "GET /you?a HTTP/1.1\nHost: other.example:8443",
                &["\n\n"],
                NeedsAnswer,
            ),
            (
                ":authority: api.example\n:method: GET\n:path: /me\n:scheme: https\naccept: a/b",
                &["\n\n:status: 301\nlocation: https://other.example/you", "\n"],
                ":authority: other.example\n:method: GET\n:path: /you\n:scheme: https\naccept: a/b",
                &["\n\n"],
                NeedsAnswer,
            ),
            // Other options.
            (
                "fetch('https://api.example/me', { credentials: 'included' })",
                &[],
                "fetch('https://api.example/me', { credentials: \"include\" })",
                &[],
                NeedsAnswer,
            ),
            (
                "fetch('https://api.example/me', { mode: 'no-cors' })",
                &[OK],
                "fetch('https://api.example/me', { })",
                &[OK],
                Allowed,
            ),
            (
                "GET /me HTTP/1.1\nHost: api.example\nSec-Fetch-Mode: no-cors",
                &[OK],
                "GET /me HTTP/1.1\nHost: api.example\nSec-Fetch-Mode: cors",
                &[OK],
                Allowed,
            ),
            (
                "fetch('https://api.example/me', { body: 'x' })",
                &[],
                "fetch('https://api.example/me', { method: \"POST\", body: 'x' })",
                &[],
                NeedsAnswer,
            ),
        ];
        let mut wrong = Vec::new();
        for (asked, answered, asked_then, answered_then, kind) in rows {
            let text = [*asked, &*answered.concat()].concat();
            let fetch = inspected(&text);
            let of_page = fetch.repairs.iter().find(|view| view.repair.by == RepairBy::Page);
            let edited = of_page.map_or_else(String::new, |view| in_javascript(&text, &view.edits));
            if edited != [*asked_then, &*answered_then.concat()].concat() || inspected(&edited).verdict.kind != *kind {
                wrong.push((text, edited, fetch.repairs));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn the_page_is_edited_as_well() {
        let answers = "OPTIONS /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\
            Access-Control-Request-Method: patch\n\n\
            HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PATCH\n";
        let script = "fetch('https://api.example/me', { method: 'patch' })";
        let text = format!("{script}\n\n{answers}");
        let fetch = inspected(&text);
        let [view, ..] = &fetch.repairs[..] else { panic!("{fetch:#?}") };
        assert_eq!(view.repair.what, ["Write `PATCH` as the method."]);
        let edited = in_javascript(&text, &view.edits);
        assert_eq!(edited, text.replacen("'patch'", "'PATCH'", 1));
        assert_eq!(inspected(&edited).verdict.kind, VerdictKind::NeedsAnswer);
    }

    /// Every edit that is offered for the situations that people run into is made, and the text is inspected again.
    #[test]
    fn whatever_edits_are_offered_work() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/situations");
        let (mut offered, mut allowed) = (0, 0);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension() != Some("json".as_ref()) {
                continue;
            }
            let section: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let cases =
                section["situations"].as_array().unwrap().iter().flat_map(|situation| situation["cases"].as_array().unwrap());
            for case in cases.filter(|case| case["text"].is_string()) {
                let (page, text) = (case["page"].as_str().unwrap_or_default(), case["text"].as_str().unwrap());
                let inspection = inspect(page, text, &Overrides::default());
                for (index, fetch) in inspection.fetches.iter().enumerate() {
                    for view in fetch.repairs.iter().filter(|view| !view.edits.is_empty()) {
                        offered += 1;
                        let edited = in_javascript(text, &view.edits);
                        let kind = inspect(page, &edited, &Overrides::default()).fetches[index].verdict.kind;
                        let is_open = kind == VerdictKind::NeedsAnswer && !view.repair.assumed.is_empty();
                        assert!(kind == VerdictKind::Allowed || is_open, "{kind:?}\n{text}\n----\n{edited}\n{view:#?}");
                        allowed += usize::from(kind == VerdictKind::Allowed);
                    }
                }
            }
        }
        assert!(offered > 50 && allowed > 30, "{offered} {allowed}");
    }
}
