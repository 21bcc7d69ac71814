//! Which values a round reads: what must be, then the most telling terms, as far as the budget goes.
//! It looks into no value but the routing.

use std::collections::HashSet;

use super::Unreadable;
use super::lane::Lane;
use super::lookup::{common, range_of, ranges_of};
use super::purse::{Purse, Reserve};
use super::search::Search;
use crate::search::manifest::{Form, Routing, Starts};
use crate::search::posting::terms::tier;
use crate::search::score;
use crate::search::segment::{ValueKey, ValueName};

impl Search<'_> {
    /// Round 1: small segments whole; of a large one where documents begin, filters, and the ranges of the query's terms; then,
    /// if there is room for them and for a cell, where its cells lie.
    ///
    /// INVARIANT: with an embedding the words read in this round what they read without one.
    pub(super) fn want_dictionaries(&mut self) -> Vec<ValueKey> {
        let mut wants = Wants::default();
        let mut refused = 0;
        for lane in &mut self.lanes {
            let id = lane.entry.id;
            let Form::Cut(routing) = &lane.entry.form else {
                let bytes = u32::try_from(lane.entry.bytes).unwrap_or(u32::MAX).saturating_add(2_000);
                refused += wants.must(lane, ValueName::Single, bytes, &mut self.purse);
                continue;
            };
            if let Starts::Root(bytes) = routing.starts {
                refused += wants.must(lane, ValueName::Root, bytes, &mut self.purse);
            }
            for (first, last) in self.filters.iter().flat_map(|filter| &filter.ranges) {
                for number in ranges_of(routing, first, last).take(MOST_FILTER_RANGES) {
                    if !wants.has(ValueKey { segment: id, name: ValueName::Terms(number) }) {
                        refused +=
                            wants.must(lane, ValueName::Terms(number), bytes_of(routing, number), &mut self.purse);
                    }
                }
            }
        }
        (0..refused).for_each(|_| self.miss(Unreadable::Budget));
        self.want_terms(&mut wants);
        self.want_centroids(&mut wants);
        wants.keys
    }

    fn want_centroids(&mut self, wants: &mut Wants) {
        let mut reserve = self.reserve_behind_cells();
        reserve.add(1, 0);
        for lane in &self.lanes {
            let Form::Cut(routing) = &lane.entry.form else { continue };
            if self.vector.is_some_and(|vector| lane.entry.space.as_ref() == Some(&vector.space)) {
                let key = ValueKey { segment: lane.entry.id, name: ValueName::Centroids };
                wants.pay(key, routing.centroids, &mut self.purse, reserve);
            }
        }
    }

    fn want_terms(&mut self, wants: &mut Wants) {
        let reserve = self.reserve();
        for at in self.by_value() {
            let Some(term) = self.query.terms.get(at) else { continue };
            let text = term.text.as_bytes();
            for lane in &self.lanes {
                let Form::Cut(routing) = &lane.entry.form else { continue };
                let Some(number) = range_of(routing, text) else { continue };
                // What begins with a term may go on in the next range.
                let end = [text, &[0xff]].concat();
                let last = if term.prefix { range_of(routing, &end).unwrap_or(number) } else { number };
                for number in number..=last.min(number.saturating_add(1)) {
                    let key = ValueKey { segment: lane.entry.id, name: ValueName::Terms(number) };
                    if !wants.has(key) && !wants.pay(key, bytes_of(routing, number), &mut self.purse, reserve) {
                        self.left_out.insert(at);
                    }
                }
            }
        }
    }

    /// The query's terms, the most telling first: those that must be, then by what they count and how rare they are.
    fn by_value(&self) -> Vec<usize> {
        let pieces: u64 = self.lanes.iter().map(|lane| u64::from(lane.entry.pieces)).sum();
        let value = |at: usize| {
            let Some(term) = self.query.terms.get(at) else { return 0.0 };
            let counts = self.lanes.iter().filter_map(|lane| match &lane.entry.form {
                Form::Cut(routing) => Some(u64::from(common(routing, term.text.as_bytes()).unwrap_or(RARE))),
                Form::Single => None,
            });
            let must = if term.required || term.phrase.is_some() { 1_000.0 } else { 0.0 };
            // The first of a group is the word in the query's own language; the others are the same thing once more.
            let is_first = self.query.terms.iter().position(|other| other.group == term.group) == Some(at);
            let share = if is_first || term.prefix { 1.0 } else { OTHER_FORM };
            must + share * term.weight * score::idf(pieces, counts.sum())
        };
        // Similar terms are looked for where the word itself would be, and nowhere else.
        let terms = self.query.terms.iter().enumerate().filter(|(_, term)| !term.fuzzy);
        let mut order: Vec<(usize, f32)> = terms.map(|(at, _)| (at, value(at))).collect();
        order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        order.into_iter().map(|(at, _)| at).collect()
    }

    /// What the words need later: the tables in which about ten documents lie, and some texts.
    fn reserve(&self) -> Reserve {
        let mut reserve = Reserve::default();
        for lane in &self.lanes {
            let Form::Cut(routing) = &lane.entry.form else { continue };
            let bytes = routing.documents.iter().map(|table| table.bytes).max().unwrap_or_default();
            reserve.add(distinct(routing.documents.len()), bytes);
        }
        let mut phrases = self.query.phrases.len();
        phrases += usize::from(self.ask.texts);
        reserve.add(if phrases > 0 { TEXTS } else { 0 }, 24_000);
        reserve
    }

    /// Round 2: the weaker postings of very frequent terms, if there is room.
    pub(super) fn want_tiers(&mut self) -> Vec<ValueKey> {
        let mut wants = Wants::default();
        let reserve = self.reserve();
        for at in self.by_value() {
            let Some(term) = self.query.terms.get(at).filter(|_| !self.left_out.contains(&at)) else { continue };
            let text = term.text.as_bytes();
            for lane in self.lanes.iter().filter(|lane| lane.is_ready() && !lane.is_single()) {
                let Some(routing) = lane.routing() else { continue };
                let list = range_of(routing, text).and_then(|number| lane.terms(number)?.find(text).ok()?);
                let Some(tiers) = list.map(|list| list.tiers).filter(|tiers| *tiers > 0) else { continue };
                for number in ranges_of(routing, &tier(text, 1), &tier(text, tiers)) {
                    let key = ValueKey { segment: lane.entry.id, name: ValueName::Terms(number) };
                    if !lane.has(key.name) && !wants.has(key) {
                        wants.pay(key, bytes_of(routing, number), &mut self.purse, reserve);
                    }
                }
            }
        }
        wants.keys
    }

    /// What the rounds after the cells need: the tables of the best documents, and the texts in which a phrase is looked up. Without
    /// those a hit by words is none; without an embedding it still is one.
    pub(super) fn reserve_behind_cells(&self) -> Reserve {
        let mut reserve = Reserve::default();
        for lane in &self.lanes {
            let Form::Cut(routing) = &lane.entry.form else { continue };
            let bytes = routing.documents.iter().map(|table| table.bytes).max().unwrap_or_default();
            // Each hit may lie in a table of its own, and those by meaning lie elsewhere than those by words.
            let tables = routing.documents.len().min(self.ask.most);
            reserve.add(u32::try_from(tables).unwrap_or(u32::MAX), bytes);
        }
        let texts = if self.checks_texts() { self.ask.most.saturating_mul(3) } else { 0 };
        let wanted = if self.ask.texts { TEXTS } else { 0 };
        reserve.add(u32::try_from(texts).unwrap_or(u32::MAX).max(wanted), 24_000);
        reserve
    }
}

