//! Masking: what a model may see. Finds personal data and secrets, replaces them by tokens, restores the answer locally.
//! It does not decide where a text may go (policy) nor build requests (provider).
//!
//! | file | what |
//! |---|---|
//! | `kind` | the kinds and their wire names |
//! | `identity` | persons the host named, and the forms a text may use |
//! | `detector/` | one file a detector; one linear sweep runs them |
//! | `classes`, `few` | 64 bytes at a time; short lists in place |
//! | `fold` | one spelling for all ways to write a name, and for tricks |
//! | `person/` | persons: the host's, and those the text shows |
//! | `finding` | what was found; overlaps resolved |
//! | `closure` | found once, masked everywhere |
//! | `custom`, `pattern` | a site's own words and patterns |
//! | `structure` | the texts inside ADF and storage format |
//! | `token`, `table` | how a token is written and read; the map of one request |
//! | `mask`, `restore` | [`Masker`], and the way back |
//! | `whole` | what a whole text shows of the pieces it was cut into |
//! | `figures` | what was measured of finding each kind |
//! | `masked` | [`Masked`]: the proof a provider's request is built from |

mod classes;
mod closure;
mod custom;
mod detector;
mod few;
pub mod figures;
mod finding;
mod fold;
mod identity;
mod kind;
mod mask;
mod masked;
mod pattern;
mod person;
mod restore;
mod structure;
mod table;
mod text;
mod token;
mod whole;

pub use custom::{Custom, Deny, Matcher};
pub use finding::Finding;
pub use identity::Identity;
pub use kind::{Kind, KindSet};
pub use mask::Masker;
pub use masked::{Masked, MaskedParts, MaskedText};
pub use pattern::{BadPattern, BadReason, Pattern};
pub use restore::{Restored, Restoring, TokenMap};
pub use structure::{Body, Malformed};
pub use whole::{Cutting, Part};

#[cfg(test)]
mod measured;
#[cfg(test)]
mod tests;
