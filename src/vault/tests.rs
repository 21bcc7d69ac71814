//! What the vault promises, one test for each way to break it.
//! The primitives have theirs beside them.

mod rotation;

use super::*;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::Deserialize;

const TENANT: TenantContext<'_> =
    TenantContext { cloud_id: "cloud-a", installation_id: "inst-a", environment_id: "env-a" };
const RECORD: Record<'_> = Record { class: "provider", key: "provider", version: 3 };
const PLAINTEXT: &[u8] = b"a customer's key";

fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn root(version: u32, byte: u8) -> Root {
    Root::parse(version, &text(&(byte..byte + 32).collect::<Vec<u8>>())).unwrap()
}

/// What an invocation holds, in one place.
struct Held<'a> {
    roots: Roots,
    installation: Secret<32>,
    tenant: TenantContext<'a>,
}

impl<'a> Held<'a> {
    fn keyring(&self) -> Keyring<'_> {
        Keyring::new(&self.roots, &self.installation, self.tenant)
    }

    fn seal(&self, record: &Record<'_>, plaintext: &[u8], source: &mut dyn Entropy) -> Result<SealedText, SealError> {
        self.keyring().seal(record, plaintext, source)
    }

    fn open(&self, record: &Record<'_>, sealed: &str) -> Result<SecretBytes, OpenError> {
        self.keyring().open(record, sealed)
    }

    fn names(&self) -> NameKeys {
        self.keyring().first_name_keys().unwrap()
    }
}

fn vault<'a>(roots: Roots, installation: u8, tenant: &TenantContext<'a>) -> Held<'a> {
    Held { roots, installation: Secret::new([installation; 32]), tenant: *tenant }
}

fn usual() -> Held<'static> {
    vault(Roots::only(root(1, 10)), 20, &TENANT)
}

fn sealed() -> String {
    usual().seal(&RECORD, PLAINTEXT, &mut FixedEntropy::seeded(1)).unwrap().into_string()
}

fn reason(vault: &Held<'_>, record: &Record<'_>, sealed: &str) -> Option<OpenReason> {
    vault.open(record, sealed).err().map(OpenError::reason)
}

#[test]
fn opens_what_it_sealed() {
    assert!(usual().open(&RECORD, &sealed()).is_ok_and(|opened| opened.expose() == PLAINTEXT));
    let empty = usual().seal(&RECORD, b"", &mut HostEntropy).unwrap();
    assert!(usual().open(&RECORD, empty.as_str()).is_ok_and(|opened| opened.expose().is_empty()));
}

#[test]
fn never_seals_the_same_way_twice() {
    let seal = || usual().seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap().into_string();
    assert_ne!(seal(), seal());
}

#[test]
fn refuses_a_flipped_bit_in_every_byte_and_says_where() {
    let bytes = Base64UrlUnpadded::decode_vec(&sealed()).unwrap();
    for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << bit;
        let expected = match at {
            0..5 => OpenReason::Format,
            5..9 => OpenReason::RootVersion,
            9..17 => OpenReason::RecordVersion,
            17..81 | 129..193 => OpenReason::Commitment,
            _ => OpenReason::Tag,
        };
        assert_eq!(reason(&usual(), &RECORD, &text(&changed)), Some(expected), "byte {at}");
    }
}

#[test]
fn refuses_every_truncation_and_any_addition() {
    let bytes = Base64UrlUnpadded::decode_vec(&sealed()).unwrap();
    for length in 0..bytes.len() {
        assert!(reason(&usual(), &RECORD, &text(&bytes[..length])).is_some());
    }
    assert_eq!(reason(&usual(), &RECORD, &text(&[bytes.as_slice(), &[0]].concat())), Some(OpenReason::Tag));
    for cut in 0..sealed().len() {
        assert!(reason(&usual(), &RECORD, sealed().get(..cut).unwrap()).is_some());
    }
}

/// Every flipped bit and every truncation of a hundred records of any class, key, version and length.
/// Ledger: SY-09, ES-05.
#[test]
fn of_a_hundred_records_no_flipped_bit_and_no_truncation_opens() {
    let names = usual().names();
    // Without the root's derivation: what it gives is the same key each time, and this is a hundred thousand of them.
    let kek = Kek::standalone(Secret::new([7; 32]));
    let opens = |record: &Record<'_>, bytes: &[u8]| kek.open_text(&TENANT, record, &text(bytes)).is_ok();
    let mut flipped = 0;
    for seed in 0..100_u64 {
        let bytes: [u8; 8] = names.fence(&[&seed.to_be_bytes()]);
        let (class, key) = (format!("class-{}", bytes[0] % 8), format!("key:{:x?}", &bytes[1..5]));
        let record = Record { class: &class, key: &key, version: u64::from(bytes[5]) << (bytes[6] % 50) };
        let plaintext: Vec<u8> = (0..bytes[7] % 40).collect();
        let sealed = kek.seal(&TENANT, &record, &plaintext, &mut FixedEntropy::seeded(seed)).unwrap();
        let mut whole = Base64UrlUnpadded::decode_vec(sealed.as_str()).unwrap();
        assert!(opens(&record, &whole), "{seed}");
        for bit in 0..whole.len() * 8 {
            whole[bit / 8] ^= 1 << (bit % 8);
            assert!(!opens(&record, &whole), "{seed}: bit {bit}");
            whole[bit / 8] ^= 1 << (bit % 8);
            flipped += 1;
        }
        for length in 0..whole.len() {
            assert!(!opens(&record, &whole[..length]), "{seed}: {length} bytes");
        }
    }
    assert!(flipped > 150_000, "{flipped}");
}

