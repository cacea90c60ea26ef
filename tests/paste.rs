//! Pasted exchanges as people paste them, and exactly what is made of each.

use std::fmt::Write as _;
use std::path::Path;

use corscope::paste::{self, Paste, PastedMessage, PastedPartKind, Span};
use proptest::prelude::*;

/// Everything that was read, a line for each thing.
fn show(paste: &Paste, text: &str) -> String {
    let mut out = format!("{:?}\n", paste.recognised);
    for (index, message) in paste.messages.iter().enumerate() {
        let body = |body: Option<paste::PastedBody>| match body {
            None => String::new(),
            Some(body) => format!(" +{}", body.span.map_or(format!("{:?}", body.length), |span| format!("{:?}", span.of(text)))),
        };
        match message {
            PastedMessage::Request(it) => {
                let (method, target, url) = (it.method.span.of(text), it.target.span.of(text), it.url.as_deref().unwrap_or("?"));
                let literal = it.method.value.as_bytes() == method.as_bytes();
                let is_told_otherwise = !matches!(it.form, paste::PastedForm::Plain | paste::PastedForm::Marked);
                assert!(literal || is_told_otherwise);
                writeln!(out, "{index} {:?} {:?} {} {target} = {url}{}", it.form, it.role, it.method.value, body(it.body))
            }
            PastedMessage::Response(it) => {
                let unreadable = it.kind == paste::PastedResponseKind::Unreadable;
                let is_made_up =
                    matches!(it.form, paste::PastedForm::Headers | paste::PastedForm::Panel) && it.status_span.is_empty();
                assert!(unreadable || is_made_up || it.status_span.of(text).parse() == Ok(it.status));
                let answers = it.answers.map(|request| format!(" to {request}")).unwrap_or_default();
                let reason = it.reason.span.of(text);
                writeln!(out, "{index} {:?} {:?} {} {reason}{answers}{}", it.form, it.kind, it.status, body(it.body))
            }
            PastedMessage::Failure(it) => writeln!(out, "{index} Failure {:?} {:?}", it.failure, it.span.of(text)),
        }
        .unwrap();
        for field in message.headers() {
            let (name, value) = (field.name.span.of(text), field.value.span.of(text));
            // What the text says in other words is shown in both.
            if name.as_bytes() == field.name.value.as_bytes() && value.as_bytes() == field.value.value.as_bytes() {
                writeln!(out, "  {name}: {value}").unwrap();
            } else {
                writeln!(out, "  {}: {} from {value:?}", field.name.value, field.value.value).unwrap();
            }
        }
    }
    for message in &paste.console {
        writeln!(out, "{:?} {} at {:?}", message.browser, message.id, message.span.of(text)).unwrap();
    }
    for problem in &paste.problems {
        let place = problem.span.map_or("nowhere".into(), |span| format!("{:?}", span.of(text)));
        writeln!(out, "{:?} {:?} at {place}", problem.severity, problem.kind).unwrap();
    }
    for assumption in &paste.assumptions {
        writeln!(out, "assuming {:?}", assumption.kind).unwrap();
    }
    if let Some(scenario) = &paste.scenario {
        for fetch in &scenario.fetches {
            writeln!(out, "{} {}", scenario.page.url, serde_json::to_string(&fetch.call).unwrap()).unwrap();
            for answer in &fetch.answers {
                writeln!(out, "answered {}", serde_json::to_string(answer).unwrap()).unwrap();
            }
        }
    }
    out
}

