//! Hardware addresses: six or eight pairs of hexadecimal digits with one separator throughout.
//! It does not take bare runs of twelve digits; they are ids more often.
//!
//! Source: IEEE 802 EUI-48 and EUI-64, in the forms of RFC 7042 2.1.

use super::{Finding, Kind, Text};

/// At the first digit of a run, or at a colon: the address around it, once.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = text.run_back(at, 24, |byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'-');
    let seen = |byte: u8| byte.is_ascii_digit() || byte == b':';
    if text.word_before(start) || text.slice(start..at).bytes().any(seen) {
        return None;
    }
    let separator = text.byte(start + 2);
    let end = text.run(start, 24, |byte| byte.is_ascii_hexdigit() || byte == separator);
    let address = text.slice(start..end);
    let pairs = address.split(char::from(separator)).filter(|pair| pair.len() == 2).count();
    let whole = matches!((pairs, address.len()), (6, 17) | (8, 23)) && matches!(separator, b':' | b'-');
    (whole && !text.word_at(end)).then(|| Finding::new(Kind::Mac, start..end, 95))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Mac), expected, "{text}");
    }

    #[test]
    fn finds_pairs_with_one_separator() {
        check("mac 00:1A:2b:3c:4d:5e.", &["00:1A:2b:3c:4d:5e"]);
        check("AA:BB:CC:DD:EE:FF", &["AA:BB:CC:DD:EE:FF"]);
        check("aa-bb-cc-dd-ee-01", &["aa-bb-cc-dd-ee-01"]);
        check("02:00:5e:10:00:00:00:01", &["02:00:5e:10:00:00:00:01"]);
    }

    #[test]
    fn keeps_times_and_longer_runs() {
        for text in ["12:34:56", "00:11:22:33:44", "00:11:22:33:44:55:66", "00:1A-2b:3c:4d:5e", "001A2b3c4d5e"] {
            check(text, &[]);
        }
    }
}
