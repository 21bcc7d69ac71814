//! International bank account numbers of all countries, compact or in groups.
//! It reports only numbers of the country's length whose check digits are right.
//!
//! Source: ISO 13616-1 (check digits by ISO 7064, mod 97-10) and the lengths of the SWIFT IBAN registry.

use super::{Finding, Kind, Text};
use std::sync::LazyLock;

/// At the first digit of a run: the check digits after two letters.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let letters = if text.before(at) == b' ' { at - 1 } else { at };
    let start = letters.checked_sub(2)?;
    let written = text.slice(start..letters);
    let (country, length) = length_of(written)?;
    if text.word_before(start) {
        return None;
    }
    let (mut remainder, mut count, mut position) = (0u32, 2, at);
    let mut after_check = 0;
    while count < length {
        let byte = text.byte(position);
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                count += 1;
                if count == 4 {
                    after_check = position + 1;
                }
                if count > 4 {
                    remainder = push(remainder, byte)?;
                }
            }
            _ => {
                let separator =
                    text.char_at(position).filter(|c| matches!(c, ' ' | '\t' | '-' | '.' | '\u{a0}' | '\u{202f}'))?;
                position += separator.len_utf8();
                if count < 4 || !text.byte(position).is_ascii_alphanumeric() {
                    return None;
                }
                continue;
            }
        }
        position += 1;
    }
    let head = [country.as_bytes(), text.slice(at..after_check).as_bytes()].concat();
    for byte in head {
        remainder = push(remainder, byte)?;
    }
    let found = Finding { kind: Kind::Iban, start, end: position, score: 100, source: Some(country) };
    (remainder == 1 && !text.word_at(position)).then_some(found)
}

/// The country of two letters, in any case, and how long its numbers are.
fn length_of(written: &str) -> Option<(&'static str, usize)> {
    /// For each first letter the second letters that there are.
    static SECONDS: LazyLock<[u32; 32]> = LazyLock::new(|| {
        let mut seconds = [0; 32];
        for (country, _) in LENGTHS {
            if let [first, second] = *country.as_bytes()
                && let Some(row) = seconds.get_mut(usize::from(first & 31))
            {
                *row |= 1 << (second & 31);
            }
        }
        seconds
    });
    let [first, second] = *written.as_bytes() else { return None };
    SECONDS.get(usize::from(first & 31)).filter(|row| *row >> (second & 31) & 1 == 1)?;
    LENGTHS.iter().find(|entry| entry.0.eq_ignore_ascii_case(written)).copied()
}

fn push(remainder: u32, byte: u8) -> Option<u32> {
    let value = char::from(byte).to_digit(36)?;
    Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
}

#[rustfmt::skip]
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22), ("BI", 27),
    ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27), ("DK", 18), ("DO", 28),
    ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FK", 18), ("FO", 18), ("FR", 27), ("GB", 22), ("GE", 22), ("GI", 23),
    ("GL", 18), ("GR", 27), ("GT", 28), ("HN", 28), ("HR", 21), ("HU", 28), ("IE", 22), ("IL", 23), ("IQ", 23), ("IS", 26),
    ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28), ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21),
    ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22), ("MK", 19), ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28),
    ("NL", 18), ("NO", 15), ("OM", 23), ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22),
    ("RU", 33), ("SA", 24), ("SC", 31), ("SD", 18), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("SO", 23), ("ST", 25),
    ("SV", 28), ("TL", 23), ("TN", 24), ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
    // Not in the registry but in use: experimental numbers of countries that publish their form.
    ("AO", 25), ("BF", 28), ("BJ", 28), ("CF", 27), ("CG", 27), ("CI", 28), ("CM", 27), ("CV", 25), ("DZ", 26), ("GA", 27),
    ("GQ", 27), ("GW", 25), ("IR", 26), ("KM", 27), ("MA", 28), ("MG", 27), ("ML", 28), ("MZ", 25), ("NE", 28), ("SN", 28),
    ("TD", 27), ("TG", 28),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Iban), expected, "{text}");
    }

    /// The registry's own examples.
    #[test]
    fn finds_the_examples_of_the_registry() {
        check("IBAN: DE89 3704 0044 0532 0130 00.", &["DE89 3704 0044 0532 0130 00"]);
        check("GB29NWBK60161331926819", &["GB29NWBK60161331926819"]);
        check("FR14 2004 1010 0505 0001 3M02 606", &["FR14 2004 1010 0505 0001 3M02 606"]);
        check("no9386011117947", &["no9386011117947"]);
        check("IBAN DE 89 3704.0044.0532.0130.00", &["DE 89 3704.0044.0532.0130.00"]);
        check("DE89\t3704\t0044\t0532\t0130\t00", &["DE89\t3704\t0044\t0532\t0130\t00"]);
        check("DE89-3704-0044-0532-0130-00", &["DE89-3704-0044-0532-0130-00"]);
    }

    #[test]
    fn keeps_wrong_check_digits_countries_and_lengths() {
        for text in [
            "DE88 3704 0044 0532 0130 00",
            "ZZ89370400440532013000",
            "DE8937040044053201300",
            "DE893704004405320130001",
            "DE89",
        ] {
            check(text, &[]);
        }
    }
}
