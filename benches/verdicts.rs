//! What a verdict costs. `cargo run -p xtask -- bench` runs this file twice: as it is for times, and under callgrind for
//! instructions.
//!
//! ```text
//! verdicts                  times of everything
//! verdicts once NAME        runs one thing once, and prints how many units that is
//! verdicts names            what there is to run
//! ```

#[allow(dead_code, reason = "the test reads more of it")]
#[path = "../tests/workload/mod.rs"]
mod workload;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use corscope::decide::{Fields, branch, cors_check, decide, readable_lines};
use corscope::{Scenario, evaluate};
use serde_json::{Value, json};

use workload::{Pair, Reply};

/// Something to measure: what it is, for how many units of it, and how to do it once.
struct Measure {
    name: &'static str,
    unit: &'static str,
    units: usize,
    run: Box<dyn Fn() -> usize>,
    /// The same over so little data that it stays in the processor's caches.
    hot: Option<Box<dyn Fn() -> usize>>,
}

/// How often each is run for its time; the fastest counts, because all that disturbs makes it slower.
const ROUNDS: usize = 30;

/// So many pairs stay in the processor's caches.
const HOT_PAIRS: usize = 100;

/// How many reports make one run.
const REPORTS: usize = 200;

fn main() -> ExitCode {
    // NB: `cargo bench` adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => times(&measures()),
        ["names"] => measures().iter().for_each(|measure| println!("{}\t{}", measure.name, measure.unit)),
        ["once", name] => match measures().iter().find(|measure| measure.name == name) {
            Some(measure) => {
                black_box(measured_region(&*measure.run));
                println!("{}", measure.units);
            }
            None => {
                eprintln!("verdicts: there is nothing of the name {name}; `verdicts names` lists what there is");
                return ExitCode::FAILURE;
            }
        },
        _ => {
            eprintln!("usage: verdicts [names | once NAME]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The function whose instructions are counted: callgrind finds it by its name.
#[inline(never)]
fn measured_region(run: &dyn Fn() -> usize) -> usize {
    run()
}

/// Prints the times, cold and hot, and how many times the first one's they are: ratios say more than times of this machine.
fn times(measures: &[Measure]) {
    let fastest = |run: &dyn Fn() -> usize, units: usize| {
        let time = || {
            let start = Instant::now();
            black_box(run());
            start.elapsed().as_secs_f64() * 1e9 / units as f64
        };
        (0..ROUNDS).map(|_| time()).fold(f64::INFINITY, f64::min)
    };
    let (mut floor, mut hot_floor) = (None, None);
    for Measure { name, unit, units, run, hot } in measures {
        let cold = fastest(&**run, *units);
        let ratio = cold / *floor.get_or_insert(cold);
        print!("{name:<42} {cold:>9.0} ns a {unit} ({ratio:.1})");
        if let Some(hot) = hot {
            let hot = fastest(&**hot, *units);
            let ratio = hot / *hot_floor.get_or_insert(hot);
            print!(", hot {hot:.0} ns ({ratio:.1})");
        }
        println!();
    }
}

fn measures() -> Vec<Measure> {
    let pairs: &'static [Pair] = workload::pairs().leak();
    let over_pairs = |name, one: fn(&Pair) -> usize| {
        let all = move |pairs: &[Pair]| pairs.iter().map(|pair| one(black_box(pair))).sum::<usize>();
        let hot = move || (0..pairs.len() / HOT_PAIRS).map(|_| all(&pairs[..HOT_PAIRS])).sum();
        Measure { name, unit: "pair", units: pairs.len(), run: Box::new(move || all(pairs)), hot: Some(Box::new(hot)) }
    };
    let reports = |name, scenarios: Vec<Scenario>| {
        let all = move || scenarios.iter().map(|scenario| report(black_box(scenario))).sum::<usize>();
        let run = Box::new(move || (0..REPORTS).map(|_| all()).sum());
        Measure { name, unit: "fetch", units: REPORTS, run, hot: None }
    };
    let scenarios = scenarios(pairs);
    vec![
        over_pairs("floor: read the names of all headers", read_names),
        over_pairs("classification", |pair| branch(&pair.request()).map_or(0, |branch| branch as usize)),
        over_pairs("CORS check", |pair| {
            cors_check(pair.origin.as_bytes(), pair.credentials, &pair.response.headers[..]).map_or(0, |passed| passed as usize)
        }),
        over_pairs("decide: verdict and exposed headers", decided),
        Measure {
            name: "evaluate: a full report",
            unit: "pair",
            units: scenarios.len(),
            run: Box::new(move || scenarios.iter().map(|scenario| report(black_box(scenario))).sum()),
            hot: None,
        },
        reports("evaluate: preflighted, known in full", vec![preflighted(2)]),
        reports("evaluate: preflighted, step by step", (0..=2).map(preflighted).collect()),
        reports("evaluate: 20 redirects, known in full", vec![redirected(21)]),
        reports("evaluate: 20 redirects, step by step", (0..=21).map(redirected).collect()),
    ]
}

/// The first pairs as scenarios, but for those that mixed content keeps from going out at all.
fn scenarios(pairs: &[Pair]) -> Vec<Scenario> {
    let pairs = pairs.iter().zip(workload::expected()).take(1000).filter(|(pair, _)| !pair.is_mixed_content());
    pairs.map(|(pair, expected)| pair.scenario(expected.preflight)).collect()
}

fn decided(pair: &Pair) -> usize {
    let (request, response) = (pair.request(), pair.response.answer());
    let decision = decide(&request, pair.preflight.as_ref().map(Reply::answer), response);
    decision.map_or(0, |decision| readable_lines(&request, &decision, response).sum())
}

fn read_names(pair: &Pair) -> usize {
    let bytes = |lines: &workload::Lines| {
        (0..lines.count()).flat_map(|line| lines.name(line)).map(|&byte| usize::from(byte)).sum::<usize>()
    };
    bytes(&pair.headers) + pair.preflight.as_ref().map_or(0, |reply| bytes(&reply.headers)) + bytes(&pair.response.headers)
}

fn report(scenario: &Scenario) -> usize {
    let report = evaluate(scenario).expect("a scenario that makes sense");
    report.fetches.iter().map(|fetch| fetch.exchanges.len()).sum()
}

/// A preflighted exchange of ordinary size, of which so many answers are known.
fn preflighted(known: usize) -> Scenario {
    let answers = json!([
        { "status": 204, "headers": [
            ["Date", "Tue, 07 Jul 2026 08:00:00 GMT"],
            ["Access-Control-Allow-Origin", "https://app.example"],
            ["Access-Control-Allow-Credentials", "true"],
            ["Access-Control-Allow-Methods", "GET, HEAD, PUT, PATCH, POST, DELETE"],
            ["Access-Control-Allow-Headers", "authorization, content-type, x-request-id, x-client-version, traceparent"],
            ["Access-Control-Max-Age", "600"],
            ["Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"],
            ["Server", "nginx"]
        ] },
        { "status": 200, "headers": [
            ["Date", "Tue, 07 Jul 2026 08:00:00 GMT"],
            ["Content-Type", "application/json; charset=utf-8"],
            ["Content-Length", "5120"],
            ["Access-Control-Allow-Origin", "https://app.example"],
            ["Access-Control-Allow-Credentials", "true"],
            ["Access-Control-Expose-Headers", "ETag, X-Request-Id, X-Total-Count"],
            ["Cache-Control", "no-store"],
            ["ETag", "W/\"5120-7\""],
            ["Vary", "Origin"],
            ["X-Request-Id", "0af7651916cd43dd8448eb211c80319c"],
            ["X-Total-Count", "512"],
            ["Server", "nginx"]
        ] }
    ]);
    scenario(
        json!({
            "method": "PUT",
            "credentials": "include",
            "headers": [
                ["Accept", "application/json"],
                ["Accept-Language", "en"],
                ["Authorization", "Bearer 0af7651916cd43dd8448eb211c80319c"],
                ["Content-Type", "application/json"],
                ["X-Request-Id", "0af7651916cd43dd8448eb211c80319c"],
                ["X-Client-Version", "7.1.2"],
                ["Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
                ["Content-Language", "en"]
            ],
            "body": { "type": "text", "text": "{\"name\":\"value\"}" }
        }),
        answers.as_array().expect("an array").iter().take(known).cloned().collect(),
    )
}

/// A chain of 20 redirects between two foreign origins, of which so many answers are known.
fn redirected(known: usize) -> Scenario {
    let hop = |index: usize| {
        let location = format!("https://{}.example/{index}", if index.is_multiple_of(2) { "api" } else { "other" });
        json!({ "status": 302, "headers": [["Location", location], ["Access-Control-Allow-Origin", "*"], ["Content-Length", "0"]] })
    };
    let last = json!({ "status": 200, "headers": [["Content-Type", "text/plain"], ["Access-Control-Allow-Origin", "*"]] });
    scenario(json!({}), (0..20).map(hop).chain([last]).take(known).collect())
}

fn scenario(init: Value, answers: Vec<Value>) -> Scenario {
    let scenario = json!({
        "page": { "url": "https://app.example/items" },
        "fetches": [{ "call": { "api": "fetch", "url": "https://api.example/items/7", "init": init }, "answers": answers }]
    });
    serde_json::from_value(scenario).expect("a scenario")
}
