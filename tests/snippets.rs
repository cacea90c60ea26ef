//! The texts of the snippets: exactly these, and never with a value that could mean more than itself. That servers do with them
//! what they promise is shown by running them: `npm run snippets`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use corscope::Policy;
use corscope::policy::AllowedOrigins;
use corscope::snippets::{Snippet, Tested, snippets};
use proptest::prelude::*;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.into()).collect()
}

/// A policy with all that there is.
fn full() -> Policy {
    Policy {
        origins: AllowedOrigins::List(texts(&["https://app.example", "http://localhost:3000", "http://[::1]:3000"])),
        methods: texts(&["PUT", "PROPFIND"]),
        request_headers: texts(&["Authorization", "X-Token"]),
        exposed_headers: texts(&["X-Total"]),
        credentials: true,
        max_age: Some(600),
    }
}

/// Everybody, and nothing else.
fn bare() -> Policy {
    Policy { origins: AllowedOrigins::Any, ..Policy::default() }
}

/// A snippet as a person reads it.
fn shown(snippet: &Snippet) -> String {
    let mut text = format!("{}\n", snippet.server);
    for file in &snippet.files {
        write!(text, "\n== {} ({}): {}\n{}", file.name, file.language, file.goes, file.text).unwrap();
    }
    for note in &snippet.notes {
        write!(text, "\n* {}", note.text).unwrap();
    }
    text + "\n"
}

#[test]
fn texts_are_exactly_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippets/texts");
    let found_at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snippets");
    std::fs::create_dir_all(&found_at).unwrap();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for (full, bare) in snippets(&full()).unwrap().iter().zip(snippets(&bare()).unwrap()) {
        let name = format!("{}.txt", full.id);
        let found = format!("{}\n---- everybody, and nothing else\n\n{}", shown(full), shown(&bare));
        if std::fs::read_to_string(folder.join(&name)).unwrap_or_default() != found {
            std::fs::write(found_at.join(&name), found).unwrap();
            wrong.push(name.clone());
        }
        names.insert(name);
    }
    assert!(wrong.is_empty(), "other texts than in {}; those found are in {}: {wrong:?}", folder.display(), found_at.display());
    let kept: BTreeSet<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(kept, names);
}

#[test]
fn json_is_json() {
    for policy in [full(), bare()] {
        for snippet in snippets(&policy).unwrap() {
            for file in snippet.files.iter().filter(|file| file.language == "json") {
                serde_json::from_str::<serde_json::Value>(&file.text).unwrap_or_else(|error| panic!("{}: {error}", snippet.id));
            }
        }
    }
}

#[test]
fn every_run_is_of_a_snippet_and_stands_first() {
    let written = snippets(&full()).unwrap();
    let ids: BTreeSet<&str> = written.iter().map(|snippet| snippet.id).collect();
    assert_eq!(ids.len(), written.len(), "an id twice");
    let runs = include_str!("../src/snippets/runs.txt");
    for line in runs.lines() {
        let (id, with) = line.split_once(' ').unwrap();
        assert!(ids.contains(id), "{id}");
        assert!(with.contains(|c: char| c.is_ascii_digit()), "{line}");
    }
    let run: Vec<bool> = written.iter().map(|snippet| matches!(snippet.tested, Tested::Run { .. })).collect();
    assert_eq!(run.iter().filter(|run| **run).count(), runs.lines().count());
    assert!(run.is_sorted_by(|first, second| first >= second), "those that were not run come last");
}

