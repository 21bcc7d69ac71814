//! From the dictionaries that came to ranked documents: what each list counts, words and embeddings together.
//! It wants no value.

use std::collections::BTreeMap;

use super::Unreadable;
use super::expand::{Stand, longer, similar};
use super::lane::Lane;
use super::lookup::{range_of, ranges_of};
use super::rank::{Scored, Words, best};
use super::search::Search;
use crate::search::fuse::fuse;
use crate::search::posting::terms::{List, tier};
use crate::search::query::QueryTerm;
use crate::search::score;
use crate::search::segment::{Broken, ValueName};
use crate::search::vector::scan;

impl Search<'_> {
    /// Scores every piece, then ranks the documents.
    pub(super) fn score(&mut self) {
        let pieces = self.manifest.segments.iter().map(|entry| u64::from(entry.pieces)).sum();
        let bits = self.bits();
        let (mut idf, mut required) = ([0.0_f32; 32], 0_u32);
        let mut lanes = std::mem::take(&mut self.lanes);
        for (at, term) in self.query.terms.iter().enumerate() {
            let bit = bits.get(&term.word).copied();
            let mark = bit.map_or(0, |bit| 1_u32 << bit);
            let (counts, is_typo) = self.term(&mut lanes, term, pieces, mark);
            if is_typo {
                self.typos |= mark;
            }
            if let Some(slot) = bit.and_then(|bit| idf.get_mut(usize::from(bit))) {
                *slot = slot.max(counts);
            }
            if term.required && !self.left_out.contains(&at) {
                required |= mark;
            }
        }
        let words = Words::new(&idf, required);
        let lexical = if self.query.terms.is_empty() && self.vector.is_none() {
            every(&lanes)
        } else {
            best(&lanes, &words, CANDIDATES.max(self.ask.most * 2))
        };
        self.ranked = match self.vector {
            None => lexical,
            Some(_) => self.fused(&lanes, &lexical, required),
        };
        self.lanes = lanes;
    }

    /// The bit of each word; the 32 most telling ones have one.
    pub(super) fn bits(&self) -> BTreeMap<usize, u8> {
        let mut bits = BTreeMap::new();
        for term in &self.query.terms {
            let next = u8::try_from(bits.len()).unwrap_or(u8::MAX);
            if next < 32 {
                bits.entry(term.word).or_insert(next);
            }
        }
        bits
    }

    /// Adds one term in every segment; what it counts, and whether only similar words are there.
    fn term(&mut self, lanes: &mut [Lane<'_>], term: &QueryTerm, pieces: u64, mark: u32) -> (f32, bool) {
        let mut broken = 0;
        let count: u64 = lanes.iter().filter_map(|lane| find(lane, term)).map(|list| u64::from(list.total)).sum();
        let is_rare = count < FEW;
        let mut stands_count = 0_u64;
        let mut is_typo = false;
        let mut work = Vec::new();
        for (at, lane) in lanes.iter().enumerate().filter(|(_, lane)| lane.is_ready()) {
            let lists = exact(lane, term);
            let stands = stands(lane, term, count > 0, is_rare).unwrap_or_else(|_| {
                broken += 1;
                Vec::new()
            });
            stands_count += stands.iter().map(|stand| u64::from(stand.list.total)).sum::<u64>();
            is_typo |= count == 0 && stands.iter().any(|stand| stand.is_typo);
            work.push((at, lists.is_empty() && stands.is_empty()));
        }
        if count + stands_count == 0 {
            return (0.0, false);
        }
        let own = score::idf(pieces, if count > 0 { count } else { stands_count });
        let other = score::idf(pieces, count + stands_count);
        for (at, is_empty) in work {
            let Some(lane) = lanes.get_mut(at).filter(|_| !is_empty) else { continue };
            let (mut scores, mut marks) = (std::mem::take(&mut lane.scores), std::mem::take(&mut lane.marks));
            for list in exact(lane, term) {
                let added = Lane::add(&mut scores, &mut marks, &list, own * term.weight, mark);
                broken += u32::from(added.is_err());
            }
            for stand in stands(lane, term, count > 0, is_rare).unwrap_or_default() {
                let weight = other * term.weight * stand.weight;
                broken += u32::from(Lane::add(&mut scores, &mut marks, &stand.list, weight, mark).is_err());
            }
            (lane.scores, lane.marks) = (scores, marks);
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
        (own * term.weight.min(1.0), is_typo)
    }

    fn fused(&mut self, lanes: &[Lane<'_>], lexical: &[Scored], required: u32) -> Vec<Scored> {
        let mut dense = self.dense(lanes);
        if required != 0 {
            dense.retain(|(document, _)| lexical.iter().any(|scored| scored.document == *document));
        }
        self.similar = dense.iter().copied().collect();
        let lexical: Vec<(u32, f32)> = lexical.iter().map(|scored| (scored.document, scored.score)).collect();
        fuse(&lexical, &dense).into_iter().map(|(document, score)| Scored { document, score }).collect()
    }

    /// The documents whose best piece is nearest to the query's embedding.
    fn dense(&mut self, lanes: &[Lane<'_>]) -> Vec<(u32, f32)> {
        let Some(vector) = self.vector else { return Vec::new() };
        let mut near: BTreeMap<u32, f32> = BTreeMap::new();
        for lane in lanes.iter().filter(|lane| lane.is_ready() && lane.entry.space.as_ref() == Some(&vector.space)) {
            let count = lane.routing().map_or(0, |routing| u32::try_from(routing.vectors.len()).unwrap_or(0));
            for number in 0..count {
                let Some(value) = lane.raw(ValueName::Vectors(number)) else { continue };
                let Ok(found) = scan(value, &vector.vector) else {
                    self.miss(Unreadable::Broken);
                    continue;
                };
                for (piece, similarity) in found.into_iter().filter(|found| found.0 < lane.entry.pieces) {
                    let document = lane.document_of(piece);
                    if lane.admits(document) {
                        let best = near.entry(lane.base.saturating_add(document)).or_insert(similarity);
                        *best = best.max(similarity);
                    }
                }
            }
        }
        let mut dense: Vec<(u32, f32)> = near.into_iter().collect();
        dense.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        dense.truncate(CANDIDATES.max(self.ask.most * 2));
        dense
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

/// The term's own list.
fn find<'l>(lane: &'l Lane<'_>, term: &QueryTerm) -> Option<List<'l>> {
    let number = range_of(lane.routing()?, term.text.as_bytes())?;
    lane.terms(number)?.find(term.text.as_bytes()).ok()?
}

/// The term's own list and its further tiers, as far as they came.
fn exact<'l>(lane: &'l Lane<'_>, term: &QueryTerm) -> Vec<List<'l>> {
    let Some(first) = find(lane, term) else { return Vec::new() };
    let mut lists = vec![first];
    let Some(routing) = lane.routing().filter(|_| first.tiers > 0) else { return lists };
    for number in 1..=first.tiers {
        let name = tier(term.text.as_bytes(), number);
        lists.extend(range_of(routing, &name).and_then(|range| lane.terms(range)?.find(&name).ok()?));
    }
    lists
}

fn stands<'l>(lane: &'l Lane<'_>, term: &QueryTerm, is_there: bool, is_rare: bool) -> Result<Vec<Stand<'l>>, Broken> {
    let text = term.text.as_bytes();
    let Some(routing) = lane.routing() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    if term.prefix {
        for number in ranges_of(routing, text, &[text, &[0xff]].concat()).take(2) {
            if let Some(terms) = lane.terms(number) {
                all.extend(longer(&terms, term, is_there)?);
            }
        }
    }
    if term.fuzzy && is_rare && !term.prefix {
        if let Some(terms) = range_of(routing, text).and_then(|number| lane.terms(number)) {
            all.extend(similar(&terms, term)?);
        }
    }
    Ok(all)
}

/// Candidates of each ranking.
const CANDIDATES: usize = 120;
/// A term in fewer pieces may be misspelled.
const FEW: u64 = 3;
