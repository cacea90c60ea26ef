//! Dates of the calendar, as headers write them, and how the scenario's clock relates to them.

use super::header_list::{Fields, lines_named};

/// When a response came, on both clocks: the scenario counts seconds from a zero of its own, headers name dates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Received {
    /// In seconds on the scenario's clock.
    pub at: f64,
    /// The date at that moment, in seconds since 1970.
    pub date: f64,
}

impl Received {
    /// The date for a response that does not say when it was made: 2 July 2026, that of the standards that the engine
    /// follows. No browser that knows these rules got the response any earlier, so whatever lies before is past.
    pub const WITHOUT_DATE: f64 = 1_782_950_400.0;

    /// A response with these `headers` came at `at`. Its own `Date` is believed: clocks that differ are not modelled.
    pub fn new(at: f64, headers: &(impl Fields + ?Sized)) -> Self {
        let date = lines_named(headers, b"Date").next().and_then(|line| http_date(headers.value(line)));
        Self { at, date: date.unwrap_or(Self::WITHOUT_DATE) }
    }
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>, in seconds since 1970.
///
/// Read as generously as a cache should (RFC 9111, 5.3: letter case does not count) and browsers do (nor does the day of
/// the week): all three formats have the parts of a [`cookie_date`]. What names a zone other than GMT is no date.
pub fn http_date(value: &[u8]) -> Option<f64> {
    let is_asctime = value.last().is_some_and(u8::is_ascii_digit);
    let is_gmt = value.len() >= 3 && value[value.len() - 3..].eq_ignore_ascii_case(b"GMT");
    if is_asctime || is_gmt { cookie_date(value) } else { None }
}

/// <https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.1.1>, in seconds since 1970.
pub fn cookie_date(value: &[u8]) -> Option<f64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    // 1. and 2. Each token is the first part that is still missing and that it could be.
    for token in value.split(|&byte| is_delimiter(byte)).filter(|token| !token.is_empty()) {
        if time.is_none() && set(&mut time, hms_time(token)) {
            continue;
        }
        if day.is_none() && set(&mut day, number(token, 1..=2)) {
            continue;
        }
        if month.is_none() && set(&mut month, month_number(token)) {
            continue;
        }
        if year.is_none() {
            year = number(token, 2..=4);
        }
    }
    let ((hour, minute, second), day, month, year) = (time?, day?, month?, year?);
    // 3. and 4. Years of two digits.
    let year = match year {
        70..=99 => year + 1900,
        0..=69 => year + 2000,
        _ => year,
    };
    // 5. and 6. The parts must be those of a date.
    if year < 1601 || hour > 23 || minute > 59 || second > 59 || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let seconds = days_since_1970(year, month, day) * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    #[expect(clippy::cast_precision_loss, reason = "a year of four digits is far below 2^53 seconds")]
    Some(seconds as f64)
}

fn set<T>(part: &mut Option<T>, value: Option<T>) -> bool {
    *part = value;
    part.is_some()
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x20..=0x2F | 0x3B..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E)
}

/// The digits at the start of `token`, as many as `length` allows, with anything but a digit after them.
fn number(token: &[u8], length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let digits = token.iter().take_while(|byte| byte.is_ascii_digit()).count();
    length.contains(&digits).then(|| token.iter().take(digits).fold(0, |sum, &digit| sum * 10 + u32::from(digit - b'0')))
}

fn hms_time(token: &[u8]) -> Option<(u32, u32, u32)> {
    let mut fields = token.splitn(3, |&byte| byte == b':');
    let (hour, minute, second) = (fields.next()?, fields.next()?, fields.next()?);
    let whole = |field: &[u8]| number(field, 1..=2).filter(|_| field.iter().all(u8::is_ascii_digit));
    Some((whole(hour)?, whole(minute)?, number(second, 1..=2)?))
}

fn month_number(token: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    let start = token.get(..3)?;
    (1..).zip(MONTHS).find(|(_, month)| start.eq_ignore_ascii_case(*month)).map(|(number, _)| number)
}

