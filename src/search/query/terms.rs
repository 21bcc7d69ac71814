//! From the words somebody typed to the terms the index may have for them.
//! It reads no signs: operators and filters are gone when words come here.

use super::{MOST_WORDS, QueryTerm};
use crate::search::words::language::{Guess, Language, StopWords};
use crate::search::words::{self, Role};
use std::collections::BTreeSet;

/// Gathers words, then makes terms of them.
pub(super) struct Builder {
    stops: StopWords,
    guess: Guess,
    words: Vec<Word>,
}

/// A typed word.
struct Word {
    text: String,
    stop_of: u8,
    required: bool,
    open: bool,
    phrase: Option<usize>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self { stops: StopWords::new(), guess: Guess::default(), words: Vec::new() }
    }

    /// Takes what stood between white space; the last word of it may go on.
    pub(super) fn words(&mut self, text: &str, required: bool, open: bool) {
        let before = self.words.len();
        self.add(text, required, None);
        let ends = text.ends_with(char::is_alphanumeric);
        if let Some(last) = self.words.iter_mut().skip(before).last() {
            last.open = open && ends;
        }
    }

    /// Takes the words of a phrase.
    pub(super) fn phrase(&mut self, text: &str, phrase: usize) {
        self.add(text, true, Some(phrase));
    }

    fn add(&mut self, text: &str, required: bool, phrase: Option<usize>) {
        for range in words::chunks(text) {
            let text = text.get(range).unwrap_or_default().to_owned();
            let stop_of = self.stops.mask(&words::folded(&text));
            self.guess.see(stop_of);
            self.words.push(Word { text, stop_of, required, open: false, phrase });
        }
    }

    /// The terms, and the words they are of.
    pub(super) fn finish(self) -> (Vec<QueryTerm>, Vec<String>) {
        let language = self.guess.language();
        let is_stop = |word: &Word| word.stop_of & (language.bit() | Language::Russian.bit()) != 0;
        let all_stops = self.words.iter().all(is_stop);
        let kept: Vec<_> = self.words.iter().filter(|w| all_stops || w.open || !is_stop(w)).collect();
        let kept = most_telling(kept);
        let mut groups: Vec<Vec<QueryTerm>> = Vec::new();
        for (at, word) in kept.iter().enumerate() {
            for mut group in forms(word, language) {
                group.iter_mut().for_each(|term| term.word = at);
                add(&mut groups, group);
            }
        }
        for (at, group) in groups.iter_mut().enumerate() {
            group.iter_mut().for_each(|term| term.group = at);
        }
        let terms = groups.into_iter().flatten().collect();
        (terms, kept.into_iter().map(|w| w.text.clone()).collect())
    }
}

/// Adds a group. A word typed twice, or typed and part of a name, is one: the better of both.
fn add(groups: &mut Vec<Vec<QueryTerm>>, group: Vec<QueryTerm>) {
    let known =
        groups.iter_mut().find(|known| known.iter().zip(&group).take(1).all(|(known, term)| known.text == term.text));
    let Some(known) = known else {
        if groups.len() < MOST_GROUPS {
            groups.push(group);
        }
        return;
    };
    let required = known.iter().chain(&group).any(|term| term.required);
    for term in group {
        let same = |k: &&mut QueryTerm| k.text == term.text && k.prefix == term.prefix && k.fuzzy == term.fuzzy;
        match known.iter_mut().find(same) {
            Some(known) => {
                known.weight = known.weight.max(term.weight);
                known.phrase = known.phrase.or(term.phrase);
            }
            None => known.push(term),
        }
    }
    known.iter_mut().for_each(|term| term.required = required);
}

/// The words a long query is cut to, in the order typed.
fn most_telling(words: Vec<&Word>) -> Vec<&Word> {
    if words.len() <= MOST_WORDS {
        return words;
    }
    let mut ranked: Vec<(usize, &Word)> = words.into_iter().enumerate().collect();
    let telling = |word: &Word| {
        let named =
            word.text.contains(|c: char| !c.is_alphabetic()) || word.text.chars().skip(1).any(char::is_uppercase);
        (word.required || word.phrase.is_some(), named, word.text.len())
    };
    let mut seen = BTreeSet::new();
    ranked.retain(|(_, word)| seen.insert(words::folded(&word.text)));
    ranked.sort_by_key(|(_, word)| core::cmp::Reverse(telling(word)));
    ranked.truncate(MOST_WORDS);
    ranked.sort_by_key(|(at, _)| *at);
    ranked.into_iter().map(|(_, word)| word).collect()
}

