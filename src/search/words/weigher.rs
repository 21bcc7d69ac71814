//! Weighs pieces one after the other and remembers the words it has seen.
//! It keeps no posting and no text.

use super::language::{Guess, Language, StopWords};
use super::lines::{Line, line};
use super::parts::Role;
use super::{Weighed, forms, scan};
use std::collections::HashMap;
use std::rc::Rc;

/// Weighs pieces: see [`super::weigh`]. What it remembers only saves time.
#[derive(Debug, Clone)]
pub struct Weigher {
    stops: StopWords,
    chunks: HashMap<Rc<str>, usize>,
    seen: Vec<Seen>,
    names: HashMap<Rc<str>, usize>,
    terms: Vec<Term>,
    /// Bytes of the chunks and terms remembered.
    remembered: usize,
}

/// A chunk met before.
#[derive(Debug, Clone)]
struct Seen {
    text: Rc<str>,
    /// The languages it is a stop word of.
    stop_of: u8,
    /// Its terms by language, each with what it is to the chunk.
    forms: Vec<(Language, Forms)>,
}

/// A term met before, with its frequency in the piece at hand.
#[derive(Debug, Clone)]
struct Term {
    name: Rc<str>,
    frequency: f32,
}

/// Terms, each with what it is to its chunk.
type Forms = Rc<[(usize, Role)]>;

/// Chunks of a field, each with what it counts there.
type Field = Vec<(usize, f32)>;

impl Default for Weigher {
    fn default() -> Self {
        Self::new()
    }
}

impl Weigher {
    /// One that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stops: StopWords::new(),
            chunks: HashMap::new(),
            seen: Vec::new(),
            names: HashMap::new(),
            terms: Vec::new(),
            remembered: 0,
        }
    }

    /// Weighs one piece: see [`super::weigh`].
    #[must_use]
    pub fn weigh(&mut self, title: &str, heading: &[String], text: &str, key: Option<&str>) -> Weighed {
        if self.remembered > MOST_REMEMBERED {
            *self = Self::new();
        }
        let mut fields = vec![self.field(title, TITLE), self.body(text), self.field(key.unwrap_or_default(), KEY)];
        fields.extend(heading.iter().map(|heading| self.field(heading, HEADING)));
        let mut guess = Guess::default();
        for (chunk, _) in fields.iter().flatten() {
            guess.see(self.stop_of(*chunk));
        }
        self.sum(&fields, guess.language())
    }

    fn field(&mut self, text: &str, weight: f32) -> Field {
        scan::chunks(text).map(|range| (self.chunk(text.get(range).unwrap_or_default()), weight)).collect()
    }

    /// The piece's own text: what it begins with counts more, what a machine printed counts less.
    fn body(&mut self, text: &str) -> Field {
        let mut out = Vec::new();
        for text in text.lines() {
            let weight = if line(text) == Line::Prose { 1.0 } else { PRINTED };
            out.extend(self.field(text, weight));
        }
        let mut lead = LEAD;
        for (_, weight) in out.iter_mut().take(LEAD_WORDS) {
            *weight *= 1.0 + lead;
            lead *= LEAD_DECAY;
        }
        out
    }

    fn stop_of(&self, chunk: usize) -> u8 {
        self.seen.get(chunk).map_or(0, |seen| seen.stop_of)
    }

    fn chunk(&mut self, chunk: &str) -> usize {
        if let Some(at) = self.chunks.get(chunk) {
            return *at;
        }
        let at = self.seen.len();
        let stop_of = if chunk.len() > LONGEST_STOP { 0 } else { self.stops.mask(&super::folded(chunk)) };
        let text: Rc<str> = chunk.into();
        self.remembered += chunk.len();
        self.seen.push(Seen { text: Rc::clone(&text), stop_of, forms: Vec::new() });
        self.chunks.insert(text, at);
        at
    }

    /// Adds up the terms of all fields. A field that is nothing but stop words keeps them: it may be a title.
    fn sum(&mut self, fields: &[Field], language: Language) -> Weighed {
        let stop_bits = language.bit() | Language::Russian.bit();
        let mut touched = Vec::new();
        let mut length = 0.0;
        for field in fields {
            let kept = |weigher: &Self, chunk: usize| weigher.stop_of(chunk) & stop_bits == 0;
            let all_stops = !field.iter().any(|(chunk, _)| kept(self, *chunk));
            for (chunk, weight) in field {
                if !all_stops && !kept(self, *chunk) {
                    continue;
                }
                length += weight;
                for (term, role) in self.forms_of(*chunk, language).iter() {
                    let Some(term_at) = self.terms.get_mut(*term) else { continue };
                    if term_at.frequency == 0.0 {
                        touched.push(*term);
                    }
                    term_at.frequency += weight * share(*role);
                }
            }
        }
        let take = |at: usize| {
            let term = self.terms.get_mut(at)?;
            Some((term.name.to_string(), core::mem::take(&mut term.frequency)))
        };
        Weighed { terms: touched.into_iter().filter_map(take).collect(), length }
    }

    /// The terms of a chunk in a language; one that a chunk has twice counts once.
    fn forms_of(&mut self, chunk: usize, language: Language) -> Forms {
        let Some(seen) = self.seen.get_mut(chunk) else { return Rc::new([]) };
        if let Some((_, known)) = seen.forms.iter().find(|(known, _)| *known == language) {
            return Rc::clone(known);
        }
        let mut found: Vec<(usize, Role)> = Vec::new();
        let (names, terms, remembered) = (&mut self.names, &mut self.terms, &mut self.remembered);
        forms(&seen.text, Some(language), &mut |name, role| {
            let at = names.get(name).copied().unwrap_or_else(|| {
                let name: Rc<str> = name.into();
                *remembered += name.len();
                names.insert(Rc::clone(&name), terms.len());
                terms.push(Term { name, frequency: 0.0 });
                terms.len() - 1
            });
            // pairs of dense script are as many as its letters, and repeat like words do
            if role == Role::Pair || found.iter().all(|(known, _)| *known != at) {
                found.push((at, role));
            }
        });
        let found: Forms = found.into();
        seen.forms.push((language, Rc::clone(&found)));
        found
    }
}

/// What a form counts in a piece.
fn share(role: Role) -> f32 {
    match role {
        Role::Word | Role::Joined | Role::Pair => 1.0,
        Role::Atom | Role::Beginning => 0.7,
        Role::Inner => 0.6,
    }
}

/// What a word of the title counts.
const TITLE: f32 = 2.5;

/// What a word of a heading counts.
const HEADING: f32 = 1.5;

/// What the key counts.
const KEY: f32 = 3.0;

/// What a line of a log or a stack trace counts.
const PRINTED: f32 = 0.6;

/// What the first word of a piece counts beyond any other, and how that fades over the next ones.
const LEAD: f32 = 1.5;
const LEAD_DECAY: f32 = 0.967;
const LEAD_WORDS: usize = 150;

/// Longest stop word, in bytes of what was typed.
const LONGEST_STOP: usize = 24;

/// Bytes of words remembered; beyond, the weigher starts anew.
const MOST_REMEMBERED: usize = 8 << 20;
