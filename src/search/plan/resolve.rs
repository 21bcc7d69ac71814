//! From ranked documents to hits: their tables, what hides them, the texts that phrases are checked on.
//! It scores nothing.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::lane::Lane;
use super::purse::Reserve;
use super::rank::Scored;
use super::search::Search;
use super::want::Wants;
use super::{Hit, Opened, Text, Unreadable, Why};
use crate::search::manifest::{Form, Tombstone};
use crate::search::segment::documents::Table;
use crate::search::segment::{SegmentId, ValueKey, ValueName, texts};
use crate::search::words;

impl Search<'_> {
    /// The tables of the best documents, as far as the budget goes.
    pub(super) fn want_documents(&mut self) -> Vec<ValueKey> {
        let mut wants = Wants::default();
        let most = if self.checks_texts() { self.ask.most * 3 } else { self.ask.most };
        let known = self.resolve();
        let mut missing = most;
        let mut refused: HashSet<ValueKey> = HashSet::new();
        // In the order of their scores: hits whose tables are there may stand behind better ones whose tables are not.
        for scored in &self.ranked {
            if missing == 0 {
                break;
            }
            if known.contains(&scored.document) {
                missing -= 1;
                continue;
            }
            let Some((lane, document)) = self.lane_of(scored.document) else { continue };
            let Some((number, _)) = lane.table_of(document) else { continue };
            let name = ValueName::Documents(number);
            let key = ValueKey { segment: lane.entry.id, name };
            if lane.has(name) || refused.contains(&key) {
                continue;
            }
            missing -= 1;
            let bytes = match &lane.entry.form {
                Form::Cut(routing) => usize::try_from(number).ok().and_then(|at| routing.documents.get(at)),
                Form::Single => None,
            };
            let bytes = bytes.map_or(0, |table| table.bytes);
            if !wants.has(key) && !wants.pay(key, bytes, &mut self.purse, Reserve::default()) {
                refused.insert(key);
            }
        }
        wants.keys
    }

    fn lane_of(&self, document: u32) -> Option<(&Lane<'_>, u32)> {
        let lane = self
            .lanes
            .iter()
            .find(|lane| document.checked_sub(lane.base).is_some_and(|document| document < lane.entry.documents))?;
        Some((lane, document - lane.base))
    }

    /// Makes hits of the documents whose tables are there, and says which they are.
    pub(super) fn resolve(&mut self) -> HashSet<u32> {
        let hidden: HashMap<u64, u64> =
            self.manifest.tombstones.iter().fold(HashMap::new(), |mut hidden, tombstone| {
                let seq: &mut u64 = hidden.entry(tombstone.token).or_default();
                *seq = tombstone.seq.max(*seq);
                hidden
            });
        let since = self.ask.today.saturating_sub(u32::from(self.manifest.ttl_days));
        let mut seen: HashSet<&str> = HashSet::new();
        let (mut hits, mut known) = (Vec::new(), HashSet::new());
        for scored in &self.ranked {
            let Some((lane, document)) = self.lane_of(scored.document) else { continue };
            let Some((number, at)) = lane.table_of(document) else { continue };
            let Some(table) = lane.table(number) else { continue };
            let Some(id) = table.id(at) else { continue };
            let is_hidden =
                !hidden.is_empty() && hidden.get(&Tombstone::token(id)).is_some_and(|seq| *seq > lane.entry.seq);
            let is_old = self.manifest.ttl_days > 0 && table.indexed(at) < since;
            if is_hidden || is_old || !self.query.filters.admits_updated(table.updated(at), self.ask.today) {
                continue;
            }
            if seen.insert(id)
                && let Some(hit) = self.hit(*scored, lane, document, (table, at))
            {
                known.insert(scored.document);
                hits.push(hit);
            }
        }
        by_recency(&mut hits);
        hits.truncate(if self.checks_texts() { self.ask.most * 3 } else { self.ask.most });
        self.hits = hits;
        known
    }

    fn hit(&self, scored: Scored, lane: &Lane<'_>, document: u32, (table, at): (&Table, usize)) -> Option<Hit> {
        let pieces = lane.pieces(document);
        let best = lane.best_piece(document)?;
        let first = u32::try_from(pieces.start).ok()?;
        let mark = lane.marks.get(pieces)?.iter().fold(0, |mark, piece| mark | piece);
        let id = table.id(at)?;
        let words = (0..32_usize).filter(|word| mark >> word & 1 == 1).collect();
        let key = id.rsplit(':').next().unwrap_or(id);
        let mut why = Vec::new();
        if self.query.plain.split_whitespace().any(|word| word.eq_ignore_ascii_case(key)) {
            why.push(Why::Key);
        }
        if mark & !self.typos != 0 {
            why.push(Why::Text);
        }
        if mark & self.typos != 0 {
            why.push(Why::Typo);
        }
        if self.similar.contains_key(&scored.document) {
            why.push(Why::Similar);
        }
        Some(Hit {
            doc: id.to_owned(),
            container: table.container(at)?.to_owned(),
            score: scored.score,
            why,
            words,
            piece: best.checked_sub(first)?,
            updated: table.updated(at),
            indexed: table.indexed(at),
            text: None,
            places: self.places(lane, document, table, at),
        })
    }

    /// Where the texts lie that must be looked into: every piece that has all words of the phrases, else the best piece.
    fn places(&self, lane: &Lane<'_>, document: u32, table: &Table, at: usize) -> Vec<(u32, SegmentId, u32)> {
        if !self.checks_texts() && !self.ask.texts {
            return Vec::new();
        }
        let pieces = lane.pieces(document);
        let (Some(scores), Some(marks)) = (lane.scores.get(pieces.clone()), lane.marks.get(pieces)) else {
            return Vec::new();
        };
        let phrase = self.query.terms.iter().filter(|term| term.phrase.is_some() && term.required);
        let needed = phrase.fold(0_u32, |mask, term| {
            mask | u32::try_from(term.word).ok().and_then(|word| 1_u32.checked_shl(word)).unwrap_or(0)
        });
        let mut order: Vec<(u32, f32)> = (0..).zip(scores.iter().copied()).collect();
        order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let fits = |piece: u32| {
            let mark = usize::try_from(piece).ok().and_then(|at| marks.get(at)).copied().unwrap_or_default();
            mark & needed == needed
        };
        let kept = order.iter().filter(|(piece, _)| needed == 0 || self.query.phrases.len() > 1 || fits(*piece));
        kept.take(MOST_PLACES)
            .filter_map(|(piece, _)| {
                let (segment, block) = table.place(at, *piece)?;
                Some((*piece, segment, block))
            })
            .collect()
    }

    pub(super) fn checks_texts(&self) -> bool {
        !self.query.phrases.is_empty() || !self.query.filters.exclude_phrases.is_empty()
    }

    /// The blocks of texts that phrases, or the caller, need.
    pub(super) fn want_texts(&mut self) -> Vec<ValueKey> {
        let mut wants = Wants::default();
        for (_, segment, block) in self.hits.iter().flat_map(|hit| hit.places.iter().copied()) {
            let key = ValueKey { segment, name: ValueName::Texts(block) };
            if !wants.has(key) && !wants.pay(key, BLOCK, &mut self.purse, Reserve::default()) {
                break;
            }
        }
        wants.keys
    }

    /// Reads the texts that came: hits without a phrase of the query go, and those it could not be checked for.
    pub(super) fn check_texts(&mut self) {
        if self.texts.is_empty() && !self.checks_texts() {
            return;
        }
        let mut blocks: HashMap<(SegmentId, u32), texts::Block> = HashMap::new();
        let mut broken = 0;
        for (place, opened) in &self.texts {
            let Some(bytes) = opened.as_deref().and_then(Opened::bytes) else { continue };
            match texts::read(bytes) {
                Ok(texts) => drop(blocks.insert(*place, texts)),
                Err(_) => broken += 1,
            }
        }
        (0..broken).for_each(|_| self.miss(Unreadable::Broken));
        let checks = self.checks_texts();
        let mut unchecked = 0_u32;
        let mut hits = std::mem::take(&mut self.hits);
        hits.retain_mut(|hit| {
            let found: Vec<(u32, &Text)> = hit
                .places
                .iter()
                .filter_map(|(piece, segment, block)| {
                    let texts = blocks.get(&(*segment, *block))?;
                    texts.iter().find(|(id, number, _)| *id == hit.doc && number == piece).map(|text| (*piece, &text.2))
                })
                .collect();
            hit.text = found.iter().find(|(piece, _)| *piece == hit.piece).or(found.first()).map(|text| text.1.clone());
            if checks && found.len() < hit.places.len() {
                unchecked += 1;
            }
            if checks && !self.holds(&found) {
                return false;
            }
            if !self.query.phrases.is_empty() {
                hit.why.push(Why::Phrase);
            }
            true
        });
        self.hits = hits;
        if unchecked > 0 && self.hits.len() < self.ask.most {
            self.miss(Unreadable::Budget);
        }
    }

    /// Whether each phrase stands in one of a document's texts, and none that must not.
    fn holds(&self, texts: &[(u32, &Text)]) -> bool {
        let has = |phrase: &Vec<String>| {
            texts.iter().any(|(_, text)| {
                words::holds(&text.text, phrase)
                    || words::holds(&text.title, phrase)
                    || text.heading.iter().any(|heading| words::holds(heading, phrase))
            })
        };
        self.query.phrases.iter().all(has) && !self.query.filters.exclude_phrases.iter().any(has)
    }
}

/// Of hits that fit equally well, as all do when filters alone are asked for, the one that changed last comes first; where that
/// decided, it says so.
fn by_recency(hits: &mut [Hit]) {
    for equal in hits.chunk_by_mut(|one, other| one.score.to_bits() == other.score.to_bits()) {
        equal.sort_by_key(|hit| Reverse(hit.updated));
        let oldest = equal.last().and_then(|hit| hit.updated);
        for hit in equal.iter_mut().filter(|hit| hit.updated > oldest) {
            hit.why.push(Why::Recent);
        }
    }
}

/// What a block of texts takes, about.
const BLOCK: u32 = 23_000;
/// Pieces of a document that are looked into.
const MOST_PLACES: usize = 3;
