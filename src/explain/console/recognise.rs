//! Which of the browsers' messages a text is: for people who paste a red line and nothing else.

use serde::Serialize;

use super::messages::{FIREFOX_REASONS, LEARN_MORE, MESSAGES, Message, chromium};
use crate::http::method;
use crate::profile::ProfileName;

/// More lines than anybody pastes out of a console to ask about them.
const MOST_LINES: usize = 1000;
/// More than a message of a browser has, in bytes.
const LONGEST: usize = 16 * 1024;

/// A browser's message that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ConsoleMessage {
    /// Which message it is.
    #[cfg_attr(feature = "wasm", tsify(type = "ConsoleMessageId"))]
    pub id: &'static str,
    /// Whose it is.
    pub browser: ProfileName,
    /// Where it starts in the text, in bytes, without what the console puts before it.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What stands in its slots, by their names.
    pub slots: Vec<(String, String)>,
}

impl ConsoleMessage {
    /// What stands in the slot of this name.
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.slots.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Finds the messages of the three browsers, current and older wordings, in a text: at most one in each line.
///
/// What a console puts around a message (where it was printed, a link to read on) does no harm.
///
/// ```
/// use corscope::explain::console::recognise;
///
/// let found = recognise(
///     "app.js:7 Access to fetch at 'https://api.example/me' from origin 'https://app.example' has been blocked by CORS policy: \
///      No 'Access-Control-Allow-Origin' header is present on the requested resource.",
/// );
/// assert_eq!(found[0].id, "CorsError.MissingAllowOriginHeader");
/// assert_eq!(found[0].slot("url"), Some("https://api.example/me"));
/// assert_eq!(found[0].slot("origin"), Some("https://app.example"));
/// ```
pub fn recognise(text: &str) -> Vec<ConsoleMessage> {
    let mut at = 0;
    let mut found: Vec<ConsoleMessage> = Vec::new();
    for line in text.split('\n').take(MOST_LINES) {
        let here = line.trim_end_matches('\r');
        if here.len() <= LONGEST && found.last().is_none_or(|last| last.end <= at) {
            found.extend(in_line(here, at).or_else(|| request_lines(text, at)));
        }
        at += line.len() + 1;
    }
    found
}

/// The message of a line: of those that fit, the one that says most of it in its own words.
fn in_line(line: &str, at: usize) -> Option<ConsoleMessage> {
    let fits = |message: &'static Message| {
        let template = message.template();
        let fit = fit(template.trim(), line)?;
        Some((message, fit))
    };
    let said = MESSAGES.iter().filter_map(fits).max_by_key(|(message, fit)| (fit.own, !message.id.starts_with("legacy.")));
    let Some((message, fit)) = said else { return request_line(line, at) };
    let slots = fit.slots.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(ConsoleMessage { id: message.id, browser: message.browser, start: at + fit.start, end: at + fit.end, slots })
}

/// What the console panel of Chromium's developer tools shows in the place of "Failed to load resource": the request, with the error,
/// the status or both behind it, as in `PUT https://api.example/me net::ERR_FAILED 404 (Not Found)`.
fn request_line(line: &str, at: usize) -> Option<ConsoleMessage> {
    let length = slot_end(line);
    let line = line.get(..length)?;
    let is_url = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    let word_at = |start: usize| line.get(start..)?.split(' ').next();
    let (space, _) = line.match_indices(' ').find(|(space, _)| word_at(space + 1).is_some_and(is_url))?;
    let start = line.get(..space)?.rfind([' ', '\t']).map_or(0, |before| before + 1);
    let method = line.get(start..space).filter(|method| method::is_method(method.as_bytes()))?;
    let url = word_at(space + 1)?;
    let mut rest = line.get(space + 1 + url.len()..)?.trim_start();
    let mut slots = vec![("method", method), ("url", url)];
    if rest.starts_with("net::ERR_") {
        let error = rest.split(' ').next()?;
        slots.push(("net_error", error));
        rest = rest.get(error.len()..)?.trim_start();
    }
    let id = if slots.len() == 3 { chromium::NET_FAILED.id } else { chromium::NET_STATUS.id };
    if slots.len() == 2 || !rest.is_empty() {
        let code = rest.split(' ').next().filter(|code| code.len() == 3 && suits("code", code))?;
        slots.push(("code", code));
        rest = rest.get(code.len()..)?.trim_start();
    }
    if !rest.is_empty() {
        slots.push(("text", rest.strip_prefix('(')?.strip_suffix(')')?));
    }
    let slots = slots.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(ConsoleMessage { id, browser: ProfileName::Chromium, start: at + start, end: at + length, slots })
}

