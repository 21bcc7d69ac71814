//! Numbering plans of all countries: codes, the lengths behind them, and how some of them group.
//! It knows nothing of separators or context; [`super::judge`] does.
//!
//! Source: libphonenumber's metadata, in [`super::table`].

use super::table::{GROUPINGS, LENGTHS};

/// Whether a number that begins with a country code (no plus) can exist: the code is assigned and the rest begins and ends as
/// its numbers do.
pub(super) fn is_international(digits: &[u8]) -> bool {
    splits(digits).any(|(code, rest)| has_length(code, rest))
}

/// The same of a number behind a plus, which says enough to let its first digits be: only code and length must fit.
pub(super) fn is_behind_plus(digits: &[u8]) -> bool {
    splits(digits).any(|(code, rest)| {
        let from = LENGTHS.partition_point(|(other, ..)| *other < code);
        let ranges = LENGTHS.iter().skip(from).take_while(|(other, ..)| *other == code);
        rest.len() < 16 && ranges.fold(0, |all, (.., mask)| all | mask) >> rest.len() & 1 == 1
    })
}

/// The ways to take the first digits for a country code.
fn splits(digits: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let splits = (1..=3).filter_map(|length| digits.split_at_checked(length));
    splits.map(|(code, rest)| (code.iter().fold(0, |code, digit| code * 10 + u16::from(*digit)), rest))
}

/// Whether digits in such groups are a national number of a country whose numbers have no zero before them: ES, IT, PL, and RU
/// with its 8.
pub(super) fn is_national(digits: &[u8], lengths: &[usize]) -> bool {
    GROUPINGS.iter().any(|(_, code, trunk, groupings)| {
        let (digits, lengths) = match (trunk, digits, lengths) {
            (None, ..) => (digits, lengths),
            (Some(8), [8, rest @ ..], [1, lengths @ ..]) => (rest, lengths),
            _ => return false,
        };
        let fits =
            |((least, most), length): (&(u8, u8), &usize)| (usize::from(*least)..=usize::from(*most)).contains(length);
        let grouped = |groups: &&[(u8, u8)]| groups.len() == lengths.len() && groups.iter().zip(lengths).all(fits);
        digits.len() > 8 && groupings.iter().any(grouped) && has_length(*code, digits)
    })
}

/// Whether a code's national numbers that begin so have such a length.
fn has_length(code: u16, national: &[u8]) -> bool {
    let [first, second, ..] = national else { return false };
    let (key, length) = (first * 10 + second, national.len());
    let after = LENGTHS.partition_point(|(other, from, ..)| (*other, *from) <= (code, key));
    let range = after.checked_sub(1).and_then(|at| LENGTHS.get(at));
    range.is_some_and(|(other, _, to, mask)| *other == code && key <= *to && length < 16 && mask >> length & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: &str, expected: bool) {
        let digits: Vec<u8> = number.bytes().map(|digit| digit - b'0').collect();
        assert_eq!(is_international(&digits), expected, "{number}");
    }

    #[test]
    fn knows_codes_beginnings_and_lengths() {
        check("4930901820", true);
        check("16502530000", true);
        check("442079460958", true);
        check("33123456789", true);
        check("1650253000", false);
        check("11502530000", false);
        check("3312345678", false);
        check("9991234567", false);
        check("", false);
        check("49", false);
    }

    #[test]
    fn knows_groups_of_numbers_without_a_zero() {
        let check = |number: &str, expected: bool| {
            let digits: Vec<u8> = number.bytes().filter(|byte| *byte != b' ').map(|digit| digit - b'0').collect();
            let lengths: Vec<usize> = number.split(' ').map(str::len).collect();
            assert_eq!(is_national(&digits, &lengths), expected, "{number}");
        };
        check("612 34 56 78", true);
        check("8 912 345 67 89", true);
        check("12 345 67 89", true);
        check("112 34 56 78", false);
        check("912 345 67 89", false);
    }

    #[test]
    fn is_sorted() {
        assert!(LENGTHS.is_sorted_by_key(|(code, from, ..)| (*code, *from)));
    }
}
