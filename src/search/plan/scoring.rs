//! From the dictionaries that came to documents ranked by their words.
//! It wants no value.

use std::collections::BTreeSet;

use super::Unreadable;
use super::expand::{Candidates, gather};
use super::lane::Lane;
use super::lookup::range_of;
use super::rank::{Scored, best};
use super::search::Search;
use crate::search::posting::terms::{List, tier};
use crate::search::score::{self, Found};

/// A term of the dictionary that counts for one of the query.
#[derive(Debug)]
struct Match {
    text: Vec<u8>,
    found: Found,
    weight: f32,
}

impl Search<'_> {
    /// Scores every piece by the words, then ranks the documents.
    pub(super) fn score(&mut self) {
        let matches = self.matches();
        let mut lanes = std::mem::take(&mut self.lanes);
        let groups: BTreeSet<usize> = self.query.terms.iter().map(|term| term.group).collect();
        for lane in lanes.iter_mut().filter(|lane| lane.is_ready()) {
            for group in &groups {
                self.add_group(lane, *group, &matches);
            }
        }
        let most = CANDIDATES.max(self.ask.most.saturating_mul(2));
        self.ranked = if self.query.terms.is_empty() && self.vector.is_none() {
            every(&lanes)
        } else {
            best(&lanes, self.required(), most)
        };
        self.lanes = lanes;
    }

    /// What the dictionaries have for the query, with what each counts.
    fn matches(&mut self) -> Vec<Match> {
        let pieces: u64 = self.manifest.segments.iter().map(|entry| u64::from(entry.pieces)).sum();
        let mut broken = 0;
        let mut matches: Vec<Match> = Vec::new();
        let is_exact = |at: &usize| self.query.terms.get(*at).is_some_and(|term| !term.fuzzy);
        // Similar terms come last: they are looked for only when the others are absent or rare.
        let (exact, fuzzy): (Vec<usize>, Vec<usize>) = (0..self.query.terms.len()).partition(is_exact);
        for at in exact.into_iter().chain(fuzzy) {
            let Some(term) = self.query.terms.get(at) else { continue };
            let of_group =
                |found: &Match| self.query.terms.get(found.found.term).is_some_and(|other| other.group == term.group);
            let known: u64 = matches.iter().filter(|found| of_group(found)).map(|found| found.found.with_term).sum();
            if term.fuzzy && known > pieces / FUZZY {
                continue;
            }
            let mut all = Candidates::new();
            for lane in self.lanes.iter().filter(|lane| lane.is_ready()) {
                broken += u32::from(gather(lane, term, &mut all).is_err());
            }
            matches.extend(all.into_iter().map(|(text, (counts, with_term))| Match {
                text,
                found: Found { term: at, counts, with_term },
                weight: 0.0,
            }));
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
        let found: Vec<Found> = matches.iter().map(|found| found.found).collect();
        for (found, weight) in matches.iter_mut().zip(score::weights(self.query, pieces, &found)) {
            found.weight = weight;
        }
        matches.retain(|found| found.weight > 0.0);
        let marks = |fuzzy: bool| {
            let of = matches.iter().map(|found| found.found.term);
            let of = of.filter(|at| self.query.terms.get(*at).is_some_and(|term| term.fuzzy == fuzzy));
            of.fold(0, |mask, at| mask | self.mark(at))
        };
        self.typos = marks(true) & !marks(false);
        matches
    }

    /// Adds a group's lists to a segment's scores: of terms that are the same thing the best counts.
    fn add_group(&mut self, lane: &mut Lane<'_>, group: usize, matches: &[Match]) {
        let of_group = |found: &&Match| self.query.terms.get(found.found.term).is_some_and(|term| term.group == group);
        let own: Vec<&Match> = matches.iter().filter(of_group).collect();
        let (mut scores, mut marks) = (std::mem::take(&mut lane.scores), std::mem::take(&mut lane.marks));
        let mut best = std::mem::take(&mut lane.best);
        let mut broken = 0;
        let mut lists: Vec<(List<'_>, f32, u32)> = Vec::new();
        for found in own {
            let mark = self.mark(found.found.term);
            lists.extend(all_tiers(lane, &found.text).into_iter().map(|list| (list, found.weight, mark)));
        }
        // A single term's tiers share no piece: they are added like one list.
        let is_one = lists.iter().all(|list| lists.first().is_some_and(|first| first.1.to_bits() == list.1.to_bits()));
        if is_one {
            for (list, weight, mark) in lists {
                broken += u32::from(Lane::add(&mut scores, &mut marks, &list, weight, mark).is_err());
            }
        } else {
            let best = best.of(scores.len());
            for (list, weight, mark) in lists {
                broken += u32::from(Lane::keep_best(best, &mut marks, &list, weight, mark).is_err());
            }
            Lane::add_best(&mut scores, best);
        }
        (lane.scores, lane.marks, lane.best) = (scores, marks, best);
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
    }

    /// The bit of a term's word; none for a part of a word that must be there as a whole.
    fn mark(&self, at: usize) -> u32 {
        let Some(term) = self.query.terms.get(at) else { return 0 };
        let must = self.query.terms.iter().any(|other| other.word == term.word && other.required);
        if must && !term.required {
            return 0;
        }
        u32::try_from(term.word).ok().and_then(|word| 1_u32.checked_shl(word)).unwrap_or(0)
    }

    /// Words without which a document is no hit, as far as they could be looked up.
    pub(super) fn required(&self) -> u32 {
        let required =
            self.query.terms.iter().enumerate().filter(|(at, term)| term.required && !self.left_out.contains(at));
        required.fold(0, |mask, (at, _)| mask | self.mark(at))
    }
}

/// Every document that filters admit, the last ones first: what filters alone ask for.
fn every(lanes: &[Lane<'_>]) -> Vec<Scored> {
    let all = lanes.iter().filter(|lane| lane.is_ready()).flat_map(|lane| {
        let admitted = lane.documents().filter(|(document, _)| lane.admits(*document));
        admitted.map(|(document, _)| Scored { document: lane.base.saturating_add(document), score: 0.0 })
    });
    let mut all: Vec<Scored> = all.collect();
    all.reverse();
    all.truncate(CANDIDATES);
    all
}

/// A term's list and its further tiers, as far as they came.
fn all_tiers<'l>(lane: &'l Lane<'_>, term: &[u8]) -> Vec<List<'l>> {
    let find = |term: &[u8]| lane.terms(range_of(lane.routing()?, term)?)?.find(term).ok()?;
    let Some(first) = find(term) else { return Vec::new() };
    std::iter::once(first).chain((1..=first.tiers).filter_map(|number| find(&tier(term, number)))).collect()
}

/// Candidates of each ranking.
pub(super) const CANDIDATES: usize = 120;
/// A word that one piece in so many has, or more, is not misspelled.
const FUZZY: u64 = 2_000;
