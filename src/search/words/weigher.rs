//! Weighs pieces one after the other and remembers the words it has seen.
//! It keeps no posting and no text.

use super::language::{Guess, Language, StopWords};
use super::lines::{Line, line};
use super::parts::Role;
use super::{Weighed, forms, scan};
use core::ops::Range;
use foldhash::{HashMap, HashMapExt};
use std::rc::Rc;

/// Weighs pieces: see [`super::weigh`]. What it remembers only saves time.
#[derive(Debug, Clone)]
pub struct Weigher {
    stops: StopWords,
    chunks: HashMap<Rc<str>, usize>,
    seen: Vec<Seen>,
    names: HashMap<Rc<str>, usize>,
    /// The terms, and beside each its frequency in the piece at hand.
    terms: Vec<Rc<str>>,
    frequencies: Vec<f32>,
    /// The terms of the chunks seen, a run for each chunk and language, each with what it counts of the chunk.
    forms: Vec<(usize, f32)>,
    /// The chunks of the piece at hand, each with what it counts.
    counted: Vec<(usize, f32)>,
    /// Bytes of the chunks and terms remembered.
    remembered: usize,
}

/// A chunk met before.
#[derive(Debug, Clone)]
struct Seen {
    text: Rc<str>,
    /// The languages it is a stop word of.
    stop_of: u8,
    /// Where its forms are in the language it was last met in.
    forms: Option<(Language, Range<usize>)>,
}

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
            frequencies: Vec::new(),
            forms: Vec::new(),
            counted: Vec::new(),
            remembered: 0,
        }
    }

    /// Weighs one piece: see [`super::weigh`].
    #[must_use]
    pub fn weigh(&mut self, title: &str, heading: &[String], text: &str, key: Option<&str>) -> Weighed {
        if self.remembered > MOST_REMEMBERED {
            *self = Self::new();
        }
        self.counted.clear();
        let mut fields = vec![self.body(text), self.field(title, TITLE), self.field(key.unwrap_or_default(), KEY)];
        fields.extend(heading.iter().map(|heading| self.field(heading, HEADING)));
        let mut guess = Guess::default();
        for (chunk, _) in &self.counted {
            guess.see(self.stop_of(*chunk));
        }
        let language = guess.language();
        let mut weighed = Weighed::default();
        let mut touched = Vec::new();
        for field in fields {
            self.sum(field, language, &mut touched, &mut weighed.length);
        }
        let take = |at: usize| Some((self.terms.get(at)?.to_string(), core::mem::take(self.frequencies.get_mut(at)?)));
        weighed.terms = touched.into_iter().filter_map(take).collect();
        weighed
    }

    /// Counts the chunks of a field, and says where they are.
    fn field(&mut self, text: &str, weight: f32) -> Range<usize> {
        let start = self.counted.len();
        for range in scan::chunks(text) {
            let chunk = self.chunk(text.get(range).unwrap_or_default());
            self.counted.push((chunk, weight));
        }
        start..self.counted.len()
    }

    /// The piece's own text: what it begins with counts more, what a machine printed counts less.
    fn body(&mut self, text: &str) -> Range<usize> {
        let start = self.counted.len();
        for text in text.lines() {
            self.field(text, if line(text) == Line::Prose { 1.0 } else { PRINTED });
        }
        let mut lead = LEAD;
        for (_, weight) in self.counted.iter_mut().skip(start).take(LEAD_WORDS) {
            *weight *= 1.0 + lead;
            lead *= LEAD_DECAY;
        }
        start..self.counted.len()
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
        self.remembered += chunk.len() + SEEN_BYTES;
        self.seen.push(Seen { text: Rc::clone(&text), stop_of, forms: None });
        self.chunks.insert(text, at);
        at
    }

    /// Adds up the terms of a field. One that is nothing but stop words keeps them: it may be a title.
    fn sum(&mut self, field: Range<usize>, language: Language, touched: &mut Vec<usize>, length: &mut f32) {
        let stop_bits = language.bit() | Language::Russian.bit();
        let chunks = field.clone().filter_map(|at| self.counted.get(at));
        let all_stops = chunks.into_iter().all(|(chunk, _)| self.stop_of(*chunk) & stop_bits != 0);
        for at in field {
            let Some((chunk, weight)) = self.counted.get(at).copied() else { continue };
            if !all_stops && self.stop_of(chunk) & stop_bits != 0 {
                continue;
            }
            *length += weight;
            let forms = self.forms_of(chunk, language);
            for (term, share) in self.forms.get(forms).unwrap_or_default() {
                let Some(frequency) = self.frequencies.get_mut(*term) else { continue };
                if *frequency == 0.0 {
                    touched.push(*term);
                }
                *frequency += weight * share;
            }
        }
    }

    /// Where the forms of a chunk in a language are.
    fn forms_of(&mut self, chunk: usize, language: Language) -> Range<usize> {
        let Some(seen) = self.seen.get_mut(chunk) else { return 0..0 };
        if let Some((_, known)) = seen.forms.as_ref().filter(|(known, _)| *known == language) {
            return known.clone();
        }
        let start = self.forms.len();
        let (names, terms, all) = (&mut self.names, &mut self.terms, &mut self.forms);
        let frequencies = &mut self.frequencies;
        let remembered = &mut self.remembered;
        forms(&seen.text, Some(language), &mut |name, role| {
            let at = names.get(name).copied().unwrap_or_else(|| {
                let name: Rc<str> = name.into();
                *remembered += name.len() + SEEN_BYTES;
                names.insert(Rc::clone(&name), terms.len());
                terms.push(name);
                frequencies.push(0.0);
                terms.len() - 1
            });
            // a form that a name has twice counts once; pairs of dense script are as many as its letters and repeat like words do
            if role == Role::Pair || all.iter().skip(start).all(|(known, _)| *known != at) {
                all.push((at, share(role)));
            }
        });
        let found = start..self.forms.len();
        self.remembered += found.len() * FORM_BYTES;
        seen.forms = Some((language, found.clone()));
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

/// Bytes remembered; beyond, the weigher starts anew.
const MOST_REMEMBERED: usize = 32 << 20;

/// What a form remembered takes, in bytes: a text that changes its language with every piece adds them anew.
const FORM_BYTES: usize = 16;

/// What a word remembered takes beside its letters, in bytes.
const SEEN_BYTES: usize = 128;
