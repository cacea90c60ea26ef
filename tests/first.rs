//! The first answer to a paste says what the whole one says, as far as it goes.

use std::fs;
use std::path::Path;

use corscope::inspect::{InspectionExtent, Overrides, inspect, inspect_first};
use serde_json::Value;

/// Every text of the tests of pastes, with its name.
fn pastes() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let mut pastes: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    pastes.sort();
    pastes
}

/// Fails unless `first` is `whole`, or nothing where that has something.
fn is_part(place: &str, first: &Value, whole: &Value) {
    match (first, whole) {
        (Value::Null, _) => {}
        (Value::Array(first), _) if first.is_empty() => {}
        (Value::Array(first), Value::Array(whole)) => {
            assert_eq!(first.len(), whole.len(), "{place}");
            for (index, (first, whole)) in first.iter().zip(whole).enumerate() {
                is_part(&format!("{place}[{index}]"), first, whole);
            }
        }
        (Value::Object(first), Value::Object(whole)) => {
            assert_eq!(first.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{place}");
            for (name, first) in first.iter().filter(|(name, _)| !place.is_empty() || *name != "extent") {
                is_part(&format!("{place}.{name}"), first, &whole[name]);
            }
        }
        _ => assert_eq!(first, whole, "{place}"),
    }
}

#[test]
fn the_first_answer_is_part_of_the_whole() {
    for (name, text) in pastes() {
        for page in ["", "https://app.example"] {
            let (first, whole) = (inspect_first(page, &text, &Overrides::default()), inspect(page, &text, &Overrides::default()));
            if first.extent == InspectionExtent::Later {
                assert!(first.fetches.is_empty() && first.marks.is_empty() && first.problems.is_empty(), "{name}");
                continue;
            }
            assert_eq!((first.extent, whole.extent), (InspectionExtent::First, InspectionExtent::Whole), "{name}");
            is_part("", &serde_json::to_value(&first).unwrap(), &serde_json::to_value(&whole).unwrap());
            for (first, whole) in first.fetches.iter().zip(&whole.fetches) {
                assert_eq!((&first.verdict, &first.missing), (&whole.verdict, &whole.missing), "{name}");
                assert_eq!(first.browsers.len(), whole.browsers.len(), "{name}");
            }
        }
    }
}

#[test]
fn usual_pastes_have_a_first_answer() {
    for (kind, text) in [
        ("http", "GET /me HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\n"),
        ("curl -v", "> GET /me HTTP/2\n> Host: api.example\n> Origin: https://app.example\n> \n< HTTP/2 200\n< \n"),
        ("a command", "curl https://api.example/me -H 'Origin: https://app.example' -X PUT"),
        ("a call", "fetch(\"https://api.example/me\", { credentials: \"include\" })"),
    ] {
        let first = inspect_first("https://app.example", text, &Overrides::default());
        assert_eq!((first.extent, first.fetches.len()), (InspectionExtent::First, 1), "{kind}");
    }
}

#[test]
fn what_is_left_to_the_whole_is_not_guessed() {
    for (kind, text) in [
        (
            "a console",
            "Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: x",
        ),
        ("a scenario", "{\"page\": {\"url\": \"https://app.example/\"}, \"fetches\": []}"),
        ("a panel", "Request URL\nhttps://api.example/me\nRequest Method\nGET\nStatus Code\n200 OK\n"),
        ("a tool", "Invoke-WebRequest -Uri \"https://api.example/me\""),
    ] {
        assert_eq!(inspect_first("https://app.example", text, &Overrides::default()).extent, InspectionExtent::Later, "{kind}");
    }
}
