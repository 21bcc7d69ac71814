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
//! | `keys` | [`Vault`]: from the root and installation secrets to records |

mod context;
mod entropy;
mod envelope;
mod hazmat;
mod keys;
mod seal;
mod secret;

pub use context::{Record, TenantContext};
pub use entropy::{Entropy, EntropyError, HostEntropy};
pub use envelope::{MAX_PLAINTEXT, SealedText};
pub use keys::{KeyError, Root, Roots, Vault};
pub use seal::{OpenError, OpenReason, SealError};
pub use secret::{Secret, SecretBytes, SecretText, last_four};

#[doc(hidden)]
pub use entropy::FixedEntropy;
pub(crate) use keys::{Kek, parse_key, print_key};

#[cfg(test)]
mod tests;
