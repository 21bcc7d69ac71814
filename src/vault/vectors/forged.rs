//! Envelopes that are whole and made by who has the keys, but not for this place or not by this format; and those that are right.

use super::made::{CEK, Parts, Way, field, header, parts, right, right_usual};
use super::{Context, KEY, OPENS, PLAINTEXT, Vector, secret, text, usual, vector};
use crate::vault::{FixedEntropy, Kek};

type Named = (String, Vector);

pub(super) fn vectors() -> Vec<Named> {
    [rights(), contexts(), keys(), ways(), associated()].concat()
}

fn rights() -> Vec<Named> {
    let mut out = vec![("usual".to_owned(), vector("nothing is wrong with it", right_usual().text(), OPENS))];
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 255, 4096_usize] {
        let plaintext: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let mut one = vector(&format!("{length} bytes"), right(&usual(), &plaintext).text(), OPENS);
        one.plaintext = Some(text(&plaintext));
        out.push((format!("{length:04}-bytes"), one));
    }
    for (name, context) in [
        ("empty-names", Context { tenant: String::new(), class: String::new(), record: String::new(), version: 0 }),
        (
            "long-names",
            Context { tenant: "t".repeat(500), class: "c".repeat(500), record: "r".repeat(500), version: 1 },
        ),
        ("greatest-version", Context { version: u64::MAX, ..usual() }),
        ("names-beyond-ascii", Context { tenant: "Zürich \u{1f511}".to_owned(), ..usual() }),
    ] {
        let mut one = vector("names and versions at their ends", right(&context, PLAINTEXT).text(), OPENS);
        one.context = context;
        out.push((name.to_owned(), one));
    }
    // By the implementation itself, whose salts are hedged: a reader cannot tell.
    let kek = Kek::standalone(secret(KEY));
    let sealed = kek.seal(&usual().tenant(), &usual().record(), PLAINTEXT, &mut FixedEntropy::seeded(7)).unwrap();
    out.push(("hedged-salts".to_owned(), vector("salts made by the writer's rule", sealed.into_string(), OPENS)));
    out
}

fn contexts() -> Vec<Named> {
    type Change = fn(&mut Context);
    let cases: [(&str, &str, Change); 16] = [
        ("another-tenant", "another tenant", |c| c.tenant = "cloud-b".to_owned()),
        ("no-tenant", "no tenant", |c| c.tenant.clear()),
        ("tenant-longer", "a tenant whose name begins the same", |c| c.tenant.push('a')),
        ("tenant-shorter", "a tenant whose name is cut", |c| c.tenant.truncate(c.tenant.len() - 1)),
        ("tenant-capital", "a tenant in capital letters", |c| c.tenant = c.tenant.to_uppercase()),
        ("tenant-space", "a tenant with a space behind", |c| c.tenant.push(' ')),
        ("tenant-nul", "a tenant with a zero byte behind", |c| c.tenant.push('\0')),
        ("another-class", "another class", |c| c.class = "settings".to_owned()),
        ("no-class", "no class", |c| c.class.clear()),
        ("class-capital", "a class in capital letters", |c| c.class = c.class.to_uppercase()),
        ("another-record", "another record", |c| c.record = "r2".to_owned()),
        ("no-record", "no record", |c| c.record.clear()),
        ("record-longer", "a record whose key begins the same", |c| c.record.push('0')),
        ("class-and-record-swapped", "class and record change places", |c| std::mem::swap(&mut c.class, &mut c.record)),
        ("tenant-and-record-swapped", "tenant and record change places", |c| {
            std::mem::swap(&mut c.tenant, &mut c.record)
        }),
        ("letter-moved", "a letter moves from the class to the record", |c| {
            let letter = c.class.pop().unwrap();
            c.record.insert(0, letter);
        }),
    ];
    let asked = cases.into_iter().map(|(name, about, change)| {
        let mut one = vector(&format!("asked for with {about}"), right_usual().text(), "commitment");
        change(&mut one.context);
        (format!("context-{name}"), one)
    });
    let forms = [("composed", "Z\u{fc}rich", "Zu\u{308}rich"), ("decomposed", "Zu\u{308}rich", "Z\u{fc}rich")];
    let forms = forms.into_iter().map(|(name, sealed, asked)| {
        let context = |tenant: &str| Context { tenant: tenant.to_owned(), ..usual() };
        let about = "the same name in another Unicode form is another name";
        let mut one = vector(about, right(&context(sealed), PLAINTEXT).text(), "commitment");
        one.context = context(asked);
        (format!("context-{name}"), one)
    });
    asked.chain(forms).collect()
}

