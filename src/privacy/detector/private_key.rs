//! Private key blocks, whole or cut.
//! It does not report public keys or certificates.
//!
//! Source: RFC 7468 textual encodings; OpenSSH and PGP blocks carry the same markers.

use super::{Finding, Kind, Text};

pub(super) fn keywords() -> Vec<&'static str> {
    vec!["-----begin "]
}

/// At the opening marker.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let label = text.run(end, 64, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    if !text.slice(end..label).contains("PRIVATE KEY") || text.slice(label..label + 5) != "-----" {
        return None;
    }
    // To the next marker; a second opening marker ends this block, so that no text is read twice.
    let body = text.run(label + 5, usize::MAX, |byte| byte.is_ascii_alphanumeric() || BODY.contains(&byte));
    let marker = text.slice(label + 5..body).find("-----END").map(|at| label + 5 + at);
    let next = text.slice(label + 5..body).find("-----BEGIN").map(|at| label + 5 + at);
    let stop = match (marker, next) {
        (Some(marker), next) if next.is_none_or(|next| next > marker) => {
            let tail = text.run(marker + 5, 72, |byte| byte != b'-' && byte != b'\n');
            text.run(tail, 5, |byte| byte == b'-')
        }
        (_, next) => next.unwrap_or(body),
    };
    let trimmed = text.slice(start..stop).trim_end().len();
    Some(Finding::new(Kind::Secret, start..start + trimmed, 99))
}

/// What stands between the markers: base64, line ends (also escaped, as in JSON), headers.
const BODY: &[u8] = b"+/=-\r\n\t \\:,.\"'()@<>";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_whole_blocks_and_cut_ones() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEow/+abc=\n-----END RSA PRIVATE KEY-----";
        check(&format!("see\n{key}\nend"), &[key]);
        check("\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\"", &["-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"]);
        check("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz", &["-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz"]);
    }

    #[test]
    fn keeps_public_keys_and_certificates() {
        check("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", &[]);
        check("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", &[]);
    }
}