/// What Firefox's console shows of a request that failed, from `at` on: `XHR`, the method, the URL and the reason, each in a line of its
/// own or not, as they were copied.
pub(crate) fn request_lines(text: &str, at: usize) -> Option<ConsoleMessage> {
    let rest = text.get(at..)?;
    let rest = rest.trim_start_matches([' ', '\t']);
    let start = text.len() - rest.len();
    let rest = rest.strip_prefix("XHR").unwrap_or(rest).trim_start();
    let method = rest.get(..rest.bytes().take_while(u8::is_ascii_uppercase).count()).filter(|method| !method.is_empty())?;
    let rest = rest.get(method.len()..)?.trim_start();
    let url = rest.split_ascii_whitespace().next().filter(|url| url.starts_with("https://") || url.starts_with("http://"))?;
    let rest = rest.get(url.len()..)?.trim_start();
    let line = rest.lines().next()?.trim_end();
    let (_, message) = FIREFOX_REASONS.iter().find(|(reason, _)| *reason == line)?;
    let slots = [("method", method), ("url", url)].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let end = text.len() - rest.len() + line.len();
    (end - start <= LONGEST).then_some(ConsoleMessage { id: message.id, browser: ProfileName::Firefox, start, end, slots })
}

/// How a template lies on a line.
struct Fit<'a> {
    start: usize,
    end: usize,
    /// How many bytes of the line are the template's own.
    own: usize,
    slots: Vec<(String, &'a str)>,
}

/// Lays a template on a line; nothing where it does not fit.
fn fit<'a>(template: &str, line: &'a str) -> Option<Fit<'a>> {
    let mut parts = template.split('{');
    let first = parts.next()?;
    // A message that is nothing but a word or two has to be all of the line, or end it.
    let start = if first.is_empty() { first_word(line) } else { line.find(first)? };
    let mut end = start + first.len();
    let mut own = first.len();
    let mut slots = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let (name, literal) = part.split_once('}')?;
        let rest = line.get(end..)?;
        let length = if literal.is_empty() && parts.peek().is_none() {
            slot_end(rest)
        } else if parts.peek().is_none() && ends_with(rest, literal) {
            // NB: a URL may have what ends the message, a dot, in itself.
            slot_end(rest) - literal.trim_end().len()
        } else {
            rest.find(literal)?
        };
        let value = rest.get(..length)?;
        if !suits(name, value) {
            return None;
        }
        slots.push((name.to_owned(), value));
        end += length + literal.len();
        own += literal.len();
    }
    let is_short = own < 20;
    let is_whole = || line.get(end..slot_end(line).max(end)).is_some_and(|rest| rest.trim().is_empty());
    (own >= 4 && (!is_short || is_whole())).then_some(Fit { start, end, own, slots })
}

/// Whether a line ends with these words, but for what the console itself adds.
fn ends_with(rest: &str, literal: &str) -> bool {
    rest.get(..slot_end(rest)).is_some_and(|rest| rest.ends_with(literal.trim_end()))
}

/// Whether a browser would put such a value into the slot.
fn suits(slot: &str, value: &str) -> bool {
    match slot {
        // NB: of what failed without one, Chromium has the names of its errors and WebKit has words: where both fit, the later is meant.
        "description" => !value.starts_with("net::"),
        "code" | "port" => value.bytes().all(|byte| byte.is_ascii_digit()),
        "status" => value == "(null)" || value.bytes().all(|byte| byte.is_ascii_digit()),
        _ => !value.is_empty() || MAY_BE_EMPTY.contains(&slot),
    }
}

