//! A large HAR that nobody recorded: to see how long reading one takes.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Context, Result};
use corscope::ProfileName;
use corscope::har::HarReader;

const USUAL: usize = 100_000;
/// How many bytes are given at a time.
const CHUNK: usize = 1 << 20;

pub fn run(arguments: &[&str]) -> Result<()> {
    let (mut entries, mut file) = (USUAL, None);
    let mut rest = arguments.iter();
    while let Some(&argument) = rest.next() {
        match argument {
            "--write" => file = Some(*rest.next().context("--write needs the name of a file")?),
            number => entries = number.parse().with_context(|| format!("{number:?} is no number of entries"))?,
        }
    }
    if let Some(name) = file {
        let mut out = BufWriter::new(fs::File::create(name).with_context(|| format!("cannot write {name}"))?);
        for text in texts(entries) {
            out.write_all(text.as_bytes())?;
        }
        out.flush()?;
        println!("{name}: {entries} entries");
        return Ok(());
    }
    let mut reader = HarReader::new(ProfileName::Spec);
    let (mut chunk, mut taken) = (Vec::with_capacity(2 * CHUNK), Duration::ZERO);
    for text in texts(entries).chain([String::new()]) {
        chunk.extend_from_slice(text.as_bytes());
        if chunk.len() >= CHUNK || text.is_empty() {
            let start = Instant::now();
            reader.push(&chunk);
            taken += start.elapsed();
            chunk.clear();
        }
    }
    let start = Instant::now();
    let report = reader.finish();
    taken += start.elapsed();
    let megabytes = report.bytes / 1_000_000;
    writeln!(
        io::stdout(),
        "{megabytes} MB, {} entries in {:.2} s: {} allowed, {} blocked in {} groups",
        report.entries,
        taken.as_secs_f64(),
        report.allowed,
        report.blocked,
        report.groups.len()
    )?;
    for group in report.groups.iter().take(10) {
        println!("{:6} {} {}", group.count, group.id, group.server);
    }
    Ok(())
}

/// The text of a HAR as Chrome writes it, piece by piece.
fn texts(entries: usize) -> impl Iterator<Item = String> {
    let head = "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"WebInspector\",\"version\":\"537.36\"},\"pages\":[],\"entries\":[\n";
    let separated = |index| if index == 0 { entry(index) } else { format!(",\n{}", entry(index)) };
    [head.to_owned()].into_iter().chain((0..entries).map(separated)).chain(["\n]}}\n".to_owned()])
}

fn entry(index: usize) -> String {
    let server = index / 7 % 20;
    let lines = |lines: &[(&str, &str)]| {
        let mut text = String::new();
        for (name, value) in lines {
            let _ = write!(text, "{{\"name\":\"{name}\",\"value\":\"{value}\"}},\n          ");
        }
        text.truncate(text.trim_end_matches([',', '\n', ' ']).len());
        text
    };
    let (method, kind, mode) = match index % 7 {
        0 => ("PUT", "fetch", "cors"),
        1 => ("OPTIONS", "preflight", "cors"),
        2 => ("GET", "image", "no-cors"),
        _ => ("GET", "fetch", "cors"),
    };
    let name = if method == "GET" { format!("items/{index}") } else { format!("items/{}", index / 7) };
    let mut request = vec![
        (":authority", "api.example"),
        (":method", method),
        (":scheme", "https"),
        ("accept", "*/*"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("accept-language", "en-US,en;q=0.9"),
        ("origin", "https://app.example"),
        ("priority", "u=1, i"),
        ("referer", "https://app.example/shop?page=1"),
        ("sec-ch-ua", "\\\"Chromium\\\";v=\\\"156\\\", \\\"Not?A_Brand\\\";v=\\\"99\\\""),
        ("sec-ch-ua-mobile", "?0"),
        ("sec-fetch-dest", "empty"),
        ("sec-fetch-mode", mode),
        ("sec-fetch-site", "cross-site"),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"),
    ];
    match method {
        "PUT" => request.push(("content-type", "application/json")),
        "OPTIONS" => {
            request.extend([("access-control-request-method", "PUT"), ("access-control-request-headers", "content-type")]);
        }
        _ => {}
    }
    let mut response = vec![
        ("cache-control", "no-store, max-age=0"),
        ("content-encoding", "br"),
        ("content-type", "application/json; charset=utf-8"),
        ("date", "Sat, 28 Nov 2026 10:00:00 GMT"),
        ("server", "nginx"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("vary", "Origin, Accept-Encoding"),
        ("x-request-id", "5f0c2b1e-8a4d-4a55-9a3e-0a0c6f1f2d3b"),
    ];
    // Some servers allow, and some make the usual mistakes.
    match server % 5 {
        3 => {}
        4 => response.push(("access-control-allow-origin", "https://app.example/")),
        _ => response.push(("access-control-allow-origin", "https://app.example")),
    }
    if method == "OPTIONS" {
        response.extend([("access-control-allow-methods", "GET, PUT"), ("access-control-allow-headers", "content-type")]);
    }
    let body = "{\\\"id\\\":12345,\\\"name\\\":\\\"caf\\u00e9\\\",\\\"tags\\\":[\\\"a\\\",\\\"b\\\"]},".repeat(30);
    format!(
        "{{\n      \"_priority\":\"High\",\"_resourceType\":\"{kind}\",\"cache\":{{}},\"connection\":\"443\",\"pageref\":\"page_1\",\n      \
         \"request\":{{\"method\":\"{method}\",\"url\":\"https://api{server}.example/{name}\",\"httpVersion\":\"h2\",\"headers\":[\n          \
         {}\n        ],\"queryString\":[],\"cookies\":[],\"headersSize\":-1,\"bodySize\":0}},\n      \
         \"response\":{{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"h2\",\"headers\":[\n          {}\n        ],\"cookies\":[],\
         \"content\":{{\"size\":1800,\"mimeType\":\"application/json\",\"text\":\"{body}\"}},\"redirectURL\":\"\",\"headersSize\":-1,\
         \"bodySize\":-1,\"_transferSize\":512,\"_error\":null}},\n      \"serverIPAddress\":\"192.0.2.1\",\
         \"startedDateTime\":\"2026-11-28T{:02}:{:02}:{:02}.000Z\",\"time\":12.5,\
         \"timings\":{{\"blocked\":1.5,\"dns\":-1,\"ssl\":-1,\"connect\":-1,\"send\":0.1,\"wait\":10,\"receive\":0.9}}}}",
        lines(&request),
        lines(&response),
        index / 36_000 % 24,
        index / 600 % 60,
        index / 10 % 60,
    )
}
