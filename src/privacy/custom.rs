//! A site's own words: what is always masked (code names), and what is never taken for a person or an address (product names).
//! It decides nothing; an administrator gives the words, and they come with the request.

use super::finding::Finding;
use super::fold::Folded;
use super::pattern::Pattern;
use super::text::Text;
use super::{BadPattern, Kind};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// The words of a site.
///
/// ```
/// use quillgate::privacy::{Custom, Deny, Kind, KindSet, Masker, Matcher, Pattern};
/// let heron = Deny { matcher: Matcher::Phrase("Blue Heron".into()), kind: Kind::Secret };
/// let ticket = Deny { matcher: Matcher::Pattern(Pattern::compile(r"HR-\d{5}").unwrap()), kind: Kind::Person };
/// let custom = Custom { deny: vec![heron, ticket], allow: vec![] };
/// let mut masker = Masker::with(&[], KindSet::ALL, &custom);
/// assert_eq!(masker.mask("blue heron, see HR-12345").as_ref(), "[SECRET_1], see [PERSON_1]");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Custom {
    /// Always masked, whichever kinds are chosen.
    pub deny: Vec<Deny>,
    /// Product and project names: never guessed to be a person or an address. A person whom the host names is masked all the same.
    pub allow: Vec<String>,
}

/// Something that is always masked.
#[derive(Clone, Debug, PartialEq)]
pub struct Deny {
    /// What is looked for.
    pub matcher: Matcher,
    /// What it is masked as.
    pub kind: Kind,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// A word that stands alone, in any case, with or without accents.
    Word(String),
    /// Words in a row, in the same way, whatever blanks are between them.
    Phrase(String),
    /// A pattern, see [`Pattern`].
    Pattern(Pattern),
}

impl Matcher {
    /// A pattern from its text.
    ///
    /// # Errors
    /// [`BadPattern`] with the reason and the place.
    pub fn pattern(source: &str) -> Result<Matcher, BadPattern> {
        Pattern::compile(source).map(Matcher::Pattern)
    }
}

/// The words of a site, ready to search for.
#[derive(Clone, Default)]
pub(super) struct Words {
    automaton: Option<AhoCorasick>,
    /// What each word is masked as; none for those that are allowed.
    kinds: Vec<Option<Kind>>,
    patterns: Vec<(Pattern, Kind)>,
}

impl Words {
    pub(super) fn of(custom: &Custom) -> Words {
        let (mut words, mut found) = (Vec::new(), Words::default());
        for Deny { matcher, kind } in &custom.deny {
            match matcher {
                Matcher::Word(word) | Matcher::Phrase(word) => found.word(&mut words, word, Some(*kind)),
                Matcher::Pattern(pattern) => found.patterns.push((pattern.clone(), *kind)),
            }
        }
        custom.allow.iter().for_each(|word| found.word(&mut words, word, None));
        if !words.is_empty() {
            found.automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words).ok();
        }
        found
    }

    fn word(&mut self, words: &mut Vec<String>, word: &str, kind: Option<Kind>) {
        let folded = Folded::of(word.trim()).text;
        if folded.chars().any(char::is_alphanumeric) {
            words.push(folded);
            self.kinds.push(kind);
        }
    }

    /// Adds what is always masked, and takes away guesses inside what is allowed.
    pub(super) fn apply(&self, text: &Text<'_>, findings: &mut Vec<Finding>) {
        if self.automaton.is_none() && self.patterns.is_empty() {
            return;
        }
        let (mut denied, mut allowed): (Vec<Finding>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        self.each_word(text, |place, kind| match kind {
            Some(kind) => denied.push(Finding::new(kind, place, CERTAIN)),
            None => allowed.push(place),
        });
        for (pattern, kind) in &self.patterns {
            pattern.find(text, |place| denied.push(Finding::new(*kind, place, CERTAIN)));
        }
        let allowed = widest(allowed);
        findings.retain(|finding| !is_guess(finding) || !is_within(&allowed, finding));
        findings.extend(denied);
    }

    fn each_word(&self, text: &Text<'_>, mut visit: impl FnMut(Range<usize>, Option<Kind>)) {
        let Some(automaton) = &self.automaton else { return };
        let folded = Folded::of(text.as_str());
        for found in automaton.find_overlapping_iter(&folded.text) {
            let place = folded.origin(found.start())..folded.origin(found.end());
            let joined = |edge: usize| text.word_before(edge) && text.word_at(edge);
            if !place.is_empty() && !joined(place.start) && !joined(place.end) {
                visit(place, self.kinds.get(found.pattern().as_usize()).copied().flatten());
            }
        }
    }
}

