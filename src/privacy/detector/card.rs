//! Payment card numbers.
//! It reports only numbers an issuer's range and the check digit both allow.
//!
//! Source: ISO/IEC 7812-1 annex B (Luhn) and the networks' published ranges and lengths.

use super::{Finding, Kind, Text};
use crate::privacy::few::Few;
use crate::privacy::text::has_word;

/// At the first digit of a run.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    if text.word_before(at)
        || matches!(text.before(at), b'-' | b'.' | b'+' | b'=' | b'/') && text.before(at - 1).is_ascii_alphanumeric()
    {
        return None;
    }
    let (mut digits, mut end, mut separator) = (Few::<u8, 20>::new(), at, None);
    let mut position = at;
    while digits.len() < 20 {
        let byte = text.byte(position);
        if byte.is_ascii_digit() {
            digits.push(byte - b'0');
            position += 1;
            end = position;
        } else if matches!(byte, b' ' | b'-' | b'\t')
            && separator.is_none_or(|one| one == byte)
            && text.byte(position + 1).is_ascii_digit()
        {
            separator = Some(byte);
            position += 1;
        } else {
            break;
        }
    }
    let goes_on =
        text.word_at(end) || matches!(text.byte(end), b'-' | b'.') && text.byte(end + 1).is_ascii_alphanumeric();
    // Columns of numbers have tabs between them too.
    let in_columns = separator == Some(b'\t') && !is_in_usual_groups(text.slice(at..end));
    if goes_on || in_columns || !luhn(&digits) {
        return None;
    }
    // Lengths that are rare among cards and common among ids need a word beside them.
    let issued = is_issued(&digits) || (is_rare(&digits) && has_word(&text.lead(at, 40), LABELS));
    issued.then(|| Finding::new(Kind::Card, at..end, 97))
}

/// As it is printed on the card: fours, or four, six and the rest.
fn is_in_usual_groups(written: &str) -> bool {
    let groups: Vec<usize> = written.split('\t').map(str::len).collect();
    matches!(*groups, [4, 4, 4, 4] | [4, 4, 4, 4, 3] | [4, 6, 4 | 5])
}

/// Maestro below sixteen digits, and JCB's old fifteen.
fn is_rare(digits: &[u8]) -> bool {
    match digits {
        [5, 0, ..] | [5, 6..=8, ..] | [6, ..] => (12..=19).contains(&digits.len()),
        [2, 1, 3, 1, ..] => digits.len() == 15,
        _ => false,
    }
}

fn is_issued(digits: &[u8]) -> bool {
    let prefix = digits.iter().take(4).fold(0u16, |prefix, digit| prefix * 10 + u16::from(*digit));
    let length = digits.len();
    match prefix {
        1000..=1999 => length == 15,
        4000..=4999 => matches!(length, 13 | 16 | 19),
        5100..=5599 | 2221..=2720 => length == 16,
        3400..=3499 | 3700..=3799 => length == 15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => matches!(length, 14 | 16),
        3500..=3599 => (16..=19).contains(&length),
        6000..=6999 | 5000..=5099 | 5600..=5899 => matches!(length, 16 | 18 | 19),
        2200..=2205 | 8100..=8299 => (16..=19).contains(&length),
        8600 | 9860 | 9792 => length == 16,
        _ => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| u32::from(if at % 2 == 0 { *digit } else { (digit * 2) % 10 + digit / 5 }))
        .sum();
    sum.is_multiple_of(10)
}

const LABELS: &[&str] = &[
    "card",
    "cc",
    "credit",
    "debit",
    "visa",
    "maestro",
    "mastercard",
    "karte",
    "kreditkarte",
    "carte",
    "tarjeta",
    "carta",
    "карта",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Card), expected, "{text}");
    }

    #[test]
    fn finds_the_networks_own_test_numbers() {
        check("card 4111 1111 1111 1111, exp", &["4111 1111 1111 1111"]);
        check("5555555555554444", &["5555555555554444"]);
        check("3782-822463-10005", &["3782-822463-10005"]);
        check("6011111111111117.", &["6011111111111117"]);
        check("4111\t1111\t1111\t1111\n", &["4111\t1111\t1111\t1111"]);
    }

    #[test]
    fn keeps_numbers_without_check_digit_or_issuer() {
        for text in [
            "4111111111111112",
            "1234567890123456",
            "1700000000000",
            "0000000000000000",
            "x4111111111111111",
            "4111111111111111a",
        ] {
            check(text, &[]);
        }
        check("41111111111111111111111", &[]);
        check("41\t11\t1111\t1111\t1111", &[]);
    }
}
