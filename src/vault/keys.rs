//! [`Keyring`]: from the vendor's roots and the installation's secret to one tenant's sealed records; [`Vault`]: with the keys of names.
//! They keep no record and read no storage; the secrets are handed in for one invocation.
//!
//! Whoever lacks either secret opens nothing: storage alone lacks ROOT, the vendor alone lacks INST.

use super::context::{Purpose, associated_data};
use super::entropy::Blocks;
use super::envelope::{Envelope, SUITE, decode};
use super::seal::{self, OpenError, OpenReason, SealError, derive_key};
use super::{
    Entropy, NameKeys, Record, Root, Roots, SealedText, Secret, SecretBytes, SecretText, TenantContext, Window,
};

/// What an invocation has of its installation's keys: the keyring, and the keys of names.
#[derive(Clone, Copy)]
pub struct Vault<'a> {
    keyring: Keyring<'a>,
    names: &'a NameKeys,
}

impl<'a> Vault<'a> {
    /// The vault of one installation.
    pub const fn new(keyring: Keyring<'a>, names: &'a NameKeys) -> Vault<'a> {
        Vault { keyring, names }
    }

    /// See [`Keyring::seal`].
    ///
    /// # Errors
    /// As there.
    pub fn seal(
        &self,
        record: &Record<'_>,
        plaintext: &[u8],
        source: &mut dyn Entropy,
    ) -> Result<SealedText, SealError> {
        self.keyring.seal(record, plaintext, source)
    }

    /// See [`Keyring::open`].
    ///
    /// # Errors
    /// As there.
    pub fn open(&self, record: &Record<'_>, sealed: &str) -> Result<SecretBytes, OpenError> {
        self.keyring.open(record, sealed)
    }

    /// See [`Keyring::rewrap`].
    ///
    /// # Errors
    /// As there.
    pub fn rewrap(
        &self,
        record: &Record<'_>,
        sealed: &str,
        source: &mut dyn Entropy,
    ) -> Result<Option<SealedText>, RewrapError> {
        self.keyring.rewrap(record, sealed, source)
    }

    /// See [`NameKeys::index_token`].
    pub fn index_token(&self, label: &str, value: &str) -> String {
        self.names.index_token(label, value)
    }

    /// See [`NameKeys::fingerprint`].
    pub fn fingerprint(&self, secret: &SecretText) -> String {
        self.names.fingerprint(secret)
    }

    /// See [`NameKeys::fence`].
    pub fn fence(&self, parts: &[&[u8]]) -> [u8; 8] {
        self.names.fence(parts)
    }
}

/// Seals and opens the records of one tenant.
#[derive(Clone, Copy)]
pub struct Keyring<'a> {
    roots: &'a Roots,
    installation: &'a Secret<32>,
    tenant: TenantContext<'a>,
}

