//! Where an answer hangs on what an earlier request has left: the module for first answers has no HTTP cache and no preloads.

use crate::network::Purpose;
use crate::paste::Replay;

/// Whether some of what a first answer says may be otherwise without them: where there are several fetches, or one asks twice for
/// the same.
pub(super) fn may_decide(replay: &Replay) -> bool {
    let fetches = &replay.report.fetches;
    let asks_twice = fetches.iter().any(|fetch| {
        let sent = fetch.exchanges.iter().map(|exchange| &exchange.request).filter(|sent| sent.purpose == Purpose::Actual);
        let mut urls: Vec<&str> = sent.map(|sent| &*sent.url).collect();
        urls.sort_unstable();
        urls.windows(2).any(|pair| pair[0] == pair[1])
    });
    fetches.len() > 1 || asks_twice
}

#[cfg(test)]
mod tests {
    use crate::inspect::{InspectionExtent, Overrides, inspect_first};

    #[test]
    fn what_hangs_on_caches_is_left_to_the_whole() {
        use InspectionExtent::{First, Later};
        let exchange = |path: &str, answer: &str| {
            format!(
                "GET {path} HTTP/1.1\nHost: api.example\n\nHTTP/1.1 {answer}\nAccess-Control-Allow-Origin: *\nCache-Control: max-age=600\n\n"
            )
        };
        let redirect = |path: &str, to: &str| exchange(path, &format!("302 Found\nLocation: {to}"));
        for (text, extent) in [
            (exchange("/a", "200 OK"), First),
            ([redirect("/a", "/b"), exchange("/b", "200 OK")].concat(), First),
            ([redirect("/a", "/b"), redirect("/b", "/a"), exchange("/a", "200 OK")].concat(), Later),
        ] {
            assert_eq!(inspect_first("https://app.example", &text, &Overrides::default()).extent, extent, "{text}");
        }
    }
}
