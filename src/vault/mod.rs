//! Sealing: whatever is stored leaves the core encrypted, bound to whose, what and which version it is.
//! It does not store anything, nor decide what may be stored (record does).
//!
//! | file | what |
//! |---|---|
//! | `hazmat` | AES-256-GCM, the only caller of the cipher |
//! | `secret` | types for bytes that must not be printed, copied or compared |
//! | `entropy` | the port for random bytes |
//! | `context` | who, what and which version, as canonical bytes |
//! | `envelope` | the stored format: layout and limits |
//! | `seal` | one sealed box: derive, commit, encrypt; and back |
//! | `root` | the vendor's roots: versions, the one that seals, the window |
//! | `keys` | [`Vault`]: from the root and installation secrets to records |
//! | `names` | the keys of names, which no rotation changes |
//!
//! # The format
//! This section is normative: it is all that a second implementation needs. `‖` joins bytes, integers are big-endian,
//! `H` is SHA-256 (FIPS 180-4), `Extract` and `Expand` are HKDF with it (RFC 5869), `GCM` is AES-256-GCM with a 16-byte tag at the
//! ciphertext's end (NIST SP 800-38D), texts are UTF-8, and `b64` is base64url without padding (RFC 4648 §5), of which only the
//! one encoding with zero trailing bits is accepted.
//!
//! ```text
//! field(t, x)   = t u8 ‖ length of x u32 ‖ x
//! tenant        = field(2, cloud id) ‖ field(3, installation id) ‖ field(4, environment id)
//! record        = field(5, class) ‖ field(6, key) ‖ field(7, version u64)
//! aad.data-key  = "SK01" ‖ suite u8 ‖ field(1, "data-key") ‖ field(8, root version u32) ‖ tenant ‖ record
//! aad.payload   = "SK01" ‖ suite u8 ‖ field(1, "payload") ‖ tenant ‖ record
//!
//! KEK           = Expand(Extract(salt = INST, ROOT of the root version), "app/kek/1" ‖ tenant, 32)
//! CEK           = 32 random bytes, fresh for each version of each record
//!
//! box(K, aad, plaintext):
//!   salt        = 32 bytes, unlike any other of K                                             (see "Writers")
//!   prk         = Extract(salt, K)
//!   ek          = Expand(prk, "DERIVEKEY" ‖ suite u8 ‖ H(aad), 32)
//!   commitment  = Expand(prk, "COMMITKEY" ‖ suite u8 ‖ H(aad), 32)
//!   box         = salt ‖ commitment ‖ GCM(ek, nonce = 12 zero bytes, aad, plaintext)
//!
//! envelope      = "SK01" ‖ suite u8 = 1 ‖ root version u32 ‖ record version u64
//!                 ‖ box(KEK, aad.data-key, CEK)                                               112 bytes
//!                 ‖ box(CEK, aad.payload, plaintext)                                          80 bytes and the plaintext
//! stored text   = b64(envelope)
//! ```
//!
//! *Readers* check in this order and stop at the first that fails; outward every failure is the same error:
//! 1. `encoding`: the text is not longer than the longest envelope (else `length`), and is `b64`.
//! 2. `format`: at least five bytes, which are "SK01" and suite 1.
//! 3. `length`: header and data-key box are whole, and the payload box is 80 bytes to 80 bytes and 2²⁴.
//! 4. `root-version`: the root version is inside the window of the roots in use ([`Window`]).
//! 5. `record-version`: the record version is the one asked for.
//! 6. `commitment`, then `tag`: of the data-key box; the commitment is compared in constant time, before anything is decrypted.
//! 7. `commitment`, then `tag`: of the payload box.
//!
//! Tenant, class, key and version are always the reader's own: of the invocation, the catalogue, the place the value was
//! read from. Nothing of a stored value takes part in them. Where the host itself gives no version (a plain value, which is
//! written once), the version is 1.
//!
//! *Writers* make the salt as `HMAC(Expand(Extract("", K), "HEDGEKEY" ‖ suite u8, 32), u64 length ‖ 32 random bytes ‖ u64 length ‖ aad ‖
//! u64 length ‖ plaintext)`, so that a host that repeats its randomness still never encrypts two plaintexts under one `ek`. A
//! reader cannot tell and need not. Randomness is asked of the host at each use; one byte over and over, or the block before, is
//! refused.
//!
//! *A new root* replaces the root version and the data-key box; the payload box stays byte for byte ([`Keyring::rewrap`]).
//!
//! *Keys of names* ([`NameKeys`]): index, fingerprint and fence key are `Expand(Extract(INST, ROOT), label ‖ tenant, 32)` with the
//! labels "app/index/1", "app/fingerprint/1" and "app/fence/1", of the oldest root in use when they were made; they are kept
//! as one sealed record of 96 bytes in this order. A MAC by them is HMAC-SHA256 over its parts, each after its length as u64.
//!
//! `tests/vectors/envelope` has a file for each way in which an envelope can be wrong, with keys, context and the exact reason.

mod context;
mod entropy;
mod envelope;
mod hazmat;
mod keys;
mod names;
mod root;
mod seal;
mod secret;

pub use context::{Record, TenantContext};
pub use entropy::{Entropy, EntropyError, HostEntropy};
pub use envelope::{MAX_PLAINTEXT, SealedText};
pub use keys::{Keyring, RewrapError, Vault};
pub use names::{NameKeys, is_same_mac};
pub use root::{KeyError, Root, Roots, Window, WindowError};
pub use seal::{OpenError, OpenReason, SealError};
pub use secret::{Secret, SecretBytes, SecretText, last_four};

#[doc(hidden)]
pub use entropy::FixedEntropy;
pub(crate) use entropy::random_key;
pub(crate) use keys::Kek;
pub(crate) use root::{parse_key, print_key};

#[cfg(test)]
mod signature;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
