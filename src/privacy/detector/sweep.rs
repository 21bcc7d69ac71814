//! The sweep: one pass over the classes of bytes starts the byte detectors, one over the keywords the others.
//! It reads every digit run once, and calls at it only the detectors that can make something of so many digits.

use super::keywords::{Carried, Keyword, Keywords};
use super::{AT_BYTES, AT_KEYWORDS, Detectors, Finding, Run, Text, Trigger, id};
use crate::privacy::classes::{BLOCK, Masks, Window, each, windows};
use crate::privacy::fold::Folded;
use std::sync::LazyLock;

/// All keywords, whichever kinds are chosen: building them once costs less than choosing among them for each request.
static KEYWORDS: LazyLock<Keywords> = LazyLock::new(|| {
    let rows = AT_KEYWORDS.iter().enumerate();
    let words = rows.flat_map(|(owner, row)| {
        (row.keywords)().into_iter().map(move |(keyword, reach)| (Keyword { owner, ..keyword }, reach))
    });
    let labels = id::labels().into_iter().map(|(keyword, reach)| (Keyword { owner: LABELS, ..keyword }, reach));
    Keywords::of(words.chain(labels))
});

/// The owner of the labels of identity numbers: behind the detectors of the table.
const LABELS: usize = AT_KEYWORDS.len();

impl Detectors {
    /// Everything found, in no order, overlaps included.
    pub(in crate::privacy) fn find(&self, text: &Text<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.sweep(text, &mut findings)
            && let Some(plain) = Folded::without_tricks(text.as_str())
        {
            let mut more = Vec::new();
            let copy = Text::new(&plain.text);
            self.sweep(&copy, &mut more);
            #[cfg(test)]
            text.count(copy.steps());
            let place = |finding: Finding| {
                let (start, end) = (plain.origin(finding.start), plain.origin(finding.end));
                Finding { start, end, ..finding }
            };
            findings.extend(more.into_iter().map(place));
        }
        findings
    }

    /// Whether the text has characters outside ASCII.
    fn sweep(&self, text: &Text<'_>, findings: &mut Vec<Finding>) -> bool {
        let (bytes, mut number, mut carried, mut said, mut met) =
            (text.as_str().as_bytes(), Number::default(), Carried::default(), Vec::new(), Vec::new());
        let keywords = self.keywords.then(|| &*KEYWORDS);
        let mut foreign = 0;
        windows(bytes, |start, window| {
            foreign |= window.here.leads;
            self.at_bytes(Place { text, start, window }, &mut number, &mut met);
            if met.len() > MOST_MET {
                self.settle(text, &mut met, findings);
            }
            let Some(keywords) = keywords else { return };
            keywords.at_block(bytes, start, window, &mut carried, |hit| match AT_KEYWORDS.get(hit.owner) {
                Some(row) if self.kinds.has(row.kind) => said.extend((row.find)(text, hit)),
                None if self.ids => id::find_labeled(text, hit, self.kinds, &mut said),
                _ => {}
            });
        });
        self.settle(text, &mut met, findings);
        findings.append(&mut said);
        foreign != 0
    }

    /// Notes what a block starts.
    #[inline(never)]
    fn at_bytes(&self, at: Place<'_>, number: &mut Number, met: &mut Vec<Met>) {
        let Place { text, start, window } = at;
        let rows = |triggers: Trigger| {
            let mut rows = 0;
            triggers.each(|trigger| rows |= self.rows.get(trigger).copied().unwrap_or_default());
            rows
        };
        each(window.starts(|masks| masks.digits), |bit| {
            let mut run = run(start + bit, window, bit);
            let rows = rows(at_digits(text, &mut run, number));
            if rows != 0 || self.ids {
                met.push(Met { rows, run });
            }
        });
        each(window.here.marks, |bit| {
            let rows = rows(at_mark(text, start + bit));
            if rows != 0 {
                met.push(Met { rows, run: Run { at: start + bit, ..Run::default() } });
            }
        });
    }

    /// Calls the detectors for what was met, each for all of it before the next: so its code and its tables stay near.
    #[inline(never)]
    fn settle(&self, text: &Text<'_>, met: &mut Vec<Met>, findings: &mut Vec<Finding>) {
        let mut found: Vec<(usize, usize, Finding)> = Vec::new();
        each(met.iter().fold(0, |rows, met| rows | met.rows), |row| {
            let Some(find) = AT_BYTES.get(row).map(|row| row.find) else { return };
            for Met { run, .. } in met.iter().filter(|met| met.rows >> row & 1 == 1) {
                found.extend(find(text, run.at).map(|finding| (run.at, row, finding)));
            }
        });
        if self.ids {
            let mut alone = Vec::new();
            for Met { run, .. } in met.iter().filter(|met| met.run.digits > 0) {
                id::find_alone(text, *run, self.kinds, &mut alone);
                found.extend(alone.drain(..).map(|finding| (run.at, AT_BYTES.len(), finding)));
            }
        }
        found.sort_by_key(|(at, row, _)| (*at, *row));
        findings.extend(found.into_iter().map(|(.., finding)| finding));
        met.clear();
    }
}

/// What was met in a text.
struct Met {
    /// The rows of the table that it starts.
    rows: u64,
    run: Run,
}

/// How much is met before detectors are called.
const MOST_MET: usize = 128;

/// A block of a text.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a Text<'a>,
    start: usize,
    window: &'a Window<'a>,
}

#[inline(always)]
fn run(at: usize, window: &Window<'_>, bit: usize) -> Run {
    Run {
        at,
        digits: window.ahead(|masks| masks.digits, bit),
        letters: window.back(Masks::letters, bit),
        capitals: window.back(|masks| masks.upper, bit),
        ahead: window.ahead(Masks::words, bit),
        number: 0,
    }
}

