//! Nothing that the vault did not seal opens, and every refusal is the one opaque error.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::vault::{Keyring, Record, Root, Roots, Secret, TenantContext};
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(sealed) = text(data) else { return };
    let root = Root::parse(1, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").expect("32 bytes");
    let tenant = TenantContext { cloud_id: "cloud", installation_id: "installation", environment_id: "development" };
    let (roots, installation) = (Roots::only(root), Secret::new([7; 32]));
    let keyring = Keyring::new(&roots, &installation, tenant);
    let record = Record { class: "job", key: "job-1", version: 1 };
    let error = keyring.open(&record, sealed).err().expect("nothing opens");
    assert_eq!(error.to_string(), "sealed value does not open");
    planted(|| error.reason().code() == "commitment");
});
