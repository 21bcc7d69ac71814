//! The words of addresses, one file a language.
//! It says nothing of their order: that is the grammar's.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod other;
mod ru;

use super::lexicon::Lexicon;

/// Every language whose addresses are looked for.
pub(super) const ALL: &[Lexicon] =
    &[en::LEXICON, de::LEXICON, fr::LEXICON, es::LEXICON, it::LEXICON, ru::LEXICON, other::LEXICON];
