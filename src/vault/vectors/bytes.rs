//! Defects of bytes and of text: cut, flipped, padded, swapped, taken for something else.

#![expect(clippy::string_slice, reason = "base64url is one byte a letter")]

use super::made::{Parts, right, right_usual};
use super::{Vector, text, usual, vector};

type Named = (String, Vector);

pub(super) fn vectors() -> Vec<Named> {
    [encodings(), formats(), lengths(), versions(), flips(), spliced()].concat()
}

fn encodings() -> Vec<Named> {
    let good = right_usual().text();
    let (head, tail) = good.split_at(100);
    let last = &good[..good.len() - 1];
    let cases = [
        ("one-pad", format!("{good}="), "a padding character at the end"),
        ("two-pads", format!("{good}=="), "two padding characters at the end"),
        ("pad-inside", format!("{head}={tail}"), "a padding character inside"),
        ("plus", format!("+{}", &good[1..]), "a letter of the other alphabet"),
        ("slash", format!("{last}/"), "a letter of the other alphabet"),
        ("space-before", format!(" {good}"), "a space before"),
        ("space-after", format!("{good} "), "a space after"),
        ("newline-after", format!("{good}\n"), "a line's end after"),
        ("crlf-inside", format!("{head}\r\n{tail}"), "a line broken as in mail"),
        ("tab-inside", format!("{head}\t{tail}"), "a tab inside"),
        ("nul-after", format!("{good}\0"), "a zero byte after"),
        ("byte-order-mark", format!("\u{feff}{good}"), "a byte order mark before"),
        ("fullwidth", format!("{head}\u{ff21}{tail}"), "a letter that only looks like one of the alphabet"),
        ("percent", format!("{head}%2D{tail}"), "a letter encoded as in an address"),
        ("quoted", format!("\"{good}\""), "quotation marks around"),
        ("no-whole-byte", good[..good.len() - 2].to_owned(), "a last letter that stands for no whole byte"),
        ("json", format!("{{\"envelope\":\"{good}\"}}"), "an object in place of a text"),
        ("two-texts", format!("{good}.{good}"), "two envelopes with a dot between"),
        (
            "trailing-bits",
            trailing_bits(&good),
            "the same bytes by another last letter, whose unused bits are not zero",
        ),
    ];
    cases.into_iter().map(|(name, text, about)| (name.to_owned(), vector(about, text, "encoding"))).collect()
}

/// The next letter after the last: the same bytes, when the last one has unused bits.
fn trailing_bits(good: &str) -> String {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    assert_ne!(good.len() % 4, 0);
    let at = alphabet.find(good.chars().last().unwrap()).unwrap();
    format!("{}{}", &good[..good.len() - 1], &alphabet[at + 1..at + 2])
}

