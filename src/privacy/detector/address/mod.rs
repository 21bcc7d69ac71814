//! Postal addresses: US, GB, IE, CA, DE, AT, CH, FR, BE, ES, IT, RU, over commas and up to four lines.
//! It reports no town, region or country by itself, and no postal code alone ([`alone`] does).
//!
//! It starts at a number: a house's ([`street`]), or that of a box, a unit or a code ([`anchor`]). What stands around it is read
//! word by word ([`word`]), each word's meaning looked up over all languages at once ([`lexicon`], [`language`]), on to where the
//! address ends ([`extent`]) and back to where it begins ([`lead`]). Points are added up; half of an address needs more around it, a whole one nothing.
//!
//! | file | what |
//! |---|---|
//! | `language/` | the words, one file a language, with the source of its rules |
//! | `postcode` | shapes of codes |
//!
//! Source: UPU S42 (elements and their order by country); the national rules are named in each language's file.

mod alone;
mod anchor;
mod extent;
mod language;
mod lead;
mod lexicon;
#[cfg(test)]
mod made;
mod postcode;
mod street;
#[cfg(test)]
mod tests;
mod word;

use super::{Finding, Kind, Text};
use lexicon::Class;
use street::Street;
use word::{Form, Word};

pub(super) use alone::find as find_postcode;
use postcode::{british, canadian};

/// Points from which an address is reported.
const ENOUGH: u8 = 4;

/// At the first digit of a run.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    if let Some(letters) = code_start(text, at) {
        let word = Word::next(text, letters)?;
        return weigh(text, anchor::town_code(text, word)?);
    }
    if !is_near_a_name(text, at) {
        return None;
    }
    let number = Word::next(text, at).filter(|word| matches!(word.form, Form::Number | Form::Code))?;
    let before = Word::previous(text, at);
    let mut best: Option<Finding> = None;
    let mut weigh = |street: Option<Street>| {
        let found = street.and_then(|street| weigh(text, street));
        let length = |finding: &Finding| finding.end - finding.start;
        if found.as_ref().is_some_and(|found| best.as_ref().is_none_or(|best| length(found) >= length(best))) {
            best = found;
        }
    };
    weigh(street::number_first(text, number));
    if before.is_some_and(leads) {
        weigh(street::number_last(text, number));
        weigh(anchor::boxed(text, number));
        weigh(anchor::region_code(text, number));
    }
    if before.is_none_or(|before| matches!(before.form, Form::Break | Form::Comma)) {
        weigh(anchor::town_code(text, number));
    }
    if before.is_some_and(leads) {
        weigh(anchor::before_unit(text, number));
    }
    best
}

/// Whether a number behind a word may be the last of something: behind a name, a comma, or a word that addresses have.
fn leads(before: Word) -> bool {
    const SAID: Class =
        Class::MARK.or(Class::BOX).or(Class::GROWN).or(Class::BEFORE_NUMBER).or(Class::UNIT).or(Class::REGION);
    matches!(before.form, Form::Capital | Form::Ordinal | Form::Comma) || before.is(SAID)
}

/// The first letter of a code that begins with letters, when digits at a position are its first.
fn code_start(text: &Text<'_>, at: usize) -> Option<usize> {
    let start = text.run_back(at, 3, |byte| byte.is_ascii_uppercase());
    let fits =
        start < at && !text.word_before(start) && (british(text, start).is_some() || canadian(text, start).is_some());
    fits.then_some(start)
}

/// The cheap test that most numbers fail: a capital or a known small word on one side of it, and nothing glued to it.
fn is_near_a_name(text: &Text<'_>, at: usize) -> bool {
    let digits = text.run(at, 7, |byte| byte.is_ascii_digit());
    if digits - at > 6 || !is_free(text, at, digits) {
        return false;
    }
    let before = text.before(at);
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0x80;
    let from = text.run_back(at, 4, |byte| matches!(byte, b' ' | b',' | b'.' | b'#' | b'\n' | b'\r'));
    let tail = text.run(digits, 6, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'));
    let to = text.run(tail, 3, |byte| matches!(byte, b' ' | b',' | b'\n' | b'.'));
    (from < at && letter(text.before(from)))
        || (to > tail && (letter(text.byte(to)) || text.byte(to).is_ascii_digit()))
        || matches!(before, b'/' | b'.' | b'\'' | b'#')
        || before >= 0x80
}

/// Whether no decimal, version, identifier or time has these digits in it.
fn is_free(text: &Text<'_>, at: usize, digits: usize) -> bool {
    let (before, second) = (text.before(at), text.before(at.saturating_sub(1)));
    let parted = before >= 0x80 || before == 0 || b" \n\t\r,(\"'#.>:/|*-[".contains(&before);
    let decimal = matches!(before, b'.' | b'-' | b'/' | b':')
        && !matches!(second, b' ' | b'\n' | 0)
        && !second.is_ascii_alphabetic();
    let tied = matches!(before, b'-' | b':') && text.word_before(at - 1);
    let goes_on = text.byte(digits) == b'.' && text.byte(digits + 1).is_ascii_alphanumeric();
    parted && !decimal && !tied && !goes_on && !matches!(text.byte(digits), b':' | b'=' | b'_' | b'%' | b'+' | b'@')
}

/// Adds what is around a street, and reports when it is enough.
fn weigh(text: &Text<'_>, street: Street) -> Option<Finding> {
    if street.points == 0 {
        return None;
    }
    let extent = extent::behind(text, street.end);
    let start = lead::start(text, street.start);
    let mut points = street.points + extent.points;
    if (2..ENOUGH).contains(&points) {
        points += 2 * u8::from(lexicon::has_label(&text.lead(start, 28)));
        let own_line = Word::previous(text, start).is_none_or(|word| word.form == Form::Break)
            && Word::next(text, extent.end).is_none_or(|word| word.form == Form::Break);
        points += u8::from(own_line);
    }
    let score = 60 + 5 * points.min(7);
    (points >= ENOUGH).then(|| Finding::new(Kind::Address, start..extent.end, score))
}
