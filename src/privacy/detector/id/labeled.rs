//! Numbers beside their labels: behind one on the same line, or before it with nothing but words between.
//! It knows no number; the tables do.

use super::shape::Reading;
use super::{Entry, Label, TABLES, list, read_any};
use crate::privacy::KindSet;
use crate::privacy::detector::keywords::Hit;
use crate::privacy::detector::{Finding, Text};

/// At a label: numbers behind it, or else one before it.
#[inline(never)]
pub(in crate::privacy::detector) fn find(text: &Text<'_>, hit: Hit, kinds: KindSet, findings: &mut Vec<Finding>) {
    let Hit { row, start, end, .. } = hit;
    let Some(label) = word_end(text, start, end) else { return };
    let Some(Label { entries, digits }) = TABLES.labels.get(row) else { return };
    if *digits > 0 && digits_around(text, start, label) < *digits {
        return;
    }
    let mut entries: Vec<&Entry> =
        entries.iter().filter_map(|at| TABLES.entries.get(*at)).filter(|entry| kinds.has(entry.id.kind)).collect();
    let documents = TABLES.documents.iter().filter_map(|at| TABLES.entries.get(*at));
    entries
        .extend(documents.filter(|entry| entries.iter().any(|one| one.id.kind == entry.id.kind)).collect::<Vec<_>>());
    let window = text.run(label, BEHIND_LABEL, |byte| byte != b'\n');
    let mut at = label;
    while let Some(start) = next_token(text, at, window) {
        if let Some(found) = read_any(text, start, &entries) {
            let end = found.end;
            findings.push(found);
            return list(text, end, &entries, findings);
        }
        at = start;
    }
    findings.extend(find_before(text, start, &entries));
}

/// The digits in all that may be read at a label.
fn digits_around(text: &Text<'_>, start: usize, end: usize) -> usize {
    let to = (end + BEHIND_LABEL + LONGEST_NUMBER * 3).min(text.len());
    let around = text.as_str().as_bytes().get(start.saturating_sub(BEFORE_LABEL + LONGEST_NUMBER)..to);
    around.unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit()).count()
}

/// Where the label's word ends; none when the label is a part of another word. A long label may be inflected or continued
/// ("паспорта", "Personalausweisnummer").
fn word_end(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    let camel = text.byte(start).is_ascii_uppercase() && text.before(start).is_ascii_lowercase();
    if !camel && text.char_before(start).is_some_and(char::is_alphanumeric) {
        return None;
    }
    if text.byte(end).is_ascii_uppercase() && text.before(end).is_ascii_lowercase() {
        return Some(text.run(end, 12, |byte| byte.is_ascii_alphabetic()));
    }
    let most = if text.slice(start..end).chars().count() < 7 { 1 } else { 8 };
    let (mut stop, mut letters) = (end, 0);
    while let Some(letter) = text.char_at(stop).filter(|c| c.is_alphabetic()) {
        (stop, letters) = (stop + letter.len_utf8(), letters + 1);
        if letters > most || (most == 1 && !matches!(letter, 's' | 'S')) {
            return None;
        }
    }
    Some(stop)
}

/// The next place where a word or number begins.
fn next_token(text: &Text<'_>, after: usize, limit: usize) -> Option<usize> {
    let mut at = after;
    let mut inside = text.char_before(at).is_some_and(char::is_alphanumeric);
    while at < limit {
        let character = text.char_at(at)?;
        let word = character.is_alphanumeric();
        if word && !inside && at > after {
            return Some(at);
        }
        (inside, at) = (word, at + character.len_utf8());
    }
    None
}

/// A number that stands before its label with nothing but words between: "… is my passport number".
fn find_before(text: &Text<'_>, label: usize, entries: &[&Entry]) -> Option<Finding> {
    let mut from = label.saturating_sub(BEFORE_LABEL + LONGEST_NUMBER);
    while !text.as_str().is_char_boundary(from) {
        from += 1;
    }
    let line = text.slice(from..label).rfind('\n').map_or(from, |at| from + at + 1);
    let mut at = line;
    let mut first = (line == 0 || text.before(line) == b'\n').then_some(line);
    while let Some(start) = first.take().or_else(|| next_token(text, at, label)) {
        let found = entries.iter().filter(|entry| entry.id.check.is_some() || !entry.id.source.is_empty());
        let found = found.filter_map(|entry| entry.read(text, start, Reading::Labeled)).find(|found| {
            found.end <= label && label - found.end <= BEFORE_LABEL && is_plain(text.slice(found.end..label))
        });
        if found.is_some() {
            return found;
        }
        at = start;
    }
    None
}

/// Between a number and the label behind it: words, spaces and an opening bracket.
fn is_plain(between: &str) -> bool {
    between.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '(' | '\'' | '’' | '"'))
}

const BEHIND_LABEL: usize = 40;
const BEFORE_LABEL: usize = 20;
const LONGEST_NUMBER: usize = 34;