fn keys() -> Vec<Named> {
    let with = |name: &str, about: &str, key: [u8; 32]| {
        let mut one = vector(about, right_usual().text(), "commitment");
        one.key = text(&key);
        (format!("key-{name}"), one)
    };
    let flipped = |at: usize, bit: u8| {
        let mut key = KEY;
        key[at] ^= 1 << bit;
        key
    };
    let mut reversed = KEY;
    reversed.reverse();
    let under = |name: &str, about: &str, cek: [u8; 32], expect: &str| {
        let mut parts = right_usual();
        parts.payload = Way::right(2).seal(&cek, &super::made::parts("payload", &usual()).concat(), PLAINTEXT);
        (name.to_owned(), vector(about, parts.text(), expect))
    };
    vec![
        with("first-bit", "the first bit of the key is another", flipped(0, 7)),
        with("last-bit", "the last bit of the key is another", flipped(31, 0)),
        with("reversed", "the key in reverse", reversed),
        with("is-the-data-key", "the data key in place of the key", {
            let mut key = CEK;
            // The data key of the vectors is one byte over and over, which is taken for no key.
            key[0] ^= 1;
            key
        }),
        under(
            "payload-under-the-outer-key",
            "the payload is sealed by the key that seals data keys",
            KEY,
            "commitment",
        ),
        under("payload-under-another-data-key", "the payload is sealed by another data key", [0x5b; 32], "commitment"),
    ]
}

/// Boxes made by another derivation or cipher input than the format's.
fn ways() -> Vec<Named> {
    type Change = fn(&mut Way);
    let cases: [(&str, &str, &str, Change); 12] = [
        ("nonce-one", "a nonce that is not zero", "tag", |way| way.nonce[11] = 1),
        ("nonce-ones", "a nonce of ones", "tag", |way| way.nonce = [255; 12]),
        ("no-aad-in-the-cipher", "the cipher got no associated data", "tag", |way| way.cipher_aad = Some(Vec::new())),
        ("digest-in-the-cipher", "the cipher got a digest in place of the associated data", "tag", |way| {
            way.cipher_aad = Some(vec![7; 32])
        }),
        ("keys-swapped", "the labels of key and commitment change places", "commitment", |way| {
            std::mem::swap(&mut way.derive, &mut way.commit)
        }),
        ("another-derive-label", "another label for the key", "tag", |way| way.derive = b"DERIVEKEY2"),
        ("another-commit-label", "another label for the commitment", "commitment", |way| way.commit = b"COMMITKEY2"),
        ("derive-label-for-both", "the commitment is the key", "commitment", |way| way.commit = b"DERIVEKEY"),
        ("commit-label-for-both", "the key is the commitment", "tag", |way| way.derive = b"COMMITKEY"),
        ("another-suite-derived", "another suite in the derivation", "commitment", |way| way.suite = 2),
        ("aad-not-hashed", "the derivation got the associated data itself", "commitment", |way| way.hashes = false),
        ("salt-and-key-swapped", "salt and key change places in the derivation", "commitment", |way| {
            way.swaps_salt = true
        }),
    ];
    let mut out = Vec::new();
    for (name, about, expect, change) in cases {
        let mut way = Way::right(1);
        change(&mut way);
        let data_key = way.seal(&KEY, &parts("data-key", &usual()).concat(), &CEK);
        out.push((
            format!("data-key-{name}"),
            vector(&format!("data key: {about}"), Parts { data_key, ..right_usual() }.text(), expect),
        ));
        let mut way = Way::right(2);
        change(&mut way);
        let payload = way.seal(&CEK, &parts("payload", &usual()).concat(), PLAINTEXT);
        out.push((
            format!("payload-{name}"),
            vector(&format!("payload: {about}"), Parts { payload, ..right_usual() }.text(), expect),
        ));
    }
    out
}

