//! Dates as a HAR has them: <https://www.rfc-editor.org/rfc/rfc3339>.

use crate::http::date::days_since_1970;

/// Milliseconds since the start of 1970 in UTC of `2026-11-28T10:00:00.123+01:00`.
pub(crate) fn milliseconds(date: &str) -> Option<f64> {
    let (day, time) = date.split_once(['T', ' '])?;
    let (time, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (time.get(..at)?, time.get(at..)?),
        None => (time, "Z"),
    };
    let mut day = day.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (day.next()??, day.next()??, day.next()??);
    let mut time = time.splitn(3, ':');
    let (hours, minutes): (f64, f64) = (time.next()?.parse().ok()?, time.next()?.parse().ok()?);
    let seconds: f64 = time.next().unwrap_or("0").parse().ok()?;
    let fits = (1601..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !fits || !(0.0..=24.0).contains(&hours) || !(0.0..60.0).contains(&minutes) || !(0.0..61.0).contains(&seconds) {
        return None;
    }
    let shift = match offset.split_at_checked(1)? {
        ("Z" | "z", "") => 0.0,
        (sign @ ("+" | "-"), rest) => {
            let digits: String = rest.chars().filter(|found| *found != ':').collect();
            let (hours, minutes) = digits.split_at_checked(2)?;
            let minutes: f64 = if minutes.is_empty() { 0.0 } else { minutes.parse().ok()? };
            let shift = hours.parse::<f64>().ok()? * 60.0 + minutes;
            if sign == "+" { shift } else { -shift }
        }
        _ => return None,
    };
    Some(((days_since_1970(year, month, day) as f64 * 24.0 + hours) * 60.0 + minutes - shift) * 60_000.0 + seconds * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (date, expected) in [
            ("1970-01-01T00:00:00Z", Some(0.0)),
            ("2000-02-29T12:30:15.250Z", Some(951_827_415_250.0)),
            ("2026-11-28T10:00:00.123+01:00", Some(1_795_856_400_123.0)),
            ("2026-11-28T04:00:00.123-0500", Some(1_795_856_400_123.0)),
            ("2026-11-28T09:00", Some(1_795_856_400_000.0)),
            ("2026-11-28", None),
            ("2026-13-01T00:00:00Z", None),
            ("x-y-zTa:b:c", None),
            ("2026-11-28T10:00:00+é", None),
            ("", None),
        ] {
            assert_eq!(milliseconds(date), expected, "{date}");
        }
    }
}
