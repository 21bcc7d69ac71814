//! Identity numbers: of persons, of their documents, accounts, vehicles and devices. The engine that runs the tables.
//! The numbers are in the tables, a file a country; check digits in `check`; how numbers are written in `shape`.
//!
//! A number is found beside one of its labels (same line, up to 40 bytes before it or 20 behind), in any case and grouping;
//! or alone, where its shape and check digits leave no doubt. A label is a keyword of the sweep; a number alone starts at
//! the first digit in it, and most digits are turned down by the length of their run and the letters before it.

mod americas;
mod asia;
mod benelux;
pub(super) mod check;
mod dach;
mod de;
mod es;
mod europe;
mod fr;
mod gb;
mod it;
mod labeled;
mod nordic;
mod pl;
mod ru;
mod shape;
mod south;
mod tables;
mod us;
mod vat;
mod world;

use super::keywords::{Keyword, Reach};
use super::{Finding, Kind, Run, Text};
use crate::privacy::KindSet;
use shape::{Opening, Reading, Shape};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) use labeled::find as find_labeled;

/// A kind of number.
pub(super) struct Id {
    kind: Kind,
    source: &'static str,
    shapes: &'static [&'static str],
    alone: &'static [&'static str],
    check: Option<fn(&[u8]) -> bool>,
    labels: &'static [&'static str],
    letters: Letters,
}

/// In which case a number's letters may stand beside a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Any,
    Upper,
}

impl Id {
    /// A number of a country by its ISO 3166-1 code; empty for those of no country.
    const fn of(kind: Kind, source: &'static str) -> Id {
        Id { kind, source, shapes: &[], alone: &[], check: None, labels: &[], letters: Letters::Any }
    }

    /// The words that announce it, in lower case. Beyond ASCII the usual spellings are told apart by case.
    const fn labels(self, labels: &'static [&'static str]) -> Id {
        Id { labels, ..self }
    }

    /// How it is written beside a label.
    const fn shapes(self, shapes: &'static [&'static str]) -> Id {
        Id { shapes, ..self }
    }

    /// How it is written where it needs no label.
    const fn alone(self, alone: &'static [&'static str]) -> Id {
        Id { alone, ..self }
    }

    /// Its letters stand in upper case, also beside a label: in another case they are words.
    const fn upper(self) -> Id {
        Id { letters: Letters::Upper, ..self }
    }

    /// What its characters must fulfil, given compact and in upper case.
    const fn check(self, check: fn(&[u8]) -> bool) -> Id {
        Id { check: Some(check), ..self }
    }

    fn accepts(&self, text: &Text<'_>, start: usize, end: usize) -> bool {
        if self.letters == Letters::Upper && text.slice(start..end).bytes().any(|byte| byte.is_ascii_lowercase()) {
            return false;
        }
        if self.kind != Kind::DateOfBirth && is_date(text.slice(start..end)) {
            return false;
        }
        let Some(check) = self.check else { return true };
        let compact = text.slice(start..end).bytes().filter(u8::is_ascii_alphanumeric);
        check(&compact.map(|byte| byte.to_ascii_uppercase()).collect::<Vec<u8>>())
    }

    fn finding(&self, start: usize, end: usize, reading: Reading) -> Finding {
        let score = match (self.check, self.source, reading) {
            (Some(_), "", Reading::Labeled) if self.kind != Kind::Imei => 90,
            (Some(_), _, Reading::Labeled) => 98,
            (_, _, Reading::Strict) => 92,
            (None, "", Reading::Labeled) => 72,
            (None, _, Reading::Labeled) => 76,
        };
        let source = Some(self.source).filter(|source| !source.is_empty());
        Finding { kind: self.kind, start, end, score, source }
    }
}

/// A number with its shapes taken apart.
struct Entry {
    id: &'static Id,
    shapes: Vec<Shape>,
    alone: Vec<Shape>,
    /// The digits that every number of it has beside a label.
    digits: usize,
}

