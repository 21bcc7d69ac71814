//! Telephone numbers: international forms of every country, national forms with separators, and bare digits beside a word
//! that says what they are.
//! It leaves dates, versions, ids, issue keys and hexadecimal alone.
//!
//! | file | what |
//! |---|---|
//! | `shape` | the number as written: digits in groups, in ASCII or full width |
//! | `judge` | whether such groups are a telephone number |
//! | `plan`, `table` | which lengths and groupings the countries use; the table is generated |
//! | `labels` | the words beside a number |
//!
//! Source: ITU-T E.123 and E.164, RFC 3966; national groupings of NANPA (US, CA), Ofcom (GB), DIN 5008 (DE), ARCEP (FR), and
//! the formats of libphonenumber.

mod judge;
mod labels;
mod plan;
mod shape;
mod table;

use super::{Finding, Kind, Text};
use judge::judge;
use labels::{BEHIND, is_labelled};
use shape::{Shape, closes, digit, extension};

/// At the first ASCII digit of a run.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let shape = Shape::read(text, at).filter(|shape| shape.digits.len() >= SHORTEST)?;
    let labelled = is_labelled(text, shape.start) || is_labelled_behind(text, &shape);
    if !labelled && !shape.plus && !shape.open && in_a_row_of_numbers(text, shape.start) {
        return None;
    }
    // Longest first: what follows a number on the line may be another number.
    for count in (1..=shape.groups.len()).rev().filter(|count| closes(text, &shape, *count)) {
        let own = shape.groups.get(count - 1)?.end;
        let end = extension(text, own);
        if let Some(score) = judge(&shape, count, labelled, end > own) {
            return Some(Finding::new(Kind::Phone, scheme(text, shape.start)..end, score));
        }
    }
    None
}

/// At a byte that may begin a full-width digit (U+FF10 to U+FF19).
pub(super) fn find_wide(text: &Text<'_>, at: usize) -> Option<Finding> {
    let first = text.byte(at + 1) == 0xbc && digit(text, at).is_some() && !text.char_before(at).is_some_and(is_digit);
    if first { find(text, at) } else { None }
}

const fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '\u{ff10}'..='\u{ff19}')
}

/// No number of fewer digits is reported.
const SHORTEST: usize = 7;

/// "28 64 66 98 office": a word on the line behind the whole number.
fn is_labelled_behind(text: &Text<'_>, shape: &Shape) -> bool {
    let end = shape.groups.last().map_or(shape.start, |group| group.end);
    let word = text.run(end, 1, |byte| byte == b' ');
    let stop = text.run(word, 8, |byte| byte.is_ascii_lowercase());
    word > end && BEHIND.contains(&text.slice(word..stop)) && !text.word_at(stop)
}

/// The start with the "tel:" of a URI (RFC 3966), which says no more than the number.
fn scheme(text: &Text<'_>, start: usize) -> usize {
    let from = start.saturating_sub(4);
    let written = text.slice(from..start).eq_ignore_ascii_case("tel:");
    if written && !text.word_before(from) { from } else { start }
}

