//! The line of an address with the street and the house number, in the orders that languages use.
//! It does not read what follows: [`super::extent`] does.

use super::Text;
use super::lexicon::Class;
use super::word::{Form, Word};

/// A stretch that may be a street with its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How much speaks for it; [`super::ENOUGH`] is enough by itself.
    pub(super) points: u8,
}

/// "12 High Street", "12 bis, rue de la Paix"; or a number and names alone, which says little.
pub(super) fn number_first(text: &Text<'_>, number: Word) -> Option<Street> {
    if number.form != Form::Number || number.end - number.start > 9 {
        return None;
    }
    let mut at = number.end;
    let mut word = Word::next(text, at)?;
    if word.form == Form::Number && matches!(word.text(text), "1/2" | "1/4" | "3/4") {
        at = word.end;
        word = Word::next(text, at)?;
    }
    let single = word.form == Form::Capital && word.end == word.start + 1;
    if word.is(Class::REPEAT) || (single && Word::next(text, word.end).is_some_and(|next| next.is(Class::OPEN))) {
        at = word.end;
        word = Word::next(text, at)?;
    }
    if word.form == Form::Comma {
        at = word.end;
        word = Word::next(text, at)?;
        if !word.is(Class::OPEN) && word.form != Form::Capital {
            return None;
        }
    }
    let opened = if word.is(Class::OPEN) { after_type(text, word) } else { None };
    let (end, points) = opened.or_else(|| before_type(text, at))?;
    if points < 4 && is_year(number.text(text)) {
        return None;
    }
    Some(Street { start: number.start, end, points })
}

/// "2012", "2012-2013": seldom a house.
fn is_year(number: &str) -> bool {
    number.len() > 3
        && (number.starts_with("19") || number.starts_with("20"))
        && matches!(number.as_bytes().get(4), None | Some(b'-'))
}

/// The name behind a type: "rue de la Paix".
fn after_type(text: &Text<'_>, opening: Word) -> Option<(usize, u8)> {
    let (mut end, mut at, mut lower) = (0, opening.end, 0);
    for _ in 0..8 {
        let Some(word) = Word::next(text, at) else { break };
        match word.form {
            _ if word.is(Class::UNIT) && end > 0 => break,
            Form::Ordinal if Word::next(text, word.end).is_some_and(|next| next.is(Class::UNIT)) => break,
            Form::Capital | Form::Ordinal => end = word.end,
            Form::Lower if word.is(Class::LINK) => {}
            Form::Number if word.end - word.start < 3 => end = word.end,
            Form::Number if word.digits(text) == 4 && word.text(text).starts_with("19") => end = word.end,
            Form::Lower if lower < 2 && (end == 0 || lower > 0) && !word.is(Class::MARK) => {
                lower += 1;
                end = word.end;
            }
            _ => break,
        }
        at = word.end;
    }
    let weak = opening.is(Class::WEAK) || opening.form == Form::Lower && lower > 0;
    (end > 0).then_some((end, if weak || lower > 0 { 3 } else { 4 }))
}

/// The name before a type: "High Street"; else the names alone.
fn before_type(text: &Text<'_>, from: usize) -> Option<(usize, u8)> {
    let (mut at, mut names, mut lower, mut closed, mut bare) = (from, 0, 0, None, from);
    let mut direction = false;
    for _ in 0..7 {
        let Some(word) = Word::next(text, at) else { break };
        let grown = word.is(Class::GROWN) && word.form == Form::Capital;
        if grown || word.is(Class::CLOSE) && (names + lower > 0 || is_route(text, word)) {
            closed = Some(if grown {
                (numbered(text, word.end), 4 - u8::from(word.is(Class::WEAK)))
            } else {
                closing(text, word, lower > 0)
            });
            break;
        }
        match word.form {
            _ if word.is(Class::UNIT) && names > 0 => break,
            Form::Capital | Form::Ordinal => {
                names += 1;
                direction |= word.is(Class::DIRECTION);
                bare = word.end;
            }
            Form::Lower if word.is(Class::LINK) && names > 0 => {}
            Form::Lower if lower < 4 && !word.is(Class::MARK) => lower += 1,
            _ => break,
        }
        at = word.end;
    }
    let named = (names > 0 && lower == 0).then(|| (numbered(text, bare), 2 + u8::from(direction)));
    closed.or(named)
}

/// "5570 Kaarikatu 32": a number behind the name as well.
fn numbered(text: &Text<'_>, end: usize) -> usize {
    let number = Word::next(text, end).filter(|word| word.form == Form::Number && word.end - word.start < 5);
    number.map_or(end, |word| word.end)
}

fn is_route(text: &Text<'_>, word: Word) -> bool {
    word.is(Class::ROUTE)
        && word.form == Form::Capital
        && Word::next(text, word.end).is_some_and(|next| next.form == Form::Number)
}

