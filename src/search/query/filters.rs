//! What a document must be or not be, read from the values of filters and held against a document.
//! It looks at no text of it.

use super::BadQuery;
use super::syntax::{Field, Sign};
use crate::content::adf::millis_of_date;

/// What a document must be or not be. Nothing set admits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Its container.
    pub containers: Choice<Place>,
    /// Its kind: an issue type, or `page`.
    pub kinds: Choice<String>,
    /// Its author, by account id; `me` stands for the asking user, whom the caller puts in.
    pub authors: Choice<String>,
    /// When it was last changed.
    pub updated: Updated,
    /// Words no piece of it may have: each as the terms that stand for it.
    pub exclude: Vec<String>,
    /// Phrases no piece of it may have, as [`crate::search::words::holds`] takes them.
    pub exclude_phrases: Vec<Vec<String>>,
}

/// A choice among values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// One of these; all, when empty.
    pub any: Vec<T>,
    /// None of these.
    pub none: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { any: Vec::new(), none: Vec::new() }
    }
}

impl<T> Choice<T> {
    fn admits(&self, fits: impl Fn(&T) -> bool) -> bool {
        (self.any.is_empty() || self.any.iter().any(&fits)) && !self.none.iter().any(&fits)
    }

    fn add(&mut self, sign: Sign, values: impl Iterator<Item = T>) {
        match sign {
            Sign::None | Sign::Must => self.any.extend(values),
            Sign::Not => self.none.extend(values),
        }
    }
}

/// A container as somebody names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `project` or `space`, when the filter said which.
    pub kind: Option<&'static str>,
    /// Its key, or the whole of the caller's own name for it.
    pub key: String,
}

impl Place {
    /// Whether it names this container; letters of either case.
    #[must_use]
    pub fn names(&self, container: &str) -> bool {
        if self.kind.is_none() && same(container, &self.key) {
            return true;
        }
        container
            .split_once(':')
            .is_some_and(|(kind, key)| self.kind.is_none_or(|wanted| wanted == kind) && same(key, &self.key))
    }
}

/// When a document was last changed: both ends count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Updated {
    /// Not before.
    pub from: Option<Day>,
    /// Not after.
    pub to: Option<Day>,
}

/// A day, absolute or relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Days since the Unix epoch.
    On(u32),
    /// Days before today.
    Ago(u32),
}

impl Day {
    /// The day in days since the Unix epoch.
    #[must_use]
    pub fn resolve(self, today: u32) -> u32 {
        match self {
            Self::On(day) => day,
            Self::Ago(days) => today.saturating_sub(days),
        }
    }
}

impl Filters {
    /// Whether every document passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a document of this container can be a hit: what routing asks.
    #[must_use]
    pub fn admits_container(&self, container: &str) -> bool {
        self.containers.admits(|place| place.names(container))
    }

    /// Whether a document of this kind can be a hit; one of unknown kind only when no kind is asked for.
    #[must_use]
    pub fn admits_kind(&self, kind: Option<&str>) -> bool {
        self.kinds.admits(|wanted| kind.is_some_and(|kind| same(kind, wanted)))
    }

    /// Whether a document of this author can be a hit; one of unknown author only when no author is asked for.
    #[must_use]
    pub fn admits_author(&self, author: Option<&str>) -> bool {
        self.authors.admits(|wanted| author == Some(wanted.as_str()))
    }

    /// Whether a document last changed on this day can be a hit; both in days since the Unix epoch.
    #[must_use]
    pub fn admits_updated(&self, updated: Option<u32>, today: u32) -> bool {
        let Updated { from, to } = self.updated;
        from.is_none_or(|from| updated.is_some_and(|day| day >= from.resolve(today)))
            && to.is_none_or(|to| updated.is_some_and(|day| day <= to.resolve(today)))
    }

    /// Takes a filter in.
    pub(super) fn add(&mut self, field: Field, sign: Sign, values: Vec<String>) -> Result<(), BadQuery> {
        let bad = |reason| Err(BadQuery { field: field.name(), reason });
        if values.len() > MOST_VALUES {
            return bad("too-many");
        }
        let place = |kind| move |key| Place { kind, key };
        match field {
            Field::Project => self.containers.add(sign, values.into_iter().map(place(Some("project")))),
            Field::Space => self.containers.add(sign, values.into_iter().map(place(Some("space")))),
            Field::Container => self.containers.add(sign, values.into_iter().map(place(None))),
            Field::Kind => self.kinds.add(sign, values.into_iter()),
            Field::Author => self.authors.add(sign, values.into_iter()),
            Field::Updated => match (sign, values.as_slice()) {
                (Sign::Not, _) => return bad("not-excludable"),
                (_, [one]) => match updated(one) {
                    Ok(updated) => self.updated = self.updated.and(updated),
                    Err(reason) => return bad(reason),
                },
                _ => return bad("too-many"),
            },
        }
        Ok(())
    }
}

