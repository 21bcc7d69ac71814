//! The stored format of a sealed record: layout, versions, limits.
//! It encrypts nothing; [`super::seal`] fills the boxes.
//!
//! ```text
//! "SK01" | suite u8 | root version u32 | record version u64 | data-key box (112) | payload box (80 + length)
//! box = salt 32 | commitment 32 | ciphertext | tag 16          integers big-endian; the whole in base64url without padding
//! ```
//! INVARIANT: one encoding for each envelope; trailing bytes, padding and other alphabets do not parse.

use super::hazmat::TAG;
use super::seal::{OpenError, OpenReason};
use base64ct::{Base64UrlUnpadded, Encoding};

/// A sealed record in base64url: what storage holds. Only the vault makes one.
#[derive(Clone)]
pub struct SealedText(String);

impl SealedText {
    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text to store, given up.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A parsed envelope: lengths are right, nothing is verified yet.
pub(super) struct Envelope<'a> {
    pub(super) root: u32,
    pub(super) version: u64,
    pub(super) data_key: &'a [u8],
    pub(super) payload: &'a [u8],
}

impl Envelope<'_> {
    /// The stored text.
    pub(super) fn print(&self) -> SealedText {
        let mut bytes = Vec::from(*MAGIC);
        bytes.push(SUITE);
        bytes.extend(self.root.to_be_bytes());
        bytes.extend(self.version.to_be_bytes());
        bytes.extend(self.data_key);
        bytes.extend(self.payload);
        SealedText(Base64UrlUnpadded::encode_string(&bytes))
    }

    /// Parses decoded bytes.
    pub(super) fn parse(bytes: &[u8]) -> Result<Envelope<'_>, OpenError> {
        let format = OpenError::because(OpenReason::Format);
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(format)?;
        let (suite, rest) = rest.split_first_chunk::<1>().ok_or(format)?;
        if magic != MAGIC || suite != &[SUITE] {
            return Err(format);
        }
        let length = OpenError::because(OpenReason::Length);
        let (root, rest) = rest.split_first_chunk::<4>().ok_or(length)?;
        let (version, rest) = rest.split_first_chunk::<8>().ok_or(length)?;
        let (data_key, payload) = rest.split_at_checked(BOX + 32).ok_or(length)?;
        if payload.len() < BOX || payload.len() > BOX + MAX_PLAINTEXT {
            return Err(length);
        }
        Ok(Envelope { root: u32::from_be_bytes(*root), version: u64::from_be_bytes(*version), data_key, payload })
    }
}

/// The bytes of a stored text.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, OpenError> {
    if text.len() > MAX_TEXT {
        return Err(OpenError::because(OpenReason::Length));
    }
    Base64UrlUnpadded::decode_vec(text).map_err(|_| OpenError::because(OpenReason::Encoding))
}

/// The first bytes of every envelope: what it is, and the version of this layout.
pub(super) const MAGIC: &[u8; 4] = b"SK01";
/// HKDF-SHA256, a 32-byte commitment, AES-256-GCM.
pub(super) const SUITE: u8 = 1;
/// A box around nothing: salt, commitment, tag.
pub(super) const BOX: usize = 32 + 32 + TAG;
/// The longest plaintext. What one stored value may hold is the record catalogue's decision.
pub const MAX_PLAINTEXT: usize = 16 << 20;

const HEADER: usize = 4 + 1 + 4 + 8;
const MAX_TEXT: usize = (HEADER + BOX + 32 + BOX + MAX_PLAINTEXT).div_ceil(3) * 4;
