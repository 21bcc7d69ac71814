//! Persons the host named: every form of every identity in one pass, at word boundaries.
//! It guesses no names; a person nobody named is not found here but by the tagger and the cues.
//!
//! A form of one capitalised word ("Schmidt") is found only capitalised; every other form in any case. Forms are compared
//! folded (see [`crate::privacy::fold`]), so accents, kinds of space and invisible characters make no difference.

use crate::privacy::fold::Folded;
use crate::privacy::text::Text;
use crate::privacy::{Finding, Identity, Kind};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// The identities of a request, ready to search for.
#[derive(Clone)]
pub(super) struct Identities {
    automaton: Option<AhoCorasick>,
    /// For each pattern: whether it is found capitalised only.
    capital: Vec<bool>,
    /// Which person a folded form belongs to; `None` where two share it.
    owners: BTreeMap<String, Option<usize>>,
    /// Which person each identity is.
    persons: Vec<usize>,
}

impl Identities {
    /// Identities with one id, or without one but of one name, are one person. A form that two persons share is found, and is neither's.
    pub(super) fn of(identities: &[Identity]) -> Identities {
        let mut ids: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        let mut owners: BTreeMap<String, Option<usize>> = BTreeMap::new();
        let (mut patterns, mut capital, mut persons) = (Vec::new(), Vec::new(), Vec::new());
        for (person, identity) in identities.iter().enumerate() {
            let named = identity.forms.first().map(|form| (form.as_str(), false));
            let key = identity.id.as_deref().map(|id| (id, true)).or(named);
            let person = key.map_or(person, |key| *ids.entry(key).or_insert(person));
            persons.push(person);
            for form in &identity.forms {
                let folded = Folded::of(form.trim()).text;
                if let Some(owner) = owners.get_mut(&folded) {
                    *owner = owner.filter(|owner| *owner == person);
                } else if folded.chars().any(char::is_alphanumeric) {
                    capital.push(is_capitalised_word(form.trim()));
                    patterns.push(folded.clone());
                    owners.insert(folded, Some(person));
                }
            }
        }
        let built = || AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok();
        let automaton = if patterns.is_empty() { None } else { built() };
        Identities { automaton, capital, owners, persons }
    }

    /// Which person an identity is, by its place.
    pub(super) fn person(&self, identity: usize) -> Option<usize> {
        self.persons.get(identity).copied()
    }

    /// The forms in a text: the longest at each place, from left to right, so that "Anna Schmidt, Anna" is not read as "Schmidt, Anna".
    pub(super) fn find(&self, text: &Text<'_>) -> Vec<Finding> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = Folded::of(text.as_str());
        let found = automaton.find_overlapping_iter(&folded.text).filter_map(|found| {
            let (start, end) = (folded.origin(found.start()), folded.origin(found.end()));
            let capital = self.capital.get(found.pattern().as_usize()).copied().unwrap_or_default();
            stands_alone(text, start, end, capital).then(|| Finding::new(Kind::Person, start..end, 100))
        });
        let mut found: Vec<Finding> = found.collect();
        found.sort_by_key(|finding| (finding.start, std::cmp::Reverse(finding.end)));
        let mut end = 0;
        found.retain(|finding| {
            let free = finding.start >= end;
            end = if free { finding.end } else { end };
            free
        });
        found
    }

    /// The person a passage names.
    pub(super) fn who(&self, passage: &str) -> Option<usize> {
        let folded = Folded::of(passage).text;
        let owner = |form: &str| self.owners.get(form).copied().flatten();
        let without_s = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('s'));
        owner(&folded).or_else(|| without_s.and_then(owner)).or_else(|| owner(&without_middle(&folded)?))
    }

    /// Whether a passage names one of them by more than one word.
    pub(super) fn is_full(&self, passage: &str) -> bool {
        passage.contains(char::is_whitespace) && self.owners.contains_key(&Folded::of(passage).text)
    }
}