/// What each piece of the text was read as, runs of the same kind as one.
fn show_parts(paste: &Paste) -> String {
    let mut out: Vec<(String, usize)> = Vec::new();
    for part in &paste.parts {
        let kind = match part.kind {
            PastedPartKind::StartLine { message } => format!("start{message}"),
            PastedPartKind::Header { message, .. } => format!("header{message}"),
            PastedPartKind::PseudoHeader { message } => format!("pseudo{message}"),
            PastedPartKind::Body { message } => format!("body{message}"),
            PastedPartKind::Echo { message } => format!("echo{message}"),
            PastedPartKind::Failure { message } => format!("failure{message}"),
            PastedPartKind::Command { message } => {
                format!("command{}", message.map_or("-".into(), |message| message.to_string()))
            }
            PastedPartKind::Problem { problem } => format!("problem{problem}"),
            PastedPartKind::Blank => "_".into(),
            PastedPartKind::Ornament => "ornament".into(),
            PastedPartKind::Note => "note".into(),
            PastedPartKind::Script => "script".into(),
            PastedPartKind::Console { message } => format!("console{message}"),
            other => format!("{other:?}"),
        };
        match out.last_mut() {
            Some((last, count)) if *last == kind => *count += 1,
            _ => out.push((kind, 1)),
        }
    }
    let one = |(kind, count): &(String, usize)| if *count == 1 { kind.clone() } else { format!("{kind}×{count}") };
    out.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// What holds for every text.
fn check(text: &str, page: &str) -> Paste {
    let paste = paste::parse(text, page);
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {} in {text:?}", text.len());
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} in {text:?}");
    };
    let masked = paste::mask(text);
    masked.secrets.iter().for_each(|span| inside(*span));
    let mut copy = paste.clone();
    paste::Spans::each_span(&mut copy, &mut |span| inside(*span));
    // The parts are the text, and only what is no text is called blank.
    let mut at = 0;
    for part in &paste.parts {
        assert_eq!(part.span.start, at, "{:?} in {text:?}", part.kind);
        at = part.span.end;
        let said = part.span.of(text);
        if part.kind == PastedPartKind::Blank {
            let silent = |found: char| found.is_whitespace() || matches!(found, '<' | '>') || found.is_control();
            assert!(said.chars().all(|found| silent(found) || "[;m0123456789".contains(found)), "{said:?}");
        }
    }
    assert_eq!(at, text.len(), "{text:?}");
    for message in &paste.messages {
        let whole = message.span();
        inside(whole);
        assert!(whole.start <= message.start_line().start && message.start_line().end <= whole.end.max(message.start_line().end));
        for field in message.headers() {
            for end in 0..=field.value.value.len().min(40) {
                for start in 0..=end {
                    inside(field.value.locate(start..end));
                }
            }
            assert!(whole.start <= field.span.start && field.span.end <= whole.end, "{field:?} in {text:?}");
        }
    }
    if let Some(scenario) = paste.scenario.clone() {
        let replay = paste::replay(&paste, scenario).expect("a scenario made of a paste makes sense");
        for span in replay.fetches.iter().flat_map(|fetch| fetch.evidence.iter().flatten()) {
            inside(*span);
        }
        let answered = replay.fetches.iter().flat_map(|fetch| &fetch.exchanges).filter_map(|exchange| exchange.response);
        for message in answered {
            assert!(!replay.unused.contains(&message));
        }
    }
    paste
}

#[test]
fn recordings_are_read_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let (mut count, mut wrong) = (0, String::new());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let expected = path.with_extension("expected");
            let paste = check(&text, "https://app.example");
            let found = format!("{}{}\n", show(&paste, &text), show_parts(&paste));
            if found != std::fs::read_to_string(expected).unwrap_or_default() {
                write!(wrong, "== {} is read as\n{found}", path.display()).unwrap();
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= 14, "only {count} recordings in {}", folder.display());
}

/// What curl, developer tools and consoles said, taken as it came: `tests/paste/captured/capture.mjs` makes them again. The page is
/// that of the text.
#[test]
fn captured_pastes_are_read_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste/captured");
    let (mut count, mut wrong) = (0, String::new());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_page_said = text.contains("https://a.test:8201");
            let page = if is_page_said { "" } else { "https://a.test:8201" };
            let paste = check(&text, page);
            let found = format!("{}{}\n{}\n", show(&paste, &text), show_parts(&paste), verdicts(&text, page).join("\n"));
            if found != std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default() {
                write!(wrong, "== {} is read as\n{found}", path.display()).unwrap();
            }
            let without = paste::mask(&text);
            if verdicts(&without.text, page) != verdicts(&text, page) {
                writeln!(wrong, "== {} has other verdicts when masked", path.display()).unwrap();
            }
            for secret in ["s3cr3t", "hunter2"].iter().filter(|secret| without.text.contains(**secret)) {
                writeln!(wrong, "== {} still has {secret}", path.display()).unwrap();
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= 30, "only {count} captured pastes in {}", folder.display());
}

