//! JSON Web Tokens: a header that decodes to JSON with a name of the standard, a payload, and in most a signature.
//! It verifies no signature and reads no claim.
//!
//! Source: RFC 7515 4.1 and RFC 7516 4.1 (header names), RFC 7519.

use super::shape::Alphabet;
use super::{Finding, Kind, Text};

/// `{"` in base64, which every token begins with.
pub(super) const START: &str = "eyJ";

/// At the start of a header.
pub(super) fn find(text: &Text<'_>, start: usize) -> Option<Finding> {
    if matches!(text.before(start), b'-' | b'_') || text.before(start).is_ascii_alphanumeric() {
        return None;
    }
    let base64url = |byte| Alphabet::Base64Url.has(byte);
    let head = text.run(start, 48, base64url);
    if !is_header(text.slice(start..head)) {
        return None;
    }
    let header = text.run(head, 8192, base64url);
    let payload = if text.byte(header) == b'.' {
        text.run(header + 1, 16384, base64url)
    } else {
        return cut(text, start, header);
    };
    let signature = if text.byte(payload) == b'.' { text.run(payload + 1, 2048, base64url) } else { payload };
    (payload - header > 10).then(|| Finding::new(Kind::Secret, start..signature, 98))
}

/// A token whose payload is missing is one only when its certificate chain makes the header long.
fn cut(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    (end - start > 200 && text.byte(end) != b'.').then(|| Finding::new(Kind::Secret, start..end, 80))
}

/// Whether the first name of the decoded object is one of a header's.
fn is_header(encoded: &str) -> bool {
    let decoded = decode(encoded);
    let name = decoded.trim_start_matches(['{', ' ', '\r', '\n', '"']);
    decoded.starts_with('{')
        && NAMES.iter().any(|known| name.strip_prefix(known).is_some_and(|rest| rest.starts_with('"')))
}

fn decode(encoded: &str) -> String {
    let (mut decoded, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in encoded.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => break,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push(char::from(u8::try_from(bits >> held & 0xFF).unwrap_or(0)));
        }
    }
    decoded
}

const NAMES: &[&str] = &[
    "alg", "typ", "kid", "cty", "enc", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "zip", "b64", "epk",
    "apu", "apv",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_tokens_by_their_header() {
        let body: String = "a1B2c3D4e5F6g7H8".repeat(3);
        for header in ["eyJhbGciOiJIUzI1NiJ9", "eyJ0eXAiOiJKV1QiLA0KImFsZyI6IkhTMjU2In0", "eyJraWQiOiIxIn0"] {
            let token = format!("{header}.{body}.{body}");
            check(&format!("Bearer {token}\n"), &[&token]);
            check(&format!("{header}.{body}"), &[&format!("{header}.{body}")]);
        }
    }

    #[test]
    fn leaves_other_json_in_base64() {
        check(&format!("eyJmb28iOiJiYXIifQ.{}.x", "abcdef".repeat(5)), &[]);
        check("eyJust a word", &[]);
        check("eyJBB.eyJCC.eyJDDDD", &[]);
    }
}