/// Whether another number or a hexadecimal pair stands right before: a table, a dump, a list of ids.
fn in_a_row_of_numbers(text: &Text<'_>, start: usize) -> bool {
    if text.before(start) != b' ' {
        return false;
    }
    let end = start - 1;
    let word = text.run_back(end, 8, |byte| byte.is_ascii_hexdigit());
    let length = end - word;
    let has_digit = text.slice(word..end).bytes().any(|byte| byte.is_ascii_digit());
    length > 0 && !text.word_before(word) && (has_digit || length == 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Phone), expected, "{text}");
    }

    #[test]
    fn finds_international_forms() {
        check("ring +49 30 901820.", &["+49 30 901820"]);
        check("+49 (0)30 901820, +44 20 7946 0958", &["+49 (0)30 901820", "+44 20 7946 0958"]);
        check("(+33) 1 99 00 12 34", &["(+33) 1 99 00 12 34"]);
        check("tel:+1-650-253-0000", &["tel:+1-650-253-0000"]);
        check("+16502530000", &["+16502530000"]);
        check("0049 30 901820", &["0049 30 901820"]);
        check("+1 650 253 0000 2 times", &["+1 650 253 0000"]);
        check("+1 650 253 0000 ext. 12", &["+1 650 253 0000 ext. 12"]);
    }

    #[test]
    fn finds_national_forms() {
        check("(650) 253-0000, 650.253.0000", &["(650) 253-0000", "650.253.0000"]);
        check("1-650-253-0000", &["1-650-253-0000"]);
        check("020 7946 0958 or 01632 960983 or 07700 900123", &["020 7946 0958", "01632 960983", "07700 900123"]);
        check(
            "030/901820 (030) 901820, 0171 1234567, 0171-1234567",
            &["030/901820", "(030) 901820", "0171 1234567", "0171-1234567"],
        );
        check("01 99 00 12 34, 01.99.00.12.34", &["01 99 00 12 34", "01.99.00.12.34"]);
    }

    #[test]
    fn finds_forms_of_countries_without_a_zero() {
        check("ask 612 34 56 78 or 912 345 678", &["612 34 56 78", "912 345 678"]);
        check("ask 12 345 67 89 or 512 345 678", &["12 345 67 89", "512 345 678"]);
        check("ask 312 345 6789 or 02 1234 5678", &["312 345 6789", "02 1234 5678"]);
        check("8 (912) 345-67-89, 8 912 345-67-89", &["8 (912) 345-67-89", "8 912 345-67-89"]);
    }

    /// Numbers that the regulators keep free or that are made up; forms as each country writes them. A bare run of digits, which
    /// some write too, needs a word beside it.
    #[test]
    fn finds_the_national_forms_of_each_country() {
        for (country, numbers) in [
            ("US", ["(212) 555-0123", "212-555-0123", "212.555.0123", "1-800-555-0199"]),
            ("CA", ["(416) 555-0123", "416-555-0123", "604.555.0123", "1 (613) 555-0123"]),
            ("GB", ["020 7946 0958", "0121 496 0123", "01632 960123", "07700 900123"]),
            ("IE", ["01 234 5678", "(021) 123 4567", "087 123 4567", "(022) 12345"]),
            ("DE", ["030 901820", "030/901820", "(0221) 123456", "0171-1234567"]),
            ("AT", ["01 234567890", "0664 123456", "(0316) 123456", "0732/123456"]),
            ("CH", ["044 668 18 00", "021 234 56 78", "079 123 45 67", "0800 123 456"]),
            ("FR", ["01 99 00 12 34", "06.39.98.12.34", "06-39-98-12-34", "0800 123 456"]),
            ("BE", ["02 123 45 67", "0470 12 34 56", "0470/12.34.56", "0800 12 345"]),
            ("ES", ["612 34 56 78", "912 345 678", "800 123 456", "712 34 56 78"]),
            ("IT", ["02 1234 5678", "312 345 6789", "06 1234 5678", "800 123 456"]),
            ("RU", ["8 (912) 345-67-89", "8 912 345-67-89", "8 (495) 123-45-67", "8 800 123-45-67"]),
            ("NL", ["010 123 4567", "06 12345678", "020-1234567", "(030) 123 4567"]),
            ("PL", ["12 345 67 89", "512 345 678", "22 123 45 67", "800 123 456"]),
        ] {
            for number in numbers {
                assert_eq!(passages(&format!("Please call {number} tomorrow"), Kind::Phone), [number], "{country}");
                assert_eq!(passages(&format!("Tel.: {number}."), Kind::Phone), [number], "{country}");
            }
        }
    }

    #[test]
    fn finds_full_width_forms() {
        check("電話＋１　（６５０）　２５３－００００", &["＋１　（６５０）　２５３－００００"]);
        check("０３０ ９０１８２０", &["０３０ ９０１８２０"]);
        check("号码是650-253-0000我", &["650-253-0000"]);
    }

    #[test]
    fn finds_prefixes_for_calls_abroad() {
        check("011 44 20 7946 0958", &["011 44 20 7946 0958"]);
        check("01144 20 7946 0958", &["01144 20 7946 0958"]);
        check("0011-650-253-0000", &["0011-650-253-0000"]);
        check("++1 (650) 253-0000", &["++1 (650) 253-0000"]);
    }

    #[test]
    fn finds_extensions() {
        check("030 901820 Durchwahl 12", &["030 901820 Durchwahl 12"]);
        check("650-253-0000 x123; 44 2079460958x45", &["650-253-0000 x123", "44 2079460958x45"]);
        check("03-3316005 #3456", &["03-3316005 #3456"]);
    }

    #[test]
    fn leaves_numbers_a_word_gives_to_something_else() {
        check("driver's license number is 755600751", &[]);
        check("call about invoice 30123456", &[]);
    }

    #[test]
    fn finds_bare_digits_where_a_word_says_so() {
        check("Tel. 03012345678", &["03012345678"]);
        check("my mobile is 07700900123", &["07700900123"]);
        check("phone: 5551234", &["5551234"]);
        check("order 3012345678", &[]);
        check("07700900123", &["07700900123"]);
        check("28 64 66 98 office", &["28 64 66 98"]);
    }

    #[test]
    fn keeps_what_only_looks_alike() {
        for text in [
            "1.2.3",
            "12.0.1.345",
            "2.10.0-beta.1",
            "PROJ-1234567",
            "HADOOP-12345",
            "2024-01-02",
            "02.01.2024",
            "01/02/2024 10:11:12",
            "2024-01-02T03:04:05.678Z",
            "1700000000",
            "1700000000000",
            "192.168.0.12",
            "10.0.0.1:8080",
            "123e4567-e89b-12d3-a456-426614174000",
            "01234567-0123-0123-0123-012345678901",
            "d41d8cd98f00b204e9800998ecf8427e",
            "0.01234567",
            "3.14159265358979",
            "978-3-16-148410-0",
            "0-306-40615-2",
            "00:11:22:33:44:55",
            "@@ -12,7 +12,9 @@",
            "00 12 34 56 78 90 12",
            "a3 01 23 45 67 89 bc",
            "0123 4567 8901 2345",
            "#0301234567",
            "id=0301234567",
            "-0.5 +12345",
            "at Foo.java:123",
            "lines 100-200",
            "port 50070",
            "job_201401020304_0001",
            "0x0123456789",
            "10:23:45,678",
            "100 200 3000",
            "1,234,567,890",
            "$1 200 300 4000",
            "12345678901234567890",
            "2014-2015",
            "1999-2000 12",
            "UTC+0200",
            "GMT+02:00",
            "0.041714119635",
            "01437748068.jpeg",
            "call I0610 20:04:48.663207 24581",
            "mobile 10.0.10240.0",
            "mobile 4 0 2013-05-23 11:42",
            "Monitoring I0610 12345678 x",
        ] {
            check(text, &[]);
        }
    }
}
