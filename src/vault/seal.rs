//! One sealed box: a fresh key from the holder's key and a salt, a commitment to it, AES-256-GCM.
//! It does not know records or tenants; they arrive as associated data.
//!
//! ```text
//! prk        = HKDF-Extract(salt, key)                                   RFC 5869, SHA-256
//! ek         = HKDF-Expand(prk, "DERIVEKEY" | suite | SHA-256(aad), 32)
//! commitment = HKDF-Expand(prk, "COMMITKEY" | suite | SHA-256(aad), 32)
//! box        = salt | commitment | AES-256-GCM(ek, nonce = 0, aad, plaintext)
//! ```
//! The salt is 32 random bytes passed through HMAC with the plaintext under a key of its own: should the host ever repeat
//! its randomness (a process copied while warm), two different plaintexts still never share an `ek`.

use super::entropy::{Blocks, EntropyError};
use super::envelope::{BOX, MAX_PLAINTEXT, SUITE};
use super::{Secret, SecretBytes, hazmat};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The plaintext is longer than [`MAX_PLAINTEXT`].
    TooLong,
    /// The host gave no usable randomness.
    Entropy(EntropyError),
    /// There is no root to seal under.
    NoRoot,
}

/// A sealed value did not open. Outward it is always this one error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenError {
    reason: OpenReason,
}

impl OpenError {
    pub(super) const fn because(reason: OpenReason) -> OpenError {
        OpenError { reason }
    }

    /// What failed, for log lines alone.
    pub const fn reason(self) -> OpenReason {
        self.reason
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sealed value does not open")
    }
}

/// What failed when a sealed value did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenReason {
    /// Not base64url without padding.
    Encoding,
    /// Too short or too long.
    Length,
    /// Not an envelope of a known format or suite.
    Format,
    /// Sealed under a root that is not in use.
    RootVersion,
    /// Another version of the record than the one asked for.
    RecordVersion,
    /// Another key, tenant, class or record, or a changed salt or commitment.
    Commitment,
    /// A changed ciphertext or tag.
    Tag,
}

impl OpenReason {
    /// A stable code for log lines.
    pub const fn code(self) -> &'static str {
        match self {
            OpenReason::Encoding => "encoding",
            OpenReason::Length => "length",
            OpenReason::Format => "format",
            OpenReason::RootVersion => "root-version",
            OpenReason::RecordVersion => "record-version",
            OpenReason::Commitment => "commitment",
            OpenReason::Tag => "tag",
        }
    }
}

/// Seals into a box. The salt is made here, never passed.
pub(super) fn seal(
    key: &Secret<32>,
    aad: &[u8],
    plaintext: &[u8],
    source: &mut Blocks<'_>,
) -> Result<Vec<u8>, SealError> {
    if plaintext.len() > MAX_PLAINTEXT {
        return Err(SealError::TooLong);
    }
    let random = source.draw().map_err(SealError::Entropy)?;
    let salt = hedge(key, &random, aad, plaintext);
    let (ek, commitment) = derive(key, &salt, aad);
    let ciphertext = hazmat::encrypt(&ek, aad, plaintext).ok_or(SealError::TooLong)?;
    Ok([salt.as_slice(), commitment.as_slice(), &ciphertext].concat())
}

/// Opens a box: the commitment first, in constant time, then the tag.
pub(super) fn open(key: &Secret<32>, aad: &[u8], sealed: &[u8]) -> Result<SecretBytes, OpenError> {
    let length = OpenError::because(OpenReason::Length);
    let (salt, rest) = sealed.split_first_chunk::<32>().ok_or(length)?;
    let (commitment, ciphertext) = rest.split_first_chunk::<32>().ok_or(length)?;
    if sealed.len() < BOX {
        return Err(length);
    }
    let (ek, expected) = derive(key, salt, aad);
    if !bool::from(expected.ct_eq(commitment)) {
        return Err(OpenError::because(OpenReason::Commitment));
    }
    hazmat::decrypt(&ek, aad, ciphertext).map(SecretBytes::new).ok_or(OpenError::because(OpenReason::Tag))
}

/// A key for one purpose out of another key.
pub(super) fn derive_key(key: &Secret<32>, salt: &[u8], label: &[u8], context: &[u8]) -> Secret<32> {
    // Exposed: input keying material of HKDF.
    expand(&Hkdf::new(Some(salt), key.expose()), label, context)
}

/// HMAC-SHA256 over length-prefixed parts.
pub(super) fn mac(key: &Secret<32>, parts: &[&[u8]]) -> [u8; 32] {
    // Exposed: the key of HMAC.
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).expect("any length is a key");
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn hedge(key: &Secret<32>, random: &Secret<32>, aad: &[u8], plaintext: &[u8]) -> [u8; 32] {
    // Exposed: into HMAC, whose output is the public salt.
    mac(&derive_key(key, &[], b"HEDGEKEY", &[SUITE]), &[random.expose(), aad, plaintext])
}