/// How each fetch of a text ends, as far as no secret is in it.
fn verdicts(text: &str, page: &str) -> Vec<String> {
    let paste = paste::parse(text, page);
    let Some(scenario) = paste.scenario.clone() else { return Vec::new() };
    let replay = paste::replay(&paste, scenario).unwrap();
    let explained = corscope::explain::explain(&replay.scenario, &replay.report);
    let fetches = replay.report.fetches.iter().zip(explained.fetches);
    let verdict = |(report, explained): (&corscope::FetchReport, corscope::explain::FetchExplanation)| {
        let sent = report.exchanges.iter().map(|exchange| format!("{:?} {}", exchange.request.purpose, exchange.request.method));
        format!("{:?} {} {:?}", explained.verdict.kind, explained.verdict.id.id(), sent.collect::<Vec<_>>())
    };
    fetches.map(verdict).collect()
}

#[test]
fn masking_keeps_every_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let mut masked = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let without = paste::mask(&text);
            let name = path.display();
            let page = "https://app.example";
            assert_eq!(verdicts(&without.text, page), verdicts(&text, page), "{name}");
            assert_eq!(paste::mask(&without.text).text, without.text, "{name}");
            masked += usize::from(!without.secrets.is_empty());
            for secret in without.secrets.iter().map(|span| span.of(&text)).filter(|secret| secret.len() >= 8) {
                assert!(!without.text.contains(secret), "{name}: {secret}");
            }
        }
    }
    assert!(masked >= 8, "only {masked} have secrets");
}

/// A text and what it shows.
fn shown(text: &str, page: &str) -> String {
    show(&check(text, page), text)
}

