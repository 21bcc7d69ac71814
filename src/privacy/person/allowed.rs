//! A site's product and project names: never guessed to be a person.
//! They are given by an administrator; nothing is learned.

use crate::privacy::fold::Folded;
use std::collections::BTreeSet;

/// Names that are no persons. A person whom the host names is masked all the same.
#[derive(Clone, Default)]
pub(in crate::privacy) struct Allowed {
    allowed: BTreeSet<String>,
}

impl Allowed {
    pub(in crate::privacy) fn of(names: &[String]) -> Allowed {
        Allowed { allowed: names.iter().map(|name| Folded::of(name.trim()).text).collect() }
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
