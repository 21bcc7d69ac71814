//! The format once more, written from its description in the vault's module documentation and from nothing else, with every choice
//! of it open: what a forger, or a second implementation that errs, would make.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};

use super::{Context, KEY, PLAINTEXT, text, usual};

/// How a box is made. The default is the right way.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) derive: &'static [u8],
    pub(super) commit: &'static [u8],
    pub(super) suite: u8,
    pub(super) nonce: [u8; 12],
    pub(super) hashes: bool,
    pub(super) swaps_salt: bool,
    /// What the cipher gets in place of the associated data of the derivation.
    pub(super) cipher_aad: Option<Vec<u8>>,
    pub(super) salt: [u8; 32],
}

impl Way {
    pub(super) fn right(salt: u8) -> Way {
        Way {
            derive: b"DERIVEKEY",
            commit: b"COMMITKEY",
            suite: 1,
            nonce: [0; 12],
            hashes: true,
            swaps_salt: false,
            cipher_aad: None,
            salt: std::array::from_fn(|at| salt ^ u8::try_from(at).unwrap().wrapping_mul(29)),
        }
    }

    pub(super) fn seal(&self, key: &[u8; 32], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let (salt, secret) =
            if self.swaps_salt { (key.as_slice(), self.salt.as_slice()) } else { (&self.salt[..], &key[..]) };
        let prk = Hkdf::<Sha256>::new(Some(salt), secret);
        let digest = if self.hashes { Sha256::digest(aad).to_vec() } else { aad.to_vec() };
        let expand = |label: &[u8]| {
            let mut out = [0; 32];
            prk.expand_multi_info(&[label, &[self.suite], &digest], &mut out).unwrap();
            out
        };
        let (ek, commitment) = (expand(self.derive), expand(self.commit));
        let payload = Payload { msg: plaintext, aad: self.cipher_aad.as_deref().unwrap_or(aad) };
        let ciphertext = Aes256Gcm::new((&ek).into()).encrypt(&Nonce::from(self.nonce), payload).unwrap();
        [&self.salt[..], &commitment, &ciphertext].concat()
    }
}

pub(super) fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
    [&[tag][..], &u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat()
}

/// The parts of associated data, in their order.
pub(super) fn parts(of: &str, context: &Context) -> Vec<Vec<u8>> {
    let mut parts = vec![b"SK01\x01".to_vec(), field(1, of.as_bytes())];
    if of == "data-key" {
        parts.push(field(8, &0_u32.to_be_bytes()));
    }
    parts.extend([field(2, context.tenant.as_bytes()), field(3, b""), field(4, b"")]);
    let (class, record) = (context.class.as_bytes(), context.record.as_bytes());
    parts.extend([field(5, class), field(6, record), field(7, &context.version.to_be_bytes())]);
    parts
}

pub(super) fn header(context: &Context) -> Vec<u8> {
    [&b"SK01\x01"[..], &0_u32.to_be_bytes(), &context.version.to_be_bytes()].concat()
}

pub(super) const CEK: [u8; 32] = [0x5a; 32];

/// An envelope in its parts: header, data-key box, payload box.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) header: Vec<u8>,
    pub(super) data_key: Vec<u8>,
    pub(super) payload: Vec<u8>,
}

impl Parts {
    pub(super) fn text(&self) -> String {
        text(&self.bytes())
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        [&self.header[..], &self.data_key, &self.payload].concat()
    }
}

/// The right envelope of a context and plaintext.
pub(super) fn right(context: &Context, plaintext: &[u8]) -> Parts {
    Parts {
        header: header(context),
        data_key: Way::right(1).seal(&KEY, &parts("data-key", context).concat(), &CEK),
        payload: Way::right(2).seal(&CEK, &parts("payload", context).concat(), plaintext),
    }
}

pub(super) fn right_usual() -> Parts {
    right(&usual(), PLAINTEXT)
}