/// Only these may look at a secret's bytes: the rooms that seal, authenticate a request, or drive either, and the one decision about what
/// was pasted as a key. What logs, prints or shows has no call to.
#[test]
fn secrets_are_exposed_in_few_rooms() {
    const PLACES: [&str; 5] = ["vault", "flow", "provider", "command", "policy/key.rs"];
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let place = path.strip_prefix(&src).unwrap();
                let exposes = std::fs::read_to_string(&path).unwrap().contains(".expose()");
                assert!(!exposes || PLACES.iter().any(|allowed| place.starts_with(allowed)), "{path:?}");
                seen += usize::from(exposes);
            }
        }
    }
    assert!(seen > 5);
}

#[test]
fn refuses_other_encodings_of_the_same_bytes() {
    for other in [
        format!("{}=", sealed()),
        format!(" {}", sealed()),
        format!("{}\n", sealed()),
        String::from("+/"),
        String::from("ä"),
    ] {
        assert_eq!(reason(&usual(), &RECORD, &other), Some(OpenReason::Encoding));
    }
    assert_eq!(reason(&usual(), &RECORD, ""), Some(OpenReason::Format));
    assert_eq!(reason(&usual(), &RECORD, &"A".repeat(30 << 20)), Some(OpenReason::Length));
}

/// Ledger: ES-37.
#[test]
fn refuses_another_tenant_in_any_part() {
    let check = |tenant: TenantContext<'static>| {
        let other = vault(Roots::only(root(1, 10)), 20, &tenant);
        assert_eq!(reason(&other, &RECORD, &sealed()), Some(OpenReason::Commitment));
    };
    check(TenantContext { cloud_id: "cloud-b", ..TENANT });
    check(TenantContext { installation_id: "inst-b", ..TENANT });
    check(TenantContext { environment_id: "env-b", ..TENANT });
    check(TenantContext { cloud_id: "inst-a", installation_id: "cloud-a", ..TENANT });
}

/// Ledger: SY-09, ES-05.
#[test]
fn refuses_another_root_or_installation_secret() {
    let check = |root, installation| reason(&vault(Roots::only(root), installation, &TENANT), &RECORD, &sealed());
    assert_eq!(check(root(1, 11), 20), Some(OpenReason::Commitment));
    assert_eq!(check(root(1, 10), 21), Some(OpenReason::Commitment));
    assert_eq!(check(root(2, 10), 20), Some(OpenReason::RootVersion));
}

#[test]
fn refuses_another_class_key_or_version() {
    let check = |record| reason(&usual(), &record, &sealed());
    assert_eq!(check(Record { class: "draft", ..RECORD }), Some(OpenReason::Commitment));
    assert_eq!(check(Record { key: "provider2", ..RECORD }), Some(OpenReason::Commitment));
    assert_eq!(check(Record { version: 2, ..RECORD }), Some(OpenReason::RecordVersion));
    assert_eq!(check(Record { version: 4, ..RECORD }), Some(OpenReason::RecordVersion));
}

#[test]
fn refuses_parts_swapped_between_two_records() {
    let other = Record { key: "other", ..RECORD };
    let theirs = usual().seal(&other, b"another secret!!", &mut FixedEntropy::seeded(2)).unwrap();
    let theirs = Base64UrlUnpadded::decode_vec(theirs.as_str()).unwrap();
    let ours = Base64UrlUnpadded::decode_vec(&sealed()).unwrap();
    assert_eq!(ours.len(), theirs.len());
    let mixed = |at: usize| text(&[&ours[..at], &theirs[at..]].concat());
    for at in 1..ours.len() {
        if ours[..at] != theirs[..at] && ours[at..] != theirs[at..] {
            assert!(reason(&usual(), &RECORD, &mixed(at)).is_some());
            assert!(reason(&usual(), &other, &mixed(at)).is_some());
        }
    }
}