impl Entry {
    fn of(id: &'static Id) -> Entry {
        let parse = |shapes: &[&'static str]| shapes.iter().map(|shape| Shape::parse(shape)).collect::<Vec<_>>();
        let shapes = parse(id.shapes);
        Entry { id, alone: parse(id.alone), digits: shapes.iter().map(Shape::digits).min().unwrap_or_default(), shapes }
    }

    /// The number that begins here.
    fn read(&self, text: &Text<'_>, start: usize, reading: Reading) -> Option<Finding> {
        let shapes = if reading == Reading::Strict { &self.alone } else { &self.shapes };
        shapes.iter().find_map(|shape| self.read_as(text, start, shape, reading))
    }

    fn read_as(&self, text: &Text<'_>, start: usize, shape: &Shape, reading: Reading) -> Option<Finding> {
        let accept = |end: usize| closes(text, start, end, reading) && self.id.accepts(text, start, end);
        let end = shape.end(text, start, reading, &accept)?;
        Some(self.id.finding(start, end, reading))
    }
}

/// All tables, by label and by how a number alone begins.
struct Tables {
    entries: Vec<Entry>,
    /// In the order of [`labels`].
    labels: Vec<Label>,
    /// The general shapes of passports and licences: tried behind every label of one, for documents of other countries.
    documents: Vec<usize>,
    /// For so many letters before so many digits.
    openings: Vec<Openings>,
}

/// What a label announces.
#[derive(Clone, Default)]
struct Label {
    entries: Vec<usize>,
    /// The fewest digits that a number of any of them has.
    digits: usize,
}

/// Numbers that need no label, by how they begin: entry, shape, and what more is known of the beginning.
#[derive(Clone, Default)]
struct Openings {
    /// What may stand behind the digits, for any of them.
    next: u8,
    /// The least length of the first word, and the fewest digits of the number as written, of any of them.
    word: usize,
    count: usize,
    all: Vec<(usize, usize, Opening)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let ids = tables::ALL.iter().flat_map(|table| table.iter());
    let entries: Vec<Entry> = ids.map(Entry::of).collect();
    let mut labels = vec![Label::default(); LABELS.1];
    let rows: BTreeMap<&str, usize> = LABELS.0.iter().map(|keyword| (keyword.word, keyword.row)).collect();
    let mut openings =
        vec![Openings { word: usize::MAX, count: usize::MAX, ..Openings::default() }; MOST_LETTERS * MOST_DIGITS];
    for (at, entry) in entries.iter().enumerate() {
        for label in entry.id.labels {
            let row = rows.get(label).and_then(|row| labels.get_mut(*row));
            row.filter(|row| row.entries.last() != Some(&at)).into_iter().for_each(|row| row.entries.push(at));
        }
        for (shape, alone) in entry.alone.iter().enumerate() {
            for opening in alone.openings() {
                if let Some(slot) = slot(opening.letters, opening.digits).and_then(|slot| openings.get_mut(slot)) {
                    slot.next |= opening.next;
                    slot.word = slot.word.min(opening.word);
                    slot.count = slot.count.min(opening.count);
                    slot.all.push((at, shape, opening));
                }
            }
        }
    }
    let is_document = |id: &Id| matches!(id.kind, Kind::Passport | Kind::DriverLicence) && id.source.is_empty();
    let documents = entries.iter().enumerate().filter(|(_, entry)| is_document(entry.id)).map(|(at, _)| at).collect();
    for label in &mut labels {
        let own = label.entries.iter().filter_map(|at| entries.get(*at));
        // A label of a document announces those of any country too.
        let any = own.clone().any(|entry| matches!(entry.id.kind, Kind::Passport | Kind::DriverLicence));
        label.digits = if any { 0 } else { own.map(|entry| entry.digits).min().unwrap_or_default() };
    }
    Tables { entries, labels, documents, openings }
});

const MOST_LETTERS: usize = 9;
const MOST_DIGITS: usize = 24;

fn slot(letters: usize, digits: usize) -> Option<usize> {
    (letters < MOST_LETTERS && digits < MOST_DIGITS).then(|| letters * MOST_DIGITS + digits)
}

/// Every label of every kind, each once, and how many rows they have: spellings that differ in case alone share one.
static LABELS: LazyLock<(Vec<Keyword>, usize)> = LazyLock::new(|| {
    let ids = tables::ALL.iter().flat_map(|table| table.iter());
    let mut labels: Vec<(String, &str)> =
        ids.flat_map(|id| id.labels.iter().copied()).map(|label| (label.to_lowercase(), label)).collect();
    labels.sort_unstable();
    labels.dedup();
    let (mut keywords, mut rows, mut last) = (Vec::with_capacity(labels.len()), 0, None);
    for (lower, word) in &labels {
        rows += usize::from(last != Some(lower));
        last = Some(lower);
        keywords.push(Keyword { word, owner: 0, row: rows - 1, begins: false });
    }
    (keywords, rows)
});

/// Every label of every kind, for the sweep.
pub(super) fn labels() -> Vec<(Keyword, Reach)> {
    LABELS.0.iter().map(|keyword| (*keyword, Reach::Word)).collect()
}

/// Whether a kind of these tables is chosen.
pub(super) fn is_any_of(kinds: KindSet) -> bool {
    tables::ALL.iter().flat_map(|table| table.iter()).any(|id| kinds.has(id.kind))
}

/// At the first digit of a run: numbers that need no label.
pub(super) fn find_alone(text: &Text<'_>, run: Run, kinds: KindSet, findings: &mut Vec<Finding>) {
    let Run { at, digits, capitals, ahead, .. } = run;
    read_alone(text, run, (capitals, at - capitals.min(at), capitals + ahead), kinds, findings);
    if capitals == 0
        && digits < MOST_DIGITS
        && matches!(text.before(at), b' ' | b'-' | b'.')
        && let Some(opening) = detached(text, at)
    {
        read_alone(text, run, opening, kinds, findings);
    }
}