const fn is_leap_year(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Of the Gregorian calendar, also before it was introduced.
pub(crate) fn days_since_1970(year: u32, month: u32, day: u32) -> i64 {
    let before = i64::from(year) - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    let months: u32 = (1..month).map(|month| days_in_month(year, month)).sum();
    const DAYS_BEFORE_1970: i64 = 719_162;
    years + i64::from(months) + i64::from(day) - 1 - DAYS_BEFORE_1970
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates() {
        const NOON: f64 = 784_111_777.0;
        // cookie date, HTTP date
        for (text, cookie, http) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(NOON), Some(NOON)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(NOON), Some(NOON)),
            ("Sun Nov  6 08:49:37 1994", Some(NOON), Some(NOON)),
            ("SUN, 06 NOV 1994 08:49:37 gmt", Some(NOON), Some(NOON)),
            ("Mon, 06 Nov 1994 08:49:37 GMT", Some(NOON), Some(NOON)),
            ("Sun, 06 Nov 1994 08:49:37 +0100", Some(NOON), Some(NOON)),
            ("Sun, 06 Nov 1994 08:49:37 CET", Some(NOON), None),
            ("06 Nov 1994 08:49:37", Some(NOON), Some(NOON)),
            ("08:49:37x 6th 1994 november", Some(NOON), None),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0.0), Some(0.0)),
            ("Thu, 02 Jul 2026 00:00:00 GMT", Some(Received::WITHOUT_DATE), Some(Received::WITHOUT_DATE)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799.0), Some(253_402_300_799.0)),
            ("Mon, 01 Jan 1601 00:00:00 GMT", Some(-11_644_473_600.0), Some(-11_644_473_600.0)),
            ("Sun, 31 Dec 1600 23:59:59 GMT", None, None),
            ("Tue, 29 Feb 2000 00:00:00 GMT", Some(951_782_400.0), Some(951_782_400.0)),
            ("Thu, 29 Feb 1900 00:00:00 GMT", None, None),
            ("Thu, 31 Apr 2026 00:00:00 GMT", None, None),
            ("Thu, 00 Apr 2026 00:00:00 GMT", None, None),
            ("Thu, 01 Jan 2026 24:00:00 GMT", None, None),
            ("Thu, 01 Jan 2026 00:60:00 GMT", None, None),
            ("Thu, 01 Jan 2026 00:00:60 GMT", None, None),
            ("Thu, 01 Jan 2026 00:00 GMT", None, None),
            ("Thu, 01 Jan 2026 000:00:00 GMT", None, None),
            ("Thu, 01 Jan 69 00:00:00 GMT", Some(3_124_224_000.0), Some(3_124_224_000.0)),
            ("Thu, 01 Jan 70 00:00:00 GMT", Some(0.0), Some(0.0)),
            ("Thu, 01 Jan 20260 00:00:00 GMT", None, None),
            ("Thu, 01 2026 00:00:00 GMT", None, None),
            ("0", None, None),
            ("-1", None, None),
            ("", None, None),
            ("GMT", None, None),
        ] {
            assert_eq!(cookie_date(text.as_bytes()), cookie, "{text}");
            assert_eq!(http_date(text.as_bytes()), http, "{text}");
        }
    }

    #[test]
    fn the_date_of_a_response() {
        let day = |day| Some(format!("Thu, {day:02} Jan 1970 00:00:00 GMT"));
        for (first, second, date) in [
            (None, None, Received::WITHOUT_DATE),
            (day(2), None, 86_400.0),
            (day(2), day(3), 86_400.0),
            (Some("today".into()), day(3), Received::WITHOUT_DATE),
        ] {
            let headers: Vec<_> = [first, second].into_iter().flatten().map(|value| ("dAtE", value)).collect();
            assert_eq!(Received::new(7.0, headers.as_slice()), Received { at: 7.0, date }, "{headers:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_date_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert!(http_date(&bytes).is_none() || http_date(&bytes) == cookie_date(&bytes));
        }

        #[test]
        fn every_second_has_its_own_number(seconds in -11_644_473_600i64..253_402_300_800) {
            // The other way round, by counting down from the year.
            let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
            let mut year = 1600;
            while year < 9999 && days_since_1970(year + 1, 1, 1) <= days {
                year += 1;
            }
            let month = (1..=12).rfind(|&month| days_since_1970(year, month, 1) <= days).unwrap();
            let day = days - days_since_1970(year, month, 1) + 1;
            let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month as usize - 1];
            let text = format!("{day} {name} {year} {:02}:{:02}:{:02} GMT", time / 3600, time / 60 % 60, time % 60);
            prop_assert_eq!(cookie_date(text.as_bytes()).map(|found| found as i64), Some(seconds), "{}", text);
        }
    }
}
