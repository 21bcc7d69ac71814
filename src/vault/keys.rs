//! [`Vault`]: from the vendor's root and the installation's secret to one tenant's sealed records.
//! It keeps no record and reads no storage; both secrets are handed in for one invocation.
//!
//! ```text
//! KEK = HKDF(key = ROOT, salt = INST, "app/kek/1" | tenant)     one tenant, one root version
//! CEK = 32 random bytes, one for each version of each record     stored only sealed by KEK
//! record = box(KEK, CEK) | box(CEK, bytes)
//! ```
//! Whoever lacks either secret opens nothing: storage alone lacks ROOT, the vendor alone lacks INST.

use super::context::{Purpose, associated_data};
use super::entropy::Blocks;
use super::envelope::{Envelope, SUITE, decode};
use super::seal::{self, OpenError, OpenReason, SealError, derive_key};
use super::{Entropy, Record, SealedText, Secret, SecretBytes, SecretText, TenantContext};
use base64ct::{Base64UrlUnpadded, Encoding};
use zeroize::Zeroize;

/// A root secret, from the app's encrypted environment variable.
pub struct Root {
    version: u32,
    key: Secret<32>,
}

impl Root {
    /// Parses the variable's value: 32 bytes in base64url without padding.
    ///
    /// # Errors
    /// [`KeyError`] when it is not that, or plainly not random.
    pub fn parse(version: u32, value: &str) -> Result<Root, KeyError> {
        Ok(Root { version, key: parse_key(value)? })
    }
}

/// The roots in use: the one that seals, and during a rotation the one before it, which only opens.
pub struct Roots {
    current: Root,
    previous: Option<Root>,
}

impl Roots {
    /// One root.
    pub const fn only(current: Root) -> Roots {
        Roots { current, previous: None }
    }

    /// A rotation: the first seals, both open.
    pub const fn rotating(current: Root, previous: Root) -> Roots {
        Roots { current, previous: Some(previous) }
    }
}

/// Why a text is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not base64url without padding.
    Encoding,
    /// Not 32 bytes.
    Length,
    /// One byte over and over: a placeholder, not a key.
    Weak,
}

/// Writes a key as [`parse_key`] reads it.
pub(crate) fn print_key(key: &Secret<32>) -> String {
    Base64UrlUnpadded::encode_string(key.expose())
}

/// A key of 32 bytes from base64url without padding.
///
/// # Errors
/// [`KeyError`] when it is not that, or plainly not random.
pub(crate) fn parse_key(value: &str) -> Result<Secret<32>, KeyError> {
    let mut key = Secret::new([0; 32]);
    let mut bytes = Base64UrlUnpadded::decode_vec(value.trim()).map_err(|_| KeyError::Encoding)?;
    let right = bytes.len() == 32;
    if right {
        key.expose_mut().copy_from_slice(&bytes);
    }
    bytes.zeroize();
    let first = key.expose().first().copied().unwrap_or_default();
    match right {
        false => Err(KeyError::Length),
        // Exposed: a placeholder is told from a key before any use; how long that takes tells nothing about a real one.
        true if key.expose().iter().all(|byte| *byte == first) => Err(KeyError::Weak),
        true => Ok(key),
    }
}

/// Seals and opens the records of one tenant.
pub struct Vault<'a> {
    tenant: TenantContext<'a>,
    current: Kek,
    previous: Option<Kek>,
    index: Secret<32>,
    fingerprint: Secret<32>,
    fence: Secret<32>,
}