/// The same with so many letters before the digits, from where the first of them is, in a word of so many letters and digits.
fn read_alone(
    text: &Text<'_>,
    run: Run,
    (letters, start, word): (usize, usize, usize),
    kinds: KindSet,
    findings: &mut Vec<Finding>,
) {
    let Run { at, digits, number, .. } = run;
    let Some(openings) = slot(letters, digits).and_then(|slot| TABLES.openings.get(slot)) else { return };
    let next = shape::follower(text.byte(at + digits));
    if openings.next & next == 0 || openings.word > word || openings.count > number || !opens(text, start) {
        return;
    }
    let may_be = |opening: &Opening| opening.next & next != 0 && opening.word <= word && opening.count <= number;
    let fits = openings.all.iter().filter(|(.., opening)| may_be(opening));
    let found = fits.into_iter().find_map(|(entry, shape, _)| {
        let entry = TABLES.entries.get(*entry).filter(|entry| kinds.has(entry.id.kind))?;
        Some((entry, entry.read_as(text, start, entry.alone.get(*shape)?, Reading::Strict)?))
    });
    if let Some((entry, found)) = found {
        let end = found.end;
        findings.push(found);
        list(text, end, &[entry], findings);
    }
}

/// The number and start of letters that stand before the digits with one separator between (which is there), and all of the first word: "DE 136", "CHE-116".
fn detached(text: &Text<'_>, at: usize) -> Option<(usize, usize, usize)> {
    if !text.before(at - 1).is_ascii_uppercase() {
        return None;
    }
    let start = text.run_back(at - 1, 5, |byte| byte.is_ascii_uppercase());
    Some((at - 1 - start, start, at - 1 - start))
}

/// Whether a number without a label may begin here: not inside a word, a path, a version, an amount or another number.
fn opens(text: &Text<'_>, start: usize) -> bool {
    let joined = |before: usize| text.before(before).is_ascii_alphanumeric();
    match text.char_before(start) {
        None => true,
        Some(':') => !text.before(start - 1).is_ascii_digit(),
        Some('.' | '-' | ',' | '_') => !joined(start - 1),
        Some('/' | '\\' | '+' | '#' | '$' | '€' | '£' | '%' | '@' | '&' | '^' | '~' | '*') => false,
        Some(' ') => {
            !(text.byte(start).is_ascii_digit() && text.before(start - 1).is_ascii_digit())
                || alone_in_list(text, start)
        }
        Some(before) => !before.is_alphanumeric(),
    }
}

/// After "digits space": a run as long as a whole number may begin, a group of one may not.
fn alone_in_list(text: &Text<'_>, start: usize) -> bool {
    text.run(start, 8, |byte| byte.is_ascii_alphanumeric()) == start + 8
}

/// Whether a number may end here.
fn closes(text: &Text<'_>, start: usize, end: usize, reading: Reading) -> bool {
    if text.word_at(end) {
        return false;
    }
    let next = text.byte(end + 1);
    match text.byte(end) {
        b'.' | b',' | b':' => !next.is_ascii_digit(),
        b'-' | b'/' | b'\\' => !next.is_ascii_digit() && (reading == Reading::Labeled || !next.is_ascii_alphabetic()),
        b'%' | b'@' => false,
        // One more group of digits makes it another number.
        b' ' if reading == Reading::Strict => !(next.is_ascii_digit() && text.slice(start..end).contains(' ')),
        _ => true,
    }
}

/// "2024-05-31", "31.05.2024": most labels have a date near them.
fn is_date(value: &str) -> bool {
    let mut parts = value.splitn(3, ['-', '.', '/']).map(str::as_bytes);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year @ [_, _, _, _]), Some(month @ [_, _]), Some(day @ [_, _])) => {
            check::number(year).is_some() && check::is_day(month, day)
        }
        (Some(day @ [_, _]), Some(month @ [_, _]), Some(year @ [_, _, _, _])) => {
            check::number(year).is_some() && (check::is_day(month, day) || check::is_day(day, month))
        }
        _ => false,
    }
}

fn read_any(text: &Text<'_>, start: usize, entries: &[&Entry]) -> Option<Finding> {
    entries.iter().find_map(|entry| entry.read(text, start, Reading::Labeled))
}

/// Further numbers of a list that follow one: "12 and 34", "12, 34".
fn list(text: &Text<'_>, end: usize, entries: &[&Entry], findings: &mut Vec<Finding>) {
    let mut at = end;
    for _ in 0..LONGEST_LIST {
        let gap = text.run(at, 3, |byte| matches!(byte, b' ' | b',' | b';' | b'/' | b'|'));
        let rest = text.slice(gap..text.len().min(gap + 4));
        let joint = if gap > at { AND.iter().find(|word| rest.starts_with(**word)) } else { None };
        let start = gap + joint.map_or(0, |word| word.len());
        let Some(found) = (start > at).then(|| read_any(text, start, entries)).flatten() else { return };
        at = found.end;
        findings.push(found);
    }
}

const LONGEST_LIST: usize = 8;
const AND: &[&str] = &["and ", "und ", "et ", "y ", "e ", "or ", "и ", "& ", "en ", "i "];

#[cfg(test)]
mod specimens;
#[cfg(test)]
mod tests;
