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

    /// Seconds that are no less than this duration: what a queue is told to wait.
    #[must_use]
    pub const fn as_seconds_up(self) -> u64 {
        self.0.div_ceil(1_000)
    }

    /// Whole days of this instant since the Unix epoch.
    #[must_use]
    pub fn as_days(self) -> u32 {
        u32::try_from(self.0 / DAY).unwrap_or(u32::MAX)
    }

    /// The calendar month of this instant (UTC), in months since the year 0.
    #[must_use]
    pub fn month(self) -> u32 {
        let (year, month) = month_of(self.as_days());
        year.saturating_mul(12).saturating_add(month.saturating_sub(1))
    }

    /// The instant at which the next calendar month begins (UTC).
    #[must_use]
    pub fn next_month(self) -> Millis {
        let (month, today) = (self.month(), self.as_days());
        // No month has more days.
        let first = (1..=31).map(|ahead| Millis::of_days(today.saturating_add(ahead))).find(|day| day.month() != month);
        first.unwrap_or(self)
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

/// Year and month of a day since the epoch, counted in years that begin in March; the way back of [`days`].
fn month_of(day: u32) -> (u32, u32) {
    // An era is 400 years, which all have the same days.
    let day = day.saturating_add(719_468);
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let year = year + era * 400;
    if month < 10 { (year, month + 3) } else { (year + 1, month - 9) }
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
    fn knows_the_month_and_when_the_next_begins() {
        for (day, month, next) in [
            ("1970-01-01", 1970 * 12, "1970-02-01"),
            ("2026-11-22", 2026 * 12 + 10, "2026-12-01"),
            ("2026-12-31", 2026 * 12 + 11, "2027-01-01"),
            ("2028-02-29", 2028 * 12 + 1, "2028-03-01"),
            ("2027-01-31", 2027 * 12, "2027-02-01"),
        ] {
            let at = Millis::parse(&format!("{day}T13:00:00Z")).unwrap();
            assert_eq!(at.month(), month, "{day}");
            assert_eq!(at.next_month(), Millis::parse(&format!("{next}T00:00:00Z")).unwrap(), "{day}");
        }
        for day in 0..40_000 {
            let (before, after) = (Millis::of_days(day).month(), Millis::of_days(day + 1).month());
            assert!(after == before || after == before + 1);
        }
    }

    #[test]
    fn a_day_counts_from_the_epoch() {
        assert_eq!(Millis(86_399_999).as_days(), 0);
        assert_eq!(Millis(1_795_339_800_000).as_days(), 20_779);
    }
}