fn derive(key: &Secret<32>, salt: &[u8; 32], aad: &[u8]) -> (Secret<32>, [u8; 32]) {
    let context = [[SUITE].as_slice(), &Sha256::digest(aad)].concat();
    // Exposed: input keying material of HKDF.
    let prk = Hkdf::new(Some(salt), key.expose());
    (expand(&prk, b"DERIVEKEY", &context), *expand(&prk, b"COMMITKEY", &context).expose())
}

fn expand(prk: &Hkdf<Sha256>, label: &[u8], context: &[u8]) -> Secret<32> {
    let mut out = Secret::empty();
    #[expect(clippy::expect_used, reason = "32 bytes are one block; HKDF allows 255")]
    prk.expand_multi_info(&[label, context], out.expose_mut()).expect("one block is within the limit");
    out
}

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::FixedEntropy;

    fn key(byte: u8) -> Secret<32> {
        Secret::new([byte; 32])
    }

    fn sealed(plaintext: &[u8], seed: u64) -> Vec<u8> {
        seal(&key(1), b"aad", plaintext, &mut Blocks::from(&mut FixedEntropy::seeded(seed))).unwrap()
    }

    fn reason(key: &Secret<32>, aad: &[u8], sealed: &[u8]) -> Option<OpenReason> {
        open(key, aad, sealed).err().map(OpenError::reason)
    }

    #[test]
    fn opens_what_it_sealed() {
        for plaintext in [&b""[..], b"x", &[7; 5000]] {
            assert!(open(&key(1), b"aad", &sealed(plaintext, 1)).is_ok_and(|opened| opened.expose() == plaintext));
        }
    }

    #[test]
    fn refuses_a_flipped_bit_anywhere_and_says_where() {
        let whole = sealed(b"message", 1);
        for bit in 0..whole.len() * 8 {
            let mut changed = whole.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let expected = if bit / 8 < 64 { OpenReason::Commitment } else { OpenReason::Tag };
            assert_eq!(reason(&key(1), b"aad", &changed), Some(expected));
        }
    }

    #[test]
    fn refuses_another_key_and_other_associated_data() {
        let whole = sealed(b"message", 1);
        assert_eq!(reason(&key(2), b"aad", &whole), Some(OpenReason::Commitment));
        assert_eq!(reason(&key(1), b"aae", &whole), Some(OpenReason::Commitment));
        assert_eq!(reason(&key(1), b"", &whole), Some(OpenReason::Commitment));
    }

    #[test]
    fn refuses_every_truncation() {
        let whole = sealed(b"message", 1);
        for length in 0..whole.len() {
            let expected = if length < BOX { OpenReason::Length } else { OpenReason::Tag };
            assert_eq!(reason(&key(1), b"aad", &whole[..length]), Some(expected));
        }
    }

    #[test]
    fn repeated_randomness_gives_other_keys_for_other_plaintexts_and_contexts() {
        assert_eq!(sealed(b"one", 1), sealed(b"one", 1));
        assert_ne!(sealed(b"one", 1)[..32], sealed(b"two", 1)[..32]);
        let other = seal(&key(1), b"other", b"one", &mut Blocks::from(&mut FixedEntropy::seeded(1))).unwrap();
        assert_ne!(sealed(b"one", 1)[..32], other[..32]);
    }

    #[test]
    fn seals_nothing_without_randomness_or_beyond_the_limit() {
        let none = seal(&key(1), b"", b"x", &mut Blocks::from(&mut FixedEntropy::of(&[])));
        assert_eq!(none.err(), Some(SealError::Entropy(EntropyError::Unavailable)));
        let stuck = seal(&key(1), b"", b"x", &mut Blocks::from(&mut FixedEntropy::of(&[0; 32])));
        assert_eq!(stuck.err(), Some(SealError::Entropy(EntropyError::Stuck)));
        let long = seal(&key(1), b"", &vec![0; MAX_PLAINTEXT + 1], &mut Blocks::from(&mut FixedEntropy::seeded(1)));
        assert_eq!(long.err(), Some(SealError::TooLong));
    }

    /// RFC 5869, A.1: the derivation under the labels is plain HKDF-SHA256.
    #[test]
    fn derives_as_the_rfc_does() {
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let prk = Hkdf::<Sha256>::new(Some(&salt), &[0x0b; 22]);
        let okm = expand(&prk, &info[..4], &info[4..]);
        assert_eq!(okm.expose()[..8], [0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a]);
    }
}
