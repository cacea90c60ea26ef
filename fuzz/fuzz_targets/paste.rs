//! Any text is read whole: never a panic, every place inside the text, and the parts together are the text; and any can be
//! masked. The first line is the page. The texts of `tests/paste` are a good start.
#![no_main]

use corscope::paste::{self, InUtf16, Spans};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (page, text) = input.split_once('\n').unwrap_or(("", input));
    let mut pasted = paste::parse(text, page);
    pasted.each_span(&mut |span| {
        assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?}");
    });
    let mut at = 0;
    for part in &pasted.parts {
        assert_eq!(part.span.start, at);
        at = part.span.end;
    }
    assert_eq!(at, text.len());
    if let Some(scenario) = pasted.scenario.clone() {
        let mut replay = paste::replay(&pasted, scenario).expect("a scenario made of a paste makes sense");
        replay.each_span(&mut |span| assert!(text.get(span.start..span.end).is_some(), "{span:?}"));
        for fetch in &replay.report.fetches {
            for exchange in &fetch.exchanges {
                let _ = corscope::render::to_http1(&exchange.request);
                let _ = corscope::render::to_curl(&exchange.request);
            }
        }
    }
    let _ = InUtf16::new(pasted, text);
    let masked = paste::mask(text);
    let mut at = 0;
    for secret in &masked.secrets {
        assert!(at <= secret.start && text.get(secret.start..secret.end).is_some(), "{secret:?}");
        at = secret.end;
    }
});
