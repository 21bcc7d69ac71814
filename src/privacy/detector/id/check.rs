//! Check digits, one function a scheme, over compact upper-case ASCII.
//! A scheme of one country alone is in that country's file.
//!
//! Source: ISO/IEC 7812-1 annex B (Luhn), ISO/IEC 7064 (mod 11-10 and 97-10), J. Verhoeff 1969, BIP 173 and BIP 350 (bech32).

use sha2::{Digest, Sha256};

/// The bytes of a range; none when it does not fit.
pub(super) fn part(value: &[u8], from: usize, to: usize) -> &[u8] {
    value.get(from..to).unwrap_or_default()
}

/// The digit or letter at a place, letters from ten.
pub(super) fn digit(value: &[u8], at: usize) -> u32 {
    value.get(at).and_then(|byte| char::from(*byte).to_digit(36)).unwrap_or(0)
}

/// A run of digits as a number; none when it is longer than eighteen or holds another byte.
pub(super) fn number(value: &[u8]) -> Option<u64> {
    let fits = !value.is_empty() && value.len() <= 18 && value.iter().all(u8::is_ascii_digit);
    fits.then(|| value.iter().fold(0, |number, byte| number * 10 + u64::from(byte - b'0')))
}

/// Digits (letters from ten) times weights.
pub(super) fn weigh(value: &[u8], weights: &[u32]) -> u32 {
    weights.iter().enumerate().map(|(at, weight)| digit(value, at) * weight).sum()
}

/// A number of one digit only ("000000000") has right check digits in many schemes and is nobody's.
pub(super) fn varies(value: &[u8]) -> bool {
    value.iter().any(|byte| Some(byte) != value.first())
}

pub(super) fn luhn(value: &[u8]) -> bool {
    let doubled = |digit: u32| (digit * 2) % 10 + digit / 5;
    let digits = value.iter().rev().filter_map(|byte| char::from(*byte).to_digit(10)).enumerate();
    let sum: u32 = digits.map(|(at, digit)| if at % 2 == 0 { digit } else { doubled(digit) }).sum();
    sum.is_multiple_of(10) && varies(value)
}

pub(super) fn mod11_10(value: &[u8]) -> bool {
    let remainder = value.iter().enumerate().fold(5, |check, (at, _)| {
        let doubled = (if check == 0 { 10 } else { check }) * 2 % 11;
        (doubled + digit(value, at)) % 10
    });
    remainder == 1 && varies(value)
}

/// The remainder by 97 of digits, letters counting as two.
pub(super) fn mod97(value: &[u8]) -> u32 {
    value.iter().enumerate().fold(0, |remainder, (at, byte)| {
        let shift = if byte.is_ascii_digit() { 10 } else { 100 };
        (remainder * shift + digit(value, at)) % 97
    })
}

/// Verhoeff's scheme by the group D5 and its permutation.
pub(super) fn verhoeff(value: &[u8]) -> bool {
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |at: usize, digit: u32| {
        (0..at % 8).fold(digit, |digit, _| {
            [1, 5, 7, 6, 2, 8, 3, 0, 9, 4].into_iter().nth(usize::try_from(digit).unwrap_or(0)).unwrap_or(0)
        })
    };
    let last = value.len().saturating_sub(1);
    let check = (0..value.len()).fold(0, |check, at| product(check, permuted(at, digit(value, last - at))));
    check == 0 && varies(value)
}

/// A day that exists: year of any length, month, day.
pub(super) fn is_day(month: &[u8], day: &[u8]) -> bool {
    let longest = match number(month) {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        Some(1..=12) => 31,
        _ => 0,
    };
    number(day).is_some_and(|day| (1..=longest).contains(&day))
}

/// Month and day from two places of a value.
pub(super) fn has_day(value: &[u8], month: usize, day: usize) -> bool {
    is_day(part(value, month, month + 2), part(value, day, day + 2))
}

/// Base58 with the first four bytes of a double SHA-256 behind 21 bytes: Bitcoin and its kin.
pub(in crate::privacy::detector) fn base58check(value: &[u8]) -> bool {
    const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut bytes = [0u8; 25];
    for byte in value {
        let Some(mut carry) = ALPHABET.iter().position(|one| one == byte).and_then(|at| u32::try_from(at).ok()) else {
            return false;
        };
        for place in bytes.iter_mut().rev() {
            carry += u32::from(*place) * 58;
            *place = u8::try_from(carry & 0xff).unwrap_or(0);
            carry >>= 8;
        }
        if carry > 0 {
            return false;
        }
    }
    let (payload, check) = bytes.split_at(21);
    Sha256::digest(Sha256::digest(payload)).iter().zip(check).all(|(a, b)| a == b)
}

/// Bech32 and Bech32m over a whole address with its prefix, in one case.
pub(in crate::privacy::detector) fn bech32(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let Some((prefix, payload)) = address.rsplit_once('1') else { return false };
    let step = |check: u32, value: u32| {
        let top = check >> 25;
        let tables = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let mixed = ((check & 0x01ff_ffff) << 5) ^ value;
        tables
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| top >> bit & 1 == 1)
            .fold(mixed, |mixed, (_, word)| mixed ^ word)
    };
    let heads = prefix.bytes().map(|byte| u32::from(byte >> 5)).chain([0]);
    let tails = prefix.bytes().map(|byte| u32::from(byte & 31));
    let check = heads.chain(tails).fold(1, step);
    let places = payload.bytes().map(|byte| "qpzry9x8gf2tvdw0s3jn54khce6mua7l".find(char::from(byte)));
    let check = places
        .map(|place| place.and_then(|place| u32::try_from(place).ok()))
        .try_fold(check, |check, place| Some(step(check, place?)));
    matches!(check, Some(1 | 0x2bc8_30a3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_schemes_own_examples() {
        assert!(luhn(b"79927398713") && !luhn(b"79927398710"));
        assert!(mod11_10(b"86095742719") && !mod11_10(b"86095742718"));
        assert_eq!(mod97(b"79444"), 1);
        assert!(verhoeff(b"2363") && !verhoeff(b"2364"));
        assert!(
            base58check(b"1BoatSLRHtKNngkdXEeobR76b53LETtpyT") && !base58check(b"1BoatSLRHtKNngkdXEeobR76b53LETtpyU")
        );
        assert!(bech32("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"));
        assert!(bech32("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
        assert!(!bech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
    }
}
