//! Other beginnings than a street with its number: post-office boxes, a state with its code, a code with its town, a unit.
//! It does not read what follows.

use super::Text;
use super::extent::{ends_part, town};
use super::lexicon::Class;
use super::postcode::{self, Shape};
use super::street::Street;
use super::word::{Form, Word};

/// "P.O. Box 12", "Postfach 12 34", "а/я 5".
pub(super) fn boxed(text: &Text<'_>, number: Word) -> Option<Street> {
    let mut word = Word::previous(text, number.start)?;
    if word.is(Class::MARK) {
        word = Word::previous(text, word.start)?;
    }
    if !word.is(Class::BOX) || number.end - number.start > 8 {
        return None;
    }
    let (mut start, mut words) = (word.start, 1);
    while let Some(before) = Word::previous(text, start)
        && words < 5
        && (before.is(Class::BOX)
            || before.is(Class::LINK)
            || ["Office", "office", "P", "O"].contains(&before.text(text)))
        && before.form != Form::Other
    {
        start = before.start;
        words += 1;
    }
    let mut end = number.end;
    // "Postfach 12 34 56"
    while let Some(next) = Word::next(text, end)
        && (1..=3).contains(&next.digits(text))
        && end < number.end + 8
    {
        end = next.end;
    }
    let long = word.end - word.start > 5;
    let points = if words > 1 || long {
        4
    } else if word.is_upper(text) {
        2
    } else {
        1
    };
    Some(Street { start, end, points })
}

/// "…, Springfield, IL 62701": back over what belongs to it.
pub(super) fn region_code(text: &Text<'_>, number: Word) -> Option<Street> {
    let code = postcode::at(text, number).filter(|code| code.shape == Shape::Digits)?;
    let mut region = Word::previous(text, number.start)?;
    if region.form == Form::Comma {
        region = Word::previous(text, region.start)?;
    }
    let lower = region.form == Form::Lower;
    if !region.is(Class::REGION) || !(region.is_upper(text) || lower || region.end - region.start > 3) {
        return None;
    }
    let walk = Walk::back(text, region.start, lower);
    let streets = walk.street && (!lower || walk.number.is_some());
    let points = u8::from(region.is_upper(text) || !lower && walk.comma)
        + 2 * u8::from(streets)
        + 2 * u8::from(walk.number.is_some())
        + u8::from(walk.comma)
        + 3 * u8::from(walk.boxed.is_some());
    let start = walk.boxed.or(walk.number).unwrap_or(walk.start);
    (points > 1 && start < region.start).then_some(Street { start, end: code.end, points: points.min(4) })
}

/// What stands before a region.
struct Walk {
    start: usize,
    /// The first number that a name follows.
    number: Option<usize>,
    boxed: Option<usize>,
    street: bool,
    /// A comma right before the region or the town.
    comma: bool,
}

impl Walk {
    fn back(text: &Text<'_>, from: usize, lower: bool) -> Walk {
        let mut walk = Walk { start: from, number: None, boxed: None, street: false, comma: false };
        let (mut at, mut breaks, mut named) = (from, 0, false);
        for step in 0..20 {
            let Some(word) = Word::previous(text, at) else { break };
            if from - word.start > 160 {
                break;
            }
            match word.form {
                Form::Comma => walk.comma |= step < 4,
                Form::Break if breaks < 3 && walk.number.is_none() => breaks += 1,
                Form::Capital | Form::Ordinal | Form::Code => {
                    named = true;
                    walk.start = word.start;
                    if word.is(Class::BOX) {
                        walk.boxed = Some(word.start);
                    }
                    walk.street |= word.is(Class::CLOSE.or(Class::OPEN).or(Class::GROWN));
                }
                Form::Number => {
                    if named && is_house(text, word) {
                        walk.number = Some(word.start);
                    }
                    walk.start = word.start;
                }
                Form::Lower if lower || word.is(Class::LINK.or(Class::MARK)) => {
                    named = true;
                    walk.street |= word.is(Class::CLOSE) && step > 0;
                    walk.boxed =
                        walk.boxed.filter(|_| !word.is(Class::BOX)).or(word.is(Class::BOX).then_some(word.start));
                }
                _ => break,
            }
            at = word.start;
        }
        walk
    }
}

/// A number with a name behind it that no unit, box or road before it claims.
fn is_house(text: &Text<'_>, number: Word) -> bool {
    let named = Word::next(text, number.end).is_some_and(|next| !matches!(next.form, Form::Break | Form::Comma));
    let claims = Class::UNIT.or(Class::MARK).or(Class::BOX).or(Class::ROUTE);
    number.end - number.start < 10
        && named
        && !Word::previous(text, number.start).is_some_and(|before| before.is(claims))
}

