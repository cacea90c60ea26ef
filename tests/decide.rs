//! The decide-only path over the benchmark's workload: every verdict right, and nothing allocated.

mod workload;

use corscope::decide::{Blocked, CorsFailed, Decision, MainFetchBranch, Outcome, PreflightFailed, decide, readable_lines};
use corscope::modes::{RequestMode, ResponseType, Tainting};
use corscope::{NetworkErrorCode, evaluate};

use workload::{Expected, Pair, Reply};

fn decided(pair: &Pair) -> Decision {
    decide(&pair.request(), pair.preflight.as_ref().map(Reply::answer), pair.response.answer()).expect("readable")
}

/// The reason codes of the workload.
fn code(outcome: Outcome) -> &'static str {
    let cors = |failed| match failed {
        CorsFailed::AllowOriginMissing => "ORIGIN_MISSING",
        CorsFailed::OriginMismatch { .. } | CorsFailed::WildcardWithCredentials { .. } => "ORIGIN_MISMATCH",
        CorsFailed::AllowCredentialsMissing | CorsFailed::AllowCredentialsNotTrue { .. } => "CREDENTIALS",
    };
    match outcome {
        Outcome::Allowed(Tainting::Basic) => "BASIC",
        Outcome::Allowed(Tainting::Cors) => "CORS",
        Outcome::Allowed(Tainting::Opaque) => "OPAQUE",
        Outcome::PreflightWanted => "PREFLIGHT_WANTED",
        Outcome::Blocked(Blocked::SameOriginMode) => "MODE",
        Outcome::Blocked(Blocked::SchemeNotHttp) => "SCHEME",
        Outcome::Blocked(Blocked::CorsCheck(failed)) => cors(failed),
        Outcome::Blocked(Blocked::Preflight(failed)) => match failed {
            PreflightFailed::CorsCheck { failed } => match cors(failed) {
                "ORIGIN_MISSING" => "PF_ORIGIN_MISSING",
                "ORIGIN_MISMATCH" => "PF_ORIGIN_MISMATCH",
                _ => "PF_CREDENTIALS",
            },
            PreflightFailed::Status { .. } => "PF_STATUS",
            PreflightFailed::NotTokens { .. } => "PF_PARSE",
            PreflightFailed::Method { .. } => "PF_METHOD",
            PreflightFailed::Authorization { .. } => "PF_AUTH",
            PreflightFailed::Header { .. } => "PF_HEADER",
        },
    }
}

#[test]
fn every_verdict_is_right() {
    let (pairs, expected) = (workload::pairs(), workload::expected());
    assert_eq!((pairs.len(), expected.len()), (10_000, 10_000));
    for (pair, expected) in pairs.iter().zip(&expected) {
        let decision = decided(pair);
        let found = Expected {
            id: pair.id,
            preflight: decision.branch == MainFetchBranch::CorsWithPreflight,
            ok: matches!(decision.outcome, Outcome::Allowed(_)),
            code: code(decision.outcome).into(),
            exposed: readable_lines(&pair.request(), &decision, pair.response.answer()).collect(),
        };
        assert_eq!(found, *expected, "{} {} from {}", pair.method, pair.url, pair.origin);
    }
}

/// What [`code`] says, as far as a report's code tells it.
fn code_of_report(outcome: &corscope::Outcome) -> &'static str {
    match outcome {
        corscope::Outcome::Response(response) => match response.response_type {
            ResponseType::Basic => "BASIC",
            ResponseType::Cors => "CORS",
            ResponseType::Opaque => "OPAQUE",
            _ => "?",
        },
        corscope::Outcome::NetworkError(error) => match error.code {
            NetworkErrorCode::CorsCheck => "HF_CORS",
            NetworkErrorCode::SameOriginMode => "MODE",
            NetworkErrorCode::PreflightCors => "PF_CORS",
            NetworkErrorCode::PreflightStatus => "PF_STATUS",
            NetworkErrorCode::PreflightParse => "PF_PARSE",
            NetworkErrorCode::PreflightMethod => "PF_METHOD",
            NetworkErrorCode::PreflightAuthorization => "PF_AUTH",
            NetworkErrorCode::PreflightHeader => "PF_HEADER",
            _ => "?",
        },
        _ => "?",
    }
}

#[test]
fn evaluate_says_the_same() {
    let (pairs, expected) = (workload::pairs(), workload::expected());
    let mut compared = 0;
    for (pair, expected) in pairs.iter().zip(&expected) {
        // Mixed content is not decided here, and in mode no-cors most of these headers never get into the request.
        if pair.is_mixed_content() || pair.mode == RequestMode::NoCors {
            continue;
        }
        let report = evaluate(&pair.scenario(expected.preflight)).expect("a scenario that makes sense");
        let fetch = &report.fetches[0];
        let code = match &*expected.code {
            "ORIGIN_MISSING" | "ORIGIN_MISMATCH" | "CREDENTIALS" => "HF_CORS",
            "PF_ORIGIN_MISSING" | "PF_ORIGIN_MISMATCH" | "PF_CREDENTIALS" => "PF_CORS",
            code => code,
        };
        let readable = fetch.response_headers.iter().enumerate().filter(|(_, header)| header.readable);
        let readable: Vec<usize> = readable.map(|(line, _)| line).collect();
        let found = (code_of_report(&fetch.outcome), readable);
        assert_eq!(found, (code, expected.exposed.clone()), "{} {} {} from {}", pair.id, pair.method, pair.url, pair.origin);
        compared += 1;
    }
    assert!(compared > 7_000, "{compared}");
}

#[test]
fn nothing_is_allocated() {
    let pairs = workload::pairs();
    let counted = allocation_counter::measure(|| {
        for pair in &pairs {
            let decision = decided(pair);
            std::hint::black_box(readable_lines(&pair.request(), &decision, pair.response.answer()).count());
        }
    });
    assert_eq!(counted.count_total, 0);
}