#[test]
fn seals_nothing_when_randomness_fails_at_any_draw() {
    let whole: Vec<u8> = (0..96).collect();
    for length in 0..96 {
        let result = usual().seal(&RECORD, PLAINTEXT, &mut FixedEntropy::of(&whole[..length]));
        assert_eq!(result.err(), Some(SealError::Entropy(EntropyError::Unavailable)));
    }
    let twice: Vec<u8> = (0..32).chain(0..32).chain(32..64).collect();
    assert_eq!(
        usual().seal(&RECORD, PLAINTEXT, &mut FixedEntropy::of(&twice)).err(),
        Some(SealError::Entropy(EntropyError::Stuck))
    );
}

/// Ledger: SY-09.
#[test]
fn repeated_randomness_never_gives_two_plaintexts_one_key() {
    let seal = |plaintext: &[u8]| {
        let sealed = usual().seal(&RECORD, plaintext, &mut FixedEntropy::seeded(1)).unwrap();
        Base64UrlUnpadded::decode_vec(sealed.as_str()).unwrap()[129..161].to_vec()
    };
    assert_ne!(seal(b"one"), seal(b"two"));
}

#[test]
fn tells_one_opaque_error_outward() {
    let errors: Vec<String> = [text(b"x"), sealed().replacen('U', "V", 1)]
        .iter()
        .filter_map(|s| usual().open(&RECORD, s).err())
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, ["sealed value does not open"; 2]);
}

#[test]
fn index_tokens_are_equal_for_equal_ids_of_one_tenant_alone() {
    let token = usual().names().index_token("owner", "account");
    assert_eq!(token, usual().names().index_token("owner", "account"));
    assert_ne!(token, usual().names().index_token("page", "account"));
    assert_ne!(usual().names().index_token("a", "bc"), usual().names().index_token("ab", "c"));
    let other = vault(Roots::only(root(1, 10)), 20, &TenantContext { cloud_id: "cloud-b", ..TENANT });
    assert_ne!(token, other.names().index_token("owner", "account"));
    assert_eq!(token.len(), 43);
}

#[test]
fn fingerprints_tell_keys_apart_and_tenants_too() {
    let key = SecretText::new(String::from("sk-example-of-a-key"));
    let fingerprint = usual().names().fingerprint(&key);
    assert_eq!(fingerprint.len(), 8);
    assert_ne!(fingerprint, usual().names().fingerprint(&SecretText::new(String::from("sk-example-of-a-kez"))));
    let other = vault(Roots::only(root(1, 10)), 21, &TENANT);
    assert_ne!(fingerprint, other.names().fingerprint(&key));
}

#[test]
fn fences_are_equal_for_equal_parts_of_one_tenant_alone() {
    let fence = usual().names().fence(&[b"ab", b"c"]);
    assert_eq!(fence, usual().names().fence(&[b"ab", b"c"]));
    assert_ne!(fence, usual().names().fence(&[b"a", b"bc"]));
    assert_ne!(fence, usual().names().fence(&[b"abc"]));
    let tenants = [
        vault(Roots::only(root(2, 11)), 20, &TENANT),
        vault(Roots::only(root(1, 10)), 21, &TENANT),
        vault(Roots::only(root(1, 10)), 20, &TenantContext { cloud_id: "cloud-b", ..TENANT }),
    ];
    for other in tenants {
        assert_ne!(fence, other.names().fence(&[b"ab", b"c"]));
    }
}

/// One line of `tests/golden/vault/envelopes.jsonl`. Lines are added, never changed: each must open for ever.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Golden {
    root: String,
    root_version: u32,
    installation: String,
    cloud_id: String,
    installation_id: String,
    environment_id: String,
    class: String,
    key: String,
    version: u64,
    plaintext: String,
    envelope: String,
    seed: Option<u64>,
}

#[test]
fn opens_every_envelope_ever_written() {
    let lines: Vec<Golden> = include_str!("../../tests/golden/vault/envelopes.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(lines.len() >= 3);
    for golden in lines {
        let tenant = TenantContext {
            cloud_id: &golden.cloud_id,
            installation_id: &golden.installation_id,
            environment_id: &golden.environment_id,
        };
        let installation = parse_key(&golden.installation).unwrap();
        let roots = Roots::only(Root::parse(golden.root_version, &golden.root).unwrap());
        let vault = Held { roots, installation, tenant };
        let record = Record { class: &golden.class, key: &golden.key, version: golden.version };
        let plaintext = Base64UrlUnpadded::decode_vec(&golden.plaintext).unwrap();
        assert!(vault.open(&record, &golden.envelope).is_ok_and(|opened| opened.expose() == plaintext));
        if let Some(seed) = golden.seed {
            let again = vault.seal(&record, &plaintext, &mut FixedEntropy::seeded(seed)).unwrap();
            assert_eq!(again.as_str(), golden.envelope);
        }
    }
}
