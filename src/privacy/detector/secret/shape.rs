//! What random text looks like: alphabets, entropy, how often the kind of character changes.
//! It decides nothing by itself.

/// The characters a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Digits,
    Hex,
    /// Letters and digits; documentation writes small letters, scanners take either.
    Lower,
    Upper,
    /// RFC 4648 5.
    Base64Url,
    /// RFC 4648 4.
    Base64,
    /// RFC 9562: eight, four, four, four and twelve hexadecimal digits.
    Uuid,
}

impl Alphabet {
    pub(super) const fn has(self, byte: u8) -> bool {
        match self {
            Alphabet::Digits => byte.is_ascii_digit(),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Alphabet::Lower => byte.is_ascii_alphanumeric(),
            Alphabet::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='),
            Alphabet::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Alphabet::Uuid => byte.is_ascii_hexdigit() || byte == b'-',
        }
    }
}

/// Shannon's entropy of the bytes, in tenths of a bit.
pub(super) fn entropy(value: &str) -> u32 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
    let bits: f64 =
        counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / length).map(|p| -p * p.log2()).sum();
    (0..80).rev().find(|tenths| f64::from(*tenths) <= bits * 10.0 + 1e-9).unwrap_or(0)
}

/// Whether small letters, capitals and digits alternate as they do in random text and not in words with numbers.
pub(super) fn is_mixed(value: &str) -> bool {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let classes: Vec<u8> = value.bytes().map(class).filter(|class| *class > 0).collect();
    let changes = classes.iter().zip(classes.iter().skip(1)).filter(|(one, next)| one != next).count();
    // Capitals that begin words change the kind once in three characters; random capitals and small letters twice.
    if classes.contains(&1) && classes.contains(&2) {
        changes * 5 >= value.len() * 2
    } else {
        changes * 6 >= value.len()
    }
}

pub(super) fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

pub(super) fn is_hex(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the value is written as digests are: hexadecimal, letters of one case.
pub(super) fn is_digest(value: &str) -> bool {
    let cases =
        value.bytes().any(|byte| byte.is_ascii_lowercase()) && value.bytes().any(|byte| byte.is_ascii_uppercase());
    is_hex(value) && !cases
}

pub(super) fn has_digit(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
}

pub(super) fn has_letter(value: &str) -> bool {
    value.chars().any(char::is_alphabetic)
}

/// How many different characters, to tell `xxxx` and `1111` from a key.
pub(super) fn distinct(value: &str) -> usize {
    let mut seen: Vec<char> = value.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_entropy_in_tenths() {
        assert_eq!(entropy("aaaa"), 0);
        assert_eq!(entropy("abab"), 10);
        assert_eq!(entropy("abcd1234"), 30);
    }

    #[test]
    fn tells_random_text_from_words_with_numbers() {
        assert!(is_mixed("a1b2c3d4e5f6"));
        assert!(is_mixed("q8Zt2LkP0vXy"));
        assert!(!is_mixed("release-notes-for-version-12"));
        assert!(!is_mixed("MessagePropertiesContext2013"));
    }
}
