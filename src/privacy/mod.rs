//! Masking: what a model may see. Finds personal data and secrets, replaces them by tokens, restores the answer locally.
//! It does not decide where a text may go (policy) nor build requests (provider).

mod identity;
mod kind;
mod mask;
mod masked;

pub use identity::Identity;
pub use kind::{Kind, KindSet};
pub use mask::{Masker, Restored};
pub use masked::{Masked, MaskedParts, MaskedText};
