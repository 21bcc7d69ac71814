//! Publishing: the blocks of a page, the edit script over them, the exact difference, approval and revert.
//! It writes nothing: what comes out is a body that only an approval by hash releases.

mod align;
mod digest;
#[cfg(test)]
mod generate;
mod pair;
mod sketch;
mod words;

pub use digest::Digest;
pub use words::{MAX_WORDS, Word, WordOp, words};
