//! Code names: words an administrator wants nobody outside to read, found wherever they stand alone.
//! It decides nothing; the words come with the request.

use super::fold::Folded;
use super::person::Terms;
use super::text::Text;
use super::{Finding, Kind, KindSet};
use aho_corasick::{AhoCorasick, MatchKind};

/// The denied words of a site, ready to search for.
#[derive(Clone, Default)]
pub(super) struct Denied {
    automaton: Option<AhoCorasick>,
}

impl Denied {
    pub(super) fn of(kinds: KindSet, terms: &Terms) -> Denied {
        let words = terms.denied();
        if words.is_empty() || !kinds.has(Kind::Secret) {
            return Denied::default();
        }
        Denied { automaton: AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok() }
    }

    /// Every occurrence at word boundaries, in any case and with or without accents.
    pub(super) fn find(&self, text: &Text<'_>) -> Vec<Finding> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = Folded::of(text.as_str());
        let places =
            automaton.find_iter(&folded.text).map(|found| folded.origin(found.start())..folded.origin(found.end()));
        let alone =
            places.filter(|place| !place.is_empty() && !text.word_before(place.start) && !text.word_at(place.end));
        alone.map(|place| Finding::new(Kind::Secret, place, 100)).collect()
    }
}
