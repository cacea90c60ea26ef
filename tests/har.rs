//! HAR files read as a stream: what they come to, whichever way the bytes arrive.

use corscope::ProfileName;
use corscope::har::{HarFault, HarReader, HarReport};
use corscope::paste::{self, JsonFault};

/// An entry as Chrome writes it, with a body of `body` bytes.
fn entry(
    second: f64,
    method: &str,
    url: &str,
    request: &[(&str, &str)],
    status: u16,
    response: &[(&str, &str)],
    body: usize,
) -> String {
    let lines = |lines: &[(&str, &str)]| {
        let lines: Vec<_> = lines.iter().map(|(name, value)| serde_json::json!({ "name": name, "value": value })).collect();
        serde_json::to_string(&lines).unwrap()
    };
    let (whole, millis) = (second.trunc() as u64, (second.fract() * 1000.0).round() as u64);
    let text = "\\u00e9\\\"x".repeat(body / 9);
    let error = if status == 0 { ",\"_error\":\"net::ERR_FAILED\"" } else { "" };
    format!(
        "{{\"_resourceType\":\"fetch\",\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\",\"headers\":{}}},\n\
         \"response\":{{\"content\":{{\"text\":\"{text}\"}},\"status\":{status},\"headers\":{}{error}}},\n\
         \"startedDateTime\":\"2026-11-28T10:{:02}:{:02}.{millis:03}Z\"}}",
        lines(request),
        lines(response),
        whole / 60,
        whole % 60,
    )
}

fn har(entries: &[String]) -> String {
    format!(
        "\u{feff}{{\"x\":[{{\"entries\":[{{}}]}}],\"log\":{{\"version\":\"1.2\",\"creator\":{{\"entries\":[1]}},\
         \"pages\":[{{\"id\":\"page_1\",\"title\":\"https://app.example/\"}}],\"entries\":[\n{}\n],\"comment\":\"\\\\\"}}}}\n",
        entries.join(",\n")
    )
}

const PAGE: (&str, &str) = ("Origin", "https://app.example");
const CORS: (&str, &str) = ("Sec-Fetch-Mode", "cors");
const ALLOWED: (&str, &str) = ("Access-Control-Allow-Origin", "https://app.example");

fn preflight(second: f64, url: &str, status: u16, answer: &[(&str, &str)]) -> String {
    let request = [PAGE, CORS, ("Access-Control-Request-Method", "PUT")];
    entry(second, "OPTIONS", url, &request, status, answer, 0)
}

/// A file with one of everything.
fn sample() -> String {
    let put = |second, url, status, answer: &[(&str, &str)]| entry(second, "PUT", url, &[PAGE, CORS], status, answer, 100);
    let get = |second, url, request: &[(&str, &str)], status, answer: &[(&str, &str)]| {
        entry(second, "GET", url, request, status, answer, 10_000)
    };
    let allows_put = [ALLOWED, ("Access-Control-Allow-Methods", "PUT")];
    har(&[
        get(0.0, "https://app.example/", &[("Sec-Fetch-Mode", "navigate")], 200, &[]),
        get(0.1, "https://app.example/me", &[PAGE, CORS], 200, &[]),
        get(0.2, "https://img.example/1.png", &[("Referer", "https://app.example/"), ("Sec-Fetch-Mode", "no-cors")], 200, &[]),
        // Allowed, three times: the preflight after its request and before it, and remembered from before.
        put(1.0, "https://api.example/1", 200, &[ALLOWED]),
        preflight(1.001, "https://api.example/1", 204, &allows_put),
        preflight(2.0, "https://api.example/2", 204, &allows_put),
        put(2.001, "https://api.example/2", 200, &[ALLOWED]),
        put(500.0, "https://api.example/1", 200, &[ALLOWED]),
        // The preflight's answer refuses: twice, once without its request.
        preflight(3.0, "https://api.example/3", 405, &[]),
        put(3.001, "https://api.example/3", 0, &[]),
        preflight(4.0, "https://api.example/4", 405, &[]),
        // No Access-Control-Allow-Origin, at two servers, and a redirect to one of them.
        get(5.0, "https://a.example/5", &[PAGE, CORS], 200, &[]),
        get(6.0, "https://b.example/6", &[PAGE, CORS], 200, &[]),
        get(7.0, "https://api.example/7", &[PAGE, CORS], 302, &[ALLOWED, ("Location", "https://a.example/8")]),
        get(7.1, "https://a.example/8", &[("Origin", "null"), ("Referer", "https://app.example/"), CORS], 200, &[ALLOWED]),
        // The answer is not in the file.
        get(8.0, "https://b.example/9", &[PAGE, CORS], 0, &[]),
    ])
}

