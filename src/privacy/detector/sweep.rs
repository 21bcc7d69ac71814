//! The sweep: one pass over the classes of bytes starts the byte detectors, one over the keywords the others.
//! It reads every digit run once, and calls at it only the detectors that can make something of so many digits.

use super::keywords::{Free, Keyword, Keywords};
use super::{AT_BYTES, AT_KEYWORDS, Detectors, Finding, Text, Trigger, id};
use crate::privacy::classes::{Masks, Window, each, windows};
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
    pub(in crate::privacy) fn find(self, text: &Text<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.sweep(text, &mut findings);
        if let Some(plain) = Folded::without_tricks(text.as_str()) {
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

    fn sweep(self, text: &Text<'_>, findings: &mut Vec<Finding>) {
        let (bytes, mut number, mut free, mut said) = (text.as_str().as_bytes(), Number::default(), Free::default(), Vec::new());
        let ids = id::is_any_of(self.kinds);
        let keywords = (ids || AT_KEYWORDS.iter().any(|row| self.kinds.has(row.kind))).then(|| &*KEYWORDS);
        windows(bytes, |start, window| {
            self.at_bytes(text, start, window, &mut number, findings);
            let Some(keywords) = keywords else { return };
            keywords.at_block(bytes, start, window, &mut free, |hit| match AT_KEYWORDS.get(hit.owner) {
                Some(row) if self.kinds.has(row.kind) => said.extend((row.find)(text, hit)),
                None if ids => id::find_labeled(text, hit, self.kinds, &mut said),
                _ => {}
            });
        });
        findings.append(&mut said);
    }

    fn at_bytes(self, text: &Text<'_>, start: usize, window: &Window, number: &mut Number, findings: &mut Vec<Finding>) {
        each(window.starts(|masks| masks.digits) | window.here.marks, |bit| {
            let at = start + bit;
            let place = Place::of(text, at, window, bit, number);
            for row in AT_BYTES {
                if place.starts(row.trigger) && self.kinds.has(row.kind) {
                    findings.extend((row.find)(text, at));
                }
            }
            if place.starts(Trigger::Digit) {
                id::find_alone(text, at, self.kinds, findings);
            }
        });
    }
}

/// What there is at a place where detectors may start: looked at once for all of them.
#[derive(Clone, Copy)]
enum Place {
    At,
    Colon { hex: bool },
    Dash { pairs: bool },
    Wide,
    Digit { digits: usize, dotted: bool, country: bool },
}

impl Place {
    fn of(text: &Text<'_>, at: usize, window: &Window, bit: usize, number: &mut Number) -> Place {
        match text.byte(at) {
            b'@' => Place::At,
            b':' => {
                let next = text.byte(at + 1);
                Place::Colon { hex: next == b':' || (next.is_ascii_hexdigit() && text.before(at).is_ascii_hexdigit()) }
            }
            b'-' => Place::Dash { pairs: text.byte(at + 3) == b'-' && text.before(at).is_ascii_alphabetic() },
            b'0'..=b'9' => {
                let run = number.advance(text, at);
                Place::Digit {
                    digits: number.digits,
                    dotted: run < 4 && text.byte(at + run) == b'.' && text.byte(at + run + 1).is_ascii_digit(),
                    country: is_behind_country(text, at),
                }
            }
            _ => Place::Wide,
        }
    }

    fn starts(self, trigger: Trigger) -> bool {
        match (self, trigger) {
            (Place::At, Trigger::At)
            | (Place::Wide, Trigger::Wide)
            | (Place::Colon { .. }, Trigger::Colon)
            | (Place::Digit { .. }, Trigger::Digit) => true,
            (Place::Colon { hex }, Trigger::HexColon) => hex,
            (Place::Dash { pairs }, Trigger::Dash) => pairs,
            (Place::Digit { digits, .. }, Trigger::Number(least)) => digits >= least,
            (Place::Digit { dotted, .. }, Trigger::Dotted) => dotted,
            (Place::Digit { country, .. }, Trigger::Country) => country,
            _ => false,
        }
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
    /// Goes to the run that begins here; gives its length. Every byte is read twice at most: as a run, and as a part of a number.
    fn advance(&mut self, text: &Text<'_>, at: usize) -> usize {
        let run = text.run(at, usize::MAX, |byte| byte.is_ascii_digit()) - at;
        if at < self.end {
            self.digits -= self.run.min(self.digits);
        } else {
            *self = Number::read(text, at);
        }
        self.run = run;
        run
    }

    fn read(text: &Text<'_>, start: usize) -> Number {
        let mut number = Number { end: start, digits: 0, run: 0 };
        let mut at = start;
        loop {
            number.end = text.run(at, usize::MAX, |byte| byte.is_ascii_digit());
            number.digits += number.end - at;
            at = text.run(number.end, LONGEST_GAP, |byte| b" .-/()~".contains(&byte) || !byte.is_ascii());
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
                found.push((number.advance(&text, at), number.digits));
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
