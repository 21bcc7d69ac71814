//! Publishing: the blocks of a page, the edit script over them, the exact difference, approval and revert.
//! It writes nothing: what comes out is a body that only an approval by hash releases.

mod align;
mod apply;
mod claims;
mod clean;
pub mod compose;
mod diff;
mod digest;
#[cfg(test)]
mod generate;
mod identity;
#[cfg(test)]
mod identity_laws;
mod json;
#[cfg(test)]
mod laws;
mod layout;
mod meaning;
#[cfg(test)]
mod measured;
mod message;
mod page;
mod pair;
mod places;
mod resolve;
mod revert;
mod review;
mod rows;
mod script;
mod sketch;
mod split;
mod words;

pub use apply::apply;
pub use diff::{Diff, DiffError, diff};
pub use digest::Digest;
pub use message::{MESSAGE_MAX, OpId, message, parse_marker};
pub use page::{BlockIndex, Form, Grain, Page};
pub use resolve::{ApplyError, MAX_EDITS};
pub use revert::{Conflict, ConflictKind, Merge, Restore, Revert, revert};
pub use review::{APPROVAL_MILLIS, Approved, Proposal, Refusal, Review, Target, TargetPage, review};
pub use rows::{Row, RowKind, Summary, rows, summary};
pub use script::{ClaimId, ClaimMark, Edit, EditId, EditScript, Op, Place};
pub use split::MAX_BLOCKS;
pub use words::{MAX_WORDS, Word, WordOp, words};
