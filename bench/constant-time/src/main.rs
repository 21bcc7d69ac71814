//! Whether the time of a comparison tells where it differs, by dudect: |t| below 4.5 says that no difference was found.
//! It asserts nothing: time on a machine that others use proves little, and the figures are for a person to judge.
//!
//! Each has two classes of inputs, of which neither is right: those that differ in the first byte, and those that differ in the last. A
//! comparison that stops at the first difference is quicker on the first class; `naive` is one, and must be found out.

use base64ct::{Base64UrlUnpadded, Encoding};
use dudect_bencher::rand::RngExt;
use dudect_bencher::{BenchRng, Class, CtRunner, ctbench_main};
use quillgate::vault::{FixedEntropy, Keyring, Record, Root, Roots, Secret, TenantContext, is_same_mac};

const SAMPLES: usize = 100_000;
const RECORD: Record<'static> = Record { class: "provider-key", key: "r1", version: 1 };
/// Where an envelope has the data key's commitment.
const COMMITMENT: std::ops::Range<usize> = 49..81;

fn class(rng: &mut BenchRng) -> Class {
    if rng.random::<bool>() { Class::Left } else { Class::Right }
}

/// The commitment of an envelope, by opening it.
fn commitment(runner: &mut CtRunner, rng: &mut BenchRng) {
    let key = |byte: u8| Base64UrlUnpadded::encode_string(&std::array::from_fn::<u8, 32, _>(|at| byte ^ u8::try_from(at).unwrap_or(0)));
    let roots = Roots::only(Root::parse(1, &key(5)).expect("a key"));
    let installation = Secret::new([9; 32]);
    let keyring = Keyring::new(&roots, &installation, TenantContext::default());
    let sealed = keyring.seal(&RECORD, b"a key", &mut FixedEntropy::seeded(1)).expect("sealed").into_string();
    let whole = Base64UrlUnpadded::decode_vec(&sealed).expect("base64url");
    let texts = [COMMITMENT.start, COMMITMENT.end - 1].map(|at| {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        Base64UrlUnpadded::encode_string(&changed)
    });
    for _ in 0..SAMPLES {
        let class = class(rng);
        // The two differ in where, and in nothing that is read before.
        let text = &texts[usize::from(matches!(class, Class::Right))];
        runner.run_one(class, || keyring.open(&RECORD, text).is_ok());
    }
}

fn macs(rng: &mut BenchRng) -> (String, String, Class) {
    let bytes: [u8; 32] = rng.random();
    let class = class(rng);
    let mut other = bytes;
    other[if matches!(class, Class::Left) { 0 } else { 31 }] ^= 0x80;
    (Base64UrlUnpadded::encode_string(&bytes), Base64UrlUnpadded::encode_string(&other), class)
}

/// The fingerprint of a planted value.
fn fingerprint(runner: &mut CtRunner, rng: &mut BenchRng) {
    let inputs: Vec<_> = (0..SAMPLES).map(|_| macs(rng)).collect();
    for (one, other, class) in inputs {
        runner.run_one(class, || is_same_mac(&one, &other));
    }
}

/// The control: byte by byte, until one differs.
fn naive(runner: &mut CtRunner, rng: &mut BenchRng) {
    let inputs: Vec<_> = (0..SAMPLES).map(|_| macs(rng)).collect();
    for (one, other, class) in inputs {
        runner.run_one(class, || one.bytes().zip(other.bytes()).all(|(one, other)| std::hint::black_box(one) == other));
    }
}

ctbench_main!(commitment, fingerprint, naive);
