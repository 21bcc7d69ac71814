//! AES-256-GCM as it is linked here, held to Wycheproof's and NIST's vectors: natively, and inside wasm by `wasm-pack test`.
//! The vectors need nonces of their own, so they go to the cipher and not through [`super::encrypt`].

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use wycheproof::{TestResult, aead};

use crate::vault::testing::{table, unhex};

struct Case<'a> {
    key: &'a [u8],
    nonce: &'a [u8],
    aad: &'a [u8],
    plaintext: &'a [u8],
    ciphertext: Vec<u8>,
}

impl Case<'_> {
    fn sealed(&self) -> Vec<u8> {
        let payload = Payload { msg: self.plaintext, aad: self.aad };
        self.cipher().encrypt(&self.nonce(), payload).unwrap()
    }

    fn opened(&self) -> Option<Vec<u8>> {
        self.cipher().decrypt(&self.nonce(), Payload { msg: &self.ciphertext, aad: self.aad }).ok()
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new_from_slice(self.key).unwrap()
    }

    fn nonce(&self) -> Nonce<aes_gcm::aead::consts::U12> {
        Nonce::try_from(self.nonce).unwrap()
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn wycheproof_of_aes_256_gcm() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let (mut count, mut refused) = (0, 0);
    for group in set.test_groups.iter().filter(|group| group.key_size == 256 && group.nonce_size == 96) {
        assert_eq!(group.tag_size, 128);
        for test in &group.tests {
            let case = Case {
                key: &test.key,
                nonce: &test.nonce,
                aad: &test.aad,
                plaintext: &test.pt,
                ciphertext: [&test.ct[..], &test.tag].concat(),
            };
            count += 1;
            if test.result == TestResult::Invalid {
                refused += 1;
                assert!(case.opened().is_none(), "{}: {}", test.tc_id, test.comment);
            } else {
                assert_eq!(case.opened().as_deref(), Some(&test.pt[..]), "{}: {}", test.tc_id, test.comment);
                assert_eq!(case.sealed(), case.ciphertext, "{}: {}", test.tc_id, test.comment);
            }
        }
    }
    assert_eq!((count, refused > 0), (66, true));
}

/// Every other length of a key or of a nonce that Wycheproof has: the cipher takes none of them, so that a vector of another
/// algorithm, or a nonce that would have to be hashed first, fails before anything is encrypted.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn no_key_and_no_nonce_of_another_length_reaches_the_cipher() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let (mut keys, mut nonces) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let (key, nonce) = (&test.key[..], &test.nonce[..]);
        assert_eq!(Aes256Gcm::new_from_slice(key).is_ok(), key.len() == 32, "{}", test.tc_id);
        assert_eq!(Nonce::<aes_gcm::aead::consts::U12>::try_from(nonce).is_ok(), nonce.len() == 12, "{}", test.tc_id);
        keys += usize::from(key.len() != 32);
        nonces += usize::from(nonce.len() != 12);
    }
    assert_eq!((keys, nonces), (211, 119), "the set has them");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn nist_of_aes_256_gcm() {
    let (mut sealed, mut opened, mut refused) = (0, 0, 0);
    for [direction, key, nonce, aad, ciphertext, tag, plaintext] in
        table(include_str!("../../../tests/vectors/primitives/nist-aes-256-gcm.tsv"))
    {
        let [key, nonce, aad] = [key, nonce, aad].map(unhex);
        let fails = plaintext == "FAIL";
        let plaintext = if fails { Vec::new() } else { unhex(plaintext) };
        let ciphertext = [unhex(ciphertext), unhex(tag)].concat();
        let case = Case { key: &key, nonce: &nonce, aad: &aad, plaintext: &plaintext, ciphertext };
        if fails {
            refused += 1;
            assert!(case.opened().is_none());
            continue;
        }
        opened += 1;
        assert_eq!(case.opened().as_ref(), Some(&plaintext));
        if direction == "encrypt" {
            sealed += 1;
            assert_eq!(case.sealed(), case.ciphertext);
        }
    }
    assert_eq!((sealed, opened, refused), (375, 375 + 184, 191));
}
