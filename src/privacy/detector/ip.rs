//! IPv4 and IPv6 addresses.
//! It does not take versions of four numbers for addresses where the text calls them so.
//!
//! Source: RFC 791 dotted quad without leading zeros; RFC 4291 2.2 as parsed by the standard library.

use super::{Finding, Kind, Text};
use crate::privacy::text::has_word;
use std::net::Ipv6Addr;

/// At the first digit of a run.
pub(super) fn find_v4(text: &Text<'_>, at: usize) -> Option<Finding> {
    if text.word_before(at) || matches!(text.before(at), b'.' | b'-') && text.before(at - 1).is_ascii_alphanumeric() {
        return None;
    }
    let mut end = at;
    for octet in 0..4 {
        if octet > 0 {
            if text.byte(end) != b'.' {
                return None;
            }
            end += 1;
        }
        let stop = text.run(end, 4, |byte| byte.is_ascii_digit());
        let digits = text.slice(end..stop);
        let fits = digits.parse::<u8>().is_ok() && (digits.len() == 1 || !digits.starts_with('0'));
        if !fits {
            return None;
        }
        end = stop;
    }
    let goes_on =
        text.word_at(end) || matches!(text.byte(end), b'.' | b'-') && text.byte(end + 1).is_ascii_alphanumeric();
    if goes_on || has_word(&text.lead(at, 24), VERSION) {
        return None;
    }
    Some(Finding::new(Kind::Ip, at..prefix_length(text, end, 32), 90))
}

/// The end of "/24" behind an address; a path is none.
fn prefix_length(text: &Text<'_>, end: usize, most: u8) -> usize {
    let stop = text.run(end + 1, 4, |byte| byte.is_ascii_digit());
    let fits = text.byte(end) == b'/' && text.slice(end + 1..stop).parse::<u8>().is_ok_and(|length| length <= most);
    if fits && !text.word_at(stop) && !matches!(text.byte(stop), b'/' | b'-') { stop } else { end }
}

/// At a colon: the run of hexadecimal digits and colons around it, once.
pub(super) fn find_v6(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = text.run_back(at, 45, |byte| byte.is_ascii_hexdigit() || byte == b':');
    if text.slice(start..at).bytes().any(|byte| byte == b':') || text.word_before(start) || text.before(start) == b'.' {
        return None;
    }
    let mut end = text.run(at, 45, |byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.');
    while end > at && matches!(text.before(end), b'.') {
        end -= 1;
    }
    if text.slice(start..end) == "::" && text.byte(at + 1) == b':' {
        return unspecified(text, start, end);
    }
    let address = parse(text.slice(start..end)).map(|()| end).or_else(|| {
        let shorter = end.checked_sub(1)?;
        parse(text.slice(start..shorter)).map(|()| shorter)
    })?;
    if text.word_at(address) {
        return None;
    }
    let zone = if text.byte(address) == b'%' {
        text.run(address + 1, 16, |byte| byte.is_ascii_alphanumeric())
    } else {
        address
    };
    Some(Finding::new(Kind::Ip, start..prefix_length(text, zone, 128), 95))
}

/// "::" with a prefix length, in brackets before a port, by itself, or beside a word that says it is an address.
fn unspecified(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let stop = prefix_length(text, end, 128);
    let bracketed = text.before(start) == b'[' && text.byte(end) == b']' && text.byte(end + 1) == b':';
    let said = || {
        !text.word_at(end)
            && text.before(start) == b' '
            && has_word(&text.lead(start, 24), &["unspecified", "address", "ip", "ipv6", "bind"])
    };
    let whole = start == 0 && end == text.len();
    (stop > end || bracketed || whole || said()).then(|| Finding::new(Kind::Ip, start..stop, 80))
}

/// An address with a digit in it and more than one group: `::` and `Ab::Cd` are code far more often.
fn parse(candidate: &str) -> Option<()> {
    candidate.parse::<Ipv6Addr>().ok()?;
    candidate.bytes().any(|byte| byte.is_ascii_digit()).then_some(())
}

const VERSION: &[&str] = &["version", "versions", "ver", "v", "release", "build", "revision", "rev", "firmware"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Ip), expected, "{text}");
    }

    #[test]
    fn finds_both_families() {
        check("from 192.168.0.12:8080.", &["192.168.0.12"]);
        check("10.0.0.0/8, 2001:db8::/32 http://10.0.0.1/24/x", &["10.0.0.0/8", "2001:db8::/32", "10.0.0.1"]);
        check("[10.0.0.1], 10.0.0.2", &["10.0.0.1", "10.0.0.2"]);
        check("at fe80::1ff:fe23:4567:890a%eth0 now", &["fe80::1ff:fe23:4567:890a%eth0"]);
        check("2001:db8:0:0:0:0:2:1, ::1", &["2001:db8:0:0:0:0:2:1", "::1"]);
        check("http://[2001:db8::7]:80/", &["2001:db8::7"]);
        check("::ffff:192.0.2.1.", &["::ffff:192.0.2.1"]);
        check("::/0, ::/128, unspecified ::", &["::/0", "::/128", "::"]);
    }

    #[test]
    fn keeps_versions_times_and_code() {
        for text in [
            "version 1.2.3.4",
            "v1.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "foo-1.2.3.4",
            "1.2.3.4-beta",
        ] {
            check(text, &[]);
        }
        for text in ["12:34:56", "std::vec", "a::b", "Ab::Cd", "a :: b", "key: value", "00:11:22:33:44:55", ":::::"] {
            check(text, &[]);
        }
    }
}