#[test]
fn odd_texts_are_read_exactly() {
    let ok = "HTTP/1.1 200 OK\r\nX: 1\r\n\r\nbody";
    let plain = "RawHttp\n0 Plain Actual GET / = https://a.example/\n  Host: a.example\n  Origin: https://app.example\n\
        1 Plain Final 200 OK to 0\n  X: 1\nassuming Scheme { url: \"https://a.example/\" }\n\
        assuming PageFromOrigin { page: \"https://app.example/\" }\n\
        https://app.example/ {\"api\":\"fetch\",\"url\":\"https://a.example/\",\"init\":{\"mode\":\"cors\"}}\n";
    let lines = ["GET / HTTP/1.1", "Host: a.example", "Origin: https://app.example", "", "HTTP/1.1 200 OK", "X: 1", ""];
    for end in ["\n", "\r\n", "\r", "\r\r\n", " \n", "\t\r\n"] {
        assert_eq!(shown(&lines.join(end), ""), plain, "{end:?}");
        assert_eq!(shown(&format!("\u{feff}{}", lines.join(end)), ""), plain, "{end:?}");
    }
    for (text, page, expected) in [
        ("", "", "Nothing\n"),
        (" \n\t\n", "https://app.example", "Nothing\n"),
        (
            "Access to fetch at 'https://api.example/me' from origin 'app' has been blocked by CORS policy: No \
             'Access-Control-Allow-Origin' header is present on the requested resource.",
            "",
            "Console\nChromium CorsError.MissingAllowOriginHeader at \"Access to fetch at 'https://api.example/me' from origin 'app' has \
             been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\"\n\
             Error NoPage at nowhere\nassuming FromConsole { browser: Chromium, of_preflight: false }\n",
        ),
        ("hello\nworld", "https://app.example", "Nothing\nError Unreadable at \"hello\\nworld\"\n"),
        ("$ ", "", "Nothing\n"),
        (
            "POST http://a.example/ HTTP/1.1\nContent-Length: 99999999999999999999\nOrigin: https://app.example\n",
            "",
            "RawHttp\n0 Plain Actual POST http://a.example/ = http://a.example/ +Some(9007199254740991)\n  \
             Content-Length: 99999999999999999999\n  Origin: https://app.example\n\
             assuming PageFromOrigin { page: \"https://app.example/\" }\n\
             https://app.example/ {\"api\":\"fetch\",\"url\":\"http://a.example/\",\"init\":{\"method\":\"POST\",\
             \"body\":{\"type\":\"bytes\",\"length\":9007199254740991},\"mode\":\"cors\"}}\n",
        ),
        (
            ":path: /x\n:foo: 1\n:status: 200\n\n:status: abc\nx: 1\n",
            "null",
            "RawHttp\n0 Pseudo Actual GET /x = https://unknown.invalid/x\n1 Pseudo Final 200  to 0\n2 Pseudo Unreadable 0 \n  x: 1\n\
             Error UnknownPseudoHeader at \":foo: 1\"\nWarning NoMethod at \":path: /x\"\nError StatusLine at \"abc\"\n\
             Warning NoHost at \":path: /x\"\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"https://unknown.invalid/x\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "GET http://a.example/a b HTTP/1.1\n\nGET http://a.example/c\nX : 1\n",
            "null",
            "RawHttp\n0 Plain Actual GET http://a.example/a b = http://a.example/a%20b\n\
             1 Plain Actual GET http://a.example/c = http://a.example/c\n  X: 1\n\
             Warning SpaceInTarget at \"http://a.example/a b\"\nWarning NoVersion at \"GET http://a.example/c\"\n\
             Warning SpaceBeforeColon at \" \"\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"http://a.example/a%20b\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "GET http://a.example/ HTTP/1.1\nSec-Fetch-Mode: no-cors\n",
            "null",
            "RawHttp\n0 Plain Actual GET http://a.example/ = http://a.example/\n  Sec-Fetch-Mode: no-cors\n\
             assuming Mode { mode: \"no-cors\" }\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"http://a.example/\",\"init\":{\"mode\":\"no-cors\"}}\n",
        ),
        (
            "* Connected to a.example (192.0.2.1) port 443 (#0)\n> GET / HTTP/1.1\n> Host: a.example\n>\n\
             * Empty reply from server\n* Closing connection 0\ncurl: (52) Empty reply from server\n",
            "null",
            "CurlVerbose\n0 Marked Actual GET / = https://a.example/\n  Host: a.example\n\
             1 Failure Closed \"* Empty reply from server\"\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"https://a.example/\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        ("curl is great.", "", "Nothing\nError Unreadable at \"curl is great.\"\n"),
        (
            "curl localhost/x",
            "file:///page.html",
            "CurlCommand\n0 Command Actual GET localhost/x = http://localhost/x\n\
             file:///page.html {\"api\":\"fetch\",\"url\":\"http://localhost/x\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "curl https://a.example/x\n\nAccess to fetch at 'https://a.example/x' from origin 'https://shop.example' has been blocked by CORS \
             policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n",
            "",
            "CurlCommand\n0 Command Actual GET https://a.example/x = https://a.example/x\n\
             Chromium CorsError.MissingAllowOriginHeader at \"Access to fetch at 'https://a.example/x' from origin 'https://shop.example' \
             has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\"\n\
             assuming PageFromConsole { page: \"https://shop.example\" }\n\
             https://shop.example {\"api\":\"fetch\",\"url\":\"https://a.example/x\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (ok, "", "CurlInclude\n0 Plain Final 200 OK +\"body\"\n  X: 1\nError NoPage at nowhere\nassuming NoRequest\n"),
        (
            ok,
            "app.example",
            "CurlInclude\n0 Plain Final 200 OK +\"body\"\n  X: 1\nError Page { found: \"app.example\" } at nowhere\n\
             Error NoPage at nowhere\nassuming NoRequest\n",
        ),
        (
            ok,
            "null",
            "CurlInclude\n0 Plain Final 200 OK +\"body\"\n  X: 1\nassuming NoRequest\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"https://unknown.invalid/\",\"init\":{}}\n",
        ),
        (
            "GET http://a.example/x#y HTTP/1.1\nReferer: https://app.example/page\n",
            "",
            "RawHttp\n0 Plain Actual GET http://a.example/x#y = http://a.example/x\n  Referer: https://app.example/page\n\
             assuming PageFromReferer { page: \"https://app.example/page\" }\n\
             https://app.example/page {\"api\":\"fetch\",\"url\":\"http://a.example/x\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "GET / HTTP/1.1\nHost: a.example\nOrigin: null\n",
            "",
            "RawHttp\n0 Plain Actual GET / = https://a.example/\n  Host: a.example\n  Origin: null\n\
             assuming Scheme { url: \"https://a.example/\" }\nassuming PageFromOrigin { page: \"null\" }\n\
             data:text/html, {\"api\":\"fetch\",\"url\":\"https://a.example/\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "GET / HTTP/1.1\nHost: a.example\nOrigin: nonsense\n",
            "",
            "RawHttp\n0 Plain Actual GET / = https://a.example/\n  Host: a.example\n  Origin: nonsense\n\
             Error Page { found: \"nonsense\" } at \"nonsense\"\nError NoPage at nowhere\n\
             assuming Scheme { url: \"https://a.example/\" }\n",
        ),
        (
            "OPTIONS / HTTP/1.1\nHost: a b\n",
            "http://app.example/x",
            "RawHttp\n0 Plain BareOptions OPTIONS / = https://unknown.invalid/\n  Host: a b\n\
             Warning BareOptions at \"OPTIONS\"\nWarning Url { found: \"a b/\" } at \"/\"\n\
             http://app.example/x {\"api\":\"fetch\",\"url\":\"https://unknown.invalid/\",\"init\":{\"method\":\"OPTIONS\",\"mode\":\"cors\"}}\n",
        ),
        (
            "HTTP/1.1 200 OK\nX: a\0b\n Y: 1\nZ\u{e9}: 1\nNone\n",
            "https://app.example",
            "CurlInclude\n0 Plain Final 200 OK\n  X: a\0b Y: 1 from \"a\\0b\\n Y: 1\"\nWarning ControlCharacter { byte: 0 } at \"\\0\"\n\
             Warning Folded at \"Y: 1\"\nError NotAName at \"Z\u{e9}\"\nError NoColon at \"None\"\nassuming NoRequest\n\
             https://app.example/ {\"api\":\"fetch\",\"url\":\"https://unknown.invalid/\",\"init\":{}}\n",
        ),
        (
            "* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET / HTTP/1.1\n> Host: a.example\nOrigin: x\n>\n\
             < HTTP/1.1 200 OK\n< Access-Control-Allow-Origin: https://a-long-origin\n.example\n<\n> quoted\n",
            "http://app.example",
            "CurlVerbose\n0 Marked Actual GET / = http://a.example/\n  Host: a.example\n1 Marked Final 200 OK to 0 +\"> quoted\"\n  \
             Access-Control-Allow-Origin: https://a-long-origin\nError Unmarked at \"Origin: x\"\nError Unmarked at \".example\"\n\
             http://app.example/ {\"api\":\"fetch\",\"url\":\"http://a.example/\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
        (
            "GET / HTTP/1.1\nHost: a.example\n\n\n\nOrigin: https://app.example\n",
            "https://app.example",
            "RawHttp\n0 Plain Actual GET / = https://a.example/\n  Host: a.example\nError StrayHeaders at \"Origin: https://app.example\"\n\
             assuming Scheme { url: \"https://a.example/\" }\n\
             https://app.example/ {\"api\":\"fetch\",\"url\":\"https://a.example/\",\"init\":{\"mode\":\"cors\"}}\n",
        ),
    ] {
        assert_eq!(shown(text, page), expected, "{text:?}");
    }
}

#[test]
fn limits_are_told() {
    let last = |text: &str| {
        let paste = check(text, "https://app.example");
        let problem = paste.problems.last().unwrap();
        (format!("{:?}", problem.kind), problem.span.unwrap().start)
    };
    let long = "x".repeat(1024 * 1024 + 3);
    assert_eq!(last(&long), ("TooLong { limit: 1048576 }".into(), 1024 * 1024));
    let many = "HTTP/1.1 200 OK\n\n".repeat(201);
    assert_eq!(last(&many), ("TooManyMessages { limit: 200 }".into(), 200 * 17));
    let headers = format!("HTTP/1.1 200 OK\n{}", "a: b\n".repeat(1002));
    assert_eq!(last(&headers), ("TooManyHeaders { limit: 1000 }".into(), 16 + 5000));
    let problems = format!("HTTP/1.1 200 OK\n{}", "bad\n".repeat(200));
    assert_eq!(last(&problems), ("TooManyProblems { limit: 100 }".into(), 16 + 400));
    assert_eq!(check(&problems, "").problems.len(), 102, "the hundred, that there are more, and that there is no page");
}

/// The texts at which the evidence of the first fetch points.
fn evidence<'t>(text: &'t str, page: &str) -> Vec<Option<&'t str>> {
    let paste = check(text, page);
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    replay.fetches[0].evidence.iter().map(|span| span.map(|span| span.of(text))).collect()
}