impl<'a> Vault<'a> {
    /// The vault of one installation. `installation` is its own secret, made once and kept in the host's secret store.
    pub fn new(roots: &Roots, installation: &Secret<32>, tenant: &TenantContext<'a>) -> Vault<'a> {
        let derive = |root: &Root, label: &[u8]| derive_key(&root.key, installation.expose(), label, &tenant.bytes());
        let kek = |root: &Root| Kek { root: root.version, key: derive(root, b"app/kek/1") };
        Vault {
            tenant: *tenant,
            current: kek(&roots.current),
            previous: roots.previous.as_ref().map(kek),
            index: derive(&roots.current, b"app/index/1"),
            fingerprint: derive(&roots.current, b"app/fingerprint/1"),
            fence: derive(&roots.current, b"app/fence/1"),
        }
    }

    /// Seals a record.
    ///
    /// # Errors
    /// [`SealError`] without randomness, or when the plaintext is too long.
    pub fn seal(
        &self,
        record: &Record<'_>,
        plaintext: &[u8],
        source: &mut dyn Entropy,
    ) -> Result<SealedText, SealError> {
        self.current.seal(&self.tenant, record, plaintext, source)
    }

    /// Opens a record, which must be the one named, in the version named, of this tenant.
    ///
    /// # Errors
    /// One opaque [`OpenError`], whatever is wrong.
    pub fn open(&self, record: &Record<'_>, sealed: &str) -> Result<SecretBytes, OpenError> {
        let bytes = decode(sealed)?;
        let envelope = Envelope::parse(&bytes)?;
        let keys = [Some(&self.current), self.previous.as_ref()];
        let kek = keys.into_iter().flatten().find(|kek| kek.root == envelope.root);
        kek.ok_or(OpenError::because(OpenReason::RootVersion))?.open(&self.tenant, record, &envelope)
    }

    /// What an index stores in place of an id (an account, a page): equal for equal ids of this tenant, telling nothing else.
    pub fn index_token(&self, label: &str, value: &str) -> String {
        Base64UrlUnpadded::encode_string(&seal::mac(&self.index, &[label.as_bytes(), value.as_bytes()]))
    }

    /// Eight hexadecimal digits by which an administrator tells two keys apart; useless to anyone without this vault's keys.
    pub fn fingerprint(&self, secret: &SecretText) -> String {
        // Exposed: into HMAC, of whose 32 bytes four are shown.
        let digest = seal::mac(&self.fingerprint, &[secret.expose().as_bytes()]);
        digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What fences a request that is made of these parts: always the same for the same parts of this tenant, and not to
    /// be known by whoever lacks this vault's keys, not even one who knows the fences of other requests.
    pub fn fence(&self, parts: &[&[u8]]) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = seal::mac(&self.fence, parts);
        [a, b, c, d, e, f, g, h]
    }
}

/// A tenant's key under one root version: seals each record's data key.
pub(crate) struct Kek {
    root: u32,
    key: Secret<32>,
}

impl Kek {
    /// A key that was not derived from a root, for the command's verbs.
    pub(crate) const fn standalone(key: Secret<32>) -> Kek {
        Kek { root: 0, key }
    }

    /// Seals a record under a fresh data key.
    pub(crate) fn seal(
        &self,
        tenant: &TenantContext<'_>,
        record: &Record<'_>,
        plaintext: &[u8],
        source: &mut dyn Entropy,
    ) -> Result<SealedText, SealError> {
        let source = &mut Blocks::from(source);
        let cek = source.draw().map_err(SealError::Entropy)?;
        let aad = |purpose| associated_data(SUITE, purpose, record, tenant);
        // Exposed: the data key is the plaintext of its own box.
        let data_key = seal::seal(&self.key, &aad(Purpose::DataKey { root: self.root }), cek.expose(), source)?;
        let payload = seal::seal(&cek, &aad(Purpose::Payload), plaintext, source)?;
        Ok(Envelope { root: self.root, version: record.version, data_key: &data_key, payload: &payload }.print())
    }

    /// Opens a stored text that this key sealed.
    pub(crate) fn open_text(
        &self,
        tenant: &TenantContext<'_>,
        record: &Record<'_>,
        sealed: &str,
    ) -> Result<SecretBytes, OpenError> {
        let bytes = decode(sealed)?;
        let envelope = Envelope::parse(&bytes)?;
        if envelope.root != self.root {
            return Err(OpenError::because(OpenReason::RootVersion));
        }
        self.open(tenant, record, &envelope)
    }

    fn open(
        &self,
        tenant: &TenantContext<'_>,
        record: &Record<'_>,
        envelope: &Envelope<'_>,
    ) -> Result<SecretBytes, OpenError> {
        if envelope.version != record.version {
            return Err(OpenError::because(OpenReason::RecordVersion));
        }
        let aad = |purpose| associated_data(SUITE, purpose, record, tenant);
        let opened = seal::open(&self.key, &aad(Purpose::DataKey { root: self.root }), envelope.data_key)?;
        let mut cek = Secret::new([0; 32]);
        // Exposed: the data key moves from its box into its type.
        let bytes: &[u8; 32] = opened.expose().try_into().map_err(|_| OpenError::because(OpenReason::Length))?;
        cek.expose_mut().copy_from_slice(bytes);
        seal::open(&cek, &aad(Purpose::Payload), envelope.payload)
    }
}
