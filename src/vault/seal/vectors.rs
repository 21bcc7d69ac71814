//! HMAC-SHA256 and HKDF-SHA256 as they are linked here, held to Wycheproof's, NIST's and the RFCs' vectors: natively, and inside wasm
//! by `wasm-pack test`.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wycheproof::{TestResult, hkdf as kdf, mac};

use crate::vault::testing::{table, unhex};

/// Checks a MAC as its readers do: in constant time, and a truncated one by its length.
fn verifies(key: &[u8], message: &[u8], tag: &[u8]) -> bool {
    let mac = Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message);
    if tag.len() == 32 { mac.verify_slice(tag).is_ok() } else { mac.verify_truncated_left(tag).is_ok() }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn wycheproof_of_hmac_sha256() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let mut count = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            assert_eq!(test.tag.len() * 8, group.tag_size);
            let is_valid = test.result != TestResult::Invalid;
            assert_eq!(verifies(&test.key, &test.msg, &test.tag), is_valid, "{}: {}", test.tc_id, test.comment);
            count += 1;
        }
    }
    assert_eq!(count, 174);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn wycheproof_of_hkdf_sha256() {
    let set = kdf::TestSet::load(kdf::TestName::HkdfSha256).unwrap();
    let mut count = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut out = vec![0; test.size];
        let done = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut out);
        let is_right = done.is_ok() && out[..] == test.okm[..];
        assert_eq!(is_right, test.result != TestResult::Invalid, "{}: {}", test.tc_id, test.comment);
        count += 1;
    }
    assert_eq!(count, 86);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn published_examples_of_hmac_sha256() {
    let rows: Vec<_> = table(include_str!("../../../tests/vectors/primitives/hmac-sha256.tsv")).collect();
    for [key, message, tag] in &rows {
        assert!(verifies(&unhex(key), &unhex(message), &unhex(tag)), "{tag}");
    }
    assert_eq!(rows.len(), 10);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn published_examples_of_hkdf_sha256() {
    let rows: Vec<_> = table(include_str!("../../../tests/vectors/primitives/hkdf-sha256.tsv")).collect();
    for [ikm, salt, info, okm] in &rows {
        let mut out = vec![0; okm.len() / 2];
        Hkdf::<Sha256>::new(Some(&unhex(salt)), &unhex(ikm)).expand(&unhex(info), &mut out).unwrap();
        assert_eq!(out, unhex(okm));
    }
    assert_eq!(rows.len(), 3);
}