/// What starts at a run of digits.
fn at_digits(text: &Text<'_>, run: &mut Run, number: &mut Number) -> Trigger {
    let end = run.at + run.digits;
    let dotted = run.digits < 4 && text.byte(end) == b'.' && text.byte(end + 1).is_ascii_digit();
    let before = text.before(run.at);
    let country = (before == b' ' || before.is_ascii_alphabetic()) && is_behind_country(text, run.at);
    number.advance(text, run.at, run.digits);
    run.number = number.digits;
    let is_part = run.capitals == 0 && (run.letters > 0 || matches!(before, b'_' | b'=' | b'+'));
    Trigger::SHORT
        .when(run.digits <= 10 && !is_part)
        .or(Trigger::SEVEN.when(number.digits >= 7))
        .or(Trigger::TWELVE.when(number.digits >= 12))
        .or(Trigger::DOTTED.when(dotted))
        .or(Trigger::COUNTRY.when(country))
        .or(Trigger::PAIR.when(matches!(run.letters + run.ahead, 2 | 4 | 12)))
        .or(Trigger::LONG.when(run.letters + run.ahead >= 14))
        .or(Trigger::ENCODED.when(matches!(before, b'%' | b'#' | b'x' | b'X')))
}

/// What starts at one of the marks.
fn at_mark(text: &Text<'_>, at: usize) -> Trigger {
    match text.byte(at) {
        b'@' => Trigger::AT,
        b':' => {
            let next = text.byte(at + 1);
            let hex = next == b':' || (next.is_ascii_hexdigit() && text.before(at).is_ascii_hexdigit());
            Trigger::SCHEME.when(next == b'/').or(Trigger::HEX_COLON.when(hex))
        }
        b'-' => Trigger::DASH.when(text.byte(at + 3) == b'-' && text.before(at).is_ascii_alphabetic()),
        _ => Trigger::WIDE,
    }
}

/// Whether two letters that stand alone are before a position, with a blank between at most.
fn is_behind_country(text: &Text<'_>, at: usize) -> bool {
    let end = at - usize::from(text.before(at) == b' ');
    text.before(end).is_ascii_alphabetic()
        && end.checked_sub(2).is_some_and(|start| text.byte(start).is_ascii_alphabetic() && !text.word_before(start))
}

/// A number as written: runs of digits with separators between. What is left of it from the run at hand.
#[derive(Default)]
struct Number {
    end: usize,
    digits: usize,
    /// Of these, those of the run at hand.
    run: usize,
}

impl Number {
    /// Goes to the run that begins here, of so many digits (or more, when they are 64). Every byte is read twice at most: as a
    /// run, and as a part of a number.
    fn advance(&mut self, text: &Text<'_>, at: usize, digits: usize) {
        let run = if digits < BLOCK { digits } else { text.run(at, usize::MAX, |byte| byte.is_ascii_digit()) - at };
        if at < self.end {
            self.digits -= self.run.min(self.digits);
        } else if is_alone(text, at + run) {
            *self = Number { end: at + run, digits: run, run };
        } else {
            *self = Number::read(text, at);
        }
        self.run = run;
    }

    fn read(text: &Text<'_>, start: usize) -> Number {
        let mut number = Number { end: start, digits: 0, run: 0 };
        let mut at = start;
        loop {
            number.end = text.run(at, usize::MAX, |byte| byte.is_ascii_digit());
            number.digits += number.end - at;
            at = text.run(number.end, LONGEST_GAP, |byte| SEPARATORS.contains(&byte) || !byte.is_ascii());
            if text.slice(number.end..at).bytes().any(|byte| byte == WIDE) {
                // Digits in full width are not counted.
                number.digits += MANY;
            }
            if !text.byte(at).is_ascii_digit() {
                return number;
            }
        }
    }
}

/// Whether a number surely ends where a run of digits does: what follows is no separator, or one before a letter.
fn is_alone(text: &Text<'_>, end: usize) -> bool {
    let (next, later) = (text.byte(end), text.byte(end + 1));
    !(next >= 0x80 || SEPARATORS.contains(&next)) || later.is_ascii_alphabetic()
}

const SEPARATORS: &[u8] = b" .-/()~\t";
/// Four separators of three bytes.
const LONGEST_GAP: usize = 12;
/// What a digit in full width begins with.
const WIDE: u8 = 0xef;
const MANY: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    /// For each run of digits its length, and the digits of the number from there on.
    fn check(text: &str, expected: &[(usize, usize)]) {
        let (text, mut number, mut found) = (Text::new(text), Number::default(), Vec::new());
        for (at, byte) in text.as_str().bytes().enumerate() {
            if byte.is_ascii_digit() && !text.before(at).is_ascii_digit() {
                number.advance(&text, at, text.run(at, BLOCK, |byte| byte.is_ascii_digit()) - at);
                found.push((number.run, number.digits));
            }
        }
        assert_eq!(found, expected, "{}", text.as_str());
    }

    #[test]
    fn counts_the_digits_of_a_number_from_each_run_on() {
        check("4111 1111-1111 1111, 12", &[(4, 16), (4, 12), (4, 8), (4, 4), (2, 2)]);
        check("+49 (0)30\u{a0}901820x", &[(2, 11), (1, 9), (2, 8), (6, 6)]);
        check("v1.2 and 3", &[(1, 2), (1, 1), (1, 1)]);
        check("650 ２", &[(3, 35)]);
    }
}