#[test]
fn evidence_is_found_in_the_text() {
    let request = "GET / HTTP/1.1\nHost: a.example\nOrigin: https://app.example\n\n";
    for (answer, expected) in [
        ("HTTP/1.1 200 OK\n", vec![Some("HTTP/1.1 200 OK"), Some("https://app.example")]),
        (
            "HTTP/1.1 200 OK\naccess-control-allow-origin: \t https://\u{e9}.example \n",
            vec![Some("https://\u{e9}.example"), Some("https://app.example")],
        ),
        (
            "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example,\n  *\n",
            vec![Some("https://app.example,\n  *"), Some("https://app.example")],
        ),
    ] {
        assert_eq!(evidence(&format!("{request}{answer}"), ""), expected, "{answer:?}");
    }
    let command = "$ curl -i https://a.example/ -X PUT -H 'Origin: https://app.example'\ncurl: (56) Recv failure\n\
                   $ curl -i https://a.example/ -X OPTIONS -H \"Origin: https://app.example\" -H 'Access-Control-Request-Method: PUT'\n\
                   HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUSH\n";
    let paste = check(command, "");
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    assert_eq!(replay.fetches[0].method.unwrap().of(command), "PUT");
    assert_eq!(replay.fetches[0].exchanges[0].request, Some(2));
    assert_eq!(replay.fetches[0].exchanges[0].response, Some(3));
    assert_eq!(replay.unused, [1]);
    let found: Vec<_> = replay.fetches[0].evidence.iter().map(|span| span.map(|span| span.of(command))).collect();
    assert_eq!(found, [Some("PUSH"), Some("PUT")]);
}

