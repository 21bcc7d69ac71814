//! The shapes of postal codes.
//! It does not judge whether a code is one: digits alone seldom are.
//!
//! Source: UPU postal addressing systems, country pages; for GB also Royal Mail's Programmer's Guide to the Postcode Address
//! File (areas, and the letters C I K M O V that no inward code has).

use super::Text;
use super::word::{Form, Word};

/// A code as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Postcode {
    pub(super) end: usize,
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Four digits.
    Four,
    /// Five or six digits, also with a hyphen in them.
    Digits,
    /// With the country's letter before.
    Prefixed,
    British,
    Canadian,
    Dutch,
}

/// The code that begins with a word.
pub(super) fn at(text: &Text<'_>, word: Word) -> Option<Postcode> {
    let (own, digits) = (word.text(text), word.digits(text));
    let found = |shape| Some(Postcode { end: word.end, shape });
    if let Some(end) = british(text, word.start) {
        return Some(Postcode { end, shape: Shape::British });
    }
    if let Some(end) = canadian(text, word.start) {
        return Some(Postcode { end, shape: Shape::Canadian });
    }
    if let Some(end) = dutch(text, word.start) {
        return Some(Postcode { end, shape: Shape::Dutch });
    }
    match digits {
        4 => return found(Shape::Four),
        5 | 6 => return found(Shape::Digits),
        // "284 36"
        3 if text.byte(word.end) == b' ' => {
            let tail = Word::next(text, word.end)?;
            return (tail.digits(text) == 2).then_some(Postcode { end: tail.end, shape: Shape::Digits });
        }
        _ => {}
    }
    let (head, tail) = own.split_once('-')?;
    let all =
        |part: &str, length: &[usize]| length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let hyphenated = (all(head, &[5]) && all(tail, &[4]))
        || (all(head, &[2]) && all(tail, &[3]))
        || (all(head, &[4]) && all(tail, &[3]));
    if hyphenated {
        return found(Shape::Digits);
    }
    let prefixed = word.form == Form::Code
        && head.len() < 4
        && head.bytes().all(|byte| byte.is_ascii_uppercase())
        && all(tail, &[3, 4, 5, 6]);
    if prefixed { found(Shape::Prefixed) } else { None }
}

/// The end of "SW1A 1AA" or "SW1A1AA".
pub(super) fn british(text: &Text<'_>, start: usize) -> Option<usize> {
    let letters = text.run(start, 3, |byte| byte.is_ascii_uppercase());
    if letters == start {
        return None;
    }
    let area = text.slice(start..letters);
    if area == "GIR" && text.slice(letters..letters + 4) == " 0AA" {
        return Some(letters + 4);
    }
    let district = text.run(letters, 2, |byte| byte.is_ascii_digit());
    if district == letters || AREAS.binary_search(&area).is_err() {
        return None;
    }
    let lettered = district + usize::from(district == letters + 1 && text.byte(district).is_ascii_uppercase());
    [lettered, district].into_iter().find_map(|outward| {
        let inward = outward + usize::from(text.byte(outward) == b' ');
        let code = text.slice(inward..inward + 3).as_bytes();
        let fits = matches!(code, [digit, first, second] if digit.is_ascii_digit() && is_inward(*first) && is_inward(*second));
        // Without the blank the district's last digit is the inward code's.
        (fits && !text.word_at(inward + 3)).then_some(inward + 3)
    })
    .or_else(|| joined(text, letters))
}

/// "EC1A1BB", "DN551PT": the digits of both halves in one run.
fn joined(text: &Text<'_>, letters: usize) -> Option<usize> {
    let digits = text.run(letters, 4, |byte| byte.is_ascii_digit());
    let length = digits - letters;
    let fits = (length == 2 || length == 3 && text.byte(letters) != b'0')
        && is_inward(text.byte(digits))
        && is_inward(text.byte(digits + 1));
    (fits && !text.word_at(digits + 2)).then_some(digits + 2)
}

const fn is_inward(byte: u8) -> bool {
    byte.is_ascii_uppercase() && !matches!(byte, b'C' | b'I' | b'K' | b'M' | b'O' | b'V')
}

/// The end of "K1A 0B1".
pub(super) fn canadian(text: &Text<'_>, start: usize) -> Option<usize> {
    let letter =
        |at| text.byte(at).is_ascii_uppercase() && !matches!(text.byte(at), b'D' | b'F' | b'I' | b'O' | b'Q' | b'U');
    let digit = |at| text.byte(at).is_ascii_digit();
    let first = letter(start) && !matches!(text.byte(start), b'W' | b'Z') && digit(start + 1) && letter(start + 2);
    let middle = start + 3 + usize::from(matches!(text.byte(start + 3), b' ' | b'-'));
    let fits = first && digit(middle) && letter(middle + 1) && digit(middle + 2) && !text.word_at(middle + 3);
    fits.then_some(middle + 3)
}

/// The end of "1012 AB".
pub(super) fn dutch(text: &Text<'_>, start: usize) -> Option<usize> {
    let digits = text.run(start, 5, |byte| byte.is_ascii_digit());
    let letters = digits + usize::from(text.byte(digits) == b' ');
    let pair = text.slice(letters..letters + 2);
    let fits = digits == start + 4
        && text.byte(start) != b'0'
        && pair.bytes().all(|byte| byte.is_ascii_uppercase())
        && pair.len() == 2
        && !["SA", "SD", "SS"].contains(&pair)
        && !text.word_at(letters + 2);
    fits.then_some(letters + 2)
}

/// Sorted.
#[rustfmt::skip]
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX",
    "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE",
    "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR",
    "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];
