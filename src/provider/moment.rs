//! Times and waits as headers write them: seconds, durations, instants.
//! There is no clock here: an instant counts from the `date` of the same answer.

use crate::protocol::Millis;

/// The value of a header, whatever case its name is in.
pub(super) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Milliseconds until what a header names: seconds (RFC 9110, 10.2.3), a duration like `6m0s`, or an instant.
pub(super) fn until(headers: &[(String, String)], text: &str) -> Option<u64> {
    if let Some(wait) = scaled(text, 1000.0).or_else(|| duration(text)) {
        return Some(wait);
    }
    let now = http_date(header(headers, "date")?)?;
    let then = Millis::parse(text).or_else(|| http_date(text))?;
    Some(then.since(now).0).filter(|wait| *wait <= DAY)
}

/// `12ms`, `1.5s`, `6m0s`, `1h2m3s`: largest unit first.
pub(super) fn duration(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total = 0_u64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at_checked(digits)?;
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, next) = after.split_at_checked(letters)?;
        let unit = match unit {
            "ms" => 1.0,
            "s" => 1_000.0,
            "m" => 60_000.0,
            "h" => 3_600_000.0,
            _ => return None,
        };
        total = total.saturating_add(scaled(number, unit)?);
        rest = next;
    }
    (!text.is_empty() && total <= DAY).then_some(total)
}

/// A number of a unit, in milliseconds, rounded up; none below zero and beyond a day.
#[expect(clippy::as_conversions, reason = "the value is finite, not negative and below a day")]
pub(super) fn scaled(text: &str, unit: f64) -> Option<u64> {
    let value = text.parse::<f64>().ok()? * unit;
    if value.is_finite() && (0.0..=MAX_WAIT_MS).contains(&value) { Some(value.ceil() as u64) } else { None }
}

/// `Wed, 19 Aug 2026 14:40:47 GMT` (RFC 9110, 5.6.7; the two obsolete forms are not read).
fn http_date(text: &str) -> Option<Millis> {
    let mut words = text.split(' ').skip(1);
    let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    if words.next() != Some("GMT") {
        return None;
    }
    Millis::parse(&format!("{year}-{month:02}-{day}T{clock}Z"))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: u64 = 86_400_000;
const MAX_WAIT_MS: f64 = 86_400_000.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_duration_in_its_units() {
        for (text, expected) in [
            ("12ms", Some(12)),
            ("0s", Some(0)),
            ("1.5s", Some(1_500)),
            ("6m0s", Some(360_000)),
            ("1h2m3s", Some(3_723_000)),
            ("", None),
            ("5", None),
            ("5d", None),
            ("s", None),
            ("1e9h", None),
            ("-5s", None),
            ("99h", None),
        ] {
            assert_eq!(duration(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_an_instant_from_the_answers_own_date() {
        let headers = vec![("Date".to_owned(), "Wed, 19 Aug 2026 14:40:47 GMT".to_owned())];
        let check = |text: &str, expected: Option<u64>| assert_eq!(until(&headers, text), expected, "{text}");
        check("Wed, 19 Aug 2026 14:41:02 GMT", Some(15_000));
        check("2026-08-19T14:40:51Z", Some(4_000));
        check("Wed, 19 Aug 2026 14:00:00 GMT", Some(0));
        check("9", Some(9_000));
        for odd in ["-1", "NaN", "1e99", "soon", "", "Wed, 19 Aug 2027 14:41:02 GMT", "Wed, 19 Ago 2026 14:41:02 GMT"] {
            check(odd, None);
        }
        assert_eq!(until(&[], "Wed, 19 Aug 2026 14:41:02 GMT"), None);
    }
}
