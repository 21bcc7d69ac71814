//! Private key blocks, whole or cut.
//! It does not report public keys or certificates.
//!
//! Source: RFC 7468 textual encodings; OpenSSH and PGP blocks carry the same markers.

use super::{Finding, Kind, Text};

/// In any case.
pub(super) const OPENING: &str = "-----begin ";

/// At the opening marker.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let label = text.run(end, 64, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    if !text.slice(end..label).contains("PRIVATE KEY") || text.slice(label..label + 5) != "-----" {
        return None;
    }
    // To the next marker, whichever it is, so that no text is read twice.
    let mut stop = label + 5;
    while stop < text.len() && fits(text.byte(stop)) && text.slice(stop..stop + 5) != "-----" {
        stop += 1;
    }
    if text.slice(stop..stop + 5) != "-----" {
        stop = key_lines(text, label + 5, stop);
    }
    if text.slice(stop..stop + 8) == "-----END" {
        let tail = text.run(stop + 5, 72, |byte| byte != b'-' && byte != b'\n');
        stop = text.run(tail, 5, |byte| byte == b'-');
    }
    let trimmed = text.slice(start..stop).trim_end().len();
    Some(Finding::new(Kind::Secret, start..start + trimmed, 99))
}

/// The end of the lines that a key cut short still has: base64, or headers (`Proc-Type: …`) before it.
fn key_lines(text: &Text<'_>, from: usize, to: usize) -> usize {
    let mut end = from;
    for line in text.slice(from..to).split_inclusive('\n') {
        let words = line.split_ascii_whitespace().count();
        if words > 1 && !line.contains(": ") && !line.contains("\\n") {
            break;
        }
        end += line.len();
    }
    end
}

/// What stands between the markers: base64, line ends (also escaped, as in JSON), headers.
fn fits(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=-\r\n\t \\:,.\"'()@<>".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_whole_blocks_and_cut_ones() {
        let key =
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEow/+abc=\n-----END RSA PRIVATE KEY-----";
        check(&format!("see\n{key}\nend"), &[key]);
        check(
            "\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\"",
            &["-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"],
        );
        check("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz", &["-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz"]);
    }

    #[test]
    fn ends_a_cut_block_where_prose_begins() {
        check(
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabcdef\nand so on it goes",
            &["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabcdef"],
        );
        check(
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----",
            &["-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----"],
        );
    }

    #[test]
    fn keeps_public_keys_and_certificates() {
        check("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", &[]);
        check("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", &[]);
    }
}
