//! The keys of names: what turns ids into tokens, keys into fingerprints and requests into fences.
//! They seal nothing, and they never change: a token is a part of a stored key, and a new one would name another record.
//!
//! So they do not follow the root. They are derived once, from the oldest root an installation saw, and then kept as a
//! sealed record of their own, which a rotation re-wraps like any other.

use super::seal::{derive_key, mac};
use super::{Root, Secret, SecretBytes, SecretText, TenantContext};
use base64ct::{Base64UrlUnpadded, Encoding};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The keys of names of one installation.
pub struct NameKeys {
    index: Secret<32>,
    fingerprint: Secret<32>,
    fence: Secret<32>,
}

impl NameKeys {
    /// The keys as they are made, once: from a root and the installation's secret.
    pub fn derive(root: &Root, installation: &Secret<32>, tenant: &TenantContext<'_>) -> NameKeys {
        let derive = |label: &[u8]| derive_key(root.key(), installation.expose(), label, &tenant.bytes());
        NameKeys {
            index: derive(b"app/index/1"),
            fingerprint: derive(b"app/fingerprint/1"),
            fence: derive(b"app/fence/1"),
        }
    }

    /// The plaintext of their record.
    pub fn print(&self) -> Zeroizing<Vec<u8>> {
        // Exposed: into the buffer that is sealed next, and wiped.
        let parts = [&self.index, &self.fingerprint, &self.fence].map(|key| key.expose().as_slice());
        let mut bytes = Zeroizing::new(Vec::with_capacity(PLAINTEXT));
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    /// The keys from the plaintext of their record; none when it is not theirs.
    pub fn parse(plaintext: &SecretBytes) -> Option<NameKeys> {
        let (parts, rest) = plaintext.expose().as_chunks::<32>();
        let [index, fingerprint, fence] = parts else { return None };
        let key = |bytes: &[u8; 32]| {
            let mut key = Secret::empty();
            key.expose_mut().copy_from_slice(bytes);
            key
        };
        rest.is_empty().then(|| NameKeys { index: key(index), fingerprint: key(fingerprint), fence: key(fence) })
    }

    /// What an index stores in place of an id (an account, a page): equal for equal ids of this tenant, telling nothing else.
    pub fn index_token(&self, label: &str, value: &str) -> String {
        Base64UrlUnpadded::encode_string(&mac(&self.index, &[label.as_bytes(), value.as_bytes()]))
    }

    /// Eight hexadecimal digits by which an administrator tells two keys apart; useless to anyone without these keys.
    pub fn fingerprint(&self, secret: &SecretText) -> String {
        // Exposed: into HMAC, of whose 32 bytes four are shown.
        let digest = mac(&self.fingerprint, &[secret.expose().as_bytes()]);
        digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What fences a request that is made of these parts: always the same for the same parts of this tenant, and not to
    /// be known by whoever lacks these keys, not even one who knows the fences of other requests.
    pub fn fence(&self, parts: &[&[u8]]) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = mac(&self.fence, parts);
        [a, b, c, d, e, f, g, h]
    }
}

/// Whether two MACs are the same, in the same time whether they are or not. Their lengths are no secret.
pub fn is_same_mac(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

const PLAINTEXT: usize = 3 * 32;
