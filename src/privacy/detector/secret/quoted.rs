//! Random text that stands alone between quotation marks: what a program holds as a key.
//! It leaves digests, identifiers and what is longer than a key; `checksum = "…"` says what it is.
//!
//! Source: the entropy plugin of detect-secrets (Apache-2.0): base64 between quotation marks with at least 4.5 bits.

use super::shape::{Alphabet, entropy, has_digit, is_hex, is_mixed, is_uuid};
use super::{Finding, Kind, Text};
use crate::privacy::text::Parts;
use std::sync::LazyLock;

/// At a quotation mark.
pub(super) fn find(text: &Text<'_>, start: usize) -> Option<Finding> {
    let mark = text.byte(start);
    let from = start + 1;
    let fits = |byte: u8| Alphabet::Base64.has(byte) || matches!(byte, b'-' | b'_');
    // What is too short ends before one of these.
    if ![8, 16, 24, 32, 39].into_iter().all(|later| fits(text.byte(from + later))) {
        return None;
    }
    let to = text.run(from, 129, fits);
    let value = text.slice(from..to);
    if !(40..=88).contains(&value.len()) || text.byte(to) != mark || !has_digit(value) {
        return None;
    }
    // A name in a map is no value.
    let named = text.byte(to + 1) == b':';
    let cases =
        value.bytes().any(|byte| byte.is_ascii_lowercase()) && value.bytes().any(|byte| byte.is_ascii_uppercase());
    let random = cases && !named && !is_hex(value) && !is_uuid(value) && is_mixed(value) && entropy(value) >= 43;
    if !random || value.starts_with('/') || value.matches(['/', '_', '-']).count() > 4 {
        return None;
    }
    static OTHERS: LazyLock<Parts> = LazyLock::new(|| Parts::of(NOT_KEYS));
    let lead = text.lead(start, 40);
    (!OTHERS.are_in(&lead)).then(|| Finding::new(Kind::Secret, from..to, 70))
}

/// What says that a value is a digest, a picture or an identifier.
const NOT_KEYS: &[&str] = &[
    "integrity",
    "checksum",
    "digest",
    "sha1",
    "sha2",
    "sha3",
    "sha5",
    "md5",
    "hash",
    "etag",
    "fingerprint",
    "image",
    "src",
    "data:",
    "nonce",
    "uuid",
    "guid",
    "cert",
    "public",
    "signature",
    "commit",
    "revision",
    "cursor",
    "x5c",
    "modulus",
    "_id",
    "id\"",
    "id=",
    "id:",
    "pubkey",
    "cookie",
    "trace",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_random_text_between_quotation_marks() {
        check("connect(\"q8Zt2LkP0vXyR4mN7sW1dF6gH9jB3cV5tY2uI8oA\")", &["q8Zt2LkP0vXyR4mN7sW1dF6gH9jB3cV5tY2uI8oA"]);
    }

    #[test]
    fn leaves_digests_identifiers_and_words() {
        for text in [
            "\"integrity\": \"sha512-q8Zt2LkP0vXyR4mN7sW1dF6gH9jB3cV5tY2uI8oAq8Zt2LkP0vXyR4mN7sW1dF6gH9jB3cV5tY2uI8oA==\"",
            "checksum = \"q8Zt2LkP0vXyR4mN7sW1dF6gH9jB3cV5tY2uI8oA\"",
            "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"",
            "'com/example/service/impl/AbstractMessagePropertiesFactory2'",
            "\"123e4567-e89b-12d3-a456-426614174000\"",
        ] {
            check(text, &[]);
        }
    }
}
