//! How many tokens a text can be at most, for budgets that must hold whichever model reads it.
//! It counts no tokens exactly: that takes a vocabulary of megabytes, and each provider has its own.
//!
//! [`upper_bound`] is a proof for the byte-pair encodings `o200k` and `cl100k`, not an estimate: no text has more tokens
//! in either, whoever wrote it. The text is cut as the tokenizers cut it before they merge ([`walk`]). A piece that is
//! one of the words both vocabularies hold ([`tables`]) is one token; three digits are one; any other piece is bounded by
//! what its bytes allow ([`strand`]). Where the cut itself is unsure, in scripts that are not ASCII, all cuts that are
//! possible are allowed for ([`rough`]). On tickets, pages and READMEs the bound is about 1.6 times the count; at worst,
//! for a row of one sign or letter, many times. Scripts that are not Latin pay for the two tables knowing little of them,
//! and for `cl100k`, which has more tokens for the same: Russian about 6 times the count of `o200k`, Thai about 4. It
//! stays so because a token may end within a letter (one is "о" with the first half of the next), so that no count by
//! letters is a proof.
//!
//! Exact counting does not pay: the ranks of `o200k` are 1.7 MB compressed, to pack prompts of at most 24,000 tokens for
//! models that take 128,000. The tests count exactly, with the crate `bpe-openai`.
//!
//! Other providers publish no vocabulary. For them [`upper_bound_anywhere`] is the same bound times a stated factor: safe
//! in the sense that nobody has measured more, which is no proof. The one proof for any byte-level encoding is
//! [`hard_bound`]: a token holds a byte at least.

mod class;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod measured;
mod rough;
mod strand;
mod tables;
mod walk;

use super::work::did;
use tables::Tables;

/// A number of tokens that this text does not exceed with the vocabularies `o200k` and `cl100k` of OpenAI.
#[must_use]
pub fn upper_bound(text: &str) -> u32 {
    did(text.len());
    walk::bound(text, Tables::get())
}

/// A number of tokens that this text does not exceed with any provider's vocabulary, as far as is known: 1.35 times
/// [`upper_bound`], rounded up.
///
/// Claude's tokens are reported to be 12 to 18 percent more than OpenAI's, 30 at most; Gemini's about as many.
#[must_use]
pub fn upper_bound_anywhere(text: &str) -> u32 {
    Tokenizer::Other.scaled(upper_bound(text))
}

/// A number of tokens that no byte-level encoding exceeds: the bytes.
#[must_use]
pub fn hard_bound(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// Whose tokens are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokenizer {
    /// `o200k`, `cl100k`: OpenAI's models and those that took over their vocabularies.
    OpenAi,
    /// Any other, or not known.
    Other,
}

impl Tokenizer {
    /// The tokenizer of this name: of a vocabulary, of a provider, or `any`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "o200k" | "o200k_base" | "cl100k" | "cl100k_base" | "openai" | "azure-openai" => Some(Self::OpenAi),
            "anthropic" | "claude" | "gemini" | "vertex" | "openai-compatible" | "forge-llm" | "any" => {
                Some(Self::Other)
            }
            _ => None,
        }
    }

    /// A number of tokens that a text with this [`upper_bound`] does not exceed.
    #[must_use]
    pub fn scaled(self, bound: u32) -> u32 {
        match self {
            Self::OpenAi => bound,
            Self::Other => u32::try_from((u64::from(bound) * 135).div_ceil(100)).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_kind_of_piece() {
        for (text, tokens) in [
            ("", 0),
            ("a", 1),
            ("the page", 2),
            ("12345", 2),
            (" 0 0", 4),
            ("a  b", 3),
            ("(the", 2),
            ("{}\n", 2),
            ("a\n\n    b", 4),
            ("\u{e000}", 3),
        ] {
            assert_eq!(upper_bound(text), tokens, "{text:?}");
        }
    }

    #[test]
    fn never_exceeds_the_bytes_by_more_than_rounding() {
        for text in ["qxzvkjwq", "日本語のテキスト", "0x9f86d081884c7d659a2feaa0", "\u{1f468}\u{200d}\u{1f469}"]
        {
            assert!(upper_bound(text) <= hard_bound(text) + 1, "{text}");
        }
    }

    #[test]
    fn scales_for_vocabularies_that_are_not_public() {
        assert_eq!(Tokenizer::named("o200k").map(|t| t.scaled(100)), Some(100));
        assert_eq!(Tokenizer::named("claude").map(|t| t.scaled(100)), Some(135));
        assert_eq!(Tokenizer::named("p50k"), None);
        assert_eq!(upper_bound_anywhere("the page"), 3);
    }
}