/// "Haselweg\n63739 Aschaffenburg": a code and its town below or behind a street without a number; or with a country behind.
pub(super) fn town_code(text: &Text<'_>, number: Word) -> Option<Street> {
    let code = postcode::at(text, number)?;
    if matches!(code.shape, Shape::British | Shape::Canadian) {
        return british(text, number.start, code.end);
    }
    let end = town(text, code.end)?;
    let gap = Word::previous(text, number.start);
    let (mut at, mut breaks) = (number.start, 0);
    let placed = gap.is_none_or(|gap| matches!(gap.form, Form::Break | Form::Comma));
    if !placed || (code.shape == Shape::Four && text.slice(number.start..number.start + 2) == "20") {
        return None;
    }
    let mut found = None;
    for _ in 0..8 {
        let Some(word) = Word::previous(text, at) else { break };
        match word.form {
            Form::Break | Form::Comma if breaks == 0 && found.is_none() && at == number.start => breaks += 1,
            Form::Capital if word.is(Class::OPEN.or(Class::GROWN).or(Class::CLOSE)) => found = Some(word.start),
            Form::Capital
                if found.is_none() || Word::next(text, word.end).is_some_and(|next| next.is(Class::CLOSE)) => {}
            Form::Lower if word.is(Class::LINK) => {}
            _ => break,
        }
        at = word.start;
    }
    if let Some(start) = found {
        return Some(Street { start: first_of(text, start), end, points: 4 });
    }
    let country = Word::next(text, end)
        .filter(|gap| matches!(gap.form, Form::Break | Form::Comma))
        .and_then(|gap| Word::next(text, gap.end));
    let country = country.is_some_and(|word| word.is(Class::COUNTRY) && word.form == Form::Capital);
    country.then_some(Street { start: number.start, end, points: 2 })
}

/// Back over the capitals before a type that stands behind its name.
fn first_of(text: &Text<'_>, start: usize) -> usize {
    match Word::previous(text, start) {
        Some(word) if word.form == Form::Capital => word.start,
        _ => start,
    }
}

/// "Willow House\nMoor Lane\nLondon\nEC2Y 9DP": the lines above a British code as far as they are names, when a street is one.
fn british(text: &Text<'_>, start: usize, end: usize) -> Option<Street> {
    let (mut at, mut parts, mut names, mut best) = (start, 0, 0, None);
    for _ in 0..18 {
        let Some(word) = Word::previous(text, at) else { break };
        match word.form {
            Form::Break | Form::Comma if parts < 5 => {
                parts += 1;
                names = 0;
            }
            Form::Capital if names < 5 => {
                names += 1;
                let street = word.is(Class::CLOSE) && parts > 0;
                if street || word.is(Class::HOUSE) && best.is_some() {
                    best = Some(part_start(text, word.start));
                }
            }
            Form::Lower if word.is(Class::LINK) => {}
            Form::Number if names > 0 || word.end - word.start < 6 => {}
            _ => break,
        }
        at = word.start;
    }
    best.map(|start| Street { start, end, points: 4 })
}

/// The start of the part (line, or between commas) that a word is in.
fn part_start(text: &Text<'_>, from: usize) -> usize {
    let mut start = from;
    for _ in 0..5 {
        match Word::previous(text, start) {
            Some(word) if matches!(word.form, Form::Capital | Form::Number) || word.is(Class::LINK) => {
                start = word.start
            }
            _ => break,
        }
    }
    start
}

/// "5570 Kaarikatu 32 Apt. 353": names and numbers before a unit.
pub(super) fn before_unit(text: &Text<'_>, number: Word) -> Option<Street> {
    let unit = Word::previous(text, number.start).filter(|word| word.is(Class::UNIT) && word.form == Form::Capital)?;
    let (mut at, mut start, mut names, mut breaks) = (unit.start, None, 0, 0);
    for _ in 0..8 {
        let Some(word) = Word::previous(text, at) else { break };
        match word.form {
            Form::Number => start = Some(word.start),
            Form::Capital if names < 5 => names += 1,
            Form::Lower if word.is(Class::LINK) => {}
            Form::Comma | Form::Break if breaks == 0 && names == 0 => breaks += 1,
            _ => break,
        }
        at = word.start;
    }
    let start = start.filter(|_| names > 0)?;
    Some(Street { start, end: number.end, points: 2 + u8::from(ends_part(text, number.end)) })
}