#[test]
fn what_could_mean_more_than_itself_is_refused() {
    let origins = |list: &[&str]| Policy { origins: AllowedOrigins::List(texts(list)), ..Policy::default() };
    let unsafe_characters = |place: &str, found: &str| {
        format!(
            "{place}: {found:?} has other characters than letters, digits, hyphens, dots and underscores, \
             which cannot be written safely for every server; leave it out here, and add it by hand"
        )
    };
    let not_name = |place: &str, found: &str| {
        format!(
            "{place}: {found:?} is not a name, and makes the whole list unreadable; \
             write one name of letters, digits and hyphens for each entry"
        )
    };
    let not_origin = |found: &str| {
        format!("origins[0]: {found:?} is not an origin; write scheme://host, with a port where it is not the default")
    };
    let not_form = |found: &str, written: &str| {
        format!("origins[0]: {found:?} is never sent like this, and is compared byte for byte; write {written:?}")
    };
    let headers = |name: &str| Policy { request_headers: texts(&[name]), ..bare() };
    let rows = [
        (
            origins(&[]),
            vec![
                "origins: nobody is listed, and a server without any CORS header does the same; list the origins that may read"
                    .into(),
            ],
        ),
        (
            origins(&["https://a.example\" always; return 200 \"x"]),
            vec![not_origin("https://a.example\" always; return 200 \"x")],
        ),
        (origins(&["https://a.example\n"]), vec![not_form("https://a.example\n", "https://a.example")]),
        (origins(&["https://a.example/${jndi}"]), vec![not_form("https://a.example/${jndi}", "https://a.example")]),
        (origins(&["https://$host"]), vec![unsafe_characters("origins[0]", "https://$host")]),
        (origins(&["https://a'b.example"]), vec![unsafe_characters("origins[0]", "https://a'b.example")]),
        (origins(&["https://`id`.example"]), vec![unsafe_characters("origins[0]", "https://`id`.example")]),
        (origins(&["https://a{b}.example"]), vec![unsafe_characters("origins[0]", "https://a{b}.example")]),
        (origins(&["https://a.example", "https://(ab).example"]), vec![unsafe_characters("origins[1]", "https://(ab).example")]),
        (headers("X-A\" always;"), vec![not_name("requestHeaders[0]", "X-A\" always;")]),
        (headers("X-A\r\nSet-Cookie: a=b"), vec![not_name("requestHeaders[0]", "X-A\r\nSet-Cookie: a=b")]),
        (headers("$arg_x"), vec![unsafe_characters("requestHeaders[0]", "$arg_x")]),
        (headers("%[src]"), vec![not_name("requestHeaders[0]", "%[src]")]),
        (headers("%e"), vec![unsafe_characters("requestHeaders[0]", "%e")]),
        (headers("#comment"), vec![unsafe_characters("requestHeaders[0]", "#comment")]),
        (headers("'x'"), vec![unsafe_characters("requestHeaders[0]", "'x'")]),
        (headers("`id`"), vec![unsafe_characters("requestHeaders[0]", "`id`")]),
        (headers("*"), vec!["requestHeaders[0]: `*` is not the same to every server; name each one".into()]),
        (
            Policy { methods: texts(&["PUT", "P|T"]), exposed_headers: texts(&["ETag", "X!"]), ..bare() },
            vec![unsafe_characters("methods[1]", "P|T"), unsafe_characters("exposedHeaders[0]", "X!").replace("[0]", "[1]")],
        ),
    ];
    for (policy, expected) in rows {
        let problems = snippets(&policy).unwrap_err();
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{policy:?}");
        assert!(problems.iter().all(|problem| problem.to_string().starts_with(&format!("{}: ", problem.place()))));
    }
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z0-9._-]{1,8}", "[!-~]{1,6}", ".{0,6}"]
}

fn any_origin() -> impl Strategy<Value = String> {
    prop_oneof!["https://[a-z0-9.-]{1,10}", "http://[!-~]{1,8}(:[0-9]{2,5})?", "[a-z]{2,8}://[ -~]{1,8}", ".{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_adds_a_line_or_ends_a_string(
        origins in proptest::collection::vec(any_origin(), 1..3),
        methods in proptest::collection::vec(any_name(), 0..3),
        request_headers in proptest::collection::vec(any_name(), 0..3),
        exposed_headers in proptest::collection::vec(any_name(), 0..3),
    ) {
        let policy = Policy { origins: AllowedOrigins::List(origins.clone()), methods, request_headers, exposed_headers, ..Policy::default() };
        if snippets(&policy).is_ok() {
            let values = [&origins, &policy.methods, &policy.request_headers, &policy.exposed_headers];
            for value in values.into_iter().flatten() {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/[]+".contains(c);
                prop_assert!(value.chars().all(is_plain), "{value:?}");
            }
        }
    }
}
