//! Where an answer hangs on what is one site: the module for first answers has no list of public suffixes.

use url::Url;

use crate::http::header_list::Header;
use crate::infra::bytes::matches_ignoring_case;
use crate::network::Answer;
use crate::paste::Replay;
use crate::report::Outcome;

/// Whether some of what a first answer says may be otherwise without the list.
///
/// Without it the last two labels are taken for the site. So hosts that differ in these are of different sites for sure, and
/// equal ones of the same. Sites decide about `Cross-Origin-Resource-Policy`, and about cookies and `Sec-Fetch-Site` of a
/// request that is shown because its answer is missing.
pub(super) fn may_decide(replay: &Replay) -> bool {
    let fetches = &replay.report.fetches;
    let is_open = fetches.iter().any(|fetch| matches!(fetch.outcome, Outcome::NeedsAnswer(_)));
    let has = |name: &[u8]| {
        let mut answers = replay.scenario.fetches.iter().flat_map(|fetch| &fetch.answers);
        let is_named = |header: &Header| matches_ignoring_case(header.0.as_bytes(), name);
        answers.any(|answer| matches!(answer, Answer::Response(response) if response.headers.iter().any(is_named)))
    };
    if is_open && has(b"set-cookie") {
        return true;
    }
    if !is_open && !has(b"cross-origin-resource-policy") {
        return false;
    }
    let page = Url::parse(&replay.scenario.page.url).ok();
    let sent = fetches.iter().flat_map(|fetch| &fetch.exchanges).filter_map(|exchange| Url::parse(&exchange.request.url).ok());
    let hosts: Vec<String> = page.into_iter().chain(sent).filter_map(|url| url.host_str().map(str::to_owned)).collect();
    hosts.iter().any(|one| hosts.iter().any(|other| may_share_site(one, other)))
}

/// Whether the list has to say if two hosts are of one site.
fn may_share_site(one: &str, other: &str) -> bool {
    let last = |host: &str| host.trim_end_matches('.').rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    one != other && last(one) == last(other)
}

#[cfg(test)]
mod tests {
    use crate::inspect::{InspectionExtent, Overrides, inspect_first};

    #[test]
    fn what_hangs_on_sites_is_left_to_the_whole() {
        use InspectionExtent::{First, Later};
        let ask = |host: &str| format!("PUT / HTTP/1.1\nHost: {host}\n");
        let answer = |host: &str, line: &str| {
            format!("GET / HTTP/1.1\nHost: {host}\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n{line}\n")
        };
        for (page, text, extent) in [
            ("https://app.example", ask("api.example"), First),
            ("https://app.example", ask("app.example"), First),
            ("https://app.example.com", ask("api.example.com"), Later),
            ("https://app.example.com", answer("api.example.com", ""), First),
            ("https://app.example.com", answer("api.example.com", "Cross-Origin-Resource-Policy: same-site"), Later),
            ("https://app.example", answer("api.example", "Cross-Origin-Resource-Policy: same-site"), First),
            ("https://app.example.com", answer("api.example.com", "Set-Cookie: a=1; Domain=example.com"), First),
            (
                "https://app.example",
                "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 302 Found\nAccess-Control-Allow-Origin: *\nSet-Cookie: a=1; Domain=example\nLocation: /b\n"
                    .to_owned(),
                Later,
            ),
        ] {
            assert_eq!(inspect_first(page, &text, &Overrides::default()).extent, extent, "{page}\n{text}");
        }
    }
}
