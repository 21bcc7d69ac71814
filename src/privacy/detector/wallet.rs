//! Addresses of cryptocurrencies: Base58Check (Bitcoin and its kin, Tron, Dogecoin, Litecoin), Bech32 (SegWit, Cosmos, Cardano), Ethereum.
//! Addresses without a checksum are found beside a label, in `id::world`; private keys are secrets.
//!
//! Source: Bitcoin's base58check, BIP 173 and BIP 350, ERC-55 (whose capitals are not checked: 0x and forty digits are an address).

use super::id::check::{base58check, bech32};
use super::{Finding, Kind, Text};

/// At the first digit of a run in a word of fourteen characters at least: the word around it, once.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = text.run_back(at, LONGEST, |byte| byte.is_ascii_alphabetic());
    if text.before(start).is_ascii_digit()
        || text.word_before(start)
        || matches!(text.before(start), b'/' | b'+' | b'=' | b'-')
    {
        return None;
    }
    let end = text.run(at, LONGEST, |byte| byte.is_ascii_alphanumeric());
    if text.word_at(end) || matches!(text.byte(end), b'/' | b'+' | b'=') {
        return None;
    }
    let word = text.slice(start..end);
    let is_address = match word.len() {
        26..=35 if is_mixed(word) => base58check(word.as_bytes()),
        42 if word.starts_with("0x") => word.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit()) && is_varied(word),
        _ => false,
    };
    let segwit = || {
        (14..=LONGEST).contains(&word.len())
            && text.byte(at) == b'1'
            && at > start + 1
            && is_one_case(word)
            && bech32(word)
    };
    (is_address || segwit()).then(|| Finding::new(Kind::CryptoWallet, start..end, 98))
}

fn is_mixed(word: &str) -> bool {
    let has = |fits: fn(&u8) -> bool| word.as_bytes().iter().any(fits);
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

fn is_one_case(word: &str) -> bool {
    !(word.bytes().any(|byte| byte.is_ascii_uppercase()) && word.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// The null address and its like are constants of code.
fn is_varied(word: &str) -> bool {
    word.bytes().skip(2).filter(|byte| *byte != b'0').count() > 4
}

const LONGEST: usize = 108;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::CryptoWallet), expected, "{text}");
    }

    /// The examples of the specifications.
    #[test]
    fn finds_addresses_with_a_checksum() {
        check("pay 1BoatSLRHtKNngkdXEeobR76b53LETtpyT.", &["1BoatSLRHtKNngkdXEeobR76b53LETtpyT"]);
        check("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", &["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"]);
        check("(0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed)", &["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]);
    }

    #[test]
    fn leaves_hashes_and_wrong_checksums() {
        for text in [
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyU",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x0000000000000000000000000000000000000000",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "d41d8cd98f00b204e9800998ecf8427e",
        ] {
            check(text, &[]);
        }
    }
}
