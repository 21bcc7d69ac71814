//! What holds while the root changes: which step opens what, and that a data key alone is sealed anew.

use super::*;

/// The steps of a rotation, see `root`.
const STEPS: [&str; 4] = [
    "minimum=1 primary=1 readable=1",
    "minimum=1 primary=1 readable=2",
    "minimum=1 primary=2 readable=2",
    "minimum=2 primary=2 readable=2",
];

/// The window of a step of a rotation from 1 to 2.
fn window(text: &str) -> Held<'static> {
    let roots = vec![root(1, 10), root(2, 30), root(3, 50)];
    vault(Roots::new(Window::parse(text).unwrap(), roots).ok().unwrap(), 20, &TENANT)
}

#[test]
fn whatever_two_neighbouring_steps_of_a_rotation_seal_both_open() {
    for pair in STEPS.windows(2) {
        for (one, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let sealed = window(one).seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap();
            let is_left_behind = one == STEPS[2] && other == STEPS[3];
            let opened = window(other).open(&RECORD, sealed.as_str());
            assert!(opened.is_ok_and(|opened| opened.expose() == PLAINTEXT) || is_left_behind, "{one}: {other}");
        }
    }
}

#[test]
fn a_root_below_the_minimum_or_beyond_the_readable_opens_nothing() {
    let old = window(STEPS[1]).seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap();
    assert_eq!(reason(&window(STEPS[3]), &RECORD, old.as_str()), Some(OpenReason::RootVersion));
    let new = window(STEPS[2]).seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap();
    assert_eq!(reason(&window(STEPS[0]), &RECORD, new.as_str()), Some(OpenReason::RootVersion));
    // The window is looked at before the record's version and before any key is derived.
    let other = Record { version: 9, ..RECORD };
    assert_eq!(reason(&window(STEPS[3]), &other, old.as_str()), Some(OpenReason::RootVersion));
    // A record that claims another root inside the window is sealed under none.
    let mut bytes = Base64UrlUnpadded::decode_vec(old.as_str()).unwrap();
    bytes[8] = 2;
    assert_eq!(reason(&window(STEPS[1]), &RECORD, &text(&bytes)), Some(OpenReason::Commitment));
}

#[test]
fn a_new_root_touches_the_data_key_alone() {
    let old = window(STEPS[1]).seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap();
    let during = window(STEPS[2]);
    let moved = during.keyring().rewrap(&RECORD, old.as_str(), &mut HostEntropy).unwrap().unwrap();
    let (old, new) = [&old, &moved].map(|sealed| Base64UrlUnpadded::decode_vec(sealed.as_str()).unwrap()).into();
    assert_eq!((Keyring::root_of(moved.as_str()), old[9..17] == new[9..17]), (Ok(2), true));
    assert_eq!(old[17 + 112..], new[17 + 112..], "the payload is the same bytes");
    assert_ne!(old[17..17 + 112], new[17..17 + 112]);
    let after = window(STEPS[3]);
    assert!(after.open(&RECORD, moved.as_str()).is_ok_and(|opened| opened.expose() == PLAINTEXT));
    assert!(during.keyring().rewrap(&RECORD, moved.as_str(), &mut HostEntropy).unwrap().is_none(), "once is enough");
}

#[test]
fn nothing_is_re_wrapped_that_does_not_open() {
    let old = window(STEPS[1]).seal(&RECORD, PLAINTEXT, &mut HostEntropy).unwrap();
    let rewrap = |held: &Held<'_>, record: &Record<'_>, sealed: &str| {
        held.keyring().rewrap(record, sealed, &mut HostEntropy).err().unwrap()
    };
    let because = |reason| RewrapError::Open(OpenError::because(reason));
    let during = window(STEPS[2]);
    let other = Record { key: "other", ..RECORD };
    assert_eq!(rewrap(&during, &other, old.as_str()), because(OpenReason::Commitment));
    let older = Record { version: 2, ..RECORD };
    assert_eq!(rewrap(&during, &older, old.as_str()), because(OpenReason::RecordVersion));
    assert_eq!(rewrap(&window(STEPS[3]), &RECORD, old.as_str()), because(OpenReason::RootVersion));
    let mut bytes = Base64UrlUnpadded::decode_vec(old.as_str()).unwrap();
    bytes[100] ^= 1;
    assert_eq!(rewrap(&during, &RECORD, &text(&bytes)), because(OpenReason::Tag));
    let dry = during.keyring().rewrap(&RECORD, old.as_str(), &mut FixedEntropy::of(&[]));
    assert_eq!(dry.err(), Some(RewrapError::Seal(SealError::Entropy(EntropyError::Unavailable))));
}

#[test]
fn the_keys_of_names_survive_a_rotation_as_a_record() {
    let made = window(STEPS[0]).names();
    let record = Record { class: "name-keys", key: "name-keys", version: 1 };
    let sealed = window(STEPS[0]).seal(&record, &made.print(), &mut HostEntropy).unwrap();
    let moved = window(STEPS[2]).keyring().rewrap(&record, sealed.as_str(), &mut HostEntropy).unwrap().unwrap();
    let opened = window(STEPS[3]).open(&record, moved.as_str()).ok().unwrap();
    let kept = NameKeys::parse(&opened).unwrap();
    assert_eq!(kept.index_token("owner", "account"), made.index_token("owner", "account"));
    assert_eq!(kept.fence(&[b"a"]), made.fence(&[b"a"]));
    assert_ne!(window(STEPS[3]).names().index_token("owner", "account"), made.index_token("owner", "account"));
    assert!(NameKeys::parse(&SecretBytes::new(vec![7; 95])).is_none());
    assert!(NameKeys::parse(&SecretBytes::new(vec![7; 97])).is_none());
}