#[test]
fn answers_are_given_by_purpose() {
    let text = "PUT /a HTTP/1.1\nHost: a.example\nOrigin: https://app.example\n\nHTTP/1.1 307 Temporary Redirect\nLocation: /b\n\
                Access-Control-Allow-Origin: *\n\n\
                PUT /b HTTP/1.1\nHost: a.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n\
                OPTIONS /b HTTP/1.1\nHost: a.example\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\n\n\
                HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\n\n\
                OPTIONS /a HTTP/1.1\nHost: a.example\nOrigin: https://other.example\nAccess-Control-Request-Method: DELETE\n\n\
                HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\n";
    let paste = check(text, "");
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    let exchanges: Vec<_> = replay.fetches[0].exchanges.iter().map(|exchange| (exchange.request, exchange.response)).collect();
    assert_eq!(exchanges, [(Some(6), Some(7)), (Some(0), Some(1)), (Some(4), Some(5)), (Some(2), Some(3))]);
    assert_eq!(replay.unused, [] as [usize; 0]);
    assert_eq!(
        serde_json::to_value(&replay.fetches[0].exchanges[0].caveats).unwrap(),
        serde_json::json!([
            {"type": "header", "name": "Origin", "pasted": "https://other.example", "sent": "https://app.example"},
            {"type": "header", "name": "Access-Control-Request-Method", "pasted": "DELETE", "sent": "PUT"},
        ])
    );
    assert!(matches!(replay.report.fetches[0].outcome, corscope::Outcome::Response(_)));
    let preflight = &replay.report.fetches[0].exchanges[0].request;
    assert_eq!(paste.answer_for(preflight, 0).map(|(_, message)| message), Some(7));
    assert_eq!(paste.answer_for(preflight, 1).map(|(_, message)| message), None);
}

#[test]
fn a_chain_of_answers_follows_its_redirects() {
    let text = "$ curl -siL https://a.example/1 -H 'Origin: https://app.example' -X POST\n\
                HTTP/2 303 \nlocation: ../2?x\naccess-control-allow-origin: *\n\n\
                HTTP/2 302 \nlocation: https://b.example/3\naccess-control-allow-origin: *\n\n\
                HTTP/2 200 \naccess-control-allow-origin: null\n\ndone\n";
    let paste = check(text, "");
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    let sent: Vec<_> =
        replay.report.fetches[0].exchanges.iter().map(|it| (it.request.method.to_string(), &*it.request.url)).collect();
    let get = |url| ("GET".to_owned(), url);
    assert_eq!(sent, [("POST".to_owned(), "https://a.example/1"), get("https://a.example/2?x"), get("https://b.example/3")]);
    let answers: Vec<_> = replay.fetches[0].exchanges.iter().map(|exchange| exchange.response).collect();
    assert_eq!(answers, [Some(1), Some(2), Some(3)]);
    assert!(matches!(replay.report.fetches[0].outcome, corscope::Outcome::Response(_)));
}

