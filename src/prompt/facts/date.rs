//! Dates as people and trackers write them, in the six languages.
//! It knows no calendar: the thirtieth of February is a date like any other here.

/// A date, as far as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::prompt) struct Day {
    pub(in crate::prompt) year: Option<u16>,
    pub(in crate::prompt) month: Option<u8>,
    pub(in crate::prompt) day: Option<u8>,
}

impl Day {
    /// Whether everything that `other` says is said here too.
    pub(in crate::prompt) fn includes(self, other: Day) -> bool {
        let part = |ours: Option<u16>, theirs: Option<u16>| theirs.is_none() || ours == theirs;
        part(self.year, other.year)
            && part(self.month.map(u16::from), other.month.map(u16::from))
            && part(self.day.map(u16::from), other.day.map(u16::from))
    }

    fn checked(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let fits = month.is_none_or(|month| (1..=12).contains(&month)) && day.is_none_or(|day| (1..=31).contains(&day));
        fits.then_some(Self { year, month, day })
    }
}

/// Readings of one word that is a date in figures; empty when it is none.
pub(super) fn in_figures(word: &str) -> Vec<Day> {
    let date = word.split(['T', 't']).next().unwrap_or(word);
    let separator = ['-', '/', '.'].into_iter().find(|separator| date.contains(*separator));
    let Some(separator) = separator else { return Vec::new() };
    let parts: Vec<&str> = date.split(separator).collect();
    let number = |text: &&str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, month] if separator == '-' && year.len() == 4 && month.len() == 2 && number(year) && number(month) => {
            let year = year.parse().ok().filter(|year| (1900..2200).contains(year));
            year.and_then(|year| Day::checked(Some(year), month.parse().ok(), None)).into_iter().collect()
        }
        [year, month, day] if year.len() == 4 && number(year) && number(month) && number(day) => {
            Day::checked(year.parse().ok(), month.parse().ok(), day.parse().ok()).into_iter().collect()
        }
        [day, name, year] if number(day) && number(year) && month_of(name).is_some() => {
            Day::checked(full_year(year), month_of(name), day.parse().ok()).into_iter().collect()
        }
        // Day and month in both orders, unless dots say which.
        [first, second, year]
            if [first, second, year].into_iter().all(number) && (separator != '.' || year.len() == 4) =>
        {
            let (a, b, year) = (first.parse().ok(), second.parse().ok(), full_year(year));
            let swapped = if separator == '.' { None } else { Day::checked(year, a, b) };
            Day::checked(year, b, a)
                .into_iter()
                .chain(swapped)
                .filter(|day| day.month.is_some() && day.day.is_some())
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A date in words that starts at the first word, and how many words it takes.
pub(super) fn in_words(words: &[&str]) -> Option<(Day, usize)> {
    let first = words.first()?;
    if let Some(month) = month_of(first) {
        return after_month(month, words);
    }
    let day = day_of(first)?;
    // `1 de mayo de 2024`, `the 1st of May 2024`
    let skipped = usize::from(words.get(1).is_some_and(|word| is_link(word)));
    let month = month_of(words.get(1 + skipped)?)?;
    let linked = usize::from(words.get(2 + skipped).is_some_and(|word| is_link(word)));
    match words.get(2 + skipped + linked).and_then(|word| year_of(word)) {
        Some(year) => Some((Day::checked(Some(year), Some(month), Some(day))?, 3 + skipped + linked)),
        None => Some((Day::checked(None, Some(month), Some(day))?, 2 + skipped)),
    }
}

fn after_month(month: u8, words: &[&str]) -> Option<(Day, usize)> {
    let linked = usize::from(words.get(1).is_some_and(|word| is_link(word)));
    if let Some(year) = words.get(1 + linked).and_then(|word| year_of(word)) {
        return Some((Day::checked(Some(year), Some(month), None)?, 2 + linked));
    }
    let day = day_of(words.get(1)?)?;
    match words.get(2).and_then(|word| year_of(word)) {
        Some(year) => Some((Day::checked(Some(year), Some(month), Some(day))?, 3)),
        None => Some((Day::checked(None, Some(month), Some(day))?, 2)),
    }
}

fn full_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

fn year_of(word: &str) -> Option<u16> {
    let word = word.trim_end_matches(['.', ',', 'г']);
    if word.len() == 4 { word.parse().ok().filter(|year| (1900..2200).contains(year)) } else { None }
}

fn day_of(word: &str) -> Option<u8> {
    let word = word.trim_end_matches(['.', ',', 'º', '°']);
    let bare = ["st", "nd", "rd", "th", "er"].into_iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if bare.len() <= 2 { bare.parse().ok().filter(|day| (1..=31).contains(day)) } else { None }
}

fn is_link(word: &str) -> bool {
    matches!(word, "de" | "of" | "del" | "di")
}

fn month_of(word: &str) -> Option<u8> {
    let word = word.trim_end_matches(['.', ',']);
    // Written small, these are everyday words.
    if matches!(word, "may" | "march" | "mar" | "sep" | "set" | "dec" | "jan" | "jun" | "mars") {
        return None;
    }
    let lower = word.to_lowercase();
    let names = |names: &&str| names.split(' ').any(|name| name == lower);
    MONTHS.iter().position(names).and_then(|index| u8::try_from(index + 1).ok())
}

const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen январь января янв",
    "february feb februar février févr febrero febbraio февраль февраля фев",
    "march mar märz mrz mars marzo март марта мар",
    "april apr avril avr abril aprile апрель апреля апр",
    "may mai mayo maggio mag май мая",
    "june jun juni juin junio giugno giu июнь июня июн",
    "july jul juli juillet juil julio luglio lug июль июля июл",
    "august aug août agosto ago август августа авг",
    "september sep sept septembre septiembre settembre set сентябрь сентября сен",
    "october oct oktober okt octobre octubre ottobre ott октябрь октября окт",
    "november nov novembre noviembre ноябрь ноября ноя",
    "december dec dezember dez décembre déc diciembre dicembre dic декабрь декабря дек",
];
