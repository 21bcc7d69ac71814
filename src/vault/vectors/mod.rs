//! The envelope's testkit, `tests/vectors/envelope`: a file for each way in which an envelope can be wrong, and some that are right.
//! The files are made here from fixed keys and are for any implementation of the format; they ship in nothing.
//!
//! `UPDATE_VECTORS=1 cargo test --lib vault::vectors` writes what is new. What is there may not change: each file is a promise.

mod bytes;
mod forged;
mod made;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Kek, OpenError, OpenReason, Record, Secret, SecretBytes, TenantContext, parse_key};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vector {
    /// What is wrong with it.
    about: String,
    /// The key that seals data keys, 32 bytes in base64url. Root version 0 goes with it.
    key: String,
    context: Context,
    envelope: String,
    /// `opens`, or the code of the first check that fails.
    expect: String,
    /// What it opens to, in base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plaintext: Option<String>,
}

/// Whose, what and which version; the two further ids of a tenant are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    tenant: String,
    class: String,
    record: String,
    version: u64,
}

impl Context {
    fn tenant(&self) -> TenantContext<'_> {
        TenantContext { cloud_id: &self.tenant, ..TenantContext::default() }
    }

    fn record(&self) -> Record<'_> {
        Record { class: &self.class, key: &self.record, version: self.version }
    }
}

/// The usual case; every defect is one step from it.
pub(super) fn usual() -> Context {
    Context { tenant: "cloud-a".to_owned(), class: "provider-key".to_owned(), record: "r1".to_owned(), version: 3 }
}

pub(super) const KEY: [u8; 32] = *b"an example key, 32 bytes, public";
pub(super) const PLAINTEXT: &[u8] = b"sk-an-example-of-a-key-that-is-none, 48 bytes long.";

pub(super) fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// A vector of the usual key and context.
pub(super) fn vector(about: &str, envelope: String, expect: &str) -> Vector {
    let plaintext = (expect == OPENS).then(|| text(PLAINTEXT));
    Vector {
        about: about.to_owned(),
        key: text(&KEY),
        context: usual(),
        envelope,
        expect: expect.to_owned(),
        plaintext,
    }
}

pub(super) const OPENS: &str = "opens";

fn opened(vector: &Vector) -> Result<SecretBytes, OpenReason> {
    let kek = Kek::standalone(parse_key(&vector.key).unwrap());
    kek.open_text(&vector.context.tenant(), &vector.context.record(), &vector.envelope).map_err(OpenError::reason)
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/envelope")
}

fn generated() -> BTreeMap<String, Vector> {
    let all = bytes::vectors().into_iter().chain(forged::vectors());
    let mut files = BTreeMap::new();
    for (name, vector) in all {
        let twice = files.insert(format!("{}-{name}", vector.expect), vector);
        assert!(twice.is_none(), "two vectors are called {name}");
    }
    files
}

#[test]
fn the_files_are_what_is_generated() {
    let made = generated();
    let defects = made.values().filter(|vector| vector.expect != OPENS).count();
    assert!(defects >= 150, "only {defects} defects");
    let mut cases = BTreeMap::new();
    for (name, one) in &made {
        let twin = cases.insert(format!("{}{:?}{}", one.key, one.context, one.envelope), name);
        assert_eq!(twin, None, "{name} is the same case");
    }
    for (name, vector) in &made {
        let file = folder().join(format!("{name}.json"));
        let printed = format!("{}\n", serde_json::to_string_pretty(vector).unwrap());
        if !file.exists() && std::env::var("UPDATE_VECTORS").is_ok_and(|value| value == "1") {
            std::fs::write(&file, &printed).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), printed, "{name}");
    }
    assert_eq!(std::fs::read_dir(folder()).unwrap().count(), made.len(), "a file is left that nothing makes");
}

/// The files themselves, not what makes them.
#[test]
fn every_file_opens_or_fails_as_it_says() {
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let vector: Vector = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let plaintext = vector.plaintext.as_ref().map(|text| Base64UrlUnpadded::decode_vec(text).unwrap());
        match opened(&vector) {
            Ok(opened) => {
                assert_eq!((vector.expect.as_str(), Some(opened.expose())), (OPENS, plaintext.as_deref()), "{path:?}");
            }
            Err(reason) => assert_eq!(reason.code(), vector.expect, "{path:?}: {}", vector.about),
        }
    }
}

/// A control: an implementation that leaves a check out would pass none of these by chance.
#[test]
fn each_check_has_files_that_only_it_stops() {
    let made = generated();
    for (reason, most) in [
        ("encoding", 15),
        ("format", 15),
        ("length", 15),
        ("root-version", 4),
        ("record-version", 5),
        ("commitment", 40),
        ("tag", 25),
    ] {
        let count = made.values().filter(|vector| vector.expect == reason).count();
        assert!(count >= most, "{reason}: {count}");
    }
}

pub(super) fn secret(bytes: [u8; 32]) -> Secret<32> {
    Secret::new(bytes)
}