#[test]
fn a_missing_answer_is_asked_for_and_taken_from_what_is_added() {
    let mut text =
        "PUT /a HTTP/1.1\nHost: a.example\nOrigin: https://app.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n"
            .to_owned();
    let paste = check(&text, "");
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    let corscope::Outcome::NeedsAnswer(needs) = &replay.report.fetches[0].outcome else { panic!() };
    assert_eq!(replay.unused, [1]);
    // As the command that is shown prints it.
    text += &format!("$ {}\n", corscope::render::to_curl(&needs.request));
    text += "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\n";
    let paste = check(&text, "");
    let replay = paste::replay(&paste, paste.scenario.clone().unwrap()).unwrap();
    assert!(matches!(replay.report.fetches[0].outcome, corscope::Outcome::Response(_)));
    assert!(replay.fetches[0].exchanges.iter().all(|exchange| exchange.caveats.is_empty()));
    assert_eq!(replay.unused, [] as [usize; 0]);
}

#[test]
fn javascript_gets_utf16_offsets() {
    let text = "HTTP/1.1 200 \u{1f600}\nX: caf\u{e9}\nY: 1\n";
    let paste = check(text, "");
    let units: Vec<u16> = text.encode_utf16().collect();
    let json = serde_json::to_value(paste::InUtf16::new(paste, text)).unwrap();
    let at = |value: &serde_json::Value| {
        let place = |key| usize::try_from(value[key].as_u64().unwrap()).unwrap();
        String::from_utf16(&units[place("start")..place("end")]).unwrap()
    };
    let message = &json["messages"][0];
    assert_eq!(message["type"], "response");
    assert_eq!(message["kind"]["type"], "final");
    assert_eq!(at(&message["reason"]["span"]), "\u{1f600}");
    assert_eq!(at(&message["headers"][0]["value"]["span"]), "caf\u{e9}");
    assert_eq!(message["headers"][0]["value"]["value"], "caf\u{c3}\u{a9}", "the bytes of the text");
    assert_eq!(at(&message["headers"][1]["span"]), "Y: 1");
}

