//! Ed25519 (RFC 8032; FIPS 186-5, 7) as it is chosen for the checkpoints of the audit, held to Wycheproof's, NIST's and the RFC's
//! vectors: natively, and inside wasm by `wasm-pack test`. Nothing that is shipped signs or verifies yet: only tests are built with it.
//!
//! A signature counts when it verifies strictly: its scalar below the group's order, and neither its point nor the key of small order.
//! A key of small order verifies signatures of many messages at once, so that whoever made it could show another text later.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use wycheproof::{TestResult, eddsa};

use super::testing::{table, unhex};

/// Whether a signature of a message is the key's. Keys and signatures of another length, or that are none, are nobody's.
fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = <[u8; 32]>::try_from(key).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = Signature::from_slice(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn wycheproof_of_ed25519() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let (mut count, mut refused) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let is_valid = test.result == TestResult::Valid;
            assert_eq!(verifies(&group.key.pk, &test.msg, &test.sig), is_valid, "{}: {}", test.tc_id, test.comment);
            count += 1;
            refused += usize::from(!is_valid);
        }
    }
    assert_eq!((count, refused > 50), (151, true));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn published_examples_of_ed25519() {
    let (mut signed, mut refused) = (0, 0);
    for [seed, key, message, signature] in table(include_str!("../../tests/vectors/primitives/ed25519.tsv")) {
        let [public, message, expected] = [key, message, signature].map(unhex);
        assert_eq!(verifies(&public, &message, &expected), seed != "FAIL", "{key}");
        if seed == "FAIL" {
            refused += 1;
            continue;
        }
        let pair = SigningKey::from_bytes(&unhex(seed).try_into().unwrap());
        assert_eq!(pair.verifying_key().as_bytes()[..], public[..], "{key}");
        assert_eq!(pair.sign(&message).to_bytes()[..], expected[..], "{key}");
        signed += 1;
    }
    assert_eq!((signed, refused), (5 + 10 + 1, 4));
}

/// The identity as a key, with a signature that is no secret: without strictness it verifies for every message.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_key_of_small_order_signs_nothing() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!verifies(&identity, b"any message", &signature));
    for length in (0..100).filter(|length| *length != 32) {
        assert!(!verifies(&vec![1; length], b"any message", &signature), "{length}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn no_bit_of_a_signature_can_change() {
    let pair = SigningKey::from_bytes(&[7; 32]);
    let (key, signature) = (pair.verifying_key().to_bytes(), pair.sign(b"checkpoint").to_bytes());
    assert!(verifies(&key, b"checkpoint", &signature) && !verifies(&key, b"checkpoins", &signature));
    for bit in 0..signature.len() * 8 {
        let mut changed = signature;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!verifies(&key, b"checkpoint", &changed), "{bit}");
    }
    for length in 0..signature.len() {
        assert!(!verifies(&key, b"checkpoint", &signature[..length]), "{length}");
    }
}