/// Values to read, each once.
#[derive(Debug, Default)]
pub(super) struct Wants {
    pub(super) keys: Vec<ValueKey>,
    known: HashSet<ValueKey>,
}

impl Wants {
    pub(super) fn has(&self, key: ValueKey) -> bool {
        self.known.contains(&key)
    }

    /// Adds a value if there is room for it.
    pub(super) fn pay(&mut self, key: ValueKey, bytes: u32, purse: &mut Purse, kept: Reserve) -> bool {
        let fits = purse.pay(bytes, kept);
        if fits && self.known.insert(key) {
            self.keys.push(key);
        }
        fits
    }

    /// Adds a value without which a part of the index does not answer; how many there was no room for.
    fn must(&mut self, lane: &mut Lane<'_>, name: ValueName, bytes: u32, purse: &mut Purse) -> u32 {
        if self.pay(ValueKey { segment: lane.entry.id, name }, bytes, purse, Reserve::default()) {
            return 0;
        }
        lane.lose(name);
        1
    }
}

fn bytes_of(routing: &Routing, number: u32) -> u32 {
    usize::try_from(number).ok().and_then(|at| routing.terms.get(at)).map_or(0, |range| range.1)
}

/// In how many of so many tables ten documents lie, about: n (1 - (1 - 1/n)^10), in tenths for small n.
fn distinct(tables: usize) -> u32 {
    match tables {
        0..=3 => u32::try_from(tables).unwrap_or(0),
        4 => 4,
        5 => 5,
        6..=7 => 6,
        8..=12 => 7,
        _ => 8,
    }
}

/// How often a term stands at most that the routing does not call common.
const RARE: u32 = 16;
const OTHER_FORM: f32 = 0.3;
const MOST_FILTER_RANGES: usize = 4;
const TEXTS: u32 = 4;
