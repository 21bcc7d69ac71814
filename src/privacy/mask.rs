//! Masking: one [`Masker`] a request, its map of tokens, and restoring the answer.
//! It does not decide which kinds are on; the caller passes them.

use super::{Identity, Kind, KindSet, Masked};
use std::collections::BTreeMap;

/// Replaces personal data and secrets by tokens, over all texts of one request, and gives them back.
pub struct Masker {
    kinds: KindSet,
}

impl Masker {
    /// A masker for one request.
    pub fn new(_identities: &[Identity], kinds: KindSet) -> Masker {
        Masker { kinds }
    }

    /// Reads a text of the request before any is masked: what is found here is masked in every text.
    pub fn learn(&mut self, _text: &str) {}

    /// Masks a plain text (or Markdown).
    pub fn mask(&mut self, text: &str) -> Masked<String> {
        let _ = self.kinds;
        Masked::new(text.to_owned(), BTreeMap::new())
    }

    /// Restores the tokens this masker issued; others are reported and left.
    pub fn restore(&self, text: &str) -> Restored {
        Restored { text: text.to_owned(), unknown: Vec::new() }
    }

    /// Which tokens stand for persons with a role, one a line, for the model.
    pub fn legend(&mut self) -> Masked<String> {
        Masked::new(String::new(), BTreeMap::new())
    }

    /// Distinct values (persons for [`Kind::Person`]) masked so far, for the page.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        BTreeMap::new()
    }
}

/// A text with its tokens replaced by what they stood for.
pub struct Restored {
    /// The text.
    pub text: String,
    /// Tokens in it that this request never issued, as written, each once.
    pub unknown: Vec<String>,
}