/// Boxes bound to other associated data than the format's.
fn associated() -> Vec<Named> {
    type Change = fn(&mut Vec<Vec<u8>>);
    let cases: [(&str, &str, Change); 9] = [
        ("fields-swapped", "two fields change places", |parts| parts.swap(3, 4)),
        ("field-missing", "the last field is missing", |parts| drop(parts.pop())),
        ("field-twice", "the last field stands twice", |parts| parts.extend(parts.last().cloned())),
        ("field-empty-missing", "an empty field is left out", |parts| parts.retain(|part| *part != field(4, b""))),
        ("another-tag", "a field has another tag", |parts| parts.last_mut().unwrap()[0] = 9),
        ("short-lengths", "lengths in two bytes", |parts| {
            for part in parts.iter_mut().skip(1) {
                part.drain(1..3);
            }
        }),
        ("lengths-in-the-other-order", "lengths in the other byte order", |parts| {
            for part in parts.iter_mut().skip(1) {
                part[1..5].reverse();
            }
        }),
        ("another-magic", "another magic", |parts| parts[0][3] = b'2'),
        ("version-as-text", "the version as digits", |parts| *parts.last_mut().unwrap() = field(7, b"3")),
    ];
    let mut out = Vec::new();
    for (name, about, change) in cases {
        let aad = |of: &str| {
            let mut parts = parts(of, &usual());
            change(&mut parts);
            parts.concat()
        };
        let data_key = Way::right(1).seal(&KEY, &aad("data-key"), &CEK);
        out.push((
            format!("data-key-{name}"),
            vector(&format!("data key: {about}"), Parts { data_key, ..right_usual() }.text(), "commitment"),
        ));
        let payload = Way::right(2).seal(&CEK, &aad("payload"), PLAINTEXT);
        out.push((
            format!("payload-{name}"),
            vector(&format!("payload: {about}"), Parts { payload, ..right_usual() }.text(), "commitment"),
        ));
    }
    let purpose = |name: &str, about: &str, one: Parts| (name.to_owned(), vector(about, one.text(), "commitment"));
    let as_payload = parts("payload", &usual()).concat();
    out.push(purpose(
        "data-key-as-payload",
        "the data key is sealed as a payload",
        Parts { data_key: Way::right(1).seal(&KEY, &as_payload, &CEK), ..right_usual() },
    ));
    let as_key = parts("data-key", &usual()).concat();
    out.push(purpose(
        "payload-as-data-key",
        "the payload is sealed as a data key",
        Parts { payload: Way::right(2).seal(&CEK, &as_key, PLAINTEXT), ..right_usual() },
    ));
    let mut rooted = parts("data-key", &usual());
    rooted[2] = field(8, &1_u32.to_be_bytes());
    out.push(purpose(
        "data-key-of-another-root",
        "the data key is bound to root version 1",
        Parts { data_key: Way::right(1).seal(&KEY, &rooted.concat(), &CEK), ..right_usual() },
    ));
    let older = parts("data-key", &Context { version: 2, ..usual() }).concat();
    let header = header(&usual());
    out.push(purpose(
        "data-key-of-an-older-version",
        "the data key is bound to the version before, the header says this one",
        Parts { header, data_key: Way::right(1).seal(&KEY, &older, &CEK), ..right_usual() },
    ));
    out
}