impl Updated {
    /// Both at once; of two bounds of a side the later one typed.
    fn and(self, other: Self) -> Self {
        Self { from: other.from.or(self.from), to: other.to.or(self.to) }
    }
}

/// `2026-01-01..2026-02-01`, `>2026-01-01`, `2026-01-01`, `7d`.
fn updated(value: &str) -> Result<Updated, &'static str> {
    let one = |text: &str| day(text.trim()).ok_or("not-a-date");
    if let Some((from, to)) = value.split_once("..") {
        let end = |text: &str| if text.trim().is_empty() { Ok(None) } else { one(text).map(Some) };
        let range = Updated { from: end(from)?, to: end(to)? };
        return match (range.from, range.to) {
            (None, None) => Err("not-a-range"),
            (Some(Day::On(from)), Some(Day::On(to))) if from > to => Err("not-a-range"),
            (Some(Day::Ago(from)), Some(Day::Ago(to))) if from < to => Err("not-a-range"),
            _ => Ok(range),
        };
    }
    let next = |day: Day, more: bool| match day {
        Day::On(on) => Day::On(if more { on.saturating_add(1) } else { on.saturating_sub(1) }),
        Day::Ago(ago) => Day::Ago(if more { ago.saturating_sub(1) } else { ago.saturating_add(1) }),
    };
    if let Some(rest) = value.strip_prefix(">=") {
        return Ok(Updated { from: Some(one(rest)?), to: None });
    }
    if let Some(rest) = value.strip_prefix("<=") {
        return Ok(Updated { from: None, to: Some(one(rest)?) });
    }
    if let Some(rest) = value.strip_prefix('>') {
        return Ok(Updated { from: Some(next(one(rest)?, true)), to: None });
    }
    if let Some(rest) = value.strip_prefix('<') {
        return Ok(Updated { from: None, to: Some(next(one(rest)?, false)) });
    }
    Ok(match one(value)? {
        day @ Day::On(_) => Updated { from: Some(day), to: Some(day) },
        day @ Day::Ago(_) => Updated { from: Some(day), to: None },
    })
}

/// `2026-01-01`, or days, weeks, months of 30 and years of 365 days before today: `7d`, `2w`, `3m`, `1y`.
fn day(text: &str) -> Option<Day> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let days = match unit {
        "d" => 1,
        "w" => 7,
        "m" => 30,
        "y" => 365,
        _ => return u32::try_from(millis_of_date(text)?.div_euclid(DAY_MILLIS)).ok().map(Day::On),
    };
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    number.parse().ok().filter(|_| digits).map(|n: u32| Day::Ago(n.saturating_mul(days)))
}

fn same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// Most values of one filter.
const MOST_VALUES: usize = 50;

const DAY_MILLIS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Result<(Option<Day>, Option<Day>), &'static str>) {
        assert_eq!(updated(value), expected.map(|(from, to)| Updated { from, to }), "{value}");
    }

    #[test]
    fn reads_days_and_ranges() {
        let (first, second) = (Day::On(20_454), Day::On(20_485));
        check("2026-01-01..2026-02-01", Ok((Some(first), Some(second))));
        check("2026-01-01..", Ok((Some(first), None)));
        check("..2026-02-01", Ok((None, Some(second))));
        check("2026-01-01", Ok((Some(first), Some(first))));
        check(">2026-01-01", Ok((Some(Day::On(20_455)), None)));
        check(">=2026-01-01", Ok((Some(first), None)));
        check("<2026-01-01", Ok((None, Some(Day::On(20_453)))));
        check("7d", Ok((Some(Day::Ago(7)), None)));
        check("<2w", Ok((None, Some(Day::Ago(15)))));
        check("99999999999d", Err("not-a-date"));
        check("4294967295y", Ok((Some(Day::Ago(u32::MAX)), None)));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for value in ["", "d", "-1d", "+1d", "2026-02-30", "yesterday", "1969-12-31", ">", "é"] {
            check(value, Err("not-a-date"));
        }
        check("..", Err("not-a-range"));
        check("2026-02-01..2026-01-01", Err("not-a-range"));
    }

    #[test]
    fn names_containers_by_key_kind_and_whole() {
        let place = |kind, key: &str| Place { kind, key: key.to_owned() };
        assert!(place(Some("project"), "abc").names("project:ABC"));
        assert!(!place(Some("space"), "abc").names("project:ABC"));
        assert!(place(None, "abc").names("project:ABC"));
        assert!(place(None, "project:abc").names("project:ABC"));
        assert!(place(None, "wiki").names("wiki"));
        assert!(!place(Some("project"), "wiki").names("wiki"));
    }

    #[test]
    fn holds_days_against_today() {
        let filters = Filters { updated: Updated { from: Some(Day::Ago(7)), to: None }, ..Filters::default() };
        assert!(filters.admits_updated(Some(93), 100));
        assert!(!filters.admits_updated(Some(92), 100));
        assert!(!filters.admits_updated(None, 100));
        assert!(Filters::default().admits_updated(None, 100));
    }
}