/// Slots that a browser leaves empty at times.
const MAY_BE_EMPTY: &[&str] =
    &["redirected", "fallback", "fetch_suffix", "xhr_suffix", "hint", "value", "preflight", "description", "inner", "type"];

/// Where a slot at the end of a message ends: with the line, but for what the console itself adds.
fn slot_end(rest: &str) -> usize {
    let end = rest.find(LEARN_MORE).unwrap_or(rest.len());
    rest.get(..end).map_or(0, |value| value.trim_end().len())
}

/// Where a message that begins with a slot starts: after the console's own `[Error] `.
fn first_word(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let rest = line.get(indent..).unwrap_or_default();
    let label = rest
        .strip_prefix('[')
        .and_then(|rest| rest.find(']').filter(|at| rest.as_bytes().get(at + 1) == Some(&b' ')))
        .map_or(0, |at| at + 3);
    indent + label
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each slot can hold, as browsers fill it in: no two slots of a message hold the same. What may be missing is missing in
    /// the second round, and what has blanks, quotes or dots in it comes there.
    const VALUES: &[(&str, [&str; 2])] = &[
        ("action", ["connect to", "load"]),
        ("alg", ["SHA-256", "sha512"]),
        ("api", ["Fetch API", "XMLHttpRequest"]),
        ("call", ["Window.fetch", "execute 'fetch' on 'Window'"]),
        ("code", ["404", "500"]),
        ("description", ["A server with the specified hostname could not be found.", "TLS: certificate unknown (-1202)"]),
        ("digest", ["Jok2eyBcFs4y7UIAlCuLix4mLfxw2byfvHfElpmk8d8=", "x"]),
        ("directive", ["connect-src 'self'", "default-src 'self' https://a.example 'unsafe-inline'"]),
        ("effective", ["connect-src", "script-src-elem"]),
        ("fallback", [" Note that 'connect-src' was not explicitly set, so 'default-src' is used as a fallback.", ""]),
        ("fetch_suffix", [" Have the server send the header with a valid value.", ""]),
        ("hash", ["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "y"]),
        ("hint", ["https://other.example", "a, b 'c'"]),
        ("initiator", ["https://frame.example/f?g=h", "https://frame.example/"]),
        ("inner", ["Cancelled load to it.", "Origin null is not allowed by Access-Control-Allow-Origin. Status code: 302"]),
        ("ip", ["127.0.0.1", "10.0.0.1"]),
        ("kind", ["fetch", "CSS stylesheet"]),
        (
            "learn_more",
            ["https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#", "https://mzl.example/"],
        ),
        ("length", ["15", "0"]),
        ("location", ["https://u:p@elsewhere.example/", "https://u@elsewhere.example/a.b?c=d."]),
        ("metadata", ["sha256-AAAA", "sha256-AAAA sha512-BBBB"]),
        ("method", ["PUT", "p@tch"]),
        ("name", ["x-requested-with", "Authorization"]),
        ("net_error", ["net::ERR_FAILED", "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"]),
        ("origin", ["https://app.example", "null"]),
        ("page", ["https://app.example/page?q=1", "https://app.example/index.html"]),
        ("policy", ["unsafe-url", "no-referrer-when-downgrade"]),
        ("port", ["8103", "25"]),
        ("preflight", ["Response to preflight request doesn't pass access control check: ", ""]),
        ("reason", ["nosniff is true", "after sniff: status code is not in allowed range"]),
        ("redirected", ["(redirected from 'https://first.example/x') ", ""]),
        ("resource", ["loopback", "local"]),
        ("scheme", ["https", "foo"]),
        ("schemes", ["chrome, data, http, https", "http, data, chrome-extension, https"]),
        ("secure", ["True", "False"]),
        ("space", ["local", "unknown"]),
        ("status", ["204", "(null)"]),
        ("target", ["https://next.example/y", "https://next.example/y.z?a=b"]),
        ("text", ["Not Found", "Internal Server Error"]),
        ("token", ["x a", "x-a;b"]),
        ("top", ["https://top.example/", "https://top.example/t?u=v"]),
        ("transport", ["fetch", "xhr"]),
        ("type", ["text/html", ""]),
        ("url", ["https://api.example/a?b=c", "https://api.example/a.b/c?d=(e),f.#g"]),
        ("value", ["https://third.example", "*, *"]),
        (
            "xhr_suffix",
            [
                " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.",
                "",
            ],
        ),
    ];

    fn value(slot: &str, round: usize) -> &'static str {
        let found = VALUES.iter().find(|(name, _)| *name == slot);
        found.unwrap_or_else(|| panic!("VALUES has nothing for {slot}")).1[round]
    }

    /// A message with its slots filled, and what is in them, in order.
    fn filled(message: &Message, round: usize) -> (String, Vec<(String, String)>) {
        let template = message.template();
        let mut parts = template.split('{');
        let mut text = parts.next().unwrap().to_owned();
        let mut slots = Vec::new();
        for part in parts {
            let (slot, literal) = part.split_once('}').unwrap();
            text.push_str(value(slot, round));
            text.push_str(literal);
            slots.push((slot.to_owned(), value(slot, round).to_owned()));
        }
        (text.trim().to_owned(), slots)
    }

    #[test]
    fn every_message_is_recognised_with_its_parts() {
        let mut wrong = Vec::new();
        for round in [0, 1] {
            let all: Vec<_> = MESSAGES.iter().map(|message| (message, filled(message, round))).collect();
            for (message, (text, slots)) in &all {
                // Some browsers share some words; then any of them is right.
                let same = all.iter().filter(|(_, (other, _))| other == text);
                let ids: Vec<_> = same.map(|(other, _)| (other.id, other.browser)).collect();
                let link = if message.browser == ProfileName::Firefox { LEARN_MORE } else { "" };
                for (before, after) in [("", ""), ("[Error] ", ""), ("", "\nanother line"), ("\n", "\r\n"), ("", link)] {
                    let found = recognise(&format!("{before}{text}{after}"));
                    let first = found.first().map(|first| (ids.contains(&(first.id, first.browser)), &first.slots));
                    if first != Some((true, slots)) {
                        wrong.push(format!("{} in {before:?}{text}{after:?} is {found:?}", message.id));
                    }
                }
            }
        }
        assert_eq!(wrong, [""; 0]);
    }

    /// The line, and the message that it is with its parts; nothing where it is none.
    #[test]
    fn the_lines_of_requests_in_the_console_panel_are_recognised() {
        for (line, expected) in [
            (
                "GET https://a.example/b net::ERR_FAILED",
                "net.failed 0 method=GET url=https://a.example/b net_error=net::ERR_FAILED",
            ),
            (
                "app.js:83  POST http://localhost:5000/c?d=(e) net::ERR_FAILED 404 (Not Found)",
                "net.failed 11 method=POST url=http://localhost:5000/c?d=(e) net_error=net::ERR_FAILED code=404 text=Not Found",
            ),
            (
                "VM12:2 GET https://a.example/ net::ERR_HTTP2_PROTOCOL_ERROR 200",
                "net.failed 7 method=GET url=https://a.example/ net_error=net::ERR_HTTP2_PROTOCOL_ERROR code=200",
            ),
            (
                "patch https://a.example/ 405 (Method Not Allowed)\r",
                "net.status 0 method=patch url=https://a.example/ code=405 text=Method Not Allowed",
            ),
            ("GET https://a.example/ 200 ()", "net.status 0 method=GET url=https://a.example/ code=200 text="),
            ("GET https://a.example/", ""),
            ("GET https://a.example/ HTTP/1.1", ""),
            ("GET https://a.example/ 40 (Not Found)", ""),
            ("GET https://a.example/ 4045", ""),
            ("GET https://a.example/ net::ERR_FAILED and more", ""),
            ("GET https://a.example/ 404 Not Found", ""),
            ("G(T https://a.example/ 404 (Not Found)", ""),
            ("https://a.example/ 404 (Not Found)", ""),
            ("GET ftp://a.example/ 404 (Not Found)", ""),
        ] {
            let shown = |found: &ConsoleMessage| {
                let slots = found.slots.iter().map(|(name, value)| format!(" {name}={value}"));
                assert_eq!((found.browser, found.end), (ProfileName::Chromium, line.trim_end().len()), "{line}");
                format!("{} {}{}", found.id, found.start, slots.collect::<String>())
            };
            assert_eq!(recognise(line).first().map(shown).unwrap_or_default(), expected, "{line}");
        }
    }

    #[test]
    fn the_requests_in_the_console_of_firefox_are_recognised() {
        let refused = "CORSMissingAllowOrigin2 method=OPTIONS url=https://a.example/b";
        for (text, expected) in [
            ("XHR OPTIONS\nhttps://a.example/b\nCORS Missing Allow Origin\n", vec![refused]),
            ("XHROPTIONShttps://a.example/b\r\nCORS Missing Allow Origin", vec![refused]),
            ("XHR\nOPTIONS\nhttps://a.example/b\nCORS Missing Allow Origin", vec![refused]),
            ("  GET http://a.example/ CORS Failed", vec!["CORSDidNotSucceed2 method=GET url=http://a.example/"]),
            (
                "XHR GET\nhttps://a.example/b\nCORS No Allow Credentials\nXHR GET\nhttps://a.example/c\nCORS Method Not Found",
                vec![
                    "CORSNotSupportingCredentials method=GET url=https://a.example/b",
                    "CORSMethodNotFound method=GET url=https://a.example/c",
                ],
            ),
            ("XHR GET\nhttps://a.example/b\n[HTTP/1.1 404 Not Found 12ms]", vec![]),
            ("XHR GET\nhttps://a.example/b", vec![]),
            ("XHR\nhttps://a.example/b\nCORS Failed", vec![]),
            ("GET /b\nCORS Failed", vec![]),
        ] {
            let shown = |found: &ConsoleMessage| {
                assert_eq!(found.browser, ProfileName::Firefox, "{text}");
                let whole = &text[found.start..found.end];
                assert!(whole.starts_with("XHR") || whole.starts_with("GET"), "{text}");
                assert!(whole.lines().last().is_some_and(|line| line.contains("CORS ")), "{text}");
                format!("{} method={} url={}", found.id, found.slot("method").unwrap(), found.slot("url").unwrap())
            };
            assert_eq!(recognise(text).iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_are_found_and_where() {
        let ids =
            |text: &str| -> Vec<_> { recognise(text).into_iter().map(|found| (found.id, found.start, found.end)).collect() };
        for (text, expected) in [
            ("a\nFailed to fetch\n\n  Load failed", &[("script.fetch", 2, 17), ("script.fetch", 21, 32)][..]),
            // What is short has to be all of the line, or end it.
            ("Failed to fetch the list of users", &[]),
            ("TypeError: Failed to fetch", &[("script.fetch", 11, 26)]),
            ("Method is forbidden. Why?", &[("ctor.forbidden-method", 0, 20)]),
            // What no browser puts into a slot.
            ("Failed to load resource: net::ERR_FAILED", &[("net.failed", 0, 40)]),
            ("Failed to load resource: the server gave up", &[("tail.net", 0, 43)]),
            ("Failed to load resource: the server responded with a status of 4x4 (Not Found)", &[("tail.net", 0, 78)]),
            (
                "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: none.",
                &[("legacy.CORSMissingAllowOrigin", 0, 178)],
            ),
        ] {
            assert_eq!(ids(text), expected, "{text:?}");
        }
        let long = |length: usize| format!("Failed to load resource: net::ERR_{}", "X".repeat(length - 34));
        assert_eq!(ids(&long(LONGEST)), [("net.failed", 0, 16_384)]);
        assert_eq!(ids(&long(LONGEST + 1)), []);
    }

    #[test]
    fn values_tell_slots_apart() {
        for message in MESSAGES {
            for round in [0, 1] {
                let (_, mut slots) = filled(message, round);
                slots.sort();
                slots.dedup();
                let values: std::collections::BTreeSet<_> =
                    slots.iter().map(|(_, value)| value).filter(|value| !value.is_empty()).collect();
                let given = slots.iter().filter(|(_, value)| !value.is_empty()).count();
                assert_eq!(values.len(), given, "{}: {slots:?}", message.id);
            }
        }
    }
}
