//! Hardware addresses: EUI-48 and EUI-64 in pairs with one kind of separator, in groups of four with points, and bare beside a label.
//! It leaves times, and the addresses of nobody and of everybody (all zeros, all ones).
//!
//! Source: IEEE Std 802-2014 clause 8, and the notations of vendors.

use super::{Finding, Kind, Text};
use crate::privacy::text::has_word;

/// At the first digit of a run, or at a colon: the address around it, once.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    if text.byte(at) != b':' && !is_grouped(text, at) {
        return None;
    }
    let start = begin(text, at)?;
    let separator = text.byte(text.run(start, 4, |byte| byte.is_ascii_hexdigit()));
    let joined = matches!(separator, b':' | b'-' | b'.' | b' ');
    let end = text.run(start, LONGEST, |byte| byte.is_ascii_hexdigit() || (joined && byte == separator));
    let (end, value) = match separator {
        b' ' => spaced(text, start)?,
        _ => (end, text.slice(start..end)),
    };
    let groups: Vec<usize> = value.split(char::from(if joined { separator } else { b':' })).map(str::len).collect();
    let whole = match groups.as_slice() {
        [2, 2, 2, 2, 2, 2] | [2, 2, 2, 2, 2, 2, 2, 2] => separator != b'.',
        [4, 4, 4] | [4, 4, 4, 4] => separator == b'.',
        [12] => !joined && is_labeled(text, start),
        _ => false,
    };
    let weak = separator == b' ' && !is_labeled(text, start);
    let all = |digit: u8| value.bytes().all(|byte| !byte.is_ascii_hexdigit() || byte.eq_ignore_ascii_case(&digit));
    let nobody = all(b'0') || all(b'F');
    let goes_on = text.word_at(end)
        || (matches!(text.byte(end), b'-' | b':' | b'.') && text.byte(end + 1).is_ascii_alphanumeric());
    (whole && !weak && !nobody && !goes_on).then(|| Finding::new(Kind::Mac, start..end, 95))
}

/// Whether the group with this digit may be one of an address: of two, with three more groups on one side; of four; or of twelve.
fn is_grouped(text: &Text<'_>, at: usize) -> bool {
    let hex = |byte: u8| byte.is_ascii_hexdigit();
    let (start, end) = (text.run_back(at, 13, hex), text.run(at, 13, hex));
    let (before, behind) = (text.before(start), text.byte(end));
    let joins = |byte: u8| matches!(byte, b':' | b'-' | b' ');
    let goes_on = |groups: usize| text.byte(end + 3 * groups) == behind;
    let comes_from = |groups: usize| start.checked_sub(3 * groups).is_some_and(|start| text.before(start) == before);
    match end - start {
        2 => (joins(behind) && goes_on(1) && goes_on(2)) || (joins(before) && comes_from(1) && comes_from(2)),
        4 => behind == b'.' || before == b'.',
        12 => true,
        _ => false,
    }
}

/// At a dash: an address that begins with two letters ("AA-BB-…"), which no digit announces.
pub(super) fn find_dashed(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = at.checked_sub(2)?;
    let letters = text.byte(start).is_ascii_alphabetic() && text.byte(start + 1).is_ascii_alphabetic();
    if !letters
        || text.byte(at + 3) != b'-'
        || text.byte(at + 6) != b'-'
        || text.word_before(start)
        || text.before(start) == b'-'
    {
        return None;
    }
    let end = start + 17;
    let value = text.slice(start..end);
    let pairs = value.split('-').filter(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let broadcast = value.bytes().all(|byte| matches!(byte, b'-' | b'F' | b'f'));
    let whole = pairs.count() == 6 && !broadcast && !text.word_at(end) && text.byte(end) != b'-';
    whole.then(|| Finding::new(Kind::Mac, start..end, 95))
}

/// Where the run of hexadecimal digits and separators begins, when what is at hand is the first of its digits or colons.
fn begin(text: &Text<'_>, at: usize) -> Option<usize> {
    let seen = |byte: u8| byte.is_ascii_digit() || byte == b':';
    let start = text.run_back(at, 24, |byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'-' | b'.'));
    // A label and its colon, or a hyphen of the word before, are not the address's.
    let word = if text.word_before(start) { text.run(start, 24, |byte| byte.is_ascii_alphabetic()) } else { start };
    let start = text.run(word, 24, |byte| matches!(byte, b':' | b'-' | b'.')).min(at);
    let first = !text.slice(start..at).bytes().any(seen);
    (first && !text.word_before(start)).then_some(start)
}

/// Six pairs with a space between, for which a label is needed.
fn spaced<'a>(text: &Text<'a>, start: usize) -> Option<(usize, &'a str)> {
    let end = start + 17;
    let value = text.slice(start..end);
    let pairs = value.split(' ').filter(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (pairs.count() == 6).then_some((end, value))
}

fn is_labeled(text: &Text<'_>, start: usize) -> bool {
    has_word(
        &text.lead(start, 40),
        &["mac", "macs", "hwaddr", "ether", "ethernet", "hardware address", "physical address", "bssid", "eui"],
    )
}

const LONGEST: usize = 24;

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
        check("AA-BB-CC-DD-EE-FF", &["AA-BB-CC-DD-EE-FF"]);
        check("aa-bb-cc-dd-ee-01", &["aa-bb-cc-dd-ee-01"]);
        check("02:00:5e:10:00:00:00:01", &["02:00:5e:10:00:00:00:01"]);
        check("MAC:00-00-5E-00-53-01, hwaddr=00:00:5e:00:53:02", &["00-00-5E-00-53-01", "00:00:5e:00:53:02"]);
    }

    #[test]
    fn finds_groups_of_four_and_bare_digits_with_a_label() {
        check("port 1 0000.5e00.5301", &["0000.5e00.5301"]);
        check("MAC 00005E005301", &["00005E005301"]);
        check("mac address 00 00 5e 00 53 01", &["00 00 5e 00 53 01"]);
    }

    #[test]
    fn keeps_times_and_longer_runs() {
        for text in [
            "12:34:56",
            "00:11:22:33:44",
            "00:11:22:33:44:55:66",
            "00:1A-2b:3c:4d:5e",
            "001A2b3c4d5e",
            "00:00:00:00:00:00",
            "FF:FF:FF:FF:FF:FF",
            "10.20.30.40",
            "1234.5678.9012.3456.7890",
            "00 11 22 33 44 55",
        ] {
            check(text, &[]);
        }
    }
}