impl<'a> Keyring<'a> {
    /// The keyring of one installation. `installation` is its own secret, made once and kept in the host's secret store.
    pub const fn new(roots: &'a Roots, installation: &'a Secret<32>, tenant: TenantContext<'a>) -> Keyring<'a> {
        Keyring { roots, installation, tenant }
    }

    /// Which versions of the root it has.
    pub const fn window(&self) -> Window {
        self.roots.window()
    }

    /// Seals a record under the primary root.
    ///
    /// # Errors
    /// [`SealError`] without randomness, or when the plaintext is too long.
    pub fn seal(
        &self,
        record: &Record<'_>,
        plaintext: &[u8],
        source: &mut dyn Entropy,
    ) -> Result<SealedText, SealError> {
        self.primary()?.seal(&self.tenant, record, plaintext, source)
    }

    /// Opens a record, which must be the one named, in the version named, of this tenant, sealed under a root of the window.
    ///
    /// # Errors
    /// One opaque [`OpenError`], whatever is wrong.
    pub fn open(&self, record: &Record<'_>, sealed: &str) -> Result<SecretBytes, OpenError> {
        let bytes = decode(sealed)?;
        let envelope = Envelope::parse(&bytes)?;
        self.kek(&envelope)?.open(&self.tenant, record, &envelope)
    }

    /// Moves a record's data key under the primary root; none when it is there already.
    ///
    /// The payload is copied byte for byte and not opened: whoever re-wraps sees no content.
    ///
    /// # Errors
    /// What is wrong with the stored value, or that nothing can be sealed.
    pub fn rewrap(
        &self,
        record: &Record<'_>,
        sealed: &str,
        source: &mut dyn Entropy,
    ) -> Result<Option<SealedText>, RewrapError> {
        let bytes = decode(sealed)?;
        let envelope = Envelope::parse(&bytes)?;
        let (from, to) = (self.kek(&envelope)?, self.primary()?);
        let cek = from.open_data_key(&self.tenant, record, &envelope)?;
        if envelope.root == to.root {
            return Ok(None);
        }
        let data_key = to.seal_data_key(&self.tenant, record, &cek, &mut Blocks::from(source))?;
        Ok(Some(Envelope { root: to.root, data_key: &data_key, ..envelope }.print()))
    }

    /// The root version a stored value says it is sealed under; nothing is verified.
    ///
    /// # Errors
    /// When it has not the form of an envelope.
    pub fn root_of(sealed: &str) -> Result<u32, OpenError> {
        Ok(Envelope::parse(&decode(sealed)?)?.root)
    }

    /// The keys of names as an installation first derives them: from the oldest root in use.
    pub fn first_name_keys(&self) -> Option<NameKeys> {
        let oldest = self.roots.get(self.roots.window().minimum())?;
        Some(NameKeys::derive(oldest, self.installation, &self.tenant))
    }

    fn primary(&self) -> Result<Kek, SealError> {
        self.roots.primary().map(|root| self.derive(root)).ok_or(SealError::NoRoot)
    }

    fn kek(&self, envelope: &Envelope<'_>) -> Result<Kek, OpenError> {
        let root = self.roots.get(envelope.root).ok_or(OpenError::because(OpenReason::RootVersion))?;
        Ok(self.derive(root))
    }

    fn derive(&self, root: &Root) -> Kek {
        let key = derive_key(root.key(), self.installation.expose(), b"app/kek/1", &self.tenant.bytes());
        Kek { root: root.version(), key }
    }
}

/// Why a record was not re-wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewrapError {
    /// It does not open.
    Open(OpenError),
    /// Nothing can be sealed.
    Seal(SealError),
}

impl From<OpenError> for RewrapError {
    fn from(error: OpenError) -> Self {
        RewrapError::Open(error)
    }
}

impl From<SealError> for RewrapError {
    fn from(error: SealError) -> Self {
        RewrapError::Seal(error)
    }
}

/// A tenant's key under one root version: seals each record's data key.
pub(crate) struct Kek {
    root: u32,
    key: Secret<32>,
}

impl Kek {
    /// A key that was not derived from a root, for the command's verbs.
    pub(crate) fn standalone(key: Secret<32>) -> Kek {
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
        let data_key = self.seal_data_key(tenant, record, &cek, source)?;
        let payload = seal::seal(&cek, &associated_data(SUITE, Purpose::Payload, record, tenant), plaintext, source)?;
        Ok(Envelope { root: self.root, version: record.version, data_key: &data_key, payload: &payload }.print())
    }

    fn seal_data_key(
        &self,
        tenant: &TenantContext<'_>,
        record: &Record<'_>,
        cek: &Secret<32>,
        source: &mut Blocks<'_>,
    ) -> Result<Vec<u8>, SealError> {
        let aad = associated_data(SUITE, Purpose::DataKey { root: self.root }, record, tenant);
        // Exposed: the data key is the plaintext of its own box.
        seal::seal(&self.key, &aad, cek.expose(), source)
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
        let cek = self.open_data_key(tenant, record, envelope)?;
        seal::open(&cek, &associated_data(SUITE, Purpose::Payload, record, tenant), envelope.payload)
    }

    fn open_data_key(
        &self,
        tenant: &TenantContext<'_>,
        record: &Record<'_>,
        envelope: &Envelope<'_>,
    ) -> Result<Secret<32>, OpenError> {
        if envelope.version != record.version {
            return Err(OpenError::because(OpenReason::RecordVersion));
        }
        let aad = associated_data(SUITE, Purpose::DataKey { root: self.root }, record, tenant);
        let opened = seal::open(&self.key, &aad, envelope.data_key)?;
        let mut cek = Secret::empty();
        // Exposed: the data key moves from its box into its type.
        let bytes: &[u8; 32] = opened.expose().try_into().map_err(|_| OpenError::because(OpenReason::Length))?;
        cek.expose_mut().copy_from_slice(bytes);
        Ok(cek)
    }
}
