//! What browsers make of script's headers on their way out, which the standard sends as they are.

use crate::deviations::Deviation;
use crate::fetch::http_network_or_cache_fetch::effective_cache_mode;
use crate::http::header_list::{Header, HeaderList, joined};
use crate::http::modes::{CacheMode, Destination};
use crate::http::request::Request;
use crate::infra::bytes::{is_http_tab_or_space, isomorphic_decode, trim};
use crate::profile::Profile;

/// What a browser makes of script's headers on their way out.
pub(crate) fn rewrite(profile: Profile, http_request: &mut Request) {
    if profile.has(Deviation::RangeWrittenAnew)
        && http_request.method.as_bytes() == b"GET"
        && effective_cache_mode(http_request) != CacheMode::NoStore
        && let Some(range) = joined(&http_request.header_list, b"range").and_then(|value| range_written_anew(&value))
    {
        http_request.header_list.set(b"Range", range.as_bytes());
    }
    if profile.has(Deviation::JoinedLinesTrimmed) {
        let trimmed = |Header(name, value): &Header| Header(name.clone(), trim(value.as_bytes(), is_http_tab_or_space).into());
        http_request.header_list = http_request.header_list.iter().map(trimmed).collect::<Vec<_>>().into();
    }
    if profile.has(Deviation::LastOfSingleHeaders) {
        let has_first_type = http_request.body.is_some() && http_request.hop() == 0;
        http_request.header_list = with_last_of_single(&http_request.header_list, has_first_type);
    }
    if profile.has(Deviation::PriorityOfScripts)
        && http_request.destination == Destination::Empty
        && !http_request.header_list.contains(b"Priority")
    {
        http_request.header_list.append(b"Priority", b"u=4");
    }
    if profile.has(Deviation::HeaderValuesAsUtf8) {
        let as_utf8 =
            |Header(name, value): &Header| Header(name.clone(), isomorphic_decode(value.as_bytes()).into_bytes().into());
        http_request.header_list = http_request.header_list.iter().map(as_utf8).collect::<Vec<_>>().into();
    }
}

/// Whether a `Range` is of one range, however loosely it is written.
pub(crate) fn is_one_range(value: &[u8]) -> bool {
    range_written_anew(value).is_some()
}

/// A `Range` of one range, however loosely it is written, as [`Deviation::RangeWrittenAnew`] writes it.
fn range_written_anew(value: &[u8]) -> Option<String> {
    let (unit, ranges) = str::from_utf8(value).ok()?.split_once('=')?;
    let blank = [' ', '\t'];
    let mut ranges = ranges.split(',').map(|range| range.trim_matches(blank)).filter(|range| !range.is_empty());
    let (Some(range), None, true) = (ranges.next(), ranges.next(), unit.trim_matches(blank).eq_ignore_ascii_case("bytes")) else {
        return None;
    };
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| -> Option<Option<i64>> {
        let text = text.trim_matches(blank);
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    match (number(first)?, number(last)?) {
        (None, Some(length)) if length > 0 => Some(format!("bytes=-{length}")),
        // NB: -1 stands for no number.
        (Some(first), None | Some(-1)) => Some(format!("bytes={first}-")),
        (Some(first), Some(last)) if last >= first => Some(format!("bytes={first}-{last}")),
        _ => None,
    }
}

/// The headers with one line for each name of which [`Deviation::LastOfSingleHeaders`] sends one only: the last, where the first
/// was.
///
/// Of types it is the first where the body brings it along.
fn with_last_of_single(headers: &HeaderList, has_first_type: bool) -> HeaderList {
    const SINGLE: [&[u8]; 12] = [
        b"authorization",
        b"content-disposition",
        b"content-length",
        b"content-type",
        b"from",
        b"host",
        b"if-modified-since",
        b"if-unmodified-since",
        b"location",
        b"max-forwards",
        b"referer",
        b"user-agent",
    ];
    let mut kept = HeaderList::new();
    for Header(name, value) in headers.iter() {
        let is_type = name.as_bytes().eq_ignore_ascii_case(b"content-type");
        if is_type && has_first_type && kept.contains(name.as_bytes()) {
            continue;
        }
        if SINGLE.iter().any(|single| single.eq_ignore_ascii_case(name.as_bytes())) {
            kept.set(name.as_bytes(), value.as_bytes());
        } else if value.as_bytes().is_empty() || kept.get(name.as_bytes()).is_some_and(|value| value.as_bytes().is_empty()) {
            // NB: nothing is not joined with anything; an empty line takes the place of what was there.
            kept.set(name.as_bytes(), value.as_bytes());
        } else {
            kept.append(name.as_bytes(), value.as_bytes());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (value, expected) in [
            ("bytes=0-1", Some("bytes=0-1")),
            ("BYTES =\t0 - 1 ,", Some("bytes=0-1")),
            ("bytes=00-01", Some("bytes=0-1")),
            ("bytes=+0-", Some("bytes=0-")),
            ("bytes=0--1", Some("bytes=0-")),
            ("bytes=-5", Some("bytes=-5")),
            ("bytes=-0", None),
            ("bytes=5-0", None),
            ("bytes=0-1,2-3", None),
            ("bytes=0-1x", None),
            ("bytes=9223372036854775808-", None),
            ("items=0-1", None),
            ("bytes=", None),
            ("bytes", None),
        ] {
            assert_eq!(range_written_anew(value.as_bytes()).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn single_headers() {
        let list = |headers: &[(&str, &str)]| -> HeaderList {
            headers.iter().map(|(name, value)| Header(name.as_bytes().into(), value.as_bytes().into())).collect::<Vec<_>>().into()
        };
        let headers = list(&[("Content-Type", "a"), ("X", "1"), ("content-type", ""), ("X", "2")]);
        assert_eq!(with_last_of_single(&headers, false), list(&[("Content-Type", ""), ("X", "1"), ("X", "2")]));
        assert_eq!(with_last_of_single(&headers, true), list(&[("Content-Type", "a"), ("X", "1"), ("X", "2")]));
    }

    #[test]
    fn empty_lines_are_not_joined() {
        let lines = |lines: &[(&[u8], &[u8])]| -> HeaderList {
            HeaderList::from(lines.iter().map(|(name, value)| Header((*name).into(), (*value).into())).collect::<Vec<_>>())
        };
        for (given, expected) in [
            (&[(&b"X"[..], &b"1"[..]), (b"X", b"2")][..], &[(&b"X"[..], &b"1, 2"[..])][..]),
            (&[(b"X", b"1"), (b"X", b"")], &[(b"X", b"")]),
            (&[(b"X", b""), (b"X", b"1")], &[(b"X", b"1")]),
            (&[(b"X", b""), (b"X", b"")], &[(b"X", b"")]),
            (&[(b"Referer", b"1"), (b"Referer", b"2")], &[(b"Referer", b"2")]),
        ] {
            let joined = with_last_of_single(&lines(given), false).sort_and_combine();
            assert_eq!(joined, lines(expected).sort_and_combine(), "{given:?}");
        }
    }
}
