//! How far an address goes before its street: units, another number and, in Cyrillic, code, town and region.
//! It begins no address.

use super::Text;
use super::lexicon::Class;
use super::word::{Form, Word};

/// Back over units and, in Cyrillic, over code, town and region, which come first there.
pub(super) fn start(text: &Text<'_>, from: usize) -> usize {
    let mut start = from;
    for _ in 0..6 {
        let part = unit_back(text, start).or_else(|| region_back(text, start)).or_else(|| number_back(text, start));
        let Some(part) = part else { break };
        start = part;
    }
    start
}

/// "Flat 3, 12 High Street", "Suite 541 6343 Skogstien".
fn unit_back(text: &Text<'_>, from: usize) -> Option<usize> {
    let mut ident = Word::previous(text, from)?;
    if matches!(ident.form, Form::Comma | Form::Break) {
        ident = Word::previous(text, ident.start)?;
    }
    let word = Word::previous(text, ident.start)?;
    let single = ident.form == Form::Capital && ident.end == ident.start + 1;
    let fits = (matches!(ident.form, Form::Number | Form::Code) || single)
        && word.is(Class::UNIT)
        && word.form == Form::Capital;
    fits.then_some(word.start)
}

/// "14 3684 Court Street": the number of the flat before that of the house.
fn number_back(text: &Text<'_>, from: usize) -> Option<usize> {
    let number = Word::previous(text, from)?;
    let fits = number.form == Form::Number
        && number.end - number.start < 6
        && number.end < from
        && text.byte(from).is_ascii_digit();
    let free = Word::previous(text, number.start).is_none_or(|before| before.form != Form::Other);
    (fits && free).then_some(number.start)
}

/// "119019, Россия, г. Москва, ул. Арбат": a part that ends with the comma before.
fn region_back(text: &Text<'_>, from: usize) -> Option<usize> {
    let cyrillic = text
        .char_at(from)
        .is_some_and(|first| ('а'..='я').contains(&first) || ('А'..='Я').contains(&first) || first.is_ascii_digit());
    let gap = Word::previous(text, from)?;
    if !cyrillic {
        return None;
    }
    let mut word = if matches!(gap.form, Form::Comma | Form::Break) { Word::previous(text, gap.start)? } else { gap };
    let (mut start, mut named) = (None, false);
    for _ in 0..4 {
        let is_cyrillic = text.char_at(word.start).is_some_and(|first| ('А'..='я').contains(&first));
        let code = word.digits(text) == 6;
        let inside = (word.form == Form::Capital && is_cyrillic) || word.is(Class::TOWN);
        if code {
            return Some(word.start);
        }
        if !inside || (gap.form != Form::Comma && gap.form != Form::Break && !word.is(Class::TOWN) && !named) {
            break;
        }
        named |= word.is(Class::TOWN.or(Class::COUNTRY)) || word.form == Form::Capital;
        start = Some(word.start);
        match Word::previous(text, word.start) {
            Some(next) => word = next,
            None => break,
        }
    }
    start.filter(|_| named)
}