/// Lines that mean something somewhere, in any order.
fn line() -> impl Strategy<Value = String> {
    let telling = proptest::sample::select(vec![
        "GET / HTTP/1.1",
        "OPTIONS /a HTTP/2",
        "POST https://a.example/",
        "HTTP/1.1 200 OK",
        "HTTP/2 204",
        "HTTP/1.1 100 Continue",
        "HTTP/1.1 302 Found",
        "Location: /x",
        "Host: a.example",
        "Origin: https://app.example",
        "Content-Length: 5",
        "content-length: 40",
        "Transfer-Encoding: chunked",
        "Access-Control-Allow-Origin: *",
        "Access-Control-Request-Method: PUT",
        "Cookie: a=b",
        "> GET / HTTP/1.1",
        "> Host: a.example",
        ">",
        "> ",
        "< HTTP/1.1 200 OK",
        "< Location: /x",
        "<",
        "< HTTP/1.1 103 Early Hints",
        "* Connected to a.example (192.0.2.1) port 443 (#0)",
        "* Issue another request to this URL: 'https://b.example/'",
        "{ [5 bytes data]",
        "} [5 bytes data]",
        "{\"a\":1}* Connection #0 to host a left intact",
        "{\"a\":1}HTTP/1.1 200 OK",
        "$ curl -i 'https://a.example/' \\",
        "curl https://a.example -H 'X: \u{e9}' -d '",
        "'",
        "\"",
        "curl: (7) Failed",
        "```",
        "~~~http",
        "fetch(\"https://a.example/\", {",
        "const r = await fetch(`/x${y}`, { headers: { 'X-A': \"\\u00e9\", \"",
        "  headers: [[\"a\", b]], method: 'PUT',",
        "}); // }",
        "axios.post('/x', { a: [1, \"",
        "x.open(\"PUT\", \"/x\");",
        "x.setRequestHeader('A', 'b'); x.send('\u{e9}');",
        ":method: GET",
        ":path: /",
        ":status: 200",
        ":status: x",
        ":authority: a.example",
        "  folded",
        "\tfolded: yes",
        "---",
        "",
        " ",
        "X: \u{1b}[1mbold\u{1b}[0m",
        "\u{1b}]8;;x\u{1b}\\X\u{1b}]8;;\u{1b}\\: 1",
        "X : 1",
        "body \u{1f600}",
        "\u{feff}",
        "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 192.0.2.1:80...",
        "joe@mac:~$ ",
        "{\"page\":{\"url\":\"https://app.example\"},\"fetches\":[{\"call\":{\"api\":\"img\",\"url\":\"/\u{e9}\"}}]}",
        "{\"page\": {}, \"fetches\": [",
        "{\"log\":{\"entries\":[{\"startedDateTime\":\"2026-11-28T10:00:00Z\",\"request\":{\"method\":\"PUT\",\"url\":\"https://a.example/\u{e9}\",\"headers\":[{\"name\":\"Origin\",\"value\":\"https://app.example\"}]},\"response\":{\"status\":200,\"headers\":[{\"name\":\"a\",\"value\":\"b\\nc\"}]}}]}}",
        "{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://a.example\"},\"response\":{\"status\":0}}, {",
        "{\"info\":{},\"item\":[{\"request\":{\"method\":\"PUT\",\"header\":[{\"key\":\"a\",\"value\":\"{{b}}\u{e9}\"}],\"url\":{\"raw\":\"{{c}}/\u{e9}\"}},\"response\":[{\"code\":200}]}]}",
        "meta {",
        "get {",
        "  url: https://a.example/{{\u{e9}}}",
        "headers {",
        "}",
        "General",
        "Request URL",
        "https://a.example/\u{e9}",
        "Request Method: PUT",
        "Status Code",
        "204 No Content",
        "Response Headers (3)",
        "Request Headers",
        "Provisional headers are shown",
        "access-control-allow-origin",
        "Scheme",
        "https",
        "Summary",
        "Request",
        "Response",
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession",
        "$session.Cookies.Add((New-Object System.Net.Cookie(\"\u{e9}\", \"b\", \"/\")))",
        "Invoke-WebRequest -Uri \"https://a.example/\" `",
        "-Headers @{ \"a\"=\"`\"\u{e9}\"; b='c'",
        "} `",
        "-Body \"$([char]233)\" -Method PUT",
    ]);
    let end = proptest::sample::select(vec!["\n", "\r\n", "\r", "\r\r\n", "", "\n\n"]);
    let any = prop_oneof![6 => telling.prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => any::<String>()];
    ("( {0,4}|\t|> )", any, end).prop_map(|(before, line, end)| format!("{before}{line}{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_whole(text in any::<String>(), page in "(|null|https://app.example|\\PC*)") {
        check(&text, &page);
    }

    #[test]
    fn any_lines_are_read_whole(lines in prop::collection::vec(line(), 0..24), page in "(|null|http://app.example|\\PC*)") {
        check(&lines.concat(), &page);
    }

    #[test]
    fn a_rendered_request_is_read_back(
        method in "[A-Z]{1,8}",
        path in "/[a-z0-9'()$&;!]{0,9}",
        headers in prop::collection::vec(("X-[A-Za-z]{1,6}", prop::collection::vec(any::<u8>(), 0..12)), 0..4),
    ) {
        prop_assume!(method != "CONNECT" && method != "HEAD");
        let url = url::Url::parse(&format!("https://a.example{path}")).unwrap();
        let lines: Vec<_> = headers.iter().map(|(name, value)| {
            let value: Vec<u8> = value.iter().copied().filter(|byte| !matches!(byte, 0 | b'\r' | b'\n')).collect();
            (name.clone().into_bytes(), value.trim_ascii().to_vec())
        }).collect();
        let request = corscope::WireRequest {
            purpose: corscope::Purpose::Actual,
            method: method.clone().into_bytes().into(),
            url: url.to_string(),
            headers: corscope::HeaderList::from(
                lines.iter().map(|(name, value)| corscope::Header(name.clone().into(), value.clone().into())).collect::<Vec<_>>(),
            ),
            credentials: false,
            has_body: false,
        };
        let read = |text: &str| {
            let paste = check(text, "https://app.example");
            let Some(PastedMessage::Request(found)) = paste.messages.first() else { panic!("{text:?}") };
            assert_eq!(paste.messages.len(), 1, "{text:?}");
            let headers: Vec<_> = found.headers.iter().map(|field| (field.name.value.clone().into_bytes(), field.value.value.clone().into_bytes())).collect();
            (found.method.value.to_string(), found.url.clone(), headers)
        };
        let expected = (method, Some(url.to_string()), lines.clone());
        prop_assert_eq!(read(&corscope::render::to_curl(&request)), expected.clone());
        if lines.iter().all(|(_, value)| value.is_ascii() && !value.contains(&0x1b)) {
            let (method, url, mut headers) = read(&corscope::render::to_http1(&request));
            prop_assert_eq!(headers.remove(0).0, b"Host");
            prop_assert_eq!((method, url, headers), expected);
        }
    }
}