fn read(file: &[u8], chunk: usize) -> HarReport {
    let mut reader = HarReader::new(ProfileName::Spec);
    file.chunks(chunk).for_each(|chunk| reader.push(chunk));
    assert!(reader.bytes_read() <= file.len() as u64);
    reader.finish()
}

#[test]
fn requests_are_grouped_by_what_is_wrong_and_whose_server_it_is() {
    let file = sample();
    let report = read(file.as_bytes(), usize::MAX);
    assert_eq!(report.problem, None);
    let counts = (report.entries, report.allowed, report.blocked, report.same_origin, report.not_judged);
    assert_eq!(counts, (16, 3, 6, 1, 2));
    let groups: Vec<_> = report.groups.iter().map(|group| (group.id, &*group.server, group.count)).collect();
    assert_eq!(
        groups,
        [
            ("preflight-method-not-allowed", "https://api.example", 2),
            ("allow-origin-missing", "https://a.example", 1),
            ("allow-origin-tainted-by-redirect", "https://a.example", 1),
            ("allow-origin-missing", "https://b.example", 1),
            ("needs-answer", "https://b.example", 1),
        ]
    );
    for group in &report.groups {
        assert_eq!(group.pages, ["https://app.example"]);
        let first = &group.exchanges[0];
        for place in &first.places {
            let text = &file[place.start as usize..place.end as usize];
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        }
        // What the page makes of the same entries is the same verdict.
        let slices: Vec<_> = first.places.iter().map(|place| &file[place.start as usize..place.end as usize]).collect();
        for text in [group.example.clone(), format!("{{\"log\":{{\"entries\":[{}]}}}}", slices.join(","))] {
            let paste = paste::parse(&text, &first.page);
            let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
            let explanation = corscope::explain::explain(&replay.scenario, &replay.report);
            assert_eq!(explanation.fetches[0].verdict, group.verdict, "{text}");
        }
    }
}

#[test]
fn it_does_not_matter_in_which_pieces_the_bytes_come() {
    let file = sample();
    let whole = read(file.as_bytes(), usize::MAX);
    for chunk in [1, 2, 3, 7, 64, 1000, 4096, 65_536] {
        assert!(read(file.as_bytes(), chunk) == whole, "{chunk}");
    }
}

#[test]
fn a_file_that_is_cut_gives_what_was_read() {
    let file = sample();
    let mut last = 0;
    for end in (0..file.len()).step_by(331) {
        let report = read(&file.as_bytes()[..end], 4096);
        assert!(report.entries >= last, "{end}");
        last = report.entries;
        let problem = report.problem.expect("the end is missing");
        let fault = if end == 0 { HarFault::NotHar } else { HarFault::Json { fault: JsonFault::Ends } };
        assert_eq!((problem.at, problem.fault), (end as u64, fault));
    }
    assert_eq!(last, 15);
}

#[test]
fn what_is_wrong_is_said_with_its_byte() {
    let ok = "{\"request\":{\"url\":\"https://a.example/\"},\"response\":{\"status\":200}}";
    let long = format!("{{\"x\":\"{}\",\"y\":01}}", "é".repeat(20_000));
    for (file, at, fault, entries) in [
        ("".to_owned(), 0, HarFault::NotHar, 0),
        ("hello".into(), 0, HarFault::NotHar, 0),
        ("[1]".into(), 0, HarFault::NotHar, 0),
        ("{\"log\":{}}".into(), 0, HarFault::NotHar, 0),
        ("{\"entries\":[{}]}".into(), 0, HarFault::NotHar, 0),
        ("{\"log\":{\"entries\":[}]}}".into(), 19, HarFault::Json { fault: JsonFault::Comma }, 0),
        (
            format!("{{\"log\":{{\"entries\":[{ok}]}}}} x"),
            22 + ok.len() as u64 + 1,
            HarFault::Json { fault: JsonFault::Comma },
            1,
        ),
        // An entry that is no JSON is left out, and the others are read.
        (format!("{{\"log\":{{\"entries\":[{{\"request\" 1}},{ok}]}}}}"), 30, HarFault::Json { fault: JsonFault::Colon }, 2),
        (
            format!("{{\"log\":{{\"entries\":[{long},{ok}]}}}}"),
            19 + 6 + 40_000 + 6,
            HarFault::Json { fault: JsonFault::Number },
            2,
        ),
        (format!("{{\"log\":{{\"entries\":[{}", "[".repeat(200)), 144, HarFault::Json { fault: JsonFault::Deep }, 0),
    ] {
        for chunk in [1, usize::MAX] {
            let report = read(file.as_bytes(), chunk);
            let problem = report.problem.as_ref().unwrap_or_else(|| panic!("{file}"));
            let shown: String = file.chars().take(200).collect();
            assert_eq!((problem.at, problem.fault, report.entries), (at, fault, entries), "{shown}");
            assert!(!problem.what.is_empty() && !problem.remedy.is_empty());
        }
    }
}
