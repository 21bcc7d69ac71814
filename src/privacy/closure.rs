//! Closure: what was found once is masked wherever it stands, also where its context alone would not have shown it.
//! It finds nothing new by itself.

use super::Kind;
use super::finding::Finding;
use super::text::Text;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Values found so far in this request.
#[derive(Default)]
pub(super) struct Closure {
    values: BTreeMap<String, Kind>,
    /// Built over as many values as there were; rebuilt when there are more.
    automaton: Option<(AhoCorasick, Vec<Kind>)>,
}

impl Closure {
    /// Remembers the values whose finding depended on context, and their usual other spellings.
    pub(super) fn learn(&mut self, text: &str, findings: &[Finding]) {
        let known = self.values.len();
        for finding in findings.iter().filter(|finding| depends_on_context(finding.kind)) {
            let Some(value) = text.get(finding.start..finding.end) else { continue };
            for spelling in spellings(finding.kind, value) {
                if spelling.len() >= SHORTEST && !is_plain_word(&spelling) {
                    self.values.entry(spelling).or_insert(finding.kind);
                }
            }
        }
        if self.values.len() > known {
            let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(self.values.keys()).ok();
            self.automaton = built.map(|automaton| (automaton, self.values.values().copied().collect()));
        }
    }

    /// Every occurrence of a remembered value.
    pub(super) fn find(&self, text: &str) -> Vec<Finding> {
        let Some((automaton, kinds)) = &self.automaton else { return Vec::new() };
        let source = Text::new(text);
        let occurrences = automaton
            .find_iter(text)
            .filter(|found| !source.word_before(found.start()) && !source.word_at(found.end()));
        occurrences
            .filter_map(|found| Some(Finding::new(*kinds.get(found.pattern().as_usize())?, found.range(), 80)))
            .collect()
    }
}

const fn depends_on_context(kind: Kind) -> bool {
    !matches!(kind, Kind::Email | Kind::Person | Kind::Ip | Kind::Mac | Kind::UrlCredential)
}

/// The value as written, and for numbers their digits alone.
fn spellings(kind: Kind, value: &str) -> Vec<String> {
    let mut spellings = vec![value.to_owned()];
    if matches!(kind, Kind::Phone | Kind::Iban | Kind::Card) {
        let compact: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
        if kind == Kind::Phone && value.starts_with('+') {
            spellings.push(format!("+{compact}"));
        }
        if compact.len() > 8 {
            spellings.push(compact);
        }
    }
    spellings
}

/// A word of the language may be somebody's password and still mean what it says elsewhere.
fn is_plain_word(value: &str) -> bool {
    value.chars().all(char::is_alphabetic)
}

/// Shorter values are too likely to be something else.
const SHORTEST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, value: &str, text: &str, expected: &[&str]) {
        let mut closure = Closure::default();
        closure.learn(value, &[Finding::new(kind, 0..value.len(), 50)]);
        let found: Vec<&str> =
            closure.find(text).iter().map(|finding| text.get(finding.start..finding.end).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_known_values_at_word_boundaries() {
        check(Kind::Secret, "hunter2", "it was hunter2, not hunter22 or xhunter2", &["hunter2"]);
        check(Kind::Phone, "+49 30 901820", "+4930901820 4930901820", &["+4930901820", "4930901820"]);
    }

    #[test]
    fn forgets_values_that_are_too_short_or_plain_words() {
        check(Kind::Secret, "password", "the password", &[]);
        check(Kind::Secret, "abc1", "abc1", &[]);
    }
}
