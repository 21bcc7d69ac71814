//! Persons the text itself names: who was met, and which later words mean the same person.
//! It does not judge whether something is a name.
//!
//! "Anna Schmidt" is one person with "A. Schmidt", "Schmidt" and "Anna", until a second Schmidt is met: then "Schmidt" alone
//! means neither of them.

use super::inflection::stem;
use crate::privacy::fold::Folded;
use std::collections::{BTreeMap, HashSet};

/// The persons met in a request, by number.
#[derive(Clone, Default)]
pub(super) struct Acquaintances {
    /// First and last word of each, as stems; the same for a person known by one word.
    persons: Vec<(String, String)>,
    /// Who goes by a word; `None` where it is more than one.
    by_word: BTreeMap<String, Option<usize>>,
    by_surname: BTreeMap<String, Vec<usize>>,
    /// How the words begin, as written and folded: most words are nobody's, and this says so fast.
    beginnings: HashSet<[char; BEGINNING]>,
}

/// What a word means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    Nobody,
    One(usize),
    Several,
}

impl Acquaintances {
    pub(super) const fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// Whether a word in lower case may mean somebody.
    pub(super) fn may_mean(&self, letters: &[char]) -> bool {
        letters.first_chunk().is_some_and(|beginning| self.beginnings.contains(beginning))
    }

    fn learn_beginnings(&mut self, name: &str) {
        for text in [name.to_lowercase(), Folded::of(name).text] {
            for word in text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',')) {
                let letters: Vec<char> = word.chars().collect();
                self.beginnings.extend(letters.first_chunk::<BEGINNING>());
            }
        }
    }

    /// Enters a name, unless it is somebody known.
    pub(super) fn meet(&mut self, name: &str) {
        let words = stems(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        if self.who(name) != Meaning::Nobody {
            return;
        }
        self.learn_beginnings(name);
        if let Some(person) = self.alone(last).filter(|_| words.len() > 1) {
            // "Schmidt" was met first, and has now a first name.
            if let Some(known) = self.persons.get_mut(person) {
                known.0.clone_from(first);
            }
            self.enter(first, person);
            return;
        }
        let namesakes = self.by_surname.entry(last.clone()).or_default();
        if namesakes.len() >= NAMESAKES {
            return;
        }
        let person = self.persons.len();
        namesakes.push(person);
        self.persons.push((first.clone(), last.clone()));
        self.enter(last, person);
        if words.len() > 1 {
            self.enter(first, person);
        }
    }

    /// Whom a name or a part of one means.
    pub(super) fn who(&self, name: &str) -> Meaning {
        let words = stems(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Meaning::Nobody };
        if words.len() == 1 {
            return match self.by_word.get(last) {
                None => Meaning::Nobody,
                Some(None) => Meaning::Several,
                Some(Some(person)) => Meaning::One(*person),
            };
        }
        self.by_surname.get(last).map_or(Meaning::Nobody, |all| {
            let mut same =
                all.iter().filter(|person| self.persons.get(**person).is_some_and(|(known, _)| agree(known, first)));
            match (same.next(), same.next()) {
                (Some(person), None) => Meaning::One(*person),
                (Some(_), Some(_)) => Meaning::Several,
                (None, _) => Meaning::Nobody,
            }
        })
    }

    /// The person known by this one word alone.
    fn alone(&self, word: &str) -> Option<usize> {
        let person = self.by_word.get(word).copied().flatten()?;
        self.persons.get(person).is_some_and(|(first, last)| first == word && last == word).then_some(person)
    }

    fn enter(&mut self, word: &str, person: usize) {
        if word.chars().count() > 1 {
            self.by_word
                .entry(word.to_owned())
                .and_modify(|known| *known = known.filter(|known| *known == person))
                .or_insert(Some(person));
        }
    }
}

/// Letters that every form of a name keeps.
const BEGINNING: usize = 3;
/// Persons of one surname who are told apart; of more, each spelling is its own, so that work stays linear.
const NAMESAKES: usize = 32;

/// First names that may be one person's: the same, or one the initial of the other.
fn agree(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || initial(one, other) || initial(other, one)
}

/// The words of a name without endings, points and particles; "Last, First" in the order of speech.
fn stems(name: &str) -> Vec<String> {
    let folded = Folded::of(name).text;
    let ordered = folded.split_once(", ").map_or_else(|| folded.clone(), |(last, first)| format!("{first} {last}"));
    ordered.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()).map(stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(names: &[&str]) -> Acquaintances {
        let mut all = Acquaintances::default();
        names.iter().for_each(|name| all.meet(name));
        all
    }

    #[test]
    fn one_person_has_many_forms() {
        let all = met(&["Anna Maria Schmidt"]);
        for form in ["Anna Schmidt", "A. Schmidt", "Schmidt, Anna", "SCHMIDT", "Anna", "Schmidts"] {
            assert_eq!(all.who(form), Meaning::One(0), "{form}");
        }
        assert_eq!(met(&["Иван Петров"]).who("Петрову"), Meaning::One(0));
    }

    #[test]
    fn a_surname_of_two_means_neither() {
        let all = met(&["Anna Schmidt", "Bernd Schmidt"]);
        assert_eq!(all.who("Schmidt"), Meaning::Several);
        assert_eq!((all.who("Anna"), all.who("B. Schmidt")), (Meaning::One(0), Meaning::One(1)));
        assert_eq!(all.who("Carla Schmidt"), Meaning::Nobody);
    }

    #[test]
    fn a_surname_met_first_belongs_to_the_name_met_later() {
        let all = met(&["Schmidt", "Anna Schmidt"]);
        assert_eq!(
            (all.who("Schmidt"), all.who("Anna Schmidt"), all.who("Anna")),
            (Meaning::One(0), Meaning::One(0), Meaning::One(0))
        );
    }
}