/// From a type on: further types, the number of a road, a point of the compass.
fn closing(text: &Text<'_>, first: Word, lower: bool) -> (usize, u8) {
    let (mut end, mut at) = (first.end, first.end);
    let mut weak = first.is(Class::WEAK);
    for _ in 0..3 {
        let Some(word) = Word::next(text, at) else { break };
        let number = first.is(Class::ROUTE)
            && (word.digits(text) > 0 && word.digits(text) < 4
                || word.end == word.start + 1 && word.form == Form::Capital);
        if word.is(Class::CLOSE) && !word.is(Class::UNIT) && word.form == first.form {
            weak &= word.is(Class::WEAK);
            end = word.end;
        } else if word.is(Class::DIRECTION) || (number && end == first.end) {
            end = word.end;
        } else if word.form != Form::Comma
            || !Word::next(text, word.end).is_some_and(|next| next.is(Class::DIRECTION) && next.end < next.start + 3)
        {
            break;
        }
        at = word.end;
    }
    (end, 4 - u8::from(weak) - u8::from(lower))
}

/// "Lange Straße 5", "calle Mayor, 5", "ул. Ленина, д. 5"; or a name and a number, which says little.
pub(super) fn number_last(text: &Text<'_>, number: Word) -> Option<Street> {
    if number.form != Form::Number || number.end - number.start > 9 {
        return None;
    }
    let mut word = Word::previous(text, number.start)?;
    if word.is(Class::MARK) {
        word = Word::previous(text, word.start)?;
    }
    let comma = word.form == Form::Comma;
    if comma {
        word = Word::previous(text, word.start)?;
    }
    let end = suffixed(text, number);
    let found = if word.is(Class::GROWN) && !comma {
        Some((adjectives(text, word), 4 - u8::from(word.is(Class::WEAK)) - 2 * u8::from(word.form == Form::Lower)))
    } else if word.is(Class::BEFORE_NUMBER) {
        names_back(text, word.start).map(|start| (start, 4 - u8::from(word.is(Class::WEAK))))
    } else {
        None
    };
    let (start, points) = found.or_else(|| opened(text, word))?;
    Some(Street { start, end, points })
}

/// Back from the last word of a name to its type or, where there is none, as far as the line or the part goes.
fn opened(text: &Text<'_>, last: Word) -> Option<(usize, u8)> {
    let (mut word, mut start, mut names, mut preposition) = (last, last.end, 0, false);
    for _ in 0..8 {
        match word.form {
            Form::Capital | Form::Lower if word.is(Class::OPEN) && names > 0 => {
                let weak = word.is(Class::WEAK);
                return Some((word.start, 4 - u8::from(weak) - u8::from(weak && word.form == Form::Lower)));
            }
            Form::Capital => {
                names += 1;
                start = word.start;
                preposition |= word.is(Class::PREPOSITION);
            }
            Form::Ordinal => start = word.start,
            Form::Number if names > 0 && word.end - word.start < 4 => {}
            Form::Lower if word.is_link() && names > 0 => {}
            _ => break,
        }
        let Some(before) = Word::previous(text, word.start) else { break };
        word = before;
    }
    (names > 0 && start < last.end && names < 5 && is_start(text, start)).then_some((start, 1 + u8::from(preposition)))
}

fn is_start(text: &Text<'_>, at: usize) -> bool {
    Word::previous(text, at)
        .is_none_or(|word| matches!(word.form, Form::Break | Form::Comma | Form::Other | Form::Number))
}

/// "Alte Landstraße", "Obere Bahnhofstr.": what is declined before a grown-together type.
fn adjectives(text: &Text<'_>, word: Word) -> usize {
    match Word::previous(text, word.start) {
        Some(before)
            if before.form == Form::Capital
                && ["e", "er", "es", "en"].iter().any(|end| before.text(text).ends_with(end)) =>
        {
            before.start
        }
        Some(before) if before.form == Form::Capital && before.text(text).ends_with('.') => before.start,
        _ => word.start,
    }
}

fn names_back(text: &Text<'_>, from: usize) -> Option<usize> {
    let (mut at, mut start) = (from, None);
    for _ in 0..4 {
        let Some(word) = Word::previous(text, at) else { break };
        match word.form {
            Form::Capital => start = Some(word.start),
            Form::Ordinal => start = Some(word.start),
            Form::Number if word.end - word.start < 6 && word.text(text).contains('-') => start = Some(word.start),
            Form::Lower if word.is_link() => {}
            _ => break,
        }
        at = word.start;
    }
    start
}

/// The end of a house number with a letter or a "bis" behind it.
fn suffixed(text: &Text<'_>, number: Word) -> usize {
    let Some(next) = Word::next(text, number.end) else { return number.end };
    let letter =
        next.form == Form::Lower && next.end == next.start + 1 && next.text(text).is_ascii() && !text.word_at(next.end);
    if letter || next.is(Class::REPEAT) { next.end } else { number.end }
}