/// The terms of a word by group: the whole first, then its parts.
fn forms(word: &Word, language: Language) -> Vec<Vec<QueryTerm>> {
    let mut groups: Vec<Vec<QueryTerm>> = Vec::new();
    let others = Language::LATIN.into_iter().filter(|other| *other != language);
    for (rank, language) in core::iter::once(language).chain(others).enumerate() {
        let mut at = 0;
        words::forms(&word.text, Some(language), &mut |term, role| {
            if rank == 0 {
                groups.push(Vec::new());
            }
            let share = if rank == 0 { 1.0 } else { OTHER_LANGUAGE };
            let whole = matches!(role, Role::Word | Role::Joined | Role::Pair);
            if let Some(group) = groups.get_mut(at).filter(|g| g.iter().all(|t| t.text != term)) {
                group.push(QueryTerm {
                    text: term.to_owned(),
                    weight: share * weight(role),
                    word: 0,
                    group: 0,
                    prefix: false,
                    fuzzy: false,
                    required: word.required && whole,
                    phrase: word.phrase,
                });
            }
            at += 1;
        });
    }
    if let Some(whole) = groups.first_mut() {
        unfinished(word, whole);
        mistyped(word, whole);
    }
    groups
}

/// What the word may become, when it is still being typed.
fn unfinished(word: &Word, whole: &mut Vec<QueryTerm>) {
    let Some(first) = whole.first().cloned() else { return };
    let typed = whole_form(&word.text);
    let letters = typed.chars().count();
    let dense = typed.chars().next().is_some_and(words::is_dense);
    if !word.open || (letters < 2 && !dense) {
        return;
    }
    for text in completed(&typed).into_iter().filter(|stem| !stem.starts_with(&typed)) {
        if whole.iter().all(|t| t.text != text) {
            whole.push(QueryTerm { text, weight: COMPLETED, ..first.clone() });
        }
    }
    whole.push(QueryTerm { text: typed, weight: PREFIX, prefix: true, ..first });
}

/// What may have been meant.
fn mistyped(word: &Word, whole: &mut Vec<QueryTerm>) {
    let Some(first) = whole.first().cloned() else { return };
    let typed = whole_form(&word.text);
    if super::typo::edits(&typed) > 0 {
        whole.push(QueryTerm { text: typed, weight: 1.0, fuzzy: true, ..first });
    }
}

/// Stems of what the word may become: `replicati` is on its way to `replication`, which is indexed as `replic`.
fn completed(typed: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for ending in ENDINGS {
        for (at, _) in ending.char_indices().skip(1) {
            let (begun, rest) = ending.split_at_checked(at).unwrap_or((ending, ""));
            if typed.strip_suffix(begun).is_some_and(|stem| stem.len() >= 3) {
                words::forms(&format!("{typed}{rest}"), Some(Language::English), &mut |stem, role| {
                    if role == Role::Word {
                        out.insert(stem.to_owned());
                    }
                });
            }
        }
    }
    out
}

/// The terms that stand for words nobody wants: the whole of each in every language, no part of it. What is written without spaces
/// has only parts, and is left to phrases.
pub(super) fn excluded(text: &str) -> (BTreeSet<String>, Vec<Vec<String>>) {
    let (mut terms, mut phrases) = (BTreeSet::new(), Vec::new());
    for range in words::chunks(text) {
        let chunk = text.get(range).unwrap_or_default();
        if chunk.starts_with(words::is_dense) {
            phrases.push(words::words(chunk));
            continue;
        }
        for language in Language::LATIN {
            words::forms(chunk, Some(language), &mut |term, role| {
                if matches!(role, Role::Word | Role::Joined) {
                    terms.insert(term.to_owned());
                }
            });
        }
    }
    (terms, phrases)
}

/// The whole of a word, folded and not stemmed.
fn whole_form(word: &str) -> String {
    let mut whole = None;
    words::forms(word, None, &mut |form, _| {
        whole.get_or_insert_with(|| form.to_owned());
    });
    whole.unwrap_or_default()
}

/// Most things looked up for a query: words and parts of them.
const MOST_GROUPS: usize = 96;

/// What a form counts in a query.
fn weight(role: Role) -> f32 {
    match role {
        Role::Word | Role::Joined | Role::Pair => 1.0,
        Role::Atom | Role::Inner => 0.6,
        Role::Beginning => 0.5,
    }
}

/// What a stem counts in a language the query does not seem to be in.
const OTHER_LANGUAGE: f32 = 0.8;

/// What a word counts that begins as typed, before its length.
const PREFIX: f32 = 0.8;

/// What the stem of a word counts that the typed one may become.
const COMPLETED: f32 = 0.7;

/// English endings that a stem loses.
const ENDINGS: &[&str] =
    &["ation", "ations", "ing", "ings", "ment", "ness", "able", "ible", "ically", "ities", "ional", "izer", "ized"];
