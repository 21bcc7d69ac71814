//! What a site says of its own words: names that are no persons, and names that nobody outside may read.
//! It is given by an administrator; nothing is learned.

use crate::privacy::fold::Folded;
use std::collections::BTreeSet;

/// A site's own words for a [`crate::privacy::Masker`].
///
/// ```
/// use quillgate::privacy::{KindSet, Masker, Terms};
/// let terms = Terms::new().allow("Jenkins Parker").deny("Blue Heron");
/// let mut masker = Masker::with_terms(&[], KindSet::ALL, &terms);
/// assert_eq!(masker.mask("Dear Jenkins Parker, blue heron ships").as_ref(), "Dear Jenkins Parker, [SECRET_1] ships");
/// ```
#[derive(Clone, Default)]
pub struct Terms {
    allowed: BTreeSet<String>,
    denied: Vec<String>,
}

impl Terms {
    /// No words.
    pub fn new() -> Terms {
        Terms::default()
    }

    /// A product or project name: never guessed to be a person. A person whom the host names is masked all the same.
    #[must_use]
    pub fn allow(mut self, name: &str) -> Terms {
        self.allowed.insert(Folded::of(name.trim()).text);
        self
    }

    /// A code name: masked wherever it stands as a word, in any case, as `[SECRET_n]`.
    #[must_use]
    pub fn deny(mut self, name: &str) -> Terms {
        let folded = Folded::of(name.trim()).text;
        if folded.chars().any(char::is_alphanumeric) && !self.denied.contains(&folded) {
            self.denied.push(folded);
        }
        self
    }

    pub(in crate::privacy) fn denied(&self) -> &[String] {
        &self.denied
    }

    /// Whether a guess is an allowed name, or words of one.
    pub(super) fn allows(&self, passage: &str) -> bool {
        if self.allowed.is_empty() {
            return false;
        }
        let folded = Folded::of(passage).text;
        let within = |name: &String| {
            name.match_indices(folded.as_str()).any(|(at, _)| {
                let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
                let before = name.get(..at).and_then(|text| text.chars().next_back());
                let after = name.get(at + folded.len()..).and_then(|text| text.chars().next());
                !letter(before) && !letter(after)
            })
        };
        self.allowed.contains(&folded) || self.allowed.iter().any(within)
    }
}
