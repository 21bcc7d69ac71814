//! Days and milliseconds: ADF counts a date in milliseconds since 1970, everyone else writes it.
//! It knows no time of day and no time zone: a date is a day in UTC.

/// `2024-01-31` of milliseconds since the Unix epoch; none beyond the years 0 to 9999.
pub(crate) fn date_of_millis(millis: i64) -> Option<String> {
    // Howard Hinnant's civil_from_days: eras of 400 years, years from March
    let days = millis.div_euclid(DAY_MILLIS) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Milliseconds of midnight of `2024-01-31` in UTC; none when that is no date.
pub(crate) fn millis_of_date(iso: &str) -> Option<i64> {
    let mut parts = iso.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let millis = (era * 146_097 + day_of_era - 719_468) * DAY_MILLIS;
    // a day the month does not have comes back as another one
    (date_of_millis(millis)? == iso).then_some(millis)
}

const DAY_MILLIS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days_as_the_calendar_does() {
        for (iso, millis) in [
            ("1970-01-01", 0),
            ("2024-01-01", 1_704_067_200_000),
            ("2024-02-29", 1_709_164_800_000),
            ("1969-12-31", -86_400_000),
            ("2000-03-01", 951_868_800_000),
        ] {
            assert_eq!(millis_of_date(iso), Some(millis));
            assert_eq!(date_of_millis(millis).as_deref(), Some(iso));
        }
        assert_eq!(date_of_millis(1).as_deref(), Some("1970-01-01"));
        assert_eq!(date_of_millis(i64::MAX), None);
        assert_eq!(date_of_millis(i64::MIN), None);
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "2024", "2024-02-30", "2024-13-01", "24-01-01", "2024-1-1", "2024-01-01T00", "+024-01-01"] {
            assert_eq!(millis_of_date(text), None, "{text}");
        }
    }
}