/// The score of what the host or an administrator named.
const CERTAIN: u8 = 100;

const fn is_guess(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::Person | Kind::Address) && finding.score < CERTAIN
}

/// In order, without those inside another.
fn widest(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let further = place.end > end;
        end = end.max(place.end);
        further
    });
    places
}

/// Whether a finding lies in one of the places, which are in order of both their ends.
fn is_within(places: &[Range<usize>], finding: &Finding) -> bool {
    let after = places.partition_point(|place| place.start <= finding.start);
    after.checked_sub(1).and_then(|at| places.get(at)).is_some_and(|place| finding.end <= place.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::{Identity, KindSet, Masker};

    fn deny(word: &str, kind: Kind) -> Deny {
        Deny { matcher: Matcher::Phrase(word.to_owned()), kind }
    }

    fn masked(custom: &Custom, text: &str) -> String {
        Masker::with(&[], KindSet::ALL, custom).mask(text).as_ref().clone()
    }

    #[test]
    fn masks_words_that_stand_alone_in_any_case() {
        let custom =
            Custom { deny: vec![deny("Blue Heron", Kind::Secret), deny("Äther", Kind::Person)], allow: vec![] };
        assert_eq!(masked(&custom, "BLUE\u{a0} heron, äther, ather"), "[SECRET_1], [PERSON_1], [PERSON_2]");
        assert_eq!(masked(&custom, "Blue\u{200b} He\u{ad}ron's"), "[SECRET_1]'s");
        assert_eq!(masked(&custom, "Blue Herons, therm, Blue-Heron"), "Blue Herons, therm, Blue-Heron");
    }

    #[test]
    fn masks_them_even_with_all_kinds_off() {
        let custom = Custom { deny: vec![deny("Blue Heron", Kind::Secret)], allow: vec![] };
        let mut masker = Masker::with(&[], KindSet::NONE, &custom);
        assert_eq!(masker.mask("Blue Heron, a@example.com").as_ref(), "[SECRET_1], a@example.com");
    }

    #[test]
    fn allows_guesses_alone() {
        let words =
            Words::of(&Custom { deny: vec![], allow: vec![String::from("Jenkins Parker"), String::from("Parker")] });
        let text = Text::new("Jenkins Parker in Parker, Anna Parker");
        let guess = |place, score| Finding::new(Kind::Person, place, score);
        let mut findings =
            vec![guess(0..7, 60), guess(0..14, 60), guess(0..14, 100), guess(18..24, 60), guess(26..37, 60)];
        words.apply(&text, &mut findings);
        let left: Vec<_> = findings.iter().map(|finding| (finding.start..finding.end, finding.score)).collect();
        assert_eq!(left, [(0..14, 100), (26..37, 60)]);
        let custom = Custom { deny: vec![], allow: vec![String::from("Anna")] };
        let mut masker = Masker::with(&[Identity::named("Anna Schmidt", None)], KindSet::ALL, &custom);
        assert_eq!(masker.mask("Anna").as_ref(), "[PERSON_1]");
    }

    #[test]
    fn gives_back_what_it_masked() {
        let custom = Custom { deny: vec![deny("Blue Heron", Kind::Secret)], allow: vec![] };
        let mut masker = Masker::with(&[], KindSet::ALL, &custom);
        let masked = masker.mask("blue heron and Blue Heron").as_ref().clone();
        assert_eq!(masker.restore(&masked).text, "blue heron and Blue Heron");
    }
}