fn formats() -> Vec<Named> {
    let with = |at: usize, byte: u8| {
        let mut bytes = right_usual().bytes();
        bytes[at] = byte;
        bytes
    };
    let good = right_usual().bytes();
    let after = |head: &[u8], from: usize| [head, &good[from..]].concat();
    let cases = [
        ("empty", Vec::new(), "no byte at all"),
        ("one-byte", b"S".to_vec(), "one byte"),
        ("magic-alone", b"SK01".to_vec(), "the first four bytes and no suite"),
        ("lower-case", with(0, b's'), "a small letter in the magic"),
        ("swapped-letters", after(b"KS01", 4), "the magic's letters swapped"),
        ("version-00", with(3, b'0'), "an earlier version of the layout"),
        ("version-02", with(3, b'2'), "a later version of the layout"),
        ("version-11", with(2, b'1'), "a later version of the layout"),
        ("magic-zero", after(&[0; 4], 4), "zero bytes in place of the magic"),
        ("no-magic", good[4..].to_vec(), "the magic left out"),
        ("magic-twice", [&b"SK01"[..], &good].concat(), "the magic twice"),
        ("byte-before", [&[0][..], &good].concat(), "a byte before"),
        ("suite-0", with(4, 0), "suite 0"),
        ("suite-2", with(4, 2), "suite 2"),
        ("suite-129", with(4, 129), "suite 1 with the highest bit set"),
        ("suite-255", with(4, 255), "suite 255"),
        ("no-suite", after(b"SK01", 5), "the suite left out"),
        ("text-of-text", right_usual().text().into_bytes(), "encoded twice"),
        ("reversed", good.iter().rev().copied().collect(), "the bytes in reverse"),
        ("age", b"age-encryption.org/v1\n-> X25519 ".to_vec(), "the header of another format"),
        ("jwe", br#"{"alg":"dir","enc":"A256GCM"}"#.to_vec(), "the header of another format"),
        ("plaintext", super::PLAINTEXT.to_vec(), "the plaintext itself"),
        ("zeros", vec![0; good.len()], "zero bytes of the right number"),
    ];
    cases.into_iter().map(|(name, bytes, about)| (name.to_owned(), vector(about, text(&bytes), "format"))).collect()
}

fn lengths() -> Vec<Named> {
    let good = right_usual().bytes();
    let places = [
        (5, "the suite"),
        (6, "the first byte of the root version"),
        (8, "all but a byte of the root version"),
        (9, "the root version"),
        (10, "the first byte of the record version"),
        (16, "all but a byte of the record version"),
        (17, "the header"),
        (18, "the first byte of the data key's salt"),
        (48, "all but a byte of the data key's salt"),
        (49, "the data key's salt"),
        (80, "all but a byte of the data key's commitment"),
        (81, "the data key's commitment"),
        (112, "all but a byte of the data key's ciphertext"),
        (113, "the data key's ciphertext"),
        (128, "all but a byte of the data key's tag"),
        (129, "the data-key box"),
        (130, "the first byte of the payload's salt"),
        (161, "the payload's salt"),
        (192, "all but a byte of the payload's commitment"),
        (193, "the payload's commitment"),
        (200, "a part of what would be an empty payload's tag"),
        (208, "all but a byte of what would be an empty payload's tag"),
    ];
    let cut = places.into_iter().map(|(length, about)| {
        (format!("cut-at-{length:03}"), vector(&format!("it ends after {about}"), text(&good[..length]), "length"))
    });
    cut.collect()
}

fn versions() -> Vec<Named> {
    let mut out = Vec::new();
    for (name, root, about) in [
        ("one", 1_u32, "the version of a first root, where the key stands for version 0"),
        ("two", 2, "the version of a second root"),
        ("little-endian", 0x0100_0000, "1 in the other byte order"),
        ("high-bit", 0x8000_0000, "the highest bit set"),
        ("greatest", u32::MAX, "the greatest number"),
    ] {
        let mut parts = right_usual();
        parts.header[5..9].copy_from_slice(&root.to_be_bytes());
        out.push((name.to_owned(), vector(about, parts.text(), "root-version")));
    }
    for (name, version, about) in [
        ("older", 2_u64, "the version before"),
        ("newer", 4, "the version after"),
        ("zero", 0, "version 0"),
        ("little-endian", 3_u64.swap_bytes(), "the version in the other byte order"),
        ("high-bit", 3 | 1 << 63, "the highest bit set"),
        ("greatest", u64::MAX, "the greatest number"),
        ("beyond-32-bits", 3 | 1 << 32, "the same in its low 32 bits"),
    ] {
        let mut parts = right_usual();
        parts.header[9..17].copy_from_slice(&version.to_be_bytes());
        out.push((format!("header-{name}"), vector(about, parts.text(), "record-version")));
    }
    for (name, version, about) in
        [("asked-older", 2, "an older version is asked for"), ("asked-newer", 4, "a newer version is asked for")]
    {
        let mut one = vector(about, right_usual().text(), "record-version");
        one.context.version = version;
        out.push((name.to_owned(), one));
    }
    let mut old = vector(
        "a whole older version put back",
        right(&super::Context { version: 2, ..usual() }, b"old").text(),
        "record-version",
    );
    old.context = usual();
    out.push(("rolled-back".to_owned(), old));
    out
}

fn flips() -> Vec<Named> {
    let places = [
        ("data-key-salt-first", 17, 7, "commitment"),
        ("data-key-salt-last", 48, 0, "commitment"),
        ("data-key-commitment-first", 49, 7, "commitment"),
        ("data-key-commitment-middle", 64, 3, "commitment"),
        ("data-key-commitment-last", 80, 0, "commitment"),
        ("data-key-ciphertext-first", 81, 7, "tag"),
        ("data-key-ciphertext-last", 112, 0, "tag"),
        ("data-key-tag-first", 113, 7, "tag"),
        ("data-key-tag-last", 128, 0, "tag"),
        ("payload-salt-first", 129, 7, "commitment"),
        ("payload-salt-last", 160, 0, "commitment"),
        ("payload-commitment-first", 161, 7, "commitment"),
        ("payload-commitment-middle", 176, 4, "commitment"),
        ("payload-commitment-last", 192, 0, "commitment"),
        ("payload-ciphertext-first", 193, 7, "tag"),
        ("payload-ciphertext-16th", 208, 0, "tag"),
        ("payload-ciphertext-17th", 209, 7, "tag"),
    ];
    let good = right_usual().bytes();
    let last = good.len() - 1;
    let ends = [("payload-tag-first", last - 15, 7, "tag"), ("payload-tag-last", last, 0, "tag")];
    places
        .into_iter()
        .chain(ends)
        .map(|(name, at, bit, expect)| {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            (format!("flip-{name}"), vector(&format!("bit {bit} of byte {at} is flipped"), text(&bytes), expect))
        })
        .collect()
}

/// Parts filled, moved, doubled or left out, none made anew.
fn spliced() -> Vec<Named> {
    let changed = |name: &str, about: &str, expect: &str, change: fn(&mut Parts)| {
        let mut parts = right_usual();
        change(&mut parts);
        (name.to_owned(), vector(about, parts.text(), expect))
    };
    let other =
        |parts: &mut Parts| *parts = right(&super::Context { record: "r2".to_owned(), ..usual() }, b"another key");
    let mut theirs = right_usual();
    other(&mut theirs);
    let with_their = |name: &str, about: &str, expect: &str, data_key: bool| {
        let mut parts = right_usual();
        if data_key {
            parts.data_key.clone_from(&theirs.data_key)
        } else {
            parts.payload.clone_from(&theirs.payload)
        }
        (name.to_owned(), vector(about, parts.text(), expect))
    };
    vec![
        changed("zero-data-key-salt", "the data key's salt is zero", "commitment", |p| p.data_key[..32].fill(0)),
        changed("zero-data-key-commitment", "the data key's commitment is zero", "commitment", |p| {
            p.data_key[32..64].fill(0)
        }),
        changed("ones-data-key-commitment", "the data key's commitment is all ones", "commitment", |p| {
            p.data_key[32..64].fill(255)
        }),
        changed("zero-data-key-tag", "the data key's tag is zero", "tag", |p| p.data_key[96..].fill(0)),
        changed("zero-data-key", "the data key's ciphertext is zero", "tag", |p| p.data_key[64..96].fill(0)),
        changed(
            "data-key-salt-and-commitment-swapped",
            "salt and commitment of the data key change places",
            "commitment",
            |p| p.data_key[..64].rotate_left(32),
        ),
        changed("zero-payload-salt", "the payload's salt is zero", "commitment", |p| p.payload[..32].fill(0)),
        changed("zero-payload-commitment", "the payload's commitment is zero", "commitment", |p| {
            p.payload[32..64].fill(0)
        }),
        changed(
            "payload-salt-and-commitment-swapped",
            "salt and commitment of the payload change places",
            "commitment",
            |p| p.payload[..64].rotate_left(32),
        ),
        changed("payload-has-the-data-keys-salt", "the payload has the data key's salt", "commitment", |p| {
            p.payload[..32].copy_from_slice(&p.data_key[..32])
        }),
        changed(
            "payload-has-the-data-keys-commitment",
            "the payload has the data key's commitment",
            "commitment",
            |p| p.payload[32..64].copy_from_slice(&p.data_key[32..64]),
        ),
        changed("payload-has-the-data-keys-tag", "the payload has the data key's tag", "tag", |p| {
            let at = p.payload.len() - 16;
            p.payload[at..].copy_from_slice(&p.data_key[96..]);
        }),
        changed(
            "payload-box-is-the-data-key-box",
            "the data-key box a second time in place of the payload box",
            "commitment",
            |p| p.payload.clone_from(&p.data_key),
        ),
        changed("payload-zero-tag", "the payload's tag is zero", "tag", |p| {
            let at = p.payload.len() - 16;
            p.payload[at..].fill(0);
        }),
        changed("payload-cut-by-one", "the last byte of the tag is missing", "tag", |p| {
            p.payload.truncate(p.payload.len() - 1)
        }),
        changed("payload-cut-by-a-block", "the last sixteen bytes are missing", "tag", |p| {
            p.payload.truncate(p.payload.len() - 16)
        }),
        changed("payload-without-its-ciphertext", "the tag alone is left of the ciphertext", "tag", |p| {
            drop(p.payload.drain(64..p.payload.len() - 16))
        }),
        changed("payload-one-byte-more", "a zero byte more", "tag", |p| p.payload.push(0)),
        changed("payload-a-block-more", "sixteen zero bytes more", "tag", |p| p.payload.extend([0; 16])),
        changed("payload-blocks-swapped", "the first two blocks of the ciphertext change places", "tag", |p| {
            p.payload[64..96].rotate_left(16)
        }),
        changed("payload-block-doubled", "the first block stands twice", "tag", |p| {
            let block = p.payload[64..80].to_vec();
            p.payload.splice(64..64, block);
        }),
        changed("payload-tag-first", "the tag stands before the ciphertext", "tag", |p| {
            let at = p.payload.len() - 16;
            p.payload[64..].rotate_left(at - 64);
        }),
        changed("envelope-twice", "the whole a second time behind", "tag", |p| {
            let all = p.bytes();
            p.payload.extend(all);
        }),
        with_their("their-data-key", "the data-key box of another record", "commitment", true),
        with_their(
            "their-payload",
            "the payload box of another record, whose data key is the same",
            "commitment",
            false,
        ),
        ("another-record".to_owned(), vector("the whole of another record", theirs.text(), "commitment")),
    ]
}
