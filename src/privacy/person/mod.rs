//! Persons: those the host named, those a cue shows, those the tagger takes for one, and later mentions of each of them.
//! It numbers nobody; [`super::table`] does, by the person this module says a passage means.
//!
//! | file | what |
//! |---|---|
//! | `identities` | every form of everyone the host named, in one pass |
//! | `inflection` | the endings names take |
//! | `words`, `lists`, `surroundings`, `fence` | runs of capitalised words and what is around; code and paths are left out |
//! | `names`, `features`, `tagger` | the table of names, what is looked at, what is a person by trained weights |
//! | `cues` | titles, greetings, closings, sender lines in six languages |
//! | `acquaintances` | who was met in this request, and which words mean them |
//! | `allowed` | a site's product names |
//!
//! Order of trust: host, cue, tagger, later mention. A single word that is also an ordinary word ("Will", "Mark", "May") is
//! no person without the host or a cue.

mod acquaintances;
mod allowed;
mod cues;
mod features;
mod fence;
mod identities;
mod inflection;
mod lists;
mod names;
mod surroundings;
mod tagger;
mod words;

use super::Identity;
use super::finding::Finding;
use super::kind::Kind;
use super::text::Text;
use acquaintances::{Acquaintances, Meaning};
use cues::Cues;
use features::Seen;
use identities::Identities;
use names::Known;
use std::ops::Range;
use std::sync::LazyLock;
use words::{Run, Shape, Word, runs};

pub(super) use allowed::Allowed;
pub(super) use inflection::cases;

/// Finds the persons of a request's texts, and knows which of them are one.
#[derive(Clone)]
pub(super) struct Persons {
    identities: Identities,
    allowed: Allowed,
    met: Acquaintances,
    /// Numbers below are the host's identities.
    hosts: usize,
}

impl Persons {
    pub(super) fn of(identities: &[Identity], allowed: Allowed) -> Persons {
        Persons {
            identities: Identities::of(identities),
            allowed,
            met: Acquaintances::default(),
            hosts: identities.len(),
        }
    }

    /// Forgets whom texts named so far.
    pub(super) fn forget(&mut self) {
        if !self.met.is_empty() {
            self.met = Acquaintances::default();
        }
    }

    /// Everybody a text names. Whom it names is remembered for the texts that follow.
    pub(super) fn find(&mut self, text: &Text<'_>) -> Vec<Finding> {
        let mut found = self.identities.find(text);
        let mut sweep = Sweep::default();
        runs(text.as_str(), |run| sweep.read(run, text.as_str()));
        let Sweep { guesses, mentions } = sweep;
        let guesses = self.beside(&found, guesses, text);
        for guess in &guesses {
            let passage = text.slice(guess.start..guess.end);
            if self.identities.who(passage).is_none() {
                self.met.meet(passage);
            }
        }
        if !self.met.is_empty() {
            let mentions = mentions.into_iter().filter(|mention| self.met.may_mean(&mention.letters));
            let mentions = mentions.map(|mention| mention.range);
            let somebody = mentions.filter(|range| self.met.who(text.slice(range.clone())) != Meaning::Nobody);
            let mentions = somebody.map(|range| Finding::new(Kind::Person, range, 60)).collect();
            found.extend(self.beside(&found, mentions, text));
        }
        found.extend(guesses);
        found
    }

    /// Which person a host's identity is, by its place: several identities may be one.
    pub(super) fn person(&self, identity: usize) -> Option<usize> {
        self.identities.person(identity)
    }

    /// The person a passage means: a host's identity, or someone met.
    pub(super) fn who(&self, passage: &str) -> Option<usize> {
        let met = match self.met.who(passage) {
            Meaning::One(person) => Some(self.hosts + person),
            // Two are called so; it is neither of them for sure.
            Meaning::Several => return self.identities.who(passage).filter(|_| passage.contains([' ', ','])),
            Meaning::Nobody => None,
        };
        match (self.identities.who(passage), met) {
            // A host's "Schmidt", and another Schmidt in the text.
            (Some(_), Some(_)) if !passage.contains([' ', ',', '@', '.']) => None,
            (Some(host), _) => Some(host),
            (None, met) => met,
        }
    }

    /// Guesses without those that are the site's own words or the host's own persons. A longer name that only begins like a
    /// host's form is somebody else.
    fn beside(&self, hosts: &[Finding], guesses: Vec<Finding>, text: &Text<'_>) -> Vec<Finding> {
        let mut kept = Vec::with_capacity(guesses.len());
        let mut at = 0;
        for guess in guesses {
            while hosts.get(at).is_some_and(|host| host.end <= guess.start) {
                at += 1;
            }
            let passage = text.slice(guess.start..guess.end);
            let host = hosts.get(at).filter(|host| host.start < guess.end);
            let is_host = host.is_some_and(|host| {
                let crosses = host.start < guess.start || host.end > guess.end;
                let same = host.start == guess.start && (host.end == guess.end || text.byte(host.end) == b's');
                crosses || same || self.identities.is_full(text.slice(host.start..host.end))
            });
            if !is_host && !self.allowed.allows(passage) {
                kept.push(guess);
            }
        }
        kept
    }
}

