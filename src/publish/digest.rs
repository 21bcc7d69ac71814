//! SHA-256 digests of bodies and reviews, as lower-case hexadecimal on the wire.
//!
//! Not a MAC: a digest binds a value, it does not say who made it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a body's exact bytes.
    pub fn of(body: &str) -> Self {
        Self(Sha256::digest(body.as_bytes()).into())
    }

    /// Reads 64 lower-case hexadecimal digits; anything else is no digest.
    pub fn parse(raw: &str) -> Option<Self> {
        let digits = raw.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let (high, low) = (pair.first()?, pair.get(1)?);
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a digest")
    }
}

/// Digests several fields so that no two lists of fields have the same input: each field is preceded by its length in
/// bytes, and an absent field differs from an empty one.
pub(crate) struct Fields(Sha256);

impl Fields {
    /// Starts with the name and version of what is digested.
    pub(crate) fn new(label: &str) -> Self {
        Self(Sha256::new()).with(label)
    }

    pub(crate) fn with(mut self, field: &str) -> Self {
        self.0.update([1]);
        self.0.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(field.as_bytes());
        self
    }

    pub(crate) fn with_option(mut self, field: Option<&str>) -> Self {
        if let Some(field) = field {
            return self.with(field);
        }
        self.0.update([0]);
        self
    }

    pub(crate) fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, Fields};

    #[test]
    fn matches_the_published_vector() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of("abc").to_string(), expected);
        assert_eq!(Digest::parse(expected), Some(Digest::of("abc")));
    }

    #[test]
    fn refuses_what_is_not_64_lower_case_digits() {
        let good = Digest::of("").to_string();
        let (upper, long) = (good.to_uppercase(), format!("{good}0"));
        for bad in ["", "00", &upper, &long, &good.replace('e', "é")] {
            assert_eq!(Digest::parse(bad), None);
        }
    }

    #[test]
    fn keeps_field_borders_apart() {
        let digests = [
            Fields::new("t").with("ab").with("c").finish(),
            Fields::new("t").with("a").with("bc").finish(),
            Fields::new("t").with("abc").finish(),
            Fields::new("t").with("abc").with("").finish(),
            Fields::new("t").with("abc").with_option(None).finish(),
            Fields::new("u").with("abc").finish(),
        ];
        for (n, left) in digests.iter().enumerate() {
            assert!(digests.iter().skip(n + 1).all(|right| left != right));
        }
    }
}