/// "Anna M. Schmidt" as "Anna Schmidt".
fn without_middle(folded: &str) -> Option<String> {
    let (first, rest) = folded.split_once(' ')?;
    let (_, last) = rest.rsplit_once(' ')?;
    Some(format!("{first} {last}"))
}

fn is_capitalised_word(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
        && form.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-') || !c.is_ascii())
}

fn stands_alone(text: &Text<'_>, start: usize, end: usize, capital: bool) -> bool {
    let first = text.char_at(start);
    if start >= end || (capital && !first.is_some_and(char::is_uppercase)) {
        return false;
    }
    let last = text.char_before(end);
    joins(text.char_before(start), first).is_none()
        && (joins(last, text.char_at(end)).is_none() || is_genitive(text, end, first))
}

/// Whether two neighbours are parts of one word. Scripts without spaces between words have no such neighbours.
fn joins(left: Option<char>, right: Option<char>) -> Option<()> {
    let (left, right) = (left?, right?);
    let spaceless = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}');
    (left.is_alphanumeric() && right.is_alphanumeric() && !spaceless(left) && !spaceless(right)).then_some(())
}

/// "Schmidts Rechner": a capitalised name with an s that is no part of it.
fn is_genitive(text: &Text<'_>, end: usize, first: Option<char>) -> bool {
    let capital = first.is_some_and(char::is_uppercase) && text.char_before(end).is_some_and(char::is_lowercase);
    capital && text.byte(end) == b's' && !text.char_at(end + 1).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], text: &str, expected: &[&str]) {
        let identities: Vec<Identity> =
            names.iter().map(|name| Identity::named(name, Some("anna.schmidt@example.com"))).collect();
        let found = Identities::of(&identities).find(&Text::new(text));
        let found: Vec<&str> = found.iter().map(|finding| text.get(finding.start..finding.end).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_every_form() {
        check(
            &["Anna Schmidt"],
            "Anna Schmidt; Schmidt, Anna; A. Schmidt, Anna",
            &["Anna Schmidt", "Schmidt, Anna", "A. Schmidt", "Anna"],
        );
        check(
            &["Anna Schmidt"],
            "anna schmidt / ANNA SCHMIDT / Anna\nSchmidt",
            &["anna schmidt", "ANNA SCHMIDT", "Anna\nSchmidt"],
        );
        check(&["Anna Schmidt"], "ask Anna or @anna.schmidt", &["Anna", "anna.schmidt"]);
        check(&["Anna Schmidt"], "Anna's and Schmidts _Anna_", &["Anna", "Schmidt", "Anna"]);
        check(&["Jürgen Müller"], "Ju\u{308}rgen and Muller and JÜRGEN", &["Ju\u{308}rgen", "Muller", "JÜRGEN"]);
        check(&["山田 太郎"], "昨日山田さんが", &["山田"]);
        check(&["Иван Петров"], "Петров и Иван", &["Петров", "Иван"]);
    }

    #[test]
    fn keeps_parts_of_words_and_lower_case_words() {
        check(&["Anna Schmidt"], "Annabel, Schmidtke, anna, schmidt, joAnna, Anna2", &[]);
        check(&["Mark Will"], "mark it, will do", &[]);
        check(&[""], "nobody", &[]);
    }

    #[test]
    fn knows_who_is_named() {
        let persons = Identities::of(&[Identity::named("Anna Schmidt", None), Identity::named("Bernd Schmidt", None)]);
        assert_eq!(
            (persons.who("Anna"), persons.who("BERND"), persons.who("Schmidt"), persons.who("Carla")),
            (Some(0), Some(1), None, None)
        );
    }

    #[test]
    fn one_id_is_one_person() {
        let with_id = |name| Identity { id: Some(String::from("1")), ..Identity::named(name, None) };
        let persons = Identities::of(&[with_id("Anna Schmidt"), with_id("Anna Meyer")]);
        assert_eq!(persons.who("Meyer"), persons.who("Schmidt"));
        assert_eq!(persons.who("Anna M. Meyer"), Some(0));
    }
}