static CUES: LazyLock<Cues> = LazyLock::new(Cues::new);

/// One pass over the runs of a text.
#[derive(Default)]
struct Sweep {
    guesses: Vec<Finding>,
    /// Capitalised words that nobody took for a person so far.
    mentions: Vec<Mention>,
}

/// A word, and how it begins.
struct Mention {
    range: Range<usize>,
    letters: [char; 3],
}

impl Sweep {
    fn read(&mut self, run: &mut Run, text: &str) {
        if is_nobody(run.words()) {
            return;
        }
        run.look_around(text);
        let seen = Seen::of(run);
        let words = run.words();
        let mut taken = [false; words::MOST];
        let mut guess = |range: Range<usize>, score: u8| {
            let (Some(first), Some(last)) =
                (words.get(range.start), range.end.checked_sub(1).and_then(|at| words.get(at)))
            else {
                return;
            };
            taken.get_mut(range).into_iter().flatten().for_each(|taken| *taken = true);
            self.guesses.push(Finding::new(Kind::Person, first.start..without_point(last), score));
        };
        if let Some(range) = CUES.person(run, &seen) {
            guess(range, 90);
        } else {
            tagger::persons(&seen, words.len(), |range, margin| {
                if let Some(range) = plausible(run, &seen, range, margin) {
                    guess(range, u8::try_from((50 + margin / 8).clamp(50, 85)).unwrap_or(50));
                }
            });
        }
        let free = words.iter().enumerate().filter(|(at, word)| taken.get(*at) == Some(&false) && word.is_name_like());
        let names = free.filter(|(at, word)| word.length() > 2 && !seen.known(*at).has(Known::WORD | Known::THING));
        self.mentions.extend(names.filter_map(|(_, word)| {
            Some(Mention { range: word.start..word.end, letters: *word.letters().first_chunk()? })
        }));
    }
}

/// Whether a run is one word that no cue and no model makes a person: ordinary, or a short acronym.
fn is_nobody(words: &[Word]) -> bool {
    let [word] = words else { return false };
    match word.shape {
        Shape::Initial | Shape::Title | Shape::Particle | Shape::Mixed => true,
        Shape::Capitals if word.length() < 5 => !names::known(word).has(Known::FIRST | Known::LAST),
        _ => {
            let known = names::known(word);
            known.has(Known::WORD | Known::THING) && !known.has(Known::FIRST | Known::LAST)
        }
    }
}

/// The end of the last word; the point behind an initial belongs to it, others to the sentence.
fn without_point(last: &Word) -> usize {
    if last.shape == Shape::Title { last.end - 1 } else { last.end }
}

/// What of the tagger's range may be a person: no titles at its edges, no company, and of a single ordinary word or a shouted
/// one only what the model is quite sure of.
fn plausible(run: &Run, seen: &Seen<'_>, mut range: Range<usize>, margin: i32) -> Option<Range<usize>> {
    let words = run.words();
    let shape = |at: usize| words.get(at).map(|word| word.shape);
    while !range.is_empty() && matches!(shape(range.end - 1), Some(Shape::Title | Shape::Particle | Shape::Mixed)) {
        range.end -= 1;
    }
    while !range.is_empty() && shape(range.start) == Some(Shape::Title) {
        range.start += 1;
    }
    let inner = words.get(range.clone()).filter(|inner| !inner.is_empty())?;
    let next = words.get(range.end).map_or(run.right.first().copied(), |word| Some(word.hash));
    let company =
        next.into_iter().chain(inner.iter().map(|word| word.hash)).any(|hash| lists::COMPANIES.contains(&hash));
    let sold = range.end == words.len() && run.after == b'&';
    if company || sold {
        return None;
    }
    let known = |bits: u8| range.clone().any(|at| seen.known(at).has(bits));
    let ordinary = known(Known::WORD | Known::THING);
    let named = known(Known::FIRST | Known::LAST);
    let single = inner.iter().filter(|word| word.is_name_like()).count() == 1 && inner.len() == 1;
    let shouted = inner.iter().all(|word| matches!(word.shape, Shape::Capitals | Shape::Initial));
    let fits = match (single, shouted) {
        (true, true) => named && !ordinary && margin > SURE,
        (true, false) if ordinary => named && margin > SURE,
        (true, false) => true,
        (false, true) => known(Known::FIRST) && known(Known::LAST),
        (false, false) => true,
    };
    fits.then_some(range)
}

/// Of a tagger's margin, in sixteenths: odds of about seven to one.
const SURE: i32 = 32;

#[cfg(test)]
mod tests;
