//! Masking alone, so that its code and tables can be weighed.
//! It is measured, never run.
#![allow(dead_code, unused_imports, reason = "the rest of the core uses more of it")]

#[path = "../../../src/privacy/mod.rs"]
pub mod privacy;

use privacy::{Body, Custom, Deny, Identity, Kind, KindSet, Masker, Matcher};
use wasm_bindgen::prelude::wasm_bindgen;

/// Masks a text and two documents beside a site's own pattern and a person of the host, and restores: so that all of it is kept.
#[wasm_bindgen]
#[must_use]
pub fn masked(text: &str, pattern: &str) -> Option<String> {
    let deny = vec![Deny { matcher: Matcher::pattern(pattern).ok()?, kind: Kind::Secret }];
    let person = Identity::named(text, None);
    let mut masker = Masker::with(&[person], KindSet::ALL, &Custom { deny, allow: vec![text.to_owned()] });
    let bodies = [Body::Adf, Body::Storage].map(|format| masker.mask_body(format, text).ok());
    let all: String = bodies.into_iter().flatten().map(|body| body.as_ref().clone()).collect();
    let rest = masker.mask(text).as_ref().clone() + masker.legend().as_ref();
    Some(masker.restore(&(all + &rest)).text)
}
