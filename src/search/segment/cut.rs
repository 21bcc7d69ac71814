//! Cuts a segment into values: ranges of the dictionary, ranges of documents.
//! It knows no text; whoever builds or merges hands it terms and documents in order.

use super::ValueName;
use super::documents::{Row, write};
use crate::search::manifest::{Routing, Table};
use crate::search::posting::Posting;
use crate::search::posting::terms::{MOST_TERM, TermsWriter, tier};

/// Cuts the dictionary.
#[derive(Debug, Default)]
pub(crate) struct TermsCutter {
    open: TermsWriter,
    first: Vec<u8>,
    last: Vec<u8>,
    done: Vec<Vec<u8>>,
    taken: u32,
    terms: Vec<(Vec<u8>, u32)>,
    common: Vec<(Vec<u8>, u32)>,
}

impl TermsCutter {
    /// Adds a term behind the last one with all its postings, ordinals ascending.
    pub(crate) fn push(&mut self, term: &[u8], list: &[Posting]) {
        let total = u32::try_from(list.len()).unwrap_or(u32::MAX);
        if total == 0 || term.len() > MOST_TERM - 2 {
            return;
        }
        if total >= COMMON {
            self.common(term, total);
        }
        if list.len() <= TIER {
            return self.add(term, list, total, 0);
        }
        let mut by_impact = list.to_vec();
        by_impact.sort_by_key(|posting| std::cmp::Reverse(posting.1));
        let (strong, weak) = by_impact.split_at_mut(FIRST_TIER);
        let size = weak.len().div_ceil(weak.len().div_ceil(TIER).min(MOST_TIERS));
        let tiers = u8::try_from(weak.len().div_ceil(size)).unwrap_or(u8::MAX);
        strong.sort_unstable();
        self.add(term, strong, total, tiers);
        for (chunk, number) in weak.chunks_mut(size).zip(1_u8..) {
            chunk.sort_unstable();
            self.add(&tier(term, number), chunk, total, tiers);
        }
    }

    fn add(&mut self, term: &[u8], list: &[Posting], total: u32, tiers: u8) {
        if !self.open.is_empty() && self.open.len().saturating_add(list.len()) > RANGE {
            self.close();
        }
        if self.open.is_empty() {
            self.first = shortest(&self.last, term);
        }
        self.open.push(term, list, total, tiers);
        self.last.clear();
        self.last.extend(term);
        if self.open.len() > RANGE {
            self.close();
        }
    }

    fn common(&mut self, term: &[u8], total: u32) {
        self.common.push((term.to_vec(), total));
        if self.common.len() >= MOST_COMMON * 2 {
            keep_most(&mut self.common);
        }
    }

    fn close(&mut self) {
        let value = self.open.finish();
        self.terms.push((std::mem::take(&mut self.first), u32::try_from(value.len()).unwrap_or(u32::MAX)));
        self.done.push(value);
    }

    /// Values that are whole by now.
    pub(crate) fn take(&mut self) -> Vec<(ValueName, Vec<u8>)> {
        let values = self.done.drain(..).zip(self.taken..);
        let values: Vec<_> = values.map(|(value, number)| (ValueName::Terms(number), value)).collect();
        self.taken = self.taken.saturating_add(u32::try_from(values.len()).unwrap_or(u32::MAX));
        values
    }

    /// The last values, and the routing to all of them.
    pub(crate) fn finish(mut self, routing: &mut Routing) -> Vec<(ValueName, Vec<u8>)> {
        if !self.open.is_empty() {
            self.close();
        }
        let last = self.take();
        keep_most(&mut self.common);
        self.common.sort();
        routing.terms = self.terms;
        routing.common = self.common;
        last
    }
}

fn keep_most(common: &mut Vec<(Vec<u8>, u32)>) {
    common.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    common.truncate(MOST_COMMON);
}

/// The shortest beginning of `term` that comes behind `before`.
fn shortest(before: &[u8], term: &[u8]) -> Vec<u8> {
    let shared = before.iter().zip(term).take_while(|(one, other)| one == other).count();
    term.iter().take(shared.saturating_add(1)).copied().collect()
}

/// Cuts the documents, which are in their order.
pub(crate) fn documents(rows: &[Row], containers: &[&str], routing: &mut Routing) -> Vec<(ValueName, Vec<u8>)> {
    let whole = write(rows, containers);
    // A few large tables while a query would read them all anyway; small ones when it reads only some.
    let most = if whole.len() <= FEW_TABLES { LARGE_TABLE } else { SMALL_TABLE };
    let parts = whole.len().div_ceil(most).max(1);
    let each = rows.len().div_ceil(parts).max(1);
    let mut values = Vec::new();
    if parts == 1 {
        add_table(rows, whole, routing, &mut values);
    } else {
        drop(whole);
        rows.chunks(each).for_each(|rows| add_table(rows, write(rows, containers), routing, &mut values));
    }
    values
}

fn add_table(rows: &[Row], value: Vec<u8>, routing: &mut Routing, values: &mut Vec<(ValueName, Vec<u8>)>) {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let Some(first) = rows.first() else { return };
    routing.documents.push(Table {
        run: first.run,
        first: first.id.clone(),
        documents: number(rows.len()),
        pieces: number(rows.iter().map(|row| row.blocks.len()).sum()),
        bytes: number(value.len()),
    });
    values.push((ValueName::Documents(number(values.len())), value));
}

// In tests everything is small, so that a few documents make many values.
const fn small(shipped: usize, tested: usize) -> usize {
    if cfg!(test) { tested } else { shipped }
}

/// What a range of the dictionary aims at: its value is then four units of the store.
const RANGE: usize = small(24_000, 700);
/// A list longer than this is cut into tiers.
const TIER: usize = small(24_576, 24);
const FIRST_TIER: usize = small(12_288, 12);
const MOST_TIERS: usize = 250;
/// So often a term stands at least to be called common, and so many are kept.
const COMMON: u32 = 32;
const MOST_COMMON: usize = 1_024;
const FEW_TABLES: usize = small(330_000, 400);
const LARGE_TABLE: usize = small(165_000, 200);
const SMALL_TABLE: usize = small(48_000, 120);
