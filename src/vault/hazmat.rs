//! AES-256-GCM (NIST SP 800-38D) with an all-zero nonce. Only [`super::seal`] may call it.
//! It neither makes nor remembers keys, and does not commit to one: that is the envelope's part.
//!
//! The limits, all kept by the caller:
//! * A key encrypts **one** message. Two messages under one key and this nonce reveal both and the authentication key.
//! * GCM does not commit to its key: one ciphertext can open under two keys. The envelope's commitment, compared first, closes that.
//! * A message is at most 2^36 − 32 bytes; ours are below 2^24.
//! * A forged tag passes with probability of about 2^-107 at our lengths.

use super::Secret;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

/// Ciphertext with the tag at its end. `None` only beyond the cipher's own length limit.
pub(super) fn encrypt(key: &Secret<32>, aad: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
    cipher(key).encrypt(&Nonce::default(), Payload { msg: plaintext, aad }).ok()
}

/// The plaintext, when tag and associated data are right.
pub(super) fn decrypt(key: &Secret<32>, aad: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    cipher(key).decrypt(&Nonce::default(), Payload { msg: ciphertext, aad }).ok()
}

fn cipher(key: &Secret<32>) -> Aes256Gcm {
    // Exposed: into the cipher's own key schedule, which the `zeroize` feature wipes.
    Aes256Gcm::new(key.expose().into())
}

/// Length of the tag.
pub(super) const TAG: usize = 16;

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;

    /// The GCM specification (McGrew and Viega), test cases 13 and 14: zero key, zero nonce.
    #[test]
    fn matches_the_published_vectors() {
        let key = Secret::new([0; 32]);
        assert_eq!(hex(&encrypt(&key, b"", b"").unwrap()), "530f8afbc74536b9a963b4f1c4cb738b");
        let expected = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";
        assert_eq!(hex(&encrypt(&key, b"", &[0; 16]).unwrap()), expected);
    }

    #[test]
    fn refuses_a_flipped_bit_anywhere() {
        let key = Secret::new([9; 32]);
        let sealed = encrypt(&key, b"aad", b"message").unwrap();
        assert_eq!(sealed.len(), b"message".len() + TAG);
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(decrypt(&key, b"aad", &changed).is_none());
        }
        assert!(decrypt(&key, b"aae", &sealed).is_none());
        assert!(decrypt(&Secret::new([8; 32]), b"aad", &sealed).is_none());
        assert_eq!(decrypt(&key, b"aad", &sealed).unwrap(), b"message");
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
