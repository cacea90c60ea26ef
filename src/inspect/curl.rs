//! What curl did not send and did not check: why something works there, and not in a browser.

use crate::http::header_list::Fields;
use crate::network::Purpose;
use crate::paste::{Paste, PastedForm, PastedMessage};
use crate::report::{FetchReport, Outcome};

/// What there is to say where the paste shows that curl got an answer, and a browser's script does not.
pub(super) fn note(paste: &Paste, report: &FetchReport) -> Option<String> {
    let PastedMessage::Request(curl) = paste.messages.get(paste.request?)? else { return None };
    let is_blocked = matches!(&report.outcome, Outcome::NetworkError(error) if error.failed.is_some());
    let is_open = matches!(&report.outcome, Outcome::NeedsAnswer(needs) if needs.request.purpose == Purpose::Preflight);
    if curl.form != PastedForm::Marked || !is_blocked && !is_open {
        return None;
    }
    let request = &report.exchanges.first()?.request;
    let names = (0..request.headers.count()).map(|line| request.headers.name(line)).filter(|name| {
        let is_same = |sent: &[u8]| sent.eq_ignore_ascii_case(name);
        !curl.headers.iter().any(|field| is_same(field.name.value.as_bytes()))
    });
    let mut names: Vec<String> = names.map(|name| format!("`{}`", name.escape_ascii())).collect();
    names.sort_unstable();
    let at_once = if request.purpose == Purpose::Preflight {
        " It sent its request at once, where a browser asks by OPTIONS first (a preflight)."
    } else {
        ""
    };
    let sent = if names.is_empty() {
        String::new()
    } else {
        format!(" What a browser sends first has headers that curl did not send: {}.", names.join(", "))
    };
    Some(format!("In curl this works, because curl checks no `Access-Control-` header.{at_once}{sent}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, inspect};

    fn notes(text: &str) -> Vec<String> {
        inspect("https://app.example", text, &Overrides::default()).fetches.remove(0).notes
    }

    #[test]
    fn what_curl_does_not_send_and_check() {
        let curl = |request: &str, answer: &str| {
            format!("> {request} HTTP/2\n> Host: api.example\n> Accept: */*\n>\n< HTTP/2 200\n{answer}<\n")
        };
        let get = "In curl this works, because curl checks no `Access-Control-` header. What a browser sends first has headers that curl did not \
            send: `Accept-Language`, `Origin`, `Referer`, `Sec-Fetch-Dest`, `Sec-Fetch-Mode`, `Sec-Fetch-Site`.";
        let put = "In curl this works, because curl checks no `Access-Control-` header. It sent its request at once, where a browser asks by \
            OPTIONS first (a preflight). What a browser sends first has headers that curl did not send: `Access-Control-Request-Method`, \
            `Origin`, `Referer`, `Sec-Fetch-Dest`, `Sec-Fetch-Mode`, `Sec-Fetch-Site`.";
        let rows: &[(String, &[&str])] = &[
            (curl("GET /me", ""), &[get]),
            (curl("PUT /me", ""), &[put]),
            (curl("GET /me", "< Access-Control-Allow-Origin: *\n"), &[]),
            ("GET /me HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\n".into(), &[]),
            ("HTTP/1.1 200 OK\n".into(), &[]),
        ];
        for (text, expected) in rows {
            assert_eq!(notes(text), *expected, "{text}");
        }
    }
}
