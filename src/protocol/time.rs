//! Time as the shim reports it. The core has no clock.

use serde::{Deserialize, Serialize};

/// Milliseconds: since the Unix epoch for instants, plain for durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Millis {
    /// One second.
    pub const SECOND: Millis = Millis(1_000);
    /// One minute.
    pub const MINUTE: Millis = Millis(60_000);
    /// One hour.
    pub const HOUR: Millis = Millis(3_600_000);

    /// This instant, `other` later; saturates.
    #[must_use]
    pub const fn plus(self, other: Millis) -> Millis {
        Millis(self.0.saturating_add(other.0))
    }

    /// The time from `earlier` to this instant; zero when it is later.
    #[must_use]
    pub const fn since(self, earlier: Millis) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// `n` times this duration; saturates.
    #[must_use]
    pub const fn times(self, n: u64) -> Millis {
        Millis(self.0.saturating_mul(n))
    }

    /// Whole seconds of this duration.
    #[must_use]
    pub const fn as_seconds(self) -> u64 {
        self.0 / 1_000
    }

    /// Whole days of this instant since the Unix epoch.
    #[must_use]
    pub fn as_days(self) -> u32 {
        u32::try_from(self.0 / DAY).unwrap_or(u32::MAX)
    }

    /// The instant at which a day since the Unix epoch begins.
    #[must_use]
    pub fn of_days(days: u32) -> Millis {
        Millis(DAY).times(u64::from(days))
    }

    /// An instant as the products write it (ISO 8601, RFC 3339 §5.6 with or without the offset's colon):
    /// `2026-11-01T10:00:00.000+0100`. None for anything else, and for instants before the epoch.
    #[must_use]
    pub fn parse(text: &str) -> Option<Millis> {
        let (date, rest) = text.split_once('T')?;
        let mut date = date.splitn(3, '-').map(number);
        let days = days(date.next()??, date.next()??, date.next()??)?;
        let zone = rest.find(['Z', '+', '-'])?;
        let (clock, zone) = rest.split_at_checked(zone)?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let mut clock = clock.splitn(3, ':').map(number);
        let (hours, minutes, seconds) = (clock.next()??, clock.next()??, clock.next()??);
        let thousandths = number(&format!("{fraction:0<3}").chars().take(3).collect::<String>())?;
        let local = days * 86_400_000 + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths;
        u64::try_from(local.checked_sub(offset(zone)?)?).ok().map(Millis)
    }
}

/// Milliseconds a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    Some(sign * (number(hours)? * 60 + minutes) * 60_000)
}

fn number(digits: &str) -> Option<i64> {
    let fits = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

/// Days from the epoch to a date of the Gregorian calendar, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468)
}

const DAY: u64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(Millis::parse(text), expected.map(Millis), "{text}");
    }

    #[test]
    fn reads_the_times_of_both_products() {
        check("1970-01-01T00:00:00.000Z", Some(0));
        check("2026-11-22T09:30:00.000Z", Some(1_795_339_800_000));
        check("2026-11-22T10:30:00.000+0100", Some(1_795_339_800_000));
        check("2026-11-22T04:00:00-05:30", Some(1_795_339_800_000));
        check("2024-02-29T23:59:59.5Z", Some(1_709_251_199_500));
        check("2000-03-01T00:00:00Z", Some(951_868_800_000));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for not in
            ["", "T", "2026-11-22", "2026-13-01T00:00:00Z", "2026-11-22T10:30Z", "1969-12-31T00:00:00Z", "äT1:2:3Z"]
        {
            check(not, None);
        }
    }

    #[test]
    fn a_day_counts_from_the_epoch() {
        assert_eq!(Millis(86_399_999).as_days(), 0);
        assert_eq!(Millis(1_795_339_800_000).as_days(), 20_779);
    }
}
